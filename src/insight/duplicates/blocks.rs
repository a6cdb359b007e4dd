//! Who may be compared with whom at all: people who share a key. Without it, comparing everybody with everybody would take
//! minutes; with it the sweep is linear.
//!
//! A key is a hash of what two cards of one person would share: an address, a number, a profile, a given and a family name
//! (in full form, so that *Bob* meets Robert), a name with one letter left out (so that slips meet: two words one letter
//! apart share a word with one letter less), a name and an organisation. Two keys that collide only cost a comparison.
//!
//! Rows outlive changes: a card that changed gets its new keys beside the old ones, and whoever is found by an old key is
//! compared as he is now. Once many have changed, all is built anew.

use std::collections::HashMap;
use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use super::WORTH_A_THREAD;
use super::traits::{Hat, Traits};
use super::weigh::Crowd;
use crate::domain::contact::Contact;
use crate::domain::{Book, ContactId};
use crate::insight::search::threads;
use crate::text::short_names;

/// Of so many organisations at most a card is looked for among the people.
const ORGS_MOST: usize = 4;
/// Shortest whole name of which slips are looked for.
const SLIP_LEAST: usize = 7;
/// Longest whole name of which slips are looked for: nobody's name is longer, texts from outside are.
const SLIP_MOST: usize = 40;

/// Fewer changes than this never make all be built anew.
const REBUILD_LEAST: usize = 256;

/// The people of a book by what cards of one person share.
#[derive(Clone, Debug, Default)]
pub struct Blocks {
    base: Arc<Base>,
    /// Cards that changed since, with their keys, sorted.
    later: Arc<Vec<(u32, ContactId)>>,
    changed: usize,
}

#[derive(Debug, Default)]
struct Base {
    ids: Vec<ContactId>,
    /// Key and row, sorted.
    keys: Vec<(u32, u32)>,
    /// How many people an organisation has.
    orgs: HashMap<u32, u32>,
}

/// What a key is made of, so that no name meets a number.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Kind {
    Profile,
    Email,
    Phone,
    Name,
    Whole,
    Sorted,
    Slip,
    AtOrg,
    Org,
}

fn key(kind: Kind, parts: &[&str]) -> u32 {
    // Fixed keys: the same everywhere, though nothing of it is ever kept.
    let mut hasher = std::hash::DefaultHasher::new();
    (kind as u8).hash(&mut hasher);
    parts.hash(&mut hasher);
    hasher.finish() as u32
}

/// Calls back with every key of a card, perhaps twice with the same.
pub(super) fn keys_of(traits: &Traits, put: &mut dyn FnMut(u32)) {
    for profile in &traits.profiles {
        put(key(Kind::Profile, &[profile]));
    }
    for mail in &traits.mails {
        put(key(Kind::Email, &[&mail.address]));
    }
    for line in &traits.lines {
        put(key(Kind::Phone, &[&line.digits]));
    }
    let name = &traits.name;
    for family in &name.family {
        for given in name.givens() {
            put(key(Kind::Name, &[given, family]));
            for place in short_names::places(given) {
                put(key(Kind::Name, &[&place.name.to_string(), family]));
            }
        }
        // Of several given names the first may be the one that the person goes by.
        if let [first, _, ..] = &name.given[..] {
            put(key(Kind::Name, &[first, family]));
        }
    }
    let whole = name.whole();
    put(key(Kind::Whole, &[&whole]));
    if !name.given.is_empty() && !name.family.is_empty() {
        let (one, two) = (&name.given_word, &name.family_word);
        let pair = if one <= two { [one.as_str(), two] } else { [two.as_str(), one] };
        put(key(Kind::Sorted, &pair));
    }
    let letters = whole.chars().count();
    if (SLIP_LEAST..=SLIP_MOST).contains(&letters) {
        put(key(Kind::Slip, &[&whole]));
        let mut less = String::with_capacity(whole.len());
        for (at, letter) in whole.char_indices() {
            less.clear();
            less.push_str(&whole[..at]);
            less.push_str(&whole[at + letter.len_utf8()..]);
            put(key(Kind::Slip, &[&less]));
        }
    }
    for org in orgs(traits) {
        for token in name.given.iter().take(1).chain(&name.family) {
            put(key(Kind::AtOrg, &[token, org]));
        }
    }
}

fn orgs(traits: &Traits) -> impl Iterator<Item = &str> {
    traits.hats.iter().flat_map(|hat: &Hat| &hat.orgs).map(String::as_str).take(ORGS_MOST)
}

