//! A query made ready to be asked of every row of the index.
//!
//! Rows are asked from the index alone, so that queries work while the book is still being read. Only ties,
//! introducers known by their uid, the own card (`in:me`) and names of markets come from the book; what it does
//! not hold yet is not found yet.

use super::columns::{day_number, field, market_mark, thing_bit};
use super::condition::{Condition, FieldText, Kinds, Source};
use super::letters;
use super::needle::{Fit, Needle};
use crate::domain::ContactId;
use crate::domain::contact::MarketHow;
use crate::domain::query::{Days, Filter, Place, Query, State, Thing};
use crate::domain::time::Date;

/// A query, ready to be asked.
pub(super) struct Plan<'a> {
    pub source: Source<'a>,
    /// Archived people may be among the answers.
    pub archived: bool,
    /// Bare words, each with its alternatives.
    pub words: Vec<Vec<Needle>>,
    /// All other conditions, cheap ones first; `true` for those that must not hold.
    pub conditions: Vec<(bool, Condition)>,
}

impl<'a> Plan<'a> {
    /// Makes a query ready. With `sparse`, words may leave letters out.
    pub(super) fn new(source: Source<'a>, query: &Query, today: Date, sparse: bool) -> Self {
        let mut plan = Self { source, archived: false, words: Vec::new(), conditions: Vec::new() };
        for term in &query.terms {
            if let Filter::Is(states) = &term.filter {
                plan.archived |= !term.negated && states.contains(&State::Archived);
            }
            match (&term.filter, term.negated) {
                (Filter::Word(words), false) => {
                    plan.add_words(words.iter().map(|word| Needle::word(word, sparse)));
                }
                (Filter::Phrase(phrase), false) => plan.add_words(std::iter::once(Needle::phrase(phrase))),
                (filter, negated) => {
                    if let Some(condition) = plan.condition(filter, negated, today) {
                        plan.conditions.push((negated, condition));
                    }
                }
            }
        }
        plan.conditions.sort_by_key(|(_, condition)| condition.cost());
        plan
    }

    /// A word without letters and digits stands for everything, and so does the whole term.
    fn add_words(&mut self, needles: impl Iterator<Item = Option<Needle>>) {
        if let Some(needles) = needles.collect::<Option<Vec<_>>>()
            && !needles.is_empty()
        {
            self.words.push(needles);
        }
    }

