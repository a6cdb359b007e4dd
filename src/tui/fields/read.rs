//! Typed text into a field. What cannot be read is refused with words, and nothing changes.

use super::draft::Draft;
use super::field::{AddressPart, Field, HatPart, MarketPart};
use crate::capture::line::{language_code, slug};
use crate::domain::Text;
use crate::domain::contact::{Contact, Labelled, Met, Name, Phone};
use crate::domain::time::PartialDate;
use crate::text::clean;
use crate::text::dates::{self, Lean};
use crate::text::fold::{fold, same};
use crate::text::{names, phone, shapes};
use crate::tui::layer::Cx;
use crate::wording::{Lang, records};

/// Puts what was typed into the field. The words of a refusal, or of a warning that goes with success, are for the
/// user.
pub(in super::super) fn set(
    draft: &mut Draft,
    field: Field,
    typed: &str,
    cx: &Cx<'_>,
) -> Result<Option<String>, String> {
    let text = clean::line(typed);
    match field {
        Field::Full => whole_name(draft.name_mut(), text),
        Field::Given => name_part(draft.name_mut(), |name| name.given = text.into()),
        Field::Family => name_part(draft.name_mut(), |name| name.family = text.into()),
        Field::Prefix => name_part(draft.name_mut(), |name| name.prefix = text.into()),
        Field::Suffix => name_part(draft.name_mut(), |name| name.suffix = text.into()),
        Field::Credentials => draft.name_mut().credentials = items(&text),
        Field::Nickname => draft.name_mut().nickname = text.into(),
        Field::Email(at) => {
            let email = labelled(&text, shapes::email_at).ok_or_else(|| cx.t.form_not_email())?;
            put(draft.emails_mut(), at, email);
        }
        Field::Url(at) => {
            let url = labelled(&text, shapes::url_at).ok_or_else(|| cx.t.form_not_url())?;
            put(draft.urls_mut(), at, url);
        }
        Field::Phone(at) => return Ok(telephone(draft, at, &text, cx)),
        Field::Language => {
            *draft.language_mut() = match text.as_str() {
                "" => None,
                word => Some(language_code(&fold(word)).ok_or_else(|| cx.t.form_not_language())?),
            };
        }
        Field::Note => *draft.note_mut() = clean::block(typed),
        Field::Hat(at, part) => hat(draft, at, part, text, cx)?,
        Field::Address(at, part) => address(draft, at, part, text),
        _ => match draft {
            Draft::Person(person) => {
                personal(person, field, text, cx)?;
                tidy(person);
            }
            Draft::Me(me) => match field {
                Field::Towns => me.towns = items(&text),
                Field::Regions => me.regions = items(&text),
                Field::Associations => me.associations = items(&text),
                Field::ClubRule => me.club_rule = text,
                _ => {}
            },
        },
    }
    Ok(None)
}

fn personal(person: &mut Contact, field: Field, text: String, cx: &Cx<'_>) -> Result<(), String> {
    match field {
        Field::Region => person.region = some(text),
        Field::MetOn => met(person).on = day(&text, cx)?,
        Field::MetAt => met(person).at = text,
        Field::MetVia => met(person).via = via(text, cx),
        Field::Nature => person.nature = some(text),
        Field::Tags => {
            let words = text.split([' ', ',', ';']).map(|word| word.trim_start_matches('#'));
            person.tags = distinct(words);
        }
        Field::Values => person.values = items(&text),
        Field::Birthday => person.birthday = birthday(&text, cx)?,
        Field::Cadence => person.cadence_days = cadence(&text, cx)?,
        Field::Next => {
            person.next = match text.as_str() {
                "" => None,
                words => Some(dates::parse(words, cx.today).ok_or_else(|| cx.t.form_not_day(words))?),
            };
        }
        Field::Market(at, part) => {
            let Some(tie) = person.markets.get_mut(at) else { return Ok(()) };
            match part {
                MarketPart::Market => {
                    tie.market = slug(&text);
                    // The words say more than the short name that they became.
                    if tie.evidence.is_empty() && tie.market != text {
                        tie.evidence = text;
                    }
                }
                MarketPart::Evidence => tie.evidence = text,
                MarketPart::How | MarketPart::Refused => {}
            }
        }
        _ => {}
    }
    Ok(())
}

/// Where the person was met, to be filled.
pub(in super::super) fn met(person: &mut Contact) -> &mut Met {
    person.met.get_or_insert_default()
}

