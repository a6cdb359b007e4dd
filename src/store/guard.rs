//! The wall around sled: its panics become [`Fault::Damaged`], its errors are sorted into damage and refusals.

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::fault::Fault;

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread would be caught by the store and lead to a rebuild. A panic hook asks this, so as
/// to leave the terminal alone.
pub fn catches_panics() -> bool {
    CATCHING.get()
}

/// Runs something that calls sled. `path` is the folder it works on.
pub(super) fn guarded<T>(path: &Path, run: impl FnOnce() -> Result<T, sled::Error>) -> Result<T, Fault> {
    let before = CATCHING.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(run));
    CATCHING.set(before);
    match outcome {
        Ok(result) => result.map_err(|error| sort(path, error)),
        Err(payload) => {
            let words = payload
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| payload.downcast_ref::<&str>().copied())
                .unwrap_or("no words");
            Err(Fault::Damaged(format!("the tree gave up: {words}")))
        }
    }
}

/// Damage, or the system refusing? Of input and output errors only those count as damage that speak of content or of
/// something else in a file's place; on a full disk or without permission a rebuild would fail just the same.
fn sort(path: &Path, error: sled::Error) -> Fault {
    match error {
        sled::Error::Io(source) => match source.kind() {
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::IsADirectory => Fault::Damaged(format!("the tree cannot be read: {source}")),
            _ => Fault::Io { path: path.to_owned(), source },
        },
        other => Fault::Damaged(format!("the tree is damaged: {other}")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn fault(run: impl FnOnce() -> Result<(), sled::Error>) -> Fault {
        guarded(Path::new("tree"), run).unwrap_err()
    }

    #[test]
    fn a_panic_is_damage_and_only_inside_is_it_caught() {
        assert!(!catches_panics());
        let caught = fault(|| {
            assert!(catches_panics());
            panic!("page {} is gone", 7)
        });
        assert!(matches!(caught, Fault::Damaged(words) if words.contains("page 7 is gone")));
        assert!(!catches_panics());
    }

    #[test]
    fn a_refusal_is_no_damage() {
        for kind in
            [io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied, io::ErrorKind::ReadOnlyFilesystem]
        {
            assert!(matches!(fault(|| Err(sled::Error::Io(kind.into()))), Fault::Io { .. }), "{kind}");
        }
        for error in [
            sled::Error::Io(io::ErrorKind::UnexpectedEof.into()),
            sled::Error::Corruption { at: None, bt: () },
            sled::Error::ReportableBug("?".into()),
        ] {
            assert!(matches!(fault(|| Err(error)), Fault::Damaged(_)));
        }
    }
}
