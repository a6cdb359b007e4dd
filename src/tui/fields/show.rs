//! What a field holds: as the form shows it, and as text to edit.

use ratatui::style::Style;
use ratatui::text::Span;

use super::draft::Draft;
use super::field::{AddressPart, Field, HatPart, ListOf, MarketPart};
use crate::domain::contact::{Address, Labelled, Phone, Role};
use crate::domain::time::PartialDate;
use crate::text::phone;
use crate::tui::layer::Cx;
use crate::tui::widgets::card::dialled;
use crate::wording::{dates, records};

/// The text to edit: read again, it means the same.
pub(in super::super) fn typed(draft: &Draft, field: Field, cx: &Cx<'_>) -> String {
    let lang = cx.t.lang();
    let name = draft.name();
    let list = |items: &[String]| items.join(", ");
    let partial = |date: Option<&PartialDate>| date.map(ToString::to_string).unwrap_or_default();
    match field {
        Field::Full => name.full.to_string(),
        Field::Given => name.given.to_string(),
        Field::Family => name.family.to_string(),
        Field::Prefix => name.prefix.to_string(),
        Field::Suffix => name.suffix.to_string(),
        Field::Credentials => list(&name.credentials),
        Field::Nickname => name.nickname.to_string(),
        Field::Email(at) => draft.emails().get(at).map(|one| with_label(one, cx)).unwrap_or_default(),
        Field::Url(at) => draft.urls().get(at).map(|one| with_label(one, cx)).unwrap_or_default(),
        Field::Phone(at) => draft.phones().get(at).map(|one| number(one, cx)).unwrap_or_default(),
        Field::Language => {
            draft.language().map(|language| records::language(language, lang)).unwrap_or_default()
        }
        Field::Note => draft.note().clone(),
        Field::Hat(at, part) => draft.roles().get(at).map_or_else(String::new, |role| match part {
            HatPart::Title => role.title.to_string(),
            HatPart::Org => role.org.to_string(),
            HatPart::Since => partial(role.since.as_ref()),
            HatPart::Until => partial(role.until.as_ref()),
            HatPart::TitleAlt => role.title_alt.join(", "),
            HatPart::OrgAlt => role.org_alt.join(", "),
            HatPart::Kind | HatPart::Worn => String::new(),
        }),
        Field::Address(at, part) => {
            draft.addresses().get(at).map_or_else(String::new, |address| match part {
                AddressPart::Street => address.street.clone(),
                AddressPart::Unit => address.unit.clone(),
                AddressPart::City => address.city.clone(),
                AddressPart::Province => address.region.clone(),
                AddressPart::Postal => address.postal.clone(),
                AddressPart::Country => address.country.clone(),
                AddressPart::Label => records::label(&address.label, lang),
            })
        }
        _ => match (draft.person(), draft.me()) {
            (Some(person), _) => {
                let met = person.met.as_ref();
                match field {
                    Field::Region => person.region.clone().unwrap_or_default(),
                    Field::MetOn => partial(met.and_then(|met| met.on.as_ref())),
                    Field::MetAt => met.map(|met| met.at.clone()).unwrap_or_default(),
                    Field::MetVia => met.map(|met| bearer(&met.via, cx)).unwrap_or_default(),
                    Field::Nature => person.nature.clone().unwrap_or_default(),
                    Field::Tags => person.tags.join(" "),
                    Field::Values => list(&person.values),
                    Field::Birthday => partial(person.birthday.as_ref()),
                    Field::Cadence => person.cadence_days.map(|days| days.to_string()).unwrap_or_default(),
                    Field::Next => person.next.map(|date| date.to_string()).unwrap_or_default(),
                    Field::Market(at, part) => {
                        person.markets.get(at).map_or_else(String::new, |tie| match part {
                            MarketPart::Market => tie.market.clone(),
                            MarketPart::Evidence => tie.evidence.clone(),
                            MarketPart::How | MarketPart::Refused => String::new(),
                        })
                    }
                    _ => String::new(),
                }
            }
            (None, Some(me)) => match field {
                Field::Towns => list(&me.towns),
                Field::Regions => list(&me.regions),
                Field::Associations => list(&me.associations),
                Field::ClubRule => me.club_rule.clone(),
                _ => String::new(),
            },
            (None, None) => String::new(),
        },
    }
}

