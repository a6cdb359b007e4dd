//! Cuts a text into pieces of words: the cut whose pieces are likeliest together (a unigram model, after `SentencePiece`).

use unicode_normalization::UnicodeNormalization as _;

use super::{SPECIAL, UNKNOWN};

/// Stands before every word.
const SPACE: char = '▁';
/// Letters of a text beyond this many are not read.
const MOST_LETTERS: usize = 4_000;

/// The pieces, in the order of their bytes.
#[derive(Debug)]
pub(super) struct Pieces {
    letters: String,
    ends: Vec<u32>,
    /// Logarithms of probabilities.
    scores: Vec<f32>,
    /// The same of a letter that is in no piece.
    unknown: f32,
}

impl Pieces {
    /// `ends` has one more than there are pieces; `None` unless they cut the letters into ascending ones.
    pub(super) fn new(letters: &[u8], ends: Vec<u32>, scores: Vec<f32>, unknown: f32) -> Option<Self> {
        let letters = str::from_utf8(letters).ok()?.to_owned();
        let pieces = Self { letters, ends, scores, unknown };
        let sound = pieces.ends.first() == Some(&0)
            && pieces.ends.last().map(|end| *end as usize) == Some(pieces.letters.len())
            && pieces.ends.windows(2).all(|pair| {
                pair[0] < pair[1] && pieces.letters.get(pair[0] as usize..pair[1] as usize).is_some()
            })
            && (1..pieces.scores.len()).all(|at| pieces.piece(at - 1) < pieces.piece(at))
            && pieces.scores.iter().chain([&unknown]).all(|score| score.is_finite());
        sound.then_some(pieces)
    }

    fn piece(&self, at: usize) -> &[u8] {
        &self.letters.as_bytes()[self.ends[at] as usize..self.ends[at + 1] as usize]
    }

    /// The rows of the pieces of a text, in order.
    pub(super) fn of(&self, text: &str) -> Vec<u32> {
        let text = spaced(text);
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let count = places.len() - 1;
        // The best cut up to each place: its score, where its last piece begins, and that piece's row.
        let mut best = vec![(f64::NEG_INFINITY, 0, UNKNOWN); count + 1];
        best[0].0 = 0.0;
        for from in 0..count {
            let base = best[from].0;
            let mut offer = |to: usize, score: f32, row: u32| {
                if base + f64::from(score) > best[to].0 {
                    best[to] = (base + f64::from(score), from, row);
                }
            };
            let mut single = false;
            // The pieces that begin as the text does from here.
            let mut range = 0..self.scores.len();
            for to in from + 1..=count {
                let wanted = &text.as_bytes()[places[from]..places[to]];
                range = self.beginning(range, wanted);
                if range.is_empty() {
                    break;
                }
                if self.piece(range.start) == wanted {
                    offer(to, self.scores[range.start], (range.start + SPECIAL) as u32);
                    single |= to == from + 1;
                }
            }
            if !single {
                offer(from + 1, self.unknown, UNKNOWN);
            }
        }
        let mut rows = Vec::new();
        let mut at = count;
        while at > 0 {
            rows.push(best[at].2);
            at = best[at].1;
        }
        rows.reverse();
        rows
    }

    /// Those of a range of pieces that begin like this.
    fn beginning(&self, range: std::ops::Range<usize>, wanted: &[u8]) -> std::ops::Range<usize> {
        let first = |after: bool| {
            let (mut low, mut high) = (range.start, range.end);
            while low < high {
                let middle = usize::midpoint(low, high);
                let piece = self.piece(middle);
                let piece = &piece[..piece.len().min(wanted.len())];
                if piece < wanted || after && piece == wanted { low = middle + 1 } else { high = middle }
            }
            low
        };
        first(false)..first(true)
    }
}

/// The text as the model has read texts: compatible forms made one, each run of blanks a sign before the next word.
fn spaced(text: &str) -> String {
    let mut out = String::new();
    for word in text.nfkc().take(MOST_LETTERS).collect::<String>().split_whitespace() {
        out.push(SPACE);
        out.extend(word.chars().filter(|letter| !letter.is_control()));
    }
    out
}
