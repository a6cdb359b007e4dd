//! All records in memory. A clone is a snapshot and costs a few pointers, so readers work on a book that never
//! changes under them while the writer makes the next one.
//!
//! Invariants: the derived maps (`uids`, `aliases`, `ties_of`, `log_of`, `refused`, `counts`) always agree with the records, because
//! every change goes through [`Book::put`] or [`Book::drop_record`].

use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;

use super::change::{Edit, FieldConflict, Record, RecordId};
use super::contact::{Contact, Stage};
use super::event::Event;
use super::id::{ContactId, EventId, InteractionId, MandateId, MarketId, NeedId, RefusalId, TieId};
use super::interaction::Interaction;
use super::mandate::Mandate;
use super::market::Market;
use super::me::Me;
use super::need::{Need, NeedStatus};
use super::refusal::Refusal;
use super::tie::Tie;

/// All records.
#[derive(Clone, Debug, Default)]
pub struct Book {
    me: Arc<Me>,
    contacts: OrdMap<ContactId, Arc<Contact>>,
    events: OrdMap<EventId, Arc<Event>>,
    ties: OrdMap<TieId, Arc<Tie>>,
    log: OrdMap<InteractionId, Arc<Interaction>>,
    markets: OrdMap<MarketId, Arc<Market>>,
    needs: OrdMap<NeedId, Arc<Need>>,
    mandates: OrdMap<MandateId, Arc<Mandate>>,
    refusals: OrdMap<RefusalId, Arc<Refusal>>,
    /// Uids that contacts were imported with.
    uids: OrdMap<String, ContactId>,
    /// Uids of cards that were merged, with whom they became.
    aliases: OrdMap<String, ContactId>,
    ties_of: OrdMap<ContactId, Vec<TieId>>,
    log_of: OrdMap<ContactId, Vec<InteractionId>>,
    /// Pairs that are not one person, the lower identifier first, with how many refusals say so.
    refused: OrdMap<(ContactId, ContactId), usize>,
    counts: Counts,
}

/// The keys whose values are new, gone or others.
fn touched<'a, K: Ord + Copy, V: PartialEq>(
    earlier: &'a OrdMap<K, Arc<V>>,
    later: &'a OrdMap<K, Arc<V>>,
) -> impl Iterator<Item = K> + 'a {
    earlier.diff(later).filter_map(|change| match change {
        DiffItem::Add(id, _) | DiffItem::Remove(id, _) => Some(*id),
        DiffItem::Update { old: (_, old), new: (id, new) } => (!Arc::ptr_eq(old, new)).then_some(*id),
    })
}

/// How many contacts there are, by stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Captured, not filed yet.
    pub pocket: usize,
    /// Filed.
    pub active: usize,
    /// Put away.
    pub archived: usize,
    /// Came in bulk and nobody has looked at them.
    pub unread: usize,
}

