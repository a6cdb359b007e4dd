//! Markets, paths and introductions: questions answered from what is derived of the book, and the changes that rest on
//! the taxonomy.

mod edit;
mod introductions;
mod lens;
mod pages;
mod paths;
mod settle;
mod stats;

use super::super::derived::Keeper;
use super::{Change, View};
use crate::domain::contact::MarketTie;
use crate::domain::id::ContactId;
use crate::domain::problem::Problem;
pub(super) use crate::insight::markets::write as write_file;
use crate::insight::markets::{Link, Reader, Taxonomy};
use crate::protocol::{Job, Reply};
pub(super) use introductions::{answer as answer_introduction, ask as ask_introduction};
use lens::Lens;
pub(super) use lens::{find, known_region, named, region_named};

/// So many people are read by themselves; for more, everybody is placed.
const FEW: usize = 2_000;

/// Answers a question about markets, paths or the network.
pub(super) fn answer(view: &View<'_>, keeper: &Keeper, job: &Job) -> Result<Reply, Problem> {
    let derived = || keeper.of(view.book, view.today);
    match job {
        Job::Inferred { people } => Ok(Reply::Inferred(inferred(view, keeper, people))),
        Job::Markets { region } => {
            let derived = derived();
            Ok(Reply::Markets(Box::new(pages::map(Lens::new(&derived, region.as_deref())?))))
        }
        Job::Market { name, region, limit } => {
            let derived = derived();
            let lens = Lens::new(&derived, region.as_deref())?;
            Ok(Reply::Market(Box::new(pages::page(&lens, name, *limit)?)))
        }
        Job::Path { to, region, limit } => {
            let derived = derived();
            let lens = Lens::new(&derived, region.as_deref())?;
            Ok(Reply::Paths(Box::new(paths::paths(view, &lens, to, *limit)?)))
        }
        Job::Around { who } => {
            let contact = view.who(who)?;
            let derived = derived();
            let lens = Lens::new(&derived, None)?;
            Ok(Reply::Around(Box::new(paths::around(&lens, &contact))))
        }
        Job::Crossings(asked) => {
            let derived = derived();
            let lens = Lens::new(&derived, asked.region.as_deref())?;
            Ok(Reply::Crossing(Box::new(pages::crossing(&lens, asked))))
        }
        Job::Stats => {
            let derived = derived();
            Ok(Reply::Stats(Box::new(stats::stats(&Lens::new(&derived, None)?))))
        }
        // No other job comes here.
        _ => Err(Problem::Cancelled),
    }
}

/// The ties that people's words suggest. A few are read by themselves, at the price of no atlas.
pub(super) fn inferred(view: &View<'_>, keeper: &Keeper, people: &[ContactId]) -> Vec<Vec<MarketTie>> {
    let contacts = people.iter().map(|id| view.book.contact(*id));
    let suggested = |link: &&Link| !link.is_stated();
    if people.len() > FEW {
        let derived = keeper.of(view.book, view.today);
        let ties = contacts.map(|contact| {
            let Some(contact) = contact else { return Vec::new() };
            let links = derived.atlas.links(contact.id).iter().filter(suggested);
            links.map(|link| link.to_tie(derived.taxonomy(), contact, false)).collect()
        });
        return ties.collect();
    }
    let taxonomy = keeper.taxonomy(view.book);
    let mut reader = Reader::new(&taxonomy);
    let ties = contacts.map(|contact| {
        let Some(contact) = contact else { return Vec::new() };
        let links = reader.links(contact);
        links.iter().filter(suggested).map(|link| link.to_tie(&taxonomy, contact, false)).collect()
    });
    ties.collect()
}

/// Prepares a change that must know the markets.
pub(in crate::engine) fn change(view: &View<'_>, taxonomy: &Taxonomy, job: Job) -> Result<Change, Problem> {
    match job {
        Job::SettleMarket { who, market, how, settle } => {
            settle::settle(view, taxonomy, &who, &market, how, settle)
        }
        Job::EditMarket(change) => edit::edit(view, taxonomy, change),
        // No other job comes here.
        _ => Err(Problem::Cancelled),
    }
}

/// Completes the reply to a no with the next way to the same person.
pub(in crate::engine) fn with_next_way(reply: Reply, keeper: &Keeper, view: &View<'_>) -> Reply {
    let Reply::Answered(mut answered) = reply else { return reply };
    if let (false, Some(to)) = (answered.yes, &answered.to)
        && let Some(to) = view.book.by_uid(&to.uid)
    {
        let derived = keeper.of(view.book, view.today);
        answered.next = Lens::new(&derived, None).ok().and_then(|lens| paths::next_way(&lens, to.id));
    }
    Reply::Answered(answered)
}
