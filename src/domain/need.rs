//! What the user looks for, and who might bring it.

use serde::{Deserialize, Serialize};

use super::id::{ContactId, NeedId};
use super::time::{Date, Timestamp};

/// Something the user looks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Identifier.
    pub id: NeedId,
    /// The user's words.
    pub words: String,
    /// When it was noted.
    pub opened: Timestamp,
    /// Where it stands.
    pub status: NeedStatus,
    /// Slug of the market, if one is meant.
    pub market: String,
    /// Region, if one is meant.
    pub region: String,
    /// By when.
    pub deadline: Option<Date>,
    /// What came of each person who might help.
    pub candidates: Vec<Candidate>,
}

/// Where a need stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NeedStatus {
    /// Still looked for.
    #[default]
    Open,
    /// Found.
    Answered,
    /// Given up.
    Dropped,
}

/// A person who might help with a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub contact: ContactId,
    /// What came of it.
    pub state: CandidateState,
    /// When that was noted.
    pub on: Date,
    /// The user's words.
    pub note: String,
}

/// What came of a person who might help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CandidateState {
    /// Proposed by openbar.
    Suggested,
    /// The user asked.
    Asked,
    /// The person helped.
    Helped,
    /// The user said no.
    Dismissed,
}
