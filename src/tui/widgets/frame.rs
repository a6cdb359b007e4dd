//! Panels and pop-ups: rounded borders, a title, quiet unless focused.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Padding, Widget};

use crate::tui::theme::Theme;

/// Draws a panel and gives its inside, one cell of air at both sides.
pub fn panel(area: Rect, buf: &mut Buffer, theme: &Theme, title: &str, focused: bool) -> Rect {
    let block = block(theme, title, focused);
    let inside = block.inner(area);
    block.render(area, buf);
    inside
}

/// The inside of a panel without drawing it, for layouts that update and view share.
pub fn inside(area: Rect) -> Rect {
    Block::bordered().padding(Padding::horizontal(1)).inner(area)
}

/// Draws a pop-up over whatever is there and gives its inside.
pub fn popup(area: Rect, buf: &mut Buffer, theme: &Theme, title: &str) -> Rect {
    Clear.render(area, buf);
    let block = block(theme, title, true).style(theme.popup);
    let inside = block.inner(area);
    block.render(area, buf);
    inside
}

/// A rectangle of at most `width` × `height` in the middle of an area, a little above it.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(area.width);
    let height = height.min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) * 2 / 5, width, height }
}

fn block(theme: &Theme, title: &str, focused: bool) -> Block<'static> {
    let border = if focused { theme.focus } else { theme.border };
    let mut block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(border)
        .padding(Padding::horizontal(1));
    if !title.is_empty() {
        let style = if focused { theme.title } else { theme.muted };
        block = block.title(Line::from(vec![
            Span::styled(" ", border),
            Span::styled(title.to_owned(), style),
            Span::styled(" ", border),
        ]));
    }
    block
}
