//! A person as the line that would log him or her. What is written reads back to the same fields; a value that the
//! grammar would take apart is quoted.
//!
//! A line cannot say everything: street addresses, labels of the user's own, where a hat came from. What it leaves
//! out stays untouched when the line is edited ([`super::rewrite`]).

use super::super::draft;
use super::super::keys::{self, Field};
use super::super::lex::{self, Kind};
use super::super::{Chip, ChipKind, Context};
use super::read::{Mode, Reader, broken, email_label, url_label};
use super::values::{language_code, slug};
use crate::domain::contact::{
    AddressForm, Closeness, Contact, Labelled, Language, MarketHow, MarketTie, Met, Name, Phone, Role,
};
use crate::domain::time::{Date, PartialDate};
use crate::text::fold::fold;
use crate::text::{clean, phone, words};

/// Writes a contact as its line, with keys in the language of the context.
pub fn write(contact: &Contact, ctx: &Context) -> String {
    let mut pen = Pen::new(ctx);
    pen.head(&contact.name, &contact.roles);
    pen.list(Field::Value, &contact.values);
    pen.tags(&contact.tags);
    pen.markets(&contact.markets);
    pen.met(contact.met.as_ref());
    pen.places(
        contact.region.as_deref(),
        contact.addresses.iter().filter(|address| is_bare_town(address)).map(|address| address.city.as_str()),
    );
    pen.means(&contact.emails, &contact.phones, &contact.urls);
    pen.nickname(&contact.name.nickname);
    pen.birthday(contact.birthday.as_ref());
    pen.language(contact.language, contact.address_form);
    pen.closeness(contact.closeness);
    pen.next(contact.next);
    pen.note(&contact.note);
    pen.line
}

/// An address of which the line can say all.
pub(super) fn is_bare_town(address: &crate::domain::contact::Address) -> bool {
    !address.city.is_empty()
        && [&address.street, &address.unit, &address.postal, &address.country, &address.region]
            .iter()
            .all(|part| part.is_empty())
}

/// Gives the words under a chip another meaning: the line with that part written as `kind`. Kinds that have no sign
/// or key of their own leave the line as it is.
pub fn retype(text: &str, chip: &Chip, kind: ChipKind, ctx: &Context) -> String {
    let field = match kind {
        ChipKind::Name => Field::Name,
        ChipKind::Nickname => Field::Nickname,
        ChipKind::Credential => Field::Credential,
        ChipKind::Title => Field::Title,
        ChipKind::Org => Field::Org,
        ChipKind::Value => Field::Value,
        ChipKind::Tag => Field::Tag,
        ChipKind::Market => Field::Market,
        ChipKind::Event => Field::Met,
        ChipKind::Via => Field::Via,
        ChipKind::Knows => Field::Knows,
        ChipKind::Place => Field::In,
        ChipKind::Note => Field::Note,
        _ => return text.to_owned(),
    };
    let Some((before, after)) = text.get(..chip.range.start).zip(text.get(chip.range.end..)) else {
        return text.to_owned();
    };
    // Separators that held the words apart would now hold signs apart.
    let before = before.trim_end_matches(|c: char| lex::is_gap(c) || c == ',');
    let after = after.trim_start_matches(|c: char| lex::is_gap(c) || c == ',');
    let value = if field == Field::Note { chip.text.clone() } else { quoted_if_needed(&chip.text, ctx) };
    let term = format!("{}{value}", keys::written(field, ctx.lang));
    // A note takes the rest of the line, so it goes to the end of it.
    let parts =
        if field == Field::Note { [before, after, term.as_str()] } else { [before, term.as_str(), after] };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A value as it stands after a sign: quoted unless it would read back whole.
pub(in super::super) fn quoted_if_needed(value: &str, ctx: &Context) -> String {
    if is_plain(value, ctx) { value.to_owned() } else { lex::quote(value) }
}

/// Whether a value after a sign reads back as it is, whatever follows.
fn is_plain(value: &str, ctx: &Context) -> bool {
    if value.is_empty() || value.ends_with(':') || value.contains(lex::BREAK) || clean::line(value) != value {
        return false;
    }
    // Marks at either end could join what stands there.
    let solid = |word: Option<&str>| word.is_some_and(|word| word.contains(char::is_alphanumeric));
    if !solid(value.split(' ').next()) || !solid(value.split(' ').next_back()) {
        return false;
    }
    // Read as it will stand: with a comma behind it.
    let tokens = lex::tokens(&format!("{value}, x"), ctx);
    let Some((words, [comma, _])) = tokens.split_last_chunk() else { return false };
    let sound = comma.kind == Kind::Comma
        && words.iter().all(|token| matches!(token.kind, Kind::Word))
        && words.first().is_some_and(|first| first.range.start == 0)
        && words.last().is_some_and(|last| last.range.end == value.len());
    // The last word must not join what follows: `cell` a phone, `rappeler` a date.
    let last = value.rsplit(' ').next().unwrap_or(value);
    let label = lex::phone_label(last, true)
        .or_else(|| email_label(&fold(last), true))
        .or_else(|| url_label(&fold(last), true));
    let joins = label.is_some() || matches!(fold(last).as_str(), "frais" | "free" | "directe" | "line");
    sound && !joins && !value.contains(['"', '“', '”', '«', '»']) && keys::intent(last).is_none()
}

/// The word for how a hat connects to a market.
pub(in super::super) fn how_word(how: MarketHow, lang: Language) -> &'static str {
    let french = lang == Language::French;
    match how {
        MarketHow::Decides => {
            if french {
                "décide"
            } else {
                "decides"
            }
        }
        MarketHow::Works => {
            if french {
                "travaille"
            } else {
                "works"
            }
        }
        MarketHow::Member => {
            if french {
                "membre"
            } else {
                "member"
            }
        }
        MarketHow::Supplies => {
            if french {
                "fournit"
            } else {
                "supplies"
            }
        }
        MarketHow::Buys => {
            if french {
                "achète"
            } else {
                "buys"
            }
        }
        MarketHow::Influences => {
            if french {
                "influence"
            } else {
                "influences"
            }
        }
    }
}

