//! Text to query.

use super::super::keys::{self, Field};
use super::super::lex::{is_gap, quoted};
use super::super::line::market_how;
use super::super::{Chip, ChipKind, Context};
use super::states::{state, thing};
use crate::domain::query::{Days, Filter, Place, Query, Term};
use crate::text::dates::{self, Lean};
use crate::text::fold::fold;
use crate::text::{clean, phone, shapes};

/// A query as understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryReading {
    /// The query.
    pub query: Query,
    /// One chip a term, in order.
    pub chips: Vec<Chip>,
}

/// Reads a query. Never fails; an unfinished term (`@`, `next:`) asks for nothing yet.
pub fn read(text: &str, ctx: &Context) -> QueryReading {
    let mut reader = Reader { text, ctx, at: 0, reading: QueryReading::default() };
    while reader.term() {}
    reader.reading
}

/// One alternative of a value.
struct Item {
    text: String,
    literal: bool,
    /// `:word` glued to closing quotes.
    tail: String,
}

struct Reader<'a> {
    text: &'a str,
    ctx: &'a Context,
    at: usize,
    reading: QueryReading,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Reads one term; false at the end.
    fn term(&mut self) -> bool {
        let rest = self.rest();
        self.at += rest.find(|c| !is_gap(c)).unwrap_or(rest.len());
        if self.at == self.text.len() {
            return false;
        }
        let start = self.at;
        let negated =
            self.rest().starts_with('-') && self.rest()[1..].chars().next().is_some_and(|c| !is_gap(c));
        self.at += usize::from(negated);
        let filter = self.filter();
        debug_assert!(self.at > start, "a term has a length");
        if let Some((filter, kind)) = filter {
            let range = start..self.at;
            let text = clean::line(&self.text[range.clone()]);
            self.reading.chips.push(Chip { range, kind, text });
            self.reading.query.terms.push(Term { negated, filter });
        }
        true
    }

    fn filter(&mut self) -> Option<(Filter, ChipKind)> {
        let rest = self.rest();
        if let Some((length, phrase)) = quoted(rest) {
            self.at += length;
            return (!phrase.is_empty()).then_some((Filter::Phrase(phrase), ChipKind::Word));
        }
        if let Some(word) = self.shape() {
            return Some((Filter::Word(vec![word]), ChipKind::Word));
        }
        if let Some((length, field)) = key(rest) {
            let start = self.at;
            self.at += length;
            let items = self.items();
            if items.is_empty() {
                return None;
            }
            let by_sign = length == 1;
            if let Some(found) = self.field(field, &items, by_sign) {
                return Some(found);
            }
            // A key without a sound value is a word.
            let words = clean::line(&self.text[start..self.at]);
            return Some((Filter::Word(vec![words]), ChipKind::Word));
        }
        let items = self.items();
        let words: Vec<String> = items.into_iter().map(|item| item.text).collect();
        if words.is_empty()
            || words.iter().all(|word| word.chars().count() == 1 && keys::of_sign(first(word)).is_some())
        {
            return None;
        }
        Some((Filter::Word(words), ChipKind::Word))
    }

    /// A bare email, web address or phone number is one word; of a number only its digits count.
    fn shape(&mut self) -> Option<String> {
        let rest = self.rest();
        let plain = |length: usize| rest[length..].chars().next().is_none_or(is_gap);
        if let Some(length) =
            shapes::email_at(rest).or_else(|| shapes::url_at(rest)).filter(|length| plain(*length))
        {
            let word = clean::line(&rest[..length]);
            if !word.contains(',') {
                self.at += length;
                return Some(word);
            }
        }
        let (length, parsed) = phone::at(rest, &self.ctx.region).filter(|(length, _)| plain(*length))?;
        self.at += length;
        let digits = parsed.e164.strip_prefix("+1").filter(|digits| digits.len() == 10);
        Some(digits.unwrap_or(&parsed.e164[1..]).to_owned())
    }

    /// Alternatives with commas between and no blanks, each perhaps quoted.
    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        loop {
            let rest = self.rest();
            if let Some((length, text)) = quoted(rest) {
                self.at += length;
                let after = &rest[length..];
                let tail = after
                    .strip_prefix(':')
                    .map_or(0, |tail| 1 + tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len()));
                self.at += tail;
                if !text.is_empty() {
                    items.push(Item {
                        text,
                        literal: true,
                        tail: after[..tail].trim_start_matches(':').to_owned(),
                    });
                }
            } else {
                let end = rest.find(|c| is_gap(c) || c == ',').unwrap_or(rest.len());
                let text = clean::line(&rest[..end]);
                self.at += end;
                if !text.is_empty() {
                    items.push(Item { text, literal: false, tail: String::new() });
                }
            }
            if !self.rest().starts_with(',') {
                return items;
            }
            self.at += 1;
        }
    }

    fn field(&self, field: Field, items: &[Item], by_sign: bool) -> Option<(Filter, ChipKind)> {
        let texts = || items.iter().map(|item| item.text.clone()).collect::<Vec<_>>();
        let one = match items {
            [one] => Some(one),
            _ => None,
        };
        Some(match field {
            Field::Org => (Filter::Org(texts()), ChipKind::Org),
            Field::Title | Field::Former => (Filter::Title(texts()), ChipKind::Title),
            Field::Value => (Filter::Value(texts()), ChipKind::Value),
            Field::Tag => (Filter::Tag(texts()), ChipKind::Tag),
            Field::Via | Field::Knows => (Filter::Via(texts()), ChipKind::Via),
            Field::Note => (Filter::Note(texts()), ChipKind::Note),
            Field::Market => {
                let markets = items.iter().map(|item| {
                    if let Some(how) = market_how(&item.tail) {
                        return (item.text.clone(), Some(how));
                    }
                    let cut =
                        item.text.rsplit_once(':').filter(|(name, _)| !item.literal && !name.is_empty());
                    match cut.and_then(|(name, how)| Some((name, market_how(how)?))) {
                        Some((name, how)) => (name.to_owned(), Some(how)),
                        None => (item.text.clone(), None),
                    }
                });
                (Filter::Market(markets.collect()), ChipKind::Market)
            }
            Field::Met => {
                match one.filter(|one| !one.literal).and_then(|one| self.met_on(&one.text, by_sign)) {
                    Some(days) => (Filter::MetOn(days), ChipKind::MetOn),
                    None => (Filter::MetAt(texts()), ChipKind::Event),
                }
            }
            Field::In => {
                let places = items.iter().map(|item| match fold(&item.text).as_str() {
                    "me" | "moi" if !item.literal => Place::Me,
                    _ => Place::Named(item.text.clone()),
                });
                (Filter::In(places.collect()), ChipKind::Place)
            }
            Field::Close => {
                let (from, to) = levels(&one?.text)?;
                (Filter::Close(from, to), ChipKind::Closeness)
            }
            Field::Next => (Filter::Next(self.days(&one?.text, Lean::Ahead)?), ChipKind::Next),
            Field::Is => {
                let states = items.iter().map(|item| state(&item.text)).collect::<Option<Vec<_>>>()?;
                (Filter::Is(states), ChipKind::State)
            }
            Field::Has => {
                let things = items.iter().map(|item| thing(&item.text)).collect::<Option<Vec<_>>>()?;
                (Filter::Has(things), ChipKind::Has)
            }
            Field::Stale => (Filter::Stale(stale(&one?.text)?), ChipKind::Stale),
            Field::Word
            | Field::Name
            | Field::Nickname
            | Field::Credential
            | Field::Email
            | Field::Phone
            | Field::Url => (Filter::Word(texts()), ChipKind::Word),
            Field::Birthday | Field::Lang | Field::Club => return None,
        })
    }

    /// Days of a meeting. After the sign a bare name (`%Avril`) is an event, not a month.
    fn met_on(&self, text: &str, by_sign: bool) -> Option<Days> {
        if by_sign && !text.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.days(text, Lean::Back)
    }

    /// `2025-11`, `2025-11..`, `..friday`, `2025..2026-03`
    fn days(&self, text: &str, lean: Lean) -> Option<Days> {
        let end = |text: &str| match text {
            "" => Some(None),
            _ => dates::days(text, self.ctx.today, lean).map(Some),
        };
        match text.split_once("..") {
            Some((from, to)) => Some(Days {
                from: end(from)?.map(|days| days.from),
                to: end(to.trim_start_matches('.'))?.map(|days| days.to),
            }),
            None => end(text)?.map(|days| Days { from: Some(days.from), to: Some(days.to) }),
        }
    }
}