impl Book {
    /// Carries out one edit. Refuses, and changes nothing, when the record is not what the edit starts from.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), FieldConflict> {
        if self.record(edit.id) != edit.before {
            return Err(FieldConflict { id: edit.id, fields: Vec::new() });
        }
        match &edit.after {
            Some(record) => self.put(record.clone()),
            None => self.drop_record(edit.id),
        }
        Ok(())
    }

    /// The record with this identifier. The user's own card counts as absent while it is empty.
    pub fn record(&self, id: RecordId) -> Option<Record> {
        match id {
            RecordId::Me => (*self.me != Me::default()).then(|| Record::Me(self.me.clone())),
            RecordId::Contact(id) => self.contacts.get(&id).cloned().map(Record::Contact),
            RecordId::Event(id) => self.events.get(&id).cloned().map(Record::Event),
            RecordId::Tie(id) => self.ties.get(&id).cloned().map(Record::Tie),
            RecordId::Interaction(id) => self.log.get(&id).cloned().map(Record::Interaction),
            RecordId::Market(id) => self.markets.get(&id).cloned().map(Record::Market),
            RecordId::Need(id) => self.needs.get(&id).cloned().map(Record::Need),
            RecordId::Mandate(id) => self.mandates.get(&id).cloned().map(Record::Mandate),
            RecordId::Refusal(id) => self.refusals.get(&id).cloned().map(Record::Refusal),
        }
    }

    /// Inserts or replaces a record.
    pub fn put(&mut self, record: Record) {
        match record {
            Record::Me(me) => self.me = me,
            Record::Contact(contact) => {
                self.counts.add(&contact);
                if let Some(uid) = &contact.foreign_uid {
                    self.uids.insert(uid.clone(), contact.id);
                }
                let new_uid = contact.foreign_uid.clone();
                if let Some(old) = self.contacts.get(&contact.id).cloned() {
                    self.forget_aliases(&old);
                }
                for alias in contact.aliases() {
                    self.aliases.insert(alias.to_owned(), contact.id);
                }
                if let Some(old) = self.contacts.insert(contact.id, contact) {
                    self.counts.remove(&old);
                    if old.foreign_uid != new_uid {
                        self.forget_uid(&old);
                    }
                }
            }
            Record::Event(event) => {
                self.events.insert(event.id, event);
            }
            Record::Tie(tie) => {
                if let Some(old) = self.ties.get(&tie.id).cloned() {
                    self.unlink_tie(&old);
                }
                for end in [tie.a, tie.b] {
                    self.ties_of.entry(end).or_default().push(tie.id);
                }
                self.ties.insert(tie.id, tie);
            }
            Record::Interaction(entry) => {
                if let Some(old) = self.log.get(&entry.id).cloned() {
                    self.unlink_interaction(&old);
                }
                for person in &entry.people {
                    self.log_of.entry(*person).or_default().push(entry.id);
                }
                self.log.insert(entry.id, entry);
            }
            Record::Market(market) => {
                self.markets.insert(market.id, market);
            }
            Record::Need(need) => {
                self.needs.insert(need.id, need);
            }
            Record::Mandate(mandate) => {
                self.mandates.insert(mandate.id, mandate);
            }
            Record::Refusal(refusal) => {
                let said = pair(refusal.a, refusal.b);
                if let Some(old) = self.refusals.insert(refusal.id, refusal) {
                    self.unsay(&old);
                }
                *self.refused.entry(said).or_default() += 1;
            }
        }
    }

    /// Takes a record out; nothing happens when it is not there.
    pub fn drop_record(&mut self, id: RecordId) {
        match id {
            RecordId::Me => self.me = Arc::default(),
            RecordId::Contact(id) => {
                if let Some(old) = self.contacts.remove(&id) {
                    self.counts.remove(&old);
                    self.forget_uid(&old);
                    self.forget_aliases(&old);
                }
            }
            RecordId::Event(id) => {
                self.events.remove(&id);
            }
            RecordId::Tie(id) => {
                if let Some(old) = self.ties.remove(&id) {
                    self.unlink_tie(&old);
                }
            }
            RecordId::Interaction(id) => {
                if let Some(old) = self.log.remove(&id) {
                    self.unlink_interaction(&old);
                }
            }
            RecordId::Market(id) => {
                self.markets.remove(&id);
            }
            RecordId::Need(id) => {
                self.needs.remove(&id);
            }
            RecordId::Mandate(id) => {
                self.mandates.remove(&id);
            }
            RecordId::Refusal(id) => {
                if let Some(old) = self.refusals.remove(&id) {
                    self.unsay(&old);
                }
            }
        }
    }

    fn forget_uid(&mut self, contact: &Contact) {
        if let Some(uid) = &contact.foreign_uid
            && self.uids.get(uid) == Some(&contact.id)
        {
            self.uids.remove(uid);
        }
    }

    fn forget_aliases(&mut self, contact: &Contact) {
        for alias in contact.aliases() {
            if self.aliases.get(alias) == Some(&contact.id) {
                self.aliases.remove(alias);
            }
        }
    }

    fn unsay(&mut self, refusal: &Refusal) {
        let said = pair(refusal.a, refusal.b);
        if let Some(times) = self.refused.get_mut(&said) {
            *times -= 1;
            if *times == 0 {
                self.refused.remove(&said);
            }
        }
    }

    fn unlink_tie(&mut self, tie: &Tie) {
        for end in [tie.a, tie.b] {
            if let Some(list) = self.ties_of.get_mut(&end) {
                list.retain(|id| *id != tie.id);
            }
        }
    }

    fn unlink_interaction(&mut self, entry: &Interaction) {
        for person in &entry.people {
            if let Some(list) = self.log_of.get_mut(person) {
                list.retain(|id| *id != entry.id);
            }
        }
    }

    /// The user's own card.
    pub fn me(&self) -> &Arc<Me> {
        &self.me
    }

    /// How many contacts there are, by stage.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The contact with this identifier.
    pub fn contact(&self, id: ContactId) -> Option<&Arc<Contact>> {
        self.contacts.get(&id)
    }

    /// The contact that the outside world calls by this uid, or whom a card with this uid was merged into.
    pub fn by_uid(&self, uid: &str) -> Option<&Arc<Contact>> {
        let id = self.uids.get(uid).copied().or_else(|| uid.parse().ok());
        let own = id.and_then(|id| self.contacts.get(&id));
        own.filter(|contact| contact.foreign_uid.as_deref().is_none_or(|own| own == uid))
            .or_else(|| self.contacts.get(self.aliases.get(uid)?))
    }

    /// All contacts, archived ones too, oldest first.
    pub fn contacts(&self) -> impl DoubleEndedIterator<Item = &Arc<Contact>> {
        self.contacts.values()
    }

    /// The contacts that are new or not as they were in an earlier book. Costs about what has changed, since books share
    /// what has not.
    pub fn contacts_changed_since(&self, earlier: &Self) -> Vec<ContactId> {
        touched(&earlier.contacts, &self.contacts).filter(|id| self.contacts.contains_key(id)).collect()
    }

    /// The ids of contacts, ties, interactions and markets that are new, gone or not as they were in an earlier book: all
    /// that markets and paths are derived from. Costs about what has changed.
    pub fn changed_since(&self, earlier: &Self) -> Vec<RecordId> {
        touched(&earlier.contacts, &self.contacts)
            .map(RecordId::Contact)
            .chain(touched(&earlier.ties, &self.ties).map(RecordId::Tie))
            .chain(touched(&earlier.log, &self.log).map(RecordId::Interaction))
            .chain(touched(&earlier.markets, &self.markets).map(RecordId::Market))
            .collect()
    }

    /// Whether another book has the same market records.
    pub fn has_markets_of(&self, other: &Self) -> bool {
        touched(&self.markets, &other.markets).next().is_none()
    }

    /// Whether another book has the same needs.
    pub fn has_needs_of(&self, other: &Self) -> bool {
        touched(&self.needs, &other.needs).next().is_none()
    }

    /// Whether a need waits for an answer.
    pub fn has_open_need(&self) -> bool {
        self.needs.values().any(|need| need.status == NeedStatus::Open)
    }

    /// All events.
    pub fn events(&self) -> impl Iterator<Item = &Arc<Event>> {
        self.events.values()
    }

    /// All ties.
    pub fn ties(&self) -> impl Iterator<Item = &Arc<Tie>> {
        self.ties.values()
    }

    /// Ties of one contact.
    pub fn ties_of(&self, id: ContactId) -> impl Iterator<Item = &Arc<Tie>> {
        self.ties_of.get(&id).into_iter().flatten().filter_map(|tie| self.ties.get(tie))
    }

    /// All interactions, oldest first.
    pub fn interactions(&self) -> impl DoubleEndedIterator<Item = &Arc<Interaction>> {
        self.log.values()
    }

    /// Interactions with one contact, in the order they were noted.
    pub fn interactions_of(&self, id: ContactId) -> impl Iterator<Item = &Arc<Interaction>> {
        self.log_of.get(&id).into_iter().flatten().filter_map(|entry| self.log.get(entry))
    }

    /// Markets of the user's own.
    pub fn markets(&self) -> impl Iterator<Item = &Arc<Market>> {
        self.markets.values()
    }

    /// All needs.
    pub fn needs(&self) -> impl Iterator<Item = &Arc<Need>> {
        self.needs.values()
    }

    /// All mandates.
    pub fn mandates(&self) -> impl Iterator<Item = &Arc<Mandate>> {
        self.mandates.values()
    }

    /// All refusals.
    pub fn refusals(&self) -> impl Iterator<Item = &Arc<Refusal>> {
        self.refusals.values()
    }

    /// Whether the user said that two contacts are not one person.
    pub fn are_two(&self, a: ContactId, b: ContactId) -> bool {
        self.refused.contains_key(&pair(a, b))
    }

    /// Every record, in the order that an export wants: the own card, contacts, then the rest.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        self.record(RecordId::Me)
            .into_iter()
            .chain(self.contacts.values().cloned().map(Record::Contact))
            .chain(self.events.values().cloned().map(Record::Event))
            .chain(self.ties.values().cloned().map(Record::Tie))
            .chain(self.log.values().cloned().map(Record::Interaction))
            .chain(self.markets.values().cloned().map(Record::Market))
            .chain(self.needs.values().cloned().map(Record::Need))
            .chain(self.mandates.values().cloned().map(Record::Mandate))
            .chain(self.refusals.values().cloned().map(Record::Refusal))
    }
}

