//! Pages of LinkedIn as they are copied: visitors of the profile, connections, search results, invitations, in
//! French and English. Buttons, degrees and times are noise; they also tell where a person begins and ends.

use super::super::Context;
use super::super::block::names::{self, Evidence};
use super::super::draft::{self, Draft, add_note};
use super::{Entry, List, headline};
use crate::text::clean;
use crate::text::fold::fold;
use crate::text::words::{REGIONS, TOWNS};

/// What a line of the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Words of or about a person.
    Words,
    /// `• 2nd`, `Relation de 2e niveau`: the name stands right before.
    Degree,
    /// A button or a time: a person ends here.
    End,
    /// Noise in the midst of a person: a picture's text, a status.
    Noise,
}

/// Fewer signs of LinkedIn than this, and it is another list.
const ENOUGH_SIGNS: usize = 2;

/// Reads such a page; `None` for another text.
pub(super) fn read(raw: &[&str], ctx: &Context) -> Option<List> {
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
        match person(&group, ctx) {
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
fn person(group: &[String], _ctx: &Context) -> Option<Entry> {
    let (full, credentials, nickname) = name(&group[0])?;
    let mut draft = Draft { name: draft::name(&full), ..Draft::default() };
    draft.name.credentials = credentials;
    draft.name.nickname = nickname;
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
    let (credentials, used) = names::credentials(&tail);
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

/// A degree at the end of a line: `Anne Roy • 2nd`, `Anne Roy · 2e et +`.
fn degree_inside(line: &str) -> Option<usize> {
    let at = line.rfind(['•', '·', '∙'])?;
    let tail = &line[at..];
    let rest: String = fold(tail).chars().filter(|c| c.is_alphanumeric() || *c == '+').collect();
    (at > 0 && is_degree(&rest)).then_some(at)
}

fn is_degree(text: &str) -> bool {
    matches!(
        text,
        "1st"
            | "2nd"
            | "3rd"
            | "3rd+"
            | "1er"
            | "1re"
            | "2e"
            | "3e"
            | "3e+"
            | "3eetplus"
            | "3eet+"
            | "2eetplus"
            | "hors reseau"
            | "horsreseau"
            | "outofnetwork"
    )
}

fn without_degree(line: &str) -> &str {
    let line = degree_inside(line).map_or(line, |at| line[..at].trim_end());
    ["Voir le profil de ", "View ", "Photo de ", "Photo du profil de ", "Profil de "]
        .iter()
        .find_map(|head| line.strip_prefix(head))
        .map_or(line, |name| {
            name.trim_end_matches("’s profile")
                .trim_end_matches("'s profile")
                .trim_end_matches("’s profile picture")
                .trim()
        })
}

fn mark(line: &str) -> Mark {
    let folded = fold(line);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '+');
    let squeezed: String = bare.chars().filter(|c| c.is_alphanumeric() || *c == '+').collect();
    if is_degree(&squeezed) {
        return Mark::Degree;
    }
    let degree = (bare.contains("degree connection")
        || bare.starts_with("relation de ") && bare.contains("niveau")
        || bare.contains("niveau de relation")
        || bare.starts_with("hors de votre reseau")
        || bare.starts_with("out of network"))
        && bare.split(' ').count() <= 7;
    if degree {
        return Mark::Degree;
    }
    const BUTTONS: &[&str] = &[
        "message",
        "connect",
        "se connecter",
        "follow",
        "suivre",
        "following",
        "abonne",
        "suivi",
        "pending",
        "en attente",
        "remove",
        "retirer",
        "supprimer",
        "withdraw",
        "more",
        "plus",
        "accept",
        "accepter",
        "ignore",
        "ignorer",
        "invite",
        "inviter",
        "view profile",
        "voir le profil",
        "save in sales navigator",
        "enregistrer",
        "envoyer un message",
        "send message",
        "send inmail",
        "envoyer un inmail",
        "inmail",
        "+ follow",
        "+ suivre",
        "+ connect",
        "visit my website",
        "visiter mon site web",
        "view my services",
        "voir mes services",
        "more actions",
        "plus d'actions",
        "afficher plus",
        "show more results",
        "next",
        "suivant",
        "previous",
        "precedent",
    ];
    const TIMES: &[&str] = &[
        "viewed your profile",
        "viewed ",
        "a consulte votre profil",
        "a vu votre profil",
        "consulte il y a",
        "vu il y a",
        "profil consulte",
        "connected on",
        "connected ",
        "connecte il y a",
        "connectee il y a",
        "connecte le",
        "connectee le",
        "en relation depuis",
        "relation depuis",
        "sent ",
        "envoye il y a",
        "invitation envoyee",
        "received ",
    ];
    if BUTTONS.contains(&bare)
        || TIMES.iter().any(|head| bare.starts_with(head)) && bare.split(' ').count() <= 9
    {
        return Mark::End;
    }
    // `Inviter Anne Roy à rejoindre votre réseau`, `Anne Roy’s 12 mutual connections`
    let invites = [
        "inviter ",
        "invite ",
        "envoyer un message a ",
        "send a message to ",
        "message ",
        "se connecter avec ",
        "suivre ",
        "follow ",
    ]
    .iter()
    .any(|head| bare.starts_with(head))
        && ["connect", "reseau", "network"].iter().any(|word| bare.contains(word));
    let about = bare.contains("mutual connection")
        || bare.contains("relations en commun")
        || bare.contains("relation en commun")
        || bare.contains("shared connection")
        || bare.ends_with("followers")
        || bare.ends_with("abonnes")
        || bare.ends_with("abonne")
        || bare.contains("mutual group");
    if invites || about {
        return Mark::Noise;
    }
    let status = bare.starts_with("status is")
        || bare.starts_with("le statut est")
        || bare.starts_with("statut ")
        || bare.ends_with("profile picture")
        || bare.starts_with("photo de")
        || bare.starts_with("photo du profil")
        || bare.ends_with("'s profile")
        || bare.starts_with("voir le profil de")
        || bare.starts_with("provides services")
        || bare.starts_with("fournit des services")
        || bare.starts_with("past:")
        || bare.starts_with("verified")
        || bare.starts_with("verifie")
        || bare == "premium"
        || bare.starts_with("is hiring")
        || bare == "open to work"
        || bare.starts_with("linkedin member")
        || bare.starts_with("utilisateur linkedin")
        || bare.starts_with("membre de linkedin")
        || bare == "you"
        || bare == "vous";
    if status { Mark::Noise } else { Mark::Words }
}
