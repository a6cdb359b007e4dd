//! Invented lists, as people paste them.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::super::Context;
use super::super::line;
use super::*;
use crate::domain::contact::Language;

fn ctx() -> Context {
    Context::new(jiff::civil::date(2026, 11, 23), Language::French)
}

/// Name, title and organisation of each.
fn people(text: &str) -> Vec<(String, String, String)> {
    let list = read(text, &ctx()).unwrap_or_default();
    list.entries
        .into_iter()
        .map(|entry| {
            let role = entry.draft.roles.first().cloned().unwrap_or_default();
            (entry.draft.name.full.into(), role.title.into(), role.org.into())
        })
        .collect()
}

fn triples(expected: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    expected.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
}

const THREE: &[(&str, &str, &str)] = &[
    ("Mireille Gaudreau", "directrice générale", "Papiers Windmere"),
    ("Karim Benali", "acheteur", "Kruger"),
    ("Sheila McNabb", "Sales Manager", "Northgate Millworks"),
];

#[test]
fn attendees_one_a_line() {
    let commas = "Liste des participants\nMireille Gaudreau, directrice générale, Papiers Windmere\nKarim Benali, acheteur, Kruger\nSheila McNabb, Sales Manager, Northgate Millworks";
    assert_eq!(people(commas), triples(THREE));
    assert_eq!(read(commas, &ctx()).unwrap().aside, ["Liste des participants"]);
    let numbered = "1. Mireille Gaudreau, directrice générale, Papiers Windmere\n2. Karim Benali, acheteur, Kruger\n3. Sheila McNabb, Sales Manager, Northgate Millworks";
    assert_eq!(people(numbered), triples(THREE));
    let dashes = "• Mireille Gaudreau – directrice générale – Papiers Windmere\n• Karim Benali – acheteur – Kruger\n• Sheila McNabb – Sales Manager – Northgate Millworks";
    assert_eq!(people(dashes), triples(THREE));
    let credentials = "Mireille Gaudreau, CPA, directrice générale, Papiers Windmere\nKarim Benali, ing., acheteur, Kruger\nSheila McNabb, Sales Manager, Northgate Millworks";
    assert_eq!(people(credentials), triples(THREE));
}

#[test]
fn tables_with_and_without_a_header() {
    let bare = "Mireille Gaudreau\tPapiers Windmere\tmg@windmere.ca\nKarim Benali\tKruger\tkb@kruger.ca\nSheila McNabb\tNorthgate Millworks\tsm@northgate.ca";
    let no_titles: Vec<_> = THREE.iter().map(|(name, _, org)| (*name, "", *org)).collect();
    assert_eq!(people(bare), triples(&no_titles));
    assert_eq!(read(bare, &ctx()).unwrap().entries[1].draft.emails[0].value, "kb@kruger.ca");
    let headed = "Prénom;Nom;Entreprise;Téléphone\nMireille;Gaudreau;Papiers Windmere;819 555-0101\nKarim;Benali;Kruger;819 555-0102\nSheila;McNabb;Northgate Millworks;";
    assert_eq!(people(headed), triples(&no_titles));
    let family_first =
        "Gaudreau, Mireille\tPapiers Windmere\nBenali, Karim\tKruger\nMcNabb, Sheila\tNorthgate Millworks";
    assert_eq!(people(family_first), triples(&no_titles));
}

#[test]
fn names_alone_and_names_with_lines_below() {
    assert_eq!(people("Mireille Gaudreau\nKarim Benali\nSheila McNabb").len(), 3);
    let below = "Mireille Gaudreau\nDirectrice générale\nPapiers Windmere\n\nKarim Benali\nAcheteur\nKruger\n\nSheila McNabb\nSales Manager\nNorthgate Millworks";
    let expected = [
        ("Mireille Gaudreau", "Directrice générale", "Papiers Windmere"),
        ("Karim Benali", "Acheteur", "Kruger"),
        ("Sheila McNabb", "Sales Manager", "Northgate Millworks"),
    ];
    assert_eq!(people(below), triples(&expected));
    assert_eq!(people(&below.replace("\n\n", "\n")), triples(&expected));
}

