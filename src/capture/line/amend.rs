//! Changes by a line.
//!
//! [`amend`] adds: `edit WHO "#client close:4"`. A leading name does not rename anybody: the contact's own name in front
//! is taken as whom the words are about, another name stays in the note; `name:` / `nom:` renames.
//! [`rewrite`] follows an edited line: what left the line leaves the contact, what came in comes in, and what both
//! lines say alike is not touched, so that fields which a line cannot hold stay as they are.

use super::super::Context;
use super::super::draft::{self, Draft, add_note, add_role};
use super::super::keys::{self, Field};
use super::read::{Mode, Reader, Removal, read};
use super::write::is_bare_town;
use crate::domain::contact::{Address, Contact, Met, Role};
use crate::text::clean;
use crate::text::fold::{fold, same};

/// Adds what a line says to a contact: lists grow, single values are set, remarks are appended to the note; `-#tag`,
/// `-=value`, `-@organisation` take away.
pub fn amend(contact: &Contact, text: &str, ctx: &Context) -> Contact {
    amend_linking(contact, text, ctx, &mut |_| false)
}

/// As [`amend`]. `link` is told each name of somebody whom the person knows; where it takes the name, to make a tie
/// of it, the name does not go to the note.
pub fn amend_linking(
    contact: &Contact,
    text: &str,
    ctx: &Context,
    link: &mut dyn FnMut(&str) -> bool,
) -> Contact {
    let text = strip_name(text, &contact.name.full);
    let mut reader = Reader::new(text, ctx, Mode::Amend);
    reader.run();
    let mut contact = contact.clone();
    for removal in &reader.removals {
        remove(&mut contact, removal);
    }
    let mut draft = reader.draft;
    draft.knows.retain(|name| !link(name));
    // A title alone is the title of the one hat worn.
    let lone = matches!(draft.roles.as_slice(), [role] if role.org.is_empty() && !role.former);
    if lone && contact.current_roles().count() == 1 {
        let title = draft.roles.remove(0);
        if let Some(worn) = contact.roles.iter_mut().find(|role| !role.former) {
            worn.kind = title.kind;
            worn.title = title.title;
            worn.source.clear();
        }
    }
    draft.add_to(&mut contact);
    contact
}

/// The text without the contact's own name in front. A single name that runs on into words (`Rose est partie`) may be
/// one of them, and stays.
pub(in super::super) fn strip_name<'t>(text: &'t str, full: &str) -> &'t str {
    let text = text.trim_start();
    if full.is_empty() {
        return text;
    }
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).find(|end| same(&text[..*end], full));
    let Some(end) = end else { return text };
    let rest = &text[end..];
    let next = rest.trim_start().chars().next();
    let whole = full.contains(' ') || next.is_none_or(|c| keys::of_sign(c).is_some() || c == '-');
    match rest.chars().next() {
        Some(',') => rest[1..].trim_start(),
        None => "",
        Some(c) if c.is_whitespace() && whole => rest.trim_start(),
        Some(_) => text,
    }
}

/// Takes a value away wherever it stands, compared without case and accents.
fn remove(contact: &mut Contact, removal: &Removal) {
    let value = removal.value.as_str();
    match removal.field {
        Field::Tag => contact.tags.retain(|tag| !same(tag, value)),
        Field::Value => contact.values.retain(|known| !same(known, value)),
        Field::Market => contact.markets.retain(|tie| tie.market != value),
        Field::Org => contact.roles.retain(|role| !same(&role.org, value)),
        Field::Title => contact.roles.retain(|role| !same(&role.title, value)),
        Field::Email => contact.emails.retain(|email| !same(&email.value, value)),
        Field::Phone => contact.phones.retain(|phone| phone.value != value),
        Field::Url => contact.urls.retain(|url| !same(&url.value, value)),
        Field::Credential => contact.name.credentials.retain(|known| !same(known, value)),
        Field::In => {
            contact.addresses.retain(|address| !(is_bare_town(address) && same(&address.city, value)));
            if contact.region.as_deref().is_some_and(|region| same(region, value)) {
                contact.region = None;
            }
        }
        Field::Met => {
            if contact.met.as_ref().is_some_and(|met| value.is_empty() || same(&met.at, value)) {
                contact.met = None;
            }
        }
        Field::Next => contact.next = None,
        Field::Close => contact.closeness = None,
        _ => {}
    }
}

/// Follows the edit of a contact's line from `old_line` to `new_line`. Lines that say the same change nothing.
pub fn rewrite(contact: &Contact, old_line: &str, new_line: &str, ctx: &Context) -> Contact {
    let mut contact = contact.clone();
    if clean::line(old_line) == clean::line(new_line) {
        return contact;
    }
    let old = read(old_line, ctx).draft;
    let new = read(new_line, ctx).draft;
    rename(&mut contact, &old, &new);
    merge_list(&mut contact.name.credentials, &old.name.credentials, &new.name.credentials, |a, b| a == b);
    hats(&mut contact.roles, &old.roles, &new.roles);
    merge_list(&mut contact.emails, &old.emails, &new.emails, |a, b| a.value == b.value);
    for phone in &new.phones {
        let before = old.phones.iter().find(|before| before.value == phone.value);
        if let Some(known) = contact.phones.iter_mut().find(|known| known.value == phone.value)
            && before.is_some_and(|before| before != phone)
        {
            known.clone_from(phone);
        }
    }
    merge_list(&mut contact.phones, &old.phones, &new.phones, |a, b| a.value == b.value);
    merge_list(&mut contact.urls, &old.urls, &new.urls, |a, b| a.value == b.value);
    merge_list(&mut contact.tags, &old.tags, &new.tags, |a, b| a == b);
    merge_list(&mut contact.values, &old.values, &new.values, |a, b| a == b);
    markets(&mut contact, &old, &new);
    towns(&mut contact.addresses, &old.towns, &new.towns);
    change(&mut contact.region, old.region, new.region);
    met(&mut contact.met, old.met, new.met);
    change(&mut contact.language, old.language, new.language);
    change(&mut contact.address_form, old.address_form, new.address_form);
    change(&mut contact.closeness, old.closeness, new.closeness);
    change(&mut contact.birthday, old.birthday, new.birthday);
    change(&mut contact.next, old.next, new.next);
    if old.note != new.note {
        change_note(&mut contact.note, &old.note, &new.note);
    }
    for name in new.knows.iter().filter(|name| !old.knows.contains(name)) {
        add_note(&mut contact.note, &format!("knows:{name}"));
    }
    contact
}

