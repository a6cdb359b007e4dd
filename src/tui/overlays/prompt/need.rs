//! A need as a line of the one grammar: its words, then market, region and deadline. What leaves the line leaves the
//! need.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::shape::{Places, Shape};
use crate::capture::need::{self, Said};
use crate::domain::id::NeedId;
use crate::domain::need::Need;
use crate::protocol::needs::EditNeed;
use crate::protocol::{Job, Reply};
use crate::tui::command::{self, Command};
use crate::tui::effect::{Effect, Tag};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::completion::Completion;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::{chips, entry, text};

const SAVE: Tag = 1;

/// A need, being edited.
pub(super) struct NeedLine {
    need: NeedId,
    line: LineEdit,
    completion: Completion,
    sending: bool,
}

/// The need, where it is still in the book.
pub(super) fn find<'a>(need: NeedId, cx: &Cx<'a>) -> Option<&'a Arc<Need>> {
    cx.snapshot.book.needs().find(|other| other.id == need)
}

impl NeedLine {
    pub(super) fn new(need: NeedId, cx: &Cx<'_>) -> Self {
        let line =
            find(need, cx).map(|need| need::write(&Said::of_need(need), &cx.reading())).unwrap_or_default();
        Self { need, line: LineEdit::new(&line), completion: Completion::default(), sending: false }
    }

    fn places(area: Rect, cx: &Cx<'_>) -> Places {
        let hint = text::wrap(&cx.t.ask_need_hint(), Places::width(area)).len();
        Shape { entry: true, note: hint + 1, ..Shape::default() }.places(area)
    }

    fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let (said, _) = need::read(self.line.text(), &cx.reading());
        if said.words.is_empty() || self.sending {
            return Vec::new();
        }
        self.sending = true;
        let edit = EditNeed {
            need: self.need.to_string(),
            words: Some(said.words),
            market: Some(said.market),
            region: Some(said.region),
            deadline: Some(said.deadline),
        };
        vec![Effect::Ask(Job::EditNeed(edit), SAVE)]
    }

    fn look(&mut self, cx: &Cx<'_>) {
        self.completion.look(&self.line, cx.vocabulary, &cx.reading());
    }
}

impl Layer for NeedLine {
    fn place(&self) -> command::Places {
        command::Places::PICKER
    }

    fn typing(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(command) if self.completion.command(command) => {}
            Input::Command(Command::Back) if !self.completion.is_empty() => self.completion.clear(),
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Next) => _ = self.completion.accept(&mut self.line, &cx.reading()),
            Input::Command(Command::Open) => return self.save(cx),
            Input::Key(key) => {
                if self.line.key(key) {
                    self.look(cx);
                }
            }
            Input::Paste(pasted) => self.line.paste(pasted),
            Input::Mouse(mouse) if mouse.act == MouseAct::Press => {
                self.line.click(mouse.at, entry::text_area(Self::places(area, cx).entry));
            }
            Input::Reply(SAVE, Reply::Failed(_)) => self.sending = false,
            Input::Reply(SAVE, _) => return vec![Effect::Close],
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let places = Self::places(area, cx);
        places.frame(buf, cx, &cx.t.ask_need(), None);
        let (_, chips) = need::read(self.line.text(), &cx.reading());
        text::put(buf, places.entry, Span::styled("❯", cx.theme.focus));
        let row = entry::text_area(places.entry);
        self.line.view(row, buf, &|at| chips::style_at(&chips, at, cx.theme));
        let mut note = vec![chips::row(&chips, cx.theme)];
        let hint = text::wrap(&cx.t.ask_need_hint(), usize::from(places.note.width));
        note.extend(hint.into_iter().map(|line| Line::styled(line, cx.theme.faint)));
        places.note(buf, note);
        self.completion.view(&self.line, row, area, buf, cx.theme);
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        entry::cursor(&self.line, Self::places(area, cx).entry)
    }
}
