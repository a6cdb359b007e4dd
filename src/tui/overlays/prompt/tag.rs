//! Tags of one or several people: typed words are added, words with a minus are taken off.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::about::{About, SAVE};
use super::shape::{Places, Shape};
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::insight::vocabulary::Kind;
use crate::text::clean;
use crate::text::fold::same;
use crate::tui::command::{self, Command};
use crate::tui::effect::Effect;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::entry;
use crate::tui::widgets::line_edit::LineEdit;
use crate::tui::widgets::list::{self, ListState};
use crate::wording::dates;

/// Rows for tags; more of them scroll.
const ROWS: usize = 5;

/// Tags being typed, and those that the people have.
pub(super) struct Tags {
    about: About,
    line: LineEdit,
    rows: Vec<Row>,
    list: ListState,
}

/// A tag that the people have, or one to complete with.
struct Row {
    tag: String,
    /// How many of the people have it.
    have: usize,
}

/// What is typed: tags to add and tags to take off.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wish {
    add: Vec<String>,
    remove: Vec<String>,
}

impl Wish {
    fn read(typed: &str) -> Self {
        let mut wish = Self::default();
        for word in clean::line(typed).split_whitespace() {
            let word = word.trim_matches(',');
            let (list, tag) = match word.strip_prefix('-') {
                Some(tag) => (&mut wish.remove, tag),
                None => (&mut wish.add, word),
            };
            let tag = tag.trim_start_matches('#');
            if !tag.is_empty() && !list.iter().any(|known| same(known, tag)) {
                list.push(tag.to_owned());
            }
        }
        wish
    }

    fn apply(&self, contact: &mut Contact) {
        contact.tags.retain(|tag| !self.remove.iter().any(|gone| same(gone, tag)));
        for tag in &self.add {
            if !contact.tags.iter().any(|known| same(known, tag)) {
                contact.tags.push(tag.clone());
            }
        }
    }
}

impl Tags {
    pub(super) fn new(who: Vec<ContactId>, cx: &Cx<'_>) -> Self {
        let mut tags = Self {
            about: About::new(who),
            line: LineEdit::default(),
            rows: Vec::new(),
            list: ListState::default(),
        };
        tags.look(cx);
        tags
    }

    /// The word under the cursor, without its signs, and where its letters begin.
    fn word(&self) -> (usize, &str) {
        let before = &self.line.text()[..self.line.cursor()];
        let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = &before[start..];
        let letters = word.trim_start_matches(['-', '#']);
        (start + word.len() - letters.len(), letters)
    }

    /// The rows for what is being typed: completions of a word, else the tags that the people have.
    fn look(&mut self, cx: &Cx<'_>) {
        let have = |tag: &str| {
            self.about.people(cx).filter(|one| one.tags.iter().any(|known| same(known, tag))).count()
        };
        let (_, word) = self.word();
        self.rows = if word.is_empty() {
            let mut tags: Vec<String> = Vec::new();
            for tag in self.about.people(cx).flat_map(|one| &one.tags) {
                if !tags.iter().any(|known| same(known, tag)) {
                    tags.push(tag.clone());
                }
            }
            let mut rows: Vec<Row> = tags.into_iter().map(|tag| Row { have: have(&tag), tag }).collect();
            rows.sort_by_key(|row| std::cmp::Reverse(row.have));
            rows
        } else {
            let offers = cx.vocabulary.complete(Kind::Tag, word);
            offers.into_iter().map(|tag| Row { have: have(&tag), tag }).collect()
        };
    }

    fn places(&self, area: Rect, cx: &Cx<'_>) -> Places {
        let names = self.about.names(cx).is_some();
        let rows = ROWS.min(cx.vocabulary.len(Kind::Tag));
        Shape { names, entry: true, rows, note: 1, ..Shape::default() }.places(area)
    }

