//! The engine over a real store: what goes in comes out, is undone, and survives.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::slice;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, OnceLock};

use jiff::tz::TimeZone;
use openbar::domain::change::{Course, Deed, Edit, Record, Step};
use openbar::domain::contact::{Contact, Language, Name};
use openbar::domain::id::{ContactId, StepId};
use openbar::domain::problem::Problem;
use openbar::domain::time::Timestamp;
use openbar::engine::{Asker, Clock, Engine, Handle, Options};
use openbar::insight::Snapshot;
use openbar::protocol::{Capture, Import, Imported, Job, Notice, Reply};
use uuid::Uuid;

/// Identifiers of all tests together, so that a store that is opened again gets fresh ones.
static MINTED: AtomicU64 = AtomicU64::new(1);

/// Options of a world where it is noon of 23 November 2026, and each look at the clock takes a second.
pub fn options(dir: &Path) -> Options {
    let seconds = AtomicI64::new(1_795_435_200);
    let now = move || Timestamp::from_second(seconds.fetch_add(1, Ordering::SeqCst)).expect("a moment");
    let mint = || Uuid::from_u128(u128::from(MINTED.fetch_add(1, Ordering::SeqCst)));
    Options {
        region: "CA".into(),
        lang: Language::French,
        clock: Clock::new(now, TimeZone::UTC, mint),
        ..Options::new(dir)
    }
}

/// A contact that has only a name.
pub fn named(name: &str) -> Contact {
    let id = ContactId(Uuid::from_u128(u128::from(MINTED.fetch_add(1, Ordering::SeqCst))));
    let mut contact = Contact::new(id, Timestamp::UNIX_EPOCH);
    contact.name = Name::from_full(name);
    contact
}

/// The job that puts contacts into the book as they are.
pub fn put(contacts: &[Contact]) -> Job {
    let edits = contacts.iter().map(|contact| Edit::create(Record::Contact(Arc::new(contact.clone()))));
    Job::Apply { deed: Deed::Batch, subject: contacts[0].name.full.to_string(), edits: edits.collect() }
}

/// An engine and all that it told.
pub struct World {
    pub engine: Engine,
    latest: Arc<Mutex<Snapshot>>,
    pub notices: Receiver<Notice>,
    /// What to do on the engine's own thread when a chunk of a long job has been committed.
    between_chunks: Arc<OnceLock<BetweenChunks>>,
}

type BetweenChunks = Box<dyn Fn(u64) + Send + Sync>;

impl World {
    pub fn open(dir: &Path) -> Self {
        Self::try_open(dir).expect("the store opens")
    }

    fn try_open(dir: &Path) -> Result<Self, Problem> {
        Self::start(options(dir))
    }

    /// With options of the test's own.
    pub fn start(options: Options) -> Result<Self, Problem> {
        let latest = Arc::new(Mutex::new(Snapshot::default()));
        let (sender, notices) = mpsc::channel();
        let heard = Arc::clone(&latest);
        let between_chunks = Arc::new(OnceLock::<BetweenChunks>::new());
        let hook = Arc::clone(&between_chunks);
        let news = Box::new(move |notice| {
            if let (Notice::Progress { done, .. }, Some(hook)) = (&notice, hook.get()) {
                hook(*done);
            }
            match notice {
                Notice::Book(snapshot) => *heard.lock().expect("not poisoned") = snapshot,
                other => drop(sender.send(other)),
            }
        });
        Ok(Self { engine: Engine::start(options, news)?, latest, notices, between_chunks })
    }

    pub fn ask(&self, job: Job) -> Reply {
        self.send(7, job).recv().expect("every job is answered")
    }

    pub fn send(&self, ticket: u64, job: Job) -> Receiver<Reply> {
        let (sender, receiver) = mpsc::channel();
        self.engine.send(ticket, Asker::HERE, job, Box::new(move |reply| drop(sender.send(reply))));
        receiver
    }

    /// From now on, does this after each chunk; `done` edits are committed then.
    fn between_chunks(&self, act: impl Fn(&Handle, u64) + Send + Sync + 'static) {
        let handle = self.engine.handle();
        assert!(self.between_chunks.set(Box::new(move |done| act(&handle, done))).is_ok(), "set once");
    }

    /// Identifiers and names of all contacts.
    fn names(&self) -> Vec<String> {
        self.book().book.contacts().map(|contact| contact.name.full.to_string()).collect()
    }

    pub fn book(&self) -> Snapshot {
        self.latest.lock().expect("not poisoned").clone()
    }

    pub fn contact(&self, id: ContactId) -> Option<Arc<Contact>> {
        self.book().book.contact(id).cloned()
    }

