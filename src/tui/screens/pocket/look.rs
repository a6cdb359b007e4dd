//! How the pocket looks: the stack, the card with its fields, and what was captured; as many panes as fit.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::{Line, Span};

use super::captured::Source;
use super::rows::Item;
use super::{Focus, Pocket};
use crate::capture::printed::Printed;
use crate::domain::Contact;
use crate::tui::effect::Effect;
use crate::tui::fields::draft::Draft;
use crate::tui::fields::editing::Editing;
use crate::tui::fields::field::{Field, HatPart};
use crate::tui::fields::rows::Row;
use crate::tui::fields::show;
use crate::tui::layer::Cx;
use crate::tui::widgets::picture::Picture;
use crate::tui::widgets::{frame, list, scroll, text};
use crate::wording::{cards, dates};

/// The stack is beside the card from here on.
const TWO_PANES: u16 = 100;
/// What was captured is beside the card, not below it, from here on.
const THREE_PANES: u16 = 150;
/// What was captured needs so many lines to be shown below the card.
const CAPTURE_LINES: u16 = 4;
/// A picture is not worth less room than this, in cells.
const LEAST_PICTURE: Size = Size::new(24, 6);
/// A pane of this width has the picture beside the lines; a narrower one below them.
const SIDE_BY_SIDE: u16 = 64;
/// Cells beside a value from which the line that it was read from is shown.
const SOURCE: usize = 14;

/// Where things stand.
pub(super) struct Places {
    pub(super) stack: Option<Rect>,
    panel: Rect,
    head: Rect,
    pub(super) rows: Rect,
    label: u16,
    message: Rect,
    capture: Option<Rect>,
    /// The capture has a panel of its own.
    beside: bool,
}

impl Pocket {
    pub(super) fn places(&self, area: Rect, cx: &Cx<'_>) -> Places {
        let stack = match area.width {
            ..TWO_PANES => 0,
            TWO_PANES..THREE_PANES => 30,
            _ => 38,
        };
        let beside = area.width >= THREE_PANES;
        let third = if beside { (area.width - stack) * 2 / 5 } else { 0 };
        let panel = Rect { x: area.x + stack, width: area.width - stack - third, ..area };
        let inner = frame::inside(panel);
        let head = Rect { height: inner.height.min(1), ..inner };
        let message = Rect { y: inner.bottom().saturating_sub(1), height: inner.height.min(1), ..inner };
        let body = Rect {
            y: head.bottom(),
            height: inner.height.saturating_sub(head.height + message.height),
            ..inner
        };
        let wanted = self.rows(cx).len() as u16;
        let spare = body.height.saturating_sub(wanted);
        let below =
            !beside && spare > CAPTURE_LINES && (self.has_capture() || self.has_long_note(body.width, cx));
        let rows = Rect { height: if below { wanted } else { body.height }, ..body };
        let capture = if beside {
            Some(Rect { x: panel.right(), width: third, ..area })
        } else {
            below.then(|| Rect { y: rows.bottom() + 1, height: spare - 1, ..body })
        };
        let label = self.label_width(cx).min(inner.width / 2);
        Places {
            stack: (stack > 0).then_some(Rect { width: stack, ..area }),
            panel,
            head,
            rows,
            label,
            message,
            capture,
            beside,
        }
    }

    fn has_capture(&self) -> bool {
        self.captured.printed().is_some()
    }

    /// A note that its row cannot show whole.
    fn has_long_note(&self, width: u16, cx: &Cx<'_>) -> bool {
        let row = usize::from(width.saturating_sub(self.label_width(cx)));
        !cx.discreet
            && self.contact(cx).is_some_and(|one| one.note.contains('\n') || text::width(&one.note) > row)
    }

    fn label_width(&self, cx: &Cx<'_>) -> u16 {
        let rows = self.rows(cx);
        let labels = rows.iter().filter_map(|item| match item {
            Item::Row(row) => Some(text::width(&label(*row, cx))),
            _ => None,
        });
        (labels.max().unwrap_or(0) + list::SIGN + 2) as u16
    }

