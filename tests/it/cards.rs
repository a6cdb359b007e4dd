//! Cards into the pocket: through the engine, and by the command.

use std::fs;
use std::sync::Arc;

use image::{ImageFormat, Rgb, RgbImage, imageops};
use openbar::capture::card;
use openbar::capture::printed::CardProblem;
use openbar::domain::contact::{Contact, Language, MetHow, Stage};
use openbar::domain::problem::{InputReason, Problem};
use openbar::protocol::{CardSource, CardsRead, Job, ReadCard, Reply, StickyEvent};
use qrcode::QrCode;

use crate::engine::{World, changed};

const CODE: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Nault;Théodore;;;\r\nFN:Théodore Nault\r\nORG:La Grande Ourse\r\n\
    TEL;TYPE=CELL:+18735550108\r\nEMAIL:tnault@grandeourse.coop\r\nEND:VCARD";

fn world() -> (tempfile::TempDir, World) {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    (dir, world)
}

fn png(image: &RgbImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}

/// A card with nothing but a code on it, which is read in a moment.
pub(crate) fn coded(payload: &str) -> Vec<u8> {
    let code = QrCode::new(payload).expect("a short payload");
    let (width, colours) = (code.width() as u32, code.to_colors());
    let drawn = RgbImage::from_fn(width * 4, width * 4, |x, y| {
        let dark = colours[((y / 4) * width + x / 4) as usize] == qrcode::Color::Dark;
        Rgb(if dark { [10; 3] } else { [250; 3] })
    });
    let mut card = RgbImage::from_pixel(640, 360, Rgb([250; 3]));
    imageops::overlay(&mut card, &drawn, 40, 40);
    png(&card)
}

fn blank() -> Vec<u8> {
    png(&RgbImage::from_pixel(320, 180, Rgb([220, 215, 200])))
}

fn job(source: CardSource) -> Job {
    let event = StickyEvent { name: "Souper de la chambre".into(), on: "2026-11-20".parse().expect("a day") };
    Job::ReadCard(ReadCard { source, lang: Language::French, event: Some(event) })
}

fn read(world: &World, bytes: Vec<u8>) -> CardsRead {
    match world.ask(job(CardSource::Bytes(bytes))) {
        Reply::CardsRead(read) => *read,
        other => panic!("not read: {other:?}"),
    }
}

fn contacts(world: &World) -> Vec<Arc<Contact>> {
    world.book().book.contacts().cloned().collect()
}

#[test]
fn a_card_goes_to_the_pocket_with_its_picture_and_event() {
    let (dir, world) = world();
    let read = read(&world, coded(CODE));
    assert!(!read.known && read.step.is_some());
    let [contact] = read.contacts.as_slice() else { panic!("{:?}", read.contacts) };
    assert_eq!((contact.name.full.as_str(), contact.stage), ("Théodore Nault", Stage::Pocket));
    let met = contact.met.as_ref().expect("met");
    assert_eq!((met.at.as_str(), met.how), ("Souper de la chambre", Some(MetHow::Card)));
    assert_eq!(contact.cards, std::slice::from_ref(&read.hash));
    assert_eq!(world.contact(contact.id).as_ref(), Some(contact));
    assert_eq!(world.book().book.events().count(), 1);

    let Reply::Kept(Some(kept)) = world.ask(Job::Kept { hash: read.hash.clone() }) else {
        panic!("not kept")
    };
    let picture = kept.picture.expect("a picture");
    assert!(picture.starts_with(b"\x89PNG"));
    assert_eq!(kept.file, Some(dir.path().join(format!("cards/{}.png", read.hash))));
    assert_eq!(kept.printed.codes, [CODE]);
    let context = openbar::capture::Context::new("2026-11-23".parse().expect("a day"), Language::French);
    let again = card::read(&kept.printed, &context);
    assert_eq!(again[0].draft.emails[0].value, "tnault@grandeourse.coop");

    assert_eq!(changed(world.ask(Job::Undo)), 2);
    assert_eq!(contacts(&world).len(), 0);
    changed(world.ask(Job::Redo));
    assert_eq!(contacts(&world).len(), 1);
}

#[test]
fn the_same_image_twice_brings_nobody_twice() {
    let (_dir, world) = world();
    let first = read(&world, coded(CODE));
    let again = read(&world, coded(CODE));
    assert!(again.known && again.step.is_none());
    assert_eq!(again.contacts, first.contacts);
    assert_eq!(contacts(&world).len(), 1);
}

