//! Damage, refusals and full disks: whatever happens to the store's files, what was acknowledged is there, or the loss
//! is counted and said. Never an empty book.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use openbar::domain::change::{Course, Deed, Edit, Record, RecordId, Step};
use openbar::domain::contact::Contact;
use openbar::domain::id::{ContactId, StepId};
use openbar::domain::problem::Problem;
use openbar::domain::time::Timestamp;
use openbar::store::{self, Commit, OpenReport, Options, Store};
use tempfile::TempDir;
use uuid::Uuid;

/// Small segments, so that the journal has several.
pub fn options() -> Options {
    Options { cache: 8 << 20, segment: 6_000 }
}

/// A contact whose note tells its versions apart.
pub fn contact(id: u128, note: &str) -> Record {
    let mut contact = Contact::new(ContactId(Uuid::from_u128(id)), Timestamp::UNIX_EPOCH);
    contact.note = note.into();
    Record::Contact(Arc::new(contact))
}

/// A step of this number.
pub fn step(id: u128) -> Step {
    Step {
        id: StepId(Uuid::from_u128(id)),
        at: Timestamp::UNIX_EPOCH,
        course: Course::Do,
        deed: Deed::Edit,
        subject: String::new(),
    }
}

/// A commit of one step.
pub fn commit(id: u128, edits: Vec<Edit>) -> Commit {
    Commit { step: step(id), edits, captures: Vec::new() }
}

type Content = (BTreeMap<RecordId, Record>, Vec<(Step, usize)>, Vec<Vec<Edit>>);

/// Everything that can be asked of a store.
fn content(store: &mut Store) -> Content {
    let mut records = BTreeMap::new();
    store
        .load(&mut |record| {
            records.insert(record.id(), record);
        })
        .expect("records");
    let steps: Vec<_> =
        store.steps().expect("steps").into_iter().map(|head| (head.step, head.edits)).collect();
    let edits = steps.iter().map(|(step, _)| store.edits_of(step.id).expect("edits")).collect();
    (records, steps, edits)
}

/// A closed store with an import, single captures, changes and removals, and what is in it.
fn filled() -> (TempDir, Content) {
    let data = tempfile::tempdir().expect("a folder");
    let (mut store, _) = Store::open(data.path(), &options()).expect("a new store");
    let import = (0..1_100).map(|id| Edit::create(contact(id, &format!("row {id}")))).collect();
    store.commit(&commit(1, import)).expect("an import");
    for id in 0..120 {
        let edit = match id % 3 {
            0 => Edit::create(contact(10_000 + id, &"card ".repeat(20))),
            1 => Edit::replace(contact(id, &format!("row {id}")), contact(id, "changed")),
            _ => Edit::remove(contact(id, &format!("row {id}"))),
        };
        store.commit(&commit(1_000 + id, vec![edit])).expect("a commit");
    }
    let expected = content(&mut store);
    store.close().expect("closed");
    // sled writes its `snap.*` file when it opens a store that has something in it.
    let (store, _) = Store::open(data.path(), &options()).expect("an old store");
    store.close().expect("closed");
    (data, expected)
}

/// A copy to be damaged, as every test of a kind starts from the same store.
fn copy(data: &Path) -> TempDir {
    fn copy_into(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let path = entry.expect("an entry").path();
            let target = to.join(path.file_name().expect("a name"));
            if path.is_dir() {
                copy_into(&path, &target);
            } else {
                fs::copy(&path, &target).expect("a copy");
            }
        }
    }
    let to = tempfile::tempdir().expect("a folder");
    copy_into(data, to.path());
    to
}

fn tree(data: &Path) -> PathBuf {
    data.join("gen-1/records")
}

fn journal(data: &Path) -> PathBuf {
    data.join("gen-1/journal")
}

fn segments(data: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> = fs::read_dir(journal(data))
        .expect("a journal")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    found.sort();
    found
}

