//! The rows of a form: which fields a page shows, in which order, and what adding, removing and moving do to lists.

use super::draft::Draft;
use super::field::{AddressPart, Field, HatPart, ListOf, MarketPart};
use crate::domain::contact::{Address, Labelled, MarketTie, Phone, Role};
use crate::tui::layer::Cx;
use crate::wording::Catalogue;

/// What the form shows: the whole card, or one item of a list with all its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) enum Page {
    /// The whole card.
    #[default]
    Card,
    /// One hat.
    Hat(usize),
    /// One address.
    Address(usize),
    /// One market tie.
    Market(usize),
}

/// The sections of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Section {
    Name,
    Hats,
    Reach,
    Brings,
    Keep,
    Met,
    Home,
}

impl Section {
    pub(in super::super) fn label(self, t: &Catalogue) -> String {
        match self {
            Self::Name => t.form_section_name(),
            Self::Hats => t.card_hats(),
            Self::Reach => t.card_reach(),
            Self::Brings => t.card_brings(),
            Self::Keep => t.card_keeping(),
            Self::Met => t.card_met(),
            Self::Home => t.form_section_home(),
        }
    }
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Row {
    /// A heading; the cursor never rests on it.
    Heading(Section),
    /// A field.
    Field(Field),
    /// An item that has a page of its own.
    Item(ListOf, usize),
    /// Adds to a list.
    Add(ListOf),
    /// Saves the card.
    Save,
}

impl Row {
    /// The list that the row belongs to.
    pub(in super::super) fn list(self) -> Option<ListOf> {
        match self {
            Self::Item(list, _) | Self::Add(list) => Some(list),
            Self::Field(Field::Email(_)) => Some(ListOf::Emails),
            Self::Field(Field::Phone(_)) => Some(ListOf::Phones),
            Self::Field(Field::Url(_)) => Some(ListOf::Urls),
            _ => None,
        }
    }

    /// Its place in that list.
    pub(in super::super) fn item(self) -> Option<(ListOf, usize)> {
        match self {
            Self::Item(list, at) => Some((list, at)),
            Self::Field(Field::Email(at)) => Some((ListOf::Emails, at)),
            Self::Field(Field::Phone(at)) => Some((ListOf::Phones, at)),
            Self::Field(Field::Url(at)) => Some((ListOf::Urls, at)),
            _ => None,
        }
    }

