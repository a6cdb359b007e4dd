//! `MECARD:` (of a Japanese telephone company) and `BIZCARD:`, the short forms that codes carry: fields between semicolons, each
//! `NAME:value`, ended by an empty one.

use super::Card;
use super::person::{is_toll_free, languages, number};
use super::property::{split, unescaped};
use crate::capture::Context;
use crate::capture::draft::{self, Draft, add_note};
use crate::domain::Text;
use crate::domain::contact::{Address, Labelled, Name, Phone, Role};
use crate::domain::time::PartialDate;
use crate::text::{clean, names, shapes};

/// More fields than a code can hold.
const MOST_FIELDS: usize = 200;

/// The form of a text.
fn form(text: &str) -> Option<(bool, &str)> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let after = |name: &str| {
        let head = text.get(..name.len())?;
        head.eq_ignore_ascii_case(name).then(|| &text[name.len()..])
    };
    after("MECARD:").map(|rest| (false, rest)).or_else(|| after("BIZCARD:").map(|rest| (true, rest)))
}

pub(in crate::capture) fn is_short(text: &str) -> bool {
    form(text).is_some()
}

pub(super) fn read(text: &str, context: &Context) -> Option<Card> {
    let (business, fields) = form(text)?;
    let mut draft = Draft::default();
    let (mut family, mut title, mut org) = (String::new(), String::new(), String::new());
    for field in split(fields, ';').into_iter().take(MOST_FIELDS) {
        let Some((name, coded)) = field.split_once(':') else {
            add_note(&mut draft.note, &clean::line(&unescaped(field)));
            continue;
        };
        let value = clean::line(&unescaped(coded));
        let name = name.trim().to_ascii_uppercase();
        if value.is_empty() {
            continue;
        }
        match (name.as_str(), business) {
            ("N", false) => draft.name = full_name(coded),
            ("N", true) => draft.name = draft::name(&value),
            ("X", true) => family = value,
            ("T", true) | ("TITLE", false) => title = value,
            ("C", true) | ("ORG", false) => org = value,
            ("A", true) | ("ADR", false) => draft.addresses.push(address(coded)),
            ("B", true) | ("TEL" | "TEL-AV", _) => {
                let (value, ext) = number(&value, &context.region);
                let label = if is_toll_free(&value) { "tollfree" } else { "" }.to_owned();
                draft.add_phone(Phone { value: value.into(), label: label.into(), ext: ext.into() });
            }
            ("FAX", _) => {
                let (value, ext) = number(&value, &context.region);
                draft.add_phone(Phone { value: value.into(), label: "fax".into(), ext: ext.into() });
            }
            ("M", true) | ("CELL" | "MOBILE", _) => {
                let (value, ext) = number(&value, &context.region);
                draft.add_phone(Phone { value: value.into(), label: "mobile".into(), ext: ext.into() });
            }
            ("E", true) | ("EMAIL", _) if shapes::email_at(&value) == Some(value.len()) => {
                draft.emails.push(Labelled { value, label: "".into() });
            }
            ("URL", _) if shapes::url_at(&value) == Some(value.len()) => {
                draft.urls.push(Labelled { value, label: "".into() });
            }
            ("NICKNAME", _) => draft.name.nickname = value.into(),
            ("BDAY", _) => draft.birthday = Some(PartialDate::parse(&value)),
            ("NOTE" | "MEMO", _) => add_note(&mut draft.note, &value),
            // How the name sounds, in kana.
            ("SOUND", _) => {}
            _ => add_note(&mut draft.note, &value),
        }
    }
    if !family.is_empty() {
        draft.name = Name {
            full: format!("{} {family}", draft.name.full).trim().into(),
            given: draft.name.full,
            family: family.into(),
            ..Name::default()
        };
    }
    if !title.is_empty() || !org.is_empty() {
        let mut titles = languages(&title).into_iter().map(Text::from);
        let role = draft::role(&titles.next().unwrap_or_default(), &org, None);
        draft.roles.push(Role { title_alt: titles.collect(), ..role });
    }
    Some(Card { draft, uid: None, problems: Vec::new() })
}

/// `Family,Given`, or a name as it is said.
fn full_name(coded: &str) -> Name {
    let pieces: Vec<String> =
        split(coded, ',').into_iter().map(|piece| clean::line(&unescaped(piece))).collect();
    match pieces.as_slice() {
        [family, given] if !given.is_empty() && !names::is_credential(given) => Name {
            full: format!("{given} {family}").trim().into(),
            given: given.as_str().into(),
            family: family.clone().into(),
            ..Name::default()
        },
        _ => {
            let parts = names::split(&pieces.join(", "));
            Name {
                full: parts.full().into(),
                given: parts.given.into(),
                family: parts.family.into(),
                prefix: parts.prefix.into(),
                suffix: parts.suffix.into(),
                credentials: parts.credentials,
                nickname: "".into(),
            }
        }
    }
}

/// Seven parts with commas, as the form's inventor has them (box, room, house, town, province, code, country), or an
/// address on one line, which whoever knows addresses takes apart later.
fn address(coded: &str) -> Address {
    let parts: Vec<String> =
        split(coded, ',').into_iter().map(|part| clean::line(&unescaped(part))).collect();
    match parts.as_slice() {
        [post_box, unit, street, city, region, postal, country] => Address {
            street: if street.is_empty() { post_box.clone() } else { street.clone() },
            unit: unit.clone(),
            city: city.clone(),
            region: region.clone(),
            postal: postal.clone(),
            country: country.clone(),
            label: String::new(),
        },
        _ => Address { street: clean::line(&unescaped(coded)), ..Address::default() },
    }
}
