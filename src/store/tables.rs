//! The tree: records and history as sled keeps them. Everything here can be built again from the journal.
//!
//! | table | key | value |
//! | --- | --- | --- |
//! | records | record | envelope |
//! | history | record, seq u64, place u32 | the version that this edit displaced; empty if there was none |
//! | touched | seq | the records that the commit touched, in order |
//! | commits | seq | head of the commit |
//! | steps | step, seq | |
//! | captures | capture | seq |
//! | meta | `state` | [`State`] |
//!
//! Numbers in keys are big endian, so that they sort. A version is kept once: what an edit left behind is what the next
//! edit of that record displaced, or else the record itself. So history reads both ways without a second copy.
//!
//! Invariants: one transaction writes a commit everywhere, `state` included; `state` holds a sum over all records, so
//! that pages which sled lost, or brought back in an old version, are found by whoever reads all records.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sled::transaction::{ConflictableTransactionError, TransactionError, Transactional};
use sled::{Batch, IVec, Tree};

use super::codec;
use super::fault::Fault;
use super::frame::Change;
use super::guard::guarded;
use super::records::{self, Head, Key};
use crate::domain::change::{Edit, Record, RecordId, Step};
use crate::domain::id::{ContactId, StepId};

/// How long to wait for a tree that is still being closed.
const PATIENCE: Duration = Duration::from_secs(5);

const STATE: &[u8] = b"state";
const STATE_SCHEMA: u16 = 1;
const TOUCHED_SCHEMA: u16 = 1;

/// Where the tree stands. Frozen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    /// Number of the last commit applied.
    applied: u64,
    /// How many records there are.
    records: u64,
    /// How many commits there are; fewer than `applied` where some were lost.
    commits: u64,
    /// Sum over all records, modulo 2^64, of a mix of key and checksum.
    sum: u64,
}

