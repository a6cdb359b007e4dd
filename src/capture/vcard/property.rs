//! vCard text to properties: decoding, unfolding, parameters, escapes.
//!
//! Works on bytes until a property is whole, since folding may split a letter and each property may have a character
//! set of its own.

use encoding_rs::Encoding;

use crate::text::{charset, clean};

/// A longer property is cut: names are short, and what is longer is a picture.
const LONGEST: usize = 1 << 16;

/// One property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    /// What comes before the dot, in lower case; empty without.
    pub group: String,
    /// In capitals.
    pub name: String,
    /// Names in capitals, each with one value: lists are taken apart.
    parameters: Vec<(String, String)>,
    /// Decoded, with its escapes.
    pub value: String,
    /// The whole property on one line, for keeping.
    pub raw: String,
    /// It was longer than is read.
    pub cut: bool,
}

impl Property {
    /// Whether a parameter has a value, in any case.
    pub fn is(&self, parameter: &str, value: &str) -> bool {
        self.all(parameter).any(|known| known.eq_ignore_ascii_case(value))
    }

    /// All values of a parameter.
    pub fn all(&self, parameter: &str) -> impl Iterator<Item = &str> {
        self.parameters.iter().filter(move |(name, _)| name == parameter).map(|(_, value)| value.as_str())
    }

    /// How much this one is preferred, the lowest first: `PREF=1` of version 4, `TYPE=PREF` before.
    pub fn rank(&self) -> u8 {
        match self.all("PREF").next().and_then(|value| value.parse().ok()) {
            Some(rank) => rank,
            None if self.is("TYPE", "pref") => 1,
            None => 101,
        }
    }

    /// The value as one clean line.
    pub fn line(&self) -> String {
        clean::line(&unescaped(&self.value))
    }

    /// The value with its line breaks.
    pub fn block(&self) -> String {
        clean::block(&unescaped(&self.value))
    }

    /// The parts between semicolons, each a clean line; a comma list inside a part is joined by `joint`.
    pub fn parts(&self, joint: &str) -> Vec<String> {
        let part = |part: &str| {
            let pieces = split(part, ',').into_iter().map(|piece| clean::line(&unescaped(piece)));
            pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(joint)
        };
        split(&self.value, ';').into_iter().map(part).collect()
    }
}

/// A line of a vCard file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    Property(Property),
    /// A line without a name: the rest of a note that nobody folded, most often.
    Stray(String),
}

/// All lines, unfolded.
pub(super) fn lines(bytes: &[u8]) -> Vec<Line> {
    let decoded = charset::utf16(bytes);
    let bytes = decoded.as_deref().map_or(bytes, str::as_bytes);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    unfolded(bytes).into_iter().map(|line| parse(&line)).collect()
}

/// A property's bytes on their way to being whole.
struct Folded {
    bytes: Vec<u8>,
    /// Its value goes on where it ends with `=`.
    quoted: bool,
    /// Its value goes on in lines of base 64 that are not indented.
    base64: bool,
    cut: bool,
}

impl Folded {
    fn new(line: &[u8]) -> Self {
        let head = &line[..colon(line).unwrap_or(0)].to_ascii_uppercase();
        let has = |word: &[u8]| memchr::memmem::find(head, word).is_some();
        let base64 = has(b"BASE64") || has(b"ENCODING=B");
        let mut new = Self { bytes: Vec::new(), quoted: has(b"QUOTED-PRINTABLE"), base64, cut: false };
        new.push(line);
        new
    }

    fn push(&mut self, more: &[u8]) {
        let room = LONGEST - self.bytes.len();
        self.cut |= more.len() > room;
        self.bytes.extend_from_slice(&more[..more.len().min(room)]);
    }

    /// Whether the next line is the rest of this one although nothing says so.
    fn goes_on(&self, line: &[u8]) -> bool {
        let sixty_four = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
        self.quoted && self.bytes.ends_with(b"=") || self.base64 && line.iter().all(sixty_four)
    }
}

