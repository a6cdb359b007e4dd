//! The tree: records and history as sled keeps them. Everything here can be built again from the journal.
//!
//! All tables lie in one sled tree, told apart by the first byte of the key, so that one batch writes a commit
//! everywhere or nowhere.
//!
//! | table | key | value |
//! | --- | --- | --- |
//! | records | record | version: place of the edit that wrote it, envelope |
//! | history | record, place | the version that the edit at this place displaced |
//! | touched | seq | the records that the commit touched, in order, each with what became of it |
//! | commits | seq | head of the commit |
//! | steps | step, seq | |
//! | captures | capture | seq |
//! | state | | [`State`] |
//!
//! A *place* is a commit and the position in it (u64, u32). Numbers in keys are big endian, so that they sort. A version is
//! kept once: what an edit left behind is what the next edit of that record displaced, or else the record itself.
//! So history reads both ways without a second copy, and a new record costs it nothing.
//!
//! Invariants: a batch holds a commit with its new `state`; `state` has a sum over all records, so that pages which sled
//! lost, or brought back in an old version, are found by whoever reads all records.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sled::{Batch, IVec};

use super::codec;
use super::fault::Fault;
use super::frame::Change;
use super::guard::guarded;
use super::records::{self, Head, Key};
use crate::domain::change::{Edit, Record, RecordId};
use crate::domain::id::ContactId;

/// Hears an entry: what its key ends in, and its value.
type EachEntry<'a> = dyn FnMut(&[u8], IVec) -> Result<(), Fault> + 'a;

/// How long to wait for a tree that is still being closed.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) const RECORDS: u8 = b'r';
pub(super) const HISTORY: u8 = b'h';
pub(super) const TOUCHED: u8 = b't';
pub(super) const COMMITS: u8 = b'c';
pub(super) const STEPS: u8 = b's';
const CAPTURES: u8 = b'k';
const STATE: &[u8] = b"state";

const STATE_SCHEMA: u16 = 1;
pub(super) const TOUCHED_SCHEMA: u16 = 1;

/// Bytes of a place.
pub(super) const PLACE: usize = 12;
/// The edit found a record to displace.
pub(super) const DISPLACED: u8 = 1;
/// The edit left a record behind.
pub(super) const LEFT: u8 = 2;

/// Where the tree stands. Frozen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    /// Number of the last commit applied.
    applied: u64,
    /// How many records there are.
    records: u64,
    /// How many commits there are; fewer than `applied` where some were lost.
    commits: u64,
    /// Sum over all records, modulo 2^64, of a mix of key, place and checksum.
    sum: u64,
}

/// The open tree.
#[derive(Debug)]
pub(super) struct Tables {
    folder: PathBuf,
    pub(super) db: sled::Db,
    state: State,
}

impl Tables {
    /// Opens the tree, or makes an empty one. `cache` is in bytes.
    pub(super) fn open(folder: &Path, cache: u64) -> Result<Self, Fault> {
        let begun = Instant::now();
        loop {
            match Self::try_open(folder, cache) {
                // sled says "other" when it cannot lock its file. openbar's own lock is held, so this is a tree that
                // this very process closed a moment ago, with a last write still on its way.
                Err(Fault::Io { source, .. })
                    if source.kind() == io::ErrorKind::Other && begun.elapsed() < PATIENCE =>
                {
                    thread::sleep(Duration::from_millis(5));
                }
                outcome => return outcome,
            }
        }
    }

    fn try_open(folder: &Path, cache: u64) -> Result<Self, Fault> {
        let config = sled::Config::new()
            .path(folder)
            .cache_capacity(cache)
            .flush_every_ms(Some(500))
            .use_compression(false);
        let db = guarded(folder, || config.open())?;
        let mut tables = Self { folder: folder.to_owned(), db, state: State::default() };
        match tables.get(STATE)? {
            Some(sealed) => {
                let (_, payload) = codec::open(&sealed, STATE_SCHEMA)?;
                tables.state = codec::decode(payload)?;
            }
            None if tables.guard(|db| Ok(db.is_empty()))? => {}
            None => return Err(Fault::Damaged("the tree has lost its state".into())),
        }
        Ok(tables)
    }

