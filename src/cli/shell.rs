//! `completions`, `man` and `help`: what the shell and the manual reader ask for.

use std::io;

use clap::Command;

use super::args::CompletionsArgs;
use super::output::Output;
use super::{Failure, Outcome, command, usage};
use crate::wording::errors::Worded;

/// Prints the completions of a shell.
pub fn completions(out: &mut Output, args: &CompletionsArgs) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(out.lang), "openbar", &mut script);
    Ok(io::Write::write_all(out, &script)?)
}

/// Prints the manual page of the program, or of one command.
pub fn man(out: &mut Output, name: Option<&str>) -> Outcome {
    let mut root = command(out.lang);
    let words = out.lang.catalogue();
    root.build();
    let page = match name {
        None => root,
        Some(name) => {
            let found = found(&root, name, out)?.clone();
            // A page is found by its file's name, which has no blanks.
            found.name(format!("openbar-{name}")).bin_name(format!("openbar {name}"))
        }
    };
    let mut rendered = Vec::new();
    clap_mangen::Man::new(page).manual("openbar").render(&mut rendered)?;
    // The headings that clap writes by itself, in the language of the rest; examples keep their line breaks.
    let mut examples = false;
    for line in String::from_utf8_lossy(&rendered).lines() {
        if examples && line.starts_with(".SH") {
            out.line(".fi")?;
            examples = false;
        }
        match line {
            ".SH NAME" => out.line(&format!(".SH {}", words.man_name()))?,
            ".SH EXTRA" => {
                out.line(&format!(".SH {}\n.nf", words.man_more()))?;
                examples = true;
            }
            other => out.line(other)?,
        }
    }
    if examples { Ok(out.line(".fi")?) } else { Ok(()) }
}

/// Prints the help of the program, or of one command.
pub fn help(out: &mut Output, name: Option<&str>) -> Outcome {
    let mut root = command(out.lang);
    root.build();
    let text = match name {
        None => root.render_help(),
        Some(name) => found(&root, name, out)?.clone().render_help(),
    };
    let text = if out.colors() { text.ansi().to_string() } else { text.to_string() };
    Ok(out.text(&text)?)
}

fn found<'a>(root: &'a Command, name: &str, out: &Output) -> Result<&'a Command, Failure> {
    root.find_subcommand(name).ok_or_else(|| {
        let words = out.lang.catalogue();
        let near = crate::config::nearest(name, root.get_subcommands().map(Command::get_name));
        let mut worded = Worded::new(words.cli_bad_unknown_command(name));
        worded.hints.extend(near.map(|near| words.did_you_mean(near)));
        Failure::Worded(worded.hint(usage::see_help(None, out.lang)), 2)
    })
}
