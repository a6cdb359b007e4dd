//! What happened, what is looked for and what was won: the lines and jobs that make interactions, needs and
//! mandates.

use std::sync::Arc;

use super::{Change, View, amount, capture};
use crate::capture::{Context, line::Reading, log as words, need::Said};
use crate::domain::change::{Deed, Edit, Record, RecordId};
use crate::domain::contact::{Contact, Language};
use crate::domain::id::{InteractionId, MandateId, NeedId};
use crate::domain::interaction::Interaction;
use crate::domain::mandate::{Mandate, MandateStage, Touch, TouchPerson};
use crate::domain::need::{Need, NeedStatus};
use crate::domain::problem::{Problem, UsageProblem};
use crate::domain::time::Date;
use crate::protocol::{Capture, Reply};
use crate::text::{clean, fold};

/// Notes an interaction with a person.
pub(super) fn log(
    view: &View<'_>,
    who: &str,
    text: &str,
    on: Option<Date>,
    lang: Language,
) -> Result<Change, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Usage(UsageProblem::NothingGiven));
    }
    let contact = view.who(who)?;
    let reading = words::read(text, &view.context(lang));
    let entry = Interaction {
        id: InteractionId(view.mint()),
        on: on.or(reading.on).unwrap_or(view.today),
        kind: reading.kind,
        people: vec![contact.id],
        words: reading.words,
        created: view.now,
    };
    let mut change = Change::new(
        Deed::Log,
        contact.display_name(),
        vec![Edit::create(Record::Interaction(Arc::new(entry)))],
    );
    let person = contact.as_ref().into();
    change.reply = Box::new(|step, edits| Reply::Changed { step, people: vec![person], count: edits.len() });
    Ok(change)
}

/// A `log:` line about one person in the book; `None` when nobody, or several people, are named.
pub(super) fn logged(
    view: &View<'_>,
    capture: &Capture,
    reading: &Reading,
    context: &Context,
) -> Option<Change> {
    let (contact, rest) = person_first(view, &reading.words)?;
    let read = words::read(rest, context);
    let entry = Interaction {
        id: InteractionId(capture.id.0),
        on: read.on.unwrap_or(context.today),
        kind: read.kind,
        people: vec![contact.id],
        words: read.words,
        created: capture.at,
    };
    Some(record(capture, Deed::Log, contact.display_name(), Record::Interaction(Arc::new(entry)), Vec::new()))
}

/// The one person whose name, or part of it, begins the words; and the words after the name.
fn person_first<'a>(view: &View<'_>, words: &'a str) -> Option<(Arc<Contact>, &'a str)> {
    let starts: Vec<(usize, &str)> = words
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - words.as_ptr() as usize, word))
        .collect();
    let folded: Vec<String> = starts.iter().map(|(_, word)| fold::fold(bare(word))).collect();
    let mut best: (usize, Vec<&Arc<Contact>>) = (0, Vec::new());
    for contact in view.book.contacts() {
        let name = fold::fold(&contact.name.full);
        let nickname = fold::fold(&contact.name.nickname);
        let is_named = |word: &&String| {
            let parts = name.split_whitespace().chain(nickname.split_whitespace());
            !word.is_empty() && parts.into_iter().any(|part| part == word.as_str())
        };
        let length = folded.iter().take_while(is_named).count();
        if length > best.0 {
            best = (length, vec![contact]);
        } else if length > 0 && length == best.0 {
            best.1.push(contact);
        }
    }
    let (length, people) = best;
    let [person] = people.as_slice() else { return None };
    let rest = starts.get(length).map_or("", |(at, _)| &words[*at..]);
    Some((Arc::clone(person), rest.trim_start_matches([',', ':', '-', '–', '—', ' '])))
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches([',', ':', ';', '.', '"', '«', '»'])
}

/// A line that says what is looked for.
pub(super) fn need(capture: &Capture, reading: &Reading) -> Change {
    let mut said = Said::of(reading);
    if said.words.is_empty() {
        // The leading word alone: nothing of a line is lost.
        said.words = clean::line(&capture.text);
    }
    let need = Need {
        id: NeedId(capture.id.0),
        words: said.words,
        opened: capture.at,
        status: NeedStatus::Open,
        market: said.market,
        region: said.region,
        deadline: said.deadline,
        candidates: Vec::new(),
    };
    let subject = need.words.clone();
    record(capture, Deed::Edit, &subject, Record::Need(Arc::new(need)), Vec::new())
}

/// A line that says what was won, or may be.
pub(super) fn mandate(view: &View<'_>, capture: &Capture, reading: Reading, today: Date) -> Change {
    let draft = reading.draft;
    let client = draft.roles.into_iter().map(|role| role.org).find(|org| !org.is_empty()).unwrap_or_default();
    // A value runs to the next sign, so an amount may have ended in the client's name.
    let (title, in_title) = amount::split(&draft.note);
    let (client, in_client) = if in_title.is_none() { amount::split(&client) } else { (client.into(), None) };
    let mut events = Vec::new();
    let mut origin = Vec::new();
    if let Some(met) = draft.met {
        let event = capture::new_event(view, &met);
        let known = view.book.events().find(|event| fold::same(&event.name, &met.at));
        let event_id = match event.as_ref().map(|edit| edit.id) {
            Some(RecordId::Event(id)) => Some(id),
            _ => known.map(|event| event.id),
        };
        events.extend(event);
        let person = view.meant(&met.via).map_or_else(
            || TouchPerson::Unknown(met.via.trim_start_matches('?').trim_matches('"').to_owned()),
            |person| TouchPerson::Known(person.id),
        );
        origin.push(Touch {
            person,
            event: event_id,
            channel: None,
            pull: None,
            on: met.on,
            note: String::new(),
        });
    }
    let mandate = Mandate {
        id: MandateId(capture.id.0),
        title: if title.is_empty() { reading.words.clone() } else { title },
        client,
        market: draft.markets.into_iter().next().map(|tie| tie.market).unwrap_or_default(),
        region: draft.region.or_else(|| draft.towns.into_iter().next()).unwrap_or_default(),
        amount: in_title.or(in_client),
        stage: MandateStage::Lead,
        opened: Some(today),
        closed: None,
        origin,
        circle: Vec::new(),
        // The fields above are a reading of the line; the line itself is what the user said.
        note: reading.words,
    };
    let subject = mandate.title.clone();
    record(capture, Deed::Edit, &subject, Record::Mandate(Arc::new(mandate)), events)
}

/// The change that takes a line in as one record that is no person.
fn record(capture: &Capture, deed: Deed, subject: &str, record: Record, others: Vec<Edit>) -> Change {
    let mut edits = vec![Edit::create(record.clone())];
    edits.extend(others);
    Change {
        deed,
        subject: subject.to_owned(),
        edits,
        captures: vec![capture.id],
        reply: Box::new(|step, _| Reply::Recorded { record, known: false, step: step.map(|step| step.id) }),
    }
}
