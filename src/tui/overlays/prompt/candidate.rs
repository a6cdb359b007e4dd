//! How it stands with somebody who might help with a need, in the user's own words; a date in them is the day of it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::need::find;
use super::shape::{Places, Shape};
use crate::capture::log;
use crate::domain::id::{ContactId, NeedId};
use crate::domain::need::Candidate;
use crate::protocol::needs::MarkCandidate;
use crate::protocol::{Job, Reply};
use crate::tui::command::{self, Command};
use crate::tui::effect::{Effect, Tag};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::widgets::entry;
use crate::tui::widgets::line_edit::LineEdit;
use crate::wording::{dates, needs};

const SAVE: Tag = 1;

/// A note, being typed.
pub(super) struct CandidateNote {
    need: NeedId,
    who: ContactId,
    line: LineEdit,
    sending: bool,
}

impl CandidateNote {
    pub(super) fn new(need: NeedId, who: ContactId, cx: &Cx<'_>) -> Self {
        let note = said(need, who, cx).map(|said| said.note.clone()).unwrap_or_default();
        Self { need, who, line: LineEdit::new(&note), sending: false }
    }

    fn places(area: Rect) -> Places {
        Shape { entry: true, note: 1, ..Shape::default() }.places(area)
    }

    fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let said = said(self.need, self.who, cx);
        let (Some(said), Some(contact)) = (said, cx.snapshot.book.contact(self.who)) else {
            return vec![Effect::Close];
        };
        let note = self.line.text().trim().to_owned();
        if note == said.note {
            return vec![Effect::Close];
        }
        if std::mem::replace(&mut self.sending, true) {
            return Vec::new();
        }
        let mark = MarkCandidate {
            need: self.need.to_string(),
            who: contact.uid(),
            state: Some(said.state),
            on: log::read(&note, &cx.reading()).on.or(Some(said.on)),
            note: Some(note),
        };
        vec![Effect::Ask(Job::MarkCandidate(mark), SAVE)]
    }
}

/// What was said on somebody.
fn said<'a>(need: NeedId, who: ContactId, cx: &Cx<'a>) -> Option<&'a Candidate> {
    find(need, cx)?.candidates.iter().find(|one| one.contact == who)
}

impl Layer for CandidateNote {
    fn place(&self) -> command::Places {
        command::Places::PICKER
    }

    fn typing(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, _area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.save(cx),
            Input::Key(key) => _ = self.line.key(key),
            Input::Paste(pasted) => self.line.paste(pasted),
            Input::Reply(SAVE, Reply::Failed(_)) => self.sending = false,
            Input::Reply(SAVE, _) => return vec![Effect::Close],
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let places = Self::places(area);
        let (theme, lang) = (cx.theme, cx.t.lang());
        let name = cx.snapshot.book.contact(self.who).map(|who| who.display_name().to_owned());
        places.frame(buf, cx, &cx.t.ask_candidate(name.unwrap_or_default()), None);
        entry::view(&self.line, places.entry, buf, theme, &cx.t.ask_candidate_placeholder(), "");
        let Some(said) = said(self.need, self.who, cx) else { return };
        let on = log::read(self.line.text(), &cx.reading()).on.unwrap_or(said.on);
        let line = Line::from(vec![
            Span::styled(needs::candidate(said.state, lang), theme.value),
            Span::styled(" · ", theme.faint),
            Span::styled(dates::ago(on, cx.today, lang), theme.date),
            Span::styled(format!("  {}", dates::day(on, lang)), theme.faint),
        ]);
        places.note(buf, vec![line]);
    }

    fn cursor(&self, area: Rect, _cx: &Cx<'_>) -> Option<Position> {
        entry::cursor(&self.line, Self::places(area).entry)
    }
}
