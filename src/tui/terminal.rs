//! The terminal: raw mode, the alternate screen, and crossterm's events as the app's messages.
//!
//! Pictures that the terminal paints itself (sixels, iTerm2) lie in cells that the screen leaves alone. Whenever there is
//! another set of such cells than in the last frame, all is drawn anew, or what lay over a picture, or under it, would stay.
//!
//! Invariant: whatever happens, the terminal is given back as it was found: at the end, on suspension, and before a
//! panic message is printed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
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
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Position;

use super::app::Message;
use super::key::{Code, Key};
use super::mouse::{Mouse, MouseAct};
use super::pictures::Choice;
use super::pictures::asking::{self, Surroundings};
use super::pictures::replies::Heard;
use crate::text::clean;

/// Two presses in the same cell within this time are a double click.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);
/// Pasted text beyond this is cut; the largest paste that makes sense is a list of names.
const PASTE_LIMIT: usize = 1 << 20;
/// A cell of more bytes carries a picture.
const CARRIER: usize = 128;

/// The terminal while the program has it.
pub struct Terminal {
    screen: Screen<CrosstermBackend<Stdout>>,
    /// The cells of the last frame that the terminal paints itself; 0 for none.
    painted: u64,
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
        Ok(Self { screen, painted: 0 })
    }

    /// The screen to draw on.
    pub fn screen(&mut self) -> &mut Screen<CrosstermBackend<Stdout>> {
        &mut self.screen
    }

    /// Draws a frame.
    pub fn draw(&mut self, view: impl Fn(&mut Buffer), cursor: Option<Position>) -> io::Result<()> {
        self.screen.autoresize()?;
        let mut frame = Buffer::empty(self.screen.get_frame().area());
        view(&mut frame);
        let painted = painted(&frame);
        if std::mem::replace(&mut self.painted, painted) != painted {
            self.screen.clear()?;
        }
        self.screen.draw(|target| {
            // The terminal may have changed its size in this very moment; the next frame will fit.
            if target.area() == frame.area {
                std::mem::swap(target.buffer_mut(), &mut frame);
            }
            if let Some(position) = cursor {
                target.set_cursor_position(position);
            }
        })?;
        Ok(())
    }

    /// Sends the terminal what draws nothing by itself.
    pub fn emit(&mut self, words: &str) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(words.as_bytes())?;
        out.flush()
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

/// Which cells the terminal paints itself, and with what; 0 for none.
fn painted(frame: &Buffer) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut any = false;
    for (at, cell) in frame.content.iter().enumerate() {
        // The cell that carries a picture counts by its length: no two pictures in one place are sent alike.
        if cell.diff_option == CellDiffOption::Skip {
            any = true;
            at.hash(&mut hasher);
        } else if cell.symbol().len() > CARRIER {
            (at, cell.symbol().len()).hash(&mut hasher);
        }
    }
    if any { hasher.finish().max(1) } else { 0 }
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
    /// The terminal is to be asked what pictures it can draw.
    question: Arc<Mutex<Option<Choice>>>,
}

impl Keys {
    /// Starts reading; messages go to `out` until its receiver is gone.
    pub fn start(out: Sender<Message>) -> Self {
        let paused = Arc::new(AtomicBool::new(false));
        let idle = Arc::new(AtomicBool::new(false));
        let question = Arc::new(Mutex::new(None));
        let keys = Self { paused: paused.clone(), idle: idle.clone(), question: question.clone() };
        std::thread::spawn(move || {
            let mut last_press = None;
            loop {
                if paused.load(Ordering::SeqCst) {
                    idle.store(true, Ordering::SeqCst);
                    std::thread::park_timeout(Duration::from_millis(20));
                    continue;
                }
                idle.store(false, Ordering::SeqCst);
                let asked = question.lock().unwrap_or_else(PoisonError::into_inner).take();
                if let Some(choice) = asked
                    && !put_question(choice, &out)
                {
                    return;
                }
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

    /// Has the terminal asked what pictures it can draw; the answer comes as [`Message::Able`]. Done by the thread that
    /// reads keys, since answers come the same way.
    pub fn ask_terminal(&self, choice: Choice) {
        *self.question.lock().unwrap_or_else(PoisonError::into_inner) = Some(choice);
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

/// Asks the terminal, passing on what is typed meanwhile; false when nobody listens any more.
fn put_question(choice: Choice, out: &Sender<Message>) -> bool {
    let ability = asking::ask(choice, Surroundings::here(), &mut |heard| {
        let message = match heard {
            Heard::Key(key) => Message::Key(key),
            Heard::Paste(text) => Message::Paste(text),
            Heard::Attributes { .. } | Heard::Cell(..) | Heard::Kitty(_) | Heard::OldKitty => return,
        };
        let _ = out.send(message);
    });
    out.send(Message::Able(ability)).is_ok()
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
