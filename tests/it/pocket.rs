//! The pocket gone through by keyboard, over a real engine.

use openbar::domain::contact::{Contact, Labelled, Met, MetHow, Phone, Role, Stage};
use openbar::domain::time::{PartialDate, Timestamp};
use openbar::wording::Lang;

use crate::demo;
use crate::desk::Desk;
use crate::engine::named;

fn card(name: &str, second: i64) -> Contact {
    let mut card = named(name);
    card.stage = Stage::Pocket;
    card.created = Timestamp::from_second(1_795_400_000 + second).expect("a moment");
    card.updated = card.created;
    card
}

fn met(mut card: Contact, event: &str) -> Contact {
    let on = Some(PartialDate::Day(demo::today()));
    card.met = Some(Met { on, at: event.into(), how: Some(MetHow::Card), ..Met::default() });
    card
}

fn at_org(mut card: Contact, title: &str, org: &str) -> Contact {
    card.roles.push(Role { title: title.into(), org: org.into(), ..Role::default() });
    card
}

/// Three cards of one supper and one of before; one of them is of somebody known.
fn evening(lang: Lang, size: (u16, u16)) -> Desk {
    let mut zoe = at_org(met(card("Zoé Roy", 1), "Souper"), "notaire", "Étude Roy");
    zoe.emails.push(Labelled { value: "zoe@etude-roy.example".into(), label: "".into() });
    let mut luc = at_org(met(card("L. Gagnon", 2), "Souper"), "", "Gagnon Paysages");
    luc.phones.push(Phone { value: "+18195550142".into(), ..Phone::default() });
    let mut known = at_org(named("Luc Gagnon"), "paysagiste", "Gagnon Paysages inc.");
    known.phones.push(Phone { value: "+18195550142".into(), ..Phone::default() });
    let late = card("Ana Costa", 3);
    let old = at_org(met(card("Guy Côté", -900_000), "Salon de l'habitation"), "plombier", "Côté et fils");
    let mut desk = Desk::with(lang, size, &[zoe, luc, known, late, old]);
    desk.keys("2");
    desk
}

#[test]
fn each_card_is_filed_by_one_key_and_the_last_tells_what_the_stack_brought() {
    let mut desk = evening(Lang::En, (120, 36));
    desk.shows("4 cards to file").shows("Ana Costa");
    desk.keys("enter").shows("3 cards to file");
    assert_eq!(desk.person("Ana Costa").expect("filed").stage, Stage::Active);
    desk.keys("enter enter enter").shows("That was the whole stack").shows("4 cards filed");
    desk.shows("3 organisations not known before");
    desk.keys("u").shows("1 card to file").shows("Guy Côté");
    assert_eq!(desk.person("Guy Côté").expect("back").stage, Stage::Pocket);
}

#[test]
fn a_card_waits_behind_the_others_and_the_one_before_is_one_key_away() {
    let mut desk = evening(Lang::En, (80, 24));
    desk.shows("Ana Costa");
    desk.keys("s").shows("Zoé Roy");
    desk.keys("s s s").shows("Ana Costa");
    desk.keys("b").shows("This is the first card");
}

#[test]
fn a_field_is_edited_in_its_place_and_taken_back() {
    let mut desk = evening(Lang::En, (120, 36));
    desk.keys("s i end type:,_CPA enter");
    assert_eq!(desk.person("Zoé Roy").expect("there").name.credentials, ["CPA"]);
    desk.keys("u");
    assert!(desk.person("Zoé Roy").expect("there").name.credentials.is_empty());
    desk.keys("j i type:_associée enter");
    assert_eq!(desk.person("Zoé Roy").expect("there").roles[0].title, "notaire associée");
    desk.keys("i type:_x esc");
    assert_eq!(desk.person("Zoé Roy").expect("there").roles[0].title, "notaire associée", "Esc leaves it");
    assert_eq!(desk.person("Zoé Roy").expect("there").stage, Stage::Pocket, "Enter in a field files nothing");
}

#[test]
fn an_accepted_lookalike_becomes_one_person_with_the_card() {
    let mut desk = evening(Lang::En, (120, 36));
    desk.keys("s s").shows("same person as Luc Gagnon?").shows("[ ]");
    desk.keys("tab space").shows("[✓]");
    desk.keys("enter");
    assert!(desk.person("L. Gagnon").is_none(), "one of the two is left");
    let luc = desk.person("Luc Gagnon").expect("kept");
    assert_eq!((luc.stage, luc.phones.len()), (Stage::Active, 1));
    desk.keys("enter enter enter").shows("1 was somebody you knew already");
    desk.keys("u u u u");
    assert!(desk.person("L. Gagnon").is_some(), "undo parts them again");
}

#[test]
fn a_refused_lookalike_is_not_proposed_again() {
    let mut desk = evening(Lang::En, (120, 36));
    desk.keys("s s tab space space").shows("[×]");
    desk.keys("enter");
    assert!(desk.person("L. Gagnon").is_some_and(|one| one.stage == Stage::Active));
    // The refusal is a step of its own, taken after the filing.
    assert_eq!(desk.book().book.refusals().count(), 1);
}

#[test]
fn marked_cards_are_changed_and_filed_together() {
    let mut desk = evening(Lang::En, (120, 36));
    desk.keys("* % type:Gala enter");
    for name in ["Ana Costa", "Zoé Roy", "L. Gagnon", "Guy Côté"] {
        assert_eq!(desk.person(name).expect("there").met.expect("met").at, "Gala", "{name}");
    }
    desk.keys("enter").shows("4 cards filed");
}

#[test]
fn those_who_came_in_bulk_are_gone_through_the_same_way() {
    let mut people = Vec::new();
    for name in ["Ada Un", "Bea Deux"] {
        let mut one = at_org(named(name), "ingénieure", "Hydro-Québec");
        one.unread = true;
        people.push(one);
    }
    let mut desk = Desk::with(Lang::En, (120, 36), &people);
    desk.keys("3 / type:is:unread_@Hydro esc esc S").shows("is:unread @Hydro").shows("2 cards left");
    desk.keys("enter enter").shows("Nobody is left of this search").shows("2 cards filed");
    assert!(!desk.person("Ada Un").expect("there").unread);
}

#[test]
fn pictures() {
    for (lang, tag) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        for size in [(80, 24), (120, 36), (180, 50)] {
            let mut desk = evening(lang, size);
            desk.keys("s s tab space");
            insta::assert_snapshot!(format!("pocket-card-{tag}-{}x{}", size.0, size.1), desk.picture());
        }
    }
}
