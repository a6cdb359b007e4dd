//! What pictures do to text, undone before and after its fields are read: marks read as a letter, figures read as
//! letters, lines broken where the paper ended, monograms.
//!
//! Only for lines of pictures; what was pasted stands as it was meant.

use std::borrow::Cow;

use super::CardReading;
use crate::capture::printed::PrintedLine;
use crate::text::fold::{fold, same};
use crate::text::words;

/// Two lines whose heights differ by at most this share are of one size.
const ONE_SIZE: f32 = 0.15;

/// Whether a line is no text but a mark: an icon or a logo, read as one letter.
pub(super) fn is_mark(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphanumeric()).count() < 2
}

/// Civic numbers with figures read as letters: `560o, rue Frontenac`.
pub(super) fn figures(text: &str) -> Cow<'_, str> {
    let repaired = |word: &str| {
        let bare = word.trim_end_matches([',', '.', ';']);
        let digits = bare.bytes().filter(u8::is_ascii_digit).count();
        let letters = bare.chars().filter(|c| matches!(c, 'o' | 'O' | 'l' | 'I')).count();
        let sound = digits >= 2 && letters > 0 && digits + letters == bare.chars().count();
        (sound && bare.starts_with(|c: char| c.is_ascii_digit()))
            .then(|| word.replace(['o', 'O'], "0").replace(['l', 'I'], "1"))
    };
    let Some(first) = text.split(' ').next() else { return text.into() };
    match repaired(first) {
        Some(number) => format!("{number}{}", &text[first.len()..]).into(),
        None => text.into(),
    }
}

/// Whether a line ends in the middle: `…, bureau` above `202`.
pub(super) fn is_broken(above: &PrintedLine, below: &PrintedLine) -> bool {
    let last = above.text.rsplit(' ').next().unwrap_or_default();
    let number = below.text.len() <= 6 && below.text.starts_with(|c: char| c.is_ascii_digit());
    above.block == below.block
        && number
        && last.len() < above.text.len()
        && words::UNITS.has(&fold(last.trim_end_matches('.')))
}

/// Puts right what only the fields tell. `lines` are those that were read.
pub(super) fn fields(reading: &mut CardReading, lines: &[PrintedLine]) {
    let draft = &mut reading.draft;
    let initials = format!("{} {}", draft.name.given, draft.name.family);
    let initials: String = initials.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
    let is_monogram = |text: &str| {
        text.len() < 5
            && same(&text.replace(['.', ' '], ""), &initials)
            && lines.iter().any(|line| line.text == text)
    };
    draft.name.credentials.retain(|credential| !is_monogram(credential));
    let credentials = &draft.name.credentials;
    reading.fields.retain(|known| {
        known.field != crate::capture::printed::CardField::Credential || credentials.contains(&known.value)
    });
    broken_organisation(reading, lines);
}

/// A firm with its town or its legal form on a second line: `Meubles Tradition` above `Weedon`.
fn broken_organisation(reading: &mut CardReading, lines: &[PrintedLine]) {
    let draft = &mut reading.draft;
    for role in &mut draft.roles {
        let Some(at) =
            lines.iter().position(|line| !role.org.is_empty() && line.text.ends_with(role.org.as_str()))
        else {
            continue;
        };
        let Some(next) = lines.get(at + 1) else { continue };
        let one_size = (lines[at].height - next.height).abs() <= ONE_SIZE * lines[at].height.max(next.height);
        let folded = fold(&next.text);
        let belongs = words::TOWNS.has(&folded) || words::LEGAL.has(&words::squeezed(&next.text));
        let left = draft.note.lines().any(|line| line == next.text);
        if lines[at].block != next.block || !one_size || !belongs || !left {
            continue;
        }
        let whole = format!("{} {}", role.org, next.text);
        for known in reading.fields.iter_mut().filter(|known| known.value == role.org) {
            known.value.clone_from(&whole);
        }
        role.org = whole.into();
        let note: Vec<&str> = draft.note.lines().filter(|line| *line != next.text).collect();
        draft.note = note.join("\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_at_the_head_of_a_line_are_put_right() {
        assert_eq!(figures("560o, rue Frontenac"), "5600, rue Frontenac");
        assert_eq!(figures("l2 rue A"), "l2 rue A");
        for fine in ["5600, rue Frontenac", "1er rang Ouest", "3Ol", "2e Avenue", "819 555-0100", ""] {
            assert_eq!(figures(fine), fine);
        }
    }

    #[test]
    fn marks_are_no_text() {
        assert!(is_mark("N") && is_mark("•") && is_mark("") && !is_mark("JD"));
    }
}
