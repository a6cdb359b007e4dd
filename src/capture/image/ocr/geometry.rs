//! Plane geometry of text boxes: convex hull and smallest rectangle.

use super::Point;

/// The convex hull, in order of the angle, without points on its edges (Andrew's monotone chain, 1979).
pub fn convex_hull(points: &mut Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    points.dedup();
    if points.len() < 3 {
        return points.clone();
    }
    let mut hull = Vec::new();
    add_half(&mut hull, points.iter());
    add_half(&mut hull, points.iter().rev());
    hull
}

/// Adds one side of the hull, all but its last point, which is the first of the other side.
fn add_half<'a>(hull: &mut Vec<Point>, points: impl Iterator<Item = &'a Point>) {
    let start = hull.len();
    for point in points {
        while hull.len() >= start + 2 && turn(hull[hull.len() - 2], hull[hull.len() - 1], *point) <= 0.0 {
            hull.pop();
        }
        hull.push(*point);
    }
    hull.pop();
}

/// Positive where the path a, b, c turns one way, negative the other, zero if straight.
fn turn(a: Point, b: Point, c: Point) -> f32 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

/// A rectangle at any angle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rectangle {
    pub center: Point,
    /// Unit vector along the text: to the right for upright text.
    pub along: Point,
    /// Half the length along the text.
    pub half_length: f32,
    /// Half the height across the text.
    pub half_height: f32,
}

impl Rectangle {
    /// The smallest rectangle around points (one of its sides lies on a side of the hull: Freeman and Shapira,
    /// 1975), its longer axis along, pointing to the right, or down where it is vertical. `None` without points.
    pub fn around(points: &mut Vec<Point>) -> Option<Self> {
        let hull = convex_hull(points);
        let first = *hull.first()?;
        if hull.len() < 2 {
            return Some(Self { center: first, along: (1.0, 0.0), half_length: 0.0, half_height: 0.0 });
        }
        let sides = (0..hull.len()).map(|i| (hull[i], hull[(i + 1) % hull.len()]));
        let best = sides
            .filter_map(|(a, b)| {
                let (x, y) = (b.0 - a.0, b.1 - a.1);
                let length = x.hypot(y);
                (length > 0.0).then(|| Self::along_axis(&hull, (x / length, y / length)))
            })
            .min_by(|a, b| a.area().total_cmp(&b.area()))?;
        Some(best.lengthwise())
    }

    /// The rectangle around points with a given axis.
    pub fn along_axis(points: &[Point], along: Point) -> Self {
        let (mut left, mut right) = (f32::INFINITY, f32::NEG_INFINITY);
        let (mut top, mut bottom) = (f32::INFINITY, f32::NEG_INFINITY);
        for point in points {
            let across = point.0 * along.0 + point.1 * along.1;
            let down = point.1 * along.0 - point.0 * along.1;
            (left, right) = (left.min(across), right.max(across));
            (top, bottom) = (top.min(down), bottom.max(down));
        }
        let (x, y) = (f32::midpoint(left, right), f32::midpoint(top, bottom));
        Self {
            center: (x * along.0 - y * along.1, x * along.1 + y * along.0),
            along,
            half_length: (right - left) / 2.0,
            half_height: (bottom - top) / 2.0,
        }
    }

    /// The same rectangle with its longer axis along, pointing to the right, or down where it is vertical. Nearly
    /// square ones lie as the picture does.
    fn lengthwise(mut self) -> Self {
        let (x, y) = self.along;
        let lying = x.abs() >= y.abs();
        let longer = self.half_length >= self.half_height;
        let square = self.half_length.max(self.half_height) < 1.3 * self.half_length.min(self.half_height);
        let keeps = if square { lying } else { longer };
        if !keeps {
            self.along = (-y, x);
            std::mem::swap(&mut self.half_length, &mut self.half_height);
        }
        let (x, y) = self.along;
        let backwards = if x.abs() >= y.abs() { x < 0.0 } else { y < 0.0 };
        if backwards {
            self.along = (-x, -y);
        }
        self
    }

    /// Area.
    pub fn area(&self) -> f32 {
        4.0 * self.half_length * self.half_height
    }

    /// Moves every side outwards.
    #[must_use]
    pub fn grown(mut self, by: f32) -> Self {
        self.half_length += by;
        self.half_height += by;
        self
    }

    /// The point at `along`, `across` from the centre in units of the half sides: (-1, -1) is the start of the top.
    pub fn point(&self, along: f32, across: f32) -> Point {
        let (x, y) = self.along;
        let (right, down) = (along * self.half_length, across * self.half_height);
        (self.center.0 + right * x - down * y, self.center.1 + right * y + down * x)
    }

    /// Start of top, end of top, end of bottom, start of bottom.
    pub fn corners(&self) -> [Point; 4] {
        [self.point(-1.0, -1.0), self.point(1.0, -1.0), self.point(1.0, 1.0), self.point(-1.0, 1.0)]
    }

    /// Whether it holds a point.
    pub fn contains(&self, point: Point) -> bool {
        let (x, y) = (point.0 - self.center.0, point.1 - self.center.1);
        let (along, across) = (x * self.along.0 + y * self.along.1, y * self.along.0 - x * self.along.1);
        along.abs() <= self.half_length && across.abs() <= self.half_height
    }

    /// Whether the text runs more down (or up) than across.
    pub fn is_vertical(&self) -> bool {
        self.along.1.abs() > self.along.0.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hull_keeps_corners_only() {
        let mut points = vec![(0.0, 0.0), (2.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0), (2.0, 1.0)];
        assert_eq!(convex_hull(&mut points), vec![(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)]);
    }

    #[test]
    fn a_tilted_line_is_found_again() {
        let truth = Rectangle {
            center: (300.0, 200.0),
            along: (0.1_f32.cos(), 0.1_f32.sin()),
            half_length: 250.0,
            half_height: 9.0,
        };
        let mut points = truth.corners().to_vec();
        points.extend((0..50).map(|i| truth.point(i as f32 / 25.0 - 1.0, 0.5)));
        let found = Rectangle::around(&mut points).expect("a rectangle");
        assert!((found.half_length - 250.0).abs() < 0.1 && (found.half_height - 9.0).abs() < 0.1);
        assert!((found.along.0 - truth.along.0).abs() < 1e-3 && (found.along.1 - truth.along.1).abs() < 1e-3);
    }

    #[test]
    fn standing_lines_point_down_and_squares_lie() {
        let mut tall = vec![(0.0, 0.0), (10.0, 0.0), (10.0, 90.0), (0.0, 90.0)];
        let found = Rectangle::around(&mut tall).expect("a rectangle");
        assert!(found.is_vertical() && found.along.1 > 0.0);
        let mut square = vec![(0.0, 0.0), (10.0, 0.0), (10.0, 11.0), (0.0, 11.0)];
        assert!(!Rectangle::around(&mut square).expect("a rectangle").is_vertical());
    }

    #[test]
    fn few_points_are_enough() {
        assert_eq!(Rectangle::around(&mut vec![]), None);
        assert!(Rectangle::around(&mut vec![(3.0, 4.0)]).is_some());
        assert!(Rectangle::around(&mut vec![(0.0, 0.0), (5.0, 5.0), (1.0, 1.0)]).is_some());
    }

    proptest! {
        #[test]
        fn the_rectangle_holds_all(points in proptest::collection::vec((0.0..900.0_f32, 0.0..900.0_f32), 1..60)) {
            let found = Rectangle::around(&mut points.clone()).expect("a rectangle").grown(0.5);
            prop_assert!(points.iter().all(|point| found.contains(*point)));
        }
    }
}
