//! Asks the terminal what it can draw.
//!
//! Runs on the thread that reads keys, with which it shares the terminal's input, and hands on what is typed
//! meanwhile. First comes a question that every terminal answers, in a form that does no harm should the answer come too late;
//! only who answered in time is asked about the kitty protocol, whose late answer would look like typing. tmux draws
//! no pictures itself and what passes through it can break the screen, so within it the user decides.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::tcgetwinsize;

use super::replies::{Ear, Heard};
use super::{Ability, Choice, Way};

/// So long an answer is waited for.
const PATIENCE: Duration = Duration::from_millis(300);
/// The size of a cell in pixels, then the attributes.
const FIRST: &str = "\x1b[16t\x1b[c";
/// Whether a kitty picture is understood, whether a compressed one is, which program it is (XTVERSION), then the attributes
/// again, which end the answer.
const KITTY: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b_Gi=32,s=1,v=1,a=q,t=d,f=24,o=z;eJxjYGAAAAADAAE=\x1b\\\x1b[>0q\x1b[c";

/// What the environment tells of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Something between openbar and the terminal draws the screen: tmux or screen.
    pub multiplexer: bool,
    /// It is tmux, which can be told to let pictures through.
    pub tmux: bool,
    /// A terminal that has the iTerm2 protocol, and nothing better.
    pub iterm2: bool,
    /// A terminal that says it has the kitty protocol and lacks the part that openbar needs.
    pub half_kitty: bool,
    /// A terminal whose sixels are not to be trusted.
    pub poor_sixels: bool,
}

/// What the terminal answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Pixels of a cell, across and down.
    pub cell: Option<(u16, u16)>,
    /// It draws sixels.
    pub sixel: bool,
    /// It understands kitty pictures.
    pub kitty: bool,
    /// It unpacks them.
    pub packed: bool,
    /// It is a kitty that cannot place pictures among letters.
    pub old_kitty: bool,
}

impl Surroundings {
    /// Of this process.
    pub fn here() -> Self {
        Self::from(|name| env::var(name).unwrap_or_default())
    }

    fn from(value: impl Fn(&str) -> String) -> Self {
        let set = |name| !value(name).is_empty();
        let (term, program) = (value("TERM"), value("TERM_PROGRAM"));
        let tmux = set("TMUX") || program == "tmux" || term.starts_with("tmux");
        let wezterm = program == "WezTerm" || set("WEZTERM_EXECUTABLE");
        let konsole = set("KONSOLE_VERSION");
        Self {
            multiplexer: tmux || set("STY") || set("ZELLIJ") || term.starts_with("screen"),
            tmux,
            iterm2: wezterm
                || program.starts_with("iTerm")
                || program == "mintty"
                || value("LC_TERMINAL").starts_with("iTerm"),
            half_kitty: wezterm || konsole,
            poor_sixels: konsole,
        }
    }
}

/// Whether the terminal has anything to be asked: only where it could change what is drawn.
pub fn is_needed(choice: Choice, around: Surroundings) -> bool {
    !around.multiplexer && !matches!(choice, Choice::Off | Choice::HalfBlocks) && io::stdin().is_terminal()
}

/// What follows from choice, environment and answers.
pub fn conclude(
    choice: Choice,
    around: Surroundings,
    answers: Answers,
    window: Option<(u16, u16)>,
) -> Ability {
    let way = match choice {
        Choice::Off | Choice::HalfBlocks => Way::HalfBlocks,
        Choice::Kitty => Way::Kitty { packed: answers.packed },
        Choice::Iterm2 => Way::Iterm2,
        Choice::Sixel => Way::Sixel,
        Choice::Auto if around.multiplexer => Way::HalfBlocks,
        Choice::Auto if answers.kitty && !answers.old_kitty && !around.half_kitty => {
            Way::Kitty { packed: answers.packed }
        }
        Choice::Auto if around.iterm2 => Way::Iterm2,
        Choice::Auto if answers.sixel && !around.poor_sixels => Way::Sixel,
        Choice::Auto => Way::HalfBlocks,
    };
    let cell = answers.cell.or(window).unwrap_or(Ability::LEAST.cell);
    Ability { way, cell, tmux: around.tmux }
}

/// Pixels of a cell as the system knows them; many terminals do not tell it.
pub fn window() -> Option<(u16, u16)> {
    let size = tcgetwinsize(io::stdout()).ok()?;
    let cell = (size.ws_xpixel.checked_div(size.ws_col)?, size.ws_ypixel.checked_div(size.ws_row)?);
    (cell.0 > 0 && cell.1 > 0).then_some(cell)
}

/// Asks the terminal; `typed` is given what else comes, as it comes. Takes at most twice `PATIENCE`, usually a few
/// milliseconds.
pub fn ask(choice: Choice, around: Surroundings, typed: &mut dyn FnMut(Heard)) -> Ability {
    let mut answers = Answers::default();
    if is_needed(choice, around) {
        let mut ear = Ear::default();
        let kitty = matches!(choice, Choice::Auto | Choice::Kitty) && !around.half_kitty;
        let answered = question(FIRST, &mut ear, &mut answers, typed);
        if answered && kitty {
            question(KITTY, &mut ear, &mut answers, typed);
        }
        for heard in ear.end() {
            take(heard, &mut answers, typed);
        }
    }
    conclude(choice, around, answers, window())
}

