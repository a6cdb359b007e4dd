//! One person's page: everything that is known, in as many columns as there is room for.
//!
//! Markets, introductions and ties are spots to walk along: `Enter` opens the person's page or goes to the market, `Space`
//! accepts or refuses a market, `i` asks for the introduction under the cursor.

mod around;
mod rings;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::change::Deed;
use crate::domain::change::{Edit, Record};
use crate::domain::id::ContactId;
use crate::insight::introductions;
use crate::protocol::needs::NeedBrief;
use crate::protocol::paths::Around;
use crate::protocol::{Job, PastStep, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Introduce, Tag, View};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::card::{Card, Section};
use crate::tui::widgets::{frame, text};
use crate::wording::{dates, records};
use around::{Spot, Spotted};

/// One person's page.
pub struct PersonPage {
    id: ContactId,
    scroll: usize,
    /// The spot under the cursor, by its number, while there is a cursor.
    spot: Option<usize>,
    history: Vec<PastStep>,
    around: Option<Box<Around>>,
    /// Open needs that the person could answer.
    rings: Vec<NeedBrief>,
}

const HISTORY: Tag = 1;
const NOTE: Tag = 2;
const AROUND: Tag = 3;
const SETTLE: Tag = 4;
const RINGS: Tag = 5;
/// Two columns from here on.
const TWO_COLUMNS: u16 = 96;
/// Three columns from here on.
const THREE_COLUMNS: u16 = 150;

