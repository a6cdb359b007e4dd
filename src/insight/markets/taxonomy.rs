//! The markets as the user has them: the bundled ones, changed and extended by the book's own market records.
//!
//! A record with the slug of a bundled market renames or moves it (empty names and codes keep the bundled ones; the
//! parent is the record's) and adds its keywords; another slug adds a market. A hidden market is not shown, and its
//! people are counted with the market above: so a market is merged into another by hiding it below that one.
//!
//! Invariants: the numbers of bundled markets are those of the bundle; parents never run in a circle; markets are only
//! ever added, so a [`MarketIx`] stays good in later taxonomies made by [`Taxonomy::with_stated`].

use std::collections::HashMap;

use super::bundle::{BUNDLE, Rules};
use super::keyword;
use crate::domain::Book;
use crate::domain::contact::MarketTie;
use crate::domain::id::MarketId;
use crate::domain::market::Market;
use crate::text::fold::fold;
use crate::text::stem::Tongue;
use crate::text::triggers::{Scanner, keep_longest};

/// More levels than this are a mistake.
const DEEPEST: usize = 16;

/// A market's place in its [`Taxonomy`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarketIx(pub(super) u16);

impl MarketIx {
    /// The market with this number.
    pub(in crate::insight) fn at(number: usize) -> Self {
        Self(number as u16)
    }

    /// The number, from 0.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// A market.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarketInfo {
    /// Short name, the same in both languages.
    pub slug: String,
    /// French name.
    pub fr: String,
    /// English name.
    pub en: String,
    /// North American Industry Classification System code; empty without one that is true of the whole market.
    pub naics: String,
    /// The market above.
    pub parent: Option<MarketIx>,
    /// Not to be shown.
    pub hidden: bool,
    /// A trade that sells to other markets.
    pub serves: bool,
    /// People join it rather than work in it.
    pub joined: bool,
    /// Its words are said of many trades: it gives way to any other market of the same person.
    pub broad: bool,
    /// The user's record, where there is one.
    pub record: Option<MarketId>,
    /// Known only because somebody is tied to it: neither bundled nor defined by the user.
    pub loose: bool,
}

/// All markets.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    markets: Vec<MarketInfo>,
    by_key: HashMap<String, MarketIx>,
    /// The rules of the user's own keywords.
    pub(super) own: Rules,
}

impl Taxonomy {
    /// The bundled markets with the book's changes, and a loose market for each slug that contacts are tied to in vain.
    pub fn new(book: &Book) -> Self {
        let mut taxonomy = Self { markets: Vec::new(), by_key: HashMap::new(), own: Rules::default() };
        let mut parents: Vec<String> = Vec::new();
        for entry in &BUNDLE.entries {
            taxonomy.markets.push(MarketInfo {
                slug: entry.slug.clone(),
                fr: entry.fr.clone(),
                en: entry.en.clone(),
                naics: entry.naics.clone(),
                hidden: entry.hidden,
                serves: entry.serves,
                joined: entry.joined,
                broad: entry.broad,
                ..MarketInfo::default()
            });
            parents.push(entry.parent.clone());
        }
        for record in book.markets() {
            taxonomy.put(record, &mut parents);
        }
        taxonomy.set_parents(&parents);
        taxonomy.name_all();
        for contact in book.contacts() {
            contact.markets.iter().for_each(|tie| taxonomy.intern(tie));
        }
        taxonomy
    }

    fn put(&mut self, record: &Market, parents: &mut Vec<String>) {
        if record.slug.is_empty() || self.markets.len() >= usize::from(u16::MAX) {
            return;
        }
        let at = self.markets.iter().position(|market| market.slug == record.slug).unwrap_or_else(|| {
            let slug = record.slug.clone();
            self.markets.push(MarketInfo {
                fr: slug.clone(),
                en: slug.clone(),
                slug,
                ..MarketInfo::default()
            });
            parents.push(String::new());
            self.markets.len() - 1
        });
        let market = &mut self.markets[at];
        let set = |own: &mut String, new: &str| {
            if !new.is_empty() {
                new.clone_into(own);
            }
        };
        set(&mut market.fr, if record.name_fr.is_empty() { &record.name_en } else { &record.name_fr });
        set(&mut market.en, if record.name_en.is_empty() { &record.name_fr } else { &record.name_en });
        set(&mut market.naics, &record.naics);
        market.hidden = record.hidden;
        market.record = Some(record.id);
        parents[at].clone_from(&record.parent);
        self.add_keywords(at as u16, &record.keywords);
    }

    fn add_keywords(&mut self, market: u16, keywords: &[String]) {
        let read: Vec<_> = keywords.iter().map(|keyword| keyword::read(keyword)).collect();
        let mut rules = Vec::new();
        for keyword in read.iter().filter(|keyword| !keyword.not) {
            let rule = self.own.add(market, keyword.how, &keyword.fields);
            rules.push(rule);
            for tongue in Tongue::BOTH {
                if keyword.tongue.is_none_or(|own| own == tongue) {
                    self.own.word(rule, tongue, keyword.phrase);
                }
            }
        }
        for not in read.iter().filter(|keyword| keyword.not) {
            for rule in &rules {
                self.own.not(*rule, not.phrase);
            }
        }
    }

