//! The reader and the network on small files that the tests write themselves.
#![allow(clippy::unwrap_used)]

use super::*;

#[path = "../../../tests/it/encoder_file.rs"]
mod file;

fn small() -> Vec<u8> {
    file::encoder(&[("terrasse", 1), ("deck", 1), ("planches", 2), ("pl", 3), ("anches", 4)])
}

#[test]
fn texts_are_alike_as_far_as_their_words_are() {
    let encoder = Encoder::read(&small()).unwrap();
    assert_eq!(encoder.len(), 5);
    let meaning = |text: &str| encoder.meaning(text).unwrap();
    let kept = |text: &str| meaning(text).kept();
    assert!(meaning("terrasse").like(&kept("deck")) > 0.99);
    assert!(meaning("terrasse").like(&kept("planches")) < 0.9);
    let both = meaning("terrasse planches");
    assert!(both.like(&kept("deck")) > meaning("planches").like(&kept("deck")));
    let length: f32 = both.0.iter().map(|number| number * number).sum();
    assert!((length - 1.0).abs() < 1e-3, "{length}");
    assert_eq!(encoder.meaning(" … !"), None);
}

#[test]
fn blanks_and_compatible_forms_change_nothing() {
    let encoder = Encoder::read(&small()).unwrap();
    assert_eq!(encoder.meaning("  deck\n planches "), encoder.meaning("deck planches"));
    assert_eq!(encoder.meaning("ｄｅｃｋ"), encoder.meaning("deck"));
}

#[test]
fn the_likeliest_cut_is_taken_and_letters_of_no_piece_are_unknown() {
    let encoder = Encoder::read(&small()).unwrap();
    let rows = encoder.pieces.of("planches");
    assert_eq!(rows.len(), 1, "one long piece before two short ones");
    assert_eq!(encoder.pieces.of("deckx"), [encoder.pieces.of("deck")[0], UNKNOWN]);
    assert!(encoder.pieces.of("").is_empty());
}

#[test]
fn any_length_of_text_is_read() {
    let encoder = Encoder::read(&small()).unwrap();
    assert!(encoder.meaning(&"planches ".repeat(100_000)).is_some());
    assert!(encoder.meaning(&"x".repeat(100_000)).is_some());
}

#[test]
fn what_is_no_encoder_is_told_from_one_of_another_version() {
    assert_eq!(Encoder::read(b"").err(), Some(Fault::NotAnEncoder));
    assert_eq!(Encoder::read(b"OBE").err(), Some(Fault::NotAnEncoder));
    assert_eq!(Encoder::read(b"%PDF-1.7 and so on, long enough").err(), Some(Fault::NotAnEncoder));
    let mut newer = small();
    newer[4] = 9;
    assert_eq!(Encoder::read(&newer).err(), Some(Fault::OtherVersion(9)));
}

#[test]
fn whatever_is_cut_or_changed_is_refused() {
    let whole = small();
    for length in (4..40).chain([whole.len() / 2, whole.len() - 1]) {
        assert_eq!(Encoder::read(&whole[..length]).err(), Some(Fault::Damaged), "{length}");
    }
    let mut longer = whole.clone();
    longer.push(0);
    assert_eq!(Encoder::read(&longer).err(), Some(Fault::Damaged));
    let mut flipped = whole;
    flipped[5000] ^= 1;
    assert_eq!(Encoder::read(&flipped).err(), Some(Fault::Damaged));
}

/// A file whose checksum fits and whose numbers lie.
#[test]
fn numbers_that_lie_are_refused_without_a_panic() {
    let whole = small();
    // Counts, the score of the unknown, ends, letters, scores.
    for (at, value) in [
        (0, 0xff),
        (3, 0xff),
        (4, 1),
        (8, 0),
        (11, 0x7f),
        (15, 0x7f),
        (21, 0xff),
        (24, 0),
        (45, 0xff),
        (46, 0),
    ] {
        let mut bytes = whole.clone();
        bytes[HEAD + at] = value;
        let checksum = crc32fast::hash(&bytes[HEAD..]);
        bytes[12..16].copy_from_slice(&checksum.to_le_bytes());
        if let Ok(encoder) = Encoder::read(&bytes) {
            let _ = encoder.meaning("deck planches");
        }
    }
}

#[test]
fn a_kept_meaning_is_nearly_the_same() {
    let encoder = Encoder::read(&small()).unwrap();
    let meaning = encoder.meaning("deck planches").unwrap();
    assert!((meaning.like(&meaning.kept()) - 1.0).abs() < 0.02);
}
