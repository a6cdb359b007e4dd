//! Asking for an introduction: the way drawn, the request drafted in the language of whoever is asked, to be changed,
//! copied or mailed. openbar sends nothing itself: the user says when it was asked, and that is logged.
//!
//! Where the best ways are not given, they are asked of the engine; `Tab` turns to the next one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::reach::escaped;
use crate::domain::Contact;
use crate::domain::id::ContactId;
use crate::protocol::paths::{AskIntroduction, Way};
use crate::protocol::{Job, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Introduce, Mood, Tag, Toast};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::paths;
use crate::tui::widgets::text_edit::TextEdit;
use crate::tui::widgets::{frame, text};
use crate::wording::asking::{self, letter};
use crate::wording::markets;

/// Tags of jobs and of the editor.
const WAYS: Tag = 1;
const ASKED: Tag = 2;
const WRITTEN: Tag = 3;
/// So many ways are looked for.
const MOST: usize = 6;
/// The widest that it gets.
const WIDEST: u16 = 124;
/// The chain stands beside the letter from this width on.
const BESIDE: u16 = 96;
/// Cells of the chain beside the letter.
const CHAIN: u16 = 40;
/// Rows above the letter: to whom, about what, and a blank one.
const HEAD: u16 = 3;

/// A request being drafted.
pub struct Asking {
    what: Introduce,
    plans: Option<Vec<Plan>>,
    at: usize,
    subject: String,
    letter: TextEdit,
    typing: bool,
}

/// Whom to ask for whom.
#[derive(Clone, Debug, PartialEq)]
struct Plan {
    via: ContactId,
    to: Option<ContactId>,
    way: Option<Way>,
}

struct Parts {
    popup: Rect,
    chain: Rect,
    head: Rect,
    letter: Rect,
    foot: Rect,
}

fn parts(area: Rect) -> Parts {
    let popup = frame::centred(area, WIDEST.min(area.width.saturating_sub(4)), area.height.saturating_sub(2));
    let inner = frame::inside(popup);
    let foot = Rect { y: inner.bottom().saturating_sub(1), height: inner.height.min(1), ..inner };
    let whole = Rect { height: inner.height.saturating_sub(2), ..inner };
    let (chain, words) = if popup.width >= BESIDE {
        let chain = Rect { width: CHAIN.min(whole.width), ..whole };
        let x = whole.x + chain.width + 3;
        (chain, Rect { x, width: whole.right().saturating_sub(x), ..whole })
    } else {
        let chain = Rect { height: whole.height.min(1), ..whole };
        let from = 2.min(whole.height);
        (chain, Rect { y: whole.y + from, height: whole.height - from, ..whole })
    };
    let head = Rect { height: HEAD.min(words.height), ..words };
    let letter = Rect { y: words.y + head.height, height: words.height - head.height, ..words };
    Parts { popup, chain, head, letter, foot }
}

impl Asking {
    /// A request for what is to be asked.
    pub fn new(what: Introduce) -> Self {
        Self { what, plans: None, at: 0, subject: String::new(), letter: TextEdit::default(), typing: false }
    }

    fn plan(&self) -> Option<&Plan> {
        self.plans.as_ref()?.get(self.at)
    }

