//! A one-line text field: typing, moving by word, deleting, pasting; scrolls sideways when the text is long.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;
use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::tui::key::{Code, Key};
use crate::tui::widgets::text;

/// The text being typed and the cursor in it.
#[derive(Clone, Debug, Default)]
pub struct LineEdit {
    input: Input,
}

impl LineEdit {
    /// A field that holds `text`, with the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self { input: Input::new(text.to_owned()) }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The cursor as a byte offset into the text.
    pub fn cursor(&self) -> usize {
        self.text().char_indices().nth(self.input.cursor()).map_or(self.text().len(), |(at, _)| at)
    }

    /// Puts other text in its place, with the cursor at a byte offset.
    pub fn set(&mut self, text: &str, cursor: usize) {
        let before = text.get(..cursor).unwrap_or(text).chars().count();
        self.input = Input::new(text.to_owned()).with_cursor(before);
    }

    /// Replaces a byte range by other text and puts the cursor behind it.
    pub fn replace(&mut self, range: std::ops::Range<usize>, with: &str) {
        let mut whole = self.text().to_owned();
        if whole.get(range.clone()).is_some() {
            let end = range.start + with.len();
            whole.replace_range(range, with);
            self.set(&whole, end);
        }
    }

    /// Empties it.
    pub fn clear(&mut self) {
        self.input.reset();
    }

    /// Inserts text at the cursor; line breaks become blanks.
    pub fn paste(&mut self, pasted: &str) {
        let flat: String = pasted.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let at = self.cursor();
        self.replace(at..at, &flat);
    }

    /// Carries out an editing key; false if the key edits nothing.
    pub fn key(&mut self, key: Key) -> bool {
        use InputRequest as Do;
        let word = key.ctrl || key.alt;
        let request = match key.code {
            Code::Char(c) if key.typed().is_some() => Do::InsertChar(c),
            Code::Char('a') if key.ctrl => Do::GoToStart,
            Code::Char('e') if key.ctrl => Do::GoToEnd,
            Code::Char('w') if key.ctrl => Do::DeletePrevWord,
            Code::Char('u') if key.ctrl => Do::DeleteLine,
            Code::Char('k') if key.ctrl => Do::DeleteTillEnd,
            Code::Char('b') if key.alt => Do::GoToPrevWord,
            Code::Char('f') if key.alt => Do::GoToNextWord,
            Code::Backspace if word => Do::DeletePrevWord,
            Code::Backspace => Do::DeletePrevChar,
            Code::Delete if word => Do::DeleteNextWord,
            Code::Delete => Do::DeleteNextChar,
            Code::Left if word => Do::GoToPrevWord,
            Code::Left => Do::GoToPrevChar,
            Code::Right if word => Do::GoToNextWord,
            Code::Right => Do::GoToNextChar,
            Code::Home => Do::GoToStart,
            Code::End => Do::GoToEnd,
            _ => return false,
        };
        self.input.handle(request);
        true
    }

    /// Puts the cursor where the field was clicked.
    pub fn click(&mut self, at: Position, area: Rect) {
        if area.contains(at) {
            let (skip, _) = self.scroll(area.width);
            let target = skip + usize::from(at.x - area.x);
            let mut used = 0;
            let offset = self.text().grapheme_indices(true).find_map(|(offset, grapheme)| {
                used += grapheme.width();
                (used > target).then_some(offset)
            });
            let whole = self.text().to_owned();
            self.set(&whole, offset.unwrap_or(whole.len()));
        }
    }

    /// Cells scrolled off at the left, and the cell of the cursor, for a field of `width` cells.
    fn scroll(&self, width: u16) -> (usize, u16) {
        let before = text::width(&self.text()[..self.cursor()]);
        let room = usize::from(width.max(1)) - 1;
        let skip = before.saturating_sub(room);
        (skip, (before - skip) as u16)
    }

    /// Where the cursor is drawn.
    pub fn position(&self, area: Rect) -> Position {
        Position::new(area.x + self.scroll(area.width).1, area.y)
    }

    /// Draws the text, styled by `style_at(byte offset)`, scrolled so that the cursor is visible.
    pub fn view(&self, area: Rect, buf: &mut Buffer, style_at: &dyn Fn(usize) -> Style) {
        if area.is_empty() {
            return;
        }
        let (skip, _) = self.scroll(area.width);
        let mut column = 0;
        let mut x = area.x;
        for (offset, grapheme) in self.text().grapheme_indices(true) {
            let needs = grapheme.width();
            if column >= skip {
                if x + needs as u16 > area.right() {
                    break;
                }
                buf.set_span(x, area.y, &Span::styled(grapheme, style_at(offset)), needs as u16);
                x += needs as u16;
            }
            column += needs;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> LineEdit {
        let mut edit = LineEdit::default();
        for c in text.chars() {
            assert!(edit.key(Key::char(c)));
        }
        edit
    }

    #[test]
    fn words_are_deleted_and_ranges_replaced() {
        let mut edit = typed("Zoé Côté");
        edit.key(Key { ctrl: true, ..Key::char('w') });
        assert_eq!(edit.text(), "Zoé ");
        edit.replace(0..4, "Élodie");
        assert_eq!((edit.text(), edit.cursor()), ("Élodie ", 7));
    }

    #[test]
    fn the_cursor_stays_in_view() {
        let edit = typed("abcdefghij");
        assert_eq!(edit.position(Rect::new(0, 0, 4, 1)), Position::new(3, 0));
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 1));
        edit.view(buf.area, &mut buf, &|_| Style::new());
        assert_eq!(buf, Buffer::with_lines(["hij "]));
    }

    #[test]
    fn pasted_line_breaks_become_blanks() {
        let mut edit = LineEdit::new("a");
        edit.paste("b\nc\x1b");
        assert_eq!(edit.text(), "ab c ");
    }

    #[test]
    fn a_click_puts_the_cursor() {
        let mut edit = LineEdit::new("王b");
        edit.click(Position::new(2, 0), Rect::new(0, 0, 10, 1));
        assert_eq!(edit.cursor(), 3);
    }
}