#[test]
fn a_stack_is_read_while_other_work_goes_on_and_all_of_it_at_the_end() {
    let (dir, world) = world();
    let (sender, replies) = std::sync::mpsc::channel();
    for number in 0..3 {
        let sender = sender.clone();
        let bytes = coded(&format!("MECARD:N:Roy,Anne{number};TEL:+1819555010{number};;"));
        let answer = Box::new(move |reply| sender.send(reply).expect("somebody listens"));
        world.engine.send(number, openbar::engine::Asker::HERE, job(CardSource::Bytes(bytes)), answer);
    }
    assert!(matches!(world.ask(Job::Today), Reply::Today(_)), "questions do not wait");
    world.engine.stop();
    drop(sender);
    let read = replies.into_iter().filter(|reply| matches!(reply, Reply::CardsRead(read) if !read.known));
    assert_eq!(read.count(), 3, "what was sent is done before the engine stops");
    let world = World::open(dir.path());
    world.ask(Job::Today);
    assert_eq!(contacts(&world).len(), 3);
}

#[test]
fn what_cannot_be_read_is_kept_to_be_typed() {
    let (dir, world) = world();
    let path = dir.path().join("IMG_2041.png");
    fs::write(&path, blank()).expect("a file");
    let Reply::CardsRead(read) = world.ask(job(CardSource::Path(path))) else { panic!("not read") };
    let [contact] = read.contacts.as_slice() else { panic!("{:?}", read.contacts) };
    assert_eq!((contact.display_name(), contact.stage), ("IMG_2041.png", Stage::Pocket));
    assert_eq!(
        read.problems,
        [if cfg!(feature = "ocr") { CardProblem::Unreadable } else { CardProblem::NoRecognition }]
    );
    let Reply::Kept(Some(kept)) = world.ask(Job::Kept { hash: read.hash }) else { panic!("not kept") };
    assert!(kept.picture.is_some());
    assert_eq!(kept.printed.problems, read.problems);
}

#[test]
fn text_and_vcards_are_cards_too() {
    let (_dir, world) = world();
    let text = "Anne Roy\nDirectrice générale\nScierie Roy inc.\n819 555-0100\nanne.roy@scierieroy.example";
    let Reply::CardsRead(signature) = world.ask(job(CardSource::Text(text.into()))) else {
        panic!("not read")
    };
    assert_eq!(signature.contacts[0].name.full, "Anne Roy");
    let Reply::Kept(Some(kept)) = world.ask(Job::Kept { hash: signature.hash }) else { panic!("not kept") };
    assert_eq!((kept.picture, kept.printed.text().as_str()), (None, text));
    let two = format!("{CODE}\r\n{}", CODE.replace("Théodore", "Mia").replace("tnault", "mnault"));
    let read = read(&world, two.into_bytes());
    assert_eq!(read.contacts.len(), 2);
    assert_eq!(changed(world.ask(Job::Undo)), 2, "one file, one step");
}

