//! Telephone numbers: E.164 with an extension. North American numbers (NANP) are read by their grouping, without
//! any database; the `phonenumber` database, slow to load, is touched only for national numbers elsewhere.

use std::ops::Range;

use super::clean;
use super::fold::fold;

/// A number that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// `+` and up to fifteen digits (ITU-T E.164).
    pub e164: String,
    /// Digits of the extension; empty without one.
    pub ext: String,
}

/// Countries of the North American Numbering Plan that write numbers as Canada does.
const NANP: &[&str] = &["CA", "US", "PR", "BS", "BB", "JM", "TT", "DO", "BM"];

/// Reads a text that is one number and nothing else. `region` is the ISO 3166 country that numbers without `+`
/// belong to.
pub fn parse(text: &str, region: &str) -> Option<Parsed> {
    let cleaned = clean::line(text);
    let mut text = cleaned.as_str();
    if fold(text.get(..4).unwrap_or_default()) == "tel:" {
        text = text[4..].trim_start();
    }
    // RFC 3966 writes the extension as a parameter.
    let (number, uri_ext) = text.split_once(";ext=").unwrap_or((text, ""));
    let (length, mut parsed) = at(number, region)?;
    if length != number.len() || !uri_ext.bytes().all(|b| b.is_ascii_digit()) || uri_ext.len() > 11 {
        return None;
    }
    if parsed.ext.is_empty() {
        uri_ext.clone_into(&mut parsed.ext);
    }
    Some(parsed)
}

/// The numbers inside a text, with the bytes where each stands, extension included.
pub fn find(text: &str, region: &str) -> Vec<(Range<usize>, Parsed)> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut before = ' ';
    while let Some(c) = text[from..].chars().next() {
        if !before.is_alphanumeric()
            && before != '+'
            && let Some((length, parsed)) = at(&text[from..], region)
        {
            found.push((from..from + length, parsed));
            from += length;
            before = '0';
            continue;
        }
        before = c;
        from += c.len_utf8();
    }
    found
}

/// The number that starts at the head of `text`, by its length in bytes with the extension.
pub fn at(text: &str, region: &str) -> Option<(usize, Parsed)> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '(') {
        return None;
    }
    let (length, e164) = if NANP.contains(&region) || region.is_empty() {
        nanp(text).or_else(|| international(text))?
    } else {
        international(text).or_else(|| national(text, region)).or_else(|| nanp(text))?
    };
    let (more, ext) = extension(&text[length..]).unwrap_or_default();
    if more == 0 && text[length..].starts_with(|c: char| c.is_alphanumeric() || c == '@' || c == '_') {
        return None;
    }
    Some((length + more, Parsed { e164, ext }))
}

/// How a number is shown: `819 555-0123`, and the international form for the rest of the world.
pub fn display(e164: &str) -> String {
    if let Some(digits) =
        e164.strip_prefix("+1").filter(|d| d.len() == 10 && d.bytes().all(|b| b.is_ascii_digit()))
    {
        return format!("{} {}-{}", &digits[..3], &digits[3..6], &digits[6..]);
    }
    if !e164.starts_with('+') {
        return e164.to_owned();
    }
    phonenumber::parse(None, e164).map_or_else(
        |_| e164.to_owned(),
        |number| number.format().mode(phonenumber::Mode::International).to_string(),
    )
}

/// Digits with the ends of their characters, as far as separators allow; `limit` digits at most.
fn digits(text: &str, limit: usize) -> Vec<(u8, usize, bool)> {
    let mut found: Vec<(u8, usize, bool)> = Vec::new();
    let mut gap = 0;
    for (index, c) in text.char_indices() {
        if c.is_ascii_digit() {
            if found.len() == limit {
                break;
            }
            // Whether something stood between this digit and the one before.
            found.push((c as u8 - b'0', index + 1, gap > 0));
            gap = 0;
        } else if matches!(
            c,
            ' ' | '\u{a0}' | '\u{202f}' | '.' | '-' | '\u{2011}' | '\u{2013}' | '/' | '(' | ')'
        ) && gap < 3
        {
            gap += 1;
        } else {
            break;
        }
    }
    found
}

