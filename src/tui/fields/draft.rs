//! The card being edited: a contact or the own card, and how it is laid over what happened meanwhile.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::Book;
use crate::domain::change::{Deed, Edit, Record, RecordId};
use crate::domain::contact::{Address, Contact, Labelled, Language, Name, Phone, Role};
use crate::domain::id::ContactId;
use crate::domain::me::Me;

/// A card as it stands in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Draft {
    /// Somebody's.
    Person(Box<Contact>),
    /// The user's own.
    Me(Box<Me>),
}

/// What both kinds of card hold.
macro_rules! both {
    ($($field:ident $field_mut:ident: $type:ty;)+) => {
        impl Draft {$(
            pub(in super::super) fn $field(&self) -> &$type {
                match self {
                    Self::Person(contact) => &contact.$field,
                    Self::Me(me) => &me.$field,
                }
            }

            pub(in super::super) fn $field_mut(&mut self) -> &mut $type {
                match self {
                    Self::Person(contact) => &mut contact.$field,
                    Self::Me(me) => &mut me.$field,
                }
            }
        )+}
    };
}

both! {
    name name_mut: Name;
    roles roles_mut: Vec<Role>;
    emails emails_mut: Vec<Labelled>;
    phones phones_mut: Vec<Phone>;
    urls urls_mut: Vec<Labelled>;
    addresses addresses_mut: Vec<Address>;
    language language_mut: Option<Language>;
    note note_mut: String;
}

impl Draft {
    pub(in super::super) fn person(&self) -> Option<&Contact> {
        if let Self::Person(contact) = self { Some(contact) } else { None }
    }

    pub(in super::super) fn person_mut(&mut self) -> Option<&mut Contact> {
        if let Self::Person(contact) = self { Some(contact) } else { None }
    }

    pub(in super::super) fn me(&self) -> Option<&Me> {
        if let Self::Me(me) = self { Some(me) } else { None }
    }

    fn record(&self) -> Record {
        match self {
            Self::Person(contact) => Record::Contact(Arc::new((**contact).clone())),
            Self::Me(me) => Record::Me(Arc::new((**me).clone())),
        }
    }

    fn id(&self) -> RecordId {
        match self {
            Self::Person(contact) => RecordId::Contact(contact.id),
            Self::Me(_) => RecordId::Me,
        }
    }

    pub(in super::super) fn deed(&self) -> Deed {
        if self.me().is_some() { Deed::Me } else { Deed::Edit }
    }
}

/// A card, and what it was when the form was opened.
#[derive(Clone, Debug)]
pub(in super::super) struct Sheet {
    pub(in super::super) draft: Draft,
    base: Record,
    /// Fields that somebody else changed too; the user knows, and the next save keeps the user's.
    overruled: Vec<&'static str>,
}

/// Why a card cannot be saved as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Refusal {
    /// The record is gone.
    Gone,
    /// These fields were changed elsewhere too.
    Changed(Vec<&'static str>),
}

impl Sheet {
    /// A contact's card; an empty one when it is not there.
    pub(in super::super) fn contact(id: ContactId, book: &Book, now: crate::domain::time::Timestamp) -> Self {
        let contact = book.contact(id).map_or_else(|| Contact::new(id, now), |contact| (**contact).clone());
        Self::of(Draft::Person(Box::new(contact)))
    }

    /// The own card.
    pub(in super::super) fn me(book: &Book) -> Self {
        Self::of(Draft::Me(Box::new((**book.me()).clone())))
    }

    fn of(draft: Draft) -> Self {
        let base = draft.record();
        Self { draft, base, overruled: Vec::new() }
    }

