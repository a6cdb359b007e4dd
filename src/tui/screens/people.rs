//! Everybody: a query, a list of any length, and the person under the cursor beside it.
//!
//! Each change of the query asks the engine anew under a new tag; only the reply to the newest is taken, so the list
//! never jumps back. The engine gives the best at first, and everybody once the cursor nears their end or all are to be
//! marked. Marks belong to people, not to rows: they stay when the query changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::capture::query;
use crate::domain::id::ContactId;
use crate::domain::query::Query;
use crate::protocol::Reply;
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Tag, View};
use crate::tui::key::Key;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::card::Card;
use crate::tui::widgets::completion::Completion;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::person_row::{self, Look};
use crate::tui::widgets::{chips, frame, text};
use crate::wording::dates;

/// The list of people.
pub struct People {
    query: LineEdit,
    /// The query as read, for the letters to highlight.
    read: Query,
    typing: bool,
    completion: Completion,
    /// The best of those who answer; all of them once `whole` was answered.
    found: Arc<[ContactId]>,
    /// How many answer in all.
    total: usize,
    /// Everybody was asked for.
    whole: bool,
    /// All are to be marked once everybody is there.
    mark_all: bool,
    /// The newest question; older answers are not wanted.
    asked: Tag,
    answered: bool,
    list: ListState,
    marks: BTreeSet<ContactId>,
}

/// Two panes from here on; one below.
const TWO_PANES: u16 = 96;
/// Three panes from here on.
const THREE_PANES: u16 = 160;
/// Rows above the list: the query and a line about what was found.
const ABOVE: u16 = 2;

struct Panes {
    list: Rect,
    card: Option<Rect>,
    timeline: Option<Rect>,
}

fn panes(area: Rect) -> Panes {
    let list = match area.width {
        ..TWO_PANES => area.width,
        TWO_PANES..THREE_PANES => area.width * 11 / 20,
        _ => area.width * 9 / 20,
    };
    let third = if area.width >= THREE_PANES { area.width / 4 } else { 0 };
    let card = area.width - list - third;
    Panes {
        list: Rect { width: list, ..area },
        card: (card > 0).then_some(Rect { x: area.x + list, width: card, ..area }),
        timeline: (third > 0).then_some(Rect { x: area.x + list + card, width: third, ..area }),
    }
}

/// The query row and the rows of the list inside the list's panel.
fn inside(panel: Rect) -> (Rect, Rect) {
    let inner = frame::inside(panel);
    let query = Rect { height: inner.height.min(1), ..inner };
    let above = ABOVE.min(inner.height);
    (query, Rect { y: inner.y + above, height: inner.height - above, ..inner })
}

impl Default for People {
    fn default() -> Self {
        Self {
            query: LineEdit::default(),
            read: Query::default(),
            typing: false,
            completion: Completion::of_queries(),
            found: Arc::default(),
            total: 0,
            whole: false,
            mark_all: false,
            asked: 0,
            answered: false,
            list: ListState::default(),
            marks: BTreeSet::new(),
        }
    }
}

impl People {
    fn ask(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        self.read = query::read(self.query.text(), &cx.reading()).query;
        self.asked = self.asked.wrapping_add(1);
        let (words, tag) = (self.query.text().to_owned(), self.asked);
        vec![if self.whole { Effect::SearchWhole(words, tag) } else { Effect::Search(words, tag) }]
    }

    /// Asks for everybody when rows are wanted that have not been given yet.
    fn ask_rest(&mut self, height: u16, cx: &Cx<'_>) -> Vec<Effect> {
        let seen = self.list.visible(self.total, height).end.max(self.list.cursor() + 1);
        if self.whole || self.found.len() >= self.total || (seen <= self.found.len() && !self.mark_all) {
            return Vec::new();
        }
        self.whole = true;
        self.ask(cx)
    }

    fn mark_found(&mut self) {
        if self.found.iter().all(|id| self.marks.contains(id)) {
            self.marks.clear();
        } else {
            self.marks.extend(self.found.iter());
        }
    }

    fn retype(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        self.list = ListState::default();
        (self.whole, self.mark_all) = (false, false);
        self.completion.look(&self.query, cx.vocabulary, &cx.reading());
        self.ask(cx)
    }

    fn current(&self) -> Option<ContactId> {
        self.found.get(self.list.cursor()).copied()
    }

