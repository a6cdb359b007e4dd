//! Card images end to end: two small rendered cards, turned, darkened and photographed by the tests themselves, and
//! codes made on the spot.

use image::{ImageFormat, Rgb, RgbImage, imageops};
use openbar::capture::image::{Limits, Picture, open, qr};
use proptest::prelude::*;
use qrcode::{EcLevel, QrCode};

const PLAIN: &[u8] = include_bytes!("fixtures/cards/plain.png");

fn plain() -> Picture {
    open(PLAIN, Limits::default()).expect("the fixture")
}

fn picture(image: RgbImage) -> Picture {
    Picture::from_image(image).expect("pixels")
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Jpeg).expect("a JPEG");
    bytes.into_inner()
}

/// A card as a telephone sees it: smaller, tilted, in uneven light, on a table.
fn photographed(card: &RgbImage) -> RgbImage {
    let (sin, cos) = 0.06_f32.sin_cos();
    RgbImage::from_fn(1600, 1200, |x, y| {
        let (right, down) = (x as f32 - 800.0, y as f32 - 600.0);
        // A horizon to the right: what is farther is smaller.
        let depth = 1.0 + right * 0.00012;
        let across = (right * cos + down * sin) * depth / 1.25 + 525.0;
        let along = (down * cos - right * sin) * depth / 1.25 + 300.0;
        let light = 0.55 + 0.4 * (x as f32 / 1600.0);
        let inside = across >= 0.0 && along >= 0.0 && across < 1049.0 && along < 599.0;
        let colour = if inside {
            imageops::interpolate_bilinear(card, across, along).map_or([0; 3], |pixel| pixel.0)
        } else {
            [96 + ((y / 7) % 9) as u8, 70, 52]
        };
        Rgb(colour.map(|c| (f32::from(c) * light) as u8))
    })
}

/// A code of black and white squares, in a quiet zone.
fn drawn_code(payload: &[u8], side: u32) -> RgbImage {
    let code = QrCode::with_error_correction_level(payload, EcLevel::M).expect("a short payload");
    drawn(&code.to_colors(), code.width(), side)
}

fn drawn(colours: &[qrcode::Color], width: usize, side: u32) -> RgbImage {
    let total = width as u32 + 8;
    let scale = (side / total).max(1);
    RgbImage::from_fn(total * scale, total * scale, |x, y| {
        let (x, y) = ((x / scale) as usize, (y / scale) as usize);
        let inside = (4..width + 4).contains(&x) && (4..width + 4).contains(&y);
        let dark = inside && colours[(y - 4) * width + x - 4] == qrcode::Color::Dark;
        Rgb(if dark { [15; 3] } else { [250; 3] })
    })
}

fn with_code(payload: &[u8]) -> RgbImage {
    let mut card = plain().into_image();
    imageops::overlay(&mut card, &drawn_code(payload, 250), 780, 40);
    card
}

#[test]
fn a_code_is_read_with_its_line_ends_and_accents() {
    let payload = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Gagné-Roy;Éloïse;;;\r\nTEL:+18195550142\r\nEND:VCARD";
    assert_eq!(qr::codes(&picture(with_code(payload.as_bytes()))), [payload]);
    let photo =
        open(&jpeg(&photographed(&with_code(payload.as_bytes()))), Limits::default()).expect("a photo");
    assert_eq!(qr::codes(&photo), [payload]);
}

#[test]
fn a_code_in_latin_1_without_saying_so_is_read() {
    let payload = "MECARD:N:Gagné-Roy,Éloïse;TEL:+18195550142;;";
    let latin: Vec<u8> = payload.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    assert_eq!(qr::codes(&picture(with_code(&latin))), [payload]);
}

#[test]
fn light_codes_on_dark_ground_are_read() {
    let mut card = with_code(b"https://scieriebeauchene.ca/");
    imageops::invert(&mut card);
    assert_eq!(qr::codes(&picture(card)), ["https://scieriebeauchene.ca/"]);
}

