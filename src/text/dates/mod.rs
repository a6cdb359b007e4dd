//! Dates as people write them, relative and absolute, in French and English at once.
//!
//! A phrase means a run of days: *jeudi* one day, *next week* seven, *novembre 2025* thirty. Today is passed in.
//! Whether a bare *friday* lies ahead or behind depends on what is asked ([`Lean`]): a follow-up looks ahead,
//! a meeting looks back. A weekday is never today: who means today says so.

mod calendar;
mod vocabulary;

use jiff::civil::{Date, Weekday};

use self::calendar::{Unit, day_in_year, month_of, nearest, shifted, weekday, whole_month};
use self::vocabulary::{Part, month, number, ordinal, part, unit, weekday_abbreviation, weekday_name};
use super::fold::fold;
use super::tokens::chunks;

/// Which way a date without a direction points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// To come: follow-ups.
    Ahead,
    /// Gone by: meetings.
    Back,
}

/// The days that a phrase means, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Days {
    fn one(day: Date) -> Self {
        Self { from: day, to: day }
    }
}

/// The day that a whole text means, looking ahead: `vendredi`, `6w`, `dans 3 mois`, `2026-12-01`. Of a longer run
/// of days, the first.
pub fn parse(text: &str, today: Date) -> Option<Date> {
    days(text, today, Lean::Ahead).map(|days| days.from)
}

/// The day that a whole text means, looking back: `hier`, `vendredi`, `3 days ago`.
pub fn parse_past(text: &str, today: Date) -> Option<Date> {
    days(text, today, Lean::Back).map(|days| days.from)
}

/// The days that a whole text means. Knows more than [`at`], since nothing but a date can be meant: bare months
/// and years, short weekdays, `2025-11`.
pub fn days(text: &str, today: Date, lean: Lean) -> Option<Days> {
    let phrase = Phrase::new(text, today, lean, true);
    let (count, found) = phrase.read()?;
    (count == phrase.words.len() && phrase.complete).then_some(found)
}

/// The date phrase at the head of a text: its length in bytes and its days. The caller has seen the verb that
/// makes it a date.
pub fn at(text: &str, today: Date, lean: Lean) -> Option<(usize, Days)> {
    let phrase = Phrase::new(text, today, lean, false);
    let (count, days) = phrase.read()?;
    Some((phrase.words[count - 1].end, days))
}

/// A date phrase anywhere in a text, the first one.
pub fn find(text: &str, today: Date, lean: Lean) -> Option<(std::ops::Range<usize>, Days)> {
    chunks(text).find_map(|word| {
        let start = word.range.start + (word.text.len() - word.text.trim_start_matches('(').len());
        at(&text[start..], today, lean).map(|(length, days)| (start..start + length, days))
    })
}

/// Words looked at in one phrase; the longest, *dans la semaine du 3 décembre 2026*, has fewer.
const MOST_WORDS: usize = 8;

struct DateWord {
    text: String,
    end: usize,
    /// A sign after the word ends the phrase; a comma may still be followed by a year.
    stop: bool,
    comma: bool,
}

struct Phrase {
    words: Vec<DateWord>,
    /// All words of the text are in `words`.
    complete: bool,
    today: Date,
    lean: Lean,
    /// The text is nothing but a date.
    whole: bool,
}

impl Phrase {
    fn new(text: &str, today: Date, lean: Lean, whole: bool) -> Self {
        let mut words = Vec::new();
        let mut complete = true;
        for chunk in chunks(text) {
            let core = chunk.text.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
            if words.len() == MOST_WORDS || core.len() > 40 {
                complete = false;
                break;
            }
            let tail = &chunk.text[core.len()..];
            let dotted = tail.starts_with('.') && core.chars().count() <= 5;
            words.push(DateWord {
                text: fold(core),
                end: chunk.range.start + core.len() + usize::from(dotted),
                stop: tail.contains([';', ':', '!', '?', ')']),
                comma: tail.contains(','),
            });
        }
        Self { words, complete, today, lean, whole }
    }

