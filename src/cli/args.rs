//! What can be typed after `openbar`: commands and options. Their words are in the catalogues (`help.rs`), so the
//! fields here carry no doc comments, which clap would take for help texts.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::wording::Lang;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "openbar", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// The command; none opens the screen.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    #[arg(long, global = true)]
    pub data: Option<PathBuf>,
    #[arg(long, global = true)]
    pub lang: Option<LangArg>,
    #[arg(long, global = true, default_value = "auto")]
    pub color: When,
    #[arg(short = 'h', long, global = true, action = ArgAction::Help)]
    pub help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    pub version: Option<bool>,
}

/// A language, as an option names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// English.
    En,
    /// French.
    Fr,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    Add(AddArgs),
    Card(CardArgs),
    Pocket(PocketArgs),
    Find(FindArgs),
    Show(WhoArgs),
    Edit(EditArgs),
    Archive(WhoArgs),
    Tie(TieArgs),
    Me(MeArgs),
    Log(LogArgs),
    Today(FormatArgs),
    Markets(MarketsArgs),
    Market(MarketArgs),
    Path(PathArgs),
    Who(WhoNeedArgs),
    Needs(NeedsArgs),
    CouldUse(CouldUseArgs),
    Lexicon(LexiconArgs),
    Stats(FormatArgs),
    Duplicates(DuplicatesArgs),
    Merge(MergeArgs),
    Import(ImportArgs),
    Export(ExportArgs),
    Undo(FormatArgs),
    Redo(FormatArgs),
    History(HistoryArgs),
    Demo(DemoArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
    Help(ManArgs),
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    #[value(alias = "text")]
    Table,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
}

/// The form of a list of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FindFormat {
    /// For people.
    #[default]
    #[value(alias = "text")]
    Table,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Columns between tabs.
    Tsv,
    /// What mail programs ask for.
    Mutt,
}

