//! The ways into a market or to a person, each in one line, the chosen one drawn as a chain of cards.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Markets;
use super::layout::Focus;
use crate::protocol::paths::{Destination, Paths};
use crate::tui::layer::Cx;
use crate::tui::paths::{drawn, summary};
use crate::tui::widgets::{frame, text};
use crate::wording::markets;

/// The widest card.
const CARD: u16 = 56;

/// Whether paths are those to this person.
pub(super) fn leads_to(paths: &Paths, uid: &str) -> bool {
    matches!(&paths.to, Destination::Person(person) if person.uid == uid)
}

impl Markets {
    pub(super) fn view_ways(&self, pane: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let (t, theme) = (cx.t, cx.theme);
        let to = match (self.focus, self.person(cx)) {
            (Focus::Tree, _) | (_, None) => {
                self.chosen(cx).map(|line| markets::name(&line.market, t.lang()).to_owned())
            }
            (_, Some(person)) => Some(person.name.clone()),
        };
        let title = t.map_ways(to.unwrap_or_default());
        let title = text::cut(&title, usize::from(pane.width).saturating_sub(6));
        let inner = frame::panel(pane, buf, theme, &title, self.focus == Focus::Ways);
        let ways = self.ways(cx);
        let Some(way) = ways.get(self.way.cursor()) else {
            let words = if self.is_page_ready(cx) { t.map_no_way() } else { t.map_counting() };
            let lines = text::wrap(&words, usize::from(inner.width));
            text::put_lines(buf, inner, lines.into_iter().map(|line| Line::styled(line, theme.muted)));
            return;
        };
        let to_person = self.focus != Focus::Tree && self.person(cx).is_some();
        let mut y = inner.y;
        for (at, way) in ways.iter().enumerate().take(usize::from(inner.height) / 2) {
            let row = Rect { y, height: 1, ..inner };
            if at == self.way.cursor() {
                let sign = if self.focus == Focus::Ways { theme.title } else { theme.faint };
                text::put(buf, row, Span::styled("›", sign));
                if self.focus == Focus::Ways {
                    buf.set_style(row, theme.selected);
                }
            }
            let rest = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
            text::put(buf, rest, summary(way, to_person, cx));
            y += 1;
        }
        let below = Rect { y: y + 1, height: inner.bottom().saturating_sub(y + 1), ..inner };
        let width = below.width.min(CARD);
        let market = self.chosen(cx).map(|line| &line.market);
        text::put_lines(buf, below, drawn(way, market, (width, below.height), cx));
    }
}
