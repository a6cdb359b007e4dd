//! Needs in words: why somebody could help, how much that can be relied on, and what became of it.

use super::markets::name;
use super::{Lang, records};
use crate::domain::need::{CandidateState, NeedStatus};
use crate::insight::needs::{Field, Label, Reason, Strength, Way};
use crate::text::fold;

/// The label of a concept.
pub fn label(label: &Label, lang: Lang) -> &str {
    match lang {
        Lang::Fr => &label.fr,
        Lang::En => &label.en,
    }
}

/// A reason as a chain from the words of the need to the words on the card: *extend my deck → lumber ← planks (value)*.
pub fn why(reason: &Reason, lang: Lang) -> String {
    let words = lang.catalogue();
    match reason {
        Reason::Concept { said, way, like, named, helper, found, field, learnt } => {
            let (named, place) = (label(named, lang), place(*field, lang));
            // Read on the card itself, not in a need.
            let said = match way {
                Way::Said => said.clone(),
                Way::Scattered => words.why_scattered(like.as_str()),
                Way::Alone => words.why_alone(said.as_str(), like.as_str()),
                Way::Meant => words.why_meant(like.as_str()),
            };
            let helper = helper.as_ref().map(|helper| label(helper, lang));
            let chain = match helper {
                Some(helper) if !fold::same(helper, found) => {
                    words.why_helper(said, named, helper, found.as_str(), place)
                }
                None if fold::same(&said, named) => words.why_itself(named, found.as_str(), place),
                _ => words.why_concept(said, named, found.as_str(), place),
            };
            if learnt.is_empty() { chain } else { words.why_learnt(chain) }
        }
        Reason::Word { said, found, field } if fold::same(said, found) => {
            words.why_word(found.as_str(), place(*field, lang))
        }
        Reason::Word { said, found, field } => {
            words.why_word_near(said.as_str(), found.as_str(), place(*field, lang))
        }
        Reason::Market { said, market, how, found } => {
            let market = name(market, lang);
            let how = how.map_or_else(|| words.why_hat(), |how| records::market_how(how, lang));
            match (said.is_empty(), found.is_empty()) {
                (false, false) => words.why_market(said.as_str(), market, how, found.as_str()),
                (false, true) => words.why_market_how(said.as_str(), market, how),
                (true, false) => words.why_market_stated(market, how, found.as_str()),
                (true, true) => words.why_market_stated_how(market, how),
            }
        }
        Reason::Region { region, found, .. } if found.is_empty() || fold::same(found, name(region, lang)) => {
            words.why_region_alone(name(region, lang))
        }
        Reason::Region { region, found, .. } => words.why_region(name(region, lang), found.as_str()),
        Reason::Near { fragment, field, pair } => match pair {
            Some((said, found)) if !fold::same(fragment, found) => {
                words.why_near_pair(fragment.as_str(), place(*field, lang), said.as_str(), found.as_str())
            }
            _ => words.why_near(fragment.as_str(), place(*field, lang)),
        },
    }
}

/// Where words on a card stand.
pub fn place(field: Field, lang: Lang) -> String {
    let words = lang.catalogue();
    match field {
        Field::Value => words.near_value(),
        Field::Title => words.near_title(),
        Field::Org => words.near_org(),
        Field::Note => words.near_note(),
        Field::Tag => words.near_tag(),
        Field::Event => words.near_event(),
        Field::FormerTitle => words.near_former_title(),
        Field::FormerOrg => words.near_former_org(),
    }
}

/// How much a match can be relied on.
pub fn strength(strength: Strength, lang: Lang) -> String {
    let words = lang.catalogue();
    match strength {
        Strength::Strong => words.strength_strong(),
        Strength::Fair => words.strength_fair(),
        Strength::Weak => words.strength_weak(),
    }
}

/// The same drawn: `●●○`.
pub fn strength_dots(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => "●●●",
        Strength::Fair => "●●○",
        Strength::Weak => "●○○",
    }
}

/// The same as scripts read it.
pub fn strength_key(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => "strong",
        Strength::Fair => "fair",
        Strength::Weak => "weak",
    }
}

/// What became of somebody who might help.
pub fn candidate(state: CandidateState, lang: Lang) -> String {
    let words = lang.catalogue();
    match state {
        CandidateState::Suggested => words.candidate_suggested(),
        CandidateState::Asked => words.candidate_asked(),
        CandidateState::Helped => words.candidate_helped(),
        CandidateState::Dismissed => words.candidate_dismissed(),
    }
}

/// Where a need stands.
pub fn status(status: NeedStatus, lang: Lang) -> String {
    let words = lang.catalogue();
    match status {
        NeedStatus::Open => words.need_open(),
        NeedStatus::Answered => words.need_answered(),
        NeedStatus::Dropped => words.need_dropped(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concept(said: &str, helper: bool, found: &str) -> Reason {
        let lumber = Label { id: "lumber".into(), fr: "bois d’œuvre".into(), en: "lumber".into() };
        let deck = Label { id: "deck".into(), fr: "terrasse".into(), en: "deck".into() };
        Reason::Concept {
            said: said.into(),
            way: Way::Said,
            like: String::new(),
            named: if helper { deck } else { lumber.clone() },
            helper: helper.then_some(lumber),
            found: found.into(),
            field: Field::Value,
            learnt: Vec::new(),
        }
    }

    #[test]
    fn a_chain_leads_from_the_need_to_the_card() {
        assert_eq!(
            why(&concept("agrandir ma terrasse", false, "planches"), Lang::Fr),
            "agrandir ma terrasse → bois d’œuvre ← planches (valeur)"
        );
        assert_eq!(
            why(&concept("extend my deck", true, "planks"), Lang::En),
            "extend my deck → deck ← lumber ← planks (value)"
        );
        assert_eq!(why(&concept("deck", true, "Lumber"), Lang::En), "deck → deck ← Lumber (value)");
    }

    #[test]
    fn likeness_alone_says_so() {
        let near = Reason::Near {
            fragment: "pose de galeries".into(),
            field: Field::Note,
            pair: Some(("terrasse".into(), "galeries".into())),
        };
        assert_eq!(
            why(&near, Lang::Fr),
            "proche de «\u{a0}pose de galeries\u{a0}» (note)\u{a0}: terrasse ≈ galeries"
        );
    }
}
