//! Markets, introductions and what surrounds a person, by keyboard and over a real engine.

use std::sync::Arc;

use openbar::domain::change::Record;
use openbar::domain::contact::{Closeness, Contact, Labelled, Language, Met, MetHow, Role, Stage};
use openbar::domain::id::TieId;
use openbar::domain::interaction::InteractionKind;
use openbar::domain::tie::{Tie, TieKind};
use openbar::wording::Lang;
use uuid::Uuid;

use crate::desk::Desk;
use crate::engine::named;

fn hat(mut one: Contact, title: &str, org: &str) -> Contact {
    one.roles.push(Role { title: title.into(), org: org.into(), ..Role::default() });
    one
}

fn near(mut one: Contact, closeness: u8) -> Contact {
    one.closeness = Closeness::new(closeness);
    one
}

fn linked(mut one: Contact) -> Contact {
    one.met = Some(Met { how: Some(MetHow::LinkedIn), ..Met::default() });
    one
}

/// A friend who knows a mayor, and a director who may know her from work; strangers in mining.
fn town() -> Vec<Record> {
    let mut friend = near(hat(named("Ghislain Wallace"), "acériculteur", "Érablière Wallace"), 4);
    friend.language = Some(Language::French);
    friend.emails.push(Labelled { value: "g.wallace+érable@exemple.ca".into(), label: "".into() });
    let colleague = near(hat(named("Ann Lee"), "greffière", "Ville de Magog"), 3);
    let mayor = linked(hat(named("Marie Roy"), "mairesse", "Ville de Magog"));
    let miner = linked(hat(named("Luc Côté"), "géologue minier", "Mines Aurore"));
    let tie = Tie {
        id: TieId(Uuid::from_u128(0xF00)),
        a: friend.id,
        b: mayor.id,
        kind: TieKind::Knows,
        closeness: Closeness::new(3),
        note: String::new(),
        since: None,
    };
    let mut records: Vec<Record> =
        [friend, colleague, mayor, miner].map(|one| Record::Contact(Arc::new(one))).into();
    records.push(Record::Tie(Arc::new(tie)));
    records
}

fn desk(lang: Lang, size: (u16, u16)) -> Desk {
    Desk::over(lang, size, town())
}

fn refused(desk: &Desk, name: &str) -> Vec<String> {
    let person = desk.person(name).expect("there");
    person.markets.iter().filter(|tie| tie.refused).map(|tie| tie.market.clone()).collect()
}

fn stated(desk: &Desk, name: &str) -> Vec<String> {
    let person = desk.person(name).expect("there");
    person.markets.iter().filter(|tie| !tie.refused).map(|tie| tie.market.clone()).collect()
}

#[test]
fn a_tie_is_accepted_refused_and_forgotten_by_one_key() {
    let mut desk = desk(Lang::En, (120, 36));
    desk.keys("5 / type:maple enter").shows("1 person, inferred");
    desk.keys("tab").shows("≈").shows("Ghislain Wallace").shows("acériculteur");
    desk.keys("space").shows("✓");
    assert_eq!(stated(&desk, "Ghislain Wallace"), ["maple"]);
    desk.keys("space").shows("refused: Space takes it back");
    assert_eq!(refused(&desk, "Ghislain Wallace"), ["maple"]);
    desk.keys("space").shows("≈");
    assert!(desk.person("Ghislain Wallace").expect("there").markets.is_empty());
    desk.keys("space u");
    assert!(
        desk.person("Ghislain Wallace").expect("there").markets.is_empty(),
        "undo takes the last one back"
    );
}

