//! `who` and `could-use`: who could help with a need, and whom somebody else could use, each with the reasons.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _, Write as _};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use super::args::{CouldUseArgs, Format, WhoNeedArgs, joined};
use super::network::thousandths;
use super::output::{Style, plain};
use super::session::{Session, unexpected};
use super::{Failure, Outcome, lexicon};
use crate::domain::problem::{Brief, InputProblem, InputReason, Problem, UsageProblem};
use crate::protocol::needs::{AskWho, Helper, Helpers, Hints};
use crate::protocol::{Job, Reply};
use crate::wording::{Lang, markets, needs as wording};

/// People shown to a person who did not say how many.
const SHOWN: usize = 10;
/// People in the answer to a line of a batch, unless the caller says.
const BATCH: usize = 100;
/// Reasons shown of each.
const REASONS: usize = 3;
/// Longest line of a batch, in bytes.
const LONGEST: u64 = 100_000;

/// Who could help.
pub fn run(session: &mut Session, args: &WhoNeedArgs) -> Outcome {
    if let Some(file) = &args.batch {
        return batch(session, file, args);
    }
    lexicon::read_cards(session)?;
    let need = joined(&args.need);
    let limit = args.limit.unwrap_or(if args.format == Format::Table { SHOWN } else { BATCH });
    let ask = AskWho {
        market: args.market.clone(),
        region: args.region.clone(),
        limit,
        weak: args.weak,
        ..AskWho::new(&need)
    };
    let helpers = ask_for(session, ask)?;
    if args.format == Format::Table {
        if helpers.people.is_empty() {
            return nobody(session, &helpers);
        }
        list(session, &helpers.people)?;
        let said = session.words().who_counts(helpers.counts.strong, helpers.counts.fair);
        let said = session.out.paint(Style::Muted, &said);
        return Ok(session.out.line(&said)?);
    }
    lines(session, &helpers, args.format)
}

/// Whom of the network somebody could use.
pub fn could_use(session: &mut Session, args: &CouldUseArgs) -> Outcome {
    let who = joined(&args.who);
    let limit = args.limit.unwrap_or(if args.format == Format::Table { SHOWN } else { BATCH });
    let Reply::CouldUse(uses) = session.ask(Job::CouldUse { who, limit })? else {
        return Err(unexpected());
    };
    if args.format != Format::Table {
        return lines(session, &uses.helpers, args.format);
    }
    let words = session.words();
    let name = plain(&uses.person.name);
    if !uses.sought.is_empty() {
        let sought = uses.sought.iter().map(|text| plain(text)).collect::<Vec<_>>().join(", ");
        session.out.line(&words.could_use_sought(name.as_str(), sought))?;
    }
    if uses.helpers.people.is_empty() {
        session.out.line(&words.could_use_nobody(name.as_str()))?;
        session.out.line(&words.could_use_hint(uses.person.uid.as_str()))?;
        return Err(Failure::Said(1));
    }
    let title = session.out.paint(Style::Title, &words.could_use_title(name));
    session.out.line(&title)?;
    session.out.line("")?;
    list(session, &uses.helpers.people)
}

fn ask_for(session: &mut Session, ask: AskWho) -> Result<Helpers, Failure> {
    match session.ask(Job::Who(ask))? {
        Reply::Who(helpers) => Ok(*helpers),
        _ => Err(unexpected()),
    }
}

/// People for people: who, how much it can be relied on, and why.
pub(super) fn list(session: &mut Session, people: &[Helper]) -> Outcome {
    let lang = session.lang();
    for helper in people {
        let name = session.out.paint(Style::Title, &who_is(&helper.person));
        let strength = wording::strength(helper.strength, lang);
        let strength = session
            .out
            .paint(Style::Muted, &format!("{} {strength}", wording::strength_dots(helper.strength)));
        session.out.line(&format!("{name}  {strength}"))?;
        for reason in helper.why.iter().take(REASONS) {
            session.out.line(&format!("  {}", plain(&wording::why(reason, lang))))?;
        }
        session.out.line("")?;
    }
    Ok(())
}

/// Name and organisation.
pub(super) fn who_is(person: &Brief) -> String {
    let (name, org) = (plain(&person.name), plain(&person.org));
    if org.is_empty() || org == name { name } else { format!("{name} · {org}") }
}

/// Nobody fits: where to ask instead.
fn nobody(session: &mut Session, helpers: &Helpers) -> Outcome {
    let (lang, words) = (session.lang(), session.words());
    let need = plain(&helpers.need);
    session.out.line(&words.who_nobody(need.as_str()))?;
    let hints = helpers.hints.clone().unwrap_or_default();
    let Hints { markets: near, connectors, ask_for } = hints;
    if !near.is_empty() {
        let names: Vec<String> = near.iter().map(|market| plain(markets::name(market, lang))).collect();
        session.out.line(&words.who_markets(names.join(", ")))?;
    }
    if !connectors.is_empty() {
        session.out.line(&words.who_connectors())?;
        for (person, market) in &connectors {
            let line = words.who_connector(who_is(person), plain(markets::name(market, lang)));
            session.out.line(&format!("  {line}"))?;
        }
    }
    let what: Vec<&str> = ask_for.iter().map(|label| wording::label(label, lang)).collect();
    let question =
        if what.is_empty() { words.who_ask_plain(need.as_str()) } else { words.who_ask(what.join(", ")) };
    session.out.line(&question)?;
    session.out.line(&words.who_keep(format!("\"{}\"", need.replace('"', ""))))?;
    Err(Failure::Said(1))
}

