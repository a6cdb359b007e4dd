//! Other programs: the user's editor, and the system's way to open links and files.

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use crate::text::clean;

/// A note longer than this is not taken back from the editor.
const NOTE_LIMIT: u64 = 1 << 20;

/// Opens a link or a file with the system's program; what fails there is its own to tell.
pub fn open(target: &str) {
    let allowed = ["https://", "http://", "mailto:", "tel:", "file://", "/"];
    if allowed.iter().any(|start| target.starts_with(start)) {
        // Without a desktop there is nothing to open with; the address stays on the screen.
        let _ = open::that_detached(target);
    }
}

/// Lets the user write in `$VISUAL`, `$EDITOR` or `vi`. `None` when that failed or the text is not to be used.
pub fn compose(text: &str) -> Option<String> {
    let mut file = tempfile::Builder::new().prefix("openbar-").suffix(".md").tempfile().ok()?;
    file.write_all(text.as_bytes()).ok()?;
    file.flush().ok()?;
    let set = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    // Editors are often set with options, as in `code --wait`; the shell splits them as the user expects.
    let status = Command::new("sh")
        .arg("-c")
        .arg(format!("{editor} \"$1\""))
        .arg("sh")
        .arg(file.path())
        .stdin(Stdio::inherit())
        .status()
        .ok()?;
    if !status.success() {
        return None;
    }
    let mut bytes = Vec::new();
    // Some editors write a new file and rename it over the old one, so it is opened again by name.
    fs::File::open(file.path()).ok()?.take(NOTE_LIMIT + 1).read_to_end(&mut bytes).ok()?;
    if bytes.len() as u64 > NOTE_LIMIT {
        return None;
    }
    Some(clean::block(&String::from_utf8_lossy(&bytes)))
}
