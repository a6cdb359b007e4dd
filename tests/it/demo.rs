//! The demonstration network is what a newcomer sees first: it must read without a fault, hold together, and tell the
//! stories that it promises.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use openbar::domain::book::Book;
use openbar::domain::change::{Record, RecordId};
use openbar::domain::contact::{Closeness, Contact, Door, Language, MarketHow, MetHow, RoleKind, Stage};
use openbar::domain::id::ContactId;
use openbar::domain::interaction::InteractionKind;
use openbar::domain::mandate::{Channel, MandateStage, TouchPerson};
use openbar::domain::need::{CandidateState, NeedStatus};
use openbar::domain::time::{Date, PartialDate};
use openbar::exchange::native;
use openbar::insight::agenda::agenda;

const NETWORK: &[u8] = include_bytes!("../../assets/demo/network.jsonl");

/// The day that the network calls today; assets/demo/README.md.
pub fn today() -> Date {
    Date::constant(2026, 11, 16)
}

/// The network as a book.
pub fn network() -> Book {
    let mut watch = |_, _| ControlFlow::Continue(());
    let batch = native::read(NETWORK, "network.jsonl", NETWORK.len() as u64, &mut watch).expect("readable");
    assert!(batch.problems.is_empty(), "{:?}", batch.problems);
    let mut book = Book::default();
    for record in batch
        .people
        .into_iter()
        .map(|one| Record::Contact(one.contact))
        .chain(batch.others.into_iter().map(|(_, record)| record))
    {
        assert!(
            book.record(record.id()).is_none() || record.id() == RecordId::Me,
            "twice: {:?}",
            record.id()
        );
        book.put(record);
    }
    book
}

fn named(book: &Book, name: &str) -> Arc<Contact> {
    let found: Vec<_> = book.contacts().filter(|contact| contact.name.full == name).collect();
    assert_eq!(found.len(), 1, "one {name}");
    found[0].clone()
}

fn log<'a>(book: &'a Book, who: &Contact, kind: InteractionKind) -> impl Iterator<Item = Date> + use<'a> {
    book.interactions_of(who.id).filter(move |entry| entry.kind == kind).map(|entry| entry.on)
}

fn touched(book: &Book, who: ContactId) -> Vec<String> {
    book.mandates()
        .filter(|mandate| mandate.origin.iter().any(|touch| touch.person == TouchPerson::Known(who)))
        .map(|mandate| mandate.title.clone())
        .collect()
}

#[test]
fn it_is_written_as_an_export_writes_it() {
    let mut written = Vec::new();
    native::export(&network(), &|_| true, false, &mut written).expect("memory");
    let (written, network) =
        (String::from_utf8(written).expect("text"), str::from_utf8(NETWORK).expect("text"));
    for (at, (mine, theirs)) in network.lines().zip(written.lines()).enumerate() {
        assert_eq!(mine, theirs, "line {}", at + 1);
    }
    assert_eq!(network.len(), written.len());
}

#[test]
fn everything_that_is_referred_to_is_there() {
    let book = network();
    for contact in book.contacts() {
        assert!(!contact.display_name().is_empty());
        if let Some(met) = &contact.met {
            let via = met.via.as_str();
            assert!(via.is_empty() || book.by_uid(via).is_some(), "{}: {via}", contact.display_name());
            let event = book.events().find(|event| event.name == met.at);
            assert!(met.at.is_empty() || event.is_some(), "{}: {}", contact.display_name(), met.at);
            if let Some(held) = event.and_then(|event| event.on.as_ref()) {
                assert_eq!(met.on.as_ref(), Some(held), "{}", contact.display_name());
            }
        }
    }
    let there = |id: ContactId| assert!(book.contact(id).is_some(), "{id}");
    for tie in book.ties() {
        there(tie.a);
        there(tie.b);
        assert_ne!(tie.a, tie.b);
    }
    for entry in book.interactions() {
        assert!(!entry.people.is_empty());
        entry.people.iter().copied().for_each(there);
    }
    for need in book.needs() {
        need.candidates.iter().for_each(|candidate| there(candidate.contact));
    }
    let events: BTreeSet<_> = book.events().map(|event| event.id).collect();
    for mandate in book.mandates() {
        mandate.circle.iter().for_each(|decider| there(decider.contact));
        for touch in &mandate.origin {
            assert!(touch.event.is_none_or(|event| events.contains(&event)), "{}", mandate.title);
            if let TouchPerson::Known(id) = touch.person {
                there(id);
            }
        }
    }
}