/// Somebody who could help, for scripts.
#[derive(Serialize)]
struct Line<'a> {
    uid: &'a str,
    name: &'a str,
    score: f64,
    strength: &'static str,
    why: Vec<String>,
}

pub(super) fn json_of(helper: &Helper, lang: Lang) -> io::Result<String> {
    let line = Line {
        uid: &helper.person.uid,
        name: &helper.person.name,
        score: thousandths(helper.score),
        strength: wording::strength_key(helper.strength),
        why: helper.why.iter().map(|reason| wording::why(reason, lang)).collect(),
    };
    Ok(serde_json::to_string(&line)?)
}

fn lines(session: &mut Session, helpers: &Helpers, format: Format) -> Outcome {
    let lang = session.lang();
    let written = helpers.people.iter().map(|helper| json_of(helper, lang));
    let written: Vec<String> = written.collect::<Result<_, _>>()?;
    session.out.json_list(written.into_iter(), format == Format::Jsonl)?;
    if helpers.people.is_empty() { Err(Failure::Said(1)) } else { Ok(()) }
}

/// The answer to a line of a batch.
#[derive(Serialize)]
struct Ranked<'a> {
    id: &'a Value,
    #[serde(rename = "ranked")]
    people: Vec<&'a str>,
    strength: Vec<&'static str>,
}

/// A line of a batch that is no need.
#[derive(Serialize)]
struct Refused<'a> {
    file: &'a str,
    line: u64,
    reason: &'a str,
}

/// Answers each line of a file with one line, in order; lines that are no needs are told with their number.
fn batch(session: &mut Session, file: &Path, args: &WhoNeedArgs) -> Outcome {
    if !args.need.is_empty() {
        return Err(Problem::Usage(UsageProblem::UnknownWord {
            word: joined(&args.need),
            allowed: vec!["--batch".to_owned()],
        })
        .into());
    }
    let name = file.display().to_string();
    let bad = |line: u64, reason| -> Failure {
        let file = if name == "-" { String::new() } else { name.clone() };
        Problem::BadInput(InputProblem { file, line, column: 0, reason }).into()
    };
    let unreadable = |error: &io::Error| InputReason::Unreadable { detail: error.to_string() };
    let mut reader: Box<dyn BufRead> = if name == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(file).map_err(|error| bad(0, unreadable(&error)))?))
    };
    lexicon::read_cards(session)?;
    let (mut number, mut refused) = (0, 0);
    loop {
        number += 1;
        let mut bytes = Vec::new();
        let read = (&mut reader).take(LONGEST + 1).read_until(b'\n', &mut bytes);
        if read.map_err(|error| bad(number, unreadable(&error)))? == 0 {
            break;
        }
        let answered = if bytes.len() as u64 > LONGEST {
            if !bytes.ends_with(b"\n") {
                reader.skip_until(b'\n').map_err(|error| bad(number, unreadable(&error)))?;
            }
            Err(session.words().batch_too_long(LONGEST / 1_000))
        } else {
            one(session, &bytes, args)?
        };
        if let Err(reason) = answered {
            refused += 1;
            session.out.json(&Refused { file: &name, line: number, reason: &reason })?;
            let said = session.words().batch_bad_line(plain(&name), number, reason);
            let _ = writeln!(io::stderr().lock(), "{said}");
        }
    }
    if refused > 0 { Err(Failure::Said(3)) } else { Ok(()) }
}

/// Answers one line; the inner error says why it is no need.
fn one(session: &mut Session, line: &[u8], args: &WhoNeedArgs) -> Result<Result<(), String>, Failure> {
    let words = session.words();
    let Ok(Value::Object(asked)) = serde_json::from_slice::<Value>(line) else {
        return Ok(Err(words.batch_not_json()));
    };
    let (Some(id), Some(Value::String(need))) = (asked.get("id"), asked.get("need")) else {
        return Ok(Err(words.batch_not_json()));
    };
    if need.trim().is_empty() {
        return Ok(Err(words.batch_empty()));
    }
    let text = |key: &str| asked.get(key).and_then(Value::as_str).map(ToOwned::to_owned);
    let ask = AskWho {
        market: text("market").or_else(|| args.market.clone()),
        region: text("region").or_else(|| args.region.clone()),
        limit: args.limit.unwrap_or(BATCH),
        weak: true,
        ..AskWho::new(need)
    };
    let helpers = ask_for(session, ask)?;
    session.out.json(&Ranked {
        id,
        people: helpers.people.iter().map(|helper| helper.person.uid.as_str()).collect(),
        strength: helpers.people.iter().map(|helper| wording::strength_key(helper.strength)).collect(),
    })?;
    Ok(Ok(()))
}
