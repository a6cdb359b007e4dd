//! What is derived of the book, as the protocol names it: markets by slug, people in brief.

use std::sync::Arc;

use super::super::super::derived::Derived;
use crate::domain::book::Book;
use crate::domain::contact::{Closeness, Contact};
use crate::domain::id::ContactId;
use crate::domain::market::Named;
use crate::domain::problem::{Brief, Problem};
use crate::insight::introductions;
use crate::insight::markets::{Basis, Link, MarketIx, Region, Regions, Taxonomy};
use crate::insight::network::{Chart, Likelihood, Path, TieEvidence};
use crate::protocol::markets::{Hat, MarketLine, Origin};
use crate::protocol::paths::{Asked, Hop, Way};
use crate::text::fold;

/// So many sole doors of a market are named.
const DOORS: usize = 3;

/// The derived state of a book, looked at everywhere or in one region.
pub(super) struct Lens<'a> {
    pub book: &'a Book,
    pub derived: &'a Derived,
    pub region: Option<Named>,
    pub chart: Arc<Chart>,
}

impl<'a> Lens<'a> {
    pub(super) fn new(derived: &'a Derived, region: Option<&str>) -> Result<Self, Problem> {
        let region = region.map(|words| region_of(derived, words)).transpose()?;
        let chart = derived.chart(region.as_ref().map(|region| region.slug.as_str()));
        Ok(Self { book: &derived.book, derived, region, chart })
    }

    pub(super) fn taxonomy(&self) -> &'a Taxonomy {
        self.derived.taxonomy()
    }

    /// The market that words mean.
    pub(super) fn find(&self, words: &str) -> Result<MarketIx, Problem> {
        find(self.taxonomy(), words)
    }

    pub(super) fn market(&self, ix: MarketIx) -> Named {
        named(self.taxonomy(), ix)
    }

    pub(super) fn brief(&self, id: ContactId) -> Option<Brief> {
        self.book.contact(id).map(|contact| contact.as_ref().into())
    }

    pub(super) fn briefs(&self, ids: impl IntoIterator<Item = ContactId>) -> Vec<Brief> {
        ids.into_iter().filter_map(|id| self.brief(id)).collect()
    }

    pub(super) fn closeness(&self, id: ContactId) -> Option<Closeness> {
        self.book.contact(id)?.closeness
    }

    /// The region of a person, stated or derived.
    pub(super) fn region_of(&self, id: ContactId) -> Option<Named> {
        let at = self.derived.atlas.of(id)?.region.as_ref()?;
        Some(region_named(&at.region))
    }

    /// A market and how it is covered.
    pub(super) fn line(&self, ix: MarketIx) -> MarketLine {
        let market = self.taxonomy().get(ix);
        let own = self.chart.of(ix);
        MarketLine {
            market: self.market(ix),
            parent: self.taxonomy().shown_above(ix).map(|above| self.taxonomy().get(above).slug.clone()),
            naics: market.naics.clone(),
            hidden: market.hidden,
            origin: match (market.loose, market.record, self.taxonomy().is_bundled(ix)) {
                (true, ..) => Origin::Loose,
                (_, Some(_), true) => Origin::Changed,
                (_, Some(_), false) => Origin::Own,
                (_, None, _) => Origin::Bundled,
            },
            reach: own.map_or(0.0, |own| own.reach),
            level: own.map(|own| own.level).unwrap_or_default(),
            presence: own.map_or(0, |own| own.presence),
            stated: own.map_or(0, |own| own.stated),
            inferred: own.map_or(0, |own| own.inferred),
            sole_doors: own
                .map(|own| self.briefs(own.sole_doors.iter().take(DOORS).copied()))
                .unwrap_or_default(),
        }
    }

    /// The strongest tie of a person to a market or to one below it.
    pub(super) fn strongest(&self, id: ContactId, market: MarketIx) -> Option<Hat> {
        let contact = self.book.contact(id)?;
        Some(self.hat(contact, self.derived.atlas.strongest(id, market)?))
    }

    pub(super) fn hat(&self, contact: &Contact, link: &Link) -> Hat {
        let (source, text) = match &link.basis {
            Basis::Stated(_) => (None, ""),
            Basis::Inferred(evidence) => {
                (Some(evidence.source), evidence.source.text(contact).unwrap_or_default())
            }
        };
        Hat {
            market: self.market(link.market),
            how: link.how,
            former: link.former,
            stated: link.is_stated(),
            words: link.evidence(contact).to_owned(),
            source,
            text: text.to_owned(),
        }
    }

    /// A path, with the tie of its last person to the market that it leads into.
    pub(super) fn way(&self, path: &Path, market: Option<MarketIx>) -> Option<Way> {
        let mut hops = Vec::with_capacity(path.hops.len());
        let mut before = None;
        for hop in &path.hops {
            hops.push(Hop {
                person: self.brief(hop.to)?,
                closeness: self.closeness(hop.to),
                strength: hop.strength,
                tie: hop.tie.clone(),
                forward: self.reads_forward(before, hop.to, &hop.tie),
            });
            before = Some(hop.to);
        }
        let (asked, last) = (path.asked(), path.last()?);
        Some(Way {
            score: path.score,
            likelihood: Likelihood::of(path.score),
            hops,
            guess: path.is_guess(),
            hat: market.and_then(|market| self.strongest(last, market)),
            asked: asked.and_then(|via| self.asked(via, last)),
        })
    }

    pub(super) fn ways(&self, paths: &[Path], market: Option<MarketIx>) -> Vec<Way> {
        paths.iter().filter_map(|path| self.way(path, market)).collect()
    }

    /// The newest request to one for another, and its answer.
    pub(super) fn asked(&self, via: ContactId, to: ContactId) -> Option<Asked> {
        let request = introductions::request(self.book, via, Some(to))?;
        let answer = introductions::answer(self.book, request);
        Some(Asked { request: request.id, on: request.on, answer })
    }

    fn reads_forward(&self, from: Option<ContactId>, to: ContactId, tie: &TieEvidence) -> bool {
        let Some(from) = from else { return true };
        match tie {
            TieEvidence::Declared { tie, .. } => {
                self.book.ties_of(from).find(|own| own.id == *tie).is_none_or(|own| own.a == from)
            }
            TieEvidence::Introduced => {
                let (Some(by), Some(of)) = (self.book.contact(from), self.book.contact(to)) else {
                    return true;
                };
                let via = of.met.as_ref().map_or("", |met| met.via.as_str());
                via == by.uid() || fold::same(via, &by.name.full)
            }
            TieEvidence::Access(_) | TieEvidence::Shared { .. } => true,
        }
    }
}

