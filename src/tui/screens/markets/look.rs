//! How the screen of markets looks: the row of views, the tree with its bars, and what it says where there is little.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::layout::{self, Focus, Shown};
use super::tree::{Fold, Order, Row};
use super::{Markets, tables};
use crate::domain::market::Named;
use crate::insight::network::{Level, Missing};
use crate::protocol::markets::{MarketLine, MarketsMap};
use crate::tui::command::Command;
use crate::tui::layer::Cx;
use crate::tui::widgets::{frame, reach_bar, scroll, text};
use crate::wording::{dates, markets};

/// Cells of a bar.
const BAR: usize = 8;
/// Cells of the number of people.
const COUNT: usize = 6;
/// The sign of a market with a sole door.
pub(super) const SOLE: &str = "◆";
/// A tree this wide also tells how many people were stated.
const ROOM_FOR_STATED: u16 = 62;

impl Markets {
    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        if !cx.snapshot.loaded {
            return;
        }
        if cx.snapshot.book.contacts().next().is_none() {
            empty(area, buf, cx);
            return;
        }
        let panes = layout::panes(area, self.shown, self.focus);
        self.strip(panes.strip, buf, cx);
        if let Some(pane) = panes.table {
            self.view_table(pane, buf, cx);
        }
        if let Some(pane) = panes.tree {
            self.view_tree(pane, buf, cx);
        }
        if let Some(pane) = panes.who {
            self.view_people(pane, buf, cx);
        }
        if let Some(pane) = panes.ways {
            self.view_ways(pane, buf, cx);
        }
    }

    /// The views, the one that is open among them, and the region.
    fn strip(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        for (shown, label, place) in views(area, cx) {
            let style = if shown == self.shown { cx.theme.title } else { cx.theme.muted };
            text::put(buf, place, Span::styled(label, style));
        }
        let taken = views(area, cx).last().map_or(0, |(_, _, place)| place.right() - area.x) + 2;
        let room =
            Rect { x: area.x + taken.min(area.width), width: area.width.saturating_sub(taken), ..area };
        let mut right = Vec::new();
        if let Some(region) = &self.region {
            right.push(Span::styled(markets::name(region, cx.t.lang()).to_owned(), cx.theme.event));
            right.push(Span::raw(" "));
        }
        text::put_right(buf, room, Line::from(right));
    }

    fn view_tree(&self, pane: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let (t, theme) = (cx.t, cx.theme);
        let title = if self.shown == Shown::Gaps { t.map_gaps() } else { t.map_markets() };
        frame::panel(pane, buf, theme, &title, self.focus == Focus::Tree);
        let missing = self.missing(cx);
        let places = layout::in_tree(pane, missing.len());
        let sign = if self.typing { theme.title } else { theme.faint };
        text::put(buf, places.typed, Span::styled("/ ", sign));
        let typed = layout::after_sign(places.typed);
        if self.typed.text().is_empty() && !self.typing {
            text::put(buf, typed, Span::styled(t.map_filter_hint(), theme.faint));
        } else {
            self.typed.view(typed, buf, &|_| theme.text);
        }
        let Some(map) = &self.map else {
            text::put(buf, places.about, Span::styled(t.map_counting(), theme.faint));
            return;
        };
        text::put(buf, places.about, Span::styled(self.about(map, cx), theme.muted));
        let rows = self.rows(cx);
        if rows.is_empty() {
            let said = if self.typed.text().is_empty() { t.map_no_gaps() } else { t.map_nothing_fits() };
            let lines = text::wrap(&said, usize::from(places.rows.width));
            text::put_lines(buf, places.rows, lines.into_iter().map(|line| Line::styled(line, theme.muted)));
        }
        for (place, at) in places.rows.rows().zip(self.list.visible(rows.len(), places.rows.height)) {
            let chosen = at == self.list.cursor();
            let above = map.lines[rows[at].line].parent.as_ref().filter(|_| self.shown == Shown::Gaps);
            let above = above.and_then(|slug| map.lines.iter().find(|line| line.market.slug == *slug));
            let look =
                Look { chosen, flat: self.shown == Shown::Gaps, above: above.map(|line| &line.market) };
            draw_row(&rows[at], &map.lines[rows[at].line], look, place, buf, cx);
        }
        scroll::thumb(buf, places.rows, self.list.top(), rows.len(), theme);
        text::put_lines(buf, places.missing, missing);
    }

    /// How many markets are reached, and how the tree is sorted.
    fn about(&self, map: &MarketsMap, cx: &Cx<'_>) -> String {
        let t = cx.t;
        if self.questions.is_counting() {
            return t.map_counting();
        }
        let shown = map.lines.iter().filter(|line| !line.hidden);
        let (reached, not): (Vec<&MarketLine>, Vec<&MarketLine>) =
            shown.partition(|line| line.level > Level::None);
        let mut about = match self.shown {
            Shown::Gaps => t.map_gaps_about(not.len()),
            _ => t.map_about(reached.len(), not.len()),
        };
        if self.shown == Shown::Map {
            let order = match self.tree.order {
                Order::Tree => None,
                Order::Reach => Some(t.map_by_reach()),
                Order::Presence => Some(t.map_by_presence()),
            };
            about.extend(order.into_iter().map(|order| format!(" · {order}")));
        }
        about
    }

    /// What would have to be noted for the figures to say more.
    pub(super) fn missing(&self, cx: &Cx<'_>) -> Vec<Line<'static>> {
        let Some(map) = self.map.as_ref().filter(|map| !map.missing.is_empty()) else { return Vec::new() };
        let (t, theme) = (cx.t, cx.theme);
        let heading = if map.ground.is_star() { t.map_star() } else { t.map_missing() };
        let mut lines = vec![Line::styled(heading, theme.notice)];
        for missing in &map.missing {
            let (command, words) = match missing {
                Missing::Ties => (Command::Tie, t.map_missing_ties()),
                Missing::Closeness => (Command::Closeness, t.map_missing_closeness()),
                Missing::Meetings => (Command::Log, t.map_missing_meetings()),
            };
            let key = cx.keymap.keys(command).first().map(|key| key.label()).unwrap_or_default();
            lines.push(Line::from(vec![
                Span::styled(text::fit(&key, 2), theme.key),
                Span::styled(words, theme.muted),
            ]));
        }
        lines
    }

    pub(super) fn view_table(&self, pane: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let title = match self.shown {
            Shown::People => cx.t.map_people(),
            _ => cx.t.map_regions(),
        };
        let inner = frame::panel(pane, buf, cx.theme, &title, true);
        let Some(table) = &self.table else {
            text::put(buf, inner, Span::styled(cx.t.map_counting(), cx.theme.faint));
            return;
        };
        let cells = self.cells(table, pane, cx);
        if table.rows.is_empty() {
            let said =
                if self.shown == Shown::People { cx.t.map_people_none() } else { cx.t.map_regions_none() };
            let lines = text::wrap(&said, usize::from(inner.width));
            text::put_lines(buf, inner, lines.into_iter().map(|line| Line::styled(line, cx.theme.muted)));
            return;
        }
        let widths = layout::widths(pane, self.shown);
        let place = tables::place(pane);
        self.grid.view(&cells, place, widths, buf, cx.theme);
        let body = crate::tui::widgets::grid::GridState::body(place);
        scroll::thumb(buf, body, self.grid.rows.top(), table.rows.len(), cx.theme);
        let below = Rect { y: inner.bottom().saturating_sub(1), height: inner.height.min(1), ..inner };
        text::put(buf, below, self.legend(cx));
    }
}

