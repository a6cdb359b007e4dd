//! What goes wrong inside the store, before it is known which of the caller's words it deserves.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::problem::{InputProblem, InputReason, Problem};

/// A failure inside the store. Only [`Fault::Damaged`] leads to a rebuild.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// Bytes are not what was written, or the tree's own code gave up on them.
    #[error("{0}")]
    Damaged(String),
    /// A newer version of openbar wrote this.
    #[error("format {found} is newer than {supported}")]
    Newer {
        /// The number found.
        found: u32,
        /// The newest number that can be read.
        supported: u32,
    },
    /// The system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Its words.
        source: io::Error,
    },
    /// A record is larger than the store takes.
    #[error("a record of more than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
}

impl Fault {
    /// The problem as met while opening or reading; `folder` is the data folder.
    pub(super) fn into_problem(self, folder: &Path) -> Problem {
        match self {
            Self::Damaged(detail) => Problem::StoreDamaged { path: folder.to_owned(), detail },
            Self::Newer { found, supported } => Problem::StoreNewer { found, supported },
            Self::Io { path, source } => Problem::StoreUnavailable { path, detail: source.to_string() },
            Self::TooLarge { limit } => Problem::BadInput(InputProblem {
                file: String::new(),
                line: 0,
                column: 0,
                reason: InputReason::TooLarge { limit },
            }),
        }
    }
}

/// Adds the path that an operation was about, which `io::Error` leaves out.
pub(super) trait At<T> {
    /// Names the file or folder.
    fn at(self, path: &Path) -> Result<T, Fault>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, Fault> {
        self.map_err(|source| Fault::Io { path: path.to_owned(), source })
    }
}
