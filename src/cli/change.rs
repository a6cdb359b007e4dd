//! `edit`, `archive`, `tie`, `log`, `undo`, `redo` and `history`: what changes the book, and what was changed.

use jiff::tz::TimeZone;
use serde::Serialize;

use super::args::{EditArgs, Format, FormatArgs, HistoryArgs, LogArgs, TieArgs, WhoArgs, joined};
use super::output::{Style, plain};
use super::session::{Session, today, unexpected};
use super::{Failure, Outcome, table};
use crate::domain::change::{Course, Deed};
use crate::domain::contact::Closeness;
use crate::domain::problem::{Brief, Problem, UsageProblem};
use crate::domain::tie::TieKind;
use crate::exchange::native::Word as _;
use crate::protocol::{Job, PastStep, Reply};
use crate::text::{dates as words_of_dates, fold};
use crate::wording::errors::Worded;
use crate::wording::{Lang, dates, records};

/// Changes one person by a line of the grammar.
pub fn edit(session: &mut Session, args: &EditArgs) -> Outcome {
    let text = joined(&args.text);
    if text.trim().is_empty() {
        return Err(Problem::Usage(UsageProblem::NothingGiven).into());
    }
    let reply = session.ask(Job::Edit { who: args.who.clone(), text, lang: session.language() })?;
    tell(session, reply, args.format)
}

/// Puts a person away.
pub fn archive(session: &mut Session, args: &WhoArgs) -> Outcome {
    let reply = session.ask(Job::Archive { who: joined(&args.who) })?;
    tell(session, reply, args.format)
}

/// Ties two people.
pub fn tie(session: &mut Session, args: &TieArgs) -> Outcome {
    let kind = tie_kind(&joined(&args.kind), session.lang())?;
    let closeness = args.close.and_then(Closeness::new);
    let reply = session.ask(Job::Tie { a: args.a.clone(), b: args.b.clone(), kind, closeness })?;
    tell(session, reply, args.format)
}

/// A kind of tie by its words in either language, or by its name in the native form.
fn tie_kind(said: &str, lang: Lang) -> Result<TieKind, Problem> {
    let said = simple(said);
    if said.is_empty() {
        return Ok(TieKind::default());
    }
    let known = |kind: &TieKind| {
        [records::tie(*kind, Lang::En), records::tie(*kind, Lang::Fr), kind.word().to_owned()]
            .iter()
            .any(|name| simple(name) == said)
    };
    records::TIE_KINDS.into_iter().find(known).ok_or_else(|| {
        let allowed = records::TIE_KINDS.iter().map(|kind| records::tie(*kind, lang)).collect();
        Problem::Usage(UsageProblem::UnknownWord { word: said, allowed })
    })
}

/// Words without case, accents and joints, so that `works-with` and `Works with` are the same.
fn simple(text: &str) -> String {
    let folded = fold::fold(text).replace(['_', '-', '’'], " ");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Notes what happened with a person.
pub fn log(session: &mut Session, args: &LogArgs) -> Outcome {
    let text = joined(&args.text);
    if text.trim().is_empty() {
        return Err(Problem::Usage(UsageProblem::NothingGiven).into());
    }
    let on = match &args.on {
        None => None,
        Some(day) => Some(
            words_of_dates::parse_past(day, today())
                .ok_or_else(|| Problem::Usage(UsageProblem::BadDate { text: plain(day) }))?,
        ),
    };
    let reply = session.ask(Job::Log { who: args.who.clone(), text, on, lang: session.language() })?;
    tell(session, reply, args.format)
}

/// Takes back the last step.
pub fn undo(session: &mut Session, args: &FormatArgs) -> Outcome {
    let reply = session.ask(Job::Undo)?;
    tell(session, reply, args.format)
}

/// Does again what was taken back.
pub fn redo(session: &mut Session, args: &FormatArgs) -> Outcome {
    let reply = session.ask(Job::Redo)?;
    tell(session, reply, args.format)
}

/// What a change did, for scripts.
#[derive(Serialize)]
struct ChangeLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    count: usize,
    people: Vec<PersonLine<'a>>,
}

/// A person in a few words, for scripts.
#[derive(Serialize)]
pub struct PersonLine<'a> {
    uid: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    org: &'a str,
}