/// Puts terms one after the other.
pub(in super::super) struct Pen<'a> {
    pub(in super::super) line: String,
    ctx: &'a Context,
}

impl<'a> Pen<'a> {
    pub(in super::super) fn new(ctx: &'a Context) -> Self {
        Self { line: String::new(), ctx }
    }

    fn push(&mut self, term: &str) {
        if !self.line.is_empty() {
            self.line.push(' ');
        }
        self.line.push_str(term);
    }

    pub(in super::super) fn term(&mut self, field: Field, value: &str) {
        let term = format!("{}{}", keys::written(field, self.ctx.lang), quoted_if_needed(value, self.ctx));
        self.push(&term);
    }

    pub(in super::super) fn literal(&mut self, field: Field, value: &str) {
        let term = format!("{}{}", keys::written(field, self.ctx.lang), lex::quote(value));
        self.push(&term);
    }

    /// Name, credentials and hats: as a person would type them if that reads back, else key by key.
    pub(in super::super) fn head(&mut self, name: &Name, roles: &[Role]) {
        let roles: Vec<&Role> =
            roles.iter().filter(|role| !role.title.is_empty() || !role.org.is_empty()).collect();
        let plain = self.plain_head(name, &roles);
        if self.reads_back(&plain, name, &roles) {
            if !plain.is_empty() {
                self.push(&plain);
            }
            return;
        }
        if !name.full.is_empty() {
            self.literal(Field::Name, &name.full);
        }
        if !name.credentials.is_empty() {
            let list: Vec<String> =
                name.credentials.iter().map(|credential| lex::quote(credential)).collect();
            let term = format!("{}{}", keys::written(Field::Credential, self.ctx.lang), list.join(","));
            self.push(&term);
        }
        for (index, role) in roles.iter().enumerate() {
            if index > 0 {
                self.line.push(';');
            }
            if role.former {
                self.literal(Field::Former, &role.title);
            } else if !role.title.is_empty() {
                self.literal(Field::Title, &role.title);
            }
            if !role.org.is_empty() {
                self.literal(Field::Org, &role.org);
            }
        }
    }

    fn plain_head(&self, name: &Name, roles: &[&Role]) -> String {
        let mut line = name.full.to_string();
        for credential in &name.credentials {
            line.push_str(", ");
            line.push_str(credential);
        }
        for (index, role) in roles.iter().enumerate() {
            if index > 0 {
                line.push_str("; ");
            } else if !role.title.is_empty() && !line.is_empty() {
                line.push_str(", ");
            } else if !line.is_empty() {
                line.push(' ');
            }
            if role.former && !draft::role(&role.title, &role.org, None).former {
                line.push_str("ex-");
            }
            line.push_str(&role.title);
            if !role.org.is_empty() {
                if !role.title.is_empty() {
                    line.push(' ');
                }
                line.push('@');
                line.push_str(&quoted_if_needed(&role.org, self.ctx));
            }
        }
        line
    }

