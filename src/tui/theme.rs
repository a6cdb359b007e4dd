//! Styles by meaning, never by colour: a screen asks for `alert` or `muted`, a theme decides how that looks.
//!
//! Four themes: dark, light, high contrast, and none (`NO_COLOR`), where weight and underline carry the meaning
//! alone. No theme paints a background over the terminal's own except for the selected row and pop-ups.

use ratatui::style::{Color, Modifier, Style};

/// The styles of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Ordinary text.
    pub text: Style,
    /// Names of people, headings inside a card.
    pub strong: Style,
    /// Labels, secondary columns.
    pub muted: Style,
    /// Barely there: rulers, empty dots, key hints' words.
    pub faint: Style,
    /// Panel titles, the active tab.
    pub title: Style,
    /// Borders of a panel at rest.
    pub border: Style,
    /// Borders of the panel that has the focus.
    pub focus: Style,
    /// The row under the cursor.
    pub selected: Style,
    /// A marked row's sign.
    pub marked: Style,
    /// Letters that a search matched.
    pub matched: Style,
    /// Something that wants attention: overdue, in the way.
    pub alert: Style,
    /// Something that went well.
    pub good: Style,
    /// Something to notice without hurry: due today, a new match.
    pub notice: Style,
    /// Organisations.
    pub org: Style,
    /// Latent values.
    pub value: Style,
    /// Tags.
    pub tag: Style,
    /// Markets.
    pub market: Style,
    /// Events and places.
    pub event: Style,
    /// Phones, emails and addresses.
    pub reach: Style,
    /// Dates and follow-ups.
    pub date: Style,
    /// Filled closeness dots.
    pub dots: Style,
    /// Keys in hints and help.
    pub key: Style,
    /// A guess, as opposed to a stated fact.
    pub guess: Style,
    /// The inside of pop-ups.
    pub popup: Style,
}

/// Which theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// For dark backgrounds.
    #[default]
    Dark,
    /// For light backgrounds.
    Light,
    /// For tired eyes and bright rooms.
    HighContrast,
    /// Without any colour.
    None,
}

impl Theme {
    /// The styles of one palette; `indexed` for terminals without 24-bit colour.
    pub fn new(palette: Palette, indexed: bool) -> Self {
        let theme = Self::exact(palette);
        if indexed { theme.map(|style| style.patch(nearest(style))) } else { theme }
    }

    fn exact(palette: Palette) -> Self {
        match palette {
            Palette::Dark => Self::coloured(&Inks {
                text: Color::Rgb(0xd6, 0xd3, 0xcb),
                strong: Color::Rgb(0xf4, 0xf1, 0xe8),
                muted: Color::Rgb(0x9a, 0x98, 0x92),
                faint: Color::Rgb(0x68, 0x67, 0x64),
                title: Color::Rgb(0xe8, 0xb4, 0x6a),
                border: Color::Rgb(0x4c, 0x4b, 0x4a),
                focus: Color::Rgb(0xc0, 0x8b, 0x45),
                row: Color::Rgb(0x38, 0x34, 0x2d),
                popup: Color::Rgb(0x24, 0x23, 0x22),
                alert: Color::Rgb(0xe2, 0x7d, 0x6b),
                good: Color::Rgb(0x9d, 0xbf, 0x73),
                notice: Color::Rgb(0xe6, 0xc3, 0x6a),
                org: Color::Rgb(0x8f, 0xb8, 0xd8),
                value: Color::Rgb(0xa9, 0xc9, 0x82),
                tag: Color::Rgb(0xc3, 0xa2, 0xd6),
                market: Color::Rgb(0xdf, 0xa0, 0x7a),
                event: Color::Rgb(0x84, 0xc2, 0xb4),
                reach: Color::Rgb(0xb4, 0xb9, 0xc9),
                date: Color::Rgb(0xd8, 0xb9, 0x8a),
            }),
            Palette::Light => Self::coloured(&Inks {
                text: Color::Rgb(0x33, 0x32, 0x30),
                strong: Color::Rgb(0x11, 0x11, 0x10),
                muted: Color::Rgb(0x6b, 0x69, 0x64),
                faint: Color::Rgb(0x96, 0x94, 0x8e),
                title: Color::Rgb(0x93, 0x57, 0x0c),
                border: Color::Rgb(0xc3, 0xc0, 0xb8),
                focus: Color::Rgb(0xb0, 0x73, 0x1f),
                row: Color::Rgb(0xf0, 0xe3, 0xcb),
                popup: Color::Rgb(0xf8, 0xf5, 0xee),
                alert: Color::Rgb(0xb0, 0x30, 0x1e),
                good: Color::Rgb(0x3f, 0x74, 0x1c),
                notice: Color::Rgb(0x8d, 0x66, 0x00),
                org: Color::Rgb(0x1d, 0x5b, 0x8c),
                value: Color::Rgb(0x3c, 0x70, 0x1f),
                tag: Color::Rgb(0x75, 0x43, 0x93),
                market: Color::Rgb(0xa0, 0x4c, 0x1d),
                event: Color::Rgb(0x17, 0x70, 0x5e),
                reach: Color::Rgb(0x45, 0x4c, 0x66),
                date: Color::Rgb(0x80, 0x58, 0x1c),
            }),
            Palette::HighContrast => Self::coloured(&Inks {
                text: Color::White,
                strong: Color::White,
                muted: Color::Rgb(0xd0, 0xd0, 0xd0),
                faint: Color::Rgb(0xb0, 0xb0, 0xb0),
                title: Color::LightYellow,
                border: Color::Rgb(0xb0, 0xb0, 0xb0),
                focus: Color::LightYellow,
                row: Color::Rgb(0x00, 0x3a, 0x8c),
                popup: Color::Black,
                alert: Color::LightRed,
                good: Color::LightGreen,
                notice: Color::LightYellow,
                org: Color::LightCyan,
                value: Color::LightGreen,
                tag: Color::LightMagenta,
                market: Color::LightYellow,
                event: Color::LightCyan,
                reach: Color::White,
                date: Color::LightYellow,
            }),
            Palette::None => Self::plain(),
        }
    }

