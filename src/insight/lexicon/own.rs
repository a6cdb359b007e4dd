//! The user's own words: pairs that mean the same to him, in a plain file.
//!
//! ```text
//! # A line a pair; what follows a number sign is a remark.
//! "tire d'érable" ~ "cabane à sucre"
//! ```
//!
//! A side that the lexicon knows gives its concepts the other side as a trigger, on cards and in needs, in both
//! languages; two known sides help each other; two unknown ones make a concept of their own. Pairs are applied in the
//! order of the file, so a later one can build on an earlier one.

use super::{Concept, ConceptId, Kind, Lexicon, NEED};
use crate::text::stem::Tongue;
use crate::text::{tokens, triggers};

/// How much the concepts of a pair help each other.
const LINK: f32 = 0.8;
/// Pairs beyond this many are not read.
const MOST: usize = 10_000;
/// Longest side of a pair, in bytes.
const LONGEST: usize = 200;

/// Two phrases that mean the same.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pair {
    /// One side.
    pub a: String,
    /// The other side.
    pub b: String,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not two phrases in quotes with `~` between them.
    Form,
    /// A side has no word that carries meaning, or is too long.
    Phrase,
    /// There are too many pairs; this one and those after it are left out.
    TooMany,
}

impl Pair {
    /// Reads `"one" ~ "other"`; the quotes may be left out, and may be French.
    pub fn read(line: &str) -> Result<Self, Fault> {
        let (a, b) = line.split_once('~').ok_or(Fault::Form)?;
        let plain = |side: &str| {
            let side = side.trim().trim_matches(['"', '«', '»', '“', '”', '\u{a0}', ' ']).to_owned();
            let telling = tokens::words(&side).any(|word| !triggers::is_small(&word.text.to_lowercase()));
            if telling && side.len() <= LONGEST && !side.contains(['~', '"']) {
                Ok(side)
            } else {
                Err(Fault::Phrase)
            }
        };
        Ok(Self { a: plain(a)?, b: plain(b)? })
    }

    /// The line that reads as this pair.
    pub fn write(&self) -> String {
        format!("\"{}\" ~ \"{}\"", self.a, self.b)
    }
}

/// Reads a file: its pairs, and the lines (from 1) that are none.
pub fn read(text: &str) -> (Vec<Pair>, Vec<(usize, Fault)>) {
    let (mut pairs, mut faults) = (Vec::new(), Vec::new());
    for (line, number) in text.lines().zip(1..) {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        if pairs.len() == MOST {
            faults.push((number, Fault::TooMany));
            break;
        }
        match Pair::read(line) {
            Ok(pair) => pairs.push(pair),
            Err(fault) => faults.push((number, fault)),
        }
    }
    (pairs, faults)
}

impl Lexicon {
    /// This lexicon with the user's own pairs.
    #[must_use]
    pub fn with_own(&self, pairs: &[Pair]) -> Self {
        let mut lexicon = self.clone();
        for pair in pairs {
            let (a, b) = (lexicon.named_by(&pair.a), lexicon.named_by(&pair.b));
            match (a.is_empty(), b.is_empty()) {
                (false, false) => lexicon.link(&a, &b),
                (false, true) => a.iter().for_each(|concept| lexicon.name(*concept, &pair.b)),
                (true, false) => b.iter().for_each(|concept| lexicon.name(*concept, &pair.a)),
                (true, true) => lexicon.found(pair),
            }
        }
        lexicon
    }

    /// The concepts that a phrase as a whole names.
    fn named_by(&self, phrase: &str) -> Vec<ConceptId> {
        let mut found = Vec::new();
        self.reader().need(phrase, &mut found);
        let telling: Vec<_> =
            tokens::words(phrase).filter(|word| !triggers::is_small(&word.text.to_lowercase())).collect();
        let (Some(first), Some(last)) = (telling.first(), telling.last()) else { return Vec::new() };
        let whole = found.into_iter().filter(|hit| {
            hit.bytes.start as usize <= first.range.start && last.range.end <= hit.bytes.end as usize
        });
        let mut concepts: Vec<ConceptId> = whole.map(|hit| hit.concept).collect();
        concepts.sort_unstable();
        concepts.dedup();
        concepts
    }

    fn link(&mut self, a: &[ConceptId], b: &[ConceptId]) {
        let pairs = a.iter().flat_map(|one| b.iter().flat_map(move |other| [(*one, *other), (*other, *one)]));
        for (one, other) in pairs.filter(|(one, other)| one != other) {
            let helpers = &mut self.concepts[one.at()].helpers;
            match helpers.iter_mut().find(|(helper, _)| *helper == other) {
                Some((_, weight)) => *weight = weight.max(LINK),
                None => helpers.push((other, LINK)),
            }
        }
    }

    fn name(&mut self, concept: ConceptId, phrase: &str) {
        for tongue in Tongue::BOTH {
            self.triggers.add(tongue, phrase, u32::from(concept.0) & !NEED);
        }
    }

    fn found(&mut self, pair: &Pair) {
        let concept = ConceptId(self.concepts.len() as u16);
        let id: Box<str> = format!("own-{}", self.concepts.len()).into();
        self.numbers.insert(id.clone(), concept);
        self.concepts.push(Concept {
            id,
            kind: Kind::Good,
            fr: pair.a.as_str().into(),
            en: pair.a.as_str().into(),
            helpers: Vec::new(),
            markets: Vec::new(),
        });
        self.name(concept, &pair.a);
        self.name(concept, &pair.b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(lexicon: &Lexicon, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        lexicon.reader().card(text, &mut found);
        found.iter().map(|hit| lexicon.concept(hit.concept).id.to_string()).collect()
    }

    #[test]
    fn a_file_of_pairs_is_read_and_its_faults_are_named() {
        let (pairs, faults) =
            read("# mine\n\"tire d'érable\" ~ \"cabane à sucre\" # spring\n\nplank\n« le » ~ x y\n");
        assert_eq!(pairs, [Pair { a: "tire d'érable".into(), b: "cabane à sucre".into() }]);
        assert_eq!(faults, [(4, Fault::Form), (5, Fault::Phrase)]);
        assert_eq!(Pair::read(&pairs[0].write()), Ok(pairs[0].clone()));
    }

    #[test]
    fn an_unknown_phrase_joins_the_concepts_of_a_known_one() {
        let pair = Pair::read("\"zinzolins du rang\" ~ \"plombier\"").expect("a pair");
        let own = Lexicon::bundled().with_own(&[pair]);
        assert_eq!(named(&own, "vend des zinzolins du rang"), named(&own, "plombier"));
        assert!(named(Lexicon::bundled(), "vend des zinzolins du rang").is_empty());
    }

    #[test]
    fn two_unknown_phrases_are_a_concept_and_two_known_ones_help_each_other() {
        let pairs = [
            Pair::read("zinzolin ~ frobnique").expect("a pair"),
            Pair::read("plumber ~ beekeeper").expect("a pair"),
        ];
        let own = Lexicon::bundled().with_own(&pairs);
        assert_eq!(named(&own, "zinzolin"), named(&own, "Frobnique"));
        let plumber = own.named_by("plumber")[0];
        let beekeeper = own.named_by("beekeeper")[0];
        assert!(own.concept(plumber).helpers.contains(&(beekeeper, LINK)));
    }
}
