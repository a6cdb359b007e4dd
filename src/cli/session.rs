//! One run of a command: its configuration, its output, and the door that is opened when a job needs it.

use super::args::Command;
use super::output::Output;
use super::{
    Failure, Outcome, add, card, change, duplicates, lexicon, markets, needs, network, people, pocket, today,
    transfer, who,
};
use crate::capture::Context;
use crate::config::Config;
use crate::domain::contact::Language;
use crate::domain::problem::Problem;
use crate::domain::time::Date;
use crate::door::{self, Door};
use crate::protocol::{Job, Reply};
use crate::wording::{Catalogue, Lang, errors};

/// One run of a command.
pub struct Session {
    /// What the user set.
    pub config: Config,
    /// Where the answer goes.
    pub out: Output,
    door: Option<Door>,
}

impl Session {
    /// A session that has opened nothing yet.
    pub fn new(config: Config, out: Output) -> Self {
        Self { config, out, door: None }
    }

    /// Does what a command says. Those that need no book have been dealt with before.
    pub fn obey(&mut self, command: Command) -> Outcome {
        match command {
            Command::Add(args) => add::run(self, &args),
            Command::Pocket(args) => pocket::run(self, &args),
            Command::Card(args) => card::run(self, &args),
            Command::Find(args) => people::find(self, &args),
            Command::Show(args) => people::show(self, &args),
            Command::Edit(args) => change::edit(self, &args),
            Command::Archive(args) => change::archive(self, &args),
            Command::Tie(args) => change::tie(self, &args),
            Command::Me(args) => people::me(self, &args),
            Command::Log(args) => change::log(self, &args),
            Command::Today(args) => today::run(self, &args),
            Command::Markets(args) => markets::all(self, &args),
            Command::Market(args) => markets::one(self, &args),
            Command::Path(args) => network::path(self, &args),
            Command::Who(args) => who::run(self, &args),
            Command::Needs(args) => needs::run(self, &args),
            Command::CouldUse(args) => who::could_use(self, &args),
            Command::Lexicon(args) => lexicon::run(self, &args),
            Command::Stats(args) => network::stats(self, &args),
            Command::Duplicates(args) => duplicates::list(self, &args),
            Command::Merge(args) => duplicates::merge(self, &args),
            Command::Import(args) => transfer::import(self, args),
            Command::Export(args) => transfer::export(self, &args),
            Command::Undo(args) => change::undo(self, &args),
            Command::Redo(args) => change::redo(self, &args),
            Command::History(args) => change::history(self, &args),
            Command::Demo(_) | Command::Completions(_) | Command::Man(_) | Command::Help(_) => Ok(()),
        }
    }

    /// Sends a job and waits for its reply; a refusal is an error.
    pub fn ask(&mut self, job: Job) -> Result<Reply, Failure> {
        self.ask_with(job, &mut |_, _| {})
    }

    /// As [`Session::ask`]; `progress` hears how far a long job has come: done, and in all (0 when unknown).
    pub fn ask_with(&mut self, job: Job, progress: &mut dyn FnMut(u64, u64)) -> Result<Reply, Failure> {
        let door = match &mut self.door {
            Some(door) => door,
            none => none.insert(door::open(&options(&self.config))?),
        };
        match door.ask_with(job, progress) {
            Reply::Failed(problem) => Err(Failure::Problem(problem)),
            reply => Ok(reply),
        }
    }

    /// The language of the answers.
    pub fn lang(&self) -> Lang {
        self.config.lang
    }

    /// The texts in that language.
    pub fn words(&self) -> &'static Catalogue {
        self.config.lang.catalogue()
    }

    /// The same language, as records know it.
    pub fn language(&self) -> Language {
        language(self.config.lang)
    }

    /// What reading a line needs to know.
    pub fn context(&self) -> Context {
        Context { today: today(), region: self.config.region.clone(), lang: self.language() }
    }
}

/// The current day where the user is.
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

/// What an engine must be told to serve the book of a configuration.
pub fn options(config: &Config) -> door::Options {
    door::Options {
        explain,
        recogniser: config.ocr,
        encoder: config.encoder.clone(),
        region: config.region.clone(),
        lang: language(config.lang),
        ..door::Options::new(&config.data_dir)
    }
}

/// A problem in the words that stand beside a refused file.
fn explain(problem: &Problem, lang: Language) -> String {
    let lang = if lang == Language::English { Lang::En } else { Lang::Fr };
    let worded = errors::problem(problem, lang);
    std::iter::once(worded.message).chain(worded.hints).collect::<Vec<_>>().join("\n")
}

fn language(lang: Lang) -> Language {
    match lang {
        Lang::En => Language::English,
        Lang::Fr => Language::French,
    }
}

/// A reply that does not answer the question. One program never gives it; a running openbar of another version
/// might.
pub fn unexpected() -> Failure {
    Failure::Problem(Problem::OtherVersion { theirs: "?".to_owned() })
}
