//! A card as it is matched: short texts with the field that each comes from, surnames hidden.
//!
//! A name is not a trade: `Garage Boulanger` bakes nothing. The person's own names, and family names where the rest
//! tells that they are names, are blotted out with as many bytes, so that a place in the text stays that place.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::domain::contact::Contact;
use crate::text::fold::fold;
use crate::text::words::DENIALS;
use crate::text::{tokens, words};

/// Where words on a card stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Field {
    /// A stated latent value.
    Value,
    /// A title or trade.
    Title,
    /// An organisation.
    Org,
    /// The note.
    Note,
    /// A tag.
    Tag,
    /// The event or place where the person was met.
    Event,
    /// A title once held.
    FormerTitle,
    /// An organisation once belonged to.
    FormerOrg,
}

/// The longest phrase of [`words::DENIALS`], in words.
const LONGEST_DENIAL: usize = 4;

impl Field {
    /// All, by number.
    pub const ALL: [Self; 8] = [
        Self::Value,
        Self::Title,
        Self::Org,
        Self::Note,
        Self::Tag,
        Self::Event,
        Self::FormerTitle,
        Self::FormerOrg,
    ];

    /// How much words in this field say about what the person can bring. What is stated as a value was said for that
    /// very purpose, and outweighs all else; then title over note over tags
    /// over event, as measured on two sets of graded needs; what is past counts less than what is.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Value => 1.3,
            Self::Title => 1.0,
            Self::Org | Self::Note => 0.9,
            Self::Tag => 0.8,
            Self::FormerTitle => 0.7,
            Self::FormerOrg => 0.5,
            Self::Event => 0.3,
        }
    }
}

/// A piece of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub field: Field,
    /// The text, names blotted out.
    pub text: String,
}

/// The pieces of a card: each title and organisation, the note's lines, tags, values, the event. An organisation stands
/// right before its title.
pub fn pieces(contact: &Contact) -> Vec<Piece> {
    let own = own_names(contact);
    let mut pieces = Vec::new();
    let mut push = |field, text: &str| {
        if !text.trim().is_empty() {
            pieces.push(Piece { field, text: blotted(text, field, &own) });
        }
    };
    for value in &contact.values {
        push(Field::Value, value);
    }
    for role in &contact.roles {
        let (org, title) =
            if role.former { (Field::FormerOrg, Field::FormerTitle) } else { (Field::Org, Field::Title) };
        push(org, &role.org);
        push(title, &role.title);
        for other in &role.org_alt {
            push(org, other);
        }
        for other in &role.title_alt {
            push(title, other);
        }
    }
    for line in contact.note.lines() {
        push(Field::Note, &without_denied(line));
    }
    for tag in &contact.tags {
        push(Field::Tag, &tag.replace(['-', '_'], " "));
    }
    if let Some(met) = &contact.met {
        push(Field::Event, &met.at);
    }
    pieces
}

/// The line with what it denies blotted out, to the end of the clause: *rien à voir avec le métier de charpentier*.
fn without_denied(line: &str) -> Cow<'_, str> {
    let words: Vec<(Range<usize>, String)> =
        tokens::words(line).map(|word| (word.range, fold(word.text))).collect();
    let mut out = Cow::Borrowed(line);
    for at in 0..words.len() {
        let denial = (1..=LONGEST_DENIAL.min(words.len() - at)).find(|length| {
            let said: Vec<&str> = words[at..at + length].iter().map(|(_, word)| word.as_str()).collect();
            DENIALS.has(&said.join(" "))
        });
        let Some(length) = denial else { continue };
        let from = words[at + length - 1].0.end;
        let rest = &line[from..];
        let to = from + rest.find(['.', ',', ';', ':', '!', '?', '(']).unwrap_or(rest.len());
        out.to_mut().replace_range(from..to, &" ".repeat(to - from));
    }
    out
}

fn own_names(contact: &Contact) -> HashSet<String> {
    let name = &contact.name;
    [&name.full, &name.given, &name.family, &name.nickname]
        .into_iter()
        .flat_map(|part| tokens::words(part))
        .map(|word| fold(word.text))
        .filter(|word| word.len() > 1)
        .collect()
}

/// The text with names blotted out.
fn blotted(text: &str, field: Field, own: &HashSet<String>) -> String {
    let words: Vec<(Range<usize>, String)> =
        tokens::words(text).map(|word| (word.range, fold(word.text))).collect();
    let org = matches!(field, Field::Org | Field::FormerOrg);
    let is_name = |at: usize| {
        let (range, folded) = &words[at];
        let capital = text[range.clone()].starts_with(char::is_uppercase);
        let family = capital && words::FAMILY.has(folded);
        match field {
            Field::Org | Field::FormerOrg => words.len() > 1 && (own.contains(folded) && capital || family),
            Field::Title | Field::FormerTitle | Field::Value => false,
            Field::Note | Field::Tag | Field::Event => {
                family && at > 0 && {
                    let (before, folded) = &words[at - 1];
                    text[before.clone()].starts_with(char::is_uppercase)
                        && (words::GIVEN.has(folded) || words::CIVILITIES.has(folded))
                }
            }
        }
    };
    let mut out = text.to_owned();
    let mut names = 0;
    for at in 0..words.len() {
        if is_name(at) && !(org && names + 1 == words.len()) {
            names += 1;
            let range = words[at].0.clone();
            let blot = "·";
            let fill = range.len().saturating_sub(blot.len());
            if range.len() >= blot.len() {
                out.replace_range(range, &format!("{blot}{}", " ".repeat(fill)));
            }
        }
    }
    out
}

/// The comma-separated parts of a text.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '\n', '·', '•', '|', '(', ')']).filter(|part| !part.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_note_denies_is_not_there() {
        let line =
            "Rien à voir avec le métier de charpentier; lit chaque soumission. N’est pas notaire, mais loue.";
        let left = without_denied(line);
        assert_eq!(left.len(), line.len());
        assert!(!left.contains("charpentier") && !left.contains("notaire"));
        assert!(left.contains("lit chaque soumission") && left.contains("mais loue"));
        assert!(matches!(without_denied("Vend des planches."), Cow::Borrowed(_)));
    }
}
