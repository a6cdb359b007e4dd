//! The card that two cards make.

use super::super::Text;
use super::{Choice, Choices, Field};
use crate::domain::contact::{
    Address, AddressForm, Contact, Door, Labelled, Language, MarketTie, Met, MetHow, Name, Phone, Role, Stage,
};
use crate::text::fold::{fold, same};

/// The card that two cards make, with the identity of the first. What points at either of them is not its business. `name_of`
/// gives a name to whom a card calls by uid.
pub(super) fn united(
    kept: &Contact,
    other: &Contact,
    choices: &Choices,
    name_of: &dyn Fn(&str) -> String,
) -> Contact {
    let mut hand = Hand { choices, noted: Vec::new() };
    let mut one = kept.clone();
    one.name = hand.name(&kept.name, &other.name);
    one.roles = hand.list(Field::Roles, &kept.roles, &other.roles, join_roles, role_text);
    one.emails = hand.list(Field::Emails, &kept.emails, &other.emails, join_emails, labelled_text);
    one.phones = hand.list(Field::Phones, &kept.phones, &other.phones, join_phones, phone_text);
    one.urls = hand.list(Field::Urls, &kept.urls, &other.urls, join_urls, labelled_text);
    one.addresses =
        hand.list(Field::Addresses, &kept.addresses, &other.addresses, join_addresses, address_text);
    one.region = hand.single(Field::Region, kept.region.as_ref(), other.region.as_ref(), Clone::clone);
    one.met = hand.single(Field::Met, kept.met.as_ref(), other.met.as_ref(), |met| met_text(met, name_of));
    let code = |language: &Language| match language {
        Language::French => "fr".to_owned(),
        Language::English => "en".to_owned(),
        Language::Other(code) => String::from_utf8_lossy(code).into_owned(),
    };
    one.language = hand.single(Field::Language, kept.language.as_ref(), other.language.as_ref(), code);
    let form = |form: &AddressForm| match form {
        AddressForm::Tu => "tu".to_owned(),
        AddressForm::Vous => "vous".to_owned(),
    };
    one.address_form =
        hand.single(Field::AddressForm, kept.address_form.as_ref(), other.address_form.as_ref(), form);
    one.closeness =
        hand.single(Field::Closeness, kept.closeness.as_ref(), other.closeness.as_ref(), |closeness| {
            closeness.level().to_string()
        });
    one.nature = hand.single(Field::Nature, kept.nature.as_ref(), other.nature.as_ref(), Clone::clone);
    one.tags = hand.list(Field::Tags, &kept.tags, &other.tags, join_words, Clone::clone);
    one.values = hand.list(Field::Values, &kept.values, &other.values, join_words, Clone::clone);
    one.markets = hand.list(Field::Markets, &kept.markets, &other.markets, join_markets, market_text);
    one.birthday =
        hand.single(Field::Birthday, kept.birthday.as_ref(), other.birthday.as_ref(), ToString::to_string);
    one.cadence_days = hand.single(
        Field::Cadence,
        kept.cadence_days.as_ref(),
        other.cadence_days.as_ref(),
        ToString::to_string,
    );
    one.next = hand.single(Field::Next, kept.next.as_ref(), other.next.as_ref(), ToString::to_string);

    one.stage = most_present(kept.stage, other.stage);
    one.unread = kept.unread && other.unread;
    one.door = [kept.door, other.door].into_iter().flatten().max_by_key(|door| open(*door));
    for (own, more) in
        [(&mut one.sources, &other.sources), (&mut one.cards, &other.cards), (&mut one.extra, &other.extra)]
    {
        own.extend(more.iter().filter(|value| !own.contains(value)).cloned().collect::<Vec<_>>());
    }
    // By its uid for files, by its identifier for whoever has it at hand, as a screen.
    for uid in [other.uid(), other.id.to_string()] {
        let alias = Contact::alias(&uid);
        if !one.sources.contains(&alias) {
            one.sources.push(alias);
        }
    }
    one.created = kept.created.min(other.created);
    one.updated = kept.updated.max(other.updated);
    one.note = joined(&kept.note, &other.note);
    for line in hand.noted {
        add_line(&mut one.note, &line);
    }
    one
}

/// A note with a further line, unless it has it.
pub(super) fn add_line(note: &mut String, line: &str) {
    if note.lines().any(|own| own == line) {
        return;
    }
    if !note.is_empty() {
        note.push('\n');
    }
    note.push_str(line);
}

fn joined(kept: &str, other: &str) -> String {
    if kept.contains(other) {
        kept.to_owned()
    } else if other.contains(kept) {
        other.to_owned()
    } else {
        format!("{kept}\n{other}")
    }
}

