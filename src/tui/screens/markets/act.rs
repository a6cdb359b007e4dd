//! What keys do on the screen of markets.

use ratatui::layout::Rect;

use super::Markets;
use super::layout::{Focus, Shown};
use super::popup::{Aim, Answer, Popup};
use super::questions::CHANGE;
use super::tree::Fold;
use crate::protocol::Job;
use crate::protocol::markets::{AskWhy, Connector, MarketChange, MarketPage, Settle};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{BarMode, Effect, Introduce, View};
use crate::tui::layer::{Cx, Input};
use crate::tui::widgets::grid::GridState;
use crate::tui::widgets::list::ListState;
use crate::wording::Lang;

impl Markets {
    /// Whether a command can do anything now.
    pub(super) fn can(&self, command: Command, cx: &Cx<'_>) -> bool {
        if command.spec().places == Places::MARKETS && cx.snapshot.book.contacts().next().is_none() {
            return false;
        }
        let market = !self.shown.is_table() && self.chosen(cx).is_some();
        match command {
            Command::Open => market || self.shown.is_table() && self.table_size().0 > 0,
            // What is typed here filters markets.
            Command::KeepNeed => false,
            Command::Decide => self.focus == Focus::Who && self.connector(cx).is_some(),
            Command::Introduce => self.introduce(cx).is_some(),
            Command::Fold | Command::FoldAll => {
                self.shown.is_table() || self.shown == Shown::Map && self.focus == Focus::Tree && market
            }
            Command::SortBy => self.shown == Shown::Map && self.map.is_some(),
            Command::RenameMarket
            | Command::MergeMarket
            | Command::HideMarket
            | Command::NoteNeed
            | Command::MarketPeople => market,
            Command::AddMarket | Command::ShowHidden => self.map.is_some(),
            Command::Region => {
                self.map.as_ref().is_some_and(|map| !map.regions.is_empty()) || self.region.is_some()
            }
            Command::Search => !self.shown.is_table(),
            _ => true,
        }
    }

    /// The connector under the cursor.
    pub(super) fn connector(&self, cx: &Cx<'_>) -> Option<&Connector> {
        let page = self.page(cx)?;
        page.connectors.get(self.who.cursor()).filter(|_| !self.is_asks(page))
    }

    pub(super) fn command(&mut self, command: Command, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        if self.typing {
            return self.while_typing(command, area, cx);
        }
        match command {
            Command::NextView => self.show(self.shown.turned(1)),
            Command::PreviousView => self.show(self.shown.turned(Shown::ALL.len() - 1)),
            Command::Region => self.popup = Some(Popup::pick(Aim::Region)),
            Command::ShowHidden => self.tree.hidden = !self.tree.hidden,
            Command::SortBy => self.sort(cx),
            Command::Fold if self.shown.is_table() => self.all_columns = !self.all_columns,
            Command::Fold => self.turn_fold(self.list.cursor(), cx),
            Command::FoldAll if self.shown.is_table() => self.all_columns = !self.all_columns,
            Command::FoldAll => self.turn_all(cx),
            Command::Search if self.shown.is_table() => return vec![Effect::Find(String::new())],
            Command::Search => (self.focus, self.typing) = (Focus::Tree, true),
            Command::Introduce => {
                let asked = self.introduce(cx);
                return asked.map(|ask| Effect::Show(View::Asking(ask))).into_iter().collect();
            }
            Command::Decide => return self.decide(cx),
            Command::AddMarket
            | Command::RenameMarket
            | Command::MergeMarket
            | Command::HideMarket
            | Command::NoteNeed
            | Command::MarketPeople => return self.on_market(command, cx),
            _ if self.shown.is_table() => return self.in_table(command, area, cx),
            _ => return self.in_lists(command, area, cx),
        }
        Vec::new()
    }

    fn while_typing(&mut self, command: Command, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match command {
            Command::Open | Command::Next => self.typing = false,
            Command::Back => {
                self.typing = false;
                self.clear_filter(cx);
            }
            _ => return self.in_lists(command, area, cx),
        }
        Vec::new()
    }

    /// Turns to a view; the chosen market stays chosen where it is a row there.
    pub(super) fn show(&mut self, shown: Shown) {
        if self.shown == shown {
            return;
        }
        if self.shown.is_table() != shown.is_table() || shown.is_table() {
            (self.table, self.grid) = (None, GridState::default());
        }
        (self.shown, self.focus) = (shown, Focus::Tree);
        self.list = ListState::default();
        self.choose();
    }

    /// Shows all markets again; the chosen one stays chosen.
    pub(super) fn clear_filter(&mut self, cx: &Cx<'_>) {
        let slug = self.chosen(cx).map(|line| line.market.slug.clone());
        self.typed.clear();
        if let (Some(slug), Some(map)) = (slug, &self.map) {
            self.tree.reveal(map, &slug);
            self.select(&slug, cx);
        }
    }

    fn sort(&mut self, cx: &Cx<'_>) {
        let slug = self.chosen(cx).map(|line| line.market.slug.clone());
        self.tree.order = self.tree.order.next();
        if let Some(slug) = slug {
            self.select(&slug, cx);
        }
    }

    pub(super) fn turn_fold(&mut self, row: usize, cx: &Cx<'_>) {
        let rows = self.rows(cx);
        let Some((row, map)) = rows.get(row).zip(self.map.as_ref()) else { return };
        if row.fold != Fold::Leaf {
            self.tree.turn(&map.lines[row.line].market.slug);
        }
    }

