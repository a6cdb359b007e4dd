//! Stems: what is left of a word when its ending is taken off. The only file that names the stemmer.
//!
//! Words are folded before they are stemmed, so that a word typed without its accents has the same stem. The algorithms
//! are Snowball's (Porter 2001, <https://snowballstem.org>).

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

/// Words as short as this are abbreviations or have no ending to lose: *UPA*, *MRC*, *vin*.
const SHORTEST: usize = 3;

/// Of a shorter word than this, *-ère* is no ending: *mère*, *bière*, *colère*.
const SHORTEST_FEMININE: usize = 4;

/// A language that words are stemmed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tongue {
    /// French.
    French,
    /// English.
    English,
}

impl Tongue {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::French, Self::English];
}

/// The stem of a folded word.
pub fn stem(folded: &str, tongue: Tongue) -> Cow<'_, str> {
    if folded.len() <= SHORTEST {
        return Cow::Borrowed(folded);
    }
    // The stemmer knows *-ère* by its accent, which is folded away.
    let masculine = match folded.strip_suffix("eres").or_else(|| folded.strip_suffix("ere")) {
        Some(start) if tongue == Tongue::French && start.len() >= SHORTEST_FEMININE => format!("{start}er"),
        _ => String::new(),
    };
    if !masculine.is_empty() {
        return Cow::Owned(Stemmer::create(Algorithm::French).stem(&masculine).into_owned());
    }
    let algorithm = match tongue {
        Tongue::French => Algorithm::French,
        Tongue::English => Algorithm::English,
    };
    match Stemmer::create(algorithm).stem(folded) {
        Cow::Borrowed("") => Cow::Borrowed(folded),
        stem => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_fall_in_both_languages() {
        assert_eq!(stem("planches", Tongue::French), stem("planche", Tongue::French));
        assert_eq!(stem("agricoles", Tongue::French), stem("agricole", Tongue::French));
        for (one, other) in
            [("plombiere", "plombier"), ("conseilleres", "conseiller"), ("bouchere", "boucher")]
        {
            assert_eq!(stem(one, Tongue::French), stem(other, Tongue::French));
        }
        assert_eq!(stem("bieres", Tongue::French), stem("biere", Tongue::French));
        assert_eq!(stem("farmers", Tongue::English), stem("farmer", Tongue::English));
        assert_ne!(stem("farmers", Tongue::English), stem("farms", Tongue::English));
    }

    #[test]
    fn abbreviations_keep_their_letters() {
        assert_eq!(stem("cpe", Tongue::French), "cpe");
        assert_eq!(stem("upa", Tongue::French), "upa");
    }
}
