//! Questions that a snapshot answers: who fits, what is due, the own card, and what a file of it holds.

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::derived::Keeper;
use super::super::readers::Kept;
use super::super::{Options, Request};
use super::{View, drawing, duplicates, markets, needs};
use crate::capture as grammar;
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::domain::problem::Problem;
use crate::exchange::native;
use crate::insight::{Snapshot, agenda, search};
use crate::protocol::{ExportForm, Job, Notice, Reply};

/// Answers a question and replies.
pub(in crate::engine) fn answer(request: Request, snapshot: &Snapshot, options: &Options, kept: &Kept) {
    let Request { job, caller } = request;
    let (shelf, keeper) = (&*kept.shelf, &*kept.keeper);
    let today = options.clock.today();
    let reply = match &job {
        Job::Find { query, limit } => {
            find(snapshot, options, keeper, query, *limit, &caller.cancelled).map(Reply::Found)
        }
        Job::Duplicates { of, limit } => {
            duplicates::list(snapshot, options, shelf, of.as_deref(), *limit, &caller.cancelled)
        }
        Job::Alike { contact, limit } => Ok(duplicates::alike(snapshot, shelf, contact, *limit)),
        Job::Merge { keep, other, choices, .. } => {
            let view = View::new(&snapshot.book, &snapshot.index, options);
            let tried = duplicates::merge(&view, keep, other, choices);
            tried.map(|change| (change.reply)(None, &change.edits))
        }
        Job::Today => {
            let mut agenda = agenda::agenda(&snapshot.book, today);
            agenda.needs = needs::news(&View::new(&snapshot.book, &snapshot.index, options), kept);
            Ok(Reply::Today(agenda))
        }
        Job::Me { .. } => Ok(Reply::Me(Arc::clone(snapshot.book.me()))),
        Job::Export { out, query, public, form } => {
            let wanted = Wanted { query: query.as_deref(), public: *public, form: *form };
            export(snapshot, options, keeper, out, wanted, &caller.cancelled)
        }
        Job::Markets { .. }
        | Job::Market { .. }
        | Job::Path { .. }
        | Job::Around { .. }
        | Job::Inferred { .. }
        | Job::Crossings(_)
        | Job::Stats => markets::answer(&View::new(&snapshot.book, &snapshot.index, options), keeper, &job),
        _ => {
            let cancelled = || caller.cancelled.load(Ordering::Relaxed);
            let view = View::new(&snapshot.book, &snapshot.index, options);
            let ticket = caller.ticket;
            let progress = |done, total| {
                if let Some(news) = &kept.news {
                    news(Notice::Progress { ticket, done, total });
                }
            };
            let desk = needs::Desk { progress: &progress, ..needs::Desk::new(&view, kept, &cancelled) };
            needs::answer(&desk, job)
        }
    };
    caller.reply(reply);
}

fn find(
    snapshot: &Snapshot,
    options: &Options,
    keeper: &Keeper,
    query: &str,
    limit: Option<usize>,
    cancelled: &AtomicBool,
) -> Result<Vec<Arc<Contact>>, Problem> {
    let ids = ids(snapshot, options, keeper, query, limit, cancelled)?;
    Ok(ids.into_iter().filter_map(|id| snapshot.book.contact(id).cloned()).collect())
}

fn ids(
    snapshot: &Snapshot,
    options: &Options,
    keeper: &Keeper,
    query: &str,
    limit: Option<usize>,
    cancelled: &AtomicBool,
) -> Result<Vec<ContactId>, Problem> {
    let today = options.clock.today();
    let query = grammar::query::read(query, &super::context(options, options.lang, today)).query;
    let mut snapshot = snapshot.clone();
    if query.asks_for_markets() {
        snapshot.roll = Some(Arc::clone(keeper.of(&snapshot.book, today).roll()));
    }
    let cancelled = || cancelled.load(Ordering::Relaxed);
    let limits = search::Options { today, limit, cancelled: &cancelled };
    search::run(&snapshot, &query, &limits).ok_or(Problem::Cancelled)
}

/// What is to be written.
struct Wanted<'a> {
    query: Option<&'a str>,
    public: bool,
    form: ExportForm,
}

fn export(
    snapshot: &Snapshot,
    options: &Options,
    keeper: &Keeper,
    out: &Path,
    what: Wanted<'_>,
    cancelled: &AtomicBool,
) -> Result<Reply, Problem> {
    let wanted: Option<HashSet<ContactId>> = what
        .query
        .map(|query| ids(snapshot, options, keeper, query, None, cancelled))
        .transpose()?
        .map(|ids| ids.into_iter().collect());
    let filter = |contact: &Contact| wanted.as_ref().is_none_or(|ids| ids.contains(&contact.id));
    let write = |file: &mut dyn Write| {
        let file = &mut Stoppable { file, cancelled };
        match what.form {
            ExportForm::Native => native::export(&snapshot.book, &filter, what.public, file)
                .map(|counts| (counts.contacts, counts.others)),
            ExportForm::Dot | ExportForm::GraphMl => {
                let derived = keeper.of(&snapshot.book, options.clock.today());
                drawing::write(&derived, &filter, what.public, what.form, file)
            }
            ExportForm::Markets => {
                let records = snapshot.book.markets().map(AsRef::as_ref);
                file.write_all(markets::write_file(records).as_bytes())?;
                Ok((0, snapshot.book.markets().count()))
            }
        }
    };
    let (contacts, others) = whole(out, write).map_err(|error| {
        if cancelled.load(Ordering::Relaxed) {
            return Problem::Cancelled;
        }
        Problem::CannotWrite { path: out.to_path_buf(), detail: error.to_string() }
    })?;
    Ok(Reply::Exported { contacts, others })
}

/// Writes a file under another name beside its place, and renames it when it is whole and on disk: nobody ever
/// sees half of it, and what stood there before is replaced only by something good.
fn whole<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    // Made with mode 0600, since it holds what is nobody else's business.
    let mut temporary = tempfile::Builder::new().prefix(".openbar-").tempfile_in(&folder)?;
    let mut buffer = BufWriter::new(temporary.as_file_mut());
    let written = write(&mut buffer)?;
    buffer.flush()?;
    drop(buffer);
    temporary.as_file().sync_all()?;
    temporary.persist(path).map_err(|error| error.error)?;
    fs::File::open(&folder)?.sync_all()?;
    Ok(written)
}

/// Stops a long export once its asker no longer wants it.
struct Stoppable<'a> {
    file: &'a mut dyn Write,
    cancelled: &'a AtomicBool,
}

impl Write for Stoppable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(io::Error::other("cancelled"));
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