    fn word(&self, at: usize) -> &str {
        // A phrase does not run across the end of a sentence.
        if at > 0 && self.words.get(at - 1).is_some_and(|before| before.stop) {
            return "";
        }
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    fn broken(&self, at: usize) -> bool {
        at > 0 && self.words.get(at - 1).is_some_and(|before| before.comma)
    }

    /// Number of words and days of the phrase at the start.
    fn read(&self) -> Option<(usize, Days)> {
        let skip = match (self.word(0), self.word(1)) {
            ("on" | "by", "the")
            | ("before" | "avant" | "vers" | "des" | "depuis", "le" | "la" | "the" | "ce") => 2,
            (
                "le" | "la" | "on" | "by" | "the" | "ce" | "cet" | "cette" | "this" | "before" | "avant"
                | "vers" | "around" | "for" | "pour" | "des" | "depuis" | "since" | "au",
                _,
            ) => 1,
            _ => 0,
        };
        let article = skip > 0 && matches!(self.word(skip - 1), "le" | "the");
        let (count, days) = self.core(skip, article).or_else(|| {
            (skip > 0)
                .then(|| self.core(0, false))
                .flatten()
                .map(|(count, days)| (count - skip.min(count), days))
        })?;
        Some((skip + count, days))
    }

    fn core(&self, at: usize, article: bool) -> Option<(usize, Days)> {
        self.absolute(at)
            .or_else(|| self.named(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.period(at))
            .or_else(|| self.day_and_month(at, article))
            .or_else(|| self.part_of_month(at))
            .or_else(|| self.month_alone(at))
    }

    /// `2026-12-01`, `2026/12/01`, `20/11/2025`; alone also `2025-11` and `2025`.
    fn absolute(&self, at: usize) -> Option<(usize, Days)> {
        let word = self.word(at);
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
        if !parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        {
            return None;
        }
        let number = |part: &str| part.parse::<i16>().ok();
        let days = match parts[..] {
            [year, month, day] if year.len() == 4 => {
                Days::one(Date::new(number(year)?, number(month)? as i8, number(day)? as i8).ok()?)
            }
            // Day and month first: only where they cannot be confused.
            [a, b, year] if year.len() == 4 => {
                let (a, b, year) = (number(a)?, number(b)?, number(year)?);
                let (day, month) = if a > 12 || a == b {
                    (a, b)
                } else if b > 12 {
                    (b, a)
                } else {
                    return None;
                };
                Days::one(Date::new(year, month as i8, day as i8).ok()?)
            }
            [year, month] if self.whole && year.len() == 4 && month.len() == 2 => {
                whole_month(number(year)?, number(month)? as i8)?
            }
            [year] if self.whole && year.len() == 4 && (1800..=2200).contains(&number(year)?) => {
                let year = number(year)?;
                Days { from: Date::new(year, 1, 1).ok()?, to: Date::new(year, 12, 31).ok()? }
            }
            _ => return None,
        };
        Some((1, days))
    }

    /// *demain*, *the day before yesterday*.
    fn named(&self, at: usize) -> Option<(usize, Days)> {
        let (count, days) = match (self.word(at), self.word(at + 1), self.word(at + 2), self.word(at + 3)) {
            ("today" | "tonight" | "aujourd'hui" | "auj" | "maintenant" | "now", ..) => (1, 0),
            ("soir" | "matin" | "midi", ..) if at > 0 && matches!(self.word(at - 1), "ce") => (1, 0),
            ("morning" | "afternoon" | "evening", ..) if at > 0 && self.word(at - 1) == "this" => (1, 0),
            ("tomorrow" | "demain", ..) => (1, 1),
            ("yesterday" | "hier", ..) => (1, -1),
            ("last", "night", ..) => (2, -1),
            ("avant-hier" | "avanthier", ..) => (1, -2),
            ("apres-demain", ..) => (1, 2),
            ("day", "before", "yesterday", _) => (3, -2),
            ("day", "after", "tomorrow", _) => (3, 2),
            _ => return None,
        };
        Some((count, Days::one(shifted(self.today, days, Unit::Day)?)))
    }

    /// `6w`, *dans 3 mois*, *3 days ago*, *il y a deux semaines*.
    fn counted(&self, at: usize) -> Option<(usize, Days)> {
        let (lead, direction) = match (self.word(at), self.word(at + 1), self.word(at + 2)) {
            ("il", "y", "a") => (3, Some(-1)),
            ("ca" | "cela", "fait", _) => (2, Some(-1)),
            ("voila", ..) => (1, Some(-1)),
            ("in" | "dans" | "d'ici" | "within" | "sous", ..) => (1, Some(1)),
            ("environ" | "about", ..) => (1, None),
            _ => (0, None),
        };
        let first = self.word(at + lead);
        let digits = first.bytes().take_while(u8::is_ascii_digit).count();
        let (mut count, amount, unit) = if digits > 0 && digits < first.len() {
            (lead + 1, first[..digits].parse::<i64>().ok()?, unit(&first[digits..], true)?)
        } else {
            let amount = number(first)?;
            if self.broken(at + lead + 1) {
                return None;
            }
            (lead + 2, amount, unit(self.word(at + lead + 1), false)?)
        };
        if lead == 0
            && number(first).is_some()
            && matches!(first, "a" | "an" | "un" | "une")
            && self.word(at + count) != "ago"
        {
            return None;
        }
        let mut sign = direction.unwrap_or(if self.lean == Lean::Ahead { 1 } else { -1 });
        match (self.word(at + count), self.word(at + count + 1)) {
            ("ago", _) => (count, sign) = (count + 1, -1),
            ("later", _) => (count, sign) = (count + 1, 1),
            ("from", "now") | ("plus", "tard") => (count, sign) = (count + 2, 1),
            _ => {}
        }
        Some((count, Days::one(shifted(self.today, sign * amount, unit)?)))
    }

    /// *vendredi*, *next friday*, *mardi dernier*, *jeudi 4 décembre*.
    fn weekday(&self, at: usize) -> Option<(usize, Days)> {
        let (lead, mut side) = match self.word(at) {
            "next" | "coming" | "prochain" => (1, Some(Lean::Ahead)),
            "last" | "past" => (1, Some(Lean::Back)),
            _ => (0, None),
        };
        let word = self.word(at + lead);
        let mut count = lead + 1;
        let day = weekday_name(word).or_else(|| {
            (self.whole
                || word != "sam" && word.len() > 3
                || matches!(word, "thu" | "fri" | "wed" | "tue" | "jeu" | "ven" | "lun"))
            .then(|| weekday_abbreviation(word))
            .flatten()
        })?;
        if lead == 0 && !self.broken(at + 1) {
            let gap = usize::from(matches!(self.word(at + 1), "le" | "the"));
            if let Some((more, days)) =
                self.absolute(at + 1 + gap).or_else(|| self.day_and_month(at + 1 + gap, gap > 0))
            {
                return Some((1 + gap + more, days));
            }
        }
        match self.word(at + count) {
            "prochain" | "suivant" => (count, side) = (count + 1, Some(Lean::Ahead)),
            "dernier" | "passe" => (count, side) = (count + 1, Some(Lean::Back)),
            _ => {}
        }
        Some((count, Days::one(weekday(self.today, day, side.unwrap_or(self.lean))?)))
    }

    /// *next week*, *la semaine prochaine*, *le mois dernier*, *cette semaine*.
    fn period(&self, at: usize) -> Option<(usize, Days)> {
        let first = self.word(at);
        if matches!(first, "weekend" | "week-end")
            || first == "fin" && self.word(at + 1) == "de" && self.word(at + 2) == "semaine"
        {
            let count = if first == "fin" { 3 } else { 1 };
            let (more, lean) = match self.word(at + count) {
                "prochain" | "prochaine" => (1, Lean::Ahead),
                "dernier" | "derniere" | "passe" | "passee" => (1, Lean::Back),
                _ => (0, self.lean),
            };
            let saturday = weekday(self.today, Weekday::Saturday, lean)?;
            return Some((count + more, Days { from: saturday, to: saturday.tomorrow().ok()? }));
        }
        let (count, steps, unit) = match (first, self.word(at + 1)) {
            ("next" | "coming", word) => (2, 1, unit(word, false)?),
            ("last" | "past", word) => (2, -1, unit(word, false)?),
            (word, "prochain" | "prochaine" | "suivante") => {
                (2, 1, unit(word.trim_start_matches("l'"), false)?)
            }
            (word, "dernier" | "derniere" | "passe" | "passee") => {
                (2, -1, unit(word.trim_start_matches("l'"), false)?)
            }
            (word, _) if at > 0 && matches!(self.word(at - 1), "this" | "cette" | "ce") => {
                (1, 0, unit(word, false)?)
            }
            _ => return None,
        };
        Some((count, calendar::period(self.today, steps, unit)?))
    }

    /// *1er décembre*, *3 déc. 2026*, *december 1st, 2026*, *the 15th*, *le 15*.
    fn day_and_month(&self, at: usize, article: bool) -> Option<(usize, Days)> {
        if let Some(day) = ordinal(self.word(at)) {
            let gap = usize::from(matches!(self.word(at + 1), "of" | "de"));
            if let Some(month) = month(self.word(at + 1 + gap)).filter(|_| !self.broken(at + 1)) {
                return self.with_year(at, 2 + gap, month, day);
            }
            let word = self.word(at);
            let next = self.word(at + 1);
            let alone =
                article && unit(next, false).is_none() && !next.starts_with(|c: char| c.is_ascii_digit());
            if alone || self.whole && self.words.len() == at + 1 && !word.bytes().all(|b| b.is_ascii_digit())
            {
                return Some((1, Days::one(calendar::day_of_month(self.today, day, self.lean)?)));
            }
            return None;
        }
        let month = month(self.word(at))?;
        let day = ordinal(self.word(at + 1)).filter(|_| !self.broken(at + 1))?;
        self.with_year(at, 2, month, day)
    }

    fn with_year(&self, at: usize, count: usize, month: i8, day: i8) -> Option<(usize, Days)> {
        let year = self.word(at + count);
        let comma = usize::from(year == "de");
        if let Some(year) = calendar::year(self.word(at + count + comma)) {
            return Some((count + comma + 1, Days::one(Date::new(year, month, day).ok()?)));
        }
        Some((count, Days::one(nearest(self.today, self.lean, |year| day_in_year(year, month, day))?)))
    }

    /// *début janvier*, *mi-mars*, *fin du mois*, *end of april*.
    fn part_of_month(&self, at: usize) -> Option<(usize, Days)> {
        let first = self.word(at);
        let (mut count, part, glued) = match first.split_once('-') {
            Some((head, tail)) => (1, part(head)?, Some(tail)),
            None => (1, part(first)?, None),
        };
        let mut word = glued.unwrap_or_else(|| self.word(at + 1));
        if glued.is_none() {
            count += 1;
            if matches!(word, "of" | "de" | "du") {
                word = self.word(at + count);
                count += 1;
                if matches!(word, "the" | "next") {
                    word = self.word(at + count);
                    count += 1;
                }
            }
        }
        let (year, month) = if matches!(word, "month" | "mois") {
            (self.today.year(), self.today.month())
        } else {
            let month = month(word)?;
            let explicit = calendar::year(self.word(at + count));
            count += usize::from(explicit.is_some());
            (explicit.unwrap_or(month_of(self.today, month, self.lean)?.from.year()), month)
        };
        let all = whole_month(year, month)?;
        let day = match part {
            Part::Start => all.from,
            Part::Middle => Date::new(year, month, 15).ok()?,
            Part::End => all.to,
        };
        Some((count, Days::one(day)))
    }

    /// *en décembre*, *novembre 2025*; alone also *november*.
    fn month_alone(&self, at: usize) -> Option<(usize, Days)> {
        let lead = usize::from(matches!(self.word(at), "en" | "in"));
        let month = month(self.word(at + lead))?;
        if let Some(year) = calendar::year(self.word(at + lead + 1)) {
            return Some((lead + 2, whole_month(year, month)?));
        }
        (lead == 1 || self.whole).then_some((lead + 1, month_of(self.today, month, self.lean)?))
    }
}

#[cfg(test)]
mod tests;