#[test]
fn visitors_of_the_profile() {
    let english = "Mireille Gaudreau\n · 2nd\nDirectrice générale chez Papiers Windmere\nViewed 3d ago\nConnect\nKarim Benali\n · 3rd+\nBuyer at Kruger | Supply chain\nViewed your profile 1w ago\nMessage\nSomeone at Desjardins\nViewed 2w ago";
    let expected = [
        ("Mireille Gaudreau", "Directrice générale", "Papiers Windmere"),
        ("Karim Benali", "Buyer", "Kruger"),
    ];
    assert_eq!(people(english), triples(&expected));
    let list = read(english, &ctx()).unwrap();
    assert_eq!(list.aside, ["Someone at Desjardins"]);
    assert_eq!(list.entries[1].draft.note, "Supply chain");
    let french = "Mireille Gaudreau\nRelation de 2e niveau\n• 2e\nDirectrice générale chez Papiers Windmere\nA consulté votre profil il y a 3 j\nSe connecter\nKarim Benali\nRelation de 3e niveau\n• 3e et +\nBuyer at Kruger\nA consulté votre profil il y a 2 sem.\nMessage";
    assert_eq!(people(french), triples(&expected));
}

#[test]
fn connections_and_search_results() {
    let connections = "Photo de Mireille Gaudreau\nMireille Gaudreau\nDirectrice générale chez Papiers Windmere\nConnected 2 weeks ago\nMessage\nKarim Benali, CPA (il/lui)\nStatus is offline\nActeur de changement | Kruger inc.\nConnected on November 3, 2026\nMessage";
    let found = read(connections, &ctx()).unwrap().entries;
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].draft.roles[0].org, "Papiers Windmere");
    assert_eq!(
        (found[1].draft.name.full.as_str(), found[1].draft.name.credentials.as_slice()),
        ("Karim Benali", &["CPA".to_owned()][..])
    );
    assert_eq!(found[1].draft.roles[0].org, "Kruger inc.");
    let search = "Mireille Gaudreau • 2e\nMireille Gaudreau\nPassionnée de papier\nSherbrooke, Québec, Canada\nPoste actuel : Directrice générale chez Papiers Windmere\nAnne, Luc et 3 autres relations en commun\nSe connecter\nKarim Benali • 2e\nAcheteur chez Kruger\nMontréal et périphérie\nSuivre";
    let found = read(search, &ctx()).unwrap().entries;
    assert_eq!(found.len(), 2, "{found:?}");
    let role = &found[0].draft.roles[0];
    assert_eq!((role.title.as_str(), role.org.as_str()), ("Directrice générale", "Papiers Windmere"));
    assert_eq!(found[0].draft.towns, ["Sherbrooke"]);
    assert!(found[0].draft.note.contains("Passionnée de papier"));
    assert_eq!(found[1].draft.roles[0].org, "Kruger");
}

#[test]
fn cards_and_letters_are_no_lists() {
    for text in [
        "Anne Roy\nNotaire\nRoy Notaires inc.\n819 555-0101\nanne@roynotaires.ca",
        "Anne Roy\nNotaire\n819 555-0101\n\nMarc Côté\nComptable\nmarc.cote@exemple.ca",
        "Bonjour Marc,\n\nMerci pour hier.\n\nAnne Roy",
        "rencontrée au souper\nveut un devis\nrappeler jeudi",
        "Anne Roy, notaire, 819 555-0101",
        "",
    ] {
        assert_eq!(read(text, &ctx()), None, "{text}");
    }
}

#[test]
fn a_person_of_a_list_is_one_line_of_the_grammar() {
    let text = "Mireille Gaudreau, directrice générale, Papiers Windmere\nKarim Benali, acheteur, Kruger";
    for entry in entries(text, &ctx()).unwrap() {
        let line = entry.line(&ctx());
        let back = line::read(&line, &ctx()).draft;
        assert_eq!((back.name.full, back.roles), (entry.draft.name.full, entry.draft.roles), "{line}");
    }
}

proptest! {
    #[test]
    fn any_text_is_survived(text in "(?s)([A-Za-zÀ-ÿ0-9@.,:;|•\t -]{0,30}\n){0,10}|(?s).{0,200}") {
        if let Some(list) = read(&text, &ctx()) {
            prop_assert!(list.entries.len() > 1);
            prop_assert!(list.entries.iter().all(|entry| !entry.draft.name.full.is_empty()));
        }
    }
}
