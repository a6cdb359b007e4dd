//! The one protocol of the three front doors: each sends a [`Job`] and gets a [`Reply`].
//!
//! Plain data in a leaf, so that the screen, the command line and another process speak alike. On the wire both
//! travel as JSON between processes of the same version only, so nothing here is a frozen format.

pub mod markets;
pub mod needs;
pub mod paths;

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::capture::printed::{CardProblem, Printed};
use crate::domain::book::Book;
use crate::domain::change::{Deed, Edit, Record, Step};
use crate::domain::contact::{Closeness, Contact, Language, MarketHow, MarketTie};
use crate::domain::id::{ContactId, StepId};
use crate::domain::interaction::Interaction;
use crate::domain::me::Me;
use crate::domain::merge::Choices;
use crate::domain::problem::{Brief, InputProblem, Problem};
use crate::domain::tie::{Tie, TieKind};
use crate::domain::time::{Date, Timestamp};
use crate::insight::agenda::Agenda;
use crate::insight::duplicates::{Candidate, Evidence, Likelihood, Pair};
use crate::insight::needs::Offer;
use markets::{Crossing, Crossings, MarketChange, MarketPage, MarketsMap, Settle, Stats};
use needs::{
    Answering, AskWho, CloseNeed, EditNeed, Helpers, LexiconJob, LexiconPage, MarkCandidate, NeedBrief,
    NeedLine, NeedPage, NewNeed, Uses,
};
use paths::{AnswerIntroduction, Answered, Around, AskIntroduction, Paths};

/// So many people a search gives at first: far more than a screen shows.
pub const FIRST_HITS: usize = 2000;

