//! A text of several lines, typed in place: words wrap, arrows move over the rows that are seen.
//!
//! Invariants: the cursor stands on a character boundary; the text holds no control characters but line breaks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::clean;
use crate::tui::key::{Code, Key};
use crate::tui::widgets::text;

/// The text and the cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextEdit {
    text: String,
    cursor: usize,
}

impl TextEdit {
    /// A field that holds a text, the cursor at its end.
    pub fn new(text: &str) -> Self {
        let text = clean::block(text);
        Self { cursor: text.len(), text }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Carries out an editing key; `width` is that of the field. False if the key edits nothing.
    pub fn key(&mut self, key: Key, width: u16) -> bool {
        let word = key.ctrl || key.alt;
        match key.code {
            Code::Char(c) if key.typed().is_some() => self.insert(c.encode_utf8(&mut [0; 4])),
            Code::Enter => self.insert("\n"),
            Code::Backspace => self.remove(self.before(word), self.cursor),
            Code::Char('w') if key.ctrl => self.remove(self.before(true), self.cursor),
            Code::Delete => self.remove(self.cursor, self.after(word)),
            Code::Left => self.cursor = self.before(word),
            Code::Right => self.cursor = self.after(word),
            Code::Home => self.cursor = self.row(width).1.start,
            Code::End => self.cursor = self.row(width).1.end,
            Code::Up => self.vertically(false, width),
            Code::Down => self.vertically(true, width),
            _ => return false,
        }
        true
    }

    /// Inserts pasted text at the cursor.
    pub fn paste(&mut self, pasted: &str) {
        self.insert(&clean::block(pasted));
    }

    /// Moves a row up or down, as far along it as it goes.
    pub fn vertically(&mut self, down: bool, width: u16) {
        let rows = self.rows(width);
        let (at, row) = self.row(width);
        let column = text::width(&self.text[row.start..self.cursor]);
        let Some(to) = (if down { rows.get(at + 1) } else { at.checked_sub(1).and_then(|at| rows.get(at)) })
        else {
            self.cursor = if down { self.text.len() } else { 0 };
            return;
        };
        let mut used = 0;
        let reached = self.text[to.clone()].grapheme_indices(true).find_map(|(offset, grapheme)| {
            used += text::width(grapheme);
            (used > column).then_some(to.start + offset)
        });
        self.cursor = reached.unwrap_or(to.end);
    }

    fn insert(&mut self, new: &str) {
        self.text.insert_str(self.cursor, new);
        self.cursor += new.len();
    }

    fn remove(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
    }

    fn before(&self, word: bool) -> usize {
        let text = &self.text[..self.cursor];
        if word {
            return text.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
        }
        text.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self, word: bool) -> usize {
        let text = &self.text[self.cursor..];
        if word {
            let blank = text.find(char::is_whitespace).unwrap_or(text.len());
            return self.cursor + blank + text[blank..].chars().next().map_or(0, char::len_utf8);
        }
        self.cursor + text.graphemes(true).next().map_or(0, str::len)
    }

    /// The bytes of each row that is seen at a width, without the blank or line break that ends it.
    fn rows(&self, width: u16) -> Vec<std::ops::Range<usize>> {
        // A cell stays free for the cursor behind the last letter.
        let cells = usize::from(width.max(2)) - 1;
        let mut rows = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            let end = start + line.len();
            let (mut from, mut used, mut blank) = (start, 0, None);
            for (offset, grapheme) in line.grapheme_indices(true) {
                let at = start + offset;
                let needs = text::width(grapheme);
                if used + needs > cells && at > from {
                    let (cut, next) = match blank {
                        _ if grapheme == " " => (at, at + 1),
                        Some(blank) => (blank, blank + 1),
                        None => (at, at),
                    };
                    rows.push(from..cut);
                    from = next;
                    used = text::width(self.text.get(from..at).unwrap_or_default());
                    blank = None;
                }
                if grapheme == " " {
                    blank = Some(at).filter(|at| *at >= from);
                }
                if at >= from {
                    used += needs;
                }
            }
            rows.push(from.min(end)..end);
            start = end + 1;
        }
        rows
    }

