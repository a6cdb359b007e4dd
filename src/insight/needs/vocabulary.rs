//! The words of all cards, each once, with what a need asks of them: stems, meaning and rarity.
//!
//! Words are never taken out, so a word's number holds for the life of the index and of all that came from it.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::rarity;
use crate::insight::vectors::{Row, Table};
use crate::text::fold::fold;
use crate::text::stem::{Tongue, stem};

/// A word that no row of the table stands for.
pub(super) const NO_ROW: u32 = u32::MAX;

/// All words, by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    /// The folded letters of all words, one after the other.
    letters: String,
    ends: Vec<u32>,
    facts: Vec<Facts>,
    /// Hash of the lower-case letters to number. Of 64 bits, so that two of a million words never meet.
    numbers: HashMap<u64, u32>,
}

/// What is known of a word without looking at its letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Facts {
    /// Short hash of the folded word.
    pub folded: u32,
    /// Short hashes of its stems, French and English.
    pub stems: [u32; 2],
    /// The row of its vector, or [`NO_ROW`].
    pub row: u32,
    /// How much sharing it says, 0 to 1.
    pub rarity: f32,
}

impl Facts {
    /// Looks a lower-case word up.
    pub(super) fn of(lower: &str, folded: &str) -> Self {
        let row = Table::bundled().row(lower);
        Self {
            folded: short(folded),
            stems: Tongue::BOTH.map(|tongue| short(&stem(folded, tongue))),
            row: row.map_or(NO_ROW, |row| row.0),
            rarity: rarity::of(folded, row),
        }
    }

    /// The row of its vector.
    pub(super) fn row(self) -> Option<Row> {
        (self.row != NO_ROW).then_some(Row(self.row))
    }
}

impl Vocabulary {
    /// The number of a lower-case word, which is taken in if it is new.
    pub(super) fn intern(&mut self, lower: &str) -> u32 {
        let key = long(lower);
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let folded = fold(lower);
        self.take(key, &folded, Facts::of(lower, &folded))
    }

    fn take(&mut self, key: u64, folded: &str, facts: Facts) -> u32 {
        let number = self.facts.len() as u32;
        self.letters.push_str(folded);
        self.ends.push(self.letters.len() as u32);
        self.facts.push(facts);
        self.numbers.insert(key, number);
        number
    }

    /// Takes in another vocabulary; the answer tells the new number of each of its words.
    pub(super) fn merge(&mut self, other: &Self) -> Vec<u32> {
        let mut numbers = vec![0; other.facts.len()];
        let mut keys: Vec<(u32, u64)> = other.numbers.iter().map(|(key, number)| (*number, *key)).collect();
        keys.sort_unstable();
        for (number, key) in keys {
            numbers[number as usize] = match self.numbers.get(&key) {
                Some(known) => *known,
                None => self.take(key, other.word(number), other.facts[number as usize]),
            };
        }
        numbers
    }

    /// The folded letters of a word.
    pub(super) fn word(&self, number: u32) -> &str {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.letters[start..self.ends[at] as usize]
    }

    /// Roughly how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let each = size_of::<Facts>() + size_of::<u32>() + 2 * size_of::<(u64, u32)>();
        self.letters.len() + self.facts.len() * each
    }

    /// What is known of each word, by number.
    pub(super) fn facts(&self) -> &[Facts] {
        &self.facts
    }
}

fn long(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// 32 bits of a hash. Two different words that share it would count as one; of a hundred words asked for and a million
/// known ones, that happens once in forty needs of a hundred words.
pub(super) fn short(text: &str) -> u32 {
    long(text) as u32
}
