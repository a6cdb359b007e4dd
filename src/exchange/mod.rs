//! Files of other programs, to records and back: one file a format.
//!
//! Reading has two halves. [`read`] turns a file into a [`Batch`]: contacts as the file gives them, besides a list of
//! what could not be read. [`intake::plan`] compares a batch with the book and answers with the edits to make; it is
//! pure, so that a dry run is the same code. Nothing here knows the store, a clock or a language.
//!
//! A format is recognised by what stands in the file, never by the file's name: people rename their downloads, and
//! LinkedIn translates the names within its archive.
//!
//! Invariants: whatever bytes come in, reading ends in time linear in their number and does not panic; what cannot
//! be read is reported with its line; the rest comes through; texts carry no control characters.

pub mod archive;
pub mod csv;
mod dates;
pub mod graph_formats;
pub mod intake;
pub mod linkedin;
pub mod native;
mod source;

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::change::Record;
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::domain::problem::{InputProblem, InputReason, Problem, UsageProblem};
use crate::domain::time::Date;

/// A form that openbar reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// LinkedIn's data export: the archive, or the list of connections in it.
    LinkedIn,
    /// openbar's own JSON Lines (docs/native-json.md).
    Native,
}

impl Format {
    /// Every format, in the order in which a person is told of them.
    pub const ALL: [Self; 2] = [Self::LinkedIn, Self::Native];

    /// The word for it in commands, and what a record's `source` says.
    pub fn word(self) -> &'static str {
        match self {
            Self::LinkedIn => "linkedin",
            Self::Native => "jsonl",
        }
    }

    /// The format that a command means; `native` is `jsonl` by another name.
    pub fn from_word(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "linkedin" => Some(Self::LinkedIn),
            "jsonl" | "native" => Some(Self::Native),
            _ => None,
        }
    }
}

/// The word for a file of markets, which holds no contacts and is read elsewhere.
pub const MARKETS: &str = "markets";

/// How to read a file.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The format, when the user names it.
    pub format: Option<Format>,
    /// Columns of a table without a header that openbar knows: name of the field (see [`linkedin::Field`]) and number of the column,
    /// from 1.
    pub columns: Vec<(String, usize)>,
    /// The current day: a date later than this was misread.
    pub today: Date,
}

impl ReadOptions {
    /// Finds out the format by itself.
    pub fn new(today: Date) -> Self {
        Self { format: None, columns: Vec::new(), today }
    }
}

/// Told how far reading has come, in bytes done and in all; may stop it.
pub type Watch<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// A contact as a file gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The line where it begins, from 1.
    pub line: u64,
    /// The contact. Its identifier is final in native files, and nil in others; so are its stamps, where the file has them.
    pub contact: Arc<Contact>,
    /// The file says when the contact came in.
    pub has_created: bool,
    /// The file says when the contact last changed.
    pub has_updated: bool,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The file, for messages; of an archive, with the entry that was read.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// A day on which the file was true: that of the export if it is known, else that of its newest entry.
    pub as_of: Option<Date>,
    /// The day of the export, if it is known.
    pub exported_on: Option<Date>,
    /// Contacts, in the order of the file.
    pub people: Vec<Incoming>,
    /// Other records, each with its line. They refer to contacts by provisional identifiers; see `uids`.
    pub others: Vec<(u64, Record)>,
    /// For each identifier that was derived from a uid, that uid.
    pub uids: HashMap<ContactId, String>,
    /// What could not be read.
    pub problems: Vec<InputProblem>,
    /// Rows that hold nothing to keep: closed or hidden accounts.
    pub nameless: usize,
}

impl Batch {
    /// A batch with nothing in it yet.
    pub fn new(file: impl Into<String>, format: Format) -> Self {
        Self {
            file: file.into(),
            format,
            as_of: None,
            exported_on: None,
            people: Vec::new(),
            others: Vec::new(),
            uids: HashMap::new(),
            problems: Vec::new(),
            nameless: 0,
        }
    }

    /// Notes what is wrong with a line; line or column 0 when the whole is meant.
    fn report(&mut self, line: u64, column: u64, reason: InputReason) {
        self.problems.push(InputProblem { file: self.file.clone(), line, column, reason });
    }
}

/// Reads a file. Rows that cannot be read are in [`Batch::problems`]; an error means that nothing could be.
pub fn read(path: &Path, options: &ReadOptions, watch: &mut Watch<'_>) -> Result<Batch, Problem> {
    let name = path.display().to_string();
    let bad = |reason| bad_input(&name, 0, reason);
    let unreadable = |error: std::io::Error| bad(InputReason::Unreadable { detail: error.to_string() });
    let mut file = File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(bad(InputReason::Unreadable { detail: std::io::ErrorKind::IsADirectory.to_string() }));
    }
    let mut head = Vec::new();
    file.by_ref().take(source::HEAD).read_to_end(&mut head).map_err(unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let kind = source::sniff(&head).map_err(bad)?;
    match (kind, options.format) {
        (source::Kind::Zip, None | Some(Format::LinkedIn)) => {
            archive::read(BufReader::new(file), &name, options, watch)
        }
        (source::Kind::Json, None) | (_, Some(Format::Native)) => {
            let reader = source::text(file, &head, &name)?;
            native::read(reader, &name, about.len(), watch)
        }
        (source::Kind::Text, None) | (_, Some(Format::LinkedIn)) => {
            let bytes = source::whole(file, &name)?;
            linkedin::read(&bytes, &name, options, watch)
        }
    }
}

/// The format that a word of a command means, or the words that there are.
pub fn format_named(word: &str) -> Result<Format, Problem> {
    Format::from_word(word).ok_or_else(|| {
        Problem::Usage(UsageProblem::UnknownWord {
            word: word.to_owned(),
            allowed: Format::ALL
                .map(Format::word)
                .into_iter()
                .chain([MARKETS])
                .map(ToOwned::to_owned)
                .collect(),
        })
    })
}

fn bad_input(file: &str, line: u64, reason: InputReason) -> Problem {
    Problem::BadInput(InputProblem {
        file: PathBuf::from(file).display().to_string(),
        line,
        column: 0,
        reason,
    })
}