/// A meeting of which nothing is known is none.
pub(in super::super) fn tidy(person: &mut Contact) {
    if person.met.as_ref().is_some_and(|met| *met == Met::default()) {
        person.met = None;
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// Items with commas or semicolons between them.
fn items(text: &str) -> Vec<String> {
    distinct(text.split([',', ';']))
}

fn distinct<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for word in words.map(str::trim).filter(|word| !word.is_empty()) {
        if !kept.iter().any(|known| same(known, word)) {
            kept.push(word.to_owned());
        }
    }
    kept
}

/// Replaces an item of a list; one without a value goes.
fn put(list: &mut Vec<Labelled>, at: usize, item: Labelled) {
    if at < list.len() {
        if item.value.is_empty() {
            list.remove(at);
        } else {
            list[at] = item;
        }
    }
}

/// The whole name was typed: parts that were nothing but its parts follow.
fn whole_name(name: &mut Name, full: String) {
    let before = names::split(&name.full);
    let derived = |part: &str, old: &str| part.is_empty() || part == old;
    let parts = names::split(&full);
    if derived(&name.given, &before.given)
        && derived(&name.family, &before.family)
        && derived(&name.prefix, &before.prefix)
        && derived(&name.suffix, &before.suffix)
    {
        (name.given, name.family) = (parts.given.as_str().into(), parts.family.as_str().into());
        (name.prefix, name.suffix) = (parts.prefix.as_str().into(), parts.suffix.as_str().into());
    }
    if parts.credentials.is_empty() {
        name.full = full.into();
    } else {
        name.full = parts.full().into();
        for credential in parts.credentials {
            if !name.credentials.iter().any(|known| same(known, &credential)) {
                name.credentials.push(credential);
            }
        }
    }
}

/// A part of the name was typed: the whole name follows if it was nothing but its parts.
fn name_part(name: &mut Name, change: impl FnOnce(&mut Name)) {
    let follows = name.full.is_empty() || name.full == composed(name);
    change(name);
    if follows {
        name.full = composed(name).into();
    }
}

fn composed(name: &Name) -> String {
    let parts = [&name.prefix, &name.given, &name.family, &name.suffix];
    parts.map(Text::as_str).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An address as `measure` knows it, anywhere in the text; the words around it are its label.
fn labelled(text: &str, measure: fn(&str) -> Option<usize>) -> Option<Labelled> {
    if text.is_empty() {
        return Some(Labelled::default());
    }
    let mut starts = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1));
    let (start, length) = starts.find_map(|at| Some((at, measure(&text[at..])?)))?;
    let value = text[start..start + length].to_owned();
    Some(Labelled { value, label: label(&text[..start], &text[start + length..]).into() })
}

/// The words before and after an address as its label: a known one in either language, else the user's own.
fn label(before: &str, after: &str) -> String {
    const KNOWN: [&str; 5] = ["work", "home", "mobile", "fax", "tollfree"];
    const ALSO: [(&str, &str); 8] = [
        ("bureau", "work"),
        ("office", "work"),
        ("maison", "home"),
        ("domicile", "home"),
        ("cell", "mobile"),
        ("cel", "mobile"),
        ("cellulaire", "mobile"),
        ("telecopieur", "fax"),
    ];
    let edges = |c: char| c.is_whitespace() || ",;:()".contains(c);
    let words = clean::line(&format!("{before} {after}"));
    let words = words.trim_matches(edges);
    let named =
        |key: &&&str| [Lang::En, Lang::Fr].iter().any(|lang| same(words, &records::label(key, *lang)));
    if let Some(key) = KNOWN.iter().find(|key| same(words, key) || named(key)) {
        return (*key).to_owned();
    }
    let folded = fold(words);
    ALSO.iter()
        .find(|(word, _)| *word == folded)
        .map_or_else(|| words.to_owned(), |(_, key)| (*key).to_owned())
}

/// A telephone number with its label. What is no number is kept as written, with a warning.
fn telephone(draft: &mut Draft, at: usize, text: &str, cx: &Cx<'_>) -> Option<String> {
    let list = draft.phones_mut();
    let entry = list.get_mut(at)?;
    if text.is_empty() {
        list.remove(at);
        return None;
    }
    let found = phone::find(text, cx.region).into_iter().next();
    let Some((range, parsed)) = found else {
        entry.value = text.into();
        return Some(cx.t.form_kept_as_written());
    };
    let label = label(&text[..range.start], &text[range.end..]);
    *entry = Phone { value: parsed.e164.into(), label: label.into(), ext: parsed.ext.into() };
    None
}

