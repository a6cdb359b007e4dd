//! Printed text of a card image, read on this machine by two small models (`assets/ocr`), in Rust alone.
//!
//! | file | does |
//! | --- | --- |
//! | `engine` | the steps of a reading, which way is up |
//! | `models` | the models, unpacked when first used |
//! | `detect` | where lines are |
//! | `recognise` | what a line says |
//! | `order` | pieces to lines, lines to blocks, in reading order |
//! | `geometry` | hulls and rectangles |
//!
//! Without the cargo feature `ocr` the interface stays and says [`Unavailable::NotBuilt`].

#[cfg(feature = "ocr")]
mod detect;
#[cfg(feature = "ocr")]
mod engine;
#[cfg(feature = "ocr")]
mod geometry;
#[cfg(feature = "ocr")]
mod models;
#[cfg(feature = "ocr")]
mod order;
#[cfg(feature = "ocr")]
mod recognise;

use std::sync::{Arc, Mutex, PoisonError, Weak};

use thiserror::Error;

use super::picture::{Picture, Turn};
use super::qr::Code;

/// A point of a picture: x to the right, y down, in pixels; pixel centres are whole numbers plus one half.
pub type Point = (f32, f32);

/// One printed line.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// What it says; clean, not empty.
    pub text: String,
    /// How sure the model is of its letters, 0 to 1. Above 0.95 errors are rare, below 0.75 they are the rule.
    pub confidence: f32,
    /// Its corners in the upright picture, in pixels: start and end of the top, end and start of the bottom.
    pub quad: [Point; 4],
    /// Height of the line in pixels: about 1.5 times that of its capitals.
    pub height: f32,
    /// Lines that stand together have the same number; numbers count up in reading order.
    pub block: usize,
}

/// What should be said about a reading before anybody relies on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// No text was found.
    Nothing,
    /// The letters are not sure: handwriting, or a poor photo.
    Unsure,
    /// There seem to be several cards, or one card of several people.
    Several,
}

/// The text of a picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// Lines in reading order, column after column where there are columns.
    pub lines: Vec<TextLine>,
    /// What turns the picture upright, after the orientation in its metadata has been applied.
    pub turn: Turn,
    /// Mean confidence of all letters, 0 to 1; 0 without text.
    pub confidence: f32,
    /// In their order, each at most once.
    pub doubts: Vec<Doubt>,
}

impl Reading {
    /// All lines, a blank line between blocks.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (at, line) in self.lines.iter().enumerate() {
            if at > 0 {
                text.push_str(if self.lines[at - 1].block == line.block { "\n" } else { "\n\n" });
            }
            text.push_str(&line.text);
        }
        text
    }
}

/// Why text cannot be read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unavailable {
    /// This program was built without the feature `ocr`.
    #[error("built without text recognition")]
    NotBuilt,
    /// The models in the program are damaged.
    #[error("the recognition models cannot be loaded")]
    Models,
}

/// Reads text. Loading takes a fifth of a second and 60 MB, so all users share one, and it leaves memory with the
/// last of them: keep it while a stack of cards is read, not for ever.
pub struct Reader {
    #[cfg(feature = "ocr")]
    engine: engine::Engine,
    #[cfg(not(feature = "ocr"))]
    never: std::convert::Infallible,
}

impl Reader {
    /// The reader of this process, loaded if nobody holds it.
    pub fn global() -> Result<Arc<Self>, Unavailable> {
        static SHARED: Mutex<Weak<Reader>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reader) = shared.upgrade() {
            return Ok(reader);
        }
        let reader = Arc::new(Self::load()?);
        *shared = Arc::downgrade(&reader);
        Ok(reader)
    }

    #[cfg(feature = "ocr")]
    fn load() -> Result<Self, Unavailable> {
        engine::Engine::load().map(|engine| Self { engine }).ok_or(Unavailable::Models)
    }

    #[cfg(not(feature = "ocr"))]
    fn load() -> Result<Self, Unavailable> {
        Err(Unavailable::NotBuilt)
    }

    /// Reads a picture, whichever way it lies.
    pub fn read(&self, picture: &Picture) -> Reading {
        self.read_beside(picture, &[])
    }

    /// As [`Reader::read`], ignoring what codes would be misread as.
    pub fn read_beside(&self, picture: &Picture, codes: &[Code]) -> Reading {
        #[cfg(feature = "ocr")]
        return self.engine.read(picture, codes);
        #[cfg(not(feature = "ocr"))]
        match (self.never, picture, codes) {}
    }
}
