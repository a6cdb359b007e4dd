//! The signs and key words of the grammar: one table, read by capture, query, completion and help.

use crate::domain::contact::Language;
use crate::text::fold::fold;

/// What a sign or key introduces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Name of the person.
    Name,
    /// Nickname.
    Nickname,
    /// Credentials.
    Credential,
    /// Organisation.
    Org,
    /// Title.
    Title,
    /// A title no longer borne.
    Former,
    /// Latent values.
    Value,
    /// Tag.
    Tag,
    /// Market.
    Market,
    /// Event or place where met, with its date.
    Met,
    /// Who introduced.
    Via,
    /// Whom they know.
    Knows,
    /// Region or town.
    In,
    /// Closeness.
    Close,
    /// Follow-up.
    Next,
    /// Note: the rest of the line.
    Note,
    /// Birthday.
    Birthday,
    /// Language, *tu* or *vous*.
    Lang,
    /// Email.
    Email,
    /// Phone.
    Phone,
    /// Web address.
    Url,
    /// Query: state.
    Is,
    /// Query: has.
    Has,
    /// Query: no news since.
    Stale,
    /// Query: a bare word, where the word itself would be read as something else.
    Word,
    /// The rule of the select club, on the own card.
    Club,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// What it introduces.
    pub field: Field,
    /// The signs, the usual one first.
    pub signs: &'static [char],
    /// English words, the one that is written first.
    pub english: &'static [&'static str],
    /// French words, the one that is written first.
    pub french: &'static [&'static str],
}

const fn row(
    field: Field,
    signs: &'static [char],
    english: &'static [&'static str],
    french: &'static [&'static str],
) -> Key {
    Key { field, signs, english, french }
}

/// All signs and keys. Words are read folded, so `marche:` and `marché:` are one.
pub const KEYS: &[Key] = &[
    row(
        Field::Org,
        &['@'],
        &["org", "company", "organization", "organisation"],
        &["org", "organisation", "entreprise"],
    ),
    row(Field::Title, &[], &["title"], &["titre"]),
    row(Field::Former, &[], &["former", "ex"], &["ex", "ancien"]),
    row(Field::Value, &['='], &["value", "values"], &["vaut", "valeur"]),
    row(Field::Tag, &['#'], &["tag", "tags"], &["tag", "étiquette"]),
    row(Field::Market, &['+'], &["market", "markets"], &["marché", "marchés"]),
    row(Field::Met, &['%', '^'], &["met", "event"], &["vu", "événement"]),
    row(Field::Via, &[], &["via"], &["via"]),
    row(Field::Knows, &[], &["knows"], &["connaît"]),
    row(Field::In, &[], &["in", "town", "region"], &["à", "ville", "région"]),
    row(Field::Close, &[], &["close", "closeness"], &["proche"]),
    row(Field::Next, &[], &["next"], &["suivi"]),
    row(Field::Note, &[], &["note", "notes"], &["note", "notes"]),
    row(Field::Name, &[], &["name"], &["nom"]),
    row(Field::Nickname, &[], &["nick", "nickname"], &["surnom"]),
    row(Field::Credential, &[], &["cred", "credentials"], &["cred"]),
    row(Field::Birthday, &[], &["birthday", "bday", "born"], &["fête", "anniversaire", "naissance"]),
    row(Field::Lang, &[], &["lang", "language"], &["langue"]),
    row(Field::Email, &[], &["email", "e-mail", "mail"], &["courriel"]),
    row(Field::Phone, &[], &["phone", "tel", "telephone"], &["tél", "téléphone"]),
    row(Field::Url, &[], &["url", "web", "website", "linkedin"], &["url", "site"]),
    row(Field::Is, &[], &["is"], &["est"]),
    row(Field::Has, &[], &["has"], &["avec"]),
    row(Field::Stale, &[], &["stale"], &["dormant"]),
    row(Field::Word, &[], &["word"], &["mot"]),
    row(Field::Club, &[], &["club"], &["club"]),
];

/// The field of a sign.
pub fn of_sign(sign: char) -> Option<Field> {
    KEYS.iter().find(|key| key.signs.contains(&sign)).map(|key| key.field)
}

/// The field of a key word, given without its colon, in any case, with or without accents.
pub fn of_word(word: &str) -> Option<Field> {
    if word.is_empty() || word.len() > 20 {
        return None;
    }
    let folded = fold(word);
    KEYS.iter()
        .find(|key| {
            key.english.iter().chain(key.french).any(|known| *known == folded || fold(known) == folded)
        })
        .map(|key| key.field)
}

/// The row of a field.
pub fn key(field: Field) -> &'static Key {
    KEYS.iter().find(|key| key.field == field).unwrap_or(&KEYS[0])
}

/// How a field is written before its value: its sign, else its word in the given language and a colon.
pub fn written(field: Field, lang: Language) -> String {
    let key = key(field);
    if let Some(sign) = key.signs.first() {
        return sign.to_string();
    }
    let words = if lang == Language::French { key.french } else { key.english };
    format!("{}:", words[0])
}

/// What a line makes, by its leading word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Intent {
    /// A person.
    #[default]
    Contact,
    /// Something looked for: `besoin:`, `need:`.
    Need,
    /// Something that happened: `log:`.
    Log,
    /// A contract: `mandat:`, `mandate:`.
    Mandate,
}

/// The intent of a leading word, given without its colon.
pub fn intent(word: &str) -> Option<Intent> {
    match fold(word).as_str() {
        "besoin" | "need" => Some(Intent::Need),
        "log" | "journal" => Some(Intent::Log),
        "mandat" | "mandate" => Some(Intent::Mandate),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_in_both_languages_with_and_without_accents() {
        for (word, field) in [
            ("org", Field::Org),
            ("titre", Field::Title),
            ("vaut", Field::Value),
            ("marché", Field::Market),
            ("marche", Field::Market),
            ("vu", Field::Met),
            ("connaît", Field::Knows),
            ("connait", Field::Knows),
            ("à", Field::In),
            ("a", Field::In),
            ("proche", Field::Close),
            ("suivi", Field::Next),
            ("ÉTIQUETTE", Field::Tag),
        ] {
            assert_eq!(of_word(word), Some(field), "{word}");
        }
        assert_eq!(of_sign('^'), Some(Field::Met));
        assert_eq!(of_word("http"), None);
    }

    #[test]
    fn no_word_means_two_things() {
        for (index, key) in KEYS.iter().enumerate() {
            for word in key.english.iter().chain(key.french) {
                assert_eq!(
                    KEYS.iter().position(|other| other.field == of_word(word).expect("known")),
                    Some(index),
                    "{word}"
                );
            }
        }
    }
}
