//! Triggers found, and not found.

use proptest::prelude::*;

use super::*;

fn triggers(phrases: &[(Tongue, &str)]) -> Triggers {
    let mut triggers = Triggers::default();
    for (owner, (tongue, phrase)) in phrases.iter().enumerate() {
        assert!(triggers.add(*tongue, phrase, owner as u32), "{phrase} has no word");
    }
    triggers
}

fn found<'t>(triggers: &Triggers, text: &'t str) -> Vec<&'t str> {
    let mut hits = Vec::new();
    Scanner::new(triggers).scan(text, &mut hits);
    keep_longest(&mut hits, |_, _| true);
    hits.iter().map(|hit| &text[hit.bytes.start as usize..hit.bytes.end as usize]).collect()
}

#[test]
fn endings_function_words_and_accents_do_not_matter() {
    let triggers = triggers(&[
        (Tongue::French, "producteur laitier"),
        (Tongue::French, "agrandir une terrasse"),
        (Tongue::French, "sirop d'érable"),
        (Tongue::English, "dairy farm"),
    ]);
    assert_eq!(found(&triggers, "PRODUCTEURS LAITIERS du Québec"), ["PRODUCTEURS LAITIERS"]);
    assert_eq!(found(&triggers, "veut agrandir ma terrasse"), ["agrandir ma terrasse"]);
    assert_eq!(found(&triggers, "Sirop d’erable et dairy farms"), ["Sirop d’erable", "dairy farms"]);
    assert_eq!(found(&triggers, "producteur; laitier. Dairy. Farm"), [""; 0]);
}

#[test]
fn each_language_keeps_to_itself() {
    let french = triggers(&[(Tongue::French, "location")]);
    assert_eq!(found(&french, "Locations Roy"), ["Locations"]);
    let english = triggers(&[(Tongue::English, "farmer")]);
    assert_eq!(found(&english, "farmers"), ["farmers"]);
    assert_eq!(found(&english, "fermé"), [""; 0]);
}

#[test]
fn other_accents_are_another_word() {
    let triggers = triggers(&[(Tongue::French, "pêche"), (Tongue::French, "maïs")]);
    assert_eq!(found(&triggers, "peche, pêches, péché"), ["peche", "pêches"]);
    assert_eq!(found(&triggers, "du maïs mais pas de blé"), ["maïs"]);
}

#[test]
fn a_single_word_keeps_the_small_words_beside_it() {
    let triggers = triggers(&[
        (Tongue::French, "Ville de"),
        (Tongue::French, "La Presse"),
        (Tongue::French, "usine du"),
    ]);
    assert_eq!(found(&triggers, "Vivre en ville"), [""; 0]);
    assert_eq!(found(&triggers, "Ville de Magog"), ["Ville de"]);
    assert_eq!(found(&triggers, "La Presse, presse à imprimer"), ["La Presse"]);
    let exact = self::triggers(&[(Tongue::French, "=MTQ")]);
    assert_eq!(found(&exact, "mtq MTQ"), ["MTQ"]);
}

#[test]
fn a_word_with_its_own_ending_is_found_in_any_case() {
    let mut siding = Triggers::default();
    assert!(
        siding.add_word(Tongue::English, "siding", 0) && !siding.add_word(Tongue::English, "vinyl siding", 0)
    );
    assert_eq!(found(&siding, "Siding, side by side, SIDINGS"), ["Siding"]);
}

#[test]
fn words_set_apart_do_not_meet_others_of_their_stem() {
    let mut floors = Triggers::default();
    for word in ["planche", "planches"] {
        floors.set_apart(Tongue::French, word);
    }
    assert!(
        floors.add(Tongue::French, "plancher de bois", 0) && floors.add(Tongue::French, "planche à neige", 0)
    );
    assert_eq!(
        found(&floors, "planches de bois, plancher de bois, planches à neige"),
        ["plancher de bois", "planches à neige"]
    );
}

#[test]
fn fillers_are_passed_where_asked() {
    let mut leaks = Triggers::passing(Passed::Fillers);
    assert!(leaks.add(Tongue::French, "toit qui coule", 0));
    assert_eq!(found(&leaks, "mon toit coule"), ["toit coule"]);
    assert_eq!(found(&triggers(&[(Tongue::French, "toit qui coule")]), "mon toit coule"), [""; 0]);
}

#[test]
fn the_longest_trigger_wins_where_rivals_meet() {
    let triggers = triggers(&[
        (Tongue::French, "conseiller"),
        (Tongue::French, "conseiller municipal"),
        (Tongue::French, "municipal"),
    ]);
    assert_eq!(found(&triggers, "Conseiller(ère) municipal(e)"), ["Conseiller(ère) municipal"]);
    let mut hits = Vec::new();
    Scanner::new(&triggers).scan("conseiller municipal", &mut hits);
    assert_eq!(hits.len(), 3);
    assert!(hits[0].lies_within(&hits[1]) && hits[1].meets(&hits[2]));
}

proptest! {
    #[test]
    fn hostile_texts_are_read(text in any::<String>()) {
        let triggers = triggers(&[(Tongue::French, "ville de"), (Tongue::English, "a b c"), (Tongue::English, "r&d")]);
        let mut hits = Vec::new();
        Scanner::new(&triggers).scan(&text, &mut hits);
        for hit in hits {
            prop_assert!(text.get(hit.bytes.start as usize..hit.bytes.end as usize).is_some());
        }
    }

    #[test]
    fn a_trigger_is_found_in_itself(words in prop::collection::vec("[a-zéèêàœ]{4,9}", 1..4), pad in "[a-z]{0,6}") {
        let phrase = words.join(" ");
        let mut triggers = Triggers::default();
        prop_assume!(triggers.add(Tongue::French, &phrase, 7));
        let mut hits = Vec::new();
        Scanner::new(&triggers).scan(&format!("{pad}, {}", phrase.to_uppercase()), &mut hits);
        prop_assert!(hits.iter().any(|hit| hit.owner == 7));
    }
}