    /// Changes a contact as a screen does.
    fn change(&self, id: ContactId, change: impl FnOnce(&mut Contact)) -> Reply {
        let before = self.contact(id).expect("it is there");
        let mut after = Contact::clone(&before);
        change(&mut after);
        let edit = Edit::replace(Record::Contact(before), Record::Contact(Arc::new(after)));
        self.ask(Job::Apply { deed: Deed::Edit, subject: String::new(), edits: vec![edit] })
    }
}

pub fn changed(reply: Reply) -> usize {
    match reply {
        Reply::Changed { count, .. } => count,
        other => panic!("not a change: {other:?}"),
    }
}

pub fn problem(reply: Reply) -> Problem {
    match reply {
        Reply::Failed(problem) => problem,
        other => panic!("not a failure: {other:?}"),
    }
}

#[test]
fn a_change_is_in_the_snapshot_when_its_reply_comes_and_there_after_a_restart() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    let jeanne = named("Jeanne Larivière");
    assert_eq!(changed(world.ask(put(slice::from_ref(&jeanne)))), 1);
    assert_eq!(world.contact(jeanne.id).expect("it is there").name, jeanne.name);
    world.engine.stop();

    let world = World::open(dir.path());
    assert!(
        matches!(world.ask(Job::History { who: None, limit: 9 }), Reply::History(steps) if steps.len() == 1)
    );
    assert!(world.book().loaded);
    assert_eq!(world.contact(jeanne.id).expect("still there").name, jeanne.name);
}

#[test]
fn a_change_stamps_the_contact_and_a_change_of_nothing_is_no_step() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    let jeanne = named("Jeanne");
    world.ask(put(slice::from_ref(&jeanne)));
    let before = world.contact(jeanne.id).expect("there").updated;
    assert_eq!(changed(world.change(jeanne.id, |contact| contact.note = "cidre".into())), 1);
    let after = world.contact(jeanne.id).expect("there").updated;
    assert!(after > before);
    let nothing = world.change(jeanne.id, |_| ());
    assert!(matches!(nothing, Reply::Changed { step: None, count: 0, .. }), "{nothing:?}");
    assert_eq!(world.contact(jeanne.id).expect("there").updated, after);
}

#[test]
fn undo_and_redo_walk_back_and_forth_and_across_a_restart() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    let jeanne = named("Jeanne");
    world.ask(put(slice::from_ref(&jeanne)));
    world.change(jeanne.id, |contact| contact.note = "cidre".into());
    changed(world.ask(Job::Undo));
    assert_eq!(world.contact(jeanne.id).expect("there").note, "");
    world.engine.stop();

    let world = World::open(dir.path());
    changed(world.ask(Job::Redo));
    assert_eq!(world.contact(jeanne.id).expect("there").note, "cidre");
    assert_eq!(problem(world.ask(Job::Redo)), Problem::NothingToRedo);
    changed(world.ask(Job::Undo));
    changed(world.ask(Job::Undo));
    assert_eq!(world.contact(jeanne.id), None);
    assert_eq!(problem(world.ask(Job::Undo)), Problem::NothingToUndo);
    changed(world.ask(Job::Redo));
    assert!(world.contact(jeanne.id).is_some());
}

#[test]
fn an_older_step_is_undone_unless_later_ones_touched_the_same_fields() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    let jeanne = named("Jeanne");
    world.ask(put(slice::from_ref(&jeanne)));
    let step_of = |reply| match reply {
        Reply::Changed { step: Some(step), .. } => step.id,
        other => panic!("no step: {other:?}"),
    };
    let note = step_of(world.change(jeanne.id, |contact| contact.note = "cidre".into()));
    let tags = step_of(world.change(jeanne.id, |contact| contact.tags.push("chambre".into())));
    step_of(world.change(jeanne.id, |contact| contact.note = "cidre et miel".into()));

    let refused = problem(world.ask(Job::UndoStep { step: note }));
    assert_eq!(refused, Problem::Conflict { subject: "Jeanne".into(), fields: vec!["note".into()] });
    changed(world.ask(Job::UndoStep { step: tags }));
    let after = world.contact(jeanne.id).expect("there");
    assert_eq!((after.note.as_str(), after.tags.len()), ("cidre et miel", 0));
    assert_eq!(problem(world.ask(Job::UndoStep { step: tags })), Problem::NothingToUndo);
}

