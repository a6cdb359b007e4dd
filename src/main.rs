//! The `openbar` program: hands over to the command line, and wires the screen to an engine when that asks for it.

use std::process::ExitCode;
use std::rc::Rc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use openbar::cli::{self, ScreenProblem};
use openbar::config::{Config, ConfigFault, ConfigProblem, Pictures, Theme};
use openbar::domain::problem::Problem;
use openbar::domain::time::{Date, Timestamp};
use openbar::door::{self, LocalDoor};
use openbar::protocol::Notice;
use openbar::store;
use openbar::tui::app::{Message, Settings};
use openbar::tui::command::{Keymap, KeymapError};
use openbar::tui::pictures::Choice;
use openbar::tui::theme::Palette;
use openbar::tui::{self, Wiring};

/// The screen waits so long for the first news: a book that is in use elsewhere is told at once and needs no screen, and
/// a small one is there with the first frame.
const FIRST_NEWS: Duration = Duration::from_millis(30);

fn main() -> ExitCode {
    store::private_umask();
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // What the store catches leads to a rebuild, which it reports; no words of sled's on the screen.
        if !store::catches_panics() {
            hook(panic);
        }
    }));
    cli::run(std::env::args_os(), &screen)
}

fn screen(config: &Config, demo: bool) -> Result<(), ScreenProblem> {
    let keymap = keymap(config).map_err(ScreenProblem::Config)?;
    let (outbox, inbox) = channel();
    let door = Rc::new(open(config, &outbox).map_err(ScreenProblem::Engine)?);
    let (sender, poller) = (door.clone(), door.clone());
    let wiring = Wiring {
        send: Box::new(move |ticket, job| sender.send(ticket, job)),
        poll: Box::new(move || poller.poll()),
        clock,
    };
    let settings = Settings {
        lang: config.lang,
        palette: palette(config.theme),
        indexed: !is("COLORTERM", |value| value == "truecolor" || value == "24bit"),
        keymap,
        region: config.region.clone(),
        pictures: pictures(config.pictures),
        demo,
    };
    let left = tui::run(&wiring, settings, &outbox, &inbox);
    drop(wiring);
    if let Some(door) = Rc::into_inner(door) {
        door.stop();
    }
    left.map_err(|error| {
        ScreenProblem::Engine(Problem::CannotWrite { path: "-".into(), detail: error.to_string() })
    })
}

/// An engine with its news on the screen's channel. An error when it is known within [`FIRST_NEWS`] that its book will
/// not open.
fn open(config: &Config, outbox: &Sender<Message>) -> Result<LocalDoor, Problem> {
    let news = outbox.clone();
    let (first, heard) = channel();
    let options =
        door::Options { drop_folder: config.drop_folder.clone(), keeps_ready: true, ..cli::options(config) };
    let door = LocalDoor::launch(options, move |message| {
        let message = match message {
            door::Message::Reply { ticket, reply } => Message::Reply(ticket, Box::new(reply)),
            door::Message::Notice(notice) => Message::Notice(notice),
        };
        // Only the first news is waited for, and once the screen is gone nobody wants to know.
        let _ = first.send(matches!(message, Message::Notice(Notice::Trouble(_))));
        let _ = news.send(message);
    })?;
    if let Ok(true) = heard.recv_timeout(FIRST_NEWS) {
        door.opened()?;
    }
    Ok(door)
}

fn clock() -> (Timestamp, Date) {
    let now = jiff::Zoned::now();
    (now.timestamp(), now.date())
}

/// The user's keys, or what is wrong with them.
fn keymap(config: &Config) -> Result<Keymap, ConfigProblem> {
    let overrides: Vec<_> =
        config.keys.iter().map(|(command, keys)| (command.clone(), keys.keys.clone())).collect();
    Keymap::with_overrides(&overrides).map_err(|error| match error {
        KeymapError::UnknownCommand(name, nearest) => {
            let fault = ConfigFault::UnknownKey { key: name.clone(), nearest: Some(nearest) };
            config.key_problem(&name, fault)
        }
        KeymapError::UnknownKey(key) => {
            let command = overrides.iter().find(|(_, keys)| keys.contains(&key));
            let command = command.map(|(command, _)| command.as_str()).unwrap_or_default();
            let allowed = "x, X, ctrl-x, alt-x, f5, enter, esc, tab, space".to_owned();
            config.key_problem(command, ConfigFault::BadValue { key: key.clone(), allowed })
        }
        KeymapError::Taken(key, one, other) => {
            let command = if config.keys.contains_key(one) { one } else { other };
            config.key_problem(command, ConfigFault::KeyTaken { key, commands: [one.into(), other.into()] })
        }
    })
}

/// The palette of a theme; no colours where none are wanted.
fn palette(theme: Theme) -> Palette {
    if is("NO_COLOR", |value| !value.is_empty()) {
        return Palette::None;
    }
    // Terminals that tell their colours end this variable with the background: 7 and above 8 are light.
    let on_light = || {
        let background = |value: &str| value.rsplit(';').next().and_then(|color| color.parse::<u8>().ok());
        is("COLORFGBG", |value| background(value).is_some_and(|color| color == 7 || color > 8))
    };
    match theme {
        Theme::Light => Palette::Light,
        Theme::HighContrast => Palette::HighContrast,
        Theme::Auto if on_light() => Palette::Light,
        Theme::Dark | Theme::Auto => Palette::Dark,
    }
}

fn pictures(choice: Pictures) -> Choice {
    match choice {
        Pictures::Auto => Choice::Auto,
        Pictures::Off => Choice::Off,
        Pictures::HalfBlocks => Choice::HalfBlocks,
        Pictures::Kitty => Choice::Kitty,
        Pictures::Iterm2 => Choice::Iterm2,
        Pictures::Sixel => Choice::Sixel,
    }
}

fn is(variable: &str, holds: impl Fn(&str) -> bool) -> bool {
    std::env::var(variable).is_ok_and(|value| holds(&value))
}
