//! Codes of a card: people first, then addresses, then what describes nobody. No address is ever opened.

use super::{CardReading, Understood, joining};
use crate::capture::draft::add_note;
use crate::capture::printed::{CardField, CardProblem, Printed};
use crate::capture::vcard::{self, Card};
use crate::capture::{Context, block};
use crate::domain::contact::{Address, Labelled};
use crate::text::fold::same;
use crate::text::{clean, phone, shapes};

/// What a code is, as scripts name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// A vCard.
    Vcard,
    /// A `MECARD:` or `BIZCARD:`.
    Mecard,
    /// A web address.
    Url,
    /// An email address or a message to one.
    Email,
    /// A telephone number.
    Phone,
    /// Anything else.
    Text,
}

impl CodeKind {
    /// Of this payload.
    pub fn of(payload: &str) -> Self {
        if vcard::is_card(payload) {
            let short =
                payload.trim_start().get(..6).is_some_and(|head| !head.eq_ignore_ascii_case("begin:"));
            return if short { Self::Mecard } else { Self::Vcard };
        }
        match address(payload, "CA") {
            Some((CardField::Url, _)) => Self::Url,
            Some((CardField::Email, _)) => Self::Email,
            Some(_) => Self::Phone,
            None => Self::Text,
        }
    }

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Vcard => "vcard",
            Self::Mecard => "mecard",
            Self::Url => "url",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Text => "text",
        }
    }
}

/// What the codes of a card say.
#[derive(Debug, Default)]
pub(super) struct Coded {
    pub people: Vec<Card>,
    /// Means of contact that stand alone.
    pub addresses: Vec<(CardField, String)>,
    /// What describes nobody.
    pub others: Vec<String>,
}

pub(super) fn read(payloads: &[String], context: &Context) -> Coded {
    let mut coded = Coded::default();
    for payload in payloads {
        if vcard::is_card(payload) {
            let people = vcard::read(payload.as_bytes(), context);
            coded.people.extend(people.into_iter().map(|card| with_address(card, context)));
        } else if let Some(address) = address(payload, &context.region) {
            coded.addresses.push(address);
        } else {
            coded.others.push(clean::block(payload));
        }
    }
    coded
}

/// A text's vCards, and what stands around them.
pub(super) fn apart(text: &str) -> (String, String) {
    let (mut cards, mut around, mut depth) = (String::new(), String::new(), 0_usize);
    if vcard::is_short(text) {
        return (text.to_owned(), String::new());
    }
    for line in text.split_inclusive(['\n', '\r']) {
        let frame = line.trim().trim_start_matches('\u{feff}').replace(' ', "").to_ascii_lowercase();
        depth += usize::from(frame == "begin:vcard");
        if depth > 0 { &mut cards } else { &mut around }.push_str(line);
        depth -= usize::from(frame == "end:vcard" && depth > 0);
    }
    (cards, around)
}

/// A means of contact that is all a code says: `https://…`, `mailto:…`, `tel:…`.
fn address(payload: &str, region: &str) -> Option<(CardField, String)> {
    let text = clean::line(payload);
    let after = |scheme: &str| {
        let head = text.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| text[scheme.len()..].trim())
    };
    let email = |text: &str| {
        let end = text.find(['?', ';']).unwrap_or(text.len());
        let address = &text[..end];
        (shapes::email_at(address) == Some(address.len())).then(|| (CardField::Email, address.to_owned()))
    };
    if let Some(rest) = after("mailto:").or_else(|| after("MATMSG:TO:")) {
        return email(rest);
    }
    if let Some(rest) = after("tel:").or_else(|| after("smsto:")).or_else(|| after("sms:")) {
        let number = rest.split([':', '?']).next().unwrap_or(rest);
        return phone::parse(number, region).map(|number| (CardField::Phone, number.e164));
    }
    let url = after("URLTO:").or_else(|| after("URL:")).unwrap_or(&text);
    if shapes::url_at(url) == Some(url.len()) {
        return Some((CardField::Url, url.to_owned()));
    }
    email(&text)
}

/// An address on one line, as short forms have it, in its parts.
fn with_address(mut card: Card, context: &Context) -> Card {
    for address in &mut card.draft.addresses {
        let bare =
            Address { street: address.street.clone(), label: address.label.clone(), ..Address::default() };
        if *address != bare {
            continue;
        }
        let printed = Printed::of_text(&address.street);
        let read = block::read(&printed, context).into_iter().next().unwrap_or_default();
        if let Some(parts) = read.draft.addresses.into_iter().find(|parts| !parts.city.is_empty()) {
            *address = Address { label: std::mem::take(&mut address.label), ..parts };
        }
    }
    card
}

/// Codes and print together. A person in a code wins over the print; one that no print names comes alone.
pub(super) fn join(coded: Coded, printed: Vec<CardReading>, context: &Context) -> Vec<CardReading> {
    let Coded { people, addresses, others } = coded;
    let alone = people.len() == 1 && printed.len() == 1;
    let mut printed: Vec<Option<CardReading>> = printed.into_iter().map(Some).collect();
    let mut readings: Vec<CardReading> = Vec::new();
    for person in people {
        let beside = printed.iter_mut().find(|reading| {
            reading.as_ref().is_some_and(|reading| alone || joining::is_same(&person.draft, &reading.draft))
        });
        let beside = beside.and_then(Option::take).unwrap_or_default();
        let reading = joining::code_over_print(person, beside);
        if !readings.iter().any(|known| joining::is_same(&known.draft, &reading.draft)) {
            readings.push(reading);
        }
    }
    // Print that names nobody else belongs to whom the code describes.
    let rest: Vec<CardReading> = printed.into_iter().flatten().collect();
    for reading in rest {
        match readings.first_mut() {
            Some(first) if reading.draft.name.full.is_empty() => {
                add_note(&mut first.draft.note, &reading.text);
            }
            _ => readings.push(reading),
        }
    }
    if readings.is_empty() && !(addresses.is_empty() && others.is_empty()) {
        readings.push(CardReading::default());
    }
    if let Some(first) = readings.first_mut() {
        for (field, value) in addresses {
            add_address(first, field, value, context);
        }
        for text in others {
            add_note(&mut first.draft.note, &text);
            first.problems.push(CardProblem::OtherCode { text });
        }
    }
    readings
}

fn add_address(reading: &mut CardReading, field: CardField, value: String, context: &Context) {
    let draft = &mut reading.draft;
    let bare = |value: &str| Labelled { value: value.to_owned(), label: "".into() };
    let known = match field {
        CardField::Email => draft.emails.iter().any(|email| same(&email.value, &value)),
        CardField::Phone => draft.phones.iter().any(|phone| phone.value == value),
        _ => draft.urls.iter().any(|url| joining::says_url(&url.value, &value)),
    };
    if known {
        return;
    }
    match field {
        CardField::Email => draft.emails.push(bare(&value)),
        CardField::Phone => {
            let (value, _) = vcard::number(&value, &context.region);
            draft.add_phone(crate::domain::contact::Phone { value: value.into(), ..Default::default() });
        }
        _ => draft.urls.push(bare(&value)),
    }
    reading.fields.push(Understood { field, value, line: None, confidence: 1.0 });
}
