//! The open needs that a line answers while it is typed.

use ratatui::text::{Line, Span};

use crate::capture::Draft;
use crate::domain::id::ContactId;
use crate::domain::time::Timestamp;
use crate::protocol::needs::NeedBrief;
use crate::protocol::{Job, Reply};
use crate::tui::answers;
use crate::tui::effect::{Effect, Tag};
use crate::tui::layer::Cx;
use crate::tui::overlays::typed::Typed;
use crate::tui::widgets::text;

/// What a line answers.
pub(super) struct Rings(Typed<NeedBrief>);

impl Rings {
    /// Asks by this tag.
    pub(super) fn new(tag: Tag) -> Self {
        Self(Typed::new(|contact| Job::AnsweredByCard { contact }, tag))
    }

    /// Looks at the card that a line would make. Without an open need nothing is asked.
    pub(super) fn look(&mut self, draft: &Draft, cx: &Cx<'_>) -> Option<Effect> {
        let card = || Box::new(draft.clone().into_contact(ContactId::NIL, Timestamp::UNIX_EPOCH));
        self.0.look(cx.snapshot.book.has_open_need().then(card))
    }

    /// Takes an answer; asks again where the line has become another one meanwhile.
    pub(super) fn answered(&mut self, reply: &Reply) -> Option<Effect> {
        let found = if let Reply::Answers(found) = reply { Some(found.as_slice()) } else { None };
        self.0.answered(found)
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The strongest of them in one line of at most `cells`; nothing without one.
    pub(super) fn line(&self, cells: usize, cx: &Cx<'_>) -> Option<Line<'static>> {
        let found = self.0.found();
        let ring = found.first()?;
        let more = match found.len() - 1 {
            0 => String::new(),
            more => format!(" +{more}"),
        };
        let mut spans = vec![Span::raw(" ")];
        spans.extend(answers::dots(ring.strength, cx.theme));
        spans.push(Span::styled(format!(" {}{more} ", cx.t.need_ring(ring.words.as_str())), cx.theme.good));
        Some(Line::from(text::cut_spans(spans, cells)))
    }
}
