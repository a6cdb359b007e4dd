//! Round trips of the native form, and what it makes of bad lines.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::book::Book;
use crate::domain::change::Record;
use crate::domain::contact::{
    Address, AddressForm, Closeness, Contact, Door, Labelled, Language, MarketHow, MarketTie, Met, MetHow,
    Name, Phone, Role, RoleKind, Stage,
};
use crate::domain::id::{ContactId, TieId};
use crate::domain::problem::InputReason;
use crate::domain::tie::{Tie, TieKind};
use crate::domain::time::{PartialDate, Timestamp};
use crate::exchange::{Batch, Format, intake};

/// Text as the book holds it: anything printable, no controls. Blanks at the ends and decomposed accents stay.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["", "[ -~]{1,12}", "[ a-zéÉœ\u{301}\"\\\\/😀⭐–’]{1,12}"]
}

fn filled() -> impl Strategy<Value = String> {
    "[a-zéÉ\"\\\\ ]{1,12}"
}

fn date() -> impl Strategy<Value = PartialDate> {
    prop_oneof![
        "[0-9]{4}",
        "20[0-9]{2}-0[1-9]",
        "20[0-9]{2}-1[0-2]-[12][0-9]",
        "--0[1-9]-1[0-9]",
        "vers [0-9]{2}"
    ]
    .prop_map(|text| PartialDate::parse(&text))
}

fn moment() -> impl Strategy<Value = Timestamp> {
    (0..4_000_000_000_i64, 0..1_000_i32)
        .prop_map(|(second, milli)| Timestamp::new(second, milli * 1_000_000).expect("in range"))
}

fn role() -> impl Strategy<Value = Role> {
    let kind = prop_oneof![Just(RoleKind::Employment), Just(RoleKind::Ownership), Just(RoleKind::Volunteer)];
    (text(), text(), vec(text(), 0..3), kind, any::<bool>(), option::of(date()), option::of(date()), text())
        .prop_map(|(org, title, alt, kind, former, since, until, source)| Role {
            org: org.into(),
            title: title.into(),
            title_alt: alt.iter().map(Into::into).collect(),
            org_alt: alt.into_iter().map(Into::into).collect(),
            kind,
            former,
            since,
            until,
            source: source.into(),
        })
}

prop_compose! {
    fn name()(full in text(), given in text(), family in text(), suffix in text(), credentials in vec(text(), 0..3)) -> Name {
        Name { full: full.into(), given: given.clone().into(), family: family.into(), prefix: suffix.clone().into(), suffix: suffix.into(), credentials, nickname: given.into() }
    }
}

prop_compose! {
    fn reach()(
        roles in vec(role(), 0..3),
        labelled in vec((text(), text()).prop_map(|(value, label)| Labelled { value, label: label.into() }), 0..3),
        phones in vec((text(), text(), text()).prop_map(|(value, label, ext)| Phone { value: value.into(), label: label.into(), ext: ext.into() }), 0..3),
        parts in vec(text(), 7),
        addressed in any::<bool>(),
    ) -> (Vec<Role>, Vec<Labelled>, Vec<Phone>, Vec<Address>) {
        let [street, unit, city, region, postal, country, label] = parts.try_into().expect("seven");
        let address = Address { street, unit, city, region, postal, country, label };
        (roles, labelled, phones, if addressed { vec![address] } else { vec![] })
    }
}

prop_compose! {
    fn relation()(
        met in option::of((option::of(date()), text(), option::of(Just(MetHow::InPerson)), text())),
        language in option::of(prop_oneof![
            Just(Language::French), Just(Language::English), Just(Language::Other(*b"es")),
        ]),
        address_form in option::of(prop_oneof![Just(AddressForm::Tu), Just(AddressForm::Vous)]),
        stage in prop_oneof![Just(Stage::Pocket), Just(Stage::Active), Just(Stage::Archived)],
        unread in any::<bool>(),
        door in option::of(prop_oneof![Just(Door::Seen), Just(Door::Declined)]),
        closeness in option::of((0..=5_u8).prop_map(|level| Closeness::new(level).expect("in range"))),
        nature in option::of(filled()),
        markets in vec((text(), option::of(Just(MarketHow::Decides)), text(), any::<bool>()), 0..3),
    ) -> Contact {
        let mut contact = Contact::new(ContactId::NIL, Timestamp::UNIX_EPOCH);
        contact.met = met.map(|(on, at, how, via)| Met { on, at, how, via });
        contact.language = language;
        contact.address_form = address_form;
        contact.stage = stage;
        contact.unread = unread;
        contact.door = door;
        contact.closeness = closeness;
        contact.nature = nature;
        contact.markets = markets
            .into_iter()
            .map(|(market, how, evidence, refused)| MarketTie { market, how, evidence, refused })
            .collect();
        contact
    }
}

