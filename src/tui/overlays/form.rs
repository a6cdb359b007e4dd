//! Form.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::command::{Command, Places};
use crate::tui::effect::*;
use crate::tui::layer::{Cx, Input, Layer};

/// Form.
#[derive(Default)]
pub struct Form {}

impl Form {
    /// .
    pub fn contact(_: crate::domain::ContactId, _: &Cx<'_>) -> Self {
        Self {}
    }
    /// .
    pub fn me(_: &Cx<'_>) -> Self {
        Self {}
    }
}

impl Layer for Form {
    fn place(&self) -> Places {
        Places::FORM
    }

    fn update(&mut self, input: Input<'_>, _area: Rect, _cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back) => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn view(&self, _area: Rect, _buf: &mut Buffer, _cx: &Cx<'_>) {}
}
