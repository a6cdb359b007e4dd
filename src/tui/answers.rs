//! People who could help as screens and overlays show them: how sure, who, what they do, how near, and why.

use ratatui::text::{Line, Span};

use super::layer::Cx;
use super::theme::Theme;
use super::widgets::text;
use crate::domain::contact::Contact;
use crate::insight::needs::{Reason, Strength};
use crate::wording::needs::Part;
use crate::wording::{needs, records};

/// Cells before the name: the sign of the cursor, the strength, a blank.
pub const INDENT: usize = 6;
/// The widest column of names.
const NAME: usize = 26;
/// Cells of the dots of closeness.
const DOTS: usize = 5;
/// The narrowest.
const LEAST_NAME: usize = 14;

/// How far a match can be relied on, in dots: the full ones before the empty ones.
pub fn dots(strength: Strength, theme: &Theme) -> [Span<'static>; 2] {
    let dots = needs::strength_dots(strength);
    let (full, empty) = dots.split_at(dots.find('○').unwrap_or(dots.len()));
    let style = match strength {
        Strength::Strong => theme.good,
        Strength::Fair => theme.notice,
        Strength::Weak => theme.guess,
    };
    [Span::styled(full, style), Span::styled(empty, theme.faint)]
}

/// A reason as a chain of words: those of the need and those on the card stand out, what leads from one to the other and
/// where the words stand recede.
pub fn chain(reason: &Reason, cx: &Cx<'_>) -> Vec<Span<'static>> {
    needs::chain(reason, cx.t.lang()).into_iter().map(|part| styled(part, reason, cx.theme)).collect()
}

fn styled(part: Part, reason: &Reason, theme: &Theme) -> Span<'static> {
    let found = match reason {
        Reason::Near { .. } => theme.guess,
        Reason::Market { .. } => theme.market,
        Reason::Region { .. } => theme.event,
        Reason::Concept { .. } | Reason::Word { .. } => theme.strong,
    };
    match part {
        Part::Said(words) => Span::styled(words, theme.text),
        Part::Link(words) => Span::styled(words, theme.faint),
        Part::Named(words) => Span::styled(words, theme.value),
        Part::Found(words) => Span::styled(words, found),
        Part::Aside(words) => Span::styled(words, theme.muted),
    }
}

/// Whether presentation mode hides a reason: it quotes a note.
pub fn is_private(reason: &Reason) -> bool {
    use crate::insight::needs::Field;
    match reason {
        Reason::Concept { field, .. } | Reason::Word { field, .. } | Reason::Near { field, .. } => {
            *field == Field::Note
        }
        Reason::Market { .. } | Reason::Region { .. } => false,
    }
}

/// The reasons that may be shown, strongest first.
pub fn shown<'a>(why: &'a [Reason], cx: &Cx<'_>) -> impl Iterator<Item = &'a Reason> + use<'a> {
    let discreet = cx.discreet;
    why.iter().filter(move |reason| !(discreet && is_private(reason)))
}

