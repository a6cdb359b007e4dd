//! Introductions that were asked for, and their answers.

use std::sync::Arc;

use jiff::ToSpan as _;

use super::super::people::new_tie;
use super::super::{Change, View};
use crate::domain::change::{Deed, Edit, Record};
use crate::domain::contact::{Contact, Met, MetHow};
use crate::domain::id::{ContactId, InteractionId};
use crate::domain::interaction::{Interaction, InteractionKind};
use crate::domain::problem::{Brief, Problem, UsageProblem};
use crate::domain::tie::TieKind;
use crate::domain::time::{Date, PartialDate};
use crate::insight::introductions;
use crate::protocol::Reply;
use crate::protocol::paths::{AnswerIntroduction, Answered, AskIntroduction};
use crate::text::clean;

/// Days after which a request is come back to, unless another day is named.
const PATIENCE: i64 = 14;

/// Logs a request with the one who was asked and the one to be met, and sets a follow-up.
pub(in crate::engine) fn ask(view: &View<'_>, asked: &AskIntroduction) -> Result<Change, Problem> {
    let (via, to) = two(view, &asked.via, asked.to.as_deref())?;
    let people: Vec<ContactId> = std::iter::once(via.id).chain(to.as_ref().map(|to| to.id)).collect();
    let mut edits = vec![entry(view, InteractionKind::IntroductionAsked, people, &asked.words)];
    let on = asked.next.unwrap_or_else(|| follow_up(view.today));
    // A follow-up that comes sooner stays.
    if via.next.is_none_or(|own| own < view.today || own > on) {
        let mut after = Contact::clone(&via);
        after.next = Some(on);
        edits.extend(view.edit(&via, after));
    }
    let mut change = Change::new(Deed::Log, subject(&via, to.as_deref()), edits);
    let people = std::iter::once(&via).chain(&to).map(|contact| Brief::from(contact.as_ref())).collect();
    change.reply = Box::new(|step, edits| Reply::Changed { step, people, count: edits.len() });
    Ok(change)
}

/// Notes the answer. With a yes the introduction is logged, the two are tied, and the one who was met gets to know through whom;
/// the reply to a no is completed with the next way by whoever knows the network.
pub(in crate::engine) fn answer(view: &View<'_>, answer: &AnswerIntroduction) -> Result<Change, Problem> {
    let (via, to) = two(view, &answer.via, answer.to.as_deref())?;
    let people: Vec<ContactId> = std::iter::once(via.id).chain(to.as_ref().map(|to| to.id)).collect();
    let kind = if answer.yes { InteractionKind::IntroductionMade } else { InteractionKind::Note };
    let mut edits = vec![entry(view, kind, people, &answer.words)];
    let request = introductions::request(view.book, via.id, to.as_ref().map(|to| to.id));
    // The follow-up was set for this answer, which has come.
    if request.is_some_and(|request| via.next == Some(follow_up(request.on))) {
        let mut after = Contact::clone(&via);
        after.next = None;
        edits.extend(view.edit(&via, after));
    }
    if let (true, Some(to)) = (answer.yes, &to) {
        if let Some(mut tie) = new_tie(view, &via, to, TieKind::Introduced) {
            if let Some(Record::Tie(tie)) = &mut tie.after {
                Arc::make_mut(tie).closeness = answer.closeness;
            }
            edits.push(tie);
        }
        edits.extend(met_through(view, to, &via));
    }
    let mut change = Change::new(Deed::Log, subject(&via, to.as_deref()), edits);
    let (yes, via, to) = (answer.yes, Brief::from(via.as_ref()), to.map(|to| Brief::from(to.as_ref())));
    change.reply =
        Box::new(move |step, _| Reply::Answered(Box::new(Answered { step, via, to, yes, next: None })));
    Ok(change)
}

/// The one who was met keeps through whom, unless the card says so already.
fn met_through(view: &View<'_>, to: &Arc<Contact>, via: &Contact) -> Option<Edit> {
    let mut after = Contact::clone(to);
    match &mut after.met {
        Some(met) if met.via.is_empty() => met.via = via.uid(),
        Some(_) => return None,
        None => {
            after.met = Some(Met {
                on: Some(PartialDate::Day(view.today)),
                how: Some(MetHow::Introduced),
                via: via.uid(),
                ..Met::default()
            });
        }
    }
    view.edit(to, after)
}

fn two(
    view: &View<'_>,
    via: &str,
    to: Option<&str>,
) -> Result<(Arc<Contact>, Option<Arc<Contact>>), Problem> {
    let via = view.who(via)?;
    let to = to.map(|to| view.who(to)).transpose()?;
    if to.as_ref().is_some_and(|to| to.id == via.id) {
        return Err(Problem::Usage(UsageProblem::SamePerson));
    }
    Ok((via, to))
}

fn entry(view: &View<'_>, kind: InteractionKind, people: Vec<ContactId>, words: &str) -> Edit {
    Edit::create(Record::Interaction(Arc::new(Interaction {
        id: InteractionId(view.mint()),
        on: view.today,
        kind,
        people,
        words: clean::block(words),
        created: view.now,
    })))
}

fn follow_up(from: Date) -> Date {
    from.saturating_add(PATIENCE.days())
}

fn subject(via: &Contact, to: Option<&Contact>) -> String {
    match to {
        Some(to) => format!("{}, {}", via.display_name(), to.display_name()),
        None => via.display_name().to_owned(),
    }
}
