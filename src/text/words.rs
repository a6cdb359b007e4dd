//! The word lists of `assets/words`, folded when first asked for.
//!
//! Lists are data: a word is added there, never here.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold::fold;

/// The entries of a word list: its lines, without blank ones and those that begin with `#`.
pub fn entries(source: &str) -> impl Iterator<Item = &str> {
    source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A set of words or phrases, compared without case and accents.
pub struct List {
    entries: HashSet<String>,
}

impl List {
    fn read(source: &str, key: fn(&str) -> String) -> Self {
        Self { entries: entries(source).map(key).collect() }
    }

    /// Whether an already folded text is in the list.
    pub fn has(&self, folded: &str) -> bool {
        self.entries.contains(folded)
    }
}

/// Without case, accents, dots, blanks, apostrophes and hyphens: `C. d'A.A.` and `c.d’a.a.` are one.
pub fn squeezed(text: &str) -> String {
    fold(text).chars().filter(|c| !matches!(c, '.' | ' ' | '\'' | '-')).collect()
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal, $key:expr;)+) => {$(
        $(#[$doc])*
        pub static $name: LazyLock<List> =
            LazyLock::new(|| List::read(include_str!(concat!("../../assets/words/", $file)), $key));
    )+};
}

lists! {
    /// Given names, folded.
    GIVEN = "given.txt", fold;
    /// Family names, folded.
    FAMILY = "family.txt", fold;
    /// Credentials, [`squeezed`].
    CREDENTIALS = "credentials.txt", squeezed;
    /// Civilities, [`squeezed`].
    CIVILITIES = "civilities.txt", squeezed;
    /// Words of titles and trades, folded.
    TITLES = "titles.txt", fold;
    /// Words of organisations' names, folded.
    ORGANISATIONS = "organisations.txt", fold;
    /// Fields of trade, which name organisations and stand in titles, folded.
    TRADES = "trades.txt", fold;
    /// Legal forms, [`squeezed`].
    LEGAL = "legal.txt", squeezed;
    /// Regions and provinces, folded.
    REGIONS = "regions.txt", fold;
    /// Kinds of streets, folded.
    STREETS = "streets.txt", fold;
    /// Parts of buildings, folded.
    UNITS = "units.txt", fold;
    /// Towns, folded.
    TOWNS = "towns.txt", fold;
    /// Words that begin a jotted line before the name, folded.
    LEADS = "leads.txt", fold;
    /// Words that begin a remark, folded.
    REMARKS = "remarks.txt", fold;
    /// Dinners, fairs, courses, folded.
    OCCASIONS = "occasions.txt", fold;
    /// Phrases that deny what follows, folded.
    DENIALS = "denials.txt", fold;
}

/// Whether a folded word names a trade or an office: one of [`TITLES`], its feminine, or made as such words are
/// (`co-`, `sous-`, `-ologue`).
pub fn is_title(folded: &str) -> bool {
    let listed = |word: &str| TITLES.has(word) || masculine(word).is_some_and(|word| TITLES.has(&word));
    let prefixed = ["co-", "sous-", "vice-", "co"]
        .iter()
        .any(|head| folded.strip_prefix(head).is_some_and(|rest| rest.len() > 4 && listed(rest)));
    listed(folded) || folded.strip_prefix("ex-").is_some_and(listed) || prefixed || studies(folded)
}

/// The masculine of a feminine form, by its ending: `calorifugeuse` → `calorifugeur`.
fn masculine(word: &str) -> Option<String> {
    let endings = [
        ("euse", "eur"),
        ("trice", "teur"),
        ("iere", "ier"),
        ("ienne", "ien"),
        ("eure", "eur"),
        ("chere", "cher"),
        ("gere", "ger"),
    ];
    endings.iter().find_map(|(feminine, masculine)| {
        let stem = word.strip_suffix(feminine).filter(|stem| stem.len() > 2)?;
        Some(format!("{stem}{masculine}"))
    })
}

/// `Nivologue`, `marine biologist`, `équithérapeute`: who studies or heals something.
fn studies(folded: &str) -> bool {
    let made = ["ologue", "ologist", "ologiste", "therapeute", "therapist"]
        .iter()
        .any(|ending| folded.ends_with(ending));
    made && folded.len() > 8 && folded != "monologue"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_answer_folded() {
        assert!(GIVEN.has("rejean") && GIVEN.has("priya"));
        assert!(CREDENTIALS.has(&squeezed("Pl. Fin.")));
        assert!(CIVILITIES.has("dre") && TITLES.has("conseillere") && ORGANISATIONS.has("erabliere"));
        assert!(!GIVEN.has("# french and quebec"));
    }

    #[test]
    fn titles_are_known_by_their_forms() {
        for title in ["calorifugeuse", "sous-cheffe", "cogerante", "nivologue", "equitherapeute", "ex-maire"]
        {
            assert!(is_title(title), "{title}");
        }
        for word in ["riviere", "catalogue", "beatrice", "copie", "prologue", "premiere", "ministere"] {
            assert!(!is_title(word), "{word}");
        }
    }
}
