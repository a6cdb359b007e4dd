//! The needs as lists and pages.

use std::sync::Arc;

use super::Desk;
use crate::domain::book::Book;
use crate::domain::market::Named;
use crate::domain::need::{Need, NeedStatus};
use crate::domain::problem::Problem;
use crate::insight::agenda::{Listed, NeedNews};
use crate::insight::markets::Regions;
use crate::insight::needs::{Asked, Hit, Standing, dismissed, is_fresh};
use crate::protocol::needs::{Candidacy, NeedLine, NeedPage};
use crate::text::fold::fold;

/// The least letters of an identifier that may name it.
const SHORTEST_PREFIX: usize = 4;
/// So many open needs are named where the words mean none.
const SUGGESTED: usize = 5;
/// Somebody on whom something was said is looked for among so many answers.
const FAR: usize = 1_000;

/// The needs: open ones with their matches, the soonest wanted first; closed ones where asked for, newest first.
pub(super) fn list(desk: &Desk<'_>, closed: bool) -> Vec<NeedLine> {
    let book = desk.view.book;
    let mut lines = Vec::new();
    if book.has_open_need() {
        let matched = desk.matched();
        let standing = matched.standing(desk.keeper, desk.view.today);
        lines.extend(standing.needs().map(|(need, hits)| line(&matched.book, need, &hits)));
    }
    lines.sort_by_key(|line| (line.need.deadline.is_none(), line.need.deadline, line.need.opened));
    if closed {
        let mut rest: Vec<NeedLine> = book
            .needs()
            .filter(|need| need.status != NeedStatus::Open)
            .map(|need| line(book, need, &[]))
            .collect();
        rest.sort_by_key(|line| std::cmp::Reverse(line.need.opened));
        lines.extend(rest);
    }
    lines
}

fn line(book: &Book, need: &Arc<Need>, hits: &[Hit]) -> NeedLine {
    let fresh: Vec<&Hit> = hits.iter().filter(|hit| fresh(book, need, hit)).collect();
    let best = fresh.first().copied().or(hits.first());
    let mut candidates = [0; 4];
    for candidate in &need.candidates {
        candidates[candidate.state as usize] += 1;
    }
    NeedLine {
        need: Arc::clone(need),
        matches: hits.len(),
        fresh: fresh.len(),
        best: best.and_then(|hit| book.contact(hit.contact)).map(|contact| contact.as_ref().into()),
        candidates,
    }
}

fn fresh(book: &Book, need: &Need, hit: &Hit) -> bool {
    book.contact(hit.contact).is_some_and(|contact| is_fresh(need, contact))
}

/// One need with its people.
pub(super) fn page(desk: &Desk<'_>, words: &str, limit: usize, weak: bool) -> Result<NeedPage, Problem> {
    let need = find(desk.view.book, words)?;
    let matched = desk.matched();
    let asked = Asked::of_need(&need, matched.asking.with());
    // Everybody first, so that a candidate's own reasons are known too.
    let mut helpers = desk.helpers(&matched, &asked, limit.saturating_add(FAR), weak, &dismissed(&need))?;
    let candidates = need.candidates.iter().filter_map(|candidate| {
        let person = matched.book.contact(candidate.contact)?.as_ref().into();
        let helper = helpers.people.iter().find(|helper| helper.id == candidate.contact).cloned();
        Some(Candidacy { person, candidate: candidate.clone(), helper })
    });
    let candidates: Vec<Candidacy> = candidates.collect();
    helpers.people.retain(|helper| candidates.iter().all(|other| other.candidate.contact != helper.id));
    let hits: Vec<Hit> = helpers
        .people
        .iter()
        .filter(|helper| helper.strength > crate::insight::needs::Strength::Weak)
        .map(|helper| Hit { contact: helper.id, score: helper.score, strength: helper.strength })
        .collect();
    let line = line(&matched.book, &need, &hits);
    helpers.people.truncate(limit);
    let fresh = helpers
        .people
        .iter()
        .map(|helper| helper.id)
        .filter(|id| matched.book.contact(*id).is_some_and(|contact| is_fresh(&need, contact)));
    let taxonomy = &matched.asking.taxonomy;
    let market = taxonomy.find(&need.market).filter(|_| !need.market.is_empty());
    Ok(NeedPage {
        fresh: fresh.collect(),
        market: market.map(|ix| super::named(taxonomy, ix)),
        region: region(&need),
        line,
        candidates,
        helpers,
    })
}

fn region(need: &Need) -> Option<Named> {
    (!need.region.is_empty()).then(|| {
        let known = Regions::bundled().find(&need.region);
        super::region_named(known.map_or(need.region.as_str(), |region| &region.slug))
    })
}

/// Whether a need is one that was meant.
type Picks<'a> = dyn Fn(&&Arc<Need>) -> bool + 'a;

/// The need that words mean: its identifier, a unique beginning of it, or words of an open one, else of any.
pub(super) fn find(book: &Book, words: &str) -> Result<Arc<Need>, Problem> {
    let words = words.trim();
    let named = |need: &Arc<Need>| (need.id.to_string(), need.words.clone());
    let nothing = || {
        let mut open: Vec<&Arc<Need>> = book.needs().filter(|need| need.status == NeedStatus::Open).collect();
        open.sort_by_key(|need| std::cmp::Reverse((need.opened, need.id)));
        let open = open.into_iter().take(SUGGESTED).map(named).collect();
        Problem::NoNeed { words: words.to_owned(), open }
    };
    if words.is_empty() {
        return Err(nothing());
    }
    let by_id = |need: &&Arc<Need>| {
        words.len() >= SHORTEST_PREFIX && need.id.to_string().starts_with(&words.to_lowercase())
    };
    let wanted = fold(words);
    let same = |need: &&Arc<Need>| fold(&need.words) == wanted;
    let open = |need: &&Arc<Need>| need.status == NeedStatus::Open && fold(&need.words).contains(&wanted);
    let any = |need: &&Arc<Need>| fold(&need.words).contains(&wanted);
    let kinds: [&Picks<'_>; 4] = [&by_id, &same, &open, &any];
    for picks in kinds {
        let found: Vec<&Arc<Need>> = book.needs().filter(|need| picks(need)).collect();
        match found[..] {
            [] => {}
            [one] => return Ok(Arc::clone(one)),
            _ => {
                let needs = found.into_iter().map(named).collect();
                return Err(Problem::ManyNeeds { words: words.to_owned(), needs });
            }
        }
    }
    Err(nothing())
}

/// Needs with fresh matches, the soonest wanted first; nothing where the matches are not known yet.
pub(in crate::engine) fn news(book: &Book, standing: &Standing) -> Listed<NeedNews> {
    let mut news: Vec<NeedNews> = standing
        .needs()
        .filter_map(|(need, hits)| {
            let fresh: Vec<&Hit> = hits.iter().filter(|hit| fresh(book, need, hit)).collect();
            let best = book.contact(fresh.first()?.contact)?.as_ref().into();
            Some(NeedNews {
                need: need.id,
                words: need.words.clone(),
                deadline: need.deadline,
                fresh: fresh.len(),
                best,
            })
        })
        .collect();
    news.sort_by_key(|news| (news.deadline.is_none(), news.deadline, news.need));
    Listed { total: news.len(), items: news }
}
