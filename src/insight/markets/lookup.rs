//! The market or region that words mean: a slug, a name in either language, the beginning of one, or words that lead there.

use super::regions::{Region, Regions};
use super::taxonomy::{MarketIx, Taxonomy};
use crate::text::fold::fold;

/// At most so many markets are offered when the words fit none, or several.
const OFFERED: usize = 5;
/// Slips that still leave a word the same: one in so many letters.
const LETTERS_A_SLIP: usize = 4;

impl Taxonomy {
    /// The market that words mean, as it is shown: by slug or name in either language, whatever the case and accents; else by
    /// words that lead to it alone; else by the beginning of one market's slug or name. When there is none such, or
    /// several, those that may have been meant.
    pub fn look_up(&self, words: &str) -> Result<MarketIx, Vec<MarketIx>> {
        let words = words.trim().trim_start_matches('+');
        let shown = |ix: MarketIx| self.shown(ix).unwrap_or(ix);
        if let Some(ix) = self.find(words) {
            return Ok(shown(ix));
        }
        let mut led = self.guess(words);
        if let [one] = led[..] {
            return Ok(one);
        }
        let mut begun = Vec::new();
        let wanted = joined(words);
        if !wanted.is_empty() {
            for (ix, market) in self.all() {
                let begins = |name: &str| joined(name).starts_with(&wanted);
                if [&market.slug, &market.fr, &market.en].into_iter().any(|name| begins(name)) {
                    add(&mut begun, shown(ix));
                }
            }
        }
        // A market and those below it begin alike: *agri* means agriculture.
        if let Some(above) = begun.iter().find(|ix| begun.iter().all(|other| self.is_within(*other, **ix))) {
            return Ok(*above);
        }
        led.extend(begun);
        let mut near = Vec::new();
        led.into_iter().chain(self.misspelt(&wanted)).for_each(|ix| add(&mut near, ix));
        near.truncate(OFFERED);
        Err(near)
    }

    /// Shown markets of which a name, or a word of one, is the wanted one but for a slip, nearest first.
    fn misspelt(&self, wanted: &str) -> Vec<MarketIx> {
        let mut near: Vec<(usize, MarketIx)> = self
            .all()
            .filter(|(_, market)| !market.hidden)
            .filter_map(|(ix, market)| {
                let names = [&market.slug, &market.fr, &market.en].into_iter();
                let slips = names.filter_map(|name| slips(wanted, name)).min()?;
                Some((slips, ix))
            })
            .collect();
        near.sort_by_key(|(slips, ix)| (*slips, *ix));
        near.into_iter().map(|(_, ix)| ix).collect()
    }
}

impl Regions {
    /// The regions that may have been meant by words which are no region's name and no town, nearest first.
    pub fn near(&self, words: &str) -> Vec<&Region> {
        let wanted = joined(words);
        let mut near: Vec<(usize, &Region)> = self
            .all()
            .iter()
            .filter_map(|region| {
                let names = [&region.slug, &region.fr, &region.en].into_iter();
                let begins = |name: &str| !wanted.is_empty() && joined(name).starts_with(&wanted);
                let distance = |name: &String| if begins(name) { Some(0) } else { slips(&wanted, name) };
                Some((names.filter_map(distance).min()?, region))
            })
            .collect();
        near.sort_by_key(|(slips, _)| *slips);
        near.truncate(OFFERED);
        near.into_iter().map(|(_, region)| region).collect()
    }
}

fn add(list: &mut Vec<MarketIx>, ix: MarketIx) {
    if !list.contains(&ix) {
        list.push(ix);
    }
}

/// Folded words with one hyphen between.
fn joined(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// How many slips lead from the wanted word to a name or to one of its words; `None` for too many.
fn slips(wanted: &str, name: &str) -> Option<usize> {
    let name = joined(name);
    let most = wanted.chars().count() / LETTERS_A_SLIP;
    std::iter::once(name.as_str())
        .chain(name.split('-').filter(|word| word.len() > 3))
        .map(|word| strsim::damerau_levenshtein(wanted, word))
        .min()
        .filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Book;

    fn found(words: &str) -> Result<String, Vec<String>> {
        let taxonomy = Taxonomy::new(&Book::default());
        let slug = |ix: MarketIx| taxonomy.get(ix).slug.clone();
        taxonomy.look_up(words).map(slug).map_err(|near| near.into_iter().map(slug).collect())
    }

    #[test]
    fn a_market_goes_by_many_words() {
        for (words, slug) in [
            ("dairy", "dairy"),
            ("Production laitière", "dairy"),
            ("production laitiere", "dairy"),
            ("Dairy Farming", "dairy"),
            ("+municipal", "municipal"),
            ("munici", "municipal"),
            ("boulangerie", "bakeries"),
            ("AGRI", "agriculture"),
        ] {
            assert_eq!(found(words).as_deref(), Ok(slug), "{words}");
        }
    }

    #[test]
    fn a_slip_offers_what_may_have_been_meant() {
        assert!(found("munisipal").expect_err("no such market").contains(&"municipal".to_owned()));
        assert!(found("insuranse").expect_err("no such market").iter().any(|slug| slug == "insurance"));
        assert_eq!(found("xyzzy"), Err(Vec::new()));
        assert_eq!(found(""), Err(Vec::new()));
    }

    #[test]
    fn a_region_with_a_slip_is_offered() {
        let near = Regions::bundled().near("Estri");
        assert_eq!(near[0].slug, "estrie");
        assert!(Regions::bundled().near("Zanzibar").is_empty());
    }
}
