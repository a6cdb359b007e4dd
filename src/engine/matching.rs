//! What needs are matched with: the lexicon with the user's own words, the open needs, and the index of everybody's
//! card, made when somebody first asks who could help or when a need waits.
//!
//! Invariants: a [`Matched`] belongs to one book and never changes; whoever asks for a later book gets a new one that
//! keeps what still holds. Nothing is made on the writer's thread. Without needs and questions nothing is made at all.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use super::derived::Keeper;
use super::lock;
use super::meaning::Encoding;
use crate::domain::book::Book;
use crate::domain::change::RecordId;
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::domain::need::Need;
use crate::domain::problem::Problem;
use crate::domain::time::Date;
use crate::insight::lexicon::{Lexicon, own};
use crate::insight::markets::{Atlas, Taxonomy};
use crate::insight::needs::{Index, Knowledge, Learnt, Meanings, OpenNeeds, Ring, Sense, Standing, World};
use crate::store::words;

/// The user's own words, and the lines of the file that are none.
type OwnWords = (Vec<own::Pair>, Vec<(usize, own::Fault)>);

/// What needs are read with, and the open ones, read.
pub(super) struct Asking {
    book: Book,
    pub lexicon: Arc<Lexicon>,
    pub taxonomy: Arc<Taxonomy>,
    pub learnt: Learnt,
    pub open: Arc<OpenNeeds>,
    sense: Option<Arc<Sense>>,
}

impl Asking {
    fn new(book: &Book, lexicon: Arc<Lexicon>, taxonomy: Arc<Taxonomy>, sense: Option<Arc<Sense>>) -> Self {
        let learnt = Learnt::of(book, &lexicon);
        let with =
            Knowledge { lexicon: &lexicon, taxonomy: &taxonomy, learnt: &learnt, sense: sense.as_deref() };
        let open = Arc::new(OpenNeeds::of(book, with));
        Self { book: book.clone(), lexicon, taxonomy, learnt, open, sense }
    }

    /// Whether it holds for a later book too: no need changed, nor anybody on whom one says something.
    fn holds_for(&self, book: &Book, lexicon: &Arc<Lexicon>, taxonomy: &Arc<Taxonomy>) -> bool {
        let told = |id: ContactId| {
            self.book.needs().any(|need| need.candidates.iter().any(|candidate| candidate.contact == id))
        };
        Arc::ptr_eq(&self.lexicon, lexicon)
            && Arc::ptr_eq(&self.taxonomy, taxonomy)
            && self.book.has_needs_of(book)
            && !book.changed_since(&self.book).iter().filter_map(RecordId::contact).any(told)
    }

    pub(super) fn with(&self) -> Knowledge<'_> {
        Knowledge {
            lexicon: &self.lexicon,
            taxonomy: &self.taxonomy,
            learnt: &self.learnt,
            sense: self.sense.as_deref(),
        }
    }

    /// The open needs that these people answer.
    pub(super) fn rings<'c>(&self, contacts: impl IntoIterator<Item = &'c Contact>) -> Vec<Ring> {
        let contacts: Vec<&Contact> = contacts.into_iter().collect();
        let atlas = self.atlas_of(&contacts);
        self.open.rings(contacts, &self.lexicon, &atlas, self.with())
    }

    /// The same for many people, without the reasons.
    pub(super) fn answered<'c>(
        &self,
        contacts: impl IntoIterator<Item = &'c Contact>,
    ) -> Vec<(Arc<Need>, Vec<ContactId>)> {
        let contacts: Vec<&Contact> = contacts.into_iter().collect();
        let atlas = self.atlas_of(&contacts);
        self.open.answered(contacts, &self.lexicon, &atlas, self.with())
    }

    /// An atlas of these people where hats count, else of nobody.
    fn atlas_of(&self, contacts: &[&Contact]) -> Atlas {
        let atlas = Atlas::empty(Arc::clone(&self.taxonomy));
        if self.open.enter_markets() { atlas.with(contacts.iter().copied()) } else { atlas }
    }
}

/// Everybody's card, ready to be held against needs.
pub(super) struct Matched {
    pub book: Book,
    pub asking: Arc<Asking>,
    pub index: Index,
    /// What is known of the cards, with its number; see [`Encoding::meanings`].
    meanings: (u64, Meanings),
    standing: OnceLock<Arc<Standing>>,
}

impl Matched {
    pub(super) fn world<'a>(&'a self, atlas: &'a Atlas) -> World<'a> {
        World {
            book: &self.book,
            index: &self.index,
            atlas,
            with: self.asking.with(),
            meanings: Some(&self.meanings.1),
        }
    }

    /// The atlas, where hats count, else one with nobody in it.
    pub(super) fn atlas(&self, keeper: &Keeper, day: Date, hats_count: bool) -> Atlas {
        if hats_count {
            keeper.of(&self.book, day).atlas.clone()
        } else {
            Atlas::empty(Arc::clone(&self.asking.taxonomy))
        }
    }

