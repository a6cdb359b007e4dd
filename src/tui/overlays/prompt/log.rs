//! What happened with one or several people, in the user's own words.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use std::sync::Arc;

use super::about::{About, SAVE};
use super::shape::{Places, Shape};
use crate::capture::log;
use crate::domain::change::{Deed, Edit, Record};
use crate::domain::id::{ContactId, InteractionId};
use crate::domain::interaction::Interaction;
use crate::protocol::Job;
use crate::tui::command::{self, Command};
use crate::tui::effect::Effect;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::{entry, text};
use crate::wording::{dates, records};

/// What happened, being typed.
pub(super) struct Log {
    about: About,
    line: LineEdit,
}

impl Log {
    pub(super) fn new(who: Vec<ContactId>) -> Self {
        Self { about: About::new(who), line: LineEdit::default() }
    }

    fn places(&self, area: Rect, cx: &Cx<'_>) -> Places {
        let note = text::wrap(&cx.t.ask_log_hint(), Places::width(area)).len();
        Shape { names: self.about.names(cx).is_some(), entry: true, note, ..Shape::default() }.places(area)
    }

    fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let words = self.line.text().to_owned();
        if words.trim().is_empty() {
            return vec![Effect::Close];
        }
        let job = match self.about.one(cx) {
            Some(one) => Job::Log { who: one.uid(), text: words, on: None, lang: cx.language() },
            None => self.together(&words, cx),
        };
        self.about.send(job)
    }

    /// What happened with several people at once is one interaction with all of them. The door gives it its
    /// identifier.
    fn together(&self, words: &str, cx: &Cx<'_>) -> Job {
        let reading = log::read(words, &cx.reading());
        let entry = Interaction {
            id: InteractionId::NIL,
            on: reading.on.unwrap_or(cx.today),
            kind: reading.kind,
            people: self.about.people(cx).map(|one| one.id).collect(),
            words: reading.words,
            created: cx.now,
        };
        let edits = vec![Edit::create(Record::Interaction(Arc::new(entry)))];
        Job::Apply { deed: Deed::Log, subject: self.about.subject(cx), edits }
    }

    fn note(&self, width: usize, cx: &Cx<'_>) -> Vec<Line<'static>> {
        let theme = cx.theme;
        if self.line.text().trim().is_empty() {
            let lines = text::wrap(&cx.t.ask_log_hint(), width);
            return lines.into_iter().map(|line| Line::styled(line, theme.faint)).collect();
        }
        let reading = log::read(self.line.text(), &cx.reading());
        let lang = cx.t.lang();
        let on = reading.on.unwrap_or(cx.today);
        vec![Line::from(vec![
            Span::styled(records::interaction(reading.kind, lang), theme.value),
            Span::styled(" · ", theme.faint),
            Span::styled(dates::ago(on, cx.today, lang), theme.date),
            Span::styled(format!("  {}", dates::day(on, lang)), theme.faint),
        ])]
    }
}

impl Layer for Log {
    fn place(&self) -> command::Places {
        command::Places::PICKER
    }

    fn typing(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.save(cx),
            Input::Key(key) => _ = self.line.key(key),
            Input::Paste(pasted) => self.line.paste(pasted),
            Input::Mouse(mouse) if mouse.act == MouseAct::Press => {
                self.line.click(mouse.at, entry::text_area(self.places(area, cx).entry));
            }
            Input::Reply(SAVE, reply) => return self.about.reply(reply),
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let places = self.places(area, cx);
        places.frame(buf, cx, &cx.t.ask_log(self.about.title(cx)), Some(&self.about));
        entry::view(&self.line, places.entry, buf, cx.theme, &cx.t.ask_log_placeholder(), "");
        places.note(buf, self.note(usize::from(places.note.width), cx));
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        entry::cursor(&self.line, self.places(area, cx).entry)
    }
}
