//! Who may be in the book twice, at 16,000 and 100,000 contacts: the whole book, and one card against it.
//!
//! `cargo bench --bench duplicates`

mod world;

use std::hint::black_box;
use std::sync::{Arc, OnceLock};

use divan::Bencher;
use openbar::domain::{Book, Contact, Record};
use openbar::insight::duplicates::{self, Blocks};

fn main() {
    divan::main();
}

const SIZES: [usize; 2] = [16_000, 100_000];

/// A book of which one person in fifty was noted a second time, in another way.
fn book(people: usize) -> &'static Arc<Book> {
    static BOOKS: [OnceLock<Arc<Book>>; 2] = [const { OnceLock::new() }; 2];
    let at = SIZES.iter().position(|size| *size == people).expect("one of the sizes");
    BOOKS[at].get_or_init(|| {
        let mut book = world::book(people);
        let noted: Vec<Arc<Contact>> = book.contacts().step_by(50).cloned().collect();
        let mut dice = world::Dice::new(7);
        for (n, known) in noted.into_iter().enumerate() {
            let mut again = world::person(people + n, known.id, &mut dice);
            again.id = openbar::domain::ContactId(uuid::Uuid::from_u64_pair(u64::MAX, n as u64));
            again.name = known.name.clone();
            again.name.given = (again.name.given.chars().take(1).collect::<String>() + ".").into();
            again.roles.clone_from(&known.roles);
            book.put(Record::Contact(Arc::new(again)));
        }
        Arc::new(book)
    })
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn sweep(bencher: Bencher<'_, '_>, people: usize) {
    let book = book(people);
    let found = duplicates::sweep(book, &|| false).expect("not cancelled");
    eprintln!("{people}: {} pairs", found.len());
    bencher.bench_local(|| duplicates::sweep(black_box(book), &|| false));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn blocks(bencher: Bencher<'_, '_>, people: usize) {
    let book = book(people);
    bencher.bench_local(|| Blocks::build(black_box(book)));
}

#[divan::bench(args = SIZES)]
fn one_card(bencher: Bencher<'_, '_>, people: usize) {
    let book = book(people);
    let blocks = Blocks::build(book);
    let cards: Vec<&Arc<Contact>> = book.contacts().step_by(people / 500).collect();
    let mut next = cards.iter().cycle();
    bencher.bench_local(|| {
        let card = next.next().expect("a circle has no end");
        duplicates::of(black_box(book), &blocks, card)
    });
}

/// The card of which most people are worth a look: the slowest of many.
#[divan::bench(args = SIZES)]
fn slowest_card(bencher: Bencher<'_, '_>, people: usize) {
    let book = book(people);
    let blocks = Blocks::build(book);
    let timed = |card: &&Arc<Contact>| {
        let start = std::time::Instant::now();
        black_box(duplicates::of(book, &blocks, card));
        start.elapsed()
    };
    let card = book.contacts().step_by(people / 2000).max_by_key(timed).expect("somebody");
    bencher.bench_local(|| duplicates::of(black_box(book), &blocks, card));
}

/// What one changed contact costs before the next question.
#[divan::bench(args = SIZES)]
fn after_a_change(bencher: Bencher<'_, '_>, people: usize) {
    let before = book(people);
    let blocks = Blocks::build(before);
    let mut after = Book::clone(before);
    let mut card = Contact::clone(before.contacts().next().expect("somebody"));
    card.note = "x".into();
    let id = card.id;
    after.put(Record::Contact(Arc::new(card)));
    assert_eq!(after.contacts_changed_since(before), [id]);
    bencher.bench_local(|| {
        let changed = after.contacts_changed_since(black_box(before));
        blocks.updated(&after, &changed)
    });
}
