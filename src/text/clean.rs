//! Makes text from outside harmless: no control characters, no terminal escapes, no marks that reorder a screen.
//!
//! Every reader of outside data passes its texts through here, so that no other layer has to think of it.
//! Both functions are idempotent: cleaning what is clean changes nothing.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// One line: escapes and controls out, every run of white space one blank, ends trimmed, NFC.
pub fn line(text: &str) -> String {
    if is_plain_line(text) { text.to_owned() } else { spaced(text, char::is_whitespace) }
}

/// Several lines: as [`line()`], but line breaks stay (as `\n`), and blank lines inside; those at the ends go. Spaces that
/// do not break stay too: French typography needs them.
pub fn block(text: &str) -> String {
    if is_plain_line(text) {
        return text.to_owned();
    }
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<String> = unified
        .split('\n')
        .map(|line| spaced(line, |c| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')))
        .collect();
    let start = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let end = lines.iter().rposition(|line| !line.is_empty()).map_or(start, |last| last + 1);
    lines[start..end].join("\n")
}

/// Without what has to go, runs of blanks made one, ends trimmed.
fn spaced(text: &str, is_blank: impl Fn(char) -> bool) -> String {
    let stripped = strip(text);
    let mut out = String::with_capacity(stripped.len());
    for word in stripped.trim().split(is_blank).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    normalised(out)
}

/// The payload of a code or a file: escapes, marks that reorder and controls but line ends and tabs out; everything
/// else, blanks included, stays byte for byte.
pub fn verbatim(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(length) = escape_length(rest) {
            rest = &rest[length..];
            continue;
        }
        if matches!(c, '\n' | '\r' | '\t') || !c.is_control() && !is_removed(c) {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Whether nothing in the text would have to be removed before it is shown: line breaks are allowed,
/// other controls, escapes and reordering marks are not.
pub fn is_clean(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || !is_removed(c) && !c.is_control())
}

/// Already one clean line of ASCII: most texts are, and pay for one pass only.
fn is_plain_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|b| (b' '..=b'~').contains(b))
        && bytes.first().is_none_or(|b| *b != b' ')
        && bytes.last().is_none_or(|b| *b != b' ')
        && !bytes.windows(2).any(|pair| pair == b"  ")
}

fn normalised(text: String) -> String {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect() }
}

fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(length) = escape_length(rest) {
            rest = &rest[length..];
            continue;
        }
        if c.is_whitespace() && c.is_control() {
            out.push(' ');
        } else if !c.is_control() && !is_removed(c) {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Length of the terminal escape sequence (ECMA-48) that `text` starts with. A sequence that never ends counts
/// as its introducer only, so that a lone escape cannot swallow what follows.
fn escape_length(text: &str) -> Option<usize> {
    let (introducer, kind) = match text.as_bytes() {
        [0x1b, b'[', ..] => (2, b'['),
        [0x1b, b']' | b'P' | b'X' | b'^' | b'_', ..] => (2, b']'),
        [0x1b, ..] => return Some(1),
        _ => match text.chars().next()? {
            '\u{9b}' => (2, b'['),
            '\u{9d}' | '\u{90}' | '\u{98}' | '\u{9e}' | '\u{9f}' => (2, b']'),
            _ => return None,
        },
    };
    let body = &text[introducer..];
    if kind == b'[' {
        for (at, b) in body.bytes().enumerate() {
            match b {
                0x20..=0x3f => {}
                0x40..=0x7e => return Some(introducer + at + 1),
                _ => break,
            }
        }
        return Some(introducer);
    }
    for (at, c) in body.char_indices() {
        match c {
            '\u{7}' | '\u{9c}' => return Some(introducer + at + c.len_utf8()),
            '\u{1b}' if body[at..].starts_with("\u{1b}\\") => return Some(introducer + at + 2),
            '\n' => break,
            _ => {}
        }
    }
    Some(introducer)
}

/// Whether a character has no shape of its own but changes how a line is shown or compared: cleaning removes it.
pub fn is_removed(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes_and_controls_leave() {
        assert_eq!(line("\u{1b}[31mRéjean\u{1b}[0m\t Tremblay\u{0}"), "Réjean Tremblay");
        assert_eq!(line("a\u{1b}]0;title\u{7}b"), "ab");
        assert_eq!(line("a\u{1b}]never ends"), "anever ends");
        assert_eq!(line("\u{9b}2Jx\u{202e}y\u{200b}z"), "xyz");
        assert_eq!(line(" a\u{a0} b\n c "), "a b c");
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(line("Re\u{301}jean"), "Réjean");
    }

    #[test]
    fn a_payload_keeps_its_line_ends_and_blanks() {
        let payload = "BEGIN:VCARD\r\nNOTE:a  b\u{a0}: c\td \nEND:VCARD";
        assert_eq!(verbatim(payload), payload);
        assert_eq!(verbatim("a\u{1b}[2Jb\u{7}c\u{202e}\u{0}d"), "abcd");
    }

    #[test]
    fn a_block_keeps_its_lines() {
        assert_eq!(block("\r\n a  b\r\n\r\nc\rd \n\n"), "a b\n\nc\nd");
        assert_eq!(block("vrai\u{a0}: «\u{a0}oui\u{a0}»\u{a0}"), "vrai\u{a0}: «\u{a0}oui\u{a0}»");
    }

    proptest! {
        #[test]
        fn cleaning_is_idempotent_and_clean(text in any::<String>()) {
            let once = line(&text);
            prop_assert_eq!(line(&once), once.clone());
            prop_assert!(is_clean(&once) && !once.contains('\n'));
            let once = block(&text);
            prop_assert_eq!(block(&once), once.clone());
            prop_assert!(is_clean(&once));
            let once = verbatim(&text);
            prop_assert!(is_clean(&once.replace(['\r', '\t'], "")));
        }
    }
}