impl<'a> From<&'a Brief> for PersonLine<'a> {
    fn from(brief: &'a Brief) -> Self {
        Self { uid: &brief.uid, name: &brief.name, org: &brief.org }
    }
}

/// Says what a change did.
pub fn tell(session: &mut Session, reply: Reply, format: Format) -> Outcome {
    let Reply::Changed { step, people, count } = reply else { return Err(unexpected()) };
    if format != Format::Table {
        let step = step.map(|step| step.id.to_string());
        let people = people.iter().map(PersonLine::from).collect();
        return Ok(session.out.json(&ChangeLine { step, count, people })?);
    }
    let said = match &step {
        Some(step) => plain(&records::step(step, session.lang())),
        None => session.words().cli_unchanged(),
    };
    Ok(session.out.line(&said)?)
}

/// A step of history, for scripts.
#[derive(Serialize)]
struct StepLine<'a> {
    step: String,
    at: String,
    course: &'static str,
    deed: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    subject: &'a str,
    count: usize,
    undone: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    fields: &'a [String],
}

impl<'a> From<&'a PastStep> for StepLine<'a> {
    fn from(past: &'a PastStep) -> Self {
        Self {
            step: past.step.id.to_string(),
            at: past.step.at.to_string(),
            course: match past.step.course {
                Course::Do => "do",
                Course::Undo(_) => "undo",
                Course::Redo(_) => "redo",
            },
            deed: deed_word(past.step.deed),
            subject: &past.step.subject,
            count: past.count,
            undone: past.undone,
            fields: &past.fields,
        }
    }
}

fn deed_word(deed: Deed) -> &'static str {
    match deed {
        Deed::Capture => "capture",
        Deed::Edit => "edit",
        Deed::Batch => "batch",
        Deed::Archive => "archive",
        Deed::File => "file",
        Deed::Tie => "tie",
        Deed::Log => "log",
        Deed::Me => "me",
        Deed::Import => "import",
        Deed::Merge => "merge",
        Deed::Refuse => "refuse",
    }
}

/// What was done, newest first.
pub fn history(session: &mut Session, args: &HistoryArgs) -> Outcome {
    let who = joined(&args.who);
    let who = (!who.trim().is_empty()).then_some(who);
    let Reply::History(steps) = session.ask(Job::History { who, limit: args.limit })? else {
        return Err(unexpected());
    };
    if args.format != Format::Table {
        let lines = steps.iter().map(|step| serde_json::to_string(&StepLine::from(step)));
        let lines: Vec<_> = lines.collect::<Result<_, _>>().map_err(std::io::Error::from)?;
        session.out.json_list(lines.into_iter(), args.format == Format::Jsonl)?;
        return if steps.is_empty() { Err(Failure::Said(1)) } else { Ok(()) };
    }
    if steps.is_empty() {
        return Err(Failure::Worded(Worded::new(session.words().cli_no_history()), 1));
    }
    let (lang, zone) = (session.lang(), TimeZone::system());
    let rows: Vec<_> = steps.iter().map(|past| row(past, &zone, lang)).collect();
    Ok(table::write(&mut session.out, [Style::Muted, Style::Plain, Style::Muted, Style::Muted], &rows)?)
}

fn row(past: &PastStep, zone: &TimeZone, lang: Lang) -> [String; 4] {
    let words = lang.catalogue();
    let fields: Vec<_> = past.fields.iter().map(|field| records::field(field, lang)).collect();
    let count = if past.count > 1 { words.cli_records(past.count) } else { String::new() };
    [
        dates::moment(past.step.at, zone, lang),
        plain(&records::step(&past.step, lang)),
        if fields.is_empty() { count } else { fields.join(", ") },
        if past.undone { words.cli_undone() } else { String::new() },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_ties_are_known_in_both_languages_and_in_the_native_form() {
        for said in ["reports to", "Relève de", "releve de", "reports_to", "reports-to"] {
            assert_eq!(tie_kind(said, Lang::En), Ok(TieKind::ReportsTo), "{said}");
        }
        assert_eq!(tie_kind("", Lang::En), Ok(TieKind::Knows));
        let Err(Problem::Usage(UsageProblem::UnknownWord { allowed, .. })) = tie_kind("hates", Lang::Fr)
        else {
            panic!("no such kind")
        };
        assert!(allowed.contains(&"connaît".to_owned()));
    }
}