    fn command(&mut self, command: Command, height: u16, cx: &Cx<'_>) -> Vec<Effect> {
        let len = self.total;
        if self.list.command(command, len, height) {
            return self.ask_rest(height, cx);
        }
        match command {
            Command::Search => self.typing = true,
            Command::Open => {
                return self.current().map(|id| Effect::Show(View::Person(id))).into_iter().collect();
            }
            Command::Next if self.typing => {
                if self.completion.accept(&mut self.query, &cx.reading()) {
                    let effects = self.retype(cx);
                    self.completion.clear();
                    return effects;
                }
            }
            Command::Back if self.typing && !self.completion.is_empty() => self.completion.clear(),
            Command::Back if self.typing => self.typing = false,
            Command::Back if !self.marks.is_empty() => self.marks.clear(),
            Command::Back if !self.query.text().is_empty() => {
                self.query.clear();
                return self.retype(cx);
            }
            Command::Mark => {
                if let Some(id) = self.current() {
                    if !self.marks.remove(&id) {
                        self.marks.insert(id);
                    }
                    self.list.command(Command::Down, len, height);
                }
            }
            Command::Sweep => {
                let query = self.query.text().trim();
                let query = if query.is_empty() { "is:unread" } else { query };
                return vec![Effect::Sweep(query.to_owned())];
            }
            Command::MarkAll => {
                if self.found.len() < self.total {
                    self.mark_all = true;
                    return self.ask_rest(height, cx);
                }
                self.mark_found();
            }
            _ => {}
        }
        Vec::new()
    }

    fn key(&mut self, key: Key, cx: &Cx<'_>) -> Vec<Effect> {
        if !self.typing {
            return Vec::new();
        }
        let before = self.query.text().to_owned();
        self.query.key(key);
        if self.query.text() == before { Vec::new() } else { self.retype(cx) }
    }
}

impl Layer for People {
    fn place(&self) -> Places {
        if self.typing { Places::QUERY } else { Places::PEOPLE }
    }

    fn typing(&self) -> bool {
        self.typing
    }

    fn covers(&self) -> bool {
        true
    }

    fn enabled(&self, command: Command, _cx: &Cx<'_>) -> bool {
        !matches!(command, Command::Mark | Command::MarkAll) || !self.found.is_empty()
    }

    fn who(&self, _cx: &Cx<'_>) -> Vec<ContactId> {
        if self.marks.is_empty() {
            self.current().into_iter().collect()
        } else {
            self.marks.iter().copied().collect()
        }
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let (query, rows) = inside(panes(area).list);
        match input {
            Input::Command(command) => return self.command(command, rows.height, cx),
            Input::Key(key) => return self.key(key, cx),
            Input::Paste(pasted) if self.typing => {
                self.query.paste(pasted);
                return self.retype(cx);
            }
            Input::Query(words) => {
                self.query = LineEdit::new(words);
                self.typing = words.is_empty();
                return self.retype(cx);
            }
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && query.contains(mouse.at) {
                    self.typing = true;
                    self.query.click(mouse.at, after_sign(query));
                } else if self.list.mouse(mouse, rows, self.total).is_some() {
                    self.typing = false;
                    if mouse.act == MouseAct::Double {
                        return self.command(Command::Open, rows.height, cx);
                    }
                } else {
                    return self.ask_rest(rows.height, cx);
                }
            }
            Input::Reply(tag, Reply::Hits { ids, total }) if tag == self.asked => {
                let current = self.current();
                (self.found, self.total) = (ids.clone(), *total);
                self.answered = true;
                // A list that was not retyped keeps its person under the cursor when others come in.
                let kept = current.and_then(|id| self.found.iter().position(|other| *other == id));
                match kept.filter(|_| self.list.cursor() > 0) {
                    Some(row) => self.list.select(row, self.total, rows.height),
                    None => self.list.clamp(self.total, rows.height),
                }
                if std::mem::take(&mut self.mark_all) {
                    self.mark_found();
                }
                return self.ask_rest(rows.height, cx);
            }
            Input::Refreshed => {
                // Who was merged into another card, or taken back, cannot stay marked.
                self.marks.retain(|id| !cx.snapshot.loaded || cx.snapshot.book.contact(*id).is_some());
                return self.ask(cx);
            }
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let panes = panes(area);
        self.view_list(panes.list, buf, cx);
        self.view_card(&panes, buf, cx);
        if self.typing {
            let line = after_sign(inside(panes.list).0);
            self.completion.view(&self.query, line, area, buf, cx.theme);
        }
    }

