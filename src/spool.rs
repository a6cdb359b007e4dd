//! The spool: captures that wait to be taken in, one file each. Whoever captures needs neither the store nor a running
//! openbar, only this folder.
//!
//! A capture is written under a hidden name, synced, and renamed to `<id>.json`; after that it is durable and whole.
//! Whoever takes captures in first commits them, then removes the file. Its identifier becomes the contact's,
//! so a file that stays behind is recognised. A capture that cannot be understood moves to `rejected/` with a file
//! that says why; nothing here is ever deleted unread.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest text of a capture, in bytes.
pub const LONGEST_TEXT: usize = 1_000_000;
/// Largest file that is read, in bytes: JSON writes a control character as six.
const LARGEST_FILE: u64 = 8_000_000;
/// Folders stamp changes no finer than this.
const CLOCK_GRAIN: Duration = Duration::from_secs(1);

/// A capture on its way in. The file's form: JSON, unknown keys ignored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spooled {
    /// Becomes the contact's identifier.
    pub id: Uuid,
    /// When it was captured.
    pub at: Timestamp,
    /// The language that the interface spoke: `fr` or `en`.
    pub lang: String,
    /// The text, word for word.
    pub text: String,
    /// The event that a stack of cards comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<SpooledEvent>,
    /// The person stood on a pasted list: seen, perhaps not met.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub listed: bool,
}

/// The event that a stack of cards comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpooledEvent {
    /// Its name.
    pub name: String,
    /// The day the cards were collected.
    pub on: Date,
}

/// A file that waits.
#[derive(Debug)]
pub struct Waiting {
    /// Where it is; what [`remove`] and [`reject`] want.
    pub path: PathBuf,
    /// What it holds, or why it cannot be understood, in the system's or the parser's words.
    pub capture: Result<Spooled, String>,
}

/// What the folder looked like when it was last listed; [`changed`] compares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    inode: u64,
    modified: Option<SystemTime>,
    /// The folder had changed so recently that a further change may bear the same time.
    unsettled: bool,
}

/// Puts a capture into the spool; durable on return. Makes the folder where it is missing.
///
/// # Errors
/// `InvalidInput` for a text longer than [`LONGEST_TEXT`]; whatever the system says. Then nothing is there.
pub fn put(folder: &Path, capture: &Spooled) -> io::Result<()> {
    if capture.text.len() > LONGEST_TEXT {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("longer than {LONGEST_TEXT} bytes")));
    }
    make_folder(folder)?;
    let draft = folder.join(format!(".{}-{}.tmp", capture.id, std::process::id()));
    let outcome = write_synced(&draft, &serde_json::to_vec(capture)?)
        .and_then(|()| fs::rename(&draft, folder.join(format!("{}.json", capture.id))))
        .and_then(|()| sync(folder));
    if outcome.is_err() {
        // A draft without its name is never taken in; clearing it away is a courtesy.
        let _ = fs::remove_file(&draft);
    }
    outcome
}

/// What waits, oldest first. A folder that is missing holds nothing.
pub fn list(folder: &Path) -> io::Result<Vec<Waiting>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && path.extension().is_some_and(|end| end == "json") && entry.file_type()?.is_file() {
            paths.push(path);
        }
    }
    // Identifiers are UUIDv7, so names sort by time.
    paths.sort();
    Ok(paths.into_iter().map(|path| Waiting { capture: read(&path), path }).collect())
}

/// Removes a capture that has been taken in; fine if it is gone already.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Moves a capture that cannot be taken in to `rejected/`, with the reason beside it; says where it is now.
pub fn reject(path: &Path, reason: &str) -> io::Result<PathBuf> {
    let folder = path.parent().unwrap_or(Path::new(".")).join("rejected");
    make_folder(&folder)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut target = folder.join(format!("{stem}.json"));
    let mut count = 1;
    while target.symlink_metadata().is_ok() {
        count += 1;
        target = folder.join(format!("{stem}-{count}.json"));
    }
    write_synced(&target.with_extension("reason"), reason.as_bytes())?;
    fs::rename(path, &target)?;
    sync(&folder)?;
    Ok(target)
}

/// Whether the folder may hold something that was not there at the last call with this stamp; costs one `stat`.
/// Says yes once more than needed rather than once less.
pub fn changed(folder: &Path, last: &mut Stamp) -> bool {
    let now = fs::metadata(folder).map_or(Stamp::default(), |found| {
        let modified = found.modified().ok();
        let age = modified.and_then(|at| SystemTime::now().duration_since(at).ok());
        Stamp { inode: found.ino(), modified, unsettled: age.is_none_or(|age| age < CLOCK_GRAIN) }
    });
    let before = std::mem::replace(last, now);
    before.unsettled || (now.inode, now.modified) != (before.inode, before.modified)
}

