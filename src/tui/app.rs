//! The state of the screen and what a message does to it. Pure: effects are returned as data, nothing is awaited.
//!
//! The app holds the newest snapshot, the settings of the session and the stack of layers, little else; cursors and
//! scroll belong to the layers. A message goes to the front layer; commands that mean the same on every screen are
//! carried out here, with the people that the layer names.

use std::collections::HashMap;
use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use super::command::{Command, Keymap, Places, TABLE};
use super::effect::{BarMode, Effect, Introduce, Mood, Prompt, Purpose, Setting, Tab, Tag, Toast, View};
use super::key::Key;
use super::layer::{Cx, Input, Layer};
use super::mouse::{Mouse, MouseAct};
use super::pictures::{Ability, Choice, Painted, Pictures, Step as PictureStep, Task};
use super::theme::{Palette, Theme};
use super::{overlays, screens, shell};
use crate::domain::change::{Deed, Edit, Record};
use crate::domain::contact::Stage;
use crate::domain::id::ContactId;
use crate::domain::problem::Problem;
use crate::domain::time::{Date, Timestamp};
use crate::insight::Snapshot;
use crate::insight::agenda::Agenda;
use crate::insight::vocabulary::Vocabulary;
use crate::protocol::{Job, Notice, Reply, StickyEvent};
use crate::wording::{Lang, errors};

/// News for the app.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has another size.
    Resize(u16, u16),
    /// A quarter of a second has passed.
    Tick,
    /// The engine answered.
    Reply(u64, Box<Reply>),
    /// The engine has news.
    Notice(Notice),
    /// Words to complete from, gathered from a snapshot.
    Vocabulary(Arc<Vocabulary>),
    /// What today asks for, computed from a snapshot.
    Agenda(Arc<Agenda>),
    /// The editor was left; `None` if it failed.
    Edited(Option<String>),
    /// The terminal has told what pictures it can draw.
    Able(Ability),
    /// A picture has been painted.
    Painted(Painted),
}

/// What the session begins with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The language of the interface.
    pub lang: Lang,
    /// The theme.
    pub palette: Palette,
    /// Only the 256 indexed colours.
    pub indexed: bool,
    /// The keys.
    pub keymap: Keymap,
    /// The region of phone numbers typed without a country code.
    pub region: String,
    /// How pictures of cards are drawn.
    pub pictures: Choice,
    /// It is the demo: the header says so.
    pub demo: bool,
}

/// Something that the loop has to do.
#[derive(Debug, PartialEq)]
pub enum Errand {
    /// Send a job under a ticket.
    Send(u64, Job),
    /// Put text on the clipboard.
    Copy(String),
    /// Open a link or a file.
    OpenOutside(String),
    /// Run `$EDITOR` on a text.
    Compose(String),
    /// Ask the terminal what pictures it can draw.
    AskTerminal(Choice),
    /// Paint a picture.
    Paint(Task),
    /// Send the terminal what draws nothing by itself.
    Emit(String),
    /// Forget what is drawn and draw all.
    Redraw,
    /// Hand the terminal to the shell.
    Suspend,
    /// Leave.
    Quit,
}

/// The state of the screen.
pub struct App {
    world: World,
    area: Rect,
    tabs: [Box<dyn Layer>; Tab::ALL.len()],
    stack: Vec<(u64, Box<dyn Layer>)>,
    next_layer: u64,
    pending: HashMap<u64, Pending>,
    next_ticket: u64,
    composing: Option<(u64, Tag)>,
    toast: Option<(Toast, Timestamp)>,
}

/// Everything that layers may read.
struct World {
    settings: Settings,
    theme: Theme,
    snapshot: Snapshot,
    vocabulary: Arc<Vocabulary>,
    agenda: Arc<Agenda>,
    now: Timestamp,
    today: Date,
    sticky: Option<StickyEvent>,
    /// When the sticky event was last set or used.
    sticky_used: Timestamp,
    /// A line that was left unfinished in the bar.
    draft: String,
    last_capture: Option<ContactId>,
    discreet: bool,
    tab: Tab,
    pictures: Pictures,
}

