//! A part of the network, drawn: one person in the middle, the user above, the others on an ellipse around, with the ties
//! between them in braille. Ties that are known are solid, those that are only possible are dotted, so that the drawing
//! can be read without colour.
//!
//! Invariant: names never overlap, since each side gives a row to one name only; names stand outside, lines inside.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Points};

use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// The fewest cells in which anything can be seen.
const LEAST: (u16, u16) = (36, 5);
/// The longest name in the middle.
const MIDDLE: usize = 24;
/// Cells for the names at each side, where there is room for them.
const NAMES: f64 = 22.0;
/// Dots between two dots of a dotted line.
const DOTTED: f64 = 0.9;
/// Dots of a solid line lie this close, in cells.
const SOLID: f64 = 0.2;

/// Somebody in the drawing. The first one is the user, the second the person in the middle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The name.
    pub name: String,
    /// The name's style.
    pub style: Style,
}

/// A tie between two nodes, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The one.
    pub from: usize,
    /// The other.
    pub to: usize,
    /// Only possible.
    pub guess: bool,
}

/// Where a node stands: its dot, and its name.
struct Placed {
    dot: (u16, u16),
    name: Rect,
    shown: String,
}

/// How many people there is room for around the one in the middle.
pub fn capacity(height: u16) -> usize {
    2 * usize::from(height.saturating_sub(1))
}

/// The drawing as lines; empty where there is no room or nobody to draw.
pub fn lines(nodes: &[Node], edges: &[Edge], size: (u16, u16), theme: &Theme) -> Vec<Line<'static>> {
    let (width, height) = size;
    if width < LEAST.0 || height < LEAST.1 || nodes.len() < 2 {
        return Vec::new();
    }
    let nodes = &nodes[..nodes.len().min(2 + capacity(height))];
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let placed = place(nodes, width, height);
    draw_edges(edges, &placed, area, &mut buf, theme);
    for (node, at) in nodes.iter().zip(&placed) {
        let dot = Rect::new(at.dot.0, at.dot.1, 1, 1);
        text::put(&mut buf, dot, Span::styled("●", node.style));
        text::put(&mut buf, at.name, Span::styled(at.shown.clone(), node.style));
    }
    area.rows().map(|row| spans(&buf, row)).collect()
}

fn place(nodes: &[Node], width: u16, height: u16) -> Vec<Placed> {
    let (cx, cy) = (width / 2, height / 2);
    let around = nodes.len().saturating_sub(2);
    let right = around.div_ceil(2);
    let mut placed = Vec::with_capacity(nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        placed.push(match at {
            // The user's name stands beside the dot, the name in the middle below it.
            0 => beside(node, (cx, 0), true, width),
            1 => below(node, (cx, cy), width),
            _ => {
                let number = at - 2;
                // Nearest first: the middle rows of the right and left sides by turns.
                let (side_is_right, rank) = (number % 2 == 0, number / 2);
                let count = if side_is_right { right } else { around - right };
                let row = row_of(rank, count, height);
                let off = (f64::from(row) - f64::from(cy)) / (f64::from(height) / 2.0 + 0.5);
                let wide = (f64::from(width) * 0.20).min(f64::from(width) / 2.0 - NAMES).max(4.0);
                let bow = wide * (1.0 - off * off).max(0.0).sqrt() + 2.0;
                let x = if side_is_right { cx + bow as u16 } else { cx - bow as u16 };
                beside(node, (x, row), side_is_right, width)
            }
        });
    }
    placed
}

/// The row of the one with this rank: spread over the height below the user's row, the nearest in the middle.
fn row_of(rank: usize, count: usize, height: u16) -> u16 {
    let slot = if rank.is_multiple_of(2) { count / 2 + rank / 2 } else { count / 2 - rank.div_ceil(2) };
    let slot = slot.min(count.saturating_sub(1));
    let rows = usize::from(height - 1);
    let row = if count <= 1 { rows / 2 } else { slot * (rows - 1) / (count - 1).max(1) };
    1 + row as u16
}

fn beside(node: &Node, dot: (u16, u16), right: bool, width: u16) -> Placed {
    let room = if right { width.saturating_sub(dot.0 + 2) } else { dot.0.saturating_sub(1) };
    let shown = text::cut(&node.name, usize::from(room));
    let taken = text::width(&shown) as u16;
    let x = if right { dot.0 + 2 } else { dot.0.saturating_sub(1 + taken) };
    Placed { dot, name: Rect::new(x, dot.1, taken, 1), shown }
}

