//! Points in time, and dates as people know them: sometimes only a year, sometimes only a day of the year.

use std::fmt;
use std::str::FromStr;

pub use jiff::Timestamp;
pub use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date of which any part may be unknown: `2025`, `2025-11`, `2025-11-03`, `--04-12` (no year), or, where
/// nothing could be read, the words that stood there (RFC 6350 §4.3, `VALUE=text`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PartialDate {
    /// A year alone.
    Year(i16),
    /// A year and a month (1–12).
    Month(i16, i8),
    /// A whole date.
    Day(Date),
    /// A month and a day of unknown year, as birthdays often are.
    Yearly(i8, i8),
    /// Text that is no date, kept word for word.
    Text(String),
}

impl PartialDate {
    /// The whole date, when all of it is known.
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(*date),
            _ => None,
        }
    }

    /// Month and day, when both are known: what a birthday needs.
    pub fn month_day(&self) -> Option<(i8, i8)> {
        match self {
            Self::Day(date) => Some((date.month(), date.day())),
            Self::Yearly(month, day) => Some((*month, *day)),
            _ => None,
        }
    }

    /// The first day that this date can mean; `None` without a year.
    pub fn earliest(&self) -> Option<Date> {
        match self {
            Self::Year(year) => Date::new(*year, 1, 1).ok(),
            Self::Month(year, month) => Date::new(*year, *month, 1).ok(),
            Self::Day(date) => Some(*date),
            Self::Yearly(..) | Self::Text(_) => None,
        }
    }

    /// The last day that this date can mean; `None` without a year.
    pub fn latest(&self) -> Option<Date> {
        match self {
            Self::Year(year) => Date::new(*year, 12, 31).ok(),
            Self::Month(year, month) => Date::new(*year, *month, 1).ok().map(Date::last_of_month),
            Self::Day(date) => Some(*date),
            Self::Yearly(..) | Self::Text(_) => None,
        }
    }

    /// Reads the written forms of this type; anything else becomes [`PartialDate::Text`].
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        Self::parse_iso(text).unwrap_or_else(|| Self::Text(text.to_owned()))
    }

    fn parse_iso(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("--") {
            let digits: String = rest.chars().filter(|c| *c != '-').collect();
            if digits.len() != 4 || !digits.is_ascii() {
                return None;
            }
            let (month, day) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
            // 2024 is a leap year, so 29 February passes.
            Date::new(2024, month, day).ok()?;
            return Some(Self::Yearly(month, day));
        }
        let bytes = text.as_bytes();
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        match bytes.len() {
            4 if all_digits(text) => Some(Self::Year(text.parse().ok()?)),
            7 if bytes[4] == b'-' && all_digits(&text[..4]) && all_digits(&text[5..]) => {
                let (year, month) = (text[..4].parse().ok()?, text[5..].parse().ok()?);
                Date::new(year, month, 1).ok()?;
                Some(Self::Month(year, month))
            }
            8 if all_digits(text) => {
                Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?)
                    .ok()
                    .map(Self::Day)
            }
            10 => Date::from_str(text).ok().map(Self::Day),
            _ => None,
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{date}"),
            Self::Yearly(month, day) => write!(f, "--{month:02}-{day:02}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms_round_trip() {
        for text in ["2025", "2025-11", "2025-11-03", "--04-12", "--02-29", "circa 1800", "1985-02-30"] {
            assert_eq!(PartialDate::parse(text).to_string(), text);
        }
        assert_eq!(PartialDate::parse("1985-02-30"), PartialDate::Text("1985-02-30".into()));
        assert_eq!(PartialDate::parse("19850412").to_string(), "1985-04-12");
    }

    #[test]
    fn a_month_spans_its_days() {
        let month = PartialDate::parse("2024-02");
        assert_eq!(month.earliest().map(|d| d.to_string()).as_deref(), Some("2024-02-01"));
        assert_eq!(month.latest().map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
    }

    #[test]
    fn multibyte_text_of_date_length_is_text() {
        assert_eq!(PartialDate::parse("é234-56"), PartialDate::Text("é234-56".into()));
        assert_eq!(PartialDate::parse("--ééé"), PartialDate::Text("--ééé".into()));
    }
}
