//! Who is taken for whom, and on what grounds.

use std::collections::HashSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::change::Record;
use crate::domain::contact::{Address, Labelled, Name, Phone, Role};
use crate::domain::id::RefusalId;
use crate::domain::refusal::Refusal;
use crate::domain::time::{PartialDate, Timestamp};

/// A card from a few words: a name, then `@organisation`, `mail@host`, `+1…`, `+1…#ext`, `in/slug`, `--12-24`, `town:`.
fn card(n: u128, text: &str) -> Contact {
    let mut contact = Contact::new(ContactId(Uuid::from_u128(n)), Timestamp::UNIX_EPOCH);
    let mut parts = text.split(", ");
    contact.name = Name::from_full(parts.next().unwrap_or_default());
    for part in parts {
        if let Some(org) = part.strip_prefix('@') {
            contact.roles.push(Role { org: org.into(), ..Role::default() });
        } else if let Some(title) = part.strip_prefix("title:") {
            contact.roles.push(Role { title: title.into(), ..Role::default() });
        } else if let Some(town) = part.strip_prefix("town:") {
            contact.addresses.push(Address { city: town.into(), ..Address::default() });
        } else if part.starts_with('+') {
            let (value, ext) = part.split_once('#').unwrap_or((part, ""));
            contact.phones.push(Phone { value: value.into(), ext: ext.into(), ..Phone::default() });
        } else if part.starts_with("--") {
            contact.birthday = Some(PartialDate::parse(part));
        } else if part.starts_with("in/") {
            contact.sources.push(format!("linkedin:{part}"));
        } else {
            contact.emails.push(Labelled { value: part.into(), ..Labelled::default() });
        }
    }
    contact
}

fn book(cards: &[&str]) -> Book {
    let mut book = Book::default();
    for (n, text) in cards.iter().enumerate() {
        book.put(Record::Contact(Arc::new(card(n as u128 + 1, text))));
    }
    book
}

fn id(n: u128) -> ContactId {
    ContactId(Uuid::from_u128(n))
}

/// The score of two cards alone in a book.
fn score(a: &str, b: &str) -> Option<Candidate> {
    let book = book(&[b]);
    of(&book, &Blocks::build(&book), &card(9, a)).pop()
}

fn likelihood(a: &str, b: &str) -> Option<Likelihood> {
    score(a, b).map(|found| found.likelihood)
}

#[test]
fn a_name_alone_is_never_more_than_possible() {
    for (a, b) in [
        ("Réjean Tremblay", "Réjean Tremblay"),
        ("Rejean Tremblay", "Réjean TREMBLAY"),
        ("Réjean Tremblay, town:Granby", "Réjean Tremblay, town:Granby"),
        ("Réjean Tremblay, title:maire", "Réjean Tremblay, title:maire"),
        ("Réjean Tremblay, title:maire, town:Granby", "Réjean Tremblay, title:maire, town:Granby"),
        ("Bob Gagnon", "Robert Gagnon"),
        ("Tremblay Réjean", "Réjean Tremblay"),
        ("Marie Tremblay-Roy", "Marie Roy"),
        ("Réjean Trembley", "Réjean Tremblay"),
    ] {
        assert_eq!(likelihood(a, b), Some(Likelihood::Possible), "{a} / {b}");
    }
}

#[test]
fn what_two_cards_share_beside_the_name_makes_them_likely() {
    use Likelihood::{Likely, NearlySure};
    for (a, b, at_least) in [
        ("Réjean Tremblay, r@scierie.example", "R. Tremblay, R@scierie.example", NearlySure),
        ("Marie Roy, in/marie-roy", "Marie Tremblay, in/marie-roy", NearlySure),
        ("Réjean Tremblay, @Scierie Tremblay", "Réjean Tremblay, @Scierie Tremblay inc.", NearlySure),
        ("J.-F. Côté, @CGI", "Jean-François Côté, @CGI", Likely),
        ("R. Tremblay, @Scierie Tremblay", "Réjean Tremblay, @Scierie Tremblay", Likely),
        ("Bob Gagnon, +18195550123", "Robert Gagnon, +18195550123", NearlySure),
        ("Luc Roy, +18195550100#224", "Luc Roy, +18195550100#224", NearlySure),
        ("Marie Tremblay-Roy, --02-29", "Marie Roy, --02-29", NearlySure),
        ("Réjean, @Scierie Tremblay", "Réjean Tremblay, @Scierie Tremblay", Likely),
    ] {
        let found = likelihood(a, b);
        assert!(found >= Some(at_least), "{a} / {b}: {found:?}");
    }
}

#[test]
fn what_an_office_shares_makes_nobody_one() {
    assert_eq!(likelihood("Luc Roy, info@x.example", "Anne Côté, info@x.example"), None);
    assert_eq!(likelihood("Luc Roy, +18195550100", "Anne Côté, +18195550100"), None);
    assert_eq!(likelihood("Luc Roy, +18195550100#1", "Anne Côté, +18195550100#2"), None);
    let found = score("Luc Roy, info@x.example", "Luc Roy, info@x.example").expect("the same name too");
    assert!(found.evidence.iter().any(|one| one.clue == Clue::SharedEmail("info@x.example".into())));
}

