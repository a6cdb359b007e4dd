//! Tables: one person a line, columns by tabs, semicolons, bars, commas or dashes, with or without a header.

use super::super::Context;
use super::super::block::names::{self, Evidence};
use super::super::block::{credentials, organisations, titles};
use super::super::draft::{self, Draft, add_note};
use super::{Entry, List, linkedin, unbulleted};
use crate::domain::contact::{Labelled, Phone};
use crate::text::fold::fold;
use crate::text::words::TOWNS;
use crate::text::{clean, phone, shapes};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Given,
    Family,
    Title,
    Org,
    Email,
    Phone,
    Url,
    Town,
    Other,
}

/// Reads a table; `None` for another text.
pub(super) fn read(raw: &[&str], ctx: &Context) -> Option<List> {
    let lines: Vec<&str> = raw
        .iter()
        .map(|line| line.trim_end())
        .filter(|line| line.chars().any(char::is_alphanumeric))
        .collect();
    if lines.len() < 2 {
        return None;
    }
    ['\t', ';', '|', ',']
        .into_iter()
        .find_map(|sign| by_sign(&lines, sign, ctx))
        .or_else(|| by_dash(&lines, ctx))
}

fn by_sign(lines: &[&str], sign: char, ctx: &Context) -> Option<List> {
    let rows: Vec<Vec<String>> = lines.iter().map(|line| cells(line, sign)).collect();
    table(lines, &rows, sign == ',', ctx)
}

fn by_dash(lines: &[&str], ctx: &Context) -> Option<List> {
    let unified: Vec<String> =
        lines.iter().map(|line| line.replace(" – ", " - ").replace(" — ", " - ")).collect();
    let rows: Vec<Vec<String>> = unified
        .iter()
        .map(|line| unbulleted(line).split(" - ").map(clean::line).filter(|cell| !cell.is_empty()).collect())
        .collect();
    table(lines, &rows, true, ctx).or_else(|| names_alone(lines))
}

/// The cells of a line; quotes hold signs.
fn cells(line: &str, sign: char) -> Vec<String> {
    let line = if sign == '\t' { line.trim_matches(' ') } else { unbulleted(line) };
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        if c == '"' {
            quoted = !quoted;
        } else if c == sign && !quoted {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
    }
    let mut cells: Vec<String> = cells.iter().map(|cell| clean::line(cell)).collect();
    if sign == '\t'
        && cells
            .first()
            .is_some_and(|first| first.trim_end_matches(['.', ')']).bytes().all(|b| b.is_ascii_digit()))
        && cells.len() > 2
    {
        cells.remove(0);
    }
    if sign == ',' { joined(cells) } else { cells }
}

/// By commas: credentials go with the name, `inc.` with its firm, `Tremblay, Réjean` is one name.
fn joined(cells: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for cell in cells {
        let legal = crate::text::words::LEGAL.has(&crate::text::words::squeezed(&cell));
        let given = out.len() == 1
            && !out[0].contains(' ')
            && cell.split(' ').count() <= 2
            && cell.split(' ').next().is_some_and(crate::text::names::is_given)
            && !crate::text::names::is_given(&out[0]);
        let credential = out.len() == 1 && !credentials::credential_list(&cell).is_empty();
        match out.last_mut() {
            Some(last) if legal || given || credential => {
                last.push_str(", ");
                last.push_str(&cell);
            }
            _ => out.push(cell),
        }
    }
    out
}

/// People of a table; `free` where the sign also stands inside of texts, so that a table must prove itself.
fn table(lines: &[&str], rows: &[Vec<String>], free: bool, ctx: &Context) -> Option<List> {
    let with_columns =
        rows.iter().filter(|row| row.iter().filter(|cell| !cell.is_empty()).count() > 1).count();
    if with_columns * 10 < rows.len() * 6 || with_columns < 2 {
        return None;
    }
    let header = header(&rows[0]);
    let body = usize::from(header.is_some());
    let width = rows.iter().map(Vec::len).max()?.min(30);
    let columns: Vec<Column> = match &header {
        Some(header) => (0..width).map(|at| header.get(at).copied().unwrap_or(Column::Other)).collect(),
        None => guess(&rows[body..], width, ctx),
    };
    let named = columns.contains(&Column::Name)
        || columns.contains(&Column::Family)
        || columns.contains(&Column::Given);
    if !named || free && header.is_none() && columns.first() != Some(&Column::Name) {
        return None;
    }
    let mut list = List::default();
    for (at, row) in rows.iter().enumerate().skip(body) {
        match person(row, &columns, ctx) {
            Some(draft) => list.entries.push(Entry { text: clean::line(lines[at]), draft }),
            None => list.aside.push(lines[at].to_owned()),
        }
    }
    // A list is a list only where most lines are people.
    let people = list.entries.len();
    (people > 1 && people * 10 >= (rows.len() - body) * 6).then_some(list)
}

