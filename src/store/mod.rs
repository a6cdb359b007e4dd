//! The data folder: a journal that is the truth, a tree that answers quickly, blobs of what can be computed again.
//!
//! A commit is appended to the journal and synced; that is its acknowledgement. Then one transaction per thousand
//! edits applies it to the tree, history included. So whatever happens to the tree (sled loses its tail without a
//! word when damaged, and its flush does not survive a power cut) the journal builds it again; and since the tree keeps the whole
//! history, it writes a damaged journal again. `recovery` has the ladder.
//!
//! | file | what |
//! | --- | --- |
//! | `layout` | where everything is; generations |
//! | `lock` | one process at a time |
//! | `frame`, `journal` | commits on disk |
//! | `tables`, `history` | records and history in sled; reading history back |
//! | `recovery` | opening, rebuilding |
//! | `codec`, `frozen`, `records` | the envelope; stored structures; records to envelopes and back |
//! | `blob` | opaque checksummed files |
//! | `cards` | pictures of cards and what they say |
//! | `words` | the user's own words of the lexicon |
//! | `guard`, `fault`, `files` | sled's panics; errors; private files |
//!
//! The journal keeps all its segments. Snapshots will have their place in a file `snapshot.rs` beside these: verified
//! copies of all tables; only behind two of them may segments be removed.
//!
//! Any write error closes the store: reading goes on, writing fails until it is opened again.

#[cfg(test)]
mod arbitrary;
mod blob;
pub mod cards;
mod codec;
mod fault;
mod files;
mod frame;
mod frozen;
mod guard;
mod history;
mod journal;
mod layout;
pub mod lock;
pub mod meanings;
mod records;
mod recovery;
mod tables;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
pub mod words;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use self::fault::{At, Fault};
use self::frame::Change;
pub use self::guard::catches_panics;
use self::journal::Journal;
use self::layout::Layout;
use self::lock::Lock;
use self::records::{Head, Key};
pub use self::recovery::OpenReport;
use self::tables::Tables;
use crate::domain::change::{Edit, Record, RecordId, Step};
use crate::domain::id::{ContactId, StepId};
use crate::domain::problem::Problem;

/// Most edits in one frame and one transaction.
const BATCH: usize = 1_000;
/// Most bytes of records in one frame; a single larger record has a frame of its own.
const BATCH_BYTES: usize = 16 << 20;

/// How to open a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Memory that the tree may use for its cache, in bytes.
    pub cache: u64,
    /// Size in bytes from which the journal begins a new segment. Opening reads one segment.
    pub segment: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { cache: 64 << 20, segment: 4 << 20 }
    }
}

/// Edits that become durable together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The step they belong to; commits of one step share it.
    pub step: Step,
    /// The edits, in order. What they say was before must be what the store holds.
    pub edits: Vec<Edit>,
    /// Captures that they take in, never to be taken in again.
    pub captures: Vec<ContactId>,
}

/// A step of history, without its edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepHead {
    /// The step.
    pub step: Step,
    /// How many edits it has.
    pub edits: usize,
}

/// The open store. One process has it at a time, and within the process one owner.
#[derive(Debug)]
pub struct Store {
    layout: Layout,
    options: Options,
    report: OpenReport,
    /// Both are there except after a rebuild that failed.
    open: Option<(Journal, Tables)>,
    /// Why nothing more can be written.
    closed: Option<String>,
    // Last, so that it is given back when everything else is closed.
    _lock: Lock,
}

