//! What a screen asks the engine about the book: one question of a kind at a time, the next one when the answer is there,
//! so that a cursor that runs through a list leaves no queue behind.

use std::sync::Arc;

use crate::domain::Book;

/// A question about something that `K` names, and whether its answer is awaited.
#[derive(Debug)]
pub struct Inquiry<K> {
    asked: Option<K>,
    awaited: bool,
}

impl<K> Default for Inquiry<K> {
    fn default() -> Self {
        Self { asked: None, awaited: false }
    }
}

impl<K> Inquiry<K> {
    /// What was asked last.
    pub fn asked(&self) -> Option<&K> {
        self.asked.as_ref()
    }

    /// Whether its answer is not there yet.
    pub fn is_awaited(&self) -> bool {
        self.awaited
    }

    /// The answer is there.
    pub fn answered(&mut self) {
        self.awaited = false;
    }
}

impl<K: PartialEq> Inquiry<K> {
    /// Whether it is to be asked now; from then on its answer is awaited.
    pub fn want(&mut self, key: K) -> bool {
        if self.awaited || self.asked.as_ref() == Some(&key) {
            return false;
        }
        (self.asked, self.awaited) = (Some(key), true);
        true
    }

    /// Whether this is what the answer that is there is about.
    pub fn is_about(&self, key: &K) -> bool {
        !self.awaited && self.asked.as_ref() == Some(key)
    }
}

/// Counts the books that a screen has seen: a part of every question, since another book has other answers.
#[derive(Debug, Default)]
pub struct Edition {
    book: Option<Arc<Book>>,
    number: u64,
}

impl Edition {
    /// The number of this book, a new one if it is not the last one seen.
    pub fn of(&mut self, book: &Arc<Book>) -> u64 {
        if !self.book.as_ref().is_some_and(|known| Arc::ptr_eq(known, book)) {
            self.book = Some(Arc::clone(book));
            self.number += 1;
        }
        self.number
    }

    /// The number of the last book seen.
    pub fn number(&self) -> u64 {
        self.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_question_at_a_time() {
        let mut inquiry = Inquiry::default();
        assert!(inquiry.want("a") && inquiry.is_awaited() && !inquiry.is_about(&"a"));
        assert!(!inquiry.want("b"), "the answer to the first one is awaited");
        inquiry.answered();
        assert!(inquiry.is_about(&"a") && !inquiry.want("a"), "it is known");
        assert!(inquiry.want("b"));
        assert_eq!(inquiry.asked(), Some(&"b"));
    }

    #[test]
    fn another_book_is_another_edition() {
        let (one, two) = (Arc::new(Book::default()), Arc::new(Book::default()));
        let mut edition = Edition::default();
        assert_eq!([edition.of(&one), edition.of(&one), edition.of(&two), edition.number()], [1, 1, 2, 2]);
    }
}
