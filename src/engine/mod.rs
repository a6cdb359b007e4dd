//! The application without a face: jobs go in, replies come out, news is told.
//!
//! One thread owns the store and makes every change, in the order the jobs came (`writer`); questions are
//! answered from the newest snapshot of the book by threads of their own (`readers`). Every job gets exactly one
//! reply, whatever happens: an [`Answer`] that is dropped says that the job was cancelled.
//!
//! Invariants: a reply that tells of a change is sent after the change is on disk and in the newest snapshot;
//! what is sent by one thread in order is done in that order, searches apart, which overtake everything.

mod cards;
pub mod clock;
mod derived;
mod drop_folder;
mod ingest;
mod jobs;
mod long;
mod matching;
mod meaning;
mod placing;
mod readers;
mod undo;
mod writer;

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use clock::Clock;
pub use drop_folder::Explain;

use crate::domain::contact::Language;
use crate::domain::problem::Problem;
use crate::protocol::{Job, Notice, Reply};
use crate::recogniser::Recogniser;
use drop_folder::Watch;
use readers::Readers;

/// What an engine must be told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The data folder; made when it is not there.
    pub dir: PathBuf,
    /// Default region of phone numbers, ISO 3166-1: `CA`.
    pub region: String,
    /// The language of the user's queries, for dates in them.
    pub lang: Language,
    /// Time and identifiers.
    pub clock: Clock,
    /// How long to wait for another process that has the store open.
    pub patience: Duration,
    /// Whether markets and paths are made ready in quiet moments, for a screen that will ask for them.
    pub keeps_ready: bool,
    /// What reads the letters of card pictures.
    pub recogniser: Recogniser,
    /// The file of an encoder of sentences, for likeness of needs and cards.
    pub encoder: Option<PathBuf>,
    /// A folder to watch: what is put there becomes cards in the pocket.
    pub drop_folder: Option<PathBuf>,
    /// How often a drop folder is looked at; a file is taken when two looks found it alike.
    pub drop_pace: Duration,
    /// Words a problem for whoever finds a refused file.
    pub explain: Explain,
}

impl Options {
    /// The options of everyday use: Canadian phone numbers, the system's clock, no waiting.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            region: "CA".into(),
            lang: Language::French,
            clock: Clock::system(),
            patience: Duration::ZERO,
            keeps_ready: false,
            recogniser: Recogniser::default(),
            encoder: None,
            drop_folder: None,
            drop_pace: drop_folder::PACE,
            explain: drop_folder::unworded,
        }
    }
}

/// The folder of a data folder where captures wait to be taken in.
pub fn spool_of(data: &Path) -> PathBuf {
    data.join("spool")
}

/// Puts files of kept captures into a data folder, by name and content, as another data folder has them.
///
/// # Errors
/// [`Problem::CannotWrite`].
pub fn put_captures(data: &Path, files: &[(&str, &[u8])]) -> Result<(), Problem> {
    let cards = crate::store::cards::Cards::of(data);
    files.iter().try_for_each(|(name, bytes)| cards.put_file(name, bytes))
}

/// Who asks. The newest search of each asker wins over its older ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Asker(u64);

impl Asker {
    /// The front end in this process.
    pub const HERE: Self = Self(0);
    /// Whatever takes files from a drop folder.
    const DROP_FOLDER: Self = Self(u64::MAX);

    /// A client of the socket, by the number of its connection, counted from 1.
    pub fn client(number: u64) -> Self {
        Self(number)
    }
}

/// Hears news. Called from the engine's threads, so it only passes the news on.
pub type News = Box<dyn Fn(Notice) + Send + Sync>;

/// Takes the reply to one job. Dropped without a call, it replies that the job was cancelled.
pub struct Answer(Option<Box<dyn FnOnce(Reply) + Send>>);

