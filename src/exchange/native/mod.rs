//! openbar's own form: JSON Lines, one record a line, lossless (docs/native-json.md). A frozen format: keys are only ever
//! added.
//!
//! Import is verbatim: nothing is normalised or stamped, and a record is known again by its uid alone. What is taken
//! out of texts is control characters, which no export of openbar's holds.
//!
//! A contact's uid that is written as a UUID is its identifier. From any other uid the identifier is derived (UUIDv5, RFC
//! 9562 §5.5), and the uid is kept beside it: so the same file gives the same identifiers on every machine, and
//! references need no table. A line without a uid gets one derived from its own text, so that reading it twice does not make
//! two people.

mod json;
mod reading;
mod words;
mod writing;

use uuid::Uuid;

pub use reading::{MAX_LINE, read, read_line};
pub use words::Word;
pub use writing::{Counts, export, write_contact, write_inferring, write_record};

/// Namespace of identifiers derived from uids. Frozen: another one would make strangers of known people.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f70_656e_6261_7280_9e1d_5b0f_2c74_a1d3);

/// The identifier of a record that files call by this uid, and whether the uid is more than that identifier's
/// spelling.
fn id_of(uid: &str) -> (Uuid, bool) {
    match Uuid::parse_str(uid) {
        Ok(id) if id.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == uid => (id, false),
        _ => (Uuid::new_v5(&NAMESPACE, uid.as_bytes()), true),
    }
}

#[cfg(test)]
pub(in crate::exchange) mod tests;
