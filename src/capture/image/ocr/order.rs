//! Reading order: pieces of text to lines, lines to blocks, blocks one after the other, columns kept apart.
//!
//! Recursive cutting at white space (XY-cut, Nagy and Seth 1984), in coordinates turned by the common slope of the
//! lines. A cut between columns comes first wherever there is one, and a heading above columns is split off before
//! them; else the widest gap between rows is cut.

use super::TextLine;
use super::geometry::Rectangle;

/// Text at a place of the upright picture.
#[derive(Debug, Clone)]
pub struct Piece {
    pub place: Rectangle,
    pub text: String,
    pub confidence: f32,
}

/// Pieces side by side join when the gap is less than this many line heights.
const JOIN: f32 = 0.7;
/// As [`JOIN`], after a label such as `T` or `Courriel :`.
const JOIN_LABEL: f32 = 4.0;
/// White space between columns is at least this many line heights wide.
const COLUMN: f32 = 1.0;
/// A gap between rows of this many line heights starts a new block.
const BLOCK: f32 = 0.75;

/// Pieces of an upright picture as lines in reading order.
pub fn lines(pieces: Vec<Piece>) -> Vec<TextLine> {
    let slope = slope(&pieces);
    let mut spans: Vec<Span> = pieces.into_iter().map(|piece| Span::new(piece, slope)).collect();
    join_rows(&mut spans);
    let mut order = Vec::new();
    cut((0..spans.len()).collect(), &spans, &mut order);
    let mut taken: Vec<Option<Span>> = spans.into_iter().map(Some).collect();
    let mut lines: Vec<TextLine> = Vec::new();
    for (block, group) in order.into_iter().enumerate() {
        for span in group.into_iter().filter_map(|at| taken[at].take()) {
            lines.push(TextLine { block, ..TextLine::from(span.piece) });
        }
    }
    lines
}

/// The common slope of long lines, in radians: their median by length.
fn slope(pieces: &[Piece]) -> f32 {
    let mut angles: Vec<(f32, f32)> = pieces
        .iter()
        .filter(|piece| piece.place.along.0 > 0.7 && piece.place.half_length > 2.0 * piece.place.half_height)
        .map(|piece| (piece.place.along.1.atan2(piece.place.along.0), piece.place.half_length))
        .collect();
    angles.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = angles.iter().map(|(_, length)| length).sum::<f32>() / 2.0;
    let mut passed = 0.0;
    angles
        .iter()
        .find(|(_, length)| {
            passed += length;
            passed >= half
        })
        .map_or(0.0, |(angle, _)| *angle)
}

/// A piece with its bounds in coordinates along and across the common slope.
struct Span {
    piece: Piece,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

impl Span {
    fn new(piece: Piece, slope: f32) -> Self {
        let (sin, cos) = slope.sin_cos();
        let level = |(x, y): (f32, f32)| (x * cos + y * sin, y * cos - x * sin);
        // The middle line, not the corners: a line that is steeper than the others must not seem higher.
        let (start, end) = (level(piece.place.point(-1.0, 0.0)), level(piece.place.point(1.0, 0.0)));
        let half = piece.place.half_height;
        let (left, right, top, bottom) = if piece.place.is_vertical() {
            let x = f32::midpoint(start.0, end.0);
            (x - half, x + half, start.1.min(end.1), start.1.max(end.1))
        } else {
            let y = f32::midpoint(start.1, end.1);
            (start.0.min(end.0), start.0.max(end.0), y - half, y + half)
        };
        Self { piece, left, right, top, bottom }
    }

    fn height(&self) -> f32 {
        2.0 * self.piece.place.half_height
    }

    fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.bottom)
    }

    /// Whether the two stand in one row of print.
    fn beside(&self, other: &Self) -> bool {
        let shared = self.bottom.min(other.bottom) - self.top.max(other.top);
        let (low, high) = (self.height().min(other.height()), self.height().max(other.height()));
        shared > 0.6 * low && low > 0.55 * high
    }
}

