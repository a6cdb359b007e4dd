//! Needs: who could help, although the need and the card share no word, and why.
//!
//! A need is read ([`Asked`]): its words, the concepts that it names or resembles and those that help them
//! ([`crate::insight::lexicon`]), its meaning ([`crate::insight::vectors`]), places, and markets to be entered
//! ([`crate::insight::markets`]). It is compared with every card of an [`Index`]. The score is a weighted sum
//! (`weights`), in which concepts count most; access only orders equals; strength comes from the evidence.
//!
//! Invariant: score and strength belong to a need and a card alone. Whatever measure other systems take from all cards
//! (rarity of words, mean likeness, ranks) is taken from the language and the lexicon instead, so adding a person never
//! changes the order of the others, and a new card can be held against waiting needs without looking at the rest.

mod answer;
mod asked;
mod card;
mod give;
mod index;
mod learnt;
mod meanings;
mod offer;
mod open;
mod phrases;
mod places;
mod rarity;
mod score;
mod segment;
mod vocabulary;
mod weights;
mod why;

pub use answer::{Answer, Hints, Match, Options, World, hints, who};
pub use asked::{Asked, Knowledge};
pub use card::Field;
pub use give::{could_use, sought};
pub use index::Index;
pub use learnt::{Learnt, Lesson};
pub use meanings::{Meanings, Sense, labels, text_of};
pub use offer::{Offer, offers};
pub use open::{Hit, OpenNeeds, Ring, Standing, dismissed, is_fresh};
pub use phrases::Way;
pub use score::{Evidence, Strength};
pub use why::{Label, Reason};

#[cfg(test)]
mod tests;
