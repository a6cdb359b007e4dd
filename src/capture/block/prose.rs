//! What precedes a signature in a letter: greeting, sentences, and the words that close it.

use std::ops::Range;

use super::letter::plain;
use super::sheet::{Sheet, Taken};
use crate::text::fold::fold;
use crate::text::words::REMARKS;

/// Words with which letters close, folded.
const CLOSINGS: &[&str] = &[
    "cordialement",
    "bien cordialement",
    "tres cordialement",
    "amicalement",
    "salutations",
    "sinceres salutations",
    "meilleures salutations",
    "cordiales salutations",
    "bonne journee",
    "bonne fin de",
    "bonne semaine",
    "au plaisir",
    "a bientot",
    "merci",
    "mille mercis",
    "bien a vous",
    "bien a toi",
    "respectueusement",
    "sincerement",
    "best regards",
    "kind regards",
    "warm regards",
    "regards",
    "best",
    "sincerely",
    "yours truly",
    "yours sincerely",
    "cheers",
    "thanks",
    "thank you",
    "many thanks",
    "all the best",
    "take care",
    "talk soon",
    "have a great day",
    "have a good day",
    "with thanks",
    "warmly",
    "bonne soiree",
    "a la prochaine",
    "veuillez agreer",
    "je vous prie d'agreer",
    "distinguees",
];

/// Words with which letters open, folded.
const OPENINGS: &[&str] = &[
    "bonjour",
    "bonsoir",
    "salut",
    "allo",
    "cher",
    "chere",
    "chers",
    "hi",
    "hello",
    "dear",
    "hey",
    "good morning",
    "good afternoon",
    "rebonjour",
];

/// In a letter, what precedes the signature goes to the note.
pub(super) fn body(sheet: &mut Sheet, rows: Range<usize>) {
    let words_below =
        |row: usize| (row + 1..rows.end).any(|below| sheet.rows[below].text.chars().any(char::is_alphabetic));
    let closing = rows.clone().rfind(|row| is_closing(&plain(sheet, *row)) && words_below(*row));
    let opening = rows.clone().find(|row| is_opening(&plain(sheet, *row)));
    let contact_after = |from: usize| {
        (from..rows.end).any(|row| {
            let text = sheet.visible(row);
            text.contains('@') || !crate::text::phone::find(&text, "CA").is_empty()
        })
    };
    if let Some(closing) = closing.filter(|closing| contact_after(closing + 1) || opening.is_some()) {
        for row in rows.start..closing {
            sheet.take_row(row, Taken::Remark);
        }
        // `Cordialement, Marie Roy` goes on after the comma.
        let text = plain(sheet, closing);
        let lead = sheet.rows[closing].text.len() - text.len();
        match text.split_once(',').filter(|(head, tail)| {
            head.split(' ').count() <= 4 && (1..=5).contains(&tail.split_whitespace().count())
        }) {
            Some((head, _)) if sheet.rows[closing].text.ends_with(&text) => {
                sheet.take(closing, lead..lead + head.len() + 1, Taken::Noise);
            }
            _ => sheet.take_row(closing, Taken::Noise),
        }
    }
    for row in rows.clone() {
        if Some(row) == opening || is_prose(&plain(sheet, row)) {
            sheet.take_row(row, Taken::Remark);
        } else if is_closing(&plain(sheet, row)) && !plain(sheet, row).contains(',') {
            sheet.take_row(row, Taken::Noise);
        }
    }
}

fn is_closing(text: &str) -> bool {
    let folded = fold(text);
    let words = folded.split_whitespace().count();
    CLOSINGS.iter().any(|head| {
        folded
            .strip_prefix(head)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([',', '.', '!', ' ', ';', '\u{a0}']))
    }) && words <= 9
        && !text.contains('@')
        && !text.bytes().any(|b| b.is_ascii_digit())
        // `Merci, c'est noté` is a sentence; `Merci, Anne` is not.
        && text.split_once(',').is_none_or(|(_, tail)| {
            tail.trim().is_empty() || tail.trim().starts_with(char::is_uppercase) || CLOSINGS.iter().any(|head| fold(tail).trim().starts_with(head))
        })
        && !(folded.starts_with("best ") && !folded.contains("regards") && !folded.starts_with("best wishes"))
}

fn is_opening(text: &str) -> bool {
    let folded = fold(text);
    let first = folded.split([' ', ',', '!']).next().unwrap_or_default();
    (OPENINGS.contains(&first) || folded.starts_with("good morning") || folded.starts_with("good afternoon"))
        && folded.split_whitespace().count() <= 7
        && !text.contains(['@', '©'])
        && (text.trim_end().ends_with([',', '!', '.', ':', '-', '–'])
            || folded.split_whitespace().count() <= 3)
}

/// A sentence: long, mostly without capitals, with verbs or pronouns.
fn is_prose(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < 5 || text.contains('@') || text.bytes().filter(u8::is_ascii_digit).count() >= 7 {
        return false;
    }
    let lower = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    let verbs = words
        .iter()
        .filter(|word| {
            let folded = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
            let pronoun = matches!(
                folded.as_str(),
                "je" | "j'ai"
                    | "vous"
                    | "nous"
                    | "tu"
                    | "i"
                    | "i'm"
                    | "we"
                    | "you"
                    | "they"
                    | "est"
                    | "sont"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "have"
                    | "has"
                    | "will"
                    | "would"
                    | "please"
                    | "ai"
                    | "avons"
                    | "avez"
                    | "c'est"
                    | "voici"
                    | "voir"
                    | "veut"
                    | "wants"
                    | "rappeler"
                    | "rencontre"
                    | "met"
                    | "cherche"
            );
            pronoun || REMARKS.has(&folded) && folded.len() > 3 && word.starts_with(char::is_lowercase)
        })
        .count();
    lower * 10 >= words.len() * 5
        && (verbs >= 1 && (words.len() >= 7 || text.ends_with(['.', '!', '?'])) || words.len() >= 14)
}
