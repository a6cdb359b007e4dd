//! Standing needs, ready for new cards: each is read once, and every card that comes in or changes is held against all.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::answer::World;
use super::asked::{Asked, Knowledge};
use super::index::Index;
use super::score::{Query, Strength};
use super::why::{Explainer, Reason};
use crate::domain::need::{CandidateState, Need, NeedStatus};
use crate::domain::{Contact, ContactId, NeedId};
use crate::insight::markets::Atlas;

/// An open need that a card answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ring {
    /// Which need.
    pub need: NeedId,
    /// Who answers it.
    pub contact: ContactId,
    /// How much it can be relied on. Weak is likeness alone, beyond what 199 of 200 cards reach.
    pub strength: Strength,
    /// Why.
    pub why: Vec<Reason>,
}

/// All open needs, read.
#[derive(Clone, Debug, Default)]
pub struct OpenNeeds {
    needs: Vec<Open>,
}

#[derive(Clone, Debug)]
struct Open {
    id: NeedId,
    asked: Asked,
    /// The likeness beyond which a card is near for more than chance.
    far_above: f32,
    /// People on whom something was said already.
    known: BTreeSet<ContactId>,
}

impl OpenNeeds {
    /// Reads the open needs of a book.
    pub fn of(world: World) -> Self {
        let open = world.book.needs().filter(|need| need.status == NeedStatus::Open);
        Self { needs: open.map(|need| Open::of(need, world)).collect() }
    }

    /// Which needs are open.
    pub fn ids(&self) -> impl Iterator<Item = NeedId> + '_ {
        self.needs.iter().map(|need| need.id)
    }

    /// Whether no need is open.
    pub fn is_empty(&self) -> bool {
        self.needs.is_empty()
    }

    /// The needs that these people answer, strong ones first. People already asked, dismissed or suggested do not ring
    /// again. The atlas must hold the people where markets are to count.
    pub fn rings<'c>(
        &self,
        contacts: impl IntoIterator<Item = &'c Contact>,
        index: &Index,
        atlas: &Atlas,
        with: Knowledge,
    ) -> Vec<Ring> {
        let contacts: Vec<&Contact> = contacts.into_iter().collect();
        let cards = Index::of(contacts.iter().copied(), index.lexicon());
        let mut rings = Vec::new();
        for need in &self.needs {
            let query = Query::new(&need.asked, cards.vocabulary(), with.lexicon, atlas);
            let mut explainer = Explainer::new(&need.asked, atlas, with);
            for contact in &contacts {
                let Some(card) = cards.card(contact.id) else { continue };
                let strength = query.parts(&card).strength();
                let rings_at_all = strength > Strength::Weak || query.likeness(&card) > need.far_above;
                if rings_at_all && !need.known.contains(&contact.id) {
                    let why = explainer.reasons(contact);
                    rings.push(Ring { need: need.id, contact: contact.id, strength, why });
                }
            }
        }
        rings.sort_by(|a, b| b.strength.cmp(&a.strength));
        rings
    }
}

impl Open {
    fn of(need: &Need, world: World) -> Self {
        let asked = Asked::of_need(need, world.with);
        let query = Query::new(&asked, world.index.vocabulary(), world.with.lexicon, world.atlas);
        let far_above = world.index.far_above(&query);
        let known = need.candidates.iter().map(|candidate| candidate.contact).collect();
        Self { id: need.id, far_above, known, asked }
    }
}

/// Who must not be proposed again on a need: whom the user dismissed.
pub fn dismissed(need: &Need) -> Vec<ContactId> {
    let dismissed = need.candidates.iter().filter(|candidate| candidate.state == CandidateState::Dismissed);
    dismissed.map(|candidate| candidate.contact).collect()
}
