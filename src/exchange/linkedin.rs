//! LinkedIn's list of connections, of every generation since 2016, and the copies that people make of it.
//!
//! The header row tells the list, in English as LinkedIn writes it in every account, or in French as edited copies
//! have it. Columns may be missing, added or moved. Today's files open with a paragraph of notes; the file of 2018 has no
//! profile addresses and dates with a time of day.
//!
//! The profile's address is the only key: it survives marriage and a new job. What LinkedIn calls a name is kept
//! whole in the full name, signs and credentials included; the parts beside it are without.

use std::ops::ControlFlow;
use std::sync::Arc;

use unicode_normalization::char::is_combining_mark;

use super::csv::{self, FaultKind, Reader, Row, bare, unharmed};
use super::dates::{self, Read};
use super::{Batch, Format, Incoming, ReadOptions, Watch, bad_input};
use crate::domain::contact::{Contact, Door, Labelled, Met, MetHow, Name, Role};
use crate::domain::id::ContactId;
use crate::domain::problem::{InputReason, Problem, UsageProblem};
use crate::domain::time::{Date, PartialDate, Timestamp};
use crate::text::clean::line as clean;
use crate::text::names::is_credential;
use crate::text::profile;

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Given names.
    Given,
    /// Family names, often with credentials.
    Family,
    /// The whole name, in copies.
    Name,
    /// The profile's address.
    Url,
    /// The email address that few people show.
    Email,
    /// Present organisation.
    Org,
    /// Present title.
    Title,
    /// The day of the connection.
    Connected,
    /// Tags that the user gave on LinkedIn, until 2017.
    Tags,
}

impl Field {
    /// Every column: its name for `--map`, and its headers, bare of case, accents, blanks and punctuation.
    const ALL: [(Self, &'static str, &'static [&'static str]); 9] = [
        (Self::Given, "given", &["firstname", "prenom"]),
        (Self::Family, "family", &["lastname", "nom", "nomdefamille"]),
        (Self::Name, "name", &["fullname", "nomcomplet"]),
        (Self::Url, "url", &["url", "profileurl", "linkedinurl", "urlduprofil"]),
        (Self::Email, "email", &["emailaddress", "email", "adresseemail", "adressecourriel", "courriel"]),
        (Self::Org, "org", &["company", "currentcompany", "entreprise", "societe"]),
        (Self::Title, "title", &["position", "currentposition", "poste", "fonction"]),
        (Self::Connected, "connected", &["connectedon", "datedeconnexion", "connectele"]),
        (Self::Tags, "tags", &["tags", "etiquettes"]),
    ];

    fn of_header(cell: &str) -> Option<Self> {
        let bare = bare(cell);
        Self::ALL.iter().find(|(.., headers)| headers.contains(&bare.as_str())).map(|(field, ..)| *field)
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name, _)| *name == word).map(|(field, ..)| *field)
    }
}

/// Where the columns stand.
#[derive(Clone, Debug, Default)]
struct Columns {
    /// By field.
    at: [Option<usize>; Field::ALL.len()],
    /// Columns that somebody added, with their headers.
    added: Vec<(usize, String)>,
    /// Cells of the header row; 0 without one.
    width: usize,
}

impl Columns {
    fn has(&self, field: Field) -> bool {
        self.at[field as usize].is_some()
    }

