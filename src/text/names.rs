//! Names of people: civility, given, family, suffix, credentials. Rules of thumb over word lists; what a person
//! stated in parts is never run through here.

use unicode_normalization::UnicodeNormalization as _;

use super::clean;
use super::fold::fold;
use super::words::{CIVILITIES, CREDENTIALS, FAMILY, GIVEN, squeezed};

/// A whole name in parts. All may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Civility: *Me*, *Dre*, *Mr.*
    pub prefix: String,
    /// Given names.
    pub given: String,
    /// Family names, with their particles.
    pub family: String,
    /// *Jr.*, *III*
    pub suffix: String,
    /// Credentials after the name.
    pub credentials: Vec<String>,
}

impl Parts {
    /// The name as it is said: prefix, given, family and suffix; credentials apart.
    pub fn full(&self) -> String {
        let parts = [&self.prefix, &self.given, &self.family, &self.suffix];
        parts.iter().filter(|part| !part.is_empty()).map(|part| part.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Words between given and family names that belong to the family name.
const PARTICLES: &[&str] = &[
    "de", "du", "des", "d'", "la", "le", "van", "von", "der", "den", "ter", "ten", "st", "st.", "ste",
    "saint", "sainte", "di", "da", "dos", "del", "della", "bin", "ben", "ibn", "al", "el", "mac", "mc", "o'",
    "y",
];

/// Splits a whole name: `Me Marie-Ève de Grandpré, LL. B.` Commas end the name; what follows counts if it is a
/// credential or a suffix. `Tremblay, Réjean` (family name first) is turned round.
pub fn split(full: &str) -> Parts {
    let full = clean::line(full);
    let mut pieces = full.split(',').map(str::trim).filter(|piece| !piece.is_empty());
    let mut parts = Parts::default();
    let mut head = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        if is_suffix(piece) {
            piece.clone_into(&mut parts.suffix);
        } else if is_credential(piece) {
            parts.credentials.push(piece.to_owned());
        } else if !head.contains(' ') && is_given(piece.split([' ', '-']).next().unwrap_or(piece)) {
            head = format!("{piece} {head}");
        }
    }
    let mut words: Vec<&str> = head.split(' ').collect();
    while words.len() > 1 && is_civility(words[0]) {
        let prefix = words.remove(0);
        parts.prefix =
            if parts.prefix.is_empty() { prefix.to_owned() } else { format!("{} {prefix}", parts.prefix) };
    }
    trailing(&mut words, &mut parts);
    match words.len() {
        0 => {}
        1 if parts.prefix.is_empty() || is_given(words[0]) => words[0].clone_into(&mut parts.given),
        1 => words[0].clone_into(&mut parts.family),
        _ => {
            let cut = family_start(&words);
            parts.given = words[..cut].join(" ");
            parts.family = words[cut..].join(" ");
        }
    }
    parts
}

/// Takes suffixes and credentials without a comma off the end: `John Roy Jr. CPA`.
fn trailing(words: &mut Vec<&str>, parts: &mut Parts) {
    while words.len() > 2 {
        let last = words[words.len() - 1];
        if is_suffix(last) {
            last.clone_into(&mut parts.suffix);
        } else if is_credential(last)
            && last.chars().any(|c| c == '.') | (last.chars().all(|c| !c.is_lowercase()) && last.len() > 1)
        {
            parts.credentials.insert(0, last.to_owned());
        } else {
            break;
        }
        words.pop();
    }
}

fn family_start(words: &[&str]) -> usize {
    if let Some(at) = words.iter().skip(1).position(|word| PARTICLES.contains(&fold(word).as_str())) {
        let at = at + 1;
        if at + 1 < words.len() {
            return at;
        }
    }
    let mut at = 1;
    while at + 1 < words.len()
        && (is_initial(words[at])
            || is_given(words[at]) && !(FAMILY.has(&fold(words[at])) && at + 1 == words.len()))
    {
        at += 1;
    }
    at
}

/// Whether a word is a known given name; of a compound (`Marie-Ève`, `Marie-Soleil`) the first part decides.
pub fn is_given(word: &str) -> bool {
    let folded = fold(word.trim_end_matches('.'));
    GIVEN.has(&folded) || folded.split_once('-').is_some_and(|(first, _)| first.len() > 2 && GIVEN.has(first))
}

/// Whether a word is a known family name; of a compound (`Roy-Tremblay`) any part will do.
pub fn is_family(word: &str) -> bool {
    let folded = fold(word);
    FAMILY.has(&folded) || folded.split('-').any(|part| part.len() > 2 && FAMILY.has(part))
}

/// Whether a text is one credential: *CPA*, *ing.*, *LL. B.*
pub fn is_credential(text: &str) -> bool {
    let key = squeezed(text);
    !key.is_empty()
        && CREDENTIALS.has(&key)
        && (text.contains('.') || text.chars().any(char::is_uppercase) || key == "ing")
}

/// Whether a word is a civility: *M.*, *Me*, *Dre*, *mme*. A single letter needs its dot; without a capital only
/// those count that are no other word.
pub fn is_civility(word: &str) -> bool {
    let key = squeezed(word);
    let plain = matches!(
        key.as_str(),
        "mme" | "mmes" | "mlle" | "mr" | "mrs" | "dr" | "dre" | "monsieur" | "madame" | "lhon"
    );
    CIVILITIES.has(&key)
        && (key.len() > 1 || word.ends_with('.'))
        && (plain || word.starts_with(char::is_uppercase))
}

/// Whether a word is a particle of family names: *de*, *van*, *St*.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&fold(word).as_str())
}

/// Whether a word is an initial: `B.` or `B`.
pub fn is_initial(word: &str) -> bool {
    let mut chars = word.trim_end_matches('.').chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn is_suffix(word: &str) -> bool {
    matches!(squeezed(word).as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "fils" | "pere") && word.len() < 6
}

/// Capitals for a name that was typed without any: `benoît st-onge` → `Benoît St-Onge`, `anne de la rue` →
/// `Anne de la Rue`. A name with a capital anywhere stays as it is.
pub fn capitalised(name: &str) -> String {
    if name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    for (index, word) in name.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let folded = fold(word);
        if index > 0
            && is_particle(word)
            && !matches!(folded.as_str(), "st" | "ste" | "st." | "saint" | "sainte" | "mc" | "mac")
        {
            out.push_str(word);
            continue;
        }
        let mut start = true;
        for c in word.chars() {
            if start && c.is_alphabetic() {
                out.extend(c.to_uppercase());
            } else {
                out.push(c);
            }
            start = matches!(c, '-' | '\'' | '’' | '.');
        }
    }
    // Some capitals exist only in parts; records hold composed text.
    out.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(full: &str) -> (String, String, String, String, Vec<String>) {
        let parts = split(full);
        (parts.prefix, parts.given, parts.family, parts.suffix, parts.credentials)
    }

    fn expected(
        prefix: &str,
        given: &str,
        family: &str,
        suffix: &str,
        credentials: &[&str],
    ) -> (String, String, String, String, Vec<String>) {
        (
            prefix.into(),
            given.into(),
            family.into(),
            suffix.into(),
            credentials.iter().map(|c| (*c).into()).collect(),
        )
    }

    #[test]
    fn names_split_as_people_would() {
        assert_eq!(parts("Réjean Tremblay"), expected("", "Réjean", "Tremblay", "", &[]));
        assert_eq!(
            parts("Me Marie-Ève de Grandpré, LL. B., CRHA"),
            expected("Me", "Marie-Ève", "de Grandpré", "", &["LL. B.", "CRHA"])
        );
        assert_eq!(parts("Marie Claude Roy"), expected("", "Marie Claude", "Roy", "", &[]));
        assert_eq!(parts("Maria Lopez Garcia"), expected("", "Maria", "Lopez Garcia", "", &[]));
        assert_eq!(parts("John B. Smith Jr. CPA"), expected("", "John B.", "Smith", "Jr.", &["CPA"]));
        assert_eq!(parts("Tremblay, Réjean"), expected("", "Réjean", "Tremblay", "", &[]));
        assert_eq!(parts("Dre Auger"), expected("Dre", "", "Auger", "", &[]));
        assert_eq!(parts("Cher"), expected("", "Cher", "", "", &[]));
        assert_eq!(parts(""), expected("", "", "", "", &[]));
    }

    #[test]
    fn credentials_keep_their_dress() {
        for text in ["CPA", "ing.", "LL. B.", "Pl. Fin.", "C.d'A.A.", "trad. a.", "Ph. D."] {
            assert!(is_credential(text), "{text}");
        }
        for text in ["", "pa", "map", "ca", "Scierie"] {
            assert!(!is_credential(text), "{text}");
        }
    }

    #[test]
    fn names_typed_in_haste_get_capitals() {
        assert_eq!(capitalised("benoît st-onge"), "Benoît St-Onge");
        assert_eq!(capitalised("anne de la rue"), "Anne de la Rue");
        assert_eq!(capitalised("d'arcy o'neil"), "D'Arcy O'Neil");
        assert_eq!(capitalised("bell Hooks"), "bell Hooks");
    }
}