/// The views with their labels and places.
fn views(area: Rect, cx: &Cx<'_>) -> Vec<(Shown, String, Rect)> {
    let mut x = area.x + 1;
    let labels = [cx.t.map_view_map(), cx.t.map_view_gaps(), cx.t.map_view_regions(), cx.t.map_view_people()];
    Shown::ALL
        .into_iter()
        .zip(labels)
        .map(|(shown, label)| {
            let place = Rect { x, width: text::width(&label) as u16, ..area }.intersection(area);
            x += place.width + 3;
            (shown, label, place)
        })
        .collect()
}

/// The view drawn at a cell.
pub(super) fn view_at(strip: Rect, at: Position, cx: &Cx<'_>) -> Option<Shown> {
    views(strip, cx).into_iter().find(|(_, _, place)| place.contains(at)).map(|(shown, ..)| shown)
}

/// How a row of the tree is drawn.
#[derive(Clone, Copy)]
struct Look<'a> {
    chosen: bool,
    /// Without what belongs to a tree.
    flat: bool,
    /// The market above, where the row stands alone.
    above: Option<&'a Named>,
}

fn draw_row(row: &Row, line: &MarketLine, look: Look<'_>, place: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
    let (theme, lang) = (cx.theme, cx.t.lang());
    let Look { chosen, flat, above } = look;
    if chosen {
        buf.set_style(place, theme.selected);
    }
    let level = markets::level(line.level, lang);
    let wide = place.width >= ROOM_FOR_STATED;
    let stated = if wide { 5 } else { 0 };
    let levels = [Level::None, Level::Thin, Level::Fair, Level::Strong];
    let word = levels.map(|level| text::width(&markets::level(level, lang))).into_iter().max().unwrap_or(0);
    // From the right: people, stated ones, the level in words, its bar, the sign of a sole door.
    let right = if flat { COUNT + 1 } else { COUNT + stated + 1 + word + 1 + BAR + 2 };
    let sign = if chosen { "› " } else { "  " };
    let fold = match row.fold {
        Fold::Leaf if flat => "",
        Fold::Leaf => "  ",
        Fold::Closed => "▸ ",
        Fold::Open => "▾ ",
    };
    let mut left = vec![
        Span::styled(sign, theme.title),
        Span::raw("  ".repeat(row.depth)),
        Span::styled(fold, theme.faint),
    ];
    let style = match (line.hidden, line.presence, row.depth) {
        (true, ..) => theme.guess,
        (_, 0, _) => theme.muted,
        (_, _, 0) if !flat => theme.strong,
        _ => theme.text,
    };
    left.extend(text::marked(markets::name(&line.market, lang), &row.marks, style, theme.matched));
    if let Some(above) = above {
        left.push(Span::styled(format!("  {}", markets::name(above, lang)), theme.faint));
    }
    let room = usize::from(place.width).saturating_sub(right + 1);
    text::put(buf, place, Line::from(text::cut_spans(left, room)));
    let mut spans = Vec::new();
    if !flat {
        let sole = if line.sole_doors.is_empty() { "  ".to_owned() } else { format!("{SOLE} ") };
        spans.push(Span::styled(sole, theme.notice));
        if line.hidden {
            spans.push(Span::styled(text::fit(&cx.t.map_hidden(), BAR + 1 + word), theme.guess));
        } else {
            spans.extend(reach_bar::bar(line.reach, line.level, BAR, theme));
            let style = reach_bar::style(line.level, theme);
            spans.push(Span::styled(format!(" {}", text::fit(&level, word)), style));
        }
    }
    let count = if line.presence == 0 { "·".to_owned() } else { dates::number(line.presence as u64, lang) };
    let style = if line.presence == 0 { theme.faint } else { theme.text };
    spans.push(Span::styled(format!("{count:>width$}", width = COUNT + 1), style));
    if stated > 0 && !flat {
        let told = if line.stated == 0 {
            String::new()
        } else {
            format!("✓{}", dates::number(line.stated as u64, lang))
        };
        spans.push(Span::styled(format!("{told:>5}"), theme.good));
    }
    text::put_right(buf, place, Line::from(spans));
}

/// What to do where nobody is noted yet.
fn empty(area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
    let (t, theme) = (cx.t, cx.theme);
    let key = |command: Command| cx.keymap.keys(command).first().map(|key| key.label()).unwrap_or_default();
    let place = Rect { x: area.x + 2, width: area.width.saturating_sub(4).min(76), ..area };
    let mut lines = vec![Line::default(), Line::styled(t.map_empty(), theme.title), Line::default()];
    let mut say = |words: String| {
        let wrapped = text::wrap(&words, usize::from(place.width));
        lines.extend(wrapped.into_iter().map(|line| Line::styled(line, theme.muted)));
        lines.push(Line::default());
    };
    say(t.map_empty_what());
    say(t.map_empty_import(key(Command::Import)));
    say(t.map_empty_capture(key(Command::Capture)));
    text::put_lines(buf, place, lines);
}
