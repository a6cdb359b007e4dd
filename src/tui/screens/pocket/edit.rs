//! One field of the card edited in its row. What is accepted is saved at once, as a step of its own.

use ratatui::layout::Rect;

use super::{NOTE, Pocket, SAVE};
use crate::domain::change::{Edit, Record};
use crate::protocol::Job;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::fields::draft::{Draft, Refusal, Sheet};
use crate::tui::fields::editing::{self, Editing};
use crate::tui::fields::field::{Field, ListOf};
use crate::tui::fields::read;
use crate::tui::fields::rows::{self as lists, Row};
use crate::tui::key::Code;
use crate::tui::layer::{Cx, Input};
use crate::tui::mouse::MouseAct;

use super::rows::Item;

/// A field being edited, and the card that it belongs to.
pub(super) struct InPlace {
    sheet: Sheet,
    editing: Editing,
}

impl InPlace {
    /// The card with what was begun.
    pub(super) fn draft(&self) -> &Draft {
        &self.sheet.draft
    }

    /// What is being edited.
    pub(super) fn editing(&self) -> &Editing {
        &self.editing
    }

    /// Which field.
    pub(super) fn field(&self) -> Field {
        match &self.editing {
            Editing::Text { field, .. } | Editing::Choice { field, .. } => *field,
        }
    }
}

impl Pocket {
    /// Begins to edit the row under the cursor. The note has an editor of its own.
    pub(super) fn begin(&mut self, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let (Some(contact), Some(Item::Row(row))) = (self.contact(cx), self.item(cx)) else {
            return Vec::new();
        };
        let mut sheet = Sheet::contact(contact.id, &cx.snapshot.book, cx.now);
        let field = match row {
            Row::Field(Field::Note) => return vec![Effect::Compose(contact.note.clone(), NOTE)],
            Row::Field(field) => field,
            Row::Add(list) => lists::add(&mut sheet.draft, list).1,
            Row::Item(..) | Row::Heading(_) | Row::Save => return Vec::new(),
        };
        self.message = None;
        let editing = Editing::begin(&sheet.draft, field, cx);
        self.editing = Some(InPlace { sheet, editing });
        self.put_cursor_on(field, area, cx);
        Vec::new()
    }

    fn put_cursor_on(&mut self, field: Field, area: Rect, cx: &Cx<'_>) {
        let rows = self.rows(cx);
        let height = self.places(area, cx).rows.height;
        if let Some(at) = rows.iter().position(|item| *item == Item::Row(Row::Field(field))) {
            self.list.select(at, rows.len(), height);
        }
    }

    /// Takes in what was typed or chosen and saves it. When it cannot be read, editing goes on.
    pub(super) fn accept(&mut self, cx: &Cx<'_>) -> Result<Vec<Effect>, ()> {
        let Some(mut in_place) = self.editing.take() else { return Ok(Vec::new()) };
        self.message = None;
        let draft = &mut in_place.sheet.draft;
        match &in_place.editing {
            Editing::Choice { field, list, .. } => field.choose(draft, list.cursor()),
            Editing::Text { field, line, before } if line.text() != before => {
                match read::set(draft, *field, line.text(), cx) {
                    Ok(warning) => self.message = warning,
                    Err(refusal) => {
                        self.message = Some(refusal);
                        self.editing = Some(in_place);
                        return Err(());
                    }
                }
            }
            Editing::Text { .. } => {}
        }
        let field = in_place.field();
        drop_begun(&mut in_place.sheet.draft, field);
        if in_place.sheet.changed().is_empty() {
            return Ok(Vec::new());
        }
        match in_place.sheet.edit(&cx.snapshot.book) {
            Ok(edit) => {
                let subject = in_place.draft().name().full.clone();
                let deed = in_place.draft().deed();
                Ok(vec![Effect::Ask(
                    Job::Apply { deed, subject: subject.to_string(), edits: vec![edit] },
                    SAVE,
                )])
            }
            Err(Refusal::Gone) => {
                self.message = Some(cx.t.form_gone());
                Ok(Vec::new())
            }
            Err(Refusal::Changed(_)) => {
                self.message = Some(cx.t.pocket_changed_elsewhere());
                Ok(Vec::new())
            }
        }
    }

    /// Accepts, and goes on to the next field or the one before.
    fn go_on(&mut self, command: Command, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let Ok(effects) = self.accept(cx) else { return Vec::new() };
        // An edit that is under way changes the rows only once the book has it; the next row is one further anyway.
        self.walk(command, area, cx);
        effects
    }

