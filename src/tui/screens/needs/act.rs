//! What keys and the mouse do.

use ratatui::layout::Rect;

use super::layout::{self, Panes};
use super::list::is_open;
use super::people::Somebody;
use super::questions::{CHANGE, KEEP};
use super::{Focus, Kept, Needs};
use crate::capture::need;
use crate::domain::id::NeedId;
use crate::domain::need::{CandidateState, NeedStatus};
use crate::protocol::Job;
use crate::protocol::needs::{CloseNeed, MarkCandidate, NewNeed};
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Introduce, Mood, Prompt, Toast, View};
use crate::tui::layer::Cx;
use crate::tui::mouse::{Mouse, MouseAct};
use crate::tui::widgets::frame;

impl Needs {
    pub(super) fn can(&self, command: Command, cx: &Cx<'_>) -> bool {
        let helper = |one: Somebody<'_>| !matches!(one, Somebody::Connector(..));
        match command {
            Command::KeepNeed => !self.typed.text().trim().is_empty(),
            Command::EditNeed | Command::CloseNeed | Command::DropNeed => {
                !self.is_asking() && self.need(cx).is_some()
            }
            Command::Open if self.typing => !self.typed.text().trim().is_empty(),
            Command::Open if self.focus == Focus::List => self.need(cx).is_some(),
            Command::Open => self.person(cx).is_some(),
            Command::Suggest | Command::WasAsked | Command::Helped | Command::Dismiss => {
                self.somebody(cx).is_some_and(helper)
            }
            Command::CandidateNote => {
                !self.is_asking() && self.somebody(cx).is_some_and(|one| one.candidate().is_some())
            }
            Command::CopyQuestion => self.question(cx).is_some(),
            Command::Unfold => self.can_unfold(cx),
            Command::Introduce => self.person(cx).is_some(),
            _ => true,
        }
    }

    fn can_unfold(&self, cx: &Cx<'_>) -> bool {
        if self.focus == Focus::People {
            return self.weak || self.helpers(cx).is_some_and(|found| found.counts.weak > 0);
        }
        self.unfolded || cx.snapshot.book.needs().any(|need| !is_open(need))
    }

    pub(super) fn command(&mut self, command: Command, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match command {
            Command::Who => self.begin_words(),
            Command::KeepNeed => return self.keep(None, cx),
            Command::Open if self.typing => self.typing = false,
            Command::Open if self.focus == Focus::List => self.focus = Focus::People,
            Command::Open => {
                return self.person(cx).map(|id| Effect::Show(View::Person(id))).into_iter().collect();
            }
            Command::Back => self.back(),
            Command::Left if !self.is_asking() => self.focus = Focus::List,
            Command::Right => self.focus = Focus::People,
            Command::Next | Command::Previous if !self.is_asking() => self.focus = self.focus.other(),
            Command::Search => return vec![Effect::Find(String::new())],
            Command::Unfold if self.focus == Focus::People => self.weak = !self.weak,
            Command::Unfold => self.unfolded = !self.unfolded,
            Command::EditNeed => return self.prompt(Prompt::Need, cx),
            Command::CloseNeed if self.need(cx).is_some_and(|need| is_open(need)) => {
                return self.prompt(Prompt::Answered, cx);
            }
            Command::CloseNeed => return self.set_status(NeedStatus::Open, cx),
            Command::DropNeed => {
                let open = self.need(cx).is_some_and(|need| is_open(need));
                return self.set_status(if open { NeedStatus::Dropped } else { NeedStatus::Open }, cx);
            }
            Command::Suggest => return self.mark(CandidateState::Suggested, cx),
            Command::WasAsked => return self.mark(CandidateState::Asked, cx),
            Command::Helped => return self.mark(CandidateState::Helped, cx),
            Command::Dismiss => return self.mark(CandidateState::Dismissed, cx),
            Command::CandidateNote => {
                let both = self.need(cx).map(|need| need.id).zip(self.person(cx));
                let view = both.map(|(need, who)| View::Prompt(Prompt::Candidate(need, who)));
                return view.map(Effect::Show).into_iter().collect();
            }
            Command::CopyQuestion => {
                let Some(question) = self.question(cx) else { return Vec::new() };
                let toast = Toast { mood: Mood::Good, text: cx.t.toast_copied(question.as_str()) };
                return vec![Effect::Copy(question), Effect::Toast(toast)];
            }
            Command::Introduce => {
                let to = self.person(cx);
                return vec![Effect::Show(View::Asking(Introduce { to, ..Introduce::default() }))];
            }
            command => self.walk(command, area, cx),
        }
        Vec::new()
    }

    /// Types words, keeping those that are there.
    pub(super) fn begin_words(&mut self) {
        self.typing = true;
        self.focus = Focus::People;
    }

    /// Forgets the words: back to the needs that stand.
    pub(super) fn leave_words(&mut self) {
        self.typed.clear();
        (self.typing, self.answer, self.weak) = (false, None, false);
        (self.who, self.who_top, self.focus) = (0, 0, Focus::List);
    }

    fn back(&mut self) {
        if self.typing && !self.typed.text().trim().is_empty() {
            self.typing = false;
        } else if self.is_asking() {
            self.leave_words();
        } else {
            self.focus = Focus::List;
        }
    }

