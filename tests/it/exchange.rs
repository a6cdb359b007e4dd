//! Files as people have them, read from disk: every generation of LinkedIn's list, the archive, and the native form.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use openbar::domain::Book;
use openbar::domain::contact::Contact;
use openbar::domain::problem::{InputReason, Problem};
use openbar::domain::time::{Date, Timestamp};
use openbar::exchange::{self, Batch, Format, ReadOptions, intake, native};
use tempfile::TempDir;
use uuid::Uuid;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/exchange").join(name)
}

fn today() -> Date {
    "2026-03-05".parse().expect("a date")
}

fn read(path: &Path) -> Result<Batch, Problem> {
    exchange::read(path, &ReadOptions::new(today()), &mut |_, _| ControlFlow::Continue(()))
}

fn batch(name: &str) -> Batch {
    read(&fixture(name)).expect("a batch")
}

fn reason(result: Result<Batch, Problem>) -> InputReason {
    match result.expect_err("nothing to read") {
        Problem::BadInput(problem) => problem.reason,
        other => panic!("{other:?}"),
    }
}

fn take_in(book: &mut Book, batch: Batch) -> intake::Plan {
    let now: Timestamp = "2026-03-05T15:00:00Z".parse().expect("a moment");
    let plan = intake::plan(book, batch, now, today(), &mut Uuid::now_v7);
    for edit in &plan.edits {
        book.apply(edit).expect("an edit of the book as it is");
    }
    plan
}

fn people(batch: &Batch) -> Vec<&Contact> {
    batch.people.iter().map(|incoming| &*incoming.contact).collect()
}

fn met(contact: &Contact) -> String {
    contact.met.as_ref().and_then(|met| met.on.as_ref()).map(ToString::to_string).unwrap_or_default()
}

