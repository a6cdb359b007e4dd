//! Postal codes of Canada, the United States and France; letters and digits that pictures take for each other are put
//! right where the pattern says which they are.

use std::ops::Range;

use super::super::sheet::Sheet;
use super::regions::{STATE_NAMES, STATES};
use super::streets::street_at;
use crate::text::fold::fold;

/// Where a code stands.
pub(super) struct Code {
    pub row: usize,
    pub range: Range<usize>,
    /// The rest of a code that is torn over two lines.
    pub below: Option<Range<usize>>,
    pub postal: String,
    pub country: &'static str,
    /// It stands before the city, as in France.
    pub leads: bool,
    pub repaired: bool,
}

pub(super) fn next_code(sheet: &Sheet) -> Option<Code> {
    let french = sheet.rows.iter().any(|row| {
        let text = fold(&row.text);
        ["france", "+33", "cedex"].iter().any(|sign| text.contains(sign))
            || text.rsplit('.').next() == Some("fr")
    });
    (0..sheet.rows.len()).find_map(|row| {
        let text = sheet.visible(row);
        let torn = || torn_code(sheet, row, &text);
        canadian(&text)
            .map(|(range, postal, repaired)| Code {
                row,
                range,
                below: None,
                postal,
                country: "CA",
                leads: false,
                repaired,
            })
            .or_else(torn)
            .or_else(|| {
                american(&text).map(|(range, postal)| Code {
                    row,
                    range,
                    below: None,
                    postal,
                    country: "US",
                    leads: false,
                    repaired: false,
                })
            })
            .or_else(|| {
                let street_above =
                    row.checked_sub(1).is_some_and(|above| street_at(&sheet.visible(above)).is_some());
                french_code(&text).filter(|_| french || street_above).map(|(range, postal)| Code {
                    row,
                    range,
                    below: None,
                    postal,
                    country: "FR",
                    leads: true,
                    repaired: false,
                })
            })
    })
}

fn as_letter(c: u8) -> Option<u8> {
    match c.to_ascii_uppercase() {
        b'0' => Some(b'O'),
        b'1' => Some(b'I'),
        b'5' => Some(b'S'),
        b'8' => Some(b'B'),
        b'2' => Some(b'Z'),
        b'6' => Some(b'G'),
        c if c.is_ascii_uppercase() => Some(c),
        _ => None,
    }
}

fn as_digit(c: u8) -> Option<u8> {
    match c {
        b'O' | b'o' | b'Q' | b'D' => Some(b'0'),
        b'I' | b'l' | b'i' | b'|' => Some(b'1'),
        b'S' | b's' => Some(b'5'),
        b'B' => Some(b'8'),
        b'Z' | b'z' => Some(b'2'),
        b'G' => Some(b'6'),
        c if c.is_ascii_digit() => Some(c),
        _ => None,
    }
}

/// `A9A` or `9A9` with letters and digits that resemble each other put right; and how many were.
fn half(bytes: &[u8], letters_first: bool) -> Option<(String, usize)> {
    let mut out = String::new();
    let mut repaired = 0;
    for (at, c) in bytes.iter().enumerate() {
        let letter = (at % 2 == 0) == letters_first;
        let right = if letter { as_letter(*c)? } else { as_digit(*c)? };
        repaired += usize::from(right != c.to_ascii_uppercase());
        out.push(char::from(right));
    }
    Some((out, repaired))
}

/// Letters that may begin a Canadian code (Canada Post: none of D, F, I, O, Q, U, W, Z).
const FIRST: &str = "ABCEGHJKLMNPRSTVXY";

