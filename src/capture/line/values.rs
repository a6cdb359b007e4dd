//! The value that follows a sign or key, field by field. What has no sound value is left unclaimed, and so stays in
//! the note, sign and all.

use std::ops::Range;

use super::super::ChipKind;
use super::super::draft::introduced_by;
use super::super::keys::{Field, Intent};
use super::super::lex::{self, Kind, Token};
use super::super::phrases::partial;
use super::read::{Item, Reader, email_label, url_label};
use crate::domain::contact::{AddressForm, Closeness, Labelled, Language, MarketHow, MarketTie, Phone};
use crate::domain::time::PartialDate;
use crate::text::dates::{self, Lean};
use crate::text::fold::fold;
use crate::text::words;

impl Reader<'_> {
    /// Takes the field whose sign or key stands at a token; the next token to look at.
    pub(super) fn field(&mut self, at: usize, field: Field) -> usize {
        if self.is_taken(field) {
            return self.verbatim(at);
        }
        match field {
            Field::Note => self.note(at),
            Field::Org => self.org(at),
            Field::Title | Field::Former => self.title(at, field == Field::Former),
            Field::Value | Field::Knows | Field::In | Field::Market | Field::Credential => {
                self.list(at, field)
            }
            Field::Tag => self.tags(at),
            Field::Met => self.met(at),
            Field::Via => self.via(at),
            Field::Next => self.next_date(at),
            Field::Close => self.closeness(at),
            Field::Name | Field::Nickname => self.name_key(at, field),
            Field::Birthday => self.birthday(at),
            Field::Lang => self.language(at),
            Field::Email | Field::Phone | Field::Url => self.means(at, field),
            Field::Club if self.own_card => self.club(at),
            Field::Is | Field::Has | Field::Stale | Field::Word | Field::Club => self.verbatim(at),
        }
    }

    /// Whether a field that holds one value has it already: a second one stays in the note.
    fn is_taken(&self, field: Field) -> bool {
        let met = self.draft.met.as_ref();
        let need = self.intent == Intent::Need;
        match field {
            Field::Market if need => !self.draft.markets.is_empty(),
            Field::In if need => self.draft.region.is_some() || !self.draft.towns.is_empty(),
            Field::Via => met.is_some_and(|met| !met.via.is_empty()),
            Field::Next => self.draft.next.is_some(),
            Field::Close => self.draft.closeness.is_some(),
            Field::Name => !self.draft.name.full.is_empty(),
            Field::Nickname => !self.draft.name.nickname.is_empty(),
            Field::Birthday => self.draft.birthday.is_some(),
            Field::Lang => self.draft.language.is_some() || self.draft.address_form.is_some(),
            Field::Club => self.draft.club.is_some(),
            Field::Met => met.is_some_and(|met| !met.at.is_empty() && met.on.is_some()),
            _ => false,
        }
    }

    /// The words after a key, up to the next field, `;`, or one of the given signs; a quoted text stands alone.
    fn value(&self, from: usize, stops: &[Kind]) -> Range<usize> {
        if matches!(self.tokens.get(from), Some(Token { kind: Kind::Quoted(_), .. })) {
            return from..from + 1;
        }
        let stop =
            |token: &Token| !token.is_free() || token.kind == Kind::Semicolon || stops.contains(&token.kind);
        let mut end =
            (from..self.tokens.len()).find(|at| stop(&self.tokens[*at])).unwrap_or(self.tokens.len());
        // A label belongs to the number or address that it stands before.
        let label = match self.tokens.get(end).map(|token| &token.kind) {
            Some(Kind::Phone(_)) => self.label(end, lex::phone_label).0,
            Some(Kind::Email) => self.label(end, email_label).0,
            Some(Kind::Url) => self.label(end, url_label).0,
            _ => end,
        };
        if label > from {
            end = label;
        }
        let opened = self.tokens[from..end].iter().filter(|token| token.kind == Kind::Open).count();
        let closed = self.tokens[from..end].iter().filter(|token| token.kind == Kind::Close).count();
        while end > from {
            let last = &self.tokens[end - 1];
            if last.is_text() || last.kind == Kind::Close && opened >= closed {
                break;
            }
            end -= 1;
        }
        from..end
    }

    /// A key without a sound value: key and words stay as they are.
    fn verbatim(&mut self, at: usize) -> usize {
        let end = self.value(at + 1, &[Kind::Comma]).end;
        self.other(end.max(at + 1))
    }

    fn org(&mut self, at: usize) -> usize {
        // `Name @ Organisation - phone` is jotted: there a dash separates. `@Organisation - Division` is one name.
        let detached = self.tokens.get(at + 1).is_some_and(|next| !next.glued);
        let stops: &[Kind] = if detached { &[Kind::Comma, Kind::Dash, Kind::Open] } else { &[Kind::Comma] };
        let value = self.value(at + 1, stops);
        let org = self.slice_or_empty(&value);
        if org.is_empty() {
            return self.other(at + 1);
        }
        self.claim(at..value.end, ChipKind::Org, org.clone());
        self.items.push(Item::Org(org));
        value.end
    }

    fn title(&mut self, at: usize, former: bool) -> usize {
        let value = self.value(at + 1, &[]);
        let title = self.slice_or_empty(&value);
        let org_follows = matches!(self.tokens.get(at + 1), Some(Token { kind: Kind::Key(Field::Org), .. }));
        let quoted = !value.is_empty() && matches!(self.tokens[value.start].kind, Kind::Quoted(_));
        if title.is_empty() && !(former && (org_follows || quoted)) {
            return self.other(at + 1);
        }
        let end = value.end.max(at + 1);
        self.claim(at..end, ChipKind::Title, title.clone());
        // Quotes keep the words: `title:"ex-libris"` is borne.
        self.items.push(Item::Title(title, if former { Some(true) } else { quoted.then_some(false) }));
        end
    }

    pub(super) fn slice_or_empty(&self, tokens: &Range<usize>) -> String {
        if tokens.is_empty() { String::new() } else { self.slice(tokens) }
    }

    /// Values with commas between: `=planches, bardeaux`.
    fn list(&mut self, at: usize, field: Field) -> usize {
        let mut start = at;
        let mut end = at + 1;
        loop {
            let first = start == at;
            let value = self.value(start + 1, &[Kind::Comma]);
            let text = self.slice_or_empty(&value);
            // `+acériculture, conseiller municipal @Ville`: a title is no market.
            if text.is_empty() || !first && field == Field::Market && self.is_title(&value) {
                break;
            }
            let literal = matches!(self.tokens[value.start].kind, Kind::Quoted(_));
            let (value, how) = self.quoted_how(field, value);
            let (kind, shown) = self.list_item(field, text, literal, how);
            self.claimed[start] = true;
            self.claim(if first { at } else { value.start }..value.end, kind, shown);
            end = value.end;
            let comma = self.tokens.get(end).is_some_and(|token| token.kind == Kind::Comma);
            // A need has one market and one region.
            if self.intent == Intent::Need || !comma || !self.tokens.get(end + 1).is_some_and(Token::is_text)
            {
                break;
            }
            start = end;
        }
        self.other(end)
    }

    fn is_title(&self, value: &Range<usize>) -> bool {
        self.tokens[value.clone()].iter().take(2).any(|token| words::TITLES.has(&fold(self.raw(token))))
    }

    /// `+"développement économique":décide`: how, glued to the quotes.
    fn quoted_how(&self, field: Field, value: Range<usize>) -> (Range<usize>, Option<MarketHow>) {
        let quoted = matches!(self.tokens[value.start].kind, Kind::Quoted(_));
        let tail = self.tokens.get(value.end).filter(|tail| field == Field::Market && quoted && tail.glued);
        let how = tail.and_then(|tail| market_how(self.raw(tail).strip_prefix(':')?));
        (value.start..value.end + usize::from(how.is_some()), how)
    }

    fn list_item(
        &mut self,
        field: Field,
        text: String,
        quoted: bool,
        how: Option<MarketHow>,
    ) -> (ChipKind, String) {
        match field {
            Field::Knows => {
                self.draft.knows.push(text.clone());
                (ChipKind::Knows, text)
            }
            Field::In => {
                if words::REGIONS.has(&fold(&text)) && self.draft.region.is_none() {
                    self.draft.region = Some(text.clone());
                } else {
                    self.draft.towns.push(text.clone());
                }
                (ChipKind::Place, text)
            }
            Field::Credential => {
                self.draft.name.credentials.push(text.clone());
                (ChipKind::Credential, text)
            }
            Field::Market => {
                let mut tie = market(&text, quoted);
                tie.how = tie.how.or(how);
                self.draft.markets.push(tie);
                (ChipKind::Market, text)
            }
            _ => {
                self.draft.values.push(text.clone());
                (ChipKind::Value, text)
            }
        }
    }

    /// One word, or several with commas and no blanks between: `#bois,chambre`.
    fn tags(&mut self, at: usize) -> usize {
        let mut start = at;
        let mut word = at + 1;
        while self.tokens.get(word).is_some_and(Token::is_text) {
            let raw = self.slice(&(word..word + 1));
            let quoted = matches!(self.tokens[word].kind, Kind::Quoted(_));
            let tag = if quoted { raw } else { raw.trim_end_matches(['.', '!', '?']).to_owned() };
            if tag.is_empty() {
                break;
            }
            self.claim(start..word + 1, ChipKind::Tag, tag.clone());
            self.draft.tags.push(tag);
            let list =
                self.tokens.get(word + 1).is_some_and(|token| token.kind == Kind::Comma && token.glued)
                    && self.tokens.get(word + 2).is_some_and(|token| token.is_text() && token.glued);
            start = word + 2;
            word += if list { 2 } else { 1 };
            if !list {
                break;
            }
        }
        self.other(word.max(at + 1))
    }

    /// An event or place with its date, a date alone, or an event alone.
    fn met(&mut self, at: usize) -> usize {
        let value = self.value(at + 1, &[]);
        if value.is_empty() {
            return self.other(at + 1);
        }
        let (has_event, has_date) =
            self.draft.met.as_ref().map_or((false, false), |met| (!met.at.is_empty(), met.on.is_some()));
        let by_sign = self.tokens[at].range.len() == 1;
        if matches!(self.tokens[value.start].kind, Kind::Quoted(_)) {
            if has_event {
                return self.verbatim(at);
            }
            let name = self.slice(&value);
            self.set_event(at..value.end, name);
            // A date may follow the quotes.
            let words = self.value(value.end, &[Kind::Comma]);
            if let Some((end, on)) = self.longest_date(&words, Lean::Back).filter(|_| !has_date) {
                self.met_on(value.end..end, on);
                return self.other(end);
            }
            return self.other(value.end);
        }
        let text = self.slice(&value);
        let whole = dates::days(&text, self.ctx.today, Lean::Back);
        // After the sign a bare name is an event: `%Avril`.
        if let Some(days) =
            whole.filter(|_| !has_date && !(by_sign && !text.contains(|c: char| c.is_ascii_digit())))
        {
            self.met_on(at..value.end, partial(days));
            return self.other(value.end);
        }
        if has_event {
            return self.verbatim(at);
        }
        let cut = (value.start + 1..value.end).find(|cut| !has_date && self.ends_in_date(&value, *cut));
        let mut name = value.start..cut.unwrap_or(value.end);
        while name.len() > 1 && self.tokens[name.end - 1].is_separator() {
            name.end -= 1;
        }
        let text = self.slice(&name);
        self.set_event(at..name.end, text);
        if let Some((cut, days)) = cut.and_then(|cut| {
            Some((cut, dates::days(&self.slice(&(cut..value.end)), self.ctx.today, Lean::Back)?))
        }) {
            self.met_on(cut..value.end, partial(days));
        }
        self.other(value.end)
    }

    /// Whether the words from `cut` on are a date and what stands before can be a name of its own.
    fn ends_in_date(&self, value: &Range<usize>, cut: usize) -> bool {
        if !self.tokens[cut].is_text() {
            return false;
        }
        let text = self.slice(&(cut..value.end));
        let folded = fold(&text);
        let year_alone = folded.len() == 4 && folded.bytes().all(|b| b.is_ascii_digit());
        let certain = folded.contains(|c: char| c.is_ascii_digit())
            || ["hier", "yesterday", "today", "aujourd'hui", "avant-hier"].contains(&folded.as_str())
            || folded.starts_with("last ")
            || ["dernier", "derniere", "passe", "passee"]
                .iter()
                .any(|end| folded.ends_with(&format!(" {end}")));
        let before = fold(self.raw(&self.tokens[cut - 1]));
        let dangling = matches!(
            before.as_str(),
            "de" | "du" | "des" | "of" | "en" | "in" | "d'" | "the" | "no" | "n°" | "le"
        );
        certain && !year_alone && !dangling && dates::days(&text, self.ctx.today, Lean::Back).is_some()
    }

    fn set_event(&mut self, tokens: Range<usize>, name: String) {
        self.claim(tokens, ChipKind::Event, name.clone());
        self.draft.met.get_or_insert_default().at = name;
    }

    fn met_on(&mut self, tokens: Range<usize>, on: PartialDate) {
        self.claim(tokens, ChipKind::MetOn, on.to_string());
        self.draft.met.get_or_insert_default().on = Some(on);
    }

    /// The longest run of words from the start that is a date: the token after it, and the date.
    fn longest_date(&self, value: &Range<usize>, lean: Lean) -> Option<(usize, PartialDate)> {
        (value.start + 1..=value.end.min(value.start + 9))
            .rev()
            .filter(|end| self.tokens[end - 1].is_text())
            .find_map(|end| {
                let days = dates::days(&self.slice(&(value.start..end)), self.ctx.today, lean)?;
                Some((end, partial(days)))
            })
    }

    fn via(&mut self, at: usize) -> usize {
        let value = self.value(at + 1, &[Kind::Comma]);
        let via = self.slice_or_empty(&value);
        if via.is_empty() {
            return self.other(at + 1);
        }
        self.claim(at..value.end, ChipKind::Via, via.clone());
        introduced_by(&mut self.draft.met, via);
        self.other(value.end)
    }

    fn next_date(&mut self, at: usize) -> usize {
        let value = self.value(at + 1, &[]);
        match self.longest_date(&value, Lean::Ahead).and_then(|(end, date)| Some((end, date.earliest()?))) {
            Some((end, date)) => {
                self.claim(at..end, ChipKind::Next, date.to_string());
                self.draft.next = Some(date);
                self.other(end)
            }
            None => self.verbatim(at),
        }
    }

    fn closeness(&mut self, at: usize) -> usize {
        let level = self
            .tokens
            .get(at + 1)
            .filter(|token| token.is_text())
            .and_then(|token| self.raw(token).parse().ok());
        match level.and_then(Closeness::new) {
            Some(level) => {
                self.claim(at..at + 2, ChipKind::Closeness, level.level().to_string());
                self.draft.closeness = Some(level);
                self.other(at + 2)
            }
            None => self.verbatim(at),
        }
    }

    fn name_key(&mut self, at: usize, field: Field) -> usize {
        let value = self.value(at + 1, &[Kind::Comma]);
        let text = self.slice_or_empty(&value);
        if text.is_empty() {
            return self.other(at + 1);
        }
        if field == Field::Nickname {
            self.claim(at..value.end, ChipKind::Nickname, text.clone());
            self.draft.name.nickname = text.into();
        } else {
            self.claim(at..value.end, ChipKind::Name, text.clone());
            self.set_name(&text);
        }
        self.other(value.end)
    }

    /// Sets the whole name and its parts; nickname and credentials stay.
    pub(super) fn set_name(&mut self, full: &str) {
        let mut name = super::super::draft::name(full);
        name.nickname = std::mem::take(&mut self.draft.name.nickname);
        name.credentials = std::mem::take(&mut self.draft.name.credentials);
        self.draft.name = name;
    }

    fn birthday(&mut self, at: usize) -> usize {
        let value = self.value(at + 1, &[Kind::Comma]);
        let text = self.slice_or_empty(&value);
        let date = match PartialDate::parse(&text) {
            PartialDate::Text(_) => dates::days(&text, self.ctx.today, Lean::Back).map(|days| {
                let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
                if has_year {
                    PartialDate::Day(days.from)
                } else {
                    PartialDate::Yearly(days.from.month(), days.from.day())
                }
            }),
            date => Some(date),
        };
        let Some(date) = date.filter(|_| !value.is_empty()) else { return self.verbatim(at) };
        self.claim(at..value.end, ChipKind::Birthday, date.to_string());
        self.draft.birthday = Some(date);
        self.other(value.end)
    }

    /// `lang:fr`, `langue:fr,tu`
    fn language(&mut self, at: usize) -> usize {
        let mut end = at + 1;
        while let Some(token) = self.tokens.get(end) {
            let listed = token.kind == Kind::Comma
                && self.tokens.get(end + 1).is_some_and(|next| next.glued && next.is_text());
            let word = if token.is_text() { fold(self.raw(token)) } else { String::new() };
            let known = match word.as_str() {
                "tu" => {
                    self.draft.address_form = Some(AddressForm::Tu);
                    true
                }
                "vous" => {
                    self.draft.address_form = Some(AddressForm::Vous);
                    true
                }
                _ => language_code(&word)
                    .filter(|_| end == at + 1)
                    .map(|code| self.draft.language = Some(code))
                    .is_some(),
            };
            if !known && !listed {
                break;
            }
            end += 1;
        }
        if end == at + 1 {
            return self.verbatim(at);
        }
        self.claim(at..end, ChipKind::Language, String::new());
        self.other(end)
    }

    /// `courriel:`, `tél:`, `site:`: the shape that follows says all; what has no such shape is kept as written.
    fn means(&mut self, at: usize, field: Field) -> usize {
        let Some(next) = self.tokens.get(at + 1) else { return self.other(at + 1) };
        match (&next.kind, field) {
            (Kind::Email, Field::Email) | (Kind::Url, Field::Url) | (Kind::Phone(_), Field::Phone) => {
                // The value makes the chip; the key only belongs to it.
                let start = self.tokens[at].range.start;
                self.claimed[at] = true;
                let before = self.chips.len();
                let end = self.step(at + 1);
                if let Some(chip) = self.chips.get_mut(before) {
                    chip.range.start = start;
                }
                end
            }
            (Kind::Word | Kind::Quoted(_), _) => {
                let value = self.slice(&(at + 1..at + 2));
                let literal = matches!(next.kind, Kind::Quoted(_)) && !value.is_empty();
                let digits = value.bytes().filter(u8::is_ascii_digit).count();
                match field {
                    Field::Phone if literal || digits >= 3 => {
                        self.draft.phones.push(Phone { value: value.as_str().into(), ..Phone::default() });
                    }
                    Field::Email if literal => {
                        self.draft.emails.push(Labelled { value: value.clone(), ..Labelled::default() });
                    }
                    Field::Url if literal || value.contains(['.', '/']) => {
                        self.draft.urls.push(Labelled { value: value.clone(), ..Labelled::default() });
                    }
                    _ => return self.verbatim(at),
                }
                let kind = match field {
                    Field::Phone => ChipKind::Phone,
                    Field::Email => ChipKind::Email,
                    _ => ChipKind::Url,
                };
                self.claim(at..at + 2, kind, value);
                self.other(at + 2)
            }
            _ => self.other(at + 1),
        }
    }

    fn club(&mut self, at: usize) -> usize {
        let quoted = matches!(self.tokens.get(at + 1), Some(Token { kind: Kind::Quoted(_), .. }));
        if !quoted {
            return self.verbatim(at);
        }
        let rule = self.slice(&(at + 1..at + 2));
        self.claim(at..at + 2, ChipKind::Club, rule.clone());
        self.draft.club = Some(rule);
        self.other(at + 2)
    }
}