fn hat(draft: &mut Draft, at: usize, part: HatPart, text: String, cx: &Cx<'_>) -> Result<(), String> {
    let Some(role) = draft.roles_mut().get_mut(at) else { return Ok(()) };
    match part {
        HatPart::Title => role.title = text.into(),
        HatPart::Org => role.org = text.into(),
        HatPart::Since => role.since = day(&text, cx)?,
        HatPart::Until => {
            role.until = day(&text, cx)?;
            // An end that has come means that the hat is no longer worn.
            if role.until.as_ref().and_then(PartialDate::latest).is_some_and(|end| end <= cx.today) {
                role.former = true;
            }
        }
        HatPart::TitleAlt => role.title_alt = items(&text).into_iter().map(Text::from).collect(),
        HatPart::OrgAlt => role.org_alt = items(&text).into_iter().map(Text::from).collect(),
        HatPart::Kind | HatPart::Worn => {}
    }
    // From now on the user's word counts, not the importer's.
    role.source.clear();
    Ok(())
}

fn address(draft: &mut Draft, at: usize, part: AddressPart, text: String) {
    let Some(address) = draft.addresses_mut().get_mut(at) else { return };
    match part {
        AddressPart::Street => address.street = text,
        AddressPart::Unit => address.unit = text,
        AddressPart::City => address.city = text,
        AddressPart::Province => address.region = text,
        AddressPart::Postal => address.postal = text,
        AddressPart::Country => address.country = text,
        AddressPart::Label => address.label = label(&text, ""),
    }
}

/// A date of which the month or the day may be missing; nothing typed means none.
fn day(text: &str, cx: &Cx<'_>) -> Result<Option<PartialDate>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    match PartialDate::parse(text) {
        PartialDate::Text(_) => {}
        date => return Ok(Some(date)),
    }
    let days = dates::days(text, cx.today, Lean::Back).ok_or_else(|| cx.t.form_not_day(text))?;
    let (from, to) = (days.from, days.to);
    let whole_month = from.day() == 1 && to == from.last_of_month();
    let whole_year = from == from.first_of_year() && to == from.last_of_year();
    Ok(Some(if whole_year {
        PartialDate::Year(from.year())
    } else if whole_month {
        PartialDate::Month(from.year(), from.month())
    } else {
        PartialDate::Day(from)
    }))
}

/// A birthday, without its year unless one was typed.
fn birthday(text: &str, cx: &Cx<'_>) -> Result<Option<PartialDate>, String> {
    let date = day(text, cx)?;
    let digits = text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= 4);
    Ok(date.map(|date| match date {
        PartialDate::Day(day) if !digits => PartialDate::Yearly(day.month(), day.day()),
        other => other,
    }))
}

/// A span of days: `90`, `6w`, `3 mois`, `1 year`.
fn cadence(text: &str, cx: &Cx<'_>) -> Result<Option<u16>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let folded = fold(text);
    let digits = folded.len() - folded.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = folded.split_at(digits);
    let each = match unit.trim() {
        "" | "d" | "j" | "day" | "days" | "jour" | "jours" => Some(1),
        "w" | "s" | "sem" | "week" | "weeks" | "semaine" | "semaines" => Some(7),
        "m" | "mo" | "month" | "months" | "mois" => Some(30),
        "y" | "a" | "an" | "ans" | "year" | "years" | "annee" | "annees" => Some(365),
        _ => None,
    };
    let days = number.parse::<u16>().ok().zip(each).and_then(|(number, each)| number.checked_mul(each));
    days.filter(|days| *days > 0).map(Some).ok_or_else(|| cx.t.form_not_cadence(text))
}

/// Who introduced: the uid where exactly one person bears the name, else the name.
fn via(text: String, cx: &Cx<'_>) -> String {
    // Folding is dear in a large book; most names differ in length already.
    let length = text.chars().count();
    let is = |name: &str| name.chars().count() == length && same(name, &text);
    let mut bearers = cx.snapshot.book.contacts().filter(|one| is(one.display_name()));
    match (bearers.next(), bearers.next()) {
        (Some(one), None) if !text.is_empty() => one.uid(),
        _ => text,
    }
}
