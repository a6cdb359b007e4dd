//! News of needs: what the newest cards answer, told once.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::super::matching::Matched;
use super::super::super::readers::Kept;
use super::super::View;
use super::{Desk, pages};
use crate::domain::book::Book;
use crate::domain::contact::Contact;
use crate::domain::id::{ContactId, NeedId};
use crate::domain::time::Date;
use crate::insight::agenda::{Listed, NeedNews};
use crate::insight::needs::Standing;
use crate::protocol::Reply;
use crate::protocol::needs::{Answering, NeedBrief};

/// Without a screen that keeps things ready, an agenda matches so many people itself.
const WORTH_MATCHING: usize = 50_000;
/// So many new matches are told of at once; the lists show the others.
const MOST: usize = 20;

/// Completes the reply to a capture with the open needs that it answers.
pub(in crate::engine) fn with_answers(mut reply: Reply, view: &View<'_>, kept: &Kept) -> Reply {
    let desk = Desk::new(view, kept, &|| false);
    match &mut reply {
        Reply::Captured { contact, answers, .. } => *answers = desk.answered_by([contact.as_ref()]),
        Reply::CardsRead(read) => {
            read.answers = desk.answered_by(read.contacts.iter().map(AsRef::as_ref));
        }
        _ => {}
    }
    reply
}

/// Completes the reply to an import with the open needs that the newcomers answer.
pub(in crate::engine) fn with_answering(
    mut reply: Reply,
    newcomers: &[ContactId],
    view: &View<'_>,
    kept: &Kept,
) -> Reply {
    if let Reply::Imported(imported) = &mut reply {
        let contacts = newcomers.iter().filter_map(|id| view.book.contact(*id)).map(AsRef::as_ref);
        let answered = kept.matcher.asking(view.book, &kept.keeper).answered(contacts);
        let people: HashSet<ContactId> =
            answered.iter().flat_map(|(_, people)| people.iter().copied()).collect();
        let needs = answered.into_iter().map(|(need, people)| (need.id, need.words.clone(), people.len()));
        imported.answers = Answering { people: people.len(), needs: needs.collect() };
    }
    reply
}

/// Open needs with fresh matches. A screen's agenda does not wait for them: it is told when they are known.
pub(in crate::engine) fn news(view: &View<'_>, kept: &Kept) -> Listed<NeedNews> {
    if !view.book.has_open_need() {
        return Listed::default();
    }
    let counts = view.book.counts();
    let worth = !view.options.keeps_ready && counts.active + counts.pocket <= WORTH_MATCHING;
    let standing = if worth {
        let matched = kept.matcher.of(view.book, &kept.keeper, view.today);
        Some(Arc::clone(matched.standing(&kept.keeper, view.today)))
    } else {
        kept.matcher.latest().and_then(|matched| matched.known_standing().cloned())
    };
    standing.map_or_else(Listed::default, |standing| pages::news(view.book, &standing))
}

/// What rings in a newer book: people who answer an open need and did not before. The first time nobody rings, but
/// that the matches are known is news; `None` where there is none.
pub(in crate::engine) fn rings(kept: &Kept, book: &Book, today: Date) -> Option<Vec<NeedBrief>> {
    if !book.has_open_need() {
        return None;
    }
    let before = kept.matcher.latest().and_then(|matched| matched.known_standing().cloned());
    let matched = kept.matcher.of(book, &kept.keeper, today);
    let now = matched.standing(&kept.keeper, today);
    let Some(before) = before else { return Some(Vec::new()) };
    if Arc::ptr_eq(&before, now) {
        return None;
    }
    let rings = newcomers(&matched, &before, now);
    (!rings.is_empty()).then_some(rings)
}

fn newcomers(matched: &Matched, before: &Standing, now: &Standing) -> Vec<NeedBrief> {
    let known: HashSet<NeedId> = before.needs().map(|(need, _)| need.id).collect();
    let answered: HashSet<(NeedId, ContactId)> =
        before.needs().flat_map(|(need, hits)| hits.into_iter().map(|hit| (need.id, hit.contact))).collect();
    let new: HashSet<(NeedId, ContactId)> = now
        .needs()
        .filter(|(need, _)| known.contains(&need.id))
        .flat_map(|(need, hits)| hits.into_iter().map(|hit| (need.id, hit.contact)))
        .filter(|pair| !answered.contains(pair))
        .collect();
    let mut people: Vec<ContactId> = new.iter().map(|(_, contact)| *contact).collect();
    people.sort_unstable();
    people.dedup();
    people.truncate(MOST);
    let contacts: Vec<&Contact> =
        people.iter().filter_map(|id| matched.book.contact(*id)).map(AsRef::as_ref).collect();
    let rings = matched.asking.rings(contacts).into_iter();
    rings
        .filter(|ring| new.contains(&(ring.need, ring.contact)))
        .filter_map(|ring| super::brief(&matched.book, ring))
        .take(MOST)
        .collect()
}
