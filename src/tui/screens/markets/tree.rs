//! The markets as a tree: which of them are rows now, given what is folded, typed, hidden and how they are sorted.
//!
//! Where words are typed, a market is a row when it fits them, and so is all that stands above it.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::insight::network::Level;
use crate::protocol::markets::{MarketLine, MarketsMap};
use crate::text::fold::fold;
use crate::tui::widgets::filter::{Filter, Fit};
use crate::wording::{Lang, markets};

/// Whether a row has others below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    /// It has none.
    Leaf,
    /// They are hidden.
    Closed,
    /// They are rows too.
    Open,
}

/// A row of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Number of the market's line.
    pub(super) line: usize,
    pub(super) depth: usize,
    pub(super) fold: Fold,
    /// Bytes of the name that fit what is typed.
    pub(super) marks: Vec<Range<usize>>,
    /// How well it fits; 0 for what only stands above something that does.
    pub(super) score: i64,
}

/// In which order markets beside each other stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// As the taxonomy has them.
    #[default]
    Tree,
    /// The best reached first.
    Reach,
    /// Those with most people first.
    Presence,
}

impl Order {
    pub(super) fn next(self) -> Self {
        match self {
            Self::Tree => Self::Reach,
            Self::Reach => Self::Presence,
            Self::Presence => Self::Tree,
        }
    }
}

/// What decides which markets are rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// Slugs of the markets whose rows below are shown.
    pub(super) open: BTreeSet<String>,
    pub(super) order: Order,
    /// Hidden markets are rows too.
    pub(super) hidden: bool,
}

impl Tree {
    /// The rows.
    pub(super) fn rows(&self, map: &MarketsMap, typed: &str, lang: Lang) -> Vec<Row> {
        let typed = Typed::new(typed);
        let fits: Vec<Option<Fit>> = map
            .lines
            .iter()
            .map(|line| fit(&typed, line, lang).filter(|_| self.hidden || !line.hidden))
            .collect();
        let mut below: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
        for (at, line) in map.lines.iter().enumerate().filter(|(_, line)| self.hidden || !line.hidden) {
            below.entry(line.parent.as_deref()).or_default().push(at);
        }
        for markets in below.values_mut() {
            match self.order {
                Order::Tree => {}
                Order::Reach => markets.sort_by(|a, b| map.lines[*b].reach.total_cmp(&map.lines[*a].reach)),
                Order::Presence => markets.sort_by_key(|at| std::cmp::Reverse(map.lines[*at].presence)),
            }
        }
        let mut rows = Vec::new();
        let grow = Grow { map, below: &below, fits: &fits, filtering: !typed.words.is_empty() };
        self.grow(&grow, None, 0, &mut rows);
        rows
    }

    fn grow(&self, grow: &Grow<'_>, above: Option<&str>, depth: usize, rows: &mut Vec<Row>) {
        for at in grow.below.get(&above).into_iter().flatten() {
            let slug = grow.map.lines[*at].market.slug.as_str();
            let has_more = grow.below.contains_key(&Some(slug));
            let open = has_more && (grow.filtering || self.open.contains(slug));
            let fold = match (has_more, open) {
                (false, _) => Fold::Leaf,
                (true, false) => Fold::Closed,
                (true, true) => Fold::Open,
            };
            let from = rows.len();
            let fit = grow.fits[*at].clone();
            let (fits, fit) = (fit.is_some(), fit.unwrap_or_default());
            rows.push(Row { line: *at, depth, fold, marks: fit.marks, score: fit.score });
            if open && depth < DEEPEST {
                self.grow(grow, Some(slug), depth + 1, rows);
            }
            // Nothing at or below it fits.
            if !fits && rows.len() == from + 1 {
                rows.truncate(from);
            }
        }
    }

    /// Shows what is below a market, or hides it.
    pub(super) fn turn(&mut self, slug: &str) {
        if !self.open.remove(slug) {
            self.open.insert(slug.to_owned());
        }
    }

    /// Shows everything, or, where everything is shown, the uppermost markets alone.
    pub(super) fn turn_all(&mut self, map: &MarketsMap) {
        let parents: BTreeSet<String> = map.lines.iter().filter_map(|line| line.parent.clone()).collect();
        if self.open.is_superset(&parents) { self.open.clear() } else { self.open.extend(parents) }
    }

    /// Opens all that stands above a market, so that it is a row.
    pub(super) fn reveal(&mut self, map: &MarketsMap, slug: &str) {
        let parent = |slug: &str| {
            map.lines.iter().find(|line| line.market.slug == slug).and_then(|line| line.parent.clone())
        };
        let above = std::iter::successors(parent(slug), |above| parent(above)).take(DEEPEST);
        self.open.extend(above);
    }
}

/// Deeper markets are a mistake.
const DEEPEST: usize = 16;

struct Grow<'a> {
    map: &'a MarketsMap,
    below: &'a HashMap<Option<&'a str>, Vec<usize>>,
    fits: &'a [Option<Fit>],
    filtering: bool,
}

