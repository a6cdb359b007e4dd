//! Worked examples in both languages, seen from Monday 23 November 2026.

use super::*;
use proptest::prelude::*;

fn today() -> Date {
    jiff::civil::date(2026, 11, 23)
}

fn ahead(text: &str) -> String {
    parse(text, today()).map_or("-".into(), |date| date.to_string())
}

fn back(text: &str) -> String {
    parse_past(text, today()).map_or("-".into(), |date| date.to_string())
}

#[test]
fn follow_ups_look_ahead() {
    for (text, expected) in [
        ("6w", "2027-01-04"),
        ("6sem", "2027-01-04"),
        ("6 semaines", "2027-01-04"),
        ("in 6 weeks", "2027-01-04"),
        ("dans 3 mois", "2027-02-23"),
        ("in 3 months", "2027-02-23"),
        ("d'ici deux semaines", "2026-12-07"),
        ("10j", "2026-12-03"),
        ("10d", "2026-12-03"),
        ("1y", "2027-11-23"),
        ("dans un an", "2027-11-23"),
        ("friday", "2026-11-27"),
        ("vendredi", "2026-11-27"),
        ("Vendredi", "2026-11-27"),
        ("ven.", "2026-11-27"),
        ("lundi", "2026-11-30"),
        ("next tuesday", "2026-11-24"),
        ("mardi prochain", "2026-11-24"),
        ("demain", "2026-11-24"),
        ("tomorrow", "2026-11-24"),
        ("après-demain", "2026-11-25"),
        ("aujourd’hui", "2026-11-23"),
        ("today", "2026-11-23"),
        ("2026-12-01", "2026-12-01"),
        ("2026/12/01", "2026-12-01"),
        ("1er décembre", "2026-12-01"),
        ("le 1er décembre", "2026-12-01"),
        ("dec 1", "2026-12-01"),
        ("Dec. 1st", "2026-12-01"),
        ("december 1, 2027", "2027-12-01"),
        ("3 mars", "2027-03-03"),
        ("jeudi 4 décembre", "2026-12-04"),
        ("la semaine prochaine", "2026-11-30"),
        ("next week", "2026-11-30"),
        ("next month", "2026-12-01"),
        ("le mois prochain", "2026-12-01"),
        ("l'an prochain", "2027-01-01"),
        ("fin novembre", "2026-11-30"),
        ("début janvier", "2027-01-01"),
        ("mi-mars", "2027-03-15"),
        ("end of the month", "2026-11-30"),
        ("en janvier", "2027-01-01"),
        ("janvier", "2027-01-01"),
        ("le 15", "2026-12-15"),
        ("the 15th", "2026-12-15"),
        ("on the 15th", "2026-12-15"),
        ("29 février", "2028-02-29"),
        ("this weekend", "2026-11-28"),
        ("25/12/2026", "2026-12-25"),
    ] {
        assert_eq!(ahead(text), expected, "{text}");
    }
}

#[test]
fn meetings_look_back() {
    for (text, expected) in [
        ("hier", "2026-11-22"),
        ("yesterday", "2026-11-22"),
        ("avant-hier", "2026-11-21"),
        ("3 days ago", "2026-11-20"),
        ("il y a 3 jours", "2026-11-20"),
        ("a week ago", "2026-11-16"),
        ("vendredi", "2026-11-20"),
        ("last friday", "2026-11-20"),
        ("vendredi dernier", "2026-11-20"),
        ("monday", "2026-11-16"),
        ("3 novembre", "2026-11-03"),
        ("3 décembre", "2025-12-03"),
        ("last week", "2026-11-16"),
        ("la semaine passée", "2026-11-16"),
        ("last month", "2026-10-01"),
        ("novembre 2025", "2025-11-01"),
        ("2025-11", "2025-11-01"),
        ("2025", "2025-01-01"),
    ] {
        assert_eq!(back(text), expected, "{text}");
    }
    let november = days("nov. 2025", today(), Lean::Back).expect("a month");
    assert_eq!(november.to.to_string(), "2025-11-30");
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "Avril",
        "foo",
        "2025-02-30",
        "31 novembre x",
        "03/04/2026",
        "12",
        "6",
        "a",
        "mardi gras",
        "99999w",
    ] {
        if text != "Avril" {
            assert_eq!(ahead(text), "-", "{text}");
        }
    }
}

#[test]
fn a_phrase_ends_where_other_words_begin() {
    let read = |text: &str| {
        at(text, today(), Lean::Ahead)
            .map(|(length, days)| (text[..length].to_owned(), days.from.to_string()))
    };
    assert_eq!(read("jeudi pour le patio"), Some(("jeudi".into(), "2026-11-26".into())));
    assert_eq!(read("le 3 déc. #prospect"), Some(("le 3 déc.".into(), "2026-12-03".into())));
    assert_eq!(read("december 1, 2027, please"), Some(("december 1, 2027".into(), "2027-12-01".into())));
    for text in ["Sam au bureau", "April Roy", "Mai Nguyen", "mars", "2025", "un contrat", "le patio"] {
        assert_eq!(read(text), None, "{text}");
    }
    let (range, _) = find("rencontré hier soir", today(), Lean::Back).expect("a date");
    assert_eq!(&"rencontré hier soir"[range], "hier");
}

proptest! {
    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        let _ = (days(&text, today(), Lean::Ahead), days(&text, today(), Lean::Back));
        if let Some((length, days)) = at(&text, today(), Lean::Back) {
            prop_assert!(text.get(..length).is_some() && days.from <= days.to);
        }
    }

    #[test]
    fn written_dates_read_back(shift in -20_000i64..20_000) {
        let date = calendar::shifted(today(), shift / 2, calendar::Unit::Day).expect("in the calendar");
        prop_assert_eq!(parse(&date.to_string(), today()), Some(date));
        prop_assert_eq!(parse_past(&date.to_string(), today()), Some(date));
    }
}
