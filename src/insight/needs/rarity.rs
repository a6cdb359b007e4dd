//! How much it says that two texts share a word: little for *service*, much for *apiculteur*.
//!
//! Rarity comes from the language and from the lexicon, never from the cards at hand: a score then belongs to a need
//! and a card alone, and no third card changes it.

use crate::insight::vectors::{Row, Table};

/// The a of the table's weights a/(a + frequency).
const SMOOTHING: f32 = 0.001;
/// Frequencies between which rarity rises from 0 to 1, in the logarithm.
const COMMON: f32 = 2e-3;
const RARE: f32 = 1e-6;
/// Rarity of a word that the table does not hold: a brand, a name or an error.
const UNKNOWN: f32 = 0.8;

/// The rarity of a word, 0 to 1.
pub(super) fn of(folded: &str, row: Option<Row>) -> f32 {
    if folded.chars().count() < 2 {
        return 0.0;
    }
    let Some(row) = row else { return UNKNOWN };
    let weight = Table::bundled().weight(row).clamp(1e-3, 0.9999);
    let frequency = SMOOTHING * (1.0 - weight) / weight;
    ((COMMON / frequency).ln() / (COMMON / RARE).ln()).clamp(0.0, 1.0)
}
