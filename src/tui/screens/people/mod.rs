//! Everybody: a query, a list of any length, and the person under the cursor beside it.
//!
//! Each change of the query asks the engine anew under a new tag; only the reply to the newest is taken, so the list
//! never jumps back. The engine gives the best at first, and everybody once the cursor nears their end or all are to be
//! marked. Below them stands who could help with the same words (`could_help`). Marks belong to people, not to rows:
//! they stay when the query changes.

mod could_help;
mod look;

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::could_help::{CouldHelp, HELP};
use self::look::{after_sign, inside, panes};
use crate::capture::{need, query};
use crate::domain::id::ContactId;
use crate::domain::query::Query;
use crate::protocol::needs::NewNeed;
use crate::protocol::{Job, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Mood, Tag, Toast, View};
use crate::tui::key::Key;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::completion::Completion;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::ListState;

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
    /// Who could help with the same words.
    help: CouldHelp,
}

/// The tag of a need that is being kept.
const KEPT: Tag = HELP - 1;
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
            help: CouldHelp::default(),
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
        let effects = self.ask(cx);
        self.help.leave();
        self.help.stir(&self.read);
        effects
    }

    fn current(&self) -> Option<ContactId> {
        self.help.current().or_else(|| self.hit())
    }

    /// The one of those found who is under the cursor, or was before it went to those who could help.
    fn hit(&self) -> Option<ContactId> {
        self.found.get(self.list.cursor()).copied()
    }

    fn command(&mut self, command: Command, height: u16, cx: &Cx<'_>) -> Vec<Effect> {
        let len = self.total;
        let completes = self.typing && !self.completion.is_empty();
        if !completes && self.help.command(command, self.list.cursor() + 1 >= len) {
            return Vec::new();
        }
        if self.list.command(command, len, height) {
            self.help.leave();
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
            Command::KeepNeed => {
                let Some(words) = self.help.words() else { return Vec::new() };
                let toast = Toast { mood: Mood::Good, text: cx.t.needs_kept(words) };
                let (said, _) = need::read(words, &cx.reading());
                let need = NewNeed::of(said);
                return vec![Effect::Ask(Job::AddNeed(need), KEPT), Effect::Toast(toast)];
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
        match command {
            Command::Mark | Command::MarkAll => !self.found.is_empty(),
            Command::KeepNeed => self.help.words().is_some(),
            _ => true,
        }
    }

    fn words(&self, _cx: &Cx<'_>) -> String {
        self.help.words().unwrap_or_default().to_owned()
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
        let (rows, help) = self.help.split(rows, self.total);
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
                } else if matches!(mouse.act, MouseAct::Press | MouseAct::Double)
                    && self.help.click(mouse.at, help)
                {
                    self.typing = false;
                    if mouse.act == MouseAct::Double {
                        return self.command(Command::Open, rows.height, cx);
                    }
                } else if self.list.mouse(mouse, rows, self.total).is_some() {
                    self.typing = false;
                    self.help.leave();
                    if mouse.act == MouseAct::Double {
                        return self.command(Command::Open, rows.height, cx);
                    }
                } else {
                    return self.ask_rest(rows.height, cx);
                }
            }
            Input::Reply(tag, Reply::Hits { ids, total }) if tag == self.asked => {
                let current = self.hit();
                (self.found, self.total) = (ids.clone(), *total);
                self.answered = true;
                self.help.leave_out(&self.found);
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
            Input::Reply(HELP, Reply::Who(found)) => self.help.take(found, &self.found),
            Input::Tick => return self.help.tick().into_iter().collect(),
            Input::Refreshed => {
                self.help.refresh();
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
