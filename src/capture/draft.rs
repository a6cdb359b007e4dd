//! What a line says about a person, before it becomes a contact or changes one.

use crate::domain::contact::{
    Address, AddressForm, Closeness, Contact, Labelled, Language, MarketTie, Met, MetHow, Name, Phone, Role,
    RoleKind, Stage,
};
use crate::domain::id::ContactId;
use crate::domain::time::{Date, PartialDate, Timestamp};
use crate::text::fold::{fold, same};
use crate::text::names;

/// The fields that a line can hold. All may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Name parts.
    pub name: Name,
    /// Hats, in the order typed.
    pub roles: Vec<Role>,
    /// Email addresses.
    pub emails: Vec<Labelled>,
    /// Phone numbers.
    pub phones: Vec<Phone>,
    /// Web addresses.
    pub urls: Vec<Labelled>,
    /// Towns.
    pub towns: Vec<String>,
    /// Postal addresses in parts.
    pub addresses: Vec<Address>,
    /// Region.
    pub region: Option<String>,
    /// Where and when met, and who introduced.
    pub met: Option<Met>,
    /// Whom they know, by name: the layer above makes ties of it ([`Draft::take_knows`]).
    pub knows: Vec<String>,
    /// Language to write in.
    pub language: Option<Language>,
    /// *Tu* or *vous*.
    pub address_form: Option<AddressForm>,
    /// Closeness.
    pub closeness: Option<Closeness>,
    /// Tags.
    pub tags: Vec<String>,
    /// Latent values.
    pub values: Vec<String>,
    /// Markets.
    pub markets: Vec<MarketTie>,
    /// Everything that was not understood, word for word, and what `note:` holds.
    pub note: String,
    /// Birthday.
    pub birthday: Option<PartialDate>,
    /// Next follow-up.
    pub next: Option<Date>,
    /// Rule of the select club; meant for the own card only.
    pub club: Option<String>,
    /// vCard properties without a field of their own, whole lines.
    pub extra: Vec<String>,
}

impl Draft {
    /// Takes out whom the person knows, for the caller to make ties of. Names left in the draft go to the note.
    pub fn take_knows(&mut self) -> Vec<String> {
        std::mem::take(&mut self.knows)
    }

    /// Adds a number, or what is new about one that is known.
    pub(super) fn add_phone(&mut self, phone: Phone) {
        add_phone(&mut self.phones, phone);
    }

    /// Makes a contact of it, in the pocket: what was typed waits there to be filed.
    pub fn into_contact(self, id: ContactId, created: Timestamp) -> Contact {
        let mut contact = Contact::new(id, created);
        contact.stage = Stage::Pocket;
        self.add_to(&mut contact);
        contact
    }

    /// Adds everything to a contact: lists grow by what they lack, single values are set, the note grows.
    pub(super) fn add_to(self, contact: &mut Contact) {
        if self.name.full.is_empty() {
            add_texts(&mut contact.name.credentials, self.name.credentials);
            if !self.name.nickname.is_empty() {
                contact.name.nickname = self.name.nickname;
            }
        } else {
            let before = std::mem::take(&mut contact.name);
            contact.name = self.name;
            if contact.name.nickname.is_empty() {
                contact.name.nickname = before.nickname;
            }
            let now = std::mem::replace(&mut contact.name.credentials, before.credentials);
            add_texts(&mut contact.name.credentials, now);
        }
        for role in self.roles {
            add_role(&mut contact.roles, role);
        }
        for email in self.emails {
            if !contact.emails.iter().any(|known| same(&known.value, &email.value)) {
                contact.emails.push(email);
            }
        }
        for phone in self.phones {
            add_phone(&mut contact.phones, phone);
        }
        for url in self.urls {
            if !contact.urls.iter().any(|known| known.value == url.value) {
                contact.urls.push(url);
            }
        }
        for address in self.addresses {
            if !contact.addresses.contains(&address) {
                contact.addresses.push(address);
            }
        }
        for town in self.towns {
            add_town(&mut contact.addresses, town);
        }
        set(&mut contact.region, self.region);
        if let Some(met) = self.met {
            let known = contact.met.get_or_insert_default();
            set(&mut known.on, met.on);
            set(&mut known.how, met.how);
            for (known, new) in [(&mut known.at, met.at), (&mut known.via, met.via)] {
                if !new.is_empty() {
                    *known = new;
                }
            }
        }
        set(&mut contact.language, self.language);
        set(&mut contact.address_form, self.address_form);
        set(&mut contact.closeness, self.closeness);
        set(&mut contact.birthday, self.birthday);
        set(&mut contact.next, self.next);
        add_texts(&mut contact.tags, self.tags);
        add_texts(&mut contact.values, self.values);
        for line in self.extra {
            if !contact.extra.contains(&line) {
                contact.extra.push(line);
            }
        }
        for tie in self.markets {
            add_market(&mut contact.markets, tie);
        }
        for name in self.knows {
            add_note(
                &mut contact.note,
                &format!("{}{name}", super::keys::written(super::keys::Field::Knows, Language::English)),
            );
        }
        if let Some(rule) = self.club {
            add_note(&mut contact.note, &format!("club:{rule}"));
        }
        add_note(&mut contact.note, &self.note);
    }
}

