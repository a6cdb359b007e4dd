//! The doors: two commands at once, the socket of a running openbar, and whatever may come through it.

#![cfg(unix)]

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::slice;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use openbar::domain::contact::{Closeness, MarketHow, Role};
use openbar::domain::problem::Problem;
use openbar::domain::tie::TieKind;
use openbar::door::{self, Door, LocalDoor, Message, socket};
use openbar::protocol::markets::{Crossings, Rows, Settle};
use openbar::protocol::{Job, Notice, Reply};

use crate::engine::{named, options, put};

const HISTORY: Job = Job::History { who: None, limit: 100 };

/// A screen's door, open and served.
fn screen(dir: &Path) -> (LocalDoor, Receiver<Message>) {
    let (door, messages) = launched(dir);
    door.opened().expect("the store opens");
    (door, messages)
}

/// A screen's door that may still be opening.
fn launched(dir: &Path) -> (LocalDoor, Receiver<Message>) {
    let (sender, messages) = mpsc::channel();
    let sender = Mutex::new(sender);
    let door = LocalDoor::launch(options(dir), move |message| {
        let _ = sender.lock().expect("not poisoned").send(message);
    })
    .expect("threads");
    (door, messages)
}

fn client(dir: &Path) -> Door {
    let door = door::open(&options(dir)).expect("it opens");
    assert!(door.is_remote(), "it goes to the screen");
    door
}

fn steps(reply: Reply) -> usize {
    match reply {
        Reply::History(steps) => steps.len(),
        other => panic!("no history: {other:?}"),
    }
}

fn frame(body: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(body.len()).expect("short").to_be_bytes().to_vec();
    bytes.extend(body);
    bytes
}

