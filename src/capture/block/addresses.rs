//! Postal addresses of Canada, the United States and France: found by their code, then city before it, street above.

use std::ops::Range;

use super::sheet::{Sheet, Taken};
use crate::domain::contact::Address;
use crate::text::fold::fold;
use crate::text::words::{STREETS, TOWNS, UNITS};

/// An address and the row of its code or street.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// In parts.
    pub address: Address,
    /// Index into the sheet's rows.
    pub row: usize,
    /// 0 to 1.
    pub confidence: f32,
}

/// Where a code stands.
struct Code {
    row: usize,
    range: Range<usize>,
    /// The rest of a code that is torn over two lines.
    below: Option<Range<usize>>,
    postal: String,
    country: &'static str,
    /// It stands before the city, as in France.
    leads: bool,
    repaired: bool,
}

/// Takes the addresses of a card; most have one.
pub(super) fn take(sheet: &mut Sheet) -> Vec<Place> {
    let mut found = Vec::new();
    while let Some(code) = next_code(sheet) {
        found.push(around(sheet, &code));
        if found.len() > 8 {
            break;
        }
    }
    if found.is_empty()
        && let Some(place) = without_code(sheet)
    {
        found.push(place);
    }
    found
}

fn next_code(sheet: &Sheet) -> Option<Code> {
    let french = sheet.rows.iter().enumerate().any(|(row, _)| {
        let text = fold(&sheet.rows[row].text);
        text.contains("france") || text.contains("+33") || text.contains("cedex") || text.ends_with(".fr")
    });
    (0..sheet.rows.len()).find_map(|row| {
        let text = sheet.visible(row);
        let torn = || torn_code(sheet, row, &text);
        canadian(&text)
            .map(|(range, postal, repaired)| Code {
                row,
                range,
                below: None,
                postal,
                country: "CA",
                leads: false,
                repaired,
            })
            .or_else(torn)
            .or_else(|| {
                american(&text).map(|(range, postal)| Code {
                    row,
                    range,
                    below: None,
                    postal,
                    country: "US",
                    leads: false,
                    repaired: false,
                })
            })
            .or_else(|| {
                let street_above =
                    row.checked_sub(1).is_some_and(|above| street_at(&sheet.visible(above)).is_some());
                french_code(&text).filter(|_| french || street_above).map(|(range, postal)| Code {
                    row,
                    range,
                    below: None,
                    postal,
                    country: "FR",
                    leads: true,
                    repaired: false,
                })
            })
    })
}

fn as_letter(c: u8) -> Option<u8> {
    match c.to_ascii_uppercase() {
        b'0' => Some(b'O'),
        b'1' => Some(b'I'),
        b'5' => Some(b'S'),
        b'8' => Some(b'B'),
        b'2' => Some(b'Z'),
        b'6' => Some(b'G'),
        c if c.is_ascii_uppercase() => Some(c),
        _ => None,
    }
}

fn as_digit(c: u8) -> Option<u8> {
    match c {
        b'O' | b'o' | b'Q' | b'D' => Some(b'0'),
        b'I' | b'l' | b'i' | b'|' => Some(b'1'),
        b'S' | b's' => Some(b'5'),
        b'B' => Some(b'8'),
        b'Z' | b'z' => Some(b'2'),
        b'G' => Some(b'6'),
        c if c.is_ascii_digit() => Some(c),
        _ => None,
    }
}

/// `A9A` or `9A9` with letters and digits that resemble each other put right; and how many were.
fn half(bytes: &[u8], letters_first: bool) -> Option<(String, usize)> {
    let mut out = String::new();
    let mut repaired = 0;
    for (at, c) in bytes.iter().enumerate() {
        let letter = (at % 2 == 0) == letters_first;
        let right = if letter { as_letter(*c)? } else { as_digit(*c)? };
        repaired += usize::from(right != c.to_ascii_uppercase());
        out.push(char::from(right));
    }
    Some((out, repaired))
}

/// Letters that may begin a Canadian code (Canada Post: none of D, F, I, O, Q, U, W, Z).
const FIRST: &str = "ABCEGHJKLMNPRSTVXY";