#[test]
fn what_is_no_card_is_refused_and_nothing_is_kept() {
    let (dir, world) = world();
    let bomb = {
        let mut bytes = png(&RgbImage::from_pixel(1, 1, Rgb([0; 3])));
        bytes[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
        let checksum = crc32fast::hash(&bytes[12..29]).to_be_bytes();
        bytes[29..33].copy_from_slice(&checksum);
        bytes
    };
    let cases: [(&[u8], InputReason); 4] = [
        (b"PK\x03\x04\x14\0\0\0\x08\0", InputReason::NotAnImage),
        (b"\0\0\0\x18ftypheic\0\0\0\0heic", InputReason::Heic),
        (&coded(CODE)[..200], InputReason::CutOff),
        (&bomb, InputReason::TooManyPixels { width: 0x4000, height: 0x4000, limit: 52_000_000 }),
    ];
    for (bytes, expected) in cases {
        match world.ask(job(CardSource::Bytes(bytes.to_vec()))) {
            Reply::Failed(Problem::BadInput(problem)) => assert_eq!(problem.reason, expected),
            other => panic!("{expected:?}: {other:?}"),
        }
    }
    let missing = world.ask(job(CardSource::Path(dir.path().join("none.jpg"))));
    assert!(matches!(missing, Reply::Failed(Problem::BadInput(_))), "{missing:?}");
    assert_eq!(contacts(&world).len(), 0);
    assert!(!dir.path().join("cards").exists());
    assert_eq!(world.ask(Job::Kept { hash: "../store".into() }), Reply::Kept(None));
}

mod command {
    //! The command, run as a user runs it.

    use std::process::Output;

    use assert_cmd::Command;
    use serde_json::Value;

    use super::*;

    /// Runs `card` in a home of its own, and gives its exit code, its lines and what it complained of.
    fn card(home: &tempfile::TempDir, arguments: &[&str], input: &[u8]) -> (i32, Vec<String>, String) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("openbar"));
        command.env_clear().env("HOME", home.path()).env("TMPDIR", home.path()).arg("card").args(arguments);
        let Output { status, stdout, stderr } =
            command.write_stdin(input).output().expect("the program runs");
        let out = String::from_utf8(stdout).expect("UTF-8").lines().map(ToOwned::to_owned).collect();
        (status.code().expect("an exit code"), out, String::from_utf8(stderr).expect("UTF-8"))
    }

    fn json(line: &str) -> Value {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    fn file(home: &tempfile::TempDir, name: &str, bytes: &[u8]) -> String {
        let path = home.path().join(name);
        fs::write(&path, bytes).expect("a file");
        path.display().to_string()
    }

    #[test]
    fn a_dry_run_gives_one_object_an_image_and_opens_no_book() {
        let home = tempfile::tempdir().expect("a folder");
        let (good, bad) = (file(&home, "a.png", &coded(CODE)), file(&home, "b.jpg", b"PK\x03\x04\0\0\0\0"));
        let (code, lines, _) = card(&home, &["--dry-run", "--format", "jsonl", &good, &bad], b"");
        assert_eq!((code, lines.len()), (3, 2));
        assert!(
            lines[0].starts_with(&format!("{{\"file\":\"{good}\",\"contact\":{{\"uid\":")),
            "{}",
            lines[0]
        );
        let first = json(&lines[0]);
        let keys: Vec<_> = ["contact\":", "qr\":", "text\":\"", "confidence\":", "problems\":["]
            .iter()
            .map(|key| lines[0].find(key).unwrap_or_else(|| panic!("no {key}")))
            .collect();
        assert!(keys.is_sorted());
        assert_eq!(first["contact"]["name"], "Théodore Nault");
        assert_eq!(first["contact"]["phones"][0]["label"], "mobile");
        assert_eq!(first["qr"]["kind"], "vcard");
        assert_eq!(first["qr"]["payload"], CODE);
        assert_eq!(json(&lines[1])["contact"], Value::Null);
        assert!(!home.path().join(".local").exists(), "no book was opened");
    }

    #[test]
    fn blocks_of_text_are_answered_line_by_line() {
        let home = tempfile::tempdir().expect("a folder");
        let input = "\"Anne Roy, CPA\\nContrôleuse\\n819 555-0100 p. 42\\nanne.roy@roy.example\"\n\"\"\nno\n";
        let arguments = ["--dry-run", "--format", "jsonl", "--text", "-"];
        let (code, lines, _) = card(&home, &arguments, input.as_bytes());
        assert_eq!((code, lines.len()), (3, 3));
        let first = json(&lines[0]);
        assert_eq!(first["contact"]["name"], "Anne Roy");
        assert_eq!(first["contact"]["credentials"][0], "CPA");
        assert_eq!(first["contact"]["phones"][0]["ext"], "42");
        assert_eq!(first["qr"], Value::Null);
        assert_eq!(json(&lines[1])["contact"], Value::Null);
        assert_eq!(json(&lines[2])["problems"][0]["kind"], "unreadable");
    }

    #[test]
    fn cards_go_to_the_pocket_once() {
        let home = tempfile::tempdir().expect("a folder");
        let image = file(&home, "a.png", &coded(CODE));
        let (code, lines, _) = card(&home, &["--format", "jsonl", "--event", "Souper", &image], b"");
        assert_eq!((code, lines.len()), (0, 1));
        let contact = json(&lines[0])["contact"].clone();
        assert_eq!((&contact["stage"], &contact["met"]["at"]), (&"pocket".into(), &"Souper".into()));
        assert_eq!(contact["met"]["how"], "card");
        let (code, lines, _) = card(&home, &["--format", "json", "-"], &coded(CODE));
        assert_eq!(code, 0);
        let again = json(&lines.concat());
        assert_eq!((&again[0]["known"], &again[0]["contact"]["uid"]), (&true.into(), &contact["uid"]));
        let (code, lines, _) = card(&home, &["--lang", "fr", &image], b"");
        assert_eq!(code, 0);
        assert!(lines.iter().any(|line| line.contains("Avait déjà été lue")), "{lines:?}");
    }

    #[test]
    fn a_heic_photo_is_refused_in_plain_words() {
        let home = tempfile::tempdir().expect("a folder");
        let photo = file(&home, "IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0heic");
        for (lang, words) in [("en", "Most Compatible"), ("fr", "Le plus compatible")] {
            let (code, lines, complaint) = card(&home, &["--lang", lang, &photo], b"");
            assert_eq!((code, lines.len()), (3, 0));
            assert!(complaint.contains(words), "{complaint}");
        }
    }
}
