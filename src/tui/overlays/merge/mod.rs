//! Two cards side by side: which is kept, whose value stands in each field, and why they may be one person's.
//!
//! The card on the left is kept. Where a field holds several values both stand unless the user says otherwise; of a single
//! value one stands. What gives way goes to the note, so nothing chosen here loses anything, and undo brings both back.

mod values;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::domain::merge::{Choice, Choices, Field};
use crate::protocol::{Job, Lookalikes, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Mood, Tag, Toast};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::overlays::duplicates;
use crate::tui::widgets::{frame, scroll, text};
use values::Value;

/// The widest that it gets.
const WIDEST: u16 = 150;
/// Cells of the sign before the row under the cursor.
const SIGN: u16 = 2;
/// Cells before a value: a dot that says whether it stands, and air.
const DOT: u16 = 2;
/// Most rows of reasons above the fields.
const WHY: u16 = 4;
/// Rows for the heads of both columns, air above and below.
const HEAD: u16 = 3;
/// A row below the fields: what becomes of what gives way.
const FOOT: u16 = 2;
/// Tags of jobs.
const EVIDENCE: Tag = 1;
const MERGE: Tag = 2;
const REFUSE: Tag = 3;

/// Two cards side by side.
pub struct Merge {
    keep: ContactId,
    other: ContactId,
    choices: Choices,
    cursor: usize,
    asked: bool,
    found: Found,
}

/// What the engine says of the two cards.
enum Found {
    /// It has not answered yet.
    Asked,
    /// Nothing speaks for one person.
    Nothing,
    /// Why they may be one.
    Alike(Box<Lookalikes>),
}

/// A field of which at least one card holds something.
struct Row {
    field: Field,
    label: String,
    kept: Vec<Value>,
    other: Vec<Value>,
    /// Both hold the same: there is nothing to choose.
    same: bool,
}

/// A line of a row, ready to draw: which row, and its cells.
struct Drawn {
    row: usize,
    first: bool,
    kept: Vec<Span<'static>>,
    other: Vec<Span<'static>>,
}

struct Parts {
    popup: Rect,
    why: Rect,
    head: Rect,
    rows: Rect,
    foot: Rect,
    /// Cells of labels, and of each column with its dot.
    label: u16,
    column: u16,
}

impl Merge {
    /// Two cards, of which the first is kept.
    pub fn new(keep: ContactId, other: ContactId) -> Self {
        Self { keep, other, choices: Choices::new(), cursor: 0, asked: false, found: Found::Asked }
    }

