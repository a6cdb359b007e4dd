//! Properties of merging, over random books in which everything points at everybody.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::change::RecordId;
use crate::domain::contact::{
    Address, AddressForm, Closeness, Contact, Door, Labelled, Language, MarketTie, Met, Name, Phone, Role,
    Stage,
};
use crate::domain::id::{InteractionId, MandateId, NeedId, RefusalId, TieId};
use crate::domain::interaction::{Interaction, InteractionKind};
use crate::domain::mandate::{Decider, DecisionPart, Mandate, MandateStage, Touch, TouchPerson};
use crate::domain::need::{Candidate, CandidateState, Need, NeedStatus};
use crate::domain::refusal::Refusal;
use crate::domain::tie::{Tie, TieKind};
use crate::domain::time::{Date, PartialDate, Timestamp};

const PEOPLE: u128 = 4;
const KEEP: ContactId = ContactId(Uuid::from_u128(1));
const OTHER: ContactId = ContactId(Uuid::from_u128(2));

fn word() -> impl Strategy<Value = String> {
    proptest::sample::select(&["", "a", "b", "Été", "ete"][..]).prop_map(str::to_owned)
}

fn said() -> impl Strategy<Value = String> {
    proptest::sample::select(&["a", "b", "Été"][..]).prop_map(str::to_owned)
}

fn person() -> impl Strategy<Value = ContactId> {
    (1..=PEOPLE).prop_map(|n| ContactId(Uuid::from_u128(n)))
}

fn day() -> impl Strategy<Value = Date> {
    (1i8..4).prop_map(|day| Date::new(2026, 1, day).expect("a date"))
}

fn contact(n: u128) -> impl Strategy<Value = Contact> {
    // No part stands in the whole name by chance.
    let part = |all: &'static [&str]| proptest::sample::select(all).prop_map(str::to_owned);
    let parts = (part(&["", "x", "y"]), part(&["", "z"]), part(&["", "m", "n"]));
    let name = (word(), parts, vec(said(), 0..2), word()).prop_map(
        |(full, (given, family, prefix), credentials, nickname)| Name {
            full: full.into(),
            given: given.into(),
            family: family.into(),
            prefix: prefix.into(),
            suffix: "".into(),
            credentials,
            nickname: nickname.into(),
        },
    );
    let role = (said(), word(), any::<bool>(), of(day())).prop_map(|(org, title, former, since)| Role {
        org: org.into(),
        title: title.into(),
        former,
        since: since.map(PartialDate::Day),
        ..Role::default()
    });
    let labelled = || (said(), word()).prop_map(|(value, label)| Labelled { value, label: label.into() });
    let phone = (said(), word(), word()).prop_map(|(value, label, ext)| Phone {
        value: value.into(),
        label: label.into(),
        ext: ext.into(),
    });
    let address = (said(), word()).prop_map(|(city, street)| Address { street, city, ..Address::default() });
    let reach = (vec(labelled(), 0..3), vec(phone, 0..3), vec(labelled(), 0..2), vec(address, 0..2));
    let via = prop_oneof![word(), (1..=PEOPLE).prop_map(|n| ContactId(Uuid::from_u128(n)).to_string())];
    let met = of((of(day()), word(), via).prop_map(|(on, at, via)| Met {
        on: on.map(PartialDate::Day),
        at,
        how: None,
        via,
    }));
    let market = (said(), any::<bool>(), word()).prop_map(|(market, refused, evidence)| MarketTie {
        market,
        how: None,
        evidence,
        refused,
    });
    let states = (
        of(Just(Language::French).boxed().prop_union(Just(Language::English).boxed())),
        of(Just(AddressForm::Tu).boxed().prop_union(Just(AddressForm::Vous).boxed())),
        proptest::sample::select(&[Stage::Pocket, Stage::Active, Stage::Archived][..]),
        any::<bool>(),
        of(proptest::sample::select(&[Door::Seen, Door::Invited, Door::Accepted, Door::Declined][..])),
        of((0u8..=5).prop_map(|level| Closeness::new(level).expect("in range"))),
    );
    let words = (of(said()), of(said()), vec(said(), 0..3), vec(said(), 0..3), vec(market, 0..2), word());
    let rest = (of(day()), of(1u16..3), of(day()), vec(said(), 0..2), vec(said(), 0..2), 0i64..5, of(said()));
    (name, vec(role, 0..3), reach, met, states, words, rest).prop_map(
        move |(name, roles, reach, met, states, words, rest)| {
            let (emails, phones, urls, addresses) = reach;
            let (language, address_form, stage, unread, door, closeness) = states;
            let (region, nature, tags, values, markets, note) = words;
            let (birthday, cadence_days, next, sources, cards, second, uid) = rest;
            let created = Timestamp::from_second(second).expect("in range");
            Contact {
                foreign_uid: uid.map(|uid| format!("{uid}{n}")),
                name,
                roles,
                emails,
                phones,
                urls,
                addresses,
                region,
                met,
                language,
                address_form,
                stage,
                unread,
                door,
                closeness,
                nature,
                tags,
                values,
                markets,
                note,
                birthday: birthday.map(PartialDate::Day),
                cadence_days,
                next,
                sources,
                cards,
                ..Contact::new(ContactId(Uuid::from_u128(n)), created)
            }
        },
    )
}