    /// Where the value of the row under the cursor stands.
    pub(super) fn value(&self, area: Rect, cx: &Cx<'_>) -> Rect {
        let places = self.places(area, cx);
        let line = self.list.cursor().saturating_sub(self.list.top()) as u16;
        let label = places.label.min(places.rows.width);
        let rows = places.rows;
        let at = Rect { x: rows.x + label, y: rows.y + line, width: rows.width - label, height: 1 };
        at.intersection(rows)
    }

    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let places = self.places(area, cx);
        if let Some(stack) = places.stack {
            self.draw_stack(stack, buf, cx);
        }
        let Some(contact) = self.contact(cx) else {
            self.draw_empty(places.panel, buf, cx);
            if places.beside
                && let Some(capture) = places.capture
            {
                frame::panel(capture, buf, cx.theme, "", false);
            }
            return;
        };
        let title = self.title(places.stack.is_some(), contact, cx);
        frame::panel(places.panel, buf, cx.theme, &title, self.focus == Focus::Card);
        text::put(buf, places.head, self.head(contact, cx));
        self.draw_rows(&places, area, buf, cx);
        text::put(buf, places.message, self.foot(cx));
        if let Some(capture) = places.capture {
            self.draw_capture(capture, places.beside, buf, cx);
        }
    }

    /// Whose card it is where the stack stands beside it, else how many are left; or what is swept.
    fn title(&self, beside: bool, contact: &Contact, cx: &Cx<'_>) -> String {
        let left = cx.t.pocket_left(self.stack.len());
        match self.stack.swept() {
            None if beside => text::cut(contact.display_name(), 40),
            Some(query) => format!("{} · {left}", text::cut(query, 30)),
            None => left,
        }
    }

    /// Where and when the card was captured, and what was noticed about it.
    fn head(&self, contact: &Contact, cx: &Cx<'_>) -> Line<'static> {
        let theme = cx.theme;
        let today = cx.today;
        let captured = contact.created.to_zoned(jiff::tz::TimeZone::system()).date();
        let mut spans = Vec::new();
        if let Some(ring) = self.rings.first() {
            spans.push(Span::styled(cx.t.need_ring(ring.words.as_str()), theme.notice));
            spans.push(Span::styled(" · ", theme.faint));
        }
        spans.push(Span::styled(dates::ago(captured, today, cx.t.lang()), theme.date));
        if let Some(met) = contact.met.as_ref().filter(|met| !met.at.is_empty()) {
            spans.push(Span::styled(" · ", theme.faint));
            spans.push(Span::styled(met.at.clone(), theme.event));
        }
        for problem in self.captured.problems() {
            spans.push(Span::styled(" · ", theme.faint));
            spans.push(Span::styled(cards::problem(problem, cx.t.lang()), theme.notice));
        }
        Line::from(spans)
    }

    fn draw_rows(&self, places: &Places, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let Some(draft) = self.draft(cx) else { return };
        let rows = self.rows(cx);
        for (place, at) in places.rows.rows().zip(self.list.visible(rows.len(), places.rows.height)) {
            let chosen = self.focus == Focus::Card && at == self.list.cursor();
            match rows[at] {
                Item::Gap => {}
                Item::Heading => text::put(buf, place, Span::styled(cx.t.pocket_proposals(), cx.theme.title)),
                Item::Proposal(number) => self.draw_proposal(number, place, chosen, buf, cx),
                Item::Row(row) => self.draw_row(&draft, row, place, chosen, places.label, buf, cx),
            }
        }
        scroll::thumb(buf, places.rows, self.list.top(), rows.len(), cx.theme);
        if let Some(in_place) = &self.editing {
            let value = self.value(area, cx);
            if let Editing::Text { .. } = in_place.editing() {
                text::put(buf, value, Span::raw(" ".repeat(usize::from(value.width))));
            }
            in_place.editing().view(value, area, buf, cx);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a row is drawn from all that is laid out around it")]
    fn draw_row(
        &self,
        draft: &Draft,
        row: Row,
        place: Rect,
        chosen: bool,
        label_width: u16,
        buf: &mut Buffer,
        cx: &Cx<'_>,
    ) {
        let theme = cx.theme;
        let cells = usize::from(label_width).saturating_sub(list::SIGN);
        let mut left = vec![Span::styled(text::fit(&label(row, cx), cells), theme.muted)];
        let mut right = Vec::new();
        match row {
            Row::Field(field) => {
                let value = show::spans(draft, field, cx);
                let empty = value.iter().all(|span| span.content.is_empty());
                let used: usize = value.iter().map(|span| text::width(&span.content)).sum();
                left.extend(value);
                if empty {
                    left.push(Span::styled("—", theme.faint));
                }
                let typed = show::typed(draft, field, cx);
                let room = usize::from(place.width).saturating_sub(usize::from(label_width) + used);
                let source = self.captured.source(field, &typed);
                right = source.map(|source| beside(&source, &typed, room, cx)).unwrap_or_default();
            }
            Row::Item(of, at) => left.extend(show::item(draft, of, at, cx)),
            Row::Add(_) => left.push(Span::styled("—", theme.faint)),
            Row::Heading(_) | Row::Save => {}
        }
        list::put_row(buf, place, chosen, theme, left, right);
    }

    fn draw_proposal(&self, number: usize, place: Rect, chosen: bool, buf: &mut Buffer, cx: &Cx<'_>) {
        let (Some(card), Some(proposal)) = (self.stack.current(), self.proposals.get(number)) else { return };
        let decision = self.decisions.of(card, proposal);
        let mut spans = vec![Span::styled(decision.sign(), cx.theme.key)];
        spans.extend(proposal.spans(cx));
        list::put_row(buf, place, chosen, cx.theme, spans, Vec::new());
    }

    fn foot(&self, cx: &Cx<'_>) -> Line<'static> {
        if let Some(message) = &self.message {
            return Line::styled(message.clone(), cx.theme.notice);
        }
        if let Some(in_place) = &self.editing {
            return Line::styled(in_place.field().hint(cx.t), cx.theme.faint);
        }
        if let Some(Item::Proposal(at)) = self.item(cx)
            && let Some(reasons) = self.proposals.get(at).and_then(|proposal| proposal.reasons(cx))
        {
            return Line::styled(reasons, cx.theme.muted);
        }
        if self.stack.marks.is_empty() {
            return Line::default();
        }
        Line::styled(cx.t.pocket_marked(self.stack.marks.len()), cx.theme.marked)
    }

    /// The lines as captured; those that fields rest on stand out.
    fn draw_capture(&self, place: Rect, panel: bool, buf: &mut Buffer, cx: &Cx<'_>) {
        let title = match (self.captured.printed(), self.captured.picture()) {
            (None, _) => cx.t.card_note(),
            (Some(_), Some(_)) => cx.t.pocket_picture(),
            (Some(_), None) => cx.t.pocket_text(),
        };
        if panel {
            frame::panel(place, buf, cx.theme, &title, false);
        } else {
            text::put(buf, place, Span::styled(title, cx.theme.title));
        }
        let inner = capture_inside(place, panel);
        let Some(printed) = self.captured.printed() else {
            if let Some(contact) = self.contact(cx).filter(|_| !cx.discreet) {
                let wrapped = text::wrap(&contact.note, usize::from(inner.width));
                let lines = wrapped.into_iter().map(|line| Line::styled(line, cx.theme.text));
                text::put_lines(buf, inner, lines);
            }
            return;
        };
        let (text, picture) = self.capture_parts(inner, panel, cx);
        text::put_lines(buf, text, self.capture_lines(printed, text.width, panel, cx));
        if let (Some(hash), Some(place)) = (self.captured.picture(), picture) {
            let picture = Picture { pictures: cx.pictures, hash, room: place.as_size() };
            picture.view(place, buf, cx.theme, cx.t);
        }
    }

    /// Room for the lines and for the picture inside of what was captured: side by side, or one below the other.
    fn capture_parts(&self, inner: Rect, panel: bool, cx: &Cx<'_>) -> (Rect, Option<Rect>) {
        let Some(printed) = self.captured.printed().filter(|_| self.captured.picture().is_some()) else {
            return (inner, None);
        };
        let enough =
            |place: &Rect| place.width >= LEAST_PICTURE.width && place.height >= LEAST_PICTURE.height;
        if inner.width >= SIDE_BY_SIDE {
            let half = inner.width / 2;
            let picture = Rect { x: inner.x + inner.width - half, width: half, ..inner };
            return match Some(picture).filter(enough) {
                Some(picture) => (Rect { width: inner.width - half - 2, ..inner }, Some(picture)),
                None => (inner, None),
            };
        }
        let lines = self.capture_lines(printed, inner.width, panel, cx).len() as u16;
        let top = (lines + 1).min(inner.height);
        let picture = Rect { y: inner.y + top, height: inner.height - top, ..inner };
        match Some(picture).filter(enough) {
            Some(picture) => (Rect { height: top, ..inner }, Some(picture)),
            None => (inner, None),
        }
    }

    /// Asks for the picture as it will be drawn.
    pub(super) fn want_picture(&self, area: Rect, cx: &Cx<'_>) -> Option<Effect> {
        let hash = self.captured.picture()?;
        let places = self.places(area, cx);
        let inner = capture_inside(places.capture?, places.beside);
        let (_, picture) = self.capture_parts(inner, places.beside, cx);
        cx.want_picture(hash, picture?.as_size())
    }

    fn capture_lines(&self, printed: &Printed, width: u16, panel: bool, cx: &Cx<'_>) -> Vec<Line<'static>> {
        let theme = cx.theme;
        let mut lines = Vec::new();
        let mut block = printed.lines.first().map_or(0, |line| line.block);
        for line in &printed.lines {
            if line.block != block && panel {
                lines.push(Line::default());
            }
            block = line.block;
            let style = if line.confidence < 0.8 { theme.guess } else { theme.text };
            lines.extend(
                text::wrap(&line.text, usize::from(width)).into_iter().map(|part| Line::styled(part, style)),
            );
        }
        for code in &printed.codes {
            let first = code.lines().next().unwrap_or_default().to_owned();
            lines.push(Line::styled(cx.t.pocket_code(first), theme.reach));
        }
        lines
    }

    fn draw_stack(&self, place: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let title = cx.t.pocket_title(self.stack.len());
        let inner = frame::panel(place, buf, cx.theme, &title, self.focus == Focus::Stack);
        let lines = self.stack_lines(cx);
        let top = self.stack_top(&lines, inner.height);
        for (place, (at, line)) in inner.rows().zip(lines.into_iter().skip(top)) {
            if at == Some(self.stack.cursor()) {
                buf.set_style(place, cx.theme.selected);
            }
            text::put(buf, place, line);
        }
    }

    /// The lines of the stack: headings, and cards with their number.
    fn stack_lines(&self, cx: &Cx<'_>) -> Vec<(Option<usize>, Line<'static>)> {
        let theme = cx.theme;
        let book = &cx.snapshot.book;
        let mut lines = Vec::new();
        let mut number = 0;
        for group in self.stack.groups(book) {
            let event = if group.event.is_empty() { cx.t.pocket_no_event() } else { group.event };
            lines.push((None, Line::styled(event, theme.event)));
            for id in group.cards {
                let name = book.contact(id).map(|one| one.display_name().to_owned()).unwrap_or_default();
                let here = number == self.stack.cursor();
                let sign = match (self.stack.marks.contains(&id), here) {
                    (true, _) => Span::styled("✓ ", theme.marked),
                    (false, true) => Span::styled("› ", theme.title),
                    (false, false) => Span::raw("  "),
                };
                lines.push((Some(number), Line::from(vec![sign, Span::styled(name, theme.strong)])));
                number += 1;
            }
        }
        lines
    }

    /// The first line shown, so that the current card is in view.
    fn stack_top(&self, lines: &[(Option<usize>, Line<'static>)], height: u16) -> usize {
        let height = usize::from(height);
        let at = lines.iter().position(|(at, _)| *at == Some(self.stack.cursor())).unwrap_or(0);
        (at + 1 + height / 3).saturating_sub(height).min(lines.len().saturating_sub(height))
    }

    /// The card that is drawn at a cell of the stack.
    pub(super) fn card_at(&self, stack: Rect, at: Position, cx: &Cx<'_>) -> Option<usize> {
        let inner = frame::inside(stack);
        let lines = self.stack_lines(cx);
        let line = self.stack_top(&lines, inner.height) + usize::from(at.y.checked_sub(inner.y)?);
        if inner.contains(at) { lines.get(line)?.0 } else { None }
    }

    /// What came of it, or how to begin.
    fn draw_empty(&self, panel: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let inner = frame::panel(panel, buf, cx.theme, &cx.t.tab_pocket(), true);
        if !self.stack.is_known() {
            return;
        }
        let mut lines = Vec::new();
        if !self.brought.is_empty() {
            lines.extend(self.brought.lines(cx));
            lines.push(Line::default());
        }
        let hint = if self.stack.swept().is_some() { cx.t.pocket_swept() } else { cx.t.pocket_empty() };
        let words = text::wrap(&hint, usize::from(inner.width));
        lines.extend(words.into_iter().map(|line| Line::styled(line, cx.theme.muted)));
        text::put_lines(buf, inner, lines);
    }
}

/// What a row is called.
fn label(row: Row, cx: &Cx<'_>) -> String {
    match row {
        Row::Field(Field::Hat(_, HatPart::Title)) => cx.t.pocket_title_label(),
        Row::Field(Field::Hat(_, HatPart::Org)) => cx.t.pocket_org_label(),
        row => row.label(cx.t),
    }
}

/// How sure a field is, and, where there is room beside the value, the line that it was read from unless that says just
/// the same.
fn beside(source: &Source<'_>, value: &str, room: usize, cx: &Cx<'_>) -> Vec<Span<'static>> {
    let theme = cx.theme;
    let (dots, style) = match source.confidence {
        sure if sure >= 0.9 => ("●●●", theme.good),
        sure if sure >= 0.7 => ("●●○", theme.notice),
        _ => ("●○○", theme.alert),
    };
    let mut spans = Vec::new();
    // Between value, line and dots stand two blanks and one.
    let cells = room.saturating_sub(text::width(dots) + 3);
    if cells >= SOURCE && source.line.is_none_or(|line| line != value) {
        let line = source.line.map_or_else(|| cx.t.pocket_from_code(), str::to_owned);
        spans.push(Span::styled(text::cut(&line, cells), theme.faint));
        spans.push(Span::raw(" "));
    }
    spans.push(Span::styled(dots, style));
    spans
}

/// The room for what was captured, below its title.
fn capture_inside(place: Rect, panel: bool) -> Rect {
    if panel {
        return frame::inside(place);
    }
    Rect { y: place.y + 1.min(place.height), height: place.height.saturating_sub(1), ..place }
}
