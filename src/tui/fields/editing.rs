//! One field being edited in its row: typed, or chosen from a few.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::draft::Draft;
use super::field::Field;
use super::show;
use crate::tui::layer::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::{self, ListState};
use crate::tui::widgets::{entry, frame, text};

/// What is being edited, and how.
pub(in super::super) enum Editing {
    /// Text is typed. `before` is what stood there.
    Text { field: Field, line: LineEdit, before: String },
    /// One of a few is chosen.
    Choice { field: Field, options: Vec<String>, list: ListState },
}

impl Editing {
    /// Begins with what the field holds. Not for the note, which has an editor of its own.
    pub(in super::super) fn begin(draft: &Draft, field: Field, cx: &Cx<'_>) -> Self {
        if let Some(options) = field.choices(cx) {
            let mut list = ListState::default();
            list.select(field.chosen(draft), options.len(), options.len() as u16);
            return Self::Choice { field, options, list };
        }
        let before = show::typed(draft, field, cx);
        Self::Text { field, line: LineEdit::new(&before), before }
    }

    /// What a completion would add behind the cursor.
    pub(in super::super) fn ghost(&self, cx: &Cx<'_>) -> String {
        let (Self::Text { line, .. }, Some((start, offer))) = (self, self.offer(cx)) else {
            return String::new();
        };
        entry::ghost(&line.text()[start..], &offer).unwrap_or_default().to_owned()
    }

    /// Puts the completion in, in its own spelling; false if there is none.
    pub(in super::super) fn complete(&mut self, cx: &Cx<'_>) -> bool {
        let (Some((start, offer)), Self::Text { line, .. }) = (self.offer(cx), self) else { return false };
        line.replace(start..line.text().len(), &offer);
        true
    }

    /// The completion of what stands before the cursor, and the byte that it begins at.
    fn offer(&self, cx: &Cx<'_>) -> Option<(usize, String)> {
        let Self::Text { field, line, .. } = self else { return None };
        let (kind, separator) = field.completion()?;
        if line.cursor() < line.text().len() {
            return None;
        }
        let part = separator.map_or(line.text(), |sign| line.text().rsplit(sign).next().unwrap_or_default());
        let part = part.trim_start().trim_start_matches('#');
        let mut offers = cx.vocabulary.complete(kind, part).into_iter();
        let offer = offers.find(|offer| entry::ghost(part, offer).is_some())?;
        Some((line.text().len() - part.len(), offer))
    }

    /// Draws the line in the place of the value, or the choices beside it.
    pub(in super::super) fn view(&self, value: Rect, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let theme = cx.theme;
        match self {
            Self::Text { line, .. } => {
                buf.set_style(value, theme.selected);
                line.view(value, buf, &|_| theme.strong);
                let used = (text::width(line.text()) as u16).min(value.width);
                let rest = Rect { x: value.x + used, width: value.width - used, ..value };
                text::put(buf, rest, Span::styled(self.ghost(cx), theme.faint));
            }
            Self::Choice { options, list, .. } => {
                let (popup, rows) = choice_places(options, value, area);
                frame::popup(popup, buf, theme, "");
                draw_options(options, list, rows, buf, theme);
            }
        }
    }
}

fn draw_options(options: &[String], state: &ListState, rows: Rect, buf: &mut Buffer, theme: &Theme) {
    for (place, at) in rows.rows().zip(state.visible(options.len(), rows.height)) {
        let left = vec![Span::styled(options[at].clone(), theme.text)];
        list::put_row(buf, place, at == state.cursor(), theme, left, Vec::new());
    }
}

/// Where the choices stand: over the value, moved up where there is no room below.
pub(in super::super) fn choice_places(options: &[String], value: Rect, area: Rect) -> (Rect, Rect) {
    let widest = options.iter().map(|option| text::width(option)).max().unwrap_or(0) as u16;
    let width = (widest + 6).min(area.width);
    let height = (options.len() as u16 + 2).min(area.height);
    let x = value.x.saturating_sub(2).min(area.right().saturating_sub(width)).max(area.x);
    let y = value.y.min(area.bottom().saturating_sub(height)).max(area.y);
    let popup = Rect { x, y, width, height };
    (popup, frame::inside(popup))
}
