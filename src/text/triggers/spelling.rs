//! Words of triggers by how they are spelled, so that one error of typing in a text hides no trigger.
//!
//! Only words that no dictionary has are taken for errors: *maison* is not *raison*. Two words that an error could come
//! from equally well leave it an error.

use std::collections::HashMap;

/// Shorter words are one letter away from too many others.
pub(super) const SHORTEST: usize = 7;

/// The folded words of triggers, by first letter and length.
#[derive(Clone, Debug, Default)]
pub(super) struct Spelling {
    words: HashMap<(u8, usize), Vec<Box<str>>>,
}

impl Spelling {
    /// Of folded words; those that are too short or not of letters alone are left out.
    pub(super) fn of(words: impl IntoIterator<Item = String>) -> Self {
        let mut spelling = Self::default();
        for word in words {
            if word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                spelling.words.entry((word.as_bytes()[0], word.len())).or_default().push(word.into());
            }
        }
        for words in spelling.words.values_mut() {
            words.sort_unstable();
            words.dedup();
        }
        spelling
    }

    /// The word that a folded word with one error stands for; its plural counts as the same word.
    pub(super) fn nearest(&self, folded: &str) -> Option<&str> {
        let first = *folded.as_bytes().first()?;
        let lengths = folded.len().saturating_sub(1).max(SHORTEST)..=folded.len() + 1;
        let mut near = lengths
            .filter_map(|length| self.words.get(&(first, length)))
            .flatten()
            .map(AsRef::as_ref)
            .filter(|word: &&str| is_one_off(word.as_bytes(), folded.as_bytes()));
        let found = near.next()?;
        let singular = |word: &str| word.trim_end_matches('s').len();
        near.all(|other| other[..singular(other)] == found[..singular(found)]).then_some(found)
    }
}

/// Whether one letter is missing, too many, or another, or two neighbours have changed places.
fn is_one_off(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let common = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[common..], &long[common..]);
    match long.len() - short.len() {
        0 => match (short, long) {
            ([], []) => false,
            ([_, a @ ..], [_, b @ ..]) if a == b => true,
            ([a, b, rest @ ..], [c, d, more @ ..]) => a == d && b == c && rest == more,
            _ => false,
        },
        1 => short == &long[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelling() -> Spelling {
        Spelling::of(
            ["travailleur", "travailleurs", "recrutement", "fenetres", "couvreur", "couvreuse", "toit"]
                .map(Into::into),
        )
    }

    #[test]
    fn one_error_is_forgiven() {
        for (typed, meant) in [
            ("travaileurs", "travailleurs"),
            ("travailleursx", "travailleurs"),
            ("recrutment", "recrutement"),
            ("fenetrse", "fenetres"),
            ("fenetrez", "fenetres"),
        ] {
            assert_eq!(spelling().nearest(typed), Some(meant), "{typed}");
        }
    }

    #[test]
    fn two_errors_other_words_and_doubts_are_not() {
        for typed in ["travalieur", "xecrutement", "toitt", "", "recrutement"] {
            assert_eq!(spelling().nearest(typed), None, "{typed}");
        }
        let doubtful = Spelling::of(["batterie", "batteria"].map(Into::into));
        assert_eq!(doubtful.nearest("batteriu"), None);
    }
}
