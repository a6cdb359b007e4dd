//! Who of the book is meant by a row: by the profile's address, else by the email address, else by name and day of
//! connection. A name alone never says who somebody is.
//!
//! Each way is tried on all rows before the next, so that a sure match is never taken by a weaker one; nobody is matched
//! twice. Time is linear in contacts and rows: each way builds one table of the book, and only if a row needs it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::contact::{Contact, MetHow};
use crate::domain::id::ContactId;
use crate::domain::time::Date;
use crate::exchange::Incoming;
use crate::exchange::linkedin::profile_key;
use crate::text::fold::fold;

/// Whom a row means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Somebody of the book.
    Known(ContactId),
    /// Nobody of the book.
    New,
    /// Several, and nothing tells which: left as new.
    Namesakes,
    /// The person of an earlier row, by this key.
    Repeated(String),
    /// A further profile of somebody whom another row of this file means too: two cards of one person were merged.
    Also,
}

/// Whom each row means.
pub(super) fn find(book: &Book, people: &[Incoming]) -> Vec<Found> {
    let mut search = Search {
        book,
        people,
        found: vec![None; people.len()],
        claimed: HashSet::new(),
        keys: HashSet::new(),
    };
    search.by_key();
    search.by_email();
    search.by_name_and_day();
    search.found.into_iter().map(|found| found.unwrap_or(Found::New)).collect()
}

struct Search<'a> {
    book: &'a Book,
    people: &'a [Incoming],
    found: Vec<Option<Found>>,
    claimed: HashSet<ContactId>,
    /// The keys that this file holds.
    keys: HashSet<&'a str>,
}

impl<'a> Search<'a> {
    fn claim(&mut self, row: usize, id: ContactId) {
        self.found[row] = Some(Found::Known(id));
        self.claimed.insert(id);
    }

    fn open_rows(&self) -> Vec<(usize, &'a Contact)> {
        let rows = self.people.iter().enumerate().filter(|(row, _)| self.found[*row].is_none());
        rows.map(|(row, incoming)| (row, &*incoming.contact)).collect()
    }

    fn by_key(&mut self) {
        for (row, incoming) in self.people.iter().enumerate() {
            for key in &incoming.contact.sources {
                if !self.keys.insert(key) {
                    self.found[row] = Some(Found::Repeated(key.clone()));
                }
            }
        }
        if self.keys.is_empty() {
            return;
        }
        let mut known: HashMap<&str, ContactId> = HashMap::new();
        for contact in self.book.contacts() {
            for key in imported_keys(contact) {
                if let Some(key) = self.keys.get(key) {
                    known.entry(key).or_insert(contact.id);
                }
            }
            for key in noted_keys(contact) {
                if let Some(key) = self.keys.get(key.as_str()) {
                    known.entry(key).or_insert(contact.id);
                }
            }
        }
        let mut rows: Vec<(usize, usize, ContactId)> = Vec::new();
        for (row, contact) in self.open_rows() {
            let found = contact.sources.iter().find_map(|key| Some((key, *known.get(key.as_str())?)));
            if let Some((key, id)) = found {
                let own = self.book.contact(id).map(|contact| &contact.sources);
                let place = own.and_then(|own| own.iter().position(|own| own == key));
                rows.push((place.unwrap_or(usize::MAX), row, id));
            }
        }
        // Of several profiles of one person the one that stands first tells of changes.
        rows.sort_unstable();
        for (_, row, id) in rows {
            if self.claimed.contains(&id) {
                self.found[row] = Some(Found::Also);
            } else {
                self.claim(row, id);
            }
        }
    }

    /// The same address is the same person only if no other shares it and the names have a word in common: `info@` is
    /// nobody.
    fn by_email(&mut self) {
        let rows: Vec<_> =
            self.open_rows().into_iter().filter(|(_, contact)| !contact.emails.is_empty()).collect();
        if rows.is_empty() {
            return;
        }
        let mut wanted: HashMap<String, usize> = HashMap::new();
        for (_, contact) in &rows {
            *wanted.entry(address(contact)).or_default() += 1;
        }
        let mut known: HashMap<String, Vec<ContactId>> = HashMap::new();
        for contact in self.book.contacts() {
            for email in &contact.emails {
                let email = email.value.to_lowercase();
                if wanted.contains_key(&email) {
                    known.entry(email).or_default().push(contact.id);
                }
            }
        }
        for (row, contact) in rows {
            let email = address(contact);
            if wanted.get(&email) != Some(&1) {
                continue;
            }
            if let Some([id]) = known.get(&email).map(Vec::as_slice)
                && let Some(candidate) = self.book.contact(*id)
                && !self.claimed.contains(id)
                && self.may_be(candidate, contact)
                && share_a_word(&candidate.name.full, &contact.name.full)
            {
                self.claim(row, *id);
            }
        }
    }

