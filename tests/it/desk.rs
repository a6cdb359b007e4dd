//! The screen over a real engine: keys in, jobs carried out, news and replies back, without a terminal and without
//! waiting.

use std::path::Path;
use std::sync::Arc;

use openbar::domain::change::{Deed, Edit, Record};
use openbar::domain::contact::Contact;
use openbar::insight::Snapshot;
use openbar::insight::agenda::agenda;
use openbar::insight::vocabulary::Vocabulary;
use openbar::protocol::{Job, Notice, Reply};
use openbar::tui::app::{App, Errand, Message, Settings};
use openbar::tui::command::Keymap;
use openbar::tui::key::Key;
use openbar::tui::pictures::{self, Ability, Choice, Painted};
use openbar::tui::shell;
use openbar::tui::theme::Palette;
use openbar::wording::Lang;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

use crate::demo;
use crate::engine::World;

/// A screen at which somebody sits.
pub struct Desk {
    app: App,
    world: World,
    shown: Option<Snapshot>,
    folder: tempfile::TempDir,
    /// What was put on the clipboard.
    pub copied: Vec<String>,
    /// What was to be opened with the system's programs.
    pub outside: Vec<String>,
}

impl Desk {
    /// Over a new book that holds these people.
    pub fn with(lang: Lang, size: (u16, u16), people: &[Contact]) -> Self {
        Self::over(lang, size, people.iter().map(|one| Record::Contact(Arc::new(one.clone()))))
    }

    /// Over the demonstration network.
    pub fn demo(lang: Lang, size: (u16, u16)) -> Self {
        Self::over(lang, size, demo::network().records())
    }

    /// Over a new book that holds these records.
    pub fn over(lang: Lang, size: (u16, u16), records: impl IntoIterator<Item = Record>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let world = World::open(folder.path());
        let edits: Vec<Edit> = records.into_iter().map(Edit::create).collect();
        if !edits.is_empty() {
            let job = Job::Apply { deed: Deed::Batch, subject: String::new(), edits };
            assert!(!matches!(world.ask(job), Reply::Failed(_)), "the records are in the book");
        }
        let settings = Settings {
            lang,
            palette: Palette::Dark,
            indexed: false,
            keymap: Keymap::default(),
            region: "CA".to_owned(),
            pictures: Choice::HalfBlocks,
            demo: false,
        };
        let now = "2026-11-16T15:00:00Z".parse().expect("a moment");
        let app = App::new(settings, now, demo::today(), size);
        let mut desk = Self { app, world, shown: None, folder, copied: Vec::new(), outside: Vec::new() };
        desk.news();
        desk
    }

    /// Tells the app of a book that it does not show yet.
    fn news(&mut self) {
        let snapshot = self.world.book();
        if self.shown.as_ref().is_some_and(|shown| Arc::ptr_eq(&shown.book, &snapshot.book)) {
            return;
        }
        self.shown = Some(snapshot.clone());
        let vocabulary = Arc::new(Vocabulary::build(&snapshot.book));
        let day = Arc::new(agenda(&snapshot.book, demo::today()));
        self.message(Message::Vocabulary(vocabulary));
        self.message(Message::Notice(Notice::Book(snapshot)));
        self.message(Message::Agenda(day));
    }

    fn message(&mut self, message: Message) {
        let errands = self.app.update(message);
        for errand in errands {
            match errand {
                Errand::Send(ticket, job) => {
                    let reply = self.world.ask(job);
                    self.message(Message::Reply(ticket, Box::new(reply)));
                    self.news();
                }
                Errand::AskTerminal(_) => self.message(Message::Able(Ability::LEAST)),
                Errand::Paint(task) => {
                    let painted = Painted { number: task.number, outcome: pictures::paint(&task) };
                    self.message(Message::Painted(painted));
                }
                Errand::Copy(text) => self.copied.push(text),
                Errand::OpenOutside(target) => self.outside.push(target),
                _ => {}
            }
        }
    }

    /// Another size of the terminal.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.message(Message::Resize(width, height));
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) {
        self.message(Message::Paste(text.to_owned()));
    }

    /// The folder of the book.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Presses keys, blanks between; `type:…` types the rest of the word, `_` for a blank; `tick` lets time pass.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            match key.strip_prefix("type:") {
                None if key == "tick" => self.message(Message::Tick),
                Some(text) => {
                    for c in text.replace('_', " ").chars() {
                        self.message(Message::Key(Key::char(c)));
                    }
                }
                None => self.message(Message::Key(key.parse().expect("a key"))),
            }
        }
        self
    }

    /// The book as it is now.
    pub fn book(&self) -> Snapshot {
        self.world.book()
    }

    /// Somebody by the name on the card.
    pub fn person(&self, name: &str) -> Option<Contact> {
        let book = self.world.book().book;
        book.contacts().find(|contact| contact.name.full == name).map(|contact| Contact::clone(contact))
    }

    /// What the screen shows.
    pub fn picture(&self) -> String {
        let area = self.app.area();
        let mut buf = Buffer::empty(area);
        shell::view(&self.app, &mut buf);
        let rows = (0..area.height).map(|y| {
            let (mut row, mut x) = (String::new(), 0);
            while x < area.width {
                let symbol = buf[(x, y)].symbol();
                row.push_str(symbol);
                x += (symbol.width() as u16).max(1);
            }
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// Fails unless the screen shows a text.
    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        let picture = self.picture();
        assert!(picture.contains(text), "“{text}” is not on the screen:\n{picture}");
        self
    }
}
