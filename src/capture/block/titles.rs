//! Titles: word lists know their heads; bilingual ones are split, long ones joined over two lines.

use super::super::line::FreeWord;
use super::languages;
use super::names::{Evidence, words_of};
use crate::domain::contact::Language;
use crate::text::fold::fold;
use crate::text::names;
use crate::text::words::{LEGAL, TOWNS, squeezed};

/// How surely a text is a title: 0 for none, 1 and more for one.
pub(in crate::capture) fn score(text: &str) -> f32 {
    let words = words_of(text);
    if words.is_empty() || words.len() > 16 || text.contains('@') {
        return 0.0;
    }
    let Some(title) = words.iter().take(6).position(FreeWord::is_title) else { return 0.0 };
    let surely_org = words.iter().position(|word| word.is_surely_org() && !word.is_title());
    let legal = words.len() > 1
        && LEGAL.has(&squeezed(&words[words.len() - 1].raw))
        && squeezed(&words[words.len() - 1].raw) != "sec";
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    // English puts the head last: `Financial Security Advisor`, `Store Manager`.
    let head_last = words.last().is_some_and(FreeWord::is_title)
        && words.len() <= 6
        && !text.contains(',')
        && !names_a_firm(&words);
    let title = if head_last { 0 } else { title };
    let mut score = 2.5 - 0.3 * title as f32;
    if !head_last && (surely_org.is_some_and(|org| org < title) || is_field_and_family(&words)) {
        score -= 1.8;
    }
    if legal {
        score -= 2.0;
    }
    if digits > 4 {
        score -= 1.0;
    }
    // `Services de conseiller…`: titles begin with their head, or with a word before it.
    if title > 2 {
        score -= 0.5;
    }
    if matches!(words[0].folded.as_str(), "les" | "nos" | "vos" | "des" | "the" | "our" | "your") {
        score -= 1.5;
    }
    score.max(0.0)
}

/// `Excavations Marchand`, `Art Gallery Bishop`, `Chalets Owl's Head`, `Hôtel Gouverneur`: the title at the end is a
/// family's, a place's or the firm's own name.
fn names_a_firm(words: &[FreeWord]) -> bool {
    let Some((last, before)) = words.split_last() else { return false };
    let owned = before.last().is_some_and(|word| word.folded.ends_with("'s"));
    let proper = last.is_capital()
        && (names::is_family(&last.raw)
            || owned
            || before.first().is_some_and(FreeWord::is_surely_org)
                && languages::leaning(&last.raw) == Some(Language::French));
    proper && before.iter().any(|word| word.is_surely_org() && !word.is_title())
}

/// `Aménagement forestier Lachance`: a field of trade, what kind of it, and a family.
fn is_field_and_family(words: &[FreeWord]) -> bool {
    let [field, kind, .., last] = words else { return false };
    field.is_org()
        && !field.is_title()
        && kind.raw.starts_with(char::is_lowercase)
        && last.is_capital()
        && names::is_family(&last.raw)
        && !last.is_title()
}

/// `Nettoyeur Daoust`, `Vétérinaire Coaticook`: a French trade before a proper name, as firms are called.
pub(super) fn is_named_trade(text: &str) -> bool {
    let words = words_of(text);
    let Some((first, rest)) = words.split_first() else { return false };
    let proper = |word: &FreeWord| names::is_family(&word.raw) || TOWNS.has(&word.folded);
    (1..=2).contains(&rest.len())
        && first.is_title()
        && languages::leaning(&first.raw) == Some(Language::French)
        && rest.iter().all(|word| word.is_capital() && !word.is_title())
        && rest.iter().any(proper)
}

/// `Assistante : Carole Mireault`: the title of somebody else, who is named behind it.
pub(super) fn is_of_another(text: &str) -> bool {
    text.split_once(':').is_some_and(|(head, tail)| {
        let name = tail.split([',', '|', '(']).next().unwrap_or_default().trim();
        head.split_whitespace().count() <= 3
            && score(head) >= 1.0
            && super::names::judge(name, &Evidence::default())
                .is_some_and(|(full, score)| full.contains(' ') && score >= 2.0)
    })
}

/// Whether a word or a few may be a trade that no list knows: by the ending of the word that carries it.
pub(super) fn may_be_trade(text: &str) -> bool {
    const FRENCH: &[&str] =
        &["eur", "euse", "rice", "ier", "iere", "iste", "logue", "ien", "ienne", "graphe"];
    const ENGLISH: &[&str] =
        &["er", "or", "ist", "ian", "man", "woman", "person", "smith", "wright", "logist", "keeper"];
    let words = words_of(text);
    let ends = |word: &FreeWord, endings: &[&str]| {
        word.folded.len() > 4 && endings.iter().any(|ending| word.folded.ends_with(ending))
    };
    let plain = words.iter().all(|word| {
        word.is_nameable() && !word.is_surely_org() && !names::is_given(&word.raw) && !TOWNS.has(&word.folded)
    });
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    plain && words.len() <= 5 && (ends(first, FRENCH) || ends(last, ENGLISH))
}

