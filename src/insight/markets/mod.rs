//! Which markets people connect to: the taxonomy, what words suggest, what was stated and refused, and regions.

mod atlas;
mod bundle;
mod cues;
mod file;
mod hows;
mod infer;
mod keyword;
mod links;
mod lookup;
mod regions;
mod roll;
mod settle;
mod taxonomy;

pub use atlas::{Atlas, Placed};
pub use file::{Fault, Field, read, write};
pub use infer::{Evidence, Inferred, Reader, Source, hat_weight};
pub use links::{Basis, Link};
pub use regions::{Located, Region, RegionBasis, Regions};
pub use roll::Roll;
pub(in crate::insight) use roll::Seated;
pub use taxonomy::{MarketInfo, MarketIx, Taxonomy};

#[cfg(test)]
mod tests;