    /// Whether a head reads back to just this name and these hats, also when terms follow it.
    fn reads_back(&self, line: &str, name: &Name, roles: &[&Role]) -> bool {
        // A quote left open would reach into the terms that follow.
        let mut texts = roles
            .iter()
            .map(|role| role.title.as_str())
            .chain(name.credentials.iter().map(String::as_str))
            .chain([name.full.as_str()]);
        if texts.any(|text| text.contains(['"', '“', '”', '«', '»'])) {
            return false;
        }
        // A tag and a number stand for the terms that may follow.
        let followed = format!("{line} #x 819 555-0100");
        let mut reader = Reader::new(&followed, self.ctx, Mode::Capture);
        reader.run();
        let read = &reader.draft;
        read.note.is_empty()
            && read.tags == ["x"]
            && reader.intent == keys::Intent::Contact
            && read.phones == [Phone { value: "+18195550100".into(), ..Phone::default() }]
            && read.name.full == name.full
            && read.name.credentials == name.credentials
            && read.towns.is_empty()
            && read.region.is_none()
            && read.met.is_none()
            && read.next.is_none()
            && read.emails.is_empty()
            && read.urls.is_empty()
            && read.values.is_empty()
            && read.markets.is_empty()
            && read.roles.len() == roles.len()
            && read.roles.iter().zip(roles).all(|(read, role)| {
                read.title == role.title && read.org == role.org && read.former == role.former
            })
            && self.ends_whole(line)
    }

    /// A head without `@` is read by its words, which terms behind it may change; then keys are safer.
    fn ends_whole(&self, line: &str) -> bool {
        let last = line.rsplit(' ').next().unwrap_or(line);
        lex::phone_label(last, true).is_none()
    }

    pub(in super::super) fn list(&mut self, field: Field, values: &[String]) {
        let values: Vec<String> = values
            .iter()
            .filter(|value| !value.is_empty())
            .map(|value| quoted_if_needed(value, self.ctx))
            .collect();
        if !values.is_empty() {
            let term = format!("{}{}", keys::written(field, self.ctx.lang), values.join(", "));
            self.push(&term);
        }
    }

    fn tags(&mut self, tags: &[String]) {
        for tag in tags.iter().filter(|tag| !tag.is_empty()) {
            let one_word = !tag.contains(' ') && !tag.ends_with(['.', '!', '?']) && is_plain(tag, self.ctx);
            let term = if one_word { format!("#{tag}") } else { format!("#{}", lex::quote(tag)) };
            self.push(&term);
        }
    }

    fn markets(&mut self, markets: &[MarketTie]) {
        for tie in markets.iter().filter(|tie| !tie.refused && !tie.market.is_empty()) {
            // The user's own words are nicer than the slug, and lead to it.
            let words = if !tie.evidence.is_empty() && slug(&tie.evidence) == tie.market {
                &tie.evidence
            } else {
                &tie.market
            };
            let plain = is_plain(words, self.ctx)
                && words.starts_with(char::is_alphabetic)
                && !words.contains(':')
                && !words.split(' ').any(|word| words::TITLES.has(&fold(word)));
            let words = if plain { words.clone() } else { lex::quote(words) };
            let how = tie.how.map(|how| format!(":{}", how_word(how, self.ctx.lang))).unwrap_or_default();
            self.push(&format!("+{words}{how}"));
        }
    }

    fn met(&mut self, met: Option<&Met>) {
        let Some(met) = met else { return };
        let on = met
            .on
            .as_ref()
            .filter(|on| matches!(on, PartialDate::Day(_) | PartialDate::Month(..) | PartialDate::Year(_)));
        match (met.at.as_str(), on) {
            ("", None) => {}
            ("", Some(on)) => {
                let lang = self.ctx.lang;
                let words = if lang == Language::French {
                    keys::key(Field::Met).french
                } else {
                    keys::key(Field::Met).english
                };
                self.push(&format!("{}:{on}", words[0]));
            }
            (at, None) => {
                let term = if self.event_reads_back(at, None) {
                    format!("%{at}")
                } else {
                    format!("%{}", lex::quote(at))
                };
                self.push(&term);
            }
            (at, Some(on)) => {
                let term = if self.event_reads_back(at, Some(on)) {
                    format!("%{at} {on}")
                } else {
                    format!("%{} {on}", lex::quote(at))
                };
                self.push(&term);
            }
        }
        if !met.via.is_empty() {
            self.term(Field::Via, &met.via);
        }
    }

    fn event_reads_back(&self, at: &str, on: Option<&PartialDate>) -> bool {
        if !is_plain(at, self.ctx) {
            return false;
        }
        let line = on.map_or_else(|| format!("%{at}"), |on| format!("%{at} {on}"));
        let mut reader = Reader::new(&line, self.ctx, Mode::Amend);
        reader.run();
        reader.draft.note.is_empty()
            && reader.draft.met.is_some_and(|met| met.at == at && met.on.as_ref() == on)
    }