/// Folded lines joined (RFC 6350 §3.2), soft line breaks and lines of base 64 as version 2.1 has them, too.
fn unfolded(bytes: &[u8]) -> Vec<Folded> {
    let mut lines: Vec<Folded> = Vec::new();
    for line in bytes.split(|b| matches!(b, b'\n' | b'\r')) {
        if line.is_empty() {
            continue;
        }
        match lines.last_mut() {
            Some(last) if last.goes_on(line) => {
                if last.quoted {
                    last.bytes.pop();
                }
                last.push(line);
            }
            Some(last) if matches!(line[0], b' ' | b'\t') => last.push(&line[1..]),
            _ => lines.push(Folded::new(line)),
        }
    }
    lines
}

/// The first colon outside quotes.
fn colon(line: &[u8]) -> Option<usize> {
    let mut quoted = false;
    let outside = line.iter().position(|b| {
        quoted ^= *b == b'"';
        *b == b':' && !quoted
    });
    // A quote that is never closed quotes nothing.
    outside.or_else(|| memchr::memchr(b':', line))
}

fn parse(line: &Folded) -> Line {
    let text = |bytes: &[u8]| decoded(bytes, None);
    let Some(at) = colon(&line.bytes) else { return Line::Stray(clean::line(&text(&line.bytes))) };
    let head = text(&line.bytes[..at]);
    let value = &line.bytes[at + 1..];
    let mut pieces = quoted_split(&head, ';').into_iter().map(str::trim);
    let name = pieces.next().unwrap_or_default();
    let (group, name) = name.rsplit_once('.').unwrap_or(("", name));
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        return Line::Stray(clean::line(&text(&line.bytes)));
    }
    let mut parameters = Vec::new();
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        let (name, values) = match piece.split_once('=') {
            Some((name, values)) => (name.trim().to_ascii_uppercase(), values),
            None if is_encoding(piece) => ("ENCODING".to_owned(), piece),
            None => ("TYPE".to_owned(), piece),
        };
        // A whole list may stand in quotes.
        for value in quoted_split(values, ',').into_iter().flat_map(|value| {
            let value = value.trim().trim_matches('"');
            let apart = if name == "TYPE" { value.split(',').collect() } else { vec![value] };
            apart.into_iter()
        }) {
            parameters.push((name.clone(), clean::line(&carets(value))));
        }
    }
    let mut property = Property {
        group: group.to_ascii_lowercase(),
        name: name.to_ascii_uppercase(),
        parameters,
        value: String::new(),
        raw: clean::line(&text(&line.bytes)),
        cut: line.cut,
    };
    let charset = property.all("CHARSET").next().and_then(|label| Encoding::for_label(label.as_bytes()));
    let quoted = property.is("ENCODING", "QUOTED-PRINTABLE");
    property.value =
        if quoted { decoded(&quoted_printable(value), charset) } else { decoded(value, charset) };
    Line::Property(property)
}

fn is_encoding(word: &str) -> bool {
    ["QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// In the set that it names, if that makes sense; else UTF-8, else Windows-1252.
fn decoded(bytes: &[u8], charset: Option<&'static Encoding>) -> String {
    if let Some(charset) = charset
        && let (text, _, false) = charset.decode(bytes)
    {
        return text.into_owned();
    }
    charset::decode(bytes)
}

/// RFC 2045 §6.7; what is no code stays.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let digit = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16)).map(|digit| digit as u8);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        match (b, digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'=', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            _ => {
                out.push(b);
                at += 1;
            }
        }
    }
    out
}

/// RFC 6868: `^n`, `^'` and `^^` in parameters.
fn carets(text: &str) -> String {
    if !text.contains('^') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match (c, rest.as_str().chars().next()) {
            ('^', Some(code @ ('n' | '\'' | '^'))) => {
                out.push(match code {
                    'n' => '\n',
                    '\'' => '"',
                    _ => '^',
                });
                rest.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// Parts between separators that no backslash escapes.
pub(super) fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        if c == separator && !escaped {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&text[start..]);
    parts
}

/// Parts between separators outside quotes.
fn quoted_split(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        quoted ^= c == '"';
        if c == separator && !quoted {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// `\n` is a line break; any other letter after a backslash is itself (`\:` and `\"` are in no standard, and written).
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            _ => out.push(c),
        }
    }
    out
}