fn canadian(text: &str) -> Option<(Range<usize>, String, bool)> {
    let bytes = text.as_bytes();
    let free = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at)).is_none_or(|b| !b.is_ascii_alphanumeric() && *b < 0x80)
    };
    let mut best: Option<(usize, Range<usize>, String)> = None;
    for at in 0..bytes.len() {
        if !free(at.checked_sub(1)) || bytes[at] == b'|' {
            continue;
        }
        for gap in 0..=3usize {
            let between = bytes.get(at + 3..at + 3 + gap);
            if !between.is_some_and(|gap| gap.iter().all(|b| matches!(b, b' ' | b'-' | b'.'))) {
                continue;
            }
            let (Some(left), Some(right)) = (bytes.get(at..at + 3), bytes.get(at + 3 + gap..at + 6 + gap))
            else {
                continue;
            };
            let (Some((fsa, a)), Some((ldu, b))) = (half(left, true), half(right, false)) else { continue };
            let digits = [left, right].concat().iter().filter(|b| b.is_ascii_digit()).count();
            let sound = free(Some(at + 6 + gap))
                && a + b <= 2
                && fsa.starts_with(|c| FIRST.contains(c))
                && digits >= 1;
            // With letters for digits it needs capitals, lest a word be one.
            let dressed = a + b == 0
                || left
                    .iter()
                    .chain(right)
                    .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || *b == b'l');
            if sound && dressed && best.as_ref().is_none_or(|(worst, ..)| a + b < *worst) {
                best = Some((a + b, at..at + 6 + gap, format!("{fsa} {ldu}")));
            }
        }
    }
    best.map(|(repaired, range, postal)| (range, postal, repaired > 0))
}

/// `… Québec J1N` above `2A6`.
fn torn_code(sheet: &Sheet, row: usize, text: &str) -> Option<Code> {
    let trimmed = text.trim_end();
    let start = trimmed.len().checked_sub(3)?;
    let left = trimmed.as_bytes().get(start..)?;
    let free = start == 0 || !trimmed.as_bytes()[start - 1].is_ascii_alphanumeric();
    let (fsa, a) = half(left, true).filter(|(fsa, _)| free && fsa.starts_with(|c| FIRST.contains(c)))?;
    if row + 1 >= sheet.rows.len() || !trimmed.is_char_boundary(start) {
        return None;
    }
    let below = sheet.visible(row + 1);
    let lead = below.len() - below.trim_start().len();
    let right = below.as_bytes().get(lead..lead + 3)?;
    let (ldu, b) = half(right, false)?;
    let ends = below.as_bytes().get(lead + 3).is_none_or(|b| !b.is_ascii_alphanumeric());
    (ends && a + b <= 1).then(|| Code {
        row,
        range: start..trimmed.len(),
        below: Some(lead..lead + 3),
        postal: format!("{fsa} {ldu}"),
        country: "CA",
        leads: false,
        repaired: true,
    })
}

const STATES: &str = " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC ";

const STATE_NAMES: &[(&str, &str)] = &[
    ("vermont", "VT"),
    ("new york", "NY"),
    ("new hampshire", "NH"),
    ("maine", "ME"),
    ("massachusetts", "MA"),
    ("california", "CA"),
    ("connecticut", "CT"),
    ("florida", "FL"),
    ("texas", "TX"),
    ("michigan", "MI"),
    ("ohio", "OH"),
    ("pennsylvania", "PA"),
    ("new jersey", "NJ"),
    ("illinois", "IL"),
    ("washington", "WA"),
    ("rhode island", "RI"),
    ("georgia", "GA"),
    ("virginia", "VA"),
];

/// `VT 05401`, `Vermont 05401-1234`: the code only.
fn american(text: &str) -> Option<(Range<usize>, String)> {
    for (range, digits) in fives(text) {
        let before = text[..range.start].trim_end_matches([' ', ',']);
        let word = before.rsplit([' ', ',', '|']).next().unwrap_or_default();
        let folded = fold(before);
        let state = word.len() == 2 && STATES.contains(&format!(" {word} "))
            || STATE_NAMES.iter().any(|(name, _)| folded.ends_with(name));
        if !state {
            continue;
        }
        let rest = &text[range.end..];
        let more = rest
            .strip_prefix('-')
            .filter(|tail| tail.len() >= 4 && tail.bytes().take(4).all(|b| b.is_ascii_digit()));
        let end = range.end + if more.is_some() { 5 } else { 0 };
        let postal = if more.is_some() { text[range.start..end].to_owned() } else { digits };
        return Some((range.start..end, postal));
    }
    None
}

