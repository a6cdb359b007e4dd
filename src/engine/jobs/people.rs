//! Jobs about people already in the book: show, archive, tie.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{Change, View};
use crate::domain::book::Book;
use crate::domain::change::{Deed, Edit, Record};
use crate::domain::contact::{Closeness, Contact, Stage};
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

pub(super) fn tie(
    view: &View<'_>,
    a: &str,
    b: &str,
    kind: TieKind,
    closeness: Option<Closeness>,
) -> Result<Change, Problem> {
    let (a, b) = (view.who(a)?, view.who(b)?);
    if a.id == b.id {
        return Err(Problem::Usage(UsageProblem::SamePerson));
    }
    let subject = format!("{}, {}", a.display_name(), b.display_name());
    let edit = match known_tie(view, &a, &b, kind) {
        None => Some(Edit::create(Record::Tie(Arc::new(fresh_tie(view, &a, &b, kind, closeness))))),
        Some(tie) if closeness.is_some() && tie.closeness != closeness => {
            let after = Tie { closeness, ..Tie::clone(tie) };
            Some(Edit::replace(Record::Tie(Arc::clone(tie)), Record::Tie(Arc::new(after))))
        }
        Some(_) => None,
    };
    Ok(Change::new(Deed::Tie, subject, edit.into_iter().collect()))
}

/// The tie of that kind that two people have already.
fn known_tie<'v>(view: &'v View<'_>, a: &Contact, b: &Contact, kind: TieKind) -> Option<&'v Arc<Tie>> {
    view.book.ties_of(a.id).find(|tie| {
        let ends = (tie.a, tie.b);
        tie.kind == kind && (ends == (a.id, b.id) || kind.is_mutual() && ends == (b.id, a.id))
    })
}

fn fresh_tie(view: &View<'_>, a: &Contact, b: &Contact, kind: TieKind, closeness: Option<Closeness>) -> Tie {
    let id = TieId(view.mint());
    Tie { id, a: a.id, b: b.id, kind, closeness, note: String::new(), since: None }
}

/// A tie between two people; `None` when the same one is there already.
pub(super) fn new_tie(view: &View<'_>, a: &Contact, b: &Contact, kind: TieKind) -> Option<Edit> {
    known_tie(view, a, b, kind)
        .is_none()
        .then(|| Edit::create(Record::Tie(Arc::new(fresh_tie(view, a, b, kind, None)))))
}
