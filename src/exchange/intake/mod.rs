//! From what a file holds to the edits that bring it into the book. Pure, and idempotent: planning the same file again once
//! its edits are made gives none.
//!
//! Native records are taken as they stand. Of other formats: the user's own edits win, empty cells never erase, nobody is
//! deleted for missing in a newer file, and namesakes are never made one (`matching`, `merge`).

mod matching;
mod merge;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use uuid::Uuid;

use super::{Batch, Format, Incoming};
use crate::domain::book::Book;
use crate::domain::change::{Edit, Record, RecordId};
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::domain::mandate::TouchPerson;
use crate::domain::problem::{Brief, InputProblem, InputReason};
use crate::domain::time::{Date, Timestamp};
use crate::text::fold::fold;

/// What an import will do. The edits touch different records, so that any run of them can be committed by itself and the
/// import stopped between two runs.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The edits, in the order of the file.
    pub edits: Vec<Edit>,
    /// Contacts that are new.
    pub new: usize,
    /// Contacts that change.
    pub changed: usize,
    /// Contacts that are already so.
    pub unchanged: usize,
    /// Other records that are new or change.
    pub others: usize,
    /// Organisations that nobody in the book belonged to.
    pub organisations: usize,
    /// Rows without anything to keep.
    pub nameless: usize,
    /// People who changed jobs, in the order of the file.
    pub moves: Vec<Move>,
    /// What could not be read, or not be brought in.
    pub problems: Vec<InputProblem>,
}

/// A change of jobs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Who.
    pub contact: ContactId,
    /// The same in a few words.
    pub person: Brief,
    /// Title and organisation before.
    pub from: (String, String),
    /// Title and organisation now.
    pub to: (String, String),
}

/// Plans the intake of a batch: `now` stamps what changes, `today` is the day of a move when the file does not tell, `mint`
/// makes identifiers.
pub fn plan(book: &Book, batch: Batch, now: Timestamp, today: Date, mint: &mut dyn FnMut() -> Uuid) -> Plan {
    let Batch { file, format, as_of, exported_on, people, others, uids, problems, nameless } = batch;
    let mut plan = Plan { nameless, problems, ..Plan::default() };
    plan.edits.reserve(people.len() + others.len());
    let mut intake = Intake { book, file, now, plan };
    match format {
        Format::Native => {
            let known = intake.verbatim(people, mint);
            intake.others(others, &uids, &known);
        }
        Format::LinkedIn => {
            let source = merge::Source { word: format.word(), as_of, day: exported_on.unwrap_or(today), now };
            intake.matched(people, &source, mint);
        }
    }
    intake.count_organisations();
    intake.plan
}

struct Intake<'a> {
    book: &'a Book,
    file: String,
    now: Timestamp,
    plan: Plan,
}

