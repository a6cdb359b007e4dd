//! What happened, in a person's words: *café hier avec Sophie*, *called yesterday*. The first words tell the kind; the
//! words themselves are kept as they are.

use super::Context;
use crate::domain::interaction::InteractionKind;
use crate::domain::time::Date;
use crate::text::clean;
use crate::text::dates::{self, Lean};
use crate::text::fold::fold;

/// A remark about something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogReading {
    /// What it was.
    pub kind: InteractionKind,
    /// The day in the words, if there is one; never to come.
    pub on: Option<Date>,
    /// All words, cleaned, line breaks kept.
    pub words: String,
}

/// Beginnings that tell the kind, folded, in both languages; the first that fits counts.
const KINDS: &[(InteractionKind, &[&str])] = &[
    (
        InteractionKind::Setback,
        &[
            "setback",
            "revers",
            "trahison",
            "betrayal",
            "spam",
            "pourriel",
            "deception",
            "mauvaise surprise",
            "m'a trahi",
            "burned",
            "fraude",
        ],
    ),
    (
        InteractionKind::IntroductionAsked,
        &[
            "intro asked",
            "asked intro",
            "asked for an intro",
            "asked for intro",
            "introduction asked",
            "intro demandee",
            "demande d'intro",
            "demande une intro",
            "demande intro",
            "introduction demandee",
            "demande d'introduction",
            "demande de presentation",
            "demande une presentation",
        ],
    ),
    (
        InteractionKind::IntroductionMade,
        &[
            "intro made",
            "introduced",
            "introduction made",
            "intro faite",
            "introduction faite",
            "presente a",
            "m'a presente",
            "mise en contact",
            "mis en contact",
            "intro a",
            "intro to",
            "introduction to",
            "introduction a",
            "presentation a",
            "presentation faite",
        ],
    ),
    (
        InteractionKind::FavourReceived,
        &[
            "favour received",
            "favor received",
            "service recu",
            "m'a aide",
            "m'a rendu service",
            "m'a recommande",
            "helped me",
            "recommended me",
            "faveur recue",
            "coup de main recu",
            "m'a donne un coup de main",
            "referred me",
            "m'a refere",
        ],
    ),
    (
        InteractionKind::FavourGiven,
        &[
            "favour given",
            "favor given",
            "favour",
            "favor",
            "service rendu",
            "rendu service",
            "helped",
            "aide",
            "j'ai aide",
            "faveur",
            "coup de main",
            "recommended",
            "recommande",
            "je l'ai aide",
            "refere",
            "referred",
        ],
    ),
    (
        InteractionKind::Coffee,
        &[
            "cafe",
            "coffee",
            "lunch",
            "diner",
            "dine",
            "dejeuner",
            "souper",
            "soupe avec",
            "brunch",
            "biere",
            "beer",
            "drink",
            "drinks",
            "un verre",
            "verre",
            "apero",
            "breakfast",
            "dinner",
            "supper",
            "5 a 7",
            "cinq a sept",
            "the avec",
            "tea",
        ],
    ),
    (
        InteractionKind::Call,
        &[
            "call",
            "called",
            "appel",
            "appele",
            "appelee",
            "telephone",
            "phone",
            "phoned",
            "tel",
            "zoom",
            "teams",
            "visio",
            "video",
            "rappele",
            "rappelee",
            "talked on the phone",
            "parle au telephone",
            "voicemail",
            "boite vocale",
            "skype",
            "facetime",
        ],
    ),
    (
        InteractionKind::Message,
        &[
            "email", "emailed", "e-mail", "mail", "courriel", "message", "messaged", "texto", "texte",
            "text", "texted", "sms", "wrote", "ecrit", "letter", "lettre", "dm", "linkedin", "repondu",
            "replied", "envoye", "sent", "carte de", "inmail",
        ],
    ),
    (
        InteractionKind::Met,
        &[
            "met",
            "vu",
            "vue",
            "rencontre",
            "rencontree",
            "rencontrer",
            "croise",
            "croisee",
            "saw",
            "meeting",
            "reunion",
            "visite",
            "visited",
            "visit",
            "rdv",
            "rendez-vous",
            "jase",
            "parle",
            "talked",
            "spoke",
            "assis",
            "souper de",
            "evenement",
            "event",
        ],
    ),
];

