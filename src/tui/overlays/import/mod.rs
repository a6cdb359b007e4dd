//! An import: how far it has come, then what it brought.
//!
//! The job is sent once, at the first thing the layer hears. Leaving it asks whether it goes on in the background
//! or stops; stopping keeps what came in, as one step that undo takes back.

mod report;

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use self::report::{Row, columns, draw, figures, person, rows};
use crate::domain::problem::Problem;
use crate::protocol::{Import as Files, Imported, Job, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Tag, View};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::question::Question;
use crate::tui::widgets::{frame, scroll, text};
use crate::wording::{dates, errors};

/// The widest that the report gets.
const WIDEST: u16 = 110;
/// The widest that the progress gets.
const BAR: u16 = 64;
/// Tags of jobs.
const IMPORT: Tag = 1;
const UNDO: Tag = 2;
/// Answers to the question how to leave, in their order.
const GO_ON: usize = 0;
const WATCH: usize = 1;

/// An import and where it stands.
pub struct Import {
    paths: Vec<PathBuf>,
    state: State,
    list: ListState,
}

enum State {
    /// Nothing was sent yet.
    Begin,
    /// Under way.
    Running { done: u64, total: u64, leaving: Option<Question>, stopping: bool },
    /// It is over.
    Over { report: Box<Imported>, undone: bool },
    /// Nothing could be read.
    Failed(Problem),
}

impl Import {
    /// Begins to read these files.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self { paths, state: State::Begin, list: ListState::default() }
    }

    /// Shows what an import brought.
    pub fn done(report: Imported) -> Self {
        let state = State::Over { report: Box::new(report), undone: false };
        Self { paths: Vec::new(), state, list: ListState::default() }
    }

    fn leave(&mut self, answer: usize) -> Vec<Effect> {
        let State::Running { leaving, stopping, .. } = &mut self.state else { return Vec::new() };
        *leaving = None;
        match answer {
            GO_ON => vec![Effect::Close],
            WATCH => Vec::new(),
            _ => {
                *stopping = true;
                vec![Effect::Cancel(IMPORT)]
            }
        }
    }

    /// The report opens with its figures; below them, what can be looked at one by one.
    fn layout(&self, area: Rect, cx: &Cx<'_>) -> (Rect, Rect, Rect) {
        let width = WIDEST.min(area.width.saturating_sub(4));
        let State::Over { report, undone } = &self.state else {
            let width = BAR.min(width);
            let height = match &self.state {
                State::Failed(problem) => failure(problem, cx, usize::from(width).saturating_sub(4)).len(),
                _ => 6,
            };
            let popup = frame::centred(area, width, height as u16 + 2);
            return (popup, frame::inside(popup), Rect::default());
        };
        let figures = figures(report, *undone, cx).len();
        let rows = rows(report, cx, usize::from(width).saturating_sub(4)).len();
        let popup = frame::centred(area, width, (figures + rows + 2).min(usize::from(area.height)) as u16);
        let inside = frame::inside(popup);
        let head = (figures as u16).min(inside.height);
        let list = Rect { y: inside.y + head, height: inside.height - head, ..inside };
        (popup, Rect { height: head, ..inside }, list)
    }

    fn over(&mut self, input: &Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let (popup, _, place) = self.layout(area, cx);
        let State::Over { report, undone } = &mut self.state else { return Vec::new() };
        let rows = rows(report, cx, usize::from(place.width));
        let before = self.list.cursor();
        let mut open = false;
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => open = true,
            Input::Command(Command::Undo) => {
                return report
                    .step
                    .map(|step| Effect::Ask(Job::UndoStep { step }, UNDO))
                    .into_iter()
                    .collect();
            }
            Input::Command(command) => _ = self.list.command(*command, rows.len(), place.height),
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                open = self.list.mouse(*mouse, place, rows.len()).is_some();
            }
            Input::Reply(UNDO, Reply::Changed { .. }) => *undone = true,
            Input::Refreshed => self.list.clamp(rows.len(), place.height),
            _ => {}
        }
        if open {
            return match rows.get(self.list.cursor()) {
                Some(Row::Move(one)) => person(one, cx).into_iter().collect(),
                _ => Vec::new(),
            };
        }
        // The cursor rests on what can be read, never on a heading or a blank.
        let readable = |at: &usize| matches!(rows.get(*at), Some(Row::Move(_) | Row::Words(_)));
        let at = self.list.cursor();
        let near = if at < before {
            (0..=at).rev().find(readable).or_else(|| (at..rows.len()).find(readable))
        } else {
            (at..rows.len()).find(readable).or_else(|| (0..=at).rev().find(readable))
        };
        if let Some(near) = near.filter(|near| *near != at) {
            self.list.select(near, rows.len(), place.height);
        }
        Vec::new()
    }

    fn view_running(&self, inside: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let theme = cx.theme;
        let (done, total, stopping) = match &self.state {
            State::Running { done, total, stopping, .. } => (*done, *total, *stopping),
            _ => (0, 0, false),
        };
        let name = self.paths.first().and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
        let room = usize::from(inside.width).saturating_sub(12);
        let first = match name {
            Some(name) => cx.t.report_reading(text::cut(&name, room)),
            None => cx.t.report_waiting(),
        };
        let lang = cx.t.lang();
        let count = match (stopping, done, total) {
            (true, ..) => cx.t.report_stopping(),
            (_, 0, _) => cx.t.report_waiting(),
            (_, done, 0) => cx.t.report_so_far_open(done),
            (_, done, total) => cx.t.report_so_far(dates::number(done, lang), dates::number(total, lang)),
        };
        let mut lines = vec![
            Line::styled(first, theme.strong),
            Line::default(),
            bar(done, total, usize::from(inside.width), cx),
            Line::styled(count, theme.muted),
            Line::default(),
        ];
        lines.extend(
            text::wrap(&cx.t.report_keeps(), usize::from(inside.width))
                .into_iter()
                .map(|line| Line::styled(line, theme.faint)),
        );
        text::put_lines(buf, inside, lines);
    }
}

