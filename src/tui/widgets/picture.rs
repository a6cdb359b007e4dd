//! A picture of a card, or a word in its place while it is on its way.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use super::text;
use crate::tui::pictures::{Pictures, Sight};
use crate::tui::theme::{Theme, nearest};
use crate::wording::Catalogue;

/// What drawing a picture depends on.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    /// The pictures that are ready.
    pub pictures: &'a Pictures,
    /// Which one.
    pub hash: &'a str,
    /// The room that it was asked for with.
    pub room: Size,
}

impl Picture<'_> {
    /// The cells that it takes; none while it is not ready.
    pub fn size(&self) -> Option<Size> {
        match self.pictures.get(self.hash, self.room) {
            Sight::Ready(drawn) => Some(drawn.size()),
            _ => None,
        }
    }

    /// Draws it in the middle of an area as wide as its room, at the top.
    pub fn view(&self, area: Rect, buf: &mut Buffer, theme: &Theme, t: &Catalogue) {
        let (words, style) = match self.pictures.get(self.hash, self.room) {
            Sight::Ready(drawn) => {
                let left = area.x + area.width.saturating_sub(drawn.size().width) / 2;
                let place = Rect { x: left, width: area.right().saturating_sub(left), ..area };
                drawn.render(place, buf);
                if self.pictures.indexed() && drawn.is_characters() {
                    for at in place.intersection(buf.area).positions() {
                        let cell = &mut buf[at];
                        cell.set_style(nearest(cell.style()));
                    }
                }
                return;
            }
            Sight::Coming => (t.picture_coming(), theme.faint),
            Sight::Gone => (t.picture_gone(), theme.muted),
            Sight::Off => (t.picture_off(), theme.muted),
        };
        let lines = text::wrap(&words, usize::from(area.width).max(1));
        text::put_lines(buf, area, lines.into_iter().map(|line| Line::styled(line, style)));
    }
}
