//! Credentials after a name: behind a comma, or dressed so that they need none.

use crate::text::names;

/// Credentials after a name: `, ing., M. Sc. A.`: what they are and how many bytes they take.
pub(in crate::capture) fn credentials(text: &str) -> (Vec<String>, usize) {
    let mut found = Vec::new();
    let mut used = 0;
    let mut at = 0;
    for part in text.split(',') {
        let trimmed = part.trim();
        let end = at + part.len();
        if !trimmed.is_empty() {
            let list = credential_list(trimmed);
            if list.is_empty() {
                break;
            }
            found.extend(list);
            used = at + (part.len() - part.trim_start().len()) + trimmed.len();
        }
        at = end + 1;
    }
    (found, used)
}

/// Credentials without a comma: `CPA`, `ing. MBA`, `(CRHA)`.
pub(super) fn unsigned_credentials(text: &str) -> (Vec<String>, usize) {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(trimmed);
    let list = credential_list(inner);
    let dressed = inner.contains('.')
        || inner.chars().all(|c| !c.is_lowercase())
        || inner.contains("hD")
        || inner.contains("Sc");
    if list.is_empty() || !dressed { (Vec::new(), 0) } else { (list, text.trim_end().len()) }
}

/// All the credentials that a text is made of; empty where it holds anything else.
pub(in crate::capture) fn credential_list(text: &str) -> Vec<String> {
    let text = text.trim().trim_end_matches(',');
    if names::is_credential(text) {
        return vec![text.to_owned()];
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(count) = (1..=4.min(words.len() - at))
            .rev()
            .find(|count| names::is_credential(words[at..at + count].join(" ").trim_end_matches(',')))
        else {
            return Vec::new();
        };
        found.push(words[at..at + count].join(" ").trim_end_matches(',').to_owned());
        at += count;
    }
    found
}
