//! The people of a need, or of the words being typed, as lines: those on whom something was said, those who could
//! help, those who are near in meaning only; and where nobody fits, where to ask instead.

use ratatui::text::{Line, Span};

use super::list::{is_open, joined, key, since};
use super::{Focus, Needs};
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::domain::market::Named;
use crate::domain::need::{Candidate, CandidateState, Need};
use crate::domain::problem::Brief;
use crate::insight::needs::{Reason, Strength};
use crate::protocol::needs::{Candidacy, Helper, Helpers, NeedPage};
use crate::tui::answers::{self, INDENT};
use crate::tui::command::Command;
use crate::tui::layer::Cx;
use crate::tui::widgets::text;
use crate::wording::{dates, markets, needs};

/// Chains of the chosen one that are shown in the list, where no preview shows them all.
const CHAINS: usize = 3;

/// Lines, each with the number of the somebody that it is about.
pub(super) type Lines = Vec<(Option<usize>, Line<'static>)>;

/// Somebody in the list.
#[derive(Clone, Copy)]
pub(super) enum Somebody<'a> {
    /// Something was said on them.
    Candidate(&'a Candidacy),
    /// Could help.
    Helper(&'a Helper),
    /// Could know who does.
    Connector(&'a Brief, &'a Named),
}

impl<'a> Somebody<'a> {
    pub(super) fn brief(self) -> &'a Brief {
        match self {
            Self::Candidate(one) => &one.person,
            Self::Helper(one) => &one.person,
            Self::Connector(person, _) => person,
        }
    }

    pub(super) fn why(self) -> &'a [Reason] {
        match self {
            Self::Candidate(one) => one.helper.as_ref().map_or(&[], |helper| &helper.why),
            Self::Helper(one) => &one.why,
            Self::Connector(..) => &[],
        }
    }

    pub(super) fn strength(self) -> Option<Strength> {
        match self {
            Self::Candidate(one) => one.helper.as_ref().map(|helper| helper.strength),
            Self::Helper(one) => Some(one.strength),
            Self::Connector(..) => None,
        }
    }

    pub(super) fn candidate(self) -> Option<&'a Candidate> {
        match self {
            Self::Candidate(one) => Some(&one.candidate),
            _ => None,
        }
    }

    pub(super) fn contact<'c>(self, cx: &Cx<'c>) -> Option<&'c Contact> {
        cx.snapshot.book.by_uid(&self.brief().uid).map(AsRef::as_ref)
    }
}

impl Needs {
    /// The page of the chosen need, once it is there.
    pub(super) fn page(&self, cx: &Cx<'_>) -> Option<&NeedPage> {
        let need = self.need(cx)?.id;
        self.page.as_deref().filter(|page| page.line.need.id == need)
    }

    /// Who could help with what is looked at.
    pub(super) fn helpers(&self, cx: &Cx<'_>) -> Option<&Helpers> {
        if self.is_asking() { self.answer.as_deref() } else { self.page(cx).map(|page| &page.helpers) }
    }

    /// Everybody in the list, in its order.
    pub(super) fn people<'a>(&'a self, cx: &Cx<'_>) -> Vec<Somebody<'a>> {
        let candidates = self.page(cx).filter(|_| !self.is_asking()).map_or(&[][..], |page| &page.candidates);
        let mut people: Vec<_> = candidates.iter().map(Somebody::Candidate).collect();
        if let Some(found) = self.helpers(cx) {
            people.extend(self.shown(found).map(Somebody::Helper));
            if is_nobody(found)
                && let Some(hints) = &found.hints
            {
                people.extend(hints.connectors.iter().map(|(who, market)| Somebody::Connector(who, market)));
            }
        }
        people
    }