    fn via<'a>(&self, cx: &Cx<'a>) -> Option<&'a Contact> {
        cx.snapshot.book.contact(self.plan()?.via).map(AsRef::as_ref)
    }

    fn to<'a>(&self, cx: &Cx<'a>) -> Option<&'a Contact> {
        cx.snapshot.book.contact(self.plan()?.to?).map(AsRef::as_ref)
    }

    /// Asks for the ways, once; a request that names nobody but the one who is asked needs none.
    fn begin(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if self.plans.is_some() {
            return Vec::new();
        }
        let person = self.what.to.and_then(|id| cx.snapshot.book.contact(id)).map(|one| one.uid());
        let to = match (person, self.what.via, &self.what.market) {
            (Some(uid), ..) => uid,
            (None, None, Some(market)) => format!("+{}", market.slug),
            (None, via, _) => {
                self.plans = Some(via.map(|via| Plan { via, to: None, way: None }).into_iter().collect());
                self.draft(cx);
                return Vec::new();
            }
        };
        vec![Effect::Ask(Job::Path { to, region: None, limit: MOST }, WAYS)]
    }

    /// Makes plans of the ways: somebody between is asked; into a market, whoever is known in it may be asked too.
    fn take(&mut self, ways: &[Way], cx: &Cx<'_>) {
        let id = |uid: &str| cx.snapshot.book.by_uid(uid).map(|one| one.id);
        let plan = |way: &Way| {
            let (via, to) = match way.via() {
                Some(via) => (id(&via.uid)?, Some(id(&way.last()?.uid)?)),
                None if self.what.to.is_none() => (id(&way.last()?.uid)?, None),
                None => return None,
            };
            Some(Plan { via, to, way: Some(way.clone()) })
        };
        let mut plans: Vec<Plan> = ways.iter().filter_map(plan).collect();
        // Who said no is asked last.
        plans.sort_by_key(|plan| plan.way.as_ref().is_some_and(|way| way.asked.is_some()));
        if let Some(via) = self.what.via {
            match plans.iter().position(|plan| plan.via == via) {
                Some(at) => plans[..=at].rotate_right(1),
                None => plans.insert(0, Plan { via, to: self.what.to, way: None }),
            }
        }
        (self.plans, self.at) = (Some(plans), 0);
        self.draft(cx);
    }

    /// Drafts the letter of the plan.
    fn draft(&mut self, cx: &Cx<'_>) {
        let Some(via) = self.via(cx) else { return };
        let hops = self.plan().and_then(|plan| plan.way.as_ref()).map(|way| way.hops.as_slice());
        let tie = hops.filter(|hops| hops.len() == 2).and_then(|hops| hops.last()).map(|hop| &hop.tie);
        let market = self.what.market.as_ref();
        let asked = asking::Asking { me: cx.snapshot.book.me(), via, to: self.to(cx), tie, market };
        let letter = letter(asked, cx.t.lang());
        (self.subject, self.letter) = (letter.subject, TextEdit::new(&letter.body));
    }

    fn turn(&mut self, by: usize, cx: &Cx<'_>) {
        let count = self.plans.as_ref().map_or(0, Vec::len);
        if count > 1 {
            self.at = (self.at + by) % count;
            self.draft(cx);
        }
    }

    fn command(&mut self, command: Command, width: u16, cx: &Cx<'_>) -> Vec<Effect> {
        let count = self.plans.as_ref().map_or(0, Vec::len);
        match command {
            Command::Back if self.typing => self.typing = false,
            Command::Back => return vec![Effect::Close],
            Command::MarkAsked if self.typing => _ = self.letter.key(Key::plain(Code::Enter), width),
            Command::Up | Command::Down if self.typing => {
                self.letter.vertically(command == Command::Down, width);
            }
            Command::Next if !self.typing => self.turn(1, cx),
            Command::Previous if !self.typing => self.turn(count.saturating_sub(1), cx),
            Command::EditMessage => self.typing = true,
            Command::WriteOutside => {
                return vec![Effect::Compose(self.letter.text().to_owned(), WRITTEN)];
            }
            Command::Copy => {
                let text = cx.t.intro_copied();
                return vec![
                    Effect::Copy(self.letter.text().to_owned()),
                    Effect::Toast(Toast { mood: Mood::Good, text }),
                ];
            }
            Command::OpenLink => return self.mail(cx).map(Effect::OpenOutside).into_iter().collect(),
            Command::MarkAsked => return self.asked(cx),
            _ => {}
        }
        Vec::new()
    }

    /// The letter as an address that the mail program opens (RFC 6068).
    fn mail(&self, cx: &Cx<'_>) -> Option<String> {
        let via = self.via(cx)?;
        let address = via.emails.first().map(|email| escaped(&email.value, "@+")).unwrap_or_default();
        let body = self.letter.text().replace('\n', "\r\n");
        Some(format!("mailto:{address}?subject={}&body={}", escaped(&self.subject, ""), escaped(&body, "")))
    }

    fn asked(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(via) = self.via(cx) else { return Vec::new() };
        let to = self.to(cx);
        let words = asking::logged(to.map(Contact::display_name), self.what.market.as_ref(), cx.t.lang());
        let job = AskIntroduction { via: via.uid(), to: to.map(Contact::uid), words, next: None };
        vec![Effect::Ask(Job::AskIntroduction(job), ASKED)]
    }

    fn title(&self, cx: &Cx<'_>) -> String {
        let market = self.what.market.as_ref().map(|market| markets::name(market, cx.t.lang()));
        let person = self.what.to.and_then(|id| cx.snapshot.book.contact(id)).map(|one| one.display_name());
        let to = self.to(cx).map(Contact::display_name).or(person).or(market).unwrap_or_default();
        cx.t.intro_title(to)
    }

    fn view_head(&self, place: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let Some(via) = self.via(cx) else { return };
        let (t, theme) = (cx.t, cx.theme);
        let mut to = vec![
            Span::styled(format!("{} ", t.intro_to()), theme.muted),
            Span::styled(via.display_name().to_owned(), theme.strong),
        ];
        match via.emails.first() {
            Some(email) => to.push(Span::styled(format!("  {}", email.value), theme.reach)),
            None => to.push(Span::styled(format!("  {}", t.intro_no_email()), theme.faint)),
        }
        let about = vec![
            Span::styled(format!("{} ", t.intro_about()), theme.muted),
            Span::styled(self.subject.clone(), theme.text),
        ];
        text::put_lines(buf, place, [Line::from(to), Line::from(about)]);
    }

    fn view_chain(&self, place: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let Some(way) = self.plan().and_then(|plan| plan.way.as_ref()) else { return };
        if place.height <= 1 {
            text::put(buf, place, paths::summary(way, false, cx));
            return;
        }
        text::put(buf, place, paths::likelihood(way, cx));
        let below = Rect { y: place.y + 2, height: place.height.saturating_sub(2), ..place };
        let drawn = paths::drawn(way, self.what.market.as_ref(), (below.width, below.height), cx);
        text::put_lines(buf, below, drawn);
    }

    /// What is said where there is nobody to ask.
    fn view_none(&self, place: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let words = if self.plans.is_none() { cx.t.map_counting() } else { cx.t.intro_nobody() };
        let lines = text::wrap(&words, usize::from(place.width));
        text::put_lines(buf, place, lines.into_iter().map(|line| Line::styled(line, cx.theme.muted)));
    }
}

