//! Which of the ties that a contact's words suggest stay.

use super::infer::{Inferred, Source};
use super::taxonomy::Taxonomy;
use crate::domain::Contact;
use crate::domain::contact::MarketHow;
use crate::text::tokens;

/// One tie a market, the strongest; and none that gives way to another: a market above a finer one, a broad one beside
/// any other, and one that rests on weak words beside one that does not.
pub(super) fn strongest(taxonomy: &Taxonomy, contact: &Contact, found: Vec<Inferred>) -> Vec<Inferred> {
    let mut kept: Vec<Inferred> = Vec::with_capacity(found.len());
    for tie in found {
        match kept.iter_mut().find(|known| known.market == tie.market) {
            Some(known) if known.weight() >= tie.weight() => {}
            Some(known) => *known = tie,
            None => kept.push(tie),
        }
    }
    let is_broad = |tie: &Inferred| taxonomy.get(tie.market).broad && tie.how == MarketHow::Works;
    let weak: Vec<bool> = kept.iter().map(|tie| is_weak(taxonomy, contact, tie)).collect();
    let gives_way = |at: usize| {
        let tie = &kept[at];
        kept.iter().enumerate().filter(|(_, other)| other.market != tie.market).any(|(number, other)| {
            let finer = taxonomy.is_within(other.market, tie.market) || is_broad(tie) && !is_broad(other);
            finer && other.weight() >= tie.weight() || weak[at] && !weak[number]
        })
    };
    let gone: Vec<bool> = (0..kept.len()).map(gives_way).collect();
    let mut gone = gone.into_iter();
    kept.retain(|_| !gone.next().unwrap_or(false));
    kept
}

/// Whether a tie rests on words that often mean something else: a single word of an organisation's name that points to a
/// whole branch (*Fermes*, *Tech*), or words in brackets.
fn is_weak(taxonomy: &Taxonomy, contact: &Contact, tie: &Inferred) -> bool {
    let (Some(text), Some(words)) = (tie.evidence.source.text(contact), tie.evidence.words(contact)) else {
        return false;
    };
    let before = &text[..tie.evidence.bytes.start as usize];
    let in_brackets = before.rfind('(').is_some_and(|open| !before[open..].contains(')'));
    let of_org = matches!(tie.evidence.source, Source::Org(_) | Source::OrgAlt(..));
    let is_branch = taxonomy.get(tie.market).parent.is_none();
    in_brackets || of_org && is_branch && tokens::words(words).nth(1).is_none()
}
