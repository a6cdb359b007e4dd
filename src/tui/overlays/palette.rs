//! The palette: every command that works on the layer below, found by typing, with its keys.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

use crate::tui::command::{Command, Places};
use crate::tui::effect::Effect;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::filter::Filter;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::{self, ListState};
use crate::tui::widgets::{entry, frame, scroll, text};

/// The widest that the palette gets.
const WIDEST: u16 = 104;
/// From this width on, helps fit in their rows.
const ROOMY: u16 = 96;
/// The widest column of names.
const NAMES: usize = 26;

/// The commands to choose from, and those that fit what was typed.
pub struct Palette {
    commands: Vec<Command>,
    typed: LineEdit,
    rows: Vec<Row>,
    list: ListState,
}

/// A command that fits.
struct Row {
    command: Command,
    label: String,
    help: String,
    keys: String,
    label_marks: Vec<Range<usize>>,
    help_marks: Vec<Range<usize>>,
}

/// Where things stand.
struct Layout {
    popup: Rect,
    entry: Rect,
    rows: Rect,
    /// Where the help of the chosen command stands whole; empty where the rows have room for it.
    detail: Rect,
}

impl Palette {
    /// A palette of these commands. Those that only move a cursor are left out: nobody looks them up to run them.
    pub fn new(mut commands: Vec<Command>, cx: &Cx<'_>) -> Self {
        commands.retain(|command| !only_moves(*command));
        let mut palette =
            Self { commands, typed: LineEdit::default(), rows: Vec::new(), list: ListState::default() };
        palette.find(cx);
        palette
    }

    fn find(&mut self, cx: &Cx<'_>) {
        let filter = Filter::new(self.typed.text());
        let mut found: Vec<(i64, Row)> = self
            .commands
            .iter()
            .filter_map(|command| {
                let spec = command.spec();
                let (label, help) = ((spec.label)(cx.t), (spec.help)(cx.t));
                let (fit, help_marks) = filter.fit(&label, &help)?;
                let keys = cx.keymap.keys(*command).iter().take(2).map(|key| key.label());
                let keys = keys.collect::<Vec<_>>().join("  ");
                let row = Row { command: *command, label, help, keys, label_marks: fit.marks, help_marks };
                Some((fit.score, row))
            })
            .collect();
        // A stable sort: equal ones stay in the order of the table.
        found.sort_by_key(|(score, _)| -score);
        self.rows = found.into_iter().map(|(_, row)| row).collect();
    }

    fn layout(&self, area: Rect) -> Layout {
        let height = (self.commands.len() as u16 + 4).min(area.height.saturating_sub(2));
        let popup = frame::centred(area, WIDEST.min(area.width.saturating_sub(4)), height);
        let inside = frame::inside(popup);
        let entry = Rect { height: inside.height.min(1), ..inside };
        let detail = if popup.width < ROOMY { inside.height.saturating_sub(4).min(2) } else { 0 };
        let top = inside.height.min(2);
        let rows = Rect { y: inside.y + top, height: inside.height - top - detail, ..inside };
        let detail = Rect { y: rows.bottom(), height: detail, ..inside };
        Layout { popup, entry, rows, detail }
    }

    fn run(&self) -> Vec<Effect> {
        self.rows.get(self.list.cursor()).map(|row| Effect::Run(row.command)).into_iter().collect()
    }
}

/// Whether a command does nothing but move within the layer that is open.
fn only_moves(command: Command) -> bool {
    matches!(
        command,
        Command::Down
            | Command::Up
            | Command::First
            | Command::Last
            | Command::PageDown
            | Command::PageUp
            | Command::Left
            | Command::Right
            | Command::Open
            | Command::Back
            | Command::Next
            | Command::Previous
            | Command::Palette
    )
}

impl Layer for Palette {
    fn place(&self) -> Places {
        Places::PICKER
    }

    fn typing(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let layout = self.layout(area);
        let height = layout.rows.height;
        let changed = match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.run(),
            Input::Command(command) => {
                let command = match command {
                    Command::Next => Command::Down,
                    Command::Previous => Command::Up,
                    other => other,
                };
                self.list.command(command, self.rows.len(), height);
                false
            }
            Input::Key(key) => self.typed.key(key),
            Input::Paste(pasted) => {
                self.typed.paste(pasted);
                true
            }
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !layout.popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                if self.list.mouse(mouse, layout.rows, self.rows.len()).is_some() {
                    return self.run();
                }
                false
            }
            Input::Refreshed => {
                self.find(cx);
                self.list.clamp(self.rows.len(), height);
                false
            }
            _ => false,
        };
        if changed {
            self.find(cx);
            self.list.select(0, self.rows.len(), height);
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let layout = self.layout(area);
        let theme = cx.theme;
        frame::popup(layout.popup, buf, theme, &cx.t.palette_title());
        entry::view(&self.typed, layout.entry, buf, theme, &cx.t.palette_placeholder(), "");
        if self.rows.is_empty() {
            let words = cx.t.palette_nothing(self.typed.text());
            text::put(buf, layout.rows, Span::styled(words, theme.muted));
            return;
        }
        let names = self.commands.iter().map(|command| text::width(&(command.spec().label)(cx.t)));
        let names = names.max().unwrap_or(0).min(NAMES);
        let whole = usize::from(layout.rows.width);
        for (line, at) in self.list.visible(self.rows.len(), layout.rows.height).enumerate() {
            let row = &self.rows[at];
            let place = Rect { y: layout.rows.y + line as u16, height: 1, ..layout.rows };
            let helps = whole.saturating_sub(names + text::width(&row.keys) + 6);
            let mut left = column(&row.label, &row.label_marks, names, theme.strong, theme.matched);
            left.push(Span::raw("  "));
            left.extend(column(&row.help, &row.help_marks, helps, theme.muted, theme.matched));
            let right = vec![Span::styled(row.keys.clone(), theme.key)];
            list::put_row(buf, place, at == self.list.cursor(), theme, left, right);
        }
        scroll::thumb(buf, layout.rows, self.list.top(), self.rows.len(), theme);
        if let Some(row) = self.rows.get(self.list.cursor()) {
            let last = Rect { y: layout.detail.bottom().saturating_sub(1), ..layout.detail };
            text::put(buf, last.intersection(layout.detail), Span::styled(row.help.clone(), theme.text));
        }
    }

    fn cursor(&self, area: Rect, _cx: &Cx<'_>) -> Option<Position> {
        entry::cursor(&self.typed, self.layout(area).entry)
    }
}

/// A text with its marks, cut and padded to a column.
fn column(
    words: &str,
    marks: &[Range<usize>],
    cells: usize,
    plain: ratatui::style::Style,
    mark: ratatui::style::Style,
) -> Vec<Span<'static>> {
    let mut spans = text::cut_spans(text::marked(words, marks, plain, mark), cells);
    let used: usize = spans.iter().map(Span::width).sum();
    spans.push(Span::raw(" ".repeat(cells.saturating_sub(used))));
    spans
}
