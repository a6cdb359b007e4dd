//! `docs/keys.md` is generated from the command table; this test keeps it true.
//!
//! `OPENBAR_WRITE_DOCS=1 cargo test keys_page` writes it anew.

use std::fmt::Write as _;

use openbar::tui::command::{Chapter, Keymap, TABLE};
use openbar::wording::{Catalogue, Lang};

#[test]
fn the_page_of_keys_is_true() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/keys.md");
    let page = page();
    if std::env::var_os("OPENBAR_WRITE_DOCS").is_some() {
        std::fs::write(path, &page).expect("the page is written");
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == page, "docs/keys.md is not what the table says; run with OPENBAR_WRITE_DOCS=1");
}

fn page() -> String {
    let (en, fr) = (Lang::En.catalogue(), Lang::Fr.catalogue());
    let mut page = String::from(
        "# Keys\n\nGenerated from the command table. The name in the last column is what the `[keys]` section of the\n\
         configuration calls the command.\n",
    );
    for chapter in [Chapter::Move, Chapter::Capture, Chapter::Change, Chapter::Use, Chapter::Program] {
        let _ = write!(
            page,
            "\n## {} · {}\n\n| keys | what it does | ce que ça fait | name |\n| --- | --- | --- | --- |\n",
            heading(chapter, en),
            heading(chapter, fr)
        );
        let keymap = Keymap::default();
        for spec in TABLE.iter().filter(|spec| spec.chapter == chapter) {
            let keys: Vec<_> =
                keymap.keys(spec.command).iter().map(|key| format!("`{}`", key.label())).collect();
            let keys = keys.join(" ").replace('|', "\\|");
            let _ =
                writeln!(page, "| {keys} | {} | {} | `{}` |", (spec.help)(en), (spec.help)(fr), spec.name);
        }
    }
    page
}

fn heading(chapter: Chapter, t: &Catalogue) -> String {
    match chapter {
        Chapter::Move => t.help_chapter_move(),
        Chapter::Capture => t.help_chapter_capture(),
        Chapter::Change => t.help_chapter_change(),
        Chapter::Use => t.help_chapter_use(),
        Chapter::Program => t.help_chapter_program(),
    }
}
