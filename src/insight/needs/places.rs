//! Regions named in texts: an event's town, the region of an organisation's name, *up in Nunavik*.

use std::ops::Range;

use super::rarity;
use crate::insight::markets::Regions;
use crate::insight::vectors::Table;
use crate::text::fold::fold;
use crate::text::{tokens, words};

/// Names of places have at most so many words.
const LONGEST: usize = 6;
/// A single word shorter than this is no place.
const SHORTEST: usize = 4;
/// In lower case, a single word must be as rare as this to be a place: *gatineau*, not *price*.
const RARE: f32 = 0.6;

/// A region named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Its slug.
    pub region: &'static str,
    /// The words that name it, or a town in it.
    pub bytes: Range<usize>,
}

/// Everything in a text that names a place, in order. On cards a place begins with a capital; a need is typed as it comes.
pub(super) fn find(text: &str, capitals: bool) -> Vec<Spot> {
    let words: Vec<Range<usize>> = tokens::words(text).map(|word| word.range).collect();
    let mut spots = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let capital = text[words[at].clone()].starts_with(char::is_uppercase);
        let found = (capital || !capitals)
            .then(|| {
                (1..=LONGEST.min(words.len() - at))
                    .rev()
                    .find_map(|count| spot(text, &words[at..at + count], capital))
            })
            .flatten();
        match found {
            Some((count, spot)) => {
                spots.push(spot);
                at += count;
            }
            None => at += 1,
        }
    }
    spots
}

fn spot(text: &str, words: &[Range<usize>], capital: bool) -> Option<(usize, Spot)> {
    let bytes = words.first()?.start..words.last()?.end;
    let name = &text[bytes.clone()];
    if words.len() == 1 {
        let lower = name.to_lowercase();
        let folded = fold(&lower);
        let common = !capital && rarity::of(&folded, Table::bundled().row(&lower)) < RARE;
        if folded.chars().count() < SHORTEST || common {
            return None;
        }
    }
    let region = Regions::bundled().find(name)?;
    let surname = words.len() == 1 && {
        let folded = fold(name);
        words::FAMILY.has(&folded) && fold(&region.fr) != folded && fold(&region.en) != folded
    };
    (!surname).then(|| (words.len(), Spot { region: &region.slug, bytes }))
}

/// The number of a region in the table; `None` for one that is not in it.
pub(super) fn number(slug: &str) -> Option<u8> {
    Regions::bundled().all().iter().position(|region| region.slug == slug).map(|at| at as u8)
}

/// The text with the names of places blotted out, byte for byte: *Bois-Francs* is no lumber.
pub(super) fn blotted(text: &str, spots: &[Spot]) -> String {
    let mut out = text.to_owned();
    for spot in spots {
        let blot = format!("·{}", " ".repeat(spot.bytes.len().saturating_sub("·".len())));
        if blot.len() == spot.bytes.len() {
            out.replace_range(spot.bytes.clone(), &blot);
        }
    }
    out
}
