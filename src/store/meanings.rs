//! What the encoder made of cards, kept so that it is made once: a derived file, rebuilt when it is lost.
//!
//! A head (`OBM1` and the checksum of the encoder), then a record for each text: its hash, 512 bytes, and a checksum. Records are
//! appended; what a crash cut short is cut off at the next opening, and a file of another encoder is begun anew.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::files;

const FILE: &str = "meanings.bin";
const MAGIC: &[u8; 4] = b"OBM1";
const HEAD: usize = 8;
/// The bytes of a meaning.
pub const LENGTH: usize = 512;
const RECORD: usize = 8 + LENGTH + 4;

/// A text by its hash, with what it means.
pub type Kept = (u64, [u8; LENGTH]);

/// The file, open for more.
#[derive(Debug)]
pub struct Meanings {
    path: PathBuf,
    encoder: u32,
    file: File,
}

impl Meanings {
    /// Opens the file of a data folder for this encoder, and reads what it holds.
    ///
    /// # Errors
    /// The system's.
    pub fn open(data: &Path, encoder: u32) -> io::Result<(Self, Vec<Kept>)> {
        files::make_folder(data)?;
        let path = data.join(FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let body = bytes.strip_prefix(head(encoder).as_slice());
        let kept: Vec<Kept> = body.unwrap_or_default().chunks_exact(RECORD).map_while(read).collect();
        let sound = HEAD + kept.len() * RECORD;
        if body.is_none() {
            files::write_whole(&path, &head(encoder))?;
        }
        let file = files::options().append(true).open(&path)?;
        if bytes.len() > sound && body.is_some() {
            file.set_len(sound as u64)?;
        }
        Ok((Self { path, encoder, file }, kept))
    }

    /// Adds texts.
    ///
    /// # Errors
    /// The system's.
    pub fn add(&mut self, kept: &[Kept]) -> io::Result<()> {
        self.file.write_all(&kept.iter().flat_map(record).collect::<Vec<u8>>())
    }

    /// Writes the file anew with these alone.
    ///
    /// # Errors
    /// The system's.
    pub fn replace<'k>(&mut self, kept: impl Iterator<Item = &'k Kept>) -> io::Result<()> {
        let mut bytes = head(self.encoder).to_vec();
        bytes.extend(kept.flat_map(record));
        files::write_whole(&self.path, &bytes)?;
        self.file = files::options().append(true).open(&self.path)?;
        Ok(())
    }
}

fn head(encoder: u32) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..4].copy_from_slice(MAGIC);
    head[4..].copy_from_slice(&encoder.to_le_bytes());
    head
}

fn record((hash, meaning): &Kept) -> Vec<u8> {
    let mut bytes = hash.to_le_bytes().to_vec();
    bytes.extend(meaning);
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    bytes
}

fn read(record: &[u8]) -> Option<Kept> {
    let (said, checksum) = record.split_at_checked(8 + LENGTH)?;
    let sound = crc32fast::hash(said).to_le_bytes() == checksum;
    let (hash, meaning) = said.split_at_checked(8)?;
    sound.then_some((u64::from_le_bytes(hash.try_into().ok()?), meaning.try_into().ok()?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn some(number: u8) -> Kept {
        (u64::from(number), [number; LENGTH])
    }

    #[test]
    fn what_was_added_is_there_for_the_same_encoder_only() {
        let dir = tempfile::tempdir().unwrap();
        let (mut file, kept) = Meanings::open(dir.path(), 7).unwrap();
        assert!(kept.is_empty());
        file.add(&[some(1), some(2)]).unwrap();
        file.add(&[some(3)]).unwrap();
        assert_eq!(Meanings::open(dir.path(), 7).unwrap().1, [some(1), some(2), some(3)]);
        file.replace([some(2)].iter()).unwrap();
        file.add(&[some(4)]).unwrap();
        assert_eq!(Meanings::open(dir.path(), 7).unwrap().1, [some(2), some(4)]);
        assert!(Meanings::open(dir.path(), 8).unwrap().1.is_empty());
        assert!(Meanings::open(dir.path(), 7).unwrap().1.is_empty(), "begun anew");
    }

    #[test]
    fn a_torn_end_is_cut_off_and_a_damaged_record_ends_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let (mut file, _) = Meanings::open(dir.path(), 7).unwrap();
        file.add(&[some(1), some(2), some(3)]).unwrap();
        let path = dir.path().join(FILE);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 100]).unwrap();
        let (mut file, kept) = Meanings::open(dir.path(), 7).unwrap();
        assert_eq!(kept, [some(1), some(2)]);
        file.add(&[some(4)]).unwrap();
        assert_eq!(Meanings::open(dir.path(), 7).unwrap().1, [some(1), some(2), some(4)]);
        let mut flipped = fs::read(&path).unwrap();
        flipped[HEAD + RECORD + 20] ^= 1;
        fs::write(&path, flipped).unwrap();
        assert_eq!(Meanings::open(dir.path(), 7).unwrap().1, [some(1)]);
        fs::write(&path, b"OB").unwrap();
        assert!(Meanings::open(dir.path(), 7).unwrap().1.is_empty());
    }
}
