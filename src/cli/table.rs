//! Columns of text, aligned by display width and shortened to fit a terminal.

use std::io;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::output::{Output, Style};

/// Blanks between two columns.
const GAP: usize = 2;
/// No column is made narrower than this to fit the terminal.
const NARROWEST: usize = 6;

/// Writes rows of clean cells. Columns that are empty in every row are left out; on a terminal the widest columns
/// give way until a row fits.
pub fn write<const N: usize>(out: &mut Output, styles: [Style; N], rows: &[[String; N]]) -> io::Result<()> {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    if let Some(room) = out.width {
        fit(&mut widths, room);
    }
    let last = widths.iter().rposition(|width| *width > 0).unwrap_or(0);
    for row in rows {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
            if width == 0 {
                continue;
            }
            let cell = shortened(cell, width);
            line.push_str(&out.paint(styles[at], &cell));
            if at < last {
                line.extend(std::iter::repeat_n(' ', width - cell.width().min(width) + GAP));
            }
        }
        out.line(line.trim_end())?;
    }
    Ok(())
}

/// Takes columns from the widest until all fit into `room`, as far as [`NARROWEST`] allows.
fn fit(widths: &mut [usize], room: usize) {
    let columns = widths.iter().filter(|width| **width > 0).count();
    let gaps = columns.saturating_sub(1) * GAP;
    while widths.iter().sum::<usize>() + gaps > room {
        let Some(widest) = widths.iter_mut().max() else { return };
        if *widest <= NARROWEST {
            return;
        }
        *widest -= 1;
    }
}

/// The text cut to `width` columns, with an ellipsis where something was cut.
pub fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used + 1 > width {
            break;
        }
        cut.push_str(grapheme);
    }
    cut.push('…');
    cut
}

/// The text in lines of at most `width` columns, broken between words where it can be.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::*;
    use crate::wording::Lang;

    #[derive(Clone, Default)]
    struct Page(Rc<RefCell<Vec<u8>>>);

    impl io::Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn page(width: Option<usize>, rows: &[[&str; 3]]) -> String {
        let page = Page::default();
        let mut out = Output::to(Box::new(page.clone()), width, Lang::En);
        let rows: Vec<_> = rows.iter().map(|row| row.map(str::to_owned)).collect();
        write(&mut out, [Style::Title, Style::Plain, Style::Muted], &rows).expect("memory takes all");
        out.flush().expect("memory takes all");
        let bytes = page.0.borrow().clone();
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn columns_align_by_display_width() {
        let text = page(None, &[["山田太郎", "", "x"], ["Zoé", "", "y"]]);
        assert_eq!(text, "山田太郎  x\nZoé       y\n");
    }

    #[test]
    fn rows_fit_the_terminal() {
        let text = page(Some(24), &[["Réjean Tremblay", "vendeur de planches", "Cowansville"]]);
        for line in text.lines() {
            assert!(line.width() <= 24, "{line}");
        }
        assert!(text.contains('…'));
    }

    #[test]
    fn a_cut_never_splits_a_wide_character() {
        assert_eq!(shortened("山田太郎", 5), "山田…");
        assert_eq!(shortened("e\u{301}te\u{301}", 3), "e\u{301}te\u{301}");
    }

    #[test]
    fn long_text_breaks_between_words() {
        assert_eq!(wrapped("un deux trois\n\nquatre", 8), ["un deux", "trois", "", "quatre"]);
        assert_eq!(wrapped("anticonstitutionnellement", 5), ["anticonstitutionnellement"]);
    }
}
