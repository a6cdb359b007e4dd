//! Kept captures: pictures of cards, shrunk, and what was read on each, under the hash of what was captured.
//!
//! ```text
//! cards/<hash>.jpg, .png   the picture
//! cards/<hash>.json        what it says (`Page`); of pasted text the only file
//! ```
//!
//! Contacts name their captures by hash, so files are written and synced before the contact is committed; one that
//! no contact names does no harm. A capture never changes: putting it a second time writes nothing new but what was
//! missing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::files;
use crate::domain::problem::Problem;

/// The form of [`Page`] that is written. A newer one is not read.
const VERSION: u32 = 1;
/// Digits of a hash: 128 bits.
const DIGITS: usize = 32;
/// Ends of file names that pictures have.
const ENDINGS: [&str; 2] = ["jpg", "png"];

/// The name of a capture: the first 32 hexadecimal digits of its SHA-256.
pub fn hash(captured: &[u8]) -> String {
    let mut hash = String::with_capacity(DIGITS);
    for byte in &Sha256::digest(captured)[..DIGITS / 2] {
        hash.extend([byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16).unwrap_or('0')));
    }
    hash
}

/// What a capture says. Stored: fields are only ever added, with defaults.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The form.
    version: u32,
    /// Lines, in reading order.
    pub lines: Vec<Line>,
    /// Payloads of codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// What was noticed, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
}

/// A line of a [`Page`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// How sure its letters are, 0 to 1.
    pub confidence: f32,
    /// Left, top, right and bottom edge in the picture, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<[f32; 4]>,
    /// Height of the line, 0 to 1 of the picture.
    #[serde(default)]
    pub height: f32,
    /// Lines of one paragraph have one number.
    #[serde(default)]
    pub block: u16,
}

impl Page {
    /// A page of the form that is written today.
    pub fn new(lines: Vec<Line>, codes: Vec<String>, problems: Vec<String>) -> Self {
        Self { version: VERSION, lines, codes, problems }
    }
}

/// A picture as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture<'a> {
    /// End of its name: `jpg` or `png`.
    pub ending: &'static str,
    /// The whole file.
    pub bytes: &'a [u8],
}

/// A capture that was kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// The picture's file; `None` for text.
    pub picture: Option<Vec<u8>>,
    /// What it says.
    pub page: Page,
}

/// The kept captures of a data folder. Only the process that has the store open puts any there.
#[derive(Clone, Debug)]
pub struct Cards {
    folder: PathBuf,
}

