//! What the mouse did, free of any terminal library.

use ratatui::layout::Position;

/// What the mouse did, at a cell of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub act: MouseAct,
    /// Where.
    pub at: Position,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAct {
    /// The left button went down.
    Press,
    /// The left button went down twice in the same cell.
    Double,
    /// The wheel turned: rows down, negative is up.
    Wheel(i16),
}
