//! Carries a query out: ranks all rows, scores the best, sorts.

use std::cmp::Reverse;

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::index::{Index, WORTH_THREADS, cores, joined};
use super::plan::Plan;
use super::segment::Segment;
use crate::domain::query::{Filter, Query};
use crate::domain::time::Date;
use crate::domain::{Book, ContactId};
use crate::insight::Snapshot;

/// So many of the best rows are scored; a person reads far fewer.
const SCORED: usize = 4000;
/// Fewer rows than this are not worth a second thread to be scored.
const SCORED_ALONE: usize = 500;
/// Rows between two looks at whether a newer query has come.
const LOOK: usize = 2048;

/// How a query is carried out.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// What `is:due` and `stale:` are measured from.
    pub today: Date,
    /// At most so many; `None` for all.
    pub limit: Option<usize>,
    /// Tells, whenever asked, whether a newer query has made this one useless. Asked often: must be cheap.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// How words may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::insight) enum Words {
    /// Letters may be left out.
    Fuzzy,
    /// Every letter counts.
    Literal,
}

/// Who answers a query, best first; `None` when it was cancelled. Archived people answer only when asked for by
/// `is:archived` or by their exact uid. While the book of the snapshot is still being read, filters that need it
/// (ties, introducers, `in:me`, names of markets) find what is there.
pub fn run(snapshot: &Snapshot, query: &Query, options: &Options<'_>) -> Option<Vec<ContactId>> {
    run_as(&snapshot.book, &snapshot.index, query, options, Words::Fuzzy)
}

/// [`run`], with a say in how words may match.
pub(in crate::insight) fn run_as(
    book: &Book,
    index: &Index,
    query: &Query,
    options: &Options<'_>,
    words: Words,
) -> Option<Vec<ContactId>> {
    let plan = Plan::new(book, index, query, options.today, words == Words::Fuzzy);
    let keys = ranked(&plan, index, options)?;
    let mut found = sorted(&plan, index, keys, options)?;
    if let Some(id) = exact_uid(book, index, query) {
        found.retain(|other| *other != id);
        found.insert(0, id);
    }
    found.truncate(options.limit.unwrap_or(usize::MAX));
    Some(found)
}

/// The person whose uid is the whole query.
fn exact_uid(book: &Book, index: &Index, query: &Query) -> Option<ContactId> {
    let [term] = query.terms.as_slice() else { return None };
    let uid = match &term.filter {
        Filter::Word(words) if words.len() == 1 => &words[0],
        Filter::Phrase(phrase) => phrase,
        _ => return None,
    };
    if term.negated {
        return None;
    }
    match book.by_uid(uid) {
        Some(contact) => Some(contact.id),
        None => uid.parse().ok().filter(|id| book.contact(*id).is_none() && index.row(*id).is_some()),
    }
}

/// A row that answers, in 64 bits whose order is the order of answers: rank, closeness, recency, row.
///
/// Recency is told to the quarter of an hour here, which 25 bits hold for 957 years; where nothing else is asked,
/// to the second.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u64);

const ROW_BITS: u32 = 28;
const RECENCY_BITS: u32 = 25;
const QUARTER: u32 = 15 * 60;

impl Key {
    fn new(rank: u8, segment: &Segment, row: usize, before: u32) -> Self {
        let facts = &segment.facts[row];
        let far = 7 - facts.closeness().map_or(0, |closeness| u64::from(closeness.level()) + 1);
        let age = u64::from((u32::MAX - facts.recency) / QUARTER);
        let number = u64::from(before) + row as u64;
        Self(
            u64::from(rank) << (3 + RECENCY_BITS + ROW_BITS)
                | far << (RECENCY_BITS + ROW_BITS)
                | age << ROW_BITS
                | number,
        )
    }

    fn by_recency(segment: &Segment, row: usize, before: u32) -> Self {
        let age = u64::from(u32::MAX - segment.facts[row].recency);
        Self(age << ROW_BITS | (u64::from(before) + row as u64))
    }

