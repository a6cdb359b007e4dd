//! A line to tokens. Shapes (emails, phones, web addresses, a verb with its date) come before signs; signs and keys
//! count only at the start of a word; quotes keep what they hold.
//!
//! Tokens never overlap, stand in order, and leave out nothing but white space and control characters.

use std::ops::Range;

use super::Context;
use super::keys::{self, Field};
use super::phrases::{self, Phrase};
use crate::text::phone::{self, Parsed};
use crate::text::{fold, shapes};

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word of the line.
    Word,
    /// Text between quotes, quotes off.
    Quoted(String),
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A lone `-`, `–`, `|`, `/` or `·`, or a colon that ends a word.
    Dash,
    /// `(`
    Open,
    /// `)`
    Close,
    /// A sign or key; its value follows.
    Key(Field),
    /// A minus glued to the front of a sign or key.
    Minus,
    /// An email address.
    Email,
    /// A web address.
    Url,
    /// A phone number.
    Phone(Parsed),
    /// A verb with its date.
    Phrase(Phrase),
    /// All that follows `note:`.
    Rest,
}

/// A part of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// The bytes where it stands.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// No white space stands before it.
    pub glued: bool,
}

impl Token {
    /// A word or quoted text: what values are made of.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Quoted(_))
    }

    /// A sign that only separates.
    pub(super) fn is_separator(&self) -> bool {
        matches!(self.kind, Kind::Comma | Kind::Semicolon | Kind::Dash | Kind::Open | Kind::Close)
    }

    /// Free text: neither field nor shape.
    pub(super) fn is_free(&self) -> bool {
        self.is_text() || self.is_separator()
    }
}

/// Characters that only separate or quote; reading may drop them, and nothing else.
pub const SEPARATORS: &str = ",;:-‑–—|/·•()\"“”«»";

/// Longest line that is taken apart, in bytes; what follows is one word of the note.
const LONGEST: usize = 64 * 1024;

pub(super) struct Lexer<'a> {
    text: &'a str,
    ctx: &'a Context,
    at: usize,
    tokens: Vec<Token>,
}

/// Takes a line apart.
pub(super) fn tokens(text: &str, ctx: &Context) -> Vec<Token> {
    let mut lexer = Lexer { text, ctx, at: 0, tokens: Vec::new() };
    lexer.run();
    lexer.tokens
}

/// As [`is_gap`], and what cleaning removes: neither begins a word.
fn is_idle(c: char) -> bool {
    is_gap(c) || crate::text::clean::is_removed(c)
}

/// A line break of a note, as one line shows it.
pub(super) const BREAK: char = '⏎';

/// Whether a character only holds words apart.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == BREAK
}

