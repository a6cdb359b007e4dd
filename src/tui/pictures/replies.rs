//! What a terminal answers, told apart from what is typed in the same moment: both come through the same bytes.
//!
//! Nothing that is typed is lost: what is no answer is a key or a paste. Reports that nobody asked for are dropped.

use crate::text::clean;
use crate::tui::key::{Code, Key};

/// Longest stretch that is held back while its end has not come, in bytes: what is longer was no answer.
const LONGEST: usize = 1 << 20;

/// The first kitty that places pictures by letters.
const FIRST_WITH_PLACEHOLDERS: (u32, u32) = (0, 28);

/// Something that came from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It tells its attributes, as every terminal does when asked.
    Attributes {
        /// It draws sixels.
        sixel: bool,
    },
    /// Pixels of a cell, across and down.
    Cell(u16, u16),
    /// It understood a kitty picture of this number.
    Kitty(u32),
    /// It is a kitty older than 0.28, which draws the letters that stand for a picture's cells as boxes.
    OldKitty,
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
}

/// Bytes on their way to being understood.
#[derive(Debug, Default)]
pub struct Ear {
    bytes: Vec<u8>,
}

/// What the first bytes are.
enum Next {
    /// So many bytes, which mean this.
    Is(usize, Option<Heard>),
    /// More must come before they can be told.
    Open,
}

impl Ear {
    /// Takes bytes in and tells what they mean as far as they are whole.
    pub fn hear(&mut self, bytes: &[u8]) -> Vec<Heard> {
        self.bytes.extend_from_slice(bytes);
        self.tell(false)
    }

    /// Tells what the rest means now that no more comes.
    pub fn end(&mut self) -> Vec<Heard> {
        self.tell(true)
    }

    fn tell(&mut self, last: bool) -> Vec<Heard> {
        let mut heard = Vec::new();
        let mut at = 0;
        while at < self.bytes.len() {
            let rest = &self.bytes[at..];
            match next(rest) {
                Next::Is(length, what) => {
                    heard.extend(what);
                    at += length.max(1);
                }
                Next::Open if last || rest.len() > LONGEST => {
                    // An escape by itself is the key; anything else that never ends is nothing.
                    if rest == [0x1b] {
                        heard.push(Heard::Key(Key::plain(Code::Esc)));
                    }
                    at = self.bytes.len();
                }
                Next::Open => break,
            }
        }
        self.bytes.drain(..at);
        heard
    }
}

fn next(bytes: &[u8]) -> Next {
    match bytes {
        [0x1b] => Next::Open,
        [0x1b, 0x1b, ..] => Next::Is(1, Some(Heard::Key(Key::plain(Code::Esc)))),
        [0x1b, b'[', rest @ ..] => control(rest),
        [0x1b, b'O', letter, ..] => Next::Is(3, cursor_key(*letter).map(Heard::Key)),
        [0x1b, b'O'] => Next::Open,
        [0x1b, b'_' | b'P' | b']' | b'^', rest @ ..] => string(rest),
        [0x1b, rest @ ..] => match typed(rest) {
            Next::Is(length, Some(Heard::Key(key))) => {
                Next::Is(length + 1, Some(Heard::Key(Key { alt: true, ..key })))
            }
            other => other,
        },
        _ => typed(bytes),
    }
}

/// A character, or a control character as the key that sends it.
fn typed(bytes: &[u8]) -> Next {
    let Some(&first) = bytes.first() else { return Next::Open };
    let key = match first {
        b'\r' | b'\n' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x7f | 0x08 => Key::plain(Code::Backspace),
        1..=26 => Key { ctrl: true, ..Key::char(char::from(first - 1 + b'a')) },
        0..=31 => return Next::Is(1, None),
        _ => {
            let length = match first {
                0..0x80 => 1,
                0xc0..0xe0 => 2,
                0xe0..0xf0 => 3,
                0xf0..0xf8 => 4,
                _ => return Next::Is(1, None),
            };
            let Some(character) = bytes.get(..length) else { return Next::Open };
            return match std::str::from_utf8(character).ok().and_then(|text| text.chars().next()) {
                Some(c) => Next::Is(length, Some(Heard::Key(Key::char(c)))),
                None => Next::Is(1, None),
            };
        }
    };
    Next::Is(1, Some(Heard::Key(key)))
}

/// What follows `ESC [`: numbers, then one letter that says what it is.
fn control(rest: &[u8]) -> Next {
    let Some(end) = rest.iter().position(|byte| (0x40..=0x7e).contains(byte)) else { return Next::Open };
    let length = end + 3;
    let numbers = std::str::from_utf8(&rest[..end]).unwrap_or_default();
    let key = |key: Key| Some(Heard::Key(key));
    let heard = match (rest[end], numbers) {
        (b'c', numbers) => numbers
            .strip_prefix('?')
            .map(|numbers| Heard::Attributes { sixel: numbers.split(';').any(|number| number == "4") }),
        (b't', numbers) => cell(numbers),
        (b'~', "200") => return paste(&rest[end + 1..], length),
        (b'~', "3") => key(Key::plain(Code::Delete)),
        (b'~', "5") => key(Key::plain(Code::PageUp)),
        (b'~', "6") => key(Key::plain(Code::PageDown)),
        (b'Z', "") => key(Key { shift: true, ..Key::plain(Code::Tab) }),
        (letter, "") => cursor_key(letter).map(Heard::Key),
        _ => None,
    };
    Next::Is(length, heard)
}

