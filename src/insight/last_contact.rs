//! When something last happened with a person: what cadence and `stale:` are measured from.

use jiff::tz::TimeZone;

use crate::domain::Book;
use crate::domain::contact::Contact;
use crate::domain::time::Date;

/// The latest day of the person's interactions and of the first meeting; without either, the day the card came in.
pub fn last_contact(book: &Book, contact: &Contact) -> Date {
    last_known(contact, book.interactions_of(contact.id).map(|entry| entry.on).max())
}

/// The same from the latest interaction, for callers that have it at hand.
pub(super) fn last_known(contact: &Contact, latest: Option<Date>) -> Date {
    let met = contact.met.as_ref().and_then(|met| met.on.as_ref()?.latest());
    latest.max(met).unwrap_or_else(|| TimeZone::UTC.to_datetime(contact.created).date())
}
