//! The search form of texts: what the index stores and what queries are turned into.
//!
//! Invariants: a search form holds folded letters, digits and single blanks between words only, so bytes below
//! [`BLANK`] are free to mark fields; folding the same text always gives the same form.

use unicode_normalization::char::is_combining_mark;

use crate::text::fold::{Folded, fold};

/// What stands between two words of a search form. Smaller bytes mark the start of a field.
pub(super) const BLANK: u8 = b' ';

/// Appends the search form of `text` to `out`. Nothing is appended for a text without letters and digits.
pub(super) fn append(text: &str, out: &mut String) {
    let start = out.len();
    let mut pending = false;
    let mut push = |c: char, out: &mut String| {
        if c.is_alphanumeric() || is_combining_mark(c) {
            if pending && out.len() > start {
                out.push(' ');
            }
            pending = false;
            out.push(c);
        } else {
            pending = true;
        }
    };
    if text.is_ascii() {
        for byte in text.bytes() {
            push(char::from(byte.to_ascii_lowercase()), out);
        }
    } else {
        for c in fold(text).chars() {
            push(c, out);
        }
    }
}

/// The search form of `text`.
pub(in crate::insight) fn form(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    append(text, &mut out);
    out
}

/// The digits of a text that is written like a phone number or a part of one; `None` when it holds anything else.
pub(in crate::insight) fn phone_digits(text: &str) -> Option<String> {
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            c if is_phone_mark(c) => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some(digits)
}

/// Whether the character stands between the digits of phone numbers.
pub(super) fn is_phone_mark(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}' | '\u{2011}' | '.' | '(' | ')' | '+' | '/')
}

/// What is left of a web address once everything that all addresses share is gone.
pub(super) fn bare_url(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    match rest.split_once("linkedin.com/") {
        Some((host, path)) if !host.contains('/') => path.strip_prefix("in/").unwrap_or(path),
        _ => rest,
    }
}

/// A search form whose every byte knows where it came from, for highlights.
pub(super) struct Traced {
    /// The search form.
    pub text: String,
    /// For each byte of `text`, the byte range of the original character.
    pub origin: Vec<(u32, u32)>,
}

impl Traced {
    pub(super) fn new(original: &str) -> Self {
        let folded = Folded::new(original);
        let mut traced = Self { text: String::new(), origin: Vec::new() };
        let mut pending = None;
        for (at, c) in folded.text.char_indices() {
            let from = folded.original_range(at..at + c.len_utf8());
            let (start, end) = (from.start as u32, from.end as u32);
            if c.is_alphanumeric() || is_combining_mark(c) {
                if let Some(blank) = pending.take()
                    && !traced.text.is_empty()
                {
                    traced.text.push(' ');
                    traced.origin.push(blank);
                }
                traced.text.push(c);
                traced.origin.extend(std::iter::repeat_n((start, end), c.len_utf8()));
            } else {
                pending.get_or_insert((start, end)).1 = end;
            }
        }
        traced
    }
}

/// Letters as bits, so that most rows that cannot match are passed over without reading their text.
///
/// `a`–`z` have a bit each; digits share four, all other characters two.
pub(super) fn letter_bit(c: char) -> u32 {
    match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        '0'..='9' => 1 << (26 + (c as u32 - '0' as u32) % 4),
        '\0'..=' ' => 0,
        _ => 1 << (30 + (c as u32) % 2),
    }
}

/// The bits of all letters of search forms; blanks and field marks have none.
pub(super) fn letters_of(form: &str) -> u32 {
    form.chars().fold(0, |bits, c| bits | letter_bit(c))
}

/// The bits of the letters that begin a word of search forms.
pub(super) fn initials_of(form: &str) -> u32 {
    form.split(|c: char| c <= ' ')
        .filter_map(|word| word.chars().next())
        .fold(0, |bits, c| bits | letter_bit(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_ligatures_and_punctuation_do_not_count() {
        assert_eq!(form("  Cœur-d’Alène, inc. "), "coeur d alene inc");
        assert_eq!(form("HYDRO-Québec"), "hydro quebec");
        assert_eq!(form("¡!"), "");
    }

    #[test]
    fn a_part_of_a_phone_number_is_its_digits() {
        assert_eq!(phone_digits("(819) 555-0123").as_deref(), Some("8195550123"));
        assert_eq!(phone_digits("555.0123").as_deref(), Some("5550123"));
        assert_eq!(phone_digits("a555"), None);
        assert_eq!(phone_digits("()"), None);
    }

    #[test]
    fn a_profile_address_keeps_what_is_its_own() {
        assert_eq!(bare_url("https://www.linkedin.com/in/jane-doe/"), "jane-doe/");
        assert_eq!(bare_url("https://ca.linkedin.com/in/jane"), "jane");
        assert_eq!(bare_url("http://acme.example/a"), "acme.example/a");
        assert_eq!(bare_url("acme.example/linkedin.com/in/x"), "acme.example/linkedin.com/in/x");
    }

    #[test]
    fn a_traced_form_is_the_form_and_points_back() {
        let original = "Éric L’Œuvre";
        let traced = Traced::new(original);
        assert_eq!(traced.text, form(original));
        let at = traced.text.find("oe").expect("folded");
        let (start, end) = traced.origin[at];
        assert_eq!(&original[start as usize..end as usize], "Œ");
        assert_eq!(traced.origin[at], traced.origin[at + 1]);
    }
}