/// Makes every file that this process creates readable by its owner only. To be called once, at the start of `main`:
/// sled sets no modes on the files it makes.
pub fn private_umask() {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

impl Store {
    /// Opens the store in a data folder, or makes an empty one there, and says what had to be mended.
    ///
    /// # Errors
    /// [`Problem::StoreNewer`] (nothing was touched), [`Problem::StoreLocked`], [`Problem::StoreDamaged`] when neither
    /// the journal nor the tree is left, [`Problem::StoreUnavailable`] when the system refuses.
    pub fn open(data: &Path, options: &Options) -> Result<(Self, OpenReport), Problem> {
        let problem = |fault: Fault| fault.into_problem(data);
        Layout::refuse_newer(data).map_err(problem)?;
        files::make_folder(data).at(data).map_err(problem)?;
        let lock = Lock::take(&data.join("lock"))?;
        let mut layout = Layout::find_or_make(data).map_err(problem)?;
        let mut report = OpenReport::default();
        let open = recovery::open(&layout, options, &mut report).map_err(problem)?;
        layout.mark().map_err(problem)?;
        layout.fresh = false;
        let store = Self {
            layout,
            options: *options,
            report: report.clone(),
            open: Some(open),
            closed: None,
            _lock: lock,
        };
        Ok((store, report))
    }

    /// What has been mended since the store was opened, opening included.
    pub fn report(&self) -> &OpenReport {
        &self.report
    }

    /// Makes a commit durable and gives its number. An empty commit writes nothing.
    ///
    /// # Errors
    /// [`Problem::WriteFailed`] closes the store; if the commit reached the journal it is there at the next
    /// opening. [`Problem::BadInput`] for a record that is too large, with nothing written.
    pub fn commit(&mut self, commit: &Commit) -> Result<u64, Problem> {
        if let Some(detail) = &self.closed {
            return Err(Problem::WriteFailed { detail: detail.clone() });
        }
        let data = self.layout.data().to_owned();
        let parts = parts_of(commit).map_err(|fault| fault.into_problem(&data))?;
        let Some((journal, tables)) = &mut self.open else { return Err(self.unavailable()) };
        debug_assert!(tables.agrees_with(&commit.edits), "an edit starts from what the store does not hold");
        let first = journal.last() + 1;
        let last = journal.last() + parts.len() as u64;
        if parts.is_empty() {
            return Ok(last);
        }
        let mut frames = Vec::new();
        for (seq, part) in (first..).zip(&parts) {
            frame::write(&mut frames, seq, seq < last, &part.change());
        }
        let mut outcome = journal.append(&frames, last);
        if outcome.is_ok() {
            outcome =
                (first..).zip(&parts).try_for_each(|(seq, part)| tables.apply(seq, Some(&part.change())));
            if let Err(Fault::Damaged(why)) = outcome {
                // The journal has it; the tree is built again with it.
                outcome = self.rebuild(why);
            }
        }
        outcome.map(|()| last).map_err(|fault| {
            let detail = fault.to_string();
            self.closed = Some(detail.clone());
            Problem::WriteFailed { detail }
        })
    }

    /// Gives every record, one at a time. Where the tree turns out to be damaged it is built again and everything is given
    /// once more, so a record may come twice; the later one counts.
    pub fn load(&mut self, each: &mut dyn FnMut(Record)) -> Result<(), Problem> {
        self.read(|tables| tables.each_record(each))
    }

    /// How many records there are.
    pub fn len(&self) -> u64 {
        self.open.as_ref().map_or(0, |(_, tables)| tables.len())
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of the last commit; 0 before the first.
    pub fn seq(&self) -> u64 {
        self.open.as_ref().map_or(0, |(journal, _)| journal.last())
    }

    /// Every step, oldest first.
    pub fn steps(&mut self) -> Result<Vec<StepHead>, Problem> {
        self.read(|tables| {
            let mut steps: Vec<StepHead> = Vec::new();
            let mut places: HashMap<StepId, usize> = HashMap::new();
            tables.each_head(&mut |head: Head| {
                let place = *places.entry(head.step.id).or_insert_with(|| {
                    steps.push(StepHead { step: head.step, edits: 0 });
                    steps.len() - 1
                });
                steps[place].edits += head.edits as usize;
            })?;
            Ok(steps)
        })
    }

    /// The edits of a step, in the order they were made; none for a step that is not known.
    pub fn edits_of(&mut self, step: StepId) -> Result<Vec<Edit>, Problem> {
        self.read(|tables| tables.edits_of(step))
    }

    /// What happened to one record, oldest first.
    pub fn history_of(&mut self, record: RecordId) -> Result<Vec<(Step, Edit)>, Problem> {
        self.read(|tables| tables.history_of(record))
    }

    /// Whether a capture has been taken in, whatever became of its contact since.
    pub fn seen(&mut self, capture: ContactId) -> Result<bool, Problem> {
        self.read(|tables| tables.seen(capture))
    }

    /// Keeps the search index, as of the last commit.
    pub fn write_index(&self, bytes: &[u8]) -> Result<(), Problem> {
        let path = self.layout.index();
        blob::write(&path, self.seq(), bytes)
            .map_err(|error| Problem::CannotWrite { path, detail: error.to_string() })
    }

    /// The search index and the number of the commit that it reflects; `None` if there is none that can be trusted.
    pub fn read_index(&self) -> Option<(u64, Vec<u8>)> {
        blob::read(&self.layout.index()).filter(|(seq, _)| *seq <= self.seq())
    }

    /// Writes everything out and closes. Dropping the store is as safe; the next opening has more to replay.
    pub fn close(mut self) -> Result<(), Problem> {
        let Some((_, tables)) = self.open.take() else { return Ok(()) };
        let flushed = tables.flush().map_err(|fault| fault.into_problem(self.layout.data()));
        tables.close();
        flushed
    }

    fn read<T>(&mut self, mut read: impl FnMut(&Tables) -> Result<T, Fault>) -> Result<T, Problem> {
        let Some((_, tables)) = &self.open else { return Err(self.unavailable()) };
        let mut outcome = read(tables);
        if let Err(Fault::Damaged(why)) = outcome {
            outcome = self.rebuild(why).and_then(|()| match &self.open {
                Some((_, tables)) => read(tables),
                None => Err(Fault::Damaged("the rebuilt tree is gone".into())),
            });
        }
        outcome.map_err(|fault| fault.into_problem(self.layout.data()))
    }

    fn rebuild(&mut self, why: String) -> Result<(), Fault> {
        if let Some((_, tables)) = self.open.take() {
            tables.close();
        }
        self.open = Some(recovery::rebuild(&self.layout, &self.options, &mut self.report, why)?);
        Ok(())
    }

    fn unavailable(&self) -> Problem {
        Problem::StoreDamaged { path: self.folder(), detail: self.report.tree.clone().unwrap_or_default() }
    }

    fn folder(&self) -> PathBuf {
        self.layout.data().to_owned()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Some((_, tables)) = self.open.take() {
            tables.close();
        }
    }
}

/// A run of edits that fits one frame, sealed.
struct Part {
    head: Vec<u8>,
    edits: Vec<(Key, Option<Vec<u8>>)>,
}

impl Part {
    fn change(&self) -> Change<'_> {
        Change {
            head: &self.head,
            edits: self.edits.iter().map(|(key, sealed)| (*key, sealed.as_deref())).collect(),
        }
    }
}

fn parts_of(commit: &Commit) -> Result<Vec<Part>, Fault> {
    let mut runs: Vec<Vec<(Key, Option<Vec<u8>>)>> = Vec::new();
    let mut bytes = 0;
    for edit in &commit.edits {
        let sealed = match &edit.after {
            Some(record) => records::seal(record)?,
            None => None,
        };
        bytes += sealed.as_ref().map_or(0, Vec::len);
        match runs.last_mut() {
            Some(run) if run.len() < BATCH && bytes <= BATCH_BYTES => {
                run.push((records::key(edit.id), sealed));
            }
            _ => {
                bytes = sealed.as_ref().map_or(0, Vec::len);
                runs.push(vec![(records::key(edit.id), sealed)]);
            }
        }
    }
    if runs.is_empty() && !commit.captures.is_empty() {
        runs.push(Vec::new());
    }
    let mut captures = commit.captures.clone();
    runs.into_iter()
        .map(|edits| {
            let head = Head {
                step: commit.step.clone(),
                edits: edits.len() as u32,
                // The first part carries them; no part counts without the others.
                captures: std::mem::take(&mut captures),
            };
            Ok(Part { head: records::seal_head(&head)?, edits })
        })
        .collect()
}