fn with_label(one: &Labelled, cx: &Cx<'_>) -> String {
    format!("{} {}", one.value, records::label(&one.label, cx.t.lang())).trim_end().to_owned()
}

fn number(one: &Phone, cx: &Cx<'_>) -> String {
    // A number that was never understood has no label that could be told from it again.
    if !one.value.starts_with('+') {
        return one.value.to_string();
    }
    let ext = if one.ext.is_empty() { String::new() } else { format!(" #{}", one.ext) };
    let label = records::label(&one.label, cx.t.lang());
    format!("{}{ext} {label}", phone::display(&one.value)).trim_end().to_owned()
}

/// The name behind a uid; what is no uid is a name already.
fn bearer(via: &str, cx: &Cx<'_>) -> String {
    let known = if via.is_empty() { None } else { cx.snapshot.book.by_uid(via) };
    known.map_or_else(|| via.to_owned(), |one| one.display_name().to_owned())
}

/// The field as the form shows it.
pub(in super::super) fn spans(draft: &Draft, field: Field, cx: &Cx<'_>) -> Vec<Span<'static>> {
    let (theme, lang) = (cx.theme, cx.t.lang());
    let one = |text: String, style: Style| {
        if text.is_empty() { Vec::new() } else { vec![Span::styled(text, style)] }
    };
    if let Some(choices) = field.choices(cx) {
        let chosen = field.chosen(draft);
        let nothing = choices.first().is_some_and(|first| *first == cx.t.form_nothing());
        let text = choices.into_iter().nth(chosen).filter(|_| chosen > 0 || !nothing).unwrap_or_default();
        let style = if field == Field::Closeness { theme.dots } else { theme.text };
        return one(text, style);
    }
    let date = |date: Option<&PartialDate>| {
        one(date.map(|date| dates::partial(date, lang)).unwrap_or_default(), theme.date)
    };
    let person = draft.person();
    match field {
        Field::Full => one(typed(draft, field, cx), theme.strong),
        Field::Email(at) => {
            draft.emails().get(at).map_or_else(Vec::new, |it| labelled(&it.value, &it.label, cx))
        }
        Field::Url(at) => draft.urls().get(at).map_or_else(Vec::new, |it| labelled(&it.value, &it.label, cx)),
        Field::Phone(at) => {
            draft.phones().get(at).map_or_else(Vec::new, |it| labelled(&dialled(it, cx.t), &it.label, cx))
        }
        Field::Note => {
            let mut lines = draft.note().lines();
            let mut spans = one(lines.next().unwrap_or_default().to_owned(), theme.text);
            let more = lines.count();
            if more > 0 {
                spans.push(Span::styled(format!("  {}", cx.t.form_lines(more)), theme.faint));
            }
            spans
        }
        Field::Tags => {
            let tags = person.map(|one| one.tags.as_slice()).unwrap_or_default();
            tags.iter().map(|tag| Span::styled(format!("#{tag} "), theme.tag)).collect()
        }
        Field::MetOn => date(person.and_then(|one| one.met.as_ref()?.on.as_ref())),
        Field::Birthday => date(person.and_then(|one| one.birthday.as_ref())),
        Field::Hat(at, HatPart::Since) => date(draft.roles().get(at).and_then(|role| role.since.as_ref())),
        Field::Hat(at, HatPart::Until) => date(draft.roles().get(at).and_then(|role| role.until.as_ref())),
        Field::Next => {
            let next = person.and_then(|one| one.next);
            next.map_or_else(Vec::new, |next| {
                vec![
                    Span::styled(dates::day(next, lang), theme.date),
                    Span::styled(format!("  {}", dates::ago(next, cx.today, lang)), theme.faint),
                ]
            })
        }
        Field::Cadence => {
            let days = person.and_then(|one| one.cadence_days);
            one(days.map(|days| cx.t.card_every(days)).unwrap_or_default(), theme.date)
        }
        Field::MetAt | Field::Region | Field::Towns | Field::Regions => {
            one(typed(draft, field, cx), theme.event)
        }
        Field::Hat(_, HatPart::Org) | Field::Associations => one(typed(draft, field, cx), theme.org),
        Field::Values => one(typed(draft, field, cx), theme.value),
        Field::Market(_, MarketPart::Market) => one(typed(draft, field, cx), theme.market),
        _ => one(typed(draft, field, cx), theme.text),
    }
}

fn labelled(value: &str, label: &str, cx: &Cx<'_>) -> Vec<Span<'static>> {
    let mut spans = vec![Span::styled(value.to_owned(), cx.theme.reach)];
    if !label.is_empty() {
        let label = records::label(label, cx.t.lang());
        spans.push(Span::styled(format!("  {label}"), cx.theme.faint));
    }
    spans
}

/// An item of a list that has a page of its own, in one line.
pub(in super::super) fn item(draft: &Draft, list: ListOf, at: usize, cx: &Cx<'_>) -> Vec<Span<'static>> {
    match list {
        ListOf::Hats => draft.roles().get(at).map_or_else(Vec::new, |role| hat(role, cx)),
        ListOf::Addresses => draft.addresses().get(at).map_or_else(Vec::new, |address| place(address, cx)),
        ListOf::Markets => draft.person().and_then(|one| one.markets.get(at)).map_or_else(Vec::new, |tie| {
            let mut spans = vec![Span::styled(format!("+{}", tie.market), cx.theme.market)];
            if let Some(how) = tie.how {
                let how = records::market_how(how, cx.t.lang());
                spans.push(Span::styled(format!("  {how}"), cx.theme.muted));
            }
            if tie.refused {
                spans.push(Span::styled(format!("  {}", cx.t.form_refused()), cx.theme.notice));
            }
            spans
        }),
        ListOf::Emails | ListOf::Phones | ListOf::Urls => Vec::new(),
    }
}

fn hat(role: &Role, cx: &Cx<'_>) -> Vec<Span<'static>> {
    let theme = cx.theme;
    let (title, org) = if role.former { (theme.faint, theme.faint) } else { (theme.text, theme.org) };
    let mut spans = Vec::new();
    if !role.title.is_empty() {
        spans.push(Span::styled(format!("{} ", role.title), title));
    }
    if !role.org.is_empty() {
        spans.push(Span::styled(format!("@{} ", role.org), org));
    }
    spans
}

/// What stands at the right of a hat: its kind, and since or until when.
pub(in super::super) fn beside(draft: &Draft, list: ListOf, at: usize, cx: &Cx<'_>) -> Vec<Span<'static>> {
    let Some(role) = draft.roles().get(at).filter(|_| list == ListOf::Hats) else { return Vec::new() };
    let lang = cx.t.lang();
    let when = match (&role.since, &role.until) {
        (_, Some(until)) => cx.t.card_until(dates::partial(until, lang)),
        (_, None) if role.former => cx.t.ask_hat_ended(),
        (Some(since), None) => cx.t.card_since(dates::partial(since, lang)),
        (None, None) => String::new(),
    };
    let dot = if when.is_empty() { "" } else { " · " };
    vec![Span::styled(format!("{}{dot}{when}", records::role(role.kind, lang)), cx.theme.faint)]
}

fn place(address: &Address, cx: &Cx<'_>) -> Vec<Span<'static>> {
    let parts =
        [&address.street, &address.unit, &address.city, &address.region, &address.postal, &address.country];
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let mut spans = vec![Span::styled(parts.join(", "), cx.theme.event)];
    if !address.label.is_empty() {
        let label = records::label(&address.label, cx.t.lang());
        spans.push(Span::styled(format!("  {label}"), cx.theme.faint));
    }
    spans
}
