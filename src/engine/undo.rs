//! Taking steps back and doing them again: pure plans over the book, which the writer then commits in chunks.
//!
//! Invariants: a plan either holds for the whole step or is refused before anything changed. What later steps
//! did to other fields stays. No plan leaves a tie or an interaction behind that points at nobody. Edits that
//! are already as they should be are left out, so a step that was taken back half-way can be finished.

use std::collections::{HashMap, HashSet};

use crate::domain::book::Book;
use crate::domain::change::{Edit, Record, RecordId};
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::domain::mandate::TouchPerson;
use crate::domain::problem::Problem;
use crate::text::fold::fold;

/// The direction in which a step is gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Takes it back.
    Back,
    /// Does it again.
    Again,
}

/// The edits that take the edits of one step back, or do them again, from the book as it is now.
pub(super) fn plan(book: &Book, edits: &[Edit], way: Way) -> Result<Vec<Edit>, Problem> {
    let mut after = book.clone();
    let mut planned = Vec::with_capacity(edits.len());
    let mut one = |edit: &Edit| -> Result<(), Problem> {
        if let Some(back) = reverse(&after, edit)? {
            after.apply(&back).map_err(|conflict| refusal(&after, conflict.id, &[]))?;
            planned.push(back);
        }
        Ok(())
    };
    match way {
        Way::Back => edits.iter().rev().try_for_each(&mut one)?,
        Way::Again => edits.iter().try_for_each(|edit| one(&edit.inverse()))?,
    }
    keep_cited_events(&mut after, &mut planned);
    refuse_loose_ends(&after, &planned)?;
    Ok(planned)
}

/// The edit carried over to the record as it is now; `None` when nothing remains to be done. What the record
/// gained in other fields since the edit was prepared stays.
pub(super) fn rebase(book: &Book, edit: Edit) -> Result<Option<Edit>, Problem> {
    if book.record(edit.id) == edit.before {
        return Ok(Some(edit));
    }
    reverse(book, &edit.inverse())
}

fn reverse(book: &Book, edit: &Edit) -> Result<Option<Edit>, Problem> {
    let current = book.record(edit.id);
    if current == edit.before {
        return Ok(None);
    }
    let back = edit
        .reversed_onto(current.as_ref())
        .map_err(|conflict| refusal(book, conflict.id, &conflict.fields))?;
    Ok((back.before != back.after).then_some(back))
}

/// Says that a record stands in the way.
pub(super) fn refusal(book: &Book, id: RecordId, fields: &[&str]) -> Problem {
    let subject = book.record(id).map(|record| title(book, &record)).unwrap_or_default();
    Problem::Conflict { subject, fields: fields.iter().map(ToString::to_string).collect() }
}

/// What to call a record in a list of steps.
pub(super) fn title(book: &Book, record: &Record) -> String {
    let names = |people: &[ContactId]| {
        let known = people.iter().filter_map(|id| book.contact(*id));
        known.map(|contact| contact.display_name().to_owned()).collect::<Vec<_>>().join(", ")
    };
    match record {
        Record::Me(me) => me.name.full.to_string(),
        Record::Contact(contact) => contact.display_name().to_owned(),
        Record::Event(event) => event.name.clone(),
        Record::Tie(tie) => names(&[tie.a, tie.b]),
        Record::Interaction(entry) => names(&entry.people),
        Record::Market(market) => market.slug.clone(),
        Record::Need(need) => need.words.clone(),
        Record::Mandate(mandate) => mandate.title.clone(),
        Record::Refusal(refusal) => names(&[refusal.a, refusal.b]),
    }
}

/// An event that came with one capture stays as long as other cards cite it.
fn keep_cited_events(after: &mut Book, planned: &mut Vec<Edit>) {
    let mut removed = HashMap::new();
    for edit in planned.iter() {
        if let (Some(Record::Event(event)), None) = (&edit.before, &edit.after) {
            removed.insert(fold(&event.name), event.clone());
        }
    }
    if removed.is_empty() {
        return;
    }
    let cited: HashSet<String> = after
        .contacts()
        .filter_map(|contact| contact.met.as_ref().map(|met| fold(&met.at)))
        .filter(|name| removed.contains_key(name))
        .collect();
    for event in cited.iter().filter_map(|name| removed.get(name)) {
        planned.retain(|edit| edit.id != RecordId::Event(event.id));
        after.put(Record::Event(event.clone()));
    }
}

