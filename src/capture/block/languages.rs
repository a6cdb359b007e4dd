//! The language of a card, by its small words; a card in both has none of its own.

use crate::domain::contact::Language;
use crate::text::fold::fold;

const FRENCH: &[&str] = &[
    "tel",
    "telephone",
    "cell",
    "cellulaire",
    "telecopieur",
    "telec",
    "courriel",
    "bureau",
    "poste",
    "sans",
    "frais",
    "rue",
    "chemin",
    "boul",
    "boulevard",
    "rang",
    "et",
    "des",
    "du",
    "de",
    "la",
    "le",
    "les",
    "aux",
    "au",
    "en",
    "directeur",
    "directrice",
    "conseiller",
    "conseillere",
    "presidente",
    "gestionnaire",
    "ltee",
    "enr",
    "chef",
    "adjointe",
    "charge",
    "chargee",
    "ingenieur",
    "ingenieure",
    "notaire",
    "avocat",
    "avocate",
    "ville",
    "entreprise",
    "pour",
    "depuis",
    "cordialement",
    "merci",
    "representant",
    "representante",
    "proprietaire",
    "fondatrice",
    "fondateur",
    "responsable",
    "vice-president",
    "vice-presidente",
    "coordonnatrice",
    "coordonnateur",
];

const ENGLISH: &[&str] = &[
    "phone",
    "mobile",
    "office",
    "ext",
    "toll",
    "free",
    "street",
    "road",
    "drive",
    "suite",
    "unit",
    "and",
    "of",
    "the",
    "for",
    "in",
    "manager",
    "director",
    "owner",
    "engineer",
    "advisor",
    "ltd",
    "sales",
    "founder",
    "officer",
    "head",
    "lead",
    "chief",
    "business",
    "development",
    "since",
    "regards",
    "thanks",
    "best",
    "lawyer",
    "associate",
    "specialist",
    "representative",
    "coordinator",
    "supervisor",
    "analyst",
    "email",
    "direct",
    "your",
    "our",
    "general",
    "partner",
    "assistant",
];

/// The language that most small words of a text are of; `None` where both or neither speak.
pub(super) fn of(text: &str) -> Option<Language> {
    let (french, english) = counts(text);
    if french >= 2 && french >= english * 3 {
        Some(Language::French)
    } else if english >= 2 && english >= french * 3 {
        Some(Language::English)
    } else {
        None
    }
}

/// The language of a few words, such as a title; accents decide where no word does.
pub(super) fn leaning(text: &str) -> Option<Language> {
    let (french, english) = counts(text);
    match french.cmp(&english) {
        std::cmp::Ordering::Greater => Some(Language::French),
        std::cmp::Ordering::Less => Some(Language::English),
        std::cmp::Ordering::Equal if text.chars().any(|c| "éèêàçôûîïùœÉÈÊÀÇ".contains(c)) => {
            Some(Language::French)
        }
        std::cmp::Ordering::Equal => by_ending(text),
    }
}

fn by_ending(text: &str) -> Option<Language> {
    let folded = fold(text);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let ends = |endings: &[&str]| {
        words.iter().any(|word| endings.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end)))
    };
    if ends(&["trice", "euse", "iere", "ienne", "teur", "eur", "ier", "aire", "iste", "elle"])
        && !ends(&["ing", "ship"])
    {
        Some(Language::French)
    } else if ends(&["ing", "er", "or", "ship", "ness", "ist", "cy"]) {
        Some(Language::English)
    } else {
        None
    }
}

fn counts(text: &str) -> (usize, usize) {
    let folded = fold(text);
    let mut counts = (0, 0);
    for word in folded.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()) {
        counts.0 += usize::from(FRENCH.contains(&word));
        counts.1 += usize::from(ENGLISH.contains(&word));
    }
    if folded.contains(" d'") || folded.contains(" l'") {
        counts.0 += 1;
    }
    counts
}
