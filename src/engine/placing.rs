//! Changes that rest on what is derived of the book: ties to markets, the markets themselves, and introductions.
//!
//! The writer never derives anything itself. Where the markets are not known yet, a reader makes them and hands the job
//! back; where a reply tells of paths, a reader completes it.

use std::sync::Arc;

use super::jobs::{self, View};
use super::writer::Writer;
use super::{Caller, Message, Request};
use crate::protocol::Job;

impl Writer {
    /// Settles a tie to a market, or changes the markets.
    pub(super) fn change_markets(&mut self, job: Job, caller: Caller) {
        let keeper = Arc::clone(&self.context.readers.keeper);
        if let Some(taxonomy) = keeper.known_taxonomy(&self.book) {
            let change = jobs::markets::change(&self.view(), &taxonomy, job);
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

    /// Notes an answer; the next way to the same person is looked for by a reader.
    pub(super) fn answer_introduction(&mut self, job: Job, caller: Caller) {
        let reply = match self.change(job) {
            Ok(reply) => reply,
            Err(problem) => return caller.reply(Err(problem)),
        };
        let (snapshot, options) = (self.snapshot(true), self.context.options.clone());
        let keeper = Arc::clone(&self.context.readers.keeper);
        self.context.readers.spawn(move || {
            let view = View::new(&snapshot.book, &snapshot.index, &options);
            caller.reply(Ok(jobs::markets::with_next_way(reply, &keeper, &view)));
        });
    }
}
