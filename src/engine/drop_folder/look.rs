//! Which files of a folder have come and are whole.
//!
//! Only regular files of the folder itself: no folders, no links, nothing that a program still writes under a passing name. A file
//! is whole when two looks in a row found it with the same size and time. When nothing has come or gone, a look costs one
//! question to the system.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::domain::time::Timestamp;
use crate::spool::{self, Stamp};
use crate::text::clean;

/// So many files are kept in sight; the others come when these are done.
const MOST: usize = 2_000;
/// Ends of the names under which programs write what is not finished.
const PASSING: [&str; 7] = ["part", "crdownload", "tmp", "temp", "download", "partial", "swp"];

/// A file that has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its name in the folder.
    pub name: OsString,
    /// The name as it may be shown.
    pub shown: String,
    /// Bytes.
    pub size: u64,
    /// Looks that found it as it is.
    pub looks: u32,
    changed: Option<SystemTime>,
    inode: u64,
    /// It has been dealt with and only lies there.
    settled: bool,
}

impl Found {
    fn new(name: OsString, about: &Metadata) -> Self {
        let shown = clean::line(&name.to_string_lossy());
        let changed = about.modified().ok();
        Self { name, shown, size: about.len(), looks: 1, changed, inode: about.ino(), settled: false }
    }

    fn is_like(&self, about: &Metadata) -> bool {
        (self.size, self.changed, self.inode) == (about.len(), about.modified().ok(), about.ino())
    }

    /// Whether the file is still what was found.
    pub fn is_unchanged(&self, folder: &Path) -> bool {
        fs::symlink_metadata(folder.join(&self.name))
            .is_ok_and(|about| about.is_file() && self.is_like(&about))
    }

    /// When it was last written to.
    pub fn changed_at(&self) -> Timestamp {
        self.changed.map_or(Timestamp::UNIX_EPOCH, super::moment)
    }
}

/// What is known of a folder.
#[derive(Debug)]
pub(super) struct Looker {
    folder: PathBuf,
    stamp: Stamp,
    files: BTreeMap<OsString, Found>,
}

impl Looker {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, stamp: Stamp::default(), files: BTreeMap::new() }
    }

    /// Looks at the folder; gives the files that are whole and not dealt with, by name.
    ///
    /// # Errors
    /// The folder is not there, or cannot be read; then nothing is known of its files any more.
    pub fn look(&mut self) -> io::Result<Vec<Found>> {
        let listed = self.list();
        if listed.is_err() {
            self.files.clear();
            self.stamp = Stamp::default();
        }
        listed?;
        Ok(self.files.values().filter(|found| found.looks > 1 && !found.settled).cloned().collect())
    }

    fn list(&mut self) -> io::Result<()> {
        fs::metadata(&self.folder)?;
        let changed = spool::changed(&self.folder, &mut self.stamp);
        if !changed && self.files.values().all(|found| found.settled) {
            return Ok(());
        }
        let mut seen = BTreeMap::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if is_passing(&name) || seen.len() >= MOST {
                continue;
            }
            // It may have gone since it was listed.
            let Ok(about) = fs::symlink_metadata(entry.path()) else { continue };
            if !about.is_file() {
                continue;
            }
            let found = match self.files.remove(&name) {
                Some(found) if found.is_like(&about) => {
                    Found { looks: found.looks.saturating_add(1), ..found }
                }
                _ => Found::new(name.clone(), &about),
            };
            seen.insert(name, found);
        }
        self.files = seen;
        Ok(())
    }

    /// Names of files that have come and were not dealt with.
    pub fn waiting(&self) -> Vec<String> {
        self.files.values().filter(|found| !found.settled).map(|found| found.shown.clone()).collect()
    }

    /// A file has been moved away.
    pub fn forget(&mut self, name: &OsStr) {
        self.files.remove(name);
    }

    /// A file has been dealt with and could not be moved away.
    pub fn settle(&mut self, found: &Found) {
        if let Some(known) = self.files.get_mut(&found.name) {
            known.settled = true;
        }
    }
}

/// Hidden files, backup copies, and what programs write before the real name.
fn is_passing(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    // Office programs lock a document by a file that begins so.
    name.starts_with(['.', '~']) || name.ends_with('~') || PASSING.contains(&end.as_str())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(found: &[Found]) -> Vec<&str> {
        found.iter().map(|found| found.shown.as_str()).collect()
    }

    #[test]
    fn a_file_is_whole_when_two_looks_agree() {
        let base = tempfile::tempdir().unwrap();
        let mut looker = Looker::new(base.path().to_owned());
        assert!(looker.look().unwrap().is_empty());
        fs::write(base.path().join("a.txt"), "Anne").unwrap();
        assert!(looker.look().unwrap().is_empty());
        fs::write(base.path().join("a.txt"), "Anne Roy").unwrap();
        assert!(looker.look().unwrap().is_empty(), "it has grown");
        assert_eq!(looker.waiting(), ["a.txt"]);
        let whole = looker.look().unwrap();
        assert_eq!(names(&whole), ["a.txt"]);
        assert!(whole[0].is_unchanged(base.path()));
        looker.settle(&whole[0]);
        assert!(looker.look().unwrap().is_empty() && looker.waiting().is_empty());
        fs::write(base.path().join("a.txt"), "Anne Roy, notaire").unwrap();
        assert!(!whole[0].is_unchanged(base.path()));
        looker.look().unwrap();
        assert_eq!(names(&looker.look().unwrap()), ["a.txt"], "another content, another file");
    }

    #[test]
    fn what_is_no_finished_file_is_left_alone() {
        let base = tempfile::tempdir().unwrap();
        for name in [".hidden", "a.part", "b.crdownload", "c.TMP", "d.txt~", "~$e.docx", "good.jpg"] {
            fs::write(base.path().join(name), "x").unwrap();
        }
        fs::create_dir(base.path().join("done")).unwrap();
        fs::create_dir(base.path().join("f.txt")).unwrap();
        std::os::unix::fs::symlink(base.path().join("good.jpg"), base.path().join("link.jpg")).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            base.path().join("pipe.txt"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
            0,
        )
        .unwrap();
        let mut looker = Looker::new(base.path().to_owned());
        looker.look().unwrap();
        assert_eq!(names(&looker.look().unwrap()), ["good.jpg"]);
    }

    #[test]
    fn a_folder_that_goes_and_comes_back() {
        let base = tempfile::tempdir().unwrap();
        let folder = base.path().join("drop");
        let mut looker = Looker::new(folder.clone());
        assert_eq!(looker.look().unwrap_err().kind(), io::ErrorKind::NotFound);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.txt"), "x").unwrap();
        looker.look().unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert!(looker.look().is_err() && looker.waiting().is_empty());
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.txt"), "x").unwrap();
        assert!(looker.look().unwrap().is_empty(), "it is looked at anew");
        assert_eq!(looker.look().unwrap().len(), 1);
        fs::remove_dir_all(&folder).unwrap();
        fs::write(&folder, "a file in its place").unwrap();
        assert!(looker.look().is_err());
    }
}
