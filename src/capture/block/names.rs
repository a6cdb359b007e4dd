//! The name of a card: word lists, the email address, capitals, credentials and the size of the letters speak for it.

use std::ops::Range;

use super::super::line::FreeWord;
use super::credentials::{credentials, unsigned_credentials};
use super::sheet::{Piece, Sheet};
use super::spelling::{is_shortened, misread, spelled, title_case};
use crate::text::words::{TOWNS, squeezed};
use crate::text::{names, words};

/// A name that a piece may hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    /// Index into the sheet's rows, and the bytes of name and credentials; two where the name stands on two lines.
    pub places: Vec<(usize, Range<usize>)>,
    /// The name with its civility, as it will be kept.
    pub full: String,
    /// What followed it.
    pub credentials: Vec<String>,
    /// The more the surer; 2 and more is a name.
    pub score: f32,
}

/// What speaks for names besides their letters.
#[derive(Clone, Debug, Default)]
pub(in crate::capture) struct Evidence {
    /// What stands before the `@` of emails, folded.
    pub locals: Vec<String>,
    /// Names that domains carry.
    pub domains: Vec<String>,
}

/// All names that a card may hold, best first; of equals the one that stands first.
pub(super) fn candidates(sheet: &Sheet, evidence: &Evidence) -> Vec<Candidate> {
    let pieces = sheet.pieces();
    let mut found: Vec<Candidate> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        if let Some(candidate) = of_piece(piece, evidence) {
            found.push(Candidate { score: candidate.score + prominence(sheet, piece.row), ..candidate });
        }
        if let Some(next) = pieces.get(at + 1)
            && let Some(candidate) = of_two(sheet, piece, next, evidence)
        {
            found.push(candidate);
        }
    }
    for (at, candidate) in found.iter_mut().enumerate() {
        candidate.score -= 0.05 * at.min(10) as f32;
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

/// What large letters add.
fn prominence(sheet: &Sheet, row: usize) -> f32 {
    let tallest = sheet.rows.iter().map(|row| row.height).fold(0.0, f32::max);
    if tallest > 0.0 { 0.8 * sheet.rows[row].height / tallest } else { 0.0 }
}

/// The name at the head of a piece, and its credentials.
fn of_piece(piece: &Piece, evidence: &Evidence) -> Option<Candidate> {
    let (head, tail) = piece.text.split_once(',').unwrap_or((&piece.text, ""));
    if piece.text.chars().count() > 160 {
        return None;
    }
    let given_after = tail.split(',').next().unwrap_or_default().trim();
    if !head.trim().contains(' ')
        && !given_after.is_empty()
        && given_after.split(' ').count() <= 2
        && given_after.split(' ').all(|word| names::is_given(word) || names::is_initial(word))
        && names::is_given(given_after.split(' ').next().unwrap_or_default())
        && !names::is_given(head)
    {
        // `Tremblay, Réjean`
        let end = head.len() + 1 + tail.find(given_after)? + given_after.len();
        let (full, score) = judge(&format!("{given_after} {}", head.trim()), evidence)?;
        let (credentials, used) = credentials(piece.text.get(end..).unwrap_or_default());
        return Some(finished(piece, end + used, full, credentials, score));
    }
    let words = spans(head);
    let mut best: Option<(f32, usize, String, Vec<String>, bool)> = None;
    for count in 1..=words.len().min(7) {
        let rest = &words[count..];
        let whole = rest.is_empty();
        let text = &head[..words[count - 1].end];
        // Before the name's end there is a title, an organisation or a credential, or nothing at all.
        let follower = rest.first().map(|range| FreeWord::new(0, &head[range.clone()]));
        // `Maude Roy et Paul Tran`: the first of two.
        let second = follower.as_ref().is_some_and(|word| matches!(word.folded.as_str(), "et" | "and" | "&"))
            && count > 1
            && rest.get(1).is_some_and(|next| {
                judge(&head[next.start..], &Evidence::default())
                    .is_some_and(|(full, score)| full.contains(' ') && score >= 2.0)
            });
        let (unsigned, used) =
            if whole { (Vec::new(), 0) } else { unsigned_credentials(&head[words[count - 1].end..]) };
        let complete = whole || used > 0 && head[words[count - 1].end + used..].trim().is_empty();
        if !complete && !second && !follower.is_some_and(|word| word.is_title() || word.raw.starts_with('('))
        {
            continue;
        }
        let Some((full, mut score)) = judge(text, evidence) else { continue };
        if !complete {
            score -= 1.0;
        }
        if used > 0 {
            score += 1.0;
        }
        if best.as_ref().is_none_or(|(known, ..)| score > *known) {
            best = Some((score, words[count - 1].end + used, full, unsigned, complete));
        }
    }
    let (mut score, mut end, full, mut found, complete) = best?;
    if complete && end >= head.trim_end().len() {
        let (after_comma, used) = credentials(&piece.text[head.len()..]);
        if used > 0 {
            score += 1.0;
            end = head.len() + used;
            found.extend(after_comma);
        }
    }
    Some(finished(piece, end, full, found, score))
}

fn finished(piece: &Piece, length: usize, full: String, credentials: Vec<String>, score: f32) -> Candidate {
    let range = piece.range.start..piece.range.start + length;
    Candidate { places: vec![(piece.row, range)], full, credentials, score }
}

/// A name on two lines: `MIREILLE` above `GAUDREAULT`.
fn of_two(sheet: &Sheet, first: &Piece, second: &Piece, evidence: &Evidence) -> Option<Candidate> {
    let (head, tail) = second.text.split_once(',').unwrap_or((&second.text, ""));
    let (upper, lower) = (words_of(&first.text), words_of(head));
    let sound = second.row == first.row + 1
        && upper.len() <= 2
        && (1..=3).contains(&lower.len())
        && upper.iter().all(|word| names::is_given(&word.raw) || names::is_civility(&word.raw))
        && upper.last().is_some_and(|word| names::is_given(&word.raw) && word.is_capital())
        && lower.iter().all(FreeWord::is_nameable)
        && lower.last().is_some_and(FreeWord::is_capital)
        && lower.iter().all(|word| names::is_family(&word.raw) || !word.is_org() && !word.is_title())
        && lower.iter().rev().skip(1).all(|word| names::is_particle(&word.raw) || lower.len() == 2);
    if !sound || names::is_credential(&second.text) {
        return None;
    }
    let same_size = {
        let (a, b) = (sheet.rows[first.row].height, sheet.rows[second.row].height);
        a == 0.0 || b == 0.0 || (a / b).clamp(0.0, 9.0) > 0.6 && a / b < 1.7
    };
    if !same_size {
        return None;
    }
    let (full, score) = judge(&format!("{} {head}", first.text), evidence)?;
    let (credentials, used) = credentials(&format!(",{tail}"));
    let end = if used > 0 { head.len() + used } else { head.len() };
    let places = vec![
        (first.row, first.range.clone()),
        (second.row, second.range.start..second.range.start + end.min(second.text.len())),
    ];
    // One who has a whole name on one line needs no second.
    Some(Candidate { places, full, credentials, score: score - 0.3 })
}

fn spans(text: &str) -> Vec<Range<usize>> {
    crate::text::tokens::chunks(text).map(|word| word.range).collect()
}

pub(super) fn words_of(text: &str) -> Vec<FreeWord> {
    text.split_whitespace().map(|word| FreeWord::new(0, word.trim_matches(','))).collect()
}

/// Whether words are a name, as it will be kept, and how surely.
pub(in crate::capture) fn judge(text: &str, evidence: &Evidence) -> Option<(String, f32)> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let civilities = all
        .iter()
        .take_while(|word| names::is_civility(word))
        .count()
        .min(all.len().saturating_sub(1))
        .min(2);
    let mut words: Vec<String> = all[civilities..]
        .iter()
        .map(|word| word.trim_matches(['"', '«', '»', '“', '”']).to_owned())
        .collect();
    if words.is_empty() || words.len() > 6 {
        return None;
    }
    for word in &mut words {
        misread(word);
    }
    let free: Vec<FreeWord> = words.iter().map(|word| FreeWord::new(0, word)).collect();
    if !free.iter().all(FreeWord::is_nameable) || free.iter().all(|word| names::is_particle(&word.raw)) {
        return None;
    }
    if matches!(
        free[0].folded.as_str(),
        "de" | "du" | "des" | "la" | "le" | "les" | "the" | "et" | "and" | "tel" | "tel." | "cell" | "fax"
    ) {
        return None;
    }
    if words::LEGAL.has(&squeezed(&words[words.len() - 1]))
        && words.len() > 1
        && !names::is_family(&words[words.len() - 1])
    {
        return None;
    }
    let small = |word: &FreeWord| {
        matches!(
            word.folded.as_str(),
            "et" | "and" | "&" | "of" | "des" | "aux" | "au" | "en" | "pour" | "for"
        )
    };
    if free.iter().any(small) {
        return None;
    }
    let mut score = 0.0_f32;
    let first = &free[0];
    let last = &free[free.len() - 1];
    let given = names::is_given(&first.raw);
    let family = free.len() > 1 && names::is_family(&last.raw);
    // `garagelabonte@` names the garage, not one whose given name is Garage.
    let mailed = if first.is_surely_org() && !given { 0.0 } else { mailed(&free, &evidence.locals) };
    score += mailed;
    score += if given { 2.0 } else { 0.0 };
    score += if family { 1.0 } else { 0.0 };
    score += if civilities > 0 { 1.5 } else { 0.0 };
    let shortened = is_shortened(&first.raw) && last.is_capital() && !last.is_org() && !last.is_title();
    score += if free.len() > 1 && shortened { 1.8 } else { 0.0 };
    let weighty =
        free.iter().filter(|word| !names::is_particle(&word.raw) && !names::is_initial(&word.raw)).count();
    score += match (free.len(), weighty) {
        (1, _) => -1.5,
        (_, 2 | 3) => 0.8,
        (_, 4) => 0.0,
        _ => -1.0,
    };
    for (at, word) in free.iter().enumerate() {
        let strange = !names::is_given(&word.raw) && !(at > 0 && names::is_family(&word.raw));
        if strange && mailed < 3.0 {
            score -= if word.is_surely_org() || word.is_title() {
                2.0
            } else if word.is_org() {
                1.0
            } else {
                0.0
            };
        } else if at > 0 && word.is_surely_org() && !names::is_given(&word.raw) && mailed == 0.0 {
            score -= 0.8;
        }
        let lower = !word.is_capital() && !names::is_particle(&word.raw);
        score -= if lower { 1.2 } else { 0.0 };
    }
    if free.iter().all(|word| !word.is_capital()) && mailed < 3.0 {
        score -= 0.5;
    }
    let place = free.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
    if TOWNS.has(&place) || words::REGIONS.has(&place) {
        score -= 3.0;
    }
    if first.is_title() && !given || first.is_surely_org() && !given {
        score -= 1.5;
    }
    if mailed < 3.0 && free.len() > 1 && super::organisations::domain_score(text, &evidence.domains) >= 3.0 {
        score -= if given && family { 0.8 } else { 2.0 };
    }
    // Two unknown capitalised words may be a name; anything may.
    score += if free.len() > 1 && free.iter().all(|word| word.is_capital() || names::is_particle(&word.raw)) {
        0.6
    } else {
        0.0
    };
    let mut full = String::new();
    for word in &all[..civilities] {
        full.push_str(&if word.len() > 1
            && word.chars().all(|c| !c.is_lowercase())
            && word.len() < 6
            && word.chars().count() > 1
        {
            title_case(word)
        } else {
            (*word).to_owned()
        });
        full.push(' ');
    }
    full.push_str(&spelled(&words));
    (score > 0.0).then_some((full, score))
}

