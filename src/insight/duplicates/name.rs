//! Names as they are compared: without case, accents, hyphens and particles, with short forms, initials, double-barrelled
//! names, swapped halves and slips of the finger.

use crate::domain::contact::Name;
use crate::text::fold::fold;
use crate::text::names;
use crate::text::short_names::{self, Kinship};
use crate::text::words::{CREDENTIALS, FAMILY, GIVEN, squeezed};

/// How two names are alike. Two likenesses can meet in one pair; the one told is the one that is furthest from being the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Likeness {
    /// The same, letter for letter.
    Same,
    /// The same but for accents, capitals, hyphens or particles.
    Spelling,
    /// Given and family name changed places.
    Swapped,
    /// One is a short form or another spelling of the other: *Bob* and Robert.
    Short,
    /// One bears a further family name: *Tremblay-Roy* and Roy.
    Double,
    /// One letter differs: a slip.
    Slip,
    /// One given name is a part of the other: *Marie* and Marie-Claude; or one is as often a name of its own.
    Part,
    /// One shows initials only.
    Initials,
    /// One lacks a half of the name, and the other half is the same.
    Half,
}

/// Bits of evidence that a name that is the same gives: about one person in 250 bears a given full name among those whom
/// something else has brought together. See the parent module for the formula.
const SAME: f32 = 8.0;

/// Shortest name in which one other letter is a slip and not another name.
const SHORTEST_SLIP: usize = 4;

/// A name as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// As it is written.
    pub full: String,
    /// Parts of the given name, folded.
    pub given: Vec<String>,
    /// Parts of the family name, folded, particles apart.
    pub family: Vec<String>,
    /// The parts of the given name in one word.
    pub given_word: String,
    /// The parts of the family name in one word.
    pub family_word: String,
    /// Another given name that the person goes by, squeezed.
    pub called: String,
    /// *jr*, *sr*, *iii*
    pub suffix: String,
    /// Addressed as a woman (`Some(true)`) or a man.
    pub feminine: Option<bool>,
}

impl Form {
    pub(super) fn of(name: &Name) -> Self {
        let mut nickname = name.nickname.to_string();
        let (given, family, prefix, suffix) = if name.given.is_empty() && name.family.is_empty() {
            let parts = names::split(&without_brackets(&name.full, &mut nickname));
            (parts.given, parts.family, parts.prefix, parts.suffix)
        } else {
            let given = without_brackets(&name.given, &mut nickname);
            let family = without_brackets(&name.family, &mut nickname);
            (given, family, name.prefix.to_string(), name.suffix.to_string())
        };
        let given = tokens(&given);
        let family = family_tokens(&family);
        Self {
            full: name.full.to_string(),
            given_word: given.concat(),
            family_word: family.concat(),
            given,
            family,
            called: squeezed(&nickname),
            suffix: squeezed(&suffix),
            feminine: gender(&squeezed(&prefix)),
        }
    }

    /// Nothing that a name could be compared by.
    pub(super) fn is_empty(&self) -> bool {
        self.given.is_empty() && self.family.is_empty() && self.called.is_empty()
    }

    /// The whole name in one word.
    pub(super) fn whole(&self) -> String {
        format!("{}{}", self.given_word, self.family_word)
    }

    /// The given names that this person may go by, squeezed.
    pub(super) fn givens(&self) -> impl Iterator<Item = &str> {
        [self.given_word.as_str(), self.called.as_str()].into_iter().filter(|given| !given.is_empty())
    }
}

/// What stands in round brackets or quotes inside a name is what the person is called.
fn without_brackets(text: &str, called: &mut String) -> String {
    let open = text.find(['(', '«', '"', '“']);
    let close = text.rfind([')', '»', '"', '”']);
    match (open, close) {
        (Some(open), Some(close)) if open < close => {
            let inside = text[open..close].trim_matches(|c: char| !c.is_alphanumeric());
            if called.is_empty() {
                inside.clone_into(called);
            }
            let end = close + text[close..].chars().next().map_or(0, char::len_utf8);
            format!("{} {}", &text[..open], &text[end..])
        }
        _ => text.to_owned(),
    }
}

