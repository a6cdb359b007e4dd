//! Relations between two contacts, as declared by the user. Possible ties are derived, never stored.

use serde::{Deserialize, Serialize};

use super::contact::Closeness;
use super::id::{ContactId, TieId};
use super::time::PartialDate;

/// A declared relation. Directed kinds read from `a` to `b`: *a reports to b*, *a recommended b*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// Identifier.
    pub id: TieId,
    /// One end.
    pub a: ContactId,
    /// The other end.
    pub b: ContactId,
    /// What binds them.
    pub kind: TieKind,
    /// How near the two are to each other.
    pub closeness: Option<Closeness>,
    /// The user's words.
    pub note: String,
    /// Since when.
    pub since: Option<PartialDate>,
}

impl Tie {
    /// The end that is not `id`; `None` if `id` is neither end.
    pub fn other(&self, id: ContactId) -> Option<ContactId> {
        if self.a == id {
            Some(self.b)
        } else if self.b == id {
            Some(self.a)
        } else {
            None
        }
    }
}

/// What binds two contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TieKind {
    /// They know each other.
    #[default]
    Knows,
    /// They work together.
    WorksWith,
    /// They are family.
    Family,
    /// `a` reports to `b`.
    ReportsTo,
    /// `a` influences `b`.
    Influences,
    /// `a` recommended `b`.
    Recommended,
    /// `a` introduced `b`.
    Introduced,
}

impl TieKind {
    /// Whether it reads the same from both ends.
    pub fn is_mutual(self) -> bool {
        matches!(self, Self::Knows | Self::WorksWith | Self::Family)
    }
}