fn header(row: &[String]) -> Option<Vec<Column>> {
    let columns: Vec<Option<Column>> = row.iter().map(|cell| heading(cell)).collect();
    let known = columns.iter().flatten().count();
    (known >= 2 && known * 2 >= row.len())
        .then(|| columns.into_iter().map(|column| column.unwrap_or(Column::Other)).collect())
}

fn heading(cell: &str) -> Option<Column> {
    Some(match fold(cell).trim_matches(|c: char| !c.is_alphanumeric()) {
        "nom" | "name" | "nom complet" | "full name" | "participant" | "participante" | "participants"
        | "attendee" | "invite" | "guest" | "contact" | "personne" => Column::Name,
        "prenom" | "first name" | "given name" | "firstname" => Column::Given,
        "nom de famille" | "last name" | "surname" | "family name" | "lastname" => Column::Family,
        "titre" | "fonction" | "title" | "position" | "poste" | "job title" | "role" => Column::Title,
        "entreprise" | "organisation" | "organization" | "compagnie" | "company" | "employeur"
        | "employer" | "organisme" | "societe" => Column::Org,
        "courriel" | "email" | "e-mail" | "adresse courriel" | "email address" => Column::Email,
        "telephone" | "tel" | "phone" | "cell" | "cellulaire" | "mobile" => Column::Phone,
        "site web" | "web" | "url" | "linkedin" | "website" => Column::Url,
        "ville" | "city" | "town" | "lieu" | "location" => Column::Town,
        _ => return None,
    })
}

/// What each column holds, by what most of its cells look like.
fn guess(rows: &[Vec<String>], width: usize, ctx: &Context) -> Vec<Column> {
    let mut columns = Vec::new();
    let mut texts: Vec<(usize, f32, f32)> = Vec::new();
    for at in 0..width {
        let cells: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.get(at))
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
            .collect();
        let share = |fits: &dyn Fn(&str) -> bool| {
            cells.iter().filter(|cell| fits(cell)).count() as f32 / cells.len().max(1) as f32
        };
        let column = if cells.is_empty() {
            Column::Other
        } else if share(&|cell| is_email(cell)) > 0.5 {
            Column::Email
        } else if share(&|cell| phone::parse(cell, &ctx.region).is_some()) > 0.5 {
            Column::Phone
        } else if share(&|cell| shapes::url_at(cell) == Some(cell.len())) > 0.5 {
            Column::Url
        } else if !columns.contains(&Column::Name) && share(&|cell| is_name(cell)) > 0.6 {
            Column::Name
        } else if share(&|cell| TOWNS.has(&fold(cell))) > 0.6 {
            Column::Town
        } else {
            let title: f32 = cells.iter().map(|cell| titles::score(cell)).sum();
            let org: f32 = cells.iter().map(|cell| organisations::score(cell, &[])).sum();
            texts.push((at, title / cells.len() as f32, org / cells.len() as f32));
            Column::Other
        };
        columns.push(column);
    }
    // Of the other texts, the one most like titles is the title; a further one is the organisation.
    let title = texts
        .iter()
        .filter(|(_, title, org)| *title >= 0.7 && title > org)
        .max_by(|a, b| (a.1 - a.2).total_cmp(&(b.1 - b.2)))
        .map(|(at, ..)| *at);
    if let Some(at) = title {
        columns[at] = Column::Title;
    }
    let mut others = texts.iter().filter(|(at, ..)| Some(*at) != title);
    let best = others
        .clone()
        .max_by(|a, b| a.2.total_cmp(&b.2))
        .filter(|(_, _, org)| *org >= 1.5)
        .or_else(|| others.next());
    if let Some((at, ..)) = best {
        columns[*at] = Column::Org;
    }
    columns
}

