//! The hats of a person: ends one, takes one up again, or begins a new one typed as `title @Organisation`.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::about::{About, SAVE};
use super::shape::{Places, Shape};
use crate::domain::contact::{Role, RoleKind};
use crate::domain::id::ContactId;
use crate::domain::time::PartialDate;
use crate::insight::vocabulary::Kind;
use crate::text::clean;
use crate::tui::command::{self, Command};
use crate::tui::effect::Effect;
use crate::tui::key::Code;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::entry;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::{self, ListState};
use crate::wording::{dates, records};

/// Kinds of hats, in the order in which Tab goes through them.
const KINDS: [RoleKind; 6] = [
    RoleKind::Employment,
    RoleKind::Ownership,
    RoleKind::Elected,
    RoleKind::Board,
    RoleKind::Member,
    RoleKind::Volunteer,
];

/// The hats, and a new one being typed.
pub(super) struct Hat {
    about: About,
    line: LineEdit,
    kind: usize,
    list: ListState,
}

impl Hat {
    pub(super) fn new(who: ContactId) -> Self {
        Self { about: About::new(vec![who]), line: LineEdit::default(), kind: 0, list: ListState::default() }
    }

    fn roles<'a>(&'a self, cx: &Cx<'a>) -> &'a [Role] {
        self.about.one(cx).map_or(&[], |one| &one.roles)
    }

    fn places(&self, area: Rect, cx: &Cx<'_>) -> Places {
        let rows = self.roles(cx).len().max(1);
        Shape { entry: true, rows, note: 1, ..Shape::default() }.places(area)
    }

    /// The hat that is being typed.
    fn typed(&self) -> Option<Role> {
        let (title, org) = split(self.line.text());
        let (title, org) = (clean::line(title), clean::line(org));
        let something = !title.is_empty() || !org.is_empty();
        something.then(|| Role {
            title: title.into(),
            org: org.into(),
            kind: KINDS[self.kind],
            ..Role::default()
        })
    }

    fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if let Some(role) = self.typed() {
            return self.about.change(cx, |contact| {
                // Behind the hats worn already: the first stays the main one. Alone, it becomes that.
                let worn = contact.roles.iter().rposition(|role| !role.former);
                contact.roles.insert(worn.map_or(0, |last| last + 1), role.clone());
            });
        }
        if self.roles(cx).is_empty() {
            return vec![Effect::Close];
        }
        let (at, today) = (self.list.cursor(), cx.today);
        self.about.change(cx, |contact| {
            let Some(role) = contact.roles.get_mut(at) else { return };
            role.former = !role.former;
            role.until = role.former.then_some(PartialDate::Day(today));
            // From now on the user's word counts, not the importer's.
            role.source.clear();
        })
    }

    /// The completion of the part that is being typed, and the byte that the part begins at.
    fn offer(&self, cx: &Cx<'_>) -> Option<(usize, String)> {
        let text = self.line.text();
        let (title, org) = split(text);
        let (kind, part) = if title.len() < text.len() { (Kind::Org, org) } else { (Kind::Title, title) };
        if self.line.cursor() < text.len() {
            return None;
        }
        let part = part.trim_start();
        let mut offers = cx.vocabulary.complete(kind, part).into_iter();
        let offer = offers.find(|offer| entry::ghost(part, offer).is_some())?;
        Some((text.len() - part.len(), offer))
    }

    /// What the completion would add.
    fn ghost(&self, cx: &Cx<'_>) -> String {
        let offer = self.offer(cx);
        let ghost =
            offer.as_ref().and_then(|(start, offer)| entry::ghost(&self.line.text()[*start..], offer));
        ghost.unwrap_or_default().to_owned()
    }

    fn complete(&mut self, cx: &Cx<'_>) -> bool {
        let Some((start, offer)) = self.offer(cx) else { return false };
        self.line.replace(start..self.line.text().len(), &offer);
        true
    }

    fn note(&self, cx: &Cx<'_>) -> Line<'static> {
        let theme = cx.theme;
        if let Some(role) = self.typed() {
            let kind = cx.t.ask_hat_kind(records::role(role.kind, cx.t.lang()));
            let mut spans = vec![Span::styled(format!("{}  ", cx.t.ask_hat_new()), theme.faint)];
            spans.extend(words(&role, cx));
            spans.push(Span::styled(format!("  {kind}"), theme.key));
            return Line::from(spans);
        }
        let hint = match self.roles(cx).get(self.list.cursor()) {
            Some(role) if role.former => cx.t.ask_hat_again(),
            Some(_) => cx.t.ask_hat_ends(),
            None => String::new(),
        };
        Line::styled(hint, theme.faint)
    }
}

