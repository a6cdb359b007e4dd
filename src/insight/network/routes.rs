//! Routes from the user to a person, over one, two or three people.
//!
//! A route's value is the product of the user's access to its first person and of the strengths of its ties (DESIGN: path).
//! The search runs backwards from the person, in the order of the values that steps can still give, and stops below the
//! value asked for; hubs are walked in the order of access and left at the first person too far. Our own search rather
//! than petgraph's: its graphs want every edge of a hub spread out, and its Dijkstra bounds neither hops nor values; on
//! 16,000 contacts with 100,000 ties this one answers in under a tenth of a millisecond (`benches/markets.rs`).

use super::graph::{Network, Proof};

/// People on the longest route.
pub(super) const LONGEST: usize = 3;
/// No access and no tie is stronger.
const STRONGEST: f32 = 0.9;
/// How many people of each hub are tried where no value bounds the search: more than disjoint routes can use.
const TRIED: usize = 16;

/// A route, without the user, the last person last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Route {
    people: [u32; LONGEST],
    len: u8,
    /// 0 to 1.
    pub value: f32,
}

impl Route {
    pub(super) fn new(people: &[u32], value: f32) -> Self {
        let mut own = [u32::MAX; LONGEST];
        own[..people.len()].copy_from_slice(people);
        Self { people: own, len: people.len() as u8, value }
    }

    /// The same way with the weight of a last hat.
    pub(super) fn weighed(mut self, weight: f32) -> Self {
        self.value *= weight;
        self
    }

    /// The people, first to last.
    pub(super) fn people(&self) -> &[u32] {
        &self.people[..usize::from(self.len)]
    }

    /// Whether two routes have nobody in common.
    pub(super) fn is_apart(&self, other: &Self) -> bool {
        !self.people().iter().any(|person| other.people().contains(person))
    }
}

/// The best value of a route to each person, by its length: the bounds of every other search.
#[derive(Clone, Debug, Default)]
pub(super) struct Nearness {
    /// Over at most one person between.
    two: Vec<f32>,
    /// Over at most two.
    three: Vec<f32>,
}

impl Nearness {
    /// Spreads access over ties twice. A walk that comes back to a person is never better than the route to that person.
    pub(super) fn new(network: &Network) -> Self {
        let one: Vec<f32> = network.access.iter().map(|access| access.value).collect();
        let two = spread(network, &one);
        let three = spread(network, &two);
        Self { two, three }
    }

    /// The value of the best route to a person.
    pub(super) fn best(&self, person: u32) -> f32 {
        self.three[person as usize]
    }
}

/// For each person the best of the own value and of each tie's strength times the other end's value.
fn spread(network: &Network, values: &[f32]) -> Vec<f32> {
    let mut next = values.to_vec();
    for (from, best) in (0..).zip(&mut next) {
        for edge in network.declared(from) {
            *best = best.max(values[edge.to as usize] * edge.strength);
        }
    }
    for hub in &network.hubs {
        // The two best are enough: the best one's own best is the second.
        let (mut first, mut second, mut who) = (0.0_f32, 0.0_f32, u32::MAX);
        for person in &hub.people {
            let value = values[*person as usize];
            if value > first {
                (second, first, who) = (first, value, *person);
            } else if value > second {
                second = value;
            }
        }
        for person in &hub.people {
            let from = if *person == who { second } else { first };
            let own = &mut next[*person as usize];
            *own = own.max(from * hub.strength);
        }
    }
    next
}

impl Network {
    /// Visits every route to a person of at least `least`, which is above 0.
    pub(super) fn routes(&self, to: u32, least: f32, mut visit: impl FnMut(Route)) {
        self.direct(to, least, &mut visit);
        if self.nearness.best(to) < least {
            return;
        }
        self.steps(to, least / STRONGEST, |last| {
            if self.nearness.two[last.to as usize] * last.strength < least {
                return;
            }
            let value = self.value(last.to) * last.strength;
            if value >= least {
                visit(Route::new(&[last.to, to], value));
            }
            self.near_steps(last.to, least / last.strength, |first, strength| {
                let value = self.value(first) * strength * last.strength;
                if first != to && value >= least {
                    visit(Route::new(&[first, last.to, to], value));
                }
            });
        });
    }

    fn direct(&self, to: u32, least: f32, visit: &mut impl FnMut(Route)) {
        if self.value(to) >= least {
            visit(Route::new(&[to], self.value(to)));
        }
    }

    /// Visits the steps from a person to people such that access times strength is at least `least`.
    fn near_steps(&self, from: u32, least: f32, mut visit: impl FnMut(u32, f32)) {
        for edge in self.declared(from) {
            if self.value(edge.to) * edge.strength >= least {
                visit(edge.to, edge.strength);
            }
        }
        for hub in self.hub_numbers(from) {
            let hub = &self.hubs[*hub as usize];
            let near = hub.people.iter().take_while(|person| self.value(**person) * hub.strength >= least);
            near.filter(|person| **person != from).for_each(|person| visit(*person, hub.strength));
        }
    }

    /// The best routes to a person however weak: of each hub only those of best access are tried.
    pub(super) fn any_routes(&self, to: u32) -> Vec<Route> {
        let mut routes = Vec::new();
        self.direct(to, 0.0, &mut |route| routes.push(route));
        for (last, strength) in self.tried_steps(to) {
            routes.push(Route::new(&[last, to], self.value(last) * strength));
            for (first, own) in self.tried_steps(last).into_iter().filter(|(first, _)| *first != to) {
                routes.push(Route::new(&[first, last, to], self.value(first) * own * strength));
            }
        }
        routes.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.people.cmp(&b.people)));
        routes
    }

    fn tried_steps(&self, from: u32) -> Vec<(u32, f32)> {
        let mut steps: Vec<(u32, f32)> =
            self.declared(from).iter().map(|edge| (edge.to, edge.strength)).collect();
        for hub in self.hub_numbers(from) {
            let hub = &self.hubs[*hub as usize];
            let people = hub.people.iter().filter(|person| **person != from).take(TRIED);
            steps.extend(people.map(|person| (*person, hub.strength)));
        }
        // The strongest step to each person, those that lead nearest first.
        steps.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        steps.dedup_by_key(|(to, _)| *to);
        let near = |(to, strength): &(u32, f32)| self.nearness.two[*to as usize] * strength;
        steps.sort_by(|a, b| near(b).total_cmp(&near(a)).then(a.0.cmp(&b.0)));
        steps.truncate(4 * TRIED);
        steps
    }

    /// What each step of a route rests on; the first is the user's access.
    pub(super) fn proofs(&self, route: &Route) -> Vec<Option<Proof>> {
        let steps = route.people().windows(2).map(|pair| self.step(pair[0], pair[1]).map(|edge| edge.proof));
        std::iter::once(None).chain(steps).collect()
    }
}
