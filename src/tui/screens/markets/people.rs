//! The people of the chosen market: who connects to it, by which hat and on what evidence; or, where nobody does, who
//! could be asked to open it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Markets;
use super::layout::{self, ENTRY, Focus, Shown};
use super::look::SOLE;
use crate::insight::network::{Level, Likelihood};
use crate::protocol::markets::{Ask, AskWhy, Connector, MarketLine, MarketPage};
use crate::tui::layer::Cx;
use crate::tui::paths;
use crate::tui::widgets::{frame, reach_bar, scroll, text};
use crate::wording::{dates, markets};

/// Cells of the bar at the head.
const BAR: usize = 16;
/// Cells of the cursor before somebody.
const CURSOR: u16 = 2;
/// Cells before a name: the cursor, what was said, the dots.
const INDENT: u16 = 9;
/// So many regions are named at the head.
const REGIONS: usize = 4;

impl Markets {
    /// The rows of the people in their pane.
    pub(super) fn people_place(&self, pane: Rect, cx: &Cx<'_>) -> Rect {
        let width = usize::from(frame::inside(pane).width);
        layout::below_head(pane, self.head(width, cx).len())
    }

    /// What is said about the market above its people.
    fn head(&self, width: usize, cx: &Cx<'_>) -> Vec<Line<'static>> {
        let Some(line) = self.chosen(cx) else { return Vec::new() };
        let (t, theme, lang) = (cx.t, cx.theme, cx.t.lang());
        let mut reach = reach_bar::bar(line.reach, line.level, BAR, theme).to_vec();
        let level = markets::level(line.level, lang);
        reach.push(Span::styled(format!(" {level}"), reach_bar::style(line.level, theme)));
        if !line.naics.is_empty() {
            reach.push(Span::styled(format!("  {}", t.map_naics(line.naics.as_str())), theme.faint));
        }
        let mut lines = vec![Line::from(reach), Line::styled(self.presence(line, cx), theme.muted)];
        if !line.sole_doors.is_empty() {
            let names: Vec<&str> = line.sole_doors.iter().map(|person| person.name.as_str()).collect();
            let words = t.map_sole_door(names.len(), names.join(", "));
            lines.push(Line::styled(text::cut(&format!("{SOLE} {words}"), width), theme.notice));
        }
        if line.hidden {
            lines.push(Line::default());
        } else if let Some(page) = self.page(cx) {
            if page.regions.len() > 1 || self.region.is_none() && !page.regions.is_empty() {
                lines.push(regions(page, cx));
            }
            lines.push(Line::default());
            lines.push(self.heading(page, cx));
        }
        lines
    }

    /// How many people are in it: stated, inferred, and whether any of them was met.
    fn presence(&self, line: &MarketLine, cx: &Cx<'_>) -> String {
        let (t, lang) = (cx.t, cx.t.lang());
        let number = |count: usize| dates::number(count as u64, lang);
        if line.presence == 0 {
            return t.map_nobody();
        }
        // Where the list is not whole, somebody who was met may stand further down.
        let unmet = self.map.as_ref().is_some_and(|map| map.ground.met == 0)
            || self.page(cx).is_some_and(|page| {
                page.connectors.len() >= line.presence
                    && !page.connectors.iter().any(|connector| connector.access.is_met())
            });
        if unmet {
            return t.map_none_met(line.presence, number(line.presence));
        }
        match (line.stated, line.inferred) {
            (0, _) => t.map_presence_inferred(line.presence, number(line.presence)),
            (_, 0) => t.map_presence_stated(line.presence, number(line.presence)),
            (stated, inferred) => {
                t.map_presence(line.presence, number(line.presence), number(stated), number(inferred))
            }
        }
    }

    fn heading(&self, page: &MarketPage, cx: &Cx<'_>) -> Line<'static> {
        let (t, theme) = (cx.t, cx.theme);
        let words = match (self.is_asks(page), page.asks.is_empty() && page.connectors.is_empty()) {
            (_, true) => t.map_no_asks(),
            (true, _) => t.map_asks(),
            (false, _) => t.map_connectors(),
        };
        Line::styled(words, theme.title)
    }

    pub(super) fn view_people(&self, pane: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let theme = cx.theme;
        let line = self.chosen(cx);
        let title = line.map(|line| markets::name(&line.market, cx.t.lang()).to_owned()).unwrap_or_default();
        let title = text::cut(&title, usize::from(pane.width).saturating_sub(6));
        let inner = frame::panel(pane, buf, theme, &title, self.focus == Focus::Who);
        let Some(line) = line else { return };
        text::put_lines(buf, inner, self.head(usize::from(inner.width), cx));
        let place = self.people_place(pane, cx);
        if line.hidden {
            let lines = text::wrap(&cx.t.map_hidden_page(), usize::from(place.width));
            text::put_lines(buf, place, lines.into_iter().map(|line| Line::styled(line, theme.muted)));
            return;
        }
        let Some(page) = self.page(cx) else {
            let below =
                Rect { y: place.y + 1.min(place.height), height: place.height.saturating_sub(1), ..place };
            text::put(buf, below, Span::styled(cx.t.map_counting(), theme.faint));
            return;
        };
        let count = self.people(cx);
        if count == 0 {
            self.nobody(line, place, buf, cx);
            return;
        }
        let fit = place.height / ENTRY;
        for (at, number) in self.who.visible(count, fit).zip(0..) {
            let row = Rect { y: place.y + number * ENTRY, height: ENTRY, ..place };
            let chosen = at == self.who.cursor() && self.focus != Focus::Tree;
            if chosen {
                buf.set_style(row, theme.selected);
                text::put(buf, row, Span::styled("›", theme.title));
            }
            if self.is_asks(page) {
                draw_ask(&page.asks[at], row, buf, cx);
            } else {
                self.draw_connector(&page.connectors[at], page, row, buf, cx);
            }
        }
        let rows = Rect { height: fit * ENTRY, ..place };
        let each = usize::from(ENTRY);
        scroll::thumb(buf, rows, self.who.top() * each, count * each, theme);
    }

    fn nobody(&self, line: &MarketLine, place: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let words = if self.shown == Shown::Gaps || line.presence == 0 {
            cx.t.map_no_asks_hint()
        } else {
            String::new()
        };
        let lines = text::wrap(&words, usize::from(place.width));
        text::put_lines(buf, place, lines.into_iter().map(|line| Line::styled(line, cx.theme.muted)));
    }

    fn draw_connector(
        &self,
        connector: &Connector,
        page: &MarketPage,
        row: Rect,
        buf: &mut Buffer,
        cx: &Cx<'_>,
    ) {
        let (theme, lang) = (cx.theme, cx.t.lang());
        let gone = self.gone.holds(connector);
        let (sign, style) = match (gone, connector.hat.stated) {
            (true, _) => ("×", theme.alert),
            (false, true) => ("✓", theme.good),
            (false, false) => ("≈", theme.guess),
        };
        // The first two cells are for the cursor.
        let mut first = vec![Span::styled(sign, style), Span::raw(" ")];
        first.extend(reach_bar::dots(connector.likelihood, theme));
        first.push(Span::raw(" "));
        let name = if gone { theme.faint } else { theme.strong };
        first.push(Span::styled(connector.person.name.clone(), name));
        if connector.alone {
            first.push(Span::styled(format!(" {SOLE}"), theme.notice));
        }
        let hat = paths::how(&connector.hat, cx);
        let right = text::width(&hat) as u16;
        let room = row.width.saturating_sub(right + 2 + CURSOR);
        text::put(buf, after_cursor(row), Line::from(text::cut_spans(first, usize::from(room))));
        let style = if connector.hat.stated { theme.market } else { theme.guess };
        text::put_right(
            buf,
            Rect { height: 1, ..row },
            Span::styled(hat, if gone { theme.faint } else { style }),
        );
        let mut second = Vec::new();
        if gone {
            second.push(Span::styled(cx.t.map_refused(), theme.faint));
        } else {
            second.extend(paths::evidence(&connector.hat, cx));
            let org = &connector.person.org;
            if let Some(via) = connector.way.as_ref().and_then(|way| way.via()) {
                second.push(Span::styled(format!("  {}", cx.t.map_via(via.name.as_str())), theme.reach));
            } else if !org.is_empty() && connector.hat.text != *org {
                second.push(Span::styled(format!("  {org}"), theme.org));
            }
        }
        // In which market below the chosen one, where it is one of those.
        let below = Some(&connector.hat.market).filter(|own| own.slug != page.line.market.slug && !gone);
        let below = below.map(|own| text::cut(markets::name(own, lang), usize::from(row.width) / 2));
        put_second(buf, row, second, below.map(|name| Span::styled(name, theme.faint)));
    }
}

/// The first row of somebody, after the cells of the cursor.
fn after_cursor(row: Rect) -> Rect {
    Rect { x: row.x + CURSOR.min(row.width), width: row.width.saturating_sub(CURSOR), height: 1, ..row }
}

fn draw_ask(ask: &Ask, row: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
    let (theme, lang) = (cx.theme, cx.t.lang());
    let mut first = vec![Span::raw("  ")];
    first.extend(reach_bar::dots(Likelihood::of(ask.score), theme));
    first.push(Span::styled(format!(" {}", ask.person.name), theme.strong));
    if !ask.person.org.is_empty() {
        first.push(Span::styled(format!("  {}", ask.person.org), theme.org));
    }
    text::put(buf, after_cursor(row), Line::from(first));
    let (words, style) = match &ask.why {
        AskWhy::Knows { member, tie } => {
            let style = if tie.is_guess() { theme.guess } else { theme.text };
            (markets::knows(&member.name, tie.is_guess(), lang), style)
        }
        AskWhy::Member => (cx.t.ask_why_member(), theme.text),
        AskWhy::Near { market } => (cx.t.ask_why_near(markets::name(market, lang)), theme.text),
    };
    put_second(buf, row, vec![Span::styled(words, style)], None);
}

fn put_second(buf: &mut Buffer, row: Rect, spans: Vec<Span<'static>>, right: Option<Span<'static>>) {
    let taken = right.as_ref().map_or(0, |span| span.width() as u16 + 2);
    let place = Rect {
        x: row.x + INDENT.min(row.width),
        y: row.y + 1,
        width: row.width.saturating_sub(INDENT),
        height: row.height.saturating_sub(1),
    };
    text::put(buf, Rect { width: place.width.saturating_sub(taken), ..place }, Line::from(spans));
    if let Some(right) = right {
        text::put_right(buf, place, right);
    }
}

/// The regions of the market's people, most people first.
fn regions(page: &MarketPage, cx: &Cx<'_>) -> Line<'static> {
    let lang = cx.t.lang();
    let mut regions: Vec<_> = page.regions.iter().collect();
    regions.sort_by_key(|line| std::cmp::Reverse(line.presence));
    let mut spans = Vec::new();
    for line in regions.iter().take(REGIONS) {
        if !spans.is_empty() {
            spans.push(Span::styled(" · ", cx.theme.faint));
        }
        let style = if line.level > Level::None { cx.theme.event } else { cx.theme.muted };
        spans.push(Span::styled(markets::name(&line.region, lang).to_owned(), style));
        spans.push(Span::styled(format!(" {}", dates::number(line.presence as u64, lang)), cx.theme.faint));
    }
    if regions.len() > REGIONS {
        spans.push(Span::styled(format!("  {}", cx.t.map_more(regions.len() - REGIONS)), cx.theme.faint));
    }
    Line::from(spans)
}
