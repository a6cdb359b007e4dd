//! A short question with a few answers: arrows or Tab choose, Enter accepts, an answer's first letter is its key.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::tui::command::Command;
use crate::tui::key::{Code, Key};
use crate::tui::theme::Theme;
use crate::tui::widgets::{frame, text};

/// Blanks between two answers.
const GAP: usize = 3;

/// A question being asked. The first answer is the one that Enter gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    title: String,
    words: String,
    answers: Vec<String>,
    chosen: usize,
}

impl Question {
    /// A question with its answers, the harmless one first.
    pub fn new(title: impl Into<String>, words: impl Into<String>, answers: Vec<String>) -> Self {
        Self { title: title.into(), words: words.into(), answers, chosen: 0 }
    }

    /// Carries out a command; gives the number of the answer when it accepts one.
    pub fn command(&mut self, command: Command) -> Option<usize> {
        let count = self.answers.len().max(1);
        match command {
            Command::Next | Command::Down | Command::Right => self.chosen = (self.chosen + 1) % count,
            Command::Previous | Command::Up | Command::Left => {
                self.chosen = (self.chosen + count - 1) % count;
            }
            Command::Open => return Some(self.chosen),
            _ => {}
        }
        None
    }

    /// Carries out a key; gives the number of the answer when it names one.
    pub fn key(&mut self, key: Key) -> Option<usize> {
        match key.code {
            Code::Right => self.command(Command::Next),
            Code::Left => self.command(Command::Previous),
            _ => {
                let typed = initial(&key.typed()?.to_string())?;
                self.answers.iter().position(|answer| initial(answer) == Some(typed))
            }
        }
    }

    /// The answer that was clicked.
    pub fn click(&self, at: Position, area: Rect) -> Option<usize> {
        self.places(area).into_iter().position(|place| place.contains(at))
    }

    /// Draws the question over an area.
    pub fn view(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let inside = frame::popup(self.popup(area), buf, theme, &self.title);
        for (at, line) in self.lines(inside.width).into_iter().enumerate() {
            let row = Rect { y: inside.y + at as u16, height: 1, ..inside };
            text::put(buf, row.intersection(inside), Span::styled(line, theme.text));
        }
        for (at, (answer, place)) in self.answers.iter().zip(self.places(area)).enumerate() {
            let style = if at == self.chosen { theme.strong.patch(theme.selected) } else { theme.muted };
            let mut letters = answer.chars();
            let first = letters.next().map(String::from).unwrap_or_default();
            let line = Line::from(vec![
                Span::styled(" ", style),
                Span::styled(first, style.patch(theme.key)),
                Span::styled(format!("{} ", letters.as_str()), style),
            ]);
            text::put(buf, place.intersection(area), line);
        }
    }

    fn popup(&self, area: Rect) -> Rect {
        let most = area.width.saturating_sub(4).min(64);
        let answers: usize = self.answers.iter().map(|answer| text::width(answer) + 2 + GAP).sum();
        let wide = text::width(&self.words).max(answers).max(text::width(&self.title) + 4);
        let width = (wide as u16 + 4).min(most);
        let height = self.lines(width.saturating_sub(4)).len() as u16 + 4;
        frame::centred(area, width, height)
    }

    fn lines(&self, width: u16) -> Vec<String> {
        text::wrap(&self.words, usize::from(width))
    }

    /// Where the answers stand.
    fn places(&self, area: Rect) -> Vec<Rect> {
        let inside = frame::inside(self.popup(area));
        let y = inside.bottom().saturating_sub(1);
        let mut x = inside.x;
        self.answers
            .iter()
            .map(|answer| {
                let width = text::width(answer) as u16 + 2;
                let place = Rect { x, y, width, height: 1 }.intersection(inside);
                x = x.saturating_add(width + GAP as u16);
                place
            })
            .collect()
    }
}

/// An answer's first letter, small.
fn initial(answer: &str) -> Option<char> {
    crate::text::fold::fold(answer).chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question() -> Question {
        let answers = ["Save", "Discard", "Écrire"].map(ToOwned::to_owned).to_vec();
        Question::new("Leave", "Three fields changed.", answers)
    }

    #[test]
    fn answers_are_chosen_by_arrow_and_by_letter() {
        let mut asked = question();
        assert_eq!(asked.command(Command::Next), None);
        assert_eq!(asked.command(Command::Open), Some(1));
        assert_eq!(asked.key(Key::plain(Code::Left)), None);
        assert_eq!(asked.command(Command::Open), Some(0));
        assert_eq!(asked.key(Key::char('D')), Some(1));
        assert_eq!(asked.key(Key::char('e')), Some(2));
        assert_eq!(asked.key(Key::char('z')), None);
    }

    #[test]
    fn a_click_hits_the_answer_that_is_drawn() {
        let area = Rect::new(0, 0, 60, 20);
        let mut buf = Buffer::empty(area);
        question().view(area, &mut buf, &Theme::new(crate::tui::theme::Palette::None, false));
        let clicked: Vec<_> = area
            .positions()
            .filter(|at| buf[*at].symbol() == "D")
            .filter_map(|at| question().click(at, area))
            .collect();
        assert_eq!(clicked, [1]);
    }
}
