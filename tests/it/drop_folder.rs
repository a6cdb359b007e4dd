//! The drop folder over a real engine and real folders: what is put there comes into the pocket once, and every file
//! ends where it can be found.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use openbar::domain::contact::{Language, Stage};
use openbar::domain::problem::{InputReason, Problem};
use openbar::engine::Options;
use openbar::protocol::{Job, Notice, Reply, Swept};
use openbar::wording::{Lang, errors};
use tempfile::TempDir;

use crate::engine::{World, options, problem};

/// A slow machine under load needs this long for anything at the most.
const PATIENCE: Duration = Duration::from_mins(1);

const VCARDS: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Louise Grenier\r\nORG:Notaires Grenier\r\n\
    EMAIL:louise@grenier.example\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Marc Côté\r\n\
    TEL:+1-819-555-0142\r\nEND:VCARD\r\n";
const LINES: &str = "Réjean Tremblay - Scierie Tremblay - 819 555-0123\nJulie Roy @Kruger 819 555-0124\n";

/// An engine and a drop folder.
struct Scene {
    base: TempDir,
    world: World,
}

impl Scene {
    /// Nobody watches.
    fn new() -> Self {
        Self::over(|_| {})
    }

    fn watched() -> Self {
        Self::over(|options| options.drop_folder = Some(options.dir.with_file_name("drop")))
    }

    fn over(change: impl FnOnce(&mut Options)) -> Self {
        let base = tempfile::tempdir().expect("a folder");
        fs::create_dir(base.path().join("drop")).expect("a folder");
        let mut options = Options {
            drop_pace: Duration::from_millis(1),
            explain: |problem, _| errors::problem(problem, Lang::Fr).message,
            ..options(&base.path().join("data"))
        };
        change(&mut options);
        let world = World::start(options).expect("it opens");
        Self { base, world }
    }

    fn folder(&self) -> PathBuf {
        self.base.path().join("drop")
    }

    /// As synchronising programs do: under a passing name, then renamed.
    fn drop(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let passing = self.folder().join(format!(".{name}.part"));
        fs::write(&passing, bytes).expect("a file");
        fs::rename(passing, self.folder().join(name)).expect("a file");
    }

    fn try_sweep(&self) -> Reply {
        self.world.ask(Job::Sweep { folder: self.folder(), lang: Language::French })
    }

    fn sweep(&self) -> Swept {
        match self.try_sweep() {
            Reply::Swept(swept) => *swept,
            other => panic!("not swept: {other:?}"),
        }
    }

    /// Names in the pocket.
    fn pocket(&self) -> Vec<String> {
        let book = self.world.book().book;
        let mut names: Vec<_> = book
            .contacts()
            .filter(|contact| contact.stage == Stage::Pocket)
            .map(|contact| contact.display_name().to_owned())
            .collect();
        names.sort();
        names
    }

    /// Names of a folder in the drop folder.
    fn files(&self, shelf: &str) -> Vec<String> {
        names(&self.folder().join(shelf))
    }

    /// The next news that is not about the book.
    fn news(&self) -> Notice {
        self.world.notices.recv_timeout(PATIENCE).expect("news in time")
    }

    fn ingested(&self) -> usize {
        match self.news() {
            Notice::Ingested { count } => count,
            other => panic!("{other:?}"),
        }
    }

