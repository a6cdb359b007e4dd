//! All integration tests in one binary, so that they link once. A test below finds files that are forgotten here.

mod architecture;
mod card_images;
mod cards;
mod cli;
mod demo;
mod desk;
mod docs;
mod doors;
mod drop_folder;
mod encoder;
mod encoder_file;
mod engine;
mod engine_jobs;
mod exchange;
mod grammar;
mod home;
mod i18n;
mod keys_page;
mod kill;
mod market_commands;
mod market_jobs;
mod markets;
mod markets_screen;
mod merging;
mod needs;
mod needs_commands;
mod needs_screen;
mod overlays;
mod pictures;
mod pocket;
mod pty;
mod recogniser;
mod screens;
mod search;
mod store_faults;
mod store_format;

#[test]
fn no_test_file_is_forgotten() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it");
    let listed = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).expect("the test folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(name == "main" || listed.contains(&format!("mod {name};")), "tests/it/{name}.rs is not run");
    }
}
