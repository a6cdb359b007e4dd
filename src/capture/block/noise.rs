//! What is no field: disclaimers and what mail programs add (noise, left out of the note), licence numbers, opening
//! hours and slogans (remarks, kept in it).

use super::sheet::{Sheet, Taken};
use crate::text::fold::fold;
use crate::text::words::{CREDENTIALS, LEGAL, squeezed};

/// Phrases of disclaimers and of mail programs, folded.
const DISCLAIMERS: &[&str] = &[
    "confidentialite",
    "confidentiel",
    "confidential",
    "destinataire",
    "intended recipient",
    "intended only",
    "privileged",
    "privilegie",
    "d'imprimer",
    "d'imprimer ce",
    "imprimez ce",
    "before printing",
    "print this e",
    "consider the environment",
    "pensez a l'environnement",
    "penser a l'environnement",
    "please notify",
    "if you have received",
    "si vous avez recu",
    "si vous n'etes pas",
    "if you are not the",
    "par erreur",
    "in error",
    "unsubscribe",
    "se desabonner",
    "desabonner",
    "antivirus",
    "virus-free",
    "sans virus",
    "ce courriel",
    "ce message",
    "this email",
    "this e-mail",
    "this message",
    "toute diffusion",
    "any dissemination",
    "unauthorized",
    "non autorisee",
    "pieces jointes",
    "attachments",
    "disclaimer",
    "avis de non-responsabilite",
    "external email",
    "courriel externe",
    "caution:",
    "cliquez sur aucun lien",
    "do not click",
];

/// What telephones and mail programs add, folded; the line begins with it.
const SENT_FROM: &[&str] = &[
    "envoye de mon",
    "envoye depuis",
    "envoye a partir",
    "envoye par",
    "sent from",
    "sent with",
    "get outlook",
    "obtenir outlook",
    "telecharger outlook",
    "telechargez outlook",
    "envoye a l'aide",
    "sent via",
    "numerise par",
    "scanned by",
    "scanned with",
    "numerise avec",
];

/// Words beside a number of registration, folded.
const REGISTERED: &[&str] = &[
    "rbq",
    "r.b.q",
    "neq",
    "n.e.q",
    "tps",
    "t.p.s",
    "tvq",
    "t.v.q",
    "gst",
    "hst",
    "qst",
    "tvh",
    "siret",
    "siren",
    "ape",
    "rcs",
    "tva",
    "licence",
    "license",
    "permis",
    "amf",
    "oaciq",
    "apchq",
    "acq",
    "cmmtq",
    "ccq",
    "iso",
    "duns",
    "inscription",
    "member no",
    "membre no",
    "no de membre",
    "certificat",
    "cert",
];

/// Words of opening hours, folded.
const HOURS: &[&str] = &[
    "heures d'ouverture",
    "heures d’ouverture",
    "business hours",
    "opening hours",
    "office hours",
    "ouvert",
    "open",
    "ferme le",
    "closed",
    "sur rendez-vous",
    "by appointment",
    "24/7",
    "24h/24",
    "24 h/24",
    "7 jours",
    "7 days",
    "lundi",
    "mardi",
    "vendredi",
    "samedi",
    "dimanche",
    "monday",
    "friday",
    "saturday",
    "sunday",
    "lun.",
    "sam.",
    "lun-",
    "mon-",
    "mon–",
    "lun–",
    "lun au",
    "mon to",
];

/// Marks disclaimers and the like; to be called before fields are read.
pub(super) fn letters(sheet: &mut Sheet) {
    let mut inside = false;
    for row in 0..sheet.rows.len() {
        let folded = fold(&sheet.rows[row].text);
        if sheet.rows[row].gap {
            inside = false;
        }
        let words = folded.split_whitespace().count();
        let image = folded.starts_with("[cid:")
            || folded.starts_with("[image")
            || folded.starts_with("cid:image")
            || folded.starts_with("<image");
        let sent_from =
            SENT_FROM.iter().any(|head| folded.trim_start_matches(['>', ' ', '-', '*']).starts_with(head))
                && !folded.contains('@');
        let legal =
            words >= 4 && DISCLAIMERS.iter().any(|phrase| folded.contains(phrase)) && !is_contact(&folded);
        let heading = words <= 4
            && matches!(
                folded.trim_matches(|c: char| !c.is_alphanumeric()),
                "avis de confidentialite"
                    | "confidentiality notice"
                    | "confidentialite"
                    | "avertissement"
                    | "disclaimer"
                    | "avis important"
            );
        let goes_on = inside && words >= 3 && !is_contact(&folded);
        if sent_from || image || legal || heading || goes_on {
            sheet.take_row(row, Taken::Noise);
            inside = legal || heading || goes_on;
        }
    }
}

