//! Who could lead the user where: access, ties declared and possible, paths, reach of markets, and measures.
//!
//! A [`Network`] is built from the book for a day; a [`Chart`] joins it with the markets of everybody
//! ([`crate::insight::markets::Atlas`]). Both are derived, kept beside the index and never stored. Scores are between 0 and 1;
//! reasons are data ([`TieEvidence`], [`AskWhy`]).

mod access;
mod around;
mod chart;
mod doors;
mod graph;
mod hubs;
mod measures;
mod paths;
mod reach;
mod routes;
mod weighted;

pub use access::{Access, AccessBasis, access, of_closeness};
pub use around::Neighbour;
pub use chart::{Cell, Chart, Coverage, Opened, sort_regions};
pub use doors::{Ask, AskWhy, Connector, Introduction};
pub use graph::{Network, TieEvidence, of_kind};
pub use hubs::{Hub, HubKind, possible};
pub use measures::{Cluster, Ground, Measures, Missing};
pub use paths::{Hop, Likelihood, Path};
pub use reach::Level;

#[cfg(test)]
mod tests;
