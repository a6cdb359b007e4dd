//! What an import brought: its figures, then the job changes and the rows that could not be read, one by one.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::problem::InputProblem;
use crate::protocol::{Imported, Move};
use crate::tui::command::Command;
use crate::tui::effect::{Effect, View};
use crate::tui::layer::Cx;
use crate::tui::widgets::{list, text};
use crate::wording::{dates, errors};

/// One line of the report.
pub(super) enum Row<'a> {
    Blank,
    Heading(String),
    Move(&'a Move),
    Words(String),
}

/// The figures of a report.
pub(super) fn figures(report: &Imported, undone: bool, cx: &Cx<'_>) -> Vec<Line<'static>> {
    let theme = cx.theme;
    let t = cx.t;
    let all = [
        (report.new, t.report_new(report.new), theme.good),
        (report.changed, t.report_changed(report.changed), theme.notice),
        (report.unchanged, t.report_known(report.unchanged), theme.text),
        (report.organisations, t.report_organisations(report.organisations), theme.org),
        (report.others, t.report_others(report.others), theme.text),
        (report.answers.people, t.report_answering(report.answers.people), theme.good),
    ];
    let shown: Vec<_> =
        all.into_iter().enumerate().filter(|(at, (count, ..))| *at < 3 || *count > 0).collect();
    let numbers: Vec<_> =
        shown.iter().map(|(_, (count, ..))| dates::number(*count as u64, t.lang())).collect();
    let widest = numbers.iter().map(|number| text::width(number)).max().unwrap_or(0);
    let mut lines: Vec<_> = shown
        .into_iter()
        .zip(numbers)
        .map(|((_, (count, words, style)), number)| {
            let style = if count == 0 { theme.faint } else { style };
            let words_style = if count == 0 { theme.faint } else { theme.text };
            let pad = " ".repeat(widest - text::width(&number));
            Line::from(vec![
                Span::raw(pad),
                Span::styled(number, style),
                Span::styled(format!("  {words}"), words_style),
            ])
        })
        .collect();
    let word = if undone {
        Some((t.report_undone(), theme.notice))
    } else if report.cancelled {
        Some((t.report_cancelled(undo_key(cx)), theme.notice))
    } else if report.dry_run {
        Some((t.report_tried(), theme.notice))
    } else if report.new + report.changed + report.others == 0 && report.unchanged > 0 {
        Some((t.report_nothing_new(), theme.muted))
    } else {
        None
    };
    if let Some((word, style)) = word {
        lines.push(Line::default());
        lines.push(Line::styled(word, style));
    }
    lines
}

pub(super) fn undo_key(cx: &Cx<'_>) -> String {
    cx.keymap.keys(Command::Undo).first().map(|key| key.label()).unwrap_or_default()
}

/// What can be looked at one by one: job changes, then what could not be read.
pub(super) fn rows<'a>(report: &'a Imported, cx: &Cx<'_>, width: usize) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    if !report.answers.needs.is_empty() {
        rows.extend([Row::Blank, Row::Heading(cx.t.report_needs())]);
        rows.extend(report.answers.needs.iter().map(|(_, need, people)| {
            // The figure stands, whatever the words.
            let told = |words: &str| cx.t.import_answers_need(words, *people);
            let room = width.saturating_sub(list::SIGN + text::width(&told("")));
            Row::Words(told(&text::cut(need, room)))
        }));
    }
    if !report.moves.is_empty() {
        rows.extend([Row::Blank, Row::Heading(cx.t.report_moves(report.moves.len()))]);
        rows.extend(report.moves.iter().map(Row::Move));
    }
    if report.nameless > 0 {
        rows.extend([Row::Blank, Row::Heading(cx.t.report_nameless(report.nameless))]);
    }
    if !report.problems.is_empty() {
        rows.extend([Row::Blank, Row::Heading(cx.t.report_problems(report.problems.len()))]);
        let room = width.saturating_sub(list::SIGN);
        for problem in &report.problems {
            // The name will do: the user has just chosen the file.
            let name = Path::new(&problem.file).file_name().map(|name| name.to_string_lossy().into_owned());
            let problem = InputProblem { file: name.unwrap_or_default(), ..problem.clone() };
            rows.extend(text::wrap(&errors::input(&problem, cx.t.lang()), room).into_iter().map(Row::Words));
        }
    }
    rows
}

pub(super) fn person(one: &Move, cx: &Cx<'_>) -> Option<Effect> {
    let contact = cx.snapshot.book.by_uid(&one.person.uid)?;
    Some(Effect::Show(View::Person(contact.id)))
}

/// *buyer, Acme*
pub(super) fn place(title_and_org: &(String, String)) -> String {
    let (title, org) = title_and_org;
    match (title.is_empty(), org.is_empty()) {
        (false, false) => format!("{title}, {org}"),
        (false, true) => title.clone(),
        _ => org.clone(),
    }
}

/// What was left: the organisation says it, unless the person stayed there.
pub(super) fn left(one: &Move) -> String {
    let (title, org) = &one.from;
    if org.is_empty() || *org == one.to.1 { title.clone() } else { org.clone() }
}

/// Cells for the names and for what was left; the rest is for where people went.
pub(super) fn columns(report: &Imported, width: u16) -> (usize, usize) {
    let widest = |words: &dyn Fn(&Move) -> String| {
        report.moves.iter().map(|one| text::width(&words(one))).max().unwrap_or(0).min(usize::from(width) / 4)
    };
    (widest(&|one| one.person.name.clone()), widest(&left))
}

pub(super) fn draw(
    row: &Row<'_>,
    at: Rect,
    chosen: bool,
    columns: (usize, usize),
    buf: &mut Buffer,
    cx: &Cx<'_>,
) {
    let theme = cx.theme;
    match row {
        Row::Blank => {}
        Row::Heading(words) => text::put(buf, at, Span::styled(words.clone(), theme.title)),
        Row::Words(words) => {
            list::put_row(buf, at, chosen, theme, vec![Span::styled(words.clone(), theme.muted)], Vec::new());
        }
        Row::Move(one) => {
            let spans = vec![
                Span::styled(text::fit(&one.person.name, columns.0), theme.strong),
                Span::styled(format!("  {}", text::fit(&left(one), columns.1)), theme.faint),
                Span::styled(" → ", theme.muted),
                Span::styled(place(&one.to), theme.org),
            ];
            list::put_row(buf, at, chosen, theme, spans, Vec::new());
        }
    }
}
