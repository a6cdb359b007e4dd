//! Records to envelopes and back: keys, schema numbers and migrations.
//!
//! A migration is an arm in [`thaw`]: it decodes the old structure (kept in `frozen.rs`) and turns it into
//! the new one. Records are rewritten when they next change, so a store may hold several schemas at once.
//! Whoever raises a number here raises [`FORMAT`](super::layout::FORMAT) too, by which older programs refuse the store.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::codec;
use super::fault::Fault;
use super::frozen::Frozen;
use crate::domain::change::{Record, RecordId, Step};
use crate::domain::contact::Contact;
use crate::domain::event::Event;
use crate::domain::id::{ContactId, EventId, InteractionId, MandateId, MarketId, NeedId, RefusalId, TieId};
use crate::domain::interaction::Interaction;
use crate::domain::mandate::Mandate;
use crate::domain::market::Market;
use crate::domain::me::Me;
use crate::domain::need::Need;
use crate::domain::refusal::Refusal;
use crate::domain::tie::Tie;

/// Kind byte and identifier: where a record is kept. Frozen.
pub(super) type Key = [u8; 17];

const ME: u8 = 1;
const CONTACT: u8 = 2;
const EVENT: u8 = 3;
const TIE: u8 = 4;
const INTERACTION: u8 = 5;
const MARKET: u8 = 6;
const NEED: u8 = 7;
const MANDATE: u8 = 8;
const REFUSAL: u8 = 9;

/// The newest schema of each record kind; one number serves all until the first of them changes.
const SCHEMA: u16 = 1;
/// The newest schema of [`Head`]. 2: one more deed at the end of the list, so that 1 reads as it stands.
const HEAD_SCHEMA: u16 = 2;

/// The key of a record.
pub(super) fn key(id: RecordId) -> Key {
    let (kind, uuid) = match id {
        RecordId::Me => (ME, Uuid::nil()),
        RecordId::Contact(id) => (CONTACT, id.0),
        RecordId::Event(id) => (EVENT, id.0),
        RecordId::Tie(id) => (TIE, id.0),
        RecordId::Interaction(id) => (INTERACTION, id.0),
        RecordId::Market(id) => (MARKET, id.0),
        RecordId::Need(id) => (NEED, id.0),
        RecordId::Mandate(id) => (MANDATE, id.0),
        RecordId::Refusal(id) => (REFUSAL, id.0),
    };
    let mut key = [0; 17];
    key[0] = kind;
    key[1..].copy_from_slice(uuid.as_bytes());
    key
}

/// The record that a key stands for.
pub(super) fn id(key: &[u8]) -> Result<RecordId, Fault> {
    let (kind, uuid) = key
        .split_first()
        .and_then(|(kind, uuid)| Some((*kind, Uuid::from_slice(uuid).ok()?)))
        .ok_or_else(|| Fault::Damaged("a key of the wrong length".into()))?;
    Ok(match kind {
        ME => RecordId::Me,
        CONTACT => RecordId::Contact(ContactId(uuid)),
        EVENT => RecordId::Event(EventId(uuid)),
        TIE => RecordId::Tie(TieId(uuid)),
        INTERACTION => RecordId::Interaction(InteractionId(uuid)),
        MARKET => RecordId::Market(MarketId(uuid)),
        NEED => RecordId::Need(NeedId(uuid)),
        MANDATE => RecordId::Mandate(MandateId(uuid)),
        REFUSAL => RecordId::Refusal(RefusalId(uuid)),
        _ => return Err(Fault::Damaged(format!("a key of unknown kind {kind}"))),
    })
}

/// Whether a record counts as absent, as the user's own card does while it is empty.
pub(super) fn is_absent(record: &Record) -> bool {
    matches!(record, Record::Me(me) if **me == Me::default())
}

/// The envelope of a record; `None` for one that counts as absent.
pub(super) fn seal(record: &Record) -> Result<Option<Vec<u8>>, Fault> {
    if is_absent(record) {
        return Ok(None);
    }
    match record {
        Record::Me(record) => codec::seal(SCHEMA, &record.freeze()),
        Record::Contact(record) => codec::seal(SCHEMA, &record.freeze()),
        Record::Event(record) => codec::seal(SCHEMA, &record.freeze()),
        Record::Tie(record) => codec::seal(SCHEMA, &record.freeze()),
        Record::Interaction(record) => codec::seal(SCHEMA, &record.freeze()),
        Record::Market(record) => codec::seal(SCHEMA, &record.freeze()),
        Record::Need(record) => codec::seal(SCHEMA, &record.freeze()),
        Record::Mandate(record) => codec::seal(SCHEMA, &record.freeze()),
        Record::Refusal(record) => codec::seal(SCHEMA, &record.freeze()),
    }
    .map(Some)
}

/// Opens the envelope found under a key, and checks that it belongs there.
pub(super) fn open(key: &[u8], sealed: &[u8]) -> Result<Record, Fault> {
    let id = id(key)?;
    let record = match id {
        RecordId::Me => Record::Me(thaw::<Me>(sealed)?),
        RecordId::Contact(_) => Record::Contact(thaw::<Contact>(sealed)?),
        RecordId::Event(_) => Record::Event(thaw::<Event>(sealed)?),
        RecordId::Tie(_) => Record::Tie(thaw::<Tie>(sealed)?),
        RecordId::Interaction(_) => Record::Interaction(thaw::<Interaction>(sealed)?),
        RecordId::Market(_) => Record::Market(thaw::<Market>(sealed)?),
        RecordId::Need(_) => Record::Need(thaw::<Need>(sealed)?),
        RecordId::Mandate(_) => Record::Mandate(thaw::<Mandate>(sealed)?),
        RecordId::Refusal(_) => Record::Refusal(thaw::<Refusal>(sealed)?),
    };
    if record.id() != id {
        return Err(Fault::Damaged("a record is kept under another's key".into()));
    }
    Ok(record)
}

