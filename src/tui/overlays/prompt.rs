//! Ask.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::command::{Command, Places};
use crate::tui::effect::*;
use crate::tui::layer::{Cx, Input, Layer};

/// Ask.
#[derive(Default)]
pub struct Ask {}

impl Ask {}

impl Layer for Ask {
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
/// Opens.
pub fn open(_: Prompt, _: &Cx<'_>) -> Box<dyn Layer> {
    Box::new(Ask {})
}
