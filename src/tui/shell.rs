//! What is around every screen: the header with its tabs, the footer with the keys that work here, and messages.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::app::App;
use super::command::{Chapter, Command, Places, TABLE};
use super::effect::{Mood, Tab, Toast};
use super::layer::{Cx, Layer};
use super::widgets::text;
use crate::domain::change::{Course, Deed, Step};
use crate::domain::need::NeedStatus;
use crate::domain::problem::Brief;
use crate::protocol::CardsRead;

use crate::wording::dates;

/// Where screens and overlays draw: all but the header and the footer.
pub fn body(area: Rect) -> Rect {
    Rect { y: area.y + area.height.min(1), height: area.height.saturating_sub(2), ..area }
}

/// Draws everything.
pub fn view(app: &App, buf: &mut Buffer) {
    let area = app.area();
    let cx = app.cx();
    header(app, area, buf);
    for layer in app.visible() {
        layer.view(body(area), buf, &cx);
    }
    footer(app, area, buf);
    if let Some(toast) = app.message() {
        message(toast, body(area), buf, &cx);
    }
}

/// The tab drawn at a cell.
pub fn tab_at(app: &App, at: Position) -> Option<Tab> {
    if at.y != app.area().y {
        return None;
    }
    tabs(app).into_iter().find(|(_, _, place)| place.contains(at)).map(|(tab, _, _)| tab)
}

/// Tabs with their labels and places.
fn tabs(app: &App) -> Vec<(Tab, Line<'static>, Rect)> {
    let cx = app.cx();
    let counts = cx.snapshot.book.counts();
    let mut x = app.area().x + 1;
    Tab::ALL
        .into_iter()
        .map(|tab| {
            let (name, count) = match tab {
                Tab::Today => (cx.t.tab_today(), cx.agenda.due.total),
                Tab::Pocket => (cx.t.tab_pocket(), counts.pocket),
                Tab::People if cx.snapshot.loaded => (cx.t.tab_people(), counts.pocket + counts.active),
                Tab::People => (cx.t.tab_people(), cx.snapshot.index.len()),
                Tab::Needs => (cx.t.tab_needs(), open_needs(&cx)),
                Tab::Markets => (cx.t.tab_markets(), 0),
            };
            let (style, count_style) = if tab == app.tab() {
                (cx.theme.title, cx.theme.title)
            } else {
                (cx.theme.muted, cx.theme.faint)
            };
            let key = cx.keymap.keys(tab.command()).first().map(|key| key.label()).unwrap_or_default();
            let mut spans = vec![Span::styled(format!("{key} "), cx.theme.key), Span::styled(name, style)];
            if count > 0 {
                spans.push(Span::styled(
                    format!(" {}", dates::number(count as u64, cx.t.lang())),
                    count_style,
                ));
            }
            let line = Line::from(spans);
            let place = Rect::new(x, app.area().y, line.width() as u16, 1);
            x += place.width + 3;
            (tab, line, place)
        })
        .collect()
}

fn open_needs(cx: &Cx<'_>) -> usize {
    cx.snapshot.book.needs().filter(|need| need.status == NeedStatus::Open).count()
}

fn header(app: &App, area: Rect, buf: &mut Buffer) {
    let cx = app.cx();
    let row = Rect { height: area.height.min(1), ..area };
    for (_, line, place) in tabs(app) {
        text::put(buf, place.intersection(row), line);
    }
    let mut right = Vec::new();
    if let Some(event) = cx.sticky {
        right.push(Span::styled(format!("% {}  ", text::cut(&event.name, 28)), cx.theme.event));
    }
    if cx.discreet {
        right.push(Span::styled(format!("{}  ", cx.t.header_discreet()), cx.theme.notice));
    }
    let taken = tabs(app).last().map_or(0, |(_, _, place)| place.right().saturating_sub(area.x) + 2);
    if app.settings().demo {
        let used: usize = right.iter().map(Span::width).sum();
        let free = usize::from(area.width.saturating_sub(taken)).saturating_sub(used);
        let whole = cx.t.header_demo();
        let words = if text::width(&whole) + 2 <= free { whole } else { cx.t.header_demo_short() };
        right.push(Span::styled(format!("{words}  "), cx.theme.notice));
    }
    right.push(Span::styled("openbar ", cx.theme.faint));
    let room = Rect { x: area.x + taken.min(area.width), width: area.width.saturating_sub(taken), ..row };
    text::put_right(buf, room, Line::from(right));
}

