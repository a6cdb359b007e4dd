//! What stands under the cursor, so that a vocabulary can complete it, in the capture bar and in a query.

use std::ops::Range;

use super::Context;
use super::keys::{self, Field};
use super::lex::{self, Kind, is_gap};
use super::line::quoted_if_needed;

/// What can be completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlotKind {
    /// The name of a person.
    Name,
    /// A title.
    Title,
    /// An organisation.
    Org,
    /// A latent value.
    Value,
    /// A tag.
    Tag,
    /// A market.
    Market,
    /// How a hat connects to a market.
    How,
    /// An event or place where people were met.
    Event,
    /// A person who introduces or is known.
    Person,
    /// A town or region.
    Place,
    /// A state, after `is:`.
    State,
    /// A thing, after `has:`.
    Has,
    /// A bare word of a query.
    Word,
}

/// The value under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What it is.
    pub kind: SlotKind,
    /// What was typed of it, up to the cursor; quotes off.
    pub prefix: String,
    /// The bytes to be replaced: value and opening quote, without the sign.
    pub range: Range<usize>,
}

fn kind_of(field: Field) -> Option<SlotKind> {
    Some(match field {
        Field::Org => SlotKind::Org,
        Field::Title | Field::Former => SlotKind::Title,
        Field::Value => SlotKind::Value,
        Field::Tag => SlotKind::Tag,
        Field::Market => SlotKind::Market,
        Field::Met => SlotKind::Event,
        Field::Via | Field::Knows => SlotKind::Person,
        Field::In => SlotKind::Place,
        Field::Is => SlotKind::State,
        Field::Has => SlotKind::Has,
        Field::Name => SlotKind::Name,
        _ => return None,
    })
}

/// The slot of the cursor (a byte offset) in a capture line; `None` where nothing can be completed.
pub fn at(text: &str, cursor: usize, ctx: &Context) -> Option<Slot> {
    let head = text.get(..cursor)?;
    if let Some(open) = open_quote(head, ctx) {
        return Some(open);
    }
    if let Some(kind) = key_at(head).and_then(kind_of) {
        return Some(slot(kind, head, head.len()));
    }
    let tokens = lex::tokens(head, ctx);
    let ends_in_gap = head.ends_with(is_gap);
    let key = tokens.iter().rposition(|token| !token.is_free());
    let Some(key) = key else {
        let words = tokens.iter().take_while(|token| token.is_text()).count();
        let start = tokens.first()?.range.start;
        if words < tokens.len() {
            return None;
        }
        return Some(slot(SlotKind::Name, head, start));
    };
    let Kind::Key(field) = tokens[key].kind else { return None };
    let kind = kind_of(field)?;
    let value = &tokens[key + 1..];
    let list = matches!(field, Field::Value | Field::Market | Field::Knows | Field::In);
    let separator = value.iter().rposition(|token| match token.kind {
        Kind::Comma => list || field == Field::Org || field == Field::Via,
        Kind::Semicolon => true,
        _ => false,
    });
    let closed = value.iter().any(|token| matches!(token.kind, Kind::Quoted(_)));
    if closed
        || separator.is_some() && !list
        || field == Field::Tag && (ends_in_gap && !value.is_empty() || value.len() > 1)
    {
        return None;
    }
    let start = match separator {
        Some(at) => value.get(at + 1).map_or(head.len(), |first| first.range.start),
        None => value.first().map_or(head.len(), |first| first.range.start),
    };
    let typed = &head[start..];
    if field == Field::Market
        && let Some(colon) = typed.rfind(':').filter(|colon| *colon > 0 && !typed[*colon..].contains(is_gap))
    {
        return Some(slot(SlotKind::How, head, start + colon + 1));
    }
    Some(slot(kind, head, start))
}

/// The slot of the cursor in a query, where a value is one word unless quoted.
pub fn at_query(text: &str, cursor: usize, ctx: &Context) -> Option<Slot> {
    let head = text.get(..cursor)?;
    if let Some(open) = open_quote(head, ctx) {
        return Some(open);
    }
    let start = head.rfind(is_gap).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    let term = &head[start..];
    let minus = usize::from(term.starts_with('-'));
    let body = &term[minus..];
    let sign = body.chars().next().and_then(keys::of_sign).map(|field| (1, field));
    let word = || {
        let colon = body.find(':')?;
        keys::of_word(&body[..colon]).map(|field| (colon + 1, field))
    };
    let (kind, skip) = match sign.or_else(word) {
        Some((length, field)) => (kind_of(field)?, length),
        None => (SlotKind::Word, 0),
    };
    let value = &body[skip..];
    if value.is_empty() && kind == SlotKind::Word || value.ends_with('"') {
        return None;
    }
    let item = value.rfind(',').map_or(0, |comma| comma + 1);
    let from = start + minus + skip + item;
    if kind == SlotKind::Market
        && let Some(colon) = head[from..].rfind(':').filter(|colon| *colon > 0)
    {
        return Some(slot(SlotKind::How, head, from + colon + 1));
    }
    Some(slot(kind, head, from))
}

