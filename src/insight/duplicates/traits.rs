//! What two cards are compared by, taken from a card once.

use super::name::Form;
use crate::domain::Text;
use crate::domain::contact::{Contact, Role};
use crate::domain::id::ContactId;
use crate::domain::time::PartialDate;
use crate::text::fold::fold;
use crate::text::profile;
use crate::text::words::{LEGAL, squeezed};

/// Of each list at most so many are compared: nobody wears more hats.
const MOST: usize = 12;

/// Parts of mail addresses that belong to an office and not to a person; compared without dots and hyphens.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "info", "infos", "information", "contact", "contactus", "admin", "administration", "office", "bureau", "mail",
    "courriel", "email", "hello", "bonjour", "allo", "accueil", "reception", "receptionniste", "secretariat",
    "direction", "dg", "sales", "vente", "ventes", "support", "soutien", "service", "services", "serviceclient",
    "clientservice", "help", "aide", "hr", "rh", "jobs", "emploi", "emplois", "carriere", "carrieres", "careers",
    "recrutement", "cv", "compta", "comptabilite", "accounting", "billing", "facturation", "comptes", "marketing",
    "communications", "communication", "media", "medias", "presse", "press", "webmaster", "web", "site", "noreply",
    "nepasrepondre", "commande", "commandes", "orders", "reservation", "reservations", "equipe", "team", "general",
    "greffe", "mairie", "municipalite", "ville", "membre", "membres", "evenement", "evenements", "events",
];

/// Hosts of mail that belong to no organisation.
#[rustfmt::skip]
const PUBLIC_HOSTS: &[&str] = &[
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.ca", "hotmail.fr", "outlook.com", "outlook.fr", "live.ca",
    "live.com", "live.fr", "msn.com", "yahoo.com", "yahoo.ca", "yahoo.fr", "icloud.com", "me.com", "mac.com",
    "videotron.ca", "videotron.qc.ca", "bell.net", "sympatico.ca", "cgocable.ca", "cooptel.qc.ca", "axion.ca",
    "b2b2c.ca", "globetrotter.net", "oricom.ca", "proton.me", "protonmail.com", "pm.me", "aol.com", "rogers.com",
];

/// A mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mail {
    pub address: String,
    /// An office reads it, not a person.
    pub office: bool,
}

impl Mail {
    fn of(address: &str) -> Self {
        let address = address.trim().to_lowercase();
        let local = address.split('@').next().unwrap_or_default();
        Self { office: OFFICES.contains(&squeezed(local).replace('_', "").as_str()), address }
    }

    /// The host, where it belongs to an organisation.
    pub(super) fn domain(&self) -> Option<&str> {
        let (_, host) = self.address.rsplit_once('@')?;
        (!PUBLIC_HOSTS.contains(&host)).then_some(host)
    }
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// As it is kept.
    pub value: String,
    pub digits: String,
    pub ext: String,
    /// The label says that it is the person's own: a mobile phone or a home.
    pub own: bool,
    /// The label says that nobody answers it, or a whole company does.
    pub office: bool,
}

/// A hat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hat {
    /// The organisation as it is written.
    pub org: String,
    /// The names of the organisation, compared.
    pub orgs: Vec<String>,
    /// The titles, compared.
    pub titles: Vec<String>,
    /// The title as it is written.
    pub title: String,
}

/// A card as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Traits {
    pub id: ContactId,
    pub name: Form,
    pub mails: Vec<Mail>,
    pub lines: Vec<Line>,
    /// Profiles on networks, as importers know them: `linkedin:in/jane-doe`.
    pub profiles: Vec<String>,
    /// The profiles that an importer brought.
    pub imported: Vec<String>,
    pub hats: Vec<Hat>,
    /// Towns, compared and as written.
    pub towns: Vec<(String, String)>,
    pub birthday: Option<PartialDate>,
}

impl Traits {
    pub(super) fn of(contact: &Contact) -> Self {
        let imported: Vec<String> =
            contact.sources.iter().filter(|key| is_profile(key)).take(MOST).cloned().collect();
        let mut profiles = imported.clone();
        for url in contact.urls.iter().take(MOST) {
            if let Some(path) = profile::linkedin(&url.value) {
                let key = format!("linkedin:{path}");
                if !profiles.contains(&key) {
                    profiles.push(key);
                }
            }
        }
        let towns = contact.addresses.iter().take(MOST).map(|address| &address.city);
        Self {
            id: contact.id,
            name: Form::of(&contact.name),
            mails: once(contact.emails.iter().map(|email| Mail::of(&email.value))),
            lines: once(contact.phones.iter().filter_map(line)),
            profiles,
            imported,
            hats: once(contact.roles.iter().map(hat)),
            towns: towns.filter(|town| !town.is_empty()).map(|town| (fold(town), town.clone())).collect(),
            birthday: contact.birthday.clone(),
        }
    }
}

/// The first values, each once: a card may hold one twice.
fn once<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for value in values.take(MOST) {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// Whether a source entry names a profile: not what a source said, nor a card that was merged.
fn is_profile(key: &str) -> bool {
    !Contact::is_alias(key) && key.split_once(':').is_some_and(|(_, rest)| !rest.starts_with("said/"))
}

fn line(phone: &crate::domain::contact::Phone) -> Option<Line> {
    let digits: String = phone.value.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 7).then(|| Line {
        value: phone.value.to_string(),
        digits,
        ext: phone.ext.trim().to_owned(),
        own: matches!(phone.label.as_str(), "mobile" | "home" | "cell"),
        office: matches!(phone.label.as_str(), "fax" | "tollfree"),
    })
}

fn hat(role: &Role) -> Hat {
    let names = |first: &str, others: &[Text], form: fn(&str) -> String| {
        let all = std::iter::once(first).chain(others.iter().map(Text::as_str)).take(MOST);
        all.map(form).filter(|name| !name.is_empty()).collect()
    };
    Hat {
        org: role.org.to_string(),
        orgs: names(&role.org, &role.org_alt, org_word),
        titles: names(&role.title, &role.title_alt, squeezed),
        title: role.title.to_string(),
    }
}

/// An organisation's name as it is compared: folded, in one word, without article and legal form. *Les Érablières Roy inc.*
/// → `erablieresroy`.
pub(super) fn org_word(name: &str) -> String {
    let folded = fold(name);
    let mut words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric() && c != '.' && c != '&')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    while words.len() > 1 && words.last().is_some_and(|last| LEGAL.has(&squeezed(last))) {
        words.pop();
    }
    if words.len() > 1 && matches!(words[0], "le" | "la" | "les" | "l" | "the") {
        words.remove(0);
    }
    words.concat().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_known_without_its_legal_form() {
        assert_eq!(org_word("Les Érablières Roy inc."), "erablieresroy");
        assert_eq!(org_word("Erablières Roy"), "erablieresroy");
        assert_eq!(org_word("L’Atelier, Ltée"), "atelier");
        assert_eq!(org_word("CGI"), "cgi");
        assert_eq!(org_word("Inc."), "inc");
    }

    #[test]
    fn an_office_is_no_person() {
        assert!(Mail::of("Info@scierie.example").office);
        assert!(Mail::of("service.client@scierie.example").office);
        assert!(!Mail::of("rejean@scierie.example").office);
        assert_eq!(Mail::of("rejean@gmail.com").domain(), None);
    }
}
