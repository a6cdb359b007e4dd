//! Needs: who could help, what waits, the other way round, and the user's own words. Questions are answered from what
//! is kept by [`Matcher`]; changes are edits of the need's record.

mod change;
mod lexicon;
mod pages;
mod ring;

use super::super::derived::Keeper;
use super::super::matching::{Matched, Matcher};
use super::super::readers::Kept;
use super::View;
use super::markets::{find, known_region, named, region_named};
use crate::domain::book::Book;
use crate::domain::change::{Record, RecordId};
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::domain::need::Need;
use crate::domain::problem::{Brief, Problem, UsageProblem};
use crate::insight::markets::{Atlas, Taxonomy};
use crate::insight::needs::{self, Asked, Match, Options, Ring, offers};
use crate::protocol::needs::{AskWho, Counts, Helper, Helpers, Hints, NeedBrief, Uses};
use crate::protocol::{Job, Reply};
use crate::text::clean;
pub(in crate::engine) use change::change;
pub(super) use change::{close, mark};
pub(super) use ring::news;
pub(in crate::engine) use ring::{rings, with_answering, with_answers};

/// Connectors are looked for among so many people at most: beyond, everybody's markets are not known yet.
const PLACED_MOST: usize = 300_000;

/// What a question about needs is answered from.
pub(in crate::engine) struct Desk<'a> {
    pub view: &'a View<'a>,
    pub keeper: &'a Keeper,
    pub matcher: &'a Matcher,
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
    /// Hears how far a long question has come, and of how much.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// Answers a question about needs.
pub(in crate::engine) fn answer(desk: &Desk<'_>, job: Job) -> Result<Reply, Problem> {
    match job {
        Job::Who(ask) => Ok(Reply::Who(Box::new(desk.who(&ask)?))),
        Job::Needs { closed } => Ok(Reply::Needs(pages::list(desk, closed))),
        Job::Need { need, limit, weak } => Ok(Reply::Need(Box::new(pages::page(desk, &need, limit, weak)?))),
        Job::CouldUse { who, limit } => Ok(Reply::CouldUse(Box::new(desk.could_use(&who, limit)?))),
        Job::AnsweredBy { who } => {
            let contact = desk.view.who(&who)?;
            Ok(Reply::Answers(desk.answered_by([contact.as_ref()])))
        }
        Job::AnsweredByCard { contact } => Ok(Reply::Answers(desk.rings_of(&contact))),
        Job::ProposeValues { contact } => {
            let lexicon = desk.matcher.lexicon();
            Ok(Reply::Values(offers(&contact, &lexicon)))
        }
        Job::Lexicon(job) => lexicon::answer(desk, job),
        // No other job comes here.
        _ => Err(Problem::Cancelled),
    }
}

impl<'a> Desk<'a> {
    pub(in crate::engine) fn new(
        view: &'a View<'a>,
        kept: &'a Kept,
        cancelled: &'a (dyn Fn() -> bool + Sync),
    ) -> Self {
        Self { view, keeper: &kept.keeper, matcher: &kept.matcher, cancelled, progress: &|_, _| {} }
    }

    pub(super) fn matched(&self) -> std::sync::Arc<Matched> {
        self.matcher.of(self.view.book, self.keeper, self.view.today)
    }

    /// Who could help.
    fn who(&self, ask: &AskWho) -> Result<Helpers, Problem> {
        let need = clean::line(&ask.need);
        if need.is_empty() {
            return Err(Problem::Usage(UsageProblem::NothingGiven));
        }
        let matched = self.matched();
        let mut asked = Asked::read(&need, matched.asking.with());
        if let Some(market) = &ask.market {
            asked.state_market(find(&matched.asking.taxonomy, market)?);
        }
        if let Some(region) = &ask.region {
            asked.state_region(&known_region(self.view.book, region)?.slug);
        }
        self.helpers(&matched, &asked, ask.limit, ask.weak, &[])
    }

