//! A question about the card that a line would make, asked while the line is typed.
//!
//! Invariant: one question at a time; the next one when the answer is there, where the line has become another one
//! meanwhile.

use crate::domain::Contact;
use crate::protocol::Job;
use crate::tui::effect::{Effect, Tag};

/// What was asked about the card of a line, and what was found for it.
pub(super) struct Typed<T> {
    job: fn(Box<Contact>) -> Job,
    tag: Tag,
    card: Option<Box<Contact>>,
    asked: Option<Box<Contact>>,
    found: Vec<T>,
}

impl<T: Clone> Typed<T> {
    /// Asks `job`; its replies come with `tag`.
    pub(super) fn new(job: fn(Box<Contact>) -> Job, tag: Tag) -> Self {
        Self { job, tag, card: None, asked: None, found: Vec::new() }
    }

    /// Looks at the card that the line would make; `None` where there is nothing to ask about.
    pub(super) fn look(&mut self, card: Option<Box<Contact>>) -> Option<Effect> {
        if card == self.card {
            return None;
        }
        self.card = card;
        if self.card.is_none() {
            self.found.clear();
        }
        self.ask()
    }

    fn ask(&mut self) -> Option<Effect> {
        let contact = self.card.clone().filter(|_| self.asked.is_none())?;
        self.asked = Some(contact.clone());
        Some(Effect::Ask((self.job)(contact), self.tag))
    }

    /// Takes an answer, `None` for one that could not be given; asks again where the line is another one by now.
    pub(super) fn answered(&mut self, found: Option<&[T]>) -> Option<Effect> {
        if self.asked.take() != self.card {
            return self.ask();
        }
        if let Some(found) = found {
            self.found = found.to_vec();
        }
        None
    }

    /// What was found last.
    pub(super) fn found(&self) -> &[T] {
        &self.found
    }

    /// There is no line to ask about any more.
    pub(super) fn clear(&mut self) {
        (self.card, self.found) = (None, Vec::new());
    }
}
