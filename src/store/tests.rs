//! The store as its owner sees it: what is committed comes back, in every order of commits and openings.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::Book;
use crate::domain::change::{Course, Deed};
use crate::domain::contact::Contact;
use crate::domain::time::Timestamp;

fn options() -> Options {
    // Small segments, so that every test crosses some.
    Options { cache: 4 << 20, segment: 600 }
}

fn open(data: &Path) -> Store {
    let (store, report) = Store::open(data, &options()).unwrap();
    assert!(report.is_clean(), "{report:?}");
    store
}

fn contact(id: u128, note: &str) -> Record {
    let mut contact = Contact::new(ContactId(Uuid::from_u128(id)), Timestamp::UNIX_EPOCH);
    contact.note = note.into();
    Record::Contact(Arc::new(contact))
}

fn step(id: u128) -> Step {
    Step {
        id: StepId(Uuid::from_u128(id)),
        at: Timestamp::UNIX_EPOCH,
        course: Course::Do,
        deed: Deed::Edit,
        subject: "Réjean".into(),
    }
}

fn commit(id: u128, edits: Vec<Edit>) -> Commit {
    Commit { step: step(id), edits, captures: Vec::new() }
}

fn records(store: &mut Store) -> BTreeMap<RecordId, Record> {
    let mut found = BTreeMap::new();
    store
        .load(&mut |record| {
            found.insert(record.id(), record);
        })
        .unwrap();
    found
}

#[test]
fn what_is_committed_is_there_after_reopening() {
    let data = tempfile::tempdir().unwrap();
    let mut store = open(data.path());
    let (one, two) = (contact(1, "one"), contact(2, "two"));
    let changed = contact(1, "uno");
    assert_eq!(store.commit(&commit(1, vec![Edit::create(one.clone())])).unwrap(), 1);
    assert_eq!(store.commit(&commit(2, vec![Edit::create(two.clone())])).unwrap(), 2);
    let edits = vec![Edit::replace(one.clone(), changed.clone()), Edit::remove(two.clone())];
    assert_eq!(store.commit(&commit(3, edits.clone())).unwrap(), 3);
    for _ in 0..3 {
        assert_eq!(records(&mut store), BTreeMap::from([(changed.id(), changed.clone())]));
        assert_eq!((store.seq(), store.len()), (3, 1));
        assert_eq!(store.edits_of(step(3).id).unwrap(), edits);
        assert_eq!(
            store.history_of(one.id()).unwrap(),
            [(step(1), Edit::create(one.clone())), (step(3), Edit::replace(one.clone(), changed.clone()))]
        );
        assert_eq!(
            store.history_of(two.id()).unwrap(),
            [(step(2), Edit::create(two.clone())), (step(3), Edit::remove(two.clone()))]
        );
        drop(store);
        store = open(data.path());
    }
    store.close().unwrap();
}

#[test]
fn commits_of_one_step_are_one_step() {
    let data = tempfile::tempdir().unwrap();
    let mut store = open(data.path());
    for id in 1..=3 {
        store.commit(&commit(9, vec![Edit::create(contact(id, ""))])).unwrap();
        store.commit(&commit(100 + id, vec![Edit::create(contact(100 + id, ""))])).unwrap();
    }
    let heads: Vec<_> = store.steps().unwrap().into_iter().map(|head| (head.step, head.edits)).collect();
    assert_eq!(heads, [(step(9), 3), (step(101), 1), (step(102), 1), (step(103), 1)]);
    let ids: Vec<_> = store.edits_of(step(9).id).unwrap().iter().map(|edit| edit.id).collect();
    assert_eq!(ids, [contact(1, "").id(), contact(2, "").id(), contact(3, "").id()]);
    assert!(store.edits_of(step(77).id).unwrap().is_empty());
}

#[test]
fn a_large_commit_is_whole_and_one_step() {
    let data = tempfile::tempdir().unwrap();
    let mut store = open(data.path());
    let edits: Vec<Edit> = (1..=2_500).map(|id| Edit::create(contact(id, "x"))).collect();
    assert_eq!(store.commit(&commit(1, edits.clone())).unwrap(), 3);
    drop(store);
    let mut store = open(data.path());
    assert_eq!(store.len(), 2_500);
    assert_eq!(store.steps().unwrap(), [StepHead { step: step(1), edits: 2_500 }]);
    assert_eq!(store.edits_of(step(1).id).unwrap(), edits);
}

