//! Reach.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::command::{Command, Places};
use crate::tui::effect::*;
use crate::tui::layer::{Cx, Input, Layer};

/// Reach.
#[derive(Default)]
pub struct Reach {}

impl Reach {
    /// .
    pub fn new(_: crate::domain::ContactId, _: Purpose, _: &Cx<'_>) -> Self {
        Self {}
    }
}

impl Layer for Reach {
    fn place(&self) -> Places {
        Places::PICKER
    }

    fn update(&mut self, input: Input<'_>, _area: Rect, _cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back) => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn view(&self, _area: Rect, _buf: &mut Buffer, _cx: &Cx<'_>) {}
}
