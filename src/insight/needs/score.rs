//! How well a card answers a need. A score belongs to the two alone: no third card changes it.

use std::collections::HashMap;

use super::asked::{Asked, AskedWord, Call, MOST_WORDS};
use super::card::Field;
use super::meanings::{Meanings, Sensed};
use super::phrases::Way;
use super::segment::{self, Card};
use super::vocabulary::{Facts, NO_ROW, Vocabulary};
use super::{places, weights};
use crate::domain::ContactId;
use crate::insight::lexicon::Lexicon;
use crate::insight::markets::Atlas;
use crate::insight::vectors::{Likeness, Row};

/// Least sum of rarity: a need of small words alone is answered by nobody.
const LEAST_RARITY: f32 = 0.3;
/// Words shorter than this have no errors and no beginnings.
const SHORTEST_KIN: usize = 5;
/// Words from this length on may have two errors.
const LONG: usize = 8;

/// How much a match can be relied on. It comes from the evidence, never from the score: likeness in meaning cannot tell
/// an answer from chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Strength {
    /// Likeness in meaning alone; folded away by default.
    Weak,
    /// Somebody who helps those with such a need, or some of its words.
    Fair,
    /// The concept that the need names, or most of its words.
    Strong,
}

/// A kind of evidence, each of which can be left out to see what it adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The same word with another ending, an error of typing, or another end.
    Kin,
    /// Concepts of the lexicon, and those who help them.
    Concepts,
    /// Markets to be entered, and regions.
    Markets,
    /// Likeness in meaning.
    Vectors,
}

/// A need, ready to be compared with the cards of one index.
#[derive(Debug)]
pub(super) struct Query<'a> {
    asked: &'a Asked,
    /// For each word of the vocabulary, the word of the need that it answers (from 1) and how well, in 255ths.
    answers: Vec<(u8, u8)>,
    /// For each word of the vocabulary, its part in the likeness.
    dots: Vec<f32>,
    rarity: f32,
    /// Whether likeness in meaning counts.
    likens: bool,
    /// For each concept, how much it is called for; below zero where the need names it in so many words.
    calls: Vec<f32>,
    /// For each concept, whether too few of the words call for it to make a strong match.
    passing: Vec<bool>,
    regions: Vec<u8>,
    markets: HashMap<ContactId, f32>,
    meant: Option<(&'a Sensed, &'a Meanings)>,
}

/// The parts of a score, each before its weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Parts {
    pub words: f32,
    pub vectors: f32,
    pub lexicon: f32,
    pub market: f32,
    pub region: f32,
    /// The strongest concept that the need names itself, and the strongest of all.
    pub direct: f32,
    pub concept: f32,
}

impl Parts {
    pub(super) fn score(self) -> f32 {
        weights::WORDS * self.words
            + weights::VECTORS * self.vectors
            + weights::LEXICON * self.lexicon
            + weights::MARKET * self.market
            + self.region
    }

    pub(super) fn strength(self) -> Strength {
        if self.direct >= weights::STRONG_CONCEPT || self.words >= weights::STRONG_WORDS {
            Strength::Strong
        } else if self.concept >= weights::FAIR_CONCEPT
            || self.words >= weights::FAIR_WORDS
            || self.market >= weights::FAIR_MARKET
        {
            Strength::Fair
        } else {
            Strength::Weak
        }
    }
}

impl<'a> Query<'a> {
    pub(super) fn new(asked: &'a Asked, vocabulary: &Vocabulary, lexicon: &Lexicon, atlas: &Atlas) -> Self {
        Self::without(&[], asked, vocabulary, lexicon, atlas)
    }

