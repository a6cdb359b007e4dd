//! Moving about the screen of markets: from pane to pane, over the tree, through the lists and over tables.

use ratatui::layout::Rect;

use super::layout::{self, Focus, Shown};
use super::tree::Fold;
use super::{Markets, tables};
use crate::protocol::markets::Head;
use crate::tui::command::Command;
use crate::tui::effect::{Effect, View};
use crate::tui::layer::Cx;
use crate::tui::widgets::list::ListState;

impl Markets {
    pub(super) fn in_lists(&mut self, command: Command, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match (self.focus, command) {
            (_, Command::Next) => self.focus = next(self.focus),
            (_, Command::Previous) => self.focus = previous(self.focus),
            (Focus::Tree, Command::Right) => self.go_in(cx),
            (Focus::Tree, Command::Left) => self.go_out(cx),
            (Focus::Tree, Command::Open) => self.focus = Focus::Who,
            (Focus::Who, Command::Right) => self.focus = Focus::Ways,
            (Focus::Who | Focus::Ways, Command::Left | Command::Back) => self.focus = previous(self.focus),
            (Focus::Tree, Command::Back) if !self.typed.text().is_empty() => self.clear_filter(cx),
            (Focus::Tree, Command::Back) => self.region = None,
            (Focus::Who, Command::Open) => return self.open_person(cx),
            (Focus::Ways, Command::Open) => {
                let last = self.ways(cx).get(self.way.cursor()).and_then(|way| way.last());
                let person = last.and_then(|person| cx.snapshot.book.by_uid(&person.uid));
                return person.map(|one| Effect::Show(View::Person(one.id))).into_iter().collect();
            }
            _ => self.move_cursor(command, area, cx),
        }
        Vec::new()
    }

    fn move_cursor(&mut self, command: Command, area: Rect, cx: &Cx<'_>) {
        let panes = layout::panes(area, self.shown, self.focus);
        match self.focus {
            Focus::Tree => {
                let height = panes
                    .tree
                    .map_or(u16::MAX, |pane| layout::in_tree(pane, self.missing(cx).len()).rows.height);
                let before = self.list.cursor();
                self.list.command(command, self.rows(cx).len(), height);
                if self.list.cursor() != before {
                    self.choose();
                }
            }
            Focus::Who => {
                let height = panes.who.map_or(u16::MAX, |pane| self.people_place(pane, cx).height);
                self.who.command(command, self.people(cx), height / layout::ENTRY);
                self.way = ListState::default();
            }
            Focus::Ways => _ = self.way.command(command, self.ways(cx).len(), u16::MAX),
        }
    }

    /// Unfolds the row, or goes on to its people.
    fn go_in(&mut self, cx: &Cx<'_>) {
        match self.rows(cx).get(self.list.cursor()).map(|row| row.fold) {
            Some(Fold::Closed) => self.turn_fold(self.list.cursor(), cx),
            Some(_) => self.focus = Focus::Who,
            None => {}
        }
    }

    /// Folds the row, or goes up to the one above it.
    fn go_out(&mut self, cx: &Cx<'_>) {
        let rows = self.rows(cx);
        let at = self.list.cursor();
        let Some(row) = rows.get(at) else { return };
        if row.fold == Fold::Open && self.typed.text().is_empty() {
            self.turn_fold(at, cx);
        } else if let Some(above) = rows[..at].iter().rposition(|other| other.depth < row.depth) {
            self.list.select(above, rows.len(), u16::MAX);
            self.choose();
        }
    }

    pub(super) fn in_table(&mut self, command: Command, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let size = self.table_size();
        match command {
            Command::Open => return self.open_cell(cx),
            Command::Back => self.show(Shown::Map),
            Command::Next => self.grid_command(Command::Right, area, size),
            Command::Previous => self.grid_command(Command::Left, area, size),
            _ => self.grid_command(command, area, size),
        }
        Vec::new()
    }

    fn grid_command(&mut self, command: Command, area: Rect, size: (usize, usize)) {
        if let Some(table) = layout::panes(area, self.shown, self.focus).table {
            self.grid.command(command, tables::place(table), layout::widths(table, self.shown), size);
        }
    }

    /// A person's page; or, in the table of regions, the market there.
    fn open_cell(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if self.shown == Shown::People {
            return self.open_person(cx);
        }
        let column = self.column_at(self.grid.column());
        let Some(table) = &self.table else { return Vec::new() };
        let slug = column.map(|column| table.columns[column].market.slug.clone());
        if let (Some(row), Some(slug)) = (table.rows.get(self.grid.rows.cursor()), slug) {
            if let Head::Region(region, _) = &row.head {
                self.region = Some(region.clone());
            }
            (self.table, self.focus) = (None, Focus::Who);
            self.reveal(&slug, cx);
        }
        Vec::new()
    }
}

fn next(focus: Focus) -> Focus {
    match focus {
        Focus::Tree => Focus::Who,
        Focus::Who | Focus::Ways => Focus::Ways,
    }
}

fn previous(focus: Focus) -> Focus {
    match focus {
        Focus::Ways => Focus::Who,
        Focus::Who | Focus::Tree => Focus::Tree,
    }
}
