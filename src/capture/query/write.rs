//! Query to canonical text: signs, English keys, ISO dates. Meant for storing and for machines; a person's own words
//! are never replaced by it.

use super::super::Context;
use super::super::keys::{self, Field};
use super::super::lex::quote;
use super::super::line::how_word;
use super::read::read;
use super::states::{STATES, THINGS, word_of};
use crate::domain::contact::Language;
use crate::domain::query::{Days, Filter, Place, Query, Term};
use crate::domain::time::Date;
use crate::text::dates::{Lean, days};

/// Writes a query so that [`super::read`] gives it back.
pub fn write(query: &Query) -> String {
    query.terms.iter().map(term).filter(|term| !term.is_empty()).collect::<Vec<_>>().join(" ")
}

fn term(term: &Term) -> String {
    let body = filter(term);
    if body.is_empty() || !term.negated { body } else { format!("-{body}") }
}

fn filter(term: &Term) -> String {
    match &term.filter {
        Filter::Word(words) => bare(words, term.negated),
        Filter::Phrase(phrase) => quote(phrase),
        Filter::Org(list) => listed(Field::Org, list),
        Filter::Title(list) => listed(Field::Title, list),
        Filter::Value(list) => listed(Field::Value, list),
        Filter::Tag(list) => listed(Field::Tag, list),
        Filter::Via(list) => listed(Field::Via, list),
        Filter::Note(list) => listed(Field::Note, list),
        Filter::MetAt(list) => {
            // Quotes tell a place from a date.
            let parts = list
                .iter()
                .map(|at| if days(at, reference(), Lean::Back).is_some() { quote(at) } else { value(at) });
            with(Field::Met, parts)
        }
        Filter::Market(list) => with(
            Field::Market,
            list.iter().map(|(name, how)| match how {
                Some(how) => format!("{}:{}", value(name), how_word(*how, Language::English)),
                None => value(name),
            }),
        ),
        Filter::In(places) => with(
            Field::In,
            places.iter().map(|place| match place {
                Place::Me => "me".to_owned(),
                Place::Named(name) if matches!(crate::text::fold::fold(name).as_str(), "me" | "moi") => {
                    quote(name)
                }
                Place::Named(name) => value(name),
            }),
        ),
        Filter::MetOn(days) => format!("met:{}", range(days)),
        Filter::Next(days) => format!("next:{}", range(days)),
        Filter::Close(from, to) if from == to => format!("close:{from}"),
        Filter::Close(from, 5) => format!("close:{from}.."),
        Filter::Close(0, to) => format!("close:..{to}"),
        Filter::Close(from, to) => format!("close:{from}..{to}"),
        Filter::Is(states) => {
            format!("is:{}", states.iter().map(|state| word_of(STATES, *state)).collect::<Vec<_>>().join(","))
        }
        Filter::Has(things) => {
            format!(
                "has:{}",
                things.iter().map(|thing| word_of(THINGS, *thing)).collect::<Vec<_>>().join(",")
            )
        }
        Filter::Stale(days) => format!("stale:{days}d"),
    }
}

/// Any day: only used to see whether a text would be a date at all.
fn reference() -> Date {
    Date::constant(2000, 6, 15)
}

/// Bare words where they read back as such, else behind their key.
fn bare(words: &[String], negated: bool) -> String {
    let plain = words.join(",");
    let ctx = Context::new(reference(), Language::English);
    let minus = if negated { "-" } else { "" };
    let back = read(&format!("{minus}{plain}"), &ctx).query.terms;
    let same = matches!(back.as_slice(), [Term { negated: n, filter: Filter::Word(read) }] if *n == negated && read == words);
    let foreign = plain.contains(|c: char| c.is_ascii_digit()) && plain.contains(['+', '(', ' ', '.', '-']);
    // An open quote would reach into the next term.
    let quotes = plain.contains(['"', '“', '”', '«', '»']);
    if same && !foreign && !quotes { plain } else { with(Field::Word, words.iter().map(|word| quote(word))) }
}

fn listed(field: Field, list: &[String]) -> String {
    with(field, list.iter().map(|text| value(text)))
}

fn with(field: Field, parts: impl Iterator<Item = String>) -> String {
    let parts = parts.collect::<Vec<_>>().join(",");
    format!("{}{parts}", keys::written(field, Language::English))
}

/// A value: bare if it is one word of letters, digits and quiet marks.
fn value(text: &str) -> String {
    let quiet = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'' | '&' | '/');
    if text.starts_with(char::is_alphabetic) && text.chars().all(quiet) {
        text.to_owned()
    } else {
        quote(text)
    }
}

fn range(days: &Days) -> String {
    match (days.from, days.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (from, to) => {
            let end = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
            format!("{}..{}", end(from), end(to))
        }
    }
}
