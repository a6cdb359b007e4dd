//! One card of two: the contact kept takes over what the other one holds, and whatever pointed at the other one points at it.
//!
//! Nothing is lost. Lists are united; of single values one stands, and the other is noted as a line of its own, `birthday:
//! 1980-02-29`. The other contact goes, its uid stays among the sources of the one kept ([`Contact::aliases`](crate::domain::Contact::aliases)), so that links
//! and later imports find the survivor. Merging in either direction gives the same content. All of it is one run of edits, so
//! undo brings both cards back.

mod people;
mod united;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::book::Book;
use super::change::{Edit, Record};
use super::id::ContactId;

/// A field of which the user may choose whose value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    /// The name with its parts.
    Name,
    /// What friends say.
    Nickname,
    /// Credentials.
    Credentials,
    /// Hats.
    Roles,
    /// Mail addresses.
    Emails,
    /// Telephone numbers.
    Phones,
    /// Web addresses.
    Urls,
    /// Postal addresses.
    Addresses,
    /// Stated region.
    Region,
    /// How and where they were met.
    Met,
    /// The language to write in.
    Language,
    /// *Tu* or *vous*.
    AddressForm,
    /// Closeness.
    Closeness,
    /// Private nature of the relation.
    Nature,
    /// Tags.
    Tags,
    /// Latent values.
    Values,
    /// Market ties.
    Markets,
    /// Birthday.
    Birthday,
    /// How often to stay in touch.
    Cadence,
    /// The next follow-up.
    Next,
}

impl Field {
    /// All of them, in the order of a card.
    pub const ALL: [Self; 20] = [
        Self::Name,
        Self::Nickname,
        Self::Credentials,
        Self::Roles,
        Self::Emails,
        Self::Phones,
        Self::Urls,
        Self::Addresses,
        Self::Region,
        Self::Met,
        Self::Language,
        Self::AddressForm,
        Self::Closeness,
        Self::Nature,
        Self::Tags,
        Self::Values,
        Self::Markets,
        Self::Birthday,
        Self::Cadence,
        Self::Next,
    ];

    /// The field's name in records, under which what gives way is noted.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nickname => "nickname",
            Self::Credentials => "credentials",
            Self::Roles => "roles",
            Self::Emails => "emails",
            Self::Phones => "phones",
            Self::Urls => "urls",
            Self::Addresses => "addresses",
            Self::Region => "region",
            Self::Met => "met",
            Self::Language => "language",
            Self::AddressForm => "address_form",
            Self::Closeness => "closeness",
            Self::Nature => "nature",
            Self::Tags => "tags",
            Self::Values => "values",
            Self::Markets => "markets",
            Self::Birthday => "birthday",
            Self::Cadence => "cadence_days",
            Self::Next => "next",
        }
    }

    /// Whether it holds several values, so that both sides' can stand.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Credentials
                | Self::Roles
                | Self::Emails
                | Self::Phones
                | Self::Urls
                | Self::Addresses
                | Self::Tags
                | Self::Values
                | Self::Markets
        )
    }
}

/// Whose value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Choice {
    /// Both, where the field holds several; of a single value that of the contact kept.
    #[default]
    Both,
    /// That of the contact kept; the other's is noted.
    Kept,
    /// That of the other contact; the kept one's is noted.
    Other,
}

/// Choices by field; a field that is not there is [`Choice::Both`].
pub type Choices = BTreeMap<Field, Choice>;

/// The edits that make one contact of two. `None` when either is not there, or both are one.
pub fn merge(book: &Book, keep: ContactId, other: ContactId, choices: &Choices) -> Option<Vec<Edit>> {
    if keep == other {
        return None;
    }
    let (kept, gone) = (book.contact(keep)?, book.contact(other)?);
    // Neither of the two introduces the other any more.
    let name_of = |via: &str| match book.by_uid(via) {
        Some(person) if [keep, other].contains(&person.id) => String::new(),
        Some(person) => person.display_name().to_owned(),
        None => via.to_owned(),
    };
    let mut survivor = united::united(kept, gone, choices, &name_of);
    let mut edits = Vec::new();
    people::follow(book, kept, gone, &mut survivor, &mut edits);
    edits.insert(0, Edit::replace(Record::Contact(Arc::clone(kept)), Record::Contact(Arc::new(survivor))));
    edits.push(Edit::remove(Record::Contact(Arc::clone(gone))));
    Some(edits)
}
