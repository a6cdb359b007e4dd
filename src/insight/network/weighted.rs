//! Burt's constraint and clusters of an undirected graph with weights.
//!
//! **Constraint** of a node is `Σⱼ (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)²` over its neighbours j, with `pᵢⱼ` the share of its edges' weight that
//! goes to j and q any third node (Burt, *Structural Holes*, 1992; the definition of igraph's `constraint`). Low means that
//! somebody stands between people who do not know each other. **Clusters** come from moving nodes to the neighbouring cluster
//! that raises modularity most until none does, then treating clusters as nodes (Blondel et al. 2008, "Louvain").

use std::collections::HashMap;

use super::graph::Network;

/// Rounds of moving before a clustering counts as settled.
const ROUNDS: usize = 24;

/// An undirected graph with weights; each edge stands at both ends.
pub(super) struct Weighted {
    starts: Vec<u32>,
    ends: Vec<(u32, f32)>,
    /// Weight of each node's edges to itself, once clusters have become nodes.
    loops: Vec<f32>,
}

impl Weighted {
    pub(super) fn of(network: &Network) -> Self {
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

    pub(super) fn of_node(&self, node: u32) -> &[(u32, f32)] {
        &self.ends[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    fn strength(&self, node: u32) -> f32 {
        self.of_node(node).iter().map(|(_, weight)| weight).sum()
    }

    /// Burt's constraint of each node; `None` for nodes without ties.
    pub(super) fn constraint(&self) -> Vec<Option<f32>> {
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
    pub(super) fn clusters(&self) -> (Vec<u32>, f32) {
        let mut own: Vec<u32> = (0..self.len() as u32).collect();
        let mut level =
            Self { starts: self.starts.clone(), ends: self.ends.clone(), loops: self.loops.clone() };
        loop {
            let moved = level.settle();
            let (folded, numbers) = level.folded(&moved);
            let done = folded.len() == level.len();
            for cluster in &mut own {
                *cluster = numbers[*cluster as usize];
            }
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
                for (to, weight) in ends {
                    toward[cluster[*to as usize] as usize] += weight;
                }
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
                for (to, _) in ends {
                    toward[cluster[*to as usize] as usize] = 0.0;
                }
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
        for (from, ..) in &edges {
            starts[*from as usize + 1] += 1;
        }
        for at in 0..numbers.len() {
            starts[at + 1] += starts[at];
        }
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
