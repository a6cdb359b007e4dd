//! Help: the keys by chapter, from the one table and the user's own keys, and the signs of the grammar, each with
//! an example. Text to read: it scrolls, and flows into as many columns as there is room for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::command::{Chapter, Command, Places, TABLE};
use crate::tui::effect::Effect;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::theme::Theme;
use crate::tui::widgets::{frame, scroll, text};
use crate::wording::Catalogue;

/// A column is at least so wide.
const COLUMN: u16 = 52;
/// Blanks between columns.
const GAP: u16 = 4;
/// Cells for keys, before what they do.
const KEYS: usize = 14;
/// Cells for an example, before what it means.
const EXAMPLE: usize = 27;

/// The help page, scrolled by so many lines.
#[derive(Default)]
pub struct Help {
    top: usize,
}

/// Lines that stay together in one column.
type Block = Vec<Line<'static>>;

impl Help {
    fn layout(area: Rect) -> (Rect, Rect) {
        let margin = if area.width >= 100 { 2 } else { 0 };
        let popup = Rect { x: area.x + margin, width: area.width.saturating_sub(2 * margin), ..area };
        (popup, frame::inside(popup))
    }

    /// The columns, each a list of lines.
    fn columns(inside: Rect, cx: &Cx<'_>) -> Vec<Block> {
        let count = usize::from((inside.width + GAP) / (COLUMN + GAP)).clamp(1, 3);
        let width = column_width(inside.width, count);
        flow(blocks(cx, width), count)
    }
}

fn column_width(width: u16, count: usize) -> usize {
    let gaps = usize::from(GAP) * (count - 1);
    usize::from(width).saturating_sub(gaps) / count
}

/// Everything there is to read, in order.
fn blocks(cx: &Cx<'_>, width: usize) -> Vec<Block> {
    let mut blocks = vec![signs(cx, width)];
    let chapters = [Chapter::Capture, Chapter::Change, Chapter::Use, Chapter::Move, Chapter::Program];
    blocks.extend(chapters.into_iter().map(|chapter| keys(chapter, cx, width)));
    blocks.push(queries(cx, width));
    blocks.push(others(cx, width));
    blocks
}

fn keys(chapter: Chapter, cx: &Cx<'_>, width: usize) -> Block {
    let title = match chapter {
        Chapter::Move => cx.t.help_chapter_move(),
        Chapter::Capture => cx.t.help_chapter_capture(),
        Chapter::Change => cx.t.help_chapter_change(),
        Chapter::Use => cx.t.help_chapter_use(),
        Chapter::Program => cx.t.help_chapter_program(),
    };
    let mut block = vec![Line::styled(title, cx.theme.title)];
    for spec in TABLE.iter().filter(|spec| spec.chapter == chapter) {
        let keys: Vec<_> = cx.keymap.keys(spec.command).iter().map(|key| key.label()).collect();
        let keys = vec![Span::styled(keys.join("  "), cx.theme.key)];
        two_columns(&mut block, keys, KEYS, &(spec.help)(cx.t), width, cx.theme.text);
    }
    block
}

/// A text of the catalogue.
type Word = fn(&Catalogue) -> String;

fn signs(cx: &Cx<'_>, width: usize) -> Block {
    let theme = cx.theme;
    let rows: [(Word, Word, Style); 11] = [
        (Catalogue::help_org_example, Catalogue::help_org, theme.org),
        (Catalogue::help_role_example, Catalogue::help_role, theme.text),
        (Catalogue::help_value_example, Catalogue::help_value, theme.value),
        (Catalogue::help_tag_example, Catalogue::help_tag, theme.tag),
        (Catalogue::help_market_example, Catalogue::help_market, theme.market),
        (Catalogue::help_met_example, Catalogue::help_met, theme.event),
        (Catalogue::help_via_example, Catalogue::help_via, theme.strong),
        (Catalogue::help_in_example, Catalogue::help_in, theme.event),
        (Catalogue::help_close_example, Catalogue::help_close, theme.dots),
        (Catalogue::help_next_example, Catalogue::help_next, theme.date),
        (Catalogue::help_note_example, Catalogue::help_note, theme.text),
    ];
    let mut block = vec![Line::styled(cx.t.help_signs(), theme.title)];
    block.extend(wrapped(&cx.t.help_line(), width, theme.text));
    block.extend(wrapped(&cx.t.help_line_example(), width, theme.strong));
    block.push(Line::default());
    examples(&mut block, &rows, cx, width);
    block
}

fn queries(cx: &Cx<'_>, width: usize) -> Block {
    let style = cx.theme.strong;
    let rows: [(Word, Word, Style); 7] = [
        (Catalogue::help_not_example, Catalogue::help_not, style),
        (Catalogue::help_or_example, Catalogue::help_or, style),
        (Catalogue::help_quotes_example, Catalogue::help_quotes, style),
        (Catalogue::help_range_example, Catalogue::help_range, style),
        (Catalogue::help_is_example, Catalogue::help_is, style),
        (Catalogue::help_has_example, Catalogue::help_has, style),
        (Catalogue::help_stale_example, Catalogue::help_stale, style),
    ];
    let mut block = vec![Line::styled(cx.t.help_queries(), cx.theme.title)];
    examples(&mut block, &rows, cx, width);
    block
}

