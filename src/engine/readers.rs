//! The threads that answer questions from the newest snapshot, so that no question waits for a change and no
//! change for a question.
//!
//! Searches have a thread of their own: the newest search of each asker wins, an older one that waits or runs
//! is given up and replied to as cancelled. Everything else is a task of a small pool, and always answered.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use super::derived::Keeper;
use super::jobs::View;
use super::jobs::needs;
use super::matching::Matcher;
use super::{Asker, Options, Request, lock};
use crate::capture;
use crate::domain::problem::Problem;
use crate::insight::Snapshot;
use crate::insight::duplicates::Shelf;
use crate::insight::search::{self, Trail};
use crate::protocol::{FIRST_HITS, Job, Notice, Reply};

/// Threads that answer questions: one long export or import being read must not keep the others waiting.
const TASK_THREADS: usize = 2;

type Task = Box<dyn FnOnce() + Send>;

/// What is kept between questions, since it is dear to make.
#[derive(Clone, Default)]
pub(super) struct Kept {
    /// By which lookalikes are found; made by the first question that needs it.
    pub shelf: Arc<Shelf>,
    /// What is derived of the book; made by the first question that needs it, or in quiet moments.
    pub keeper: Arc<Keeper>,
    /// What needs are matched with; made by the first question that needs it, or in quiet moments when a need waits.
    pub matcher: Arc<Matcher>,
    /// Hears how far a long question has come.
    pub news: Option<Arc<dyn Fn(Notice) + Send + Sync>>,
}

/// The threads, and the snapshot that they answer from.
pub(super) struct Readers {
    latest: Arc<Mutex<Snapshot>>,
    pub(super) kept: Kept,
    searches: Arc<Searches>,
    /// Questions who could help: apart, since the first of them takes its time.
    asked: Arc<Searches>,
    tasks: Mutex<Option<Sender<Task>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl std::fmt::Debug for Readers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Readers")
    }
}

/// Searches that wait.
#[derive(Default)]
struct Searches {
    state: Mutex<Waiting>,
    wake: Condvar,
}

#[derive(Default)]
struct Waiting {
    queue: VecDeque<Search>,
    /// Counts the searches of each asker; the last number is the newest.
    newest: HashMap<List, Arc<AtomicU64>>,
    stopping: bool,
}

/// A list of an asker: within it, the newest search wins.
type List = (Asker, u64);

fn list_of(request: &Request) -> List {
    match request.job {
        Job::Search { list, .. } => (request.caller.asker, list),
        Job::Who(ref ask) => (request.caller.asker, ask.list),
        _ => (request.caller.asker, 0),
    }
}

/// A search and its number among those of its asker.
struct Search {
    request: Request,
    number: u64,
    newest: Arc<AtomicU64>,
}

impl Readers {
    pub(super) fn start(options: &Options, news: &Arc<dyn Fn(Notice) + Send + Sync>) -> io::Result<Self> {
        let latest = Arc::new(Mutex::new(Snapshot::default()));
        let searches = Arc::new(Searches::default());
        let (tasks, queue) = mpsc::channel::<Task>();
        let queue = Arc::new(Mutex::new(queue));
        let mut threads = Vec::new();
        for _ in 0..TASK_THREADS {
            let queue = Arc::clone(&queue);
            threads.push(spawn("openbar-reader", move || work(&queue))?);
        }
        let matcher = Arc::new(Matcher::new(options.dir.clone(), options.encoder.clone()));
        let kept = Kept { matcher, news: Some(Arc::clone(news)), ..Kept::default() };
        if options.keeps_ready {
            let (clock, kept, news) = (options.clock.clone(), kept.clone(), Arc::clone(news));
            let (keeper, newest) = (Arc::clone(&kept.keeper), Arc::clone(&latest));
            keeper.warm(move |book| {
                let today = clock.today();
                let first = kept.keeper.latest().is_none_or(|derived| !derived.has_roll());
                let derived = kept.keeper.of(book, today);
                derived.roll();
                if first {
                    // What a list of a market's people shows may change, so whoever shows one is told.
                    news(Notice::Book(lock(&newest).clone()));
                }
                derived.chart(None);
                if let Some(rings) = needs::rings(&kept, book, today) {
                    news(Notice::Rings(rings));
                }
            })?;
        }
        let (snapshot, waiting, options) = (Arc::clone(&latest), Arc::clone(&searches), options.clone());
        let asked = Arc::<Searches>::default();
        let (for_who, kept_for_who) = (Arc::clone(&asked), kept.clone());
        let (latest_for_who, options_for_who) = (Arc::clone(&snapshot), options.clone());
        let keeper = Arc::clone(&kept.keeper);
        threads.push(spawn("openbar-search", move || serve(&waiting, &snapshot, &keeper, &options))?);
        threads.push(spawn("openbar-who", move || {
            serve_who(&for_who, &latest_for_who, &options_for_who, &kept_for_who);
        })?);
        Ok(Self {
            latest,
            kept,
            searches,
            asked,
            tasks: Mutex::new(Some(tasks)),
            threads: Mutex::new(threads),
        })
    }

