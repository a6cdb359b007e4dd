//! Which of the user's open needs a person could answer.

use ratatui::text::{Line, Span};

use super::around::{Spot, Spotted};
use crate::protocol::needs::NeedBrief;
use crate::tui::answers;
use crate::tui::layer::Cx;
use crate::tui::widgets::card::Section;
use crate::tui::widgets::text;

/// Cells of a need's words before its reason.
const WORDS: usize = 30;

/// The needs, each with the strongest reason.
pub(super) fn section(rings: &[NeedBrief], width: usize, cx: &Cx<'_>) -> Spotted {
    let theme = cx.theme;
    let lines = rings.iter().map(|ring| {
        let words = text::cut(&ring.words, WORDS.min(width));
        let mut spans = answers::dots(ring.strength, theme).to_vec();
        spans.push(Span::styled(format!(" {words}"), theme.strong));
        let room = width.saturating_sub(text::width(&words) + 6);
        spans.push(Span::raw("  "));
        spans.extend(answers::why_line(&ring.why, room, cx).spans);
        Line::from(spans)
    });
    Spotted { section: Section { title: cx.t.person_needs(), lines: lines.collect() }, spot: Spot::Need }
}
