//! Files of cards that are chosen, pasted or dropped on the terminal: which they are, and how they are sent to be read.

use std::path::{Path, PathBuf};

use etcetera::home_dir;

use crate::protocol::{CardSource, Job, ReadCard};
use crate::text::clean;
use crate::tui::effect::{Effect, Mood, Tag, Toast};
use crate::tui::layer::Cx;

/// Ends of the names of images. HEIC is among them: whoever chooses one is told what to do.
const IMAGES: [&str; 6] = ["jpg", "jpeg", "png", "webp", "heic", "heif"];
/// Ends of the names of other cards.
const TEXTS: [&str; 3] = ["vcf", "vcard", "txt"];
/// So many files are taken from one paste.
const MOST: usize = 100;

/// Whether a file is a card by its name; everything else that openbar reads is imported.
pub fn is_card(path: &Path) -> bool {
    ends_with(path, &IMAGES) || ends_with(path, &TEXTS)
}

fn ends_with(path: &Path, ends: &[&str]) -> bool {
    let end = path.extension().map(|end| end.to_string_lossy().to_lowercase());
    end.is_some_and(|end| ends.contains(&end.as_str()))
}

/// The images and vCards whose paths are pasted; none where anything else is among the words. Terminals paste a file that is
/// dropped on them as its path: in quotes, with backslashes before blanks, or as a `file://` address.
pub fn pasted(text: &str) -> Vec<PathBuf> {
    let Some(words) = words(text.trim()) else { return Vec::new() };
    let home = || home_dir().ok();
    let paths = words.into_iter().map(|word| path(&word, home)).collect::<Option<Vec<_>>>();
    paths.filter(|paths| paths.len() <= MOST).unwrap_or_default()
}

fn path(word: &str, home: impl Fn() -> Option<PathBuf>) -> Option<PathBuf> {
    let path = match (word.strip_prefix("file://"), word.strip_prefix("~/")) {
        (Some(address), _) => PathBuf::from(unescaped(address.strip_prefix("localhost").unwrap_or(address))),
        (_, Some(rest)) => home()?.join(rest),
        _ => PathBuf::from(word),
    };
    // A line that merely ends in `.txt` may be a note.
    let wanted = ends_with(&path, &IMAGES) || ends_with(&path, &TEXTS[..2]);
    (path.is_absolute() && wanted).then_some(path)
}

/// Words as a shell parts them; `None` where a quote is missing.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words = vec![String::new()];
    let mut letters = text.chars();
    let mut quote = None;
    while let Some(c) = letters.next() {
        let fresh = words.last().is_some_and(String::is_empty);
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\'' | '"', None) => quote = Some(c),
            ('\\', None) => words.last_mut()?.push(letters.next()?),
            (c, None) if c.is_whitespace() => {
                if !fresh {
                    words.push(String::new());
                }
            }
            (c, _) => words.last_mut()?.push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    (quote.is_none() && !words.is_empty()).then_some(words)
}

/// An address without its `%20`.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Sends files to be read; the app tells what each has brought.
pub fn read(paths: Vec<PathBuf>, tag: Tag, cx: &Cx<'_>) -> Vec<Effect> {
    let name = paths.first().and_then(|path| path.file_name()).unwrap_or_default();
    let text = cx.t.card_reading(paths.len(), clean::line(&name.to_string_lossy()));
    let read = paths.into_iter().map(|path| {
        let source = CardSource::Path(path);
        Effect::Ask(Job::ReadCard(ReadCard { source, lang: cx.language(), event: cx.sticky.cloned() }), tag)
    });
    read.chain([Effect::Toast(Toast { mood: Mood::Plain, text })]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        pasted(text).into_iter().map(|path| path.display().to_string()).collect()
    }

    #[test]
    fn paths_come_as_terminals_paste_them() {
        assert_eq!(paths("/home/a/IMG_1.JPG"), ["/home/a/IMG_1.JPG"]);
        assert_eq!(paths("'/home/a/une carte.png' "), ["/home/a/une carte.png"]);
        assert_eq!(paths("/home/a/une\\ carte.png"), ["/home/a/une carte.png"]);
        assert_eq!(paths("file:///home/a/une%20carte%C3%A9.jpeg"), ["/home/a/une carteé.jpeg"]);
        assert_eq!(paths("\"/a/1.jpg\" /a/2.vcf\n/a/3.webp"), ["/a/1.jpg", "/a/2.vcf", "/a/3.webp"]);
    }

    #[test]
    fn what_is_a_line_stays_a_line() {
        for text in [
            "Anne Roy @Photo.jpg",
            "photo.jpg",
            "/home/a/notes.txt",
            "voir /home/a/photo.jpg",
            "l'adresse /a/b.png",
            "",
            "https://exemple.ca/a.jpg",
        ] {
            assert_eq!(paths(text), [""; 0], "{text}");
        }
    }
}
