//! From what a person types to fields and queries: the one grammar, pure and without a clock.
//!
//! | file | what it does |
//! | --- | --- |
//! | [`keys`] | the signs and words of the grammar, one table |
//! | `lex`, `phrases` | a line to tokens: shapes, signs, quotes, *rappeler jeudi* |
//! | [`mod@line`] | capture: read a line, write a contact as its line, change a contact by a line |
//! | [`query`] | the same words as a search |
//! | [`me`], [`log`] | the own card; what happened |
//! | [`mod@need`] | a need as its line |
//! | [`block`] | a signature or the text of a card: many lines to fields |
//! | [`list`] | pasted lists of people |
//! | [`pasted`] | what several lines at once are: list, cards, or a line with its remark |
//! | [`complete`] | what stands under the cursor |
//! | [`image`] | photos of cards: text and codes |
//! | [`card`] | a captured card to people: codes, print, both |
//! | [`vcard`] | vCards and the short forms of codes |
//! | [`printed`] | what was captured, as lines and codes |
//!
//! Invariants: reading never fails and never loses a letter; what cannot be understood stays in the note, word
//! for word. Reading one line takes microseconds and loads no database.

pub mod block;
pub mod card;
pub mod complete;
pub mod draft;
pub mod dropped;
pub mod image;
pub mod keys;
mod lex;
pub mod line;
pub mod list;
pub mod log;
pub mod me;
pub mod need;
pub mod pasted;
mod phrases;
pub mod printed;
pub mod query;
pub mod vcard;

use std::ops::Range;

use crate::domain::contact::Language;
use crate::domain::time::Date;

pub use draft::Draft;
pub use lex::SEPARATORS;

/// What reading depends on besides the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Today, for relative dates.
    pub today: Date,
    /// ISO 3166 country that phone numbers without `+` belong to.
    pub region: String,
    /// The language of the interface: the keys that are written. Both languages are always read.
    pub lang: Language,
}

impl Context {
    /// Canadian numbers, the given day and language.
    pub fn new(today: Date, lang: Language) -> Self {
        Self { today, region: "CA".to_owned(), lang }
    }
}

/// A part of a text that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// The bytes that it stands on, sign and quotes included.
    pub range: Range<usize>,
    /// What it is.
    pub kind: ChipKind,
    /// The value as it will be kept.
    pub text: String,
}

/// What a chip is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChipKind {
    /// A leading word that makes another record: `besoin:`.
    Intent,
    /// The name of the person.
    Name,
    /// What friends say.
    Nickname,
    /// A credential.
    Credential,
    /// A title.
    Title,
    /// An organisation.
    Org,
    /// An email address.
    Email,
    /// A phone number.
    Phone,
    /// A web address.
    Url,
    /// A latent value.
    Value,
    /// A tag.
    Tag,
    /// A market.
    Market,
    /// The event or place where met.
    Event,
    /// The day when met.
    MetOn,
    /// Who introduced.
    Via,
    /// Whom they know.
    Knows,
    /// A town or region.
    Place,
    /// Closeness.
    Closeness,
    /// The next follow-up.
    Next,
    /// Language, *tu* or *vous*.
    Language,
    /// Birthday.
    Birthday,
    /// Kept in the note, word for word; in a query, what the note must contain.
    Note,
    /// In a query: a bare word or phrase.
    Word,
    /// In a query: a state.
    State,
    /// In a query: a thing that a contact has.
    Has,
    /// In a query: days without news.
    Stale,
    /// The rule of the select club, on the own card.
    Club,
    /// Taken away again: `-#tag`.
    Removed,
}
