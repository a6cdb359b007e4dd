//! The search index: segments of a few thousand rows behind shared pointers, so that a clone costs one pointer and
//! an edit makes one new segment.
//!
//! Invariants: no segment is empty; identifiers ascend through all segments; the index holds exactly the contacts
//! of the book that it was built from or brought up to.

use std::sync::Arc;

use super::intake::{self, Logged};
use super::segment::{Row, Segment};
use super::threads;
use crate::domain::{Book, Contact, ContactId, Record, RecordId};

/// Rows of a new segment, and the most that one grows to by edits.
const SEGMENT_ROWS: usize = 4096;
pub(super) const SEGMENT_MOST: usize = 2 * SEGMENT_ROWS;
/// More segments than any index has: 15 bits in the ranking.
pub(super) const MOST_SEGMENTS: usize = 1 << 15;
/// Fewer rows than this are not worth a second thread.
pub(super) const WORTH_THREADS: usize = 16_384;

/// The search index. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Index {
    pub(super) segments: Arc<Vec<Arc<Segment>>>,
    rows: usize,
}

impl Index {
    /// Builds the index of a whole book, on all cores.
    pub fn build(book: &Book) -> Self {
        let logged = Logged::of_all(book);
        let contacts: Vec<&Contact> = book.contacts().map(AsRef::as_ref).collect();
        let chunks: Vec<&[&Contact]> = contacts.chunks(SEGMENT_ROWS).collect();
        let segments = threads::shared(chunks.len(), contacts.len(), WORTH_THREADS, |range| {
            let built = chunks[range].iter().map(|chunk| {
                let mut segment = Segment::default();
                for contact in *chunk {
                    let logged = logged.get(&contact.id).copied().unwrap_or_default();
                    intake::push(&mut segment, contact, logged);
                }
                Arc::new(segment.finish())
            });
            built.collect::<Vec<_>>()
        });
        Self::from_segments(segments.concat())
    }

    /// The index of `book`, which differs from the book of this index in `changed` records only. Contacts and
    /// interactions count; a changed interaction makes every row with a log be looked at again, since whom it
    /// was with before is not told.
    #[must_use]
    pub fn updated(&self, book: &Book, changed: &[RecordId]) -> Self {
        let mut touched: Vec<ContactId> = Vec::new();
        let mut log_changed = false;
        for record in changed {
            match record {
                RecordId::Contact(id) => touched.push(*id),
                RecordId::Interaction(_) => log_changed = true,
                _ => {}
            }
        }
        if log_changed {
            touched.extend(self.with_another_log(book));
            for record in changed {
                if let RecordId::Interaction(_) = record
                    && let Some(Record::Interaction(entry)) = book.record(*record)
                {
                    touched.extend(&entry.people);
                }
            }
        }
        touched.sort_unstable();
        touched.dedup();
        if touched.is_empty() {
            return self.clone();
        }
        if touched.len() > SEGMENT_ROWS && touched.len() > self.rows / 4 {
            return Self::build(book);
        }
        self.merged(book, &touched)
    }

    /// The contacts whose log is not what their row remembers.
    fn with_another_log(&self, book: &Book) -> impl Iterator<Item = ContactId> {
        self.segments.iter().flat_map(move |segment| {
            segment.ids.iter().zip(&segment.facts).filter_map(move |(id, facts)| {
                let contact = facts.logged().then(|| book.contact(*id)).flatten()?;
                intake::is_log_outdated(facts, contact, Logged::of(book, *id)).then_some(*id)
            })
        })
    }

    fn merged(&self, book: &Book, touched: &[ContactId]) -> Self {
        let mut segments = Vec::with_capacity(self.segments.len() + 1);
        let mut rest = touched;
        for (n, segment) in self.segments.iter().enumerate() {
            let here = match self.segments.get(n + 1) {
                Some(next) => rest.partition_point(|id| *id < next.ids[0]),
                None => rest.len(),
            };
            let (mine, others) = rest.split_at(here);
            rest = others;
            if mine.is_empty() {
                segments.push(segment.clone());
            } else {
                segments.extend(rebuilt(segment, book, mine));
            }
        }
        if !rest.is_empty() {
            segments.extend(rebuilt(&Segment::default(), book, rest));
        }
        Self::from_segments(segments)
    }

    pub(super) fn from_segments(segments: Vec<Arc<Segment>>) -> Self {
        let rows = segments.iter().map(|segment| segment.len()).sum();
        Self { segments: Arc::new(segments), rows }
    }

    /// How many contacts it holds, archived ones too.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// It holds nobody.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// A contact in the columns of a list.
    pub fn row(&self, id: ContactId) -> Option<Row<'_>> {
        self.find(id).map(|(segment, row)| segment.row(row))
    }

    /// The segment and row of a contact.
    pub(super) fn find(&self, id: ContactId) -> Option<(&Segment, usize)> {
        self.place(id).map(|(number, row)| (self.segments[number].as_ref(), row))
    }

    /// The number of a contact's segment, and the row in it.
    pub(super) fn place(&self, id: ContactId) -> Option<(usize, usize)> {
        let number = self.segments.partition_point(|segment| segment.ids[0] <= id).checked_sub(1)?;
        self.segments[number].find(id).map(|row| (number, row))
    }

    /// All contacts, oldest first, archived ones too.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.segments.iter().flat_map(|segment| (0..segment.len()).map(|row| segment.row(row)))
    }
}

/// A segment with the `touched` contacts taken from the book again: changed, added or gone. Touched identifiers
/// ascend. Splits what grew too long.
fn rebuilt(segment: &Segment, book: &Book, touched: &[ContactId]) -> Vec<Arc<Segment>> {
    let total = segment.len() + touched.len();
    let most = if total > SEGMENT_MOST { SEGMENT_ROWS } else { SEGMENT_MOST };
    let mut done = Vec::new();
    let mut new = Segment::default();
    let mut old_rows = (0..segment.len()).peekable();
    let mut touched = touched.iter().copied().peekable();
    loop {
        let old = old_rows.peek().map(|row| segment.ids[*row]);
        if let Some(id) = touched.next_if(|id| old.is_none_or(|old| *id <= old)) {
            old_rows.next_if(|row| segment.ids[*row] == id);
            if let Some(contact) = book.contact(id) {
                intake::push(&mut new, contact, Logged::of(book, id));
            }
        } else if let Some(row) = old_rows.next() {
            new.push_row(segment, row);
        } else {
            break;
        }
        if new.len() >= most {
            done.push(Arc::new(std::mem::take(&mut new).finish()));
        }
    }
    if new.len() > 0 {
        done.push(Arc::new(new.finish()));
    }
    done
}
