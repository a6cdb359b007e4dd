//! The steps of a reading: find boxes, see which way is up, read each, order them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rten::{RunOptions, ThreadPool};

use super::detect::{self, Window};
use super::geometry::Rectangle;
use super::models::Models;
use super::order::{self, Piece};
use super::recognise::{self, Alphabet, Said};
use super::{Doubt, Point, Reading, TextLine};
use crate::capture::image::picture::{Picture, Turn};
use crate::capture::image::qr::Code;
use crate::capture::image::scale::Levels;
use crate::text::clean;

/// Longer side of what the detection model sees: larger finds no more (measured at 736, 960 and 1280).
const SIDE: u32 = 736;
/// A mean confidence that upside-down text does not reach (measured: 0.98 and more upright, 0.62 to 0.67 not).
const UPRIGHT: f32 = 0.93;
/// Lines that are less sure are no text: marks, textures, logos.
const TEXT: f32 = 0.5;
/// Below this mean confidence a reading is doubtful: handwriting, a blurred photo, not a card.
const SURE: f32 = 0.80;
/// How many of the longest lines are read to see which way is up.
const PROBES: usize = 4;
/// Threads that read lines: more bring little, and the screen wants one too.
const MOST_THREADS: usize = 4;
/// Where text fills less than this share of the picture's longer side, it is looked at again from nearer.
const FAR: f32 = 0.6;

/// Models and threads.
pub struct Engine {
    models: Models,
    alphabet: Alphabet,
    /// Detection runs on all threads at once; each line on one thread of its own.
    together: RunOptions,
    alone: Vec<RunOptions>,
}

impl Engine {
    pub fn load() -> Option<Self> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        let pool = |threads| {
            RunOptions::default().with_thread_pool(Some(Arc::new(ThreadPool::with_num_threads(threads))))
        };
        Some(Self {
            models: Models::load()?,
            alphabet: Alphabet::new(),
            together: pool(threads),
            alone: (0..threads).map(|_| pool(1)).collect(),
        })
    }

    pub fn read(&self, picture: &Picture, codes: &[Code]) -> Reading {
        let levels = Levels::new(picture.image());
        let mut boxes = self.find(picture, &levels);
        boxes.retain(|found| !codes.iter().any(|code| code.covers(found.center)));
        let (turn, said) = self.upright(&levels, &mut boxes);
        let pieces = boxes.iter().zip(said).filter_map(|(place, said)| {
            let text = clean::line(&said.text);
            let shown = said.confidence >= TEXT && text.chars().any(|c| !c.is_whitespace());
            shown.then(|| Piece { place: turned(*place, turn, picture), text, confidence: said.confidence })
        });
        let lines = order::lines(pieces.collect());
        Reading::new(lines, turn)
    }

    /// Boxes of text: once over the whole picture, once more over its part with text if that is small.
    fn find(&self, picture: &Picture, levels: &Levels<'_>) -> Vec<Rectangle> {
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let look = |window| {
            detect::lines(&self.models.detection, &self.together, levels, window, SIDE).unwrap_or_default()
        };
        let whole = Window { left: 0.0, top: 0.0, width, height };
        let found = look(whole);
        let Some(near) = part_with_text(&found, whole) else { return found };
        let again = look(near);
        if again.is_empty() { found } else { again }
    }

    /// Which way is up, and what each box says then. The boxes are turned so that their text runs along them.
    fn upright(&self, levels: &Levels<'_>, boxes: &mut [Rectangle]) -> (Turn, Vec<Said>) {
        let length = |vertical: bool| -> f32 {
            let long = |found: &&Rectangle| found.half_length > 2.0 * found.half_height;
            boxes.iter().filter(long).filter(|b| b.is_vertical() == vertical).map(|b| b.half_length).sum()
        };
        let turns =
            if length(true) > length(false) { [Turn::Right, Turn::Left] } else { [Turn::None, Turn::Half] };
        let mut by_length: Vec<usize> = (0..boxes.len()).collect();
        by_length.sort_by(|a, b| boxes[*b].half_length.total_cmp(&boxes[*a].half_length));
        by_length.truncate(PROBES);
        let mut best = (turns[0], f32::NEG_INFINITY);
        for turn in turns {
            let probes: Vec<Rectangle> = by_length.iter().map(|at| facing(boxes[*at], turn)).collect();
            let said = self.say(levels, &probes);
            let confidence = mean(&said);
            if confidence > best.1 {
                best = (turn, confidence);
            }
            if confidence >= UPRIGHT {
                break;
            }
        }
        let turn = best.0;
        for found in boxes.iter_mut() {
            *found = facing(*found, turn);
        }
        let mut said = self.say(levels, boxes);
        self.reconsider(levels, boxes, &mut said);
        (turn, said)
    }

    /// Lines that make no sense are read the other way round too: several cards in one photo, text along an edge.
    fn reconsider(&self, levels: &Levels<'_>, boxes: &mut [Rectangle], said: &mut [Said]) {
        let doubtful: Vec<usize> =
            (0..boxes.len()).filter(|at| said[*at].confidence < 0.8 && said[*at].text.len() > 2).collect();
        let others: Vec<Rectangle> = doubtful.iter().map(|at| reversed(boxes[*at])).collect();
        for ((at, other), again) in doubtful.into_iter().zip(&others).zip(self.say(levels, &others)) {
            if again.confidence > said[at].confidence.max(0.85) {
                boxes[at] = *other;
                said[at] = again;
            }
        }
    }

    /// What each box says, read on all threads, the longest first so that none is left alone at the end.
    fn say(&self, levels: &Levels<'_>, boxes: &[Rectangle]) -> Vec<Said> {
        let mut order: Vec<usize> = (0..boxes.len()).collect();
        let width = |at: usize| boxes[at].half_length / boxes[at].half_height.max(1.0);
        order.sort_by(|a, b| width(*b).total_cmp(&width(*a)));
        let next = AtomicUsize::new(0);
        let read_some = |options: &RunOptions| {
            let mut some = Vec::new();
            while let Some(at) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                let said =
                    recognise::line(&self.models.recognition, options, &self.alphabet, levels, &boxes[*at]);
                some.push((*at, said.unwrap_or_default()));
            }
            some
        };
        let mut all = vec![Said::default(); boxes.len()];
        std::thread::scope(|scope| {
            let threads = self.alone.len().min(boxes.len());
            let running: Vec<_> =
                self.alone[..threads].iter().map(|options| scope.spawn(move || read_some(options))).collect();
            for some in running.into_iter().filter_map(|thread| thread.join().ok()) {
                for (at, said) in some {
                    all[at] = said;
                }
            }
        });
        all
    }
}