fn canadian(text: &str) -> Option<(Range<usize>, String, bool)> {
    let bytes = text.as_bytes();
    let free = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at)).is_none_or(|b| !b.is_ascii_alphanumeric() && *b < 0x80)
    };
    let mut best: Option<(usize, Range<usize>, String)> = None;
    for at in 0..bytes.len() {
        if !free(at.checked_sub(1)) || bytes[at] == b'|' {
            continue;
        }
        for gap in 0..=3usize {
            let between = bytes.get(at + 3..at + 3 + gap);
            if !between.is_some_and(|gap| gap.iter().all(|b| matches!(b, b' ' | b'-' | b'.'))) {
                continue;
            }
            let (Some(left), Some(right)) = (bytes.get(at..at + 3), bytes.get(at + 3 + gap..at + 6 + gap))
            else {
                continue;
            };
            let (Some((fsa, a)), Some((ldu, b))) = (half(left, true), half(right, false)) else { continue };
            let digits = [left, right].concat().iter().filter(|b| b.is_ascii_digit()).count();
            let sound = free(Some(at + 6 + gap))
                && a + b <= 2
                && fsa.starts_with(|c| FIRST.contains(c))
                && digits >= 1;
            // With letters for digits it needs capitals, lest a word be one.
            let dressed = a + b == 0
                || left
                    .iter()
                    .chain(right)
                    .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || *b == b'l');
            if sound && dressed && best.as_ref().is_none_or(|(worst, ..)| a + b < *worst) {
                best = Some((a + b, at..at + 6 + gap, format!("{fsa} {ldu}")));
            }
        }
    }
    best.map(|(repaired, range, postal)| (range, postal, repaired > 0))
}

/// `… Québec J1N` above `2A6`.
fn torn_code(sheet: &Sheet, row: usize, text: &str) -> Option<Code> {
    let trimmed = text.trim_end();
    let start = trimmed.len().checked_sub(3)?;
    let left = trimmed.as_bytes().get(start..)?;
    let free = start == 0 || !trimmed.as_bytes()[start - 1].is_ascii_alphanumeric();
    let (fsa, a) = half(left, true).filter(|(fsa, _)| free && fsa.starts_with(|c| FIRST.contains(c)))?;
    if row + 1 >= sheet.rows.len() || !trimmed.is_char_boundary(start) {
        return None;
    }
    let below = sheet.visible(row + 1);
    let lead = below.len() - below.trim_start().len();
    let right = below.as_bytes().get(lead..lead + 3)?;
    let (ldu, b) = half(right, false)?;
    let ends = below.as_bytes().get(lead + 3).is_none_or(|b| !b.is_ascii_alphanumeric());
    (ends && a + b <= 1).then(|| Code {
        row,
        range: start..trimmed.len(),
        below: Some(lead..lead + 3),
        postal: format!("{fsa} {ldu}"),
        country: "CA",
        leads: false,
        repaired: true,
    })
}

/// `VT 05401`, `Vermont 05401-1234`: the code only.
fn american(text: &str) -> Option<(Range<usize>, String)> {
    for (range, digits) in fives(text) {
        let before = text[..range.start].trim_end_matches([' ', ',']);
        let word = before.rsplit([' ', ',', '|']).next().unwrap_or_default();
        let folded = fold(before);
        let state = word.len() == 2 && STATES.contains(&format!(" {word} "))
            || STATE_NAMES.iter().any(|(name, _)| folded.ends_with(name));
        if !state {
            continue;
        }
        let rest = &text[range.end..];
        let more = rest
            .strip_prefix('-')
            .filter(|tail| tail.len() >= 4 && tail.bytes().take(4).all(|b| b.is_ascii_digit()));
        let end = range.end + if more.is_some() { 5 } else { 0 };
        let postal = if more.is_some() { text[range.start..end].to_owned() } else { digits };
        return Some((range.start..end, postal));
    }
    None
}

/// `75011 Paris`, `F-75011 Paris`.
fn french_code(text: &str) -> Option<(Range<usize>, String)> {
    fives(text).into_iter().find(|(range, _)| {
        let after = text[range.end..].trim_start();
        text[range.end..].starts_with(' ') && after.starts_with(char::is_uppercase)
    })
}

/// Runs of exactly five digits.
fn fives(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let count = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if count == 5 && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric()) {
            found.push((at..at + 5, text[at..at + 5].to_owned()));
        }
        at += count.max(1);
    }
    found
}
