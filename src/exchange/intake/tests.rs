//! Imports and re-imports of LinkedIn's list.

use std::ops::ControlFlow;

use proptest::prelude::*;

use super::*;
use crate::domain::contact::{Door, MetHow, Role, Stage};
use crate::exchange::native::tests::take_in;
use crate::exchange::{ReadOptions, linkedin};

const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

fn list(rows: &str) -> Batch {
    let options = ReadOptions::new("2026-03-05".parse().expect("a date"));
    let text = format!("{HEADER}{rows}");
    linkedin::read(text.as_bytes(), "Connections.csv", &options, &mut |_, _| ControlFlow::Continue(()))
        .expect("a list")
}

fn row(slug: &str, name: &str, email: &str, org: &str, title: &str, on: &str) -> String {
    let url = if slug.is_empty() { String::new() } else { format!("https://www.linkedin.com/in/{slug}") };
    format!("{name},{url},{email},{org},{title},{on}\n")
}

fn one(book: &Book) -> Arc<Contact> {
    assert_eq!(book.contacts().count(), 1);
    book.contacts().next().expect("one").clone()
}

fn edited(book: &mut Book, change: impl FnOnce(&mut Contact)) {
    let mut contact = Contact::clone(&one(book));
    change(&mut contact);
    book.put(Record::Contact(Arc::new(contact)));
}

fn sophie(org: &str, title: &str) -> Batch {
    list(&row("sophie-gagnon", "Sophie,Gagnon", "", org, title, "12 Nov 2025"))
}

#[test]
fn a_new_connection() {
    let mut book = Book::default();
    let plan = take_in(
        &mut book,
        list(&row("luc-roy", "Luc,\"Roy, MBA\"", "luc@example.org", "CAE", "Pilote", "03 Mar 2016")),
    );
    let luc = one(&book);
    assert_eq!((plan.new, plan.organisations), (1, 1));
    assert_eq!((luc.name.given.as_str(), luc.name.family.as_str()), ("Luc", "Roy"));
    assert_eq!(
        (luc.name.full.as_str(), &luc.name.credentials[..]),
        ("Luc Roy, MBA", &["MBA".to_owned()][..])
    );
    assert_eq!((luc.stage, luc.unread, luc.door), (Stage::Active, true, Some(Door::Accepted)));
    let met = luc.met.as_ref().expect("met");
    assert_eq!(
        (met.on.as_ref().expect("a day").to_string(), met.how),
        ("2016-03-03".into(), Some(MetHow::LinkedIn))
    );
    assert_eq!((luc.urls[0].label.as_str(), luc.roles[0].source.as_str()), ("linkedin", "linkedin"));
    assert_eq!(luc.sources[0], "linkedin:in/luc-roy");
}

#[test]
fn a_newer_list_ends_the_hat_and_tells_the_move() {
    let mut book = Book::default();
    take_in(&mut book, sophie("MRC", "Directrice"));
    let plan = take_in(&mut book, sophie("Desjardins", "Vice-présidente"));
    let after = one(&book);
    let hats: Vec<_> = after.roles.iter().map(|role| (role.org.as_str(), role.former)).collect();
    assert_eq!(hats, [("Desjardins", false), ("MRC", true)]);
    assert_eq!(after.roles[1].until.as_ref().expect("a day").to_string(), "2026-03-05");
    assert_eq!(after.roles[0].since, after.roles[1].until);
    assert_eq!(plan.moves.len(), 1);
    assert_eq!(plan.moves[0].from, ("Directrice".into(), "MRC".into()));
    assert_eq!(plan.moves[0].to, ("Vice-présidente".into(), "Desjardins".into()));
    assert!(take_in(&mut book, sophie("Desjardins", "Vice-présidente")).edits.is_empty());
}

#[test]
fn an_older_list_moves_nobody_back() {
    let other = |on| row("luc-roy", "Luc,Roy", "", "CAE", "Pilote", on);
    let older =
        format!("{}{}", row("s", "Sophie,Gagnon", "", "MRC", "Agente", "12 Nov 2015"), other("01 Jan 2016"));
    let newer =
        format!("{}{}", row("s", "Sophie,Gagnon", "", "CAE", "Cheffe", "12 Nov 2015"), other("01 Jan 2026"));
    let mut book = Book::default();
    take_in(&mut book, list(&newer));
    let plan = take_in(&mut book, list(&older));
    assert_eq!((plan.moves.len(), plan.edits.len()), (0, 0));
}

