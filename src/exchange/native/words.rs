//! The fixed words of the native form, both ways from one table.

use crate::domain::contact::{AddressForm, Door, Language, MarketHow, MetHow, RoleKind, Stage};
use crate::domain::interaction::InteractionKind;
use crate::domain::mandate::{Channel, DecisionPart, MandateStage};
use crate::domain::need::{CandidateState, NeedStatus};
use crate::domain::tie::TieKind;

/// An enumeration that is written as one of a few words.
pub trait Word: Sized {
    /// The word for it.
    fn word(&self) -> &'static str;
    /// What a word means.
    fn from_word(word: &str) -> Option<Self>;
}

macro_rules! words {
    ($($type:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        impl Word for $type {
            fn word(&self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    )+};
}

words! {
    RoleKind {
        Employment = "employment", Ownership = "ownership", Elected = "elected", Board = "board",
        Member = "member", Volunteer = "volunteer",
    }
    MetHow {
        Card = "card", InPerson = "in_person", LinkedIn = "linkedin", Inbound = "inbound",
        Introduced = "introduced",
    }
    AddressForm { Tu = "tu", Vous = "vous" }
    Stage { Pocket = "pocket", Active = "active", Archived = "archived" }
    Door { Seen = "seen", Invited = "invited", Accepted = "accepted", Declined = "declined" }
    MarketHow {
        Decides = "decides", Works = "works", Member = "member", Supplies = "supplies", Buys = "buys",
        Influences = "influences",
    }
    TieKind {
        Knows = "knows", WorksWith = "works_with", Family = "family", ReportsTo = "reports_to",
        Influences = "influences", Recommended = "recommended", Introduced = "introduced",
    }
    InteractionKind {
        Note = "note", Met = "met", Call = "call", Message = "message", Coffee = "coffee",
        FavourGiven = "favour_given", FavourReceived = "favour_received",
        IntroductionAsked = "introduction_asked", IntroductionMade = "introduction_made",
        Setback = "setback",
    }
    NeedStatus { Open = "open", Answered = "answered", Dropped = "dropped" }
    CandidateState { Suggested = "suggested", Asked = "asked", Helped = "helped", Dismissed = "dismissed" }
    MandateStage { Lead = "lead", Offered = "offered", Won = "won", Lost = "lost" }
    Channel {
        InboundContent = "inbound_content", Referral = "referral", Chamber = "chamber",
        LinkedIn = "linkedin", ExistingClient = "existing_client", Cold = "cold",
    }
    DecisionPart {
        Decides = "decides", Recommends = "recommends", Influences = "influences", Uses = "uses",
        Blocks = "blocks",
    }
}

/// ISO 639-1 code of a language.
pub(super) fn language_code(language: Language) -> String {
    match language {
        Language::French => "fr".into(),
        Language::English => "en".into(),
        Language::Other(code) => code.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The language that a two-letter code means.
pub(super) fn language_from(code: &str) -> Option<Language> {
    match code.as_bytes() {
        b"fr" => Some(Language::French),
        b"en" => Some(Language::English),
        [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Some(Language::Other([*a, *b])),
        _ => None,
    }
}