/// `75011 Paris`, `F-75011 Paris`.
fn french_code(text: &str) -> Option<(Range<usize>, String)> {
    fives(text).into_iter().find(|(range, _)| {
        let after = text[range.end..].trim_start();
        text[range.end..].starts_with(' ') && after.starts_with(char::is_uppercase)
    })
}

/// Runs of exactly five digits.
fn fives(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let count = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if count == 5 && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric()) {
            found.push((at..at + 5, text[at..at + 5].to_owned()));
        }
        at += count.max(1);
    }
    found
}

/// Provinces and what people write for them.
const PROVINCES: &[(&str, &str)] = &[
    ("quebec", "QC"),
    ("que.", "QC"),
    ("qc", "QC"),
    ("p.q.", "QC"),
    ("pq", "QC"),
    ("qué.", "QC"),
    ("que", "QC"),
    ("q.c.", "QC"),
    ("oc", "QC"),
    ("ontario", "ON"),
    ("on", "ON"),
    ("ont.", "ON"),
    ("new brunswick", "NB"),
    ("nouveau-brunswick", "NB"),
    ("nb", "NB"),
    ("n.-b.", "NB"),
    ("n.b.", "NB"),
    ("nova scotia", "NS"),
    ("nouvelle-ecosse", "NS"),
    ("ns", "NS"),
    ("n.-e.", "NS"),
    ("pe", "PE"),
    ("pei", "PE"),
    ("ipe", "PE"),
    ("newfoundland and labrador", "NL"),
    ("nl", "NL"),
    ("manitoba", "MB"),
    ("mb", "MB"),
    ("saskatchewan", "SK"),
    ("sk", "SK"),
    ("alberta", "AB"),
    ("ab", "AB"),
    ("british columbia", "BC"),
    ("colombie-britannique", "BC"),
    ("bc", "BC"),
    ("b.c.", "BC"),
    ("c.-b.", "BC"),
    ("yukon", "YT"),
    ("yt", "YT"),
    ("nt", "NT"),
    ("nu", "NU"),
    ("nunavut", "NU"),
];

const COUNTRIES: &[(&str, &str)] = &[
    ("canada", "CA"),
    ("france", "FR"),
    ("usa", "US"),
    ("u.s.a.", "US"),
    ("united states", "US"),
    ("etats-unis", "US"),
    ("belgique", "BE"),
    ("suisse", "CH"),
];

/// Takes a name of a list off the end of a text: what is left, and its code. Brackets around it go too.
fn strip_end<'a>(text: &'a str, names: &[(&str, &'static str)]) -> Option<(&'a str, &'static str)> {
    let trimmed = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ')' | '|' | ';' | '-' | '–' | '—' | ']')
    });
    let bracketed = trimmed.len() < text.trim_end_matches([' ', ',']).len();
    names.iter().find_map(|(name, code)| {
        let start = (0..trimmed.len())
            .rev()
            .filter(|at| trimmed.is_char_boundary(*at))
            .take(40)
            .find(|at| fold(&trimmed[*at..]) == *name)?;
        let before = trimmed[..start].chars().next_back();
        let word = before.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '\'' && c != '’');
        // `on` ends many a sentence; a province stands in capitals.
        let capital = trimmed[start..].starts_with(char::is_uppercase)
            && (name.len() > 2
                || trimmed[start..].chars().nth(1).is_some_and(char::is_uppercase)
                || trimmed[start..].starts_with("Qc")
                || bracketed);
        (word && capital).then(|| (trimmed[..start].trim_end_matches(['(', '[', ' ', ',']), *code))
    })
}