#[test]
fn words_corrected_are_no_move() {
    let mut book = Book::default();
    take_in(&mut book, sophie("MRC", "directrice generale"));
    let plan = take_in(&mut book, sophie("MRC", "Directrice générale"));
    assert_eq!((plan.changed, plan.moves.len()), (1, 0));
    assert_eq!(one(&book).roles.len(), 1);
    assert_eq!(one(&book).roles[0].title, "Directrice générale");
}

#[test]
fn empty_cells_erase_nothing() {
    let mut book = Book::default();
    take_in(&mut book, list(&row("luc-roy", "Luc,Roy", "luc@example.org", "CAE", "Pilote", "03 Mar 2016")));
    let plan = take_in(&mut book, list(&row("luc-roy", ",", "", "", "", "03 Mar 2016")));
    assert!(plan.edits.is_empty(), "{:?}", plan.edits);
}

#[test]
fn what_the_user_edited_stands() {
    let mut book = Book::default();
    take_in(&mut book, list(&row("luc-roy", "Luc,Roy", "luc@example.org", "CAE", "Pilote", "03 Mar 2016")));
    edited(&mut book, |luc| {
        luc.name.full = "Luc Roy-Tremblay".into();
        luc.emails.clear();
        luc.urls.clear();
        luc.roles[0].title = "Pilote d'essai".into();
        luc.roles[0].source.clear();
        luc.note = "ami".into();
    });
    let mine = one(&book);
    assert!(
        take_in(
            &mut book,
            list(&row("luc-roy", "Luc,Roy", "luc@example.org", "CAE", "Pilote", "03 Mar 2016"))
        )
        .edits
        .is_empty()
    );
    take_in(
        &mut book,
        list(&row("luc-roy", "Lucas,Roy", "luc@example.org", "CAE", "Chef pilote", "03 Mar 2016")),
    );
    let after = one(&book);
    assert_eq!(
        (&after.name, &after.emails, &after.urls, &after.roles),
        (&mine.name, &mine.emails, &mine.urls, &mine.roles)
    );
    let plan = take_in(
        &mut book,
        list(&row("luc-roy", "Lucas,Roy", "luc@example.org", "Bell", "Pilote", "03 Mar 2016")),
    );
    let after = one(&book);
    assert_eq!(plan.moves.len(), 1);
    assert!(after.roles.iter().any(|role| role.title == "Pilote d'essai" && !role.former));
    assert!(after.roles.iter().any(|role| role.org == "Bell"));
}

#[test]
fn a_deleted_hat_stays_deleted() {
    let mut book = Book::default();
    take_in(&mut book, sophie("MRC", "Agente"));
    edited(&mut book, |sophie| sophie.roles.clear());
    assert!(take_in(&mut book, sophie("MRC", "Agente")).edits.is_empty());
}

#[test]
fn a_married_name_is_taken_over() {
    let mut book = Book::default();
    take_in(&mut book, sophie("MRC", "Agente"));
    edited(&mut book, |sophie| sophie.name.nickname = "So".into());
    take_in(
        &mut book,
        list(&row("sophie-gagnon", "Sophie,\"Gagnon-Côté, MBA\"", "", "MRC", "Agente", "12 Nov 2025")),
    );
    let name = one(&book).name.clone();
    assert_eq!(
        (name.full.as_str(), name.family.as_str(), name.nickname.as_str()),
        ("Sophie Gagnon-Côté, MBA", "Gagnon-Côté", "So")
    );
}

#[test]
fn somebody_noted_before_is_completed() {
    let mut book = Book::default();
    take_in(&mut book, sophie("MRC", ""));
    edited(&mut book, |sophie| {
        sophie.sources.clear();
        sophie.door = None;
        sophie.met = None;
        sophie.roles[0].source.clear();
        sophie.unread = false;
        sophie.urls[0].value = "linkedin.com/in/Sophie-Gagnon/?lang=fr".into();
    });
    let plan = take_in(&mut book, sophie("M.R.C.", "Agente"));
    assert_eq!((plan.new, plan.changed), (0, 1));
    let after = one(&book);
    assert_eq!((after.door, after.urls.len(), after.unread), (Some(Door::Accepted), 1, false));
    assert!(after.met.is_some());
}

#[test]
fn a_hat_seen_for_the_first_time_comes_after_the_users_own() {
    let mut book = Book::default();
    take_in(&mut book, sophie("MRC", "Agente"));
    edited(&mut book, |sophie| {
        sophie.sources.clear();
        sophie.roles = vec![Role { title: "potière".into(), ..Role::default() }];
    });
    let plan = take_in(&mut book, sophie("MRC", "Agente"));
    let hats: Vec<_> = one(&book).roles.iter().map(|role| role.title.clone()).collect();
    assert_eq!((hats, plan.moves.len()), (vec!["potière".into(), "Agente".into()], 0));
}

