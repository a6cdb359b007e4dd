//! The second half of a search: who could help with the words of a query, below those whose card holds them.
//!
//! The first half never waits for it. It is asked for once typing rests for a moment, leaves out whom the first half
//! found, and shows nobody on likeness alone.

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::id::ContactId;
use crate::domain::query::{Filter, Place, Query};
use crate::insight::needs::Strength;
use crate::protocol::Job;
use crate::protocol::needs::{AskWho, Helper, Helpers};
use crate::tui::answers::{self, INDENT};
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Tag};
use crate::tui::layer::Cx;
use crate::tui::widgets::text;

/// The tag of the question; the first half counts its own up from nothing.
pub(super) const HELP: Tag = Tag::MAX;
/// Words of fewer letters say no need.
const LEAST_LETTERS: usize = 4;
/// Rows of somebody: who, why.
const ENTRY: u16 = 2;
/// Rows above them: air, the heading.
const ABOVE: u16 = 2;

/// Who could help with the words of a query.
#[derive(Default)]
pub(super) struct CouldHelp {
    /// What the query asks for, as a need; `None` where it is none.
    wanted: Option<AskWho>,
    /// What was asked last.
    asked: Option<AskWho>,
    /// Nothing was typed since the last tick.
    rested: bool,
    found: Option<Box<Helpers>>,
    /// Those of them whom the first half does not show.
    others: Vec<usize>,
    /// Who is under the cursor, while it is on this half.
    cursor: Option<usize>,
}

impl CouldHelp {
    /// Another query is typed.
    pub(super) fn stir(&mut self, query: &Query) {
        let wanted = need_of(query);
        if wanted != self.wanted {
            *self = Self { wanted, asked: self.asked.take(), ..Self::default() };
        }
        self.rested = false;
    }

    /// The book has changed.
    pub(super) fn refresh(&mut self) {
        self.asked = None;
    }

    /// Time has passed: asks, where typing has rested since the last time.
    pub(super) fn tick(&mut self) -> Option<Effect> {
        let rested = std::mem::replace(&mut self.rested, true);
        if !rested || self.asked == self.wanted {
            return None;
        }
        self.asked.clone_from(&self.wanted);
        self.wanted.clone().map(|ask| Effect::Ask(Job::Who(ask), HELP))
    }

    /// Takes the answer; `first` are those whom the first half shows.
    pub(super) fn take(&mut self, found: &Helpers, first: &[ContactId]) {
        if self.wanted.as_ref().is_some_and(|wanted| wanted.need == found.need) {
            self.found = Some(Box::new(found.clone()));
            self.leave_out(first);
        }
    }

    /// Leaves out whom the first half shows.
    pub(super) fn leave_out(&mut self, first: &[ContactId]) {
        let first: HashSet<ContactId> = first.iter().copied().collect();
        let all = self.found.as_ref().map_or(&[][..], |found| &found.people);
        let wanted = |one: &Helper| one.strength > Strength::Weak && !first.contains(&one.id);
        self.others = (0..all.len()).filter(|at| wanted(&all[*at])).collect();
        // Where the first half has nobody, the cursor is here at once.
        let cursor = self.cursor.or(first.is_empty().then_some(0));
        self.cursor = cursor.filter(|_| !self.others.is_empty()).map(|at| at.min(self.others.len() - 1));
    }

    /// The words, as a need to be kept.
    pub(super) fn words(&self) -> Option<&str> {
        self.wanted.as_ref().map(|wanted| wanted.need.as_str())
    }

    fn helper(&self, at: usize) -> Option<&Helper> {
        self.found.as_ref()?.people.get(*self.others.get(at)?)
    }

    /// Who is under the cursor; `None` while it is on the first half.
    pub(super) fn current(&self) -> Option<ContactId> {
        self.helper(self.cursor?).map(|one| one.id)
    }

    /// Back to the first half.
    pub(super) fn leave(&mut self) {
        self.cursor = None;
    }

    /// Moves the cursor within this half, into it or out of it; false where the first half is to move. `last` says that
    /// the cursor of the first half stands on its last row.
    pub(super) fn command(&mut self, command: Command, last: bool) -> bool {
        let len = self.others.len();
        if len == 0 {
            return false;
        }
        self.cursor = match (command, self.cursor) {
            (Command::Next, None) | (Command::Last, _) => {
                Some(if command == Command::Next { 0 } else { len - 1 })
            }
            (Command::Down, None) if last => Some(0),
            (Command::Down, Some(at)) => Some((at + 1).min(len - 1)),
            (Command::Up, Some(at)) if at > 0 => Some(at - 1),
            (Command::Next | Command::Previous | Command::Up | Command::First, Some(_)) => {
                self.cursor = None;
                return command != Command::First;
            }
            (Command::PageDown | Command::PageUp, Some(at)) => Some(at),
            _ => return false,
        };
        true
    }

    /// Divides the rows of a list: the first half has what it needs, but leaves room for some of these.
    pub(super) fn split(&self, rows: Rect, hits: usize) -> (Rect, Rect) {
        let whole = self.others.len() as u16 * ENTRY + ABOVE;
        let none = Rect { y: rows.bottom(), height: 0, ..rows };
        if self.others.is_empty() || rows.height < 2 * (ABOVE + ENTRY) {
            return (rows, none);
        }
        // Where nobody was found, that is said in a few lines.
        let used = if hits == 0 { 4 } else { u16::try_from(hits).unwrap_or(u16::MAX) };
        let left = rows.height.saturating_sub(used);
        let least = (rows.height * 2 / 5).min(whole);
        let height = whole.min(left.max(least));
        // Whole entries only.
        let height = ABOVE + (height.saturating_sub(ABOVE) / ENTRY).max(1) * ENTRY;
        let first = Rect { height: used.min(rows.height - height), ..rows };
        (first, Rect { y: first.bottom(), height, ..rows })
    }

