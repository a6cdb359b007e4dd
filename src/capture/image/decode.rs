//! Bytes of an image file to a [`Picture`]: PNG, JPEG and WebP, upright, opaque, within limits.
//!
//! Invariants: the size that a file claims is checked before anything is decoded; a file that ends early is
//! [`ImageProblem::Truncated`], never half a picture.

use std::io::{Cursor, ErrorKind};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbImage};
use thiserror::Error;

use super::picture::Picture;
use super::scale;
use crate::domain::problem::InputReason;

/// What an image may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest file, in bytes.
    pub bytes: usize,
    /// Most pixels that a file may claim: above, it is refused unread.
    pub pixels: u64,
    /// Most bytes of decoded pixels, whatever their depth.
    pub decoded: u64,
    /// A larger picture is halved as soon as it is decoded, until it has at most this many pixels.
    pub working_pixels: u64,
}

impl Default for Limits {
    /// Room for the 50-megapixel photos of telephones, in under 250 MB.
    fn default() -> Self {
        Self { bytes: 64 << 20, pixels: 52_000_000, decoded: 160 << 20, working_pixels: 12_600_000 }
    }
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImageProblem {
    /// The bytes start like no image known here.
    #[error("not an image")]
    NotAnImage,
    /// A HEIC photo, as iPhones take unless set to "Most compatible".
    #[error("a HEIC photo, which cannot be read")]
    Heic,
    /// An image, or a document, of a format that is recognised and not read.
    #[error("{format} files cannot be read")]
    Unsupported {
        /// The format's name, such as `TIFF`.
        format: &'static str,
    },
    /// More pixels than allowed; nothing was decoded.
    #[error("{width} × {height} pixels are more than {limit}")]
    TooManyPixels {
        /// Claimed width.
        width: u32,
        /// Claimed height.
        height: u32,
        /// Most pixels allowed.
        limit: u64,
    },
    /// A longer file, or one that would decode to more bytes, than allowed.
    #[error("{bytes} bytes are more than {limit}")]
    TooManyBytes {
        /// Bytes of the file, or of its decoded pixels.
        bytes: u64,
        /// Most bytes allowed.
        limit: u64,
    },
    /// The file ends before its picture does: perhaps it is still being written.
    #[error("the file ends too early")]
    Truncated,
    /// The file is of the format that it claims, but broken.
    #[error("the image is damaged")]
    Damaged,
}

impl From<ImageProblem> for InputReason {
    fn from(problem: ImageProblem) -> Self {
        match problem {
            ImageProblem::NotAnImage => Self::NotAnImage,
            ImageProblem::Heic => Self::Heic,
            ImageProblem::Unsupported { format } => Self::UnsupportedImage { format: format.to_owned() },
            ImageProblem::TooManyPixels { width, height, limit } => {
                Self::TooManyPixels { width, height, limit }
            }
            ImageProblem::TooManyBytes { limit, .. } => Self::TooLarge { limit },
            ImageProblem::Truncated => Self::CutOff,
            ImageProblem::Damaged => Self::DamagedImage,
        }
    }
}

/// Reads an image file: its pixels with the orientation of its metadata applied, on white where it is transparent.
pub fn open(bytes: &[u8], limits: Limits) -> Result<Picture, ImageProblem> {
    let format = recognise(bytes)?;
    if bytes.len() > limits.bytes {
        return Err(ImageProblem::TooManyBytes { bytes: bytes.len() as u64, limit: limits.bytes as u64 });
    }
    if format == ImageFormat::Jpeg && !jpeg_is_whole(bytes) {
        return Err(ImageProblem::Truncated);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut allowed = image::Limits::default();
    allowed.max_alloc = Some(limits.decoded.saturating_mul(2));
    reader.limits(allowed);
    let mut decoder = reader.into_decoder().map_err(|error| problem(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits.pixels {
        return Err(ImageProblem::TooManyPixels { width, height, limit: limits.pixels });
    }
    if decoder.total_bytes() > limits.decoded {
        return Err(ImageProblem::TooManyBytes { bytes: decoder.total_bytes(), limit: limits.decoded });
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|error| problem(&error))?;
    let mut pixels = opaque(image);
    while u64::from(pixels.width()) * u64::from(pixels.height()) > limits.working_pixels {
        pixels = scale::halved(&pixels);
    }
    if pixels.width() == 0 || pixels.height() == 0 {
        return Err(ImageProblem::Damaged);
    }
    let mut image = DynamicImage::ImageRgb8(pixels);
    image.apply_orientation(orientation);
    let turned = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let original = if turned { (height, width) } else { (width, height) };
    Ok(Picture::new(image.into_rgb8(), original))
}

/// The format by the first bytes; file names lie.
fn recognise(bytes: &[u8]) -> Result<ImageFormat, ImageProblem> {
    let unsupported = |format| Err(ImageProblem::Unsupported { format });
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(ImageFormat::Png),
        [0xff, 0xd8, 0xff, ..] => Ok(ImageFormat::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4) {
            Some(b"avif" | b"avis") => unsupported("AVIF"),
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
                Err(ImageProblem::Heic)
            }
            _ => Err(ImageProblem::NotAnImage),
        },
        [b'G', b'I', b'F', b'8', ..] => unsupported("GIF"),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => unsupported("TIFF"),
        [b'%', b'P', b'D', b'F', ..] => unsupported("PDF"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => unsupported("BMP"),
        [0xff, 0x0a, ..] | [0, 0, 0, 0x0c, b'J', b'X', b'L', b' ', ..] => unsupported("JPEG XL"),
        _ => Err(ImageProblem::NotAnImage),
    }
}

/// Whether a JPEG has its end marker. Its decoder fills what is missing with grey, so this is asked first. Only the
/// part after the first start of scan counts: a preview in the metadata has an end marker of its own.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        let Some(&[first, marker]) = bytes.get(at..at + 2) else { return false };
        if first != 0xff {
            // Not a marker where one must be: damaged, not cut off. The decoder judges.
            return true;
        }
        match marker {
            0xff => at += 1,
            0xda => return memchr::memmem::find(&bytes[at..], &[0xff, 0xd9]).is_some(),
            0xd9 => return true,
            0x01 | 0xd0..=0xd7 => at += 2,
            _ => {
                let Some(&[high, low]) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([high, low])).max(2);
            }
        }
    }
}

