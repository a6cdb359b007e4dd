//! Introductions asked for: which request is meant, and whether it was answered.
//!
//! A request is an interaction with whoever was asked first and, where somebody is named, the one to be met second. It was
//! answered yes when the introduction was made since, or when the user has since dealt with that one; no when a note
//! about the same two stands after it. A request that names nobody is answered by whatever happens next with the one asked.

use crate::domain::Book;
use crate::domain::id::ContactId;
use crate::domain::interaction::{Interaction, InteractionKind};

/// Yes or no, or `None` while the answer is awaited.
pub fn answer(book: &Book, request: &Interaction) -> Option<bool> {
    let later = |entry: &&Interaction| {
        entry.id != request.id && (entry.on, entry.created) > (request.on, request.created)
    };
    let [via, to, ..] = request.people[..] else {
        let via = *request.people.first()?;
        return book.interactions_of(via).map(AsRef::as_ref).any(|entry| later(&entry)).then_some(true);
    };
    let about_both = book.interactions_of(via).map(AsRef::as_ref).filter(later).find_map(|entry| {
        let about = entry.people.contains(&to);
        match entry.kind {
            InteractionKind::IntroductionMade if about => Some(true),
            InteractionKind::Note if about => Some(false),
            _ => None,
        }
    });
    about_both.or_else(|| {
        let dealt = book.interactions_of(to).map(AsRef::as_ref).filter(later).any(|entry| {
            !matches!(
                entry.kind,
                InteractionKind::Note | InteractionKind::IntroductionAsked | InteractionKind::Setback
            )
        });
        dealt.then_some(true)
    })
}

/// The requests in which somebody was asked, or was to be met, that await their answer, oldest first.
pub fn awaited(book: &Book, who: ContactId) -> Vec<&Interaction> {
    let mut open: Vec<&Interaction> = book
        .interactions_of(who)
        .map(AsRef::as_ref)
        .filter(|entry| entry.kind == InteractionKind::IntroductionAsked && answer(book, entry).is_none())
        .collect();
    open.sort_by_key(|entry| (entry.on, entry.created));
    open
}

/// The newest request to one for another.
pub fn request(book: &Book, via: ContactId, to: Option<ContactId>) -> Option<&Interaction> {
    let is_request = |entry: &&Interaction| {
        entry.kind == InteractionKind::IntroductionAsked
            && entry.people.first() == Some(&via)
            && entry.people.get(1).copied() == to
    };
    let found = book.interactions_of(via).map(AsRef::as_ref).filter(is_request);
    found.max_by_key(|entry| (entry.on, entry.created))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::domain::Record;
    use crate::domain::contact::Contact;
    use crate::domain::id::InteractionId;
    use crate::domain::time::Timestamp;

    const GHISLAIN: ContactId = ContactId(Uuid::from_u128(1));
    const MAYOR: ContactId = ContactId(Uuid::from_u128(2));
    const CLERK: ContactId = ContactId(Uuid::from_u128(3));

    fn book(entries: &[(InteractionKind, i8, &[ContactId])]) -> Book {
        let mut book = Book::default();
        for id in [GHISLAIN, MAYOR, CLERK] {
            book.put(Record::Contact(Arc::new(Contact::new(id, Timestamp::UNIX_EPOCH))));
        }
        for (number, (kind, day, people)) in (1..).zip(entries) {
            book.put(Record::Interaction(Arc::new(Interaction {
                id: InteractionId(Uuid::from_u128(number)),
                on: date(2026, 11, *day),
                kind: *kind,
                people: people.to_vec(),
                words: String::new(),
                created: Timestamp::UNIX_EPOCH,
            })));
        }
        book
    }

    fn answered(entries: &[(InteractionKind, i8, &[ContactId])]) -> Option<bool> {
        let book = book(entries);
        let to = entries[0].2.get(1).copied();
        answer(&book, request(&book, GHISLAIN, to).expect("it was asked"))
    }

    #[test]
    fn an_answer_is_about_the_same_two() {
        use InteractionKind::{Coffee, IntroductionAsked, IntroductionMade, Note};
        let asked = (IntroductionAsked, 2, &[GHISLAIN, MAYOR][..]);
        assert_eq!(answered(&[asked]), None);
        assert_eq!(answered(&[asked, (Coffee, 5, &[GHISLAIN])]), None, "that was about something else");
        assert_eq!(answered(&[asked, (IntroductionMade, 5, &[GHISLAIN, CLERK])]), None);
        assert_eq!(answered(&[asked, (IntroductionMade, 5, &[GHISLAIN, MAYOR])]), Some(true));
        assert_eq!(answered(&[asked, (Note, 5, &[GHISLAIN, MAYOR])]), Some(false));
        assert_eq!(answered(&[asked, (Coffee, 5, &[MAYOR])]), Some(true), "they have met");
        assert_eq!(answered(&[asked, (IntroductionMade, 1, &[GHISLAIN, MAYOR])]), None, "that was before");
        let waiting =
            book(&[asked, (IntroductionAsked, 3, &[GHISLAIN, CLERK]), (Note, 5, &[GHISLAIN, CLERK])]);
        assert_eq!(awaited(&waiting, GHISLAIN).len(), 1);
        assert_eq!((awaited(&waiting, MAYOR).len(), awaited(&waiting, CLERK).len()), (1, 0));
        let open = (IntroductionAsked, 2, &[GHISLAIN][..]);
        assert_eq!(answered(&[open]), None);
        assert_eq!(answered(&[open, (Coffee, 5, &[GHISLAIN])]), Some(true));
    }
}
