//! Chooses a file to import, or cards to read: begins where downloads land, filters by typing, takes typed paths.
//!
//! The only layer that looks at the disk itself: one folder at a time, bounded, when a key asks for it.

mod folder;

use std::ops::Range;
use std::path::{Path, PathBuf};

use etcetera::home_dir;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use self::folder::{Entry, MOST};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Tag, View};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::overlays::cards;
use crate::tui::widgets::filter::Filter;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::{self, ListState};
use crate::tui::widgets::{entry, frame, scroll, text};
use crate::wording::{Lang, dates};

/// Tag of the cards that are being read.
const CARD: Tag = 1;
/// The widest that it gets.
const WIDEST: u16 = 100;
/// Where downloads land, in both languages.
const DOWNLOADS: [&str; 2] = ["Downloads", "Téléchargements"];

/// The folder that is open, and what was typed.
pub struct Files {
    home: PathBuf,
    folder: PathBuf,
    zone: TimeZone,
    entries: Vec<Entry>,
    /// There is more in the folder than is shown.
    more: bool,
    /// Why the folder cannot be read.
    trouble: Option<String>,
    typed: LineEdit,
    rows: Vec<Row>,
    list: ListState,
    read: bool,
}

/// An entry that fits what was typed, with the letters that matched.
struct Row {
    entry: usize,
    marks: Vec<Range<usize>>,
}

/// Where things stand.
struct Layout {
    popup: Rect,
    path: Rect,
    entry: Rect,
    rows: Rect,
    note: Rect,
}

impl Default for Files {
    fn default() -> Self {
        let home = home_dir().unwrap_or_else(|_| PathBuf::from("/"));
        let downloads = DOWNLOADS.iter().map(|name| home.join(name)).find(|folder| folder.is_dir());
        Self::at(downloads.unwrap_or_else(|| home.clone()), home, TimeZone::system())
    }
}

impl Files {
    /// A picker that begins in a folder; `home` is what `~` means.
    pub fn at(folder: PathBuf, home: PathBuf, zone: TimeZone) -> Self {
        Self {
            home,
            folder,
            zone,
            entries: Vec::new(),
            more: false,
            trouble: None,
            typed: LineEdit::default(),
            rows: Vec::new(),
            list: ListState::default(),
            read: false,
        }
    }

    /// Opens a folder and forgets what was typed, unless it is the path of that folder.
    fn open(&mut self, folder: PathBuf, height: u16) {
        self.folder = folder;
        self.look();
        self.typed.clear();
        self.find(height);
    }

    fn look(&mut self) {
        self.read = true;
        match folder::read(&self.folder) {
            Ok((entries, more)) => {
                (self.entries, self.more, self.trouble) = (entries, more, None);
            }
            Err(error) => {
                (self.entries, self.more, self.trouble) = (Vec::new(), false, Some(error.to_string()));
            }
        }
    }

    /// What was typed has changed.
    fn retyped(&mut self, height: u16) {
        if let Some((folder, _)) = folder::typed_path(self.typed.text(), &self.home)
            && folder != self.folder
            && folder.is_dir()
        {
            self.folder = folder;
            self.look();
        }
        self.find(height);
    }

    /// What is typed of a name: all of it, or the end of a path.
    fn wanted(&self) -> String {
        let typed = self.typed.text();
        folder::typed_path(typed, &self.home).map_or_else(|| typed.to_owned(), |(_, last)| last)
    }

    fn find(&mut self, height: u16) {
        let filter = Filter::new(&self.wanted());
        // While a path leads nowhere, names of the folder that happens to be open must not answer for it.
        let astray =
            folder::typed_path(self.typed.text(), &self.home).is_some_and(|(at, _)| at != self.folder);
        let mut found: Vec<(i64, Row)> = self
            .entries
            .iter()
            .enumerate()
            .filter(|_| !astray)
            .filter_map(|(at, entry)| {
                let (fit, _) = filter.fit(&entry.name, "")?;
                Some((fit.score, Row { entry: at, marks: fit.marks }))
            })
            .collect();
        if !filter.is_empty() {
            found.sort_by_key(|(score, _)| -score);
        }
        self.rows = found.into_iter().map(|(_, row)| row).collect();
        // The export that the user came for is under the cursor already.
        let wanted =
            |known: fn(&Entry) -> bool| self.rows.iter().position(|row| known(&self.entries[row.entry]));
        let start = if filter.is_empty() {
            wanted(Entry::is_linkedin).or_else(|| wanted(Entry::is_known))
        } else {
            None
        };
        self.list.select(start.unwrap_or(0), self.rows.len(), height);
    }

