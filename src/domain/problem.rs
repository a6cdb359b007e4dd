//! What can go wrong, as data. The sentences are in the language catalogues, the exit codes here.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::contact::Contact;
use super::market::Named;

/// Something that kept a job from being done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Nobody fits the words.
    NobodyFound {
        /// The words.
        who: String,
    },
    /// Several people fit; never a guess.
    Ambiguous {
        /// The words.
        who: String,
        /// The first of those who fit.
        people: Vec<Brief>,
        /// How many fit in all.
        total: usize,
    },
    /// No market goes by the words, or several do.
    NoMarket {
        /// The words.
        name: String,
        /// Those that may have been meant, nearest first.
        near: Vec<Named>,
    },
    /// No region goes by the words, and nobody is in one.
    NoRegion {
        /// The words.
        name: String,
        /// Those that may have been meant, nearest first.
        near: Vec<Named>,
    },
    /// No need goes by the words.
    NoNeed {
        /// The words.
        words: String,
        /// Identifiers and words of the newest open ones.
        open: Vec<(String, String)>,
    },
    /// Several needs go by the words; never a guess.
    ManyNeeds {
        /// The words.
        words: String,
        /// Their identifiers and words.
        needs: Vec<(String, String)>,
    },
    /// None of the user's own pairs of words holds these.
    NoPair {
        /// The words.
        text: String,
    },
    /// There is nothing to take back.
    NothingToUndo,
    /// There is nothing to do again.
    NothingToRedo,
    /// Later changes to the same fields stand in the way.
    Conflict {
        /// Whom or what it is about.
        subject: String,
        /// Fields in the way; empty for the whole record.
        fields: Vec<String>,
    },
    /// The command cannot mean anything, with a hint.
    Usage(UsageProblem),
    /// Input could not be read at all.
    BadInput(InputProblem),
    /// The store is open in another process that does not answer.
    StoreLocked {
        /// The process, if known.
        pid: Option<u32>,
    },
    /// The store was made by a newer version and was left untouched.
    StoreNewer {
        /// The version found.
        found: u32,
        /// The newest version that can be read.
        supported: u32,
    },
    /// The store is damaged beyond what can be rebuilt; the files were left or set aside.
    StoreDamaged {
        /// The folder.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// The store's folder cannot be read or written.
    StoreUnavailable {
        /// The folder or file.
        path: PathBuf,
        /// The system's words.
        detail: String,
    },
    /// A write failed (disk full, say); the store is closed, the change is kept in the journal if it got there.
    WriteFailed {
        /// The system's words.
        detail: String,
    },
    /// The running openbar is of another version and must be restarted.
    OtherVersion {
        /// Its version.
        theirs: String,
    },
    /// The user stopped it.
    Cancelled,
    /// The drop folder is not there, or files cannot be read or moved in it.
    DropFolder {
        /// The folder.
        path: PathBuf,
        /// The system's words.
        detail: String,
    },
    /// The encoder that the settings name cannot be used; needs are matched without it.
    Encoder {
        /// The file.
        path: PathBuf,
        /// Why.
        fault: EncoderFault,
    },
    /// A file could not be written.
    CannotWrite {
        /// The file.
        path: PathBuf,
        /// The system's words.
        detail: String,
    },
}

/// Why an encoder cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EncoderFault {
    /// It is missing, or may not be read.
    Unreadable {
        /// The system's words.
        detail: String,
    },
    /// It is something else.
    NotOne,
    /// It is of another version.
    OtherVersion {
        /// Its version.
        found: u32,
        /// The version that can be read.
        supported: u32,
    },
    /// It ends too early or was changed.
    Damaged,
    /// It is larger than any encoder.
    TooLarge,
}

/// A command that cannot mean anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UsageProblem {
    /// No text was given.
    NothingGiven,
    /// A word that is none of those allowed here.
    UnknownWord {
        /// The word.
        word: String,
        /// What is allowed.
        allowed: Vec<String>,
    },
    /// A date that could not be read.
    BadDate {
        /// The words.
        text: String,
    },
    /// Own words are two phrases, each with a word that means something.
    NotAPair {
        /// What was given.
        text: String,
    },
    /// A tie needs two people.
    SamePerson,
    /// A market cannot be below itself, nor merged into itself.
    SameMarket,
    /// A market of that name is there already.
    MarketExists {
        /// The market.
        market: Named,
    },
    /// It needs a terminal or `--yes`.
    NeedsYes,
    /// The format of the file could not be told; it must be named.
    UnknownFormat {
        /// The file.
        file: PathBuf,
    },
}