/// Appends a remark to a note, on a line of its own.
pub(super) fn add_note(note: &mut String, more: &str) {
    if more.is_empty() {
        return;
    }
    if !note.is_empty() {
        note.push('\n');
    }
    note.push_str(more);
}

fn set<T>(field: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *field = value;
    }
}

/// Adds the texts that a list lacks, compared without case and accents.
pub(super) fn add_texts(list: &mut Vec<String>, more: Vec<String>) {
    for text in more {
        if !list.iter().any(|known| same(known, &text)) {
            list.push(text);
        }
    }
}

/// Adds a hat. The same hat is not added twice; a title completes a hat of the same organisation that has none;
/// a former hat ends the one that it names.
pub(super) fn add_role(roles: &mut Vec<Role>, role: Role) {
    let same_org = |known: &Role| same(&known.org, &role.org);
    if let Some(known) = roles.iter_mut().find(|known| same_org(known) && same(&known.title, &role.title)) {
        if role.former && !known.former {
            known.former = true;
            known.source.clear();
        }
        return;
    }
    if !role.org.is_empty() {
        if role.former && role.title.is_empty() {
            let mut ended = false;
            for known in roles.iter_mut().filter(|known| same_org(known)) {
                known.former = true;
                known.source.clear();
                ended = true;
            }
            if ended {
                return;
            }
        }
        if role.title.is_empty() && !role.former && roles.iter().any(|known| same_org(known) && !known.former)
        {
            return;
        }
        if let Some(known) = roles.iter_mut().find(|known| same_org(known) && known.title.is_empty()) {
            known.title = role.title;
            known.kind = if role.kind == RoleKind::Employment { known.kind } else { role.kind };
            known.former = role.former;
            known.source.clear();
            return;
        }
    }
    roles.push(role);
}

fn add_phone(phones: &mut Vec<Phone>, phone: Phone) {
    match phones.iter_mut().find(|known| known.value == phone.value) {
        Some(known) => {
            if !phone.ext.is_empty() {
                known.ext = phone.ext;
            }
            if !phone.label.is_empty() {
                known.label = phone.label;
            }
        }
        None => phones.push(phone),
    }
}

fn add_town(addresses: &mut Vec<Address>, town: String) {
    if !addresses.iter().any(|known| same(&known.city, &town)) {
        addresses.push(Address { city: town, ..Address::default() });
    }
}

fn add_market(markets: &mut Vec<MarketTie>, tie: MarketTie) {
    match markets.iter_mut().find(|known| {
        known.market == tie.market && (known.how.is_none() || tie.how.is_none() || known.how == tie.how)
    }) {
        Some(known) => {
            known.refused = tie.refused;
            known.how = tie.how.or(known.how);
            if known.evidence.is_empty() {
                known.evidence = tie.evidence;
            }
        }
        None => markets.push(tie),
    }
}

