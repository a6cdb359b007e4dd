//! Cards as numbers: their words in order, cut into fragments, and the concepts that they name.
//!
//! A word is four bytes: its number in the vocabulary, its field, and whether a fragment begins with it. No vector is
//! kept, only the length of each fragment's and of the whole card's sum (see [`crate::insight::vectors`]).

use super::card::{self, Field, Piece};
use super::places;
use super::vocabulary::Vocabulary;
use crate::domain::ContactId;
use crate::domain::contact::{Contact, Stage};
use crate::insight::lexicon::{ConceptId, Found, Reader};
use crate::insight::markets::Regions;
use crate::insight::vectors::{Table, Vector};
use crate::text::{tokens, triggers};

const NUMBER: u32 = (1 << 24) - 1;
const FIELD_SHIFT: u32 = 24;
const START: u32 = 1 << 31;
/// The words of a card beyond this many are not looked at: a note of pages is no calling.
const MOST_WORDS: usize = 400;

/// A word on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed(u32);

impl Placed {
    fn new(number: u32, field: Field, start: bool) -> Self {
        Self(number & NUMBER | (field as u32) << FIELD_SHIFT | if start { START } else { 0 })
    }

    /// The word's number in the vocabulary.
    pub(super) fn number(self) -> u32 {
        self.0 & NUMBER
    }

    /// Where it stands.
    pub(super) fn field(self) -> Field {
        Field::ALL[(self.0 >> FIELD_SHIFT & 15) as usize]
    }

    /// Whether a fragment begins with it.
    pub(super) fn starts(self) -> bool {
        self.0 & START != 0
    }
}

/// A concept that a card names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// Which.
    pub concept: ConceptId,
    /// In the field that says most.
    pub field: Field,
}

/// Some cards.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    pub(super) ids: Vec<ContactId>,
    words: Vec<Placed>,
    word_ends: Vec<u32>,
    /// For each card the length of its whole sum, then of each fragment's, as the upper half of an `f32`.
    lengths: Vec<u16>,
    length_ends: Vec<u32>,
    held: Vec<Held>,
    held_ends: Vec<u32>,
    /// Numbers of the regions that the card names.
    regions: Vec<u8>,
    region_ends: Vec<u32>,
}

/// A card of a segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Card<'a> {
    /// Whose.
    pub id: ContactId,
    /// Its words.
    pub words: &'a [Placed],
    /// The length of the whole sum and of each fragment's.
    pub lengths: &'a [u16],
    /// Its concepts.
    pub held: &'a [Held],
    /// Its regions.
    pub regions: &'a [u8],
}

