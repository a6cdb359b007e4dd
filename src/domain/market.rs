//! Markets of the user's own, and changes to bundled ones.

use serde::{Deserialize, Serialize};

use super::id::MarketId;

/// A market, as the user defined or changed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Market {
    /// Identifier.
    pub id: MarketId,
    /// Short name for queries, ASCII lower-case with hyphens.
    pub slug: String,
    /// English name.
    pub name_en: String,
    /// French name.
    pub name_fr: String,
    /// Slug of the market above; empty at the top.
    pub parent: String,
    /// Words that point to it, in both languages.
    pub keywords: Vec<String>,
    /// North American Industry Classification System code; empty without one.
    pub naics: String,
    /// Not to be shown.
    pub hidden: bool,
}
