//! Vectors of words, French and English in one space: what carries a need to a card that shares no word with it.
//!
//! The table (`assets/vectors`, whose README tells how it was made and laid out) holds one row a stem, 4 bits a
//! number. A text is the normalised sum of weight × vector over its words; two texts are alike as far as the dot
//! product of their sums. Because that sum is linear, the likeness of a need and a card is the sum, over the words of
//! the card, of each word's own dot product with the need: no vector of a card is ever kept ([`Likeness`]).

use std::sync::LazyLock;

use crate::text::fold::fold;
use crate::text::stem::{Tongue, stem};

/// Endings without their accents, and what a stem keeps of them.
const BARE_ENDINGS: &[(&str, &str)] =
    &[("iere", "i"), ("ee", ""), ("icite", "iqu"), ("bilite", "bl"), ("ivite", "iv"), ("ite", ""), ("e", "")];

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(pub u32);

/// The numbers of a vector.
pub const DIMENSIONS: usize = 192;
/// The first bytes of a table.
const MAGIC: &[u8; 4] = b"OBV1";
/// What a nibble of zero means.
const MIDDLE: i32 = 8;

/// A table of word vectors.
#[derive(Debug)]
pub struct Table {
    bytes: &'static [u8],
    rows: usize,
    keys: usize,
    scales: usize,
    weights: usize,
    vectors: usize,
}

impl Table {
    /// The table that comes with the program.
    pub fn bundled() -> &'static Self {
        static BUNDLED: LazyLock<Table> = LazyLock::new(|| {
            let bytes = include_bytes!("../../assets/vectors/static-fr-en-192x4.bin");
            Table::read(bytes).unwrap_or(Table {
                bytes: &[],
                rows: 0,
                keys: 0,
                scales: 0,
                weights: 0,
                vectors: 0,
            })
        });
        &BUNDLED
    }

    /// Reads a table: `OBV1`, rows, dimensions, bytes of keys (all `u32`, little endian), offsets of the keys, the
    /// keys in order, scales and weights (`f16`), the rows. `None` when the bytes are not such a table.
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
        let (rows, dimensions, key_bytes) = (word(4)?, word(8)?, word(12)?);
        if bytes.get(..4)? != MAGIC
            || dimensions != DIMENSIONS
            || rows > bytes.len()
            || key_bytes > bytes.len()
        {
            return None;
        }
        let keys = 16 + 4 * (rows + 1);
        let scales = keys + key_bytes;
        let weights = scales + 2 * rows;
        let vectors = weights + 2 * rows;
        let table = Self { bytes, rows, keys, scales, weights, vectors };
        let mut ends = (0..=rows).map(|n| table.offset(n));
        let sound = bytes.len() == vectors + rows * DIMENSIONS / 2
            && ends.try_fold(0, |last, end| (end >= last && end <= key_bytes).then_some(end))
                == Some(key_bytes);
        sound.then_some(table)
    }

    fn offset(&self, row: usize) -> usize {
        let at = 16 + 4 * row;
        u32::from_le_bytes([self.bytes[at], self.bytes[at + 1], self.bytes[at + 2], self.bytes[at + 3]])
            as usize
    }

    fn key(&self, row: usize) -> &[u8] {
        &self.bytes[self.keys + self.offset(row)..self.keys + self.offset(row + 1)]
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The row of a word, lower-case: by its French stem, else by its English one. A word typed without its accents is
    /// found too.
    pub fn row(&self, lower: &str) -> Option<Row> {
        let folded = fold(lower);
        self.find(&fold(&stem(lower, Tongue::French)))
            .or_else(|| self.find(&stem(&folded, Tongue::French)))
            .or_else(|| self.find(&stem(&folded, Tongue::English)))
            .or_else(|| self.bare_ending(&folded))
    }

    /// The row of a French word whose ending the stemmer knows with its accent only: *miniere*, *fermee*, *mosquee*.
    fn bare_ending(&self, folded: &str) -> Option<Row> {
        let singular = folded.strip_suffix('s').unwrap_or(folded);
        BARE_ENDINGS.iter().find_map(|(ending, left)| {
            let root = singular.strip_suffix(ending).filter(|root| root.len() >= 3)?;
            let key = format!("{root}{left}");
            self.find(&key).or_else(|| self.find(&stem(&key, Tongue::French)))
        })
    }

    fn find(&self, key: &str) -> Option<Row> {
        let (mut low, mut high) = (0, self.rows);
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.key(middle).cmp(key.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(Row(middle as u32)),
            }
        }
        None
    }

    /// How much a word counts, a/(a + frequency) with a = 0.001: near 1 for rare words, near 0 for *de*.
    pub fn weight(&self, row: Row) -> f32 {
        self.half(self.weights + 2 * row.0 as usize)
    }

    fn half(&self, at: usize) -> f32 {
        f16(u16::from_le_bytes([self.bytes[at], self.bytes[at + 1]]))
    }

    /// Adds weight × vector of a row to a sum.
    pub fn add(&self, row: Row, sum: &mut Vector) {
        let factor = self.half(self.scales + 2 * row.0 as usize) * self.weight(row);
        let numbers = self.numbers(row);
        for (pair, byte) in sum.0.chunks_exact_mut(2).zip(numbers) {
            pair[0] += factor * (i32::from(byte >> 4) - MIDDLE) as f32;
            pair[1] += factor * (i32::from(byte & 15) - MIDDLE) as f32;
        }
    }

    /// The dot product of weight × vector of a row with a vector.
    pub fn dot(&self, row: Row, with: &Vector) -> f32 {
        let factor = self.half(self.scales + 2 * row.0 as usize) * self.weight(row);
        let mut sums = [0.0_f32; 2];
        for (pair, byte) in with.0.chunks_exact(2).zip(self.numbers(row)) {
            sums[0] += pair[0] * (i32::from(byte >> 4) - MIDDLE) as f32;
            sums[1] += pair[1] * (i32::from(byte & 15) - MIDDLE) as f32;
        }
        factor * (sums[0] + sums[1])
    }

    fn numbers(&self, row: Row) -> &[u8] {
        let start = self.vectors + row.0 as usize * DIMENSIONS / 2;
        &self.bytes[start..start + DIMENSIONS / 2]
    }
}

