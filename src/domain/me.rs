//! The user: the own card, towns and associations. The start of every introduction path.

use serde::{Deserialize, Serialize};

use super::contact::{Address, Labelled, Language, Name, Phone, Role};

/// The user's own card and rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Name parts.
    pub name: Name,
    /// Hats.
    pub roles: Vec<Role>,
    /// Email addresses.
    pub emails: Vec<Labelled>,
    /// Telephone numbers.
    pub phones: Vec<Phone>,
    /// Web addresses.
    pub urls: Vec<Labelled>,
    /// Postal addresses.
    pub addresses: Vec<Address>,
    /// Towns called home; the meaning of `in:me`.
    pub towns: Vec<String>,
    /// Regions worked in.
    pub regions: Vec<String>,
    /// Chambers, orders and unions that the user belongs to.
    pub associations: Vec<String>,
    /// The language to be spoken to in.
    pub language: Option<Language>,
    /// What a select club would let in: a query about who people seemed to be. Empty until stated.
    pub club_rule: String,
    /// Anything else.
    pub note: String,
}
