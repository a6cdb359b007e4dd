//! What is derived of the book and too dear to work out for each question: the markets of everybody, the network, how
//! every market is covered. What needs are matched with is kept apart, in `matching`: it costs no atlas.
//!
//! Invariants: a [`Derived`] belongs to one book and one day, and never changes but for parts of it being made; whoever asks
//! for a later book gets a new one that keeps what still holds. Nothing is made on the writer's thread or while somebody
//! types: questions make what they need on their own thread, and [`Keeper::warm`] makes it beforehand in quiet moments.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use super::lock;
use crate::domain::book::Book;
use crate::domain::change::RecordId;
use crate::domain::id::ContactId;
use crate::domain::time::Date;
use crate::insight::markets::{Atlas, Regions, Roll, Taxonomy};
use crate::insight::network::{Cell, Chart, Measures, Network};

/// So long nothing may have changed or been searched before things are made beforehand.
const QUIET: Duration = Duration::from_millis(700);
/// More people than this are not placed before somebody asks.
const WARM_MOST: usize = 300_000;
/// Up to so many changed records are looked at while somebody types.
const FEW: usize = 40;
/// From so many changed contacts on, all cores read everybody again.
const MANY: usize = 4_000;

/// The market cells of each region.
pub(super) type Table = Vec<(String, Vec<Cell>)>;

/// What is derived of a book on a day.
pub(super) struct Derived {
    pub book: Book,
    pub day: Date,
    pub atlas: Atlas,
    roll: OnceLock<Arc<Roll>>,
    network: OnceLock<Arc<Network>>,
    chart: OnceLock<Arc<Chart>>,
    regions: Mutex<HashMap<String, Arc<Chart>>>,
    table: OnceLock<Arc<Table>>,
    measures: OnceLock<Arc<Measures>>,
}

impl Derived {
    fn new(book: Book, day: Date, atlas: Atlas) -> Self {
        Self {
            book,
            day,
            atlas,
            roll: OnceLock::new(),
            network: OnceLock::new(),
            chart: OnceLock::new(),
            regions: Mutex::default(),
            table: OnceLock::new(),
            measures: OnceLock::new(),
        }
    }

    /// The same for a later book or day; `None` when nothing that it rests on has changed.
    fn updated(&self, book: &Book, day: Date) -> Option<Self> {
        let changed = book.changed_since(&self.book);
        (!changed.is_empty() || day != self.day).then(|| self.with(book, day, &changed))
    }

    /// The same for a later book in which these records differ.
    fn with(&self, book: &Book, day: Date, changed: &[RecordId]) -> Self {
        let of_atlas = |id: &RecordId| matches!(id, RecordId::Contact(_) | RecordId::Market(_));
        let atlas = match changed.iter().filter(|id| of_atlas(id)).count() {
            0 => self.atlas.clone(),
            count if count > MANY => Atlas::build(book),
            _ => self.atlas.updated(book, changed),
        };
        let mut next = Self::new(book.clone(), day, atlas);
        // The network knows nothing of markets.
        if day == self.day && changed.iter().all(|id| matches!(id, RecordId::Market(_))) {
            next.network.clone_from(&self.network);
            next.measures.clone_from(&self.measures);
        }
        let people: Vec<ContactId> = changed.iter().filter_map(RecordId::contact).collect();
        let same_markets = !changed.iter().any(|id| matches!(id, RecordId::Market(_)));
        if let Some(roll) = self.roll.get().filter(|_| same_markets && people.len() <= MANY) {
            next.roll = Arc::new(roll.updated(&self.atlas, &next.atlas, &people)).into();
        }
        next
    }

    /// Who is tied to which market, as searches ask.
    pub(super) fn roll(&self) -> &Arc<Roll> {
        self.roll.get_or_init(|| Arc::new(Roll::new(&self.atlas)))
    }

    pub(super) fn has_roll(&self) -> bool {
        self.roll.get().is_some()
    }

    pub(super) fn taxonomy(&self) -> &Taxonomy {
        self.atlas.taxonomy()
    }

    pub(super) fn network(&self) -> &Network {
        self.network.get_or_init(|| Arc::new(Network::new(&self.book, self.day)))
    }

    /// How all markets are covered, everywhere or by the people of one region.
    pub(super) fn chart(&self, region: Option<&str>) -> Arc<Chart> {
        let Some(region) = region else {
            return Arc::clone(self.chart.get_or_init(|| Arc::new(self.network().chart(&self.atlas, None))));
        };
        if let Some(known) = lock(&self.regions).get(region) {
            return Arc::clone(known);
        }
        let made = Arc::new(self.network().chart(&self.atlas, Some(region)));
        lock(&self.regions).insert(region.to_owned(), Arc::clone(&made));
        made
    }

    /// Regions by markets.
    pub(super) fn table(&self) -> &Table {
        self.table.get_or_init(|| Arc::new(self.network().table(&self.atlas)))
    }

    pub(super) fn measures(&self) -> &Measures {
        self.measures.get_or_init(|| Arc::new(self.network().measures()))
    }
}

