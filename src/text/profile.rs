//! Addresses of profiles, in the one form in which they are compared.

use unicode_normalization::UnicodeNormalization as _;

use super::clean;

/// What names a profile on LinkedIn: `in/jane-doe`. Addresses that differ by case, percent-encoding, host, a slash at the
/// end or what follows `?` give the same; `None` for what is no address there.
pub fn linkedin(url: &str) -> Option<String> {
    let (_, path) = url.split_once("linkedin.com/")?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decoded(path);
    let mut parts = decoded.split('/').filter(|part| !part.is_empty());
    let kind = parts.next()?;
    let mut key = kind.to_lowercase();
    let mut named = false;
    for part in parts {
        // `/in/jane-doe/fr` is the same profile in another language; `/pub/jane-doe/1/2a/3b4` needs every part.
        if kind.eq_ignore_ascii_case("in") && named {
            break;
        }
        named = true;
        key.push('/');
        key.extend(part.nfc().flat_map(char::to_lowercase));
    }
    named.then_some(key)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = |at: usize| tail.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        if *first == b'%'
            && let (Some(high), Some(low)) = (hex(0), hex(1))
        {
            bytes.push((high * 16 + low) as u8);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    // Some old addresses encode Latin-1; a copy of the bytes as they stand is still a key.
    match std::str::from_utf8(&bytes) {
        Ok(text) => clean::line(text),
        Err(_) => clean::line(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_profile_however_it_is_written() {
        for url in [
            "https://www.linkedin.com/in/rene-c%C3%B4t%C3%A9/",
            "http://ca.linkedin.com/in/René-Côté?trk=x".to_lowercase().replace("né", "ne").as_str(),
            "linkedin.com/in/rene-c%F4t%E9/fr",
        ] {
            assert_eq!(linkedin(url).as_deref(), Some("in/rene-côté"), "{url}");
        }
        assert_eq!(linkedin("https://example.com/in/rene"), None);
        assert_eq!(linkedin("linkedin.com/in/"), None);
    }
}