impl Answer {
    /// Sends the reply.
    pub fn send(mut self, reply: Reply) {
        if let Some(answer) = self.0.take() {
            answer(reply);
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        if let Some(answer) = self.0.take() {
            answer(Reply::Failed(Problem::Cancelled));
        }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer")
    }
}

/// A job on its way.
#[derive(Debug)]
struct Request {
    job: Job,
    caller: Caller,
}

/// Who waits for the reply to a job.
#[derive(Debug)]
struct Caller {
    ticket: u64,
    asker: Asker,
    answer: Answer,
    /// Set when the reply is no longer wanted.
    cancelled: Arc<AtomicBool>,
}

impl Caller {
    fn reply(self, outcome: Result<Reply, Problem>) {
        self.answer.send(outcome.unwrap_or_else(Reply::Failed));
    }
}

/// What the writer's inbox takes.
#[derive(Debug)]
enum Message {
    Ask(Request),
    /// Look into the spool.
    Ingest,
    /// The files of an import have been read and compared with the book.
    Planned(Box<long::Planned>),
    /// A card has been read.
    Card(Box<cards::Finished>),
    /// Finish what was taken on, then end.
    Stop,
}

/// A running engine. Dropping it stops it as [`Engine::stop`] does.
#[derive(Debug)]
pub struct Engine {
    handle: Handle,
    writer: Option<JoinHandle<()>>,
    watch: Option<Watch>,
}

/// The way to an engine for further threads. When the engine has stopped, every job is answered as cancelled.
#[derive(Clone, Debug)]
pub struct Handle {
    inbox: Sender<Message>,
    readers: Arc<Readers>,
    jobs: Arc<Mutex<Unfinished>>,
    opened: Arc<Opened>,
    options: Arc<Options>,
    /// Held while a drop folder is being emptied.
    sweeping: Arc<Mutex<()>>,
}

/// Jobs that could still be cancelled.
type Unfinished = HashMap<(Asker, u64), Weak<AtomicBool>>;

/// Whether the store could be opened; waits until it is known.
#[derive(Debug, Default)]
struct Opened {
    outcome: Mutex<Option<Result<(), Problem>>>,
    known: Condvar,
}

impl Opened {
    fn tell(&self, outcome: Result<(), Problem>) {
        *lock(&self.outcome) = Some(outcome);
        self.known.notify_all();
    }

