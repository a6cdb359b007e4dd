//! Whom a command means: WHO is a uid or a unique beginning of one, an email, a phone, a name, or a query.

use super::search::{self, Index, Options, Words};
use crate::domain::contact::Stage;
use crate::domain::query::Query;
use crate::domain::time::Date;
use crate::domain::{Book, Contact, ContactId};

/// Shorter beginnings of a uid are taken for words.
const SHORTEST_UID: usize = 4;
/// Fewer digits than a local number has are taken for words.
const SHORTEST_PHONE: usize = 7;

/// Whom a command means. Never a guess: whoever fits as well as the best one is told too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// This person.
    One(ContactId),
    /// Nobody.
    None,
    /// Any of these, best first.
    Many(Vec<ContactId>),
}

impl From<Vec<ContactId>> for Resolved {
    fn from(found: Vec<ContactId>) -> Self {
        match found.as_slice() {
            [] => Self::None,
            [one] => Self::One(*one),
            _ => Self::Many(found),
        }
    }
}

/// Whom `text` means; `query` is the same text read as a query.
///
/// The first of these that fits anybody: exact uid; unique beginning of a uid, of at least four characters with a
/// digit among them; email; phone (its last seven digits or more); whole name or nickname; query without leaving
/// letters out; query. Archived people count where nobody else has that email, phone or name.
pub fn who(book: &Book, index: &Index, text: &str, query: &Query, today: Date) -> Resolved {
    let text = text.trim();
    if text.is_empty() {
        return Resolved::None;
    }
    if let Some(contact) = book.by_uid(text) {
        return Resolved::One(contact.id);
    }
    if let Some(id) = by_uid_prefix(book, text) {
        return Resolved::One(id);
    }
    let exact = Exact::of(text);
    let found = present_first(book.contacts().map(AsRef::as_ref).filter(|contact| exact.is(contact)));
    if !found.is_empty() {
        return found.into();
    }
    let options = Options { today, limit: None, cancelled: &|| false };
    [Words::Literal, Words::Fuzzy]
        .into_iter()
        .filter_map(|words| search::run_as(book, index, query, &options, words))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
        .into()
}

/// The only contact whose uid begins so.
fn by_uid_prefix(book: &Book, text: &str) -> Option<ContactId> {
    let may_be = text.len() >= SHORTEST_UID
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && !text.contains(char::is_whitespace);
    if !may_be {
        return None;
    }
    let own = text.to_ascii_lowercase();
    let mut buffer = uuid::Uuid::encode_buffer();
    let mut found = book.contacts().filter(|contact| match &contact.foreign_uid {
        Some(uid) => uid.starts_with(text),
        None => contact.id.0.hyphenated().encode_lower(&mut buffer).starts_with(&own),
    });
    let first = found.next()?.id;
    found.next().is_none().then_some(first)
}

/// What identifies a person as well as a uid.
enum Exact {
    Email(String),
    Phone(String),
    Name(String),
}

impl Exact {
    fn of(text: &str) -> Self {
        match search::phone_digits(text) {
            Some(digits) if digits.len() >= SHORTEST_PHONE => Self::Phone(digits),
            _ if text.contains('@') && !text.starts_with('@') => Self::Email(text.to_lowercase()),
            _ => Self::Name(search::form(text)),
        }
    }

    fn is(&self, contact: &Contact) -> bool {
        match self {
            Self::Email(email) => contact.emails.iter().any(|own| own.value.to_lowercase() == *email),
            Self::Phone(digits) => contact.phones.iter().any(|own| {
                search::phone_digits(&own.value).is_some_and(|own| {
                    own.ends_with(digits.as_str()) || own.len() >= SHORTEST_PHONE && digits.ends_with(&own)
                })
            }),
            Self::Name(name) => {
                let own = &contact.name;
                !name.is_empty()
                    && [&own.full, &own.nickname].into_iter().any(|own| search::form(own) == *name)
            }
        }
    }
}

/// Everybody who is not archived, else everybody.
fn present_first<'a>(found: impl Iterator<Item = &'a Contact>) -> Vec<ContactId> {
    let (archived, present): (Vec<&Contact>, Vec<&Contact>) =
        found.partition(|contact| contact.stage == Stage::Archived);
    let chosen = if present.is_empty() { archived } else { present };
    chosen.into_iter().map(|contact| contact.id).collect()
}
