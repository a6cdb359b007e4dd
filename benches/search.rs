//! Search at 16,000, 100,000 and 1,000,000 contacts, from the key to the list of identifiers.
//!
//! `cargo bench --bench search -- people_16k`, `people_100k` or `people_1m`.

mod world;

use std::hint::black_box;
use std::sync::{Arc, OnceLock};

use divan::Bencher;
use openbar::domain::query::{Filter, Query, Term};
use openbar::insight::Snapshot;
use openbar::insight::agenda::agenda;
use openbar::insight::search::{self, Index, Options};
use openbar::insight::vocabulary::{Kind, Vocabulary};

fn main() {
    divan::main();
}

/// Queries as they are read, with the words that a person types.
const QUERIES: &[&str] = &[
    "",
    "l",
    "le",
    "mar",
    "martin",
    "lefevre",
    "mrtn",
    "xqzw",
    "dupont sante",
    "@hydro",
    "#chambre velo",
    "is:unread",
];

fn read(text: &str) -> Query {
    let terms = text.split_whitespace().map(|word| {
        let filter = if let Some(org) = word.strip_prefix('@') {
            Filter::Org(vec![org.into()])
        } else if let Some(tag) = word.strip_prefix('#') {
            Filter::Tag(vec![tag.into()])
        } else if word == "is:unread" {
            Filter::Is(vec![openbar::domain::query::State::Unread])
        } else {
            Filter::Word(vec![word.into()])
        };
        Term { negated: false, filter }
    });
    Query { terms: terms.collect() }
}

fn snapshot(people: usize, kept: &'static OnceLock<Snapshot>) -> &'static Snapshot {
    kept.get_or_init(|| {
        let book = world::book(people);
        let index = Index::build(&book);
        Snapshot { book: Arc::new(book), index: Arc::new(index), loaded: true, roll: None }
    })
}

fn find(bencher: Bencher<'_, '_>, snapshot: &Snapshot, query: &str) {
    let query = read(query);
    let options = Options { today: world::today(), limit: None, cancelled: &|| false };
    bencher.bench_local(|| search::run(black_box(snapshot), black_box(&query), &options));
}

macro_rules! sizes {
    ($($module:ident: $people:expr, $build_samples:expr;)+) => {$(
        mod $module {
            use super::*;

            static WORLD: OnceLock<Snapshot> = OnceLock::new();

            fn world() -> &'static Snapshot {
                snapshot($people, &WORLD)
            }

            #[divan::bench(args = QUERIES, sample_count = 25, sample_size = 1)]
            fn query(bencher: Bencher<'_, '_>, query: &str) {
                find(bencher, world(), query);
            }

            #[divan::bench(sample_count = $build_samples, sample_size = 1)]
            fn build(bencher: Bencher<'_, '_>) {
                bencher.bench_local(|| Index::build(black_box(&world().book)));
            }

            #[divan::bench(sample_count = 10, sample_size = 1)]
            fn update_one(bencher: Bencher<'_, '_>) {
                let world = world();
                let id = world.index.rows().nth($people / 2).expect("a row").id;
                let changed = [openbar::domain::RecordId::Contact(id)];
                bencher.bench_local(|| world.index.updated(&world.book, black_box(&changed)));
            }

            #[divan::bench(sample_count = 10, sample_size = 1)]
            fn write(bencher: Bencher<'_, '_>) {
                bencher.bench_local(|| world().index.to_bytes());
            }

            #[divan::bench(sample_count = 10, sample_size = 1)]
            fn read(bencher: Bencher<'_, '_>) {
                let bytes = world().index.to_bytes();
                eprintln!("index: {} bytes a contact", bytes.len() / $people);
                bencher.bench_local(|| Index::from_bytes(black_box(&bytes)));
            }

            #[divan::bench(sample_count = 5, sample_size = 1)]
            fn today(bencher: Bencher<'_, '_>) {
                bencher.bench_local(|| agenda(black_box(&world().book), super::world::today()));
            }

            #[divan::bench(sample_count = 5, sample_size = 1)]
            fn vocabulary(bencher: Bencher<'_, '_>) {
                bencher.bench_local(|| Vocabulary::build(black_box(&world().book)));
            }

            #[divan::bench(sample_count = 25, sample_size = 1)]
            fn complete(bencher: Bencher<'_, '_>) {
                let words = Vocabulary::build(&world().book);
                bencher.bench_local(|| words.complete(Kind::Name, black_box("lefevre")));
            }
        }
    )+};
}

sizes! {
    people_16k: 16_000, 5;
    people_100k: 100_000, 3;
    people_1m: 1_000_000, 1;
}
