//! A tie between a person and a market that the user accepts, refuses, states or forgets.

use super::super::{Change, View};
use super::lens::find;
use crate::domain::change::Deed;
use crate::domain::contact::{Contact, MarketHow, MarketTie};
use crate::domain::problem::{Brief, Problem};
use crate::insight::markets::{MarketIx, Reader, Taxonomy};
use crate::protocol::Reply;
use crate::protocol::markets::Settle;

/// Settles a tie. The card keeps at most one tie a market, at the place of the one that was there.
pub(super) fn settle(
    view: &View<'_>,
    taxonomy: &Taxonomy,
    who: &str,
    market: &str,
    how: Option<MarketHow>,
    settle: Settle,
) -> Result<Change, Problem> {
    let contact = view.who(who)?;
    let ix = match find(taxonomy, market) {
        Ok(ix) => ix,
        Err(problem) => return forget_unknown(view, &contact, market, settle).ok_or(problem),
    };
    let mut after = Contact::clone(&contact);
    let places: Vec<usize> = (0..)
        .zip(&contact.markets)
        .filter(|(_, tie)| shown(taxonomy, &tie.market) == Some(ix))
        .map(|(at, _)| at)
        .collect();
    let refused = settle == Settle::Refuse;
    let tie = match settle {
        Settle::Forget => None,
        Settle::Accept | Settle::Refuse => Some(tie(taxonomy, &contact, ix, how, refused, &places)),
    };
    for at in places.iter().rev() {
        after.markets.remove(*at);
    }
    if let Some(tie) = tie {
        let at = places.first().copied().unwrap_or(after.markets.len());
        after.markets.insert(at, tie);
    }
    Ok(told(view, &contact, after))
}

/// The tie as the user now has it: with the hat and the words that were there or that the card suggests.
fn tie(
    taxonomy: &Taxonomy,
    contact: &Contact,
    ix: MarketIx,
    how: Option<MarketHow>,
    refused: bool,
    places: &[usize],
) -> MarketTie {
    let known = places.first().map(|at| contact.markets[*at].clone());
    let suggested = || {
        let mut plain = contact.clone();
        plain.markets.retain(|tie| shown(taxonomy, &tie.market) != Some(ix));
        let links = Reader::new(taxonomy).links(&plain);
        let own = links.iter().find(|link| link.market == ix)?;
        Some(own.to_tie(taxonomy, &plain, refused))
    };
    let bare =
        || MarketTie { market: taxonomy.get(ix).slug.clone(), how: None, evidence: String::new(), refused };
    // A tie that says nothing yet takes what the words suggest.
    let says = |tie: &MarketTie| tie.how.is_some() || !tie.evidence.is_empty();
    let mut tie = known.clone().filter(says).or_else(suggested).or(known).unwrap_or_else(bare);
    tie.refused = refused;
    if how.is_some() && how != tie.how {
        // Stated otherwise than the words say, it no longer rests on them.
        tie.how = how;
    }
    tie
}

/// A market that no longer exists can still be forgotten by the slug on the card.
fn forget_unknown(
    view: &View<'_>,
    contact: &std::sync::Arc<Contact>,
    market: &str,
    settle: Settle,
) -> Option<Change> {
    let mut after = Contact::clone(contact);
    after.markets.retain(|tie| tie.market != market);
    (settle == Settle::Forget && after.markets.len() < contact.markets.len())
        .then(|| told(view, contact, after))
}

fn shown(taxonomy: &Taxonomy, slug: &str) -> Option<MarketIx> {
    taxonomy.find(slug).and_then(|ix| taxonomy.shown(ix))
}

/// The change of a card, whose reply names the person even when nothing had to change.
fn told(view: &View<'_>, contact: &std::sync::Arc<Contact>, after: Contact) -> Change {
    let edits = view.edit(contact, after).into_iter().collect();
    let mut change = Change::new(Deed::Edit, contact.display_name(), edits);
    let person = Brief::from(contact.as_ref());
    change.reply = Box::new(|step, edits| Reply::Changed { step, people: vec![person], count: edits.len() });
    change
}
