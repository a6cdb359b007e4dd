//! Hubs: organisations, events and associations that several contacts share, where people may know each other.
//!
//! A hub is kept as the list of its people and never spread into pairs: an organisation of 5,000 would give twelve million.
//! Each pair in it has the same possible tie, weaker the larger the hub: in an organisation of n, min(0.3, 3/n); at an
//! event or in an association, min(0.06, 0.6/n). A town is no hub.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::domain::contact::{Contact, MetHow, RoleKind};
use crate::text::fold::fold;
use crate::text::{tokens, words};

/// Legal forms and small words that do not tell organisations apart, folded.
const NOT_TELLING: &[&str] = &[
    "inc",
    "ltee",
    "ltd",
    "llc",
    "llp",
    "corp",
    "corporation",
    "enr",
    "senc",
    "sencrl",
    "limited",
    "limitee",
    "cie",
    "co",
    "company",
    "compagnie",
    "srl",
    "the",
    "le",
    "la",
    "les",
    "l",
    "de",
    "du",
    "des",
    "d",
    "of",
    "and",
    "et",
];

static NO_ORGANISATION: LazyLock<HashSet<String>> = LazyLock::new(|| {
    words::entries(include_str!("../../../assets/words/no_organisation.txt")).map(key).collect()
});

/// What people share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum HubKind {
    /// An organisation where they work or which they own, still.
    Organisation,
    /// An event or place where the user met them.
    Event,
    /// An association, board or union to which they belong, still.
    Association,
}

/// People who share something.
#[derive(Clone, Debug)]
pub struct Hub {
    /// What they share.
    pub kind: HubKind,
    /// Its name, as one of them has it.
    pub name: String,
    /// The strength of a possible tie between two of them, 0 to 1.
    pub strength: f32,
    /// Their numbers in the network, those of best access first.
    pub(super) people: Vec<u32>,
}

impl Hub {
    /// How many contacts share it.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody does.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }
}

/// The strength of a possible tie in a hub of `people`.
pub fn possible(kind: HubKind, people: usize) -> f32 {
    let people = people.max(1) as f32;
    match kind {
        HubKind::Organisation => (3.0 / people).min(0.3),
        HubKind::Event | HubKind::Association => (0.6 / people).min(0.06),
    }
}

/// Gathers hubs while contacts pass by.
#[derive(Default)]
pub(super) struct Gathered {
    by_key: HashMap<(HubKind, String), u32>,
    hubs: Vec<Hub>,
}

impl Gathered {
    /// Notes what a contact shares.
    pub(super) fn note(&mut self, number: u32, contact: &Contact) {
        for role in contact.current_roles() {
            let kind = match role.kind {
                RoleKind::Employment | RoleKind::Ownership => HubKind::Organisation,
                RoleKind::Elected | RoleKind::Board | RoleKind::Member | RoleKind::Volunteer => {
                    HubKind::Association
                }
            };
            self.join(kind, &role.org, number);
        }
        // A network on which people connected is no place where they met.
        if let Some(met) = contact.met.as_ref().filter(|met| met.how != Some(MetHow::LinkedIn)) {
            self.join(HubKind::Event, &met.at, number);
        }
    }

    fn join(&mut self, kind: HubKind, name: &str, number: u32) {
        if name.is_empty() {
            return;
        }
        let key = key(name);
        if key.is_empty() || NO_ORGANISATION.contains(&key) {
            return;
        }
        let hubs = &mut self.hubs;
        let at = *self.by_key.entry((kind, key)).or_insert_with(|| {
            hubs.push(Hub { kind, name: name.to_owned(), strength: 0.0, people: Vec::new() });
            hubs.len() as u32 - 1
        });
        let people = &mut self.hubs[at as usize].people;
        if people.last() != Some(&number) {
            people.push(number);
        }
    }

    /// The hubs of at least two, with their strengths; `access` orders their people.
    pub(super) fn finish(self, access: impl Fn(u32) -> f32) -> Vec<Hub> {
        let mut hubs: Vec<Hub> = self.hubs.into_iter().filter(|hub| hub.people.len() > 1).collect();
        for hub in &mut hubs {
            hub.strength = possible(hub.kind, hub.people.len());
            hub.people.sort_by(|a, b| access(*b).total_cmp(&access(*a)).then(a.cmp(b)));
        }
        hubs
    }
}

/// A name without what may vary: case, accents, signs, legal form, small words.
pub(super) fn key(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len());
    for word in tokens::words(&folded).filter(|word| !NOT_TELLING.contains(&word.text)) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word.text);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strengths_fall_with_size() {
        assert!((possible(HubKind::Organisation, 2) - 0.3).abs() < 1e-6);
        assert!((possible(HubKind::Organisation, 30) - 0.1).abs() < 1e-6);
        assert!((possible(HubKind::Event, 5) - 0.06).abs() < 1e-6);
        assert!((possible(HubKind::Association, 60) - 0.01).abs() < 1e-6);
    }

    #[test]
    fn one_organisation_is_spelled_in_many_ways() {
        assert_eq!(key("Les Entreprises ROY inc."), key("Entreprises Roy Ltée"));
        assert!(NO_ORGANISATION.contains(&key("À mon compte")));
        assert!(NO_ORGANISATION.contains(&key("Self-employed")));
    }
}
