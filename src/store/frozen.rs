//! Stored structures: what the records looked like when their schema number was given out.
//!
//! **Frozen.** bincode writes fields and variants by position, so the order of every list below is a file format. A change
//! of any structure is a new schema: the old list stays under another name, the number in `records.rs` goes up, and
//! reading turns the old into the new. New enum variants may be added at the end of a list, with a new schema number too.
//!
//! Fields that lists and search show come first, so that a reader of the leading fields need not decode the rest.

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::Text;
use crate::domain::change::{Course, Deed};
use crate::domain::contact::{
    Address, AddressForm, Closeness, Contact, Door, Labelled, Language, MarketHow, MarketTie, Met, MetHow,
    Name, Phone, Role, RoleKind, Stage,
};
use crate::domain::event::Event;
use crate::domain::id::{
    ContactId, EventId, InteractionId, MandateId, MarketId, NeedId, RefusalId, StepId, TieId,
};
use crate::domain::interaction::{Interaction, InteractionKind};
use crate::domain::mandate::{
    Channel, Decider, DecisionPart, Mandate, MandateStage, Money, Touch, TouchPerson,
};
use crate::domain::market::Market;
use crate::domain::me::Me;
use crate::domain::need::{Candidate, CandidateState, Need, NeedStatus};
use crate::domain::refusal::Refusal;
use crate::domain::tie::{Tie, TieKind};
use crate::domain::time::{PartialDate, Timestamp};

/// A domain type with a stored form of its own.
pub(super) trait Frozen: Sized {
    /// The stored form.
    type Stored: Serialize + DeserializeOwned;
    /// The stored form of this value.
    fn freeze(&self) -> Self::Stored;
    /// The value again; `None` for what no value can have been, such as 31 February.
    fn thaw(stored: Self::Stored) -> Option<Self>;
}

macro_rules! as_it_is {
    ($($kind:ty),+) => {$(
        impl Frozen for $kind {
            type Stored = Self;
            fn freeze(&self) -> Self {
                self.clone()
            }
            fn thaw(stored: Self) -> Option<Self> {
                Some(stored)
            }
        }
    )+};
}
as_it_is!(String, Text, bool, u8, u16, u32, i8, i16, i64);

impl<T: Frozen> Frozen for Vec<T> {
    type Stored = Vec<T::Stored>;
    fn freeze(&self) -> Self::Stored {
        self.iter().map(T::freeze).collect()
    }
    fn thaw(stored: Self::Stored) -> Option<Self> {
        stored.into_iter().map(T::thaw).collect()
    }
}

impl<T: Frozen> Frozen for Option<T> {
    type Stored = Option<T::Stored>;
    fn freeze(&self) -> Self::Stored {
        self.as_ref().map(T::freeze)
    }
    fn thaw(stored: Self::Stored) -> Option<Self> {
        match stored {
            None => Some(None),
            Some(stored) => T::thaw(stored).map(Some),
        }
    }
}

macro_rules! ids {
    ($($id:ident),+) => {$(
        impl Frozen for $id {
            type Stored = [u8; 16];
            fn freeze(&self) -> Self::Stored {
                *self.0.as_bytes()
            }
            fn thaw(stored: Self::Stored) -> Option<Self> {
                Some(Self(Uuid::from_bytes(stored)))
            }
        }
    )+};
}
ids!(ContactId, EventId, TieId, InteractionId, MarketId, NeedId, MandateId, RefusalId, StepId);

/// Year, month, day.
impl Frozen for Date {
    type Stored = (i16, i8, i8);
    fn freeze(&self) -> Self::Stored {
        (self.year(), self.month(), self.day())
    }
    fn thaw((year, month, day): Self::Stored) -> Option<Self> {
        Self::new(year, month, day).ok()
    }
}

/// Seconds since 1970 and nanoseconds, of the same sign.
impl Frozen for Timestamp {
    type Stored = (i64, i32);
    fn freeze(&self) -> Self::Stored {
        (self.as_second(), self.subsec_nanosecond())
    }
    fn thaw((second, nanosecond): Self::Stored) -> Option<Self> {
        Self::new(second, nanosecond).ok()
    }
}