fn footer(app: &App, area: Rect, buf: &mut Buffer) {
    let cx = app.cx();
    let front = app.front_of_stack();
    let place = front.place();
    let row = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
    let mut room = usize::from(area.width).saturating_sub(1);
    // Help keeps its place at the right end, however many hints there are.
    if let Some(help) = hint(Command::Help, &cx).filter(|_| Command::Help.spec().hints.meets(place)) {
        let help = Line::from(help.to_vec());
        room = room.saturating_sub(help.width());
        text::put_right(buf, row, help);
    }
    let mut spans = vec![Span::raw(" ")];
    for spec in TABLE.iter().filter(|spec| spec.hints.meets(place) && spec.command != Command::Help) {
        if !works(front, spec.command, &cx) {
            continue;
        }
        let Some(hint) = hint(spec.command, &cx) else { continue };
        let needs = hint.iter().map(Span::width).sum();
        let Some(left) = room.checked_sub(needs) else { break };
        room = left;
        spans.extend(hint);
    }
    let line = Line::from(spans);
    text::put(buf, Rect { width: (line.width() as u16).min(row.width), ..row }, line);
}

/// A key and what it is called.
fn hint(command: Command, cx: &Cx<'_>) -> Option<[Span<'static>; 2]> {
    let key = cx.keymap.keys(command).first()?.label();
    let label = (command.spec().label)(cx.t);
    Some([Span::styled(key, cx.theme.key), Span::styled(format!(" {label}   "), cx.theme.faint)])
}

/// Whether a command can do anything on a layer now.
pub fn works(layer: &dyn Layer, command: Command, cx: &Cx<'_>) -> bool {
    command.spec().places.meets(layer.place())
        && layer.enabled(command, cx)
        && !(needs_somebody(command) && layer.who(cx).is_empty())
}

/// Commands that act on people do nothing without one.
fn needs_somebody(command: Command) -> bool {
    let spec = command.spec();
    spec.places.meets(Places::WHO)
        && spec.chapter == Chapter::Change
        && !matches!(command, Command::Undo | Command::Redo | Command::KeepNeed)
        || matches!(command, Command::Copy | Command::OpenLink | Command::CouldUse)
}

fn message(toast: &Toast, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
    let style = match toast.mood {
        Mood::Good => cx.theme.good,
        Mood::Plain => cx.theme.text,
        Mood::Bad => cx.theme.alert,
    };
    let most = usize::from(area.width.saturating_sub(6)).min(76);
    let lines = text::wrap(&toast.text, most.max(1));
    let shown = lines.len().min(usize::from(area.height.saturating_sub(2))).min(5);
    if shown == 0 || area.width < 8 {
        return;
    }
    let width = lines.iter().map(|line| text::width(line)).max().unwrap_or(0) as u16 + 4;
    let height = shown as u16 + 2;
    let place = Rect {
        x: area.right().saturating_sub(width + 1),
        y: area.bottom().saturating_sub(height),
        width: width.min(area.width),
        height,
    };
    Clear.render(place, buf);
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(style).style(cx.theme.popup);
    let inside = block.inner(place);
    block.render(place, buf);
    for (at, line) in lines.into_iter().take(shown).enumerate() {
        let row = Rect {
            x: inside.x + 1,
            y: inside.y + at as u16,
            width: inside.width.saturating_sub(1),
            height: 1,
        };
        text::put(buf, row, Span::styled(line, style));
    }
}

/// What reading a card has brought.
pub fn cards_read(cx: &Cx<'_>, read: &CardsRead) -> Toast {
    let names: Vec<&str> = read
        .contacts
        .iter()
        .map(|contact| contact.name.full.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    let text = match (read.known, names.as_slice()) {
        (true, names) => cx.t.card_known_toast(names.len(), names.join(", ")),
        (false, []) => cx.t.card_nobody_toast(),
        (false, [name]) => cx.t.card_read_toast(*name),
        (false, names) => cx.t.card_read_several_toast(names.len(), names.join(", ")),
    };
    let mood = if read.known || names.is_empty() { Mood::Plain } else { Mood::Good };
    Toast { mood, text }
}

/// What a change is called when it has been made.
pub fn changed(cx: &Cx<'_>, step: &Step, count: usize, people: &[Brief]) -> String {
    let who = match people {
        [] => step.subject.clone(),
        [one] => one.name.clone(),
        _ => cx.t.people_count(people.len().max(count)),
    };
    match (step.course, step.deed) {
        (Course::Undo(_), _) => cx.t.toast_undone(who),
        (Course::Redo(_), _) => cx.t.toast_redone(who),
        (_, Deed::Archive) => cx.t.toast_archived(who),
        (_, Deed::File) => cx.t.toast_filed(who),
        (_, Deed::Log) => cx.t.toast_logged(who),
        (_, Deed::Tie) => cx.t.toast_tied(who),
        _ => cx.t.toast_saved(who),
    }
}
