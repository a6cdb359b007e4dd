//! The lines of one card, and which bytes of them are understood already.
//!
//! Every reader takes what it knows and leaves the rest; what nobody took is the note. So no letter can get lost.

use std::ops::Range;

use super::super::printed::Printed;
use crate::text::clean;

/// What a part of a line was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// The value of a field.
    Field,
    /// A word that says what stands beside it: *Tél. :*.
    Label,
    /// Words that no field wants, kept in the note: a licence number, opening hours, a slogan.
    Remark,
    /// What mail programs add: a disclaimer, the head of a quoted letter. Not in the note.
    Noise,
}

/// A line of a card.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Which line of the capture.
    pub index: usize,
    /// Its text, cleaned.
    pub text: String,
    /// How sure the reader of the picture is, 0 to 1.
    pub confidence: f32,
    /// Height of its letters; 0 for pasted text.
    pub height: f32,
    /// Paragraph or column.
    pub block: u16,
    /// An empty line or a rule stands before it.
    pub gap: bool,
    taken: Vec<(Range<usize>, Taken)>,
}

/// A run of a line that nobody has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Index into the sheet's rows.
    pub row: usize,
    /// Bytes of the row.
    pub range: Range<usize>,
    /// The text.
    pub text: String,
}

/// The lines of one card.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// In reading order.
    pub rows: Vec<Row>,
}

/// Longest line and most lines that are taken apart; what is beyond goes to the note.
const LONGEST_LINE: usize = 4_000;
const MOST_LINES: usize = 4_000;

impl Sheet {
    /// The lines of a capture; empty ones and rules are gaps.
    pub(super) fn of(printed: &Printed) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        let mut gap = false;
        for (index, line) in printed.lines.iter().enumerate() {
            let text = clean::line(&line.text);
            if !text.chars().any(char::is_alphanumeric) {
                // A quote mark alone is an empty line of the quoted letter.
                gap = true;
                continue;
            }
            let moved = rows.last().is_some_and(|last| last.block != line.block);
            rows.push(Row {
                index,
                text,
                confidence: line.confidence,
                height: line.height,
                block: line.block,
                gap: gap || moved,
                taken: Vec::new(),
            });
            gap = false;
        }
        Self { rows }
    }

    /// Some of the rows as a card of their own.
    pub(super) fn part(&self, rows: Range<usize>) -> Self {
        Self { rows: self.rows[rows].to_vec() }
    }

    /// Marks bytes of a row.
    pub(super) fn take(&mut self, row: usize, range: Range<usize>, what: Taken) {
        if !range.is_empty() {
            let taken = &mut self.rows[row].taken;
            taken.push((range, what));
            taken.sort_by_key(|(range, _)| range.start);
        }
    }

    /// Marks all of a row that nobody has taken.
    pub(super) fn take_row(&mut self, row: usize, what: Taken) {
        for range in self.rows[row].free() {
            self.take(row, range, what);
        }
    }

    /// The text of a row with what was taken painted over by bars, byte for byte.
    pub(super) fn visible(&self, row: usize) -> String {
        let row = &self.rows[row];
        if row.text.len() > LONGEST_LINE {
            return String::new();
        }
        let mut bytes = row.text.clone().into_bytes();
        for (range, _) in &row.taken {
            bytes[range.clone()].fill(b'|');
        }
        // Ranges stand on characters, so the painted text is one.
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// What nobody has taken, cut at bars, dots and wide dashes, in reading order.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        (0..self.rows.len().min(MOST_LINES)).flat_map(|row| self.pieces_of(row)).collect()
    }

    /// As [`Self::pieces`], of one row.
    pub(super) fn pieces_of(&self, row: usize) -> Vec<Piece> {
        let text = &self.rows[row].text;
        if text.len() > LONGEST_LINE {
            return Vec::new();
        }
        let mut pieces = Vec::new();
        for free in self.rows[row].free() {
            let mut start = free.start;
            for (at, length) in cuts(&text[free.clone()]) {
                push_piece(&mut pieces, row, text, start..free.start + at);
                start = free.start + at + length;
            }
            push_piece(&mut pieces, row, text, start..free.end);
        }
        pieces
    }

    /// What goes to the note, line by line, word for word.
    pub(super) fn note(&self) -> String {
        let mut lines = Vec::new();
        for row in &self.rows {
            let mut parts = Vec::new();
            let mut start = None;
            let mut end = 0;
            let kept = |range: &Range<usize>| {
                !row.taken.iter().any(|(taken, what)| {
                    *what != Taken::Remark && taken.start < range.end && range.start < taken.end
                })
            };
            for (at, c) in row.text.char_indices() {
                let range = at..at + c.len_utf8();
                if kept(&range) {
                    start.get_or_insert(at);
                    end = range.end;
                } else if let Some(from) = start.take() {
                    parts.push(trimmed(&row.text[from..end]));
                }
            }
            if let Some(from) = start {
                parts.push(trimmed(&row.text[from..end]));
            }
            parts.retain(|part| part.chars().any(char::is_alphanumeric));
            if !parts.is_empty() {
                lines.push(parts.join(" "));
            }
        }
        lines.join("\n")
    }

    /// The lines that hold noise, by index into the capture.
    pub(super) fn noise(&self) -> Vec<usize> {
        let noisy = |row: &&Row| row.taken.iter().any(|(_, what)| *what == Taken::Noise);
        self.rows.iter().filter(noisy).map(|row| row.index).collect()
    }
}