    /// Makes a snapshot the newest.
    pub(super) fn publish(&self, snapshot: Snapshot) {
        if snapshot.loaded {
            self.kept.keeper.published(&snapshot.book);
        }
        *lock(&self.latest) = snapshot;
    }

    /// The newest snapshot.
    pub(super) fn latest(&self) -> Snapshot {
        lock(&self.latest).clone()
    }

    /// Has a task done; one that comes after the stop is dropped.
    pub(super) fn spawn(&self, task: impl FnOnce() + Send + 'static) {
        if let Some(tasks) = &*lock(&self.tasks) {
            let _ = tasks.send(Box::new(task));
        }
    }

    /// Takes a search, which overtakes the older ones of its asker.
    pub(super) fn search(&self, request: Request) {
        self.kept.keeper.stir();
        self.searches.take(request);
    }

    /// Takes a question who could help, which overtakes the older ones of its asker.
    pub(super) fn who(&self, request: Request) {
        self.kept.keeper.stir();
        self.asked.take(request);
    }

    /// Finishes what was taken on, then ends the threads.
    pub(super) fn stop(&self) {
        self.kept.keeper.end();
        drop(lock(&self.tasks).take());
        for searches in [&self.searches, &self.asked] {
            lock(&searches.state).stopping = true;
            searches.wake.notify_all();
        }
        for thread in std::mem::take(&mut *lock(&self.threads)) {
            let _ = thread.join();
        }
    }
}

impl Searches {
    /// Takes a search, which overtakes the older ones of its list.
    fn take(&self, request: Request) {
        let mut overtaken = Vec::new();
        {
            let mut waiting = lock(&self.state);
            if waiting.stopping {
                return;
            }
            waiting.newest.retain(|_, newest| Arc::strong_count(newest) > 1);
            let list = list_of(&request);
            let newest = Arc::clone(waiting.newest.entry(list).or_default());
            let number = newest.fetch_add(1, Ordering::Relaxed) + 1;
            let (older, queue) = std::mem::take(&mut waiting.queue)
                .into_iter()
                .partition::<VecDeque<_>, _>(|search| list_of(&search.request) == list);
            waiting.queue = queue;
            overtaken.extend(older);
            waiting.queue.push_back(Search { request, number, newest });
        }
        self.wake.notify_one();
        // Dropped outside the lock, since that calls their askers.
        drop(overtaken);
    }