    fn cards<'a>(&self, cx: &Cx<'a>) -> Option<(&'a Contact, &'a Contact)> {
        let book = &cx.snapshot.book;
        Some((book.contact(self.keep)?, book.contact(self.other)?))
    }

    fn rows(&self, cx: &Cx<'_>) -> Vec<Row> {
        let Some((kept, other)) = self.cards(cx) else { return Vec::new() };
        let fields = Field::ALL.into_iter().filter(|field| !(cx.discreet && values::is_private(*field)));
        fields
            .map(|field| {
                let (kept, other) = (values::of(kept, field, cx), values::of(other, field, cx));
                let said = |values: &[Value]| values.iter().map(Value::whole).collect::<Vec<_>>();
                let same = said(&kept) == said(&other);
                Row { field, label: values::label(field, cx), kept, other, same }
            })
            .filter(|row| !row.kept.is_empty() || !row.other.is_empty())
            .collect()
    }

    fn parts(&self, area: Rect, rows: &[Row], cx: &Cx<'_>) -> Parts {
        let width = WIDEST.min(area.width);
        let longest = rows.iter().map(|row| text::width(&row.label)).max().unwrap_or(0) as u16;
        let inner = frame::inside(Rect { width, height: area.height, ..area });
        let label = (longest + 2).min(inner.width / 4);
        let column = inner.width.saturating_sub(SIGN + label) / 2;
        let lines = drawn(rows, &Choices::new(), column, cx).len() as u16;
        let why = (self.why(inner.width, cx).len() as u16).min(WHY);
        let height = (lines + why + HEAD + FOOT + 2).min(area.height);
        let popup = frame::centred(area, width, height);
        let inner = frame::inside(popup);
        let cut = |from: u16, height: u16| Rect {
            y: inner.y + from.min(inner.height),
            height: height.min(inner.height.saturating_sub(from)),
            ..inner
        };
        let above = why + HEAD;
        let rows = cut(above, inner.height.saturating_sub(above + FOOT));
        let foot = cut(inner.height.saturating_sub(1), 1);
        Parts { popup, why: cut(0, why), head: cut(why + 1, 1), rows, foot, label, column }
    }

    fn choose(&mut self, row: &Row, choice: Choice) {
        // Of a single value both cannot stand; where one side is empty, or both say the same, there is no choice.
        let choice = if choice == Choice::Both && !row.field.is_list() { Choice::Kept } else { choice };
        if !row.same && !row.kept.is_empty() && !row.other.is_empty() {
            self.choices.insert(row.field, choice);
        }
    }

    fn swap(&mut self) {
        std::mem::swap(&mut self.keep, &mut self.other);
        for choice in self.choices.values_mut() {
            *choice = match choice {
                Choice::Both => Choice::Both,
                Choice::Kept => Choice::Other,
                Choice::Other => Choice::Kept,
            };
        }
        if let Found::Alike(found) = &mut self.found {
            std::mem::swap(&mut found.a, &mut found.b);
        }
    }

    fn command(&mut self, command: Command, rows: &[Row], page: u16, cx: &Cx<'_>) -> Vec<Effect> {
        let last = rows.len().saturating_sub(1);
        let page = usize::from(page).max(1);
        let current = rows.get(self.cursor);
        match command {
            Command::Down | Command::Next => self.cursor = (self.cursor + 1).min(last),
            Command::Up | Command::Previous => self.cursor = self.cursor.saturating_sub(1),
            Command::First => self.cursor = 0,
            Command::Last => self.cursor = last,
            Command::PageDown => self.cursor = (self.cursor + page).min(last),
            Command::PageUp => self.cursor = self.cursor.saturating_sub(page),
            Command::TakeLeft => current.into_iter().for_each(|row| self.choose(row, Choice::Kept)),
            Command::TakeRight => current.into_iter().for_each(|row| self.choose(row, Choice::Other)),
            Command::TakeBoth => current.into_iter().for_each(|row| self.choose(row, Choice::Both)),
            Command::SwapCards => self.swap(),
            Command::Back => return vec![Effect::Close],
            Command::MakeOne => return self.merge(cx),
            Command::NotSame => {
                if let Some((kept, other)) = self.cards(cx) {
                    return vec![Effect::Ask(Job::Refuse { a: kept.uid(), b: other.uid() }, REFUSE)];
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn merge(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some((kept, other)) = self.cards(cx) else { return vec![Effect::Close] };
        let (keep, other) = (kept.uid(), other.uid());
        vec![Effect::Ask(Job::Merge { keep, other, choices: self.choices.clone(), dry_run: false }, MERGE)]
    }

    /// Asks once why the two may be one person.
    fn ask(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some((kept, _)) = self.cards(cx).filter(|_| !self.asked) else { return Vec::new() };
        self.asked = true;
        vec![Effect::Ask(Job::Duplicates { of: Some(kept.uid()), limit: None }, EVIDENCE)]
    }

    /// A click on a value lets it stand.
    fn click(&mut self, at: Position, parts: &Parts, rows: &[Row], cx: &Cx<'_>) {
        let lines = drawn(rows, &self.choices, parts.column, cx);
        let line = self.top(&lines, parts.rows.height) + usize::from(at.y - parts.rows.y);
        let Some(row) = lines.get(line).map(|line| line.row) else { return };
        self.cursor = row;
        let x = at.x - parts.rows.x;
        if x >= SIGN + parts.label {
            let side = if x < SIGN + parts.label + parts.column { Choice::Kept } else { Choice::Other };
            self.choose(&rows[row], side);
        }
    }

    /// The first visible line, so that the whole row under the cursor is visible.
    fn top(&self, lines: &[Drawn], height: u16) -> usize {
        let height = usize::from(height).max(1);
        let end = lines.iter().rposition(|line| line.row == self.cursor).map_or(0, |last| last + 1);
        end.saturating_sub(height)
    }

    /// Why the two may be one person, in lines.
    fn why(&self, width: u16, cx: &Cx<'_>) -> Vec<Line<'static>> {
        let theme = cx.theme;
        let spans = match &self.found {
            Found::Asked => vec![Span::styled(cx.t.duplicates_loading(), theme.faint)],
            Found::Nothing => vec![Span::styled(cx.t.merge_no_reason(), theme.muted)],
            Found::Alike(found) => {
                let mut spans = duplicates::likelihood(found.likelihood, theme, cx.t.lang());
                spans.push(Span::raw("  "));
                spans.extend(duplicates::reasons(&found.evidence, theme, cx));
                spans
            }
        };
        flowed(spans, usize::from(width))
    }

    fn view_head(&self, parts: &Parts, buf: &mut Buffer, cx: &Cx<'_>) {
        let theme = cx.theme;
        for (side, words) in [(0, cx.t.merge_kept()), (1, cx.t.merge_gone())] {
            let x = parts.head.x + SIGN + parts.label + side * parts.column;
            let place = Rect { x, width: parts.column.saturating_sub(1), ..parts.head };
            text::put(buf, place, Span::styled(words, theme.title));
        }
    }

    fn view_rows(&self, parts: &Parts, rows: &[Row], buf: &mut Buffer, cx: &Cx<'_>) {
        let theme = cx.theme;
        let lines = drawn(rows, &self.choices, parts.column, cx);
        let top = self.top(&lines, parts.rows.height);
        for (place, line) in parts.rows.rows().zip(&lines[top..]) {
            let row = &rows[line.row];
            let chosen = line.row == self.cursor;
            if chosen {
                buf.set_style(place, theme.selected);
            }
            let sign = if chosen && line.first { "› " } else { "  " };
            text::put(buf, Rect { width: SIGN, ..place }, Span::styled(sign, theme.title));
            if line.first {
                let at = Rect { x: place.x + SIGN, width: parts.label.saturating_sub(1), ..place };
                text::put(buf, at, Span::styled(row.label.clone(), theme.muted));
            }
            for (side, spans) in [(0, &line.kept), (1, &line.other)] {
                let x = place.x + SIGN + parts.label + side * parts.column;
                let at = Rect { x, width: parts.column.saturating_sub(1), ..place };
                text::put(buf, at, Line::from(spans.clone()));
            }
        }
        scroll::thumb(buf, parts.rows, top, lines.len(), theme);
    }
}

/// The rows as lines, with a dot before each value: full where it stands, empty where it gives way.
fn drawn(rows: &[Row], choices: &Choices, column: u16, cx: &Cx<'_>) -> Vec<Drawn> {
    let theme = cx.theme;
    let width = usize::from(column.saturating_sub(DOT + 1));
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let choice = choices.get(&row.field).copied().unwrap_or_default();
        let stands = |kept: bool| {
            let alone = if kept { row.other.is_empty() } else { row.kept.is_empty() };
            alone
                || row.same
                || match choice {
                    Choice::Both => kept || row.field.is_list(),
                    Choice::Kept => kept,
                    Choice::Other => !kept,
                }
        };
        let side = |values: &[Value], stands: bool, across: &[Value]| -> Vec<Vec<Span<'static>>> {
            let lines = values.iter().flat_map(|value| {
                let whole = value.whole();
                // What both sides hold stands, whoever's is chosen.
                let stands = stands || across.iter().any(|other| other.whole() == whole);
                let dot = match (row.same, stands) {
                    (true, _) => Span::raw("  "),
                    (false, true) => Span::styled("● ", theme.good),
                    (false, false) => Span::styled("○ ", theme.faint),
                };
                let lines = text::wrap(&whole, width).into_iter().enumerate().map(|(n, line)| {
                    let mut spans = vec![if n == 0 { dot.clone() } else { Span::raw("  ") }];
                    if stands && !row.same {
                        spans.extend(value.spans(&line, theme.faint));
                    } else {
                        spans.push(Span::styled(line, theme.muted));
                    }
                    spans
                });
                lines.collect::<Vec<_>>()
            });
            lines.collect()
        };
        let kept = side(&row.kept, stands(true), &row.other);
        let other = side(&row.other, stands(false), &row.kept);
        for n in 0..kept.len().max(other.len()) {
            let line = |side: &[Vec<Span<'static>>]| side.get(n).cloned().unwrap_or_default();
            lines.push(Drawn { row: at, first: n == 0, kept: line(&kept), other: line(&other) });
        }
    }
    lines
}

/// Styled text in lines, broken at blanks.
fn flowed(spans: Vec<Span<'static>>, width: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Vec<Span<'static>>> = vec![Vec::new()];
    let mut used = 0;
    for span in spans {
        for word in span.content.split_inclusive(' ') {
            let bare = word.trim_end_matches(' ');
            if used > 0 && used + text::width(bare) > width {
                lines.push(Vec::new());
                used = 0;
            }
            // The blank behind the last word of a line stays off it, so that the line is not cut for its sake.
            let word = if used + text::width(word) > width { bare } else { word };
            used += text::width(word);
            if let Some(line) = lines.last_mut() {
                line.push(Span::styled(word.to_owned(), span.style));
            }
        }
    }
    lines.into_iter().map(Line::from).collect()
}

impl Layer for Merge {
    fn place(&self) -> Places {
        Places::MERGE
    }

    fn enabled(&self, command: Command, cx: &Cx<'_>) -> bool {
        match command {
            Command::TakeLeft | Command::TakeRight | Command::TakeBoth => {
                let rows = self.rows(cx);
                rows.get(self.cursor).is_some_and(|row| {
                    let both = command != Command::TakeBoth || row.field.is_list();
                    both && !row.same && !row.kept.is_empty() && !row.other.is_empty()
                })
            }
            _ => true,
        }
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let rows = self.rows(cx);
        let parts = self.parts(area, &rows, cx);
        match input {
            Input::Command(command) => return self.command(command, &rows, parts.rows.height, cx),
            Input::Mouse(mouse) => match mouse.act {
                MouseAct::Press if !parts.popup.contains(mouse.at) => return vec![Effect::Close],
                MouseAct::Press | MouseAct::Double if parts.rows.contains(mouse.at) => {
                    self.click(mouse.at, &parts, &rows, cx);
                }
                MouseAct::Wheel(by) => {
                    let command = if by > 0 { Command::Down } else { Command::Up };
                    return self.command(command, &rows, parts.rows.height, cx);
                }
                _ => {}
            },
            Input::Reply(EVIDENCE, Reply::Duplicates { pairs, .. }) => {
                let pair = [self.keep, self.other];
                let ours = |found: &&Lookalikes| pair.contains(&found.a.id) && pair.contains(&found.b.id);
                self.found = match pairs.iter().find(ours) {
                    Some(found) => Found::Alike(Box::new(found.clone())),
                    None => Found::Nothing,
                };
            }
            Input::Reply(MERGE, Reply::Merged { contact, .. }) => {
                let text = cx.t.merge_done(contact.display_name());
                return vec![Effect::Toast(Toast { mood: Mood::Good, text }), Effect::Close];
            }
            Input::Reply(REFUSE, Reply::Changed { .. }) => return vec![Effect::Close],
            Input::Refreshed => {
                self.cursor = self.cursor.min(rows.len().saturating_sub(1));
                if self.cards(cx).is_none() && cx.snapshot.loaded {
                    return vec![Effect::Close];
                }
                return self.ask(cx);
            }
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let rows = self.rows(cx);
        let parts = self.parts(area, &rows, cx);
        let theme = cx.theme;
        frame::popup(parts.popup, buf, theme, &cx.t.merge_title());
        text::put_lines(buf, parts.why, self.why(parts.why.width, cx));
        self.view_head(&parts, buf, cx);
        self.view_rows(&parts, &rows, buf, cx);
        text::put(buf, parts.foot, Span::styled(cx.t.merge_foot(), theme.faint));
    }
}
