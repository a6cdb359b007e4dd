//! The drop folder: whatever is put into it becomes cards in the pocket, then moves to `done/`, or to `failed/` with a
//! text file beside it that says why.
//!
//! | file | does |
//! | --- | --- |
//! | `look` | which files have come and are whole |
//! | `shelf` | moves files to their places |
//!
//! While a screen is open the folder is looked at every second or two by a thread of its own; `openbar pocket
//! --sweep` does the same once. Both go through the engine's door, so nothing here touches book or store.
//!
//! Invariants: a file is taken when two looks found it alike, never before; what it brings is known by its content, so
//! that a crash between the commit and the move, or a second copy, brings nobody twice; a file that cannot be moved is not
//! taken again; a file that the store has no room for stays and is tried again later; nothing is ever deleted.

mod look;
mod shelf;

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use uuid::Uuid;

use super::{Asker, Caller, Handle, Options, jobs, lock};
use crate::capture::card::LONGEST_TEXT;
use crate::capture::image::Limits;
use crate::capture::{dropped, vcard};
use crate::domain::contact::Language;
use crate::domain::id::ContactId;
use crate::domain::problem::{Brief, InputProblem, InputReason, Problem};
use crate::domain::time::Timestamp;
use crate::protocol::{Capture, CardSource, Job, Notice, ReadCard, Reply, Swept, Taken, Turned};
use crate::store::cards::hash;
use crate::text::charset;
use look::{Found, Looker};

/// Words a problem for the file that stands beside what was refused: the engine has no words of its own.
pub type Explain = fn(&Problem, Language) -> String;

/// After a failure that is not the file's fault, so many looks are left out: a full disk is not tried every second.
const PAUSE: u32 = 20;
/// A file that is empty or ends early, as one does that is still on its way, is given up after so many looks.
const PATIENCE: u32 = 40;
/// Identifiers of captures are made from the content under this name.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f70_656e_6261_7264_726f_7066_6f6c_6472);

type News = Arc<dyn Fn(Notice) + Send + Sync>;

/// The watching thread. Dropping it ends the thread, once it has done the file it is at.
#[derive(Debug)]
pub(super) struct Watch {
    // Dropped first, which tells the thread to end.
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Begins to watch; the first look is at once.
    pub(super) fn start(folder: PathBuf, handle: Handle, news: News) -> io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("openbar-drop".into())
            .spawn(move || watch(folder, &handle, &news, &stopped))?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }

    /// Tells the thread to end. It may still wait for a reply, so the engine ends first, then it is joined.
    pub(super) fn end(&mut self) {
        drop(self.stop.take());
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.end();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has told so already.
            let _ = thread.join();
        }
    }
}