/// Whether the next line goes on with a title: it ends in a small word, a comma or a sign, or the next begins small.
pub(super) fn goes_on(above: &str, below: &str) -> bool {
    let last = fold(above.rsplit(' ').next().unwrap_or_default());
    let first_word = below.split(' ').next().unwrap_or_default();
    let first = fold(first_word);
    let open = matches!(
        last.as_str(),
        "de" | "du"
            | "des"
            | "d'"
            | "la"
            | "le"
            | "les"
            | "et"
            | "and"
            | "of"
            | "the"
            | "for"
            | "aux"
            | "au"
            | "a"
            | "en"
            | "pour"
            | "&"
            | "in"
            | "-"
            | "sur"
            | "l'"
    ) || above.ends_with([',', '&', '-', '–', '/'])
        || last.ends_with('\'');
    let small = matches!(
        first.as_str(),
        "de" | "du"
            | "des"
            | "et"
            | "and"
            | "of"
            | "for"
            | "aux"
            | "au"
            | "a"
            | "en"
            | "pour"
            | "&"
            | "in"
            | "sur"
    ) || first_word.starts_with("d'")
        || first_word.starts_with("d’")
        || first_word.starts_with("l'")
        || first_word.starts_with("l’")
        || first_word.starts_with('&');
    // `La Presse` or `The Record` below a title is a firm; in capitals nobody can tell.
    let article = matches!(first.as_str(), "la" | "le" | "les" | "l'" | "the")
        && !below.chars().any(char::is_lowercase);
    let lower = first_word.starts_with(char::is_lowercase);
    open || small || article || lower
}

/// The languages of a title: `Directrice / Director`, `Director/Directrice`.
pub(in crate::capture) fn languages(text: &str) -> Vec<String> {
    for sign in [" / ", " | ", " • ", "/"] {
        let parts: Vec<&str> = text.split(sign).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() == 2
            && parts.iter().all(|part| score(part) >= 1.0)
            && differ(parts[0], parts[1])
            && (sign != "/" || parts.iter().all(|part| part.chars().count() > 3))
        {
            return parts.into_iter().map(str::to_owned).collect();
        }
    }
    vec![text.to_owned()]
}

/// Where a title ends and an organisation begins: `Directrice chez Boisdunord`, `Owner, Roy Maple Inc.`; the byte where
/// the title ends and the one where the organisation starts.
pub(super) fn employer(text: &str, domains: &[String]) -> Option<(usize, usize)> {
    for word in [" chez ", " at ", " @ ", " – ", " — "] {
        if let Some(at) = text.find(word).filter(|at| {
            score(&text[..*at]) >= 1.0
                && text[at + word.len()..]
                    .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == 'l')
        }) {
            return Some((at, at + word.len()));
        }
    }
    let commas: Vec<usize> = text.match_indices(',').map(|(at, _)| at).collect();
    for at in commas {
        let (left, right) = (&text[..at], text[at + 1..].trim_start());
        let org = super::organisations::score(right, domains);
        if score(left) >= 1.0
            && org >= 2.0
            && score(right) < org
            && right.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        {
            return Some((at, text.len() - right.len()));
        }
    }
    // `Directrice de la MRC du Granit`: what the domain says is the organisation.
    for (at, _) in text.match_indices(' ') {
        let right = &text[at + 1..];
        let left = &text[..at];
        let lead = fold(left.rsplit(' ').next().unwrap_or_default());
        if matches!(lead.as_str(), "de" | "du" | "la" | "of" | "the" | "des")
            && right.starts_with(char::is_uppercase)
            && super::organisations::domain_score(right, domains) >= 3.5
        {
            let mut end = left.len();
            while let Some((head, word)) = text[..end].rsplit_once(' ')
                && matches!(fold(word).as_str(), "de" | "du" | "la" | "of" | "the" | "des")
            {
                end = head.len();
            }
            return (score(&text[..end]) >= 1.0).then_some((end, at + 1));
        }
    }
    None
}

/// Whether two titles may be one in two languages.
fn differ(a: &str, b: &str) -> bool {
    let (a, b) = (languages::leaning(a), languages::leaning(b));
    a.is_none() || a != b
}

/// Departments, and what people are without a word of trade, that stand where a title would.
pub(super) fn is_department(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "service a la clientele"
            | "service a la clientele et ventes"
            | "customer service"
            | "customer care"
            | "client services"
            | "ventes"
            | "sales"
            | "ventes et service"
            | "marketing"
            | "comptabilite"
            | "accounting"
            | "ressources humaines"
            | "human resources"
            | "administration"
            | "reception"
            | "direction"
            | "direction generale"
            | "soutien technique"
            | "support technique"
            | "soutien informatique"
            | "it support"
            | "help desk"
            | "ventes internes"
            | "inside sales"
            | "homme a tout faire"
            | "aide familiale"
            | "aide familial"
            | "aide a domicile"
            | "aide pedagogique individuel"
            | "aide pedagogique individuelle"
            | "femme de menage"
            | "femme de chambre"
            | "titulaire de chaire"
            | "lieutenant"
            | "capitaine"
            | "elder"
            | "elder in residence"
            | "aine"
            | "ainee"
            | "service apres-vente"
            | "after-sales service"
            | "paie"
            | "payroll"
            | "greffe"
            | "secretariat"
            | "urbanisme"
            | "travaux publics"
            | "public works"
            | "loisirs"
            | "loisirs et culture"
            | "technical support"
            | "achats"
            | "approvisionnement"
            | "purchasing"
            | "procurement"
            | "operations"
            | "communications"
            | "developpement des affaires"
            | "business development"
            | "finances"
            | "finance"
            | "production"
            | "recherche et developpement"
            | "logistique"
            | "logistics"
    )
}
