//! Where the socket of a data folder lies: in the folder itself, which is 0700, or, when that path is too long
//! for a socket address, in a folder of the user's own among the system's temporary ones.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

const NAME: &str = "openbar.sock";

/// `sun_path` holds 108 bytes on Linux and 104 elsewhere, with the closing zero.
const LONGEST: usize = 100;

/// The path of the socket that belongs to a data folder. Two ways to write the folder give one path.
pub(super) fn of(data: &Path) -> PathBuf {
    let data = data.canonicalize().unwrap_or_else(|_| data.to_path_buf());
    let inside = data.join(NAME);
    if inside.as_os_str().as_bytes().len() <= LONGEST {
        return inside;
    }
    // The hasher has fixed keys, so every process of this build names the same file.
    let mut hasher = DefaultHasher::new();
    data.as_os_str().as_bytes().hash(&mut hasher);
    runtime_folder().join(format!("{:016x}.sock", hasher.finish()))
}

fn runtime_folder() -> PathBuf {
    std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|dir| dir.is_absolute()).map_or_else(
        || std::env::temp_dir().join(format!("openbar-{}", rustix::process::getuid().as_raw())),
        |dir| dir.join("openbar"),
    )
}

/// Makes the folder that the socket goes into, where that is not the data folder. Refuses one that somebody else
/// owns or may change.
pub(super) fn prepare(socket: &Path) -> io::Result<()> {
    let folder = match socket.parent() {
        Some(folder) if !socket.ends_with(NAME) => folder,
        _ => return Ok(()),
    };
    if folder.exists() {
        let found = std::fs::symlink_metadata(folder)?;
        let ours = found.is_dir() && found.uid() == rustix::process::getuid().as_raw();
        if !ours || found.permissions().mode() & 0o022 != 0 {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        return Ok(());
    }
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_folder_holds_its_own_socket() {
        let dir = tempfile::tempdir().expect("a folder");
        assert_eq!(of(dir.path()), dir.path().canonicalize().expect("there").join(NAME));
    }

    #[test]
    fn a_deep_folder_has_a_short_socket_of_its_own() {
        let deep = PathBuf::from("/nowhere").join("d".repeat(120));
        let deeper = deep.join("e");
        for path in [of(&deep), of(&deeper)] {
            assert!(path.as_os_str().len() <= LONGEST, "{}", path.display());
        }
        assert_ne!(of(&deep), of(&deeper));
        assert_eq!(of(&deep), of(&deep));
    }
}
