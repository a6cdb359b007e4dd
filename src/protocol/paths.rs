//! Introduction paths, what surrounds a person, and introductions asked for and answered.

use serde::{Deserialize, Serialize};

use super::markets::Hat;
use crate::domain::change::Step;
use crate::domain::contact::Closeness;
use crate::domain::id::InteractionId;
use crate::domain::market::Named;
use crate::domain::problem::Brief;
use crate::domain::time::Date;
use crate::insight::network::{Access, Level, Likelihood, TieEvidence};

/// Ranked ways to somebody, or into a market.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paths {
    /// Where they lead.
    pub to: Destination,
    /// The ways, best first; no two share a person but the last one.
    pub ways: Vec<Way>,
}

/// Where paths lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Destination {
    /// To somebody.
    Person(Brief),
    /// Into a market, perhaps of one region only.
    Market(Named, Option<Named>),
}

/// A way from the user to somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// The product of the steps, times the weight of the last hat where it leads into a market; 0 to 1.
    pub score: f32,
    /// The same in words.
    pub likelihood: Likelihood,
    /// The steps, first to last; one to three. With more than one, the first person is the one to ask.
    pub hops: Vec<Hop>,
    /// A step is only possible.
    pub guess: bool,
    /// How the last person is tied to the market, where it leads into one.
    pub hat: Option<Hat>,
    /// The introduction has been asked for already.
    pub asked: Option<Asked>,
}

impl Way {
    /// The person to ask: the first one, where anybody stands between.
    pub fn via(&self) -> Option<&Brief> {
        (self.hops.len() > 1).then(|| &self.hops[0].person)
    }

    /// The person it leads to.
    pub fn last(&self) -> Option<&Brief> {
        self.hops.last().map(|hop| &hop.person)
    }
}

/// A step of a way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hop {
    /// The person it leads to.
    pub person: Brief,
    /// How near that person is to the user, as declared.
    pub closeness: Option<Closeness>,
    /// The user's access for the first step, else the strength of the tie, 0 to 1.
    pub strength: f32,
    /// What it rests on.
    pub tie: TieEvidence,
    /// A declared tie reads from the person before to this one, not the other way round.
    pub forward: bool,
}

/// An introduction that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The request.
    pub request: InteractionId,
    /// When.
    pub on: Date,
    /// Yes or no; `None` while it is awaited.
    pub answer: Option<bool>,
}

/// What surrounds a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Around {
    /// Who.
    pub person: Brief,
    /// The user's access; `None` for people who are put away.
    pub access: Option<Access>,
    /// The region, stated or derived.
    pub region: Option<Named>,
    /// Ties to markets: stated ones, then what words suggest.
    pub hats: Vec<Hat>,
    /// Markets that were refused.
    pub refused: Vec<Named>,
    /// Markets that the person opens.
    pub opens: Vec<Opened>,
    /// The best ways to the person.
    pub ways: Vec<Way>,
    /// Whom the person could introduce the user to, the most gained first.
    pub introduces: Vec<Introduction>,
    /// Who could introduce the user to the person, best first.
    pub introducers: Vec<Introduction>,
    /// What is drawn of the network around the person.
    pub drawn: Drawing,
}

/// A market that somebody opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The market.
    pub market: Named,
    /// How well it is reached.
    pub level: Level,
    /// Without this person the level falls.
    pub alone: bool,
}

/// Somebody who could introduce, or be introduced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Introduction {
    /// The other person.
    pub person: Brief,
    /// How near that person is to the user, as declared.
    pub closeness: Option<Closeness>,
    /// What binds the two.
    pub tie: TieEvidence,
    /// The strength of that tie, 0 to 1.
    pub strength: f32,
    /// The value of the way through the introducer, 0 to 1.
    pub through: f32,
    /// The user's own access to the one who would be introduced, 0 to 1.
    pub direct: f32,
    /// Markets that the other person is tied to, weightiest first; the first few.
    pub markets: Vec<Named>,
}

/// A drawing of a part of the network: the user, a person, and those around.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// The user first, then the person, then the others, nearest to the person first.
    pub nodes: Vec<Node>,
    /// What joins them.
    pub edges: Vec<Link>,
    /// So many more are around the person than are drawn.
    pub more: usize,
}

/// Somebody in a drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Who; `None` for the user.
    pub person: Option<Brief>,
    /// The user's access, 0 to 1; 1 for the user.
    pub access: f32,
    /// Declared closeness to the user.
    pub closeness: Option<Closeness>,
}

/// A line of a drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Number of the one node.
    pub from: usize,
    /// Number of the other node.
    pub to: usize,
    /// 0 to 1.
    pub strength: f32,
    /// What it rests on.
    pub tie: TieEvidence,
}

/// A request for an introduction, as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskIntroduction {
    /// Who is asked.
    pub via: String,
    /// To whom; `None` when a market is to be opened and nobody is named.
    pub to: Option<String>,
    /// What the timeline says of it.
    pub words: String,
    /// When to come back to it; `None` for two weeks later. An earlier follow-up with that person stays.
    pub next: Option<Date>,
}

/// The answer to a request for an introduction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerIntroduction {
    /// Who was asked.
    pub via: String,
    /// To whom; `None` where nobody was named.
    pub to: Option<String>,
    /// Yes: the introduction was made.
    pub yes: bool,
    /// What the timeline says of it.
    pub words: String,
    /// How near the two are to each other, for the tie.
    pub closeness: Option<Closeness>,
}

/// What an answer brought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// The step that noted it.
    pub step: Option<Step>,
    /// Who was asked.
    pub via: Brief,
    /// To whom.
    pub to: Option<Brief>,
    /// Yes or no.
    pub yes: bool,
    /// After a no: the next best way, through somebody who was not asked yet.
    pub next: Option<Way>,
}
