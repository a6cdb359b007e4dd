//! `needs`: what waits for an answer, and what came of the people who might give one.

use serde_json::json;

use super::args::{Format, NeedsArgs, joined};
use super::output::{Style, plain};
use super::session::{Session, today, unexpected};
use super::who::{json_of, list as people, who_is};
use super::{Failure, Outcome, table};
use crate::capture::need::{self as grammar, Said};
use crate::domain::change::Record;
use crate::domain::need::{CandidateState, Need, NeedStatus};
use crate::domain::problem::{Problem, UsageProblem};
use crate::domain::time::Date;
use crate::protocol::needs::{CloseNeed, EditNeed, MarkCandidate, NeedBrief, NeedLine, NeedPage, NewNeed};
use crate::protocol::{Job, Reply};
use crate::text::dates as words_of_dates;
use crate::wording::{dates, markets, needs as wording};

/// What can be done, as it is typed.
const ACTIONS: [&str; 11] =
    ["list", "add", "show", "edit", "close", "drop", "open", "asked", "helped", "dismiss", "forget"];
/// People shown to a person who did not say how many.
const SHOWN: usize = 10;

/// Does what the first word says.
pub fn run(session: &mut Session, args: &NeedsArgs) -> Outcome {
    let (action, rest) = args.words.split_first().map_or(("list", &[][..]), |(first, rest)| (&**first, rest));
    match (action, rest) {
        ("list", []) => list(session, args),
        ("add", [_, ..]) => add(session, args, joined(rest)),
        ("show", [_, ..]) => show(session, args, joined(rest)),
        ("edit", [need, words @ ..]) => edit(session, args, need, words),
        ("close", [_, ..]) => end(session, args, joined(rest), NeedStatus::Answered),
        ("drop", [_, ..]) => end(session, args, joined(rest), NeedStatus::Dropped),
        ("open", [_, ..]) => end(session, args, joined(rest), NeedStatus::Open),
        ("suggest", [need, who @ ..]) => mark(session, args, need, who, Some(CandidateState::Suggested)),
        ("asked", [need, who @ ..]) => mark(session, args, need, who, Some(CandidateState::Asked)),
        ("helped", [need, who @ ..]) => mark(session, args, need, who, Some(CandidateState::Helped)),
        ("dismiss", [need, who @ ..]) => mark(session, args, need, who, Some(CandidateState::Dismissed)),
        ("forget", [need, who @ ..]) => mark(session, args, need, who, None),
        (action, []) if ACTIONS.contains(&action) => Err(Problem::Usage(UsageProblem::NothingGiven).into()),
        (action, _) => Err(Problem::Usage(UsageProblem::UnknownWord {
            word: plain(action),
            allowed: ACTIONS.map(ToOwned::to_owned).to_vec(),
        })
        .into()),
    }
}

fn list(session: &mut Session, args: &NeedsArgs) -> Outcome {
    let Reply::Needs(lines) = session.ask(Job::Needs { closed: args.all })? else { return Err(unexpected()) };
    if args.format != Format::Table {
        let written = lines.iter().map(|line| of_line(line).to_string()).collect::<Vec<_>>();
        session.out.json_list(written.into_iter(), args.format == Format::Jsonl)?;
        return if lines.is_empty() { Err(Failure::Said(1)) } else { Ok(()) };
    }
    let (lang, words) = (session.lang(), session.words());
    if lines.is_empty() {
        session.out.line(&words.needs_none())?;
        session.out.line(&words.needs_none_hint())?;
        return Err(Failure::Said(1));
    }
    let rows: Vec<[String; 5]> = lines
        .iter()
        .map(|line| {
            let open = line.need.status == NeedStatus::Open;
            let found = match (open, line.matches, line.fresh) {
                (false, ..) => wording::status(line.need.status, lang),
                (true, 0, _) => words.needs_none_yet(),
                (true, matches, 0) => words.needs_matches(matches),
                (true, matches, fresh) => {
                    format!("{}, {}", words.needs_matches(matches), words.needs_fresh(fresh))
                }
            };
            let best = line.best.as_ref().map(|best| plain(&best.name)).unwrap_or_default();
            let by = line.need.deadline.map(|day| words.needs_by(dates::day(day, lang)));
            let id = line.need.id.to_string();
            [plain(&line.need.words), found, best, by.unwrap_or_default(), id]
        })
        .collect();
    let styles = [Style::Title, Style::Plain, Style::Plain, Style::Muted, Style::Muted];
    Ok(table::write(&mut session.out, styles, &rows)?)
}

