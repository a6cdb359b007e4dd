//! Hats of a line with signs: which free words are the name, which the title of which organisation.
//!
//! Before the first `@`, everything after the name's comma is one title, credentials apart. After an organisation a
//! comma or `;` starts another hat, and `;` always separates.

use std::ops::Range;

use super::super::ChipKind;
use super::super::draft::role;
use super::super::lex::Kind;
use super::names::{self, Certainty, FreeWord, Hints};
use super::read::{Item, Mode, Reader};
use crate::text::words;

/// A title that waits for its organisation, and whether it is no longer borne where the line says so.
type Waiting = Option<(String, Option<bool>)>;

impl Reader<'_> {
    pub(super) fn hats(&mut self, items: &[Item]) {
        let mut waiting: Waiting = None;
        // The hat whose organisation stands already, for `@Organisation title:…`.
        let mut open: Option<usize> = None;
        let mut head = true;
        let mut named = !self.draft.name.full.is_empty() || self.mode == Mode::Amend;
        for (index, item) in items.iter().enumerate() {
            let before_org = matches!(items.get(index + 1), Some(Item::Org(_)));
            match item {
                Item::Other => {}
                Item::Title(title, former) => match open {
                    Some(hat) if self.draft.roles[hat].title.is_empty() => {
                        let org = std::mem::take(&mut self.draft.roles[hat].org);
                        self.draft.roles[hat] = role(title, &org, *former);
                    }
                    _ => {
                        self.put_on(&mut waiting);
                        waiting = Some((title.clone(), *former));
                    }
                },
                Item::Org(org) => {
                    let (title, former) = waiting.take().unwrap_or_default();
                    self.draft.roles.push(role(&title, org, former));
                    open = Some(self.draft.roles.len() - 1);
                    head = false;
                }
                Item::Run(run) => {
                    let separated = self.tokens[run.clone()]
                        .iter()
                        .any(|token| matches!(token.kind, Kind::Comma | Kind::Semicolon));
                    if separated {
                        open = None;
                    }
                    let has_org_ahead = items[index..].iter().any(|item| matches!(item, Item::Org(_)));
                    if head && has_org_ahead && waiting.is_none() {
                        waiting = self.head(run, &mut named, before_org);
                    } else if head && !named {
                        named = self.name_only(run);
                    } else {
                        let starts_hat = index > 0 && matches!(items[index - 1], Item::Org(_)) && separated;
                        if separated {
                            self.put_on(&mut waiting);
                        }
                        self.later(run, starts_hat, before_org && waiting.is_none(), &mut waiting);
                    }
                }
            }
        }
        self.put_on(&mut waiting);
    }

    /// A title without an organisation is a hat of its own.
    fn put_on(&mut self, waiting: &mut Waiting) {
        if let Some((title, former)) = waiting.take() {
            let hat = role(&title, "", former);
            if !hat.title.is_empty() {
                self.draft.roles.push(hat);
            }
        }
    }

    /// Free words before the first organisation: name, credentials, one title.
    fn head(&mut self, run: &Range<usize>, named: &mut bool, before_org: bool) -> Waiting {
        let sections = self.split(run, &[Kind::Semicolon]);
        let mut waiting = None;
        let last = sections.len().saturating_sub(1);
        for (index, section) in sections.into_iter().enumerate() {
            self.put_on(&mut waiting);
            let mut pieces = self.split(&section, &[Kind::Comma, Kind::Dash]);
            if pieces.is_empty() {
                continue;
            }
            if self.mode == Mode::Amend && pieces.len() > 1 && self.is_person(&pieces[0]) {
                // Whom the words are about; a name changes by its key only.
                pieces.remove(0);
            } else if !*named {
                let comma = pieces.len() > 1;
                let rest = self.name_piece(&pieces[0], comma);
                *named = !self.draft.name.full.is_empty();
                match rest {
                    Some(rest) => pieces[0] = rest,
                    None => {
                        pieces.remove(0);
                    }
                }
            }
            waiting = self.one_title(&pieces, index == last && before_org);
        }
        waiting
    }

    /// The name in the first piece; what is left of the piece, if anything can be a title.
    fn name_piece(&mut self, piece: &Range<usize>, comma: bool) -> Option<Range<usize>> {
        let words = self.words(piece);
        let hints = Hints::new(&self.draft.emails, &self.draft.urls);
        let found = names::find(&words, &hints);
        let title_first = words.first().is_some_and(|word| word.is_title() && !word.is_capital())
            && found.as_ref().is_none_or(|found| found.certainty == Certainty::Weak);
        if title_first || words.is_empty() {
            return Some(piece.clone());
        }
        let range = match found {
            // A comma ends the name: all before it is the name, words that lead to it apart.
            Some(found) if comma => found.range.start..words.len(),
            Some(found) => found.range,
            None => 0..words.len(),
        };
        let tokens = words[range.start].token..words[range.end - 1].token + 1;
        self.claim_name(&tokens);
        (range.end < words.len()).then(|| words[range.end].token..piece.end)
    }

    /// Takes tokens as the name, with capitals if it was typed without any.
    pub(super) fn claim_name(&mut self, tokens: &Range<usize>) {
        let literal = tokens.len() == 1 && matches!(self.tokens[tokens.start].kind, Kind::Quoted(_));
        let typed = self.slice(tokens);
        let full = if literal {
            typed
        } else {
            crate::text::names::capitalised(typed.trim_end_matches(['.', '!', '?']).trim_end())
        };
        let full = if typed_initial(&full, self.raw(&self.tokens[tokens.end - 1])) {
            format!("{full}.")
        } else {
            full
        };
        self.claim(tokens.clone(), ChipKind::Name, full.clone());
        self.set_name(&full);
    }

    /// Pieces after the name: credentials apart, all the rest is one title.
    fn one_title(&mut self, pieces: &[Range<usize>], adjacent: bool) -> Waiting {
        let mut title: Option<Range<usize>> = None;
        for piece in pieces {
            let text = self.slice(piece);
            if title.is_none() && crate::text::names::is_credential(&text) {
                self.claim(piece.clone(), ChipKind::Credential, text.clone());
                self.draft.name.credentials.push(text);
            } else {
                title = Some(title.map_or(piece.clone(), |title| title.start..piece.end));
            }
        }
        let title = title?;
        let words = self.words(&title);
        // Far from an organisation a whole sentence is a remark.
        if !adjacent
            && words.first().is_some_and(|word| words::REMARKS.has(&word.folded))
            && !words.iter().take(3).any(FreeWord::is_title)
        {
            return None;
        }
        let text = self.slice(&title);
        self.claim(title, ChipKind::Title, text.clone());
        Some((text, None))
    }

    /// Free words after the first organisation: the next hat's title, hats without organisation, remarks.
    fn later(&mut self, run: &Range<usize>, starts_hat: bool, before_org: bool, waiting: &mut Waiting) {
        let pieces = self.split(run, &[Kind::Comma, Kind::Semicolon]);
        let last = pieces.len().saturating_sub(1);
        for (index, piece) in pieces.iter().enumerate() {
            let words = self.words(piece);
            if words.is_empty() {
                continue;
            }
            let text = self.slice(piece);
            if index == last && before_org {
                if words.len() <= 10 {
                    self.claim(piece.clone(), ChipKind::Title, text.clone());
                    *waiting = Some((text, None));
                }
            } else if starts_hat && is_hat(&words) {
                self.claim(piece.clone(), ChipKind::Title, text.clone());
                self.draft.roles.push(role(&text, "", None));
            }
        }
    }

    /// A line with titles by key but no organisation: the free words before may hold the name.
    fn name_only(&mut self, run: &Range<usize>) -> bool {
        let pieces = self.split(run, &[Kind::Comma, Kind::Semicolon, Kind::Dash]);
        let Some(first) = pieces.first() else { return false };
        if self.name_piece(first, true).is_some() {
            return false;
        }
        for piece in &pieces[1..] {
            let text = self.slice(piece);
            if crate::text::names::is_credential(&text) {
                self.claim(piece.clone(), ChipKind::Credential, text.clone());
                self.draft.name.credentials.push(text);
            }
        }
        true
    }

    fn is_person(&self, piece: &Range<usize>) -> bool {
        let words = self.words(piece);
        names::find(&words, &Hints::default())
            .is_some_and(|found| found.certainty == Certainty::Strong && found.range == (0..words.len()))
    }

    /// Parts of a run between separators of the given kinds, without separators at their ends.
    pub(super) fn split(&self, run: &Range<usize>, at: &[Kind]) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = run.start;
        for token in run.clone().chain([run.end]) {
            let cut = token == run.end || at.contains(&self.tokens[token].kind) || self.claimed[token];
            if !cut {
                continue;
            }
            let mut piece = start..token;
            while !piece.is_empty() && self.tokens[piece.start].is_separator() {
                piece.start += 1;
            }
            while !piece.is_empty() && self.is_loose(&piece) {
                piece.end -= 1;
            }
            if !piece.is_empty() {
                pieces.push(piece);
            }
            start = token + 1;
        }
        pieces
    }

    /// Whether the last token of a piece only separates; a bracket that closes one opened inside does not.
    fn is_loose(&self, piece: &Range<usize>) -> bool {
        let last = &self.tokens[piece.end - 1];
        let opened = self.tokens[piece.clone()].iter().any(|token| token.kind == Kind::Open);
        last.is_separator() && !(last.kind == Kind::Close && opened)
    }

    /// The words of a piece.
    pub(super) fn words(&self, piece: &Range<usize>) -> Vec<FreeWord> {
        piece
            .clone()
            .filter(|token| self.tokens[*token].is_text() && !self.claimed[*token])
            .map(|token| FreeWord::new(token, &self.slice(&(token..token + 1))))
            .collect()
    }
}

/// Whether a final dot belongs to an initial (`Martin L.`), and was cut off with the sentence's.
fn typed_initial(full: &str, last: &str) -> bool {
    last.ends_with('.')
        && full.rsplit(' ').next().is_some_and(|word| word.chars().count() <= 2)
        && full.contains(' ')
}

/// Whether words after an organisation's comma are a hat rather than a remark.
fn is_hat(words: &[FreeWord]) -> bool {
    let remark = words.first().is_some_and(|word| words::REMARKS.has(&word.folded));
    let title = words.iter().take(3).any(FreeWord::is_title);
    let plain = words.len() <= 4 && words.iter().all(|word| !word.raw.contains(|c: char| c.is_ascii_digit()));
    !remark && (title || plain) || title && words.first().is_some_and(FreeWord::is_title)
}