/// A market as typed: slug, how, and the words themselves where the slug says less.
pub(super) fn market(text: &str, literal: bool) -> MarketTie {
    let (words, how) = match text.rsplit_once(':').filter(|_| !literal) {
        Some((words, how)) => match market_how(how) {
            Some(how) if !words.trim().is_empty() => (words.trim(), Some(how)),
            _ => (text, None),
        },
        None => (text, None),
    };
    let slug = slug(words);
    let evidence = if slug == words { String::new() } else { words.to_owned() };
    MarketTie { market: slug, how, evidence, refused: false }
}

/// The short name of a market: folded, ASCII, hyphens between words.
pub fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for c in fold(words).chars() {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { words.to_owned() } else { slug.to_owned() }
}

/// How a hat connects to a market, in either language.
pub(in super::super) fn market_how(word: &str) -> Option<MarketHow> {
    Some(match fold(word.trim()).as_str() {
        "decides" | "decide" => MarketHow::Decides,
        "works" | "work" | "travaille" => MarketHow::Works,
        "member" | "membre" => MarketHow::Member,
        "supplies" | "supply" | "fournit" => MarketHow::Supplies,
        "buys" | "buy" | "achete" => MarketHow::Buys,
        "influences" | "influence" => MarketHow::Influences,
        _ => return None,
    })
}

/// A language by code or name.
pub fn language_code(word: &str) -> Option<Language> {
    match word {
        "fr" | "francais" | "french" => Some(Language::French),
        "en" | "anglais" | "english" => Some(Language::English),
        "espagnol" | "spanish" => Some(Language::Other(*b"es")),
        _ => match word.as_bytes() {
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Some(Language::Other([*a, *b])),
            _ => None,
        },
    }
}