fn hello(version: &str) -> Vec<u8> {
    frame(format!(r#"{{"openbar":"{version}"}}"#).as_bytes())
}

/// A connection of raw bytes to the running openbar, which has said hello.
fn raw(dir: &Path) -> UnixStream {
    drop(client(dir));
    let mut stream = UnixStream::connect(socket::path(dir)).expect("it listens");
    let mut greeting = vec![0; hello(env!("CARGO_PKG_VERSION")).len()];
    stream.read_exact(&mut greeting).expect("its hello");
    assert_eq!(greeting, hello(env!("CARGO_PKG_VERSION")));
    stream
}

/// Waits until the other side closes; whatever comes before is given back.
fn until_closed(mut stream: UnixStream) -> Vec<u8> {
    let mut rest = Vec::new();
    // A connection cut off with bytes still unread ends in an error, which is an end as well.
    let _ = stream.read_to_end(&mut rest);
    rest
}

#[test]
fn a_command_reaches_the_screen_and_the_screen_hears_of_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let (door, messages) = screen(dir.path());
    let jeanne = named("Jeanne Larivière");
    let mut shell = client(dir.path());
    assert!(matches!(shell.ask(put(slice::from_ref(&jeanne))), Reply::Changed { count: 1, .. }));
    let told = messages.iter().any(|message| {
        matches!(message, Message::Notice(Notice::Book(snapshot)) if snapshot.book.contact(jeanne.id).is_some())
    });
    assert!(told);
    assert_eq!(steps(shell.ask(HISTORY)), 1);
    assert_eq!(steps(door.ask(HISTORY)), 1);
    drop(shell);
    door.stop();
    assert!(!socket::path(dir.path()).exists());
}

#[test]
fn a_long_list_comes_whole_and_in_order() {
    let dir = tempfile::tempdir().expect("a folder");
    let (door, _messages) = screen(dir.path());
    let people: Vec<_> = (0..700).map(|n| named(&format!("Personne {n}"))).collect();
    let mut shell = client(dir.path());
    assert!(matches!(shell.ask(put(&people)), Reply::Changed { count: 700, .. }));
    let all = Job::Find { query: String::new(), limit: None };
    let (remote, local) = (shell.ask(all.clone()), door.ask(all));
    assert!(matches!(&remote, Reply::Found(found) if found.len() == 700));
    assert_eq!(remote, local);
    drop(shell);
    door.stop();
}

#[test]
fn markets_and_paths_come_whole_through_the_socket() {
    let dir = tempfile::tempdir().expect("a folder");
    let (door, _messages) = screen(dir.path());
    let mut mayor = named("Marie Roy");
    mayor.closeness = Closeness::new(4);
    mayor.roles.push(Role { title: "Mairesse".into(), org: "Ville de Magog".into(), ..Role::default() });
    let luc = named("Luc Fortin");
    let mut shell = client(dir.path());
    assert!(matches!(shell.ask(put(&[mayor.clone(), luc.clone()])), Reply::Changed { count: 2, .. }));
    let tie = Job::Tie { a: mayor.uid(), b: luc.uid(), kind: TieKind::Family, closeness: None };
    assert!(matches!(shell.ask(tie), Reply::Changed { count: 1, .. }));
    let settle = Job::SettleMarket {
        who: luc.uid(),
        market: "tourism".into(),
        how: Some(MarketHow::Buys),
        settle: Settle::Accept,
    };
    assert!(matches!(shell.ask(settle), Reply::Changed { count: 1, .. }));
    for job in [
        Job::Markets { region: None },
        Job::Market { name: "municipal".into(), region: Some("Estrie".into()), limit: 5 },
        Job::Market { name: "roofing".into(), region: None, limit: 5 },
        Job::Path { to: luc.uid(), region: None, limit: 5 },
        Job::Around { who: luc.uid() },
        Job::Inferred { people: vec![mayor.id] },
        Job::Crossings(Crossings { rows: Rows::Regions, region: None, offset: 0, limit: 9 }),
        Job::Crossings(Crossings { rows: Rows::People, region: None, offset: 0, limit: 9 }),
        Job::Stats,
    ] {
        let (remote, local) = (shell.ask(job.clone()), door.ask(job));
        assert!(!matches!(local, Reply::Failed(_)), "{local:?}");
        assert_eq!(remote, local);
    }
    drop(shell);
    door.stop();
}

#[test]
fn a_command_waits_for_another_that_has_the_store() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut first = door::open(&options(dir.path())).expect("it opens");
    assert!(!first.is_remote());
    let folder = dir.path().to_path_buf();
    let (ready, started) = mpsc::channel();
    let second = thread::spawn(move || {
        let refused = door::open_within(&options(&folder), Duration::ZERO).expect_err("it is in use");
        ready.send(()).expect("somebody waits");
        let mut second =
            door::open_within(&options(&folder), Duration::from_mins(1)).expect("it opens in the end");
        (refused, steps(second.ask(HISTORY)))
    });
    started.recv().expect("it has tried");
    assert!(matches!(first.ask(put(&[named("Luc")])), Reply::Changed { .. }));
    drop(first);
    let (refused, seen) = second.join().expect("no panic");
    assert_eq!(refused, Problem::StoreLocked { pid: Some(std::process::id()) });
    assert_eq!(seen, 1);
}

#[test]
fn a_screen_waits_for_a_command_that_has_the_store_but_not_for_another_screen() {
    let dir = tempfile::tempdir().expect("a folder");
    let command = door::open(&options(dir.path())).expect("it opens");
    let (door, _messages) = launched(dir.path());
    drop(command);
    door.opened().expect("its turn");
    assert_eq!(steps(client(dir.path()).ask(HISTORY)), 0);
    let (second, _heard) = launched(dir.path());
    assert_eq!(second.opened(), Err(Problem::StoreLocked { pid: Some(std::process::id()) }));
    assert!(matches!(second.ask(HISTORY), Reply::Failed(Problem::StoreLocked { .. })));
    second.stop();
    assert!(socket::path(dir.path()).exists(), "the first one still listens");
    door.stop();
}

#[test]
fn a_socket_left_by_a_killed_process_is_replaced() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(UnixListener::bind(socket::path(dir.path())).expect("bound"));
    assert!(socket::path(dir.path()).exists());
    let (door, _messages) = screen(dir.path());
    assert_eq!(steps(client(dir.path()).ask(HISTORY)), 0);
    door.stop();
    // And without a screen, a leftover keeps nobody out.
    drop(UnixListener::bind(socket::path(dir.path())).expect("bound"));
    assert!(!door::open(&options(dir.path())).expect("it opens").is_remote());
}

