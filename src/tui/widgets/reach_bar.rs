//! How well a market is reached, drawn: a bar, and a style for each level. Legible without colour.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::insight::network::{Level, Likelihood};
use crate::tui::theme::Theme;
use crate::wording::markets;

/// Reach below this counts as none and shows an empty bar (as in [`Level`]).
const LEAST: f32 = 0.03;

/// The style of a level: what is strong is good news, what is not reached recedes.
pub fn style(level: Level, theme: &Theme) -> Style {
    match level {
        Level::None => theme.faint,
        Level::Thin => theme.muted,
        Level::Fair => theme.notice,
        Level::Strong => theme.good,
    }
}

/// A reach, 0 to 1, as a bar of `cells`: `━━━━╸───`. Whatever is reached shows at least half a cell.
pub fn bar(reach: f32, level: Level, cells: usize, theme: &Theme) -> [Span<'static>; 2] {
    let most = 2 * cells;
    let halves = (reach.clamp(0.0, 1.0) * most as f32).round() as usize;
    let halves = if reach >= LEAST { halves.clamp(1, most) } else { 0 };
    let mut full = "━".repeat(halves / 2);
    if halves % 2 == 1 {
        full.push('╸');
    }
    let rest = "─".repeat(cells - halves.div_ceil(2));
    [Span::styled(full, style(level, theme)), Span::styled(rest, theme.faint)]
}

/// How likely a way is, in dots: the full ones before the empty ones.
pub fn dots(likelihood: Likelihood, theme: &Theme) -> [Span<'static>; 2] {
    let dots = markets::likelihood_dots(likelihood);
    let (full, empty) = dots.split_at(dots.find('○').unwrap_or(dots.len()));
    [Span::styled(full, theme.dots), Span::styled(empty, theme.faint)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Palette;

    fn drawn(reach: f32) -> String {
        let theme = Theme::new(Palette::None, false);
        bar(reach, Level::of(reach), 4, &theme).map(|span| span.content.into_owned()).concat()
    }

    #[test]
    fn whatever_is_reached_is_seen_and_the_length_never_changes() {
        let bars = [0.0, 0.029, 0.03, 0.5, 0.6, 1.0, 7.0].map(drawn);
        assert_eq!(bars, ["────", "────", "╸───", "━━──", "━━╸─", "━━━━", "━━━━"]);
    }
}