    fn cell<'r>(&self, row: &'r Row, field: Field) -> &'r str {
        self.at[field as usize].map_or("", |at| unharmed(row.cell(at)))
    }

    fn of_header(cells: &[String]) -> Self {
        let mut columns = Self { width: cells.len(), ..Self::default() };
        for (at, cell) in cells.iter().enumerate() {
            match Field::of_header(cell) {
                Some(field) if !columns.has(field) => {
                    columns.at[field as usize] = Some(at);
                }
                _ if cell.trim().is_empty() => {}
                _ => columns.added.push((at, clean(cell))),
            }
        }
        columns
    }

    /// Whether this header is that of a list of connections. The day of the connection is found in no other list; without
    /// it, the row must hold a job and nothing unknown (LinkedIn's archive has lists of recommendations with names and jobs).
    fn is_connections(&self) -> bool {
        let named = self.has(Field::Name) || (self.has(Field::Given) && self.has(Field::Family));
        let job = self.has(Field::Org) && self.has(Field::Title);
        named && (self.has(Field::Connected) || (job && self.added.is_empty()))
    }

    /// Columns that the user names, by number from 1.
    fn mapped(map: &[(String, usize)]) -> Result<Self, Problem> {
        let mut columns = Self::default();
        for (word, number) in map {
            let field = Field::of_word(word).ok_or_else(|| {
                let allowed = Field::ALL.iter().map(|(_, name, _)| (*name).to_owned()).collect();
                Problem::Usage(UsageProblem::UnknownWord { word: word.clone(), allowed })
            })?;
            columns.at[field as usize] = Some(number.saturating_sub(1));
        }
        Ok(columns)
    }
}

/// Whether a table opens with the header of a list of connections.
pub(super) fn is_connections(head: &[u8]) -> bool {
    connections(head).is_some()
}

fn connections(bytes: &[u8]) -> Option<(Columns, Reader<'_>)> {
    csv::find_header(bytes, |cells| Some(Columns::of_header(cells)).filter(Columns::is_connections))
}

/// Reads a list of connections.
pub(super) fn read(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    watch: &mut Watch<'_>,
) -> Result<Batch, Problem> {
    let known = connections(bytes);
    let (columns, reader) = if options.columns.is_empty() {
        known.ok_or_else(|| bad_input(name, 0, InputReason::NoHeader))?
    } else {
        let mapped = Columns::mapped(&options.columns)?;
        match known {
            Some((found, reader)) => (Columns { width: found.width, ..mapped }, reader),
            None => (mapped, headless(bytes)),
        }
    };
    let total = bytes.len() as u64;
    let mut table = Table {
        batch: Batch::new(name, Format::LinkedIn),
        columns,
        today: options.today,
        unsure: Vec::new(),
    };
    table.read(reader, total, watch)?;
    Ok(table.batch)
}

/// A table without a header that is known: every row counts, the first one too.
fn headless(bytes: &[u8]) -> Reader<'_> {
    let line = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.is_empty());
    Reader::new(bytes, csv::likely_delimiter(line.unwrap_or_default()))
}

struct Table {
    batch: Batch,
    columns: Columns,
    today: Date,
    /// Dates whose month and day only the whole column can tell apart: which person, and the date.
    unsure: Vec<(usize, i8, i8, i16)>,
}

impl Table {
    fn read(&mut self, mut reader: Reader<'_>, total: u64, watch: &mut Watch<'_>) -> Result<(), Problem> {
        let mut row = Row::default();
        let mut count: u64 = 0;
        while reader.read(&mut row) {
            count += 1;
            if count.is_multiple_of(1024) && watch(reader.position() as u64, total) == ControlFlow::Break(())
            {
                return Err(Problem::Cancelled);
            }
            self.take(&row);
        }
        self.settle_dates();
        let days = self.batch.people.iter().filter_map(|one| one.contact.met.as_ref()?.on.as_ref()?.day());
        self.batch.as_of = days.filter(|day| *day <= self.today).max();
        Ok(())
    }

