//! Lines to records: a capture, and the lines that change a person or the own card.
//!
//! Nothing of a line is lost: names that point to one person become links in the same step, all others stay as
//! they were typed, in `via` or in the note.

use std::sync::Arc;

use super::{Change, View, notes, people};
use crate::capture::{self as grammar, Draft, card, line, me as own};
use crate::domain::change::{Deed, Edit, Record, RecordId};
use crate::domain::contact::{Contact, Door, Language, Met};
use crate::domain::event::Event;
use crate::domain::id::{EventId, InteractionId, MandateId, NeedId};
use crate::domain::problem::{Problem, UsageProblem};
use crate::domain::tie::TieKind;
use crate::domain::time::PartialDate;
use crate::protocol::{Capture, Reply, StickyEvent};
use crate::store::cards;
use crate::text::fold;

/// Logs a line. `seen` says that it was taken in before: then nothing changes, and the reply shows what became
/// of it.
pub(in crate::engine) fn take_in(view: &View<'_>, capture: &Capture, seen: bool) -> Change {
    let mut context = view.context(capture.lang);
    // A line that waited in the spool means the *yesterday* of its own day.
    context.today = view.options.clock.day_of(capture.at);
    if is_block(capture) {
        let draft = of_block(&capture.text, &context);
        return if seen { known(view, capture, draft) } else { pocketed(view, capture, draft) };
    }
    let reading = line::read(&capture.text, &context);
    if seen {
        return known(view, capture, reading.draft);
    }
    match reading.intent {
        line::Intent::Contact => pocketed(view, capture, reading.draft),
        line::Intent::Need => notes::need(capture, &reading),
        line::Intent::Mandate => notes::mandate(view, capture, reading, context.today),
        line::Intent::Log => match notes::logged(view, capture, &reading, &context) {
            Some(change) => change,
            // Nobody, or several, fit the words: they wait in the pocket until the user says who is meant.
            None => pocketed(view, capture, line::read(&reading.words, &context).draft),
        },
    }
}

/// Logs all people of a paste in one step. An event that several of them name is made once.
pub(in crate::engine) fn take_in_all(view: &View<'_>, captures: &[&Capture]) -> Change {
    let mut edits: Vec<Edit> = Vec::new();
    let mut subject = String::new();
    let mut events: Vec<String> = Vec::new();
    for capture in captures {
        let change = take_in(view, capture, false);
        if subject.is_empty() {
            subject = change.subject;
        }
        for edit in change.edits {
            if let (None, Some(Record::Event(event))) = (&edit.before, &edit.after) {
                let name = fold::fold(&event.name);
                if events.contains(&name) {
                    continue;
                }
                events.push(name);
            }
            edits.push(edit);
        }
    }
    let mut change = Change::new(Deed::Capture, subject, edits);
    change.captures = captures.iter().map(|capture| capture.id).collect();
    change
}

/// Whether a capture is a block of lines: read as a card, and kept whole.
pub(in crate::engine) fn is_block(capture: &Capture) -> bool {
    capture.text.contains('\n')
}

/// A block of lines as one card. It was parted before, where it was to be; what still names others is in the note.
fn of_block(text: &str, context: &grammar::Context) -> Draft {
    let mut readings = card::read(&card::text_card(text), context).into_iter();
    let mut draft = readings.next().map(|reading| reading.draft).unwrap_or_default();
    for other in readings {
        draft.note =
            if draft.note.is_empty() { other.text } else { format!("{}\n{}", draft.note, other.text) };
    }
    draft
}

/// A new card in the pocket, with the event it came from and the people it names.
fn pocketed(view: &View<'_>, capture: &Capture, mut draft: Draft) -> Change {
    let mut friends = Vec::new();
    for name in draft.take_knows() {
        match view.meant(&name) {
            Some(friend) if friends.contains(&friend) => {}
            Some(friend) => friends.push(friend),
            None => draft.knows.push(name),
        }
    }
    let mut contact = draft.into_contact(capture.id, capture.at);
    if is_block(capture) {
        contact.cards.push(cards::hash(capture.text.as_bytes()));
    }
    if capture.listed {
        contact.door = Some(Door::Seen);
    }
    if let Some(sticky) = &capture.event {
        stick(&mut contact, sticky);
    }
    let mut edits = Vec::new();
    if let Some(met) = &mut contact.met {
        link_via(view, met);
        edits.extend(new_event(view, met));
    }
    let ties = friends.iter().filter_map(|friend| people::new_tie(view, &contact, friend, TieKind::Knows));
    edits.extend(ties);
    let contact = Arc::new(contact);
    edits.insert(0, Edit::create(Record::Contact(Arc::clone(&contact))));
    Change {
        deed: Deed::Capture,
        subject: contact.display_name().to_owned(),
        edits,
        captures: vec![capture.id],
        reply: Box::new(|step, _| Reply::Captured {
            contact,
            known: false,
            answers: Vec::new(),
            step: step.map(|step| step.id),
        }),
    }
}

