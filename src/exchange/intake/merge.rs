//! How a row of a newer file changes a contact that is already there: a three-way merge between what the source said
//! last, what it says now, and what the contact holds, which is the user's.
//!
//! Beside a contact's keys, `sources` keeps what the source said last as checksums: `linkedin:said/2026-03-02/1f…/0/9c…` (day,
//! name, email, job). So the plan knows what *the source* changed since:
//!
//! - What the source says as before is left alone, whatever the user made of it: a hat that was deleted stays deleted.
//! - A changed name is taken over only if the contact still bears the name that the source gave.
//! - A changed job ends the hat that the source had brought (an edited hat has no source and is the user's), adds the new one
//!   and is a move. A change of case or accents alone only corrects the words.
//! - Empty cells say nothing. A file older than what was said last adds an email address at most.

use super::Move;
use super::matching::profile_keys;
use crate::domain::Text;
use crate::domain::contact::{Contact, Door, Met, MetHow, Name, Role};
use crate::domain::id::ContactId;
use crate::domain::problem::Brief;
use crate::domain::time::{Date, PartialDate, Timestamp};
use crate::exchange::linkedin::profile_key;
use crate::text::fold::same;

/// Where a file comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    /// The importer's word, which the hats it brings bear as their source.
    pub word: &'static str,
    /// A day on which the file was true.
    pub as_of: Option<Date>,
    /// The day that a move is dated to.
    pub day: Date,
    /// The moment of the import.
    pub now: Timestamp,
}

/// What a source said last, as checksums; 0 for nothing yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Said {
    as_of: Option<Date>,
    name: u32,
    email: u32,
    job: u32,
}

/// Makes a new contact of a row.
pub(super) fn begin(contact: &mut Contact, id: ContactId, source: &Source) {
    contact.id = id;
    contact.created = source.now;
    contact.updated = source.now;
    let said = Said { as_of: source.as_of, ..Said::of(contact) };
    contact.sources.push(said.written(source.word));
}

/// The contact as the row changes it, and the move that it tells of. `None` when nothing changes.
pub(super) fn update(before: &Contact, row: &Contact, source: &Source) -> (Option<Contact>, Option<Move>) {
    let at = before.sources.iter().position(|key| is_said_by(key, source.word));
    let last = at.and_then(|at| Said::read(&before.sources[at], source.word));
    let mut said = last.unwrap_or_default();
    let now = Said::of(row);
    // A card that was made of two remembers what the source said of either.
    let mut known = before.sources.iter().filter_map(|key| Said::read(key, source.word));
    if known.any(|said| said.holds(&now)) && row.sources.iter().all(|key| before.sources.contains(key)) {
        // Nothing new: the usual case, worth no copy of the contact.
        return (None, None);
    }
    let stale = matches!((said.as_of, source.as_of), (Some(last), Some(now)) if now < last);
    let mut after = before.clone();
    addresses(&mut after, row);
    if last.is_none() {
        acquainted(&mut after, row);
    }
    if let Some(email) = row.emails.first().filter(|_| now.email != said.email) {
        if !after.emails.iter().any(|own| own.value.eq_ignore_ascii_case(&email.value)) {
            after.emails.push(email.clone());
        }
        if !stale || said.email == 0 {
            said.email = now.email;
        }
    }
    if now.name != said.name && now.name != 0 && (!stale || said.name == 0) {
        if name_sum(&after.name) == said.name || after.name.full.is_empty() {
            let nickname = std::mem::take(&mut after.name.nickname);
            after.name = row.name.clone();
            if after.name.nickname.is_empty() {
                after.name.nickname = nickname;
            }
        }
        said.name = now.name;
    }
    let mut moved = None;
    if let Some(role) = row.roles.first().filter(|_| now.job != said.job && (!stale || said.job == 0)) {
        moved = new_job(&mut after, role, last.is_some_and(|last| last.job != 0), source);
        said.job = now.job;
    }
    // The day is kept only with something new to say, or the same file a month later would change everybody.
    if last.is_none_or(|last| said != last) {
        if !stale {
            said.as_of = source.as_of.or(said.as_of);
        }
        match at {
            Some(at) => after.sources[at] = said.written(source.word),
            None => after.sources.push(said.written(source.word)),
        }
    }
    if after == *before {
        return (None, None);
    }
    after.updated = source.now;
    let moved = moved.map(|(from, to)| Move { contact: after.id, person: Brief::from(&after), from, to });
    (Some(after), moved)
}

/// Keys of the profile, and its address unless an import had brought it before: then the user took it off.
fn addresses(after: &mut Contact, row: &Contact) {
    for url in &row.urls {
        let Some(key) = profile_key(&url.value) else {
            if !after.urls.iter().any(|own| own.value == url.value) {
                after.urls.push(url.clone());
            }
            continue;
        };
        let known = profile_keys(after).any(|own| own == key);
        if !known {
            after.urls.push(url.clone());
        }
        if !after.sources.contains(&key) {
            after.sources.insert(0, key);
        }
    }
}

