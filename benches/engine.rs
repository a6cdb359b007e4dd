//! The engine as its callers feel it: start to first answer, a capture until it is on disk and in the snapshot,
//! questions, and taking an import back.
//!
//! `cargo bench --bench engine -- people_16k` or `people_100k`.

mod world;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::sync::{Mutex, OnceLock};

use divan::Bencher;
use openbar::domain::change::{Course, Deed, Edit, Step};
use openbar::domain::contact::Language;
use openbar::domain::id::{ContactId, StepId};
use openbar::domain::time::Timestamp;
use openbar::door;
use openbar::engine::{Asker, Engine, Options};
use openbar::protocol::{Capture, Job, Notice, Reply};
use openbar::store::{Commit, Store};
use tempfile::TempDir;
use uuid::Uuid;

fn main() {
    divan::main();
}

/// A store with so many people, and an index beside it.
fn filled(people: usize) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut store, _) = Store::open(dir.path(), &openbar::store::Options::default()).expect("it opens");
    let step = Step {
        id: StepId(Uuid::from_u128(1)),
        at: Timestamp::UNIX_EPOCH,
        course: Course::Do,
        deed: Deed::Import,
        subject: String::new(),
    };
    let edits: Vec<Edit> = world::book(people).records().map(Edit::create).collect();
    for chunk in edits.chunks(1_000) {
        let commit = Commit { step: step.clone(), edits: chunk.to_vec(), captures: Vec::new() };
        store.commit(&commit).expect("on disk");
    }
    store.close().expect("closed");
    // The first run builds the index and keeps it.
    ask(&start(dir.path()), Job::Today);
    dir
}

fn start(dir: &Path) -> Engine {
    Engine::start(Options::new(dir), Box::new(|_| ())).expect("it opens")
}

fn ask(engine: &Engine, job: Job) -> Reply {
    let (sender, receiver) = mpsc::channel();
    engine.send(1, Asker::HERE, job, Box::new(move |reply| drop(sender.send(reply))));
    receiver.recv().expect("answered")
}

fn capture() -> Capture {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let id = ContactId(Uuid::from_u128(u128::MAX - u128::from(COUNT.fetch_add(1, Ordering::Relaxed))));
    let text = "Réjean Tremblay, vendeur de planches @Scierie Tremblay =planches #chambre 819-555-0123";
    Capture {
        id,
        at: Timestamp::UNIX_EPOCH,
        lang: Language::French,
        text: text.into(),
        event: None,
        listed: false,
    }
}

/// The benches of one size.
macro_rules! sizes {
    ($($module:ident: $people:literal),+) => {$(
        mod $module {
            use super::*;

            fn dir() -> &'static Path {
                static DIR: OnceLock<TempDir> = OnceLock::new();
                DIR.get_or_init(|| filled($people)).path()
            }

            fn engine() -> &'static Mutex<Engine> {
                static ENGINE: OnceLock<Mutex<Engine>> = OnceLock::new();
                ENGINE.get_or_init(|| Mutex::new(start(dir())))
            }

            /// A start, until the kept index can be searched.
            #[divan::bench(sample_count = 10, sample_size = 1)]
            fn a_start_to_searchable(bencher: Bencher) {
                let dir = dir();
                bencher.bench_local(|| {
                    let (sender, receiver) = mpsc::channel();
                    let news = Box::new(move |notice| {
                        if let Notice::Book(_) = notice {
                            // Only the first is waited for.
                            let _ = sender.send(());
                        }
                    });
                    let engine = Engine::start(Options::new(dir), news).expect("it opens");
                    receiver.recv().expect("a snapshot");
                    engine
                });
            }

            /// A start, until all records are read and a question about them is answered.
            #[divan::bench(sample_count = 10, sample_size = 1)]
            fn b_start_to_answer(bencher: Bencher) {
                let dir = dir();
                bencher.bench_local(|| {
                    let engine = start(dir);
                    ask(&engine, Job::Find { query: "martin".into(), limit: Some(10) });
                    engine
                });
            }

            /// A capture, until it is on disk and in the snapshot.
            #[divan::bench(sample_count = 100, sample_size = 1)]
            fn c_capture(bencher: Bencher) {
                let engine = engine().lock().expect("not poisoned");
                bencher.with_inputs(capture).bench_local_values(|line| ask(&engine, Job::Capture(line)));
            }

            /// Taking the last capture back, and doing it again.
            #[divan::bench(sample_count = 50, sample_size = 1)]
            fn d_undo_and_redo(bencher: Bencher) {
                let engine = engine().lock().expect("not poisoned");
                ask(&engine, Job::Capture(capture()));
                bencher.bench_local(|| (ask(&engine, Job::Undo), ask(&engine, Job::Redo)));
            }

            /// A search from the screen, through the engine.
            #[divan::bench(sample_count = 100, sample_size = 1)]
            fn e_search(bencher: Bencher) {
                let engine = engine().lock().expect("not poisoned");
                bencher.bench_local(|| ask(&engine, Job::Search { query: "martin".into(), list: 0, whole: false }));
            }

            /// One person with history, by uid.
            #[divan::bench(sample_count = 100, sample_size = 1)]
            fn f_show(bencher: Bencher) {
                let engine = engine().lock().expect("not poisoned");
                let Reply::Found(people) = ask(&engine, Job::Find { query: "martin".into(), limit: Some(1) })
                else {
                    panic!("somebody is called so")
                };
                bencher.bench_local(|| ask(&engine, Job::Show { who: people[0].uid() }));
            }
        }
    )+};
}

sizes!(people_16k: 16_000, people_100k: 100_000, people_1m: 1_000_000);

/// A capture from the shell: durable in the spool, no store opened.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn spool_a_capture(bencher: Bencher) {
    let dir = tempfile::tempdir().expect("a folder");
    bencher.with_inputs(capture).bench_local_values(|line| door::capture(dir.path(), &line));
}
