//! Reasons, dates, likelihoods and errors as sentences, in French and English.
//!
//! Nothing that a person reads is written anywhere else: the layers below hand over data, the faces above ask
//! this layer for words.

pub mod asking;
pub mod cards;
pub mod dates;
pub mod duplicates;
pub mod errors;
pub mod i18n;
pub mod markets;
pub mod needs;
pub mod records;

pub use i18n::{Catalogue, Lang};
