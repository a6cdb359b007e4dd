//! The triggers of one language, as a tree of stems.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::words;
use crate::text::fold::fold;
use crate::text::stem::{Tongue, stem};

/// The number of a stem that no trigger has.
pub(super) const UNKNOWN: u32 = u32::MAX;
/// The node where every trigger begins.
pub(super) const ROOT: u32 = 0;

/// The triggers of one language.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    pub(super) stems: HashMap<Box<str>, u32>,
    pub(super) steps: HashMap<(u32, u32), u32>,
    /// The triggers that end at each node.
    pub(super) ends: HashMap<u32, Vec<End>>,
    nodes: u32,
    /// The words added so far, lower-case: each stands in many triggers.
    words: HashMap<Box<str>, (u32, u32)>,
    /// Folded words whose stem is that of other words too, and which are compared without it.
    pub(super) apart: HashSet<Box<str>>,
}

/// Where a trigger ends.
#[derive(Clone, Debug)]
pub(super) struct End {
    pub(super) owner: u32,
    /// The accents of its words.
    pub(super) accents: Box<[u32]>,
    /// What a text must hold beside the stems.
    pub(super) beside: Option<Box<Beside>>,
}

/// The words that must stand next to a trigger, and its letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Beside {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
    /// The letters as they are written.
    pub(super) exact: Option<String>,
    /// The only word as it is compared: a name by its letters, another word by its form.
    pub(super) form: Option<Form>,
}

/// How the only word of a trigger is compared, beside its stem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A name: letter by letter, accents and case apart.
    Name(String),
    /// A word: in the singular or plural, masculine or feminine.
    Word(String),
}

impl Tree {
    pub(super) fn add(
        &mut self,
        tongue: Tongue,
        words: impl Iterator<Item = String>,
        beside: Option<Box<Beside>>,
        owner: u32,
    ) {
        let mut node = ROOT;
        let mut accents = Vec::new();
        for word in words {
            let (number, accent) = self.word(tongue, &word);
            accents.push(accent);
            node = *self.steps.entry((node, number)).or_insert_with(|| {
                self.nodes += 1;
                self.nodes
            });
        }
        let end = End { owner, accents: accents.into(), beside };
        self.ends.entry(node).or_default().push(end);
    }

    /// The words added so far, lower-case.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(AsRef::as_ref)
    }

    /// The number of a word's stem, and its accents.
    fn word(&mut self, tongue: Tongue, lower: &str) -> (u32, u32) {
        if let Some(known) = self.words.get(lower) {
            return *known;
        }
        let folded = fold(words::expanded(&fold(lower)));
        let stem = self.stem(&folded, tongue);
        let next = self.stems.len() as u32;
        let number = *self.stems.entry(stem.as_ref().into()).or_insert(next);
        let word = (number, words::accents(lower, &stem));
        self.words.insert(lower.into(), word);
        word
    }

    /// The stem of a folded word; of one set apart, the word without its ending of number and gender.
    pub(super) fn stem<'w>(&self, folded: &'w str, tongue: Tongue) -> Cow<'w, str> {
        if self.apart.contains(folded) {
            Cow::Owned(format!("={}", words::form(folded, tongue)))
        } else {
            stem(folded, tongue)
        }
    }

    pub(super) fn number(&self, stem: &str) -> u32 {
        self.stems.get(stem).copied().unwrap_or(UNKNOWN)
    }
}
