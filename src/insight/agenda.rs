//! What today asks for.

use serde::{Deserialize, Serialize};

/// What today asks for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Agenda {}
