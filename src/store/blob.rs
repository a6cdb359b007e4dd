//! Opaque derived files, such as the search index: checksummed and stamped with the commit that they reflect.
//!
//! ```text
//! "openbarb" | format u16 | seq u64 | length u64 | crc32 u32 | bytes          (little endian)
//! ```
//!
//! What a blob holds can be computed again, so it is not synced: after a power cut it may fail its checksum, which
//! reads as "there is none".

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::files;

const MAGIC: &[u8; 8] = b"openbarb";
const FORMAT: u16 = 1;
const HEADER: usize = 30;

/// Writes a blob under another name, then renames it into place.
pub(super) fn write(path: &Path, seq: u64, bytes: &[u8]) -> io::Result<()> {
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(MAGIC);
    header[8..10].copy_from_slice(&FORMAT.to_le_bytes());
    header[10..18].copy_from_slice(&seq.to_le_bytes());
    header[18..26].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
    let sum = checksum(&header, bytes);
    header[26..].copy_from_slice(&sum.to_le_bytes());
    let draft = path.with_extension("tmp");
    let mut file = files::options().create(true).truncate(true).open(&draft)?;
    file.write_all(&header)?;
    file.write_all(bytes)?;
    drop(file);
    fs::rename(draft, path)
}

/// Reads a blob and the commit that it reflects; `None` if it is missing, damaged or of another format.
pub(super) fn read(path: &Path) -> Option<(u64, Vec<u8>)> {
    let mut bytes = fs::read(path).ok()?;
    let header: [u8; HEADER] = bytes.get(..HEADER)?.try_into().ok()?;
    let number = |at: usize| {
        let mut eight = [0; 8];
        eight.copy_from_slice(&header[at..at + 8]);
        u64::from_le_bytes(eight)
    };
    let known = header.starts_with(MAGIC) && header[8..10] == FORMAT.to_le_bytes();
    let whole = number(18) == (bytes.len() - HEADER) as u64;
    if !known || !whole || header[26..] != checksum(&header, &bytes[HEADER..]).to_le_bytes() {
        return None;
    }
    bytes.drain(..HEADER);
    Some((number(10), bytes))
}

fn checksum(header: &[u8; HEADER], bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&header[..26]);
    hasher.update(bytes);
    hasher.finalize()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_blob_comes_back_or_is_none(seq: u64, content: Vec<u8>, flip: prop::sample::Index, cut: prop::sample::Index) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("index.blob");
            prop_assert_eq!(read(&path), None);
            write(&path, seq, &content).unwrap();
            prop_assert_eq!(read(&path), Some((seq, content)));
            let whole = fs::read(&path).unwrap();
            let mut flipped = whole.clone();
            let bit = flip.index(whole.len() * 8);
            flipped[bit / 8] ^= 1 << (bit % 8);
            fs::write(&path, flipped).unwrap();
            prop_assert_eq!(read(&path), None);
            fs::write(&path, &whole[..cut.index(whole.len())]).unwrap();
            prop_assert_eq!(read(&path), None);
        }
    }
}