fn problem(error: &ImageError) -> ImageProblem {
    let cut_off = |error: &std::io::Error| error.kind() == ErrorKind::UnexpectedEof;
    match error {
        ImageError::IoError(error) if cut_off(error) => ImageProblem::Truncated,
        other => {
            let mut source = std::error::Error::source(other);
            while let Some(cause) = source {
                if cause.downcast_ref::<std::io::Error>().is_some_and(cut_off) {
                    return ImageProblem::Truncated;
                }
                source = cause.source();
            }
            ImageProblem::Damaged
        }
    }
}

/// Eight bits a channel, three channels. Transparent pixels become white, or black under light print, which white
/// would swallow.
fn opaque(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    let (mut light, mut ink, mut clear) = (0_u64, 0_u64, 0_u64);
    for pixel in image.pixels() {
        let [red, green, blue, alpha] = pixel.0;
        if alpha >= 128 {
            ink += 1;
            light += u64::from(red) + u64::from(green) + u64::from(blue);
        } else {
            clear += 1;
        }
    }
    // Print covers little of a card: where most is transparent, what is not is print.
    let white_print = clear > ink && light > ink * 3 * 170;
    let ground: u32 = if white_print { 0 } else { 255 };
    let mut flat = RgbImage::new(image.width(), image.height());
    for (to, from) in flat.pixels_mut().zip(image.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        to.0 = [red, green, blue].map(|c| ((c * alpha + ground * (255 - alpha) + 127) / 255) as u8);
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageEncoder, Rgb, Rgba, RgbaImage};
    use proptest::prelude::*;

    fn sample() -> RgbImage {
        RgbImage::from_fn(40, 24, |x, y| Rgb([(x * 6) as u8, (y * 10) as u8, if x < 20 { 0 } else { 255 }]))
    }

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(sample()).write_to(&mut bytes, format).expect("an encoder");
        bytes.into_inner()
    }

    /// A JPEG with an EXIF orientation.
    fn oriented(orientation: u8) -> Vec<u8> {
        let exif = [
            b"MM\0*\0\0\0\x08".as_slice(),
            &[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
        ]
        .concat();
        let mut bytes = Vec::new();
        let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95);
        encoder.set_exif_metadata(exif).expect("EXIF in JPEG");
        encoder.write_image(sample().as_raw(), 40, 24, image::ExtendedColorType::Rgb8).expect("a JPEG");
        bytes
    }

    #[test]
    fn the_three_formats_are_read() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let picture = open(&encoded(format), Limits::default()).expect("a picture");
            assert_eq!((picture.width(), picture.height(), picture.original()), (40, 24, (40, 24)));
        }
    }

    #[test]
    fn orientation_is_applied() {
        let picture = open(&oriented(6), Limits::default()).expect("a picture");
        assert_eq!((picture.width(), picture.height(), picture.original()), (24, 40, (24, 40)));
        // The blue right half is at the bottom once turned by a quarter clockwise.
        assert!(picture.image().get_pixel(12, 35)[2] > 200 && picture.image().get_pixel(12, 5)[2] < 60);
        let picture = open(&oriented(3), Limits::default()).expect("a picture");
        assert!(picture.image().get_pixel(5, 12)[2] > 200);
    }

    #[test]
    fn what_is_no_image_is_named() {
        let name = |bytes: &[u8]| open(bytes, Limits::default()).expect_err("no picture");
        assert_eq!(name(b""), ImageProblem::NotAnImage);
        assert_eq!(name(b"BEGIN:VCARD"), ImageProblem::NotAnImage);
        assert_eq!(name(b"\0\0\0\x18ftypheic\0\0\0\0"), ImageProblem::Heic);
        assert_eq!(name(b"\0\0\0\x18ftypmif1\0\0\0\0"), ImageProblem::Heic);
        assert_eq!(name(b"\0\0\0\x18ftypavif\0\0\0\0"), ImageProblem::Unsupported { format: "AVIF" });
        assert_eq!(name(b"%PDF-1.7"), ImageProblem::Unsupported { format: "PDF" });
        assert_eq!(name(b"II*\0____"), ImageProblem::Unsupported { format: "TIFF" });
    }

    #[test]
    fn a_file_that_ends_early_is_truncated() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let whole = encoded(format);
            for kept in [whole.len() / 2, whole.len() * 9 / 10] {
                let error = open(&whole[..kept], Limits::default()).expect_err("cut off");
                assert!(
                    matches!(error, ImageProblem::Truncated | ImageProblem::Damaged),
                    "{format:?}: {error}"
                );
            }
        }
        let jpeg = encoded(ImageFormat::Jpeg);
        assert_eq!(open(&jpeg[..jpeg.len() - 2], Limits::default()), Err(ImageProblem::Truncated));
        let png = encoded(ImageFormat::Png);
        assert_eq!(open(&png[..png.len() - 30], Limits::default()), Err(ImageProblem::Truncated));
    }

    #[test]
    fn a_bomb_is_refused_unread() {
        // A PNG header that claims 60,000 × 60,000 pixels, with no data behind it.
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend(60_000_u32.to_be_bytes());
        png.extend(60_000_u32.to_be_bytes());
        png.extend([8, 2, 0, 0, 0]);
        let sum = crc32fast::hash(&png[12..]);
        png.extend(sum.to_be_bytes());
        png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
        assert_eq!(
            open(&png, Limits::default()),
            Err(ImageProblem::TooManyPixels { width: 60_000, height: 60_000, limit: 52_000_000 })
        );
        let deep = Limits { decoded: 1000, ..Limits::default() };
        assert!(matches!(open(&encoded(ImageFormat::Png), deep), Err(ImageProblem::TooManyBytes { .. })));
        let short = Limits { bytes: 10, ..Limits::default() };
        assert!(matches!(open(&encoded(ImageFormat::Png), short), Err(ImageProblem::TooManyBytes { .. })));
    }

    #[test]
    fn a_huge_photo_is_halved_and_remembers_its_size() {
        let small = Limits { working_pixels: 300, ..Limits::default() };
        let picture = open(&encoded(ImageFormat::Png), small).expect("a picture");
        assert_eq!((picture.width(), picture.height(), picture.original()), (20, 12, (40, 24)));
    }

    #[test]
    fn print_on_transparency_stays_readable() {
        let on_clear = |ink: [u8; 3]| {
            let image = RgbaImage::from_fn(30, 30, |x, _| {
                Rgba(if x == 3 { [ink[0], ink[1], ink[2], 255] } else { [0, 0, 0, 0] })
            });
            let flat = opaque(DynamicImage::ImageRgba8(image));
            (flat.get_pixel(3, 3)[0], flat.get_pixel(20, 3)[0])
        };
        assert_eq!(on_clear([20, 20, 20]), (20, 255));
        assert_eq!(on_clear([250, 250, 250]), (250, 0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn no_bytes_make_it_panic(
            kind in 0..3_usize,
            cut in 0.0..1.0_f64,
            changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..12),
        ) {
            let format = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP][kind];
            let mut bytes = encoded(format);
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(if cut < 0.5 { bytes.len() } else { (bytes.len() as f64 * cut) as usize });
            let limits = Limits { pixels: 1_000_000, decoded: 4_000_000, ..Limits::default() };
            if let Ok(picture) = open(&bytes, limits) {
                prop_assert!(picture.width() > 0 && picture.height() > 0);
            }
        }

        #[test]
        fn no_start_makes_it_panic(bytes: Vec<u8>) {
            prop_assert!(open(&bytes, Limits::default()).is_err());
        }
    }
}
