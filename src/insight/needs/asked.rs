//! A need as it is read: its words, the concepts that it names or calls for, markets to enter, places, and its meaning.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use uuid::Uuid;

use super::learnt::Learnt;
use super::meanings::{Sense, Sensed};
use super::phrases::{FEW_WORDS, Phrases, Resemblance, Way};
use super::places::{self, Spot};
use super::vocabulary::Facts;
use crate::domain::ContactId;
use crate::domain::contact::{Contact, Role};
use crate::domain::need::Need;
use crate::domain::time::Timestamp;
use crate::insight::lexicon::{ConceptId, Found, Lexicon};
use crate::insight::markets::{self, MarketIx, Taxonomy};
use crate::insight::vectors::{Likeness, Table, Vector};
use crate::text::fold::fold;
use crate::text::stem::Tongue;
use crate::text::tokens;
use crate::text::triggers::{self, Passed, Scanner, Triggers};
use crate::text::words;

/// Words of a need beyond this many are not looked at.
pub(super) const MOST_WORDS: usize = 60;
/// A call as strong as this needs no other reading of the need.
const ENOUGH: f32 = 0.9;
/// The share of what a need says that must lead to a concept, for a strong match.
const TELLING: f32 = 0.34;
/// Names of markets have at most so many words.
const LONGEST_NAME: usize = 5;

/// What needs are read with.
#[derive(Clone, Copy, Debug)]
pub struct Knowledge<'a> {
    /// Concepts.
    pub lexicon: &'a Lexicon,
    /// Markets.
    pub taxonomy: &'a Taxonomy,
    /// What refusals and help received have taught.
    pub learnt: &'a Learnt,
    /// The encoder of sentences, where one is in use.
    pub sense: Option<&'a Sense>,
}

/// A need, read.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The words as typed.
    pub text: String,
    pub(super) words: Vec<AskedWord>,
    /// The concepts that would help, strongest first, one call each.
    pub(super) calls: Vec<Call>,
    /// The markets to be entered, with the words that name them.
    pub(super) markets: Vec<(MarketIx, Range<u32>)>,
    pub(super) places: Vec<Spot>,
    /// The meaning of the whole; `None` without a known word.
    pub(super) vector: Option<Vector>,
    /// Mean and deviation of likeness by chance.
    pub(super) chance: (f32, f32),
    /// The need as the encoder takes it, where one is in use.
    pub(super) sensed: Option<Sensed>,
}

/// A word of a need that carries meaning.
#[derive(Clone, Debug)]
pub(super) struct AskedWord {
    /// Folded.
    pub folded: String,
    /// Where it stands.
    pub bytes: Range<usize>,
    /// What is known of it.
    pub facts: Facts,
}

/// A concept that would help.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    /// Which.
    pub concept: ConceptId,
    /// How much, 0 to 1.
    pub weight: f32,
    /// The concept that the need names; another one where this only helps it.
    pub named: ConceptId,
    /// How the need leads there.
    pub way: Way,
    /// The words of the need that lead there.
    pub said: Range<u32>,
    /// The phrase of need that it resembles.
    pub phrase: Option<u32>,
}

impl Call {
    /// Whether the need names the concept itself, in so many words.
    pub(super) fn is_direct(&self) -> bool {
        self.named == self.concept && self.way == Way::Said
    }

    /// Whether what leads there is a good part of what the need says: *teacher* is not of *tango teacher*.
    pub(super) fn is_telling(&self, words: &[AskedWord]) -> bool {
        let rarity = |words: &mut dyn Iterator<Item = &AskedWord>| -> f32 {
            words.map(|word| word.facts.rarity).sum()
        };
        let said = self.said.start as usize..self.said.end as usize;
        let within = |word: &&AskedWord| said.start <= word.bytes.start && word.bytes.end <= said.end;
        rarity(&mut words.iter().filter(within)) >= TELLING * rarity(&mut words.iter())
    }
}

