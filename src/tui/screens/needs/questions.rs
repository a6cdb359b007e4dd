//! What the screen asks the engine. Of the list and the page, one question at a time: a cursor that runs through the
//! needs leaves no queue behind. Of the words that are typed, every one: there the engine lets the newest win.

use super::{Kept, Needs};
use crate::domain::change::Record;
use crate::domain::id::NeedId;
use crate::protocol::needs::{AskWho, FIRST_HELPERS, MarkCandidate};
use crate::protocol::{Job, Reply};
use crate::tui::effect::{Effect, Tab, Tag};
use crate::tui::inquiry::{Edition, Inquiry};
use crate::tui::layer::Cx;

/// The list of needs.
const LIST: Tag = 1;
/// The page of one need.
const PAGE: Tag = 2;
/// Changes, of which nothing but their failure matters: the book tells the rest.
pub(super) const CHANGE: Tag = 3;
/// A need that is being kept.
pub(super) const KEEP: Tag = 4;
/// Questions about typed words count up from here.
const TYPED: Tag = 16;

/// All questions, and the book that they are about.
#[derive(Default)]
pub(super) struct Questions {
    edition: Edition,
    list: Inquiry<u64>,
    page: Inquiry<(u64, NeedId, bool)>,
    /// What was last asked about typed words, and under which tag.
    typed: Option<(u64, String, bool)>,
    tag: Tag,
}

impl Needs {
    /// What is not known yet of what is to be seen.
    pub(super) fn wanted(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if cx.tab != Tab::Needs || !cx.snapshot.loaded {
            return Vec::new();
        }
        let edition = self.asks.edition.of(&cx.snapshot.book);
        let mut effects = Vec::new();
        if self.is_asking() {
            let words = self.typed.text().trim().to_owned();
            let key = (edition, words.clone(), self.weak);
            if words.is_empty() {
                self.answer = None;
                self.asks.typed = None;
            } else if self.asks.typed.as_ref() != Some(&key) {
                self.asks.typed = Some(key);
                self.asks.tag = self.asks.tag.wrapping_add(1).max(TYPED);
                let ask = AskWho { weak: self.weak, ..AskWho::new(words) };
                effects.push(Effect::Ask(Job::Who(ask), self.asks.tag));
            }
        }
        if self.asks.list.want(edition) {
            effects.push(Effect::Ask(Job::Needs { closed: true }, LIST));
        }
        if let Some(need) = self.need(cx).map(|need| need.id)
            && !self.is_asking()
            && self.asks.page.want((edition, need, self.weak))
        {
            effects.push(Effect::Ask(
                Job::Need { need: need.to_string(), limit: FIRST_HELPERS, weak: self.weak },
                PAGE,
            ));
        }
        effects
    }

    /// Takes an answer.
    pub(super) fn answered(&mut self, tag: Tag, reply: &Reply) -> Vec<Effect> {
        match tag {
            LIST => self.asks.list.answered(),
            PAGE => self.asks.page.answered(),
            _ => {}
        }
        match (tag, reply) {
            (LIST, Reply::Needs(lines)) => {
                self.lines = lines.iter().map(|line| (line.need.id, line.clone())).collect();
            }
            (PAGE, Reply::Need(page)) => self.page = Some(page.clone()),
            (tag, Reply::Who(found)) if tag == self.asks.tag => self.answer = Some(found.clone()),
            (KEEP, Reply::Recorded { record: Record::Need(need), .. }) => return self.kept(need.id),
            (KEEP, Reply::Failed(_)) => self.keeping = None,
            _ => {}
        }
        Vec::new()
    }

    /// The need stands: it is the chosen one now, and what was to be said about somebody is said.
    fn kept(&mut self, need: NeedId) -> Vec<Effect> {
        let kept = self.keeping.take();
        self.choose(Some(need));
        self.leave_words();
        let Some(Kept { mark: Some((who, state)) }) = kept else { return Vec::new() };
        let mark = MarkCandidate { need: need.to_string(), who, state: Some(state), note: None, on: None };
        vec![Effect::Ask(Job::MarkCandidate(mark), CHANGE)]
    }
}