/// Keeps what is derived of the newest book that anybody asked about.
#[derive(Default)]
pub(super) struct Keeper {
    kept: Mutex<Option<Arc<Derived>>>,
    /// Held while a new one is made, so that two questions do not make it twice.
    making: Mutex<()>,
    /// The taxonomy of the book whose markets it names: what changes need, at the price of no atlas.
    taxonomy: Mutex<Option<(Book, Arc<Taxonomy>)>>,
    quiet: Mutex<Quiet>,
    stirred: Condvar,
}

/// Whether there is something to make, and whether it is quiet.
#[derive(Default)]
struct Quiet {
    /// The newest whole book that was published and is not worked on yet.
    book: Option<Book>,
    /// Counts publications and searches.
    stirs: u64,
    ended: bool,
}

impl Keeper {
    /// What is derived of a book on a day, made or brought up to date by this thread where it has to be.
    pub(super) fn of(&self, book: &Book, day: Date) -> Arc<Derived> {
        let _making = lock(&self.making);
        let kept = lock(&self.kept).clone();
        let made = match &kept {
            Some(kept) => match kept.updated(book, day) {
                None => return Arc::clone(kept),
                Some(next) => next,
            },
            None => Derived::new(book.clone(), day, Atlas::build(book)),
        };
        let made = Arc::new(made);
        *lock(&self.kept) = Some(Arc::clone(&made));
        made
    }

    /// Who is tied to which market in about this book, for a search that is being typed and cannot wait: brought up to date
    /// only where little has changed, and `None` while nobody has asked.
    pub(super) fn roll_near(&self, book: &Book, day: Date) -> Option<Arc<Roll>> {
        let kept = self.latest()?;
        let roll = kept.roll.get()?;
        let Ok(_making) = self.making.try_lock() else { return Some(Arc::clone(roll)) };
        let changed = book.changed_since(&kept.book);
        let is_market = |id: &RecordId| matches!(id, RecordId::Market(_));
        if changed.is_empty() || changed.len() > FEW || changed.iter().any(is_market) {
            return Some(Arc::clone(roll));
        }
        let next = Arc::new(kept.with(book, day, &changed));
        *lock(&self.kept) = Some(Arc::clone(&next));
        Some(Arc::clone(next.roll()))
    }

    /// What was derived last, if anything, perhaps of an older book.
    pub(super) fn latest(&self) -> Option<Arc<Derived>> {
        lock(&self.kept).clone()
    }

    /// The markets of a book, as long as they are known already. Contacts may be tied to loose ones that it lacks.
    pub(super) fn known_taxonomy(&self, book: &Book) -> Option<Arc<Taxonomy>> {
        let same = |earlier: &Book| earlier.has_markets_of(book);
        if let Some(kept) = self.latest().filter(|kept| same(&kept.book)) {
            return Some(Arc::clone(kept.atlas.taxonomy()));
        }
        lock(&self.taxonomy).as_ref().filter(|(of, _)| same(of)).map(|(_, known)| Arc::clone(known))
    }

    /// The markets of a book.
    pub(super) fn taxonomy(&self, book: &Book) -> Arc<Taxonomy> {
        self.known_taxonomy(book).unwrap_or_else(|| {
            let made = Arc::new(Taxonomy::new(book));
            *lock(&self.taxonomy) = Some((book.clone(), Arc::clone(&made)));
            made
        })
    }

    /// A whole book was published.
    pub(super) fn published(&self, book: &Book) {
        let mut quiet = lock(&self.quiet);
        quiet.book = Some(book.clone());
        quiet.stirs += 1;
        self.stirred.notify_all();
    }

    /// Somebody types: not now.
    pub(super) fn stir(&self) {
        lock(&self.quiet).stirs += 1;
    }

    /// Ends what [`Keeper::warm`] began.
    pub(super) fn end(&self) {
        lock(&self.quiet).ended = true;
        self.stirred.notify_all();
    }

    /// Has things made of each book in quiet moments from now on.
    pub(super) fn warm(self: &Arc<Self>, make: impl Fn(&Book) + Send + 'static) -> std::io::Result<()> {
        let keeper = Arc::clone(self);
        // Never joined: it holds nothing that must be finished.
        thread::Builder::new().name("openbar-derived".into()).spawn(move || {
            // Lists of needs name regions: the table is not to be read on the screen's thread.
            Regions::bundled();
            while let Some(book) = keeper.quiet_book() {
                make(&book);
            }
        })?;
        Ok(())
    }

    /// The newest book once it is quiet; `None` at the end.
    fn quiet_book(&self) -> Option<Book> {
        let mut quiet = lock(&self.quiet);
        loop {
            if quiet.ended {
                return None;
            }
            let few = |book: &Book| book.counts().pocket + book.counts().active <= WARM_MOST;
            if !quiet.book.as_ref().is_some_and(few) {
                quiet = self.stirred.wait(quiet).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let before = quiet.stirs;
            quiet = self.stirred.wait_timeout(quiet, QUIET).unwrap_or_else(PoisonError::into_inner).0;
            if quiet.stirs == before && !quiet.ended {
                return quiet.book.take();
            }
        }
    }
}