/// The strongest reason in one line of at most `cells`. Where it is too long, the words of the need go first: they are
/// the same for everybody in a list.
pub fn why_line(why: &[Reason], cells: usize, cx: &Cx<'_>) -> Line<'static> {
    let Some(reason) = shown(why, cx).next() else { return Line::default() };
    let mut parts = needs::chain(reason, cx.t.lang());
    let whole: usize = parts.iter().map(|part| text::width(part.text())).sum();
    // Only where a concept is left to begin with.
    if whole > cells && matches!(parts[..], [Part::Said(_), Part::Link(_), Part::Named(_), ..]) {
        parts.splice(..2, [Part::Link("→ ")]);
    }
    let spans = parts.into_iter().map(|part| styled(part, reason, cx.theme)).collect();
    Line::from(text::cut_spans(spans, cells))
}

/// All reasons, wrapped to a width; later lines of a reason stand in.
pub fn why_lines(why: &[Reason], width: usize, cx: &Cx<'_>) -> Vec<Line<'static>> {
    shown(why, cx).flat_map(|reason| wrapped(chain(reason, cx), width)).collect()
}

/// Somebody in one line of exactly `width` cells: name, what they do, and `right` at its end. `before` stands at its
/// beginning and takes [`INDENT`] cells.
pub fn person_line(
    before: Vec<Span<'static>>,
    name: &str,
    contact: Option<&Contact>,
    right: Vec<Span<'static>>,
    width: usize,
    cx: &Cx<'_>,
) -> Line<'static> {
    let theme = cx.theme;
    let taken: usize = right.iter().map(Span::width).sum();
    let room = width.saturating_sub(INDENT + taken + if taken > 0 { 2 } else { 0 });
    // The same for every row of a list, whatever stands at the end of it.
    let column = (width.saturating_sub(INDENT) / 3).clamp(LEAST_NAME, NAME).min(room);
    let mut spans = text::cut_spans(before, INDENT);
    let used: usize = spans.iter().map(Span::width).sum();
    spans.push(Span::raw(" ".repeat(INDENT - used)));
    let mut middle = Vec::new();
    let role = contact.and_then(Contact::main_role);
    if text::width(name) > column || role.is_some() {
        middle.push(Span::styled(text::fit(name, column), theme.strong));
    } else {
        middle.push(Span::styled(name.to_owned(), theme.strong));
    }
    if let Some(role) = role {
        middle.push(Span::raw("  "));
        if !role.title.is_empty() {
            middle.push(Span::styled(role.title.clone(), theme.text));
        }
        if !role.org.is_empty() {
            let gap = if role.title.is_empty() { "" } else { "  " };
            middle.push(Span::styled(format!("{gap}{}", role.org), theme.org));
        }
    }
    spans.extend(text::cut_spans(middle, room));
    let used: usize = spans.iter().map(Span::width).sum();
    spans.push(Span::raw(" ".repeat(width.saturating_sub(used + taken))));
    spans.extend(right);
    Line::from(spans)
}

/// How near somebody is, in dots; blanks where it was not said, nothing in presentation mode.
pub fn closeness(contact: Option<&Contact>, cx: &Cx<'_>) -> Vec<Span<'static>> {
    if cx.discreet {
        return Vec::new();
    }
    let Some(closeness) = contact.and_then(|contact| contact.closeness) else {
        return vec![Span::raw(" ".repeat(DOTS))];
    };
    let dots = records::closeness_dots(closeness);
    let (full, empty) = dots.split_at(usize::from(closeness.level()) * '●'.len_utf8());
    vec![Span::styled(full, cx.theme.dots), Span::styled(empty, cx.theme.faint)]
}

/// Styled words broken into lines of at most `width` cells, later lines two cells in.
pub fn wrapped(spans: Vec<Span<'static>>, width: usize) -> Vec<Line<'static>> {
    const HANGING: usize = 2;
    let mut lines = Vec::new();
    let mut line: Vec<Span<'static>> = Vec::new();
    let mut used = 0;
    for span in spans {
        for word in span.content.split_inclusive(' ') {
            let needs = text::width(word.trim_end_matches(' '));
            if used + needs > width && used > HANGING {
                lines.push(Line::from(std::mem::take(&mut line)));
                line.push(Span::raw(" ".repeat(HANGING)));
                used = HANGING;
            }
            used += text::width(word);
            line.push(Span::styled(word.to_owned(), span.style));
        }
    }
    if !line.is_empty() {
        lines.push(Line::from(line));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styled_words_wrap_at_blanks() {
        let spans =
            vec![Span::raw("terrasse → "), Span::raw("bois d’œuvre"), Span::raw(" ← planches (valeur)")];
        let lines: Vec<String> = wrapped(spans, 20).iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["terrasse → bois ", "  d’œuvre ← planches ", "  (valeur)"]);
    }
}
