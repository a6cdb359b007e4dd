//! Whose signature a pasted letter holds: quotes, forwarded heads, greetings and prose are set aside.
//!
//! A letter is cut where a mail program begins to quote. The first part with means of contact is the card; what
//! follows is noise; what the person jotted before it stays in the note.

use std::ops::Range;

use super::prose::body;
use super::sheet::{Sheet, Taken};
use crate::text::fold::fold;
use crate::text::shapes;

/// What the head of a quoted or forwarded letter says of its writer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Writer {
    /// As the head gives it.
    pub name: String,
    /// As the head gives it.
    pub email: String,
}

struct Part {
    rows: Range<usize>,
    writer: Option<Writer>,
    headers: Vec<usize>,
}

/// Sets aside what is no signature; the writer that a head names, if the card is his or hers.
pub(super) fn unwrap(sheet: &mut Sheet) -> Option<Writer> {
    let depths = unquote(sheet);
    let mut parts = parts(sheet, &depths);
    for row in parts.iter().flat_map(|part| part.headers.clone()).collect::<Vec<_>>() {
        sheet.take_row(row, Taken::Noise);
    }
    let chosen = parts
        .iter()
        .position(|part| has_contact(sheet, part))
        .or_else(|| {
            parts.iter().position(|part| part.writer.as_ref().is_some_and(|writer| !writer.email.is_empty()))
        })
        .unwrap_or(0);
    for (index, part) in parts.iter().enumerate() {
        if index == chosen {
            continue;
        }
        let what = if index < chosen { Taken::Remark } else { Taken::Noise };
        for row in part.rows.clone() {
            sheet.take_row(row, what);
        }
    }
    if parts.is_empty() {
        return None;
    }
    let part = parts.swap_remove(chosen);
    body(sheet, part.rows.clone());
    part.writer
}

/// Takes `>` marks off; how deep each row is quoted.
fn unquote(sheet: &mut Sheet) -> Vec<usize> {
    (0..sheet.rows.len())
        .map(|row| {
            let text = sheet.rows[row].text.clone();
            let rest = text.trim_start_matches(['>', ' ', '|']);
            let lead = text.len() - rest.len();
            let depth = text[..lead].matches('>').count();
            if depth > 0 {
                sheet.take(row, 0..lead, Taken::Label);
            }
            depth
        })
        .collect()
}

fn parts(sheet: &Sheet, depths: &[usize]) -> Vec<Part> {
    let mut parts = vec![Part { rows: 0..0, writer: None, headers: Vec::new() }];
    let mut row = 0;
    while row < sheet.rows.len() {
        let head = head(sheet, row);
        let deeper = row > 0 && depths[row] != depths[row - 1] && head.is_none();
        if let Some((length, writer)) = head {
            parts.push(Part { rows: row..row, writer, headers: (row..row + length).collect() });
            row += length;
        } else {
            let empty_head = parts
                .last()
                .is_some_and(|part| part.rows.is_empty() || part.headers.last() == Some(&(row - 1)));
            if deeper && !empty_head {
                parts.push(Part { rows: row..row, writer: None, headers: Vec::new() });
            }
            row += 1;
        }
        if let Some(last) = parts.last_mut() {
            if last.rows.is_empty() && last.headers.is_empty() {
                last.rows.start = row - 1;
            }
            last.rows.end = row;
        }
    }
    // A rule and then a head: one head.
    let mut at = 1;
    while at < parts.len() {
        let bare = parts[at - 1].rows.clone().all(|row| parts[at - 1].headers.contains(&row))
            && !parts[at - 1].rows.is_empty();
        if bare {
            let before = parts.remove(at - 1);
            let part = &mut parts[at - 1];
            part.rows.start = before.rows.start;
            part.headers.extend(before.headers);
            part.writer = part.writer.take().or(before.writer);
        } else {
            at += 1;
        }
    }
    parts.retain(|part| !part.rows.is_empty());
    parts
}

