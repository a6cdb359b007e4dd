//! Words beside a market that change how somebody is tied to it: *owner*, *member*, *former*, *knows*, *looking for*.

use std::sync::LazyLock;

use serde::Deserialize;

use super::file::Field;
use crate::text::fold::fold;
use crate::text::stem::Tongue;
use crate::text::triggers::{Hit, Scanner, Triggers, keep_longest};

/// What a cue says of the markets beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Then {
    /// Has the say.
    Decides,
    /// Sells to it, where something else says what.
    Supplies,
    /// Belongs to it.
    Member,
    /// No longer.
    Former,
    /// Does or has it: what a single word of a note may mean.
    Works,
    /// Knows people there.
    Knows,
    /// Somebody else's, or only wished for.
    Away,
    /// Nothing.
    Plain,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    cue: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    then: Then,
    #[serde(rename = "in")]
    fields: Vec<Field>,
    fr: Vec<String>,
    en: Vec<String>,
}

/// All cues.
pub(super) struct Cues {
    entries: Vec<(Then, Vec<Field>)>,
    pub(super) triggers: Triggers,
}

/// The cues of `assets/markets/cues.toml`; none if it could not be read, which a test makes sure of.
pub(super) static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let document = toml::from_str(include_str!("../../../assets/markets/cues.toml"));
    let mut cues = Cues { entries: Vec::new(), triggers: Triggers::default() };
    for entry in document.map(|document: Document| document.cue).unwrap_or_default() {
        let owner = cues.entries.len() as u32;
        for (tongue, phrases) in [(Tongue::French, &entry.fr), (Tongue::English, &entry.en)] {
            for phrase in phrases {
                cues.triggers.add(tongue, phrase, owner);
            }
        }
        cues.entries.push((entry.then, entry.fields));
    }
    cues
});

/// A cue found in a text.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub then: Then,
    pub start: u32,
}

/// The cues in a text, the longest of those that meet.
pub(super) fn find(scanner: &mut Scanner<'_>, text: &str, field: Field) -> Vec<Cue> {
    let mut hits: Vec<Hit> = Vec::new();
    scanner.scan(text, &mut hits);
    hits.retain(|hit| CUES.entries[hit.owner as usize].1.contains(&field));
    keep_longest(&mut hits, |_, _| true);
    let cue = |hit: &Hit| Cue { then: CUES.entries[hit.owner as usize].0, start: hit.bytes.start };
    hits.iter().map(cue).collect()
}

/// Whether a word names people by what they do: *notaire*, *farmer*.
pub(super) fn names_people(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "eur", "euse", "trice", "ier", "iere", "iste", "ien", "ienne", "aire", "logue", "nome", "cat",
        "cate", "er", "or", "ist", "ian", "man", "woman", "tant", "ect", "ecte", "ote", "oute", "yor", "ess",
    ];
    let folded = fold(word);
    let singular = folded.trim_end_matches('s');
    ENDINGS.iter().any(|end| singular.ends_with(end))
}

/// Which part of a text a byte lies in: parts end at commas, brackets, dashes and the like.
pub(super) fn part_of(text: &str, at: u32) -> usize {
    let before = &text[..(at as usize).min(text.len())];
    let signs =
        before.matches([',', ';', '|', '–', '—', '•', '·', '(', ')', '/', '\n', '!', '?', ':']).count();
    signs + before.matches(" - ").count() + before.matches(". ").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(text: &str, field: Field) -> Vec<Then> {
        find(&mut Scanner::new(&CUES.triggers), text, field).iter().map(|cue| cue.then).collect()
    }

    #[test]
    fn the_longest_cue_counts() {
        assert_eq!(cues("Owner", Field::Title), [Then::Decides]);
        assert_eq!(cues("Product owner", Field::Title), [Then::Plain]);
        assert_eq!(cues("Vice-présidente, finances", Field::Title), [Then::Plain]);
        assert_eq!(cues("ex-maire", Field::Title), [Then::Former]);
        assert_eq!(cues("cherche un stage", Field::Note), [Then::Away]);
        assert_eq!(cues("cherche un stage", Field::Title), []);
    }

    #[test]
    fn parts_end_at_signs() {
        let text = "Pharmacist, owner - Hudson";
        assert_eq!([part_of(text, 0), part_of(text, 12), part_of(text, 20)], [0, 1, 2]);
    }
}