    /// As [`Self::new`], some of the evidence left out.
    pub(super) fn without(
        left_out: &[Evidence],
        asked: &'a Asked,
        vocabulary: &Vocabulary,
        lexicon: &Lexicon,
        atlas: &Atlas,
    ) -> Self {
        let has = |evidence| !left_out.contains(&evidence);
        let mut calls = vec![0.0; lexicon.concepts().len()];
        let mut passing = vec![false; calls.len()];
        let heard =
            |call: &&Call| has(Evidence::Concepts) && (call.way != Way::Meant || has(Evidence::Vectors));
        for call in asked.calls.iter().filter(heard) {
            calls[call.concept.at()] = if call.is_direct() { -call.weight } else { call.weight };
            passing[call.concept.at()] = !call.is_telling(&asked.words);
        }
        let rarity = asked.words.iter().map(|word| word.facts.rarity).sum::<f32>();
        Self {
            asked,
            answers: answers(asked, vocabulary, has(Evidence::Kin)),
            dots: dots(asked, vocabulary),
            rarity: rarity.max(LEAST_RARITY),
            likens: asked.vector.is_some() && has(Evidence::Vectors),
            calls,
            passing,
            regions: asked
                .places
                .iter()
                .filter(|_| has(Evidence::Markets))
                .filter_map(|spot| places::number(spot.region))
                .collect(),
            markets: if has(Evidence::Markets) { hats(asked, atlas) } else { HashMap::new() },
            meant: None,
        }
    }

    /// Has likeness come from the encoder, where both need and card have a meaning.
    pub(super) fn meaning(mut self, meanings: Option<&'a Meanings>) -> Self {
        self.meant = self.asked.sensed.as_ref().zip(meanings);
        self
    }

    pub(super) fn parts(&self, card: &Card) -> Parts {
        let mut parts = Parts::default();
        self.read_words(card, &mut parts);
        if let Some((need, meanings)) = self.meant
            && let Some(meaning) = meanings.get(card.id)
        {
            parts.vectors = weights::MEANINGS * need.like(meaning) + weights::BESIDE * parts.vectors;
        }
        let mut sum = 0.0;
        for held in card.held {
            let call = self.calls[held.concept.at()];
            let value = call.abs() * held.field.weight();
            sum += value;
            parts.concept = parts.concept.max(value);
            if call < 0.0 && !self.passing[held.concept.at()] {
                parts.direct = parts.direct.max(value);
            }
        }
        let thinned = sum / (1.0 + weights::THINNING * (card.held.len() as f32 - 1.0).max(0.0));
        parts.lexicon = thinned.min(weights::LEXICON_MOST) * weights::LEXICON_SHARE;
        parts.market = self.markets.get(&card.id).copied().unwrap_or(0.0);
        if !self.regions.is_empty() && !card.regions.is_empty() {
            let here = card.regions.iter().any(|region| self.regions.contains(region));
            parts.region = if here { weights::REGION } else { weights::REGION_OTHER };
        }
        parts
    }

    /// Words shared, and likeness: the mean of the whole card's and of its nearest fragment's.
    fn read_words(&self, card: &Card, parts: &mut Parts) {
        let mut best = [0_u8; MOST_WORDS + 1];
        let mut likeness = Fragments::new(card);
        for word in card.words {
            if word.starts() {
                likeness.begin(word.field());
            }
            let number = word.number() as usize;
            likeness.add(self.dots[number]);
            let (answered, how) = self.answers[number];
            if answered > 0 {
                let value = (f32::from(how) * word.field().weight()) as u8;
                let known = &mut best[usize::from(answered)];
                *known = (*known).max(value);
            }
        }
        if self.likens && !card.words.is_empty() {
            let (mean, deviation) = self.asked.chance;
            parts.vectors = (likeness.finish() - mean) / deviation;
        }
        let words = self.asked.words.iter().zip(&best[1..]);
        let matched: f32 = words.map(|(word, best)| word.facts.rarity * f32::from(*best) / 255.0).sum();
        parts.words = matched / self.rarity;
    }
}

/// Sums up the likeness of a card fragment by fragment.
struct Fragments<'c> {
    card: &'c Card<'c>,
    whole: f32,
    nearest: f32,
    /// The fragment being read: its number from 1, field and sum.
    open: Option<(usize, Field, f32)>,
    /// The sum of the organisation right before, and the length of both together.
    org: Option<(f32, u16)>,
}

impl<'c> Fragments<'c> {
    fn new(card: &'c Card<'c>) -> Self {
        Self { card, whole: 0.0, nearest: 0.0, open: None, org: None }
    }

    fn begin(&mut self, field: Field) {
        self.close();
        let number = self.open.map_or(1, |(number, ..)| number + 1);
        self.open = Some((number, field, 0.0));
    }

    fn add(&mut self, dot: f32) {
        self.whole += dot;
        if let Some((.., sum)) = &mut self.open {
            *sum += dot;
        }
    }