/// Two people, whichever is named first.
fn pair(a: ContactId, b: ContactId) -> (ContactId, ContactId) {
    (a.min(b), a.max(b))
}

impl Counts {
    fn add(&mut self, contact: &Contact) {
        *self.of(contact.stage) += 1;
        self.unread += usize::from(contact.unread);
    }

    fn remove(&mut self, contact: &Contact) {
        *self.of(contact.stage) -= 1;
        self.unread -= usize::from(contact.unread);
    }

    fn of(&mut self, stage: Stage) -> &mut usize {
        match stage {
            Stage::Pocket => &mut self.pocket,
            Stage::Active => &mut self.active,
            Stage::Archived => &mut self.archived,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::time::Timestamp;

    fn contact(n: u128, stage: Stage, uid: Option<&str>) -> Arc<Contact> {
        let mut contact = Contact::new(ContactId(Uuid::from_u128(n)), Timestamp::UNIX_EPOCH);
        contact.stage = stage;
        contact.foreign_uid = uid.map(Into::into);
        Arc::new(contact)
    }

    #[test]
    fn counts_and_uids_follow_every_change() {
        let mut book = Book::default();
        let first = contact(1, Stage::Pocket, Some("a@x"));
        book.apply(&Edit::create(Record::Contact(first.clone()))).expect("new");
        assert_eq!(book.counts().pocket, 1);
        assert!(book.by_uid("a@x").is_some());
        let filed = contact(1, Stage::Active, Some("b@x"));
        book.apply(&Edit::replace(Record::Contact(first), Record::Contact(filed.clone()))).expect("known");
        assert_eq!((book.counts().pocket, book.counts().active), (0, 1));
        assert!(book.by_uid("a@x").is_none());
        assert!(book.by_uid("b@x").is_some());
        book.apply(&Edit::remove(Record::Contact(filed))).expect("known");
        assert_eq!(book.counts(), Counts::default());
        assert!(book.by_uid("b@x").is_none());
    }

    #[test]
    fn an_edit_that_starts_from_something_else_changes_nothing() {
        let mut book = Book::default();
        book.put(Record::Contact(contact(1, Stage::Pocket, None)));
        let wrong = Edit::replace(
            Record::Contact(contact(1, Stage::Archived, None)),
            Record::Contact(contact(1, Stage::Active, None)),
        );
        assert!(book.apply(&wrong).is_err());
        assert_eq!(book.counts().pocket, 1);
    }

    #[test]
    fn ties_are_found_from_both_ends_and_forgotten_when_removed() {
        let mut book = Book::default();
        let (a, b) = (ContactId(Uuid::from_u128(1)), ContactId(Uuid::from_u128(2)));
        let tie = Arc::new(Tie {
            id: TieId(Uuid::from_u128(9)),
            a,
            b,
            kind: crate::domain::tie::TieKind::Knows,
            closeness: None,
            note: String::new(),
            since: None,
        });
        book.put(Record::Tie(tie.clone()));
        assert_eq!((book.ties_of(a).count(), book.ties_of(b).count()), (1, 1));
        book.put(Record::Tie(tie.clone()));
        assert_eq!(book.ties_of(a).count(), 1);
        book.drop_record(RecordId::Tie(tie.id));
        assert_eq!(book.ties_of(b).count(), 0);
    }
}
