//! The query grammar by example, and that writing reads back.

use super::*;
use crate::capture::Context;
use crate::domain::contact::{Language, MarketHow};
use crate::domain::query::{Days, Filter, Place, Query, State, Term, Thing};
use crate::domain::time::Date;
use jiff::civil::date;
use proptest::prelude::*;

fn ctx() -> Context {
    Context::new(date(2026, 11, 23), Language::French)
}

fn filters(text: &str) -> Vec<Filter> {
    read(text, &ctx())
        .query
        .terms
        .into_iter()
        .inspect(|term| assert!(!term.negated, "{text}"))
        .map(|term| term.filter)
        .collect()
}

fn one(text: &str) -> Filter {
    let mut all = filters(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all.remove(0)
}

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

fn days(from: Option<Date>, to: Option<Date>) -> Days {
    Days { from, to }
}

#[test]
fn signs_and_keys_of_both_languages() {
    assert_eq!(one("@Scierie"), Filter::Org(strings(&["Scierie"])));
    assert_eq!(one("org:\"Scierie Tremblay\",Rona"), Filter::Org(strings(&["Scierie Tremblay", "Rona"])));
    assert_eq!(one("titre:maire"), Filter::Title(strings(&["maire"])));
    assert_eq!(one("vaut:planches"), one("=planches"));
    assert_eq!(one("étiquette:bois"), one("#bois"));
    assert_eq!(one("marche:municipal"), one("+municipal"));
    assert_eq!(
        one("+municipal:décide"),
        Filter::Market(vec![("municipal".into(), Some(MarketHow::Decides))])
    );
    assert_eq!(one("%souper"), one("^souper"));
    assert_eq!(one("connaît:Roy"), Filter::Via(strings(&["Roy"])));
    assert_eq!(one("à:moi"), Filter::In(vec![Place::Me]));
    assert_eq!(one("in:me,Magog"), Filter::In(vec![Place::Me, Place::Named("Magog".into())]));
    assert_eq!(one("note:patio"), Filter::Note(strings(&["patio"])));
    assert_eq!(one("is:poche,nonlu"), Filter::Is(vec![State::Pocket, State::Unread]));
    assert_eq!(one("est:archivé"), Filter::Is(vec![State::Archived]));
    assert_eq!(one("has:courriel,téléphone"), Filter::Has(vec![Thing::Email, Thing::Phone]));
    assert_eq!(one("stale:90d"), Filter::Stale(90));
    assert_eq!(one("stale:3mois"), Filter::Stale(90));
}

#[test]
fn ranges_of_closeness_and_days() {
    assert_eq!(one("close:3.."), Filter::Close(3, 5));
    assert_eq!(one("proche:..2"), Filter::Close(0, 2));
    assert_eq!(one("close:4"), Filter::Close(4, 4));
    assert_eq!(one("met:2025-11.."), Filter::MetOn(days(Some(date(2025, 11, 1)), None)));
    assert_eq!(one("vu:2025"), Filter::MetOn(days(Some(date(2025, 1, 1)), Some(date(2025, 12, 31)))));
    assert_eq!(one("met:hier"), Filter::MetOn(days(Some(date(2026, 11, 22)), Some(date(2026, 11, 22)))));
    assert_eq!(one("next:..friday"), Filter::Next(days(None, Some(date(2026, 11, 27)))));
    assert_eq!(one("%avril"), Filter::MetAt(strings(&["avril"])));
    assert_eq!(one("met:souper"), Filter::MetAt(strings(&["souper"])));
}

#[test]
fn words_phrases_and_negation() {
    assert_eq!(
        filters("roy tremblay"),
        [Filter::Word(strings(&["roy"])), Filter::Word(strings(&["tremblay"]))]
    );
    assert_eq!(one("roy,tremblay"), Filter::Word(strings(&["roy", "tremblay"])));
    assert_eq!(one("\"garage roy\""), Filter::Phrase("garage roy".into()));
    assert_eq!(one("St-Onge"), Filter::Word(strings(&["St-Onge"])));
    let negated = read("-#bois -roy -\"a b\"", &ctx()).query;
    assert!(negated.terms.iter().all(|term| term.negated) && negated.terms.len() == 3);
    assert_eq!(one("jean@roy.ca"), Filter::Word(strings(&["jean@roy.ca"])));
    for number in ["819-555-0123", "(819) 555-0123", "+1 819 555 0123", "8195550123"] {
        assert_eq!(one(number), Filter::Word(strings(&["8195550123"])), "{number}");
    }
}

#[test]
fn nothing_is_refused() {
    assert_eq!(one("foo:bar"), Filter::Word(strings(&["foo:bar"])));
    assert_eq!(one("close:9"), Filter::Word(strings(&["close:9"])));
    assert_eq!(one("is:foo"), Filter::Word(strings(&["is:foo"])));
    for unfinished in ["", " ", "@", "#", "next:", "@\"\"", "-"] {
        let terms = read(unfinished, &ctx()).query.terms;
        assert!(terms.is_empty() || unfinished == "-", "{unfinished}: {terms:?}");
    }
    assert_eq!(one("\"open"), Filter::Word(strings(&["\"open"])));
}

#[test]
fn chips_stand_on_their_terms() {
    let text = "roy -@\"Scierie T\" close:3..";
    let reading = read(text, &ctx());
    let chips: Vec<&str> = reading.chips.iter().map(|chip| &text[chip.range.clone()]).collect();
    assert_eq!(chips, ["roy", "-@\"Scierie T\"", "close:3.."]);
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zà-ü]{1,8}",
        "[ -~àéœ«»“”]{1,14}",
        "[0-9+() .-]{1,16}",
        Just("is:pocket".to_owned()),
        Just("-x".to_owned()),
        Just("me".to_owned()),
        Just("2025-11".to_owned()),
        Just("municipal:decides".to_owned()),
        Just("819-555-0123".to_owned()),
    ]
    .prop_map(|text| crate::text::clean::line(&text))
    .prop_filter("not empty", |text| !text.is_empty())
}

