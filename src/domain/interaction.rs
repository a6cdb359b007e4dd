//! What happened with people, dated. The timeline of a person, and the source of computed access.

use serde::{Deserialize, Serialize};

use super::id::{ContactId, InteractionId};
use super::time::{Date, Timestamp};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interaction {
    /// Identifier.
    pub id: InteractionId,
    /// The day it happened.
    pub on: Date,
    /// What it was.
    pub kind: InteractionKind,
    /// With whom.
    pub people: Vec<ContactId>,
    /// The user's words.
    pub words: String,
    /// When it was noted.
    pub created: Timestamp,
}

/// What an interaction was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum InteractionKind {
    /// A note without a meeting.
    #[default]
    Note,
    /// Met in person.
    Met,
    /// Spoke by phone or video.
    Call,
    /// A letter, an email, a text.
    Message,
    /// Coffee, lunch, a drink.
    Coffee,
    /// The user helped.
    FavourGiven,
    /// The user was helped.
    FavourReceived,
    /// An introduction was asked for.
    IntroductionAsked,
    /// An introduction was made.
    IntroductionMade,
    /// Something went wrong. Private; lowers access.
    Setback,
}
