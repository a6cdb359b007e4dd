//! Both languages say the same things: the same keys, the same placeholders, no catalogue with errors, and
//! French that is set as French is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// What one message says: its placeholders and its texts, one for each variant.
#[derive(Default)]
struct Message {
    placeholders: BTreeSet<String>,
    texts: Vec<String>,
}

#[test]
fn both_languages_have_the_same_files() {
    let names = |lang| -> Vec<_> {
        files(lang).iter().map(|path| path.file_name().expect("a name").to_owned()).collect()
    };
    assert_eq!(names("en"), names("fr"));
}

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    let (english, french) = (messages("en"), messages("fr"));
    let mut findings = Vec::new();
    for key in english.keys().filter(|key| !french.contains_key(*key)) {
        findings.push(format!("{key}: missing in French"));
    }
    for (key, message) in &french {
        match english.get(key) {
            None => findings.push(format!("{key}: missing in English")),
            Some(other) if other.placeholders != message.placeholders => findings.push(format!(
                "{key}: {:?} in English, {:?} in French",
                other.placeholders, message.placeholders
            )),
            Some(_) => {}
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn no_text_is_empty() {
    for lang in ["en", "fr"] {
        for (key, message) in messages(lang) {
            assert!(
                !message.texts.is_empty() && message.texts.iter().all(|text| !text.is_empty()),
                "{lang} {key}"
            );
        }
    }
}

#[test]
fn french_is_set_as_french_is() {
    let mut findings = Vec::new();
    for (key, message) in messages("fr") {
        // Examples are what a person types, where a key ends in a colon and quotes are straight.
        if key.ends_with("-example") {
            continue;
        }
        for text in &message.texts {
            findings.extend(slips(text).into_iter().map(|slip| format!("{key}: {slip} in “{text}”")));
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn no_text_asks_for_an_emoji_of_unknown_width() {
    for lang in ["en", "fr"] {
        for (key, message) in messages(lang) {
            assert!(!message.texts.iter().any(|text| text.contains('\u{fe0f}')), "{lang} {key}");
        }
    }
}

#[test]
fn typographic_slips_are_found() {
    assert!(slips("Erreur\u{a0}: {what}").is_empty());
    assert!(slips("«\u{a0}oui\u{a0}»\u{a0}; 14:05, is:archived, https://exemple.ca ?").len() == 1);
    for wrong in ["Erreur : non", "Quoi?", "Vite !", "« oui »", "«oui»", "un \"mot\"", "Note:"] {
        assert!(!slips(wrong).is_empty(), "{wrong}");
    }
}

/// Typographic slips of a French text. A colon inside a word (`is:archived`, `14:05`) belongs to the grammar.
fn slips(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut slips = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        let after = chars.get(at + 1).copied();
        let no_break = |c: Option<char>| matches!(c, Some('\u{a0}' | '\u{202f}'));
        match c {
            '"' => slips.push("a straight quote".to_owned()),
            '«' if !no_break(after) => slips.push("no no-break space after «".to_owned()),
            '»' if !no_break(before) => slips.push("no no-break space before »".to_owned()),
            // A mark that opens the text or a bracket is a key or a sign that is named, not punctuation.
            ':' | ';' | '!' | '?' if after.is_none_or(|c| c.is_whitespace() || c == ')') => {
                let named = matches!(before, None | Some('('));
                let doubled = matches!(before, Some('!' | '?'));
                if !no_break(before) && !named && !doubled {
                    slips.push(format!("no no-break space before {c}"));
                }
            }
            _ => {}
        }
    }
    slips
}

fn files(lang: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/i18n").join(lang);
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the catalogue").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn messages(lang: &str) -> BTreeMap<String, Message> {
    let mut found = BTreeMap::new();
    for path in files(lang) {
        let source = fs::read_to_string(&path).expect("a catalogue");
        let resource = parser::parse(source.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let mut read = Message::default();
                    let text = walk(&message.value.expect("a message has a text"), &mut read);
                    read.texts.push(text);
                    let key = message.id.name.to_owned();
                    assert!(found.insert(key.clone(), read).is_none(), "{lang}: {key} stands twice");
                }
                Entry::Junk { content } => panic!("{}: cannot read {content}", path.display()),
                _ => {}
            }
        }
    }
    found
}

/// Collects placeholders and the texts of all variants; gives the text of the default one.
fn walk(pattern: &Pattern<&str>, message: &mut Message) -> String {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                text.push_str(&place(inline, message));
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                place(selector, message);
                for variant in variants {
                    let inner = walk(&variant.value, message);
                    if variant.default {
                        text.push_str(&inner);
                    } else {
                        message.texts.push(inner);
                    }
                }
            }
        }
    }
    text
}

fn place(inline: &InlineExpression<&str>, message: &mut Message) -> String {
    match inline {
        InlineExpression::VariableReference { id } => {
            message.placeholders.insert(id.name.to_owned());
            format!("{{{}}}", id.name)
        }
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
            (*value).to_owned()
        }
        _ => String::new(),
    }
}
