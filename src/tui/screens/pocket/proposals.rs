//! What is proposed for a card: somebody who may be the same person, an organisation and an event that are known
//! already, a market that its words lead to, a value that they tell of. Nothing is done before the card is filed; a
//! refused proposal is not made again for this card.

use std::collections::HashMap;

use ratatui::text::Span;

use crate::domain::contact::{Contact, MarketTie, Met};
use crate::domain::id::ContactId;
use crate::domain::time::PartialDate;
use crate::insight::duplicates::{Candidate, Likelihood};
use crate::insight::needs::Offer;
use crate::insight::vocabulary::Kind;
use crate::protocol::markets::Hat;
use crate::text::fold::fold;
use crate::text::words::LEGAL;
use crate::tui::layer::Cx;
use crate::tui::paths;
use crate::wording::{duplicates as worded, markets, needs};

/// So many lookalikes are proposed.
const LOOKALIKES: usize = 3;
/// So many markets.
const MARKETS: usize = 4;

/// Something that could be done to a card.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Proposal {
    /// It is the card of somebody who is known.
    Same(Box<Candidate>),
    /// The organisation is written otherwise in the book.
    Org {
        /// Which hat.
        role: usize,
        /// As the book writes it.
        known: String,
    },
    /// It comes from the event of the cards beside it.
    Event {
        /// The event.
        at: String,
        /// Its day.
        on: Option<PartialDate>,
    },
    /// Its words lead to a market.
    Market(Box<Hat>),
    /// Its words say that the person could bring something.
    Value {
        /// What, in the words of the interface.
        words: String,
        /// Why.
        offer: Box<Offer>,
    },
}

/// What the user said to a proposal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Decision {
    /// Nothing yet.
    #[default]
    Open,
    /// Do it when the card is filed.
    Accepted,
    /// Do not.
    Refused,
}

impl Decision {
    /// The next one, as a key is pressed again.
    pub(super) fn next(self) -> Self {
        match self {
            Self::Open => Self::Accepted,
            Self::Accepted => Self::Refused,
            Self::Refused => Self::Open,
        }
    }

    /// The sign before the proposal.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Open => "[ ] ",
            Self::Accepted => "[✓] ",
            Self::Refused => "[×] ",
        }
    }
}

/// What was said, by card and proposal.
#[derive(Default)]
pub(super) struct Decisions(HashMap<(ContactId, String), Decision>);

impl Decisions {
    pub(super) fn of(&self, card: ContactId, proposal: &Proposal) -> Decision {
        self.0.get(&(card, proposal.key())).copied().unwrap_or_default()
    }

    pub(super) fn turn(&mut self, card: ContactId, proposal: &Proposal) {
        let decision = self.0.entry((card, proposal.key())).or_default();
        *decision = decision.next();
    }
}

impl Proposal {
    fn key(&self) -> String {
        match self {
            Self::Same(candidate) => format!("same {}", candidate.id.0),
            Self::Org { role, known } => format!("org {role} {known}"),
            Self::Event { at, .. } => format!("event {at}"),
            Self::Market(hat) => format!("market {}", hat.market.slug),
            Self::Value { offer, .. } => format!("value {}", offer.value.id),
        }
    }

    /// Carries it out on the card; a lookalike is not for here, since two cards become one.
    pub(super) fn apply(&self, card: &mut Contact) {
        match self {
            Self::Same(_) => {}
            Self::Org { role, known } => {
                if let Some(role) = card.roles.get_mut(*role) {
                    role.org = known.as_str().into();
                }
            }
            Self::Event { at, on } => {
                let met = card.met.get_or_insert_with(Met::default);
                met.at.clone_from(at);
                if met.on.is_none() {
                    met.on.clone_from(on);
                }
            }
            Self::Market(hat) => card.markets.push(tie(hat, false)),
            Self::Value { words, .. } => card.values.push(words.clone()),
        }
    }

    /// Remembers on the card that it was refused, where a card can.
    pub(super) fn refuse(&self, card: &mut Contact) {
        if let Self::Market(hat) = self {
            card.markets.push(tie(hat, true));
        }
    }

    /// Why it is proposed, where there is more to say than its row shows.
    pub(super) fn reasons(&self, cx: &Cx<'_>) -> Option<String> {
        let Self::Same(candidate) = self else { return None };
        let (reasons, against) = worded::reasons(&candidate.evidence, cx.t.lang());
        let but = (!against.is_empty()).then(|| cx.t.pocket_but(against.join(" · ")));
        Some(reasons.into_iter().chain(but).collect::<Vec<_>>().join(" · "))
    }