fn thaw<T: Frozen>(sealed: &[u8]) -> Result<Arc<T>, Fault> {
    // Schema 1 is the only one so far; `codec::open` refuses all others.
    let (_, payload) = codec::open(sealed, SCHEMA)?;
    T::thaw(codec::decode(payload)?)
        .map(Arc::new)
        .ok_or_else(|| Fault::Damaged("a record holds an impossible value".into()))
}

/// What a commit says about itself, beside its edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The step that it belongs to.
    pub(super) step: Step,
    /// How many edits follow.
    pub(super) edits: u32,
    /// Captures that it takes in.
    pub(super) captures: Vec<ContactId>,
}

/// Stored form of [`Head`]. Frozen.
#[derive(Serialize, Deserialize)]
struct StoredHead {
    id: [u8; 16],
    at: (i64, i32),
    course: <crate::domain::change::Course as Frozen>::Stored,
    deed: <crate::domain::change::Deed as Frozen>::Stored,
    subject: String,
    edits: u32,
    captures: Vec<[u8; 16]>,
}

/// The envelope of a head.
pub(super) fn seal_head(head: &Head) -> Result<Vec<u8>, Fault> {
    let Step { id, at, course, deed, subject } = &head.step;
    codec::seal(
        HEAD_SCHEMA,
        &StoredHead {
            id: id.freeze(),
            at: at.freeze(),
            course: course.freeze(),
            deed: deed.freeze(),
            subject: subject.clone(),
            edits: head.edits,
            captures: head.captures.freeze(),
        },
    )
}

/// Opens the envelope of a head.
pub(super) fn open_head(sealed: &[u8]) -> Result<Head, Fault> {
    let (_, payload) = codec::open(sealed, HEAD_SCHEMA)?;
    thaw_head(codec::decode(payload)?)
        .ok_or_else(|| Fault::Damaged("a commit holds an impossible value".into()))
}

fn thaw_head(stored: StoredHead) -> Option<Head> {
    Some(Head {
        step: Step {
            id: Frozen::thaw(stored.id)?,
            at: Frozen::thaw(stored.at)?,
            course: Frozen::thaw(stored.course)?,
            deed: Frozen::thaw(stored.deed)?,
            subject: stored.subject,
        },
        edits: stored.edits,
        captures: Frozen::thaw(stored.captures)?,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::super::arbitrary;
    use super::*;

    #[test]
    fn a_record_under_another_key_is_damage() {
        let contact = Contact::new(ContactId(Uuid::from_u128(1)), crate::domain::time::Timestamp::UNIX_EPOCH);
        let record = Record::Contact(Arc::new(contact));
        let sealed = seal(&record).unwrap().unwrap();
        assert_eq!(open(&key(record.id()), &sealed).unwrap(), record);
        let other = key(RecordId::Contact(ContactId(Uuid::from_u128(2))));
        assert!(matches!(open(&other, &sealed), Err(Fault::Damaged(_))));
        assert!(matches!(open(&[99; 17], &sealed), Err(Fault::Damaged(_))));
        assert!(matches!(open(&[2; 5], &sealed), Err(Fault::Damaged(_))));
    }

    #[test]
    fn a_value_that_cannot_be_is_damage() {
        let event = Event {
            id: EventId(Uuid::from_u128(1)),
            name: String::new(),
            on: Some(crate::domain::time::PartialDate::Day(jiff::civil::date(2025, 1, 31))),
            town: String::new(),
            series: String::new(),
            note: String::new(),
        };
        let sealed = seal(&Record::Event(Arc::new(event))).unwrap().unwrap();
        let (_, payload) = codec::open(&sealed, SCHEMA).unwrap();
        let mut payload = payload.to_vec();
        let month = payload.windows(2).position(|pair| pair == [1, 31]).unwrap();
        payload[month] = 2;
        let sealed = codec::seal_raw(SCHEMA, &payload).unwrap();
        let key = key(RecordId::Event(EventId(Uuid::from_u128(1))));
        assert!(matches!(open(&key, &sealed), Err(Fault::Damaged(_))));
    }

    proptest! {
        #[test]
        fn any_record_comes_back(record in arbitrary::record()) {
            match seal(&record).unwrap() {
                Some(sealed) => prop_assert_eq!(open(&key(record.id()), &sealed).unwrap(), record),
                None => prop_assert!(is_absent(&record)),
            }
        }

        #[test]
        fn any_key_comes_back(wanted in arbitrary::record_id()) {
            prop_assert_eq!(id(&key(wanted)).unwrap(), wanted);
        }

        #[test]
        fn no_payload_makes_it_panic(payload: Vec<u8>, wanted in arbitrary::record_id()) {
            let sealed = codec::seal_raw(SCHEMA, &payload).unwrap();
            let _ = open(&key(wanted), &sealed);
            let _ = open_head(&sealed);
        }
    }
}