impl Frozen for Closeness {
    type Stored = u8;
    fn freeze(&self) -> u8 {
        self.level()
    }
    fn thaw(stored: u8) -> Option<Self> {
        Self::new(stored)
    }
}

/// Enums of plain names.
macro_rules! names {
    ($($stored:ident = $kind:ident { $($name:ident),+ $(,)? })+) => {$(
        #[derive(Clone, Copy, Serialize, Deserialize)]
        pub(super) enum $stored { $($name),+ }

        impl Frozen for $kind {
            type Stored = $stored;
            fn freeze(&self) -> $stored {
                match self { $(Self::$name => $stored::$name),+ }
            }
            fn thaw(stored: $stored) -> Option<Self> {
                Some(match stored { $($stored::$name => Self::$name),+ })
            }
        }
    )+};
}

/// Enums whose variants carry values.
macro_rules! variants {
    ($($stored:ident = $kind:ident { $($name:ident $(($($value:ident: $held:ty),+))?),+ $(,)? })+) => {$(
        #[derive(Clone, Serialize, Deserialize)]
        pub(super) enum $stored { $($name $(($(<$held as Frozen>::Stored),+))?),+ }

        impl Frozen for $kind {
            type Stored = $stored;
            fn freeze(&self) -> $stored {
                match self { $(Self::$name $(($($value),+))? => $stored::$name $(($($value.freeze()),+))?),+ }
            }
            fn thaw(stored: $stored) -> Option<Self> {
                Some(match stored {
                    $($stored::$name $(($($value),+))? => {
                        Self::$name $(($(<$held as Frozen>::thaw($value)?),+))?
                    })+
                })
            }
        }
    )+};
}

/// Structures, field by field.
macro_rules! structures {
    ($($stored:ident = $kind:ident { $($field:ident: $held:ty),+ $(,)? })+) => {$(
        #[derive(Clone, Serialize, Deserialize)]
        pub(super) struct $stored { $($field: <$held as Frozen>::Stored),+ }

        impl Frozen for $kind {
            type Stored = $stored;
            fn freeze(&self) -> $stored {
                $stored { $($field: self.$field.freeze()),+ }
            }
            fn thaw(stored: $stored) -> Option<Self> {
                Some(Self { $($field: <$held as Frozen>::thaw(stored.$field)?),+ })
            }
        }
    )+};
}

names! {
    StoredRoleKind = RoleKind { Employment, Ownership, Elected, Board, Member, Volunteer }
    StoredMetHow = MetHow { Card, InPerson, LinkedIn, Inbound, Introduced }
    StoredAddressForm = AddressForm { Tu, Vous }
    StoredStage = Stage { Pocket, Active, Archived }
    StoredDoor = Door { Seen, Invited, Accepted, Declined }
    StoredMarketHow = MarketHow { Decides, Works, Member, Supplies, Buys, Influences }
    StoredTieKind = TieKind { Knows, WorksWith, Family, ReportsTo, Influences, Recommended, Introduced }
    StoredInteractionKind = InteractionKind {
        Note, Met, Call, Message, Coffee, FavourGiven, FavourReceived, IntroductionAsked, IntroductionMade, Setback,
    }
    StoredNeedStatus = NeedStatus { Open, Answered, Dropped }
    StoredCandidateState = CandidateState { Suggested, Asked, Helped, Dismissed }
    StoredMandateStage = MandateStage { Lead, Offered, Won, Lost }
    StoredChannel = Channel { InboundContent, Referral, Chamber, LinkedIn, ExistingClient, Cold }
    StoredDecisionPart = DecisionPart { Decides, Recommends, Influences, Uses, Blocks }
    StoredDeed = Deed { Capture, Edit, Batch, Archive, File, Tie, Log, Me, Import, Merge, Refuse }
}

