//! `lexicon`: what needs are read with, and the user's own words in it.

use std::io::{self, Write as _};

use serde_json::json;

use super::args::{Format, LexiconArgs, joined};
use super::output::{Style, plain};
use super::session::{Session, unexpected};
use super::transfer::Progress;
use super::{Failure, Outcome};
use crate::domain::problem::{Problem, UsageProblem};
use crate::insight::lexicon::own::Pair;
use crate::protocol::needs::{EncoderPage, LexiconJob, LexiconPage};
use crate::protocol::{Job, Reply};
use crate::text::clean;
use crate::wording::{errors, needs as wording};

/// What can be done, as it is typed.
const ACTIONS: [&str; 4] = ["status", "list", "add", "remove"];

/// Does what the first word says.
pub fn run(session: &mut Session, args: &LexiconArgs) -> Outcome {
    let (action, rest) =
        args.words.split_first().map_or(("status", &[][..]), |(first, rest)| (&**first, rest));
    match (action, rest) {
        ("status", []) => {
            let page = ask(session, LexiconJob::Status)?;
            status(session, args, &page)
        }
        ("list", []) => {
            let page = ask(session, LexiconJob::Status)?;
            pairs(session, args, &page.own)
        }
        ("add", [_, ..]) => {
            let text = clean::line(&joined(rest));
            let not_a_pair = |_| Problem::Usage(UsageProblem::NotAPair { text: plain(&text) });
            let page = ask(session, LexiconJob::Add(Pair::read(&text).map_err(not_a_pair)?))?;
            let words = session.words();
            let said = match page.touched.first() {
                Some(pair) => words.lexicon_added(plain(&pair.write())),
                None => words.lexicon_known(),
            };
            told(session, args, &page.touched, &said)
        }
        ("remove", [_, ..]) => {
            let page = ask(session, LexiconJob::Remove { text: joined(rest) })?;
            let gone = page.touched.iter().map(|pair| plain(&pair.write())).collect::<Vec<_>>().join("; ");
            let said = session.words().lexicon_removed(gone);
            told(session, args, &page.touched, &said)
        }
        (action, []) if ACTIONS.contains(&action) => Err(Problem::Usage(UsageProblem::NothingGiven).into()),
        (action, _) => Err(Problem::Usage(UsageProblem::UnknownWord {
            word: plain(action),
            allowed: ACTIONS.map(ToOwned::to_owned).to_vec(),
        })
        .into()),
    }
}

fn ask(session: &mut Session, job: LexiconJob) -> Result<LexiconPage, Failure> {
    match session.ask(Job::Lexicon(job))? {
        Reply::Lexicon(page) => Ok(*page),
        _ => Err(unexpected()),
    }
}

/// Has the encoder read the cards that it has not read yet; where it cannot be used that is said, once, and nothing else happens.
pub(super) fn read_cards(session: &mut Session) -> Result<(), Failure> {
    if session.config.encoder.is_none() {
        return Ok(());
    }
    let mut progress = Progress::new();
    let reply =
        session.ask_with(Job::Lexicon(LexiconJob::Embed), &mut |done, total| progress.show(done, total));
    progress.clear();
    if let Reply::Lexicon(page) = reply?
        && let Some(problem) = page.encoder.and_then(|encoder| encoder.problem)
    {
        let _ =
            writeln!(io::stderr().lock(), "{}", plain(&errors::problem(&problem, session.lang()).message));
    }
    Ok(())
}

fn encoder(page: &EncoderPage) -> serde_json::Value {
    json!({
        "file": page.file.display().to_string(), "version": page.version, "read": page.read, "cards": page.cards,
        "in_use": page.problem.is_none(),
    })
}

fn status(session: &mut Session, args: &LexiconArgs, page: &LexiconPage) -> Outcome {
    let lang = session.lang();
    if args.format != Format::Table {
        let learnt: Vec<_> = page
            .learnt
            .iter()
            .map(|(named, held, helped, refused)| {
                json!({ "need": named.id, "helper": held.id, "helped": helped, "refused": refused })
            })
            .collect();
        let value = json!({
            "concepts": page.concepts, "triggers": page.triggers, "vectors": page.vectors,
            "encoder": page.encoder.as_ref().map_or_else(|| json!("static"), encoder),
            "own": page.own.len(), "faults": page.faults, "learnt": learnt,
        });
        return Ok(session.out.json(&value)?);
    }
    let words = session.words();
    session.out.line(&words.lexicon_size(page.concepts, page.triggers))?;
    session.out.line(&words.lexicon_vectors(page.vectors))?;
    match &page.encoder {
        None => session.out.line(&words.lexicon_no_encoder())?,
        Some(EncoderPage { problem: Some(problem), .. }) => {
            let worded = errors::problem(problem, lang);
            session.out.line(&plain(&worded.message))?;
            for hint in &worded.hints {
                session.out.line(&format!("  {}", plain(hint)))?;
            }
        }
        Some(page) => {
            let file = plain(&page.file.display().to_string());
            session.out.line(&words.lexicon_encoder(file, page.version, page.read, page.cards))?;
        }
    }
    session.out.line(&words.lexicon_own(page.own.len()))?;
    for line in &page.faults {
        session.out.line(&words.lexicon_fault(*line))?;
    }
    if !page.learnt.is_empty() {
        let heading = session.out.paint(Style::Title, &words.lexicon_learnt());
        session.out.line(&heading)?;
    }
    for (named, held, helped, refused) in &page.learnt {
        let (named, held) = (wording::label(named, lang), wording::label(held, lang));
        session.out.line(&format!("  {}", words.lexicon_lesson(named, held, *helped, *refused)))?;
    }
    Ok(())
}

fn pairs(session: &mut Session, args: &LexiconArgs, pairs: &[Pair]) -> Outcome {
    if args.format != Format::Table {
        let written: Vec<String> =
            pairs.iter().map(|pair| json!({ "a": pair.a, "b": pair.b }).to_string()).collect();
        session.out.json_list(written.into_iter(), args.format == Format::Jsonl)?;
    } else if pairs.is_empty() {
        let said = session.words().lexicon_own(0);
        session.out.line(&said)?;
    } else {
        for pair in pairs {
            session.out.line(&plain(&pair.write()))?;
        }
    }
    if pairs.is_empty() { Err(Failure::Said(1)) } else { Ok(()) }
}

fn told(session: &mut Session, args: &LexiconArgs, touched: &[Pair], said: &str) -> Outcome {
    if args.format == Format::Table {
        return Ok(session.out.line(said)?);
    }
    let written: Vec<String> =
        touched.iter().map(|pair| json!({ "a": pair.a, "b": pair.b }).to_string()).collect();
    Ok(session.out.json_list(written.into_iter(), args.format == Format::Jsonl)?)
}
