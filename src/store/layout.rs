//! Where everything is in the data folder.
//!
//! ```text
//! lock                 who has the store open
//! store                format and current generation
//! gen-1/journal/       segments of the journal
//! gen-1/records/       the tree (sled)
//! gen-1/index.blob     the search index
//! cards/               kept captures: pictures of cards, and what they say
//! meanings.bin         what the encoder of sentences made of cards, if there is one
//! damaged/             whatever was found damaged, never deleted
//! ```
//!
//! A generation is a whole store. Whatever rewrites it as a whole (compaction, restoring, erasing a person) makes the next one beside it,
//! verifies it, names it in `store`, and only then removes the old one. The first line of `store` keeps its form for
//! ever: by it an older program knows that a newer one was here.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::fault::{At, Fault};
use super::files;

/// The newest format that this program reads, and the one it writes. It goes up with every change of a stored
/// structure, so that older programs refuse the store instead of stumbling over single records. 2: refusals, and the deed of
/// making one.
pub(super) const FORMAT: u32 = 2;

/// The paths of one generation.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    data: PathBuf,
    generation: u64,
    /// Nothing names it yet, so it may be empty: it was never opened to the end.
    pub(super) fresh: bool,
}

impl Layout {
    /// Refuses a store of a newer version. Touches nothing.
    pub(super) fn refuse_newer(data: &Path) -> Result<(), Fault> {
        marker(data).map(|_| ())
    }

    /// Finds the current generation, or makes the first one. The lock must be held.
    pub(super) fn find_or_make(data: &Path) -> Result<Self, Fault> {
        let marker = marker(data)?;
        let generation = match marker {
            Marker::Names { generation, .. } => generation,
            // The newest generation that holds anything.
            Marker::Missing | Marker::Unreadable => generations(data)?.pop().unwrap_or(1),
        };
        let layout = Self { data: data.to_owned(), generation, fresh: marker == Marker::Missing };
        if layout.fresh {
            files::make_folder(&layout.folder()).at(&layout.folder())?;
        }
        Ok(layout)
    }

    /// Names this generation as the current one, of the format that is written from now on.
    pub(super) fn mark(&self) -> Result<(), Fault> {
        if marker(&self.data)? == (Marker::Names { generation: self.generation, format: FORMAT }) {
            return Ok(());
        }
        let text = format!("openbar store {FORMAT}\ngeneration {}\n", self.generation);
        let path = self.data.join("store");
        files::write_whole(&path, text.as_bytes()).at(&path)
    }

    /// The data folder.
    pub(super) fn data(&self) -> &Path {
        &self.data
    }

    /// The folder of this generation.
    pub(super) fn folder(&self) -> PathBuf {
        self.data.join(format!("gen-{}", self.generation))
    }

    /// Segments of the journal.
    pub(super) fn journal(&self) -> PathBuf {
        self.folder().join("journal")
    }

    /// A journal that is being written anew.
    pub(super) fn new_journal(&self) -> PathBuf {
        self.folder().join("journal.new")
    }

    /// The tree.
    pub(super) fn records(&self) -> PathBuf {
        self.folder().join("records")
    }

    /// The tree, being copied.
    pub(super) fn new_records(&self) -> PathBuf {
        self.folder().join("records.new")
    }

    /// The search index.
    pub(super) fn index(&self) -> PathBuf {
        self.folder().join("index.blob")
    }
}

/// What the file `store` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    /// There is no such file: a new folder, or a first opening that was cut short.
    Missing,
    /// There is one, and it cannot be understood: this was a store.
    Unreadable,
    /// The current generation, and the format that it was last opened with.
    Names { generation: u64, format: u32 },
}

fn marker(data: &Path) -> Result<Marker, Fault> {
    let path = data.join("store");
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Marker::Missing);
        }
        Err(error) => return Err(error).at(&path),
    };
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines();
    let format = lines.next().and_then(|line| line.strip_prefix("openbar store ")?.parse::<u32>().ok());
    let generation = lines.next().and_then(|line| line.strip_prefix("generation ")?.parse().ok());
    match (format, generation) {
        (Some(found), _) if found > FORMAT => Err(Fault::Newer { found, supported: FORMAT }),
        (Some(format), Some(generation)) => Ok(Marker::Names { generation, format }),
        _ => Ok(Marker::Unreadable),
    }
}

/// Generations that hold a journal or a tree, oldest first.
fn generations(data: &Path) -> Result<Vec<u64>, Fault> {
    let mut found = Vec::new();
    for entry in fs::read_dir(data).at(data)? {
        let entry = entry.at(data)?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix("gen-")?.parse().ok());
        if let Some(number) = number
            && (entry.path().join("journal").is_dir() || entry.path().join("records").is_dir())
        {
            found.push(number);
        }
    }
    found.sort_unstable();
    Ok(found)
}
