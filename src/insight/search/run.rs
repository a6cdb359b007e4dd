//! Carries a query out: ranks all rows, scores the best, sorts.

use std::cmp::Reverse;

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::condition::Source;
use super::index::{Index, MOST_SEGMENTS, SEGMENT_MOST, WORTH_THREADS};
use super::plan::Plan;
use super::segment::Segment;
use super::threads;
use super::trail::{Rows, Trail};
use crate::domain::query::{Filter, Query};
use crate::domain::time::Date;
use crate::domain::{Book, ContactId};
use crate::insight::Snapshot;

/// So many of the best rows are scored; a person reads far fewer.
const SCORED: usize = 1200;
/// Fewer rows than this are not worth a second thread to be scored.
const WORTH_SCORING: usize = 500;
/// Rows scored between two looks at whether a newer query has come.
const LOOK: usize = 1024;

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

/// Who answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The best, best first: as many as the limit allows.
    pub ids: Vec<ContactId>,
    /// How many answer in all.
    pub total: usize,
}

/// Who answers a query, best first; `None` when it was cancelled. Archived people answer only when asked for by
/// `is:archived` or by their exact uid. While the book of the snapshot is still being read, filters that need it
/// (ties, introducers, `in:me`, names of markets) find what is there.
pub fn run(snapshot: &Snapshot, query: &Query, options: &Options<'_>) -> Option<Vec<ContactId>> {
    run_in(source_of(snapshot), query, options, Words::Fuzzy)
}

/// [`run`] for a query that is being typed: looks only at those who answered before letters were added.
pub fn run_along(
    snapshot: &Snapshot,
    query: &Query,
    options: &Options<'_>,
    trail: &mut Trail,
) -> Option<Found> {
    let index = &snapshot.index;
    let plan = Plan::new(source_of(snapshot), query, options.today, true);
    let ranked = {
        let among = trail.among(snapshot, query, &plan, options.today);
        ranked(&plan, index, among, options)?
    };
    let found = found(&plan, ranked.keys, &ranked.rows, query, options);
    trail.note(query, &plan, ranked.rows);
    found
}

/// [`run`], with a say in how words may match.
pub(in crate::insight) fn run_as(
    book: &Book,
    index: &Index,
    query: &Query,
    options: &Options<'_>,
    words: Words,
) -> Option<Vec<ContactId>> {
    run_in(Source { book, index, roll: None }, query, options, words)
}

fn run_in(source: Source<'_>, query: &Query, options: &Options<'_>, words: Words) -> Option<Vec<ContactId>> {
    let index = source.index;
    let plan = Plan::new(source, query, options.today, words == Words::Fuzzy);
    let ranked = ranked(&plan, index, None, options)?;
    Some(found(&plan, ranked.keys, &ranked.rows, query, options)?.ids)
}

/// What a snapshot lets a query look at.
pub(super) fn source_of(snapshot: &Snapshot) -> Source<'_> {
    Source { book: &snapshot.book, index: &snapshot.index, roll: snapshot.roll.as_deref() }
}

