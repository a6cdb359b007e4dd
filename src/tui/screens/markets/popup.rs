//! What the screen of markets asks in a pop-up: a region, the market to merge into, or names.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::domain::market::Named;
use crate::protocol::markets::{MarketChange, MarketsMap};
use crate::tui::command::Command;
use crate::tui::layer::{Cx, Input};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::filter::Filter;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::{self, ListState};
use crate::tui::widgets::{entry, frame, scroll, text};
use crate::wording::{Lang, dates, markets};

/// The widest that it gets.
const WIDEST: u16 = 64;
/// Rows to choose from; more scroll.
const ROWS: usize = 14;

/// What is to be chosen.
#[derive(Clone, Debug)]
pub(super) enum Aim {
    /// The region whose people are counted.
    Region,
    /// The market that this one becomes part of.
    Into(Named),
}

/// What is to be named.
#[derive(Clone, Debug)]
pub(super) enum Naming {
    /// A new market, below this one.
    Add(Option<Named>),
    /// This one.
    Rename(Named),
}

/// A question being asked.
#[derive(Clone, Debug)]
pub(super) enum Popup {
    /// One of several.
    Pick { aim: Aim, line: LineEdit, list: ListState },
    /// A name in both languages, French first.
    Name { naming: Naming, lines: [LineEdit; 2], at: usize },
}

/// What was answered.
pub(super) enum Answer {
    /// The question was left.
    Nothing,
    /// A region, or everywhere.
    Region(Option<Named>),
    /// A change to the markets.
    Change(MarketChange),
}

/// A row to choose.
struct Choice {
    /// `None` is everywhere.
    named: Option<Named>,
    count: usize,
}

struct Parts {
    popup: Rect,
    entries: [Rect; 2],
    rows: Rect,
}

impl Popup {
    pub(super) fn pick(aim: Aim) -> Self {
        Self::Pick { aim, line: LineEdit::default(), list: ListState::default() }
    }

    /// Asks for the names of a market below another one.
    pub(super) fn add(below: Option<Named>) -> Self {
        Self::Name { naming: Naming::Add(below), lines: Default::default(), at: 0 }
    }

    /// Asks for other names.
    pub(super) fn rename(market: Named) -> Self {
        let lines = [LineEdit::new(&market.fr), LineEdit::new(&market.en)];
        Self::Name { naming: Naming::Rename(market), lines, at: 0 }
    }

    fn choices(&self, map: &MarketsMap, lang: Lang) -> Vec<Choice> {
        let Self::Pick { aim, line, .. } = self else { return Vec::new() };
        let filter = Filter::new(line.text());
        let all: Vec<Choice> = match aim {
            Aim::Region => {
                let everywhere =
                    Choice { named: None, count: map.regions.iter().map(|(_, count)| count).sum() };
                let regions = map
                    .regions
                    .iter()
                    .map(|(named, count)| Choice { named: Some(named.clone()), count: *count });
                std::iter::once(everywhere).filter(|_| filter.is_empty()).chain(regions).collect()
            }
            Aim::Into(own) => map
                .lines
                .iter()
                .filter(|line| line.market.slug != own.slug && !line.hidden)
                .map(|line| Choice { named: Some(line.market.clone()), count: line.presence })
                .collect(),
        };
        let mut found: Vec<(i64, Choice)> = all
            .into_iter()
            .filter_map(|choice| match &choice.named {
                None => Some((0, choice)),
                Some(named) => {
                    let side = format!("{} {}", named.fr, named.en);
                    let (fit, _) = filter.fit(markets::name(named, lang), &side)?;
                    Some((fit.score, choice))
                }
            })
            .collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found.into_iter().map(|(_, choice)| choice).collect()
    }

    fn parts(&self, map: &MarketsMap, area: Rect) -> Parts {
        let width = WIDEST.min(area.width.saturating_sub(4));
        let (entries, rows) = match self {
            Self::Pick { aim: Aim::Region, .. } => (1, (map.regions.len() + 1).min(ROWS)),
            Self::Pick { .. } => (1, map.lines.len().min(ROWS)),
            Self::Name { .. } => (2, 0),
        };
        let blank = usize::from(rows > 0);
        // Labels stand above the lines that are named.
        let above = if matches!(self, Self::Name { .. }) { 2 * entries } else { entries };
        let popup = frame::centred(area, width, (above + blank + rows + 2) as u16);
        let inner = frame::inside(popup);
        let row = |at: usize| Rect {
            y: inner.y + (at as u16).min(inner.height),
            height: inner.height.saturating_sub(at as u16).min(1),
            ..inner
        };
        let entries = if entries == 2 { [row(1), row(3)] } else { [row(0), Rect::default()] };
        let from = ((above + blank) as u16).min(inner.height);
        Parts { popup, entries, rows: Rect { y: inner.y + from, height: inner.height - from, ..inner } }
    }

