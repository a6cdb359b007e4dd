//! QR codes of a picture, to their payloads.
//!
//! Tries from cheap to dear until something is found: the picture at half a dozen sizes, two ways of telling dark
//! from light, two detectors, and light codes on dark ground. Payloads are hostile: controls and escapes leave,
//! everything else, line ends included, stays as it was coded. No address from a code is ever opened.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::RgbImage;
use rxing::common::{GlobalHistogramBinarizer, HybridBinarizer};
use rxing::multi::MultipleBarcodeReader;
use rxing::multi::qrcode::QRCodeMultiReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{
    BarcodeFormat, Binarizer, BinaryBitmap, DecodeHints, Luma8Source, RXingResult, RXingResultMetadataType,
    RXingResultMetadataValue,
};

use super::picture::Picture;
use super::scale;
use crate::text::clean;

/// One code.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// What it says: no controls but line ends and tabs, no escapes; otherwise as coded.
    pub payload: String,
    /// The rectangle around it, in pixels of the picture: left, top, right, bottom.
    pub bounds: [f32; 4],
}

impl Code {
    /// Whether a point of the picture lies on it.
    pub fn covers(&self, (x, y): (f32, f32)) -> bool {
        let [left, top, right, bottom] = self.bounds;
        x > left && x < right && y > top && y < bottom
    }
}

/// A longest payload is 2,953 bytes; a picture with more codes than this is not a card.
const MOST_CODES: usize = 16;
/// Longer sides, in pixels, at which a picture is searched, the likeliest first.
const SIDES: [u32; 4] = [1400, 900, 2000, 600];

/// The payloads of all codes, each once.
pub fn codes(picture: &Picture) -> Vec<String> {
    find(picture).into_iter().map(|code| code.payload).collect()
}

/// All codes, each once, from top to bottom.
pub fn find(picture: &Picture) -> Vec<Code> {
    let (width, height) = (picture.width(), picture.height());
    let longest = width.max(height);
    let mut sides: Vec<u32> = SIDES.into_iter().filter(|side| *side < longest).collect();
    // The picture itself comes first where it is small, and is enlarged where it is very small.
    if longest <= 2400 {
        sides.insert(usize::from(longest > 1600), longest);
    }
    if longest < 1300 {
        sides.push(longest * 2);
    }
    for side in sides {
        let scaled = |length: u32| {
            (u64::from(length) * u64::from(side)).div_ceil(u64::from(longest)).clamp(1, 4000) as u32
        };
        let (new_width, new_height) = (scaled(width), scaled(height));
        let image = scale::resized(picture.image(), new_width, new_height);
        let ratio = longest as f32 / side as f32;
        let mut found = search(&image);
        if !found.is_empty() {
            for code in &mut found {
                code.bounds = code.bounds.map(|at| at * ratio);
            }
            found.sort_by(|a, b| a.bounds[1].total_cmp(&b.bounds[1]));
            return found;
        }
    }
    Vec::new()
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread would be caught here, as a code that cannot be read. A panic hook asks this, so as
/// to stay silent.
pub fn catches_panics() -> bool {
    GUARDED.get()
}

/// Searches one size in all ways, and stops at the first that finds something.
fn search(image: &RgbImage) -> Vec<Code> {
    let (width, height) = image.dimensions();
    let dark = luma(image);
    let light: Vec<u8> = dark.iter().map(|value| 255 - value).collect();
    for pixels in [&dark, &light] {
        let Ok(source) = Luma8Source::new_with_slice(pixels, width, height) else { continue };
        let attempts: [&dyn Fn() -> Vec<RXingResult>; 3] = [
            &|| with_new_detector(HybridBinarizer::new(source.clone())),
            &|| with_new_detector(GlobalHistogramBinarizer::new(source.clone())),
            &|| with_old_detector(HybridBinarizer::new(source.clone())),
        ];
        for attempt in attempts {
            // The crate is a port with slices and arithmetic of its own; whatever a crafted code makes of them
            // must not end the program.
            GUARDED.set(true);
            let results = catch_unwind(AssertUnwindSafe(attempt)).unwrap_or_default();
            GUARDED.set(false);
            let mut found: Vec<Code> = Vec::new();
            for code in results.iter().filter_map(code).take(MOST_CODES) {
                if !found.iter().any(|known| known.payload == code.payload) {
                    found.push(code);
                }
            }
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn with_new_detector<B: Binarizer>(binarizer: B) -> Vec<RXingResult> {
    QrReader.decode_multiple_with_hints(&mut BinaryBitmap::new(binarizer), &hints()).unwrap_or_default()
}

fn with_old_detector<B: Binarizer>(binarizer: B) -> Vec<RXingResult> {
    QRCodeMultiReader::new()
        .decode_multiple_with_hints(&mut BinaryBitmap::new(binarizer), &hints())
        .unwrap_or_default()
}

fn hints() -> DecodeHints {
    DecodeHints {
        PossibleFormats: Some([BarcodeFormat::QR_CODE].into()),
        TryHarder: Some(true),
        ..DecodeHints::default()
    }
}

/// Brightness by ITU-R BT.601.
fn luma(image: &RgbImage) -> Vec<u8> {
    let mut light = Vec::with_capacity(image.as_raw().len() / 3);
    for pixel in image.as_raw().chunks_exact(3) {
        let (red, green, blue) = (u32::from(pixel[0]), u32::from(pixel[1]), u32::from(pixel[2]));
        light.push(((red * 299 + green * 587 + blue * 114 + 500) / 1000) as u8);
    }
    light
}

fn code(result: &RXingResult) -> Option<Code> {
    let payload = clean::verbatim(&decoded(result));
    if payload.trim().is_empty() {
        return None;
    }
    let points = result.getPoints();
    let fold = |of: fn(&rxing::Point) -> f32, by: fn(f32, f32) -> f32, start: f32| {
        points.iter().map(of).fold(start, by)
    };
    let (left, right) = (fold(|p| p.x, f32::min, f32::INFINITY), fold(|p| p.x, f32::max, 0.0));
    let (top, bottom) = (fold(|p| p.y, f32::min, f32::INFINITY), fold(|p| p.y, f32::max, 0.0));
    // The points may be the middles of the three corner marks: up to a tenth of the code lies outside them.
    let margin = 0.12 * (right - left).max(bottom - top);
    Some(Code { payload, bounds: [left - margin, top - margin, right + margin, bottom + margin] })
}

/// The text of a code. Codes that name their character set are read in it. The others are UTF-8, or else
/// Windows-1252, the superset of Latin-1 that makers of cards use; the crate would also guess at Japanese.
fn decoded(result: &RXingResult) -> String {
    let about = result.getRXingResultMetadata();
    match about.get(&RXingResultMetadataType::SYMBOLOGY_IDENTIFIER) {
        // ISO/IEC 15424: even modifiers say that a character set is named.
        Some(RXingResultMetadataValue::SymbologyIdentifier(id)) if !id.ends_with(['2', '4', '6']) => {
            guessed(result.getRawBytes())
        }
        Some(_) => result.getText().to_owned(),
        // The older detector gives the bytes of its byte segments only: all of the text, or less.
        None => match about.get(&RXingResultMetadataType::BYTE_SEGMENTS) {
            Some(RXingResultMetadataValue::ByteSegments(segments)) => {
                let text = guessed(&segments.concat());
                let whole = text.chars().count() >= result.getText().chars().count();
                if whole { text } else { result.getText().to_owned() }
            }
            _ => result.getText().to_owned(),
        },
    }
}

fn guessed(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
