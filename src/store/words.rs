//! The user's own words of the lexicon: a plain file that may also be edited by hand. What a line means is not the
//! store's business; whoever writes gives the whole file.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::files;
use crate::domain::problem::Problem;

/// Its name in the data folder.
const FILE: &str = "words.txt";
/// Nobody's own words are longer; the rest is not read.
const LONGEST: usize = 1 << 20;

/// Where the file is, or would be.
pub fn path(data: &Path) -> PathBuf {
    data.join(FILE)
}

/// What the file says; nothing where there is none.
///
/// # Errors
/// [`Problem::StoreUnavailable`] when it is there but cannot be read.
pub fn read(data: &Path) -> Result<String, Problem> {
    let bytes = match fs::read(path(data)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => {
            return Err(Problem::StoreUnavailable { path: path(data), detail: error.to_string() });
        }
    };
    Ok(String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]).into_owned())
}

/// Writes the whole file; it is on disk on return, and never half there.
///
/// # Errors
/// [`Problem::CannotWrite`].
pub fn write(data: &Path, text: &str) -> Result<(), Problem> {
    let written = files::make_folder(data).and_then(|()| files::write_whole(&path(data), text.as_bytes()));
    written.map_err(|error| Problem::CannotWrite { path: path(data), detail: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(read(folder.path()), Ok(String::new()));
        write(folder.path(), "\"tire\" ~ \"sucre\"\n").expect("written");
        assert_eq!(read(folder.path()).as_deref(), Ok("\"tire\" ~ \"sucre\"\n"));
    }
}