#[test]
fn a_record_changed_twice_in_one_commit_keeps_both_changes() {
    let data = tempfile::tempdir().unwrap();
    let mut store = open(data.path());
    let edits = vec![
        Edit::create(contact(1, "a")),
        Edit::replace(contact(1, "a"), contact(1, "b")),
        Edit::remove(contact(1, "b")),
        Edit::create(contact(1, "c")),
    ];
    store.commit(&commit(1, edits.clone())).unwrap();
    assert_eq!(store.edits_of(step(1).id).unwrap(), edits);
    assert_eq!(store.history_of(contact(1, "").id()).unwrap().len(), 4);
    assert_eq!(records(&mut store).into_values().collect::<Vec<_>>(), [contact(1, "c")]);
}

#[test]
fn captures_are_remembered_when_their_contact_is_gone() {
    let data = tempfile::tempdir().unwrap();
    let mut store = open(data.path());
    let id = ContactId(Uuid::from_u128(1));
    assert!(!store.seen(id).unwrap());
    let captured = Commit { captures: vec![id], ..commit(1, vec![Edit::create(contact(1, ""))]) };
    store.commit(&captured).unwrap();
    store.commit(&commit(2, vec![Edit::remove(contact(1, ""))])).unwrap();
    drop(store);
    let mut store = open(data.path());
    assert!(store.is_empty());
    assert!(store.seen(id).unwrap());
    assert!(!store.seen(ContactId(Uuid::from_u128(2))).unwrap());
}

#[test]
fn a_record_that_could_not_be_read_back_is_refused_and_the_store_stays_open() {
    let data = tempfile::tempdir().unwrap();
    let mut store = open(data.path());
    let huge = contact(1, &"x".repeat(codec::LARGEST));
    let refused = store.commit(&commit(1, vec![Edit::create(huge)])).unwrap_err();
    assert!(matches!(refused, Problem::BadInput(_)), "{refused:?}");
    let large = contact(1, &"x".repeat(3 << 20));
    store.commit(&commit(1, vec![Edit::create(large.clone())])).unwrap();
    drop(store);
    assert_eq!(records(&mut open(data.path())).into_values().collect::<Vec<_>>(), [large]);
}

#[test]
fn the_index_blob_says_which_commit_it_reflects() {
    let data = tempfile::tempdir().unwrap();
    let mut store = open(data.path());
    assert_eq!(store.read_index(), None);
    store.commit(&commit(1, vec![Edit::create(contact(1, ""))])).unwrap();
    store.write_index(b"index").unwrap();
    store.commit(&commit(2, vec![Edit::create(contact(2, ""))])).unwrap();
    assert_eq!(store.read_index(), Some((1, b"index".to_vec())));
    assert_eq!(store.seq(), 2);
}

#[test]
fn an_empty_own_card_counts_as_absent() {
    let data = tempfile::tempdir().unwrap();
    let mut store = open(data.path());
    let me =
        |note: &str| Record::Me(Arc::new(crate::domain::me::Me { note: note.into(), ..Default::default() }));
    store.commit(&commit(1, vec![Edit::create(me("I"))])).unwrap();
    store.commit(&commit(2, vec![Edit::replace(me("I"), me(""))])).unwrap();
    assert!(store.is_empty());
    store.commit(&commit(3, vec![Edit::create(me("again"))])).unwrap();
    assert_eq!(records(&mut store).into_values().collect::<Vec<_>>(), [me("again")]);
}

#[test]
fn a_first_opening_that_was_cut_short_is_begun_again() {
    for made in [
        &[][..],
        &["journal/"],
        &["records/"],
        &["journal/", "records/"],
        &["journal/00000000000000000001.log"],
    ] {
        let data = tempfile::tempdir().unwrap();
        let generation = data.path().join("gen-1");
        for name in made {
            let path = generation.join(name);
            std::fs::create_dir_all(if name.ends_with('/') { &path } else { path.parent().unwrap() })
                .unwrap();
            if !name.ends_with('/') {
                std::fs::write(path, "open").unwrap();
            }
        }
        for count in 0..3 {
            let mut store = open(data.path());
            assert_eq!(store.len(), count, "{made:?}");
            store.commit(&commit(1, vec![Edit::create(contact(u128::from(count), ""))])).unwrap();
        }
    }
}