/// A need, for scripts.
fn of_line(line: &NeedLine) -> serde_json::Value {
    let mut value = of_need(&line.need);
    let [suggested, asked, helped, dismissed] = line.candidates;
    value["matches"] = line.matches.into();
    value["new"] = line.fresh.into();
    value["best"] = line.best.as_ref().map(|best| best.uid.clone()).into();
    value["candidates"] =
        json!({ "suggested": suggested, "asked": asked, "helped": helped, "dismissed": dismissed });
    value
}

fn of_need(need: &Need) -> serde_json::Value {
    let status = match need.status {
        NeedStatus::Open => "open",
        NeedStatus::Answered => "answered",
        NeedStatus::Dropped => "dropped",
    };
    let mut value = json!({
        "id": need.id.to_string(), "need": need.words, "status": status, "opened": need.opened.to_string(),
    });
    for (key, text) in [("market", &need.market), ("region", &need.region)] {
        if !text.is_empty() {
            value[key] = text.as_str().into();
        }
    }
    if let Some(day) = need.deadline {
        value["deadline"] = day.to_string().into();
    }
    value
}

fn add(session: &mut Session, args: &NeedsArgs, words: String) -> Outcome {
    let by = deadline(args)?;
    let (said, _) = grammar::read(&words, &session.context());
    // What an option says goes before what a sign says.
    let mut new = NewNeed::of(said);
    new.market = args.market.clone().or(new.market);
    new.region = args.region.clone().or(new.region);
    new.deadline = by.or(new.deadline);
    let need = noted(session, Job::AddNeed(new))?;
    let said = session.words().need_added(plain(&need.words), need.id.to_string());
    tell(session, args, &need, &said)
}

fn edit(session: &mut Session, args: &NeedsArgs, need: &str, words: &[String]) -> Outcome {
    let by = deadline(args)?;
    let said = (!words.is_empty()).then(|| grammar::read(&joined(words), &session.context()).0);
    // Signs that the new words do not hold leave what is stated as it is.
    let sign = |of: fn(&Said) -> &String| said.as_ref().map(of).filter(|text| !text.is_empty()).cloned();
    let edit = EditNeed {
        need: need.to_owned(),
        words: said.as_ref().map(|said| said.words.clone()),
        market: args.market.clone().or_else(|| sign(|said| &said.market)),
        region: args.region.clone().or_else(|| sign(|said| &said.region)),
        deadline: by.or_else(|| said.as_ref()?.deadline).map(Some),
    };
    let need = noted(session, Job::EditNeed(edit))?;
    let said = session.words().need_added(plain(&need.words), need.id.to_string());
    tell(session, args, &need, &said)
}

fn end(session: &mut Session, args: &NeedsArgs, need: String, status: NeedStatus) -> Outcome {
    let close = CloseNeed { need, status, thanks_to: args.thanks.clone() };
    let need = noted(session, Job::CloseNeed(close))?;
    let (words, name) = (session.words(), plain(&need.words));
    let said = match status {
        NeedStatus::Answered => words.need_closed_answered(name),
        NeedStatus::Dropped => words.need_closed_dropped(name),
        NeedStatus::Open => words.need_reopened(name),
    };
    tell(session, args, &need, &said)
}

fn mark(
    session: &mut Session,
    args: &NeedsArgs,
    need: &str,
    who: &[String],
    state: Option<CandidateState>,
) -> Outcome {
    if who.is_empty() {
        return Err(Problem::Usage(UsageProblem::NothingGiven).into());
    }
    let who = joined(who);
    let note = args.note.clone();
    let mark = MarkCandidate { need: need.to_owned(), who: who.clone(), state, note, on: None };
    let need = noted(session, Job::MarkCandidate(mark))?;
    let (lang, words) = (session.lang(), session.words());
    let (name, who) = (plain(&need.words), plain(&who));
    let said = match state {
        Some(state) => words.need_marked(name, who, wording::candidate(state, lang)),
        None => words.need_forgotten(name, who),
    };
    tell(session, args, &need, &said)
}

