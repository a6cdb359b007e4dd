//! A block of lines to people: an email signature, the text of a card, a directory entry, several cards.
//!
//! | file | its job |
//! | --- | --- |
//! | `sheet` | lines and which bytes of them are understood |
//! | `letter`, `prose`, `noise` | quotes, heads, prose, disclaimers; licence numbers, hours, slogans |
//! | `emails`, `phones`, `addresses` | what has a shape of its own |
//! | `directory` | lines that say what they are |
//! | `names`, `spelling`, `credentials`, `titles`, `organisations`, `languages` | what word lists and the rest of the card must tell |
//! | `coded` | vCards among the lines |
//! | `splitting`, `assembly` | one paste to cards, one card to fields |
//!
//! Invariants: pure, never panics, bounded by the text's length. Every letter of the input ends in a field, as the label
//! of one, in the note word for word, or in a line that the reading lists as noise.

mod addresses;
mod assembly;
mod coded;
pub(super) mod credentials;
mod directory;
mod emails;
mod languages;
mod letter;
pub(super) mod names;
mod noise;
pub(super) mod organisations;
mod phones;
mod prose;
mod sheet;
mod spelling;
mod splitting;
pub(super) mod titles;

use super::Context;
use super::draft::Draft;
pub use super::printed::CardField;
use super::printed::{CardProblem, Printed};
use sheet::Sheet;

/// One person as read from a card or block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardReading {
    /// The person.
    pub draft: Draft,
    /// What was understood, where, and how surely; in no order.
    pub fields: Vec<Understood>,
    /// The lines of this card.
    pub text: String,
    /// How sure the essentials are, 0 to 1.
    pub confidence: f32,
    /// What the person should look at.
    pub problems: Vec<CardProblem>,
    /// Lines of the capture of which some words are neither in a field nor in the note: disclaimers, quoted letters.
    pub noise: Vec<usize>,
}

/// A value with the line that it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// What it is.
    pub field: CardField,
    /// The value as it is shown.
    pub value: String,
    /// Index into the lines of the capture; `None` where it came from elsewhere, such as a code.
    pub line: Option<usize>,
    /// 0 to 1.
    pub confidence: f32,
}

/// Reads a block. One reading, or several where each part has its own name and means of contact; none for a block
/// without any letter or digit.
pub fn read(printed: &Printed, ctx: &Context) -> Vec<CardReading> {
    let (mut readings, rest) = coded::take(Sheet::of(printed), ctx);
    let pasted = printed.lines.iter().all(|line| line.place.is_none());
    let mut plain = lines(rest, pasted, ctx);
    // Words around vCards are their note, unless they are a card themselves.
    let stands_alone = |reading: &CardReading| {
        let draft = &reading.draft;
        !draft.name.full.is_empty() && !(draft.emails.is_empty() && draft.phones.is_empty())
    };
    match readings.first_mut() {
        Some(first) if !plain.iter().all(stands_alone) => {
            for reading in plain {
                let words = reading.text.clone();
                super::draft::add_note(&mut first.draft.note, &words);
                first.text = format!("{}\n{words}", first.text);
                first.noise.extend(reading.noise);
            }
        }
        _ => readings.append(&mut plain),
    }
    readings
}

fn lines(mut sheet: Sheet, pasted: bool, ctx: &Context) -> Vec<CardReading> {
    if sheet.rows.is_empty() {
        return Vec::new();
    }
    noise::letters(&mut sheet);
    let writer = if pasted { letter::unwrap(&mut sheet) } else { None };
    let parts = if pasted && writer.is_none() { splitting::cards(&sheet, ctx) } else { Vec::new() };
    if parts.is_empty() {
        return vec![assembly::card(sheet, writer, ctx)];
    }
    parts.into_iter().map(|rows| assembly::card(sheet.part(rows), None, ctx)).collect()
}

#[cfg(test)]
mod tests;
