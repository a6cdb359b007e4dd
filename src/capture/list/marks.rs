//! What the lines of a copied page of LinkedIn are: words of a person, or buttons, degrees and times.

use crate::text::fold::fold;

/// What a line of the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Words of or about a person.
    Words,
    /// `• 2nd`, `Relation de 2e niveau`: the name stands right before.
    Degree,
    /// A button or a time: a person ends here.
    End,
    /// Noise in the midst of a person: a picture's text, a status.
    Noise,
}

/// A degree at the end of a line: `Anne Roy • 2nd`, `Anne Roy · 2e et +`.
pub(super) fn degree_inside(line: &str) -> Option<usize> {
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

pub(super) fn without_degree(line: &str) -> &str {
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

/// Buttons, folded.
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

/// Heads of lines that tell when, folded.
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

/// What a line of the page is.
pub(super) fn mark(line: &str) -> Mark {
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
