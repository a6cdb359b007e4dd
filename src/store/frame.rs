//! The frames of a journal segment: what one commit looks like on disk. Pure; bytes in, bytes out.
//!
//! ```text
//! segment  "openbarj" | format u16 | first seq u64 | crc32 u32 | frame*
//! frame    "obj1" | length of body u32 | crc32 u32 | seq u64 | flags u8 | body
//! body     length of head u32 | head | edit*
//! edit     key 17 bytes | length u32 | envelope            (length 0: the record is gone)
//! ```
//!
//! Little endian; the frame's checksum covers seq, flags and body. The head and the records are envelopes
//! (`codec.rs`), the same bytes that the tree keeps. **Frozen.**

use std::ops::Range;

use memchr::memmem;

use super::fault::Fault;
use super::records::Key;

const SEGMENT: &[u8; 8] = b"openbarj";
const FORMAT: u16 = 1;
/// Bytes before the first frame.
pub(super) const SEGMENT_HEADER: usize = 22;

const MARK: &[u8; 4] = b"obj1";
const HEADER: usize = 21;
/// The commit goes on in the next frame: neither counts without the other.
const MORE: u8 = 1;
/// The commit was lost to damage; only its number is left.
const LOST: u8 = 2;

/// The first bytes of a segment.
pub(super) fn segment_header(first: u64) -> [u8; SEGMENT_HEADER] {
    let mut header = [0; SEGMENT_HEADER];
    header[..8].copy_from_slice(SEGMENT);
    header[8..10].copy_from_slice(&FORMAT.to_le_bytes());
    header[10..18].copy_from_slice(&first.to_le_bytes());
    let sum = crc32fast::hash(&header[..18]);
    header[18..].copy_from_slice(&sum.to_le_bytes());
    header
}

/// Checks the first bytes of a segment: `Ok(false)` where they are damaged, an error where a newer version wrote them.
pub(super) fn check_segment(bytes: &[u8], first: u64) -> Result<bool, Fault> {
    let Some(header) = bytes.get(..SEGMENT_HEADER) else { return Ok(false) };
    if header.starts_with(SEGMENT) && header[18..] == crc32fast::hash(&header[..18]).to_le_bytes() {
        let format = u16::from_le_bytes([header[8], header[9]]);
        if format > FORMAT {
            return Err(Fault::Newer { found: format.into(), supported: FORMAT.into() });
        }
    }
    Ok(header == segment_header(first))
}

/// One commit, or one part of a large one, as it lies in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change<'a> {
    /// Envelope of the head.
    pub(super) head: &'a [u8],
    /// Which record, and its envelope; `None` when it is gone.
    pub(super) edits: Vec<(Key, Option<&'a [u8]>)>,
}

