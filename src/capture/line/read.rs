//! The reading of a line: fields are taken as they come, then what is left is shared out between name, titles and
//! organisations; the rest is the note.

use std::ops::Range;

use super::super::draft::{Draft, add_note};
use super::super::keys::{self, Field, Intent};
use super::super::lex::{self, Kind, Token};
use super::super::phrases::Meaning;
use super::super::{Chip, ChipKind, Context};
use crate::domain::contact::{Labelled, MetHow, Phone};
use crate::text::clean;

/// A line as understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What the line makes.
    pub intent: Intent,
    /// What it says about a person. For other intents everything but signs is in its note; of a need only the signs
    /// that [`need`](mod@crate::capture::need) knows.
    pub draft: Draft,
    /// What was understood where, in order; together with white space and separators they cover the line.
    pub chips: Vec<Chip>,
    /// What follows the leading word of another intent, cleaned; empty for a person.
    pub words: String,
}

/// Reads a line as somebody to be logged. Never fails.
pub fn read(text: &str, ctx: &Context) -> Reading {
    let mut reader = Reader::new(text, ctx, Mode::Capture);
    reader.run();
    reader.reading()
}

/// What a line is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Mode {
    /// Somebody new.
    Capture,
    /// Changes to somebody known: no name is looked for, a minus takes away.
    Amend,
    /// The own card: a name is looked for, and a minus takes away.
    Me,
    /// Something looked for, with or without the leading word.
    Need,
}

/// What a minus takes away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Removal {
    /// From which field.
    pub field: Field,
    /// What.
    pub value: String,
}

/// What stands in the line besides plain fields, in order, for sharing out free text.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// Free tokens.
    Run(Range<usize>),
    /// An organisation.
    Org(String),
    /// A title given by key, and whether it is no longer borne where the line says so.
    Title(String, Option<bool>),
    /// Any other field.
    Other,
}

pub(in super::super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) ctx: &'a Context,
    pub(super) mode: Mode,
    pub(super) own_card: bool,
    pub(super) tokens: Vec<Token>,
    /// Tokens that a field has taken; the others end in the note.
    pub(super) claimed: Vec<bool>,
    pub(super) items: Vec<Item>,
    pub(in super::super) intent: Intent,
    pub(in super::super) draft: Draft,
    pub(in super::super) chips: Vec<Chip>,
    pub(in super::super) removals: Vec<Removal>,
    pub(in super::super) words: String,
    /// Phrases that set a date and stay in the note as well.
    kept: Vec<Range<usize>>,
    explicit_note: String,
}

impl<'a> Reader<'a> {
    pub(in super::super) fn new(text: &'a str, ctx: &'a Context, mode: Mode) -> Self {
        let tokens = lex::tokens(text, ctx);
        let claimed = vec![false; tokens.len()];
        Self {
            text,
            ctx,
            mode,
            own_card: false,
            tokens,
            claimed,
            items: Vec::new(),
            intent: Intent::Contact,
            draft: Draft::default(),
            chips: Vec::new(),
            removals: Vec::new(),
            words: String::new(),
            kept: Vec::new(),
            explicit_note: String::new(),
        }
    }

    /// For the own card: `club:` is known there.
    pub(in super::super) fn for_me(text: &'a str, ctx: &'a Context, mode: Mode) -> Self {
        Self { own_card: true, ..Self::new(text, ctx, mode) }
    }

    /// What was read.
    pub(in super::super) fn reading(self) -> Reading {
        Reading { intent: self.intent, draft: self.draft, chips: self.chips, words: self.words }
    }

    pub(in super::super) fn run(&mut self) {
        let mut at = self.leading_word();
        while at < self.tokens.len() {
            at = self.step(at);
        }
        if self.intent == Intent::Contact {
            let items = std::mem::take(&mut self.items);
            if items.iter().any(|item| matches!(item, Item::Org(_) | Item::Title(..)))
                || self.mode == Mode::Amend
            {
                self.hats(&items);
            } else {
                self.jotted(&items);
            }
        } else {
            self.orgs_only();
        }
        self.leftovers();
        let explicit = std::mem::take(&mut self.explicit_note);
        add_note(&mut self.draft.note, &explicit);
        self.chips.sort_by_key(|chip| (chip.range.start, chip.range.end));
    }

    /// `besoin:` and its like at the very start; the number of tokens that it takes.
    fn leading_word(&mut self) -> usize {
        let needed = self.mode == Mode::Need;
        if needed {
            self.intent = Intent::Need;
        }
        let led = needed || self.mode == Mode::Capture;
        let Some(first) = self.tokens.first().filter(|_| led) else { return 0 };
        let Some(intent) = keys::intent(&self.text[first.range.clone()]) else { return 0 };
        if needed && intent != Intent::Need {
            return 0;
        }
        let colon = self
            .tokens
            .get(1)
            .is_some_and(|token| token.kind == Kind::Dash && self.raw(token).starts_with(':'));
        if !colon {
            return 0;
        }
        self.intent = intent;
        self.words = clean::line(&self.text[self.tokens[1].range.end..]);
        self.claim(0..2, ChipKind::Intent, String::new());
        2
    }

