//! Email and web addresses, also as pictures are misread: `©` for `@`, blanks inside, one address over two lines.

use std::ops::Range;

use super::sheet::{Sheet, Taken};
use crate::text::fold::fold;
use crate::text::shapes;

/// A value, where it stands, and how sure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// The value.
    pub value: String,
    /// Index into the sheet's rows.
    pub row: usize,
    /// 0 to 1.
    pub confidence: f32,
}

/// Takes all email addresses.
pub(super) fn emails(sheet: &mut Sheet) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for row in 0..sheet.rows.len() {
        while let Some((range, value, repaired)) = next_email(&sheet.visible(row)) {
            let start = label_start(&sheet.visible(row), range.start, is_email_label);
            sheet.take(row, start..range.start, Taken::Label);
            sheet.take(row, range, Taken::Field);
            push(&mut found, sheet, row, value, repaired);
        }
        over_two_lines(sheet, row, &mut found);
    }
    found
}

/// Takes all web addresses.
pub(super) fn urls(sheet: &mut Sheet) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for row in 0..sheet.rows.len() {
        while let Some((range, value, repaired)) = next_url(&sheet.visible(row)) {
            let text = sheet.visible(row);
            // A bare host is where somebody is found whatever precedes it.
            if calls_to_act(&text[..range.start]) && value.contains('/') {
                // `Prenez rendez-vous : https://…` is an invitation, not where somebody is found.
                sheet.take(row, range, Taken::Remark);
                continue;
            }
            let start = label_start(&text, range.start, is_url_label);
            sheet.take(row, start..range.start, Taken::Label);
            sheet.take(row, range, Taken::Field);
            push(&mut found, sheet, row, value, repaired);
        }
    }
    found
}

/// Words before a link that ask for something.
fn calls_to_act(before: &str) -> bool {
    let folded = fold(before.rsplit('|').next().unwrap_or_default());
    let asks = [
        "prenez",
        "prendre",
        "reservez",
        "book",
        "schedule",
        "inscrivez",
        "register",
        "planifiez",
        "abonnez",
        "subscribe",
        "telechargez",
        "download",
        "evaluez",
        "review us",
        "rendez-vous",
        "sign up",
        "join",
        "infolettre",
        "newsletter",
        "join us",
    ];
    folded.contains(' ') && asks.iter().any(|word| folded.trim_start().starts_with(word))
}

/// An address as it is compared: without scheme, `www.` and a final slash.
fn bare(value: &str) -> String {
    let folded = fold(value);
    let host = folded.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    host.trim_end_matches('/').to_owned()
}

fn push(found: &mut Vec<Found>, sheet: &Sheet, row: usize, value: String, repaired: bool) {
    if !found.iter().any(|known| bare(&known.value) == bare(&value)) {
        let confidence = sheet.rows[row].confidence * if repaired { 0.8 } else { 1.0 };
        found.push(Found { value, row, confidence });
    }
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'')
}

/// The first email address: its bytes, its value, and whether it was repaired.
fn next_email(text: &str) -> Option<(Range<usize>, String, bool)> {
    for (at, sign) in text.char_indices() {
        let length = match sign {
            '@' | '©' | '®' | '＠' => sign.len_utf8(),
            '(' | '[' => match ["(at)", "[at]", "(a)", "[a]", "(@)", "[@]"]
                .iter()
                .find(|word| text[at..].get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
            {
                Some(word) => word.len(),
                None => continue,
            },
            _ => continue,
        };
        if let Some(found) = email_around(text, at, length, sign == '@') {
            return Some(found);
        }
    }
    None
}

fn email_around(text: &str, at: usize, length: usize, plain: bool) -> Option<(Range<usize>, String, bool)> {
    let before = text[..at].trim_end();
    let gap_before = before.len() < at;
    let local_start = before
        .rfind(|c| !is_local(c))
        .map_or(0, |end| end + before[end..].chars().next().map_or(1, char::len_utf8));
    let trim = |local: &str| local.len() - local.trim_start_matches(['.', '-', '\'', '+', '_', '%']).len();
    let start = local_start + trim(&before[local_start..]);
    let local = &before[start..];
    let after = &text[at + length..];
    let rest = after.trim_start();
    let gap_after = rest.len() < after.len();
    if local.is_empty() || local.ends_with('.') && !gap_before {
        return None;
    }
    // `Priya @ Novaphase.ca` names an employer; `p.raman @novaphase.ca` is an address that was torn apart.
    if gap_before && gap_after && plain && local.starts_with(char::is_uppercase) {
        return None;
    }
    let rest_start = text.len() - rest.len();
    let (domain, used) = domain(rest)?;
    let value = format!("{local}@{domain}");
    let repaired = gap_before || gap_after || !plain || used != domain.len();
    (shapes::email_at(&value) == Some(value.len())).then(|| (start..rest_start + used, value, repaired))
}

/// A domain at the head, and how many bytes it takes; blanks around its dots and a comma for a dot are repaired.
fn domain(text: &str) -> Option<(String, usize)> {
    let mut domain = String::new();
    let mut used = 0;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        if c.is_alphanumeric() || c == '-' || c == '.' {
            domain.push(c);
            used = at + c.len_utf8();
        } else if c == ',' && begins_with_ending(rest) {
            domain.push('.');
        } else if c != ' ' || !(rest.starts_with('.') || domain.ends_with('.') && begins_with_ending(rest)) {
            break;
        }
    }
    let kept = domain.trim_end_matches(['.', '-']);
    used -= domain.len() - kept.len();
    let kept = kept.to_owned();
    kept.contains('.').then_some((kept, used))
}

