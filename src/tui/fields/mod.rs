//! The fields of a card on the screen: what they are called, how they are shown, typed, chosen and read back.
//!
//! The form and the pocket are made of these; neither knows the other. Nothing here asks or sends: a field is read
//! into a draft, and whoever holds the draft saves it.

pub(super) mod draft;
pub(super) mod editing;
pub(super) mod field;
pub(super) mod read;
pub(super) mod rows;
pub(super) mod show;