impl<'a> Change<'a> {
    fn parse(body: &'a [u8]) -> Option<Self> {
        let mut rest = body;
        let length = take_u32(&mut rest)?;
        let head = take(&mut rest, length)?;
        let mut edits = Vec::new();
        while !rest.is_empty() {
            let key: Key = take(&mut rest, 17)?.try_into().ok()?;
            let length = take_u32(&mut rest)?;
            let sealed = take(&mut rest, length)?;
            edits.push((key, (length > 0).then_some(sealed)));
        }
        Some(Self { head, edits })
    }
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

fn take_u32(rest: &mut &[u8]) -> Option<usize> {
    let bytes: [u8; 4] = take(rest, 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(bytes)).ok()
}

/// Appends the frame of a commit; `more` when its next part follows.
pub(super) fn write(out: &mut Vec<u8>, seq: u64, more: bool, change: &Change<'_>) {
    let start = begin(out, seq, if more { MORE } else { 0 });
    put_length(out, change.head.len());
    out.extend_from_slice(change.head);
    for (key, sealed) in &change.edits {
        out.extend_from_slice(key);
        let sealed = sealed.unwrap_or_default();
        put_length(out, sealed.len());
        out.extend_from_slice(sealed);
    }
    finish(out, start);
}

/// Appends a frame that stands for a lost commit.
pub(super) fn write_lost(out: &mut Vec<u8>, seq: u64) {
    let start = begin(out, seq, LOST);
    finish(out, start);
}

fn begin(out: &mut Vec<u8>, seq: u64, flags: u8) -> usize {
    let start = out.len();
    out.extend_from_slice(MARK);
    out.extend_from_slice(&[0; 8]);
    out.extend_from_slice(&seq.to_le_bytes());
    out.push(flags);
    start
}

fn put_length(out: &mut Vec<u8>, length: usize) {
    // Envelopes are at most `codec::LARGEST` and their header.
    out.extend_from_slice(&(length as u32).to_le_bytes());
}

fn finish(out: &mut [u8], start: usize) {
    // `commit.rs` splits commits long before 4 GiB.
    let length = (out.len() - start - HEADER) as u32;
    let sum = crc32fast::hash(&out[start + 12..]);
    out[start + 4..start + 8].copy_from_slice(&length.to_le_bytes());
    out[start + 8..start + 12].copy_from_slice(&sum.to_le_bytes());
}

/// What was found at some place of a segment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// A whole frame.
    Frame {
        /// Number of the commit.
        seq: u64,
        /// The commit goes on in the next frame.
        more: bool,
        /// What it changed; `None` for a commit that was lost to damage before.
        change: Option<Change<'a>>,
        /// Where the frame ends.
        end: usize,
    },
    /// Bytes that are no frame, up to the next one or the end.
    Bad(Range<usize>),
}

/// Walks through the frames of a segment.
pub(super) struct Frames<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Frames<'a> {
    /// The frames of a whole segment, header included.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: SEGMENT_HEADER.min(bytes.len()) }
    }

    fn frame_at(&self, at: usize) -> Option<Found<'a>> {
        let header = self.bytes.get(at..)?.get(..HEADER)?;
        if !header.starts_with(MARK) {
            return None;
        }
        let number = |range: Range<usize>| u32::from_le_bytes(header[range].try_into().unwrap_or_default());
        let end = at.checked_add(HEADER)?.checked_add(usize::try_from(number(4..8)).ok()?)?;
        let covered = self.bytes.get(at + 12..end)?;
        if crc32fast::hash(covered) != number(8..12) {
            return None;
        }
        let seq = u64::from_le_bytes(header[12..20].try_into().ok()?);
        let flags = header[20];
        let change = if flags & LOST == 0 { Some(Change::parse(&covered[9..])?) } else { None };
        Some(Found::Frame { seq, more: flags & MORE != 0, change, end })
    }
}

impl<'a> Iterator for Frames<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        if self.at >= self.bytes.len() {
            return None;
        }
        if let Some(found) = self.frame_at(self.at) {
            if let Found::Frame { end, .. } = found {
                self.at = end;
            }
            return Some(found);
        }
        let start = self.at;
        let next = memmem::find_iter(&self.bytes[start + 1..], MARK)
            .map(|offset| start + 1 + offset)
            .find(|at| self.frame_at(*at).is_some());
        self.at = next.unwrap_or(self.bytes.len());
        Some(Found::Bad(start..self.at))
    }
}

