//! A query made ready to be asked of every row of the index.
//!
//! Rows are asked from the index alone, so that queries work while the book is still being read. Only ties,
//! introducers known by their uid, the own card (`in:me`) and names of markets come from the book; what it does
//! not hold yet is not found yet.

use super::columns::{Facts, Zone, day_number, field, market_mark, thing_bit};
use super::index::Index;
use super::letters;
use super::needle::{Fit, Hit, Needle};
use super::segment::Segment;
use crate::domain::contact::{Closeness, Door, MarketHow, Stage};
use crate::domain::query::{Days, Filter, Place, Query, State, Thing};
use crate::domain::time::Date;
use crate::domain::{Book, ContactId};

/// A query, ready to be asked.
pub(super) struct Plan<'a> {
    book: &'a Book,
    index: &'a Index,
    /// Archived people may be among the answers.
    archived: bool,
    /// Bare words, each with its alternatives.
    words: Vec<Vec<Needle>>,
    /// All other conditions, cheap ones first; `true` for those that must not hold.
    tests: Vec<(bool, Test)>,
}

/// A condition other than a bare word.
enum Test {
    /// In any of these states.
    Is { states: Vec<State>, today: u16 },
    /// Any of these things, or among these people, who ascend.
    Has { things: u16, people: Vec<ContactId> },
    /// Closeness from–to; 0 holds for undeclared closeness too.
    Close(u8, u8),
    /// A follow-up from–to.
    Next(u16, u16),
    /// Perhaps met from–to.
    MetOn(u16, u16),
    /// Last contact on this day or before.
    LastBy(u16),
    /// Any of these texts.
    Text(Vec<FieldText>),
    /// Introduced by somebody of such a name, or among these people, who ascend.
    Via { names: Vec<Needle>, tied: Vec<ContactId> },
    /// Any of the words, literally.
    Words(Vec<Needle>),
}

/// A text that must lie so in a field of one of these kinds; a hit in the `lesser` kinds counts a little less.
struct FieldText {
    needle: Needle,
    fit: Fit,
    kinds: Kinds,
}

/// Kinds of fields of one zone, as bits of their marks.
#[derive(Clone, Copy)]
struct Kinds {
    best: u32,
    lesser: u32,
}

impl Kinds {
    const fn one(mark: u8) -> Self {
        Self { best: 1 << mark, lesser: 0 }
    }

    const fn or_lesser(mark: u8, lesser: u8) -> Self {
        Self { best: 1 << mark, lesser: 1 << lesser }
    }

    fn zone(self) -> Zone {
        Zone::of(self.best.trailing_zeros() as u8)
    }
}

