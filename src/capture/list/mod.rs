//! Pasted lists to people: attendees, tables, and pages of LinkedIn as they are copied.
//!
//! | file | what it reads |
//! | --- | --- |
//! | `linkedin`, `marks` | visitors of the profile, connections, search results, in French and English |
//! | `table` | columns by tabs, semicolons, bars or commas, with or without a header |
//! | `groups` | name, headline, organisation on lines one below the other |
//! | `headline` | `Directrice chez Boisdunord \| conférencière` to a hat |
//!
//! Invariants: pure, bounded, never panics. A text is a list only where two people or more are found and most of its
//! lines belong to them; lines that belong to nobody are told apart, not dropped.

mod groups;
mod headline;
mod linkedin;
mod marks;
mod table;

use super::Context;
use super::draft::Draft;
use super::line;
use crate::domain::id::ContactId;
use crate::domain::time::Timestamp;
use crate::text::clean;

/// Longest text that is looked at, in bytes.
pub const LONGEST: usize = 1_000_000;
/// Most people of one list.
pub const MOST: usize = 2_000;

/// Somebody on a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The lines that it came from.
    pub text: String,
    /// What they say.
    pub draft: Draft,
}

/// A list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// Its people, in order; [`MOST`] at most.
    pub entries: Vec<Entry>,
    /// Lines that belong to nobody: headings, people without a name.
    pub aside: Vec<String>,
}

impl Entry {
    /// The person as one line of the grammar, which reads back to the same fields.
    pub fn line(&self, ctx: &Context) -> String {
        let contact = self.draft.clone().into_contact(ContactId::NIL, Timestamp::UNIX_EPOCH);
        line::write(&contact, ctx)
    }
}

/// The people of a pasted list; `None` for a text that is none.
pub fn read(text: &str, ctx: &Context) -> Option<List> {
    if text.len() > LONGEST {
        return None;
    }
    let raw: Vec<&str> = text.lines().collect();
    let mut list =
        linkedin::read(&raw).or_else(|| table::read(&raw, ctx)).or_else(|| groups::read(&raw, ctx))?;
    list.entries.retain(|entry| !entry.draft.name.full.is_empty());
    list.entries.truncate(MOST);
    list.aside = list.aside.iter().map(|line| clean::line(line)).filter(|line| !line.is_empty()).collect();
    (list.entries.len() > 1).then_some(list)
}

/// As [`read`], people only.
pub fn entries(text: &str, ctx: &Context) -> Option<Vec<Entry>> {
    read(text, ctx).map(|list| list.entries)
}

/// A line without its bullet or number: `1. `, `12) `, `- `, `• `, `☐ `.
fn unbulleted(line: &str) -> &str {
    let trimmed = line.trim();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=4).contains(&digits) {
        let rest = &trimmed[digits..];
        if let Some(rest) =
            rest.strip_prefix(['.', ')', '-', ':']).filter(|rest| rest.starts_with([' ', '\t', '\u{a0}']))
        {
            return rest.trim_start();
        }
        if rest.starts_with('\t') {
            return rest.trim_start();
        }
    }
    trimmed.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '(' | '«' | '"' | '@'))
}

#[cfg(test)]
mod tests;
