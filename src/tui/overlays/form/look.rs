//! How a form looks: where its rows stand, its title and its last line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Form;
use crate::tui::command::Command;
use crate::tui::fields::draft::Draft;
use crate::tui::fields::editing::Editing;
use crate::tui::fields::field::ListOf;
use crate::tui::fields::rows::{self, Page, Row};
use crate::tui::fields::show;
use crate::tui::layer::Cx;
use crate::tui::widgets::{frame, list, text};

/// The widest that a form gets.
const WIDEST: u16 = 104;

/// Where things stand.
pub(super) struct Layout {
    pub(super) popup: Rect,
    pub(super) rows: Rect,
    /// Cells for the labels, the sign before them included.
    pub(super) label: u16,
    pub(super) message: Rect,
}

impl Form {
    pub(super) fn layout(area: Rect, rows: &[Row], cx: &Cx<'_>) -> Layout {
        let width = WIDEST.min(area.width.saturating_sub(2));
        let height = (rows.len() as u16 + 4).min(area.height);
        let popup = frame::centred(area, width, height);
        let inside = frame::inside(popup);
        let foot = inside.height.min(2);
        let body = Rect { height: inside.height - foot, ..inside };
        let labels = rows.iter().filter(|row| !matches!(row, Row::Heading(_)));
        let widest = labels.map(|row| text::width(&row.label(cx.t))).max().unwrap_or(0);
        let label = ((widest + list::SIGN + 2) as u16).min(inside.width / 2);
        let message = Rect { y: inside.bottom().saturating_sub(1), height: foot.min(1), ..inside };
        Layout { popup, rows: body, label, message }
    }

    /// Where the value of the row under the cursor stands.
    pub(super) fn value(&self, layout: &Layout) -> Rect {
        let line = self.list.cursor().saturating_sub(self.list.top()) as u16;
        let rows = layout.rows;
        let label = layout.label.min(rows.width);
        let at = Rect { x: rows.x + label, y: rows.y + line, width: rows.width - label, height: 1 };
        at.intersection(rows)
    }

    /// The name on the card.
    pub(super) fn title(&self, cx: &Cx<'_>) -> String {
        match &self.sheet.draft {
            Draft::Person(contact) => contact.display_name().to_owned(),
            Draft::Me(_) => cx.t.form_me(),
        }
    }

    pub(super) fn heading(&self, cx: &Cx<'_>) -> String {
        let who = text::cut(&self.title(cx), 50);
        let list = match self.page {
            Page::Card => return who,
            Page::Hat(_) => ListOf::Hats,
            Page::Address(_) => ListOf::Addresses,
            Page::Market(_) => ListOf::Markets,
        };
        cx.t.form_part(who, rows::name_of(list, cx.t))
    }

    /// The last line: what could not be read, what to know while typing, or how much was changed.
    pub(super) fn foot(&self, cx: &Cx<'_>) -> Line<'static> {
        let theme = cx.theme;
        if let Some(message) = &self.message {
            return Line::styled(message.clone(), theme.notice);
        }
        if let Some(Editing::Text { field, .. }) = &self.editing {
            return Line::styled(field.hint(cx.t), theme.faint);
        }
        let changed = self.sheet.changed().len();
        if changed == 0 {
            return Line::default();
        }
        let key = cx.keymap.keys(Command::Save).first().map(|key| key.label()).unwrap_or_default();
        Line::from(vec![
            Span::styled(cx.t.form_changed(changed), theme.notice),
            Span::styled(format!(" · {}", cx.t.form_keys_save(key)), theme.faint),
        ])
    }

    pub(super) fn draw(
        &self,
        row: Row,
        place: Rect,
        chosen: bool,
        label: u16,
        buf: &mut Buffer,
        cx: &Cx<'_>,
    ) {
        let theme = cx.theme;
        let cells = usize::from(label).saturating_sub(list::SIGN);
        let mut spans = match row {
            Row::Heading(section) => {
                text::put(buf, place, Span::styled(section.label(cx.t), theme.title));
                return;
            }
            Row::Save => vec![Span::styled(row.label(cx.t), theme.key)],
            _ => vec![Span::styled(text::fit(&row.label(cx.t), cells), theme.muted)],
        };
        let mut right = Vec::new();
        match row {
            Row::Field(field) => spans.extend(show::spans(&self.sheet.draft, field, cx)),
            Row::Item(list, at) => {
                spans.extend(show::item(&self.sheet.draft, list, at, cx));
                right = show::beside(&self.sheet.draft, list, at, cx);
            }
            Row::Add(_) => spans.push(Span::styled(cx.t.form_add(), theme.faint)),
            Row::Heading(_) | Row::Save => {}
        }
        list::put_row(buf, place, chosen, theme, spans, right);
    }
}
