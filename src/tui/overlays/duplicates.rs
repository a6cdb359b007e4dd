//! Who may be in the book twice: pairs of everybody, or one person's lookalikes, likeliest first, each with its reasons.
//!
//! `Enter` puts the two cards side by side. The list asks anew whenever the book is another one; what it showed stays until
//! the answer comes, without the pairs of which a card is gone.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::Book;
use crate::domain::id::ContactId;
use crate::insight::duplicates::{Evidence, Likelihood};
use crate::protocol::{Job, Lookalikes, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Tag, View};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::{frame, scroll, text};
use crate::wording::{Lang, duplicates as wording};

/// So many pairs are shown; merging the first ones brings others up.
const MOST: usize = 500;
/// The widest that it gets.
const WIDEST: u16 = 130;
/// Rows of a pair: both people, and why.
const ROWS: u16 = 2;
/// Rows while there is nothing to list.
const FEW: u16 = 3;
/// Tags of jobs.
const LIST: Tag = 1;
const REFUSE: Tag = 2;
const UNDO: Tag = 3;

/// The list of pairs.
pub struct Duplicates {
    of: Option<ContactId>,
    /// The book that the list was asked for.
    asked: Option<Arc<Book>>,
    pairs: Option<Vec<Lookalikes>>,
    total: usize,
    list: ListState,
}

/// How likely, in dots and words.
pub fn likelihood(likelihood: Likelihood, theme: &Theme, lang: Lang) -> Vec<Span<'static>> {
    vec![
        Span::styled(wording::likelihood_dots(likelihood), theme.dots),
        Span::styled(format!(" {}", wording::likelihood(likelihood, lang)), theme.guess),
    ]
}

