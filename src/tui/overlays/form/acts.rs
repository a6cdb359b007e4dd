//! What a form does with its rows: walking, editing, adding, removing, saving and leaving.

use ratatui::layout::Rect;

use super::{DISCARD, Form, KEEP, NOTE, SAVE};
use crate::protocol::Job;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::fields::draft::Refusal;
use crate::tui::fields::editing::Editing;
use crate::tui::fields::field::{Field, ListOf};
use crate::tui::fields::read;
use crate::tui::fields::rows::{self, Page, Row};
use crate::tui::layer::{Cx, Input};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::question::Question;
use crate::wording::records;

impl Form {
    /// Moves to another row, past headings.
    pub(super) fn walk(&mut self, command: Command, rows: &[Row], height: u16) {
        let from = self.list.cursor();
        self.list.command(command, rows.len(), height);
        let heading = |at: usize| matches!(rows.get(at), Some(Row::Heading(_)));
        let at = self.list.cursor();
        if heading(at) {
            let target = if at < from && at > 0 { at - 1 } else { at + 1 };
            self.list.select(target, rows.len(), height);
        }
        // The first heading is shown with the first field.
        if self.list.cursor() == 1 && heading(0) {
            let cursor = self.list.cursor();
            self.list.select(0, rows.len(), height);
            self.list.select(cursor, rows.len(), height);
        }
    }

    pub(super) fn put_cursor_on(&mut self, field: Field, area: Rect, cx: &Cx<'_>) {
        let rows = self.rows(cx);
        let height = Self::layout(area, &rows, cx).rows.height;
        let at = rows.iter().position(|row| *row == Row::Field(field)).unwrap_or(0);
        self.list.select(at, rows.len(), height);
    }

    /// Begins to edit a field. The note is written in the editor.
    pub(super) fn begin(&mut self, field: Field, cx: &Cx<'_>) -> Vec<Effect> {
        self.message = None;
        if field == Field::Note {
            return vec![Effect::Compose(self.sheet.draft.note().clone(), NOTE)];
        }
        self.editing = Some(Editing::begin(&self.sheet.draft, field, cx));
        Vec::new()
    }

    pub(super) fn open(&mut self, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match self.row(cx) {
            Some(Row::Field(field)) => return self.begin(field, cx),
            Some(Row::Item(list, at)) => {
                let page = match list {
                    ListOf::Hats => Page::Hat(at),
                    ListOf::Addresses => Page::Address(at),
                    _ => Page::Market(at),
                };
                self.turn_to(page);
            }
            Some(Row::Add(list)) => self.add(list, area, cx),
            Some(Row::Save) => return self.save(cx),
            Some(Row::Heading(_)) | None => {}
        }
        Vec::new()
    }

    pub(super) fn turn_to(&mut self, page: Page) {
        self.back_to = self.list.cursor();
        self.page = page;
        self.list = ListState::default();
        self.message = None;
    }

    /// Back from a page to the card. An item that holds nothing goes.
    pub(super) fn turn_back(&mut self, area: Rect, cx: &Cx<'_>) {
        let left = match self.page {
            Page::Card => return,
            Page::Hat(at) => (ListOf::Hats, at),
            Page::Address(at) => (ListOf::Addresses, at),
            Page::Market(at) => (ListOf::Markets, at),
        };
        self.page = Page::Card;
        rows::drop_empty(&mut self.sheet.draft, left.0, left.1);
        let rows = self.rows(cx);
        let height = Self::layout(area, &rows, cx).rows.height;
        let item = rows.iter().position(|row| row.item() == Some(left));
        self.list.select(item.unwrap_or(self.back_to), rows.len(), height);
        self.message = None;
    }

    pub(super) fn add(&mut self, list: ListOf, area: Rect, cx: &Cx<'_>) {
        let (page, field) = rows::add(&mut self.sheet.draft, list);
        if page == Page::Card {
            self.put_cursor_on(field, area, cx);
        } else {
            self.turn_to(page);
        }
        self.begin(field, cx);
    }

    /// Takes the item under the cursor out of its list, or empties the field.
    pub(super) fn remove(&mut self, area: Rect, cx: &Cx<'_>) {
        match self.row(cx) {
            Some(row) if row.item().is_some() => {
                if let Some((list, at)) = row.item() {
                    rows::remove(&mut self.sheet.draft, list, at);
                }
            }
            Some(Row::Field(field)) if field.choices(cx).is_some() => field.choose(&mut self.sheet.draft, 0),
            Some(Row::Field(field)) => {
                self.message = read::set(&mut self.sheet.draft, field, "", cx).unwrap_or_else(Some);
            }
            _ => {}
        }
        let rows = self.rows(cx);
        self.list.clamp(rows.len(), Self::layout(area, &rows, cx).rows.height);
    }

