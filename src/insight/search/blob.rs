//! The index as bytes, so that a start finds people before the records have been read.
//!
//! Little-endian, by segment and column, so that reading is a few big copies. The blob is a cache: another
//! version, or anything unsound, reads as `None` and the index is built anew. Checksum and stamp are the store's.

use std::sync::Arc;

use uuid::Uuid;

use super::columns::{Facts, Letters, Masks, Zone};
use super::index::{Index, MOST_SEGMENTS, SEGMENT_MOST};
use super::segment::Segment;
use super::threads;
use crate::domain::ContactId;

const MAGIC: [u8; 4] = *b"obix";
/// Raised whenever the meaning of any column or the search form of texts changes.
const VERSION: u32 = 1;
const ID: usize = 16;
const MASKS: usize = Zone::ALL.len() * 8;
const FACTS: usize = 4 + 2 * (Zone::ALL.len() + 10);
/// Fewer bytes than this are not worth a second thread.
const WORTH_THREADS: usize = 4 << 20;

impl Index {
    /// The index as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let size: usize = self.segments.iter().map(|segment| size_of_segment(segment)).sum();
        let mut out = Vec::with_capacity(12 + size);
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend((self.segments.len() as u32).to_le_bytes());
        for segment in self.segments.iter() {
            write_segment(segment, &mut out);
        }
        out
    }

    /// Reads what [`Index::to_bytes`] wrote; `None` for anything else, whatever it is.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut input = Input(bytes);
        if input.take(4)? != MAGIC || input.u32()? != VERSION {
            return None;
        }
        let count = input.u32()? as usize;
        if count > MOST_SEGMENTS {
            return None;
        }
        let parts: Vec<Part<'_>> = (0..count).map(|_| Part::cut(&mut input)).collect::<Option<_>>()?;
        if !input.0.is_empty() {
            return None;
        }
        let segments = threads::shared(parts.len(), bytes.len(), WORTH_THREADS, |range| {
            parts[range].iter().map(Part::read).collect::<Option<Vec<_>>>()
        });
        let segments: Vec<Arc<Segment>> = segments.into_iter().collect::<Option<Vec<_>>>()?.concat();
        let ascending = segments.windows(2).all(|pair| pair[0].ids.last() < pair[1].ids.first());
        ascending.then(|| Self::from_segments(segments))
    }
}

fn size_of_segment(segment: &Segment) -> usize {
    12 + segment.len() * (ID + MASKS + FACTS + 8) + segment.text.len() + segment.show.len()
}

fn write_segment(segment: &Segment, out: &mut Vec<u8>) {
    for len in [segment.len(), segment.text.len(), segment.show.len()] {
        out.extend((len as u32).to_le_bytes());
    }
    for id in &segment.ids {
        out.extend(id.0.as_bytes());
    }
    for masks in &segment.masks {
        for letters in masks {
            out.extend(letters.initials.to_le_bytes());
            out.extend(letters.all.to_le_bytes());
        }
    }
    for facts in &segment.facts {
        let Facts { recency, zone_end, show, things, flags, next, met_from, met_to, last } = *facts;
        out.extend(recency.to_le_bytes());
        let others = [things, flags, next, met_from, met_to, last];
        for value in zone_end.into_iter().chain(show).chain(others) {
            out.extend(value.to_le_bytes());
        }
    }
    for end in segment.text_end.iter().chain(&segment.show_end) {
        out.extend(end.to_le_bytes());
    }
    out.extend(segment.text.as_bytes());
    out.extend(segment.show.as_bytes());
}

/// The bytes of one segment, by column.
struct Part<'a> {
    ids: &'a [u8],
    masks: &'a [u8],
    facts: &'a [u8],
    text_end: &'a [u8],
    show_end: &'a [u8],
    text: &'a [u8],
    show: &'a [u8],
}

impl<'a> Part<'a> {
    fn cut(input: &mut Input<'a>) -> Option<Self> {
        let [rows, text, show] = [input.u32()?, input.u32()?, input.u32()?].map(|len| len as usize);
        if rows > SEGMENT_MOST {
            return None;
        }
        Some(Self {
            ids: input.take(rows.checked_mul(ID)?)?,
            masks: input.take(rows.checked_mul(MASKS)?)?,
            facts: input.take(rows.checked_mul(FACTS)?)?,
            text_end: input.take(rows.checked_mul(4)?)?,
            show_end: input.take(rows.checked_mul(4)?)?,
            text: input.take(text)?,
            show: input.take(show)?,
        })
    }

    fn read(&self) -> Option<Arc<Segment>> {
        let u32s = |bytes: &[u8]| records::<4>(bytes).map(u32::from_le_bytes).collect::<Vec<_>>();
        let segment = Segment {
            ids: records::<ID>(self.ids).map(|bytes| ContactId(Uuid::from_bytes(bytes))).collect(),
            masks: records::<MASKS>(self.masks).map(read_masks).collect(),
            facts: records::<FACTS>(self.facts).map(read_facts).collect(),
            has_archived: false,
            text_end: u32s(self.text_end),
            show_end: u32s(self.show_end),
            text: str::from_utf8(self.text).ok()?.to_owned(),
            show: str::from_utf8(self.show).ok()?.to_owned(),
        };
        segment.is_sound().then(|| Arc::new(segment.marked()))
    }
}

fn read_masks(bytes: [u8; MASKS]) -> Masks {
    let mut values = records::<4>(&bytes).map(u32::from_le_bytes);
    let mut value = || values.next().unwrap_or_default();
    std::array::from_fn(|_| Letters { initials: value(), all: value() })
}

fn read_facts(bytes: [u8; FACTS]) -> Facts {
    let (recency, rest) = bytes.split_at(4);
    let mut values = records::<2>(rest).map(u16::from_le_bytes);
    let mut value = || values.next().unwrap_or_default();
    Facts {
        recency: records::<4>(recency).next().map_or(0, u32::from_le_bytes),
        zone_end: std::array::from_fn(|_| value()),
        show: std::array::from_fn(|_| value()),
        things: value(),
        flags: value(),
        next: value(),
        met_from: value(),
        met_to: value(),
        last: value(),
    }
}

/// The records of `N` bytes in a column, whose length is a multiple of that.
fn records<const N: usize>(bytes: &[u8]) -> impl Iterator<Item = [u8; N]> {
    bytes.as_chunks::<N>().0.iter().copied()
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }
}
