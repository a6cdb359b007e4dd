//! Dates as people say them, and numbers with the thousands separator of their language.
//!
//! Nothing here reads a clock: today comes in from the caller.

use jiff::tz::TimeZone;

use super::i18n::{Catalogue, Lang};
use crate::domain::time::{Date, PartialDate, Timestamp};

/// How long ago a day was, or how far off it is: *3 weeks ago*, *in 2 days*, *hier*.
///
/// Days up to six, then whole weeks up to 29 days, then calendar months, then calendar years.
pub fn ago(date: Date, today: Date, lang: Lang) -> String {
    let words = lang.catalogue();
    let days = days_between(date, today);
    let past = days >= 0;
    let (from, to) = if past { (date, today) } else { (today, date) };
    let distance = days.unsigned_abs();
    match distance {
        0 => return words.date_today(),
        1 => return if past { words.date_yesterday() } else { words.date_tomorrow() },
        2 => {
            return if past { words.date_day_before_yesterday() } else { words.date_day_after_tomorrow() };
        }
        _ => {}
    }
    let months = whole_months(from, to);
    match (past, distance, months) {
        (true, ..7, _) => words.date_days_ago(distance),
        (false, ..7, _) => words.date_in_days(distance),
        (true, ..30, _) => words.date_weeks_ago(distance / 7),
        (false, ..30, _) => words.date_in_weeks(distance / 7),
        (true, _, ..12) => words.date_months_ago(months.max(1)),
        (false, _, ..12) => words.date_in_months(months.max(1)),
        (true, ..) => words.date_years_ago(months / 12),
        (false, ..) => words.date_in_years(months / 12),
    }
}

/// A written date: *Nov 3, 2025*, *3 nov. 2025*, *1er nov. 2025*.
pub fn day(date: Date, lang: Lang) -> String {
    let words = lang.catalogue();
    words.date_full(month(date.month(), words), day_of_month(date.day(), words), date.year().to_string())
}

/// A date of which parts may be unknown: *2025*, *Nov 2025*, *12 avr.*
pub fn partial(date: &PartialDate, lang: Lang) -> String {
    let words = lang.catalogue();
    match date {
        PartialDate::Day(date) => day(*date, lang),
        PartialDate::Month(year, of) => words.date_month_year(month(*of, words), year.to_string()),
        PartialDate::Year(year) => year.to_string(),
        PartialDate::Yearly(of, on) => words.date_day_month(month(*of, words), day_of_month(*on, words)),
        PartialDate::Text(text) => text.clone(),
    }
}

/// The day of the week: *Monday*, *lundi*.
pub fn weekday(date: Date, lang: Lang) -> String {
    let words = lang.catalogue();
    match date.weekday() {
        jiff::civil::Weekday::Monday => words.weekday_1(),
        jiff::civil::Weekday::Tuesday => words.weekday_2(),
        jiff::civil::Weekday::Wednesday => words.weekday_3(),
        jiff::civil::Weekday::Thursday => words.weekday_4(),
        jiff::civil::Weekday::Friday => words.weekday_5(),
        jiff::civil::Weekday::Saturday => words.weekday_6(),
        jiff::civil::Weekday::Sunday => words.weekday_7(),
    }
}

/// A moment of history, in the given time zone: *Nov 3, 2025, 14:05*, *3 nov. 2025, 14 h 05*.
pub fn moment(at: Timestamp, zone: &TimeZone, lang: Lang) -> String {
    let local = at.to_zoned(zone.clone());
    lang.catalogue().date_moment(
        day(local.date(), lang),
        format!("{:02}", local.hour()),
        format!("{:02}", local.minute()),
    )
}

