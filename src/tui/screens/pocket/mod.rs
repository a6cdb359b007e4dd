//! The pocket: cards that were captured and are not filed yet, one at a time, big.
//!
//! A card shows its fields, how sure each is and what it rests on, what was captured, and what is proposed. Every field
//! is edited in place; `Enter` files the card with what was accepted and goes on. The same screen sweeps people who came
//! in bulk and were never looked at. Each edit and each filing is a step of its own, so undo works across cards.

mod act;
mod brought;
mod captured;
mod edit;
mod look;
mod proposals;
mod rows;
mod stack;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::brought::Brought;
use self::captured::Captured;
use self::edit::InPlace;
use self::proposals::{Decisions, Proposal};
use self::rows::Item;
use self::stack::Stack;
use crate::domain::Contact;
use crate::domain::id::ContactId;
use crate::domain::time::PartialDate;
use crate::insight::duplicates::Candidate;
use crate::insight::needs::Offer;
use crate::protocol::needs::NeedBrief;
use crate::protocol::paths::Around;
use crate::protocol::{Job, Lookalikes, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Tab, Tag};
use crate::tui::fields::draft::Draft;
use crate::tui::fields::editing::Editing;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::widgets::list::ListState;

/// Tags of what is asked for, above all numbers that the stack uses.
const KEPT: Tag = Tag::MAX;
const ALIKE: Tag = Tag::MAX - 1;
const SAVE: Tag = Tag::MAX - 2;
const FILE: Tag = Tag::MAX - 3;
const NOTE: Tag = Tag::MAX - 4;
const REFUSE: Tag = Tag::MAX - 5;
const AROUND: Tag = Tag::MAX - 6;
const RINGS: Tag = Tag::MAX - 7;
/// Values come without the card that they are of: each question has a tag of its own, counted down from here.
const OFFERS: Tag = Tag::MAX - 8;
const LAST_OFFERS: Tag = OFFERS - 1000;

/// Where the keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    /// The rows of the card.
    #[default]
    Card,
    /// The stack beside it.
    Stack,
}

/// The cards that are not filed yet.
#[derive(Default)]
pub struct Pocket {
    stack: Stack,
    focus: Focus,
    /// The rows of the card.
    list: ListState,
    editing: Option<InPlace>,
    /// What could not be read or saved, in words.
    message: Option<String>,
    captured: Captured,
    /// Whom the card may be.
    alike: Vec<Candidate>,
    /// Which markets its words lead to, and what it opens.
    around: Option<Box<Around>>,
    /// What its words say that the person could bring.
    offers: Vec<Offer>,
    /// The tag under which they were last asked for.
    offers_asked: Tag,
    /// Open needs that it answers.
    rings: Vec<NeedBrief>,
    proposals: Vec<Proposal>,
    decisions: Decisions,
    /// The cards of the filing that has not been answered.
    filing: Vec<ContactId>,
    brought: Brought,
}

impl Pocket {
    fn contact<'a>(&self, cx: &Cx<'a>) -> Option<&'a Contact> {
        self.stack.current().and_then(|id| cx.snapshot.book.contact(id)).map(AsRef::as_ref)
    }

    /// The card as it stands, with what is being edited.
    fn draft(&self, cx: &Cx<'_>) -> Option<Draft> {
        match &self.editing {
            Some(editing) => Some(editing.draft().clone()),
            None => self.contact(cx).map(|contact| Draft::Person(Box::new(contact.clone()))),
        }
    }

    fn rows(&self, cx: &Cx<'_>) -> Vec<Item> {
        let rows = |draft: Draft| rows::rows(&draft, self.proposals.len(), cx.discreet);
        self.draft(cx).map(rows).unwrap_or_default()
    }

    fn item(&self, cx: &Cx<'_>) -> Option<Item> {
        self.rows(cx).get(self.list.cursor()).copied()
    }

    /// Looks at the current card: what was captured of it, and whom it may be.
    fn look_at(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(contact) = self.contact(cx) else {
            (self.captured, self.alike, self.proposals) = (Captured::default(), Vec::new(), Vec::new());
            return Vec::new();
        };
        let mut effects = Vec::new();
        if self.captured.card() != Some(contact.id) {
            self.list = ListState::default();
            self.message = None;
            self.alike.clear();
            self.around = None;
            (self.offers, self.rings) = (Vec::new(), Vec::new());
            if let Some(hash) = self.captured.turn_to(contact) {
                effects.push(Effect::Ask(Job::Kept { hash }, KEPT));
            }
        }
        effects.push(Effect::Ask(Job::Duplicates { of: Some(contact.uid()), limit: Some(3) }, ALIKE));
        effects.push(Effect::Ask(Job::Around { who: contact.uid() }, AROUND));
        let tag = if self.offers_asked <= LAST_OFFERS { OFFERS } else { self.offers_asked - 1 };
        effects.push(Effect::Ask(Job::ProposeValues { contact: Box::new(contact.clone()) }, tag));
        self.offers_asked = tag;
        effects.push(Effect::Ask(Job::AnsweredBy { who: contact.uid() }, RINGS));
        self.propose(cx);
        effects
    }

    fn propose(&mut self, cx: &Cx<'_>) {
        let Some(contact) = self.contact(cx) else { return };
        let hats = self.around.as_ref().map_or(&[][..], |around| &around.hats);
        self.proposals =
            proposals::of(contact, &self.alike, hats, &self.offers, self.event_beside(contact, cx), cx);
    }

    /// The event of the cards captured within half a day of this one, or the sticky one.
    fn event_beside(&self, contact: &Contact, cx: &Cx<'_>) -> Option<(String, Option<PartialDate>)> {
        const HALF_A_DAY: i64 = 12 * 60 * 60;
        let near =
            |other: &&Contact| (other.created.as_second() - contact.created.as_second()).abs() <= HALF_A_DAY;
        let others = self.stack.cards().iter().filter_map(|id| cx.snapshot.book.contact(*id));
        let met = others.map(AsRef::as_ref).filter(near).filter_map(|other| other.met.as_ref());
        let beside = met.into_iter().find(|met| !met.at.is_empty());
        beside
            .map(|met| (met.at.clone(), met.on.clone()))
            .or_else(|| cx.sticky.map(|sticky| (sticky.name.clone(), Some(PartialDate::Day(sticky.on)))))
    }

    fn reply(&mut self, tag: Tag, reply: &Reply, cx: &Cx<'_>) -> Vec<Effect> {
        match (tag, reply) {
            (tag, Reply::Hits { ids, total }) if self.stack.is_asked(tag) => {
                self.stack.take(ids, *total, &cx.snapshot.book);
                return self.look_at(cx);
            }
            (KEPT, Reply::Kept(kept)) => self.captured.take(kept.as_deref(), cx),
            (ALIKE, Reply::Duplicates { pairs, .. }) => {
                let current = self.stack.current();
                self.alike = pairs.iter().filter(|pair| Some(pair.a.id) == current).map(candidate).collect();
                self.propose(cx);
            }
            (AROUND, Reply::Around(around))
                if self.contact(cx).is_some_and(|own| own.uid() == around.person.uid) =>
            {
                self.around = Some(around.clone());
                self.propose(cx);
            }
            (tag, Reply::Values(offers)) if tag == self.offers_asked => {
                self.offers.clone_from(offers);
                self.propose(cx);
            }
            (RINGS, Reply::Answers(rings)) => {
                let own = self.contact(cx).map(Contact::uid);
                self.rings =
                    rings.iter().filter(|ring| Some(&ring.person.uid) == own.as_ref()).cloned().collect();
            }
            (SAVE, Reply::Failed(_)) => self.message = None,
            (FILE, Reply::Failed(_)) => {
                let filing = std::mem::take(&mut self.filing);
                self.stack.unfile(&filing);
                self.brought.took_back(&filing);
                return vec![self.stack.ask()];
            }
            (FILE, _) => self.filing.clear(),
            _ => {}
        }
        Vec::new()
    }
}