/// The part of a picture that holds all boxes, with a margin, if it is small enough to look at again.
fn part_with_text(boxes: &[Rectangle], whole: Window) -> Option<Window> {
    let (mut left, mut top) = (f32::INFINITY, f32::INFINITY);
    let (mut right, mut bottom) = (0.0_f32, 0.0_f32);
    let mut margin = 0.0_f32;
    for found in boxes {
        for (x, y) in found.corners() {
            (left, right) = (left.min(x), right.max(x));
            (top, bottom) = (top.min(y), bottom.max(y));
        }
        margin = margin.max(2.0 * found.half_height);
    }
    if boxes.is_empty() {
        return None;
    }
    let (left, top) = ((left - margin).max(0.0), (top - margin).max(0.0));
    let (right, bottom) = ((right + margin).min(whole.width), (bottom + margin).min(whole.height));
    let part = Window { left, top, width: right - left, height: bottom - top };
    let side = part.width.max(part.height);
    (side < FAR * whole.width.max(whole.height) && side > SIDE as f32 / 2.0).then_some(part)
}

/// Which way text runs in a picture that `turn` makes upright.
fn direction(turn: Turn) -> Point {
    match turn {
        Turn::None => (1.0, 0.0),
        Turn::Right => (0.0, -1.0),
        Turn::Half => (-1.0, 0.0),
        Turn::Left => (0.0, 1.0),
    }
}

/// The box with its text along, given which way is up. Nearly square boxes follow the others; long ones that stand
/// across keep their axis.
fn facing(mut found: Rectangle, turn: Turn) -> Rectangle {
    let wanted = direction(turn);
    let stands = wanted.1 != 0.0;
    if found.is_vertical() != stands && found.half_length < 1.5 * found.half_height {
        found.along = (-found.along.1, found.along.0);
        std::mem::swap(&mut found.half_length, &mut found.half_height);
    }
    let agrees = found.along.0 * wanted.0 + found.along.1 * wanted.1;
    if agrees < 0.0 { reversed(found) } else { found }
}

fn reversed(mut found: Rectangle) -> Rectangle {
    found.along = (-found.along.0, -found.along.1);
    found
}

/// A place of the picture as it was, in the picture once turned.
fn turned(mut place: Rectangle, turn: Turn, picture: &Picture) -> Rectangle {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let ((x, y), (right, down)) = (place.center, place.along);
    (place.center, place.along) = match turn {
        Turn::None => return place,
        Turn::Right => ((height - y, x), (-down, right)),
        Turn::Half => ((width - x, height - y), (-right, -down)),
        Turn::Left => ((y, width - x), (down, -right)),
    };
    place
}

/// Mean confidence by letter.
fn mean(said: &[Said]) -> f32 {
    let letters: f32 = said.iter().map(|said| said.text.chars().count() as f32).sum();
    let sure: f32 = said.iter().map(|said| said.confidence * said.text.chars().count() as f32).sum();
    if letters > 0.0 { sure / letters } else { 0.0 }
}

impl Reading {
    fn new(lines: Vec<TextLine>, turn: Turn) -> Self {
        let letters = |line: &TextLine| line.text.chars().count() as f32;
        let all: f32 = lines.iter().map(letters).sum();
        let sure: f32 = lines.iter().map(|line| line.confidence * letters(line)).sum();
        let confidence = if all > 0.0 { sure / all } else { 0.0 };
        let mut doubts = Vec::new();
        if lines.is_empty() {
            doubts.push(Doubt::Nothing);
        } else if confidence < SURE {
            doubts.push(Doubt::Unsure);
        }
        if order::has_several(&lines) {
            doubts.push(Doubt::Several);
        }
        Self { lines, turn, confidence, doubts }
    }
}

impl From<Piece> for TextLine {
    fn from(piece: Piece) -> Self {
        Self {
            height: 2.0 * piece.place.half_height,
            quad: piece.place.corners(),
            text: piece.text,
            confidence: piece.confidence,
            block: 0,
        }
    }
}
