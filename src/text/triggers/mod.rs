//! Phrases looked for in texts, whatever the endings of their words: one matcher for markets and needs.
//!
//! A trigger belongs to a language. Its words are stemmed in that language and compared with the stems that the text's
//! words have in the same language, so that French *pain* never meets English *pain* by way of a shared stem. Words
//! without meaning of their own (`assets/words/function.txt`) are left out on both sides, but a trigger with one other
//! word keeps them: *Ville de* is not *ville*. A text without accents matches; one with other accents does not.
//!
//! Triggers stand in a tree of stems. A text is walked once from each of its words, which ends at the first word that
//! begins or continues no trigger, so the time is that of reading the words. Each word of a text is stemmed once in the
//! life of a [`Scanner`].

mod spelling;
mod tree;
mod words;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use self::spelling::{SHORTEST, Spelling};
use self::tree::{Beside, End, Form, ROOT, Tree, UNKNOWN};
use self::words::Token;
use super::fold::fold;
use super::stem::Tongue;

/// The words that a scanner remembers before it begins anew.
const REMEMBERED: usize = 100_000;

/// Which words triggers and texts are compared without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Passed {
    /// Articles, prepositions and possessives: enough for names and titles.
    #[default]
    Articles,
    /// Those, and pronouns, auxiliaries and the like: what people say around what they mean.
    Fillers,
}

/// A set of triggers.
#[derive(Clone, Debug, Default)]
pub struct Triggers {
    passed: Passed,
    trees: [Tree; 2],
    count: usize,
    /// Whether a trigger of one word is found only in the forms of that word.
    close: bool,
    forgiving: Option<Forgiving>,
}

/// What errors of typing are told and mended by.
#[derive(Clone, Debug)]
struct Forgiving {
    /// Whether a lower-case word is in no dictionary.
    is_strange: fn(&str) -> bool,
    spelling: Arc<Spelling>,
}

/// A trigger found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Whose trigger it is.
    pub owner: u32,
    /// The bytes of the text that it covers.
    pub bytes: Range<u32>,
    /// The words that it covers, counted without those that carry no meaning.
    pub words: Range<u32>,
}

impl Hit {
    /// Whether another trigger covers these words, and more.
    pub fn lies_within(&self, other: &Self) -> bool {
        other.words.start <= self.words.start
            && self.words.end <= other.words.end
            && other.words.len() > self.words.len()
    }

    /// Whether the two share a word.
    pub fn meets(&self, other: &Self) -> bool {
        self.words.start < other.words.end && other.words.start < self.words.end
    }
}

/// Whether a lower-case word, with its accents, carries no meaning of its own in either language.
pub fn is_small(lower: &str) -> bool {
    words::is_function(lower, Passed::Fillers)
}

/// Leaves the longest triggers: one that lies within another that `rivals` goes.
pub fn keep_longest(hits: &mut Vec<Hit>, rivals: impl Fn(u32, u32) -> bool) {
    let all = hits.clone();
    hits.retain(|hit| !all.iter().any(|other| hit.lies_within(other) && rivals(other.owner, hit.owner)));
}

impl Triggers {
    /// Triggers that are looked for on cards, where a word stands alone and a stem shared with another word misleads: a
    /// trigger of one word is found in its singular and plural, masculine and feminine, not in every word of its family;
    /// one that begins with a capital is a name, and is found only letter by letter.
    pub fn close() -> Self {
        Self { close: true, ..Self::default() }
    }

    /// An empty set.
    pub fn passing(passed: Passed) -> Self {
        Self { passed, ..Self::default() }
    }

    /// Has a word never meet other words of its stem, in triggers to come: a *planche* is no *plancher*.
    pub fn set_apart(&mut self, tongue: Tongue, word: &str) {
        self.trees[tongue as usize].apart.insert(fold(word).into());
    }

    /// Has words of texts with one error of typing be read as the words of triggers that they stand for, where
    /// `is_strange` says that no dictionary has them. Triggers added later are not looked at.
    pub fn forgive(&mut self, is_strange: fn(&str) -> bool) {
        let words = self.trees.iter().flat_map(Tree::words).map(fold);
        self.forgiving = Some(Forgiving { is_strange, spelling: Arc::new(Spelling::of(words)) });
    }