impl World {
    fn cx(&self) -> Cx<'_> {
        Cx {
            snapshot: &self.snapshot,
            vocabulary: &self.vocabulary,
            agenda: &self.agenda,
            t: self.settings.lang.catalogue(),
            theme: &self.theme,
            keymap: &self.settings.keymap,
            tab: self.tab,
            today: self.today,
            now: self.now,
            discreet: self.discreet,
            sticky: self.sticky.as_ref(),
            last_capture: self.last_capture,
            region: &self.settings.region,
            pictures: &self.pictures,
        }
    }
}

/// Who waits for a reply.
#[derive(Clone, Copy, Debug)]
struct Pending {
    layer: u64,
    tag: Tag,
}

/// Layer numbers of the screens behind the tabs; overlays count on from there.
const FIRST_OVERLAY: u64 = Tab::ALL.len() as u64;
/// Jobs that the app sends for itself.
const APP: u64 = u64::MAX;
/// The same, for files of pictures; their tag is the picture's number.
const PICTURES: u64 = u64::MAX - 1;
/// After so many hours without a capture, an event is probably over.
const STICKY_HOURS: i64 = 12;
/// How long a message stays, in seconds.
const TOAST_SECONDS: i64 = 5;

impl App {
    /// A fresh session.
    pub fn new(settings: Settings, now: Timestamp, today: Date, size: (u16, u16)) -> Self {
        let world = World {
            theme: Theme::new(settings.palette, settings.indexed),
            pictures: Pictures::new(settings.pictures, settings.indexed),
            settings,
            snapshot: Snapshot::default(),
            vocabulary: Arc::default(),
            agenda: Arc::default(),
            now,
            today,
            sticky: None,
            sticky_used: now,
            draft: String::new(),
            last_capture: None,
            discreet: false,
            tab: Tab::Today,
        };
        Self {
            world,
            area: Rect::new(0, 0, size.0, size.1),
            tabs: screens::all(),
            stack: Vec::new(),
            next_layer: FIRST_OVERLAY,
            pending: HashMap::new(),
            next_ticket: 1,
            composing: None,
            toast: None,
        }
    }

    /// Tells the time; the app has no clock.
    pub fn set_clock(&mut self, now: Timestamp, today: Date) {
        (self.world.now, self.world.today) = (now, today);
    }

