//! Words of a text, with their places.

use std::ops::Range;

/// A word and the bytes where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The bytes in the text.
    pub range: Range<usize>,
    /// The word.
    pub text: &'a str,
}

/// Runs of letters and digits, with combining marks: `Garage Gélinas & Fils` has three, `St-Onge` two.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    runs(text, |c| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c))
}

/// Runs without white space or controls, punctuation and all.
pub fn chunks(text: &str) -> impl Iterator<Item = Word<'_>> {
    runs(text, |c| !c.is_whitespace() && !c.is_control())
}

fn runs(text: &str, inside: impl Fn(char) -> bool) -> impl Iterator<Item = Word<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(&inside)?;
        let end = text[start..].find(|c| !inside(c)).map_or(text.len(), |length| start + length);
        from = end;
        Some(Word { range: start..end, text: &text[start..end] })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits() {
        let found: Vec<&str> = words("Garage Gélinas & Fils, St-Onge 2e").map(|word| word.text).collect();
        assert_eq!(found, ["Garage", "Gélinas", "Fils", "St", "Onge", "2e"]);
        assert_eq!(chunks(" a,b\u{0}c ").map(|word| word.range).collect::<Vec<_>>(), [1..4, 5..6]);
    }
}