/// Puts a question and listens until the attributes come, which end every answer; tells whether they came.
fn question(words: &str, ear: &mut Ear, answers: &mut Answers, typed: &mut dyn FnMut(Heard)) -> bool {
    let mut out = io::stdout().lock();
    if out.write_all(words.as_bytes()).and_then(|()| out.flush()).is_err() {
        return false;
    }
    drop(out);
    let until = Instant::now() + PATIENCE;
    let mut done = false;
    while !done {
        let mut bytes = [0; 256];
        let Some(read) = read_before(until, &mut bytes) else { return false };
        for heard in ear.hear(&bytes[..read]) {
            done |= take(heard, answers, typed);
        }
    }
    true
}

/// Reads what is there; `None` when nothing comes in time.
fn read_before(until: Instant, bytes: &mut [u8]) -> Option<usize> {
    let stdin = io::stdin();
    let left = until.checked_duration_since(Instant::now())?;
    let timeout = Timespec::try_from(left).ok()?;
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    match poll(&mut fds, Some(&timeout)) {
        Ok(0) | Err(_) => None,
        // Read past the buffer of the standard library, where bytes would be out of the key reader's sight.
        Ok(_) => rustix::io::read(&stdin, bytes).ok().filter(|read| *read > 0),
    }
}

/// Notes an answer, or hands on what was typed; tells whether it ends the answer.
fn take(heard: Heard, answers: &mut Answers, typed: &mut dyn FnMut(Heard)) -> bool {
    match heard {
        Heard::Attributes { sixel } => {
            answers.sixel |= sixel;
            return true;
        }
        Heard::Cell(width, height) => answers.cell = Some((width, height)),
        Heard::OldKitty => answers.old_kitty = true,
        Heard::Kitty(31) => answers.kitty = true,
        Heard::Kitty(number) => answers.packed |= number == 32,
        Heard::Key(_) | Heard::Paste(_) => typed(heard),
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(pairs: &[(&str, &str)]) -> Surroundings {
        Surroundings::from(|name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
                .unwrap_or_default()
        })
    }

    fn way(choice: Choice, pairs: &[(&str, &str)], answers: Answers) -> Way {
        conclude(choice, around(pairs), answers, None).way
    }

    #[test]
    fn the_best_that_the_terminal_can_do() {
        let all = Answers { kitty: true, packed: true, sixel: true, ..Answers::default() };
        let sixel = Answers { sixel: true, ..Answers::default() };
        let none = Answers::default();
        let auto = |pairs: &[(&str, &str)], answers| way(Choice::Auto, pairs, answers);
        assert_eq!(auto(&[("TERM", "xterm-kitty")], all), Way::Kitty { packed: true });
        let old = Answers { old_kitty: true, sixel: false, ..all };
        assert_eq!(auto(&[("TERM", "xterm-kitty")], old), Way::HalfBlocks);
        assert_eq!(auto(&[("TERM", "foot")], sixel), Way::Sixel);
        assert_eq!(auto(&[("TERM_PROGRAM", "iTerm.app")], sixel), Way::Iterm2);
        assert_eq!(auto(&[("TERM_PROGRAM", "WezTerm")], all), Way::Iterm2);
        assert_eq!(auto(&[("KONSOLE_VERSION", "230800")], all), Way::HalfBlocks);
        assert_eq!(auto(&[("TERM", "xterm-256color")], none), Way::HalfBlocks);
    }

    #[test]
    fn within_tmux_the_user_decides() {
        let all = Answers { kitty: true, packed: true, sixel: true, ..Answers::default() };
        for pairs in
            [&[("TMUX", "/tmp/tmux-1000/default,1,0")], &[("TERM", "screen-256color")], &[("ZELLIJ", "0")]]
        {
            assert_eq!(way(Choice::Auto, pairs, all), Way::HalfBlocks);
            assert!(!is_needed(Choice::Auto, around(pairs)) && !is_needed(Choice::Kitty, around(pairs)));
        }
        assert_eq!(way(Choice::Kitty, &[("TMUX", "x")], Answers::default()), Way::Kitty { packed: false });
        assert!(conclude(Choice::Sixel, around(&[("TMUX", "x")]), Answers::default(), None).tmux);
    }

    #[test]
    fn who_wants_half_blocks_or_nothing_is_not_asked() {
        assert!(!is_needed(Choice::Off, around(&[])) && !is_needed(Choice::HalfBlocks, around(&[])));
    }

    #[test]
    fn a_cell_has_the_size_that_the_terminal_says() {
        let answers = Answers { cell: Some((9, 18)), ..Answers::default() };
        assert_eq!(conclude(Choice::Auto, around(&[]), answers, Some((8, 16))).cell, (9, 18));
        assert_eq!(conclude(Choice::Auto, around(&[]), Answers::default(), Some((8, 16))).cell, (8, 16));
        assert_eq!(conclude(Choice::Auto, around(&[]), Answers::default(), None).cell, (10, 20));
    }
}
