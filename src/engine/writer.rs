//! The one thread that owns the store and makes every change.
//!
//! A change goes one way only: edits are tried on a copy of the book, committed to the store (on disk on return),
//! then the copy becomes the book, the index follows, the snapshot is published, and last the asker gets its
//! reply. A failure at any point leaves book, index and snapshot as they were.

use std::collections::{HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use super::cards::{self, Desk};
use super::jobs::{self, Change, View};
use super::long::{self, CHUNK, Long, Planned, Work};
use super::readers::Readers;
use super::undo::{self, Way};
use super::{Caller, Message, Options, Request, TellAnyway, ingest};
use crate::domain::book::Book;
use crate::domain::change::{Course, Edit, RecordId, Step, UndoStack};
use crate::domain::id::{ContactId, StepId};
use crate::domain::problem::Problem;
use crate::insight::Snapshot;
use crate::insight::search::Index;
use crate::protocol::{Capture, Import, Job, Notice, PastStep, Reply};
use crate::spool::Stamp;
use crate::store::{Commit, OpenReport, Options as StoreOptions, Store};

/// After so long without a change, the index is written for the next start.
const IDLE: Duration = Duration::from_secs(20);
/// How often a store that is in use is tried again.
const AGAIN: Duration = Duration::from_millis(10);
/// While chunks are committed or records read, a new snapshot is told of so often at most.
const BETWEEN_SNAPSHOTS: Duration = Duration::from_millis(150);

/// What the writer works with.
pub(super) struct Context {
    pub options: Options,
    pub news: Arc<dyn Fn(Notice) + Send + Sync>,
    pub readers: Arc<Readers>,
    pub inbox: Sender<Message>,
}

/// Opens the store and works until told to stop.
pub(super) fn run(context: Context, messages: &Receiver<Message>, told: &TellAnyway) {
    let (store, report) = match open(&context.options) {
        Ok(opened) => opened,
        Err(problem) => {
            told.0.tell(Err(problem.clone()));
            return refuse(&context, messages, &problem);
        }
    };
    told.0.tell(Ok(()));
    let mut writer = Writer::new(context, store);
    if let Some(problem) = report.problem() {
        (writer.context.news)(Notice::Trouble(problem));
    }
    if let Err(problem) = writer.load() {
        return refuse(&writer.context, messages, &problem);
    }
    writer.guarded(ingest::drain);
    writer.serve(messages);
    writer.close();
}

/// Opens the store, waiting as long as is wanted for another process that has it open, most likely just finishing.
fn open(options: &Options) -> Result<(Store, OpenReport), Problem> {
    let until = Instant::now() + options.patience;
    loop {
        match Store::open(&options.dir, &StoreOptions::default()) {
            Err(Problem::StoreLocked { .. }) if Instant::now() < until => thread::sleep(AGAIN),
            opened => return opened,
        }
    }
}

/// Replies to every job with the problem that keeps the store shut.
fn refuse(context: &Context, messages: &Receiver<Message>, problem: &Problem) {
    (context.news)(Notice::Trouble(problem.clone()));
    for message in messages {
        match message {
            Message::Ask(request) => request.caller.reply(Err(problem.clone())),
            Message::Stop => return,
            Message::Ingest | Message::Planned(_) | Message::Card(_) => {}
        }
    }
}

/// The state of the thread.
pub(super) struct Writer {
    pub(super) context: Context,
    pub(super) store: Store,
    pub(super) book: Book,
    index: Arc<Index>,
    /// All steps, oldest first.
    steps: Vec<(Step, usize)>,
    stack: UndoStack,
    taken_back: HashSet<StepId>,
    long: Option<Long>,
    /// Jobs that wait until the long work is over.
    waiting: VecDeque<Request>,
    /// Cards on their way to being read.
    cards: Desk,
    /// The last change that the index on disk lacks.
    unwritten: Option<Instant>,
    told: Option<Instant>,
    /// What the spool looked like when it was last emptied.
    pub(super) spool: Stamp,
    /// The last commit failed; the spool waits for a better day.
    broken: bool,
}

impl Writer {
    fn new(context: Context, store: Store) -> Self {
        Self {
            context,
            store,
            book: Book::default(),
            index: Arc::default(),
            steps: Vec::new(),
            stack: UndoStack::default(),
            taken_back: HashSet::new(),
            long: None,
            waiting: VecDeque::new(),
            cards: Desk::default(),
            unwritten: None,
            told: None,
            spool: Stamp::default(),
            broken: false,
        }
    }

    /// Reads everything. The index of the last run serves searches until the records are there.
    fn load(&mut self) -> Result<(), Problem> {
        let kept = self.store.read_index().and_then(|(seq, bytes)| Some((seq, Index::from_bytes(&bytes)?)));
        let fresh = kept.as_ref().is_some_and(|(seq, _)| *seq == self.store.seq());
        if let Some((_, index)) = kept {
            self.index = Arc::new(index);
            self.publish(false);
        }
        let mut told = Instant::now();
        let (book, readers, news) = (&mut self.book, &self.context.readers, &self.context.news);
        let index = &self.index;
        self.store.load(&mut |record| {
            book.put(record);
            if told.elapsed() >= BETWEEN_SNAPSHOTS {
                let snapshot = Snapshot {
                    book: Arc::new(book.clone()),
                    index: Arc::clone(index),
                    loaded: false,
                    roll: None,
                };
                readers.publish(snapshot.clone());
                news(Notice::Book(snapshot));
                told = Instant::now();
            }
        })?;
        if !fresh {
            self.index = Arc::new(Index::build(&self.book));
            self.unwritten = Some(Instant::now());
        }
        for head in self.store.steps()? {
            self.note(head.step, head.edits);
        }
        self.finish_turn()?;
        self.publish(true);
        Ok(())
    }

    /// Goes on with a big step that was being taken back, or done again, when the process ended: half of it is
    /// nothing that anybody asked for. All chunks but the last are full, which tells such a step; one that was
    /// finished all the same leaves nothing to do here.
    fn finish_turn(&mut self) -> Result<(), Problem> {
        let (step, of, way) = match self.steps.last() {
            Some((step, count)) if *count > 0 && count.is_multiple_of(CHUNK) => match step.course {
                Course::Do => return Ok(()),
                Course::Undo(of) => (step.clone(), of, Way::Back),
                Course::Redo(of) => (step.clone(), of, Way::Again),
            },
            _ => return Ok(()),
        };
        // What stands in the way now did so before the first chunk, or was made by hand since: then it stays.
        let Ok(edits) = undo::plan(&self.book, &self.store.edits_of(of)?, way) else { return Ok(()) };
        edits.chunks(CHUNK).try_for_each(|chunk| self.commit(&step, chunk, Vec::new()))
    }

    fn serve(&mut self, messages: &Receiver<Message>) {
        let mut stopping = false;
        loop {
            if self.long.is_none()
                && let Some(request) = self.waiting.pop_front()
            {
                self.guarded(|writer| writer.ask(request));
                continue;
            }
            let may_change = self.long.as_ref().is_none_or(|long| !long.holds_up(&Job::Ingest));
            if may_change && let Some(card) = self.cards.next() {
                self.guarded(|writer| writer.take_card(*card));
                continue;
            }
            let writing = matches!(self.long, Some(Long::Writing(_)));
            let idle = self.long.is_none() && self.cards.is_empty();
            let message = if writing || stopping && idle {
                match messages.try_recv() {
                    Ok(message) => message,
                    Err(TryRecvError::Empty) if writing => {
                        self.guarded(Self::advance);
                        continue;
                    }
                    Err(_) => return,
                }
            } else {
                match messages.recv_timeout(IDLE) {
                    Ok(message) => message,
                    Err(RecvTimeoutError::Timeout) => {
                        self.guarded(Self::rest);
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            };
            match message {
                Message::Ask(request) => self.guarded(|writer| writer.ask(request)),
                // Screens ask for it on every tick, so the inbox alone never tells that there is nothing to do.
                Message::Ingest => {
                    self.guarded(ingest::drain);
                    self.guarded(Self::rest);
                }
                Message::Planned(planned) => self.guarded(|writer| writer.begin_import(*planned)),
                Message::Card(card) => self.cards.finished(card),
                Message::Stop => stopping = true,
            }
        }
    }

    /// Does one piece of work. A panic in it ends that piece, not the thread: its answer is dropped, which
    /// replies, and the state is that of the last commit, since a piece owns all else that it works on.
    fn guarded(&mut self, piece: impl FnOnce(&mut Self)) {
        let _ = catch_unwind(AssertUnwindSafe(|| piece(self)));
    }

    fn close(mut self) {
        self.guarded(Self::write_index);
        if let Err(problem) = self.store.close() {
            (self.context.news)(Notice::Trouble(problem));
        }
    }

    /// Uses a quiet moment: writes the index when nothing has changed for a while.
    fn rest(&mut self) {
        if self.long.is_none() && self.unwritten.is_some_and(|last| last.elapsed() >= IDLE) {
            self.write_index();
        }
    }

    fn write_index(&mut self) {
        if self.unwritten.is_none() || self.broken {
            return;
        }
        // Without it the next start takes longer, nothing else; on a full disk, say, it is tried again later.
        let written = self.store.write_index(&self.index.to_bytes());
        self.unwritten = written.is_err().then(Instant::now);
    }

    fn ask(&mut self, request: Request) {
        if self.long.as_ref().is_some_and(|long| long.holds_up(&request.job)) {
            self.waiting.push_back(request);
            return;
        }
        let Request { job, caller } = request;
        match job {
            Job::Search { .. } => self.context.readers.search(Request { job, caller }),
            Job::Who(_) => self.context.readers.who(Request { job, caller }),
            Job::Find { .. }
            | Job::Today
            | Job::Export { .. }
            | Job::Duplicates { .. }
            | Job::Alike { .. }
            | Job::Merge { dry_run: true, .. }
            | Job::Markets { .. }
            | Job::Market { .. }
            | Job::Path { .. }
            | Job::Around { .. }
            | Job::Inferred { .. }
            | Job::Crossings(_)
            | Job::Stats
            | Job::Needs { .. }
            | Job::Need { .. }
            | Job::CouldUse { .. }
            | Job::AnsweredBy { .. }
            | Job::AnsweredByCard { .. }
            | Job::ProposeValues { .. }
            | Job::Lexicon(_)
            | Job::Me { text: None, .. } => {
                self.question(Request { job, caller });
            }
            Job::Import(import) => self.read_import(import, caller),
            Job::ReadCard(card) => {
                let (snapshot, inbox) = (self.snapshot(true), &self.context.inbox);
                self.cards.read(card, caller, snapshot, &self.context.options, inbox);
            }
            Job::Kept { hash } => {
                let dir = self.context.options.dir.clone();
                self.context.readers.spawn(move || caller.reply(cards::kept(&dir, &hash)));
            }
            Job::Undo => self.turn_newest(Way::Back, caller),
            Job::Redo => self.turn_newest(Way::Again, caller),
            Job::UndoStep { step } => self.turn_step(step, caller),
            Job::Show { who } => caller.reply(self.show(&who)),
            Job::History { who, limit } => caller.reply(self.history(who.as_deref(), limit)),
            Job::Ingest => {
                ingest::drain(self);
                caller.reply(Ok(Reply::Done));
            }
            Job::Cancel { .. } => caller.reply(Ok(Reply::Done)),
            Job::SettleMarket { .. } | Job::EditMarket(_) | Job::AddNeed(_) | Job::EditNeed(_) => {
                self.change_markets(job, caller);
            }
            Job::Capture(_) => self.capture(job, caller),
            Job::AnswerIntroduction(_) => self.answer_introduction(job, caller),
            job => caller.reply(self.change(job)),
        }
    }

    /// Hands a question to the readers, with the newest snapshot.
    fn question(&self, request: Request) {
        let (snapshot, options) = (self.snapshot(true), self.context.options.clone());
        let kept = self.context.readers.kept.clone();
        self.context.readers.spawn(move || jobs::questions::answer(request, &snapshot, &options, &kept));
    }

    /// Whether nothing keeps captures from being taken in.
    pub(super) fn takes_captures(&self) -> bool {
        !self.broken && self.long.as_ref().is_none_or(|long| !long.holds_up(&Job::Ingest))
    }

    pub(super) fn view(&self) -> View<'_> {
        View::new(&self.book, &self.index, &self.context.options)
    }

    pub(super) fn change(&mut self, job: Job) -> Result<Reply, Problem> {
        if let Job::Capture(line) = job {
            return self.take_in(&line);
        }
        if let Job::CaptureAll(captures) = job {
            return self.take_in_all(&captures);
        }
        let change = jobs::change(&self.view(), job)?;
        self.carry_out(change)
    }

    /// Logs one line, once: delivered again, it changes nothing.
    pub(super) fn take_in(&mut self, line: &Capture) -> Result<Reply, Problem> {
        let seen = self.store.seen(line.id)?;
        if !seen {
            self.keep_block(line)?;
        }
        let change = jobs::capture::take_in(&self.view(), line, seen);
        self.carry_out(change)
    }

    /// A block is kept before its card is committed, as a picture is.
    fn keep_block(&self, capture: &Capture) -> Result<(), Problem> {
        if jobs::capture::is_block(capture) {
            cards::keep_text(&self.context.options.dir, &capture.text)?;
        }
        Ok(())
    }

    /// Logs all people of a paste in one step; those that were delivered before are left out.
    fn take_in_all(&mut self, captures: &[Capture]) -> Result<Reply, Problem> {
        let mut new = Vec::new();
        for capture in captures {
            if !self.store.seen(capture.id)? {
                self.keep_block(capture)?;
                new.push(capture);
            }
        }
        let change = jobs::capture::take_in_all(&self.view(), &new);
        self.carry_out(change)
    }

    /// Takes what was read on a card into the pocket, once.
    fn take_card(&mut self, card: cards::Finished) {
        let cards::Finished { caller, card, outcome } = card;
        let done = outcome.and_then(|captured| {
            let change = jobs::card::take_in(&self.view(), &card, captured);
            self.carry_out(change)
        });
        self.tell(done, caller);
    }

    /// Commits a prepared change as a step of its own and words its reply.
    pub(super) fn carry_out(&mut self, change: Change) -> Result<Reply, Problem> {
        let Change { deed, subject, edits, captures, reply } = change;
        if edits.is_empty() && captures.is_empty() {
            return Ok(reply(None, &edits));
        }
        let step = Step {
            id: StepId(self.context.options.clock.mint()),
            at: self.context.options.clock.now(),
            course: Course::Do,
            deed,
            subject,
        };
        self.commit(&step, &edits, captures)?;
        self.publish(true);
        Ok(reply(Some(step), &edits))
    }

    /// The one way in which anything changes.
    fn commit(&mut self, step: &Step, edits: &[Edit], captures: Vec<ContactId>) -> Result<(), Problem> {
        let mut next = self.book.clone();
        for edit in edits {
            next.apply(edit).map_err(|conflict| undo::refusal(&self.book, conflict.id, &conflict.fields))?;
        }
        let commit = Commit { step: step.clone(), edits: edits.to_vec(), captures };
        if let Err(problem) = self.store.commit(&commit) {
            self.broken = matches!(problem, Problem::WriteFailed { .. });
            (self.context.news)(Notice::Trouble(problem.clone()));
            return Err(problem);
        }
        self.broken = false;
        let changed: Vec<RecordId> = edits.iter().map(|edit| edit.id).collect();
        self.index = Arc::new(self.index.updated(&next, &changed));
        self.book = next;
        self.unwritten = Some(Instant::now());
        self.note(step.clone(), edits.len());
        Ok(())
    }

    /// Takes note of a step, or of a further commit of one.
    fn note(&mut self, step: Step, count: usize) {
        if let Some((_, total)) = self.steps.iter_mut().rev().find(|(known, _)| known.id == step.id) {
            *total += count;
            return;
        }
        self.stack.note(&step);
        match step.course {
            Course::Do => {}
            Course::Undo(of) => drop(self.taken_back.insert(of)),
            Course::Redo(of) => drop(self.taken_back.remove(&of)),
        }
        self.steps.push((step, count));
    }

    pub(super) fn snapshot(&self, loaded: bool) -> Snapshot {
        Snapshot { book: Arc::new(self.book.clone()), index: Arc::clone(&self.index), loaded, roll: None }
    }

    fn publish(&mut self, loaded: bool) {
        let snapshot = self.snapshot(loaded);
        self.context.readers.publish(snapshot.clone());
        (self.context.news)(Notice::Book(snapshot));
        self.told = Some(Instant::now());
    }

    // Long work.

    fn read_import(&mut self, import: Import, caller: Caller) {
        let (snapshot, options) = (self.snapshot(true), self.context.options.clone());
        let (inbox, shelf) = (self.context.inbox.clone(), Arc::clone(&self.context.readers.kept.shelf));
        if !import.dry_run {
            self.long = Some(Long::Reading);
        }
        self.context.readers.spawn(move || {
            // The writer waits for the plan, so it must come even out of a panic.
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                jobs::exchange::plan(&import, &snapshot, &options, &shelf, &caller.cancelled)
            }))
            .unwrap_or(Err(Problem::Cancelled));
            if import.dry_run {
                caller.reply(outcome.map(|(_, imported)| Reply::Imported(Box::new(imported))));
                return;
            }
            let step = jobs::exchange::step(&import, &options);
            let _ = inbox.send(Message::Planned(Box::new(Planned { caller, step, outcome })));
        });
    }

    fn begin_import(&mut self, planned: Planned) {
        let Planned { caller, step, outcome } = planned;
        self.long = None;
        match outcome {
            Ok((edits, imported)) => {
                self.long = Some(Long::Writing(Box::new(Work::import(caller, step, edits, imported))));
            }
            Err(problem) => caller.reply(Err(problem)),
        }
    }

    /// Commits the next chunk.
    fn advance(&mut self) {
        let Some(Long::Writing(mut work)) = self.long.take() else { return };
        let Some(edits) = work.next_chunk(&self.book) else {
            self.publish(true);
            let (caller, reply, newcomers) = work.finish();
            self.tell_import(reply, newcomers, caller);
            return;
        };
        if !edits.is_empty() {
            if let Err(problem) = self.commit(&work.step, &edits, Vec::new()) {
                self.publish(true);
                work.fail(problem);
                return;
            }
            work.committed(edits.len());
        }
        if work.total > CHUNK {
            let (done, total) = (work.done as u64, work.total as u64);
            (self.context.news)(Notice::Progress { ticket: work.caller.ticket, done, total });
        }
        if self.told.is_none_or(|told| told.elapsed() >= BETWEEN_SNAPSHOTS) {
            self.publish(true);
        }
        self.long = Some(Long::Writing(work));
    }

    // Undo and redo.

    fn turn_newest(&mut self, way: Way, caller: Caller) {
        let target = match way {
            Way::Back => self.stack.to_undo().ok_or(Problem::NothingToUndo),
            Way::Again => self.stack.to_redo().ok_or(Problem::NothingToRedo),
        };
        self.turn(target.map(|step| (step, way)), caller);
    }

    /// Takes back one step. Taking back an undo is a redo, and the other way round.
    fn turn_step(&mut self, step: StepId, caller: Caller) {
        let known = self.steps.iter().find(|(known, _)| known.id == step).map(|(step, _)| step.course);
        let target = match known {
            Some(Course::Do) if !self.taken_back.contains(&step) => Ok((step, Way::Back)),
            Some(Course::Redo(of)) if !self.taken_back.contains(&of) => Ok((of, Way::Back)),
            Some(Course::Undo(of)) if self.taken_back.contains(&of) => Ok((of, Way::Again)),
            _ => Err(Problem::NothingToUndo),
        };
        self.turn(target, caller);
    }

    fn turn(&mut self, target: Result<(StepId, Way), Problem>, caller: Caller) {
        let planned = target.and_then(|(of, way)| {
            let edits = undo::plan(&self.book, &self.store.edits_of(of)?, way)?;
            Ok((of, way, edits))
        });
        let (of, way, edits) = match planned {
            Ok(planned) => planned,
            Err(problem) => return caller.reply(Err(problem)),
        };
        let original = self.steps.iter().find(|(step, _)| step.id == of).map(|(step, _)| step);
        let Some(original) = original else { return };
        let step = Step {
            id: StepId(self.context.options.clock.mint()),
            at: self.context.options.clock.now(),
            course: if way == Way::Back { Course::Undo(of) } else { Course::Redo(of) },
            deed: original.deed,
            subject: original.subject.clone(),
        };
        if edits.len() > CHUNK {
            self.long = Some(Long::Writing(Box::new(Work::turn(caller, step, edits))));
            return;
        }
        // Even with nothing left to change the step counts as taken back, or undo would stop at it for ever.
        let done = self.commit(&step, &edits, Vec::new()).map(|()| {
            self.publish(true);
            Reply::Changed { people: long::people(&edits), count: edits.len(), step: Some(step) }
        });
        caller.reply(done);
    }

    // Questions that need the store.

    fn show(&mut self, who: &str) -> Result<Reply, Problem> {
        let contact = self.view().who(who)?;
        let history = self.history_of(contact.id, usize::MAX)?;
        Ok(Reply::Person(Box::new(jobs::people::person(&self.book, contact, history))))
    }

    fn history(&mut self, who: Option<&str>, limit: usize) -> Result<Reply, Problem> {
        if let Some(who) = who {
            let contact = self.view().who(who)?;
            return Ok(Reply::History(self.history_of(contact.id, limit)?));
        }
        let steps = self.steps.iter().rev().take(limit).map(|(step, count)| PastStep {
            step: step.clone(),
            count: *count,
            undone: self.is_undone(step),
            fields: Vec::new(),
        });
        Ok(Reply::History(steps.collect()))
    }

    fn history_of(&mut self, id: ContactId, limit: usize) -> Result<Vec<PastStep>, Problem> {
        let past = self.store.history_of(RecordId::Contact(id))?;
        let steps = past.into_iter().rev().take(limit).map(|(step, edit)| PastStep {
            undone: self.is_undone(&step),
            count: 1,
            fields: edit.changed_fields().into_iter().map(ToOwned::to_owned).collect(),
            step,
        });
        Ok(steps.collect())
    }

    fn is_undone(&self, step: &Step) -> bool {
        step.course == Course::Do && self.taken_back.contains(&step.id)
    }
}
