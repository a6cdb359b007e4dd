//! Search: who answers a query, best first, within the time of a key stroke.
//!
//! Texts are folded once, when they enter the [`Index`]. A query then goes through a funnel: letters as bits pass
//! over rows that cannot match; filters and the class of hit of every word (whole word, beginning of a word, inside
//! a word, letters in order; the name before hats, hats before notes) rank the rest; the best `SCORED` by class,
//! closeness and recency are scored by fuzzy-matcher, the others follow as they are. Words add up: all must hit.
//! The order is (class, score, closeness, recency, identifier), so it keeps still while the user types.
//!
//! Adding a letter to a word never adds people; only web addresses, of which the common beginning is not kept, and
//! tags and markets, which are whole words once somebody has just that, are exceptions. A [`Trail`] remembers who
//! answered while a query is typed, so that each further letter looks at those people only.

mod blob;
mod columns;
mod condition;
mod highlight;
mod index;
mod intake;
mod letters;
mod needle;
mod plan;
mod rank;
mod run;
mod segment;
pub(super) mod threads;
mod trail;

pub use highlight::highlight;
pub use index::Index;
pub use run::{Found, Options, run, run_along};
pub(super) use run::{Words, run_as};
pub use segment::Row;
pub use trail::Trail;

pub(super) use letters::{form, phone_digits};
