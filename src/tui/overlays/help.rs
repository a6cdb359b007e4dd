//! Help.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::command::{Command, Places};
use crate::tui::effect::*;
use crate::tui::layer::{Cx, Input, Layer};

/// Help.
#[derive(Default)]
pub struct Help {}

impl Help {}

impl Layer for Help {
    fn place(&self) -> Places {
        Places::READER
    }

    fn update(&mut self, input: Input<'_>, _area: Rect, _cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back) => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn view(&self, _area: Rect, _buf: &mut Buffer, _cx: &Cx<'_>) {}
}