fn rename(contact: &mut Contact, old: &Draft, new: &Draft) {
    if old.name.full != new.name.full {
        let name = draft::name(&new.name.full);
        contact.name.full = name.full;
        contact.name.given = name.given;
        contact.name.family = name.family;
        contact.name.prefix = name.prefix;
        contact.name.suffix = name.suffix;
    }
    if old.name.nickname != new.name.nickname {
        contact.name.nickname.clone_from(&new.name.nickname);
    }
}

/// Puts the new remark where the old one stands; what the line did not hold stays.
fn change_note(note: &mut String, old: &str, new: &str) {
    if *note == old || clean::block(note) == old {
        new.clone_into(note);
    } else if !old.is_empty() && note.contains(old) {
        *note = clean::block(&note.replacen(old, new, 1));
    } else {
        add_note(note, new);
    }
}

fn change<T: PartialEq>(field: &mut Option<T>, old: Option<T>, new: Option<T>) {
    if old != new {
        *field = new;
    }
}

/// What left goes, what came is added where it stood, the rest keeps its place and what the line does not show.
fn merge_list<T: Clone>(list: &mut Vec<T>, old: &[T], new: &[T], same: fn(&T, &T) -> bool) {
    list.retain(|known| {
        !old.iter().any(|item| same(item, known)) || new.iter().any(|item| same(item, known))
    });
    let mut last: Option<usize> = None;
    for item in new {
        if let Some(at) = list.iter().position(|known| same(known, item)) {
            last = Some(at);
        } else if !old.iter().any(|before| same(before, item)) {
            let at = last.map_or(if new.len() > 1 { 0 } else { list.len() }, |last| last + 1);
            list.insert(at, item.clone());
            last = Some(at);
        }
    }
}

fn is_hat(a: &Role, b: &Role) -> bool {
    a.title == b.title && a.org == b.org && a.former == b.former
}

/// A hat whose words changed in its place keeps what the line does not show; it is the user's from then on.
fn hats(roles: &mut Vec<Role>, old: &[Role], new: &[Role]) {
    let gone: Vec<&Role> = old.iter().filter(|role| !new.iter().any(|other| is_hat(role, other))).collect();
    let mut came: Vec<&Role> =
        new.iter().filter(|role| !old.iter().any(|other| is_hat(role, other))).collect();
    for role in gone {
        let Some(at) = roles.iter().position(|known| is_hat(known, role)) else { continue };
        let heir = came.iter().position(|new| {
            !new.org.is_empty() && fold(&new.org) == fold(&role.org)
                || !new.title.is_empty() && fold(&new.title) == fold(&role.title)
        });
        match heir {
            Some(heir) => {
                let heir = came.remove(heir);
                let known = &mut roles[at];
                if known.title != heir.title {
                    known.kind = heir.kind;
                }
                known.title.clone_from(&heir.title);
                known.org.clone_from(&heir.org);
                known.former = heir.former;
                known.source.clear();
            }
            None => {
                roles.remove(at);
            }
        }
    }
    for role in came {
        let first = new.first().is_some_and(|first| is_hat(first, role));
        if first && !roles.is_empty() {
            roles.insert(0, role.clone());
        } else {
            add_role(roles, role.clone());
        }
    }
}

fn markets(contact: &mut Contact, old: &Draft, new: &Draft) {
    contact.markets.retain(|known| {
        known.refused
            || !old.markets.iter().any(|tie| tie.market == known.market && tie.how == known.how)
            || new.markets.iter().any(|tie| tie.market == known.market && tie.how == known.how)
    });
    for tie in &new.markets {
        if old.markets.iter().any(|before| before.market == tie.market && before.how == tie.how) {
            continue;
        }
        match contact
            .markets
            .iter_mut()
            .find(|known| known.market == tie.market && (known.refused || known.how == tie.how))
        {
            Some(known) => known.clone_from(tie),
            None => contact.markets.push(tie.clone()),
        }
    }
}

fn towns(addresses: &mut Vec<Address>, old: &[String], new: &[String]) {
    addresses.retain(|address| {
        !(is_bare_town(address) && old.contains(&address.city) && !new.contains(&address.city))
    });
    for town in new.iter().filter(|town| !old.contains(town)) {
        if !addresses.iter().any(|address| address.city == *town) {
            addresses.push(Address { city: town.clone(), ..Address::default() });
        }
    }
}

fn met(known: &mut Option<Met>, old: Option<Met>, new: Option<Met>) {
    if old == new {
        return;
    }
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let met = known.get_or_insert_default();
    change(&mut met.on, old.on, new.on);
    change(&mut met.how, old.how, new.how);
    if old.at != new.at {
        met.at = new.at;
    }
    if old.via != new.via {
        met.via = new.via;
    }
    if *met == Met::default() {
        *known = None;
    }
}