impl Blocks {
    /// The blocks of a whole book, archived people too.
    pub fn build(book: &Book) -> Self {
        let contacts: Vec<&Contact> = book.contacts().map(AsRef::as_ref).collect();
        let parts = threads::shared(contacts.len(), contacts.len(), WORTH_A_THREAD, |range| {
            let mut base = Base::default();
            let first = range.start as u32;
            contacts[range].iter().for_each(|contact| base.push(first, &Traits::of(contact)));
            base
        });
        let mut parts = parts.into_iter();
        let mut base = parts.next().unwrap_or_default();
        for part in parts {
            base.append(part);
        }
        threads::sort(&mut base.keys, WORTH_A_THREAD);
        base.keys.dedup();
        Self { base: Arc::new(base), later: Arc::default(), changed: 0 }
    }

    /// The blocks of `book`, in which the `changed` contacts are not as they were when these blocks were made.
    #[must_use]
    pub fn updated(&self, book: &Book, changed: &[ContactId]) -> Self {
        let total = self.changed + changed.len();
        if total > REBUILD_LEAST && total > self.base.ids.len() / 8 {
            return Self::build(book);
        }
        let mut later = Vec::clone(&self.later);
        for contact in changed.iter().filter_map(|id| book.contact(*id)) {
            keys_of(&Traits::of(contact), &mut |key| later.push((key, contact.id)));
        }
        later.sort_unstable();
        later.dedup();
        Self { base: Arc::clone(&self.base), later: Arc::new(later), changed: total }
    }

    /// Everybody who shares a key with a card, apart from itself, each once. Of a key that more than `most` people share
    /// nobody is named.
    pub(super) fn near(&self, traits: &Traits, most: usize) -> Vec<ContactId> {
        let mut found: Vec<ContactId> = Vec::new();
        keys_of(traits, &mut |key| {
            let rows = self.base.rows(key);
            if rows.len() <= most {
                found.extend(rows.iter().map(|(_, row)| self.base.ids[*row as usize]));
            }
            let later = self.later(key);
            if later.len() <= most {
                found.extend(later.iter().map(|(_, id)| *id));
            }
        });
        found.sort_unstable();
        found.dedup();
        found.retain(|id| *id != traits.id);
        found
    }

    /// Pairs of rows that share a key which at most `most` people share, sorted, each once.
    pub(super) fn pairs(&self, most: usize) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        for block in self.base.keys.chunk_by(|a, b| a.0 == b.0) {
            if block.len() > most {
                continue;
            }
            for (at, (_, one)) in block.iter().enumerate() {
                pairs.extend(block[at + 1..].iter().map(|(_, two)| (*one, *two)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// The contact of a row.
    pub(super) fn contact<'a>(&self, book: &'a Book, row: u32) -> Option<&'a Arc<Contact>> {
        self.base.ids.get(row as usize).and_then(|id| book.contact(*id))
    }

    fn later(&self, key: u32) -> &[(u32, ContactId)] {
        let from = self.later.partition_point(|(other, _)| *other < key);
        let len = self.later[from..].partition_point(|(other, _)| *other == key);
        &self.later[from..from + len]
    }

    fn count(&self, key: u32) -> usize {
        self.base.rows(key).len()
    }
}

impl Base {
    /// Adds a card; `first` is the row of the first one here.
    fn push(&mut self, first: u32, traits: &Traits) {
        let row = first + self.ids.len() as u32;
        self.ids.push(traits.id);
        let keys = &mut self.keys;
        keys_of(traits, &mut |key| keys.push((key, row)));
        for org in orgs(traits) {
            *self.orgs.entry(key(Kind::Org, &[org])).or_default() += 1;
        }
    }

    /// Adds the cards that follow.
    fn append(&mut self, next: Self) {
        self.ids.extend(next.ids);
        self.keys.extend(next.keys);
        for (org, people) in next.orgs {
            *self.orgs.entry(org).or_default() += people;
        }
    }

    fn rows(&self, key: u32) -> &[(u32, u32)] {
        let from = self.keys.partition_point(|(other, _)| *other < key);
        let len = self.keys[from..].partition_point(|(other, _)| *other == key);
        &self.keys[from..from + len]
    }
}

impl Crowd for Blocks {
    fn name(&self, traits: &Traits) -> usize {
        self.count(key(Kind::Whole, &[&traits.name.whole()]))
    }

    fn phone(&self, digits: &str) -> usize {
        self.count(key(Kind::Phone, &[digits]))
    }

    fn email(&self, address: &str) -> usize {
        self.count(key(Kind::Email, &[address]))
    }

    fn org(&self, org: &str) -> usize {
        self.base.orgs.get(&key(Kind::Org, &[org])).map_or(0, |people| *people as usize)
    }
}
