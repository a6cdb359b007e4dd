//! How a question looks: a pop-up with the names when there are several, a line to type into, rows to choose from,
//! and a note. All have the same shape, so that the hand finds its way.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::about::About;
use crate::tui::layer::Cx;
use crate::tui::widgets::{frame, text};

/// The widest that a question gets.
const WIDEST: u16 = 72;
/// The width of a question that is answered by a key alone.
const NARROW: u16 = 46;

/// What a question holds, in rows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    /// The names of several people take a row.
    pub(super) names: bool,
    /// There is a line to type into.
    pub(super) entry: bool,
    /// Rows to choose from.
    pub(super) rows: usize,
    /// Lines of the note.
    pub(super) note: usize,
    /// The width of a question without a line to type into.
    pub(super) width: Option<u16>,
}

/// Where things stand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    pub(super) popup: Rect,
    pub(super) names: Rect,
    pub(super) entry: Rect,
    pub(super) rows: Rect,
    pub(super) note: Rect,
}

impl Shape {
    /// Where things stand in an area: blank lines part the entry, the rows and the note.
    pub(super) fn places(self, area: Rect) -> Places {
        let parts = [u16::from(self.names), u16::from(self.entry), self.rows as u16, self.note as u16];
        let used = parts.iter().filter(|part| **part > 0).count().saturating_sub(1) as u16;
        let whole = parts.iter().sum::<u16>() + used + 2;
        let widest = if self.entry || self.names { WIDEST } else { self.width.unwrap_or(NARROW) };
        let width = widest.min(area.width.saturating_sub(4));
        let popup = frame::centred(area, width, whole.min(area.height));
        let inside = frame::inside(popup);
        // The rows give way first: they scroll.
        let missing = (whole - 2).saturating_sub(inside.height);
        let heights = [parts[0], parts[1], parts[2].saturating_sub(missing), parts[3]];
        let mut y = inside.y;
        let mut place = |height: u16| {
            let at = Rect { y: y.min(inside.bottom()), height, ..inside }.intersection(inside);
            if height > 0 {
                y = y.saturating_add(height + 1);
            }
            at
        };
        let [names, entry, rows, note] = heights.map(&mut place);
        Places { popup, names, entry, rows, note }
    }
}

impl Places {
    /// Draws the frame with its title and the names.
    pub(super) fn frame(&self, buf: &mut Buffer, cx: &Cx<'_>, title: &str, about: Option<&About>) {
        let title = text::cut(title, usize::from(self.popup.width).saturating_sub(6));
        frame::popup(self.popup, buf, cx.theme, &title);
        if let Some(names) = about.and_then(|about| about.names(cx)) {
            text::put(buf, self.names, Span::styled(names, cx.theme.muted));
        }
    }

    /// Draws the note.
    pub(super) fn note(&self, buf: &mut Buffer, lines: Vec<Line<'static>>) {
        text::put_lines(buf, self.note, lines);
    }

    /// The width inside of a question in this area.
    pub(super) fn width(area: Rect) -> usize {
        usize::from(WIDEST.min(area.width.saturating_sub(4)).saturating_sub(4))
    }
}
