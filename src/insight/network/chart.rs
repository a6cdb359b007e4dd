//! The chart: every market's coverage, and which markets each person opens.
//!
//! A market is covered by whoever is tied to it or to a market below it. *Presence* counts them all; *reach* rests on the
//! best disjoint paths. A person *opens* a market when one of those paths runs through or ends at him, and opens it *alone*,
//! as its sole door, when without him its level falls.

use std::collections::HashMap;

use super::graph::Network;
use super::reach::{Candidates, Choice, FLOOR, Level};
use super::routes::Route;
use crate::domain::ContactId;
use crate::insight::markets::{Atlas, MarketIx, Placed, Regions, Taxonomy};
use crate::insight::search::threads;

/// A market's paths are searched from so many of its nearest people.
const SEARCHED: usize = 512;
/// Paths of at least these values are tried before all are.
const STRONG: [f32; 2] = [0.5, 0.2];
/// Fewer ties than this are counted by one thread.
const WORTH_A_THREAD: usize = 20_000;

/// Somebody's place in a market.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seat {
    pub person: u32,
    /// The strongest tie's, 0 to 1.
    pub weight: f32,
    pub stated: bool,
}

/// How a market is covered.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The market.
    pub market: MarketIx,
    /// `1 − Π(1 − path)` over the five best disjoint paths of at least 0.03; 0 to 1.
    pub reach: f32,
    /// The reach in words.
    pub level: Level,
    /// How many people are tied to it or to a market below it.
    pub presence: usize,
    /// How many of them by the user's word.
    pub stated: usize,
    /// How many of them only by what their words suggest.
    pub inferred: usize,
    /// Those without whom the level falls; whose absence costs most comes first.
    pub sole_doors: Vec<ContactId>,
}

/// Which markets a person opens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    /// All of them, in the order of the taxonomy.
    pub markets: Vec<MarketIx>,
    /// Those that only this person opens.
    pub alone: Vec<MarketIx>,
}

/// The coverage of all markets, everywhere or in one region.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    coverage: Vec<Coverage>,
    seats: Vec<Vec<Seat>>,
    choices: Vec<Choice>,
    opened: HashMap<ContactId, Opened>,
}

impl Chart {
    /// The coverage of a market.
    pub fn of(&self, market: MarketIx) -> Option<&Coverage> {
        self.coverage.get(market.number())
    }

    /// The coverage of all markets, hidden ones too, in the order of the taxonomy.
    pub fn all(&self) -> &[Coverage] {
        &self.coverage
    }

    /// Which markets a person opens; `None` for people who open none.
    pub fn opened_by(&self, person: ContactId) -> Option<&Opened> {
        self.opened.get(&person)
    }

    /// The people who open markets: first by how many they open alone, then by how many they open.
    pub fn openers(&self) -> Vec<(ContactId, &Opened)> {
        let mut openers: Vec<(ContactId, &Opened)> =
            self.opened.iter().map(|(id, opened)| (*id, opened)).collect();
        let rank = |opened: &Opened| (opened.alone.len(), opened.markets.len());
        openers.sort_by(|a, b| rank(b.1).cmp(&rank(a.1)).then(a.0.cmp(&b.0)));
        openers
    }

    pub(super) fn seats(&self, market: MarketIx) -> &[Seat] {
        self.seats.get(market.number()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn choice(&self, market: MarketIx) -> Option<&Choice> {
        self.choices.get(market.number())
    }
}

/// One cell of the table of regions and markets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The market.
    pub market: MarketIx,
    /// How many people are tied to it.
    pub presence: usize,
    /// How well it is reached.
    pub reach: f32,
    /// The same in words.
    pub level: Level,
}

/// Sorts regions as the table has them; free ones come last, by name.
pub fn sort_regions<T>(list: &mut [T], slug: impl Fn(&T) -> &str) {
    let known = Regions::bundled();
    let place = |slug: &str| known.all().iter().position(|region| region.slug == slug).unwrap_or(usize::MAX);
    list.sort_by(|a, b| place(slug(a)).cmp(&place(slug(b))).then_with(|| slug(a).cmp(slug(b))));
}

impl Network {
    /// The coverage of all markets; with a region's slug, by its people only.
    pub fn chart(&self, atlas: &Atlas, region: Option<&str>) -> Chart {
        let seats = self.seats(atlas, |placed| match region {
            Some(region) => placed.region.as_ref().is_some_and(|at| at.region == region),
            None => true,
        });
        self.chart_of(seats)
    }

    /// The coverage of one market in each region where somebody is tied to it, known regions first.
    pub fn by_region(&self, chart: &Chart, atlas: &Atlas, market: MarketIx) -> Vec<(String, Coverage)> {
        let mut regions: Vec<(&str, Vec<Seat>)> = Vec::new();
        for seat in chart.seats(market) {
            let Some(at) = atlas.of(self.id(seat.person)).and_then(|placed| placed.region.as_ref()) else {
                continue;
            };
            match regions.iter_mut().find(|(region, _)| *region == at.region) {
                Some((_, seats)) => seats.push(*seat),
                None => regions.push((&at.region, vec![*seat])),
            }
        }
        sort_regions(&mut regions, |(region, _)| region);
        let cover = |(region, seats): (&str, Vec<Seat>)| (region.to_owned(), self.cover(market, &seats).0);
        regions.into_iter().map(cover).collect()
    }

