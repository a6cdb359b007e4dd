//! The door that is never shut: a capture goes into a folder, durable whatever the state of the rest.
//!
//! This is the way of `openbar add`. It opens no store, starts no engine and reads no words; whoever has the store
//! open, or opens it next, takes the capture in.

use std::io;
use std::path::Path;

use crate::domain::contact::Language;
use crate::domain::problem::{InputProblem, InputReason, Problem};
use crate::engine;
use crate::protocol::Capture;
use crate::spool::{self, Spooled, SpooledEvent};

/// Puts one capture into the spool of a data folder; durable on return.
pub fn capture(data: &Path, capture: &Capture) -> Result<(), Problem> {
    let spooled = Spooled {
        id: capture.id.0,
        at: capture.at,
        lang: if capture.lang == Language::English { "en" } else { "fr" }.to_owned(),
        text: capture.text.clone(),
        event: capture.event.as_ref().map(|event| SpooledEvent { name: event.name.clone(), on: event.on }),
        listed: capture.listed,
    };
    let folder = engine::spool_of(data);
    spool::put(&folder, &spooled).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => {
            let reason = InputReason::TooLong { limit: spool::LONGEST_TEXT as u64 };
            Problem::BadInput(InputProblem { file: String::new(), line: 0, column: 0, reason })
        }
        _ => Problem::StoreUnavailable { path: folder.clone(), detail: error.to_string() },
    })
}
