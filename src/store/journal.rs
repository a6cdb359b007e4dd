//! The journal: every commit, appended and synced before it is acknowledged. The source from which everything
//! else in the store can be built again.
//!
//! It is a folder of segments named by the number of their first commit. A segment is closed when it
//! passes the size limit, and never written again. All segments are kept: as long as there are no verified snapshots,
//! nothing else could rebuild a damaged tree.
//!
//! Invariants: numbers count up by one from 1; a commit of several frames counts only when its last frame is there;
//! nothing is appended behind bytes that are not a whole frame.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::fault::{At, Fault};
use super::files;
use super::frame::{self, Change, Found, Frames, SEGMENT_HEADER};

/// The journal, open for appending.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    path: PathBuf,
    file: File,
    /// Bytes of the last segment.
    length: u64,
    /// Number of the last commit.
    last: u64,
    /// Size from which the next commit begins a new segment.
    limit: u64,
}

/// What the last segment looks like, before anything is touched.
#[derive(Debug)]
pub(super) struct Survey {
    segment: PathBuf,
    /// Where its last whole commit ends.
    keep: u64,
    /// Number of the first commit of the whole journal.
    pub(super) first: u64,
    /// Number of the last whole commit.
    pub(super) last: u64,
    /// Bytes behind it that a crash left: a commit that was never acknowledged.
    pub(super) torn: u64,
    /// Bytes that were whole once and no longer are.
    pub(super) damaged: bool,
}

/// How a walk through the journal went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Walk {
    /// Commits that should be there and are not.
    pub(super) lost: u64,
    /// Something in it is damaged.
    pub(super) damaged: bool,
}

/// Segments, first to last: number of the first commit and path.
pub(super) fn segments(folder: &Path) -> Result<Vec<(u64, PathBuf)>, Fault> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).at(folder),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.at(folder)?.path();
        if path.extension().is_some_and(|end| end == "log")
            && let Some(first) = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok())
        {
            found.push((first, path));
        }
    }
    found.sort();
    Ok(found)
}

fn segment_path(folder: &Path, first: u64) -> PathBuf {
    folder.join(format!("{first:020}.log"))
}

/// Looks at the last segment; `None` when there is no segment at all.
pub(super) fn survey(folder: &Path) -> Result<Option<Survey>, Fault> {
    let segments = segments(folder)?;
    let (Some((first, _)), Some((start, segment))) = (segments.first(), segments.last()) else {
        return Ok(None);
    };
    let bytes = fs::read(segment).at(segment)?;
    let mut survey = Survey {
        segment: segment.clone(),
        keep: SEGMENT_HEADER as u64,
        first: *first,
        last: start.saturating_sub(1),
        torn: 0,
        damaged: false,
    };
    if !frame::check_segment(&bytes, *start)? {
        // A crash while the segment was being made leaves less than its header, or nothing but zeros.
        survey.damaged = bytes.len() > SEGMENT_HEADER && bytes.iter().any(|byte| *byte != 0);
    }
    let mut seen = survey.last;
    let mut tail = survey.keep as usize;
    for found in Frames::of(&bytes) {
        match found {
            Found::Frame { seq, more, end, .. } => {
                survey.damaged |= seq != seen + 1;
                seen = seq;
                if !more {
                    survey.last = seq;
                    survey.keep = end as u64;
                }
                tail = end;
            }
            Found::Bad(range) if range.end == bytes.len() => {
                survey.damaged |= !frame::is_torn(&bytes[range.start..]);
            }
            Found::Bad(_) => survey.damaged = true,
        }
    }
    debug_assert!(tail as u64 >= survey.keep, "the tail begins where the last whole commit ends");
    survey.torn = (bytes.len() as u64).saturating_sub(survey.keep);
    Ok(Some(survey))
}

/// Takes a commit: its number, and what it changed, `None` where that was lost to damage before.
pub(super) type Each<'a> = dyn FnMut(u64, Option<&Change<'_>>) -> Result<(), Fault> + 'a;

