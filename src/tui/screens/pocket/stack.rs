//! The cards to go through, in the order of their events: the newest event first, its cards as they were captured.
//!
//! Invariants: a card that was filed leaves the stack at once, before the engine has answered, and comes back when the
//! step is taken back or fails; the cursor is on a card while there is one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::contact::{Contact, Stage};
use crate::domain::id::ContactId;
use crate::domain::time::Timestamp;
use crate::domain::{Book, contact::Met};
use crate::text::fold::fold;
use crate::tui::effect::{Effect, Tag};

/// What the engine is asked for; the same words work in the people's query bar.
const POCKET: &str = "is:pocket";
/// A longer stack is gone through in the order that the engine gives.
const SORTED: usize = 2000;

/// The stack.
#[derive(Default)]
pub(super) struct Stack {
    /// What is swept instead of the pocket.
    query: Option<String>,
    cards: Vec<ContactId>,
    /// How many there are, those beyond the first given included.
    total: usize,
    /// Put off, in that order: they come last.
    later: Vec<ContactId>,
    /// Filed here; true once the book says so too.
    gone: BTreeMap<ContactId, bool>,
    cursor: usize,
    pub(super) marks: BTreeSet<ContactId>,
    asked: Tag,
    answered: bool,
}

/// Cards of one event that stand together.
pub(super) struct Group {
    /// Name of the event; empty when none is known.
    pub(super) event: String,
    /// Its cards.
    pub(super) cards: Vec<ContactId>,
}

/// Whether a card waits to be looked at.
pub(super) fn waits(contact: &Contact) -> bool {
    contact.stage == Stage::Pocket || contact.unread && contact.stage != Stage::Archived
}

fn event_of(contact: &Contact) -> &str {
    contact.met.as_ref().map_or("", |met: &Met| met.at.as_str())
}

impl Stack {
    /// Asks anew who is in it.
    pub(super) fn ask(&mut self) -> Effect {
        self.asked = self.asked.wrapping_add(1);
        Effect::Search(self.query.clone().unwrap_or_else(|| POCKET.to_owned()), self.asked)
    }

    /// Takes other people instead of the pocket; without a query, the pocket again.
    pub(super) fn sweep(&mut self, query: Option<String>) -> Effect {
        *self = Self { query, asked: self.asked, ..Self::default() };
        self.ask()
    }

    /// What is swept instead of the pocket.
    pub(super) fn swept(&self) -> Option<&str> {
        self.query.as_deref()
    }

    pub(super) fn is_asked(&self, tag: Tag) -> bool {
        self.asked == tag
    }

    /// Whether it is known who is in it.
    pub(super) fn is_known(&self) -> bool {
        self.answered
    }

    /// Takes the answer.
    pub(super) fn take(&mut self, found: &[ContactId], total: usize, book: &Book) {
        let current = self.current();
        self.answered = true;
        self.total = total;
        let before = self.cursor;
        self.cards = found.iter().copied().filter(|id| !self.gone.contains_key(id)).collect();
        self.total -= (found.len() - self.cards.len()).min(self.total);
        if self.cards.len() <= SORTED {
            self.sort(book);
        }
        self.marks.retain(|id| self.cards.contains(id));
        let kept = current.and_then(|id| self.cards.iter().position(|other| *other == id));
        self.cursor = kept.unwrap_or(before).min(self.cards.len().saturating_sub(1));
    }

    fn sort(&mut self, book: &Book) {
        let mut newest: HashMap<String, Timestamp> = HashMap::new();
        let mut keyed = Vec::with_capacity(self.cards.len());
        for (given, id) in self.cards.iter().copied().enumerate() {
            let Some(contact) = book.contact(id) else {
                keyed.push((String::new(), Timestamp::UNIX_EPOCH, given, id));
                continue;
            };
            let event = fold(event_of(contact));
            let last = newest.entry(event.clone()).or_insert(contact.created);
            *last = (*last).max(contact.created);
            keyed.push((event, contact.created, given, id));
        }
        let later = |id: &ContactId| self.later.iter().position(|other| other == id).map_or(0, |at| at + 1);
        keyed.sort_by(|a, b| {
            let last = |event: &String| newest.get(event).copied().unwrap_or(Timestamp::UNIX_EPOCH);
            let put_off = later(&a.3).cmp(&later(&b.3));
            put_off
                .then_with(|| last(&b.0).cmp(&last(&a.0)))
                .then_with(|| (&a.0, a.1, a.2).cmp(&(&b.0, b.1, b.2)))
        });
        self.cards = keyed.into_iter().map(|(.., id)| id).collect();
    }

