//! A picture's file to what a terminal draws: decoding, scaling and encoding take up to a third of a second, so they
//! happen on a thread of their own.
//!
//! Sizes are in cells. A picture keeps its proportions, fills at least one side of the room that it is given, and is never
//! magnified beyond its own pixels but in half blocks, which have so few.

use std::sync::mpsc::{Sender, channel};
use std::thread;

use image::DynamicImage;
use image::imageops::FilterType;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Widget as _;
use ratatui_image::Image;
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;

use super::{Ability, Way};
use crate::capture::image::{Limits, open};

/// Longest side, in pixels, of what is sent to a terminal: letters can be read, and slow connections bear it.
const LONGEST: u32 = 1_200;
/// The character whose cells kitty replaces by the picture.
const PLACEHOLDER: char = '\u{10EEEE}';

/// A picture to be painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Names it among the others.
    pub number: u32,
    /// A JPEG or PNG file.
    pub file: Vec<u8>,
    /// The room for it, in cells.
    pub size: Size,
    /// What the terminal can do.
    pub ability: Ability,
}

/// A picture that has been painted.
#[derive(Debug)]
pub struct Painted {
    /// The number of its task.
    pub number: u32,
    /// What to draw; `None` for a file that cannot be decoded.
    pub outcome: Option<Drawn>,
}

/// A picture that is ready to be drawn.
pub struct Drawn {
    protocol: Protocol,
    prelude: String,
    farewell: String,
}

impl std::fmt::Debug for Drawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Drawn({})", self.size())
    }
}

impl Drawn {
    /// Its size in cells.
    pub fn size(&self) -> Size {
        self.protocol.size()
    }

    /// Whether its cells are coloured characters, and not something that only the terminal understands.
    pub fn is_characters(&self) -> bool {
        matches!(self.protocol, Protocol::Halfblocks(_))
    }

    /// Draws it at the upper left of an area that has room for it.
    pub fn render(&self, area: Rect, buf: &mut Buffer) {
        Image::new(&self.protocol).render(area, buf);
    }

    /// What the terminal has to be sent once before it is drawn; empty for most ways.
    pub(super) fn take_prelude(&mut self) -> String {
        std::mem::take(&mut self.prelude)
    }

    /// What makes the terminal forget it.
    pub(super) fn farewell(&self) -> &str {
        &self.farewell
    }
}

/// Starts the thread; it ends when the sender is dropped.
pub fn start(tell: impl Fn(Painted) + Send + 'static) -> Sender<Task> {
    let (sender, tasks) = channel::<Task>();
    thread::spawn(move || {
        for task in tasks {
            let outcome = paint(&task);
            tell(Painted { number: task.number, outcome });
        }
    });
    sender
}

/// Paints a picture; `None` for a file that cannot be decoded.
pub fn paint(task: &Task) -> Option<Drawn> {
    let picture = open(&task.file, Limits::default()).ok()?;
    let picture = picture.shrunk(LONGEST);
    let Ability { way, cell, tmux } = task.ability;
    let magnified = way == Way::HalfBlocks;
    let size = fit((picture.width(), picture.height()), task.size, cell, magnified);
    let image = DynamicImage::ImageRgb8(picture.into_image());
    let scaled = |image: DynamicImage| {
        let (width, height) = pixels(size, cell);
        image.resize_exact(width, height, FilterType::CatmullRom)
    };
    let (mut prelude, mut farewell) = (String::new(), String::new());
    let protocol = match way {
        Way::HalfBlocks => Protocol::Halfblocks(Halfblocks::new(image, size).ok()?),
        Way::Iterm2 => Protocol::ITerm2(Iterm2::new(scaled(image), size, tmux).ok()?),
        Way::Sixel => Protocol::Sixel(Sixel::new(scaled(image), size, tmux).ok()?),
        Way::Kitty { packed } => {
            let id = kitty_id(task.number);
            let kitty = Protocol::Kitty(Kitty::new(scaled(image), size, id, tmux, packed).ok()?);
            prelude = transmission(&kitty);
            farewell = forgetting(id, tmux);
            kitty
        }
    };
    Some(Drawn { protocol, prelude, farewell })
}

/// The pixels of a kitty picture, which its first rendering carries in its first cell. Taken out here, they are sent by
/// themselves: a cell that something else covers in the same frame would never send them.
fn transmission(kitty: &Protocol) -> String {
    let area = Rect::from((ratatui::layout::Position::ORIGIN, kitty.size()));
    let mut buf = Buffer::empty(area);
    Image::new(kitty).render(area, &mut buf);
    let first = buf.cell((0, 0)).map(ratatui::buffer::Cell::symbol).unwrap_or_default();
    first.split(PLACEHOLDER).next().unwrap_or_default().to_owned()
}

/// Numbers of kitty pictures are shared by all programs of a window, and fit a colour of 24 bits.
fn kitty_id(number: u32) -> u32 {
    ((std::process::id() & 0xffff) << 8 | number & 0xff).max(1)
}

