//! What is in a folder, as the picker shows it. Reading is quick and bounded, so it happens while a key is handled.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::domain::time::Timestamp;
use crate::text::clean;

/// So many entries of a folder are looked at.
pub const MOST: usize = 2_000;

/// Ends of names that openbar can import.
const KNOWN: [&str; 4] = ["zip", "csv", "jsonl", "json"];

/// A folder or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The whole path.
    pub path: PathBuf,
    /// Its name, as it may be shown.
    pub name: String,
    /// It is a folder.
    pub folder: bool,
    /// Bytes of a file.
    pub size: u64,
    /// When it last changed.
    pub changed: Option<Timestamp>,
}

impl Entry {
    /// Whether openbar can import files with such a name.
    pub fn is_known(&self) -> bool {
        let end = self.path.extension().map(|end| end.to_string_lossy().to_ascii_lowercase());
        !self.folder && end.is_some_and(|end| KNOWN.contains(&end.as_str()))
    }

    /// Whether LinkedIn names its exports so.
    pub fn is_linkedin(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        self.is_known() && (name.contains("linkedindataexport") || name.starts_with("connections"))
    }
}

/// What a folder holds, without what is hidden: folders first by name, then files, the newest first. The flag says
/// that there was more than is looked at.
pub fn read(folder: &Path) -> io::Result<(Vec<Entry>, bool)> {
    let mut names = fs::read_dir(folder)?;
    let mut entries: Vec<Entry> =
        names.by_ref().take(MOST).filter_map(Result::ok).filter_map(|entry| entry_of(&entry)).collect();
    let more = names.next().is_some();
    entries.sort_by(|a, b| {
        let newest_first = || b.changed.cmp(&a.changed);
        let by_name = || a.name.to_lowercase().cmp(&b.name.to_lowercase());
        b.folder
            .cmp(&a.folder)
            .then_with(|| if a.folder { by_name() } else { newest_first() })
            .then_with(by_name)
    });
    Ok((entries, more))
}

fn entry_of(entry: &fs::DirEntry) -> Option<Entry> {
    let path = entry.path();
    if entry.file_name().to_string_lossy().starts_with('.') {
        return None;
    }
    // Follows links: a link to a folder is a folder. What cannot be looked at is left out.
    let about = fs::metadata(&path).ok()?;
    if !about.is_dir() && !about.is_file() {
        return None;
    }
    let changed = about.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
    let name = clean::line(&entry.file_name().to_string_lossy());
    Some(Entry { path, name, folder: about.is_dir(), size: about.len(), changed })
}

/// A typed path: the folder that it lies in and what is typed of the last name. `None` when no path is typed.
pub fn typed_path(typed: &str, home: &Path) -> Option<(PathBuf, String)> {
    let whole = if let Some(rest) = typed.strip_prefix('~') {
        let rest = match rest.strip_prefix('/') {
            Some(rest) => rest,
            None if rest.is_empty() => return Some((home.to_owned(), String::new())),
            // Other people's homes are not looked up.
            None => return None,
        };
        home.join(rest)
    } else if typed.starts_with('/') {
        PathBuf::from(typed)
    } else {
        return None;
    };
    if typed.ends_with('/') {
        return Some((whole, String::new()));
    }
    let last = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Some((whole.parent().unwrap_or(&whole).to_owned(), last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_paths_are_split_at_their_last_name() {
        let home = Path::new("/home/zoe");
        let split = |typed: &str| typed_path(typed, home);
        assert_eq!(split("/tmp/Con"), Some(("/tmp".into(), "Con".into())));
        assert_eq!(split("/tmp/"), Some(("/tmp/".into(), String::new())));
        assert_eq!(split("/"), Some(("/".into(), String::new())));
        assert_eq!(split("~"), Some((home.into(), String::new())));
        assert_eq!(split("~/Téléch"), Some((home.into(), "Téléch".into())));
        assert_eq!(split("~zoe/x"), None);
        assert_eq!(split("Con"), None);
    }

    #[test]
    fn folders_come_first_then_the_newest_files_and_nothing_hidden() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.csv", "a.zip", ".hidden", "photo.png"] {
            fs::write(folder.path().join(name), name).expect("a file");
        }
        fs::create_dir(folder.path().join("zoo")).expect("a folder");
        let old = fs::File::options().write(true).open(folder.path().join("a.zip")).expect("the file");
        old.set_modified(std::time::UNIX_EPOCH).expect("an old file");
        let (entries, more) = read(folder.path()).expect("it can be read");
        let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!((names[0], names[3], more), ("zoo", "a.zip", false));
        assert_eq!(names.len(), 4);
        assert!(entries[3].is_known() && !entries[0].is_known());
        assert!(read(&folder.path().join("nowhere")).is_err());
    }
}
