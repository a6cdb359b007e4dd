//! Pages of LinkedIn as they are copied: visitors of the profile, connections, search results, invitations, in
//! French and English. Buttons, degrees and times are noise; they also tell where a person begins and ends.

use super::super::block::credentials;
use super::super::block::names::{self, Evidence};
use super::super::draft::{self, Draft, add_note};
use super::marks::{Mark, degree_inside, mark, without_degree};
use super::{Entry, List, headline};
use crate::text::clean;
use crate::text::fold::fold;
use crate::text::words::{REGIONS, TOWNS};

/// Fewer signs of LinkedIn than this, and it is another list.
const ENOUGH_SIGNS: usize = 2;

/// Reads such a page; `None` for another text.
pub(super) fn read(raw: &[&str]) -> Option<List> {
    let lines: Vec<String> =
        raw.iter().map(|line| clean::line(line)).filter(|line| !line.is_empty()).collect();
    let marks: Vec<Mark> = lines.iter().map(|line| mark(line)).collect();
    let signs = marks.iter().filter(|mark| **mark != Mark::Words).count()
        + lines.iter().filter(|line| degree_inside(line).is_some()).count();
    if signs < ENOUGH_SIGNS {
        return None;
    }
    let mut list = List::default();
    for group in groups(&lines, &marks) {
        match person(&group) {
            Some(entry) => match list.entries.iter().position(|known| {
                known.draft.name.full == entry.draft.name.full && known.draft.roles == entry.draft.roles
            }) {
                Some(_) => {}
                None => list.entries.push(entry),
            },
            None => list.aside.extend(group),
        }
    }
    // Most lines must be explained: a letter that mentions LinkedIn is none.
    (list.entries.len() > 1 && list.aside.len() <= list.entries.len() * 2).then_some(list)
}

/// Runs of words that belong to one person.
fn groups(lines: &[String], marks: &[Mark]) -> Vec<Vec<String>> {
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut current: Vec<String> = Vec::new();
    let mut ended = false;
    for (at, line) in lines.iter().enumerate() {
        match marks[at] {
            Mark::End => ended = true,
            Mark::Noise | Mark::Degree => {}
            Mark::Words => {
                let bare = without_degree(line);
                let twice = current.last().is_some_and(|last| fold(last) == fold(bare));
                // The name stands right before its degree, perhaps twice.
                let next = (at + 1..lines.len()).find(|next| {
                    marks[*next] != Mark::Noise
                        && !(marks[*next] == Mark::Words && fold(&lines[*next]) == fold(bare))
                });
                let named =
                    degree_inside(line).is_some() || next.is_some_and(|next| marks[next] == Mark::Degree);
                if (ended || named && !twice && !current.is_empty())
                    && !current.is_empty()
                    && !(twice && !ended)
                {
                    groups.push(std::mem::take(&mut current));
                }
                ended = false;
                if !twice || current.is_empty() {
                    current.push(bare.to_owned());
                }
            }
        }
    }
    if !current.is_empty() {
        groups.push(current);
    }
    groups
}

/// The person of a group: the name first, then what they say of themselves, where they live, what they do.
fn person(group: &[String]) -> Option<Entry> {
    let (full, credentials, nickname) = name(&group[0])?;
    let mut draft = Draft { name: draft::name(&full), ..Draft::default() };
    draft.name.credentials = credentials;
    draft.name.nickname = nickname.into();
    let mut roles = Vec::new();
    for line in &group[1..] {
        if fold(line) == fold(&group[0]) {
            continue;
        }
        if let Some(now) = current(line) {
            // What LinkedIn itself calls the present post is surer than a headline.
            let read = headline::read(now);
            if let Some(role) = read.role {
                if roles.iter().all(|known: &crate::domain::contact::Role| {
                    known.org.is_empty() || known.title.is_empty()
                }) {
                    let before = std::mem::take(&mut roles);
                    add_note(
                        &mut draft.note,
                        &before
                            .iter()
                            .map(|role| role.title.as_str())
                            .filter(|title| *title != role.title)
                            .collect::<Vec<_>>()
                            .join(" "),
                    );
                    roles.push(role);
                } else {
                    add_note(&mut draft.note, now);
                }
            }
        } else if roles.is_empty() && draft.towns.is_empty() && !is_place(line) {
            let read = headline::read(line);
            roles.extend(read.role);
            add_note(&mut draft.note, &read.rest.join(" | "));
        } else if is_place(line) && draft.towns.is_empty() {
            let town = line.split(',').next().unwrap_or(line).trim();
            if TOWNS.has(&fold(town)) {
                draft.towns.push(town.to_owned());
            } else {
                add_note(&mut draft.note, line);
            }
        } else {
            add_note(&mut draft.note, line);
        }
    }
    draft.roles = roles;
    Some(Entry { text: group.join("\n"), draft })
}

