//! Which of a handful of texts fit what is being typed, accent-blind, with the letters that matched.
//!
//! For lists of at most a few thousand short texts (commands, files, completions); people are found by the index.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::text::fold::{Folded, fold};

/// What is being typed, ready to be compared.
pub struct Filter {
    words: Vec<String>,
    matcher: SkimMatcherV2,
}

/// How well a text fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The higher, the better.
    pub score: i64,
    /// Bytes of the text that matched, sorted.
    pub marks: Vec<Range<usize>>,
}

impl Filter {
    /// Reads what is typed: words that must all be found.
    pub fn new(typed: &str) -> Self {
        let words = fold(typed).split_whitespace().map(ToOwned::to_owned).collect();
        Self { words, matcher: SkimMatcherV2::default().respect_case() }
    }

    /// Whether nothing is typed: everything fits.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a name fits; `side` is a longer text that may hold the words as they are written.
    /// Gives the marks in the name and those in the other text.
    pub fn fit(&self, name: &str, side: &str) -> Option<(Fit, Vec<Range<usize>>)> {
        let (name, side) = (Folded::new(name), Folded::new(side));
        let mut fit = Fit::default();
        let mut beside = Vec::new();
        for word in &self.words {
            if let Some(at) = start_of(&name.text, word) {
                let begins = i64::from(at == 0);
                fit.score += 1000 + 500 * begins - name.text.len().min(200) as i64;
                fit.marks.push(name.original_range(at..at + word.len()));
            } else if let Some((score, letters)) = self.matcher.fuzzy_indices(&name.text, word) {
                fit.score += score.min(400);
                fit.marks.extend(letters_at(&name, &letters));
            } else if let Some(at) = start_of(&side.text, word) {
                fit.score += 50;
                beside.push(side.original_range(at..at + word.len()));
            } else {
                return None;
            }
        }
        Some((Fit { score: fit.score, marks: joined(fit.marks) }, joined(beside)))
    }
}

/// Where a word stands in a folded text, at the start of one of its words if possible.
fn start_of(text: &str, word: &str) -> Option<usize> {
    let opens = |at: &usize| !text[..*at].ends_with(char::is_alphanumeric);
    text.match_indices(word).map(|(at, _)| at).find(opens).or_else(|| text.find(word))
}

fn letters_at(name: &Folded, letters: &[usize]) -> Vec<Range<usize>> {
    let starts: Vec<usize> = name.text.char_indices().map(|(at, _)| at).collect();
    letters
        .iter()
        .filter_map(|letter| starts.get(*letter))
        .map(|at| name.original_range(*at..*at + 1))
        .collect()
}

/// Sorted ranges, those that touch made one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(typed: &str, name: &str, side: &str) -> Option<i64> {
        Filter::new(typed).fit(name, side).map(|(fit, _)| fit.score)
    }

    #[test]
    fn names_come_before_what_stands_beside() {
        assert!(score("import", "Import", "") > score("import", "Add", "after an import"));
        assert!(score("im", "Import", "") > score("im", "Fill in", ""));
        assert_eq!(score("zz", "Import", "files"), None);
        assert_eq!(score("import zz", "Import", "files"), None);
    }

    #[test]
    fn accents_do_not_matter_and_marks_lead_back_to_the_letters() {
        let (fit, _) = Filter::new("evene").fit("Événement", "").expect("it fits");
        assert_eq!(fit.marks, vec![0.."Événe".len()]);
        let (fit, beside) = Filter::new("cœur").fit("Nom", "de tout coeur").expect("it fits");
        assert!(fit.marks.is_empty());
        assert_eq!(&"de tout coeur"[beside[0].clone()], "coeur");
    }

    #[test]
    fn letters_spread_over_a_name_still_fit() {
        let (fit, _) = Filter::new("mrkall").fit("Mark all", "").expect("it fits");
        assert!(!fit.marks.is_empty());
    }
}