    fn trouble(&self) -> Problem {
        match self.news() {
            Notice::Trouble(problem) => problem,
            other => panic!("{other:?}"),
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let files = entries.map(|entry| entry.expect("an entry"));
    let files = files.filter(|entry| entry.path().is_file());
    let mut names: Vec<_> = files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn plain_card() -> Vec<u8> {
    fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/cards/plain.png")).expect("the fixture")
}

#[test]
fn text_and_vcards_become_cards_in_the_pocket() {
    let scene = Scene::new();
    scene.drop("souper.txt", LINES);
    scene.drop("contacts.vcf", VCARDS);
    scene.drop("signature.txt", "Anne Bédard\nNotaire\nNotaires Bédard\n819 555-0177\n");
    let swept = scene.sweep();
    assert_eq!(swept.taken.len(), 3, "{swept:?}");
    assert_eq!((swept.failed, swept.waiting), (vec![], vec![]));
    assert_eq!(
        scene.pocket(),
        ["Anne Bédard", "Julie Roy", "Louise Grenier", "Marc Côté", "Réjean Tremblay"]
    );
    assert_eq!(scene.files("done"), ["contacts.vcf", "signature.txt", "souper.txt"]);
    assert_eq!(scene.files(""), [""; 0]);
    let step = match scene.world.ask(Job::History { who: None, limit: 9 }) {
        Reply::History(steps) => steps.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(step, 3, "each file is one step");
}

#[cfg(feature = "ocr")]
#[test]
fn an_image_is_read_and_kept() {
    let scene = Scene::new();
    scene.drop("IMG_1.png", plain_card());
    let swept = scene.sweep();
    assert_eq!(swept.taken[0].file, "IMG_1.png");
    let book = scene.world.book().book;
    let card = book.contacts().next().expect("somebody");
    let hash = card.cards[0].clone();
    let kept = scene.world.ask(Job::Kept { hash });
    assert!(matches!(kept, Reply::Kept(Some(kept)) if kept.picture.is_some()));
    scene.drop("copy of IMG_1.png", plain_card());
    let again = scene.sweep();
    assert!(again.taken[0].known, "{again:?}");
    assert_eq!(scene.pocket().len(), 1);
    assert_eq!(scene.files("done"), ["IMG_1.png", "copy of IMG_1.png"]);
}

#[test]
fn the_same_twice_brings_nobody_twice() {
    let scene = Scene::new();
    for round in 0..2 {
        scene.drop("souper.txt", LINES);
        scene.drop("contacts.vcf", VCARDS);
        let swept = scene.sweep();
        assert!(swept.taken.iter().all(|file| file.known == (round > 0)), "{swept:?}");
        assert!(swept.taken.iter().all(|file| file.people.len() == 2), "{swept:?}");
    }
    assert_eq!(scene.pocket().len(), 4);
    assert_eq!(scene.files("done"), ["contacts-2.vcf", "contacts.vcf", "souper-2.txt", "souper.txt"]);
}

#[test]
fn what_is_refused_has_its_reason_beside_it() {
    let scene = Scene::new();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    scene.drop("IMG_2.HEIC", &heic);
    scene.drop("noise.txt", [0_u8, 1, 2, 3, 4, 5, 6, 7].repeat(40));
    scene.drop("good.txt", "Julie Roy @Kruger");
    let swept = scene.sweep();
    assert_eq!((swept.taken.len(), swept.failed.len()), (1, 2), "{swept:?}");
    assert_eq!(scene.files("failed"), ["IMG_2.HEIC", "IMG_2.HEIC.txt", "noise.txt", "noise.txt.txt"]);
    let shelf = scene.folder().join("failed");
    assert_eq!(fs::read(shelf.join("IMG_2.HEIC")).expect("the photo"), heic);
    let reason = fs::read_to_string(shelf.join("IMG_2.HEIC.txt")).expect("the reason");
    assert!(reason.contains("IMG_2.HEIC") && reason.contains("HEIC, qu"), "{reason}");
    assert!(!reason.contains(scene.base.path().to_str().expect("a path")), "the name is enough: {reason}");
    assert!(
        matches!(&swept.failed[0].problem, Problem::BadInput(input) if input.reason == InputReason::Heic)
    );
}

#[test]
fn what_may_still_be_on_its_way_is_left_where_it_is() {
    let scene = Scene::new();
    scene.drop("empty.txt", "");
    scene.drop("cut.png", &plain_card()[..2_000]);
    fs::write(scene.folder().join("movie.jpg.part"), "x").expect("a file");
    fs::write(scene.folder().join(".hidden.txt"), "Anne Roy").expect("a file");
    let swept = scene.sweep();
    assert_eq!(swept.waiting, ["cut.png", "empty.txt"], "{swept:?}");
    assert_eq!((swept.taken, swept.failed), (vec![], vec![]));
    assert_eq!(scene.files(""), [".hidden.txt", "cut.png", "empty.txt", "movie.jpg.part"]);
}

#[test]
fn links_and_folders_are_left_alone() {
    let scene = Scene::new();
    let outside = scene.base.path().join("secret.txt");
    fs::write(&outside, "Anne Roy 819 555-0101").expect("a file");
    std::os::unix::fs::symlink(&outside, scene.folder().join("link.txt")).expect("a link");
    fs::create_dir(scene.folder().join("album.jpg")).expect("a folder");
    assert_eq!(scene.sweep(), Swept::default());
    assert_eq!(scene.pocket(), [""; 0]);
    assert!(outside.is_file() && scene.folder().join("link.txt").is_symlink());
}

#[test]
fn hostile_files_end_somewhere_and_bring_no_escapes() {
    let scene = Scene::new();
    let bomb =
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x02\0\0\0".as_slice(), &[0; 64]];
    scene.drop("bomb.png", bomb.concat());
    scene.drop(
        "evil.vcf",
        "BEGIN:VCARD\nFN:Eve\u{1b}]0;owned\u{7} Roy\nTEL:\u{202e}819 555-0101\nEND:VCARD\n",
    );
    scene.drop("evil.txt", "Eve\u{1b}[2J Tremblay \u{1b}]52;c;AAAA\u{7}@Scierie 819 555-0102\n");
    scene.drop("name\u{1b}[31m.txt", "Paul Roy @Kruger");
    scene.drop("long.txt", "x".repeat(1_100_000));
    let swept = scene.sweep();
    let shown = swept.taken.iter().map(|file| &file.file).chain(swept.failed.iter().map(|file| &file.file));
    assert!(shown.clone().all(|name| !name.contains('\u{1b}')), "{swept:?}");
    assert_eq!(shown.count() + swept.waiting.len(), 5);
    for name in scene.pocket() {
        assert!(!name.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{name:?}");
    }
    assert!(scene.files("failed").contains(&"long.txt".to_owned()), "{swept:?}");
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let scene = Scene::new();
    fs::remove_dir(scene.folder()).expect("it goes");
    assert!(matches!(problem(scene.try_sweep()), Problem::DropFolder { path, .. } if path == scene.folder()));
}

#[test]
fn the_watch_takes_what_comes_and_survives_the_folder() {
    let scene = Scene::watched();
    scene.drop("souper.txt", LINES);
    assert_eq!(scene.ingested(), 2);
    assert_eq!(scene.pocket(), ["Julie Roy", "Réjean Tremblay"]);
    scene.drop("bad.bin", [0_u8, 1, 2, 3].repeat(99));
    assert!(matches!(scene.trouble(), Problem::BadInput(input) if input.file == "bad.bin"));
    fs::remove_dir_all(scene.folder()).expect("it goes");
    assert!(matches!(scene.trouble(), Problem::DropFolder { .. }));
    fs::create_dir(scene.folder()).expect("it is back");
    scene.drop("card.vcf", VCARDS);
    assert_eq!(scene.ingested(), 2, "no second word of the trouble comes between");
    assert_eq!(scene.pocket().len(), 4);
}

#[test]
fn a_file_that_cannot_be_moved_is_taken_once_and_told_once() {
    let scene = Scene::watched();
    fs::write(scene.folder().join("done"), "a file where the folder should be").expect("a file");
    // The file in the way is a text file itself, and cannot be moved either.
    let first = scene.news();
    assert!(matches!(first, Notice::Ingested { .. } | Notice::Trouble(_)), "{first:?}");
    while !matches!(scene.trouble(), Problem::DropFolder { .. }) {}
    let before = scene.pocket().len();
    scene.drop("souper.txt", LINES);
    assert_eq!(scene.ingested(), 2);
    assert!(matches!(scene.trouble(), Problem::DropFolder { .. }));
    assert_eq!(scene.pocket().len(), before + 2);
    fs::remove_file(scene.folder().join("done")).expect("out of the way");
    scene.drop("card.vcf", VCARDS);
    assert_eq!(scene.ingested(), 2, "nobody came a second time");
    assert_eq!(scene.files("done"), ["card.vcf"]);
}

#[test]
fn when_the_store_has_no_room_the_file_stays_until_it_has() {
    let scene = Scene::watched();
    let cards = scene.base.path().join("data/cards");
    fs::write(&cards, "in the way").expect("a file");
    scene.drop("card.vcf", VCARDS);
    assert!(matches!(scene.trouble(), Problem::CannotWrite { .. }));
    assert_eq!(scene.files(""), ["card.vcf"]);
    fs::remove_file(&cards).expect("out of the way");
    assert_eq!(scene.ingested(), 2, "no second word of the trouble comes between");
}

#[test]
fn a_folder_that_cannot_be_read_is_told() {
    let scene = Scene::new();
    fs::set_permissions(scene.folder(), fs::Permissions::from_mode(0o000)).expect("shut");
    let readable = fs::read_dir(scene.folder()).is_ok();
    let reply = scene.try_sweep();
    fs::set_permissions(scene.folder(), fs::Permissions::from_mode(0o700)).expect("open");
    // Who may read everything, as root may, has nothing to be told.
    assert!(readable || matches!(reply, Reply::Failed(Problem::DropFolder { .. })), "{reply:?}");
}

/// A home with a configuration that names a drop folder.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().expect("a folder"));
        let config = home.0.path().join(".config/openbar");
        fs::create_dir_all(&config).expect("a folder");
        fs::write(config.join("config.toml"), "drop_folder = '~/drop'\n").expect("a file");
        fs::create_dir(home.0.path().join("drop")).expect("a folder");
        home
    }

    /// Exit code, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("openbar"));
        command.env_clear().env("HOME", self.0.path()).env("TMPDIR", self.0.path()).args(arguments);
        let done = command.output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (done.status.code().expect("an end"), text(done.stdout), text(done.stderr))
    }
}

#[test]
fn the_command_lists_what_waits_and_sweeps() {
    let home = Home::new();
    let (code, out, err) = home.run(&["pocket"]);
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert_eq!(home.run(&["pocket", "--format", "json"]).1, "[]\n");
    let (code, out, _) = home.run(&["pocket", "--sweep"]);
    assert_eq!((code, out.as_str()), (1, "Nothing lies in the drop folder.\n"));

    fs::write(home.0.path().join("drop/souper.txt"), LINES).expect("a file");
    fs::write(home.0.path().join("drop/x.heic"), b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").expect("a file");
    let (code, out, err) = home.run(&["pocket", "--sweep", "--format", "jsonl", "--lang", "fr"]);
    assert_eq!((code, err.as_str()), (3, ""));
    let lines: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["people"][0]["name"], "Réjean Tremblay");
    assert!(lines[1]["reason"].as_str().expect("a reason").contains("HEIC, qu"), "{out}");
    assert!(home.0.path().join("drop/failed/x.heic.txt").is_file());

    let (code, out, _) = home.run(&["pocket", "--format", "jsonl"]);
    assert_eq!((code, out.lines().count()), (0, 2));
    let card: serde_json::Value =
        serde_json::from_str(out.lines().next().expect("a line")).expect("native JSON");
    assert_eq!(card["stage"], "pocket");
}

#[test]
fn without_a_folder_a_sweep_says_what_to_do() {
    let home = Home::new();
    fs::remove_file(home.0.path().join(".config/openbar/config.toml")).expect("it goes");
    let (code, _, err) = home.run(&["pocket", "--sweep"]);
    assert_eq!(code, 2);
    assert!(err.contains("drop_folder"), "{err}");
    assert_eq!(home.run(&["demo", "pocket", "--sweep"]).0, 2);
}

#[test]
fn the_demonstration_leaves_the_folder_alone() {
    let home = Home::new();
    fs::write(home.0.path().join("drop/souper.txt"), LINES).expect("a file");
    assert_eq!(home.run(&["demo", "pocket", "--sweep"]).0, 2);
    assert!(home.0.path().join("drop/souper.txt").is_file());
}
