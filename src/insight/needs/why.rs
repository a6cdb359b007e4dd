//! Why somebody might help: chains from the words of the need to the words on the card, as data.

use serde::{Deserialize, Serialize};

use super::asked::{Asked, Knowledge};
use super::card::{self, Field, Piece};
use super::phrases::Way;
use super::vocabulary::Facts;
use super::{places, score};
use crate::domain::NeedId;
use crate::domain::contact::{Contact, MarketHow};
use crate::domain::market::Named;
use crate::insight::lexicon::{ConceptId, Found, Lexicon, Reader};
use crate::insight::markets::{Atlas, Link, MarketIx, Regions};
use crate::insight::vectors::{Bag, Likeness, Table, Vector};
use crate::text::fold::fold;
use crate::text::{tokens, triggers};

/// More chains than this tell nothing new.
const MOST: usize = 4;
/// A shared word is told from this rarity on.
const TELLING: f32 = 0.2;

/// One reason, strongest first in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reason {
    /// Said → named (← helper) ← found: the need's words lead to a concept, the card's words to the same or to one that
    /// helps it.
    Concept {
        /// The words of the need.
        said: String,
        /// How they lead there.
        way: Way,
        /// What they were taken for: the phrase of need that they resemble; empty where they hold a trigger.
        like: String,
        /// The concept that they name.
        named: Label,
        /// The concept of the card, where it is another one.
        helper: Option<Label>,
        /// The words on the card.
        found: String,
        /// Where they stand.
        field: Field,
        /// Needs that taught this link, or against it.
        learnt: Vec<NeedId>,
    },
    /// The same word, whatever its ending, or one with an error of typing.
    Word {
        /// In the need.
        said: String,
        /// On the card.
        found: String,
        /// Where it stands.
        field: Field,
    },
    /// A hat in the market to be entered.
    Market {
        /// The words of the need; empty where the need states the market.
        said: String,
        /// Which.
        market: Named,
        /// The kind of hat.
        how: Option<MarketHow>,
        /// The words that it rests on.
        found: String,
    },
    /// In the region asked for.
    Region {
        /// The words of the need; empty where the need states the region.
        said: String,
        /// Which.
        region: Named,
        /// The words on the card; empty where an address tells.
        found: String,
    },
    /// Near in meaning, and nothing else: no reason to rely on.
    Near {
        /// The fragment of the card that is nearest.
        fragment: String,
        /// Where it stands.
        field: Field,
        /// The two words that are nearest: one of the need, one of the fragment.
        pair: Option<(String, String)>,
    },
}

/// A concept as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Its stable name.
    pub id: String,
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Label {
    /// The label of a concept.
    pub fn of(lexicon: &Lexicon, concept: ConceptId) -> Self {
        let concept = lexicon.concept(concept);
        Self { id: concept.id.to_string(), fr: concept.fr.to_string(), en: concept.en.to_string() }
    }
}

/// Finds the chains between one need and one card after the other.
pub(super) struct Explainer<'a> {
    asked: &'a Asked,
    atlas: &'a Atlas,
    with: Knowledge<'a>,
    reader: Reader<'a>,
    likeness: Option<Likeness<'a>>,
}

impl<'a> Explainer<'a> {
    pub(super) fn new(asked: &'a Asked, atlas: &'a Atlas, with: Knowledge<'a>) -> Self {
        let likeness = asked.vector.as_ref().map(Likeness::to);
        Self { asked, atlas, with, reader: with.lexicon.reader(), likeness }
    }

    /// The chains to a contact, strongest first.
    pub(super) fn reasons(&mut self, contact: &Contact) -> Vec<Reason> {
        let pieces = card::pieces(contact);
        let mut reasons = self.concepts(&pieces);
        reasons.extend(self.market(contact));
        let words = self.words(&pieces, &reasons);
        reasons.extend(words);
        reasons.truncate(MOST);
        reasons.extend(self.region(contact, &pieces));
        let explained = |reason: &Reason| !matches!(reason, Reason::Region { .. });
        if !reasons.iter().any(explained) {
            reasons.extend(self.near(&pieces));
        }
        reasons
    }

    fn concepts(&mut self, pieces: &[Piece]) -> Vec<Reason> {
        let mut found: Vec<Found> = Vec::new();
        let mut chains: Vec<(f32, ConceptId, Reason)> = Vec::new();
        for piece in pieces {
            found.clear();
            self.reader.card(&places::blotted(&piece.text, &places::find(&piece.text, true)), &mut found);
            for hit in &found {
                let Some(call) = self.asked.calls.iter().find(|call| call.concept == hit.concept) else {
                    continue;
                };
                let weight = call.weight * piece.field.weight();
                let known = chains.iter().position(|(_, concept, _)| *concept == hit.concept);
                if known.is_some_and(|at| chains[at].0 >= weight) {
                    continue;
                }
                let (start, end) = (hit.bytes.start as usize, hit.bytes.end as usize);
                let lesson = self.with.learnt.lesson(call.named, call.concept);
                let like = call.phrase.and_then(|number| self.with.lexicon.phrases().get(number as usize));
                let reason = Reason::Concept {
                    said: self.said(&call.said).to_owned(),
                    way: call.way,
                    like: like.map_or_else(String::new, |phrase| phrase.text.to_string()),
                    named: Label::of(self.with.lexicon, call.named),
                    helper: (call.named != call.concept).then(|| Label::of(self.with.lexicon, call.concept)),
                    found: piece.text.get(start..end).unwrap_or_default().to_owned(),
                    field: piece.field,
                    learnt: lesson
                        .map_or_else(Vec::new, |lesson| [&lesson.helped[..], &lesson.refused[..]].concat()),
                };
                match known {
                    Some(at) => chains[at] = (weight, hit.concept, reason),
                    None => chains.push((weight, hit.concept, reason)),
                }
            }
        }
        chains.sort_by(|a, b| b.0.total_cmp(&a.0));
        chains.into_iter().map(|(.., reason)| reason).collect()
    }