/// Title and organisation of a typed hat; the sign counts at the start of a word.
fn split(line: &str) -> (&str, &str) {
    let sign = line
        .match_indices('@')
        .find(|(at, _)| line[..*at].chars().next_back().is_none_or(char::is_whitespace));
    match sign {
        Some((at, _)) => (&line[..at], &line[at + 1..]),
        None => (line, ""),
    }
}

fn words(role: &Role, cx: &Cx<'_>) -> Vec<Span<'static>> {
    let quiet = cx.theme.faint;
    let (title, org) = if role.former { (quiet, quiet) } else { (cx.theme.text, cx.theme.org) };
    let mut spans = Vec::new();
    if !role.title.is_empty() {
        spans.push(Span::styled(format!("{} ", role.title), title));
    }
    if !role.org.is_empty() {
        spans.push(Span::styled(format!("@{}", role.org), org));
    }
    spans
}

impl Layer for Hat {
    fn place(&self) -> command::Places {
        command::Places::PICKER
    }

    fn typing(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let places = self.places(area, cx);
        let (len, height) = (self.roles(cx).len(), places.rows.height);
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.save(cx),
            Input::Command(Command::Next) => self.kind = (self.kind + 1) % KINDS.len(),
            Input::Command(Command::Previous) => self.kind = (self.kind + KINDS.len() - 1) % KINDS.len(),
            Input::Command(command) => _ = self.list.command(command, len, height),
            Input::Key(key) => {
                // An arrow at the end of the text takes the completion.
                if !(matches!(key.code, Code::Right | Code::End) && self.complete(cx)) {
                    self.line.key(key);
                }
            }
            Input::Paste(pasted) => self.line.paste(pasted),
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !places.popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                self.list.mouse(mouse, places.rows, len);
            }
            Input::Refreshed => self.list.clamp(len, height),
            Input::Reply(SAVE, reply) => return self.about.reply(reply),
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let places = self.places(area, cx);
        let theme = cx.theme;
        places.frame(buf, cx, &cx.t.ask_hat(self.about.title(cx)), None);
        entry::view(&self.line, places.entry, buf, theme, &cx.t.ask_hat_placeholder(), &self.ghost(cx));
        let roles = self.roles(cx);
        if roles.is_empty() {
            list::put_row(
                buf,
                places.rows,
                false,
                theme,
                vec![Span::styled(cx.t.ask_hat_none(), theme.muted)],
                Vec::new(),
            );
        }
        let lang = cx.t.lang();
        let typing = self.typed().is_some();
        for (place, at) in places.rows.rows().zip(self.list.visible(roles.len(), places.rows.height)) {
            let role = &roles[at];
            let right = match (&role.until, role.former) {
                (Some(until), _) => cx.t.card_until(dates::partial(until, lang)),
                (None, true) => cx.t.ask_hat_ended(),
                (None, false) => records::role(role.kind, lang),
            };
            let right = vec![Span::styled(right, if role.former { theme.faint } else { theme.muted })];
            list::put_row(buf, place, !typing && at == self.list.cursor(), theme, words(role, cx), right);
        }
        places.note(buf, vec![self.note(cx)]);
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        entry::cursor(&self.line, self.places(area, cx).entry)
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn the_organisation_begins_at_a_sign_that_opens_a_word() {
        assert_eq!(split("vendeur @Scierie Tremblay"), ("vendeur ", "Scierie Tremblay"));
        assert_eq!(split("@MRC"), ("", "MRC"));
        assert_eq!(split("écrire à zoe@x.ca"), ("écrire à zoe@x.ca", ""));
    }
}
