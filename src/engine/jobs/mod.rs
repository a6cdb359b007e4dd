//! What each job does, one file an area: pure functions from the book as it is to the edits that change it, or
//! to the answer. The writer commits the edits; nothing here writes.

mod amount;
pub(super) mod capture;
pub(super) mod card;
mod drawing;
mod duplicates;
pub(super) mod exchange;
mod market_file;
pub(super) mod markets;
pub(super) mod needs;
mod notes;
pub(super) mod people;
pub(super) mod questions;

use std::sync::Arc;

use super::Options;
use super::undo;
use crate::capture as grammar;
use crate::domain::book::Book;
use crate::domain::change::{Deed, Edit, Record, Step};
use crate::domain::contact::{Contact, Language};
use crate::domain::id::ContactId;
use crate::domain::problem::{Brief, Problem};
use crate::domain::time::{Date, Timestamp};
use crate::insight::resolve::{self, Resolved};
use crate::insight::search::Index;
use crate::protocol::{Job, Reply};
use crate::text::fold::fold;

/// People named when several fit.
const NAMED: usize = 10;

/// The book as a job sees it, with the moment.
pub(super) struct View<'a> {
    pub book: &'a Book,
    pub index: &'a Index,
    pub options: &'a Options,
    pub now: Timestamp,
    pub today: Date,
}

/// Words the reply to a change from its step and edits.
type ReplyOf = Box<dyn FnOnce(Option<Step>, &[Edit]) -> Reply + Send>;

/// A change, ready to be committed as one step.
pub(super) struct Change {
    pub deed: Deed,
    /// Whom or what it is about, for the history list.
    pub subject: String,
    /// Empty when everything is as wished already.
    pub edits: Vec<Edit>,
    /// Captures that are taken in by it.
    pub captures: Vec<ContactId>,
    /// Words the reply, once the step is on disk; `None` when no step was needed.
    pub reply: ReplyOf,
}

impl<'a> View<'a> {
    pub(super) fn new(book: &'a Book, index: &'a Index, options: &'a Options) -> Self {
        Self { book, index, options, now: options.clock.now(), today: options.clock.today() }
    }

    /// The one person whom the words mean.
    pub(super) fn who(&self, text: &str) -> Result<Arc<Contact>, Problem> {
        let nobody = || Problem::NobodyFound { who: text.to_owned() };
        match self.resolve(text) {
            Resolved::One(id) => self.book.contact(id).cloned().ok_or_else(nobody),
            Resolved::None => Err(nobody()),
            Resolved::Many(ids) => {
                let people = ids.iter().filter_map(|id| self.book.contact(*id));
                let people = people.take(NAMED).map(|contact| Brief::from(contact.as_ref())).collect();
                Err(Problem::Ambiguous { who: text.to_owned(), people, total: ids.len() })
            }
        }
    }

    /// The one person whom a name in a line means beyond doubt: every word of it is in the person's name, or it is
    /// an address of theirs. A name that fits nobody so, or several people, means none.
    pub(super) fn meant(&self, name: &str) -> Option<Arc<Contact>> {
        let Resolved::One(id) = self.resolve(name) else { return None };
        let contact = self.book.contact(id)?;
        let known = fold(&format!("{} {}", contact.name.full, contact.name.nickname));
        let wanted = fold(name);
        let by_name = wanted.split_whitespace().all(|word| known.split_whitespace().any(|part| part == word));
        let by_uid = contact.uid() == name;
        let by_address = contact.emails.iter().any(|email| fold(&email.value) == wanted)
            || name.bytes().filter(u8::is_ascii_digit).count() >= 7 && !contact.phones.is_empty();
        (by_name || by_uid || by_address).then(|| Arc::clone(contact))
    }

    fn resolve(&self, text: &str) -> Resolved {
        let context = context(self.options, self.options.lang, self.today);
        let query = grammar::query::read(text, &context).query;
        resolve::who(self.book, self.index, text, &query, self.today)
    }