    /// Adds a trigger of one word that is found in any case, but with its own ending only.
    /// Returns whether it has a word to be found by.
    pub fn add_word(&mut self, tongue: Tongue, word: &str, owner: u32) -> bool {
        let beside = Beside { form: Some(Form::Name(fold(word))), ..Beside::default() };
        let mut tokens = Vec::new();
        words::read(word, &mut tokens);
        let [token] = tokens.as_slice() else { return false };
        let letters = token.letters(word).to_lowercase();
        self.trees[tongue as usize].add(tongue, std::iter::once(letters), Some(Box::new(beside)), owner);
        self.count += 1;
        true
    }

    /// Adds a trigger. A phrase that begins with `=` is found only as it is written, case and accents too.
    /// Returns whether the phrase has a word to be found by.
    pub fn add(&mut self, tongue: Tongue, phrase: &str, owner: u32) -> bool {
        let exact = phrase.strip_prefix('=');
        let text = exact.unwrap_or(phrase);
        let mut tokens = Vec::new();
        words::read(text, &mut tokens);
        let letters: Vec<&str> = tokens.iter().map(|token| token.letters(text)).collect();
        let content: Vec<usize> = (0..letters.len())
            .filter(|at| !words::is_function(&letters[*at].to_lowercase(), self.passed))
            .collect();
        let (Some(first), Some(last)) = (content.first(), content.last()) else { return false };
        let lower = |range: Range<usize>| letters[range].iter().map(|word| word.to_lowercase()).collect();
        let single = content.len() == 1;
        let literal = single && letters.len() > 1;
        let form = (self.close && single).then(|| {
            let word = letters[*first];
            if word.starts_with(char::is_uppercase) {
                Form::Name(fold(word))
            } else {
                Form::Word(words::form(&fold(word), tongue))
            }
        });
        let beside = (literal || exact.is_some() || form.is_some()).then(|| {
            Box::new(Beside {
                form,
                before: if literal { lower(0..*first) } else { Vec::new() },
                after: if literal { lower(last + 1..letters.len()) } else { Vec::new() },
                exact: exact.map(|_| text[tokens[*first].range.start..tokens[*last].range.end].to_owned()),
            })
        });
        let words = content.iter().map(|at| letters[*at].to_lowercase());
        self.trees[tongue as usize].add(tongue, words, beside, owner);
        self.count += 1;
        true
    }

    /// How many triggers there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// Reads texts for one set of triggers, and remembers the words it has read. One for each thread.
#[derive(Debug)]
pub struct Scanner<'a> {
    triggers: &'a Triggers,
    /// What each word means, by its letters as written.
    known: HashMap<Box<str>, Word>,
    tokens: Vec<Token>,
    words: Vec<(u32, Word)>,
}

/// What a word means to the trees.
#[derive(Clone, Copy, Debug)]
struct Word {
    function: bool,
    /// The stem and the accents, in each language.
    stems: [(u32, u32); 2],
}

impl<'a> Scanner<'a> {
    /// A reader for these triggers.
    pub fn new(triggers: &'a Triggers) -> Self {
        Self { triggers, known: HashMap::new(), tokens: Vec::new(), words: Vec::new() }
    }

    /// Appends every trigger found in a text, shorter ones within longer ones too, in the order of their first words.
    pub fn scan(&mut self, text: &str, hits: &mut Vec<Hit>) {
        words::read(text, &mut self.tokens);
        self.words.clear();
        for at in 0..self.tokens.len() {
            let word = self.word(at, text);
            if !word.function {
                self.words.push((at as u32, word));
            }
        }
        for first in 0..self.words.len() {
            for tree in 0..2 {
                self.walk(tree, first, text, hits);
            }
        }
    }