    fn rank(self) -> u8 {
        (self.0 >> (3 + RECENCY_BITS + ROW_BITS)) as u8
    }

    fn row(self) -> u32 {
        (self.0 & ((1 << ROW_BITS) - 1)) as u32
    }
}

/// Everybody who answers.
fn ranked(plan: &Plan<'_>, index: &Index, options: &Options<'_>) -> Option<Vec<Key>> {
    let by_recency = plan.is_empty();
    let scan = |range: std::ops::Range<usize>| {
        let mut keys = Vec::new();
        for n in range {
            let (segment, before) = (&index.segments[n], index.offsets[n]);
            for row in 0..segment.len() {
                if row % LOOK == 0 && (options.cancelled)() {
                    return None;
                }
                if let Some(rank) = plan.rank(segment, row) {
                    keys.push(if by_recency {
                        Key::by_recency(segment, row, before)
                    } else {
                        Key::new(rank, segment, row, before)
                    });
                }
            }
        }
        Some(keys)
    };
    let count = index.segments.len();
    if index.len() < WORTH_THREADS || cores() == 1 {
        return scan(0..count);
    }
    let share = count.div_ceil(cores());
    let parts: Option<Vec<Vec<Key>>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..count)
            .step_by(share)
            .map(|start| scope.spawn(move || scan(start..(start + share).min(count))))
            .collect();
        threads.into_iter().map(joined).collect()
    });
    Some(parts?.concat())
}

/// The people of all keys in the order of answers, the best ones scored.
fn sorted(
    plan: &Plan<'_>,
    index: &Index,
    mut keys: Vec<Key>,
    options: &Options<'_>,
) -> Option<Vec<ContactId>> {
    let id = |key: &Key| index.id_at(key.row());
    if !plan.has_words() {
        keys.sort_unstable();
        return Some(keys.iter().map(id).collect());
    }
    let best = keys.len().min(SCORED);
    if best < keys.len() {
        keys.select_nth_unstable(best);
    }
    let rest = keys.split_off(best);
    let mut found = scored(plan, index, &keys, options)?;
    let wanted = options.limit.unwrap_or(usize::MAX).saturating_sub(found.len());
    if wanted > 0 {
        let mut rest = rest;
        rest.sort_unstable();
        found.extend(rest.iter().take(wanted).map(id));
    }
    Some(found)
}

/// Sorts by class, score, closeness, recency and identifier.
fn scored(plan: &Plan<'_>, index: &Index, keys: &[Key], options: &Options<'_>) -> Option<Vec<ContactId>> {
    let score = |keys: &[Key]| {
        let matcher = SkimMatcherV2::default().respect_case();
        let mut scored = Vec::with_capacity(keys.len());
        for (n, key) in keys.iter().enumerate() {
            if n % LOOK == 0 && (options.cancelled)() {
                return None;
            }
            let (segment, row) = index.at(key.row());
            let score: i64 =
                plan.places(segment, row).filter_map(|(word, field)| matcher.fuzzy_match(field, word)).sum();
            let facts = &segment.facts[row];
            scored.push((
                (key.rank(), Reverse(score), Reverse(facts.closeness()), Reverse(facts.recency)),
                segment.ids[row],
            ));
        }
        Some(scored)
    };
    let mut scored = if keys.len() < SCORED_ALONE || cores() == 1 {
        score(keys)?
    } else {
        let share = keys.len().div_ceil(cores());
        let parts: Option<Vec<_>> = std::thread::scope(|scope| {
            let threads: Vec<_> = keys.chunks(share).map(|part| scope.spawn(move || score(part))).collect();
            threads.into_iter().map(joined).collect()
        });
        parts?.concat()
    };
    scored.sort_unstable();
    Some(scored.into_iter().map(|(_, id)| id).collect())
}
