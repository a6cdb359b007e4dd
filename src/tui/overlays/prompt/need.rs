//! A need as a line of the one grammar: its words, then market, region and deadline. What leaves the line leaves the
//! need.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::shape::{Places, Shape};
use crate::capture::{Chip, line};
use crate::domain::id::NeedId;
use crate::domain::need::Need;
use crate::protocol::needs::EditNeed;
use crate::protocol::{Job, Reply};
use crate::tui::command::{self, Command};
use crate::tui::effect::{Effect, Tag};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::completion::Completion;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::{chips, entry, text};
use crate::wording::Lang;

const SAVE: Tag = 1;
/// What makes a line a need, in both languages; it is not shown.
const INTENT: &str = "need: ";

/// A need, being edited.
pub(super) struct NeedLine {
    need: NeedId,
    line: LineEdit,
    completion: Completion,
    sending: bool,
}

/// The need, where it is still in the book.
pub(super) fn find<'a>(need: NeedId, cx: &Cx<'a>) -> Option<&'a Arc<Need>> {
    cx.snapshot.book.needs().find(|other| other.id == need)
}

impl NeedLine {
    pub(super) fn new(need: NeedId, cx: &Cx<'_>) -> Self {
        let line = find(need, cx).map(|need| write(need, cx.t.lang())).unwrap_or_default();
        Self { need, line: LineEdit::new(&line), completion: Completion::default(), sending: false }
    }

    fn places(area: Rect, cx: &Cx<'_>) -> Places {
        let hint = text::wrap(&cx.t.ask_need_hint(), Places::width(area)).len();
        Shape { entry: true, note: hint + 1, ..Shape::default() }.places(area)
    }

    /// What was understood, placed in the line that is shown.
    fn chips(&self, cx: &Cx<'_>) -> Vec<Chip> {
        let read = line::read(&format!("{INTENT}{}", self.line.text()), &cx.reading());
        let shown = read.chips.into_iter().filter(|chip| chip.range.start >= INTENT.len());
        shown
            .map(|mut chip| {
                chip.range = chip.range.start - INTENT.len()..chip.range.end - INTENT.len();
                chip
            })
            .collect()
    }

    fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let read = line::read(&format!("{INTENT}{}", self.line.text()), &cx.reading());
        let draft = read.draft;
        // What no sign takes are the words.
        let words = draft.note.trim().to_owned();
        if words.is_empty() || self.sending {
            return Vec::new();
        }
        self.sending = true;
        let market = draft.markets.into_iter().next().map(|tie| tie.market).unwrap_or_default();
        let region = draft.region.or_else(|| draft.towns.into_iter().next()).unwrap_or_default();
        let edit = EditNeed {
            need: self.need.to_string(),
            words: Some(words),
            market: Some(market),
            region: Some(region),
            deadline: Some(draft.next),
        };
        vec![Effect::Ask(Job::EditNeed(edit), SAVE)]
    }

    fn look(&mut self, cx: &Cx<'_>) {
        self.completion.look(&self.line, cx.vocabulary, &cx.reading());
    }
}

/// A need as its line.
fn write(need: &Need, lang: Lang) -> String {
    let (place, next) = match lang {
        Lang::Fr => ("à:", "suivi:"),
        Lang::En => ("in:", "next:"),
    };
    let quoted = |words: &str| if words.contains(' ') { format!("\"{words}\"") } else { words.to_owned() };
    let mut line = need.words.clone();
    if !need.market.is_empty() {
        line += &[" +", &quoted(&need.market)].concat();
    }
    if !need.region.is_empty() {
        line += &[" ", place, &quoted(&need.region)].concat();
    }
    if let Some(deadline) = need.deadline {
        line += &[" ", next, &deadline.to_string()].concat();
    }
    line
}

impl Layer for NeedLine {
    fn place(&self) -> command::Places {
        command::Places::PICKER
    }

    fn typing(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(command) if self.completion.command(command) => {}
            Input::Command(Command::Back) if !self.completion.is_empty() => self.completion.clear(),
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Next) => _ = self.completion.accept(&mut self.line, &cx.reading()),
            Input::Command(Command::Open) => return self.save(cx),
            Input::Key(key) => {
                if self.line.key(key) {
                    self.look(cx);
                }
            }
            Input::Paste(pasted) => self.line.paste(pasted),
            Input::Mouse(mouse) if mouse.act == MouseAct::Press => {
                self.line.click(mouse.at, entry::text_area(Self::places(area, cx).entry));
            }
            Input::Reply(SAVE, Reply::Failed(_)) => self.sending = false,
            Input::Reply(SAVE, _) => return vec![Effect::Close],
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let places = Self::places(area, cx);
        places.frame(buf, cx, &cx.t.ask_need(), None);
        let chips = self.chips(cx);
        text::put(buf, places.entry, Span::styled("❯", cx.theme.focus));
        let row = entry::text_area(places.entry);
        self.line.view(row, buf, &|at| chips::style_at(&chips, at, cx.theme));
        let mut note = vec![chips::row(&chips, cx.theme)];
        let hint = text::wrap(&cx.t.ask_need_hint(), usize::from(places.note.width));
        note.extend(hint.into_iter().map(|line| Line::styled(line, cx.theme.faint)));
        places.note(buf, note);
        self.completion.view(&self.line, row, area, buf, cx.theme);
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        entry::cursor(&self.line, Self::places(area, cx).entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::Context;
    use crate::domain::contact::Language;
    use crate::domain::need::NeedStatus;
    use crate::domain::time::{Date, Timestamp};

    #[test]
    fn a_need_is_read_from_its_line_as_it_was() {
        let need = Need {
            id: NeedId(uuid::Uuid::nil()),
            words: "agrandir la terrasse".into(),
            opened: Timestamp::UNIX_EPOCH,
            status: NeedStatus::Open,
            market: "construction".into(),
            region: "Chaudière-Appalaches".into(),
            deadline: Some(Date::constant(2027, 5, 15)),
            candidates: Vec::new(),
        };
        for (lang, language) in [(Lang::Fr, Language::French), (Lang::En, Language::English)] {
            let context = Context::new(Date::constant(2026, 11, 16), language);
            let read = line::read(&format!("{INTENT}{}", write(&need, lang)), &context);
            assert_eq!(read.draft.note, need.words);
            assert_eq!(read.draft.markets.first().map(|tie| tie.market.as_str()), Some("construction"));
            let region = read.draft.region.clone().or_else(|| read.draft.towns.first().cloned());
            assert_eq!(region.as_deref(), Some("Chaudière-Appalaches"));
            assert_eq!(read.draft.next, need.deadline);
        }
    }
}