/// Refuses a plan after which something would point at a contact that is not there.
fn refuse_loose_ends(after: &Book, planned: &[Edit]) -> Result<(), Problem> {
    let mut gone: HashMap<ContactId, &Contact> = HashMap::new();
    for edit in planned {
        match (&edit.before, &edit.after) {
            (Some(Record::Contact(contact)), None) => {
                gone.insert(contact.id, contact);
            }
            (None, Some(Record::Tie(tie))) => require(after, edit, &[tie.a, tie.b])?,
            (None, Some(Record::Interaction(entry))) => require(after, edit, &entry.people)?,
            (None, Some(Record::Refusal(refusal))) => require(after, edit, &[refusal.a, refusal.b])?,
            _ => {}
        }
    }
    let refuse = |id: &ContactId, field: &str| {
        let subject = gone.get(id).map(|contact| contact.display_name().to_owned()).unwrap_or_default();
        Err(Problem::Conflict { subject, fields: vec![field.to_owned()] })
    };
    for id in gone.keys() {
        if after.ties_of(*id).next().is_some() {
            return refuse(id, "ties");
        }
        if after.interactions_of(*id).next().is_some() {
            return refuse(id, "interactions");
        }
    }
    if gone.is_empty() {
        return Ok(());
    }
    for refusal in after.refusals() {
        if let Some(id) = [refusal.a, refusal.b].iter().find(|id| gone.contains_key(id)) {
            return refuse(id, "refusals");
        }
    }
    for need in after.needs() {
        if let Some(asked) = need.candidates.iter().find(|asked| gone.contains_key(&asked.contact)) {
            return refuse(&asked.contact, "needs");
        }
    }
    for mandate in after.mandates() {
        let touches = mandate.origin.iter().filter_map(|touch| match &touch.person {
            TouchPerson::Known(id) => Some(id),
            TouchPerson::Unknown(_) => None,
        });
        let people = touches.chain(mandate.circle.iter().map(|decider| &decider.contact));
        if let Some(id) = people.into_iter().find(|id| gone.contains_key(id)) {
            return refuse(id, "mandates");
        }
    }
    Ok(())
}

