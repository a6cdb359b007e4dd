//! What several lines at once are: a list of people, cards, or a line with its remark.

use super::block::{self, CardReading};
use super::keys::Field;
use super::lex::{self, Kind};
use super::list::{self, List};
use super::printed::Printed;
use super::{Context, line};

/// A paste as understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Pasted {
    /// One line of the grammar; what stood below its first line is its note.
    Line(String),
    /// Signatures or the texts of cards.
    Cards(Vec<CardReading>),
    /// A list of people.
    People(List),
}

/// What is captured for one person of a paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// A line, or several that are read as a block.
    pub text: String,
    /// The person stood on a list: seen, perhaps not met.
    pub listed: bool,
}

/// Reads a paste. Never fails; what is neither list nor card is a line with its note.
pub fn read(text: &str, ctx: &Context) -> Pasted {
    let text = text.trim();
    if !text.contains('\n') {
        return Pasted::Line(text.to_owned());
    }
    if let Some(people) = list::read(text, ctx) {
        return Pasted::People(people);
    }
    let first = text.lines().next().unwrap_or_default();
    if !is_signed(first, ctx) {
        let cards = block::read(&Printed::of_text(text), ctx);
        if !cards.is_empty() && cards.iter().all(is_somebody) {
            return Pasted::Cards(cards);
        }
    }
    Pasted::Line(line::of_block(text))
}

/// Whether the first line is written in the grammar's signs: then the lines below are its note.
fn is_signed(first: &str, ctx: &Context) -> bool {
    if line::read(first, ctx).intent != line::Intent::Contact {
        return true;
    }
    // `Nom : Anne Roy` is how directories write, too; `#prospect` is not.
    let ours = [
        Field::Value,
        Field::Tag,
        Field::Market,
        Field::Met,
        Field::Via,
        Field::Knows,
        Field::Close,
        Field::Next,
    ];
    lex::tokens(first, ctx).iter().any(|token| match token.kind {
        Kind::Key(field) => {
            ours.contains(&field) || !first[token.range.clone()].starts_with(char::is_alphabetic)
        }
        _ => false,
    })
}

/// A card says who it is of, and something besides.
fn is_somebody(card: &CardReading) -> bool {
    let draft = &card.draft;
    let reachable = !draft.phones.is_empty() || !draft.emails.is_empty();
    let placed = !draft.roles.is_empty() || !draft.addresses.is_empty() || !draft.urls.is_empty();
    !draft.name.full.is_empty() && (reachable || placed) || reachable && placed
}

impl Pasted {
    /// How many people it is about.
    pub fn people(&self) -> usize {
        match self {
            Self::Line(_) => 1,
            Self::Cards(cards) => cards.len(),
            Self::People(list) => list.entries.len(),
        }
    }

    /// Each person as a capture of its own; together they hold every line that belongs to somebody.
    pub fn parts(&self, ctx: &Context) -> Vec<Part> {
        match self {
            Self::Line(text) => vec![Part { text: text.clone(), listed: false }],
            Self::Cards(cards) => {
                cards.iter().map(|card| Part { text: card.text.clone(), listed: false }).collect()
            }
            Self::People(list) => {
                list.entries.iter().map(|entry| Part { text: entry.line(ctx), listed: true }).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::Language;

    fn ctx() -> Context {
        Context::new(jiff::civil::date(2026, 11, 23), Language::French)
    }

    fn texts(pasted: &str) -> Vec<(String, bool)> {
        read(pasted, &ctx()).parts(&ctx()).into_iter().map(|part| (part.text, part.listed)).collect()
    }

    #[test]
    fn a_line_with_remarks_stays_a_line() {
        for text in [
            "Réjean Roy",
            "Réjean @Scierie Roy =bois\nveut un devis\n\nrappeler",
            "besoin: comptable\npour mars",
        ] {
            assert!(matches!(read(text, &ctx()), Pasted::Line(_)), "{text}");
        }
        assert_eq!(
            texts("vu au salon\nveut un devis"),
            [("vu au salon note:veut un devis".to_owned(), false)]
        );
    }

    #[test]
    fn cards_and_lists_are_told_apart() {
        let card = "Anne Roy\nNotaire\n819 555-0101";
        assert_eq!(texts(card), [(card.to_owned(), false)]);
        let two = format!("{card}\n\nMarc Côté\nmarc.cote@exemple.ca");
        assert_eq!(texts(&two).len(), 2);
        let list = "Anne Roy, notaire, Roy et Fils\nMarc Côté, acheteur, Kruger";
        assert_eq!(
            texts(list),
            [
                ("Anne Roy, notaire @Roy et Fils".to_owned(), true),
                ("Marc Côté, acheteur @Kruger".to_owned(), true)
            ]
        );
    }
}