    /// What the row is called; items of a list are called once, by the first.
    pub(in super::super) fn label(self, t: &Catalogue) -> String {
        match self {
            Self::Heading(section) => section.label(t),
            Self::Field(field) => match self.item() {
                Some((_, at)) if at > 0 => String::new(),
                _ => field.label(t),
            },
            Self::Item(list, 0) => name_of(list, t),
            Self::Item(..) => String::new(),
            Self::Add(list) => name_of(list, t),
            Self::Save => t.form_save(),
        }
    }
}

/// What one item of a list is called.
pub(in super::super) fn name_of(list: ListOf, t: &Catalogue) -> String {
    match list {
        ListOf::Hats => t.form_hat(),
        ListOf::Emails => t.card_email(),
        ListOf::Phones => t.card_phone(),
        ListOf::Urls => t.card_web(),
        ListOf::Addresses => t.card_address(),
        ListOf::Markets => t.form_market(),
    }
}

/// The rows of a page.
pub(in super::super) fn rows(draft: &Draft, page: Page, cx: &Cx<'_>) -> Vec<Row> {
    let mut rows: Vec<Row> = match page {
        Page::Card => card(draft),
        Page::Hat(at) => [
            HatPart::Title,
            HatPart::Org,
            HatPart::Kind,
            HatPart::Worn,
            HatPart::Since,
            HatPart::Until,
            HatPart::TitleAlt,
            HatPart::OrgAlt,
        ]
        .map(|part| Row::Field(Field::Hat(at, part)))
        .to_vec(),
        Page::Address(at) => [
            AddressPart::Street,
            AddressPart::Unit,
            AddressPart::City,
            AddressPart::Province,
            AddressPart::Postal,
            AddressPart::Country,
            AddressPart::Label,
        ]
        .map(|part| Row::Field(Field::Address(at, part)))
        .to_vec(),
        Page::Market(at) => [MarketPart::Market, MarketPart::How, MarketPart::Evidence, MarketPart::Refused]
            .map(|part| Row::Field(Field::Market(at, part)))
            .to_vec(),
    };
    if cx.discreet {
        rows.retain(|row| !matches!(row, Row::Field(field) if field.is_private()));
    }
    rows
}

fn card(draft: &Draft) -> Vec<Row> {
    let mut rows = vec![Row::Heading(Section::Name)];
    let fields = |rows: &mut Vec<Row>, fields: &[Field]| rows.extend(fields.iter().copied().map(Row::Field));
    fields(
        &mut rows,
        &[
            Field::Full,
            Field::Given,
            Field::Family,
            Field::Prefix,
            Field::Suffix,
            Field::Credentials,
            Field::Nickname,
        ],
    );
    rows.push(Row::Heading(Section::Hats));
    list(&mut rows, draft, ListOf::Hats);
    rows.push(Row::Heading(Section::Reach));
    for one in [ListOf::Emails, ListOf::Phones, ListOf::Urls, ListOf::Addresses] {
        list(&mut rows, draft, one);
    }
    if draft.me().is_some() {
        fields(&mut rows, &[Field::Language]);
        rows.push(Row::Heading(Section::Home));
        fields(&mut rows, &[Field::Towns, Field::Regions, Field::Associations, Field::ClubRule, Field::Note]);
    } else {
        fields(&mut rows, &[Field::Region]);
        rows.push(Row::Heading(Section::Brings));
        fields(&mut rows, &[Field::Values, Field::Tags]);
        list(&mut rows, draft, ListOf::Markets);
        rows.push(Row::Heading(Section::Keep));
        fields(
            &mut rows,
            &[
                Field::Next,
                Field::Cadence,
                Field::Closeness,
                Field::Nature,
                Field::Language,
                Field::AddressForm,
                Field::Birthday,
                Field::Stage,
                Field::Door,
                Field::Note,
            ],
        );
        rows.push(Row::Heading(Section::Met));
        fields(&mut rows, &[Field::MetOn, Field::MetAt, Field::MetHow, Field::MetVia]);
    }
    rows.push(Row::Save);
    rows
}

fn list(rows: &mut Vec<Row>, draft: &Draft, of: ListOf) {
    let items = 0..len(draft, of);
    match of {
        ListOf::Emails => rows.extend(items.map(|at| Row::Field(Field::Email(at)))),
        ListOf::Phones => rows.extend(items.map(|at| Row::Field(Field::Phone(at)))),
        ListOf::Urls => rows.extend(items.map(|at| Row::Field(Field::Url(at)))),
        ListOf::Hats | ListOf::Addresses | ListOf::Markets => rows.extend(items.map(|at| Row::Item(of, at))),
    }
    // A list that holds something is added to by its key; only an empty one shows where.
    if len(draft, of) == 0 {
        rows.push(Row::Add(of));
    }
}

/// How many items a list has.
pub(in super::super) fn len(draft: &Draft, list: ListOf) -> usize {
    match list {
        ListOf::Hats => draft.roles().len(),
        ListOf::Emails => draft.emails().len(),
        ListOf::Phones => draft.phones().len(),
        ListOf::Urls => draft.urls().len(),
        ListOf::Addresses => draft.addresses().len(),
        ListOf::Markets => draft.person().map_or(0, |one| one.markets.len()),
    }
}

/// Adds an empty item; gives its page, if it has one, and the field to begin with.
pub(in super::super) fn add(draft: &mut Draft, list: ListOf) -> (Page, Field) {
    let at = len(draft, list);
    match list {
        ListOf::Hats => {
            draft.roles_mut().push(Role::default());
            (Page::Hat(at), Field::Hat(at, HatPart::Title))
        }
        ListOf::Emails => {
            draft.emails_mut().push(Labelled::default());
            (Page::Card, Field::Email(at))
        }
        ListOf::Phones => {
            draft.phones_mut().push(Phone::default());
            (Page::Card, Field::Phone(at))
        }
        ListOf::Urls => {
            draft.urls_mut().push(Labelled::default());
            (Page::Card, Field::Url(at))
        }
        ListOf::Addresses => {
            draft.addresses_mut().push(Address::default());
            (Page::Address(at), Field::Address(at, AddressPart::Street))
        }
        ListOf::Markets => {
            if let Some(person) = draft.person_mut() {
                let tie =
                    MarketTie { market: String::new(), how: None, evidence: String::new(), refused: false };
                person.markets.push(tie);
            }
            (Page::Market(at), Field::Market(at, MarketPart::Market))
        }
    }
}

/// Takes an item out.
pub(in super::super) fn remove(draft: &mut Draft, list: ListOf, at: usize) {
    fn take<T>(items: &mut Vec<T>, at: usize) {
        if at < items.len() {
            items.remove(at);
        }
    }
    match list {
        ListOf::Hats => take(draft.roles_mut(), at),
        ListOf::Emails => take(draft.emails_mut(), at),
        ListOf::Phones => take(draft.phones_mut(), at),
        ListOf::Urls => take(draft.urls_mut(), at),
        ListOf::Addresses => take(draft.addresses_mut(), at),
        ListOf::Markets => {
            if let Some(person) = draft.person_mut() {
                take(&mut person.markets, at);
            }
        }
    }
}

/// Changes places of two items.
pub(in super::super) fn swap(draft: &mut Draft, list: ListOf, one: usize, other: usize) {
    if one.max(other) >= len(draft, list) {
        return;
    }
    match list {
        ListOf::Hats => draft.roles_mut().swap(one, other),
        ListOf::Emails => draft.emails_mut().swap(one, other),
        ListOf::Phones => draft.phones_mut().swap(one, other),
        ListOf::Urls => draft.urls_mut().swap(one, other),
        ListOf::Addresses => draft.addresses_mut().swap(one, other),
        ListOf::Markets => {
            if let Some(person) = draft.person_mut() {
                person.markets.swap(one, other);
            }
        }
    }
}

/// Takes an item out if it holds nothing: it was begun and left.
pub(in super::super) fn drop_empty(draft: &mut Draft, list: ListOf, at: usize) {
    let empty = match list {
        ListOf::Hats => {
            draft.roles().get(at).is_some_and(|role| role.title.is_empty() && role.org.is_empty())
        }
        ListOf::Emails => draft.emails().get(at).is_some_and(|email| email.value.is_empty()),
        ListOf::Phones => draft.phones().get(at).is_some_and(|phone| phone.value.is_empty()),
        ListOf::Urls => draft.urls().get(at).is_some_and(|url| url.value.is_empty()),
        ListOf::Addresses => draft.addresses().get(at).is_some_and(|address| *address == Address::default()),
        ListOf::Markets => {
            draft.person().and_then(|one| one.markets.get(at)).is_some_and(|tie| tie.market.is_empty())
        }
    };
    if empty {
        remove(draft, list, at);
    }
}
