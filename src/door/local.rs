//! The door in the process that has the screen: the engine is in the same process, and other processes come in
//! through the socket that this one serves.
//!
//! Nothing here waits, [`LocalDoor::ask`] and [`LocalDoor::stop`] apart: jobs go off with a ticket, replies and
//! news come through one function that passes them on to the screen's channel.

use std::path::Path;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::domain::change::{Record, RecordId};
use crate::domain::id::{ContactId, InteractionId};
use crate::domain::problem::Problem;
use crate::engine::{Asker, Clock, Engine, Options};
use crate::protocol::{Job, Notice, Reply};

#[cfg(unix)]
use super::socket::{Listeners, Server};

/// What comes through the door.
#[derive(Debug)]
pub enum Message {
    /// The reply to the job that was sent with this ticket.
    Reply {
        /// The ticket.
        ticket: u64,
        /// The reply.
        reply: Reply,
    },
    /// News that nobody asked for.
    Notice(Notice),
}

/// Hears replies and news. Called from the engine's threads, so it only passes them on.
pub type Tell = Arc<dyn Fn(Message) + Send + Sync>;

/// An engine in this process.
pub struct LocalDoor {
    engine: Engine,
    tell: Tell,
    clock: Clock,
    #[cfg(unix)]
    server: Serving,
}

impl std::fmt::Debug for LocalDoor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LocalDoor")
    }
}

/// The socket, which opens once the store is open.
#[cfg(unix)]
#[derive(Debug)]
struct Serving {
    server: Arc<Mutex<Option<Server>>>,
    opening: Option<JoinHandle<()>>,
}

impl LocalDoor {
    /// Starts an engine and, once its store is open, serves the socket. Returns at once: when the store does not
    /// open, the problem comes as [`Notice::Trouble`] and as the reply to every job.
    pub fn launch(options: Options, tell: impl Fn(Message) + Send + Sync + 'static) -> Result<Self, Problem> {
        let tell: Tell = Arc::new(tell);
        #[cfg(unix)]
        let listeners = Listeners::default();
        let news = {
            let tell = Arc::clone(&tell);
            #[cfg(unix)]
            let listeners = listeners.clone();
            Box::new(move |notice| {
                #[cfg(unix)]
                if let Notice::Progress { ticket, done, total } = notice {
                    listeners.progress(ticket, done, total);
                }
                tell(Message::Notice(notice));
            })
        };
        let (dir, clock) = (options.dir.clone(), options.clock.clone());
        // A command that has the store will be done in a moment; another screen will not.
        let patience = if is_served(&dir) { Duration::ZERO } else { super::PATIENCE };
        let options = Options { patience, ..options };
        let engine = Engine::launch(options, news)?;
        #[cfg(unix)]
        let server = Serving::begin(dir, engine.handle(), listeners, Arc::clone(&tell));
        Ok(Self {
            engine,
            tell,
            clock,
            #[cfg(unix)]
            server,
        })
    }

    /// Sends a job; its reply comes with the same ticket. Records without an identifier get one here: the screen that
    /// typed them has no clock to mint with.
    pub fn send(&self, ticket: u64, mut job: Job) {
        mint(&mut job, &self.clock);
        let tell = Arc::clone(&self.tell);
        let answer = Box::new(move |reply| tell(Message::Reply { ticket, reply }));
        self.engine.send(ticket, Asker::HERE, job, answer);
    }

    /// Sends a job and waits for its reply.
    pub fn ask(&self, job: Job) -> Reply {
        ask(&self.engine, job)
    }

    /// Has the spool looked into: call it on every tick.
    pub fn poll(&self) {
        self.engine.poll();
    }

    /// Waits until the store is open, or is known not to open.
    pub fn opened(&self) -> Result<(), Problem> {
        self.engine.handle().opened()
    }

    /// Takes no more clients, does all that was sent, and closes the store.
    pub fn stop(self) {
        #[cfg(unix)]
        let server = self.server.end();
        self.engine.stop();
        #[cfg(unix)]
        if let Some(server) = server {
            server.finish();
        }
    }
}

