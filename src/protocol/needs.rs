//! Needs: who could help, what waits for an answer, and the user's own words of the lexicon.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::capture::need::Said;
use crate::domain::id::{ContactId, NeedId};
use crate::domain::market::Named;
use crate::domain::need::{Candidate, CandidateState, Need, NeedStatus};
use crate::domain::problem::{Brief, Problem};
use crate::domain::time::Date;
use crate::insight::lexicon::own::Pair;
use crate::insight::needs::{Label, Reason, Strength};

/// So many people come with an answer unless more are asked for.
pub const FIRST_HELPERS: usize = 50;

/// A question: who could help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskWho {
    /// The need, in any words of either language.
    pub need: String,
    /// A market, if one is meant: words or slug.
    pub market: Option<String>,
    /// A region, if one is meant: words or slug.
    pub region: Option<String>,
    /// At most so many people.
    pub limit: usize,
    /// Weak matches too, after the others.
    pub weak: bool,
    /// Which list of the asker wants it: a newer question overtakes older ones of the same list.
    pub list: u64,
}

impl AskWho {
    /// The strong and fair matches for these words, for the asker's first list.
    pub fn new(need: impl Into<String>) -> Self {
        Self { need: need.into(), market: None, region: None, limit: FIRST_HELPERS, weak: false, list: 0 }
    }
}

/// Who could help.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Helpers {
    /// The need as asked.
    pub need: String,
    /// Strong and fair ones, best first, then weak ones where they were asked for.
    pub people: Vec<Helper>,
    /// How many there are of each strength, listed or not.
    pub counts: Counts,
    /// Where to ask; only where nobody is strong or fair.
    pub hints: Option<Hints>,
}

/// How many matches there are of each strength.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// They name what is needed.
    pub strong: usize,
    /// They help those who need it.
    pub fair: usize,
    /// Likeness in meaning alone.
    pub weak: usize,
}

/// Somebody who could help.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Helper {
    /// Who.
    pub id: ContactId,
    /// The same in words.
    pub person: Brief,
    /// How well; comparable within one answer only.
    pub score: f32,
    /// How much it can be relied on.
    pub strength: Strength,
    /// Why, strongest reason first; never empty.
    pub why: Vec<Reason>,
}

/// What to do where nobody fits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hints {
    /// The markets nearest to the need, nearest first.
    pub markets: Vec<Named>,
    /// People with a say or an ear in one of them, nearest to the user first, each with the market.
    pub connectors: Vec<(Brief, Named)>,
    /// Whom to ask one's network for: *do you know a …?*
    pub ask_for: Vec<Label>,
}

/// A need to wait for an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewNeed {
    /// The words.
    pub words: String,
    /// A market: words or slug.
    pub market: Option<String>,
    /// A region: words or slug.
    pub region: Option<String>,
    /// By when.
    pub deadline: Option<Date>,
}

impl NewNeed {
    /// What a line says, to stand as a need.
    pub fn of(said: Said) -> Self {
        Self {
            words: said.words,
            market: Some(said.market).filter(|market| !market.is_empty()),
            region: Some(said.region).filter(|region| !region.is_empty()),
            deadline: said.deadline,
        }
    }
}

/// A change of a need; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditNeed {
    /// Which: identifier, unique beginning of one, or words of it.
    pub need: String,
    /// New words.
    pub words: Option<String>,
    /// A market; empty for none.
    pub market: Option<String>,
    /// A region; empty for none.
    pub region: Option<String>,
    /// A deadline, or none any more.
    pub deadline: Option<Option<Date>>,
}

/// The end of a need, or its return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseNeed {
    /// Which: identifier, unique beginning of one, or words of it.
    pub need: String,
    /// Answered, dropped, or open again.
    pub status: NeedStatus,
    /// Who helped: becomes a candidate who helped, and a favour received in the log.
    pub thanks_to: Option<String>,
}

/// What came of somebody who might help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkCandidate {
    /// Which need: identifier, unique beginning of one, or words of it.
    pub need: String,
    /// Who.
    pub who: String,
    /// What came of it; `None` forgets the candidate.
    pub state: Option<CandidateState>,
    /// The user's words; `None` keeps those there are.
    pub note: Option<String>,
    /// When; `None` for today.
    pub on: Option<Date>,
}

/// A change of the user's own words, or a question about the lexicon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LexiconJob {
    /// What is in use, and the own words.
    Status,
    /// Read the cards that the encoder has not read yet; nothing without one.
    Embed,
    /// Two phrases mean the same to the user.
    Add(Pair),
    /// They no longer do. Either side alone names every pair that holds it.
    Remove {
        /// One side, or both as `a ~ b`.
        text: String,
    },
}

/// What needs are read with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconPage {
    /// Concepts that come with the program.
    pub concepts: usize,
    /// Words and phrases that find them.
    pub triggers: usize,
    /// Stems that have a vector, in both languages together.
    pub vectors: usize,
    /// The encoder that the settings name.
    pub encoder: Option<EncoderPage>,
    /// The user's own pairs, oldest first.
    pub own: Vec<Pair>,
    /// Lines of the user's file that could not be read.
    pub faults: Vec<usize>,
    /// Pairs that this job added or removed.
    pub touched: Vec<Pair>,
    /// Links that help and refusals have changed: the concept needed, the concept on the cards, helped, refused.
    pub learnt: Vec<(Label, Label, usize, usize)>,
}

/// The encoder that the settings name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncoderPage {
    /// Its file.
    pub file: PathBuf,
    /// The version of its layout.
    pub version: u32,
    /// Cards that it has read.
    pub read: usize,
    /// Cards that say anything.
    pub cards: usize,
    /// Why it is not in use.
    pub problem: Option<Problem>,
}

/// A need in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeedLine {
    /// The need.
    pub need: Arc<Need>,
    /// Strong and fair matches who are no candidates yet.
    pub matches: usize,
    /// Those of them who came in, or changed, since the need was noted.
    pub fresh: usize,
    /// The best of the fresh ones, else the best of all.
    pub best: Option<Brief>,
    /// Candidates by state: suggested, asked, helped, dismissed.
    pub candidates: [usize; 4],
}

/// One need with its people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeedPage {
    /// The need in short.
    pub line: NeedLine,
    /// The market that it states.
    pub market: Option<Named>,
    /// The region that it states.
    pub region: Option<Named>,
    /// People on whom something was said, in the order it was said.
    pub candidates: Vec<Candidacy>,
    /// The others who could help.
    pub helpers: Helpers,
    /// Who of them is fresh.
    pub fresh: Vec<ContactId>,
}

/// Somebody on whom something was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidacy {
    /// Who.
    pub person: Brief,
    /// What.
    pub candidate: Candidate,
    /// How the card answers the need; `None` where nothing says so.
    pub helper: Option<Helper>,
}

/// An open need that somebody's card answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeedBrief {
    /// Which.
    pub need: NeedId,
    /// The need's words.
    pub words: String,
    /// Who answers it.
    pub person: Brief,
    /// How much it can be relied on; never weak.
    pub strength: Strength,
    /// Why, strongest reason first.
    pub why: Vec<Reason>,
}

/// How many of many people answer open needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answering {
    /// People who answer at least one.
    pub people: usize,
    /// The needs that somebody answers, oldest first: identifier, words, and how many people.
    pub needs: Vec<(NeedId, String, usize)>,
}

/// Whom of the network somebody could use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Uses {
    /// For whom.
    pub person: Brief,
    /// What the notes say that this person looks for, as written.
    pub sought: Vec<String>,
    /// Who could help; the words of the reasons are those of the person's card.
    pub helpers: Helpers,
}
