//! Who answered while a query was typed: each further letter only narrows, so only those need be looked at again.
//!
//! Invariants: a kept step belongs to the index, the book and the day that it was found with; the rows of a step hold
//! every row that any query narrowing the step can find. Memory is bounded: two bytes a row, [`MOST_ROWS`] in all.

use std::sync::{Arc, Weak};

use super::index::Index;
use super::plan::Plan;
use super::run::source_of;
use crate::domain::Book;
use crate::domain::query::{Filter, Query, Term};
use crate::domain::time::Date;
use crate::insight::Snapshot;
use crate::insight::markets::Roll;

/// Rows kept over all steps: the oldest steps go first.
const MOST_ROWS: usize = 4_000_000;
/// Steps kept: a query is rarely longer.
const MOST_STEPS: usize = 64;

/// The steps by which one list was narrowed.
#[derive(Debug, Default)]
pub struct Trail {
    index: Weak<Index>,
    book: Weak<Book>,
    roll: Weak<Roll>,
    today: Date,
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    query: Query,
    /// [`Plan::archived`] of the query.
    archived: bool,
    rows: Rows,
}

/// Rows of an index, by segment.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<u16>,
    ends: Vec<usize>,
}

impl Rows {
    /// Adds rows of the current segment; rows ascend.
    pub(super) fn extend(&mut self, rows: impl ExactSizeIterator<Item = u16>) {
        self.rows.extend(rows);
    }

    /// Goes on to the next segment.
    pub(super) fn end_segment(&mut self) {
        self.ends.push(self.rows.len());
    }

    /// Adds the rows of the segments that follow.
    pub(super) fn append(&mut self, next: &Self) {
        let before = self.rows.len();
        self.rows.extend_from_slice(&next.rows);
        self.ends.extend(next.ends.iter().map(|end| before + end));
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows of a segment by its number.
    pub(super) fn of(&self, segment: usize) -> &[u16] {
        let start = segment.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.rows[start..self.ends[segment]]
    }
}

impl Trail {
    /// The rows among which all answers to a query are, if a step tells. Steps that the query does not narrow are
    /// forgotten, and all of them once the snapshot or the day is another.
    pub(super) fn among(
        &mut self,
        snapshot: &Snapshot,
        query: &Query,
        plan: &Plan<'_>,
        today: Date,
    ) -> Option<&Rows> {
        let roll = snapshot.roll.as_ref().map(Arc::downgrade).unwrap_or_default();
        let same = self.index.as_ptr() == Arc::as_ptr(&snapshot.index)
            && self.book.as_ptr() == Arc::as_ptr(&snapshot.book)
            && self.roll.as_ptr() == roll.as_ptr()
            && self.today == today;
        if !same {
            *self = Self {
                index: Arc::downgrade(&snapshot.index),
                book: Arc::downgrade(&snapshot.book),
                roll,
                today,
                steps: Vec::new(),
            };
        }
        while let Some(step) = self.steps.last() {
            let known = Plan::new(source_of(snapshot), &step.query, today, true);
            if step.archived == plan.archived && conditions_hold(query, &step.query) && plan.narrows(&known) {
                break;
            }
            self.steps.pop();
        }
        self.steps.last().map(|step| &step.rows)
    }

    /// Remembers who answered.
    pub(super) fn note(&mut self, query: &Query, plan: &Plan<'_>, rows: Rows) {
        if self.steps.last().is_some_and(|step| step.query == *query) {
            return;
        }
        self.steps.push(Step { query: query.clone(), archived: plan.archived, rows });
        let mut kept: usize = self.steps.iter().map(|step| step.rows.len()).sum();
        while self.steps.len() > MOST_STEPS || kept > MOST_ROWS && self.steps.len() > 1 {
            kept -= self.steps.remove(0).rows.len();
        }
    }
}

/// Whether a query has all conditions of an older one that are not bare words.
fn conditions_hold(query: &Query, older: &Query) -> bool {
    let conditions = |query: &'_ Query| -> Vec<Term> {
        let is_word =
            |term: &&Term| !term.negated && matches!(term.filter, Filter::Word(_) | Filter::Phrase(_));
        query.terms.iter().filter(|term| !is_word(term)).cloned().collect()
    };
    let own = conditions(query);
    conditions(older).iter().all(|term| own.contains(term))
}

