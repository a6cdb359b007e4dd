//! Short forms and other spellings of given names: *Bob* is Robert, *J.-F.* Jean-François, *Philip* Philippe.
//!
//! The table is data (`assets/words/short_names.txt`): a name is added there, never here.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{entries, squeezed};

/// How two given names may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kinship {
    /// One is as often a name of its own: *Lise* for Élise.
    Loose,
    /// One is said for the other: *Bob* for Robert.
    Close,
}

/// One line of the table that a name stands in, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which line, that is, which name.
    pub name: u16,
    /// How it stands there.
    pub kinship: Kinship,
}

static TABLE: LazyLock<HashMap<String, Vec<Place>>> = LazyLock::new(|| {
    let mut table: HashMap<String, Vec<Place>> = HashMap::new();
    let lines = entries(include_str!("../../assets/words/short_names.txt"));
    for (name, line) in lines.enumerate() {
        let mut kinship = Kinship::Close;
        for word in line.split_whitespace() {
            if word == "~" {
                kinship = Kinship::Loose;
                continue;
            }
            let places = table.entry(squeezed(word)).or_default();
            // Spellings that differ by accents fold to one.
            if places.last().is_none_or(|place| place.name != name as u16) {
                places.push(Place { name: name as u16, kinship });
            }
        }
    }
    table
});

/// The lines of the table that a name stands in; `name` is [`squeezed`].
pub fn places(name: &str) -> &'static [Place] {
    TABLE.get(name).map_or(&[], Vec::as_slice)
}

/// How two different given names may be one; both [`squeezed`]. Two short forms of one name are kin too, as *Bob* and *Rob*.
pub fn kinship(a: &str, b: &str) -> Option<Kinship> {
    let b = places(b);
    let shared = places(a).iter().filter_map(|one| {
        b.iter().find(|other| other.name == one.name).map(|other| one.kinship.min(other.kinship))
    });
    shared.max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(a: &str, b: &str) -> Option<Kinship> {
        kinship(&squeezed(a), &squeezed(b))
    }

    #[test]
    fn short_forms_are_kin_in_both_languages() {
        for (a, b) in [
            ("Bob", "Robert"),
            ("J.-F.", "Jean-François"),
            ("JF", "Jean François"),
            ("Mike", "Michael"),
            ("Philip", "Philippe"),
            ("Steph", "Stéphanie"),
            ("Jeff", "Jean-François"),
        ] {
            assert_eq!(of(a, b), Some(Kinship::Close), "{a} {b}");
            assert_eq!(of(b, a), Some(Kinship::Close), "{b} {a}");
        }
    }

    #[test]
    fn names_of_their_own_count_for_little() {
        assert_eq!(of("Lise", "Élise"), Some(Kinship::Loose));
        assert_eq!(of("Michel", "Michael"), Some(Kinship::Loose));
        assert_eq!(of("Marie", "Marc"), None);
        assert_eq!(of("Robert", "Roberta"), None);
    }
}