impl Lexer<'_> {
    fn run(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let gap = rest.find(|c| !is_idle(c)).unwrap_or(rest.len());
            self.at += gap;
            if self.at == self.text.len() {
                return;
            }
            if self.at > LONGEST {
                self.push(self.text.len() - self.at, Kind::Rest, true);
                return;
            }
            self.next(gap > 0 || self.at == 0);
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, length: usize, kind: Kind, spaced: bool) {
        let range = self.at..self.at + length;
        self.at = range.end;
        self.tokens.push(Token { range, kind, glued: !spaced });
    }

    fn next(&mut self, spaced: bool) {
        let after = self.tokens.last().map(|token| token.kind.clone());
        // Right after a sign stands its value: no further sign, and only the shape that the key asks for.
        let value_of = match after {
            Some(Kind::Key(field)) if !spaced => Some(field),
            _ => None,
        };
        let starts_word = spaced || self.tokens.last().is_none_or(Token::is_separator) || self.after_minus();
        if let Some((length, value)) = quoted(self.rest()) {
            self.push(length, Kind::Quoted(value), spaced);
        } else if let Some((length, value)) = self.unknown_person(value_of) {
            self.push(length, Kind::Quoted(value), spaced);
        } else if let Some((length, kind)) = self.separator() {
            self.push(length, kind, spaced);
        } else if let Some((length, kind)) = self.shape(value_of, starts_word) {
            self.push(length, kind, spaced);
        } else if let Some((length, kind)) = self.sign(starts_word && value_of.is_none()) {
            let rest_of_line = kind == Kind::Key(Field::Note);
            self.push(length, kind, spaced);
            if rest_of_line {
                self.rest_of_line();
            }
        } else {
            let length = self.word();
            self.push(length, Kind::Word, spaced);
        }
    }

    /// `via:?"…"`: a person not known by name yet; the question mark stays with the words.
    fn unknown_person(&self, value_of: Option<Field>) -> Option<(usize, String)> {
        let after = self.rest().strip_prefix('?').filter(|_| value_of.is_some())?;
        quoted(after).map(|(length, value)| (length + 1, format!("?{value}")))
    }

    fn after_minus(&self) -> bool {
        matches!(self.tokens.last(), Some(Token { kind: Kind::Minus, .. }))
    }

    /// The value of `note:`; a quoted one that fills the rest loses its quotes.
    fn rest_of_line(&mut self) {
        let rest = self.rest();
        let lead = rest.len() - rest.trim_start_matches(is_gap).len();
        let length = rest.trim_end_matches(is_gap).len();
        if length > lead {
            self.at += lead;
            self.push(length - lead, Kind::Rest, true);
        }
        self.at = self.text.len();
    }

    fn separator(&self) -> Option<(usize, Kind)> {
        let rest = self.rest();
        let c = rest.chars().next()?;
        let lone = rest[c.len_utf8()..].chars().next().is_none_or(is_gap);
        let kind = match c {
            ',' => Kind::Comma,
            ';' => Kind::Semicolon,
            // A bracket that opens a phone number belongs to it.
            '(' if phone::at(rest, &self.ctx.region).is_none() => Kind::Open,
            ')' => Kind::Close,
            '-' | '–' | '—' | '|' | '/' | '·' | '•' | ':' if lone => Kind::Dash,
            '|' => Kind::Dash,
            '-' if rest.trim_start_matches('-').starts_with(is_gap) => {
                return Some((dashes(rest), Kind::Dash));
            }
            '<' | '>' if lone || c == '<' && shapes::email_at(&rest[1..]).is_some() => Kind::Open,
            '>' => Kind::Close,
            _ => return None,
        };
        Some((c.len_utf8(), kind))
    }

    fn shape(&self, value_of: Option<Field>, starts_word: bool) -> Option<(usize, Kind)> {
        let rest = self.rest();
        if !starts_word && value_of.is_none() {
            return None;
        }
        let asked = |field: Field| value_of.is_none() || value_of == Some(field);
        if asked(Field::Email)
            && let Some(length) = shapes::email_at(rest)
        {
            return Some((length, Kind::Email));
        }
        if asked(Field::Url)
            && let Some(length) = shapes::url_at(rest)
        {
            return Some((length, Kind::Url));
        }
        if asked(Field::Phone)
            && let Some((length, parsed)) = phone::at(rest, &self.ctx.region)
        {
            return Some((length, Kind::Phone(parsed)));
        }
        if value_of.is_none() {
            return phrases::at(rest, self.ctx.today).map(|phrase| (phrase.length, Kind::Phrase(phrase)));
        }
        None
    }

    fn sign(&self, allowed: bool) -> Option<(usize, Kind)> {
        if !allowed {
            return None;
        }
        let rest = self.rest();
        let c = rest.chars().next()?;
        let next = rest[c.len_utf8()..].chars().next();
        if let Some(field) = keys::of_sign(c) {
            // A lone sign is a word (`Bois + Fils`), but `Name @ Organisation` is how people jot.
            let lone = next.is_none_or(is_idle);
            let followed = rest[1..].chars().any(|c| !is_idle(c));
            return (!lone || c == '@' && followed && !self.after_minus()).then_some((1, Kind::Key(field)));
        }
        if c == '-' && self.minus_leads(&rest[1..]) {
            return Some((1, Kind::Minus));
        }
        let (length, word) = key_word(rest)?;
        keys::of_word(word).map(|field| (length, Kind::Key(field)))
    }

    /// Whether what follows a minus can be taken away: a sign with its value, or a key.
    fn minus_leads(&self, rest: &str) -> bool {
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return false };
        let sign = keys::of_sign(c).is_some() && chars.next().is_some_and(|c| !is_gap(c));
        sign || key_word(rest).is_some_and(|(_, word)| keys::of_word(word).is_some())
            || shapes::email_at(rest).is_some()
    }

    /// Length of the word at hand: up to white space, `;`, a comma that is not inside a number, or closing brackets.
    fn word(&self) -> usize {
        let rest = self.rest();
        let mut end = rest.len();
        let mut before = None;
        for (at, c) in rest.char_indices() {
            let next = rest[at + c.len_utf8()..].chars().next();
            let inside_number =
                before.is_some_and(|b: char| b.is_ascii_digit()) && next.is_some_and(|n| n.is_ascii_digit());
            if at > 0 && (is_gap(c) || c == ';' || c == '|' || c == ',' && !inside_number)
                || at == 0 && is_gap(c)
            {
                end = at;
                break;
            }
            before = Some(c);
        }
        let word = &rest[..end];
        let mut length = word.len();
        if !word.contains('(') {
            length = word.trim_end_matches(')').len();
        }
        let core = word[..length].trim_end_matches([':', '>']);
        if !core.is_empty() && core.len() < length {
            length = core.len();
        }
        if length == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { length }
    }
}

fn dashes(text: &str) -> usize {
    text.len() - text.trim_start_matches('-').len()
}

/// A key word with its colon at the head: `org:`, `vu :` (French typography), with the length of both.
fn key_word(text: &str) -> Option<(usize, &str)> {
    let end = text.find(|c: char| !(c.is_alphabetic() || c == '-')).filter(|end| (1..=20).contains(end))?;
    let word = &text[..end];
    let tail = &text[end..];
    if tail.starts_with(':') {
        return Some((end + 1, word));
    }
    let blank = tail.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}'))?.len_utf8();
    let spaced = tail[blank..].strip_prefix(':')?;
    (word.chars().count() >= 3 && spaced.starts_with(is_gap)).then_some((end + blank + 1, word))
}