/// The reasons on one line: what speaks for it, then what speaks against it.
pub fn reasons(evidence: &[Evidence], theme: &Theme, cx: &Cx<'_>) -> Vec<Span<'static>> {
    let (pro, con) = wording::reasons(evidence, cx.t.lang());
    let mut spans = vec![Span::styled(pro.join(wording::AND), theme.muted)];
    if !con.is_empty() {
        spans.push(Span::styled(cx.t.duplicates_against(con.join(wording::AND)), theme.notice));
    }
    spans
}

impl Duplicates {
    /// All pairs, or one person's lookalikes.
    pub fn new(of: Option<ContactId>) -> Self {
        Self { of, asked: None, pairs: None, total: 0, list: ListState::default() }
    }

    fn len(&self) -> usize {
        self.pairs.as_ref().map_or(0, Vec::len)
    }

    fn under_cursor(&self) -> Option<&Lookalikes> {
        self.pairs.as_ref()?.get(self.list.cursor())
    }

    fn layout(&self, area: Rect) -> (Rect, Rect) {
        let width = WIDEST.min(area.width.saturating_sub(2));
        let wanted = (self.len() as u16).saturating_mul(ROWS).max(FEW);
        let popup = frame::centred(area, width, wanted.saturating_add(2).min(area.height));
        (popup, frame::inside(popup))
    }

    /// Asks for the pairs when the book is another one than the list was made from.
    fn ask(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let book = &cx.snapshot.book;
        if !cx.snapshot.loaded || self.asked.as_ref().is_some_and(|asked| Arc::ptr_eq(asked, book)) {
            return Vec::new();
        }
        self.asked = Some(Arc::clone(book));
        let of = match self.of {
            Some(id) => match book.contact(id) {
                Some(contact) => Some(contact.uid()),
                None => return vec![Effect::Close],
            },
            None => None,
        };
        if let Some(pairs) = &mut self.pairs {
            pairs.retain(|pair| [&pair.a, &pair.b].iter().all(|card| book.contact(card.id).is_some()));
        }
        vec![Effect::Ask(Job::Duplicates { of, limit: Some(MOST) }, LIST)]
    }

    fn open(&self) -> Vec<Effect> {
        let view = self.under_cursor().map(|pair| View::Merge(pair.a.id, pair.b.id));
        view.map(Effect::Show).into_iter().collect()
    }

    fn command(&mut self, command: Command, height: u16) -> Vec<Effect> {
        match command {
            Command::Back => return vec![Effect::Close],
            Command::Open => return self.open(),
            Command::Undo => return vec![Effect::Ask(Job::Undo, UNDO)],
            Command::NotSame => {
                let refused = self.under_cursor().map(|pair| (pair.a.uid(), pair.b.uid()));
                let job = refused.map(|(a, b)| Effect::Ask(Job::Refuse { a, b }, REFUSE));
                return job.into_iter().collect();
            }
            _ => _ = self.list.command(command, self.len(), height / ROWS),
        }
        Vec::new()
    }

    fn title(&self, cx: &Cx<'_>) -> String {
        let title = match self.of.and_then(|id| cx.snapshot.book.contact(id)) {
            Some(contact) => cx.t.duplicates_title_of(text::cut(contact.display_name(), 40)),
            None => cx.t.duplicates_title(),
        };
        if self.total > 0 { format!("{title} · {}", cx.t.duplicates_count(self.total)) } else { title }
    }

    fn view_pair(&self, pair: &Lookalikes, chosen: bool, place: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let theme = cx.theme;
        let side = |card: &crate::domain::Contact, strong: Style| {
            let mut spans = vec![Span::styled(card.display_name().to_owned(), strong)];
            if let Some(role) = card.main_role() {
                let what = if role.org.is_empty() { &role.title } else { &role.org };
                if what.as_str() != card.display_name() {
                    spans.push(Span::styled(format!("  {what}"), theme.org));
                }
            }
            spans
        };
        let mut head = likelihood(pair.likelihood, theme, cx.t.lang());
        // All three are padded to the widest.
        let widest = [Likelihood::Possible, Likelihood::Likely, Likelihood::NearlySure]
            .map(|step| text::width(&wording::likelihood(step, cx.t.lang())) + 5)
            .into_iter()
            .max()
            .unwrap_or(0);
        let used: usize = head.iter().map(Span::width).sum();
        head.push(Span::raw(" ".repeat((widest + 1).saturating_sub(used))));
        let room = usize::from(place.width).saturating_sub(widest + 1 + 2 + 4);
        let strong = if chosen { theme.strong } else { theme.text };
        let (left, right) = (side(&pair.a, strong), side(&pair.b, strong));
        let wide = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
        // The right side gets what the left one leaves, and at least a half when it needs that.
        let left_room = room - wide(&right).min(room / 2);
        let mut spans = vec![Span::styled(if chosen { "› " } else { "  " }, theme.title)];
        spans.extend(head);
        let left = text::cut_spans(left, left_room);
        let right_room = room - wide(&left).min(room);
        spans.extend(left);
        spans.push(Span::styled("  ≈ ", theme.faint));
        spans.extend(text::cut_spans(right, right_room));
        if chosen {
            buf.set_style(place, theme.selected);
        }
        text::put(buf, Rect { height: 1, ..place }, Line::from(spans));
        let indent = 2 + widest as u16 + 1;
        let why = Rect {
            x: place.x + indent.min(place.width),
            y: place.y + 1,
            width: place.width.saturating_sub(indent),
            height: place.height.saturating_sub(1),
        };
        text::put(buf, why, Line::from(reasons(&pair.evidence, theme, cx)));
    }
}

impl Layer for Duplicates {
    fn place(&self) -> Places {
        Places::DUPLICATES
    }

    fn enabled(&self, command: Command, _cx: &Cx<'_>) -> bool {
        !matches!(command, Command::Open | Command::NotSame) || self.len() > 0
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let (popup, rows) = self.layout(area);
        match input {
            Input::Command(command) => return self.command(command, rows.height),
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                let len = self.len();
                match mouse.act {
                    MouseAct::Wheel(by) => {
                        let command = if by > 0 { Command::Down } else { Command::Up };
                        self.list.command(command, len, rows.height / ROWS);
                    }
                    MouseAct::Press | MouseAct::Double if rows.contains(mouse.at) => {
                        let row = self.list.top() + usize::from((mouse.at.y - rows.y) / ROWS);
                        if row < len {
                            self.list.select(row, len, rows.height / ROWS);
                            if mouse.act == MouseAct::Double {
                                return self.open();
                            }
                        }
                    }
                    _ => {}
                }
            }
            Input::Reply(LIST, Reply::Duplicates { pairs, total }) => {
                (self.pairs, self.total) = (Some(pairs.clone()), *total);
                let (_, rows) = self.layout(area);
                self.list.clamp(pairs.len(), rows.height / ROWS);
            }
            Input::Refreshed => {
                let effects = self.ask(cx);
                let (_, rows) = self.layout(area);
                self.list.clamp(self.len(), rows.height / ROWS);
                return effects;
            }
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let (popup, rows) = self.layout(area);
        let theme = cx.theme;
        frame::popup(popup, buf, theme, &self.title(cx));
        let Some(pairs) = &self.pairs else {
            text::put(buf, rows, Span::styled(cx.t.duplicates_loading(), theme.faint));
            return;
        };
        if pairs.is_empty() {
            let name = self.of.and_then(|id| cx.snapshot.book.contact(id)).map(|one| one.display_name());
            let said = match name {
                Some(name) => cx.t.duplicates_none_of(name),
                None => cx.t.duplicates_none(),
            };
            let lines = [said, cx.t.duplicates_none_hint()];
            let width = usize::from(rows.width);
            let styles = [theme.text, theme.muted];
            let lines = lines.iter().zip(styles).flat_map(|(said, style)| {
                text::wrap(said, width).into_iter().map(move |line| Line::styled(line, style))
            });
            text::put_lines(buf, rows, lines);
            return;
        }
        let fit = rows.height / ROWS;
        for (at, n) in self.list.visible(pairs.len(), fit).zip(0..) {
            let place = Rect { y: rows.y + n * ROWS, height: ROWS, ..rows };
            self.view_pair(&pairs[at], at == self.list.cursor(), place, buf, cx);
        }
        scroll::thumb(
            buf,
            Rect { height: fit * ROWS, ..rows },
            self.list.top() * usize::from(ROWS),
            pairs.len() * usize::from(ROWS),
            theme,
        );
    }
}