    /// Carries out what the user does; an answer closes it.
    pub(super) fn update(
        &mut self,
        input: &Input<'_>,
        map: &MarketsMap,
        area: Rect,
        cx: &Cx<'_>,
    ) -> Option<Answer> {
        let lang = cx.t.lang();
        let parts = self.parts(map, area);
        let choices = self.choices(map, lang);
        match input {
            Input::Command(Command::Back) => return Some(Answer::Nothing),
            Input::Command(Command::Open) => return self.accept(&choices),
            Input::Command(command) => match self {
                Self::Pick { list, .. } => _ = list.command(*command, choices.len(), parts.rows.height),
                Self::Name { at, .. } => match command {
                    Command::Next | Command::Previous | Command::Up | Command::Down => *at = 1 - *at,
                    _ => {}
                },
            },
            Input::Key(key) => {
                if self.line().key(*key) {
                    self.start_over();
                }
            }
            Input::Paste(pasted) => {
                self.line().paste(pasted);
                self.start_over();
            }
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !parts.popup.contains(mouse.at) {
                    return Some(Answer::Nothing);
                }
                if let Self::Pick { list, .. } = self
                    && list.mouse(*mouse, parts.rows, choices.len()).is_some()
                {
                    return self.accept(&choices);
                }
            }
            _ => {}
        }
        None
    }

    fn line(&mut self) -> &mut LineEdit {
        match self {
            Self::Pick { line, .. } => line,
            Self::Name { lines, at, .. } => &mut lines[*at],
        }
    }

    fn start_over(&mut self) {
        if let Self::Pick { list, .. } = self {
            *list = ListState::default();
        }
    }

    fn accept(&self, choices: &[Choice]) -> Option<Answer> {
        match self {
            Self::Pick { aim, list, .. } => {
                let named = choices.get(list.cursor())?.named.clone();
                Some(match (aim, named) {
                    (Aim::Region, named) => Answer::Region(named),
                    (Aim::Into(_), None) => Answer::Nothing,
                    (Aim::Into(own), Some(into)) => {
                        Answer::Change(MarketChange::Merge { market: own.slug.clone(), into: into.slug })
                    }
                })
            }
            Self::Name { naming, lines, .. } => {
                let [fr, en] = lines.each_ref().map(|line| line.text().trim().to_owned());
                if fr.is_empty() && en.is_empty() {
                    return None;
                }
                Some(Answer::Change(match naming {
                    Naming::Add(below) => MarketChange::Add {
                        fr,
                        en,
                        parent: below.as_ref().map(|below| below.slug.clone()),
                        naics: String::new(),
                        keywords: Vec::new(),
                    },
                    Naming::Rename(market) => MarketChange::Rename { market: market.slug.clone(), fr, en },
                }))
            }
        }
    }

    /// Draws it.
    pub(super) fn view(&self, map: &MarketsMap, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let parts = self.parts(map, area);
        let (theme, lang, t) = (cx.theme, cx.t.lang(), cx.t);
        let title = match self {
            Self::Pick { aim: Aim::Region, .. } => t.map_pick_region(),
            Self::Pick { aim: Aim::Into(own), .. } => t.map_pick_into(markets::name(own, lang)),
            Self::Name { naming, .. } => match naming {
                Naming::Add(None) => t.map_name_new(),
                Naming::Add(Some(below)) => t.map_name_new_below(markets::name(below, lang)),
                Naming::Rename(market) => t.map_name_other(markets::name(market, lang)),
            },
        };
        let title = text::cut(&title, usize::from(parts.popup.width).saturating_sub(6));
        frame::popup(parts.popup, buf, theme, &title);
        match self {
            Self::Pick { line, list, .. } => {
                entry::view(line, parts.entries[0], buf, theme, &t.map_pick_hint(), "");
                let choices = self.choices(map, lang);
                let visible = list.visible(choices.len(), parts.rows.height);
                for (place, at) in parts.rows.rows().zip(visible) {
                    let choice = &choices[at];
                    let name = match &choice.named {
                        Some(named) => Span::styled(markets::name(named, lang).to_owned(), theme.text),
                        None => Span::styled(t.map_everywhere(), theme.strong),
                    };
                    let count = dates::number(choice.count as u64, lang);
                    let right = vec![Span::styled(count, theme.faint)];
                    list::put_row(buf, place, at == list.cursor(), theme, vec![name], right);
                }
                scroll::thumb(buf, parts.rows, list.top(), choices.len(), theme);
            }
            Self::Name { lines, at, .. } => {
                let labels = [t.map_name_fr(), t.map_name_en()];
                for (number, (line, label)) in lines.iter().zip(labels).enumerate() {
                    let place = parts.entries[number];
                    let style = if number == *at { theme.title } else { theme.muted };
                    let above = Rect { y: place.y.saturating_sub(1), ..place };
                    text::put(buf, above, Line::from(Span::styled(label, style)));
                    entry::view(line, place, buf, theme, "", "");
                }
            }
        }
    }

    /// Where the cursor stands.
    pub(super) fn cursor(&self, map: &MarketsMap, area: Rect, _cx: &Cx<'_>) -> Option<Position> {
        let parts = self.parts(map, area);
        match self {
            Self::Pick { line, .. } => entry::cursor(line, parts.entries[0]),
            Self::Name { lines, at, .. } => entry::cursor(&lines[*at], parts.entries[*at]),
        }
    }
}