fn watch(folder: PathBuf, handle: &Handle, news: &News, stopped: &Receiver<()>) {
    if handle.opened().is_err() {
        return;
    }
    let options = &*handle.options;
    let mut desk = Desk::new(folder, options.lang);
    loop {
        let swept = {
            let _alone = handle.alone();
            desk.look(handle, options, &|| {
                matches!(stopped.try_recv(), Err(mpsc::TryRecvError::Disconnected))
            })
        };
        tell(&mut desk, swept, news);
        match stopped.recv_timeout(options.drop_pace) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// News of a look: cards that came in, files that were refused, and once what keeps the folder from being watched.
fn tell(desk: &mut Desk, swept: Result<Swept, Problem>, news: &News) {
    match swept {
        Ok(swept) => {
            let count = swept.taken.iter().filter(|file| !file.known).map(|file| file.people.len()).sum();
            if count > 0 {
                news(Notice::Ingested { count });
            }
            for Turned { file, problem, .. } in swept.failed {
                news(Notice::Trouble(of_file(problem, &file)));
            }
            if desk.stuck.is_none() {
                desk.told = None;
            }
            if let Some(problem) = desk.stuck.clone() {
                desk.tell_once(problem, news);
            }
        }
        Err(Problem::Cancelled) => {}
        Err(problem) => desk.tell_once(problem, news),
    }
}

/// The same problem, naming the file as the user sees it.
fn of_file(problem: Problem, name: &str) -> Problem {
    match problem {
        Problem::BadInput(input) => Problem::BadInput(InputProblem { file: name.to_owned(), ..input }),
        other => other,
    }
}

/// Sweeps on a thread of its own, since cards take their time.
pub(super) fn spawn_sweep(folder: PathBuf, lang: Language, handle: Handle, caller: Caller) {
    // Without a thread the caller is dropped, and that answers it.
    let _ = thread::Builder::new().name("openbar-sweep".into()).spawn(move || {
        let swept = handle.opened().and_then(|()| sweep(folder, lang, &handle));
        caller.reply(swept.map(|swept| Reply::Swept(Box::new(swept))));
    });
}

/// Takes in all that lies in a folder and is whole. Looks twice, a pace apart, so it takes a second.
fn sweep(folder: PathBuf, lang: Language, handle: &Handle) -> Result<Swept, Problem> {
    let options = &*handle.options;
    let _alone = handle.alone();
    let mut desk = Desk::new(folder, lang);
    let first = desk.look(handle, options, &|| false)?;
    if first.waiting.is_empty() {
        return Ok(first);
    }
    thread::sleep(options.drop_pace);
    let swept = desk.look(handle, options, &|| false)?;
    match desk.stuck.take() {
        Some(problem) => Err(problem),
        None => Ok(swept),
    }
}

/// One folder and what is known of the files in it.
struct Desk {
    folder: PathBuf,
    lang: Language,
    looker: Looker,
    /// What keeps files from being taken or moved, though nothing is wrong with them.
    stuck: Option<Problem>,
    /// Looks that are left out before the next try.
    pause: u32,
    /// The trouble that was told last.
    told: Option<Problem>,
}

/// What became of a file.
enum Outcome {
    Taken(Taken),
    Refused(Problem),
    /// It may still be on its way.
    Early(Problem),
    /// Not its fault.
    Stuck(Problem),
}

impl Desk {
    fn new(folder: PathBuf, lang: Language) -> Self {
        Self { looker: Looker::new(folder.clone()), folder, lang, stuck: None, pause: 0, told: None }
    }

    fn tell_once(&mut self, problem: Problem, news: &News) {
        if self.told.as_ref() != Some(&problem) {
            news(Notice::Trouble(problem.clone()));
            self.told = Some(problem);
        }
    }

    /// Looks at the folder and takes what is whole.
    fn look(
        &mut self,
        handle: &Handle,
        options: &Options,
        stopped: &dyn Fn() -> bool,
    ) -> Result<Swept, Problem> {
        let whole = self.looker.look().map_err(|error| self.trouble(&error))?;
        let mut swept = Swept::default();
        if self.pause > 0 {
            self.pause -= 1;
        } else {
            self.stuck = None;
            for found in whole {
                if stopped() || self.stuck.is_some() {
                    break;
                }
                self.take(&found, handle, options, &mut swept);
            }
        }
        swept.waiting = self.looker.waiting();
        Ok(swept)
    }

    fn take(&mut self, found: &Found, handle: &Handle, options: &Options, swept: &mut Swept) {
        let outcome = self.read(found, handle, options);
        // What changed while it was read was not whole: the next looks will tell.
        if !found.is_unchanged(&self.folder) {
            return;
        }
        let moved = match outcome {
            Outcome::Early(_) if found.looks < PATIENCE => return,
            Outcome::Stuck(Problem::Cancelled) => return,
            Outcome::Stuck(problem) => {
                self.stuck = Some(problem);
                self.pause = PAUSE;
                return;
            }
            Outcome::Taken(taken) => {
                swept.taken.push(taken);
                shelf::done(&self.folder, &found.name)
            }
            Outcome::Refused(problem) | Outcome::Early(problem) => {
                let reason = (options.explain)(&of_file(problem.clone(), &found.shown), self.lang);
                let moved = shelf::failed(&self.folder, &found.name, &reason);
                swept.failed.push(Turned {
                    file: found.shown.clone(),
                    place: moved.as_ref().ok().map(|place| place.display().to_string()),
                    reason,
                    problem,
                });
                moved
            }
        };
        match moved {
            Ok(_) => self.looker.forget(&found.name),
            Err(error) => {
                // It was taken, or told of, and must not be so again while it lies there.
                self.looker.settle(found);
                self.stuck = Some(self.trouble(&error));
            }
        }
    }

    fn read(&self, found: &Found, handle: &Handle, options: &Options) -> Outcome {
        let path = self.folder.join(&found.name);
        let limit = Limits::default().bytes as u64;
        if found.size > limit {
            return Outcome::Refused(bad_input(&path, InputReason::TooLarge { limit }));
        }
        let text = match text_of(&path, found.size) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Outcome::Stuck(Problem::Cancelled);
            }
            Err(error) => {
                let reason = InputReason::Unreadable { detail: error.to_string() };
                return Outcome::Refused(bad_input(&path, reason));
            }
        };
        let reply = match text {
            Some(text) if text.trim().is_empty() => {
                return Outcome::Early(bad_input(&path, InputReason::Empty));
            }
            Some(text) => return self.read_text(found, &text, handle, options),
            None => {
                handle.ask_card(ReadCard { source: CardSource::Path(path), lang: self.lang, event: None })
            }
        };
        match reply {
            Reply::CardsRead(read) => Outcome::Taken(Taken {
                file: found.shown.clone(),
                known: read.known,
                people: read.contacts.iter().map(|contact| Brief::from(contact.as_ref())).collect(),
                problems: read.problems,
            }),
            Reply::Failed(problem) => refused(problem),
            _ => Outcome::Stuck(Problem::Cancelled),
        }
    }

    /// Lines and blocks, each a capture of its own, all in one step.
    fn read_text(&self, found: &Found, text: &str, handle: &Handle, options: &Options) -> Outcome {
        let at = found.changed_at().min(options.clock.now());
        let context = jobs::context(options, self.lang, options.clock.day_of(at));
        let name = hash(text.as_bytes());
        let captures: Vec<_> = dropped::read(text, &context)
            .into_iter()
            .enumerate()
            .map(|(number, part)| Capture {
                id: ContactId(Uuid::new_v5(&NAMESPACE, format!("{name}:{number}").as_bytes())),
                at,
                lang: self.lang,
                text: part.text,
                event: None,
                listed: part.listed,
            })
            .collect();
        let wanted: Vec<_> = captures.iter().map(|capture| capture.id).collect();
        match handle.ask(Job::CaptureAll(captures)) {
            Reply::Changed { step, people, count } => Outcome::Taken(Taken {
                file: found.shown.clone(),
                known: step.is_none(),
                people: if people.is_empty() && count == 0 { handle.briefs(&wanted) } else { people },
                problems: Vec::new(),
            }),
            Reply::Failed(problem) => refused(problem),
            _ => Outcome::Stuck(Problem::Cancelled),
        }
    }

    fn trouble(&self, error: &io::Error) -> Problem {
        Problem::DropFolder { path: self.folder.clone(), detail: error.to_string() }
    }
}