fn tokens(text: &str) -> Vec<String> {
    // What follows a comma is no name: credentials.
    let text = fold(text.split(',').next().unwrap_or_default());
    text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

/// Parts of a family name. Of particles, those that many leave out go, the others join the word that they stand before: *de
/// Grandpré* → `grandpre`, *Le Blanc* → `leblanc`, *St-Onge* → `saintonge`.
fn family_tokens(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut joined = String::new();
    for (at, token) in tokens(text).into_iter().enumerate() {
        match token.as_str() {
            "de" | "du" | "des" | "d" | "of" => {}
            "st" | "saint" => joined.push_str("saint"),
            "ste" | "sainte" => joined.push_str("sainte"),
            "le" | "la" | "l" | "mac" | "mc" | "van" | "von" | "der" | "den" | "o" | "al" | "el" | "ben" => {
                joined.push_str(&token);
            }
            _ if at > 0 && !FAMILY.has(&token) && CREDENTIALS.has(&token) => {}
            _ => found.push(std::mem::take(&mut joined) + &token),
        }
    }
    if !joined.is_empty() {
        found.push(joined);
    }
    found
}

fn gender(prefix: &str) -> Option<bool> {
    match prefix {
        "mme" | "madame" | "mlle" | "mrs" | "ms" | "miss" | "dre" => Some(true),
        "m" | "monsieur" | "mr" => Some(false),
        _ => None,
    }
}

/// How one half of a name is like the same half of another, with the bits that it takes from [`SAME`].
#[derive(Clone, Copy, Debug, PartialEq)]
enum Half {
    Like(Likeness, f32),
    Unknown,
    Other,
}

/// What two names say together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Compared {
    /// They may be one name: how, and with how many bits.
    Alike(Likeness, f32),
    /// There is nothing to compare.
    Unknown,
    /// The given names are alike and the family names are not: people marry.
    OtherFamily,
    /// They are two names.
    Other,
}

/// Compares two names.
pub(super) fn compare(a: &Form, b: &Form) -> Compared {
    if a.is_empty() || b.is_empty() {
        return Compared::Unknown;
    }
    let straight = match (given(a, b), family(a, b)) {
        (Half::Like(x, lost), Half::Like(y, more)) => Some((x.max(y), SAME - lost - more)),
        (Half::Like(x, lost), Half::Unknown) | (Half::Unknown, Half::Like(x, lost)) => {
            Some((x.max(Likeness::Half), SAME - 5.5 - lost))
        }
        _ => None,
    };
    let found = straight.or_else(|| swapped(a, b)).map(|(likeness, bits)| match likeness {
        Likeness::Same if a.full != b.full => (Likeness::Spelling, bits),
        _ => (likeness, bits),
    });
    match (found, given(a, b)) {
        (Some((likeness, bits)), _) => Compared::Alike(likeness, bits.max(0.5)),
        (None, Half::Like(..)) => Compared::OtherFamily,
        (None, Half::Unknown) if family(a, b) == Half::Unknown => Compared::Unknown,
        (None, _) => Compared::Other,
    }
}

fn swapped(a: &Form, b: &Form) -> Option<(Likeness, f32)> {
    let both = !a.given.is_empty() && !a.family.is_empty();
    let crossed = a.given_word == b.family_word && a.family_word == b.given_word;
    if both && crossed {
        return Some((Likeness::Swapped, SAME - 1.0));
    }
    // Halves that were split at different places, or one half that holds the whole name.
    let (one, other) = (a.whole(), b.whole());
    (one.len() >= 6 && one == other).then_some((Likeness::Same, SAME))
}