    fn chosen(&self) -> Option<&Entry> {
        self.rows.get(self.list.cursor()).map(|row| &self.entries[row.entry])
    }

    /// Imports a file. A card is read instead, and the picker stays for the next one of the stack.
    fn take(&mut self, path: PathBuf, height: u16, cx: &Cx<'_>) -> Vec<Effect> {
        if !cards::is_card(&path) {
            return vec![Effect::Close, Effect::Show(View::Import(vec![path]))];
        }
        self.list.command(Command::Down, self.rows.len(), height);
        cards::read(vec![path], CARD, cx)
    }

    fn accept(&mut self, height: u16, cx: &Cx<'_>) -> Vec<Effect> {
        // A path typed in full counts as it stands, hidden files too.
        if let Some((folder, last)) = folder::typed_path(self.typed.text(), &self.home) {
            let whole = folder.join(&last);
            if !last.is_empty() && whole.is_file() {
                return self.take(whole, height, cx);
            }
            if whole.is_dir() && whole != self.folder {
                self.open(whole, height);
                return Vec::new();
            }
        }
        match self.chosen().cloned() {
            Some(entry) if entry.folder => {
                self.open(entry.path, height);
                Vec::new()
            }
            Some(entry) => self.take(entry.path, height, cx),
            None => Vec::new(),
        }
    }

    fn up(&mut self, height: u16) {
        let Some(parent) = self.folder.parent().map(Path::to_owned) else { return };
        let from = std::mem::take(&mut self.folder);
        self.open(parent, height);
        if let Some(at) = self.rows.iter().position(|row| self.entries[row.entry].path == from) {
            self.list.select(at, self.rows.len(), height);
        }
    }

    /// Puts the name under the cursor into the path that is being typed.
    fn complete(&mut self, height: u16) {
        let Some(entry) = self.chosen() else { return };
        let mut path = entry.path.to_string_lossy().into_owned();
        if entry.folder {
            path.push('/');
        }
        self.typed.set(&path, path.len());
        self.retyped(height);
    }

    fn layout(&self, area: Rect, cx: &Cx<'_>) -> Layout {
        let width = WIDEST.min(area.width.saturating_sub(4));
        let popup = frame::centred(area, width, area.height.saturating_sub(2));
        let inside = frame::inside(popup);
        let row =
            |at: u16| Rect { y: inside.y + at.min(inside.height), height: 1, ..inside }.intersection(inside);
        let note = self.note(cx, inside.width).len() as u16;
        let note = if inside.height > note + 7 { note + 1 } else { 0 };
        let top = inside.height.min(3);
        let rows = Rect { y: inside.y + top, height: (inside.height - top).saturating_sub(note), ..inside };
        Layout {
            popup,
            path: row(0),
            entry: row(1),
            rows,
            note: Rect { y: rows.bottom(), height: note, ..inside },
        }
    }