fn is_email(cell: &str) -> bool {
    shapes::email_at(cell.trim_matches(['<', '>'])) == Some(cell.trim_matches(['<', '>']).len())
}

/// Whether a cell is a person's name and nothing else.
pub(super) fn is_name(cell: &str) -> bool {
    turned(cell).is_some_and(|(full, _, _)| {
        let (_, score) = names::judge(&full, &Evidence::default()).unwrap_or_default();
        full.contains(' ') && score >= 1.4
    })
}

/// A name, the family name perhaps first: full, credentials, nickname.
fn turned(cell: &str) -> Option<(String, Vec<String>, String)> {
    if let Some((family, given)) = cell.split_once(", ")
        && credentials::credential_list(given).is_empty()
        && !given.contains(',')
        && given.split(' ').next().is_some_and(crate::text::names::is_given)
    {
        return names::judge(&format!("{given} {family}"), &Evidence::default())
            .map(|(full, _)| (full, Vec::new(), String::new()));
    }
    linkedin::name(cell)
}

fn person(row: &[String], columns: &[Column], ctx: &Context) -> Option<Draft> {
    let mut draft = Draft::default();
    let cell = |wanted: Column| {
        row.iter()
            .zip(columns)
            .find(|(cell, column)| **column == wanted && !cell.is_empty())
            .map(|(cell, _)| cell.as_str())
    };
    let (mut title, mut org) = (String::new(), String::new());
    for (cell, column) in row.iter().zip(columns).filter(|(cell, _)| !cell.is_empty()) {
        match column {
            Column::Name | Column::Given | Column::Family => {}
            Column::Email if is_email(cell) => draft
                .emails
                .push(Labelled { value: cell.trim_matches(['<', '>']).to_owned(), label: "".into() }),
            Column::Url => draft.urls.push(Labelled { value: cell.clone(), label: "".into() }),
            Column::Town => draft.towns.push(cell.clone()),
            Column::Title if title.is_empty() => title.clone_from(cell),
            Column::Org if org.is_empty() => org.clone_from(cell),
            _ => loose(cell, &mut draft, ctx),
        }
    }
    let name = match (cell(Column::Given), cell(Column::Family), cell(Column::Name)) {
        (Some(given), Some(family), _) | (Some(given), None, Some(family)) => {
            let mut name = draft::name(&format!("{given} {family}"));
            name.given = given.into();
            name.family = family.into();
            name
        }
        (Some(only), None, None) | (None, Some(only), None) => draft::name(only),
        (_, _, Some(whole)) => {
            let (full, credentials, nickname) = turned(whole)?;
            let mut name = draft::name(&full);
            name.credentials = credentials;
            name.nickname = nickname.into();
            name
        }
        (None, None, None) => return None,
    };
    draft.name = name;
    if !title.is_empty() || !org.is_empty() {
        draft.roles.push(draft::role(&title, &org, None));
    }
    Some(draft)
}

/// A cell whose column says nothing: by its shape, else to the note.
fn loose(cell: &str, draft: &mut Draft, ctx: &Context) {
    if is_email(cell) {
        draft.emails.push(Labelled { value: cell.to_owned(), label: "".into() });
    } else if let Some(parsed) = phone::parse(cell, &ctx.region) {
        draft.phones.push(Phone { value: parsed.e164.into(), label: "".into(), ext: parsed.ext.into() });
    } else {
        add_note(&mut draft.note, cell);
    }
}

/// Three names or more, each on a line and nothing else.
fn names_alone(lines: &[&str]) -> Option<List> {
    let mut list = List::default();
    for line in lines {
        let bare = clean::line(unbulleted(line));
        match turned(&bare).filter(|_| is_name(&bare)) {
            Some((full, credentials, nickname)) => {
                let mut draft = Draft { name: draft::name(&full), ..Draft::default() };
                draft.name.credentials = credentials;
                draft.name.nickname = nickname.into();
                list.entries.push(Entry { text: clean::line(line), draft });
            }
            None => list.aside.push((*line).to_owned()),
        }
    }
    let people = list.entries.len();
    (people >= 3 && people * 10 >= lines.len() * 8).then_some(list)
}
