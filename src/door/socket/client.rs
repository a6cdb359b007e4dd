//! The asking end of the socket: one job at a time, waiting for its reply.

use std::io::{self, BufReader};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::frame::{self, Answer, Ask, Hello};
use super::{place, same_user};
use crate::domain::problem::Problem;
use crate::protocol::{Job, Reply};

/// How long a running openbar may take to say hello; one that is stopped by Ctrl-Z never does.
const HELLO_WITHIN: Duration = Duration::from_secs(2);

/// A connection to the openbar that has the store open.
#[derive(Debug)]
pub struct Client {
    stream: BufReader<UnixStream>,
    socket: PathBuf,
    ticket: u64,
}

impl Client {
    /// Connects to the openbar that has this data folder open. `None` when there is none that answers.
    pub fn connect(data: &Path) -> Result<Option<Self>, Problem> {
        let socket = place::of(data);
        let Ok(stream) = UnixStream::connect(&socket) else { return Ok(None) };
        if !same_user(&stream) {
            return Ok(None);
        }
        match greet(&stream) {
            Ok(hello) if hello == Hello::ours() => {
                Ok(Some(Self { stream: BufReader::new(stream), socket, ticket: 0 }))
            }
            Ok(hello) => Err(Problem::OtherVersion { theirs: hello.openbar }),
            Err(_) => Ok(None),
        }
    }

    /// Sends a job and waits for its reply; `progress` hears how far a long one has come. An error means that
    /// the connection broke, and that nobody knows whether the job was done.
    pub fn ask(&mut self, job: Job, progress: &mut dyn FnMut(u64, u64)) -> io::Result<Reply> {
        self.ticket += 1;
        let ours = self.ticket;
        frame::write(self.stream.get_mut(), &Ask { ticket: ours, job })?;
        let mut gathered = Vec::new();
        loop {
            match frame::read(&mut self.stream)?.ok_or(io::ErrorKind::UnexpectedEof)? {
                Answer::Progress { ticket, done, total } if ticket == ours => progress(done, total),
                Answer::People { ticket, people } if ticket == ours => gathered.extend(people),
                Answer::Reply { ticket, mut reply } if ticket == ours => {
                    if let Some(people) = frame::people_of(&mut reply) {
                        people.splice(0..0, gathered);
                    }
                    return Ok(*reply);
                }
                Answer::Progress { .. } | Answer::People { .. } | Answer::Reply { .. } => {}
            }
        }
    }

    /// What to tell the user when the connection broke.
    pub fn lost(&self, error: &io::Error) -> Problem {
        Problem::StoreUnavailable { path: self.socket.clone(), detail: error.to_string() }
    }
}

fn greet(mut stream: &UnixStream) -> io::Result<Hello> {
    stream.set_read_timeout(Some(HELLO_WITHIN))?;
    stream.set_write_timeout(Some(HELLO_WITHIN))?;
    frame::write(&mut stream, &Hello::ours())?;
    let hello = frame::read(&mut stream)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    // An import takes as long as it takes; whoever asked may interrupt.
    stream.set_read_timeout(None)?;
    stream.set_write_timeout(None)?;
    Ok(hello)
}