prop_compose! {
    fn contact()(
        id in any::<u128>(),
        foreign_uid in option::of(filled()),
        mut contact in relation(),
        name in name(),
        (roles, labelled, phones, addresses) in reach(),
        region in option::of(filled()),
        lists in vec(vec(text(), 0..3), 4),
        note in "[a-zé\"\\\\ \n]{0,30}",
        birthday in option::of(date()),
        cadence_days in option::of(any::<u16>()),
        next in option::of("20[0-9]{2}-1[0-2]-[12][0-9]"),
        created in moment(),
        updated in moment(),
    ) -> Contact {
        contact.id = ContactId(Uuid::from_u128(id));
        contact.foreign_uid = foreign_uid;
        contact.name = name;
        contact.roles = roles;
        contact.urls.clone_from(&labelled);
        contact.emails = labelled;
        contact.phones = phones;
        contact.addresses = addresses;
        contact.region = region;
        contact.note = note;
        contact.birthday = birthday;
        contact.cadence_days = cadence_days;
        contact.next = next.map(|day| day.parse().expect("a date"));
        contact.created = created;
        contact.updated = updated;
        let [tags, values, sources, extra] = lists.try_into().expect("four");
        (contact.tags, contact.values, contact.sources, contact.extra) = (tags, values, sources, extra);
        contact
    }
}

fn read_all(text: &str) -> Batch {
    let mut batch = Batch::new("", Format::Native);
    for (number, line) in (1..).zip(text.lines()) {
        read_line(line.as_bytes(), number, &mut batch);
    }
    batch
}

/// The one contact of a line.
fn read_one(line: &str) -> (Contact, Vec<InputReason>) {
    let batch = read_all(line);
    let reasons = batch.problems.into_iter().map(|problem| problem.reason).collect();
    (Contact::clone(&batch.people.first().expect("a contact").contact), reasons)
}

/// No identifier of this process is minted twice, as several batches go into one book.
static MINTED: AtomicU64 = AtomicU64::new(1);

pub(in crate::exchange) fn take_in(book: &mut Book, batch: Batch) -> intake::Plan {
    let now: Timestamp = "2026-03-05T12:00:00Z".parse().expect("a moment");
    let mut mint = || {
        let number = u128::from(MINTED.fetch_add(1, Ordering::Relaxed));
        Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
    };
    let plan = intake::plan(book, batch, now, "2026-03-05".parse().expect("a date"), &mut mint);
    for edit in &plan.edits {
        book.apply(edit).expect("an edit of the book as it is");
    }
    plan
}

