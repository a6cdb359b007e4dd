//! Text on cells: cutting by display width, padding, and matched letters.
//!
//! Widths are those of `unicode-width`; wide characters take two cells and are never cut in half. Control
//! characters are dropped here once more, so that nothing that slipped into a record can reach the terminal.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many cells a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to at most `cells`, with `…` where something was cut.
pub fn cut(text: &str, cells: usize) -> String {
    if text.width() <= cells && !text.contains(char::is_control) {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    let whole = text.chars().filter(|c| !c.is_control()).collect::<String>();
    if whole.width() <= cells {
        return whole;
    }
    for grapheme in whole.graphemes(true) {
        let next = grapheme.width();
        if used + next + 1 > cells {
            break;
        }
        kept.push_str(grapheme);
        used += next;
    }
    if cells > 0 {
        kept.truncate(kept.trim_end().len());
        kept.push('…');
    }
    kept
}

/// The text cut or padded to exactly `cells`.
pub fn fit(text: &str, cells: usize) -> String {
    let mut fitted = cut(text, cells);
    let missing = cells.saturating_sub(fitted.width());
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}

/// The text broken into lines of at most `cells`, at blanks where possible, never at a no-break space.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut used = 0;
        for word in paragraph.split_inclusive(' ') {
            if used + word.trim_end_matches(' ').width() > cells && used > 0 {
                lines.push(line.trim_end().to_owned());
                line.clear();
                used = 0;
            }
            for grapheme in word.graphemes(true) {
                let needs = grapheme.width();
                // Blanks that reach over the edge are dropped with the end of the line.
                if used + needs > cells && grapheme != " " {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push_str(grapheme);
                used += needs;
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// A text with some byte ranges in another style. Ranges must be sorted and lie on character boundaries; those
/// that do not are drawn plain.
pub fn marked(text: &str, ranges: &[Range<usize>], plain: Style, mark: Style) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let mut at = 0;
    for range in ranges {
        let (Some(before), Some(inside)) = (text.get(at..range.start), text.get(range.clone())) else {
            continue;
        };
        if !before.is_empty() {
            spans.push(Span::styled(before.to_owned(), plain));
        }
        if !inside.is_empty() {
            spans.push(Span::styled(inside.to_owned(), plain.patch(mark)));
        }
        at = range.end;
    }
    if let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        spans.push(Span::styled(rest.to_owned(), plain));
    }
    spans
}

/// Cuts styled text to at most `cells`, with `…` where something was cut.
pub fn cut_spans(spans: Vec<Span<'static>>, cells: usize) -> Vec<Span<'static>> {
    let total: usize = spans.iter().map(Span::width).sum();
    if total <= cells {
        return spans;
    }
    let mut kept = Vec::new();
    let mut left = cells.saturating_sub(1);
    for span in spans {
        let needs = span.width();
        if needs <= left {
            left -= needs;
            kept.push(span);
            continue;
        }
        let mut part = String::new();
        for grapheme in span.content.graphemes(true) {
            if grapheme.width() > left {
                break;
            }
            left -= grapheme.width();
            part.push_str(grapheme);
        }
        if cells > 0 {
            part.push('…');
        }
        kept.push(Span::styled(part, span.style));
        break;
    }
    kept
}

/// Draws one line at the top of an area, cut to its width.
pub fn put(buf: &mut Buffer, area: Rect, line: impl Into<Line<'static>>) {
    if area.height > 0 && area.width > 0 {
        let line = line.into();
        let spans = cut_spans(line.spans, usize::from(area.width));
        Line::from(spans).style(line.style).render(Rect { height: 1, ..area }, buf);
    }
}

/// Draws one line at the top of an area, at its right end.
pub fn put_right(buf: &mut Buffer, area: Rect, line: impl Into<Line<'static>>) {
    let line = line.into();
    let taken = (line.width() as u16).min(area.width);
    put(buf, Rect { x: area.right() - taken, width: taken, ..area }, line);
}

/// Draws lines one below the other, as many as there is room for.
pub fn put_lines(buf: &mut Buffer, area: Rect, lines: impl IntoIterator<Item = Line<'static>>) {
    for (row, line) in area.rows().zip(lines) {
        put(buf, row, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_respects_wide_characters() {
        assert_eq!(cut("Réjean", 6), "Réjean");
        assert_eq!(cut("Réjean", 5), "Réje…");
        assert_eq!(cut("王小明", 5), "王小…");
        assert_eq!(cut("王小明", 4), "王…");
        assert_eq!(cut("ab", 0), "");
        assert_eq!(cut("a\x1b[31mb", 9), "a[31mb");
    }

    #[test]
    fn fitting_pads_to_the_cell() {
        assert_eq!(fit("王", 4), "王  ");
        assert_eq!(fit("abcdef", 4), "abc…");
    }

    #[test]
    fn wrapping_breaks_at_blanks_and_long_words() {
        assert_eq!(wrap("planches de cèdre", 9), ["planches", "de cèdre"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("a\n\nb", 3), ["a", "", "b"]);
        assert_eq!(wrap("villes, chapeaux", 7), ["villes,", "chapeau", "x"]);
        assert_eq!(wrap("quoi\u{a0}? =planches #bois", 11), ["quoi\u{a0}?", "=planches", "#bois"]);
    }

    #[test]
    fn marks_that_do_not_fit_are_plain() {
        let spans = marked("été", &[0..1, 2..3], Style::new(), Style::new());
        assert_eq!(spans.iter().map(|s| s.content.as_ref()).collect::<String>(), "été");
    }
}
