//! Stores of every format ever released open for ever: their bytes lie in `fixtures/`, what is in them is told here.
//!
//! A fixture is never written again. When a format changes, the test that today's bytes are the fixture's moves on to
//! the new fixture, and the test that the old one opens stays.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use openbar::domain::change::{Course, Deed, Edit, Record, RecordId, Step};
use openbar::domain::contact::{
    Address, AddressForm, Closeness, Contact, Door, Labelled, Language, MarketHow, MarketTie, Met, MetHow,
    Name, Phone, Role, RoleKind, Stage,
};
use openbar::domain::event::Event;
use openbar::domain::id::{
    ContactId, EventId, InteractionId, MandateId, MarketId, NeedId, RefusalId, StepId, TieId,
};
use openbar::domain::interaction::{Interaction, InteractionKind};
use openbar::domain::mandate::{
    Channel, Decider, DecisionPart, Mandate, MandateStage, Money, Touch, TouchPerson,
};
use openbar::domain::market::Market;
use openbar::domain::me::Me;
use openbar::domain::need::{Candidate, CandidateState, Need, NeedStatus};
use openbar::domain::refusal::Refusal;
use openbar::domain::tie::{Tie, TieKind};
use openbar::domain::time::{Date, PartialDate, Timestamp};
use openbar::store::{Commit, Options, Store};
use uuid::Uuid;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures").join(name)
}

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x019a_9d3e_7c00_7000_8000_0000_0000_0000 + n)
}

fn at(second: i64, nanosecond: i32) -> Timestamp {
    Timestamp::new(second, nanosecond).expect("a point in time")
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).expect("a date")
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// A contact with something in every field.
fn full_contact() -> Contact {
    Contact {
        id: ContactId(uuid(1)),
        foreign_uid: Some("urn:uuid:réjean".into()),
        name: Name {
            full: "Me Réjean Tremblay fils, CPA".into(),
            given: "Réjean".into(),
            family: "Tremblay".into(),
            prefix: "Me".into(),
            suffix: "fils".into(),
            credentials: words(&["CPA", "ing."]),
            nickname: "Ti-Jean".into(),
        },
        roles: vec![
            Role {
                org: "Scierie Tremblay".into(),
                title: "vendeur de planches".into(),
                title_alt: vec!["plank seller".into()],
                org_alt: vec!["Tremblay Sawmill".into()],
                kind: RoleKind::Ownership,
                former: true,
                since: Some(PartialDate::Year(1998)),
                until: Some(PartialDate::Month(2024, 6)),
                source: "linkedin".into(),
            },
            Role { title: "conseiller".into(), kind: RoleKind::Elected, ..Role::default() },
        ],
        emails: vec![Labelled { value: "rejean@example.org".into(), label: "work".into() }],
        phones: vec![Phone { value: "+18195550123".into(), label: "mobile".into(), ext: "224".into() }],
        urls: vec![Labelled { value: "https://example.org".into(), label: "".into() }],
        addresses: vec![Address {
            street: "12, rang 4".into(),
            unit: "B".into(),
            city: "Cookshire".into(),
            region: "QC".into(),
            postal: "J0B 1M0".into(),
            country: "Canada".into(),
            label: "home".into(),
        }],
        region: Some("Estrie".into()),
        met: Some(Met {
            on: Some(PartialDate::Day(day(2025, 11, 20))),
            at: "Souper de la chambre".into(),
            how: Some(MetHow::Introduced),
            via: "Ginette".into(),
        }),
        language: Some(Language::Other(*b"es")),
        address_form: Some(AddressForm::Vous),
        stage: Stage::Archived,
        unread: true,
        door: Some(Door::Declined),
        closeness: Closeness::new(4),
        nature: Some("ami d'enfance".into()),
        tags: words(&["chambre", "forêt"]),
        values: words(&["planches en bois"]),
        markets: vec![MarketTie {
            market: "foresterie".into(),
            how: Some(MarketHow::Influences),
            evidence: "carte".into(),
            refused: true,
        }],
        note: "Deux lignes\nde notes 🌲".into(),
        birthday: Some(PartialDate::Yearly(2, 29)),
        cadence_days: Some(90),
        next: Some(day(2026, 12, 1)),
        sources: words(&["linkedin:in/rejean"]),
        cards: words(&["9f86d081"]),
        extra: words(&["X-SKYPE:rejean"]),
        created: at(1_763_700_000, 123_456_789),
        updated: at(-1, -5),
    }
}

