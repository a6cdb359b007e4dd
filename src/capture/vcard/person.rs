//! The properties of one card to a draft.

use super::Card;
use super::property::{Line, Property, split, unescaped};
use crate::capture::Context;
use crate::capture::draft::{self, Draft, add_note};
use crate::capture::line::language_code;
use crate::capture::printed::CardProblem;
use crate::domain::Text;
use crate::domain::contact::{Address, Labelled, Name, Phone, Role};
use crate::domain::time::PartialDate;
use crate::text::fold::{fold, same};
use crate::text::{clean, names, phone, shapes};

/// Longer values are cut, in letters; notes may be ten times as long.
const LONGEST: usize = 2_000;
/// More values than this of one card are left out.
const MOST_PROPERTIES: usize = 500;

/// The properties of a card, as they come.
#[derive(Default)]
pub(super) struct Person {
    properties: Vec<Property>,
    strays: Vec<String>,
    too_much: bool,
}

impl Person {
    /// Whether a card that begins now is the value of the last property.
    pub fn expects_another(&self) -> bool {
        self.properties.last().is_some_and(|last| last.name == "AGENT" && last.value.trim().is_empty())
    }

    pub fn take(&mut self, line: Line) {
        if self.properties.len() + self.strays.len() >= MOST_PROPERTIES {
            self.too_much = true;
            return;
        }
        match line {
            Line::Property(property) if property.cut => self.too_much = true,
            Line::Property(property) => self.properties.push(property),
            // Remains of a picture are no words.
            Line::Stray(text) if !text.is_empty() && (text.contains(' ') || text.len() < 40) => {
                self.strays.push(text);
            }
            Line::Stray(_) => {}
        }
    }

    pub fn card(mut self, context: &Context) -> Card {
        // Preferred first, else as they came.
        self.properties.sort_by_key(Property::rank);
        let mut builder = Builder { too_much: self.too_much, ..Builder::new(context) };
        let labels: Vec<(String, String)> = self
            .properties
            .iter()
            .filter(|property| property.name == "X-ABLABEL" && !property.group.is_empty())
            .map(|property| (property.group.clone(), property.line()))
            .collect();
        for property in &self.properties {
            let label = labels.iter().find(|(group, _)| *group == property.group);
            builder.take(property, label.map_or("", |(_, label)| label));
        }
        builder.finish(self.strays)
    }
}

/// A draft in the making.
struct Builder<'a> {
    context: &'a Context,
    draft: Draft,
    uid: Option<String>,
    /// `FN`
    full: String,
    /// The parts of `N`.
    parts: Vec<String>,
    orgs: Vec<String>,
    /// Departments inside the organisation.
    units: Vec<String>,
    titles: Vec<String>,
    /// `ROLE`, which often repeats the title.
    trades: Vec<String>,
    is_company: bool,
    too_much: bool,
}

impl<'a> Builder<'a> {
    fn new(context: &'a Context) -> Self {
        Self {
            context,
            draft: Draft::default(),
            uid: None,
            full: String::new(),
            parts: Vec::new(),
            orgs: Vec::new(),
            units: Vec::new(),
            titles: Vec::new(),
            trades: Vec::new(),
            is_company: false,
            too_much: false,
        }
    }

