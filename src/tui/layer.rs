//! What screens and overlays have in common.
//!
//! A layer owns its cursor and scroll, decides what an input means ([`Layer::update`], pure: effects are data) and
//! draws itself ([`Layer::view`], reads only). Update and view compute their layout from the same area by the same
//! function, so nothing flows back from drawing. The front layer is asked first; commands that mean the same on
//! every screen are carried out by the app with the people that [`Layer::who`] names.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::command::{Command, Keymap, Places};
use super::effect::{Effect, Tab, Tag};
use super::key::Key;
use super::mouse::Mouse;
use super::pictures::Pictures;
use super::theme::Theme;
use super::widgets::card::Card;
use crate::capture::Context;
use crate::domain::Contact;
use crate::domain::contact::Language;
use crate::domain::id::{ContactId, NeedId};
use crate::domain::time::{Date, Timestamp};
use crate::insight::Snapshot;
use crate::insight::agenda::Agenda;
use crate::insight::vocabulary::Vocabulary;
use crate::protocol::{Reply, StickyEvent};
use crate::wording::{Catalogue, Lang};

/// What every layer may read.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    /// The records and their index.
    pub snapshot: &'a Snapshot,
    /// Words to complete from.
    pub vocabulary: &'a Vocabulary,
    /// What today asks for.
    pub agenda: &'a Agenda,
    /// Texts.
    pub t: &'static Catalogue,
    /// Styles.
    pub theme: &'a Theme,
    /// The tab that is open.
    pub tab: Tab,
    /// Keys, for hints.
    pub keymap: &'a Keymap,
    /// Today, where the user is.
    pub today: Date,
    /// Now.
    pub now: Timestamp,
    /// Presentation mode: closeness, nature and notes must not be drawn.
    pub discreet: bool,
    /// The event that captures come from.
    pub sticky: Option<&'a StickyEvent>,
    /// The card captured last.
    pub last_capture: Option<ContactId>,
    /// The region of the phone numbers typed without a country code.
    pub region: &'a str,
    /// Pictures that are ready to be drawn.
    pub pictures: &'a Pictures,
}

impl<'a> Cx<'a> {
    /// What reading a line or a query depends on.
    pub fn reading(&self) -> Context {
        let mut context = Context::new(self.today, self.language());
        self.region.clone_into(&mut context.region);
        context
    }

    /// The language of the interface, as records know it.
    pub fn language(&self) -> Language {
        match self.t.lang() {
            Lang::En => Language::English,
            Lang::Fr => Language::French,
        }
    }

    /// Asks for a picture in the size in which the view will draw it; nothing when it is there or on its way. For
    /// `Input::Refreshed`, and whenever another picture is to be seen.
    pub fn want_picture(&self, hash: &str, size: Size) -> Option<Effect> {
        self.pictures.lacks(hash, size).then(|| Effect::Picture(hash.to_owned(), size))
    }

    /// A person as a card of some width.
    pub fn card(&self, contact: &'a Contact, width: u16) -> Card<'a> {
        Card {
            contact,
            book: &self.snapshot.book,
            t: self.t,
            theme: self.theme,
            today: self.today,
            discreet: self.discreet,
            width: usize::from(width),
            markets: true,
        }
    }
}

/// What reaches a layer.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// A command whose key was pressed.
    Command(Command),
    /// A key that is no command here; where text is typed, most are.
    Key(Key),
    /// A query to search for, from another screen.
    Query(&'a str),
    /// A need to be shown, from another screen.
    Need(NeedId),
    /// Pasted text, already free of control characters but for line breaks and tabs.
    Paste(&'a str),
    /// The mouse, inside or outside of the layer's area.
    Mouse(Mouse),
    /// The answer to a job that this layer sent.
    Reply(Tag, &'a Reply),
    /// How far a job of this layer has come: done, total (0 when unknown).
    Progress(Tag, u64, u64),
    /// What the user wrote in the editor; `None` if it failed.
    Edited(Tag, Option<&'a str>),
    /// The snapshot is a newer one, or the language changed.
    Refreshed,
    /// A quarter of a second has passed.
    Tick,
}

/// A screen or an overlay.
pub trait Layer {
    /// Where commands find it.
    fn place(&self) -> Places;

    /// Whether characters are text now.
    fn typing(&self) -> bool {
        false
    }

    /// Whether a command can do anything now; footer and palette leave out those that cannot.
    fn enabled(&self, _command: Command, _cx: &Cx<'_>) -> bool {
        true
    }

    /// The people that a command would act on: the marked ones, else the one under the cursor.
    fn who(&self, _cx: &Cx<'_>) -> Vec<ContactId> {
        Vec::new()
    }

    /// The words in hand, for which somebody's help may be looked for.
    fn words(&self, _cx: &Cx<'_>) -> String {
        String::new()
    }

    /// Whether the layers below are hidden.
    fn covers(&self) -> bool {
        false
    }

    /// Decides what an input means. `area` is what the view was and will be given.
    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect>;

    /// Draws.
    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>);

    /// Where the text cursor stands, if text is typed.
    fn cursor(&self, _area: Rect, _cx: &Cx<'_>) -> Option<Position> {
        None
    }
}
