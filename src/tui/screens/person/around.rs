//! What surrounds a person on the page: markets stated, inferred and refused, the doors they open, who could introduce
//! whom, and the network around them, drawn.

use ratatui::text::{Line, Span};

use crate::insight::network::TieEvidence;
use crate::protocol::markets::{Hat, Settle};
use crate::protocol::paths::{Around, Introduction};
use crate::tui::layer::Cx;
use crate::tui::paths;
use crate::tui::widgets::card::Section;
use crate::tui::widgets::{neighbourhood, reach_bar, text};
use crate::wording::{markets, records};

/// Rows of the drawing.
const DRAWN: u16 = 11;
/// People of less access than acquaintances recede.
const NEAR: f32 = 0.2;
/// Most lines of names.
const FEW: usize = 3;
/// Most cells of a market's name before its hat.
const NAME: usize = 26;
/// The sign of somebody who alone opens a market.
const SOLE: &str = "◆";

/// Something on the page that keys act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// An open need that the person could answer.
    Need(usize),
    /// A tie to a market: stated, inferred or refused.
    Market(usize),
    /// Somebody who could introduce the user to the person.
    Introducer(usize),
    /// Somebody to whom the person could introduce the user.
    Introduced(usize),
    /// Somebody tied to the person.
    Tie(usize),
}

/// A section of which every line is a spot.
pub(super) struct Spotted {
    pub(super) section: Section,
    pub(super) spot: fn(usize) -> Spot,
}

/// Everything that keys act on, in the order of the page.
pub(super) fn spots(needs: usize, around: Option<&Around>, ties: usize) -> Vec<Spot> {
    let of = |count: usize, spot: fn(usize) -> Spot| (0..count).map(spot);
    let (hats, introducers, introduces) = around.map_or((0, 0, 0), |around| {
        (around.hats.len() + around.refused.len(), around.introducers.len(), around.introduces.len())
    });
    of(needs, Spot::Need)
        .chain(of(hats, Spot::Market))
        .chain(of(introducers, Spot::Introducer))
        .chain(of(introduces, Spot::Introduced))
        .chain(of(ties, Spot::Tie))
        .collect()
}

/// The short name of the market at a spot.
pub(super) fn market(around: &Around, at: usize) -> Option<String> {
    let hats = around.hats.iter().map(|hat| &hat.market);
    hats.chain(&around.refused).nth(at).map(|market| market.slug.clone())
}

/// Which market a spot is about, and what becomes of the tie: accepted, then refused, then as it was found.
pub(super) fn settled(around: &Around, at: usize) -> Option<(String, Settle)> {
    if let Some(hat) = around.hats.get(at) {
        return Some((hat.market.slug.clone(), if hat.stated { Settle::Refuse } else { Settle::Accept }));
    }
    let refused = around.refused.get(at - around.hats.len())?;
    Some((refused.slug.clone(), Settle::Forget))
}

/// What stands there until the engine has answered.
pub(super) fn counting(cx: &Cx<'_>) -> Section {
    Section { title: cx.t.around_markets(), lines: vec![Line::styled(cx.t.map_counting(), cx.theme.faint)] }
}

/// The ties to markets.
pub(super) fn hats(around: &Around, cx: &Cx<'_>) -> Spotted {
    let (theme, lang) = (cx.theme, cx.t.lang());
    let mut lines: Vec<Line<'static>> = around.hats.iter().map(|hat| hat_line(hat, cx)).collect();
    lines.extend(around.refused.iter().map(|market| {
        Line::from(vec![
            Span::styled("× ", theme.alert),
            Span::styled(markets::name(market, lang).to_owned(), theme.faint),
            Span::styled(format!("  {}", cx.t.around_refused()), theme.faint),
        ])
    }));
    Spotted { section: Section { title: cx.t.around_markets(), lines }, spot: Spot::Market }
}

