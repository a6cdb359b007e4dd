//! Email and web addresses, known by their shape.

use super::fold::fold;

/// Longest address that is looked at, in bytes (RFC 5321 allows 254 for emails; web addresses are longer).
const LONGEST: usize = 2_048;

/// Endings that make `word.ending` a web address without `www.` or `https://`.
const ENDINGS: &[&str] = &[
    "ca",
    "com",
    "org",
    "net",
    "info",
    "biz",
    "quebec",
    "coop",
    "io",
    "ai",
    "app",
    "dev",
    "eu",
    "fr",
    "uk",
    "us",
    "be",
    "ch",
    "de",
    "co",
    "me",
    "tv",
    "tech",
    "shop",
    "pro",
    "edu",
    "gov",
    "bio",
    "site",
    "online",
    "store",
    "agency",
    "design",
    "studio",
    "farm",
    "club",
    "media",
    "solutions",
    "group",
    "expert",
    "consulting",
    "link",
    "immo",
    "health",
    "law",
    "cafe",
    "energy",
    "travel",
    "xyz",
    "eco",
    "digital",
    "marketing",
    "photo",
    "care",
    "academy",
    "beer",
    "coffee",
    "camp",
    "community",
    "foundation",
    "international",
    "capital",
    "ventures",
    "services",
    "global",
    "gallery",
];

/// The email address that starts at the head of `text`, by its length in bytes. The head must be a word's start.
pub fn email_at(text: &str) -> Option<usize> {
    let head = &text[..floor(text, LONGEST)];
    let local = head.find(|c: char| !(c.is_alphanumeric() || "._%+-'!&/=?^`{|}~*#$".contains(c)))?;
    if local == 0
        || local > 64
        || !head[local..].starts_with('@')
        || !head.starts_with(char::is_alphanumeric) && !head.starts_with('_')
    {
        return None;
    }
    let host = &head[local + 1..];
    let end = host_length(host)?;
    let domain = &host[..end];
    let ending = domain.rsplit('.').next()?;
    let sound = domain.contains('.')
        && ending.chars().count() >= 2
        && ending.chars().all(char::is_alphabetic)
        && !head[..local].ends_with('.')
        && !head[..local].contains("..");
    (sound && !host[end..].starts_with('@')).then_some(local + 1 + end)
}

/// The web address that starts at the head of `text`, by its length in bytes. The head must be a word's start.
pub fn url_at(text: &str) -> Option<usize> {
    let head = &text[..floor(text, LONGEST)];
    let word = &head[..head
        .find(|c: char| c.is_whitespace() || c.is_control() || "<>\"«»“”".contains(c))
        .unwrap_or(head.len())];
    let folded = word.get(..8.min(word.len())).unwrap_or(word).to_ascii_lowercase();
    let scheme =
        ["https://", "http://"].iter().find(|scheme| folded.starts_with(**scheme)).map_or(0, |s| s.len());
    let host = &word[scheme..];
    let length = host_length(host)?;
    let domain = fold(&host[..length]);
    if !domain.contains('.') && scheme == 0 {
        return None;
    }
    let rest = &host[length..];
    if rest.starts_with('@') {
        return None;
    }
    let ending = domain.rsplit('.').next()?;
    let known = scheme > 0
        || domain.starts_with("www.") && domain.matches('.').count() >= 2
        || ENDINGS.contains(&ending) && domain.chars().any(char::is_alphabetic) && domain.find('.') > Some(1);
    if !known {
        return None;
    }
    let path = if rest.starts_with(['/', '?', '#', ':']) { rest.len() } else { 0 };
    let whole = &word[..scheme + length + path];
    let mut end = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_']).len();
    // A closing bracket belongs to the sentence unless the address opened it.
    while whole[..end].ends_with([')', ']']) && !whole[..end].contains(['(', '[']) {
        end = whole[..end - 1].trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
    }
    (end > scheme).then_some(end)
}