#[test]
fn what_contradicts_lowers() {
    for (a, b) in [
        ("Marie Roy, in/marie-roy", "Marie Roy, in/marie-roy-2"),
        ("Marie Roy, --01-01", "Marie Roy, --02-02"),
        ("M. Claude Roy", "Mme Claude Roy"),
        ("Jean Roy Jr.", "Jean Roy Sr."),
        ("Marie Roy, m.roy@x.example", "Marie Roy, marie@x.example"),
    ] {
        assert_eq!(likelihood(a, b), None, "{a} / {b}");
    }
    // Two addresses at one employer, and the same job: worth a look, no more.
    let a = "Marie Roy, @MRC, m.roy@x.example";
    let b = "Marie Roy, @MRC, marie@x.example";
    assert_eq!(likelihood(a, b), Some(Likelihood::Possible));
}

#[test]
fn a_couple_with_one_address_is_two() {
    assert!(likelihood("Luc Roy, roy@x.example", "Anne Côté, roy@x.example") < Some(Likelihood::Likely));
}

#[test]
fn the_more_namesakes_the_less_a_name_says() {
    let names = ["Marie Tremblay"; 40];
    let book = book(&names);
    assert_eq!(of(&book, &Blocks::build(&book), &card(99, "Marie Tremblay")), []);
    assert_eq!(sweep(&book, &|| false), Some(Vec::new()));
}

#[test]
fn a_refused_pair_is_not_told_again() {
    let mut book = book(&["Luc Roy, luc@x.example", "Luc Roy, luc@x.example"]);
    assert_eq!(sweep(&book, &|| false).map(|pairs| pairs.len()), Some(1));
    let id_of = |n| id(n);
    let refusal = Refusal {
        id: RefusalId(Uuid::from_u128(5)),
        a: id_of(2),
        b: id_of(1),
        created: Timestamp::UNIX_EPOCH,
    };
    book.put(Record::Refusal(Arc::new(refusal)));
    assert_eq!(sweep(&book, &|| false), Some(Vec::new()));
    assert_eq!(of(&book, &Blocks::build(&book), book.contact(id(1)).expect("there")), []);
}

#[test]
fn blocks_follow_changes() {
    let shelf = Shelf::default();
    let mut now = book(&["Luc Roy, luc@x.example", "Anne Côté"]);
    let stranger = card(9, "Anne Côté, anne@y.example");
    let ask = |book: &Book| of(book, &shelf.blocks(&Arc::new(book.clone())), &stranger);
    assert_eq!(ask(&now)[0].likelihood, Likelihood::Possible);
    now.put(Record::Contact(Arc::new(card(2, "Anne Roy"))));
    now.put(Record::Contact(Arc::new(card(3, "A. Gagnon, anne@y.example"))));
    let found = ask(&now);
    assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [id(3)]);
}

fn cards() -> impl Strategy<Value = Vec<String>> {
    let name = proptest::sample::select(
        &[
            "Marie Roy",
            "Marie Tremblay-Roy",
            "M. Roy",
            "Bob Roy",
            "Robert Roy",
            "Réjean Tremblay",
            "Rejean Trembley",
            "",
        ][..],
    );
    let more = proptest::sample::select(
        &["@CGI", "a@x.example", "b@x.example", "+18195550100", "+18195550100#2", "in/x", "in/y", "--01-02"]
            [..],
    );
    proptest::collection::vec(
        (name, proptest::collection::vec(more, 0..3))
            .prop_map(|(name, more)| [name].into_iter().chain(more).collect::<Vec<_>>().join(", ")),
        0..12,
    )
}

proptest! {
    /// The sweep finds each pair once, the same that asking for each card finds, and with the same score.
    #[test]
    fn the_sweep_agrees_with_asking_for_each(cards in cards()) {
        let book = book(&cards.iter().map(String::as_str).collect::<Vec<_>>());
        let blocks = Blocks::build(&book);
        let pairs = sweep(&book, &|| false).expect("not cancelled");
        let swept: HashSet<(ContactId, ContactId)> = pairs.iter().map(|pair| (pair.a, pair.b)).collect();
        prop_assert_eq!(swept.len(), pairs.len());
        let mut asked = HashSet::new();
        for contact in book.contacts() {
            for found in of(&book, &blocks, contact) {
                let pair = (contact.id.min(found.id), contact.id.max(found.id));
                let same = pairs.iter().find(|known| (known.a, known.b) == pair);
                prop_assert!(same.is_some_and(|known| (known.score - found.score).abs() < 1e-4));
                asked.insert(pair);
            }
        }
        prop_assert_eq!(swept, asked);
    }

    /// No text makes it panic, and no score leaves its bounds.
    #[test]
    fn any_text_is_compared(a: String, b: String, mail: String, phone: String) {
        let mut one = card(1, "");
        one.name.full = a.into();
        one.emails.push(Labelled { value: mail, ..Labelled::default() });
        one.phones.push(Phone { value: phone.into(), ..Phone::default() });
        let mut two = one.clone();
        two.id = id(2);
        two.name.full = b.into();
        let mut book = Book::default();
        book.put(Record::Contact(Arc::new(one)));
        book.put(Record::Contact(Arc::new(two)));
        for pair in sweep(&book, &|| false).expect("not cancelled") {
            prop_assert!((0.0..=1.0).contains(&pair.score));
        }
    }
}
