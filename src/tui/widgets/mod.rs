//! Parts that screens and overlays are made of. They know no job and no screen.

pub mod card;
pub mod chips;
pub mod completion;
pub mod entry;
pub mod filter;
pub mod frame;
pub mod line_edit;
pub mod list;
pub mod person_row;
pub mod picture;
pub mod question;
pub mod scroll;
pub mod text;
