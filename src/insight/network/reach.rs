//! Reach: how surely a market answers the user, over the best paths that have nobody in common.
//!
//! Reach is `1 − Π(1 − path)` over at most five disjoint paths of at least 0.03 each, chosen so that it is greatest: the
//! chance that one of them answers if they answer independently of each other. The choice is exact, not greedy, so a
//! new tie can never lower it. Several moderate paths beat one strong one, since moderately weak ties open the most doors
//! (Granovetter, "The Strength of Weak Ties", 1973; Rajkumar et al., Science 377, 2022).
//!
//! A market of which nobody was met, only found on a network, is at most thin, however many there are.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::routes::{LONGEST, Route};

/// Weaker paths are presence.
pub(super) const FLOOR: f32 = 0.03;
/// How many paths count.
pub(super) const COUNTED: usize = 5;
/// The reach of a market in which nobody was met stays below fair.
const MOST_OF_STRANGERS: f32 = 0.249;
/// Differences of sums that are no differences.
const ROUNDING: f32 = 1e-6;
/// Steps of a choice before the best one found is taken. Only dense networks of equal ties come near.
const PATIENCE: usize = 20_000;

/// How well a market is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Below 0.03.
    #[default]
    None,
    /// Below 0.25.
    Thin,
    /// Below 0.6.
    Fair,
    /// From 0.6.
    Strong,
}

impl Level {
    /// The level of a reach, 0 to 1.
    pub fn of(reach: f32) -> Self {
        match reach {
            reach if reach < 0.03 => Self::None,
            reach if reach < 0.25 => Self::Thin,
            reach if reach < 0.6 => Self::Fair,
            _ => Self::Strong,
        }
    }
}

/// The best disjoint paths of a market.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Choice {
    /// Best first. Their values hold the weight of the last hat.
    pub routes: Vec<Route>,
    /// 0 to 1.
    pub reach: f32,
}

impl Choice {
    /// What the other paths reach without one of them.
    pub(super) fn without(&self, at: usize) -> f32 {
        let others = self.routes.iter().enumerate().filter(|(other, _)| *other != at);
        1.0 - others.map(|(_, route)| 1.0 - route.value).product::<f32>()
    }
}

/// What a path adds to `−ln Π(1 − path)`.
fn gain(value: f32) -> f32 {
    -(1.0 - value.min(0.9999)).ln()
}

/// Paths to choose from, best first, without those that no best choice can need.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    routes: Vec<Route>,
}

impl Candidates {
    /// Keeps what a best choice may need, one person banned included. The other four paths and the banned person hold at
    /// most 13 people; so, of the paths that share two people, the 14 best are enough, since one of them is free; likewise
    /// 13·14 + 1 of those that share one person, and 13·183 + 1 of all.
    pub(super) fn new(mut routes: Vec<Route>) -> Self {
        const OTHERS: usize = (COUNTED - 1) * LONGEST + 1;
        const SHARING_TWO: usize = OTHERS + 1;
        const SHARING_ONE: usize = OTHERS * SHARING_TWO + 1;
        const ALL: usize = OTHERS * SHARING_ONE + 1;
        routes.sort_unstable_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.people().cmp(b.people())));
        let mut ones: HashMap<u32, usize> = HashMap::new();
        let mut twos: HashMap<(u32, u32), usize> = HashMap::new();
        let mut kept: Vec<Route> = Vec::new();
        for route in routes {
            if kept.len() >= ALL {
                break;
            }
            let people = route.people();
            let pairs = || {
                let later = |at: usize| people[at + 1..].iter().map(move |other| (people[at], *other));
                (0..people.len()).flat_map(later).map(|(a, b)| (a.min(b), a.max(b)))
            };
            let full = people.iter().any(|one| ones.get(one).is_some_and(|count| *count >= SHARING_ONE))
                || pairs().any(|two| twos.get(&two).is_some_and(|count| *count >= SHARING_TWO));
            if full {
                continue;
            }
            for one in people {
                *ones.entry(*one).or_default() += 1;
            }
            for two in pairs() {
                *twos.entry(two).or_default() += 1;
            }
            kept.push(route);
        }
        Self { routes: kept }
    }

    /// Whether no path below `least` can belong to a better choice than the best one among these, which are all of at
    /// least that: with the four best of all it would still add less.
    pub(super) fn suffice(&self, choice: &Choice, least: f32) -> bool {
        let found: f32 = choice.routes.iter().map(|route| gain(route.value)).sum();
        let most: f32 = self.routes.iter().take(COUNTED - 1).map(|route| gain(route.value)).sum();
        found >= most + gain(least)
    }

    /// The best choice, as if one person were not there; `met` tells whom the user met.
    pub(super) fn choose(&self, without: Option<u32>, met: impl Fn(u32) -> bool) -> Choice {
        let free: Vec<&Route> = self
            .routes
            .iter()
            .filter(|route| without.is_none_or(|person| !route.people().contains(&person)))
            .collect();
        let mut search = Search::new(&free);
        search.go(0, 0.0);
        let mut routes: Vec<Route> = search.best.iter().map(|at| *free[*at]).collect();
        routes.sort_by(|a, b| b.value.total_cmp(&a.value));
        let missed: f32 = routes.iter().map(|route| 1.0 - route.value).product();
        let mut reach = 1.0 - missed;
        if !free.iter().any(|route| met(route.people()[0])) {
            reach = reach.min(MOST_OF_STRANGERS);
        }
        Choice { routes, reach }
    }
}

