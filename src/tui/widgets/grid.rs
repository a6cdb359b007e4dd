//! A table that scrolls both ways, with heads that stay: rows at the left, columns at the top.
//!
//! [`GridState`] holds the cell under the cursor and what is scrolled off; the same [`GridState::columns`] serves
//! drawing, clicking and moving.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::command::Command;
use crate::tui::mouse::Mouse;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::text;

/// Rows of the heads at the top.
pub const HEAD: u16 = 2;
/// Blank cells between columns.
const GAP: u16 = 1;

/// The cell under the cursor, and what is scrolled off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridState {
    /// The row.
    pub rows: ListState,
    column: usize,
    left: usize,
}

/// The widths of a table.
#[derive(Clone, Copy, Debug)]
pub struct Widths {
    /// Cells of the heads at the left.
    pub head: u16,
    /// Cells of a column.
    pub column: u16,
}

/// What a table draws.
pub trait Cells {
    /// How many rows and columns.
    fn size(&self) -> (usize, usize);
    /// The head of a row.
    fn row(&self, row: usize) -> Vec<Span<'static>>;
    /// The name of a column.
    fn column(&self, column: usize) -> String;
    /// A cell.
    fn cell(&self, row: usize, column: usize) -> Vec<Span<'static>>;
}

impl GridState {
    /// The column under the cursor.
    pub fn column(&self) -> usize {
        self.column
    }

    /// The rows' place in a table.
    pub fn body(area: Rect) -> Rect {
        let head = HEAD.min(area.height);
        Rect { y: area.y + head, height: area.height - head, ..area }
    }

    /// How many columns fit.
    fn shown(area: Rect, widths: Widths) -> usize {
        usize::from(area.width.saturating_sub(widths.head) / (widths.column + GAP)).max(1)
    }

    /// The columns that are visible.
    pub fn columns(&self, area: Rect, widths: Widths, count: usize) -> std::ops::Range<usize> {
        let left = self.left.min(count);
        left..(left + Self::shown(area, widths)).min(count)
    }

    /// Keeps the cursor within a table that has become this large.
    pub fn clamp(&mut self, area: Rect, widths: Widths, (rows, columns): (usize, usize)) {
        self.rows.clamp(rows, Self::body(area).height);
        self.column = self.column.min(columns.saturating_sub(1));
        let shown = Self::shown(area, widths);
        if self.column < self.left {
            self.left = self.column;
        } else if self.column >= self.left + shown {
            self.left = self.column + 1 - shown;
        }
        self.left = self.left.min(columns.saturating_sub(shown));
    }

    /// Carries out a command that moves the cursor; false if it is none, or if there is nothing further that way.
    pub fn command(&mut self, command: Command, area: Rect, widths: Widths, size: (usize, usize)) -> bool {
        let moved = match command {
            Command::Left if self.column == 0 => return false,
            Command::Left => {
                self.column -= 1;
                true
            }
            Command::Right => {
                self.column += 1;
                true
            }
            _ => self.rows.command(command, size.0, Self::body(area).height),
        };
        self.clamp(area, widths, size);
        moved
    }

    /// Carries out a mouse action; true if a cell was clicked.
    pub fn mouse(&mut self, mouse: Mouse, area: Rect, widths: Widths, size: (usize, usize)) -> bool {
        let hit = self.rows.mouse(mouse, Self::body(area), size.0).is_some();
        let columns = self.columns(area, widths, size.1);
        let column = columns.clone().find(|at| place(area, widths, at - columns.start).contains(mouse.at));
        if let Some(column) = column.filter(|_| hit) {
            self.column = column;
        }
        hit
    }

