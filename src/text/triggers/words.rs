//! A text as triggers are looked for in it: its words, abbreviations joined, added feminine endings left out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

use super::Passed;
use crate::text::fold::fold;
use crate::text::stem::Tongue;
use crate::text::tokens;
use crate::text::words::entries;

/// Endings that inclusive spelling adds to a word: *directeur(trice)*, *ingénieur·e*, *conseiller-ère*.
const ADDED_ENDINGS: &[&str] = &[
    "e", "es", "s", "ere", "eres", "iere", "ieres", "ne", "nes", "trice", "trices", "euse", "euses", "ve",
    "ves", "ale", "elle", "le",
];
/// Signs between a word and an ending added to it.
const ADDING: &[&str] = &["(", "·", "•", ".", "-", "‧", "/"];
/// Signs that no phrase runs across.
const BARRIERS: &[char] = &[';', '|', '•', '·', '!', '?', '\n', '‖', '¦'];
/// A full stop after a longer word ends a sentence; after a shorter one it marks an abbreviation.
const LONGEST_ABBREVIATION: usize = 4;

/// Words without meaning of their own, lower-case with their accents.
static FUNCTION: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../assets/words/function.txt")).collect());
/// What people say around what they mean, in the same form.
static FILLER: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../assets/words/filler.txt")).collect());

/// Abbreviations and the words that they stand for, folded.
static ABBREVIATIONS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let lines = entries(include_str!("../../../assets/words/abbreviations.txt"));
    let pairs = lines.filter_map(|line| line.split_once(" = "));
    pairs.map(|(short, long)| (fold(short), long.to_owned())).collect()
});

/// A word as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// The bytes in the text.
    pub range: Range<usize>,
    /// The letters, where they are not simply those of the range: `C.P.A.` is `CPA`.
    pub joined: Option<Box<str>>,
    /// A sign that no phrase runs across stands before it.
    pub barred: bool,
}

impl Token {
    /// The letters, in the case of the text.
    pub(super) fn letters<'a>(&'a self, text: &'a str) -> &'a str {
        self.joined.as_deref().unwrap_or(&text[self.range.clone()])
    }
}

/// The word that an abbreviation stands for, else the word itself.
pub(super) fn expanded(folded: &str) -> &str {
    ABBREVIATIONS.get(folded).map_or(folded, String::as_str)
}

/// Whether a word, with its accents, has no meaning of its own. One letter before an apostrophe has none.
pub(super) fn is_function(lower: &str, passed: Passed) -> bool {
    FUNCTION.contains(lower) || passed == Passed::Fillers && FILLER.contains(lower)
}

/// The words of a text, written over `tokens`.
pub(super) fn read(text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut read = 0;
    for word in tokens::words(text) {
        let between = &text[read..word.range.start];
        read = word.range.end;
        let Some(last) = tokens.last_mut() else {
            tokens.push(Token { range: word.range, joined: None, barred: false });
            continue;
        };
        if let Some(joint) = joint(last, text, between, word.text) {
            last.joined = Some(format!("{}{joint}{}", last.letters(text), word.text).into());
            last.range.end = word.range.end;
        } else if !is_ending(between, word.text) && !is_possessive(between, word.text) {
            let barred = is_barrier(between, last.range.len(), word.text);
            tokens.push(Token { range: word.range, joined: None, barred });
        }
    }
}

/// What joins a word to the one before into one abbreviation: nothing for `C.P.A.` and `v.-p.`, `&` for `R & D`.
fn joint(before: &Token, text: &str, between: &str, after: &str) -> Option<&'static str> {
    let short =
        |word: &str, most: usize| word.chars().count() <= most && word.chars().all(char::is_alphabetic);
    let letters = before.letters(text);
    match between {
        "." | ".-" if short(after, 1) && (short(letters, 1) || before.joined.is_some()) => Some(""),
        "&" if short(letters, 2) && short(after, 2) => Some("&"),
        " & " if short(letters, 1) && short(after, 1) => Some("&"),
        _ => None,
    }
}

fn is_ending(between: &str, word: &str) -> bool {
    ADDING.contains(&between) && ADDED_ENDINGS.contains(&fold(word).as_str())
}

/// The `s` of *mayor's*.
fn is_possessive(between: &str, word: &str) -> bool {
    matches!(between, "'" | "’") && matches!(word, "s" | "S")
}

fn is_barrier(between: &str, before: usize, after: &str) -> bool {
    between.contains(BARRIERS)
        || before > LONGEST_ABBREVIATION
            && between.starts_with('.')
            && between.len() > 1
            && after.starts_with(char::is_uppercase)
}

