//! What must hold of the bundled lexicon as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, Lexicon, NEED};
use crate::domain::Book;
use crate::insight::markets::Taxonomy;

const TABLE: &str = include_str!(concat!(env!("OUT_DIR"), "/lexicon.tsv"));

/// Cards of many trades: a trigger that fires on more than one in twenty of them says nothing.
const CARDS: &str = include_str!("../../../assets/demo/network.jsonl");

fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    TABLE.lines().map(|line| line.split('\t').collect())
}

fn items(list: &str) -> Vec<&str> {
    list.split('\u{1f}').filter(|item| !item.is_empty()).collect()
}

#[test]
fn every_concept_has_both_languages_and_its_own_name() {
    let mut seen = BTreeSet::new();
    for row in rows() {
        assert!(seen.insert(row[0]), "{} stands twice", row[0]);
        assert!(
            row[0].chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{}",
            row[0]
        );
        assert!(["trade", "good", "service", "situation"].contains(&row[1]), "{} is a {}", row[0], row[1]);
        assert!(!row[2].is_empty() && !row[3].is_empty(), "{} has no label", row[0]);
        let (words, needs) = (4..6, 6..8);
        if row[1] != "situation" {
            assert!(words.clone().all(|list| !items(row[list]).is_empty()), "{} lacks words", row[0]);
        }
        assert!(needs.clone().all(|list| items(row[list]).len() >= 3), "{} lacks needs", row[0]);
        let triggers = (4..8).map(|list| items(row[list]).len()).sum::<usize>();
        assert!((8..=150).contains(&triggers), "{} has {triggers} triggers", row[0]);
    }
    assert!(seen.len() >= 900, "{} concepts", seen.len());
}

#[test]
fn no_concept_is_an_orphan_and_links_lead_somewhere() {
    let rows: Vec<_> = rows().collect();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
    let mut helped: BTreeMap<&str, usize> = BTreeMap::new();
    let mut only: BTreeMap<&str, &str> = BTreeMap::new();
    for row in &rows {
        let helpers: Vec<(&str, f32)> = items(row[8])
            .into_iter()
            .filter_map(|item| item.split_once('='))
            .map(|(id, weight)| (id, weight.parse().expect("a weight")))
            .collect();
        for (helper, weight) in &helpers {
            assert!(ids.contains(helper), "{}: {helper} is no concept", row[0]);
            assert!(*helper != row[0], "{} helps itself", row[0]);
            assert!((0.2..=0.9).contains(weight), "{}: {helper} = {weight}", row[0]);
            *helped.entry(helper).or_default() += 1;
        }
        if let [(helper, _)] = helpers[..] {
            only.insert(row[0], helper);
        }
    }
    for row in &rows {
        let linked = !items(row[8]).is_empty() || helped.contains_key(row[0]);
        assert!(linked, "{} is an orphan", row[0]);
        // Two that only help each other are one concept.
        let circle = only.get(row[0]).is_some_and(|other| only.get(other) == Some(&row[0]));
        assert!(!circle, "{} and its only helper run in a circle", row[0]);
    }
}

#[test]
fn every_market_of_a_concept_exists() {
    let taxonomy = Taxonomy::new(&Book::default());
    for concept in Lexicon::bundled().concepts() {
        assert!(!concept.markets.is_empty(), "{} is part of nothing", concept.id);
        for slug in &concept.markets {
            assert!(taxonomy.find(slug).is_some(), "{}: {slug} is no market", concept.id);
        }
    }
}

#[test]
fn every_trigger_finds_its_concept() {
    let lexicon = Lexicon::bundled();
    let (mut reader, mut found) = (lexicon.reader(), Vec::new());
    let mut lost = Vec::new();
    for row in rows() {
        let concept = lexicon.by_name(row[0]).expect("loaded");
        for (list, owner) in [(4, 0), (5, 0), (6, NEED), (7, NEED)] {
            for phrase in items(row[list]) {
                found.clear();
                reader.need(phrase.trim_start_matches('='), &mut found);
                if !found.iter().any(|hit| hit.concept == concept && hit.by_need == (owner == NEED)) {
                    lost.push(format!("{}: {phrase}", row[0]));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{} triggers never fire: {lost:#?}", lost.len());
}

#[test]
fn no_trigger_fires_on_everything() {
    let lexicon = Lexicon::bundled();
    let cards: Vec<String> = CARDS.lines().filter(|line| line.contains("\"name\"")).map(texts).collect();
    assert!(cards.len() >= 50, "{} cards", cards.len());
    let (mut reader, mut found) = (lexicon.reader(), Vec::new());
    let mut fired: BTreeMap<String, usize> = BTreeMap::new();
    for card in &cards {
        found.clear();
        reader.card(card, &mut found);
        let words: BTreeSet<String> = found
            .iter()
            .map(|hit| card[hit.bytes.start as usize..hit.bytes.end as usize].to_lowercase())
            .collect();
        for word in words {
            *fired.entry(word).or_default() += 1;
        }
    }
    let broad: Vec<_> = fired.into_iter().filter(|(_, count)| count * 20 > cards.len()).collect();
    assert!(broad.is_empty(), "on more than one card in twenty of {}: {broad:?}", cards.len());
}

/// The texts of a card that concepts are looked for in.
fn texts(line: &str) -> String {
    let card: serde_json::Value = serde_json::from_str(line).expect("a card");
    let roles =
        card["roles"].as_array().into_iter().flatten().flat_map(|role| [&role["title"], &role["org"]]);
    let values = card["value"].as_array().into_iter().flatten();
    roles
        .chain(values)
        .chain([&card["note"]])
        .filter_map(serde_json::Value::as_str)
        .collect::<Vec<_>>()
        .join(" | ")
}

#[test]
fn kinds_are_all_in_use() {
    let kinds: Vec<Kind> = Lexicon::bundled().concepts().iter().map(|concept| concept.kind).collect();
    for kind in [Kind::Trade, Kind::Good, Kind::Service, Kind::Situation] {
        assert!(kinds.contains(&kind), "no {kind:?}");
    }
}
