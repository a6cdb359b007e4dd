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

/// A market, or a region, as it is named: enough to show it and to ask for it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Named {
    /// Short name, the same in both languages.
    pub slug: String,
    /// French name.
    pub fr: String,
    /// English name.
    pub en: String,
}
