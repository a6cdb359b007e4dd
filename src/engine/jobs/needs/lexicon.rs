//! The user's own words: pairs in a plain file of the data folder, added and taken out again line by line, so that
//! remarks and lines that cannot be read stay where they are.

use super::super::super::meaning::Encoding;
use super::Desk;
use crate::domain::problem::{Problem, UsageProblem};
use crate::insight::encoder::VERSION;
use crate::insight::lexicon::own::{self, Pair};
use crate::insight::needs::Label;
use crate::insight::vectors::Table;
use crate::protocol::Reply;
use crate::protocol::needs::{EncoderPage, LexiconJob, LexiconPage};
use crate::text::{clean, fold};

/// Answers about the lexicon, and changes the user's part of it.
pub(super) fn answer(desk: &Desk<'_>, job: LexiconJob) -> Result<Reply, Problem> {
    let touched = match job {
        LexiconJob::Status => Vec::new(),
        LexiconJob::Embed => {
            desk.matcher.encoding.read(desk.view.book, desk.cancelled, desk.progress);
            Vec::new()
        }
        LexiconJob::Add(pair) => add(desk, &pair)?,
        LexiconJob::Remove { text } => remove(desk, &text)?,
    };
    Ok(Reply::Lexicon(Box::new(page(desk, touched)?)))
}

fn add(desk: &Desk<'_>, pair: &Pair) -> Result<Vec<Pair>, Problem> {
    let line = clean::line(&pair.write());
    // Read back as the file will be, so that nothing is written that would not be understood.
    let (mut read, _) = own::read(&line);
    let Some(pair) = read.pop() else { return Err(Problem::Usage(UsageProblem::NotAPair { text: line })) };
    desk.matcher.edit_own(|file| {
        let (known, _) = own::read(file);
        if known.iter().any(|other| is_same(other, &pair)) {
            return (None, Vec::new());
        }
        let gap = if file.is_empty() || file.ends_with('\n') { "" } else { "\n" };
        (Some(format!("{file}{gap}{}\n", pair.write())), vec![pair.clone()])
    })
}

fn remove(desk: &Desk<'_>, text: &str) -> Result<Vec<Pair>, Problem> {
    let both = Pair::read(text).ok();
    let side = text.trim().trim_matches(['"', '«', '»', '“', '”', '\u{a0}', ' ']);
    let meant = |pair: &Pair| match &both {
        Some(both) => is_same(pair, both),
        None => fold::same(&pair.a, side) || fold::same(&pair.b, side),
    };
    let gone = desk.matcher.edit_own(|file| {
        let mut gone = Vec::new();
        let kept: String = file
            .split_inclusive('\n')
            .filter(|line| match own::read(line).0.pop().filter(|pair| meant(pair)) {
                Some(pair) => {
                    gone.push(pair);
                    false
                }
                None => true,
            })
            .collect();
        ((!gone.is_empty()).then_some(kept), gone)
    })?;
    if gone.is_empty() {
        return Err(Problem::NoPair { text: text.to_owned() });
    }
    Ok(gone)
}

fn is_same(one: &Pair, other: &Pair) -> bool {
    let same = |a: &str, b: &str| fold::same(a, b);
    same(&one.a, &other.a) && same(&one.b, &other.b) || same(&one.a, &other.b) && same(&one.b, &other.a)
}

fn page(desk: &Desk<'_>, touched: Vec<Pair>) -> Result<LexiconPage, Problem> {
    let lexicon = desk.matcher.lexicon();
    let (own, faults) = desk.matcher.own_words()?;
    let asking = desk.matcher.asking(desk.view.book, desk.keeper);
    let learnt = asking.learnt.lessons().map(|(named, held, lesson)| {
        let label = |concept| Label::of(&lexicon, concept);
        (label(named), label(held), lesson.helped.len(), lesson.refused.len())
    });
    Ok(LexiconPage {
        concepts: lexicon.concepts().len(),
        triggers: lexicon.triggers(),
        vectors: Table::bundled().len(),
        encoder: encoder(desk),
        learnt: learnt.collect(),
        faults: faults.into_iter().map(|(line, _)| line).collect(),
        own,
        touched,
    })
}

fn encoder(desk: &Desk<'_>) -> Option<EncoderPage> {
    let encoding = &desk.matcher.encoding;
    let file = encoding.file()?.to_owned();
    let problem = encoding.sense()?.as_ref().err().cloned();
    let read = encoding.meanings(desk.view.book).1.len();
    Some(EncoderPage { file, version: VERSION, read, cards: Encoding::cards(desk.view.book), problem })
}
