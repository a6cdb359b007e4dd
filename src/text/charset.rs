//! Bytes that nobody has described to text: UTF-16 by its mark or its zeros, else line by line UTF-8 or Windows-1252.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file; `None` for bytes that are no text.
pub fn text_of(bytes: &[u8]) -> Option<String> {
    let text = match utf16(bytes) {
        Some(text) => text,
        None => decode(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
    };
    // Random bytes hold two control characters in twenty; no text, not even a damaged one, holds one.
    let odd = text.chars().filter(|c| c.is_control() && !c.is_whitespace() && *c != '\u{1b}').count();
    (odd * 20 <= text.chars().count()).then_some(text)
}

/// Each line in UTF-8 if it is that, else in Windows-1252: one stray letter must not spoil the others.
pub fn decode(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0),
        }
    }
    text
}

/// The text of UTF-16, which its mark tells, or the zeros in its first letters; `None` for anything else.
pub fn utf16(bytes: &[u8]) -> Option<String> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        [1..=u8::MAX, 0, 1..=u8::MAX, 0, ..] => UTF_16LE,
        [0, 1..=u8::MAX, 0, 1..=u8::MAX, ..] => UTF_16BE,
        _ => return None,
    };
    Some(encoding.decode_with_bom_removal(bytes).0.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_sets_are_told_apart() {
        let wide: Vec<u8> = "Ève\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [&wide[..], "\u{feff}Ève\n".as_bytes(), b"\xc8ve\n", b"\xff\xfe\xc8\0v\0e\0\n\0"] {
            assert_eq!(text_of(bytes).as_deref(), Some("Ève\n"), "{bytes:?}");
        }
        assert_eq!(
            text_of("é\n".as_bytes().iter().chain(b"\xe9").copied().collect::<Vec<_>>().as_slice())
                .as_deref(),
            Some("é\né")
        );
        assert_eq!(text_of(b""), Some(String::new()));
        assert_eq!(text_of(b"PK\x03\x04\x14\0\0\0\x08\0\x1b\x02"), None);
    }
}