fn below(node: &Node, dot: (u16, u16), width: u16) -> Placed {
    let shown = text::cut(&node.name, MIDDLE.min(usize::from(width)));
    let taken = text::width(&shown) as u16;
    let x = dot.0.saturating_sub(taken / 2);
    Placed { dot, name: Rect::new(x, dot.1 + 1, taken, 1), shown }
}

fn draw_edges(edges: &[Edge], placed: &[Placed], area: Rect, buf: &mut Buffer, theme: &Theme) {
    // From cells with rows downwards to a plane with rows upwards, through the middles of the cells.
    let point = |(x, y): (u16, u16)| (f64::from(x) + 0.5, f64::from(area.height - y) - 0.5);
    let ends = |edge: &Edge| Some((point(placed.get(edge.from)?.dot), point(placed.get(edge.to)?.dot)));
    let ink = |style: Style| style.fg.unwrap_or(Color::Reset);
    // Guesses first: where a known tie crosses one, it stays whole.
    let mut order: Vec<&Edge> = edges.iter().collect();
    order.sort_by_key(|edge| !edge.guess);
    let lines: Vec<(Vec<(f64, f64)>, Color)> = order
        .into_iter()
        .filter_map(|edge| {
            let (from, to) = ends(edge)?;
            let (step, style) = if edge.guess { (DOTTED, theme.faint) } else { (SOLID, theme.focus) };
            Some((between(from, to, step), ink(style)))
        })
        .collect();
    Canvas::default()
        .marker(Marker::Braille)
        .x_bounds([0.0, f64::from(area.width)])
        .y_bounds([0.0, f64::from(area.height)])
        .paint(|context| {
            for (coords, color) in &lines {
                context.draw(&Points { coords, color: *color });
            }
        })
        .render(area, buf);
}

/// Points on a line, `step` apart.
fn between(from: (f64, f64), to: (f64, f64), step: f64) -> Vec<(f64, f64)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let count = (dx.hypot(2.0 * dy) / step).ceil().max(1.0) as usize;
    (0..=count)
        .map(|at| at as f64 / count as f64)
        .map(|part| (from.0 + part * dx, from.1 + part * dy))
        .collect()
}

/// A row of a buffer as a line, cells of one style together.
fn spans(buf: &Buffer, row: Rect) -> Line<'static> {
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut x = row.x;
    while x < row.right() {
        let cell = &buf[(x, row.y)];
        let style = Style { underline_color: None, ..cell.style() };
        match spans.last_mut().filter(|span| span.style == style) {
            Some(span) => span.content.to_mut().push_str(cell.symbol()),
            None => spans.push(Span::styled(cell.symbol().to_owned(), style)),
        }
        x += (text::width(cell.symbol()) as u16).max(1);
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Palette;

    fn drawing(around: usize, size: (u16, u16)) -> (Vec<Node>, Vec<String>) {
        let theme = Theme::new(Palette::None, false);
        let node = |name: String| Node { name, style: theme.text };
        let mut nodes = vec![node("you".into()), node("Réjean Tremblay".into())];
        nodes.extend((0..around).map(|number| node(format!("Person{number}"))));
        let edges: Vec<Edge> =
            (1..nodes.len()).map(|to| Edge { from: usize::from(to > 1), to, guess: to % 2 == 0 }).collect();
        let drawn = lines(&nodes, &edges, size, &theme).iter().map(ToString::to_string).collect();
        (nodes, drawn)
    }

    #[test]
    fn every_name_is_whole_and_none_overlaps() {
        for around in [0, 1, 2, 3, 7, 12, 20] {
            let (nodes, drawn) = drawing(around, (70, 11));
            for node in nodes.iter().take(2 + capacity(11)) {
                let seen = drawn.iter().filter(|line| line.contains(&node.name)).count();
                assert!(seen >= 1, "{around}: {}\n{}", node.name, drawn.join("\n"));
            }
            let rows: Vec<(u16, bool)> = (0..around.min(20))
                .map(|n| {
                    (row_of(n / 2, if n % 2 == 0 { around.div_ceil(2) } else { around / 2 }, 11), n % 2 == 0)
                })
                .collect();
            let distinct: std::collections::BTreeSet<_> = rows.iter().collect();
            assert_eq!(distinct.len(), rows.len(), "{around}");
        }
    }

    #[test]
    fn nothing_is_drawn_where_nothing_could_be_seen() {
        assert!(drawing(3, (20, 11)).1.is_empty());
        assert!(drawing(3, (70, 3)).1.is_empty());
        assert_eq!(drawing(3, (70, 9)).1.len(), 9);
    }
}