/// The people of the keys, sorted; the one whose uid was typed comes first.
fn found(
    plan: &Plan<'_>,
    keys: Vec<Key>,
    rows: &Rows,
    query: &Query,
    options: &Options<'_>,
) -> Option<Found> {
    let (book, index) = (plan.source.book, plan.source.index);
    let mut total = rows.len();
    let by_uid = exact_uid(book, index, query);
    if let Some(id) = by_uid
        && !index.place(id).is_some_and(|(number, row)| rows.of(number).binary_search(&(row as u16)).is_ok())
    {
        total += 1;
    }
    let mut ids = sorted(plan, index, keys, options)?;
    if let Some(id) = by_uid {
        ids.retain(|other| *other != id);
        ids.insert(0, id);
    }
    ids.truncate(options.limit.unwrap_or(usize::MAX));
    Some(Found { ids, total })
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

/// A row that answers, in 64 bits whose order is the order of answers: rank, closeness, recency, segment, row.
///
/// Recency is told to the quarter of an hour here, which 25 bits hold for 957 years; where nothing else is asked,
/// to the second.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u64);

const ROW_BITS: u32 = SEGMENT_MOST.ilog2();
const PLACE_BITS: u32 = MOST_SEGMENTS.ilog2() + ROW_BITS;
const RECENCY_BITS: u32 = 25;
const QUARTER: u32 = 15 * 60;

impl Key {
    fn new(rank: u8, segment: &Segment, number: usize, row: u16) -> Self {
        let facts = &segment.facts[usize::from(row)];
        let far = u64::from(7 - facts.closeness().map_or(0, |closeness| closeness.level() + 1));
        let age = u64::from((u32::MAX - facts.recency) / QUARTER);
        let order = u64::from(rank) << 3 | far;
        Self((order << RECENCY_BITS | age) << PLACE_BITS | Self::place(number, row))
    }

    fn by_recency(segment: &Segment, number: usize, row: u16) -> Self {
        let age = u64::from(u32::MAX - segment.facts[usize::from(row)].recency);
        Self(age << PLACE_BITS | Self::place(number, row))
    }

    fn place(number: usize, row: u16) -> u64 {
        (number as u64) << ROW_BITS | u64::from(row)
    }

    fn rank(self) -> u8 {
        (self.0 >> (3 + RECENCY_BITS + PLACE_BITS)) as u8
    }

    /// Number of the segment, and row in it.
    fn place_of(self) -> (usize, usize) {
        let place = (self.0 & ((1 << PLACE_BITS) - 1)) as usize;
        (place >> ROW_BITS, place & (SEGMENT_MOST - 1))
    }

    fn at(self, index: &Index) -> (&Segment, usize) {
        let (number, row) = self.place_of();
        (&index.segments[number], row)
    }

    fn id(self, index: &Index) -> ContactId {
        let (segment, row) = self.at(index);
        segment.ids[row]
    }
}

/// Who answers: all rows, and the keys of at least the best that are wanted.
#[derive(Default)]
struct Answers {
    keys: Vec<Key>,
    rows: Rows,
}

/// Everybody who answers; only those `among` the given rows, where rows are given.
fn ranked(plan: &Plan<'_>, index: &Index, among: Option<&Rows>, options: &Options<'_>) -> Option<Answers> {
    let by_recency = plan.is_empty();
    let amount = among.map_or(index.len(), Rows::len);
    let wanted = options.limit.map_or(usize::MAX, |limit| limit.max(SCORED));
    let parts = threads::shared(index.segments.len(), amount, WORTH_THREADS, |range| {
        let mut answers = Answers::default();
        let (mut rows, mut classes) = (Vec::new(), Vec::new());
        // The rank of the worst key that is still wanted: rows of a worse one need no key.
        let mut worst = u8::MAX;
        for number in range {
            if (options.cancelled)() {
                return None;
            }
            let among = among.map(|among| among.of(number));
            if !among.is_some_and(<[u16]>::is_empty) {
                let segment = &index.segments[number];
                plan.rank(segment, among, &mut rows, &mut classes);
                let wanted_rows = rows.iter().filter(|ranked| ranked.rank() <= worst);
                answers.keys.extend(wanted_rows.map(|ranked| {
                    if by_recency {
                        Key::by_recency(segment, number, ranked.row)
                    } else {
                        Key::new(ranked.rank(), segment, number, ranked.row)
                    }
                }));
                answers.rows.extend(rows.iter().map(|ranked| ranked.row));
                if answers.keys.len() / 2 > wanted {
                    keep_best(&mut answers.keys, wanted);
                    if !by_recency {
                        worst = answers.keys.iter().map(|key| key.rank()).max().unwrap_or(worst);
                    }
                }
            }
            answers.rows.end_segment();
        }
        keep_best(&mut answers.keys, wanted);
        Some(answers)
    });
    let mut parts = parts.into_iter();
    let mut all = parts.next().unwrap_or_else(|| Some(Answers::default()))?;
    for part in parts {
        let part = part?;
        all.keys.extend(part.keys);
        all.rows.append(&part.rows);
    }
    Some(all)
}

/// Leaves the best, in any order.
fn keep_best(keys: &mut Vec<Key>, wanted: usize) {
    if wanted < keys.len() {
        keys.select_nth_unstable(wanted);
        keys.truncate(wanted);
    }
}

/// The people of the keys in the order of answers, the best ones scored.
fn sorted(
    plan: &Plan<'_>,
    index: &Index,
    mut keys: Vec<Key>,
    options: &Options<'_>,
) -> Option<Vec<ContactId>> {
    let wanted = options.limit.unwrap_or(usize::MAX);
    let best = if plan.has_words() { keys.len().min(SCORED) } else { 0 };
    let mut rest = keys.as_mut_slice();
    let mut found = Vec::new();
    if best > 0 {
        if best < rest.len() {
            rest.select_nth_unstable(best);
        }
        let (scored_keys, others) = rest.split_at_mut(best);
        found = scored(plan, index, scored_keys, options)?;
        rest = others;
    }
    let wanted = wanted.saturating_sub(found.len()).min(rest.len());
    if wanted > 0 && !(options.cancelled)() {
        if wanted < rest.len() {
            rest.select_nth_unstable(wanted);
            rest = &mut rest[..wanted];
        }
        threads::sort(rest, WORTH_THREADS);
        let ids = threads::shared(rest.len(), rest.len(), WORTH_THREADS, |range| {
            rest[range].iter().map(|key| key.id(index)).collect::<Vec<_>>()
        });
        found.reserve(wanted);
        for ids in ids {
            found.extend(ids);
        }
    }
    Some(found)
}

/// Sorts by class, score, closeness, recency and identifier.
fn scored(plan: &Plan<'_>, index: &Index, keys: &[Key], options: &Options<'_>) -> Option<Vec<ContactId>> {
    let parts = threads::shared(keys.len(), keys.len(), WORTH_SCORING, |range| {
        let matcher = SkimMatcherV2::default().respect_case();
        let scored = keys[range].iter().enumerate().map(|(n, key)| {
            if n % LOOK == 0 && (options.cancelled)() {
                return None;
            }
            let (segment, row) = key.at(index);
            let scores =
                plan.places(segment, row).filter_map(|(word, field)| matcher.fuzzy_match(field, word));
            let facts = &segment.facts[row];
            let order = (
                key.rank(),
                Reverse(scores.sum::<i64>()),
                Reverse(facts.closeness()),
                Reverse(facts.recency),
            );
            Some((order, segment.ids[row]))
        });
        scored.collect::<Option<Vec<_>>>()
    });
    let mut scored = parts.into_iter().collect::<Option<Vec<_>>>()?.concat();
    scored.sort_unstable();
    Some(scored.into_iter().map(|(_, id)| id).collect())
}
