//! What the store costs: one commit, a thousand edits, reading 16,000 contacts, opening.
//!
//! `cargo bench --bench store`; the environment variable `TMPDIR` chooses the disk.

use std::cell::Cell;
use std::sync::Arc;

use divan::Bencher;
use openbar::domain::change::{Course, Deed, Edit, Record, Step};
use openbar::domain::contact::{Contact, Labelled, Name, Phone, Role};
use openbar::domain::id::{ContactId, StepId};
use openbar::domain::time::Timestamp;
use openbar::store::{Commit, Options, Store};
use tempfile::TempDir;
use uuid::Uuid;

fn main() {
    divan::main();
}

/// A contact of about 400 bytes, as a LinkedIn import makes them.
fn contact(n: u64) -> Record {
    let id =
        ContactId(Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + u128::from(n) * 0x1_0003_0007));
    let mut contact = Contact::new(id, Timestamp::UNIX_EPOCH);
    contact.name = Name {
        given: format!("Bérangère{n}").into(),
        family: "Lefèvre-Tremblay".into(),
        ..Name::from_full(format!("Bérangère{n} Lefèvre-Tremblay"))
    };
    contact.roles = vec![Role {
        org: format!("Coopérative forestière de la Haute-Vallée {}", n % 4_000).into(),
        title: "Directrice adjointe au développement économique".into(),
        source: "linkedin".into(),
        ..Role::default()
    }];
    contact.emails = vec![Labelled { value: format!("blefevre{n}@example.org"), label: "work".into() }];
    contact.phones = vec![Phone { value: "+18195550123".into(), ..Phone::default() }];
    contact.urls = vec![Labelled {
        value: format!("https://www.linkedin.com/in/berangere-lefevre-{n}"),
        label: "".into(),
    }];
    contact.tags = vec!["chambre".into()];
    contact.sources = vec![format!("linkedin:in/berangere-lefevre-{n}")];
    Record::Contact(Arc::new(contact))
}

fn commit(numbers: impl Iterator<Item = u64>) -> Commit {
    let step = Step {
        id: StepId(Uuid::from_u128(1)),
        at: Timestamp::UNIX_EPOCH,
        course: Course::Do,
        deed: Deed::Import,
        subject: "Connections.csv".into(),
    };
    Commit { step, edits: numbers.map(|n| Edit::create(contact(n))).collect(), captures: Vec::new() }
}

fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = Store::open(folder.path(), &Options::default()).expect("a new store");
    (folder, store)
}

fn filled(contacts: u64) -> (TempDir, Store) {
    let (folder, mut store) = store();
    for batch in 0..contacts.div_ceil(1_000) {
        let end = contacts.min((batch + 1) * 1_000);
        store.commit(&commit(batch * 1_000..end)).expect("a commit");
    }
    (folder, store)
}

#[divan::bench]
fn commit_one(bencher: Bencher<'_, '_>) {
    let (_folder, mut store) = filled(16_000);
    let next = Cell::new(1_000_000_000);
    bencher
        .with_inputs(|| {
            next.set(next.get() + 1);
            commit(next.get()..=next.get())
        })
        .bench_local_values(|commit| store.commit(&commit).expect("a commit"));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn commit_a_thousand(bencher: Bencher<'_, '_>) {
    let (_folder, mut store) = filled(16_000);
    let next = Cell::new(1_000_000_000);
    bencher
        .with_inputs(|| {
            next.set(next.get() + 1_000);
            commit(next.get()..next.get() + 1_000)
        })
        .bench_local_values(|commit| store.commit(&commit).expect("a commit"));
}

#[divan::bench(args = [16_000, 100_000], sample_count = 5, sample_size = 1)]
fn import(bencher: Bencher<'_, '_>, contacts: u64) {
    bencher.bench_local(|| filled(contacts));
}

#[divan::bench(args = [16_000, 100_000], sample_count = 10, sample_size = 1)]
fn load(bencher: Bencher<'_, '_>, contacts: u64) {
    let (_folder, mut store) = filled(contacts);
    bencher.bench_local(|| {
        let mut count = 0;
        store.load(&mut |_| count += 1).expect("records");
        assert_eq!(count, contacts);
    });
}

#[divan::bench(args = [16_000, 100_000], sample_count = 10, sample_size = 1)]
fn open(bencher: Bencher<'_, '_>, contacts: u64) {
    let (folder, store) = filled(contacts);
    store.close().expect("closed");
    bencher.bench_local(|| Store::open(folder.path(), &Options::default()).expect("an old store").0.seq());
}
