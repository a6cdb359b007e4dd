//! What a search asks for, once it has been read. The text form belongs to `capture::query`.
//!
//! All terms must hold; inside a term any alternative will do; a negated term must not hold.

use serde::{Deserialize, Serialize};

use super::contact::MarketHow;
use super::time::Date;

/// A search: all terms must hold. No terms means everybody who is not archived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The terms.
    pub terms: Vec<Term>,
}

impl Query {
    /// Whether a term asks who is tied to a market.
    pub fn asks_for_markets(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.filter, Filter::Market(_)))
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The condition must not hold.
    pub negated: bool,
    /// The condition.
    pub filter: Filter,
}

/// A condition on a contact. Lists are alternatives; texts compare without case and accents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filter {
    /// A bare word, matched fuzzily anywhere.
    Word(Vec<String>),
    /// A quoted phrase, matched literally anywhere.
    Phrase(String),
    /// Works or worked there.
    Org(Vec<String>),
    /// Bears or bore the title.
    Title(Vec<String>),
    /// Could bring it.
    Value(Vec<String>),
    /// Has the tag.
    Tag(Vec<String>),
    /// Connects to the market, perhaps by one kind of hat.
    Market(Vec<(String, Option<MarketHow>)>),
    /// Was met at an event or place.
    MetAt(Vec<String>),
    /// Was met within these days.
    MetOn(Days),
    /// Was introduced by, or knows, this person.
    Via(Vec<String>),
    /// Lives or works in the town or region.
    In(Vec<Place>),
    /// Closeness from–to, both included.
    Close(u8, u8),
    /// Follow-up within these days.
    Next(Days),
    /// The note contains it.
    Note(Vec<String>),
    /// Is in one of these states.
    Is(Vec<State>),
    /// Has one of these things.
    Has(Vec<Thing>),
    /// Nothing happened with them for at least so many days.
    Stale(u32),
}

/// A run of days, both ends included; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl Days {
    /// Whether any day of `from..=to` lies within.
    pub fn overlaps(&self, from: Date, to: Date) -> bool {
        self.from.is_none_or(|start| to >= start) && self.to.is_none_or(|end| from <= end)
    }
}

/// Where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The user's own towns and regions.
    Me,
    /// A town or region by name.
    Named(String),
}

/// A state of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum State {
    /// In the pocket.
    Pocket,
    /// Filed.
    Active,
    /// Put away.
    Archived,
    /// Came in bulk, not looked at yet.
    Unread,
    /// Has a follow-up of today or before.
    Due,
    /// A profile that was only seen.
    Seen,
    /// Invited on a network.
    Invited,
    /// Accepted the invitation.
    Accepted,
    /// Declined the invitation.
    Declined,
}

/// A thing a contact may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Thing {
    /// An email address.
    Email,
    /// A phone number.
    Phone,
    /// A web address.
    Url,
    /// A LinkedIn profile.
    LinkedIn,
    /// A postal address.
    Address,
    /// A note.
    Note,
    /// A tag.
    Tag,
    /// A latent value.
    Value,
    /// A stated market.
    Market,
    /// A hat.
    Role,
    /// A follow-up.
    Next,
    /// A birthday.
    Birthday,
    /// A card image.
    Card,
    /// A tie to another contact.
    Tie,
}
