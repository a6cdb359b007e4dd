//! Halved copies of a picture, and its colour between pixels.
//!
//! Whoever needs a smaller picture takes the copy that is at most twice too large and reads between its pixels: no
//! pixel is skipped, so thin strokes stay.

use image::RgbImage;

/// Half the width and height, rounded down but at least 1; every pixel the mean of four.
pub fn halved(image: &RgbImage) -> RgbImage {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let (new_width, new_height) = ((width / 2).max(1), (height / 2).max(1));
    let from = image.as_raw();
    let mut pixels = Vec::with_capacity(new_width * new_height * 3);
    for y in 0..new_height {
        let upper = &from[2 * y * width * 3..][..width * 3];
        let lower = &from[(2 * y + 1).min(height - 1) * width * 3..][..width * 3];
        for x in 0..new_width {
            let (left, right) = (2 * x * 3, (2 * x + 1).min(width - 1) * 3);
            let mean = |c: usize| {
                let (left, right) = (left + c, right + c);
                let sum = u16::from(upper[left])
                    + u16::from(upper[right])
                    + u16::from(lower[left])
                    + u16::from(lower[right]);
                ((sum + 2) / 4) as u8
            };
            pixels.extend_from_slice(&[mean(0), mean(1), mean(2)]);
        }
    }
    RgbImage::from_raw(new_width as u32, new_height as u32, pixels).unwrap_or_default()
}

/// The picture at another size, smoothly.
pub fn resized(image: &RgbImage, width: u32, height: u32) -> RgbImage {
    let levels = Levels::new(image);
    let ratio = (image.width() as f32 / width as f32).min(image.height() as f32 / height as f32);
    let level = levels.at(levels.for_ratio(ratio));
    let (across, down) =
        (level.image().width() as f32 / width as f32, level.image().height() as f32 / height as f32);
    let mut out = RgbImage::new(width, height);
    for (x, y, pixel) in out.enumerate_pixels_mut() {
        let [red, green, blue] =
            level.between((x as f32 + 0.5) * across - 0.5, (y as f32 + 0.5) * down - 0.5);
        pixel.0 = [(red + 0.5) as u8, (green + 0.5) as u8, (blue + 0.5) as u8];
    }
    out
}

/// A picture and its copies down to 1/32.
const LEVELS: usize = 6;

/// A picture with its halved copies, each made when first asked for.
pub struct Levels<'a> {
    first: &'a RgbImage,
    /// The picture at 1/2, 1/4, … of its size.
    smaller: [std::sync::OnceLock<RgbImage>; LEVELS - 1],
}

impl<'a> Levels<'a> {
    pub fn new(first: &'a RgbImage) -> Self {
        Self { first, smaller: Default::default() }
    }

    /// The smallest copy that is not smaller than `1 / ratio` of the picture: 0 is the picture itself.
    pub fn for_ratio(&self, ratio: f32) -> usize {
        let halvings = if ratio >= 2.0 { ratio.log2() as usize } else { 0 };
        let smallest = (self.first.width().min(self.first.height())).max(1).ilog2() as usize;
        halvings.min(LEVELS - 1).min(smallest)
    }

    /// The copy at 1/2^`level`.
    pub fn at(&self, level: usize) -> Level<'_> {
        let image = match level.min(LEVELS - 1) {
            0 => self.first,
            level => self.smaller[level - 1].get_or_init(|| halved(self.at(level - 1).image)),
        };
        Level { image }
    }
}

/// One copy.
#[derive(Clone, Copy)]
pub struct Level<'a> {
    image: &'a RgbImage,
}

impl<'a> Level<'a> {
    pub fn image(self) -> &'a RgbImage {
        self.image
    }

    /// Red, green and blue, 0 to 255, at a point where pixel centres are whole numbers; bilinear. Outside, the
    /// border's colour goes on.
    pub fn between(self, x: f32, y: f32) -> [f32; 3] {
        let (width, height) = (self.image.width() as usize, self.image.height() as usize);
        let x = x.clamp(0.0, (width - 1) as f32);
        let y = y.clamp(0.0, (height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
        let (across, down) = (x - left as f32, y - top as f32);
        // Spelt out: this runs for millions of points, in tests too, where nothing of ours is optimised.
        let raw: &[u8] = self.image.as_raw();
        let (upper, lower) = (top * width, bottom * width);
        let (a, b) = ((upper + left) * 3, (upper + right) * 3);
        let (c, d) = ((lower + left) * 3, (lower + right) * 3);
        let mix = |i: usize| {
            let (a, b) = (f32::from(raw[a + i]), f32::from(raw[b + i]));
            let (c, d) = (f32::from(raw[c + i]), f32::from(raw[d + i]));
            let (upper, lower) = (a + (b - a) * across, c + (d - c) * across);
            upper + (lower - upper) * down
        };
        [mix(0), mix(1), mix(2)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    #[test]
    fn halving_takes_means() {
        let image = RgbImage::from_fn(5, 4, |x, _| Rgb([(x * 10) as u8; 3]));
        let half = halved(&image);
        assert_eq!(half.dimensions(), (2, 2));
        assert_eq!((half.get_pixel(0, 0)[0], half.get_pixel(1, 1)[0]), (5, 25));
        assert_eq!(halved(&RgbImage::new(1, 1)).dimensions(), (1, 1));
        assert_eq!(halved(&RgbImage::new(1, 9)).dimensions(), (1, 4));
    }

    #[test]
    fn a_ramp_stays_a_ramp() {
        let image = RgbImage::from_fn(400, 100, |x, _| Rgb([(x / 2) as u8; 3]));
        let small = resized(&image, 50, 12);
        assert_eq!(small.dimensions(), (50, 12));
        for x in 1..49 {
            let expected = (f32::from(x as u8) + 0.5) * 4.0;
            assert!((f32::from(small.get_pixel(x, 6)[0]) - expected).abs() < 2.0);
        }
    }

    #[test]
    fn outside_the_border_goes_on() {
        let image = RgbImage::from_fn(2, 1, |x, _| Rgb([if x == 0 { 10 } else { 20 }; 3]));
        let levels = Levels::new(&image);
        let level = levels.at(0);
        assert!((level.between(-5.0, 3.0)[0] - 10.0).abs() < 1e-3);
        assert!((level.between(0.5, 0.0)[0] - 15.0).abs() < 1e-3);
        assert!((level.between(f32::INFINITY, f32::NEG_INFINITY)[0] - 20.0).abs() < 1e-3);
    }
}