#[test]
fn markets_are_added_renamed_merged_hidden_and_shown_again() {
    let mut desk = desk(Lang::En, (120, 36));
    desk.keys("5 / type:maple enter + type:Sucre tab type:Sugar_shacks enter").shows("Maple");
    assert!(desk.book().book.markets().any(|one| one.name_en == "Sugar shacks" && one.parent == "maple"));
    desk.keys("/ esc / type:shack enter R tab end type:_tours enter");
    assert!(desk.book().book.markets().any(|one| one.name_en == "Sugar shacks tours"));
    desk.keys("-");
    assert!(desk.book().book.markets().any(|one| one.hidden));
    desk.keys("/ esc . / type:shack enter").shows("hidden");
    desk.keys("-");
    assert!(desk.book().book.markets().all(|one| !one.hidden));
    desk.keys("& type:mining enter");
    let merged =
        desk.book().book.markets().find(|one| one.name_en == "Sugar shacks tours").cloned().expect("kept");
    assert_eq!((merged.hidden, merged.parent.as_str()), (true, "mining"));
    desk.keys("u");
    assert!(desk.book().book.markets().all(|one| !one.hidden), "undo parts them again");
}

#[test]
fn an_introduction_is_drafted_asked_for_and_answered_with_yes() {
    let mut desk = desk(Lang::En, (120, 36));
    desk.keys("3 / type:marie enter enter i").shows("Introduction to Marie Roy").shows("Ghislain Wallace");
    desk.shows("Bonjour Ghislain").shows("way 1 of 2");
    desk.keys("e type:_P.-S._Merci_! esc").shows("P.-S. Merci !");
    desk.keys("o");
    let mail = desk.outside.last().expect("a letter").clone();
    assert!(mail.starts_with("mailto:g.wallace+%C3%A9rable@exemple.ca?subject="), "{mail}");
    assert!(
        mail.contains("&body=Bonjour%20Ghislain%20Wallace%2C%0D%0A%0D%0A") && mail.ends_with("Merci%20%21"),
        "{mail}"
    );
    desk.keys("enter");
    let via = desk.person("Ghislain Wallace").expect("there");
    let book = desk.book().book;
    assert!(book.interactions_of(via.id).any(|entry| entry.kind == InteractionKind::IntroductionAsked));
    assert!(via.next.is_some(), "a follow-up is set");
    desk.keys("1").shows("Ghislain Wallace");
    desk.keys("r").shows("What came of it?");
    desk.keys("i").shows("introduced you to Marie Roy");
    let mayor = desk.person("Marie Roy").expect("there");
    let book = desk.book().book;
    assert!(book.interactions_of(mayor.id).any(|entry| entry.kind == InteractionKind::IntroductionMade));
}

#[test]
fn a_no_shows_the_next_way() {
    let mut desk = desk(Lang::En, (120, 36));
    desk.keys("3 / type:marie enter enter i enter");
    desk.keys("r").shows("What came of it?");
    desk.keys("d").shows("Here is the next way").shows("Hi Ann").shows("Introduction to Marie Roy");
}

#[test]
fn a_gap_says_who_could_open_it_and_becomes_a_need() {
    let mut desk = desk(Lang::Fr, (120, 36));
    desk.keys("5 v").shows("Pas encore atteints").shows("Qui pourrait l’ouvrir");
    desk.keys("n").shows("besoin:");
    desk.keys("type:un_guide enter");
    let needs: Vec<String> = desk.book().book.needs().map(|need| need.words.clone()).collect();
    assert!(needs.iter().any(|words| words.contains("un guide")), "{needs:?}");
}

#[test]
fn the_page_shows_markets_and_takes_decisions() {
    let mut desk = desk(Lang::En, (120, 36));
    desk.keys("3 / type:ghislain enter enter")
        .shows("Markets")
        .shows("≈ Maple")
        .shows("Could introduce you to");
    desk.keys("tab space").shows("✓ Maple");
    assert_eq!(stated(&desk, "Ghislain Wallace"), ["maple"]);
    desk.keys("space").shows("× Maple");
    desk.keys("space").shows("≈ Maple");
}