fn flip(path: &Path, at: u64) {
    let file = OpenOptions::new().read(true).write(true).open(path).expect("a file");
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).expect("a byte");
    byte[0] ^= 0x10;
    file.write_all_at(&byte, at).expect("a byte");
}

fn length(path: &Path) -> u64 {
    path.metadata().expect("a file").len()
}

fn zero_from(path: &Path, at: u64) {
    let file = OpenOptions::new().write(true).open(path).expect("a file");
    let end = length(path);
    file.set_len(at).expect("cut");
    file.set_len(end).expect("grown again, with zeros");
}

fn cut_to(path: &Path, at: u64) {
    OpenOptions::new().write(true).open(path).and_then(|file| file.set_len(at)).expect("cut");
}

/// Opens and compares, then opens once more: whatever was mended must stay so.
fn assert_whole(data: &Path, expected: &Content, what: &str) -> OpenReport {
    let (mut store, _) =
        Store::open(data, &options()).unwrap_or_else(|problem| panic!("{what}: {problem:?}"));
    assert_eq!(&content(&mut store), expected, "{what}");
    let report = store.report().clone();
    assert_eq!(report.lost, 0, "{what}");
    for path in &report.set_aside {
        assert!(path.exists(), "{what}: {} is kept", path.display());
    }
    drop(store);
    let (mut store, again) = Store::open(data, &options()).expect("a mended store");
    assert!(again.is_clean(), "{what}: {again:?}");
    assert_eq!(&content(&mut store), expected, "{what}, opened again");
    report
}

#[test]
fn a_damaged_tree_never_changes_the_book() {
    let (original, expected) = filled();
    let size = length(&tree(original.path()).join("db"));
    let mut mended = 0;
    for trial in 0..18 {
        let data = copy(original.path());
        let db = tree(data.path()).join("db");
        let at = size * (2 * trial + 1) / 36;
        match trial % 3 {
            0 => flip(&db, at),
            1 => cut_to(&db, at),
            _ => zero_from(&db, at),
        }
        let report = assert_whole(data.path(), &expected, &format!("trial {trial}, byte {at} of {size}"));
        mended += usize::from(report.tree.is_some() || report.replayed > 0);
    }
    assert!(mended > 4, "the damage was real: {mended}");
}

#[test]
fn damage_to_any_other_file_of_the_tree_is_mended() {
    let (original, expected) = filled();
    let mut names: Vec<_> = fs::read_dir(tree(original.path()))
        .expect("a tree")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_file() && entry.file_name() != "db")
        .map(|entry| entry.file_name())
        .collect();
    names.sort();
    assert!(names.iter().any(|name| name.to_string_lossy().starts_with("snap.")), "{names:?}");
    for name in names {
        for kind in ["flipped", "emptied", "deleted"] {
            let data = copy(original.path());
            let path = tree(data.path()).join(&name);
            match kind {
                "flipped" => flip(&path, length(&path) / 2),
                "emptied" => cut_to(&path, 0),
                _ => fs::remove_file(&path).expect("gone"),
            }
            assert_whole(data.path(), &expected, &format!("{} {kind}", name.display()));
        }
    }
}

#[test]
fn a_tree_of_random_bytes_or_none_is_built_again() {
    let (original, expected) = filled();
    for kind in ["no folder", "no db", "noise", "a file in its place"] {
        let data = copy(original.path());
        match kind {
            "no folder" => fs::remove_dir_all(tree(data.path())).expect("gone"),
            "no db" => fs::remove_file(tree(data.path()).join("db")).expect("gone"),
            "noise" => {
                let noise: Vec<u8> =
                    (0..1u32 << 20).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
                fs::write(tree(data.path()).join("db"), noise).expect("written");
            }
            _ => {
                fs::remove_dir_all(tree(data.path())).expect("gone");
                fs::write(tree(data.path()), "x").expect("written");
            }
        }
        let report = assert_whole(data.path(), &expected, kind);
        assert!(report.replayed > 0, "{kind}");
    }
}