    /// What stands below the list.
    fn note(&self, cx: &Cx<'_>, width: u16) -> Vec<Line<'static>> {
        let room = usize::from(width).max(1);
        let theme = cx.theme;
        let mut lines = vec![Line::styled(cx.t.files_ask(), theme.title)];
        if self.more {
            let words = text::wrap(&cx.t.files_more(MOST), room);
            lines.splice(0..0, words.into_iter().map(|line| Line::styled(line, theme.notice)));
        }
        let how = text::wrap(&cx.t.files_ask_how(), room);
        lines.extend(how.into_iter().map(|line| Line::styled(line, theme.muted)));
        lines
    }

    /// The folder, with `~` for home.
    fn path_shown(&self) -> String {
        match self.folder.strip_prefix(&self.home) {
            Ok(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
            Ok(rest) => format!("~/{}", rest.to_string_lossy()),
            Err(_) => self.folder.to_string_lossy().into_owned(),
        }
    }

    fn draw_row(&self, row: &Row, place: Rect, chosen: bool, buf: &mut Buffer, cx: &Cx<'_>) {
        let entry = &self.entries[row.entry];
        let theme = cx.theme;
        let style = match (entry.folder, entry.is_known() || cards::is_card(&entry.path)) {
            (true, _) => theme.org,
            (false, true) => theme.strong,
            (false, false) => theme.faint,
        };
        let mut left = text::marked(&entry.name, &row.marks, style, theme.matched);
        if entry.folder {
            left.push(Span::styled("/", style));
        }
        let mut right = Vec::new();
        if !entry.folder {
            if entry.is_linkedin() {
                right.push(Span::styled("LinkedIn  ", theme.notice));
            }
            right.push(Span::styled(size(entry.size, cx), theme.muted));
            let day = entry.changed.map(|at| at.to_zoned(self.zone.clone()).date());
            let day = day.map(|day| dates::ago(day, cx.today, cx.t.lang())).unwrap_or_default();
            let pad = 14usize.saturating_sub(text::width(&day));
            right.push(Span::styled(format!("  {}{day}", " ".repeat(pad)), theme.date));
        }
        list::put_row(buf, place, chosen, theme, left, right);
    }
}

/// A size in the unit that suits it: *3.4 MB*, *3,4 Mo*.
fn size(bytes: u64, cx: &Cx<'_>) -> String {
    let french = cx.t.lang() == Lang::Fr;
    let units = if french { ["o", "Ko", "Mo", "Go"] } else { ["B", "KB", "MB", "GB"] };
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < units.len() {
        value /= 1000.0;
        unit += 1;
    }
    let number = if unit > 0 && value < 9.95 { format!("{value:.1}") } else { format!("{value:.0}") };
    let number = if french { number.replace('.', ",") } else { number };
    cx.t.files_size(number, units[unit])
}

impl Layer for Files {
    fn place(&self) -> Places {
        Places::PICKER
    }

    fn typing(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        if !self.read {
            self.look();
            let height = self.layout(area, cx).rows.height;
            self.find(height);
        }
        let layout = self.layout(area, cx);
        let height = layout.rows.height;
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.accept(height, cx),
            Input::Command(Command::Next) => self.complete(height),
            Input::Command(command) => _ = self.list.command(command, self.rows.len(), height),
            Input::Key(Key { code: Code::Backspace | Code::Left, .. }) if self.typed.text().is_empty() => {
                self.up(height);
            }
            Input::Key(Key { code: Code::Right, .. }) if self.typed.text().is_empty() => {
                if let Some(folder) =
                    self.chosen().filter(|entry| entry.folder).map(|entry| entry.path.clone())
                {
                    self.open(folder, height);
                }
            }
            Input::Key(key) => {
                if self.typed.key(key) {
                    self.retyped(height);
                }
            }
            Input::Paste(pasted) => {
                // Terminals paste a dropped file as its path, often in quotes.
                self.typed.paste(pasted.trim().trim_matches(['\'', '"']));
                self.retyped(height);
            }
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !layout.popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                if self.list.mouse(mouse, layout.rows, self.rows.len()).is_some()
                    && mouse.act == MouseAct::Double
                {
                    return self.accept(height, cx);
                }
            }
            Input::Refreshed => self.list.clamp(self.rows.len(), height),
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let layout = self.layout(area, cx);
        let theme = cx.theme;
        frame::popup(layout.popup, buf, theme, &cx.t.files_title());
        text::put(buf, layout.path, Span::styled(self.path_shown(), theme.event));
        entry::view(&self.typed, layout.entry, buf, theme, &cx.t.files_placeholder(), "");
        let said = match (&self.trouble, self.rows.is_empty(), self.typed.text().is_empty()) {
            (Some(detail), ..) => Some((cx.t.files_unreadable(detail.as_str()), theme.alert)),
            (None, true, true) => Some((cx.t.files_empty(), theme.muted)),
            (None, true, false) => Some((cx.t.files_nothing(self.wanted()), theme.muted)),
            _ => None,
        };
        if let Some((words, style)) = said {
            let lines = text::wrap(&words, usize::from(layout.rows.width));
            text::put_lines(buf, layout.rows, lines.into_iter().map(|line| Line::styled(line, style)));
        }
        for (place, at) in layout.rows.rows().zip(self.list.visible(self.rows.len(), layout.rows.height)) {
            self.draw_row(&self.rows[at], place, at == self.list.cursor(), buf, cx);
        }
        scroll::thumb(buf, layout.rows, self.list.top(), self.rows.len(), theme);
        let below =
            Rect { y: layout.note.y + 1, height: layout.note.height.saturating_sub(1), ..layout.note };
        text::put_lines(buf, below, self.note(cx, below.width));
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        entry::cursor(&self.typed, self.layout(area, cx).entry)
    }
}
