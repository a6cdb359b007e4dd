//! Doors: who connects to a market, who could introduce whom, which markets are closed and who might open them.

use std::collections::HashMap;

use super::chart::{Chart, Seat};
use super::graph::{Network, TieEvidence};
use super::reach::Level;
use crate::domain::ContactId;
use crate::insight::markets::{Atlas, Link, MarketIx, hat_weight};

/// Members of a closed market whose acquaintances are looked through.
const LOOKED_THROUGH: usize = 256;

/// Somebody tied to a market.
#[derive(Clone, Debug, PartialEq)]
pub struct Connector {
    /// The person.
    pub person: ContactId,
    /// The strongest tie to the market, or to one below it.
    pub link: Link,
    /// The user's own access, 0 to 1.
    pub access: f32,
    /// The best path's value times the tie's weight, 0 to 1: the order of the list.
    pub score: f32,
}

/// Somebody who could introduce, or be introduced.
#[derive(Clone, Debug, PartialEq)]
pub struct Introduction {
    /// The other person.
    pub person: ContactId,
    /// The strength of the tie between the two, 0 to 1.
    pub strength: f32,
    /// What it rests on.
    pub tie: TieEvidence,
    /// The value of the way through the introducer, 0 to 1.
    pub through: f32,
    /// The user's own access to the one who would be introduced.
    pub direct: f32,
}

/// Why somebody might open a market.
#[derive(Clone, Debug, PartialEq)]
pub enum AskWhy {
    /// Knows, or may know, somebody tied to the market.
    Knows {
        /// That person.
        member: ContactId,
        /// What binds the two.
        tie: TieEvidence,
    },
    /// Is tied to it, but hardly known.
    Member,
    /// Is tied to a market beside or above it.
    Near {
        /// That market.
        market: MarketIx,
    },
}

/// Somebody who could be asked to open a market.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The person.
    pub person: ContactId,
    /// Why.
    pub why: AskWhy,
    /// How promising, 0 to 1: the order of the list.
    pub score: f32,
}

impl Chart {
    /// The shown markets that nobody opens, those with most people first.
    pub fn gaps(&self, atlas: &Atlas) -> Vec<MarketIx> {
        let mut gaps: Vec<MarketIx> = atlas
            .taxonomy()
            .all()
            .filter(|(ix, market)| !market.hidden && self.of(*ix).is_none_or(|own| own.level == Level::None))
            .map(|(ix, _)| ix)
            .collect();
        gaps.sort_by_key(|ix| (std::cmp::Reverse(self.of(*ix).map_or(0, |own| own.presence)), *ix));
        gaps
    }
}

impl Network {
    /// Who connects to a market, or to one below it, nearest and weightiest first; `chart` says of which region.
    pub fn connectors(&self, chart: &Chart, atlas: &Atlas, market: MarketIx, limit: usize) -> Vec<Connector> {
        let mut seats: Vec<&Seat> = chart.seats(market).iter().collect();
        let score = |seat: &Seat| self.nearness.best(seat.person) * seat.weight;
        seats.sort_by(|a, b| {
            let own = |seat: &Seat| self.value(seat.person);
            score(b).total_cmp(&score(a)).then(own(b).total_cmp(&own(a))).then(a.person.cmp(&b.person))
        });
        let connector = |seat: &Seat| {
            let person = self.id(seat.person);
            Some(Connector {
                person,
                link: atlas.strongest(person, market)?.clone(),
                access: self.value(seat.person),
                score: score(seat),
            })
        };
        seats.into_iter().take(limit).filter_map(connector).collect()
    }

    /// Whom somebody could introduce the user to: people nearer through that person than directly, the most gained first.
    pub fn introduces(&self, person: ContactId, limit: usize) -> Vec<Introduction> {
        let Some(from) = self.number(person) else { return Vec::new() };
        let access = self.value(from);
        self.neighbours(from, limit, |other, strength| (access * strength, self.value(other)))
    }

