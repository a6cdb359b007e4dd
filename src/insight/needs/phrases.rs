//! Needs that hold no trigger: the phrases of need that they resemble, in words or in meaning.
//!
//! A phrase answers in words when most of what it says is in the need, in any order and with other words between (*le
//! toit de mon chalet s'est mis à couler* for *toit qui coule*); by one word when the need says little else and few
//! concepts have it in their phrases (*terrasse* for *agrandir ma terrasse*); in meaning when the two are near in the
//! table of vectors. All are weaker than a trigger, and say so ([`Way`]).

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::asked::AskedWord;
use super::vocabulary::{self, Facts};
use crate::insight::lexicon::{ConceptId, Lexicon};
use crate::insight::vectors::{Bag, Likeness, Table};
use crate::text::fold::fold;
use crate::text::{tokens, triggers};

/// The share of a phrase, weighed by rarity, that a need must hold.
const SHARE: f32 = 0.6;
/// What a phrase found in words counts, for its whole share.
const IN_WORDS: f32 = 0.9;
/// A need of more words than this says what it is about by more than one of them.
pub(super) const FEW_WORDS: usize = 2;
/// A word alone counts so much: somebody who helps with what it calls for is a fair match, never more.
const ALONE: f32 = 0.5;
/// Where the phrases of more concepts than this hold a word, it calls for those alone that it belongs to.
const FEW_CONCEPTS: usize = 4;
/// A word belongs to a concept that has at least one in so many of all phrases with it, and two or more.
const BELONGS: usize = 8;
/// A word of no more letters has no plural.
const SHORTEST_PLURAL: usize = 3;
/// The cosine from which a phrase counts at all, and from which it counts in full.
const NEAR: (f32, f32) = (0.5, 0.85);
/// What a phrase found in meaning counts at most.
const IN_MEANING: f32 = 0.7;
/// No more than so many phrases are taken by meaning.
const NEAREST: usize = 40;

/// How a need leads to a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Way {
    /// It holds the words of a trigger.
    Said,
    /// It holds most words of a phrase of need.
    Scattered,
    /// It says little more than one word, which a phrase of need holds.
    Alone,
    /// It is near a phrase of need in meaning.
    Meant,
}

/// A phrase that a need resembles.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resemblance {
    pub concept: ConceptId,
    /// 0 to 1.
    pub weight: f32,
    pub way: Way,
    /// The number of the phrase in the lexicon.
    pub phrase: u32,
}

/// The phrases of a lexicon, ready to be compared.
#[derive(Debug)]
pub(super) struct Phrases {
    all: Vec<Phrase>,
    /// The labels of all concepts: what a need is near to by chance.
    labels: Vec<Bag>,
}

#[derive(Debug)]
struct Phrase {
    concept: ConceptId,
    words: Box<[Facts]>,
    /// The same words as they are in the singular, hashed.
    singulars: Box<[u32]>,
    rarity: f32,
    bag: Bag,
}

