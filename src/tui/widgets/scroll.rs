//! How far a list is scrolled, drawn on the right border of its panel; nothing where everything is visible.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Draws the thumb beside `rows`, in the column where a panel with one cell of air has its border.
pub fn thumb(buf: &mut Buffer, rows: Rect, top: usize, len: usize, theme: &Theme) {
    let Some((from, height)) = place(rows.height, top, len) else { return };
    let x = rows.right() + 1;
    if x >= buf.area.right() {
        return;
    }
    for y in rows.y + from..rows.y + from + height {
        text::put(buf, Rect { x, y, width: 1, height: 1 }, Span::styled("┃", theme.focus));
    }
}

/// First row and height of the thumb; `None` when all rows are visible.
fn place(height: u16, top: usize, len: usize) -> Option<(u16, u16)> {
    let shown = usize::from(height);
    if shown == 0 || len <= shown {
        return None;
    }
    let thumb = (shown * shown / len).clamp(1, shown);
    let most = len - shown;
    let from = (shown - thumb) * top.min(most) / most;
    Some((from as u16, thumb as u16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thumb_reaches_both_ends() {
        assert_eq!(place(10, 0, 10), None);
        assert_eq!(place(0, 0, 10), None);
        assert_eq!(place(10, 0, 100), Some((0, 1)));
        assert_eq!(place(10, 90, 100), Some((9, 1)));
        assert_eq!(place(10, 10, 20), Some((5, 5)));
    }
}
