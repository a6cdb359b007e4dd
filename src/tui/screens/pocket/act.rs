//! What keys and the mouse do while no field is edited: walking, deciding, filing.

use ratatui::layout::Rect;

use super::proposals::{Decision, Proposal};
use super::rows::Item;
use super::stack::waits;
use super::{FILE, Focus, Pocket, REFUSE, edit};
use crate::domain::change::{Deed, Edit};
use crate::domain::contact::Stage;
use crate::domain::id::ContactId;
use crate::protocol::Job;
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Mood, Toast, View};
use crate::tui::layer::{Cx, Input};
use crate::tui::mouse::MouseAct;

impl Pocket {
    pub(super) fn while_reading(&mut self, input: &Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(command) => self.command(*command, area, cx),
            Input::Mouse(mouse) => {
                let places = self.places(area, cx);
                if let Some(stack) = places.stack
                    && mouse.act == MouseAct::Press
                    && let Some(at) = self.card_at(stack, mouse.at, cx)
                {
                    self.focus = Focus::Stack;
                    self.stack.select(at);
                    return self.look_at(cx);
                }
                let len = self.rows(cx).len();
                if self.list.mouse(*mouse, places.rows, len).is_some() {
                    self.focus = Focus::Card;
                    match self.item(cx) {
                        Some(Item::Proposal(_)) => self.decide(cx),
                        Some(Item::Row(_)) if mouse.act == MouseAct::Double => return self.begin(area, cx),
                        _ => {}
                    }
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn command(&mut self, command: Command, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match command {
            Command::FileNext => return self.file(cx),
            Command::Later => {
                self.stack.put_off();
                return self.look_at(cx);
            }
            Command::Before => {
                if self.stack.go(-1) {
                    return self.look_at(cx);
                }
                let text = cx.t.pocket_no_card_before();
                return vec![Effect::Toast(Toast { mood: Mood::Plain, text })];
            }
            Command::EditField => return self.begin(area, cx),
            Command::RemoveItem => return self.remove(cx),
            Command::OpenPage => {
                return self.stack.current().map(|id| Effect::Show(View::Person(id))).into_iter().collect();
            }
            Command::OpenPicture => {
                let hash = self.captured.picture().map(str::to_owned);
                return hash.map(|hash| Effect::Show(View::Picture(hash))).into_iter().collect();
            }
            Command::Search => return vec![Effect::Find(String::new())],
            Command::Back if !self.stack.marks.is_empty() => self.stack.marks.clear(),
            Command::Back if self.stack.swept().is_some() => {
                return vec![self.stack.sweep(None)];
            }
            Command::Left => self.focus = Focus::Stack,
            Command::Right => self.focus = Focus::Card,
            Command::Next => self.next_proposal(true, area, cx),
            Command::Previous => self.next_proposal(false, area, cx),
            Command::Decide if self.focus == Focus::Stack => self.mark(),
            Command::Decide => self.decide(cx),
            Command::MarkAll if self.stack.marks.len() == self.stack.cards().len() => {
                self.stack.marks.clear();
            }
            Command::MarkAll => self.stack.marks.extend(self.stack.cards().to_vec()),
            command if self.focus == Focus::Stack => {
                let by = match command {
                    Command::Down => 1,
                    Command::Up => -1,
                    Command::PageDown => 10,
                    Command::PageUp => -10,
                    Command::First => isize::MIN,
                    Command::Last => isize::MAX,
                    _ => return Vec::new(),
                };
                if self.stack.go(by) {
                    return self.look_at(cx);
                }
            }
            command => self.walk(command, area, cx),
        }
        Vec::new()
    }

    fn mark(&mut self) {
        let Some(id) = self.stack.current() else { return };
        if !self.stack.marks.remove(&id) {
            self.stack.marks.insert(id);
        }
    }

    /// Moves over the rows of the card, past headings.
    pub(super) fn walk(&mut self, command: Command, area: Rect, cx: &Cx<'_>) {
        let rows = self.rows(cx);
        let height = self.places(area, cx).rows.height;
        let from = self.list.cursor();
        self.list.command(command, rows.len(), height);
        let at = self.list.cursor();
        let rests = |at: &usize| !matches!(rows.get(*at), Some(Item::Gap | Item::Heading));
        let to = if at < from { (0..=at).rev().find(rests) } else { (at..rows.len()).find(rests) };
        if let Some(to) = to {
            self.list.select(to, rows.len(), height);
        }
    }

    fn next_proposal(&mut self, forward: bool, area: Rect, cx: &Cx<'_>) {
        let rows = self.rows(cx);
        let height = self.places(area, cx).rows.height;
        let places: Vec<usize> =
            (0..rows.len()).filter(|at| matches!(rows[*at], Item::Proposal(_))).collect();
        let cursor = self.list.cursor();
        let next = if forward {
            places.iter().find(|at| **at > cursor).or(places.first())
        } else {
            places.iter().rev().find(|at| **at < cursor).or(places.last())
        };
        if let Some(at) = next {
            self.focus = Focus::Card;
            self.list.select(*at, rows.len(), height);
        }
    }

    /// Accepts or refuses the proposal under the cursor.
    fn decide(&mut self, cx: &Cx<'_>) {
        let (Some(card), Some(Item::Proposal(at))) = (self.stack.current(), self.item(cx)) else { return };
        if let Some(proposal) = self.proposals.get(at) {
            self.decisions.turn(card, proposal);
        }
    }

    /// Files the marked cards, else the current one with what was decided, and goes on.
    fn file(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let marked: Vec<ContactId> = self.stack.marks.iter().copied().collect();
        if marked.is_empty() { self.file_current(cx) } else { self.file_all(&marked, cx) }
    }

    fn file_all(&mut self, cards: &[ContactId], cx: &Cx<'_>) -> Vec<Effect> {
        let mut edits: Vec<Edit> = Vec::new();
        for before in cards.iter().filter_map(|id| cx.snapshot.book.contact(*id)).filter(|one| waits(one)) {
            let mut after = (**before).clone();
            (after.stage, after.unread) = (Stage::Active, false);
            self.brought.filed(before, cx.vocabulary);
            edits.push(edit::filed(before, after));
        }
        let subject = cards.first().and_then(|id| cx.snapshot.book.contact(*id));
        let subject = subject.map(|one| one.display_name().to_owned()).unwrap_or_default();
        self.stack.file(cards);
        self.filing = cards.to_vec();
        let mut effects = vec![Effect::Ask(Job::Apply { deed: Deed::File, subject, edits }, FILE)];
        effects.extend(self.look_at(cx));
        effects
    }

    fn file_current(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(before) = self.stack.current().and_then(|id| cx.snapshot.book.contact(id)) else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        let mut after = (**before).clone();
        (after.stage, after.unread) = (Stage::Active, false);
        let mut same = None;
        for proposal in &self.proposals {
            match (self.decisions.of(before.id, proposal), proposal) {
                (Decision::Accepted, Proposal::Same(candidate)) => same = same.or(Some(candidate.id)),
                (Decision::Accepted, proposal) => proposal.apply(&mut after),
                (Decision::Refused, Proposal::Same(candidate)) => {
                    if let Some(other) = cx.snapshot.book.contact(candidate.id) {
                        let (a, b) = (before.uid(), other.uid());
                        effects.push(Effect::Ask(Job::Refuse { a, b }, REFUSE));
                    }
                }
                (Decision::Refused, proposal) => proposal.refuse(&mut after),
                (Decision::Open, _) => {}
            }
        }
        match same.and_then(|id| cx.snapshot.book.contact(id)) {
            Some(known) => {
                self.brought.merged(before.id);
                let job = Job::Merge {
                    keep: known.uid(),
                    other: before.uid(),
                    choices: crate::domain::merge::Choices::default(),
                    dry_run: false,
                };
                effects.push(Effect::Ask(job, FILE));
            }
            None => {
                self.brought.filed(&after, cx.vocabulary);
                self.brought.opened(&after, self.around.as_deref());
                self.brought.answers(after.id, &self.rings);
                let subject = before.display_name().to_owned();
                let edits = vec![edit::filed(before, after)];
                effects.push(Effect::Ask(Job::Apply { deed: Deed::File, subject, edits }, FILE));
            }
        }
        self.filing = vec![before.id];
        self.stack.file(&[before.id]);
        effects.extend(self.look_at(cx));
        effects
    }
}
