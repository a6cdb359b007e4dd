//! Names as people write them: capitals put right, the family name last.

use crate::text::fold::fold;
use crate::text::names;

/// A capital I that was read as l: `lsabelle`.
pub(super) fn misread(word: &mut String) {
    if let Some(rest) = word.strip_prefix('l')
        && !names::is_given(word)
    {
        let better = format!("I{rest}");
        if names::is_given(&better) {
            *word = better;
        }
    }
}

/// The name as people write it: capitals and lower case put right, the family name not first.
pub(super) fn spelled(words: &[String]) -> String {
    let shouted = |word: &String| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.chars().any(char::is_lowercase)
    };
    let particles_apart =
        || words.iter().filter(|word| !names::is_particle(word) && !names::is_initial(word));
    if words.iter().all(|word| !word.chars().any(char::is_uppercase)) {
        return names::capitalised(&words.join(" "));
    }
    if words.len() > 1
        && shouted(&words[0])
        && !shouted(&words[words.len() - 1])
        && names::is_given(&words[words.len() - 1])
    {
        // `TREMBLAY Réjean`
        let cut = words.iter().position(|word| !shouted(word) && !names::is_particle(word)).unwrap_or(1);
        return format!("{} {}", words[cut..].join(" "), title_case_from(&words[..cut].join(" "), true));
    }
    if particles_apart().all(shouted)
        || words.iter().filter(|word| shouted(word)).count() * 2 > words.len()
            && particles_apart().filter(|word| word.chars().count() > 2).all(shouted)
    {
        return title_case(&words.join(" "));
    }
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        out.push(if shouted(word) && word.chars().count() > 3 {
            title_case_from(word, at > 0)
        } else {
            word.clone()
        });
    }
    out.join(" ")
}

/// `MIREILLE GAUDREAULT` → `Mireille Gaudreault`; `MCDONALD` → `McDonald`, `D'AMOURS` → `d'Amours`, `DE LA` → `de la`.
pub(super) fn title_case(text: &str) -> String {
    title_case_from(text, false)
}

fn title_case_from(text: &str, inside: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let folded = fold(word);
        let inner = at > 0 || inside;
        if inner
            && matches!(
                folded.as_str(),
                "de" | "du"
                    | "des"
                    | "la"
                    | "van"
                    | "von"
                    | "der"
                    | "den"
                    | "di"
                    | "da"
                    | "dos"
                    | "del"
                    | "della"
                    | "y"
                    | "et"
                    | "bin"
                    | "ibn"
                    | "sur"
                    | "sous"
                    | "aux"
                    | "les"
                    | "lès"
            )
        {
            out.push_str(&word.to_lowercase());
            continue;
        }
        if inner && matches!(folded.as_str(), "ii" | "iii" | "iv") {
            out.push_str(&word.to_uppercase());
            continue;
        }
        let mut start = true;
        let lower: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        for (index, c) in lower.iter().enumerate() {
            let begins = start && c.is_alphabetic();
            // `d'Amours`, yet `O'Neil` and `L'Heureux`; `Saint-Jean-sur-Richelieu`.
            let small_d =
                begins && *c == 'd' && inner && index == 0 && matches!(lower.get(1), Some('\'' | '’'));
            let rest: String = lower[index..].iter().take_while(|c| c.is_alphabetic()).collect();
            let joint = begins
                && index > 0
                && lower[index - 1] == '-'
                && matches!(
                    rest.as_str(),
                    "de" | "du" | "des" | "la" | "le" | "les" | "sur" | "sous" | "et" | "aux" | "en"
                )
                && lower.len() > index + rest.len();
            if begins && !small_d && !joint {
                out.extend(c.to_uppercase());
            } else {
                out.push(*c);
            }
            start = matches!(c, '-' | '\'' | '’' | '.')
                || index == 1 && lower[0] == 'm' && *c == 'c' && lower.len() > 4;
        }
    }
    out
}
/// Initials with their dots in place of a given name: `J.`, `J.-F.`, `M.C.`
pub(super) fn is_shortened(word: &str) -> bool {
    word.contains('.')
        && word.split(['.', '-']).filter(|part| !part.is_empty()).all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
        })
}
