//! Pairs of cards that look alike and are two people: the user said so, and is not asked again.

use serde::{Deserialize, Serialize};

use super::id::{ContactId, RefusalId};
use super::time::Timestamp;

/// "Not the same person", said of two contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Identifier.
    pub id: RefusalId,
    /// One of them.
    pub a: ContactId,
    /// The other one.
    pub b: ContactId,
    /// When it was said.
    pub created: Timestamp,
}
