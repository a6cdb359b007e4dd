//! Postal addresses of Canada, the United States and France: found by their code, then city before it, street above.

mod codes;
mod regions;
mod streets;

use std::ops::Range;

use super::sheet::{Sheet, Taken};
use crate::domain::contact::Address;
use crate::text::fold::fold;
use crate::text::words::TOWNS;
use codes::{Code, next_code};
use regions::{COUNTRIES, PROVINCES, STATE_NAMES, STATES, strip_end};
use streets::{set_street, street_and_city, street_at, titled, unit_word};

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
        // Between them a line of another column may stand.
        let above = (row.saturating_sub(3)..row).rev().find(|above| ends_as_city(&sheet.visible(*above)));
        if let Some(above) = above.filter(|_| empty) {
            row = above;
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
                let city_known = address.city.is_empty() && (province.is_some() || TOWNS.has(&fold(city)));
                let (street, city) = if city_known { (street, city) } else { (Some(&text[start..]), "") };
                set_street(street.unwrap_or_default(), &mut address);
                if city_known {
                    address.city = titled(city);
                    region.clone_into(&mut address.region);
                }
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