#[test]
fn an_edit_prepared_from_an_older_book_is_refused_with_the_fields_in_the_way() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    let jeanne = named("Jeanne");
    world.ask(put(slice::from_ref(&jeanne)));
    let old = world.contact(jeanne.id).expect("there");
    world.change(jeanne.id, |contact| contact.note = "cidre".into());
    let mut after = Contact::clone(&old);
    after.note = "miel".into();
    let edit = Edit::replace(Record::Contact(old), Record::Contact(Arc::new(after)));
    let reply = world.ask(Job::Apply { deed: Deed::Edit, subject: "Jeanne".into(), edits: vec![edit] });
    assert_eq!(problem(reply), Problem::Conflict { subject: "Jeanne".into(), fields: vec!["note".into()] });
    assert_eq!(world.contact(jeanne.id).expect("there").note, "cidre");
}

#[test]
fn a_second_engine_is_told_who_has_the_store() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    let refused = World::try_open(dir.path()).err();
    assert_eq!(refused, Some(Problem::StoreLocked { pid: Some(std::process::id()) }));
    world.engine.stop();
    World::open(dir.path());
}

#[test]
fn stopping_answers_all_that_was_sent_before_and_later_jobs_are_cancelled() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    let handle = world.engine.handle();
    let replies: Vec<_> = (0..20).map(|n| world.send(n, put(&[named("Luc")]))).collect();
    world.engine.stop();
    for reply in replies {
        assert_eq!(changed(reply.recv().expect("answered")), 1);
    }
    let (sender, receiver) = mpsc::channel();
    handle.send(99, Asker::HERE, Job::Undo, Box::new(move |reply| drop(sender.send(reply))));
    assert_eq!(problem(receiver.recv().expect("answered")), Problem::Cancelled);
}

#[test]
fn history_says_what_was_taken_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    world.ask(put(&[named("Jeanne")]));
    world.ask(put(&[named("Luc")]));
    world.ask(Job::Undo);
    let Reply::History(steps) = world.ask(Job::History { who: None, limit: 10 }) else {
        panic!("no history")
    };
    let told: Vec<_> =
        steps.iter().map(|past| (past.step.subject.as_str(), past.undone, past.count)).collect();
    assert_eq!(told, [("Luc", false, 1), ("Luc", true, 1), ("Jeanne", false, 1)]);
    let Reply::History(steps) = world.ask(Job::History { who: None, limit: 1 }) else { panic!("no history") };
    assert_eq!(steps.len(), 1);
}

/// A file of native lines: so many people, each with this note.
fn people_file(dir: &Path, name: &str, people: usize, note: &str) -> PathBuf {
    let mut lines = String::new();
    for n in 0..people {
        writeln!(lines, r#"{{"uid":"person-{n}@example.com","name":"Personne {n}","note":"{note}"}}"#)
            .expect("text");
    }
    let path = dir.join(name);
    std::fs::write(&path, lines).expect("written");
    path
}

fn import(path: &Path) -> Job {
    Job::Import(Import { paths: vec![path.to_path_buf()], ..Import::default() })
}

fn imported(reply: Reply) -> Imported {
    match reply {
        Reply::Imported(imported) => *imported,
        other => panic!("not an import: {other:?}"),
    }
}

#[test]
fn an_import_is_one_step_in_many_commits_and_the_same_file_again_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = people_file(dir.path(), "people.jsonl", 2_500, "une");
    let world = World::open(&dir.path().join("data"));
    let first = imported(world.ask(import(&file)));
    assert_eq!((first.new, first.changed, first.unchanged, first.cancelled), (2_500, 0, 0, false));
    let progress: Vec<_> = world
        .notices
        .try_iter()
        .filter_map(|notice| match notice {
            Notice::Progress { ticket, done, total } => Some((ticket, done, total)),
            _ => None,
        })
        .collect();
    assert_eq!(progress, [(7, 1_000, 2_500), (7, 2_000, 2_500), (7, 2_500, 2_500)]);

    let again = imported(world.ask(import(&file)));
    assert_eq!((again.new, again.changed, again.unchanged, again.step), (0, 0, 2_500, None));
    let Reply::History(steps) = world.ask(Job::History { who: None, limit: 9 }) else { panic!("no history") };
    let told: Vec<_> = steps.iter().map(|past| (past.step.subject.as_str(), past.count)).collect();
    assert_eq!(told, [("people.jsonl", 2_500)]);

    assert_eq!(changed(world.ask(Job::Undo)), 2_500);
    assert_eq!(world.names().len(), 0);
    assert_eq!(changed(world.ask(Job::Redo)), 2_500);
    assert_eq!(world.names().len(), 2_500);
}

