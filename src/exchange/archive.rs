//! The ZIP archive that LinkedIn sends: `Basic_…` or `Complete_…`, in any language, with or without a folder inside.
//!
//! Nothing is unpacked to disk, so names in the archive cannot point anywhere. Bombs are bounded: so many entries are
//! looked at, so much of each is read to tell what it is, and a list is read to its limit and no further.

use std::borrow::Cow;
use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Batch, ReadOptions, Watch, bad_input, linkedin, source};
use crate::domain::problem::{InputReason, Problem};
use crate::domain::time::Date;

/// Entries beyond so many are not looked at; a complete archive has about sixty.
const MAX_ENTRIES: usize = 10_000;

/// How much of an entry tells whether it is a list of connections.
const HEAD: u64 = 16 * 1024;

/// All that is unpacked to look at heads, in bytes.
const MAX_HEADS: u64 = 64_000_000;

/// Reads the list of connections in an archive; if there are several, all of them, one after another.
pub(super) fn read(
    file: impl Read + Seek,
    name: &str,
    options: &ReadOptions,
    watch: &mut Watch<'_>,
) -> Result<Batch, Problem> {
    let bad = |error: ZipError| bad_input(name, 0, InputReason::BadArchive { detail: error.to_string() });
    let mut archive = ZipArchive::new(file).map_err(bad)?;
    let mut found: Option<Batch> = None;
    let mut looked_at = 0;
    let mut failure = None;
    for index in 0..archive.len().min(MAX_ENTRIES) {
        let (path, modified) = match archive.by_index(index) {
            Ok(mut entry) => {
                let path = entry.name().map(Cow::into_owned).unwrap_or_default();
                if !entry.is_file() || !is_table(&path) || looked_at >= MAX_HEADS {
                    continue;
                }
                let mut head = Vec::new();
                let taken = entry.by_ref().take(HEAD).read_to_end(&mut head);
                looked_at += head.len() as u64;
                if let Err(error) = taken {
                    failure.get_or_insert(InputReason::BadArchive { detail: error.to_string() });
                    continue;
                }
                if !linkedin::is_connections(&source::unmarked(head)) {
                    continue;
                }
                let modified = entry
                    .last_modified()
                    .and_then(|at| Date::new(at.year() as i16, at.month() as i8, at.day() as i8).ok());
                (path, modified)
            }
            Err(error) => {
                failure.get_or_insert(InputReason::BadArchive { detail: error.to_string() });
                continue;
            }
        };
        let within = format!("{name}/{}", crate::text::clean::line(&path));
        let bytes = source::whole(archive.by_index(index).map_err(bad)?, &within)?;
        let mut batch = linkedin::read(&bytes, &within, options, watch)?;
        batch.exported_on = plausible(modified, batch.as_of, options.today);
        found = Some(match found {
            None => batch,
            Some(first) => joined(first, batch),
        });
    }
    let reason = failure.unwrap_or(InputReason::NothingKnownInside);
    let mut batch = found.ok_or_else(|| bad_input(name, 0, reason))?;
    batch.as_of = batch.exported_on.or(batch.as_of);
    Ok(batch)
}

/// Names of entries say what kind of file they are, though not which.
fn is_table(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let is_csv = file.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("csv"));
    is_csv && !file.starts_with("._")
}

/// The day that an entry was written, if it can be that of the export: not before its newest line, not after today.
fn plausible(modified: Option<Date>, newest: Option<Date>, today: Date) -> Option<Date> {
    modified.filter(|day| *day <= today && newest.is_none_or(|newest| newest <= *day))
}

fn joined(mut first: Batch, second: Batch) -> Batch {
    first.people.extend(second.people);
    first.problems.extend(second.problems);
    first.nameless += second.nameless;
    first.as_of = first.as_of.max(second.as_of);
    first.exported_on = first.exported_on.max(second.exported_on);
    first
}
