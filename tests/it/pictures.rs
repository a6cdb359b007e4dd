//! Pictures of cards on the screen, in half blocks: beside the lines, below them, as large as the screen.

use std::fs;

use image::{Rgb, RgbImage};
use openbar::capture::image::Picture;
use openbar::domain::contact::{Contact, Stage};
use openbar::domain::time::Timestamp;
use openbar::store::cards::{Cards, Line, Page, Picture as Kept, hash};
use openbar::wording::Lang;

use crate::desk::Desk;
use crate::engine::named;

/// A card of dark bars where print would be.
pub fn drawn() -> Vec<u8> {
    let ink = |x: u32, y: u32| match (x, y) {
        (60..420, 60..130) => Some([30, 60, 120]),
        (60..700, 220..260) | (60..560, 320..350) | (60..620, 400..430) => Some([40, 40, 40]),
        (820..980, 400..540) => Some([180, 40, 40]),
        _ => None,
    };
    let image = RgbImage::from_fn(1050, 600, |x, y| Rgb(ink(x, y).unwrap_or([250, 250, 245])));
    Picture::from_image(image).expect("pixels").to_jpeg_or_png().bytes
}

/// A pocket with one photographed card; its kept files are made by hand.
fn pocket(lang: Lang, size: (u16, u16)) -> Desk {
    let bytes = drawn();
    let name = hash(&bytes);
    let mut card: Contact = named("Louise Grenier");
    card.stage = Stage::Pocket;
    card.created = Timestamp::from_second(1_795_400_000).expect("a moment");
    card.cards = vec![name.clone()];
    let mut desk = Desk::with(lang, size, &[card]);
    let lines = ["Louise Grenier", "Notaire", "819 555-0142"].map(|text| Line {
        text: text.into(),
        confidence: 0.98,
        ..Line::default()
    });
    let page = Page::new(lines.into(), Vec::new(), Vec::new());
    let kept = Kept { ending: "png", bytes: &bytes };
    Cards::of(desk.folder()).put(&name, Some(kept), &page).expect("it is kept");
    desk.keys("2");
    desk
}

#[test]
fn the_pocket_shows_the_card_where_there_is_room() {
    for (lang, tag) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        for size in [(120, 36), (180, 50)] {
            let desk = pocket(lang, size);
            insta::assert_snapshot!(format!("pocket-{tag}-{}x{}", size.0, size.1), desk.picture());
        }
    }
    let narrow = pocket(Lang::Fr, (80, 24));
    insta::assert_snapshot!("pocket-fr-80x24", narrow.picture());
}

#[test]
fn one_key_shows_it_as_large_as_the_screen_and_one_opens_its_file() {
    for (lang, tag) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        for size in [(80, 24), (120, 36)] {
            let mut desk = pocket(lang, size);
            desk.keys("v");
            insta::assert_snapshot!(format!("whole-{tag}-{}x{}", size.0, size.1), desk.picture());
        }
    }
    let mut desk = pocket(Lang::En, (80, 24));
    desk.keys("v o");
    let file = desk.outside.pop().expect("a file");
    assert_eq!(fs::read(file).expect("it is there"), drawn());
    desk.keys("esc").shows("Louise Grenier");
}

#[test]
fn another_size_of_the_terminal_has_it_painted_anew() {
    let mut desk = pocket(Lang::En, (80, 24));
    desk.keys("v").shows("▀");
    let small = desk.picture();
    desk.resize(120, 36);
    desk.shows("▀");
    assert!(desk.picture().matches('▀').count() > small.matches('▀').count());
}

#[test]
fn a_card_whose_picture_is_gone_says_so() {
    let mut desk = pocket(Lang::En, (120, 36));
    let folder = desk.folder().join("cards");
    desk.keys("v esc");
    fs::remove_dir_all(folder).expect("they go");
    desk.keys("v ctrl-l").shows("No picture was kept");
}

#[cfg(feature = "ocr")]
#[test]
fn an_image_dropped_on_the_bar_is_read() {
    let mut desk = pocket(Lang::En, (120, 36));
    let photo = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/cards/plain.png");
    desk.keys("a");
    desk.paste(&format!("'{photo}'"));
    desk.shows("in the pocket");
    assert_eq!(desk.book().book.contacts().count(), 2);
    desk.paste("/no/such/card.jpg");
    desk.shows("/no/such/card.jpg");
}