#[test]
fn the_pocket_proposes_the_markets_of_a_card_and_says_what_is_new() {
    let mut card = near(hat(named("Zoé Noël"), "apicultrice", "Les Noël"), 2);
    card.stage = Stage::Pocket;
    let mut other = near(hat(named("Guy Roy"), "plombier", "Chez Roy"), 2);
    other.stage = Stage::Pocket;
    let mut desk = Desk::with(Lang::En, (120, 36), &[card, other]);
    desk.keys("2").shows("apicultrice").shows("[ ]");
    desk.keys("tab space enter");
    assert_eq!(stated(&desk, "Zoé Noël").len(), 1);
    desk.keys("tab space space enter");
    assert_eq!(refused(&desk, "Guy Roy").len(), 1);
    desk.shows("1 new market");
}

#[test]
fn a_list_of_connections_says_what_is_missing() {
    let people: Vec<Contact> =
        (0..30).map(|n| linked(hat(named(&format!("Ida {n}")), "courtière immobilière", "Immo"))).collect();
    let mut desk = Desk::with(Lang::Fr, (120, 36), &people);
    desk.keys("5").shows("Seuls vos propres liens sont connus").shows("qui connaît qui");
    desk.keys("/ type:immobil enter").shows("aucune rencontrée");
}

#[test]
fn no_size_is_too_small() {
    for size in [(1, 1), (5, 3), (20, 6), (40, 10), (96, 8), (160, 12)] {
        for keys in [
            "5",
            "5 v",
            "5 v v j l",
            "5 v v v j",
            "5 tab tab",
            "5 r",
            "5 +",
            "3 / type:marie enter enter i e",
        ] {
            let mut desk = desk(Lang::Fr, size);
            desk.keys(keys).picture();
        }
    }
}

/// Pictures after the same keys, at several sizes in both languages.
fn pictures(name: &str, keys: &str, sizes: &[(u16, u16)], make: fn(Lang, (u16, u16)) -> Desk) {
    for (lang, tag) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        for size in sizes {
            let mut desk = make(lang, *size);
            desk.keys(keys);
            insta::assert_snapshot!(format!("markets-{name}-{tag}-{}x{}", size.0, size.1), desk.picture());
        }
    }
}

const TWO: &[(u16, u16)] = &[(80, 24), (120, 36)];
const THREE: &[(u16, u16)] = &[(80, 24), (120, 36), (180, 50)];

#[test]
fn the_map() {
    pictures("map", "5 Z j j", THREE, Desk::demo);
}

#[test]
fn a_market() {
    pictures("market", "5 / type:municipal enter tab j", THREE, Desk::demo);
}

#[test]
fn ways() {
    pictures("ways", "5 / type:municipal enter tab j j right", TWO, Desk::demo);
}

#[test]
fn gaps() {
    pictures("gaps", "5 v", TWO, Desk::demo);
}

#[test]
fn regions() {
    pictures("regions", "5 v v j right", TWO, Desk::demo);
}

#[test]
fn people() {
    pictures("people", "5 v v v j right", TWO, Desk::demo);
}

#[test]
fn pop_ups() {
    pictures("region", "5 r type:e", &[(80, 24)], Desk::demo);
    pictures("name", "5 +", &[(80, 24)], Desk::demo);
}

#[test]
fn asking() {
    pictures("asking", "3 / type:marie enter enter i", TWO, desk);
}

#[test]
fn an_answer() {
    pictures("answer", "3 / type:marie enter enter i enter r", &[(80, 24)], desk);
}

#[test]
fn a_page() {
    pictures("page", "3 / type:wallace enter enter tab", THREE, Desk::demo);
}

#[test]
fn nobody_and_one() {
    pictures("nobody", "5", TWO, |lang, size| Desk::over(lang, size, []));
    let one: fn(Lang, (u16, u16)) -> Desk = |lang, size| {
        Desk::with(
            lang,
            size,
            &[near(hat(named("Ghislain Wallace"), "acériculteur", "Érablière Wallace"), 4)],
        )
    };
    pictures("one", "5", TWO, one);
    for (name, keys) in
        [("one-gaps", "5 v"), ("one-regions", "5 v v"), ("one-people", "5 v v v"), ("one-ways", "5 tab tab")]
    {
        pictures(name, keys, &[(80, 24)], one);
    }
}