/// A market by slug and names.
pub(in crate::engine::jobs) fn named(taxonomy: &Taxonomy, ix: MarketIx) -> Named {
    let market = taxonomy.get(ix);
    Named { slug: market.slug.clone(), fr: market.fr.clone(), en: market.en.clone() }
}

/// The market that words mean.
pub(in crate::engine::jobs) fn find(taxonomy: &Taxonomy, words: &str) -> Result<MarketIx, Problem> {
    taxonomy.look_up(words).map_err(|near| Problem::NoMarket {
        name: words.to_owned(),
        near: near.into_iter().map(|ix| named(taxonomy, ix)).collect(),
    })
}

/// A region by slug and names; a free one goes by its own words.
pub(in crate::engine::jobs) fn region_named(slug: &str) -> Named {
    let free = || Named { slug: slug.to_owned(), fr: slug.to_owned(), en: slug.to_owned() };
    Regions::bundled().get(slug).map_or_else(free, region_name)
}

fn region_name(region: &Region) -> Named {
    Named { slug: region.slug.clone(), fr: region.fr.clone(), en: region.en.clone() }
}

/// Words for a region; *me* is the user's own, or the town where that is not known.
fn meant<'w>(book: &'w Book, words: &'w str) -> &'w str {
    let me = book.me();
    match words.trim() {
        "me" | "moi" => me.regions.iter().chain(&me.towns).next().map_or("", String::as_str),
        words => words,
    }
}

/// The region of the table that words mean, by any of its names or towns, or the user's own (*me*).
pub(in crate::engine::jobs) fn known_region(book: &Book, words: &str) -> Result<&'static Region, Problem> {
    let (regions, words) = (Regions::bundled(), meant(book, words));
    regions.find(words).ok_or_else(|| {
        let near = regions.near(words).into_iter().map(region_name).collect();
        Problem::NoRegion { name: words.to_owned(), near }
    })
}

/// The region that words mean: one of the table, or a free one in which somebody is.
fn region_of(derived: &Derived, words: &str) -> Result<Named, Problem> {
    known_region(&derived.book, words).map(region_name).or_else(|problem| {
        let words = meant(&derived.book, words);
        let located = derived.atlas.people().filter_map(|(_, placed)| placed.region.as_ref());
        let free = located.map(|at| &*at.region).find(|region| fold::same(region, words));
        free.map(region_named).ok_or(problem)
    })
}