fn list() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(word(), 1..4)
}

fn span() -> impl Strategy<Value = Days> {
    let day = || {
        prop::option::of(
            (2000i16..2040, 1i8..13, 1i8..29).prop_map(|(year, month, day)| date(year, month, day)),
        )
    };
    (day(), day()).prop_map(|(from, to)| Days { from, to })
}

fn filter() -> impl Strategy<Value = Filter> {
    let place = prop_oneof![Just(Place::Me), word().prop_map(Place::Named)];
    let how = prop::option::of(prop_oneof![Just(MarketHow::Decides), Just(MarketHow::Buys)]);
    prop_oneof![
        list().prop_map(Filter::Word),
        word().prop_map(Filter::Phrase),
        list().prop_map(Filter::Org),
        list().prop_map(Filter::Title),
        list().prop_map(Filter::Value),
        list().prop_map(Filter::Tag),
        prop::collection::vec((word(), how), 1..3).prop_map(Filter::Market),
        list().prop_map(|list| Filter::Market(list.into_iter().map(|name| (name, None)).collect())),
        list().prop_map(Filter::MetAt),
        span().prop_map(Filter::MetOn),
        list().prop_map(Filter::Via),
        prop::collection::vec(place, 1..3).prop_map(Filter::In),
        (0u8..6, 0u8..6).prop_map(|(from, to)| Filter::Close(from, to)),
        span().prop_map(Filter::Next),
        list().prop_map(Filter::Note),
        prop::collection::vec(
            prop_oneof![Just(State::Pocket), Just(State::Due), Just(State::Declined)],
            1..3
        )
        .prop_map(Filter::Is),
        prop::collection::vec(prop_oneof![Just(Thing::Email), Just(Thing::Role), Just(Thing::Tie)], 1..3)
            .prop_map(Filter::Has),
        (0u32..1000).prop_map(Filter::Stale),
    ]
}

proptest! {
    #[test]
    fn what_is_written_reads_back(terms in prop::collection::vec((any::<bool>(), filter()), 0..5)) {
        let query = Query { terms: terms.into_iter().map(|(negated, filter)| Term { negated, filter }).collect() };
        let text = write(&query);
        prop_assert_eq!(read(&text, &ctx()).query, query, "{}", text);
    }

    #[test]
    fn any_text_reads_and_settles(text in "(?s)[ -~àé«»“”\u{0}\t@=#+%^\":;,.-]{0,40}|(?s).{0,30}") {
        let reading = read(&text, &ctx());
        for chip in &reading.chips {
            prop_assert!(text.get(chip.range.clone()).is_some());
        }
        let written = write(&reading.query);
        prop_assert_eq!(read(&written, &ctx()).query, reading.query, "{}", written);
    }
}
