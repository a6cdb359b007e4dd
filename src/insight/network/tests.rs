//! Known small networks, with access, paths, reach and sole doors computed by hand; and what must hold of every network.

use std::sync::Arc;

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::contact::{Closeness, Door, MarketHow, MarketTie, Met, MetHow, Name, Role, Stage};
use crate::domain::tie::{Tie, TieKind};
use crate::domain::time::{Date, Timestamp};
use crate::domain::{Book, Contact, ContactId, Record, TieId};
use crate::insight::markets::{Atlas, MarketIx};

const TODAY: Date = date(2026, 11, 16);

fn id(n: u128) -> ContactId {
    ContactId(Uuid::from_u128(n))
}

/// A contact of a declared closeness, tied to the municipal market by such a hat.
fn contact(n: u128, closeness: Option<u8>, how: Option<MarketHow>) -> Contact {
    let mut contact = Contact::new(id(n), Timestamp::UNIX_EPOCH);
    contact.name = Name::from_full(format!("Person {n}"));
    contact.closeness = closeness.and_then(Closeness::new);
    if how.is_some() {
        contact.markets.push(MarketTie {
            market: "municipal".into(),
            how,
            evidence: String::new(),
            refused: false,
        });
    }
    contact
}

fn tie(n: u128, a: u128, b: u128, closeness: u8) -> Tie {
    let closeness = Closeness::new(closeness);
    let id_of = TieId(Uuid::from_u128(n));
    Tie { id: id_of, a: id(a), b: id(b), kind: TieKind::Knows, closeness, note: String::new(), since: None }
}

fn book(people: impl IntoIterator<Item = Contact>, ties: impl IntoIterator<Item = Tie>) -> Book {
    let mut book = Book::default();
    people.into_iter().for_each(|contact| book.put(Record::Contact(Arc::new(contact))));
    ties.into_iter().for_each(|tie| book.put(Record::Tie(Arc::new(tie))));
    book
}

struct World {
    atlas: Atlas,
    network: Network,
    chart: Chart,
    municipal: MarketIx,
}

fn world(book: &Book) -> World {
    let atlas = Atlas::build(book);
    let network = Network::new(book, TODAY);
    let chart = network.chart(&atlas, None);
    let municipal = atlas.taxonomy().find("municipal").expect("a bundled market");
    World { atlas, network, chart, municipal }
}

impl World {
    fn coverage(&self) -> &Coverage {
        self.chart.of(self.municipal).expect("every market is covered somehow")
    }
}

fn close(a: f32, b: f32) -> bool {
    (a - b).abs() < 1e-4
}

#[test]
fn the_one_friend_who_decides_makes_a_market_strong_and_is_its_sole_door() {
    let strangers = (10..400).map(|n| {
        let mut stranger = contact(n, None, Some(MarketHow::Decides));
        stranger.door = Some(Door::Accepted);
        stranger.met = Some(Met { how: Some(MetHow::LinkedIn), ..Met::default() });
        stranger
    });
    let crowd: Vec<Contact> = strangers.collect();
    let alone = world(&book(crowd.clone(), []));
    assert_eq!((alone.coverage().level, alone.coverage().presence), (Level::Thin, 390));
    assert!(alone.coverage().sole_doors.is_empty());
    let friend = contact(1, Some(4), Some(MarketHow::Decides));
    let with = world(&book(crowd.into_iter().chain([friend]), []));
    assert_eq!(with.coverage().level, Level::Strong);
    assert_eq!(with.coverage().sole_doors, [id(1)]);
    let opened = with.chart.opened_by(id(1)).expect("he opens it");
    assert!(opened.alone.contains(&with.municipal));
    assert_eq!(with.chart.openers()[0].0, id(1));
}

#[test]
fn declared_strangers_are_presence_alone() {
    let crowd = (1..300).map(|n| contact(n, Some(0), Some(MarketHow::Decides)));
    let world = world(&book(crowd, []));
    assert_eq!((world.coverage().level, world.coverage().stated), (Level::None, 299));
    assert_eq!(world.chart.gaps(&world.atlas)[0], world.municipal);
}

