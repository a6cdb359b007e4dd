//! The network: people with the user's access to each, declared ties between them, and hubs of possible ties.
//!
//! Invariants: people are those who are not archived, in the order of their identifiers, and are known by their number in
//! that order; every declared tie stands at both of its ends; of several declared ties between two people the strongest
//! is followed. A possible tie never weakens a declared one, so adding a tie can only strengthen a path.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::access::{Access, access, of_closeness};
use super::hubs::{Gathered, Hub, HubKind};
use super::routes::Nearness;
use crate::domain::contact::{Closeness, Contact, Stage};
use crate::domain::tie::{Tie, TieKind};
use crate::domain::time::Date;
use crate::domain::{Book, ContactId, TieId};
use crate::text::fold::fold;

/// The strength of a declared tie whose closeness is not known, by its kind: an acquaintance, a colleague, family.
pub fn of_kind(kind: TieKind) -> f32 {
    match kind {
        TieKind::Knows | TieKind::Introduced => 0.20,
        TieKind::WorksWith | TieKind::ReportsTo | TieKind::Influences | TieKind::Recommended => 0.40,
        TieKind::Family => 0.65,
    }
}

/// All people and ties.
#[derive(Clone, Debug, Default)]
pub struct Network {
    pub(super) people: Vec<ContactId>,
    pub(super) access: Vec<Access>,
    /// Where the declared ties of each person begin; one more at the end.
    starts: Vec<u32>,
    edges: Vec<Edge>,
    pub(super) hubs: Vec<Hub>,
    /// Where the hubs of each person begin; one more at the end.
    hub_starts: Vec<u32>,
    hubs_of: Vec<u32>,
    pub(super) nearness: Nearness,
}

/// A step from one person to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    pub to: u32,
    pub strength: f32,
    pub proof: Proof,
}

/// What a step rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    Declared(TieId, TieKind, Option<Closeness>),
    /// One introduced the other to the user.
    Introduced,
    /// A hub, by number.
    Hub(u32),
}

/// What a step of a path rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TieEvidence {
    /// The user's own access.
    Access(Access),
    /// A declared tie.
    Declared {
        /// The record.
        tie: TieId,
        /// What binds the two.
        kind: TieKind,
        /// How near they are to each other, where the user said so.
        closeness: Option<Closeness>,
    },
    /// The one introduced the other to the user.
    Introduced,
    /// A guess: both share this.
    Shared {
        /// What it is.
        kind: HubKind,
        /// Its name.
        name: String,
        /// How many contacts share it.
        people: usize,
    },
}

impl TieEvidence {
    /// Whether the tie is only possible.
    pub fn is_guess(&self) -> bool {
        matches!(self, Self::Shared { .. })
    }
}

impl Network {
    /// The network of a book on a day. Archived people are left out.
    pub fn new(book: &Book, today: Date) -> Self {
        let contacts: Vec<&Contact> =
            book.contacts().map(AsRef::as_ref).filter(|contact| contact.stage != Stage::Archived).collect();
        let people: Vec<ContactId> = contacts.iter().map(|contact| contact.id).collect();
        let has_log = book.interactions().next().is_some();
        let access: Vec<Access> = contacts
            .iter()
            .map(|contact| {
                let log = has_log.then(|| book.interactions_of(contact.id)).into_iter().flatten();
                access(contact, log.map(AsRef::as_ref), today)
            })
            .collect();
        let mut network = Self { people, access, ..Self::default() };
        network.gather_ties(book, &contacts);
        network.gather_hubs(&contacts);
        network.nearness = Nearness::new(&network);
        network
    }

    fn gather_ties(&mut self, book: &Book, contacts: &[&Contact]) {
        let declared = book.ties().filter_map(|tie| {
            let Tie { id, kind, closeness, .. } = **tie;
            let strength = closeness.map_or(of_kind(kind), of_closeness);
            Some((self.number(tie.a)?, self.number(tie.b)?, strength, Proof::Declared(id, kind, closeness)))
        });
        let mut ties: Vec<(u32, u32, f32, Proof)> = declared.collect();
        ties.extend(self.introductions(book, contacts));
        ties.retain(|(a, b, ..)| a != b);
        let mut edges: Vec<(u32, Edge)> = ties
            .into_iter()
            .flat_map(|(a, b, strength, proof)| {
                [(a, Edge { to: b, strength, proof }), (b, Edge { to: a, strength, proof })]
            })
            .collect();
        // The strongest of two people's ties comes first and stays.
        edges.sort_by(|(a, left), (b, right)| {
            (a, left.to).cmp(&(b, right.to)).then(right.strength.total_cmp(&left.strength))
        });
        edges.dedup_by_key(|(from, edge)| (*from, edge.to));
        self.starts = starts(self.people.len(), edges.iter().map(|(from, _)| *from));
        self.edges = edges.into_iter().map(|(_, edge)| edge).collect();
    }

    /// Who introduced whom to the user, as the cards say: by uid, else by a name that only one person bears.
    fn introductions(&self, book: &Book, contacts: &[&Contact]) -> Vec<(u32, u32, f32, Proof)> {
        let vias: Vec<(u32, &str)> = (0..)
            .zip(contacts)
            .filter_map(|(number, contact)| {
                let via = contact.met.as_ref().map_or("", |met| met.via.as_str());
                (!via.is_empty()).then_some((number, via))
            })
            .collect();
        if vias.is_empty() {
            return Vec::new();
        }
        let mut by_name: HashMap<String, Option<u32>> = HashMap::new();
        for (number, contact) in (0..).zip(contacts).filter(|(_, contact)| !contact.name.full.is_empty()) {
            by_name.entry(fold(&contact.name.full)).and_modify(|known| *known = None).or_insert(Some(number));
        }
        let by = |via: &str| {
            let known = book.by_uid(via).and_then(|contact| self.number(contact.id));
            known.or_else(|| by_name.get(&fold(via)).copied().flatten())
        };
        let strength = of_kind(TieKind::Introduced);
        vias.into_iter()
            .filter_map(|(number, via)| Some((by(via)?, number, strength, Proof::Introduced)))
            .collect()
    }

