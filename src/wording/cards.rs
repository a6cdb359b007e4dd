//! Words for what reading a card noticed.

use super::i18n::Lang;
use crate::capture::printed::{CardField, CardProblem};

/// A field of a card: *organisation*.
pub fn field(field: CardField, lang: Lang) -> String {
    let words = lang.catalogue();
    match field {
        CardField::Name => words.card_field_name(),
        CardField::Credential => words.card_field_credential(),
        CardField::Title => words.card_field_title(),
        CardField::Org => words.card_field_org(),
        CardField::Phone => words.card_field_phone(),
        CardField::Email => words.card_field_email(),
        CardField::Url => words.card_field_url(),
        CardField::Address => words.card_field_address(),
        CardField::Language => words.card_field_language(),
        CardField::Note => words.card_field_note(),
    }
}

/// What should be said about a card: *there seem to be several cards in this picture*.
pub fn problem(problem: &CardProblem, lang: Lang) -> String {
    let words = lang.catalogue();
    match problem {
        CardProblem::Unreadable => words.card_unreadable(),
        CardProblem::NoRecognition => words.card_no_recognition(),
        CardProblem::OtherEngine { detail } => words.card_other_engine(detail.as_str()),
        CardProblem::Handwriting => words.card_handwriting(),
        CardProblem::Unsure { text } => words.card_unsure(text.as_str()),
        CardProblem::SeveralCards => words.card_several(),
        CardProblem::TwoPeople { names } => words.card_two_people(names.join(", ")),
        CardProblem::CodeDiffers { field: which, printed, coded } => {
            words.card_code_differs(field(*which, lang), coded.as_str(), printed.as_str())
        }
        CardProblem::OtherCode { text } => words.card_other_code(text.as_str()),
        CardProblem::TooMuch => words.card_too_much(),
    }
}

/// A short name for scripts, the same in both languages.
pub fn kind(problem: &CardProblem) -> &'static str {
    match problem {
        CardProblem::Unreadable => "unreadable",
        CardProblem::NoRecognition => "no_recognition",
        CardProblem::OtherEngine { .. } => "other_engine",
        CardProblem::Handwriting => "handwriting",
        CardProblem::Unsure { .. } => "unsure",
        CardProblem::SeveralCards => "several_cards",
        CardProblem::TwoPeople { .. } => "two_people",
        CardProblem::CodeDiffers { .. } => "code_differs",
        CardProblem::OtherCode { .. } => "other_code",
        CardProblem::TooMuch => "too_much",
    }
}
