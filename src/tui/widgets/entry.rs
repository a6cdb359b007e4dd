//! A line to type into, with a sign before it and words that say what belongs there while it is empty.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

use crate::text::fold;
use crate::tui::theme::Theme;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::text;

/// Cells that the sign takes.
const SIGN: u16 = 2;

/// Where the text stands in the row of an entry.
pub fn text_area(row: Rect) -> Rect {
    let sign = SIGN.min(row.width);
    Rect { x: row.x + sign, width: row.width - sign, height: row.height.min(1), ..row }
}

/// Draws an entry. `ghost` is what a completion would add behind the text.
pub fn view(edit: &LineEdit, row: Rect, buf: &mut Buffer, theme: &Theme, placeholder: &str, ghost: &str) {
    text::put(buf, row, Span::styled("❯", theme.focus));
    let area = text_area(row);
    if edit.text().is_empty() && ghost.is_empty() {
        text::put(buf, area, Span::styled(placeholder.to_owned(), theme.faint));
        return;
    }
    edit.view(area, buf, &|_| theme.strong);
    if !ghost.is_empty() {
        let used = (text::width(edit.text()) as u16).min(area.width);
        let rest = Rect { x: area.x + used, width: area.width - used, ..area };
        text::put(buf, rest, Span::styled(ghost.to_owned(), theme.faint));
    }
}

/// What is missing of `whole` once `typed` is there, case and accents aside; `None` when it does not begin so.
pub fn ghost<'a>(typed: &str, whole: &'a str) -> Option<&'a str> {
    let count = typed.chars().count();
    let at = whole.char_indices().nth(count).map(|(at, _)| at)?;
    (count > 0 && fold::same(&whole[..at], typed)).then(|| &whole[at..])
}

/// Where the cursor stands.
pub fn cursor(edit: &LineEdit, row: Rect) -> Option<Position> {
    (!row.is_empty()).then(|| edit.position(text_area(row)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ghost_is_what_is_missing() {
        assert_eq!(ghost("mrc de mem", "MRC de Memphrémagog"), Some("phrémagog"));
        assert_eq!(ghost("erabliere", "Érablière du Rang"), Some(" du Rang"));
        for (typed, whole) in [("", "MRC"), ("MRC", "MRC"), ("ville", "MRC"), ("MRCs", "MRC")] {
            assert_eq!(ghost(typed, whole), None, "{typed}");
        }
    }
}