fn read(path: &Path) -> Result<Spooled, String> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes))
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(format!("larger than {LARGEST_FILE} bytes"));
    }
    let capture: Spooled = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    if capture.text.len() > LONGEST_TEXT {
        return Err(format!("text longer than {LONGEST_TEXT} bytes"));
    }
    Ok(capture)
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a folder, and those above it, for their owner only, and durable.
fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        make_folder(parent)?;
    }
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    sync(parent.unwrap_or(Path::new(".")))
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use proptest::prelude::*;

    use super::*;

    fn capture(id: u128, text: &str) -> Spooled {
        Spooled {
            id: Uuid::from_u128(id),
            at: Timestamp::from_second(1_763_000_000).unwrap(),
            lang: "fr".into(),
            text: text.into(),
            event: Some(SpooledEvent { name: "Souper".into(), on: Date::constant(2025, 11, 20) }),
            listed: id.is_multiple_of(2),
        }
    }

    fn texts(folder: &Path) -> Vec<String> {
        list(folder).unwrap().into_iter().map(|waiting| waiting.capture.unwrap().text).collect()
    }

    #[test]
    fn captures_come_out_in_order_and_drafts_never() {
        let base = tempfile::tempdir().unwrap();
        let folder = base.path().join("data/spool");
        assert!(list(&folder).unwrap().is_empty());
        for (id, text) in [(3, "c"), (1, "a"), (2, "b")] {
            put(&folder, &capture(id, text)).unwrap();
        }
        fs::write(folder.join(".draft.json"), "{").unwrap();
        fs::write(folder.join("0.tmp"), "{").unwrap();
        fs::create_dir(folder.join("0.json")).unwrap();
        assert_eq!(texts(&folder), ["a", "b", "c"]);
        let first = list(&folder).unwrap().swap_remove(0);
        assert_eq!(first.capture.unwrap(), capture(1, "a"));
        remove(&first.path).unwrap();
        remove(&first.path).unwrap();
        assert_eq!(texts(&folder), ["b", "c"]);
    }

    #[test]
    fn only_the_owner_reads_them() {
        let base = tempfile::tempdir().unwrap();
        let folder = base.path().join("data/spool");
        put(&folder, &capture(1, "a")).unwrap();
        let rejected = reject(&list(&folder).unwrap()[0].path, "why").unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&base.path().join("data")), 0o700);
        assert_eq!((mode(&folder), mode(rejected.parent().unwrap())), (0o700, 0o700));
        assert_eq!((mode(&rejected), mode(&rejected.with_extension("reason"))), (0o600, 0o600));
    }

    #[test]
    fn what_cannot_be_understood_is_kept_with_its_reason() {
        let base = tempfile::tempdir().unwrap();
        let mut places = Vec::new();
        for content in ["{\"id\":", "\u{0}\u{1b}[31m"] {
            fs::write(base.path().join("x.json"), content).unwrap();
            let waiting = list(base.path()).unwrap().swap_remove(0);
            let reason = waiting.capture.unwrap_err();
            places.push((reject(&waiting.path, &reason).unwrap(), content, reason));
        }
        assert!(list(base.path()).unwrap().is_empty());
        for (place, content, reason) in places {
            assert_eq!(fs::read_to_string(&place).unwrap(), content);
            assert_eq!(fs::read_to_string(place.with_extension("reason")).unwrap(), reason);
        }
    }

    #[test]
    fn sizes_are_bounded_both_ways() {
        let base = tempfile::tempdir().unwrap();
        put(base.path(), &capture(1, &"\u{1}".repeat(LONGEST_TEXT))).unwrap();
        assert_eq!(texts(base.path())[0].len(), LONGEST_TEXT);
        let refused = put(base.path(), &capture(2, &"x".repeat(LONGEST_TEXT + 1))).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::InvalidInput);
        fs::write(base.path().join("z.json"), " ".repeat(LARGEST_FILE as usize + 1)).unwrap();
        assert!(list(base.path()).unwrap()[1].capture.is_err());
        assert_eq!(fs::read_dir(base.path()).unwrap().count(), 2, "the refused one left nothing");
    }

    #[test]
    fn a_failed_put_leaves_nothing() {
        let base = tempfile::tempdir().unwrap();
        let blocked = base.path().join("file");
        fs::write(&blocked, "in the way").unwrap();
        assert!(put(&blocked.join("spool"), &capture(1, "a")).is_err());
        assert!(put(&blocked, &capture(1, "a")).is_err());
    }

    #[test]
    fn a_change_is_always_noticed() {
        let base = tempfile::tempdir().unwrap();
        let folder = base.path().join("spool");
        let mut stamp = Stamp::default();
        assert!(!changed(&folder, &mut stamp), "nothing there, nothing new");
        for id in 1..50 {
            put(&folder, &capture(id, "a")).unwrap();
            assert!(changed(&folder, &mut stamp), "capture {id}");
        }
        let long_ago = SystemTime::now() - Duration::from_hours(1);
        File::open(&folder).unwrap().set_modified(long_ago).unwrap();
        assert!(changed(&folder, &mut stamp));
        assert!(!changed(&folder, &mut stamp), "an old folder is quiet");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text: String, lang: String) {
            let base = tempfile::tempdir().unwrap();
            let capture = Spooled { lang, event: None, ..capture(7, &text) };
            put(base.path(), &capture).unwrap();
            prop_assert_eq!(list(base.path()).unwrap().swap_remove(0).capture.unwrap(), capture);
        }
    }
}
