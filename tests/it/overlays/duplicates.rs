//! The list of pairs and two cards side by side: pictures, and scripts of keys.

use std::sync::Arc;

use openbar::domain::Book;
use openbar::domain::change::{Course, Deed, Record, Step};
use openbar::domain::contact::{Closeness, Contact, Labelled, Met, MetHow, Phone, Role};
use openbar::domain::id::StepId;
use openbar::domain::merge::{Choice, Choices, Field};
use openbar::domain::problem::Brief;
use openbar::domain::time::PartialDate;
use openbar::insight::duplicates::{self, Blocks};
use openbar::protocol::{Job, Lookalikes, Reply};
use openbar::tui::effect::{Effect, View};
use uuid::Uuid;

use super::stage::{JOHN, LOUISE, MARIE, REJEAN, Stage, id, picture, pictures, world};

const AGAIN: u128 = 11;
const HOMONYM: u128 = 12;

/// The small world, with Réjean noted a second time by LinkedIn, and a homonym of Louise.
fn twice() -> Book {
    let mut book = world();
    let mut again = Contact::new(id(AGAIN), "2026-11-14T09:00:00Z".parse().expect("a moment"));
    again.name.full = "Rejean Tremblay".into();
    (again.name.given, again.name.family) = ("Rejean".into(), "Tremblay".into());
    again.roles = vec![Role {
        org: "Scierie Tremblay inc.".into(),
        title: "Sales representative".into(),
        source: "linkedin".into(),
        ..Role::default()
    }];
    again.emails = vec![
        Labelled { value: "rejean@scierie.example".into(), label: "work".into() },
        Labelled { value: "rejean.tremblay@courriel.example".into(), label: "home".into() },
    ];
    again.phones = vec![Phone { value: "+18195550124".into(), label: "mobile".into(), ext: "".into() }];
    again.met = Some(Met {
        on: Some(PartialDate::parse("2026-11-14")),
        at: String::new(),
        how: Some(MetHow::LinkedIn),
        via: String::new(),
    });
    again.closeness = Closeness::new(1);
    again.birthday = Some(PartialDate::parse("--04-12"));
    again.tags = vec!["foresterie".into()];
    book.put(Record::Contact(Arc::new(again)));
    let mut homonym = Contact::new(id(HOMONYM), "2026-11-15T09:00:00Z".parse().expect("a moment"));
    homonym.name.full = "Louise Gagnon".into();
    book.put(Record::Contact(Arc::new(homonym)));
    book
}

fn pairs(book: &Book) -> Reply {
    let found = duplicates::sweep(book, &|| false).expect("not cancelled");
    let pairs: Vec<_> = found.into_iter().filter_map(|pair| Lookalikes::pair(book, pair)).collect();
    Reply::Duplicates { total: pairs.len(), pairs }
}

fn of(book: &Book, n: u128) -> Reply {
    let contact = book.contact(id(n)).expect("there");
    let found = duplicates::of(book, &Blocks::build(book), contact);
    let pairs: Vec<_> = found.into_iter().filter_map(|one| Lookalikes::of(book, id(n), one)).collect();
    Reply::Duplicates { total: pairs.len(), pairs }
}

fn list(lang: &str) -> Stage {
    let book = twice();
    let reply = pairs(&book);
    let mut stage = Stage::open_with(lang, View::Duplicates(None), book, None);
    stage.refresh();
    stage.reply(1, &reply);
    stage
}

fn side_by_side(lang: &str) -> Stage {
    let book = twice();
    let reply = of(&book, REJEAN);
    let mut stage = Stage::open_with(lang, View::Merge(id(REJEAN), id(AGAIN)), book, None);
    stage.refresh();
    stage.reply(1, &reply);
    stage
}

fn step(deed: Deed) -> Step {
    Step {
        id: StepId(Uuid::from_u128(1)),
        at: "2026-11-16T15:00:00Z".parse().expect("a moment"),
        course: Course::Do,
        deed,
        subject: String::new(),
    }
}

#[test]
fn pairs_are_listed_with_their_reasons() {
    pictures("duplicates", list);
    pictures("duplicates_none", |lang| {
        let mut stage = Stage::open(lang, View::Duplicates(Some(id(JOHN))));
        stage.refresh();
        stage.reply(1, &Reply::Duplicates { pairs: Vec::new(), total: 0 });
        stage
    });
}

#[test]
fn two_cards_stand_side_by_side() {
    pictures("merge", side_by_side);
    pictures("merge_chosen", |lang| {
        let mut stage = side_by_side(lang);
        for key in ["right", "j", "j", "left", "j", "right", "s"] {
            stage.press(key);
        }
        stage
    });
    pictures("merge_without_reason", |lang| {
        let mut stage = Stage::open(lang, View::Merge(id(MARIE), id(JOHN)));
        stage.refresh();
        stage.reply(1, &Reply::Duplicates { pairs: Vec::new(), total: 0 });
        stage
    });
}