#[test]
fn a_dry_run_says_what_would_be_and_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = people_file(dir.path(), "people.jsonl", 3, "une");
    let world = World::open(&dir.path().join("data"));
    let Job::Import(job) = import(&file) else { panic!("an import") };
    let tried = imported(world.ask(Job::Import(Import { dry_run: true, ..job })));
    assert_eq!((tried.new, tried.contacts.len(), tried.step), (3, 3, None));
    assert!(tried.dry_run && world.names().is_empty());
}

#[test]
fn files_that_cannot_be_read_do_not_keep_the_others_out() {
    let dir = tempfile::tempdir().expect("a folder");
    let good = people_file(dir.path(), "people.jsonl", 2, "une");
    let missing = dir.path().join("missing.jsonl");
    let world = World::open(&dir.path().join("data"));
    assert!(matches!(problem(world.ask(import(&missing))), Problem::BadInput(_)));
    let both = Import { paths: vec![missing, good.clone(), good], ..Import::default() };
    let both = imported(world.ask(Job::Import(both)));
    assert_eq!((both.new, both.unchanged, both.problems.len()), (2, 2, 1));
}

#[test]
fn a_cancelled_import_keeps_what_came_in_and_undo_takes_it_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = people_file(dir.path(), "people.jsonl", 3_500, "une");
    let data = dir.path().join("data");
    let world = World::open(&data);
    world.between_chunks(|engine, done| {
        if done == 2_000 {
            engine.send(8, Asker::HERE, Job::Cancel { ticket: 7 }, Box::new(|_| ()));
        }
    });
    let part = imported(world.ask(import(&file)));
    assert_eq!((part.new, part.cancelled, part.step.is_some()), (2_000, true, true));
    assert_eq!(world.names().len(), 2_000);
    world.engine.stop();

    let world = World::open(&data);
    assert_eq!(changed(world.ask(Job::Undo)), 2_000);
    assert!(world.names().is_empty());
}

#[test]
fn other_jobs_are_done_between_the_chunks_of_an_import_and_undo_waits_for_its_end() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = people_file(dir.path(), "people.jsonl", 2_500, "une");
    let world = World::open(&dir.path().join("data"));
    let luc = named("Luc");
    let (sender, order) = mpsc::channel();
    let put_luc = put(slice::from_ref(&luc));
    let sent = sender.clone();
    world.between_chunks(move |engine, done| {
        if done == 1_000 {
            for (name, job) in [("undo", Job::Undo), ("put", put_luc.clone())] {
                let sent = sent.clone();
                engine.send(
                    8,
                    Asker::HERE,
                    job,
                    Box::new(move |_| sent.send(name).expect("the test listens")),
                );
            }
        }
    });
    let done = Box::new(move |_| sender.send("import").expect("the test listens"));
    world.engine.send(7, Asker::HERE, import(&file), done);
    let order: Vec<_> = (0..3).map(|_| order.recv().expect("each is answered")).collect();
    assert_eq!(order, ["put", "import", "undo"]);
    // The step begun last is undone first.
    assert_eq!((world.contact(luc.id), world.names().len()), (None, 2_500));
}

#[test]
fn what_the_user_changes_during_an_import_wins_over_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().join("data");
    let world = World::open(&data);
    imported(world.ask(import(&people_file(dir.path(), "before.jsonl", 1_500, "une"))));
    let people: Vec<_> = world.book().book.contacts().cloned().collect();
    let last =
        |n: usize| people.iter().find(|contact| contact.name.full == format!("Personne {n}")).expect("there");
    let (noted, tagged) = (Arc::clone(last(1_498)), Arc::clone(last(1_499)));
    let edits: Vec<Edit> = [(&noted, "autre", ""), (&tagged, "une", "chambre")]
        .into_iter()
        .map(|(before, note, tag)| {
            let mut after = Contact::clone(before);
            after.note = note.into();
            after.tags.extend((!tag.is_empty()).then(|| tag.to_owned()));
            Edit::replace(Record::Contact(Arc::clone(before)), Record::Contact(Arc::new(after)))
        })
        .collect();
    let job = Job::Apply { deed: Deed::Batch, subject: String::new(), edits };
    world.between_chunks(move |engine, done| {
        if done == 1_000 {
            engine.send(8, Asker::HERE, job.clone(), Box::new(|_| ()));
        }
    });
    let second = imported(world.ask(import(&people_file(dir.path(), "after.jsonl", 1_500, "deux"))));
    assert_eq!((second.new, second.changed), (0, 1_499));
    assert_eq!(world.contact(noted.id).expect("there").note, "autre");
    let tagged = world.contact(tagged.id).expect("there");
    assert_eq!((tagged.note.as_str(), tagged.tags.as_slice()), ("deux", &["chambre".to_owned()][..]));
}

