//! Who is tied to each market, as searches ask: a market with all below it, and by which kind of hat.
//!
//! Invariants: each list is in the order of identifiers and holds everybody once; it says what the atlas said that the roll
//! was last brought up to date with. A clone shares the lists.

use std::sync::Arc;

use super::atlas::Atlas;
use super::links::Link;
use super::taxonomy::{MarketIx, Taxonomy};
use crate::domain::ContactId;
use crate::domain::contact::MarketHow;
use crate::text::fold::fold;

/// The bit of a tie of which the hat is not known.
const UNKNOWN: u8 = 1 << 6;
/// The bit of a tie by the user's word.
const STATED: u8 = 1 << 7;

/// Somebody tied to a market: by which kinds of hats, and whether by the user's word.
type Tied = (ContactId, u8);

/// Who is tied to each market.
#[derive(Clone, Debug)]
pub struct Roll {
    taxonomy: Arc<Taxonomy>,
    lists: Vec<Arc<Vec<Tied>>>,
}

/// The people of one market of whom a search wants those with some kinds of hats.
#[derive(Clone, Debug)]
pub(in crate::insight) struct Seated {
    list: Arc<Vec<Tied>>,
    hats: u8,
}

impl Seated {
    /// Whether somebody is among them, and whether by the user's word.
    pub(in crate::insight) fn holds(&self, id: ContactId) -> Option<bool> {
        let at = self.list.binary_search_by_key(&id, |(own, _)| *own).ok()?;
        let bits = self.list[at].1;
        (bits & self.hats != 0).then_some(bits & STATED != 0)
    }
}

impl Roll {
    /// The roll of an atlas.
    pub fn new(atlas: &Atlas) -> Self {
        let taxonomy = Arc::clone(atlas.taxonomy());
        let mut lists: Vec<Vec<Tied>> = vec![Vec::new(); taxonomy.len()];
        for (id, placed) in atlas.people() {
            for link in &placed.links {
                for market in taxonomy.line(link.market) {
                    match lists[market.number()].last_mut().filter(|(own, _)| *own == id) {
                        Some((_, bits)) => *bits |= bits_of(link),
                        None => lists[market.number()].push((id, bits_of(link))),
                    }
                }
            }
        }
        Self { taxonomy, lists: lists.into_iter().map(Arc::new).collect() }
    }

    /// The roll of a later atlas of the same markets, in which only these people differ.
    #[must_use]
    pub fn updated(&self, before: &Atlas, after: &Atlas, people: &[ContactId]) -> Self {
        let taxonomy = Arc::clone(after.taxonomy());
        let mut lists = self.lists.clone();
        lists.resize_with(taxonomy.len(), Arc::default);
        for id in people {
            for link in before.links(*id) {
                for market in self.taxonomy.line(link.market) {
                    let list = &mut lists[market.number()];
                    if let Ok(at) = list.binary_search_by_key(id, |(own, _)| *own) {
                        Arc::make_mut(list).remove(at);
                    }
                }
            }
            for link in after.links(*id) {
                for market in taxonomy.line(link.market) {
                    let list = Arc::make_mut(&mut lists[market.number()]);
                    match list.binary_search_by_key(id, |(own, _)| *own) {
                        Ok(at) => list[at].1 |= bits_of(link),
                        Err(at) => list.insert(at, (*id, bits_of(link))),
                    }
                }
            }
        }
        Self { taxonomy, lists }
    }

    /// The people of the markets that words mean, as they are being typed: the one that goes by them, else all that begin
    /// with them. With `whole` only the former.
    pub(in crate::insight) fn seated(&self, words: &str, how: Option<MarketHow>, whole: bool) -> Vec<Seated> {
        let hats = how.map_or(!STATED, bit_of);
        let seated = |ix: MarketIx| Seated { list: Arc::clone(&self.lists[ix.number()]), hats };
        let shown = |ix: MarketIx| self.taxonomy.shown(ix).unwrap_or(ix);
        if let Some(ix) = self.taxonomy.find(words) {
            return vec![seated(shown(ix))];
        }
        let wanted = fold(words);
        if whole || wanted.is_empty() {
            return Vec::new();
        }
        let begins = |name: &String| fold(name).starts_with(&wanted);
        let begun = self
            .taxonomy
            .all()
            .filter(|(_, market)| [&market.slug, &market.fr, &market.en].into_iter().any(begins));
        let begun: Vec<Seated> = begun.map(|(ix, _)| seated(shown(ix))).collect();
        if !begun.is_empty() {
            return begun;
        }
        self.taxonomy.guess(words).into_iter().map(seated).collect()
    }
}

