//! Ways and hats as screens and overlays show them: in one line, or drawn as a chain of cards.

use ratatui::text::{Line, Span};

use super::layer::Cx;
use super::widgets::{chain, reach_bar, text};
use crate::domain::market::Named;
use crate::protocol::markets::Hat;
use crate::protocol::paths::Way;
use crate::wording::{dates, markets, records};

/// Texts up to so many cells are shown whole.
const SHORT: usize = 40;
/// Letters before the words that count in a longer one; twice as many after them.
const BESIDE: usize = 12;

/// By which hat: *decides*, *formerly works in it*.
pub fn how(hat: &Hat, cx: &Cx<'_>) -> String {
    let how = hat.how.map(|how| records::market_how(how, cx.t.lang())).unwrap_or_default();
    if hat.former { format!("{} {how}", cx.t.hat_former()) } else { how }
}

/// What a hat rests on: where the words stand, and the text around them with the words that count.
pub fn evidence(hat: &Hat, cx: &Cx<'_>) -> Vec<Span<'static>> {
    let (theme, lang) = (cx.theme, cx.t.lang());
    let Some(at) = hat.text.find(&hat.words).filter(|_| !hat.words.is_empty()) else {
        return vec![Span::styled(markets::evidence(&hat.words, hat.source, lang), theme.muted)];
    };
    let mut spans = vec![Span::styled(cx.t.map_where(markets::source(hat.source, lang)), theme.faint)];
    spans.push(Span::raw(" "));
    let (seen, at) = around(&hat.text, at, at + hat.words.len());
    let words = std::iter::once(at..at + hat.words.len()).collect::<Vec<_>>();
    spans.extend(text::marked(&seen, &words, theme.muted, theme.matched));
    spans
}

/// A text on one line, cut to the words around some bytes where it is long; and where those bytes stand in it.
fn around(text: &str, start: usize, end: usize) -> (String, usize) {
    let text = text.replace('\n', " ");
    if text::width(&text) <= SHORT {
        return (text, start);
    }
    // Whole words, as far as they go.
    let before = &text[..start];
    let far = before.char_indices().rev().nth(BESIDE).map_or(0, |(at, _)| at);
    let from = if far == 0 { 0 } else { before[far..].find(' ').map_or(start, |blank| far + blank + 1) };
    let after = &text[end..];
    let to = after
        .char_indices()
        .nth(2 * BESIDE)
        .map_or(text.len(), |(at, _)| end + after[..at].rfind(' ').unwrap_or(0));
    let open = if from > 0 { "…" } else { "" };
    let close = if to < text.len() { "…" } else { "" };
    (format!("{open}{}{close}", &text[from..to]), start - from + open.len())
}

/// By which hat, and in which market where that is not the one asked about: *decides · Town government*.
pub fn hat(hat: &Hat, asked: &str, cx: &Cx<'_>) -> String {
    let lang = cx.t.lang();
    let how = how(hat, cx);
    let market = (hat.market.slug != asked).then(|| markets::name(&hat.market, lang));
    [Some(how.as_str()), market]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// How likely a way is, in dots and words, and whether it was asked for.
pub fn likelihood(way: &Way, cx: &Cx<'_>) -> Line<'static> {
    let mut spans = reach_bar::dots(way.likelihood, cx.theme).to_vec();
    spans
        .push(Span::styled(format!(" {}", markets::likelihood(way.likelihood, cx.t.lang())), cx.theme.muted));
    spans.extend(asked(way, cx));
    Line::from(spans)
}

/// A way in one line: how likely, and through whom. `to` says that it is plain to whom it leads.
pub fn summary(way: &Way, to: bool, cx: &Cx<'_>) -> Line<'static> {
    let (theme, lang) = (cx.theme, cx.t.lang());
    let mut spans = reach_bar::dots(way.likelihood, theme).to_vec();
    spans.push(Span::styled(format!(" {}  ", markets::likelihood(way.likelihood, lang)), theme.muted));
    let names: Vec<&str> = way.hops.iter().map(|hop| hop.person.name.as_str()).collect();
    let style = if way.guess { theme.guess } else { theme.text };
    match (way.hops.as_slice(), to) {
        ([one], true) => {
            spans.push(Span::styled(cx.t.map_directly(), theme.text));
            spans.push(Span::styled(format!("  {}", markets::tie(&one.tie, true, lang)), theme.faint));
        }
        (hops, true) => {
            let between = &names[..hops.len().saturating_sub(1)];
            spans.push(Span::styled(cx.t.map_via(between.join(" → ")), style));
        }
        (_, false) => spans.push(Span::styled(names.join(" → "), style)),
    }
    spans.extend(asked(way, cx));
    Line::from(spans)
}

fn asked(way: &Way, cx: &Cx<'_>) -> Option<Span<'static>> {
    let asked = way.asked.as_ref()?;
    let on = dates::ago(asked.on, cx.today, cx.t.lang());
    let words = match asked.answer {
        None => cx.t.map_asked(on),
        Some(true) => cx.t.map_asked_yes(on),
        Some(false) => cx.t.map_asked_no(on),
    };
    Some(Span::styled(format!("  {words}"), cx.theme.notice))
}

/// A way as a chain of cards.
pub fn drawn(
    way: &Way,
    market: Option<&Named>,
    (width, height): (u16, u16),
    cx: &Cx<'_>,
) -> Vec<Line<'static>> {
    let (theme, lang) = (cx.theme, cx.t.lang());
    let last = way.hops.len().saturating_sub(1);
    let people: Vec<chain::Person> = way
        .hops
        .iter()
        .enumerate()
        .map(|(at, hop)| {
            let contact = cx.snapshot.book.by_uid(&hop.person.uid);
            let role = contact.and_then(|contact| contact.main_role());
            let mut what: Vec<String> = role
                .map(|role| [role.title.to_string(), role.org.to_string()])
                .unwrap_or_default()
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
            if let (Some(own), true) = (&way.hat, at == last) {
                let asked = market.map_or("", |market| market.slug.as_str());
                what = vec![hat(own, asked, cx), what.join(", ")];
                what.retain(|part| !part.is_empty());
            }
            let dots = hop.closeness.filter(|_| !cx.discreet);
            let step = markets::tie(&hop.tie, hop.forward, lang);
            chain::Person {
                name: hop.person.name.clone(),
                beside: dots
                    .map(|closeness| vec![Span::styled(records::closeness_dots(closeness), theme.dots)])
                    .unwrap_or_default(),
                what: what.join(if at == last && way.hat.is_some() { " — " } else { ", " }),
                step: vec![Span::styled(step, if hop.tie.is_guess() { theme.guess } else { theme.muted })],
                guess: hop.tie.is_guess(),
            }
        })
        .collect();
    chain::lines(&cx.t.map_me(), &people, usize::from(width), usize::from(height), theme)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_words_that_count_are_seen_in_a_long_text() {
        let text = "Rencontré au souper de la chambre, siège à l'UPA depuis l'an dernier\net vend du foin";
        let start = text.find("UPA").expect("there");
        let (seen, at) = around(text, start, start + 3);
        assert_eq!(seen, "…siège à l'UPA depuis l'an dernier et…");
        assert_eq!(&seen[at..at + 3], "UPA");
        assert_eq!(around("Ferme Côté", 0, 5), ("Ferme Côté".into(), 0));
    }

    proptest! {
        #[test]
        fn whatever_the_text_the_words_stay(before in "[a-zé ]{0,60}", words in "[a-zé]{1,9}", after in "[a-zé ]{0,60}") {
            let text = format!("{before}{words}{after}");
            let (seen, at) = around(&text, before.len(), before.len() + words.len());
            prop_assert_eq!(&seen[at..at + words.len()], words);
        }
    }
}
