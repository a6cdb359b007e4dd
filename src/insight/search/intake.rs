//! From a contact to its row of the index.

use std::collections::HashMap;

use super::columns::{Facts, Letters, Masks, Zone, day_number, field, market_mark, thing_bit};
use super::letters::{self, initials_of, letters_of};
use super::segment::{COMMA, Segment};
use crate::domain::Book;
use crate::domain::contact::{Contact, Role};
use crate::domain::id::ContactId;
use crate::domain::interaction::Interaction;
use crate::domain::query::Thing;
use crate::domain::time::{Date, Timestamp};
use crate::insight::last_contact::last_known;

/// Most bytes kept of one value, and of the search forms of one contact. What is beyond is not found by words.
const LONGEST_FIELD: usize = 16_000;
const LONGEST_TEXT: usize = 60_000;
/// Most bytes of one display column.
const LONGEST_SHOWN: usize = 400;
/// Tags shown in lists.
const TAGS_SHOWN: usize = 4;

/// What a row takes from the log: the latest day, and when it was noted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Logged {
    pub latest: Option<Date>,
    pub noted: u32,
}

impl Logged {
    /// Takes one interaction in.
    pub(super) fn note(&mut self, entry: &Interaction) {
        self.latest = self.latest.max(Some(entry.on));
        self.noted = self.noted.max(seconds(entry.created));
    }

    /// Of one contact, from the book.
    pub(super) fn of(book: &Book, id: ContactId) -> Self {
        let mut logged = Self::default();
        for entry in book.interactions_of(id) {
            logged.note(entry);
        }
        logged
    }

    /// Of everybody whom something happened with, in one pass.
    pub(super) fn of_all(book: &Book) -> HashMap<ContactId, Self> {
        let mut all: HashMap<ContactId, Self> = HashMap::new();
        for entry in book.interactions() {
            for person in &entry.people {
                all.entry(*person).or_default().note(entry);
            }
        }
        all
    }
}

fn seconds(at: Timestamp) -> u32 {
    u32::try_from(at.as_second().max(0)).unwrap_or(u32::MAX)
}

/// Appends the row of a contact, whose identifier must be above all others in the segment.
pub(super) fn push(segment: &mut Segment, contact: &Contact, logged: Logged) {
    let mut facts = Facts {
        recency: recency(contact, logged),
        things: things_of(contact),
        flags: Facts::flags_of(contact, logged.latest.is_some()),
        next: contact.next.map_or(0, day_number),
        last: last(contact, logged),
        ..Facts::default()
    };
    if let Some(on) = contact.met.as_ref().and_then(|met| met.on.as_ref()) {
        facts.met_from = on.earliest().map_or(0, day_number);
        facts.met_to = on.latest().map_or(0, day_number);
    }
    let start = segment.text.len();
    facts.zone_end = write_forms(contact, &mut segment.text);
    facts.show = write_columns(contact, &mut segment.show);
    let mut masks = Masks::default();
    let mut from = start;
    for (mask, end) in masks.iter_mut().zip(facts.zone_end) {
        let zone = &segment.text[from..start + usize::from(end)];
        *mask = Letters { initials: initials_of(zone), all: letters_of(zone) };
        from = start + usize::from(end);
    }
    segment.push_columns(contact.id, masks, facts);
}

/// Whether a row was made from another log than the contact has now.
pub(super) fn is_log_outdated(facts: &Facts, contact: &Contact, logged: Logged) -> bool {
    (facts.recency, facts.last, facts.logged())
        != (recency(contact, logged), last(contact, logged), logged.latest.is_some())
}

fn recency(contact: &Contact, logged: Logged) -> u32 {
    seconds(contact.updated).max(logged.noted)
}

fn last(contact: &Contact, logged: Logged) -> u16 {
    day_number(last_known(contact, logged.latest))
}

