//! The taxonomy that comes with the program: the files of `assets/markets`, read once when first asked for.

use std::sync::LazyLock;

use super::file::{self, Entry, Field};
use crate::domain::contact::MarketHow;
use crate::text::stem::Tongue;
use crate::text::triggers::Triggers;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../assets/markets/", $name, ".toml")))),+]
    };
}

/// Every file, the tree first: it gives the order of the markets.
const FILES: &[(&str, &str)] = files![
    "tree",
    "keywords-build-1",
    "keywords-build-2",
    "keywords-build-3",
    "keywords-civic-1",
    "keywords-civic-2",
    "keywords-civic-3",
    "keywords-civic-4",
    "keywords-civic-5",
    "keywords-industry-1",
    "keywords-industry-2",
    "keywords-industry-3",
    "keywords-land-1",
    "keywords-land-2",
    "keywords-land-3",
    "keywords-office-1",
    "keywords-office-2",
    "keywords-office-3",
    "keywords-office-4",
    "keywords-office-5",
    "keywords-office-6",
    "keywords-people-1",
    "keywords-people-2",
    "keywords-people-3",
    "keywords-people-4",
    "keywords-people-5",
    "keywords-people-6",
    "keywords-people-7",
    "keywords-trade-1",
    "keywords-trade-2",
    "keywords-trade-3",
    "keywords-trade-4",
];

/// The bundled taxonomy.
pub(super) struct Bundle {
    /// The markets, without their rules.
    pub entries: Vec<Entry>,
    /// The rules, each with the place of its market among the entries.
    pub rules: Rules,
}

/// Rules and their phrases. The owner of a phrase is twice the rule's number, one more for a `not`.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub list: Vec<Rule>,
    pub triggers: Triggers,
}

/// What the words of a rule say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// The market's number.
    pub market: u16,
    pub how: MarketHow,
    fields: u8,
}

impl Rule {
    /// Whether the rule's words are looked for there.
    pub(super) fn looks_in(self, field: Field) -> bool {
        self.fields >> field as u8 & 1 == 1
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self { list: Vec::new(), triggers: Triggers::close() }
    }
}

impl Rules {
    /// Adds a rule without words; empty `fields` are all of them. Returns its number.
    pub(super) fn add(&mut self, market: u16, how: MarketHow, fields: &[Field]) -> u32 {
        let fields = if fields.is_empty() { &Field::ALL[..] } else { fields };
        let fields = fields.iter().fold(0, |bits, field| bits | 1 << *field as u8);
        self.list.push(Rule { market, how, fields });
        self.list.len() as u32 - 1
    }

    /// Adds a phrase to a rule.
    pub(super) fn word(&mut self, rule: u32, tongue: Tongue, phrase: &str) {
        self.triggers.add(tongue, phrase, rule * 2);
    }

    /// Adds a phrase that takes a rule's words away. It may be in either language.
    pub(super) fn not(&mut self, rule: u32, phrase: &str) {
        for tongue in Tongue::BOTH {
            self.triggers.add(tongue, phrase, rule * 2 + 1);
        }
    }
}

/// The bundled taxonomy. A file that cannot be read would be left out; a test reads them all.
pub(super) static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    let mut bundle = Bundle { entries: Vec::new(), rules: Rules::default() };
    for document in FILES.iter().filter_map(|(_, text)| file::parse(text).ok()) {
        document.market.into_iter().for_each(|entry| bundle.add(entry));
    }
    bundle
});

impl Bundle {
    fn add(&mut self, mut entry: Entry) {
        let words = std::mem::take(&mut entry.rule);
        let known = self.entries.iter().position(|known| known.slug == entry.slug);
        let market = known.unwrap_or(self.entries.len()) as u16;
        if known.is_none() {
            self.entries.push(entry);
        }
        for words in words {
            let rule = self.rules.add(market, words.how.into(), &words.fields);
            words.fr.iter().for_each(|phrase| self.rules.word(rule, Tongue::French, phrase));
            words.en.iter().for_each(|phrase| self.rules.word(rule, Tongue::English, phrase));
            words.not.iter().for_each(|phrase| self.rules.not(rule, phrase));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_file_is_forgotten() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/markets");
        for entry in std::fs::read_dir(folder).expect("the folder") {
            let name = entry.expect("a file").file_name().to_string_lossy().into_owned();
            let known = FILES.iter().any(|(file, _)| name == format!("{file}.toml"));
            assert!(
                known || ["cues.toml", "regions.toml", "README.md", "NOTICE"].contains(&name.as_str()),
                "{name}"
            );
        }
    }

    #[test]
    fn every_file_reads_and_every_market_is_whole() {
        for (name, text) in FILES {
            if let Err(fault) = file::parse(text) {
                panic!("{name}: {fault:?}");
            }
        }
        let slugs: HashSet<&str> = BUNDLE.entries.iter().map(|entry| entry.slug.as_str()).collect();
        assert_eq!(slugs.len(), BUNDLE.entries.len(), "a slug twice");
        assert!(slugs.len() >= 150, "{} markets", slugs.len());
        for entry in &BUNDLE.entries {
            assert!(!entry.fr.is_empty() && !entry.en.is_empty(), "{}: a name is missing", entry.slug);
            assert!(
                entry.parent.is_empty() || slugs.contains(entry.parent.as_str()),
                "{}: {}",
                entry.slug,
                entry.parent
            );
            let number = BUNDLE.entries.iter().position(|other| other.slug == entry.slug);
            let has_rule = BUNDLE.rules.list.iter().any(|rule| Some(rule.market as usize) == number);
            assert!(has_rule, "{}: no words lead to it", entry.slug);
        }
    }
}