/// Whether a web address is a profile or page on LinkedIn.
pub fn is_linkedin(url: &str) -> bool {
    let host = fold(url);
    let host = host.trim_start_matches("https://").trim_start_matches("http://");
    let host = host.split(['/', '?', '#']).next().unwrap_or(host);
    host == "linkedin.com" || host.ends_with(".linkedin.com") || host == "lnkd.in"
}

/// The name that a domain carries: `mrcgranitbleu` of `benoit@mrcgranitbleu.qc.ca`. `None` for public mail hosts.
pub fn organisation_label(address: &str) -> Option<String> {
    const PUBLIC: &[&str] = &[
        "gmail",
        "googlemail",
        "hotmail",
        "outlook",
        "live",
        "msn",
        "yahoo",
        "icloud",
        "me",
        "mac",
        "videotron",
        "bell",
        "sympatico",
        "cogeco",
        "aol",
        "protonmail",
        "proton",
        "gmx",
        "fastmail",
        "rogers",
        "telus",
    ];
    let domain = fold(address.rsplit('@').next()?);
    let domain =
        domain.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let domain = domain.split(['/', '?', '#', ':']).next()?;
    let mut labels: Vec<&str> = domain.split('.').filter(|label| !label.is_empty()).collect();
    labels.pop()?;
    while labels.len() > 1
        && matches!(*labels.last()?, "qc" | "gouv" | "on" | "co" | "com" | "org" | "ac" | "gov" | "nb")
    {
        labels.pop();
    }
    let label = labels.last()?.replace('-', "");
    (label.len() >= 2 && !PUBLIC.contains(&label.as_str())).then_some(label)
}

/// Length of the run of dotted labels that `text` starts with; a final dot is left out.
fn host_length(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-')).unwrap_or(text.len());
    let host = text[..end].trim_end_matches(['.', '-']);
    let sound = !host.is_empty() && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-'));
    sound.then_some(host.len())
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(text: &str) -> Option<&str> {
        email_at(text).map(|length| &text[..length])
    }

    fn url(text: &str) -> Option<&str> {
        url_at(text).map(|length| &text[..length])
    }

    #[test]
    fn emails_end_where_the_sentence_goes_on() {
        assert_eq!(
            email("xavier.st-onge@meubles.example.com, suite"),
            Some("xavier.st-onge@meubles.example.com")
        );
        assert_eq!(email("a+b@c.ca."), Some("a+b@c.ca"));
        for no in ["@Scierie", "a@b", "a@b.c", "a b@c.ca", "+a@b.ca", "a@.ca", "a..b@c.ca"] {
            assert_eq!(email(no), None, "{no}");
        }
    }

    #[test]
    fn urls_need_a_scheme_www_or_a_known_ending() {
        assert_eq!(url("https://openbar.example/a?b=c#d, fin"), Some("https://openbar.example/a?b=c#d"));
        assert_eq!(url("www.boisdunord.qc.ca."), Some("www.boisdunord.qc.ca"));
        assert_eq!(url("linkedin.com/in/jane-doe)"), Some("linkedin.com/in/jane-doe"));
        assert_eq!(url("(x)"), None);
        for no in ["ing.", "St.Denis", "M.ca", "p.42", "s.e.n.c.", "a@b.ca", "2025.11.03"] {
            assert_eq!(url(no), None, "{no}");
        }
    }

    #[test]
    fn domains_carry_names() {
        assert_eq!(organisation_label("b@mrcgranitbleu.qc.ca").as_deref(), Some("mrcgranitbleu"));
        assert_eq!(organisation_label("www.bois-du-nord.com/x").as_deref(), Some("boisdunord"));
        assert_eq!(organisation_label("a@gmail.com"), None);
        assert!(is_linkedin("https://ca.linkedin.com/in/x") && !is_linkedin("notlinkedin.com"));
    }
}
