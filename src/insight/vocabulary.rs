//! The words that are already in the book, for completion: the most used first.
//!
//! Invariants: entries of a kind differ in their search form and are sorted by count, then form; each list of
//! word beginnings ascends, so that its first hits are the most used.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::search::form;
use crate::domain::contact::Stage;
use crate::domain::{Book, Contact};

/// So many completions are offered.
const OFFERED: usize = 8;

/// Kinds of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Names of people.
    Name,
    /// Organisations.
    Org,
    /// Titles and trades.
    Title,
    /// Tags.
    Tag,
    /// Markets, by slug.
    Market,
    /// Events and places where people were met.
    Event,
    /// Latent values.
    Value,
    /// Towns and regions.
    Place,
}

const KINDS: usize = 8;

/// The words in the book.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    kinds: [Entries; KINDS],
}

/// A word and how often it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used<'a> {
    /// The word, in its most used spelling.
    pub text: &'a str,
    /// How many contacts use it.
    pub count: u32,
}

impl Vocabulary {
    /// Gathers the words of a book in one pass, archived people left out. Meant for a thread of its own.
    pub fn build(book: &Book) -> Self {
        let mut spellings = Spellings::default();
        for contact in book.contacts().filter(|contact| contact.stage != Stage::Archived) {
            spellings.note_contact(contact);
        }
        for event in book.events() {
            spellings.note(Kind::Event, &event.name, 0);
        }
        for market in book.markets().filter(|market| !market.hidden) {
            spellings.note(Kind::Market, &market.slug, 0);
        }
        let me = book.me();
        me.towns.iter().chain(&me.regions).for_each(|place| spellings.note(Kind::Place, place, 0));
        Self { kinds: spellings.kinds.map(Entries::of) }
    }

    /// Words with a word that begins with `prefix`, the most used first; case and accents do not count. What is
    /// typed in full already is not offered. An empty prefix gives the most used of all.
    pub fn complete(&self, kind: Kind, prefix: &str) -> Vec<String> {
        let typed = prefix.trim();
        let words = self.matching(kind, prefix).filter(|used| used.text != typed);
        words.take(OFFERED).map(|used| used.text.to_owned()).collect()
    }

    /// The same without a limit, with counts.
    pub fn matching(&self, kind: Kind, prefix: &str) -> impl Iterator<Item = Used<'_>> {
        self.kinds[kind as usize].matching(form(prefix))
    }

    /// How many words of a kind there are.
    pub fn len(&self, kind: Kind) -> usize {
        self.kinds[kind as usize].words.len()
    }
}

/// Words as they are spelled, each with its count.
#[derive(Default)]
struct Spellings<'a> {
    kinds: [HashMap<&'a str, u32>; KINDS],
}

impl<'a> Spellings<'a> {
    fn note(&mut self, kind: Kind, text: &'a str, times: u32) {
        if !text.is_empty() {
            *self.kinds[kind as usize].entry(text).or_default() += times;
        }
    }

    fn note_contact(&mut self, contact: &'a Contact) {
        self.note(Kind::Name, &contact.name.full, 1);
        for role in &contact.roles {
            self.note(Kind::Org, &role.org, 1);
            self.note(Kind::Title, &role.title, 1);
        }
        contact.tags.iter().for_each(|tag| self.note(Kind::Tag, tag, 1));
        contact.values.iter().for_each(|value| self.note(Kind::Value, value, 1));
        for tie in contact.markets.iter().filter(|tie| !tie.refused) {
            self.note(Kind::Market, &tie.market, 1);
        }
        if let Some(met) = &contact.met {
            self.note(Kind::Event, &met.at, 1);
        }
        for address in &contact.addresses {
            self.note(Kind::Place, &address.city, 1);
        }
        if let Some(region) = &contact.region {
            self.note(Kind::Place, region, 1);
        }
    }
}

/// The words of one kind.
#[derive(Clone, Debug, Default)]
struct Entries {
    words: Vec<Word>,
    /// Numbers of the words of which some word begins with a byte. Letters that are not ASCII share their first.
    by_initial: HashMap<u8, Vec<u32>>,
}

#[derive(Clone, Debug)]
struct Word {
    text: Box<str>,
    form: Box<str>,
    count: u32,
}

