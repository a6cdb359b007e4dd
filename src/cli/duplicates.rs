//! `duplicates` and `merge`: who may be in the book twice, and one card of two.

use serde::Serialize;
use serde_json::value::RawValue;

use super::args::{DuplicatesArgs, Format, MergeArgs, joined};
use super::brief::headline;
use super::output::{Style, plain};
use super::session::{Session, unexpected};
use super::{Failure, Outcome};
use crate::domain::contact::Contact;
use crate::domain::merge::Choices;
use crate::exchange::native;
use crate::insight::duplicates::Likelihood;
use crate::protocol::{Job, Lookalikes, Reply};
use crate::wording::errors::Worded;
use crate::wording::{Lang, duplicates as wording, records};

/// Pairs shown to a person who did not say how many.
const SHOWN: usize = 20;

/// Who may be in the book twice.
pub fn list(session: &mut Session, args: &DuplicatesArgs) -> Outcome {
    let who = joined(&args.who);
    let of = (!who.trim().is_empty()).then_some(who);
    let limit = args.limit.or((args.format == Format::Table).then_some(SHOWN));
    let Reply::Duplicates { pairs, total } = session.ask(Job::Duplicates { of: of.clone(), limit })? else {
        return Err(unexpected());
    };
    if args.format != Format::Table {
        let lines = pairs.iter().map(|pair| line(pair, session.lang()));
        let lines: Vec<String> = lines.collect::<Result<_, _>>().map_err(std::io::Error::from)?;
        session.out.json_list(lines.into_iter(), args.format == Format::Jsonl)?;
        return if pairs.is_empty() { Err(Failure::Said(1)) } else { Ok(()) };
    }
    let words = session.words();
    if pairs.is_empty() {
        let said = match of {
            Some(who) => words.duplicates_none_of(plain(&who)),
            None => words.duplicates_none(),
        };
        return Err(Failure::Worded(Worded::new(said), 1));
    }
    for (at, pair) in pairs.iter().enumerate() {
        if at > 0 {
            session.out.line("")?;
        }
        show(session, pair)?;
    }
    if total > pairs.len() {
        session.out.line("")?;
        session.out.line(&words.duplicates_more(total - pairs.len()))?;
    }
    Ok(())
}

/// A pair on three lines: both people, and why.
fn show(session: &mut Session, pair: &Lookalikes) -> Outcome {
    let lang = session.lang();
    let dots = wording::likelihood_dots(pair.likelihood);
    let (pro, con) = wording::reasons(&pair.evidence, lang);
    let words = session.words();
    let mut why = words.duplicates_why(wording::likelihood(pair.likelihood, lang), pro.join(wording::AND));
    if !con.is_empty() {
        why.push_str(&words.duplicates_against(con.join(wording::AND)));
    }
    for (lead, contact) in [(dots, &pair.a), ("   ", &pair.b)] {
        let name = session.out.paint(Style::Title, &plain(contact.display_name()));
        let uid = session.out.paint(Style::Muted, &plain(&contact.uid()));
        let hat = contact.main_role().map(headline).unwrap_or_default();
        let parts: Vec<String> = [name, hat, uid].into_iter().filter(|part| !part.is_empty()).collect();
        session.out.line(&format!("{lead}  {}", parts.join("  ")))?;
    }
    let why = session.out.paint(Style::Muted, &plain(&why));
    Ok(session.out.line(&format!("     {why}"))?)
}

/// A pair, for scripts. The cards are in the native form.
#[derive(Serialize)]
struct PairLine {
    score: f64,
    likelihood: &'static str,
    why: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    against: Vec<String>,
    a: Box<RawValue>,
    b: Box<RawValue>,
}

fn line(pair: &Lookalikes, lang: Lang) -> Result<String, serde_json::Error> {
    let (why, against) = wording::reasons(&pair.evidence, lang);
    let card = |contact: &Contact| RawValue::from_string(native::write_contact(contact, false));
    serde_json::to_string(&PairLine {
        score: (f64::from(pair.score) * 1000.0).round() / 1000.0,
        likelihood: likelihood_word(pair.likelihood),
        why,
        against,
        a: card(&pair.a)?,
        b: card(&pair.b)?,
    })
}

fn likelihood_word(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::NearlySure => "nearly_sure",
        Likelihood::Likely => "likely",
        Likelihood::Possible => "possible",
    }
}

/// Makes one card of two. The answer for scripts is the card kept.
pub fn merge(session: &mut Session, args: &MergeArgs) -> Outcome {
    let job = Job::Merge {
        keep: args.a.clone(),
        other: args.b.clone(),
        choices: Choices::new(),
        dry_run: args.dry_run,
    };
    let Reply::Merged { contact, step, .. } = session.ask(job)? else { return Err(unexpected()) };
    if args.format != Format::Table {
        return Ok(session.out.line(&native::write_contact(&contact, false))?);
    }
    let said = match &step {
        Some(step) => plain(&records::step(step, session.lang())),
        None => session.words().merge_would(plain(contact.display_name())),
    };
    Ok(session.out.line(&said)?)
}
