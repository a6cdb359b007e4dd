//! Who helped, now that a need is answered. It goes into the person's log as a favour received; it may become a mandate.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::need::find;
use super::shape::{Places, Shape};
use crate::domain::id::{ContactId, NeedId};
use crate::domain::need::{Candidate, CandidateState, NeedStatus};
use crate::protocol::needs::CloseNeed;
use crate::protocol::{Job, Reply};
use crate::tui::command::{self, Command};
use crate::tui::effect::{BarMode, Effect, Tag, View};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::list::{self, ListState};
use crate::tui::widgets::text;
use crate::wording::{dates, needs};

const SAVE: Tag = 1;

/// Who helped, being chosen.
pub(super) struct Answered {
    need: NeedId,
    /// Those on whom something was said, the likeliest first.
    people: Vec<Candidate>,
    list: ListState,
    /// It becomes a mandate too.
    mandate: bool,
    sending: bool,
}

impl Answered {
    pub(super) fn new(need: NeedId, cx: &Cx<'_>) -> Self {
        let mut people: Vec<Candidate> = find(need, cx).map_or_else(Vec::new, |need| need.candidates.clone());
        people.retain(|one| {
            one.state != CandidateState::Dismissed && cx.snapshot.book.contact(one.contact).is_some()
        });
        people.sort_by_key(|one| match one.state {
            CandidateState::Helped => 0,
            CandidateState::Asked => 1,
            CandidateState::Suggested | CandidateState::Dismissed => 2,
        });
        Self { need, people, list: ListState::default(), mandate: false, sending: false }
    }

    /// The people, then nobody in particular.
    fn len(&self) -> usize {
        self.people.len() + 1
    }

    fn places(&self, area: Rect) -> Places {
        let width = Some(64);
        Shape { rows: self.len() + 2, note: 2, width, ..Shape::default() }.places(area)
    }

    /// The rows of the people: the ones after them are air and the tick.
    fn rows(&self, places: &Places) -> Rect {
        Rect { height: places.rows.height.min(self.len() as u16), ..places.rows }
    }

    fn helper(&self) -> Option<ContactId> {
        self.people.get(self.list.cursor()).map(|one| one.contact)
    }

    fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if std::mem::replace(&mut self.sending, true) {
            return Vec::new();
        }
        let thanks_to = self.helper().and_then(|id| cx.snapshot.book.contact(id)).map(|one| one.uid());
        let close = CloseNeed { need: self.need.to_string(), status: NeedStatus::Answered, thanks_to };
        vec![Effect::Ask(Job::CloseNeed(close), SAVE)]
    }

    /// Once it is closed: the line of a mandate to be completed, if one was wanted.
    fn done(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(need) = find(self.need, cx).filter(|_| self.mandate) else { return vec![Effect::Close] };
        let mut before = format!("{}: {}", cx.t.needs_mandate_line(), need.words);
        if !need.market.is_empty() {
            before += &[" +", &need.market].concat();
        }
        if let Some(helper) = self.helper().and_then(|id| cx.snapshot.book.contact(id)) {
            before += &[" via:\"", helper.display_name(), "\""].concat();
        }
        before.push(' ');
        let line = BarMode::Begun { before, after: String::new() };
        vec![Effect::Show(View::Bar(line)), Effect::Close]
    }
}

impl Layer for Answered {
    fn place(&self) -> command::Places {
        command::Places::PICKER
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let places = self.places(area);
        let rows = self.rows(&places);
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.save(cx),
            Input::Command(Command::Next | Command::Previous) => self.mandate = !self.mandate,
            Input::Key(Key { code: Code::Char(' '), .. }) => self.mandate = !self.mandate,
            Input::Command(command) => _ = self.list.command(command, self.len(), rows.height),
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !places.popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                if self.list.mouse(mouse, rows, self.len()).is_some() {
                    return self.save(cx);
                }
            }
            Input::Reply(SAVE, Reply::Failed(_)) => self.sending = false,
            Input::Reply(SAVE, _) => return self.done(cx),
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let places = self.places(area);
        let (t, theme, lang) = (cx.t, cx.theme, cx.t.lang());
        let words = find(self.need, cx).map(|need| need.words.clone()).unwrap_or_default();
        places.frame(buf, cx, &t.ask_answered(words), None);
        let rows = self.rows(&places);
        for (place, at) in rows.rows().zip(self.list.visible(self.len(), rows.height)) {
            let chosen = at == self.list.cursor();
            let Some(one) = self.people.get(at) else {
                let nobody = vec![Span::styled(t.ask_answered_nobody(), theme.muted)];
                list::put_row(buf, place, chosen, theme, nobody, Vec::new());
                continue;
            };
            let name = cx.snapshot.book.contact(one.contact).map(|who| who.display_name().to_owned());
            let state = needs::candidate(one.state, lang);
            let when = dates::ago(one.on, cx.today, lang);
            let left = vec![Span::styled(name.unwrap_or_default(), theme.strong)];
            let right = vec![Span::styled(state, theme.muted), Span::styled(format!("  {when}"), theme.date)];
            list::put_row(buf, place, chosen, theme, left, right);
        }
        let tick = Rect { y: rows.bottom() + 1, height: 1, ..rows }.intersection(places.rows);
        let sign = if self.mandate { "[✓] " } else { "[ ] " };
        let line = vec![
            Span::raw("  "),
            Span::styled(sign, theme.title),
            Span::styled(t.ask_answered_mandate(), theme.text),
        ];
        text::put(buf, tick, Line::from(line));
        let note = text::wrap(&t.ask_answered_hint(), usize::from(places.note.width));
        places.note(buf, note.into_iter().map(|line| Line::styled(line, theme.faint)).collect());
    }
}
