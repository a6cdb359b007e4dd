//! One person's page: everything that is known, in as many columns as there is room for.
//!
//! Ties are a list to walk along: `Enter` on one opens the other person's page.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::change::Deed;
use crate::domain::change::{Edit, Record};
use crate::domain::id::ContactId;
use crate::protocol::{Job, PastStep, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Tag, View};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::card::Section;
use crate::tui::widgets::{frame, text};
use crate::wording::{dates, records};

/// One person's page.
pub struct PersonPage {
    id: ContactId,
    scroll: usize,
    /// The tie under the cursor, while the cursor is on the ties.
    tie: Option<usize>,
    history: Vec<PastStep>,
}

const HISTORY: Tag = 1;
const NOTE: Tag = 2;
/// Two columns from here on.
const TWO_COLUMNS: u16 = 96;
/// Three columns from here on.
const THREE_COLUMNS: u16 = 150;

impl PersonPage {
    /// The page of one person.
    pub fn new(id: ContactId) -> Self {
        Self { id, scroll: 0, tie: None, history: Vec::new() }
    }

    /// When the card was merged into another one, the page becomes that one's.
    fn follow(&mut self, cx: &Cx<'_>) {
        let book = &cx.snapshot.book;
        if book.contact(self.id).is_none()
            && let Some(survivor) = book.by_uid(&self.id.to_string())
        {
            *self = Self::new(survivor.id);
        }
    }

    fn others(&self, cx: &Cx<'_>) -> Vec<ContactId> {
        let book = &cx.snapshot.book;
        book.ties_of(self.id)
            .filter_map(|tie| tie.other(self.id))
            .filter(|id| book.contact(*id).is_some())
            .collect()
    }

    fn command(&mut self, command: Command, cx: &Cx<'_>) -> Vec<Effect> {
        let ties = self.others(cx);
        match command {
            Command::Back if self.tie.is_some() => self.tie = None,
            Command::Back => return vec![Effect::Close],
            Command::Next if !ties.is_empty() => {
                self.tie = self.tie.map_or(Some(0), |at| (at + 1 < ties.len()).then_some(at + 1));
            }
            Command::Previous if !ties.is_empty() => {
                self.tie = self.tie.map_or(Some(ties.len() - 1), |at| at.checked_sub(1));
            }
            Command::Open => {
                if let Some(other) = self.tie.and_then(|at| ties.get(at)) {
                    return vec![Effect::Show(View::Person(*other))];
                }
            }
            Command::Search => return vec![Effect::Find(String::new())],
            Command::EditNote => {
                if let Some(contact) = cx.snapshot.book.contact(self.id) {
                    return vec![Effect::Compose(contact.note.clone(), NOTE)];
                }
            }
            Command::OpenPicture => {
                return self.picture(cx).map(|hash| Effect::Show(View::Picture(hash))).into_iter().collect();
            }
            Command::Down => self.scroll += 1,
            Command::Up => self.scroll = self.scroll.saturating_sub(1),
            Command::PageDown => self.scroll += 10,
            Command::PageUp => self.scroll = self.scroll.saturating_sub(10),
            Command::First => self.scroll = 0,
            Command::Last => self.scroll = usize::MAX,
            _ => {}
        }
        Vec::new()
    }

    /// The newest card that was kept of the person.
    fn picture(&self, cx: &Cx<'_>) -> Option<String> {
        cx.snapshot.book.contact(self.id).and_then(|contact| contact.cards.last().cloned())
    }

    fn note_written(&self, text: &str, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(before) = cx.snapshot.book.contact(self.id) else { return Vec::new() };
        let note = text.trim_end();
        if before.note.trim_end() == note {
            return Vec::new();
        }
        let mut after = (**before).clone();
        note.clone_into(&mut after.note);
        let edit = Edit::replace(Record::Contact(before.clone()), Record::Contact(after.into()));
        let subject = before.display_name().to_owned();
        vec![Effect::Ask(Job::Apply { deed: Deed::Edit, subject, edits: vec![edit] }, NOTE)]
    }

    fn ask_history(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(contact) = cx.snapshot.book.contact(self.id) else { return Vec::new() };
        vec![Effect::Ask(Job::History { who: Some(contact.uid()), limit: 20 }, HISTORY)]
    }

