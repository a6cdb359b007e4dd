//! Records to lines of the native form. Keys stand in the order of docs/native-json.md.
//!
//! A *public* export holds what could stand on a person's card, and nothing that the user wrote or noted about them: no
//! stage, door, closeness, nature, tags, values, notes, ways of meeting, stamps; no private addresses; no archived people;
//! and of the other records only the user's own card, without the club rule, and the definitions of markets.

use std::io;
use std::sync::Arc;

use super::json::Object;
use super::words::{Word, language_code};
use crate::domain::book::Book;
use crate::domain::change::Record;
use crate::domain::contact::{
    Address, Closeness, Contact, Labelled, MarketTie, Name, Phone, Role, RoleKind, Stage,
};
use crate::domain::id::ContactId;
use crate::domain::mandate::{Mandate, TouchPerson};
use crate::domain::me::Me;
use crate::domain::need::Need;

/// How many records were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Contacts.
    pub contacts: usize,
    /// Other records.
    pub others: usize,
}

/// A contact as one line, without its end.
pub fn write_contact(contact: &Contact, public: bool) -> String {
    line(|object| contact_fields(object, contact, public, &[]))
}

/// A contact as one line, with ties to markets that its words suggest after those on the card. For reading only: an import leaves
/// them out.
pub fn write_inferring(contact: &Contact, inferred: &[MarketTie]) -> String {
    line(|object| contact_fields(object, contact, false, inferred))
}

/// Any record as one line, without its end. `None` for one that has no meaning alone: a tie or refusal whose ends are not both
/// in the book.
pub fn write_record(record: &Record, book: &Book) -> Option<String> {
    write_among(record, &|id| book.contact(id).map(|contact| contact.uid()))
}

/// Writes the contacts that `filter` accepts, sorted by `created` then uid, then the other records; of those only what
/// refers to written contacts.
pub fn export(
    book: &Book,
    filter: &dyn Fn(&Contact) -> bool,
    public: bool,
    out: &mut dyn io::Write,
) -> io::Result<Counts> {
    let mut counts = Counts::default();
    let wanted = |contact: &Contact| !(public && contact.stage == Stage::Archived) && filter(contact);
    let mut contacts: Vec<&Arc<Contact>> = book.contacts().filter(|contact| wanted(contact)).collect();
    contacts.sort_by_cached_key(|contact| (contact.created, contact.uid()));
    let mut buffer = Vec::with_capacity(4096);
    for contact in contacts {
        buffer.clear();
        Object::write(&mut buffer, |object| contact_fields(object, contact, public, &[]));
        buffer.push(b'\n');
        out.write_all(&buffer)?;
        counts.contacts += 1;
    }
    let uid = |id| book.contact(id).filter(|contact| wanted(contact)).map(|contact| contact.uid());
    let kinds: [fn(&Record) -> bool; 8] = [
        |record| matches!(record, Record::Event(_)),
        |record| matches!(record, Record::Tie(_)),
        |record| matches!(record, Record::Interaction(_)),
        |record| matches!(record, Record::Need(_)),
        |record| matches!(record, Record::Mandate(_)),
        |record| matches!(record, Record::Refusal(_)),
        |record| matches!(record, Record::Market(_)),
        |record| matches!(record, Record::Me(_)),
    ];
    let others: Vec<Record> = book.records().filter(|record| !matches!(record, Record::Contact(_))).collect();
    for is_kind in kinds {
        for record in others.iter().filter(|record| is_kind(record)) {
            let line = match (record, public) {
                (Record::Me(me), true) => Some(line(|object| me_fields(object, me, true))),
                (Record::Market(_), true) | (_, false) => write_among(record, &uid),
                (_, true) => None,
            };
            if let Some(line) = line {
                out.write_all(line.as_bytes())?;
                out.write_all(b"\n")?;
                counts.others += 1;
            }
        }
    }
    Ok(counts)
}

