//! Cards on their way to being read: a thread of its own reads them one after the other, keeps the captures, and
//! hands over what they say; the writer makes contacts of it.
//!
//! Invariants: every card that was taken on comes back, whatever happens; a capture is on disk before the writer
//! hears of it; the recognition models leave memory when no card has come for a while.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use super::{Caller, Message, Options, jobs};
use crate::capture::card::{self, CardReading, Opened};
use crate::capture::image::{Limits, Picture, ocr};
use crate::capture::printed::{CardProblem, Place, Printed, PrintedLine};
use crate::domain::problem::{InputProblem, InputReason, Problem};
use crate::insight::Snapshot;
use crate::protocol::{CardSource, KeptCard, ReadCard, Reply};
use crate::store::cards::{self, Cards, Line, Page};
use crate::text::clean;

/// Longer side of a kept picture, in pixels.
const KEPT_SIDE: u32 = 1_600;
/// How long the models stay in memory after the last card.
const KEEP_MODELS: Duration = Duration::from_secs(20);

/// A card that has been read, or could not be.
#[derive(Debug)]
pub(super) struct Finished {
    pub caller: Caller,
    pub card: ReadCard,
    pub outcome: Result<Captured, Problem>,
}

/// What a card brought.
#[derive(Debug, Default)]
pub(super) struct Captured {
    /// The name of the kept capture.
    pub hash: String,
    /// The people; none for a card that says nothing.
    pub readings: Vec<CardReading>,
    /// What was noticed while it was read.
    pub problems: Vec<CardProblem>,
    /// What to call a card that says nothing: the file's name.
    pub label: String,
}

/// Where the writer hands cards out and takes them back.
#[derive(Debug, Default)]
pub(super) struct Desk {
    /// The reading thread, once there was a card.
    thread: Option<Sender<Task>>,
    /// Cards out for reading.
    away: usize,
    /// Cards that have been read and wait for the writer.
    back: VecDeque<Box<Finished>>,
}

#[derive(Debug)]
struct Task {
    card: ReadCard,
    caller: Caller,
    /// The book when the card was handed out: a capture that it knows is not read again.
    snapshot: Snapshot,
}

impl Desk {
    /// Hands a card out.
    pub fn read(
        &mut self,
        card: ReadCard,
        caller: Caller,
        snapshot: Snapshot,
        options: &Options,
        inbox: &Sender<Message>,
    ) {
        let task = Task { card, caller, snapshot };
        let thread = match &self.thread {
            Some(thread) => thread,
            None => match start(options.clone(), inbox.clone()) {
                Ok(thread) => self.thread.insert(thread),
                Err(error) => return task.caller.reply(Err(super::no_thread(&options.dir, &error))),
            },
        };
        // The thread ends only when this sender is dropped.
        if thread.send(task).is_ok() {
            self.away += 1;
        }
    }

    /// Takes a card back.
    pub fn finished(&mut self, card: Box<Finished>) {
        self.away -= 1;
        self.back.push_back(card);
    }

    /// The next card for the writer.
    pub fn next(&mut self) -> Option<Box<Finished>> {
        self.back.pop_front()
    }

    /// Whether no card is on its way.
    pub fn is_empty(&self) -> bool {
        self.away == 0 && self.back.is_empty()
    }
}

fn start(options: Options, inbox: Sender<Message>) -> std::io::Result<Sender<Task>> {
    let (sender, tasks) = mpsc::channel();
    thread::Builder::new().name("openbar-cards".into()).spawn(move || work(&tasks, &options, &inbox))?;
    Ok(sender)
}

fn work(tasks: &Receiver<Task>, options: &Options, inbox: &Sender<Message>) {
    // Held while a stack is read, so that the models are loaded once.
    let mut models: Option<Arc<ocr::Reader>> = None;
    loop {
        let task = match models {
            Some(_) => tasks.recv_timeout(KEEP_MODELS),
            None => tasks.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let Task { card, caller, snapshot } = match task {
            Ok(task) => task,
            Err(RecvTimeoutError::Timeout) => {
                models = None;
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        // The writer counts on it, so the card must come back even out of a panic.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            if caller.cancelled.load(Ordering::Relaxed) {
                return Err(Problem::Cancelled);
            }
            read(&card, &snapshot, options, &mut models)
        }))
        .unwrap_or(Err(Problem::Cancelled));
        if inbox.send(Message::Card(Box::new(Finished { caller, card, outcome }))).is_err() {
            return;
        }
    }
}

