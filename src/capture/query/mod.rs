//! The grammar as a search: the same signs and words, a value is one word unless quoted, `,` means or, words add up,
//! and a minus glued to the front of a term negates.
//!
//! Reading never fails: a key without a sound value, or an unknown one, is a word like others. Writing is canonical,
//! and what is written reads back to the same query.

mod read;
mod states;
mod write;

pub use read::{QueryReading, read};
pub use states::{STATES, THINGS};
pub use write::write;

#[cfg(test)]
mod tests;