/// Writes the search forms, zone by zone; answers where the zones end.
fn write_forms(contact: &Contact, out: &mut String) -> [u16; Zone::ALL.len()] {
    let mut forms = Forms { start: out.len(), out };
    let name = &contact.name;
    forms.put(field::NAME, &name.full);
    if !name.given.is_empty() || !name.family.is_empty() {
        let parts = format!("{} {}", name.given, name.family);
        if parts != name.full && letters::form(&parts) != letters::form(&name.full) {
            forms.put(field::NAME, &parts);
        }
    }
    forms.put(field::NAME, &name.nickname);
    let name_end = forms.len();

    for role in &contact.roles {
        let mark = if role.former { field::FORMER_ORG } else { field::ORG };
        forms.put(mark, &role.org);
        forms.put_all(mark, &role.org_alt);
    }
    let org_end = forms.len();

    for role in &contact.roles {
        let mark = if role.former { field::FORMER_TITLE } else { field::TITLE };
        forms.put(mark, &role.title);
        forms.put_all(mark, &role.title_alt);
    }
    forms.put_all(field::TITLE, &name.credentials);
    let title_end = forms.len();

    forms.put_all(field::TAG, &contact.tags);
    forms.put_all(field::VALUE, &contact.values);
    forms.put(field::EVENT, contact.met.as_ref().map_or("", |met| &met.at));
    for address in &contact.addresses {
        forms.put(field::PLACE, &address.city);
        forms.put(field::PLACE, &address.region);
    }
    forms.put(field::PLACE, contact.region.as_deref().unwrap_or_default());
    for tie in contact.markets.iter().filter(|tie| !tie.refused) {
        forms.put(market_mark(tie.how), &tie.market);
    }
    let rest_end = forms.len();

    for email in &contact.emails {
        forms.put(field::EMAIL, &email.value);
    }
    for phone in &contact.phones {
        let digits = letters::phone_digits(&phone.value);
        forms.put(field::PHONE, digits.as_deref().unwrap_or(&phone.value));
        forms.put(field::PHONE, &phone.ext);
    }
    for url in &contact.urls {
        forms.put(field::URL, letters::bare_url(&url.value));
    }
    forms.put(field::NOTE, &contact.note);
    let tail_end = forms.len();

    forms.put(field::VIA, contact.met.as_ref().map_or("", |met| &met.via));
    [name_end, org_end, title_end, rest_end, tail_end].map(|end| end as u16)
}

/// Writes the search forms of one contact, each after its mark.
struct Forms<'a> {
    out: &'a mut String,
    start: usize,
}

impl Forms<'_> {
    fn put(&mut self, mark: u8, value: &str) {
        if value.is_empty() {
            return;
        }
        let before = self.out.len();
        self.out.push(char::from(mark));
        letters::append(cut(value, LONGEST_FIELD), self.out);
        if self.out.len() == before + 1 || self.len() > LONGEST_TEXT {
            self.out.truncate(before);
        }
    }

    fn put_all(&mut self, mark: u8, values: &[impl AsRef<str>]) {
        for value in values {
            self.put(mark, value.as_ref());
        }
    }

    fn len(&self) -> usize {
        self.out.len() - self.start
    }
}

/// Writes the display columns; answers the bytes of name, title, organisation and place.
fn write_columns(contact: &Contact, out: &mut String) -> [u16; 4] {
    let mut put = |value: &str| {
        let value = cut(value, LONGEST_SHOWN);
        out.push_str(value);
        value.len() as u16
    };
    let role = contact.main_role();
    let name = put(contact.display_name());
    let title = put(role.map_or("", |role: &Role| &role.title));
    let org = role.map_or("", |role| role.org.as_str());
    if title > 0 && !org.is_empty() {
        put(COMMA);
    }
    let org = put(org);
    let town = contact.addresses.iter().map(|address| address.city.as_str()).find(|city| !city.is_empty());
    let place = put(town.or(contact.region.as_deref()).unwrap_or_default());
    for (n, tag) in contact.tags.iter().take(TAGS_SHOWN).enumerate() {
        if n > 0 {
            put(" ");
        }
        put(tag);
    }
    [name, title, org, place]
}

fn things_of(contact: &Contact) -> u16 {
    let has = [
        (Thing::Email, !contact.emails.is_empty()),
        (Thing::Phone, !contact.phones.is_empty()),
        (Thing::Url, !contact.urls.is_empty()),
        (Thing::LinkedIn, contact.linkedin().is_some()),
        (Thing::Address, !contact.addresses.is_empty()),
        (Thing::Note, !contact.note.is_empty()),
        (Thing::Tag, !contact.tags.is_empty()),
        (Thing::Value, !contact.values.is_empty()),
        (Thing::Market, contact.markets.iter().any(|tie| !tie.refused)),
        (Thing::Role, !contact.roles.is_empty()),
        (Thing::Next, contact.next.is_some()),
        (Thing::Birthday, contact.birthday.is_some()),
        (Thing::Card, !contact.cards.is_empty()),
    ];
    has.into_iter().filter(|(_, has)| *has).fold(0, |bits, (thing, _)| bits | thing_bit(thing))
}

/// The beginning of a text, at most so many bytes.
fn cut(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let end = (0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}