fn noted(session: &mut Session, job: Job) -> Result<std::sync::Arc<Need>, Failure> {
    match session.ask(job)? {
        Reply::Recorded { record: Record::Need(need), .. } => Ok(need),
        _ => Err(unexpected()),
    }
}

fn tell(session: &mut Session, args: &NeedsArgs, need: &Need, said: &str) -> Outcome {
    match args.format {
        Format::Table => Ok(session.out.line(said)?),
        Format::Json | Format::Jsonl => Ok(session.out.json(&of_need(need))?),
    }
}

fn deadline(args: &NeedsArgs) -> Result<Option<Date>, Problem> {
    let read = |text: &String| {
        let bad = || Problem::Usage(UsageProblem::BadDate { text: plain(text) });
        words_of_dates::parse(text, today()).ok_or_else(bad)
    };
    args.by.as_ref().map(read).transpose()
}

fn show(session: &mut Session, args: &NeedsArgs, need: String) -> Outcome {
    let limit = args.limit.unwrap_or(SHOWN);
    let Reply::Need(page) = session.ask(Job::Need { need, limit, weak: args.weak })? else {
        return Err(unexpected());
    };
    if args.format != Format::Table {
        return document(session, &page);
    }
    let (lang, words) = (session.lang(), session.words());
    let title = session.out.paint(Style::Title, &plain(&page.line.need.words));
    let status = wording::status(page.line.need.status, lang);
    let status = session.out.paint(Style::Muted, &status);
    session.out.line(&format!("{title}  {status}"))?;
    if let Some(market) = &page.market {
        session.out.line(&words.need_market(plain(markets::name(market, lang))))?;
    }
    if let Some(region) = &page.region {
        session.out.line(&words.need_region(plain(markets::name(region, lang))))?;
    }
    if let Some(day) = page.line.need.deadline {
        session.out.line(&words.needs_by(dates::day(day, lang)))?;
    }
    if !page.candidates.is_empty() {
        session.out.line("")?;
        let heading = session.out.paint(Style::Title, &words.need_candidates());
        session.out.line(&heading)?;
        let rows: Vec<[String; 4]> = page
            .candidates
            .iter()
            .map(|own| {
                let state = wording::candidate(own.candidate.state, lang);
                let on = dates::ago(own.candidate.on, today(), lang);
                [format!("  {}", who_is(&own.person)), state, on, plain(&own.candidate.note)]
            })
            .collect();
        table::write(&mut session.out, [Style::Plain, Style::Plain, Style::Muted, Style::Muted], &rows)?;
    }
    session.out.line("")?;
    if page.helpers.people.is_empty() {
        return Ok(session.out.line(&words.needs_none_yet())?);
    }
    let heading = session.out.paint(Style::Title, &words.need_others());
    session.out.line(&heading)?;
    session.out.line("")?;
    people(session, &page.helpers.people)
}

fn document(session: &mut Session, page: &NeedPage) -> Outcome {
    let lang = session.lang();
    let mut value = of_line(&page.line);
    let candidates = page.candidates.iter().map(|own| {
        json!({ "uid": own.person.uid, "name": own.person.name, "on": own.candidate.on.to_string(),
                "state": state_key(own.candidate.state), "note": own.candidate.note })
    });
    value["people"] = candidates.collect::<Vec<_>>().into();
    let helpers = page.helpers.people.iter().map(|helper| json_of(helper, lang));
    let helpers = helpers.collect::<Result<Vec<String>, _>>()?;
    let helpers = helpers.iter().filter_map(|line| serde_json::from_str(line).ok());
    value["helpers"] = helpers.collect::<Vec<serde_json::Value>>().into();
    Ok(session.out.json(&value)?)
}

fn state_key(state: CandidateState) -> &'static str {
    match state {
        CandidateState::Suggested => "suggested",
        CandidateState::Asked => "asked",
        CandidateState::Helped => "helped",
        CandidateState::Dismissed => "dismissed",
    }
}

/// Says which open needs new people answer.
pub(super) fn ring(session: &mut Session, answers: &[NeedBrief]) -> Outcome {
    for answer in answers {
        let said = session.words().need_rings(plain(&answer.person.name), plain(&answer.words));
        session.out.line(&said)?;
        if let Some(reason) = answer.why.first() {
            let why = wording::why(reason, session.lang());
            session.out.line(&format!("  {}", plain(&why)))?;
        }
    }
    Ok(())
}
