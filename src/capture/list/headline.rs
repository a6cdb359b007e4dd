//! What people write below their name: `Directrice chez Boisdunord | conférencière`.

use super::super::block::{organisations, titles};
use super::super::draft;
use crate::domain::contact::Role;
use crate::text::fold::fold;
use crate::text::words::TOWNS;

/// A headline as understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Headline {
    /// The hat, if it names one.
    pub role: Option<Role>,
    /// What it says besides, word for word.
    pub rest: Vec<String>,
}

/// Words that lead to an organisation.
const LEADS: &[&str] = &[" chez ", " at ", " @ ", " @", " à l'emploi de ", " with ", " auprès de "];

/// Reads a headline.
pub(super) fn read(text: &str) -> Headline {
    let mut parts = text
        .split(['|', '•', '·', '⎮', '∣'])
        .flat_map(|part| part.split(" — "))
        .map(|part| part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–')))
        .filter(|part| !part.is_empty());
    let Some(first) = parts.next() else { return Headline::default() };
    let mut rest: Vec<String> = parts.map(str::to_owned).collect();
    let (mut title, mut org) = hat(first);
    if org.is_empty() {
        // `Designer | Studio Papier` and `Directrice | Chez Boisdunord` name the employer apart.
        let named = rest.iter().position(|part| employer(part).is_some() || is_org(part));
        if let Some(at) = named {
            let part = rest.remove(at);
            org = employer(&part).map_or(part.clone(), str::to_owned);
        }
    }
    if title.is_empty()
        && !org.is_empty()
        && let Some(at) = rest.iter().position(|part| titles::score(part) >= 1.0)
    {
        title = rest.remove(at);
    }
    let role = (!title.is_empty() || !org.is_empty()).then(|| draft::role(&title, &org, None));
    Headline { role, rest }
}

fn is_org(text: &str) -> bool {
    let score = organisations::score(text, &[]);
    score >= 2.0 && score > titles::score(text)
}

fn employer(text: &str) -> Option<&str> {
    ["chez ", "Chez ", "at ", "At ", "@ ", "@"]
        .iter()
        .find_map(|lead| text.strip_prefix(lead))
        .filter(|org| !org.is_empty())
}

/// Title and organisation of one part.
fn hat(text: &str) -> (String, String) {
    for lead in LEADS {
        if let Some((title, org)) =
            text.split_once(lead).filter(|(title, org)| !title.trim().is_empty() && !org.trim().is_empty())
        {
            return (tidy(title), without_town(org));
        }
    }
    if let Some(org) = employer(text) {
        return (String::new(), without_town(org));
    }
    // `Fondatrice de Papier Plume`, `Owner of Roy Maple`: those who own say what.
    let first = fold(text.split(' ').next().unwrap_or_default());
    let owns = [
        "fondat",
        "cofondat",
        "co-fondat",
        "founder",
        "cofounder",
        "co-founder",
        "owner",
        "co-owner",
        "propri",
        "copropri",
        "ceo",
        "pdg",
    ]
    .iter()
    .any(|head| first.starts_with(head));
    if owns {
        for lead in [" de ", " du ", " of ", " d'", " d’", ", ", " - ", " – "] {
            if let Some((title, org)) =
                text.split_once(lead).filter(|(_, org)| org.starts_with(char::is_uppercase))
            {
                return (tidy(title), without_town(org));
            }
        }
    }
    for cut in [", ", " - ", " – "] {
        if let Some((title, org)) =
            text.rsplit_once(cut).filter(|(title, org)| titles::score(title) >= 1.0 && is_org(org))
        {
            return (tidy(title), tidy(org));
        }
    }
    if is_org(text) { (String::new(), tidy(text)) } else { (tidy(text), String::new()) }
}

fn tidy(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–')).to_owned()
}

fn without_town(org: &str) -> String {
    let org = tidy(org);
    match org.rsplit_once(", ") {
        Some((name, town)) if TOWNS.has(&fold(town)) => name.to_owned(),
        _ => org,
    }
}
