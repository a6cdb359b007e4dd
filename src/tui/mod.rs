//! The face on a terminal: one loop that drains messages, updates, and draws once.
//!
//! Keys, replies, news and ticks come through one channel, so nothing here waits for the disk, a search or an
//! import. The engine is reached through [`Wiring`], which `cli` fills; the screens never see it.

pub mod answers;
pub mod app;
pub mod command;
pub mod effect;
mod fields;
pub mod inquiry;
pub mod key;
pub mod layer;
pub mod mouse;
pub mod overlays;
pub mod pictures;
pub mod screens;
pub mod shell;
pub mod terminal;
pub mod theme;
pub mod widgets;

mod outside;
pub mod paths;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use app::{App, Errand, Message, Settings};
use terminal::{Keys, Terminal};

use crate::domain::time::{Date, Timestamp};
use crate::insight::Snapshot;
use crate::insight::agenda::agenda;
use crate::insight::vocabulary::Vocabulary;
use crate::protocol::{Job, Notice};

/// The engine as the loop sees it.
pub struct Wiring {
    /// Sends a job under a ticket; the reply comes as [`Message::Reply`].
    pub send: Box<dyn Fn(u64, Job)>,
    /// Looks whether captures wait in the spool; called a few times a second.
    pub poll: Box<dyn Fn()>,
    /// The time, and today where the user is.
    pub clock: fn() -> (Timestamp, Date),
}

/// How often time-driven things are looked at.
const TICK: Duration = Duration::from_millis(250);

/// Runs the interface until the user leaves. `inbox` brings the engine's replies and news; `outbox` is its sending
/// end, for the key reader.
pub fn run(
    wiring: &Wiring,
    settings: Settings,
    outbox: &Sender<Message>,
    inbox: &Receiver<Message>,
) -> io::Result<()> {
    let mut terminal = Terminal::open()?;
    let size = terminal.screen().size()?;
    let (now, today) = (wiring.clock)();
    let mut app = App::new(settings, now, today, (size.width, size.height));
    draw(&mut terminal, &app)?;
    let keys = Keys::start(outbox.clone());
    let digests = start_digests(outbox.clone(), wiring.clock);
    let mut next_tick = Instant::now() + TICK;
    let mut painter = None;
    loop {
        let mut errands = Vec::new();
        let mut message = match inbox.recv_timeout(next_tick.saturating_duration_since(Instant::now())) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => {
                next_tick = Instant::now() + TICK;
                (wiring.poll)();
                Some(Message::Tick)
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        let (now, today) = (wiring.clock)();
        app.set_clock(now, today);
        while let Some(news) = message {
            if let Message::Notice(Notice::Book(snapshot)) = &news
                && snapshot.loaded
            {
                // The thread ends with this function, which still holds its channel.
                let _ = digests.send(snapshot.clone());
            }
            errands.extend(app.update(news));
            message = inbox.try_recv().ok();
        }
        for errand in errands {
            match errand {
                Errand::Send(ticket, job) => (wiring.send)(ticket, job),
                Errand::Copy(text) => terminal.copy(&text)?,
                Errand::OpenOutside(target) => outside::open(&target),
                Errand::Compose(text) => {
                    let written = terminal.away(&keys, || outside::compose(&text))?;
                    // The receiver is this function's own argument.
                    let _ = outbox.send(Message::Edited(written));
                }
                Errand::AskTerminal(choice) => keys.ask_terminal(choice),
                Errand::Paint(task) => {
                    let painter = painter.get_or_insert_with(|| {
                        let out = outbox.clone();
                        // Once the screen is gone nobody wants to know.
                        pictures::start(move |painted| drop(out.send(Message::Painted(painted))))
                    });
                    // The thread ends with this function, which holds its channel.
                    let _ = painter.send(task);
                }
                Errand::Emit(words) => terminal.emit(&words)?,
                Errand::Redraw => terminal.screen().clear()?,
                Errand::Suspend => terminal.suspend(&keys)?,
                Errand::Quit => return terminal.emit(&app.farewell()),
            }
        }
        draw(&mut terminal, &app)?;
    }
}

fn draw(terminal: &mut Terminal, app: &App) -> io::Result<()> {
    terminal.draw(|buf| shell::view(app, buf), app.cursor())
}

/// Computes what today asks for and the words to complete from, off the typing thread; only the newest snapshot
/// counts. Gathering words takes seconds for a very large book, so it rests ten times as long as it worked.
fn start_digests(out: Sender<Message>, clock: fn() -> (Timestamp, Date)) -> Sender<Snapshot> {
    let (sender, snapshots) = channel::<Snapshot>();
    std::thread::spawn(move || {
        let mut due = Instant::now();
        let mut unread: Option<Snapshot> = None;
        loop {
            let next = match &unread {
                None => snapshots.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(_) => snapshots.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match next {
                Ok(mut snapshot) => {
                    while let Ok(newer) = snapshots.try_recv() {
                        snapshot = newer;
                    }
                    let (_, today) = clock();
                    if out.send(Message::Agenda(Arc::new(agenda(&snapshot.book, today)))).is_err() {
                        return;
                    }
                    unread = Some(snapshot);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let began = Instant::now();
            if began >= due
                && let Some(snapshot) = unread.take()
            {
                let vocabulary = Arc::new(Vocabulary::build(&snapshot.book));
                due = Instant::now() + began.elapsed() * 10;
                if out.send(Message::Vocabulary(vocabulary)).is_err() {
                    return;
                }
            }
        }
    });
    sender
}