impl PersonPage {
    /// The page of one person.
    pub fn new(id: ContactId) -> Self {
        Self { id, scroll: 0, spot: None, history: Vec::new(), around: None, rings: Vec::new() }
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

    fn spots(&self, cx: &Cx<'_>) -> Vec<Spot> {
        around::spots(self.rings.len(), self.around.as_deref(), self.others(cx).len())
    }

    /// The spot under the cursor.
    fn spot(&self, cx: &Cx<'_>) -> Option<Spot> {
        self.spots(cx).get(self.spot?).copied()
    }

    /// The person at a spot.
    fn somebody(&self, spot: Spot, cx: &Cx<'_>) -> Option<ContactId> {
        let around = self.around.as_deref();
        let uid = match spot {
            Spot::Market(_) | Spot::Need(_) => return None,
            Spot::Tie(at) => return self.others(cx).get(at).copied(),
            Spot::Introducer(at) => &around?.introducers.get(at)?.person.uid,
            Spot::Introduced(at) => &around?.introduces.get(at)?.person.uid,
        };
        cx.snapshot.book.by_uid(uid).map(|one| one.id)
    }

    /// What `i` asks for: the introduction under the cursor, else one to this person.
    fn introduce(&self, cx: &Cx<'_>) -> Introduce {
        let other = self.spot(cx).and_then(|spot| Some((spot, self.somebody(spot, cx)?)));
        match other {
            Some((Spot::Introducer(_), via)) => Introduce { via: Some(via), to: Some(self.id), market: None },
            Some((Spot::Introduced(_), to)) => Introduce { via: Some(self.id), to: Some(to), market: None },
            _ => Introduce { to: Some(self.id), ..Introduce::default() },
        }
    }

    /// Accepts, refuses or forgets the tie to the market under the cursor.
    fn decide(&self, cx: &Cx<'_>) -> Option<Effect> {
        let Spot::Market(at) = self.spot(cx)? else { return None };
        let (market, settle) = around::settled(self.around.as_ref()?, at)?;
        let who = cx.snapshot.book.contact(self.id)?.uid();
        Some(Effect::Ask(Job::SettleMarket { who, market, how: None, settle }, SETTLE))
    }

    fn command(&mut self, command: Command, cx: &Cx<'_>) -> Vec<Effect> {
        let spots = self.spots(cx).len();
        match command {
            Command::Back if self.spot.is_some() => self.spot = None,
            Command::Back => return vec![Effect::Close],
            Command::Next if spots > 0 => {
                self.spot = self.spot.map_or(Some(0), |at| (at + 1 < spots).then_some(at + 1));
            }
            Command::Previous if spots > 0 => {
                self.spot = self.spot.map_or(Some(spots - 1), |at| at.checked_sub(1));
            }
            Command::Open => {
                let Some(spot) = self.spot(cx) else { return Vec::new() };
                if let (Spot::Market(at), Some(around)) = (spot, &self.around) {
                    return around::market(around, at).map(Effect::Market).into_iter().collect();
                }
                if let Spot::Need(at) = spot {
                    return self.rings.get(at).map(|ring| Effect::Need(ring.need)).into_iter().collect();
                }
                if let Some(other) = self.somebody(spot, cx) {
                    return vec![Effect::Show(View::Person(other))];
                }
            }
            Command::Decide => return self.decide(cx).into_iter().collect(),
            Command::Introduce => return vec![Effect::Show(View::Asking(self.introduce(cx)))],
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

    fn ask(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(contact) = cx.snapshot.book.contact(self.id) else { return Vec::new() };
        vec![
            Effect::Ask(Job::History { who: Some(contact.uid()), limit: 20 }, HISTORY),
            Effect::Ask(Job::Around { who: contact.uid() }, AROUND),
            Effect::Ask(Job::AnsweredBy { who: contact.uid() }, RINGS),
        ]
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
        let card = Card { markets: self.around.is_none(), ..cx.card(contact, width as u16) };
        let (ties_title, note_title) = (cx.t.card_ties(), cx.t.card_note());
        let (mut ties, mut note, mut known) = (Vec::new(), Vec::new(), card.heading());
        known.extend(card.titled(self.marked(rings::section(&self.rings, width, cx), cx)));
        for section in card.sections() {
            if section.title == ties_title {
                let spotted = Spotted { section, spot: Spot::Tie };
                ties = card.titled(self.marked(spotted, cx));
            } else if section.title == note_title {
                note = card.titled(section);
            } else {
                known.extend(card.titled(section));
            }
        }
        let (mut network, mut drawn) = (Vec::new(), Vec::new());
        let mut introductions = Vec::new();
        if self.around.is_none() {
            network.extend(card.titled(around::counting(cx)));
        }
        if let Some(around) = &self.around {
            network.extend(card.titled(self.marked(around::hats(around, cx), cx)));
            network.extend(card.titled(around::opens(around, width, cx)));
            introductions.extend(card.titled(self.marked(around::introducers(around, cx), cx)));
            introductions.extend(card.titled(self.marked(around::introduces(around, cx), cx)));
            drawn = card.titled(around::drawn(around, width, cx));
        }
        let timeline = card.titled(card.timeline());
        let history = card.titled(self.history(cx));
        match count {
            1 => vec![[known, network, introductions, ties, drawn, note, timeline, history].concat()],
            2 => vec![
                [known, note, timeline].concat(),
                [network, introductions, ties, drawn, history].concat(),
            ],
            _ => vec![
                [known, note].concat(),
                [network, introductions, ties].concat(),
                [drawn, timeline, history].concat(),
            ],
        }
    }

    /// The section with the line under the cursor marked.
    fn marked(&self, spotted: Spotted, cx: &Cx<'_>) -> Section {
        let Spotted { mut section, spot } = spotted;
        if let Some(chosen) = self.spot(cx) {
            for (_, line) in section.lines.iter_mut().enumerate().filter(|(at, _)| spot(*at) == chosen) {
                *line = std::mem::take(line).style(cx.theme.selected);
            }
        }
        section
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

/// The row in which the spot under the cursor stands.
fn spot_row(columns: &[Vec<Line<'static>>], cx: &Cx<'_>) -> Option<usize> {
    columns.iter().find_map(|column| column.iter().position(|line| line.style == cx.theme.selected))
}

/// Cells between columns.
const GAP: usize = 3;

impl Layer for PersonPage {
    fn place(&self) -> Places {
        Places::PERSON
    }

    fn enabled(&self, command: Command, cx: &Cx<'_>) -> bool {
        match command {
            Command::OpenPicture => self.picture(cx).is_some(),
            Command::Decide => matches!(self.spot(cx), Some(Spot::Market(_))),
            Command::Answer => !introductions::awaited(&cx.snapshot.book, self.id).is_empty(),
            _ => true,
        }
    }

    fn covers(&self) -> bool {
        true
    }

    fn who(&self, _cx: &Cx<'_>) -> Vec<ContactId> {
        vec![self.id]
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let moved = matches!(input, Input::Command(Command::Next | Command::Previous));
        let effects = match input {
            Input::Command(command) => self.command(command, cx),
            Input::Refreshed => {
                self.follow(cx);
                self.ask(cx)
            }
            Input::Reply(HISTORY, Reply::History(steps)) => {
                self.history.clone_from(steps);
                Vec::new()
            }
            Input::Reply(AROUND, Reply::Around(around)) => {
                self.around = Some(around.clone());
                let spots = self.spots(cx).len();
                self.spot = self.spot.filter(|_| spots > 0).map(|at| at.min(spots.saturating_sub(1)));
                Vec::new()
            }
            Input::Reply(RINGS, Reply::Answers(rings)) => {
                self.rings.clone_from(rings);
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
        let columns = self.columns(inner, cx);
        let longest = columns.iter().map(Vec::len).max().unwrap_or(0);
        let height = usize::from(inner.height);
        if let Some(row) = moved.then(|| spot_row(&columns, cx)).flatten() {
            // A row of air above and below, where the heading or the next line is.
            self.scroll = self.scroll.clamp((row + 3).saturating_sub(height), row.saturating_sub(2));
        }
        self.scroll = self.scroll.min(longest.saturating_sub(height));
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