/// One thing that happens to a store.
#[derive(Clone, Debug)]
enum Happening {
    /// Records are written or removed, in one commit.
    Commit(Vec<Result<Record, RecordId>>),
    /// The store is closed in good order, and opened.
    Close,
    /// It is dropped, and opened.
    Drop,
    /// The tree is deleted while it is closed.
    LoseTree,
    /// The journal is deleted while it is closed.
    LoseJournal,
}

fn happening() -> impl Strategy<Value = Happening> {
    let change = prop_oneof![
        4 => arbitrary::record().prop_map(Ok),
        1 => arbitrary::record_id().prop_map(Err),
    ];
    prop_oneof![
        8 => proptest::collection::vec(change, 1..4).prop_map(Happening::Commit),
        1 => Just(Happening::Close),
        1 => Just(Happening::Drop),
        1 => Just(Happening::LoseTree),
        1 => Just(Happening::LoseJournal),
    ]
}

/// What should be in the store, kept as simply as can be.
#[derive(Default)]
struct Model {
    book: Book,
    done: Vec<(Step, Vec<Edit>)>,
}

impl Model {
    fn commit(&mut self, changes: Vec<Result<Record, RecordId>>) -> Option<Commit> {
        let mut edits = Vec::new();
        for change in changes {
            let (id, after) = match change {
                Ok(record) if records::is_absent(&record) => continue,
                Ok(record) => (record.id(), Some(record)),
                Err(id) => (id, None),
            };
            let edit = Edit { id, before: self.book.record(id), after };
            if edit.before != edit.after {
                self.book.apply(&edit).unwrap();
                edits.push(edit);
            }
        }
        if edits.is_empty() {
            return None;
        }
        let commit = commit(1_000 + self.done.len() as u128, edits);
        self.done.push((commit.step.clone(), commit.edits.clone()));
        Some(commit)
    }

    fn check(&self, store: &mut Store) {
        let expected: BTreeMap<RecordId, Record> =
            self.book.records().map(|record| (record.id(), record)).collect();
        assert_eq!(records(store), expected);
        let steps: Vec<_> = self.done.iter().map(|(step, edits)| (step.clone(), edits.len())).collect();
        let found: Vec<_> = store.steps().unwrap().into_iter().map(|head| (head.step, head.edits)).collect();
        assert_eq!(found, steps);
        let mut histories: BTreeMap<RecordId, Vec<(Step, Edit)>> = BTreeMap::new();
        for (step, edits) in &self.done {
            assert_eq!(&store.edits_of(step.id).unwrap(), edits);
            for edit in edits {
                histories.entry(edit.id).or_default().push((step.clone(), edit.clone()));
            }
        }
        for (id, history) in histories {
            assert_eq!(store.history_of(id).unwrap(), history);
        }
        assert!(store.report().lost == 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_commits_and_openings_is_the_same_book(
        happenings in proptest::collection::vec(happening(), 1..20),
    ) {
        let data = tempfile::tempdir().unwrap();
        let mut store = open(data.path());
        let mut model = Model::default();
        for happening in happenings {
            match happening {
                Happening::Commit(changes) => {
                    if let Some(commit) = model.commit(changes) {
                        store.commit(&commit).unwrap();
                    }
                    continue;
                }
                Happening::Close => store.close().unwrap(),
                Happening::Drop => drop(store),
                Happening::LoseTree => {
                    drop(store);
                    std::fs::remove_dir_all(data.path().join("gen-1/records")).unwrap();
                }
                Happening::LoseJournal if model.done.is_empty() => continue,
                Happening::LoseJournal => {
                    store.close().unwrap();
                    std::fs::remove_dir_all(data.path().join("gen-1/journal")).unwrap();
                }
            }
            store = Store::open(data.path(), &options()).unwrap().0;
            model.check(&mut store);
        }
        model.check(&mut store);
    }
}