impl Asked {
    /// Reads a need.
    pub fn read(text: &str, with: Knowledge) -> Self {
        let mut asked = Self::words_of(text);
        asked.places = places::find(text, false);
        let mut likeness = asked.vector.as_ref().map(Likeness::to);
        if let Some(likeness) = &mut likeness {
            asked.chance = Phrases::bundled().chance(likeness);
        }
        let found = asked.named(with.lexicon, likeness.as_mut());
        drop(likeness);
        asked.call(&found, with);
        asked.markets = entered(text, with.taxonomy);
        asked.sensed = with.sense.and_then(|sense| sense.of_need(text));
        asked
    }

    /// Reads a standing need: the market and region that it states count as if they were typed.
    pub fn of_need(need: &Need, with: Knowledge) -> Self {
        let mut asked = Self::read(&need.words, with);
        if let Some(market) = with.taxonomy.find(&need.market).filter(|_| !need.market.is_empty()) {
            asked.state_market(market);
        }
        if let Some(region) =
            markets::Regions::bundled().find(&need.region).filter(|_| !need.region.is_empty())
        {
            asked.state_region(&region.slug);
        }
        asked
    }

    /// Has a market count as if it were typed.
    pub fn state_market(&mut self, market: MarketIx) {
        self.markets.push((market, 0..0));
    }

    /// Has a region of the table count as if it were typed.
    pub fn state_region(&mut self, region: &'static str) {
        self.places.push(Spot { region, bytes: 0..0 });
    }

    /// Whether hats in markets count.
    pub fn enters_market(&self) -> bool {
        !self.markets.is_empty()
    }

    /// Adds calls that the words do not make, with the text that they come from; the words must be its beginning.
    pub(super) fn guess(&mut self, text: String, guessed: Vec<Call>) {
        self.text = text;
        for call in guessed {
            match self.calls.iter_mut().find(|known| known.concept == call.concept) {
                Some(known) if known.weight >= call.weight => {}
                Some(known) => *known = call,
                None => self.calls.push(call),
            }
        }
        self.calls.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.concept.cmp(&b.concept)));
    }

    fn words_of(text: &str) -> Self {
        let words: Vec<AskedWord> = tokens::words(text)
            .map(|word| (word.text.to_lowercase(), word.range))
            .filter(|(lower, _)| !triggers::is_small(lower))
            .take(MOST_WORDS)
            .map(|(lower, bytes)| {
                let folded = fold(&lower);
                AskedWord { facts: Facts::of(&lower, &folded), folded, bytes }
            })
            .collect();
        let mut sum = Vector::default();
        for row in words.iter().filter_map(|word| word.facts.row()) {
            Table::bundled().add(row, &mut sum);
        }
        Self {
            text: text.to_owned(),
            words,
            calls: Vec::new(),
            markets: Vec::new(),
            places: Vec::new(),
            vector: sum.normalised(),
            chance: (0.0, 1.0),
            sensed: None,
        }
    }

    /// The concepts that the need leads to, before their helpers.
    fn named(&self, lexicon: &Lexicon, likeness: Option<&mut Likeness>) -> Vec<Call> {
        let mut found: Vec<Found> = Vec::new();
        lexicon.reader().need(&places::blotted(&self.text, &self.places), &mut found);
        let mut calls: Vec<Call> = found
            .into_iter()
            .map(|hit| Call {
                concept: hit.concept,
                weight: 1.0,
                named: hit.concept,
                way: Way::Said,
                said: hit.bytes,
                phrase: None,
            })
            .collect();
        let whole = 0..self.text.len() as u32;
        let add = |resembled: Vec<Resemblance>, said: Range<u32>, calls: &mut Vec<Call>| {
            calls.extend(resembled.into_iter().map(|like| Call {
                concept: like.concept,
                weight: like.weight,
                named: like.concept,
                way: like.way,
                said: said.clone(),
                phrase: Some(like.phrase),
            }));
        };
        add(Phrases::bundled().scattered(&self.words), whole.clone(), &mut calls);
        for word in self.unled(&calls) {
            let said = word.bytes.start as u32..word.bytes.end as u32;
            add(Phrases::bundled().alone(word), said, &mut calls);
        }
        if let Some(likeness) = likeness
            // Where a word led, likeness would only put chance beside it.
            && calls.iter().all(|call| call.weight < ENOUGH && call.way != Way::Alone)
        {
            add(Phrases::bundled().meant(likeness), whole, &mut calls);
        }
        calls
    }

    /// The words of a need of few words that lead nowhere yet. Places are none of them.
    fn unled(&self, calls: &[Call]) -> Vec<&AskedWord> {
        let within = |word: &AskedWord, bytes: Range<usize>| {
            bytes.start <= word.bytes.start && word.bytes.end <= bytes.end
        };
        let placed = |word: &&AskedWord| self.places.iter().any(|spot| within(word, spot.bytes.clone()));
        let mut words: Vec<&AskedWord> = self.words.iter().filter(|word| !placed(word)).collect();
        if words.len() > FEW_WORDS {
            return Vec::new();
        }
        words.retain(|word| {
            !calls.iter().any(|call| within(word, call.said.start as usize..call.said.end as usize))
        });
        words
    }

    /// Adds the helpers, and keeps the strongest call for each concept.
    fn call(&mut self, found: &[Call], with: Knowledge) {
        let mut best: HashMap<ConceptId, Call> = HashMap::new();
        let mut offer = |mut call: Call| {
            call.weight *= with.learnt.factor(call.named, call.concept);
            let known = best.entry(call.concept).or_insert_with(|| call.clone());
            if known.weight < call.weight {
                *known = call;
            }
        };
        for call in found {
            offer(call.clone());
            for (helper, weight) in &with.lexicon.concept(call.concept).helpers {
                offer(Call { concept: *helper, weight: weight * call.weight, ..call.clone() });
            }
            for (helper, weight) in with.learnt.beside(call.concept) {
                offer(Call { concept: helper, weight: weight * call.weight, ..call.clone() });
            }
        }
        self.calls = best.into_values().collect();
        self.calls.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.concept.cmp(&b.concept)));
    }
}

