//! What the user's own needs have taught: a helper link that brought help counts more, one that was refused less.
//!
//! Nothing is stored: lessons are read from the candidates of the needs, so undoing a refusal undoes its lesson, and
//! each lesson can say which needs it rests on. People who helped without any link between their card and the need
//! make one (*beside*), weaker than the lexicon's own.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::need::CandidateState;
use crate::domain::{Book, NeedId};
use crate::insight::lexicon::{ConceptId, Lexicon};

use super::card;

/// A link that help made counts so much.
const BESIDE: f32 = 0.3;
/// A link never counts less, or more, than this many times its weight.
const LEAST: f32 = 0.4;
const MOST: f32 = 1.6;
/// What the need names itself is never turned away so far: people are refused for reasons that are no fault of a trade.
const LEAST_DIRECT: f32 = 0.8;

/// What was learnt of one link, and from which needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lesson {
    /// Needs on which somebody with the helping concept helped.
    pub helped: Vec<NeedId>,
    /// Needs on which somebody with the helping concept was refused.
    pub refused: Vec<NeedId>,
}

/// All lessons, by the concept that needs named and the concept that people's cards named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learnt {
    lessons: BTreeMap<(ConceptId, ConceptId), Lesson>,
    beside: BTreeMap<ConceptId, Vec<ConceptId>>,
}

impl Learnt {
    /// Reads the lessons of a book's needs.
    pub fn of(book: &Book, lexicon: &Lexicon) -> Self {
        let mut learnt = Self::default();
        let mut reader = lexicon.reader();
        let mut found = Vec::new();
        for need in book.needs() {
            let taught = |state| matches!(state, CandidateState::Helped | CandidateState::Dismissed);
            if !need.candidates.iter().any(|candidate| taught(candidate.state)) {
                continue;
            }
            found.clear();
            reader.need(&need.words, &mut found);
            let named: BTreeSet<ConceptId> = found.iter().map(|hit| hit.concept).collect();
            for candidate in need.candidates.iter().filter(|candidate| taught(candidate.state)) {
                let Some(contact) = book.contact(candidate.contact) else { continue };
                found.clear();
                for piece in card::pieces(contact) {
                    reader.card(&piece.text, &mut found);
                }
                let held: BTreeSet<ConceptId> = found.iter().map(|hit| hit.concept).collect();
                learnt.take(lexicon, need.id, &named, &held, candidate.state == CandidateState::Helped);
            }
        }
        learnt
    }

    fn take(
        &mut self,
        lexicon: &Lexicon,
        need: NeedId,
        named: &BTreeSet<ConceptId>,
        held: &BTreeSet<ConceptId>,
        helped: bool,
    ) {
        let linked = |named: ConceptId, held: ConceptId| {
            named == held || lexicon.concept(named).helpers.iter().any(|(helper, _)| *helper == held)
        };
        for own in named {
            let any = held.iter().any(|held| linked(*own, *held));
            for held in held {
                if linked(*own, *held) || helped && !any {
                    let lesson = self.lessons.entry((*own, *held)).or_default();
                    if helped { &mut lesson.helped } else { &mut lesson.refused }.push(need);
                }
                if helped && !any {
                    let beside = self.beside.entry(*own).or_default();
                    if !beside.contains(held) {
                        beside.push(*held);
                    }
                }
            }
        }
    }

    /// How many times its weight a link counts: (2 + helped) / (2 + refused), within bounds.
    pub fn factor(&self, named: ConceptId, held: ConceptId) -> f32 {
        let Some(lesson) = self.lessons.get(&(named, held)) else { return 1.0 };
        let ratio = (2.0 + lesson.helped.len() as f32) / (2.0 + lesson.refused.len() as f32);
        ratio.clamp(if named == held { LEAST_DIRECT } else { LEAST }, MOST)
    }

    /// The concepts that help made helpers of this one, with their weight.
    pub fn beside(&self, named: ConceptId) -> impl Iterator<Item = (ConceptId, f32)> + '_ {
        self.beside.get(&named).into_iter().flatten().map(|held| (*held, BESIDE))
    }

    /// Every lesson: the concept that needs named, the concept on the cards, and what was learnt.
    pub fn lessons(&self) -> impl Iterator<Item = (ConceptId, ConceptId, &Lesson)> {
        self.lessons.iter().map(|((named, held), lesson)| (*named, *held, lesson))
    }

    /// The lesson of one link.
    pub fn lesson(&self, named: ConceptId, held: ConceptId) -> Option<&Lesson> {
        self.lessons.get(&(named, held))
    }
}