/// The open tree.
#[derive(Debug)]
pub(super) struct Tables {
    folder: PathBuf,
    db: sled::Db,
    records: Tree,
    history: Tree,
    touched: Tree,
    commits: Tree,
    steps: Tree,
    captures: Tree,
    meta: Tree,
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
        let mut tables = guarded(folder, || {
            let db = config.open()?;
            Ok(Self {
                folder: folder.to_owned(),
                records: db.open_tree("records")?,
                history: db.open_tree("history")?,
                touched: db.open_tree("touched")?,
                commits: db.open_tree("commits")?,
                steps: db.open_tree("steps")?,
                captures: db.open_tree("captures")?,
                meta: db.open_tree("meta")?,
                state: State::default(),
                db,
            })
        })?;
        let state = tables.guard(|tables| tables.meta.get(STATE))?;
        match state {
            Some(sealed) => {
                let (_, payload) = codec::open(&sealed, STATE_SCHEMA)?;
                tables.state = codec::decode(payload)?;
            }
            None if tables.guard(|tables| Ok(tables.records.is_empty() && tables.commits.is_empty()))? => {}
            None => return Err(Fault::Damaged("the tree has lost its state".into())),
        }
        Ok(tables)
    }

    fn guard<T>(&self, run: impl FnOnce(&Self) -> Result<T, sled::Error>) -> Result<T, Fault> {
        guarded(&self.folder, || run(self))
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
                let kept = self.guard(|tables| tables.records.get(key)).ok().flatten().unwrap_or_default();
                version(&key, &kept).is_ok_and(|kept| kept == edit.before)
            };
            within.insert(edit.id, edit.after.as_ref().filter(|after| !records::is_absent(after)));
            agrees
        })
    }

    /// Applies one commit, all or nothing; `None` is a commit that was lost.
    pub(super) fn apply(&mut self, seq: u64, change: Option<&Change<'_>>) -> Result<(), Fault> {
        let Some(change) = change else {
            let state = State { applied: seq, ..self.state };
            let sealed = codec::seal(STATE_SCHEMA, &state)?;
            self.guard(|tables| tables.meta.insert(STATE, sealed))?;
            self.state = state;
            return Ok(());
        };
        let head = records::open_head(change.head)?;
        let number = seq.to_be_bytes();
        let mut state = State { applied: seq, commits: self.state.commits + 1, ..self.state };
        let mut new_records = Batch::default();
        let mut new_history = Batch::default();
        let mut touched = Vec::with_capacity(change.edits.len() * size_of::<Key>());
        // Versions that this very commit wrote, for a record that it touches twice.
        let mut within: HashMap<Key, Option<IVec>> = HashMap::with_capacity(change.edits.len());
        for (place, (key, sealed)) in change.edits.iter().enumerate() {
            let old = match within.remove(key) {
                Some(old) => old,
                None => self.guard(|tables| tables.records.get(key))?,
            };
            if let Some(old) = &old {
                state.records -= 1;
                state.sum = state.sum.wrapping_sub(mix(key, old));
            }
            let new = sealed.map(IVec::from);
            match &new {
                Some(new) => {
                    state.records += 1;
                    state.sum = state.sum.wrapping_add(mix(key, new));
                    new_records.insert(key, new.clone());
                }
                None => new_records.remove(key),
            }
            new_history.insert(&history_key(key, seq, place as u32), old.unwrap_or_default());
            touched.extend_from_slice(key);
            within.insert(*key, new);
        }
        let mut new_captures = Batch::default();
        for capture in &head.captures {
            new_captures.insert(capture.0.as_bytes(), &number);
        }
        let touched = codec::seal_raw(TOUCHED_SCHEMA, &touched)?;
        let step_key = [head.step.id.0.as_bytes().as_slice(), &number].concat();
        let sealed = codec::seal(STATE_SCHEMA, &state)?;
        self.guard(|tables| {
            let Self { records, history, touched: touched_by, commits, steps, captures, meta, .. } = tables;
            (records, history, touched_by, commits, steps, captures, meta)
                .transaction(|(records, history, touched_by, commits, steps, captures, meta)| {
                    records.apply_batch(&new_records)?;
                    history.apply_batch(&new_history)?;
                    touched_by.insert(&number, touched.as_slice())?;
                    commits.insert(&number, change.head)?;
                    steps.insert(step_key.as_slice(), &[])?;
                    captures.apply_batch(&new_captures)?;
                    meta.insert(STATE, sealed.as_slice())?;
                    Ok::<(), ConflictableTransactionError<()>>(())
                })
                .map_err(|error| match error {
                    TransactionError::Storage(error) => error,
                    TransactionError::Abort(()) => sled::Error::ReportableBug("aborted by nobody".into()),
                })
        })?;
        self.state = state;
        Ok(())
    }

    /// Gives every record, one at a time, and checks that they are all there, none older than it should be.
    pub(super) fn each_record(&self, each: &mut dyn FnMut(Record)) -> Result<(), Fault> {
        let (mut count, mut sum) = (0u64, 0u64);
        let mut entries = self.records.iter();
        while let Some((key, sealed)) = self.guard(|_| entries.next().transpose())? {
            let record = records::open(&key, &sealed)?;
            count += 1;
            sum = sum.wrapping_add(mix(&key, &sealed));
            each(record);
        }
        if (count, sum) != (self.state.records, self.state.sum) {
            return Err(Fault::Damaged(format!(
                "{count} records where there should be {}, or old versions of some",
                self.state.records
            )));
        }
        Ok(())
    }

    /// Gives the head of every commit, oldest first.
    pub(super) fn each_head(&self, each: &mut dyn FnMut(u64, Head)) -> Result<(), Fault> {
        let mut count = 0;
        let mut entries = self.commits.iter();
        while let Some((key, sealed)) = self.guard(|_| entries.next().transpose())? {
            each(number(&key)?, records::open_head(&sealed)?);
            count += 1;
        }
        if count != self.state.commits {
            return Err(Fault::Damaged(format!(
                "{count} commits where there should be {}",
                self.state.commits
            )));
        }
        Ok(())
    }

    /// The edits of a step, in the order they were made; nothing for a step that is not known.
    pub(super) fn edits_of(&self, step: StepId) -> Result<Vec<Edit>, Fault> {
        let mut edits = Vec::new();
        let mut entries = self.steps.scan_prefix(step.0.as_bytes());
        while let Some((key, _)) = self.guard(|_| entries.next().transpose())? {
            let seq = number(key.get(16..).unwrap_or_default())?;
            for (place, key) in self.touched(seq)?.iter().enumerate() {
                let place = place as u32;
                let before = self.guard(|tables| tables.history.get(history_key(key, seq, place)))?;
                let before = before.ok_or_else(|| Fault::Damaged("a version of a record is gone".into()))?;
                edits.push(Edit {
                    id: records::id(key)?,
                    before: version(key, &before)?,
                    after: version(key, &self.after(key, seq, place)?)?,
                });
            }
        }
        Ok(edits)
    }

    /// What happened to one record, oldest first.
    pub(super) fn history_of(&self, record: RecordId) -> Result<Vec<(Step, Edit)>, Fault> {
        let key = records::key(record);
        let mut versions = Vec::new();
        let mut entries = self.history.scan_prefix(key);
        while let Some((place, before)) = self.guard(|_| entries.next().transpose())? {
            let seq =
                place.get(17..25).ok_or_else(|| Fault::Damaged("a place in history is cut short".into()))?;
            versions.push((number(seq)?, version(&key, &before)?));
        }
        let now = self.guard(|tables| tables.records.get(key))?.unwrap_or_default();
        let mut after = version(&key, &now)?;
        let mut edits = Vec::with_capacity(versions.len());
        for (seq, before) in versions.into_iter().rev() {
            let edit = Edit { id: record, after: std::mem::replace(&mut after, before.clone()), before };
            edits.push((self.head(seq)?.step, edit));
        }
        edits.reverse();
        Ok(edits)
    }

    /// Whether a capture has been taken in.
    pub(super) fn seen(&self, capture: ContactId) -> Result<bool, Fault> {
        self.guard(|tables| tables.captures.contains_key(capture.0.as_bytes()))
    }

    /// A commit as the journal writes it; `None` where it was lost.
    pub(super) fn with_change<T>(
        &self,
        seq: u64,
        run: impl FnOnce(Option<&Change<'_>>) -> T,
    ) -> Result<T, Fault> {
        let Some(head) = self.guard(|tables| tables.commits.get(seq.to_be_bytes()))? else {
            return Ok(run(None));
        };
        records::open_head(&head)?;
        let keys = self.touched(seq)?;
        let mut versions = Vec::with_capacity(keys.len());
        for (place, key) in keys.iter().enumerate() {
            let sealed = self.after(key, seq, place as u32)?;
            // Whatever the tree hands to the journal is checked first: it is about to become the source.
            version(key, &sealed)?;
            versions.push(sealed);
        }
        let edits = keys
            .iter()
            .zip(&versions)
            .map(|(key, sealed)| (*key, (!sealed.is_empty()).then_some(sealed.as_ref())))
            .collect();
        Ok(run(Some(&Change { head: &head, edits })))
    }

    /// The version that an edit left: what the next edit displaced, else the record as it is; empty if none.
    fn after(&self, key: &Key, seq: u64, place: u32) -> Result<IVec, Fault> {
        let next = history_key(key, seq, place + 1);
        let mut later = self.history.range(next..=history_key(key, u64::MAX, u32::MAX));
        if let Some((_, sealed)) = self.guard(|_| later.next().transpose())? {
            return Ok(sealed);
        }
        Ok(self.guard(|tables| tables.records.get(key))?.unwrap_or_default())
    }

    fn touched(&self, seq: u64) -> Result<Vec<Key>, Fault> {
        let sealed = self
            .guard(|tables| tables.touched.get(seq.to_be_bytes()))?
            .ok_or_else(|| Fault::Damaged(format!("commit {seq} no longer says what it touched")))?;
        let (_, payload) = codec::open(&sealed, TOUCHED_SCHEMA)?;
        Ok(payload.chunks_exact(size_of::<Key>()).filter_map(|key| key.try_into().ok()).collect())
    }

    fn head(&self, seq: u64) -> Result<Head, Fault> {
        let sealed = self
            .guard(|tables| tables.commits.get(seq.to_be_bytes()))?
            .ok_or_else(|| Fault::Damaged(format!("commit {seq} is gone")))?;
        records::open_head(&sealed)
    }

    /// Writes everything out. Commits are safe before, in the journal; this only shortens the next opening.
    pub(super) fn flush(&self) -> Result<(), Fault> {
        self.guard(|tables| tables.db.flush().map(|_| ()))
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

fn history_key(key: &Key, seq: u64, place: u32) -> [u8; 29] {
    let mut full = [0; 29];
    full[..17].copy_from_slice(key);
    full[17..25].copy_from_slice(&seq.to_be_bytes());
    full[25..].copy_from_slice(&place.to_be_bytes());
    full
}

fn number(bytes: &[u8]) -> Result<u64, Fault> {
    let bytes = bytes.try_into().map_err(|_| Fault::Damaged("a number of the wrong length".into()))?;
    Ok(u64::from_be_bytes(bytes))
}

fn version(key: &Key, sealed: &[u8]) -> Result<Option<Record>, Fault> {
    if sealed.is_empty() { Ok(None) } else { records::open(key, sealed).map(Some) }
}

/// One record's part of the sum: its key and checksum, stirred (the finaliser of `SplitMix64`, Steele et al. 2014).
fn mix(key: &[u8], sealed: &[u8]) -> u64 {
    let sum = u64::from(codec::sum(sealed).unwrap_or(0));
    let mut mixed = sum << 32 | u64::from(crc32fast::hash(key));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