#[test]
fn nothing_happens_before_people_met() {
    let book = network();
    let met = |id: ContactId| {
        let contact = book.contact(id).expect("there");
        contact.met.as_ref().and_then(|met| met.on.as_ref()?.earliest())
    };
    let in_order = |id: ContactId, on: Date, what: &str| {
        assert!(met(id).is_none_or(|met| met <= on), "{what} on {on}, before they met");
        assert!(on <= today(), "{what} on {on}, after today");
    };
    for entry in book.interactions() {
        entry.people.iter().for_each(|person| in_order(*person, entry.on, &entry.words));
        assert!(entry.created >= book.contact(entry.people[0]).expect("there").created, "{}", entry.words);
    }
    for need in book.needs() {
        need.candidates.iter().for_each(|candidate| in_order(candidate.contact, candidate.on, &need.words));
    }
    for mandate in book.mandates() {
        let dates: Vec<_> = mandate.origin.iter().filter_map(|touch| touch.on.as_ref()?.earliest()).collect();
        assert!(dates.is_sorted(), "{}: touches out of order", mandate.title);
        assert!(mandate.closed >= mandate.opened || mandate.closed.is_none(), "{}", mandate.title);
        for touch in &mandate.origin {
            if let (TouchPerson::Known(id), Some(on)) =
                (&touch.person, touch.on.as_ref().and_then(PartialDate::latest))
            {
                in_order(*id, on.min(today()), &mandate.title);
            }
        }
    }
    for contact in book.contacts() {
        assert!(contact.created <= contact.updated, "{}", contact.display_name());
    }
}

#[test]
fn everybody_is_invented() {
    let text = str::from_utf8(NETWORK).expect("text");
    let me = network().me().clone();
    let book = network();
    let own = (me.emails.clone(), me.phones.clone(), me.urls.clone());
    let cards = book.contacts().map(|one| (one.emails.clone(), one.phones.clone(), one.urls.clone()));
    for (emails, phones, urls) in cards.chain([own]) {
        for email in emails {
            assert!(email.value.ends_with(".example"), "{}", email.value);
        }
        for phone in phones {
            let digits = phone.value.as_str();
            let invented = (digits.len() == 12 && digits.starts_with("+1") && &digits[5..10] == "55501")
                || digits.starts_with("+3319900")
                || digits.starts_with("+3363998");
            assert!(invented, "{digits}");
        }
        for url in urls {
            let invented =
                url.value.starts_with("https://www.linkedin.com/in/") && url.value.ends_with("-demo");
            assert!(invented || url.value.ends_with(".example"), "{}", url.value);
        }
    }
    assert!(!text.contains("http://"));
}

#[test]
fn it_is_as_large_and_as_mixed_as_life() {
    let book = network();
    let counts = book.counts();
    assert!((110..=140).contains(&(counts.pocket + counts.active + counts.archived)), "{counts:?}");
    assert_eq!(counts.pocket, 13);
    assert!(counts.unread >= 8 && counts.archived >= 5, "{counts:?}");
    assert!(book.interactions().count() >= 150);
    assert!(book.events().count() >= 12);
    assert_eq!((book.needs().count(), book.mandates().count()), (8, 8));
    for language in [Language::French, Language::English] {
        assert!(book.contacts().filter(|one| one.language == Some(language)).count() >= 15, "{language:?}");
    }
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for contact in book.contacts().filter(|contact| !contact.name.full.is_empty()) {
        *names.entry(&contact.name.full).or_default() += 1;
    }
    assert_eq!(names.values().filter(|count| **count > 1).count(), 3, "pairs of namesakes");
    assert!(names.keys().any(|name| name.contains('\u{0644}')), "a name in Arabic letters");
    assert!(names.keys().any(|name| name.chars().count() > 30), "a long name");
    assert!(book.contacts().any(|one| one.name.full.is_empty()), "a card without a name");
    for door in [Door::Seen, Door::Invited, Door::Accepted, Door::Declined] {
        assert!(book.contacts().any(|one| one.door == Some(door)), "{door:?}");
    }
    assert!(book.contacts().flat_map(|one| &one.markets).filter(|tie| tie.refused).count() >= 3);
    assert!(!book.me().club_rule.is_empty());
}

