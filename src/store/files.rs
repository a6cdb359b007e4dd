//! Files and folders that only their owner can read, written so that a crash leaves the old or the new.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Options that create a file for its owner only.
pub(super) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

/// Makes a folder, and those above it, for their owner only; fine if it is there. Folders that were made are
/// durable on return.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_folder(parent)?;
    }
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    sync_parent(path)
}

/// Makes the entries of a folder durable.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Makes the entry of a file or folder durable.
pub(super) fn sync_parent(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => sync_folder(Path::new(".")),
        Some(parent) => sync_folder(parent),
        None => Ok(()),
    }
}

/// Writes a whole file, durably: under another name first, then renamed.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = path.with_extension("tmp");
    let mut file = options().create(true).truncate(true).open(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    sync_parent(path)
}

/// A name in the folder `damaged` that nothing has yet: `1763942400-records`, then `1763942400-records-2`.
pub(super) fn aside(data: &Path, name: &str) -> io::Result<PathBuf> {
    let folder = data.join("damaged");
    make_folder(&folder)?;
    let second = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let mut path = folder.join(format!("{second}-{name}"));
    let mut count = 1;
    while path.symlink_metadata().is_ok() {
        count += 1;
        path = folder.join(format!("{second}-{name}-{count}"));
    }
    Ok(path)
}

/// Moves a file or folder into `damaged`; says where it is now.
pub(super) fn set_aside(data: &Path, path: &Path, name: &str) -> io::Result<PathBuf> {
    let to = aside(data, name)?;
    fs::rename(path, &to)?;
    sync_parent(&to)?;
    sync_parent(path)?;
    Ok(to)
}

/// Copies a folder with everything in it whose name is wanted.
pub(super) fn copy_folder(from: &Path, to: &Path, wanted: &dyn Fn(&str) -> bool) -> io::Result<()> {
    make_folder(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if !wanted(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target, wanted)?;
        } else {
            fs::copy(entry.path(), &target)?;
            File::open(&target)?.sync_all()?;
        }
    }
    sync_folder(to)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn only_the_owner_reads_what_is_made() {
        let base = tempfile::tempdir().unwrap();
        let folder = base.path().join("a/b");
        make_folder(&folder).unwrap();
        make_folder(&folder).unwrap();
        write_whole(&folder.join("file"), b"x").unwrap();
        assert_eq!((mode(&base.path().join("a")), mode(&folder)), (0o700, 0o700));
        assert_eq!(mode(&folder.join("file")), 0o600);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no draft is left behind");
    }

    #[test]
    fn nothing_set_aside_covers_another() {
        let base = tempfile::tempdir().unwrap();
        let mut places = Vec::new();
        for text in ["one", "two", "three"] {
            let path = base.path().join("file");
            fs::write(&path, text).unwrap();
            places.push((set_aside(base.path(), &path, "file").unwrap(), text));
        }
        for (place, text) in places {
            assert_eq!(fs::read_to_string(place).unwrap(), text);
        }
    }
}