/// A folded word without the endings of number and, in French, of gender.
pub(super) fn form(folded: &str, tongue: Tongue) -> String {
    let sibilant = ["ches", "shes", "xes", "sses"].iter().any(|end| folded.ends_with(end));
    let singular = match folded {
        word if word.ends_with("eaux") => word[..word.len() - 1].to_owned(),
        word if tongue == Tongue::English && sibilant => word[..word.len() - 2].to_owned(),
        word if word.len() > 4 && word.ends_with("aux") => format!("{}l", &word[..word.len() - 2]),
        word if word.len() > 4 && word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        word if word.len() > 3 => word.trim_end_matches(['s', 'x']).to_owned(),
        word => word.to_owned(),
    };
    if tongue == Tongue::English {
        return singular;
    }
    let masculine = match singular.as_str() {
        word if word.len() > 4 && word.ends_with("ie") => format!("{}y", &word[..word.len() - 2]),
        word if word.len() > 3 => word.trim_end_matches('e').to_owned(),
        word => word.to_owned(),
    };
    // *technicienne*, *professionnelle*: the consonant doubles before the ending.
    let mut letters = masculine.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last @ ('n' | 'l' | 't')), Some(before)) if last == before => {
            masculine[..masculine.len() - 1].to_owned()
        }
        _ => masculine,
    }
}

/// A number that tells words apart that differ in accents only, over the letters that make `stem`; 0 without accents.
/// Grave and acute count as one, since *évènement* and *événement* are.
pub(super) fn accents(lower: &str, stem: &str) -> u32 {
    if lower.is_ascii() {
        return 0;
    }
    let (mut hash, mut any, mut folded) = (0x811C_9DC5_u32, false, 0);
    for c in lower.chars().filter(|c| !is_combining_mark(*c)) {
        if folded >= stem.len() {
            break;
        }
        let plain = fold(c.encode_utf8(&mut [0; 4]));
        folded += plain.len();
        let accented = !c.is_ascii() && plain.len() == 1;
        any |= accented;
        let sign = match c {
            'è' => 'é',
            c if accented => c,
            _ => plain.chars().next().unwrap_or(c),
        };
        hash = (hash ^ sign as u32).wrapping_mul(0x0100_0193);
    }
    if any { hash | 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        read(text, &mut tokens);
        tokens
            .iter()
            .map(|token| format!("{}{}", if token.barred { "|" } else { "" }, token.letters(text)))
            .collect()
    }

    #[test]
    fn abbreviations_are_one_word() {
        assert_eq!(words("v.-p., C.P.A. et R & D"), ["vp", "CPA", "et", "R&D"]);
        assert_eq!(words("b&b H&M Roy & Fils"), ["b&b", "H&M", "Roy", "Fils"]);
        assert_eq!(words("dir. gén. Ville"), ["dir", "gén", "Ville"]);
        assert_eq!(expanded("gen"), "général");
    }

    #[test]
    fn added_endings_and_possessives_are_no_words() {
        assert_eq!(
            words("Conseiller(ère) municipal·e, ingénieur-e"),
            ["Conseiller", "municipal", "ingénieur"]
        );
        assert_eq!(words("mayor’s office"), ["mayor", "office"]);
    }

    #[test]
    fn number_and_gender_do_not_tell_forms_apart() {
        for (one, other) in [
            ("technicien", "techniciennes"),
            ("municipal", "municipaux"),
            ("bakery", "bakeries"),
            ("boulangerie", "boulangeries"),
            ("avocat", "avocates"),
            ("house", "houses"),
        ] {
            assert_eq!(form(one, Tongue::French), form(other, Tongue::French));
        }
        assert_ne!(form("usinage", Tongue::French), form("usine", Tongue::French));
        assert_eq!(form("bakeries", Tongue::English), form("bakery", Tongue::English));
        assert_eq!(form("churches", Tongue::English), form("church", Tongue::English));
        assert_eq!(form("tableaux", Tongue::French), form("tableau", Tongue::French));
        assert_ne!(form("pilote", Tongue::English), form("pilot", Tongue::English));
    }

    #[test]
    fn sentences_and_signs_bar_phrases() {
        assert_eq!(
            words("Il est maire. Conseil | ville; mrc"),
            ["Il", "est", "maire", "|Conseil", "|ville", "|mrc"]
        );
        assert_eq!(words("Dir. Loisirs"), ["Dir", "Loisirs"]);
    }

    #[test]
    fn accents_tell_words_apart_within_the_stem() {
        assert_ne!(accents("pêche", "pech"), accents("péché", "pech"));
        assert_eq!(accents("marché", "march"), 0);
        assert_eq!(accents("évènement", "even"), accents("événement", "even"));
        assert_eq!(accents("oeuf", "oeuf"), accents("œuf", "oeuf"));
    }
}
