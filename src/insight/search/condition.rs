//! The conditions of a query other than bare words, asked of one row.

use super::columns::{Facts, Zone, field};
use super::index::Index;
use super::needle::{Fit, Needle, best_hit};
use super::segment::Segment;
use crate::domain::contact::{Closeness, Door, Stage};
use crate::domain::query::State;
use crate::domain::{Book, ContactId};
use crate::insight::markets::{Roll, Seated};

/// A condition other than a bare word.
pub(super) enum Condition {
    /// In any of these states.
    Is { states: Vec<State>, today: u16 },
    /// Any of these things, or among these people, who ascend.
    Has { things: u16, people: Vec<ContactId> },
    /// Closeness from–to; 0 holds for undeclared closeness too.
    Close(u8, u8),
    /// A follow-up from–to.
    Next(u16, u16),
    /// Perhaps met from–to.
    MetOn(u16, u16),
    /// Last contact on this day or before.
    LastBy(u16),
    /// Any of these texts.
    Text(Vec<FieldText>),
    /// Any of these texts, or among these people, of whom those by the user's word count more.
    Market { texts: Vec<FieldText>, seated: Vec<Seated> },
    /// Introduced by somebody of such a name, or among these people, who ascend.
    Via { names: Vec<Needle>, tied: Vec<ContactId> },
    /// Any of the words, literally.
    Words(Vec<Needle>),
}

/// A text that must lie so in a field of one of these kinds; a hit in the `lesser` kinds counts a little less.
pub(super) struct FieldText {
    pub needle: Needle,
    pub fit: Fit,
    pub kinds: Kinds,
}

/// Kinds of fields of one zone, as bits of their marks.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    best: u32,
    lesser: u32,
}

impl Kinds {
    pub(super) const fn one(mark: u8) -> Self {
        Self { best: 1 << mark, lesser: 0 }
    }

    pub(super) const fn or_lesser(mark: u8, lesser: u8) -> Self {
        Self { best: 1 << mark, lesser: 1 << lesser }
    }

    fn zone(self) -> Zone {
        Zone::of(self.best.trailing_zeros() as u8)
    }
}

impl Kinds {
    /// All kinds of market ties.
    pub(super) const MARKETS: Self = Self { best: u32::MAX << field::MARKET, lesser: 0 };
}

/// What conditions may look at beside the row.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub book: &'a Book,
    pub index: &'a Index,
    /// Who is tied to which market by what their words suggest, where that is known.
    pub roll: Option<&'a Roll>,
}

impl Source<'_> {
    /// Whether a contact bears one of the names.
    pub(super) fn is_named(&self, id: ContactId, names: &[Needle]) -> bool {
        self.index.find(id).is_some_and(|(segment, row)| {
            let name = segment.zone_of(row, Zone::Name);
            names.iter().any(|needle| needle.fits_field(name, Fit::Prefix, &|_| true))
        })
    }

    /// Whether a contact was introduced by somebody of one of the names, told by name or uid.
    fn is_introduced(&self, segment: &Segment, row: usize, names: &[Needle]) -> bool {
        let via = segment.via_of(row);
        !via.is_empty()
            && (names.iter().any(|needle| needle.fits_field(via, Fit::Prefix, &|_| true))
                || self.introducer(segment.ids[row]).is_some_and(|by| self.is_named(by, names)))
    }

    fn introducer(&self, id: ContactId) -> Option<ContactId> {
        let via = &self.book.contact(id)?.met.as_ref()?.via;
        self.book.by_uid(via).map(|contact| contact.id)
    }
}

impl Condition {
    /// Cheap conditions are asked first.
    pub(super) fn cost(&self) -> u8 {
        match self {
            Self::Is { .. }
            | Self::Close(..)
            | Self::Next(..)
            | Self::MetOn(..)
            | Self::LastBy(_)
            | Self::Has { .. } => 0,
            Self::Text(_) => 1,
            Self::Market { .. } => 2,
            Self::Words(_) => 3,
            Self::Via { .. } => 4,
        }
    }

    /// `None` when the condition does not hold of a row, else whether it holds by something that counts less.
    pub(super) fn holds(&self, source: Source<'_>, segment: &Segment, row: usize) -> Option<bool> {
        let facts = &segment.facts[row];
        let among = |people: &[ContactId]| people.binary_search(&segment.ids[row]).is_ok();
        let holds = match self {
            Self::Is { states, today } => states.iter().any(|state| is(facts, *state, *today)),
            Self::Has { things, people } => facts.things & things != 0 || among(people),
            Self::Close(from, to) => (*from..=*to).contains(&facts.closeness().map_or(0, Closeness::level)),
            Self::Next(from, to) => facts.next > 0 && (*from..=*to).contains(&facts.next),
            Self::MetOn(from, to) => facts.met_from > 0 && facts.met_to >= *from && facts.met_from <= *to,
            Self::LastBy(day) => facts.last <= *day,
            Self::Text(texts) => return texts.iter().filter_map(|text| text.holds(segment, row)).min(),
            Self::Market { texts, seated } => {
                if let Some(lesser) = texts.iter().filter_map(|text| text.holds(segment, row)).min() {
                    return Some(lesser);
                }
                let stated = seated.iter().filter_map(|seated| seated.holds(segment.ids[row])).max();
                return stated.map(|stated| !stated);
            }
            Self::Words(needles) => best_hit(needles, segment, row).is_some(),
            Self::Via { names, tied } => among(tied) || source.is_introduced(segment, row, names),
        };
        holds.then_some(false)
    }
}

impl FieldText {
    /// As [`Condition::holds`].
    fn holds(&self, segment: &Segment, row: usize) -> Option<bool> {
        let zone = self.kinds.zone();
        if !self.needle.may_be_in(segment.masks[row][zone as usize]) {
            return None;
        }
        let text = segment.zone_of(row, zone);
        let within = |kinds: u32| self.needle.fits_field(text, self.fit, &|mark| kinds >> mark & 1 == 1);
        if within(self.kinds.best) {
            Some(false)
        } else {
            (self.kinds.lesser != 0 && within(self.kinds.lesser)).then_some(true)
        }
    }

    /// Whether any row of the segment holds the text.
    pub(super) fn is_anywhere(&self, segment: &Segment) -> bool {
        (0..segment.len()).any(|row| self.holds(segment, row).is_some())
    }
}

fn is(facts: &Facts, state: State, today: u16) -> bool {
    match state {
        State::Pocket => facts.stage() == Stage::Pocket,
        State::Active => facts.stage() == Stage::Active,
        State::Archived => facts.stage() == Stage::Archived,
        State::Unread => facts.unread(),
        State::Due => (1..=today).contains(&facts.next),
        State::Seen => facts.door() == Some(Door::Seen),
        State::Invited => facts.door() == Some(Door::Invited),
        State::Accepted => facts.door() == Some(Door::Accepted),
        State::Declined => facts.door() == Some(Door::Declined),
    }
}
