//! Changes to the markets: records that add to the bundled taxonomy or alter it.

use std::sync::Arc;

use super::super::{Change, View};
use super::lens::{find, named};
use crate::domain::change::{Deed, Edit, Record};
use crate::domain::id::MarketId;
use crate::domain::market::Market;
use crate::domain::problem::{Problem, UsageProblem};
use crate::insight::markets::{MarketIx, Taxonomy};
use crate::protocol::markets::MarketChange;
use crate::text::{clean, fold};

/// Changes the markets.
pub(super) fn edit(view: &View<'_>, taxonomy: &Taxonomy, change: MarketChange) -> Result<Change, Problem> {
    let desk = Desk { view, taxonomy };
    match change {
        MarketChange::Add { fr, en, parent, naics, keywords } => desk.add(&fr, &en, parent, &naics, keywords),
        MarketChange::Rename { market, fr, en } => desk.alter(&market, |record| {
            set(&mut record.name_fr, &fr);
            set(&mut record.name_en, &en);
            Ok(())
        }),
        MarketChange::Move { market, parent } => {
            let ix = desk.any(&market)?;
            let parent = parent.map(|parent| desk.above(ix, &parent)).transpose()?.unwrap_or_default();
            desk.alter(&market, |record| {
                record.parent = parent;
                Ok(())
            })
        }
        MarketChange::Keywords { market, keywords } => desk.alter(&market, |record| {
            record.keywords = clean_words(keywords);
            Ok(())
        }),
        MarketChange::Merge { market, into } => {
            let ix = desk.any(&market)?;
            let into = desk.above(ix, &into)?;
            desk.alter(&market, |record| {
                record.parent = into;
                record.hidden = true;
                Ok(())
            })
        }
        MarketChange::Hide { market } => desk.alter(&market, |record| {
            record.hidden = true;
            Ok(())
        }),
        MarketChange::Show { market } => desk.show(&market),
        MarketChange::Reset { market } => {
            let ix = desk.any(&market)?;
            let record = desk.record(ix).cloned().map(Record::Market);
            Ok(desk.change(ix, record.map(Edit::remove)))
        }
    }
}

struct Desk<'a> {
    view: &'a View<'a>,
    taxonomy: &'a Taxonomy,
}

impl Desk<'_> {
    /// The market that words mean, hidden ones too.
    fn any(&self, words: &str) -> Result<MarketIx, Problem> {
        self.taxonomy.find(words).map_or_else(|| find(self.taxonomy, words), Ok)
    }

    fn record(&self, ix: MarketIx) -> Option<&Arc<Market>> {
        let id = self.taxonomy.get(ix).record?;
        self.view.book.markets().find(|market| market.id == id)
    }

    /// The slug of a market that can stand above another.
    fn above(&self, ix: MarketIx, words: &str) -> Result<String, Problem> {
        let above = find(self.taxonomy, words)?;
        if self.taxonomy.is_within(above, ix) {
            return Err(Problem::Usage(UsageProblem::SameMarket));
        }
        Ok(self.taxonomy.get(above).slug.clone())
    }

    fn change(&self, ix: MarketIx, edit: Option<Edit>) -> Change {
        let market = self.taxonomy.get(ix);
        let english = self.view.options.lang == crate::domain::contact::Language::English;
        let subject = if english { &market.en } else { &market.fr };
        Change::new(Deed::Edit, subject, edit.into_iter().collect())
    }

    /// Alters the record of a market, a new one where the market had none.
    fn alter(
        &self,
        words: &str,
        alter: impl FnOnce(&mut Market) -> Result<(), Problem>,
    ) -> Result<Change, Problem> {
        let ix = self.any(words)?;
        let market = self.taxonomy.get(ix);
        if let Some(record) = self.record(ix) {
            let mut after = Market::clone(record);
            alter(&mut after)?;
            let edit = Edit::replace(Record::Market(Arc::clone(record)), Record::Market(Arc::new(after)));
            return Ok(self.change(ix, Some(edit).filter(|edit| edit.before != edit.after)));
        }
        let parent = market.parent.map(|above| self.taxonomy.get(above).slug.clone()).unwrap_or_default();
        let mut record = Market {
            id: MarketId(self.view.mint()),
            slug: market.slug.clone(),
            name_en: String::new(),
            name_fr: String::new(),
            parent,
            keywords: Vec::new(),
            naics: String::new(),
            hidden: market.hidden,
        };
        if market.loose {
            record.name_fr.clone_from(&market.fr);
            record.name_en.clone_from(&market.en);
        }
        alter(&mut record)?;
        Ok(self.change(ix, Some(Edit::create(Record::Market(Arc::new(record))))))
    }

    /// Shows a market again. One that was merged goes back to where it came from.
    fn show(&self, words: &str) -> Result<Change, Problem> {
        let ix = self.any(words)?;
        if !self.taxonomy.get(ix).hidden {
            return Ok(self.change(ix, None));
        }
        let parent = self.taxonomy.bundled_parent(ix).map(ToOwned::to_owned);
        let bundled = self.taxonomy.is_bundled(ix);
        self.alter(words, |record| {
            record.hidden = false;
            if bundled {
                record.parent = parent.unwrap_or_default();
            }
            Ok(())
        })
    }

    fn add(
        &self,
        fr: &str,
        en: &str,
        parent: Option<String>,
        naics: &str,
        keywords: Vec<String>,
    ) -> Result<Change, Problem> {
        let (fr, en) = (clean::line(fr), clean::line(en));
        let (fr, en) =
            (if fr.is_empty() { en.clone() } else { fr.clone() }, if en.is_empty() { fr } else { en });
        let slug = slug_of(&en);
        if slug.is_empty() {
            return Err(Problem::Usage(UsageProblem::NothingGiven));
        }
        for name in [&slug, &fr, &en] {
            if let Some(ix) = self.taxonomy.find(name).filter(|ix| !self.taxonomy.get(*ix).loose) {
                let market = named(self.taxonomy, ix);
                return Err(Problem::Usage(UsageProblem::MarketExists { market }));
            }
        }
        let parent = parent.map(|parent| find(self.taxonomy, &parent)).transpose()?;
        let subject =
            if self.view.options.lang == crate::domain::contact::Language::English { &en } else { &fr };
        let record = Market {
            id: MarketId(self.view.mint()),
            slug,
            parent: parent.map(|above| self.taxonomy.get(above).slug.clone()).unwrap_or_default(),
            keywords: clean_words(keywords),
            naics: naics.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect(),
            hidden: false,
            name_fr: fr.clone(),
            name_en: en.clone(),
        };
        let edit = Edit::create(Record::Market(Arc::new(record)));
        Ok(Change::new(Deed::Edit, subject, vec![edit]))
    }
}

fn set(own: &mut String, new: &str) {
    let new = clean::line(new);
    if !new.is_empty() {
        *own = new;
    }
}

fn clean_words(keywords: Vec<String>) -> Vec<String> {
    let words = keywords.into_iter().map(|word| clean::line(&word));
    words.filter(|word| !word.is_empty()).collect()
}

/// A short name made of a name: *Équipement acéricole* becomes `equipement-acericole`.
fn slug_of(name: &str) -> String {
    let folded = fold::fold(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