    /// Draws the table.
    pub fn view(&self, cells: &dyn Cells, area: Rect, widths: Widths, buf: &mut Buffer, theme: &Theme) {
        let (count, columns) = cells.size();
        let body = Self::body(area);
        let shown = self.columns(area, widths, columns);
        for (at, column) in shown.clone().enumerate() {
            let style = if column == self.column { theme.title } else { theme.muted };
            let head = Rect { y: area.y, height: HEAD.min(area.height), ..place(area, widths, at) };
            column_head(&cells.column(column), head, style, buf);
        }
        // Marks of what is scrolled off stand in the gaps, where no head is.
        let mark = |x: u16| Rect { x, y: area.y, width: 1, height: 1 }.intersection(area);
        if shown.start > 0 {
            text::put(buf, mark(area.x + widths.head.saturating_sub(2)), Span::styled("‹", theme.focus));
        }
        if shown.end < columns {
            text::put(buf, mark(area.right().saturating_sub(1)), Span::styled("›", theme.focus));
        }
        for (at, row) in self.rows.visible(count, body.height).enumerate() {
            let line = Rect { y: body.y + at as u16, height: 1, ..body };
            let chosen = row == self.rows.cursor();
            let sign = Span::styled(if chosen { "› " } else { "  " }, theme.title);
            let mut head = vec![sign];
            head.extend(cells.row(row));
            let room = widths.head.saturating_sub(GAP + 1).min(line.width);
            text::put(buf, Rect { width: room, ..line }, Line::from(head));
            for (at, column) in shown.clone().enumerate() {
                let cell = Rect { y: line.y, height: 1, ..place(area, widths, at) };
                if chosen && column == self.column {
                    buf.set_style(cell, theme.selected);
                }
                text::put(buf, cell, Line::from(cells.cell(row, column)));
            }
        }
    }
}

/// The place of the column drawn as number `at`.
fn place(area: Rect, widths: Widths, at: usize) -> Rect {
    let x = area.x + widths.head + at as u16 * (widths.column + GAP);
    Rect { x, width: widths.column, ..area }.intersection(area)
}

/// A name on two rows, the last one at the bottom; a word that is too long is cut, never broken.
fn column_head(name: &str, area: Rect, style: Style, buf: &mut Buffer) {
    let width = usize::from(area.width);
    let words: Vec<&str> = name.split(' ').collect();
    let mut rows: Vec<String> = Vec::new();
    for word in words {
        let full = rows.len() == usize::from(HEAD);
        match rows.last_mut() {
            Some(row) if full || text::width(row) + 1 + text::width(word) <= width => {
                row.push(' ');
                row.push_str(word);
            }
            _ => rows.push(word.to_owned()),
        }
    }
    let from = area.height.saturating_sub(rows.len() as u16);
    for (row, words) in area.rows().skip(usize::from(from)).zip(rows) {
        text::put(buf, row, Span::styled(text::cut(&words, width), style));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::mouse::MouseAct;
    use ratatui::layout::Position;

    const WIDTHS: Widths = Widths { head: 6, column: 4 };

    #[test]
    fn the_cursor_drags_both_ways_and_stays_inside() {
        let area = Rect::new(0, 0, 16, 5);
        let mut grid = GridState::default();
        assert!(!grid.command(Command::Left, area, WIDTHS, (9, 5)));
        for _ in 0..9 {
            grid.command(Command::Right, area, WIDTHS, (9, 5));
        }
        assert_eq!((grid.column(), grid.columns(area, WIDTHS, 5)), (4, 3..5));
        grid.command(Command::Last, area, WIDTHS, (9, 5));
        assert_eq!((grid.rows.cursor(), grid.rows.top()), (8, 6));
        grid.clamp(area, WIDTHS, (1, 1));
        assert_eq!((grid.rows.cursor(), grid.column(), grid.columns(area, WIDTHS, 1)), (0, 0, 0..1));
    }

    #[test]
    fn a_click_hits_the_cell_that_is_drawn() {
        let area = Rect::new(2, 1, 16, 5);
        let mut grid = GridState::default();
        let press = |x, y| Mouse { act: MouseAct::Press, at: Position::new(x, y) };
        assert!(grid.mouse(press(13, 4), area, WIDTHS, (9, 5)));
        assert_eq!((grid.rows.cursor(), grid.column()), (1, 1));
        assert!(!grid.mouse(press(13, 2), area, WIDTHS, (9, 5)), "the heads are no cells");
    }
}
