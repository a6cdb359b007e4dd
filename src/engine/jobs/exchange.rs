//! Imports: files read and compared with the book, on a reader's thread; nothing changes here.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::Options;
use super::market_file;
use crate::domain::book::Book;
use crate::domain::change::{Course, Deed, Edit, Record, Step};
use crate::domain::contact::Contact;
use crate::domain::id::StepId;
use crate::domain::problem::Problem;
use crate::exchange::{self, ReadOptions, intake};
use crate::insight::Snapshot;
use crate::insight::duplicates::{self, Shelf};
use crate::protocol::{Import, Imported, Move};

/// The step that an import is, with the names of its files.
pub(in crate::engine) fn step(import: &Import, options: &Options) -> Step {
    let names = import.paths.iter().filter_map(|path| path.file_name());
    let subject = names.map(|name| name.to_string_lossy().into_owned()).collect::<Vec<_>>().join(", ");
    Step {
        id: StepId(options.clock.mint()),
        at: options.clock.now(),
        course: Course::Do,
        deed: Deed::Import,
        subject,
    }
}

/// Reads the files and says what they change. Of several files, those that can be read at all are taken.
pub(in crate::engine) fn plan(
    import: &Import,
    snapshot: &Snapshot,
    options: &Options,
    shelf: &Shelf,
    cancelled: &AtomicBool,
) -> Result<(Vec<Edit>, Imported), Problem> {
    let are_markets = import.format.as_deref() == Some(exchange::MARKETS);
    let format = import.format.as_deref().filter(|_| !are_markets);
    let format = format.map(exchange::format_named).transpose()?;
    let today = options.clock.today();
    let reading = ReadOptions { format, columns: import.columns.clone(), today };
    // Each file is compared with the book as the files before it leave it.
    let mut book = snapshot.book.as_ref().clone();
    let mut edits = Vec::new();
    let mut imported = Imported { dry_run: import.dry_run, ..Imported::default() };
    let mut unreadable = Vec::new();
    for path in &import.paths {
        if are_markets || format.is_none() && market_file::is_one(path) {
            let added = market_file::add(&mut imported, &mut edits, &mut book, path, options);
            unreadable.extend(added.err());
            continue;
        }
        match read(path, &reading, cancelled) {
            Ok(batch) => add(&mut imported, &mut edits, &mut book, batch, options),
            Err(Problem::BadInput(problem)) => unreadable.push(problem),
            Err(problem) => return Err(problem),
        }
        if cancelled.load(Ordering::Relaxed) {
            return Err(Problem::Cancelled);
        }
    }
    if unreadable.len() == import.paths.len()
        && let Some(problem) = unreadable.pop()
    {
        return Err(Problem::BadInput(problem));
    }
    imported.problems.extend(unreadable);
    imported.lookalikes = lookalikes(&edits, snapshot, shelf, cancelled)?;
    if import.dry_run {
        imported.contacts = outcome(&edits);
    }
    Ok((edits, imported))
}

/// How many of those who are new look like somebody who was there before.
fn lookalikes(
    edits: &[Edit],
    snapshot: &Snapshot,
    shelf: &Shelf,
    cancelled: &AtomicBool,
) -> Result<usize, Problem> {
    let book = &snapshot.book;
    if book.contacts().next().is_none() {
        return Ok(0);
    }
    let mut blocks = None;
    let mut found = 0;
    for edit in edits {
        if let (None, Some(Record::Contact(newcomer))) = (&edit.before, &edit.after) {
            let blocks = blocks.get_or_insert_with(|| shelf.blocks(book));
            found += usize::from(duplicates::has_any(book, blocks, newcomer));
            if cancelled.load(Ordering::Relaxed) {
                return Err(Problem::Cancelled);
            }
        }
    }
    Ok(found)
}

fn read(path: &Path, reading: &ReadOptions, cancelled: &AtomicBool) -> Result<exchange::Batch, Problem> {
    let mut watch = |_: u64, _: u64| {
        if cancelled.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    exchange::read(path, reading, &mut watch)
}

fn add(
    imported: &mut Imported,
    edits: &mut Vec<Edit>,
    book: &mut Book,
    batch: exchange::Batch,
    options: &Options,
) {
    let format = batch.format.word();
    let (now, today) = (options.clock.now(), options.clock.today());
    let plan = intake::plan(book, batch, now, today, &mut || options.clock.mint());
    for edit in &plan.edits {
        if let Some(record) = &edit.after {
            book.put(record.clone());
        }
    }
    format.clone_into(&mut imported.format);
    imported.new += plan.new;
    imported.changed += plan.changed;
    imported.unchanged += plan.unchanged;
    imported.others += plan.others;
    imported.organisations += plan.organisations;
    imported.nameless += plan.nameless;
    let moves =
        plan.moves.into_iter().map(|found| Move { person: found.person, from: found.from, to: found.to });
    imported.moves.extend(moves);
    imported.problems.extend(plan.problems);
    edits.extend(plan.edits);
}

/// The contacts as the edits leave them, each once, in the order of the files.
fn outcome(edits: &[Edit]) -> Vec<Arc<Contact>> {
    let mut places = HashMap::new();
    let mut contacts: Vec<Arc<Contact>> = Vec::new();
    for edit in edits {
        if let Some(Record::Contact(contact)) = &edit.after {
            let place = *places.entry(contact.id).or_insert(contacts.len());
            match contacts.get_mut(place) {
                Some(known) => *known = Arc::clone(contact),
                None => contacts.push(Arc::clone(contact)),
            }
        }
    }
    contacts
}
