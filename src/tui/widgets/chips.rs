//! What a line was understood as: the same colours for a kind in the text that is typed and in the row below it.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::capture::{Chip, ChipKind};
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// The longest chip in the row below the line.
const LONGEST: usize = 40;

/// The style of a kind.
pub fn style(kind: ChipKind, theme: &Theme) -> Style {
    match kind {
        ChipKind::Name | ChipKind::Nickname => theme.strong,
        ChipKind::Org => theme.org,
        ChipKind::Value => theme.value,
        ChipKind::Tag => theme.tag,
        ChipKind::Market => theme.market,
        ChipKind::Event | ChipKind::Via | ChipKind::Knows | ChipKind::Place => theme.event,
        ChipKind::Email | ChipKind::Phone | ChipKind::Url => theme.reach,
        ChipKind::Next | ChipKind::MetOn | ChipKind::Birthday | ChipKind::Stale => theme.date,
        ChipKind::Closeness => theme.dots,
        ChipKind::Intent | ChipKind::State | ChipKind::Has | ChipKind::Club => theme.title,
        ChipKind::Removed => theme.alert,
        ChipKind::Note => theme.guess,
        ChipKind::Title | ChipKind::Credential | ChipKind::Language | ChipKind::Word => theme.text,
    }
}

/// The style of the text at a byte offset.
pub fn style_at(chips: &[Chip], at: usize, theme: &Theme) -> Style {
    chips.iter().find(|chip| chip.range.contains(&at)).map_or(theme.text, |chip| style(chip.kind, theme))
}

/// The sign that stands for a kind where the kind is not plain from the value.
fn sign(kind: ChipKind) -> &'static str {
    match kind {
        ChipKind::Org => "@",
        ChipKind::Value => "=",
        ChipKind::Tag => "#",
        ChipKind::Market => "+",
        ChipKind::Event => "%",
        ChipKind::Next => "→ ",
        ChipKind::Via | ChipKind::Knows => "↔ ",
        ChipKind::Note => "… ",
        ChipKind::Removed => "− ",
        _ => "",
    }
}

/// All chips in one row.
pub fn row(chips: &[Chip], theme: &Theme) -> Line<'static> {
    let mut spans = Vec::new();
    for chip in chips.iter().filter(|chip| !chip.text.trim().is_empty()) {
        if !spans.is_empty() {
            spans.push(Span::styled(" · ", theme.faint));
        }
        let shown = format!("{}{}", sign(chip.kind), text::cut(&chip.text, LONGEST));
        spans.push(Span::styled(shown, style(chip.kind, theme)));
    }
    Line::from(spans)
}