impl Intake<'_> {
    fn report(&mut self, line: u64, reason: InputReason) {
        self.plan.problems.push(InputProblem { file: self.file.clone(), line, column: 0, reason });
    }

    fn create(&mut self, contact: Arc<Contact>) {
        self.plan.new += 1;
        self.plan.edits.push(Edit::create(Record::Contact(contact)));
    }

    fn replace(&mut self, before: &Arc<Contact>, after: Arc<Contact>) {
        self.plan.changed += 1;
        self.plan.edits.push(Edit::replace(Record::Contact(before.clone()), Record::Contact(after)));
    }

    /// Native contacts: known by uid, taken as they are. Answers with the identifier that each incoming one got, where it
    /// is not the one derived from its uid.
    fn verbatim(&mut self, people: Vec<Incoming>, mint: &mut dyn FnMut() -> Uuid) -> Known {
        let mut known = Known::default();
        for Incoming { line, mut contact, has_created, has_updated } in people {
            let derived = contact.id;
            let before = match &contact.foreign_uid {
                Some(uid) => self.book.by_uid(uid),
                None => self.book.by_uid(&derived.to_string()),
            };
            let id = match before {
                Some(before) => before.id,
                // The place is taken by somebody whom other files call otherwise.
                None if self.book.contact(derived).is_some() => ContactId(mint()),
                None => derived,
            };
            if !known.there.insert(derived) {
                self.report(line, InputReason::Repeated { key: contact.uid() });
                continue;
            }
            let uid = contact.uid();
            if let Some(survivor) = before.filter(|before| before.uid() != uid) {
                // Merged into another card, which holds all of it: the file's word is older than that.
                known.moved.insert(derived, survivor.id);
                self.plan.unchanged += 1;
                continue;
            }
            let incoming = Arc::make_mut(&mut contact);
            if id != derived {
                known.moved.insert(derived, id);
                if incoming.foreign_uid.is_none() {
                    incoming.foreign_uid = Some(derived.to_string());
                }
                incoming.id = id;
            }
            if !has_created && !has_updated {
                incoming.created = before.map_or(self.now, |before| before.created);
            }
            if !has_updated {
                incoming.updated = before.map_or(incoming.created, |before| before.updated);
            }
            match before {
                None => self.create(contact),
                Some(before) if *before == contact => self.plan.unchanged += 1,
                Some(before) => self.replace(before, contact),
            }
        }
        known
    }

    /// Native records that are no contacts. They wait until every contact's identifier is known.
    fn others(&mut self, others: Vec<(u64, Record)>, uids: &HashMap<ContactId, String>, known: &Known) {
        let book = self.book;
        let resolve = |id: ContactId| -> Option<ContactId> {
            if let Some(moved) = known.moved.get(&id) {
                return Some(*moved);
            }
            if known.there.contains(&id) {
                return Some(id);
            }
            match uids.get(&id) {
                Some(uid) => book.by_uid(uid).map(|contact| contact.id),
                None => book.by_uid(&id.to_string()).map(|contact| contact.id),
            }
        };
        let mut seen: HashSet<RecordId> = HashSet::new();
        for (line, record) in others {
            let mut missing = Vec::new();
            let record = with_people(record, &mut |id| {
                let found = resolve(id);
                if found.is_none() {
                    missing.push(uids.get(&id).cloned().unwrap_or_else(|| id.to_string()));
                }
                found
            });
            for uid in missing {
                self.report(line, InputReason::UnknownContact { uid });
            }
            let Some(record) = record else { continue };
            let id = record.id();
            if !seen.insert(id) {
                self.report(line, InputReason::Repeated { key: spelled(id) });
                continue;
            }
            let edit = match book.record(id) {
                Some(before) if before == record => continue,
                Some(before) => Edit::replace(before, record),
                None => Edit::create(record),
            };
            self.plan.others += 1;
            self.plan.edits.push(edit);
        }
    }

    /// Contacts of another program: found again by [`matching`], changed as [`merge`] says.
    fn matched(&mut self, people: Vec<Incoming>, source: &merge::Source, mint: &mut dyn FnMut() -> Uuid) {
        let book = self.book;
        let found = matching::find(book, &people);
        for (incoming, found) in people.into_iter().zip(found) {
            match found {
                matching::Found::Repeated(key) => self.report(incoming.line, InputReason::Repeated { key }),
                matching::Found::Also => self.plan.unchanged += 1,
                matching::Found::Known(id) => {
                    let Some(before) = book.contact(id) else { continue };
                    let (after, moved) = merge::update(before, &incoming.contact, source);
                    self.plan.moves.extend(moved);
                    match after {
                        Some(after) => self.replace(before, Arc::new(after)),
                        None => self.plan.unchanged += 1,
                    }
                }
                matching::Found::New => {
                    let mut contact = incoming.contact;
                    merge::begin(Arc::make_mut(&mut contact), ContactId(mint()), source);
                    self.create(contact);
                }
                matching::Found::Namesakes => {
                    let mut contact = incoming.contact;
                    let name = contact.display_name().to_owned();
                    self.report(incoming.line, InputReason::Namesakes { name });
                    merge::begin(Arc::make_mut(&mut contact), ContactId(mint()), source);
                    self.create(contact);
                }
            }
        }
    }

    fn count_organisations(&mut self) {
        let new: HashSet<String> = self
            .plan
            .edits
            .iter()
            .filter_map(|edit| match (&edit.before, &edit.after) {
                (before, Some(Record::Contact(after))) => Some((before, after)),
                _ => None,
            })
            .flat_map(|(before, after)| {
                let known: &[_] = match before {
                    Some(Record::Contact(before)) => &before.roles,
                    _ => &[],
                };
                after.roles.iter().filter(|role| !known.contains(role)).map(|role| fold(&role.org))
            })
            .filter(|org| !org.is_empty())
            .collect();
        if new.is_empty() {
            return;
        }
        let mut known: HashSet<String> = HashSet::new();
        for role in self.book.contacts().flat_map(|contact| &contact.roles) {
            let org = fold(&role.org);
            if new.contains(&org) {
                known.insert(org);
            }
        }
        self.plan.organisations = new.len() - known.len();
    }
}

