//! What lies around a person: the people beside, and what binds any two.

use std::collections::HashMap;

use super::graph::{Network, TieEvidence};
use crate::domain::ContactId;

/// Somebody beside a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// Who.
    pub person: ContactId,
    /// The strength of the best tie between the two, 0 to 1.
    pub strength: f32,
    /// What it rests on.
    pub tie: TieEvidence,
}

impl Network {
    /// The people beside a person, those with declared ties first, then by strength, then by the user's access; and how many there
    /// are in all.
    pub fn beside(&self, person: ContactId, limit: usize) -> (Vec<Neighbour>, usize) {
        let Some(from) = self.number(person) else { return (Vec::new(), 0) };
        let declared = |to: u32| self.declared(from).binary_search_by_key(&to, |edge| edge.to).is_ok();
        let mut best: HashMap<u32, f32> = HashMap::new();
        self.steps(from, f32::MIN_POSITIVE, |edge| {
            let own = best.entry(edge.to).or_default();
            *own = own.max(edge.strength);
        });
        let mut found: Vec<(bool, f32, u32)> =
            best.into_iter().map(|(to, strength)| (declared(to), strength, to)).collect();
        let total = found.len();
        found.sort_by(|a, b| {
            let access = |entry: &(bool, f32, u32)| self.value(entry.2);
            b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(access(b).total_cmp(&access(a))).then(a.2.cmp(&b.2))
        });
        found.truncate(limit);
        let neighbour = |(_, _, to): (bool, f32, u32)| {
            let edge = self.step(from, to)?;
            Some(Neighbour { person: self.id(to), strength: edge.strength, tie: self.evidence(edge.proof) })
        };
        (found.into_iter().filter_map(neighbour).collect(), total)
    }

    /// Every pair with a declared tie, once: its ends, the strength and what it rests on.
    pub fn declared_pairs(&self) -> impl Iterator<Item = (ContactId, ContactId, f32, TieEvidence)> + '_ {
        (0..self.len() as u32).flat_map(move |from| {
            let later = self.declared(from).iter().filter(move |edge| edge.to > from);
            later.map(move |edge| (self.id(from), self.id(edge.to), edge.strength, self.evidence(edge.proof)))
        })
    }

    /// The best tie between two people, declared or possible.
    pub fn between(&self, a: ContactId, b: ContactId) -> Option<(f32, TieEvidence)> {
        let edge = self.step(self.number(a)?, self.number(b)?)?;
        Some((edge.strength, self.evidence(edge.proof)))
    }
}
