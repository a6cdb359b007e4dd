//! Latent values that a line suggests while it is typed: *vendeur de planches* could bring lumber. One key takes the next.

use ratatui::text::Span;

use crate::capture::{Chip, ChipKind, Draft};
use crate::domain::Contact;
use crate::domain::id::ContactId;
use crate::domain::time::Timestamp;
use crate::insight::needs::Offer;
use crate::protocol::{Job, Reply};
use crate::text::fold;
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Tag};
use crate::tui::layer::Cx;
use crate::tui::overlays::typed::Typed;
use crate::tui::widgets::line_edit::LineEdit;
use crate::wording::needs;

/// What a line suggests.
pub(super) struct Values(Typed<Offer>);

impl Values {
    /// Asks by this tag.
    pub(super) fn new(tag: Tag) -> Self {
        Self(Typed::new(|contact| Job::ProposeValues { contact }, tag))
    }

    /// Looks at the card that a line would make.
    pub(super) fn look(&mut self, draft: Draft) -> Option<Effect> {
        self.0.look(words_of(draft))
    }

    /// Takes an answer; asks again where the line has become another one meanwhile.
    pub(super) fn answered(&mut self, reply: &Reply) -> Option<Effect> {
        let offers = if let Reply::Values(offers) = reply { Some(offers.as_slice()) } else { None };
        self.0.answered(offers)
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The value to be taken next: one that the line does not state yet.
    fn next(&self, chips: &[Chip], cx: &Cx<'_>) -> Option<&Offer> {
        let stated = |words: &str| {
            chips.iter().any(|chip| chip.kind == ChipKind::Value && fold::same(&chip.text, words))
        };
        self.0.found().iter().find(|offer| !stated(needs::label(&offer.value, cx.t.lang())))
    }

    pub(super) fn is_empty(&self, chips: &[Chip], cx: &Cx<'_>) -> bool {
        self.next(chips, cx).is_none()
    }

    /// Puts the next value into the line, before a note that takes the rest of it.
    pub(super) fn take(&self, line: &mut LineEdit, chips: &[Chip], cx: &Cx<'_>) -> bool {
        let Some(offer) = self.next(chips, cx) else { return false };
        let words = needs::label(&offer.value, cx.t.lang());
        let words = if words.contains([',', ';']) { format!("\"{words}\"") } else { words.to_owned() };
        let text = line.text();
        let keyed = |chip: &&Chip| {
            chip.kind == ChipKind::Note
                && text.get(chip.range.clone()).is_some_and(|note| note.starts_with("note:"))
        };
        match chips.iter().find(keyed).map(|chip| chip.range.start) {
            Some(at) => line.replace(at..at, &format!("={words} ")),
            None => {
                let gap = if text.is_empty() || text.ends_with(' ') { "" } else { " " };
                line.replace(text.len()..text.len(), &format!("{gap}={words}"));
            }
        }
        true
    }

    /// The next value with its key, and the words that suggest it.
    pub(super) fn hint(&self, chips: &[Chip], cx: &Cx<'_>) -> Vec<Span<'static>> {
        let Some(offer) = self.next(chips, cx) else { return Vec::new() };
        let theme = cx.theme;
        let key = cx.keymap.keys(Command::TakeValue).first().map(|key| key.label()).unwrap_or_default();
        vec![
            Span::styled(key, theme.key),
            Span::styled(format!(" ={}", needs::label(&offer.value, cx.t.lang())), theme.value),
            Span::styled(format!(" ← {}", offer.found), theme.faint),
        ]
    }
}

/// What of a line tells what somebody could bring; `None` while that is nothing.
fn words_of(draft: Draft) -> Option<Box<Contact>> {
    let whole = draft.into_contact(ContactId::NIL, Timestamp::UNIX_EPOCH);
    let mut card = Contact::new(ContactId::NIL, Timestamp::UNIX_EPOCH);
    (card.name, card.roles, card.note) = (whole.name, whole.roles, whole.note);
    (card.values, card.tags) = (whole.values, whole.tags);
    (!card.roles.is_empty() || !card.note.is_empty()).then(|| Box::new(card))
}