    /// The row of the cursor: its number and its bytes.
    fn row(&self, width: u16) -> (usize, std::ops::Range<usize>) {
        let rows = self.rows(width);
        let at = rows.iter().rposition(|row| row.start <= self.cursor).unwrap_or(0);
        let row = rows.get(at).cloned().unwrap_or(0..0);
        (at, row.start..row.end.max(row.start))
    }

    /// The first row that is seen in a field: the last ones, as far as the cursor needs them.
    fn top(&self, area: Rect) -> usize {
        (self.row(area.width).0 + 1).saturating_sub(usize::from(area.height))
    }

    /// How many rows the text takes at a width.
    pub fn height(&self, width: u16) -> usize {
        self.rows(width).len()
    }

    /// Where the cursor is drawn.
    pub fn position(&self, area: Rect) -> Position {
        let (at, row) = self.row(area.width);
        let column = text::width(&self.text[row.start..self.cursor.clamp(row.start, row.end)]);
        Position::new(area.x + column as u16, area.y + (at - self.top(area)) as u16)
    }

    /// Draws the text; from its beginning where nothing is typed.
    pub fn view(&self, area: Rect, buf: &mut Buffer, style: Style, typing: bool) {
        let top = if typing { self.top(area) } else { 0 };
        for (place, row) in area.rows().zip(self.rows(area.width).into_iter().skip(top)) {
            text::put(buf, place, Span::styled(self.text[row].to_owned(), style));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, width: u16) -> Vec<String> {
        let edit = TextEdit::new(text);
        edit.rows(width).into_iter().map(|row| edit.text[row].to_owned()).collect()
    }

    #[test]
    fn words_wrap_and_lines_end() {
        assert_eq!(rows("un deux trois", 9), ["un deux", "trois"]);
        assert_eq!(rows("a\n\nbc", 9), ["a", "", "bc"]);
        assert_eq!(rows("abcdefgh", 4), ["abc", "def", "gh"]);
        assert_eq!(rows("", 4), [""]);
    }

    #[test]
    fn typing_and_moving_over_rows() {
        let mut edit = TextEdit::new("un deux trois");
        edit.key(Key::plain(Code::Up), 9);
        edit.key(Key::char('é'), 9);
        assert_eq!(edit.text(), "un deé".to_owned() + "ux trois");
        edit.key(Key::plain(Code::Home), 9);
        edit.key(Key::plain(Code::Enter), 9);
        assert_eq!(edit.text(), "\nun deéux trois");
        edit.key(Key::plain(Code::End), 40);
        edit.key(Key::plain(Code::Backspace), 40);
        assert!(edit.text().ends_with("troi"));
    }
}

#[cfg(test)]
mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_letter_is_lost_between_rows(words in "[a-zé 王\n]{0,60}", width in 2_u16..20) {
            let edit = TextEdit::new(&words);
            let seen: String = edit.rows(width).into_iter().map(|row| edit.text[row].to_owned()).collect();
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&seen), letters(edit.text()));
        }

        #[test]
        fn the_cursor_stays_on_a_boundary(words in "[a-zé 王\n]{0,40}", keys in prop::collection::vec(0_u8..9, 0..30), width in 2_u16..12) {
            let mut edit = TextEdit::new(&words);
            let codes = [Code::Left, Code::Right, Code::Up, Code::Down, Code::Home, Code::End, Code::Backspace, Code::Delete, Code::Enter];
            for key in keys {
                edit.key(Key::plain(codes[usize::from(key)]), width);
                prop_assert!(edit.text.is_char_boundary(edit.cursor));
                edit.position(Rect::new(0, 0, width, 5));
            }
        }
    }
}