fn exported(book: &Book, public: bool) -> String {
    let mut out = Vec::new();
    export(book, &|_| true, public, &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn contacts_round_trip_byte_for_byte(contact in contact()) {
        let line = write_contact(&contact, false);
        prop_assert!(!line.contains('\n'));
        let (mut read, problems) = read_one(&line);
        prop_assert_eq!(problems, []);
        prop_assert_eq!(&write_contact(&read, false), &line);
        if contact.foreign_uid.is_some() {
            read.id = contact.id;
        }
        prop_assert_eq!(read, contact);
    }

    #[test]
    fn a_whole_book_round_trips_byte_for_byte(contacts in vec(contact(), 0..6)) {
        let mut book = Book::default();
        for contact in contacts {
            if book.by_uid(&contact.uid()).is_none() {
                book.put(Record::Contact(Arc::new(contact)));
            }
        }
        tie_them_all(&mut book);
        let first = exported(&book, false);
        let mut copy = Book::default();
        let plan = take_in(&mut copy, read_all(&first));
        prop_assert_eq!(plan.problems, []);
        prop_assert_eq!(&exported(&copy, false), &first);
        let again = take_in(&mut copy, read_all(&first));
        prop_assert!(again.edits.is_empty());
    }

    #[test]
    fn any_bytes_are_a_record_or_a_problem(bytes in vec(any::<u8>(), 0..200)) {
        let mut batch = Batch::new("", Format::Native);
        read_line(&bytes, 1, &mut batch);
        prop_assert!(batch.people.len() + batch.others.len() + batch.problems.len() <= 1);
    }

    #[test]
    fn any_json_is_read_without_panic(line in r#"\{("(uid|name|roles|next|closeness|met|record)":("x"|1|null|\[\]|\{\}|\["y",3\]|"event"),?){0,4}\}"#) {
        let mut batch = Batch::new("", Format::Native);
        read_line(line.as_bytes(), 1, &mut batch);
    }
}

fn tie_them_all(book: &mut Book) {
    let ids: Vec<ContactId> = book.contacts().map(|contact| contact.id).collect();
    for (number, pair) in (1..).zip(ids.windows(2)) {
        book.put(Record::Tie(Arc::new(Tie {
            id: TieId(Uuid::from_u128(number)),
            a: pair[0],
            b: pair[1],
            kind: TieKind::ReportsTo,
            closeness: Closeness::new(2),
            note: "«oui»\nnon".into(),
            since: Some(PartialDate::Year(2011)),
        })));
    }
}

/// One of each, every field filled, keys in the order of docs/native-json.md.
const EVERY_RECORD: &str = r#"{"uid":"0190d9c5-0000-7000-8000-000000000001","name":"Mme Réjeanne Roy, CPA","given":"Réjeanne","family":"Roy","prefix":"Mme","suffix":"fils","credentials":["CPA"],"nickname":"Réj","roles":[{"org":"Scierie Roy","title":"propriétaire","title_alt":["owner"],"org_alt":["Roy Mill"],"kind":"ownership","former":true,"since":"2001","until":"2019-05","source":"linkedin"},{"title":"conseillère"}],"emails":[{"value":"rejeanne@example.org","label":"work"}],"phones":[{"value":"+18195550123","label":"mobile","ext":"224"}],"urls":[{"value":"https://example.org"}],"addresses":[{"street":"1, rue King","unit":"bureau 2","city":"Sherbrooke","region":"QC","postal":"J1H 1A1","country":"Canada","label":"home"}],"region":"Estrie","met":{"on":"2025-11-03","at":"Souper de la chambre","how":"card","via":"a@b"},"language":"fr","address_form":"tu","stage":"pocket","unread":true,"door":"accepted","closeness":4,"nature":"vieille amie","tags":["chambre"],"value":["planches en bois"],"markets":[{"market":"forestry","how":"decides","evidence":"scierie","stated":true},{"market":"mining","stated":true,"refused":true}],"note":"une\n«note»","birthday":"--04-12","cadence_days":90,"next":"2026-12-01","sources":["linkedin:in/rejeanne-roy"],"cards":["ab12"],"extra":["X-FOO:bar"],"created":"2025-11-03T14:00:00Z","updated":"2025-11-04T14:00:00.5Z"}
{"uid":"urn:x:2","name":"Luc","stage":"active","created":"2025-11-05T00:00:00Z","updated":"2025-11-05T00:00:00Z"}
{"record":"event","id":"0190d9c5-0000-7000-8000-0000000000e1","name":"Souper de la chambre","on":"2025-11","town":"Magog","series":"Soupers","note":"une\nnote"}
{"record":"tie","id":"0190d9c5-0000-7000-8000-0000000000f1","a":"0190d9c5-0000-7000-8000-000000000001","b":"urn:x:2","kind":"works_with","closeness":3,"note":"voisins","since":"2010"}
{"record":"interaction","id":"0190d9c5-0000-7000-8000-0000000000a1","on":"2025-12-01","kind":"setback","people":["urn:x:2"],"words":"un refus","created":"2025-12-01T10:00:00Z"}
{"record":"need","id":"0190d9c5-0000-7000-8000-0000000000b1","words":"planches","opened":"2026-01-01T00:00:00Z","status":"answered","market":"forestry","region":"Estrie","deadline":"2026-06-01","candidates":[{"contact":"urn:x:2","state":"asked","on":"2026-01-02","note":"oui"}]}
{"record":"mandate","id":"0190d9c5-0000-7000-8000-0000000000c1","title":"Plan","client":"MRC","market":"municipal","region":"Estrie","amount":{"cents":1800000,"currency":"CAD"},"stage":"won","opened":"2025-01-01","closed":"2025-02-01","origin":[{"person":"urn:x:2","event":"0190d9c5-0000-7000-8000-0000000000e1","channel":"existing_client","pull":false,"on":"2024","note":"n"},{"unknown":"quelqu'un de la direction"}],"circle":[{"contact":"urn:x:2","part":"blocks"}],"note":"m"}
{"record":"market","id":"0190d9c5-0000-7000-8000-0000000000d1","slug":"forestry","name_en":"Forestry","name_fr":"Foresterie","parent":"resources","keywords":["bois","wood"],"naics":"113","hidden":true}
{"record":"me","name":"Moi","emails":[{"value":"moi@example.org"}],"towns":["Magog"],"regions":["Estrie"],"associations":["Chambre"],"language":"fr","club_rule":"title:directeur","note":"privé"}
"#;

#[test]
fn every_kind_of_record_round_trips() {
    let mut book = Book::default();
    let plan = take_in(&mut book, read_all(EVERY_RECORD));
    assert_eq!(plan.problems, []);
    assert_eq!((plan.new, plan.others), (2, 7));
    assert_eq!(exported(&book, false), EVERY_RECORD);
    let again = take_in(&mut book, read_all(EVERY_RECORD));
    assert_eq!((again.edits.len(), again.unchanged), (0, 2));
}

#[test]
fn a_public_export_holds_nothing_private() {
    let mut book = Book::default();
    take_in(&mut book, read_all(EVERY_RECORD));
    let public = exported(&book, true);
    for key in [
        "met",
        "address_form",
        "stage",
        "unread",
        "door",
        "closeness",
        "nature",
        "tags",
        "note",
        "birthday",
        "cadence_days",
        "next",
        "sources",
        "cards",
        "extra",
        "created",
        "updated",
        "evidence",
        "refused",
        "source",
        "addresses",
        "club_rule",
    ] {
        assert!(!public.contains(&format!("\"{key}\":")), "{key} is in {public}");
    }
    for private in
        ["amie", "chambre", "planches", "mining", "King", "Souper", "voisins", "refus", "1800000", "privé"]
    {
        assert!(!public.contains(private), "{private} is in {public}");
    }
    for kept in
        ["Réjeanne", "Scierie Roy", "+18195550123", "rejeanne@example.org", "Estrie", "forestry", "decides"]
    {
        assert!(public.contains(kept), "{kept} is not in {public}");
    }
    assert!(take_in(&mut Book::default(), read_all(&public)).problems.is_empty());
}

#[test]
fn a_filtered_export_refers_only_to_what_it_holds() {
    let mut book = Book::default();
    take_in(&mut book, read_all(EVERY_RECORD));
    let mut out = Vec::new();
    let counts = export(&book, &|contact| contact.name.full != "Luc", false, &mut out).expect("memory");
    let text = String::from_utf8(out).expect("UTF-8");
    assert_eq!(counts.contacts, 1);
    assert!(!text.contains("urn:x:2"), "{text}");
    assert_eq!(take_in(&mut Book::default(), read_all(&text)).problems, []);
}

#[test]
fn an_absent_stage_is_active_and_stamps_are_made_once() {
    let mut book = Book::default();
    let line = r#"{"uid":"x","name":"Luc"}"#;
    take_in(&mut book, read_all(line));
    let contact = book.by_uid("x").expect("known").clone();
    assert_eq!(contact.stage, Stage::Active);
    assert_eq!(contact.created.to_string(), "2026-03-05T12:00:00Z");
    assert!(take_in(&mut book, read_all(line)).edits.is_empty());
}

#[test]
fn a_line_without_uid_is_one_person_however_often_it_is_read() {
    let mut book = Book::default();
    take_in(&mut book, read_all("{\"name\":\"Luc\"}\n{\"name\":\"Léa\"}"));
    let plan = take_in(&mut book, read_all("{\"name\":\"Luc\"}\n{\"name\":\"Léa\"}"));
    assert_eq!((book.contacts().count(), plan.unchanged), (2, 2));
}

#[test]
fn what_is_wrong_costs_itself_only() {
    let (contact, reasons) = read_one(
        r#"{"uid":"x","name":"Luc","colour":"red","closeness":9,"next":"2026-02-30","tags":["a",1],"stage":"lost","roles":[{"org":"MRC","rank":1}],"markets":[{"market":"a","stated":false}]}"#,
    );
    assert_eq!(contact.tags, ["a"]);
    assert_eq!(contact.roles[0].org, "MRC");
    assert!(contact.markets.is_empty());
    let bad = |field: &str, text: &str| InputReason::BadValue { field: field.into(), text: text.into() };
    let unknown = |field: &str| InputReason::UnknownField { field: field.into() };
    for reason in [
        unknown("colour"),
        unknown("rank"),
        bad("closeness", "9"),
        bad("tags", "1"),
        bad("stage", "lost"),
        InputReason::BadDate { text: "2026-02-30".into() },
    ] {
        assert!(reasons.contains(&reason), "{reason:?} is not in {reasons:?}");
    }
    assert_eq!(reasons.len(), 6);
}

#[test]
fn bad_lines_are_reported_with_their_place() {
    let batch = read_all(
        "{\"name\":\"Luc\"}\n{\"né\":}\n\n[1]\n{\"record\":\"spaceship\"}\n{\"record\":\"tie\",\"a\":\"x\"}",
    );
    let places: Vec<_> = batch.problems.iter().map(|problem| (problem.line, problem.column)).collect();
    assert_eq!(places, [(2, 7), (4, 1), (5, 0), (6, 0)]);
    assert_eq!(batch.people.len(), 1);
}

#[test]
fn references_to_nobody_are_reported_and_left_out() {
    let lines = r#"{"uid":"x","name":"Luc"}
{"record":"tie","a":"x","b":"nobody"}
{"record":"interaction","on":"2026-01-01","people":["x","nobody"],"words":"café"}"#;
    let mut book = Book::default();
    let plan = take_in(&mut book, read_all(lines));
    let missing = InputReason::UnknownContact { uid: "nobody".into() };
    assert_eq!(plan.problems.iter().filter(|problem| problem.reason == missing).count(), 2);
    assert_eq!(book.ties().count(), 0);
    assert_eq!(book.interactions().next().expect("kept").people.len(), 1);
}

#[test]
fn terminal_escapes_do_not_come_in() {
    let (contact, reasons) = read_one(r#"{"uid":"x","name":"\u001b[31mLuc\u0007","note":"a\u0000b\nc"}"#);
    assert_eq!((contact.name.full.as_str(), contact.note.as_str()), ("Luc", "ab\nc"));
    assert_eq!(reasons, []);
}

#[test]
fn a_line_too_long_is_passed_over() {
    let long = format!("{{\"name\":\"{}\"}}\n{{\"name\":\"Luc\"}}\n", "x".repeat(MAX_LINE as usize));
    let batch =
        read(long.as_bytes(), "f", 0, &mut |_, _| std::ops::ControlFlow::Continue(())).expect("a contact");
    assert_eq!(batch.people.len(), 1);
    assert_eq!(batch.people[0].line, 2);
    assert_eq!(batch.problems[0].reason, InputReason::TooLong { limit: MAX_LINE });
}

#[test]
fn a_uid_taken_by_another_card_gets_an_identifier_of_its_own() {
    let id = "0190d9c5-0000-7000-8000-000000000001";
    let mut other = Contact::new(ContactId(id.parse().expect("a UUID")), Timestamp::UNIX_EPOCH);
    other.foreign_uid = Some("another".into());
    let mut book = Book::default();
    book.put(Record::Contact(Arc::new(other)));
    let line = format!("{{\"uid\":\"{id}\",\"name\":\"Luc\"}}");
    take_in(&mut book, read_all(&line));
    assert_eq!(book.contacts().count(), 2);
    assert_eq!(book.by_uid(id).expect("found").name.full, "Luc");
    assert!(take_in(&mut book, read_all(&line)).edits.is_empty());
}
