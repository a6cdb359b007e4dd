//! The command line with its words: help texts and headings in the user's language, put onto the definition in
//! `args.rs`. A test finds every command and argument that has none.

use clap::{Command, CommandFactory as _};

use super::args::Cli;
use crate::wording::{Catalogue, Lang};

type Text = fn(&Catalogue) -> String;

/// The words of a command.
struct Words {
    /// Name; empty for the program itself.
    command: &'static str,
    /// One line.
    about: Text,
    /// Examples and what else there is to say, after the options.
    more: Option<Text>,
    /// Arguments of this command alone: id, help, the word that stands for the value.
    arguments: &'static [(&'static str, Text, Option<Text>)],
}

const FORMAT: (&str, Text, Option<Text>) =
    ("format", Catalogue::cli_arg_format, Some(Catalogue::cli_value_format));
const DRY_RUN: (&str, Text, Option<Text>) = ("dry_run", Catalogue::cli_arg_dry_run, None);
const WHO: (&str, Text, Option<Text>) = ("who", Catalogue::cli_arg_who, Some(Catalogue::cli_value_who));

const REGION: (&str, Text, Option<Text>) =
    ("region", Catalogue::cli_arg_region, Some(Catalogue::cli_value_region));

const WORDS: &[Words] = &[
    Words {
        command: "",
        about: Catalogue::cli_about,
        more: Some(Catalogue::cli_more),
        arguments: &[
            ("data", Catalogue::cli_arg_data, Some(Catalogue::cli_value_dir)),
            ("lang", Catalogue::cli_arg_lang, Some(Catalogue::cli_value_lang)),
            ("color", Catalogue::cli_arg_color, Some(Catalogue::cli_value_when)),
            ("help", Catalogue::cli_arg_help, None),
            ("version", Catalogue::cli_arg_version, None),
        ],
    },
    Words {
        command: "add",
        about: Catalogue::cli_add,
        more: Some(Catalogue::cli_add_more),
        arguments: &[
            ("text", Catalogue::cli_add_text, Some(Catalogue::cli_value_text)),
            ("dry_run", Catalogue::cli_add_dry_run, None),
            ("lines", Catalogue::cli_add_lines, None),
            FORMAT,
        ],
    },
    Words {
        command: "card",
        about: Catalogue::cli_card,
        more: Some(Catalogue::cli_card_more),
        arguments: &[
            ("file", Catalogue::cli_card_file, Some(Catalogue::cli_value_file)),
            ("dry_run", Catalogue::cli_card_dry_run, None),
            ("text", Catalogue::cli_card_text, None),
            ("event", Catalogue::cli_card_event, Some(Catalogue::cli_value_event)),
            FORMAT,
        ],
    },
    Words {
        command: "pocket",
        about: Catalogue::cli_pocket,
        more: Some(Catalogue::cli_pocket_more),
        arguments: &[("sweep", Catalogue::cli_pocket_sweep, None), FORMAT],
    },
    Words {
        command: "find",
        about: Catalogue::cli_find,
        more: Some(Catalogue::cli_find_more),
        arguments: &[
            ("query", Catalogue::cli_find_query, Some(Catalogue::cli_value_query)),
            ("limit", Catalogue::cli_arg_limit, Some(Catalogue::cli_value_number)),
            ("format", Catalogue::cli_find_format, Some(Catalogue::cli_value_format)),
            ("no_message", Catalogue::cli_find_no_message, None),
        ],
    },
    Words { command: "show", about: Catalogue::cli_show, more: None, arguments: &[WHO, FORMAT] },
    Words {
        command: "edit",
        about: Catalogue::cli_edit,
        more: Some(Catalogue::cli_edit_more),
        arguments: &[WHO, ("text", Catalogue::cli_edit_text, Some(Catalogue::cli_value_text)), FORMAT],
    },
    Words { command: "archive", about: Catalogue::cli_archive, more: None, arguments: &[WHO, FORMAT] },
    Words {
        command: "tie",
        about: Catalogue::cli_tie,
        more: Some(Catalogue::cli_tie_more),
        arguments: &[
            ("a", Catalogue::cli_tie_a, Some(Catalogue::cli_value_a)),
            ("b", Catalogue::cli_tie_b, Some(Catalogue::cli_value_b)),
            ("kind", Catalogue::cli_tie_kind, Some(Catalogue::cli_value_kind)),
            ("close", Catalogue::cli_tie_close, None),
            FORMAT,
        ],
    },
    Words {
        command: "me",
        about: Catalogue::cli_me,
        more: Some(Catalogue::cli_me_more),
        arguments: &[("text", Catalogue::cli_me_text, Some(Catalogue::cli_value_text)), FORMAT],
    },
    Words {
        command: "log",
        about: Catalogue::cli_log,
        more: Some(Catalogue::cli_log_more),
        arguments: &[
            WHO,
            ("text", Catalogue::cli_log_text, Some(Catalogue::cli_value_text)),
            ("on", Catalogue::cli_log_on, Some(Catalogue::cli_value_date)),
            FORMAT,
        ],
    },
    Words { command: "today", about: Catalogue::cli_today, more: None, arguments: &[FORMAT] },
    Words {
        command: "markets",
        about: Catalogue::cli_markets,
        more: Some(Catalogue::cli_markets_more),
        arguments: &[REGION, ("gaps", Catalogue::cli_markets_gaps, None), FORMAT],
    },
    Words {
        command: "market",
        about: Catalogue::cli_market,
        more: Some(Catalogue::cli_market_more),
        arguments: &[
            ("name", Catalogue::cli_market_name, Some(Catalogue::cli_value_market)),
            REGION,
            ("limit", Catalogue::cli_arg_limit, Some(Catalogue::cli_value_number)),
            ("accept", Catalogue::cli_market_accept, Some(Catalogue::cli_value_who)),
            ("refuse", Catalogue::cli_market_refuse, Some(Catalogue::cli_value_who)),
            ("forget", Catalogue::cli_market_forget, Some(Catalogue::cli_value_who)),
            ("how", Catalogue::cli_market_how, Some(Catalogue::cli_value_how)),
            FORMAT,
        ],
    },
    Words {
        command: "path",
        about: Catalogue::cli_path,
        more: Some(Catalogue::cli_path_more),
        arguments: &[
            ("to", Catalogue::cli_path_to, Some(Catalogue::cli_value_who)),
            REGION,
            ("limit", Catalogue::cli_arg_limit, Some(Catalogue::cli_value_number)),
            FORMAT,
        ],
    },
    Words {
        command: "who",
        about: Catalogue::cli_who,
        more: Some(Catalogue::cli_who_more),
        arguments: &[
            ("need", Catalogue::cli_who_need, Some(Catalogue::cli_value_need)),
            ("limit", Catalogue::cli_arg_limit, Some(Catalogue::cli_value_number)),
            ("market", Catalogue::cli_who_market, Some(Catalogue::cli_value_market)),
            ("region", Catalogue::cli_who_region, Some(Catalogue::cli_value_region)),
            ("weak", Catalogue::cli_who_weak, None),
            ("batch", Catalogue::cli_who_batch, Some(Catalogue::cli_value_file)),
            FORMAT,
        ],
    },
    Words {
        command: "needs",
        about: Catalogue::cli_needs,
        more: Some(Catalogue::cli_needs_more),
        arguments: &[
            ("words", Catalogue::cli_needs_words, Some(Catalogue::cli_value_text)),
            ("market", Catalogue::cli_needs_market, Some(Catalogue::cli_value_market)),
            ("region", Catalogue::cli_needs_region, Some(Catalogue::cli_value_region)),
            ("by", Catalogue::cli_needs_by, Some(Catalogue::cli_value_date)),
            ("thanks", Catalogue::cli_needs_thanks, Some(Catalogue::cli_value_who)),
            ("note", Catalogue::cli_needs_note, Some(Catalogue::cli_value_text)),
            ("all", Catalogue::cli_needs_all, None),
            ("limit", Catalogue::cli_arg_limit, Some(Catalogue::cli_value_number)),
            ("weak", Catalogue::cli_who_weak, None),
            FORMAT,
        ],
    },
    Words {
        command: "could-use",
        about: Catalogue::cli_could_use,
        more: Some(Catalogue::cli_could_use_more),
        arguments: &[WHO, ("limit", Catalogue::cli_arg_limit, Some(Catalogue::cli_value_number)), FORMAT],
    },
    Words {
        command: "lexicon",
        about: Catalogue::cli_lexicon,
        more: Some(Catalogue::cli_lexicon_more),
        arguments: &[("words", Catalogue::cli_lexicon_words, Some(Catalogue::cli_value_text)), FORMAT],
    },
    Words {
        command: "stats",
        about: Catalogue::cli_stats,
        more: Some(Catalogue::cli_stats_more),
        arguments: &[FORMAT],
    },
    Words {
        command: "duplicates",
        about: Catalogue::cli_duplicates,
        more: Some(Catalogue::cli_duplicates_more),
        arguments: &[
            ("who", Catalogue::cli_duplicates_who, Some(Catalogue::cli_value_who)),
            ("limit", Catalogue::cli_arg_limit, Some(Catalogue::cli_value_number)),
            FORMAT,
        ],
    },
    Words {
        command: "merge",
        about: Catalogue::cli_merge,
        more: Some(Catalogue::cli_merge_more),
        arguments: &[
            ("a", Catalogue::cli_merge_a, Some(Catalogue::cli_value_a)),
            ("b", Catalogue::cli_merge_b, Some(Catalogue::cli_value_b)),
            DRY_RUN,
            ("yes", Catalogue::cli_merge_yes, None),
            FORMAT,
        ],
    },
    Words {
        command: "import",
        about: Catalogue::cli_import,
        more: Some(Catalogue::cli_import_more),
        arguments: &[
            ("path", Catalogue::cli_import_path, Some(Catalogue::cli_value_path)),
            ("from", Catalogue::cli_import_from, Some(Catalogue::cli_value_format)),
            ("map", Catalogue::cli_import_map, Some(Catalogue::cli_value_map)),
            DRY_RUN,
            FORMAT,
        ],
    },
    Words {
        command: "export",
        about: Catalogue::cli_export,
        more: Some(Catalogue::cli_export_more),
        arguments: &[
            ("to", Catalogue::cli_export_to, Some(Catalogue::cli_value_format)),
            ("out", Catalogue::cli_export_out, Some(Catalogue::cli_value_file)),
            ("query", Catalogue::cli_export_query, Some(Catalogue::cli_value_query)),
            ("public", Catalogue::cli_export_public, None),
        ],
    },
    Words { command: "undo", about: Catalogue::cli_undo, more: None, arguments: &[FORMAT] },
    Words { command: "redo", about: Catalogue::cli_redo, more: None, arguments: &[FORMAT] },
    Words {
        command: "history",
        about: Catalogue::cli_history,
        more: None,
        arguments: &[
            ("who", Catalogue::cli_history_who, Some(Catalogue::cli_value_who)),
            ("limit", Catalogue::cli_arg_limit, Some(Catalogue::cli_value_number)),
            FORMAT,
        ],
    },
    Words {
        command: "demo",
        about: Catalogue::cli_demo,
        more: Some(Catalogue::cli_demo_more),
        arguments: &[("command", Catalogue::cli_demo_command, Some(Catalogue::cli_value_command))],
    },
    Words {
        command: "completions",
        about: Catalogue::cli_completions,
        more: Some(Catalogue::cli_completions_more),
        arguments: &[("shell", Catalogue::cli_completions_shell, Some(Catalogue::cli_value_shell))],
    },
    Words {
        command: "man",
        about: Catalogue::cli_man,
        more: Some(Catalogue::cli_man_more),
        arguments: &[("name", Catalogue::cli_man_name, Some(Catalogue::cli_value_command))],
    },
    Words {
        command: "help",
        about: Catalogue::cli_help,
        more: None,
        arguments: &[("name", Catalogue::cli_help_name, Some(Catalogue::cli_value_command))],
    },
];

