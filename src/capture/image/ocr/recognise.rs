//! Reads one line of text: its box as a strip, the recognition model, and the best letter of each step.

use rten::{Model, RunOptions, Value};

use super::geometry::Rectangle;
use crate::capture::image::scale::Levels;

/// Height of the strips that the model reads, in pixels.
const HEIGHT: usize = 48;
/// Longest strip: a box of texture can be as long as the picture and two pixels high.
const LONGEST: usize = 2400;
/// Shortest strip; shorter ones are stretched.
const SHORTEST: usize = 16;

/// The letters of the model's classes, one a line: class 0 is "no letter", the last class is a blank.
const LETTERS: &str = include_str!("../../../../assets/ocr/latin_dict.txt");

/// What a strip says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    pub text: String,
    /// Mean probability of the letters, 0 to 1; 0 without letters.
    pub confidence: f32,
}

/// Turns class numbers into letters.
pub struct Alphabet {
    letters: Vec<char>,
}

impl Alphabet {
    pub fn new() -> Self {
        let letters = LETTERS.lines().filter_map(|line| line.chars().next());
        Self { letters: letters.chain([' ']).collect() }
    }

    /// Classes of the model: one more than letters, for "no letter".
    pub fn classes(&self) -> usize {
        self.letters.len() + 1
    }

    /// Greedy reading of connectionist temporal classification (Graves et al. 2006): the best class of each step,
    /// repeats joined, "no letter" dropped.
    fn read(&self, probabilities: &[f32]) -> Said {
        let mut said = Said::default();
        let (mut sum, mut count, mut last) = (0.0, 0_u32, 0);
        for step in probabilities.chunks_exact(self.classes()) {
            let best = step.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
            let Some((class, probability)) = best else { continue };
            if class != 0
                && class != last
                && let Some(letter) = self.letters.get(class - 1)
            {
                said.text.push(*letter);
                sum += probability;
                count += 1;
            }
            last = class;
        }
        said.confidence = if count == 0 { 0.0 } else { sum / count as f32 };
        said
    }
}

/// Reads one box; `None` if the model refuses.
pub fn line(
    model: &Model,
    options: &RunOptions,
    alphabet: &Alphabet,
    levels: &Levels<'_>,
    place: &Rectangle,
) -> Option<Said> {
    let strip = strip(levels, place);
    let input = Value::from_shape([1, 3, HEIGHT, strip.len() / (3 * HEIGHT)], strip).ok()?;
    let output = model.run_one(input.into(), Some(options.clone())).ok()?;
    let (shape, probabilities) = output.into_shape_vec::<f32, 3>().ok()?;
    (shape[2] == alphabet.classes()).then(|| alphabet.read(&probabilities))
}

/// The box as the model wants it: 3 × 48 × width, blue first, -1 to 1.
fn strip(levels: &Levels<'_>, place: &Rectangle) -> Vec<f32> {
    let width = HEIGHT as f32 * place.half_length / place.half_height.max(1.0);
    let width = (width.round() as usize).clamp(SHORTEST, LONGEST);
    let level = levels.for_ratio(2.0 * place.half_height / HEIGHT as f32);
    let scale = 1.0 / (1_u32 << level) as f32;
    let level = levels.at(level);
    let plane = HEIGHT * width;
    let mut data = vec![0.0; 3 * plane];
    for y in 0..HEIGHT {
        let down = (2.0 * y as f32 + 1.0) / HEIGHT as f32 - 1.0;
        for x in 0..width {
            let right = (2.0 * x as f32 + 1.0) / width as f32 - 1.0;
            let point = place.point(right, down);
            let [red, green, blue] = level.between(point.0 * scale - 0.5, point.1 * scale - 0.5);
            let at = y * width + x;
            data[at] = blue / 127.5 - 1.0;
            data[plane + at] = green / 127.5 - 1.0;
            data[2 * plane + at] = red / 127.5 - 1.0;
        }
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_join_unless_something_stands_between() {
        let alphabet = Alphabet::new();
        let class = |letter: char| alphabet.letters.iter().position(|l| *l == letter).map_or(0, |at| at + 1);
        let steps: Vec<f32> = "aa-aé  b"
            .chars()
            .flat_map(|letter| {
                let best = if letter == '-' { 0 } else { class(letter) };
                let mut step = vec![0.0; alphabet.classes()];
                step[best] = 0.8;
                step
            })
            .collect();
        let said = alphabet.read(&steps);
        assert_eq!(said.text, "aaé b");
        assert!((said.confidence - 0.8).abs() < 1e-6);
        assert_eq!(alphabet.read(&[]), Said::default());
    }

    #[test]
    fn french_letters_are_all_there() {
        let alphabet = Alphabet::new();
        assert_eq!(alphabet.classes(), 173);
        for letter in "ÀÂÇÈÉÊËÎÏÔŒÙÛÜŸàâçèéêëîïôœùûüÿ«»’@°".chars() {
            assert!(alphabet.letters.contains(&letter), "{letter}");
        }
    }
}