#[test]
fn a_damaged_journal_is_written_again_from_the_tree() {
    let (original, expected) = filled();
    let last = segments(original.path()).pop().expect("a segment");
    let end = length(&last);
    for (what, damage) in [
        ("a flipped bit in its last frame", &(|path: &Path| flip(path, end - 10)) as &dyn Fn(&Path)),
        ("a flipped bit in its last segment", &|path| flip(path, end / 2)),
        ("a flipped bit in a segment's header", &|path| flip(path, 9)),
        ("its last segment cut", &|path| cut_to(path, end / 2)),
        ("its last segment emptied", &|path| cut_to(path, 0)),
        ("its last segment half zeros", &|path| zero_from(path, end / 2)),
        ("its last segment all zeros", &|path| zero_from(path, 0)),
        ("its last segment deleted", &|path| fs::remove_file(path).expect("gone")),
        ("its first segment deleted", &|path| {
            fs::remove_file(path.with_file_name("00000000000000000001.log")).expect("gone");
        }),
        ("no journal", &|path| fs::remove_dir_all(path.parent().expect("a folder")).expect("gone")),
    ] {
        let data = copy(original.path());
        damage(&data.path().join(last.strip_prefix(original.path()).expect("inside")));
        let report = assert_whole(data.path(), &expected, what);
        assert!(report.journal, "{what}");
        // The journal alone is the whole store again.
        fs::remove_dir_all(tree(data.path())).expect("gone");
        let (mut store, _) = Store::open(data.path(), &options()).expect("rebuilt");
        assert_eq!(content(&mut store), expected, "{what}, then the tree deleted");
    }
}

#[test]
fn what_neither_has_is_counted_and_the_rest_is_kept() {
    let (original, expected) = filled();
    let all = segments(original.path());
    assert!(all.len() > 2, "several segments");
    // A flip in the middle of the first segment hits the import's first part: a thousand rows and their history.
    for (what, victim, most_lost) in [("first", &all[0], 1), ("second to last", &all[all.len() - 2], 1)] {
        let data = copy(original.path());
        let victim = data.path().join(victim.strip_prefix(original.path()).expect("inside"));
        flip(&victim, length(&victim) / 3);
        fs::remove_dir_all(tree(data.path())).expect("gone");
        let (mut store, report) = Store::open(data.path(), &options()).expect("what is left");
        assert_eq!(report.lost, most_lost, "{what}");
        assert!(report.problem().is_some(), "{what}");
        assert!(!report.set_aside.is_empty(), "{what}: the damaged journal is kept");
        let (records, steps, _) = content(&mut store);
        assert!(records.len() >= expected.0.len() - 1_000, "{what}: {} records", records.len());
        assert!(steps.len() >= expected.1.len() - 1, "{what}");
        let written = |record: &Record| {
            expected
                .2
                .iter()
                .flatten()
                .any(|edit| edit.id == record.id() && edit.after.as_ref() == Some(record))
        };
        assert!(records.values().all(written), "{what}: nothing is invented");
        let seq = store.seq();
        store.commit(&commit(9_999, vec![Edit::create(contact(99_999, "after"))])).expect("work goes on");
        drop(store);
        let (store, report) = Store::open(data.path(), &options()).expect("the rest");
        assert!(report.is_clean(), "{what}: said once, {report:?}");
        assert_eq!(store.seq(), seq + 1);
    }
}

