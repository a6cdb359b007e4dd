//! `card`: images, vCards and blocks of text into the pocket, or, with `--dry-run`, what would be read on them.
//!
//! A dry run opens no book and gives exactly one object for each input, in order. Otherwise each file goes to the engine,
//! which keeps its picture; a file that is no card is told, and the others are read all the same.

use std::fs::File;
use std::io::{self, BufRead as _, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::args::{CardArgs, Format};
use super::output::{Style, plain};
use super::session::{Session, today, unexpected};
use super::{Failure, Outcome, brief, complain, needs};
use crate::capture::card::{self, CardReading, CodeKind, LONGEST_TEXT, Opened};
use crate::capture::image::{Limits, ocr};
use crate::capture::printed::{CardProblem, Printed};
use crate::domain::contact::MetHow;
use crate::domain::id::ContactId;
use crate::domain::problem::{InputProblem, InputReason, Problem};
use crate::domain::time::Timestamp;
use crate::exchange::native;
use crate::protocol::{CardSource, CardsRead, Job, ReadCard, Reply, StickyEvent};
use crate::recogniser::Recogniser;
use crate::wording::{cards, errors};

/// The file that stands for standard input.
const STDIN: &str = "-";

/// Reads cards.
pub fn run(session: &mut Session, args: &CardArgs) -> Outcome {
    let mut answers = Answers { format: args.format, any: false, failed: false };
    // Loading the models takes time: once for all images.
    let mut models = None;
    if args.text {
        texts(session, args, &mut answers)?;
    } else {
        for file in &args.file {
            let outcome = if args.dry_run {
                let read = bytes_of(file).and_then(|bytes| card::open(&bytes));
                let printed = read.map(|opened| printed_of(opened, session.config.ocr, &mut models));
                answers.understood(session, &shown(file), printed)
            } else {
                into_pocket(session, args, file, &mut answers)
            };
            outcome?;
        }
    }
    answers.end(session)
}

/// One JSON string a line, each a block of text; one answer a line.
fn texts(session: &mut Session, args: &CardArgs, answers: &mut Answers) -> Outcome {
    let mut reader = io::stdin().lock();
    let mut number = 0;
    loop {
        number += 1;
        let mut line = Vec::new();
        // JSON writes a control character as six bytes.
        let most = LONGEST_TEXT as u64 * 6;
        let read = (&mut reader).take(most + 1).read_until(b'\n', &mut line);
        let read = read.map_err(|error| bad_input(STDIN, number, unreadable(&error)))?;
        if read == 0 {
            return Ok(());
        }
        if line.len() as u64 > most {
            return Err(bad_input(STDIN, number, InputReason::TooLong { limit: most }));
        }
        let text = serde_json::from_slice::<String>(line.trim_ascii());
        let text = text.map_err(|error| InputReason::BadJson { detail: error.to_string() });
        if args.dry_run {
            answers.understood(session, STDIN, text.map(|text| card::text_card(&text)))?;
            continue;
        }
        match text {
            Ok(text) => take_in(session, args, CardSource::Text(text), STDIN, answers)?,
            Err(reason) => answers.refused(session, STDIN, number, reason)?,
        }
    }
}

fn printed_of(opened: Opened, recogniser: Recogniser, models: &mut Option<Arc<ocr::Reader>>) -> Printed {
    match opened {
        Opened::Picture(picture) => recogniser.read(picture, models).1,
        Opened::Text(printed) => printed,
    }
}

/// Sends one file to the engine.
fn into_pocket(session: &mut Session, args: &CardArgs, file: &Path, answers: &mut Answers) -> Outcome {
    let name = shown(file);
    if file != Path::new(STDIN) {
        let path = match std::path::absolute(file) {
            Ok(path) => path,
            Err(error) => return answers.refused(session, &name, 0, unreadable(&error)),
        };
        return take_in(session, args, CardSource::Path(path), &name, answers);
    }
    match bytes_of(file) {
        Ok(bytes) => {
            // The engine may be in another process, which reads files faster than bytes on the socket.
            let mut copy = tempfile::Builder::new().prefix("openbar-card-").tempfile()?;
            copy.write_all(&bytes)?;
            take_in(session, args, CardSource::Path(copy.path().to_owned()), &name, answers)
        }
        Err(reason) => answers.refused(session, &name, 0, reason),
    }
}

fn take_in(
    session: &mut Session,
    args: &CardArgs,
    source: CardSource,
    name: &str,
    answers: &mut Answers,
) -> Outcome {
    let event = args.event.as_deref().map(str::trim).filter(|event| !event.is_empty());
    let event = event.map(|name| StickyEvent { name: crate::text::clean::line(name), on: today() });
    let lang = session.language();
    match session.ask(Job::ReadCard(ReadCard { source, lang, event })) {
        Ok(Reply::CardsRead(read)) => answers.read(session, name, &read),
        Ok(_) => Err(unexpected()),
        // One file that is no card does not keep the others out.
        Err(Failure::Problem(Problem::BadInput(problem))) => {
            answers.refused(session, name, problem.line, problem.reason)
        }
        Err(failure) => Err(failure),
    }
}

/// What is answered, one input after the other.
struct Answers {
    format: Format,
    any: bool,
    /// Some input could not be read.
    failed: bool,
}

/// What was read on one input, for scripts.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    contact: Option<Box<RawValue>>,
    /// Further people of the same card.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<Box<RawValue>>,
    /// The card had been read before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    known: bool,
    qr: Option<Code<'a>>,
    text: &'a str,
    confidence: f32,
    problems: Vec<Remark>,
}

