//! Lines that say what they are: `Nom : Marie Roy`, `Company: Roy Maple`.

use super::sheet::{Sheet, Taken};
use crate::text::fold::fold;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// The whole name.
    Name,
    /// Given names.
    Given,
    /// Family name.
    Family,
    /// Title.
    Title,
    /// Organisation.
    Org,
    /// Credentials.
    Credential,
    /// Language to write in.
    Language,
    /// Town.
    City,
    /// Free words.
    Note,
}

/// A value with its label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stated {
    /// What it is.
    pub says: Says,
    /// As it stands.
    pub value: String,
    /// Index into the sheet's rows.
    pub row: usize,
}

/// Takes labelled lines; what they state.
pub(super) fn take(sheet: &mut Sheet) -> Vec<Stated> {
    let mut found = Vec::new();
    let mut row = 0;
    while row < sheet.rows.len() {
        let text = sheet.visible(row);
        let mut start = 0;
        for piece in text.split('|') {
            let at = start;
            start += piece.len() + 1;
            let Some((key, value)) = piece.split_once(':') else { continue };
            let Some(says) = says(key) else { continue };
            let lead = value.len() - value.trim_start_matches([' ', '\u{a0}']).len();
            let from = at + key.len() + 1 + lead;
            let trimmed = value.trim();
            if trimmed.is_empty() {
                // The value may stand on the next line.
                if row + 1 < sheet.rows.len()
                    && sheet.rows[row + 1].is_untouched()
                    && !sheet.rows[row + 1].text.contains(':')
                    && says != Says::Note
                    && fits(says, &sheet.rows[row + 1].text, &found)
                {
                    sheet.take(row, at..at + key.len() + 1, Taken::Label);
                    let value = sheet.rows[row + 1].text.clone();
                    sheet.take_row(row + 1, Taken::Field);
                    found.push(Stated { says, value, row: row + 1 });
                }
                continue;
            }
            if !fits(says, trimmed, &found) {
                continue;
            }
            if says == Says::Title && trimmed.bytes().all(|b| b.is_ascii_digit() || b == b' ') {
                continue;
            }
            sheet.take(row, at..from, Taken::Label);
            if says == Says::Note {
                sheet.take(row, from..from + trimmed.len(), Taken::Remark);
            } else {
                sheet.take(row, from..from + trimmed.len(), Taken::Field);
                found.push(Stated { says, value: trimmed.to_owned(), row });
            }
        }
        row += 1;
    }
    found
}

/// Whether a value can be what its label says: a second name is somebody else's, and not every word is a language.
fn fits(says: Says, value: &str, found: &[Stated]) -> bool {
    let folded = fold(value);
    match says {
        Says::Title | Says::Org | Says::Note => true,
        Says::Name | Says::Given | Says::Family | Says::City => {
            !found.iter().any(|stated| stated.says == says)
        }
        Says::Language => {
            ["fr", "en", "an"].iter().any(|head| folded.starts_with(head))
                && !folded.contains([' ', ',', '/'])
        }
        Says::Credential => super::credentials::credentials(&format!(",{value}")).1 == value.len() + 1,
    }
}

/// Whether a folded word is part of a label.
#[cfg(test)]
pub(super) fn is_label(word: &str) -> bool {
    says(word).is_some()
        || is_lone_label(word)
        || matches!(
            word,
            "code" | "postal" | "personne-ressource" | "site" | "first" | "last" | "job" | "full" | "complet"
        )
}

fn says(key: &str) -> Option<Says> {
    let folded = fold(key.trim_matches(|c: char| !c.is_alphanumeric()));
    Some(match folded.as_str() {
        "nom" | "name" | "nom complet" | "full name" | "contact" | "personne-ressource"
        | "contact person" | "personne ressource" | "responsable" => Says::Name,
        "prenom" | "first name" | "given name" => Says::Given,
        "nom de famille" | "last name" | "surname" | "family name" => Says::Family,
        "titre" | "fonction" | "title" | "position" | "poste" | "job title" | "role" | "occupation"
        | "profession" | "emploi" => Says::Title,
        "entreprise" | "organisation" | "organization" | "compagnie" | "company" | "employeur"
        | "employer" | "societe" | "organisme" | "business" | "firme" | "firm" => Says::Org,
        "ville" | "city" | "town" | "municipalite" | "localite" => Says::City,
        "credentials" | "titres professionnels" | "ordre professionnel" => Says::Credential,
        "langue" | "language" | "langue de correspondance" => Says::Language,
        "note" | "notes" | "remarque" | "remarques" | "commentaire" | "comments" | "comment" => Says::Note,
        _ => return None,
    })
}

/// Takes words that would only announce a value: `Coordonnées :`, `Tél.` without a number.
pub(super) fn lone_labels(sheet: &mut Sheet) {
    for row in 0..sheet.rows.len() {
        for piece in sheet.pieces_of(row) {
            let folded = fold(piece.text.trim_matches(|c: char| !c.is_alphanumeric()));
            let lone = is_lone_label(&folded);
            if lone && (folded.chars().count() > 1 || sheet.rows[row].text.len() > piece.text.len()) {
                sheet.take(row, piece.range, Taken::Label);
            }
        }
    }
}

fn is_lone_label(folded: &str) -> bool {
    matches!(
        folded,
        "tel"
            | "telephone"
            | "phone"
            | "cell"
            | "cellulaire"
            | "mobile"
            | "fax"
            | "telec"
            | "courriel"
            | "email"
            | "e-mail"
            | "adresse"
            | "address"
            | "site web"
            | "web"
            | "website"
            | "coordonnees"
            | "contact"
            | "t"
            | "c"
            | "m"
            | "f"
            | "e"
            | "w"
            | "ou"
            | "or"
            | "linkedin"
            | "facebook"
            | "instagram"
            | "twitter"
            | "youtube"
            | "tiktok"
            | "site"
            | "code postal"
            | "postal code"
            | "zip"
            | "zip code"
            | "province"
            | "www"
    )
}
