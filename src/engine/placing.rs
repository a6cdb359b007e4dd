//! Changes that rest on what is derived of the book: ties to markets, the markets themselves, and introductions.
//!
//! The writer never derives anything itself. Where the markets are not known yet, a reader makes them and hands the job
//! back; where a reply tells of paths, a reader completes it.

use std::sync::Arc;

use super::jobs::{self, View};
use super::writer::Writer;
use super::{Caller, Message, Request};
use crate::domain::id::ContactId;
use crate::domain::problem::Problem;
use crate::protocol::{Job, Reply};

impl Writer {
    /// Settles a tie to a market, or changes the markets or what a need says of one.
    pub(super) fn change_markets(&mut self, job: Job, caller: Caller) {
        let keeper = Arc::clone(&self.context.readers.kept.keeper);
        if let Some(taxonomy) = keeper.known_taxonomy(&self.book) {
            let change = match job {
                Job::AddNeed(_) | Job::EditNeed(_) => jobs::needs::change(&self.view(), &taxonomy, job),
                job => jobs::markets::change(&self.view(), &taxonomy, job),
            };
            let done = change.and_then(|change| self.carry_out(change));
            caller.reply(done);
            return;
        }
        let (book, inbox) = (self.book.clone(), self.context.inbox.clone());
        self.context.readers.spawn(move || {
            keeper.taxonomy(&book);
            let _ = inbox.send(Message::Ask(Request { job, caller }));
        });
    }

    /// Logs a line; which needs the card answers is found out by a reader.
    pub(super) fn capture(&mut self, job: Job, caller: Caller) {
        let done = self.change(job);
        self.tell(done, caller);
    }

    /// Replies to a capture. Where a need waits, a reader says first whether the new people answer it.
    pub(super) fn tell(&self, done: Result<Reply, Problem>, caller: Caller) {
        let new = match &done {
            Ok(Reply::Captured { known: false, .. }) => true,
            Ok(Reply::CardsRead(read)) => !read.known,
            _ => false,
        };
        if !new || !self.book.has_open_need() {
            return caller.reply(done);
        }
        let (snapshot, options) = (self.snapshot(true), self.context.options.clone());
        let kept = self.context.readers.kept.clone();
        self.context.readers.spawn(move || {
            let view = View::new(&snapshot.book, &snapshot.index, &options);
            caller.reply(done.map(|reply| jobs::needs::with_answers(reply, &view, &kept)));
        });
    }

    /// Replies to long work. Where a need waits, a reader says first how many newcomers answer it.
    pub(super) fn tell_import(&self, reply: Reply, newcomers: Vec<ContactId>, caller: Caller) {
        if newcomers.is_empty() {
            return caller.reply(Ok(reply));
        }
        let (snapshot, options) = (self.snapshot(true), self.context.options.clone());
        let kept = self.context.readers.kept.clone();
        self.context.readers.spawn(move || {
            let view = View::new(&snapshot.book, &snapshot.index, &options);
            caller.reply(Ok(jobs::needs::with_answering(reply, &newcomers, &view, &kept)));
        });
    }

    /// Notes an answer; the next way to the same person is looked for by a reader.
    pub(super) fn answer_introduction(&mut self, job: Job, caller: Caller) {
        let reply = match self.change(job) {
            Ok(reply) => reply,
            Err(problem) => return caller.reply(Err(problem)),
        };
        let (snapshot, options) = (self.snapshot(true), self.context.options.clone());
        let keeper = Arc::clone(&self.context.readers.kept.keeper);
        self.context.readers.spawn(move || {
            let view = View::new(&snapshot.book, &snapshot.index, &options);
            caller.reply(Ok(jobs::markets::with_next_way(reply, &keeper, &view)));
        });
    }
}
