//! Layers over the screens: the capture bar, pickers, forms and reports. One file each.

pub mod answer;
pub mod asking;
pub mod bar;
pub mod cards;
pub mod duplicates;
pub mod files;
pub mod form;
pub mod help;
pub mod history;
pub mod import;
pub mod merge;
pub mod palette;
pub mod picture;
pub mod prompt;
pub mod reach;
mod rings;
mod typed;
pub mod uses;
mod values;

use super::effect::View;
use super::layer::{Cx, Layer};
use super::screens::person::PersonPage;

/// Makes the layer that a view names.
pub fn open(view: View, cx: &Cx<'_>) -> Box<dyn Layer> {
    match view {
        View::Person(id) => Box::new(PersonPage::new(id)),
        View::Bar(mode) => Box::new(bar::Bar::new(mode, cx)),
        View::Palette(commands) => Box::new(palette::Palette::new(commands, cx)),
        View::Help => Box::new(help::Help::default()),
        View::Form(id) => Box::new(form::Form::contact(id, cx)),
        View::MeForm => Box::new(form::Form::me(cx)),
        View::Prompt(prompt) => prompt::open(prompt, cx),
        View::Reach(id, purpose) => Box::new(reach::Reach::new(id, purpose, cx)),
        View::Files => Box::new(files::Files::default()),
        View::Import(paths) => Box::new(import::Import::new(paths)),
        View::Imported(report) => Box::new(import::Import::done(*report)),
        View::Picture(hash) => Box::new(picture::Picture::new(hash)),
        View::History(who) => Box::new(history::History::new(who)),
        View::Duplicates(of) => Box::new(duplicates::Duplicates::new(of)),
        View::CouldUse(who) => Box::new(uses::Uses::new(who)),
        View::Asking(introduce) => Box::new(asking::Asking::new(introduce)),
        View::Answer(who) => Box::new(answer::Answering::new(who, cx)),
        View::Merge(keep, other) => Box::new(merge::Merge::new(keep, other)),
    }
}
