//! Ties a person to another: the other is found by typing, then what binds them is chosen.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::about::{About, SAVE};
use super::shape::{Places, Shape};
use crate::domain::contact::{Closeness, Contact};
use crate::domain::id::ContactId;
use crate::domain::query::Query;
use crate::domain::tie::TieKind;
use crate::protocol::{Job, Reply};
use crate::tui::command::{self, Command};
use crate::tui::effect::{Effect, Tag};
use crate::tui::key::Code;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::{self, ListState};
use crate::tui::widgets::person_row::{self, Look};
use crate::tui::widgets::{entry, text};
use crate::wording::records::{self, TIE_KINDS};

/// Cells for what binds two people, with both names.
const WIDE: u16 = 72;
/// Rows for people found.
const ROWS: usize = 9;

/// The person, and the other end being looked for.
pub(super) struct TieTo {
    about: About,
    who: ContactId,
    line: LineEdit,
    found: Arc<[ContactId]>,
    /// The newest search; answers to older ones do not count. Its tags begin above that of saving.
    asked: Tag,
    list: ListState,
    /// The other end, once chosen.
    other: Option<ContactId>,
    kinds: ListState,
    /// How near the two are to each other, where the user said so.
    closeness: Option<Closeness>,
}

/// What binds two people, read from one end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bond {
    kind: TieKind,
    /// Read from the other end: the tie goes the other way.
    back: bool,
}

/// Every bond to choose from: each kind, and the directed ones from the other end too.
fn bonds() -> Vec<Bond> {
    TIE_KINDS
        .into_iter()
        .flat_map(|kind| {
            [Some(Bond { kind, back: false }), (!kind.is_mutual()).then_some(Bond { kind, back: true })]
        })
        .flatten()
        .collect()
}

impl TieTo {
    pub(super) fn new(who: ContactId) -> Self {
        Self {
            about: About::new(vec![who]),
            who,
            line: LineEdit::default(),
            found: Arc::default(),
            asked: SAVE,
            list: ListState::default(),
            other: None,
            kinds: ListState::default(),
            closeness: None,
        }
    }

    fn places(&self, area: Rect) -> Places {
        let whole = Shape { entry: true, rows: ROWS, ..Shape::default() };
        if self.other.is_some() {
            Shape { rows: bonds().len(), entry: false, width: Some(WIDE), note: 1, ..whole }
        } else {
            whole
        }
        .places(area)
    }

    fn search(&mut self) -> Vec<Effect> {
        let query = self.line.text().trim().to_owned();
        self.asked += 1;
        self.list = ListState::default();
        if query.is_empty() {
            self.found = Arc::default();
            return Vec::new();
        }
        vec![Effect::Search(query, self.asked)]
    }

    fn choose(&mut self, row: usize) {
        self.other = self.found.get(row).copied();
        self.kinds = ListState::default();
        self.closeness = None;
    }

    /// One nearer or farther; below 0 nothing is said.
    fn near(&mut self, nearer: bool) {
        let level = self.closeness.map(Closeness::level);
        self.closeness = match (level, nearer) {
            (None, true) => Closeness::new(0),
            (Some(level), true) => Closeness::new((level + 1).min(Closeness::MAX)),
            (Some(level), false) => level.checked_sub(1).and_then(Closeness::new),
            (None, false) => None,
        };
    }

    fn tie(&mut self, row: usize, cx: &Cx<'_>) -> Vec<Effect> {
        let uid = |id: ContactId| cx.snapshot.book.contact(id).map(|one| one.uid());
        let (Some(bond), Some(one), Some(other)) =
            (bonds().get(row).copied(), uid(self.who), self.other.and_then(uid))
        else {
            return Vec::new();
        };
        let (a, b) = if bond.back { (other, one) } else { (one, other) };
        self.about.send(Job::Tie { a, b, kind: bond.kind, closeness: self.closeness })
    }

    /// Whether the two are bound so already.
    fn known(&self, bond: Bond, cx: &Cx<'_>) -> bool {
        let Some(other) = self.other else { return false };
        cx.snapshot.book.ties_of(self.who).any(|tie| {
            tie.kind == bond.kind
                && tie.other(self.who) == Some(other)
                && (bond.kind.is_mutual() || (tie.a == self.who) != bond.back)
        })
    }