fn others() -> impl Strategy<Value = Vec<Record>> {
    let tie = (person(), person(), 0u8..3, word()).prop_map(|(a, b, kind, note)| {
        let kind = [TieKind::Knows, TieKind::ReportsTo, TieKind::Family][usize::from(kind)];
        Record::Tie(Arc::new(Tie { id: TieId::NIL, a, b, kind, closeness: None, note, since: None }))
    });
    let people = proptest::collection::btree_set(person(), 1..4);
    let interaction = (people, word(), day()).prop_map(|(people, words, on)| {
        let people = people.into_iter().collect();
        let (id, kind) = (InteractionId::NIL, InteractionKind::Note);
        let created = Timestamp::UNIX_EPOCH;
        Record::Interaction(Arc::new(Interaction { id, on, kind, people, words, created }))
    });
    let candidate = (person(), 0u8..4, day(), word()).prop_map(|(contact, state, on, note)| {
        use CandidateState::{Asked, Dismissed, Helped, Suggested};
        let state = [Suggested, Asked, Helped, Dismissed][usize::from(state)];
        Candidate { contact, state, on, note }
    });
    let need = vec(candidate, 0..4).prop_map(|candidates| {
        Record::Need(Arc::new(Need {
            id: NeedId::NIL,
            words: "x".into(),
            opened: Timestamp::UNIX_EPOCH,
            status: NeedStatus::Open,
            market: String::new(),
            region: String::new(),
            deadline: None,
            candidates,
        }))
    });
    let touch = person().prop_map(|id| Touch {
        person: TouchPerson::Known(id),
        event: None,
        channel: None,
        pull: None,
        on: None,
        note: String::new(),
    });
    let decider = (person(), any::<bool>()).prop_map(|(contact, decides)| Decider {
        contact,
        part: if decides { DecisionPart::Decides } else { DecisionPart::Uses },
    });
    let mandate = (vec(touch, 0..3), vec(decider, 0..4)).prop_map(|(origin, circle)| {
        Record::Mandate(Arc::new(Mandate {
            id: MandateId::NIL,
            title: "x".into(),
            client: String::new(),
            market: String::new(),
            region: String::new(),
            amount: None,
            stage: MandateStage::Won,
            opened: None,
            closed: None,
            origin,
            circle,
            note: String::new(),
        }))
    });
    let refusal = (person(), person()).prop_map(|(a, b)| {
        Record::Refusal(Arc::new(Refusal { id: RefusalId::NIL, a, b, created: Timestamp::UNIX_EPOCH }))
    });
    vec(prop_oneof![tie, interaction, need, mandate, refusal], 0..12)
}

fn book() -> impl Strategy<Value = Book> {
    (contact(1), contact(2), contact(3), contact(4), others()).prop_map(|(a, b, mut c, mut d, others)| {
        for bystander in [&mut c, &mut d] {
            bystander.name.full = "Ginette Bystander".into();
        }
        let mut book = Book::default();
        for contact in [a, b, c, d] {
            book.put(Record::Contact(Arc::new(contact)));
        }
        for (n, mut record) in others.into_iter().enumerate() {
            let id = Uuid::from_u128(100 + n as u128);
            match &mut record {
                Record::Tie(tie) => Arc::make_mut(tie).id = TieId(id),
                Record::Interaction(entry) => Arc::make_mut(entry).id = InteractionId(id),
                Record::Need(need) => Arc::make_mut(need).id = NeedId(id),
                Record::Mandate(mandate) => Arc::make_mut(mandate).id = MandateId(id),
                Record::Refusal(refusal) => Arc::make_mut(refusal).id = RefusalId(id),
                _ => {}
            }
            book.put(record);
        }
        book
    })
}

