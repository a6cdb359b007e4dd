//! A run of index rows, in the order of their identifiers, kept in a few big arrays and two texts.
//!
//! Invariants: all columns have the same length; identifiers ascend strictly; `text_end` and `show_end` ascend and
//! lie on character boundaries of their texts; the parts told by a row's lengths lie within the row's share.
//! [`Segment::is_sound`] tells whether all that holds, and is asked of everything that is read from a blob.

use super::columns::{Facts, Masks, Zone, day_of};
use crate::domain::contact::{Closeness, Door, Stage};
use crate::domain::id::ContactId;
use crate::domain::time::Date;

/// What stands between title and organisation in a headline.
pub(super) const COMMA: &str = ", ";

/// A contact in the columns of a list. Texts are cut at a few hundred bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Who.
    pub id: ContactId,
    /// The name to show.
    pub name: &'a str,
    /// Title and organisation of the main role, with a comma between them.
    pub headline: &'a str,
    /// Title of the main role; the beginning of `headline`.
    pub title: &'a str,
    /// Organisation of the main role; the end of `headline`.
    pub org: &'a str,
    /// Town of the first address, else the region.
    pub place: &'a str,
    /// The first few tags, with blanks between them.
    pub tags: &'a str,
    /// Declared closeness.
    pub closeness: Option<Closeness>,
    /// Pocket, active or archived.
    pub stage: Stage,
    /// Came in bulk and nobody has looked at it yet.
    pub unread: bool,
    /// Where an invitation on a network stands.
    pub door: Option<Door>,
    /// Next follow-up.
    pub next: Option<Date>,
}

/// A run of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Segment {
    pub ids: Vec<ContactId>,
    pub masks: Vec<Masks>,
    pub facts: Vec<Facts>,
    /// Whether any of them is archived: most segments need not be asked row by row.
    pub has_archived: bool,
    pub text_end: Vec<u32>,
    pub show_end: Vec<u32>,
    /// Search forms of all rows, each field after its mark.
    pub text: String,
    /// Display columns of all rows.
    pub show: String,
}

impl Segment {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The row of a contact.
    pub(super) fn find(&self, id: ContactId) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The row's whole text. Bytes, since a look at whole characters would fetch text that is not read then.
    pub(super) fn text_of(&self, row: usize) -> &[u8] {
        &self.text.as_bytes()[start_of(&self.text_end, row)..self.text_end[row] as usize]
    }

    /// One zone of the row's text.
    pub(super) fn zone_of(&self, row: usize, zone: Zone) -> &[u8] {
        let ends = &self.facts[row].zone_end;
        let start = (zone as usize).checked_sub(1).map_or(0, |before| ends[before]);
        &self.text_of(row)[usize::from(start)..usize::from(ends[zone as usize])]
    }

    /// Who introduced the person, in search form after its mark; empty when nobody did.
    pub(super) fn via_of(&self, row: usize) -> &[u8] {
        &self.text_of(row)[usize::from(self.facts[row].zone_end[Zone::Tail as usize])..]
    }

    fn shown_of(&self, row: usize) -> &str {
        &self.show[start_of(&self.show_end, row)..self.show_end[row] as usize]
    }

    /// The row as lists show it.
    pub(super) fn row(&self, row: usize) -> Row<'_> {
        let facts = &self.facts[row];
        let [name, title, org, place] = facts.show.map(usize::from);
        let (name, rest) = self.shown_of(row).split_at(name);
        let (headline, rest) = rest.split_at(headline_len(title, org));
        let (place, tags) = rest.split_at(place);
        Row {
            id: self.ids[row],
            name,
            headline,
            title: &headline[..title],
            org: &headline[headline.len() - org..],
            place,
            tags,
            closeness: facts.closeness(),
            stage: facts.stage(),
            unread: facts.unread(),
            door: facts.door(),
            next: day_of(facts.next),
        }
    }

    /// Appends a row of another segment, whose identifier must be above all others here.
    pub(super) fn push_row(&mut self, from: &Self, row: usize) {
        self.text.push_str(&from.text[start_of(&from.text_end, row)..from.text_end[row] as usize]);
        self.show.push_str(from.shown_of(row));
        self.push_columns(from.ids[row], from.masks[row], from.facts[row]);
    }

    /// Completes a row whose texts have just been appended.
    pub(super) fn push_columns(&mut self, id: ContactId, masks: Masks, facts: Facts) {
        self.ids.push(id);
        self.masks.push(masks);
        self.facts.push(facts);
        self.text_end.push(self.text.len() as u32);
        self.show_end.push(self.show.len() as u32);
    }

    /// Gives back memory that will not be needed: a finished segment never grows.
    pub(super) fn finish(mut self) -> Self {
        self.ids.shrink_to_fit();
        self.masks.shrink_to_fit();
        self.facts.shrink_to_fit();
        self.text_end.shrink_to_fit();
        self.show_end.shrink_to_fit();
        self.text.shrink_to_fit();
        self.show.shrink_to_fit();
        self.marked()
    }

    /// Notes what is asked of the segment as a whole.
    #[must_use]
    pub(super) fn marked(mut self) -> Self {
        self.has_archived = self.facts.iter().any(|facts| facts.stage() == Stage::Archived);
        self
    }

    /// Whether the invariants hold.
    pub(super) fn is_sound(&self) -> bool {
        let rows = self.ids.len();
        rows > 0
            && [self.masks.len(), self.facts.len(), self.text_end.len(), self.show_end.len()] == [rows; 4]
            && self.ids.is_sorted_by(|a, b| a < b)
            && (0..rows).all(|row| self.is_row_sound(row))
            && self.text_end[rows - 1] as usize == self.text.len()
            && self.show_end[rows - 1] as usize == self.show.len()
    }

    fn is_row_sound(&self, row: usize) -> bool {
        let facts = &self.facts[row];
        let share = |ends: &[u32]| start_of(ends, row)..ends[row] as usize;
        let (Some(text), Some(shown)) =
            (self.text.get(share(&self.text_end)), self.show.get(share(&self.show_end)))
        else {
            return false;
        };
        let zones = facts.zone_end.map(usize::from);
        let [name, title, org, place] = facts.show.map(usize::from);
        let headline = name + headline_len(title, org);
        zones.is_sorted()
            && zones.iter().all(|zone| text.is_char_boundary(*zone))
            && [name, name + title, headline.wrapping_sub(org), headline, headline + place]
                .iter()
                .all(|end| shown.is_char_boundary(*end))
    }
}

/// Bytes of a headline, from those of its title and organisation.
fn headline_len(title: usize, org: usize) -> usize {
    title + org + if title > 0 && org > 0 { COMMA.len() } else { 0 }
}

/// Where a row's share begins.
fn start_of(ends: &[u32], row: usize) -> usize {
    row.checked_sub(1).map_or(0, |before| ends[before] as usize)
}
