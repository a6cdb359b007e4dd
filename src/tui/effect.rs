//! What an update wants done, as data: the loop carries it out. Tests compare these values and need no terminal.

use std::path::PathBuf;

use ratatui::layout::Size;

use super::command::Command;
use crate::domain::id::{ContactId, NeedId};
use crate::domain::market::Named;
use crate::protocol::{Imported, Job, StickyEvent};

/// Chosen by the layer that asks, given back with the reply; meaningless to everybody else.
pub type Tag = u32;

/// Something to be done outside of the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Sends a job to the engine; the reply comes back to the layer that asked, with its tag.
    Ask(Job, Tag),
    /// Asks who fits a query, for the list that this layer shows; a newer question overtakes an older one.
    Search(String, Tag),
    /// The same, for everybody who answers, however many.
    SearchWhole(String, Tag),
    /// Stops a long job that this layer began under the tag.
    Cancel(Tag),
    /// Opens a layer over the others.
    Show(View),
    /// Closes the layer that says so.
    Close,
    /// Goes to a tab and closes all layers.
    Go(Tab),
    /// Goes to the people and searches.
    Find(String),
    /// Goes to the needs and asks who could help with these words.
    Who(String),
    /// Goes to the needs and chooses one.
    Need(NeedId),
    /// Goes to the markets and chooses one, by its slug.
    Market(String),
    /// Goes to the pocket and goes through the people of a query, card by card.
    Sweep(String),
    /// Closes the layer that says so and runs a command on the layer below.
    Run(Command),
    /// Tells the user something, for a few seconds.
    Toast(Toast),
    /// Puts text on the clipboard.
    Copy(String),
    /// Opens a link or a file with the system's program.
    OpenOutside(String),
    /// Lets the user write in `$EDITOR`; the text comes back to the layer as [`super::layer::Input::Edited`].
    Compose(String, Tag),
    /// Keeps an unfinished line for the next time the bar opens.
    Keep(String),
    /// Sets the event that the next captures come from.
    Sticky(Option<StickyEvent>),
    /// Remembers the last capture, so that `↑` corrects it.
    Captured(ContactId),
    /// Changes a setting of this session.
    Set(Setting),
    /// Wants a picture of a card, by its hash, in a size; it appears in `Cx::pictures` when it is ready.
    Picture(String, Size),
    /// Draws everything anew.
    Redraw,
    /// Hands the terminal back to the shell.
    Suspend,
    /// Leaves.
    Quit,
}

/// A tab of the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The home screen.
    #[default]
    Today,
    /// The stack of cards.
    Pocket,
    /// Everybody.
    People,
    /// What is looked for, and who could help.
    Needs,
    /// The markets that the network reaches.
    Markets,
}

impl Tab {
    /// All tabs in order.
    pub const ALL: [Self; 5] = [Self::Today, Self::Pocket, Self::People, Self::Needs, Self::Markets];

    /// The command that goes there.
    pub fn command(self) -> Command {
        match self {
            Self::Today => Command::GoToday,
            Self::Pocket => Command::GoPocket,
            Self::People => Command::GoPeople,
            Self::Needs => Command::GoNeeds,
            Self::Markets => Command::GoMarkets,
        }
    }
}

/// A layer that can be opened.
#[derive(Clone, Debug, PartialEq)]
pub enum View {
    /// One person's page.
    Person(ContactId),
    /// The capture bar, with a text to begin with.
    Bar(BarMode),
    /// The commands that work on the layer below, to choose one.
    Palette(Vec<Command>),
    /// The keys and what they do.
    Help,
    /// All fields of one person.
    Form(ContactId),
    /// All fields of the own card.
    MeForm,
    /// Asks for one thing about one or several people.
    Prompt(Prompt),
    /// Asks which of the ways to reach a person to copy or open.
    Reach(ContactId, Purpose),
    /// Chooses files to import.
    Files,
    /// An import under way, then what it brought.
    Import(Vec<PathBuf>),
    /// What an import brought.
    Imported(Box<Imported>),
    /// What was changed; of everybody or of one person.
    History(Option<ContactId>),
    /// Who may be in the book twice; of everybody or of one person.
    Duplicates(Option<ContactId>),
    /// Two cards side by side; the first is kept.
    Merge(ContactId, ContactId),
    /// The picture of a card, by its hash, as large as the screen.
    Picture(String),
    /// Whom of the network somebody could use.
    CouldUse(ContactId),
    /// A request for an introduction, drafted.
    Asking(Introduce),
    /// How somebody answered such a request.
    Answer(ContactId),
}

/// What an introduction is to be asked for. Whatever is `None` is found among the best ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Introduce {
    /// Who is asked.
    pub via: Option<ContactId>,
    /// To whom; `None` where a market is to be opened.
    pub to: Option<ContactId>,
    /// Into which market.
    pub market: Option<Named>,
}

/// What the capture bar works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BarMode {
    /// A new card, with a text to begin with.
    New(String),
    /// A line that was begun, with the cursor between its two parts.
    Begun {
        /// What stands before the cursor.
        before: String,
        /// What stands behind it.
        after: String,
    },
    /// A person, reopened as a line.
    Edit(ContactId),
}

/// One thing to be asked about one or several people, or about a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// What happened.
    Log(Vec<ContactId>),
    /// When to follow up.
    FollowUp(Vec<ContactId>),
    /// Which hat begins or ends.
    Hat(ContactId),
    /// How near.
    Closeness(Vec<ContactId>),
    /// Which tags come or go.
    Tag(Vec<ContactId>),
    /// Tied to whom, how.
    Tie(ContactId),
    /// The event of the whole stack.
    Event,
    /// At which event they were met.
    Met(Vec<ContactId>),
    /// A need's words, deadline, market and region, as a line.
    Need(NeedId),
    /// Who helped, now that a need is answered.
    Answered(NeedId),
    /// How it stands with somebody who might help with a need.
    Candidate(NeedId, ContactId),
}

/// What to do with a way to reach a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Copies it.
    Copy,
    /// Opens it.
    Open,
}

/// A short message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// How it is meant.
    pub mood: Mood,
    /// The words.
    pub text: String,
}

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It went well.
    Good,
    /// For information.
    Plain,
    /// It did not go well.
    Bad,
}

/// A setting of this session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The other language.
    NextLanguage,
    /// The next theme.
    NextTheme,
    /// Presentation mode on or off.
    Presentation,
}
