//! Work too long for one go: imports, and taking back or doing again a big step.
//!
//! It is committed in chunks of at most [`CHUNK`] edits that share one step; between two chunks the writer does
//! other jobs. While an import is written everything but undo, redo and a second import is done meanwhile,
//! and what the user changes in that time wins over the import. While a step is taken back or done again only
//! questions are answered, so that its plan, checked as a whole, holds to the end.

use std::sync::atomic::Ordering;
use std::vec;

use super::{Caller, undo};
use crate::domain::book::Book;
use crate::domain::change::{Edit, Record, Step};
use crate::domain::id::ContactId;
use crate::domain::problem::{Brief, Problem};
use crate::protocol::{Imported, Job, Reply};

/// Edits of one commit.
pub(super) const CHUNK: usize = 1_000;

/// People named in a reply.
const NAMED: usize = 10;

/// What an import is about to do: read, compared with the book, nothing changed yet.
#[derive(Debug)]
pub(super) struct Planned {
    pub caller: Caller,
    pub step: Step,
    pub outcome: Result<(Vec<Edit>, Imported), Problem>,
}

/// Work under way.
pub(super) enum Long {
    /// The files of an import are being read on another thread.
    Reading,
    /// Chunks are being committed.
    Writing(Box<Work>),
}

/// A step that is committed in chunks.
pub(super) struct Work {
    pub caller: Caller,
    pub step: Step,
    pub total: usize,
    pub done: usize,
    edits: vec::IntoIter<Edit>,
    outcome: Outcome,
    committed: usize,
}

enum Outcome {
    Import(Box<Tally>),
    Turn { people: Vec<Brief> },
}

/// What an import has really done, should it not do all.
struct Tally {
    imported: Imported,
    new: usize,
    /// Whether a need stood open before: one that comes with the people is no news to anybody.
    awaited: bool,
    newcomers: Vec<ContactId>,
    changed: usize,
    others: usize,
    overtaken: bool,
}

impl Work {
    /// An import that has been planned.
    pub(super) fn import(caller: Caller, step: Step, edits: Vec<Edit>, imported: Imported) -> Self {
        let tally = Tally {
            imported,
            new: 0,
            awaited: false,
            newcomers: Vec::new(),
            changed: 0,
            others: 0,
            overtaken: false,
        };
        Self::new(caller, step, edits, Outcome::Import(Box::new(tally)))
    }

    /// A step taken back or done again.
    pub(super) fn turn(caller: Caller, step: Step, edits: Vec<Edit>) -> Self {
        let people = people(&edits);
        Self::new(caller, step, edits, Outcome::Turn { people })
    }

    fn new(caller: Caller, step: Step, edits: Vec<Edit>, outcome: Outcome) -> Self {
        let total = edits.len();
        Self { caller, step, total, done: 0, edits: edits.into_iter(), outcome, committed: 0 }
    }

    /// Whether a job must wait until this work is over.
    pub(super) fn holds_up(&self, job: &Job) -> bool {
        matches!(self.outcome, Outcome::Turn { .. }) && !job.is_question() || Long::holds_up_always(job)
    }

    /// The edits of the next chunk, fitted to the book as it is now; `None` when all is done or the asker wants no
    /// more of it.
    pub(super) fn next_chunk(&mut self, book: &Book) -> Option<Vec<Edit>> {
        if let Outcome::Import(tally) = &mut self.outcome
            && self.caller.cancelled.load(Ordering::Relaxed)
        {
            tally.imported.cancelled = !self.edits.as_slice().is_empty();
            return None;
        }
        if let (0, Outcome::Import(tally)) = (self.done, &mut self.outcome) {
            tally.awaited = book.has_open_need();
        }
        let taken: Vec<Edit> = self.edits.by_ref().take(CHUNK).collect();
        if taken.is_empty() {
            return None;
        }
        self.done += taken.len();
        let Outcome::Import(tally) = &mut self.outcome else { return Some(taken) };
        // Edits of one chunk may build on each other, as when two files tell of one person.
        let mut ahead = book.clone();
        let mut fitted = Vec::with_capacity(taken.len());
        for edit in taken {
            let planned = edit.clone();
            match undo::rebase(&ahead, edit) {
                Ok(Some(edit)) if ahead.apply(&edit).is_ok() => {
                    tally.note(&edit);
                    fitted.push(edit);
                }
                Ok(None) if planned.before == planned.after => {}
                _ => tally.overtaken = true,
            }
        }
        Some(fitted)
    }

    /// Takes note of a commit.
    pub(super) fn committed(&mut self, edits: usize) {
        self.committed += edits;
    }

    /// The reply that all is done, or as much as was wanted; and whom it brought to needs that stood open.
    pub(super) fn finish(self) -> (Caller, Reply, Vec<ContactId>) {
        let changed = self.committed > 0;
        let mut newcomers = Vec::new();
        let reply = match self.outcome {
            Outcome::Import(mut tally) => {
                newcomers = std::mem::take(&mut tally.newcomers);
                let mut imported = tally.settle();
                imported.step = changed.then_some(self.step.id);
                Reply::Imported(Box::new(imported))
            }
            Outcome::Turn { people } => {
                Reply::Changed { step: Some(self.step), people, count: self.committed }
            }
        };
        (self.caller, reply, newcomers)
    }

    /// Replies that it could not be done.
    pub(super) fn fail(self, problem: Problem) {
        self.caller.reply(Err(problem));
    }
}

impl Long {
    /// Whether a job must wait until this work is over.
    pub(super) fn holds_up(&self, job: &Job) -> bool {
        match self {
            Self::Reading => Self::holds_up_always(job),
            Self::Writing(work) => work.holds_up(job),
        }
    }

    fn holds_up_always(job: &Job) -> bool {
        match job {
            Job::Undo | Job::Redo | Job::UndoStep { .. } => true,
            // Two imports at once could both take the same person for new.
            Job::Import(import) => !import.dry_run,
            _ => false,
        }
    }
}

impl Tally {
    fn note(&mut self, edit: &Edit) {
        match (&edit.before, &edit.after) {
            (None, Some(Record::Contact(contact))) => {
                self.new += 1;
                if self.awaited {
                    self.newcomers.push(contact.id);
                }
            }
            (Some(Record::Contact(_)), Some(_)) => self.changed += 1,
            _ => self.others += 1,
        }
    }

    /// The planned figures when all was done as planned, else those of what was done.
    fn settle(self) -> Imported {
        let mut imported = self.imported;
        if imported.cancelled || self.overtaken {
            imported.new = self.new;
            imported.changed = self.changed;
            imported.others = self.others;
        }
        imported
    }
}

/// The first few people whom edits touch.
pub(super) fn people(edits: &[Edit]) -> Vec<Brief> {
    let contacts = edits.iter().filter_map(|edit| match edit.after.as_ref().or(edit.before.as_ref()) {
        Some(Record::Contact(contact)) => Some(Brief::from(contact.as_ref())),
        _ => None,
    });
    contacts.take(NAMED).collect()
}
