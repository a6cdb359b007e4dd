//! Whom a question is about, and the one job that answers it for all of them.

use std::sync::Arc;

use crate::domain::change::{Deed, Edit, Record};
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::protocol::{Job, Reply};
use crate::tui::effect::{Effect, Tag};
use crate::tui::layer::Cx;

/// The tag of the job that answers a question.
pub(super) const SAVE: Tag = 1;

/// The people a question is about. Whoever is gone meanwhile is left out.
#[derive(Clone, Debug)]
pub(super) struct About {
    who: Vec<ContactId>,
    /// The job is on its way; a second Enter would do it twice.
    sending: bool,
}

impl About {
    pub(super) fn new(who: Vec<ContactId>) -> Self {
        Self { who, sending: false }
    }

    pub(super) fn people<'a>(&'a self, cx: &Cx<'a>) -> impl Iterator<Item = &'a Arc<Contact>> {
        let book = &cx.snapshot.book;
        self.who.iter().filter_map(|id| book.contact(*id))
    }

    /// The one person; `None` when there are several.
    pub(super) fn one<'a>(&'a self, cx: &Cx<'a>) -> Option<&'a Arc<Contact>> {
        let mut people = self.people(cx);
        people.next().filter(|_| people.next().is_none())
    }

    /// What stands in the title: a name, or how many.
    pub(super) fn title(&self, cx: &Cx<'_>) -> String {
        match self.one(cx) {
            Some(one) => one.display_name().to_owned(),
            None => cx.t.people_count(self.people(cx).count()),
        }
    }

    /// Their names, when there are several.
    pub(super) fn names(&self, cx: &Cx<'_>) -> Option<String> {
        if self.one(cx).is_some() {
            return None;
        }
        let names: Vec<_> = self.people(cx).take(20).map(|one| one.display_name()).collect();
        Some(names.join(", "))
    }

    /// What the history list calls them: the first name, and how many more. The same in every language.
    pub(super) fn subject(&self, cx: &Cx<'_>) -> String {
        let mut people = self.people(cx);
        let first = people.next().map(|one| one.display_name().to_owned()).unwrap_or_default();
        match people.count() {
            0 => first,
            more => format!("{first} +{more}"),
        }
    }

    /// Changes each of them in one step. Closes at once when nothing would change.
    pub(super) fn change(&mut self, cx: &Cx<'_>, change: impl Fn(&mut Contact)) -> Vec<Effect> {
        let edits: Vec<Edit> = self
            .people(cx)
            .filter_map(|before| {
                let mut after = (**before).clone();
                change(&mut after);
                (after != **before)
                    .then(|| Edit::replace(Record::Contact(before.clone()), Record::Contact(Arc::new(after))))
            })
            .collect();
        if edits.is_empty() {
            return vec![Effect::Close];
        }
        let deed = if self.one(cx).is_some() { Deed::Edit } else { Deed::Batch };
        let subject = self.subject(cx);
        self.send(Job::Apply { deed, subject, edits })
    }

    /// Sends the job, unless one is on its way.
    pub(super) fn send(&mut self, job: Job) -> Vec<Effect> {
        if std::mem::replace(&mut self.sending, true) { Vec::new() } else { vec![Effect::Ask(job, SAVE)] }
    }

    /// Closes once it is done. What could not be done leaves the question open, with what was typed.
    pub(super) fn reply(&mut self, reply: &Reply) -> Vec<Effect> {
        self.sending = false;
        match reply {
            Reply::Failed(_) => Vec::new(),
            _ => vec![Effect::Close],
        }
    }
}
