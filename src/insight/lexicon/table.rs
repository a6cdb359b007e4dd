//! Reads the table that the build made of `assets/lexicon`.

use std::collections::HashMap;

use super::{Concept, ConceptId, Kind, Lexicon, NEED, Phrase};
use crate::insight::vectors::Table;
use crate::text::stem::Tongue;
use crate::text::triggers::{Passed, Triggers};

/// Parts the items of a list.
const ITEM: char = '\u{1f}';

/// Reads the whole table. A helper that is no concept is left out; the lint test names it.
pub(super) fn read(table: &str) -> Lexicon {
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('\t').collect()).collect();
    let numbers: HashMap<Box<str>, ConceptId> =
        rows.iter().enumerate().map(|(n, row)| (row[0].into(), ConceptId(n as u16))).collect();
    let mut triggers = Triggers::passing(Passed::Fillers);
    // A word that one trigger wants with its own ending only is not to be taken for its kin in longer triggers either.
    for row in &rows {
        for (tongue, lists) in [(Tongue::French, [4, 6]), (Tongue::English, [5, 7])] {
            let words = lists.into_iter().filter_map(|at| row.get(at)).flat_map(|list| items(list));
            words
                .filter_map(|phrase| phrase.strip_prefix('='))
                .for_each(|word| triggers.set_apart(tongue, word));
        }
    }
    let mut phrases = Vec::new();
    let concepts = rows.iter().zip(0_u16..).map(|(row, number)| {
        let [id, kind, fr, en, words_fr, words_en, needs_fr, needs_en, helpers, markets] = row[..] else {
            unreachable!("the build writes ten fields")
        };
        let owner = u32::from(number);
        for (tongue, words, needs) in
            [(Tongue::French, words_fr, needs_fr), (Tongue::English, words_en, needs_en)]
        {
            for phrase in items(words) {
                add(&mut triggers, tongue, phrase, owner);
            }
            for phrase in items(needs) {
                add(&mut triggers, tongue, phrase, owner | NEED);
                // Shown to readers where a need resembles it: apostrophes as in print.
                let text = phrase.replace('\'', "’").into();
                phrases.push(Phrase { concept: ConceptId(number), text });
            }
        }
        let helpers = items(helpers).filter_map(|item| {
            let (id, weight) = item.split_once('=')?;
            Some((*numbers.get(id)?, weight.parse().ok()?))
        });
        let markets = items(markets).map(Into::into).collect();
        Concept {
            id: id.into(),
            kind: kind_of(kind),
            fr: fr.into(),
            en: en.into(),
            helpers: helpers.collect(),
            markets,
        }
    });
    let concepts = concepts.collect();
    triggers.forgive(|lower| Table::bundled().row(lower).is_none());
    Lexicon { concepts, numbers, triggers, phrases }
}

/// Adds a trigger as authors write it: `=word` has its own ending only.
pub(super) fn add(triggers: &mut Triggers, tongue: Tongue, phrase: &str, owner: u32) -> bool {
    match phrase.strip_prefix('=') {
        Some(word) => triggers.add_word(tongue, word, owner),
        None => triggers.add(tongue, phrase, owner),
    }
}

fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(ITEM).filter(|item| !item.is_empty())
}

fn kind_of(word: &str) -> Kind {
    match word {
        "trade" => Kind::Trade,
        "good" => Kind::Good,
        "service" => Kind::Service,
        _ => Kind::Situation,
    }
}
