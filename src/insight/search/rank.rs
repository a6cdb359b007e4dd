//! Ranks the rows of a segment: who answers a query, and by how good a hit of each word.

use super::columns::Zone;
use super::needle::{Class, Needle, best_hit};
use super::plan::Plan;
use super::segment::Segment;
use crate::domain::contact::Stage;

/// Words are sought in the text of a whole segment at once when at least one of so many rows is asked for.
const ONE_PASS: usize = 4;

/// A row that answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub row: u16,
    /// The class of the word that hits worst.
    worst: u8,
    /// The classes of the other words, and one for each condition that holds by something that counts less.
    others: u8,
}

impl Ranked {
    /// How well the row answers, the smaller the better: first the worst hit, then the sum of the others.
    pub(super) fn rank(self) -> u8 {
        self.worst << 4 | self.others.min(15)
    }

    fn take(&mut self, class: Class) {
        let class = class as u8;
        self.others = self.others.saturating_add(self.worst.min(class));
        self.worst = self.worst.max(class);
    }
}

impl Plan<'_> {
    /// The rows of a segment that answer, in their order; only those `among` the given ones, where rows are given.
    /// `rows` and `classes` are room that is used again.
    pub(super) fn rank(
        &self,
        segment: &Segment,
        among: Option<&[u16]>,
        rows: &mut Vec<Ranked>,
        classes: &mut Vec<Option<Class>>,
    ) {
        rows.clear();
        match among {
            None => rows.extend((0..segment.len()).filter_map(|row| self.qualify(segment, row))),
            Some(among) => {
                rows.extend(among.iter().filter_map(|row| self.qualify(segment, usize::from(*row))));
            }
        }
        for needles in &self.words {
            let dense = rows.len() * ONE_PASS >= segment.len();
            if dense && !needles.iter().any(Needle::is_letter) {
                classes.clear();
                classes.resize(segment.len(), None);
                for needle in needles {
                    needle.note_literal(segment, classes);
                }
                rows.retain_mut(|ranked| {
                    let row = usize::from(ranked.row);
                    let sparse = || {
                        let hits = needles.iter().filter_map(|needle| needle.sparse_hit(segment, row));
                        hits.map(|hit| hit.class).min()
                    };
                    let class = classes[row].or_else(sparse);
                    class.inspect(|class| ranked.take(*class)).is_some()
                });
            } else {
                rows.retain_mut(|ranked| {
                    let hit = best_hit(needles, segment, usize::from(ranked.row));
                    hit.inspect(|(_, hit)| ranked.take(hit.class)).is_some()
                });
            }
        }
    }

    /// Whether a row may answer: the conditions hold, and its letters leave room for all words.
    fn qualify(&self, segment: &Segment, row: usize) -> Option<Ranked> {
        if !self.archived && segment.has_archived && segment.facts[row].stage() == Stage::Archived {
            return None;
        }
        let masks = &segment.masks[row];
        let may_hold = |needles: &Vec<Needle>| needles.iter().any(|needle| needle.may_be_in_any(masks));
        if !self.words.iter().all(may_hold) {
            return None;
        }
        let mut ranked = Ranked { row: row as u16, worst: 0, others: 0 };
        for (negated, condition) in &self.conditions {
            match (condition.holds(self.source, segment, row), negated) {
                (Some(lesser), false) => ranked.others += u8::from(lesser),
                (None, true) => {}
                _ => return None,
            }
        }
        Some(ranked)
    }

    /// For each word, the text that hits and the field in which it does, where that is worth scoring: single
    /// letters all score alike, and notes are too long to tell anything.
    pub(super) fn places<'t>(
        &'t self,
        segment: &'t Segment,
        row: usize,
    ) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.words.iter().filter_map(move |needles| {
            let (needle, hit) = best_hit(needles, segment, row)?;
            if hit.zone == Zone::Tail || needle.is_letter() {
                return None;
            }
            needle.place_of(hit, segment, row)
        })
    }
}
