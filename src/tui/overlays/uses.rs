//! Whom of the network somebody could use: giving comes first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::id::ContactId;
use crate::insight::needs::Strength;
use crate::protocol::needs::{self, Helper};
use crate::protocol::{Job, Reply};
use crate::tui::answers::{self, INDENT};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Introduce, Tag, View};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::{frame, scroll, text};

const ASKED: Tag = 1;
/// So many people are listed.
const MOST: usize = 30;
/// Rows of one person: who, why.
const ENTRY: u16 = 2;
/// The widest that the list gets.
const WIDEST: u16 = 110;

/// Whom somebody could use.
pub struct Uses {
    who: ContactId,
    found: Option<Box<needs::Uses>>,
    list: ListState,
}

impl Uses {
    /// Whom this person could use.
    pub fn new(who: ContactId) -> Self {
        Self { who, found: None, list: ListState::default() }
    }

    /// Those with a reason to rely on.
    fn people(&self) -> Vec<&Helper> {
        let all = self.found.as_ref().map_or(&[][..], |found| &found.helpers.people);
        all.iter().filter(|one| one.strength > Strength::Weak).collect()
    }

    fn current(&self, cx: &Cx<'_>) -> Option<ContactId> {
        let people = self.people();
        let id = people.get(self.list.cursor())?.id;
        cx.snapshot.book.contact(id).map(|one| one.id)
    }

    /// What the notes say that the person looks for.
    fn sought(&self, width: usize, cx: &Cx<'_>) -> Vec<Line<'static>> {
        let Some(found) = self.found.as_ref().filter(|found| !found.sought.is_empty() && !cx.discreet) else {
            return Vec::new();
        };
        let words = cx.t.uses_sought(found.sought.join(", "));
        let mut lines: Vec<_> = text::wrap(&words, width)
            .into_iter()
            .take(2)
            .map(|line| Line::styled(line, cx.theme.text))
            .collect();
        lines.push(Line::default());
        lines
    }

    fn popup(&self, area: Rect) -> Rect {
        let rows = (self.people().len().max(1) as u16).saturating_mul(ENTRY) + 5;
        frame::centred(
            area,
            WIDEST.min(area.width.saturating_sub(4)),
            rows.min(area.height.saturating_sub(2)),
        )
    }

    fn rows(&self, area: Rect, cx: &Cx<'_>) -> Rect {
        let inner = frame::inside(self.popup(area));
        let above = (self.sought(usize::from(inner.width), cx).len() as u16).min(inner.height);
        Rect { y: inner.y + above, height: inner.height - above, ..inner }
    }
}

impl Layer for Uses {
    fn place(&self) -> Places {
        Places::PICKER
    }

    fn who(&self, cx: &Cx<'_>) -> Vec<ContactId> {
        self.current(cx).into_iter().collect()
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let rows = self.rows(area, cx);
        let (len, fit) = (self.people().len(), rows.height / ENTRY);
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => {
                return self.current(cx).map(|id| Effect::Show(View::Person(id))).into_iter().collect();
            }
            Input::Command(command) => _ = self.list.command(command, len, fit),
            // The person under the cursor is introduced to the one on the page.
            Input::Key(key) if key.typed() == Some('i') => {
                let to = self.current(cx);
                let introduce = Introduce { via: Some(self.who), to, market: None };
                return to.map(|_| Effect::Show(View::Asking(introduce))).into_iter().collect();
            }
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !self.popup(area).contains(mouse.at) {
                    return vec![Effect::Close];
                }
                if let MouseAct::Wheel(by) = mouse.act {
                    self.list.command(if by > 0 { Command::Down } else { Command::Up }, len, fit);
                } else if rows.contains(mouse.at) {
                    let at = self.list.top() + usize::from((mouse.at.y - rows.y) / ENTRY);
                    self.list.select(at, len, fit);
                }
            }
            Input::Reply(ASKED, Reply::CouldUse(found)) => self.found = Some(found.clone()),
            Input::Refreshed => {
                let Some(contact) = cx.snapshot.book.contact(self.who) else { return vec![Effect::Close] };
                return vec![Effect::Ask(Job::CouldUse { who: contact.uid(), limit: MOST }, ASKED)];
            }
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let (t, theme) = (cx.t, cx.theme);
        let name = cx.snapshot.book.contact(self.who).map(|who| who.display_name().to_owned());
        let popup = self.popup(area);
        let title = t.uses_title(name.clone().unwrap_or_default());
        let title = text::cut(&title, usize::from(popup.width).saturating_sub(6));
        let inner = frame::popup(popup, buf, theme, &title);
        text::put_lines(buf, inner, self.sought(usize::from(inner.width), cx));
        let rows = self.rows(area, cx);
        if self.found.is_none() {
            text::put(buf, rows, Span::styled(t.needs_looking(), theme.faint));
            return;
        }
        let people = self.people();
        if people.is_empty() {
            let words = t.uses_nobody(name.unwrap_or_default());
            let lines = text::wrap(&words, usize::from(rows.width));
            text::put_lines(buf, rows, lines.into_iter().map(|line| Line::styled(line, theme.muted)));
            return;
        }
        let fit = rows.height / ENTRY;
        for (number, at) in (0..).zip(self.list.visible(people.len(), fit)) {
            let row = Rect { y: rows.y + number * ENTRY, height: ENTRY, ..rows };
            let here = at == self.list.cursor();
            if here {
                buf.set_style(row, theme.selected);
            }
            text::put_lines(buf, row, entry(people[at], here, usize::from(row.width), cx));
        }
        let each = usize::from(ENTRY);
        scroll::thumb(
            buf,
            Rect { height: fit * ENTRY, ..rows },
            self.list.top() * each,
            people.len() * each,
            theme,
        );
    }
}

/// Who, and why.
fn entry(helper: &Helper, here: bool, width: usize, cx: &Cx<'_>) -> [Line<'static>; 2] {
    let mut before = vec![if here { Span::styled("› ", cx.theme.title) } else { Span::raw("  ") }];
    before.extend(answers::dots(helper.strength, cx.theme));
    let contact = cx.snapshot.book.contact(helper.id).map(AsRef::as_ref);
    let right = answers::closeness(contact, cx);
    let first = answers::person_line(before, &helper.person.name, contact, right, width, cx);
    let mut second = answers::why_line(&helper.why, width.saturating_sub(INDENT), cx);
    second.spans.insert(0, Span::raw(" ".repeat(INDENT)));
    [first, second]
}