/// What somebody says who wants to enter a market.
static ENTERING: LazyLock<Triggers> = LazyLock::new(|| {
    let mut triggers = Triggers::passing(Passed::Fillers);
    for line in words::entries(include_str!("../../../assets/words/entering.txt")) {
        let tongue = match line.split_once('\t') {
            Some(("fr", phrase)) => Some((Tongue::French, phrase)),
            Some(("en", phrase)) => Some((Tongue::English, phrase)),
            _ => None,
        };
        if let Some((tongue, phrase)) = tongue {
            match phrase.strip_prefix('=') {
                Some(word) => triggers.add_word(tongue, word, 0),
                None => triggers.add(tongue, phrase, 0),
            };
        }
    }
    triggers
});

/// The markets that a need wants to enter: those that its words name or point to, where it speaks of entering at all.
fn entered(text: &str, taxonomy: &Taxonomy) -> Vec<(MarketIx, Range<u32>)> {
    let mut hits = Vec::new();
    Scanner::new(&ENTERING).scan(text, &mut hits);
    if hits.is_empty() {
        return Vec::new();
    }
    let mut markets: Vec<(MarketIx, Range<u32>)> = Vec::new();
    let words: Vec<Range<usize>> = tokens::words(text).map(|word| word.range).collect();
    for from in 0..words.len() {
        for to in (from..words.len().min(from + LONGEST_NAME)).rev() {
            let bytes = words[from].start..words[to].end;
            if let Some(market) = taxonomy.find(&text[bytes.clone()]) {
                markets.push((market, bytes.start as u32..bytes.end as u32));
            }
        }
    }
    // Read as a title, the need names markets in the words of those who work there.
    let mut reader = Contact::new(ContactId(Uuid::nil()), Timestamp::UNIX_EPOCH);
    reader.roles.push(Role { title: text.into(), ..Role::default() });
    for tie in markets::Reader::new(taxonomy).infer(&reader) {
        if markets.iter().all(|(known, _)| *known != tie.market) {
            markets.push((tie.market, tie.evidence.bytes));
        }
    }
    markets
}