    fn walk(&mut self, command: Command, area: Rect, cx: &Cx<'_>) {
        let panes = layout::panes(area, self.focus);
        let (at, len, pane) = match self.focus {
            Focus::List => {
                let order = self.order(cx);
                (self.row(&order), order.len(), panes.list)
            }
            Focus::People => (self.who, self.people(cx).len(), panes.people),
        };
        let page = usize::from(pane.map_or(0, |pane| frame::inside(pane).height) / 2).max(1);
        let last = len.saturating_sub(1);
        let to = match command {
            Command::Down => at + 1,
            Command::Up => at.saturating_sub(1),
            Command::PageDown => at + page,
            Command::PageUp => at.saturating_sub(page),
            Command::First => 0,
            Command::Last => last,
            _ => return,
        };
        self.go_to(to.min(last), cx);
    }

    /// Puts the cursor of the column that has the focus on an entry.
    fn go_to(&mut self, at: usize, cx: &Cx<'_>) {
        match self.focus {
            Focus::People => self.who = at,
            Focus::List => {
                let chosen = self.order(cx).get(at).map(|need| need.id);
                if chosen != self.chosen {
                    self.choose(chosen);
                }
            }
        }
    }

    fn prompt(&self, prompt: fn(NeedId) -> Prompt, cx: &Cx<'_>) -> Vec<Effect> {
        self.need(cx).map(|need| Effect::Show(View::Prompt(prompt(need.id)))).into_iter().collect()
    }

    fn set_status(&mut self, status: NeedStatus, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(need) = self.need(cx) else { return Vec::new() };
        // It stays under the cursor, wherever it goes.
        self.chosen = Some(need.id);
        let close = CloseNeed { need: need.id.to_string(), status, thanks_to: None };
        vec![Effect::Ask(Job::CloseNeed(close), CHANGE)]
    }

    /// Has the typed words stand as a need. Whoever was marked meanwhile is marked on it.
    fn keep(&mut self, mark: Option<(String, CandidateState)>, cx: &Cx<'_>) -> Vec<Effect> {
        let words = self.typed.text().trim().to_owned();
        if words.is_empty() || self.keeping.is_some() {
            return Vec::new();
        }
        self.keeping = Some(Kept { mark });
        let toast = Toast { mood: Mood::Good, text: cx.t.needs_kept(words.as_str()) };
        let (said, _) = need::read(&words, &cx.reading());
        let need = NewNeed::of(said);
        vec![Effect::Ask(Job::AddNeed(need), KEEP), Effect::Toast(toast)]
    }

    /// Says what came of the person under the cursor; said again, it is forgotten.
    fn mark(&mut self, state: CandidateState, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(one) = self.somebody(cx) else { return Vec::new() };
        let who = one.brief().uid.clone();
        if self.is_asking() {
            return self.keep(Some((who, state)), cx);
        }
        let Some(need) = self.need(cx) else { return Vec::new() };
        let said = one.candidate().map(|candidate| candidate.state);
        let state = (said != Some(state)).then_some(state);
        self.followed = Some(who.clone());
        let mark = MarkCandidate { need: need.id.to_string(), who, state, note: None, on: None };
        vec![Effect::Ask(Job::MarkCandidate(mark), CHANGE)]
    }

    pub(super) fn mouse(&mut self, mouse: Mouse, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let Panes { line, list, people, .. } = layout::panes(area, self.focus);
        let inside = |pane: Option<Rect>| pane.map(frame::inside).filter(|pane| pane.contains(mouse.at));
        if let MouseAct::Wheel(by) = mouse.act {
            let command = if by > 0 { Command::Down } else { Command::Up };
            if inside(list).is_some() && !self.is_asking() {
                self.focus = Focus::List;
                self.walk(command, area, cx);
            } else if inside(people).is_some() {
                self.focus = Focus::People;
                self.walk(command, area, cx);
            }
            return Vec::new();
        }
        if line.contains(mouse.at) {
            self.begin_words();
            self.typed.click(mouse.at, layout::typed(line));
        } else if let Some(inner) = inside(list).filter(|_| !self.is_asking()) {
            let lines = self.list_lines(usize::from(inner.width), cx);
            let row = self.list_top + usize::from(mouse.at.y - inner.y);
            if let Some(at) = lines.get(row).and_then(|(at, _)| *at) {
                self.focus = Focus::List;
                self.go_to(at, cx);
            }
        } else if let Some(rows) =
            people.map(|pane| self.people_rows(pane, cx)).filter(|rows| rows.contains(mouse.at))
        {
            let open = layout::panes(area, self.focus).person.is_none();
            let lines = self.people_lines(usize::from(rows.width), open, cx);
            let row = self.who_top + usize::from(mouse.at.y - rows.y);
            if let Some(at) = lines.get(row).and_then(|(at, _)| *at) {
                (self.typing, self.focus, self.who) = (false, Focus::People, at);
                if mouse.act == MouseAct::Double {
                    return self.command(Command::Open, area, cx);
                }
            }
        }
        Vec::new()
    }
}
