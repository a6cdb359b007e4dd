//! Frames on the socket: four bytes of length (big endian), then that much JSON.
//!
//! Invariants: neither side reads a frame longer than [`MAX_FRAME`], nor sets memory aside on the word of a
//! length alone. The first frame of each side is a [`Hello`]; anything that is no such frame ends the
//! connection. Long lists of people travel in parts, so that a reply never comes near the bound.

use std::io::{self, Read, Write};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::domain::contact::Contact;
use crate::protocol::{Job, Reply};

/// The longest frame that is read or written, in bytes.
pub const MAX_FRAME: u32 = 64 << 20;

/// How many people travel in one frame.
pub(super) const PEOPLE_PER_PART: usize = 256;

/// The version that both sides must share, since nothing on the wire is a frozen format.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The first frame of each side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hello {
    /// The version of openbar.
    pub openbar: String,
}

impl Hello {
    pub(super) fn ours() -> Self {
        Self { openbar: VERSION.to_owned() }
    }
}

/// What a client sends.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ask {
    /// Chosen by the client; the answer bears it.
    pub ticket: u64,
    /// What is to be done.
    pub job: Job,
}

/// What the server sends.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// How far a long job has come.
    Progress { ticket: u64, done: u64, total: u64 },
    /// Some of the people of the reply that follows.
    People { ticket: u64, people: Vec<Arc<Contact>> },
    /// The reply; people sent before belong into its list.
    Reply { ticket: u64, reply: Box<Reply> },
}

/// Reads one frame; `None` when the other side has closed in between two frames.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    let mut filled = 0;
    while filled < length.len() {
        match from.read(&mut length[filled..]) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let length = u32::from_be_bytes(length);
    if length > MAX_FRAME {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "frame too long"));
    }
    let mut body = Vec::new();
    from.take(u64::from(length)).read_to_end(&mut body)?;
    if body.len() != length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    serde_json::from_slice(&body).map(Some).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// Writes one frame in one piece.
pub(super) fn write<T: Serialize>(into: &mut impl Write, frame: &T) -> io::Result<()> {
    let mut bytes = vec![0; 4];
    serde_json::to_writer(&mut bytes, frame)?;
    let length = u32::try_from(bytes.len() - 4).ok().filter(|length| *length <= MAX_FRAME);
    let Some(length) = length else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "frame too long"));
    };
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    into.write_all(&bytes)?;
    into.flush()
}

/// The list of people in a reply that may be long.
pub(super) fn people_of(reply: &mut Reply) -> Option<&mut Vec<Arc<Contact>>> {
    match reply {
        Reply::Found(people) => Some(people),
        Reply::Imported(imported) => Some(&mut imported.contacts),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_frame_comes_back_as_it_was_sent() {
        let mut wire = Vec::new();
        write(&mut wire, &Hello::ours()).expect("written");
        let mut rest = wire.as_slice();
        assert_eq!(read::<Hello>(&mut rest).expect("whole"), Some(Hello::ours()));
        assert_eq!(read::<Hello>(&mut rest).expect("the end"), None);
    }

    #[test]
    fn a_length_beyond_the_bound_is_refused_before_the_body_is_read() {
        let mut wire: &[u8] = &[0xff, 0xff, 0xff, 0xff, b'{'];
        assert_eq!(read::<Hello>(&mut wire).expect_err("too long").kind(), io::ErrorKind::InvalidData);
        assert_eq!(wire, b"{");
    }

    #[test]
    fn a_frame_cut_short_is_an_error() {
        let mut wire = Vec::new();
        write(&mut wire, &Hello::ours()).expect("written");
        for length in 1..wire.len() {
            assert!(read::<Hello>(&mut &wire[..length]).is_err(), "{length} bytes");
        }
    }

    proptest! {
        #[test]
        fn garbage_is_never_more_than_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = read::<Ask>(&mut bytes.as_slice());
        }
    }
}
