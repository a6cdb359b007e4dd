//! Keeps the arrows between layers: reads every `crate::` path of the sources and compares it with the table.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Layer (a path prefix below `src/`) and what it may import besides itself. The longest prefix that fits counts.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("domain", &["text"]),
    ("spool", &[]),
    ("capture", &["text", "domain"]),
    ("insight", &["text", "domain"]),
    ("recogniser", &["capture", "text"]),
    ("exchange", &["text", "domain", "capture"]),
    ("store", &["domain"]),
    ("wording", &["text", "domain", "capture", "insight"]),
    ("protocol", &["domain", "capture", "insight", "exchange"]),
    (
        "engine",
        &["protocol", "store", "spool", "exchange", "recogniser", "capture", "insight", "domain", "text"],
    ),
    ("door", &["protocol", "spool", "engine", "domain"]),
    ("config", &["wording", "recogniser"]),
    ("tui/key", &[]),
    ("tui/mouse", &[]),
    ("tui/theme", &[]),
    ("tui/command", &["tui/key", "wording"]),
    ("tui/pictures", &["tui/key", "capture", "text"]),
    ("tui/effect", &["tui/command", "protocol", "domain"]),
    (
        "tui/layer",
        &[
            "tui/theme",
            "tui/key",
            "tui/mouse",
            "tui/command",
            "tui/effect",
            "tui/pictures",
            "tui/widgets",
            "protocol",
            "insight",
            "capture",
            "domain",
            "wording",
        ],
    ),
    (
        "tui/widgets",
        &[
            "tui/theme",
            "tui/key",
            "tui/mouse",
            "tui/command",
            "tui/pictures",
            "text",
            "capture",
            "domain",
            "insight",
            "wording",
        ],
    ),
    (
        "tui/fields",
        &["tui/widgets", "tui/theme", "tui/layer", "text", "capture", "domain", "insight", "wording"],
    ),
    ("tui/inquiry", &["domain"]),
    ("tui/paths", &["tui/widgets", "tui/layer", "protocol", "domain", "wording"]),
    ("tui/answers", &["tui/widgets", "tui/layer", "tui/theme", "domain", "insight", "wording"]),
    ("tui/screens", SCREEN),
    ("tui/overlays", OVERLAY),
    ("tui", &["door", "protocol", "insight", "capture", "domain", "text", "wording", "config"]),
    (
        "cli",
        &[
            "door",
            "protocol",
            "recogniser",
            "capture",
            "insight",
            "exchange",
            "domain",
            "text",
            "wording",
            "config",
            "spool",
        ],
    ),
    (
        "main",
        &[
            "text", "domain", "capture", "insight", "exchange", "wording", "store", "spool", "protocol",
            "engine", "door", "config", "tui", "cli",
        ],
    ),
    ("lib", &[]),
];

/// What a screen may import: never another screen, never the app.
const SCREEN: &[&str] = &[
    "tui/fields",
    "tui/inquiry",
    "tui/paths",
    "tui/answers",
    "tui/widgets",
    "tui/theme",
    "tui/key",
    "tui/mouse",
    "tui/command",
    "tui/effect",
    "tui/layer",
    "protocol",
    "insight",
    "capture",
    "domain",
    "text",
    "wording",
];

/// What an overlay may import: as a screen; the table that opens them also makes a person's page.
const OVERLAY: &[&str] = &[
    "tui/screens",
    "tui/fields",
    "tui/inquiry",
    "tui/paths",
    "tui/answers",
    "tui/widgets",
    "tui/theme",
    "tui/key",
    "tui/mouse",
    "tui/command",
    "tui/effect",
    "tui/layer",
    "protocol",
    "insight",
    "capture",
    "domain",
    "text",
    "wording",
];

/// Crates that only one place may name, with the reason.
const FENCED: &[(&str, &str)] = &[
    ("sled", "store/"),
    ("bincode", "store/codec.rs"),
    ("ratatui", "tui/"),
    ("ratatui_image", "tui/pictures/"),
    ("crossterm", "tui/"),
    ("clap", "cli/"),
];