/// Which contacts a native file brings.
#[derive(Default)]
struct Known {
    /// By the identifiers derived from their uids.
    there: HashSet<ContactId>,
    /// Those that have another identifier in the book.
    moved: HashMap<ContactId, ContactId>,
}

fn spelled(id: RecordId) -> String {
    match id {
        RecordId::Me => "me".into(),
        RecordId::Contact(id) => id.to_string(),
        RecordId::Event(id) => id.to_string(),
        RecordId::Tie(id) => id.to_string(),
        RecordId::Interaction(id) => id.to_string(),
        RecordId::Market(id) => id.to_string(),
        RecordId::Need(id) => id.to_string(),
        RecordId::Mandate(id) => id.to_string(),
        RecordId::Refusal(id) => id.to_string(),
    }
}

/// The record with every contact that it refers to replaced; those who are not there are left out. `None` for a tie or
/// refusal that loses an end, or whose ends have become one person.
fn with_people(record: Record, resolve: &mut dyn FnMut(ContactId) -> Option<ContactId>) -> Option<Record> {
    Some(match record {
        Record::Tie(mut tie) => {
            let ends = two(tie.a, tie.b, resolve)?;
            let inner = Arc::make_mut(&mut tie);
            (inner.a, inner.b) = ends;
            Record::Tie(tie)
        }
        Record::Refusal(mut refusal) => {
            let ends = two(refusal.a, refusal.b, resolve)?;
            let inner = Arc::make_mut(&mut refusal);
            (inner.a, inner.b) = ends;
            Record::Refusal(refusal)
        }
        Record::Interaction(mut entry) => {
            let inner = Arc::make_mut(&mut entry);
            let people: Vec<ContactId> = inner.people.iter().filter_map(|id| resolve(*id)).collect();
            let moved = people.iter().any(|id| !inner.people.contains(id));
            let before = std::mem::replace(&mut inner.people, people);
            // Two who have become one took part once.
            if moved || before.len() != inner.people.len() {
                let mut seen = HashSet::new();
                inner.people.retain(|id| seen.insert(*id));
            }
            Record::Interaction(entry)
        }
        Record::Need(mut need) => {
            Arc::make_mut(&mut need).candidates.retain_mut(|one| match resolve(one.contact) {
                Some(id) => {
                    one.contact = id;
                    true
                }
                None => false,
            });
            Record::Need(need)
        }
        Record::Mandate(mut mandate) => {
            let inner = Arc::make_mut(&mut mandate);
            for touch in &mut inner.origin {
                if let TouchPerson::Known(id) = touch.person {
                    touch.person =
                        resolve(id).map_or(TouchPerson::Unknown(String::new()), TouchPerson::Known);
                }
            }
            inner.circle.retain_mut(|one| match resolve(one.contact) {
                Some(id) => {
                    one.contact = id;
                    true
                }
                None => false,
            });
            Record::Mandate(mandate)
        }
        other => other,
    })
}

fn two(
    a: ContactId,
    b: ContactId,
    resolve: &mut dyn FnMut(ContactId) -> Option<ContactId>,
) -> Option<(ContactId, ContactId)> {
    let ends = (resolve(a), resolve(b));
    let (one, other) = (ends.0?, ends.1?);
    (one != other || a == b).then_some((one, other))
}

#[cfg(test)]
mod tests;
