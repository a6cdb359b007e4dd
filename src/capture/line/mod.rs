//! Capture: a line to a person, a person to his or her line, and changes by a line.

mod amend;
mod hats;
mod jotted;
mod names;
mod read;
mod values;
mod write;

pub use super::keys::Intent;
pub use amend::{amend, amend_linking, rewrite};
pub use read::{Reading, read};
pub use values::{language_code, slug};
pub use write::{retype, write};

pub(super) use amend::strip_name;
pub(super) use names::FreeWord;
pub(super) use read::{Mode, Reader, Removal};
pub(super) use values::market_how;
pub(super) use write::{Pen, how_word, quoted_if_needed};

/// Several lines as one: the first is read as a line, the others become its note, with their breaks. Nothing is lost.
pub fn of_block(text: &str) -> String {
    let mut lines = text.trim().lines();
    let first = lines.next().unwrap_or_default();
    let rest = lines.collect::<Vec<_>>().join("\n");
    if rest.trim().is_empty() { first.to_owned() } else { format!("{first} note:{}", read::broken(&rest)) }
}

#[cfg(test)]
mod tests;
