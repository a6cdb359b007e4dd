//! `pocket`: the cards that wait; with `--sweep`, first what lies in the drop folder.

use serde::Serialize;
use serde_json::value::RawValue;

use super::args::{Format, PocketArgs};
use super::output::{Style, plain};
use super::people;
use super::session::{Session, unexpected};
use super::{Failure, Outcome};
use crate::domain::problem::Brief;
use crate::exchange::native;
use crate::protocol::{Job, Reply, Swept};
use crate::wording::cards;
use crate::wording::errors::Worded;

/// Everybody in the pocket.
const POCKET: &str = "is:pocket";

/// Lists what waits, or sweeps.
pub fn run(session: &mut Session, args: &PocketArgs) -> Outcome {
    if args.sweep {
        return sweep(session, args.format);
    }
    let mut waiting = people::found(session, POCKET.to_owned(), None)?;
    // The evening's cards first, as on the screen.
    waiting.sort_by_key(|contact| (std::cmp::Reverse(contact.created), contact.id));
    match args.format {
        Format::Table if waiting.is_empty() => {
            let words = session.words();
            return Err(Failure::Worded(
                Worded::new(words.drop_pocket_empty()).hint(words.drop_pocket_empty_hint()),
                1,
            ));
        }
        Format::Table => people::list(session, &waiting)?,
        Format::Json | Format::Jsonl => {
            let lines = waiting.iter().map(|contact| native::write_contact(contact, false));
            session.out.json_list(lines, args.format == Format::Jsonl)?;
        }
    }
    if waiting.is_empty() { Err(Failure::Said(1)) } else { Ok(()) }
}

/// What became of a file, for scripts.
#[derive(Serialize)]
struct Told<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    known: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    waiting: bool,
}

/// Takes in what lies in the drop folder. A file that was refused makes it bad input; nothing there is nothing found.
fn sweep(session: &mut Session, format: Format) -> Outcome {
    let Some(folder) = session.config.drop_folder.clone() else {
        let words = session.words();
        return Err(Failure::Worded(Worded::new(words.drop_none()).hint(words.drop_none_hint()), 2));
    };
    let lang = session.language();
    let Reply::Swept(swept) = session.ask(Job::Sweep { folder, lang })? else { return Err(unexpected()) };
    match format {
        Format::Table => table(session, &swept)?,
        Format::Json | Format::Jsonl => {
            let lines: Vec<String> = files(&swept)
                .map(|file| serde_json::to_string(&file).map_err(std::io::Error::from))
                .collect::<Result<_, _>>()?;
            session.out.json_list(lines.into_iter(), format == Format::Jsonl)?;
        }
    }
    if !swept.failed.is_empty() {
        return Err(Failure::Said(3));
    }
    if swept.taken.is_empty() && swept.waiting.is_empty() { Err(Failure::Said(1)) } else { Ok(()) }
}

fn files(swept: &Swept) -> impl Iterator<Item = Told<'_>> {
    let blank = |file| Told { file, people: None, known: false, place: None, reason: None, waiting: false };
    let taken = swept.taken.iter().map(move |taken| {
        let people = serde_json::to_string(&taken.people.iter().map(brief).collect::<Vec<_>>());
        let people = people.and_then(RawValue::from_string).ok();
        Told { people, known: taken.known, ..blank(&taken.file) }
    });
    let failed = swept.failed.iter().map(move |turned| Told {
        place: turned.place.as_deref(),
        reason: Some(&turned.reason),
        ..blank(&turned.file)
    });
    let waiting = swept.waiting.iter().map(move |file| Told { waiting: true, ..blank(file) });
    taken.chain(failed).chain(waiting)
}

/// A person of a file, for scripts.
#[derive(Serialize)]
struct Somebody<'a> {
    uid: &'a str,
    name: &'a str,
}

fn brief(person: &Brief) -> Somebody<'_> {
    Somebody { uid: &person.uid, name: &person.name }
}

fn table(session: &mut Session, swept: &Swept) -> Outcome {
    let (words, lang) = (session.words(), session.lang());
    for taken in &swept.taken {
        let names: Vec<_> =
            taken.people.iter().map(|person| plain(&person.name)).filter(|name| !name.is_empty()).collect();
        let file = session.out.paint(Style::Muted, &plain(&taken.file));
        let what = match (taken.known, names.is_empty()) {
            (true, _) => words.drop_known(),
            (false, true) => words.drop_taken_nobody(),
            (false, false) => words.drop_taken(names.join(", ")),
        };
        session.out.line(&format!("{file}  {what}"))?;
        for problem in &taken.problems {
            session.out.line(&format!("  ! {}", plain(&cards::problem(problem, lang))))?;
        }
    }
    for turned in &swept.failed {
        let file = session.out.paint(Style::Muted, &plain(&turned.file));
        let reason = turned.reason.lines().map(plain).collect::<Vec<_>>().join("\n  ");
        session.out.line(&format!("{file}  {}\n  {reason}", words.drop_failed()))?;
    }
    for file in &swept.waiting {
        let file = session.out.paint(Style::Muted, &plain(file));
        session.out.line(&format!("{file}  {}", words.drop_waiting()))?;
    }
    if swept.taken.is_empty() && swept.failed.is_empty() && swept.waiting.is_empty() {
        session.out.line(&words.drop_nothing())?;
    }
    Ok(())
}