    pub(super) fn context(&self, lang: Language) -> grammar::Context {
        context(self.options, lang, self.today)
    }

    pub(super) fn mint(&self) -> uuid::Uuid {
        self.options.clock.mint()
    }

    /// The edit from a contact to its new form, stamped with the moment; `None` when nothing differs.
    pub(super) fn edit(&self, before: &Arc<Contact>, after: Contact) -> Option<Edit> {
        stamped(
            Edit::replace(Record::Contact(Arc::clone(before)), Record::Contact(Arc::new(after))),
            self.now,
        )
    }
}

/// What the grammar must know to read a line.
pub(super) fn context(options: &Options, lang: Language, today: Date) -> grammar::Context {
    grammar::Context { today, region: options.region.clone(), lang }
}

/// The edit with the moment of change on the contact; `None` when no field differs.
pub(super) fn stamped(mut edit: Edit, now: Timestamp) -> Option<Edit> {
    if edit.before.is_some() && edit.after.is_some() && edit.changed_fields().is_empty() {
        return None;
    }
    if let (Some(_), Some(Record::Contact(after))) = (&edit.before, &mut edit.after) {
        Arc::make_mut(after).updated = now;
    }
    Some(edit)
}

impl Change {
    /// A change whose reply names the people it touched.
    pub(super) fn new(deed: Deed, subject: impl Into<String>, edits: Vec<Edit>) -> Self {
        let reply = |step, edits: &[Edit]| Reply::Changed {
            step,
            people: super::long::people(edits),
            count: edits.len(),
        };
        Self { deed, subject: subject.into(), edits, captures: Vec::new(), reply: Box::new(reply) }
    }
}

/// Prepares the change that a job asks for.
pub(super) fn change(view: &View<'_>, job: Job) -> Result<Change, Problem> {
    match job {
        Job::Edit { who, text, lang } => capture::amend(view, &who, &text, lang),
        Job::Me { text: Some(text), lang } => capture::me(view, &text, lang),
        Job::Log { who, text, on, lang } => notes::log(view, &who, &text, on, lang),
        Job::Apply { deed, subject, edits } => apply(view, deed, subject, edits),
        Job::Archive { who } => people::archive(view, &who),
        Job::Tie { a, b, kind, closeness } => people::tie(view, &a, &b, kind, closeness),
        Job::Merge { keep, other, choices, .. } => duplicates::merge(view, &keep, &other, &choices),
        Job::Refuse { a, b } => duplicates::refuse(view, &a, &b),
        Job::CloseNeed(end) => needs::close(view, &end),
        Job::MarkCandidate(told) => needs::mark(view, &told),
        Job::AskIntroduction(asked) => markets::ask_introduction(view, &asked),
        Job::AnswerIntroduction(answer) => markets::answer_introduction(view, &answer),
        // All others are answered before they come here.
        _ => Err(Problem::Cancelled),
    }
}

/// Edits prepared on a screen, perhaps from a book that has changed since.
fn apply(view: &View<'_>, deed: Deed, subject: String, edits: Vec<Edit>) -> Result<Change, Problem> {
    for edit in &edits {
        if view.book.record(edit.id) != edit.before {
            return Err(conflict(view.book, edit));
        }
    }
    let edits = edits.into_iter().filter_map(|edit| stamped(edit, view.now)).collect();
    Ok(Change::new(deed, subject, edits))
}

/// Says which fields changed since the edit was prepared; the whole record when it came or went.
fn conflict(book: &Book, edit: &Edit) -> Problem {
    let meanwhile = Edit { id: edit.id, before: edit.before.clone(), after: book.record(edit.id) };
    let shown = edit.before.as_ref().or(edit.after.as_ref());
    let subject = shown.map(|record| undo::title(book, record)).unwrap_or_default();
    let fields = meanwhile.changed_fields().into_iter().map(ToOwned::to_owned).collect();
    Problem::Conflict { subject, fields }
}
