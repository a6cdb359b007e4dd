//! Measures of the network of declared ties: Burt's constraint, clusters, and what is missing for them to say anything.
//!
//! **Constraint** of somebody is `Σⱼ (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)²` over his contacts j, with `pᵢⱼ` the share of his ties' strength
//! that goes to j and q any third person (Burt, *Structural Holes*, 1992; the definition of igraph's `constraint`). Low means
//! that he stands between people who do not know each other. **Clusters** come from moving people to the neighbouring
//! cluster that raises modularity most until none does, then treating clusters as people (Blondel et al. 2008, "Louvain").
//!
//! Possible ties are guesses and are left out; so is the user, who knows everybody. A network without ties between
//! contacts, such as a list of connections, is a star: it has no constraint or clusters worth showing, and says so.

use std::collections::HashMap;

use super::graph::Network;
use crate::domain::ContactId;

/// A star has fewer declared ties than this for each hundred people.
const TIES_A_HUNDRED: usize = 2;
/// Fewer ties than this show no structure.
const FEWEST_TIES: usize = 3;
/// Rounds of moving before a clustering counts as settled.
const ROUNDS: usize = 24;

/// What the measures rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

    /// All measures. Meant for a thread of its own.
    pub fn measures(&self) -> Measures {
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

/// An undirected graph with weights; each edge stands at both ends.
struct Weighted {
    starts: Vec<u32>,
    ends: Vec<(u32, f32)>,
    /// Weight of each node's edges to itself, once clusters have become nodes.
    loops: Vec<f32>,
}

impl Weighted {
    fn of(network: &Network) -> Self {
        let mut starts = vec![0];
        let mut ends = Vec::new();
        for person in 0..network.len() as u32 {
            ends.extend(network.declared(person).iter().map(|edge| (edge.to, edge.strength)));
            starts.push(ends.len() as u32);
        }
        Self { loops: vec![0.0; network.len()], starts, ends }
    }

    fn len(&self) -> usize {
        self.loops.len()
    }

    fn of_node(&self, node: u32) -> &[(u32, f32)] {
        &self.ends[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    fn strength(&self, node: u32) -> f32 {
        self.of_node(node).iter().map(|(_, weight)| weight).sum()
    }

    /// Burt's constraint of each node; `None` for nodes without ties.
    fn constraint(&self) -> Vec<Option<f32>> {
        let strengths: Vec<f32> = (0..self.len() as u32).map(|node| self.strength(node)).collect();
        // What reaches each node from the one that is measured, directly or over a third.
        let mut spent = vec![0.0_f32; self.len()];
        let mut is_contact = vec![false; self.len()];
        (0..self.len() as u32)
            .map(|node| {
                let contacts = self.of_node(node);
                if contacts.is_empty() {
                    return None;
                }
                for (contact, weight) in contacts {
                    is_contact[*contact as usize] = true;
                    spent[*contact as usize] += weight / strengths[node as usize];
                }
                for (third, weight) in contacts {
                    let share = weight / strengths[node as usize];
                    for (contact, onward) in
                        self.of_node(*third).iter().filter(|(to, _)| is_contact[*to as usize])
                    {
                        spent[*contact as usize] += share * onward / strengths[*third as usize];
                    }
                }
                let mut sum = 0.0;
                for (contact, _) in contacts {
                    sum += spent[*contact as usize].powi(2);
                    spent[*contact as usize] = 0.0;
                    is_contact[*contact as usize] = false;
                }
                Some(sum)
            })
            .collect()
    }

    /// The cluster of each node, and the modularity of the whole.
    fn clusters(&self) -> (Vec<u32>, f32) {
        let mut own: Vec<u32> = (0..self.len() as u32).collect();
        let mut level =
            Self { starts: self.starts.clone(), ends: self.ends.clone(), loops: self.loops.clone() };
        loop {
            let moved = level.settle();
            let (folded, numbers) = level.folded(&moved);
            let done = folded.len() == level.len();
            own.iter_mut().for_each(|cluster| *cluster = numbers[*cluster as usize]);
            level = folded;
            if done {
                break;
            }
        }
        let modularity = level.modularity();
        (own, modularity)
    }

    /// Moves nodes to the neighbouring cluster that raises modularity most, until none does.
    fn settle(&self) -> Vec<u32> {
        let strengths: Vec<f32> =
            (0..self.len() as u32).map(|node| self.strength(node) + self.loops[node as usize]).collect();
        let total: f32 = strengths.iter().sum();
        let mut cluster: Vec<u32> = (0..self.len() as u32).collect();
        let mut weights = strengths.clone();
        let mut toward = vec![0.0_f32; self.len()];
        for _ in 0..ROUNDS {
            let mut any = false;
            for node in 0..self.len() as u32 {
                let ends = self.of_node(node);
                let (from, strength) = (cluster[node as usize], strengths[node as usize]);
                ends.iter().for_each(|(to, weight)| toward[cluster[*to as usize] as usize] += weight);
                weights[from as usize] -= strength;
                let gain = |to: u32| toward[to as usize] - weights[to as usize] * strength / total;
                let mut best = (gain(from), from);
                for (to, _) in ends {
                    let into = cluster[*to as usize];
                    if gain(into) > best.0 + 1e-6 {
                        best = (gain(into), into);
                    }
                }
                weights[best.1 as usize] += strength;
                cluster[node as usize] = best.1;
                any |= best.1 != from;
                ends.iter().for_each(|(to, _)| toward[cluster[*to as usize] as usize] = 0.0);
                toward[from as usize] = 0.0;
            }
            if !any {
                break;
            }
        }
        cluster
    }

    /// The graph whose nodes are the clusters, and the new number of each old node.
    fn folded(&self, cluster: &[u32]) -> (Self, Vec<u32>) {
        let mut numbers: HashMap<u32, u32> = HashMap::new();
        let of: Vec<u32> = cluster
            .iter()
            .map(|own| {
                let next = numbers.len() as u32;
                *numbers.entry(*own).or_insert(next)
            })
            .collect();
        let mut loops = vec![0.0; numbers.len()];
        let mut edges: Vec<(u32, u32, f32)> = Vec::new();
        for node in 0..self.len() as u32 {
            let from = of[node as usize];
            loops[from as usize] += self.loops[node as usize];
            for (to, weight) in self.of_node(node) {
                let to = of[*to as usize];
                if to == from {
                    loops[from as usize] += weight;
                } else {
                    edges.push((from, to, *weight));
                }
            }
        }
        edges.sort_by_key(|(from, to, _)| (*from, *to));
        edges.dedup_by(|later, kept| {
            let same = (later.0, later.1) == (kept.0, kept.1);
            if same {
                kept.2 += later.2;
            }
            same
        });
        let mut starts = vec![0_u32; numbers.len() + 1];
        edges.iter().for_each(|(from, ..)| starts[*from as usize + 1] += 1);
        (0..numbers.len()).for_each(|at| starts[at + 1] += starts[at]);
        let ends = edges.into_iter().map(|(_, to, weight)| (to, weight)).collect();
        (Self { starts, ends, loops }, of)
    }

    /// `Σ (within/total − (strength/total)²)` over the nodes, as clusters.
    fn modularity(&self) -> f32 {
        let strengths: Vec<f32> =
            (0..self.len() as u32).map(|node| self.strength(node) + self.loops[node as usize]).collect();
        let total: f32 = strengths.iter().sum();
        if total <= 0.0 {
            return 0.0;
        }
        strengths
            .iter()
            .zip(&self.loops)
            .map(|(strength, within)| within / total - (strength / total).powi(2))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(nodes: u32, edges: &[(u32, u32, f32)]) -> Weighted {
        let mut starts = vec![0];
        let mut ends = Vec::new();
        for node in 0..nodes {
            let of = |(a, b, weight): &(u32, u32, f32)| match node {
                node if node == *a => Some((*b, *weight)),
                node if node == *b => Some((*a, *weight)),
                _ => None,
            };
            ends.extend(edges.iter().filter_map(of));
            starts.push(ends.len() as u32);
        }
        Weighted { loops: vec![0.0; nodes as usize], starts, ends }
    }

    fn constraints(nodes: u32, edges: &[(u32, u32, f32)]) -> Vec<f32> {
        graph(nodes, edges).constraint().into_iter().map(|own| own.unwrap_or(-1.0)).collect()
    }

    fn same(own: &[f32], known: &[f32]) {
        assert_eq!(own.len(), known.len());
        for (own, known) in own.iter().zip(known) {
            assert!((own - known).abs() < 1e-5, "{own} is not {known}");
        }
    }

    #[test]
    fn constraint_is_burts() {
        // A star's centre with four contacts: 4·(1/4)²; each ray spends all on one.
        let star: Vec<_> = (1..5).map(|ray| (0, ray, 1.0)).collect();
        same(&constraints(5, &star), &[0.25, 1.0, 1.0, 1.0, 1.0]);
        // A triangle: 2·(1/2 + 1/2·1/2)².
        same(&constraints(3, &[(0, 1, 1.0), (0, 2, 1.0), (1, 2, 1.0)]), &[1.125; 3]);
        // A path of four.
        same(&constraints(4, &[(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)]), &[1.0, 0.5, 0.5, 1.0]);
        assert_eq!(graph(1, &[]).constraint(), [None]);
    }

    #[test]
    fn constraint_with_weights_is_igraphs() {
        // igraph 1.0: Graph(edges).constraint(weights).
        let edges = [(0, 1, 0.9), (0, 2, 0.4), (0, 3, 0.2), (1, 2, 0.65), (3, 4, 0.2)];
        same(&constraints(5, &edges), &[0.871_738, 0.877_889, 1.266_649, 0.5, 1.0]);
    }

    #[test]
    fn two_circles_of_friends_are_two_clusters() {
        let mut edges = vec![(0, 3, 0.2)];
        for base in [0, 3] {
            edges.extend([(base, base + 1, 0.65), (base, base + 2, 0.65), (base + 1, base + 2, 0.65)]);
        }
        let (clusters, modularity) = graph(6, &edges).clusters();
        assert_eq!(clusters[..3], [clusters[0]; 3]);
        assert_eq!(clusters[3..], [clusters[3]; 3]);
        assert_ne!(clusters[0], clusters[3]);
        // Two halves of equal weight with 0.4 of 8.2 between them.
        assert!((modularity - (1.0 - 0.4 / 8.2 - 0.5)).abs() < 1e-4, "{modularity}");
    }
}