/// Something to be done or answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Job {
    /// Log somebody. The screen's way in; the shell's captures come through the spool.
    Capture(Capture),
    /// Log all people of a paste, in one step.
    CaptureAll(Vec<Capture>),
    /// Take in what waits in the spool.
    Ingest,
    /// Everybody who fits a query, best first, as whole contacts.
    Find {
        /// The query as typed.
        query: String,
        /// At most so many; `None` for all.
        limit: Option<usize>,
    },
    /// The identifiers of everybody who fits a query, best first; what a list on a screen needs.
    Search {
        /// The query as typed.
        query: String,
        /// Which list of the asker wants it: a newer search overtakes older ones of the same list.
        list: u64,
        /// Everybody who answers, however many; otherwise the first [`FIRST_HITS`].
        whole: bool,
    },
    /// One person, with everything that touches them.
    Show {
        /// Uid, unique prefix of one, email, phone or query.
        who: String,
    },
    /// Change one person by a line of the grammar.
    Edit {
        /// Whom.
        who: String,
        /// What to add or change.
        text: String,
        /// The language of the words, for dates and typography.
        lang: Language,
    },
    /// Edits prepared on a screen; refused as a whole when a record has changed meanwhile.
    Apply {
        /// What the user did.
        deed: Deed,
        /// Whom or what it is about, for the history list.
        subject: String,
        /// The edits.
        edits: Vec<Edit>,
    },
    /// Put a person away.
    Archive {
        /// Whom.
        who: String,
    },
    /// Tie two people.
    Tie {
        /// One end.
        a: String,
        /// The other end.
        b: String,
        /// What binds them.
        kind: TieKind,
        /// How near they are to each other; `None` leaves what is known.
        closeness: Option<Closeness>,
    },
    /// Who may be in the book twice, likeliest first.
    Duplicates {
        /// Whose lookalikes; `None` for all pairs.
        of: Option<String>,
        /// At most so many pairs; `None` for all.
        limit: Option<usize>,
    },
    /// Whom a card that is not in the book may be, as one that is being typed. A card of the book is not compared with itself.
    Alike {
        /// The card.
        contact: Box<Contact>,
        /// At most so many.
        limit: usize,
    },
    /// Make one card of two.
    Merge {
        /// Whose card stays.
        keep: String,
        /// Whose card goes into it.
        other: String,
        /// Whose values stand, where not both's.
        choices: Choices,
        /// Only say what would be.
        dry_run: bool,
    },
    /// Remember that two cards are not one person.
    Refuse {
        /// One of them.
        a: String,
        /// The other one.
        b: String,
    },
    /// Show the own card, or change it by a line of the grammar.
    Me {
        /// What to change; `None` only shows.
        text: Option<String>,
        /// The language of the words.
        lang: Language,
    },
    /// Note an interaction.
    Log {
        /// With whom.
        who: String,
        /// The user's words; a leading verb tells the kind.
        text: String,
        /// The day; `None` for today or a date in the words.
        on: Option<Date>,
        /// The language of the words.
        lang: Language,
    },
    /// What is due, who has a birthday, what moved.
    Today,
    /// Read a card into the pocket: an image, a vCard, or text. Takes a second or two; other jobs are done meanwhile.
    ReadCard(ReadCard),
    /// Take in what lies in a drop folder. Takes a second, and one or two more for each picture.
    Sweep {
        /// The folder, absolute.
        folder: PathBuf,
        /// The language of the reasons that are written beside refused files.
        lang: Language,
    },
    /// A kept capture.
    Kept {
        /// Its hash, as contacts name it.
        hash: String,
    },
    /// Read files.
    Import(Import),
    /// Write a file.
    Export {
        /// Where to; written under another name and renamed when whole.
        out: PathBuf,
        /// Only those who fit this query; `None` for everything.
        query: Option<String>,
        /// Leave out everything private.
        public: bool,
        /// In which form.
        form: ExportForm,
    },
    /// How all markets are covered.
    Markets {
        /// Only by people of this region: a slug, a name or a town.
        region: Option<String>,
    },
    /// One market: who connects to it, how, through whom.
    Market {
        /// Slug, name in either language, the beginning of one, or a word that leads to it.
        name: String,
        /// Only people of this region.
        region: Option<String>,
        /// At most so many connectors.
        limit: usize,
    },
    /// The best ways to somebody, or into a market.
    Path {
        /// A market, else somebody. A leading `+` says that a market is meant.
        to: String,
        /// Only into this region's part of a market.
        region: Option<String>,
        /// At most so many.
        limit: usize,
    },
    /// What surrounds a person: markets, doors, introductions.
    Around {
        /// Whom.
        who: String,
    },
    /// The ties to markets that people's words suggest, beside those that are stated.
    Inferred {
        /// Whose.
        people: Vec<ContactId>,
    },
    /// A table of regions or people by markets.
    Crossings(Crossings),
    /// Accept or refuse a person's tie to a market, state one, or forget it.
    SettleMarket {
        /// Whose.
        who: String,
        /// Which market.
        market: String,
        /// By which kind of hat; `None` for what the words suggest.
        how: Option<MarketHow>,
        /// What becomes of it.
        settle: Settle,
    },
    /// An introduction was asked for.
    AskIntroduction(AskIntroduction),
    /// The answer to such a request.
    AnswerIntroduction(AnswerIntroduction),
    /// Change the markets.
    EditMarket(MarketChange),
    /// The network in figures.
    Stats,
    /// Who could help.
    Who(AskWho),
    /// The needs that wait, each with its matches in figures.
    Needs {
        /// Closed ones too, after the open ones.
        closed: bool,
    },
    /// One need with its people.
    Need {
        /// Which: identifier, unique beginning of one, or words of it.
        need: String,
        /// At most so many people beside the candidates.
        limit: usize,
        /// Weak matches too, after the others.
        weak: bool,
    },
    /// Have a need wait for an answer.
    AddNeed(NewNeed),
    /// Change a need.
    EditNeed(EditNeed),
    /// End a need, or open it again.
    CloseNeed(CloseNeed),
    /// Note what came of somebody who might help.
    MarkCandidate(MarkCandidate),
    /// Whom of the network somebody could use.
    CouldUse {
        /// Who.
        who: String,
        /// At most so many people.
        limit: usize,
    },
    /// The open needs that somebody's card answers.
    AnsweredBy {
        /// Who.
        who: String,
    },
    /// The open needs that a card answers, which need not be in the book.
    AnsweredByCard {
        /// The card.
        contact: Box<Contact>,
    },
    /// Latent values that a card suggests, which need not be in the book.
    ProposeValues {
        /// The card.
        contact: Box<Contact>,
    },
    /// What needs are read with, and the user's own words in it.
    Lexicon(LexiconJob),
    /// Take back the last step.
    Undo,
    /// Take back one step, perhaps an older one; refused where later steps touched the same fields.
    UndoStep {
        /// Which one.
        step: StepId,
    },
    /// Do again what was taken back.
    Redo,
    /// What was done, newest first.
    History {
        /// Only steps that touched this person.
        who: Option<String>,
        /// At most so many.
        limit: usize,
    },
    /// Stop a long job that this asker began.
    Cancel {
        /// The ticket of that job.
        ticket: u64,
    },
}