#[test]
fn a_folder_with_a_long_path_has_a_socket_as_well() {
    let dir = tempfile::tempdir().expect("a folder");
    let deep = dir.path().join("d".repeat(90)).join("e".repeat(90));
    std::fs::create_dir_all(&deep).expect("made");
    let (door, _messages) = screen(&deep);
    assert_eq!(steps(client(&deep).ask(HISTORY)), 0);
    door.stop();
    assert!(!socket::path(&deep).exists());
}

#[test]
fn oversize_frames_and_garbage_end_only_their_own_connection() {
    let dir = tempfile::tempdir().expect("a folder");
    let (door, _messages) = screen(dir.path());
    let ours = hello(env!("CARGO_PKG_VERSION"));
    let too_long = (socket::MAX_FRAME + 1).to_be_bytes().to_vec();
    let cases = [
        ("no hello", b"GET / HTTP/1.1\r\n\r\n".to_vec()),
        ("oversize hello", too_long.clone()),
        ("oversize job", [ours.clone(), too_long].concat()),
        ("no job", [ours.clone(), frame(b"{\"ticket\":1}")].concat()),
        ("no JSON", [ours.clone(), frame(&[0xff, 0x00, 0x1b])].concat()),
        ("deep JSON", [ours, frame("[".repeat(100_000).as_bytes())].concat()),
    ];
    for (case, bytes) in cases {
        let mut stream = raw(dir.path());
        stream.write_all(&bytes).expect("sent");
        assert_eq!(until_closed(stream), b"", "{case}");
        assert_eq!(steps(client(dir.path()).ask(HISTORY)), 0, "{case}");
    }
    door.stop();
}

#[test]
fn another_version_is_named_on_both_sides() {
    let dir = tempfile::tempdir().expect("a folder");
    let (door, _messages) = screen(dir.path());
    let mut stream = raw(dir.path());
    stream.write_all(&hello("0.0.1")).expect("sent");
    assert_eq!(until_closed(stream), b"");
    door.stop();

    let listener = UnixListener::bind(socket::path(dir.path())).expect("bound");
    let other = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        stream.write_all(&hello("9.9.9")).expect("sent");
        until_closed(stream)
    });
    let refused = door::open(&options(dir.path())).expect_err("another version");
    assert_eq!(refused, Problem::OtherVersion { theirs: "9.9.9".into() });
    assert_eq!(other.join().expect("no panic"), hello(env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_client_that_asks_and_never_reads_holds_nobody_up() {
    let dir = tempfile::tempdir().expect("a folder");
    let (door, _messages) = screen(dir.path());
    let people: Vec<_> = (0..900).map(|n| named(&format!("Personne {n} {}", "x".repeat(300)))).collect();
    assert!(matches!(door.ask(put(&people)), Reply::Changed { .. }));
    let mut hanging = raw(dir.path());
    hanging.write_all(&hello(env!("CARGO_PKG_VERSION"))).expect("sent");
    for ticket in 0..6 {
        let ask = format!(r#"{{"ticket":{ticket},"job":{{"Find":{{"query":"","limit":null}}}}}}"#);
        hanging.write_all(&frame(ask.as_bytes())).expect("sent");
    }
    // The replies do not fit the socket's buffer, so the connection's own thread is stuck by now or soon.
    let mut shell = client(dir.path());
    assert!(matches!(shell.ask(put(&[named("Luc")])), Reply::Changed { .. }));
    assert_eq!(steps(shell.ask(HISTORY)), 2);
    drop(hanging);
    drop(shell);
    door.stop();
}

#[test]
fn a_question_finds_its_way_when_the_screen_closes_in_between() {
    let dir = tempfile::tempdir().expect("a folder");
    let (door, _messages) = screen(dir.path());
    let mut shell = client(dir.path());
    assert!(matches!(shell.ask(put(&[named("Luc")])), Reply::Changed { .. }));
    door.stop();
    assert_eq!(steps(shell.ask(HISTORY)), 1);
    assert!(!shell.is_remote());
}