#[derive(Serialize)]
struct Code<'a> {
    kind: &'static str,
    payload: &'a str,
}

#[derive(Serialize)]
struct Remark {
    kind: &'static str,
    reason: String,
}

impl Answers {
    /// Says how one input is understood.
    fn understood(
        &mut self,
        session: &mut Session,
        file: &str,
        read: Result<Printed, InputReason>,
    ) -> Outcome {
        let printed = match read {
            Ok(printed) => printed,
            Err(reason) => return self.refused(session, file, 0, reason),
        };
        let readings = card::read(&printed, &session.context());
        let mut problems: Vec<CardProblem> = Vec::new();
        for problem in printed.problems.iter().chain(readings.iter().flat_map(|reading| &reading.problems)) {
            if !problems.contains(problem) {
                problems.push(problem.clone());
            }
        }
        let confidence = readings.first().map_or(0.0, |reading| reading.confidence);
        let contacts: Vec<_> = readings.into_iter().map(|reading| Arc::new(contact(reading))).collect();
        self.write(session, file, &contacts, false, &printed, confidence, &problems)
    }

    /// Says what one input brought into the pocket.
    fn read(&mut self, session: &mut Session, file: &str, read: &CardsRead) -> Outcome {
        if self.format == Format::Table {
            self.table(session, file, &read.contacts, read.known, true, &read.problems)?;
            return needs::ring(session, &read.answers);
        }
        let kept = match session.ask(Job::Kept { hash: read.hash.clone() })? {
            Reply::Kept(kept) => kept.unwrap_or_default(),
            _ => return Err(unexpected()),
        };
        let printed = kept.printed;
        let confidence = card::read(&printed, &session.context()).first().map_or(0.0, |read| read.confidence);
        self.write(session, file, &read.contacts, read.known, &printed, confidence, &read.problems)
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one answer")]
    fn write(
        &mut self,
        session: &mut Session,
        file: &str,
        contacts: &[Arc<crate::domain::contact::Contact>],
        known: bool,
        printed: &Printed,
        confidence: f32,
        problems: &[CardProblem],
    ) -> Outcome {
        if self.format == Format::Table {
            return self.table(session, file, contacts, known, false, problems);
        }
        let raw = |contact: &Arc<_>| RawValue::from_string(native::write_contact(contact, false));
        let mut contacts =
            contacts.iter().map(raw).collect::<Result<Vec<_>, _>>().map_err(io::Error::from)?;
        let others = contacts.split_off(contacts.len().min(1));
        let lang = session.lang();
        let remark = |problem| Remark { kind: cards::kind(problem), reason: cards::problem(problem, lang) };
        let text = printed.text();
        let line = Line {
            file,
            contact: contacts.pop(),
            others,
            known,
            qr: printed.codes.first().map(|code| Code { kind: CodeKind::of(code).word(), payload: code }),
            text: &text,
            confidence,
            problems: problems.iter().map(remark).collect(),
        };
        self.json(session, &line)
    }

    /// One input that is no card. The others are answered all the same; the exit code tells.
    fn refused(&mut self, session: &mut Session, file: &str, line: u64, reason: InputReason) -> Outcome {
        self.failed = true;
        let lang = session.lang();
        if self.format == Format::Table {
            let file = if file == STDIN { String::new() } else { file.to_owned() };
            let problem = Problem::BadInput(InputProblem { file, line, column: 0, reason });
            session.out.flush()?;
            complain(&errors::problem(&problem, lang), lang);
            return Ok(());
        }
        let remark = Remark { kind: "unreadable", reason: errors::reason(&reason, lang) };
        let line = Line {
            file,
            contact: None,
            others: Vec::new(),
            known: false,
            qr: None,
            text: "",
            confidence: 0.0,
            problems: vec![remark],
        };
        self.json(session, &line)
    }

    fn json(&mut self, session: &mut Session, line: &Line<'_>) -> Outcome {
        let text = serde_json::to_string(line).map_err(io::Error::from)?;
        if self.format == Format::Json {
            session.out.text(if self.any { ",\n" } else { "[\n" })?;
            session.out.text(&text)?;
        } else {
            session.out.line(&text)?;
        }
        self.any = true;
        Ok(())
    }

    /// For people: who, where from, and what to look at.
    fn table(
        &mut self,
        session: &mut Session,
        file: &str,
        contacts: &[Arc<crate::domain::contact::Contact>],
        known: bool,
        taken: bool,
        problems: &[CardProblem],
    ) -> Outcome {
        let (words, lang) = (session.words(), session.lang());
        let file = if file == STDIN { words.card_stdin() } else { file.to_owned() };
        let heading = session.out.paint(Style::Muted, &plain(&file));
        session.out.line(&heading)?;
        for contact in contacts {
            brief::write_fields(session, contact)?;
            if known {
                session.out.line(&words.card_known())?;
            } else if taken && contact.name.full.is_empty() {
                session.out.line(&words.card_nobody())?;
            } else if taken {
                session.out.line(&words.card_read())?;
            }
        }
        for problem in problems {
            session.out.line(&format!("  ! {}", plain(&cards::problem(problem, lang))))?;
        }
        self.any = true;
        Ok(())
    }

    fn end(self, session: &mut Session) -> Outcome {
        if self.format == Format::Json {
            session.out.line(if self.any { "\n]" } else { "[]" })?;
        }
        if self.failed { Err(Failure::Said(3)) } else { Ok(()) }
    }
}

/// The contact that a reading would become.
fn contact(reading: CardReading) -> crate::domain::contact::Contact {
    let mut contact = reading.draft.into_contact(ContactId(Uuid::now_v7()), Timestamp::now());
    contact.met.get_or_insert_default().how.get_or_insert(MetHow::Card);
    contact
}

/// The bytes of a file or of standard input, at most as many as an image may have.
fn bytes_of(file: &Path) -> Result<Vec<u8>, InputReason> {
    let limit = Limits::default().bytes as u64;
    let mut bytes = Vec::new();
    let read = if file == Path::new(STDIN) {
        io::stdin().lock().take(limit + 1).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| unreadable(&error))?;
    match bytes.len() as u64 {
        0 => Err(InputReason::Empty),
        length if length > limit => Err(InputReason::TooLarge { limit }),
        _ => Ok(bytes),
    }
}

fn shown(file: &Path) -> String {
    plain(&PathBuf::from(file).display().to_string())
}

fn unreadable(error: &io::Error) -> InputReason {
    InputReason::Unreadable { detail: error.to_string() }
}

fn bad_input(file: &str, line: u64, reason: InputReason) -> Failure {
    let file = if file == STDIN { String::new() } else { file.to_owned() };
    Problem::BadInput(InputProblem { file, line, column: 0, reason }).into()
}