impl Job {
    /// Whether it only asks: done twice, or not at all, it leaves no trace in the book.
    pub fn is_question(&self) -> bool {
        match self {
            Self::Find { .. }
            | Self::Search { .. }
            | Self::Show { .. }
            | Self::Today
            | Self::Kept { .. }
            | Self::Duplicates { .. }
            | Self::Alike { .. }
            | Self::Merge { dry_run: true, .. }
            | Self::Export { .. }
            | Self::History { .. }
            | Self::Me { text: None, .. }
            | Self::Markets { .. }
            | Self::Market { .. }
            | Self::Path { .. }
            | Self::Around { .. }
            | Self::Inferred { .. }
            | Self::Crossings(_)
            | Self::Stats
            | Self::Who(_)
            | Self::Needs { .. }
            | Self::Need { .. }
            | Self::CouldUse { .. }
            | Self::AnsweredBy { .. }
            | Self::AnsweredByCard { .. }
            | Self::ProposeValues { .. }
            | Self::Lexicon(LexiconJob::Status | LexiconJob::Embed)
            | Self::Import(Import { dry_run: true, .. })
            | Self::Cancel { .. } => true,
            Self::Capture(_)
            | Self::CaptureAll(_)
            | Self::Ingest
            | Self::Edit { .. }
            | Self::Apply { .. }
            | Self::Archive { .. }
            | Self::Tie { .. }
            | Self::Merge { .. }
            | Self::Refuse { .. }
            | Self::Me { text: Some(_), .. }
            | Self::Log { .. }
            | Self::ReadCard(_)
            | Self::Sweep { .. }
            | Self::Import(_)
            | Self::SettleMarket { .. }
            | Self::AskIntroduction(_)
            | Self::AnswerIntroduction(_)
            | Self::EditMarket(_)
            | Self::AddNeed(_)
            | Self::EditNeed(_)
            | Self::CloseNeed(_)
            | Self::MarkCandidate(_)
            | Self::Lexicon(_)
            | Self::Undo
            | Self::UndoStep { .. }
            | Self::Redo => false,
        }
    }
}

/// One capture: a line typed, pasted or spooled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// Becomes the contact's identifier, which makes a second delivery harmless. Nil when the door is to mint one.
    pub id: ContactId,
    /// When it was captured.
    pub at: Timestamp,
    /// The language that the interface spoke.
    pub lang: Language,
    /// The line, word for word.
    pub text: String,
    /// The event that a whole stack of cards comes from.
    pub event: Option<StickyEvent>,
    /// The person stood on a pasted list: seen, perhaps not met.
    pub listed: bool,
}

/// The event that stays set for a whole stack of cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StickyEvent {
    /// Its name.
    pub name: String,
    /// The day the cards were collected.
    pub on: Date,
}

/// A card to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadCard {
    /// Where it is.
    pub source: CardSource,
    /// The language that the interface spoke.
    pub lang: Language,
    /// The event that a whole stack of cards comes from.
    pub event: Option<StickyEvent>,
}

/// Where a card is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardSource {
    /// In a file, absolute: an image, a vCard or text. The file is only read.
    Path(PathBuf),
    /// In memory, in any of those forms.
    Bytes(Vec<u8>),
    /// A block of text.
    Text(String),
}

/// What reading a card brought.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CardsRead {
    /// The people: usually one, new in the pocket.
    pub contacts: Vec<Arc<Contact>>,
    /// This very capture had been read before: those are the people that it brought then; nothing changed.
    pub known: bool,
    /// The hash under which the capture is kept.
    pub hash: String,
    /// What should be said about it.
    pub problems: Vec<CardProblem>,
    /// Open needs that the people answer, strong ones first.
    pub answers: Vec<NeedBrief>,
    /// The step to undo.
    pub step: Option<StepId>,
}

/// What became of the files of a drop folder.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Swept {
    /// Files that were taken in and moved to `done/`.
    pub taken: Vec<Taken>,
    /// Files that were refused and moved to `failed/`.
    pub failed: Vec<Turned>,
    /// Names of files that are still there: not whole yet, or in each other's way.
    pub waiting: Vec<String>,
}