impl Cards {
    /// Those of this data folder.
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join("cards") }
    }

    /// Keeps a capture; durable on return.
    ///
    /// # Errors
    /// [`Problem::CannotWrite`]; then nothing refers to it.
    pub fn put(&self, hash: &str, picture: Option<Picture<'_>>, page: &Page) -> Result<(), Problem> {
        let page_file = self.path(hash, "json");
        let write = || -> io::Result<()> {
            files::make_folder(&self.folder)?;
            if let Some(Picture { ending, bytes }) = picture {
                let path = self.path(hash, ending);
                if !path.is_file() {
                    files::write_whole(&path, bytes)?;
                }
            }
            // The page last: where it is, the picture is.
            files::write_whole(&page_file, &serde_json::to_vec(page)?)
        };
        write().map_err(|error| Problem::CannotWrite { path: page_file.clone(), detail: error.to_string() })
    }

    /// Puts a file here as another data folder has it: for a sample, or a copy kept elsewhere. The page of a capture
    /// comes after its picture.
    ///
    /// # Errors
    /// [`Problem::CannotWrite`], also for a name that no kept file has.
    pub fn put_file(&self, name: &str, bytes: &[u8]) -> Result<(), Problem> {
        let path = self.folder.join(name);
        let cannot = |detail: String| Problem::CannotWrite { path: path.clone(), detail };
        let known = name
            .split_once('.')
            .is_some_and(|(hash, ending)| is_hash(hash) && (ending == "json" || ENDINGS.contains(&ending)));
        if !known {
            return Err(cannot("not the name of a kept capture".to_owned()));
        }
        files::make_folder(&self.folder)
            .and_then(|()| files::write_whole(&path, bytes))
            .map_err(|error| cannot(error.to_string()))
    }

    /// A capture by its hash; `None` if it is not there, or was written by a newer version.
    ///
    /// # Errors
    /// [`Problem::StoreUnavailable`] when the system refuses, [`Problem::StoreDamaged`] for a page that cannot be
    /// understood.
    pub fn get(&self, hash: &str) -> Result<Option<Kept>, Problem> {
        // Contacts come from imports too: a hash that is none must not become a path.
        if !is_hash(hash) {
            return Ok(None);
        }
        let path = self.path(hash, "json");
        let Some(bytes) = self.read(&path)? else { return Ok(None) };
        let page: Page = serde_json::from_slice(&bytes)
            .map_err(|error| Problem::StoreDamaged { path, detail: error.to_string() })?;
        if page.version > VERSION {
            return Ok(None);
        }
        let mut picture = None;
        for ending in ENDINGS {
            if picture.is_none() {
                picture = self.read(&self.path(hash, ending))?;
            }
        }
        Ok(Some(Kept { picture, page }))
    }

    /// The picture's file, for the system's viewer.
    pub fn picture_file(&self, hash: &str) -> Option<PathBuf> {
        let known = ENDINGS.iter().map(|ending| self.path(hash, ending)).find(|path| path.is_file());
        known.filter(|_| is_hash(hash))
    }

    fn path(&self, hash: &str, ending: &str) -> PathBuf {
        self.folder.join(format!("{hash}.{ending}"))
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Problem> {
        match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Problem::StoreUnavailable { path: path.to_owned(), detail: error.to_string() }),
        }
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn page(text: &str) -> Page {
        let place = Some([0.1, 0.2, 0.5, 0.25]);
        let line = Line { text: text.to_owned(), confidence: 0.98, place, height: 0.05, block: 1 };
        Page::new(vec![line], vec!["https://a.example".to_owned()], vec!["handwriting".to_owned()])
    }

    #[test]
    fn files_of_another_folder_are_taken_by_their_names_only() {
        let data = tempfile::tempdir().unwrap();
        let cards = Cards::of(data.path());
        let name = hash(b"x");
        let page = serde_json::to_vec(&page("Anne Roy")).unwrap();
        cards.put_file(&format!("{name}.png"), b"pixels").unwrap();
        cards.put_file(&format!("{name}.json"), &page).unwrap();
        assert!(cards.get(&name).unwrap().is_some_and(|kept| kept.picture.is_some()));
        for bad in ["../x.json", "x.json", &format!("{name}.exe"), &name] {
            assert!(cards.put_file(bad, b"").is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_kept_comes_back() {
        let data = tempfile::tempdir().unwrap();
        let cards = Cards::of(data.path());
        let name = hash(b"the photo");
        assert_eq!(cards.get(&name).unwrap(), None);
        cards.put(&name, Some(Picture { ending: "jpg", bytes: b"pixels" }), &page("Anne Roy")).unwrap();
        let kept = cards.get(&name).unwrap().unwrap();
        assert_eq!((kept.picture.as_deref(), kept.page), (Some(&b"pixels"[..]), page("Anne Roy")));
        assert!(cards.picture_file(&name).unwrap().ends_with(format!("cards/{name}.jpg")));
        let text = hash(b"a signature");
        cards.put(&text, None, &page("x")).unwrap();
        assert_eq!(cards.get(&text).unwrap().unwrap().picture, None);
        assert_eq!(cards.picture_file(&text), None);
    }

    #[test]
    fn a_page_of_version_1_is_read_for_ever() {
        let data = tempfile::tempdir().unwrap();
        let cards = Cards::of(data.path());
        let name = hash(b"old");
        files::make_folder(&data.path().join("cards")).unwrap();
        let old = r#"{"version":1,"lines":[{"text":"Anne Roy","confidence":0.98,"place":[0.1,0.2,0.5,0.25],
            "height":0.05,"block":1}],"codes":["https://a.example"],"problems":["handwriting"]}"#;
        fs::write(cards.path(&name, "json"), old).unwrap();
        assert_eq!(cards.get(&name).unwrap().unwrap().page, page("Anne Roy"));
        fs::write(cards.path(&name, "json"), r#"{"version":99,"lines":[]}"#).unwrap();
        assert_eq!(cards.get(&name).unwrap(), None, "a newer one is left alone");
        fs::write(cards.path(&name, "json"), "{").unwrap();
        assert!(matches!(cards.get(&name), Err(Problem::StoreDamaged { .. })));
    }

    #[test]
    fn names_are_hashes_and_nothing_else() {
        assert_eq!(hash(b""), "e3b0c44298fc1c149afbf4c8996fb924");
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join("store"), "x").unwrap();
        fs::write(data.path().join("x.json"), r#"{"version":1,"lines":[]}"#).unwrap();
        for name in ["../x", "../store", "", "E3B0C44298FC1C149AFBF4C8996FB924", "e3b0"] {
            assert_eq!(Cards::of(data.path()).get(name).unwrap(), None, "{name}");
        }
    }
}