    fn take(&mut self, property: &Property, own_label: &str) {
        let line = self.cut(property.line(), LONGEST);
        match property.name.as_str() {
            "FN" if self.full.is_empty() => self.full = line,
            "N" if self.parts.is_empty() => self.parts = property.parts(" "),
            "NICKNAME" if self.draft.name.nickname.is_empty() => {
                self.draft.name.nickname =
                    list(&property.value).into_iter().next().unwrap_or_default().into();
            }
            "ORG" => {
                let mut parts = property.parts(", ").into_iter().filter(|part| !part.is_empty());
                if let Some(org) = parts.next() {
                    push(&mut self.orgs, org);
                }
                self.units.extend(parts);
            }
            "TITLE" => {
                for title in languages(&line) {
                    push(&mut self.titles, title);
                }
            }
            "ROLE" => push(&mut self.trades, line),
            "TEL" => self.phone(property, own_label),
            "EMAIL" => self.email(property, own_label),
            "URL" | "X-SOCIALPROFILE" => self.url(property, &line, own_label),
            "ADR" => self.address(property, own_label),
            "NOTE" => {
                let note = self.cut(property.block(), LONGEST * 10);
                add_note(&mut self.draft.note, &note);
            }
            "BDAY" => {
                let no_year = property.all("X-APPLE-OMIT-YEAR").next();
                if !line.is_empty() {
                    self.draft.birthday.get_or_insert_with(|| date(&line, no_year));
                }
            }
            "CATEGORIES" => {
                let tags = list(&property.value).into_iter().map(|tag| tag.replace(' ', "-"));
                draft::add_texts(&mut self.draft.tags, tags.take(50).collect());
            }
            "LANG" | "X-LANGUAGE" if self.draft.language.is_none() => {
                let code = line.get(..2).unwrap_or(&line);
                self.draft.language = language_code(code);
            }
            "KIND" | "X-ADDRESSBOOKSERVER-KIND" => {
                self.is_company |= same(&line, "org") || same(&line, "group");
            }
            "X-ABSHOWAS" => self.is_company |= same(&line, "company"),
            "UID" => {
                let bare = line.strip_prefix("urn:uuid:").unwrap_or(&line);
                if !bare.is_empty() {
                    self.uid = Some(bare.to_owned());
                }
            }
            "VERSION" | "REV" | "PRODID" | "MAILER" | "X-ABLABEL" | "SOURCE" | "PROFILE" | "NAME" => {}
            _ => self.keep(property),
        }
    }

    /// Cuts what is far too long.
    fn cut(&mut self, text: String, longest: usize) -> String {
        match text.char_indices().nth(longest) {
            Some((at, _)) => {
                self.too_much = true;
                text[..at].trim_end().to_owned()
            }
            None => text,
        }
    }

    /// What has no field here is kept for export.
    fn keep(&mut self, property: &Property) {
        if !property.value.trim().is_empty() {
            self.draft.extra.push(property.raw.clone());
        }
    }

    fn phone(&mut self, property: &Property, own_label: &str) {
        let text = property.line();
        if text.contains('@') {
            return self.email(property, own_label);
        }
        if !text.chars().any(|c| c.is_ascii_digit()) {
            return self.keep(property);
        }
        let (value, ext) = number(&text, &self.context.region);
        let label = phone_label(property, own_label, &value);
        self.draft.add_phone(Phone { value: value.into(), label: label.into(), ext: ext.into() });
    }

    fn email(&mut self, property: &Property, own_label: &str) {
        let text = property.line();
        let bare = text.trim_start_matches("mailto:").trim_matches(['<', '>', ' ']);
        if shapes::email_at(bare) != Some(bare.len()) {
            return self.keep(property);
        }
        if !self.draft.emails.iter().any(|known| same(&known.value, bare)) {
            let label = place_label(property, own_label);
            self.draft.emails.push(Labelled { value: bare.to_owned(), label: label.into() });
        }
    }

    fn url(&mut self, property: &Property, text: &str, own_label: &str) {
        if shapes::url_at(text) != Some(text.len()) {
            return self.keep(property);
        }
        if !self.draft.urls.iter().any(|known| known.value == text) {
            let label = place_label(property, own_label);
            self.draft.urls.push(Labelled { value: text.to_owned(), label: label.into() });
        }
    }