fn choices() -> impl Strategy<Value = Choices> {
    let choice = proptest::sample::select(&[Choice::Both, Choice::Kept, Choice::Other][..]);
    vec(choice, Field::ALL.len()).prop_map(|all| Field::ALL.into_iter().zip(all).collect())
}

fn apply(book: &mut Book, edits: &[Edit]) {
    for edit in edits {
        book.apply(edit).expect("the edits fit the book");
    }
}

fn records(book: &Book) -> Vec<Record> {
    book.records().collect()
}

/// What a card says, wherever it stands: values of fields and of lines noted in their stead, compared as they are united.
fn content(card: &Contact) -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    let mut put = |key: &str, value: &str| {
        let value = crate::text::fold::fold(value);
        said.extend((!value.is_empty()).then(|| format!("{key}: {value}")));
    };
    put("name", &card.name.full);
    put("given", &card.name.given);
    put("family", &card.name.family);
    put("prefix", &card.name.prefix);
    put("nickname", &card.name.nickname);
    for word in &card.name.credentials {
        put("credentials", word);
    }
    for role in &card.roles {
        put("org", &role.org);
        put("title", &role.title);
        put("since", &role.since.as_ref().map(ToString::to_string).unwrap_or_default());
    }
    for (key, values) in [("emails", &card.emails), ("urls", &card.urls)] {
        for value in values {
            put(key, &value.value);
            put("label", &value.label);
        }
    }
    for phone in &card.phones {
        put("phones", &format!("{} {}", phone.value, phone.ext));
        put("label", &phone.label);
    }
    for address in &card.addresses {
        put("city", &address.city);
        put("street", &address.street);
    }
    put(
        "language",
        match card.language {
            Some(Language::French) => "fr",
            Some(_) => "en",
            None => "",
        },
    );
    put(
        "address_form",
        match card.address_form {
            Some(AddressForm::Tu) => "tu",
            Some(AddressForm::Vous) => "vous",
            None => "",
        },
    );
    put("region", card.region.as_deref().unwrap_or_default());
    if let Some(met) = &card.met {
        put("met_on", &met.on.as_ref().map(ToString::to_string).unwrap_or_default());
        put("met_at", &met.at);
        // A uid is a link; what is no uid is a name.
        put("met_at", if met.via.len() < 8 { &met.via } else { "" });
    }
    put("closeness", &card.closeness.map(|closeness| closeness.level().to_string()).unwrap_or_default());
    put("nature", card.nature.as_deref().unwrap_or_default());
    for (key, values) in
        [("tags", &card.tags), ("values", &card.values), ("sources", &card.sources), ("cards", &card.cards)]
    {
        for value in values {
            put(key, value);
        }
    }
    for tie in &card.markets {
        put("markets", &tie.market);
        put("evidence", &tie.evidence);
    }
    put("birthday", &card.birthday.as_ref().map(ToString::to_string).unwrap_or_default());
    put("cadence_days", &card.cadence_days.map(|days| days.to_string()).unwrap_or_default());
    put("next", &card.next.map(|day| day.to_string()).unwrap_or_default());
    for line in card.note.lines() {
        match line.split_once(": ") {
            // A date or a place of meeting that gave way stands in one line with the rest of the meeting.
            Some(("met", met)) => {
                for part in met.split(", ") {
                    let key = if part.starts_with("2026") { "met_on" } else { "met_at" };
                    if key == "met_on" || part.len() < 8 {
                        put(key, part);
                    }
                }
            }
            Some((key, value)) => put(key, value),
            None => put("note", line),
        }
    }
    said
}

/// What a tie says, whichever of the two cards was kept. A tie that says the same twice says it once.
fn said_of(tie: &Tie, keep: ContactId) -> String {
    let mut ends = [tie.a, tie.b].map(|end| if end == keep { ContactId::NIL } else { end });
    if matches!(tie.kind, TieKind::Knows | TieKind::Family) {
        ends.sort();
    }
    format!("{:?} {ends:?} {}", tie.kind, tie.note)
}

/// Everybody whom records point at.
fn cited(book: &Book) -> BTreeSet<ContactId> {
    let mut cited = BTreeSet::new();
    for record in book.records() {
        match record {
            Record::Tie(tie) => cited.extend([tie.a, tie.b]),
            Record::Interaction(entry) => cited.extend(entry.people.iter().copied()),
            Record::Need(need) => cited.extend(need.candidates.iter().map(|one| one.contact)),
            Record::Mandate(mandate) => {
                cited.extend(mandate.circle.iter().map(|one| one.contact));
                cited.extend(mandate.origin.iter().filter_map(|touch| match &touch.person {
                    TouchPerson::Known(id) => Some(*id),
                    TouchPerson::Unknown(_) => None,
                }));
            }
            Record::Refusal(refusal) => cited.extend([refusal.a, refusal.b]),
            _ => {}
        }
    }
    cited
}