#[test]
fn a_path_is_the_product_of_its_steps_and_the_last_hat() {
    // Me –0.90→ 1 –0.65→ 2 –0.40→ 3, who works there: 0.9·0.65·0.4·0.8 = 0.1872.
    let people =
        [contact(1, Some(5), None), contact(2, Some(0), None), contact(3, Some(0), Some(MarketHow::Works))];
    let world = world(&book(people, [tie(1, 1, 2, 4), tie(2, 2, 3, 3)]));
    let paths = world.network.paths_into(&world.chart, world.municipal, 5);
    assert!(close(paths[0].score, 0.1872), "{}", paths[0].score);
    assert_eq!(paths[0].hops.iter().map(|hop| hop.to).collect::<Vec<_>>(), [id(1), id(2), id(3)]);
    assert_eq!(paths[0].asked(), Some(id(1)));
    assert!(close(world.coverage().reach, 0.1872));
    assert_eq!(world.coverage().level, Level::Thin);
    let tie = &paths[0].hops[1].tie;
    assert!(matches!(tie, TieEvidence::Declared { kind: TieKind::Knows, .. }) && !tie.is_guess());
    // To the person the hat does not count, and the direct way is another path.
    let paths = world.network.paths_to(id(3), 5);
    assert!(close(paths[0].score, 0.234) && close(paths[1].score, 0.02));
    assert_eq!(world.network.best_path(id(3)).map(|path| path.hops.len()), Some(3));
    // Nobody is more than three people away, so a fourth is reached directly only.
    assert_eq!(world.network.paths_to(id(9), 5), []);
}

#[test]
fn reach_rests_on_disjoint_paths() {
    // 1 (0.65) leads to 2 and 3 (0.40 each), who both decide: one path only, 0.26. Then 4 (0.40) decides too.
    let mut people = vec![
        contact(1, Some(4), None),
        contact(2, Some(0), Some(MarketHow::Decides)),
        contact(3, Some(0), Some(MarketHow::Decides)),
    ];
    let ties = [tie(1, 1, 2, 3), tie(2, 1, 3, 3)];
    let one = world(&book(people.clone(), ties.clone()));
    assert!(close(one.coverage().reach, 0.26), "{}", one.coverage().reach);
    // Without 1 nothing is left; without 2 the way leads to 3.
    assert_eq!(one.coverage().sole_doors, [id(1)]);
    people.push(contact(4, Some(3), Some(MarketHow::Decides)));
    let two = world(&book(people, ties));
    assert!(close(two.coverage().reach, 1.0 - 0.74 * 0.6), "{}", two.coverage().reach);
}

#[test]
fn possible_ties_come_from_shared_hubs_and_are_guesses() {
    let at = |n: u128, closeness: u8, org: &str| {
        let mut contact = contact(n, Some(closeness), None);
        contact.roles.push(Role { org: org.into(), ..Role::default() });
        contact
    };
    let people = [
        at(1, 5, "Scierie Roy inc."),
        at(2, 0, "Scierie Roy"),
        at(3, 5, "À mon compte"),
        at(4, 0, "À mon compte"),
    ];
    let world = world(&book(people, []));
    let paths = world.network.paths_to(id(2), 5);
    // Two people share the organisation: 0.9·0.3.
    assert!(close(paths[0].score, 0.27) && paths[0].is_guess());
    let shared =
        TieEvidence::Shared { kind: HubKind::Organisation, name: "Scierie Roy inc.".into(), people: 2 };
    assert_eq!(paths[0].hops[1].tie, shared);
    assert_eq!(world.network.paths_to(id(4), 5).len(), 1, "nobody works together on their own");
    let introductions = world.network.introduces(id(1), 9);
    assert_eq!(introductions.iter().map(|one| one.person).collect::<Vec<_>>(), [id(2)]);
    assert!(close(introductions[0].through, 0.27) && close(introductions[0].direct, 0.02));
    assert_eq!(world.network.introducers(id(2), 9)[0].person, id(1));
}

#[test]
fn a_network_is_no_place_where_people_met() {
    let met = |n: u128, how: MetHow| {
        let mut contact = contact(n, Some(3), None);
        contact.met = Some(Met { at: "LinkedIn".into(), how: Some(how), ..Met::default() });
        contact
    };
    let online = world(&book([met(1, MetHow::LinkedIn), met(2, MetHow::LinkedIn)], []));
    assert!(online.network.hubs().is_empty());
    let office = world(&book([met(1, MetHow::InPerson), met(2, MetHow::InPerson)], []));
    assert_eq!(office.network.hubs().len(), 1, "a party at their office is");
}

