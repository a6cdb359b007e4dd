//! All cards as numbers, in segments behind shared pointers: a clone costs pointers, an edit makes one new segment.
//!
//! Invariants: identifiers ascend through all segments; archived people are not in; the index holds what
//! [`Segment::push`] says of each contact of its book. A need is compared with every card, in one pass over the words.

use std::sync::Arc;

use super::segment::{Card, Segment};
use super::vocabulary::Vocabulary;
use crate::domain::{Book, Contact, ContactId, RecordId};
use crate::insight::lexicon::Lexicon;
use crate::insight::search::threads;

/// Cards of a new segment.
const SEGMENT: usize = 4096;
/// Fewer cards than this are read by one thread.
const WORTH_A_THREAD: usize = 2_000;
/// Fewer cards than this are compared by one thread.
const WORTH_COMPARING: usize = 20_000;

/// The cards.
#[derive(Clone, Debug)]
pub struct Index {
    segments: Arc<Vec<Arc<Segment>>>,
    vocabulary: Arc<Vocabulary>,
    lexicon: Arc<Lexicon>,
}

impl Default for Index {
    fn default() -> Self {
        Self { segments: Arc::default(), vocabulary: Arc::default(), lexicon: Lexicon::bundled().clone() }
    }
}

impl Index {
    /// Reads a whole book, on all cores. Meant for a thread of its own.
    pub fn build(book: &Book, lexicon: &Arc<Lexicon>) -> Self {
        let contacts: Vec<&Contact> = book.contacts().map(AsRef::as_ref).collect();
        let chunks: Vec<&[&Contact]> = contacts.chunks(SEGMENT).collect();
        let parts = threads::shared(chunks.len(), contacts.len(), WORTH_A_THREAD, |range| {
            let (mut vocabulary, mut reader) = (Vocabulary::default(), lexicon.reader());
            let read = chunks[range].iter().map(|chunk| {
                let mut segment = Segment::default();
                chunk.iter().for_each(|contact| segment.push(contact, &mut vocabulary, &mut reader));
                segment.finish()
            });
            (read.collect::<Vec<_>>(), vocabulary)
        });
        let mut vocabulary = Vocabulary::default();
        let mut segments = Vec::with_capacity(chunks.len());
        for (part, own) in parts {
            let numbers = vocabulary.merge(&own);
            for mut segment in part {
                segment.renumber(&numbers);
                segments.push(Arc::new(segment));
            }
        }
        segments.retain(|segment| segment.len() > 0);
        Self { segments: Arc::new(segments), vocabulary: Arc::new(vocabulary), lexicon: lexicon.clone() }
    }

    /// The index of a few people, for being compared with needs that wait.
    pub(super) fn of<'c>(contacts: impl IntoIterator<Item = &'c Contact>, lexicon: &Arc<Lexicon>) -> Self {
        let (mut vocabulary, mut reader) = (Vocabulary::default(), lexicon.reader());
        let mut segment = Segment::default();
        contacts.into_iter().for_each(|contact| segment.push(contact, &mut vocabulary, &mut reader));
        Self {
            segments: Arc::new(vec![Arc::new(segment)]),
            vocabulary: Arc::new(vocabulary),
            lexicon: lexicon.clone(),
        }
    }

    /// The index of a later book in which only these records differ.
    #[must_use]
    pub fn updated(&self, book: &Book, changed: &[RecordId]) -> Self {
        let mut touched: Vec<ContactId> = changed.iter().filter_map(RecordId::contact).collect();
        touched.sort_unstable();
        touched.dedup();
        if touched.is_empty() {
            return self.clone();
        }
        if touched.len() > SEGMENT && touched.len() > self.len() / 4 {
            return Self::build(book, &self.lexicon);
        }
        let mut vocabulary = Arc::unwrap_or_clone(self.vocabulary.clone());
        let mut reader = self.lexicon.reader();
        let mut segments: Vec<Arc<Segment>> = Vec::with_capacity(self.segments.len() + 1);
        let mut rest = touched.as_slice();
        for (at, segment) in self.segments.iter().enumerate() {
            let here = match self.segments.get(at + 1) {
                Some(next) => rest.partition_point(|id| *id < next.ids[0]),
                None => rest.len(),
            };
            let (own, later) = rest.split_at(here);
            rest = later;
            if own.is_empty() {
                segments.push(segment.clone());
            } else {
                merge(
                    segment,
                    book,
                    own,
                    |into, contact| into.push(contact, &mut vocabulary, &mut reader),
                    &mut segments,
                );
            }
        }
        if self.segments.is_empty() {
            let none = Segment::default();
            merge(
                &none,
                book,
                rest,
                |into, contact| into.push(contact, &mut vocabulary, &mut reader),
                &mut segments,
            );
        }
        Self { segments: Arc::new(segments), vocabulary: Arc::new(vocabulary), lexicon: self.lexicon.clone() }
    }

    /// How many people can be found.
    pub fn len(&self) -> usize {
        self.segments.iter().map(|segment| segment.len()).sum()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Roughly how many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.segments.iter().map(|segment| segment.bytes()).sum::<usize>() + self.vocabulary.bytes()
    }

    /// The lexicon that the cards were read with.
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }

    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The card of a person.
    pub(super) fn card(&self, id: ContactId) -> Option<Card<'_>> {
        let at = self.segments.partition_point(|segment| segment.ids.last().is_some_and(|last| *last < id));
        let segment = self.segments.get(at)?;
        segment.ids.binary_search(&id).ok().map(|row| segment.card(row))
    }

    /// What `of` says of every card, in order; `None` when cancelled.
    pub(super) fn each<T: Send>(
        &self,
        cancelled: &(dyn Fn() -> bool + Sync),
        of: impl Fn(&Card) -> Option<T> + Sync,
    ) -> Option<Vec<T>> {
        let parts = threads::shared(self.segments.len(), self.len(), WORTH_COMPARING, |range| {
            let mut said = Vec::new();
            for segment in &self.segments[range] {
                if cancelled() {
                    return None;
                }
                said.extend(segment.cards().filter_map(|card| of(&card)));
            }
            Some(said)
        });
        let parts: Vec<Vec<T>> = parts.into_iter().collect::<Option<_>>()?;
        Some(parts.into_iter().flatten().collect())
    }
}

/// A segment with some cards read again, or new; cut in two when it grew large.
fn merge(
    old: &Segment,
    book: &Book,
    touched: &[ContactId],
    mut push: impl FnMut(&mut Segment, &Contact),
    into: &mut Vec<Arc<Segment>>,
) {
    let mut new = Segment::default();
    let mut end = |new: &mut Segment, most: usize| {
        if new.len() >= most {
            into.push(Arc::new(std::mem::take(new).finish()));
        }
    };
    // Only a segment that has outgrown itself is cut, so that edits do not leave small ones behind.
    let most = if old.len() + touched.len() > 2 * SEGMENT { SEGMENT } else { usize::MAX };
    let (mut row, mut next) = (0, 0);
    while row < old.len() || next < touched.len() {
        let told = touched.get(next);
        match old.ids.get(row) {
            Some(id) if told.is_none_or(|told| id < told) => {
                new.push_card(old.card(row));
                row += 1;
            }
            known => {
                row += usize::from(known == told);
                if let Some(contact) = told.and_then(|id| book.contact(*id)) {
                    push(&mut new, contact);
                }
                next += 1;
            }
        }
        end(&mut new, most);
    }
    end(&mut new, 1);
}
