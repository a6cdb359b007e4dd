//! The fields of a card: what they are called, how they are edited, and which choices they have.

use super::draft::Draft;
use crate::domain::contact::{AddressForm, Closeness, Door, MarketHow, MetHow, RoleKind, Stage};
use crate::insight::vocabulary::Kind;
use crate::tui::layer::Cx;
use crate::wording::{Catalogue, records};

/// One field. Numbers count the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Field {
    Full,
    Given,
    Family,
    Prefix,
    Suffix,
    Credentials,
    Nickname,
    Email(usize),
    Phone(usize),
    Url(usize),
    Region,
    MetOn,
    MetAt,
    MetHow,
    MetVia,
    Language,
    AddressForm,
    Stage,
    Door,
    Closeness,
    Nature,
    Tags,
    Values,
    Birthday,
    Cadence,
    Next,
    Note,
    Towns,
    Regions,
    Associations,
    ClubRule,
    Hat(usize, HatPart),
    Address(usize, AddressPart),
    Market(usize, MarketPart),
}

/// A part of a hat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum HatPart {
    Title,
    Org,
    Kind,
    Worn,
    Since,
    Until,
    TitleAlt,
    OrgAlt,
}

/// A part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum AddressPart {
    Street,
    Unit,
    City,
    Province,
    Postal,
    Country,
    Label,
}

/// A part of a market tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum MarketPart {
    Market,
    How,
    Evidence,
    Refused,
}

/// The lists of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum ListOf {
    Hats,
    Emails,
    Phones,
    Urls,
    Addresses,
    Markets,
}

const STAGES: [Stage; 3] = [Stage::Pocket, Stage::Active, Stage::Archived];
const DOORS: [Door; 4] = [Door::Seen, Door::Invited, Door::Accepted, Door::Declined];
const FORMS: [AddressForm; 2] = [AddressForm::Tu, AddressForm::Vous];
const WAYS: [MetHow; 5] =
    [MetHow::Card, MetHow::InPerson, MetHow::LinkedIn, MetHow::Inbound, MetHow::Introduced];
const KINDS: [RoleKind; 6] = [
    RoleKind::Employment,
    RoleKind::Ownership,
    RoleKind::Elected,
    RoleKind::Board,
    RoleKind::Member,
    RoleKind::Volunteer,
];
const HOWS: [MarketHow; 6] = [
    MarketHow::Decides,
    MarketHow::Works,
    MarketHow::Member,
    MarketHow::Supplies,
    MarketHow::Buys,
    MarketHow::Influences,
];

impl Field {
    /// What it is called.
    pub(in super::super) fn label(self, t: &Catalogue) -> String {
        let known = |name| records::field(name, t.lang());
        match self {
            Self::Full => t.form_full(),
            Self::Given => t.form_given(),
            Self::Family => t.form_family(),
            Self::Prefix => t.form_prefix(),
            Self::Suffix => t.form_suffix(),
            Self::Credentials => t.form_credentials(),
            Self::Nickname => t.form_nickname(),
            Self::Email(_) => t.card_email(),
            Self::Phone(_) => t.card_phone(),
            Self::Url(_) => t.card_web(),
            Self::Region => known("region"),
            Self::MetOn => t.form_met_on(),
            Self::MetAt => t.form_met_at(),
            Self::MetHow => t.form_met_how(),
            Self::MetVia => t.card_via(),
            Self::Language => known("language"),
            Self::AddressForm => known("address_form"),
            Self::Stage => known("stage"),
            Self::Door => known("door"),
            Self::Closeness => known("closeness"),
            Self::Nature => t.card_nature(),
            Self::Tags => known("tags"),
            Self::Values => known("values"),
            Self::Birthday => known("birthday"),
            Self::Cadence => t.card_cadence(),
            Self::Next => known("next"),
            Self::Note => known("note"),
            Self::Towns => known("towns"),
            Self::Regions => known("regions"),
            Self::Associations => known("associations"),
            Self::ClubRule => known("club_rule"),
            Self::Hat(_, part) => match part {
                HatPart::Title => t.form_title(),
                HatPart::Org => t.form_org(),
                HatPart::Kind => t.form_kind(),
                HatPart::Worn => t.form_former(),
                HatPart::Since => t.form_since(),
                HatPart::Until => t.form_until(),
                HatPart::TitleAlt => t.form_title_alt(),
                HatPart::OrgAlt => t.form_org_alt(),
            },
            Self::Address(_, part) => match part {
                AddressPart::Street => t.form_street(),
                AddressPart::Unit => t.form_unit(),
                AddressPart::City => t.form_city(),
                AddressPart::Province => t.form_province(),
                AddressPart::Postal => t.form_postal(),
                AddressPart::Country => t.form_country(),
                AddressPart::Label => t.form_label(),
            },
            Self::Market(_, part) => match part {
                MarketPart::Market => t.form_market(),
                MarketPart::How => t.form_how(),
                MarketPart::Evidence => t.form_evidence(),
                MarketPart::Refused => t.form_refused(),
            },
        }
    }

