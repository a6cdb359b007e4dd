//! What stands where: the line to type into above, then as many of three columns as fit, always with the focus among
//! them: the needs, the people, the person.

use ratatui::layout::Rect;

use super::Focus;
use crate::tui::widgets::frame;

/// Two columns from here on; one below.
const TWO_COLUMNS: u16 = 96;
/// Three columns from here on.
const THREE_COLUMNS: u16 = 160;
/// Rows of the line with its border.
const LINE: u16 = 3;

/// Where things stand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Panes {
    /// The line to type into, with its border.
    pub(super) line: Rect,
    /// The needs.
    pub(super) list: Option<Rect>,
    /// The people.
    pub(super) people: Option<Rect>,
    /// The person.
    pub(super) person: Option<Rect>,
}

/// Divides an area. While words are asked about, the people have the focus.
pub(super) fn panes(area: Rect, focus: Focus) -> Panes {
    let line = Rect { height: LINE.min(area.height), ..area };
    let rest = Rect { y: line.bottom(), height: area.height - line.height, ..area };
    let beside = |left: u16| {
        let left = left.min(rest.width);
        (Rect { width: left, ..rest }, Rect { x: rest.x + left, width: rest.width - left, ..rest })
    };
    match (area.width, focus) {
        (..TWO_COLUMNS, Focus::List) => Panes { line, list: Some(rest), ..Panes::default() },
        (..TWO_COLUMNS, Focus::People) => Panes { line, people: Some(rest), ..Panes::default() },
        (TWO_COLUMNS..THREE_COLUMNS, Focus::List) => {
            let (list, people) = beside(area.width * 2 / 5);
            Panes { line, list: Some(list), people: Some(people), person: None }
        }
        (TWO_COLUMNS..THREE_COLUMNS, Focus::People) => {
            let (people, person) = beside(area.width * 3 / 5);
            Panes { line, list: None, people: Some(people), person: Some(person) }
        }
        _ => {
            let (list, others) = beside(area.width * 3 / 11);
            let (people, person) = (others.width * 4 / 7, others.width - others.width * 4 / 7);
            Panes {
                line,
                list: Some(list),
                people: Some(Rect { width: people, ..others }),
                person: Some(Rect { x: others.x + people, width: person, ..others }),
            }
        }
    }
}

/// Where the words are typed, behind the sign.
pub(super) fn typed(line: Rect) -> Rect {
    let inner = frame::inside(line);
    let sign = 2.min(inner.width);
    Rect { x: inner.x + sign, width: inner.width - sign, height: inner.height.min(1), ..inner }
}

/// The first line to show, so that the lines `first..=last` of the chosen entry are seen.
pub(super) fn follow(top: usize, first: usize, last: usize, len: usize, height: usize) -> usize {
    // The line before the first is its heading, or air.
    let top = top.min(first.saturating_sub(1)).max((last + 1).saturating_sub(height).min(first));
    top.min(len.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_focus_is_always_seen() {
        for width in [20, 80, 96, 120, 160, 200] {
            let area = Rect::new(0, 1, width, 30);
            assert!(panes(area, Focus::List).list.is_some(), "{width}");
            assert!(panes(area, Focus::People).people.is_some(), "{width}");
        }
    }

    #[test]
    fn the_chosen_entry_is_seen_with_the_line_before_it() {
        assert_eq!(follow(0, 0, 1, 40, 10), 0);
        assert_eq!(follow(0, 12, 14, 40, 10), 5);
        assert_eq!(follow(20, 12, 14, 40, 10), 11);
        assert_eq!(follow(35, 38, 39, 40, 10), 30);
        assert_eq!(follow(3, 1, 2, 4, 10), 0);
    }
}
