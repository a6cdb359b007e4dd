//! `kill -9` at random moments: every capture that was acknowledged is there afterwards.
//!
//! The child is this very test program, started again with one test named and a folder in the environment.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use openbar::domain::change::Edit;
use openbar::domain::id::ContactId;
use openbar::spool::{self, Spooled};
use openbar::store::{Commit, Store};
use uuid::Uuid;

use crate::store_faults::{commit, contact, options};

/// Names the data folder for the child.
const FOLDER: &str = "OPENBAR_TEST_KILL";
const KILLS: u64 = 60;

/// The child: captures for ever, by the store and by the spool in turn, and prints each uid once it is durable.
#[test]
fn captures_until_killed() {
    let Some(data) = std::env::var_os(FOLDER) else { return };
    let data = Path::new(&data);
    let mut out = std::io::stdout();
    let (mut store, _) = Store::open(data, &options()).expect("a store");
    loop {
        let id = Uuid::now_v7();
        if by_spool(id) {
            let at = openbar::domain::time::Timestamp::UNIX_EPOCH;
            let text = "Réjean Tremblay @Scierie".to_owned();
            spool::put(
                &data.join("spool"),
                &Spooled { id, at, lang: "fr".into(), text, event: None, listed: false },
            )
            .expect("a spooled capture");
        } else {
            let edits = vec![Edit::create(contact(id.as_u128(), &"card ".repeat(40)))];
            let captured = Commit { captures: vec![ContactId(id)], ..commit(id.as_u128(), edits) };
            store.commit(&captured).expect("a commit");
        }
        writeln!(out, "uid {id}").and_then(|()| out.flush()).expect("a reader");
    }
}

/// Every fourth capture goes through the spool.
fn by_spool(id: Uuid) -> bool {
    id.as_u128().is_multiple_of(4)
}

/// Numbers that are random enough to scatter the kills; a fixed seed would always hit the same moments.
fn random(below: u64) -> u64 {
    Uuid::new_v4().as_u64_pair().0 % below
}

#[test]
fn every_acknowledged_capture_survives_kill_9() {
    let data = tempfile::tempdir().expect("a folder");
    let mut acknowledged: Vec<Uuid> = Vec::new();
    for _ in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["kill::captures_until_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(FOLDER, data.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        let mut lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        let mut note = |line: Option<std::io::Result<String>>| {
            let line = line?.ok()?;
            acknowledged.extend(line.split_once("uid ").and_then(|(_, uid)| uid.trim().parse::<Uuid>().ok()));
            Some(())
        };
        // Some are killed while they open the store, most somewhere in the middle of a capture.
        if random(4) > 0 {
            for _ in 0..random(40) + 4 {
                note(lines.next()).expect("a child that goes on");
            }
        }
        std::thread::sleep(Duration::from_micros(random(20_000)));
        child.kill().expect("killed");
        child.wait().expect("gone");
        // What it had said before it died counts too.
        while note(lines.next()).is_some() {}
    }
    assert!(acknowledged.len() > 500, "{} captures", acknowledged.len());

    let (mut store, report) = Store::open(data.path(), &options()).expect("a store");
    assert!(report.is_clean(), "{report:?}");
    let mut kept = std::collections::BTreeSet::new();
    store
        .load(&mut |record| {
            kept.insert(record.id());
        })
        .expect("records");
    let waiting = spool::list(&data.path().join("spool")).expect("a spool");
    let spooled: std::collections::BTreeSet<Uuid> =
        waiting.into_iter().map(|waiting| waiting.capture.expect("a whole capture").id).collect();
    for id in acknowledged {
        if by_spool(id) {
            assert!(spooled.contains(&id), "{id} was acknowledged by the spool");
        } else {
            assert!(kept.contains(&contact(id.as_u128(), "").id()), "{id} was acknowledged by the store");
            assert!(store.seen(ContactId(id)).expect("an answer"), "{id} is known as a capture");
        }
    }
}
