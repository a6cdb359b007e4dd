//! A shared file of markets, read as market records: see `insight/markets/file.rs` for its form.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use super::super::Options;
use crate::domain::book::Book;
use crate::domain::change::{Edit, Record};
use crate::domain::id::MarketId;
use crate::domain::market::Market;
use crate::domain::problem::{InputProblem, InputReason};
use crate::exchange::MARKETS;
use crate::insight::markets;
use crate::protocol::Imported;
use crate::text::clean;

/// No list of markets is larger.
const LARGEST: u64 = 4_000_000;
/// So much tells what a file is.
const HEAD: u64 = 4_096;

/// Whether a file is one: its first line that is no comment opens a market.
pub(super) fn is_one(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    read.is_ok() && first.is_some_and(|line| line.starts_with("[[market]]"))
}

/// Adds the markets of a file to an import. A market that is there already becomes what the file says.
pub(super) fn add(
    imported: &mut Imported,
    edits: &mut Vec<Edit>,
    book: &mut Book,
    path: &Path,
    options: &Options,
) -> Result<(), InputProblem> {
    let file = path.display().to_string();
    let bad = |line: usize, column: usize, reason| InputProblem {
        file: file.clone(),
        line: line as u64,
        column: column as u64,
        reason,
    };
    let text = text_of(path).map_err(|reason| bad(0, 0, reason))?;
    let known: HashMap<String, Arc<Market>> =
        book.markets().map(|market| (market.slug.clone(), Arc::clone(market))).collect();
    let mut mint =
        |slug: &str| known.get(slug).map_or_else(|| MarketId(options.clock.mint()), |market| market.id);
    let read = markets::read(&text, &mut mint).map_err(|fault| {
        bad(fault.line, fault.column, InputReason::BadMarkets { detail: clean::line(&fault.reason) })
    })?;
    MARKETS.clone_into(&mut imported.format);
    for market in read.into_iter().map(cleaned) {
        let after = Record::Market(Arc::new(market));
        let edit = match book.record(after.id()) {
            Some(before) if before == after => continue,
            Some(before) => Edit::replace(before, after.clone()),
            None => Edit::create(after.clone()),
        };
        book.put(after);
        edits.push(edit);
        imported.others += 1;
    }
    Ok(())
}

fn text_of(path: &Path) -> Result<String, InputReason> {
    let unreadable = |error: std::io::Error| InputReason::Unreadable { detail: error.to_string() };
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() > LARGEST {
        return Err(InputReason::TooLarge { limit: LARGEST });
    }
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|_| InputReason::Binary)
}

/// Nothing that a terminal would obey comes in.
fn cleaned(market: Market) -> Market {
    let line = |text: &str| clean::line(text);
    Market {
        slug: line(&market.slug),
        name_en: line(&market.name_en),
        name_fr: line(&market.name_fr),
        parent: line(&market.parent),
        keywords: market.keywords.iter().map(|word| line(word)).collect(),
        naics: line(&market.naics),
        ..market
    }
}
