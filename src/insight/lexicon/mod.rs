//! The lexicon: a bilingual network of concepts (trades, goods, services, situations) that leads from the words of a
//! need to the words of a card, and can say how it got there.
//!
//! It is data (`assets/lexicon/*.toml`, whose README tells the format), made into a table by the build and read in a
//! few milliseconds. The user's own pairs of words extend it ([`own`]). Loaded, it never changes.
//!
//! Triggers are found as [`crate::text::triggers`] finds them. `words_*` name a concept on a card or in a need;
//! `needs_*` are what somebody in need says, and count in needs only.

#[cfg(test)]
mod lint;
pub mod own;
mod table;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use crate::text::triggers::{Hit, Scanner, Triggers, keep_longest};

/// The number of a concept in the loaded lexicon; not stable between versions, unlike its [`Concept::id`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub u16);

impl ConceptId {
    /// The place in [`Lexicon::concepts`].
    pub fn at(self) -> usize {
        usize::from(self.0)
    }
}

/// What a concept is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A person who does something.
    Trade,
    /// A thing.
    Good,
    /// Something done for others.
    Service,
    /// What happens to people, and calls for several of the others.
    Situation,
}

/// A concept.
#[derive(Clone, Debug)]
pub struct Concept {
    /// Its stable name, kebab-case English.
    pub id: Box<str>,
    /// What it is.
    pub kind: Kind,
    /// French label, lower-case without article.
    pub fr: Box<str>,
    /// English label.
    pub en: Box<str>,
    /// Who else helps whoever needs this, and how much (0 to 1).
    pub helpers: Vec<(ConceptId, f32)>,
    /// Slugs of the markets that it is part of.
    pub markets: Vec<Box<str>>,
}

/// All concepts and what finds them.
#[derive(Clone, Debug)]
pub struct Lexicon {
    concepts: Vec<Concept>,
    numbers: HashMap<Box<str>, ConceptId>,
    triggers: Triggers,
    phrases: Vec<Phrase>,
}

/// A `needs_*` trigger as it was written, for matching by meaning.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Whose it is.
    pub concept: ConceptId,
    /// The words.
    pub text: Box<str>,
}

/// A concept found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Which.
    pub concept: ConceptId,
    /// The bytes of the text that name it.
    pub bytes: std::ops::Range<u32>,
    /// By a phrase of need, not by its name.
    pub by_need: bool,
}

/// Bit of a trigger's owner: it is a phrase of need.
const NEED: u32 = 1 << 31;

impl Lexicon {
    /// The lexicon that comes with the program, read once.
    pub fn bundled() -> &'static Arc<Self> {
        static BUNDLED: LazyLock<Arc<Lexicon>> =
            LazyLock::new(|| Arc::new(table::read(include_str!(concat!(env!("OUT_DIR"), "/lexicon.tsv")))));
        &BUNDLED
    }

    /// The concepts, by number.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concept of this number.
    pub fn concept(&self, id: ConceptId) -> &Concept {
        &self.concepts[id.at()]
    }

    /// The concept of this stable name.
    pub fn by_name(&self, id: &str) -> Option<ConceptId> {
        self.numbers.get(id).copied()
    }

    /// All phrases of need.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// How many triggers there are.
    pub fn triggers(&self) -> usize {
        self.triggers.len()
    }

    /// A reader of texts. One for each thread.
    pub fn reader(&self) -> Reader<'_> {
        Reader { scanner: Scanner::new(&self.triggers), hits: Vec::new() }
    }
}

/// Finds concepts in texts, and remembers the words it has read.
#[derive(Debug)]
pub struct Reader<'a> {
    scanner: Scanner<'a>,
    hits: Vec<Hit>,
}

impl Reader<'_> {
    /// The concepts that a card's text names: of triggers within each other the longest.
    pub fn card(&mut self, text: &str, found: &mut Vec<Found>) {
        self.read(text, found, |owner| owner & NEED == 0);
    }

    /// The concepts that a need names, or whose phrases of need it holds.
    pub fn need(&mut self, text: &str, found: &mut Vec<Found>) {
        self.read(text, found, |_| true);
    }

    fn read(&mut self, text: &str, found: &mut Vec<Found>, counts: impl Fn(u32) -> bool) {
        self.hits.clear();
        self.scanner.scan(text, &mut self.hits);
        self.hits.retain(|hit| counts(hit.owner));
        keep_longest(&mut self.hits, |_, _| true);
        found.extend(self.hits.iter().map(|hit| Found {
            concept: ConceptId((hit.owner & !NEED) as u16),
            bytes: hit.bytes.clone(),
            by_need: hit.owner & NEED != 0,
        }));
    }
}
