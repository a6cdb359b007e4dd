//! What was read on a card to people in the pocket.

use std::sync::Arc;

use super::super::cards::Captured;
use super::capture::{new_event, stick};
use super::{Change, View};
use crate::capture::Draft;
use crate::domain::book::Book;
use crate::domain::change::{Deed, Edit, Record};
use crate::domain::contact::{Contact, MetHow};
use crate::domain::id::ContactId;
use crate::protocol::{CardSource, CardsRead, ReadCard, Reply};

/// Those whom a capture has brought.
pub(in crate::engine) fn known<'a>(book: &'a Book, hash: &'a str) -> impl Iterator<Item = &'a Arc<Contact>> {
    book.contacts().filter(move |contact| contact.cards.iter().any(|card| card == hash))
}

/// Puts the people of a card into the pocket. A card that says nothing goes there too, to be typed; a capture that is
/// known brings nobody a second time.
pub(in crate::engine) fn take_in(view: &View<'_>, card: &ReadCard, captured: Captured) -> Change {
    let Captured { hash, readings, mut problems, label } = captured;
    let known: Vec<_> = known(view.book, &hash).cloned().collect();
    if !known.is_empty() {
        return change(
            CardsRead { contacts: known, known: true, hash, problems, answers: Vec::new(), step: None },
            Vec::new(),
        );
    }
    let mut drafts = Vec::new();
    for reading in readings {
        problems.extend(
            reading.problems.into_iter().filter(|problem| !problems.contains(problem)).collect::<Vec<_>>(),
        );
        drafts.push(reading.draft);
    }
    if drafts.is_empty() {
        drafts.push(Draft::default());
    }
    let mut edits: Vec<Edit> = Vec::new();
    let mut contacts = Vec::new();
    for draft in drafts {
        let mut contact = draft.into_contact(ContactId(view.mint()), view.now);
        contact.cards.push(hash.clone());
        if let Some(event) = &card.event {
            stick(&mut contact, event);
        }
        if card.event.is_some() || !matches!(card.source, CardSource::Text(_)) {
            contact.met.get_or_insert_default().how.get_or_insert(MetHow::Card);
        }
        if contact.display_name().is_empty() {
            contact.note = if label.is_empty() { hash[..8].to_owned() } else { label.clone() };
        }
        if contacts.is_empty() {
            edits.extend(contact.met.as_ref().and_then(|met| new_event(view, met)));
        }
        contacts.push(Arc::new(contact));
    }
    let people = contacts.iter().map(|contact| Edit::create(Record::Contact(Arc::clone(contact))));
    edits.splice(0..0, people.collect::<Vec<_>>());
    change(CardsRead { contacts, known: false, hash, problems, answers: Vec::new(), step: None }, edits)
}

fn change(mut read: CardsRead, edits: Vec<Edit>) -> Change {
    let names: Vec<&str> = read.contacts.iter().map(|contact| contact.display_name()).collect();
    let mut change = Change::new(Deed::Capture, names.join(", "), edits);
    change.reply = Box::new(|step, _| {
        read.step = step.map(|step| step.id);
        Reply::CardsRead(Box::new(read))
    });
    change
}
