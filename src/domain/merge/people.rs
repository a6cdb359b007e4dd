//! Whatever pointed at the contact that goes points at the one that is kept.

use std::collections::HashSet;
use std::sync::Arc;

use super::united::add_line;
use crate::domain::book::Book;
use crate::domain::change::{Edit, Record};
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::domain::mandate::TouchPerson;
use crate::domain::need::{Candidate, CandidateState, Need};
use crate::domain::tie::Tie;

/// Adds the edits of all other records. What the two cards said of each other has no meaning any more; its words go to the
/// survivor's note.
pub(super) fn follow(
    book: &Book,
    kept: &Contact,
    gone: &Contact,
    survivor: &mut Contact,
    edits: &mut Vec<Edit>,
) {
    introductions(book, kept, gone, survivor, edits);
    ties(book, kept.id, gone.id, survivor, edits);
    let mut seen = HashSet::new();
    for entry in book.interactions_of(gone.id).filter(|entry| seen.insert(entry.id)) {
        let mut after = entry.as_ref().clone();
        after.people = moved(&entry.people, gone.id, kept.id);
        edits.push(Edit::replace(
            Record::Interaction(Arc::clone(entry)),
            Record::Interaction(Arc::new(after)),
        ));
    }
    for need in book.needs() {
        let candidates = candidates(&need.candidates, gone.id, kept.id);
        if candidates != need.candidates {
            let after = Need { candidates, ..need.as_ref().clone() };
            edits.push(Edit::replace(Record::Need(Arc::clone(need)), Record::Need(Arc::new(after))));
        }
    }
    for mandate in book.mandates() {
        let mut after = mandate.as_ref().clone();
        for touch in &mut after.origin {
            if touch.person == TouchPerson::Known(gone.id) {
                touch.person = TouchPerson::Known(kept.id);
            }
        }
        for decider in &mut after.circle {
            if decider.contact == gone.id {
                decider.contact = kept.id;
            }
        }
        let mut seen = Vec::new();
        after.circle.retain(|decider| {
            let is_new = decider.contact != kept.id || !seen.contains(&decider.part);
            seen.extend((decider.contact == kept.id).then_some(decider.part));
            is_new
        });
        if after != **mandate {
            edits.push(Edit::replace(Record::Mandate(Arc::clone(mandate)), Record::Mandate(Arc::new(after))));
        }
    }
    refusals(book, kept.id, gone.id, edits);
}

/// Who introduced whom, by uid.
fn introductions(book: &Book, kept: &Contact, gone: &Contact, survivor: &mut Contact, edits: &mut Vec<Edit>) {
    let old = gone.uid();
    let is_gone = |via: &str| !via.is_empty() && (via == old || gone.aliases().any(|alias| alias == via));
    let uid = kept.uid();
    if let Some(met) = &mut survivor.met
        && (is_gone(&met.via) || met.via == uid)
    {
        // Nobody introduces himself.
        met.via.clear();
    }
    for contact in book.contacts() {
        if contact.id == kept.id || contact.id == gone.id {
            continue;
        }
        if contact.met.as_ref().is_some_and(|met| is_gone(&met.via)) {
            let mut after = contact.as_ref().clone();
            if let Some(met) = &mut after.met {
                met.via.clone_from(&uid);
            }
            edits.push(Edit::replace(Record::Contact(Arc::clone(contact)), Record::Contact(Arc::new(after))));
        }
    }
}

fn ties(book: &Book, kept: ContactId, gone: ContactId, survivor: &mut Contact, edits: &mut Vec<Edit>) {
    let mut there: Vec<Tie> =
        book.ties_of(kept).filter(|tie| tie.other(kept) != Some(gone)).map(|tie| Tie::clone(tie)).collect();
    // A tie of a person with himself cannot be made by hand, but files may hold one; it stands at both ends.
    let mut seen = HashSet::new();
    for tie in book.ties_of(gone).filter(|tie| seen.insert(tie.id)) {
        if tie.other(gone) == Some(kept) {
            let words = tie.note.split_whitespace().collect::<Vec<_>>().join(" ");
            if !words.is_empty() {
                add_line(&mut survivor.note, &format!("tie: {words}"));
            }
            edits.push(Edit::remove(Record::Tie(Arc::clone(tie))));
            continue;
        }
        let mut after = tie.as_ref().clone();
        for end in [&mut after.a, &mut after.b] {
            if *end == gone {
                *end = kept;
            }
        }
        if there.iter().any(|own| says_the_same(own, &after)) {
            edits.push(Edit::remove(Record::Tie(Arc::clone(tie))));
        } else {
            there.push(after.clone());
            edits.push(Edit::replace(Record::Tie(Arc::clone(tie)), Record::Tie(Arc::new(after))));
        }
    }
}

fn says_the_same(a: &Tie, b: &Tie) -> bool {
    let ends = (a.a, a.b) == (b.a, b.b) || a.kind.is_mutual() && (a.a, a.b) == (b.b, b.a);
    let said = |tie: &Tie| (tie.kind, tie.closeness, tie.note.clone(), tie.since.clone());
    ends && said(a) == said(b)
}

/// The people with one in place of another, nobody twice.
fn moved(people: &[ContactId], from: ContactId, to: ContactId) -> Vec<ContactId> {
    let mut moved = Vec::with_capacity(people.len());
    for id in people {
        let id = if *id == from { to } else { *id };
        if !moved.contains(&id) {
            moved.push(id);
        }
    }
    moved
}

/// The candidates of a need with one in place of another. Of two entries the one that came further stands, with the words of
/// both.
fn candidates(all: &[Candidate], from: ContactId, to: ContactId) -> Vec<Candidate> {
    let far = |state: CandidateState| match state {
        CandidateState::Suggested => 0,
        CandidateState::Dismissed => 1,
        CandidateState::Asked => 2,
        CandidateState::Helped => 3,
    };
    let mut moved: Vec<Candidate> = Vec::with_capacity(all.len());
    for one in all {
        let contact = if one.contact == from { to } else { one.contact };
        let one = Candidate { contact, ..one.clone() };
        match moved.iter_mut().find(|known| contact == to && known.contact == to) {
            None => moved.push(one),
            Some(known) => {
                let note = if known.note.contains(&one.note) {
                    known.note.clone()
                } else if one.note.contains(&known.note) {
                    one.note.clone()
                } else {
                    format!("{}\n{}", known.note, one.note)
                };
                if (far(one.state), one.on) > (far(known.state), known.on) {
                    *known = one;
                }
                known.note = note;
            }
        }
    }
    moved
}

/// Who is not the other one is not the survivor either. That the two were not one person has been taken back.
fn refusals(book: &Book, kept: ContactId, gone: ContactId, edits: &mut Vec<Edit>) {
    for refusal in book.refusals().filter(|refusal| refusal.a == gone || refusal.b == gone) {
        let mut after = refusal.as_ref().clone();
        for end in [&mut after.a, &mut after.b] {
            if *end == gone {
                *end = kept;
            }
        }
        let before = Record::Refusal(Arc::clone(refusal));
        if after.a == after.b || book.are_two(after.a, after.b) {
            edits.push(Edit::remove(before));
        } else {
            edits.push(Edit::replace(before, Record::Refusal(Arc::new(after))));
        }
    }
}