/// Whoever is filed stays filed, and whoever is not put away is there.
fn most_present(a: Stage, b: Stage) -> Stage {
    let place = |stage: &Stage| match stage {
        Stage::Archived => 0,
        Stage::Pocket => 1,
        Stage::Active => 2,
    };
    if place(&a) >= place(&b) { a } else { b }
}

/// How far an invitation has come.
fn open(door: Door) -> u8 {
    match door {
        Door::Seen => 0,
        Door::Invited => 1,
        Door::Declined => 2,
        Door::Accepted => 3,
    }
}

/// Chooses field by field, and notes what gives way.
struct Hand<'a> {
    choices: &'a Choices,
    noted: Vec<String>,
}

/// Two values of a list that are one: the one that says all of both.
type Join<T> = fn(&T, &T) -> Option<T>;

impl Hand<'_> {
    fn choice(&self, field: Field) -> Choice {
        self.choices.get(&field).copied().unwrap_or_default()
    }

    fn note(&mut self, key: &str, value: &str) {
        // A note is read line by line.
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            self.noted.push(format!("{key}: {value}"));
        }
    }

    fn single<T: Clone + PartialEq>(
        &mut self,
        field: Field,
        kept: Option<&T>,
        other: Option<&T>,
        text: impl Fn(&T) -> String,
    ) -> Option<T> {
        let (stands, gives_way) =
            if self.choice(field) == Choice::Other { (other, kept) } else { (kept, other) };
        match (stands, gives_way) {
            (Some(stands), Some(gives_way)) if stands != gives_way => {
                self.note(field.key(), &text(gives_way));
                Some(stands.clone())
            }
            (stands, gives_way) => stands.or(gives_way).cloned(),
        }
    }

    fn list<T: Clone + PartialEq>(
        &mut self,
        field: Field,
        kept: &[T],
        other: &[T],
        join: Join<T>,
        text: fn(&T) -> String,
    ) -> Vec<T> {
        let choice = self.choice(field);
        let (mut stand, more) = match choice {
            Choice::Other => (other.to_vec(), kept),
            _ => (kept.to_vec(), other),
        };
        for value in more {
            let known = stand.iter_mut().find_map(|own| join(own, value).map(|one| (own, one)));
            match known {
                Some((own, one)) => *own = one,
                None if choice == Choice::Both => stand.push(value.clone()),
                None => self.note(field.key(), &text(value)),
            }
        }
        stand
    }

    fn name(&mut self, kept: &Name, other: &Name) -> Name {
        let (stands, gives_way) =
            if self.choice(Field::Name) == Choice::Other { (other, kept) } else { (kept, other) };
        let (stands, gives_way) =
            if stands.full.is_empty() { (gives_way, stands) } else { (stands, gives_way) };
        let mut name = stands.clone();
        if !gives_way.full.is_empty() && gives_way.full != name.full {
            self.note(Field::Name.key(), &gives_way.full);
        } else if name.given.is_empty() && name.family.is_empty() {
            (name.given, name.family) = (gives_way.given.clone(), gives_way.family.clone());
        }
        if gives_way.full.is_empty() || gives_way.full == name.full {
            for (own, more) in [(&mut name.prefix, &gives_way.prefix), (&mut name.suffix, &gives_way.suffix)]
            {
                if own.is_empty() {
                    own.clone_from(more);
                }
            }
        }
        for (key, own, more) in [
            ("given", &name.given, &gives_way.given),
            ("family", &name.family, &gives_way.family),
            ("prefix", &name.prefix, &gives_way.prefix),
            ("suffix", &name.suffix, &gives_way.suffix),
        ] {
            if own != more && !gives_way.full.contains(more.as_str()) {
                self.note(key, more);
            }
        }
        let filled = |text: &'_ Text| (!text.is_empty()).then(|| text.clone());
        let nicknames = (filled(&kept.nickname), filled(&other.nickname));
        name.nickname = self
            .single(Field::Nickname, nicknames.0.as_ref(), nicknames.1.as_ref(), Text::to_string)
            .unwrap_or_default();
        name.credentials =
            self.list(Field::Credentials, &kept.credentials, &other.credentials, join_words, Clone::clone);
        name
    }
}

/// One of two texts when they do not contradict each other.
fn either(a: &str, b: &str) -> Option<String> {
    match (a.is_empty(), b.is_empty()) {
        (_, true) => Some(a.to_owned()),
        (true, _) => Some(b.to_owned()),
        _ => (a == b).then(|| a.to_owned()),
    }
}

/// Whether both may be one: they agree, or one of them is silent.
fn agree<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

#[expect(clippy::ptr_arg, reason = "joins items of lists, which are Strings")]
fn join_words(a: &String, b: &String) -> Option<String> {
    same(a, b).then(|| a.clone())
}

