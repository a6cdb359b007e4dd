//! The program tesseract as what reads card pictures: a stand-in of a few lines on `PATH`, working, failing and absent.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::Value;

/// Answers as tesseract does: the languages that it knows, or a table of words.
const WORKS: &str = r#"#!/bin/sh
if [ "$1" = --list-langs ]; then printf 'List of available languages (2):\neng\nfra\n'; exit; fi
[ "$4" = fra+eng ] || exit 3
cat > /dev/null
printf '5\t1\t1\t1\t1\t1\t20\t20\t90\t20\t96\tMireille\n5\t1\t1\t1\t1\t2\t120\t20\t90\t20\t96\tGaudreault\n'
printf '5\t1\t1\t1\t2\t1\t20\t60\t90\t20\t95\tmireille@windermere.example\n'
"#;
const FAILS: &str = "#!/bin/sh\nexit 1\n";

fn read(program: Option<&str>) -> Value {
    let home = tempfile::tempdir().expect("a folder");
    let programs = home.path().join("bin");
    fs::create_dir_all(home.path().join(".config/openbar")).expect("a folder");
    fs::create_dir_all(&programs).expect("a folder");
    fs::write(home.path().join(".config/openbar/config.toml"), "ocr = \"tesseract\"\n").expect("settings");
    if let Some(text) = program {
        let file = programs.join("tesseract");
        fs::write(&file, text).expect("a program");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("its mode");
    }
    let card = home.path().join("card.png");
    image::RgbImage::from_pixel(320, 180, image::Rgb([235; 3])).save(&card).expect("a picture");
    let path = format!("{}:/bin:/usr/bin", programs.display());
    // Without the stand-in nothing else of that name may be found.
    let path = if program.is_some() { path } else { programs.display().to_string() };
    let output = command(home.path(), &path, &card).output().expect("it runs");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn command(home: &Path, path: &str, card: &Path) -> assert_cmd::Command {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_openbar"));
    command.env_clear().env("HOME", home).env("PATH", path);
    command.args(["--lang", "en", "card", "--dry-run", "--format", "jsonl"]).arg(card);
    command
}

#[test]
fn what_the_program_reads_becomes_a_card() {
    let card = read(Some(WORKS));
    let text = card.to_string();
    assert!(text.contains("Mireille Gaudreault"), "{text}");
    assert!(text.contains("mireille@windermere.example"), "{text}");
    assert!(!text.contains("other_engine"), "{text}");
}

#[test]
fn a_program_that_fails_or_is_missing_is_told_and_done_without() {
    for program in [Some(FAILS), None] {
        let text = read(program).to_string();
        assert!(text.contains("other_engine"), "{text}");
        assert!(!text.contains("Mireille"), "{text}");
    }
}
