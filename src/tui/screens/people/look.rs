//! How the list and the person beside it are drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::People;
use crate::capture::query;
use crate::tui::layer::Cx;
use crate::tui::widgets::card::Card;
use crate::tui::widgets::person_row::{self, Look};
use crate::tui::widgets::{chips, frame, text};
use crate::wording::dates;

/// Two panes from here on; one below.
const TWO_PANES: u16 = 96;
/// Three panes from here on.
const THREE_PANES: u16 = 160;
/// Rows above the list: the query and a line about what was found.
const ABOVE: u16 = 2;

/// Where things stand.
pub(super) struct Panes {
    pub(super) list: Rect,
    card: Option<Rect>,
    timeline: Option<Rect>,
}

/// Divides an area.
pub(super) fn panes(area: Rect) -> Panes {
    let list = match area.width {
        ..TWO_PANES => area.width,
        TWO_PANES..THREE_PANES => area.width * 11 / 20,
        _ => area.width * 9 / 20,
    };
    let third = if area.width >= THREE_PANES { area.width / 4 } else { 0 };
    let card = area.width - list - third;
    Panes {
        list: Rect { width: list, ..area },
        card: (card > 0).then_some(Rect { x: area.x + list, width: card, ..area }),
        timeline: (third > 0).then_some(Rect { x: area.x + list + card, width: third, ..area }),
    }
}

/// The query row and the rows of the list inside the list's panel.
pub(super) fn inside(panel: Rect) -> (Rect, Rect) {
    let inner = frame::inside(panel);
    let query = Rect { height: inner.height.min(1), ..inner };
    let above = ABOVE.min(inner.height);
    (query, Rect { y: inner.y + above, height: inner.height - above, ..inner })
}

impl People {
    pub(super) fn view_card(&self, panes: &Panes, buf: &mut Buffer, cx: &Cx<'_>) {
        let contact = self.current().and_then(|id| cx.snapshot.book.contact(id));
        let Some(place) = panes.card else { return };
        let title = if contact.is_some() { cx.t.people_preview() } else { String::new() };
        let inner = frame::panel(place, buf, cx.theme, &title, false);
        let Some(contact) = contact else { return };
        let card = cx.card(contact, inner.width);
        match panes.timeline {
            None => text::put_lines(buf, inner, card.lines()),
            Some(place) => {
                let mut left = card.heading();
                left.extend(card.sections().into_iter().flat_map(|section| card.titled(section)));
                text::put_lines(buf, inner, left);
                let inner = frame::panel(place, buf, cx.theme, &cx.t.card_timeline(), false);
                let timeline = Card { width: usize::from(inner.width), ..card }.timeline().lines;
                if timeline.is_empty() {
                    text::put(buf, inner, Span::styled(cx.t.people_no_timeline(), cx.theme.faint));
                }
                text::put_lines(buf, inner, timeline);
            }
        }
    }

    pub(super) fn view_list(&self, panel: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        frame::panel(panel, buf, cx.theme, &cx.t.people_title(), true);
        let (query, rows) = inside(panel);
        let sign = if self.typing { cx.theme.title } else { cx.theme.faint };
        text::put(buf, query, Span::styled("/ ", sign));
        if self.query.text().is_empty() && !self.typing {
            text::put(buf, after_sign(query), Span::styled(cx.t.people_query_hint(), cx.theme.faint));
        } else {
            let read = query::read(self.query.text(), &cx.reading());
            self.query.view(after_sign(query), buf, &|at| chips::style_at(&read.chips, at, cx.theme));
        }
        let about = Rect { y: query.y + 1, ..query };
        if rows.height > 0 {
            text::put(buf, about, Span::styled(self.about(cx), cx.theme.muted));
        }
        let (rows, help) = self.help.split(rows, self.total);
        self.help.view(help, &|id| self.marks.contains(&id), buf, cx);
        if self.found.is_empty() {
            self.view_empty(rows, buf, cx);
            return;
        }
        for (at, row) in self.list.visible(self.total, rows.height).enumerate() {
            let place = Rect { y: rows.y + at as u16, height: 1, ..rows };
            let id = self.found.get(row).copied();
            if let Some(person) = id.and_then(|id| cx.snapshot.index.row(id)) {
                let look = Look {
                    query: &self.read,
                    selected: row == self.list.cursor() && self.help.current().is_none(),
                    marked: self.marks.contains(&person.id),
                    discreet: cx.discreet,
                };
                person_row::draw(&person, look, place, buf, cx.theme);
            }
        }
    }

    fn about(&self, cx: &Cx<'_>) -> String {
        if !self.answered || (!cx.snapshot.loaded && cx.snapshot.index.is_empty()) {
            return cx.t.people_loading();
        }
        let number = dates::number(self.total as u64, cx.t.lang());
        let found = cx.t.people_found(self.total, number);
        if self.marks.is_empty() {
            return found;
        }
        format!("{found} · {}", cx.t.people_marked(self.marks.len()))
    }

    fn view_empty(&self, rows: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        if !self.answered || !cx.snapshot.loaded {
            return;
        }
        let hint =
            if self.query.text().is_empty() { cx.t.people_nobody_yet() } else { cx.t.people_nobody_fits() };
        let place = Rect { y: rows.y + 1.min(rows.height), height: rows.height.saturating_sub(1), ..rows };
        let wrapped = text::wrap(&hint, usize::from(place.width));
        text::put_lines(buf, place, wrapped.into_iter().map(|line| Line::styled(line, cx.theme.muted)));
    }
}

/// Where the query is typed, behind its sign.
pub(super) fn after_sign(query: Rect) -> Rect {
    Rect { x: query.x + 2.min(query.width), width: query.width.saturating_sub(2), ..query }
}