fn bits_of(link: &Link) -> u8 {
    link.how.map_or(UNKNOWN, bit_of) | if link.is_stated() { STATED } else { 0 }
}

fn bit_of(how: MarketHow) -> u8 {
    1 << match how {
        MarketHow::Decides => 0,
        MarketHow::Works => 1,
        MarketHow::Member => 2,
        MarketHow::Supplies => 3,
        MarketHow::Buys => 4,
        MarketHow::Influences => 5,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::contact::{Contact, MarketTie, Role};
    use crate::domain::time::Timestamp;
    use crate::domain::{Book, Record, RecordId};

    fn id(n: usize) -> ContactId {
        ContactId(Uuid::from_u128(n as u128 + 1))
    }

    fn person(n: usize, title: &str) -> Record {
        let mut contact = Contact::new(id(n), Timestamp::UNIX_EPOCH);
        contact.roles.push(Role { title: title.into(), ..Role::default() });
        if title.is_empty() {
            let tie =
                MarketTie { market: "municipal".into(), how: None, evidence: String::new(), refused: false };
            contact.markets.push(tie);
        }
        Record::Contact(Arc::new(contact))
    }

    fn told(roll: &Roll, words: &str, how: Option<MarketHow>) -> Vec<(usize, bool)> {
        let seated = roll.seated(words, how, false);
        let of = |n: usize| seated.iter().filter_map(|own| own.holds(id(n))).max().map(|stated| (n, stated));
        (0..8).filter_map(of).collect()
    }

    #[test]
    fn a_market_is_found_by_any_name_with_those_below_it() {
        let mut book = Book::default();
        for (n, title) in ["Mairesse", "", "Productrice laitière", "Notaire"].into_iter().enumerate() {
            book.put(person(n, title));
        }
        let roll = Roll::new(&Atlas::build(&book));
        assert_eq!(told(&roll, "municipal", None), [(0, false), (1, true)]);
        assert_eq!(told(&roll, "munic", None), [(0, false), (1, true)]);
        assert_eq!(told(&roll, "municipal", Some(MarketHow::Decides)), [(0, false)]);
        assert_eq!(told(&roll, "agriculture", None), [(2, false)]);
        assert_eq!(told(&roll, "Production laitière", None), [(2, false)]);
        assert!(roll.seated("munic", None, true).is_empty(), "a whole name is wanted");
    }

    const TITLES: &[&str] =
        &["", "Mairesse", "Productrice laitière", "Notaire", "Agricultrice et notaire", "Amie"];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

        #[test]
        fn a_roll_that_follows_is_a_roll_made_anew(
            first in prop::collection::vec(prop::sample::select(TITLES), 8),
            later in prop::collection::vec((0_usize..8, prop::sample::select(TITLES)), 1..6),
        ) {
            let mut book = Book::default();
            for (n, title) in first.iter().enumerate() {
                book.put(person(n, title));
            }
            let before = Atlas::build(&book);
            let roll = Roll::new(&before);
            let mut changed = Vec::new();
            for (n, title) in later {
                book.put(person(n, title));
                changed.push(RecordId::Contact(id(n)));
            }
            let after = before.updated(&book, &changed);
            let people: Vec<ContactId> = (0..8).map(id).collect();
            let next = roll.updated(&before, &after, &people);
            let anew = Roll::new(&after);
            for (own, known) in next.lists.iter().zip(&anew.lists) {
                prop_assert_eq!(own, known);
            }
        }
    }
}