    /// Columns of lines, left to right, for the width there is.
    fn columns(&self, inner: Rect, cx: &Cx<'_>) -> Vec<Vec<Line<'static>>> {
        let Some(contact) = cx.snapshot.book.contact(self.id) else {
            return vec![vec![Line::styled(cx.t.person_gone(), cx.theme.muted)]];
        };
        let count = match inner.width {
            ..TWO_COLUMNS => 1,
            TWO_COLUMNS..THREE_COLUMNS => 2,
            _ => 3,
        };
        let width = usize::from(inner.width) / count - if count > 1 { GAP } else { 0 };
        let card = cx.card(contact, width as u16);
        let mut sections = card.sections();
        let ties_title = cx.t.card_ties();
        for section in &mut sections {
            if section.title == ties_title
                && let Some(line) = self.tie.and_then(|at| section.lines.get_mut(at))
            {
                *line = line.clone().style(cx.theme.selected);
            }
        }
        let note_title = cx.t.card_note();
        let (right, left): (Vec<_>, Vec<_>) = sections
            .into_iter()
            .partition(|section| section.title == ties_title || section.title == note_title);
        let mut first = card.heading();
        first.extend(left.into_iter().flat_map(|section| card.titled(section)));
        let second: Vec<_> = right.into_iter().flat_map(|section| card.titled(section)).collect();
        let timeline = card.titled(card.timeline());
        let history = card.titled(self.history(cx));
        match count {
            1 => vec![[first, second, timeline, history].concat()],
            2 => vec![first, [second, timeline, history].concat()],
            _ => vec![first, [second, history].concat(), timeline],
        }
    }

    fn history(&self, cx: &Cx<'_>) -> Section {
        let lang = cx.t.lang();
        let lines = self
            .history
            .iter()
            .map(|past| {
                let on = past.step.at.to_zoned(jiff::tz::TimeZone::system()).date();
                let fields: Vec<_> = past.fields.iter().map(|field| records::field(field, lang)).collect();
                let mut spans = vec![
                    Span::styled(format!("{} ", dates::ago(on, cx.today, lang)), cx.theme.date),
                    Span::styled(records::step(&past.step, lang), cx.theme.muted),
                ];
                if !fields.is_empty() {
                    spans.push(Span::styled(format!("  {}", fields.join(", ")), cx.theme.faint));
                }
                Line::from(spans)
            })
            .collect();
        Section { title: cx.t.card_history(), lines }
    }
}

/// Cells between columns.
const GAP: usize = 3;

impl Layer for PersonPage {
    fn place(&self) -> Places {
        Places::PERSON
    }

    fn enabled(&self, command: Command, cx: &Cx<'_>) -> bool {
        command != Command::OpenPicture || self.picture(cx).is_some()
    }

    fn covers(&self) -> bool {
        true
    }

    fn who(&self, _cx: &Cx<'_>) -> Vec<ContactId> {
        vec![self.id]
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let effects = match input {
            Input::Command(command) => self.command(command, cx),
            Input::Refreshed => {
                self.follow(cx);
                self.ask_history(cx)
            }
            Input::Reply(HISTORY, Reply::History(steps)) => {
                self.history.clone_from(steps);
                Vec::new()
            }
            Input::Edited(NOTE, Some(text)) => self.note_written(text, cx),
            Input::Mouse(mouse) => {
                if let MouseAct::Wheel(rows) = mouse.act {
                    self.scroll = self.scroll.saturating_add_signed(isize::from(rows));
                }
                Vec::new()
            }
            _ => Vec::new(),
        };
        let inner = frame::inside(area);
        let longest = self.columns(inner, cx).iter().map(Vec::len).max().unwrap_or(0);
        self.scroll = self.scroll.min(longest.saturating_sub(usize::from(inner.height)));
        effects
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let inner = frame::panel(area, buf, cx.theme, &cx.t.people_preview(), true);
        let columns = self.columns(inner, cx);
        let width = inner.width / columns.len() as u16;
        for (at, column) in columns.into_iter().enumerate() {
            let gap = if at > 0 || width < inner.width { GAP as u16 } else { 0 };
            let place = Rect { x: inner.x + at as u16 * width, width: width.saturating_sub(gap), ..inner };
            for (row, line) in
                column.into_iter().skip(self.scroll).take(usize::from(inner.height)).enumerate()
            {
                text::put(buf, Rect { y: place.y + row as u16, height: 1, ..place }, line);
            }
        }
    }
}