/// Gives captures and new interactions without an identifier one of their own.
fn mint(job: &mut Job, clock: &Clock) {
    match job {
        Job::Capture(capture) if capture.id == ContactId::NIL => capture.id = ContactId(clock.mint()),
        Job::CaptureAll(captures) => {
            for capture in captures.iter_mut().filter(|capture| capture.id == ContactId::NIL) {
                capture.id = ContactId(clock.mint());
            }
        }
        Job::Apply { edits, .. } => {
            for edit in edits {
                if let (None, Some(Record::Interaction(entry))) = (&edit.before, &mut edit.after)
                    && entry.id == InteractionId::NIL
                {
                    Arc::make_mut(entry).id = InteractionId(clock.mint());
                    edit.id = RecordId::Interaction(entry.id);
                }
            }
        }
        _ => {}
    }
}

#[cfg(unix)]
impl Serving {
    fn begin(
        dir: std::path::PathBuf,
        engine: crate::engine::Handle,
        listeners: Listeners,
        tell: Tell,
    ) -> Self {
        let server = Arc::new(Mutex::new(None));
        let place = Arc::clone(&server);
        let opening = thread::Builder::new().name("openbar-open".into()).spawn(move || {
            // Before the store is open, the lock is not ours and the socket may be another's.
            if engine.opened().is_err() {
                return;
            }
            match Server::start(&dir, engine, listeners) {
                Ok(server) => *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(server),
                // The screen works without it; commands from the shell will say that the store is in use.
                Err(error) => {
                    let path = super::socket::path(&dir);
                    let problem = Problem::StoreUnavailable { path, detail: error.to_string() };
                    tell(Message::Notice(Notice::Trouble(problem)));
                }
            }
        });
        Self { server, opening: opening.ok() }
    }

    /// Closes the socket and gives it back, for the replies still on their way.
    fn end(mut self) -> Option<Server> {
        if let Some(opening) = self.opening.take() {
            let _ = opening.join();
        }
        let server = self.server.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(server) = &server {
            server.close();
        }
        server
    }
}

/// Whether another screen answers for this data folder.
fn is_served(dir: &Path) -> bool {
    #[cfg(unix)]
    {
        !matches!(super::socket::Client::connect(dir), Ok(None))
    }
    #[cfg(not(unix))]
    {
        let _ = dir;
        false
    }
}

/// Sends a job to an engine and waits for the reply.
pub(super) fn ask(engine: &Engine, job: Job) -> Reply {
    let (sender, receiver) = mpsc::channel();
    let answer = Box::new(move |reply| drop(sender.send(reply)));
    engine.send(0, Asker::HERE, job, answer);
    // Every job is answered, if only by the end of the engine.
    receiver.recv().unwrap_or(Reply::Failed(Problem::Cancelled))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::change::{Deed, Edit};
    use crate::domain::interaction::{Interaction, InteractionKind};
    use crate::domain::time::{Date, Timestamp};

    #[test]
    fn an_interaction_without_an_identifier_gets_one_of_its_own() {
        let entry = Interaction {
            id: InteractionId::NIL,
            on: Date::default(),
            kind: InteractionKind::Met,
            people: Vec::new(),
            words: "souper".into(),
            created: Timestamp::UNIX_EPOCH,
        };
        let edits = vec![Edit::create(Record::Interaction(Arc::new(entry)))];
        let mut job = Job::Apply { deed: Deed::Log, subject: String::new(), edits };
        let fresh = Uuid::from_u128(7);
        let clock = Clock::new(|| Timestamp::UNIX_EPOCH, jiff::tz::TimeZone::UTC, move || fresh);
        mint(&mut job, &clock);
        let Job::Apply { edits, .. } = job else { panic!("the same job") };
        let minted = RecordId::Interaction(InteractionId(fresh));
        assert_eq!((edits[0].id, edits[0].after.as_ref().map(Record::id)), (minted, Some(minted)));
    }
}
