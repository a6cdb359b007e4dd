//! Reading a card image: decoding, codes, text. `cargo bench --bench card`.

use divan::Bencher;
use openbar::capture::image::{Limits, Picture, open, qr};

const CARD: &[u8] = include_bytes!("../tests/it/fixtures/cards/plain.png");

fn main() {
    divan::main();
}

fn card() -> Picture {
    open(CARD, Limits::default()).expect("the fixture")
}

/// A 12-megapixel photo, by enlarging.
fn photo() -> Picture {
    let large = image::imageops::resize(card().image(), 4000, 2286, image::imageops::FilterType::Triangle);
    let mut photo = image::RgbImage::from_pixel(4000, 3000, image::Rgb([90, 80, 70]));
    image::imageops::overlay(&mut photo, &large, 0, 300);
    Picture::from_image(photo).expect("pixels")
}

#[divan::bench]
fn decode(bencher: Bencher) {
    bencher.bench(|| open(CARD, Limits::default()));
}

#[divan::bench]
fn look_for_codes(bencher: Bencher) {
    let card = card();
    bencher.bench(|| qr::codes(&card));
}

#[divan::bench]
fn keep(bencher: Bencher) {
    let photo = photo();
    bencher.bench(|| photo.shrunk(1600).to_jpeg_or_png());
}

#[cfg(feature = "ocr")]
mod text {
    use super::{Bencher, card, photo};
    use openbar::capture::image::ocr::Reader;

    #[divan::bench(sample_count = 5)]
    fn load_the_models(bencher: Bencher) {
        bencher.bench(|| Reader::global().is_ok());
    }

    #[divan::bench(sample_count = 10)]
    fn read_a_card(bencher: Bencher) {
        let (reader, card) = (Reader::global().expect("the models"), card());
        bencher.bench(|| reader.read(&card));
    }

    #[divan::bench(sample_count = 5)]
    fn read_a_large_photo(bencher: Bencher) {
        let (reader, photo) = (Reader::global().expect("the models"), photo());
        bencher.bench(|| reader.read(&photo));
    }
}
