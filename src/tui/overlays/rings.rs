//! The open needs that a line answers while it is typed.

use ratatui::text::{Line, Span};

use crate::capture::Draft;
use crate::domain::Contact;
use crate::domain::id::ContactId;
use crate::domain::need::NeedStatus;
use crate::domain::time::Timestamp;
use crate::protocol::needs::NeedBrief;
use crate::protocol::{Job, Reply};
use crate::tui::answers;
use crate::tui::effect::{Effect, Tag};
use crate::tui::layer::Cx;
use crate::tui::widgets::text;

/// What a line answers. One question at a time; the next one when the answer is there.
#[derive(Default)]
pub(super) struct Rings {
    card: Option<Box<Contact>>,
    asked: Option<Box<Contact>>,
    found: Vec<NeedBrief>,
}

impl Rings {
    /// Looks at the card that a line would make. Without an open need nothing is asked.
    pub(super) fn look(&mut self, draft: Draft, tag: Tag, cx: &Cx<'_>) -> Option<Effect> {
        let waits = cx.snapshot.book.needs().any(|need| need.status == NeedStatus::Open);
        let card = waits.then(|| Box::new(draft.into_contact(ContactId::NIL, Timestamp::UNIX_EPOCH)));
        if card == self.card {
            return None;
        }
        self.card = card;
        if self.card.is_none() {
            self.found.clear();
        }
        self.ask(tag)
    }

    fn ask(&mut self, tag: Tag) -> Option<Effect> {
        let contact = self.card.clone().filter(|_| self.asked.is_none())?;
        self.asked = Some(contact.clone());
        Some(Effect::Ask(Job::AnsweredByCard { contact }, tag))
    }

    /// Takes an answer; asks again where the line has become another one meanwhile.
    pub(super) fn answered(&mut self, reply: &Reply, tag: Tag) -> Option<Effect> {
        if self.asked.take() != self.card {
            return self.ask(tag);
        }
        if let Reply::Answers(found) = reply {
            self.found.clone_from(found);
        }
        None
    }

    pub(super) fn clear(&mut self) {
        (self.card, self.found) = (None, Vec::new());
    }

    /// The strongest of them in one line of at most `cells`; nothing without one.
    pub(super) fn line(&self, cells: usize, cx: &Cx<'_>) -> Option<Line<'static>> {
        let ring = self.found.first()?;
        let more = match self.found.len() - 1 {
            0 => String::new(),
            more => format!(" +{more}"),
        };
        let mut spans = vec![Span::raw(" ")];
        spans.extend(answers::dots(ring.strength, cx.theme));
        spans.push(Span::styled(format!(" {}{more} ", cx.t.need_ring(ring.words.as_str())), cx.theme.good));
        Some(Line::from(text::cut_spans(spans, cells)))
    }
}