/// The bar that fills; while nobody knows how much there is, it stays a track.
fn bar(done: u64, total: u64, width: usize, cx: &Cx<'_>) -> Line<'static> {
    let full = (width as u64 * done.min(total)).checked_div(total).unwrap_or(0) as usize;
    Line::from(vec![
        Span::styled("━".repeat(full), cx.theme.good),
        Span::styled("─".repeat(width - full), cx.theme.faint),
    ])
}

/// Why nothing could be read, and what to do.
fn failure(problem: &Problem, cx: &Cx<'_>, width: usize) -> Vec<Line<'static>> {
    let theme = cx.theme;
    let worded = errors::problem(problem, cx.t.lang());
    let again = std::iter::once((cx.t.report_again(), theme.faint));
    let hints = worded.hints.into_iter().map(|hint| (hint, theme.text));
    std::iter::once((worded.message, theme.alert))
        .chain(hints)
        .chain(again)
        .flat_map(|(words, style)| text::wrap(&words, width).into_iter().map(move |line| (line, style)))
        .map(|(line, style)| Line::styled(line, style))
        .collect()
}

impl Layer for Import {
    fn place(&self) -> Places {
        match &self.state {
            State::Running { leaving: Some(_), .. } => Places::QUESTION,
            _ => Places::READER,
        }
    }

    fn enabled(&self, command: Command, _cx: &Cx<'_>) -> bool {
        let undoable = |report: &Imported| report.step.is_some() && !report.dry_run;
        command != Command::Undo
            || matches!(&self.state, State::Over { report, undone: false } if undoable(report))
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match (&mut self.state, &input) {
            (State::Begin, _) => {
                self.state = State::Running { done: 0, total: 0, leaving: None, stopping: false };
                let files = Files { paths: self.paths.clone(), ..Files::default() };
                vec![Effect::Ask(Job::Import(files), IMPORT)]
            }
            (State::Running { done, total, .. }, Input::Progress(IMPORT, now, of)) => {
                (*done, *total) = (*now, *of);
                Vec::new()
            }
            (State::Running { .. }, Input::Reply(IMPORT, Reply::Imported(report))) => {
                self.state = State::Over { report: report.clone(), undone: false };
                self.over(&Input::Refreshed, area, cx)
            }
            (State::Running { .. }, Input::Reply(IMPORT, Reply::Failed(Problem::Cancelled))) => {
                vec![Effect::Close]
            }
            (State::Running { .. }, Input::Reply(IMPORT, Reply::Failed(problem))) => {
                self.state = State::Failed(problem.clone());
                Vec::new()
            }
            (State::Running { leaving: Some(question), .. }, input) => {
                let answer = match input {
                    Input::Command(Command::Back) => Some(WATCH),
                    Input::Command(command) => question.command(*command),
                    Input::Key(key) => question.key(*key),
                    Input::Mouse(mouse) if mouse.act == MouseAct::Press => question.click(mouse.at, area),
                    _ => None,
                };
                answer.map(|answer| self.leave(answer)).unwrap_or_default()
            }
            (State::Running { leaving, stopping: false, .. }, Input::Command(Command::Back)) => {
                let answers = vec![cx.t.report_go_on(), cx.t.report_watch(), cx.t.report_stop()];
                *leaving = Some(Question::new(cx.t.report_title(), cx.t.report_leave(), answers));
                Vec::new()
            }
            (State::Running { stopping: true, .. } | State::Failed(_), Input::Command(Command::Back)) => {
                vec![Effect::Close]
            }
            (State::Failed(_), Input::Command(Command::Open)) => {
                vec![Effect::Close, Effect::Show(View::Files)]
            }
            (State::Over { .. }, input) => {
                let input = input.clone();
                self.over(&input, area, cx)
            }
            _ => Vec::new(),
        }
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let (popup, head, place_of_rows) = self.layout(area, cx);
        let theme = cx.theme;
        match &self.state {
            State::Running { leaving: Some(question), .. } => question.view(area, buf, theme),
            State::Begin | State::Running { .. } => {
                frame::popup(popup, buf, theme, &cx.t.report_title());
                self.view_running(head, buf, cx);
            }
            State::Failed(problem) => {
                frame::popup(popup, buf, theme, &cx.t.report_failed());
                let lines = failure(problem, cx, usize::from(head.width));
                text::put_lines(buf, head, lines);
            }
            State::Over { report, undone } => {
                frame::popup(popup, buf, theme, &cx.t.report_done());
                text::put_lines(buf, head, figures(report, *undone, cx));
                let rows = rows(report, cx, usize::from(place_of_rows.width));
                let columns = columns(report, place_of_rows.width);
                for (place, at) in
                    place_of_rows.rows().zip(self.list.visible(rows.len(), place_of_rows.height))
                {
                    draw(&rows[at], place, at == self.list.cursor(), columns, buf, cx);
                }
                scroll::thumb(buf, place_of_rows, self.list.top(), rows.len(), theme);
            }
        }
    }

    fn cursor(&self, _area: Rect, _cx: &Cx<'_>) -> Option<Position> {
        None
    }
}