/// A vector, or a sum of vectors.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector(pub [f32; DIMENSIONS]);

impl Default for Vector {
    fn default() -> Self {
        Self([0.0; DIMENSIONS])
    }
}

impl Vector {
    /// The length.
    pub fn norm(&self) -> f32 {
        self.0.iter().map(|number| number * number).sum::<f32>().sqrt()
    }

    /// Adds another.
    pub fn add(&mut self, other: &Self) {
        for (number, more) in self.0.iter_mut().zip(&other.0) {
            *number += more;
        }
    }

    /// The same direction with length 1; `None` for nothing at all.
    #[must_use]
    pub fn normalised(mut self) -> Option<Self> {
        let norm = self.norm();
        if norm < 1e-6 {
            return None;
        }
        for number in &mut self.0 {
            *number /= norm;
        }
        Some(self)
    }

    /// The dot product; of two normalised vectors, their cosine.
    pub fn dot(&self, other: &Self) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }
}

/// A text as the rows of its words, for being compared with many needs.
#[derive(Clone, Debug, Default)]
pub struct Bag {
    rows: Box<[u32]>,
    length: f32,
}

impl Bag {
    /// The bag of these rows.
    pub fn of(table: &Table, rows: impl IntoIterator<Item = Row>) -> Self {
        let rows: Box<[u32]> = rows.into_iter().map(|row| row.0).collect();
        let mut sum = Vector::default();
        for row in &rows {
            table.add(Row(*row), &mut sum);
        }
        Self { rows, length: sum.norm() }
    }
}

/// The dot products of words with one vector, each computed once.
#[derive(Clone, Debug)]
pub struct Likeness<'v> {
    table: &'static Table,
    to: &'v Vector,
    known: Vec<f32>,
}

impl<'v> Likeness<'v> {
    /// Nothing computed yet. The vector must be normalised.
    pub fn to(to: &'v Vector) -> Self {
        let table = Table::bundled();
        Self { table, to, known: vec![f32::NAN; table.len()] }
    }

    /// The dot product of weight × vector of a row.
    pub fn of_row(&mut self, row: Row) -> f32 {
        let known = &mut self.known[row.0 as usize];
        if known.is_nan() {
            *known = self.table.dot(row, self.to);
        }
        *known
    }

    /// The cosine with a bag; 0 for an empty one.
    pub fn of_bag(&mut self, bag: &Bag) -> f32 {
        let sum: f32 = bag.rows.iter().map(|row| self.of_row(Row(*row))).sum();
        if bag.length > 1e-3 { sum / bag.length } else { 0.0 }
    }
}

/// A half-precision number (IEEE 754 binary16).
pub(super) fn f16(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f32::from(bits & 1023));
    match exponent {
        0 => sign * fraction * 2_f32.powi(-24),
        31 => 0.0,
        _ => sign * (1.0 + fraction / 1024.0) * 2_f32.powi(exponent - 15),
    }
}