    fn address(&mut self, property: &Property, own_label: &str) {
        let mut parts = property.parts(", ").into_iter();
        let mut next = || parts.next().unwrap_or_default();
        let (post_box, unit, street) = (next(), next(), next());
        let both = [post_box, street];
        let street = both.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        let (city, region, postal, country) = (next(), next(), next(), next());
        let label = place_label(property, own_label);
        let address = Address { street, unit, city, region, postal, country, label };
        let bare = Address { label: address.label.clone(), ..Address::default() };
        if address != bare && !self.draft.addresses.contains(&address) {
            self.draft.addresses.push(address);
        }
    }

    fn finish(mut self, strays: Vec<String>) -> Card {
        let nobody = self.parts.iter().all(String::is_empty);
        let is_org = self.orgs.iter().any(|org| same(org, &self.full));
        if (self.is_company || nobody && is_org) && !self.full.is_empty() {
            let full = std::mem::take(&mut self.full);
            push(&mut self.orgs, full);
        } else {
            let nickname = std::mem::take(&mut self.draft.name.nickname);
            self.draft.name = Name { nickname, ..name(&self.full, &self.parts) };
        }
        if self.titles.is_empty() {
            self.titles = std::mem::take(&mut self.trades);
        }
        self.trades.retain(|trade| !self.titles.iter().any(|title| same(title, trade)));
        let mut titles = self.titles.into_iter().map(Text::from);
        let mut orgs = self.orgs.into_iter().map(Text::from);
        let role = draft::role(&titles.next().unwrap_or_default(), &orgs.next().unwrap_or_default(), None);
        let role = Role { title_alt: titles.collect(), org_alt: orgs.collect(), ..role };
        if !role.title.is_empty() || !role.org.is_empty() {
            self.draft.roles.push(role);
        }
        for words in self.trades.into_iter().chain(self.units).chain(strays) {
            add_note(&mut self.draft.note, &words);
        }
        let problems = if self.too_much { vec![CardProblem::TooMuch] } else { Vec::new() };
        Card { draft: self.draft, uid: self.uid, problems }
    }
}

fn push(list: &mut Vec<String>, text: String) {
    draft::add_texts(list, Vec::from_iter((!text.is_empty()).then_some(text)));
}

/// A comma list.
fn list(value: &str) -> Vec<String> {
    let pieces = split(value, ',').into_iter().map(|piece| clean::line(&unescaped(piece)));
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// `Directrice / Director`: one title in two languages.
pub(super) fn languages(text: &str) -> Vec<String> {
    let bar = text.replace(" | ", " / ");
    bar.split(" / ").map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()).collect()
}

/// Name parts as stated in `N`; what they lack is read from the whole name.
fn name(full: &str, parts: &[String]) -> Name {
    // Capitals throughout are a matter of print; `JP` alone is a name.
    let stated: String = parts.iter().take(3).map(String::as_str).collect();
    let whole = if stated.is_empty() { full } else { &stated };
    let loud =
        whole.chars().filter(|c| c.is_alphabetic()).count() > 3 && !whole.chars().any(char::is_lowercase);
    let tamed = |text: &str| {
        if loud { names::capitalised(&text.to_lowercase()) } else { text.to_owned() }
    };
    let guessed = names::split(full);
    let full = if guessed.credentials.is_empty() { full.to_owned() } else { guessed.full() };
    let part = |at: usize| parts.get(at).map(|part| tamed(part)).unwrap_or_default();
    let mut name = Name {
        full: tamed(&full).into(),
        given: [part(1), part(2)].join(" ").trim().into(),
        family: part(0).into(),
        prefix: part(3).into(),
        suffix: "".into(),
        credentials: guessed.credentials,
        nickname: "".into(),
    };
    let suffixes = parts.get(4).map(String::as_str).unwrap_or_default();
    if names::is_credential(suffixes) {
        draft::add_texts(&mut name.credentials, vec![suffixes.to_owned()]);
    } else {
        for suffix in suffixes.split([',', ' ']).map(str::trim).filter(|suffix| !suffix.is_empty()) {
            if names::is_credential(suffix) {
                draft::add_texts(&mut name.credentials, vec![suffix.to_owned()]);
            } else {
                let both = [name.suffix.as_str(), suffix].join(" ");
                name.suffix = both.trim().into();
            }
        }
    }
    if name.given.is_empty() && name.family.is_empty() {
        (name.given, name.family) = (tamed(&guessed.given).into(), tamed(&guessed.family).into());
        if name.prefix.is_empty() {
            name.prefix = guessed.prefix.into();
        }
        if name.suffix.is_empty() {
            name.suffix = guessed.suffix.into();
        }
    }
    if name.full.is_empty() {
        let said = [&name.prefix, &name.given, &name.family, &name.suffix];
        let said: Vec<&str> = said.into_iter().map(Text::as_str).filter(|part| !part.is_empty()).collect();
        name.full = said.join(" ").into();
    }
    name
}