fn given(a: &Form, b: &Form) -> Half {
    let mut best = half_given(&a.given, &b.given);
    let called = |one: &Form, other: &Form| {
        !one.called.is_empty()
            && other.givens().any(|given| {
                given == one.called
                    || short_names::kinship(given, &one.called) == Some(Kinship::Close)
                    || other.given.first() == Some(&one.called)
            })
    };
    if !matches!(best, Half::Like(Likeness::Same, _)) && (called(a, b) || called(b, a)) {
        best = Half::Like(Likeness::Short, 1.5);
    }
    best
}

fn half_given(a: &[String], b: &[String]) -> Half {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else { return Half::Unknown };
    let (one, other) = (a.concat(), b.concat());
    if one == other {
        return Half::Like(Likeness::Same, 0.0);
    }
    // Of two names with further parts, the first parts alone say nothing.
    let firsts = first_a != first_b && (a.len() == 1 || b.len() == 1 || a[1..] == b[1..]);
    let kin = short_names::kinship(&one, &other)
        .or_else(|| firsts.then(|| short_names::kinship(first_a, first_b)).flatten());
    if kin == Some(Kinship::Close) {
        return Half::Like(Likeness::Short, 2.0);
    }
    if let Some(same) = by_initials(a, b) {
        return if same { Half::Like(Likeness::Initials, 4.5) } else { Half::Other };
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < long.len() && short.iter().all(|token| long.contains(token)) {
        // A middle initial says nothing.
        let rest_is_initials = long[short.len()..].iter().all(|token| token.chars().count() == 1);
        let further = long.iter().filter(|token| !short.contains(token)).all(|token| FAMILY.has(token));
        return if rest_is_initials && long.starts_with(short) {
            Half::Like(Likeness::Same, 0.5)
        } else if further {
            // *Marie Roy Tremblay*, of which the first family name was taken for a given one.
            Half::Like(Likeness::Double, 2.5)
        } else {
            Half::Like(Likeness::Part, 4.5)
        };
    }
    let known = |parts: &[String]| parts.iter().all(|part| GIVEN.has(part));
    if !(known(a) && known(b)) && is_slip(&one, &other) {
        return Half::Like(Likeness::Slip, 2.5);
    }
    if kin == Some(Kinship::Loose) {
        return Half::Like(Likeness::Part, 4.5);
    }
    Half::Other
}

/// Whether one name consists of the initials of the other; `None` when neither consists of initials.
fn by_initials(a: &[String], b: &[String]) -> Option<bool> {
    let (short, long) = initials(a).map(|letters| (letters, b)).or_else(|| Some((initials(b)?, a)))?;
    Some(short.chars().zip(long).all(|(letter, part)| part.starts_with(letter)))
}

/// The initials that a given name consists of: `J.-F.`, `J F`, `JF`.
fn initials(parts: &[String]) -> Option<String> {
    let short = match parts {
        [one] => one.chars().count() <= 2 && !GIVEN.has(one),
        _ => parts.iter().all(|part| part.chars().count() == 1),
    };
    short.then(|| parts.concat())
}

fn family(a: &Form, b: &Form) -> Half {
    if a.family.is_empty() || b.family.is_empty() {
        return Half::Unknown;
    }
    let (one, other) = (&a.family_word, &b.family_word);
    if one == other {
        return Half::Like(Likeness::Same, 0.0);
    }
    let (short, long) =
        if a.family.len() <= b.family.len() { (&a.family, &b.family) } else { (&b.family, &a.family) };
    if short.iter().all(|token| long.contains(token)) {
        // All parts of both, in another order, is the same name.
        return if short.len() == long.len() {
            Half::Like(Likeness::Same, 0.5)
        } else {
            Half::Like(Likeness::Double, 2.5)
        };
    }
    if let ([letter], [first, ..]) | ([first, ..], [letter]) = (&a.family[..], &b.family[..])
        && letter.chars().count() == 1
    {
        return if letter.chars().next() == first.chars().next() {
            Half::Like(Likeness::Initials, 4.5)
        } else {
            Half::Other
        };
    }
    let known = |parts: &[String]| parts.iter().all(|part| FAMILY.has(part));
    if !(known(&a.family) && known(&b.family)) && is_slip(one, other) {
        return Half::Like(Likeness::Slip, 2.5);
    }
    Half::Other
}

/// Whether two words are one letter apart: one more, one less, another one, or two that changed places. Two known names
/// that are (*Martin*, *Marin*) are two names, which the caller sees to.
fn is_slip(a: &str, b: &str) -> bool {
    let shortest = a.len().min(b.len());
    shortest >= SHORTEST_SLIP && a.len().abs_diff(b.len()) <= 2 && strsim::osa_distance(a, b) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(full: &str) -> Form {
        Form::of(&Name::from_full(full))
    }

    fn alike(a: &str, b: &str) -> Option<Likeness> {
        let (a, b) = (form(a), form(b));
        let (there, back) = (compare(&a, &b), compare(&b, &a));
        assert_eq!(there, back, "{a:?} {b:?}");
        match there {
            Compared::Alike(likeness, _) => Some(likeness),
            _ => None,
        }
    }

    #[test]
    fn names_are_alike_in_the_ways_people_write_them() {
        for (a, b, likeness) in [
            ("Réjean Tremblay", "Réjean Tremblay", Likeness::Same),
            ("Rejean TREMBLAY", "Réjean Tremblay", Likeness::Spelling),
            ("Jean François Roy", "Jean-François Roy", Likeness::Spelling),
            ("Benoît St-Onge", "Benoit Saint-Onge", Likeness::Spelling),
            ("Anne Le Blanc", "Anne Leblanc", Likeness::Spelling),
            ("Marie de Grandpré", "Marie Grandpré", Likeness::Spelling),
            ("John B. Smith", "John Smith", Likeness::Spelling),
            ("Tremblay Réjean", "Réjean Tremblay", Likeness::Swapped),
            ("Bob Gagnon", "Robert Gagnon", Likeness::Short),
            ("Robert (Bob) Gagnon", "Bob Gagnon", Likeness::Short),
            ("J.-F. Côté", "Jean-François Côté", Likeness::Short),
            ("Mike O'Neil", "Michael O’Neil", Likeness::Short),
            ("Marie Tremblay-Roy", "Marie Roy", Likeness::Double),
            ("Marie Roy Tremblay", "Marie Tremblay", Likeness::Double),
            ("Réjean Trembley", "Réjean Tremblay", Likeness::Slip),
            ("Rejena Tremblay", "Réjean Tremblay", Likeness::Slip),
            ("Marie Roy", "Marie-Claude Roy", Likeness::Part),
            ("Lise Roy", "Élise Roy", Likeness::Part),
            ("R. Tremblay", "Réjean Tremblay", Likeness::Initials),
            ("Réjean", "Réjean Tremblay", Likeness::Half),
        ] {
            assert_eq!(alike(a, b), Some(likeness), "{a} / {b}");
        }
    }

    #[test]
    fn two_names_are_two_names() {
        for (a, b) in [
            ("Luc Roy", "Lucie Roy"),
            ("Marie-Claude Roy", "Marie-Josée Roy"),
            ("Martin Roy", "Marin Roy"),
            ("Jean Gagnon", "Jean Gagné"),
            ("P. Tremblay", "Réjean Tremblay"),
            ("Daniel Côté", "Danielle Côté"),
        ] {
            assert_eq!(alike(a, b), None, "{a} / {b}");
        }
        assert_eq!(compare(&form("Marie Tremblay"), &form("Marie Roy")), Compared::OtherFamily);
        assert_eq!(compare(&form("Marie Tremblay"), &form("")), Compared::Unknown);
    }
}
