//! Completions of the word under the cursor, from the words that are already in the book.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::capture::Context;
use crate::capture::complete::{self, Slot, SlotKind};
use crate::insight::vocabulary::{Kind, Vocabulary};
use crate::tui::command::Command;
use crate::tui::theme::Theme;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::{frame, text};

/// At most so many are offered.
const OFFERS: usize = 6;
/// Bare words are completed from so many letters on; after a sign, one letter is enough.
const BARE_LETTERS: usize = 2;

/// What is offered for the word under the cursor.
#[derive(Clone, Debug, Default)]
pub struct Completion {
    slot: Option<Slot>,
    offers: Vec<String>,
    chosen: usize,
    /// The line is a query, not a capture.
    query: bool,
}

impl Completion {
    /// Completes queries.
    pub fn of_queries() -> Self {
        Self { query: true, ..Self::default() }
    }

    /// Looks what can be completed where the cursor is now.
    pub fn look(&mut self, line: &LineEdit, vocabulary: &Vocabulary, ctx: &Context) {
        self.clear();
        let at = if self.query { complete::at_query } else { complete::at };
        let Some(slot) = at(line.text(), line.cursor(), ctx) else { return };
        let Some(kind) = kind(slot.kind) else { return };
        let needed = if slot.kind == SlotKind::Name { BARE_LETTERS } else { 1 };
        if slot.prefix.trim().chars().count() >= needed {
            self.offers = vocabulary.complete(kind, &slot.prefix);
            self.offers.truncate(OFFERS);
            self.slot = Some(slot);
        }
    }

    /// Offers nothing more.
    pub fn clear(&mut self) {
        self.slot = None;
        self.offers.clear();
        self.chosen = 0;
    }

    /// Nothing is offered.
    pub fn is_empty(&self) -> bool {
        self.offers.is_empty()
    }

    /// Moves among the offers; false if the command does not.
    pub fn command(&mut self, command: Command) -> bool {
        match command {
            Command::Down if !self.is_empty() => self.chosen = (self.chosen + 1).min(self.offers.len() - 1),
            Command::Up if self.chosen > 0 => self.chosen -= 1,
            _ => return false,
        }
        true
    }

    /// Puts the chosen offer into the line; false if there is none.
    pub fn accept(&mut self, line: &mut LineEdit, ctx: &Context) -> bool {
        let (Some(slot), Some(offer)) = (&self.slot, self.offers.get(self.chosen)) else { return false };
        let (text, cursor) = complete::accept(line.text(), slot, offer, self.query, ctx);
        line.set(&text, cursor);
        self.clear();
        true
    }

    /// Draws the offers beside the word: below `line` where there is room in `area`, else above.
    pub fn view(&self, typed: &LineEdit, line: Rect, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let Some(slot) = self.slot.as_ref().filter(|_| !self.offers.is_empty()) else { return };
        let before = text::width(typed.text().get(..slot.range.start).unwrap_or_default());
        let longest = self.offers.iter().map(|offer| text::width(offer)).max().unwrap_or(0);
        let width = (longest as u16 + 4).min(area.width);
        let height = self.offers.len() as u16 + 2;
        let x = (line.x + before as u16).saturating_sub(2).clamp(area.x, area.right() - width);
        let below = line.y + 1 + height <= area.bottom();
        let y = if below { line.y + 1 } else { line.y.saturating_sub(height + 1).max(area.y) };
        let inner = frame::popup(Rect::new(x, y, width, height).intersection(area), buf, theme, "");
        for (at, (row, offer)) in inner.rows().zip(&self.offers).enumerate() {
            if at == self.chosen {
                buf.set_style(row, theme.selected);
            }
            text::put(buf, row, Span::styled(offer.clone(), theme.text));
        }
    }
}

/// The words that complete a slot.
fn kind(slot: SlotKind) -> Option<Kind> {
    Some(match slot {
        SlotKind::Name | SlotKind::Person => Kind::Name,
        SlotKind::Title => Kind::Title,
        SlotKind::Org => Kind::Org,
        SlotKind::Value => Kind::Value,
        SlotKind::Tag => Kind::Tag,
        SlotKind::Market => Kind::Market,
        SlotKind::Event => Kind::Event,
        SlotKind::Place => Kind::Place,
        SlotKind::How | SlotKind::State | SlotKind::Has | SlotKind::Word => return None,
    })
}