    /// Every region in which somebody is tied to a market, with its covered markets; free regions come last.
    pub fn table(&self, atlas: &Atlas) -> Vec<(String, Vec<Cell>)> {
        let mut regions: Vec<&str> = Vec::new();
        for (_, placed) in atlas.people().filter(|(_, placed)| !placed.links.is_empty()) {
            if let Some(at) = &placed.region
                && !regions.contains(&&*at.region)
            {
                regions.push(&at.region);
            }
        }
        sort_regions(&mut regions, |region| region);
        let row = |region: &str| {
            let chart = self.chart(atlas, Some(region));
            let cells = chart.coverage.iter().filter(|coverage| coverage.presence > 0).map(|coverage| Cell {
                market: coverage.market,
                presence: coverage.presence,
                reach: coverage.reach,
                level: coverage.level,
            });
            cells.collect()
        };
        regions.into_iter().map(|region| (region.to_owned(), row(region))).collect()
    }

    /// Who is tied to each market or to one below it.
    fn seats(&self, atlas: &Atlas, counts: impl Fn(&Placed) -> bool) -> Vec<Vec<Seat>> {
        let taxonomy: &Taxonomy = atlas.taxonomy();
        let lines: Vec<Vec<usize>> =
            taxonomy.all().map(|(ix, _)| taxonomy.line(ix).map(MarketIx::number).collect()).collect();
        let mut seats: Vec<Vec<Seat>> = vec![Vec::new(); taxonomy.len()];
        // Both lists are in the order of identifiers.
        let mut people = (0..).zip(&self.people).peekable();
        for (id, placed) in atlas.people().filter(|(_, placed)| counts(placed)) {
            while people.next_if(|(_, known)| **known < id).is_some() {}
            let Some((person, _)) = people.next_if(|(_, known)| **known == id) else { continue };
            for link in &placed.links {
                let (weight, stated) = (link.weight(), link.is_stated());
                for market in &lines[link.market.number()] {
                    match seats[*market].last_mut().filter(|seat| seat.person == person) {
                        Some(seat) => {
                            seat.weight = seat.weight.max(weight);
                            seat.stated |= stated;
                        }
                        None => seats[*market].push(Seat { person, weight, stated }),
                    }
                }
            }
        }
        seats
    }

    fn chart_of(&self, seats: Vec<Vec<Seat>>) -> Chart {
        let work = seats.iter().map(Vec::len).sum();
        let parts = threads::shared(seats.len(), work, WORTH_A_THREAD, |range| {
            range.map(|number| self.cover(MarketIx::at(number), &seats[number])).collect::<Vec<_>>()
        });
        let (coverage, choices): (Vec<Coverage>, Vec<Choice>) = parts.into_iter().flatten().unzip();
        let mut opened: HashMap<ContactId, Opened> = HashMap::new();
        for (own, choice) in coverage.iter().zip(&choices) {
            for person in choice.routes.iter().flat_map(Route::people).map(|person| self.id(*person)) {
                let opens = opened.entry(person).or_default();
                opens.markets.push(own.market);
                if own.sole_doors.contains(&person) {
                    opens.alone.push(own.market);
                }
            }
        }
        Chart { coverage, seats, choices, opened }
    }

    fn cover(&self, market: MarketIx, seats: &[Seat]) -> (Coverage, Choice) {
        let met = |person: u32| self.access[person as usize].is_met();
        let choice = self.choose(seats, met);
        let level = Level::of(choice.reach);
        let mut sole_doors: Vec<(f32, ContactId)> = Vec::new();
        let mut all: Option<Candidates> = None;
        for (at, route) in choice.routes.iter().enumerate().filter(|_| level > Level::None) {
            // What the other paths reach without this one is reached in any case.
            if Level::of(choice.without(at)) == level {
                continue;
            }
            let candidates = all.get_or_insert_with(|| self.candidates(seats, FLOOR));
            for person in route.people() {
                let reach = candidates.choose(Some(*person), met).reach;
                if Level::of(reach) < level {
                    sole_doors.push((reach, self.id(*person)));
                }
            }
        }
        // The sort keeps the order of the paths, so that of two people on one path the nearer comes first.
        sole_doors.sort_by(|a, b| a.0.total_cmp(&b.0));
        let stated = seats.iter().filter(|seat| seat.stated).count();
        let coverage = Coverage {
            market,
            reach: choice.reach,
            level,
            presence: seats.len(),
            stated,
            inferred: seats.len() - stated,
            sole_doors: sole_doors.into_iter().map(|(_, id)| id).collect(),
        };
        (coverage, choice)
    }

    /// The best choice among all paths into a market, looked for among the strong ones first.
    fn choose(&self, seats: &[Seat], met: impl Fn(u32) -> bool + Copy) -> Choice {
        for least in STRONG {
            let candidates = self.candidates(seats, least);
            let choice = candidates.choose(None, met);
            if candidates.suffice(&choice, least) {
                return choice;
            }
        }
        self.candidates(seats, FLOOR).choose(None, met)
    }

    /// The paths of at least `least` into a market.
    fn candidates(&self, seats: &[Seat], least: f32) -> Candidates {
        let score = |seat: &Seat| self.nearness.best(seat.person) * seat.weight;
        let mut near: Vec<&Seat> = seats.iter().filter(|seat| score(seat) >= least).collect();
        if near.len() > SEARCHED {
            near.select_nth_unstable_by(SEARCHED, |a, b| score(b).total_cmp(&score(a)));
            near.truncate(SEARCHED);
        }
        let mut routes = Vec::new();
        for seat in near {
            self.routes(seat.person, least / seat.weight, |route| routes.push(route.weighed(seat.weight)));
        }
        Candidates::new(routes)
    }
}
