//! Whole screens as a user sees them, over the demonstration network: keys in, pictures out, at two sizes and in both
//! languages. Questions are answered by the real search; nothing is written.

use std::sync::Arc;

use openbar::capture::{Context, query};
use openbar::domain::Book;
use openbar::domain::contact::Language;
use openbar::domain::time::Timestamp;
use openbar::insight::Snapshot;
use openbar::insight::agenda::agenda;
use openbar::insight::duplicates::{self, Blocks};
use openbar::insight::search::{self, Index};
use openbar::insight::vocabulary::Vocabulary;
use openbar::protocol::{Job, Notice, Reply};
use openbar::tui::app::{App, Errand, Message, Settings};
use openbar::tui::command::Keymap;
use openbar::tui::key::Key;
use openbar::tui::pictures::Choice;
use openbar::tui::shell;
use openbar::tui::theme::Palette;
use openbar::wording::Lang;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

use crate::demo;

/// The screen over a book, with an engine that only answers questions.
struct Play {
    app: App,
    snapshot: Snapshot,
    /// Jobs that would have changed something.
    sent: Vec<Job>,
    /// What the loop was asked to do besides.
    errands: Vec<Errand>,
}

impl Play {
    fn new(lang: Lang, book: Book, size: (u16, u16)) -> Self {
        let settings = Settings {
            lang,
            palette: Palette::Dark,
            indexed: false,
            keymap: Keymap::default(),
            region: "CA".to_owned(),
            pictures: Choice::HalfBlocks,
            demo: false,
        };
        let now: Timestamp = "2026-11-16T15:00:00Z".parse().expect("a moment");
        let snapshot =
            Snapshot { index: Arc::new(Index::build(&book)), book: Arc::new(book), loaded: true, roll: None };
        let app = App::new(settings, now, demo::today(), size);
        let mut play = Self { app, snapshot: snapshot.clone(), sent: Vec::new(), errands: Vec::new() };
        let vocabulary = Arc::new(Vocabulary::build(&snapshot.book));
        let day = Arc::new(agenda(&snapshot.book, demo::today()));
        play.message(Message::Notice(Notice::Book(snapshot)));
        play.message(Message::Agenda(day));
        play.message(Message::Vocabulary(vocabulary));
        play
    }

    fn demo(lang: Lang, size: (u16, u16)) -> Self {
        Self::new(lang, demo::network(), size)
    }

    fn message(&mut self, message: Message) {
        for errand in self.app.update(message) {
            match errand {
                Errand::Send(ticket, Job::Search { query: words, .. }) => {
                    let reply = self.search(&words);
                    self.message(Message::Reply(ticket, Box::new(reply)));
                }
                Errand::Send(ticket, Job::Alike { contact, limit }) => {
                    let book = &self.snapshot.book;
                    let mut found = duplicates::of(book, &Blocks::build(book), &contact);
                    found.truncate(limit);
                    self.message(Message::Reply(ticket, Box::new(Reply::Alike(found))));
                }
                Errand::Send(ticket, Job::History { .. }) => {
                    self.message(Message::Reply(ticket, Box::new(Reply::History(Vec::new()))));
                }
                Errand::Send(_, job) if job.is_question() => {}
                Errand::Send(_, job) => self.sent.push(job),
                other => self.errands.push(other),
            }
        }
    }

    fn search(&self, words: &str) -> Reply {
        let read = query::read(words, &Context::new(demo::today(), Language::French));
        let options = search::Options { today: demo::today(), limit: None, cancelled: &|| false };
        let ids = search::run(&self.snapshot, &read.query, &options).unwrap_or_default();
        Reply::Hits { total: ids.len(), ids: ids.into() }
    }