/// Branch and bound over candidates in the order of their values.
struct Search<'r> {
    routes: &'r [&'r Route],
    gains: Vec<f32>,
    chosen: Vec<usize>,
    best: Vec<usize>,
    best_gain: f32,
    patience: usize,
}

impl<'r> Search<'r> {
    fn new(routes: &'r [&'r Route]) -> Self {
        let gains = routes.iter().map(|route| gain(route.value)).collect();
        Self { routes, gains, chosen: Vec::new(), best: Vec::new(), best_gain: 0.0, patience: PATIENCE }
    }

    /// Tries every candidate from `from` on, as long as the best that could follow beats the best found.
    fn go(&mut self, from: usize, gain: f32) {
        if gain > self.best_gain {
            self.best_gain = gain;
            self.best.clone_from(&self.chosen);
        }
        let left = COUNTED - self.chosen.len();
        if left == 0 {
            return;
        }
        for at in from..self.routes.len() {
            let bound: f32 = self.gains[at..].iter().take(left).sum();
            if gain + bound <= self.best_gain + ROUNDING || self.patience == 0 {
                return;
            }
            if self.chosen.iter().all(|other| self.routes[*other].is_apart(self.routes[at])) {
                self.patience -= 1;
                self.chosen.push(at);
                self.go(at + 1, gain + self.gains[at]);
                self.chosen.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(routes: &[(&[u32], f32)]) -> Choice {
        let routes = routes.iter().map(|(people, value)| Route::new(people, *value)).collect();
        Candidates::new(routes).choose(None, |_| true)
    }

    #[test]
    fn the_choice_is_best_not_greedy() {
        // The best path alone takes both people; the two others together are worth more.
        let choice = choose(&[(&[1, 2], 0.5), (&[1], 0.45), (&[2], 0.45)]);
        assert_eq!(choice.routes.len(), 2);
        assert!((choice.reach - (1.0 - 0.55 * 0.55)).abs() < 1e-6);
    }

    #[test]
    fn five_paths_count() {
        let routes: Vec<(Vec<u32>, f32)> = (0..9).map(|n| (vec![n], 0.2)).collect();
        let routes: Vec<(&[u32], f32)> =
            routes.iter().map(|(people, value)| (people.as_slice(), *value)).collect();
        let choice = choose(&routes);
        assert_eq!(choice.routes.len(), 5);
        assert!((choice.reach - (1.0 - 0.8_f32.powi(5))).abs() < 1e-6);
    }

    #[test]
    fn levels_have_their_bounds() {
        let levels = [0.0, 0.03, 0.25, 0.6].map(Level::of);
        assert_eq!(levels, [Level::None, Level::Thin, Level::Fair, Level::Strong]);
    }

    #[test]
    fn strangers_alone_stay_thin() {
        let routes = (0..300).map(|n| Route::new(&[n], 0.06)).collect();
        let choice = Candidates::new(routes).choose(None, |_| false);
        assert_eq!(Level::of(choice.reach), Level::Thin);
    }
}
