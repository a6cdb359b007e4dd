//! The network in figures.

use std::collections::BTreeMap;

use super::lens::Lens;
use crate::domain::contact::{Contact, Stage};
use crate::insight::network::{HubKind, Level};
use crate::protocol::markets::{Cluster, Opener, Stats};

/// Openers and brokers that are named.
const NAMED: usize = 10;
/// Groups told, and people named of each.
const CLUSTERS: usize = 8;
const OF_CLUSTER: usize = 5;

/// The network in figures.
pub(super) fn stats(lens: &Lens<'_>) -> Stats {
    let (book, derived, taxonomy) = (lens.book, lens.derived, lens.taxonomy());
    let measures = derived.measures();
    let counts = book.counts();
    let mut stats = Stats {
        ground: measures.ground,
        missing: measures.missing.clone(),
        stages: [counts.pocket, counts.active, counts.archived],
        unread: counts.unread,
        interactions: book.interactions().count(),
        modularity: measures.modularity,
        ..Stats::default()
    };
    let mut sources: BTreeMap<String, usize> = BTreeMap::new();
    for contact in book.contacts().filter(|contact| contact.stage != Stage::Archived) {
        let place = contact.closeness.map_or(6, |closeness| usize::from(closeness.level()));
        stats.closeness[place] += 1;
        *sources.entry(source(contact).to_owned()).or_default() += 1;
        stats.placed += usize::from(!derived.atlas.links(contact.id).is_empty());
    }
    stats.sources = sources.into_iter().collect();
    stats.sources.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let kinds = [HubKind::Organisation, HubKind::Event, HubKind::Association];
    let hubs = derived.network().hubs();
    stats.hubs =
        kinds.map(|kind| (kind, hubs.iter().filter(|hub| hub.kind == kind).count())).into_iter().collect();
    for own in lens.chart.all().iter().filter(|own| !taxonomy.get(own.market).hidden) {
        let place = [Level::None, Level::Thin, Level::Fair, Level::Strong];
        let place = place.iter().position(|level| *level == own.level).unwrap_or(0);
        stats.levels[place] += 1;
    }
    let openers = lens.chart.openers();
    stats.opening = openers.len();
    for (id, opened) in openers.into_iter().take(NAMED) {
        let Some(person) = lens.brief(id) else { continue };
        let named = |markets: &[_]| markets.iter().map(|ix| lens.market(*ix)).collect();
        stats.openers.push(Opener { person, markets: named(&opened.markets), alone: named(&opened.alone) });
    }
    let brokers = measures.constraint.iter().take(NAMED);
    stats.brokers = brokers.filter_map(|(id, own)| Some((lens.brief(*id)?, *own))).collect();
    let clusters = measures.clusters.iter().take(CLUSTERS);
    stats.clusters = clusters
        .map(|own| Cluster {
            people: lens.briefs(own.people.iter().take(OF_CLUSTER).copied()),
            size: own.people.len(),
            inward: own.inward,
        })
        .collect();
    stats
}

/// The importer that brought a contact; empty for those noted by hand.
fn source(contact: &Contact) -> &str {
    let own = contact.sources.iter().find(|source| !source.starts_with("uid:"));
    own.and_then(|source| source.split_once(':')).map_or("", |(importer, _)| importer)
}