/// Whether bytes at the end of a journal are what a crash leaves: the beginning of a frame, or space that was
/// reserved and never filled. Anything else was written once and is damage.
pub(super) fn is_torn(tail: &[u8]) -> bool {
    if tail.iter().all(|byte| *byte == 0) {
        return true;
    }
    let Some(header) = tail.get(..HEADER) else {
        return MARK.starts_with(&tail[..tail.len().min(MARK.len())]);
    };
    let length = u32::from_le_bytes(header[4..8].try_into().unwrap_or_default());
    header.starts_with(MARK) && ((tail.len() - HEADER) as u64) < u64::from(length)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn segment(frames: u64) -> (Vec<u8>, Vec<usize>) {
        let mut bytes = segment_header(1).to_vec();
        let mut ends = vec![bytes.len()];
        for seq in 1..=frames {
            let text = format!("record {seq}");
            let edits = vec![([2; 17], Some(text.as_bytes())), ([3; 17], None)];
            write(&mut bytes, seq, seq == 2, &Change { head: b"head", edits });
            ends.push(bytes.len());
        }
        (bytes, ends)
    }

    fn seqs(bytes: &[u8]) -> (Vec<u64>, Vec<Range<usize>>) {
        let mut found = (Vec::new(), Vec::new());
        for item in Frames::of(bytes) {
            match item {
                Found::Frame { seq, .. } => found.0.push(seq),
                Found::Bad(range) => found.1.push(range),
            }
        }
        found
    }

    #[test]
    fn frames_come_back_as_written() {
        let (bytes, ends) = segment(3);
        let all: Vec<_> = Frames::of(&bytes).collect();
        assert_eq!(
            all[1],
            Found::Frame {
                seq: 2,
                more: true,
                change: Some(Change {
                    head: b"head",
                    edits: vec![([2; 17], Some(b"record 2")), ([3; 17], None)]
                }),
                end: ends[2],
            }
        );
        assert_eq!(seqs(&bytes), (vec![1, 2, 3], vec![]));
        assert!(check_segment(&bytes, 1).unwrap());
        assert!(!check_segment(&bytes, 2).unwrap(), "a segment under another's name");
    }

    #[test]
    fn a_lost_commit_keeps_its_number() {
        let mut bytes = segment_header(7).to_vec();
        write_lost(&mut bytes, 7);
        let all: Vec<_> = Frames::of(&bytes).collect();
        assert_eq!(all, [Found::Frame { seq: 7, more: false, change: None, end: bytes.len() }]);
    }

    #[test]
    fn a_newer_segment_is_refused_and_a_damaged_one_is_not_newer() {
        let mut bytes = segment_header(1);
        bytes[8] = 2;
        assert!(!check_segment(&bytes, 1).unwrap());
        let sum = crc32fast::hash(&bytes[..18]);
        bytes[18..].copy_from_slice(&sum.to_le_bytes());
        assert!(matches!(check_segment(&bytes, 1), Err(Fault::Newer { found: 2, .. })));
    }

    #[test]
    fn torn_is_told_from_damaged() {
        let (bytes, ends) = segment(1);
        let frame = &bytes[ends[0]..];
        for cut in 1..frame.len() {
            assert!(is_torn(&frame[..cut]), "cut at {cut}");
        }
        assert!(is_torn(&[0; 100]));
        let mut flipped = frame.to_vec();
        flipped[30] ^= 1;
        assert!(!is_torn(&flipped));
        assert!(!is_torn(b"something else altogether"));
    }

    proptest! {
        #[test]
        fn a_flipped_bit_costs_one_frame_only(at: prop::sample::Index) {
            let (mut bytes, ends) = segment(5);
            let bit = ends[0] * 8 + at.index((bytes.len() - ends[0]) * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
            let hit = ends.iter().position(|end| *end > bit / 8).unwrap() as u64;
            let (found, bad) = seqs(&bytes);
            let expected: Vec<u64> = (1..=5).filter(|seq| *seq != hit).collect();
            prop_assert_eq!(found, expected);
            prop_assert_eq!(bad, vec![ends[hit as usize - 1]..ends[hit as usize]]);
        }

        #[test]
        fn cut_anywhere_the_whole_frames_before_it_stay(at: prop::sample::Index) {
            let (bytes, ends) = segment(5);
            let cut = at.index(bytes.len());
            let (found, _) = seqs(&bytes[..cut]);
            let whole = ends.iter().skip(1).filter(|end| **end <= cut).count() as u64;
            prop_assert_eq!(found, (1..=whole).collect::<Vec<_>>());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let mut with_mark = segment_header(1).to_vec();
            with_mark.extend_from_slice(MARK);
            with_mark.extend_from_slice(&bytes);
            let _ = seqs(&bytes);
            let _ = seqs(&with_mark);
            let _ = is_torn(&bytes);
            let _ = Change::parse(&bytes);
        }
    }
}
