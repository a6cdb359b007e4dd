//! What was captured, as lines and codes: a card image once its letters are known, a pasted block, an email's end.
//!
//! Kept beside the picture, so that the fields can be worked out again at any time; no field is decided here.
//!
//! Invariants: lines are clean, not empty, without line ends, and in reading order; numbers of blocks never go down;
//! lines of text have confidence 1 and no place. Codes keep their line ends.

use serde::{Deserialize, Serialize};

use crate::text::clean;

/// What a card says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Printed {
    /// Its lines, in reading order.
    pub lines: Vec<PrintedLine>,
    /// Payloads of its codes, each once, as coded.
    pub codes: Vec<String>,
    /// What was noticed while it was read.
    pub problems: Vec<CardProblem>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrintedLine {
    /// What it says.
    pub text: String,
    /// How sure its letters are, 0 to 1; 1 for text that was not read from a picture.
    pub confidence: f32,
    /// Where it stands in the picture.
    pub place: Option<Place>,
    /// Height of the line, as a share of the picture's height: about 1.5 times that of its capitals. 0 for text.
    pub height: f32,
    /// Lines that stand together, as a paragraph or in a column, have the same number.
    pub block: u16,
}

/// An upright rectangle of a picture; 0 is its left or upper edge, 1 the right or lower one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

/// What should be said about a card before anybody relies on its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardProblem {
    /// No letters and no code were found.
    Unreadable,
    /// This program was built without text recognition; only codes were read.
    NoRecognition,
    /// The program that was to read the letters could not; the models inside openbar read them.
    OtherEngine {
        /// Why, in the system's words.
        detail: String,
    },
    /// Most letters are not sure: handwriting, or a poor photo.
    Handwriting,
    /// A line whose letters are too unsure to become a field.
    Unsure {
        /// What it seems to say.
        text: String,
    },
    /// Several cards seem to lie in one picture.
    SeveralCards,
    /// One card seems to name several people.
    TwoPeople {
        /// Their names.
        names: Vec<String>,
    },
    /// The code says something else than the print; the code was believed.
    CodeDiffers {
        /// Which field.
        field: CardField,
        /// What is printed.
        printed: String,
        /// What the code says.
        coded: String,
    },
    /// A code that describes nobody; it was kept in the note.
    OtherCode {
        /// What it says.
        text: String,
    },
    /// There is more on it than is read; the rest was left out.
    TooMuch,
}

/// A field of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CardField {
    /// The name of the person.
    Name,
    /// A credential.
    Credential,
    /// A title.
    Title,
    /// An organisation.
    Org,
    /// A telephone number.
    Phone,
    /// An email address.
    Email,
    /// A web address.
    Url,
    /// A postal address.
    Address,
    /// The language to write in.
    Language,
    /// What was not understood.
    Note,
}

impl Printed {
    /// Text that was pasted or typed: a line for each of its lines, a new block after each empty one.
    pub fn of_text(text: &str) -> Self {
        let mut lines: Vec<PrintedLine> = Vec::new();
        let (mut block, mut gap) = (0_u16, false);
        for text in text.lines().map(clean::line) {
            if text.is_empty() {
                gap = true;
                continue;
            }
            if gap && !lines.is_empty() {
                block = block.saturating_add(1);
            }
            gap = false;
            lines.push(PrintedLine { text, confidence: 1.0, place: None, height: 0.0, block });
        }
        Self { lines, ..Self::default() }
    }

    /// All lines, an empty one between blocks.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (at, line) in self.lines.iter().enumerate() {
            if at > 0 {
                text.push_str(if self.lines[at - 1].block == line.block { "\n" } else { "\n\n" });
            }
            text.push_str(&line.text);
        }
        text
    }

    /// Mean confidence of all letters, 0 to 1; 0 without any.
    pub fn confidence(&self) -> f32 {
        let letters = |line: &PrintedLine| line.text.chars().count() as f32;
        let all: f32 = self.lines.iter().map(letters).sum();
        let sure: f32 = self.lines.iter().map(|line| line.confidence * letters(line)).sum();
        if all > 0.0 { sure / all } else { 0.0 }
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.codes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn empty_lines_part_blocks_of_text() {
        let printed = Printed::of_text("\n\nAnne  Roy\r\nSoudeuse\n \n\n819 555-0100\u{1b}[2J");
        let lines: Vec<_> = printed.lines.iter().map(|line| (line.text.as_str(), line.block)).collect();
        assert_eq!(lines, [("Anne Roy", 0), ("Soudeuse", 0), ("819 555-0100", 1)]);
        assert_eq!(printed.text(), "Anne Roy\nSoudeuse\n\n819 555-0100");
        assert!(printed.confidence() > 0.999);
    }

    #[test]
    fn nothing_says_nothing() {
        assert!(Printed::of_text(" \n\t\n").is_empty());
        assert!(Printed::default().confidence().abs() < f32::EPSILON);
    }

    proptest! {
        #[test]
        fn no_visible_letter_is_lost(text in "([a-zé0-9@. ]{0,12}\n?){0,20}") {
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&Printed::of_text(&text).text()), letters(&clean::block(&text)));
        }
    }
}
