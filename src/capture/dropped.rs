//! A text file that somebody dropped: a line is a capture, a block is a card, a pasted list is its people.
//!
//! Each line belongs to a part; only what a list sets aside, as headings are, stays in the file.

use super::pasted::{self, Part, Pasted};
use super::{Context, line};

/// The captures of a file, in order; none for one that says nothing.
pub fn read(text: &str, ctx: &Context) -> Vec<Part> {
    let paragraphs = paragraphs(text);
    if paragraphs.is_empty() {
        return Vec::new();
    }
    if let whole @ Pasted::People(_) = pasted::read(text, ctx) {
        return whole.parts(ctx);
    }
    paragraphs.into_iter().flat_map(|paragraph| part(&paragraph, ctx)).collect()
}

fn part(paragraph: &[&str], ctx: &Context) -> Vec<Part> {
    let lines = || paragraph.iter().map(|line| Part { text: (*line).to_owned(), listed: false }).collect();
    if paragraph.len() == 1 || paragraph.iter().all(|line| stands_alone(line, ctx)) {
        return lines();
    }
    let block = paragraph.join("\n");
    match pasted::read(&block, ctx) {
        Pasted::Line(_) => lines(),
        understood => understood.parts(ctx),
    }
}

/// Whether a line says by itself who it is about, and something of them; or is no person at all.
fn stands_alone(text: &str, ctx: &Context) -> bool {
    let reading = line::read(text, ctx);
    if reading.intent != line::Intent::Contact {
        return true;
    }
    let draft = &reading.draft;
    let said = !draft.emails.is_empty() || !draft.phones.is_empty() || !draft.roles.is_empty();
    !draft.name.full.trim().is_empty() && (said || !draft.values.is_empty() || !draft.tags.is_empty())
}

/// Lines with something on them, in groups that stand together.
fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut paragraphs: Vec<Vec<&str>> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        if line.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
            open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(paragraph) if open => paragraph.push(line),
            _ => paragraphs.push(vec![line]),
        }
        open = true;
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::contact::Language;

    fn parts(text: &str) -> Vec<String> {
        let ctx = Context::new(jiff::civil::date(2026, 11, 23), Language::French);
        read(text, &ctx).into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn a_line_is_a_capture() {
        let text = "Réjean Tremblay - Scierie Tremblay - 819 555-0123\nbesoin: un comptable\n\nJulie Roy\n";
        let expected =
            ["Réjean Tremblay - Scierie Tremblay - 819 555-0123", "besoin: un comptable", "Julie Roy"];
        assert_eq!(parts(text), expected);
    }

    #[test]
    fn a_block_is_a_card() {
        let text = "Anne Roy\nNotaire\n819 555-0101\n\nMarc Côté @Kruger 819 555-0102\n";
        assert_eq!(parts(text), ["Anne Roy\nNotaire\n819 555-0101", "Marc Côté @Kruger 819 555-0102"]);
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(parts(" \n\r\n\t\u{feff}"), [""; 0]);
    }

    proptest! {
        #[test]
        fn no_line_is_lost(text in "([A-Za-zé0-9@. ]{0,14}\n?){0,12}") {
            let ctx = Context::new(jiff::civil::date(2026, 11, 23), Language::French);
            prop_assume!(!matches!(pasted::read(&text, &ctx), Pasted::People(_)));
            let whole: String = read(&text, &ctx).into_iter().map(|part| part.text).collect();
            let words = |text: &str| {
                let mut words: Vec<String> = text
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|word| !word.is_empty())
                    .map(str::to_lowercase)
                    .collect();
                words.sort();
                words
            };
            for word in words(&text) {
                prop_assert!(whole.to_lowercase().contains(&word), "{word} of {text:?} is not in {whole:?}");
            }
        }
    }
}
