//! Several cards in one picture, both sides of a card, several people on one card.
//!
//! A picture is parted along its white space only where each part has a name and means of contact of its own, and
//! only where the letters' places speak for several cards. Two parts of one person are the two sides of a card. All
//! other cases are told, not guessed.

use super::{CardReading, joining};
use crate::capture::Context;
use crate::capture::block;
use crate::capture::draft::Draft;
use crate::capture::printed::{CardProblem, Printed, PrintedLine};
use crate::text::fold::{fold, same};
use crate::text::names;

/// White space between cards is at least this many line heights wide.
const GAP: f32 = 2.0;
/// Most cards that one picture is parted into.
const MOST: usize = 12;

pub(super) fn read(printed: &Printed, context: &Context) -> Vec<CardReading> {
    let mut readings = if printed.problems.contains(&CardProblem::SeveralCards) {
        let all: Vec<usize> = (0..printed.lines.len()).collect();
        let mut found = part(printed, all, context, MOST);
        sides(&mut found);
        if found.len() > 1 { found } else { block::read(printed, context) }
    } else {
        block::read(printed, context)
    };
    if printed.lines.iter().any(|line| line.place.is_some()) {
        for reading in &mut readings {
            let names = other_names(&reading.draft, &reading.text);
            if !names.is_empty() && !reading.draft.name.full.is_empty() {
                // A second name is easily taken for the firm's.
                for role in &mut reading.draft.roles {
                    if names.iter().any(|name| same(name, &role.org)) {
                        role.org.clear();
                    }
                }
                reading.draft.roles.retain(|role| !(role.org.is_empty() && role.title.is_empty()));
                let names = std::iter::once(reading.draft.name.full.to_string()).chain(names).collect();
                reading.problems.push(CardProblem::TwoPeople { names });
            }
        }
    }
    readings
}

/// Two parts of one person are one.
fn sides(readings: &mut Vec<CardReading>) {
    let mut at = 0;
    while at < readings.len() {
        let other = (at + 1..readings.len())
            .find(|other| joining::is_same(&readings[at].draft, &readings[*other].draft));
        match other {
            Some(other) => {
                let back = readings.remove(other);
                let front = std::mem::take(&mut readings[at]);
                readings[at] = joining::both_sides(front, back);
            }
            None => at += 1,
        }
    }
}

/// The lines parted along the widest white space that leaves a whole card on either side.
fn part(printed: &Printed, lines: Vec<usize>, context: &Context, most: usize) -> Vec<CardReading> {
    let mut cuts = if most > 1 { cuts(&printed.lines, &lines) } else { Vec::new() };
    cuts.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, before, after) in cuts.into_iter().take(6) {
        let is_card = |lines: &[usize]| read_lines(printed, lines, context).iter().any(is_whole);
        if is_card(&before) && is_card(&after) {
            let mut found = part(printed, before, context, most / 2 + most % 2);
            found.extend(part(printed, after, context, most / 2));
            return found;
        }
    }
    read_lines(printed, &lines, context)
}

fn is_whole(reading: &CardReading) -> bool {
    let draft = &reading.draft;
    !draft.name.full.is_empty() && !(draft.emails.is_empty() && draft.phones.is_empty())
}

/// Some lines of a picture, read as a card; their numbers are those of the picture.
fn read_lines(printed: &Printed, lines: &[usize], context: &Context) -> Vec<CardReading> {
    let some =
        Printed { lines: lines.iter().map(|at| printed.lines[*at].clone()).collect(), ..Printed::default() };
    let mut readings = block::read(&some, context);
    for reading in &mut readings {
        for field in &mut reading.fields {
            field.line = field.line.and_then(|line| lines.get(line).copied());
        }
        reading.noise = reading.noise.iter().filter_map(|line| lines.get(*line).copied()).collect();
    }
    readings
}

/// White space across or along the picture: its width in line heights, and the lines on either side.
fn cuts(all: &[PrintedLine], lines: &[usize]) -> Vec<(f32, Vec<usize>, Vec<usize>)> {
    let mut cuts = Vec::new();
    for across in [true, false] {
        let mut spans: Vec<(f32, f32, f32, usize)> = lines
            .iter()
            .filter_map(|at| {
                let line = &all[*at];
                let place = line.place?;
                let (start, end) = if across { (place.left, place.right) } else { (place.top, place.bottom) };
                Some((start, end, line.height, *at))
            })
            .collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut heights: Vec<f32> = spans.iter().map(|span| span.2).collect();
        heights.sort_by(f32::total_cmp);
        let height = heights.get(heights.len() / 2).copied().unwrap_or(1.0).max(0.001);
        let mut end = f32::NEG_INFINITY;
        for at in 0..spans.len() {
            let gap = (spans[at].0 - end) / height;
            if at > 0 && gap >= GAP {
                let numbers = |spans: &[(f32, f32, f32, usize)]| {
                    let mut numbers: Vec<usize> = spans.iter().map(|span| span.3).collect();
                    numbers.sort_unstable();
                    numbers
                };
                cuts.push((gap, numbers(&spans[..at]), numbers(&spans[at..])));
            }
            end = end.max(spans[at].1);
        }
    }
    cuts
}

/// Names of further people: lines left in the note that are a name beyond doubt, or that an email address on the card
/// bears out.
fn other_names(draft: &Draft, text: &str) -> Vec<String> {
    let left: Vec<&str> = draft.note.lines().map(str::trim).collect();
    let mut names = Vec::new();
    for line in text.lines().map(str::trim) {
        let parts = names::split(line);
        let words = parts.full().split(' ').count();
        let plain = line.chars().all(|c| c.is_alphabetic() || " -'’.,".contains(c));
        if !plain || !(2..=4).contains(&words) || parts.given.is_empty() || parts.family.is_empty() {
            continue;
        }
        let family_known = |known: &str| fold(known).contains(&fold(&parts.family));
        let orgs = || draft.roles.iter().map(|role| role.org.as_str());
        if family_known(&draft.name.full) || orgs().any(|org| family_known(org) && !same(org, line)) {
            continue;
        }
        let given = parts.given.split([' ', '-']).next().unwrap_or_default();
        let is_name = names::is_given(given)
            && names::is_family(&parts.family)
            && (left.contains(&line) || orgs().any(|org| same(org, line)));
        let family = fold(&parts.family).replace([' ', '-', '\'', '’'], "");
        let mailed = family.len() > 3
            && names::is_given(given)
            && draft.emails.iter().any(|email| {
                let local = fold(email.value.split('@').next().unwrap_or_default());
                local.replace(['.', '-', '_'], "").contains(&family)
            });
        if is_name || mailed {
            names.push(parts.full());
        }
    }
    names
}