impl Phrases {
    /// The phrases of the bundled lexicon, read once. The user's own words are triggers, not phrases.
    pub(super) fn bundled() -> &'static Arc<Self> {
        static BUNDLED: LazyLock<Arc<Phrases>> = LazyLock::new(|| Arc::new(Phrases::of(Lexicon::bundled())));
        &BUNDLED
    }

    fn of(lexicon: &Lexicon) -> Self {
        let mut known: HashMap<String, Option<(Facts, u32)>> = HashMap::new();
        let mut read = |text: &str| -> (Vec<Facts>, Vec<u32>) {
            let words = tokens::words(text).filter_map(|word| {
                let lower = word.text.to_lowercase();
                *known.entry(lower).or_insert_with_key(|lower| {
                    let folded = fold(lower);
                    (!triggers::is_small(lower)).then(|| (Facts::of(lower, &folded), singular(&folded)))
                })
            });
            words.unzip()
        };
        let bag = |words: &[Facts]| Bag::of(Table::bundled(), words.iter().filter_map(|word| word.row()));
        let all = lexicon.phrases().iter().map(|phrase| {
            let (words, singulars) = read(&phrase.text);
            let rarity = words.iter().map(|word| word.rarity).sum();
            let (bag, concept) = (bag(&words), phrase.concept);
            Phrase { concept, words: words.into(), singulars: singulars.into(), rarity, bag }
        });
        let all = all.collect();
        let labels = lexicon
            .concepts()
            .iter()
            .map(|concept| bag(&read(&format!("{} {}", concept.fr, concept.en)).0))
            .collect();
        Self { all, labels }
    }

    /// The mean and deviation of a need's likeness to all concepts: what chance alone gives.
    pub(super) fn chance(&self, likeness: &mut Likeness) -> (f32, f32) {
        spread(&self.labels.iter().map(|label| likeness.of_bag(label)).collect::<Vec<f32>>())
    }

    /// The concepts nearest in meaning, nearest first.
    pub(super) fn nearest(&self, likeness: &mut Likeness, count: usize) -> Vec<ConceptId> {
        let mut near: Vec<(f32, ConceptId)> = self
            .labels
            .iter()
            .zip(0_u16..)
            .map(|(label, number)| (likeness.of_bag(label), ConceptId(number)))
            .filter(|(value, _)| *value > NEAR.0)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        near.truncate(count);
        near.into_iter().map(|(_, concept)| concept).collect()
    }

    /// Phrases of which the need holds most, best of each concept.
    pub(super) fn scattered(&self, words: &[AskedWord]) -> Vec<Resemblance> {
        let mut best: HashMap<ConceptId, Resemblance> = HashMap::new();
        for (number, phrase) in self.all.iter().enumerate() {
            // Bits of the words of the need that answered already; it has fewer than 64.
            let (mut count, mut held, mut used) = (0, 0.0, 0_u64);
            for word in &phrase.words {
                let mut free = words.iter().enumerate().filter(|(at, _)| used >> at & 1 == 0);
                let same = free.find(|(_, asked)| is_same(&asked.facts, word));
                if let Some((at, _)) = same {
                    used |= 1 << at;
                    count += 1;
                    held += word.rarity;
                }
            }
            let share = held / phrase.rarity.max(0.1);
            if count >= 2 && share >= SHARE {
                offer(&mut best, phrase.concept, IN_WORDS * share.min(1.0), Way::Scattered, number);
            }
        }
        best.into_values().collect()
    }

    /// What one word of a need that says little else calls for: the concepts with a phrase of few words that holds it;
    /// where they are many, those to which a good part of all phrases with it belong: *terrasse* to who builds them, for
    /// all that restaurants say of theirs, and *réparer* to nobody. Only its plural is the same word here: stems take
    /// *terrasse* for *terre*.
    pub(super) fn alone(&self, word: &AskedWord) -> Vec<Resemblance> {
        let wanted = singular(&word.folded);
        let (mut holders, mut best) = (HashMap::<ConceptId, usize>::new(), HashMap::new());
        for (number, phrase) in self.all.iter().enumerate() {
            if phrase.singulars.contains(&wanted) {
                *holders.entry(phrase.concept).or_default() += 1;
                if phrase.words.len() <= FEW_WORDS {
                    offer(&mut best, phrase.concept, ALONE, Way::Alone, number);
                }
            }
        }
        let phrases: usize = holders.values().sum();
        let belongs = |count: usize| count > 1 && count * BELONGS >= phrases;
        let few = holders.len() <= FEW_CONCEPTS;
        best.into_values().filter(|found| few || belongs(holders[&found.concept])).collect()
    }

    /// Phrases near in meaning, best of each concept.
    pub(super) fn meant(&self, likeness: &mut Likeness) -> Vec<Resemblance> {
        let mut near: Vec<(f32, usize)> = self
            .all
            .iter()
            .enumerate()
            .map(|(number, phrase)| (likeness.of_bag(&phrase.bag), number))
            .filter(|(value, _)| *value > NEAR.0)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut best = HashMap::new();
        for (value, number) in near.into_iter().take(NEAREST) {
            let share = ((value - NEAR.0) / (NEAR.1 - NEAR.0)).min(1.0);
            offer(&mut best, self.all[number].concept, IN_MEANING * share, Way::Meant, number);
        }
        best.into_values().collect()
    }
}

/// Mean and deviation of likenesses; a deviation near nothing would make everything a wonder.
pub(super) fn spread(values: &[f32]) -> (f32, f32) {
    let count = values.len().max(1) as f32;
    let mean = values.iter().sum::<f32>() / count;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / count;
    (mean, variance.sqrt().max(0.01))
}

/// A hash of a folded word that is the same for its plural.
fn singular(folded: &str) -> u32 {
    let one = if folded.len() > SHORTEST_PLURAL { folded.trim_end_matches(['s', 'x']) } else { folded };
    vocabulary::short(one)
}

/// Whether a word of a need is a word of a phrase, whatever its ending.
fn is_same(asked: &Facts, own: &Facts) -> bool {
    asked.stems[0] == own.stems[0] || asked.stems[1] == own.stems[1] || asked.folded == own.folded
}

fn offer(
    best: &mut HashMap<ConceptId, Resemblance>,
    concept: ConceptId,
    weight: f32,
    way: Way,
    number: usize,
) {
    let new = Resemblance { concept, weight, way, phrase: number as u32 };
    let known = best.entry(concept).or_insert_with(|| new.clone());
    if known.weight < weight {
        *known = new;
    }
}
