//! The screens behind the tabs. One file each, always in the order state, update, view; no screen knows another.

pub mod people;
pub mod person;
pub mod pocket;
pub mod today;

use super::layer::Layer;

/// One of each, in the order of the tabs.
pub fn all() -> [Box<dyn Layer>; 3] {
    [
        Box::new(today::Today::default()),
        Box::new(pocket::Pocket::default()),
        Box::new(people::People::default()),
    ]
}
