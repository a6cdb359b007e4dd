//! Import.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::command::{Command, Places};
use crate::tui::effect::*;
use crate::tui::layer::{Cx, Input, Layer};

/// Import.
#[derive(Default)]
pub struct Import {}

impl Import {
    /// .
    pub fn new(_: Vec<std::path::PathBuf>) -> Self {
        Self {}
    }
    /// .
    pub fn done(_: crate::protocol::Imported) -> Self {
        Self {}
    }
}

impl Layer for Import {
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
