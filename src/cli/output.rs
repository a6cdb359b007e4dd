//! Where answers go: standard output, with colours on a terminal only and nothing that a terminal would obey.
//!
//! Texts from the store pass through [`plain`] before they are painted, so the only escapes in an answer are those
//! of [`Output::paint`].

use std::io::{self, BufWriter, IsTerminal, Write};

use serde::Serialize;

use super::args::When;
use crate::text::clean;
use crate::wording::Lang;

/// How a piece of text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// What the eye should find first.
    Title,
    /// What stands aside.
    Muted,
    /// Plain text.
    Plain,
}

/// Standard output.
pub struct Output {
    sink: BufWriter<Box<dyn Write>>,
    color: bool,
    /// Columns of the terminal; `None` where answers go to a file or a pipe.
    pub width: Option<usize>,
    /// The language of the answers.
    pub lang: Lang,
}

impl Output {
    /// The standard output of this process.
    pub fn stdout(color: When, lang: Lang) -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let width = terminal.then(|| {
            // A terminal that does not know its size says 0.
            let columns = rustix::termios::tcgetwinsize(&stdout).map_or(0, |size| usize::from(size.ws_col));
            if columns == 0 { 80 } else { columns.max(40) }
        });
        let color = match color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && colors_welcome(),
        };
        Self { sink: BufWriter::new(Box::new(stdout)), color, width, lang }
    }

    /// An output for tests.
    #[cfg(test)]
    pub fn to(sink: Box<dyn Write>, width: Option<usize>, lang: Lang) -> Self {
        Self { sink: BufWriter::new(sink), color: false, width, lang }
    }

    /// Whether answers carry colours.
    pub fn colors(&self) -> bool {
        self.color
    }

    /// Writes one line.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        self.sink.write_all(text.as_bytes())?;
        self.sink.write_all(b"\n")
    }

    /// Writes text as it is.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.sink.write_all(text.as_bytes())
    }

    /// Writes one JSON value on one line.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.sink, value)?;
        self.sink.write_all(b"\n")
    }

    /// Writes a list of JSON values, each already one line: as one document, or one a line.
    pub fn json_list(&mut self, values: impl Iterator<Item = String>, lines: bool) -> io::Result<()> {
        if lines {
            for value in values {
                self.line(&value)?;
            }
            return Ok(());
        }
        let mut any = false;
        for value in values {
            self.text(if any { ",\n" } else { "[\n" })?;
            self.text(&value)?;
            any = true;
        }
        self.line(if any { "\n]" } else { "[]" })
    }

    /// Clean text, painted as it is meant.
    pub fn paint(&self, style: Style, text: &str) -> String {
        let code = match style {
            Style::Title => "1",
            Style::Muted => "2",
            Style::Plain => return text.to_owned(),
        };
        if self.color && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// Sends on what is still held back.
    pub fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sink.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Text on one line, without anything that a terminal would obey. What is clean stays as it is, no-break spaces too.
pub fn plain(text: &str) -> String {
    if clean::is_clean(text) && !text.contains('\n') { text.to_owned() } else { clean::line(text) }
}

/// The conventions of <https://no-color.org> and of terminals that call themselves dumb.
fn colors_welcome() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|value| value != "dumb")
}
