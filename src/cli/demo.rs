//! `demo`: any command, or the screen, on a sample network in a folder of its own that is removed in the end. The
//! user's own book, and an openbar that has it open, are never touched.

use std::fs;
use std::io;
use std::path::Path;

use jiff::{Span, ToSpan as _};
use serde_json::Value;

use super::args::DemoArgs;
use super::session::{options, today};
use super::{Failure, Outcome, Screen, obey, open_screen};
use crate::config::Config;
use crate::domain::problem::{Problem, UsageProblem};
use crate::domain::time::{Date, PartialDate, Timestamp};
use crate::door;
use crate::protocol::{Import, Job, Reply};

/// The network, in the native form.
const NETWORK: &str = include_str!("../../assets/demo/network.jsonl");
/// A file of a kept capture: its name and what it holds.
macro_rules! kept {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../assets/demo/cards/", $name)).as_slice())
    };
}

/// What was captured of some cards in the pocket, pictures before their pages.
const CARDS: [(&str, &[u8]); 10] = [
    kept!("4e79edf7febb3d8b5171bf55315a9390.json"),
    kept!("5e45179431583e29b3df10b6267ccb75.json"),
    kept!("8df0726a865e401cea3079b86488c93b.png"),
    kept!("8df0726a865e401cea3079b86488c93b.json"),
    kept!("d57085fa3fd0c0b31d647b187225ad48.png"),
    kept!("d57085fa3fd0c0b31d647b187225ad48.json"),
    kept!("dd75cf6dc8f9cc10bcb48369f08b5457.png"),
    kept!("dd75cf6dc8f9cc10bcb48369f08b5457.json"),
    kept!("f0c024e96d88629eadddb6e006d671d1.png"),
    kept!("f0c024e96d88629eadddb6e006d671d1.json"),
];
/// The day on which the network was written; all its dates are told from there.
const WRITTEN_ON: Date = jiff::civil::date(2026, 11, 16);
/// Keys whose values are dates that pass. A year or a month that stands alone keeps its place.
const DATE_KEYS: [&str; 10] =
    ["on", "since", "until", "birthday", "next", "created", "updated", "opened", "closed", "deadline"];

/// Runs a command, or the screen, on the network.
pub fn run(args: &DemoArgs, config: &Config, within_demo: bool, screen: Screen<'_>) -> Outcome {
    if within_demo {
        let word = UsageProblem::UnknownWord { word: "demo".to_owned(), allowed: Vec::new() };
        return Err(Problem::Usage(word).into());
    }
    let folder = tempfile::Builder::new().prefix("openbar-demo-").tempdir();
    let folder = folder.map_err(|error| cannot_write(&std::env::temp_dir(), &error))?;
    let config = Config { data_dir: folder.path().join("book"), ..config.clone() };
    fill(folder.path(), &config)?;
    let outcome = if args.command.is_empty() {
        open_screen(&config, true, screen)
    } else {
        obey(&args.command, Some(&config.data_dir), config.lang, screen)
    };
    // Whatever is left behind when this fails lies in the system's folder for such things.
    let _ = folder.close();
    outcome
}

/// Makes the book of the demo.
fn fill(folder: &Path, config: &Config) -> Outcome {
    let file = folder.join("network.jsonl");
    fs::write(&file, fresh(NETWORK, today())?).map_err(|error| cannot_write(&file, &error))?;
    let mut door = door::open(&options(config))?;
    let job = Job::Import(Import { paths: vec![file], ..Import::default() });
    match door.ask(job) {
        Reply::Failed(problem) => Err(problem.into()),
        _ => Ok(door::put_captures(&config.data_dir, &CARDS)?),
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Problem::CannotWrite { path: path.to_owned(), detail: error.to_string() }.into()
}

/// The network as if it had been written today.
fn fresh(network: &str, today: Date) -> Result<String, Failure> {
    let days = (today - WRITTEN_ON).get_days().days();
    let mut text = String::with_capacity(network.len());
    for line in network.lines() {
        let mut record: Value = serde_json::from_str(line).map_err(io::Error::from)?;
        shift(&mut record, days);
        text.push_str(&record.to_string());
        text.push('\n');
    }
    Ok(text)
}

fn shift(value: &mut Value, days: Span) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                match field {
                    Value::String(text) if DATE_KEYS.contains(&key.as_str()) => {
                        if let Some(later) = later(text, days) {
                            *text = later;
                        }
                    }
                    _ => shift(field, days),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| shift(item, days)),
        _ => {}
    }
}

/// A date or moment so many days later; `None` for what is neither.
fn later(text: &str, days: Span) -> Option<String> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        let hours = Span::new().hours(i64::from(days.get_days()) * 24);
        return moment.checked_add(hours).ok().map(|moment| moment.to_string());
    }
    match PartialDate::parse(text) {
        PartialDate::Day(date) => date.checked_add(days).ok().map(|date| date.to_string()),
        PartialDate::Yearly(month, day) => {
            // Any leap year will do, so that 29 February is a day.
            let date = Date::new(2024, month, day).ok()?.checked_add(days).ok()?;
            Some(PartialDate::Yearly(date.month(), date.day()).to_string())
        }
        PartialDate::Year(_) | PartialDate::Month(..) | PartialDate::Text(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_pass_and_names_stay() {
        let line = r#"{"name":"2026-11-16","next":"2026-11-16","birthday":"--12-31","met":{"on":"2025-11"},
            "created":"2026-05-15T01:12:40Z","note":"on 2026-11-16"}"#
            .replace('\n', "");
        let text = fresh(&line, WRITTEN_ON.checked_add(2.days()).expect("a day")).expect("good JSON");
        let record: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(record["name"], "2026-11-16");
        assert_eq!(record["next"], "2026-11-18");
        assert_eq!(record["birthday"], "--01-02");
        assert_eq!(record["met"]["on"], "2025-11");
        assert_eq!(record["created"], "2026-05-17T01:12:40Z");
        assert_eq!(record["note"], "on 2026-11-16");
    }

    #[test]
    fn the_network_is_whole_on_any_day() {
        for today in [jiff::civil::date(2024, 2, 29), WRITTEN_ON, jiff::civil::date(2040, 1, 1)] {
            let text = fresh(NETWORK, today).expect("good JSON");
            assert_eq!(text.lines().count(), NETWORK.lines().count());
        }
        assert_eq!(fresh(NETWORK, WRITTEN_ON).expect("good JSON").lines().count(), NETWORK.lines().count());
    }
}
