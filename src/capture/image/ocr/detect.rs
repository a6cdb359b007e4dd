//! Finds lines of text: the detection model's probability map, and the boxes in it.
//!
//! The map says for each pixel how surely it lies in the shrunken core of a line (differentiable binarisation,
//! Liao et al. 2020, arXiv:1911.08947). Connected pixels become the smallest rectangle around them, grown back by
//! area × [`GROWTH`] ÷ perimeter as in that paper. Thresholds are those that the model was published with.

use rten::{Model, RunOptions, Value};

use super::Point;
use super::geometry::Rectangle;
use crate::capture::image::scale::Levels;

/// Pixels surer than this belong to a line.
const PIXEL: f32 = 0.2;
/// Rectangles with a lower mean are dropped.
const BOX: f32 = 0.45;
/// How far a rectangle grows back.
const GROWTH: f32 = 1.4;
/// Rectangles thinner than this, in pixels of the map, are specks.
const THINNEST: f32 = 3.0;
/// The model halves its input five times: sides must be whole multiples of this.
const MULTIPLE: u32 = 32;
/// More boxes than a printed page has lines: the rest is texture.
const MOST_BOXES: usize = 400;
/// Mean and deviation of the colours that the model was trained on, in its order: blue, green, red.
const MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const DEVIATION: [f32; 3] = [0.229, 0.224, 0.225];

/// A part of a picture, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

/// Boxes of text inside a window, in pixels of the whole picture, unordered. `side` is the longer side of what the
/// model sees. `None` if the model refuses.
pub fn lines(
    model: &Model,
    options: &RunOptions,
    levels: &Levels<'_>,
    window: Window,
    side: u32,
) -> Option<Vec<Rectangle>> {
    let ratio = window.width.max(window.height) / side as f32;
    let fitted = |length: f32| {
        let multiples = (length / ratio / MULTIPLE as f32).round().max(1.0) as u32;
        (multiples * MULTIPLE) as usize
    };
    let (width, height) = (fitted(window.width), fitted(window.height));
    let across = window.width / width as f32;
    let down = window.height / height as f32;
    let input = Value::from_shape([1, 3, height, width], input(levels, window, width, height)).ok()?;
    let output = model.run_one(input.into(), Some(options.clone())).ok()?;
    let (shape, map) = output.into_shape_vec::<f32, 4>().ok()?;
    if shape != [1, 1, height, width] {
        return None;
    }
    let mut found: Vec<(f32, Rectangle)> = components(&map, width)
        .into_iter()
        .filter_map(|mut points| {
            let core = Rectangle::around(&mut points)?;
            if 2.0 * core.half_height.min(core.half_length) < THINNEST {
                return None;
            }
            let sure = mean_inside(&map, width, &core);
            let perimeter = 4.0 * (core.half_length + core.half_height);
            (sure >= BOX).then(|| (core.area(), core.grown(core.area() * GROWTH / perimeter)))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(MOST_BOXES);
    // Back to the picture through the corners, since the two scales differ a little.
    let boxes = found.into_iter().filter_map(|(_, found)| {
        let mut corners =
            found.corners().map(|(x, y)| (window.left + x * across, window.top + y * down)).to_vec();
        Rectangle::around(&mut corners)
    });
    Some(boxes.collect())
}

/// The window as the model wants it: 3 × height × width, blue first, each colour centred.
fn input(levels: &Levels<'_>, window: Window, width: usize, height: usize) -> Vec<f32> {
    let (across, down) = (window.width / width as f32, window.height / height as f32);
    let level = levels.for_ratio(across.min(down));
    let scale = 1.0 / (1_u32 << level) as f32;
    let level = levels.at(level);
    let plane = width * height;
    let mut data = vec![0.0; 3 * plane];
    for y in 0..height {
        let from_y = (window.top + (y as f32 + 0.5) * down) * scale - 0.5;
        for x in 0..width {
            let from_x = (window.left + (x as f32 + 0.5) * across) * scale - 0.5;
            let [red, green, blue] = level.between(from_x, from_y);
            let at = y * width + x;
            data[at] = (blue / 255.0 - MEAN[0]) / DEVIATION[0];
            data[plane + at] = (green / 255.0 - MEAN[1]) / DEVIATION[1];
            data[2 * plane + at] = (red / 255.0 - MEAN[2]) / DEVIATION[2];
        }
    }
    data
}

/// Connected groups (eight neighbours) of sure pixels, each as the ends of its rows: all that a hull needs.
fn components(map: &[f32], width: usize) -> Vec<Vec<Point>> {
    let height = map.len() / width;
    let mut seen = vec![false; map.len()];
    let mut groups = Vec::new();
    let mut open = Vec::new();
    for start in 0..map.len() {
        if seen[start] || map[start] <= PIXEL {
            continue;
        }
        seen[start] = true;
        open.push(start);
        let mut points = Vec::new();
        while let Some(at) = open.pop() {
            let (x, y) = (at % width, at / width);
            let is_in = |x: usize| map[y * width + x] > PIXEL;
            let (left, top) = (x as f32, y as f32);
            if x == 0 || !is_in(x - 1) {
                points.extend([(left, top), (left, top + 1.0)]);
            }
            if x + 1 == width || !is_in(x + 1) {
                points.extend([(left + 1.0, top), (left + 1.0, top + 1.0)]);
            }
            for near_y in y.saturating_sub(1)..(y + 2).min(height) {
                for near_x in x.saturating_sub(1)..(x + 2).min(width) {
                    let near = near_y * width + near_x;
                    if !seen[near] && map[near] > PIXEL {
                        seen[near] = true;
                        open.push(near);
                    }
                }
            }
        }
        groups.push(points);
    }
    groups
}

/// The mean of the map inside a rectangle.
fn mean_inside(map: &[f32], width: usize, inside: &Rectangle) -> f32 {
    let height = map.len() / width;
    let corners = inside.corners();
    let bounds = |of: fn(&Point) -> f32, most: usize| {
        let low = corners.iter().map(of).fold(f32::INFINITY, f32::min).floor().max(0.0);
        let high = corners.iter().map(of).fold(0.0, f32::max).ceil();
        (low as usize, (high as usize).min(most))
    };
    let ((left, right), (top, bottom)) = (bounds(|p| p.0, width), bounds(|p| p.1, height));
    let (mut sum, mut count) = (0.0, 0_u32);
    for y in top..bottom {
        for x in left..right {
            if inside.contains((x as f32 + 0.5, y as f32 + 0.5)) {
                sum += map[y * width + x];
                count += 1;
            }
        }
    }
    if count == 0 { 0.0 } else { sum / count as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_touch_at_corners_and_end_at_the_border() {
        #[rustfmt::skip]
        let map = [
            0.9, 0.0, 0.0, 0.9,
            0.0, 0.9, 0.0, 0.9,
            0.0, 0.0, 0.0, 0.9,
        ];
        let groups = components(&map, 4);
        assert_eq!(groups.len(), 2);
        let right = Rectangle::around(&mut groups[1].clone()).expect("a rectangle");
        assert!(right.is_vertical());
        assert_eq!((right.center, 2.0 * right.half_length, 2.0 * right.half_height), ((3.5, 1.5), 3.0, 1.0));
        assert!((mean_inside(&map, 4, &right) - 0.9).abs() < 1e-6);
    }
}