fn read(
    job: &ReadCard,
    snapshot: &Snapshot,
    options: &Options,
    models: &mut Option<Arc<ocr::Reader>>,
) -> Result<Captured, Problem> {
    let (bytes, label) = match &job.source {
        CardSource::Path(path) => (file(path)?, name_of(path)),
        CardSource::Bytes(bytes) => (bytes.clone(), String::new()),
        CardSource::Text(text) => (text.clone().into_bytes(), String::new()),
    };
    let hash = cards::hash(&bytes);
    if jobs::card::known(&snapshot.book, &hash).next().is_some() {
        return Ok(Captured { hash, ..Captured::default() });
    }
    let kept = Cards::of(&options.dir);
    let context = jobs::context(options, job.lang, options.clock.today());
    let picture = match card::open(&bytes).map_err(|reason| bad_input(&job.source, reason))? {
        Opened::Picture(picture) => picture,
        Opened::Text(printed) => {
            kept.put(&hash, None, &page(&printed))?;
            let readings = card::read(&printed, &context);
            return Ok(Captured { hash, readings, problems: printed.problems, label });
        }
    };
    drop(bytes);
    let (upright, printed) = options.recogniser.read(picture, models);
    keep(&kept, &hash, &upright, &printed)?;
    let readings = card::read(&printed, &context);
    Ok(Captured { hash, readings, problems: printed.problems, label })
}

fn keep(kept: &Cards, hash: &str, picture: &Picture, printed: &Printed) -> Result<(), Problem> {
    let encoded = picture.shrunk(KEPT_SIDE).to_jpeg_or_png();
    let picture = cards::Picture { ending: encoded.kind.extension(), bytes: &encoded.bytes };
    kept.put(hash, Some(picture), &page(printed))
}

/// Keeps a block of text that comes in as a capture, so that all of it can be read again; under the name that
/// [`cards::hash`] gives it.
pub(super) fn keep_text(dir: &Path, text: &str) -> Result<(), Problem> {
    Cards::of(dir).put(&cards::hash(text.as_bytes()), None, &page(&card::text_card(text)))
}

/// A kept capture, as the protocol gives it.
pub(super) fn kept(dir: &Path, hash: &str) -> Result<Reply, Problem> {
    let cards = Cards::of(dir);
    let kept = cards.get(hash)?.map(|kept| KeptCard {
        picture: kept.picture,
        file: cards.picture_file(hash),
        printed: printed(kept.page),
    });
    Ok(Reply::Kept(kept.map(Box::new)))
}

/// The bytes of a file, at most as many as an image may have.
fn file(path: &Path) -> Result<Vec<u8>, Problem> {
    let refused = |detail: String| bad_path(path, InputReason::Unreadable { detail });
    let file = File::open(path).map_err(|error| refused(error.to_string()))?;
    let about = file.metadata().map_err(|error| refused(error.to_string()))?;
    if about.is_dir() {
        return Err(refused(std::io::Error::from(std::io::ErrorKind::IsADirectory).to_string()));
    }
    let limit = Limits::default().bytes as u64;
    let mut bytes = Vec::with_capacity(about.len().min(limit) as usize);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| refused(error.to_string()))?;
    match bytes.len() as u64 {
        0 => Err(bad_path(path, InputReason::Empty)),
        length if length > limit => Err(bad_path(path, InputReason::TooLarge { limit })),
        _ => Ok(bytes),
    }
}

fn bad_input(source: &CardSource, reason: InputReason) -> Problem {
    match source {
        CardSource::Path(path) => bad_path(path, reason),
        CardSource::Bytes(_) | CardSource::Text(_) => bad_path(Path::new(""), reason),
    }
}

fn bad_path(path: &Path, reason: InputReason) -> Problem {
    Problem::BadInput(InputProblem { file: path.display().to_string(), line: 0, column: 0, reason })
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| clean::line(&name.to_string_lossy())).unwrap_or_default()
}

/// The names of problems in kept pages. Stored: never changed. Those that follow from the lines are not kept.
const PROBLEMS: [(&str, CardProblem); 4] = [
    ("unreadable", CardProblem::Unreadable),
    ("no-recognition", CardProblem::NoRecognition),
    ("handwriting", CardProblem::Handwriting),
    ("several-cards", CardProblem::SeveralCards),
];

fn page(printed: &Printed) -> Page {
    let lines = printed.lines.iter().map(|line| Line {
        text: line.text.clone(),
        confidence: line.confidence,
        place: line.place.map(|place| [place.left, place.top, place.right, place.bottom]),
        height: line.height,
        block: line.block,
    });
    let noticed = PROBLEMS.iter().filter(|(_, problem)| printed.problems.contains(problem));
    Page::new(lines.collect(), printed.codes.clone(), noticed.map(|(name, _)| (*name).to_owned()).collect())
}

fn printed(page: Page) -> Printed {
    let lines = page.lines.into_iter().map(|line| PrintedLine {
        text: line.text,
        confidence: line.confidence,
        place: line.place.map(|[left, top, right, bottom]| Place { left, top, right, bottom }),
        height: line.height,
        block: line.block,
    });
    let known = |name: &String| PROBLEMS.iter().find(|(known, _)| known == name);
    let problems = page.problems.iter().filter_map(known).map(|(_, problem)| problem.clone());
    Printed { lines: lines.collect(), codes: page.codes, problems: problems.collect() }
}
