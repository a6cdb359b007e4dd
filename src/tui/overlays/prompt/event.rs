//! An event: the one that the next cards come from, or the one where some people were met; its name, and the day.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::about::{About, SAVE};
use super::shape::{Places, Shape};
use crate::domain::contact::{Contact, Met};
use crate::domain::id::ContactId;
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
    /// The people who were met there; `None` for the cards to come.
    about: Option<About>,
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
        Self::begun(None, name, day, cx)
    }

    /// For people who are in the book already; begins with where they were met, if all were met at one event.
    pub(super) fn of(who: Vec<ContactId>, cx: &Cx<'_>) -> Self {
        let about = About::new(who);
        let met = one_event(&about, cx).unwrap_or_default();
        let day = met.on.as_ref().and_then(PartialDate::day).map(|day| LineEdit::new(&day.to_string()));
        Self::begun(Some(about), LineEdit::new(&met.at), day.unwrap_or_default(), cx)
    }

    fn begun(about: Option<About>, name: LineEdit, day: LineEdit, cx: &Cx<'_>) -> Self {
        let mut prompt = Self {
            about,
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

    /// The event that is set now.
    fn set_now(&self, cx: &Cx<'_>) -> Option<String> {
        match &self.about {
            None => cx.sticky.map(|event| event.name.clone()),
            Some(about) => {
                about.people(cx).find_map(|one| one.met.clone()).map(|met| met.at).filter(|at| !at.is_empty())
            }
        }
    }

    fn hint(&self, cx: &Cx<'_>) -> String {
        if self.about.is_some() { cx.t.ask_event_of_hint() } else { cx.t.ask_event_hint() }
    }

    /// Sets the event, or ends it.
    fn set(&mut self, event: Option<StickyEvent>, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(about) = &mut self.about else { return vec![Effect::Sticky(event), Effect::Close] };
        about.change(cx, |contact| meet(contact, event.as_ref()))
    }

    fn typed(&self) -> String {
        clean::line(self.name.text())
    }

    fn look(&mut self, cx: &Cx<'_>) {
        let typed = self.typed();
        // The event that is set already is no reason to hide all others.
        let set = self.set_now(cx);
        let prefix = if set.as_deref() == Some(typed.as_str()) { "" } else { typed.as_str() };
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
        if set.is_some() {
            self.rows.push(Row::None);
        }
    }

    fn places(&self, area: Rect, cx: &Cx<'_>) -> (Places, Rect) {
        let hint = text::wrap(&self.hint(cx), Places::width(area)).len();
        // As many as there can ever be, so that nothing jumps while a name is typed.
        let rows = ROWS.min(cx.vocabulary.len(Kind::Event) + usize::from(self.set_now(cx).is_some()));
        let names = self.about.as_ref().is_some_and(|about| about.names(cx).is_some());
        let mut places =
            Shape { names, entry: true, rows: rows + 1, note: hint, ..Shape::default() }.places(area);
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
                Some(Row::None) => return self.set(None, cx),
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
            return self.set(None, cx);
        }
        if let Some(on) = self.day(&name, cx) {
            return self.set(Some(StickyEvent { name, on }), cx);
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

/// Where and when people were met, if that is the same for all of them.
fn one_event(about: &About, cx: &Cx<'_>) -> Option<Met> {
    let mut people = about.people(cx).map(|one| one.met.clone().unwrap_or_default());
    let first = people.next()?;
    people.all(|met| met.at == first.at && met.on == first.on).then_some(first)
}

/// Writes down where somebody was met; `None` takes it away.
fn meet(contact: &mut Contact, event: Option<&StickyEvent>) {
    let met = contact.met.get_or_insert_with(Met::default);
    match event {
        Some(event) => {
            met.at.clone_from(&event.name);
            met.on = Some(PartialDate::Day(event.on));
        }
        None => {
            met.at.clear();
            met.on = None;
        }
    }
    if *met == Met::default() {
        contact.met = None;
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
        let (places, day) = self.places(area, cx);
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
            Input::Reply(SAVE, reply) => {
                return self.about.as_mut().map(|about| about.reply(reply)).unwrap_or_default();
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
        let (places, day) = self.places(area, cx);
        let theme = cx.theme;
        let title =
            self.about.as_ref().map_or_else(|| cx.t.ask_event(), |about| cx.t.ask_event_of(about.title(cx)));
        places.frame(buf, cx, &title, self.about.as_ref());
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
        let hint = text::wrap(&self.hint(cx), usize::from(places.note.width));
        places.note(buf, hint.into_iter().map(|line| Line::styled(line, theme.faint)).collect());
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        let (places, day) = self.places(area, cx);
        if self.on_day {
            (!day.is_empty()).then(|| self.day.position(Self::day_area(day, cx)))
        } else {
            entry::cursor(&self.name, places.entry)
        }
    }
}
