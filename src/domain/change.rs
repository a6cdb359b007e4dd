//! The one change type: every edit, from a screen, an importer or the command line.
//!
//! An [`Edit`] carries a record before and after; edits made together form a [`Step`], which undo reverses as
//! a whole. Undoing an older step keeps what later steps did to *other* fields of the same record, and is
//! refused where they touched the same ones ([`Edit::reversed_onto`]).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::contact::Contact;
use super::event::Event;
use super::id::{ContactId, EventId, InteractionId, MandateId, MarketId, NeedId, RefusalId, StepId, TieId};
use super::interaction::Interaction;
use super::mandate::Mandate;
use super::market::Market;
use super::me::Me;
use super::need::Need;
use super::refusal::Refusal;
use super::tie::Tie;
use super::time::Timestamp;

/// Which record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RecordId {
    /// The user's own card.
    Me,
    /// A person.
    Contact(ContactId),
    /// An event.
    Event(EventId),
    /// A tie.
    Tie(TieId),
    /// An interaction.
    Interaction(InteractionId),
    /// A market.
    Market(MarketId),
    /// A need.
    Need(NeedId),
    /// A mandate.
    Mandate(MandateId),
    /// Two cards that are not one person.
    Refusal(RefusalId),
}

impl RecordId {
    /// The person's identifier, if it is one's.
    pub fn contact(&self) -> Option<ContactId> {
        match self {
            Self::Contact(id) => Some(*id),
            _ => None,
        }
    }
}

/// Any record; cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Record {
    /// The user's own card.
    Me(Arc<Me>),
    /// A person.
    Contact(Arc<Contact>),
    /// An event.
    Event(Arc<Event>),
    /// A tie.
    Tie(Arc<Tie>),
    /// An interaction.
    Interaction(Arc<Interaction>),
    /// A market.
    Market(Arc<Market>),
    /// A need.
    Need(Arc<Need>),
    /// A mandate.
    Mandate(Arc<Mandate>),
    /// Two cards that are not one person.
    Refusal(Arc<Refusal>),
}

impl Record {
    /// The record's identifier.
    pub fn id(&self) -> RecordId {
        match self {
            Self::Me(_) => RecordId::Me,
            Self::Contact(record) => RecordId::Contact(record.id),
            Self::Event(record) => RecordId::Event(record.id),
            Self::Tie(record) => RecordId::Tie(record.id),
            Self::Interaction(record) => RecordId::Interaction(record.id),
            Self::Market(record) => RecordId::Market(record.id),
            Self::Need(record) => RecordId::Need(record.id),
            Self::Mandate(record) => RecordId::Mandate(record.id),
            Self::Refusal(record) => RecordId::Refusal(record.id),
        }
    }
}

/// One record before and after. `None` before means it is new; `None` after means it is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Which record.
    pub id: RecordId,
    /// The record before.
    pub before: Option<Record>,
    /// The record after.
    pub after: Option<Record>,
}

/// A run of edits that undo reverses together. An import is one step, however many commits it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Identifier; commits of one step share it.
    pub id: StepId,
    /// When it began.
    pub at: Timestamp,
    /// Whether it does, undoes or redoes.
    pub course: Course,
    /// What the user did.
    pub deed: Deed,
    /// Whom or what it was about, for the history list; may be empty.
    pub subject: String,
}

/// The direction of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Course {
    /// A change of its own.
    Do,
    /// Takes back the step named.
    Undo(StepId),
    /// Does again the step named, which had been taken back.
    Redo(StepId),
}

/// What the user did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Deed {
    /// Logged somebody.
    Capture,
    /// Changed one record.
    Edit,
    /// Changed several records at once.
    Batch,
    /// Put away or brought back.
    Archive,
    /// Filed cards from the pocket.
    File,
    /// Tied two people.
    Tie,
    /// Noted an interaction.
    Log,
    /// Changed the own card.
    Me,
    /// Read a file.
    Import,
    /// Made one of two cards.
    Merge,
    /// Said that two cards are not one person.
    Refuse,
}

/// The fields that two versions of a record do not agree on after it was changed twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldConflict {
    /// Which record.
    pub id: RecordId,
    /// Names of the fields; empty when the whole record is in the way.
    pub fields: Vec<&'static str>,
}