/// A quoted text at the head: its length and what it holds. A doubled quote inside stands for one.
pub(super) fn quoted(text: &str) -> Option<(usize, String)> {
    let open = text.chars().next()?;
    let close = match open {
        '"' => '"',
        '“' => '”',
        '«' => '»',
        _ => return None,
    };
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c != close {
            value.push(c);
            continue;
        }
        if close == '"' && chars.peek().is_some_and(|(_, next)| *next == '"') {
            value.push('"');
            chars.next();
            continue;
        }
        return Some((at + c.len_utf8(), crate::text::clean::line(&value)));
    }
    None
}

/// A value between quotes, ready to be read back.
pub(super) fn quote(value: &str) -> String {
    format!("\"{}\"", value.replace('"', "\"\""))
}

/// What a label before a phone number says: *cell*, *bur.*, *fax*. A single letter counts with its own mark only.
pub(super) fn phone_label(word: &str, marked: bool) -> Option<&'static str> {
    let folded = fold::fold(word.trim_end_matches(['.', ':']));
    let label = match folded.as_str() {
        "cell" | "cel" | "cellulaire" | "cellular" | "mobile" | "mob" | "portable" => "mobile",
        "tel" | "telephone" | "phone" | "ph" | "numero" => "",
        "bur" | "bureau" | "office" | "work" | "travail" | "trav" | "direct" | "ligne" => "work",
        "dom" | "domicile" | "res" | "residence" | "maison" | "home" => "home",
        "fax" | "telec" | "telecopieur" | "facsimile" => "fax",
        "sans-frais" | "toll-free" | "tollfree" => "tollfree",
        "c" | "m" if marked => "mobile",
        "t" | "p" if marked => "",
        "b" | "o" | "w" | "d" if marked => "work",
        "h" | "r" if marked => "home",
        "f" if marked => "fax",
        _ => return None,
    };
    Some(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::Language;
    use proptest::prelude::*;

    fn ctx() -> Context {
        Context::new(jiff::civil::date(2026, 11, 23), Language::French)
    }

    fn shown(text: &str) -> String {
        tokens(text, &ctx())
            .iter()
            .map(|token| {
                let word = &text[token.range.clone()];
                match &token.kind {
                    Kind::Word => word.to_owned(),
                    Kind::Quoted(value) => format!("<{value}>"),
                    Kind::Key(field) => format!("{field:?}:"),
                    Kind::Email => format!("email({word})"),
                    Kind::Url => format!("url({word})"),
                    Kind::Phone(parsed) => format!("phone({}x{})", parsed.e164, parsed.ext),
                    Kind::Phrase(_) => format!("phrase({word})"),
                    Kind::Rest => format!("rest({word})"),
                    _ => word.to_owned(),
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn signs_count_at_the_start_of_a_word() {
        assert_eq!(
            shown("Réjean @Scierie Roy =bois #x +1 819 555-0123 C# a@b"),
            "Réjean Org: Scierie Roy Value: bois Tag: x phone(+18195550123x) C# a@b"
        );
        assert_eq!(shown("Bois + Fils @ Novaphase @"), "Bois + Fils Org: Novaphase @");
        assert_eq!(
            shown("marche:municipal À: Magog note : le reste, =x"),
            "Market: municipal In: Magog Note: rest(le reste, =x)"
        );
    }

    #[test]
    fn shapes_come_first_and_quotes_before_them() {
        assert_eq!(
            shown("=\"819-555-0123\" 819-555-0123 #224"),
            "Value: <819-555-0123> phone(+18195550123x224)"
        );
        assert_eq!(shown("@\"a \"\"b\"\", c\" «d e» \"f"), "Org: <a \"b\", c> <d e> \"f");
        assert_eq!(shown("x <a@b.ca>, (https://c.ca)"), "x < email(a@b.ca) > , ( url(https://c.ca) )");
        assert_eq!(
            shown("via:jean@x.ca courriel:a@b.ca rappeler jeudi"),
            "Via: jean@x.ca Email: email(a@b.ca) phrase(rappeler jeudi)"
        );
    }

    #[test]
    fn separators_stand_alone() {
        assert_eq!(
            shown("a - b | c, d; e / f (g) 18,000 x-y h:"),
            "a - b | c , d ; e / f ( g ) 18,000 x-y h :"
        );
    }

    proptest! {
        #[test]
        fn tokens_cover_everything_but_gaps(text in "(?s)[ -~àéœ«»“”\u{0}\u{1b}\t\n@=#+%^\":;,()<>|-]{0,60}|(?s).{0,40}") {
            let tokens = tokens(&text, &ctx());
            let mut at = 0;
            for token in &tokens {
                prop_assert!(token.range.start >= at && token.range.end > token.range.start);
                prop_assert!(text[at..token.range.start].chars().all(is_idle));
                at = token.range.end;
            }
            prop_assert!(text[at..].chars().all(is_idle));
        }
    }
}
