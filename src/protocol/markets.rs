//! Markets as the front doors ask for them and change them: by slug, and people in brief, so that nothing here hangs on one
//! process's taxonomy.

use serde::{Deserialize, Serialize};

use super::paths::Way;
use crate::domain::contact::{Closeness, MarketHow};
use crate::domain::market::Named;
use crate::domain::problem::Brief;
use crate::insight::markets::Source;
use crate::insight::network::{Access, Ground, HubKind, Level, Likelihood, Missing, TieEvidence};

/// How all markets are covered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarketsMap {
    /// Only people of this region are counted.
    pub region: Option<Named>,
    /// All markets, hidden ones too, in the order of the tree: each after the one above it.
    pub lines: Vec<MarketLine>,
    /// What the figures rest on: people known, met, tied.
    pub ground: Ground,
    /// What would have to be added for them to say more, most useful first.
    pub missing: Vec<Missing>,
    /// Regions in which somebody is tied to a market, in the order of the table, with how many such people.
    pub regions: Vec<(Named, usize)>,
}

/// A market and how it is covered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarketLine {
    /// Slug and names.
    pub market: Named,
    /// Slug of the market above that is shown; `None` at the top.
    pub parent: Option<String>,
    /// Industry code; empty where none is true of the whole market.
    pub naics: String,
    /// Not to be shown; its people are counted with the market above.
    pub hidden: bool,
    /// Where it comes from.
    pub origin: Origin,
    /// 0 to 1.
    pub reach: f32,
    /// The same in words.
    pub level: Level,
    /// People tied to it or to a market below it.
    pub presence: usize,
    /// How many of them by the user's word.
    pub stated: usize,
    /// How many of them only by what their words suggest.
    pub inferred: usize,
    /// Those without whom the level falls, the first few; whose absence costs most comes first.
    pub sole_doors: Vec<Brief>,
}

/// Where a market comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// It came with openbar.
    #[default]
    Bundled,
    /// It came with openbar, and the user changed it.
    Changed,
    /// The user added it.
    Own,
    /// Somebody is tied to it, but nobody has defined it.
    Loose,
}

/// One market: who connects to it, through whom, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarketPage {
    /// The market, as covered in the region asked for.
    pub line: MarketLine,
    /// Only people of this region are counted.
    pub region: Option<Named>,
    /// The market above.
    pub above: Option<Named>,
    /// The shown markets right below.
    pub below: Vec<MarketLine>,
    /// Who connects to it, nearest and weightiest first; at most as many as asked for. `line.presence` counts them all.
    pub connectors: Vec<Connector>,
    /// The disjoint paths that the reach rests on, best first.
    pub ways: Vec<Way>,
    /// The same market region by region, where somebody is tied to it.
    pub regions: Vec<RegionLine>,
    /// Who could be asked to open it further, the most promising first; empty for a market that is well covered.
    pub asks: Vec<Ask>,
}

/// Somebody tied to a market.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connector {
    /// Who.
    pub person: Brief,
    /// By which hat.
    pub hat: Hat,
    /// The person's region.
    pub region: Option<Named>,
    /// Declared closeness.
    pub closeness: Option<Closeness>,
    /// The user's own access.
    pub access: Access,
    /// The best path's value times the hat's weight, 0 to 1: the order of the list.
    pub score: f32,
    /// The same in words.
    pub likelihood: Likelihood,
    /// Without this person the level falls.
    pub alone: bool,
    /// The best path to the person; one hop where nobody else is needed.
    pub way: Option<Way>,
}

/// A tie to a market.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hat {
    /// The market: the one asked for, or one below it.
    pub market: Named,
    /// By which kind of hat; `None` where it was stated without saying.
    pub how: Option<MarketHow>,
    /// The hat is no longer worn.
    pub former: bool,
    /// By the user's word; otherwise the words below suggest it.
    pub stated: bool,
    /// The words that it rests on; may be empty for a stated one.
    pub words: String,
    /// Where those words stand; `None` for a stated one.
    pub source: Option<Source>,
    /// The whole text that they stand in; empty for a stated one.
    pub text: String,
}

impl Hat {
    /// The words in a form that can be understood alone: *Ville de Magog* where only *Ville de* leads to the market.
    pub fn said(&self) -> &str {
        match self.source {
            Some(Source::Org(_) | Source::OrgAlt(..)) => &self.text,
            _ => &self.words,
        }
    }
}

/// A market in one region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegionLine {
    /// The region; a free one has its words for slug and names.
    pub region: Named,
    /// People tied to the market there.
    pub presence: usize,
    /// 0 to 1.
    pub reach: f32,
    /// The same in words.
    pub level: Level,
}

/// Somebody who could be asked to open a market.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// Who.
    pub person: Brief,
    /// Declared closeness.
    pub closeness: Option<Closeness>,
    /// Why.
    pub why: AskWhy,
    /// How promising, 0 to 1: the order of the list.
    pub score: f32,
}

/// Why somebody might open a market.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AskWhy {
    /// Knows, or may know, somebody tied to the market.
    Knows {
        /// That person.
        member: Brief,
        /// What binds the two.
        tie: TieEvidence,
    },
    /// Is tied to it, but hardly known.
    Member,
    /// Is tied to a market beside or above it.
    Near {
        /// That market.
        market: Named,
    },
}

