//! The words after `is:` and `has:`, in both languages.

use crate::domain::query::{State, Thing};
use crate::text::fold::fold;

/// States with their words; the first is written, the second is its French twin.
pub const STATES: &[(State, &[&str])] = &[
    (State::Pocket, &["pocket", "poche"]),
    (State::Active, &["active", "actif", "active", "classé", "filed"]),
    (State::Archived, &["archived", "archivé", "archivée", "archive"]),
    (State::Unread, &["unread", "nonlu", "non-lu", "nonlue", "non-lue", "new", "nouveau"]),
    (State::Due, &["due", "dû", "due", "échu", "à-faire", "retard", "overdue"]),
    (State::Seen, &["seen", "aperçu", "consulté"]),
    (State::Invited, &["invited", "invité", "invitée"]),
    (State::Accepted, &["accepted", "accepté", "acceptée"]),
    (State::Declined, &["declined", "refusé", "refusée", "décliné", "déclinée"]),
];

/// Things with their words; the first is written, the second is its French twin.
pub const THINGS: &[(Thing, &[&str])] = &[
    (Thing::Email, &["email", "courriel", "e-mail", "mail"]),
    (Thing::Phone, &["phone", "téléphone", "tel", "tél"]),
    (Thing::Url, &["url", "site", "web"]),
    (Thing::LinkedIn, &["linkedin", "linkedin"]),
    (Thing::Address, &["address", "adresse"]),
    (Thing::Note, &["note", "note", "notes"]),
    (Thing::Tag, &["tag", "étiquette", "tags"]),
    (Thing::Value, &["value", "valeur", "values", "valeurs"]),
    (Thing::Market, &["market", "marché", "markets", "marchés"]),
    (Thing::Role, &["role", "rôle", "hat", "chapeau", "title", "titre", "org"]),
    (Thing::Next, &["next", "suivi", "followup"]),
    (Thing::Birthday, &["birthday", "anniversaire", "fête"]),
    (Thing::Card, &["card", "carte"]),
    (Thing::Tie, &["tie", "lien", "ties", "liens"]),
];

pub(super) fn state(word: &str) -> Option<State> {
    find(STATES, word)
}

pub(super) fn thing(word: &str) -> Option<Thing> {
    find(THINGS, word)
}

fn find<T: Copy>(table: &[(T, &[&str])], word: &str) -> Option<T> {
    let folded = fold(word);
    table.iter().find(|(_, words)| words.iter().any(|known| fold(known) == folded)).map(|(value, _)| *value)
}

pub(super) fn word_of<T: Copy + PartialEq>(table: &[(T, &'static [&'static str])], value: T) -> &'static str {
    table.iter().find(|(known, _)| *known == value).map_or("", |(_, words)| words[0])
}
