//! A way to somebody, drawn as a chain of cards from top to bottom: what binds each to the next stands on the line
//! between them, solid where it is known and broken where it is a guess.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Rows of a card with its frame.
const CARD: usize = 4;
/// Rows of a card without.
const BARE: usize = 2;

/// A card of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// Beside the name: how near, or nothing.
    pub beside: Vec<Span<'static>>,
    /// Below the name: what they do.
    pub what: String,
    /// How one comes to this card from the one before.
    pub step: Vec<Span<'static>>,
    /// That step is only possible.
    pub guess: bool,
}

/// The chain as lines of `width` cells, at most `height` of them: cards lose their frames where that is too few.
pub fn lines(me: &str, people: &[Person], width: usize, height: usize, theme: &Theme) -> Vec<Line<'static>> {
    let framed = self::height(people.len()) <= height && width >= 16;
    let mut lines =
        vec![Line::from(vec![Span::styled("● ", theme.title), Span::styled(me.to_owned(), theme.muted)])];
    for person in people {
        let (bar, style) = if person.guess { ("┊ ", theme.guess) } else { ("│ ", theme.focus) };
        let mut step = vec![Span::styled(bar, style)];
        step.extend(text::cut_spans(person.step.clone(), width.saturating_sub(2)));
        lines.push(Line::from(step));
        if framed { card(person, width, theme, &mut lines) } else { bare(person, width, theme, &mut lines) }
    }
    lines
}

/// How many rows a chain takes where there is room.
pub fn height(people: usize) -> usize {
    1 + people * (CARD + 1)
}

/// How many rows it takes at least.
pub fn least(people: usize) -> usize {
    1 + people * (BARE + 1)
}

fn card(person: &Person, width: usize, theme: &Theme, lines: &mut Vec<Line<'static>>) {
    let border = if person.guess { theme.border } else { theme.focus };
    let edge = |text: String| Line::from(Span::styled(text, border));
    let inside = width.saturating_sub(4);
    let row = |spans: Vec<Span<'static>>| {
        let spans = text::cut_spans(spans, inside);
        let used: usize = spans.iter().map(Span::width).sum();
        let mut row = vec![Span::styled("│ ", border)];
        row.extend(spans);
        row.push(Span::raw(" ".repeat(inside.saturating_sub(used))));
        row.push(Span::styled(" │", border));
        Line::from(row)
    };
    lines.push(edge(format!("╭{}╮", "─".repeat(width.saturating_sub(2)))));
    lines.push(row(heading(person, theme)));
    lines.push(row(vec![Span::styled(person.what.clone(), theme.org)]));
    lines.push(edge(format!("╰{}╯", "─".repeat(width.saturating_sub(2)))));
}

fn bare(person: &Person, width: usize, theme: &Theme, lines: &mut Vec<Line<'static>>) {
    let row = |sign: &'static str, style: Style, spans: Vec<Span<'static>>| {
        let mut row = vec![Span::styled(sign, style)];
        row.extend(text::cut_spans(spans, width.saturating_sub(2)));
        Line::from(row)
    };
    lines.push(row("● ", theme.title, heading(person, theme)));
    lines.push(row("  ", theme.faint, vec![Span::styled(person.what.clone(), theme.org)]));
}

fn heading(person: &Person, theme: &Theme) -> Vec<Span<'static>> {
    let mut spans = vec![Span::styled(person.name.clone(), theme.strong)];
    if !person.beside.is_empty() {
        spans.push(Span::raw("  "));
        spans.extend(person.beside.iter().cloned());
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Palette;

    fn drawn(width: usize, height: usize) -> Vec<String> {
        let theme = Theme::new(Palette::None, false);
        let person = |name: &str, guess| Person {
            name: name.into(),
            beside: Vec::new(),
            what: "maire, Ville de Magog".into(),
            step: vec![Span::raw("knows")],
            guess,
        };
        let people = [person("Réjean", false), person("王小明", true)];
        lines("me", &people, width, height, &theme).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn cards_are_closed_whatever_the_width_of_their_letters() {
        let lines = drawn(20, 40);
        assert_eq!(lines.len(), height(2));
        assert_eq!(lines[1], "│ knows");
        assert_eq!(lines[6], "┊ knows");
        for row in [2, 3, 4, 5, 7, 8, 9, 10] {
            assert_eq!(text::width(&lines[row]), 20, "{}", lines[row]);
        }
        assert_eq!(lines[9], "│ maire, Ville de… │");
    }

    #[test]
    fn frames_go_before_people_do() {
        let lines = drawn(20, 8);
        assert_eq!(lines.len(), least(2));
        assert_eq!(lines[5], "● 王小明");
    }
}