    pub(in super::super) fn places<'t>(
        &mut self,
        region: Option<&str>,
        towns: impl Iterator<Item = &'t str>,
    ) {
        let mut places: Vec<String> = Vec::new();
        // Only a region from the list reads back as one.
        if let Some(region) = region.filter(|region| words::REGIONS.has(&fold(region))) {
            places.push(quoted_if_needed(region, self.ctx));
        }
        let needs_region = places.is_empty();
        for town in towns {
            if !(needs_region && words::REGIONS.has(&fold(town))) {
                places.push(quoted_if_needed(town, self.ctx));
            }
        }
        if !places.is_empty() {
            let term = format!("{}{}", keys::written(Field::In, self.ctx.lang), places.join(", "));
            self.push(&term);
        }
    }

    pub(in super::super) fn means(&mut self, emails: &[Labelled], phones: &[Phone], urls: &[Labelled]) {
        for email in emails.iter().filter(|email| !email.value.is_empty()) {
            let whole = crate::text::shapes::email_at(&email.value) == Some(email.value.len())
                && clean::line(&email.value) == email.value;
            if whole { self.push(&email.value) } else { self.literal(Field::Email, &email.value) }
        }
        for phone in phones.iter().filter(|phone| !phone.value.is_empty()) {
            let term = self.phone(phone);
            self.push(&term);
        }
        for url in urls.iter().filter(|url| !url.value.is_empty()) {
            let whole = crate::text::shapes::url_at(&url.value) == Some(url.value.len())
                && crate::text::shapes::email_at(&url.value).is_none();
            if whole { self.push(&url.value) } else { self.literal(Field::Url, &url.value) }
        }
    }

    fn phone(&self, number: &Phone) -> String {
        let french = self.ctx.lang == Language::French;
        let label = match (number.label.as_str(), french) {
            ("mobile", _) => "cell ",
            ("work", true) => "bureau ",
            ("work", false) => "work ",
            ("home", true) => "maison ",
            ("home", false) => "home ",
            ("fax", true) => "télécopieur ",
            ("fax", false) => "fax ",
            ("tollfree", true) => "sans frais ",
            ("tollfree", false) => "toll-free ",
            _ => "",
        };
        let shown = if number.value.starts_with("+1") {
            phone::display(&number.value)
        } else {
            number.value.to_string()
        };
        let reads = phone::parse(&shown, &self.ctx.region)
            .filter(|parsed| parsed.e164 == number.value && parsed.ext.is_empty());
        let ext = if number.ext.is_empty() { String::new() } else { format!(" #{}", number.ext) };
        if reads.is_some() {
            format!("{label}{shown}{ext}")
        } else {
            format!("{}{}", keys::written(Field::Phone, self.ctx.lang), lex::quote(&number.value))
        }
    }

    pub(in super::super) fn nickname(&mut self, nickname: &str) {
        if !nickname.is_empty() {
            self.term(Field::Nickname, nickname);
        }
    }

    fn birthday(&mut self, birthday: Option<&PartialDate>) {
        if let Some(date) = birthday.filter(|date| !matches!(date, PartialDate::Text(_))) {
            let term = format!("{}{date}", keys::written(Field::Birthday, self.ctx.lang));
            self.push(&term);
        }
    }

    pub(in super::super) fn language(&mut self, language: Option<Language>, form: Option<AddressForm>) {
        let code = language.map(|language| match language {
            Language::French => "fr".to_owned(),
            Language::English => "en".to_owned(),
            Language::Other(code) => String::from_utf8_lossy(&code).into_owned(),
        });
        let form = form.map(|form| match form {
            AddressForm::Tu => "tu".to_owned(),
            AddressForm::Vous => "vous".to_owned(),
        });
        let parts: Vec<String> =
            code.filter(|code| language_code(code) == language).into_iter().chain(form).collect();
        if !parts.is_empty() {
            let term = format!("{}{}", keys::written(Field::Lang, self.ctx.lang), parts.join(","));
            self.push(&term);
        }
    }

    fn closeness(&mut self, closeness: Option<Closeness>) {
        if let Some(closeness) = closeness {
            let term = format!("{}{}", keys::written(Field::Close, self.ctx.lang), closeness.level());
            self.push(&term);
        }
    }

    fn next(&mut self, next: Option<Date>) {
        if let Some(date) = next {
            let term = format!("{}{date}", keys::written(Field::Next, self.ctx.lang));
            self.push(&term);
        }
    }

    pub(in super::super) fn note(&mut self, note: &str) {
        if !note.is_empty() {
            let term = format!("{}{}", keys::written(Field::Note, self.ctx.lang), broken(note));
            self.push(&term);
        }
    }
}
