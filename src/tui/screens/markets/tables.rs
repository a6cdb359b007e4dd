//! Markets as columns, regions or people as rows. The uppermost markets alone, or all of them.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Markets;
use super::layout::Shown;
use crate::domain::contact::MarketHow;
use crate::insight::network::Level;
use crate::protocol::markets::{Cell, Crossing, Head};
use crate::tui::command::Command;
use crate::tui::layer::Cx;
use crate::tui::widgets::grid::{Cells, Widths};
use crate::tui::widgets::{frame, reach_bar, text};
use crate::wording::{dates, markets, records};

/// The order of the columns rests on so many rows.
const COUNTED: usize = 100;
/// Cells of a level's bar in a table.
const BAR: usize = 4;

/// The place of a table in its pane: the last row is for the legend.
pub(super) fn place(pane: Rect) -> Rect {
    let inner = frame::inside(pane);
    Rect { height: inner.height.saturating_sub(2), ..inner }
}

/// A table as it is drawn.
pub(super) struct Drawn<'a> {
    table: &'a Crossing,
    /// Numbers of the columns that are shown.
    columns: Vec<usize>,
    widths: Widths,
    cx: &'a Cx<'a>,
}

impl Markets {
    /// The columns that are shown: all in the order of the tree, or the uppermost, those with most people first.
    fn shown_columns(&self, table: &Crossing) -> Vec<usize> {
        let mut columns: Vec<usize> = (0..table.columns.len()).collect();
        if self.all_columns {
            return columns;
        }
        columns.retain(|at| table.columns[*at].parent.is_none());
        let mut people = vec![0; table.columns.len()];
        // Rows that come later do not move the columns.
        for (at, cell) in table.rows.iter().take(COUNTED).flat_map(|row| &row.cells) {
            people[*at] += match cell {
                Cell::Covered { presence, .. } => *presence,
                Cell::Tied { .. } => 1,
            };
        }
        columns.sort_by_key(|at| std::cmp::Reverse(people[*at]));
        columns
    }

    /// The column of the table that is drawn as number `at`.
    pub(super) fn column_at(&self, at: usize) -> Option<usize> {
        self.shown_columns(self.table.as_ref()?).get(at).copied()
    }

    pub(super) fn table_size(&self) -> (usize, usize) {
        self.table.as_ref().map_or((0, 0), |table| (table.rows.len(), self.shown_columns(table).len()))
    }

    pub(super) fn cells<'a>(&self, table: &'a Crossing, pane: Rect, cx: &'a Cx<'a>) -> Drawn<'a> {
        let widths = super::layout::widths(pane, self.shown);
        Drawn { table, columns: self.shown_columns(table), widths, cx }
    }

    /// What stands below a table: the cell under the cursor in whole words, and how to see more columns.
    pub(super) fn legend(&self, cx: &Cx<'_>) -> Line<'static> {
        let (t, theme) = (cx.t, cx.theme);
        let key = cx.keymap.keys(Command::Fold).first().map(|key| key.label()).unwrap_or_default();
        let mut spans = vec![
            Span::styled(key, theme.key),
            Span::styled(
                format!(" {}", if self.all_columns { t.map_columns_few() } else { t.map_columns_all() }),
                theme.faint,
            ),
        ];
        let under = self.table.as_ref().and_then(|table| {
            let column = self.column_at(self.grid.column())?;
            Some((table.rows.get(self.grid.rows.cursor())?, column, &table.columns[column].market))
        });
        if let Some((row, column, market)) = under {
            let head = match &row.head {
                Head::Region(region, _) => markets::name(region, t.lang()).to_owned(),
                Head::Person(person, _) => person.name.clone(),
            };
            let cell = row.cells.iter().find(|(at, _)| *at == column).map(|(_, cell)| in_words(cell, cx));
            let said = cell.unwrap_or_else(|| {
                if self.shown == Shown::People { t.map_cell_none() } else { t.map_nobody() }
            });
            spans.push(Span::styled("   ", theme.faint));
            spans.push(Span::styled(format!("{head} × {}", markets::name(market, t.lang())), theme.text));
            spans.push(Span::styled(format!("  {said}"), theme.muted));
        }
        Line::from(spans)
    }
}