#[test]
fn a_commit_torn_by_a_crash_is_cut_off_without_alarm() {
    let (original, expected) = filled();
    let last = segments(original.path()).pop().expect("a segment");
    let frame = {
        // The bytes of one more commit, as they would have been appended.
        let data = copy(original.path());
        let (mut store, _) = Store::open(data.path(), &options()).expect("a store");
        store.commit(&commit(5_000, vec![Edit::create(contact(50_000, "torn"))])).expect("a commit");
        let newest = segments(data.path()).pop().expect("a segment");
        let bytes = fs::read(&newest).expect("bytes");
        let start = if newest.file_name() == last.file_name() { length(&last) as usize } else { 22 };
        bytes[start..].to_vec()
    };
    for cut in [1, 3, 10, 21, 22, frame.len() - 1] {
        let data = copy(original.path());
        let path = data.path().join(last.strip_prefix(original.path()).expect("inside"));
        let mut file = OpenOptions::new().append(true).open(&path).expect("a segment");
        file.write_all(&frame[..cut]).expect("a torn frame");
        let report = assert_whole(data.path(), &expected, &format!("cut after {cut} bytes"));
        assert_eq!((report.torn, report.is_clean()), (cut as u64, true));
    }
    let data = copy(original.path());
    let path = data.path().join(last.strip_prefix(original.path()).expect("inside"));
    cut_to(&path, length(&path) + 4_096);
    let report = assert_whole(data.path(), &expected, "space reserved and never filled");
    assert_eq!((report.torn, report.is_clean()), (4_096, true));
}

#[test]
fn without_journal_and_tree_the_store_is_refused_not_empty() {
    let (original, _) = filled();
    for kind in ["both deleted", "generation deleted", "journal deleted, tree emptied", "journal emptied too"]
    {
        let data = copy(original.path());
        let generation = data.path().join("gen-1");
        match kind {
            "both deleted" => {
                fs::remove_dir_all(tree(data.path())).expect("gone");
                fs::remove_dir_all(journal(data.path())).expect("gone");
            }
            "generation deleted" => fs::remove_dir_all(generation).expect("gone"),
            kind => {
                for file in segments(data.path()) {
                    fs::remove_file(file).expect("gone");
                }
                if kind == "journal deleted, tree emptied" {
                    fs::remove_dir_all(journal(data.path())).expect("gone");
                }
                fs::remove_dir_all(tree(data.path())).expect("gone");
                fs::create_dir(tree(data.path())).expect("an empty folder");
            }
        }
        for _ in 0..2 {
            let refused = Store::open(data.path(), &options()).expect_err(kind);
            assert!(matches!(refused, Problem::StoreDamaged { .. }), "{kind}: {refused:?}");
        }
    }
}

#[test]
fn without_its_marker_the_store_is_found_all_the_same() {
    let (original, expected) = filled();
    for text in [None, Some(""), Some("\u{0}\u{0}\u{0}"), Some("openbar store 1\ngeneration x\n")] {
        let data = copy(original.path());
        let marker = data.path().join("store");
        match text {
            None => fs::remove_file(&marker).expect("gone"),
            Some(text) => fs::write(&marker, text).expect("written"),
        }
        assert_whole(data.path(), &expected, &format!("{text:?}"));
        assert_eq!(fs::read_to_string(&marker).expect("a marker"), "openbar store 2\ngeneration 1\n");
    }
}

/// Every file below a folder with its content.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).expect("a file");
                found.insert(path, bytes);
            }
        }
    }
    found
}

#[test]
fn a_store_of_a_newer_version_is_refused_and_left_untouched() {
    let (data, _) = filled();
    fs::write(data.path().join("store"), "openbar store 3\nsomething else entirely\n").expect("written");
    let before = files(data.path());
    let refused = Store::open(data.path(), &options()).expect_err("newer");
    assert_eq!(refused, Problem::StoreNewer { found: 3, supported: 2 });
    assert_eq!(files(data.path()), before);
}

#[test]
fn a_second_opener_learns_who_has_it() {
    let data = tempfile::tempdir().expect("a folder");
    let (store, _) = Store::open(data.path(), &options()).expect("the first");
    let refused = Store::open(data.path(), &options()).expect_err("the second");
    assert_eq!(refused, Problem::StoreLocked { pid: Some(std::process::id()) });
    drop(store);
    Store::open(data.path(), &options()).expect("free again");
}

