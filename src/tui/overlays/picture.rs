//! The picture of a card as large as the screen; one key opens its file in the system's viewer, where small print can
//! be read.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget as _};

use crate::protocol::{Job, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Mood, Tag, Toast};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::{frame, picture};

/// Tag of the question where the file is.
const FILE: Tag = 1;

/// A kept picture.
pub struct Picture {
    hash: String,
    asked: bool,
    /// Its file, once it is known.
    file: Option<PathBuf>,
}

impl Picture {
    /// The picture of this hash.
    pub fn new(hash: String) -> Self {
        Self { hash, asked: false, file: None }
    }
}

impl Layer for Picture {
    fn place(&self) -> Places {
        Places::PICTURE
    }

    fn enabled(&self, command: Command, _cx: &Cx<'_>) -> bool {
        command != Command::OpenFile || self.file.is_some()
    }

    fn covers(&self) -> bool {
        true
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back) => vec![Effect::Close],
            Input::Command(Command::OpenFile) => match &self.file {
                Some(file) => {
                    let text = cx.t.picture_opening();
                    vec![
                        Effect::OpenOutside(file.to_string_lossy().into_owned()),
                        Effect::Toast(Toast { mood: Mood::Plain, text }),
                    ]
                }
                None => Vec::new(),
            },
            Input::Mouse(mouse) if mouse.act == MouseAct::Double => vec![Effect::Close],
            Input::Reply(FILE, Reply::Kept(Some(kept))) => {
                self.file.clone_from(&kept.file);
                Vec::new()
            }
            Input::Refreshed => {
                let mut effects: Vec<_> =
                    cx.want_picture(&self.hash, frame::inside(area).as_size()).into_iter().collect();
                if !std::mem::replace(&mut self.asked, true) {
                    effects.push(Effect::Ask(Job::Kept { hash: self.hash.clone() }, FILE));
                }
                effects
            }
            _ => Vec::new(),
        }
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        Clear.render(area, buf);
        let inside = frame::panel(area, buf, cx.theme, &cx.t.picture_title(), true);
        let picture = picture::Picture { pictures: cx.pictures, hash: &self.hash, room: inside.as_size() };
        let height = picture.size().map_or(1, |size| size.height).min(inside.height);
        let middle = Rect { y: inside.y + (inside.height - height) / 2, height, ..inside };
        picture.view(if picture.size().is_some() { middle } else { inside }, buf, cx.theme, cx.t);
    }
}
