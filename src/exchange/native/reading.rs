//! Lines of the native form to records. A value that cannot be read costs itself, not its record; a line that is no record is
//! reported, and reading goes on with the next.

use std::io::{self, BufRead, Read};
use std::sync::Arc;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::json::{Fields, shortened};
use super::words::language_from;
use super::{NAMESPACE, id_of};
use crate::domain::Text;
use crate::domain::change::Record;
use crate::domain::contact::{Address, Closeness, Contact, Labelled, MarketTie, Met, Name, Phone, Role};
use crate::domain::event::Event;
use crate::domain::id::{ContactId, EventId, InteractionId, MandateId, MarketId, NeedId, RefusalId, TieId};
use crate::domain::interaction::Interaction;
use crate::domain::mandate::{Decider, Mandate, Money, Touch, TouchPerson};
use crate::domain::market::Market;
use crate::domain::me::Me;
use crate::domain::need::{Candidate, Need};
use crate::domain::problem::{InputReason, Problem};
use crate::domain::refusal::Refusal;
use crate::domain::tie::Tie;
use crate::domain::time::Timestamp;
use crate::exchange::{Batch, Format, Incoming, Watch, bad_input, source};
use crate::text::clean;

/// The longest line in bytes: far above what a contact with long notes takes.
pub const MAX_LINE: u64 = 16_000_000;

/// Reads a whole stream, line by line; `total` bytes are announced to `watch`.
pub fn read(
    mut reader: impl BufRead,
    name: &str,
    total: u64,
    watch: &mut Watch<'_>,
) -> Result<Batch, Problem> {
    let mut batch = Batch::new(name, Format::Native);
    let mut bytes = Vec::new();
    let mut number = 0;
    let mut done: u64 = 0;
    loop {
        bytes.clear();
        let taken = next_line(&mut reader, &mut bytes).map_err(|error| {
            bad_input(name, number, InputReason::Unreadable { detail: error.to_string() })
        })?;
        if taken == 0 {
            break;
        }
        number += 1;
        done += taken;
        if number % 1024 == 0 && watch(done, total.max(done)).is_break() {
            return Err(Problem::Cancelled);
        }
        if taken > MAX_LINE {
            batch.report(number, 0, InputReason::TooLong { limit: MAX_LINE });
        } else {
            read_line(&bytes, number, &mut batch);
        }
    }
    if batch.people.is_empty() && batch.others.is_empty() {
        // Nothing at all could be read: the first reason says why.
        let first = batch.problems.into_iter().next().map(Problem::BadInput);
        return Err(first.unwrap_or_else(|| bad_input(name, 0, InputReason::Empty)));
    }
    Ok(batch)
}