/// How a market's name fits what is typed; its other name and its short name count too. Every word must stand somewhere as
/// it is typed: letters spread over a name would fit too many of two hundred.
fn fit(typed: &Typed, line: &MarketLine, lang: Lang) -> Option<Fit> {
    if typed.words.is_empty() {
        return Some(Fit::default());
    }
    let side = format!("{} {} {}", line.market.fr, line.market.en, line.market.slug);
    let all = fold(&side);
    if !typed.words.iter().all(|word| all.contains(word)) {
        return None;
    }
    typed.filter.fit(markets::name(&line.market, lang), &side).map(|(fit, _)| fit)
}

/// What is typed, ready to be compared.
struct Typed {
    filter: Filter,
    words: Vec<String>,
}

impl Typed {
    fn new(typed: &str) -> Self {
        let words = fold(typed).split_whitespace().map(ToOwned::to_owned).collect();
        Self { filter: Filter::new(typed), words }
    }
}

/// The markets that nobody opens, those with most people first.
pub(super) fn gaps(map: &MarketsMap, typed: &str, lang: Lang) -> Vec<Row> {
    let typed = Typed::new(typed);
    let is_gap = |line: &MarketLine| !line.hidden && line.level == Level::None;
    let gap = |(at, line): (usize, &MarketLine)| {
        let fit = fit(&typed, line, lang)?;
        Some(Row { line: at, depth: 0, fold: Fold::Leaf, marks: fit.marks, score: fit.score })
    };
    let lines = map.lines.iter().enumerate().filter(|(_, line)| is_gap(line));
    let mut rows: Vec<Row> = lines.filter_map(gap).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(map.lines[row.line].presence));
    rows
}

/// The row that fits best what is typed: the first of the best.
pub(super) fn best(rows: &[Row]) -> usize {
    (0..rows.len()).rev().max_by_key(|at| rows[*at].score).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::market::Named;
    use crate::insight::network::Ground;
    use crate::protocol::markets::Origin;

    fn line(slug: &str, parent: Option<&str>, reach: f32, presence: usize) -> MarketLine {
        MarketLine {
            market: Named { slug: slug.into(), fr: format!("le {slug}"), en: slug.into() },
            parent: parent.map(Into::into),
            naics: String::new(),
            hidden: slug == "mink",
            origin: Origin::Bundled,
            reach,
            level: Level::of(reach),
            presence,
            stated: 0,
            inferred: presence,
            sole_doors: Vec::new(),
        }
    }

    fn map() -> MarketsMap {
        MarketsMap {
            region: None,
            lines: vec![
                line("farming", None, 0.3, 9),
                line("dairy", Some("farming"), 0.3, 4),
                line("mink", Some("farming"), 0.0, 0),
                line("goats", Some("dairy"), 0.0, 2),
                line("mining", None, 0.7, 5),
            ],
            ground: Ground::default(),
            missing: Vec::new(),
            regions: Vec::new(),
        }
    }

    fn slugs(rows: &[Row], map: &MarketsMap) -> Vec<String> {
        rows.iter()
            .map(|row| format!("{}{}", " ".repeat(row.depth), map.lines[row.line].market.slug))
            .collect()
    }

    #[test]
    fn folded_markets_hide_what_is_below() {
        let (map, mut tree) = (map(), Tree::default());
        assert_eq!(slugs(&tree.rows(&map, "", Lang::En), &map), ["farming", "mining"]);
        tree.turn("farming");
        assert_eq!(slugs(&tree.rows(&map, "", Lang::En), &map), ["farming", " dairy", "mining"]);
        tree.turn_all(&map);
        tree.hidden = true;
        let all = slugs(&tree.rows(&map, "", Lang::En), &map);
        assert_eq!(all, ["farming", " dairy", "  goats", " mink", "mining"]);
        tree.turn_all(&map);
        assert_eq!(tree.rows(&map, "", Lang::En).len(), 2);
        tree.reveal(&map, "goats");
        assert_eq!(tree.rows(&map, "", Lang::En).len(), 5);
    }

    #[test]
    fn typed_words_keep_what_stands_above() {
        let (map, tree) = (map(), Tree::default());
        assert_eq!(slugs(&tree.rows(&map, "goat", Lang::En), &map), ["farming", " dairy", "  goats"]);
        assert_eq!(best(&tree.rows(&map, "goat", Lang::En)), 2);
        assert_eq!(best(&tree.rows(&map, "", Lang::En)), 0);
        assert!(tree.rows(&map, "zzz", Lang::En).is_empty());
        assert!(tree.rows(&map, "frmg", Lang::En).is_empty(), "spread letters do not fit");
        assert!(tree.rows(&map, "mink", Lang::En).is_empty(), "it is hidden");
    }

    #[test]
    fn neighbours_are_sorted_within_their_market() {
        let map = map();
        let tree = Tree { order: Order::Reach, ..Tree::default() };
        assert_eq!(slugs(&tree.rows(&map, "", Lang::En), &map), ["mining", "farming"]);
    }

    #[test]
    fn gaps_come_with_most_people_first() {
        let map = map();
        assert_eq!(slugs(&gaps(&map, "", Lang::En), &map), ["goats"]);
    }
}