/// Reads what happened.
pub fn read(text: &str, ctx: &Context) -> LogReading {
    let words = clean::block(text);
    let folded = fold(&words);
    let head = folded.trim_start_matches(['-', '*', ' ', ':']);
    let kind = KINDS
        .iter()
        .flat_map(|(kind, beginnings)| beginnings.iter().map(move |beginning| (*kind, *beginning)))
        .filter(|(_, beginning)| {
            head.strip_prefix(beginning).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        })
        // The longest beginning says most: `intro demandée` before `intro`.
        .max_by_key(|(_, beginning)| beginning.len())
        .map_or(InteractionKind::Note, |(kind, _)| kind);
    LogReading { kind, on: day(&words, ctx), words }
}

/// The first day of the words that has gone by. A bare weekday or number may mean anything, so a day needs a word of
/// its own: *hier*, *3 days ago*, a date.
fn day(words: &str, ctx: &Context) -> Option<Date> {
    let mut from = 0;
    while let Some((range, days)) = dates::find(&words[from..], ctx.today, Lean::Back) {
        if days.from <= ctx.today && days.from == days.to && !ahead(&words[from..], range.start, ctx) {
            return Some(days.from);
        }
        from += range.end;
    }
    None
}

/// Whether the words before a date send it ahead: *rappeler vendredi*, *next friday*, *d'ici mardi*.
fn ahead(text: &str, at: usize, ctx: &Context) -> bool {
    let before = &text[..at];
    let start = before.rmatch_indices(char::is_whitespace).nth(3).map_or(0, |(at, _)| at);
    let tail = fold(&text[start..]);
    let verbs =
        ["rappel", "relanc", "call back", "follow", "suivi", "d'ici", "before", "avant", "revoir", "by "];
    let lead = fold(&text[start..at]);
    verbs.iter().any(|verb| lead.contains(verb))
        || tail.contains("prochain")
        || dates::at(&text[at..], ctx.today, Lean::Back)
            .zip(dates::at(&text[at..], ctx.today, Lean::Ahead))
            .is_some_and(|(back, ahead)| back == ahead && back.1.from > ctx.today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::Language;

    fn seen(text: &str) -> (InteractionKind, String) {
        let reading = read(text, &Context::new(jiff::civil::date(2026, 11, 23), Language::French));
        (reading.kind, reading.on.map(|on| on.to_string()).unwrap_or_default())
    }

    #[test]
    fn first_words_tell_the_kind() {
        for (text, kind, on) in [
            ("café hier, parlé du patio", InteractionKind::Coffee, "2026-11-22"),
            ("called yesterday about the deck", InteractionKind::Call, "2026-11-22"),
            ("Rencontré au salon vendredi dernier", InteractionKind::Met, "2026-11-20"),
            ("courriel envoyé le 3 novembre", InteractionKind::Message, "2026-11-03"),
            ("intro demandée à la mairesse", InteractionKind::IntroductionAsked, ""),
            ("m'a recommandé à la MRC", InteractionKind::FavourReceived, ""),
            ("aidé avec son site", InteractionKind::FavourGiven, ""),
            ("spam: trois courriels", InteractionKind::Setback, ""),
            ("aime la pêche", InteractionKind::Note, ""),
            ("appel, rappeler vendredi", InteractionKind::Call, ""),
            ("il y a 3 jours, souper", InteractionKind::Note, "2026-11-20"),
        ] {
            assert_eq!(seen(text), (kind, on.to_owned()), "{text}");
        }
    }

    #[test]
    fn words_are_kept() {
        let reading = read(
            "  vu\u{1b}[31m hier \n au parc ",
            &Context::new(jiff::civil::date(2026, 11, 23), Language::French),
        );
        assert_eq!(reading.words, "vu hier\nau parc");
    }
}
