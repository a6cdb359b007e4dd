//! Who may be in the book twice: pairs of cards with a score, and the evidence for and against.
//!
//! The score is the probability of a Fellegi–Sunter model (I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage",
//! JASA 64, 1969): every piece of evidence adds bits, the binary logarithm of how much likelier it is between two cards of one
//! person than between two cards of two people whom something else has brought together; five bits speak against any
//! pair from the start; score = 1 / (1 + 2^−(Σ bits − 5)). What many share says little: the bits of a name fall with the
//! logarithm of its bearers in the book, those of an organisation with that of its people, and a number or address that more
//! than a couple has is an office's.
//!
//! Québec is full of homonyms: whatever the names, without other support the score ends at 0.6, which is *possible* and never
//! more. Nothing here merges anything.

mod blocks;
mod name;
mod traits;
mod weigh;

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

pub use blocks::Blocks;
pub use name::Likeness;
pub use weigh::{Clue, Evidence};

use crate::domain::{Book, Contact, ContactId};
use crate::insight::search::threads;

use traits::Traits;

/// Scores below this are not told.
const LEAST: f32 = 0.3;
/// A key that more people share pairs nobody in a sweep: at twenty namesakes a name alone is below [`LEAST`], and what
/// else two of them share is a key of its own.
const SWEEP_BLOCK: usize = 24;
/// The same when one card is compared.
const ONE_BLOCK: usize = 400;
/// Fewer people or pairs than this are not worth a second thread.
const WORTH_A_THREAD: usize = 4_096;

/// How likely two cards are one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Likelihood {
    /// Worth a look; all that a name alone can be.
    Possible,
    /// More than the name speaks for it.
    Likely,
    /// Hardly anything else can be meant.
    NearlySure,
}

impl Likelihood {
    /// The step of a score.
    pub fn of(score: f32) -> Self {
        match score {
            _ if score >= 0.97 => Self::NearlySure,
            _ if score >= 0.75 => Self::Likely,
            _ => Self::Possible,
        }
    }
}

/// Somebody who may be the person of a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub id: ContactId,
    /// 0 to 1: the probability that both are one person.
    pub score: f32,
    /// The score in one of three steps.
    pub likelihood: Likelihood,
    /// What speaks for it and against it, strongest first.
    pub evidence: Vec<Evidence>,
}

/// Two cards that may be one person's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The older card.
    pub a: ContactId,
    /// The newer card.
    pub b: ContactId,
    /// 0 to 1: the probability that both are one person.
    pub score: f32,
    /// The score in one of three steps.
    pub likelihood: Likelihood,
    /// What speaks for it and against it, strongest first.
    pub evidence: Vec<Evidence>,
}

/// Whom a card may be, likeliest first; not whom the user said it is not. The card may be in the book or not, as one that is being typed.
pub fn of(book: &Book, blocks: &Blocks, contact: &Contact) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = candidates(book, blocks, &Traits::of(contact), ONE_BLOCK).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
    found
}

/// Whether a card looks like anybody's in the book. Quicker than [`of`], for many.
pub fn has_any(book: &Book, blocks: &Blocks, contact: &Contact) -> bool {
    candidates(book, blocks, &Traits::of(contact), SWEEP_BLOCK).next().is_some()
}

fn candidates<'a>(
    book: &'a Book,
    blocks: &'a Blocks,
    traits: &'a Traits,
    most: usize,
) -> impl Iterator<Item = Candidate> + 'a {
    blocks.near(traits, most).into_iter().filter_map(move |id| {
        let other = book.contact(id).filter(|_| !book.are_two(traits.id, id))?;
        let (score, evidence) = weigh::weigh(traits, &Traits::of(other), blocks);
        (score >= LEAST).then(|| Candidate { id, score, likelihood: Likelihood::of(score), evidence })
    })
}

/// All pairs of a book that may be one person and were not said to be two, likeliest first; `None` once `cancelled` says so.
///
/// Done on all cores. What is known of everybody who shares a key with somebody is worked out once, at a kilobyte each.
pub fn sweep(book: &Book, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Pair>> {
    let blocks = Blocks::build(book);
    let pairs = blocks.pairs(SWEEP_BLOCK);
    let traits = traits_of(book, &blocks, &pairs);
    let runs: Vec<&[(u32, u32)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
    let parts = threads::shared(runs.len(), pairs.len(), WORTH_A_THREAD, |range| {
        let mut found = Vec::new();
        for run in &runs[range] {
            if cancelled() {
                return None;
            }
            let Some(one) = &traits[run[0].0 as usize] else { continue };
            for two in run.iter().filter_map(|(_, row)| traits[*row as usize].as_ref()) {
                let (score, evidence) = weigh::weigh(one, two, &blocks);
                if score >= LEAST && !book.are_two(one.id, two.id) {
                    let (a, b) = (one.id.min(two.id), one.id.max(two.id));
                    found.push(Pair { a, b, score, likelihood: Likelihood::of(score), evidence });
                }
            }
        }
        Some(found)
    });
    let mut found = parts.into_iter().collect::<Option<Vec<_>>>()?.concat();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.a, a.b).cmp(&(b.a, b.b))));
    Some(found)
}

/// The traits of everybody in the pairs, by row.
fn traits_of(book: &Book, blocks: &Blocks, pairs: &[(u32, u32)]) -> Vec<Option<Traits>> {
    let rows = pairs.iter().map(|(one, two)| 1 + *one.max(two) as usize).max().unwrap_or(0);
    let mut wanted = vec![false; rows];
    for (one, two) in pairs {
        wanted[*one as usize] = true;
        wanted[*two as usize] = true;
    }
    let parts = threads::shared(rows, rows, WORTH_A_THREAD, |range| {
        let of = |row: usize| blocks.contact(book, row as u32).map(|contact| Traits::of(contact));
        range.map(|row| wanted[row].then(|| of(row)).flatten()).collect::<Vec<_>>()
    });
    parts.into_iter().flatten().collect()
}

/// The blocks of the newest book, made when first asked for and kept up with changes. Shared by threads.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Option<(Arc<Book>, Blocks)>>);

impl Shelf {
    /// The blocks of a book. Quick when few contacts have changed since the last call.
    pub fn blocks(&self, book: &Arc<Book>) -> Blocks {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let blocks = match &*kept {
            Some((known, blocks)) if Arc::ptr_eq(known, book) => return blocks.clone(),
            Some((known, blocks)) => blocks.updated(book, &book.contacts_changed_since(known)),
            None => Blocks::build(book),
        };
        *kept = Some((Arc::clone(book), blocks.clone()));
        blocks
    }
}

#[cfg(test)]
mod tests;
