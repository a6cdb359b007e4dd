//! Bytes of unknown origin: what they are, and how to get UTF-8 out of them.
//!
//! Encodings are told by a byte order mark, else by the zeros of UTF-16, else stretch by stretch: what is valid UTF-8
//! is UTF-8, and the rest is Windows-1252 (never ISO-8859-1, which has no `’`, `…` or `€`). Deciding by stretch
//! instead of by file keeps one stray byte from spoiling every accent after it.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::bad_input;
use crate::domain::problem::{InputReason, Problem};

/// How many bytes tell what a file is.
pub(super) const HEAD: u64 = 64 * 1024;

/// The largest file, in bytes, that is held in memory as a whole: about three million rows.
pub(super) const MAX_WHOLE: u64 = 512_000_000;

/// What a file seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A ZIP archive.
    Zip,
    /// JSON objects.
    Json,
    /// Some other text.
    Text,
}

/// Tells from its first bytes what a file is.
pub(super) fn sniff(head: &[u8]) -> Result<Kind, InputReason> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Zip);
    }
    let text = utf8(head);
    let text = text.strip_prefix(BOM).unwrap_or(&text);
    let start = text.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != 0);
    match start {
        None if text.contains(&0) => Err(InputReason::Binary),
        None => Err(InputReason::Empty),
        Some(_) if is_binary(text) => Err(InputReason::Binary),
        Some(b'{') => Ok(Kind::Json),
        Some(_) => Ok(Kind::Text),
    }
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// More than one control character in twenty: no text has that, not even a damaged one; random bytes have two.
fn is_binary(text: &[u8]) -> bool {
    let odd =
        text.iter().filter(|byte| **byte < 0x20 && !byte.is_ascii_whitespace() && **byte != 0x1B).count();
    odd * 20 > text.len()
}

/// UTF-16 by its mark or, without one, by where its zeros stand: in Western text every other byte is zero.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let sample = &head[..head.len().min(4096)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let half = sample.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    if half < 2 {
        None
    } else if odd * 10 > half * 7 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 7 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The same bytes, UTF-16 turned into UTF-8.
fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match utf16(bytes) {
        Some(encoding) => Cow::Owned(encoding.decode(bytes).0.into_owned().into_bytes()),
        None => Cow::Borrowed(bytes),
    }
}

/// The bytes of a text, UTF-16 turned into UTF-8 and the byte order mark taken off.
pub(super) fn unmarked(bytes: Vec<u8>) -> Vec<u8> {
    let mut bytes = match utf8(&bytes) {
        Cow::Owned(decoded) => decoded,
        Cow::Borrowed(_) => bytes,
    };
    if bytes.starts_with(BOM) {
        bytes.drain(..BOM.len());
    }
    bytes
}

/// Text of a stretch of bytes: UTF-8 where it is valid, Windows-1252 between.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    Cow::Owned(text)
}

/// A whole file in memory, as UTF-8 or Windows-1252.
pub(super) fn whole(file: impl Read, name: &str) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    file.take(MAX_WHOLE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| bad_input(name, 0, InputReason::Unreadable { detail: error.to_string() }))?;
    if bytes.len() as u64 > MAX_WHOLE {
        return Err(bad_input(name, 0, InputReason::TooLarge { limit: MAX_WHOLE }));
    }
    Ok(unmarked(bytes))
}

/// A text to read line by line: as a stream, unless it is UTF-16, which is turned into UTF-8 first.
pub(super) fn text(file: File, head: &[u8], name: &str) -> Result<Box<dyn BufRead>, Problem> {
    if utf16(head).is_some() {
        return Ok(Box::new(Cursor::new(whole(file, name)?)));
    }
    let mut reader = BufReader::with_capacity(1 << 18, file);
    if head.starts_with(BOM) {
        reader
            .read_exact(&mut [0; BOM.len()])
            .map_err(|error| bad_input(name, 0, InputReason::Unreadable { detail: error.to_string() }))?;
    }
    Ok(Box::new(reader))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(decode("Québec".as_bytes()), "Québec");
        assert_eq!(decode(b"Qu\xE9bec \x96 l\x92\xEEle"), "Québec – l’île");
        assert_eq!(decode(b"Montr\xC3\xA9al, Qu\xE9bec"), "Montréal, Québec");
        let wide: Vec<u8> = "Nom;Prénom\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(unmarked(wide.clone()), "Nom;Prénom\n".as_bytes());
        let marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(wide).collect();
        assert_eq!(unmarked(marked), "Nom;Prénom\n".as_bytes());
        let big: Vec<u8> = "Nom;Prénom\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(unmarked(big), "Nom;Prénom\n".as_bytes());
        assert_eq!(unmarked(b"\xEF\xBB\xBFNom".to_vec()), b"Nom");
    }

    #[test]
    fn kinds_are_told_by_content() {
        assert_eq!(sniff(b"PK\x03\x04rest"), Ok(Kind::Zip));
        assert_eq!(sniff(b"\xEF\xBB\xBF  {\"name\":1}"), Ok(Kind::Json));
        assert_eq!(sniff(b"First Name,Last Name"), Ok(Kind::Text));
        assert_eq!(sniff(b""), Err(InputReason::Empty));
        assert_eq!(sniff(b"\xEF\xBB\xBF\r\n \n"), Err(InputReason::Empty));
        assert_eq!(sniff(b"\x89PNG\x0D\x0A\x1A\x0A\0\0\0\rIHDR\0\0"), Err(InputReason::Binary));
        assert_eq!(sniff(&[0; 300]), Err(InputReason::Binary));
    }
}
