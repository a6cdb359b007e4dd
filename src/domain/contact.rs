//! A person, in the terms of vCard 4.0 (RFC 6350), with what an open bar adds: how the person was met,
//! the value that is not needed yet, and how near he or she is.
//!
//! Invariants: a contact always has something to show ([`Contact::display_name`] is never empty once a
//! contact holds any value); texts are free of control characters, which every reader of outside data removes.

use serde::{Deserialize, Serialize};

use super::Text;
use super::id::ContactId;
use super::time::{Date, PartialDate, Timestamp};

/// One person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Internal identifier; never changes.
    pub id: ContactId,
    /// The identifier that the contact was imported with; `None` means that `id` serves.
    pub foreign_uid: Option<String>,
    /// Name parts.
    pub name: Name,
    /// Hats, present and past, most important first.
    pub roles: Vec<Role>,
    /// Email addresses, preferred first.
    pub emails: Vec<Labelled>,
    /// Telephone numbers, preferred first.
    pub phones: Vec<Phone>,
    /// Web addresses, LinkedIn profiles among them.
    pub urls: Vec<Labelled>,
    /// Postal addresses.
    pub addresses: Vec<Address>,
    /// Region as stated by the user; a region that follows from a town is derived, never kept here.
    pub region: Option<String>,
    /// How and where the person was first met.
    pub met: Option<Met>,
    /// The language to write in.
    pub language: Option<Language>,
    /// *Tu* or *vous*.
    pub address_form: Option<AddressForm>,
    /// Where the card stands: pocket, active or archived.
    pub stage: Stage,
    /// Came in bulk and nobody has looked at it yet.
    pub unread: bool,
    /// Where an invitation on a network stands.
    pub door: Option<Door>,
    /// Declared closeness.
    pub closeness: Option<Closeness>,
    /// Private nature of the relation, in the user's words. Never leaves in a public export.
    pub nature: Option<String>,
    /// Tags, one word each.
    pub tags: Vec<String>,
    /// Latent values: what this person could bring one day, in free words.
    pub values: Vec<String>,
    /// Stated and refused market ties. Inferred ones are never stored.
    pub markets: Vec<MarketTie>,
    /// Notes, with line breaks.
    pub note: String,
    /// Birthday, often without its year.
    pub birthday: Option<PartialDate>,
    /// How often to stay in touch, in days.
    pub cadence_days: Option<u16>,
    /// Date of the next follow-up.
    pub next: Option<Date>,
    /// Keys under which importers know this contact again, such as `linkedin:in/jane-doe`, and the uids of cards that were
    /// merged into it, such as `uid:019e2917-…`.
    pub sources: Vec<String>,
    /// Card images, by content hash.
    pub cards: Vec<String>,
    /// Unknown vCard properties, whole lines, kept for export.
    pub extra: Vec<String>,
    /// When the contact came in.
    pub created: Timestamp,
    /// When the contact last changed.
    pub updated: Timestamp,
}

/// Names as in vCard `N`, `FN` and `NICKNAME`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The whole name as the person writes it (`FN`).
    pub full: Text,
    /// Given names.
    pub given: Text,
    /// Family names.
    pub family: Text,
    /// Civility or title before the name: *Dre*, *Me*, *Mr.*
    pub prefix: Text,
    /// What follows the name: *Jr.*, *III*.
    pub suffix: Text,
    /// Professional credentials: *CPA*, *ing.*, *CRHA*.
    pub credentials: Vec<String>,
    /// What friends say.
    pub nickname: Text,
}

/// A hat: a part played in an organisation, or on one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Organisation; empty for a trade without one.
    pub org: Text,
    /// Title or trade; empty where only the organisation is known.
    pub title: Text,
    /// The same title in other languages, from bilingual cards.
    pub title_alt: Vec<Text>,
    /// The same organisation's name in other languages.
    pub org_alt: Vec<Text>,
    /// What binds the person to the organisation.
    pub kind: RoleKind,
    /// The hat is no longer worn.
    pub former: bool,
    /// Since when.
    pub since: Option<PartialDate>,
    /// Until when.
    pub until: Option<PartialDate>,
    /// The importer that brought this hat and may end it; empty once the user edits it.
    pub source: Text,
}

/// What binds a person to the organisation of a role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RoleKind {
    /// Works there, or practises the trade.
    #[default]
    Employment,
    /// Owns it.
    Ownership,
    /// Was elected to it.
    Elected,
    /// Sits on its board.
    Board,
    /// Is a member.
    Member,
    /// Gives time to it.
    Volunteer,
}

/// A value with an optional label, as emails and urls are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labelled {
    /// The address itself.
    pub value: String,
    /// `work`, `home` or the user's own word; empty when unknown.
    pub label: Text,
}

/// A telephone number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// E.164 (`+18195550123`) when the number could be understood, else as it was written.
    pub value: Text,
    /// `work`, `mobile`, `home`, `fax`, `tollfree` or the user's own word; empty when unknown.
    pub label: Text,
    /// Extension digits; empty without one.
    pub ext: Text,
}

/// A postal address, in the parts of vCard `ADR`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Number and street.
    pub street: String,
    /// Apartment, office or floor.
    pub unit: String,
    /// Town.
    pub city: String,
    /// Province or state.
    pub region: String,
    /// Postal code.
    pub postal: String,
    /// Country.
    pub country: String,
    /// `work`, `home` or the user's own word.
    pub label: String,
}