impl<'a> Plan<'a> {
    /// Makes a query ready. With `sparse`, words may leave letters out.
    pub(super) fn new(book: &'a Book, index: &'a Index, query: &Query, today: Date, sparse: bool) -> Self {
        let mut plan = Self { book, index, archived: false, words: Vec::new(), tests: Vec::new() };
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
                    if let Some(test) = plan.test(filter, negated, today) {
                        plan.tests.push((negated, test));
                    }
                }
            }
        }
        plan.tests.sort_by_key(|(_, test)| test.cost());
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
        self.words.is_empty() && self.tests.is_empty()
    }

    /// `None` for a condition that says nothing, such as a sign without its word.
    fn test(&self, filter: &Filter, negated: bool, today: Date) -> Option<Test> {
        let phrases = |texts: &[String]| {
            let needles: Option<Vec<Needle>> = texts.iter().map(|text| Needle::phrase(text)).collect();
            needles.filter(|needles| !needles.is_empty())
        };
        let text = |texts: &[String], fit: Fit, kinds: Kinds| {
            let needles = phrases(texts)?.into_iter();
            Some(Test::Text(needles.map(|needle| FieldText { needle, fit, kinds }).collect()))
        };
        let day = |days: &Days| (days.from.map_or(1, day_number), days.to.map_or(u16::MAX, day_number));
        match filter {
            Filter::Word(words) => phrases(words).map(Test::Words),
            Filter::Phrase(phrase) => Needle::phrase(phrase).map(|needle| Test::Words(vec![needle])),
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
                Some(Test::Text(needles.map(|needle| self.whole_if_any(needle, kinds, negated)).collect()))
            }
            Filter::Market(markets) => {
                let texts = markets.iter().flat_map(|(name, how)| self.market_texts(name, *how, negated));
                Some(Test::Text(texts.collect()))
            }
            Filter::In(places) => {
                let names = places.iter().flat_map(|place| match place {
                    Place::Me => self.own_places(),
                    Place::Named(name) => vec![name.clone()],
                });
                let kinds = Kinds::one(field::PLACE);
                let needles = names.filter_map(|name| Needle::phrase(&name));
                Some(Test::Text(
                    needles.map(|needle| FieldText { needle, fit: Fit::Prefix, kinds }).collect(),
                ))
            }
            Filter::Via(names) => {
                let names = phrases(names)?;
                let tied = self.tied_to(&names);
                Some(Test::Via { names, tied })
            }
            Filter::Close(from, to) => Some(Test::Close(*from, *to)),
            Filter::Next(days) => Some(day(days)).map(|(from, to)| Test::Next(from, to)),
            Filter::MetOn(days) => Some(day(days)).map(|(from, to)| Test::MetOn(from, to)),
            Filter::Is(states) => Some(Test::Is { states: states.clone(), today: day_number(today) }),
            Filter::Has(things) => {
                let bits = things.iter().fold(0, |bits, thing| bits | thing_bit(*thing));
                let people = if things.contains(&Thing::Tie) { self.tied() } else { Vec::new() };
                Some(Test::Has { things: bits, people })
            }
            Filter::Stale(days) => {
                let span = jiff::Span::new().try_days(i64::from(*days)).unwrap_or_default();
                Some(Test::LastBy(day_number(today.saturating_sub(span))))
            }
        }
    }

    /// A whole tag or market where anybody has just that, else the beginning of one, so that a list already
    /// narrows while the word is typed and `#vin` still never means `#vinaigre`.
    fn whole_if_any(&self, needle: Needle, kinds: Kinds, negated: bool) -> FieldText {
        let mut text = FieldText { needle, fit: Fit::Whole, kinds };
        if !negated && !self.index.segments.iter().any(|segment| text.is_anywhere(segment)) {
            text.fit = Fit::Prefix;
        }
        text
    }

    /// A market by slug or name in either language stands for itself and all markets below it.
    fn market_texts(&self, name: &str, how: Option<MarketHow>, negated: bool) -> Vec<FieldText> {
        let kinds = match how {
            Some(_) => Kinds::one(market_mark(how)),
            None => Kinds { best: u32::MAX << field::MARKET, lesser: 0 },
        };
        let named = letters::form(name);
        let mut slugs: Vec<&str> = Vec::new();
        for market in self.book.markets() {
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
            for market in self.book.markets() {
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
        let me = self.book.me();
        let stated: Vec<String> = me.towns.iter().chain(&me.regions).cloned().collect();
        if stated.is_empty() {
            me.addresses.iter().map(|address| address.city.clone()).collect()
        } else {
            stated
        }
    }

    /// Everybody with a tie, ascending.
    fn tied(&self) -> Vec<ContactId> {
        ascending(self.book.ties().flat_map(|tie| [tie.a, tie.b]).collect())
    }

    /// Everybody with a tie to somebody of such a name, ascending.
    fn tied_to(&self, names: &[Needle]) -> Vec<ContactId> {
        let mut tied = Vec::new();
        for tie in self.book.ties() {
            for (one, other) in [(tie.a, tie.b), (tie.b, tie.a)] {
                if self.is_named(one, names) {
                    tied.push(other);
                }
            }
        }
        ascending(tied)
    }

    fn is_named(&self, id: ContactId, names: &[Needle]) -> bool {
        self.index.find(id).is_some_and(|(segment, row)| {
            let name = segment.zone_of(row, Zone::Name);
            names.iter().any(|needle| needle.fits_field(name, Fit::Prefix, &|_| true))
        })
    }

    /// Who introduced a contact, when that is another contact.
    fn introducer(&self, id: ContactId) -> Option<ContactId> {
        let via = &self.book.contact(id)?.met.as_ref()?.via;
        self.book.by_uid(via).map(|contact| contact.id)
    }

    /// How well a row answers, the smaller the better; `None` when it does not. The worst of its hits counts
    /// (upper four bits), then the sum of the others.
    pub(super) fn rank(&self, segment: &Segment, row: usize) -> Option<u8> {
        let facts = &segment.facts[row];
        if !self.archived && facts.stage() == Stage::Archived {
            return None;
        }
        let masks = &segment.masks[row];
        if !self.words.iter().all(|needles| needles.iter().any(|needle| needle.may_be_in_any(masks))) {
            return None;
        }
        let mut sum = 0;
        for (negated, test) in &self.tests {
            match (self.holds(test, segment, row, facts), negated) {
                (Some(lesser), false) => sum += u8::from(lesser),
                (None, true) => {}
                _ => return None,
            }
        }
        if self.words.is_empty() {
            return Some(sum.min(15));
        }
        let mut worst = 0;
        for needles in &self.words {
            let class = best_hit(needles, segment, row)?.1.class as u8;
            sum = sum.saturating_add(worst.min(class));
            worst = worst.max(class);
        }
        Some(worst << 4 | sum.min(15))
    }

    /// For each word, where its best hit lies: the needle's text and the field's.
    pub(super) fn places<'t>(
        &'t self,
        segment: &'t Segment,
        row: usize,
    ) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.words.iter().filter_map(move |needles| {
            let (needle, hit) = best_hit(needles, segment, row)?;
            if hit.zone == Zone::Tail { None } else { needle.place_of(hit, segment, row) }
        })
    }

    /// `None` when a test does not hold, else whether it holds by something that counts less.
    fn holds(&self, condition: &Test, segment: &Segment, row: usize, facts: &Facts) -> Option<bool> {
        let plain = |holds: bool| holds.then_some(false);
        let among = |people: &[ContactId]| people.binary_search(&segment.ids[row]).is_ok();
        match condition {
            Test::Is { states, today } => plain(states.iter().any(|state| is(facts, *state, *today))),
            Test::Has { things, people } => plain(facts.things & things != 0 || among(people)),
            Test::Close(from, to) => {
                let level = facts.closeness().map_or(0, Closeness::level);
                plain((*from..=*to).contains(&level))
            }
            Test::Next(from, to) => plain(facts.next > 0 && (*from..=*to).contains(&facts.next)),
            Test::MetOn(from, to) => {
                plain(facts.met_from > 0 && facts.met_to >= *from && facts.met_from <= *to)
            }
            Test::LastBy(day) => plain(facts.last <= *day),
            Test::Text(texts) => texts.iter().filter_map(|text| text.holds(segment, row)).min(),
            Test::Words(needles) => plain(best_hit(needles, segment, row).is_some()),
            Test::Via { names, tied } => plain(among(tied) || self.is_introduced(segment, row, names)),
        }
    }

    fn is_introduced(&self, segment: &Segment, row: usize, names: &[Needle]) -> bool {
        let via = segment.via_of(row);
        !via.is_empty()
            && (names.iter().any(|needle| needle.fits_field(via, Fit::Prefix, &|_| true))
                || self.introducer(segment.ids[row]).is_some_and(|by| self.is_named(by, names)))
    }
}