    /// The open needs with everybody who answers them.
    pub(super) fn standing(&self, keeper: &Keeper, day: Date) -> &Arc<Standing> {
        self.standing.get_or_init(|| {
            let atlas = self.atlas(keeper, day, self.asking.open.enter_markets());
            Arc::new(Standing::build(&self.asking.open, self.world(&atlas)))
        })
    }

    /// The same, if it is known already.
    pub(super) fn known_standing(&self) -> Option<&Arc<Standing>> {
        self.standing.get()
    }

    /// The same for a later book.
    fn updated(
        &self,
        book: &Book,
        asking: &Arc<Asking>,
        meanings: (u64, Meanings),
        keeper: &Keeper,
        day: Date,
    ) -> Self {
        let same = meanings.0 == self.meanings.0;
        let changed = book.changed_since(&self.book);
        let index = self.index.updated(book, &changed);
        let next = Self {
            book: book.clone(),
            asking: Arc::clone(asking),
            index,
            meanings,
            standing: OnceLock::new(),
        };
        if let Some(standing) = self.standing.get()
            && Arc::ptr_eq(asking, &self.asking)
            && same
        {
            let contacts: Vec<ContactId> = changed.iter().filter_map(RecordId::contact).collect();
            let atlas = next.atlas(keeper, day, asking.open.enter_markets());
            let standing = standing.updated(next.world(&atlas), &contacts);
            let _ = next.standing.set(Arc::new(standing));
        }
        next
    }
}

/// Keeps what needs are matched with, for the newest book that anybody asked about.
#[derive(Default)]
pub(super) struct Matcher {
    dir: PathBuf,
    pub(super) encoding: Encoding,
    lexicon: Mutex<Option<Arc<Lexicon>>>,
    asking: Mutex<Option<Arc<Asking>>>,
    matched: Mutex<Option<Arc<Matched>>>,
    /// Held while something is made, so that two questions do not make it twice.
    making: Mutex<()>,
}

impl Matcher {
    pub(super) fn new(dir: PathBuf, encoder: Option<PathBuf>) -> Self {
        Self { encoding: Encoding::new(&dir, encoder), dir, ..Self::default() }
    }

    /// The user's own words, and the lines of the file that are none.
    pub(super) fn own_words(&self) -> Result<OwnWords, Problem> {
        Ok(own::read(&words::read(&self.dir)?))
    }

    /// Changes the user's own file by what `edit` makes of its text; from now on needs are read with it.
    pub(super) fn edit_own<T>(&self, edit: impl FnOnce(&str) -> (Option<String>, T)) -> Result<T, Problem> {
        let mut lexicon = lock(&self.lexicon);
        let (text, told) = edit(&words::read(&self.dir)?);
        if let Some(text) = text {
            words::write(&self.dir, &text)?;
            *lexicon = None;
        }
        Ok(told)
    }

    /// The lexicon with the user's own words.
    pub(super) fn lexicon(&self) -> Arc<Lexicon> {
        let mut kept = lock(&self.lexicon);
        let known = kept.get_or_insert_with(|| {
            let bundled = Lexicon::bundled();
            match self.own_words() {
                Ok((pairs, _)) if !pairs.is_empty() => Arc::new(bundled.with_own(&pairs)),
                // A file that cannot be read must not keep anybody from finding.
                _ => Arc::clone(bundled),
            }
        });
        Arc::clone(known)
    }

    /// What needs are read with, and the open ones, read.
    pub(super) fn asking(&self, book: &Book, keeper: &Keeper) -> Arc<Asking> {
        let (lexicon, taxonomy) = (self.lexicon(), keeper.taxonomy(book));
        let sense = self.encoding.known_sense();
        let mut kept = lock(&self.asking);
        if let Some(known) = kept.as_ref().filter(|known| {
            known.sense.is_some() == sense.is_some() && known.holds_for(book, &lexicon, &taxonomy)
        }) {
            return Arc::clone(known);
        }
        let made = Arc::new(Asking::new(book, lexicon, taxonomy, sense));
        *kept = Some(Arc::clone(&made));
        made
    }

    /// Everybody's card, read or brought up to date by this thread where it has to be.
    pub(super) fn of(&self, book: &Book, keeper: &Keeper, day: Date) -> Arc<Matched> {
        self.encoding.sense();
        let asking = self.asking(book, keeper);
        let _making = lock(&self.making);
        let meanings = self.encoding.meanings(book);
        let kept = lock(&self.matched).clone();
        let made = match kept {
            Some(kept) if Arc::ptr_eq(kept.index.lexicon(), &asking.lexicon) => {
                if Arc::ptr_eq(&kept.asking, &asking)
                    && kept.meanings.0 == meanings.0
                    && book.changed_since(&kept.book).is_empty()
                {
                    return kept;
                }
                kept.updated(book, &asking, meanings, keeper, day)
            }
            _ => {
                let index = Index::build(book, &asking.lexicon);
                Matched { book: book.clone(), asking, index, meanings, standing: OnceLock::new() }
            }
        };
        let made = Arc::new(made);
        *lock(&self.matched) = Some(Arc::clone(&made));
        made
    }

    /// What was matched last, if anything, perhaps of an older book.
    pub(super) fn latest(&self) -> Option<Arc<Matched>> {
        lock(&self.matched).clone()
    }
}
