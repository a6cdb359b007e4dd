//! The search index.

/// The search index.
#[derive(Clone, Debug, Default)]
pub struct Index {}