impl Segment {
    /// How many cards.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Roughly how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.ids.as_slice())
            + size_of_val(self.words.as_slice())
            + size_of_val(self.lengths.as_slice())
            + size_of_val(self.held.as_slice())
            + self.regions.len()
            + 4 * size_of_val(self.word_ends.as_slice())
    }

    /// All cards.
    pub(super) fn cards(&self) -> impl Iterator<Item = Card<'_>> {
        (0..self.len()).map(|at| self.card(at))
    }

    /// The card in this place.
    pub(super) fn card(&self, at: usize) -> Card<'_> {
        let range = |ends: &[u32]| if at == 0 { 0 } else { ends[at - 1] as usize }..ends[at] as usize;
        Card {
            id: self.ids[at],
            words: &self.words[range(&self.word_ends)],
            lengths: &self.lengths[range(&self.length_ends)],
            held: &self.held[range(&self.held_ends)],
            regions: &self.regions[range(&self.region_ends)],
        }
    }

    /// Appends a contact, unless it is put away.
    pub(super) fn push(&mut self, contact: &Contact, vocabulary: &mut Vocabulary, reader: &mut Reader) {
        if contact.stage == Stage::Archived {
            return;
        }
        let pieces = card::pieces(contact);
        self.ids.push(contact.id);
        self.push_words(&pieces, vocabulary);
        self.push_concepts(contact, &pieces, reader);
    }

    /// Appends a card of another segment that was made with the same vocabulary.
    pub(super) fn push_card(&mut self, card: Card) {
        self.ids.push(card.id);
        self.words.extend_from_slice(card.words);
        self.lengths.extend_from_slice(card.lengths);
        self.held.extend_from_slice(card.held);
        self.regions.extend_from_slice(card.regions);
        self.end();
    }

    /// Gives the words the numbers of another vocabulary.
    pub(super) fn renumber(&mut self, numbers: &[u32]) {
        for word in &mut self.words {
            word.0 = word.0 & !NUMBER | numbers[word.number() as usize] & NUMBER;
        }
    }

    /// Gives back what it grew too large.
    pub(super) fn finish(mut self) -> Self {
        self.ids.shrink_to_fit();
        self.words.shrink_to_fit();
        self.lengths.shrink_to_fit();
        self.held.shrink_to_fit();
        self.regions.shrink_to_fit();
        for ends in [&mut self.word_ends, &mut self.length_ends, &mut self.held_ends, &mut self.region_ends] {
            ends.shrink_to_fit();
        }
        self
    }

    fn end(&mut self) {
        self.word_ends.push(self.words.len() as u32);
        self.length_ends.push(self.lengths.len() as u32);
        self.held_ends.push(self.held.len() as u32);
        self.region_ends.push(self.regions.len() as u32);
    }

    fn push_words(&mut self, pieces: &[Piece], vocabulary: &mut Vocabulary) {
        let table = Table::bundled();
        let first = self.words.len();
        let mut whole = Vector::default();
        let lengths_at = self.lengths.len();
        self.lengths.push(0);
        // An organisation's fragment goes on into the title that follows it.
        let mut open: Option<(usize, Vector)> = None;
        for piece in pieces {
            let joined = joins(piece.field);
            let whole_piece = std::iter::once(piece.text.as_str());
            let parts: Vec<&str> =
                if joined { whole_piece.collect() } else { card::parts(&piece.text).collect() };
            for part in parts {
                let mut sum = Vector::default();
                let mut start = true;
                for word in tokens::words(part) {
                    let lower = word.text.to_lowercase();
                    if triggers::is_small(&lower) || self.words.len() - first >= MOST_WORDS {
                        continue;
                    }
                    let number = vocabulary.intern(&lower);
                    self.words.push(Placed::new(number, piece.field, start));
                    start = false;
                    if let Some(row) = vocabulary.facts()[number as usize].row() {
                        table.add(row, &mut sum);
                    }
                }
                if start {
                    continue;
                }
                whole.add(&sum);
                self.lengths.push(half(sum.norm()));
                if let Some((at, mut org)) = open.take()
                    && ends(piece.field)
                {
                    org.add(&sum);
                    self.lengths[at] = half(org.norm());
                }
                open = (joined && !ends(piece.field)).then(|| (self.lengths.len() - 1, sum));
            }
        }
        self.lengths[lengths_at] = half(whole.norm());
    }

    fn push_concepts(&mut self, contact: &Contact, pieces: &[Piece], reader: &mut Reader) {
        let (first, first_region) = (self.held.len(), self.regions.len());
        let regions = &mut self.regions;
        let mut note = |slug: &str| {
            if let Some(number) = places::number(slug)
                && !regions[first_region..].contains(&number)
            {
                regions.push(number);
            }
        };
        if let Some(located) = Regions::bundled().of_contact(contact) {
            note(&located.region);
        }
        let mut found: Vec<Found> = Vec::new();
        for piece in pieces {
            let spots = places::find(&piece.text, true);
            for spot in &spots {
                note(spot.region);
            }
            found.clear();
            if spots.is_empty() {
                reader.card(&piece.text, &mut found);
            } else {
                reader.card(&places::blotted(&piece.text, &spots), &mut found);
            }
            for hit in &found {
                let held = Held { concept: hit.concept, field: piece.field };
                match self.held[first..].iter_mut().find(|known| known.concept == held.concept) {
                    Some(known) if known.field.weight() < held.field.weight() => *known = held,
                    Some(_) => {}
                    None => self.held.push(held),
                }
            }
        }
        self.end();
    }
}

/// Whether a fragment of this field is taken as it is, not cut at its commas.
fn joins(field: Field) -> bool {
    matches!(field, Field::Org | Field::FormerOrg | Field::Title | Field::FormerTitle)
}

/// Whether a fragment of this field ends what an organisation began.
pub(super) fn ends(field: Field) -> bool {
    matches!(field, Field::Title | Field::FormerTitle)
}

/// Whether a fragment of this field goes on into a title.
pub(super) fn begins(field: Field) -> bool {
    matches!(field, Field::Org | Field::FormerOrg)
}

/// The upper half of a number: eight bits of fraction, enough for a length.
fn half(number: f32) -> u16 {
    (number.to_bits() >> 16) as u16
}

/// The number again.
pub(super) fn whole(half: u16) -> f32 {
    f32::from_bits(u32::from(half) << 16)
}
