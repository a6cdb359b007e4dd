//! Calendar arithmetic for [`super`]. Every function answers `None` rather than leave the calendar.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Days, Lean};

/// What people count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// So many units from a day; months end where the month ends.
pub(super) fn shifted(day: Date, amount: i64, unit: Unit) -> Option<Date> {
    if amount.abs() > 10_000 {
        return None;
    }
    let span = match unit {
        Unit::Day => amount.days(),
        Unit::Week => amount.weeks(),
        Unit::Month => amount.months(),
        Unit::Year => amount.years(),
    };
    day.checked_add(span).ok()
}

/// The nearest such weekday that is not today.
pub(super) fn weekday(today: Date, day: Weekday, lean: Lean) -> Option<Date> {
    today.nth_weekday(if lean == Lean::Ahead { 1 } else { -1 }, day).ok()
}

/// The whole week (Monday to Sunday), month or year so many from now; a day is itself.
pub(super) fn period(today: Date, steps: i64, unit: Unit) -> Option<Days> {
    let day = shifted(today, steps, unit)?;
    match unit {
        Unit::Day => Some(Days::one(day)),
        Unit::Week => {
            let monday = shifted(day, -i64::from(day.weekday().to_monday_zero_offset()), Unit::Day)?;
            Some(Days { from: monday, to: shifted(monday, 6, Unit::Day)? })
        }
        Unit::Month => whole_month(day.year(), day.month()),
        Unit::Year => {
            Some(Days { from: Date::new(day.year(), 1, 1).ok()?, to: Date::new(day.year(), 12, 31).ok()? })
        }
    }
}

/// All days of a month.
pub(super) fn whole_month(year: i16, month: i8) -> Option<Days> {
    let from = Date::new(year, month, 1).ok()?;
    Some(Days { from, to: from.last_of_month() })
}

/// The nearest such month; the running one counts.
pub(super) fn month_of(today: Date, month: i8, lean: Lean) -> Option<Days> {
    let shift = match lean {
        Lean::Ahead if month < today.month() => 1,
        Lean::Back if month > today.month() => -1,
        _ => 0,
    };
    whole_month(today.year() + shift, month)
}

/// A day of a year; `None` for 29 February of a common year.
pub(super) fn day_in_year(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// The nearest date of those that years offer; today counts. Nine years reach from leap day to leap day.
pub(super) fn nearest(today: Date, lean: Lean, in_year: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    (0..9).find_map(|away| match lean {
        Lean::Ahead => in_year(today.year() + away).filter(|date| *date >= today),
        Lean::Back => in_year(today.year() - away).filter(|date| *date <= today),
    })
}

/// The nearest such day of a month; months too short for it are passed over.
pub(super) fn day_of_month(today: Date, day: i8, lean: Lean) -> Option<Date> {
    (0..13).find_map(|away| {
        let away = if lean == Lean::Ahead { away } else { -away };
        let month = shifted(today.first_of_month(), away, Unit::Month)?;
        let date = Date::new(month.year(), month.month(), day).ok()?;
        (if lean == Lean::Ahead { date >= today } else { date <= today }).then_some(date)
    })
}

/// Four digits that can only be a year of our time.
pub(super) fn year(word: &str) -> Option<i16> {
    let year =
        word.parse::<i16>().ok().filter(|_| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()))?;
    (1900..=2100).contains(&year).then_some(year)
}
