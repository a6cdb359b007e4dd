//! The screens behind the tabs. One file each, always in the order state, update, view; no screen knows another.

pub mod markets;
pub mod needs;
pub mod people;
pub mod person;
pub mod pocket;
pub mod today;

use super::effect::Tab;
use super::layer::Layer;

/// One of each, in the order of the tabs.
pub fn all() -> [Box<dyn Layer>; Tab::ALL.len()] {
    [
        Box::new(today::Today::default()),
        Box::new(pocket::Pocket::default()),
        Box::new(people::People::default()),
        Box::new(needs::Needs::default()),
        Box::new(markets::Markets::default()),
    ]
}
