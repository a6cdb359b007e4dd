//! One paste, several cards: only where each part has its own name and its own means of contact.

use std::ops::Range;

use super::super::Context;
use super::names::{self, Evidence};
use super::sheet::Sheet;
use super::{emails, phones};
use crate::text::fold::fold;

/// What a paragraph has of its own.
struct Paragraph {
    rows: Range<usize>,
    named: bool,
    reachable: bool,
}

/// Rows of each card, in order; empty for one card.
pub(super) fn cards(sheet: &Sheet, ctx: &Context) -> Vec<Range<usize>> {
    let paragraphs = paragraphs(sheet, ctx);
    let own = paragraphs.iter().filter(|part| part.named && part.reachable).count();
    if own < 2 {
        return people_without_gaps(sheet).unwrap_or_default();
    }
    // Organisation first, then its person: nameless paragraphs belong to the name that follows.
    let heads_first = !paragraphs[0].named;
    let mut cards: Vec<(Range<usize>, bool, bool)> = Vec::new();
    for part in &paragraphs {
        let joins = match cards.last() {
            None => false,
            Some((_, named, reachable)) if heads_first => {
                !(*named && *reachable) || part.reachable && !part.named
            }
            Some((_, named, reachable)) => {
                !part.named || !(*named && *reachable) || !part.reachable && part.rows.len() == 1
            }
        };
        match cards.last_mut().filter(|_| joins) {
            Some((rows, named, reachable)) => {
                rows.end = part.rows.end;
                *named |= part.named;
                *reachable |= part.reachable;
            }
            None => cards.push((part.rows.clone(), part.named, part.reachable)),
        }
    }
    let complete = cards.iter().all(|(_, named, reachable)| *named && *reachable);
    if complete && cards.len() > 1 { cards.into_iter().map(|(rows, ..)| rows).collect() } else { Vec::new() }
}

fn paragraphs(sheet: &Sheet, ctx: &Context) -> Vec<Paragraph> {
    let mut starts: Vec<usize> =
        (0..sheet.rows.len()).filter(|row| *row == 0 || sheet.rows[*row].gap).collect();
    starts.push(sheet.rows.len());
    starts.windows(2).map(|pair| paragraph(sheet, pair[0]..pair[1], ctx)).collect()
}

fn paragraph(sheet: &Sheet, rows: Range<usize>, ctx: &Context) -> Paragraph {
    let mut part = sheet.part(rows.clone());
    let emails = emails::emails(&mut part);
    emails::urls(&mut part);
    let numbers = phones::take(&mut part, ctx);
    let locals = emails.iter().filter_map(|email| email.value.split('@').next()).map(fold).collect();
    let evidence = Evidence { locals, ..Evidence::default() };
    let named = names::candidates(&part, &evidence).first().is_some_and(|best| best.score >= 3.0);
    Paragraph { rows, named, reachable: !emails.is_empty() || !numbers.is_empty() }
}

/// Several people one under the other without an empty line between: each name agrees with an email of its own.
fn people_without_gaps(sheet: &Sheet) -> Option<Vec<Range<usize>>> {
    let mut bare = sheet.clone();
    let emails = emails::emails(&mut bare);
    if emails.len() < 2 {
        return None;
    }
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (index, email) in emails.iter().enumerate() {
        let local = fold(email.value.split('@').next().unwrap_or_default());
        let evidence = Evidence { locals: vec![local.clone()], ..Evidence::default() };
        let mut own: Vec<_> = names::candidates(&bare, &evidence)
            .into_iter()
            .filter(|name| {
                let words = names::words_of(&name.full);
                words.len() > 1 && names::mailed(&words, &evidence.locals) >= 3.0 && name.score >= 5.0
            })
            .collect();
        own.sort_by_key(|name| name.places[0].0.abs_diff(email.row));
        let start = own.first()?.places[0].0;
        if start > email.row || starts.iter().any(|(row, _)| *row == start) {
            return None;
        }
        starts.push((start, index));
    }
    starts.sort_unstable();
    let mut rows: Vec<Range<usize>> = Vec::new();
    for (at, (start, _)) in starts.iter().enumerate() {
        let from = if at == 0 { 0 } else { *start };
        let to = starts.get(at + 1).map_or(sheet.rows.len(), |(next, _)| *next);
        rows.push(from..to);
    }
    (rows.len() > 1).then_some(rows)
}
