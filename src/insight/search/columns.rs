//! What the index keeps of a contact beside its texts: letters as bits, facts that filters ask for, field marks.
//!
//! These columns are written to the index blob as they are: whoever changes their meaning raises the version there.

use jiff::ToSpan as _;

use crate::domain::contact::{Closeness, Contact, Door, MarketHow, Stage};
use crate::domain::query::Thing;
use crate::domain::time::Date;

/// Bytes that mark the start of a field in a row's text.
pub(super) mod field {
    pub(in crate::insight::search) const NAME: u8 = 1;
    pub(in crate::insight::search) const ORG: u8 = 2;
    pub(in crate::insight::search) const FORMER_ORG: u8 = 3;
    pub(in crate::insight::search) const TITLE: u8 = 4;
    pub(in crate::insight::search) const FORMER_TITLE: u8 = 5;
    pub(in crate::insight::search) const TAG: u8 = 6;
    pub(in crate::insight::search) const VALUE: u8 = 7;
    pub(in crate::insight::search) const EVENT: u8 = 8;
    pub(in crate::insight::search) const PLACE: u8 = 9;
    pub(in crate::insight::search) const NOTE: u8 = 10;
    pub(in crate::insight::search) const EMAIL: u8 = 11;
    pub(in crate::insight::search) const PHONE: u8 = 12;
    pub(in crate::insight::search) const URL: u8 = 13;
    /// Only the filter `via:` sees it.
    pub(in crate::insight::search) const VIA: u8 = 14;
    /// A market of which the hat is not known; those with a known hat follow, in the order of `MarketHow`.
    pub(in crate::insight::search) const MARKET: u8 = 15;
}

/// The parts of a row's text that words are sought in, in their order. What follows them only filters see.
///
/// Each has letters of its own, so that most rows are passed over, or searched in one short part only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Zone {
    /// Names and nickname.
    Name,
    /// Organisations of hats, present and past.
    Org,
    /// Titles of hats, present and past; credentials.
    Title,
    /// Tags, values, events, places and markets.
    Rest,
    /// Emails, phones, web addresses and notes. The last zone: subsequences do not count here, since a long note
    /// holds the letters of almost any word.
    Tail,
}

impl Zone {
    pub(super) const ALL: [Self; 5] = [Self::Name, Self::Org, Self::Title, Self::Rest, Self::Tail];

    /// The zone of a field's mark.
    pub(super) fn of(mark: u8) -> Self {
        match mark {
            field::NAME => Self::Name,
            field::ORG | field::FORMER_ORG => Self::Org,
            field::TITLE | field::FORMER_TITLE => Self::Title,
            field::NOTE..=field::VIA => Self::Tail,
            _ => Self::Rest,
        }
    }
}

/// Letters of one zone as bits, by [`letter_bit`](super::letters::letter_bit).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters {
    /// Letters that begin a word.
    pub initials: u32,
    /// All letters.
    pub all: u32,
}

/// The letters of all zones of a row.
pub(super) type Masks = [Letters; Zone::ALL.len()];

/// The mark of a market tie by its hat.
pub(super) fn market_mark(how: Option<MarketHow>) -> u8 {
    field::MARKET
        + match how {
            None => 0,
            Some(MarketHow::Decides) => 1,
            Some(MarketHow::Works) => 2,
            Some(MarketHow::Member) => 3,
            Some(MarketHow::Supplies) => 4,
            Some(MarketHow::Buys) => 5,
            Some(MarketHow::Influences) => 6,
        }
}

/// What filters ask of a row, packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Seconds since 1970 of the latest change or interaction.
    pub recency: u32,
    /// Where the zones of the row's text end.
    pub zone_end: [u16; Zone::ALL.len()],
    /// Bytes of the display columns: name, title, organisation, place; tags take the rest.
    pub show: [u16; 4],
    /// One bit for each [`Thing`] that the contact has, by [`thing_bit`].
    pub things: u16,
    /// Stage, unread, door and closeness; see [`Facts::stage`] and its neighbours.
    pub flags: u16,
    /// Days as [`day_number`]: follow-up, first and last day of the meeting, last contact.
    pub next: u16,
    pub met_from: u16,
    pub met_to: u16,
    pub last: u16,
}

const UNREAD: u16 = 1 << 2;
const LOGGED: u16 = 1 << 3;
const DOOR_SHIFT: u16 = 4;
const CLOSENESS_SHIFT: u16 = 8;