/// The source knows somebody whom the user had noted before: what is empty is filled.
fn acquainted(after: &mut Contact, row: &Contact) {
    if matches!(after.door, None | Some(Door::Seen | Door::Invited)) {
        after.door = row.door;
    }
    let met = after.met.get_or_insert_with(|| Met { how: Some(MetHow::LinkedIn), ..Met::default() });
    if met.how == Some(MetHow::LinkedIn) && met.on.is_none() {
        met.on = row.met.as_ref().and_then(|met| met.on.clone());
    }
}

type Job = (String, String);

/// Takes over a job that the source tells of for the first time, or has changed. Answers with the move.
fn new_job(after: &mut Contact, role: &Role, changed: bool, source: &Source) -> Option<(Job, Job)> {
    let job = |role: &Role| (role.title.to_string(), role.org.to_string());
    let own = after.roles.iter().position(|own| !own.former && own.source == source.word);
    if let Some(at) = own {
        let old = &mut after.roles[at];
        if same(&old.org, &role.org) && same(&old.title, &role.title) {
            (old.org, old.title) = (role.org.clone(), role.title.clone());
            return None;
        }
        old.former = true;
        old.until = Some(PartialDate::Day(source.day));
        let from = job(old);
        if wears(after, role) {
            return None;
        }
        after.roles.insert(at, Role { since: Some(PartialDate::Day(source.day)), ..role.clone() });
        return Some((from, job(role)));
    }
    // The user's own word about this organisation stands.
    if let Some(hat) = after.roles.iter_mut().find(|hat| !hat.former && same(&hat.org, &role.org)) {
        if hat.title.is_empty() && !changed {
            hat.title.clone_from(&role.title);
        }
        return None;
    }
    let from = after.current_roles().next().map(job);
    let since = changed.then_some(PartialDate::Day(source.day));
    // Beside the user's own hats a hat seen for the first time comes last, a new job first.
    let worn = after.roles.iter().rposition(|hat| !hat.former).map_or(0, |last| last + 1);
    after.roles.insert(if changed { 0 } else { worn }, Role { since, ..role.clone() });
    from.filter(|_| changed).map(|from| (from, job(role)))
}

/// Whether the contact already wears this hat.
fn wears(contact: &Contact, role: &Role) -> bool {
    contact
        .current_roles()
        .any(|hat| same(&hat.org, &role.org) && (same(&hat.title, &role.title) || role.title.is_empty()))
}

/// Whether a source entry is no key but what a source said.
pub(super) fn is_said(entry: &str) -> bool {
    entry.split_once(':').is_some_and(|(_, rest)| rest.starts_with("said/"))
}

fn is_said_by(entry: &str, word: &str) -> bool {
    is_said(entry) && entry.starts_with(word) && entry[word.len()..].starts_with(':')
}

impl Said {
    /// What a row says.
    fn of(row: &Contact) -> Self {
        Self {
            as_of: None,
            name: name_sum(&row.name),
            email: row.emails.first().map_or(0, |email| sum([email.value.as_str()])),
            job: row.roles.first().map_or(0, job_sum),
        }
    }

    /// Whether everything that `now` says has been said.
    fn holds(&self, now: &Self) -> bool {
        [(self.name, now.name), (self.email, now.email), (self.job, now.job)]
            .iter()
            .all(|(said, now)| *now == 0 || said == now)
    }

    fn written(&self, word: &str) -> String {
        let day = self.as_of.map(|day| day.to_string()).unwrap_or_default();
        format!("{word}:said/{day}/{:x}/{:x}/{:x}", self.name, self.email, self.job)
    }

    /// `None` for an entry that is not of this form.
    fn read(entry: &str, word: &str) -> Option<Self> {
        let rest = entry.strip_prefix(word)?.strip_prefix(":said/")?;
        let mut parts = rest.split('/');
        let as_of = parts.next()?.parse().ok();
        let mut sum = || u32::from_str_radix(parts.next()?, 16).ok();
        Some(Self { as_of, name: sum()?, email: sum()?, job: sum()? })
    }
}

/// Checksum of texts; 0 if all are empty.
fn sum<'a>(texts: impl IntoIterator<Item = &'a str>) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    let mut any = false;
    for text in texts {
        any |= !text.is_empty();
        hasher.update(text.as_bytes());
        // No text holds this byte, so that `ab` + `c` is not `a` + `bc`.
        hasher.update(&[0]);
    }
    if any { hasher.finalize().max(1) } else { 0 }
}

fn name_sum(name: &Name) -> u32 {
    let parts = [&name.full, &name.given, &name.family, &name.prefix, &name.suffix];
    sum(parts.map(Text::as_str).into_iter().chain(name.credentials.iter().map(String::as_str)))
}

fn job_sum(role: &Role) -> u32 {
    sum([role.org.as_str(), role.title.as_str()])
}