#[test]
fn today_has_something_of_everything() {
    let today = agenda(&network(), today());
    assert_eq!(today.pocket.total, 13);
    assert!(today.due.total >= 3, "follow-ups");
    assert!(today.birthdays.total >= 3, "birthdays");
    assert_eq!(today.moves.total, 5, "moves");
    assert!(today.awaited.total >= 3, "answers awaited");
    assert!(today.silent.total >= 1, "people not heard of");
}

#[test]
fn the_plank_seller_was_pocketed_and_forgotten() {
    let book = network();
    let seller = named(&book, "Réjean Tremblay");
    let met = seller.met.as_ref().expect("met");
    assert_eq!(
        (met.how, met.on.as_ref().and_then(PartialDate::day)),
        (Some(MetHow::Card), Some(Date::constant(2026, 5, 14)))
    );
    assert!(seller.values.iter().any(|value| value.contains("planches")));
    assert!(seller.next.is_none() && touched(&book, seller.id).is_empty());
    let need = book.needs().find(|need| need.words.contains("terrasse")).expect("the need");
    assert!(need.status == NeedStatus::Open && need.candidates.is_empty());
}

#[test]
fn the_farmer_wears_four_hats_and_opens_doors() {
    let book = network();
    let farmer = named(&book, "Ghislain Wallace");
    let kinds: BTreeSet<_> = farmer.current_roles().map(|role| format!("{:?}", role.kind)).collect();
    let all = [RoleKind::Ownership, RoleKind::Elected, RoleKind::Board, RoleKind::Member];
    assert_eq!(kinds, all.iter().map(|kind| format!("{kind:?}")).collect());
    assert!(
        farmer.markets.iter().any(|tie| tie.market == "municipal" && tie.how == Some(MarketHow::Decides))
    );
    assert!(farmer.closeness.is_some_and(|closeness| closeness.level() >= 4));
    assert!(touched(&book, farmer.id).len() >= 3, "mandates that begin with him");
    assert!(
        book.contacts().filter(|one| one.met.as_ref().is_some_and(|met| met.via == farmer.uid())).count()
            >= 3
    );
}

#[test]
fn somebody_unknown_recommended() {
    let book = network();
    let unknown = book.mandates().filter(|mandate| mandate.stage == MandateStage::Won).filter(|mandate| {
        mandate.origin.iter().any(|touch| {
            matches!(&touch.person, TouchPerson::Unknown(words) if !words.is_empty())
                && touch.channel == Some(Channel::Referral)
        })
    });
    assert_eq!(unknown.count(), 1);
}

#[test]
fn a_reader_became_a_client() {
    let book = network();
    let reader = named(&book, "Annick Bélanger");
    assert_eq!(reader.met.as_ref().and_then(|met| met.how), Some(MetHow::Inbound));
    let mandate = book
        .mandates()
        .find(|mandate| mandate.origin.iter().any(|touch| touch.person == TouchPerson::Known(reader.id)))
        .expect("her mandate");
    assert_eq!(mandate.stage, MandateStage::Won);
    assert!(mandate.origin.iter().all(|touch| touch.pull == Some(true)));
    assert!(mandate.origin.iter().any(|touch| touch.channel == Some(Channel::InboundContent)));
}

#[test]
fn a_card_in_the_pocket_answers_an_older_need() {
    let book = network();
    let digger = book
        .contacts()
        .find(|one| one.values.iter().any(|value| value.contains("mini-excavatrices")))
        .expect("the excavators");
    let need = book.needs().find(|need| need.words.contains("drain")).expect("the need");
    assert_eq!((digger.stage, need.status), (Stage::Pocket, NeedStatus::Open));
    assert!(need.opened < digger.created);
    assert!(need.candidates.iter().all(|candidate| candidate.state == CandidateState::Dismissed));
}

#[test]
fn the_open_bar_has_its_price() {
    let book = network();
    let hurt = |one: &&Arc<Contact>| log(&book, one, InteractionKind::Setback).next().is_some();
    let mut closeness: Vec<_> =
        book.contacts().filter(hurt).map(|one| one.closeness.map_or(0, Closeness::level)).collect();
    closeness.sort_unstable();
    assert!(closeness.len() >= 6, "setbacks");
    assert!(
        closeness.first() == Some(&0) && closeness.last() >= Some(&3),
        "from strangers and from friends: {closeness:?}"
    );
}
