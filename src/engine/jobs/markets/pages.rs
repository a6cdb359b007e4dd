//! All markets, one market, and the tables of regions and people by markets.

use std::collections::HashMap;

use super::lens::{Lens, region_named};
use crate::domain::id::ContactId;
use crate::domain::problem::Problem;
use crate::insight::markets::{MarketIx, Taxonomy};
use crate::insight::network::{self, Access, Level, Likelihood};
use crate::protocol::markets::{
    Ask, AskWhy, Cell, Column, Connector, Crossing, Crossings, Head, MarketPage, MarketsMap, RegionLine, Row,
    Rows,
};

/// The paths of a market that are told beside its connectors.
const WAYS: usize = 5;
/// People who could be asked to open a market.
const ASKS: usize = 12;

/// How all markets are covered.
pub(super) fn map(lens: Lens<'_>) -> MarketsMap {
    let taxonomy = lens.taxonomy();
    let mut order = Vec::with_capacity(taxonomy.len());
    walk(taxonomy, None, &mut order);
    order.extend(taxonomy.all().filter(|(_, market)| market.hidden).map(|(ix, _)| ix));
    let mut regions: Vec<_> = people_by_region(&lens).into_iter().collect();
    network::sort_regions(&mut regions, |(region, _)| region);
    let (ground, missing) = lens.derived.network().standing();
    MarketsMap {
        lines: order.into_iter().map(|ix| lens.line(ix)).collect(),
        ground,
        missing,
        regions: regions.into_iter().map(|(region, count)| (region_named(region), count)).collect(),
        region: lens.region,
    }
}

/// How many people with a market are in each region.
fn people_by_region<'l>(lens: &'l Lens<'_>) -> HashMap<&'l str, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (id, placed) in lens.derived.atlas.people() {
        if let Some(at) = placed.region.as_ref().filter(|_| !placed.links.is_empty())
            && lens.derived.network().access(id).is_some()
        {
            *counts.entry(&at.region).or_default() += 1;
        }
    }
    counts
}

/// The shown markets below one, each followed by those below it.
fn walk(taxonomy: &Taxonomy, above: Option<MarketIx>, order: &mut Vec<MarketIx>) {
    for (ix, _) in taxonomy.below(above) {
        order.push(ix);
        walk(taxonomy, Some(ix), order);
    }
}

/// One market: who connects to it, through whom, and where.
pub(super) fn page(lens: &Lens<'_>, name: &str, limit: usize) -> Result<MarketPage, Problem> {
    let ix = lens.find(name)?;
    let (derived, chart, taxonomy) = (lens.derived, &*lens.chart, lens.taxonomy());
    let network = derived.network();
    let connectors = network.connectors(chart, &derived.atlas, ix, limit);
    let doors = chart.of(ix).map_or(&[][..], |own| &own.sole_doors);
    let connector = |own: network::Connector| {
        let contact = lens.book.contact(own.person)?;
        Some(Connector {
            person: contact.as_ref().into(),
            hat: lens.hat(contact, &own.link),
            region: lens.region_of(own.person),
            closeness: contact.closeness,
            access: network.access(own.person)?,
            score: own.score,
            likelihood: Likelihood::of(own.score),
            alone: doors.contains(&own.person),
            way: network.best_path(own.person).and_then(|path| lens.way(&path, None)),
        })
    };
    let line = lens.line(ix);
    let asks = if line.level < Level::Fair {
        network.who_could_open(chart, &derived.atlas, ix, ASKS)
    } else {
        Vec::new()
    };
    let everywhere = derived.chart(None);
    let regions = network.by_region(&everywhere, &derived.atlas, ix).into_iter();
    Ok(MarketPage {
        above: taxonomy.shown_above(ix).map(|above| lens.market(above)),
        below: taxonomy.below(Some(ix)).map(|(below, _)| lens.line(below)).collect(),
        connectors: connectors.into_iter().filter_map(connector).collect(),
        ways: lens.ways(&network.paths_into(chart, ix, WAYS), Some(ix)),
        regions: regions
            .map(|(region, own)| RegionLine {
                region: region_named(&region),
                presence: own.presence,
                reach: own.reach,
                level: own.level,
            })
            .collect(),
        asks: asks.into_iter().filter_map(|own| ask(lens, own)).collect(),
        region: lens.region.clone(),
        line,
    })
}

