//! What keys and the mouse do in a form, while a field is edited and while none is.

use ratatui::layout::Rect;

use super::Form;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::fields::editing::{self, Editing};
use crate::tui::fields::rows::{Page, Row};
use crate::tui::key::Code;
use crate::tui::layer::{Cx, Input};
use crate::tui::mouse::{Mouse, MouseAct};

impl Form {
    pub(super) fn while_editing(&mut self, input: &Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(Command::Save) => return self.save(cx),
            Input::Command(Command::Open) => _ = self.accept(cx),
            Input::Command(Command::Next) => self.go_on(Command::Down, area, cx),
            Input::Command(Command::Previous) => self.go_on(Command::Up, area, cx),
            Input::Command(Command::Back) => {
                self.message = None;
                if let Some(Editing::Text { field, .. }) = self.editing.take() {
                    self.drop_begun(field);
                }
            }
            Input::Command(command @ (Command::Up | Command::Down)) => match &mut self.editing {
                Some(Editing::Choice { options, list, .. }) => {
                    list.command(*command, options.len(), options.len() as u16);
                }
                _ => {
                    if self.accept(cx) {
                        let rows = self.rows(cx);
                        let height = Self::layout(area, &rows, cx).rows.height;
                        self.walk(*command, &rows, height);
                    }
                }
            },
            Input::Key(key) => {
                let completes = matches!(key.code, Code::Right | Code::End);
                if completes && self.editing.as_mut().is_some_and(|editing| editing.complete(cx)) {
                    return Vec::new();
                }
                match &mut self.editing {
                    Some(Editing::Text { line, .. }) => {
                        if line.key(*key) {
                            self.message = None;
                        }
                    }
                    Some(Editing::Choice { options, list, .. }) => {
                        if let Some(digit) = key.typed().and_then(|c| c.to_digit(10)) {
                            list.select(digit as usize, options.len(), options.len() as u16);
                        }
                    }
                    None => {}
                }
            }
            Input::Paste(pasted) => {
                if let Some(Editing::Text { line, .. }) = &mut self.editing {
                    line.paste(pasted);
                }
            }
            Input::Mouse(mouse) => return self.click_while_editing(*mouse, area, cx),
            _ => {}
        }
        let rows = self.rows(cx);
        self.list.clamp(rows.len(), Self::layout(area, &rows, cx).rows.height);
        Vec::new()
    }

    pub(super) fn click_while_editing(&mut self, mouse: Mouse, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let value = self.value(&Self::layout(area, &self.rows(cx), cx));
        let pressed = matches!(mouse.act, MouseAct::Press | MouseAct::Double);
        if let Some(Editing::Choice { options, list, .. }) = &mut self.editing {
            let (popup, place) = editing::choice_places(options, value, area);
            if list.mouse(mouse, place, options.len()).is_some() {
                self.accept(cx);
            } else if pressed && !popup.contains(mouse.at) {
                self.editing = None;
            }
        } else if let Some(Editing::Text { line, .. }) = &mut self.editing
            && value.contains(mouse.at)
        {
            line.click(mouse.at, value);
        } else if pressed && self.accept(cx) {
            return self.while_reading(&Input::Mouse(mouse), area, cx);
        }
        Vec::new()
    }

    pub(super) fn while_reading(&mut self, input: &Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let rows = self.rows(cx);
        let place = Self::layout(area, &rows, cx).rows;
        match input {
            Input::Command(Command::Back) if self.page != Page::Card => self.turn_back(area, cx),
            Input::Command(Command::Back) => return self.leave(cx),
            Input::Command(Command::Open) => return self.open(area, cx),
            Input::Command(Command::Save) => return self.save(cx),
            Input::Command(Command::AddItem) => {
                if let Some(list) = self.row(cx).and_then(Row::list) {
                    self.add(list, area, cx);
                }
            }
            Input::Command(Command::RemoveItem) => self.remove(area, cx),
            Input::Command(Command::MoveUp) => self.shift(false, area, cx),
            Input::Command(Command::MoveDown) => self.shift(true, area, cx),
            Input::Command(Command::Next) => self.walk(Command::Down, &rows, place.height),
            Input::Command(Command::Previous) => self.walk(Command::Up, &rows, place.height),
            Input::Command(command) => self.walk(*command, &rows, place.height),
            Input::Mouse(mouse) => {
                let before = self.list.cursor();
                if self.list.mouse(*mouse, place, rows.len()).is_some() {
                    if matches!(rows.get(self.list.cursor()), Some(Row::Heading(_))) {
                        self.list.select(before, rows.len(), place.height);
                    } else if mouse.act == MouseAct::Double {
                        return self.open(area, cx);
                    }
                }
            }
            Input::Refreshed => self.list.clamp(rows.len(), place.height),
            _ => {}
        }
        Vec::new()
    }
}