    fn update_kinds(&mut self, input: &Input<'_>, places: Places, cx: &Cx<'_>) -> Vec<Effect> {
        let len = bonds().len();
        match input {
            Input::Command(Command::Back) => self.other = None,
            Input::Command(Command::Open) => return self.tie(self.kinds.cursor(), cx),
            Input::Command(Command::Next) => _ = self.kinds.command(Command::Down, len, places.rows.height),
            Input::Command(Command::Previous) => _ = self.kinds.command(Command::Up, len, places.rows.height),
            Input::Command(command) => _ = self.kinds.command(*command, len, places.rows.height),
            Input::Key(key) => match key.code {
                Code::Char(digit @ '1'..='9') => return self.tie(digit as usize - '1' as usize, cx),
                Code::Char(sign @ ('+' | '-')) => self.near(sign == '+'),
                _ => {}
            },
            Input::Mouse(mouse) => {
                if let Some(row) = self.kinds.mouse(*mouse, places.rows, len) {
                    return self.tie(row, cx);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn view_kinds(&self, places: Places, other: &Contact, buf: &mut Buffer, cx: &Cx<'_>) {
        let theme = cx.theme;
        let room = usize::from(places.rows.width) / 3;
        let (a, b) = (text::cut(&self.about.title(cx), room), text::cut(other.display_name(), room));
        places.frame(buf, cx, &cx.t.ask_tie_kind(a.clone(), b.clone()), None);
        let bonds = bonds();
        for (place, at) in places.rows.rows().zip(self.kinds.visible(bonds.len(), places.rows.height)) {
            let bond = bonds[at];
            let lang = cx.t.lang();
            let words =
                if bond.back { records::tie_back(bond.kind, lang) } else { records::tie(bond.kind, lang) };
            let number = if at < 9 { format!("{} ", at + 1) } else { "  ".to_owned() };
            let left = vec![
                Span::styled(number, theme.key),
                Span::styled(format!("{a} · "), theme.muted),
                Span::styled(words, theme.strong),
                Span::styled(format!(" · {b}"), theme.muted),
            ];
            let known = if self.known(bond, cx) { cx.t.ask_tie_known() } else { String::new() };
            let right = vec![Span::styled(known, theme.notice)];
            list::put_row(buf, place, at == self.kinds.cursor(), theme, left, right);
        }
        let dots = self.closeness.map_or("—", records::closeness_dots);
        places.note(buf, vec![Line::styled(cx.t.ask_tie_near(dots), theme.muted)]);
    }
}

impl Layer for TieTo {
    fn place(&self) -> command::Places {
        command::Places::PICKER
    }

    fn typing(&self) -> bool {
        self.other.is_none()
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let places = self.places(area);
        if let Input::Mouse(mouse) = &input
            && mouse.act == MouseAct::Press
            && !places.popup.contains(mouse.at)
        {
            return vec![Effect::Close];
        }
        if let Input::Reply(SAVE, reply) = &input {
            return self.about.reply(reply);
        }
        if self.other.is_some() {
            return self.update_kinds(&input, places, cx);
        }
        let len = self.found.len();
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => self.choose(self.list.cursor()),
            Input::Command(Command::Next) => _ = self.list.command(Command::Down, len, places.rows.height),
            Input::Command(Command::Previous) => _ = self.list.command(Command::Up, len, places.rows.height),
            Input::Command(command) => _ = self.list.command(command, len, places.rows.height),
            Input::Key(key) => {
                if self.line.key(key) {
                    return self.search();
                }
            }
            Input::Paste(pasted) => {
                self.line.paste(pasted);
                return self.search();
            }
            Input::Mouse(mouse) => {
                if let Some(row) = self.list.mouse(mouse, places.rows, len) {
                    self.choose(row);
                }
            }
            Input::Reply(tag, Reply::Hits { ids, .. }) if tag == self.asked => {
                self.found = ids.iter().copied().filter(|id| *id != self.who).collect();
                self.list.clamp(self.found.len(), places.rows.height);
            }
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let places = self.places(area);
        let theme = cx.theme;
        if let Some(other) = self.other.and_then(|id| cx.snapshot.book.contact(id)) {
            self.view_kinds(places, other, buf, cx);
            return;
        }
        places.frame(buf, cx, &cx.t.ask_tie(self.about.title(cx)), None);
        entry::view(&self.line, places.entry, buf, theme, &cx.t.ask_tie_placeholder(), "");
        if self.found.is_empty() && !self.line.text().trim().is_empty() {
            let words = cx.t.ask_tie_nobody(self.line.text().trim());
            list::put_row(buf, places.rows, false, theme, vec![Span::styled(words, theme.muted)], Vec::new());
        }
        let query = Query::default();
        for (place, at) in places.rows.rows().zip(self.list.visible(self.found.len(), places.rows.height)) {
            if let Some(row) = cx.snapshot.index.row(self.found[at]) {
                let selected = at == self.list.cursor();
                let look = Look { query: &query, selected, marked: false, discreet: cx.discreet };
                person_row::draw(&row, look, place, buf, theme);
            }
        }
    }

    fn cursor(&self, area: Rect, _cx: &Cx<'_>) -> Option<Position> {
        if self.other.is_some() { None } else { entry::cursor(&self.line, self.places(area).entry) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directed_bonds_are_offered_from_both_ends() {
        let bonds = bonds();
        assert_eq!(bonds.len(), 3 + 2 * 4);
        assert!(bonds.contains(&Bond { kind: TieKind::ReportsTo, back: true }));
        assert!(!bonds.contains(&Bond { kind: TieKind::Knows, back: true }));
    }
}
