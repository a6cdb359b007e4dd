//! Phone numbers with kind and extension: labels in front or behind, on the same line or the one above.

use std::ops::Range;

use super::super::Context;
use super::sheet::{Sheet, Taken};
use crate::text::fold::fold;
use crate::text::phone;

/// A number, where it stands, and how sure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// E.164.
    pub e164: String,
    /// Digits of the extension.
    pub ext: String,
    /// `work`, `mobile`, `fax`, `tollfree`, `home`, or empty.
    pub label: &'static str,
    /// Index into the sheet's rows.
    pub row: usize,
    /// 0 to 1.
    pub confidence: f32,
}

/// Area codes that cost the caller nothing.
const TOLL_FREE: &[&str] = &["+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888"];

/// Takes all phone numbers, with their labels and extensions.
pub(super) fn take(sheet: &mut Sheet, ctx: &Context) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    for row in 0..sheet.rows.len() {
        let mut last_end = None;
        while let Some((range, parsed, repaired)) = next(&sheet.visible(row), &ctx.region) {
            let text = sheet.visible(row);
            let (start, mut label) = label_before(&text, range.start);
            let start = if start < range.start { start } else { range.start };
            let (end, ext) =
                if parsed.ext.is_empty() { extension(&text, range.end) } else { (range.end, parsed.ext) };
            let (label_end, behind) = label_behind(&text, end, &ctx.region);
            if label.is_none()
                || label == Some("")
                || label == Some("work") && behind.is_some_and(|kind| kind != "work")
            {
                label = behind.filter(|kind| !kind.is_empty()).or(label);
            }
            if label.is_none() && last_end.is_none() && text[..range.start].trim().is_empty() {
                label = label_above(sheet, row);
            }
            sheet.take(row, start..range.start, Taken::Label);
            sheet.take(row, range.start..end, Taken::Field);
            sheet.take(row, end..label_end, Taken::Label);
            last_end = Some(label_end);
            let free = TOLL_FREE.iter().any(|area| parsed.e164.starts_with(area));
            let label = match label {
                Some("" | "work") | None if free => "tollfree",
                Some("") => "work",
                Some(label) => label,
                None if parsed.e164.starts_with("+336") || parsed.e164.starts_with("+337") => "mobile",
                None => "",
            };
            let confidence = sheet.rows[row].confidence * if repaired { 0.8 } else { 1.0 };
            match found.iter_mut().find(|known| known.e164 == parsed.e164) {
                Some(known) => {
                    if known.ext.is_empty() {
                        known.ext = ext;
                    }
                    if known.label.is_empty() {
                        known.label = label;
                    }
                }
                None => found.push(Number { e164: parsed.e164, ext, label, row, confidence }),
            }
        }
        lone_extension(sheet, row, &mut found);
    }
    found
}

/// The first number of a text, read as it stands or, failing that, with letters that pictures are misread for digits.
fn next(text: &str, region: &str) -> Option<(Range<usize>, phone::Parsed, bool)> {
    let first = |text: &str| phone::find(text, region).into_iter().next();
    let french = french(text);
    let plain = first(text).filter(|(range, _)| !is_longer_code(text, range));
    match (plain, french) {
        (Some((range, _)), Some((other, parsed))) if other.start < range.start => {
            Some((other, parsed, false))
        }
        (Some((range, parsed)), _) => Some((range, parsed, false)),
        (None, Some((range, parsed))) => Some((range, parsed, false)),
        (None, None) => first(&digits_repaired(text)).map(|(range, parsed)| (range, parsed, true)),
    }
}

/// A registration number is no phone number: `NEQ 1145550199`, `RBQ 5555-5555-01`.
fn is_longer_code(text: &str, range: &Range<usize>) -> bool {
    let bare = text[range.clone()].bytes().all(|b| b.is_ascii_digit());
    bare && {
        let before = fold(text[..range.start].trim_end_matches(|c: char| !c.is_alphanumeric()));
        before.ends_with("neq")
            || before.ends_with("rbq")
            || before.ends_with("siret")
            || before.ends_with("siren")
    }
}

/// `06 12 34 56 78`, as France writes it at home: no North American number begins with a zero.
fn french(text: &str) -> Option<(Range<usize>, phone::Parsed)> {
    let bytes = text.as_bytes();
    'start: for start in 0..bytes.len() {
        let free = start == 0 || !(bytes[start - 1].is_ascii_alphanumeric() || bytes[start - 1] == b'+');
        if bytes[start] != b'0' || !free || !bytes.get(start + 1).is_some_and(|b| (b'1'..=b'9').contains(b)) {
            continue;
        }
        let mut digits = String::new();
        let mut at = start;
        for pair in 0..5 {
            let Some(two) = bytes.get(at..at + 2).filter(|two| two.iter().all(u8::is_ascii_digit)) else {
                continue 'start;
            };
            digits.extend(two.iter().map(|b| char::from(*b)));
            at += 2;
            if pair < 4 && matches!(bytes.get(at), Some(b' ' | b'.' | b'-')) {
                at += 1;
            }
        }
        if bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        return Some((start..at, phone::Parsed { e164: format!("+33{}", &digits[1..]), ext: String::new() }));
    }
    None
}

