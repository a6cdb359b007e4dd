//! Answers computed from the book: pure, off the typing thread, with reasons as data and never as sentences.

pub mod agenda;
pub mod duplicates;
pub mod encoder;
pub mod introductions;
mod last_contact;
pub mod lexicon;
pub mod markets;
pub mod needs;
pub mod network;
pub mod resolve;
pub mod search;
pub mod vectors;
pub mod vocabulary;

use std::sync::Arc;

use crate::domain::Book;

pub use last_contact::last_contact;

/// The book at one moment, with the search index that belongs to it. A clone costs three pointers.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// All records.
    pub book: Arc<Book>,
    /// The search index over the same records.
    pub index: Arc<search::Index>,
    /// Who is tied to which market by what their words suggest, for queries of markets; `None` while nobody knows. May be a little
    /// older than the book.
    pub roll: Option<Arc<markets::Roll>>,
    /// False while records are still being read after a start: the index answers, the book is not whole.
    pub loaded: bool,
}