    fn take(&mut self, row: &Row) {
        for fault in &row.faults {
            let reason = match fault.kind {
                FaultKind::UnclosedQuote => InputReason::UnclosedQuote,
                FaultKind::TooLong => InputReason::TooLong { limit: csv::MAX_CELL as u64 },
            };
            self.batch.report(row.line, fault.column, reason);
        }
        let width = self.columns.width;
        let broken = row.faults.iter().any(|fault| fault.kind == FaultKind::UnclosedQuote);
        if broken && width > 0 && row.cells().len() != width {
            // Cells stand under wrong headers: nothing of them can be trusted.
            self.batch.report(
                row.line,
                0,
                InputReason::BrokenRow { found: row.cells().len(), expected: width },
            );
            return;
        }
        if row.is_blank() {
            return;
        }
        let (contact, unsure) = self.contact(row);
        if contact.display_name().is_empty() && contact.note.is_empty() && contact.tags.is_empty() {
            self.batch.nameless += 1;
            return;
        }
        if let Some((first, second, year)) = unsure {
            self.unsure.push((self.batch.people.len(), first, second, year));
        }
        if width > 0 && row.cells().len() > width {
            let text = clean(&row.cells()[width..].join(" "));
            if !text.is_empty() {
                self.batch.report(row.line, 0, InputReason::SurplusCells { text });
            }
        }
        self.batch.people.push(Incoming {
            line: row.line,
            contact: Arc::new(contact),
            has_created: false,
            has_updated: false,
        });
    }

    fn contact(&mut self, row: &Row) -> (Contact, Option<(i8, i8, i16)>) {
        let cell = |field| clean(self.columns.cell(row, field));
        let mut contact = Contact::new(ContactId::NIL, Timestamp::UNIX_EPOCH);
        contact.unread = true;
        contact.door = Some(Door::Accepted);
        contact.name = person_name(&cell(Field::Given), &cell(Field::Family), &cell(Field::Name));
        let (org, title) = (cell(Field::Org), cell(Field::Title));
        if !org.is_empty() || !title.is_empty() {
            let source = Format::LinkedIn.word().into();
            contact.roles.push(Role { org: org.into(), title: title.into(), source, ..Role::default() });
        }
        let url = cell(Field::Url);
        if !url.is_empty() {
            contact.sources.extend(profile_key(&url));
            contact.urls.push(Labelled { value: url, label: Format::LinkedIn.word().into() });
        }
        let email = cell(Field::Email);
        if email.contains('@') {
            contact.emails.push(Labelled { value: email, label: "".into() });
        } else if !email.is_empty() {
            let reason = InputReason::BadValue { field: "emails".into(), text: email };
            self.batch.report(row.line, 0, reason);
        }
        contact.tags = self
            .columns
            .cell(row, Field::Tags)
            .split([',', ';', '|'])
            .map(|tag| clean(tag).replace(' ', "-"))
            .filter(|tag| !tag.is_empty())
            .collect();
        contact.note = self.added_columns(row);
        let (on, unsure) = self.connected(row);
        contact.met = Some(Met { on, how: Some(MetHow::LinkedIn), ..Met::default() });
        (contact, unsure)
    }

    /// Columns that somebody added to the list, a line each.
    fn added_columns(&self, row: &Row) -> String {
        let mut note = String::new();
        for (at, header) in &self.columns.added {
            let text = clean(unharmed(row.cell(*at)));
            if !text.is_empty() {
                if !note.is_empty() {
                    note.push('\n');
                }
                note.push_str(header);
                note.push_str(": ");
                note.push_str(&text);
            }
        }
        note
    }

    /// The day of the connection. What cannot be read is kept as text, and reported.
    fn connected(&mut self, row: &Row) -> (Option<PartialDate>, Option<(i8, i8, i16)>) {
        let text = clean(self.columns.cell(row, Field::Connected));
        if text.is_empty() {
            return (None, None);
        }
        match dates::read(&text) {
            Some(Read::Day(day)) => (Some(PartialDate::Day(day)), None),
            Some(Read::Either(first, second, year)) => {
                (Some(PartialDate::Text(text)), Some((first, second, year)))
            }
            None => {
                self.batch.report(row.line, 0, InputReason::BadDate { text: text.clone() });
                (Some(PartialDate::Text(text)), None)
            }
        }
    }