/// The name parts of a full name.
pub(super) fn name(full: &str) -> Name {
    let parts = names::split(full);
    Name {
        full: full.into(),
        given: parts.given.into(),
        family: parts.family.into(),
        prefix: parts.prefix.into(),
        suffix: parts.suffix.into(),
        ..Name::default()
    }
}

/// A hat of a title and an organisation: kind by the words of the title; former as told, else by *ex-*, *ancien*,
/// *former*, *retraité*.
pub(super) fn role(title: &str, org: &str, former: Option<bool>) -> Role {
    let (title, past) = match former {
        Some(past) => (title, past),
        None => without_past(title, !org.is_empty()),
    };
    Role { title: title.into(), org: org.into(), former: past, kind: kind(title), ..Role::default() }
}

/// Takes *ex-*, *ancien*, *former* off a title. *Retraitée* stays, since it is all there is: of an organisation it ends
/// the hat, alone it is what the person is now.
fn without_past(title: &str, of_org: bool) -> (&str, bool) {
    let folded = fold(title);
    if folded.starts_with("ex-") && title.len() > 3 {
        return (title[3..].trim_start(), true);
    }
    let (first, rest) = title.split_once(' ').unwrap_or((title, ""));
    match fold(first).as_str() {
        "ex" | "ex-" | "ancien" | "ancienne" | "former" | "formerly" | "previously" => {
            (rest.trim_start(), true)
        }
        "retraite" | "retraitee" | "retired" => (title, of_org),
        _ => (title, false),
    }
}

/// What a title says about the tie to the organisation.
pub(super) fn kind(title: &str) -> RoleKind {
    let folded = fold(title);
    let has = |words: &[&str]| {
        folded.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| words.contains(&word))
    };
    let says = |phrase: &str| folded.contains(phrase);
    if says("conseiller municipal")
        || says("conseillere municipale")
        || says("city councillor")
        || says("town councillor")
        || has(&[
            "maire",
            "mairesse",
            "mayor",
            "prefet",
            "prefete",
            "depute",
            "deputee",
            "councillor",
            "councilor",
            "echevin",
            "echevine",
            "senateur",
            "senatrice",
            "senator",
            "elu",
            "elue",
            "warden",
            "mna",
            "mp",
        ])
    {
        return RoleKind::Elected;
    }
    if has(&[
        "proprietaire",
        "proprio",
        "owner",
        "co-owner",
        "owner-operator",
        "coproprietaire",
        "fondateur",
        "fondatrice",
        "founder",
        "cofondateur",
        "cofondatrice",
        "cofounder",
        "co-founder",
        "co-fondateur",
        "co-fondatrice",
        "mecanicien-proprietaire",
        "actionnaire",
        "shareholder",
        "proprietaire-exploitant",
    ]) {
        return RoleKind::Ownership;
    }
    let runs_computers = ["reseau", "systeme", "network", "system", "donnees", "database", "linux", "cloud"]
        .iter()
        .any(|word| says(word));
    if has(&["administrateur", "administratrice", "trustee"]) && !runs_computers
        || says("board member")
        || says("board chair")
        || says("membre du ca")
        || says("member of the board")
        || says("on the board")
        || says("conseil d'administration")
        || folded == "board"
        || folded == "ca"
        || says("chair of the board")
        || says("president du ca")
        || says("presidente du ca")
        || says("board director")
    {
        return RoleKind::Board;
    }
    if has(&["membre", "member", "adherent", "adherente"]) {
        return RoleKind::Member;
    }
    if has(&["benevole", "volunteer", "volontaire"]) {
        return RoleKind::Volunteer;
    }
    RoleKind::Employment
}

/// Notes who introduced.
pub(super) fn introduced_by(met: &mut Option<Met>, via: String) {
    let met = met.get_or_insert_default();
    met.how = Some(MetHow::Introduced);
    met.via = via;
}