#[test]
fn an_undo_cut_short_by_a_crash_is_finished_at_the_next_start() {
    let dir = tempfile::tempdir().expect("a folder");
    let people: Vec<Edit> = (0..2_500)
        .map(|n| Edit::create(Record::Contact(Arc::new(named(&format!("Personne {n}"))))))
        .collect();
    let step = |id, course| Step {
        id: StepId(Uuid::from_u128(id)),
        at: Timestamp::UNIX_EPOCH,
        course,
        deed: Deed::Import,
        subject: "people.jsonl".into(),
    };
    let (mut store, _) =
        openbar::store::Store::open(dir.path(), &openbar::store::Options::default()).expect("it opens");
    let done = step(1, Course::Do);
    let back = step(2, Course::Undo(done.id));
    let halves = [(done, people.clone()), (back, people[1_500..].iter().rev().map(Edit::inverse).collect())];
    for (step, edits) in halves {
        store.commit(&openbar::store::Commit { step, edits, captures: Vec::new() }).expect("on disk");
    }
    drop(store);
    let world = World::open(dir.path());
    assert_eq!(problem(world.ask(Job::Undo)), Problem::NothingToUndo);
    assert!(world.names().is_empty());
    assert_eq!(changed(world.ask(Job::Redo)), 2_500);
}

pub fn spooled(name: &str) -> Capture {
    let id = ContactId(Uuid::from_u128(u128::from(MINTED.fetch_add(1, Ordering::SeqCst))));
    Capture {
        id,
        at: Timestamp::UNIX_EPOCH,
        lang: Language::French,
        text: name.into(),
        event: None,
        listed: false,
    }
}

#[test]
fn what_the_spool_holds_comes_in_once_and_a_file_left_behind_brings_nobody_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let (early, late) = (spooled("Jeanne Larivière"), spooled("Luc Fortin"));
    openbar::door::capture(dir.path(), &early).expect("durable");
    let file = openbar::engine::spool_of(dir.path()).join(format!("{}.json", early.id));
    let left = std::fs::read(&file).expect("it waits");

    let world = World::open(dir.path());
    world.ask(Job::Ingest);
    assert!(world.contact(early.id).is_some(), "taken in at the start");
    openbar::door::capture(dir.path(), &late).expect("durable");
    world.engine.poll();
    world.ask(Job::History { who: None, limit: 1 });
    assert!(world.contact(late.id).is_some(), "taken in when polled");

    std::fs::write(&file, &left).expect("as after a crash between commit and removal");
    world.ask(Job::Ingest);
    assert_eq!(world.names().len(), 2);
    assert!(!file.exists(), "cleared away");

    changed(world.ask(Job::Undo));
    changed(world.ask(Job::Undo));
    std::fs::write(&file, &left).expect("as when the folder comes from a backup");
    world.ask(Job::Ingest);
    assert_eq!(world.contact(early.id), None);
    world.engine.stop();
    std::fs::write(&file, &left).expect("again");
    let world = World::open(dir.path());
    world.ask(Job::Ingest);
    assert_eq!((world.contact(early.id), file.exists()), (None, false));
    let ingested = |notice| matches!(notice, Notice::Ingested { .. });
    assert!(!world.notices.try_iter().any(ingested));
}

#[test]
fn the_same_capture_sent_twice_is_one_card() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    let capture = spooled("Jeanne Larivière");
    let first = world.ask(Job::Capture(capture.clone()));
    assert!(matches!(first, Reply::Captured { known: false, step: Some(_), .. }), "{first:?}");
    let second = world.ask(Job::Capture(capture));
    assert!(matches!(second, Reply::Captured { known: true, step: None, .. }), "{second:?}");
    assert_eq!(world.names().len(), 1);
}

#[test]
fn a_file_in_the_spool_that_cannot_be_read_is_set_aside_and_told_of() {
    let dir = tempfile::tempdir().expect("a folder");
    let spool = openbar::engine::spool_of(dir.path());
    let good = spooled("Luc");
    openbar::door::capture(dir.path(), &good).expect("durable");
    std::fs::write(spool.join("broken.json"), b"{\"id\":").expect("written");
    let world = World::open(dir.path());
    world.ask(Job::Ingest);
    assert!(world.contact(good.id).is_some());
    assert!(spool.join("rejected").join("broken.json").exists());
    let told: Vec<_> = world.notices.try_iter().collect();
    assert!(told.iter().any(|notice| matches!(notice, Notice::Trouble(Problem::BadInput(_)))), "{told:?}");
}