    /// The book is another one: what was filed here and is back, or was never filed, comes back to the stack. True
    /// if somebody did.
    pub(super) fn refresh(&mut self, book: &Book) -> bool {
        let before = self.gone.len();
        self.gone.retain(|id, told| {
            let waiting = book.contact(*id).is_some_and(|contact| waits(contact));
            let back = *told && waiting;
            *told |= !waiting;
            !back
        });
        self.gone.len() < before
    }

    /// Takes cards out: they were filed.
    pub(super) fn file(&mut self, ids: &[ContactId]) {
        for id in ids {
            self.gone.insert(*id, false);
            self.marks.remove(id);
        }
        let before = self.cards.len();
        self.cards.retain(|id| !ids.contains(id));
        self.total -= (before - self.cards.len()).min(self.total);
        self.cursor = self.cursor.min(self.cards.len().saturating_sub(1));
    }

    /// What could not be filed is back.
    pub(super) fn unfile(&mut self, ids: &[ContactId]) {
        self.gone.retain(|id, _| !ids.contains(id));
    }

    /// Puts the current card behind all others.
    pub(super) fn put_off(&mut self) {
        let Some(id) = self.current() else { return };
        self.later.retain(|other| *other != id);
        self.later.push(id);
        self.cards.remove(self.cursor);
        self.cards.push(id);
        if self.cursor + 1 == self.cards.len() {
            self.cursor = 0;
        }
    }

    /// Goes to another card; false at the end.
    pub(super) fn go(&mut self, by: isize) -> bool {
        let to = self.cursor.saturating_add_signed(by).min(self.cards.len().saturating_sub(1));
        std::mem::replace(&mut self.cursor, to) != to
    }

    /// Goes to a card.
    pub(super) fn select(&mut self, at: usize) {
        self.cursor = at.min(self.cards.len().saturating_sub(1));
    }

    pub(super) fn current(&self) -> Option<ContactId> {
        self.cards.get(self.cursor).copied()
    }

    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    /// Those that are here, which may be the first of many.
    pub(super) fn cards(&self) -> &[ContactId] {
        &self.cards
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.total
    }

    /// The cards by event, in their order.
    pub(super) fn groups(&self, book: &Book) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for id in &self.cards {
            let event = book.contact(*id).map_or("", |contact| event_of(contact));
            match groups.last_mut() {
                Some(group) if group.event == event => group.cards.push(*id),
                _ => groups.push(Group { event: event.to_owned(), cards: vec![*id] }),
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::domain::Record;

    fn card(book: &mut Book, number: u128, event: &str, seconds: i64) -> ContactId {
        let id = ContactId(Uuid::from_u128(number));
        let at = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
        let mut contact = Contact::new(id, at);
        contact.stage = Stage::Pocket;
        contact.met = Some(Met { at: event.into(), ..Met::default() });
        book.put(Record::Contact(Arc::new(contact)));
        id
    }

    #[test]
    fn the_newest_event_comes_first_and_its_cards_as_they_came() {
        let mut book = Book::default();
        let old = card(&mut book, 1, "Salon", 10);
        let first = card(&mut book, 2, "Souper", 20);
        let second = card(&mut book, 3, "Souper", 30);
        let mut stack = Stack::default();
        stack.take(&[old, second, first], 3, &book);
        assert_eq!(stack.cards(), [first, second, old]);
        stack.put_off();
        assert_eq!(stack.cards(), [second, old, first], "later means after all others");
        stack.take(&[old, second, first], 3, &book);
        assert_eq!(stack.cards(), [second, old, first], "and stays so");
        let events: Vec<_> =
            stack.groups(&book).into_iter().map(|group| (group.event, group.cards.len())).collect();
        assert_eq!(events, [("Souper".to_owned(), 1), ("Salon".to_owned(), 1), ("Souper".to_owned(), 1)]);
    }

    #[test]
    fn a_filed_card_is_gone_at_once_and_back_when_that_is_undone() {
        let mut book = Book::default();
        let one = card(&mut book, 1, "", 10);
        let two = card(&mut book, 2, "", 20);
        let mut stack = Stack::default();
        stack.take(&[one, two], 2, &book);
        stack.file(&[one]);
        assert_eq!((stack.current(), stack.len()), (Some(two), 1));
        assert!(!stack.refresh(&book), "the book may not know yet");
        stack.take(&[one, two], 2, &book);
        assert_eq!(stack.cards(), [two]);
        let waiting = book.clone();
        let mut filed = Contact::clone(book.contact(one).expect("in the book"));
        filed.stage = Stage::Active;
        book.put(Record::Contact(Arc::new(filed)));
        assert!(!stack.refresh(&book));
        assert!(stack.refresh(&waiting), "undone");
        stack.take(&[one, two], 2, &waiting);
        assert_eq!(stack.cards(), [one, two]);
    }
}