/// Joins pieces that the model found apart although they are one line.
fn join_rows(spans: &mut Vec<Span>) {
    spans.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut at = 0;
    while at < spans.len() {
        let next = (at + 1..spans.len()).find(|next| {
            let (left, right) = (&spans[at], &spans[*next]);
            let upright = !left.piece.place.is_vertical() && !right.piece.place.is_vertical();
            let height = left.height().min(right.height());
            let gap = right.left - left.right;
            let most = if is_label(&left.piece.text) { JOIN_LABEL } else { JOIN };
            upright && left.beside(right) && gap > -height && gap < most * height
        });
        if let Some(next) = next {
            let right = spans.remove(next);
            spans[at].append(right);
        } else {
            at += 1;
        }
    }
}

/// Short words that announce what follows: `T`, `Tél. :`, `@`.
fn is_label(text: &str) -> bool {
    let letters = text.chars().count();
    letters <= 2 || letters <= 14 && text.ends_with([':', '.']) && !text.contains('@')
}

impl Span {
    fn append(&mut self, right: Self) {
        let (a, b) = (&self.piece, &right.piece);
        let letters = |text: &str| text.chars().count() as f32;
        let (before, after) = (letters(&a.text), letters(&b.text));
        let corners = [a.place.corners(), b.place.corners()].concat();
        let place = Rectangle::along_axis(
            &corners,
            if a.place.half_length > b.place.half_length { a.place.along } else { b.place.along },
        );
        self.piece = Piece {
            place,
            text: format!("{} {}", a.text, b.text),
            confidence: (a.confidence * before + b.confidence * after) / (before + after).max(1.0),
        };
        self.right = self.right.max(right.right);
        self.left = self.left.min(right.left);
        self.top = self.top.min(right.top);
        self.bottom = self.bottom.max(right.bottom);
    }
}

/// Cuts a group into blocks in reading order.
fn cut(group: Vec<usize>, spans: &[Span], blocks: &mut Vec<Vec<usize>>) {
    if group.len() < 2 {
        blocks.extend((!group.is_empty()).then_some(group));
        return;
    }
    if let Some((left, right)) = columns(&group, spans) {
        cut(left, spans, blocks);
        cut(right, spans, blocks);
        return;
    }
    let (rows, gaps) = rows(group, spans);
    let heading = gaps.iter().enumerate().find(|(at, gap)| {
        **gap > 0.0 && {
            let below: Vec<usize> = rows[at + 1..].concat();
            columns(&below, spans).is_some()
        }
    });
    let widest = gaps.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).filter(|(_, gap)| **gap > BLOCK);
    match heading.or(widest) {
        Some((at, _)) => {
            cut(rows[..=at].concat(), spans, blocks);
            cut(rows[at + 1..].concat(), spans, blocks);
        }
        None => blocks.push(rows.concat()),
    }
}

/// Splits a group at its widest column of white space, if at least two lines stand on each side of it, beside each
/// other.
fn columns(group: &[usize], spans: &[Span]) -> Option<(Vec<usize>, Vec<usize>)> {
    let height = median(group.iter().map(|at| spans[*at].height()).collect());
    let mut by_left = group.to_vec();
    by_left.sort_by(|a, b| spans[*a].left.total_cmp(&spans[*b].left));
    let mut reach = f32::NEG_INFINITY;
    let mut best: Option<(f32, usize)> = None;
    for (at, span) in by_left.iter().map(|at| &spans[*at]).enumerate() {
        let gap = span.left - reach;
        if at > 0 && gap > COLUMN * height && best.is_none_or(|(widest, _)| gap > widest) {
            let (left, right) = by_left.split_at(at);
            if left.len() > 1 && right.len() > 1 && stand_beside(left, right, spans) {
                best = Some((gap, at));
            }
        }
        reach = reach.max(span.right);
    }
    let (_, at) = best?;
    let right = by_left.split_off(at);
    Some((by_left, right))
}

