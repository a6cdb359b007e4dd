//! Who may be in the book twice, making one card of two, and keeping two apart.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::Options;
use super::{Change, View};
use crate::domain::change::{Deed, Edit, Record};
use crate::domain::contact::{Contact, Stage};
use crate::domain::id::RefusalId;
use crate::domain::merge::{self, Choices};
use crate::domain::problem::{Brief, Problem, UsageProblem};
use crate::domain::refusal::Refusal;
use crate::insight::Snapshot;
use crate::insight::duplicates::{self, Shelf};
use crate::protocol::{Lookalikes, Reply};

/// Who may be in the book twice: somebody's lookalikes, or all pairs. Pairs that are both put away need nobody's attention.
pub(super) fn list(
    snapshot: &Snapshot,
    options: &Options,
    shelf: &Shelf,
    of: Option<&str>,
    limit: Option<usize>,
    cancelled: &AtomicBool,
) -> Result<Reply, Problem> {
    let book = &snapshot.book;
    let mut pairs = match of {
        Some(who) => {
            let contact = View::new(book, &snapshot.index, options).who(who)?;
            let found = duplicates::of(book, &shelf.blocks(book), &contact);
            found.into_iter().filter_map(|found| Lookalikes::of(book, contact.id, found)).collect::<Vec<_>>()
        }
        None => {
            let pairs = duplicates::sweep(book, &|| cancelled.load(Ordering::Relaxed));
            let pairs = pairs.ok_or(Problem::Cancelled)?.into_iter();
            pairs
                .filter_map(|pair| Lookalikes::pair(book, pair))
                .filter(|pair| [&pair.a, &pair.b].iter().any(|card| card.stage != Stage::Archived))
                .collect()
        }
    };
    let total = pairs.len();
    pairs.truncate(limit.unwrap_or(usize::MAX));
    Ok(Reply::Duplicates { pairs, total })
}

/// Whom a card that is not in the book may be.
pub(super) fn alike(snapshot: &Snapshot, shelf: &Shelf, contact: &Contact, limit: usize) -> Reply {
    let mut found = duplicates::of(&snapshot.book, &shelf.blocks(&snapshot.book), contact);
    found.truncate(limit);
    Reply::Alike(found)
}

/// Makes one card of two.
pub(super) fn merge(view: &View<'_>, keep: &str, other: &str, choices: &Choices) -> Result<Change, Problem> {
    let (kept, gone) = two(view, keep, other)?;
    let same = || Problem::Usage(UsageProblem::SamePerson);
    let edits = merge::merge(view.book, kept.id, gone.id, choices).ok_or_else(same)?;
    let edits: Vec<Edit> = edits.into_iter().filter_map(|edit| super::stamped(edit, view.now)).collect();
    let mut change = Change::new(Deed::Merge, names(&kept, &gone), edits);
    let gone = Brief::from(gone.as_ref());
    change.reply = Box::new(move |step, edits| Reply::Merged {
        contact: survivor(edits).unwrap_or(kept),
        gone,
        count: edits.len(),
        step,
    });
    Ok(change)
}

/// The card kept, as it is after the edits; a merge always begins with it.
fn survivor(edits: &[Edit]) -> Option<Arc<Contact>> {
    match &edits.first()?.after {
        Some(Record::Contact(contact)) => Some(Arc::clone(contact)),
        _ => None,
    }
}

/// Remembers that two cards are not one person.
pub(super) fn refuse(view: &View<'_>, a: &str, b: &str) -> Result<Change, Problem> {
    let (a, b) = two(view, a, b)?;
    let refusal = Refusal { id: RefusalId(view.mint()), a: a.id, b: b.id, created: view.now };
    let edit = (!view.book.are_two(a.id, b.id)).then(|| Edit::create(Record::Refusal(Arc::new(refusal))));
    let mut change = Change::new(Deed::Refuse, names(&a, &b), edit.into_iter().collect());
    let people = [a, b].map(|contact| Brief::from(contact.as_ref())).to_vec();
    change.reply = Box::new(|step, edits| Reply::Changed { step, people, count: edits.len() });
    Ok(change)
}

fn two(view: &View<'_>, a: &str, b: &str) -> Result<(Arc<Contact>, Arc<Contact>), Problem> {
    let (a, b) = (view.who(a)?, view.who(b)?);
    if a.id == b.id { Err(Problem::Usage(UsageProblem::SamePerson)) } else { Ok((a, b)) }
}

fn names(a: &Contact, b: &Contact) -> String {
    format!("{}, {}", a.display_name(), b.display_name())
}