#[test]
fn namesakes_stay_two() {
    let rows = [
        row("michel-roy-1", "Michel,Roy", "", "Metro", "Acheteur", "04 Mar 2016"),
        row("michel-roy-2", "Michel,Roy", "", "CAE", "Pilote", "04 Mar 2016"),
    ]
    .concat();
    let mut book = Book::default();
    assert_eq!(take_in(&mut book, list(&rows)).new, 2);
    assert!(take_in(&mut book, list(&rows)).edits.is_empty());
}

#[test]
fn lists_without_addresses_match_by_name_and_day() {
    let rows = [
        row("", "Michel,Roy", "", "Metro", "Acheteur", "04 Mar 2016"),
        row("", "Michel,Roy", "", "CAE", "Pilote", "04 Mar 2016"),
        row("", "Luc,Roy", "", "CAE", "Pilote", "04 Mar 2016"),
    ]
    .concat();
    let mut book = Book::default();
    assert_eq!(take_in(&mut book, list(&rows)).new, 3);
    assert!(take_in(&mut book, list(&rows)).edits.is_empty());
    // Today's form gives them addresses; one Michel has another job since, Luc too.
    let rows = [
        row("michel-roy-1", "Michel,Roy", "", "Provigo", "Acheteur", "04 Mar 2016"),
        row("michel-roy-2", "Michel,Roy", "", "CAE", "Pilote", "04 Mar 2016"),
        row("luc-roy", "Luc,Roy", "", "Bell", "Pilote", "04 Mar 2016"),
    ]
    .concat();
    let plan = take_in(&mut book, list(&rows));
    assert_eq!((plan.new, plan.changed, plan.moves.len()), (0, 3, 2));
}

#[test]
fn a_shared_mailbox_makes_nobody_the_same() {
    let mut book = Book::default();
    take_in(&mut book, list(&row("", "Luc,Roy", "info@example.org", "A", "", "04 Mar 2016")));
    let plan =
        take_in(&mut book, list(&row("zoe", "Zoé,Lavoie", "info@example.org", "A", "", "05 Mar 2016")));
    assert_eq!(plan.new, 1);
    let plan =
        take_in(&mut book, list(&row("luc", "Luc,Tremblay", "INFO@example.org", "A", "", "05 Mar 2017")));
    assert_eq!(plan.new, 1, "two people have this address by now");
}

#[test]
fn an_address_that_changed_its_name() {
    let mut book = Book::default();
    take_in(&mut book, list(&row("luc-roy-1a2b", "Luc,Roy", "", "CAE", "Pilote", "04 Mar 2016")));
    let plan = take_in(&mut book, list(&row("lucroy", "Luc,Roy", "", "CAE", "Pilote", "04 Mar 2016")));
    assert_eq!((plan.new, plan.changed), (0, 1));
    let rows = [
        row("lucroy", "Luc,Roy", "", "CAE", "Pilote", "04 Mar 2016"),
        row("lucroy", "Luc,Roy", "", "X", "", "04 Mar 2016"),
    ];
    let plan = take_in(&mut book, list(&rows.concat()));
    assert_eq!((plan.edits.len(), plan.problems.len()), (0, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_same_list_twice_changes_nothing(
        people in proptest::collection::vec(("[a-c]?", "[A-C]", "[A-B]?", "[ab]?", "[XY]?", "[tu]?", 1..4_u8), 0..12),
        earlier in proptest::collection::vec(("[a-c]?", "[A-C]", "[XY]?", "[tu]?", 1..4_u8), 0..6),
    ) {
        let mut book = Book::default();
        let before: String = earlier
            .iter()
            .map(|(slug, given, org, title, day)| row(slug, &format!("{given},Roy"), "", org, title, &format!("0{day} Mar 2015")))
            .collect();
        take_in(&mut book, list(&before));
        let rows: String = people
            .iter()
            .map(|(slug, given, family, email, org, title, day)| {
                let email = if email.is_empty() { String::new() } else { format!("{email}@example.org") };
                row(slug, &format!("{given},{family}"), &email, org, title, &format!("0{day} Mar 2016"))
            })
            .collect();
        take_in(&mut book, list(&rows));
        let plan = take_in(&mut book, list(&rows));
        prop_assert!(plan.edits.is_empty(), "{:#?}", plan.edits);
    }
}