/// Gives every whole commit after `after`, oldest first, and says what is missing.
pub(super) fn walk(folder: &Path, after: u64, each: &mut Each<'_>) -> Result<Walk, Fault> {
    let segments = segments(folder)?;
    // The last segment that begins at or before the first commit wanted.
    let from = segments.iter().rposition(|(first, _)| *first <= after + 1).unwrap_or(0);
    let mut walk = Walk::default();
    let mut last = after;
    for (at, (start, segment)) in segments.iter().enumerate().skip(from) {
        let newest = at + 1 == segments.len();
        let bytes = fs::read(segment).at(segment)?;
        walk.damaged |= !frame::check_segment(&bytes, *start)?;
        // A commit in several frames is held back until its last frame is seen.
        let mut held = Vec::new();
        let mut whole = Vec::new();
        for found in Frames::of(&bytes) {
            match found {
                Found::Frame { seq, more, change, .. } => {
                    held.push((seq, change));
                    if !more {
                        whole.append(&mut held);
                    }
                }
                Found::Bad(range) => {
                    let torn = newest && range.end == bytes.len() && frame::is_torn(&bytes[range.start..]);
                    walk.damaged |= !torn;
                }
            }
        }
        if !newest {
            // Commits never span segments: this one had been acknowledged, and its end is damaged.
            whole.append(&mut held);
        }
        for (seq, change) in &whole {
            if *seq <= last {
                continue;
            }
            let missing = seq - last - 1;
            walk.lost += missing;
            walk.damaged |= missing > 0;
            each(*seq, change.as_ref())?;
            last = *seq;
        }
    }
    Ok(walk)
}

impl Journal {
    /// Begins a journal whose first commit will be `first`.
    pub(super) fn create(folder: &Path, first: u64, limit: u64) -> Result<Self, Fault> {
        files::make_folder(folder).at(folder)?;
        let (path, file) = begin_segment(folder, first)?;
        Ok(Self {
            folder: folder.to_owned(),
            path,
            file,
            length: SEGMENT_HEADER as u64,
            last: first - 1,
            limit,
        })
    }

    /// Opens the journal for appending and cuts off what was never acknowledged.
    pub(super) fn resume(folder: &Path, survey: &Survey, limit: u64) -> Result<Self, Fault> {
        let path = survey.segment.clone();
        let mut file = files::options().read(true).open(&path).at(&path)?;
        let length = file.metadata().at(&path)?.len();
        if length < SEGMENT_HEADER as u64 || survey.keep == SEGMENT_HEADER as u64 {
            // The segment holds nothing yet, so its header may have been torn too.
            file.set_len(0).at(&path)?;
            file.write_all(&frame::segment_header(survey.last + 1)).at(&path)?;
            file.sync_all().at(&path)?;
        } else if length > survey.keep {
            file.set_len(survey.keep).at(&path)?;
            file.sync_all().at(&path)?;
        }
        let file = fs::OpenOptions::new().append(true).open(&path).at(&path)?;
        Ok(Self { folder: folder.to_owned(), path, file, length: survey.keep, last: survey.last, limit })
    }

    /// Number of the last commit.
    pub(super) fn last(&self) -> u64 {
        self.last
    }

    /// Appends the frames of one commit, of which `last` is the highest number, and syncs them. On failure
    /// nothing more may be appended; what got there is judged at the next opening.
    pub(super) fn append(&mut self, frames: &[u8], last: u64) -> Result<(), Fault> {
        if self.length >= self.limit {
            (self.path, self.file) = begin_segment(&self.folder, self.last + 1)?;
            self.length = SEGMENT_HEADER as u64;
        }
        if let Err(error) = self.file.write_all(frames) {
            // Best effort: a half frame is recognised and cut at the next opening anyway.
            let _ = self.file.set_len(self.length);
            return Err(error).at(&self.path);
        }
        self.file.sync_data().at(&self.path)?;
        self.length += frames.len() as u64;
        self.last = last;
        Ok(())
    }
}

fn begin_segment(folder: &Path, first: u64) -> Result<(PathBuf, File), Fault> {
    let path = segment_path(folder, first);
    let mut file = files::options().create_new(true).open(&path).at(&path)?;
    file.write_all(&frame::segment_header(first)).at(&path)?;
    file.sync_all().at(&path)?;
    files::sync_folder(folder).at(folder)?;
    let file = fs::OpenOptions::new().append(true).open(&path).at(&path)?;
    Ok((path, file))
}
