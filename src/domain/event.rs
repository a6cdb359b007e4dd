//! Events and places where people were met.

use serde::{Deserialize, Serialize};

use super::id::EventId;
use super::time::PartialDate;

/// A dinner, a fair, a course: where a stack of cards came from. Contacts point to it by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Identifier.
    pub id: EventId,
    /// Name, as contacts cite it.
    pub name: String,
    /// When it took place.
    pub on: Option<PartialDate>,
    /// Town.
    pub town: String,
    /// The series that it belongs to, such as a monthly breakfast.
    pub series: String,
    /// Anything else.
    pub note: String,
}