fn me() -> Me {
    let card = full_contact();
    Me {
        name: card.name,
        roles: card.roles,
        emails: card.emails,
        phones: card.phones,
        urls: card.urls,
        addresses: card.addresses,
        towns: words(&["Sherbrooke"]),
        regions: words(&["Estrie"]),
        associations: words(&["Chambre de commerce"]),
        language: Some(Language::French),
        club_rule: "title:directeur".into(),
        note: "moi".into(),
    }
}

/// One record of every kind that a format knows, with something in every field.
fn all_kinds(format: u32) -> Vec<Record> {
    let mut records = vec![
        Record::Me(Arc::new(me())),
        Record::Contact(Arc::new(full_contact())),
        Record::Event(Arc::new(Event {
            id: EventId(uuid(2)),
            name: "Souper de la chambre".into(),
            on: Some(PartialDate::Text("un jeudi".into())),
            town: "Sherbrooke".into(),
            series: "Soupers".into(),
            note: "bruyant".into(),
        })),
        Record::Tie(Arc::new(Tie {
            id: TieId(uuid(3)),
            a: ContactId(uuid(1)),
            b: ContactId(uuid(9)),
            kind: TieKind::Recommended,
            closeness: Closeness::new(0),
            note: "au hockey".into(),
            since: Some(PartialDate::Year(-3)),
        })),
        Record::Interaction(Arc::new(Interaction {
            id: InteractionId(uuid(4)),
            on: day(2025, 11, 21),
            kind: InteractionKind::Setback,
            people: vec![ContactId(uuid(1)), ContactId(uuid(9))],
            words: "n'a pas rappelé".into(),
            created: at(1_763_700_001, 0),
        })),
        Record::Market(Arc::new(Market {
            id: MarketId(uuid(5)),
            slug: "foresterie".into(),
            name_en: "Forestry".into(),
            name_fr: "Foresterie".into(),
            parent: "ressources".into(),
            keywords: words(&["bois", "lumber"]),
            naics: "113".into(),
            hidden: true,
        })),
        Record::Need(Arc::new(Need {
            id: NeedId(uuid(6)),
            words: "agrandir la terrasse".into(),
            opened: at(1_763_700_002, 1),
            status: NeedStatus::Dropped,
            market: "construction".into(),
            region: "Estrie".into(),
            deadline: Some(day(2026, 6, 24)),
            candidates: vec![Candidate {
                contact: ContactId(uuid(1)),
                state: CandidateState::Dismissed,
                on: day(2025, 11, 22),
                note: "trop cher".into(),
            }],
        })),
        Record::Mandate(Arc::new(Mandate {
            id: MandateId(uuid(7)),
            title: "Plan marketing".into(),
            client: "MRC".into(),
            market: "municipal".into(),
            region: "Estrie".into(),
            amount: Some(Money { cents: 1_800_000, currency: "CAD".into() }),
            stage: MandateStage::Lost,
            opened: Some(day(2025, 1, 31)),
            closed: Some(day(2025, 12, 31)),
            origin: vec![
                Touch {
                    person: TouchPerson::Unknown("quelqu'un de la direction".into()),
                    event: Some(EventId(uuid(2))),
                    channel: Some(Channel::Cold),
                    pull: Some(true),
                    on: Some(PartialDate::Month(2025, 1)),
                    note: "par hasard".into(),
                },
                Touch {
                    person: TouchPerson::Known(ContactId(uuid(1))),
                    event: None,
                    channel: None,
                    pull: None,
                    on: None,
                    note: String::new(),
                },
            ],
            circle: vec![Decider { contact: ContactId(uuid(1)), part: DecisionPart::Blocks }],
            note: "perdu".into(),
        })),
    ];
    if format >= 2 {
        records.push(Record::Refusal(Arc::new(Refusal {
            id: RefusalId(uuid(10)),
            a: ContactId(uuid(1)),
            b: ContactId(uuid(9)),
            created: at(1_763_700_003, 9),
        })));
    }
    records
}

