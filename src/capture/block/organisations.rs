//! Organisations: the domain of email and web addresses, legal forms, word lists, the size of the letters.

use super::super::line::FreeWord;
use super::names::words_of;
use super::sheet::{Piece, Sheet};
use crate::text::fold::fold;
use crate::text::words::{LEGAL, squeezed};

/// How surely a text is the name of an organisation: 2 and more is one.
pub(in crate::capture) fn score(text: &str, domains: &[String]) -> f32 {
    let words = words_of(text);
    if words.is_empty() || words.len() > 12 || text.contains('@') {
        return 0.0;
    }
    let mut score = domain_score(text, domains);
    if is_legal(&words) {
        score += 3.0;
    }
    let surely = words.iter().filter(|word| word.is_surely_org()).count();
    let trade = words.iter().any(FreeWord::is_org);
    if surely > 0 {
        score += 2.0 + 0.2 * (surely.min(3) - 1) as f32;
        if words[0].is_surely_org() {
            score += 0.4;
        }
    } else if trade {
        score += 1.2;
    }
    if words.iter().any(|word| matches!(word.raw.as_str(), "&" | "+"))
        && !words.iter().any(FreeWord::is_title)
    {
        score += 1.0;
    }
    let capital = words[0].is_capital()
        || words[0].raw.starts_with(|c: char| c.is_ascii_digit())
        || text.starts_with("l'");
    if !capital {
        score -= 1.5;
    }
    if text.contains(['!', '?', '$', '%']) {
        score -= 1.0;
    }
    if text.bytes().filter(u8::is_ascii_digit).count() > 5 {
        score -= 2.0;
    }
    score.max(0.0)
}

/// What the place in its row says against an organisation: one of a list of wares or services
/// (`Conseils – Vente – Installation`), or the label of what follows (`Boutique en ligne : …`).
pub(super) fn doubt(sheet: &Sheet, piece: &Piece) -> f32 {
    let row = &sheet.rows[piece.row];
    let listed = row.is_untouched() && sheet.pieces_of(piece.row).len() > 2;
    let labels = row.text[piece.range.end..].trim_start().starts_with(':');
    if labels {
        2.5
    } else if listed {
        1.5
    } else {
        0.0
    }
}

/// The acronym that a dash joins to an organisation, as institutions that merged have them: `… de l'Estrie – CHUS`.
pub(super) fn merged<'a>(sheet: &Sheet, piece: &Piece, next: Option<&'a Piece>) -> Option<&'a Piece> {
    next.filter(|next| {
        let sign = sheet.rows[piece.row].text.get(piece.range.end..next.range.start).map(str::trim);
        next.row == piece.row
            && matches!(sign, Some("–" | "—" | "-"))
            && (3..=6).contains(&next.text.chars().count())
            && next.text.chars().all(char::is_uppercase)
            && piece.text.chars().any(char::is_lowercase)
            && words_of(&piece.text).iter().any(FreeWord::is_surely_org)
    })
}

