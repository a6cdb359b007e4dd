//! The encoder that the settings name, and what it makes of cards: once each, kept in the data folder.
//!
//! Invariants: without a setting nothing here does anything; an encoder that cannot be read is one problem, and needs are
//! matched without it. Meanings are found by what a card says, so that a changed card simply has none yet.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use super::lock;
use crate::domain::book::Book;
use crate::domain::change::RecordId;
use crate::domain::contact::{Contact, Stage};
use crate::domain::problem::{EncoderFault, Problem};
use crate::insight::encoder::{Encoder, Fault, Kept, LARGEST, VERSION};
use crate::insight::needs::{Meanings, Sense, labels, text_of};
use crate::store::meanings::{self as shelf, LENGTH};

/// So many are made before they are written.
const BATCH: usize = 64;

/// The encoder, if there is to be one.
#[derive(Default)]
pub(super) struct Encoding {
    file: Option<PathBuf>,
    data: PathBuf,
    loaded: OnceLock<Result<Arc<Sense>, Problem>>,
    known: Mutex<Known>,
    /// Counts what was made: whoever keeps meanings of before asks again.
    made: AtomicU64,
    /// Held while cards are read, so that two do not make the same.
    making: Mutex<()>,
}

/// What is known of texts, by their hashes, and the cards of a book that say them.
#[derive(Default)]
struct Known {
    texts: HashMap<u64, Arc<Kept>>,
    shelf: Option<shelf::Meanings>,
    placed: Option<(Book, u64, Meanings)>,
    /// Whether what no card says any more was dropped.
    swept: bool,
}

impl Encoding {
    pub(super) fn new(data: &Path, file: Option<PathBuf>) -> Self {
        Self { file, data: data.to_owned(), ..Self::default() }
    }

    /// The file that the settings name.
    pub(super) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The encoder, read by this thread if need be; `None` where none is set.
    pub(super) fn sense(&self) -> Option<&Result<Arc<Sense>, Problem>> {
        let file = self.file.as_deref()?;
        Some(self.loaded.get_or_init(|| {
            let bad = |fault| Problem::Encoder { path: file.to_owned(), fault };
            let encoder = load(file).map_err(bad)?;
            let mut known = lock(&self.known);
            // Without the file everything is made again.
            if let Ok((open, kept)) = shelf::Meanings::open(&self.data, encoder.checksum()) {
                known.shelf = Some(open);
                let signed = |bytes: [u8; LENGTH]| Arc::new(Kept(bytes.map(|byte| byte as i8)));
                known.texts.extend(kept.into_iter().map(|(hash, bytes)| (hash, signed(bytes))));
            }
            let mut new = Vec::new();
            let labels = labels().into_iter().filter_map(|label| {
                let hash = hash(&label);
                if let Some(known) = known.texts.get(&hash) {
                    return Some(Arc::clone(known));
                }
                let made = Arc::new(encoder.meaning(&label)?.kept());
                new.push((hash, Arc::clone(&made)));
                Some(made)
            });
            let labels: Vec<Arc<Kept>> = labels.collect();
            known.keep(&new);
            Ok(Arc::new(Sense::new(encoder, labels)))
        }))
    }

    /// The encoder, if it has been read.
    pub(super) fn known_sense(&self) -> Option<Arc<Sense>> {
        self.loaded.get()?.as_ref().ok().cloned()
    }

    /// What is known of the cards of a book, and a number that tells it from what was known before.
    pub(super) fn meanings(&self, book: &Book) -> (u64, Meanings) {
        let made = self.made.load(Ordering::Acquire);
        if self.known_sense().is_none() {
            return (0, Meanings::default());
        }
        let mut known = lock(&self.known);
        let changed: Vec<RecordId>;
        let mut meanings = match &known.placed {
            Some((before, at, meanings)) if *at == made => {
                changed = book.changed_since(before);
                if changed.is_empty() {
                    return (made, meanings.clone());
                }
                meanings.clone()
            }
            _ => {
                changed = book.contacts().map(|contact| RecordId::Contact(contact.id)).collect();
                Meanings::default()
            }
        };
        for id in changed.iter().filter_map(RecordId::contact) {
            let text = book.contact(id).and_then(|contact| said(contact));
            match text.and_then(|text| known.texts.get(&hash(&text))) {
                Some(meaning) => meanings.put(id, Arc::clone(meaning)),
                None => meanings.forget(id),
            }
        }
        known.placed = Some((book.clone(), made, meanings.clone()));
        (made, meanings)
    }