    fn turn_all(&mut self, cx: &Cx<'_>) {
        let slug = self.chosen(cx).map(|line| line.market.slug.clone());
        if let Some(map) = &self.map {
            self.tree.turn_all(map);
        }
        if let Some(slug) = slug {
            self.select(&slug, cx);
        }
    }

    pub(super) fn open_person(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let person = self.person(cx).and_then(|person| cx.snapshot.book.by_uid(&person.uid));
        person.map(|one| Effect::Show(View::Person(one.id))).into_iter().collect()
    }

    /// Accepts an inferred tie, refuses a stated one, forgets a refusal.
    fn decide(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let at = self.who.cursor();
        let Some(connector) = self.connector(cx).cloned() else { return Vec::new() };
        let settle = match (self.gone.holds(&connector), connector.hat.stated) {
            (true, _) => Settle::Forget,
            (false, true) => Settle::Refuse,
            (false, false) => Settle::Accept,
        };
        match settle {
            Settle::Refuse => self.gone.refuse(at, &connector),
            Settle::Accept | Settle::Forget => self.gone.forget(&connector),
        }
        let (who, market) = (connector.person.uid, connector.hat.market.slug);
        vec![Effect::Ask(Job::SettleMarket { who, market, how: None, settle }, CHANGE)]
    }

    /// What `i` would ask for: the way under the cursor, the person under it, or the market.
    fn introduce(&self, cx: &Cx<'_>) -> Option<Introduce> {
        let book = &cx.snapshot.book;
        let id = |uid: &str| book.by_uid(uid).map(|one| one.id);
        if self.shown == Shown::People {
            return Some(Introduce { to: id(&self.person(cx)?.uid), ..Introduce::default() });
        }
        let page = self.page(cx)?;
        let market = Some(page.line.market.clone());
        match self.focus {
            Focus::Ways => {
                let way = self.ways(cx).get(self.way.cursor())?;
                let via = way.via().and_then(|via| id(&via.uid));
                Some(Introduce { via, to: id(&way.last()?.uid), market })
            }
            Focus::Who if self.is_asks(page) => {
                let ask = page.asks.get(self.who.cursor())?;
                let to = match &ask.why {
                    AskWhy::Knows { member, .. } => id(&member.uid),
                    AskWhy::Member | AskWhy::Near { .. } => None,
                };
                Some(Introduce { via: id(&ask.person.uid), to, market })
            }
            Focus::Who => Some(Introduce { via: None, to: id(&self.person(cx)?.uid), market }),
            Focus::Tree => Some(Introduce { via: None, to: None, market }),
        }
    }

    /// What is done to the market under the cursor.
    fn on_market(&mut self, command: Command, cx: &Cx<'_>) -> Vec<Effect> {
        let line = self.chosen(cx).filter(|_| !self.shown.is_table());
        let market = line.map(|line| line.market.clone());
        let hidden = line.is_some_and(|line| line.hidden);
        if command == Command::AddMarket {
            self.popup = Some(Popup::add(market));
            return Vec::new();
        }
        let Some(market) = market else { return Vec::new() };
        let slug = market.slug.clone();
        match command {
            Command::RenameMarket => self.popup = Some(Popup::rename(market)),
            Command::MergeMarket => self.popup = Some(Popup::pick(Aim::Into(market))),
            Command::HideMarket => {
                let change = if hidden {
                    MarketChange::Show { market: slug }
                } else {
                    MarketChange::Hide { market: slug }
                };
                return vec![Effect::Ask(Job::EditMarket(change), CHANGE)];
            }
            Command::MarketPeople => return vec![Effect::Find(format!("+{slug}"))],
            Command::NoteNeed => {
                let word = if cx.t.lang() == Lang::Fr { "besoin: " } else { "need: " };
                let bar = BarMode::Begun { before: word.to_owned(), after: format!(" +{slug}") };
                return vec![Effect::Show(View::Bar(bar))];
            }
            _ => {}
        }
        Vec::new()
    }

    /// What reaches the screen while a pop-up asks something.
    pub(super) fn while_asked(&mut self, input: &Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let (Some(popup), Some(map)) = (&mut self.popup, &self.map) else { return Vec::new() };
        let Some(answer) = popup.update(input, map, area, cx) else { return Vec::new() };
        self.popup = None;
        match answer {
            Answer::Nothing => Vec::new(),
            Answer::Region(region) => {
                self.region = region;
                self.choose();
                Vec::new()
            }
            Answer::Change(change) => vec![Effect::Ask(Job::EditMarket(change), CHANGE)],
        }
    }

    /// Takes the page of a market.
    pub(super) fn take_page(&mut self, mut page: Box<MarketPage>, cx: &Cx<'_>) {
        let same = self.page.as_ref().is_some_and(|known| known.line.market.slug == page.line.market.slug);
        let current = self.person(cx).map(|person| person.uid.clone()).filter(|_| same);
        self.gone.fill(&mut page);
        self.page = Some(page);
        // The person under the cursor stays under it when the order changes.
        if let (Some(uid), Some(page)) = (current, &self.page) {
            let people = if self.is_asks(page) {
                page.asks.iter().position(|ask| ask.person.uid == uid)
            } else {
                page.connectors.iter().position(|connector| connector.person.uid == uid)
            };
            if let Some(at) = people.filter(|_| self.who.cursor() > 0) {
                self.who.select(at, self.people(cx), u16::MAX);
            }
        }
    }
}