    /// Lists without profile addresses, and people who changed theirs. First those whose job is the same too, then those
    /// whom name and day leave no doubt about.
    fn by_name_and_day(&mut self) {
        let rows: Vec<_> = self
            .open_rows()
            .into_iter()
            .filter_map(|(row, contact)| Some((row, contact, person(contact)?)))
            .collect();
        if rows.is_empty() {
            return;
        }
        let wanted: HashSet<&(String, Date)> = rows.iter().map(|(.., person)| person).collect();
        let days: HashSet<Date> = wanted.iter().map(|(_, day)| *day).collect();
        let mut known: HashMap<(String, Date), Vec<&Arc<Contact>>> = HashMap::new();
        for contact in self.book.contacts() {
            // The day is cheap to compare, the name is not.
            if !connected_on(contact).is_some_and(|day| days.contains(&day))
                || self.claimed.contains(&contact.id)
            {
                continue;
            }
            if let Some(person) = person(contact).filter(|person| wanted.contains(person)) {
                known.entry(person).or_default().push(contact);
            }
        }
        let mut left: HashMap<&(String, Date), Vec<usize>> = HashMap::new();
        for (row, contact, person) in &rows {
            let same_job = known.get(person).into_iter().flatten().find(|candidate| {
                !self.claimed.contains(&candidate.id)
                    && self.may_be(candidate, contact)
                    && has_job(candidate, contact)
            });
            match same_job.map(|candidate| candidate.id) {
                Some(id) => self.claim(*row, id),
                None => left.entry(person).or_default().push(*row),
            }
        }
        for (person, rows) in left {
            let candidates: Vec<ContactId> = known
                .get(person)
                .into_iter()
                .flatten()
                .filter(|candidate| !self.claimed.contains(&candidate.id))
                // Another profile address in the same job is one that was renamed; in another job it is a namesake.
                .filter(|candidate| {
                    rows.iter().any(|row| {
                        let contact = &self.people[*row].contact;
                        contact.sources.is_empty() || profile_keys(candidate).next().is_none()
                    })
                })
                .map(|candidate| candidate.id)
                .collect();
            match (&candidates[..], &rows[..]) {
                ([], _) => {}
                ([id], [row]) => self.claim(*row, *id),
                _ => {
                    for row in rows {
                        self.found[row] = Some(Found::Namesakes);
                    }
                }
            }
        }
    }

    /// Two profiles are two people, unless the known one is gone from the file: then its address was renamed.
    fn may_be(&self, candidate: &Contact, row: &Contact) -> bool {
        row.sources.is_empty() || profile_keys(candidate).all(|key| !self.keys.contains(&*key))
    }
}

/// Keys of a contact's profiles, from imports and from addresses that the user noted.
pub(super) fn profile_keys(contact: &Contact) -> impl Iterator<Item = Cow<'_, str>> {
    imported_keys(contact).map(Cow::Borrowed).chain(noted_keys(contact).map(Cow::Owned))
}

fn imported_keys(contact: &Contact) -> impl Iterator<Item = &str> {
    contact
        .sources
        .iter()
        .map(String::as_str)
        .filter(|key| !super::merge::is_said(key) && !Contact::is_alias(key))
}

/// An address that plainly ends in a key that is there already is not taken apart: most do.
fn noted_keys(contact: &Contact) -> impl Iterator<Item = String> {
    let known = |url: &str| {
        imported_keys(contact)
            .any(|key| key.split_once(':').is_some_and(|(_, path)| !path.is_empty() && url.ends_with(path)))
    };
    contact.urls.iter().filter(move |url| !known(&url.value)).filter_map(|url| profile_key(&url.value))
}

fn address(contact: &Contact) -> String {
    contact.emails.first().map(|email| email.value.to_lowercase()).unwrap_or_default()
}

fn connected_on(contact: &Contact) -> Option<Date> {
    let met = contact.met.as_ref().filter(|met| met.how == Some(MetHow::LinkedIn))?;
    met.on.as_ref()?.day()
}

fn person(contact: &Contact) -> Option<(String, Date)> {
    let day = connected_on(contact)?;
    let name = fold(&contact.name.full);
    (!name.is_empty()).then_some((name, day))
}

fn has_job(candidate: &Contact, row: &Contact) -> bool {
    row.roles.iter().all(|role| {
        candidate
            .roles
            .iter()
            .any(|own| fold(&own.org) == fold(&role.org) && fold(&own.title) == fold(&role.title))
    }) && row.roles.is_empty() == candidate.roles.is_empty()
}

fn share_a_word(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let words = |text: &'_ str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_owned).collect()
    };
    let known = words(&b);
    a.is_empty() || b.is_empty() || words(&a).iter().any(|word| known.contains(word))
}
