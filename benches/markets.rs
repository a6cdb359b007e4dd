//! Markets and paths as the screens feel them: inference of an import, coverage of all markets, measures, a path.
//!
//! `cargo bench --bench markets -- people_16k` or `people_100k`. Budgets: inference of 16,000 contacts 1 s; coverage 50 ms at
//! 16,000 and 200 ms at 100,000 once inferred; measures 500 ms at 16,000 contacts with 100,000 ties; a path 10 ms.

mod world;

use std::sync::{Arc, OnceLock};

use divan::{Bencher, black_box};
use openbar::domain::contact::Closeness;
use openbar::domain::id::TieId;
use openbar::domain::tie::{Tie, TieKind};
use openbar::domain::{Book, ContactId, Record, RecordId};
use openbar::insight::markets::{Atlas, Taxonomy};
use openbar::insight::network::{Chart, Network};
use uuid::Uuid;

fn main() {
    divan::main();
}

/// A book with so many people and ties, and what is derived of it.
struct World {
    book: Book,
    atlas: Atlas,
    network: Network,
    chart: Chart,
    people: Vec<ContactId>,
}

fn world(people: usize, ties: usize, kept: &'static OnceLock<World>) -> &'static World {
    kept.get_or_init(|| {
        let mut book = world::book(people);
        let ids: Vec<ContactId> = book.contacts().map(|contact| contact.id).collect();
        let mut dice = world::Dice::new(5);
        for n in 0..ties {
            let (a, near) = (dice.below(ids.len()), dice.below(200));
            // Most ties stay in a circle, so that there are triangles and clusters.
            let b = if dice.percent(80) { a / 200 * 200 + near } else { dice.below(ids.len()) };
            book.put(Record::Tie(Arc::new(Tie {
                id: TieId(Uuid::from_u64_pair(9, n as u64)),
                a: ids[a],
                b: ids[b.min(ids.len() - 1)],
                kind: TieKind::Knows,
                closeness: Closeness::new(dice.below(6) as u8),
                note: String::new(),
                since: None,
            })));
        }
        let atlas = Atlas::build(&book);
        let network = Network::new(&book, world::today());
        let chart = network.chart(&atlas, None);
        World { book, atlas, network, chart, people: ids }
    })
}

#[divan::bench]
fn taxonomy(bencher: Bencher<'_, '_>) {
    let book = Book::default();
    bencher.bench_local(|| Taxonomy::new(black_box(&book)));
}

macro_rules! sizes {
    ($($module:ident: $people:expr, $ties:expr;)+) => {$(
        mod $module {
            use super::*;

            static WORLD: OnceLock<World> = OnceLock::new();

            fn world() -> &'static World {
                super::world($people, $ties, &WORLD)
            }

            #[divan::bench(sample_count = 5, sample_size = 1)]
            fn infer_everybody(bencher: Bencher<'_, '_>) {
                let world = world();
                bencher.bench_local(|| Atlas::build(black_box(&world.book)));
            }

            #[divan::bench]
            fn infer_one_changed(bencher: Bencher<'_, '_>) {
                let world = world();
                let changed = [RecordId::Contact(world.people[7])];
                bencher.bench_local(|| world.atlas.updated(black_box(&world.book), &changed));
            }

            #[divan::bench(sample_count = 10, sample_size = 1)]
            fn network(bencher: Bencher<'_, '_>) {
                let world = world();
                bencher.bench_local(|| Network::new(black_box(&world.book), world::today()));
            }

            #[divan::bench(sample_count = 20, sample_size = 1)]
            fn coverage(bencher: Bencher<'_, '_>) {
                let world = world();
                bencher.bench_local(|| world.network.chart(black_box(&world.atlas), None));
            }

            #[divan::bench(sample_count = 10, sample_size = 1)]
            fn regions_by_markets(bencher: Bencher<'_, '_>) {
                let world = world();
                bencher.bench_local(|| world.network.table(black_box(&world.atlas)));
            }

            #[divan::bench(sample_count = 10, sample_size = 1)]
            fn measures(bencher: Bencher<'_, '_>) {
                let world = world();
                bencher.bench_local(|| black_box(&world.network).measures());
            }

            #[divan::bench]
            fn paths_to_somebody(bencher: Bencher<'_, '_>) {
                let world = world();
                let mut next = world.people.iter().cycle();
                bencher.bench_local(|| next.next().map(|person| world.network.paths_to(*person, 5)));
            }

            #[divan::bench]
            fn paths_into_municipal(bencher: Bencher<'_, '_>) {
                let world = world();
                let market = world.atlas.taxonomy().find("municipal").expect("a bundled market");
                bencher.bench_local(|| world.network.paths_into(&world.chart, black_box(market), 5));
            }

            #[divan::bench]
            fn connectors_of_municipal(bencher: Bencher<'_, '_>) {
                let world = world();
                let market = world.atlas.taxonomy().find("municipal").expect("a bundled market");
                bencher.bench_local(|| world.network.connectors(&world.chart, &world.atlas, black_box(market), 100));
            }
        }
    )+};
}

sizes! {
    people_16k: 16_000, 100_000;
    people_100k: 100_000, 200_000;
}
