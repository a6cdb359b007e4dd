//! Slips in the arguments, in the user's language: clap finds them, the catalogues word them.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::wording::Lang;
use crate::wording::errors::Worded;

/// What is wrong with the arguments. `command` is the command that was meant, when it is known.
pub fn worded(error: &clap::Error, command: Option<&str>, lang: Lang) -> Worded {
    let words = lang.catalogue();
    let said = |kind| error.get(kind).map(text).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument => words.cli_bad_unknown_option(said(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => words.cli_bad_unknown_command(said(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = said(ContextKind::InvalidValue);
            if value.is_empty() {
                words.cli_bad_count(said(ContextKind::InvalidArg))
            } else {
                words.cli_bad_value(value, said(ContextKind::InvalidArg))
            }
        }
        ErrorKind::MissingRequiredArgument => words.cli_bad_missing(said(ContextKind::InvalidArg)),
        ErrorKind::ArgumentConflict => {
            let (option, other) = (said(ContextKind::InvalidArg), said(ContextKind::PriorArg));
            if option == other { words.cli_bad_count(option) } else { words.cli_bad_conflict(option, other) }
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            words.cli_bad_count(said(ContextKind::InvalidArg))
        }
        _ => words.cli_bad_arguments(),
    };
    let mut worded = Worded::new(message);
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        if let Some(near) = error.get(kind).and_then(nearest) {
            worded.hints.push(words.did_you_mean(near));
        }
    }
    if let Some(valid) = error.get(ContextKind::ValidValue).map(text).filter(|valid| !valid.is_empty()) {
        worded.hints.push(words.usage_unknown_word_hint(valid));
    }
    if error.kind() == ErrorKind::UnknownArgument {
        worded.hints.push(words.cli_bad_double_dash());
    }
    worded.hint(see_help(command, lang))
}

/// Where the help is.
pub fn see_help(command: Option<&str>, lang: Lang) -> String {
    match command {
        Some(command) => lang.catalogue().cli_bad_hint(command),
        None => lang.catalogue().cli_bad_hint_root(),
    }
}

/// The best of clap's suggestions, which it sorts from the farthest to the nearest.
fn nearest(value: &ContextValue) -> Option<String> {
    match value {
        ContextValue::Strings(texts) => texts.last().cloned(),
        other => Some(text(other)).filter(|text| !text.is_empty()),
    }
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
