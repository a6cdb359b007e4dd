//! The request for an introduction, as a letter to whoever is asked: in their language, with *tu* or *vous* as on their card.

use super::Lang;
use super::markets::name;
use crate::domain::contact::{AddressForm, Contact, Language};
use crate::domain::market::Named;
use crate::domain::me::Me;
use crate::insight::network::TieEvidence;

/// What is asked, of whom.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// Who asks.
    pub me: &'a Me,
    /// Who is asked.
    pub via: &'a Contact,
    /// Whom the user wants to meet; `None` to ask whom they know in a market.
    pub to: Option<&'a Contact>,
    /// What is known to bind the two.
    pub tie: Option<&'a TieEvidence>,
    /// The market that it is about.
    pub market: Option<&'a Named>,
}

/// A letter to be copied or sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its language.
    pub lang: Lang,
    /// The subject line.
    pub subject: String,
    /// The text, with line breaks.
    pub body: String,
}

/// Writes the request. Where the card names no language that openbar writes, it is in `other`; in French without a form of
/// address it says *vous*.
pub fn letter(asking: Asking<'_>, other: Lang) -> Letter {
    let lang = match asking.via.language {
        Some(Language::French) => Lang::Fr,
        Some(Language::English) => Lang::En,
        Some(Language::Other(_)) | None => other,
    };
    let words = lang.catalogue();
    let tu = asking.via.address_form == Some(AddressForm::Tu);
    let market = asking.market.map(|market| name(market, lang));
    let (subject, wish, request) = match asking.to {
        Some(to) => {
            let mut wish = words.asking_wish(introduced(to));
            match asking.tie {
                Some(TieEvidence::Shared { name, .. }) => {
                    wish = format!("{wish} {}", words.asking_may_know(name.as_str()));
                }
                Some(_) => wish = format!("{wish} {}", words.asking_know()),
                None => {}
            }
            if let Some(market) = market {
                wish = format!("{wish} {}", words.asking_market(market));
            }
            let request = if tu { words.asking_request_tu() } else { words.asking_request_vous() };
            let to = to.display_name();
            let subject = if tu { words.asking_subject_tu(to) } else { words.asking_subject_vous(to) };
            (subject, wish, request)
        }
        None => {
            let market = market.unwrap_or_default();
            let whom = if tu { words.asking_whom_tu() } else { words.asking_whom_vous() };
            let subject = if tu {
                words.asking_whom_subject_tu(market)
            } else {
                words.asking_whom_subject_vous(market)
            };
            (subject, words.asking_market(market), whom)
        }
    };
    let ease = if tu { words.asking_ease_tu() } else { words.asking_ease_vous() };
    let mut body = format!(
        "{}\n\n{wish}\n\n{request} {ease}\n\n{}",
        greeting(asking.via, tu, lang),
        words.asking_thanks()
    );
    if !asking.me.name.full.is_empty() {
        body.push('\n');
        body.push_str(&asking.me.name.full);
    }
    Letter { lang, subject, body }
}

/// What the timeline says of a request, in the user's language.
pub fn logged(to: Option<&str>, market: Option<&Named>, lang: Lang) -> String {
    let words = lang.catalogue();
    match (to, market) {
        (Some(to), Some(market)) => words.asking_logged_market(to, name(market, lang)),
        (Some(to), None) => words.asking_logged(to),
        (None, Some(market)) => words.asking_logged_whom(name(market, lang)),
        (None, None) => String::new(),
    }
}

/// What the timeline says of an answer, in the user's language.
pub fn answered(to: Option<&str>, yes: bool, lang: Lang) -> String {
    let (words, to) = (lang.catalogue(), to.unwrap_or_default());
    match (yes, to) {
        (true, _) => String::new(),
        (false, "") => words.asking_answered_no(),
        (false, to) => words.asking_answered_no_to(to),
    }
}