fn first(word: &str) -> char {
    word.chars().next().unwrap_or(' ')
}

/// A sign with something behind it, or a key word with its colon: length and field.
fn key(text: &str) -> Option<(usize, Field)> {
    let c = text.chars().next()?;
    if let Some(field) = keys::of_sign(c) {
        return text[1..].chars().next().is_some_and(|next| !is_gap(next)).then_some((1, field));
    }
    let end = text.find(|c: char| !(c.is_alphabetic() || c == '-')).filter(|end| (1..=20).contains(end))?;
    let field = keys::of_word(&text[..end])?;
    text[end..].starts_with(':').then_some((end + 1, field))
}

/// `3`, `3..`, `..2`, `2..4`
fn levels(text: &str) -> Option<(u8, u8)> {
    let level = |text: &str, open: u8| match text {
        "" => Some(open),
        _ => text.parse::<u8>().ok().filter(|level| *level <= 5),
    };
    match text.split_once("..") {
        Some((from, to)) => Some((level(from, 0)?, level(to, 5)?)),
        None => level(text, 6).filter(|level| *level <= 5).map(|level| (level, level)),
    }
}

/// `90`, `90d`, `90j`, `6w`, `6sem`, `3m`, `3mois`, `1y`, `1an`, in days.
fn stale(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let count: u32 = text[..end].parse().ok()?;
    let unit = match fold(text[end..].trim()).as_str() {
        "" | "d" | "j" | "day" | "days" | "jour" | "jours" => 1,
        "w" | "s" | "sem" | "week" | "weeks" | "semaine" | "semaines" => 7,
        "m" | "mo" | "mois" | "month" | "months" => 30,
        "y" | "a" | "an" | "ans" | "year" | "years" => 365,
        _ => return None,
    };
    count.checked_mul(unit).filter(|days| *days <= 100_000)
}