fn commits(format: u32) -> Vec<Commit> {
    let step = |n: u128, course, deed, subject: &str| Step {
        id: StepId(uuid(100 + n)),
        at: at(1_763_700_100, 7),
        course,
        deed,
        subject: subject.into(),
    };
    let before = Record::Contact(Arc::new(full_contact()));
    let after = Record::Contact(Arc::new(Contact { note: "une ligne".into(), ..full_contact() }));
    let event = all_kinds(format).swap_remove(2);
    let change = vec![Edit::replace(before.clone(), after.clone()), Edit::remove(event.clone())];
    let back = vec![Edit::replace(after.clone(), before.clone()), Edit::create(event.clone())];
    let undone = step(2, Course::Do, Deed::Merge, "Réjean").id;
    let mut commits = vec![
        Commit {
            step: step(1, Course::Do, Deed::Import, "Connections.csv"),
            edits: all_kinds(format).into_iter().map(Edit::create).collect(),
            captures: vec![ContactId(uuid(1)), ContactId(uuid(8))],
        },
        Commit { step: step(2, Course::Do, Deed::Merge, "Réjean"), edits: change.clone(), captures: vec![] },
        Commit { step: step(3, Course::Undo(undone), Deed::Merge, ""), edits: back, captures: vec![] },
        Commit { step: step(4, Course::Redo(undone), Deed::Merge, ""), edits: change, captures: vec![] },
    ];
    if format >= 2 {
        let refusal = all_kinds(format).swap_remove(8);
        commits.push(Commit {
            step: step(5, Course::Do, Deed::Refuse, "Réjean, Ginette"),
            edits: vec![Edit::remove(refusal)],
            captures: vec![],
        });
    }
    commits
}

#[test]
fn a_store_of_format_1_opens() {
    opens(1);
}

#[test]
fn a_store_of_format_2_opens() {
    opens(2);
}

fn opens(format: u32) {
    let data = tempfile::tempdir().expect("a folder");
    let journal = data.path().join("gen-1/journal");
    fs::create_dir_all(&journal).expect("folders");
    fs::copy(fixture(&format!("store-v{format}.marker")), data.path().join("store")).expect("the marker");
    fs::copy(fixture(&format!("store-v{format}.log")), journal.join("00000000000000000001.log"))
        .expect("the journal");

    let (mut store, report) = Store::open(data.path(), &Options::default()).expect("an old store");
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(store.seq(), commits(format).len() as u64);
    let mut expected: BTreeMap<RecordId, Record> =
        all_kinds(format).into_iter().map(|record| (record.id(), record)).collect();
    for edit in commits(format)[3..].iter().flat_map(|commit| &commit.edits) {
        match &edit.after {
            Some(record) => expected.insert(edit.id, record.clone()),
            None => expected.remove(&edit.id),
        };
    }
    let mut found = BTreeMap::new();
    store
        .load(&mut |record| {
            found.insert(record.id(), record);
        })
        .expect("records");
    assert_eq!(found, expected);
    let steps: Vec<Step> = store.steps().expect("steps").into_iter().map(|head| head.step).collect();
    assert_eq!(steps, commits(format).into_iter().map(|commit| commit.step).collect::<Vec<_>>());
    for commit in commits(format) {
        assert_eq!(store.edits_of(commit.step.id).expect("edits"), commit.edits);
    }
    let marker = fs::read_to_string(data.path().join("store")).expect("the marker");
    assert!(
        marker.starts_with("openbar store 2\n"),
        "an older program must know that a newer one was here: {marker}"
    );
    for (capture, known) in [(1, true), (8, true), (9, false)] {
        assert_eq!(store.seen(ContactId(uuid(capture))).expect("an answer"), known);
    }
}

#[test]
fn what_is_written_today_is_still_format_2() {
    let data = tempfile::tempdir().expect("a folder");
    let (mut store, _) = Store::open(data.path(), &Options::default()).expect("a new store");
    for commit in commits(2) {
        store.commit(&commit).expect("a commit");
    }
    drop(store);
    let written = [
        (fixture("store-v2.marker"), fs::read(data.path().join("store"))),
        (fixture("store-v2.log"), fs::read(data.path().join("gen-1/journal/00000000000000000001.log"))),
    ];
    for (path, bytes) in written {
        let bytes = bytes.expect("written");
        assert!(bytes == fs::read(&path).expect("a fixture"), "{} differs: a new format", path.display());
    }
}