#[test]
fn who_introduced_is_tied_and_the_archived_are_left_out() {
    let mut met = contact(2, Some(1), None);
    met.met = Some(Met { via: "person 1".into(), ..Met::default() });
    let mut away = contact(3, Some(5), Some(MarketHow::Decides));
    away.stage = Stage::Archived;
    let world = world(&book([contact(1, Some(5), None), met, away], []));
    let paths = world.network.paths_to(id(2), 5);
    assert!(close(paths[0].score, 0.9 * 0.2));
    assert_eq!(paths[0].hops[1].tie, TieEvidence::Introduced);
    assert_eq!((world.network.len(), world.coverage().presence), (2, 0));
}

#[test]
fn connectors_are_ranked_by_way_and_hat() {
    let people = [
        contact(1, Some(2), Some(MarketHow::Decides)),
        contact(2, Some(3), Some(MarketHow::Member)),
        contact(3, Some(1), Some(MarketHow::Works)),
    ];
    let world = world(&book(people, []));
    let connectors = world.network.connectors(&world.chart, &world.atlas, world.municipal, 9);
    // 0.40·0.6, 0.20·1.0, 0.08·0.8.
    assert_eq!(connectors.iter().map(|one| one.person).collect::<Vec<_>>(), [id(2), id(1), id(3)]);
    assert!(connectors[0].link.is_stated() && close(connectors[0].score, 0.24));
}

#[test]
fn a_gap_says_who_might_open_it() {
    let far = contact(2, Some(0), Some(MarketHow::Decides));
    let world = world(&book([contact(1, Some(1), None), far], [tie(1, 1, 2, 1)]));
    assert_eq!(world.coverage().level, Level::None);
    let asks = world.network.who_could_open(&world.chart, &world.atlas, world.municipal, 9);
    assert_eq!(asks.iter().map(|ask| ask.person).collect::<Vec<_>>(), [id(2), id(1)]);
    assert_eq!(asks[0].why, AskWhy::Member);
    assert!(matches!(asks[1].why, AskWhy::Knows { member, .. } if member == id(2)));
}

#[test]
fn regions_and_markets_cross() {
    let mut here = contact(1, Some(5), Some(MarketHow::Decides));
    here.region = Some("Charlevoix".into());
    let mut there = contact(2, Some(5), Some(MarketHow::Works));
    there.region = Some("Vermont".into());
    let world = world(&book([here, there], []));
    let table = world.network.table(&world.atlas);
    assert_eq!(
        table.iter().map(|(region, _)| region.as_str()).collect::<Vec<_>>(),
        ["capitale-nationale", "Vermont"]
    );
    let there = world.network.chart(&world.atlas, Some("Vermont"));
    assert!(close(there.of(world.municipal).expect("covered").reach, 0.72));
}

#[test]
fn a_star_is_measured_as_what_it_is() {
    let star = world(&book((1..50).map(|n| contact(n, None, None)), [])).network.measures();
    assert!(star.ground.is_star() && star.constraint.is_empty() && star.clusters.is_empty());
    assert_eq!(star.missing, [Missing::Ties, Missing::Closeness, Missing::Meetings]);
    let ties = [tie(1, 1, 2, 4), tie(2, 2, 3, 4), tie(3, 1, 3, 4)];
    let circle = world(&book((1..5).map(|n| contact(n, Some(3), None)), ties)).network.measures();
    assert_eq!(circle.constraint.len(), 3);
    assert!(circle.constraint.iter().all(|(_, own)| close(*own, 1.125)));
    assert_eq!(circle.clusters.len(), 1);
    assert!(circle.missing.is_empty());
}

/// A small network: each person's closeness and hat, and ties.
type Sketch = (Vec<(u8, Option<u8>)>, Vec<(usize, usize, u8)>);

fn sketch() -> impl Strategy<Value = Sketch> {
    let people = prop::collection::vec((0_u8..6, prop::option::weighted(0.6, 0_u8..3)), 2..9);
    let ties = prop::collection::vec((0_usize..9, 0_usize..9, 0_u8..6), 1..14);
    (people, ties)
}

