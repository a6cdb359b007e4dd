//! A person as one row of a list: sign, name, what they do, town, closeness; with the letters that a search matched.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::contact::Stage;
use crate::domain::query::Query;
use crate::insight::search::{self, Row};
use crate::tui::theme::Theme;
use crate::tui::widgets::text;
use crate::wording::records;

/// How a row is drawn.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The query, whose letters are highlighted.
    pub query: &'a Query,
    /// The row is under the cursor.
    pub selected: bool,
    /// The person is marked.
    pub marked: bool,
    /// Presentation mode: no closeness.
    pub discreet: bool,
}

/// Draws a person in one row.
pub fn draw(row: &Row<'_>, look: Look<'_>, place: Rect, buf: &mut Buffer, theme: &Theme) {
    if look.selected {
        buf.set_style(place, theme.selected);
    }
    let columns = Columns::new(place);
    let (sign, style) = if look.marked {
        ("✓", theme.marked)
    } else if row.stage == Stage::Pocket {
        ("▪", theme.event)
    } else if row.unread {
        ("•", theme.notice)
    } else if look.selected {
        ("›", theme.title)
    } else {
        (" ", theme.faint)
    };
    text::put(buf, place, Span::styled(sign, style));
    let name = if row.stage == Stage::Archived { theme.muted } else { theme.strong };
    text::put(buf, columns.name, Line::from(highlighted(row.name, name, look.query, theme)));
    let mut what = highlighted(row.title, theme.text, look.query, theme);
    if !row.title.is_empty() && !row.org.is_empty() {
        what.push(Span::raw("  "));
    }
    what.extend(highlighted(row.org, theme.org, look.query, theme));
    text::put(buf, columns.what, Line::from(what));
    if let Some(town) = columns.town {
        text::put(buf, town, Line::from(highlighted(row.place, theme.event, look.query, theme)));
    }
    if let Some(closeness) = row.closeness.filter(|_| !look.discreet) {
        let dots = records::closeness_dots(closeness);
        let (full, empty) = dots.split_at(usize::from(closeness.level()) * '●'.len_utf8());
        let spans = vec![Span::styled(full, theme.dots), Span::styled(empty, theme.faint)];
        text::put(buf, columns.dots, Line::from(spans));
    }
}

fn highlighted(words: &str, style: Style, query: &Query, theme: &Theme) -> Vec<Span<'static>> {
    text::marked(words, &search::highlight(query, words), style, theme.matched)
}

/// Places of the columns of one row.
struct Columns {
    name: Rect,
    what: Rect,
    town: Option<Rect>,
    dots: Rect,
}

impl Columns {
    fn new(row: Rect) -> Self {
        const SIGN: u16 = 2;
        const DOTS: u16 = 5;
        const GAP: u16 = 2;
        const TOWN: u16 = 18;
        let room = row.width.saturating_sub(SIGN + DOTS + GAP);
        let name = (room * 2 / 5).clamp(room.min(12), 30);
        let town = if room >= 84 { TOWN + GAP } else { 0 };
        let what = room.saturating_sub(name + town + GAP);
        let at = |x: u16, width: u16| {
            let x = x.min(row.width);
            Rect { x: row.x + x, width: width.min(row.width - x), ..row }
        };
        Self {
            name: at(SIGN, name),
            what: at(SIGN + name + GAP, what),
            town: (town > 0).then(|| at(SIGN + name + GAP + what + GAP, TOWN)),
            dots: at(row.width.saturating_sub(DOTS), DOTS),
        }
    }
}