fn require(after: &Book, edit: &Edit, people: &[ContactId]) -> Result<(), Problem> {
    if people.iter().all(|id| after.contact(*id).is_some()) {
        return Ok(());
    }
    let subject = edit.after.as_ref().map(|record| title(after, record)).unwrap_or_default();
    Err(Problem::Conflict { subject, fields: Vec::new() })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::contact::{Met, Name};
    use crate::domain::event::Event;
    use crate::domain::id::{EventId, TieId};
    use crate::domain::tie::{Tie, TieKind};
    use crate::domain::time::Timestamp;

    fn contact(id: u128, note: &str) -> Contact {
        let mut contact = Contact::new(ContactId(Uuid::from_u128(id)), Timestamp::UNIX_EPOCH);
        contact.name = Name::from_full(format!("Nº {id}"));
        contact.note = note.into();
        contact
    }

    fn record(contact: &Contact) -> Record {
        Record::Contact(Arc::new(contact.clone()))
    }

    fn tie(id: u128, a: u128, b: u128) -> Record {
        Record::Tie(Arc::new(Tie {
            id: TieId(Uuid::from_u128(id)),
            a: ContactId(Uuid::from_u128(a)),
            b: ContactId(Uuid::from_u128(b)),
            kind: TieKind::Knows,
            closeness: None,
            note: String::new(),
            since: None,
        }))
    }

    fn apply(book: &mut Book, edits: &[Edit]) {
        for edit in edits {
            book.apply(edit).expect("it fits");
        }
    }

    fn conflict(outcome: Result<Vec<Edit>, Problem>) -> (String, Vec<String>) {
        match outcome {
            Err(Problem::Conflict { subject, fields }) => (subject, fields),
            other => panic!("no conflict: {other:?}"),
        }
    }

    #[test]
    fn a_person_with_a_later_tie_is_not_taken_away_from_under_it() {
        let mut book = Book::default();
        let step = [Edit::create(record(&contact(1, "")))];
        apply(&mut book, &step);
        apply(&mut book, &[Edit::create(record(&contact(2, ""))), Edit::create(tie(9, 1, 2))]);
        assert_eq!(conflict(plan(&book, &step, Way::Back)), ("Nº 1".into(), vec!["ties".into()]));
    }

    #[test]
    fn people_and_their_tie_go_together_when_they_came_together() {
        let mut book = Book::default();
        let step = [
            Edit::create(record(&contact(1, ""))),
            Edit::create(record(&contact(2, ""))),
            Edit::create(tie(9, 1, 2)),
        ];
        apply(&mut book, &step);
        let back = plan(&book, &step, Way::Back).expect("nothing in the way");
        apply(&mut book, &back);
        assert_eq!(book.records().count(), 0);
    }

    #[test]
    fn a_tie_is_not_made_again_to_somebody_who_is_gone() {
        let mut book = Book::default();
        apply(&mut book, &[Edit::create(record(&contact(1, "")))]);
        assert!(plan(&book, &[Edit::create(tie(9, 1, 2))], Way::Again).is_err());
    }

    #[test]
    fn an_event_stays_while_other_cards_cite_it() {
        let mut book = Book::default();
        let event = Event {
            id: EventId(Uuid::from_u128(5)),
            name: "Souper de la chambre".into(),
            on: None,
            town: String::new(),
            series: String::new(),
            note: String::new(),
        };
        let step = [Edit::create(record(&contact(1, ""))), Edit::create(Record::Event(Arc::new(event)))];
        apply(&mut book, &step);
        let mut other = contact(2, "");
        other.met = Some(Met { at: "souper de la Chambre".into(), ..Met::default() });
        apply(&mut book, &[Edit::create(record(&other))]);
        let back = plan(&book, &step, Way::Back).expect("nothing in the way");
        apply(&mut book, &back);
        assert_eq!((book.contacts().count(), book.events().count()), (1, 1));
    }

    #[test]
    fn a_step_taken_back_half_way_can_be_finished_or_done_again() {
        let mut book = Book::default();
        let step: Vec<Edit> = (1..=4).map(|n| Edit::create(record(&contact(n, "")))).collect();
        apply(&mut book, &step);
        let back = plan(&book, &step, Way::Back).expect("nothing in the way");
        apply(&mut book, &back[..2]);
        let rest = plan(&book, &step, Way::Back).expect("nothing in the way");
        assert_eq!(rest, back[2..]);
        let again = plan(&book, &step, Way::Again).expect("nothing in the way");
        apply(&mut book, &again);
        assert_eq!(book.contacts().count(), 4);
    }

    #[test]
    fn an_edit_overtaken_in_another_field_still_comes_through() {
        let mut book = Book::default();
        let before = contact(1, "");
        let mut imported = before.clone();
        imported.region = Some("Estrie".into());
        let edit = Edit::replace(record(&before), record(&imported));
        apply(&mut book, &[Edit::create(record(&contact(1, "miel")))]);
        let rebased = rebase(&book, edit).expect("no conflict").expect("something to do");
        apply(&mut book, &[rebased]);
        let now = book.contacts().next().expect("there");
        assert_eq!((now.note.as_str(), now.region.as_deref()), ("miel", Some("Estrie")));
    }

    proptest! {
        /// Whatever a step did, taking it back gives the book before, and doing it again the book after.
        #[test]
        fn back_and_again_are_inverse(
            first in proptest::collection::btree_map(1_u128..6, "[a-c]{0,2}", 0..5),
            second in proptest::collection::btree_map(1_u128..6, proptest::option::of("[a-c]{0,2}"), 0..5),
        ) {
            let mut book = Book::default();
            for (id, note) in &first {
                book.put(record(&contact(*id, note)));
            }
            let edits: Vec<Edit> = second
                .iter()
                .map(|(id, note)| Edit {
                    id: RecordId::Contact(ContactId(Uuid::from_u128(*id))),
                    before: book.record(RecordId::Contact(ContactId(Uuid::from_u128(*id)))),
                    after: note.as_ref().map(|note| record(&contact(*id, note))),
                })
                .filter(|edit| edit.before != edit.after)
                .collect();
            let before: Vec<Record> = book.records().collect();
            apply(&mut book, &edits);
            let after: Vec<Record> = book.records().collect();
            let back = plan(&book, &edits, Way::Back).expect("nothing in the way");
            apply(&mut book, &back);
            prop_assert_eq!(book.records().collect::<Vec<_>>(), before);
            let again = plan(&book, &edits, Way::Again).expect("nothing in the way");
            apply(&mut book, &again);
            prop_assert_eq!(book.records().collect::<Vec<_>>(), after);
        }
    }
}