fn drawn(people: &[(u8, Option<u8>)], ties: &[(usize, usize, u8)]) -> World {
    let hows = [MarketHow::Decides, MarketHow::Works, MarketHow::Buys];
    let contacts = (1..)
        .zip(people)
        .map(|(n, (closeness, hat))| contact(n, Some(*closeness), hat.map(|hat| hows[usize::from(hat)])));
    let count = people.len();
    let ties = (1..)
        .zip(ties)
        .map(|(n, (a, b, closeness))| tie(n, (a % count) as u128 + 1, (b % count) as u128 + 1, *closeness));
    world(&book(contacts, ties.collect::<Vec<_>>()))
}

/// The least that can be missed with the people left.
fn missed(paths: &[(u32, f32)], used: u32, left: usize) -> f32 {
    let mut best = 1.0_f32;
    for (at, (people, value)) in paths.iter().enumerate().filter(|(_, path)| left > 0 && path.0 & used == 0) {
        best = best.min((1.0 - value) * missed(&paths[at + 1..], used | people, left - 1));
    }
    best
}

/// Reach by trying every set of disjoint paths.
fn reach_by_hand(people: &[(u8, Option<u8>)], ties: &[(usize, usize, u8)]) -> f32 {
    const ACCESS: [f32; 6] = [0.02, 0.08, 0.20, 0.40, 0.65, 0.90];
    const WEIGHTS: [f32; 3] = [1.0, 0.8, 0.5];
    let count = people.len();
    let strength = |a: usize, b: usize| {
        let joins =
            |tie: &&(usize, usize, u8)| [(a, b), (b, a)].contains(&(tie.0 % count, tie.1 % count)) && a != b;
        ties.iter().filter(joins).map(|tie| ACCESS[usize::from(tie.2)]).fold(0.0, f32::max)
    };
    let mut paths: Vec<(u32, f32)> = Vec::new();
    for (last, weight) in (0..count).filter_map(|at| Some((at, WEIGHTS[usize::from(people[at].1?)]))) {
        let access = |at: usize| ACCESS[usize::from(people[at].0)];
        paths.push((1 << last, access(last) * weight));
        for middle in (0..count).filter(|at| *at != last) {
            let step = strength(middle, last) * weight;
            paths.push((1 << last | 1 << middle, access(middle) * step));
            for first in (0..count).filter(|at| ![last, middle].contains(at)) {
                paths.push((
                    1 << last | 1 << middle | 1 << first,
                    access(first) * strength(first, middle) * step,
                ));
            }
        }
    }
    paths.retain(|(_, value)| *value >= 0.03);
    1.0 - missed(&paths, 0, 5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn reach_is_that_of_the_best_disjoint_paths((people, ties) in sketch()) {
        let world = drawn(&people, &ties[..ties.len().min(5)]);
        let known = reach_by_hand(&people, &ties[..ties.len().min(5)]);
        let met = people.iter().any(|(closeness, _)| *closeness > 0);
        let own = world.coverage().reach;
        prop_assert!((own - known).abs() < 1e-3 || !met, "{own} is not {known}");
    }

    #[test]
    fn adding_a_tie_never_lowers_reach((people, ties) in sketch()) {
        let before = drawn(&people, &ties[..ties.len() - 1]);
        let after = drawn(&people, &ties);
        for (before, after) in before.chart.all().iter().zip(after.chart.all()) {
            prop_assert!(after.reach >= before.reach - 1e-5, "{} fell to {}", before.reach, after.reach);
        }
    }

    #[test]
    fn paths_are_disjoint_and_in_order((people, ties) in sketch()) {
        let world = drawn(&people, &ties);
        let paths = world.network.paths_into(&world.chart, world.municipal, 9);
        let mut seen = std::collections::HashSet::new();
        for hop in paths.iter().flat_map(|path| &path.hops) {
            prop_assert!(seen.insert(hop.to), "a person twice");
        }
        for path in &paths {
            let product: f32 = path.hops.iter().map(|hop| hop.strength).product();
            prop_assert!(path.score <= product + 1e-5 && (1..=3).contains(&path.hops.len()));
        }
    }
}