/// A file that was taken in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    /// Its name, as it may be shown.
    pub file: String,
    /// Whom it brought, the first few.
    pub people: Vec<Brief>,
    /// The same had been taken in before; nothing changed.
    pub known: bool,
    /// What should be said about it.
    pub problems: Vec<CardProblem>,
}

/// A file that was refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turned {
    /// Its name, as it may be shown.
    pub file: String,
    /// Where it is now; `None` where it was, because it could not be moved.
    pub place: Option<String>,
    /// Why, in the user's words.
    pub reason: String,
    /// Why.
    pub problem: Problem,
}

/// A kept capture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeptCard {
    /// The picture as a JPEG or PNG file; `None` for text.
    pub picture: Option<Vec<u8>>,
    /// The picture's file, for the system's viewer.
    pub file: Option<PathBuf>,
    /// What it says; the fields are worked out from it again at any time.
    pub printed: Printed,
}

/// What an export writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ExportForm {
    /// Every record, in the native form.
    #[default]
    Native,
    /// The network, for Graphviz.
    Dot,
    /// The network, for Gephi and yEd.
    GraphMl,
    /// The user's own markets and changes to bundled ones, as a file to be shared.
    Markets,
}

/// What to import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Files, absolute.
    pub paths: Vec<PathBuf>,
    /// The format, when the user names it.
    pub format: Option<String>,
    /// Columns of a file without a known header: name of the field, number of the column from 1.
    pub columns: Vec<(String, usize)>,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// The answer to a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// It could not be done.
    Failed(Problem),
    /// It was done; nothing to tell.
    Done,
    /// Somebody was logged.
    Captured {
        /// The new card, as understood.
        contact: Arc<Contact>,
        /// It had been delivered before; nothing changed.
        known: bool,
        /// Open needs that the card answers, strong ones first.
        answers: Vec<NeedBrief>,
        /// The step to undo.
        step: Option<StepId>,
    },
    /// A line that makes another record than a person (a need, a mandate, an interaction) was noted.
    Recorded {
        /// The new record.
        record: Record,
        /// It had been delivered before; nothing changed.
        known: bool,
        /// The step to undo.
        step: Option<StepId>,
    },
    /// The people found.
    Found(Vec<Arc<Contact>>),
    /// Identifiers of the people found, best first.
    Hits {
        /// Who; perhaps only the first.
        ids: Arc<[ContactId]>,
        /// How many there are in all.
        total: usize,
    },
    /// One person.
    Person(Box<Person>),
    /// Something changed.
    Changed {
        /// The step that did it; `None` when nothing had to change.
        step: Option<Step>,
        /// The people it touched, the first few.
        people: Vec<Brief>,
        /// How many records it touched.
        count: usize,
    },
    /// Who may be in the book twice.
    Duplicates {
        /// The pairs, likeliest first.
        pairs: Vec<Lookalikes>,
        /// How many there are in all.
        total: usize,
    },
    /// Whom a card may be, likeliest first.
    Alike(Vec<Candidate>),
    /// One card was made of two, or would be.
    Merged {
        /// The card kept, as it is now.
        contact: Arc<Contact>,
        /// The card that went into it.
        gone: Brief,
        /// How many records it touched.
        count: usize,
        /// The step to undo; `None` when it was only tried.
        step: Option<Step>,
    },
    /// The own card.
    Me(Arc<Me>),
    /// What today asks for.
    Today(Agenda),
    /// What reading a card brought.
    CardsRead(Box<CardsRead>),
    /// What lay in a drop folder.
    Swept(Box<Swept>),
    /// A kept capture; `None` when it is no longer there.
    Kept(Option<Box<KeptCard>>),
    /// What an import brought.
    Imported(Box<Imported>),
    /// How many records a file now holds.
    Exported {
        /// Contacts.
        contacts: usize,
        /// Other records.
        others: usize,
    },
    /// How all markets are covered.
    Markets(Box<MarketsMap>),
    /// One market.
    Market(Box<MarketPage>),
    /// Ways to somebody, or into a market.
    Paths(Box<Paths>),
    /// What surrounds a person.
    Around(Box<Around>),
    /// Inferred ties to markets, for each of the people asked about.
    Inferred(Vec<Vec<MarketTie>>),
    /// A table of regions or people by markets.
    Crossing(Box<Crossing>),
    /// An answer to a request for an introduction was noted.
    Answered(Box<Answered>),
    /// The network in figures.
    Stats(Box<Stats>),
    /// Who could help.
    Who(Box<Helpers>),
    /// Needs: open ones, the soonest wanted first, then closed ones, newest first.
    Needs(Vec<NeedLine>),
    /// One need with its people.
    Need(Box<NeedPage>),
    /// Whom of the network somebody could use.
    CouldUse(Box<Uses>),
    /// Open needs that somebody answers, strong ones first.
    Answers(Vec<NeedBrief>),
    /// Latent values that a card suggests.
    Values(Vec<Offer>),
    /// What needs are read with.
    Lexicon(Box<LexiconPage>),
    /// Steps, newest first.
    History(Vec<PastStep>),
}