    fn cursor(&self, area: Rect, _cx: &Cx<'_>) -> Option<Position> {
        let (query, _) = inside(panes(area).list);
        self.typing.then(|| self.query.position(after_sign(query)))
    }
}

impl People {
    fn view_card(&self, panes: &Panes, buf: &mut Buffer, cx: &Cx<'_>) {
        let contact = self.current().and_then(|id| cx.snapshot.book.contact(id));
        let Some(place) = panes.card else { return };
        let title = if contact.is_some() { cx.t.people_preview() } else { String::new() };
        let inner = frame::panel(place, buf, cx.theme, &title, false);
        let Some(contact) = contact else { return };
        let card = cx.card(contact, inner.width);
        match panes.timeline {
            None => text::put_lines(buf, inner, card.lines()),
            Some(place) => {
                let mut left = card.heading();
                left.extend(card.sections().into_iter().flat_map(|section| card.titled(section)));
                text::put_lines(buf, inner, left);
                let inner = frame::panel(place, buf, cx.theme, &cx.t.card_timeline(), false);
                let timeline = Card { width: usize::from(inner.width), ..card }.timeline().lines;
                if timeline.is_empty() {
                    text::put(buf, inner, Span::styled(cx.t.people_no_timeline(), cx.theme.faint));
                }
                text::put_lines(buf, inner, timeline);
            }
        }
    }

    fn view_list(&self, panel: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        frame::panel(panel, buf, cx.theme, &cx.t.people_title(), true);
        let (query, rows) = inside(panel);
        let sign = if self.typing { cx.theme.title } else { cx.theme.faint };
        text::put(buf, query, Span::styled("/ ", sign));
        if self.query.text().is_empty() && !self.typing {
            text::put(buf, after_sign(query), Span::styled(cx.t.people_query_hint(), cx.theme.faint));
        } else {
            let read = query::read(self.query.text(), &cx.reading());
            self.query.view(after_sign(query), buf, &|at| chips::style_at(&read.chips, at, cx.theme));
        }
        let about = Rect { y: query.y + 1, ..query };
        if rows.height > 0 {
            text::put(buf, about, Span::styled(self.about(cx), cx.theme.muted));
        }
        if self.found.is_empty() {
            self.view_empty(rows, buf, cx);
            return;
        }
        for (at, row) in self.list.visible(self.total, rows.height).enumerate() {
            let place = Rect { y: rows.y + at as u16, height: 1, ..rows };
            let id = self.found.get(row).copied();
            if let Some(person) = id.and_then(|id| cx.snapshot.index.row(id)) {
                let look = Look {
                    query: &self.read,
                    selected: row == self.list.cursor(),
                    marked: self.marks.contains(&person.id),
                    discreet: cx.discreet,
                };
                person_row::draw(&person, look, place, buf, cx.theme);
            }
        }
    }

    fn about(&self, cx: &Cx<'_>) -> String {
        if !self.answered || (!cx.snapshot.loaded && cx.snapshot.index.is_empty()) {
            return cx.t.people_loading();
        }
        let number = dates::number(self.total as u64, cx.t.lang());
        let found = cx.t.people_found(self.total, number);
        if self.marks.is_empty() {
            return found;
        }
        format!("{found} · {}", cx.t.people_marked(self.marks.len()))
    }

    fn view_empty(&self, rows: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        if !self.answered || !cx.snapshot.loaded {
            return;
        }
        let hint =
            if self.query.text().is_empty() { cx.t.people_nobody_yet() } else { cx.t.people_nobody_fits() };
        let place = Rect { y: rows.y + 1.min(rows.height), height: rows.height.saturating_sub(1), ..rows };
        let wrapped = text::wrap(&hint, usize::from(place.width));
        text::put_lines(buf, place, wrapped.into_iter().map(|line| Line::styled(line, cx.theme.muted)));
    }
}

fn after_sign(query: Rect) -> Rect {
    Rect { x: query.x + 2.min(query.width), width: query.width.saturating_sub(2), ..query }
}
