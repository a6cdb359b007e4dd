//! How somebody is tied to the markets that a hat names: what owners, members, suppliers and former people do in them.

use super::cues::{self, Cue, Then};
use super::infer::{Inferred, Reader};
use crate::domain::contact::MarketHow;
use crate::text::tokens;

impl Reader<'_> {
    /// What a title's cues say of the ties in it, and of its organisation's.
    pub(super) fn apply_title(&self, text: &str, cues: &[Cue], ties: &mut [Inferred], orgs: &mut [Inferred]) {
        for cue in cues {
            let part = cues::part_of(text, cue.start);
            let beside = beside_of(text, part);
            let alone = !ties.iter().any(&beside);
            match cue.then {
                Then::Decides if !alone => ties.iter_mut().filter(|tie| beside(tie)).for_each(decide),
                Then::Decides if !orgs.is_empty() => orgs.iter_mut().for_each(decide),
                Then::Decides => ties.iter_mut().for_each(decide),
                Then::Member => ties.iter_mut().chain(orgs.iter_mut()).for_each(|tie| self.join(tie)),
                Then::Former => {
                    ties.iter_mut()
                        .filter(|tie| beside(tie) && tie.evidence.bytes.start >= cue.start)
                        .for_each(end);
                }
                Then::Supplies => self.serve(ties, orgs, &beside_of(text, part)),
                Then::Works | Then::Knows | Then::Away | Then::Plain => {}
            }
        }
    }

    /// A market that a title names as its clients' is supplied, as long as another one says what is done for them.
    fn serve(&self, ties: &mut [Inferred], orgs: &[Inferred], beside: &dyn Fn(&Inferred) -> bool) {
        let apart = |tie: &Inferred, other: &Inferred| !self.taxonomy.is_within(tie.market, other.market);
        let named: Vec<Inferred> = ties.iter().filter(|tie| !beside(tie)).chain(orgs).cloned().collect();
        for tie in ties.iter_mut().filter(|tie| beside(tie) && tie.how == MarketHow::Works) {
            if !named.is_empty() && named.iter().all(|other| apart(tie, other)) {
                tie.how = MarketHow::Supplies;
            }
        }
    }

    /// A market that a title names beside a trade that serves others is supplied, unless the words name a trade of its own
    /// or the organisation works in it.
    pub(super) fn supply(&self, text: &str, ties: &mut [Inferred], orgs: &[Inferred]) {
        let serves = |tie: &Inferred| self.taxonomy.get(tie.market).serves;
        let first = ties.iter().filter(|tie| serves(tie)).map(|tie| tie.evidence.bytes.end).min();
        let by_org = orgs.iter().any(serves);
        let kept: Vec<bool> = ties
            .iter()
            .map(|tie| {
                let after = first.is_some_and(|end| tie.evidence.bytes.start >= end);
                serves(tie)
                    || !(after || by_org)
                    || is_trade(text, tie)
                    || orgs.iter().any(|org| self.taxonomy.is_within(tie.market, org.market))
            })
            .collect();
        for (tie, kept) in ties.iter_mut().zip(kept) {
            if !kept && tie.how == MarketHow::Works {
                tie.how = MarketHow::Supplies;
            }
        }
    }

    pub(super) fn join(&self, tie: &mut Inferred) {
        if tie.how == MarketHow::Works && self.taxonomy.get(tie.market).joined {
            tie.how = MarketHow::Member;
        }
    }
}

/// Whether a tie rests on the name of those who work there: *agronome*, not *agriculture*.
fn is_trade(text: &str, tie: &Inferred) -> bool {
    let words = text.get(tie.evidence.bytes.start as usize..tie.evidence.bytes.end as usize).unwrap_or("");
    tokens::words(words).next().is_some_and(|word| cues::names_people(word.text))
}

/// Whether a tie rests on words in a part of a text.
fn beside_of(text: &str, part: usize) -> impl Fn(&Inferred) -> bool {
    move |tie| cues::part_of(text, tie.evidence.bytes.start) == part
}

pub(super) fn decide(tie: &mut Inferred) {
    if matches!(tie.how, MarketHow::Works | MarketHow::Member) {
        tie.how = MarketHow::Decides;
    }
}

pub(super) fn end(tie: &mut Inferred) {
    tie.how = MarketHow::Influences;
    tie.former = true;
}
