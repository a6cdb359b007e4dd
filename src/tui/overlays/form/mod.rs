//! Every field of a card by keyboard: a list of labelled rows, edited in place.
//!
//! Accepted changes are kept in the form and saved together, as one step. Lists of simple values (emails, phones) are
//! rows of the card; hats, addresses and markets have a page of their own. What was changed elsewhere meanwhile
//! stays, unless it is the same field: then the user is told, and the next save keeps the user's own.

mod acts;
mod keys;
mod look;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

use crate::domain::id::ContactId;
use crate::protocol::Reply;
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Tag};
use crate::tui::fields::draft::Sheet;
use crate::tui::fields::editing::Editing;
use crate::tui::fields::field::Field;
use crate::tui::fields::read;
use crate::tui::fields::rows::{self, Page, Row};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::question::Question;
use crate::tui::widgets::{frame, scroll, text};

/// Tags of what is asked for.
const SAVE: Tag = 1;
const NOTE: Tag = 2;
/// Answers to the question whether to leave, in their order.
const KEEP: usize = 0;
const DISCARD: usize = 1;

/// A card being edited.
pub struct Form {
    sheet: Sheet,
    page: Page,
    list: ListState,
    /// The row of the card to come back to from a page.
    back_to: usize,
    editing: Option<Editing>,
    asking: Option<Question>,
    /// What could not be read or saved, in words.
    message: Option<String>,
    sending: bool,
}

impl Form {
    /// A contact's card.
    pub fn contact(who: ContactId, cx: &Cx<'_>) -> Self {
        Self::of(Sheet::contact(who, &cx.snapshot.book, cx.now))
    }

    /// The own card.
    pub fn me(cx: &Cx<'_>) -> Self {
        Self::of(Sheet::me(&cx.snapshot.book))
    }

    fn of(sheet: Sheet) -> Self {
        let mut list = ListState::default();
        // The first row is a heading.
        list.select(1, 2, 2);
        Self {
            sheet,
            page: Page::Card,
            list,
            back_to: 1,
            editing: None,
            asking: None,
            message: None,
            sending: false,
        }
    }

    fn rows(&self, cx: &Cx<'_>) -> Vec<Row> {
        rows::rows(&self.sheet.draft, self.page, cx)
    }

    fn row(&self, cx: &Cx<'_>) -> Option<Row> {
        self.rows(cx).get(self.list.cursor()).copied()
    }
}

impl Layer for Form {
    fn place(&self) -> Places {
        if self.asking.is_some() { Places::QUESTION } else { Places::FORM }
    }

    fn typing(&self) -> bool {
        self.asking.is_none() && matches!(self.editing, Some(Editing::Text { .. }))
    }

    fn enabled(&self, command: Command, cx: &Cx<'_>) -> bool {
        let free = self.editing.is_none() && self.asking.is_none();
        match command {
            Command::AddItem => free && self.row(cx).and_then(Row::list).is_some(),
            Command::RemoveItem => free && matches!(self.row(cx), Some(Row::Field(_) | Row::Item(..))),
            Command::MoveUp | Command::MoveDown => free && self.row(cx).and_then(Row::item).is_some(),
            _ => true,
        }
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match &input {
            Input::Reply(SAVE, reply) => {
                self.sending = false;
                // What was refused keeps its content; the app has told why.
                if matches!(reply, Reply::Failed(_)) { Vec::new() } else { vec![Effect::Close] }
            }
            Input::Edited(NOTE, written) => {
                match written {
                    Some(text) => _ = read::set(&mut self.sheet.draft, Field::Note, text, cx),
                    None => self.message = Some(cx.t.form_no_editor()),
                }
                Vec::new()
            }
            _ if self.asking.is_some() => self.answer(&input, area, cx),
            _ if self.editing.is_some() => self.while_editing(&input, area, cx),
            _ => self.while_reading(&input, area, cx),
        }
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let rows = self.rows(cx);
        let layout = Self::layout(area, &rows, cx);
        frame::popup(layout.popup, buf, cx.theme, &self.heading(cx));
        for (place, at) in layout.rows.rows().zip(self.list.visible(rows.len(), layout.rows.height)) {
            self.draw(rows[at], place, at == self.list.cursor(), layout.label, buf, cx);
        }
        scroll::thumb(buf, layout.rows, self.list.top(), rows.len(), cx.theme);
        text::put(buf, layout.message, self.foot(cx));
        if let Some(editing) = &self.editing {
            let value = self.value(&layout);
            if let Editing::Text { .. } = editing {
                text::put(buf, value, Span::raw(" ".repeat(usize::from(value.width))));
            }
            editing.view(value, area, buf, cx);
        }
        if let Some(question) = &self.asking {
            question.view(area, buf, cx.theme);
        }
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        let Some(Editing::Text { line, .. }) = &self.editing else { return None };
        let value = self.value(&Self::layout(area, &self.rows(cx), cx));
        (self.asking.is_none() && !value.is_empty()).then(|| line.position(value))
    }
}