impl Plan<'_> {
    /// Whether each word of an older plan is there, perhaps with letters added.
    fn narrows(&self, older: &Self) -> bool {
        older.words.len() <= self.words.len()
            && older.words.iter().zip(&self.words).all(|(known, needles)| {
                needles.iter().all(|needle| known.iter().any(|older| needle.narrows(older)))
            })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::contact::{Contact, Name, Phone, Role};
    use crate::domain::query::State;
    use crate::domain::time::Timestamp;
    use crate::domain::{ContactId, Record};
    use crate::insight::search::{Options, run, run_along};

    const TODAY: Date = Date::constant(2026, 11, 16);

    fn snapshot() -> Snapshot {
        let mut book = Book::default();
        let people = [
            ("Martin Lefèvre", "Scierie Tremblay", "+18195550123"),
            ("Marie-Ève Martin", "Ville de Magog", "+18195550124"),
            ("Éric Lemaire", "www.lemaire.ca", "+15145550199"),
            ("Lee Ma", "Martinique Import", "+14505550111"),
        ];
        for (n, (name, org, phone)) in people.into_iter().enumerate() {
            let mut contact = Contact::new(ContactId(Uuid::from_u128(n as u128 + 1)), Timestamp::UNIX_EPOCH);
            contact.name = Name::from_full(name);
            contact.roles = vec![Role { org: org.into(), ..Role::default() }];
            contact.phones = vec![Phone { value: phone.into(), ..Phone::default() }];
            book.put(Record::Contact(Arc::new(contact)));
        }
        Snapshot { index: Arc::new(Index::build(&book)), book: Arc::new(book), loaded: true, roll: None }
    }

    fn query(text: &str) -> Query {
        let term = |word: &str| match word.strip_prefix('-') {
            Some(word) => Term { negated: true, filter: Filter::Word(vec![word.into()]) },
            None if word == "is:unread" => Term { negated: false, filter: Filter::Is(vec![State::Unread]) },
            None => Term { negated: false, filter: Filter::Word(word.split(',').map(Into::into).collect()) },
        };
        Query { terms: text.split(' ').filter(|word| !word.is_empty()).map(term).collect() }
    }

    fn steps(trail: &Trail) -> usize {
        trail.steps.len()
    }

    #[test]
    fn letters_added_look_at_those_found_before() {
        let (snapshot, mut trail) = (snapshot(), Trail::default());
        let options = Options { today: TODAY, limit: None, cancelled: &|| false };
        for (text, expected, kept) in
            [("m", 4, 1), ("ma", 4, 2), ("mart", 3, 3), ("mart lef", 1, 4), ("mart", 3, 3), ("x", 0, 1)]
        {
            let found = run_along(&snapshot, &query(text), &options, &mut trail);
            assert_eq!(found.map(|found| found.total), Some(expected), "{text}");
            assert_eq!(steps(&trail), kept, "{text}");
        }
        let other = Snapshot { book: Arc::new((*snapshot.book).clone()), ..snapshot };
        let _ = run_along(&other, &query("x"), &options, &mut trail);
        assert_eq!(steps(&trail), 1, "another book begins another trail");
    }

    proptest! {
        #[test]
        fn a_trail_changes_no_answer(texts in prop::collection::vec("(-?[marteil.5 ,-]{0,4} ?){1,3}", 1..12)) {
            let (snapshot, mut trail) = (snapshot(), Trail::default());
            let options = Options { today: TODAY, limit: None, cancelled: &|| false };
            for text in texts.iter().flat_map(|text| (0..=text.len()).map(|end| &text[..end])) {
                let found = run_along(&snapshot, &query(text), &options, &mut trail).map(|found| found.ids);
                prop_assert_eq!(found, run(&snapshot, &query(text), &options), "{}", text);
            }
        }
    }
}
