//! What each kind of evidence counts. The kinds and their order of size are those measured on two sets of graded needs,
//! one of them unseen; no number is fitted finer than that. Scores are never ranks: a rank would make one card's score
//! depend on the others.

/// Likeness in meaning, in deviations above what chance gives. Cards are longer than the labels that chance is measured
/// on, which spreads them by half as much again: hence less than one.
pub(super) const VECTORS: f32 = 0.7;
/// Where an encoder is in use: what its likeness counts beside that of the words, which knows the nearest fragment.
pub(super) const MEANINGS: f32 = 1.0;
pub(super) const BESIDE: f32 = 0.5;
/// Words shared, as a share of what the need says.
pub(super) const WORDS: f32 = 1.2;
/// Concepts shared.
pub(super) const LEXICON: f32 = 5.0;
/// The concepts of one card count up to so much together, and this share of it at full strength.
pub(super) const LEXICON_MOST: f32 = 1.2;
pub(super) const LEXICON_SHARE: f32 = 0.7;
/// How much a card that names many concepts is thinned, for each beyond the first.
pub(super) const THINNING: f32 = 0.15;
/// A market to be entered, times the weight of the hat.
pub(super) const MARKET: f32 = 2.0;
/// What is left of it where the hat is in a market above or below.
pub(super) const MARKET_NEAR: f32 = 0.6;
/// The region asked for, and another one.
pub(super) const REGION: f32 = 1.0;
pub(super) const REGION_OTHER: f32 = -0.3;
/// Access, 0 to 1: it orders equals, and is less than any step of evidence.
pub(super) const ACCESS: f32 = 0.25;

/// A word of the same stem, a word with an error of typing, a word with the same beginning, beside the word itself.
pub(super) const SAME_STEM: f32 = 0.95;
pub(super) const TYPO: f32 = 0.75;
pub(super) const BEGINNING: f32 = 0.5;

/// From here on a concept that the need names makes a strong match, and shared words do.
pub(super) const STRONG_CONCEPT: f32 = 0.75;
pub(super) const STRONG_WORDS: f32 = 0.6;
/// From here on helpers, shared words and markets make a fair one.
pub(super) const FAIR_CONCEPT: f32 = 0.25;
pub(super) const FAIR_WORDS: f32 = 0.35;
pub(super) const FAIR_MARKET: f32 = 0.4;