impl Facts {
    /// The flags of a contact; `logged` when its log has entries.
    pub(super) fn flags_of(contact: &Contact, logged: bool) -> u16 {
        let stage = match contact.stage {
            Stage::Pocket => 0,
            Stage::Active => 1,
            Stage::Archived => 2,
        };
        let door = match contact.door {
            None => 0,
            Some(Door::Seen) => 1,
            Some(Door::Invited) => 2,
            Some(Door::Accepted) => 3,
            Some(Door::Declined) => 4,
        };
        let closeness = contact.closeness.map_or(0, |closeness| u16::from(closeness.level()) + 1);
        stage
            | if contact.unread { UNREAD } else { 0 }
            | if logged { LOGGED } else { 0 }
            | door << DOOR_SHIFT
            | closeness << CLOSENESS_SHIFT
    }

    pub(super) fn stage(self) -> Stage {
        match self.flags & 3 {
            0 => Stage::Pocket,
            1 => Stage::Active,
            _ => Stage::Archived,
        }
    }

    pub(super) fn unread(self) -> bool {
        self.flags & UNREAD != 0
    }

    /// An interaction had its part in `recency` or `last`.
    pub(super) fn logged(self) -> bool {
        self.flags & LOGGED != 0
    }

    pub(super) fn door(self) -> Option<Door> {
        match self.flags >> DOOR_SHIFT & 7 {
            1 => Some(Door::Seen),
            2 => Some(Door::Invited),
            3 => Some(Door::Accepted),
            4 => Some(Door::Declined),
            _ => None,
        }
    }

    pub(super) fn closeness(self) -> Option<Closeness> {
        let level = (self.flags >> CLOSENESS_SHIFT & 7).checked_sub(1)?;
        Closeness::new(u8::try_from(level).ok()?)
    }
}

/// The bit of a thing in [`Facts::things`]. Ties belong to the book and have none.
pub(super) fn thing_bit(thing: Thing) -> u16 {
    match thing {
        Thing::Email => 1,
        Thing::Phone => 1 << 1,
        Thing::Url => 1 << 2,
        Thing::LinkedIn => 1 << 3,
        Thing::Address => 1 << 4,
        Thing::Note => 1 << 5,
        Thing::Tag => 1 << 6,
        Thing::Value => 1 << 7,
        Thing::Market => 1 << 8,
        Thing::Role => 1 << 9,
        Thing::Next => 1 << 10,
        Thing::Birthday => 1 << 11,
        Thing::Card => 1 << 12,
        Thing::Tie => 0,
    }
}

/// A day as a number above 0, counted from the end of 1899; days before and after 65,535 days of that are clamped.
pub(super) fn day_number(day: Date) -> u16 {
    let epoch = jiff::civil::date(1899, 12, 31);
    let days = (day - epoch).get_days();
    u16::try_from(days.max(1)).unwrap_or(u16::MAX)
}

/// The day of a number; `None` for 0.
pub(super) fn day_of(number: u16) -> Option<Date> {
    (number > 0).then(|| jiff::civil::date(1899, 12, 31).saturating_add(i64::from(number).days()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::domain::ContactId;
    use crate::domain::time::Timestamp;

    #[test]
    fn flags_hold_what_they_were_made_of() {
        for stage in [Stage::Pocket, Stage::Active, Stage::Archived] {
            for door in
                [None, Some(Door::Seen), Some(Door::Invited), Some(Door::Accepted), Some(Door::Declined)]
            {
                for closeness in (0..=5).map(Closeness::new).chain([None]) {
                    for (unread, logged) in [(false, true), (true, false)] {
                        let mut contact = Contact::new(ContactId(Uuid::nil()), Timestamp::UNIX_EPOCH);
                        (contact.stage, contact.door, contact.closeness) = (stage, door, closeness);
                        contact.unread = unread;
                        let facts = Facts { flags: Facts::flags_of(&contact, logged), ..Facts::default() };
                        assert_eq!(
                            (facts.stage(), facts.door(), facts.closeness()),
                            (stage, door, closeness)
                        );
                        assert_eq!((facts.unread(), facts.logged()), (unread, logged));
                    }
                }
            }
        }
    }

    #[test]
    fn days_have_numbers_and_those_too_far_away_the_nearest_one() {
        assert_eq!(day_number(date(1900, 1, 1)), 1);
        assert_eq!(day_number(date(1850, 1, 1)), 1);
        assert_eq!(day_number(date(9999, 12, 31)), u16::MAX);
        for day in [date(1969, 7, 20), date(2026, 3, 15), date(2000, 2, 29)] {
            assert_eq!(day_of(day_number(day)), Some(day));
        }
        assert_eq!(day_of(0), None);
    }

    #[test]
    fn every_mark_has_its_zone() {
        assert_eq!(Zone::of(field::NAME), Zone::Name);
        assert_eq!(Zone::of(field::FORMER_ORG), Zone::Org);
        assert_eq!(Zone::of(field::TITLE), Zone::Title);
        assert_eq!(Zone::of(field::PLACE), Zone::Rest);
        assert_eq!(Zone::of(field::NOTE), Zone::Tail);
        assert_eq!(Zone::of(market_mark(Some(MarketHow::Influences))), Zone::Rest);
    }
}
