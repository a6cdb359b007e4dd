//! The engine over a real store: what goes in comes out, is undone, and survives.

use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};

use jiff::tz::TimeZone;
use openbar::domain::change::{Deed, Edit, Record};
use openbar::domain::contact::{Contact, Language, Name};
use openbar::domain::id::ContactId;
use openbar::domain::problem::Problem;
use openbar::domain::time::Timestamp;
use openbar::engine::{Asker, Clock, Engine, Options};
use openbar::insight::Snapshot;
use openbar::protocol::{Job, Notice, Reply};
use uuid::Uuid;

/// Identifiers of all tests together, so that a store that is opened again gets fresh ones.
static MINTED: AtomicU64 = AtomicU64::new(1);

/// Options of a world where it is noon of 23 November 2026, and each look at the clock takes a second.
pub fn options(dir: &Path) -> Options {
    let seconds = AtomicI64::new(1_795_435_200);
    let now = move || Timestamp::from_second(seconds.fetch_add(1, Ordering::SeqCst)).expect("a moment");
    let mint = || Uuid::from_u128(u128::from(MINTED.fetch_add(1, Ordering::SeqCst)));
    Options {
        dir: dir.to_path_buf(),
        region: "CA".into(),
        lang: Language::French,
        clock: Clock::new(now, TimeZone::UTC, mint),
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
    Job::Apply { deed: Deed::Batch, subject: contacts[0].name.full.clone(), edits: edits.collect() }
}

/// An engine and all that it told.
struct World {
    engine: Engine,
    latest: Arc<Mutex<Snapshot>>,
    notices: Receiver<Notice>,
}

impl World {
    fn open(dir: &Path) -> Self {
        Self::try_open(dir).expect("the store opens")
    }

    fn try_open(dir: &Path) -> Result<Self, Problem> {
        let latest = Arc::new(Mutex::new(Snapshot::default()));
        let (sender, notices) = mpsc::channel();
        let heard = Arc::clone(&latest);
        let news = Box::new(move |notice| match notice {
            Notice::Book(snapshot) => *heard.lock().expect("not poisoned") = snapshot,
            other => drop(sender.send(other)),
        });
        Ok(Self { engine: Engine::start(options(dir), news)?, latest, notices })
    }

    fn ask(&self, job: Job) -> Reply {
        self.send(7, job).recv().expect("every job is answered")
    }

    fn send(&self, ticket: u64, job: Job) -> Receiver<Reply> {
        let (sender, receiver) = mpsc::channel();
        self.engine.send(ticket, Asker::HERE, job, Box::new(move |reply| drop(sender.send(reply))));
        receiver
    }

    fn book(&self) -> Snapshot {
        self.latest.lock().expect("not poisoned").clone()
    }

    fn contact(&self, id: ContactId) -> Option<Arc<Contact>> {
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

fn changed(reply: Reply) -> usize {
    match reply {
        Reply::Changed { count, .. } => count,
        other => panic!("not a change: {other:?}"),
    }
}

fn problem(reply: Reply) -> Problem {
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
    assert_eq!(changed(world.ask(put(&[jeanne.clone()]))), 1);
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
    world.ask(put(&[jeanne.clone()]));
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
    world.ask(put(&[jeanne.clone()]));
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
    world.ask(put(&[jeanne.clone()]));
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
    world.ask(put(&[jeanne.clone()]));
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