/// Whether words end in a legal form: `inc.`, `& fils`, `S.E.N.C.R.L.`
pub(super) fn is_legal(words: &[FreeWord]) -> bool {
    let tail = |count: usize| {
        words.len() > count
            && LEGAL.has(&squeezed(
                &words[words.len() - count..]
                    .iter()
                    .map(|word| word.raw.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
            ))
    };
    tail(1)
        || tail(2)
        || tail(3)
        || words.len() > 1
            && words[1..].iter().any(|word| {
                matches!(
                    squeezed(word.raw.trim_end_matches(',')).as_str(),
                    "inc" | "ltee" | "ltd" | "enr" | "senc" | "sencrl" | "llp" | "llc"
                )
            })
}

/// How well a text explains a domain's name: 0 to 4.
pub(super) fn domain_score(text: &str, domains: &[String]) -> f32 {
    let words: Vec<String> = fold(text)
        .split(|c: char| !(c.is_alphanumeric() || c == '&'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.is_empty() || words.len() > 14 {
        return 0.0;
    }
    domains.iter().map(|domain| explains(&words, domain)).fold(0.0, f32::max)
}

/// Small words and forms that domains leave out.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "de" | "du"
            | "des"
            | "la"
            | "le"
            | "les"
            | "l"
            | "d"
            | "et"
            | "and"
            | "of"
            | "the"
            | "&"
            | "a"
            | "aux"
            | "au"
            | "en"
            | "in"
            | "for"
            | "pour"
            | "sur"
            | "inc"
            | "ltee"
            | "ltd"
            | "enr"
            | "senc"
            | "sencrl"
            | "s"
            | "e"
            | "n"
            | "c"
            | "r"
            | "llp"
            | "llc"
            | "limitee"
            | "limited"
            | "corp"
            | "co"
            | "cie"
    )
}

fn explains(words: &[String], domain: &str) -> f32 {
    let all: String = words.concat();
    let weighty: Vec<&str> = words.iter().map(String::as_str).filter(|word| !is_small(word)).collect();
    if weighty.is_empty() {
        return 0.0;
    }
    let joined: String = weighty.concat();
    if *domain == all || *domain == joined {
        return 4.0;
    }
    for ending in ["inc", "qc", "quebec", "canada", "ltee", "mtl", "ca", "groupe", "group", "int"] {
        if let Some(bare) = domain.strip_suffix(ending).filter(|bare| bare.len() > 2)
            && (bare == all || bare == joined)
        {
            return 3.8;
        }
    }
    if let Some((used, letters, heads)) = composed(words, domain) {
        let share = used as f32 / weighty.len() as f32;
        let initials = heads * 10 >= letters.max(1) * 8;
        let score = if initials {
            if used >= 3 {
                3.2
            } else if used == 2 && domain.len() == 2 {
                2.4
            } else {
                1.5
            }
        } else {
            3.6
        };
        return score
            * if share >= 0.99 {
                1.0
            } else if share >= 0.6 {
                0.9
            } else {
                0.6
            };
    }
    let covered: usize =
        weighty.iter().filter(|word| word.len() > 3 && domain.contains(**word)).map(|word| word.len()).sum();
    let share = covered.min(domain.len()) as f32 / domain.len() as f32;
    let own: usize = weighty.iter().map(|word| word.len()).sum();
    let own_share = covered as f32 / own as f32;
    if share >= 0.5 {
        1.5 + 1.5 * share * own_share
    } else if covered > 3 {
        1.2 * own_share
    } else {
        0.0
    }
}

/// Whether a domain is made of heads of the words in their order: `mrcgranitbleu`, `ccest`. Words used, letters, and
/// how many of those are a word's only letter.
fn composed(words: &[String], domain: &str) -> Option<(usize, usize, usize)> {
    fn walk(words: &[String], domain: &str, budget: &mut usize) -> Option<(usize, usize, usize)> {
        if domain.is_empty() {
            return Some((0, 0, 0));
        }
        *budget = budget.checked_sub(1)?;
        let (word, rest) = words.split_first()?;
        let common = word.bytes().zip(domain.bytes()).take_while(|(a, b)| a == b).count();
        let small = is_small(word);
        for length in (1..=common).rev() {
            // Words are cut to their head after three letters at least, or to their initial.
            let whole = length == word.len();
            if (whole || length == 1 || length >= 3)
                && domain.is_char_boundary(length)
                && let Some((used, letters, heads)) = walk(rest, &domain[length..], budget)
            {
                return Some((
                    used + usize::from(!small),
                    letters + length,
                    heads + usize::from(length == 1),
                ));
            }
        }
        // Small words may be left out; the last words too, once the domain is spelled.
        if small { walk(rest, domain, budget) } else { None }
    }
    let mut budget = 500;
    walk(words, domain, &mut budget).filter(|(used, letters, _)| *used > 0 && *letters >= 2)
}

/// Whether the next line goes on with an organisation: `Coopérative forestière` above `des Hautes-Rivières`.
pub(super) fn goes_on(above: &str, below: &str, domains: &[String]) -> bool {
    let joined = format!("{above} {below}");
    let (a, b, both) =
        (domain_score(above, domains), domain_score(below, domains), domain_score(&joined, domains));
    let below_words = words_of(below);
    let legal_alone = LEGAL.has(&squeezed(below)) || below.starts_with('&');
    let first = below_words.first().map(|word| word.folded.clone()).unwrap_or_default();
    let linked = matches!(
        first.as_str(),
        "de" | "du" | "des" | "et" | "and" | "of" | "for" | "d'" | "en" | "&" | "aux"
    ) || first.starts_with("d'");
    let last = above.rsplit(' ').next().map(fold).unwrap_or_default();
    let open = matches!(
        last.as_str(),
        "de" | "du" | "des" | "et" | "and" | "of" | "for" | "la" | "le" | "les" | "the" | "&"
    ) || above.ends_with(['&', '-']);
    // `Les Entreprises` above `Marcel Dutil & Fils inc.`
    let above_words = words_of(above);
    let heads_firm = above_words.len() <= 3
        && is_legal(&below_words)
        && !is_legal(&above_words)
        && above_words.iter().all(|word| is_small(&word.folded) || word.is_org())
        && above_words.iter().any(FreeWord::is_org);
    legal_alone || heads_firm || both > a.max(b) + 0.3 && both >= 2.4 || (linked || open) && a < 3.9
}

/// Whether two names may be one organisation in two languages: they share a proper word, or both carry a legal form.
pub(super) fn same_in_two_languages(a: &str, b: &str, domains: &[String]) -> bool {
    let (left, right) = (words_of(a), words_of(b));
    let bare = |word: &str| word.trim_end_matches('s').to_owned();
    let shared = left
        .iter()
        .filter(|word| word.folded.len() > 3 && !is_small(&word.folded))
        .filter(|word| right.iter().any(|other| bare(&other.folded) == bare(&word.folded)))
        .count();
    let named = domain_score(a, domains) >= 2.0 && domain_score(b, domains) >= 2.0;
    let (french, english) = (super::languages::leaning(a), super::languages::leaning(b));
    let differ = french.is_some() && english.is_some() && french != english;
    let unknown = french.is_none() || english.is_none();
    // `Centre médical Des Sources` and `Medical Centre Des Sources` share all but the order.
    shared > 1 && left.len() == right.len()
        || shared > 0 && (differ || unknown && left.len().abs_diff(right.len()) < 2)
        || named && (differ || unknown)
        || is_legal(&left) && is_legal(&right) && (differ || unknown)
        || score(a, &[]) >= 2.0 && score(b, &[]) >= 2.0 && differ
}