proptest! {
    /// Undo brings the exact book back, and redo the merged one.
    #[test]
    fn undo_restores_the_exact_book(book in book(), choices in choices()) {
        let before = records(&book);
        let edits = merge(&book, KEEP, OTHER, &choices).expect("both are there");
        let mut changed = book.clone();
        apply(&mut changed, &edits);
        let after = records(&changed);
        let back: Vec<Edit> = edits.iter().rev().map(Edit::inverse).collect();
        apply(&mut changed, &back);
        prop_assert_eq!(records(&changed), before);
        prop_assert_eq!(changed.by_uid(&book.contact(OTHER).expect("there").uid()).map(|one| one.id), Some(OTHER));
        apply(&mut changed, &edits);
        prop_assert_eq!(records(&changed), after);
    }

    /// Nothing points at the card that went, and its uid leads to the one kept.
    #[test]
    fn no_reference_dangles(book in book(), choices in choices()) {
        let old = book.contact(OTHER).expect("there").uid();
        let edits = merge(&book, KEEP, OTHER, &choices).expect("both are there");
        let ids: BTreeSet<RecordId> = edits.iter().map(|edit| edit.id).collect();
        prop_assert_eq!(ids.len(), edits.len(), "a record is changed once");
        let mut merged = book.clone();
        apply(&mut merged, &edits);
        prop_assert!(merged.contact(OTHER).is_none());
        for id in cited(&merged) {
            prop_assert!(merged.contact(id).is_some(), "{id} is gone");
        }
        prop_assert_eq!(merged.by_uid(&old).map(|one| one.id), Some(KEEP));
        for contact in merged.contacts() {
            let via = contact.met.as_ref().map(|met| met.via.clone()).unwrap_or_default();
            prop_assert!(via != old, "an introduction by somebody who is gone");
        }
    }

    /// Whatever either card said, the survivor says, whoever's values stand.
    #[test]
    fn nothing_is_lost(book in book(), choices in choices()) {
        let edits = merge(&book, KEEP, OTHER, &choices).expect("both are there");
        let mut merged = book.clone();
        apply(&mut merged, &edits);
        let survivor = merged.contact(KEEP).expect("kept");
        let now = content(survivor);
        let everything = format!("{}\n{}", survivor.note, now.iter().cloned().collect::<Vec<_>>().join("\n"));
        let everything = crate::text::fold::fold(&everything);
        for id in [KEEP, OTHER] {
            let card = book.contact(id).expect("there");
            for said in content(card) {
                let value = said.split_once(": ").map_or(said.as_str(), |(_, value)| value);
                prop_assert!(
                    now.contains(&said) || value.split(' ').all(|word| everything.contains(word)),
                    "{said} is lost: {now:?}"
                );
            }
        }
    }

    /// Who is kept changes which values stand, and nothing of what is said.
    #[test]
    fn merging_commutes_on_content(book in book()) {
        let choices = Choices::new();
        let outcome = |keep, other| {
            let mut merged = book.clone();
            apply(&mut merged, &merge(&book, keep, other, &choices).expect("both are there"));
            let survivor = merged.contact(keep).expect("kept");
            let mut said = content(survivor);
            // Each remembers the other's uid.
            said.retain(|said| !said.starts_with("sources: uid:"));
            let counts = (
                merged.ties().map(|tie| said_of(tie, keep)).collect::<BTreeSet<_>>(),
                merged.interactions().map(|entry| entry.people.len()).sum::<usize>(),
                merged.needs().map(|need| need.candidates.len()).sum::<usize>(),
                merged.mandates().map(|mandate| mandate.circle.len()).sum::<usize>(),
                survivor.created,
                survivor.stage,
                survivor.door,
                survivor.unread,
            );
            (said, counts)
        };
        prop_assert_eq!(outcome(KEEP, OTHER), outcome(OTHER, KEEP));
    }
}

#[test]
fn a_card_is_not_merged_with_itself() {
    let mut book = Book::default();
    book.put(Record::Contact(Arc::new(Contact::new(KEEP, Timestamp::UNIX_EPOCH))));
    assert_eq!(merge(&book, KEEP, KEEP, &Choices::new()), None);
    assert_eq!(merge(&book, KEEP, OTHER, &Choices::new()), None);
}