fn hat_line(hat: &Hat, cx: &Cx<'_>) -> Line<'static> {
    let (theme, lang) = (cx.theme, cx.t.lang());
    let (sign, sign_style, style) =
        if hat.stated { ("✓ ", theme.good, theme.market) } else { ("≈ ", theme.guess, theme.guess) };
    let mut spans = vec![
        Span::styled(sign, sign_style),
        Span::styled(text::cut(markets::name(&hat.market, lang), NAME), style),
    ];
    let how = paths::how(hat, cx);
    if !how.is_empty() {
        spans.push(Span::styled(format!("  {how}"), theme.text));
    }
    spans.push(Span::raw("  "));
    spans.extend(paths::evidence(hat, cx));
    Line::from(spans)
}

/// The markets that the person opens, those that nobody else opens first.
pub(super) fn opens(around: &Around, width: usize, cx: &Cx<'_>) -> Section {
    let (theme, lang) = (cx.theme, cx.t.lang());
    let mut opened: Vec<_> = around.opens.iter().collect();
    // What the person is tied to comes before what lies above it or behind somebody else.
    let own = |slug: &str| around.hats.iter().any(|hat| hat.market.slug == slug);
    opened.sort_by_key(|opened| (!own(&opened.market.slug), std::cmp::Reverse(opened.level)));
    let names = |alone: bool| {
        let some = opened.iter().filter(|opened| opened.alone == alone);
        some.map(|opened| markets::name(&opened.market, lang).to_owned()).collect::<Vec<_>>()
    };
    let (alone, others) = (names(true), names(false));
    let mut lines = Vec::new();
    if !alone.is_empty() {
        lines.push(Line::styled(format!("{SOLE} {}", cx.t.around_alone()), theme.notice));
        lines.extend(
            listed(&alone, width.saturating_sub(2), cx)
                .into_iter()
                .map(|line| Line::from(vec![Span::raw("  "), Span::styled(line, theme.text)])),
        );
    }
    lines.extend(listed(&others, width, cx).into_iter().map(|line| Line::styled(line, theme.muted)));
    Section { title: cx.t.around_opens(), lines }
}

/// Names in at most [`FEW`] lines; how many more there are is told.
fn listed(names: &[String], width: usize, cx: &Cx<'_>) -> Vec<String> {
    let whole = |count: usize| {
        let mut words = names[..count].join(", ");
        if count < names.len() {
            words.push(' ');
            words.push_str(&cx.t.map_more(names.len() - count));
        }
        text::wrap(&words, width.max(8))
    };
    if names.is_empty() {
        return Vec::new();
    }
    let fits = (1..=names.len()).rev().map(whole).find(|lines| lines.len() <= FEW);
    fits.unwrap_or_else(|| whole(1))
}

/// Who could introduce the user to the person.
pub(super) fn introducers(around: &Around, cx: &Cx<'_>) -> Spotted {
    let lines = around.introducers.iter().map(|one| introduction(one, cx)).collect();
    Spotted { section: Section { title: cx.t.around_introducers(), lines }, spot: Spot::Introducer }
}

/// Whom the person could introduce the user to.
pub(super) fn introduces(around: &Around, cx: &Cx<'_>) -> Spotted {
    let lines = around.introduces.iter().map(|one| introduction(one, cx)).collect();
    Spotted { section: Section { title: cx.t.around_introduces(), lines }, spot: Spot::Introduced }
}

fn introduction(one: &Introduction, cx: &Cx<'_>) -> Line<'static> {
    let (theme, lang) = (cx.theme, cx.t.lang());
    let mut spans = reach_bar::dots(crate::insight::network::Likelihood::of(one.through), theme).to_vec();
    spans.push(Span::styled(format!(" {}", one.person.name), theme.text));
    if let Some(closeness) = one.closeness.filter(|_| !cx.discreet) {
        spans.push(Span::styled(format!("  {}", records::closeness_dots(closeness)), theme.dots));
    }
    let style = if one.tie.is_guess() { theme.guess } else { theme.muted };
    spans.push(Span::styled(format!("  {}", markets::tie(&one.tie, true, lang)), style));
    let names: Vec<&str> = one.markets.iter().map(|market| markets::name(market, lang)).collect();
    if !names.is_empty() {
        spans.push(Span::styled(format!("  {}", names.join(", ")), theme.market));
    }
    Line::from(spans)
}

/// The network around the person.
pub(super) fn drawn(around: &Around, width: usize, cx: &Cx<'_>) -> Section {
    let theme = cx.theme;
    let drawing = &around.drawn;
    let room = neighbourhood::capacity(DRAWN);
    let nodes: Vec<neighbourhood::Node> = drawing
        .nodes
        .iter()
        .enumerate()
        .map(|(at, node)| neighbourhood::Node {
            name: node.person.as_ref().map_or_else(|| cx.t.map_me(), |person| person.name.clone()),
            style: match at {
                0 => theme.title,
                1 => theme.strong,
                _ if node.access < NEAR => theme.muted,
                _ => theme.text,
            },
        })
        .collect();
    // Nobody beside the person: two dots would say nothing.
    if nodes.len() <= 2 {
        return Section { title: String::new(), lines: Vec::new() };
    }
    let edges: Vec<neighbourhood::Edge> = drawing
        .edges
        .iter()
        // The user is tied to everybody here: drawn, that would be a veil over all the rest.
        .filter(|edge| edge.from != 0 || edge.to == 1)
        .map(|edge| neighbourhood::Edge {
            from: edge.from,
            to: edge.to,
            guess: matches!(edge.tie, TieEvidence::Shared { .. }),
        })
        .collect();
    let mut lines = neighbourhood::lines(&nodes, &edges, (width.min(90) as u16, DRAWN), theme);
    let more = drawing.more + nodes.len().saturating_sub(2 + room);
    if !lines.is_empty() && more > 0 {
        lines.push(Line::styled(cx.t.around_more(more), theme.faint));
    }
    if !lines.is_empty() {
        lines.push(Line::styled(cx.t.around_legend(), theme.faint));
    }
    Section { title: cx.t.around_drawn(), lines }
}
