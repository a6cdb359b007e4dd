//! The pocket: cards that were captured and are not filed yet, newest first, with what each one holds beside it.

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::id::ContactId;
use crate::domain::query::Query;
use crate::protocol::Reply;
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Tag, View};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::person_row::{self, Look};
use crate::tui::widgets::{frame, text};

/// The cards that are not filed yet.
#[derive(Default)]
pub struct Pocket {
    cards: Arc<[ContactId]>,
    asked: Tag,
    answered: bool,
    list: ListState,
    marks: BTreeSet<ContactId>,
}

/// What the engine is asked for; the same words work in the people's query bar.
const QUERY: &str = "is:pocket";
/// Two panes from here on; one below.
const TWO_PANES: u16 = 84;

fn panes(area: Rect) -> (Rect, Option<Rect>) {
    if area.width < TWO_PANES {
        return (area, None);
    }
    let list = area.width * 9 / 20;
    (Rect { width: list, ..area }, Some(Rect { x: area.x + list, width: area.width - list, ..area }))
}

impl Pocket {
    fn current(&self) -> Option<ContactId> {
        self.cards.get(self.list.cursor()).copied()
    }

    fn command(&mut self, command: Command, height: u16) -> Vec<Effect> {
        if self.list.command(command, self.cards.len(), height) {
            return Vec::new();
        }
        match command {
            Command::Open => {
                return self.current().map(|id| Effect::Show(View::Person(id))).into_iter().collect();
            }
            Command::Search => return vec![Effect::Find(String::new())],
            Command::Back => self.marks.clear(),
            Command::Mark => {
                if let Some(id) = self.current() {
                    if !self.marks.remove(&id) {
                        self.marks.insert(id);
                    }
                    self.list.command(Command::Down, self.cards.len(), height);
                }
            }
            Command::MarkAll if self.marks.len() == self.cards.len() => self.marks.clear(),
            Command::MarkAll => self.marks.extend(self.cards.iter()),
            _ => {}
        }
        Vec::new()
    }
}

impl Layer for Pocket {
    fn place(&self) -> Places {
        Places::POCKET
    }

    fn covers(&self) -> bool {
        true
    }

    fn who(&self, _cx: &Cx<'_>) -> Vec<ContactId> {
        if self.marks.is_empty() {
            self.current().into_iter().collect()
        } else {
            self.marks.iter().copied().collect()
        }
    }

    fn update(&mut self, input: Input<'_>, area: Rect, _cx: &Cx<'_>) -> Vec<Effect> {
        let rows = frame::inside(panes(area).0);
        match input {
            Input::Command(command) => return self.command(command, rows.height),
            Input::Refreshed => {
                self.asked = self.asked.wrapping_add(1);
                return vec![Effect::SearchWhole(QUERY.to_owned(), self.asked)];
            }
            Input::Reply(tag, Reply::Hits { ids, .. }) if tag == self.asked => {
                self.cards = ids.clone();
                self.answered = true;
                self.marks.retain(|id| self.cards.contains(id));
                self.list.clamp(self.cards.len(), rows.height);
            }
            Input::Mouse(mouse) => {
                if self.list.mouse(mouse, rows, self.cards.len()).is_some() && mouse.act == MouseAct::Double {
                    return self.command(Command::Open, rows.height);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let (list, card) = panes(area);
        let rows = frame::panel(list, buf, cx.theme, &cx.t.pocket_title(self.cards.len()), true);
        let everybody = Query::default();
        for (place, row) in rows.rows().zip(self.list.visible(self.cards.len(), rows.height)) {
            if let Some(person) = cx.snapshot.index.row(self.cards[row]) {
                let look = Look {
                    query: &everybody,
                    selected: row == self.list.cursor(),
                    marked: self.marks.contains(&person.id),
                    discreet: cx.discreet,
                };
                person_row::draw(&person, look, place, buf, cx.theme);
            }
        }
        if self.cards.is_empty() && self.answered {
            let words = text::wrap(&cx.t.pocket_empty(), usize::from(rows.width));
            text::put_lines(buf, rows, words.into_iter().map(|line| Line::styled(line, cx.theme.muted)));
        }
        let Some(place) = card else { return };
        let inner = frame::panel(place, buf, cx.theme, &cx.t.people_preview(), false);
        match self.current().and_then(|id| cx.snapshot.book.contact(id)) {
            Some(contact) => text::put_lines(buf, inner, cx.card(contact, inner.width).lines()),
            None => text::put(buf, inner, Span::raw("")),
        }
    }
}