    /// What layers may read.
    pub fn cx(&self) -> Cx<'_> {
        self.world.cx()
    }

    /// Takes in a message; gives what the loop has to do.
    pub fn update(&mut self, message: Message) -> Vec<Errand> {
        let mut out = Vec::new();
        match message {
            Message::Key(key) => self.key(key, &mut out),
            Message::Paste(text) => self.front(Input::Paste(&text), &mut out),
            Message::Mouse(mouse) => self.mouse(mouse, &mut out),
            Message::Resize(width, height) => {
                self.area = Rect::new(0, 0, width, height);
                self.everybody(&Input::Refreshed, &mut out);
            }
            Message::Tick => {
                if self.toast.as_ref().is_some_and(|(_, until)| *until <= self.world.now) {
                    self.toast = None;
                }
                self.front(Input::Tick, &mut out);
            }
            Message::Reply(ticket, reply) => self.reply(ticket, &reply, &mut out),
            Message::Notice(notice) => self.notice(notice, &mut out),
            Message::Vocabulary(vocabulary) => self.world.vocabulary = vocabulary,
            Message::Agenda(agenda) => {
                self.world.agenda = agenda;
                self.everybody(&Input::Refreshed, &mut out);
            }
            Message::Able(ability) => {
                for (number, hash) in self.world.pictures.able(ability) {
                    self.ask(PICTURES, number, Job::Kept { hash }, &mut out);
                }
            }
            Message::Painted(painted) => {
                out.extend(self.world.pictures.painted(painted).map(Errand::Emit));
            }
            Message::Edited(text) => {
                // Another program has had the terminal, and pictures may be gone from it.
                self.repaint(&mut out);
                if let Some((layer, tag)) = self.composing.take() {
                    self.tell(layer, Input::Edited(tag, text.as_deref()), &mut out);
                }
            }
        }
        out
    }

    fn key(&mut self, key: Key, out: &mut Vec<Errand>) {
        let front = self.front_layer();
        match self.world.settings.keymap.command(key, front.place(), front.typing()) {
            Some(command) if front.enabled(command, &self.cx()) => self.command(command, out),
            Some(_) => {}
            None => self.front(Input::Key(key), out),
        }
    }

    fn mouse(&mut self, mouse: Mouse, out: &mut Vec<Errand>) {
        if self.stack.iter().all(|(_, layer)| layer.covers())
            && matches!(mouse.act, MouseAct::Press | MouseAct::Double)
            && let Some(tab) = shell::tab_at(self, mouse.at)
        {
            self.go(tab, out);
            return;
        }
        self.front(Input::Mouse(mouse), out);
    }

    /// Carries out what means the same on every screen; the rest goes to the front layer.
    fn command(&mut self, command: Command, out: &mut Vec<Errand>) {
        let who = self.front_layer().who(&self.cx());
        let screen = self.front_layer().place().meets(Places::SCREENS);
        match command {
            Command::Redraw => self.redraw(out),
            Command::Suspend => self.suspend(out),
            _ if !screen => self.front(Input::Command(command), out),
            Command::Quit => out.push(Errand::Quit),
            Command::GoToday => self.go(Tab::Today, out),
            Command::GoPocket => self.go(Tab::Pocket, out),
            Command::GoPeople => self.go(Tab::People, out),
            Command::GoNeeds => self.go(Tab::Needs, out),
            Command::GoMarkets => self.go(Tab::Markets, out),
            Command::Who if !self.front_layer().place().meets(Places::NEEDS.and(Places::HELPERS)) => {
                let words = self.front_layer().words(&self.cx());
                self.effect(APP, Effect::Who(words), out);
            }
            Command::Capture => self.capture(out),
            Command::StickyEvent => self.show(View::Prompt(Prompt::Event), out),
            Command::Import => self.show(View::Files, out),
            Command::Palette => self.show(View::Palette(self.workable()), out),
            Command::Help => self.show(View::Help, out),
            Command::Me => self.show(View::MeForm, out),
            Command::History => {
                let one = match who.as_slice() {
                    [one] if self.front_layer().place().meets(Places::PERSON) => Some(*one),
                    _ => None,
                };
                self.show(View::History(one), out);
            }
            Command::Duplicates => self.show(View::Duplicates(None), out),
            Command::Language => self.set(Setting::NextLanguage, out),
            Command::Theme => self.set(Setting::NextTheme, out),
            Command::Presentation => self.set(Setting::Presentation, out),
            Command::Undo => self.ask(APP, 0, Job::Undo, out),
            Command::Redo => self.ask(APP, 0, Job::Redo, out),
            _ => match (command, who.as_slice()) {
                (Command::Introduce, [one, ..])
                    if !self.front_layer().place().meets(Places::MARKETS.and(Places::PERSON)) =>
                {
                    self.show(View::Asking(Introduce { to: Some(*one), ..Introduce::default() }), out);
                }
                (Command::CouldUse, [one, ..]) => self.show(View::CouldUse(*one), out),
                (Command::Answer, [one, ..]) => self.show(View::Answer(*one), out),
                (Command::EditLine, [one, ..]) => self.show(View::Bar(BarMode::Edit(*one)), out),
                (Command::EditForm, [one, ..]) => self.show(View::Form(*one), out),
                (Command::Hat, [one, ..]) => self.show(View::Prompt(Prompt::Hat(*one)), out),
                (Command::Tie, [one, ..]) => self.show(View::Prompt(Prompt::Tie(*one)), out),
                (Command::Merge, [one]) => self.show(View::Duplicates(Some(*one)), out),
                (Command::Merge, [one, other]) => self.show(View::Merge(*one, *other), out),
                (Command::Merge, [_, ..]) => {
                    let text = self.cx().t.merge_mark_two();
                    self.toast(Toast { mood: Mood::Plain, text });
                }
                (Command::Copy, [one, ..]) => self.show(View::Reach(*one, Purpose::Copy), out),
                (Command::OpenLink, [one, ..]) => self.show(View::Reach(*one, Purpose::Open), out),
                (Command::Log, [_, ..]) => self.show(View::Prompt(Prompt::Log(who)), out),
                (Command::FollowUp, [_, ..]) => self.show(View::Prompt(Prompt::FollowUp(who)), out),
                (Command::Closeness, [_, ..]) => self.show(View::Prompt(Prompt::Closeness(who)), out),
                (Command::Met, [_, ..]) => self.show(View::Prompt(Prompt::Met(who)), out),
                (Command::Tag, [_, ..]) => self.show(View::Prompt(Prompt::Tag(who)), out),
                (Command::Archive, [_, ..]) => self.archive(&who, out),
                (Command::File, [_, ..]) => self.stage(&who, Deed::File, Stage::Active, out),
                _ => self.front(Input::Command(command), out),
            },
        }
    }

    /// Opens the bar on the line left unfinished; asks first whether an event of long ago still holds.
    fn capture(&mut self, out: &mut Vec<Errand>) {
        let draft = std::mem::take(&mut self.world.draft);
        self.show(View::Bar(BarMode::New(draft)), out);
        let idle = self.world.now.duration_since(self.world.sticky_used).as_hours();
        if self.world.sticky.is_some() && idle >= STICKY_HOURS {
            self.show(View::Prompt(Prompt::Event), out);
        }
    }

    /// The commands that can do something on the front layer, in the order of the table.
    fn workable(&self) -> Vec<Command> {
        let (front, cx) = (self.front_layer(), self.cx());
        TABLE.iter().map(|spec| spec.command).filter(|command| shell::works(front, *command, &cx)).collect()
    }

    /// Puts people away; where all of them are away already, brings them back.
    fn archive(&mut self, who: &[ContactId], out: &mut Vec<Errand>) {
        let book = &self.world.snapshot.book;
        let all_away = who.iter().filter_map(|id| book.contact(*id)).all(|one| one.stage == Stage::Archived);
        self.stage(who, Deed::Archive, if all_away { Stage::Active } else { Stage::Archived }, out);
    }

    fn stage(&mut self, who: &[ContactId], deed: Deed, stage: Stage, out: &mut Vec<Errand>) {
        let people: Vec<_> = who.iter().filter_map(|id| self.world.snapshot.book.contact(*id)).collect();
        let subject = people.first().map(|one| one.display_name().to_owned()).unwrap_or_default();
        let edits = people
            .into_iter()
            .filter(|one| one.stage != stage)
            .map(|before| {
                let mut after = (**before).clone();
                after.stage = stage;
                after.unread = false;
                Edit::replace(Record::Contact(before.clone()), Record::Contact(Arc::new(after)))
            })
            .collect();
        self.ask(APP, 0, Job::Apply { deed, subject, edits }, out);
    }

    fn go(&mut self, tab: Tab, out: &mut Vec<Errand>) {
        self.stack.clear();
        self.world.tab = tab;
        self.front(Input::Refreshed, out);
    }

    /// Goes to a tab with something to look at there.
    fn turn_to(&mut self, tab: Tab, input: Input<'_>, out: &mut Vec<Errand>) {
        self.stack.clear();
        self.world.tab = tab;
        self.tell(tab as u64, input, out);
    }

    fn show(&mut self, view: View, out: &mut Vec<Errand>) {
        let layer = overlays::open(view, &self.cx());
        let id = self.next_layer;
        self.next_layer += 1;
        self.stack.push((id, layer));
        self.front(Input::Refreshed, out);
    }

    fn set(&mut self, setting: Setting, out: &mut Vec<Errand>) {
        match setting {
            Setting::NextLanguage => {
                self.world.settings.lang = match self.world.settings.lang {
                    Lang::En => Lang::Fr,
                    Lang::Fr => Lang::En,
                };
            }
            Setting::NextTheme => {
                self.world.settings.palette = match self.world.settings.palette {
                    Palette::Dark => Palette::Light,
                    Palette::Light => Palette::HighContrast,
                    Palette::HighContrast => Palette::None,
                    Palette::None => Palette::Dark,
                };
                self.world.theme = Theme::new(self.world.settings.palette, self.world.settings.indexed);
            }
            Setting::Presentation => self.world.discreet = !self.world.discreet,
        }
        self.everybody(&Input::Refreshed, out);
    }

    fn notice(&mut self, notice: Notice, out: &mut Vec<Errand>) {
        match notice {
            Notice::Book(snapshot) => {
                self.world.snapshot = snapshot;
                self.everybody(&Input::Refreshed, out);
            }
            Notice::Progress { ticket, done, total } => {
                if let Some(pending) = self.pending.get(&ticket).copied() {
                    self.tell(pending.layer, Input::Progress(pending.tag, done, total), out);
                }
            }
            Notice::Ingested { count } => {
                let text = self.cx().t.toast_ingested(count);
                self.toast(Toast { mood: Mood::Good, text });
            }
            Notice::Rings(rings) => {
                self.everybody(&Input::Refreshed, out);
                if let Some(ring) = rings.first() {
                    let (who, need) = (ring.person.name.as_str(), ring.words.as_str());
                    let words = self.cx().t;
                    let text = match rings.len() - 1 {
                        0 => words.need_rings(who, need),
                        more => words.need_rings_more(who, need, more),
                    };
                    self.toast(Toast { mood: Mood::Good, text });
                }
            }
            Notice::Trouble(problem) => self.complain(&problem),
        }
    }

    fn reply(&mut self, ticket: u64, reply: &Reply, out: &mut Vec<Errand>) {
        let Some(pending) = self.pending.remove(&ticket) else { return };
        if pending.layer == PICTURES {
            let file = match reply {
                Reply::Kept(Some(kept)) => kept.picture.clone(),
                _ => None,
            };
            out.extend(self.world.pictures.fetched(pending.tag, file).map(Errand::Paint));
        }
        match reply {
            Reply::Failed(Problem::Cancelled) => {}
            Reply::Failed(problem) => self.complain(problem),
            Reply::Changed { step: Some(step), count, people } => {
                let text = shell::changed(&self.cx(), step, *count, people);
                self.toast(Toast { mood: Mood::Good, text });
            }
            // Its layer was left and the import went on without it.
            Reply::Imported(report) if !self.stack.iter().any(|(id, _)| *id == pending.layer) => {
                let text = self.cx().t.report_toast(report.new, report.changed, report.unchanged);
                self.toast(Toast { mood: Mood::Good, text });
            }
            Reply::CardsRead(read) => {
                let toast = shell::cards_read(&self.cx(), read);
                self.toast(toast);
            }
            _ => {}
        }
        self.tell(pending.layer, Input::Reply(pending.tag, reply), out);
    }

    fn redraw(&mut self, out: &mut Vec<Errand>) {
        self.repaint(out);
        out.push(Errand::Redraw);
    }

    fn suspend(&mut self, out: &mut Vec<Errand>) {
        self.repaint(out);
        out.push(Errand::Suspend);
    }

    /// Has the pictures painted again: what the terminal keeps of them may be lost.
    fn repaint(&mut self, out: &mut Vec<Errand>) {
        self.world.pictures.forget();
        self.everybody(&Input::Refreshed, out);
    }

    /// What gives the terminal its memory back; for the end of the session.
    pub fn farewell(&mut self) -> String {
        self.world.pictures.farewell()
    }

    fn complain(&mut self, problem: &Problem) {
        let worded = errors::problem(problem, self.world.settings.lang);
        let text = std::iter::once(worded.message).chain(worded.hints).collect::<Vec<_>>().join("\n");
        self.toast(Toast { mood: Mood::Bad, text });
    }

    fn toast(&mut self, toast: Toast) {
        let until = self
            .world
            .now
            .checked_add(jiff::SignedDuration::from_secs(TOAST_SECONDS))
            .unwrap_or(self.world.now);
        self.toast = Some((toast, until));
    }

    fn ask(&mut self, layer: u64, tag: Tag, job: Job, out: &mut Vec<Errand>) {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.pending.insert(ticket, Pending { layer, tag });
        out.push(Errand::Send(ticket, job));
    }

    /// Sends an input to the front layer.
    fn front(&mut self, input: Input<'_>, out: &mut Vec<Errand>) {
        let id = self.stack.last().map_or(self.world.tab as u64, |(id, _)| *id);
        self.tell(id, input, out);
    }

    fn everybody(&mut self, input: &Input<'_>, out: &mut Vec<Errand>) {
        let overlays: Vec<u64> = self.stack.iter().map(|(id, _)| *id).collect();
        for id in (0..FIRST_OVERLAY).chain(overlays) {
            self.tell(id, input.clone(), out);
        }
    }

    /// Sends an input to one layer, and carries out what it wants done. A layer that has closed hears nothing.
    fn tell(&mut self, id: u64, input: Input<'_>, out: &mut Vec<Errand>) {
        let layer = match usize::try_from(id) {
            Ok(tab) if tab < self.tabs.len() => &mut self.tabs[tab],
            _ => match self.stack.iter_mut().find(|(other, _)| *other == id) {
                Some((_, layer)) => layer,
                None => return,
            },
        };
        let effects = layer.update(input, shell::body(self.area), &self.world.cx());
        for effect in effects {
            self.effect(id, effect, out);
        }
    }

    fn effect(&mut self, from: u64, effect: Effect, out: &mut Vec<Errand>) {
        match effect {
            Effect::Ask(job, tag) => self.ask(from, tag, job, out),
            Effect::Search(query, tag) => {
                self.ask(from, tag, Job::Search { query, list: from, whole: false }, out);
            }
            Effect::SearchWhole(query, tag) => {
                self.ask(from, tag, Job::Search { query, list: from, whole: true }, out);
            }
            Effect::Cancel(tag) => {
                let tickets = self.pending.iter().filter(|(_, p)| p.layer == from && p.tag == tag);
                for ticket in tickets.map(|(ticket, _)| *ticket).collect::<Vec<_>>() {
                    self.ask(APP, 0, Job::Cancel { ticket }, out);
                }
            }
            Effect::Show(view) => self.show(view, out),
            Effect::Close => self.close(from, out),
            Effect::Go(tab) => self.go(tab, out),
            Effect::Find(query) => self.turn_to(Tab::People, Input::Query(&query), out),
            Effect::Who(words) => self.turn_to(Tab::Needs, Input::Query(&words), out),
            Effect::Need(need) => self.turn_to(Tab::Needs, Input::Need(need), out),
            Effect::Market(slug) => self.turn_to(Tab::Markets, Input::Query(&slug), out),
            Effect::Sweep(query) => self.turn_to(Tab::Pocket, Input::Query(&query), out),
            Effect::Run(command) => {
                self.close(from, out);
                if self.front_layer().enabled(command, &self.cx()) {
                    self.command(command, out);
                }
            }
            Effect::Toast(toast) => self.toast(toast),
            Effect::Copy(text) => out.push(Errand::Copy(text)),
            Effect::OpenOutside(target) => out.push(Errand::OpenOutside(target)),
            Effect::Compose(text, tag) => {
                self.composing = Some((from, tag));
                out.push(Errand::Compose(text));
            }
            Effect::Keep(line) => self.world.draft = line,
            Effect::Sticky(event) => {
                self.world.sticky = event;
                self.world.sticky_used = self.world.now;
            }
            Effect::Captured(id) => {
                self.world.last_capture = Some(id);
                self.world.sticky_used = self.world.now;
            }
            Effect::Set(setting) => self.set(setting, out),
            Effect::Picture(hash, size) => match self.world.pictures.want(hash, size) {
                PictureStep::Nothing => {}
                PictureStep::Ask => out.push(Errand::AskTerminal(self.world.pictures.choice())),
                PictureStep::Fetch(number, hash) => self.ask(PICTURES, number, Job::Kept { hash }, out),
            },
            Effect::Redraw => self.redraw(out),
            Effect::Suspend => self.suspend(out),
            Effect::Quit => out.push(Errand::Quit),
        }
    }

    fn close(&mut self, id: u64, out: &mut Vec<Errand>) {
        self.stack.retain(|(other, _)| *other != id);
        self.front(Input::Refreshed, out);
    }

    fn front_layer(&self) -> &dyn Layer {
        self.stack.last().map_or(&*self.tabs[self.world.tab as usize], |(_, layer)| &**layer)
    }

    /// The whole screen.
    pub fn area(&self) -> Rect {
        self.area
    }

    /// The tab behind the layers.
    pub fn tab(&self) -> Tab {
        self.world.tab
    }

    /// The settings of the session.
    pub fn settings(&self) -> &Settings {
        &self.world.settings
    }

    /// The message to show, if any.
    pub fn message(&self) -> Option<&Toast> {
        self.toast.as_ref().map(|(toast, _)| toast)
    }

    /// Layers from the lowest that is visible to the front one.
    pub fn visible(&self) -> impl Iterator<Item = &dyn Layer> {
        let covered = self.stack.iter().rposition(|(_, layer)| layer.covers());
        let base = covered.is_none().then(|| &*self.tabs[self.world.tab as usize]);
        base.into_iter().chain(self.stack[covered.unwrap_or(0)..].iter().map(|(_, layer)| &**layer))
    }

    /// The layer that has the keys.
    pub fn front_of_stack(&self) -> &dyn Layer {
        self.front_layer()
    }

    /// Where the text cursor stands, if text is typed.
    pub fn cursor(&self) -> Option<Position> {
        self.front_layer().cursor(shell::body(self.area), &self.cx())
    }
}
