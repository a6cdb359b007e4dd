//! The answering end of the socket: plain threads in the process that has the screen.
//!
//! Invariants: the engine never waits for a client. Replies go into a queue that a thread of the connection
//! empties; a client that does not read is cut off when a write takes too long, one that asks without reading
//! is not read any further ([`AT_ONCE`]), and at most [`MAX_CLIENTS`] are served. A client that hangs up stops
//! its own long jobs.

use std::collections::HashMap;
use std::io::{self, BufReader};
use std::net::Shutdown;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::frame::{self, Answer, Ask, Hello};
use super::{place, same_user};
use crate::domain::problem::Problem;
use crate::engine::{Asker, Handle};
use crate::protocol::{Job, Reply};

/// Connections served at once.
const MAX_CLIENTS: usize = 64;
/// Jobs of one connection that may wait for their reply.
const AT_ONCE: usize = 8;
/// How long a client may take to say hello, and to make room for a reply.
const PATIENCE: Duration = Duration::from_secs(3);
/// Tickets of clients have this bit, so that they never meet those of the screen.
const CLIENT_BIT: u64 = 1 << 63;

/// Who wants to hear how far a long job has come.
#[derive(Clone, Debug, Default)]
pub struct Listeners(Arc<Mutex<HashMap<u64, Listener>>>);

#[derive(Debug)]
struct Listener {
    ticket: u64,
    out: Sender<Answer>,
}