/// Gathers what belongs to a code.
fn around(sheet: &mut Sheet, code: &Code) -> Place {
    let mut address = Address { postal: code.postal.clone(), ..Address::default() };
    let confidence = sheet.rows[code.row].confidence * if code.repaired { 0.9 } else { 1.0 };
    sheet.take(code.row, code.range.clone(), Taken::Field);
    if let Some(below) = &code.below {
        sheet.take(code.row + 1, below.clone(), Taken::Field);
    }
    country_after(sheet, code, &mut address);
    let mut row = code.row;
    if code.leads {
        city_after(sheet, code, &mut address);
        head(sheet, row, 0..code.range.start, &mut address);
    } else {
        let start = segment_start(sheet, row, code.range.start);
        let empty = !sheet.visible(row)[start..code.range.start].chars().any(char::is_alphanumeric);
        // `Sherbrooke, Québec, Canada` above a code alone.
        if empty && row > 0 && ends_as_city(&sheet.visible(row - 1)) {
            row -= 1;
            let end = sheet.rows[row].text.len();
            let start = segment_start(sheet, row, end);
            head(sheet, row, start..end, &mut address);
        } else {
            head(sheet, row, start..code.range.start, &mut address);
        }
    }
    if address.street.is_empty() {
        streets_near(sheet, row, &mut address);
    }
    unit_near(sheet, row, &mut address);
    if address.country.is_empty() && code.country != "CA" {
        code.country.clone_into(&mut address.country);
    }
    Place { address, row: code.row, confidence }
}

/// Where the words before a code begin: after the last thing that was taken or divided off.
fn segment_start(sheet: &Sheet, row: usize, end: usize) -> usize {
    let text = sheet.visible(row);
    let segment = &text[..end];
    let floor = segment.trim_end_matches(['|', ' ']).rfind('|').map_or(0, |at| at + 1);
    // `1010, rue Principale | Windsor (Québec) | J1S 2C6`: bars may divide one address.
    let pieces: Vec<&str> = segment.split('|').collect();
    let own = &segment[floor..];
    let needs_more = street_at(own).is_none() && floor > 0 && sheet.rows[row].taken_at(floor - 1).is_none();
    if !needs_more {
        return floor;
    }
    let before = pieces
        .iter()
        .rev()
        .skip_while(|piece| !piece.chars().any(char::is_alphanumeric))
        .nth(1)
        .copied()
        .unwrap_or_default();
    if street_at(before).is_some() { floor - 1 - before.len() } else { floor }
}

fn ends_as_city(text: &str) -> bool {
    let rest = strip_end(text, COUNTRIES).map_or(text, |(rest, _)| rest);
    strip_end(rest, PROVINCES).is_some() || TOWNS.has(&fold(rest.trim().trim_end_matches(',')))
}

/// City, region and perhaps the street before a code.
fn head(sheet: &mut Sheet, row: usize, range: Range<usize>, address: &mut Address) {
    let text = sheet.visible(row);
    let slice = text[range.clone()].to_owned();
    let mut rest = slice.as_str();
    if let Some((before, country)) = strip_end(rest, COUNTRIES) {
        country.clone_into(&mut address.country);
        rest = before;
    }
    let states: Vec<(String, &'static str)> =
        STATES.split_whitespace().map(|code| (code.to_ascii_lowercase(), code)).collect();
    let by_code: Vec<(&str, &'static str)> =
        states.iter().map(|(name, code)| (name.as_str(), *code)).collect();
    let regions: &[&[(&str, &'static str)]] = if address.postal.starts_with(|c: char| c.is_ascii_digit()) {
        &[STATE_NAMES, &by_code]
    } else {
        &[PROVINCES]
    };
    for names in regions {
        if let Some((before, region)) = strip_end(rest, names).filter(|_| address.region.is_empty()) {
            region.clone_into(&mut address.region);
            rest = before;
        }
    }
    let rest = rest.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '(' | '|' | '-' | '–' | '—' | '·' | '•' | ';')
    });
    let lead = rest.len() - without_label(rest).len();
    let body = &rest[lead..];
    let (street, city) = street_and_city(body);
    let named =
        city.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '|' | '·' | '•' | '–'));
    if !named.is_empty() {
        address.city = titled(named);
    }
    let start = range.start + if street.is_none() && !city.is_empty() { rest.len() - city.len() } else { 0 };
    if let Some(street) = street {
        set_street(street, address);
    }
    // Only what is an address is taken: words before a city without a street stay.
    let taken = if address.city.is_empty() && address.street.is_empty() {
        range.start + rest.len()..range.end
    } else {
        start..range.end
    };
    for free in sheet.rows[row].free() {
        let part = free.start.max(taken.start)..free.end.min(taken.end);
        if part.start < part.end {
            sheet.take(row, part, Taken::Field);
        }
    }
}