/// Puts a completed value in the place of a slot: the text and the cursor after it, ready for the next term.
pub fn accept(text: &str, slot: &Slot, value: &str, query: bool, ctx: &Context) -> (String, usize) {
    let one_word = query || slot.kind == SlotKind::Tag;
    let written =
        if one_word && value.contains(is_gap) { lex::quote(value) } else { quoted_if_needed(value, ctx) };
    let (before, after) =
        (text.get(..slot.range.start).unwrap_or(text), text.get(slot.range.end..).unwrap_or(""));
    let gap = if after.starts_with(is_gap) || slot.kind == SlotKind::Name && !query { "" } else { " " };
    let line = format!("{before}{written}{gap}{after}");
    let cursor = before.len() + written.len() + usize::from(!(slot.kind == SlotKind::Name && !query));
    (line, cursor)
}

fn slot(kind: SlotKind, head: &str, start: usize) -> Slot {
    Slot { kind, prefix: head[start..].to_owned(), range: start..head.len() }
}

/// A quote opened right after a sign and not closed yet.
fn open_quote(head: &str, ctx: &Context) -> Option<Slot> {
    let quote = head.rfind('"')?;
    let before = &head[..quote];
    let tokens = lex::tokens(before, ctx);
    let last = tokens.last().filter(|last| last.range.end == quote)?;
    let Kind::Key(field) = key_at(before).map(Kind::Key).unwrap_or(last.kind.clone()) else { return None };
    Some(Slot { kind: kind_of(field)?, prefix: head[quote + 1..].to_owned(), range: quote..head.len() })
}

/// The sign or key that a text ends in.
fn key_at(before: &str) -> Option<Field> {
    let start =
        before.rfind(is_gap).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let term = before[start..].trim_start_matches('-');
    let mut chars = term.chars();
    match (chars.next(), chars.next()) {
        (Some(sign), None) => keys::of_sign(sign),
        _ => keys::of_word(term.strip_suffix(':')?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::Language;

    fn ctx() -> Context {
        Context::new(jiff::civil::date(2026, 11, 23), Language::French)
    }

    fn capture(marked: &str) -> Option<(SlotKind, String)> {
        let cursor = marked.find('|').expect("a cursor");
        at(&marked.replace('|', ""), cursor, &ctx()).map(|slot| (slot.kind, slot.prefix))
    }

    fn query(marked: &str) -> Option<(SlotKind, String)> {
        let cursor = marked.find('|').expect("a cursor");
        at_query(&marked.replace('|', ""), cursor, &ctx()).map(|slot| (slot.kind, slot.prefix))
    }

    #[test]
    fn capture_knows_what_is_typed() {
        for (line, kind, prefix) in [
            ("Réj|", SlotKind::Name, "Réj"),
            ("Réjean Trem|", SlotKind::Name, "Réjean Trem"),
            ("Réjean, vendeur @Scierie Trem|", SlotKind::Org, "Scierie Trem"),
            ("Réjean @|", SlotKind::Org, ""),
            ("Réjean =planches, bar|", SlotKind::Value, "bar"),
            ("Réjean #ch| @X", SlotKind::Tag, "ch"),
            ("Réjean +munici|", SlotKind::Market, "munici"),
            ("Réjean +municipal:dé|", SlotKind::How, "dé"),
            ("Réjean %Souper de la|", SlotKind::Event, "Souper de la"),
            ("Réjean à:Mag|", SlotKind::Place, "Mag"),
            ("Réjean @\"Scierie Tr|", SlotKind::Org, "Scierie Tr"),
        ] {
            assert_eq!(capture(line), Some((kind, prefix.to_owned())), "{line}");
        }
        for line in ["Réjean, vend|", "Réjean #chambre |", "@Scierie, |", "a@b.ca |", "|"] {
            assert_eq!(capture(line), None, "{line}");
        }
    }

    #[test]
    fn queries_know_one_word() {
        for (line, kind, prefix) in [
            ("trem|", SlotKind::Word, "trem"),
            ("roy @sci|", SlotKind::Org, "sci"),
            ("-#ch|", SlotKind::Tag, "ch"),
            ("@a,b|", SlotKind::Org, "b"),
            ("is:po|", SlotKind::State, "po"),
            ("@\"Scierie Tr|", SlotKind::Org, "Scierie Tr"),
        ] {
            assert_eq!(query(line), Some((kind, prefix.to_owned())), "{line}");
        }
    }

    #[test]
    fn accepted_values_are_quoted_where_needed() {
        let text = "roy @sci";
        let slot = at_query(text, text.len(), &ctx()).expect("a slot");
        assert_eq!(
            accept(text, &slot, "Scierie Tremblay", true, &ctx()),
            ("roy @\"Scierie Tremblay\" ".into(), 24)
        );
        let text = "Réjean @sci #x";
        let slot = at(text, 12, &ctx()).expect("a slot");
        assert_eq!(accept(text, &slot, "Scierie Tremblay", false, &ctx()).0, "Réjean @Scierie Tremblay #x");
    }
}