/// E.164 and extension; a number that cannot be understood stays as written.
pub(in crate::capture) fn number(text: &str, region: &str) -> (String, String) {
    if let Some(parsed) = phone::parse(text, region) {
        return (parsed.e164, parsed.ext);
    }
    // A pause, then digits that are dialled after it.
    let found = phone::find(text, region);
    if let [(range, parsed)] = found.as_slice() {
        let rest = text[range.end..].trim_start_matches([',', ';', 'p', 'w', 'P', 'W', '#', 'x', ' ']);
        let clear = text[..range.start].trim_matches(['(', ' ']).trim_start_matches("tel:").is_empty();
        if clear && rest.len() <= 8 && rest.bytes().all(|b| b.is_ascii_digit()) {
            let ext = if parsed.ext.is_empty() { rest.to_owned() } else { parsed.ext.clone() };
            return (parsed.e164.clone(), ext);
        }
    }
    (text.strip_prefix("tel:").unwrap_or(text).to_owned(), String::new())
}

/// Whether a number is free to call in North America.
pub(super) fn is_toll_free(e164: &str) -> bool {
    const CODES: [&str; 7] = ["800", "888", "877", "866", "855", "844", "833"];
    e164.strip_prefix("+1").is_some_and(|rest| CODES.iter().any(|code| rest.starts_with(code)))
}

fn phone_label(property: &Property, own: &str, value: &str) -> String {
    let own = apple(own);
    let is = |value: &str| property.is("TYPE", value);
    let folded = fold(own);
    let label = if is("fax") || folded.contains("fax") || folded.contains("telecopie") {
        "fax"
    } else if is("cell") || is("mobile") || is("iphone") || folded == "mobile" || folded == "iphone" {
        "mobile"
    } else if is_toll_free(value) {
        "tollfree"
    } else if is("pager") {
        "pager"
    } else if is("home") || folded == "home" {
        "home"
    } else if is("work") || is("main") || folded == "work" || folded == "main" {
        "work"
    } else {
        own
    };
    label.to_owned()
}

fn place_label(property: &Property, own: &str) -> String {
    let own = apple(own);
    let label = if property.is("TYPE", "home") {
        "home"
    } else if property.is("TYPE", "work") {
        "work"
    } else {
        own
    };
    label.to_lowercase()
}

/// Apple's own labels stand in brackets of their own: `_$!<Mobile>!$_`.
fn apple(label: &str) -> &str {
    label.strip_prefix("_$!<").and_then(|rest| rest.strip_suffix(">!$_")).unwrap_or(label)
}

/// A date in any of the forms of `BDAY`; the time goes.
fn date(text: &str, no_year: Option<&str>) -> PartialDate {
    let day = text.split(['T', ' ']).next().filter(|day| day.len() >= 4).unwrap_or(text);
    let date = match PartialDate::parse(day) {
        PartialDate::Text(_) => PartialDate::parse(text),
        date => date,
    };
    match (&date, no_year.and_then(|year| year.parse::<i16>().ok())) {
        (PartialDate::Day(day), Some(year)) if day.year() == year => {
            PartialDate::Yearly(day.month(), day.day())
        }
        _ => date,
    }
}