/// Fills `bytes` with the next line, without its end and no longer than the limit, and answers how many bytes it took.
fn next_line(reader: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<u64> {
    let mut taken = reader.by_ref().take(MAX_LINE + 1).read_until(b'\n', bytes)? as u64;
    if taken > MAX_LINE && bytes.last() != Some(&b'\n') {
        bytes.clear();
        loop {
            let buffer = reader.fill_buf()?;
            let end = memchr::memchr(b'\n', buffer);
            let used = end.map_or(buffer.len(), |at| at + 1);
            reader.consume(used);
            taken += used as u64;
            if end.is_some() || used == 0 {
                break;
            }
        }
    }
    while matches!(bytes.last(), Some(b'\n' | b'\r')) {
        bytes.pop();
    }
    Ok(taken)
}

/// Reads one line into the batch: a contact, another record, or a problem. A blank line is nothing.
pub fn read_line(bytes: &[u8], number: u64, batch: &mut Batch) {
    let text = source::decode(bytes);
    if text.trim().is_empty() {
        return;
    }
    let map: Map<String, Value> = match serde_json::from_str(&text) {
        Ok(map) => map,
        Err(error) => {
            let column = column_in(&text, error.column());
            // The parser's own place says "line 1" of every line, so only its words are kept.
            let words = error.to_string();
            let detail = words.split(" at line ").next().unwrap_or_default().to_owned();
            batch.report(number, column, InputReason::BadJson { detail });
            return;
        }
    };
    let mut faults = Vec::new();
    let mut fields = Fields::new(map, &mut faults);
    let mut ids = Ids { uids: Vec::new(), fallback: Uuid::new_v5(&NAMESPACE, bytes) };
    match fields.filled("record").as_deref() {
        None | Some("contact") => {
            let incoming = contact(&mut fields, &mut ids, number);
            fields.finish();
            batch.people.push(incoming);
        }
        Some(kind) => {
            let record = other(kind, &mut fields, &mut ids);
            if let Some(record) = record {
                fields.finish();
                batch.others.push((number, record));
            } else if faults.is_empty() {
                let text = shortened(&clean::line(kind));
                faults.push(InputReason::BadValue { field: "record".into(), text });
            }
        }
    }
    batch.uids.extend(ids.uids);
    for fault in faults {
        batch.report(number, 0, fault);
    }
}

/// Column in characters, from 1, of a place that the parser counts in bytes.
fn column_in(text: &str, byte: usize) -> u64 {
    let end = (0..=byte.saturating_sub(1).min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text[..end.unwrap_or(0)].chars().count() as u64 + 1
}

/// Identifiers of one line.
struct Ids {
    /// Those derived from uids that are no identifiers.
    uids: Vec<(ContactId, String)>,
    /// For a record without any.
    fallback: Uuid,
}

impl Ids {
    /// The record's own identifier.
    fn own(&self, fields: &mut Fields<'_>) -> Uuid {
        fields.filled("id").map_or(self.fallback, |id| id_of(&id).0)
    }

    /// A contact that the record refers to.
    fn person(&mut self, fields: &mut Fields<'_>, key: &str) -> Option<ContactId> {
        fields.filled(key).map(|uid| self.person_of(uid))
    }

    fn person_of(&mut self, uid: String) -> ContactId {
        let (id, derived) = id_of(&uid);
        if derived {
            self.uids.push((ContactId(id), uid));
        }
        ContactId(id)
    }
}

fn contact(fields: &mut Fields<'_>, ids: &mut Ids, line: u64) -> Incoming {
    let (id, foreign_uid) = match fields.filled("uid") {
        None => (ids.fallback, None),
        Some(uid) => {
            let (id, derived) = id_of(&uid);
            (id, derived.then_some(uid))
        }
    };
    let mut contact = Contact::new(ContactId(id), Timestamp::UNIX_EPOCH);
    contact.foreign_uid = foreign_uid;
    contact.name = name(fields);
    contact.roles = fields.objects("roles", |fields| Some(role(fields)));
    contact.emails = fields.objects("emails", |fields| Some(labelled(fields)));
    contact.phones = fields.objects("phones", |fields| Some(phone(fields)));
    contact.urls = fields.objects("urls", |fields| Some(labelled(fields)));
    contact.addresses = fields.objects("addresses", |fields| Some(address(fields)));
    contact.region = fields.filled("region");
    contact.met = fields.object("met", |fields| Met {
        on: fields.partial_date("on"),
        at: fields.text("at"),
        how: fields.word("how"),
        via: fields.text("via"),
    });
    contact.language = fields.parsed("language", language_from);
    contact.address_form = fields.word("address_form");
    contact.stage = fields.word("stage").unwrap_or_default();
    contact.unread = fields.flag("unread");
    contact.door = fields.word("door");
    contact.closeness = closeness(fields);
    contact.nature = fields.filled("nature");
    contact.tags = fields.texts("tags");
    contact.values = fields.texts("value");
    contact.markets = fields.objects("markets", market_tie);
    contact.note = fields.block("note");
    contact.birthday = fields.partial_date("birthday");
    contact.cadence_days = fields.number("cadence_days");
    contact.next = fields.date("next");
    contact.sources = fields.texts("sources");
    contact.cards = fields.texts("cards");
    contact.extra = fields.texts("extra");
    let (created, updated) = (fields.moment("created"), fields.moment("updated"));
    contact.created = created.or(updated).unwrap_or(Timestamp::UNIX_EPOCH);
    contact.updated = updated.unwrap_or(contact.created);
    Incoming {
        line,
        contact: Arc::new(contact),
        has_created: created.is_some(),
        has_updated: updated.is_some(),
    }
}

fn name(fields: &mut Fields<'_>) -> Name {
    Name {
        full: fields.text("name").into(),
        given: fields.text("given").into(),
        family: fields.text("family").into(),
        prefix: fields.text("prefix").into(),
        suffix: fields.text("suffix").into(),
        credentials: fields.texts("credentials"),
        nickname: fields.text("nickname").into(),
    }
}

fn role(fields: &mut Fields<'_>) -> Role {
    Role {
        org: fields.text("org").into(),
        title: fields.text("title").into(),
        title_alt: fields.texts("title_alt").into_iter().map(Text::from).collect(),
        org_alt: fields.texts("org_alt").into_iter().map(Text::from).collect(),
        kind: fields.word("kind").unwrap_or_default(),
        former: fields.flag("former"),
        since: fields.partial_date("since"),
        until: fields.partial_date("until"),
        source: fields.text("source").into(),
    }
}

fn labelled(fields: &mut Fields<'_>) -> Labelled {
    Labelled { value: fields.text("value"), label: fields.text("label").into() }
}

fn phone(fields: &mut Fields<'_>) -> Phone {
    Phone {
        value: fields.text("value").into(),
        label: fields.text("label").into(),
        ext: fields.text("ext").into(),
    }
}

fn address(fields: &mut Fields<'_>) -> Address {
    Address {
        street: fields.text("street"),
        unit: fields.text("unit"),
        city: fields.text("city"),
        region: fields.text("region"),
        postal: fields.text("postal"),
        country: fields.text("country"),
        label: fields.text("label"),
    }
}

fn closeness(fields: &mut Fields<'_>) -> Option<Closeness> {
    let level: u8 = fields.number("closeness")?;
    let closeness = Closeness::new(level);
    if closeness.is_none() {
        fields.refuse("closeness", &level.to_string());
    }
    closeness
}

/// A tie to a market, unless openbar had inferred it: those are computed anew.
fn market_tie(fields: &mut Fields<'_>) -> Option<MarketTie> {
    let tie = MarketTie {
        market: fields.text("market"),
        how: fields.word("how"),
        evidence: fields.text("evidence"),
        refused: fields.flag("refused"),
    };
    fields.truth("stated").unwrap_or(true).then_some(tie)
}

/// `None` for a kind that is not known, or a record that lacks what it cannot be without, which is then reported.
fn other(kind: &str, fields: &mut Fields<'_>, ids: &mut Ids) -> Option<Record> {
    Some(match kind {
        "me" => Record::Me(Arc::new(me(fields))),
        "event" => Record::Event(Arc::new(Event {
            id: EventId(ids.own(fields)),
            name: fields.text("name"),
            on: fields.partial_date("on"),
            town: fields.text("town"),
            series: fields.text("series"),
            note: fields.block("note"),
        })),
        "refusal" => {
            let id = RefusalId(ids.own(fields));
            let (a, b) = ends(fields, ids)?;
            let created = fields.moment("created").unwrap_or(Timestamp::UNIX_EPOCH);
            Record::Refusal(Arc::new(Refusal { id, a, b, created }))
        }
        "tie" => {
            let id = TieId(ids.own(fields));
            let (a, b) = ends(fields, ids)?;
            Record::Tie(Arc::new(Tie {
                id,
                a,
                b,
                kind: fields.word("kind").unwrap_or_default(),
                closeness: closeness(fields),
                note: fields.block("note"),
                since: fields.partial_date("since"),
            }))
        }
        "interaction" => {
            let id = InteractionId(ids.own(fields));
            let Some(on) = fields.date("on") else {
                fields.refuse("on", "");
                return None;
            };
            let people = fields.texts("people").into_iter().map(|uid| ids.person_of(uid)).collect();
            Record::Interaction(Arc::new(Interaction {
                id,
                on,
                kind: fields.word("kind").unwrap_or_default(),
                people,
                words: fields.block("words"),
                created: fields.moment("created").unwrap_or_else(|| midnight(on)),
            }))
        }
        "market" => Record::Market(Arc::new(Market {
            id: MarketId(ids.own(fields)),
            slug: fields.text("slug"),
            name_en: fields.text("name_en"),
            name_fr: fields.text("name_fr"),
            parent: fields.text("parent"),
            keywords: fields.texts("keywords"),
            naics: fields.text("naics"),
            hidden: fields.flag("hidden"),
        })),
        "need" => {
            let id = NeedId(ids.own(fields));
            Record::Need(Arc::new(Need {
                id,
                words: fields.block("words"),
                opened: fields.moment("opened").unwrap_or(Timestamp::UNIX_EPOCH),
                status: fields.word("status").unwrap_or_default(),
                market: fields.text("market"),
                region: fields.text("region"),
                deadline: fields.date("deadline"),
                candidates: fields.objects("candidates", |fields| candidate(fields, ids)),
            }))
        }
        "mandate" => {
            let id = MandateId(ids.own(fields));
            Record::Mandate(Arc::new(Mandate {
                id,
                title: fields.text("title"),
                client: fields.text("client"),
                market: fields.text("market"),
                region: fields.text("region"),
                amount: fields.object("amount", amount).flatten(),
                stage: fields.word("stage").unwrap_or_default(),
                opened: fields.date("opened"),
                closed: fields.date("closed"),
                origin: fields.objects("origin", |fields| Some(touch(fields, ids))),
                circle: fields.objects("circle", |fields| decider(fields, ids)),
                note: fields.block("note"),
            }))
        }
        _ => return None,
    })
}

/// The two people of a record that cannot be without either.
fn ends(fields: &mut Fields<'_>, ids: &mut Ids) -> Option<(ContactId, ContactId)> {
    let (a, b) = (ids.person(fields, "a"), ids.person(fields, "b"));
    let (Some(a), Some(b)) = (a, b) else {
        fields.refuse(if a.is_none() { "a" } else { "b" }, "");
        return None;
    };
    Some((a, b))
}

fn me(fields: &mut Fields<'_>) -> Me {
    Me {
        name: name(fields),
        roles: fields.objects("roles", |fields| Some(role(fields))),
        emails: fields.objects("emails", |fields| Some(labelled(fields))),
        phones: fields.objects("phones", |fields| Some(phone(fields))),
        urls: fields.objects("urls", |fields| Some(labelled(fields))),
        addresses: fields.objects("addresses", |fields| Some(address(fields))),
        towns: fields.texts("towns"),
        regions: fields.texts("regions"),
        associations: fields.texts("associations"),
        language: fields.parsed("language", language_from),
        club_rule: fields.text("club_rule"),
        note: fields.block("note"),
    }
}

fn candidate(fields: &mut Fields<'_>, ids: &mut Ids) -> Option<Candidate> {
    let contact = ids.person(fields, "contact");
    let state = fields.word("state");
    let on = fields.date("on");
    let note = fields.block("note");
    let missing = match (contact, state, on) {
        (Some(contact), Some(state), Some(on)) => return Some(Candidate { contact, state, on, note }),
        (None, ..) => "contact",
        (_, None, _) => "state",
        (.., None) => "on",
    };
    fields.refuse(missing, "");
    None
}

fn amount(fields: &mut Fields<'_>) -> Option<Money> {
    let cents = fields.number("cents");
    let currency = fields.text("currency");
    if cents.is_none() {
        fields.refuse("cents", "");
    }
    Some(Money { cents: cents?, currency })
}

fn touch(fields: &mut Fields<'_>, ids: &mut Ids) -> Touch {
    let unknown = fields.text("unknown");
    Touch {
        person: ids.person(fields, "person").map_or(TouchPerson::Unknown(unknown), TouchPerson::Known),
        event: fields.filled("event").map(|id| EventId(id_of(&id).0)),
        channel: fields.word("channel"),
        pull: fields.truth("pull"),
        on: fields.partial_date("on"),
        note: fields.block("note"),
    }
}

fn decider(fields: &mut Fields<'_>, ids: &mut Ids) -> Option<Decider> {
    let contact = ids.person(fields, "contact");
    let part = fields.word("part");
    if contact.is_none() || part.is_none() {
        fields.refuse(if contact.is_none() { "contact" } else { "part" }, "");
    }
    Some(Decider { contact: contact?, part: part? })
}

fn midnight(date: crate::domain::time::Date) -> Timestamp {
    date.to_zoned(jiff::tz::TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}