/// A city that was printed in capitals is written as people write it.
fn titled(city: &str) -> String {
    let letters = city.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 3 && !city.chars().any(char::is_lowercase) {
        super::names::title_case(city)
    } else {
        city.to_owned()
    }
}

/// `Adresse :` and its like at the head.
fn without_label(text: &str) -> &str {
    let trimmed = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let folded = fold(trimmed);
    for label in ["adresse", "address", "adr.", "adr", "siege social", "head office", "bureau", "a"] {
        if let Some(rest) = folded.strip_prefix(label)
            && rest.trim_start_matches('\u{a0}').trim_start().starts_with(':')
        {
            let colon = trimmed.find(':').unwrap_or(0);
            return trimmed[colon + 1..].trim_start();
        }
    }
    trimmed
}

/// Cuts `280, 2e Avenue, Weedon` into street and city; without a street all is the city, or its last words are.
fn street_and_city(text: &str) -> (Option<&str>, &str) {
    let Some(street) = street_at(text) else {
        return (None, last_part(text));
    };
    let body = &text[street..];
    if let Some((left, right)) = body.rsplit_once([',', '|', '•', '·', ';']).filter(|(left, right)| {
        !unit_word(right)
            && street_at(left).is_some()
            && right.chars().any(char::is_alphabetic)
            && has_street_word(left)
    }) {
        return (Some(left.trim_end_matches([',', ' '])), right.trim());
    }
    if let Some((left, right)) = [" - ", " – ", " — "].iter().find_map(|dash| body.rsplit_once(dash)) {
        return (Some(left), right);
    }
    // No sign between street and town: the longest known town at the end, else the last word.
    let starts: Vec<usize> = body.match_indices(' ').map(|(at, _)| at + 1).collect();
    if let Some(at) = starts
        .iter()
        .copied()
        .filter(|at| has_street_word(&body[..*at]))
        .find(|at| TOWNS.has(&fold(&body[*at..])))
    {
        return (Some(body[..at].trim_end()), &body[at..]);
    }
    match body.rsplit_once(' ').filter(|(left, right)| {
        street_at(left).is_some()
            && right.starts_with(char::is_uppercase)
            && left.split(' ').count() >= 3
            && has_street_word(left)
    }) {
        Some((left, right)) => (Some(left.trim_end_matches(',')), right),
        None => (Some(body), ""),
    }
}

/// The city at the end of words without a street.
fn last_part(text: &str) -> &str {
    let part = text.rsplit([',', '|', '•', '·', ';', ':']).next().unwrap_or(text).trim();
    let part =
        [" - ", " – ", " — "].iter().find_map(|dash| part.rsplit_once(dash)).map_or(part, |(_, right)| right);
    if part.split(' ').count() <= 4 && !part.chars().any(|c| c.is_ascii_digit()) {
        return part;
    }
    part.match_indices(' ').map(|(at, _)| &part[at + 1..]).find(|tail| TOWNS.has(&fold(tail))).unwrap_or("")
}

/// Where a street with its number begins in a text.
pub(super) fn street_at(text: &str) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let starts = c.is_ascii_digit() && !before.is_alphanumeric() && before != '#' && before != '-';
        before = c;
        if starts && is_street(&text[at..]) {
            return Some(at);
        }
    }
    let folded = fold(text);
    let boxes = ["c.p.", "cp ", "case postale", "p.o. box", "po box", "b.p.", "bp ", "rr ", "r.r."];
    boxes
        .iter()
        .find_map(|word| {
            folded.find(word).filter(|at| {
                (*at == 0 || !folded.as_bytes()[at - 1].is_ascii_alphanumeric())
                    && folded[*at..].chars().any(|c| c.is_ascii_digit())
            })
        })
        .filter(|at| text.is_char_boundary(*at) && folded.len() == text.len() || *at == 0)
}

