//! Markets, reach, evidence and paths in words.

use super::{Lang, records};
use crate::domain::contact::Closeness;
use crate::domain::market::Named;
use crate::insight::markets::Source;
use crate::insight::network::{Access, AccessBasis, HubKind, Level, Likelihood, Missing, TieEvidence};

/// Cells of a reach bar.
const BAR: usize = 10;

/// The name of a market or region.
pub fn name(named: &Named, lang: Lang) -> &str {
    match lang {
        Lang::Fr => &named.fr,
        Lang::En => &named.en,
    }
}

/// The name, and the slug in brackets where it is another word: *Dairy farming (dairy)*.
pub fn name_and_slug(named: &Named, lang: Lang) -> String {
    let name = name(named, lang);
    if name == named.slug { name.to_owned() } else { format!("{name} ({})", named.slug) }
}

/// How well a market is reached: *fair*.
pub fn level(level: Level, lang: Lang) -> String {
    let words = lang.catalogue();
    match level {
        Level::None => words.level_none(),
        Level::Thin => words.level_thin(),
        Level::Fair => words.level_fair(),
        Level::Strong => words.level_strong(),
    }
}

/// Reach drawn, 0 to 1: `██████░░░░`. Whatever counts as reached shows at least half a cell.
pub fn bar(reach: f32) -> String {
    let halves = (reach.clamp(0.0, 1.0) * 2.0 * BAR as f32).round() as usize;
    let halves = if reach >= 0.03 { halves.max(1) } else { 0 };
    let half = if halves % 2 == 1 { "▌" } else { "" };
    let full = halves / 2;
    format!("{}{half}{}", "█".repeat(full), "░".repeat(BAR - full - halves % 2))
}

/// How likely a way is: *possible*.
pub fn likelihood(likelihood: Likelihood, lang: Lang) -> String {
    let words = lang.catalogue();
    match likelihood {
        Likelihood::Remote => words.odds_remote(),
        Likelihood::Slight => words.odds_slight(),
        Likelihood::Possible => words.odds_possible(),
        Likelihood::Likely => words.odds_likely(),
        Likelihood::VeryLikely => words.odds_very_likely(),
    }
}

/// The same drawn: `●●○○`.
pub fn likelihood_dots(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::Remote => "○○○○",
        Likelihood::Slight => "●○○○",
        Likelihood::Possible => "●●○○",
        Likelihood::Likely => "●●●○",
        Likelihood::VeryLikely => "●●●●",
    }
}

/// What the user's own access rests on: *friend*, *3 exchanges, one setback*.
pub fn access(access: Access, lang: Lang) -> String {
    let words = lang.catalogue();
    let basis = match access.basis {
        AccessBasis::Profile => words.basis_profile(),
        AccessBasis::Connected => words.basis_connected(),
        AccessBasis::Met => words.basis_met(),
        AccessBasis::Interactions(count) => words.basis_interactions(count),
        AccessBasis::Declared(closeness) => records::closeness(closeness, lang),
    };
    match access.setbacks {
        0 => basis,
        count => words.basis_setbacks(count, basis),
    }
}

/// What a step rests on, read from the person before to the next: *works with · friend*. With `forward` false a declared
/// tie reads the other way round.
pub fn tie(tie: &TieEvidence, forward: bool, lang: Lang) -> String {
    let words = lang.catalogue();
    match tie {
        TieEvidence::Access(own) => access(*own, lang),
        TieEvidence::Declared { kind, closeness, .. } => {
            let kind = if forward { records::tie(*kind, lang) } else { records::tie_back(*kind, lang) };
            with_closeness(kind, *closeness, lang)
        }
        TieEvidence::Introduced if forward => words.tie_evidence_introduced(),
        TieEvidence::Introduced => words.tie_evidence_introduced_back(),
        TieEvidence::Shared { kind, name, people } => {
            let shared = match kind {
                HubKind::Organisation => words.tie_evidence_org(name.as_str()),
                HubKind::Event => words.tie_evidence_event(name.as_str()),
                HubKind::Association => words.tie_evidence_association(name.as_str()),
            };
            words.tie_evidence_shared_by(shared, *people)
        }
    }
}

fn with_closeness(kind: String, closeness: Option<Closeness>, lang: Lang) -> String {
    match closeness {
        Some(closeness) => format!("{kind} · {}", records::closeness(closeness, lang)),
        None => kind,
    }
}

/// A step's kind in one word of the native form, for scripts.
pub fn tie_word(tie: &TieEvidence) -> &'static str {
    match tie {
        TieEvidence::Access(access) => match access.basis {
            AccessBasis::Profile => "profile",
            AccessBasis::Connected => "connected",
            AccessBasis::Met => "met",
            AccessBasis::Interactions(_) => "interactions",
            AccessBasis::Declared(_) => "closeness",
        },
        TieEvidence::Declared { .. } => "declared",
        TieEvidence::Introduced => "via",
        TieEvidence::Shared { kind: HubKind::Organisation, .. } => "same_organisation",
        TieEvidence::Shared { kind: HubKind::Event, .. } => "same_event",
        TieEvidence::Shared { kind: HubKind::Association, .. } => "same_association",
    }
}

/// Where the words stand that suggest a market: *title*; `None` is for a stated tie.
pub fn source(source: Option<Source>, lang: Lang) -> String {
    let words = lang.catalogue();
    match source {
        None => words.source_stated(),
        Some(Source::Title(_) | Source::TitleAlt(..)) => words.source_title(),
        Some(Source::Org(_) | Source::OrgAlt(..)) => words.source_org(),
        Some(Source::Credential(_)) => words.source_credential(),
        Some(Source::Value(_)) => words.source_value(),
        Some(Source::Tag(_)) => words.source_tag(),
        Some(Source::Note) => words.source_note(),
    }
}

/// The words that a tie to a market rests on, and where they stand: *“Mayor” (title)*.
pub fn evidence(said: &str, stands: Option<Source>, lang: Lang) -> String {
    let source = source(stands, lang);
    if said.is_empty() { source } else { lang.catalogue().evidence_words(said, source) }
}

/// What would have to be added for the measures to say more.
pub fn missing(missing: Missing, lang: Lang) -> String {
    let words = lang.catalogue();
    match missing {
        Missing::Ties => words.missing_ties(),
        Missing::Closeness => words.missing_closeness(),
        Missing::Meetings => words.missing_meetings(),
    }
}

/// Why somebody might know a member of a market; `guess` where the tie is only possible.
pub fn knows(member: &str, guess: bool, lang: Lang) -> String {
    let words = lang.catalogue();
    if guess { words.ask_why_may_know(member) } else { words.ask_why_knows(member) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_whatever_is_reached() {
        assert_eq!(bar(0.0), "░░░░░░░░░░");
        assert_eq!(bar(0.031), "▌░░░░░░░░░");
        assert_eq!(bar(0.55), "█████▌░░░░");
        assert_eq!(bar(1.0), "██████████");
    }

    #[test]
    fn a_name_says_its_slug_where_that_is_another_word() {
        let dairy =
            Named { slug: "dairy".into(), fr: "Production laitière".into(), en: "Dairy farming".into() };
        assert_eq!(name_and_slug(&dairy, Lang::Fr), "Production laitière (dairy)");
        let free = Named { slug: "Vermont".into(), fr: "Vermont".into(), en: "Vermont".into() };
        assert_eq!(name_and_slug(&free, Lang::En), "Vermont");
    }
}
