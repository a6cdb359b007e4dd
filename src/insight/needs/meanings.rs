//! Likeness by the optional encoder of sentences: the meanings of whole cards, and what a need is compared with.
//!
//! A card without a meaning yet keeps the likeness of its words ([`super::score`]): both are told in deviations above what
//! chance gives, so that cards of either kind stand side by side.

use std::sync::Arc;

use super::card;
use super::phrases::spread;
use crate::domain::{Contact, ContactId};
use crate::insight::encoder::{Encoder, Kept, Meaning};
use crate::insight::lexicon::Lexicon;

/// Of so many concepts one lends its label to measure chance: a mean and a deviation need no more.
const EVERY: usize = 12;

/// An encoder, and what chance is measured on.
#[derive(Debug)]
pub struct Sense {
    encoder: Encoder,
    labels: Vec<Arc<Kept>>,
}

/// A need as the encoder takes it.
#[derive(Clone, Debug)]
pub(super) struct Sensed {
    meaning: Meaning,
    mean: f32,
    deviation: f32,
}

/// The meanings of the cards of a book, as far as they are known. A clone costs a pointer.
#[derive(Clone, Debug, Default)]
pub struct Meanings {
    of: imbl::HashMap<ContactId, Arc<Kept>>,
}

impl Sense {
    /// An encoder with the meanings of [`labels`], in their order.
    pub fn new(encoder: Encoder, labels: Vec<Arc<Kept>>) -> Self {
        Self { encoder, labels }
    }

    /// The encoder.
    pub fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    pub(super) fn of_need(&self, text: &str) -> Option<Sensed> {
        let meaning = self.encoder.meaning(text)?;
        let values: Vec<f32> = self.labels.iter().map(|label| meaning.like(label)).collect();
        let (mean, deviation) = spread(&values);
        Some(Sensed { meaning, mean, deviation })
    }
}

impl Sensed {
    /// How alike a card is, in deviations above what chance gives.
    pub(super) fn like(&self, card: &Kept) -> f32 {
        (self.meaning.like(card) - self.mean) / self.deviation
    }
}

impl Meanings {
    /// Notes what a card means.
    pub fn put(&mut self, contact: ContactId, meaning: Arc<Kept>) {
        self.of.insert(contact, meaning);
    }

    /// Forgets a card.
    pub fn forget(&mut self, contact: ContactId) {
        self.of.remove(&contact);
    }

    /// How many cards have a meaning.
    pub fn len(&self) -> usize {
        self.of.len()
    }

    /// Whether none has.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    pub(super) fn get(&self, contact: ContactId) -> Option<&Kept> {
        self.of.get(&contact).map(AsRef::as_ref)
    }
}

/// The labels on which chance is measured: what needs and cards speak of, in both languages.
pub fn labels() -> Vec<String> {
    let concepts = Lexicon::bundled().concepts().iter().step_by(EVERY);
    concepts.map(|concept| format!("{}, {}", concept.fr, concept.en)).collect()
}

/// What the encoder reads of a card, names left out; empty for one that says nothing.
pub fn text_of(contact: &Contact) -> String {
    let pieces = card::pieces(contact).into_iter().map(|piece| piece.text.replace('·', " "));
    let texts = pieces.filter(|text| text.chars().any(char::is_alphanumeric));
    texts.map(|text| text.trim().to_owned()).collect::<Vec<_>>().join(", ")
}