/// The reply to a line that had been taken in before.
fn known(view: &View<'_>, capture: &Capture, draft: Draft) -> Change {
    let id = capture.id.0;
    let other = [
        RecordId::Need(NeedId(id)),
        RecordId::Mandate(MandateId(id)),
        RecordId::Interaction(InteractionId(id)),
    ];
    let reply = if let Some(record) = other.into_iter().find_map(|id| view.book.record(id)) {
        Reply::Recorded { record, known: true, step: None }
    } else {
        // One that was taken back or erased is shown as it would be; it does not come back.
        let contact = view.book.contact(capture.id).cloned();
        let contact = contact.unwrap_or_else(|| Arc::new(draft.into_contact(capture.id, capture.at)));
        Reply::Captured { contact, known: true, answers: Vec::new(), step: None }
    };
    Change {
        deed: Deed::Capture,
        subject: String::new(),
        edits: Vec::new(),
        captures: Vec::new(),
        reply: Box::new(|_, _| reply),
    }
}

/// A stack's event goes onto the cards whose line names none.
pub(super) fn stick(contact: &mut Contact, sticky: &StickyEvent) {
    let met = contact.met.get_or_insert_default();
    if met.at.is_empty() {
        met.at.clone_from(&sticky.name);
        met.on.get_or_insert(PartialDate::Day(sticky.on));
    }
}

/// Puts the identifier of the person who introduced in place of the name, where the name means one person.
fn link_via(view: &View<'_>, met: &mut Met) {
    if !met.via.is_empty()
        && let Some(person) = view.meant(&met.via)
    {
        met.via = person.uid();
    }
}

/// The record of an event that a line names for the first time.
pub(super) fn new_event(view: &View<'_>, met: &Met) -> Option<Edit> {
    let known = |name: &str| view.book.events().any(|event| fold::same(&event.name, name));
    if met.at.is_empty() || known(&met.at) {
        return None;
    }
    let event = Event {
        id: EventId(view.mint()),
        name: met.at.clone(),
        on: met.on.clone(),
        town: String::new(),
        series: String::new(),
        note: String::new(),
    };
    Some(Edit::create(Record::Event(Arc::new(event))))
}

/// Changes one person by a line.
pub(super) fn amend(view: &View<'_>, who: &str, text: &str, lang: Language) -> Result<Change, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Usage(UsageProblem::NothingGiven));
    }
    let before = view.who(who)?;
    let context = view.context(lang);
    let mut edits = Vec::new();
    let mut after = line::amend_linking(&before, text, &context, &mut |name| {
        let Some(friend) = view.meant(name).filter(|friend| friend.id != before.id) else { return false };
        edits.extend(people::new_tie(view, &before, &friend, TieKind::Knows));
        true
    });
    if let Some(met) = &mut after.met {
        let old = before.met.as_ref();
        if old.is_none_or(|old| old.via != met.via) {
            link_via(view, met);
        }
        if old.is_none_or(|old| old.at != met.at) {
            edits.extend(new_event(view, met));
        }
    }
    edits.splice(0..0, view.edit(&before, after));
    Ok(Change::new(Deed::Edit, before.display_name(), edits))
}

/// Changes the own card by a line.
pub(super) fn me(view: &View<'_>, text: &str, lang: Language) -> Result<Change, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Usage(UsageProblem::NothingGiven));
    }
    let before = Arc::clone(view.book.me());
    let after = Arc::new(own::amend(&before, text, &view.context(lang)));
    let edit = Edit {
        id: RecordId::Me,
        before: view.book.record(RecordId::Me),
        after: Some(Record::Me(Arc::clone(&after))),
    };
    let edits = if before == after { Vec::new() } else { vec![edit] };
    let mut change = Change::new(Deed::Me, after.name.full.clone(), edits);
    change.reply = Box::new(|_, _| Reply::Me(after));
    Ok(change)
}
