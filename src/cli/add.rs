//! `add`: a line into the spool, durable before its uid is printed. The book is never opened, so this works whatever
//! state the rest is in, and while a screen is open.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::args::{AddArgs, Format, joined};
use super::session::Session;
use super::{Failure, Outcome};
use crate::capture::pasted::{self, Part, Pasted};
use crate::capture::{Draft, line};
use crate::domain::id::ContactId;
use crate::domain::problem::{InputProblem, InputReason, Problem, UsageProblem};
use crate::domain::time::Timestamp;
use crate::door;
use crate::exchange::native;
use crate::protocol::Capture;

/// Longest text that is taken from standard input, in bytes: a card, a signature or a page of notes.
const LONGEST: u64 = 1_000_000;

/// Logs somebody.
pub fn run(session: &mut Session, args: &AddArgs) -> Outcome {
    if args.lines {
        return lines(session);
    }
    let text = match joined(&args.text) {
        text if text == "-" => return several(session, args, &standard_input()?),
        text if text.trim().is_empty() && args.text.is_empty() => prompted(session)?,
        text => text,
    };
    if text.trim().is_empty() {
        return Err(Problem::Usage(UsageProblem::NothingGiven).into());
    }
    if args.dry_run {
        return understood(session, &text);
    }
    spool(session, args, Part { text, listed: false })
}

/// Cards, a list, or a line with its remark: each person is a capture of its own.
fn several(session: &mut Session, args: &AddArgs, text: &str) -> Outcome {
    let context = session.context();
    let pasted = pasted::read(text, &context);
    if let Pasted::People(list) = &pasted
        && !list.aside.is_empty()
    {
        // To the other stream, so that the identifiers can be piped on.
        let mut stderr = io::stderr().lock();
        let _ = writeln!(stderr, "{}", session.words().blocks_aside(list.aside.len()));
        for line in &list.aside {
            let _ = writeln!(stderr, "  {line}");
        }
    }
    if args.dry_run {
        return match &pasted {
            Pasted::Line(line) => understood(session, line),
            Pasted::Cards(cards) => {
                cards.iter().try_for_each(|card| told(session, card.draft.clone(), &card.text))
            }
            Pasted::People(list) => {
                list.entries.iter().try_for_each(|entry| told(session, entry.draft.clone(), &entry.text))
            }
        };
    }
    pasted.parts(&context).into_iter().try_for_each(|part| spool(session, args, part))
}

/// Puts one capture into the spool and prints its identifier.
fn spool(session: &mut Session, args: &AddArgs, part: Part) -> Outcome {
    let id = ContactId(Uuid::now_v7());
    let Part { text, listed } = part;
    let capture = Capture { id, at: Timestamp::now(), lang: session.language(), text, event: None, listed };
    door::capture(&session.config.data_dir, &capture)?;
    match args.format {
        Format::Table => session.out.line(&id.to_string())?,
        Format::Json | Format::Jsonl => session.out.json(&Added { uid: id.to_string() })?,
    }
    Ok(())
}

/// What was logged, for scripts.
#[derive(Serialize)]
struct Added {
    uid: String,
}

/// How a line is understood, for scripts.
#[derive(Serialize)]
struct Understood<'a> {
    contact: &'a RawValue,
    text: &'a str,
    problems: [(); 0],
}

/// Answers each line of standard input with one line, in order; an empty line too.
fn lines(session: &mut Session) -> Outcome {
    let mut reader = io::stdin().lock();
    let mut number = 0;
    loop {
        number += 1;
        let mut bytes = Vec::new();
        let read = (&mut reader)
            .take(LONGEST + 1)
            .read_until(b'\n', &mut bytes)
            .map_err(|error| unreadable(&error))?;
        if read == 0 {
            return Ok(());
        }
        if bytes.len() as u64 > LONGEST {
            return Err(bad_input(number, InputReason::TooLong { limit: LONGEST }));
        }
        let text = String::from_utf8(bytes).map_err(|_| bad_input(number, InputReason::Binary))?;
        understood(session, text.trim_end_matches(['\n', '\r']))?;
    }
}

fn understood(session: &mut Session, text: &str) -> Outcome {
    let reading = line::read(text, &session.context());
    told(session, reading.draft, text)
}

fn told(session: &mut Session, draft: Draft, text: &str) -> Outcome {
    let contact = draft.into_contact(ContactId(Uuid::now_v7()), Timestamp::now());
    let contact = RawValue::from_string(native::write_contact(&contact, false)).map_err(io::Error::from)?;
    Ok(session.out.json(&Understood { contact: &contact, text, problems: [] })?)
}

/// Everything on standard input.
fn standard_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(bad_input(0, InputReason::TooLarge { limit: LONGEST }));
    }
    let text = String::from_utf8(bytes).map_err(|_| bad_input(0, InputReason::Binary))?;
    if text.trim().is_empty() { Err(bad_input(0, InputReason::Empty)) } else { Ok(text) }
}

/// One line from the terminal, where nothing needs quoting.
fn prompted(session: &Session) -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Problem::Usage(UsageProblem::NothingGiven).into());
    }
    let mut stderr = io::stderr().lock();
    // The prompt goes where the uid does not, so that the answer can be piped on.
    let _ = write!(stderr, "{} ", session.words().cli_add_prompt()).and_then(|()| stderr.flush());
    let mut text = String::new();
    io::stdin().lock().take(LONGEST).read_line(&mut text).map_err(|error| unreadable(&error))?;
    Ok(text)
}

fn unreadable(error: &io::Error) -> Failure {
    bad_input(0, InputReason::Unreadable { detail: error.to_string() })
}

fn bad_input(line: u64, reason: InputReason) -> Failure {
    Problem::BadInput(InputProblem { file: String::new(), line, column: 0, reason }).into()
}
