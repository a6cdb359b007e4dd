//! Small encoder files for tests, written as `assets/vectors/encoder.py` writes real ones.
//!
//! The network of such a file only passes on what stands in the rows, so that texts are alike as far as their words have the
//! same seeds.

const DIMENSIONS: usize = 512;
const BRANCH: usize = 256;
const NARROW: usize = 320;
const WIDE: usize = 1280;

/// The bytes of an encoder that knows these words, each with the seed of its meaning.
pub fn encoder(words: &[(&str, u32)]) -> Vec<u8> {
    let mut pieces: Vec<(String, u32)> =
        words.iter().map(|(word, seed)| (format!("\u{2581}{word}"), *seed)).collect();
    pieces.sort();
    let mut body = Vec::new();
    let letters: String = pieces.iter().map(|(piece, _)| piece.as_str()).collect();
    for number in [pieces.len() as u32, letters.len() as u32, 1] {
        body.extend(number.to_le_bytes());
    }
    for number in [-20.0_f32, 1e-6] {
        body.extend(number.to_le_bytes());
    }
    let mut end = 0_u32;
    body.extend(end.to_le_bytes());
    for (piece, _) in &pieces {
        end += piece.len() as u32;
        body.extend(end.to_le_bytes());
    }
    body.extend(letters.as_bytes());
    for _ in &pieces {
        body.extend((-5.0_f32).to_le_bytes());
    }
    for number in [1.0_f32 / 32.0, -1.0] {
        body.extend(number.to_le_bytes());
    }
    body.extend(vec![0; pieces.len() + 3]);
    let special = [None; 3].into_iter();
    for seed in special.chain(pieces.iter().map(|(_, seed)| Some(*seed))) {
        row(seed, &mut body);
    }
    dense(&mut body);
    let mut file = b"OBEN".to_vec();
    for number in [1, body.len() as u32, crc32fast::hash(&body)] {
        file.extend(number.to_le_bytes());
    }
    file.extend(body);
    file
}

/// A row of six bits a number; the middle of them is nothing.
fn row(seed: Option<u32>, into: &mut Vec<u8>) {
    let mut state = seed.unwrap_or(0).wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut number = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        if seed.is_some() { state >> 26 } else { 32 }
    };
    for _ in 0..DIMENSIONS / 4 {
        let word = number() | number() << 6 | number() << 12 | number() << 18;
        into.extend(&word.to_le_bytes()[..3]);
    }
}

/// The matrices: the branches say nothing, the rest passes on what it can.
fn dense(into: &mut Vec<u8>) {
    let mut matrix = |rows: usize, columns: usize, diagonal: bool| {
        for row in 0..rows {
            for column in 0..columns {
                let one = diagonal && row == column;
                into.extend(if one { 0x3c00_u16 } else { 0 }.to_le_bytes());
            }
        }
    };
    for seen in [2, 3, 5] {
        matrix(DIMENSIONS, BRANCH, false);
        matrix(3, BRANCH, false);
        for _ in 0..2 {
            matrix(seen * BRANCH, BRANCH, false);
            matrix(1, BRANCH, false);
        }
    }
    for _ in 0..WIDE {
        matrix(1, 1, true);
    }
    matrix(1, WIDE, false);
    matrix(WIDE, DIMENSIONS, true);
    matrix(1, DIMENSIONS, false);
    matrix(DIMENSIONS, NARROW, false);
    matrix(NARROW, NARROW, false);
    matrix(DIMENSIONS, NARROW, true);
    matrix(NARROW, DIMENSIONS, false);
    matrix(NARROW, DIMENSIONS, true);
    matrix(DIMENSIONS, DIMENSIONS, false);
}
