//! How the screen is drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::layout::{self, Panes};
use super::{Focus, Needs};
use crate::tui::answers;
use crate::tui::command::Command;
use crate::tui::layer::Cx;
use crate::tui::widgets::{frame, scroll, text};
use crate::wording::needs;

impl Needs {
    /// The rows of the people, below what is said of the need.
    pub(super) fn people_rows(&self, pane: Rect, cx: &Cx<'_>) -> Rect {
        let inner = frame::inside(pane);
        let above = (self.about(usize::from(inner.width), cx).len() as u16).min(inner.height);
        Rect { y: inner.y + above, height: inner.height - above, ..inner }
    }

    /// Scrolls both columns so that what is chosen is seen.
    pub(super) fn follow(&mut self, area: Rect, cx: &Cx<'_>) {
        let people = self.people(cx);
        let followed = self.followed.as_ref();
        let followed = followed.and_then(|uid| people.iter().position(|one| one.brief().uid == *uid));
        self.who = followed.unwrap_or(self.who).min(people.len().saturating_sub(1));
        let panes = layout::panes(area, self.focus);
        if let Some(pane) = panes.list {
            let inner = frame::inside(pane);
            let lines = self.list_lines(usize::from(inner.width), cx);
            let order = self.order(cx);
            self.list_top = top(self.list_top, &lines, self.row(&order), inner.height);
        }
        if let Some(pane) = panes.people {
            let rows = self.people_rows(pane, cx);
            let lines = self.people_lines(usize::from(rows.width), panes.person.is_none(), cx);
            self.who_top = top(self.who_top, &lines, self.who, rows.height);
        }
    }

    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let panes = layout::panes(area, self.focus);
        self.draw_line(panes.line, buf, cx);
        if !self.is_asking() && cx.snapshot.loaded && cx.snapshot.book.needs().next().is_none() {
            let rest = Rect { y: panes.line.bottom(), height: area.height - panes.line.height, ..area };
            draw_first(rest, buf, cx);
            return;
        }
        if let Some(pane) = panes.list {
            self.draw_list(pane, buf, cx);
        }
        if let Some(pane) = panes.people {
            self.draw_people(pane, &panes, buf, cx);
        }
        if let Some(pane) = panes.person {
            self.draw_person(pane, buf, cx);
        }
    }

    /// The line to type into, and how many fit.
    fn draw_line(&self, line: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let theme = cx.theme;
        let inner = frame::panel(line, buf, theme, &cx.t.needs_ask(), self.typing);
        let typed = layout::typed(line);
        let sign = if self.typing { theme.title } else { theme.faint };
        text::put(buf, inner, Span::styled("› ", sign));
        if self.is_asking() && !self.typed.text().is_empty() {
            self.typed.view(typed, buf, &|_| theme.strong);
            let used = text::width(self.typed.text()) as u16 + 2;
            if let Some(sum) = self.sum(cx).filter(|sum| used + (sum.width() as u16) < typed.width) {
                text::put_right(buf, typed, sum);
            }
            return;
        }
        let key = cx.keymap.keys(Command::Who).first().map(|key| key.label()).unwrap_or_default();
        let hint = if self.typing { cx.t.needs_typing() } else { cx.t.needs_hint(key) };
        text::put(buf, typed, Span::styled(hint, theme.faint));
    }

    fn draw_list(&self, pane: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let focused = self.focus == Focus::List;
        let inner = frame::panel(pane, buf, cx.theme, &cx.t.needs_standing(), focused);
        let lines = self.list_lines(usize::from(inner.width), cx);
        let order = self.order(cx);
        let chosen = Some(self.row(&order)).filter(|_| focused);
        draw_lines(inner, lines, self.list_top, chosen, buf, cx);
    }

    fn draw_people(&self, pane: Rect, panes: &Panes, buf: &mut Buffer, cx: &Cx<'_>) {
        let focused = self.focus == Focus::People;
        let title = match self.need(cx).filter(|_| !self.is_asking()) {
            Some(need) => cx.t.needs_one(needs::status(need.status, cx.t.lang())),
            None => cx.t.needs_could_help(),
        };
        let inner = frame::panel(pane, buf, cx.theme, &title, focused && !self.typing);
        text::put_lines(buf, inner, self.about(usize::from(inner.width), cx));
        let rows = self.people_rows(pane, cx);
        let lines = self.people_lines(usize::from(rows.width), panes.person.is_none(), cx);
        let chosen = Some(self.who).filter(|_| focused);
        draw_lines(rows, lines, self.who_top, chosen, buf, cx);
    }

    /// The person under the cursor: why, then the card.
    fn draw_person(&self, pane: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let somebody = self.somebody(cx);
        let contact = somebody.and_then(|one| one.contact(cx));
        let title = if contact.is_some() { cx.t.people_preview() } else { String::new() };
        let inner = frame::panel(pane, buf, cx.theme, &title, false);
        let (Some(one), Some(contact)) = (somebody, contact) else { return };
        let card = cx.card(contact, inner.width);
        let mut lines = card.heading();
        let why = answers::why_lines(one.why(), usize::from(inner.width), cx);
        if let Some(strength) = one.strength().filter(|_| !why.is_empty()) {
            let mut heading = vec![Span::styled(cx.t.needs_why(), cx.theme.title), Span::raw("  ")];
            heading.extend(answers::dots(strength, cx.theme));
            let word = needs::strength(strength, cx.t.lang());
            heading.push(Span::styled(format!(" {word}"), cx.theme.muted));
            lines.extend([Line::default(), Line::from(heading)]);
            lines.extend(why);
        }
        for section in card.sections().into_iter().chain([card.timeline()]) {
            lines.extend(card.titled(section));
        }
        text::put_lines(buf, inner, lines);
    }
}

