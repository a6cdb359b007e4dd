//! Markets: which the network reaches, how well, through whom, by which hat; and which it does not reach yet.
//!
//! The engine keeps the figures; this screen asks for what is to be seen and shows the last answer until the next one is
//! there. Four views (the tree, the gaps, regions by markets, people by markets) share the chosen market and region.

mod act;
mod gone;
mod layout;
mod look;
mod moves;
mod people;
mod popup;
mod questions;
mod tables;
mod tree;
mod ways;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::gone::Gone;
use self::layout::{Focus, Shown};
use self::popup::Popup;
use self::questions::Questions;
use self::tree::{Row, Tree};
use crate::domain::id::ContactId;
use crate::domain::market::Named;
use crate::domain::problem::Brief;
use crate::protocol::markets::{Crossing, Head, MarketLine, MarketPage, MarketsMap};
use crate::protocol::paths::{Paths, Way};
use crate::tui::command::{Command, Places};
use crate::tui::effect::Effect;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::{Mouse, MouseAct};
use crate::tui::widgets::grid::GridState;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::ListState;
use crate::wording::markets;

/// The screen of markets.
#[derive(Default)]
pub struct Markets {
    shown: Shown,
    focus: Focus,
    /// Only people of this region are counted.
    region: Option<Named>,
    questions: Questions,
    map: Option<Box<MarketsMap>>,
    page: Option<Box<MarketPage>>,
    paths: Option<Box<Paths>>,
    table: Option<Box<Crossing>>,
    tree: Tree,
    typed: LineEdit,
    typing: bool,
    /// The markets: of the tree, or of the gaps.
    list: ListState,
    who: ListState,
    way: ListState,
    grid: GridState,
    /// Columns of a table: all markets, or the uppermost.
    all_columns: bool,
    popup: Option<Popup>,
    gone: Gone,
    /// The market to go to once the map is there, by its slug.
    goal: Option<String>,
}

impl Markets {
    /// The rows of the list at the left.
    fn rows(&self, cx: &Cx<'_>) -> Vec<Row> {
        let Some(map) = &self.map else { return Vec::new() };
        match self.shown {
            Shown::Gaps => tree::gaps(map, self.typed.text(), cx.t.lang()),
            _ => self.tree.rows(map, self.typed.text(), cx.t.lang()),
        }
    }

    /// The market under the cursor.
    fn chosen(&self, cx: &Cx<'_>) -> Option<&MarketLine> {
        let row = self.rows(cx).into_iter().nth(self.list.cursor())?;
        self.map.as_ref()?.lines.get(row.line)
    }

    /// Puts the cursor on a market, if it is a row.
    fn select(&mut self, slug: &str, cx: &Cx<'_>) {
        let Some(map) = &self.map else { return };
        let rows = self.rows(cx);
        let at = rows.iter().position(|row| map.lines[row.line].market.slug == slug);
        // Where it is gone, the cursor stays as near as it can.
        let at = at.unwrap_or(self.list.cursor());
        self.list.select(at, rows.len(), u16::MAX);
    }

    /// Opens the tree down to a market and chooses it.
    fn reveal(&mut self, slug: &str, cx: &Cx<'_>) {
        if let Some(map) = &self.map {
            self.tree.reveal(map, slug);
        }
        self.typed.clear();
        self.shown = Shown::Map;
        self.select(slug, cx);
        self.choose();
    }

    /// Chooses the market that fits best what is typed.
    fn choose_best(&mut self, cx: &Cx<'_>) {
        let rows = self.rows(cx);
        self.list = ListState::default();
        self.list.select(tree::best(&rows), rows.len(), u16::MAX);
        self.choose();
    }

    /// Another market was chosen.
    fn choose(&mut self) {
        (self.who, self.way) = (ListState::default(), ListState::default());
        self.gone = Gone::default();
    }

    /// The page of the chosen market, once it is there.
    fn page(&self, cx: &Cx<'_>) -> Option<&MarketPage> {
        let slug = &self.chosen(cx)?.market.slug;
        self.page.as_deref().filter(|page| page.line.market.slug == *slug)
    }

    /// Whether the list of people is of those who could be asked: nobody connects, or the gaps are looked at.
    fn is_asks(&self, page: &MarketPage) -> bool {
        page.connectors.is_empty() || self.shown == Shown::Gaps && !page.asks.is_empty()
    }

    /// How many people are listed.
    fn people(&self, cx: &Cx<'_>) -> usize {
        let Some(page) = self.page(cx) else { return 0 };
        if self.is_asks(page) { page.asks.len() } else { page.connectors.len() }
    }

    /// The person under the cursor.
    fn person(&self, cx: &Cx<'_>) -> Option<&Brief> {
        match self.shown {
            Shown::Regions => None,
            Shown::People => match &self.table.as_ref()?.rows.get(self.grid.rows.cursor())?.head {
                Head::Person(person, _) => Some(person),
                Head::Region(..) => None,
            },
            Shown::Map | Shown::Gaps => {
                let page = self.page(cx)?;
                let at = self.who.cursor();
                if self.is_asks(page) {
                    page.asks.get(at).map(|ask| &ask.person)
                } else {
                    page.connectors.get(at).map(|connector| &connector.person)
                }
            }
        }
    }

    /// The ways that are shown: to the person under the cursor, or into the market while the tree has the focus.
    fn ways(&self, cx: &Cx<'_>) -> &[Way] {
        let Some(page) = self.page(cx) else { return &[] };
        if self.focus == Focus::Tree && !page.ways.is_empty() {
            return &page.ways;
        }
        let Some(person) = self.person(cx) else { return &page.ways };
        let paths = self.paths.as_ref().filter(|paths| ways::leads_to(paths, &person.uid));
        paths.map_or(&[], |paths| &paths.ways)
    }