    /// Who could introduce the user to somebody: people through whom that person is nearer than directly, best first.
    pub fn introducers(&self, person: ContactId, limit: usize) -> Vec<Introduction> {
        let Some(to) = self.number(person) else { return Vec::new() };
        let direct = self.value(to);
        self.neighbours(to, limit, |other, strength| (self.value(other) * strength, direct))
    }

    /// The neighbours whose way through is better than the direct one; `ways` gives both.
    fn neighbours(&self, of: u32, limit: usize, ways: impl Fn(u32, f32) -> (f32, f32)) -> Vec<Introduction> {
        let mut best: HashMap<u32, f32> = HashMap::new();
        self.steps(of, f32::MIN_POSITIVE, |edge| {
            let (through, direct) = ways(edge.to, edge.strength);
            if through > direct {
                let own = best.entry(edge.to).or_default();
                *own = own.max(edge.strength);
            }
        });
        let mut found: Vec<(u32, f32)> = best.into_iter().collect();
        let gain = |(other, strength): &(u32, f32)| {
            let (through, direct) = ways(*other, *strength);
            through - direct
        };
        found.sort_by(|a, b| gain(b).total_cmp(&gain(a)).then(a.0.cmp(&b.0)));
        found.truncate(limit);
        let introduction = |(other, strength): (u32, f32)| {
            let (through, direct) = ways(other, strength);
            let tie = self.step(of, other).map(|edge| self.evidence(edge.proof))?;
            Some(Introduction { person: self.id(other), strength, tie, through, direct })
        };
        found.into_iter().filter_map(introduction).collect()
    }

    /// Who could be asked to open a market: acquaintances of its people, its people themselves, and people of the markets
    /// beside and above it, each with the best of the reasons.
    pub fn who_could_open(&self, chart: &Chart, atlas: &Atlas, market: MarketIx, limit: usize) -> Vec<Ask> {
        let mut asks: HashMap<u32, (f32, Reason)> = HashMap::new();
        let mut ask = |person: u32, score: f32, reason: Reason| {
            let known = asks.entry(person).or_insert((0.0, reason));
            if score > known.0 {
                *known = (score, reason);
            }
        };
        let seats = chart.seats(market);
        for seat in seats.iter().take(LOOKED_THROUGH) {
            ask(seat.person, self.value(seat.person) * seat.weight, Reason::Member);
            self.steps(seat.person, 0.01, |edge| {
                let score = self.value(edge.to) * edge.strength * seat.weight;
                ask(edge.to, score, Reason::Knows(seat.person));
            });
        }
        let taxonomy = atlas.taxonomy();
        let above = taxonomy.shown_above(market);
        let beside = above
            .into_iter()
            .chain(above.into_iter().flat_map(|above| taxonomy.below(Some(above)).map(|(ix, _)| ix)));
        for near in beside.filter(|near| *near != market) {
            for seat in chart.seats(near) {
                // Somebody of the next market opens this one as one who influences it might, at best.
                let weight = seat.weight * hat_weight(crate::domain::contact::MarketHow::Influences) / 2.0;
                ask(seat.person, self.value(seat.person) * weight, Reason::Near(near));
            }
        }
        let mut found: Vec<(u32, f32, Reason)> =
            asks.into_iter().map(|(person, (score, reason))| (person, score, reason)).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(limit);
        let ask = |(person, score, reason): (u32, f32, Reason)| {
            let why = match reason {
                Reason::Member => AskWhy::Member,
                Reason::Near(market) => AskWhy::Near { market },
                Reason::Knows(member) => {
                    let tie = self.step(person, member).map(|edge| self.evidence(edge.proof))?;
                    AskWhy::Knows { member: self.id(member), tie }
                }
            };
            Some(Ask { person: self.id(person), why, score })
        };
        found.into_iter().filter_map(ask).collect()
    }
}

#[derive(Clone, Copy)]
enum Reason {
    Knows(u32),
    Member,
    Near(MarketIx),
}
