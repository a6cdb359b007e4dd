//! The home screen: one bar with two questions, then what today asks for. An empty book teaches the first steps.
//!
//! Every entry is about a person, so that every command for people works here too; a need is about the best match.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::domain::id::{ContactId, NeedId};
use crate::insight::agenda::{Listed, NeedNews, Person};
use crate::protocol::{Job, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{BarMode, Effect, Tab, Tag, View};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::{frame, text};
use crate::wording::dates;

/// The home screen.
#[derive(Default)]
pub struct Today {
    cursor: usize,
    /// Rows scrolled off at the top.
    scroll: u16,
    /// Needs with new matches. The engine matches them; all else is read from the book.
    needs: Listed<NeedNews>,
    /// The answer about them is awaited; asked again when it is there if something changed meanwhile.
    asked: bool,
    again: bool,
}

/// The tag of the question about needs.
const NEEDS: Tag = 1;
/// Cells of a need's words.
const WORDS: usize = 32;

/// Rows of the bar with its border.
const BAR: u16 = 3;
/// Entries of one block before the rest is only counted.
const SHOWN: usize = 8;
/// Cells of the column of names.
const NAME: usize = 24;
/// Cells of the column of dates.
const WHEN: usize = 17;
/// Two columns from here on.
const TWO_COLUMNS: u16 = 100;
/// Three columns from here on.
const THREE_COLUMNS: u16 = 160;

/// Entries under a heading.
struct Block {
    title: String,
    total: usize,
    entries: Vec<(About, Line<'static>)>,
}

/// What an entry is about.
#[derive(Clone, Copy)]
struct About {
    who: ContactId,
    need: Option<NeedId>,
}

/// What stands where: lines, and what a line is about.
struct Placed {
    place: Rect,
    line: Line<'static>,
    about: Option<About>,
}

fn parts(area: Rect) -> (Rect, Rect) {
    let bar = Rect { height: BAR.min(area.height), ..area };
    (bar, Rect { y: area.y + bar.height, height: area.height - bar.height, ..area })
}

fn blocks(needs: &Listed<NeedNews>, cx: &Cx<'_>) -> Vec<Block> {
    let (t, theme, lang, day) = (cx.t, cx.theme, cx.t.lang(), cx.agenda);
    let block =
        |title: String, total: usize, entries: Vec<(About, Line<'static>)>| Block { title, total, entries };
    let entry = |person: &Person, when: Span<'static>, what: String| {
        let mut spans = vec![Span::styled(text::fit(&person.name, NAME), theme.strong), Span::raw("  ")];
        if !when.content.is_empty() {
            let when_style = when.style;
            spans.push(Span::styled(text::fit(&when.content, WHEN), when_style));
            spans.push(Span::raw("  "));
        }
        let what = if what.is_empty() { person.org.clone() } else { what };
        spans.push(Span::styled(what, theme.muted));
        (About { who: person.id, need: None }, Line::from(spans))
    };
    let rings = needs.items.iter().map(|news| {
        let mut spans = vec![
            Span::styled(text::cut(&news.words, WORDS), theme.strong),
            Span::styled(" ← ", theme.faint),
            Span::styled(news.best.name.clone(), theme.notice),
        ];
        if news.fresh > 1 {
            spans.push(Span::styled(format!("  {}", t.today_need_others(news.fresh - 1)), theme.muted));
        }
        (About { who: news.best.id, need: Some(news.need) }, Line::from(spans))
    });
    let due = day.due.items.iter().map(|due| {
        let style = if due.on < cx.today { theme.alert } else { theme.notice };
        entry(&due.person, Span::styled(dates::ago(due.on, cx.today, lang), style), String::new())
    });
    let birthdays = day.birthdays.items.iter().map(|birthday| {
        let when = Span::styled(dates::ago(birthday.on, cx.today, lang), theme.date);
        let turns = birthday.turns.map(|years| t.today_turns(years)).unwrap_or_default();
        entry(&birthday.person, when, turns)
    });
    let pocket = day.pocket.items.iter().map(|person| entry(person, Span::raw(""), String::new()));
    let moves = day.moves.items.iter().map(|moved| {
        let to = join(&moved.to);
        let line = if moved.from.0.is_empty() && moved.from.1.is_empty() {
            to
        } else {
            t.today_moved(join(&moved.from), to)
        };
        entry(&moved.person, Span::raw(""), line)
    });
    let awaited = day.awaited.items.iter().map(|awaited| {
        let since = Span::styled(dates::ago(awaited.since, cx.today, lang), theme.date);
        entry(&awaited.person, since, if cx.discreet { String::new() } else { awaited.words.clone() })
    });
    let silent = day.silent.items.iter().map(|silent| {
        let last = Span::styled(t.today_last(dates::ago(silent.last, cx.today, lang)), theme.date);
        entry(&silent.person, last, String::new())
    });
    [
        block(t.today_due(), day.due.total, due.collect()),
        block(t.today_needs(), needs.total, rings.collect()),
        block(t.today_awaited(), day.awaited.total, awaited.collect()),
        block(t.today_pocket(), day.pocket.total, pocket.collect()),
        block(t.today_birthdays(), day.birthdays.total, birthdays.collect()),
        block(t.today_moves(), day.moves.total, moves.collect()),
        block(t.today_silent(), day.silent.total, silent.collect()),
    ]
    .into_iter()
    .filter(|block| block.total > 0)
    .collect()
}

fn join((title, org): &(String, String)) -> String {
    [title.as_str(), org.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Puts the blocks into columns, always into the shortest one, unscrolled.
fn place(area: Rect, needs: &Listed<NeedNews>, cx: &Cx<'_>) -> Vec<Placed> {
    let columns = match area.width {
        ..TWO_COLUMNS => 1,
        TWO_COLUMNS..THREE_COLUMNS => 2,
        _ => 3,
    };
    let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    let width = inner.width / columns;
    let mut next = vec![inner.y; usize::from(columns)];
    let mut placed = Vec::new();
    for block in blocks(needs, cx) {
        let column = (0..next.len()).min_by_key(|at| next[*at]).unwrap_or(0);
        let mut put = |line, about| {
            let x = inner.x + column as u16 * width;
            placed.push(Placed {
                place: Rect::new(x, next[column], width.saturating_sub(2), 1),
                line,
                about,
            });
            next[column] += 1;
        };
        let count =
            Span::styled(format!(" {}", dates::number(block.total as u64, cx.t.lang())), cx.theme.faint);
        put(Line::from(vec![Span::styled(block.title, cx.theme.title), count]), None);
        let listed = block.entries.len().min(SHOWN);
        for (about, line) in block.entries.into_iter().take(SHOWN) {
            put(line, Some(about));
        }
        if block.total > listed {
            put(Line::styled(cx.t.today_more(block.total - listed), cx.theme.faint), None);
        }
        put(Line::default(), None);
    }
    placed
}

impl Today {
    /// The entries, in the order of the cursor.
    fn entries(&self, area: Rect, cx: &Cx<'_>) -> Vec<(About, Rect)> {
        let (_, rest) = parts(area);
        let placed = place(rest, &self.needs, cx);
        placed.into_iter().filter_map(|placed| Some((placed.about?, placed.place))).collect()
    }

    /// Asks which needs have new matches, once the last question is answered.
    fn ask(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let waits = cx.snapshot.book.needs().next().is_some();
        if !cx.snapshot.loaded || !waits {
            self.needs = Listed::default();
            return Vec::new();
        }
        if std::mem::replace(&mut self.asked, true) {
            self.again = true;
            return Vec::new();
        }
        vec![Effect::Ask(Job::Today, NEEDS)]
    }

    fn command(&mut self, command: Command, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let people = self.entries(area, cx);
        let last = people.len().saturating_sub(1);
        match command {
            Command::Down => self.cursor = (self.cursor + 1).min(last),
            Command::Up => self.cursor = self.cursor.saturating_sub(1),
            Command::First => self.cursor = 0,
            Command::Last => self.cursor = last,
            Command::Left | Command::Right => self.sideways(command == Command::Right, &people),
            Command::Open => {
                return vec![match people.get(self.cursor) {
                    Some((About { need: Some(need), .. }, _)) => Effect::Need(*need),
                    Some((about, _)) => Effect::Show(View::Person(about.who)),
                    None => Effect::Show(View::Bar(BarMode::New(String::new()))),
                }];
            }
            Command::Search => return vec![Effect::Find(String::new())],
            Command::Next => return vec![Effect::Go(Tab::Pocket)],
            _ => {}
        }
        self.follow(area, &people);
        Vec::new()
    }

    /// To the entry of the next column that is nearest in height.
    fn sideways(&mut self, right: bool, people: &[(About, Rect)]) {
        let Some((_, from)) = people.get(self.cursor) else { return };
        let beside = people
            .iter()
            .enumerate()
            .filter(|(_, (_, to))| if right { to.x > from.x } else { to.x < from.x });
        let nearest = beside.min_by_key(|(_, (_, to))| (to.x.abs_diff(from.x), to.y.abs_diff(from.y)));
        if let Some((at, _)) = nearest {
            self.cursor = at;
        }
    }

    fn follow(&mut self, area: Rect, people: &[(About, Rect)]) {
        self.cursor = self.cursor.min(people.len().saturating_sub(1));
        let (_, rest) = parts(area);
        let Some((_, place)) = people.get(self.cursor) else {
            self.scroll = 0;
            return;
        };
        let row = place.y - rest.y;
        if row < self.scroll + 1 {
            self.scroll = row.saturating_sub(1);
        } else if row >= self.scroll + rest.height {
            self.scroll = row + 1 - rest.height;
        }
    }
}

impl Layer for Today {
    fn place(&self) -> Places {
        Places::TODAY
    }

    fn covers(&self) -> bool {
        true
    }

    fn enabled(&self, command: Command, cx: &Cx<'_>) -> bool {
        let asked = |id: &ContactId| {
            cx.agenda.awaited.items.iter().any(|one| one.person.id == *id && one.need.is_none())
        };
        command != Command::Answer || self.who(cx).iter().any(asked)
    }

    fn who(&self, cx: &Cx<'_>) -> Vec<ContactId> {
        // The cursor counts entries in the order of the blocks, wherever they are placed.
        let entries =
            blocks(&self.needs, cx).into_iter().flat_map(|block| block.entries.into_iter().take(SHOWN));
        entries.map(|(about, _)| about.who).nth(self.cursor).into_iter().collect()
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(command) => return self.command(command, area, cx),
            Input::Refreshed => {
                self.follow(area, &self.entries(area, cx));
                return self.ask(cx);
            }
            Input::Reply(NEEDS, reply) => {
                self.asked = false;
                if let Reply::Today(agenda) = reply {
                    self.needs.clone_from(&agenda.needs);
                    self.follow(area, &self.entries(area, cx));
                }
                if std::mem::take(&mut self.again) {
                    return self.ask(cx);
                }
            }
            Input::Paste(pasted) => return vec![Effect::Show(View::Bar(BarMode::New(pasted.to_owned())))],
            Input::Mouse(mouse) => {
                let (bar, rest) = parts(area);
                match mouse.act {
                    MouseAct::Wheel(rows) => {
                        let lowest = place(rest, &self.needs, cx)
                            .iter()
                            .map(|placed| placed.place.bottom())
                            .max()
                            .unwrap_or(0);
                        let most = lowest.saturating_sub(rest.bottom());
                        self.scroll = self.scroll.saturating_add_signed(rows).min(most);
                    }
                    _ if bar.contains(mouse.at) => {
                        return vec![Effect::Show(View::Bar(BarMode::New(String::new())))];
                    }
                    _ => {
                        let at = Position { y: mouse.at.y + self.scroll, ..mouse.at };
                        if let Some(hit) =
                            self.entries(area, cx).iter().position(|(_, place)| place.contains(at))
                        {
                            self.cursor = hit;
                            if mouse.act == MouseAct::Double {
                                return self.command(Command::Open, area, cx);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let (bar, rest) = parts(area);
        let inner = frame::panel(bar, buf, cx.theme, "", true);
        let mut question =
            vec![Span::styled("› ", cx.theme.title), Span::styled(cx.t.today_question(), cx.theme.text)];
        if inner.width >= TWO_COLUMNS - 10 {
            question.push(Span::styled(format!("   {}", cx.t.today_question_how()), cx.theme.faint));
        }
        text::put(buf, inner, Line::from(question));
        if !cx.snapshot.loaded {
            return;
        }
        if cx.snapshot.book.contacts().next().is_none() {
            first_steps(rest, buf, cx);
            return;
        }
        let placed = place(rest, &self.needs, cx);
        if placed.is_empty() {
            let place = Rect { x: rest.x + 2, width: rest.width.saturating_sub(4), ..rest };
            let words = text::wrap(&cx.t.today_nothing(), usize::from(place.width));
            text::put_lines(buf, place, words.into_iter().map(|line| Line::styled(line, cx.theme.muted)));
        }
        let mut entry = 0;
        for Placed { place, line, about } in placed {
            let selected = about.is_some() && {
                entry += 1;
                entry - 1 == self.cursor
            };
            let Some(y) = place.y.checked_sub(self.scroll).filter(|y| (rest.y..rest.bottom()).contains(y))
            else {
                continue;
            };
            let row = Rect { y, ..place };
            if selected {
                buf.set_style(
                    Rect { x: row.x.saturating_sub(2), width: row.width + 2, ..row },
                    cx.theme.selected,
                );
                let sign = Rect { x: row.x.saturating_sub(2), width: 1, ..row };
                text::put(buf, sign, Span::styled("›", cx.theme.title));
            }
            text::put(buf, row, line);
        }
    }
}

/// What to do with an empty book.
fn first_steps(area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
    let place = Rect { x: area.x + 2, width: area.width.saturating_sub(4).min(92), ..area };
    let mut lines = vec![Line::default(), Line::styled(cx.t.first_title(), cx.theme.title), Line::default()];
    let steps = [
        (Command::Capture, cx.t.first_capture(), cx.t.first_capture_example()),
        (Command::Import, cx.t.first_import(), cx.t.first_import_how()),
        (Command::Help, cx.t.first_help(), String::new()),
    ];
    for (command, title, more) in steps {
        let key = cx.keymap.keys(command).first().map(|key| key.label()).unwrap_or_default();
        lines.push(Line::from(vec![
            Span::styled(text::fit(&key, 4), cx.theme.key),
            Span::styled(title, cx.theme.strong),
        ]));
        for line in text::wrap(&more, usize::from(place.width.saturating_sub(4))) {
            lines.push(Line::styled(format!("    {line}"), cx.theme.muted));
        }
        lines.push(Line::default());
    }
    lines.extend(
        text::wrap(&cx.t.first_demo(), usize::from(place.width))
            .into_iter()
            .map(|line| Line::styled(line, cx.theme.faint)),
    );
    text::put_lines(buf, place, lines);
}