fn is_street(text: &str) -> bool {
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    if number > 6 {
        return false;
    }
    let rest = &text[number..];
    let rest = rest
        .strip_prefix(|c: char| c.is_ascii_alphabetic())
        .filter(|rest| rest.starts_with([' ', ',']))
        .unwrap_or(rest);
    let rest = match rest.strip_prefix(['-', '–']) {
        Some(more) => more.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    if !rest.starts_with([' ', ',', '\u{a0}']) {
        return false;
    }
    let stop = rest.find(['|', '•', '·']).unwrap_or(rest.len());
    has_street_word(&rest[..stop])
}

/// Whether one of the first words names a kind of street.
fn has_street_word(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .take(7)
        .any(|word| STREETS.has(fold(word).trim_end_matches('.')))
}

fn unit_word(text: &str) -> bool {
    let trimmed = text.trim_start();
    let folded = fold(trimmed);
    let mut words = folded.split([' ', '.', '\u{a0}']).filter(|word| !word.is_empty());
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let numbered = |word: &str| word.chars().any(|c| c.is_ascii_digit()) || word.chars().count() == 1;
    trimmed.starts_with('#') && trimmed.chars().any(|c| c.is_ascii_digit())
        || UNITS.has(first) && (numbered(second.trim_start_matches(['#', 'n'])) || second.is_empty())
        || UNITS.has(second) && first.starts_with(|c: char| c.is_ascii_digit())
        || matches!(first, "rez-de-chaussee" | "rdc")
}

/// Splits a street from its unit and keeps both.
fn set_street(text: &str, address: &mut Address) {
    let mut parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if let Some(at) = parts.iter().rposition(|part| unit_word(part)) {
        let unit = parts.remove(at);
        unit.clone_into(&mut address.unit);
    }
    let mut street = parts.join(", ");
    if address.unit.is_empty() {
        // `77 Dufferin Road Unit 3`, `1450 rue King Ouest bureau 210`
        let found = street
            .match_indices(' ')
            .map(|(at, _)| at)
            .skip(1)
            .find(|at| unit_word(&street[at + 1..]) && has_street_word(&street[..*at]));
        if let Some(at) = found {
            street[at + 1..].trim().clone_into(&mut address.unit);
            street.truncate(at);
        }
    }
    street.trim_matches([',', ' ', '-', '–', '|']).clone_into(&mut address.street);
}

fn country_after(sheet: &mut Sheet, code: &Code, address: &mut Address) {
    let mut places = vec![(code.row, code.range.end)];
    if code.row + 1 < sheet.rows.len() {
        places.push((code.row + 1, 0));
    }
    for (row, from) in places {
        let text = sheet.visible(row);
        let rest = text[from..]
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '.' | '|'));
        if let Some((_, country)) = COUNTRIES.iter().find(|(name, _)| fold(rest) == *name) {
            country.to_string().clone_into(&mut address.country);
            sheet.take_row(row, Taken::Field);
            return;
        }
    }
}

fn city_after(sheet: &mut Sheet, code: &Code, address: &mut Address) {
    let text = sheet.visible(code.row);
    let rest = &text[code.range.end..];
    let stop = rest.find(['|', ',', '•', '·', '(']).unwrap_or(rest.len());
    let city = rest[..stop].trim();
    let city = strip_end(city, COUNTRIES).map_or(city, |(city, country)| {
        country.clone_into(&mut address.country);
        city
    });
    address.city = titled(city.trim_end_matches([' ', '-', '–']));
    sheet.take(code.row, code.range.end..code.range.end + stop, Taken::Field);
}