fn cursor_key(letter: u8) -> Option<Key> {
    let code = match letter {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        _ => return None,
    };
    Some(Key::plain(code))
}

/// `6;height;width`, in pixels.
fn cell(numbers: &str) -> Option<Heard> {
    let mut numbers = numbers.strip_prefix("6;")?.split(';').map(str::parse::<u16>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(height)), Some(Ok(width))) if height > 0 && width > 0 => Some(Heard::Cell(width, height)),
        _ => None,
    }
}

/// A paste, up to its end mark; `before` bytes stand before it.
fn paste(rest: &[u8], before: usize) -> Next {
    const END: &[u8] = b"\x1b[201~";
    match rest.windows(END.len()).position(|window| window == END) {
        Some(end) => {
            let text = clean::block(&String::from_utf8_lossy(&rest[..end]));
            Next::Is(before + end + END.len(), Some(Heard::Paste(text)))
        }
        None => Next::Open,
    }
}

/// What follows `ESC _` and the like, up to `ESC \` or a bell.
fn string(rest: &[u8]) -> Next {
    let end = (0..rest.len()).find_map(|at| match rest[at..] {
        [0x07, ..] => Some((at, 1)),
        [0x1b, b'\\', ..] => Some((at, 2)),
        _ => None,
    });
    let Some((end, mark)) = end else { return Next::Open };
    let words = std::str::from_utf8(&rest[..end]).unwrap_or_default();
    if let Some(version) = words.strip_prefix(">|kitty(") {
        let mut numbers = version.split(['.', ')']).map_while(|number| number.parse::<u32>().ok());
        let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        return Next::Is(2 + end + mark, (version < FIRST_WITH_PLACEHOLDERS).then_some(Heard::OldKitty));
    }
    let heard = words.strip_prefix("Gi=").and_then(|words| {
        let (number, answer) = words.split_once(';')?;
        let number = number.split(',').next()?.parse().ok()?;
        (answer == "OK").then_some(Heard::Kitty(number))
    });
    Next::Is(2 + end + mark, heard)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn heard(bytes: &[u8]) -> Vec<Heard> {
        let mut ear = Ear::default();
        let mut all = ear.hear(bytes);
        all.extend(ear.end());
        all
    }

    fn key(c: char) -> Heard {
        Heard::Key(Key::char(c))
    }

    #[test]
    fn answers_are_told_from_keys() {
        let all = heard(b"j\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;EINVAL:no\x1b\\k\x1b[6;20;10t\x1b[?62;4;22c\x1b[B");
        let expected = [
            key('j'),
            Heard::Kitty(31),
            key('k'),
            Heard::Cell(10, 20),
            Heard::Attributes { sixel: true },
            Heard::Key(Key::plain(Code::Down)),
        ];
        assert_eq!(all, expected);
        assert_eq!(heard(b"\x1b[?64;1;14c"), [Heard::Attributes { sixel: false }], "14 is not 4");
        assert_eq!(heard(b"\x1b[6;0;0t\x1b[4;1;2t"), []);
        assert_eq!(heard(b"\x1bP>|kitty(0.26.5)\x1b\\"), [Heard::OldKitty]);
        assert_eq!(heard(b"\x1bP>|kitty(0.28.0)\x1b\\\x1bP>|WezTerm 20240203\x1b\\"), []);
    }

    #[test]
    fn keys_come_as_they_were_pressed() {
        let all = heard("é\r\t\x7f\x03\x1bx\x1bOA\x1b[Z\x1b[6~\x1b".as_bytes());
        let plain = |code| Heard::Key(Key::plain(code));
        let expected = [
            key('é'),
            plain(Code::Enter),
            plain(Code::Tab),
            plain(Code::Backspace),
            Heard::Key(Key { ctrl: true, ..Key::char('c') }),
            Heard::Key(Key { alt: true, ..Key::char('x') }),
            plain(Code::Up),
            Heard::Key(Key { shift: true, ..Key::plain(Code::Tab) }),
            plain(Code::PageDown),
            plain(Code::Esc),
        ];
        assert_eq!(all, expected);
    }

    #[test]
    fn a_paste_is_no_keys() {
        assert_eq!(heard(b"\x1b[200~quit\x1b[2Jq\x1b[201~x"), [Heard::Paste("quitq".into()), key('x')]);
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_the_bytes_are_cut(bytes in "(\\PC|\x1b\\[[?0-9;]{0,6}[a-z~]|\x1b_Gi=[0-9];OK\x1b\\\\){0,12}", at: usize) {
            let bytes = bytes.as_bytes();
            let at = at % (bytes.len() + 1);
            let mut ear = Ear::default();
            let mut all = ear.hear(&bytes[..at]);
            all.extend(ear.hear(&bytes[at..]));
            all.extend(ear.end());
            prop_assert_eq!(all, heard(bytes));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = heard(&bytes);
        }

        #[test]
        fn typed_text_comes_whole(text in "[a-zéàç0-9 @#=+%]{0,40}") {
            let typed: String = heard(text.as_bytes())
                .into_iter()
                .filter_map(|heard| match heard { Heard::Key(key) => key.typed(), _ => None })
                .collect();
            prop_assert_eq!(typed, text);
        }
    }
}
