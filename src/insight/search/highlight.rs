//! Which letters of a displayed text answer a query.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem;

use super::letters::{self, BLANK, Traced};
use super::needle::is_sparse;
use crate::domain::query::{Filter, Place, Query};

/// Longer texts are not looked at beyond this many bytes.
const LONGEST: usize = 4096;

/// Byte ranges of `text` that answer the query: ascending, apart from each other, on character boundaries.
///
/// For each word: the beginnings of words, else the insides of words, else letters in their order that begin with
/// a word. Texts of filters count as words that leave nothing out; negated terms do not count.
pub fn highlight(query: &Query, text: &str) -> Vec<Range<usize>> {
    let end = (0..=text.len().min(LONGEST)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let text = &text[..end];
    let mut letters: Vec<(u32, u32)> = Vec::new();
    let terms: Vec<&Filter> =
        query.terms.iter().filter(|term| !term.negated).map(|term| &term.filter).collect();
    if !terms.is_empty() {
        let traced = Traced::new(text);
        for filter in terms {
            let sparse = matches!(filter, Filter::Word(_));
            for word in texts_of(filter) {
                hits(&traced, word, sparse, &mut letters);
                if let Some(digits) = letters::phone_digits(word) {
                    digit_hits(text, &digits, &mut letters);
                }
            }
        }
    }
    letters.sort_unstable();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (start, end) in letters {
        let (start, end) = (start as usize, end as usize);
        match ranges.last_mut() {
            Some(last) if last.end >= start => last.end = last.end.max(end),
            _ => ranges.push(start..end),
        }
    }
    ranges
}

/// The texts of a filter that may be seen in a contact.
fn texts_of(filter: &Filter) -> Vec<&str> {
    match filter {
        Filter::Word(texts)
        | Filter::Org(texts)
        | Filter::Title(texts)
        | Filter::Value(texts)
        | Filter::Tag(texts)
        | Filter::MetAt(texts)
        | Filter::Via(texts)
        | Filter::Note(texts) => texts.iter().map(String::as_str).collect(),
        Filter::Phrase(text) => vec![text],
        Filter::Market(markets) => markets.iter().map(|(name, _)| name.as_str()).collect(),
        Filter::In(places) => places
            .iter()
            .filter_map(|place| match place {
                Place::Me => None,
                Place::Named(name) => Some(name.as_str()),
            })
            .collect(),
        Filter::MetOn(_)
        | Filter::Close(..)
        | Filter::Next(_)
        | Filter::Is(_)
        | Filter::Has(_)
        | Filter::Stale(_) => Vec::new(),
    }
}

/// Adds the letters of the best kind of hits of a word.
fn hits(traced: &Traced, word: &str, sparse: bool, letters: &mut Vec<(u32, u32)>) {
    let form = letters::form(letters::bare_url(word));
    if form.is_empty() {
        return;
    }
    let text = traced.text.as_bytes();
    let found: Vec<usize> = memmem::find_iter(text, form.as_bytes()).collect();
    let begins = |at: usize| at == 0 || text[at - 1] == BLANK;
    let beginnings: Vec<usize> = found.iter().copied().filter(|at| begins(*at)).collect();
    let chosen = if beginnings.is_empty() { found } else { beginnings };
    for at in &chosen {
        letters.extend_from_slice(&traced.origin[*at..at + form.len()]);
    }
    let form = form.replace(' ', "");
    if chosen.is_empty() && sparse && form.len() > 1 && is_sparse(traced.text.chars(), form.chars(), ' ') {
        let matcher = SkimMatcherV2::default().respect_case();
        let Some((_, places)) = matcher.fuzzy_indices(&traced.text, &form) else { return };
        let starts: Vec<usize> = traced.text.char_indices().map(|(at, _)| at).collect();
        letters.extend(places.into_iter().map(|place| traced.origin[starts[place]]));
    }
}

/// Adds the digits of phone numbers that hold these digits, whatever stands between them.
fn digit_hits(text: &str, digits: &str, letters: &mut Vec<(u32, u32)>) {
    let mut run = String::new();
    let mut origin: Vec<(u32, u32)> = Vec::new();
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() || !letters::is_phone_mark(c) {
            run.push(if c.is_ascii_digit() { c } else { '|' });
            origin.push((at as u32, (at + c.len_utf8()) as u32));
        }
    }
    for at in memmem::find_iter(run.as_bytes(), digits.as_bytes()) {
        letters.extend_from_slice(&origin[at..at + digits.len()]);
    }
}