/// How well a name explains an email address: 0 to 4.
pub(super) fn mailed(words: &[FreeWord], locals: &[String]) -> f32 {
    let parts: Vec<String> =
        words.iter().map(|word| letters(&word.folded)).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return 0.0;
    }
    let given = &parts[0];
    let compound: String = words[0].folded.split(['-', ' ']).filter_map(|part| part.chars().next()).collect();
    let family = parts[1..].concat();
    let last = parts[parts.len() - 1].clone();
    let initial: String = given.chars().take(1).collect();
    let both = |a: &str, b: &str| format!("{a}{b}");
    let mut best = 0.0_f32;
    for local in locals {
        let bare = letters(local);
        if parts.len() > 1 {
            let strong = [
                both(given, &family),
                both(&family, given),
                both(given, &last),
                both(&last, given),
                parts.concat(),
            ];
            let good = [
                both(&initial, &family),
                both(&compound, &family),
                both(&initial, &last),
                both(&family, &initial),
                both(&compound, &last),
                both(&last, &initial),
            ];
            let half_family: String = family.chars().take(1).collect();
            let fair = [both(given, &half_family), family.clone(), last.clone()];
            let hyphen = words[words.len() - 1].folded.split('-').next().map(letters).unwrap_or_default();
            best = best.max(if strong.contains(&bare) {
                4.0
            } else if good.contains(&bare) && bare.len() > 2 {
                3.5
            } else if fair.contains(&bare) && bare.len() > 2
                || bare == both(&initial, &hyphen) && bare.len() > 3
                || bare == both(given, &hyphen)
            {
                2.5
            } else if bare == *given && bare.len() > 2 && !is_office(words) {
                2.0
            } else if bare.len() > 5 && both(given, &family).starts_with(&bare)
                || bare.starts_with(&both(given, &family)) && family.len() > 1
            {
                3.0
            } else {
                0.0
            });
        } else if bare == *given && bare.len() > 2 {
            best = best.max(1.5);
        }
    }
    best
}

/// `Sales Coordinator` beside `sales@`: an office of its own.
fn is_office(words: &[FreeWord]) -> bool {
    words.last().is_some_and(|last| last.is_title() && !names::is_family(&last.raw))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}