/// The command line with its words in one language.
pub fn command(lang: Lang) -> Command {
    let catalogue = lang.catalogue();
    let mut root = Cli::command();
    for words in WORDS {
        if words.command.is_empty() {
            root = worded(root, words, catalogue);
        } else {
            root = root.mut_subcommand(words.command, |command| worded(command, words, catalogue));
        }
    }
    root.subcommand_value_name(catalogue.cli_value_command())
        .subcommand_help_heading(catalogue.cli_heading_commands())
}

fn worded(command: Command, words: &Words, catalogue: &Catalogue) -> Command {
    let usage = catalogue.cli_heading_usage();
    let mut command = command
        .about((words.about)(catalogue))
        .help_template(format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"));
    if let Some(more) = words.more {
        command = command.after_help(more(catalogue));
    }
    // Options of every command come after those of the command itself.
    let first = if words.command.is_empty() { 100 } else { 0 };
    for (order, (id, help, value)) in words.arguments.iter().enumerate() {
        command = command.mut_arg(*id, |argument| {
            let heading = if argument.is_positional() {
                catalogue.cli_heading_arguments()
            } else {
                catalogue.cli_heading_options()
            };
            let argument = argument.help(help(catalogue)).help_heading(heading).display_order(first + order);
            match value {
                // Clap words the values in English; the help texts say them where they matter.
                Some(value) => {
                    argument.value_name(value(catalogue)).hide_possible_values(true).hide_default_value(true)
                }
                None => argument,
            }
        });
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_its_words() {
        let mut bare = Cli::command();
        bare.build();
        let named = |name: &str| WORDS.iter().find(|words| words.command == name);
        let root = named("").expect("the program itself");
        for argument in bare.get_arguments() {
            assert!(root.arguments.iter().any(|(id, ..)| *id == argument.get_id()), "{}", argument.get_id());
        }
        for sub in bare.get_subcommands() {
            let words = named(sub.get_name()).unwrap_or_else(|| panic!("{} has no words", sub.get_name()));
            for argument in sub.get_arguments().filter(|argument| !argument.is_global_set()) {
                let id = argument.get_id();
                assert!(words.arguments.iter().any(|(known, ..)| *known == id), "{} {id}", sub.get_name());
            }
        }
        assert_eq!(WORDS.len(), bare.get_subcommands().count() + 1);
    }

    #[test]
    fn help_is_whole_in_both_languages() {
        for (lang, heading, english) in
            [(Lang::En, "Options:", None), (Lang::Fr, "Options\u{a0}:", Some("Usage:"))]
        {
            let mut root = command(lang);
            root.build();
            for sub in root.get_subcommands_mut() {
                let help = sub.render_help().to_string();
                assert!(help.contains(heading), "{help}");
                assert!(!english.is_some_and(|word| help.contains(word)), "{help}");
            }
        }
    }
}