    pub(super) fn raw(&self, token: &Token) -> &'a str {
        &self.text[token.range.clone()]
    }

    /// Bytes from the first to the last of some tokens.
    pub(super) fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        if tokens.is_empty() {
            return 0..0;
        }
        self.tokens[tokens.start].range.start..self.tokens[tokens.end - 1].range.end
    }

    /// The line between the first and the last of some tokens, cleaned.
    pub(super) fn slice(&self, tokens: &Range<usize>) -> String {
        if let [Token { kind: Kind::Quoted(value), .. }] = &self.tokens[tokens.clone()] {
            return value.clone();
        }
        clean::line(&self.text[self.bytes(tokens)].replace(lex::BREAK, " "))
    }

    /// Marks tokens as understood and says so in a chip.
    pub(super) fn claim(&mut self, tokens: Range<usize>, kind: ChipKind, text: String) {
        let range = self.bytes(&tokens);
        self.claimed[tokens].fill(true);
        let text = if text.is_empty() { clean::line(&self.text[range.clone()]) } else { text };
        self.chips.push(Chip { range, kind, text });
    }

    /// Takes the field or run at a token; the next token to look at.
    pub(super) fn step(&mut self, at: usize) -> usize {
        if self.intent == Intent::Need && !self.tells_of_need(at) {
            return at + 1;
        }
        match self.tokens[at].kind.clone() {
            Kind::Key(field) => self.field(at, field),
            Kind::Minus => self.minus(at),
            Kind::Email => {
                let value = clean::line(self.raw(&self.tokens[at]));
                let start = self.label(at, email_label).0;
                self.claim(start..at + 1, ChipKind::Email, value.clone());
                self.draft.emails.push(Labelled { value, label: "".into() });
                self.other(at + 1)
            }
            Kind::Url => {
                let value = clean::line(self.raw(&self.tokens[at]));
                let start = self.label(at, url_label).0;
                self.claim(start..at + 1, ChipKind::Url, value.clone());
                self.draft.urls.push(Labelled { value, label: "".into() });
                self.other(at + 1)
            }
            Kind::Phone(parsed) => self.phone(at, &parsed),
            Kind::Phrase(phrase) => {
                let range = self.tokens[at].range.clone();
                let text = match phrase.meaning {
                    Meaning::Next(date) if self.draft.next.is_none() => {
                        self.draft.next = Some(date);
                        Some((ChipKind::Next, date.to_string()))
                    }
                    Meaning::Met(on) if self.draft.met.as_ref().is_none_or(|met| met.on.is_none()) => {
                        let met = self.draft.met.get_or_insert_default();
                        let text = on.to_string();
                        met.on = Some(on);
                        met.how = met.how.or(Some(MetHow::InPerson));
                        Some((ChipKind::MetOn, text))
                    }
                    _ => None,
                };
                if let Some((kind, text)) = text {
                    self.claim(at..at + 1, kind, text);
                    if phrase.keep {
                        self.kept.push(range);
                    }
                }
                self.other(at + 1)
            }
            Kind::Rest => at + 1,
            _ => {
                let end = (at..self.tokens.len())
                    .find(|at| !self.tokens[*at].is_free())
                    .unwrap_or(self.tokens.len());
                self.items.push(Item::Run(at..end));
                end
            }
        }
    }

    /// Whether a token states something of a need; else it is part of what is looked for.
    fn tells_of_need(&self, at: usize) -> bool {
        match &self.tokens[at].kind {
            Kind::Key(field) => matches!(field, Field::Market | Field::In | Field::Next),
            Kind::Phrase(phrase) => matches!(phrase.meaning, Meaning::Next(_)),
            _ => false,
        }
    }

    pub(super) fn other(&mut self, next: usize) -> usize {
        self.items.push(Item::Other);
        next
    }

    fn phone(&mut self, at: usize, parsed: &crate::text::phone::Parsed) -> usize {
        let (start, mut label) = self.label(at, lex::phone_label);
        let mut end = at + 1;
        // `(cell)` after the number.
        if let [Token { kind: Kind::Open, .. }, word, Token { kind: Kind::Close, .. }, ..] =
            &self.tokens[end..]
            && let Some(after) = lex::phone_label(self.raw(word), true)
        {
            label = after;
            end += 3;
        }
        let toll_free = ["+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888"];
        if label.is_empty() && toll_free.iter().any(|area| parsed.e164.starts_with(area)) {
            label = "tollfree";
        }
        let mut text = crate::text::phone::display(&parsed.e164);
        if !parsed.ext.is_empty() {
            text = format!("{text} #{}", parsed.ext);
        }
        self.claim(start..end, ChipKind::Phone, text);
        let phone = Phone {
            value: parsed.e164.as_str().into(),
            label: label.into(),
            ext: parsed.ext.as_str().into(),
        };
        self.draft.phones.push(phone);
        self.other(end)
    }

    /// A label before a token (`cell`, `Tél. :`, `sans frais`): the token where it starts, and what it says.
    pub(super) fn label(
        &self,
        at: usize,
        known: fn(&str, bool) -> Option<&'static str>,
    ) -> (usize, &'static str) {
        let mut start = at;
        let mut marked = false;
        if let Some(before) = start.checked_sub(1).filter(|before| !self.claimed[*before]) {
            let raw = self.raw(&self.tokens[before]);
            if matches!(raw, ":") {
                marked = true;
                start = before;
            }
        }
        let Some(word) =
            start.checked_sub(1).filter(|word| self.tokens[*word].kind == Kind::Word && !self.claimed[*word])
        else {
            return (at, "");
        };
        let raw = self.raw(&self.tokens[word]);
        let folded = crate::text::fold::fold(raw.trim_end_matches(['.', ':']));
        // A bare letter is an initial, unless a sign or the line's start stands before it.
        let first = word == 0 || !self.tokens[word - 1].is_text();
        let marked = marked || raw.ends_with('.') && first || first && raw.chars().all(char::is_uppercase);
        if let Some(two) =
            word.checked_sub(1).filter(|two| self.tokens[*two].is_text() && !self.claimed[*two])
        {
            let pair = format!("{} {folded}", crate::text::fold::fold(self.raw(&self.tokens[two])));
            let label = match pair.as_str() {
                "sans frais" | "toll free" => Some("tollfree"),
                "ligne directe" | "direct line" => Some("work"),
                _ => None,
            };
            if let Some(label) = label.filter(|_| known("tel", true).is_some()) {
                return (two, label);
            }
        }
        match known(&folded, marked) {
            Some(label) => {
                // `cell tél. 819…` and `tél. cell. 819…` have two labels.
                let more = word
                    .checked_sub(1)
                    .filter(|more| self.tokens[*more].kind == Kind::Word && !self.claimed[*more]);
                let second = more.and_then(|more| {
                    let folded = crate::text::fold::fold(self.raw(&self.tokens[more]).trim_end_matches('.'));
                    (folded.len() > 1).then(|| known(&folded, false)).flatten().map(|label| (more, label))
                });
                match second {
                    Some((more, other)) => (more, if label.is_empty() { other } else { label }),
                    None => (word, label),
                }
            }
            None => (at, ""),
        }
    }

    /// `-#tag`: taken away from somebody known; of somebody new there is nothing to take.
    fn minus(&mut self, at: usize) -> usize {
        let before = (self.draft.clone(), self.chips.len(), self.items.len(), self.claimed.clone());
        let end = match self.tokens.get(at + 1).map(|token| token.kind.clone()) {
            Some(Kind::Key(field)) => self.field(at + 1, field),
            Some(_) => self.step(at + 1),
            None => at + 1,
        };
        let removed = std::mem::replace(&mut self.draft, before.0);
        let hat = self.items[before.2..].iter().find_map(|item| match item {
            Item::Org(org) => Some((Field::Org, org.clone())),
            Item::Title(title, _) => Some((Field::Title, title.clone())),
            _ => None,
        });
        self.chips.truncate(before.1);
        self.items.truncate(before.2);
        self.items.push(Item::Other);
        let taken = (at + 1..end).any(|token| self.claimed[token] && !before.3[token]);
        self.claimed = before.3;
        if self.mode != Mode::Capture && taken {
            self.remove(&removed, hat);
            self.claim(at..end, ChipKind::Removed, String::new());
        }
        end
    }

    fn remove(&mut self, removed: &Draft, hat: Option<(Field, String)>) {
        let mut push = |field, value: String| self.removals.push(Removal { field, value });
        let kept = &self.draft;
        let new = |list: &[String], known: &[String]| list[known.len().min(list.len())..].to_vec();
        for value in new(&removed.tags, &kept.tags) {
            push(Field::Tag, value);
        }
        for value in new(&removed.values, &kept.values) {
            push(Field::Value, value);
        }
        for value in new(&removed.towns, &kept.towns) {
            push(Field::In, value);
        }
        for tie in &removed.markets[kept.markets.len()..] {
            push(Field::Market, tie.market.clone());
        }
        for email in &removed.emails[kept.emails.len()..] {
            push(Field::Email, email.value.clone());
        }
        for phone in &removed.phones[kept.phones.len()..] {
            push(Field::Phone, phone.value.to_string());
        }
        for url in &removed.urls[kept.urls.len()..] {
            push(Field::Url, url.value.clone());
        }
        for credential in new(&removed.name.credentials, &kept.name.credentials) {
            push(Field::Credential, credential);
        }
        if let Some((field, value)) = hat {
            push(field, value);
        }
        if let Some(region) = removed.region.clone().filter(|region| kept.region.as_ref() != Some(region)) {
            push(Field::In, region);
        }
        if removed.met != kept.met {
            let at = removed.met.as_ref().map(|met| met.at.clone()).unwrap_or_default();
            push(Field::Met, at);
        }
        if removed.next != kept.next {
            push(Field::Next, String::new());
        }
        if removed.closeness != kept.closeness {
            push(Field::Close, String::new());
        }
    }

    /// `note:` and what follows it.
    pub(super) fn note(&mut self, at: usize) -> usize {
        if let Some(rest) = self.tokens.get(at + 1).filter(|token| token.kind == Kind::Rest) {
            let note = unbroken(&self.text[rest.range.clone()]);
            add_note(&mut self.explicit_note, &note);
            self.claim(at..at + 2, ChipKind::Note, clean::line(&note));
            return self.other(at + 2);
        }
        self.other(at + 1)
    }

    /// Everything that nobody claimed goes to the note, word for word; remarks apart are held apart by `; `.
    fn leftovers(&mut self) {
        let mut ranges: Vec<Range<usize>> = std::mem::take(&mut self.kept);
        let mut at = 0;
        while at < self.tokens.len() {
            if self.claimed[at] {
                at += 1;
                continue;
            }
            let end = (at..self.tokens.len()).find(|end| self.claimed[*end]).unwrap_or(self.tokens.len());
            let mut run = at..end;
            at = end;
            let idle = |token: &Token| matches!(token.kind, Kind::Comma | Kind::Semicolon | Kind::Dash);
            while !run.is_empty() && idle(&self.tokens[run.start]) {
                run.start += 1;
            }
            while !run.is_empty() && idle(&self.tokens[run.end - 1]) {
                run.end -= 1;
            }
            if self.tokens[run.clone()].iter().all(Token::is_separator) {
                continue;
            }
            let count =
                |kind: &Kind| self.tokens[run.clone()].iter().filter(|token| token.kind == *kind).count();
            if count(&Kind::Open) != count(&Kind::Close) {
                // One bracket of a pair: the other belonged to what was understood.
                let bracket = |at: usize| matches!(self.tokens[at].kind, Kind::Open | Kind::Close);
                if bracket(run.end - 1) {
                    run.end -= 1;
                } else if bracket(run.start) {
                    run.start += 1;
                }
            }
            ranges.push(self.bytes(&run));
        }
        ranges.sort_by_key(|range| range.start);
        let mut remarks = Vec::new();
        for range in ranges {
            let mut remark = unbroken(&self.text[range.clone()]);
            if self.intent == Intent::Need {
                // Quotes keep words from being read as signs.
                let whole = |token: &&Token| token.range == range;
                if let Some(Kind::Quoted(words)) = self.tokens.iter().find(whole).map(|token| &token.kind) {
                    remark.clone_from(words);
                }
            }
            if remark.is_empty() {
                continue;
            }
            if !self.chips.iter().any(|chip| chip.range == range) {
                self.chips.push(Chip { range, kind: ChipKind::Note, text: remark.clone() });
            }
            remarks.push(remark);
        }
        self.draft.note = remarks.join(if self.intent == Intent::Need { " " } else { "; " });
    }

    /// For needs, logs and mandates: organisations count, all other free text is their words.
    fn orgs_only(&mut self) {
        for item in std::mem::take(&mut self.items) {
            if let Item::Org(org) = item {
                self.draft.roles.push(super::super::draft::role("", &org, None));
            }
        }
    }
}

/// A word before an email address.
pub(super) fn email_label(word: &str, _marked: bool) -> Option<&'static str> {
    matches!(word, "email" | "e-mail" | "courriel" | "mail" | "courrier").then_some("")
}

/// A word before a web address.
pub(super) fn url_label(word: &str, _marked: bool) -> Option<&'static str> {
    matches!(word, "web" | "site" | "url" | "linkedin" | "website").then_some("")
}

/// A note for the line: its breaks made visible.
pub(super) fn broken(note: &str) -> String {
    note.replace('\n', &format!(" {} ", lex::BREAK))
}

/// A note from the line: visible breaks made real.
fn unbroken(text: &str) -> String {
    clean::block(&text.replace(lex::BREAK, "\n"))
}
