//! Standing needs: each is read once; every card that comes in or changes is held against all.
//!
//! A need rings on evidence only (a concept, a helper, a rare word, a hat), never on likeness alone, and never for
//! somebody on whom something was said already.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::answer::World;
use super::asked::{Asked, Knowledge};
use super::index::Index;
use super::score::{Query, Strength};
use super::segment::Card;
use super::why::{Explainer, Reason};
use crate::domain::need::{CandidateState, Need, NeedStatus};
use crate::domain::{Book, Contact, ContactId, NeedId};
use crate::insight::lexicon::Lexicon;
use crate::insight::markets::Atlas;

/// An open need that a card answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ring {
    /// Which need.
    pub need: NeedId,
    /// Who answers it.
    pub contact: ContactId,
    /// How much it can be relied on; never weak.
    pub strength: Strength,
    /// Why.
    pub why: Vec<Reason>,
}

/// A card that answers a need, in short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Whose.
    pub contact: ContactId,
    /// How well, access left out.
    pub score: f32,
    /// How much it can be relied on; never weak.
    pub strength: Strength,
}

/// All open needs, read.
#[derive(Clone, Debug, Default)]
pub struct OpenNeeds {
    needs: Vec<Open>,
}

#[derive(Clone, Debug)]
struct Open {
    need: Arc<Need>,
    asked: Asked,
}

impl Open {
    /// The need, ready to be held against these cards.
    fn query<'a>(&'a self, cards: &Index, atlas: &Atlas, with: Knowledge) -> Query<'a> {
        Query::new(&self.asked, cards.vocabulary(), with.lexicon, atlas)
    }
}

impl OpenNeeds {
    /// Reads the open needs of a book, oldest first.
    pub fn of(book: &Book, with: Knowledge) -> Self {
        let open = book.needs().filter(|need| need.status == NeedStatus::Open);
        let mut needs: Vec<Open> =
            open.map(|need| Open { asked: Asked::of_need(need, with), need: Arc::clone(need) }).collect();
        needs.sort_by_key(|open| (open.need.opened, open.need.id));
        Self { needs }
    }

    /// Which needs are open.
    pub fn ids(&self) -> impl Iterator<Item = NeedId> + '_ {
        self.needs.iter().map(|open| open.need.id)
    }

    /// Whether no need is open.
    pub fn is_empty(&self) -> bool {
        self.needs.is_empty()
    }

    /// Whether one of them asks for a way into a market, so that hats count.
    pub fn enter_markets(&self) -> bool {
        self.needs.iter().any(|open| open.asked.enters_market())
    }

    /// The needs that these people answer, strong ones first. The atlas must hold the people where hats are to count.
    pub fn rings<'c>(
        &self,
        contacts: impl IntoIterator<Item = &'c Contact>,
        lexicon: &Arc<Lexicon>,
        atlas: &Atlas,
        with: Knowledge,
    ) -> Vec<Ring> {
        let contacts: Vec<&Contact> = contacts.into_iter().collect();
        let cards = Index::of(contacts.iter().copied(), lexicon);
        let mut rings = Vec::new();
        for open in &self.needs {
            let query = open.query(&cards, atlas, with);
            let mut explainer = Explainer::new(&open.asked, atlas, with);
            for contact in &contacts {
                let hit = cards.card(contact.id).and_then(|card| hit(&query, &card));
                if let Some(hit) = hit.filter(|hit| !is_candidate(&open.need, hit.contact)) {
                    let why = explainer.reasons(contact);
                    rings.push(Ring { need: open.need.id, contact: contact.id, strength: hit.strength, why });
                }
            }
        }
        rings.sort_by_key(|ring| std::cmp::Reverse(ring.strength));
        rings
    }

    /// Who of these people answers which need, oldest need first: the rings of many people, without the reasons.
    pub fn answered<'c>(
        &self,
        contacts: impl IntoIterator<Item = &'c Contact>,
        lexicon: &Arc<Lexicon>,
        atlas: &Atlas,
        with: Knowledge,
    ) -> Vec<(Arc<Need>, Vec<ContactId>)> {
        let cards = Index::of(contacts, lexicon);
        let answered = self.needs.iter().map(|open| {
            let query = open.query(&cards, atlas, with);
            let hits = cards.each(&|| false, |card| hit(&query, card)).unwrap_or_default();
            let people = hits.into_iter().map(|hit| hit.contact);
            (Arc::clone(&open.need), people.filter(|id| !is_candidate(&open.need, *id)).collect())
        });
        answered.filter(|(_, people): &(_, Vec<_>)| !people.is_empty()).collect()
    }
}

