//! openbar: log every contact, tag the value that is not needed yet, and find it when the need comes.
//!
//! The crate in layers; each may import only what stands below it here, and a test keeps it so.
//!
//! | layer | what it is |
//! | --- | --- |
//! | [`text`] | words, phones, dates and names, in both languages |
//! | [`domain`] | records, edits and the book |
//! | [`capture`] | what a person types or pastes, to fields and queries |
//! | [`insight`] | answers computed from the book |
//! | [`recogniser`] | card pictures to letters: the models inside, or another program |
//! | [`exchange`] | files of other programs, to records and back |
//! | [`wording`] | reasons, dates and errors as sentences, in both languages |
//! | [`store`], [`spool`] | the data folder: journal, tree, blobs; captures waiting to be taken in |
//! | [`protocol`] | jobs and replies: plain data |
//! | [`engine`] | the application without a face |
//! | [`door`] | how a front end reaches an engine |
//! | [`config`] | paths, language, theme |
//! | [`tui`], [`cli`] | the two faces |

pub mod capture;
pub mod cli;
pub mod config;
pub mod domain;
pub mod door;
pub mod engine;
pub mod exchange;
pub mod insight;
pub mod protocol;
pub mod recogniser;
pub mod spool;
pub mod store;
pub mod text;
pub mod tui;
pub mod wording;
