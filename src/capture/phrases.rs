//! A verb with its date: *rappeler jeudi*, *call her back on friday*, *vu hier*. The verb is what makes the words a
//! date; a date without one stays in the note.

use crate::domain::time::{Date, PartialDate};
use crate::text::dates::{self, Days, Lean};
use crate::text::fold::fold;
use crate::text::tokens::chunks;

/// A phrase at the head of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its length in bytes.
    pub length: usize,
    /// What it says.
    pub meaning: Meaning,
    /// It says more than the date (an hour), so its words stay in the note too.
    pub keep: bool,
}

/// What a phrase says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Follow up then.
    Next(Date),
    /// Met then.
    Met(PartialDate),
}

const FOLLOW_UP: &[&str] = &[
    "rappeler",
    "rappelle",
    "rappelez",
    "rappel",
    "recontacter",
    "recontacte",
    "relancer",
    "relance",
    "contacter",
    "contacte",
    "appeler",
    "appelle",
    "telephoner",
    "ecrire",
    "reecrire",
    "revoir",
    "reparler",
    "suivi",
    "suivre",
    "voir",
    "visiter",
    "rencontrer",
    "rdv",
    "rendez-vous",
    "call",
    "callback",
    "call-back",
    "ring",
    "phone",
    "follow-up",
    "followup",
    "f/u",
    "ping",
    "remind",
    "reminder",
    "meet",
    "meeting",
    "see",
    "visit",
    "write",
    "contact",
    "email",
    "relancer",
];
const MET: &[&str] = &[
    "vu",
    "vue",
    "vus",
    "vues",
    "rencontre",
    "rencontree",
    "rencontres",
    "rencontrees",
    "croise",
    "croisee",
    "met",
    "saw",
    "seen",
];
const BEFORE: &[&str] =
    &["a", "to", "le", "la", "les", "lui", "please", "svp", "s.v.p", "must", "faut", "must"];
const AFTER: &[&str] =
    &["back", "up", "again", "le", "la", "les", "lui", "him", "her", "them", "me", "moi", "in", "with"];

/// The phrase that starts at the head of `text`.
pub(super) fn at(text: &str, today: Date) -> Option<Phrase> {
    let mut words = chunks(text).take(6).map(|word| (word.range, fold(word.text.trim_end_matches('.'))));
    let (mut range, mut word) = words.next()?;
    let mut skipped = 0;
    while BEFORE.contains(&word.as_str()) && skipped < 2 {
        (range, word) = words.next()?;
        skipped += 1;
    }
    let verb = verb(&word);
    if skipped == 0 && MET.contains(&verb) {
        let (length, days) = after(text, range.end, today, Lean::Back)?;
        return (days.from <= today).then(|| Phrase {
            length,
            meaning: Meaning::Met(partial(days)),
            keep: false,
        });
    }
    let two_words = match word.as_str() {
        "follow" => Some("up"),
        "get" | "write" | "email" | "phone" => Some("back"),
        "check" => Some("in"),
        "touch" => Some("base"),
        "reach" => Some("out"),
        _ => None,
    };
    if let Some(second) = two_words.filter(|_| !FOLLOW_UP.contains(&word.as_str())) {
        let (next, word) = words.next()?;
        if word != second {
            return None;
        }
        range = next;
    } else if !FOLLOW_UP.contains(&verb) {
        return None;
    }
    let (length, days) = after(text, range.end, today, Lean::Ahead)?;
    if days.to < today {
        return None;
    }
    let hour = hour(&text[length..]);
    Some(Phrase { length: length + hour, meaning: Meaning::Next(days.from.max(today)), keep: hour > 0 })
}

/// The days as the least precise date that says them.
pub(super) fn partial(days: Days) -> PartialDate {
    let (from, to) = (days.from, days.to);
    if from.day() == 1 && to == from.last_of_month() {
        PartialDate::Month(from.year(), from.month())
    } else if (from.month(), from.day(), to.month(), to.day()) == (1, 1, 12, 31) && from.year() == to.year() {
        PartialDate::Year(from.year())
    } else {
        PartialDate::Day(from)
    }
}