    /// Weak ones only where they are unfolded.
    fn shown<'a>(&self, found: &'a Helpers) -> impl Iterator<Item = &'a Helper> + use<'a> {
        let weak = self.weak;
        found.people.iter().filter(move |one| weak || one.strength > Strength::Weak)
    }

    /// The person under the cursor.
    pub(super) fn somebody<'a>(&'a self, cx: &Cx<'_>) -> Option<Somebody<'a>> {
        let people = self.people(cx);
        people.get(self.who.min(people.len().saturating_sub(1))).copied()
    }

    /// The person under the cursor, in the book.
    pub(super) fn person(&self, cx: &Cx<'_>) -> Option<ContactId> {
        self.somebody(cx)?.contact(cx).map(|contact| contact.id)
    }

    /// What stands above the people: the need itself.
    pub(super) fn about(&self, width: usize, cx: &Cx<'_>) -> Vec<Line<'static>> {
        let Some(need) = self.need(cx).filter(|_| !self.is_asking()) else { return Vec::new() };
        let theme = cx.theme;
        let words = text::wrap(&need.words, width).into_iter().take(2);
        let mut lines: Vec<_> = words.map(|line| Line::styled(line, theme.strong)).collect();
        let mut facts = joined(self.placed(need, cx), cx);
        facts.remove(0);
        lines.extend(answers::wrapped(facts, width));
        lines.push(Line::default());
        lines
    }

    fn placed(&self, need: &Need, cx: &Cx<'_>) -> Vec<Span<'static>> {
        let (t, theme, lang) = (cx.t, cx.theme, cx.t.lang());
        let state = if is_open(need) { since(need, cx) } else { needs::status(need.status, lang) };
        let mut parts = vec![Span::styled(state, theme.muted)];
        if let Some(deadline) = need.deadline {
            let style = if deadline < cx.today && is_open(need) { theme.alert } else { theme.date };
            let by = t.needs_by(dates::day(deadline, lang));
            parts.push(Span::styled(format!("{by} ({})", dates::ago(deadline, cx.today, lang)), style));
        }
        parts.extend(self.market(need, cx).map(|name| Span::styled(name, theme.market)));
        parts.extend(self.region(need, cx).map(|name| Span::styled(name, theme.event)));
        parts
    }

    /// The people, with headings. The chosen one tells all reasons where `open` says that no preview does.
    pub(super) fn people_lines(&self, width: usize, open: bool, cx: &Cx<'_>) -> Lines {
        let (t, theme) = (cx.t, cx.theme);
        let mut lines: Lines = Vec::new();
        let Some(found) = self.helpers(cx) else {
            let waits = self.is_asking() && !self.typed.text().trim().is_empty() || self.need(cx).is_some();
            if waits && !self.is_asking() {
                lines.push((None, Line::styled(t.needs_looking(), theme.faint)));
            }
            return lines;
        };
        let people = self.people(cx);
        let heading = |lines: &mut Lines, words: String| {
            if !lines.is_empty() {
                lines.push((None, Line::default()));
            }
            lines.push((None, Line::styled(words, theme.title)));
        };
        let nobody = is_nobody(found);
        let cursor =
            Some(self.who.min(people.len().saturating_sub(1))).filter(|_| self.focus == Focus::People);
        let mut said_nobody = false;
        let mut before: Option<u8> = None;
        for (at, one) in people.iter().enumerate() {
            let group = match one {
                Somebody::Candidate(_) => 0,
                Somebody::Helper(one) if one.strength > Strength::Weak => 1,
                Somebody::Helper(_) => 2,
                Somebody::Connector(..) => 3,
            };
            if nobody && group > 0 && !std::mem::replace(&mut said_nobody, true) {
                self.nobody(found, width, &mut lines, cx);
            }
            if before != Some(group) {
                match group {
                    0 => heading(&mut lines, t.needs_candidates()),
                    1 if !self.is_asking() => heading(&mut lines, t.needs_could_help()),
                    2 => heading(&mut lines, t.needs_weak()),
                    3 => heading(&mut lines, t.needs_connectors()),
                    _ => {}
                }
                before = Some(group);
            }
            let told = self.told(*one, cursor == Some(at), width, open, cx);
            lines.extend(told.into_iter().map(|line| (Some(at), line)));
        }
        if nobody && !said_nobody {
            self.nobody(found, width, &mut lines, cx);
        }
        if found.counts.weak > 0 && !self.weak {
            lines.push((None, Line::default()));
            lines.push((None, Line::styled(t.needs_weak_folded(found.counts.weak, key(cx)), theme.faint)));
        }
        lines
    }

    /// Somebody: who, why, and what was said.
    fn told(
        &self,
        one: Somebody<'_>,
        here: bool,
        width: usize,
        open: bool,
        cx: &Cx<'_>,
    ) -> Vec<Line<'static>> {
        let theme = cx.theme;
        let mut before = vec![if here { Span::styled("› ", theme.title) } else { Span::raw("  ") }];
        match one.strength() {
            Some(strength) => before.extend(answers::dots(strength, theme)),
            None => before.push(Span::raw("   ")),
        }
        let contact = one.contact(cx);
        let mut right = match one {
            Somebody::Candidate(one) => vec![state(one.candidate.state, cx)],
            Somebody::Helper(helper) if self.is_fresh(helper, cx) => {
                vec![Span::styled(cx.t.needs_new(), theme.notice)]
            }
            _ => Vec::new(),
        };
        let near = answers::closeness(contact, cx);
        if !right.is_empty() && !near.is_empty() {
            right.push(Span::raw("  "));
        }
        right.extend(near);
        let name = &one.brief().name;
        let mut lines = vec![answers::person_line(before, name, contact, right, width, cx)];
        let room = width.saturating_sub(INDENT);
        let mut below: Vec<Line<'static>> = Vec::new();
        if here && open {
            below.extend(answers::why_lines(one.why(), room, cx).into_iter().take(CHAINS));
        } else if !one.why().is_empty() {
            below.push(answers::why_line(one.why(), room, cx));
        }
        match one {
            Somebody::Candidate(one) => below.push(self.said(&one.candidate, room, cx)),
            Somebody::Connector(_, market) => {
                let name = markets::name(market, cx.t.lang()).to_owned();
                below.push(Line::styled(name, theme.market));
            }
            Somebody::Helper(_) => {}
        }
        lines.extend(below.into_iter().filter(|line| line.width() > 0).map(|mut line| {
            line.spans.insert(0, Span::raw(" ".repeat(INDENT)));
            line
        }));
        lines
    }

    fn is_fresh(&self, helper: &Helper, cx: &Cx<'_>) -> bool {
        !self.is_asking() && self.page(cx).is_some_and(|page| page.fresh.contains(&helper.id))
    }

    /// When it was said, and the user's words.
    fn said(&self, candidate: &Candidate, room: usize, cx: &Cx<'_>) -> Line<'static> {
        let when = dates::ago(candidate.on, cx.today, cx.t.lang());
        let mut spans = vec![Span::styled(when, cx.theme.date)];
        if !cx.discreet && !candidate.note.is_empty() {
            spans.push(Span::styled(format!("  {}", candidate.note), cx.theme.text));
        }
        Line::from(text::cut_spans(spans, room))
    }

    /// Nobody fits: which markets are near, and what to ask one's network.
    fn nobody(&self, found: &Helpers, width: usize, lines: &mut Lines, cx: &Cx<'_>) {
        let (t, theme, lang) = (cx.t, cx.theme, cx.t.lang());
        if !lines.is_empty() {
            lines.push((None, Line::default()));
        }
        let wrapped = |words: &str, style| -> Vec<Line<'static>> {
            text::wrap(words, width).into_iter().map(|line| Line::styled(line, style)).collect()
        };
        let mut told = wrapped(&t.needs_nobody(), theme.text);
        if let Some(question) = self.question(cx) {
            told.push(Line::default());
            told.push(Line::styled(t.needs_ask_network(), theme.title));
            told.extend(wrapped(&question, theme.strong));
            let key =
                cx.keymap.keys(Command::CopyQuestion).first().map(|key| key.label()).unwrap_or_default();
            told.push(Line::styled(t.needs_copy_question(key), theme.faint));
        }
        let near = found.hints.as_ref().map_or(&[][..], |hints| &hints.markets);
        if !near.is_empty() {
            told.push(Line::default());
            told.push(Line::styled(t.needs_near_markets(), theme.title));
            let names: Vec<_> = near
                .iter()
                .map(|market| Span::styled(markets::name(market, lang).to_owned(), theme.market))
                .collect();
            let mut line = joined(names, cx);
            line.remove(0);
            told.extend(answers::wrapped(line, width));
        }
        lines.extend(told.into_iter().map(|line| (None, line)));
    }

    /// The question to ask one's network, where nobody in it fits.
    pub(super) fn question(&self, cx: &Cx<'_>) -> Option<String> {
        let found = self.helpers(cx).filter(|found| is_nobody(found))?;
        let words =
            if self.is_asking() { self.typed.text().trim().to_owned() } else { self.need(cx)?.words.clone() };
        let first = found.hints.as_ref().and_then(|hints| hints.ask_for.first());
        Some(match first {
            Some(label) => cx.t.needs_question_for(needs::label(label, cx.t.lang()), words),
            None => cx.t.needs_question(words),
        })
    }

    /// How many fit, in words, for the line above.
    pub(super) fn sum(&self, cx: &Cx<'_>) -> Option<Line<'static>> {
        let found = self.helpers(cx)?;
        let theme = cx.theme;
        let mut spans = Vec::new();
        if found.counts.strong > 0 {
            spans.push(Span::styled(cx.t.needs_strong(found.counts.strong), theme.good));
        }
        if found.counts.fair > 0 {
            if !spans.is_empty() {
                spans.push(Span::styled(" · ", theme.faint));
            }
            spans.push(Span::styled(cx.t.needs_fair(found.counts.fair), theme.notice));
        }
        if spans.is_empty() {
            spans.push(Span::styled(cx.t.needs_sum_none(), theme.muted));
        }
        Some(Line::from(spans))
    }
}

/// Whether nobody strong or fair was found.
pub(super) fn is_nobody(found: &Helpers) -> bool {
    found.counts.strong + found.counts.fair == 0
}

/// What came of somebody, as a chip.
fn state(state: CandidateState, cx: &Cx<'_>) -> Span<'static> {
    let style = match state {
        CandidateState::Suggested => cx.theme.event,
        CandidateState::Asked => cx.theme.notice,
        CandidateState::Helped => cx.theme.good,
        CandidateState::Dismissed => cx.theme.faint,
    };
    Span::styled(needs::candidate(state, cx.t.lang()), style)
}
