//! Card images: bytes to upright pixels, pixels to text and codes.
//!
//! | file | does |
//! | --- | --- |
//! | `decode` | recognises the format, refuses what is too large before decoding it, decodes, turns upright |
//! | `picture` | the pixels; shrinking, turning, encoding for keeping |
//! | `scale` | halved copies, and reading between pixels |
//! | `qr` | QR codes to their payloads |
//! | `ocr` | printed text to lines in reading order |
//! | `tesseract` | what another program has read, as if it had been read here |
//! | `read` | letters and codes, as what is printed on the card |
//!
//! Invariants: no bytes make anything here panic or take more memory than [`Limits`] allow; every text that leaves
//! has passed `text::clean`; nothing here touches the disk, the clock or the network, and no link from a code is
//! ever followed.

mod decode;
pub mod ocr;
mod picture;
pub mod qr;
mod read;
mod scale;
pub mod tesseract;

pub use self::decode::{ImageProblem, Limits, open};
pub use self::picture::{Encoded, Kind, Picture, Turn};
pub use self::read::{read, read_by};
