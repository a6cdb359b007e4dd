//! Parts that screens and overlays are made of. They know no job and no screen.

pub mod card;
pub mod chain;
pub mod chips;
pub mod completion;
pub mod entry;
pub mod filter;
pub mod frame;
pub mod grid;
pub mod line_edit;
pub mod list;
pub mod neighbourhood;
pub mod person_row;
pub mod picture;
pub mod question;
pub mod reach_bar;
pub mod scroll;
pub mod text;
pub mod text_edit;
