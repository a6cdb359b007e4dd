//! Streets, units and the cities beside them.

use super::super::spelling;
use crate::domain::contact::Address;
use crate::text::fold::fold;
use crate::text::words::{STREETS, TOWNS, UNITS};

/// A city that was printed in capitals is written as people write it.
pub(super) fn titled(city: &str) -> String {
    let letters = city.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 3 && !city.chars().any(char::is_lowercase) {
        spelling::title_case(city)
    } else {
        city.to_owned()
    }
}

/// Cuts `280, 2e Avenue, Weedon` into street and city; without a street all is the city, or its last words are.
pub(super) fn street_and_city(text: &str) -> (Option<&str>, &str) {
    let Some(street) = street_at(text) else {
        return (None, last_part(text));
    };
    let body = &text[street..];
    if let Some((left, right)) = body.rsplit_once([',', '|', '•', '·', ';']).filter(|(left, right)| {
        !unit_word(right)
            && street_at(left).is_some()
            && right.chars().any(char::is_alphabetic)
            && has_street_word(left)
    }) {
        return (Some(left.trim_end_matches([',', ' '])), right.trim());
    }
    if let Some((left, right)) = [" - ", " – ", " — "].iter().find_map(|dash| body.rsplit_once(dash)) {
        return (Some(left), right);
    }
    // No sign between street and town: the longest known town at the end, else the last word.
    let starts: Vec<usize> = body.match_indices(' ').map(|(at, _)| at + 1).collect();
    if let Some(at) = starts
        .iter()
        .copied()
        .filter(|at| has_street_word(&body[..*at]))
        .find(|at| TOWNS.has(&fold(&body[*at..])))
    {
        return (Some(body[..at].trim_end()), &body[at..]);
    }
    match body.rsplit_once(' ').filter(|(left, right)| {
        street_at(left).is_some()
            && right.starts_with(char::is_uppercase)
            && left.split(' ').count() >= 3
            && has_street_word(left)
    }) {
        Some((left, right)) => (Some(left.trim_end_matches(',')), right),
        None => (Some(body), ""),
    }
}

/// The city at the end of words without a street.
fn last_part(text: &str) -> &str {
    let part = text.rsplit([',', '|', '•', '·', ';', ':']).next().unwrap_or(text).trim();
    let part =
        [" - ", " – ", " — "].iter().find_map(|dash| part.rsplit_once(dash)).map_or(part, |(_, right)| right);
    if part.split(' ').count() <= 4 && !part.chars().any(|c| c.is_ascii_digit()) {
        return part;
    }
    part.match_indices(' ').map(|(at, _)| &part[at + 1..]).find(|tail| TOWNS.has(&fold(tail))).unwrap_or("")
}

/// Where a street with its number begins in a text.
pub(super) fn street_at(text: &str) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let starts = c.is_ascii_digit() && !before.is_alphanumeric() && before != '#' && before != '-';
        before = c;
        if starts && is_street(&text[at..]) {
            return Some(at);
        }
    }
    let folded = fold(text);
    let boxes = ["c.p.", "cp ", "case postale", "p.o. box", "po box", "b.p.", "bp ", "rr ", "r.r."];
    boxes
        .iter()
        .find_map(|word| {
            folded.find(word).filter(|at| {
                (*at == 0 || !folded.as_bytes()[at - 1].is_ascii_alphanumeric())
                    && folded[*at..].chars().any(|c| c.is_ascii_digit())
            })
        })
        .filter(|at| text.is_char_boundary(*at) && folded.len() == text.len() || *at == 0)
}

fn is_street(text: &str) -> bool {
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    if number > 6 {
        return false;
    }
    let rest = &text[number..];
    let rest = rest
        .strip_prefix(|c: char| c.is_ascii_alphabetic())
        .filter(|rest| rest.starts_with([' ', ',']))
        .unwrap_or(rest);
    let rest = match rest.strip_prefix(['-', '–']) {
        Some(more) => more.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    if !rest.starts_with([' ', ',', '\u{a0}']) {
        return false;
    }
    let stop = rest.find(['|', '•', '·']).unwrap_or(rest.len());
    has_street_word(&rest[..stop])
}

/// Whether one of the first words names a kind of street.
fn has_street_word(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .take(7)
        .any(|word| STREETS.has(fold(word).trim_end_matches('.')))
}

pub(super) fn unit_word(text: &str) -> bool {
    let trimmed = text.trim_start();
    let folded = fold(trimmed);
    let mut words = folded.split([' ', '.', '\u{a0}']).filter(|word| !word.is_empty());
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let numbered = |word: &str| word.chars().any(|c| c.is_ascii_digit()) || word.chars().count() == 1;
    trimmed.starts_with('#') && trimmed.chars().any(|c| c.is_ascii_digit())
        || UNITS.has(first) && (numbered(second.trim_start_matches(['#', 'n'])) || second.is_empty())
        || UNITS.has(second) && first.starts_with(|c: char| c.is_ascii_digit())
        || matches!(first, "rez-de-chaussee" | "rdc")
}

/// Splits a street from its unit and keeps both.
pub(super) fn set_street(text: &str, address: &mut Address) {
    let mut parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if let Some(at) = parts.iter().rposition(|part| unit_word(part)) {
        let unit = parts.remove(at);
        unit.clone_into(&mut address.unit);
    }
    let mut street = parts.join(", ");
    if address.unit.is_empty() {
        // `77 Dufferin Road Unit 3`, `1450 rue King Ouest bureau 210`
        let found = street
            .match_indices(' ')
            .map(|(at, _)| at)
            .skip(1)
            .find(|at| unit_word(&street[at + 1..]) && has_street_word(&street[..*at]));
        if let Some(at) = found {
            street[at + 1..].trim().clone_into(&mut address.unit);
            street.truncate(at);
        }
    }
    street.trim_matches([',', ' ', '-', '–', '|']).clone_into(&mut address.street);
}