#[test]
fn only_the_owner_can_read_the_data_folder() {
    store::private_umask();
    let base = tempfile::tempdir().expect("a folder");
    let data = base.path().join("share/openbar");
    let (mut store, _) = Store::open(&data, &options()).expect("a new store");
    for id in 0..200 {
        store.commit(&commit(id, vec![Edit::create(contact(id, &"x".repeat(500)))])).expect("a commit");
    }
    store.write_index(b"index").expect("an index");
    store.close().expect("closed");
    let mut paths: Vec<PathBuf> = files(&data).into_keys().collect();
    assert!(paths.len() > 6, "{paths:?}");
    paths.extend([data.clone(), data.join("gen-1"), journal(&data), tree(&data), base.path().join("share")]);
    for path in paths {
        let mode = path.metadata().expect("there").permissions().mode() & 0o777;
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, expected, "{}", path.display());
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_unavailable() {
    let base = tempfile::tempdir().expect("a folder");
    let file = base.path().join("file");
    File::create(&file).expect("a file");
    for data in [file.join("data"), file, PathBuf::from("/proc/openbar")] {
        let refused = Store::open(&data, &options()).expect_err("no place for a store");
        assert!(matches!(refused, Problem::StoreUnavailable { .. }), "{refused:?}");
    }
    let (data, expected) = filled();
    let lock = data.path().join("lock");
    fs::remove_file(&lock).expect("gone");
    fs::create_dir(&lock).expect("in the way of the lock");
    assert!(matches!(Store::open(data.path(), &options()), Err(Problem::StoreUnavailable { .. })));
    fs::remove_dir(&lock).expect("out of the way");
    assert_whole(data.path(), &expected, "out of the way again");
}

/// Names the folder for the child of the next test.
const FULL_DISK: &str = "OPENBAR_TEST_FULL_DISK";

/// The child: commits until it is refused, telling each commit that was acknowledged.
#[test]
fn commits_until_the_disk_is_full() {
    let Some(data) = std::env::var_os(FULL_DISK) else { return };
    let (mut store, _) = Store::open(Path::new(&data), &Options::default()).expect("a store");
    for id in 0..100_000 {
        match store.commit(&commit(id, vec![Edit::create(contact(id, &"x".repeat(2_000)))])) {
            Ok(_) => println!("acknowledged {id}"),
            Err(problem) => {
                assert!(matches!(problem, Problem::WriteFailed { .. }), "{problem:?}");
                let next = store.commit(&commit(id + 1, vec![Edit::create(contact(id + 1, ""))]));
                assert!(matches!(next, Err(Problem::WriteFailed { .. })), "the store stays closed: {next:?}");
                let mut count = 0;
                store.load(&mut |_| count += 1).expect("reading goes on");
                println!("refused after {count}");
                return;
            }
        }
    }
    panic!("the limit never came");
}

#[test]
fn a_full_disk_closes_the_store_and_loses_nothing_acknowledged() {
    let data = tempfile::tempdir().expect("a folder");
    // No file may grow beyond 1,500 blocks of 512 bytes; the signal that this raises is ignored, which leaves an error.
    let script = "trap '' XFSZ; ulimit -f 1500; exec \"$0\" \"$@\"";
    let child = Command::new("sh")
        .args(["-c", script])
        .arg(std::env::current_exe().expect("this program"))
        .args(["store_faults::commits_until_the_disk_is_full", "--exact", "--nocapture", "--test-threads=1"])
        .env(FULL_DISK, data.path())
        .output()
        .expect("a child");
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success(), "{said}{}", String::from_utf8_lossy(&child.stderr));
    assert!(said.contains("refused after"), "{said}");
    let acknowledged: Vec<u128> =
        said.lines().filter_map(|line| line.split_once("acknowledged ")?.1.trim().parse().ok()).collect();
    assert!(!acknowledged.is_empty(), "{said}");
    let (mut store, report) = Store::open(data.path(), &Options::default()).expect("room again");
    assert_eq!(report.lost, 0);
    let (records, ..) = content(&mut store);
    for id in &acknowledged {
        assert!(records.contains_key(&contact(*id, "").id()), "{id} was acknowledged");
    }
    assert!(records.len() <= acknowledged.len() + 1, "at most the one that was refused half-way");
    store.commit(&commit(900_000, vec![Edit::create(contact(900_000, ""))])).expect("work goes on");
}
