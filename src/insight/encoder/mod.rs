//! The optional encoder of whole sentences: the Universal Sentence Encoder, French and English, read from a file.
//!
//! `assets/vectors/encoder.py` makes the file, whose layout the README beside it tells. A text is cut into pieces of words
//! (`pieces`), each a row of a table, and a small network (`network`) makes one vector of the rows: 512 numbers, length 1.
//! Two texts are alike as far as the dot product of theirs. After *Multilingual Universal Sentence Encoder for Semantic
//! Retrieval* (Yang et al., 2019).
//!
//! The file comes from outside: nothing in it is believed before its length and checksum agree, and no number in it leads
//! out of its tables.

mod network;
mod pieces;

#[cfg(test)]
mod tests;

use network::Network;
use pieces::Pieces;

/// The numbers of a vector.
pub const DIMENSIONS: usize = 512;
/// The largest file that is read. The real one has some 30 MB.
pub const LARGEST: u64 = 256 << 20;
/// The version of the layout.
pub const VERSION: u32 = 1;
/// The first bytes of a file.
const MAGIC: &[u8; 4] = b"OBEN";
/// Bytes before the checked part: magic, version, length and checksum of the rest.
const HEAD: usize = 16;
/// The rows that no text names: unknown, begin, end.
const SPECIAL: usize = 3;
const UNKNOWN: u32 = 0;
const BEGIN: u32 = 1;
const END: u32 = 2;
/// Bytes of a row: six bits a number.
const ROW: usize = DIMENSIONS * 6 / 8;
/// Pieces of a text beyond this many are not read.
const MOST_PIECES: usize = 512;
/// A number of a kept vector is this many times the real one: the largest of a vector of length 1 and 512 numbers is far
/// below a half.
const KEPT_SCALE: f32 = 254.0;

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is something else.
    NotAnEncoder,
    /// It is of a layout that this program does not read.
    OtherVersion(u32),
    /// It ends too early, or its checksum does not fit.
    Damaged,
}

/// An encoder.
#[derive(Debug)]
pub struct Encoder {
    pieces: Pieces,
    scales: Vec<[f32; 2]>,
    groups: Vec<u8>,
    rows: Vec<u8>,
    network: Network,
    checksum: u32,
}

/// The meaning of a text: a vector of length 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning(pub Box<[f32; DIMENSIONS]>);

/// A meaning as it is kept: a byte a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept(pub [i8; DIMENSIONS]);

impl Encoder {
    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        if bytes.get(..4) != Some(MAGIC.as_slice()) {
            return Err(Fault::NotAnEncoder);
        }
        let mut head = Bytes(&bytes[4..]);
        let (version, length, checksum) = (head.word()?, head.word()?, head.word()?);
        if version != VERSION {
            return Err(Fault::OtherVersion(version));
        }
        let body = &bytes[HEAD..];
        if body.len() != length as usize || crc32fast::hash(body) != checksum {
            return Err(Fault::Damaged);
        }
        let mut body = Bytes(body);
        let (count, key_bytes, groups) =
            (body.word()? as usize, body.word()? as usize, body.word()? as usize);
        let (unknown, least) = (body.number()?, body.number()?);
        let ends = body.words(count.checked_add(1).ok_or(Fault::Damaged)?)?;
        let letters = body.take(key_bytes)?;
        let scores = body.numbers(count)?;
        let pieces = Pieces::new(letters, ends, scores, unknown).ok_or(Fault::Damaged)?;
        let (scale, low) = (body.numbers(groups)?, body.numbers(groups)?);
        let of_row = body.take(count + SPECIAL)?;
        if of_row.iter().any(|group| usize::from(*group) >= groups) {
            return Err(Fault::Damaged);
        }
        let rows = body.take((count + SPECIAL).checked_mul(ROW).ok_or(Fault::Damaged)?)?;
        let network = Network::read(&mut body, least)?;
        if !body.0.is_empty() {
            return Err(Fault::Damaged);
        }
        Ok(Self {
            pieces,
            scales: scale.into_iter().zip(low).map(|(scale, low)| [scale, low]).collect(),
            groups: of_row.to_vec(),
            rows: rows.to_vec(),
            network,
            checksum,
        })
    }

    /// Tells this encoder from others: vectors of two are not to be compared.
    pub fn checksum(&self) -> u32 {
        self.checksum
    }

    /// How many pieces of words it knows.
    pub fn len(&self) -> usize {
        self.groups.len() - SPECIAL
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The meaning of a text; `None` for a text without letters, and where the numbers of a strange file lead nowhere.
    pub fn meaning(&self, text: &str) -> Option<Meaning> {
        if !text.chars().any(char::is_alphanumeric) {
            return None;
        }
        let mut rows = vec![BEGIN];
        rows.extend(self.pieces.of(text).into_iter().take(MOST_PIECES));
        rows.push(END);
        let mut numbers = vec![0.0; rows.len() * DIMENSIONS];
        for (row, into) in rows.iter().zip(numbers.chunks_exact_mut(DIMENSIONS)) {
            self.row(*row as usize, into);
        }
        let vector = self.network.run(&numbers);
        vector.iter().all(|number| number.is_finite()).then_some(Meaning(vector))
    }

    fn row(&self, row: usize, into: &mut [f32]) {
        let [scale, low] = self.scales[usize::from(self.groups[row])];
        let packed = &self.rows[row * ROW..(row + 1) * ROW];
        for (four, bytes) in into.chunks_exact_mut(4).zip(packed.chunks_exact(3)) {
            let word = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]);
            for (at, number) in four.iter_mut().enumerate() {
                *number = (word >> (6 * at) & 63) as f32 * scale + low;
            }
        }
    }
}

impl Meaning {
    /// The cosine with a kept one.
    pub fn like(&self, kept: &Kept) -> f32 {
        let (own, other) = (self.0.chunks_exact(8), kept.0.chunks_exact(8));
        let mut sums = [0.0_f32; 8];
        for (own, other) in own.zip(other) {
            for ((sum, a), b) in sums.iter_mut().zip(own).zip(other) {
                *sum += a * f32::from(*b);
            }
        }
        sums.iter().sum::<f32>() / KEPT_SCALE
    }

    /// A byte a number.
    pub fn kept(&self) -> Kept {
        Kept(std::array::from_fn(|at| (self.0[at] * KEPT_SCALE).round().clamp(-127.0, 127.0) as i8))
    }
}

/// What is left to be read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let (taken, left) = self.0.split_at_checked(count).ok_or(Fault::Damaged)?;
        self.0 = left;
        Ok(taken)
    }

    fn words(&mut self, count: usize) -> Result<Vec<u32>, Fault> {
        let bytes = self.take(count.checked_mul(4).ok_or(Fault::Damaged)?)?;
        Ok(bytes
            .chunks_exact(4)
            .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
            .collect())
    }

    fn word(&mut self) -> Result<u32, Fault> {
        Ok(self.words(1)?[0])
    }

    fn numbers(&mut self, count: usize) -> Result<Vec<f32>, Fault> {
        Ok(self.words(count)?.into_iter().map(f32::from_bits).collect())
    }

    fn number(&mut self) -> Result<f32, Fault> {
        Ok(self.numbers(1)?[0])
    }

    /// Numbers of half precision.
    fn halves(&mut self, count: usize) -> Result<Vec<f32>, Fault> {
        let bytes = self.take(count.checked_mul(2).ok_or(Fault::Damaged)?)?;
        Ok(bytes
            .chunks_exact(2)
            .map(|half| super::vectors::f16(u16::from_le_bytes([half[0], half[1]])))
            .collect())
    }
}