/// The first line to show of lines of which some belong to the chosen entry.
fn top(top: usize, lines: &[(Option<usize>, Line<'static>)], chosen: usize, height: u16) -> usize {
    let of = |(at, _): &(Option<usize>, Line<'static>)| *at == Some(chosen);
    let Some(first) = lines.iter().position(of) else { return 0 };
    let last = lines.iter().rposition(of).unwrap_or(first);
    // What follows the last entry can only be reached with it.
    let last = if lines[last + 1..].iter().all(|(at, _)| at.is_none()) { lines.len() - 1 } else { last };
    let last = last.min(first + usize::from(height).saturating_sub(1));
    let first = if lines[..first].iter().all(|(at, _)| at.is_none()) { 0 } else { first };
    layout::follow(top, first, last, lines.len(), usize::from(height))
}

fn draw_lines(
    place: Rect,
    lines: Vec<(Option<usize>, Line<'static>)>,
    top: usize,
    chosen: Option<usize>,
    buf: &mut Buffer,
    cx: &Cx<'_>,
) {
    let len = lines.len();
    for (row, (at, line)) in place.rows().zip(lines.into_iter().skip(top)) {
        if at.is_some() && at == chosen {
            buf.set_style(row, cx.theme.selected);
        }
        text::put(buf, row, line);
    }
    scroll::thumb(buf, place, top, len, cx.theme);
}

/// Nothing is looked for yet: what needs are for.
fn draw_first(area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
    let (t, theme) = (cx.t, cx.theme);
    let key = |command| cx.keymap.keys(command).first().map(|key| key.label()).unwrap_or_default();
    let place = Rect {
        x: area.x + 2,
        y: area.y + 1.min(area.height),
        width: area.width.saturating_sub(4).min(92),
        height: area.height.saturating_sub(1),
    };
    let mut lines = vec![Line::styled(t.needs_first(), theme.title), Line::default()];
    for words in
        [t.needs_first_what(), t.needs_first_how(key(Command::Who)), t.needs_first_bar(key(Command::Capture))]
    {
        let wrapped = text::wrap(&words, usize::from(place.width));
        lines.extend(wrapped.into_iter().map(|line| Line::styled(line, theme.muted)));
        lines.push(Line::default());
    }
    text::put_lines(buf, place, lines);
}
