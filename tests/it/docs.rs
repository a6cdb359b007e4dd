//! The pages under `docs/` that are made from the program itself. To write them anew: `OPENBAR_WRITE_DOCS=1 cargo test docs`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clap::Command;
use openbar::cli;
use openbar::wording::Lang;

#[test]
fn the_page_of_commands_says_what_the_program_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let page = page();
    if std::env::var_os("OPENBAR_WRITE_DOCS").is_some() {
        fs::write(&path, &page).expect("docs can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/cli.md is not what the program says; write it anew with OPENBAR_WRITE_DOCS=1 cargo test docs"
    );
}

fn page() -> String {
    let mut root = cli::command(Lang::En);
    root.build();
    let mut page = String::from(
        "# Commands\n\nMade from the program’s own help; `openbar --lang fr help` says the same in French.\n",
    );
    section(&mut page, "openbar", &mut root.clone());
    for command in root.get_subcommands_mut() {
        let title = format!("openbar {}", command.get_name());
        section(&mut page, &title, command);
    }
    page
}

fn section(page: &mut String, title: &str, command: &mut Command) {
    // The width of a terminal must not decide how the page looks.
    let help = command.clone().term_width(100).render_help().to_string();
    let help: Vec<_> = help.lines().map(str::trim_end).collect();
    let _ = write!(page, "\n## {title}\n\n```text\n{}\n```\n", help.join("\n"));
}
