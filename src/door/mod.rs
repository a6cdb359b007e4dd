//! How a front end reaches an engine: in this process, over the socket of a running openbar, or, for captures
//! from the shell, by the spool.
//!
//! The command line asks [`open()`] for a [`Door`] and never needs to know which one it got. The screen has a
//! [`LocalDoor`], which also serves the socket.

pub mod local;
#[cfg(unix)]
pub mod socket;
pub mod spool;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub use local::{LocalDoor, Message};
pub use spool::capture;

use crate::domain::problem::Problem;
use crate::engine::{Asker, Engine};
pub use crate::engine::{Clock, Options, put_captures};
use crate::protocol::{Job, Notice, Reply};

/// How long to wait for a command that has the store open, most likely just finishing.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often it looks again.
const AGAIN: Duration = Duration::from_millis(10);

/// Hears how far a long job has come: done, and in all (0 when unknown).
type Progress<'a> = &'a mut dyn FnMut(u64, u64);

/// A way to an engine, for callers that wait for each reply.
#[derive(Debug)]
pub struct Door {
    way: Way,
    options: Options,
}

#[derive(Debug)]
enum Way {
    /// A running openbar.
    #[cfg(unix)]
    Running(socket::Client),
    /// An engine of our own.
    Own(Own),
}

struct Own {
    engine: Engine,
    progress: Arc<Mutex<Option<std::sync::mpsc::Sender<Event>>>>,
}

impl std::fmt::Debug for Own {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Own")
    }
}

enum Event {
    Progress(u64, u64),
    Reply(Box<Reply>),
}

/// Opens a door: to the running openbar that has this data folder open, else to an engine started here. When
/// another process has the store open and does not answer, waits a few seconds for it to finish.
pub fn open(options: &Options) -> Result<Door, Problem> {
    open_within(options, PATIENCE)
}

/// As [`open()`], waiting at most so long for another process.
pub fn open_within(options: &Options, patience: Duration) -> Result<Door, Problem> {
    let until = Instant::now() + patience;
    loop {
        #[cfg(unix)]
        if let Some(client) = socket::Client::connect(&options.dir)? {
            return Ok(Door { way: Way::Running(client), options: options.clone() });
        }
        match Own::start(options) {
            Ok(own) => return Ok(Door { way: Way::Own(own), options: options.clone() }),
            Err(Problem::StoreLocked { .. }) if Instant::now() < until => std::thread::sleep(AGAIN),
            Err(problem) => return Err(problem),
        }
    }
}

impl Door {
    /// Sends a job and waits for its reply.
    pub fn ask(&mut self, job: Job) -> Reply {
        self.ask_with(job, &mut |_, _| {})
    }

    /// As [`Door::ask`]; `progress` hears how far a long job has come: done, and in all (0 when unknown).
    pub fn ask_with(&mut self, job: Job, progress: Progress<'_>) -> Reply {
        match &mut self.way {
            Way::Own(own) => own.ask(job, progress),
            #[cfg(unix)]
            Way::Running(client) => match client.ask(job.clone(), progress) {
                Ok(reply) => reply,
                // The screen was closed in this very moment. A question may be asked again; of a change nobody
                // knows whether it was made, and the user can look.
                Err(_) if job.is_question() => match open(&self.options) {
                    Ok(Door { way: Way::Own(own), .. }) => {
                        let reply = own.ask(job, progress);
                        self.way = Way::Own(own);
                        reply
                    }
                    Ok(Door { way: Way::Running(mut client), .. }) => {
                        let reply = client.ask(job, progress);
                        let reply = reply.unwrap_or_else(|error| Reply::Failed(client.lost(&error)));
                        self.way = Way::Running(client);
                        reply
                    }
                    Err(problem) => Reply::Failed(problem),
                },
                Err(error) => Reply::Failed(client.lost(&error)),
            },
        }
    }

    /// Whether the jobs go to another process, where a screen is open.
    pub fn is_remote(&self) -> bool {
        !matches!(self.way, Way::Own(_))
    }
}

impl Own {
    fn start(options: &Options) -> Result<Self, Problem> {
        let progress = Arc::new(Mutex::new(None::<std::sync::mpsc::Sender<Event>>));
        let listening = Arc::clone(&progress);
        let news = Box::new(move |notice| {
            if let Notice::Progress { done, total, .. } = notice
                && let Some(sender) = &*listening.lock().unwrap_or_else(PoisonError::into_inner)
            {
                // Whoever asked waits for the reply, so somebody listens.
                let _ = sender.send(Event::Progress(done, total));
            }
        });
        Ok(Self { engine: Engine::start(options.clone(), news)?, progress })
    }

    fn ask(&self, job: Job, progress: Progress<'_>) -> Reply {
        let (sender, events) = std::sync::mpsc::channel();
        let listening = |sender| *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = sender;
        listening(Some(sender.clone()));
        let answer = Box::new(move |reply| drop(sender.send(Event::Reply(Box::new(reply)))));
        self.engine.send(0, Asker::HERE, job, answer);
        let mut reply = Reply::Failed(Problem::Cancelled);
        for event in events {
            match event {
                Event::Progress(done, total) => progress(done, total),
                Event::Reply(answer) => {
                    reply = *answer;
                    break;
                }
            }
        }
        listening(None);
        reply
    }
}