    /// What to know while typing it.
    pub(in super::super) fn hint(self, t: &Catalogue) -> String {
        match self {
            Self::Email(_) => t.form_hint_email(),
            Self::Phone(_) => t.form_hint_phone(),
            Self::Url(_) => t.form_hint_url(),
            Self::Tags => t.form_hint_tags(),
            Self::Credentials
            | Self::Values
            | Self::Towns
            | Self::Regions
            | Self::Associations
            | Self::Hat(_, HatPart::TitleAlt | HatPart::OrgAlt) => t.form_hint_list(),
            Self::MetOn | Self::Hat(_, HatPart::Since | HatPart::Until) => t.form_hint_day(),
            Self::Next => t.form_hint_next(),
            Self::Birthday => t.form_hint_birthday(),
            Self::Cadence => t.form_hint_cadence(),
            Self::Language => t.form_hint_language(),
            Self::MetVia => t.form_hint_via(),
            _ => t.form_hint_text(),
        }
    }

    /// Presentation mode hides it.
    pub(in super::super) fn is_private(self) -> bool {
        matches!(self, Self::Closeness | Self::Nature | Self::Note)
    }

    /// The words that complete it; with the sign that parts the items of a list.
    pub(in super::super) fn completion(self) -> Option<(Kind, Option<char>)> {
        Some(match self {
            Self::MetAt => (Kind::Event, None),
            Self::MetVia => (Kind::Name, None),
            Self::Region | Self::Address(_, AddressPart::City | AddressPart::Province) => (Kind::Place, None),
            Self::Tags => (Kind::Tag, Some(' ')),
            Self::Values => (Kind::Value, Some(',')),
            Self::Towns | Self::Regions => (Kind::Place, Some(',')),
            Self::Associations => (Kind::Org, Some(',')),
            Self::Hat(_, HatPart::Org) => (Kind::Org, None),
            Self::Hat(_, HatPart::Title) => (Kind::Title, None),
            Self::Market(_, MarketPart::Market) => (Kind::Market, None),
            _ => return None,
        })
    }

    /// What can be chosen, where nothing is typed.
    pub(in super::super) fn choices(self, cx: &Cx<'_>) -> Option<Vec<String>> {
        let (t, lang) = (cx.t, cx.t.lang());
        let nothing = || std::iter::once(t.form_nothing());
        Some(match self {
            Self::Stage => STAGES.map(|stage| records::stage(stage, lang)).to_vec(),
            Self::Door => nothing().chain(DOORS.map(|door| records::door(door, lang))).collect(),
            Self::AddressForm => {
                nothing().chain(FORMS.map(|form| records::address_form(form, lang))).collect()
            }
            Self::MetHow => nothing().chain(WAYS.map(|how| records::met_how(how, lang))).collect(),
            Self::Closeness => {
                let levels = (0..=Closeness::MAX).filter_map(Closeness::new);
                let worded = levels.map(|level| {
                    format!("{}  {}", records::closeness_dots(level), records::closeness(level, lang))
                });
                nothing().chain(worded).collect()
            }
            Self::Hat(_, HatPart::Kind) => KINDS.map(|kind| records::role(kind, lang)).to_vec(),
            Self::Hat(_, HatPart::Worn) => vec![t.form_yes(), t.form_no()],
            Self::Market(_, MarketPart::How) => {
                nothing().chain(HOWS.map(|how| records::market_how(how, lang))).collect()
            }
            Self::Market(_, MarketPart::Refused) => vec![t.form_no(), t.form_yes()],
            _ => return None,
        })
    }