/// The name of a line, its credentials and nickname: `Anne-Marie Roy, CRHA (elle)`.
pub(super) fn name(line: &str) -> Option<(String, Vec<String>, String)> {
    let mut text = line.to_owned();
    for pronouns in [
        "(She/Her)",
        "(She/Hers)",
        "(He/Him)",
        "(They/Them)",
        "(Elle)",
        "(elle)",
        "(Il)",
        "(il)",
        "(Elle/Elle)",
        "(Il/Lui)",
        "(Elle/She)",
        "(elle/she)",
        "(il/lui)",
        "(elle/elle)",
        "(iel)",
    ] {
        text = text.replace(pronouns, "");
    }
    let text: String = text
        .chars()
        .filter(|c| {
            c.is_alphanumeric()
                || c.is_whitespace()
                || matches!(c, '-' | '\'' | '’' | '.' | ',' | '(' | ')' | '/')
                || unicode_normalization::char::is_combining_mark(*c)
        })
        .collect();
    let text = clean::line(&text);
    let (nickname, text) = match (text.find('('), text.find(')')) {
        (Some(open), Some(close)) if open < close => (
            text[open + 1..close].trim().to_owned(),
            clean::line(&format!("{}{}", &text[..open], &text[close + 1..])),
        ),
        _ => (String::new(), text),
    };
    let (head, tail) = text
        .split_once(',')
        .map_or((text.as_str(), String::new()), |(head, tail)| (head, format!(",{tail}")));
    let (credentials, used) = credentials::credentials(&tail);
    if tail.len() > used && !tail[used..].trim_matches([',', ' ']).is_empty() {
        return None;
    }
    let words = head.split(' ').count();
    let (full, score) = names::judge(head, &Evidence::default())?;
    let parted = (2..=5).contains(&words);
    // `Marie R.`: LinkedIn cuts the names of strangers.
    ((parted && score >= 0.9) || score >= 2.5).then_some((full, credentials, nickname))
}

/// `Current: Directrice chez Boisdunord`, `Poste actuel : …`
fn current(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let folded = fold(key.trim());
    matches!(
        folded.as_str(),
        "current"
            | "poste actuel"
            | "actuel"
            | "actuellement"
            | "poste actuel chez"
            | "current position"
            | "en poste"
    )
    .then(|| value.trim())
}

fn is_place(line: &str) -> bool {
    let folded = fold(line);
    let first = folded.split(',').next().unwrap_or_default().trim();
    let country = [
        "canada",
        "quebec",
        "ontario",
        "france",
        "united states",
        "etats-unis",
        "belgique",
        "suisse",
        "new brunswick",
        "nouveau-brunswick",
    ]
    .iter()
    .any(|place| folded.ends_with(place) && line.contains(',') || folded == *place);
    TOWNS.has(&folded)
        || TOWNS.has(first) && line.contains(',')
        || REGIONS.has(&folded)
        || country
        || [
            "ville et peripherie",
            "et peripherie",
            "metropolitan area",
            "metropolitan region",
            "greater ",
            "region de ",
            "area",
        ]
        .iter()
        .any(|part| folded.starts_with(part) || folded.ends_with(part))
            && folded.split(' ').count() <= 8
}
