//! Changes of needs: each is one step, and undone as one.

use std::sync::Arc;

use super::super::{Change, View};
use super::find_need;
use crate::domain::change::{Deed, Edit, Record};
use crate::domain::id::{InteractionId, NeedId};
use crate::domain::interaction::{Interaction, InteractionKind};
use crate::domain::need::{Candidate, CandidateState, Need, NeedStatus};
use crate::domain::problem::{InputProblem, InputReason, Problem, UsageProblem};
use crate::domain::time::Date;
use crate::insight::markets::Taxonomy;
use crate::protocol::needs::{CloseNeed, EditNeed, MarkCandidate, NewNeed};
use crate::protocol::{Job, Reply};
use crate::text::clean;

/// Longest words of a need, in bytes.
const LONGEST: usize = 10_000;

/// Prepares a change that must know the markets.
pub(in crate::engine) fn change(view: &View<'_>, taxonomy: &Taxonomy, job: Job) -> Result<Change, Problem> {
    match job {
        Job::AddNeed(new) => add(view, taxonomy, new),
        Job::EditNeed(edit) => alter(view, taxonomy, edit),
        // No other job comes here.
        _ => Err(Problem::Cancelled),
    }
}

fn add(view: &View<'_>, taxonomy: &Taxonomy, new: NewNeed) -> Result<Change, Problem> {
    let need = Need {
        id: NeedId(view.mint()),
        words: words(&new.words)?,
        opened: view.now,
        status: NeedStatus::Open,
        market: market(taxonomy, new.market.as_deref().unwrap_or_default())?,
        region: clean::line(new.region.as_deref().unwrap_or_default()),
        deadline: new.deadline,
        candidates: Vec::new(),
    };
    Ok(recorded(Deed::Edit, None, need, Vec::new()))
}

fn alter(view: &View<'_>, taxonomy: &Taxonomy, edit: EditNeed) -> Result<Change, Problem> {
    let before = find_need(view.book, &edit.need)?;
    let mut need = Need::clone(&before);
    if let Some(text) = &edit.words {
        need.words = words(text)?;
    }
    if let Some(name) = &edit.market {
        need.market = market(taxonomy, name)?;
    }
    if let Some(region) = &edit.region {
        need.region = clean::line(region);
    }
    if let Some(deadline) = edit.deadline {
        need.deadline = deadline;
    }
    Ok(recorded(Deed::Edit, Some(before), need, Vec::new()))
}

/// Ends a need, or opens it again. Who helped becomes a candidate who did, and a favour received in the log.
pub(in crate::engine::jobs) fn close(view: &View<'_>, close: &CloseNeed) -> Result<Change, Problem> {
    let before = find_need(view.book, &close.need)?;
    let mut need = Need::clone(&before);
    need.status = close.status;
    let mut more = Vec::new();
    if let Some(who) = &close.thanks_to {
        let contact = view.who(who)?;
        set(&mut need, contact.id, CandidateState::Helped, view.today, None);
        let favour = Interaction {
            id: InteractionId(view.mint()),
            on: view.today,
            kind: InteractionKind::FavourReceived,
            people: vec![contact.id],
            words: need.words.clone(),
            created: view.now,
        };
        more.push(Edit::create(Record::Interaction(Arc::new(favour))));
    }
    Ok(recorded(Deed::Edit, Some(before), need, more))
}

/// Notes what came of somebody who might help.
pub(in crate::engine::jobs) fn mark(view: &View<'_>, mark: &MarkCandidate) -> Result<Change, Problem> {
    let before = find_need(view.book, &mark.need)?;
    let contact = view.who(&mark.who)?;
    let mut need = Need::clone(&before);
    match mark.state {
        Some(state) => {
            let note = mark.note.as_deref().map(clean::line);
            set(&mut need, contact.id, state, mark.on.unwrap_or(view.today), note);
        }
        None => need.candidates.retain(|candidate| candidate.contact != contact.id),
    }
    Ok(recorded(Deed::Edit, Some(before), need, Vec::new()))
}

fn set(
    need: &mut Need,
    contact: crate::domain::id::ContactId,
    state: CandidateState,
    on: Date,
    note: Option<String>,
) {
    match need.candidates.iter_mut().find(|candidate| candidate.contact == contact) {
        Some(known) => {
            if known.state != state {
                (known.state, known.on) = (state, on);
            }
            if let Some(note) = note {
                known.note = note;
            }
        }
        None => {
            need.candidates.push(Candidate { contact, state, on, note: note.unwrap_or_default() });
        }
    }
}

fn words(text: &str) -> Result<String, Problem> {
    if text.len() > LONGEST {
        let reason = InputReason::TooLong { limit: LONGEST as u64 };
        return Err(Problem::BadInput(InputProblem { file: String::new(), line: 0, column: 0, reason }));
    }
    let words = clean::line(text);
    if words.is_empty() { Err(Problem::Usage(UsageProblem::NothingGiven)) } else { Ok(words) }
}

/// The slug of a market that words mean; nothing for none.
fn market(taxonomy: &Taxonomy, words: &str) -> Result<String, Problem> {
    if words.trim().is_empty() {
        return Ok(String::new());
    }
    let ix = super::find(taxonomy, words)?;
    Ok(taxonomy.get(ix).slug.clone())
}

/// The change from a need to its new form, whose reply shows the need.
fn recorded(deed: Deed, before: Option<Arc<Need>>, after: Need, more: Vec<Edit>) -> Change {
    let after = Arc::new(after);
    let record = Record::Need(Arc::clone(&after));
    let mut edits = match before {
        Some(before) if before == after => Vec::new(),
        Some(before) => vec![Edit::replace(Record::Need(before), record.clone())],
        None => vec![Edit::create(record.clone())],
    };
    edits.extend(more);
    let mut change = Change::new(deed, after.words.clone(), edits);
    change.reply =
        Box::new(|step, _| Reply::Recorded { record, known: false, step: step.map(|step| step.id) });
    change
}