impl Entries {
    fn of(spellings: HashMap<&str, u32>) -> Self {
        let mut formed: Vec<(String, u32, &str)> =
            spellings.into_iter().map(|(text, count)| (form(text), count, text)).collect();
        formed.retain(|(form, ..)| !form.is_empty());
        // Spellings of one word meet, the most used first.
        formed.sort_unstable_by(|a, b| (&a.0, Reverse(a.1), a.2).cmp(&(&b.0, Reverse(b.1), b.2)));
        let mut words: Vec<Word> = Vec::with_capacity(formed.len());
        for (form, count, text) in formed {
            match words.last_mut() {
                Some(last) if *last.form == *form => last.count += count,
                _ => words.push(Word { text: text.into(), form: form.into(), count }),
            }
        }
        words.sort_by_key(|word| Reverse(word.count));
        let mut by_initial: HashMap<u8, Vec<u32>> = HashMap::new();
        for (number, word) in words.iter().enumerate() {
            for initial in word.form.split(' ').filter_map(|part| part.bytes().next()) {
                let list = by_initial.entry(initial).or_default();
                if list.last() != Some(&(number as u32)) {
                    list.push(number as u32);
                }
            }
        }
        Self { words, by_initial }
    }

    fn matching(&self, prefix: String) -> impl Iterator<Item = Used<'_>> {
        let initial = prefix.bytes().next();
        let everything = initial.is_none().then_some(0..self.words.len() as u32);
        let listed = initial.and_then(|initial| self.by_initial.get(&initial)).into_iter().flatten().copied();
        let words = everything.into_iter().flatten().chain(listed).map(|number| &self.words[number as usize]);
        words
            .filter(move |word| begins_a_word(&word.form, &prefix))
            .map(|word| Used { text: &word.text, count: word.count })
    }
}

fn begins_a_word(form: &str, prefix: &str) -> bool {
    form.starts_with(prefix)
        || form.match_indices(' ').any(|(blank, _)| form[blank + 1..].starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::domain::contact::{Name, Role};
    use crate::domain::time::Timestamp;
    use crate::domain::{ContactId, Record};

    fn vocabulary(orgs: &[&str]) -> Vocabulary {
        let mut book = Book::default();
        for (n, org) in orgs.iter().enumerate() {
            let mut contact = Contact::new(ContactId(Uuid::from_u128(n as u128)), Timestamp::UNIX_EPOCH);
            contact.name = Name::from_full(format!("Zoé Roy {n}"));
            contact.roles = vec![Role { org: (*org).into(), ..Role::default() }];
            contact.tags = vec!["été".into()];
            book.put(Record::Contact(Arc::new(contact)));
        }
        Vocabulary::build(&book)
    }

    #[test]
    fn the_most_used_come_first_by_any_of_their_words() {
        let words = vocabulary(&["Ville de Magog", "Magog Bois", "Magog Bois", "Cascades"]);
        assert_eq!(words.complete(Kind::Org, "mag"), ["Magog Bois", "Ville de Magog"]);
        assert_eq!(words.complete(Kind::Org, "de ma"), ["Ville de Magog"]);
        assert_eq!(words.complete(Kind::Org, "ag"), [""; 0]);
        assert_eq!(words.complete(Kind::Org, "").len(), 3);
        assert_eq!(words.complete(Kind::Tag, "ete"), ["été"]);
        assert_eq!(words.matching(Kind::Tag, "e").next(), Some(Used { text: "été", count: 4 }));
        assert_eq!(words.complete(Kind::Market, "m"), [""; 0]);
    }

    #[test]
    fn spellings_of_one_word_are_one_in_the_spelling_most_used() {
        let words = vocabulary(&["HYDRO-QUEBEC", "Hydro-Québec", "Hydro-Québec"]);
        let all: Vec<Used<'_>> = words.matching(Kind::Org, "quebec").collect();
        assert_eq!(all, [Used { text: "Hydro-Québec", count: 3 }]);
        assert_eq!(words.complete(Kind::Org, "Hydro-Québec"), [""; 0], "typed in full already");
        assert_eq!(words.len(Kind::Org), 1);
    }
}
