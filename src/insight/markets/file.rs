//! The written form of a taxonomy: the bundled files of `assets/markets` and the file that a user shares.
//!
//! ```toml
//! [[market]]
//! slug = "maple"              # short name: ASCII, lower-case, hyphens
//! parent = "agriculture"      # the market above; absent at the top
//! fr = "Acériculture"
//! en = "Maple production"
//! naics = "111994"            # the finest code that is true of the whole market, if there is one
//! hidden = false              # not to be shown; people are counted with the market above
//! serves = false              # a trade that sells to other markets: a market named beside it is supplied, not worked in
//! joined = false              # people join it: who is a member is no employee
//! broad = false               # its words are said of many trades: it gives way to any other market of the same person
//!
//! [[market.rule]]             # words that lead to it
//! how = "works"               # decides, works, member, supplies, buys or influences
//! in = ["title", "org"]       # where they are looked for: title, org, note; everywhere when absent
//! fr = ["acériculteur", "Ville de", "=MES"]
//! en = ["maple syrup"]
//! not = ["équipement acéricole"]  # phrases in which those words mean something else
//! ```
//!
//! A phrase is found whatever the endings and accents of its words (see [`crate::text::triggers`]); after `=` only as it
//! is written. A `not` that holds one of the words takes that word away; any other takes the rule away from the text.
//! `serves` and `joined` hold for the markets below too, `broad` does not. A slug may come in several files; what is said later is added.

use serde::Deserialize;

use crate::domain::contact::MarketHow;
use crate::domain::id::MarketId;
use crate::domain::market::Market;

/// A taxonomy file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    #[serde(default)]
    pub market: Vec<Entry>,
}

/// A market in a file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Entry {
    pub slug: String,
    pub parent: String,
    pub fr: String,
    pub en: String,
    pub naics: String,
    pub hidden: bool,
    pub serves: bool,
    pub joined: bool,
    pub broad: bool,
    pub rule: Vec<Words>,
}

/// Words that lead to a market.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Words {
    pub how: How,
    #[serde(rename = "in")]
    pub fields: Vec<Field>,
    pub fr: Vec<String>,
    pub en: Vec<String>,
    pub not: Vec<String>,
}

/// [`MarketHow`] as it is written in a file.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum How {
    Decides,
    #[default]
    Works,
    Member,
    Supplies,
    Buys,
    Influences,
}

impl From<How> for MarketHow {
    fn from(how: How) -> Self {
        match how {
            How::Decides => Self::Decides,
            How::Works => Self::Works,
            How::Member => Self::Member,
            How::Supplies => Self::Supplies,
            How::Buys => Self::Buys,
            How::Influences => Self::Influences,
        }
    }
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Titles, trades and credentials.
    Title,
    /// Names of organisations.
    Org,
    /// Notes, latent values and tags.
    Note,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Title, Self::Org, Self::Note];
}

/// What is wrong with a taxonomy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, counted from 1; 0 when none is to blame.
    pub line: usize,
    /// Column, counted from 1; 0 when none is to blame.
    pub column: usize,
    /// The reader's reason, in English.
    pub reason: String,
}

pub(super) fn parse(text: &str) -> Result<Document, Fault> {
    let document: Document = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start.min(text.len()));
        let before = &text[..at];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Fault { line, column, reason: error.message().to_owned() }
    })?;
    match document.market.iter().find(|entry| entry.slug.is_empty()) {
        Some(_) => Err(Fault { line: 0, column: 0, reason: "a market without a slug".into() }),
        None => Ok(document),
    }
}

/// Reads a shared taxonomy file as market records. `mint` gives the identifier of a slug: that of the record that has
/// it already, or a new one.
pub fn read(text: &str, mint: &mut dyn FnMut(&str) -> MarketId) -> Result<Vec<Market>, Fault> {
    let mut markets: Vec<Market> = Vec::new();
    for entry in parse(text)?.market {
        let keywords = entry.rule.iter().flat_map(super::keyword::of_words);
        if let Some(known) = markets.iter_mut().find(|known| known.slug == entry.slug) {
            known.keywords.extend(keywords);
            continue;
        }
        markets.push(Market {
            id: mint(&entry.slug),
            keywords: keywords.collect(),
            slug: entry.slug,
            name_en: entry.en,
            name_fr: entry.fr,
            parent: entry.parent,
            naics: entry.naics,
            hidden: entry.hidden,
        });
    }
    Ok(markets)
}

/// Writes market records as a file that [`read`] reads.
pub fn write<'a>(markets: impl IntoIterator<Item = &'a Market>) -> String {
    let mut out = String::new();
    for market in markets {
        out.push_str("[[market]]\n");
        let mut line = |key: &str, value: &str| {
            if !value.is_empty() {
                out.extend([key, " = ", &toml::Value::String(value.to_owned()).to_string(), "\n"]);
            }
        };
        line("slug", &market.slug);
        line("parent", &market.parent);
        line("fr", &market.name_fr);
        line("en", &market.name_en);
        line("naics", &market.naics);
        if market.hidden {
            out.push_str("hidden = true\n");
        }
        for rule in super::keyword::to_words(&market.keywords) {
            out.push_str(&rule);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_shared_file_comes_back_as_it_was() {
        let text = r#"
            [[market]]
            slug = "drones"
            parent = "technology"
            fr = "Drones"
            en = "Drones"
            [[market.rule]]
            fr = ["pilote de drone"]
            en = ["drone pilot"]
            not = ["drone de guerre"]
            [[market.rule]]
            how = "buys"
            in = ["note"]
            fr = ["veut des drones"]
        "#;
        let id = MarketId(Uuid::from_u128(1));
        let markets = read(text, &mut |_| id).expect("it is well formed");
        assert_eq!(
            markets[0].keywords,
            ["fr:pilote de drone", "en:drone pilot", "-drone de guerre", "fr:buys@note:veut des drones"]
        );
        assert_eq!(read(&write(&markets), &mut |_| id).expect("it was just written"), markets);
    }

    #[test]
    fn a_fault_says_where() {
        let fault = read("[[market]]\nslug = 3\n", &mut |_| MarketId(Uuid::nil())).expect_err("a number");
        assert_eq!((fault.line, fault.column), (2, 8));
        assert!(read("[[market]]\nen = \"x\"\n", &mut |_| MarketId(Uuid::nil())).is_err());
    }
}