/// `819 555-0123`, `(819) 555-0123`, `1-819-555-0123`, `+1 819…`: groups break after the country code, the area
/// code and the exchange only.
fn nanp(text: &str) -> Option<(usize, String)> {
    let plus = text.starts_with('+');
    let body = &text[usize::from(plus)..];
    if plus && !body.starts_with('1') {
        return None;
    }
    let all = digits(body, 11);
    let lead = usize::from(all.first()?.0 == 1);
    let number = all.get(lead..lead + 10)?;
    let area = [number[0].0, number[1].0, number[2].0];
    let sound = number[0].0 >= 2
        && number[3].0 >= 2
        && area[1..] != [1, 1]
        && number.iter().enumerate().all(|(at, digit)| !digit.2 || matches!(at, 0 | 3 | 6));
    let end = number[9].1;
    // `819/555-0123`: a stroke stands after the area code or nowhere.
    let strokes = body[..end]
        .match_indices('/')
        .any(|(at, _)| at != number[2].1 || !body[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    if !sound || body[end..].starts_with(|c: char| c.is_ascii_digit()) || strokes {
        return None;
    }
    let opened = body[..end].matches('(').count();
    if opened != body[..end].matches(')').count() || opened > 1 {
        return None;
    }
    Some((usize::from(plus) + end, e164(1, number)))
}

fn e164(country: u8, number: &[(u8, usize, bool)]) -> String {
    let mut out = String::with_capacity(12);
    out.push('+');
    out.push(char::from(b'0' + country));
    out.extend(number.iter().map(|digit| char::from(b'0' + digit.0)));
    out
}

/// `+33 6 12 34 56 78`, `+33 (0)6…`, `011 33…`: the country code is written, so no database is needed.
fn international(text: &str) -> Option<(usize, String)> {
    let prefix = ["+", "011 ", "011-", "00"].into_iter().find(|prefix| text.starts_with(*prefix))?;
    let body = &text[prefix.len()..];
    let skip = body.len() - body.trim_start_matches([' ', '-']).len();
    if !body[skip..].starts_with(|c: char| ('1'..='9').contains(&c)) || prefix == "+" && skip > 0 {
        return None;
    }
    let body = &body[skip..];
    let all = digits(body, 15);
    let trunk = body.find("(0)").map(|at| at + 2);
    let kept: Vec<_> = all.iter().filter(|digit| Some(digit.1) != trunk).collect();
    let end = all.last()?.1;
    let closed = body[..end].matches('(').count() == body[..end].matches(')').count();
    if !(8..=15).contains(&kept.len()) || body[end..].starts_with(|c: char| c.is_ascii_digit()) || !closed {
        return None;
    }
    let number = kept.iter().map(|digit| char::from(b'0' + digit.0)).collect::<String>();
    Some((prefix.len() + skip + end, format!("+{number}")))
}

/// A number written as at home in a country outside North America.
fn national(text: &str, region: &str) -> Option<(usize, String)> {
    let country: phonenumber::country::Id = region.parse().ok()?;
    let all = digits(text, 15);
    let end = all.last()?.1;
    if all.len() < 8 || text[end..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number = phonenumber::parse(Some(country), &text[..end]).ok().filter(phonenumber::is_valid)?;
    Some((end, number.format().mode(phonenumber::Mode::E164).to_string()))
}

/// `p. 42`, `poste 224`, `ext. 4`, `x224`, `#224`, after a comma or in brackets: length and digits.
fn extension(text: &str) -> Option<(usize, String)> {
    let mut rest = text.trim_start_matches([' ', '\u{a0}', ',']);
    let bracket = rest.starts_with('(');
    if bracket {
        rest = &rest[1..];
    }
    let head: String = rest.chars().take(10).collect::<String>().to_ascii_lowercase();
    let word = ["extension", "poste", "post", "ext", "p", "x", "#"]
        .into_iter()
        .find(|word| head.starts_with(word))?;
    rest = &rest[word.len()..];
    rest = rest.strip_prefix('.').unwrap_or(rest);
    rest = rest.trim_start_matches([' ', '\u{a0}', ':']);
    if word == "#" && !text.trim_start_matches(' ').starts_with(['#', '(', ',']) {
        return None;
    }
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=7).contains(&length) {
        return None;
    }
    let ext = rest[..length].to_owned();
    rest = &rest[length..];
    if bracket {
        rest = rest.strip_prefix(')')?;
    }
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    Some((text.len() - rest.len(), ext))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(String, String)> {
        parse(text, "CA").map(|parsed| (parsed.e164, parsed.ext))
    }

    #[test]
    fn north_american_numbers_in_every_dress() {
        for text in [
            "819-555-0123",
            "819 555 0123",
            "819.555.0123",
            "(819) 555-0123",
            "1 819 555-0123",
            "1-819-555-0123",
            "+1 819 555-0123",
            "+1 (819) 555-0123",
            "8195550123",
            "18195550123",
            "tel:+1-819-555-0123",
            "819 - 555 - 0123",
            "819/555-0123",
            "819\u{a0}555-0123",
        ] {
            assert_eq!(read(text), Some(("+18195550123".into(), String::new())), "{text}");
        }
        for text in [
            "2025-11-03",
            "123 456 7890",
            "819 555 012",
            "819 55 50123",
            "911",
            "819/555/0123",
            "819-555-01234",
            "10 000 000 000",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn extensions_in_both_languages() {
        for text in [
            "819 555-0123 p. 224",
            "819 555-0123 poste 224",
            "819 555-0123, poste 224",
            "819 555-0123 ext. 224",
            "819 555-0123 x224",
            "819 555-0123x224",
            "819 555-0123 #224",
            "819 555-0123 (poste 224)",
            "tel:+18195550123;ext=224",
        ] {
            assert_eq!(read(text), Some(("+18195550123".into(), "224".into())), "{text}");
        }
        assert_eq!(read("819 555-0123 #224b"), None);
    }

    #[test]
    fn the_rest_of_the_world() {
        assert_eq!(read("+33 6 12 34 56 78").map(|p| p.0).as_deref(), Some("+33612345678"));
        assert_eq!(read("+33 (0)6 12 34 56 78").map(|p| p.0).as_deref(), Some("+33612345678"));
        assert_eq!(read("011 44 20 7946 0958").map(|p| p.0).as_deref(), Some("+442079460958"));
        assert_eq!(read("+50"), None);
        assert_eq!(parse("06 12 34 56 78", "FR").map(|p| p.e164).as_deref(), Some("+33612345678"));
        assert_eq!(display("+33612345678"), "+33 6 12 34 56 78");
        assert_eq!(display("+18195550123"), "819 555-0123");
    }

    #[test]
    fn numbers_inside_a_sentence() {
        let text = "Bur. 819 555-0167 poste 12 · cell (514) 555-0159, x12345678901";
        let found: Vec<&str> = find(text, "CA").into_iter().map(|(range, _)| &text[range]).collect();
        assert_eq!(found, ["819 555-0167 poste 12", "(514) 555-0159"]);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            for (range, parsed) in find(&text, "CA") {
                prop_assert!(text.get(range).is_some());
                prop_assert!(parsed.e164.starts_with('+') && parsed.e164.len() <= 16);
            }
        }

        #[test]
        fn what_is_shown_reads_back(area in 201u32..989, exchange in 200u32..999, line in 0u32..9999) {
            prop_assume!(area % 100 != 11);
            let e164 = format!("+1{area}{exchange}{line:04}");
            prop_assert_eq!(parse(&display(&e164), "CA").map(|parsed| parsed.e164), Some(e164));
        }
    }
}