    /// Reads the dates that waited for the whole column. LinkedIn itself puts the month first.
    fn settle_dates(&mut self) {
        let day_first = dates::day_first(self.unsure.iter().map(|(_, first, second, _)| (*first, *second)))
            .unwrap_or(false);
        for (person, first, second, year) in std::mem::take(&mut self.unsure) {
            let (month, day) = if day_first { (second, first) } else { (first, second) };
            let incoming = &mut self.batch.people[person];
            let line = incoming.line;
            let Some(met) = Arc::make_mut(&mut incoming.contact).met.as_mut() else { continue };
            if let Ok(date) = Date::new(year, month, day) {
                met.on = Some(PartialDate::Day(date));
            } else {
                let text = met.on.as_ref().map(ToString::to_string).unwrap_or_default();
                self.batch.report(line, 0, InputReason::BadDate { text });
            }
        }
    }
}

/// The key of a profile: `linkedin:in/jane-doe`; `None` for what is no address on LinkedIn.
pub fn profile_key(url: &str) -> Option<String> {
    profile::linkedin(url).map(|path| format!("{}:{path}", Format::LinkedIn.word()))
}

/// The name of a connection. The full name is what LinkedIn shows; credentials, nickname and signs are taken off the parts.
fn person_name(given: &str, family: &str, whole: &str) -> Name {
    let mut name = Name::default();
    if given.is_empty() && family.is_empty() {
        let parts = crate::text::names::split(whole);
        return Name {
            full: whole.into(),
            given: parts.given.into(),
            family: parts.family.into(),
            prefix: parts.prefix.into(),
            suffix: parts.suffix.into(),
            credentials: parts.credentials,
            nickname: "".into(),
        };
    }
    name.full = clean(&format!("{given} {family}")).into();
    let (said, nickname) = without_nickname(given);
    name.given = letters(&said).into();
    name.nickname = nickname.into();
    let mut pieces = family.split(',').map(str::trim);
    name.family = letters(pieces.next().unwrap_or_default()).into();
    for piece in pieces {
        if is_credential(piece) || looks_like_credential(piece) {
            name.credentials.push(piece.to_owned());
        } else if is_suffix(piece) {
            name.suffix = piece.into();
        }
    }
    // `Roy CPA`, without a comma.
    while let Some((rest, last)) = name.family.rsplit_once(' ') {
        if !is_credential(last) {
            break;
        }
        name.credentials.insert(0, last.to_owned());
        let rest = rest.trim_end().to_owned();
        name.family = rest.into();
    }
    name
}

fn is_suffix(text: &str) -> bool {
    matches!(bare(text).as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "fils")
}

/// Words that are short and mostly capitals, or dotted: `PMP®`, `Adm.A.`, `B.Sc.`, `CRIA`.
fn looks_like_credential(text: &str) -> bool {
    let word = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        (2..=8).contains(&letters) && (capitals * 2 > letters || (capitals > 0 && word.contains('.')))
    };
    !text.is_empty() && text.split_whitespace().all(word)
}

/// Takes the nickname out of `Marc "Marco"` or `Marc (Marco)`.
fn without_nickname(given: &str) -> (String, String) {
    for (open, close) in [('"', '"'), ('(', ')'), ('“', '”'), ('«', '»')] {
        let Some((before, rest)) = given.split_once(open) else { continue };
        let Some((inside, after)) = rest.split_once(close) else { continue };
        let inside = clean(inside);
        // `(She/Her)`, `(lui/il)` are no nickname; nothing is lost, as the full name keeps them.
        let nickname = if inside.contains('/') { String::new() } else { letters(&inside) };
        return (clean(&format!("{before} {after}")), nickname);
    }
    (given.to_owned(), String::new())
}

/// A name without the signs that people put into it (emoji, stars, flags); whole if nothing else stands there.
fn letters(text: &str) -> String {
    let is_of_names = |c: &char| {
        c.is_alphanumeric() || c.is_whitespace() || is_combining_mark(*c) || "-‑'’.·&/()".contains(*c)
    };
    if text.chars().all(|c| is_of_names(&c)) {
        return text.to_owned();
    }
    let kept: String = text.chars().filter(is_of_names).collect();
    if kept.chars().any(char::is_alphanumeric) { clean(&kept) } else { text.to_owned() }
}
