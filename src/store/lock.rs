//! One process at a time: a lock file of openbar's own, with the holder's process number in it.
//!
//! The system drops the lock when the holder ends, however it ends, so a leftover file means nothing.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use super::files;
use crate::domain::problem::Problem;

/// The store is ours while this lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or says who holds it.
    pub(super) fn take(path: &Path) -> Result<Self, Problem> {
        let unavailable = |error: &std::io::Error| Problem::StoreUnavailable {
            path: path.to_owned(),
            detail: error.to_string(),
        };
        let mut file = files::options()
            .read(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|error| unavailable(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                // Another process wrote it; whatever cannot be read simply leaves the holder unnamed.
                let _ = file.take(20).read_to_string(&mut text);
                return Err(Problem::StoreLocked { pid: text.trim().parse().ok() });
            }
            Err(TryLockError::Error(error)) => return Err(unavailable(&error)),
        }
        // The number only helps messages: a full disk must not keep anybody out.
        let _ = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()));
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_second_taker_learns_who_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        std::fs::write(&path, "99999999 left by a crash").unwrap();
        let held = Lock::take(&path).unwrap();
        let refused = Lock::take(&path).unwrap_err();
        assert_eq!(refused, Problem::StoreLocked { pid: Some(std::process::id()) });
        drop(held);
        assert!(Lock::take(&path).is_ok());
    }

    #[test]
    fn a_folder_that_is_not_there_is_unavailable() {
        let refused = Lock::take(Path::new("/nonexistent/openbar/lock")).unwrap_err();
        assert!(matches!(refused, Problem::StoreUnavailable { .. }));
    }
}