variants! {
    StoredLanguage = Language { French, English, Other(code: [u8; 2]) }
    StoredPartialDate = PartialDate {
        Year(year: i16), Month(year: i16, month: i8), Day(date: Date), Yearly(month: i8, day: i8), Text(text: String),
    }
    StoredTouchPerson = TouchPerson { Known(id: ContactId), Unknown(words: String) }
    StoredCourse = Course { Do, Undo(step: StepId), Redo(step: StepId) }
}
as_it_is!([u8; 2]);

structures! {
    StoredName = Name {
        full: Text, given: Text, family: Text, prefix: Text, suffix: Text, credentials: Vec<String>,
        nickname: Text,
    }
    StoredRole = Role {
        org: Text, title: Text, title_alt: Vec<Text>, org_alt: Vec<Text>, kind: RoleKind, former: bool,
        since: Option<PartialDate>, until: Option<PartialDate>, source: Text,
    }
    StoredLabelled = Labelled { value: String, label: Text }
    StoredPhone = Phone { value: Text, label: Text, ext: Text }
    StoredAddress = Address {
        street: String, unit: String, city: String, region: String, postal: String, country: String, label: String,
    }
    StoredMet = Met { on: Option<PartialDate>, at: String, how: Option<MetHow>, via: String }
    StoredMarketTie = MarketTie { market: String, how: Option<MarketHow>, evidence: String, refused: bool }
    StoredContact = Contact {
        id: ContactId, foreign_uid: Option<String>, name: Name, roles: Vec<Role>, stage: Stage, unread: bool,
        closeness: Option<Closeness>, region: Option<String>, tags: Vec<String>, values: Vec<String>,
        met: Option<Met>, emails: Vec<Labelled>, phones: Vec<Phone>, urls: Vec<Labelled>, markets: Vec<MarketTie>,
        note: String, next: Option<Date>, birthday: Option<PartialDate>, updated: Timestamp,
        addresses: Vec<Address>, language: Option<Language>, address_form: Option<AddressForm>, door: Option<Door>,
        nature: Option<String>, cadence_days: Option<u16>, sources: Vec<String>, cards: Vec<String>,
        extra: Vec<String>, created: Timestamp,
    }
    StoredMe = Me {
        name: Name, roles: Vec<Role>, emails: Vec<Labelled>, phones: Vec<Phone>, urls: Vec<Labelled>,
        addresses: Vec<Address>, towns: Vec<String>, regions: Vec<String>, associations: Vec<String>,
        language: Option<Language>, club_rule: String, note: String,
    }
    StoredEvent = Event {
        id: EventId, name: String, on: Option<PartialDate>, town: String, series: String, note: String,
    }
    StoredTie = Tie {
        id: TieId, a: ContactId, b: ContactId, kind: TieKind, closeness: Option<Closeness>, note: String,
        since: Option<PartialDate>,
    }
    StoredInteraction = Interaction {
        id: InteractionId, on: Date, kind: InteractionKind, people: Vec<ContactId>, words: String, created: Timestamp,
    }
    StoredMarket = Market {
        id: MarketId, slug: String, name_en: String, name_fr: String, parent: String, keywords: Vec<String>,
        naics: String, hidden: bool,
    }
    StoredCandidate = Candidate { contact: ContactId, state: CandidateState, on: Date, note: String }
    StoredNeed = Need {
        id: NeedId, words: String, opened: Timestamp, status: NeedStatus, market: String, region: String,
        deadline: Option<Date>, candidates: Vec<Candidate>,
    }
    StoredRefusal = Refusal { id: RefusalId, a: ContactId, b: ContactId, created: Timestamp }
    StoredMoney = Money { cents: i64, currency: String }
    StoredTouch = Touch {
        person: TouchPerson, event: Option<EventId>, channel: Option<Channel>, pull: Option<bool>,
        on: Option<PartialDate>, note: String,
    }
    StoredDecider = Decider { contact: ContactId, part: DecisionPart }
    StoredMandate = Mandate {
        id: MandateId, title: String, client: String, market: String, region: String, amount: Option<Money>,
        stage: MandateStage, opened: Option<Date>, closed: Option<Date>, origin: Vec<Touch>, circle: Vec<Decider>,
        note: String,
    }
}