/// The street in the lines above, else right below.
fn streets_near(sheet: &mut Sheet, row: usize, address: &mut Address) {
    let above = (row.saturating_sub(4)..row).rev();
    let below = row + 1..(row + 3).min(sheet.rows.len());
    for near in above.chain(below).collect::<Vec<_>>() {
        let text = sheet.visible(near);
        let Some(start) = street_at(&text) else { continue };
        let stop = text[start..].find(['|', '•', '·']).map_or(text.len(), |at| start + at);
        let lead = start - (text[..start].len() - without_label_prefix(&text[..start]));
        set_street(text[start..stop].trim_end_matches([',', ' ']), address);
        sheet.take(near, lead..start, Taken::Label);
        sheet.take(near, start..stop, Taken::Field);
        return;
    }
    // A number and a name right above, without any word for street: `77 Dufferin`.
    if let Some(near) = row.checked_sub(1) {
        let text = sheet.visible(near);
        let trimmed = text.trim();
        let number = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        let words = trimmed.split(' ').count();
        let rest = trimmed[number..].trim_start_matches([',', ' ']);
        if (1..=5).contains(&number)
            && (2..=5).contains(&words)
            && rest.starts_with(char::is_uppercase)
            && !trimmed.contains('|')
            && rest.chars().all(|c| c.is_alphanumeric() || " -'’.,#".contains(c))
        {
            set_street(trimmed, address);
            sheet.take_row(near, Taken::Field);
        }
    }
}

/// Bytes of the words before a street that are no label.
fn without_label_prefix(text: &str) -> usize {
    let trimmed = text.trim_end_matches([' ', ':', '\u{a0}']);
    let start = trimmed.rfind(['|', ' ']).map_or(0, |at| at + 1);
    if matches!(fold(&trimmed[start..]).as_str(), "adresse" | "address" | "adr." | "adr" | "a") {
        start
    } else {
        text.len()
    }
}

/// A unit on a line of its own beside the street: `Bureau 300`.
fn unit_near(sheet: &mut Sheet, row: usize, address: &mut Address) {
    if !address.unit.is_empty() || address.street.is_empty() {
        return;
    }
    for near in row.saturating_sub(3)..(row + 2).min(sheet.rows.len()) {
        for piece in sheet.pieces_of(near) {
            if unit_word(&piece.text)
                && piece.text.split(' ').count() <= 4
                && piece.text.chars().any(|c| c.is_ascii_digit())
            {
                piece.text.clone_into(&mut address.unit);
                sheet.take(near, piece.range, Taken::Field);
                return;
            }
        }
    }
}

/// An address without a code: a street and a town, or a town with its province.
fn without_code(sheet: &mut Sheet) -> Option<Place> {
    let mut address = Address::default();
    let mut at = None;
    for row in 0..sheet.rows.len() {
        for piece in sheet.pieces_of(row) {
            let text = piece.text.clone();
            let province = strip_end(&text, PROVINCES)
                .filter(|(rest, _)| !rest.is_empty() && rest.split([' ', ',']).count() <= 8);
            if let Some(start) = street_at(&text)
                && address.street.is_empty()
            {
                let (rest, region) = province.unwrap_or((text.as_str(), ""));
                let (street, city) = if province.is_some() || rest.contains(',') {
                    street_and_city(&rest[start..])
                } else {
                    (Some(&rest[start..]), "")
                };
                let city_known = province.is_some() || TOWNS.has(&fold(city));
                let (street, city) = if city_known { (street, city) } else { (Some(&rest[start..]), "") };
                set_street(street.unwrap_or_default(), &mut address);
                address.city = titled(city);
                region.clone_into(&mut address.region);
                sheet.take(row, piece.range.start + start..piece.range.end, Taken::Field);
                at = Some(row);
            } else if address.city.is_empty() {
                let (rest, region) = province.unwrap_or((text.as_str(), ""));
                let city = rest.trim_end_matches([',', ' ', '(']);
                let known = TOWNS.has(&fold(city));
                let follows = at.is_some_and(|street| row <= street + 1)
                    && province.is_some()
                    && city.split(' ').count() <= 4;
                if known || follows {
                    address.city = titled(city);
                    region.clone_into(&mut address.region);
                    sheet.take(row, piece.range.clone(), Taken::Field);
                    at = at.or(Some(row));
                }
            }
        }
    }
    at.map(|row| Place { address, row, confidence: sheet.rows[row].confidence * 0.8 })
}
