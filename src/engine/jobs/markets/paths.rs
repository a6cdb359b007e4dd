//! Ways to somebody or into a market, and what surrounds a person.

use super::super::View;
use super::lens::{Lens, find};
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::domain::problem::Problem;
use crate::insight::introductions;
use crate::insight::markets::{Link, MarketIx};
use crate::insight::network::{self, Neighbour};
use crate::protocol::paths::{
    Around, Destination, Drawing, Introduction, Link as Line, Node, Opened, Paths, Way,
};

/// Ways to a person shown on the page.
const WAYS: usize = 3;
/// Introductions told of a person, each way.
const INTRODUCTIONS: usize = 12;
/// People drawn around a person: more would be a cloud.
const DRAWN: usize = 22;
/// Markets named of somebody who could be met.
const MARKETS: usize = 3;
/// Ways looked through for one that was not asked for yet.
const TRIED: usize = 8;

/// The best ways to where words lead: a market by its slug or name, else somebody, else a market that the words suggest.
pub(super) fn paths(view: &View<'_>, lens: &Lens<'_>, to: &str, limit: usize) -> Result<Paths, Problem> {
    let taxonomy = lens.taxonomy();
    let market = if to.trim_start().starts_with('+') || lens.region.is_some() {
        Some(lens.find(to)?)
    } else {
        taxonomy.find(to.trim()).and_then(|ix| taxonomy.shown(ix))
    };
    if let Some(ix) = market {
        return Ok(into_market(lens, ix, limit));
    }
    match view.who(to) {
        Ok(contact) => Ok(to_person(lens, &contact, limit)),
        // Nobody: perhaps words that lead to a market.
        Err(problem @ Problem::NobodyFound { .. }) => match find(taxonomy, to) {
            Ok(ix) => Ok(into_market(lens, ix, limit)),
            Err(_) => Err(problem),
        },
        Err(problem) => Err(problem),
    }
}

fn into_market(lens: &Lens<'_>, ix: MarketIx, limit: usize) -> Paths {
    let paths = lens.derived.network().paths_into(&lens.chart, ix, limit);
    Paths { to: Destination::Market(lens.market(ix), lens.region.clone()), ways: lens.ways(&paths, Some(ix)) }
}

fn to_person(lens: &Lens<'_>, contact: &Contact, limit: usize) -> Paths {
    let paths = lens.derived.network().paths_to(contact.id, limit);
    Paths { to: Destination::Person(contact.into()), ways: lens.ways(&paths, None) }
}

/// The best way to somebody through a person who was not asked yet.
pub(super) fn next_way(lens: &Lens<'_>, to: ContactId) -> Option<Way> {
    let paths = lens.derived.network().paths_to(to, TRIED);
    let fresh = |path: &&network::Path| {
        path.asked().is_some_and(|via| introductions::request(lens.book, via, Some(to)).is_none())
    };
    paths.iter().find(fresh).and_then(|path| lens.way(path, None))
}

/// What surrounds a person.
pub(super) fn around(lens: &Lens<'_>, contact: &Contact) -> Around {
    let (taxonomy, network) = (lens.taxonomy(), lens.derived.network());
    let links = lens.derived.atlas.links(contact.id);
    let refused = contact.markets.iter().filter(|tie| tie.refused);
    let opened = lens.chart.opened_by(contact.id);
    let opens = opened.into_iter().flat_map(|opened| {
        let shown = opened.markets.iter().filter(|ix| !taxonomy.get(**ix).hidden);
        shown.map(|ix| Opened {
            market: lens.market(*ix),
            level: lens.chart.of(*ix).map(|own| own.level).unwrap_or_default(),
            alone: opened.alone.contains(ix),
        })
    });
    let introductions = |found: Vec<network::Introduction>| -> Vec<Introduction> {
        found.into_iter().filter_map(|own| introduction(lens, own)).collect()
    };
    Around {
        person: contact.into(),
        access: network.access(contact.id),
        region: lens.region_of(contact.id),
        hats: links.iter().map(|link| lens.hat(contact, link)).collect(),
        refused: refused
            .filter_map(|tie| taxonomy.find(&tie.market).and_then(|ix| taxonomy.shown(ix)))
            .map(|ix| lens.market(ix))
            .collect(),
        opens: opens.collect(),
        ways: lens.ways(&network.paths_to(contact.id, WAYS), None),
        introduces: introductions(network.introduces(contact.id, INTRODUCTIONS)),
        introducers: introductions(network.introducers(contact.id, INTRODUCTIONS)),
        drawn: drawing(lens, contact.id),
    }
}

fn introduction(lens: &Lens<'_>, own: network::Introduction) -> Option<Introduction> {
    let mut links: Vec<&Link> = lens.derived.atlas.links(own.person).iter().collect();
    links.sort_by(|a, b| b.weight().total_cmp(&a.weight()));
    Some(Introduction {
        person: lens.brief(own.person)?,
        closeness: lens.closeness(own.person),
        tie: own.tie,
        strength: own.strength,
        through: own.through,
        direct: own.direct,
        markets: links.into_iter().take(MARKETS).map(|link| lens.market(link.market)).collect(),
    })
}

/// The user, the person and those beside, as far as they can be drawn.
fn drawing(lens: &Lens<'_>, person: ContactId) -> Drawing {
    let network = lens.derived.network();
    let (beside, total) = network.beside(person, DRAWN);
    let people: Vec<ContactId> =
        std::iter::once(person).chain(beside.iter().map(|neighbour| neighbour.person)).collect();
    let mut drawn = Drawing { more: total - beside.len(), ..Drawing::default() };
    drawn.nodes.push(Node { person: None, access: 1.0, closeness: None });
    for (at, id) in people.iter().enumerate() {
        let access = network.access(*id);
        drawn.nodes.push(Node {
            person: lens.brief(*id),
            access: access.map_or(0.0, |access| access.value),
            closeness: lens.closeness(*id),
        });
        if let Some(access) = access.filter(|access| at == 0 || access.is_met()) {
            let tie = network::TieEvidence::Access(access);
            drawn.edges.push(Line { from: 0, to: at + 1, strength: access.value, tie });
        }
    }
    for (at, Neighbour { strength, tie, .. }) in beside.into_iter().enumerate() {
        drawn.edges.push(Line { from: 1, to: at + 2, strength, tie });
    }
    // Between the others only what the user declared: guesses would join everybody with everybody.
    for (at, one) in people.iter().enumerate().skip(1) {
        for (later, other) in people.iter().enumerate().skip(at + 1) {
            if let Some((strength, tie)) = network.between(*one, *other).filter(|(_, tie)| !tie.is_guess()) {
                drawn.edges.push(Line { from: at + 1, to: later + 1, strength, tie });
            }
        }
    }
    drawn
}