/// The other one of a pair.
fn candidate(pair: &Lookalikes) -> Candidate {
    Candidate {
        id: pair.b.id,
        score: pair.score,
        likelihood: pair.likelihood,
        evidence: pair.evidence.clone(),
    }
}

impl Layer for Pocket {
    fn place(&self) -> Places {
        if self.editing.is_some() { Places::FORM } else { Places::POCKET }
    }

    fn typing(&self) -> bool {
        self.editing.as_ref().is_some_and(|editing| matches!(editing.editing(), Editing::Text { .. }))
    }

    fn enabled(&self, command: Command, cx: &Cx<'_>) -> bool {
        let card = self.stack.current().is_some();
        match command {
            Command::FileNext | Command::Later | Command::Before | Command::OpenPage => card,
            Command::EditField => card && matches!(self.item(cx), Some(Item::Row(_))),
            Command::Next => self.editing.is_some() || !self.proposals.is_empty(),
            Command::Decide => {
                card && (self.focus == Focus::Stack || matches!(self.item(cx), Some(Item::Proposal(_))))
            }
            Command::MarkAll => card,
            Command::OpenPicture => self.captured.picture().is_some(),
            Command::AddItem | Command::RemoveItem | Command::MoveUp | Command::MoveDown | Command::Save => {
                false
            }
            _ => true,
        }
    }

    fn covers(&self) -> bool {
        true
    }

    fn who(&self, _cx: &Cx<'_>) -> Vec<ContactId> {
        if self.stack.marks.is_empty() {
            self.stack.current().into_iter().collect()
        } else {
            self.stack.marks.iter().copied().collect()
        }
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let mut effects = self.hear(input, area, cx);
        if cx.tab == Tab::Pocket {
            effects.extend(self.want_picture(area, cx));
        }
        effects
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        self.draw(area, buf, cx);
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        let Editing::Text { line, .. } = self.editing.as_ref()?.editing() else { return None };
        let value = self.value(area, cx);
        (!value.is_empty()).then(|| line.position(value))
    }
}

impl Pocket {
    fn hear(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match &input {
            Input::Query(words) => {
                let query = (!words.is_empty()).then(|| (*words).to_owned());
                self.brought = Brought::default();
                return vec![self.stack.sweep(query)];
            }
            Input::Refreshed => {
                if self.stack.refresh(&cx.snapshot.book) {
                    let back: Vec<ContactId> = self.stack.cards().to_vec();
                    self.brought.took_back(&back);
                }
                // Lookalikes are work for the engine: nobody asks for them while another tab is open.
                return if cx.tab == Tab::Pocket { vec![self.stack.ask()] } else { Vec::new() };
            }
            Input::Reply(tag, reply) => return self.reply(*tag, reply, cx),
            Input::Edited(NOTE, Some(written)) => return self.note_written(written, cx),
            _ => {}
        }
        if self.editing.is_some() {
            self.while_editing(&input, area, cx)
        } else {
            self.while_reading(&input, area, cx)
        }
    }
}
