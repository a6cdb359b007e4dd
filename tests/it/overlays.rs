//! The overlays as a person sees and drives them: pictures at two sizes in both languages, and scripts of keys.

#[path = "overlays/stage.rs"]
mod stage;

use openbar::tui::command::{Command, Places, TABLE};
use openbar::tui::effect::{Effect, View};
use stage::{Stage, picture, pictures};

fn palette() -> View {
    let screens = TABLE.iter().filter(|spec| spec.places.meets(Places::PEOPLE));
    View::Palette(screens.map(|spec| spec.command).collect())
}

#[test]
fn palette_lists_what_works_on_the_screen_below() {
    pictures("palette", |lang| Stage::open(lang, palette()));
}

#[test]
fn palette_finds_by_typing_without_accents() {
    pictures("palette_typed", |lang| {
        let mut stage = Stage::open(lang, palette());
        stage.type_text("even");
        stage
    });
}

#[test]
fn palette_runs_the_best_fit() {
    let mut stage = Stage::open("fr", palette());
    stage.type_text("import");
    assert_eq!(stage.press("enter"), [Effect::Run(Command::Import)]);
    stage.type_text("zzzz");
    assert!(stage.press("enter").is_empty());
    assert_eq!(stage.press("esc"), [Effect::Close]);
    assert!(picture(&stage, 80, 24).contains("zzzz"));
}

#[test]
fn no_overlay_minds_a_tiny_screen() {
    for view in [palette()] {
        for lang in ["en", "fr"] {
            let mut stage = Stage::open(lang, view.clone());
            for (width, height) in [(0, 0), (1, 1), (3, 2), (10, 4), (20, 5), (30, 9), (300, 100)] {
                stage.resize(width, height);
                stage.press("down");
                picture(&stage, width, height);
            }
        }
    }
}