fn others(cx: &Cx<'_>, width: usize) -> Block {
    let style = cx.theme.strong;
    let rows: [(Word, Word, Style); 3] = [
        (Catalogue::help_need_example, Catalogue::help_need, style),
        (Catalogue::help_log_example, Catalogue::help_log, style),
        (Catalogue::help_mandate_example, Catalogue::help_mandate, style),
    ];
    let mut block = vec![Line::styled(cx.t.help_others(), cx.theme.title)];
    examples(&mut block, &rows, cx, width);
    block
}

fn examples(block: &mut Block, rows: &[(Word, Word, Style)], cx: &Cx<'_>, width: usize) {
    for (example, meaning, style) in rows {
        let left = vec![Span::styled(example(cx.t), *style)];
        two_columns(block, left, EXAMPLE, &meaning(cx.t), width, cx.theme.muted);
    }
}

/// Something short at the left, words at the right, wrapped under themselves.
fn two_columns(
    block: &mut Block,
    left: Vec<Span<'static>>,
    column: usize,
    words: &str,
    width: usize,
    style: Style,
) {
    let lines = text::wrap(words, width.saturating_sub(column).max(10));
    let taken: usize = left.iter().map(Span::width).sum();
    let mut spans = left;
    spans.push(Span::raw(" ".repeat(column.saturating_sub(taken).max(1))));
    for (at, line) in lines.into_iter().enumerate() {
        if at > 0 {
            spans.push(Span::raw(" ".repeat(column)));
        }
        spans.push(Span::styled(line, style));
        block.push(Line::from(std::mem::take(&mut spans)));
    }
}

fn wrapped(words: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    text::wrap(words, width.max(10)).into_iter().map(|line| Line::styled(line, style)).collect()
}

/// Deals blocks out to columns in order, so that the longest column is as short as can be.
fn flow(blocks: Vec<Block>, count: usize) -> Vec<Block> {
    let total: usize = blocks.iter().map(|block| block.len() + 1).sum();
    let longest = blocks.iter().map(Vec::len).max().unwrap_or(0);
    let fits = |height: &usize| columns_needed(&blocks, *height) <= count;
    let height = (longest..=total).find(fits).unwrap_or(total);
    let mut columns = vec![Block::new()];
    for block in blocks {
        let last = columns.len() - 1;
        if !columns[last].is_empty() && columns[last].len() + block.len() + 1 > height {
            columns.push(Block::new());
        }
        let last = columns.len() - 1;
        if !columns[last].is_empty() {
            columns[last].push(Line::default());
        }
        columns[last].extend(block);
    }
    columns
}

fn columns_needed(blocks: &[Block], height: usize) -> usize {
    let mut needed = 1;
    let mut used = 0;
    for block in blocks {
        let more = block.len() + usize::from(used > 0);
        if used > 0 && used + more > height {
            needed += 1;
            used = block.len();
        } else {
            used += more;
        }
    }
    needed
}

impl Layer for Help {
    fn place(&self) -> Places {
        Places::READER
    }

    fn enabled(&self, command: Command, _cx: &Cx<'_>) -> bool {
        command != Command::Undo
    }

    fn covers(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let (_, inside) = Self::layout(area);
        let lines = Self::columns(inside, cx).iter().map(Vec::len).max().unwrap_or(0);
        let most = lines.saturating_sub(usize::from(inside.height));
        let page = usize::from(inside.height).saturating_sub(2).max(1);
        self.top = match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Down) => self.top + 1,
            Input::Command(Command::Up) => self.top.saturating_sub(1),
            Input::Command(Command::PageDown | Command::Open | Command::Next) => self.top + page,
            Input::Command(Command::PageUp | Command::Previous) => self.top.saturating_sub(page),
            Input::Command(Command::First) => 0,
            Input::Command(Command::Last) => most,
            Input::Mouse(mouse) => match mouse.act {
                MouseAct::Wheel(rows) => self.top.saturating_add_signed(isize::from(rows)),
                _ => self.top,
            },
            _ => self.top,
        }
        .min(most);
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let (popup, inside) = Self::layout(area);
        let theme: &Theme = cx.theme;
        frame::popup(popup, buf, theme, &cx.t.help_title());
        let columns = Self::columns(inside, cx);
        let count = columns.len().max(1);
        let longest = columns.iter().map(Vec::len).max().unwrap_or(0);
        let width = column_width(inside.width, count) as u16;
        for (at, column) in columns.into_iter().enumerate() {
            let x = (inside.x + at as u16 * (width + GAP)).min(inside.right());
            let place = Rect { x, width: width.min(inside.right() - x), ..inside };
            text::put_lines(buf, place, column.into_iter().skip(self.top));
        }
        scroll::thumb(buf, inside, self.top, longest, theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_filled_in_order_and_evenly() {
        let block = |lines: usize| vec![Line::from("x"); lines];
        let columns = flow(vec![block(4), block(3), block(5), block(2)], 2);
        assert_eq!(columns.iter().map(Vec::len).collect::<Vec<_>>(), [8, 8]);
        assert_eq!(flow(vec![block(4), block(9)], 1).len(), 1);
        assert!(flow(Vec::new(), 3)[0].is_empty());
    }
}