fn refused(problem: Problem) -> Outcome {
    match &problem {
        Problem::BadInput(input) => match input.reason {
            InputReason::CutOff | InputReason::Empty => Outcome::Early(problem),
            _ => Outcome::Refused(problem),
        },
        _ => Outcome::Stuck(problem),
    }
}

/// The text of a file that holds captures; `None` for images, vCards and whatever else the reader of cards knows.
fn text_of(path: &Path, size: u64) -> io::Result<Option<String>> {
    let file = fs::File::open(path)?;
    if size > LONGEST_TEXT as u64 {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(size as usize);
    file.take(LONGEST_TEXT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(charset::text_of(&bytes).filter(|text| !vcard::is_card(text)))
}

fn bad_input(path: &Path, reason: InputReason) -> Problem {
    Problem::BadInput(InputProblem { file: path.display().to_string(), line: 0, column: 0, reason })
}

/// The moment of a file's clock, at the limits of what can be told.
fn moment(at: SystemTime) -> Timestamp {
    Timestamp::try_from(at).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl Handle {
    /// Sends a job and waits for its reply; for threads of the engine that are neither writer nor reader.
    fn ask(&self, job: Job) -> Reply {
        let (sender, reply) = mpsc::channel();
        self.send(0, Asker::DROP_FOLDER, job, Box::new(move |reply| drop(sender.send(reply))));
        // Every job is answered, if only by the end of the engine.
        reply.recv().unwrap_or(Reply::Failed(Problem::Cancelled))
    }

    fn ask_card(&self, card: ReadCard) -> Reply {
        self.ask(Job::ReadCard(card))
    }

    /// Those of these people who are in the book.
    fn briefs(&self, people: &[ContactId]) -> Vec<Brief> {
        let snapshot = self.readers.latest();
        let contacts = people.iter().filter_map(|id| snapshot.book.contact(*id));
        contacts.map(|contact| Brief::from(contact.as_ref())).collect()
    }

    /// One sweep at a time: the watching thread and a command must not take the same file.
    fn alone(&self) -> MutexGuard<'_, ()> {
        lock(&self.sweeping)
    }
}

/// How often the folder is looked at.
pub(super) const PACE: Duration = Duration::from_millis(1_500);

/// Words for a problem where nobody has given any: its name in the code, which at least can be searched for.
pub(super) fn unworded(problem: &Problem, _lang: Language) -> String {
    format!("{problem:?}")
}
