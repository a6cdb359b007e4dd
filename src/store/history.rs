//! Reading history back: the edits of a step, the story of a record, a commit as the journal writes it.
//!
//! Only versions are kept (see `tables.rs`), so an edit is put together from the version that it displaced and the one
//! that it left. What a commit says it touched tells whether each should be there; one that is missing is damage.

use sled::IVec;

use super::codec;
use super::fault::Fault;
use super::frame::Change;
use super::records::{self, Key};
use super::tables::{
    COMMITS, DISPLACED, HISTORY, LEFT, PLACE, RECORDS, STEPS, TOUCHED, TOUCHED_SCHEMA, Tables, joined, place,
    record_of, sealed,
};
use crate::domain::change::{Edit, RecordId, Step};
use crate::domain::id::StepId;

/// A record that a commit touched.
struct Touch {
    key: Key,
    flags: u8,
}

impl Tables {
    /// The edits of a step, in the order they were made; nothing for a step that is not known.
    pub(super) fn edits_of(&self, step: StepId) -> Result<Vec<Edit>, Fault> {
        let mut edits = Vec::new();
        self.each_below(&joined(STEPS, &[step.0.as_bytes()]), &mut |number, _| {
            let seq = seq_of(number)?;
            for (position, touch) in (0u32..).zip(self.touched(seq)?) {
                let before = self.displaced(&touch, seq, position)?;
                let after = self.left(&touch, seq, position)?;
                edits.push(Edit {
                    id: records::id(&touch.key)?,
                    before: record_of(&touch.key, before.as_deref())?,
                    after: record_of(&touch.key, after.as_deref())?,
                });
            }
            Ok(())
        })?;
        Ok(edits)
    }

    /// What happened to one record, oldest first.
    pub(super) fn history_of(&self, record: RecordId) -> Result<Vec<(Step, Edit)>, Fault> {
        let key = records::key(record);
        let mut edits: Vec<(Vec<u8>, Edit)> = Vec::new();
        // A version was written by the edit at its own place, and displaced by the one at the place in the key.
        let mut note = |place: Option<&[u8]>, version: Option<&[u8]>| -> Result<(), Fault> {
            let found = record_of(&key, version)?;
            if let Some(written) = version.and_then(|version| version.get(..PLACE)) {
                match edits.last_mut() {
                    Some((last, edit)) if last == written => edit.after.clone_from(&found),
                    _ => edits
                        .push((written.to_vec(), Edit { id: record, before: None, after: found.clone() })),
                }
            }
            if let Some(place) = place {
                edits.push((place.to_vec(), Edit { id: record, before: found, after: None }));
            }
            Ok(())
        };
        self.each_below(&joined(HISTORY, &[&key]), &mut |place, version| note(Some(place), Some(&version)))?;
        note(None, self.get(&joined(RECORDS, &[&key]))?.as_deref())?;
        edits
            .into_iter()
            .map(|(place, edit)| {
                let head = self.get(&joined(COMMITS, &[place.get(..8).unwrap_or_default()]))?;
                let head = head.ok_or_else(|| Fault::Damaged("a commit is gone".into()))?;
                Ok((records::open_head(&head)?.step, edit))
            })
            .collect()
    }

    /// A commit as the journal writes it; `None` where it was lost.
    pub(super) fn with_change<T>(
        &self,
        seq: u64,
        run: impl FnOnce(Option<&Change<'_>>) -> T,
    ) -> Result<T, Fault> {
        let Some(head) = self.get(&joined(COMMITS, &[&seq.to_be_bytes()]))? else {
            return Ok(run(None));
        };
        records::open_head(&head)?;
        let mut versions = Vec::new();
        for (position, touch) in (0u32..).zip(self.touched(seq)?) {
            let version = self.left(&touch, seq, position)?;
            // What the tree hands to the journal is checked first: it is about to become the source.
            record_of(&touch.key, version.as_deref())?;
            versions.push((touch.key, version));
        }
        let mut edits = Vec::with_capacity(versions.len());
        for (key, version) in &versions {
            edits.push((*key, version.as_deref().map(sealed).transpose()?));
        }
        Ok(run(Some(&Change { head: &head, edits })))
    }

    /// The version that an edit displaced.
    fn displaced(&self, touch: &Touch, seq: u64, position: u32) -> Result<Option<IVec>, Fault> {
        let version = self.get(&joined(HISTORY, &[&touch.key, &place(seq, position)]))?;
        expected(version, touch.flags & DISPLACED != 0)
    }

    /// The version that an edit left: what the next edit displaced, else the record as it is.
    fn left(&self, touch: &Touch, seq: u64, position: u32) -> Result<Option<IVec>, Fault> {
        let place = place(seq, position);
        let wrote = |version: &IVec| version.starts_with(&place);
        let end = joined(HISTORY, &[&touch.key, &[0xff; PLACE]]);
        let start = joined(HISTORY, &[&touch.key, &place, &[0]]);
        let mut later = self.db.range(start..=end);
        let version = match self.guard(|_| later.next().transpose())? {
            Some((_, version)) if wrote(&version) => Some(version),
            _ => self.get(&joined(RECORDS, &[&touch.key]))?.filter(wrote),
        };
        expected(version, touch.flags & LEFT != 0)
    }

    fn touched(&self, seq: u64) -> Result<Vec<Touch>, Fault> {
        let sealed = self
            .get(&joined(TOUCHED, &[&seq.to_be_bytes()]))?
            .ok_or_else(|| Fault::Damaged(format!("commit {seq} no longer says what it touched")))?;
        let (_, payload) = codec::open(&sealed, TOUCHED_SCHEMA)?;
        let mut touched = Vec::with_capacity(payload.len() / (size_of::<Key>() + 1));
        for entry in payload.chunks_exact(size_of::<Key>() + 1) {
            let (key, flags) = entry.split_at(size_of::<Key>());
            let key = key.try_into().map_err(|_| Fault::Damaged("a key of the wrong length".into()))?;
            touched.push(Touch { key, flags: flags[0] });
        }
        Ok(touched)
    }
}

fn seq_of(bytes: &[u8]) -> Result<u64, Fault> {
    let bytes = bytes.try_into().map_err(|_| Fault::Damaged("a number of the wrong length".into()))?;
    Ok(u64::from_be_bytes(bytes))
}

/// Fails where a version is there and should not be, or the other way round.
fn expected(version: Option<IVec>, wanted: bool) -> Result<Option<IVec>, Fault> {
    if version.is_some() == wanted {
        Ok(version)
    } else {
        Err(Fault::Damaged("history does not have the versions that it should".into()))
    }
}
