//! Measures of the network of declared ties: Burt's constraint, clusters, and what is missing for them to say anything.
//!
//! Possible ties are guesses and are left out; so is the user, who knows everybody. A network without ties between
//! contacts, such as a list of connections, is a star: it has no constraint or clusters worth showing, and says so.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::graph::Network;
use super::weighted::Weighted;
use crate::domain::ContactId;

/// A star has fewer declared ties than this for each hundred people.
const TIES_A_HUNDRED: usize = 2;
/// Fewer ties than this show no structure.
const FEWEST_TIES: usize = 3;

/// What the measures rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// People who are not archived.
    pub people: usize,
    /// People whom the user met.
    pub met: usize,
    /// People whose closeness is declared.
    pub declared: usize,
    /// Pairs with a declared tie.
    pub ties: usize,
    /// People with at least one.
    pub tied: usize,
    /// Hubs in which possible ties are guessed.
    pub hubs: usize,
}

/// What would have to be added for the measures to say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Missing {
    /// Ties between contacts.
    Ties,
    /// How near people are.
    Closeness,
    /// Meetings.
    Meetings,
}

/// People who know each other more than others.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// The people, those of best access first.
    pub people: Vec<ContactId>,
    /// The share of their ties' strength that stays within, 0 to 1.
    pub inward: f32,
}

/// Measures of the network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// What they rest on.
    pub ground: Ground,
    /// What is missing, most useful first.
    pub missing: Vec<Missing>,
    /// Burt's constraint of everybody with a tie, least constrained first; empty for a star.
    pub constraint: Vec<(ContactId, f32)>,
    /// Clusters of two or more, largest first; empty for a star.
    pub clusters: Vec<Cluster>,
    /// How far the clusters are from chance (modularity), −0.5 to 1; 0 for a star.
    pub modularity: f32,
}

impl Ground {
    /// Whether contacts are tied to the user alone.
    pub fn is_star(&self) -> bool {
        self.ties < FEWEST_TIES || self.ties * 100 < self.people * TIES_A_HUNDRED
    }
}

impl Network {
    /// What the measures would rest on.
    pub fn ground(&self) -> Ground {
        let is_declared = |basis| matches!(basis, super::access::AccessBasis::Declared(_));
        Ground {
            people: self.len(),
            met: self.access.iter().filter(|access| access.is_met()).count(),
            declared: self.access.iter().filter(|access| is_declared(access.basis)).count(),
            ties: self.declared_ties(),
            tied: (0..self.len() as u32).filter(|person| !self.declared(*person).is_empty()).count(),
            hubs: self.hubs.len(),
        }
    }

    /// What the measures would rest on, and what is missing for them to say more, most useful first.
    pub fn standing(&self) -> (Ground, Vec<Missing>) {
        let ground = self.ground();
        let mut missing = Vec::new();
        if ground.is_star() {
            missing.push(Missing::Ties);
        }
        if ground.declared * 10 < ground.people {
            missing.push(Missing::Closeness);
        }
        if ground.met * 10 < ground.people {
            missing.push(Missing::Meetings);
        }
        (ground, missing)
    }

    /// All measures. Meant for a thread of its own.
    pub fn measures(&self) -> Measures {
        let (ground, missing) = self.standing();
        let mut measures = Measures { ground, missing, ..Measures::default() };
        if ground.is_star() {
            return measures;
        }
        let graph = Weighted::of(self);
        let constraint = graph.constraint();
        measures.constraint =
            (0..).zip(constraint).filter_map(|(person, own)| Some((self.id(person), own?))).collect();
        measures.constraint.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let (clusters, modularity) = graph.clusters();
        measures.modularity = modularity;
        measures.clusters = self.named(&graph, &clusters);
        measures
    }

    fn named(&self, graph: &Weighted, clusters: &[u32]) -> Vec<Cluster> {
        let mut people: HashMap<u32, Vec<u32>> = HashMap::new();
        for (person, cluster) in (0..).zip(clusters) {
            people.entry(*cluster).or_default().push(person);
        }
        let mut named: Vec<Cluster> = people
            .into_iter()
            .filter(|(_, people)| people.len() > 1)
            .map(|(cluster, mut people)| {
                let (mut inward, mut all) = (0.0, 0.0);
                for (to, strength) in people.iter().flat_map(|person| graph.of_node(*person)) {
                    all += strength;
                    inward += if clusters[*to as usize] == cluster { *strength } else { 0.0 };
                }
                people.sort_by(|a, b| self.value(*b).total_cmp(&self.value(*a)).then(a.cmp(b)));
                let people = people.into_iter().map(|person| self.id(person)).collect();
                Cluster { people, inward: if all > 0.0 { inward / all } else { 0.0 } }
            })
            .collect();
        named.sort_by(|a, b| b.people.len().cmp(&a.people.len()).then(a.people.cmp(&b.people)));
        named
    }
}