    /// Puts the tag under the cursor into the line: with a minus when all of the people have it.
    fn take(&mut self, cx: &Cx<'_>) {
        let Some(row) = self.rows.get(self.list.cursor()) else { return };
        let (start, word) = self.word();
        let bare = word.is_empty() && !self.line.text()[..start].ends_with(['-', '#']);
        let sign = if bare && row.have == self.about.people(cx).count() { "-" } else { "" };
        let tag = format!("{sign}{} ", row.tag);
        self.line.replace(start..self.line.cursor(), &tag);
        self.look(cx);
        self.list = ListState::default();
    }

    fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let wish = Wish::read(self.line.text());
        if wish == Wish::default() && !self.rows.is_empty() {
            self.take(cx);
            return Vec::new();
        }
        self.about.change(cx, |contact| wish.apply(contact))
    }

    fn note(&self, cx: &Cx<'_>) -> Line<'static> {
        let theme = cx.theme;
        let wish = Wish::read(self.line.text());
        if wish == Wish::default() {
            return Line::styled(cx.t.ask_tag_hint(), theme.faint);
        }
        let mut spans = Vec::new();
        for tag in &wish.add {
            spans.push(Span::styled(format!("+{tag}  "), theme.tag));
        }
        for tag in &wish.remove {
            spans.push(Span::styled(format!("−{tag}  "), theme.alert));
        }
        Line::from(spans)
    }
}

impl Layer for Tags {
    fn place(&self) -> command::Places {
        command::Places::PICKER
    }

    fn typing(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let places = self.places(area, cx);
        let height = places.rows.height;
        let changed = match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.save(cx),
            Input::Command(Command::Next) => {
                self.take(cx);
                false
            }
            Input::Command(command) => {
                self.list.command(command, self.rows.len(), height);
                false
            }
            Input::Key(key) => self.line.key(key),
            Input::Paste(pasted) => {
                self.line.paste(pasted);
                true
            }
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !places.popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                if self.list.mouse(mouse, places.rows, self.rows.len()).is_some() {
                    self.take(cx);
                }
                false
            }
            Input::Refreshed => true,
            Input::Reply(SAVE, reply) => return self.about.reply(reply),
            _ => false,
        };
        if changed {
            self.look(cx);
            self.list.clamp(self.rows.len(), height);
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let places = self.places(area, cx);
        let theme = cx.theme;
        places.frame(buf, cx, &cx.t.ask_tag(self.about.title(cx)), Some(&self.about));
        entry::view(&self.line, places.entry, buf, theme, &cx.t.ask_tag_placeholder(), "");
        let all = self.about.people(cx).count();
        let lang = cx.t.lang();
        for (place, at) in places.rows.rows().zip(self.list.visible(self.rows.len(), places.rows.height)) {
            let row = &self.rows[at];
            let share = match (row.have, all) {
                (0, _) => String::new(),
                (_, 1) => "✓".to_owned(),
                (have, all) => {
                    cx.t.ask_tag_share(dates::number(have as u64, lang), dates::number(all as u64, lang))
                }
            };
            let left = vec![Span::styled(format!("#{}", row.tag), theme.tag)];
            let right = vec![Span::styled(share, theme.muted)];
            list::put_row(buf, place, at == self.list.cursor(), theme, left, right);
        }
        places.note(buf, vec![self.note(cx)]);
    }

    fn cursor(&self, area: Rect, cx: &Cx<'_>) -> Option<Position> {
        entry::cursor(&self.line, self.places(area, cx).entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Timestamp;

    #[test]
    fn words_are_added_and_taken_off() {
        let wish = Wish::read("#chambre, -Vieux bois -#été chambre");
        assert_eq!((wish.add.join(" "), wish.remove.join(" ")), ("chambre bois".into(), "Vieux été".into()));
        let mut contact = Contact::new(ContactId::NIL, Timestamp::UNIX_EPOCH);
        contact.tags = vec!["vieux".into(), "Bois".into(), "ete".into()];
        wish.apply(&mut contact);
        assert_eq!(contact.tags, ["Bois", "chambre"]);
    }
}