fn forgetting(id: u32, tmux: bool) -> String {
    if tmux {
        format!("\x1bPtmux;\x1b\x1b_Ga=d,d=I,q=2,i={id}\x1b\x1b\\\x1b\\")
    } else {
        format!("\x1b_Ga=d,d=I,q=2,i={id}\x1b\\")
    }
}

/// The cells that a picture of some pixels takes in a room.
fn fit((width, height): (u32, u32), room: Size, (across, down): (u16, u16), magnified: bool) -> Size {
    // In cells, as if the room were endless.
    let (width, height) = (width as f32 / f32::from(across.max(1)), height as f32 / f32::from(down.max(1)));
    let mut scale = (f32::from(room.width) / width).min(f32::from(room.height) / height);
    if !magnified {
        scale = scale.min(1.0);
    }
    let side = |length: f32, most: u16| ((length * scale).round() as u16).clamp(1, most.max(1));
    Size::new(side(width, room.width), side(height, room.height))
}

/// The pixels of so many cells.
fn pixels(size: Size, (across, down): (u16, u16)) -> (u32, u32) {
    let side = |cells: u16, cell: u16| u32::from(cells) * u32::from(cell.max(1));
    (side(size.width, across), side(size.height, down))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::image::Picture;

    fn card() -> Vec<u8> {
        let image = image::RgbImage::from_fn(300, 180, |x, y| {
            image::Rgb(if x > 150 || y > 90 { [250, 250, 240] } else { [20, 40, 90] })
        });
        Picture::from_image(image).map(|picture| picture.to_jpeg_or_png().bytes).unwrap_or_default()
    }

    fn painted(way: Way, tmux: bool) -> Drawn {
        let ability = Ability { way, cell: (10, 20), tmux };
        paint(&Task { number: 7, file: card(), size: Size::new(24, 12), ability }).expect("a picture")
    }

    fn first_cell(drawn: &Drawn) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, 24, 12));
        drawn.render(Rect::new(0, 0, 24, 12), &mut buf);
        buf[(0, 0)].symbol().to_owned()
    }

    #[test]
    fn proportions_are_kept() {
        let cell = (10, 20);
        assert_eq!(fit((300, 180), Size::new(24, 12), cell, false), Size::new(24, 7));
        assert_eq!(fit((300, 180), Size::new(80, 40), cell, false), Size::new(30, 9), "its own pixels");
        assert_eq!(fit((300, 180), Size::new(80, 40), cell, true), Size::new(80, 24));
        assert_eq!(fit((180, 3000), Size::new(80, 20), cell, true), Size::new(2, 20));
        assert_eq!(fit((9000, 1), Size::new(3, 3), cell, false), Size::new(3, 1));
        assert_eq!(fit((1, 1), Size::new(1, 1), (0, 0), false), Size::new(1, 1));
    }

    #[test]
    fn half_blocks_are_characters() {
        let drawn = painted(Way::HalfBlocks, false);
        assert_eq!((drawn.size(), drawn.prelude.as_str()), (Size::new(24, 7), ""));
        assert_eq!(first_cell(&drawn).chars().count(), 1);
    }

    #[test]
    fn kitty_is_sent_its_pixels_apart_from_the_cells() {
        let mut drawn = painted(Way::Kitty { packed: true }, false);
        let cell = first_cell(&drawn);
        assert!(cell.starts_with(PLACEHOLDER), "{cell:?}");
        assert_eq!(cell, first_cell(&drawn), "drawing changes nothing");
        let prelude = drawn.take_prelude();
        assert!(
            prelude.starts_with("\x1b_Gq=2,i=") && prelude.ends_with("\x1b\\") && prelude.contains("o=z")
        );
        assert!(drawn.farewell().contains("a=d"));
        assert_eq!(drawn.take_prelude(), "");
    }

    #[test]
    fn what_passes_through_tmux_is_wrapped() {
        for way in [Way::Kitty { packed: false }, Way::Iterm2, Way::Sixel] {
            let drawn = painted(way, true);
            let words = if drawn.prelude.is_empty() { first_cell(&drawn) } else { drawn.prelude.clone() };
            assert!(words.starts_with("\x1bPtmux;"), "{way:?}");
        }
    }

    #[test]
    fn sixels_and_iterm_come_in_one_cell() {
        assert!(first_cell(&painted(Way::Sixel, false)).contains("\x1bP"));
        assert!(first_cell(&painted(Way::Iterm2, false)).contains("]1337;File=inline=1"));
    }

    #[test]
    fn what_is_no_picture_is_not_painted() {
        for file in [Vec::new(), b"not a picture".to_vec(), card()[..40].to_vec()] {
            let task = Task { number: 1, file, size: Size::new(9, 9), ability: Ability::LEAST };
            assert!(paint(&task).is_none());
        }
    }
}