    pub(super) fn shift(&mut self, down: bool, area: Rect, cx: &Cx<'_>) {
        let Some((list, at)) = self.row(cx).and_then(Row::item) else { return };
        let other = if down { at + 1 } else { at.wrapping_sub(1) };
        if other < rows::len(&self.sheet.draft, list) {
            rows::swap(&mut self.sheet.draft, list, at, other);
            let rows = self.rows(cx);
            let height = Self::layout(area, &rows, cx).rows.height;
            self.walk(if down { Command::Down } else { Command::Up }, &rows, height);
        }
    }

    /// Takes in what was typed or chosen; false when it cannot be read, and editing goes on.
    pub(super) fn accept(&mut self, cx: &Cx<'_>) -> bool {
        let Some(editing) = self.editing.take() else { return true };
        self.message = None;
        match &editing {
            Editing::Choice { field, list, .. } => field.choose(&mut self.sheet.draft, list.cursor()),
            Editing::Text { field, line, before } => {
                if line.text() != before {
                    match read::set(&mut self.sheet.draft, *field, line.text(), cx) {
                        Ok(warning) => self.message = warning,
                        Err(refusal) => {
                            self.message = Some(refusal);
                            self.editing = Some(editing);
                            return false;
                        }
                    }
                }
                self.drop_begun(*field);
            }
        }
        true
    }

    /// An item that was added and never filled goes.
    pub(super) fn drop_begun(&mut self, field: Field) {
        if let Some((list, at)) = Row::Field(field).item() {
            rows::drop_empty(&mut self.sheet.draft, list, at);
        }
    }

    /// Goes on to the next or the previous row; editing goes along over rows that are typed.
    pub(super) fn go_on(&mut self, command: Command, area: Rect, cx: &Cx<'_>) {
        if !self.accept(cx) {
            return;
        }
        let rows = self.rows(cx);
        let height = Self::layout(area, &rows, cx).rows.height;
        self.list.clamp(rows.len(), height);
        self.walk(command, &rows, height);
        if let Some(Row::Field(field)) = self.row(cx)
            && field != Field::Note
            && field.choices(cx).is_none()
        {
            self.begin(field, cx);
        }
    }

    pub(super) fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if !self.accept(cx) || self.sending {
            return Vec::new();
        }
        if self.sheet.changed().is_empty() {
            return vec![Effect::Close];
        }
        match self.sheet.edit(&cx.snapshot.book) {
            Ok(edit) => {
                self.sending = true;
                let subject = self.title(cx);
                let deed = self.sheet.draft.deed();
                vec![Effect::Ask(Job::Apply { deed, subject, edits: vec![edit] }, SAVE)]
            }
            Err(Refusal::Gone) => {
                self.message = Some(cx.t.form_gone());
                Vec::new()
            }
            Err(Refusal::Changed(fields)) => {
                self.message = Some(cx.t.form_conflict(named(&fields, cx)));
                self.sheet.overrule(fields);
                Vec::new()
            }
        }
    }

    pub(super) fn leave(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let changed = self.sheet.changed();
        if changed.is_empty() {
            return vec![Effect::Close];
        }
        let answers = vec![cx.t.form_leave_save(), cx.t.form_leave_discard(), cx.t.form_leave_stay()];
        self.asking = Some(Question::new(self.title(cx), cx.t.form_leave(named(&changed, cx)), answers));
        Vec::new()
    }

    pub(super) fn answer(&mut self, input: &Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(question) = &mut self.asking else { return Vec::new() };
        let answer = match input {
            Input::Command(Command::Back) => {
                self.asking = None;
                None
            }
            Input::Command(command) => question.command(*command),
            Input::Key(key) => question.key(*key),
            Input::Mouse(mouse) if mouse.act == MouseAct::Press => question.click(mouse.at, area),
            _ => None,
        };
        let Some(answer) = answer else { return Vec::new() };
        self.asking = None;
        match answer {
            KEEP => self.save(cx),
            DISCARD => vec![Effect::Close],
            _ => Vec::new(),
        }
    }
}

/// Names of fields in the user's language.
fn named(fields: &[&'static str], cx: &Cx<'_>) -> String {
    let names: Vec<_> = fields.iter().map(|name| records::field(name, cx.t.lang())).collect();
    names.join(", ")
}