    /// Presses keys, blanks between; `type:…` types the rest of the word, `_` for a blank.
    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            match key.strip_prefix("type:") {
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

    fn picture(&self) -> String {
        let area = self.app.area();
        let mut buf = Buffer::empty(area);
        shell::view(&self.app, &mut buf);
        let rows = (0..area.height).map(|y| {
            let mut row = String::new();
            let mut x = 0;
            while x < area.width {
                let symbol = buf[(x, y)].symbol();
                row.push_str(symbol);
                x += (symbol.width() as u16).max(1);
            }
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }
}

/// Takes a picture after the same keys at both sizes in both languages.
fn pictures(name: &str, keys: &str) {
    for (lang, tag) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        for size in [(80, 24), (120, 36)] {
            let mut play = Play::demo(lang, size);
            play.keys(keys);
            insta::assert_snapshot!(format!("{name}-{tag}-{}x{}", size.0, size.1), play.picture());
        }
    }
}

#[test]
fn today() {
    pictures("today", "j");
}

#[test]
fn pocket() {
    pictures("pocket", "2 j");
}

#[test]
fn people() {
    pictures("people", "3 j j");
}

#[test]
fn people_found_as_the_user_types() {
    pictures("people-search", "3 / type:planch esc space");
}

#[test]
fn person() {
    pictures("person", "3 / type:wallace enter");
}

#[test]
fn bar() {
    pictures("bar", "a type:Zoé_Roy,_notaire_@Étude_Roy_=conseils_#chambre_819-555-0123");
}

#[test]
fn bar_that_completes() {
    pictures("bar-completes", "a type:Zoé_@mrc");
}

#[test]
fn wide_screens_use_their_width() {
    for (name, keys) in [("today", "j"), ("people", "3 j j"), ("person", "3 / type:wallace enter")] {
        let mut play = Play::demo(Lang::Fr, (180, 50));
        play.keys(keys);
        insta::assert_snapshot!(format!("{name}-fr-180x50"), play.picture());
    }
}

#[test]
fn an_empty_book_teaches_the_first_steps() {
    for (lang, tag) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        for size in [(80, 24), (120, 36)] {
            let mut play = Play::new(lang, Book::default(), size);
            let mut all = play.picture();
            for tab in ["2", "3"] {
                play.keys(tab);
                all = format!("{all}\n{}", play.picture());
            }
            insta::assert_snapshot!(format!("empty-{tag}-{}x{}", size.0, size.1), all);
        }
    }
}

#[test]
fn presentation_hides_what_is_private() {
    let mut play = Play::demo(Lang::Fr, (120, 36));
    play.keys("3 / type:lapierre enter");
    assert!(play.picture().contains("Ma mère."));
    play.keys("P");
    let picture = play.picture();
    assert!(!picture.contains("Ma mère.") && !picture.contains("●●●●●") && !picture.contains("dimanche"));
}

#[test]
fn nothing_overflows_a_tiny_terminal() {
    for size in [(1, 1), (5, 3), (20, 6), (40, 10)] {
        for keys in ["j", "2", "3", "3 / type:wal enter", "a type:Zoé_@mrc", "?", ":"] {
            let mut play = Play::demo(Lang::Fr, size);
            play.keys(keys);
            play.picture();
        }
    }
}

#[test]
fn typed_lines_become_captures_and_the_bar_stays_open() {
    let mut play = Play::demo(Lang::Fr, (100, 30));
    play.keys("a type:Zoé_@Hydro enter");
    let [Job::Capture(capture)] = play.sent.as_slice() else { panic!("one capture: {:?}", play.sent) };
    assert_eq!(capture.text, "Zoé @Hydro");
    assert!(play.picture().contains("Noter quelqu’un"));
}

#[test]
fn an_unfinished_line_is_kept_when_the_bar_closes() {
    let mut play = Play::demo(Lang::Fr, (100, 30));
    play.keys("a type:Zoé_zz esc");
    assert!(!play.picture().contains("Zoé zz"));
    play.keys("a");
    assert!(play.picture().contains("Zoé zz"));
}

#[test]
fn a_line_reopened_and_left_as_it_was_changes_nothing() {
    let mut play = Play::demo(Lang::Fr, (120, 36));
    play.keys("3 / type:wallace esc e enter");
    assert!(play.sent.is_empty(), "{:?}", play.sent);
}

#[test]
fn marked_people_are_archived_together() {
    let mut play = Play::demo(Lang::En, (120, 36));
    play.keys("3 j space space x");
    let [Job::Apply { edits, .. }] = play.sent.as_slice() else { panic!("one job: {:?}", play.sent) };
    assert_eq!(edits.len(), 2);
}

#[test]
fn q_leaves() {
    let mut play = Play::demo(Lang::En, (80, 24));
    play.keys("q");
    assert_eq!(play.errands, [Errand::Quit]);
}