fn line(fill: impl FnOnce(&mut Object<'_>)) -> String {
    let mut out = Vec::with_capacity(512);
    Object::write(&mut out, fill);
    // Everything written was text.
    String::from_utf8(out).unwrap_or_default()
}

fn contact_fields(object: &mut Object<'_>, contact: &Contact, public: bool, inferred: &[MarketTie]) {
    object.always("uid", &contact.uid());
    name_fields(object, &contact.name);
    reach_fields(
        object,
        &Reach {
            roles: &contact.roles,
            emails: &contact.emails,
            phones: &contact.phones,
            urls: &contact.urls,
            addresses: &contact.addresses,
        },
        public,
    );
    object.text("region", contact.region.as_deref().unwrap_or_default());
    if let (Some(met), false) = (&contact.met, public) {
        object.object("met", |object| {
            object.shown("on", met.on.as_ref());
            object.text("at", &met.at);
            object.word("how", met.how);
            object.text("via", &met.via);
        });
    }
    object.shown("language", contact.language.map(language_code));
    if !public {
        object.word("address_form", contact.address_form);
        object.word("stage", Some(contact.stage));
        object.flag("unread", contact.unread);
        object.word("door", contact.door);
        object.bare("closeness", contact.closeness.map(Closeness::level));
        object.text("nature", contact.nature.as_deref().unwrap_or_default());
        object.texts("tags", &contact.tags);
        object.texts("value", &contact.values);
    }
    let stated = contact.markets.iter().filter(|tie| !(public && tie.refused)).map(|tie| (tie, true));
    let markets = stated.chain(inferred.iter().map(|tie| (tie, false)));
    object.objects("markets", markets, |object, (tie, stated)| {
        object.text("market", &tie.market);
        object.word("how", tie.how);
        if !public {
            object.text("evidence", &tie.evidence);
        }
        object.bare("stated", Some(stated));
        object.flag("refused", tie.refused);
    });
    if public {
        return;
    }
    object.text("note", &contact.note);
    object.shown("birthday", contact.birthday.as_ref());
    object.bare("cadence_days", contact.cadence_days);
    object.shown("next", contact.next);
    object.texts("sources", &contact.sources);
    object.texts("cards", &contact.cards);
    object.texts("extra", &contact.extra);
    object.shown("created", Some(contact.created));
    object.shown("updated", Some(contact.updated));
}

fn name_fields(object: &mut Object<'_>, name: &Name) {
    object.text("name", &name.full);
    object.text("given", &name.given);
    object.text("family", &name.family);
    object.text("prefix", &name.prefix);
    object.text("suffix", &name.suffix);
    object.texts("credentials", &name.credentials);
    object.text("nickname", &name.nickname);
}

/// What contacts and the own card have alike.
struct Reach<'a> {
    roles: &'a [Role],
    emails: &'a [Labelled],
    phones: &'a [Phone],
    urls: &'a [Labelled],
    addresses: &'a [Address],
}

fn reach_fields(object: &mut Object<'_>, reach: &Reach<'_>, public: bool) {
    let shown = |label: &str| !(public && label == HOME);
    object.objects("roles", reach.roles, |object, role| {
        object.text("org", &role.org);
        object.text("title", &role.title);
        object.texts("title_alt", &role.title_alt);
        object.texts("org_alt", &role.org_alt);
        object.word("kind", Some(role.kind).filter(|kind| *kind != RoleKind::default()));
        object.flag("former", role.former);
        object.shown("since", role.since.as_ref());
        object.shown("until", role.until.as_ref());
        if !public {
            object.text("source", &role.source);
        }
    });
    let labelled = |object: &mut Object<'_>, item: &Labelled| {
        object.always("value", &item.value);
        object.text("label", &item.label);
    };
    object.objects("emails", reach.emails.iter().filter(|email| shown(&email.label)), labelled);
    object.objects("phones", reach.phones.iter().filter(|phone| shown(&phone.label)), |object, phone| {
        object.always("value", &phone.value);
        object.text("label", &phone.label);
        object.text("ext", &phone.ext);
    });
    object.objects("urls", reach.urls.iter().filter(|url| shown(&url.label)), labelled);
    let addresses = reach.addresses.iter().filter(|address| shown(&address.label));
    object.objects("addresses", addresses, |object, address| {
        object.text("street", &address.street);
        object.text("unit", &address.unit);
        object.text("city", &address.city);
        object.text("region", &address.region);
        object.text("postal", &address.postal);
        object.text("country", &address.country);
        object.text("label", &address.label);
    });
}

/// The label of where a person lives, which a public export leaves out.
const HOME: &str = "home";