    fn top(&self, fit: usize) -> usize {
        (self.cursor.unwrap_or(0) + 1).saturating_sub(fit)
    }

    /// Somebody who was clicked comes under the cursor.
    pub(super) fn click(&mut self, at: ratatui::layout::Position, place: Rect) -> bool {
        let fit = place.height.saturating_sub(ABOVE) / ENTRY;
        if !place.contains(at) || at.y < place.y + ABOVE || fit == 0 {
            return false;
        }
        let number = self.top(usize::from(fit)) + usize::from((at.y - place.y - ABOVE) / ENTRY);
        if number < self.others.len() {
            self.cursor = Some(number);
        }
        number < self.others.len()
    }

    /// Draws the heading and as many as fit.
    pub(super) fn view(
        &self,
        place: Rect,
        marked: &dyn Fn(ContactId) -> bool,
        buf: &mut Buffer,
        cx: &Cx<'_>,
    ) {
        if place.height < ABOVE {
            return;
        }
        let (t, theme) = (cx.t, cx.theme);
        let heading = Rect { y: place.y + 1, height: 1, ..place };
        let mut words = vec![Span::styled(t.needs_could_help(), theme.title)];
        words.push(Span::styled(format!(" {}", self.others.len()), theme.faint));
        if let Some(key) = cx.keymap.keys(Command::KeepNeed).first() {
            words.push(Span::styled(format!("   {}", t.people_keep_need(key.label())), theme.faint));
        }
        text::put(buf, heading, Line::from(words));
        let fit = place.height.saturating_sub(ABOVE) / ENTRY;
        let top = self.top(usize::from(fit));
        for (number, at) in (0..fit).zip(top..self.others.len()) {
            let Some(helper) = self.helper(at) else { continue };
            let row = Rect { y: place.y + ABOVE + number * ENTRY, height: ENTRY, ..place };
            let here = self.cursor == Some(at);
            if here {
                buf.set_style(row, theme.selected);
            }
            let sign = match (marked(helper.id), here) {
                (true, _) => Span::styled("✓ ", theme.marked),
                (false, true) => Span::styled("› ", theme.title),
                (false, false) => Span::raw("  "),
            };
            let mut before = vec![sign];
            before.extend(answers::dots(helper.strength, theme));
            let contact = cx.snapshot.book.contact(helper.id).map(AsRef::as_ref);
            let (width, near) = (usize::from(row.width), answers::closeness(contact, cx));
            let mut why = answers::why_line(&helper.why, width.saturating_sub(INDENT), cx);
            why.spans.insert(0, Span::raw(" ".repeat(INDENT)));
            let who = answers::person_line(before, &helper.person.name, contact, near, width, cx);
            text::put_lines(buf, row, [who, why]);
        }
    }
}

/// A query as a need: its bare words, in its region and market. A query of signs alone is none.
fn need_of(query: &Query) -> Option<AskWho> {
    let mut words: Vec<&str> = Vec::new();
    let (mut region, mut market) = (None, None);
    for term in query.terms.iter().filter(|term| !term.negated) {
        match &term.filter {
            Filter::Word(any) => words.extend(any.first().map(String::as_str)),
            Filter::Phrase(phrase) => words.push(phrase),
            Filter::In(places) => {
                region = places.iter().find_map(|place| match place {
                    Place::Named(name) => Some(name.clone()),
                    Place::Me => None,
                });
            }
            Filter::Market(any) => market = any.first().map(|(name, _)| name.clone()),
            _ => {}
        }
    }
    let need = words.join(" ");
    (need.chars().filter(|c| c.is_alphanumeric()).count() >= LEAST_LETTERS).then(|| AskWho {
        market,
        region,
        ..AskWho::new(need)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::{Context, query};
    use crate::domain::contact::Language;
    use crate::domain::time::Date;

    fn read(words: &str) -> Query {
        query::read(words, &Context::new(Date::constant(2026, 11, 16), Language::French)).query
    }

    #[test]
    fn bare_words_are_a_need_and_signs_alone_are_none() {
        let need = need_of(&read("agrandir terrasse à:Estrie +construction #chambre -bois")).expect("a need");
        assert_eq!(need.need, "agrandir terrasse");
        assert_eq!((need.region.as_deref(), need.market.as_deref()), (Some("Estrie"), Some("construction")));
        for none in ["", "#chambre", "bob", "@mrc à:Estrie"] {
            assert_eq!(need_of(&read(none)), None, "{none}");
        }
    }

    #[test]
    fn it_is_asked_for_once_typing_rests() {
        let mut half = CouldHelp::default();
        half.stir(&read("terrasse"));
        assert_eq!(half.tick(), None, "just typed");
        assert!(half.tick().is_some());
        assert_eq!(half.tick(), None, "asked already");
        half.stir(&read("terrasses"));
        assert_eq!(half.tick(), None);
        half.stir(&read(""));
        assert_eq!((half.tick(), half.tick()), (None, None), "nothing to ask");
    }

    #[test]
    fn the_first_half_keeps_its_rows_where_there_is_room() {
        let half = CouldHelp { others: vec![0, 1, 2], ..CouldHelp::default() };
        let rows = Rect::new(0, 0, 60, 20);
        let (first, second) = half.split(rows, 5);
        assert_eq!((first.height, second.y, second.height), (5, 5, 8));
        let (first, second) = half.split(rows, 5000);
        assert_eq!((first.height, second.height), (12, 8));
        assert_eq!(half.split(Rect { height: 5, ..rows }, 3).1.height, 0);
        assert_eq!(CouldHelp::default().split(rows, 3).0, rows);
    }
}
