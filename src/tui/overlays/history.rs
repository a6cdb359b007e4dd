//! What was changed, newest first: of everybody, or of one person with the fields that changed.
//!
//! Undo takes back the step under the cursor, be it an older one; the engine refuses where later steps touched
//! the same fields. The list asks anew whenever the book is another one.

use std::sync::Arc;

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::domain::Book;
use crate::domain::change::Course;
use crate::domain::id::ContactId;
use crate::domain::time::Date;
use crate::protocol::{Job, PastStep, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Tag};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::list::{self, ListState};
use crate::tui::widgets::{frame, scroll, text};
use crate::wording::{dates, records};

/// So many steps are shown; older ones are for the command line.
const MOST: usize = 1_000;
/// The widest that it gets.
const WIDEST: u16 = 116;
/// Tags of jobs.
const LIST: Tag = 1;
const UNDO: Tag = 2;

/// The list of steps.
pub struct History {
    who: Option<ContactId>,
    zone: TimeZone,
    /// The book that the list was asked for.
    asked: Option<Arc<Book>>,
    steps: Option<Vec<PastStep>>,
    list: ListState,
}

impl History {
    /// Steps of everybody, or of one person, told in the system's time zone.
    pub fn new(who: Option<ContactId>) -> Self {
        Self::in_zone(who, TimeZone::system())
    }

    /// The same, told in another time zone.
    pub fn in_zone(who: Option<ContactId>, zone: TimeZone) -> Self {
        Self { who, zone, asked: None, steps: None, list: ListState::default() }
    }

    fn len(&self) -> usize {
        self.steps.as_ref().map_or(0, Vec::len)
    }

    fn under_cursor(&self) -> Option<&PastStep> {
        self.steps.as_ref()?.get(self.list.cursor())
    }

    fn layout(&self, area: Rect) -> (Rect, Rect) {
        let width = WIDEST.min(area.width.saturating_sub(4));
        let height = (self.len().max(3) + 2).min(usize::from(area.height.saturating_sub(2))) as u16;
        let popup = frame::centred(area, width, height);
        (popup, frame::inside(popup))
    }

    /// Asks for the steps when the book is another one than the list was made from.
    fn ask(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let book = &cx.snapshot.book;
        if self.asked.as_ref().is_some_and(|asked| Arc::ptr_eq(asked, book)) {
            return Vec::new();
        }
        self.asked = Some(Arc::clone(book));
        let who = self.who.and_then(|id| book.contact(id)).map(|contact| contact.uid());
        vec![Effect::Ask(Job::History { who, limit: MOST }, LIST)]
    }

    fn day_of(&self, past: &PastStep) -> Date {
        past.step.at.to_zoned(self.zone.clone()).date()
    }

    fn day(&self, past: &PastStep, cx: &Cx<'_>) -> String {
        let day = self.day_of(past);
        let near = day.duration_until(cx.today).as_hours() <= 24;
        let lang = cx.t.lang();
        if near { dates::ago(day, cx.today, lang) } else { dates::day(day, lang) }
    }

    /// What a step did; whom it was about goes without saying in one person's list.
    fn words(&self, past: &PastStep, cx: &Cx<'_>) -> String {
        let mut step = past.step.clone();
        if self.who.is_some() {
            step.subject.clear();
        }
        records::step(&step, cx.t.lang())
    }

    fn time(&self, past: &PastStep, cx: &Cx<'_>) -> String {
        let local = past.step.at.to_zoned(self.zone.clone());
        cx.t.history_time(format!("{:02}", local.hour()), format!("{:02}", local.minute()))
    }
}

/// Whether a step can be taken back by itself.
fn can_be_undone(past: &PastStep) -> bool {
    past.step.course == Course::Do && !past.undone
}

impl Layer for History {
    fn place(&self) -> Places {
        Places::READER
    }

    fn enabled(&self, command: Command, _cx: &Cx<'_>) -> bool {
        command != Command::Undo || self.under_cursor().is_some_and(can_be_undone)
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let (popup, rows) = self.layout(area);
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Undo) => {
                let step = self.under_cursor().filter(|past| can_be_undone(past)).map(|past| past.step.id);
                return step.map(|step| Effect::Ask(Job::UndoStep { step }, UNDO)).into_iter().collect();
            }
            Input::Command(command) => _ = self.list.command(command, self.len(), rows.height),
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                self.list.mouse(mouse, rows, self.len());
            }
            Input::Reply(LIST, Reply::History(steps)) => {
                let first = self.steps.is_none();
                self.steps = Some(steps.clone());
                let (_, rows) = self.layout(area);
                self.list.clamp(steps.len(), rows.height);
                // The cursor begins on what can be taken back next.
                if let Some(at) = steps.iter().position(can_be_undone).filter(|_| first) {
                    self.list.select(at, steps.len(), rows.height);
                }
            }
            Input::Refreshed => {
                self.list.clamp(self.len(), rows.height);
                return self.ask(cx);
            }
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let (popup, rows) = self.layout(area);
        let theme = cx.theme;
        let title = match self.who.and_then(|id| cx.snapshot.book.contact(id)) {
            Some(contact) => cx.t.history_title_of(text::cut(contact.display_name(), 40)),
            None => cx.t.history_title(),
        };
        frame::popup(popup, buf, theme, &title);
        let Some(steps) = &self.steps else {
            text::put(buf, rows, Span::styled(cx.t.history_loading(), theme.faint));
            return;
        };
        if steps.is_empty() {
            text::put(buf, rows, Span::styled(cx.t.history_nothing(), theme.muted));
            return;
        }
        let visible = self.list.visible(steps.len(), rows.height);
        let shown = &steps[visible.clone()];
        let days: Vec<String> = shown.iter().map(|past| self.day(past, cx)).collect();
        let times: Vec<String> = shown.iter().map(|past| self.time(past, cx)).collect();
        let widest = |texts: &[String]| texts.iter().map(|word| text::width(word)).max().unwrap_or(0);
        let (day_column, time_column) = (widest(&days), widest(&times));
        for (line, (place, at)) in rows.rows().zip(visible).enumerate() {
            let past = &steps[at];
            let told = line > 0 && days[line - 1] == days[line];
            let day = if told { "" } else { &days[line] };
            let quiet = past.undone || past.step.course != Course::Do;
            let mut left = vec![
                Span::styled(text::fit(day, day_column), theme.date),
                Span::styled(format!("  {}  ", text::fit(&times[line], time_column)), theme.faint),
                Span::styled(self.words(past, cx), if quiet { theme.faint } else { theme.text }),
            ];
            if !past.fields.is_empty() {
                let fields: Vec<_> =
                    past.fields.iter().map(|field| records::field(field, cx.t.lang())).collect();
                left.push(Span::styled(format!("  {}", fields.join(", ")), theme.muted));
            }
            let mut right = Vec::new();
            if past.count > 1 {
                right.push(Span::styled(cx.t.history_records(past.count), theme.muted));
            }
            if past.undone {
                let gap = if right.is_empty() { "" } else { "  " };
                right.push(Span::styled(format!("{gap}{}", cx.t.history_undone()), theme.notice));
            }
            list::put_row(buf, place, at == self.list.cursor(), theme, left, right);
        }
        scroll::thumb(buf, rows, self.list.top(), steps.len(), theme);
    }
}
