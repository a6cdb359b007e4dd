//! Needs: what is looked for, who could help and why, and what came of it.
//!
//! Words typed at the top bring people as they are typed; kept, they are a standing need. The needs themselves are read
//! from the book, so they are there at once; who could help is asked of the engine. Columns slide: the needs, the people
//! of the chosen one, the person under the cursor, as many as fit.

mod act;
mod layout;
mod list;
mod look;
mod people;
mod questions;

use std::collections::HashMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::questions::Questions;
use crate::domain::id::{ContactId, NeedId};
use crate::domain::need::CandidateState;
use crate::protocol::needs::{Helpers, NeedLine, NeedPage};
use crate::tui::command::{Command, Places};
use crate::tui::effect::Effect;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::widgets::line_edit::LineEdit;

/// Where the keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    /// The needs.
    #[default]
    List,
    /// The people.
    People,
}

impl Focus {
    fn other(self) -> Self {
        match self {
            Self::List => Self::People,
            Self::People => Self::List,
        }
    }
}

/// Words on their way to become a need.
struct Kept {
    /// What is to be said about somebody once the need stands: the uid, and what came of it.
    mark: Option<(String, CandidateState)>,
}

/// The screen of needs.
#[derive(Default)]
pub struct Needs {
    asks: Questions,
    focus: Focus,
    /// What the engine counted, by need.
    lines: HashMap<NeedId, NeedLine>,
    /// The need under the cursor; the first one where it is none of the list.
    chosen: Option<NeedId>,
    /// Lines of the list scrolled off at the top.
    list_top: usize,
    /// Closed needs are shown too.
    unfolded: bool,
    /// The people of the chosen need.
    page: Option<Box<NeedPage>>,
    typed: LineEdit,
    typing: bool,
    /// Who could help with the typed words.
    answer: Option<Box<Helpers>>,
    /// Weak matches are shown too.
    weak: bool,
    /// The person under the cursor, by number.
    who: usize,
    /// The uid of somebody who was just marked: the cursor goes where they go.
    followed: Option<String>,
    /// Lines of the people scrolled off at the top.
    who_top: usize,
    keeping: Option<Kept>,
}

impl Needs {
    /// Whether the people are those of typed words, not of a standing need.
    fn is_asking(&self) -> bool {
        self.typing || !self.typed.text().trim().is_empty()
    }

    /// Puts the cursor on a need.
    fn choose(&mut self, need: Option<NeedId>) {
        self.chosen = need;
        self.followed = None;
        (self.who, self.who_top, self.weak) = (0, 0, false);
    }

    /// The words have changed.
    fn retyped(&mut self) {
        self.followed = None;
        (self.who, self.who_top, self.weak) = (0, 0, false);
    }
}

impl Layer for Needs {
    fn place(&self) -> Places {
        match self.focus {
            _ if self.typing => Places::QUERY,
            Focus::List => Places::NEEDS,
            Focus::People => Places::HELPERS,
        }
    }

    fn typing(&self) -> bool {
        self.typing
    }

    fn covers(&self) -> bool {
        true
    }

    fn enabled(&self, command: Command, cx: &Cx<'_>) -> bool {
        self.can(command, cx)
    }

    fn who(&self, cx: &Cx<'_>) -> Vec<ContactId> {
        if self.typing || self.focus == Focus::List {
            return Vec::new();
        }
        self.person(cx).into_iter().collect()
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let mut effects = Vec::new();
        match input {
            Input::Reply(tag, reply) => effects.extend(self.answered(tag, reply)),
            Input::Command(command) => {
                if !matches!(command, Command::Undo | Command::Redo) {
                    self.followed = None;
                }
                effects.extend(self.command(command, area, cx));
            }
            Input::Key(key) if self.typing => {
                let before = self.typed.text().to_owned();
                self.typed.key(key);
                if self.typed.text() != before {
                    self.retyped();
                }
            }
            Input::Paste(pasted) if self.typing => {
                self.typed.paste(pasted);
                self.retyped();
            }
            Input::Query(words) => {
                self.leave_words();
                self.typed = LineEdit::new(words);
                self.begin_words();
                self.typing = words.trim().is_empty();
            }
            Input::Need(need) => {
                self.leave_words();
                self.choose(Some(need));
                self.focus = Focus::People;
            }
            Input::Mouse(mouse) => effects.extend(self.mouse(mouse, area, cx)),
            _ => {}
        }
        effects.extend(self.wanted(cx));
        self.follow(area, cx);
        effects
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        self.draw(area, buf, cx);
    }

    fn cursor(&self, area: Rect, _cx: &Cx<'_>) -> Option<Position> {
        let typed = layout::typed(layout::panes(area, self.focus).line);
        self.typing.then(|| self.typed.position(typed))
    }
}