#[test]
fn presentation_hides_closeness_beside_closeness() {
    let mut stage = side_by_side("en");
    assert!(picture(&stage, 120, 50).contains("closeness"));
    stage.present();
    let hidden = picture(&stage, 120, 50);
    assert!(!hidden.contains("closeness") && hidden.contains("rejean@scierie.example"), "{hidden}");
}

#[test]
fn the_list_asks_once_for_every_book() {
    let book = twice();
    let mut stage = Stage::open_with("en", View::Duplicates(Some(id(REJEAN))), book.clone(), None);
    let asks = |of: Option<String>| vec![Effect::Ask(Job::Duplicates { of, limit: Some(500) }, 1)];
    assert_eq!(stage.refresh(), asks(Some(id(REJEAN).to_string())));
    assert_eq!(stage.refresh(), []);
    assert_eq!(stage.book(book.clone()), asks(Some(id(REJEAN).to_string())));
    let mut without = book;
    without.drop_record(openbar::domain::RecordId::Contact(id(REJEAN)));
    assert_eq!(stage.book(without), [Effect::Close], "whose lookalikes they were is gone");
}

#[test]
fn enter_puts_a_pair_side_by_side_and_n_keeps_it_apart() {
    let mut stage = list("en");
    assert_eq!(stage.press("enter"), [Effect::Show(View::Merge(id(REJEAN), id(AGAIN)))]);
    stage.press("j");
    let refused = Job::Refuse { a: id(LOUISE).to_string(), b: id(HOMONYM).to_string() };
    assert_eq!(stage.press("n"), [Effect::Ask(refused, 2)]);
    assert_eq!(stage.press("u"), [Effect::Ask(Job::Undo, 3)]);
    assert_eq!(stage.press("esc"), [Effect::Close]);
}

fn merged(effects: &[Effect]) -> (String, String, Choices) {
    match effects {
        [Effect::Ask(Job::Merge { keep, other, choices, dry_run: false }, 2)] => {
            (keep.clone(), other.clone(), choices.clone())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn enter_merges_as_chosen() {
    let (old, new) = (id(REJEAN).to_string(), id(AGAIN).to_string());
    let mut stage = side_by_side("en");
    assert_eq!(merged(&stage.press("enter")), (old.clone(), new.clone(), Choices::new()));
    // The name of the right card; the hats of both, as from the start.
    for key in ["right", "j", "b"] {
        stage.press(key);
    }
    let chosen: Choices = [(Field::Name, Choice::Other), (Field::Roles, Choice::Both)].into();
    assert_eq!(merged(&stage.press("enter")), (old.clone(), new.clone(), chosen));
    // Whose card is kept changes; whose name stands does not.
    stage.press("s");
    let chosen: Choices = [(Field::Name, Choice::Kept), (Field::Roles, Choice::Both)].into();
    assert_eq!(merged(&stage.press("enter")), (new, old, chosen));
}

#[test]
fn both_values_of_a_single_field_cannot_stand() {
    let mut stage = side_by_side("en");
    stage.press("b");
    assert!(merged(&stage.press("enter")).2.is_empty());
}

#[test]
fn the_overlay_closes_once_it_is_done() {
    let mut stage = side_by_side("en");
    let contact = twice().contact(id(REJEAN)).expect("there").clone();
    let gone = Brief::from(twice().contact(id(AGAIN)).expect("there").as_ref());
    let effects = stage.reply(2, &Reply::Merged { contact, gone, count: 2, step: Some(step(Deed::Merge)) });
    assert_eq!(effects.last(), Some(&Effect::Close));
    let mut stage = side_by_side("en");
    let refused = Job::Refuse { a: id(REJEAN).to_string(), b: id(AGAIN).to_string() };
    assert_eq!(stage.press("n"), [Effect::Ask(refused, 3)]);
    let done = Reply::Changed { step: Some(step(Deed::Refuse)), people: Vec::new(), count: 1 };
    assert_eq!(stage.reply(3, &done), [Effect::Close]);
    // One of the cards went meanwhile.
    let mut stage = side_by_side("en");
    assert_eq!(stage.book(world()), [Effect::Close]);
}

#[test]
fn every_size_is_drawn() {
    for lang in ["en", "fr"] {
        for (width, height) in [(1, 3), (20, 5), (40, 10), (80, 24), (180, 50), (300, 90)] {
            for mut stage in [list(lang), side_by_side(lang)] {
                stage.resize(width, height);
                stage.press("G");
                picture(&stage, width, height);
            }
        }
    }
}