#[test]
fn arrows_point_down() {
    let mut findings = Vec::new();
    for file in sources() {
        let name = relative(&file);
        let Some((layer, allowed)) = layer_of(&name) else {
            findings.push(format!("{name}: belongs to no layer"));
            continue;
        };
        for target in imports(&fs::read_to_string(&file).expect("a source"), &name) {
            let Some((into, _)) = layer_of(&target) else {
                findings.push(format!("{name}: imports {target}, which is no layer"));
                continue;
            };
            let inside = into == layer || (layer == "tui" && into.starts_with("tui"));
            if !inside && !allowed.contains(&into) {
                findings.push(format!("{name}: {layer} must not import {into} (crate::{target})"));
            }
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn screens_do_not_know_each_other() {
    let mut findings = Vec::new();
    for file in sources() {
        let name = relative(&file);
        let Some(rest) = name.strip_prefix("tui/screens/") else { continue };
        let own = rest.split(['/', '.']).next().unwrap_or(rest);
        if own == "mod" {
            continue;
        }
        for target in imports(&fs::read_to_string(&file).expect("a source"), &name) {
            if let Some(other) = target.strip_prefix("tui/screens/") {
                let other = other.split('/').next().unwrap_or(other);
                if other != own && !other.starts_with(char::is_uppercase) {
                    findings.push(format!("{name}: knows the screen {other}"));
                }
            }
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn fenced_crates_stay_behind_their_fence() {
    let mut findings = Vec::new();
    for file in sources() {
        let name = relative(&file);
        let code = without_comments(&fs::read_to_string(&file).expect("a source"));
        for (krate, fence) in FENCED {
            let named = [format!("{krate}::"), format!("use {krate};")].iter().any(|use_of| {
                code.match_indices(use_of.as_str()).any(|(at, _)| {
                    !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                })
            });
            if named && !name.starts_with(fence) {
                findings.push(format!("{name}: {krate} may be named in src/{fence} only"));
            }
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn every_file_opens_with_its_purpose() {
    for file in sources() {
        let text = fs::read_to_string(&file).expect("a source");
        assert!(text.starts_with("//! "), "{} does not say what it is for", relative(&file));
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).expect("below src").to_string_lossy().replace('\\', "/")
}

fn layer_of(path: &str) -> Option<(&'static str, &'static [&'static str])> {
    ARROWS
        .iter()
        .filter(|(layer, _)| {
            path == *layer
                || path.strip_prefix(layer).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
        })
        .max_by_key(|(layer, _)| layer.len())
        .map(|(layer, allowed)| (*layer, *allowed))
}

/// Every `crate::a::b` and `super::…` path of a source, as `a/b`, grouped imports spread out.
fn imports(source: &str, name: &str) -> BTreeSet<String> {
    let code = without_comments(source);
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            spread(&code[at + "crate::".len()..], "", &mut found);
        }
    }
    // A `super::` that leaves the layer would hide an arrow.
    let depth = name.matches('/').count();
    assert!(
        !code.contains(&"super::".repeat(depth + 2)),
        "{name}: too many `super::`; use a path from the crate's root"
    );
    found
}

fn spread(text: &str, prefix: &str, found: &mut BTreeSet<String>) {
    let text = text.trim_start();
    if let Some(group) = text.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    spread(&group[start..at], prefix, found);
                    return;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    spread(&group[start..at], prefix, found);
                    start = at + 1;
                }
                _ => {}
            }
        }
        return;
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let word = &text[..end];
    if word.is_empty() {
        return;
    }
    let path = if prefix.is_empty() { word.to_owned() } else { format!("{prefix}/{word}") };
    match text[end..].strip_prefix("::") {
        Some(rest) => spread(rest, &path, found),
        None => {
            found.insert(path);
        }
    }
}

fn without_comments(source: &str) -> String {
    source
        .lines()
        .map(|line| line.split_once("//").map_or(line, |(code, _)| code))
        .collect::<Vec<_>>()
        .join("\n")
}
