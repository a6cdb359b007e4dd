//! When to come back to one or several people: a date typed in either language, or one of a few that are usual.

use jiff::ToSpan;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::about::{About, SAVE};
use super::shape::{Places, Shape};
use crate::domain::id::ContactId;
use crate::domain::time::Date;
use crate::text::dates as read;
use crate::text::fold::fold;
use crate::tui::command::{self, Command};
use crate::tui::effect::Effect;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::{self, ListState};
use crate::tui::widgets::{entry, text};
use crate::wording::dates;

/// Words that take the date away.
const NONE: [&str; 6] = ["none", "aucun", "aucune", "never", "jamais", "-"];

/// A date, being typed or chosen.
pub(super) struct FollowUp {
    about: About,
    line: LineEdit,
    list: ListState,
}

impl FollowUp {
    pub(super) fn new(who: Vec<ContactId>) -> Self {
        Self { about: About::new(who), line: LineEdit::default(), list: ListState::default() }
    }

    fn places(&self, area: Rect, cx: &Cx<'_>) -> Places {
        let names = self.about.names(cx).is_some();
        Shape { names, entry: true, rows: usual(cx).len(), note: 1, ..Shape::default() }.places(area)
    }

    fn typed(&self) -> &str {
        self.line.text().trim()
    }

    /// What is typed, or chosen: `Some(None)` takes the date away, `None` cannot be read.
    #[expect(clippy::option_option, reason = "no date and no reading are two things")]
    fn reading(&self, cx: &Cx<'_>) -> Option<Option<Date>> {
        if self.typed().is_empty() {
            return usual(cx).get(self.list.cursor()).map(|(_, date)| *date);
        }
        if NONE.contains(&fold(self.typed()).as_str()) {
            return Some(None);
        }
        read::parse(self.typed(), cx.today).map(Some)
    }

    fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        match self.reading(cx) {
            Some(next) => self.about.change(cx, |contact| contact.next = next),
            None => Vec::new(),
        }
    }

    /// The reading of what is typed, else the date that is set now.
    fn note(&self, cx: &Cx<'_>) -> Line<'static> {
        let theme = cx.theme;
        if self.typed().is_empty() {
            let now = self.about.one(cx).and_then(|one| one.next);
            return match now {
                Some(date) => Line::styled(cx.t.ask_follow_up_now(long(date, cx)), theme.faint),
                None => Line::default(),
            };
        }
        match self.reading(cx) {
            None => Line::styled(cx.t.ask_date_unread(self.typed()), theme.notice),
            Some(None) => Line::styled(cx.t.ask_no_date(), theme.date),
            Some(Some(date)) => {
                let mut spans =
                    vec![Span::styled("→ ", theme.faint), Span::styled(long(date, cx), theme.date)];
                if date < cx.today {
                    spans.push(Span::styled(format!("  {}", cx.t.ask_date_past()), theme.notice));
                }
                Line::from(spans)
            }
        }
    }
}

/// *Friday, Nov 20, 2026, in 4 days*
fn long(date: Date, cx: &Cx<'_>) -> String {
    let lang = cx.t.lang();
    let (weekday, day, ago) =
        (dates::weekday(date, lang), dates::day(date, lang), dates::ago(date, cx.today, lang));
    format!("{weekday} {day} · {ago}")
}

/// The usual choices, the last of which takes the date away.
fn usual(cx: &Cx<'_>) -> Vec<(String, Option<Date>)> {
    let today = cx.today;
    let monday = i64::from(8 - today.weekday().to_monday_one_offset());
    let after = |span: jiff::Span| today.checked_add(span).ok();
    vec![
        (cx.t.ask_tomorrow(), after(1.day())),
        (cx.t.ask_next_week(), after(monday.days())),
        (cx.t.ask_two_weeks(), after(2.weeks())),
        (cx.t.ask_one_month(), after(1.month())),
        (cx.t.ask_three_months(), after(3.months())),
        (cx.t.ask_no_date(), None),
    ]
}

impl Layer for FollowUp {
    fn place(&self) -> command::Places {
        command::Places::PICKER
    }

    fn typing(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let places = self.places(area, cx);
        let (len, height) = (usual(cx).len(), places.rows.height);
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.save(cx),
            Input::Command(Command::Next) => _ = self.list.command(Command::Down, len, height),
            Input::Command(Command::Previous) => _ = self.list.command(Command::Up, len, height),
            Input::Command(command) => _ = self.list.command(command, len, height),
            Input::Key(key) => _ = self.line.key(key),
            Input::Paste(pasted) => self.line.paste(pasted),
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !places.popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                if self.list.mouse(mouse, places.rows, len).is_some() {
                    self.line.clear();
                    return self.save(cx);
                }
            }
            Input::Reply(SAVE, reply) => return self.about.reply(reply),
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let places = self.places(area, cx);
        let theme = cx.theme;
        places.frame(buf, cx, &cx.t.ask_follow_up(self.about.title(cx)), Some(&self.about));
        entry::view(&self.line, places.entry, buf, theme, &cx.t.ask_follow_up_placeholder(), "");
        let usual = usual(cx);
        let lang = cx.t.lang();
        let names = usual.iter().map(|(name, _)| text::width(name)).max().unwrap_or(0);
        let typed = !self.typed().is_empty();
        for (place, at) in places.rows.rows().zip(self.list.visible(usual.len(), places.rows.height)) {
            let (name, date) = &usual[at];
            let (style, date_style) =
                if typed { (theme.faint, theme.faint) } else { (theme.text, theme.date) };
            let day = date.map(|date| format!("{} {}", dates::weekday(date, lang), dates::day(date, lang)));
            let left = vec![
                Span::styled(text::fit(name, names + 3), style),
                Span::styled(day.unwrap_or_default(), date_style),
            ];
            list::put_row(buf, place, !typed && at == self.list.cursor(), theme, left, Vec::new());
        }
        places.note(buf, vec![self.note(cx)]);
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        entry::cursor(&self.line, self.places(area, cx).entry)
    }
}