/// Input that could not be read, with the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputProblem {
    /// The file; empty for standard input.
    pub file: String,
    /// Line, from 1; 0 when the whole file is meant.
    pub line: u64,
    /// Column in characters, from 1; 0 when the whole line is meant.
    pub column: u64,
    /// What is wrong.
    pub reason: InputReason,
}

/// What is wrong with input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InputReason {
    /// The file cannot be opened or read.
    Unreadable {
        /// The system's words.
        detail: String,
    },
    /// There is nothing in it.
    Empty,
    /// It is not text.
    Binary,
    /// It is larger than openbar reads.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// A line or cell is longer than openbar reads.
    TooLong {
        /// The limit in bytes.
        limit: u64,
    },
    /// No header row that openbar knows.
    NoHeader,
    /// A quote was opened here and never closed.
    UnclosedQuote,
    /// The row has no name and nothing else to keep.
    NoName,
    /// A date that could not be read; the rest of the row was kept.
    BadDate {
        /// The words.
        text: String,
    },
    /// A value that could not be read; the rest was kept.
    BadValue {
        /// Which field.
        field: String,
        /// The words.
        text: String,
    },
    /// A quote is missing, so that the row's cells cannot be told apart; the row was left out.
    BrokenRow {
        /// Cells found.
        found: usize,
        /// Cells expected.
        expected: usize,
    },
    /// The row has cells beyond its header; they were left out.
    SurplusCells {
        /// The words in them.
        text: String,
    },
    /// A field that openbar does not know; its value was not kept.
    UnknownField {
        /// Which field.
        field: String,
    },
    /// The same record stood earlier in the file; this one was left out.
    Repeated {
        /// Its uid or address.
        key: String,
    },
    /// Several known people fit this one, who was therefore left as new.
    Namesakes {
        /// The name.
        name: String,
    },
    /// Not JSON, or not of the native form.
    BadJson {
        /// The parser's words.
        detail: String,
    },
    /// Not a file of markets.
    BadMarkets {
        /// The reader's words.
        detail: String,
    },
    /// The archive is broken.
    BadArchive {
        /// The reader's words.
        detail: String,
    },
    /// The archive holds no file that openbar knows.
    NothingKnownInside,
    /// It is neither an image nor text.
    NotAnImage,
    /// A photo in Apple's HEIC, which openbar does not read.
    Heic,
    /// An image or document of a format that openbar does not read.
    UnsupportedImage {
        /// The format's name, such as `TIFF`.
        format: String,
    },
    /// An image of more pixels than openbar reads; nothing of it was decoded.
    TooManyPixels {
        /// Width in pixels, as the file says.
        width: u32,
        /// Height in pixels, as the file says.
        height: u32,
        /// Most pixels allowed.
        limit: u64,
    },
    /// The file ends before the image does.
    CutOff,
    /// The image is damaged.
    DamagedImage,
    /// It refers to a contact that is not there.
    UnknownContact {
        /// The uid.
        uid: String,
    },
}

/// A contact in a few words, for lists and messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// The uid.
    pub uid: String,
    /// The name to show.
    pub name: String,
    /// Main organisation; may be empty.
    pub org: String,
}

impl From<&Contact> for Brief {
    fn from(contact: &Contact) -> Self {
        Self {
            uid: contact.uid(),
            name: contact.display_name().to_owned(),
            org: contact.main_role().map(|role| role.org.clone()).unwrap_or_default().to_string(),
        }
    }
}

impl Problem {
    /// Exit code of a command that met it: 1 nothing found, 2 usage, 3 bad input, 4 store.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NobodyFound { .. }
            | Self::NoMarket { .. }
            | Self::NoRegion { .. }
            | Self::NoNeed { .. }
            | Self::NoPair { .. }
            | Self::NothingToUndo
            | Self::NothingToRedo => 1,
            Self::Ambiguous { .. }
            | Self::ManyNeeds { .. }
            | Self::Usage(_)
            | Self::Conflict { .. }
            | Self::Cancelled => 2,
            Self::BadInput(_) | Self::DropFolder { .. } | Self::Encoder { .. } => 3,
            Self::StoreLocked { .. }
            | Self::StoreNewer { .. }
            | Self::StoreDamaged { .. }
            | Self::StoreUnavailable { .. }
            | Self::WriteFailed { .. }
            | Self::OtherVersion { .. }
            | Self::CannotWrite { .. } => 4,
        }
    }
}
