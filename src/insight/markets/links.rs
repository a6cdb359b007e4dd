//! The markets of one contact: what was stated wins, what was refused never comes back, the rest is inferred.

use super::infer::{Evidence, Inferred, Reader, Source, hat_weight};
use super::taxonomy::{MarketIx, Taxonomy};
use crate::domain::Contact;
use crate::domain::contact::{MarketHow, MarketTie};

/// A contact's tie to a market.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The market, as it is shown: a merged one stands for what was merged into it.
    pub market: MarketIx,
    /// By which kind of hat; `None` where it was stated without saying.
    pub how: Option<MarketHow>,
    /// The hat is no longer worn.
    pub former: bool,
    /// What it rests on.
    pub basis: Basis,
}

/// What a tie rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The user said so: the number of the tie among the contact's.
    Stated(u16),
    /// These words.
    Inferred(Evidence),
}

impl Link {
    /// Whether the user said so.
    pub fn is_stated(&self) -> bool {
        matches!(self.basis, Basis::Stated(_))
    }

    /// What the tie weighs at the end of a path, 0 to 1. Stated without saying how, it weighs as working there.
    pub fn weight(&self) -> f32 {
        let weight = hat_weight(self.how.unwrap_or(MarketHow::Works));
        if self.former { weight * 0.5 } else { weight }
    }

    /// The words that it rests on: the user's, or those of the contact's texts.
    pub fn evidence<'c>(&self, contact: &'c Contact) -> &'c str {
        match &self.basis {
            Basis::Stated(at) => contact.markets.get(usize::from(*at)).map_or("", |tie| &tie.evidence),
            Basis::Inferred(evidence) => evidence.words(contact).unwrap_or(""),
        }
    }

    /// The same in a form that can be understood alone: *Ville de Magog* where only *Ville de* leads to the market.
    pub fn said<'c>(&self, contact: &'c Contact) -> &'c str {
        match &self.basis {
            Basis::Inferred(evidence) if matches!(evidence.source, Source::Org(_) | Source::OrgAlt(..)) => {
                evidence.source.text(contact).unwrap_or("")
            }
            _ => self.evidence(contact),
        }
    }

    /// The tie as a record, so that accepting it states it and refusing it is remembered.
    pub fn to_tie(&self, taxonomy: &Taxonomy, contact: &Contact, refused: bool) -> MarketTie {
        MarketTie {
            market: taxonomy.get(self.market).slug.clone(),
            how: self.how,
            evidence: self.said(contact).to_owned(),
            refused,
        }
    }
}

impl From<Inferred> for Link {
    fn from(tie: Inferred) -> Self {
        let Inferred { market, how, former, evidence } = tie;
        Self { market, how: Some(how), former, basis: Basis::Inferred(evidence) }
    }
}

impl Reader<'_> {
    /// A contact's markets: stated ones, then inferred ones that were neither stated nor refused, one tie a market.
    pub fn links(&mut self, contact: &Contact) -> Vec<Link> {
        let taxonomy = self.taxonomy();
        let shown = |tie: &MarketTie| taxonomy.find(&tie.market).and_then(|market| taxonomy.shown(market));
        let mut links: Vec<Link> = Vec::new();
        for (at, tie) in contact.markets.iter().enumerate().filter(|(_, tie)| !tie.refused) {
            let Some(market) = shown(tie) else { continue };
            let basis = Basis::Stated(at.min(usize::from(u16::MAX)) as u16);
            add(&mut links, Link { market, how: tie.how, former: false, basis });
        }
        let refused: Vec<MarketIx> =
            contact.markets.iter().filter(|tie| tie.refused).filter_map(shown).collect();
        let stated = links.len();
        for mut link in self.infer(contact).into_iter().map(Link::from) {
            let Some(market) = taxonomy.shown(link.market) else { continue };
            link.market = market;
            let is_told =
                links[..stated].iter().any(|told| told.market == market) || refused.contains(&market);
            if !is_told {
                add(&mut links, link);
            }
        }
        links
    }
}

/// Adds a link; of two to one market the stronger stays.
fn add(links: &mut Vec<Link>, link: Link) {
    match links.iter_mut().find(|known| known.market == link.market) {
        Some(known) if known.weight() >= link.weight() => {}
        Some(known) => *known = link,
        None => links.push(link),
    }
}