fn begins_with_ending(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    matches!(
        text[..end].to_ascii_lowercase().as_str(),
        "ca" | "com" | "qc" | "org" | "net" | "fr" | "coop" | "quebec"
    )
}

/// `marie-claude.gaudreault@` above `boisdunord.qc.ca`, or `marie.roy` above `@boisdunord.ca`.
fn over_two_lines(sheet: &mut Sheet, row: usize, found: &mut Vec<Found>) {
    if row + 1 >= sheet.rows.len() {
        return;
    }
    let (above, below) = (sheet.visible(row), sheet.visible(row + 1));
    let (above, below_text) = (above.trim_end(), below.as_str());
    let lead = below_text.len() - below_text.trim_start().len();
    let below_text = &below_text[lead..];
    let tail = above
        .rfind(|c| !is_local(c) && c != '@')
        .map_or(0, |end| end + above[end..].chars().next().map_or(1, char::len_utf8));
    let (tail_text, head_end) =
        (&above[tail..], below_text.find(|c| !is_local(c) && c != '@').unwrap_or(below_text.len()));
    let head = &below_text[..head_end];
    // `Inc.` above `nroy@…` is no half of an address: only a line that is one word is.
    let torn = if tail_text.contains('@') {
        tail_text.ends_with(['@', '.', '-'])
            || !tail_text.rsplit('@').next().unwrap_or_default().contains('.')
    } else {
        head.starts_with('@')
            || tail == 0 && tail_text.ends_with(['.', '-', '_']) && !tail_text.starts_with(char::is_uppercase)
    };
    let signs = tail_text.matches('@').count() + head.matches('@').count();
    let joins = torn && signs == 1 && head.contains('.');
    let value = format!("{tail_text}{head}");
    if !joins || tail_text.is_empty() || shapes::email_at(&value) != Some(value.len()) {
        return;
    }
    let above_end = above.len();
    let start = label_start(above, tail, is_email_label);
    sheet.take(row, start..tail, Taken::Label);
    sheet.take(row, tail..above_end, Taken::Field);
    sheet.take(row + 1, lead..lead + head_end, Taken::Field);
    push(found, sheet, row, value, true);
}

fn next_url(text: &str) -> Option<(Range<usize>, String, bool)> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let starts = c.is_alphanumeric()
            && !before.is_alphanumeric()
            && !matches!(before, '@' | '.' | '-' | '_' | '\'' | '’');
        before = c;
        if !starts {
            continue;
        }
        let rest = &text[at..];
        if let Some(length) = shapes::url_at(rest).filter(|length| !rest[..*length].contains('|')) {
            return Some((at..at + length, rest[..length].to_owned(), false));
        }
        // A bar is what was taken, or a divider.
        let word = &rest[..rest.find([' ', '|']).unwrap_or(rest.len())];
        if let Some(length) = shapes::url_at(word) {
            return Some((at..at + length, word[..length].to_owned(), false));
        }
        let folded = word.to_ascii_lowercase();
        let lead = ["www.", "www", "http://www.", "https://www.", "https://", "http://"]
            .into_iter()
            .find(|lead| folded == *lead);
        if let Some(lead) = lead {
            let after = &rest[word.len()..];
            let skip = after.len() - after.trim_start_matches([' ', '.']).len();
            let joined =
                format!("{}{}{}", lead, if lead.ends_with(['.', '/']) { "" } else { "." }, &after[skip..]);
            if let Some(length) = shapes::url_at(&joined) {
                let added = joined.len() - (after.len() - skip);
                return length
                    .checked_sub(added)
                    .filter(|tail| *tail > 0)
                    .map(|tail| (at..at + word.len() + skip + tail, joined[..length].to_owned(), true));
            }
        }
    }
    None
}

/// Where the label of a value begins that starts at `at`; `at` without one.
pub(super) fn label_start(text: &str, at: usize, known: fn(&str) -> bool) -> usize {
    let before = &text[..at];
    let trimmed =
        before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '>' | '<' | '('));
    let start = trimmed
        .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '.')))
        .map_or(0, |end| end + trimmed[end..].chars().next().map_or(1, char::len_utf8));
    let word = &trimmed[start..];
    let all = !word.is_empty()
        && word.split(['/', '.']).filter(|part| !part.is_empty()).all(|part| known(&fold(part)));
    let single = word.chars().count() == 1;
    // A bare letter is a label at the start of its piece only.
    let fits = all
        && (!single
            || before[..start].trim_end().is_empty()
            || before[..start].trim_end().ends_with(|c: char| !c.is_alphanumeric()));
    if fits { start } else { at }
}

pub(super) fn is_email_label(word: &str) -> bool {
    matches!(
        word,
        "email"
            | "e-mail"
            | "courriel"
            | "mail"
            | "mailto"
            | "courrier"
            | "mel"
            | "e"
            | "c"
            | "adresse-courriel"
            | "m"
            | "@"
    )
}

pub(super) fn is_url_label(word: &str) -> bool {
    matches!(
        word,
        "web"
            | "site"
            | "url"
            | "linkedin"
            | "website"
            | "www"
            | "w"
            | "internet"
            | "facebook"
            | "instagram"
            | "blogue"
            | "blog"
            | "siteweb"
            | "s"
    )
}