/// Two cards of the book that may be one person's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lookalikes {
    /// The one that was asked about, else the older one.
    pub a: Arc<Contact>,
    /// The other one.
    pub b: Arc<Contact>,
    /// 0 to 1: the probability that both are one person.
    pub score: f32,
    /// The score in one of three steps.
    pub likelihood: Likelihood,
    /// What speaks for it and against it, strongest first.
    pub evidence: Vec<Evidence>,
}

impl Lookalikes {
    /// A pair with its cards; `None` when one of them is gone.
    pub fn pair(book: &Book, pair: Pair) -> Option<Self> {
        let Pair { a, b, score, likelihood, evidence } = pair;
        let card = |id| book.contact(id).cloned();
        Some(Self { a: card(a)?, b: card(b)?, score, likelihood, evidence })
    }

    /// Somebody and a candidate; `None` when one of them is gone.
    pub fn of(book: &Book, a: ContactId, candidate: Candidate) -> Option<Self> {
        let Candidate { id, score, likelihood, evidence } = candidate;
        Self::pair(book, Pair { a, b: id, score, likelihood, evidence })
    }
}

/// One person with everything that touches them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// The card.
    pub contact: Arc<Contact>,
    /// Declared ties, each with the other end.
    pub ties: Vec<(Arc<Tie>, Brief)>,
    /// The timeline, newest first.
    pub timeline: Vec<Arc<Interaction>>,
    /// What was changed, newest first.
    pub history: Vec<PastStep>,
}

/// A step of history, in the words that a list needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastStep {
    /// The step.
    pub step: Step,
    /// How many records it touched.
    pub count: usize,
    /// It has been taken back.
    pub undone: bool,
    /// For one person's history: the fields that it changed.
    pub fields: Vec<String>,
}

/// What an import brought, or would bring.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// It was only tried.
    pub dry_run: bool,
    /// The format that was read.
    pub format: String,
    /// Contacts that are new.
    pub new: usize,
    /// Contacts that changed.
    pub changed: usize,
    /// Contacts that were already so.
    pub unchanged: usize,
    /// Other records: events, ties, interactions.
    pub others: usize,
    /// Organisations that were not known before.
    pub organisations: usize,
    /// Rows without anything to keep.
    pub nameless: usize,
    /// Newcomers who look like somebody who was known already: see [`Job::Duplicates`].
    pub lookalikes: usize,
    /// Open needs that newcomers answer.
    pub answers: Answering,
    /// People who changed jobs.
    pub moves: Vec<Move>,
    /// Rows that could not be read whole.
    pub problems: Vec<InputProblem>,
    /// For a dry run: the contacts as they would be.
    pub contacts: Vec<Arc<Contact>>,
    /// The step to undo; `None` when nothing changed.
    pub step: Option<StepId>,
    /// The user stopped it half-way; undo takes back what came in.
    pub cancelled: bool,
}

/// A change of jobs found by an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Who.
    pub person: Brief,
    /// Title and organisation before.
    pub from: (String, String),
    /// Title and organisation now.
    pub to: (String, String),
}

/// News from the engine that nobody asked for.
#[derive(Clone, Debug)]
pub enum Notice {
    /// A newer snapshot of the book.
    Book(crate::insight::Snapshot),
    /// How far a long job has come.
    Progress {
        /// Which job.
        ticket: u64,
        /// Done so far.
        done: u64,
        /// In all; 0 when unknown.
        total: u64,
    },
    /// People answer open needs who did not before: new cards, changed ones, or an import's.
    Rings(Vec<NeedBrief>),
    /// Cards came in through the spool.
    Ingested {
        /// How many.
        count: usize,
    },
    /// Something went wrong behind the screen.
    Trouble(Problem),
}