fn ask(lens: &Lens<'_>, own: network::Ask) -> Option<Ask> {
    Some(Ask {
        person: lens.brief(own.person)?,
        closeness: lens.closeness(own.person),
        why: match own.why {
            network::AskWhy::Knows { member, tie } => AskWhy::Knows { member: lens.brief(member)?, tie },
            network::AskWhy::Member => AskWhy::Member,
            network::AskWhy::Near { market } => AskWhy::Near { market: lens.market(market) },
        },
        score: own.score,
    })
}

/// A table of regions or people by markets.
pub(super) fn crossing(lens: &Lens<'_>, asked: &Crossings) -> Crossing {
    let taxonomy = lens.taxonomy();
    let mut order = Vec::new();
    walk(taxonomy, None, &mut order);
    order.retain(|ix| lens.chart.of(*ix).is_some_and(|own| own.presence > 0));
    let places: HashMap<MarketIx, usize> = order.iter().enumerate().map(|(at, ix)| (*ix, at)).collect();
    let columns = order.iter().map(|ix| {
        let parent = taxonomy.shown_above(*ix).map(|above| taxonomy.get(above).slug.clone());
        Column { market: lens.market(*ix), parent }
    });
    let (rows, total) = match asked.rows {
        Rows::Regions => region_rows(lens, &places, asked),
        Rows::People => people_rows(lens, &places, asked),
    };
    Crossing { columns: columns.collect(), rows, total }
}

fn region_rows(lens: &Lens<'_>, places: &HashMap<MarketIx, usize>, asked: &Crossings) -> (Vec<Row>, usize) {
    let table = lens.derived.table();
    let people = people_by_region(lens);
    let row = |(region, cells): &(String, Vec<network::Cell>)| {
        let mut cells: Vec<(usize, Cell)> = cells
            .iter()
            .filter_map(|cell| {
                let covered = Cell::Covered { presence: cell.presence, reach: cell.reach, level: cell.level };
                Some((*places.get(&cell.market)?, covered))
            })
            .collect();
        cells.sort_by_key(|(column, _)| *column);
        let people = people.get(region.as_str()).copied().unwrap_or(0);
        Row { head: Head::Region(region_named(region), people), cells }
    };
    (table.iter().skip(asked.offset).take(asked.limit).map(row).collect(), table.len())
}

/// People who are tied to a market, those of best access first.
fn people_rows(lens: &Lens<'_>, places: &HashMap<MarketIx, usize>, asked: &Crossings) -> (Vec<Row>, usize) {
    let (atlas, taxonomy) = (&lens.derived.atlas, lens.taxonomy());
    let region = lens.region.as_ref().map(|region| region.slug.as_str());
    let mut people: Vec<(ContactId, Access)> = lens
        .derived
        .network()
        .people()
        .filter(|(id, _)| {
            atlas.of(*id).is_some_and(|placed| {
                let there = placed.region.as_ref().is_some_and(|at| Some(&*at.region) == region);
                !placed.links.is_empty() && (region.is_none() || there)
            })
        })
        .collect();
    people.sort_by(|a, b| b.1.value.total_cmp(&a.1.value).then(a.0.cmp(&b.0)));
    let total = people.len();
    let row = |(id, access): (ContactId, Access)| {
        let mut cells: Vec<(usize, f32, Cell)> = Vec::new();
        for link in atlas.links(id) {
            let tied = Cell::Tied { how: link.how, former: link.former, stated: link.is_stated() };
            for column in taxonomy.line(link.market).filter_map(|ix| places.get(&ix)) {
                match cells.iter_mut().find(|(known, ..)| known == column) {
                    Some((_, weight, _)) if *weight >= link.weight() => {}
                    Some(known) => *known = (*column, link.weight(), tied.clone()),
                    None => cells.push((*column, link.weight(), tied.clone())),
                }
            }
        }
        cells.sort_by_key(|(column, ..)| *column);
        let cells = cells.into_iter().map(|(column, _, cell)| (column, cell)).collect();
        Some(Row { head: Head::Person(lens.brief(id)?, access), cells })
    };
    let shown = people.into_iter().skip(asked.offset).take(asked.limit);
    (shown.filter_map(row).collect(), total)
}
