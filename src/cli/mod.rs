//! The command line: arguments to jobs, replies to text or JSON. The same program without a screen.
//!
//! One file a group of commands. Whatever a command answers goes to standard output, whatever went wrong to
//! standard error; exit codes: 0 done, 1 nothing found, 2 usage, 3 bad input, 4 store.

mod add;
mod args;
mod brief;
mod card;
mod change;
mod demo;
mod duplicates;
mod help;
mod lexicon;
mod markets;
mod needs;
mod network;
mod output;
mod people;
mod pocket;
mod session;
mod shell;
mod table;
mod today;
mod transfer;
mod usage;
mod who;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::FromArgMatches as _;
use clap::error::ErrorKind;

use crate::config::{self, Config, ConfigProblem, Overrides};
use crate::domain::problem::Problem;
use crate::wording::Lang;
use crate::wording::errors::{self, Worded};
use args::{Cli, Command, FirstLook, Global};
pub use help::command;
use output::{Output, plain};
use session::Session;
pub use session::options;

/// Opens the screen on the book of a configuration and comes back when the user leaves it; told whether it is the demo.
pub type Screen<'a> = &'a dyn Fn(&Config, bool) -> Result<(), ScreenProblem>;

/// Why the screen could not be opened, or had to close.
#[derive(Clone, Debug)]
pub enum ScreenProblem {
    /// The engine could not go on.
    Engine(Problem),
    /// The configuration holds keys that cannot be.
    Config(ConfigProblem),
}

/// Why a command stops.
#[derive(Debug)]
enum Failure {
    /// The engine could not do it.
    Problem(Problem),
    /// Something else, in words, with its exit code.
    Worded(Worded, u8),
    /// Everything has been said already; only the exit code is left.
    Said(u8),
    /// Whoever read the answer has gone, as `head` does. No fault of anybody.
    ReaderGone,
}

/// What a command ends with.
type Outcome = Result<(), Failure>;

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<io::Error> for Failure {
    /// Errors of standard output; everything else is told with its file.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ReaderGone,
            _ => Self::Problem(Problem::CannotWrite { path: "-".into(), detail: error.to_string() }),
        }
    }
}

/// Runs a command line, its first word being the program's name. `screen` is called when no command is given.
pub fn run(arguments: impl IntoIterator<Item = OsString>, screen: Screen<'_>) -> ExitCode {
    let arguments: Vec<_> = arguments.into_iter().skip(1).collect();
    let look = FirstLook::at(&arguments);
    let lang = config::language(look.lang);
    let outcome = obey(&arguments, None, lang, screen);
    finish(outcome, lang)
}

/// Reads the arguments and does what they say, in the language that was decided by a first look at the whole command
/// line. In a demo everything happens in its throw-away folder.
fn obey(arguments: &[OsString], demo: Option<&Path>, lang: Lang, screen: Screen<'_>) -> Outcome {
    let look = FirstLook::at(arguments);
    let mut root = command(lang);
    let program = OsString::from("openbar");
    let words = args::ordered(arguments, &root);
    let matches = match root.try_get_matches_from_mut(std::iter::once(program).chain(words)) {
        Ok(matches) => matches,
        Err(error) => return refuse(&error, arguments, look, lang),
    };
    let cli = Cli::from_arg_matches(&matches)
        .map_err(|error| Failure::Worded(usage::worded(&error, matches.subcommand_name(), lang), 2))?;
    // Help, completions and manual work whatever the configuration says.
    let mut out = Output::stdout(look.color, lang);
    match &cli.command {
        Some(Command::Completions(args)) => return done(shell::completions(&mut out, args), out),
        Some(Command::Man(args)) => return done(shell::man(&mut out, args.name.as_deref()), out),
        Some(Command::Help(args)) => return done(shell::help(&mut out, args.name.as_deref()), out),
        _ => {}
    }
    let config =
        configuration(&cli.global, demo, lang).map_err(|problem| Failure::Worded(problem.worded(lang), 3))?;
    match cli.command {
        None => open_screen(&config, demo.is_some(), screen),
        Some(Command::Demo(args)) => demo::run(&args, &config, demo.is_some(), screen),
        Some(command) => {
            let mut session = Session::new(config, out);
            let outcome = session.obey(command);
            done(outcome, session.out)
        }
    }
}

fn configuration(global: &Global, demo: Option<&Path>, lang: Lang) -> Result<Config, ConfigProblem> {
    let data_dir = demo.map(ToOwned::to_owned).or_else(|| global.data_dir());
    let mut config = Config::load(&Overrides { data_dir, lang: Some(lang) })?;
    if demo.is_some() {
        // What is dropped belongs into the user's own book, not into one that is thrown away.
        config.drop_folder = None;
    }
    Ok(config)
}

fn open_screen(config: &Config, demo: bool, screen: Screen<'_>) -> Outcome {
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return screen(config, demo).map_err(|problem| match problem {
            ScreenProblem::Engine(problem) => Failure::Problem(problem),
            ScreenProblem::Config(problem) => Failure::Worded(problem.worded(config.lang), 3),
        });
    }
    let words = config.lang.catalogue();
    Err(Failure::Worded(Worded::new(words.cli_no_terminal()).hint(words.cli_no_terminal_hint()), 2))
}

/// Sends on what the output still holds; a failure of the command itself comes first.
fn done(outcome: Outcome, mut out: Output) -> Outcome {
    let flushed = out.flush();
    outcome?;
    Ok(flushed?)
}

/// Arguments that clap does not accept, or that ask for help or the version.
fn refuse(error: &clap::Error, arguments: &[OsString], look: FirstLook, lang: Lang) -> Outcome {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let mut out = Output::stdout(look.color, lang);
            let text = error.render();
            let text = if out.colors() { text.ansi().to_string() } else { text.to_string() };
            out.text(&text)?;
            Ok(out.flush()?)
        }
        _ => {
            let meant = arguments.iter().map(|word| word.to_string_lossy()).find_map(|word| {
                command(lang).find_subcommand(word.as_ref()).map(|found| found.get_name().to_owned())
            });
            Err(Failure::Worded(usage::worded(error, meant.as_deref(), lang), 2))
        }
    }
}

/// Says what went wrong and gives the exit code.
fn finish(outcome: Outcome, lang: Lang) -> ExitCode {
    let (worded, code) = match outcome {
        Ok(()) | Err(Failure::ReaderGone) => return ExitCode::SUCCESS,
        Err(Failure::Said(code)) => return ExitCode::from(code),
        Err(Failure::Problem(problem)) => (errors::problem(&problem, lang), problem.exit_code()),
        Err(Failure::Worded(worded, code)) => (worded, code),
    };
    complain(&worded, lang);
    ExitCode::from(code)
}

/// Writes a problem to standard error. If that is closed too, there is nobody left to tell.
fn complain(worded: &Worded, lang: Lang) {
    let words = lang.catalogue();
    let mut stderr = io::stderr().lock();
    let mut lines = vec![words.error_line(plain(&worded.message))];
    lines.extend(worded.details.iter().map(|detail| format!("  {}", plain(detail))));
    lines.extend(worded.hints.iter().map(|hint| words.error_hint(plain(hint))));
    for line in lines {
        if writeln!(stderr, "{line}").is_err() {
            return;
        }
    }
}