fn saved(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    path
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let written = zip::DateTime::from_date_and_time(2026, 3, 4, 10, 0, 0).expect("a date");
    for (name, bytes) in entries {
        let options = zip::write::SimpleFileOptions::default().last_modified_time(written);
        zip.start_file(*name, options).expect("an entry");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("an archive").into_inner()
}

#[test]
fn the_list_of_today() {
    let batch = batch("today.csv");
    assert_eq!((batch.format, batch.people.len(), batch.nameless), (Format::LinkedIn, 7, 1));
    assert_eq!(batch.problems, []);
    assert_eq!(batch.as_of.expect("the newest").to_string(), "2026-02-02");
    let people = people(&batch);
    let maude = people[0];
    assert_eq!(
        (maude.name.family.as_str(), &maude.name.credentials[..]),
        ("Lachance", &["CPA".to_owned(), "MBA".to_owned()][..])
    );
    assert_eq!(maude.roles[0].org, "Fortier, Caron et associés, s.e.n.c.r.l.");
    assert_eq!((batch.people[0].line, met(maude).as_str()), (5, "2026-02-02"));
    assert_eq!(people[1].sources, ["linkedin:in/éloi-désilets-11bb"]);
    assert_eq!(people[1].emails[0].value, "eloi@desilets.example");
    let reg = people[2];
    assert_eq!((reg.name.full.as_str(), reg.name.nickname.as_str()), ("Réjean \"Reg\" Poulin", "Reg"));
    let oceane = people[3];
    assert_eq!((oceane.name.full.as_str(), oceane.name.family.as_str()), ("Océane Thibault 🍁", "Thibault"));
    assert!(oceane.roles.is_empty());
    assert_eq!(people[6].roles[0].title, "=Professor | Author");
}

#[test]
fn a_month_later() {
    let mut book = Book::default();
    let first = take_in(&mut book, batch("today.csv"));
    assert_eq!((first.new, first.changed, first.unchanged), (7, 0, 0));
    let again = take_in(&mut book, batch("today.csv"));
    assert_eq!((again.edits.len(), again.unchanged), (0, 7));
    let later = take_in(&mut book, batch("a-month-later.csv"));
    assert_eq!((later.new, later.changed, later.unchanged), (1, 2, 1));
    assert_eq!(book.contacts().count(), 8);
    let moves: Vec<_> = later.moves.iter().map(|one| (one.person.name.as_str(), one.to.0.as_str())).collect();
    assert_eq!(moves, [("Maude Lachance-Roy, CPA, MBA", "Vice-présidente"), ("Marc Gagné", "Contremaître")]);
    assert!(take_in(&mut book, batch("a-month-later.csv")).edits.is_empty());
    let eloi = book.contacts().find(|one| one.name.given == "Éloi").expect("kept");
    assert_eq!(eloi.emails.len(), 1, "an empty cell erases nothing");
}

#[test]
fn older_generations() {
    let people_2018 = batch("2018.csv");
    assert_eq!(
        people(&people_2018).iter().map(|one| met(one)).collect::<Vec<_>>(),
        ["2018-04-05", "2017-11-30"]
    );
    assert_eq!(met(people(&batch("2019.csv"))[0]), "2018-11-20");
    let oldest = batch("2016.csv");
    assert_eq!(people(&oldest)[0].tags, ["client", "golf-du-mardi"]);
    assert_eq!(people(&oldest)[0].roles[0].title, "Analyste");
}

#[test]
fn copies_that_people_made() {
    let french = batch("french-header.csv");
    assert_eq!(people(&french).iter().map(|one| met(one)).collect::<Vec<_>>(), ["2024-02-09", "2023-08-01"]);
    let excel = batch("excel-semicolons-cp1252.csv");
    let both = people(&excel);
    assert_eq!(both[0].roles[0].org, "L’Œuvre Léger – Montréal");
    assert_eq!((met(both[0]).as_str(), both[1].name.full.as_str()), ("2018-04-27", "Noé Roy; inc."));
    let wide = batch("excel-unicode-tabs.txt");
    assert_eq!(
        (people(&wide)[0].name.given.as_str(), met(people(&wide)[0]).as_str()),
        ("Thérèse", "2026-02-07")
    );
    let swapped = batch("day-first.csv");
    assert_eq!(people(&swapped).iter().map(|one| met(one)).collect::<Vec<_>>(), ["2018-04-05", "2017-11-30"]);
    let own = batch("with-own-columns.csv");
    assert_eq!(people(&own)[0].note, "Phone: 819 555-0142\nRemarques: vu au gala; charmant");
    let mac = fs::read_to_string(fixture("today.csv")).expect("a fixture").replace('\n', "\r");
    let folder = TempDir::new().expect("a folder");
    assert_eq!(read(&saved(&folder, "mac.csv", mac.as_bytes())).expect("a batch").people.len(), 7);
}

#[test]
fn damage_is_said_with_its_place_and_costs_little() {
    let mut batch = batch("damaged.csv");
    let places: Vec<_> =
        batch.problems.iter().map(|problem| (problem.line, problem.column, problem.reason.clone())).collect();
    assert_eq!(
        places,
        [
            (2, 0, InputReason::BadValue { field: "emails".into(), text: "not-an-address".into() }),
            (2, 0, InputReason::BadDate { text: "31 Feb 2024".into() }),
            (3, 7, InputReason::UnclosedQuote),
            (5, 5, InputReason::UnclosedQuote),
            (5, 0, InputReason::BrokenRow { found: 8, expected: 7 }),
            (6, 0, InputReason::SurplusCells { text: "too much".into() }),
        ]
    );
    let names: Vec<_> = people(&batch).iter().map(|one| one.name.full.clone()).collect();
    assert_eq!(
        names,
        ["Louis Nadeau", "Paule Hamel", "Odile Caron, CRHA", "Rita Côté", "Luc Roy", "Luc Roy"]
    );
    assert_eq!(met(people(&batch)[0]), "31 Feb 2024");
    assert_eq!(people(&batch)[3].roles[0].title, "Analyste");
    batch.problems.clear();
    let mut book = Book::default();
    let plan = take_in(&mut book, batch);
    assert_eq!((plan.new, plan.problems.len()), (5, 1));
    assert_eq!(plan.problems[0].reason, InputReason::Repeated { key: "linkedin:in/luc-roy".into() });
}

#[test]
fn what_is_no_list_of_people() {
    let folder = TempDir::new().expect("a folder");
    let of = |name: &str, bytes: &[u8]| reason(read(&saved(&folder, name, bytes)));
    assert_eq!(of("empty.csv", b""), InputReason::Empty);
    assert_eq!(of("blank.csv", b"\xEF\xBB\xBF\n \r\n"), InputReason::Empty);
    assert_eq!(of("image.csv", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01\0"), InputReason::Binary);
    assert_eq!(of("other.csv", b"a,b,c\n1,2,3\n"), InputReason::NoHeader);
    assert_eq!(reason(read(&fixture("invitations.csv"))), InputReason::NoHeader);
    assert_eq!(reason(read(&fixture("recommendations.csv"))), InputReason::NoHeader);
    assert!(matches!(of("cut.jsonl", b"{\"name\":\"Lu"), InputReason::BadJson { .. }));
    assert!(matches!(reason(read(&folder.path().join("absent.csv"))), InputReason::Unreadable { .. }));
    assert!(matches!(reason(read(folder.path())), InputReason::Unreadable { .. }));
}

#[test]
fn columns_named_by_the_user() {
    let folder = TempDir::new().expect("a folder");
    let path =
        saved(&folder, "plain.csv", "Bell;Louis Nadeau;louis@nadeau.example\nCAE;Paule Hamel;\n".as_bytes());
    let mut options = ReadOptions::new(today());
    options.columns = vec![("name".into(), 2), ("org".into(), 1), ("email".into(), 3)];
    let batch = exchange::read(&path, &options, &mut |_, _| ControlFlow::Continue(())).expect("a batch");
    let both = people(&batch);
    assert_eq!(
        (both[0].name.family.as_str(), both[0].emails.len(), both[1].roles[0].org.as_str()),
        ("Nadeau", 1, "CAE")
    );
    options.columns.push(("colour".into(), 1));
    let refusal =
        exchange::read(&path, &options, &mut |_, _| ControlFlow::Continue(())).expect_err("no such field");
    assert!(matches!(refusal, Problem::Usage(_)));
}

#[test]
fn the_archive_whatever_its_entries_are_called() {
    let list = fs::read(fixture("today.csv")).expect("a fixture");
    let invitations = fs::read(fixture("invitations.csv")).expect("a fixture");
    let folder = TempDir::new().expect("a folder");
    for name in ["Connections.csv", "Basic_LinkedInDataExport/Relations.CSV"] {
        let entries: [(&str, &[u8]); 4] = [
            ("Invitations.csv", &invitations),
            ("__MACOSX/._Connections.csv", b"\0\x05\x16\x07"),
            (name, &list),
            ("Rich Media.txt", b"x"),
        ];
        let batch = read(&saved(&folder, "download", &zipped(&entries))).expect("a batch");
        assert_eq!((batch.people.len(), batch.nameless), (7, 1));
        assert!(batch.file.ends_with(name), "{}", batch.file);
        assert_eq!(batch.exported_on.map(|day| day.to_string()).as_deref(), Some("2026-03-04"));
    }
}

#[test]
fn archives_that_are_none() {
    let folder = TempDir::new().expect("a folder");
    let list = fs::read(fixture("today.csv")).expect("a fixture");
    let whole = zipped(&[("Connections.csv", &list)]);
    let cut = saved(&folder, "cut.zip", &whole[..whole.len() / 2]);
    assert!(matches!(reason(read(&cut)), InputReason::BadArchive { .. }));
    let mut spoilt = whole.clone();
    spoilt[60..90].fill(0xAA);
    assert!(matches!(reason(read(&saved(&folder, "spoilt.zip", &spoilt))), InputReason::BadArchive { .. }));
    let other = saved(&folder, "other.zip", &zipped(&[("Invitations.csv", b"From,To\n"), ("folder/", b"")]));
    assert_eq!(reason(read(&other)), InputReason::NothingKnownInside);
    assert_eq!(reason(read(&saved(&folder, "none.zip", &zipped(&[])))), InputReason::NothingKnownInside);
}

#[test]
fn reading_can_be_watched_and_stopped() {
    let folder = TempDir::new().expect("a folder");
    let mut text = String::from("First Name,Last Name,Company,Position,Connected On\n");
    for number in 0..5_000 {
        writeln!(text, "Luc,Roy {number},Bell,Analyste,01 Mar 2024").expect("memory");
    }
    let path = saved(&folder, "long.csv", text.as_bytes());
    let mut seen = Vec::new();
    let mut watch = |done, total| {
        seen.push((done, total));
        if seen.len() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let stopped = exchange::read(&path, &ReadOptions::new(today()), &mut watch);
    assert_eq!(stopped.expect_err("stopped"), Problem::Cancelled);
    assert!(seen.windows(2).all(|pair| pair[0].0 < pair[1].0) && seen[2].0 < text.len() as u64);
    assert!(seen.iter().all(|(_, total)| *total == text.len() as u64));
}

#[test]
fn native_export_import_export_is_byte_identical() {
    let folder = TempDir::new().expect("a folder");
    let mut book = Book::default();
    take_in(&mut book, batch("today.csv"));
    take_in(&mut book, batch("a-month-later.csv"));
    let export = |book: &Book| {
        let mut out = Vec::new();
        native::export(book, &|_| true, false, &mut out).expect("memory");
        out
    };
    let first = export(&book);
    let path = saved(&folder, "book.txt", &first);
    let mut copy = Book::default();
    let read_back = read(&path).expect("a batch");
    assert_eq!((read_back.format, read_back.people.len()), (Format::Native, 8));
    take_in(&mut copy, read_back);
    assert_eq!(export(&copy), first);
    let same: Vec<Arc<Contact>> = copy.contacts().cloned().collect();
    assert!(same.iter().all(|one| book.contact(one.id) == Some(one)));
}