/// How a contact was first met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// When.
    pub on: Option<PartialDate>,
    /// Event or place, by name.
    pub at: String,
    /// By which way.
    pub how: Option<MetHow>,
    /// Who introduced: the uid of a contact when known, else a name.
    pub via: String,
}

/// By which way a contact came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MetHow {
    /// A card changed hands.
    Card,
    /// Met in person.
    InPerson,
    /// Connected on LinkedIn.
    LinkedIn,
    /// The person wrote first.
    Inbound,
    /// Somebody introduced them.
    Introduced,
}

/// The language to write in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
    /// Another language, by its two-letter ISO 639-1 code.
    Other([u8; 2]),
}

/// How to address a person in French.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AddressForm {
    /// *tu*
    Tu,
    /// *vous*
    Vous,
}

/// Where a card stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// Captured, not filed yet.
    Pocket,
    /// Filed.
    #[default]
    Active,
    /// Put away; hidden unless asked for.
    Archived,
}

/// Where an invitation on a network stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Door {
    /// A profile that was looked at.
    Seen,
    /// Invited.
    Invited,
    /// The invitation was accepted.
    Accepted,
    /// The invitation was declined.
    Declined,
}

/// How near a person is: 0 stranger, 1 seen once, 2 acquaintance, 3 contact or colleague, 4 friend, 5 intimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Closeness(u8);

impl Closeness {
    /// The nearest.
    pub const MAX: u8 = 5;

    /// Accepts 0 to 5.
    pub fn new(level: u8) -> Option<Self> {
        (level <= Self::MAX).then_some(Self(level))
    }

    /// 0 to 5.
    pub fn level(self) -> u8 {
        self.0
    }
}

/// A stated, or refused, link between a person and a market.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketTie {
    /// Slug of the market.
    pub market: String,
    /// By which kind of hat; `None` when the user did not say.
    pub how: Option<MarketHow>,
    /// The words or records that it rests on.
    pub evidence: String,
    /// The user said no: never to be suggested again.
    pub refused: bool,
}

/// How a hat connects to a market.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MarketHow {
    /// Has the say.
    Decides,
    /// Works in it.
    Works,
    /// Belongs to its association or union.
    Member,
    /// Sells to it.
    Supplies,
    /// Buys from it.
    Buys,
    /// Has the ear of those who decide.
    Influences,
}

/// Begins the source entries that are uids.
const ALIAS: &str = "uid:";

impl Contact {
    /// An empty card that came in at `created`.
    pub fn new(id: ContactId, created: Timestamp) -> Self {
        Self {
            id,
            foreign_uid: None,
            name: Name::default(),
            roles: Vec::new(),
            emails: Vec::new(),
            phones: Vec::new(),
            urls: Vec::new(),
            addresses: Vec::new(),
            region: None,
            met: None,
            language: None,
            address_form: None,
            stage: Stage::Active,
            unread: false,
            door: None,
            closeness: None,
            nature: None,
            tags: Vec::new(),
            values: Vec::new(),
            markets: Vec::new(),
            note: String::new(),
            birthday: None,
            cadence_days: None,
            next: None,
            sources: Vec::new(),
            cards: Vec::new(),
            extra: Vec::new(),
            created,
            updated: created,
        }
    }

    /// The identifier that the outside world sees (vCard `UID`).
    pub fn uid(&self) -> String {
        self.foreign_uid.clone().unwrap_or_else(|| self.id.to_string())
    }

    /// The source entry by which a card is found under the uid of one that was merged into it.
    pub fn alias(uid: &str) -> String {
        format!("{ALIAS}{uid}")
    }

    /// Whether a source entry is the uid of a card that was merged.
    pub fn is_alias(source: &str) -> bool {
        source.starts_with(ALIAS)
    }

    /// The uids of cards that were merged into this one.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().filter_map(|source| source.strip_prefix(ALIAS))
    }

    /// What to call this card on a screen: name, else nickname, organisation, email, phone or the first line of the
    /// note, in that order (RFC 6350 §6.2.1 leaves the choice to the reader). Empty only for a card without any.
    pub fn display_name(&self) -> &str {
        [self.name.full.as_str(), self.name.nickname.as_str()]
            .into_iter()
            .chain(self.roles.iter().flat_map(|role| [role.org.as_str(), role.title.as_str()]))
            .chain(self.emails.iter().map(|email| email.value.as_str()))
            .chain(self.phones.iter().map(|phone| phone.value.as_str()))
            .chain(self.urls.iter().map(|url| url.value.as_str()))
            .chain(self.note.lines())
            .find(|text| !text.is_empty())
            .unwrap_or("")
    }

    /// The first hat still worn, else the last one worn.
    pub fn main_role(&self) -> Option<&Role> {
        self.roles.iter().find(|role| !role.former).or_else(|| self.roles.first())
    }

    /// Hats still worn.
    pub fn current_roles(&self) -> impl Iterator<Item = &Role> {
        self.roles.iter().filter(|role| !role.former)
    }

    /// The profile on LinkedIn, if one is known.
    pub fn linkedin(&self) -> Option<&str> {
        self.urls.iter().map(|url| url.value.as_str()).find(|url| url.contains("linkedin.com/"))
    }
}

impl Name {
    /// A name of which only the whole is known.
    pub fn from_full(full: impl Into<Text>) -> Self {
        Self { full: full.into(), ..Self::default() }
    }
}