    /// Which of the choices holds now.
    pub(in super::super) fn chosen(self, draft: &Draft) -> usize {
        fn place<T: PartialEq>(all: &[T], value: Option<&T>) -> usize {
            value.and_then(|value| all.iter().position(|one| one == value)).map_or(0, |at| at + 1)
        }
        let person = draft.person();
        match self {
            Self::Stage => place(&STAGES, person.map(|one| &one.stage)).saturating_sub(1),
            Self::Door => place(&DOORS, person.and_then(|one| one.door.as_ref())),
            Self::AddressForm => place(&FORMS, person.and_then(|one| one.address_form.as_ref())),
            Self::MetHow => place(&WAYS, person.and_then(|one| one.met.as_ref()?.how.as_ref())),
            Self::Closeness => {
                person.and_then(|one| one.closeness).map_or(0, |level| usize::from(level.level()) + 1)
            }
            Self::Hat(at, HatPart::Kind) => {
                place(&KINDS, draft.roles().get(at).map(|role| &role.kind)).saturating_sub(1)
            }
            Self::Hat(at, HatPart::Worn) => {
                usize::from(draft.roles().get(at).is_some_and(|role| role.former))
            }
            Self::Market(at, MarketPart::How) => {
                place(&HOWS, person.and_then(|one| one.markets.get(at)?.how.as_ref()))
            }
            Self::Market(at, MarketPart::Refused) => {
                usize::from(person.and_then(|one| one.markets.get(at)).is_some_and(|tie| tie.refused))
            }
            _ => 0,
        }
    }

    /// Takes one of the choices.
    pub(in super::super) fn choose(self, draft: &mut Draft, choice: usize) {
        fn pick<T: Copy>(all: &[T], choice: usize) -> Option<T> {
            choice.checked_sub(1).and_then(|at| all.get(at)).copied()
        }
        if let Self::Hat(at, part) = self {
            let Some(role) = draft.roles_mut().get_mut(at) else { return };
            match part {
                HatPart::Kind => role.kind = KINDS.get(choice).copied().unwrap_or_default(),
                HatPart::Worn => role.former = choice == 1,
                _ => return,
            }
            // From now on the user's word counts, not the importer's.
            role.source.clear();
            return;
        }
        let Some(person) = draft.person_mut() else { return };
        match self {
            Self::Stage => person.stage = STAGES.get(choice).copied().unwrap_or_default(),
            Self::Door => person.door = pick(&DOORS, choice),
            Self::AddressForm => person.address_form = pick(&FORMS, choice),
            Self::MetHow => super::read::met(person).how = pick(&WAYS, choice),
            Self::Closeness => {
                let level = choice.checked_sub(1).and_then(|level| u8::try_from(level).ok());
                person.closeness = level.and_then(Closeness::new);
            }
            Self::Market(at, MarketPart::How) => {
                if let Some(tie) = person.markets.get_mut(at) {
                    tie.how = pick(&HOWS, choice);
                }
            }
            Self::Market(at, MarketPart::Refused) => {
                if let Some(tie) = person.markets.get_mut(at) {
                    tie.refused = choice == 1;
                }
            }
            _ => {}
        }
        super::read::tidy(person);
    }
}
