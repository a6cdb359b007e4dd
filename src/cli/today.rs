//! `today`: what is due, for the morning.

use serde_json::json;

use super::args::{Format, FormatArgs};
use super::output::{Style, plain};
use super::session::{Session, today, unexpected};
use super::{Outcome, table};
use crate::insight::agenda::{Agenda, Listed, Person};
use crate::protocol::{Job, Reply};
use crate::wording::dates;

/// What today asks for.
pub fn run(session: &mut Session, args: &FormatArgs) -> Outcome {
    let Reply::Today(agenda) = session.ask(Job::Today)? else { return Err(unexpected()) };
    match args.format {
        Format::Table => page(session, &agenda),
        Format::Json | Format::Jsonl => Ok(session.out.json(&document(&agenda))?),
    }
}

fn page(session: &mut Session, agenda: &Agenda) -> Outcome {
    let (lang, words) = (session.lang(), session.words());
    let now = today();
    let due = agenda.due.items.iter().map(|entry| row(&entry.person, dates::ago(entry.on, now, lang)));
    section(session, &words.agenda_due(agenda.due.total), &agenda.due, due)?;
    let birthdays = agenda.birthdays.items.iter().map(|entry| {
        let when = format!("{} ({})", dates::day(entry.on, lang), dates::ago(entry.on, now, lang));
        let turns = entry.turns.map(|age| format!(" · {}", words.agenda_turns(age))).unwrap_or_default();
        row(&entry.person, format!("{when}{turns}"))
    });
    section(session, &words.agenda_birthdays(agenda.birthdays.total), &agenda.birthdays, birthdays)?;
    let awaited = agenda.awaited.items.iter().map(|entry| {
        let since = dates::ago(entry.since, now, lang);
        row(&entry.person, [since, plain(&entry.words)].join(" · "))
    });
    section(session, &words.agenda_awaited(agenda.awaited.total), &agenda.awaited, awaited)?;
    let needs = agenda.needs.items.iter().map(|entry| {
        let more = match entry.fresh {
            1 => String::new(),
            count => format!(" +{}", count - 1),
        };
        row(&entry.best, format!("{}{more}", plain(&entry.words)))
    });
    section(session, &words.agenda_needs(agenda.needs.total), &agenda.needs, needs)?;
    let silent =
        agenda.silent.items.iter().map(|entry| row(&entry.person, dates::ago(entry.last, now, lang)));
    section(session, &words.agenda_silent(agenda.silent.total), &agenda.silent, silent)?;
    let moves = agenda.moves.items.iter().map(|entry| {
        let (from, to) = (hat(&entry.from), hat(&entry.to));
        row(&entry.person, if from.is_empty() { to } else { format!("{from} → {to}") })
    });
    section(session, &words.agenda_moves(agenda.moves.total), &agenda.moves, moves)?;
    let pocket = agenda.pocket.items.iter().map(|person| row(person, String::new()));
    section(session, &words.agenda_pocket(agenda.pocket.total), &agenda.pocket, pocket)?;
    if agenda.unread > 0 {
        session.out.line(&words.agenda_unread(agenda.unread))?;
    }
    if agenda.people == 0 {
        session.out.line(&words.cli_empty_book())?;
        session.out.line(&words.cli_empty_book_hint())?;
    } else if nothing(agenda) {
        session.out.line(&words.agenda_nothing())?;
    }
    Ok(())
}

fn nothing(agenda: &Agenda) -> bool {
    agenda.due.is_empty()
        && agenda.birthdays.is_empty()
        && agenda.awaited.is_empty()
        && agenda.needs.is_empty()
        && agenda.silent.is_empty()
        && agenda.moves.is_empty()
        && agenda.pocket.is_empty()
        && agenda.unread == 0
}

/// A heading and the people below it; nothing when there are none.
fn section<T>(
    session: &mut Session,
    heading: &str,
    listed: &Listed<T>,
    rows: impl Iterator<Item = [String; 4]>,
) -> Outcome {
    if listed.is_empty() {
        return Ok(());
    }
    let heading = session.out.paint(Style::Title, heading);
    session.out.line(&heading)?;
    let rows: Vec<_> = rows.collect();
    table::write(&mut session.out, [Style::Plain, Style::Plain, Style::Muted, Style::Plain], &rows)?;
    let more = listed.total.saturating_sub(rows.len());
    if more > 0 {
        session.out.line(&format!("  {}", session.words().error_ambiguous_more(more)))?;
    }
    Ok(session.out.line("")?)
}

fn row(person: &Person, what: String) -> [String; 4] {
    // A card without a person's name goes by its organisation, which need not be said twice.
    let org = if person.org == person.name { String::new() } else { plain(&person.org) };
    // The first column stands for the indent below a heading.
    [" ".to_owned(), plain(&person.name), org, what]
}

fn hat((title, org): &(String, String)) -> String {
    [title.as_str(), org.as_str()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(plain)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The agenda for scripts: each list with the people it names, and how long it is in all.
fn document(agenda: &Agenda) -> serde_json::Value {
    let person = |person: &Person| {
        json!({ "uid": person.id.to_string(), "name": person.name, "org": person.org,
                "closeness": person.closeness.map(crate::domain::contact::Closeness::level) })
    };
    let hat = |(title, org): &(String, String)| json!({ "title": title, "org": org });
    json!({
        "people": agenda.people,
        "unread": agenda.unread,
        "due": { "total": agenda.due.total, "items": agenda.due.items.iter().map(|entry| {
            json!({ "person": person(&entry.person), "on": entry.on.to_string() })
        }).collect::<Vec<_>>() },
        "birthdays": { "total": agenda.birthdays.total, "items": agenda.birthdays.items.iter().map(|entry| {
            json!({ "person": person(&entry.person), "on": entry.on.to_string(), "turns": entry.turns })
        }).collect::<Vec<_>>() },
        "awaited": { "total": agenda.awaited.total, "items": agenda.awaited.items.iter().map(|entry| {
            json!({ "person": person(&entry.person), "since": entry.since.to_string(), "words": entry.words })
        }).collect::<Vec<_>>() },
        "needs": { "total": agenda.needs.total, "items": agenda.needs.items.iter().map(|entry| {
            json!({ "need": entry.need.to_string(), "words": entry.words, "new": entry.fresh,
                    "best": person(&entry.best) })
        }).collect::<Vec<_>>() },
        "silent": { "total": agenda.silent.total, "items": agenda.silent.items.iter().map(|entry| {
            json!({ "person": person(&entry.person), "last": entry.last.to_string(), "cadence_days": entry.cadence_days,
                    "late_days": entry.late_days })
        }).collect::<Vec<_>>() },
        "moves": { "total": agenda.moves.total, "items": agenda.moves.items.iter().map(|entry| {
            json!({ "person": person(&entry.person), "from": hat(&entry.from), "to": hat(&entry.to),
                    "on": entry.on.to_string() })
        }).collect::<Vec<_>>() },
        "pocket": { "total": agenda.pocket.total,
                    "items": agenda.pocket.items.iter().map(person).collect::<Vec<_>>() },
    })
}