    fn set_parents(&mut self, parents: &[String]) {
        let numbers: HashMap<String, u16> =
            self.markets.iter().enumerate().map(|(at, market)| (market.slug.clone(), at as u16)).collect();
        for (at, parent) in parents.iter().enumerate() {
            self.markets[at].parent = numbers.get(parent.as_str()).map(|number| MarketIx(*number));
        }
        for at in 0..self.markets.len() {
            let mut above = self.markets[at].parent;
            for _ in 0..DEEPEST {
                above = above.and_then(|above| self.markets[above.number()].parent);
            }
            if above.is_some() {
                self.markets[at].parent = None;
            }
        }
        for at in 0..self.markets.len() {
            let line: Vec<usize> = self.line(MarketIx(at as u16)).map(MarketIx::number).collect();
            self.markets[at].serves |= line.iter().any(|above| self.markets[*above].serves);
            self.markets[at].joined |= line.iter().any(|above| self.markets[*above].joined);
        }
    }

    fn name_all(&mut self) {
        // Slugs before names, and the user's names before the bundled ones.
        let mut order: Vec<usize> = (0..self.markets.len()).collect();
        order.sort_by_key(|at| self.markets[*at].record.is_none());
        for at in &order {
            self.by_key.entry(key(&self.markets[*at].slug)).or_insert(MarketIx(*at as u16));
        }
        for at in order {
            for name in [key(&self.markets[at].fr), key(&self.markets[at].en)] {
                self.by_key.entry(name).or_insert(MarketIx(at as u16));
            }
        }
    }

    fn intern(&mut self, tie: &MarketTie) {
        if self.find(&tie.market).is_some() || tie.refused || self.markets.len() >= usize::from(u16::MAX) {
            return;
        }
        let name = if key(&tie.evidence) == key(&tie.market) { &tie.evidence } else { &tie.market };
        let ix = MarketIx(self.markets.len() as u16);
        self.by_key.insert(key(&tie.market), ix);
        self.markets.push(MarketInfo {
            slug: tie.market.clone(),
            fr: name.clone(),
            en: name.clone(),
            loose: true,
            ..MarketInfo::default()
        });
    }

    /// The same markets and the loose ones of more ties; `None` when there are no more.
    pub fn with_stated<'a>(&self, ties: impl IntoIterator<Item = &'a MarketTie>) -> Option<Self> {
        let mut new =
            ties.into_iter().filter(|tie| !tie.refused && self.find(&tie.market).is_none()).peekable();
        new.peek()?;
        let mut more = self.clone();
        new.for_each(|tie| more.intern(tie));
        Some(more)
    }

    /// The market that goes by a slug, or by a name in either language; case, accents and signs do not matter.
    pub fn find(&self, words: &str) -> Option<MarketIx> {
        self.by_key.get(words).or_else(|| self.by_key.get(&key(words))).copied()
    }

    /// The markets that words lead to, as they would on a card: what a name that is no market's may have meant.
    pub fn guess(&self, words: &str) -> Vec<MarketIx> {
        let mut hits = Vec::new();
        Scanner::new(&BUNDLE.rules.triggers).scan(words, &mut hits);
        hits.retain(|hit| hit.owner % 2 == 0);
        keep_longest(&mut hits, |_, _| true);
        let mut markets: Vec<MarketIx> = Vec::new();
        for hit in hits {
            let market = MarketIx(BUNDLE.rules.list[hit.owner as usize / 2].market);
            if let Some(shown) = self.shown(market).filter(|shown| !markets.contains(shown)) {
                markets.push(shown);
            }
        }
        markets
    }

    /// A market.
    pub fn get(&self, ix: MarketIx) -> &MarketInfo {
        &self.markets[ix.number()]
    }

    /// All markets, hidden ones too, in the order of the tree.
    pub fn all(&self) -> impl Iterator<Item = (MarketIx, &MarketInfo)> {
        self.markets.iter().enumerate().map(|(at, market)| (MarketIx(at as u16), market))
    }

    /// Whether a market came with openbar.
    pub fn is_bundled(&self, ix: MarketIx) -> bool {
        ix.number() < BUNDLE.entries.len()
    }

    /// The parent that a bundled market came with; `None` at the top and for the user's own.
    pub fn bundled_parent(&self, ix: MarketIx) -> Option<&'static str> {
        BUNDLE.entries.get(ix.number()).map(|entry| entry.parent.as_str()).filter(|slug| !slug.is_empty())
    }

    /// How many there are, hidden ones too.
    pub fn len(&self) -> usize {
        self.markets.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.markets.is_empty()
    }

    /// The markets right below, shown ones.
    pub fn below(&self, ix: Option<MarketIx>) -> impl Iterator<Item = (MarketIx, &MarketInfo)> {
        self.all().filter(move |(own, market)| !market.hidden && self.shown_above(*own) == ix)
    }

    /// The market itself where it is shown, else the nearest above that is; `None` where nothing is.
    pub fn shown(&self, ix: MarketIx) -> Option<MarketIx> {
        self.line(ix).find(|above| !self.get(*above).hidden)
    }

    /// The market above that is shown.
    pub fn shown_above(&self, ix: MarketIx) -> Option<MarketIx> {
        self.line(ix).skip(1).find(|above| !self.get(*above).hidden)
    }

    /// The market itself, then all above it.
    pub fn line(&self, ix: MarketIx) -> impl Iterator<Item = MarketIx> + '_ {
        std::iter::successors(Some(ix), |ix| self.get(*ix).parent).take(DEEPEST)
    }

    /// Whether a market is another one or lies below it.
    pub fn is_within(&self, ix: MarketIx, of: MarketIx) -> bool {
        self.line(ix).any(|above| above == of)
    }
}

/// A name without what may vary: case, accents, signs.
fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in fold(name).chars() {
        if c.is_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
    }
    key.truncate(key.trim_end_matches('-').len());
    key
}
