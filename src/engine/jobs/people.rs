//! Jobs about people already in the book: show, archive, tie.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{Change, View};
use crate::domain::book::Book;
use crate::domain::change::{Deed, Edit, Record};
use crate::domain::contact::{Contact, Stage};
use crate::domain::id::TieId;
use crate::domain::problem::{Brief, Problem, UsageProblem};
use crate::domain::tie::{Tie, TieKind};
use crate::protocol::{PastStep, Person};

/// One person with everything that touches them.
pub(in crate::engine) fn person(book: &Book, contact: Arc<Contact>, history: Vec<PastStep>) -> Person {
    let other_end = |tie: &Arc<Tie>| {
        let other = book.contact(tie.other(contact.id)?)?;
        Some((Arc::clone(tie), Brief::from(other.as_ref())))
    };
    let ties = book.ties_of(contact.id).filter_map(other_end).collect();
    let mut timeline: Vec<_> = book.interactions_of(contact.id).cloned().collect();
    timeline.sort_by_key(|entry| Reverse((entry.on, entry.created, entry.id)));
    Person { contact, ties, timeline, history }
}

pub(super) fn archive(view: &View<'_>, who: &str) -> Result<Change, Problem> {
    let contact = view.who(who)?;
    let mut away = Contact::clone(&contact);
    away.stage = Stage::Archived;
    let edits = view.edit(&contact, away).into_iter().collect();
    Ok(Change::new(Deed::Archive, contact.display_name(), edits))
}

pub(super) fn tie(view: &View<'_>, a: &str, b: &str, kind: TieKind) -> Result<Change, Problem> {
    let (a, b) = (view.who(a)?, view.who(b)?);
    if a.id == b.id {
        return Err(Problem::Usage(UsageProblem::SamePerson));
    }
    let subject = format!("{}, {}", a.display_name(), b.display_name());
    Ok(Change::new(Deed::Tie, subject, new_tie(view, &a, &b, kind).into_iter().collect()))
}

/// A tie between two people; `None` when the same one is there already.
pub(super) fn new_tie(view: &View<'_>, a: &Contact, b: &Contact, kind: TieKind) -> Option<Edit> {
    let mutual = matches!(kind, TieKind::Knows | TieKind::WorksWith | TieKind::Family);
    let known = view.book.ties_of(a.id).any(|tie| {
        let ends = (tie.a, tie.b);
        tie.kind == kind && (ends == (a.id, b.id) || mutual && ends == (b.id, a.id))
    });
    let tie = Tie {
        id: TieId(view.mint()),
        a: a.id,
        b: b.id,
        kind,
        closeness: None,
        note: String::new(),
        since: None,
    };
    (!known).then(|| Edit::create(Record::Tie(Arc::new(tie))))
}