    /// Who could help with a need that was read.
    fn helpers(
        &self,
        matched: &Matched,
        asked: &Asked,
        limit: usize,
        weak: bool,
        without: &[ContactId],
    ) -> Result<Helpers, Problem> {
        let options = self.options(limit, weak, without);
        let mut atlas = matched.atlas(self.keeper, self.view.today, asked.enters_market());
        let mut answer = needs::who(matched.world(&atlas), asked, &options).ok_or(Problem::Cancelled)?;
        let counts = matched.book.counts();
        if answer.hints.is_some() && !asked.enters_market() && counts.active + counts.pocket <= PLACED_MOST {
            // Only now does it matter who connects to what.
            atlas = matched.atlas(self.keeper, self.view.today, true);
            answer.hints = Some(needs::hints(matched.world(&atlas), asked, self.view.today));
        }
        let of = |found: Match| helper(&matched.book, found);
        let [weak, fair, strong] = answer.counts;
        Ok(Helpers {
            need: asked.text.clone(),
            people: answer.matches.into_iter().filter_map(of).collect(),
            counts: Counts { strong, fair, weak },
            hints: answer.hints.map(|hints| worded(&matched.book, atlas.taxonomy(), hints)),
        })
    }

    fn options<'o>(&'o self, limit: usize, weak: bool, without: &'o [ContactId]) -> Options<'o> {
        Options { today: self.view.today, limit, weak, without, left_out: &[], cancelled: self.cancelled }
    }

    /// Whom of the network somebody could use.
    fn could_use(&self, who: &str, limit: usize) -> Result<Uses, Problem> {
        let contact = self.view.who(who)?;
        let matched = self.matched();
        let atlas = Atlas::empty(std::sync::Arc::clone(&matched.asking.taxonomy));
        let options = self.options(limit, false, &[]);
        let answer =
            needs::could_use(matched.world(&atlas), contact.id, &options).ok_or(Problem::Cancelled)?;
        let [weak, fair, strong] = answer.counts;
        let sought = needs::sought(&contact);
        Ok(Uses {
            person: contact.as_ref().into(),
            helpers: Helpers {
                need: sought.join(", "),
                people: answer.matches.into_iter().filter_map(|found| helper(&matched.book, found)).collect(),
                counts: Counts { strong, fair, weak },
                hints: None,
            },
            sought,
        })
    }

    /// The open needs that people's cards answer.
    pub(in crate::engine) fn answered_by<'c>(
        &self,
        contacts: impl IntoIterator<Item = &'c Contact>,
    ) -> Vec<NeedBrief> {
        if !self.view.book.has_open_need() {
            return Vec::new();
        }
        let contacts: Vec<&Contact> = contacts.into_iter().collect();
        let asking = self.matcher.asking(self.view.book, self.keeper);
        let rings = asking.rings(contacts.iter().copied());
        rings.into_iter().filter_map(|ring| brief(self.view.book, ring)).collect()
    }
}

impl Desk<'_> {
    /// The open needs that a card answers which need not be in the book.
    fn rings_of(&self, contact: &Contact) -> Vec<NeedBrief> {
        if !self.view.book.has_open_need() {
            return Vec::new();
        }
        let asking = self.matcher.asking(self.view.book, self.keeper);
        let rings = asking.rings([contact]).into_iter();
        rings.filter_map(|ring| brief_of(self.view.book, ring, contact.into())).collect()
    }
}

/// A ring with its words; `None` when need or person are gone.
fn brief(book: &Book, ring: Ring) -> Option<NeedBrief> {
    let person = Brief::from(book.contact(ring.contact)?.as_ref());
    brief_of(book, ring, person)
}

fn brief_of(book: &Book, ring: Ring, person: Brief) -> Option<NeedBrief> {
    let Some(Record::Need(need)) = book.record(RecordId::Need(ring.need)) else { return None };
    let words = need.words.clone();
    Some(NeedBrief { need: ring.need, words, person, strength: ring.strength, why: ring.why })
}

fn helper(book: &Book, found: Match) -> Option<Helper> {
    let person = book.contact(found.contact)?.as_ref().into();
    Some(Helper { id: found.contact, person, score: found.score, strength: found.strength, why: found.why })
}

fn worded(book: &Book, taxonomy: &Taxonomy, hints: needs::Hints) -> Hints {
    let market = |slug: &String| taxonomy.find(slug).map(|ix| named(taxonomy, ix));
    let connector =
        |(id, slug, _): &(ContactId, String, _)| Some((book.contact(*id)?.as_ref().into(), market(slug)?));
    Hints {
        markets: hints.markets.iter().filter_map(market).collect(),
        connectors: hints.connectors.iter().filter_map(connector).collect(),
        ask_for: hints.ask_for,
    }
}

/// The need that words mean: its identifier, a unique beginning of it, or words of an open one, else of any.
pub(super) fn find_need(book: &Book, words: &str) -> Result<std::sync::Arc<Need>, Problem> {
    pages::find(book, words)
}