    /// The fields that were changed in the form.
    pub(in super::super) fn changed(&self) -> Vec<&'static str> {
        Edit::replace(self.base.clone(), self.draft.record()).changed_fields()
    }

    /// The edit that saves the card over the book as it is now. What others did to other fields stays.
    pub(in super::super) fn edit(&self, book: &Book) -> Result<Edit, Refusal> {
        let draft = self.draft.record();
        let stored = book.record(self.draft.id());
        let current = match (&stored, &self.draft) {
            (Some(record), _) => record.clone(),
            (None, Draft::Me(_)) => Record::Me(Arc::default()),
            (None, Draft::Person(_)) => return Err(Refusal::Gone),
        };
        let onto = overruled(&current, &self.base, &self.overruled);
        // Taking back the way from the draft to where it began is the draft's own changes, the other way round.
        let merged = Edit::replace(draft, self.base.clone())
            .reversed_onto(Some(&onto))
            .map_err(|conflict| Refusal::Changed(conflict.fields))?;
        let empty = matches!(&merged.after, Some(Record::Me(me)) if **me == Me::default());
        Ok(Edit { id: self.draft.id(), before: stored, after: merged.after.filter(|_| !empty) })
    }

    /// The user has been told what was changed elsewhere; the next save keeps the user's own.
    pub(in super::super) fn overrule(&mut self, fields: Vec<&'static str>) {
        self.overruled.extend(fields);
    }
}

/// The current record with some fields as they were before, so that they stand in nobody's way.
fn overruled(current: &Record, base: &Record, fields: &[&'static str]) -> Record {
    if fields.is_empty() {
        return current.clone();
    }
    match (current, base) {
        (Record::Contact(now), Record::Contact(then)) => {
            Record::Contact(Arc::new(with_fields_of(&**now, &**then, fields)))
        }
        (Record::Me(now), Record::Me(then)) => Record::Me(Arc::new(with_fields_of(&**now, &**then, fields))),
        _ => current.clone(),
    }
}

/// `to` with the named fields of `from`. By name, since a refusal names them; the wire form has the same names.
fn with_fields_of<T: Serialize + DeserializeOwned + Clone>(to: &T, from: &T, fields: &[&'static str]) -> T {
    let copied = || -> Option<T> {
        let mut to = serde_json::to_value(to).ok()?;
        let from = serde_json::to_value(from).ok()?;
        for field in fields {
            *to.get_mut(*field)? = from.get(*field)?.clone();
        }
        serde_json::from_value(to).ok()
    };
    copied().unwrap_or_else(|| to.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Timestamp;

    fn book(note: &str, tags: &[&str]) -> Book {
        let mut contact = Contact::new(ContactId::NIL, Timestamp::UNIX_EPOCH);
        contact.note = note.into();
        contact.tags = tags.iter().map(ToString::to_string).collect();
        let mut book = Book::default();
        book.put(Record::Contact(Arc::new(contact)));
        book
    }

    fn sheet(note: &str) -> Sheet {
        let mut sheet = Sheet::contact(ContactId::NIL, &book("", &[]), Timestamp::UNIX_EPOCH);
        note.clone_into(sheet.draft.note_mut());
        sheet
    }

    fn saved(edit: Edit) -> Contact {
        match edit.after {
            Some(Record::Contact(contact)) => (*contact).clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_others_did_to_other_fields_stays() {
        let sheet = sheet("tall");
        assert_eq!(sheet.changed(), ["note"]);
        let after = saved(sheet.edit(&book("", &["deck"])).expect("no conflict"));
        assert_eq!((after.note.as_str(), after.tags.len()), ("tall", 1));
    }

    #[test]
    fn the_same_field_is_refused_once_and_kept_the_second_time() {
        let mut sheet = sheet("tall");
        let elsewhere = book("short", &["deck"]);
        assert_eq!(sheet.edit(&elsewhere), Err(Refusal::Changed(vec!["note"])));
        sheet.overrule(vec!["note"]);
        let edit = sheet.edit(&elsewhere).expect("the user insists");
        assert_eq!(edit.before, elsewhere.record(RecordId::Contact(ContactId::NIL)));
        let after = saved(edit);
        assert_eq!((after.note.as_str(), after.tags.len()), ("tall", 1));
    }

    #[test]
    fn a_card_that_is_gone_cannot_be_saved_and_an_empty_own_card_is_none() {
        assert_eq!(sheet("tall").edit(&Book::default()), Err(Refusal::Gone));
        let mut sheet = Sheet::me(&Book::default());
        sheet.draft.note_mut().push('x');
        let edit = sheet.edit(&Book::default()).expect("a first card");
        assert!(edit.before.is_none() && edit.after.is_some());
        sheet.draft.note_mut().clear();
        assert_eq!(sheet.edit(&Book::default()).expect("nothing").after, None);
    }
}