    pub(super) fn guard<T>(&self, run: impl FnOnce(&sled::Db) -> Result<T, sled::Error>) -> Result<T, Fault> {
        guarded(&self.folder, || run(&self.db))
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<IVec>, Fault> {
        self.guard(|db| db.get(key))
    }

    /// Gives every entry whose key begins so, without that beginning.
    pub(super) fn each_below(&self, prefix: &[u8], each: &mut EachEntry<'_>) -> Result<(), Fault> {
        let mut entries = self.db.scan_prefix(prefix);
        while let Some((key, value)) = self.guard(|_| entries.next().transpose())? {
            each(&key[prefix.len()..], value)?;
        }
        Ok(())
    }

    /// Number of the last commit applied.
    pub(super) fn applied(&self) -> u64 {
        self.state.applied
    }

    /// How many records there are.
    pub(super) fn len(&self) -> u64 {
        self.state.records
    }

    /// Whether edits start from what is kept here: what the caller's book and the tree must agree on.
    pub(super) fn agrees_with(&self, edits: &[Edit]) -> bool {
        let mut within: HashMap<RecordId, Option<&Record>> = HashMap::new();
        edits.iter().all(|edit| {
            let agrees = if let Some(before) = within.get(&edit.id) {
                *before == edit.before.as_ref()
            } else {
                let key = records::key(edit.id);
                let kept = self.get(&joined(RECORDS, &[&key])).ok().flatten();
                record_of(&key, kept.as_deref()).is_ok_and(|kept| kept == edit.before)
            };
            within.insert(edit.id, edit.after.as_ref().filter(|after| !records::is_absent(after)));
            agrees
        })
    }

    /// Applies one commit, all or nothing; `None` is a commit that was lost.
    pub(super) fn apply(&mut self, seq: u64, change: Option<&Change<'_>>) -> Result<(), Fault> {
        let mut state = State { applied: seq, ..self.state };
        let mut batch = Batch::default();
        if let Some(change) = change {
            let head = records::open_head(change.head)?;
            let number = seq.to_be_bytes();
            let touched = self.put_edits(&mut batch, &mut state, seq, change)?;
            state.commits += 1;
            batch.insert(joined(TOUCHED, &[&number]), codec::seal_raw(TOUCHED_SCHEMA, &touched)?);
            batch.insert(joined(COMMITS, &[&number]), change.head);
            batch.insert(joined(STEPS, &[head.step.id.0.as_bytes(), &number]), &[]);
            for capture in &head.captures {
                batch.insert(joined(CAPTURES, &[capture.0.as_bytes()]), &number);
            }
        }
        batch.insert(STATE, codec::seal(STATE_SCHEMA, &state)?);
        self.guard(|db| db.apply_batch(batch))?;
        self.state = state;
        Ok(())
    }

    /// Puts the edits of a commit into a batch; gives the value for the table of touched records.
    fn put_edits(
        &self,
        batch: &mut Batch,
        state: &mut State,
        seq: u64,
        change: &Change<'_>,
    ) -> Result<Vec<u8>, Fault> {
        let mut touched = Vec::with_capacity(change.edits.len() * (size_of::<Key>() + 1));
        // Versions that this very commit wrote, for a record that it touches twice.
        let mut within: HashMap<Key, Option<IVec>> = HashMap::with_capacity(change.edits.len());
        for (position, (key, sealed)) in (0u32..).zip(&change.edits) {
            let place = place(seq, position);
            let at = joined(RECORDS, &[key]);
            let mut flags = 0;
            let old = match within.remove(key) {
                Some(old) => old,
                None => self.get(&at)?,
            };
            if let Some(old) = old {
                state.records -= 1;
                state.sum = state.sum.wrapping_sub(mix(key, &old));
                flags |= DISPLACED;
                batch.insert(joined(HISTORY, &[key, &place]), old);
            }
            let new = sealed.map(|sealed| IVec::from([&place, sealed].concat()));
            if let Some(new) = &new {
                state.records += 1;
                state.sum = state.sum.wrapping_add(mix(key, new));
                flags |= LEFT;
                batch.insert(at, new.clone());
            } else {
                batch.remove(at);
            }
            touched.extend_from_slice(key);
            touched.push(flags);
            within.insert(*key, new);
        }
        Ok(touched)
    }

    /// Gives every record, one at a time, and checks that they are all there, none older than it should be.
    pub(super) fn each_record(&self, each: &mut dyn FnMut(Record)) -> Result<(), Fault> {
        let (mut count, mut sum) = (0u64, 0u64);
        self.each_below(&[RECORDS], &mut |key, version| {
            each(records::open(key, sealed(&version)?)?);
            count += 1;
            sum = sum.wrapping_add(mix(key, &version));
            Ok(())
        })?;
        if (count, sum) != (self.state.records, self.state.sum) {
            return Err(Fault::Damaged(format!(
                "{count} records where there should be {}, or old versions of some",
                self.state.records
            )));
        }
        Ok(())
    }

    /// Gives the head of every commit, oldest first.
    pub(super) fn each_head(&self, each: &mut dyn FnMut(Head)) -> Result<(), Fault> {
        let mut count = 0;
        self.each_below(&[COMMITS], &mut |_, head| {
            each(records::open_head(&head)?);
            count += 1;
            Ok(())
        })?;
        if count != self.state.commits {
            return Err(Fault::Damaged(format!(
                "{count} commits where there should be {}",
                self.state.commits
            )));
        }
        Ok(())
    }

    /// Whether a capture has been taken in.
    pub(super) fn seen(&self, capture: ContactId) -> Result<bool, Fault> {
        Ok(self.get(&joined(CAPTURES, &[capture.0.as_bytes()]))?.is_some())
    }

    /// Writes everything out. Commits are safe before, in the journal; this only shortens the next opening.
    pub(super) fn flush(&self) -> Result<(), Fault> {
        self.guard(|db| db.flush().map(|_| ()))
    }

    /// Closes the tree, whatever its state.
    pub(super) fn close(self) {
        let folder = self.folder.clone();
        // A tree that was found damaged may panic once more on the way out; it is being given up anyway.
        let _ = guarded(&folder, move || {
            drop(self);
            Ok(())
        });
    }
}

/// The key of an entry: the table's byte, then the parts.
pub(super) fn joined(table: u8, parts: &[&[u8]]) -> Vec<u8> {
    let mut key = Vec::with_capacity(1 + parts.iter().map(|part| part.len()).sum::<usize>());
    key.push(table);
    for part in parts {
        key.extend_from_slice(part);
    }
    key
}

pub(super) fn place(seq: u64, position: u32) -> [u8; PLACE] {
    let mut place = [0; PLACE];
    place[..8].copy_from_slice(&seq.to_be_bytes());
    place[8..].copy_from_slice(&position.to_be_bytes());
    place
}

/// The envelope of a version.
pub(super) fn sealed(version: &[u8]) -> Result<&[u8], Fault> {
    version.get(PLACE..).ok_or_else(|| Fault::Damaged("a version of a record is cut short".into()))
}

/// The record of a version, if there is one.
pub(super) fn record_of(key: &Key, version: Option<&[u8]>) -> Result<Option<Record>, Fault> {
    version.map(|version| records::open(key, sealed(version)?)).transpose()
}

/// One record's part of the sum: key, place and checksum, stirred (the finaliser of `SplitMix64`, Steele et al. 2014).
fn mix(key: &[u8], version: &[u8]) -> u64 {
    let (place, sealed) = version.split_at(PLACE.min(version.len()));
    let mut whence = crc32fast::Hasher::new();
    whence.update(key);
    whence.update(place);
    let mut mixed = u64::from(codec::sum(sealed).unwrap_or(0)) << 32 | u64::from(whence.finalize());
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
