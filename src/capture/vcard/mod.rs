//! vCards 2.1, 3.0 and 4.0 (RFC 6350, RFC 2426) and the short forms of codes, as people and programs really write them.
//!
//! | file | does |
//! | --- | --- |
//! | `property` | bytes to properties: character sets, folded lines, escapes |
//! | `person` | the properties of one card to a draft |
//! | `short` | `MECARD:` and `BIZCARD:` |
//!
//! Invariants: nothing makes it fail or take more than a few times its input's memory; a broken card never takes its
//! neighbours along; no address in a card is ever followed; what is not understood is kept as it stood.

mod person;
mod property;
mod short;

use super::Context;
use super::draft::Draft;
use super::printed::CardProblem;
use person::Person;
pub(super) use person::number;
use property::{Line, Property};
pub(super) use short::is_short;

/// One person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The fields.
    pub draft: Draft,
    /// The identifier that the card came with.
    pub uid: Option<String>,
    /// What should be said about it.
    pub problems: Vec<CardProblem>,
}

/// More cards than this in one text are not read.
const MOST_CARDS: usize = 20_000;
/// Longer input is cut.
const MOST_BYTES: usize = 64 << 20;

/// Whether a text holds a vCard or one of the short forms.
pub fn is_card(text: &str) -> bool {
    is_short(text) || text.lines().any(|line| begins(line.trim_start_matches('\u{feff}')))
}

fn begins(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        name.trim().eq_ignore_ascii_case("begin") && value.trim().eq_ignore_ascii_case("vcard")
    })
}

/// All people of a file or of a code's payload. Text around the cards is passed over.
pub fn read(bytes: &[u8], context: &Context) -> Vec<Card> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && is_short(text)
    {
        return short::read(text, context).into_iter().collect();
    }
    let mut cards = Vec::new();
    let mut open: Option<Person> = None;
    // Cards inside cards (`AGENT`) are somebody else's business.
    let mut nested = 0_usize;
    for line in property::lines(&bytes[..bytes.len().min(MOST_BYTES)]) {
        match line {
            Line::Property(property) if is_frame(&property, "BEGIN") => match &open {
                Some(person) if person.expects_another() || nested > 0 => nested += 1,
                _ => cards.extend(open.replace(Person::default()).map(|person| person.card(context))),
            },
            Line::Property(property) if is_frame(&property, "END") => {
                if nested > 0 {
                    nested -= 1;
                } else {
                    cards.extend(open.take().map(|person| person.card(context)));
                }
            }
            _ if nested > 0 => {}
            line => {
                if let Some(person) = &mut open {
                    person.take(line);
                }
            }
        }
        if cards.len() == MOST_CARDS {
            if let Some(last) = cards.last_mut() {
                last.problems.push(CardProblem::TooMuch);
            }
            return cards;
        }
    }
    cards.extend(open.map(|person| person.card(context)));
    cards
}

fn is_frame(property: &Property, name: &str) -> bool {
    property.name == name && property.value.trim().eq_ignore_ascii_case("vcard")
}

#[cfg(test)]
mod tests;
