//! The envelope of every stored record, and the only place that knows which codec fills it.
//!
//! ```text
//! format u8 | schema u16 | crc32 u32 | payload          (little endian)
//! ```
//!
//! *Format* numbers the envelope and codec (1: bincode 2, variable-length integers), *schema* the structure inside,
//! one count a record kind. The checksum covers format, schema and payload and is checked before anything is decoded.
//! Every later format keeps these seven bytes, so that an older program can tell "newer" from "damaged".
//! Sizes are limited both ways: what could not be read back is refused on writing.

use bincode::config::{self, Configuration, Limit, LittleEndian, Varint};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fault::Fault;

/// Number of the envelope and codec.
const FORMAT: u8 = 1;
/// Bytes before the payload.
const HEADER: usize = 7;
/// Largest payload written, in bytes.
pub(super) const LARGEST: usize = 8 << 20;
/// Most memory that decoding one payload may claim. Empty list elements of one byte become structures of up to
/// thirty words, hence the factor.
const MEMORY: usize = 32 * LARGEST;

const CONFIG: Configuration<LittleEndian, Varint, Limit<MEMORY>> = config::standard().with_limit::<MEMORY>();

/// Encodes a value and closes its envelope.
pub(super) fn seal<T: Serialize>(schema: u16, value: &T) -> Result<Vec<u8>, Fault> {
    let mut bytes = vec![0; HEADER];
    bincode::serde::encode_into_std_write(value, &mut bytes, CONFIG)
        .map_err(|error| Fault::Damaged(format!("cannot be encoded: {error}")))?;
    close(schema, bytes)
}

/// Closes an envelope over bytes that need no codec.
pub(super) fn seal_raw(schema: u16, payload: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::with_capacity(HEADER + payload.len());
    bytes.resize(HEADER, 0);
    bytes.extend_from_slice(payload);
    close(schema, bytes)
}

fn close(schema: u16, mut bytes: Vec<u8>) -> Result<Vec<u8>, Fault> {
    if bytes.len() - HEADER > LARGEST {
        return Err(Fault::TooLarge { limit: LARGEST as u64 });
    }
    bytes[0] = FORMAT;
    bytes[1..3].copy_from_slice(&schema.to_le_bytes());
    let sum = checksum(&bytes);
    bytes[3..HEADER].copy_from_slice(&sum.to_le_bytes());
    Ok(bytes)
}

/// Checks an envelope; gives the payload, and the schema number, which is at most `newest`.
pub(super) fn open(bytes: &[u8], newest: u16) -> Result<(u16, &[u8]), Fault> {
    let sum = sum(bytes).ok_or_else(|| Fault::Damaged("a record is cut short".into()))?;
    if sum != checksum(bytes) {
        return Err(Fault::Damaged("a record fails its checksum".into()));
    }
    let schema = u16::from_le_bytes([bytes[1], bytes[2]]);
    if bytes[0] > FORMAT {
        return Err(Fault::Newer { found: bytes[0].into(), supported: FORMAT.into() });
    }
    if schema > newest {
        return Err(Fault::Newer { found: schema.into(), supported: newest.into() });
    }
    if bytes[0] != FORMAT || schema == 0 {
        return Err(Fault::Damaged("a record of a format that never was".into()));
    }
    Ok((schema, &bytes[HEADER..]))
}

/// Decodes a payload, all of it.
pub(super) fn decode<T: DeserializeOwned>(payload: &[u8]) -> Result<T, Fault> {
    let (value, read) = bincode::serde::decode_from_slice(payload, CONFIG)
        .map_err(|error| Fault::Damaged(format!("a record cannot be decoded: {error}")))?;
    if read != payload.len() {
        return Err(Fault::Damaged("a record has bytes left over".into()));
    }
    Ok(value)
}

/// The checksum written in an envelope, unchecked; `None` when there is not even a header.
pub(super) fn sum(bytes: &[u8]) -> Option<u32> {
    let sum = bytes.get(3..HEADER)?;
    Some(u32::from_le_bytes([sum[0], sum[1], sum[2], sum[3]]))
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&bytes[..3]);
    hasher.update(&bytes[HEADER..]);
    hasher.finalize()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_small_value_in_its_envelope() {
        let sealed = seal(3, &("né", 300u32)).unwrap();
        assert_eq!(sealed[..3], [1, 3, 0]);
        assert_eq!(sealed[HEADER..], [3, b'n', 0xc3, 0xa9, 251, 44, 1]);
        let (schema, payload) = open(&sealed, 3).unwrap();
        assert_eq!(schema, 3);
        assert_eq!(decode::<(String, u32)>(payload).unwrap(), ("né".into(), 300));
    }

    #[test]
    fn newer_is_told_from_damaged() {
        let sealed = seal(4, &1u8).unwrap();
        assert!(matches!(open(&sealed, 3), Err(Fault::Newer { found: 4, supported: 3 })));
        let mut later = sealed.clone();
        later[0] = 2;
        assert!(matches!(open(&later, 9), Err(Fault::Damaged(_))), "a flipped format byte is damage");
        let sum = checksum(&later);
        later[3..HEADER].copy_from_slice(&sum.to_le_bytes());
        assert!(matches!(open(&later, 9), Err(Fault::Newer { found: 2, supported: 1 })));
    }

    #[test]
    fn what_could_not_be_read_back_is_not_written() {
        assert!(matches!(seal(1, &"x".repeat(LARGEST)), Err(Fault::TooLarge { .. })));
        let largest = seal(1, &vec![String::new(); LARGEST - 5]).unwrap();
        let (_, payload) = open(&largest, 1).unwrap();
        assert_eq!(decode::<Vec<String>>(payload).unwrap().len(), LARGEST - 5);
    }

    #[test]
    fn a_length_that_lies_claims_no_memory() {
        // 253 announces a u64: a list of 2^63 strings in nine bytes.
        let mut lie = vec![253];
        lie.extend_from_slice(&(1u64 << 63).to_le_bytes());
        assert!(matches!(decode::<Vec<String>>(&lie), Err(Fault::Damaged(_))));
        assert!(matches!(decode::<String>(&lie), Err(Fault::Damaged(_))));
    }

    proptest! {
        #[test]
        fn any_value_comes_back(schema in 1u16.., value: (String, Vec<Option<i64>>, bool)) {
            let sealed = seal(schema, &value).unwrap();
            let (found, payload) = open(&sealed, u16::MAX).unwrap();
            prop_assert_eq!(found, schema);
            prop_assert_eq!(decode::<(String, Vec<Option<i64>>, bool)>(payload).unwrap(), value);
        }

        #[test]
        fn any_flipped_bit_is_noticed(value: (String, Vec<u32>), at: prop::sample::Index) {
            let mut sealed = seal(1, &value).unwrap();
            let bit = at.index(sealed.len() * 8);
            sealed[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(matches!(open(&sealed, 1), Err(Fault::Damaged(_))));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            if let Ok((_, payload)) = open(&bytes, u16::MAX) {
                let _ = decode::<(String, Vec<String>)>(payload);
            }
            let _ = decode::<Vec<(String, Option<Vec<u8>>)>>(&bytes);
        }
    }
}
