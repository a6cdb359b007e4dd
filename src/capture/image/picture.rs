//! An upright picture in memory, and its form for keeping.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, RgbImage};

use super::scale;

/// Upright pixels, eight bits each of red, green and blue, at least one by one.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    image: RgbImage,
    original: (u32, u32),
}

/// A quarter turn or more, clockwise, that makes a picture upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Turn {
    /// It was upright.
    #[default]
    None,
    /// By 90° clockwise.
    Right,
    /// By 180°.
    Half,
    /// By 90° counter-clockwise.
    Left,
}

/// The file format of an [`Encoded`] picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG: photos and scans.
    Jpeg,
    /// PNG: flat, drawn images, where it is smaller and exact.
    Png,
}

impl Kind {
    /// The usual end of a file name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// A picture as a file: pixels only, no metadata (no place, no device, no date).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The format of `bytes`.
    pub kind: Kind,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// Quality of kept JPEGs, in percent: small print stays readable for a second reading.
const JPEG_QUALITY: u8 = 85;

/// Sides of a JPEG have 16 bits.
const LONGEST_JPEG: u32 = 65_535;

impl Picture {
    pub(super) fn new(image: RgbImage, original: (u32, u32)) -> Self {
        Self { image, original }
    }

    /// Takes pixels that are already decoded, upright; `None` if they are none.
    pub fn from_image(image: RgbImage) -> Option<Self> {
        let size = image.dimensions();
        (size.0 > 0 && size.1 > 0).then(|| Self::new(image, size))
    }

    /// Width in pixels, at least 1.
    pub fn width(&self) -> u32 {
        self.image.width()
    }

    /// Height in pixels, at least 1.
    pub fn height(&self) -> u32 {
        self.image.height()
    }

    /// Width and height of the file that it was read from, upright.
    pub fn original(&self) -> (u32, u32) {
        self.original
    }

    /// The pixels.
    pub fn image(&self) -> &RgbImage {
        &self.image
    }

    /// The pixels, taken out.
    pub fn into_image(self) -> RgbImage {
        self.image
    }

    /// The same picture with its longer side at most `side` pixels; smaller pictures stay as they are.
    #[must_use]
    pub fn shrunk(&self, side: u32) -> Self {
        let longest = self.width().max(self.height());
        if longest <= side.max(1) {
            return self.clone();
        }
        let scaled = |length: u32| {
            ((u64::from(length) * u64::from(side) + u64::from(longest) / 2) / u64::from(longest)).max(1)
                as u32
        };
        let image = scale::resized(&self.image, scaled(self.width()), scaled(self.height()));
        Self { image, original: self.original }
    }

    /// The picture turned.
    #[must_use]
    pub fn turned(&self, turn: Turn) -> Self {
        let image = match turn {
            Turn::None => return self.clone(),
            Turn::Right => image::imageops::rotate90(&self.image),
            Turn::Half => image::imageops::rotate180(&self.image),
            Turn::Left => image::imageops::rotate270(&self.image),
        };
        let (width, height) = self.original;
        let original = if turn == Turn::Half { (width, height) } else { (height, width) };
        Self { image, original }
    }

    /// The picture as a file for keeping: PNG where few colours make it small and exact, else JPEG. The same pixels
    /// give the same bytes.
    pub fn to_jpeg_or_png(&self) -> Encoded {
        let (width, height) = self.image.dimensions();
        let mut bytes = Cursor::new(Vec::new());
        let (kind, written) = if self.is_drawn() || width.max(height) > LONGEST_JPEG {
            let encoder =
                PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
            (Kind::Png, encoder.write_image(self.image.as_raw(), width, height, ExtendedColorType::Rgb8))
        } else {
            let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
            (Kind::Jpeg, encoder.write_image(self.image.as_raw(), width, height, ExtendedColorType::Rgb8))
        };
        debug_assert!(written.is_ok(), "writing to memory does not fail");
        Encoded { kind, bytes: bytes.into_inner() }
    }

    /// Whether most neighbours are equal, as in rendered images and never in photos.
    fn is_drawn(&self) -> bool {
        let (mut equal, mut all) = (0_usize, 0_usize);
        for row in self.image.rows().step_by(7) {
            let row: Vec<_> = row.collect();
            all += row.len();
            equal += row.windows(2).filter(|pair| pair[0] == pair[1]).count();
        }
        equal * 10 > all * 7
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} × {})", self.width(), self.height())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::image::{Limits, open};
    use image::Rgb;

    fn noisy() -> Picture {
        let image =
            RgbImage::from_fn(300, 200, |x, y| Rgb([(x * 31 + y * 17) as u8, (x ^ y) as u8, (x * y) as u8]));
        Picture::from_image(image).expect("pixels")
    }

    fn drawn() -> Picture {
        let image =
            RgbImage::from_fn(300, 200, |x, _| Rgb(if x < 40 { [10, 60, 90] } else { [255, 255, 255] }));
        Picture::from_image(image).expect("pixels")
    }

    #[test]
    fn shrinking_keeps_the_proportions_and_the_original_size() {
        let small = noisy().shrunk(150);
        assert_eq!((small.width(), small.height(), small.original()), (150, 100, (300, 200)));
        assert_eq!(noisy().shrunk(1600), noisy());
    }

    #[test]
    fn what_is_kept_can_be_read_again() {
        let kept = drawn().to_jpeg_or_png();
        assert_eq!(kept.kind, Kind::Png);
        assert_eq!(open(&kept.bytes, Limits::default()).expect("a picture"), drawn());
        let kept = noisy().to_jpeg_or_png();
        assert_eq!((kept.kind, kept.kind.extension()), (Kind::Jpeg, "jpg"));
        assert_eq!(open(&kept.bytes, Limits::default()).expect("a picture").original(), (300, 200));
        assert_eq!(kept, noisy().to_jpeg_or_png());
    }

    #[test]
    fn turning_four_times_is_nothing() {
        let mut picture = noisy();
        for _ in 0..4 {
            picture = picture.turned(Turn::Right);
        }
        assert_eq!(picture, noisy());
        assert_eq!(noisy().turned(Turn::Half), noisy().turned(Turn::Left).turned(Turn::Left));
        assert_eq!(noisy().turned(Turn::Left).original(), (200, 300));
    }
}