    /// Whether there is anything to score.
    pub(super) fn has_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether it asks for everybody who is not archived.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.conditions.is_empty()
    }

    /// `None` for a condition that says nothing, such as a sign without its word.
    fn condition(&self, filter: &Filter, negated: bool, today: Date) -> Option<Condition> {
        let phrases = |texts: &[String]| {
            let needles: Option<Vec<Needle>> = texts.iter().map(|text| Needle::phrase(text)).collect();
            needles.filter(|needles| !needles.is_empty())
        };
        let text = |texts: &[String], fit: Fit, kinds: Kinds| {
            let needles = phrases(texts)?.into_iter();
            Some(Condition::Text(needles.map(|needle| FieldText { needle, fit, kinds }).collect()))
        };
        let day = |days: &Days| (days.from.map_or(1, day_number), days.to.map_or(u16::MAX, day_number));
        match filter {
            Filter::Word(words) => phrases(words).map(Condition::Words),
            Filter::Phrase(phrase) => Needle::phrase(phrase).map(|needle| Condition::Words(vec![needle])),
            Filter::Org(orgs) => text(orgs, Fit::Prefix, Kinds::or_lesser(field::ORG, field::FORMER_ORG)),
            Filter::Title(titles) => {
                text(titles, Fit::Prefix, Kinds::or_lesser(field::TITLE, field::FORMER_TITLE))
            }
            Filter::Value(values) => text(values, Fit::Prefix, Kinds::one(field::VALUE)),
            Filter::MetAt(events) => text(events, Fit::Prefix, Kinds::one(field::EVENT)),
            Filter::Note(notes) => text(notes, Fit::Inside, Kinds::one(field::NOTE)),
            Filter::Tag(tags) => {
                let needles = phrases(tags)?.into_iter();
                let kinds = Kinds::one(field::TAG);
                Some(Condition::Text(
                    needles.map(|needle| self.whole_if_any(needle, kinds, negated)).collect(),
                ))
            }
            Filter::Market(markets) => {
                let texts = markets.iter().flat_map(|(name, how)| self.market_texts(name, *how, negated));
                let texts = texts.collect();
                let Some(roll) = self.source.roll else { return Some(Condition::Text(texts)) };
                let seated = markets.iter().flat_map(|(name, how)| roll.seated(name, *how, negated));
                Some(Condition::Market { texts, seated: seated.collect() })
            }
            Filter::In(places) => {
                let names = places.iter().flat_map(|place| match place {
                    Place::Me => self.own_places(),
                    Place::Named(name) => vec![name.clone()],
                });
                let kinds = Kinds::one(field::PLACE);
                let needles = names.filter_map(|name| Needle::phrase(&name));
                Some(Condition::Text(
                    needles.map(|needle| FieldText { needle, fit: Fit::Prefix, kinds }).collect(),
                ))
            }
            Filter::Via(names) => {
                let names = phrases(names)?;
                let tied = self.tied_to(&names);
                Some(Condition::Via { names, tied })
            }
            Filter::Close(from, to) => Some(Condition::Close(*from, *to)),
            Filter::Next(days) => Some(day(days)).map(|(from, to)| Condition::Next(from, to)),
            Filter::MetOn(days) => Some(day(days)).map(|(from, to)| Condition::MetOn(from, to)),
            Filter::Is(states) => Some(Condition::Is { states: states.clone(), today: day_number(today) }),
            Filter::Has(things) => {
                let bits = things.iter().fold(0, |bits, thing| bits | thing_bit(*thing));
                let people = if things.contains(&Thing::Tie) { self.tied() } else { Vec::new() };
                Some(Condition::Has { things: bits, people })
            }
            Filter::Stale(days) => {
                let span = jiff::Span::new().try_days(i64::from(*days)).unwrap_or_default();
                Some(Condition::LastBy(day_number(today.saturating_sub(span))))
            }
        }
    }

    /// A whole tag or market where anybody has just that, else the beginning of one, so that a list already
    /// narrows while the word is typed and `#vin` still never means `#vinaigre`.
    fn whole_if_any(&self, needle: Needle, kinds: Kinds, negated: bool) -> FieldText {
        let mut text = FieldText { needle, fit: Fit::Whole, kinds };
        if !negated && !self.source.index.segments.iter().any(|segment| text.is_anywhere(segment)) {
            text.fit = Fit::Prefix;
        }
        text
    }

    /// A market by slug or name in either language stands for itself and all markets below it.
    fn market_texts(&self, name: &str, how: Option<MarketHow>, negated: bool) -> Vec<FieldText> {
        let kinds = match how {
            Some(_) => Kinds::one(market_mark(how)),
            None => Kinds::MARKETS,
        };
        let named = letters::form(name);
        let mut slugs: Vec<&str> = Vec::new();
        for market in self.source.book.markets() {
            let is_named = [&market.slug, &market.name_en, &market.name_fr]
                .into_iter()
                .any(|own| letters::form(own) == named);
            if is_named {
                slugs.push(&market.slug);
            }
        }
        let mut next = 0;
        while let Some(parent) = slugs.get(next).copied() {
            next += 1;
            for market in self.source.book.markets() {
                if market.parent == parent && !slugs.contains(&market.slug.as_str()) {
                    slugs.push(&market.slug);
                }
            }
        }
        let known = slugs.into_iter().filter_map(Needle::phrase);
        let mut texts: Vec<FieldText> =
            known.map(|needle| FieldText { needle, fit: Fit::Whole, kinds }).collect();
        if texts.iter().all(|text| text.needle.form() != named) {
            texts.extend(Needle::phrase(name).map(|needle| self.whole_if_any(needle, kinds, negated)));
        }
        texts
    }

    /// The user's towns and regions, else what the own addresses say.
    fn own_places(&self) -> Vec<String> {
        let me = self.source.book.me();
        let stated: Vec<String> = me.towns.iter().chain(&me.regions).cloned().collect();
        if stated.is_empty() {
            me.addresses.iter().map(|address| address.city.clone()).collect()
        } else {
            stated
        }
    }

    /// Everybody with a tie, ascending.
    fn tied(&self) -> Vec<ContactId> {
        ascending(self.source.book.ties().flat_map(|tie| [tie.a, tie.b]).collect())
    }

    /// Everybody with a tie to somebody of such a name, ascending.
    fn tied_to(&self, names: &[Needle]) -> Vec<ContactId> {
        let mut tied = Vec::new();
        for tie in self.source.book.ties() {
            for (one, other) in [(tie.a, tie.b), (tie.b, tie.a)] {
                if self.source.is_named(one, names) {
                    tied.push(other);
                }
            }
        }
        ascending(tied)
    }
}

fn ascending(mut people: Vec<ContactId>) -> Vec<ContactId> {
    people.sort_unstable();
    people.dedup();
    people
}