/// The open needs with everybody who answers them.
#[derive(Clone, Debug)]
pub struct Standing {
    open: Arc<OpenNeeds>,
    /// For each need, in the order of contacts.
    hits: Vec<Arc<Vec<Hit>>>,
}

impl Standing {
    /// Holds every card against every open need.
    pub fn build(open: &Arc<OpenNeeds>, world: World) -> Self {
        let hits = open.needs.iter().map(|open| {
            let query = open.query(world.index, world.atlas, world.with).meaning(world.meanings);
            Arc::new(world.index.each(&|| false, |card| hit(&query, card)).unwrap_or_default())
        });
        Self { hits: hits.collect(), open: Arc::clone(open) }
    }

    /// The same for a later book in which only these contacts differ.
    #[must_use]
    pub fn updated(&self, world: World, changed: &[ContactId]) -> Self {
        let changed: BTreeSet<ContactId> = changed.iter().copied().collect();
        let contacts = changed.iter().filter_map(|id| world.book.contact(*id)).map(AsRef::as_ref);
        let cards = Index::of(contacts, world.index.lexicon());
        let hits = self.open.needs.iter().zip(&self.hits).map(|(open, before)| {
            let query = open.query(&cards, world.atlas, world.with).meaning(world.meanings);
            let new = cards.each(&|| false, |card| hit(&query, card)).unwrap_or_default();
            if new.is_empty() && !before.iter().any(|hit| changed.contains(&hit.contact)) {
                return Arc::clone(before);
            }
            let mut hits: Vec<Hit> =
                before.iter().filter(|hit| !changed.contains(&hit.contact)).copied().chain(new).collect();
            hits.sort_by_key(|hit| hit.contact);
            Arc::new(hits)
        });
        Self { hits: hits.collect(), open: Arc::clone(&self.open) }
    }

    /// The open needs, oldest first, each with those who answer it and on whom nothing was said yet, best first.
    pub fn needs(&self) -> impl Iterator<Item = (&Arc<Need>, Vec<Hit>)> {
        self.open.needs.iter().zip(&self.hits).map(|(open, hits)| {
            let mut hits: Vec<Hit> =
                hits.iter().filter(|hit| !is_candidate(&open.need, hit.contact)).copied().collect();
            hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.contact.cmp(&b.contact)));
            (&open.need, hits)
        })
    }
}

/// Whether somebody's card came in, or changed, since a need was noted.
pub fn is_fresh(need: &Need, contact: &Contact) -> bool {
    contact.created > need.opened || contact.updated > need.opened
}

fn hit(query: &Query, card: &Card) -> Option<Hit> {
    let parts = query.parts(card);
    let strength = parts.strength();
    (strength > Strength::Weak).then(|| Hit { contact: card.id, score: parts.score(), strength })
}

fn is_candidate(need: &Need, contact: ContactId) -> bool {
    need.candidates.iter().any(|candidate| candidate.contact == contact)
}

/// Who must not be proposed again on a need: whom the user dismissed.
pub fn dismissed(need: &Need) -> Vec<ContactId> {
    let dismissed = need.candidates.iter().filter(|candidate| candidate.state == CandidateState::Dismissed);
    dismissed.map(|candidate| candidate.contact).collect()
}