/// Letters between digits read as the digits that they resemble; as many bytes as before.
fn digits_repaired(text: &str) -> String {
    let mut out: Vec<u8> = text.as_bytes().to_vec();
    for at in 0..out.len() {
        let digit = match out[at] {
            b'O' | b'o' | b'Q' => b'0',
            b'l' | b'I' | b'i' => b'1',
            b'S' => b'5',
            b'B' => b'8',
            b'Z' => b'2',
            _ => continue,
        };
        // A letter among digits and the signs that part them; at least one neighbour is a digit.
        let near = |at: Option<usize>| at.and_then(|at| out.get(at)).copied();
        let (before, after) = (near(at.checked_sub(1)), near(Some(at + 1)));
        let joint = |b: Option<u8>| {
            b.is_none_or(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.' | b' ' | b'(' | b')'))
        };
        let digits = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_digit());
        if joint(before) && joint(after) && (digits(before) || digits(after)) {
            out[at] = digit;
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// `- poste 224`, `/ ext 4` after a number.
fn extension(text: &str, end: usize) -> (usize, String) {
    let rest = &text[end..];
    let skip = rest.len() - rest.trim_start_matches([' ', ',', '-', '–', '/', '·', ';', '(']).len();
    match leading_extension(&rest[skip..]) {
        Some((length, ext)) => {
            let mut end = end + skip + length;
            if rest[..skip].contains('(') && text[end..].starts_with(')') {
                end += 1;
            }
            (end, ext)
        }
        None => (end, String::new()),
    }
}

/// `poste 224` at the head: its length and digits.
fn leading_extension(text: &str) -> Option<(usize, String)> {
    let lower = text.get(..text.len().min(24)).map_or_else(|| fold(text), str::to_ascii_lowercase);
    let word = ["extension", "poste", "post.", "ext", "p.", "x", "#", "local", "loc."]
        .into_iter()
        .find(|word| lower.starts_with(word))?;
    let mut rest = text.get(word.len()..)?;
    // `poste/ext. 2`
    for other in ["/ext", "/poste", "/Ext", "/Poste"] {
        rest = rest.strip_prefix(other).unwrap_or(rest);
    }
    let skip = rest.len() - rest.trim_start_matches(['.', ' ', ':', '#', '\u{a0}', 'n', 'o', '°']).len();
    let digits = rest[skip..].bytes().take_while(u8::is_ascii_digit).count();
    let after = rest[skip + digits..].chars().next();
    ((1..=6).contains(&digits) && after.is_none_or(|c| !c.is_alphanumeric()))
        .then(|| (text.len() - rest.len() + skip + digits, rest[skip..skip + digits].to_owned()))
}

/// `Poste 224` on a line below its number.
fn lone_extension(sheet: &mut Sheet, row: usize, found: &mut [Number]) {
    let text = sheet.visible(row);
    let lead = text.len() - text.trim_start().len();
    let Some(number) = found.iter_mut().rev().find(|number| number.row + 1 >= row && number.ext.is_empty())
    else {
        return;
    };
    if number.row == row && !text.starts_with('|') {
        return;
    }
    if let Some((length, ext)) =
        leading_extension(&text[lead..]).filter(|(length, _)| text[lead + length..].trim().is_empty())
    {
        number.ext = ext;
        sheet.take(row, lead..lead + length, Taken::Field);
    }
}

/// Whether a folded word announces a number.
#[cfg(test)]
pub(super) fn is_label(word: &str) -> bool {
    kind(word).is_some()
}

/// What a word says of a number; `""` for a word that says phone and nothing more.
fn kind(word: &str) -> Option<&'static str> {
    Some(match word {
        "cell" | "cel" | "cellulaire" | "cellular" | "cellphone" | "mobile" | "mob" | "portable" | "port"
        | "gsm" | "texto" | "text" | "sms" | "c" | "m" | "whatsapp" => "mobile",
        "tel" | "telephone" | "phone" | "ph" | "t" | "p" | "numero" | "tél" | "teléphone" | "tei" | "te1"
        | "call" | "appelez" | "principal" | "main" | "voice" | "voix" | "contact" => "",
        "bur" | "bureau" | "office" | "off" | "work" | "travail" | "trav" | "direct" | "directe"
        | "ligne" | "line" | "d" | "b" | "o" | "w" | "reception" | "standard" | "switchboard"
        | "business" | "bus" | "atelier" | "shop" | "usine" | "boutique" | "magasin" | "clinique" | "ld" => {
            "work"
        }
        "dom" | "domicile" | "res" | "residence" | "maison" | "home" | "h" | "r" | "perso" | "personnel" => {
            "home"
        }
        "fax" | "telec" | "telecopieur" | "telecopie" | "facsimile" | "f" | "tlc" | "telefax" => "fax",
        "sans-frais" | "sans" | "frais" | "toll-free" | "toll" | "free" | "tollfree" | "sansfrais"
        | "1-800" | "s-f" | "sf" | "numero-sans-frais" => "tollfree",
        "ou" | "or" | "et" | "and" | "no" | "num" | "number" | "de" | "du" | "our" | "by" | "par" => "-",
        _ => return None,
    })
}

/// The label that ends right before a number: where it begins, and what it says.
fn label_before(text: &str, at: usize) -> (usize, Option<&'static str>) {
    let lead = text[..at].trim_end_matches(['(', '+', ' ']);
    let floor = lead
        .rfind(['|', '•', '·', ';', ','])
        .map_or(0, |end| end + lead[end..].chars().next().map_or(1, char::len_utf8));
    let segment = &lead[floor..];
    let mut start = lead.len();
    let mut said: Option<&'static str> = None;
    let mut words = 0;
    let mut rest = segment;
    loop {
        let trimmed = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        let word_start = trimmed
            .rfind(|c: char| !(c.is_alphanumeric() || c == '-'))
            .map_or(0, |end| end + trimmed[end..].chars().next().map_or(1, char::len_utf8));
        let word = fold(&trimmed[word_start..]);
        let letter = word.chars().count() == 1;
        let marked = rest[trimmed.len()..].starts_with([':', '.', ')'])
            || word_start == 0
            || said.is_some()
            || trimmed[..word_start].ends_with(' ') && trimmed[word_start..].starts_with(char::is_uppercase);
        let Some(known) =
            kind(&word).filter(|known| (*known != "-" || said.is_some()) && (!letter || marked) && words < 6)
        else {
            break;
        };
        said = Some(match said {
            None => known,
            // The more telling word wins: `Tél. cell.`, `Ligne directe`.
            Some("" | "work") if !matches!(known, "" | "-") => known,
            Some(said) => said,
        });
        words += 1;
        start = floor + word_start;
        rest = &trimmed[..word_start];
        if rest.trim_end_matches(|c: char| !c.is_alphanumeric()).is_empty() {
            // Icons and signs before the label go with it.
            start = floor + (segment.len() - segment.trim_start().len());
            break;
        }
    }
    if said.is_none() {
        // A telephone sign tells little, a mobile phone or a fax more.
        let sign = segment.chars().rev().find(|c| !c.is_whitespace());
        let said = match sign {
            Some('📱' | '📲') => Some("mobile"),
            Some('📠' | '🖷') => Some("fax"),
            _ => None,
        };
        return (at, said);
    }
    (start, said)
}

/// The label behind a number: `(bureau)`, `- cell.`, where it does not belong to the number that follows.
fn label_behind(text: &str, at: usize, region: &str) -> (usize, Option<&'static str>) {
    let rest = &text[at..];
    let stop = rest.find(['|', '•', '·', ';', ',']).unwrap_or(rest.len());
    let segment = &rest[..stop];
    let trimmed = segment.trim_start();
    let bracket = trimmed.starts_with(['(', '[']);
    let (inner, end) = if bracket {
        let Some(close) = trimmed.find([')', ']']) else { return (at, None) };
        (&trimmed[1..close], segment.len() - trimmed.len() + close + 1)
    } else {
        if next_is_number(segment, region) || rest[stop..].is_empty() && segment.trim().is_empty() {
            return (at, None);
        }
        (trimmed, segment.trim_end().len())
    };
    let mut said: Option<&'static str> = None;
    for word in inner
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty() && *word != "-")
    {
        let folded = fold(word);
        match kind(&folded) {
            Some("-") => {}
            Some(known) if bracket || folded.len() > 1 => {
                said = Some(match said {
                    Some(before) if !before.is_empty() => before,
                    _ => known,
                });
            }
            _ => return (at, None),
        }
    }
    match said {
        Some(said) => (at + end, Some(said)),
        None => (at, None),
    }
}

fn next_is_number(segment: &str, region: &str) -> bool {
    !phone::find(segment, region).is_empty()
}

/// A line above that is a label and nothing else.
fn label_above(sheet: &mut Sheet, row: usize) -> Option<&'static str> {
    let above = row.checked_sub(1)?;
    let text = sheet.visible(above);
    let lead = text.trim_end_matches([' ', ':', '.']);
    if lead.is_empty() || lead.contains('|') || lead.len() > 30 {
        return None;
    }
    let (start, said) = label_before(lead, lead.len());
    if start != 0 || lead.chars().count() < 2 {
        return None;
    }
    sheet.take_row(above, Taken::Label);
    said
}