    fn said(&self, bytes: &std::ops::Range<u32>) -> &str {
        self.asked.text.get(bytes.start as usize..bytes.end as usize).unwrap_or_default()
    }

    fn market(&self, contact: &Contact) -> Option<Reason> {
        let taxonomy = self.atlas.taxonomy();
        let links = self.atlas.links(contact.id).iter();
        let near =
            links.flat_map(|link| self.asked.markets.iter().map(move |(market, said)| (link, *market, said)));
        let related = near.filter(|(link, market, _)| {
            taxonomy.is_within(link.market, *market) || taxonomy.is_within(*market, link.market)
        });
        let (link, _, said) = related.max_by(|a, b| {
            let exact = |(link, market, _): &(&Link, MarketIx, _)| link.market == *market;
            (exact(a), a.0.weight())
                .partial_cmp(&(exact(b), b.0.weight()))
                .unwrap_or(std::cmp::Ordering::Equal)
        })?;
        Some(Reason::Market {
            said: self.said(said).to_owned(),
            market: {
                let market = taxonomy.get(link.market);
                Named { slug: market.slug.clone(), fr: market.fr.clone(), en: market.en.clone() }
            },
            how: link.how,
            found: link.evidence(contact).to_owned(),
        })
    }

    /// Shared words that no chain tells of yet.
    fn words(&self, pieces: &[Piece], told: &[Reason]) -> Vec<Reason> {
        let mut best: Vec<Option<(f32, Field, String)>> = vec![None; self.asked.words.len()];
        for piece in pieces {
            for word in tokens::words(&piece.text) {
                let lower = word.text.to_lowercase();
                if triggers::is_small(&lower) {
                    continue;
                }
                let folded = fold(&lower);
                let facts = Facts::of(&lower, &folded);
                for (asked, best) in self.asked.words.iter().zip(&mut best) {
                    let value = score::sameness(asked, &folded, &facts) * piece.field.weight();
                    if value > best.as_ref().map_or(0.0, |(known, ..)| *known) {
                        *best = Some((value, piece.field, word.text.to_owned()));
                    }
                }
            }
        }
        let is_told = |found: &str| {
            told.iter()
                .any(|reason| matches!(reason, Reason::Concept { found: told, .. } if told.contains(found)))
        };
        let mut shared: Vec<(f32, Reason)> = best
            .into_iter()
            .zip(&self.asked.words)
            .filter_map(|(best, word)| {
                let (value, field, found) = best?;
                let said = self.asked.text[word.bytes.clone()].to_owned();
                let reason = Reason::Word { said, found, field };
                Some((value * word.facts.rarity, reason))
            })
            .filter(|(value, reason)| {
                *value > TELLING && !matches!(reason, Reason::Word { found, .. } if is_told(found))
            })
            .collect();
        shared.sort_by(|a, b| b.0.total_cmp(&a.0));
        shared.into_iter().map(|(_, reason)| reason).collect()
    }

    fn region(&self, contact: &Contact, pieces: &[Piece]) -> Option<Reason> {
        let placed = Regions::bundled().of_contact(contact);
        self.asked.places.iter().find_map(|asked| {
            let named = pieces.iter().find_map(|piece| {
                let spots = places::find(&piece.text, true);
                let spot = spots.into_iter().find(|spot| spot.region == asked.region)?;
                Some(piece.text[spot.bytes].to_owned())
            });
            let found = named
                .or_else(|| placed.as_ref().is_some_and(|at| at.region == asked.region).then(String::new))?;
            let said = self.asked.text[asked.bytes.clone()].to_owned();
            let region = Regions::bundled().get(asked.region)?;
            let region = Named { slug: region.slug.clone(), fr: region.fr.clone(), en: region.en.clone() };
            Some(Reason::Region { said, region, found })
        })
    }

    /// The nearest fragment, and the nearest pair of words between it and the need.
    fn near(&mut self, pieces: &[Piece]) -> Option<Reason> {
        let likeness = self.likeness.as_mut()?;
        let table = Table::bundled();
        let rows = |text: &str| -> Vec<_> {
            let words = tokens::words(text).map(|word| (word.text.to_owned(), word.text.to_lowercase()));
            let content = words.filter(|(_, lower)| !triggers::is_small(lower));
            content.filter_map(|(word, lower)| Some((word, table.row(&lower)?))).collect()
        };
        let mut nearest: Option<(f32, &Piece, &str)> = None;
        for piece in pieces {
            for part in card::parts(&piece.text) {
                let bag = Bag::of(table, rows(part).into_iter().map(|(_, row)| row));
                let value = likeness.of_bag(&bag);
                if value > 0.0 && nearest.is_none_or(|(known, ..)| known < value) {
                    nearest = Some((value, piece, part));
                }
            }
        }
        let (_, piece, part) = nearest?;
        let mut pair: Option<(f32, String, String)> = None;
        for (said, row) in rows(&self.asked.text) {
            let mut own = Vector::default();
            table.add(row, &mut own);
            let Some(own) = own.normalised() else { continue };
            for (found, row) in rows(part) {
                let mut other = Vector::default();
                table.add(row, &mut other);
                let value = other.normalised().map_or(0.0, |other| own.dot(&other)) * table.weight(row);
                if pair.as_ref().is_none_or(|(known, ..)| *known < value) {
                    pair = Some((value, said.clone(), found));
                }
            }
        }
        Some(Reason::Near {
            fragment: part.trim().to_owned(),
            field: piece.field,
            pair: pair.map(|(_, said, found)| (said, found)),
        })
    }
}
