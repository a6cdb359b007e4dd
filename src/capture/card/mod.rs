//! A captured card to people: its codes believed first, gaps filled from its print, differences told.
//!
//! | file | does |
//! | --- | --- |
//! | `codes` | payloads to people, addresses and the rest |
//! | `joining` | one person from a code and from print, or from both sides of a card |
//! | `parts` | several cards in one picture, several people on one card |
//! | `repair` | what pictures do to text |
//!
//! Invariants: pure; letters that are not sure never become fields (they are told, and kept in the note); nothing is
//! decided in silence: what was believed against something else is among the problems.

mod codes;
mod joining;
mod parts;
mod repair;

use super::Context;
pub use super::block::{CardReading, Understood};
use super::image::{self, Limits, Picture};
use super::printed::{CardProblem, Printed, PrintedLine};
use super::vcard;
use crate::domain::problem::InputReason;
use crate::text::charset;
pub use codes::CodeKind;

/// Lines whose letters are less sure become no fields: of print, few fall below, and those are wrong more often than
/// not.
const SURE: f32 = 0.7;
/// The same where most of a picture is unsure, as handwriting is.
const SURE_IN_HANDWRITING: f32 = 0.9;
/// Longest text that is read as a card, in bytes.
pub const LONGEST_TEXT: usize = 1_000_000;

/// What a file holds that somebody says is a card.
#[derive(Debug)]
pub enum Opened {
    /// An image, to be read.
    Picture(Picture),
    /// Text, or a vCard.
    Text(Printed),
}

/// Opens a file of a card by its bytes, whatever its name.
pub fn open(bytes: &[u8]) -> Result<Opened, InputReason> {
    let refused = match image::open(bytes, Limits::default()) {
        Ok(picture) => return Ok(Opened::Picture(picture)),
        Err(problem) => InputReason::from(problem),
    };
    if refused != InputReason::NotAnImage {
        return Err(refused);
    }
    match charset::text_of(bytes) {
        Some(_) if bytes.len() > LONGEST_TEXT => Err(InputReason::TooLarge { limit: LONGEST_TEXT as u64 }),
        Some(text) if text.trim().is_empty() => Err(InputReason::Empty),
        Some(text) => Ok(Opened::Text(text_card(&text))),
        None => Err(InputReason::NotAnImage),
    }
}

/// A card that is text: vCards in it are taken as codes, since their folded lines are no lines of print.
pub fn text_card(text: &str) -> Printed {
    if !vcard::is_card(text) {
        return Printed::of_text(text);
    }
    let (cards, around) = codes::apart(text);
    Printed { codes: vec![cards], ..Printed::of_text(&around) }
}

/// The people of a card: usually one, none for a card that says nothing.
pub fn read(printed: &Printed, context: &Context) -> Vec<CardReading> {
    let (sure, places, unsure) = sure_lines(printed);
    let mut readings = parts::read(&sure, context);
    for reading in &mut readings {
        if printed.lines.iter().any(|line| line.place.is_some()) {
            repair::fields(reading, &sure.lines);
        }
        let original = |line: usize| places.get(line).copied().unwrap_or(line);
        for field in &mut reading.fields {
            field.line = field.line.map(original);
        }
        reading.noise = reading.noise.iter().map(|line| original(*line)).collect();
    }
    let mut readings = codes::join(codes::read(&printed.codes, context), readings, context);
    if readings.is_empty() && !unsure.is_empty() {
        readings.push(CardReading::default());
    }
    if let Some(first) = readings.first_mut() {
        for line in unsure {
            super::draft::add_note(&mut first.draft.note, &line.text);
            first.problems.push(CardProblem::Unsure { text: line.text.clone() });
        }
    }
    for reading in &mut readings {
        for problem in printed.problems.iter().rev() {
            if !reading.problems.contains(problem) {
                reading.problems.insert(0, problem.clone());
            }
        }
    }
    readings
}

/// The lines whose letters are sure, put right, where each stood, and the others.
fn sure_lines(printed: &Printed) -> (Printed, Vec<usize>, Vec<&PrintedLine>) {
    let handwriting = printed.problems.contains(&CardProblem::Handwriting);
    let least = if handwriting { SURE_IN_HANDWRITING } else { SURE };
    let (mut sure, mut places, mut unsure) = (Printed::default(), Vec::new(), Vec::new());
    for (at, line) in printed.lines.iter().enumerate() {
        let of_picture = line.place.is_some();
        if of_picture && repair::is_mark(&line.text) {
            continue;
        }
        if line.confidence < least {
            unsure.push(line);
            continue;
        }
        let text = if of_picture { repair::figures(&line.text).into_owned() } else { line.text.clone() };
        match sure.lines.last_mut() {
            Some(above) if of_picture && repair::is_broken(above, line) => {
                above.text = format!("{} {text}", above.text);
            }
            _ => {
                sure.lines.push(PrintedLine { text, ..line.clone() });
                places.push(at);
            }
        }
    }
    sure.problems.clone_from(&printed.problems);
    (sure, places, unsure)
}

#[cfg(test)]
mod tests;
