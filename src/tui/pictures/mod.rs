//! Pictures of cards on the screen: which are wanted, which are on their way, and which are ready to be drawn.
//!
//! | file | does |
//! | --- | --- |
//! | `asking` | asks the terminal what it can draw, without losing a key that is typed meanwhile |
//! | `replies` | what a terminal answers, told apart from what is typed |
//! | `painting` | a picture's file to what a terminal draws, on a thread of its own |
//!
//! A layer asks for a picture in some size by [`super::effect::Effect::Picture`]; the app fetches its file, has it
//! painted, and keeps the result here. Views only read ([`Pictures::get`]). The terminal is asked when the first picture
//! is wanted, never before, so who looks at none is never touched by it.

pub mod asking;
mod painting;
pub mod replies;

use ratatui::layout::Size;

pub use painting::{Drawn, Painted, Task, paint, start};

/// So many pictures are kept ready; a pocket shows one or two at a time.
const MOST: usize = 8;

/// What the user chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// The best that the terminal can do.
    #[default]
    Auto,
    /// No pictures.
    Off,
    /// Coloured half blocks, in every terminal.
    HalfBlocks,
    /// The kitty protocol.
    Kitty,
    /// The iTerm2 protocol.
    Iterm2,
    /// Sixels.
    Sixel,
}

/// How pictures are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Coloured half blocks: characters like any other.
    HalfBlocks,
    /// The kitty protocol; the terminal may be able to unpack compressed pixels.
    Kitty {
        /// It is.
        packed: bool,
    },
    /// The iTerm2 protocol.
    Iterm2,
    /// Sixels.
    Sixel,
}

/// What the terminal can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ability {
    /// How pictures are drawn.
    pub way: Way,
    /// Pixels of a cell, across and down.
    pub cell: (u16, u16),
    /// What is meant for the terminal must be wrapped to pass through tmux.
    pub tmux: bool,
}

impl Ability {
    /// What every terminal can do. Most cells are about twice as high as wide.
    pub const LEAST: Self = Self { way: Way::HalfBlocks, cell: (10, 20), tmux: false };
}

/// What there is to see of a picture.
#[derive(Debug)]
pub enum Sight<'a> {
    /// The user wants no pictures.
    Off,
    /// It was not asked for, or is on its way.
    Coming,
    /// There is none under this hash, or it cannot be decoded.
    Gone,
    /// It is ready.
    Ready(&'a Drawn),
}

/// What has to be done for a picture.
#[derive(Debug, PartialEq)]
pub enum Step {
    /// Nothing.
    Nothing,
    /// Ask the terminal what it can do, then go on with [`Pictures::able`].
    Ask,
    /// Fetch the file of this hash, then go on with [`Pictures::fetched`] and the number.
    Fetch(u32, String),
}

/// The pictures of a session.
#[derive(Debug, Default)]
pub struct Pictures {
    choice: Choice,
    /// The terminal has only the 256 indexed colours.
    indexed: bool,
    ability: Option<Ability>,
    asked: bool,
    /// The one that was wanted last comes last.
    kept: Vec<Kept>,
    numbers: u32,
    /// What makes the terminal forget pictures that were dropped.
    farewell: String,
}

#[derive(Debug)]
struct Kept {
    number: u32,
    hash: String,
    size: Size,
    state: State,
}

#[derive(Debug)]
enum State {
    /// Waits for the terminal's answer.
    Wanted,
    /// Its file is being fetched or painted.
    Coming,
    Gone,
    Ready(Box<Drawn>),
}

impl Pictures {
    /// None yet; `indexed` for terminals without 24-bit colour.
    pub fn new(choice: Choice, indexed: bool) -> Self {
        Self { choice, indexed, ..Self::default() }
    }

    /// Whether colours must be those of the 256 indexed ones.
    pub fn indexed(&self) -> bool {
        self.indexed
    }