fn is_contact(folded: &str) -> bool {
    folded.contains("www.") || folded.contains('@') && folded.split_whitespace().count() < 8
}

/// Marks licence numbers, hours and slogans; to be called after contact fields are read and before names are looked for.
pub(super) fn remarks(sheet: &mut Sheet) {
    for row in 0..sheet.rows.len() {
        for piece in sheet.pieces_of(row) {
            let folded = fold(&piece.text);
            if is_registration(&folded) || is_hours(&folded) || is_slogan(&piece.text, &folded) {
                sheet.take(row, piece.range, Taken::Remark);
            }
        }
    }
}

fn is_registration(folded: &str) -> bool {
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let says = |word: &str| {
        folded.find(word).is_some_and(|at| {
            let after = folded[at + word.len()..].chars().next();
            (at == 0 || !folded[..at].ends_with(char::is_alphanumeric))
                && after.is_none_or(|c| !c.is_alphanumeric())
        })
    };
    digits >= 3 && REGISTERED.iter().any(|word| says(word))
        || digits >= 8 && folded.bytes().filter(u8::is_ascii_alphabetic).count() <= 3
}

fn is_hours(folded: &str) -> bool {
    let clock = folded.bytes().any(|b| b.is_ascii_digit());
    HOURS.iter().any(|phrase| {
        folded.starts_with(phrase)
            || clock && folded.contains(phrase) && folded.split_whitespace().count() <= 14
    }) && (clock || folded.split_whitespace().count() <= 6)
        && (clock
            || folded.contains("rendez-vous")
            || folded.contains("appointment")
            || folded.contains("heures")
            || folded.contains("hours"))
}

/// Words with which slogans begin or that they hold, folded.
const SLOGANS: &[&str] = &[
    "depuis ",
    "since ",
    "votre ",
    "vos ",
    "notre ",
    "nos ",
    "your ",
    "our ",
    "we ",
    "nous ",
    "vous ",
    "estimation gratuite",
    "free estimate",
    "fonde en",
    "established",
    "est. ",
    "une entreprise",
    "a family",
    "au service",
    "at your",
    "membre de",
    "member of",
    "membre du",
    "proud member",
    "fier membre",
    "suivez-nous",
    "follow us",
    "visitez",
    "visit ",
    "prenez rendez-vous",
    "book a",
    "pour nous",
    "un monde",
    "le plaisir",
    "l'art de",
    "l'art d",
    "the art of",
    "parce que",
    "because",
    "ensemble",
    "together",
    "where ",
    "ou la ",
    "ici pour",
    "here to",
    "fait au quebec",
    "fabrique au",
    "made in",
    "proudly",
    "fierement",
    "tout pour",
    "everything for",
    "du bois a",
    "bien plus",
    "more than",
    "plus qu",
    "think ",
    "pensez ",
    "imaginez",
    "imagine",
    "batir ",
    "building ",
    "creating ",
    "making ",
    "let's",
    "de pere en",
    "from father",
];

fn is_slogan(text: &str, folded: &str) -> bool {
    let words: Vec<&str> = folded.split_whitespace().collect();
    if words.len() < 2 {
        return false;
    }
    let quoted = text.starts_with(['«', '“', '"']) && text.ends_with(['»', '”', '"']);
    let shouts = text.ends_with(['!', '?', '…']);
    // `Maxime Auclair, arch. pays.` ends in a credential.
    if text.find(',').is_some_and(|at| super::credentials::credentials(&text[at..]).1 > 0) {
        return false;
    }
    quoted
        || shouts
        || is_sentence(&words)
        || SLOGANS.iter().any(|head| folded.starts_with(head))
        || year_since(folded)
}

/// Ends as a sentence does, or holds several: `Du bois. Du cœur.` Abbreviations (`inc.`, `enr.`) end nothing.
fn is_sentence(words: &[&str]) -> bool {
    let stops = |word: &&str| {
        word.ends_with('.')
            && word.len() > 4
            && word[..word.len() - 1].chars().all(char::is_alphabetic)
            && !LEGAL.has(&squeezed(word))
            && !CREDENTIALS.has(&squeezed(word))
    };
    let count = words.iter().filter(|word| stops(word)).count();
    let last = words.last().is_some_and(stops);
    last && (words.len() >= 4 || count >= 2)
}

/// `Depuis 1985`, `Est. 1985`, `Artisan boulanger depuis 1998`.
fn year_since(folded: &str) -> bool {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let year = |word: &&str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let since = |word: &&str| {
        matches!(*word, "depuis" | "since" | "est." | "fonde" | "fondee" | "etablie" | "etabli")
    };
    words.iter().any(year) && words.iter().any(since)
}
