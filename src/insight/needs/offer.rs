//! Latent values proposed at the door: what title, organisation and note of a card say that somebody could bring.

use serde::{Deserialize, Serialize};

use super::card::{self, Field};
use super::places;
use super::why::Label;
use crate::domain::Contact;
use crate::insight::lexicon::{ConceptId, Found, Kind, Lexicon};

/// More than this is noise.
const MOST: usize = 5;

/// A value that a card suggests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The concept; its label in the user's language is the value.
    pub value: Label,
    /// The words that say so.
    pub found: String,
    /// Where they stand.
    pub field: Field,
}

/// Values that a card suggests and does not state yet, in the order of what says most.
pub fn offers(contact: &Contact, lexicon: &Lexicon) -> Vec<Offer> {
    let mut reader = lexicon.reader();
    let mut found: Vec<Found> = Vec::new();
    let mut stated: Vec<ConceptId> = Vec::new();
    let mut offers: Vec<(ConceptId, Offer)> = Vec::new();
    for piece in card::pieces(contact) {
        found.clear();
        reader.card(&places::blotted(&piece.text, &places::find(&piece.text, true)), &mut found);
        if piece.field == Field::Value {
            stated.extend(found.iter().map(|hit| hit.concept));
            continue;
        }
        if matches!(piece.field, Field::Event | Field::FormerOrg | Field::FormerTitle) {
            continue;
        }
        for hit in &found {
            let new = !stated.contains(&hit.concept) && offers.iter().all(|(known, _)| *known != hit.concept);
            if new && lexicon.concept(hit.concept).kind != Kind::Situation {
                let words = &piece.text[hit.bytes.start as usize..hit.bytes.end as usize];
                let value = Label::of(lexicon, hit.concept);
                offers.push((hit.concept, Offer { value, found: words.to_owned(), field: piece.field }));
            }
        }
    }
    offers.sort_by(|a, b| b.1.field.weight().total_cmp(&a.1.field.weight()));
    offers.truncate(MOST);
    offers.into_iter().map(|(_, offer)| offer).collect()
}
