//! The capture bar: one line, any number of cards. It stays open after Enter for the next card of the stack.
//!
//! While the user types, the bar shows what was understood as chips, offers completions, and proposes the person
//! that the line may be about. Parsing and completing are pure and quick enough for every key; finding the person
//! is asked of the engine, and only the newest answer counts.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::capture::line::{self, Intent};
use crate::capture::pasted::{self, Pasted};
use crate::capture::{Chip, ChipKind, Draft};
use crate::domain::Contact;
use crate::domain::change::{Deed, Edit, Record};
use crate::domain::id::ContactId;
use crate::domain::time::Timestamp;
use crate::insight::duplicates::{Candidate, Likelihood};
use crate::protocol::{Capture, Job, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{BarMode, Effect, Mood, Prompt, Tag, Toast, View};
use crate::tui::key::Key;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::overlays::cards;
use crate::tui::overlays::rings::Rings;
use crate::tui::overlays::values::Values;
use crate::tui::widgets::completion::Completion;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::{chips, frame, text};
use crate::wording::{dates, duplicates};

/// The capture bar.
pub struct Bar {
    /// The person whose line is being edited, with the line as it was; `None` for a new card.
    editing: Option<(ContactId, String)>,
    line: LineEdit,
    chips: Vec<Chip>,
    completion: Completion,
    /// The card that the line would make, as far as it tells who it is; `None` while that is too little.
    card: Option<Box<Contact>>,
    /// The card that the engine is being asked about; the next question waits for the answer.
    asked_about: Option<Box<Contact>>,
    proposed: Option<Candidate>,
    /// What the person could bring, as the line suggests.
    values: Values,
    /// The open needs that the card would answer.
    rings: Rings,
    asked: Tag,
    /// Several lines that were pasted, until the user says what they are.
    pasted: Option<Block>,
}

/// Several lines that were pasted: cards or a list.
struct Block {
    text: String,
    what: Pasted,
    /// It was sent off to be filed; until the answer it is not sent again.
    sent: bool,
}

/// So many needs are named that a capture answers.
const RINGS: usize = 2;
/// Replies to captures and edits; questions about people count down from the top.
const DONE: Tag = 0;
/// Replies to a paste of several people.
const FILED: Tag = Tag::MAX;
/// What comes back from the editor.
const WRITTEN: Tag = Tag::MAX - 1;
/// Replies to files of cards; the app tells what they brought.
const CARD: Tag = Tag::MAX - 2;
/// Replies to questions about values.
const VALUES: Tag = Tag::MAX - 3;
/// Replies to questions about open needs.
const ANSWERS: Tag = Tag::MAX - 4;
/// Rows of the panel: borders, the line, the chips, the hint.
const HEIGHT: u16 = 5;
/// So many names of a paste are shown; a row holds no more.
const SHOWN: usize = 40;
/// A name of fewer letters proposes nobody.
const NAME_LETTERS: usize = 3;

/// What a part of the line can be retyped to, in turn.
const KINDS: [ChipKind; 7] = [
    ChipKind::Title,
    ChipKind::Org,
    ChipKind::Value,
    ChipKind::Tag,
    ChipKind::Market,
    ChipKind::Event,
    ChipKind::Note,
];

struct Parts {
    panel: Rect,
    line: Rect,
    chips: Rect,
    hint: Rect,
}

fn parts(area: Rect) -> Parts {
    let height = HEIGHT.min(area.height);
    let panel = Rect { y: area.bottom() - height, height, ..area };
    let inner = frame::inside(panel);
    let row = |at: u16| Rect {
        y: inner.y + at.min(inner.height),
        height: inner.height.saturating_sub(at).min(1),
        ..inner
    };
    let line = Rect { x: inner.x + 2.min(inner.width), width: inner.width.saturating_sub(2), ..row(0) };
    Parts { panel, line, chips: row(1), hint: row(2) }
}

impl Bar {
    /// A bar for a new card, or on a person's line.
    pub fn new(mode: BarMode, cx: &Cx<'_>) -> Self {
        let mut bar = Self {
            editing: None,
            line: LineEdit::default(),
            chips: Vec::new(),
            completion: Completion::default(),
            card: None,
            asked_about: None,
            proposed: None,
            values: Values::new(VALUES),
            rings: Rings::new(ANSWERS),
            asked: DONE,
            pasted: None,
        };
        match mode {
            BarMode::New(text) => bar.paste(&text, cx),
            BarMode::Begun { before, after } => bar.line.set(&format!("{before}{after}"), before.len()),
            BarMode::Edit(id) => bar.edit(id, cx),
        }
        bar
    }

    /// Puts a person's line into the bar.
    fn edit(&mut self, id: ContactId, cx: &Cx<'_>) {
        if let Some(contact) = cx.snapshot.book.contact(id) {
            let line = line::write(contact, &cx.reading());
            self.line = LineEdit::new(&line);
            self.editing = Some((id, line));
        }
    }

    /// Reads the line anew after it changed; asks who it may be about when what tells that has changed.
    fn reread(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let reading = line::read(self.line.text(), &cx.reading());
        self.chips = reading.chips;
        self.completion.look(&self.line, cx.vocabulary, &cx.reading());
        let values = if reading.intent == Intent::Contact {
            self.values.look(reading.draft.clone())
        } else {
            self.values.clear();
            None
        };
        let rings =
            if reading.intent == Intent::Contact && self.editing.is_none() && !self.line.text().is_empty() {
                self.rings.look(&reading.draft, cx)
            } else {
                self.rings.clear();
                None
            };
        let mut effects: Vec<Effect> = values.into_iter().chain(rings).collect();
        if self.editing.is_some() {
            return effects;
        }
        let card = identity(reading.draft);
        if card != self.card {
            self.card = card;
            self.proposed = None;
            effects.extend(self.ask());
        }
        effects
    }

    /// Asks who the card may be, once the last question is answered.
    fn ask(&mut self) -> Vec<Effect> {
        let Some(contact) = self.card.clone().filter(|_| self.asked_about.is_none()) else {
            return Vec::new();
        };
        self.asked_about = Some(contact.clone());
        self.asked = self.asked.wrapping_sub(1).clamp(DONE + 1, ANSWERS - 1);
        vec![Effect::Ask(Job::Alike { contact, limit: 1 }, self.asked)]
    }

    /// Takes an answer in, unless the line has become another one meanwhile: then it asks again.
    fn answered(&mut self, reply: &Reply) -> Vec<Effect> {
        if self.asked_about.take() != self.card {
            return self.ask();
        }
        if let Reply::Alike(found) = reply {
            self.proposed = found.first().cloned();
        }
        Vec::new()
    }

    /// Takes a paste: a line goes into the line; cards and lists wait for an answer.
    fn paste(&mut self, text: &str, cx: &Cx<'_>) {
        let several = self.editing.is_none() && text.trim().contains('\n');
        let what = if several { pasted::read(text, &cx.reading()) } else { Pasted::Line(text.to_owned()) };
        match what {
            Pasted::Line(whole) if self.line.text().is_empty() => self.line = LineEdit::new(&whole),
            Pasted::Line(_) => self.line.paste(text),
            what => self.pasted = Some(Block { text: text.to_owned(), what, sent: false }),
        }
    }

    /// Files the people of a paste, each with a capture of its own. Until that is on disk, the paste stays here.
    fn file(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(block) = self.pasted.as_mut().filter(|block| !block.sent) else { return Vec::new() };
        block.sent = true;
        let captures = block.what.parts(&cx.reading()).into_iter().map(|part| Capture {
            id: ContactId::NIL,
            at: cx.now,
            lang: cx.language(),
            text: part.text,
            event: cx.sticky.cloned(),
            listed: part.listed,
        });
        let mut captures: Vec<Capture> = captures.collect();
        let job = match captures.pop() {
            Some(capture) if captures.is_empty() => Job::Capture(capture),
            last => {
                captures.extend(last);
                Job::CaptureAll(captures)
            }
        };
        vec![Effect::Ask(job, FILED)]
    }

    /// Keeps a paste as one line, as it would be without the question.
    fn keep_as_line(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if let Some(block) = self.pasted.take() {
            self.line.paste(&block.text);
        }
        self.reread(cx)
    }

    fn submit(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let text = self.line.text().trim().to_owned();
        let Some((id, before)) = self.editing.clone() else {
            if text.is_empty() {
                return vec![Effect::Close];
            }
            let capture = Capture {
                id: ContactId::NIL,
                at: cx.now,
                lang: cx.language(),
                text,
                event: cx.sticky.cloned(),
                listed: false,
            };
            return vec![Effect::Ask(Job::Capture(capture), DONE)];
        };
        let Some(contact) = cx.snapshot.book.contact(id) else { return vec![Effect::Close] };
        let after = line::rewrite(contact, &before, self.line.text(), &cx.reading());
        if after == **contact {
            return vec![Effect::Close];
        }
        let edit = Edit::replace(Record::Contact(contact.clone()), Record::Contact(after.into()));
        let subject = contact.display_name().to_owned();
        vec![Effect::Ask(Job::Apply { deed: Deed::Edit, subject, edits: vec![edit] }, DONE)]
    }

    /// Reads the part under the cursor as the next kind it might be.
    fn retype(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let cursor = self.line.cursor();
        let Some(chip) = self.chips.iter().find(|chip| (chip.range.start..=chip.range.end).contains(&cursor))
        else {
            return Vec::new();
        };
        let at = KINDS.iter().position(|kind| *kind == chip.kind);
        let next = KINDS[at.map_or(0, |at| at + 1) % KINDS.len()];
        let text = line::retype(self.line.text(), chip, next, &cx.reading());
        let cursor =
            (chip.range.start..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        self.line.set(&text, cursor);
        self.reread(cx)
    }

    fn add_to_proposed(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let proposed = self.proposed.as_ref().and_then(|found| cx.snapshot.book.contact(found.id));
        let Some(contact) = proposed else {
            return Vec::new();
        };
        let text = self.line.text().trim().to_owned();
        let lang = cx.language();
        vec![Effect::Ask(Job::Edit { who: contact.uid(), text, lang }, DONE)]
    }

    fn empty(&mut self) {
        self.line.clear();
        self.editing = None;
        self.chips.clear();
        self.completion.clear();
        self.card = None;
        self.proposed = None;
        self.values.clear();
        self.rings.clear();
    }

    fn command(&mut self, command: Command, cx: &Cx<'_>) -> Vec<Effect> {
        match command {
            Command::Keep if self.pasted.is_some() => return self.file(cx),
            Command::Back if self.pasted.is_some() => return self.keep_as_line(cx),
            _ if self.pasted.is_some() => return Vec::new(),
            _ => {}
        }
        if self.completion.command(command) {
            return Vec::new();
        }
        match command {
            Command::Keep => return self.submit(cx),
            Command::Next => {
                if self.completion.accept(&mut self.line, &cx.reading()) {
                    let effects = self.reread(cx);
                    self.completion.clear();
                    return effects;
                }
            }
            Command::Up if self.line.text().is_empty() => {
                if let Some(id) = cx.last_capture {
                    self.edit(id, cx);
                    return self.reread(cx);
                }
            }
            Command::Back if !self.completion.is_empty() => self.completion.clear(),
            Command::Back if self.editing.is_none() => {
                return vec![Effect::Keep(self.line.text().to_owned()), Effect::Close];
            }
            Command::Back => return vec![Effect::Close],
            Command::AddToProposed => return self.add_to_proposed(cx),
            Command::StickyEvent => return vec![Effect::Show(View::Prompt(Prompt::Event))],
            Command::RetypeChip => return self.retype(cx),
            Command::TakeValue => {
                if self.values.take(&mut self.line, &self.chips, cx) {
                    return self.reread(cx);
                }
            }
            Command::WriteOutside => return vec![Effect::Compose(self.line.text().to_owned(), WRITTEN)],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, tag: Tag, reply: &Reply, cx: &Cx<'_>) -> Vec<Effect> {
        match reply {
            _ if tag == VALUES => self.values.answered(reply).into_iter().collect(),
            _ if tag == ANSWERS => self.rings.answered(reply).into_iter().collect(),
            _ if tag == self.asked && tag != DONE => self.answered(reply),
            Reply::Captured { contact, answers, .. } => {
                if tag == FILED {
                    self.pasted = None;
                } else {
                    self.empty();
                }
                let mut text = cx.t.bar_captured(contact.display_name());
                for ring in answers.iter().take(RINGS) {
                    text.push('\n');
                    text.push_str(&cx.t.need_ring(ring.words.as_str()));
                }
                vec![Effect::Captured(contact.id), Effect::Toast(Toast { mood: Mood::Good, text })]
            }
            Reply::Recorded { .. } => {
                self.empty();
                vec![Effect::Toast(Toast { mood: Mood::Good, text: cx.t.bar_recorded() })]
            }
            Reply::Changed { .. } if tag == FILED => {
                self.pasted = None;
                Vec::new()
            }
            Reply::Failed(_) if tag == FILED => {
                if let Some(block) = &mut self.pasted {
                    block.sent = false;
                }
                Vec::new()
            }
            Reply::Changed { .. } => {
                let close = self.editing.as_ref().is_none_or(|(id, _)| Some(*id) != cx.last_capture);
                self.empty();
                if close { vec![Effect::Close] } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }
}

impl Layer for Bar {
    fn place(&self) -> Places {
        Places::BAR
    }

    fn typing(&self) -> bool {
        true
    }

    fn enabled(&self, command: Command, cx: &Cx<'_>) -> bool {
        match command {
            Command::TakeValue => !self.values.is_empty(&self.chips, cx),
            Command::AddToProposed => self.proposed.is_some(),
            Command::Next => !self.completion.is_empty(),
            Command::RetypeChip => !self.chips.is_empty(),
            _ => true,
        }
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(command) => self.command(command, cx),
            Input::Key(key) => self.key(key, cx),
            Input::Paste(pasted) => {
                let files = cards::pasted(pasted);
                if self.editing.is_none() && !files.is_empty() {
                    return cards::read(files, CARD, cx);
                }
                self.paste(pasted, cx);
                self.reread(cx)
            }
            Input::Mouse(mouse) if mouse.act == MouseAct::Press => {
                self.line.click(mouse.at, parts(area).line);
                Vec::new()
            }
            Input::Edited(WRITTEN, Some(text)) => {
                self.line.clear();
                self.paste(text, cx);
                self.reread(cx)
            }
            Input::Reply(tag, reply) => self.reply(tag, reply, cx),
            Input::Refreshed => self.reread(cx),
            _ => Vec::new(),
        }
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let parts = parts(area);
        let title = match self.editing.as_ref().and_then(|(id, _)| cx.snapshot.book.contact(*id)) {
            Some(contact) => cx.t.bar_edit(contact.display_name()),
            None => cx.t.bar_new(),
        };
        let inner = frame::popup(parts.panel, buf, cx.theme, &title);
        if let Some(event) = cx.sticky.filter(|_| self.editing.is_none()) {
            let on = dates::day(event.on, cx.t.lang());
            let sticky = Span::styled(format!(" % {} · {on} ", text::cut(&event.name, 40)), cx.theme.event);
            let border = Rect { x: inner.x, width: inner.width, y: parts.panel.y, height: 1 };
            text::put_right(buf, border, Line::from(sticky));
        }
        let below = Rect { y: parts.panel.bottom().saturating_sub(1), height: 1, ..inner };
        if let Some(ring) = self.rings.line(usize::from(below.width), cx) {
            text::put(buf, below, ring);
        }
        text::put(buf, Rect { x: inner.x, width: 2, ..parts.line }, Span::styled("› ", cx.theme.title));
        if let Some(block) = &self.pasted {
            text::put(buf, parts.line, Span::styled(names(&block.what), cx.theme.muted));
            text::put(buf, parts.chips, Span::styled(question(&block.what, cx), cx.theme.notice));
            return;
        }
        if self.line.text().is_empty() {
            text::put(buf, parts.line, Span::styled(cx.t.bar_example(), cx.theme.faint));
        } else {
            self.line.view(parts.line, buf, &|at| chips::style_at(&self.chips, at, cx.theme));
        }
        let (chips, hint) = (chips::row(&self.chips, cx.theme), self.hint(cx));
        // Values stand at the right of the row that has room for them.
        let value = Line::from(self.values.hint(&self.chips, cx));
        let free = |line: &Line<'_>| line.width() + value.width() + 2 <= usize::from(parts.hint.width);
        let row = if free(&hint) { parts.hint } else { parts.chips };
        let room = if free(&hint) || free(&chips) { value } else { Line::default() };
        text::put(buf, parts.chips, chips);
        text::put(buf, parts.hint, hint);
        text::put_right(buf, row, room);
        self.completion.view(
            &self.line,
            parts.line,
            Rect { height: parts.panel.y - area.y, ..area },
            buf,
            cx.theme,
        );
    }

    fn cursor(&self, area: Rect, _cx: &Cx<'_>) -> Option<Position> {
        Some(self.line.position(parts(area).line))
    }
}

impl Bar {
    fn key(&mut self, key: Key, cx: &Cx<'_>) -> Vec<Effect> {
        if self.pasted.is_some() {
            return Vec::new();
        }
        if self.line.key(key) { self.reread(cx) } else { Vec::new() }
    }

    /// The person the line may be about, else how the bar works.
    fn hint(&self, cx: &Cx<'_>) -> Line<'static> {
        let row = |found: &Candidate| cx.snapshot.index.row(found.id);
        match self.proposed.as_ref().and_then(|found| Some((found, row(found)?))) {
            Some((found, row)) => {
                let what = if row.org.is_empty() { row.title } else { row.org };
                let (pro, con) = duplicates::reasons(&found.evidence, cx.t.lang());
                let mut why = pro.join(duplicates::AND);
                if !con.is_empty() {
                    why.push_str(&cx.t.duplicates_against(con.join(duplicates::AND)));
                }
                let known = if found.likelihood == Likelihood::Possible {
                    cx.t.bar_perhaps(row.name)
                } else {
                    cx.t.bar_known(row.name)
                };
                Line::from(vec![
                    Span::styled(known, cx.theme.notice),
                    Span::styled(format!("  {what}"), cx.theme.muted),
                    Span::styled(format!("  {why}"), cx.theme.faint),
                ])
            }
            None if self.editing.is_none() && self.line.text().is_empty() && cx.last_capture.is_some() => {
                Line::styled(cx.t.bar_correct(), cx.theme.faint)
            }
            None => Line::default(),
        }
    }
}

/// What of a line tells who it is about; `None` while it is too little to look for anybody.
fn identity(draft: Draft) -> Option<Box<Contact>> {
    let whole = draft.into_contact(ContactId::NIL, Timestamp::UNIX_EPOCH);
    let mut card = Contact::new(ContactId::NIL, Timestamp::UNIX_EPOCH);
    (card.name, card.roles) = (whole.name, whole.roles);
    (card.emails, card.phones, card.urls) = (whole.emails, whole.phones, whole.urls);
    let named = card.name.full.trim().chars().count() >= NAME_LETTERS;
    let reached = !card.emails.is_empty() || !card.phones.is_empty() || !card.urls.is_empty();
    (named || reached).then(|| Box::new(card))
}

/// What a paste is, and what the keys would do with it.
fn question(what: &Pasted, cx: &Cx<'_>) -> String {
    match what {
        Pasted::People(_) => cx.t.blocks_ask_list(what.people()),
        Pasted::Cards(_) | Pasted::Line(_) => cx.t.blocks_ask_cards(what.people()),
    }
}

/// The people of a paste, as far as a row goes.
fn names(what: &Pasted) -> String {
    let shown: Vec<&str> = match what {
        Pasted::Line(text) => vec![text.as_str()],
        Pasted::Cards(cards) => cards.iter().map(|card| card.draft.name.full.as_str()).collect(),
        Pasted::People(list) => list.entries.iter().map(|entry| entry.draft.name.full.as_str()).collect(),
    };
    shown.into_iter().take(SHOWN).collect::<Vec<_>>().join(" · ")
}