    fn gather_hubs(&mut self, contacts: &[&Contact]) {
        let mut gathered = Gathered::default();
        for (number, contact) in (0..).zip(contacts) {
            gathered.note(number, contact);
        }
        self.hubs = gathered.finish(|number| self.access[number as usize].value);
        let mut members: Vec<(u32, u32)> = (0..)
            .zip(&self.hubs)
            .flat_map(|(hub, own)| own.people.iter().map(move |person| (*person, hub)))
            .collect();
        members.sort_unstable();
        self.hub_starts = starts(self.people.len(), members.iter().map(|(person, _)| *person));
        self.hubs_of = members.into_iter().map(|(_, hub)| hub).collect();
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The user's access to somebody; `None` for archived and unknown people.
    pub fn access(&self, id: ContactId) -> Option<Access> {
        self.number(id).map(|number| self.access[number as usize])
    }

    /// Everybody, with the user's access.
    pub fn people(&self) -> impl Iterator<Item = (ContactId, Access)> + '_ {
        self.people.iter().copied().zip(self.access.iter().copied())
    }

    /// How many pairs have a declared tie.
    pub fn declared_ties(&self) -> usize {
        self.edges.len() / 2
    }

    /// The hubs of two people or more.
    pub fn hubs(&self) -> &[Hub] {
        &self.hubs
    }

    /// The hubs that somebody belongs to.
    pub fn hubs_of(&self, id: ContactId) -> impl Iterator<Item = &Hub> {
        let number = self.number(id);
        number.into_iter().flat_map(|number| self.hub_numbers(number)).map(|hub| &self.hubs[*hub as usize])
    }

    /// The people of a hub, those of best access first.
    pub fn members<'n>(&'n self, hub: &'n Hub) -> impl Iterator<Item = ContactId> + 'n {
        hub.people.iter().map(|number| self.people[*number as usize])
    }

    pub(super) fn number(&self, id: ContactId) -> Option<u32> {
        self.people.binary_search(&id).ok().map(|at| at as u32)
    }

    pub(super) fn id(&self, number: u32) -> ContactId {
        self.people[number as usize]
    }

    pub(super) fn value(&self, number: u32) -> f32 {
        self.access[number as usize].value
    }

    pub(super) fn hub_numbers(&self, number: u32) -> &[u32] {
        slice(&self.hub_starts, &self.hubs_of, number)
    }

    /// The declared ties of somebody, by the numbers of their other ends.
    pub(super) fn declared(&self, number: u32) -> &[Edge] {
        slice(&self.starts, &self.edges, number)
    }

    /// Calls `visit` with every step from somebody of at least `least`: declared ones, then possible ones. Somebody
    /// who shares several hubs is visited for each.
    pub(super) fn steps(&self, from: u32, least: f32, mut visit: impl FnMut(Edge)) {
        for edge in self.declared(from).iter().filter(|edge| edge.strength >= least) {
            visit(*edge);
        }
        for hub in self.hub_numbers(from) {
            let own = &self.hubs[*hub as usize];
            if own.strength < least {
                continue;
            }
            for to in own.people.iter().filter(|to| **to != from) {
                visit(Edge { to: *to, strength: own.strength, proof: Proof::Hub(*hub) });
            }
        }
    }

    /// The best step between two people.
    pub(super) fn step(&self, from: u32, to: u32) -> Option<Edge> {
        let mut best: Option<Edge> = None;
        let edges = self.declared(from);
        if let Ok(at) = edges.binary_search_by_key(&to, |edge| edge.to) {
            best = Some(edges[at]);
        }
        let (own, others) = (self.hub_numbers(from), self.hub_numbers(to));
        for hub in own.iter().filter(|hub| others.contains(hub)) {
            let strength = self.hubs[*hub as usize].strength;
            if best.is_none_or(|best| strength > best.strength) {
                best = Some(Edge { to, strength, proof: Proof::Hub(*hub) });
            }
        }
        best
    }

    pub(super) fn evidence(&self, proof: Proof) -> TieEvidence {
        match proof {
            Proof::Declared(tie, kind, closeness) => TieEvidence::Declared { tie, kind, closeness },
            Proof::Introduced => TieEvidence::Introduced,
            Proof::Hub(hub) => {
                let hub = &self.hubs[hub as usize];
                TieEvidence::Shared { kind: hub.kind, name: hub.name.clone(), people: hub.len() }
            }
        }
    }
}

/// Where each of `count` owners begins in a list ordered by owner; one more at the end.
fn starts(count: usize, owners: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0_u32; count + 1];
    for owner in owners {
        starts[owner as usize + 1] += 1;
    }
    for at in 0..count {
        starts[at + 1] += starts[at];
    }
    starts
}

fn slice<'l, T>(starts: &[u32], list: &'l [T], number: u32) -> &'l [T] {
    let (from, to) = (starts[number as usize], starts[number as usize + 1]);
    &list[from as usize..to as usize]
}