#[derive(Debug, Args)]
pub struct FormatArgs {
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct AddArgs {
    pub text: Vec<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, requires = "dry_run")]
    pub lines: bool,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct CardArgs {
    #[arg(required = true)]
    pub file: Vec<PathBuf>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub text: bool,
    #[arg(long)]
    pub event: Option<String>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct PocketArgs {
    #[arg(long)]
    pub sweep: bool,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct FindArgs {
    pub query: Vec<String>,
    #[arg(long)]
    pub limit: Option<usize>,
    #[arg(long, default_value = "table")]
    pub format: FindFormat,
    #[arg(long)]
    pub no_message: bool,
}

#[derive(Debug, Args)]
pub struct WhoArgs {
    #[arg(required = true)]
    pub who: Vec<String>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct EditArgs {
    pub who: String,
    #[arg(required = true)]
    pub text: Vec<String>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct TieArgs {
    pub a: String,
    pub b: String,
    pub kind: Vec<String>,
    #[arg(long, value_name = "0-5", value_parser = clap::value_parser!(u8).range(0..=5))]
    pub close: Option<u8>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct MeArgs {
    pub text: Vec<String>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct LogArgs {
    pub who: String,
    #[arg(required = true)]
    pub text: Vec<String>,
    #[arg(long)]
    pub on: Option<String>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct MarketsArgs {
    #[arg(long)]
    pub region: Option<String>,
    #[arg(long)]
    pub gaps: bool,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct MarketArgs {
    #[arg(required = true)]
    pub name: Vec<String>,
    #[arg(long, conflicts_with_all = ["accept", "refuse", "forget"])]
    pub region: Option<String>,
    #[arg(long)]
    pub limit: Option<usize>,
    #[arg(long)]
    pub accept: Option<String>,
    #[arg(long, conflicts_with = "accept")]
    pub refuse: Option<String>,
    #[arg(long, conflicts_with_all = ["accept", "refuse"])]
    pub forget: Option<String>,
    #[arg(long, requires = "accept")]
    pub how: Option<String>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct PathArgs {
    #[arg(required = true)]
    pub to: Vec<String>,
    #[arg(long)]
    pub region: Option<String>,
    #[arg(long)]
    pub limit: Option<usize>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct WhoNeedArgs {
    #[arg(required_unless_present = "batch")]
    pub need: Vec<String>,
    #[arg(long)]
    pub limit: Option<usize>,
    #[arg(long)]
    pub market: Option<String>,
    #[arg(long)]
    pub region: Option<String>,
    #[arg(long)]
    pub weak: bool,
    #[arg(long)]
    pub batch: Option<PathBuf>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct NeedsArgs {
    pub words: Vec<String>,
    #[arg(long)]
    pub market: Option<String>,
    #[arg(long)]
    pub region: Option<String>,
    #[arg(long)]
    pub by: Option<String>,
    #[arg(long)]
    pub thanks: Option<String>,
    #[arg(long)]
    pub note: Option<String>,
    #[arg(long)]
    pub all: bool,
    #[arg(long)]
    pub limit: Option<usize>,
    #[arg(long)]
    pub weak: bool,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct CouldUseArgs {
    #[arg(required = true)]
    pub who: Vec<String>,
    #[arg(long)]
    pub limit: Option<usize>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct LexiconArgs {
    pub words: Vec<String>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct DuplicatesArgs {
    pub who: Vec<String>,
    #[arg(long)]
    pub limit: Option<usize>,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct MergeArgs {
    pub a: String,
    pub b: String,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub yes: bool,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    #[arg(required = true)]
    pub path: Vec<PathBuf>,
    #[arg(long)]
    pub from: Option<String>,
    #[arg(long, value_delimiter = ',', value_parser = column)]
    pub map: Vec<(String, usize)>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    #[arg(long, default_value = "jsonl")]
    pub to: ExportFormat,
    #[arg(long)]
    pub out: Option<PathBuf>,
    #[arg(long)]
    pub query: Option<String>,
    #[arg(long)]
    pub public: bool,
}

/// What an export can be written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The native form: lossless, one JSON object a line.
    #[default]
    Jsonl,
    /// The network, for Graphviz.
    Dot,
    /// The network, for Gephi and yEd.
    #[value(name = "graphml")]
    GraphMl,
    /// The user's own markets, as a file to be shared.
    Markets,
}

#[derive(Debug, Args)]
pub struct HistoryArgs {
    pub who: Vec<String>,
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub command: Vec<OsString>,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub struct ManArgs {
    pub name: Option<String>,
}

/// Reads `name=1`: the field and the number of its column, from 1.
fn column(text: &str) -> Result<(String, usize), String> {
    let (field, number) = text.split_once('=').ok_or_else(|| text.to_owned())?;
    let number = number.trim().parse().ok().filter(|number| *number > 0).ok_or_else(|| text.to_owned())?;
    Ok((field.trim().to_owned(), number))
}

/// Words of a command, as one text.
pub fn joined(words: &[String]) -> String {
    words.join(" ")
}

/// What must be known before the arguments can be read, because their help and their errors are in the user's
/// language: a first look for `--lang` and `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstLook {
    /// The language asked for.
    pub lang: Option<Lang>,
    /// When to colour.
    pub color: When,
}

impl FirstLook {
    /// Looks through the arguments, up to a lone `--`. What cannot be understood is left for the real reading.
    pub fn at(arguments: &[OsString]) -> Self {
        let mut look = Self::default();
        let mut words = arguments.iter().map(|word| word.to_string_lossy()).take_while(|word| word != "--");
        while let Some(word) = words.next() {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (word.into_owned(), None),
            };
            if name != "--lang" && name != "--color" {
                continue;
            }
            let Some(value) = value.or_else(|| words.next().map(std::borrow::Cow::into_owned)) else { break };
            if name == "--lang" {
                look.lang = LangArg::from_str(&value, false).ok().map(Lang::from).or(look.lang);
            } else {
                look.color = When::from_str(&value, false).unwrap_or(look.color);
            }
        }
        look
    }
}

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Self {
        match arg {
            LangArg::En => Self::En,
            LangArg::Fr => Self::Fr,
        }
    }
}

impl Global {
    /// The folder of the book that option or environment name.
    pub fn data_dir(&self) -> Option<PathBuf> {
        let environment = || std::env::var_os("OPENBAR_DATA").map(PathBuf::from);
        let named = |path: &PathBuf| !path.as_os_str().is_empty();
        self.data.clone().filter(named).or_else(environment).filter(named)
    }
}

/// The arguments with the options of a command before its text, and a lone `--` between: text may begin with a minus,
/// as `-tag:client` does, and options may stand behind it. An option is a word of the form `--name` or `--name=value`, known or
/// not, so that a misspelt one is found; after a lone `--` everything is text.
pub fn ordered(arguments: &[OsString], root: &clap::Command) -> Vec<OsString> {
    let mut options = Vec::new();
    let mut words = arguments.iter();
    let command = loop {
        let Some(word) = words.next() else { return arguments.to_vec() };
        match option(word, root, None, &mut words) {
            Some(option) => options.push(option),
            None => break root.find_subcommand(word),
        }
    };
    // What follows `demo` is a command line of its own; an unknown command is for clap to refuse.
    let Some(command) = command.filter(|command| command.get_name() != "demo") else {
        return arguments.to_vec();
    };
    options.push(command.get_name().into());
    let mut text = Vec::new();
    while let Some(word) = words.next() {
        if word == "--" {
            text.extend(words.cloned());
            break;
        }
        match option(word, root, Some(command), &mut words) {
            Some(option) => options.push(option),
            None => text.push(word.clone()),
        }
    }
    options.push("--".into());
    options.extend(text);
    options
}

/// The word as an option, with its value glued to it; `None` for text.
fn option<'a>(
    word: &OsStr,
    root: &clap::Command,
    command: Option<&clap::Command>,
    rest: &mut impl Iterator<Item = &'a OsString>,
) -> Option<OsString> {
    if word == "-h" || word == "-V" {
        return Some(word.to_owned());
    }
    let long = word.to_str()?.strip_prefix("--")?;
    let name = long.split('=').next().unwrap_or_default();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !is_name {
        return None;
    }
    let mut known = root.get_arguments().chain(command.into_iter().flat_map(clap::Command::get_arguments));
    let takes_value = known
        .find(|argument| argument.get_long() == Some(name))
        .is_some_and(|argument| argument.get_action().takes_values());
    let mut option = word.to_owned();
    if takes_value
        && !long.contains('=')
        && let Some(value) = rest.next()
    {
        option.push("=");
        option.push(value);
    }
    Some(option)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn arguments(words: &[&str]) -> Vec<OsString> {
        words.iter().map(OsString::from).collect()
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    fn parsed(words: &[&str]) -> Result<Cli, clap::Error> {
        let words = ordered(&arguments(words), &Cli::command());
        Cli::try_parse_from(std::iter::once(OsString::from("openbar")).chain(words))
    }

    #[test]
    fn text_may_begin_with_a_minus_and_options_stand_anywhere() {
        for query in ["-tag:x", "-has:email", "-", "-h5", "--- ?", "", "-Vx"] {
            for words in [["find", query, "--limit", "3"], ["find", "--limit", "3", query]] {
                let cli = parsed(&words).expect(query);
                let Some(Command::Find(find)) = cli.command else { panic!("not find") };
                assert_eq!((find.query, find.limit), (vec![query.to_owned()], Some(3)), "{words:?}");
            }
        }
    }

    #[test]
    fn values_of_options_may_begin_with_a_minus_too() {
        let cli = parsed(&["--lang", "fr", "export", "--query", "-tag:x", "--public"]).expect("good");
        assert_eq!(cli.global.lang, Some(LangArg::Fr));
        let Some(Command::Export(export)) = cli.command else { panic!("not export") };
        assert_eq!((export.query.as_deref(), export.public), (Some("-tag:x"), true));
    }

    #[test]
    fn a_misspelt_option_is_no_text() {
        use clap::error::ErrorKind;
        let error = parsed(&["find", "x", "--formt", "json"]).expect_err("a slip");
        assert_eq!(error.kind(), ErrorKind::UnknownArgument);
        assert!(parsed(&["--lnag", "fr", "find"]).is_err());
        let cli = parsed(&["add", "--", "--note", "-- x"]).expect("text");
        let Some(Command::Add(add)) = cli.command else { panic!("not add") };
        assert_eq!(add.text, ["--note", "-- x"]);
        assert!(parsed(&["add", "--- Jean", "-- y"]).is_ok());
    }

    #[test]
    fn a_demo_keeps_its_command_word_for_word() {
        let cli = parsed(&["--lang", "fr", "demo", "find", "-tag:x", "--limit", "3"]).expect("good");
        let Some(Command::Demo(demo)) = cli.command else { panic!("not demo") };
        assert_eq!(demo.command, ["find", "-tag:x", "--limit", "3"]);
    }

    #[test]
    fn the_language_is_seen_before_all_else() {
        let look = |words: &[&str]| FirstLook::at(&arguments(words));
        assert_eq!(look(&["find", "--lang", "fr"]).lang, Some(Lang::Fr));
        assert_eq!(look(&["--lang=en", "find"]).lang, Some(Lang::En));
        assert_eq!(look(&["find", "--", "--lang", "fr"]).lang, None);
        assert_eq!(look(&["--lang"]).lang, None);
        assert_eq!(look(&["--color=never", "--lang", "xx"]), FirstLook { lang: None, color: When::Never });
    }

    #[test]
    fn columns_are_named_and_numbered_from_one() {
        assert_eq!(column("name=1"), Ok(("name".into(), 1)));
        for wrong in ["name", "name=0", "name=x", "=", ""] {
            assert!(column(wrong).is_err(), "{wrong}");
        }
    }
}