impl Listeners {
    /// Passes progress on to the client that asked, if a client did.
    pub fn progress(&self, ticket: u64, done: u64, total: u64) {
        if ticket & CLIENT_BIT == 0 {
            return;
        }
        if let Some(listener) = self.lock().get(&ticket) {
            // A client that is gone needs no news.
            let _ = listener.out.send(Answer::Progress { ticket: listener.ticket, done, total });
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Listener>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A listening socket. Stop it in two halves, around the end of the engine: [`Server::close`], then
/// [`Server::finish`].
#[derive(Debug)]
pub struct Server {
    socket: PathBuf,
    stopping: Arc<AtomicBool>,
    clients: Arc<Mutex<HashMap<u64, UnixStream>>>,
    accepting: Option<JoinHandle<Vec<JoinHandle<()>>>>,
}

impl Server {
    /// Listens for a data folder whose lock this process holds.
    pub fn start(data: &Path, engine: Handle, listeners: Listeners) -> io::Result<Self> {
        let socket = place::of(data);
        place::prepare(&socket)?;
        match std::fs::remove_file(&socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&socket)?;
        std::fs::set_permissions(&socket, std::fs::Permissions::from_mode(0o600))?;
        let stopping = Arc::new(AtomicBool::new(false));
        let clients = Arc::new(Mutex::new(HashMap::new()));
        let hall = Hall { engine, listeners, stopping: Arc::clone(&stopping), clients: Arc::clone(&clients) };
        let accepting = thread::Builder::new()
            .name("openbar-socket".into())
            .spawn(move || accept(&listener, &Arc::new(hall)))?;
        Ok(Self { socket, stopping, clients, accepting: Some(accepting) })
    }

    /// Takes no more clients and no more jobs; replies on their way still go out.
    pub fn close(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for the next client.
        let _ = UnixStream::connect(&self.socket);
        // The lock is still held here, so no other process can have put its own socket in this place.
        let _ = std::fs::remove_file(&self.socket);
        self.shutdown(Shutdown::Read);
    }

    /// Waits until the last replies have gone out. Call it when the engine has stopped.
    pub fn finish(mut self) {
        self.close();
        let threads = self.accepting.take().and_then(|accepting| accepting.join().ok());
        for thread in threads.into_iter().flatten() {
            let _ = thread.join();
        }
        self.shutdown(Shutdown::Both);
    }

    fn shutdown(&self, how: Shutdown) {
        for client in self.clients.lock().unwrap_or_else(PoisonError::into_inner).values() {
            let _ = client.shutdown(how);
        }
    }
}

/// What the threads of all connections share.
struct Hall {
    engine: Handle,
    listeners: Listeners,
    stopping: Arc<AtomicBool>,
    clients: Arc<Mutex<HashMap<u64, UnixStream>>>,
}

impl Hall {
    fn clients(&self) -> std::sync::MutexGuard<'_, HashMap<u64, UnixStream>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn accept(listener: &UnixListener, hall: &Arc<Hall>) -> Vec<JoinHandle<()>> {
    let mut threads: Vec<JoinHandle<()>> = Vec::new();
    let mut number = 0;
    for stream in listener.incoming() {
        if hall.stopping.load(Ordering::SeqCst) {
            break;
        }
        threads.retain(|thread| !thread.is_finished());
        let Ok(stream) = stream else {
            // Out of file descriptors, most likely: let some connections end first.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        if !same_user(&stream) || hall.clients().len() >= MAX_CLIENTS {
            continue;
        }
        number += 1;
        let Ok(held) = stream.try_clone() else { continue };
        hall.clients().insert(number, held);
        let served = Arc::clone(hall);
        let spawned = thread::Builder::new().name("openbar-client".into()).spawn(move || {
            // A connection that breaks concerns nobody but its client.
            let _ = serve(&stream, number, &served);
            served.clients().remove(&number);
        });
        match spawned {
            Ok(thread) => threads.push(thread),
            Err(_) => drop(hall.clients().remove(&number)),
        }
    }
    threads
}

fn serve(stream: &UnixStream, number: u64, hall: &Hall) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream.try_clone()?;
    frame::write(&mut writer, &Hello::ours())?;
    if frame::read::<Hello>(&mut reader)?.as_ref() != Some(&Hello::ours()) {
        return Ok(());
    }
    stream.set_read_timeout(None)?;
    let (out, queue) = mpsc::channel();
    let (begin, end) = mpsc::sync_channel(AT_ONCE);
    let writing = thread::Builder::new().name("openbar-replies".into()).spawn(move || {
        if write_replies(&mut writer, &queue, &end).is_err() {
            // Ends the thread that reads, too.
            let _ = writer.shutdown(Shutdown::Both);
        }
    })?;
    let asker = Asker::client(number);
    let result = read_jobs(&mut reader, number, asker, hall, &out, &begin);
    drop(out);
    if !hall.stopping.load(Ordering::SeqCst) {
        hall.engine.hang_up(asker);
    }
    let _ = writing.join();
    result
}

fn read_jobs(
    reader: &mut impl io::Read,
    number: u64,
    asker: Asker,
    hall: &Hall,
    out: &Sender<Answer>,
    begin: &SyncSender<()>,
) -> io::Result<()> {
    let global = |ticket: u64| CLIENT_BIT | (number & 0x7fff_ffff) << 32 | ticket & 0xffff_ffff;
    while let Some(Ask { ticket, job }) = frame::read(reader)? {
        if begin.send(()).is_err() {
            break;
        }
        let id = global(ticket);
        let job = match job {
            Job::Cancel { ticket } => Job::Cancel { ticket: global(ticket) },
            job => job,
        };
        hall.listeners.lock().insert(id, Listener { ticket, out: out.clone() });
        let listeners = hall.listeners.clone();
        let out = out.clone();
        let answer = Box::new(move |reply| {
            listeners.lock().remove(&id);
            // A client that is gone needs no answer.
            let _ = out.send(Answer::Reply { ticket, reply: Box::new(reply) });
        });
        hall.engine.send_after_ingest(id, asker, job, answer);
    }
    Ok(())
}

fn write_replies(into: &mut UnixStream, queue: &Receiver<Answer>, end: &Receiver<()>) -> io::Result<()> {
    for answer in queue {
        let Answer::Reply { ticket, mut reply } = answer else {
            frame::write(into, &answer)?;
            continue;
        };
        if let Some(people) = frame::people_of(&mut reply) {
            for part in std::mem::take(people).chunks(frame::PEOPLE_PER_PART) {
                frame::write(into, &Answer::People { ticket, people: part.to_vec() })?;
            }
        }
        let frame = Answer::Reply { ticket, reply };
        match frame::write(into, &frame) {
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
                let problem = Problem::StoreUnavailable { path: PathBuf::new(), detail: error.to_string() };
                frame::write(into, &Answer::Reply { ticket, reply: Box::new(Reply::Failed(problem)) })?;
            }
            done => done?,
        }
        let _ = end.try_recv();
    }
    Ok(())
}