    /// The next one; waits for it. `None` at the end.
    fn next(&self) -> Option<Search> {
        let mut waiting = lock(&self.state);
        loop {
            if let Some(search) = waiting.queue.pop_front() {
                return Some(search);
            }
            if waiting.stopping {
                return None;
            }
            waiting = self.wake.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.into()).spawn(run)
}

fn work(queue: &Mutex<Receiver<Task>>) {
    loop {
        let Ok(task) = lock(queue).recv() else { return };
        // A task owns all it touches; when it panics its answer is dropped, which replies.
        let _ = catch_unwind(AssertUnwindSafe(task));
    }
}

fn serve(searches: &Searches, latest: &Mutex<Snapshot>, keeper: &Keeper, options: &Options) {
    // One list is typed into at a time; another one begins a trail of its own.
    let mut trail = (None, Trail::default());
    while let Some(search) = searches.next() {
        let mut snapshot = lock(latest).clone();
        let list = Some(list_of(&search.request));
        if trail.0 != list {
            trail = (list, Trail::default());
        }
        // As for tasks: a search owns all it touches; the trail of one that panicked is forgotten.
        let answered = catch_unwind(AssertUnwindSafe(|| {
            answer(search, &mut snapshot, keeper, options, &mut trail.1);
        }));
        if answered.is_err() {
            trail = (None, Trail::default());
        }
    }
}

/// Answers questions who could help.
fn serve_who(asked: &Searches, latest: &Mutex<Snapshot>, options: &Options, kept: &Kept) {
    while let Some(Search { request: Request { job, caller }, number, newest }) = asked.next() {
        let snapshot = lock(latest).clone();
        let cancelled = Arc::clone(&caller.cancelled);
        let overtaken = || newest.load(Ordering::Relaxed) != number || cancelled.load(Ordering::Relaxed);
        // As for tasks.
        let answered = catch_unwind(AssertUnwindSafe(|| {
            let view = View::new(&snapshot.book, &snapshot.index, options);
            needs::answer(&needs::Desk::new(&view, kept, &overtaken), job)
        }));
        caller.reply(answered.unwrap_or(Err(Problem::Cancelled)));
    }
}

fn answer(search: Search, snapshot: &mut Snapshot, keeper: &Keeper, options: &Options, trail: &mut Trail) {
    let Search { request: Request { job, caller }, number, newest } = search;
    let Job::Search { query, whole, .. } = job else { return };
    let today = options.clock.today();
    let context = super::jobs::context(options, options.lang, today);
    let query = capture::query::read(&query, &context).query;
    if query.asks_for_markets() {
        snapshot.roll = keeper.roll_near(&snapshot.book, today);
    }
    let cancelled = Arc::clone(&caller.cancelled);
    let overtaken = || newest.load(Ordering::Relaxed) != number || cancelled.load(Ordering::Relaxed);
    let limit = (!whole).then_some(FIRST_HITS);
    let limits = search::Options { today, limit, cancelled: &overtaken };
    let found = search::run_along(snapshot, &query, &limits, trail).ok_or(Problem::Cancelled);
    caller.reply(found.map(|found| Reply::Hits { ids: found.ids.into(), total: found.total }));
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::engine::{Answer, Caller};

    fn search(asker: Asker, heard: &Arc<AtomicBool>) -> Request {
        let heard = Arc::clone(heard);
        let answer: Box<dyn FnOnce(Reply) + Send> =
            Box::new(move |reply| heard.store(reply == Reply::Failed(Problem::Cancelled), Ordering::SeqCst));
        let caller = Caller { ticket: 1, asker, answer: Answer(Some(answer)), cancelled: Arc::default() };
        Request { job: Job::Search { query: String::new(), list: 0, whole: false }, caller }
    }

    #[test]
    fn a_newer_search_of_the_same_asker_overtakes_the_waiting_one() {
        // No threads: the searches stay in the queue.
        let readers = Readers {
            latest: Arc::default(),
            kept: Kept::default(),
            searches: Arc::default(),
            asked: Arc::default(),
            tasks: Mutex::new(None),
            threads: Mutex::default(),
        };
        let [first, other, second] = [(); 3].map(|()| Arc::new(AtomicBool::new(false)));
        readers.search(search(Asker::HERE, &first));
        readers.search(search(Asker::client(1), &other));
        readers.search(search(Asker::HERE, &second));
        assert!(first.load(Ordering::SeqCst), "the older search is replied to");
        assert!(!other.load(Ordering::SeqCst) && !second.load(Ordering::SeqCst), "the others wait");
        assert_eq!(lock(&readers.searches.state).queue.len(), 2);
    }
}
