//! The keywords of a market record, one phrase each, with the rule that it belongs to written before it.
//!
//! `maple syrup` leads to the market from any field, in either language. `fr:decides@title,org:maire` is French, is
//! looked for in titles and organisations, and says how. `-maire de la chambre` is a phrase in which the market's words
//! mean something else. Anything before the last sign that is not such a rule belongs to the phrase.

use super::file::{Field, Words};
use crate::domain::contact::MarketHow;
use crate::text::stem::Tongue;

/// A keyword, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Keyword<'a> {
    /// A phrase that takes the market's words away.
    pub not: bool,
    /// The phrase's language; `None` for either.
    pub tongue: Option<Tongue>,
    pub how: MarketHow,
    /// Empty for everywhere.
    pub fields: Vec<Field>,
    pub phrase: &'a str,
}

const HOWS: [(&str, MarketHow); 6] = [
    ("decides", MarketHow::Decides),
    ("works", MarketHow::Works),
    ("member", MarketHow::Member),
    ("supplies", MarketHow::Supplies),
    ("buys", MarketHow::Buys),
    ("influences", MarketHow::Influences),
];
const FIELDS: [(&str, Field); 3] = [("title", Field::Title), ("org", Field::Org), ("note", Field::Note)];

/// Reads a keyword.
pub(super) fn read(text: &str) -> Keyword<'_> {
    let text = text.trim();
    if let Some(phrase) = text.strip_prefix('-') {
        return Keyword {
            not: true,
            tongue: None,
            how: MarketHow::Works,
            fields: Vec::new(),
            phrase: phrase.trim(),
        };
    }
    let (tongue, rest) = match text.split_once(':') {
        Some(("fr", rest)) => (Some(Tongue::French), rest),
        Some(("en", rest)) => (Some(Tongue::English), rest),
        _ => (None, text),
    };
    let ruled = rest.split_once(':').and_then(|(rule, phrase)| rule_of(rule).map(|rule| (rule, phrase)));
    let ((how, fields), phrase) = ruled.unwrap_or(((MarketHow::Works, Vec::new()), rest));
    Keyword { not: false, tongue, how, fields, phrase: phrase.trim() }
}

fn rule_of(rule: &str) -> Option<(MarketHow, Vec<Field>)> {
    let (how, fields) = rule.split_once('@').unwrap_or((rule, ""));
    let how = HOWS.iter().find(|(word, _)| *word == how)?.1;
    let named = |word: &str| FIELDS.iter().find(|(name, _)| *name == word).map(|(_, field)| *field);
    let fields = fields.split(',').filter(|word| !word.is_empty()).map(named).collect::<Option<_>>()?;
    Some((how, fields))
}

/// The keywords of a rule in a file.
pub(super) fn of_words(words: &Words) -> Vec<String> {
    let rule = rule_text(words.how.into(), &words.fields);
    let french = words.fr.iter().map(|phrase| format!("fr:{rule}{phrase}"));
    let english = words.en.iter().map(|phrase| format!("en:{rule}{phrase}"));
    french.chain(english).chain(words.not.iter().map(|phrase| format!("-{phrase}"))).collect()
}

fn rule_text(how: MarketHow, fields: &[Field]) -> String {
    if how == MarketHow::Works && fields.is_empty() {
        return String::new();
    }
    let fields: Vec<&str> = fields.iter().map(|field| FIELDS[*field as usize].0).collect();
    let place = if fields.is_empty() { String::new() } else { format!("@{}", fields.join(",")) };
    format!("{}{place}:", word_of(how))
}

fn word_of(how: MarketHow) -> &'static str {
    HOWS.iter().find(|(_, own)| *own == how).map_or("works", |(word, _)| word)
}

/// The rules of a file that keywords make, as text.
pub(super) fn to_words(keywords: &[String]) -> Vec<String> {
    let mut rules: Vec<(Keyword<'_>, [Vec<&str>; 3])> = Vec::new();
    for keyword in keywords.iter().map(|keyword| read(keyword)) {
        let fits = |rule: &Keyword<'_>| rule.how == keyword.how && rule.fields == keyword.fields;
        let at = match rules.iter().position(|(rule, _)| keyword.not || fits(rule)) {
            Some(_) if keyword.not => rules.len() - 1,
            Some(at) => at,
            None => {
                rules.push((keyword.clone(), <[Vec<&str>; 3]>::default()));
                rules.len() - 1
            }
        };
        let lists = &mut rules[at].1;
        match keyword.tongue {
            _ if keyword.not => lists[2].push(keyword.phrase),
            Some(tongue) => lists[tongue as usize].push(keyword.phrase),
            None => lists[..2].iter_mut().for_each(|list| list.push(keyword.phrase)),
        }
    }
    rules.iter().map(|(rule, lists)| written(rule, lists)).collect()
}

fn written(rule: &Keyword<'_>, lists: &[Vec<&str>; 3]) -> String {
    let mut text = String::from("[[market.rule]]\n");
    if rule.how != MarketHow::Works {
        text.extend(["how = \"", word_of(rule.how), "\"\n"]);
    }
    let array =
        |words: Vec<&str>| toml::Value::Array(words.into_iter().map(|word| word.to_owned().into()).collect());
    if !rule.fields.is_empty() {
        let fields = rule.fields.iter().map(|field| FIELDS[*field as usize].0).collect();
        text.extend(["in = ", &array(fields).to_string(), "\n"]);
    }
    for (key, list) in ["fr", "en", "not"].iter().zip(lists) {
        if !list.is_empty() {
            text.extend([key, " = ", &array(list.clone()).to_string(), "\n"]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_phrases_with_or_without_a_rule() {
        let plain = read("maple syrup");
        assert_eq!(
            (plain.tongue, plain.how, plain.fields.len(), plain.phrase),
            (None, MarketHow::Works, 0, "maple syrup")
        );
        let ruled = read("fr:decides@title,org:maire");
        assert_eq!((ruled.tongue, ruled.how), (Some(Tongue::French), MarketHow::Decides));
        assert_eq!((ruled.fields.as_slice(), ruled.phrase), (&[Field::Title, Field::Org][..], "maire"));
        assert_eq!(read("a:b").phrase, "a:b");
        assert!(read("-maire de la chambre").not);
    }
}