#[test]
fn two_codes_are_two_payloads() {
    let mut card = with_code(b"https://un.example/");
    imageops::overlay(&mut card, &drawn_code(b"https://deux.example/", 250), 780, 330);
    let mut codes = qr::codes(&picture(card));
    codes.sort();
    assert_eq!(codes, ["https://deux.example/", "https://un.example/"]);
}

#[test]
fn escapes_in_a_code_do_not_leave_it() {
    let codes = qr::codes(&picture(with_code(b"FN:\x1b]0;owned\x07Eve\x1b[2J\x00\r\nTEL:1")));
    assert_eq!(codes, ["FN:Eve\r\nTEL:1"]);
}

#[test]
fn a_card_without_code_has_none() {
    assert_eq!(qr::codes(&plain()), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Codes whose squares were tampered with are read, corrected or skipped.
    #[test]
    fn damaged_codes_never_panic(flips in proptest::collection::vec(any::<proptest::sample::Index>(), 1..120)) {
        let code = QrCode::with_error_correction_level(b"FN:Zo\xc3\xab", EcLevel::L).expect("a short payload");
        let mut colours = code.to_colors();
        for flip in flips {
            let at = flip.index(colours.len());
            colours[at] = !colours[at];
        }
        let codes = qr::codes(&picture(drawn(&colours, code.width(), 200)));
        prop_assert!(codes.iter().all(|code| openbar::text::clean::is_clean(code)));
    }
}

#[cfg(feature = "ocr")]
mod text {
    use super::*;
    use openbar::capture::image::Turn;
    use openbar::capture::image::ocr::{Doubt, Reader, Reading};

    const COLUMNS: &[u8] = include_bytes!("fixtures/cards/columns.png");
    const PLAIN_LINES: [&str; 7] = [
        "Scierie Beauchêne inc.",
        "Éloïse Gagné-Roy, ing.",
        "Directrice des opérations",
        "Tél. : 819 555-0142 poste 207",
        "eloise.gagne-roy@scieriebeauchene.ca",
        "www.scieriebeauchene.ca",
        "1200, rang Saint-Ours, Cookshire (Québec) J0B 1M0",
    ];

    fn read(picture: &Picture) -> Reading {
        Reader::global().expect("the models").read(picture)
    }

    /// The lines. One letter of the fixtures, a small *ï*, is so near the edge that it depends on the order in which a
    /// processor's widest instructions add: both readings of it are right.
    fn texts(reading: &Reading) -> Vec<String> {
        reading.lines.iter().map(|line| either_i(&line.text)).collect()
    }

    fn either_i(text: &str) -> String {
        text.replace("Éloise", "Éloïse")
    }

    #[test]
    fn a_rendered_card_is_read_letter_by_letter() {
        let reading = read(&plain());
        assert_eq!(texts(&reading), PLAIN_LINES);
        assert_eq!((reading.turn, reading.doubts.as_slice()), (Turn::None, [].as_slice()));
        assert!(reading.confidence > 0.95 && reading.lines.iter().all(|line| line.confidence > 0.9));
        // Each line lies where it was printed, and apart groups are blocks of their own.
        let name = &reading.lines[1];
        let ((left, top), (right, bottom)) = (name.quad[0], name.quad[2]);
        assert!((left - 70.0).abs() < 20.0 && top > 150.0 && bottom < 235.0 && right > 500.0);
        assert!(name.height > 1.3 * reading.lines[2].height);
        assert!(reading.lines[0].block < name.block && name.block < reading.lines[3].block);
    }

    #[test]
    fn a_photo_in_poor_light_is_read() {
        let photo = open(&jpeg(&photographed(&plain().into_image())), Limits::default()).expect("a photo");
        assert_eq!(texts(&read(&photo)), PLAIN_LINES);
    }

    #[test]
    fn whichever_way_it_lies_it_is_read() {
        let card = plain();
        for (lies, turn) in [(Turn::Half, Turn::Half), (Turn::Right, Turn::Left), (Turn::Left, Turn::Right)] {
            let lying = card.turned(lies);
            let reading = read(&lying);
            assert_eq!(texts(&reading), PLAIN_LINES, "{lies:?}");
            assert_eq!(reading.turn, turn);
            assert_eq!(lying.turned(reading.turn), card);
            let (left, top) = reading.lines[1].quad[0];
            assert!((left - 70.0).abs() < 20.0 && (top - 175.0).abs() < 30.0, "{left} {top}");
        }
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let columns = open(COLUMNS, Limits::default()).expect("the fixture");
        let expected = [
            "Coopérative La Grande Ourse des Cantons",
            "Théodore Nault",
            "Conseiller principal",
            "Senior Advisor",
            "88, rue du Moulin",
            "Magog (Québec) J1X 4Y7",
            "T 819 555-0171",
            "C 873 555-0108",
            "tnault@grandeourse.coop",
            "grandeourse.coop",
        ];
        assert_eq!(texts(&read(&columns)), expected);
    }

    #[test]
    fn a_card_becomes_lines_and_codes_in_shares_of_the_picture() {
        let lying = picture(with_code(b"https://scieriebeauchene.ca/")).turned(Turn::Half);
        let (upright, printed) = openbar::capture::image::read(lying, &mut None);
        let texts: Vec<String> = printed.lines.iter().map(|line| either_i(&line.text)).collect();
        assert_eq!(texts, PLAIN_LINES);
        assert_eq!(printed.codes, ["https://scieriebeauchene.ca/"]);
        assert_eq!(printed.problems, []);
        let name = printed.lines[1].place.expect("a place");
        assert!(name.left < 0.1 && name.right < 0.8 && (0.15..0.35).contains(&name.top), "{name:?}");
        assert!(printed.lines[1].height > printed.lines[2].height && printed.confidence() > 0.9);
        assert!(upright.width() > upright.height());
    }

    #[test]
    fn codes_are_not_read_as_letters() {
        let card = picture(with_code(b"https://scieriebeauchene.ca/"));
        let codes = qr::find(&card);
        let reading = Reader::global().expect("the models").read_beside(&card, &codes);
        assert_eq!(texts(&reading), PLAIN_LINES);
    }

    #[test]
    fn two_cards_in_one_photo_are_said_to_be_two() {
        let columns = open(COLUMNS, Limits::default()).expect("the fixture").into_image();
        let mut both = RgbImage::from_pixel(1250, 1400, Rgb([120, 90, 60]));
        imageops::overlay(&mut both, &plain().into_image(), 60, 50);
        imageops::overlay(&mut both, &columns, 130, 730);
        let reading = read(&picture(both));
        assert!(reading.doubts.contains(&Doubt::Several));
        assert!(PLAIN_LINES.iter().all(|line| texts(&reading).iter().any(|read| read == line)));
    }

    #[test]
    fn an_empty_picture_says_nothing() {
        let reading = read(&picture(RgbImage::from_pixel(700, 400, Rgb([200, 190, 180]))));
        assert_eq!((reading.lines.len(), reading.text().as_str()), (0, ""));
        assert_eq!(reading.doubts, [Doubt::Nothing]);
    }

    #[test]
    fn odd_sizes_are_no_trouble() {
        for (width, height) in [(1, 1), (3, 900), (2500, 2), (33, 31)] {
            let reading = read(&picture(RgbImage::from_fn(width, height, |x, y| Rgb([(x * y) as u8; 3]))));
            assert!(reading.confidence <= 1.0);
        }
    }

    #[test]
    fn readers_share_one_set_of_models() {
        let (first, second) = (Reader::global().expect("the models"), Reader::global().expect("the models"));
        assert!(std::sync::Arc::ptr_eq(&first, &second));
    }
}