    /// What there is to see of a picture in a size.
    pub fn get(&self, hash: &str, size: Size) -> Sight<'_> {
        if self.choice == Choice::Off {
            return Sight::Off;
        }
        match self.kept.iter().find(|kept| kept.is(hash, size)).map(|kept| &kept.state) {
            Some(State::Ready(drawn)) => Sight::Ready(drawn),
            Some(State::Gone) => Sight::Gone,
            Some(State::Wanted | State::Coming) | None => Sight::Coming,
        }
    }

    /// Whether asking for this picture would change anything.
    pub fn lacks(&self, hash: &str, size: Size) -> bool {
        self.choice != Choice::Off
            && size.width > 0
            && size.height > 0
            && !self.kept.last().is_some_and(|kept| kept.is(hash, size))
    }

    /// A layer wants to draw a picture.
    pub fn want(&mut self, hash: String, size: Size) -> Step {
        if !self.lacks(&hash, size) {
            return Step::Nothing;
        }
        if let Some(at) = self.kept.iter().position(|kept| kept.is(&hash, size)) {
            let kept = self.kept.remove(at);
            self.kept.push(kept);
            return Step::Nothing;
        }
        if self.kept.len() >= MOST {
            let oldest = self.kept.remove(0);
            self.dismiss(&oldest);
        }
        self.numbers = self.numbers.wrapping_add(1);
        let number = self.numbers;
        let known = self.ability.is_some();
        let state = if known { State::Coming } else { State::Wanted };
        self.kept.push(Kept { number, hash: hash.clone(), size, state });
        if known {
            return Step::Fetch(number, hash);
        }
        if std::mem::replace(&mut self.asked, true) { Step::Nothing } else { Step::Ask }
    }

    /// What the user chose.
    pub fn choice(&self) -> Choice {
        self.choice
    }

    /// The terminal has answered, or never will; gives what is to be fetched now.
    pub fn able(&mut self, ability: Ability) -> Vec<(u32, String)> {
        self.ability = Some(ability);
        let waiting = self.kept.iter_mut().filter(|kept| matches!(kept.state, State::Wanted));
        waiting
            .map(|kept| {
                kept.state = State::Coming;
                (kept.number, kept.hash.clone())
            })
            .collect()
    }

    /// A file has come, or there is none; gives what is to be painted. One that nobody wants any more is dropped.
    pub fn fetched(&mut self, number: u32, file: Option<Vec<u8>>) -> Option<Task> {
        let kept = self.kept.iter_mut().find(|kept| kept.number == number)?;
        match (file, self.ability) {
            (Some(file), Some(ability)) => Some(Task { number, file, size: kept.size, ability }),
            _ => {
                kept.state = State::Gone;
                None
            }
        }
    }

    /// A picture has been painted; gives what the terminal has to be sent before it is drawn.
    pub fn painted(&mut self, painted: Painted) -> Option<String> {
        let Painted { number, outcome } = painted;
        let kept = self.kept.iter_mut().find(|kept| kept.number == number)?;
        let Some(mut drawn) = outcome else {
            kept.state = State::Gone;
            return None;
        };
        let first = drawn.take_prelude();
        kept.state = State::Ready(Box::new(drawn));
        let farewell = std::mem::take(&mut self.farewell);
        Some(farewell + &first).filter(|words| !words.is_empty())
    }

    /// Forgets all, because the terminal may have; layers ask again.
    pub fn forget(&mut self) {
        for kept in std::mem::take(&mut self.kept) {
            self.dismiss(&kept);
        }
    }

    /// What gives the terminal its memory back at the end.
    pub fn farewell(&mut self) -> String {
        self.forget();
        std::mem::take(&mut self.farewell)
    }

    fn dismiss(&mut self, kept: &Kept) {
        if let State::Ready(drawn) = &kept.state {
            self.farewell.push_str(drawn.farewell());
        }
    }
}

impl Kept {
    fn is(&self, hash: &str, size: Size) -> bool {
        self.size == size && self.hash == hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size::new(20, 10);

    fn want(pictures: &mut Pictures, hash: &str) -> Step {
        pictures.want(hash.to_owned(), SIZE)
    }

    #[test]
    fn the_terminal_is_asked_once_and_then_all_that_waits_is_fetched() {
        let mut pictures = Pictures::new(Choice::Auto, false);
        assert_eq!(want(&mut pictures, "a"), Step::Ask);
        assert_eq!(want(&mut pictures, "b"), Step::Nothing);
        assert_eq!(want(&mut pictures, "a"), Step::Nothing);
        let fetch = pictures.able(Ability::LEAST);
        assert_eq!(fetch, [(2, "b".to_owned()), (1, "a".to_owned())]);
        assert_eq!(want(&mut pictures, "c"), Step::Fetch(3, "c".to_owned()));
        assert!(matches!(pictures.get("c", SIZE), Sight::Coming));
        assert_eq!(pictures.fetched(3, None), None);
        assert!(matches!(pictures.get("c", SIZE), Sight::Gone));
        assert_eq!(want(&mut pictures, "c"), Step::Nothing, "one that is gone is not asked for again");
    }

    #[test]
    fn off_is_off() {
        let mut pictures = Pictures::new(Choice::Off, false);
        assert_eq!(want(&mut pictures, "a"), Step::Nothing);
        assert!(matches!(pictures.get("a", SIZE), Sight::Off));
    }

    #[test]
    fn the_oldest_is_dropped_and_what_comes_for_it_too() {
        let mut pictures = Pictures::new(Choice::HalfBlocks, false);
        assert_eq!(pictures.able(Ability::LEAST), []);
        for number in 0..=MOST {
            assert!(matches!(want(&mut pictures, &format!("{number}")), Step::Fetch(..)));
        }
        assert_eq!(pictures.fetched(1, Some(Vec::new())), None);
        assert!(pictures.fetched(2, Some(Vec::new())).is_some());
        assert_eq!(pictures.painted(Painted { number: 1, outcome: None }), None);
        pictures.forget();
        assert!(pictures.lacks("1", SIZE));
    }

    #[test]
    fn nothing_is_painted_into_no_room() {
        let mut pictures = Pictures::new(Choice::HalfBlocks, false);
        assert_eq!(pictures.want("a".to_owned(), Size::new(0, 5)), Step::Nothing);
    }
}
