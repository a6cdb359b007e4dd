//! Identifiers: one newtype a record kind, so that a tie can never be looked up as a contact.
//!
//! All are UUIDv7 (RFC 9562): they sort by the moment they were made. The domain has no clock, so identifiers
//! are minted by the layers above and passed in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The identifier with all bits zero; sorts before every other.
            pub const NIL: Self = Self(Uuid::nil());
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A person in the book.
    ContactId,
    /// A dinner, fair or meeting where people were met.
    EventId,
    /// A relation between two contacts.
    TieId,
    /// Something that happened with one or more contacts.
    InteractionId,
    /// A market of the user's own or a change to a bundled one.
    MarketId,
    /// Something the user looks for.
    NeedId,
    /// A contract won, or hoped for.
    MandateId,
    /// Two cards that are not one person.
    RefusalId,
    /// A run of edits that undo reverses together.
    StepId,
}
