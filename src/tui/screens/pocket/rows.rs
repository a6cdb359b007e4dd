//! The rows of the large card: the fields that matter at a glance, empty ones where something usually stands, then
//! what is proposed.

use crate::tui::fields::draft::Draft;
use crate::tui::fields::field::{AddressPart, Field, HatPart, ListOf};
use crate::tui::fields::rows::{Row, len};

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A field or the place of one.
    Row(Row),
    /// An empty row before a heading; the cursor never rests on it, nor on the heading.
    Gap,
    /// The heading of the proposals.
    Heading,
    /// A proposal, by its number.
    Proposal(usize),
}

/// The rows of a card.
pub(super) fn rows(draft: &Draft, proposals: usize, discreet: bool) -> Vec<Item> {
    let mut rows = Vec::new();
    let mut field = |field: Field| rows.push(Item::Row(Row::Field(field)));
    field(Field::Full);
    if !draft.name().credentials.is_empty() {
        field(Field::Credentials);
    }
    for (at, role) in draft.roles().iter().enumerate() {
        field(Field::Hat(at, HatPart::Title));
        if !role.title_alt.is_empty() {
            field(Field::Hat(at, HatPart::TitleAlt));
        }
        field(Field::Hat(at, HatPart::Org));
        if !role.org_alt.is_empty() {
            field(Field::Hat(at, HatPart::OrgAlt));
        }
    }
    let mut rows_of = |list: ListOf, of: fn(usize) -> Field| {
        let count = len(draft, list);
        if count == 0 && list != ListOf::Urls {
            rows.push(Item::Row(Row::Add(list)));
        }
        rows.extend((0..count).map(|at| Item::Row(Row::Field(of(at)))));
    };
    if draft.roles().is_empty() {
        rows_of(ListOf::Hats, |at| Field::Hat(at, HatPart::Title));
    }
    rows_of(ListOf::Emails, Field::Email);
    rows_of(ListOf::Phones, Field::Phone);
    rows_of(ListOf::Urls, Field::Url);
    for (at, address) in draft.addresses().iter().enumerate() {
        let parts = [
            (AddressPart::Street, address.street.is_empty()),
            (AddressPart::Unit, address.unit.is_empty()),
            (AddressPart::City, false),
            (AddressPart::Province, address.region.is_empty()),
            (AddressPart::Postal, address.postal.is_empty()),
        ];
        let stated = parts.into_iter().filter(|(_, empty)| !empty);
        rows.extend(stated.map(|(part, _)| Item::Row(Row::Field(Field::Address(at, part)))));
    }
    let mut fields = vec![Field::Values, Field::Tags, Field::MetAt, Field::MetOn];
    if draft.language().is_some() {
        fields.push(Field::Language);
    }
    if !discreet {
        fields.extend([Field::Closeness, Field::Note]);
    }
    rows.extend(fields.into_iter().map(|field| Item::Row(Row::Field(field))));
    rows.extend((0..len(draft, ListOf::Markets)).map(|at| Item::Row(Row::Item(ListOf::Markets, at))));
    if proposals > 0 {
        rows.extend([Item::Gap, Item::Heading]);
        rows.extend((0..proposals).map(Item::Proposal));
    }
    rows
}
