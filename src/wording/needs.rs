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

/// A part of a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The words of the need.
    Said(String),
    /// What joins two parts, blanks included.
    Link(&'static str),
    /// A concept on the way.
    Named(String),
    /// What was found: the words on the card, a hat, a region.
    Found(String),
    /// Where that stands, and what taught it.
    Aside(String),
}

impl Part {
    /// Its words.
    pub fn text(&self) -> &str {
        match self {
            Self::Link(text) => text,
            Self::Said(text) | Self::Named(text) | Self::Found(text) | Self::Aside(text) => text,
        }
    }
}

const TO: Part = Part::Link(" → ");
const FROM: Part = Part::Link(" ← ");
const ALIKE: Part = Part::Link(" ≈ ");
const NEARLY: Part = Part::Link(" ~ ");

/// A reason as a chain from the words of the need to the words on the card: *extend my deck → lumber ← planks (value)*.
pub fn why(reason: &Reason, lang: Lang) -> String {
    chain(reason, lang).iter().map(Part::text).collect()
}

/// The same in parts.
pub fn chain(reason: &Reason, lang: Lang) -> Vec<Part> {
    let words = lang.catalogue();
    let colon = || Part::Link(if lang == Lang::Fr { "\u{a0}: " } else { ": " });
    let aside = |words: &str| Part::Aside(format!(" ({words})"));
    let stands = |field: Field| aside(&place(field, lang));
    match reason {
        Reason::Concept { said, way, like, named, helper, found, field, learnt } => {
            let named = label(named, lang).to_owned();
            // Read on the card itself, not in a need.
            let said = match way {
                Way::Said => said.clone(),
                Way::Scattered => words.why_scattered(like.as_str()),
                Way::Alone => words.why_alone(said.as_str(), like.as_str()),
                Way::Meant => words.why_meant(like.as_str()),
            };
            let helper = helper.as_ref().map(|helper| label(helper, lang));
            let found = Part::Found(found.clone());
            let mut parts = match helper {
                Some(helper) if !fold::same(helper, found.text()) => {
                    vec![Part::Said(said), TO, Part::Named(named), FROM, Part::Named(helper.to_owned()), FROM]
                }
                None if fold::same(&said, &named) => vec![Part::Said(named), colon()],
                _ => vec![Part::Said(said), TO, Part::Named(named), FROM],
            };
            parts.extend([found, stands(*field)]);
            if !learnt.is_empty() {
                parts.push(Part::Aside(words.why_learnt()));
            }
            parts
        }
        Reason::Word { said, found, field } => {
            let found = [Part::Found(found.clone()), stands(*field)];
            if fold::same(said, found[0].text()) {
                return found.to_vec();
            }
            [Part::Said(said.clone()), NEARLY].into_iter().chain(found).collect()
        }
        Reason::Market { said, market, how, found } => {
            let market = name(market, lang);
            let how = how.map_or_else(|| words.why_hat(), |how| records::market_how(how, lang));
            let hat = if found.is_empty() {
                words.why_market_how(market, how)
            } else {
                words.why_market(market, how, found.as_str())
            };
            let said = (!said.is_empty()).then(|| [Part::Said(said.clone()), TO]);
            said.into_iter().flatten().chain([Part::Found(hat)]).collect()
        }
        Reason::Region { region, found, .. } => {
            let region = name(region, lang);
            let tells = !found.is_empty() && !fold::same(found, region);
            let here = Part::Found(words.why_region(region));
            [here].into_iter().chain(tells.then(|| aside(found))).collect()
        }
        Reason::Near { fragment, field, pair } => {
            let mut parts = vec![Part::Found(words.why_near(fragment.as_str())), stands(*field)];
            if let Some((said, found)) = pair.as_ref().filter(|(_, found)| !fold::same(fragment, found)) {
                parts.extend([colon(), Part::Said(said.clone()), ALIKE, Part::Named(found.clone())]);
            }
            parts
        }
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
    fn what_was_learnt_and_a_word_alone_are_told() {
        let mut reason = concept("terrasse", false, "planches");
        if let Reason::Concept { way, like, learnt, .. } = &mut reason {
            (*way, *like) = (Way::Alone, "agrandir ma terrasse".into());
            learnt.push(crate::domain::NeedId(uuid::Uuid::nil()));
        }
        assert_eq!(
            why(&reason, Lang::Fr),
            "terrasse (comme «\u{a0}agrandir ma terrasse\u{a0}») → bois d’œuvre ← planches (valeur), d’après vos besoins \
             passés"
        );
        // Signs in the words themselves are no links.
        let parts = chain(&concept("a → b (c)", false, "x ← y"), Lang::En);
        assert_eq!((parts[0].text(), parts[4].text(), parts.len()), ("a → b (c)", "x ← y", 6));
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
