//! The standing needs as lines: the open ones, then the closed ones, folded away until they are asked for.

use std::cmp::Reverse;
use std::sync::{Arc, LazyLock};

use ratatui::text::{Line, Span};

use super::{Focus, Needs};
use crate::domain::Book;
use crate::domain::need::{CandidateState, Need, NeedStatus};
use crate::domain::time::Date;
use crate::insight::markets::{Regions, Taxonomy};
use crate::tui::command::Command;
use crate::tui::layer::Cx;
use crate::tui::widgets::text;
use crate::wording::{Lang, dates, markets, needs};

/// Cells before the words: the sign of the cursor.
const INDENT: usize = 2;

impl Needs {
    /// The needs in the order of the list: the open ones, the soonest wanted first, then the closed ones, newest first, if
    /// they are shown.
    pub(super) fn order<'a>(&self, cx: &Cx<'a>) -> Vec<&'a Arc<Need>> {
        let mut needs: Vec<&Arc<Need>> = cx
            .snapshot
            .book
            .needs()
            .filter(|need| self.unfolded || is_open(need) || self.is_only(need, cx))
            .collect();
        needs.sort_by_key(|need| {
            let wanted = (need.deadline.is_none(), need.deadline, need.opened);
            (!is_open(need), is_open(need).then_some(wanted), Reverse(need.opened), need.id)
        });
        needs
    }

    /// Where nothing is open, there is nothing that the closed ones could be folded behind.
    fn is_only(&self, need: &Need, cx: &Cx<'_>) -> bool {
        self.chosen == Some(need.id) && !is_open(need)
            || !cx.snapshot.book.needs().any(|other| is_open(other))
    }

    /// The chosen need.
    pub(super) fn need<'a>(&self, cx: &Cx<'a>) -> Option<&'a Arc<Need>> {
        let order = self.order(cx);
        order.get(self.row(&order)).copied()
    }

    /// Where the chosen need stands in the order.
    pub(super) fn row(&self, order: &[&Arc<Need>]) -> usize {
        order.iter().position(|need| Some(need.id) == self.chosen).unwrap_or(0)
    }

    /// The list: each line with the number of its need.
    pub(super) fn list_lines(&self, width: usize, cx: &Cx<'_>) -> Vec<(Option<usize>, Line<'static>)> {
        let (t, theme) = (cx.t, cx.theme);
        let order = self.order(cx);
        let chosen = self.row(&order);
        let mut lines = Vec::new();
        for (at, need) in order.iter().enumerate() {
            let closed_before = at > 0 && is_open(order[at - 1]) && !is_open(need);
            if closed_before {
                lines.push((None, Line::default()));
                lines.push((None, Line::styled(t.needs_closed(), theme.title)));
            }
            let here = at == chosen && !self.is_asking();
            lines.push((Some(at), self.head(need, here, width, cx)));
            lines.push((Some(at), Line::from(text::cut_spans(self.facts(need, cx), width))));
        }
        let folded = cx.snapshot.book.needs().count() - order.len();
        if folded > 0 {
            lines.push((None, Line::default()));
            lines.push((None, Line::styled(t.needs_folded(folded, key(cx)), theme.faint)));
        }
        lines
    }

    /// The words, and how many matches are new.
    fn head(&self, need: &Need, here: bool, width: usize, cx: &Cx<'_>) -> Line<'static> {
        let theme = cx.theme;
        let style = if is_open(need) { theme.strong } else { theme.muted };
        let right = match self.lines.get(&need.id).filter(|_| is_open(need)) {
            Some(line) if line.fresh > 0 => Some(Span::styled(cx.t.needs_fresh(line.fresh), theme.notice)),
            Some(line) if line.matches > 0 => {
                Some(Span::styled(cx.t.needs_matches(line.matches), theme.muted))
            }
            _ => None,
        };
        let taken = right.as_ref().map_or(0, |span| span.width() + 2);
        let sign = if here { "› " } else { "  " };
        let sign_style = if self.focus == Focus::List { theme.title } else { theme.faint };
        let words = text::fit(&need.words, width.saturating_sub(INDENT + taken));
        let mut spans = vec![Span::styled(sign, sign_style), Span::styled(words, style)];
        if let Some(right) = right {
            spans.extend([Span::raw("  "), right]);
        }
        Line::from(spans)
    }

    /// The name of the market that a need states.
    pub(super) fn market(&self, need: &Need, cx: &Cx<'_>) -> Option<String> {
        static BUNDLED: LazyLock<Taxonomy> = LazyLock::new(|| Taxonomy::new(&Book::default()));
        let stated = Some(&need.market).filter(|slug| !slug.is_empty())?;
        let (lang, page) = (cx.t.lang(), self.page.as_ref().filter(|page| page.line.need.id == need.id));
        if let Some(market) = page.and_then(|page| page.market.as_ref()) {
            return Some(markets::name(market, lang).to_owned());
        }
        let known = BUNDLED.find(stated).map(|market| BUNDLED.get(market));
        let name = known.map(|market| if lang == Lang::Fr { &market.fr } else { &market.en });
        Some(name.unwrap_or(stated).clone())
    }

    /// The name of the region that a need states.
    pub(super) fn region(&self, need: &Need, cx: &Cx<'_>) -> Option<String> {
        let stated = Some(&need.region).filter(|region| !region.is_empty())?;
        let known = Regions::bundled().find(stated);
        let name = known.map(|region| if cx.t.lang() == Lang::Fr { &region.fr } else { &region.en });
        Some(name.unwrap_or(stated).clone())
    }

    /// How long it has been open, by when, where, and how many were asked or helped.
    fn facts(&self, need: &Need, cx: &Cx<'_>) -> Vec<Span<'static>> {
        let (t, theme, lang) = (cx.t, cx.theme, cx.t.lang());
        let mut parts: Vec<Span<'static>> = Vec::new();
        match need.status {
            NeedStatus::Open => parts.push(Span::styled(since(need, cx), theme.muted)),
            status => parts.push(Span::styled(needs::status(status, lang), theme.muted)),
        }
        if let Some(deadline) = need.deadline.filter(|_| is_open(need)) {
            let style = if deadline < cx.today { theme.alert } else { theme.date };
            parts.push(Span::styled(format!("→ {}", dates::ago(deadline, cx.today, lang)), style));
        }
        let count = |state| need.candidates.iter().filter(|one| one.state == state).count();
        let (asked, helped) = (count(CandidateState::Asked), count(CandidateState::Helped));
        if asked > 0 {
            parts.push(Span::styled(t.needs_asked(asked), theme.notice));
        }
        if helped > 0 {
            parts.push(Span::styled(t.needs_helped(helped), theme.good));
        }
        parts.extend(self.market(need, cx).map(|name| Span::styled(name, theme.market)));
        parts.extend(self.region(need, cx).map(|name| Span::styled(name, theme.event)));
        joined(parts, cx)
    }
}

/// Whether somebody is still looked for.
pub(super) fn is_open(need: &Need) -> bool {
    need.status == NeedStatus::Open
}

/// How long a need has been open.
pub(super) fn since(need: &Need, cx: &Cx<'_>) -> String {
    let days = cx.today.since(opened(need)).map_or(0, |span| span.get_days());
    cx.t.needs_days(days.max(0))
}

fn opened(need: &Need) -> Date {
    need.opened.to_zoned(jiff::tz::TimeZone::system()).date()
}

/// Parts with dots between them, two cells in.
pub(super) fn joined(parts: Vec<Span<'static>>, cx: &Cx<'_>) -> Vec<Span<'static>> {
    let mut spans = vec![Span::raw("  ")];
    for part in parts {
        if spans.len() > 1 {
            spans.push(Span::styled(" · ", cx.theme.faint));
        }
        spans.push(part);
    }
    spans
}

/// The key that shows what is folded away.
pub(super) fn key(cx: &Cx<'_>) -> String {
    cx.keymap.keys(Command::Unfold).first().map(|key| key.label()).unwrap_or_default()
}
