//! Introduction paths as they are shown: who is asked for whom, on what each step rests, how likely the whole is.

use serde::{Deserialize, Serialize};

use super::chart::{Chart, Seat};
use super::graph::{Network, TieEvidence};
use super::routes::Route;
use crate::domain::ContactId;
use crate::insight::markets::MarketIx;

/// Members of a market whose paths are searched where the best ones do not fill the list.
const SEARCHED: usize = 48;

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Hop {
    /// The person it leads to.
    pub to: ContactId,
    /// The user's access for the first step, else the strength of the tie, 0 to 1.
    pub strength: f32,
    /// What it rests on.
    pub tie: TieEvidence,
}

/// A way from the user to a person or a market.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The product of the steps, times the weight of the last hat where the path leads to a market; 0 to 1.
    pub score: f32,
    /// The steps, first to last; one to three.
    pub hops: Vec<Hop>,
}

impl Path {
    /// The person it leads to.
    pub fn last(&self) -> Option<ContactId> {
        self.hops.last().map(|hop| hop.to)
    }

    /// The person to ask: the first one, where there is anybody between.
    pub fn asked(&self) -> Option<ContactId> {
        (self.hops.len() > 1).then(|| self.hops[0].to)
    }

    /// Whether a step is a guess.
    pub fn is_guess(&self) -> bool {
        self.hops.iter().any(|hop| hop.tie.is_guess())
    }
}

/// How likely a path is, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Likelihood {
    /// Below 0.03.
    Remote,
    /// Below 0.1.
    Slight,
    /// Below 0.25.
    Possible,
    /// Below 0.5.
    Likely,
    /// From 0.5.
    VeryLikely,
}

impl Likelihood {
    /// The words for a score, 0 to 1.
    pub fn of(score: f32) -> Self {
        match score {
            score if score < 0.03 => Self::Remote,
            score if score < 0.1 => Self::Slight,
            score if score < 0.25 => Self::Possible,
            score if score < 0.5 => Self::Likely,
            _ => Self::VeryLikely,
        }
    }
}

impl Network {
    /// The best paths to a person: the best of all, then those that share nobody but that person with better ones.
    /// The direct way, where the user knows the person at all, is one of them.
    pub fn paths_to(&self, person: ContactId, limit: usize) -> Vec<Path> {
        let Some(to) = self.number(person) else { return Vec::new() };
        let mut chosen: Vec<Route> = Vec::new();
        for route in self.any_routes(to) {
            let between = &route.people()[..route.people().len() - 1];
            let apart =
                chosen.iter().all(|other| !between.iter().any(|person| other.people().contains(person)));
            if apart {
                chosen.push(route);
                if chosen.len() >= limit {
                    break;
                }
            }
        }
        chosen.iter().map(|route| self.path(route)).collect()
    }

    /// The best paths to a market: those that its reach rests on, then weaker ones that share nobody with them.
    pub fn paths_into(&self, chart: &Chart, market: MarketIx, limit: usize) -> Vec<Path> {
        let mut chosen: Vec<Route> =
            chart.choice(market).map(|choice| choice.routes.clone()).unwrap_or_default();
        if chosen.len() < limit {
            let mut seats: Vec<&Seat> = chart.seats(market).iter().collect();
            seats.sort_by(|a, b| {
                (self.nearness.best(b.person) * b.weight)
                    .total_cmp(&(self.nearness.best(a.person) * a.weight))
            });
            let mut more: Vec<Route> = Vec::new();
            for seat in seats.into_iter().take(SEARCHED) {
                let routes = self.any_routes(seat.person).into_iter().take(SEARCHED);
                more.extend(routes.map(|route| route.weighed(seat.weight)));
            }
            more.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.people().cmp(b.people())));
            for route in more {
                if chosen.len() >= limit {
                    break;
                }
                if chosen.iter().all(|other| other.is_apart(&route)) {
                    chosen.push(route);
                }
            }
        }
        chosen.truncate(limit);
        chosen.iter().map(|route| self.path(route)).collect()
    }

    /// The best path to a person; `None` for people who are not in the network.
    pub fn best_path(&self, person: ContactId) -> Option<Path> {
        let to = self.number(person)?;
        self.best_route(to).map(|route| self.path(&route))
    }

    pub(super) fn best_route(&self, to: u32) -> Option<Route> {
        let best = self.nearness.best(to);
        let mut found: Option<Route> = None;
        // Rounding may hide the best route itself from its own bound.
        self.routes(to, best * 0.999, |route| {
            if found
                .is_none_or(|known| (route.value, known.people().len()) > (known.value, route.people().len()))
            {
                found = Some(route);
            }
        });
        found
    }

    pub(super) fn path(&self, route: &Route) -> Path {
        let people = route.people();
        let hops = self.proofs(route).into_iter().enumerate().map(|(at, proof)| {
            let to = people[at];
            let strength = match at {
                0 => self.value(to),
                _ => self.step(people[at - 1], to).map_or(0.0, |edge| edge.strength),
            };
            let tie =
                proof.map_or(TieEvidence::Access(self.access[to as usize]), |proof| self.evidence(proof));
            Hop { to: self.id(to), strength, tie }
        });
        Path { score: route.value, hops: hops.collect() }
    }
}