impl FieldText {
    fn holds(&self, segment: &Segment, row: usize) -> Option<bool> {
        let zone = self.kinds.zone();
        if !self.needle.may_be_in(segment.masks[row][zone as usize]) {
            return None;
        }
        let text = segment.zone_of(row, zone);
        let within = |kinds: u32| self.needle.fits_field(text, self.fit, &|mark| kinds >> mark & 1 == 1);
        if within(self.kinds.best) {
            Some(false)
        } else {
            (self.kinds.lesser != 0 && within(self.kinds.lesser)).then_some(true)
        }
    }

    fn is_anywhere(&self, segment: &Segment) -> bool {
        (0..segment.len()).any(|row| self.holds(segment, row).is_some())
    }
}

impl Test {
    fn cost(&self) -> u8 {
        match self {
            Self::Is { .. } | Self::Close(..) | Self::Next(..) | Self::MetOn(..) | Self::LastBy(_) => 0,
            Self::Has { .. } => 1,
            Self::Text(_) => 2,
            Self::Words(_) => 3,
            Self::Via { .. } => 4,
        }
    }
}

/// The alternative that hits best.
fn best_hit<'n>(needles: &'n [Needle], segment: &Segment, row: usize) -> Option<(&'n Needle, Hit)> {
    let hits = needles.iter().filter_map(|needle| Some((needle, needle.hit_in(segment, row)?)));
    hits.min_by_key(|(_, hit)| hit.class)
}

fn is(facts: &Facts, state: State, today: u16) -> bool {
    match state {
        State::Pocket => facts.stage() == Stage::Pocket,
        State::Active => facts.stage() == Stage::Active,
        State::Archived => facts.stage() == Stage::Archived,
        State::Unread => facts.unread(),
        State::Due => (1..=today).contains(&facts.next),
        State::Seen => facts.door() == Some(Door::Seen),
        State::Invited => facts.door() == Some(Door::Invited),
        State::Accepted => facts.door() == Some(Door::Accepted),
        State::Declined => facts.door() == Some(Door::Declined),
    }
}

fn ascending(mut people: Vec<ContactId>) -> Vec<ContactId> {
    people.sort_unstable();
    people.dedup();
    people
}
