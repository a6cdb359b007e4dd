//! Name, headline, organisation one below the other: people parted by empty lines, or always as many lines.

use super::super::Context;
use super::super::block;
use super::super::block::names::{self, Evidence};
use super::super::block::{organisations, titles};
use super::super::draft::{self, Draft, add_note};
use super::super::printed::Printed;
use super::{Entry, List, headline, table, unbulleted};
use crate::text::{clean, phone};

/// Reads such a list; `None` for another text.
pub(super) fn read(raw: &[&str], ctx: &Context) -> Option<List> {
    let cleaned: Vec<String> = raw.iter().map(|line| clean::line(unbulleted(line))).collect();
    by_gaps(&cleaned, ctx).or_else(|| by_stride(&cleaned, ctx))
}

/// Paragraphs that begin with a name. Those with means of contact are cards, not a list.
fn by_gaps(lines: &[String], ctx: &Context) -> Option<List> {
    let paragraphs: Vec<&[String]> = lines.split(String::is_empty).filter(|part| !part.is_empty()).collect();
    let people = paragraphs.iter().filter(|part| part.len() <= 6 && is_name(&part[0])).count();
    let reachable = paragraphs.iter().filter(|part| has_contact(part, ctx)).count();
    let lone = paragraphs.iter().filter(|part| part.len() == 1).count();
    if people < 2 || people * 10 < paragraphs.len() * 7 || reachable * 2 > people || lone * 2 > people {
        return None;
    }
    Some(gather(&paragraphs, ctx))
}

/// No empty lines: names stand at every second, third or fourth line.
fn by_stride(lines: &[String], ctx: &Context) -> Option<List> {
    let lines: Vec<String> = lines.iter().filter(|line| !line.is_empty()).cloned().collect();
    (2..=4).find_map(|stride| {
        (0..stride.min(2)).find_map(|lead| {
            let body = &lines[lead.min(lines.len())..];
            let groups: Vec<&[String]> = body.chunks(stride).collect();
            let sound = groups.len() >= 3
                && groups.iter().all(|group| is_name(&group[0]) && !has_contact(group, ctx))
                && groups.iter().flat_map(|group| &group[1..]).filter(|line| is_name(line)).count() * 5
                    <= groups.len();
            sound.then(|| {
                let mut list = gather(&groups, ctx);
                list.aside.extend(lines[..lead].iter().cloned());
                list
            })
        })
    })
}

fn gather(groups: &[&[String]], ctx: &Context) -> List {
    let mut list = List::default();
    for group in groups {
        if !is_name(&group[0]) {
            list.aside.extend(group.iter().cloned());
            continue;
        }
        let text = group.join("\n");
        let draft = if has_contact(group, ctx) {
            block::read(&Printed::of_text(&text), ctx)
                .into_iter()
                .next()
                .map(|card| card.draft)
                .unwrap_or_default()
        } else {
            person(group)
        };
        list.entries.push(Entry { text, draft });
    }
    list
}

/// Name, then title and organisation in either order, then words.
fn person(group: &[String]) -> Draft {
    let (full, credentials, nickname) = super::linkedin::name(&group[0]).unwrap_or_default();
    let mut draft = Draft { name: draft::name(&full), ..Draft::default() };
    draft.name.credentials = credentials;
    draft.name.nickname = nickname.into();
    let (mut title, mut org) = (String::new(), String::new());
    for line in &group[1..] {
        let read = headline::read(line);
        let (said_title, said_org) = read.role.map(|role| (role.title, role.org)).unwrap_or_default();
        let like_org = organisations::score(line, &[]) > titles::score(line);
        if title.is_empty() && !said_title.is_empty() && !(like_org && said_org.is_empty()) {
            title = said_title.to_string();
            if org.is_empty() {
                org = said_org.to_string();
            }
            add_note(&mut draft.note, &read.rest.join(" | "));
        } else if org.is_empty() {
            org.clone_from(line);
        } else {
            add_note(&mut draft.note, line);
        }
    }
    if !title.is_empty() || !org.is_empty() {
        draft.roles.push(draft::role(&title, &org, None));
    }
    draft
}

fn is_name(line: &str) -> bool {
    table::is_name(line)
        || names::judge(line, &Evidence::default())
            .is_some_and(|(_, score)| score >= 2.6 && line.contains(' '))
}

fn has_contact(group: &[String], ctx: &Context) -> bool {
    group
        .iter()
        .any(|line| line.contains('@') && line.contains('.') || !phone::find(line, &ctx.region).is_empty())
}