/// Whether two groups overlap in height: if not, one is simply below the other.
fn stand_beside(left: &[usize], right: &[usize], spans: &[Span]) -> bool {
    let top = |group: &[usize]| group.iter().map(|at| spans[*at].top).fold(f32::INFINITY, f32::min);
    let bottom = |group: &[usize]| group.iter().map(|at| spans[*at].bottom).fold(f32::NEG_INFINITY, f32::max);
    top(left).max(top(right)) < bottom(left).min(bottom(right))
}

/// A group as rows from top to bottom, each from left to right, and the gaps after each row but the last in heights
/// of the lower of the two lines around it.
fn rows(mut group: Vec<usize>, spans: &[Span]) -> (Vec<Vec<usize>>, Vec<f32>) {
    group.sort_by(|a, b| spans[*a].middle().total_cmp(&spans[*b].middle()));
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for at in group {
        let fits = rows.last().is_some_and(|row| {
            row.iter().all(|other| {
                let (a, b) = (&spans[at], &spans[*other]);
                let shared = a.bottom.min(b.bottom) - a.top.max(b.top);
                shared > 0.5 * (a.bottom - a.top).min(b.bottom - b.top)
                    && (a.left > b.right || b.left > a.right)
            })
        });
        match rows.last_mut() {
            Some(row) if fits => row.push(at),
            _ => rows.push(vec![at]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| spans[*a].left.total_cmp(&spans[*b].left));
    }
    let mut gaps = Vec::new();
    let mut reach = f32::NEG_INFINITY;
    for pair in rows.windows(2) {
        reach = pair[0].iter().map(|at| spans[*at].bottom).fold(reach, f32::max);
        let top = pair[1].iter().map(|at| spans[*at].top).fold(f32::INFINITY, f32::min);
        let height = |row: &[usize]| row.iter().map(|at| spans[*at].height()).fold(f32::INFINITY, f32::min);
        gaps.push((top - reach) / height(&pair[0]).min(height(&pair[1])).max(1.0));
    }
    (rows, gaps)
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Whether the lines look like more than one card: groups apart from each other, each with an address of its own
/// to write to, or slopes that no single card has.
pub fn has_several(lines: &[TextLine]) -> bool {
    let address = |line: &TextLine| {
        let word = line.text.split_whitespace().find(|word| {
            word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        })?;
        Some(word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
    };
    let found: Vec<(String, &TextLine)> =
        lines.iter().filter_map(|line| Some((address(line)?, line))).collect();
    let tilt = |line: &TextLine| {
        let ((x, y), (end_x, end_y)) = (line.quad[0], line.quad[1]);
        (end_y - y).atan2(end_x - x)
    };
    found.iter().enumerate().any(|(at, (address, line))| {
        found[at + 1..].iter().any(|(other, next)| {
            let gap = distance(line, next) / line.height.min(next.height).max(1.0);
            let turned = (tilt(line) - tilt(next)).abs() > 0.15;
            address != other && (gap > 6.0 || turned)
        })
    })
}

/// Distance between the middles of two lines, in pixels, less half their lengths where they stand side by side.
fn distance(a: &TextLine, b: &TextLine) -> f32 {
    let bounds = |line: &TextLine| {
        let fold = |of: fn(&(f32, f32)) -> f32, by: fn(f32, f32) -> f32, from: f32| {
            line.quad.iter().map(of).fold(from, by)
        };
        (
            fold(|p| p.0, f32::min, f32::INFINITY),
            fold(|p| p.0, f32::max, f32::NEG_INFINITY),
            fold(|p| p.1, f32::min, f32::INFINITY),
            fold(|p| p.1, f32::max, f32::NEG_INFINITY),
        )
    };
    let (a, b) = (bounds(a), bounds(b));
    let across = (a.0.max(b.0) - a.1.min(b.1)).max(0.0);
    let down = (a.2.max(b.2) - a.3.min(b.3)).max(0.0);
    across.hypot(down)
}