    fn wait(&self) -> Result<(), Problem> {
        let mut outcome = lock(&self.outcome);
        loop {
            if let Some(known) = &*outcome {
                return known.clone();
            }
            outcome = self.known.wait(outcome).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Engine {
    /// Starts an engine and waits until its store is open (locked, checked; reading the records goes on
    /// behind). An error means that nothing runs.
    pub fn start(options: Options, news: News) -> Result<Self, Problem> {
        let engine = Self::launch(options, news)?;
        engine.handle.opened()?;
        Ok(engine)
    }

    /// Starts an engine without waiting for the store. If that cannot be opened, the problem comes as news, as the
    /// result of [`Handle::opened`] and as the reply to every job.
    pub fn launch(options: Options, news: News) -> Result<Self, Problem> {
        let (inbox, messages) = mpsc::channel();
        let dir = options.dir.clone();
        let news: Arc<dyn Fn(Notice) + Send + Sync> = news.into();
        let readers = Arc::new(Readers::start(&options, &news).map_err(|error| no_thread(&dir, &error))?);
        let opened = Arc::new(Opened::default());
        let told = TellAnyway(Arc::clone(&opened));
        let shared = Arc::new(options.clone());
        let context = writer::Context {
            options,
            news: Arc::clone(&news),
            readers: Arc::clone(&readers),
            inbox: inbox.clone(),
        };
        let writer = thread::Builder::new()
            .name("openbar-writer".into())
            .spawn(move || writer::run(context, &messages, &told))
            .map_err(|error| no_thread(&dir, &error))?;
        let jobs = Arc::default();
        let handle = Handle { inbox, readers, jobs, opened, options: shared, sweeping: Arc::default() };
        let mut engine = Self { handle, writer: Some(writer), watch: None };
        if let Some(folder) = engine.handle.options.drop_folder.clone() {
            let watch =
                Watch::start(folder, engine.handle(), news).map_err(|error| no_thread(&dir, &error))?;
            engine.watch = Some(watch);
        }
        Ok(engine)
    }

    /// The way to this engine for another thread.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// See [`Handle::send`].
    pub fn send(&self, ticket: u64, asker: Asker, job: Job, answer: Box<dyn FnOnce(Reply) + Send>) {
        self.handle.send(ticket, asker, job, answer);
    }

    /// See [`Handle::poll`].
    pub fn poll(&self) {
        self.handle.poll();
    }

    /// Does all that was sent, writes what makes the next start quick, and closes the store.
    pub fn stop(mut self) {
        self.finish();
    }

    fn finish(&mut self) {
        if let Some(watch) = &mut self.watch {
            watch.end();
        }
        if let Some(writer) = self.writer.take() {
            let _ = self.handle.inbox.send(Message::Stop);
            // A writer that panicked has dropped its answers, which replied.
            let _ = writer.join();
            self.handle.readers.stop();
        }
        // Whatever it still waited for has been answered.
        self.watch = None;
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Handle {
    /// Sends a job. `ticket` names it in progress reports and for [`Job::Cancel`]; `answer` is called once, from a
    /// thread of the engine, so it only passes the reply on.
    pub fn send(&self, ticket: u64, asker: Asker, job: Job, answer: Box<dyn FnOnce(Reply) + Send>) {
        let request = self.request(ticket, asker, job, answer);
        if let Job::Search { .. } = request.job {
            self.readers.search(request);
        } else if matches!(request.job, Job::Who(_)) && self.answers_at_once() {
            self.readers.who(request);
        } else {
            self.enqueue(request);
        }
    }

    /// Sends a job that must see what the spool holds by now, as every job from another process must.
    pub fn send_after_ingest(
        &self,
        ticket: u64,
        asker: Asker,
        job: Job,
        answer: Box<dyn FnOnce(Reply) + Send>,
    ) {
        let request = self.request(ticket, asker, job, answer);
        self.poll();
        self.enqueue(request);
    }

    /// Has the spool looked into; costs nothing when it is empty.
    pub fn poll(&self) {
        let _ = self.inbox.send(Message::Ingest);
    }

    /// Waits until the store is open, or is known not to open.
    pub fn opened(&self) -> Result<(), Problem> {
        self.opened.wait()
    }

    /// Cancels all that this asker has under way.
    pub fn hang_up(&self, asker: Asker) {
        for ((_, _), cancelled) in self.unfinished().iter().filter(|((owner, _), _)| *owner == asker) {
            if let Some(cancelled) = cancelled.upgrade() {
                cancelled.store(true, Ordering::Relaxed);
            }
        }
    }

    /// Whether a screen asks, which has seen the captures of before and types on; others must see all of them.
    fn answers_at_once(&self) -> bool {
        self.options.keeps_ready && self.readers.latest().loaded
    }

    fn enqueue(&self, request: Request) {
        if let Job::Cancel { ticket } = request.job {
            if let Some(cancelled) =
                self.unfinished().get(&(request.caller.asker, ticket)).and_then(Weak::upgrade)
            {
                cancelled.store(true, Ordering::Relaxed);
            }
            request.caller.reply(Ok(Reply::Done));
            return;
        }
        if let Job::Sweep { folder, lang } = request.job {
            return drop_folder::spawn_sweep(folder, lang, self.clone(), request.caller);
        }
        // An engine that has stopped drops the request, and that answers it.
        let _ = self.inbox.send(Message::Ask(request));
    }

    fn request(&self, ticket: u64, asker: Asker, job: Job, answer: Box<dyn FnOnce(Reply) + Send>) -> Request {
        let cancelled = Arc::new(AtomicBool::new(false));
        let mut unfinished = self.unfinished();
        unfinished.retain(|_, job| job.strong_count() > 0);
        unfinished.insert((asker, ticket), Arc::downgrade(&cancelled));
        Request { job, caller: Caller { ticket, asker, answer: Answer(Some(answer)), cancelled } }
    }

    fn unfinished(&self) -> MutexGuard<'_, Unfinished> {
        lock(&self.jobs)
    }
}

/// What a mutex guards. Whoever panicked while holding it left nothing half done: what is guarded here is replaced as a whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Tells whoever waits that the store will not open, should the writer end before it knows.
struct TellAnyway(Arc<Opened>);

impl Drop for TellAnyway {
    fn drop(&mut self) {
        let mut outcome = lock(&self.0.outcome);
        if outcome.is_none() {
            *outcome = Some(Err(Problem::Cancelled));
            self.0.known.notify_all();
        }
    }
}

fn no_thread(dir: &Path, error: &std::io::Error) -> Problem {
    Problem::StoreUnavailable { path: dir.to_path_buf(), detail: error.to_string() }
}
