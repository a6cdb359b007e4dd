//! Where dropped files go: `done/`, or `failed/` with the reason beside them. A name that is taken gets a number;
//! nothing is replaced.

use std::ffi::{OsStr, OsString};
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

const DONE: &str = "done";
const FAILED: &str = "failed";

/// Moves a file that was taken in; gives its new place.
pub(super) fn done(folder: &Path, name: &OsStr) -> io::Result<PathBuf> {
    let shelf = shelf(folder, DONE)?;
    let place = free(&shelf, name, |place| place.symlink_metadata().is_err());
    fs::rename(folder.join(name), &place)?;
    Ok(place)
}

/// Moves a file that was refused, after writing why beside where it goes; gives its new place.
pub(super) fn failed(folder: &Path, name: &OsStr, reason: &str) -> io::Result<PathBuf> {
    let shelf = shelf(folder, FAILED)?;
    let vacant =
        |place: &Path| place.symlink_metadata().is_err() && beside(place).symlink_metadata().is_err();
    let place = free(&shelf, name, vacant);
    let mut file = OpenOptions::new().write(true).create_new(true).open(beside(&place))?;
    file.write_all(reason.as_bytes())?;
    file.write_all(b"\n")?;
    fs::rename(folder.join(name), &place)?;
    Ok(place)
}

/// The name of the text that tells why.
fn beside(place: &Path) -> PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(".txt");
    PathBuf::from(name)
}

/// One of the two folders; made when it is not there. A link would lead files out of the folder, so it is refused.
fn shelf(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let shelf = folder.join(name);
    match fs::symlink_metadata(&shelf) {
        Ok(about) if about.is_dir() => Ok(shelf),
        Ok(_) => Err(io::Error::new(io::ErrorKind::NotADirectory, format!("{}", shelf.display()))),
        Err(_) => fs::create_dir(&shelf).map(|()| shelf),
    }
}

/// The first of `name.jpg`, `name-2.jpg`, `name-3.jpg` … that is free.
fn free(shelf: &Path, name: &OsStr, vacant: impl Fn(&Path) -> bool) -> PathBuf {
    let whole = Path::new(name);
    let stem = whole.file_stem().unwrap_or(name);
    let end = whole.extension();
    let numbered = |number: u32| {
        let mut numbered = OsString::from(stem);
        numbered.push(format!("-{number}"));
        if let Some(end) = end {
            numbered.push(".");
            numbered.push(end);
        }
        shelf.join(numbered)
    };
    let first = shelf.join(name);
    if vacant(&first) {
        return first;
    }
    (2..=u32::MAX).map(numbered).find(|place| vacant(place)).unwrap_or(first)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn drop(folder: &Path, name: &str, text: &str) {
        fs::write(folder.join(name), text).unwrap();
    }

    fn read(path: impl AsRef<Path>) -> String {
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn names_that_are_taken_get_a_number() {
        let base = tempfile::tempdir().unwrap();
        for text in ["one", "two", "three"] {
            drop(base.path(), "a.b.txt", text);
            done(base.path(), OsStr::new("a.b.txt")).unwrap();
        }
        let shelf = base.path().join("done");
        assert_eq!(
            ["a.b.txt", "a.b-2.txt", "a.b-3.txt"].map(|name| read(shelf.join(name))),
            ["one", "two", "three"]
        );
        drop(base.path(), "bare", "x");
        done(base.path(), OsStr::new("bare")).unwrap();
        drop(base.path(), "bare", "y");
        assert!(done(base.path(), OsStr::new("bare")).unwrap().ends_with("bare-2"));
    }

    #[test]
    fn the_reason_stands_beside_what_was_refused() {
        let base = tempfile::tempdir().unwrap();
        for reason in ["first", "second"] {
            drop(base.path(), "a.txt", reason);
            let place = failed(base.path(), OsStr::new("a.txt"), reason).unwrap();
            assert_eq!((read(&place), read(beside(&place))), (reason.to_owned(), format!("{reason}\n")));
        }
        assert!(base.path().join("failed/a-2.txt.txt").is_file());
    }

    #[test]
    fn a_shelf_that_leads_elsewhere_is_not_used() {
        let base = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), base.path().join("done")).unwrap();
        drop(base.path(), "a.txt", "x");
        assert!(done(base.path(), OsStr::new("a.txt")).is_err());
        assert_eq!(read(base.path().join("a.txt")), "x");
    }
}
