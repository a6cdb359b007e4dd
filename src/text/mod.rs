//! What words are, in both languages: cleaning, folding, phones, dates, names. A leaf that knows nothing of ours.

pub mod charset;
pub mod clean;
pub mod dates;
pub mod fold;
pub mod names;
pub mod phone;
pub mod profile;
pub mod shapes;
pub mod short_names;
pub mod stem;
pub mod tokens;
pub mod triggers;
pub mod words;