/// A kind of hat in a word that fits a column.
fn short(how: MarketHow, cx: &Cx<'_>) -> String {
    match how {
        MarketHow::Decides => cx.t.map_how_decides(),
        MarketHow::Works => cx.t.map_how_works(),
        MarketHow::Member => cx.t.map_how_member(),
        MarketHow::Supplies => cx.t.map_how_supplies(),
        MarketHow::Buys => cx.t.map_how_buys(),
        MarketHow::Influences => cx.t.map_how_influences(),
    }
}

fn in_words(cell: &Cell, cx: &Cx<'_>) -> String {
    let (t, lang) = (cx.t, cx.t.lang());
    match cell {
        Cell::Covered { presence, level, .. } => {
            t.map_cell_covered(*presence, dates::number(*presence as u64, lang), markets::level(*level, lang))
        }
        Cell::Tied { how, former, stated } => {
            let how = how.map(|how| records::market_how(how, lang)).unwrap_or_default();
            let how = if *former { format!("{} {how}", t.hat_former()) } else { how };
            if *stated { t.map_cell_stated(how) } else { t.map_cell_inferred(how) }
        }
    }
}

impl Cells for Drawn<'_> {
    fn size(&self) -> (usize, usize) {
        (self.table.rows.len(), self.columns.len())
    }

    fn row(&self, row: usize) -> Vec<Span<'static>> {
        let theme = self.cx.theme;
        // A sign before, a blank and a mark of scrolling after.
        let room = usize::from(self.widths.head).saturating_sub(5);
        match &self.table.rows[row].head {
            Head::Region(region, people) => {
                let count = dates::number(*people as u64, self.cx.t.lang());
                let name =
                    text::fit(markets::name(region, self.cx.t.lang()), room.saturating_sub(count.len() + 1));
                vec![Span::styled(name, theme.event), Span::styled(format!(" {count}"), theme.faint)]
            }
            Head::Person(person, _) => {
                let name = text::cut(&person.name, room);
                let left = room.saturating_sub(text::width(&name) + 2);
                let org =
                    if left > 4 { format!("  {}", text::cut(&person.org, left)) } else { String::new() };
                vec![Span::styled(name, theme.strong), Span::styled(org, theme.org)]
            }
        }
    }

    fn column(&self, column: usize) -> String {
        markets::name(&self.table.columns[self.columns[column]].market, self.cx.t.lang()).to_owned()
    }

    fn cell(&self, row: usize, column: usize) -> Vec<Span<'static>> {
        let (theme, lang) = (self.cx.theme, self.cx.t.lang());
        let column = self.columns[column];
        let Some((_, cell)) = self.table.rows[row].cells.iter().find(|(at, _)| *at == column) else {
            return vec![Span::styled("·", theme.faint)];
        };
        let width = usize::from(self.widths.column);
        match cell {
            Cell::Covered { presence, reach, level } => {
                let mut spans = reach_bar::bar(*reach, *level, BAR, theme).to_vec();
                let count = dates::number(*presence as u64, lang);
                let style = if *level > Level::None { theme.text } else { theme.muted };
                spans.push(Span::styled(
                    format!("{count:>width$}", width = width.saturating_sub(BAR + 1)),
                    style,
                ));
                spans
            }
            Cell::Tied { how, former, stated } => {
                let word = how.map(|how| short(how, self.cx)).unwrap_or_default();
                let (sign, style) = match (stated, former) {
                    (true, false) => ("✓ ", theme.market),
                    (false, false) => ("≈ ", theme.guess),
                    (true, true) => ("✓ ", theme.muted),
                    (false, true) => ("≈ ", theme.faint),
                };
                vec![Span::styled(text::cut(&format!("{sign}{word}"), width), style)]
            }
        }
    }
}