/// Which table of markets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossings {
    /// What its rows are.
    pub rows: Rows,
    /// Only people of this region, for rows that are people.
    pub region: Option<String>,
    /// The first row wanted.
    pub offset: usize,
    /// At most so many rows.
    pub limit: usize,
}

/// What the rows of a table of markets are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rows {
    /// Regions.
    Regions,
    /// People.
    People,
}

/// A table of regions or people by markets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crossing {
    /// The markets to which anybody is tied, in the order of the tree.
    pub columns: Vec<Column>,
    /// The rows asked for.
    pub rows: Vec<Row>,
    /// How many rows there are in all.
    pub total: usize,
}

/// A market at the head of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The market.
    pub market: Named,
    /// Slug of the market above that is shown; `None` at the top.
    pub parent: Option<String>,
}

/// A row of a table of markets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Whose row.
    pub head: Head,
    /// Its cells that are not empty, each with the number of its column, in the order of the columns. A market that is only reached
    /// through one below it has a cell too.
    pub cells: Vec<(usize, Cell)>,
}

/// At the left of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Head {
    /// A region, with its people who are tied to a market.
    Region(Named, usize),
    /// A person, with the user's access.
    Person(Brief, Access),
}

/// A cell of a table of markets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// How a region's market is covered.
    Covered {
        /// People tied to it there.
        presence: usize,
        /// 0 to 1.
        reach: f32,
        /// The same in words.
        level: Level,
    },
    /// How a person is tied to the market.
    Tied {
        /// By which kind of hat; `None` where it was stated without saying.
        how: Option<MarketHow>,
        /// The hat is no longer worn.
        former: bool,
        /// By the user's word.
        stated: bool,
    },
}

/// What becomes of a person's tie to a market.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Settle {
    /// It is stated, with its hat and evidence.
    Accept,
    /// It is refused and never suggested again.
    Refuse,
    /// What was stated or refused is forgotten; words may suggest it again.
    Forget,
}

/// A change to the markets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MarketChange {
    /// Adds a market. The slug is made from a name.
    Add {
        /// French name; the English one serves when it is empty.
        fr: String,
        /// English name; the French one serves when it is empty.
        en: String,
        /// The market above; `None` at the top.
        parent: Option<String>,
        /// Industry code; may be empty.
        naics: String,
        /// Words that lead to it.
        keywords: Vec<String>,
    },
    /// Gives other names; an empty one stays.
    Rename {
        /// Which market.
        market: String,
        /// French name.
        fr: String,
        /// English name.
        en: String,
    },
    /// Moves it below another, or to the top.
    Move {
        /// Which market.
        market: String,
        /// The market above.
        parent: Option<String>,
    },
    /// Sets the words that lead to it, beside the bundled ones.
    Keywords {
        /// Which market.
        market: String,
        /// The words, as the native form has them.
        keywords: Vec<String>,
    },
    /// Counts its people with another market from now on; its slug and names lead there.
    Merge {
        /// Which market.
        market: String,
        /// The other one.
        into: String,
    },
    /// Leaves it out of all lists.
    Hide {
        /// Which market.
        market: String,
    },
    /// Shows a hidden or merged market again, where it was.
    Show {
        /// Which market.
        market: String,
    },
    /// Takes back all that the user changed of a bundled market, or removes an added one.
    Reset {
        /// Which market.
        market: String,
    },
}

/// The network in figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stats {
    /// What the measures rest on.
    pub ground: Ground,
    /// What would have to be added for them to say more, most useful first.
    pub missing: Vec<Missing>,
    /// People in the pocket, filed and put away.
    pub stages: [usize; 3],
    /// People whom nobody has looked at since they came in bulk.
    pub unread: usize,
    /// People by where they came from: the importer's word, empty for those noted by hand. Most first.
    pub sources: Vec<(String, usize)>,
    /// People by declared closeness, 0 to 5, then those without.
    pub closeness: [usize; 7],
    /// Interactions noted.
    pub interactions: usize,
    /// Hubs of possible ties, by kind.
    pub hubs: Vec<(HubKind, usize)>,
    /// Shown markets by level: none, thin, fair, strong.
    pub levels: [usize; 4],
    /// People tied to at least one market.
    pub placed: usize,
    /// Who opens markets: first by how many alone, then by how many; the first few.
    pub openers: Vec<Opener>,
    /// How many people open a market.
    pub opening: usize,
    /// Those least constrained, with Burt's constraint; empty for a star network.
    pub brokers: Vec<(Brief, f32)>,
    /// Groups of people who know each other more than others, largest first; empty for a star network.
    pub clusters: Vec<Cluster>,
    /// How far the groups are from chance, −0.5 to 1.
    pub modularity: f32,
}

/// Somebody who opens markets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opener {
    /// Who.
    pub person: Brief,
    /// Which markets.
    pub markets: Vec<Named>,
    /// Those that nobody else opens.
    pub alone: Vec<Named>,
}

/// People who know each other more than others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// The first few, those of best access first.
    pub people: Vec<Brief>,
    /// How many in all.
    pub size: usize,
    /// The share of their ties' strength that stays within, 0 to 1.
    pub inward: f32,
}
