//! What openbar knows: people, where they were met, what they could bring, and the changes made to all that.
//!
//! A leaf layer: plain types and rules. It knows no terminal, no store, no clock and no language.
//! `serde` derives serve only the wire between two processes of the same version; stored and exchanged
//! forms have structs of their own, so that no attribute here freezes a file format.

pub mod book;
pub mod change;
pub mod contact;
pub mod event;
pub mod id;
pub mod interaction;
pub mod mandate;
pub mod market;
pub mod me;
pub mod merge;
pub mod need;
pub mod problem;
pub mod query;
pub mod refusal;
pub mod tie;
pub mod time;

/// A text that is mostly short, such as a name: up to 24 bytes of it take no memory of their own.
pub use compact_str::CompactString as Text;

pub use book::Book;
pub use change::{Edit, Record, RecordId, Step};
pub use contact::Contact;
pub use id::{ContactId, EventId, InteractionId, MandateId, MarketId, NeedId, RefusalId, StepId, TieId};