    fn word(&mut self, at: usize, text: &str) -> Word {
        let letters = self.tokens[at].letters(text);
        if let Some(known) = self.known.get(letters) {
            return *known;
        }
        let lower = letters.to_lowercase();
        let folded = fold(words::expanded(&fold(&lower)));
        let mut stems = self.stems(&lower, &folded);
        if stems.iter().all(|(stem, _)| *stem == UNKNOWN)
            && let Some(meant) = self.meant(letters, &lower, &folded)
        {
            stems = self.stems(meant, meant);
        }
        let word = Word { function: words::is_function(&lower, self.triggers.passed), stems };
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(letters.into(), word);
        word
    }

    fn stems(&self, lower: &str, folded: &str) -> [(u32, u32); 2] {
        Tongue::BOTH.map(|tongue| {
            let tree = &self.triggers.trees[tongue as usize];
            let stem = tree.stem(folded, tongue);
            (tree.number(&stem), words::accents(lower, &stem))
        })
    }

    /// The folded word of a trigger that an error of typing stands for. What begins with a capital may be a name.
    fn meant(&self, letters: &str, lower: &str, folded: &str) -> Option<&str> {
        let forgiving = self.triggers.forgiving.as_ref()?;
        let may_err = folded.len() >= SHORTEST && letters.starts_with(char::is_lowercase);
        (may_err && (forgiving.is_strange)(lower)).then(|| forgiving.spelling.nearest(folded))?
    }

    fn walk(&self, number: usize, first: usize, text: &str, hits: &mut Vec<Hit>) {
        let tree = &self.triggers.trees[number];
        let mut node = ROOT;
        for (last, (token, word)) in self.words.iter().enumerate().skip(first) {
            let stem = word.stems[number].0;
            if stem == UNKNOWN || last > first && self.is_barred(self.words[last - 1].0, *token) {
                return;
            }
            let Some(next) = tree.steps.get(&(node, stem)) else { return };
            node = *next;
            for end in tree.ends.get(&node).into_iter().flatten() {
                if self.agrees(end, number, first, last, text) {
                    let (before, after) =
                        end.beside.as_ref().map_or((0, 0), |own| (own.before.len(), own.after.len()));
                    let start = self.tokens[self.words[first].0 as usize - before].range.start;
                    let stop = self.tokens[*token as usize + after].range.end;
                    let hit = Hit {
                        owner: end.owner,
                        bytes: start as u32..stop as u32,
                        words: first as u32..last as u32 + 1,
                    };
                    if !hits.contains(&hit) {
                        hits.push(hit);
                    }
                }
            }
        }
    }

    fn is_barred(&self, from: u32, to: u32) -> bool {
        self.tokens[from as usize + 1..=to as usize].iter().any(|token| token.barred)
    }

    /// Whether accents, neighbours and exact letters are those of the trigger.
    fn agrees(&self, end: &End, tree: usize, first: usize, last: usize, text: &str) -> bool {
        let words = &self.words[first..=last];
        let accents = words.iter().zip(&end.accents).all(|((_, word), own)| {
            let accents = word.stems[tree].1;
            accents == 0 || accents == *own
        });
        accents
            && end.beside.as_ref().is_none_or(|beside| {
                let (from, to) = (words[0].0 as usize, words[words.len() - 1].0 as usize);
                self.is_beside(beside, Tongue::BOTH[tree], from..to + 1, text)
            })
    }

    fn is_beside(&self, beside: &Beside, tongue: Tongue, at: Range<usize>, text: &str) -> bool {
        let (from, to) = (at.start, at.end - 1);
        let same = |tokens: &[Token], words: &[String]| {
            tokens.iter().zip(words).all(|(token, word)| token.letters(text).to_lowercase() == *word)
        };
        let (before, after) = (beside.before.len(), beside.after.len());
        from >= before
            && to + after < self.tokens.len()
            && same(&self.tokens[from - before..from], &beside.before)
            && same(&self.tokens[to + 1..=to + after], &beside.after)
            && beside.form.as_ref().is_none_or(|form| {
                let word = fold(self.tokens[from].letters(text));
                match form {
                    Form::Name(name) => word == *name,
                    Form::Word(own) => words::form(&word, tongue) == *own,
                }
            })
            && beside
                .exact
                .as_ref()
                .is_none_or(|exact| text[self.tokens[from].range.start..self.tokens[to].range.end] == *exact)
    }
}

#[cfg(test)]
mod tests;
