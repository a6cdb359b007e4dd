//! The real program in a pseudo-terminal: what a person sees, from the first picture to the shell's prompt.
//!
//! Nothing here sleeps: every step waits for the screen to show what it should, with a generous limit.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use openbar::store::cards::{Cards, Page, Picture, hash};
use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A slow machine under load needs this long for anything at the most.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running program and its screen.
pub struct Session {
    screen: Arc<(Mutex<Screen>, Condvar)>,
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
}

struct Screen {
    parser: vt100::Parser,
    closed: bool,
}

impl Session {
    /// Starts a program with only the environment given.
    pub fn start(program: &Path, args: &[&str], env: &[(&str, &str)], (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("PATH", std::env::var("PATH").unwrap_or_default());
        for (name, value) in env {
            command.env(name, value);
        }
        command.args(args);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let screen = Arc::new((
            Mutex::new(Screen { parser: vt100::Parser::new(cells(rows), cells(columns), 0), closed: false }),
            Condvar::new(),
        ));
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let shared = screen.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            loop {
                let read = reader.read(&mut buffer).unwrap_or(0);
                let (lock, changed) = &*shared;
                let mut screen = lock.lock().expect("the screen");
                screen.parser.process(&buffer[..read]);
                screen.closed = read == 0;
                changed.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().expect("a writer");
        Self { screen, writer, master: pair.master, child }
    }

    /// Types.
    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("keys arrive");
        self.writer.flush().expect("keys arrive");
    }

    /// Changes the size of the terminal.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let (lock, _) = &*self.screen;
        lock.lock().expect("the screen").parser.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).expect("a new size");
    }

    /// Waits until the screen holds a text.
    pub fn wait_for(&self, text: &str) {
        self.wait(&format!("{text:?} on the screen"), |screen| screen.contents().contains(text));
    }

    /// Waits until the screen no longer holds a text.
    pub fn wait_gone(&self, text: &str) {
        self.wait(&format!("{text:?} gone"), |screen| !screen.contents().contains(text));
    }

    /// Waits until a condition holds.
    pub fn wait(&self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
        let (lock, changed) = &*self.screen;
        let until = Instant::now() + PATIENCE;
        let mut screen = lock.lock().expect("the screen");
        while !holds(screen.parser.screen()) {
            let left = until.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && !screen.closed,
                "waited in vain for {what}; the screen shows\n{}",
                screen.parser.screen().contents()
            );
            screen = changed.wait_timeout(screen, left).expect("the screen").0;
        }
    }

    /// Waits for the end and gives the exit code.
    pub fn end(mut self) -> (u32, vt100::Parser) {
        let code = self.child.wait().expect("the program ends").exit_code();
        let (lock, changed) = &*self.screen;
        let mut screen = lock.lock().expect("the screen");
        while !screen.closed {
            let (next, timeout) = changed.wait_timeout(screen, PATIENCE).expect("the screen");
            assert!(!timeout.timed_out(), "the terminal stays open");
            screen = next;
        }
        let parser = std::mem::replace(&mut screen.parser, vt100::Parser::new(cells(1), cells(1), 0));
        (code, parser)
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("a terminal has cells")
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn openbar(home: &Path, args: &[&str]) -> Session {
    let home = home.to_str().expect("a readable path");
    let program = Path::new(env!("CARGO_BIN_EXE_openbar"));
    Session::start(program, args, &[("HOME", home), ("LANG", "en_CA.UTF-8")], (100, 30))
}

#[test]
fn a_card_is_logged_found_and_kept() {
    let home = tempfile::tempdir().expect("a folder");
    let mut session = openbar(home.path(), &[]);
    session.wait_for("An open bar lets everybody in");
    session.send("a");
    session.wait_for("Log somebody");
    session.send("Zoé Lefèvre, notaire @Étude Lefèvre #chambre 819-555-0123\r");
    session.wait_for("Zoé Lefèvre: in the pocket");
    session.send("\x1b");
    session.wait_gone("Log somebody");
    session.send("3/lefevre");
    session.wait_for("1 person");
    session.wait_for("Étude Lefèvre");
    session.send("\x1b");
    session.wait_for("Edit");
    session.send("q");
    let (code, terminal) = session.end();
    assert_eq!(code, 0);
    assert!(!terminal.screen().alternate_screen() && !terminal.screen().hide_cursor());

    let mut again = openbar(home.path(), &[]);
    again.send("2");
    again.wait_for("Zoé Lefèvre");
    again.send("q");
    assert_eq!(again.end().0, 0);
}

#[test]
fn the_screen_follows_the_size_of_the_terminal() {
    let home = tempfile::tempdir().expect("a folder");
    let mut session = openbar(home.path(), &["demo"]);
    session.send("3");
    session.wait_for("Card");
    session.resize(70, 20);
    session.wait("one pane", |screen| {
        let rows: Vec<String> = screen.rows(0, 70).collect();
        rows.len() == 20 && rows[1].contains("People") && !rows[1].contains("Card")
    });
    session.send("q");
    assert_eq!(session.end().0, 0);
}

/// A command from the shell, beside the screen; it must succeed.
fn shell(home: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    assert_cmd::Command::new(env!("CARGO_BIN_EXE_openbar"))
        .env_clear()
        .env("HOME", home)
        .env("LANG", "en_CA.UTF-8")
        .args(args)
        .assert()
        .success()
}

#[test]
fn what_the_shell_adds_shows_at_once() {
    let home = tempfile::tempdir().expect("a folder");
    let mut session = openbar(home.path(), &[]);
    session.wait_for("An open bar lets everybody in");
    session.send("2");
    session.wait_for("The pocket is empty");
    let run = |args: &[&str]| shell(home.path(), args);
    run(&["add", "Noah Gagnon @Ferme Gagnon =sirop d'érable"]);
    session.wait_for("Noah Gagnon");
    let found = run(&["find", "erable", "--format", "jsonl"]);
    assert!(String::from_utf8_lossy(&found.get_output().stdout).contains("Noah Gagnon"));
    session.send("q");
    assert_eq!(session.end().0, 0);
}

#[test]
fn a_need_rings_while_a_card_is_typed_and_wherever_one_comes_from() {
    let home = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| drop(shell(home.path(), args));
    run(&["needs", "add", "creuser un drain"]);
    // Waits in the spool until the screen opens.
    run(&["add", "Omer Roy, opérateur de pelle mécanique"]);
    let mut session = openbar(home.path(), &[]);
    session.wait_for("Needs that somebody answers");
    // From the shell while the screen is open.
    run(&["add", "Gilles Hamel, loue des mini-excavatrices"]);
    session.wait_for("Gilles Hamel answers your need: creuser un drain");
    // While the line is typed, before it is kept.
    session.send("a");
    session.wait_for("Log somebody");
    session.send("Luc Gagné, excavation");
    session.wait_for("Answers your need: creuser un drain");
    session.send("\x1b");
    session.wait_gone("Log somebody");
    // On the person's page.
    session.send("3/hamel\r\r");
    session.wait_for("Answers your needs");
    session.send("q");
    assert_eq!(session.end().0, 0);
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let program = std::env::current_exe().expect("this test binary");
    let args = ["pty::panics_on_the_screen", "--exact", "--nocapture", "--test-threads=1"];
    let session = Session::start(&program, &args, &[(PANIC, "1")], (80, 24));
    let (code, terminal) = session.end();
    assert_ne!(code, 0);
    assert!(!terminal.screen().alternate_screen() && !terminal.screen().hide_cursor());
    assert!(!terminal.screen().bracketed_paste());
}

/// Set for the process that panics on purpose.
const PANIC: &str = "OPENBAR_TEST_PANIC";

/// The other half of the test above; in an ordinary run there is nothing to do.
#[test]
fn panics_on_the_screen() {
    if std::env::var_os(PANIC).is_some() {
        let _terminal = openbar::tui::terminal::Terminal::open().expect("a terminal");
        panic!("the screen is gone");
    }
}

/// This terminal never answers what it can draw: the picture comes in half blocks, and the keys go on.
#[test]
fn a_picture_is_shown_in_a_terminal_that_does_not_answer() {
    let home = tempfile::tempdir().expect("a folder");
    let bytes = crate::pictures::drawn();
    let name = hash(&bytes);
    let cards = Cards::of(&home.path().join(".local/share/openbar"));
    let kept = Picture { ending: "png", bytes: &bytes };
    cards.put(&name, Some(kept), &Page::new(Vec::new(), Vec::new(), Vec::new())).expect("it is kept");
    let person = format!(r#"{{"uid":"louise","name":"Louise Grenier","stage":"pocket","cards":["{name}"]}}"#);
    let file = home.path().join("people.jsonl");
    std::fs::write(&file, person).expect("a file");
    assert_cmd::Command::new(env!("CARGO_BIN_EXE_openbar"))
        .env_clear()
        .env("HOME", home.path())
        .arg("import")
        .arg(file)
        .assert()
        .success();
    let mut session = openbar(home.path(), &[]);
    session.send("2");
    // Until the capture has been fetched, there is nothing to be looked at.
    session.wait_for("v Picture");
    session.send("v");
    session.wait_for("System’s viewer");
    session.wait("a picture", |screen| screen.contents().contains(['▀', '▄']));
    session.send("\x1b");
    session.wait_for("Edit field");
    session.send("q");
    assert_eq!(session.end().0, 0);
}