/// `l'appeler`, `rappelle-la`: the verb alone.
fn verb(word: &str) -> &str {
    let word = word.strip_prefix("l'").or_else(|| word.strip_prefix("m'")).unwrap_or(word);
    ["-le", "-la", "-les", "-lui", "-moi"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

/// A date right after a verb, perhaps with pronouns between; the end in `text` and the days.
fn after(text: &str, mut from: usize, today: Date, lean: Lean) -> Option<(usize, Days)> {
    for _ in 0..3 {
        if let Some((length, days)) = dates::at(&text[from..], today, lean) {
            return Some((from + length, days));
        }
        let word = chunks(&text[from..]).next()?;
        if !AFTER.contains(&fold(word.text).as_str()) {
            return None;
        }
        from += word.range.end;
    }
    None
}

/// Length of a time of day at the head: ` 14h`, ` à 10h30`, ` at 2pm`, ` matin`.
fn hour(text: &str) -> usize {
    let mut end = 0;
    for word in chunks(text).take(3) {
        let folded = fold(word.text.trim_end_matches([',', ';', '.']));
        let clock = folded.starts_with(|c: char| c.is_ascii_digit())
            && folded.chars().all(|c| c.is_ascii_digit() || matches!(c, 'h' | ':' | 'a' | 'p' | 'm'))
            && folded.contains(['h', ':', 'm']);
        let named = matches!(
            folded.as_str(),
            "matin"
                | "soir"
                | "midi"
                | "apres-midi"
                | "am"
                | "pm"
                | "noon"
                | "morning"
                | "afternoon"
                | "evening"
        );
        if clock || named {
            end = word.range.start + word.text.trim_end_matches([',', ';', '.']).len();
        } else if !matches!(folded.as_str(), "a" | "at" | "vers" | "around" | "en" | "in" | "the" | "le") {
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(&str, String, bool)> {
        let phrase = at(text, jiff::civil::date(2026, 11, 23))?;
        let meaning = match phrase.meaning {
            Meaning::Next(date) => format!("next {date}"),
            Meaning::Met(date) => format!("met {date}"),
        };
        Some((&text[..phrase.length], meaning, phrase.keep))
    }

    #[test]
    fn a_verb_makes_a_date() {
        for (text, phrase, meaning) in [
            ("rappeler jeudi #prospect", "rappeler jeudi", "next 2026-11-26"),
            ("à rappeler le 3 décembre", "à rappeler le 3 décembre", "next 2026-12-03"),
            ("l'appeler demain", "l'appeler demain", "next 2026-11-24"),
            ("rappelle-la vendredi", "rappelle-la vendredi", "next 2026-11-27"),
            ("call back friday", "call back friday", "next 2026-11-27"),
            ("call her back on friday", "call her back on friday", "next 2026-11-27"),
            ("follow up in 3 months", "follow up in 3 months", "next 2027-02-23"),
            ("relancer dans 2 semaines", "relancer dans 2 semaines", "next 2026-12-07"),
            ("vu hier au souper", "vu hier", "met 2026-11-22"),
            ("met yesterday", "met yesterday", "met 2026-11-22"),
            ("met last friday at Rona", "met last friday", "met 2026-11-20"),
            ("rencontré en novembre 2025", "rencontré en novembre 2025", "met 2025-11"),
        ] {
            assert_eq!(read(text), Some((phrase, meaning.to_owned(), false)), "{text}");
        }
        assert_eq!(
            read("rappeler jeudi à 14h, urgent"),
            Some(("rappeler jeudi à 14h", "next 2026-11-26".into(), true))
        );
        for text in [
            "jeudi",
            "rappeler Mai Nguyen",
            "rappeler",
            "call April",
            "met Sam",
            "follow friday",
            "vu demain",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