    /// How many cards have something to say.
    pub(super) fn cards(book: &Book) -> usize {
        book.contacts().filter(|contact| said(contact).is_some()).count()
    }

    /// Reads the cards that were not read yet; `progress` hears how many are done, and of how many. Stops when cancelled,
    /// and keeps what it has.
    pub(super) fn read(&self, book: &Book, cancelled: &dyn Fn() -> bool, progress: &dyn Fn(u64, u64)) {
        let Some(Ok(sense)) = self.sense() else { return };
        let _making = lock(&self.making);
        let texts: Vec<(u64, String)> =
            book.contacts().filter_map(|contact| said(contact)).map(|text| (hash(&text), text)).collect();
        let mut known = lock(&self.known);
        if !std::mem::replace(&mut known.swept, true) {
            let mut said: HashSet<u64> = texts.iter().map(|(hash, _)| *hash).collect();
            said.extend(labels().iter().map(|label| hash(label)));
            known.sweep(&said);
        }
        let missing: Vec<(u64, String)> =
            texts.into_iter().filter(|(hash, _)| !known.texts.contains_key(hash)).collect();
        drop(known);
        let total = missing.len() as u64;
        for (at, batch) in missing.chunks(BATCH).enumerate() {
            let mut new = Vec::with_capacity(BATCH);
            for (hash, text) in batch {
                if cancelled() {
                    break;
                }
                new.extend(sense.encoder().meaning(text).map(|made| (*hash, Arc::new(made.kept()))));
            }
            lock(&self.known).keep(&new);
            self.made.fetch_add(1, Ordering::Release);
            if cancelled() {
                return;
            }
            progress(((at + 1) * BATCH) as u64, total);
        }
    }
}

impl Known {
    /// Notes what was made. What cannot be written is made again another day.
    fn keep(&mut self, new: &[(u64, Arc<Kept>)]) {
        self.texts.extend(new.iter().cloned());
        if let Some(shelf) = &mut self.shelf {
            let _ = shelf.add(&new.iter().map(stored).collect::<Vec<_>>());
        }
    }

    /// Drops what nobody says any more, from the file too: what was erased must leave no trace.
    fn sweep(&mut self, said: &HashSet<u64>) {
        let before = self.texts.len();
        self.texts.retain(|hash, _| said.contains(hash));
        if let Some(shelf) = self.shelf.as_mut().filter(|_| self.texts.len() < before) {
            let left: Vec<shelf::Kept> =
                self.texts.iter().map(|(hash, kept)| stored(&(*hash, Arc::clone(kept)))).collect();
            let _ = shelf.replace(left.iter());
        }
    }
}

fn stored((hash, kept): &(u64, Arc<Kept>)) -> shelf::Kept {
    (*hash, kept.0.map(|number| number as u8))
}

/// What a card says; `None` for one that is put away or says nothing.
fn said(contact: &Contact) -> Option<String> {
    (contact.stage != Stage::Archived).then(|| text_of(contact)).filter(|text| !text.is_empty())
}

fn load(file: &Path) -> Result<Encoder, EncoderFault> {
    let unreadable = |error: std::io::Error| EncoderFault::Unreadable { detail: error.to_string() };
    let found = fs::metadata(file).map_err(unreadable)?;
    if !found.is_file() {
        return Err(EncoderFault::NotOne);
    }
    if found.len() > LARGEST {
        return Err(EncoderFault::TooLarge);
    }
    let mut bytes = Vec::new();
    // What grows while it is read ends here too.
    File::open(file).and_then(|file| file.take(LARGEST).read_to_end(&mut bytes)).map_err(unreadable)?;
    Encoder::read(&bytes).map_err(|fault| match fault {
        Fault::NotAnEncoder => EncoderFault::NotOne,
        Fault::OtherVersion(found) => EncoderFault::OtherVersion { found, supported: VERSION },
        Fault::Damaged => EncoderFault::Damaged,
    })
}

/// FNV-1a: the same in every version of the program.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