    fn keep_within(&mut self, area: Rect, cx: &Cx<'_>) {
        let panes = layout::panes(area, self.shown, self.focus);
        if let Some(table) = panes.table {
            self.grid.clamp(tables::place(table), layout::widths(table, self.shown), self.table_size());
            return;
        }
        if let Some(tree) = panes.tree {
            let rows = layout::in_tree(tree, self.missing(cx).len()).rows;
            self.list.clamp(self.rows(cx).len(), rows.height);
        }
        if let Some(who) = panes.who {
            self.who.clamp(self.people(cx), self.people_place(who, cx).height / layout::ENTRY);
        } else {
            self.who.clamp(self.people(cx), u16::MAX);
        }
        self.way.clamp(self.ways(cx).len(), u16::MAX);
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, cx: &Cx<'_>) {
        let panes = layout::panes(area, self.shown, self.focus);
        let pressed = matches!(mouse.act, MouseAct::Press | MouseAct::Double);
        if let Some(shown) = look::view_at(panes.strip, mouse.at, cx).filter(|_| pressed) {
            self.show(shown);
        }
        if let Some(table) = panes.table {
            let widths = layout::widths(table, self.shown);
            self.grid.mouse(mouse, tables::place(table), widths, self.table_size());
        }
        if let Some(pane) = panes.tree {
            let places = layout::in_tree(pane, self.missing(cx).len());
            if pressed && places.typed.contains(mouse.at) {
                self.typing = true;
                self.typed.click(mouse.at, layout::after_sign(places.typed));
            } else if let Some(row) = self.list.mouse(mouse, places.rows, self.rows(cx).len()) {
                (self.typing, self.focus) = (false, Focus::Tree);
                self.choose();
                if mouse.act == MouseAct::Double {
                    self.turn_fold(row, cx);
                }
            }
        }
        if let Some(pane) = panes.who
            && let Some(at) = self.entry_at(mouse, self.people_place(pane, cx), cx)
        {
            self.focus = Focus::Who;
            self.who.select(at, self.people(cx), u16::MAX);
        }
    }

    /// Which of the people was clicked; the wheel moves the cursor.
    fn entry_at(&mut self, mouse: Mouse, place: Rect, cx: &Cx<'_>) -> Option<usize> {
        if !place.contains(mouse.at) {
            return None;
        }
        if let MouseAct::Wheel(by) = mouse.act {
            let command = if by > 0 { Command::Down } else { Command::Up };
            self.who.command(command, self.people(cx), place.height / layout::ENTRY);
            return None;
        }
        let at = self.who.top() + usize::from((mouse.at.y - place.y) / layout::ENTRY);
        (at < self.people(cx)).then_some(at)
    }
}

impl Layer for Markets {
    fn place(&self) -> Places {
        match &self.popup {
            Some(_) => Places::PICKER,
            None if self.typing => Places::QUERY,
            None => Places::MARKETS,
        }
    }

    fn typing(&self) -> bool {
        self.typing || self.popup.is_some()
    }

    fn covers(&self) -> bool {
        true
    }

    fn enabled(&self, command: Command, cx: &Cx<'_>) -> bool {
        self.can(command, cx)
    }

    fn words(&self, cx: &Cx<'_>) -> String {
        let chosen = self.chosen(cx).filter(|_| !self.shown.is_table());
        chosen.map(|line| markets::name(&line.market, cx.t.lang()).to_owned()).unwrap_or_default()
    }

    fn who(&self, cx: &Cx<'_>) -> Vec<ContactId> {
        let listed = self.shown == Shown::People || self.focus != Focus::Tree;
        let person = self.person(cx).filter(|_| listed && self.popup.is_none());
        person.and_then(|person| cx.snapshot.book.by_uid(&person.uid)).map(|one| one.id).into_iter().collect()
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.popup.is_some() {
            effects.extend(self.while_asked(&input, area, cx));
        }
        match input {
            Input::Reply(tag, reply) => self.answered(tag, reply, cx),
            _ if self.popup.is_some() => {}
            Input::Command(command) => effects.extend(self.command(command, area, cx)),
            Input::Key(key) if self.typing => {
                let before = self.typed.text().to_owned();
                self.typed.key(key);
                if self.typed.text() != before {
                    self.choose_best(cx);
                }
            }
            Input::Paste(pasted) if self.typing => {
                self.typed.paste(pasted);
                self.choose_best(cx);
            }
            Input::Query(slug) if self.map.is_some() => self.reveal(slug, cx),
            Input::Query(slug) => self.goal = Some(slug.to_owned()),
            Input::Mouse(mouse) => self.mouse(mouse, area, cx),
            _ => {}
        }
        effects.extend(self.wanted(cx));
        self.keep_within(area, cx);
        effects
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        self.draw(area, buf, cx);
        if let (Some(popup), Some(map)) = (&self.popup, &self.map) {
            popup.view(map, area, buf, cx);
        }
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        if let (Some(popup), Some(map)) = (&self.popup, &self.map) {
            return popup.cursor(map, area, cx);
        }
        let tree = layout::panes(area, self.shown, self.focus).tree.filter(|_| self.typing)?;
        let typed = layout::in_tree(tree, self.missing(cx).len()).typed;
        Some(self.typed.position(layout::after_sign(typed)))
    }
}
