//! Mandates won or hoped for (CRM: deals), with where they came from and who decided.

use serde::{Deserialize, Serialize};

use super::id::{ContactId, EventId, MandateId};
use super::time::{Date, PartialDate};

/// A contract won, or hoped for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// Identifier.
    pub id: MandateId,
    /// What it is about.
    pub title: String,
    /// The client organisation or person, by name.
    pub client: String,
    /// Slug of the market; empty if unknown.
    pub market: String,
    /// Region; empty if unknown.
    pub region: String,
    /// Amount, if known.
    pub amount: Option<Money>,
    /// Where it stands.
    pub stage: MandateStage,
    /// When the first talk took place.
    pub opened: Option<Date>,
    /// When it was won or lost.
    pub closed: Option<Date>,
    /// The chain that led to it, first touch first.
    pub origin: Vec<Touch>,
    /// Who had a part in the decision.
    pub circle: Vec<Decider>,
    /// Anything else.
    pub note: String,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Cents, so that shares add up exactly.
    pub cents: i64,
    /// ISO 4217 code, such as `CAD`.
    pub currency: String,
}

/// Where a mandate stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MandateStage {
    /// Talked about.
    #[default]
    Lead,
    /// An offer was made.
    Offered,
    /// Won.
    Won,
    /// Lost.
    Lost,
}

/// One step of the chain that led to a mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    /// Who, if known by name.
    pub person: TouchPerson,
    /// Where.
    pub event: Option<EventId>,
    /// By which channel.
    pub channel: Option<Channel>,
    /// Did the client come (pull) or did the user go (push)?
    pub pull: Option<bool>,
    /// When.
    pub on: Option<PartialDate>,
    /// The user's words.
    pub note: String,
}

/// The person of a touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TouchPerson {
    /// A contact.
    Known(ContactId),
    /// Somebody not known by name yet, in the user's words.
    Unknown(String),
}

/// By which channel a touch came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Channel {
    /// What the user published.
    InboundContent,
    /// Somebody recommended the user.
    Referral,
    /// A chamber of commerce or association.
    Chamber,
    /// LinkedIn.
    LinkedIn,
    /// A client came back.
    ExistingClient,
    /// A cold call.
    Cold,
}

/// A person's part in a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decider {
    /// Who.
    pub contact: ContactId,
    /// Which part.
    pub part: DecisionPart,
}

/// A part in a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DecisionPart {
    /// Has the last word.
    Decides,
    /// Recommends.
    Recommends,
    /// Influences.
    Influences,
    /// Uses the result.
    Uses,
    /// Blocks.
    Blocks,
}