fn join_labelled(a: &Labelled, b: &Labelled, is_same: bool) -> Option<Labelled> {
    let label = either(&a.label, &b.label).filter(|_| is_same)?;
    Some(Labelled { value: a.value.clone(), label: label.into() })
}

fn join_emails(a: &Labelled, b: &Labelled) -> Option<Labelled> {
    join_labelled(a, b, a.value.to_lowercase() == b.value.to_lowercase())
}

fn join_urls(a: &Labelled, b: &Labelled) -> Option<Labelled> {
    join_labelled(a, b, bare(&a.value) == bare(&b.value))
}

/// A web address without what does not tell it from others.
fn bare(url: &str) -> &str {
    let url = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
}

fn join_phones(a: &Phone, b: &Phone) -> Option<Phone> {
    let is_same = a.value == b.value && a.ext == b.ext;
    let label = either(&a.label, &b.label).filter(|_| is_same)?;
    Some(Phone { label: label.into(), ..a.clone() })
}

fn join_addresses(a: &Address, b: &Address) -> Option<Address> {
    Some(Address {
        street: near(&a.street, &b.street)?,
        unit: near(&a.unit, &b.unit)?,
        city: near(&a.city, &b.city)?,
        region: near(&a.region, &b.region)?,
        postal: near(&a.postal, &b.postal)?,
        country: near(&a.country, &b.country)?,
        label: either(&a.label, &b.label)?,
    })
}

/// Two spellings of one text, of which the first stands; or the only text.
fn near(a: &str, b: &str) -> Option<String> {
    if same(a, b) { Some(a.to_owned()) } else { either(a, b) }
}

fn join_roles(a: &Role, b: &Role) -> Option<Role> {
    if !same(&a.org, &b.org) || !same(&a.title, &b.title) || a.kind != b.kind || a.former != b.former {
        return None;
    }
    if !agree(a.since.as_ref(), b.since.as_ref()) || !agree(a.until.as_ref(), b.until.as_ref()) {
        return None;
    }
    let mut role = a.clone();
    role.since = a.since.clone().or_else(|| b.since.clone());
    role.until = a.until.clone().or_else(|| b.until.clone());
    // A hat that an import may end stays one.
    role.source = either(&a.source, &b.source)?.into();
    for (own, more) in [(&mut role.title_alt, &b.title_alt), (&mut role.org_alt, &b.org_alt)] {
        let known: Vec<String> = own.iter().map(|text| fold(text)).collect();
        own.extend(more.iter().filter(|text| !known.contains(&fold(text))).cloned());
    }
    Some(role)
}

fn join_markets(a: &MarketTie, b: &MarketTie) -> Option<MarketTie> {
    if a.market != b.market || a.how != b.how || a.refused != b.refused {
        return None;
    }
    Some(MarketTie { evidence: either(&a.evidence, &b.evidence)?, ..a.clone() })
}

fn listed<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn role_text(role: &Role) -> String {
    let dates = [role.since.as_ref(), role.until.as_ref()].map(|date| date.map(ToString::to_string));
    let [since, until] = dates.map(Option::unwrap_or_default);
    let names = [&role.title, &role.org].into_iter().chain(&role.title_alt).chain(&role.org_alt);
    listed(names.map(Text::as_str).chain([since.as_str(), until.as_str()]))
}

fn labelled_text(value: &Labelled) -> String {
    listed([value.value.as_str(), value.label.as_str()])
}

fn phone_text(phone: &Phone) -> String {
    let ext = if phone.ext.is_empty() { String::new() } else { format!("#{}", phone.ext) };
    listed([phone.value.as_str(), ext.as_str(), phone.label.as_str()])
}

fn address_text(address: &Address) -> String {
    listed(
        [
            &address.street,
            &address.unit,
            &address.city,
            &address.region,
            &address.postal,
            &address.country,
            &address.label,
        ]
        .map(String::as_str),
    )
}

fn met_text(met: &Met, name_of: &dyn Fn(&str) -> String) -> String {
    let on = met.on.as_ref().map(ToString::to_string).unwrap_or_default();
    let how = met.how.map_or("", |how| match how {
        MetHow::Card => "card",
        MetHow::InPerson => "in_person",
        MetHow::LinkedIn => "linkedin",
        MetHow::Inbound => "inbound",
        MetHow::Introduced => "introduced",
    });
    let via = name_of(&met.via);
    listed([on.as_str(), met.at.as_str(), how, via.as_str()])
}

fn market_text(tie: &MarketTie) -> String {
    listed([tie.market.as_str(), if tie.refused { "refused" } else { "" }, tie.evidence.as_str()])
}
