//! Dates as tables of other programs hold them: written by a program or a spreadsheet, never as people say them.

use super::csv::bare;
use crate::domain::time::Date;

/// What a date cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// One day.
    Day(Date),
    /// Two numbers and a year: which of the two is the month, the rest of the column must tell.
    Either(i8, i8, i16),
}

/// Reads `07 Feb 2026`, `9 févr. 2024`, `1er août 2024`, `7-Feb-26`, `4/4/18, 10:35 AM`, `12.03.2021`, `2024-02-09`,
/// `2024-02-09 10:35:00 UTC`, and the day numbers of a spreadsheet (`45332`). A day that the calendar does not have is no
/// date.
pub(super) fn read(text: &str) -> Option<Read> {
    let text = text.trim();
    if let Some(serial) = spreadsheet_day(text) {
        return Some(Read::Day(serial));
    }
    // What follows a comma is the time of day, except in `Feb 7, 2026`.
    let words: Vec<&str> =
        text.split([' ', '\u{A0}', ',', '-', '/', '.', 'T']).filter(|word| !word.is_empty()).collect();
    let [a, b, c, ..] = words[..] else { return None };
    if let Some(month) = month(b) {
        return day(year(c)?, month, number(ordinal(a))?);
    }
    if let Some(month) = month(a) {
        return day(year(c)?, month, number(ordinal(b))?);
    }
    if a.len() == 4 {
        return day(year(a)?, number(b)?, number(c)?);
    }
    let (first, second, year) = (number(a)?, number(b)?, year(c)?);
    if text.contains('/') {
        return Some(Read::Either(first, second, year));
    }
    // With full stops or hyphens between, the day comes first everywhere.
    day(year, second, first)
}

/// Whether such a column puts the day first: decided by the first date that only one reading allows.
pub(super) fn day_first(dates: impl IntoIterator<Item = (i8, i8)>) -> Option<bool> {
    dates.into_iter().find_map(|(first, second)| match (first > 12, second > 12) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    })
}

fn day(year: i16, month: i8, day: i8) -> Option<Read> {
    Date::new(year, month, day).ok().map(Read::Day)
}

fn ordinal(day: &str) -> &str {
    day.trim_end_matches(|c: char| c.is_ascii_alphabetic())
}

fn number(text: &str) -> Option<i8> {
    if text.is_empty() || text.len() > 2 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// Four digits, or two as spreadsheets shorten them: from 70 on, the last century.
fn year(text: &str) -> Option<i16> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(number),
        2 if number < 70 => Some(2000 + number),
        2 => Some(1900 + number),
        _ => None,
    }
}

/// English and French months, whole or cut, with or without accents.
fn month(word: &str) -> Option<i8> {
    const MONTHS: [(&str, &str); 12] = [
        ("january", "janvier"),
        ("february", "fevrier"),
        ("march", "mars"),
        ("april", "avril"),
        ("may", "mai"),
        ("june", "juin"),
        ("july", "juillet"),
        ("august", "aout"),
        ("september", "septembre"),
        ("october", "octobre"),
        ("november", "novembre"),
        ("december", "decembre"),
    ];
    // Excel in French writes `juil`, `janv`, `févr`; nothing shorter than three letters is one month alone.
    if word.len() < 3 || word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let word: String = bare(word);
    let mut found = (1..).zip(MONTHS).filter(|(_, (en, fr))| en.starts_with(&word) || fr.starts_with(&word));
    let first = found.next().map(|(month, _)| month);
    // `jui` could be June or July.
    if found.next().is_some() { None } else { first }
}

/// Days since the last day of 1899, as spreadsheets count them, from 2000 to 2064.
fn spreadsheet_day(text: &str) -> Option<Date> {
    if text.len() != 5 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let days: i64 = text.parse().ok()?;
    let epoch = Date::new(1899, 12, 30).ok()?;
    (36526..60267).contains(&days).then(|| epoch.checked_add(jiff::Span::new().days(days)).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms_of_every_generation() {
        for (text, date) in [
            ("07 Feb 2026", "2026-02-07"),
            ("7-Feb-26", "2026-02-07"),
            ("9 févr. 2024", "2024-02-09"),
            ("1er août 2024", "2024-08-01"),
            ("27-avr-18", "2018-04-27"),
            ("Feb 7, 2026", "2026-02-07"),
            ("12.03.2021", "2021-03-12"),
            ("2024-02-09", "2024-02-09"),
            ("2025-12-01 14:05:11 UTC", "2025-12-01"),
            ("2025-12-01T14:05:11Z", "2025-12-01"),
            ("45331", "2024-02-09"),
        ] {
            assert_eq!(read(text), Some(Read::Day(date.parse().expect("a date"))), "{text}");
        }
        assert_eq!(read("4/5/18, 10:35 AM"), Some(Read::Either(4, 5, 2018)));
    }

    #[test]
    fn what_is_no_date() {
        for text in ["", "31 Feb 2024", "2024-13-01", "soon", "7 jui 2024", "99999", "-", "1/2", "é é é"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_column_says_which_number_is_the_month() {
        assert_eq!(day_first([(4, 5), (13, 2)]), Some(true));
        assert_eq!(day_first([(4, 5), (11, 30)]), Some(false));
        assert_eq!(day_first([(4, 5)]), None);
    }
}