    /// In words: what it is, and why.
    pub(super) fn spans(&self, cx: &Cx<'_>) -> Vec<Span<'static>> {
        let theme = cx.theme;
        match self {
            Self::Same(candidate) => {
                let name = cx.snapshot.book.contact(candidate.id).map(|one| one.display_name().to_owned());
                let (reasons, against) = worded::reasons(&candidate.evidence, cx.t.lang());
                let dots = worded::likelihood_dots(candidate.likelihood);
                let style =
                    if candidate.likelihood == Likelihood::Possible { theme.guess } else { theme.notice };
                let mut spans = vec![
                    Span::styled(format!("{dots} "), style),
                    Span::styled(cx.t.pocket_same(name.unwrap_or_default()), theme.strong),
                    Span::styled(format!("  {}", reasons.join(" · ")), theme.muted),
                ];
                if !against.is_empty() {
                    spans.push(Span::styled(
                        format!("  {}", cx.t.pocket_but(against.join(" · "))),
                        theme.alert,
                    ));
                }
                spans
            }
            Self::Org { known, .. } => {
                vec![Span::styled(cx.t.pocket_org(known.as_str()), theme.text)]
            }
            Self::Event { at, .. } => vec![Span::styled(cx.t.pocket_event(at.as_str()), theme.text)],
            Self::Value { words, offer } => {
                let stands = needs::place(offer.field, cx.t.lang());
                let evidence = cx.t.evidence_words(offer.found.as_str(), stands);
                vec![
                    Span::styled(format!("={words}"), theme.value),
                    Span::styled(format!("  {evidence}"), theme.muted),
                ]
            }
            Self::Market(hat) => {
                let lang = cx.t.lang();
                let name = markets::name(&hat.market, lang);
                let mut spans = vec![
                    Span::styled(format!("{name}  "), theme.market),
                    Span::styled(format!("{}  ", paths::how(hat, cx)), theme.text),
                ];
                spans.extend(paths::evidence(hat, cx));
                spans
            }
        }
    }
}

/// The tie that a hat suggests, stated or refused.
fn tie(hat: &Hat, refused: bool) -> MarketTie {
    MarketTie { market: hat.market.slug.clone(), how: hat.how, evidence: hat.words.clone(), refused }
}

/// What there is to propose for a card. `beside` are the events of the cards of the same evening.
pub(super) fn of(
    card: &Contact,
    lookalikes: &[Candidate],
    hats: &[Hat],
    offers: &[Offer],
    beside: Option<(String, Option<PartialDate>)>,
    cx: &Cx<'_>,
) -> Vec<Proposal> {
    let known = |candidate: &&Candidate| cx.snapshot.book.contact(candidate.id).is_some();
    let same = lookalikes.iter().filter(known).take(LOOKALIKES).cloned();
    let mut proposals: Vec<Proposal> = same.map(|one| Proposal::Same(Box::new(one))).collect();
    for (role, hat) in card.roles.iter().enumerate() {
        proposals.extend(known_org(&hat.org, cx).map(|known| Proposal::Org { role, known }));
    }
    if card.met.as_ref().is_none_or(|met| met.at.is_empty())
        && let Some((at, on)) = beside
    {
        proposals.push(Proposal::Event { at, on });
    }
    let suggested = hats.iter().filter(|hat| !hat.stated).take(MARKETS);
    proposals.extend(suggested.map(|hat| Proposal::Market(Box::new(hat.clone()))));
    proposals.extend(offers.iter().map(|offer| Proposal::Value {
        words: needs::label(&offer.value, cx.t.lang()).to_owned(),
        offer: Box::new(offer.clone()),
    }));
    proposals
}

/// How the book writes an organisation that differs in its legal form, in capitals or in accents only.
fn known_org(org: &str, cx: &Cx<'_>) -> Option<String> {
    let core = core_of(org);
    let first = core.split(' ').next().filter(|word| !word.is_empty())?;
    let mut used = cx.vocabulary.matching(Kind::Org, first).filter(|used| core_of(used.text) == core);
    let best = used.next()?;
    (best.text != org && best.count > 1 || used.next().is_some() && best.text != org)
        .then(|| best.text.to_owned())
}

/// An organisation without its legal form, in search form.
fn core_of(org: &str) -> String {
    let folded = fold(org);
    let mut words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|word| LEGAL.has(word)) {
        words.pop();
    }
    words.join(" ")
}