impl Layer for Asking {
    fn place(&self) -> Places {
        Places::ASKING
    }

    fn typing(&self) -> bool {
        self.typing
    }

    fn enabled(&self, command: Command, _cx: &Cx<'_>) -> bool {
        let drafted = self.plan().is_some();
        match command {
            Command::Next | Command::Previous => self.plans.as_ref().is_some_and(|plans| plans.len() > 1),
            Command::MarkAsked => drafted,
            Command::Copy | Command::OpenLink | Command::EditMessage | Command::WriteOutside => {
                drafted && !self.typing || command == Command::WriteOutside && drafted
            }
            _ => true,
        }
    }

    fn who(&self, _cx: &Cx<'_>) -> Vec<ContactId> {
        self.plan().map(|plan| plan.via).into_iter().collect()
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let parts = parts(area);
        match input {
            Input::Command(command) => return self.command(command, parts.letter.width, cx),
            Input::Key(key) if self.typing => _ = self.letter.key(key, parts.letter.width),
            Input::Paste(pasted) if self.typing => self.letter.paste(pasted),
            Input::Edited(WRITTEN, Some(written)) => self.letter = TextEdit::new(written.trim_end()),
            Input::Mouse(mouse) if matches!(mouse.act, MouseAct::Press | MouseAct::Double) => {
                if !parts.popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                self.typing = parts.letter.contains(mouse.at) && self.plan().is_some();
            }
            Input::Reply(WAYS, Reply::Paths(paths)) => self.take(&paths.ways, cx),
            Input::Reply(WAYS, Reply::Failed(_)) => self.take(&[], cx),
            Input::Reply(ASKED, Reply::Changed { .. }) => return vec![Effect::Close],
            Input::Refreshed => return self.begin(cx),
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let (parts, theme) = (parts(area), cx.theme);
        let title = text::cut(&self.title(cx), usize::from(parts.popup.width).saturating_sub(6));
        frame::popup(parts.popup, buf, theme, &title);
        if self.plan().is_none() {
            self.view_none(frame::inside(parts.popup), buf, cx);
            return;
        }
        self.view_chain(parts.chain, buf, cx);
        self.view_head(parts.head, buf, cx);
        let style = if self.typing { theme.strong } else { theme.text };
        self.letter.view(parts.letter, buf, style, self.typing);
        let count = self.plans.as_ref().map_or(0, Vec::len);
        if count > 1 {
            let way = Span::styled(cx.t.intro_way(self.at + 1, count), theme.faint);
            text::put_right(buf, parts.foot, way);
        }
        text::put(buf, parts.foot, Span::styled(cx.t.intro_then(), theme.faint));
    }

    fn cursor(&self, area: Rect, _cx: &Cx<'_>) -> Option<Position> {
        let letter = parts(area).letter;
        (self.typing && !letter.is_empty()).then(|| self.letter.position(letter))
    }
}
