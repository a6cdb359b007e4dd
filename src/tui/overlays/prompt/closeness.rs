//! How near one or several people are: one key each, 0 to 5.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::about::{About, SAVE};
use super::shape::{Places, Shape};
use crate::domain::contact::Closeness;
use crate::domain::id::ContactId;
use crate::tui::command::{self, Command};
use crate::tui::effect::Effect;
use crate::tui::key::Code;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::list::{self, ListState};
use crate::wording::records;

/// The levels, then the row that says nothing.
const ROWS: usize = Closeness::MAX as usize + 2;

/// The levels to choose from.
pub(super) struct Ask {
    about: About,
    list: ListState,
}

impl Ask {
    pub(super) fn new(who: Vec<ContactId>, cx: &Cx<'_>) -> Self {
        let about = About::new(who);
        let mut list = ListState::default();
        // While others watch, not even the cursor tells.
        if let Some(now) = about.one(cx).and_then(|one| one.closeness).filter(|_| !cx.discreet) {
            list.select(usize::from(now.level()), ROWS, ROWS as u16);
        }
        Self { about, list }
    }

    fn places(&self, area: Rect, cx: &Cx<'_>) -> Places {
        Shape { names: self.about.names(cx).is_some(), rows: ROWS, ..Shape::default() }.places(area)
    }

    fn choose(&mut self, row: usize, cx: &Cx<'_>) -> Vec<Effect> {
        let level = u8::try_from(row).ok().and_then(Closeness::new);
        self.about.change(cx, |contact| contact.closeness = level)
    }
}

impl Layer for Ask {
    fn place(&self) -> command::Places {
        command::Places::PICKER
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let places = self.places(area, cx);
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.choose(self.list.cursor(), cx),
            Input::Command(Command::Next) => _ = self.list.command(Command::Down, ROWS, places.rows.height),
            Input::Command(Command::Previous) => _ = self.list.command(Command::Up, ROWS, places.rows.height),
            Input::Command(command) => _ = self.list.command(command, ROWS, places.rows.height),
            Input::Key(key) => match key.code {
                Code::Char(digit @ '0'..='5') => return self.choose(digit as usize - '0' as usize, cx),
                Code::Char('-') | Code::Delete | Code::Backspace => return self.choose(ROWS - 1, cx),
                _ => {}
            },
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !places.popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                if let Some(row) = self.list.mouse(mouse, places.rows, ROWS) {
                    return self.choose(row, cx);
                }
            }
            Input::Refreshed => self.list.clamp(ROWS, places.rows.height),
            Input::Reply(SAVE, reply) => return self.about.reply(reply),
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let places = self.places(area, cx);
        let theme = cx.theme;
        places.frame(buf, cx, &cx.t.ask_closeness(self.about.title(cx)), Some(&self.about));
        let now = self.about.one(cx).filter(|_| !cx.discreet).map(|one| one.closeness);
        for (place, at) in places.rows.rows().zip(self.list.visible(ROWS, places.rows.height)) {
            let level = u8::try_from(at).ok().and_then(Closeness::new);
            let mut left = match level {
                Some(level) => {
                    let dots = records::closeness_dots(level);
                    let (full, empty) = dots.split_at(usize::from(level.level()) * '●'.len_utf8());
                    vec![
                        Span::styled(format!("{at} "), theme.key),
                        Span::styled(full, theme.dots),
                        Span::styled(empty, theme.faint),
                        Span::styled(format!("  {}", records::closeness(level, cx.t.lang())), theme.text),
                    ]
                }
                None => vec![
                    Span::styled("-        ", theme.key),
                    Span::styled(cx.t.ask_closeness_none(), theme.muted),
                ],
            };
            if now == Some(level) {
                left.push(Span::styled("  ✓", theme.marked));
            }
            list::put_row(buf, place, at == self.list.cursor(), theme, left, Vec::new());
        }
    }
}
