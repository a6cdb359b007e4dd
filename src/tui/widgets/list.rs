//! A list of any length of which only the visible rows are built.
//!
//! [`ListState`] holds cursor and scroll. The same [`ListState::top`] serves drawing and clicking, so a click always
//! hits the row that was drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::tui::command::Command;
use crate::tui::mouse::{Mouse, MouseAct};
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Cursor and scroll of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListState {
    cursor: usize,
    top: usize,
}

impl ListState {
    /// The row under the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor on a row.
    pub fn select(&mut self, row: usize, len: usize, height: u16) {
        self.cursor = row.min(len.saturating_sub(1));
        self.follow(len, height);
    }

    /// The first visible row.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The rows that are visible.
    pub fn visible(&self, len: usize, height: u16) -> std::ops::Range<usize> {
        let top = self.top.min(len);
        top..(top + usize::from(height)).min(len)
    }

    /// Keeps cursor and scroll within a list that has become `len` rows long.
    pub fn clamp(&mut self, len: usize, height: u16) {
        self.cursor = self.cursor.min(len.saturating_sub(1));
        self.follow(len, height);
    }

    /// Carries out a command that moves the cursor; false if it is none.
    pub fn command(&mut self, command: Command, len: usize, height: u16) -> bool {
        let page = usize::from(height).saturating_sub(1).max(1);
        let last = len.saturating_sub(1);
        self.cursor = match command {
            Command::Down => (self.cursor + 1).min(last),
            Command::Up => self.cursor.saturating_sub(1),
            Command::First => 0,
            Command::Last => last,
            Command::PageDown => (self.cursor + page).min(last),
            Command::PageUp => self.cursor.saturating_sub(page),
            _ => return false,
        };
        self.follow(len, height);
        true
    }

    /// Carries out a mouse action inside `area` (one row a cell); gives the row that was clicked.
    pub fn mouse(&mut self, mouse: Mouse, area: Rect, len: usize) -> Option<usize> {
        match mouse.act {
            MouseAct::Wheel(rows) if area.contains(mouse.at) => {
                let most = len.saturating_sub(usize::from(area.height));
                self.top = self.top.saturating_add_signed(isize::from(rows)).min(most);
                let visible = self.visible(len, area.height);
                self.cursor =
                    self.cursor.clamp(visible.start, visible.end.saturating_sub(1).max(visible.start));
                None
            }
            MouseAct::Press | MouseAct::Double => {
                let row = self.row_at(mouse.at, area, len)?;
                self.cursor = row;
                Some(row)
            }
            MouseAct::Wheel(_) => None,
        }
    }

    /// The row drawn at a cell.
    pub fn row_at(&self, at: Position, area: Rect, len: usize) -> Option<usize> {
        let row = self.top + usize::from(at.y.checked_sub(area.y)?);
        (area.contains(at) && row < len).then_some(row)
    }

    fn follow(&mut self, len: usize, height: u16) {
        let height = usize::from(height).max(1);
        if self.cursor < self.top {
            self.top = self.cursor;
        } else if self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
        self.top = self.top.min(len.saturating_sub(height));
    }
}

/// Cells that the sign before a row takes.
pub const SIGN: usize = 2;

/// Draws one row of a list to choose from: a sign before the one under the cursor, words at both ends.
pub fn put_row(
    buf: &mut Buffer,
    place: Rect,
    chosen: bool,
    theme: &Theme,
    left: Vec<Span<'static>>,
    right: Vec<Span<'static>>,
) {
    if place.is_empty() {
        return;
    }
    let right = Line::from(right);
    let taken = right.width();
    let gap = if taken > 0 { taken + 2 } else { 0 };
    let room = usize::from(place.width).saturating_sub(SIGN + gap);
    let mut spans = vec![Span::styled(if chosen { "› " } else { "  " }, theme.title)];
    spans.extend(text::cut_spans(left, room));
    if chosen {
        buf.set_style(place, theme.selected);
    }
    text::put(buf, place, Line::from(spans));
    text::put_right(buf, place, right);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_visible() {
        let mut state = ListState::default();
        for _ in 0..12 {
            state.command(Command::Down, 10, 4);
        }
        assert_eq!((state.cursor(), state.top()), (9, 6));
        state.command(Command::First, 10, 4);
        assert_eq!((state.cursor(), state.top()), (0, 0));
        state.command(Command::PageDown, 10, 4);
        assert_eq!(state.cursor(), 3);
        state.clamp(2, 4);
        assert_eq!((state.cursor(), state.top()), (1, 0));
        state.clamp(0, 4);
        assert_eq!(state.cursor(), 0);
    }

    #[test]
    fn a_click_hits_the_row_that_is_drawn() {
        let mut state = ListState::default();
        state.select(9, 10, 4);
        let area = Rect::new(2, 5, 10, 4);
        let press = |x, y| Mouse { act: MouseAct::Press, at: Position::new(x, y) };
        assert_eq!(state.mouse(press(3, 6), area, 10), Some(7));
        assert_eq!(state.mouse(press(3, 4), area, 10), None);
        assert_eq!(state.mouse(press(1, 6), area, 10), None);
    }

    #[test]
    fn the_wheel_drags_the_cursor_along() {
        let mut state = ListState::default();
        let area = Rect::new(0, 0, 10, 4);
        let wheel = |rows| Mouse { act: MouseAct::Wheel(rows), at: Position::new(1, 1) };
        state.mouse(wheel(3), area, 10);
        assert_eq!((state.top(), state.cursor()), (3, 3));
        state.mouse(wheel(-30), area, 10);
        assert_eq!((state.top(), state.cursor()), (0, 3));
        state.mouse(wheel(30), area, 0);
        assert_eq!(state.top(), 0);
    }
}