/// *Hi Ghislain,* – with *vous* by title and family name where the card has a title.
fn greeting(via: &Contact, tu: bool, lang: Lang) -> String {
    let name = &via.name;
    let called = if !tu && !name.prefix.is_empty() && !name.family.is_empty() {
        format!("{} {}", name.prefix, name.family)
    } else if !name.nickname.is_empty() && tu {
        name.nickname.to_string()
    } else if !name.given.is_empty() {
        name.given.to_string()
    } else {
        via.display_name().to_owned()
    };
    lang.catalogue().asking_greeting(called)
}

/// A person as one names somebody to a third: *Marie Roy (mairesse, Ville de Magog)*.
fn introduced(to: &Contact) -> String {
    let hat = to.main_role().map(|role| {
        let parts = [role.title.as_str(), role.org.as_str()].into_iter().filter(|text| !text.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    });
    match hat.filter(|hat| !hat.is_empty() && hat != to.display_name()) {
        Some(hat) => format!("{} ({hat})", to.display_name()),
        None => to.display_name().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::contact::{Name, Role};
    use crate::domain::id::ContactId;
    use crate::domain::time::Timestamp;
    use crate::insight::network::HubKind;

    fn contact(name: &str) -> Contact {
        let mut contact = Contact::new(ContactId(Uuid::nil()), Timestamp::UNIX_EPOCH);
        contact.name = Name::from_full(name);
        contact.name.given = name.split(' ').next().unwrap_or_default().into();
        contact
    }

    fn me() -> Me {
        Me { name: Name::from_full("Camille Desrosiers"), ..Me::default() }
    }

    #[test]
    fn a_friend_is_asked_in_french_with_tu() {
        let (me, mut via, mut to) = (me(), contact("Ghislain Wallace"), contact("Marie Roy"));
        via.language = Some(Language::French);
        via.address_form = Some(AddressForm::Tu);
        to.roles.push(Role { title: "mairesse".into(), org: "Ville de Magog".into(), ..Role::default() });
        let market = Named { slug: "municipal".into(), fr: "Municipal".into(), en: "Municipal".into() };
        let asking = Asking { me: &me, via: &via, to: Some(&to), tie: None, market: Some(&market) };
        let letter = letter(asking, Lang::En);
        assert_eq!(letter.lang, Lang::Fr);
        assert_eq!(letter.subject, "Pourrais-tu me présenter à Marie Roy\u{a0}?");
        assert!(letter.body.starts_with("Bonjour Ghislain,\n\n"), "{}", letter.body);
        assert!(letter.body.contains("Marie Roy (mairesse, Ville de Magog)"), "{}", letter.body);
        assert!(letter.body.contains("Accepterais-tu") && letter.body.ends_with("\nCamille Desrosiers"));
        assert!(!letter.body.contains("vous de"), "{}", letter.body);
    }

    #[test]
    fn without_a_form_of_address_it_says_vous() {
        let (me, mut via, to) = (me(), contact("Mme Louise Gagnon"), contact("Marie Roy"));
        (via.name.prefix, via.name.given, via.name.family) = ("Mme".into(), "Louise".into(), "Gagnon".into());
        let hub = TieEvidence::Shared { kind: HubKind::Organisation, name: "UPA".into(), people: 4 };
        let asking = Asking { me: &me, via: &via, to: Some(&to), tie: Some(&hub), market: None };
        let letter = letter(asking, Lang::Fr);
        assert!(letter.body.starts_with("Bonjour Mme Gagnon,"), "{}", letter.body);
        assert!(letter.body.contains("Accepteriez-vous") && letter.body.contains("UPA"));
    }

    #[test]
    fn whom_somebody_knows_in_a_market_is_asked_in_english() {
        let (me, mut via) = (me(), contact("Ann Lee"));
        via.language = Some(Language::English);
        let market =
            Named { slug: "dairy".into(), fr: "Production laitière".into(), en: "Dairy farming".into() };
        let letter =
            letter(Asking { me: &me, via: &via, to: None, tie: None, market: Some(&market) }, Lang::Fr);
        assert_eq!(letter.lang, Lang::En);
        assert!(letter.subject.contains("Dairy farming") && letter.body.starts_with("Hi Ann,"));
    }
}