/// Whether the head of another letter starts at a row: its number of rows, and who wrote it.
fn head(sheet: &Sheet, row: usize) -> Option<(usize, Option<Writer>)> {
    let text = plain(sheet, row);
    let folded = fold(&text);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if matches!(
        bare,
        "message d'origine"
            | "original message"
            | "forwarded message"
            | "message transfere"
            | "message original"
            | "debut du message reexpedie"
            | "begin forwarded message"
            | "message reexpedie"
            | "courriel transfere"
    ) {
        return Some((1, None));
    }
    // `Le lun. 3 nov. 2026 à 10:14, Marie Roy <m@x.ca> a écrit :`, perhaps over two or three lines.
    let opens = ["le ", "on ", "em "].iter().any(|word| folded.starts_with(word))
        && folded.bytes().any(|b| b.is_ascii_digit());
    for length in 1..=3 {
        if row + length > sheet.rows.len() || length > 1 && !opens {
            break;
        }
        let joined = (row..row + length).map(|row| plain(sheet, row)).collect::<Vec<_>>().join(" ");
        let end = fold(&joined);
        let end = end.trim_end_matches([' ', ':', '\u{a0}']);
        if end.ends_with("a ecrit") || end.ends_with("wrote") || end.ends_with("escribio") {
            return Some((length, Some(writer(&joined))));
        }
    }
    let first = header(&folded)?;
    if !matches!(first, "de" | "from" | "expediteur") {
        return None;
    }
    let mut length = 1;
    let mut others = 0;
    while row + length < sheet.rows.len() {
        let next = fold(&plain(sheet, row + length));
        if header(&next).is_some() {
            others += 1;
        } else if others == 0 || !next.contains('@') {
            break;
        }
        length += 1;
    }
    (others > 0).then(|| (length, Some(writer(text.split_once(':').map_or("", |(_, rest)| rest)))))
}

/// A row without its quote marks.
pub(super) fn plain(sheet: &Sheet, row: usize) -> String {
    sheet.rows[row].text.trim_start_matches(['>', ' ', '|', '*']).replace('*', "")
}

fn header(folded: &str) -> Option<&str> {
    let (key, _) = folded.split_once(':')?;
    let key = key.trim();
    matches!(
        key,
        "de" | "from"
            | "expediteur"
            | "envoye"
            | "sent"
            | "date"
            | "a"
            | "to"
            | "cc"
            | "cci"
            | "bcc"
            | "objet"
            | "subject"
            | "sujet"
            | "repondre a"
            | "reply-to"
            | "importance"
            | "pieces jointes"
            | "attachments"
    )
    .then_some(key)
}

/// Name and address out of `…, Marie Roy <m@x.ca> a écrit`.
fn writer(text: &str) -> Writer {
    let Some(sign) = text.find('@') else {
        // `Le 3 nov. à 10:14, Marie Roy a écrit :`
        let name = text.rsplit(',').next().unwrap_or_default();
        let name =
            ["a écrit", "wrote"].iter().find_map(|verb| name.split_once(verb)).map_or(name, |(name, _)| name);
        return Writer { name: tidy(name), email: String::new() };
    };
    let start = text[..sign]
        .rfind(|c: char| !(c.is_alphanumeric() || "._%+-'".contains(c)))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let email = shapes::email_at(&text[start..])
        .map(|length| text[start..start + length].to_owned())
        .unwrap_or_default();
    let before = text[..start].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
    let name =
        before.rsplit([',', '"']).find(|part| part.chars().any(char::is_alphabetic)).unwrap_or_default();
    let name = name.rsplit_once(" at ").or_else(|| name.rsplit_once(" à ")).map_or(name, |(_, after)| after);
    let name = name
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | ' ' | 'h'))
        .trim_start_matches("AM ")
        .trim_start_matches("PM ");
    Writer { name: tidy(name), email }
}

fn tidy(name: &str) -> String {
    name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_owned()
}

/// An email, or a number as long as a phone's, outside the heads.
fn has_contact(sheet: &Sheet, part: &Part) -> bool {
    part.rows.clone().filter(|row| !part.headers.contains(row)).any(|row| {
        let text = sheet.visible(row);
        text.contains('@') && text.contains('.')
            || text.contains('©')
            || text.bytes().filter(u8::is_ascii_digit).count() >= 10
                && !crate::text::phone::find(&text, "CA").is_empty()
    })
}
