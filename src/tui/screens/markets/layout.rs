//! Where things stand on the screen of markets: one pane at a time when it is narrow, then two, then three. The panes
//! slide: with two, the one that has the focus is always among them.

use ratatui::layout::Rect;

use crate::tui::widgets::frame;
use crate::tui::widgets::grid::Widths;

/// Two panes from here on.
const TWO_PANES: u16 = 96;
/// Three panes from here on.
const THREE_PANES: u16 = 160;
/// Rows above the tree: what is typed, and a line about all.
const ABOVE: u16 = 2;
/// Rows of somebody in a list.
pub(super) const ENTRY: u16 = 2;
/// Below this height nothing is said about what is missing.
const ROOM_TO_TEACH: u16 = 18;

/// What the screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// The tree.
    #[default]
    Map,
    /// The markets that nobody opens.
    Gaps,
    /// Regions by markets.
    Regions,
    /// People by markets.
    People,
}

impl Shown {
    pub(super) const ALL: [Self; 4] = [Self::Map, Self::Gaps, Self::Regions, Self::People];

    pub(super) fn is_table(self) -> bool {
        matches!(self, Self::Regions | Self::People)
    }

    pub(super) fn turned(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

/// Where the keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Focus {
    /// The markets.
    #[default]
    Tree,
    /// The people of the chosen one.
    Who,
    /// The ways to them.
    Ways,
}

/// The panes that are visible.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Panes {
    pub(super) strip: Rect,
    pub(super) tree: Option<Rect>,
    pub(super) who: Option<Rect>,
    pub(super) ways: Option<Rect>,
    pub(super) table: Option<Rect>,
}

pub(super) fn panes(area: Rect, shown: Shown, focus: Focus) -> Panes {
    let strip = Rect { height: area.height.min(1), ..area };
    let rest = Rect { y: area.y + strip.height, height: area.height - strip.height, ..area };
    let mut panes = Panes { strip, ..Panes::default() };
    if shown.is_table() {
        panes.table = Some(rest);
        return panes;
    }
    let split = |x: u16, width: u16| Some(Rect { x: rest.x + x, width, ..rest });
    match (area.width, focus) {
        (..TWO_PANES, Focus::Tree) => panes.tree = Some(rest),
        (..TWO_PANES, Focus::Who) => panes.who = Some(rest),
        (..TWO_PANES, Focus::Ways) => panes.ways = Some(rest),
        (TWO_PANES..THREE_PANES, Focus::Ways) => {
            let left = rest.width * 11 / 20;
            (panes.who, panes.ways) = (split(0, left), split(left, rest.width - left));
        }
        (TWO_PANES..THREE_PANES, _) => {
            let left = rest.width / 2;
            (panes.tree, panes.who) = (split(0, left), split(left, rest.width - left));
        }
        _ => {
            let (tree, ways) = (rest.width * 33 / 100, rest.width * 27 / 100);
            let who = rest.width - tree - ways;
            panes.tree = split(0, tree);
            panes.who = split(tree, who);
            panes.ways = split(tree + who, ways);
        }
    }
    panes
}

/// The places inside the pane of the tree.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct InTree {
    pub(super) typed: Rect,
    pub(super) about: Rect,
    pub(super) rows: Rect,
    /// What is missing for the figures to say more.
    pub(super) missing: Rect,
}

/// `missing` is how many rows there are to say about it.
pub(super) fn in_tree(pane: Rect, missing: usize) -> InTree {
    let inner = frame::inside(pane);
    let above = ABOVE.min(inner.height);
    let below = if missing > 0 && inner.height >= ROOM_TO_TEACH { missing as u16 + 1 } else { 0 };
    let row = |at: u16| Rect {
        y: inner.y + at.min(inner.height),
        height: inner.height.saturating_sub(at).min(1),
        ..inner
    };
    let rows = Rect { y: inner.y + above, height: inner.height - above - below, ..inner };
    let missing = Rect { y: rows.bottom() + below.min(1), height: below.saturating_sub(1), ..inner };
    InTree { typed: row(0), about: row(1), rows, missing }
}

/// Where the letters that are typed stand, after their sign.
pub(super) fn after_sign(row: Rect) -> Rect {
    Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(2), ..row }
}

/// The rows of the list in a pane below `head` rows.
pub(super) fn below_head(pane: Rect, head: usize) -> Rect {
    let inner = frame::inside(pane);
    let head = (head as u16).min(inner.height);
    Rect { y: inner.y + head, height: inner.height - head, ..inner }
}

/// The widths of a table.
pub(super) fn widths(area: Rect, shown: Shown) -> Widths {
    let head = match area.width {
        ..TWO_PANES => 26,
        _ => 34,
    };
    Widths { head, column: if shown == Shown::People { 11 } else { 10 } }
}
