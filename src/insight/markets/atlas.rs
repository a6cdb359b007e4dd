//! The markets and the region of everybody, derived once and kept beside the book that they come from.
//!
//! Invariant: an atlas holds what [`Reader::links`] and [`Regions::of_contact`] say of each contact of its book, archived
//! ones too; contacts about whom nothing is said are absent. A clone costs two pointers.

use std::sync::Arc;

use imbl::OrdMap;

use super::infer::Reader;
use super::links::Link;
use super::regions::{Located, Regions};
use super::taxonomy::{MarketIx, Taxonomy};
use crate::domain::{Book, Contact, ContactId, RecordId};
use crate::insight::search::threads;

/// Fewer contacts than this are read by one thread.
const WORTH_A_THREAD: usize = 2_000;

/// What is derived of one contact.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    /// The markets.
    pub links: Box<[Link]>,
    /// The region.
    pub region: Option<Located>,
}

/// What is derived of everybody.
#[derive(Clone, Debug)]
pub struct Atlas {
    taxonomy: Arc<Taxonomy>,
    people: OrdMap<ContactId, Arc<Placed>>,
}

impl Atlas {
    /// Reads a whole book, on all cores. Meant for a thread of its own.
    pub fn build(book: &Book) -> Self {
        let taxonomy = Arc::new(Taxonomy::new(book));
        let contacts: Vec<&Contact> = book.contacts().map(AsRef::as_ref).collect();
        let parts = threads::shared(contacts.len(), contacts.len(), WORTH_A_THREAD, |range| {
            let mut reader = Reader::new(&taxonomy);
            let placed =
                contacts[range].iter().filter_map(|contact| Some((contact.id, place(&mut reader, contact)?)));
            placed.collect::<Vec<_>>()
        });
        Self { people: parts.into_iter().flatten().collect(), taxonomy: taxonomy.clone() }
    }

    /// Nobody, for questions in which no market counts.
    pub fn empty(taxonomy: Arc<Taxonomy>) -> Self {
        Self { taxonomy, people: OrdMap::new() }
    }

    /// The same with these people placed.
    #[must_use]
    pub fn with<'c>(&self, contacts: impl IntoIterator<Item = &'c Contact>) -> Self {
        let mut atlas = self.clone();
        let mut reader = Reader::new(&self.taxonomy);
        for contact in contacts {
            if let Some(placed) = place(&mut reader, contact) {
                atlas.people.insert(contact.id, placed);
            }
        }
        atlas
    }

    /// The atlas of a later book in which only these records differ. A changed market record means reading all again.
    #[must_use]
    pub fn updated(&self, book: &Book, changed: &[RecordId]) -> Self {
        if changed.iter().any(|id| matches!(id, RecordId::Market(_))) {
            return Self::build(book);
        }
        let contacts: Vec<ContactId> = changed.iter().filter_map(RecordId::contact).collect();
        let mut atlas = self.clone();
        let ties = contacts.iter().filter_map(|id| book.contact(*id)).flat_map(|contact| &contact.markets);
        if let Some(more) = self.taxonomy.with_stated(ties) {
            atlas.taxonomy = Arc::new(more);
        }
        let taxonomy = atlas.taxonomy.clone();
        let mut reader = Reader::new(&taxonomy);
        for id in contacts {
            match book.contact(id).and_then(|contact| place(&mut reader, contact)) {
                Some(placed) => _ = atlas.people.insert(id, placed),
                None => _ = atlas.people.remove(&id),
            }
        }
        atlas
    }

    /// The markets.
    pub fn taxonomy(&self) -> &Arc<Taxonomy> {
        &self.taxonomy
    }

    /// What is derived of a contact; `None` when nothing is.
    pub fn of(&self, id: ContactId) -> Option<&Placed> {
        self.people.get(&id).map(AsRef::as_ref)
    }

    /// A contact's markets.
    pub fn links(&self, id: ContactId) -> &[Link] {
        self.of(id).map_or(&[], |placed| &placed.links)
    }

    /// A contact's strongest tie to a market or to one below it; of equals the stated one.
    pub fn strongest(&self, id: ContactId, market: MarketIx) -> Option<&Link> {
        let within = self.links(id).iter().filter(|link| self.taxonomy.is_within(link.market, market));
        within.max_by(|a, b| a.weight().total_cmp(&b.weight()).then(a.is_stated().cmp(&b.is_stated())))
    }

    /// Everybody of whom something is derived, in the order of identifiers.
    pub fn people(&self) -> impl Iterator<Item = (ContactId, &Placed)> {
        self.people.iter().map(|(id, placed)| (*id, placed.as_ref()))
    }
}

fn place(reader: &mut Reader<'_>, contact: &Contact) -> Option<Arc<Placed>> {
    let placed =
        Placed { links: reader.links(contact).into(), region: Regions::bundled().of_contact(contact) };
    (placed != Placed::default()).then(|| Arc::new(placed))
}