impl Edit {
    /// A new record.
    pub fn create(record: Record) -> Self {
        Self { id: record.id(), before: None, after: Some(record) }
    }

    /// A changed record. Both must have the same identifier.
    pub fn replace(before: Record, after: Record) -> Self {
        debug_assert_eq!(before.id(), after.id(), "an edit never moves a record to another id");
        Self { id: before.id(), before: Some(before), after: Some(after) }
    }

    /// A removed record.
    pub fn remove(record: Record) -> Self {
        Self { id: record.id(), before: Some(record), after: None }
    }

    /// The edit that takes this one back, when nothing happened since.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { id: self.id, before: self.after.clone(), after: self.before.clone() }
    }

    /// The edit that takes this one back from `current`, keeping what later edits did to other fields.
    pub fn reversed_onto(&self, current: Option<&Record>) -> Result<Self, FieldConflict> {
        let whole = || FieldConflict { id: self.id, fields: Vec::new() };
        if current == self.after.as_ref() {
            return Ok(self.inverse());
        }
        let (Some(before), Some(after), Some(current)) = (&self.before, &self.after, current) else {
            return Err(whole());
        };
        let restored =
            revert(current, before, after).map_err(|fields| FieldConflict { id: self.id, fields })?;
        Ok(Self::replace(current.clone(), restored))
    }

    /// Names of the fields that this edit changes; empty for creation and removal.
    pub fn changed_fields(&self) -> Vec<&'static str> {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => changed(before, after),
            _ => Vec::new(),
        }
    }
}

/// Lists the fields of a record that undo treats one by one. Stamps (`updated`) are left out: they follow.
macro_rules! fields {
    ($module:ident, $record:ty { $($field:ident),+ $(,)? }) => {
        mod $module {
            use super::*;

            pub(super) fn changed(a: &$record, b: &$record) -> Vec<&'static str> {
                let mut names = Vec::new();
                $(if a.$field != b.$field { names.push(stringify!($field)); })+
                names
            }

            pub(super) fn revert(
                current: &$record,
                before: &$record,
                after: &$record,
            ) -> Result<$record, Vec<&'static str>> {
                let mut restored = current.clone();
                let mut conflicts = Vec::new();
                $(if before.$field != after.$field {
                    if current.$field == after.$field {
                        restored.$field = before.$field.clone();
                    } else if current.$field != before.$field {
                        conflicts.push(stringify!($field));
                    }
                })+
                if conflicts.is_empty() { Ok(restored) } else { Err(conflicts) }
            }
        }
    };
}

fields!(
    contact,
    Contact {
        foreign_uid,
        name,
        roles,
        emails,
        phones,
        urls,
        addresses,
        region,
        met,
        language,
        address_form,
        stage,
        unread,
        door,
        closeness,
        nature,
        tags,
        values,
        markets,
        note,
        birthday,
        cadence_days,
        next,
        sources,
        cards,
        extra,
    }
);
fields!(
    me,
    Me {
        name,
        roles,
        emails,
        phones,
        urls,
        addresses,
        towns,
        regions,
        associations,
        language,
        club_rule,
        note,
    }
);
fields!(event, Event { name, on, town, series, note });
fields!(tie, Tie { a, b, kind, closeness, note, since });
fields!(interaction, Interaction { on, kind, people, words });
fields!(market, Market { slug, name_en, name_fr, parent, keywords, naics, hidden });
fields!(need, Need { words, status, market, region, deadline, candidates });
fields!(
    mandate,
    Mandate { title, client, market, region, amount, stage, opened, closed, origin, circle, note }
);
fields!(refusal, Refusal { a, b });

fn changed(before: &Record, after: &Record) -> Vec<&'static str> {
    match (before, after) {
        (Record::Contact(b), Record::Contact(a)) => contact::changed(b, a),
        (Record::Me(b), Record::Me(a)) => me::changed(b, a),
        (Record::Event(b), Record::Event(a)) => event::changed(b, a),
        (Record::Tie(b), Record::Tie(a)) => tie::changed(b, a),
        (Record::Interaction(b), Record::Interaction(a)) => interaction::changed(b, a),
        (Record::Market(b), Record::Market(a)) => market::changed(b, a),
        (Record::Need(b), Record::Need(a)) => need::changed(b, a),
        (Record::Mandate(b), Record::Mandate(a)) => mandate::changed(b, a),
        (Record::Refusal(b), Record::Refusal(a)) => refusal::changed(b, a),
        _ => Vec::new(),
    }
}