    pub(super) fn while_editing(&mut self, input: &Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(Command::Open | Command::Save) => return self.accept(cx).unwrap_or_default(),
            Input::Command(Command::Next) => return self.go_on(Command::Down, area, cx),
            Input::Command(Command::Previous) => return self.go_on(Command::Up, area, cx),
            Input::Command(Command::Back) => (self.editing, self.message) = (None, None),
            Input::Command(command @ (Command::Up | Command::Down)) => {
                if let Some(InPlace { editing: Editing::Choice { options, list, .. }, .. }) =
                    &mut self.editing
                {
                    list.command(*command, options.len(), options.len() as u16);
                } else {
                    return self.go_on(*command, area, cx);
                }
            }
            Input::Key(key) => {
                let Some(in_place) = &mut self.editing else { return Vec::new() };
                if matches!(key.code, Code::Right | Code::End) && in_place.editing.complete(cx) {
                    return Vec::new();
                }
                match &mut in_place.editing {
                    Editing::Text { line, .. } => {
                        if line.key(*key) {
                            self.message = None;
                        }
                    }
                    Editing::Choice { options, list, .. } => {
                        if let Some(digit) = key.typed().and_then(|c| c.to_digit(10)) {
                            list.select(digit as usize, options.len(), options.len() as u16);
                        }
                    }
                }
            }
            Input::Paste(pasted) => {
                if let Some(InPlace { editing: Editing::Text { line, .. }, .. }) = &mut self.editing {
                    line.paste(pasted);
                }
            }
            Input::Mouse(mouse) => {
                let value = self.value(area, cx);
                let pressed = matches!(mouse.act, MouseAct::Press | MouseAct::Double);
                match &mut self.editing {
                    Some(InPlace { editing: Editing::Choice { options, list, .. }, .. }) => {
                        let (popup, place) = editing::choice_places(options, value, area);
                        if list.mouse(*mouse, place, options.len()).is_some() {
                            return self.accept(cx).unwrap_or_default();
                        }
                        if pressed && !popup.contains(mouse.at) {
                            self.editing = None;
                        }
                    }
                    Some(InPlace { editing: Editing::Text { line, .. }, .. }) if value.contains(mouse.at) => {
                        line.click(mouse.at, value);
                    }
                    _ if pressed => return self.accept(cx).unwrap_or_default(),
                    _ => {}
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// The note came back from the editor.
    pub(super) fn note_written(&self, written: &str, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(contact) = self.contact(cx) else { return Vec::new() };
        let mut sheet = Sheet::contact(contact.id, &cx.snapshot.book, cx.now);
        // A note can hold anything.
        let _ = read::set(&mut sheet.draft, Field::Note, written, cx);
        match sheet.edit(&cx.snapshot.book) {
            Ok(edit) if !sheet.changed().is_empty() => {
                vec![save(sheet.draft.deed(), contact.display_name(), edit)]
            }
            _ => Vec::new(),
        }
    }

    /// Takes the item under the cursor out of its list, or empties the field.
    pub(super) fn remove(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let (Some(contact), Some(Item::Row(row))) = (self.contact(cx), self.item(cx)) else {
            return Vec::new();
        };
        let mut sheet = Sheet::contact(contact.id, &cx.snapshot.book, cx.now);
        match row {
            row if row.item().is_some() => {
                if let Some((list, at)) = row.item() {
                    lists::remove(&mut sheet.draft, list, at);
                }
            }
            Row::Field(field) if field.choices(cx).is_some() => field.choose(&mut sheet.draft, 0),
            Row::Field(field) => {
                if let Err(refusal) = read::set(&mut sheet.draft, field, "", cx) {
                    self.message = Some(refusal);
                    return Vec::new();
                }
                if let Field::Hat(at, _) = field {
                    lists::drop_empty(&mut sheet.draft, ListOf::Hats, at);
                }
            }
            _ => return Vec::new(),
        }
        match sheet.edit(&cx.snapshot.book) {
            Ok(edit) if !sheet.changed().is_empty() => {
                vec![save(sheet.draft.deed(), contact.display_name(), edit)]
            }
            _ => Vec::new(),
        }
    }
}

fn save(deed: crate::domain::change::Deed, subject: &str, edit: Edit) -> Effect {
    Effect::Ask(Job::Apply { deed, subject: subject.to_owned(), edits: vec![edit] }, SAVE)
}

/// An item that was added and never filled goes.
fn drop_begun(draft: &mut Draft, field: Field) {
    let begun = Row::Field(field).item().or(match field {
        Field::Hat(at, _) => Some((ListOf::Hats, at)),
        Field::Address(at, _) => Some((ListOf::Addresses, at)),
        _ => None,
    });
    if let Some((list, at)) = begun {
        lists::drop_empty(draft, list, at);
    }
}

/// The edit that files a card.
pub(super) fn filed(before: &std::sync::Arc<crate::domain::Contact>, after: crate::domain::Contact) -> Edit {
    Edit::replace(Record::Contact(before.clone()), Record::Contact(std::sync::Arc::new(after)))
}
