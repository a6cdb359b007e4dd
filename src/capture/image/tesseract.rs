//! The table that the program tesseract writes (`tsv`), to a [`Reading`]; running it is not done here.
//!
//! Invariants: any text is taken without a panic; at most `MOST_LINES` lines leave, each clean and not empty.

use super::ocr::{Doubt, Reading, TextLine};
use crate::text::clean;

/// No card has more; what comes after is left out.
const MOST_LINES: usize = 400;
/// Mean confidence below which most words are guesses: handwriting, a poor photo, or a picture that lies on its side.
const UNSURE: f32 = 0.6;
/// The row of a word, in the column `level`.
const WORD: &str = "5";

/// Reads the table. Lines are in tesseract's reading order; its blocks become blocks.
pub fn reading(tsv: &str) -> Reading {
    let mut lines: Vec<(LineOf, Vec<Word>)> = Vec::new();
    for word in tsv.lines().filter_map(word) {
        let room = lines.len() < MOST_LINES;
        match lines.last_mut() {
            Some((line, words)) if *line == word.line => words.push(word),
            _ if room => lines.push((word.line, vec![word])),
            _ => break,
        }
    }
    let (sum, letters) = lines.iter().flat_map(|(_, words)| words).fold((0.0, 0), |(sum, all), word| {
        let letters = word.text.chars().count();
        (sum + word.confidence * letters as f32, all + letters)
    });
    let confidence = if letters == 0 { 0.0 } else { sum / letters as f32 };
    let doubts = match (letters, confidence) {
        (0, _) => vec![Doubt::Nothing],
        (_, mean) if mean < UNSURE => vec![Doubt::Unsure],
        _ => Vec::new(),
    };
    let mut numbers = Vec::new();
    let lines = lines.into_iter().map(|(line, words)| {
        // Tesseract's numbers may skip; ours count up.
        if numbers.last() != Some(&line.block) {
            numbers.push(line.block);
        }
        joined(&words, numbers.len() - 1)
    });
    Reading { lines: lines.collect(), confidence, doubts, ..Reading::default() }
}

/// Which line a word stands on: page and block, paragraph and line.
#[derive(Clone, Copy, PartialEq, Eq)]
struct LineOf {
    block: (u32, u32),
    line: (u32, u32),
}

struct Word {
    line: LineOf,
    text: String,
    /// 0 to 1.
    confidence: f32,
    /// Left, top, right, bottom in pixels.
    edges: [f32; 4],
}

/// One row: level, page, block, paragraph, line, word, left, top, width, height, confidence in percent, text.
fn word(row: &str) -> Option<Word> {
    let mut cells = row.split('\t');
    if cells.next() != Some(WORD) {
        return None;
    }
    let mut number = || cells.next()?.parse::<f32>().ok().filter(|number| number.is_finite());
    let [page, block, paragraph, line] = [number()?, number()?, number()?, number()?].map(|n| n as u32);
    number()?;
    let [left, top, width, height, confidence] = [number()?, number()?, number()?, number()?, number()?];
    let text = clean::line(cells.next()?);
    (!text.is_empty()).then(|| Word {
        line: LineOf { block: (page, block), line: (paragraph, line) },
        text,
        confidence: (confidence / 100.0).clamp(0.0, 1.0),
        edges: [left, top, left + width, top + height],
    })
}

fn joined(words: &[Word], block: usize) -> TextLine {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let edge = |at: usize, by: fn(f32, f32) -> f32| {
        words.iter().map(|word| word.edges[at]).reduce(by).unwrap_or_default()
    };
    let (left, top, right, bottom) =
        (edge(0, f32::min), edge(1, f32::min), edge(2, f32::max), edge(3, f32::max));
    TextLine {
        text: texts.join(" "),
        confidence: words.iter().map(|word| word.confidence).sum::<f32>() / words.len().max(1) as f32,
        quad: [(left, top), (right, top), (right, bottom), (left, bottom)],
        height: bottom - top,
        block,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TABLE: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
        4\t1\t2\t1\t1\t0\t60\t175\t487\t30\t-1\t\n\
        5\t1\t2\t1\t1\t1\t60\t175\t196\t30\t90.3\tMIREILLE\n\
        5\t1\t2\t1\t1\t2\t267\t175\t280\t32\t91.3\tGAUDREAULT\n\
        5\t1\t2\t1\t2\t1\t61\t226\t72\t17\t89.8\tCRHA\n\
        5\t1\t4\t1\t1\t1\t61\t326\t72\t17\t95.0\t \n\
        5\t1\t4\t1\t1\t2\t61\t326\t72\t17\t95.0\tTél.\u{1b}[31m\n";

    #[test]
    fn words_become_lines_and_blocks() {
        let reading = reading(TABLE);
        let lines: Vec<(&str, usize)> =
            reading.lines.iter().map(|line| (line.text.as_str(), line.block)).collect();
        assert_eq!(lines, [("MIREILLE GAUDREAULT", 0), ("CRHA", 0), ("Tél.", 1)]);
        assert_eq!(reading.lines[0].quad[2], (547.0, 207.0));
        assert!(reading.confidence > 0.9 && reading.doubts.is_empty());
    }

    #[test]
    fn guesses_are_doubted() {
        assert_eq!(reading("").doubts, [Doubt::Nothing]);
        assert_eq!(reading("5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t31.5\tI1l|\n").doubts, [Doubt::Unsure]);
    }

    proptest! {
        #[test]
        fn any_text_is_taken(tsv in "(5\t[0-9.\t]{0,40}\t\\PC{0,8}\n|\\PC{0,30}\n){0,30}") {
            let reading = reading(&tsv);
            prop_assert!(reading.lines.iter().all(|line| clean::is_clean(&line.text) && !line.text.is_empty()));
        }
    }
}