/// A number with the language's thousands separator: *16,000*, *16 000* (no-break space).
pub fn number(number: u64, lang: Lang) -> String {
    let digits = number.to_string();
    let separator = match lang {
        Lang::En => ',',
        Lang::Fr => '\u{a0}',
    };
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

/// Days from `from` to `to`; negative when `from` is later.
fn days_between(from: Date, to: Date) -> i64 {
    (to - from).get_days().into()
}

/// Whole calendar months from `from` to `to`, which is not earlier.
fn whole_months(from: Date, to: Date) -> i64 {
    let months = (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month())
        - i64::from(from.month());
    // 31 January to 28 February is a month: the last day of a month closes it.
    let short = to.day() < from.day() && to != to.last_of_month();
    months - i64::from(short)
}

fn day_of_month(day: i8, words: &Catalogue) -> String {
    if day == 1 { words.date_first() } else { day.to_string() }
}

fn month(month: i8, words: &Catalogue) -> String {
    match month {
        1 => words.month_1(),
        2 => words.month_2(),
        3 => words.month_3(),
        4 => words.month_4(),
        5 => words.month_5(),
        6 => words.month_6(),
        7 => words.month_7(),
        8 => words.month_8(),
        9 => words.month_9(),
        10 => words.month_10(),
        11 => words.month_11(),
        _ => words.month_12(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 3, 31);

    fn said(date: Date) -> (String, String) {
        (ago(date, TODAY, Lang::En), ago(date, TODAY, Lang::Fr))
    }

    #[test]
    fn near_days_have_names() {
        assert_eq!(said(TODAY), ("today".into(), "aujourd’hui".into()));
        assert_eq!(said(date(2026, 3, 30)), ("yesterday".into(), "hier".into()));
        assert_eq!(said(date(2026, 3, 29)), ("2 days ago".into(), "avant-hier".into()));
        assert_eq!(said(date(2026, 4, 1)), ("tomorrow".into(), "demain".into()));
        assert_eq!(said(date(2026, 4, 2)), ("in 2 days".into(), "après-demain".into()));
    }

    #[test]
    fn farther_days_are_counted_in_weeks_months_and_years() {
        assert_eq!(said(date(2026, 3, 25)), ("6 days ago".into(), "il y a 6 jours".into()));
        assert_eq!(said(date(2026, 3, 10)), ("3 weeks ago".into(), "il y a 3 semaines".into()));
        assert_eq!(said(date(2026, 4, 7)), ("in 1 week".into(), "dans 1 semaine".into()));
        assert_eq!(said(date(2026, 2, 28)), ("1 month ago".into(), "il y a 1 mois".into()));
        assert_eq!(said(date(2025, 3, 31)), ("1 year ago".into(), "il y a 1 an".into()));
        assert_eq!(said(date(2028, 4, 1)), ("in 2 years".into(), "dans 2 ans".into()));
    }

    #[test]
    fn the_end_of_a_short_month_closes_a_month() {
        assert_eq!(ago(date(2026, 1, 31), date(2026, 2, 28), Lang::En), "4 weeks ago");
        assert_eq!(ago(date(2026, 1, 29), date(2026, 2, 28), Lang::En), "1 month ago");
        assert_eq!(ago(date(2024, 12, 31), date(2025, 11, 30), Lang::En), "11 months ago");
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trouble() {
        assert_eq!(ago(Date::MIN, Date::MAX, Lang::En), "19,998 years ago");
        assert_eq!(ago(Date::MAX, Date::MIN, Lang::En), "in 19,998 years");
    }

    #[test]
    fn written_dates_follow_their_language() {
        let first = date(2025, 11, 1);
        assert_eq!(day(first, Lang::En), "Nov 1, 2025");
        assert_eq!(day(first, Lang::Fr), "1er nov. 2025");
        assert_eq!(day(date(2025, 11, 3), Lang::Fr), "3 nov. 2025");
        assert_eq!(partial(&PartialDate::parse("--04-12"), Lang::En), "Apr 12");
        assert_eq!(partial(&PartialDate::parse("2025-11"), Lang::Fr), "nov. 2025");
        assert_eq!(partial(&PartialDate::parse("circa 1800"), Lang::Fr), "circa 1800");
    }

    #[test]
    fn a_moment_has_its_hour() {
        let at: Timestamp = "2025-11-03T14:05:00Z".parse().expect("a timestamp");
        assert_eq!(moment(at, &TimeZone::UTC, Lang::En), "Nov 3, 2025, 14:05");
        assert_eq!(moment(at, &TimeZone::UTC, Lang::Fr), "3 nov. 2025, 14\u{a0}h\u{a0}05");
    }

    #[test]
    fn numbers_have_their_separator() {
        assert_eq!(number(999, Lang::En), "999");
        assert_eq!(number(16_000, Lang::En), "16,000");
        assert_eq!(number(1_234_567, Lang::Fr), "1\u{a0}234\u{a0}567");
        assert_eq!(Lang::En.catalogue().people_count(16_000), "16,000 people");
        assert_eq!(Lang::Fr.catalogue().people_count(16_000), "16\u{a0}000 personnes");
    }
}