impl Row {
    /// The runs that nobody has taken.
    pub(super) fn free(&self) -> Vec<Range<usize>> {
        let mut free = Vec::new();
        let mut at = 0;
        for (taken, _) in &self.taken {
            if taken.start > at {
                free.push(at..taken.start);
            }
            at = at.max(taken.end);
        }
        if at < self.text.len() {
            free.push(at..self.text.len());
        }
        free
    }

    /// Nobody has taken anything of it.
    pub(super) fn is_untouched(&self) -> bool {
        self.taken.is_empty()
    }

    /// What a byte was taken for.
    pub(super) fn taken_at(&self, at: usize) -> Option<Taken> {
        self.taken.iter().find(|(range, _)| range.contains(&at)).map(|(_, what)| *what)
    }
}

/// Where a text is cut for sure: byte and length of the sign with its blanks.
fn cuts(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let before = text[..at].chars().next_back();
        let after = text[at + c.len_utf8()..].chars().next();
        let lone = before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace);
        let cut = match c {
            '|' | '•' | '¦' | '►' | '▪' | '■' | '●' | '‖' | '◆' | '★' | '☆' | '~' => true,
            '·' | '∙' | '/' | '-' | '–' | '—' | '+' | '*' | '_' | ':' | '=' => lone,
            ';' => after.is_none_or(char::is_whitespace),
            '<' | '>' => true,
            _ => !c.is_alphanumeric() && (c as u32) >= 0x2190,
        };
        if cut {
            found.push((at, c.len_utf8()));
        }
    }
    found
}

fn push_piece(pieces: &mut Vec<Piece>, row: usize, text: &str, range: Range<usize>) {
    let slice = &text[range.clone()];
    let idle = |c: char| {
        c.is_whitespace()
            || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '/' | '|' | '·' | '*' | '_' | '=' | '>' | '<')
    };
    let start = range.start + (slice.len() - slice.trim_start_matches(idle).len());
    let end = range.start + slice.trim_end_matches(idle).len();
    if start >= end || !text[start..end].chars().any(char::is_alphanumeric) {
        return;
    }
    let range = balanced(text, start..end);
    pieces.push(Piece { row, text: text[range.clone()].to_owned(), range });
}

/// Without a bracket at either end whose other half is missing.
fn balanced(text: &str, mut range: Range<usize>) -> Range<usize> {
    loop {
        let slice = &text[range.clone()];
        let (open, close) = (slice.matches('(').count(), slice.matches(')').count());
        if open > close && slice.starts_with('(') || close > open && slice.starts_with(')') {
            range.start += 1;
        } else if close > open && slice.ends_with(')') || open > close && slice.ends_with('(') {
            range.end -= 1;
        } else if open == 1 && slice.starts_with('(') && slice.ends_with(')') {
            range = range.start + 1..range.end - 1;
        } else {
            let slice = &text[range.clone()];
            let start = range.start + (slice.len() - slice.trim_start().len());
            return start..start + slice.trim().len();
        }
    }
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '·' | '•' | '-' | '–' | '—' | '/')
    })
}