    fn coloured(inks: &Inks) -> Self {
        let ink = |color| Style::new().fg(color);
        Self {
            text: ink(inks.text),
            strong: ink(inks.strong).add_modifier(Modifier::BOLD),
            muted: ink(inks.muted),
            faint: ink(inks.faint),
            title: ink(inks.title).add_modifier(Modifier::BOLD),
            border: ink(inks.border),
            focus: ink(inks.focus),
            selected: Style::new().bg(inks.row),
            marked: ink(inks.notice).add_modifier(Modifier::BOLD),
            matched: ink(inks.title).add_modifier(Modifier::UNDERLINED),
            alert: ink(inks.alert).add_modifier(Modifier::BOLD),
            good: ink(inks.good),
            notice: ink(inks.notice),
            org: ink(inks.org),
            value: ink(inks.value),
            tag: ink(inks.tag),
            market: ink(inks.market),
            event: ink(inks.event),
            reach: ink(inks.reach),
            date: ink(inks.date),
            dots: ink(inks.title),
            key: ink(inks.title),
            guess: ink(inks.muted).add_modifier(Modifier::ITALIC),
            popup: ink(inks.text).bg(inks.popup),
        }
    }

    fn map(mut self, change: impl Fn(Style) -> Style) -> Self {
        for style in [
            &mut self.text,
            &mut self.strong,
            &mut self.muted,
            &mut self.faint,
            &mut self.title,
            &mut self.border,
            &mut self.focus,
            &mut self.selected,
            &mut self.marked,
            &mut self.matched,
            &mut self.alert,
            &mut self.good,
            &mut self.notice,
            &mut self.org,
            &mut self.value,
            &mut self.tag,
            &mut self.market,
            &mut self.event,
            &mut self.reach,
            &mut self.date,
            &mut self.dots,
            &mut self.key,
            &mut self.guess,
            &mut self.popup,
        ] {
            *style = change(*style);
        }
        self
    }

    fn plain() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        Self {
            text: plain,
            strong: bold,
            muted: plain,
            faint: plain.add_modifier(Modifier::DIM),
            title: bold,
            border: plain.add_modifier(Modifier::DIM),
            focus: bold,
            selected: plain.add_modifier(Modifier::REVERSED),
            marked: bold,
            matched: plain.add_modifier(Modifier::UNDERLINED),
            alert: bold.add_modifier(Modifier::UNDERLINED),
            good: plain,
            notice: bold,
            org: plain,
            value: plain,
            tag: plain,
            market: plain,
            event: plain,
            reach: plain,
            date: plain,
            dots: plain,
            key: bold,
            guess: plain.add_modifier(Modifier::ITALIC),
            popup: plain,
        }
    }
}

struct Inks {
    text: Color,
    strong: Color,
    muted: Color,
    faint: Color,
    title: Color,
    border: Color,
    focus: Color,
    row: Color,
    popup: Color,
    alert: Color,
    good: Color,
    notice: Color,
    org: Color,
    value: Color,
    tag: Color,
    market: Color,
    event: Color,
    reach: Color,
    date: Color,
}

/// The same style in the nearest of the 216 colours of the xterm cube or its 24 greys.
pub fn nearest(style: Style) -> Style {
    let indexed = |color: Option<Color>| match color {
        Some(Color::Rgb(r, g, b)) => Some(Color::Indexed(index(r, g, b))),
        other => other,
    };
    Style { fg: indexed(style.fg), bg: indexed(style.bg), ..style }
}

fn index(r: u8, g: u8, b: u8) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let distance = |x: (u8, u8, u8)| {
        let apart = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        apart(x.0, r) + apart(x.1, g) + apart(x.2, b)
    };
    let step = |c: u8| (0..6).min_by_key(|at| STEPS[*at].abs_diff(c)).unwrap_or(0);
    let (x, y, z) = (step(r), step(g), step(b));
    let grey = ((u16::from(r) + u16::from(g) + u16::from(b)) / 3).saturating_sub(3) / 10;
    let grey = grey.min(23) as u8;
    let level = 8 + 10 * grey;
    if distance((level, level, level)) < distance((STEPS[x], STEPS[y], STEPS[z])) {
        232 + grey
    } else {
        (16 + 36 * x + 6 * y + z) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexed_colours_are_near() {
        assert_eq!(index(0, 0, 0), 16);
        assert_eq!(index(255, 0, 0), 196);
        assert_eq!(index(128, 128, 128), 244);
    }

    #[test]
    fn no_colour_means_no_colour() {
        let theme = Theme::new(Palette::None, false);
        let seen = std::cell::RefCell::new(Vec::new());
        theme.map(|style| {
            seen.borrow_mut().extend([style.fg, style.bg]);
            style
        });
        assert!(seen.into_inner().iter().all(Option::is_none));
    }
}