fn revert(current: &Record, before: &Record, after: &Record) -> Result<Record, Vec<&'static str>> {
    macro_rules! kinds {
        ($($kind:ident => $module:ident),+) => {
            match (current, before, after) {
                $((Record::$kind(c), Record::$kind(b), Record::$kind(a)) => {
                    $module::revert(c, b, a).map(|record| Record::$kind(Arc::new(record)))
                })+
                _ => Err(Vec::new()),
            }
        };
    }
    kinds!(Contact => contact, Me => me, Event => event, Tie => tie, Interaction => interaction,
           Market => market, Need => need, Mandate => mandate, Refusal => refusal)
}

/// Which step undo and redo would take next. Rebuilt from the courses of all steps, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UndoStack {
    done: Vec<StepId>,
    undone: Vec<StepId>,
}

impl UndoStack {
    /// Takes note of a step. Telling it again of the step just noted (a further commit of the same import)
    /// changes nothing.
    pub fn note(&mut self, step: &Step) {
        match step.course {
            Course::Do => {
                if self.done.last() != Some(&step.id) {
                    self.done.push(step.id);
                    self.undone.clear();
                }
            }
            Course::Undo(of) => {
                if let Some(at) = self.done.iter().rposition(|id| *id == of) {
                    self.done.remove(at);
                    self.undone.push(of);
                }
            }
            Course::Redo(of) => {
                if let Some(at) = self.undone.iter().rposition(|id| *id == of) {
                    self.undone.remove(at);
                    self.done.push(of);
                }
            }
        }
    }

    /// The step that undo takes back next.
    pub fn to_undo(&self) -> Option<StepId> {
        self.done.last().copied()
    }

    /// The step that redo does again next.
    pub fn to_redo(&self) -> Option<StepId> {
        self.undone.last().copied()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn contact(note: &str, tags: &[&str]) -> Record {
        let mut contact = Contact::new(ContactId(Uuid::from_u128(1)), Timestamp::UNIX_EPOCH);
        contact.note = note.into();
        contact.tags = tags.iter().map(ToString::to_string).collect();
        Record::Contact(Arc::new(contact))
    }

    #[test]
    fn undo_keeps_later_changes_to_other_fields() {
        let edit = Edit::replace(contact("", &[]), contact("tall", &[]));
        let back = edit.reversed_onto(Some(&contact("tall", &["deck"]))).expect("no conflict");
        assert_eq!(back.after, Some(contact("", &["deck"])));
    }

    #[test]
    fn undo_is_refused_where_a_later_step_touched_the_same_field() {
        let edit = Edit::replace(contact("", &[]), contact("tall", &[]));
        let refusal = edit.reversed_onto(Some(&contact("very tall", &[]))).expect_err("conflict");
        assert_eq!(refusal.fields, ["note"]);
    }

    #[test]
    fn a_created_record_that_changed_since_stays() {
        let edit = Edit::create(contact("", &[]));
        assert!(edit.reversed_onto(Some(&contact("tall", &[]))).is_err());
    }

    fn step(id: u128, course: Course) -> Step {
        let id = StepId(Uuid::from_u128(id));
        Step { id, at: Timestamp::UNIX_EPOCH, course, deed: Deed::Edit, subject: String::new() }
    }

    #[test]
    fn undo_and_redo_walk_the_same_steps() {
        let mut stack = UndoStack::default();
        let one = StepId(Uuid::from_u128(1));
        let two = StepId(Uuid::from_u128(2));
        stack.note(&step(1, Course::Do));
        stack.note(&step(2, Course::Do));
        stack.note(&step(2, Course::Do));
        assert_eq!(stack.to_undo(), Some(two));
        stack.note(&step(3, Course::Undo(two)));
        assert_eq!((stack.to_undo(), stack.to_redo()), (Some(one), Some(two)));
        stack.note(&step(4, Course::Redo(two)));
        assert_eq!((stack.to_undo(), stack.to_redo()), (Some(two), None));
        stack.note(&step(5, Course::Undo(two)));
        stack.note(&step(6, Course::Do));
        assert_eq!(stack.to_redo(), None);
    }
}