    fn close(&mut self) {
        let Some((number, field, sum)) = self.open else { return };
        if let Some((org, both)) = self.org.take() {
            let title = if segment::ends(field) { sum } else { 0.0 };
            self.nearest = self.nearest.max(ratio(org + title, both));
        }
        let length = self.card.lengths[number];
        if segment::begins(field) {
            self.org = Some((sum, length));
        } else {
            self.nearest = self.nearest.max(ratio(sum, length));
        }
    }

    fn finish(mut self) -> f32 {
        self.close();
        if let Some((org, length)) = self.org {
            self.nearest = self.nearest.max(ratio(org, length));
        }
        f32::midpoint(ratio(self.whole, self.card.lengths[0]), self.nearest)
    }
}

fn ratio(sum: f32, length: u16) -> f32 {
    let length = segment::whole(length);
    if length > 1e-3 { sum / length } else { 0.0 }
}

fn answers(asked: &Asked, vocabulary: &Vocabulary, kin: bool) -> Vec<(u8, u8)> {
    let answer = |(number, facts): (usize, &Facts)| {
        let mut best = (0, 0.0);
        for (at, word) in asked.words.iter().enumerate() {
            let how = if kin || word.facts.folded == facts.folded {
                sameness(word, vocabulary.word(number as u32), facts)
            } else {
                0.0
            };
            if how > best.1 {
                best = (at as u8 + 1, how);
            }
        }
        (best.0, (best.1 * 255.0) as u8)
    };
    vocabulary.facts().iter().enumerate().map(answer).collect()
}

fn dots(asked: &Asked, vocabulary: &Vocabulary) -> Vec<f32> {
    let Some(vector) = &asked.vector else { return vec![0.0; vocabulary.facts().len()] };
    let mut likeness = Likeness::to(vector);
    let dot = |row: u32| if row == NO_ROW { 0.0 } else { likeness.of_row(Row(row)) };
    vocabulary.facts().iter().map(|facts| facts.row).map(dot).collect()
}

/// How well a word answers a word of a need, 0 to 1: the same, whatever its ending, or nearly.
pub(super) fn sameness(asked: &AskedWord, folded: &str, facts: &Facts) -> f32 {
    let own = &asked.facts;
    if own.folded == facts.folded {
        1.0
    } else if own.stems[0] == facts.stems[0] || own.stems[1] == facts.stems[1] {
        weights::SAME_STEM
    } else {
        kinship(&asked.folded, folded, own.row == NO_ROW || facts.row == NO_ROW)
    }
}

/// How near two folded words with different stems are: an error of typing, where one of them is in no dictionary, or a
/// common beginning of most of both.
fn kinship(asked: &str, own: &str, strange: bool) -> f32 {
    let (a, b) = (asked.as_bytes(), own.as_bytes());
    if a.first() != b.first() || a.len() < SHORTEST_KIN || b.len() < SHORTEST_KIN {
        return 0.0;
    }
    if strange && a.len().abs_diff(b.len()) <= 2 {
        let allowed = if a.len().min(b.len()) >= LONG { 2 } else { 1 };
        if strsim::damerau_levenshtein(asked, own) <= allowed {
            return weights::TYPO;
        }
    }
    let common = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    if common >= SHORTEST_KIN && common * 5 >= a.len().max(b.len()) * 3 { weights::BEGINNING } else { 0.0 }
}

/// What hats in the markets to be entered weigh, by person.
fn hats(asked: &Asked, atlas: &Atlas) -> HashMap<ContactId, f32> {
    let mut hats = HashMap::new();
    if asked.markets.is_empty() {
        return hats;
    }
    let taxonomy = atlas.taxonomy();
    for (id, placed) in atlas.people() {
        let weight = |market| {
            let wanted = asked.markets.iter().map(|(wanted, _)| *wanted);
            let near = wanted.map(|wanted| {
                let related = taxonomy.is_within(market, wanted) || taxonomy.is_within(wanted, market);
                if market == wanted {
                    1.0
                } else if related {
                    weights::MARKET_NEAR
                } else {
                    0.0
                }
            });
            near.fold(0.0, f32::max)
        };
        let best = placed.links.iter().map(|link| link.weight() * weight(link.market)).fold(0.0, f32::max);
        if best > 0.0 {
            hats.insert(id, best);
        }
    }
    hats
}
