//! Amounts of money in a line: `18 000 $`, `18 000,50 $`, `$18,000.50`, `18k$`, `2 500 EUR`.

use crate::domain::mandate::Money;

/// What `$` means to a user in Québec.
const DOLLARS: &str = "CAD";

/// Takes the first amount out of a text: the rest of the text, and the amount. Without one the text is as it was.
pub(super) fn split(text: &str) -> (String, Option<Money>) {
    let words: Vec<&str> =
        text.split([' ', '\u{a0}', '\u{202f}', '\n', '\t']).filter(|w| !w.is_empty()).collect();
    // The longest run of words that reads as an amount, from the leftmost place where one begins.
    for start in 0..words.len() {
        for end in (start + 1..=words.len().min(start + 6)).rev() {
            if let Some(amount) = read(&words[start..end]) {
                let rest: Vec<&str> = words[..start].iter().chain(&words[end..]).copied().collect();
                return (rest.join(" "), Some(amount));
            }
        }
    }
    (text.to_owned(), None)
}

/// A number, perhaps in groups of three digits, with a currency before or after it.
fn read(words: &[&str]) -> Option<Money> {
    let digits_first = |word: &str| word.bytes().take_while(u8::is_ascii_digit).count();
    let mut groups = words
        .iter()
        .map(|word| digits_first(word.trim_start_matches(|c: char| !c.is_ascii_digit())))
        .filter(|digits| *digits > 0);
    let first = groups.next()?;
    let mut groups = groups.peekable();
    if groups.peek().is_some() && (first > 3 || groups.any(|digits| digits != 3)) {
        return None;
    }
    let text = words.concat();
    let (number, currency) = currency(&text)?;
    let (number, thousand) = match number.strip_suffix(['k', 'K']) {
        Some(number) => (number, 1_000),
        None => (number, 1),
    };
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // A mark followed by one or two last digits parts the cents; any other parts thousands.
    let mark = number.rfind([',', '.']).filter(|at| (1..=2).contains(&(number.len() - at - 1)));
    let (whole, cents) = mark.map_or((number, ""), |at| (&number[..at], &number[at + 1..]));
    let digits: String = whole.chars().filter(|c| !matches!(c, ',' | '.' | '\'')).collect();
    if !digits.bytes().chain(cents.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    let cents = digits.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?.checked_mul(thousand)?;
    Some(Money { cents, currency: currency.to_owned() })
}

fn currency(text: &str) -> Option<(&str, &'static str)> {
    const SIGNS: &[(&str, &str)] = &[
        ("$CA", DOLLARS),
        ("CA$", DOLLARS),
        ("$US", "USD"),
        ("US$", "USD"),
        ("CAD", "CAD"),
        ("USD", "USD"),
        ("EUR", "EUR"),
        ("€", "EUR"),
        ("$", DOLLARS),
    ];
    SIGNS.iter().find_map(|(sign, code)| {
        let number = text.strip_suffix(sign).or_else(|| text.strip_prefix(sign))?;
        Some((number, *code))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(text: &str) -> Option<(i64, String, String)> {
        let (rest, amount) = split(text);
        amount.map(|amount| (amount.cents, amount.currency, rest))
    }

    #[test]
    fn amounts_are_read_in_both_languages() {
        for (text, expected, currency) in [
            ("Plan marketing 18 000 $", 1_800_000, "CAD"),
            ("Plan marketing 18\u{a0}000,50\u{a0}$", 1_800_050, "CAD"),
            ("Plan marketing $18,000.50", 1_800_050, "CAD"),
            ("Plan marketing 18k$", 1_800_000, "CAD"),
            ("Plan marketing 2 500 EUR", 250_000, "EUR"),
            ("2,5k$ Plan marketing", 250_000, "CAD"),
            ("Plan 1 200 US$ marketing", 120_000, "USD"),
        ] {
            let found = cents(text);
            assert_eq!(found, Some((expected, currency.into(), "Plan marketing".into())), "{text}");
        }
    }

    #[test]
    fn numbers_without_a_currency_stay_in_the_text() {
        for text in
            ["Plan 2027", "Plan 12 mois", "$", "Plan $ plus", "", "Phase 2 de 3", "US$ 99999999999999999999"]
        {
            assert_eq!(split(text), (text.to_owned(), None));
        }
    }

    #[test]
    fn a_year_before_an_amount_is_not_part_of_it() {
        assert_eq!(cents("Plan 2027 500 $"), Some((50_000, "CAD".into(), "Plan 2027".into())));
    }
}
