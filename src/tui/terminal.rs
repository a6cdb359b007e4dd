//! The terminal: raw mode, the alternate screen, and crossterm's events as the app's messages.
//!
//! Invariant: whatever happens, the terminal is given back as it was found: at the end, on suspension, and before a
//! panic message is printed.

use std::io::{self, Stdout, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use base64::Engine as _;
use crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event,
    KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute, terminal};
use ratatui::Terminal as Screen;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Position;

use super::app::Message;
use super::key::{Code, Key};
use super::mouse::{Mouse, MouseAct};
use crate::text::clean;

/// Two presses in the same cell within this time are a double click.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);
/// Pasted text beyond this is cut; the largest paste that makes sense is a list of names.
const PASTE_LIMIT: usize = 1 << 20;

/// The terminal while the program has it.
pub struct Terminal {
    screen: Screen<CrosstermBackend<Stdout>>,
}

impl Terminal {
    /// Takes the terminal over.
    pub fn open() -> io::Result<Self> {
        enter()?;
        let hook = std::panic::take_hook();
        let here = std::thread::current().id();
        std::panic::set_hook(Box::new(move |panic| {
            // A panic on another thread ends that thread, or is caught there; the screen goes on and keeps its terminal.
            if std::thread::current().id() == here {
                leave();
            }
            hook(panic);
        }));
        let screen = Screen::new(CrosstermBackend::new(io::stdout()))?;
        Ok(Self { screen })
    }

    /// The screen to draw on.
    pub fn screen(&mut self) -> &mut Screen<CrosstermBackend<Stdout>> {
        &mut self.screen
    }

    /// Puts text on the clipboard of the terminal, also over SSH (OSC 52).
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let encoded = base64::engine::general_purpose::STANDARD.encode(text);
        let mut out = io::stdout();
        write!(out, "\x1b]52;c;{encoded}\x07")?;
        out.flush()
    }

    /// Gives the terminal back while `work` runs, then takes it over again.
    pub fn away<T>(&mut self, keys: &Keys, work: impl FnOnce() -> T) -> io::Result<T> {
        keys.pause();
        leave();
        let result = work();
        enter()?;
        self.screen.clear()?;
        keys.resume();
        Ok(result)
    }

    /// Stops the process until the shell continues it.
    #[cfg(unix)]
    pub fn suspend(&mut self, keys: &Keys) -> io::Result<()> {
        self.away(keys, || {
            // Process group 0 is the caller's: the whole job stops, as for Ctrl-Z outside of raw mode.
            rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)
        })?
        .map_err(io::Error::from)
    }

    /// Job control is a Unix matter.
    #[cfg(not(unix))]
    pub fn suspend(&mut self, _keys: &Keys) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        leave();
    }
}

fn enter() -> io::Result<()> {
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture, cursor::Hide)
}

fn leave() {
    // Nothing can be done about a terminal that refuses: it is probably gone.
    let _ = execute!(
        io::stdout(),
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = terminal::disable_raw_mode();
}

/// The thread that reads keys; it can be paused while another program has the terminal.
pub struct Keys {
    paused: Arc<AtomicBool>,
    idle: Arc<AtomicBool>,
}

impl Keys {
    /// Starts reading; messages go to `out` until its receiver is gone.
    pub fn start(out: Sender<Message>) -> Self {
        let paused = Arc::new(AtomicBool::new(false));
        let idle = Arc::new(AtomicBool::new(false));
        let keys = Self { paused: paused.clone(), idle: idle.clone() };
        std::thread::spawn(move || {
            let mut last_press = None;
            loop {
                if paused.load(Ordering::SeqCst) {
                    idle.store(true, Ordering::SeqCst);
                    std::thread::park_timeout(Duration::from_millis(20));
                    continue;
                }
                idle.store(false, Ordering::SeqCst);
                match event::poll(Duration::from_millis(50)) {
                    Ok(true) => {}
                    Ok(false) => continue,
                    Err(_) => return,
                }
                let Ok(event) = event::read() else { return };
                if let Some(message) = message(event, &mut last_press)
                    && out.send(message).is_err()
                {
                    return;
                }
            }
        });
        keys
    }

    /// Stops reading; returns once no read is under way.
    fn pause(&self) {
        self.paused.store(true, Ordering::SeqCst);
        while !self.idle.load(Ordering::SeqCst) {
            std::thread::yield_now();
        }
    }

    fn resume(&self) {
        self.paused.store(false, Ordering::SeqCst);
    }
}

/// Pasted text without what could harm: line breaks and tabs stay, for tables are pasted too.
fn pasted(text: &str) -> String {
    clean::verbatim(text).replace("\r\n", "\n").replace('\r', "\n").trim_matches('\n').to_owned()
}

fn message(event: Event, last_press: &mut Option<(Instant, Position)>) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => key_of(key).map(Message::Key),
        Event::Paste(mut text) => {
            let limit =
                (0..=PASTE_LIMIT.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            text.truncate(limit);
            Some(Message::Paste(pasted(&text)))
        }
        Event::Mouse(mouse) => mouse_of(mouse, last_press).map(Message::Mouse),
        Event::Resize(width, height) => Some(Message::Resize(width, height)),
        _ => None,
    }
}

fn key_of(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let held = |modifier| event.modifiers.contains(modifier);
    let mut key = Key { code, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT), shift: false };
    // AltGr arrives as Ctrl+Alt on some keyboards, where it types a character.
    if key.ctrl && key.alt && matches!(code, Code::Char(c) if !c.is_ascii_alphanumeric()) {
        (key.ctrl, key.alt) = (false, false);
    }
    key.shift = match code {
        Code::Char(_) => false,
        _ => held(KeyModifiers::SHIFT) || event.code == KeyCode::BackTab,
    };
    Some(key)
}

fn mouse_of(event: MouseEvent, last_press: &mut Option<(Instant, Position)>) -> Option<Mouse> {
    let at = Position::new(event.column, event.row);
    let act = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => {
            let again = last_press.is_some_and(|(when, there)| there == at && when.elapsed() < DOUBLE_CLICK);
            *last_press = (!again).then(|| (Instant::now(), at));
            if again { MouseAct::Double } else { MouseAct::Press }
        }
        MouseEventKind::ScrollDown => MouseAct::Wheel(3),
        MouseEventKind::ScrollUp => MouseAct::Wheel(-3),
        _ => return None,
    };
    Some(Mouse { act, at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lose_what_keyboards_disagree_on() {
        let key = |code, modifiers| key_of(KeyEvent::new(code, modifiers));
        assert_eq!(key(KeyCode::Char('J'), KeyModifiers::SHIFT), Some(Key::char('J')));
        assert_eq!(
            key(KeyCode::BackTab, KeyModifiers::SHIFT).map(|k| k.to_string()).as_deref(),
            Some("shift-tab")
        );
        let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        assert_eq!(key(KeyCode::Char('@'), alt_gr), Some(Key::char('@')));
    }

    #[test]
    fn pasted_escapes_are_removed() {
        let pasted = message(Event::Paste("a\x1b[2Jb\nc".into()), &mut None);
        let Some(Message::Paste(text)) = pasted else { panic!("a paste") };
        assert!(!text.contains('\x1b') && text.contains('\n'));
    }
}
