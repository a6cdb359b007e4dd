//! The event that the next cards come from: its name, and the day the cards were collected.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::shape::{Places, Shape};
use crate::domain::time::{Date, PartialDate};
use crate::insight::vocabulary::Kind;
use crate::protocol::StickyEvent;
use crate::text::clean;
use crate::text::dates as read;
use crate::text::fold::{fold, same};
use crate::tui::command::{self, Command};
use crate::tui::effect::Effect;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::{self, ListState};
use crate::tui::widgets::{entry, text};
use crate::wording::dates;

/// Rows for events.
const ROWS: usize = 6;
/// An event of the book lends its day when it is at most so many days old; an older one is a series.
const RECENT_DAYS: i32 = 30;
/// Words that end the event.
const NONE: [&str; 4] = ["none", "aucun", "aucune", "-"];

/// The event being typed.
pub(super) struct EventOf {
    name: LineEdit,
    day: LineEdit,
    /// The day is being typed, not the name.
    on_day: bool,
    rows: Vec<Row>,
    list: ListState,
    /// The cursor has gone to the rows: Enter takes the row, not what is typed.
    among_rows: bool,
}

/// An event to take, or the end of the one that is set.
enum Row {
    Event { name: String, people: u32, on: Option<PartialDate> },
    None,
}

impl EventOf {
    pub(super) fn new(cx: &Cx<'_>) -> Self {
        let name = cx.sticky.map(|event| LineEdit::new(&event.name)).unwrap_or_default();
        let day = cx.sticky.map(|event| LineEdit::new(&event.on.to_string())).unwrap_or_default();
        let mut prompt = Self {
            name,
            day,
            on_day: false,
            rows: Vec::new(),
            list: ListState::default(),
            among_rows: false,
        };
        prompt.look(cx);
        prompt
    }

    fn typed(&self) -> String {
        clean::line(self.name.text())
    }

    fn look(&mut self, cx: &Cx<'_>) {
        let typed = self.typed();
        // The event that is set already is no reason to hide all others.
        let prefix = if cx.sticky.is_some_and(|set| set.name == typed) { "" } else { typed.as_str() };
        let known = |name: &str| cx.snapshot.book.events().find(|event| same(&event.name, name));
        self.rows = cx
            .vocabulary
            .matching(Kind::Event, prefix)
            .filter(|used| used.text != typed)
            .take(ROWS - 1)
            .map(|used| Row::Event {
                name: used.text.to_owned(),
                people: used.count,
                on: known(used.text).and_then(|event| event.on.clone()),
            })
            .collect();
        if cx.sticky.is_some() {
            self.rows.push(Row::None);
        }
    }

    fn places(area: Rect, cx: &Cx<'_>) -> (Places, Rect) {
        let hint = text::wrap(&cx.t.ask_event_hint(), Places::width(area)).len();
        // As many as there can ever be, so that nothing jumps while a name is typed.
        let rows = ROWS.min(cx.vocabulary.len(Kind::Event) + usize::from(cx.sticky.is_some()));
        let mut places = Shape { entry: true, rows: rows + 1, note: hint, ..Shape::default() }.places(area);
        // The day stands right under the name.
        let day = Rect { y: places.entry.bottom(), height: places.entry.height, ..places.entry };
        let moved = places.rows.height.min(1);
        places.rows = Rect { y: places.rows.y + moved, height: places.rows.height - moved, ..places.rows };
        (places, day.intersection(places.popup))
    }

    /// Cells before the day, with its label.
    fn day_area(row: Rect, cx: &Cx<'_>) -> Rect {
        let label = (text::width(&cx.t.ask_event_on()) as u16 + 4).min(row.width);
        Rect { x: row.x + label, width: row.width - label, ..row }
    }

    /// The day that is typed, else that of the event if it was lately, else today. `None` cannot be read.
    fn day(&self, name: &str, cx: &Cx<'_>) -> Option<Date> {
        let typed = self.day.text().trim();
        if !typed.is_empty() {
            return read::parse_past(typed, cx.today);
        }
        let own = cx.snapshot.book.events().find(|event| same(&event.name, name));
        let own = own.and_then(|event| event.on.as_ref()).and_then(PartialDate::day);
        Some(own.filter(|day| (0..=RECENT_DAYS).contains(&(cx.today - *day).get_days())).unwrap_or(cx.today))
    }

    fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if self.among_rows {
            match self.rows.get(self.list.cursor()) {
                Some(Row::None) => return vec![Effect::Sticky(None), Effect::Close],
                Some(Row::Event { name, .. }) => {
                    self.name = LineEdit::new(&name.clone());
                    // The day belonged to another event.
                    self.day.clear();
                }
                None => {}
            }
        }
        let name = self.typed();
        if name.is_empty() || NONE.contains(&fold(&name).as_str()) {
            return vec![Effect::Sticky(None), Effect::Close];
        }
        if let Some(on) = self.day(&name, cx) {
            return vec![Effect::Sticky(Some(StickyEvent { name, on })), Effect::Close];
        }
        (self.on_day, self.among_rows) = (true, false);
        Vec::new()
    }

    fn view_day(&self, row: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let theme = cx.theme;
        let label = format!("  {}", cx.t.ask_event_on());
        text::put(buf, row, Span::styled(label, if self.on_day { theme.title } else { theme.muted }));
        let area = Self::day_area(row, cx);
        let name = self.typed();
        let lang = cx.t.lang();
        let read = self.day(&name, cx);
        let shown =
            read.map(|day| format!("{} · {}", dates::day(day, lang), dates::ago(day, cx.today, lang)));
        if self.on_day || !self.day.text().is_empty() {
            self.day.view(area, buf, &|_| theme.strong);
            let used = (text::width(self.day.text()) as u16 + 2).min(area.width);
            let rest = Rect { x: area.x + used, width: area.width - used, ..area };
            let (words, style) = match shown {
                Some(shown) => (shown, theme.date),
                None => (cx.t.ask_date_unread(self.day.text()), theme.notice),
            };
            text::put(buf, rest, Span::styled(words, style));
        } else {
            text::put(buf, area, Span::styled(shown.unwrap_or_default(), theme.date));
        }
    }
}

impl Layer for EventOf {
    fn place(&self) -> command::Places {
        command::Places::PICKER
    }

    fn typing(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let (places, day) = Self::places(area, cx);
        let (len, height) = (self.rows.len(), places.rows.height);
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.save(cx),
            Input::Command(Command::Next | Command::Previous) => {
                (self.on_day, self.among_rows) = (!self.on_day, false);
            }
            Input::Command(Command::Down) if !self.among_rows => self.among_rows = len > 0,
            Input::Command(Command::Up) if self.list.cursor() == 0 => self.among_rows = false,
            Input::Command(command) => _ = self.list.command(command, len, height),
            Input::Key(key) => {
                self.among_rows = false;
                let line = if self.on_day { &mut self.day } else { &mut self.name };
                if line.key(key) {
                    self.look(cx);
                    self.list = ListState::default();
                }
            }
            Input::Paste(pasted) => {
                let line = if self.on_day { &mut self.day } else { &mut self.name };
                line.paste(pasted);
                self.look(cx);
            }
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !places.popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                if mouse.act == MouseAct::Press {
                    self.on_day = day.contains(mouse.at);
                }
                if self.list.mouse(mouse, places.rows, len).is_some() {
                    self.among_rows = true;
                    return self.save(cx);
                }
            }
            Input::Refreshed => {
                self.look(cx);
                self.list.clamp(self.rows.len(), height);
            }
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let (places, day) = Self::places(area, cx);
        let theme = cx.theme;
        places.frame(buf, cx, &cx.t.ask_event(), None);
        entry::view(&self.name, places.entry, buf, theme, &cx.t.ask_event_placeholder(), "");
        self.view_day(day, buf, cx);
        let lang = cx.t.lang();
        for (place, at) in places.rows.rows().zip(self.list.visible(self.rows.len(), places.rows.height)) {
            let chosen = self.among_rows && at == self.list.cursor();
            let (left, right) = match &self.rows[at] {
                Row::Event { name, people, on } => {
                    let mut right = Vec::new();
                    if *people > 0 {
                        right.push(Span::styled(cx.t.people_count(*people), theme.muted));
                    }
                    if let Some(on) = on {
                        right.push(Span::styled(format!("  {}", dates::partial(on, lang)), theme.date));
                    }
                    (vec![Span::styled(name.clone(), theme.event)], right)
                }
                Row::None => (vec![Span::styled(cx.t.ask_event_none(), theme.text)], Vec::new()),
            };
            list::put_row(buf, place, chosen, theme, left, right);
        }
        let hint = text::wrap(&cx.t.ask_event_hint(), usize::from(places.note.width));
        places.note(buf, hint.into_iter().map(|line| Line::styled(line, theme.faint)).collect());
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        let (places, day) = Self::places(area, cx);
        if self.on_day {
            (!day.is_empty()).then(|| self.day.position(Self::day_area(day, cx)))
        } else {
            entry::cursor(&self.name, places.entry)
        }
    }
}