fn write_among(record: &Record, uid: &dyn Fn(ContactId) -> Option<String>) -> Option<String> {
    Some(match record {
        Record::Contact(contact) => write_contact(contact, false),
        Record::Me(me) => line(|object| me_fields(object, me, false)),
        Record::Event(event) => line(|object| {
            object.text("record", "event");
            object.shown("id", Some(event.id));
            object.text("name", &event.name);
            object.shown("on", event.on.as_ref());
            object.text("town", &event.town);
            object.text("series", &event.series);
            object.text("note", &event.note);
        }),
        Record::Tie(tie) => {
            let (a, b) = (uid(tie.a)?, uid(tie.b)?);
            line(|object| {
                object.text("record", "tie");
                object.shown("id", Some(tie.id));
                object.always("a", &a);
                object.always("b", &b);
                object.word("kind", Some(tie.kind));
                object.bare("closeness", tie.closeness.map(Closeness::level));
                object.text("note", &tie.note);
                object.shown("since", tie.since.as_ref());
            })
        }
        Record::Interaction(entry) => {
            let people: Vec<String> = entry.people.iter().filter_map(|id| uid(*id)).collect();
            if people.is_empty() && !entry.people.is_empty() {
                return None;
            }
            line(|object| {
                object.text("record", "interaction");
                object.shown("id", Some(entry.id));
                object.shown("on", Some(entry.on));
                object.word("kind", Some(entry.kind));
                object.texts("people", &people);
                object.text("words", &entry.words);
                object.shown("created", Some(entry.created));
            })
        }
        Record::Market(market) => line(|object| {
            object.text("record", "market");
            object.shown("id", Some(market.id));
            object.text("slug", &market.slug);
            object.text("name_en", &market.name_en);
            object.text("name_fr", &market.name_fr);
            object.text("parent", &market.parent);
            object.texts("keywords", &market.keywords);
            object.text("naics", &market.naics);
            object.flag("hidden", market.hidden);
        }),
        Record::Need(need) => line(|object| need_fields(object, need, uid)),
        Record::Mandate(mandate) => line(|object| mandate_fields(object, mandate, uid)),
        Record::Refusal(refusal) => {
            let (a, b) = (uid(refusal.a)?, uid(refusal.b)?);
            line(|object| {
                object.text("record", "refusal");
                object.shown("id", Some(refusal.id));
                object.always("a", &a);
                object.always("b", &b);
                object.shown("created", Some(refusal.created));
            })
        }
    })
}

fn need_fields(object: &mut Object<'_>, need: &Need, uid: &dyn Fn(ContactId) -> Option<String>) {
    object.text("record", "need");
    object.shown("id", Some(need.id));
    object.text("words", &need.words);
    object.shown("opened", Some(need.opened));
    object.word("status", Some(need.status));
    object.text("market", &need.market);
    object.text("region", &need.region);
    object.shown("deadline", need.deadline);
    let candidates = need.candidates.iter().filter_map(|one| Some((uid(one.contact)?, one)));
    object.objects("candidates", candidates, |object, (contact, one)| {
        object.always("contact", &contact);
        object.word("state", Some(one.state));
        object.shown("on", Some(one.on));
        object.text("note", &one.note);
    });
}

fn mandate_fields(object: &mut Object<'_>, mandate: &Mandate, uid: &dyn Fn(ContactId) -> Option<String>) {
    object.text("record", "mandate");
    object.shown("id", Some(mandate.id));
    object.text("title", &mandate.title);
    object.text("client", &mandate.client);
    object.text("market", &mandate.market);
    object.text("region", &mandate.region);
    if let Some(amount) = &mandate.amount {
        object.object("amount", |object| {
            object.bare("cents", Some(amount.cents));
            object.text("currency", &amount.currency);
        });
    }
    object.word("stage", Some(mandate.stage));
    object.shown("opened", mandate.opened);
    object.shown("closed", mandate.closed);
    object.objects("origin", &mandate.origin, |object, touch| {
        match &touch.person {
            // Somebody who is not written, or gone, stays a touch by nobody known.
            TouchPerson::Known(id) => match uid(*id) {
                Some(uid) => object.always("person", &uid),
                None => object.always("unknown", ""),
            },
            TouchPerson::Unknown(words) => object.always("unknown", words),
        }
        object.shown("event", touch.event);
        object.word("channel", touch.channel);
        object.bare("pull", touch.pull);
        object.shown("on", touch.on.as_ref());
        object.text("note", &touch.note);
    });
    let circle = mandate.circle.iter().filter_map(|one| Some((uid(one.contact)?, one.part)));
    object.objects("circle", circle, |object, (contact, part)| {
        object.always("contact", &contact);
        object.text("part", part.word());
    });
    object.text("note", &mandate.note);
}

fn me_fields(object: &mut Object<'_>, me: &Me, public: bool) {
    object.text("record", "me");
    name_fields(object, &me.name);
    let reach = Reach {
        roles: &me.roles,
        emails: &me.emails,
        phones: &me.phones,
        urls: &me.urls,
        addresses: &me.addresses,
    };
    reach_fields(object, &reach, public);
    object.texts("towns", &me.towns);
    object.texts("regions", &me.regions);
    object.texts("associations", &me.associations);
    object.shown("language", me.language.map(language_code));
    if !public {
        object.text("club_rule", &me.club_rule);
        object.text("note", &me.note);
    }
}
