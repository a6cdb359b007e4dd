//! What holds for any cards and needs.

use std::sync::Arc;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// Words of cards and needs, mixed.
const MIXED: &[&str] = &[
    "plombier", "welder", "toiture", "planches", "bees", "miel", "dentiste", "terrasse", "deck", "lait",
    "farm", "maire", "Rimouski", "vendre", "hôtel", "draps", "puits", "water", "Québec", "zinzolin",
    "soudeur", "soudure", "couvreur",
];

fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(MIXED), count).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn adding_somebody_never_changes_the_order_of_the_others(
        cards in prop::collection::vec(words(1..5), 2..8),
        extra in words(0..5),
        need in words(1..4),
    ) {
        let lines: Vec<String> = cards.iter().map(|note| format!("Ann | | | {note}")).collect();
        let mut people = book(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        let before = Known::of(people.clone()).answer(&need, true);
        // The newcomer's identifier comes first, so that words are numbered anew.
        people.put(Record::Contact(Arc::new(card(0, &format!("Zoé | | | {extra}")))));
        let mut after = Known::of(people).answer(&need, true);
        after.matches.retain(|found| found.contact != id(0));
        prop_assert_eq!(before.matches, after.matches);
    }

    #[test]
    fn hostile_needs_and_cards_are_read(need in any::<String>(), note in any::<String>()) {
        let known = Known::of(book(&[&format!("Ann | | | {}", note.replace('|', " "))]));
        known.answer(&need, true);
        let _ = could_use(known.world(), id(1), &Options {
            today: date(2026, 11, 16), limit: 5, weak: true, without: &[], left_out: &[], cancelled: &|| false,
        });
    }
}
