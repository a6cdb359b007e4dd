//! The words of dates, folded, in both languages.

use jiff::civil::Weekday;

use super::calendar::Unit;

/// A third of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Start,
    Middle,
    End,
}

/// A weekday by its whole name.
pub(super) fn weekday_name(word: &str) -> Option<Weekday> {
    Some(match word {
        "lundi" | "monday" => Weekday::Monday,
        "mardi" | "tuesday" => Weekday::Tuesday,
        "mercredi" | "wednesday" => Weekday::Wednesday,
        "jeudi" | "thursday" => Weekday::Thursday,
        "vendredi" | "friday" => Weekday::Friday,
        "samedi" | "saturday" => Weekday::Saturday,
        "dimanche" | "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// A weekday by its short name.
pub(super) fn weekday_abbreviation(word: &str) -> Option<Weekday> {
    Some(match word {
        "lun" | "mon" => Weekday::Monday,
        "mar" | "tue" | "tues" => Weekday::Tuesday,
        "mer" | "merc" | "wed" | "weds" => Weekday::Wednesday,
        "jeu" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "ven" | "vend" | "fri" => Weekday::Friday,
        "sam" | "sat" => Weekday::Saturday,
        "dim" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// A month, 1 to 12.
pub(super) fn month(word: &str) -> Option<i8> {
    Some(match word {
        "janvier" | "january" | "janv" | "jan" => 1,
        "fevrier" | "february" | "fevr" | "fev" | "feb" => 2,
        "mars" | "march" | "mar" => 3,
        "avril" | "april" | "avr" | "apr" => 4,
        "mai" | "may" => 5,
        "juin" | "june" | "jun" => 6,
        "juillet" | "july" | "juil" | "jul" => 7,
        "aout" | "august" | "aug" => 8,
        "septembre" | "september" | "sept" | "sep" => 9,
        "octobre" | "october" | "oct" => 10,
        "novembre" | "november" | "nov" => 11,
        "decembre" | "december" | "dec" => 12,
        _ => return None,
    })
}

/// A day of the month: `1`, `1er`, `3rd`, `22nd`.
pub(super) fn ordinal(word: &str) -> Option<i8> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits)
        || !matches!(&word[digits..], "" | "er" | "re" | "e" | "st" | "nd" | "rd" | "th")
    {
        return None;
    }
    word[..digits].parse().ok().filter(|day| (1..=31).contains(day))
}

/// A count in digits or words.
pub(super) fn number(word: &str) -> Option<i64> {
    if (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok();
    }
    Some(match word {
        "a" | "an" | "un" | "une" | "one" => 1,
        "deux" | "two" => 2,
        "trois" | "three" => 3,
        "quatre" | "four" => 4,
        "cinq" | "five" => 5,
        "six" => 6,
        "sept" | "seven" => 7,
        "huit" | "eight" => 8,
        "neuf" | "nine" => 9,
        "dix" | "ten" => 10,
        "onze" | "eleven" => 11,
        "douze" | "twelve" => 12,
        "quinze" | "fifteen" => 15,
        "vingt" | "twenty" => 20,
        "trente" | "thirty" => 30,
        _ => return None,
    })
}

/// What is counted; single letters only where they stand glued to the number (`6w`).
pub(super) fn unit(word: &str, glued: bool) -> Option<Unit> {
    Some(match word {
        "day" | "days" | "jour" | "jours" => Unit::Day,
        "week" | "weeks" | "wk" | "wks" | "semaine" | "semaines" | "sem" => Unit::Week,
        "month" | "months" | "mois" | "mo" | "mos" => Unit::Month,
        "year" | "years" | "yr" | "yrs" | "an" | "ans" | "annee" | "annees" => Unit::Year,
        "d" | "j" if glued => Unit::Day,
        "w" | "s" if glued => Unit::Week,
        "m" if glued => Unit::Month,
        "y" | "a" if glued => Unit::Year,
        _ => return None,
    })
}

/// *début*, *mid*, *end*.
pub(super) fn part(word: &str) -> Option<Part> {
    Some(match word {
        "debut" | "early" | "beginning" | "start" => Part::Start,
        "mi" | "mid" => Part::Middle,
        "fin" | "late" | "end" => Part::End,
        _ => return None,
    })
}
