//! Lines jotted without `@`: `Gordon Pratt - branch manager - Eastman Lumber - 450 555-0171`.
//!
//! Emails, phones, tags and dates are out already. What is left is cut at ` - `, ` | `, commas and brackets; one piece
//! gives the name; the others are titles, organisations or towns where word lists, prepositions, the email's domain
//! or their place say so. Anything unsure goes to the note, never to a field.

use std::ops::Range;

use super::super::ChipKind;
use super::super::draft::role;
use super::super::lex::Kind;
use super::names::{self, Certainty, Found, FreeWord, Hints};
use super::read::{Item, Reader};
use crate::text::{words, words::squeezed};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Org,
    Title,
    Place,
    Credential,
    Remark,
    Unknown,
}

/// A piece between separators.
#[derive(Clone, Debug)]
struct Piece {
    tokens: Range<usize>,
    class: Class,
    /// The sign before it, if any.
    before: Option<Kind>,
    /// It begins in lower case.
    lower: bool,
    /// A preposition says what it is.
    sure: bool,
}

const CUTS: &[Kind] = &[Kind::Comma, Kind::Semicolon, Kind::Dash, Kind::Open, Kind::Close];

impl Reader<'_> {
    pub(super) fn jotted(&mut self, items: &[Item]) {
        let hints = Hints::new(&self.draft.emails, &self.draft.urls);
        let mut pieces = Vec::new();
        for item in items {
            if let Item::Run(run) = item {
                for tokens in self.split(run, CUTS) {
                    let before = tokens.start.checked_sub(1).map(|before| self.tokens[before].kind.clone());
                    let first_lower = self.words(&tokens).first().is_some_and(|word| !word.is_capital());
                    pieces.push(Piece {
                        tokens,
                        class: Class::Unknown,
                        before: before.filter(|kind| CUTS.contains(kind)),
                        lower: first_lower,
                        sure: false,
                    });
                }
            }
        }
        let lower = self.take_name(&mut pieces, &hints);
        let mut parts = Vec::new();
        for piece in pieces {
            self.part(piece, &hints, &mut parts);
        }
        if !lower {
            join_titles(&mut parts);
        }
        self.share_out(&parts, lower);
    }

    /// Finds and takes the name; what stands around it in its piece goes back to the pieces. Whether the name was
    /// typed without capitals.
    fn take_name(&mut self, pieces: &mut Vec<Piece>, hints: &Hints) -> bool {
        if !self.draft.name.full.is_empty() || pieces.is_empty() {
            return false;
        }
        let candidates: Vec<Option<Found>> =
            pieces.iter().map(|piece| self.candidate(piece, hints)).collect();
        let best = |certainty: Certainty| {
            candidates
                .iter()
                .position(|found| found.as_ref().is_some_and(|found| found.certainty == certainty))
        };
        let weak = || {
            // A single unknown word is a name only where the line has little else.
            let alone = pieces.len() == 1 || candidates[0].is_some();
            candidates.first().and_then(Option::as_ref).filter(|_| alone).map(|_| 0)
        };
        let Some(index) = best(Certainty::Strong).or_else(|| best(Certainty::Fair)).or_else(weak) else {
            return false;
        };
        let Some(found) = candidates[index].clone() else { return false };
        let piece = pieces[index].clone();
        let words = self.words(&piece.tokens);
        let family_first = self.family_first(pieces, index);
        if let Some(family) = family_first {
            let tokens = pieces[family].tokens.clone();
            let full = format!("{} {}", self.slice(&piece.tokens), self.slice(&tokens));
            let full = crate::text::names::capitalised(&full);
            self.claim(tokens.start..piece.tokens.end, ChipKind::Name, full.clone());
            self.set_name(&full);
            pieces.drain(family..=index);
            return false;
        }
        let tokens = words[found.range.start].token..words[found.range.end - 1].token + 1;
        let lower = !words[found.range.clone()].iter().any(FreeWord::is_capital);
        self.claim_name(&tokens);
        let mut around = Vec::new();
        if found.range.start > 0 {
            let tokens = piece.tokens.start..tokens.start;
            around.push(Piece {
                tokens,
                class: Class::Remark,
                before: piece.before.clone(),
                lower: true,
                sure: false,
            });
        }
        if found.range.end < words.len() {
            around.push(Piece {
                tokens: tokens.end..piece.tokens.end,
                class: Class::Unknown,
                before: None,
                lower: true,
                sure: false,
            });
        }
        pieces.splice(index..=index, around);
        lower
    }

    /// The name in a piece, unless the piece is plainly something else.
    fn candidate(&self, piece: &Piece, hints: &Hints) -> Option<Found> {
        let words = self.words(&piece.tokens);
        if words.is_empty() || crate::text::names::is_credential(&self.slice(&piece.tokens)) {
            return None;
        }
        let found = names::find(&words, hints)?;
        let whole = self.class(&words, hints);
        let certain = found.certainty == Certainty::Strong;
        let other = matches!(whole, Class::Org | Class::Title | Class::Place | Class::Remark);
        let legal = words.last().is_some_and(|word| words::LEGAL.has(&squeezed(&word.raw)));
        // `Garage Gélinas inc.` is no person, nor is `Desjardins`; `Sophie Roy Garage Gélinas` begins with one.
        // `Ngozi Okafor illustratrice …` begins with a name, whatever follows.
        let trade_follows = found.range.start == 0
            && found.range.len() > 1
            && words[found.range.clone()]
                .iter()
                .all(|word| word.is_capital() && !word.is_org() && !word.is_title())
            && words.get(found.range.end).is_some_and(|next| next.is_title() && !next.is_capital());
        if other && !certain && !trade_follows || certain && legal && found.range == (0..words.len()) {
            return None;
        }
        // A domain that is just the words names a firm: `Novaphase` of novaphase.ca.
        if found.certainty < Certainty::Strong && hints.is_org(&words) {
            return None;
        }
        Some(found)
    }

    /// `Tremblay, Réjean`: the piece with the family name, right before the given name at `index`.
    fn family_first(&self, pieces: &[Piece], index: usize) -> Option<usize> {
        let family = index.checked_sub(1)?;
        let given = self.words(&pieces[index].tokens);
        let name = self.words(&pieces[family].tokens);
        let fits = pieces[index].before == Some(Kind::Comma)
            && given.len() <= 2
            && given.iter().all(|word| crate::text::names::is_given(&word.raw))
            && name.len() == 1
            && !crate::text::names::is_given(&name[0].raw)
            && !name[0].is_org()
            && (crate::text::names::is_family(&name[0].raw) || family == 0 && name[0].is_capital());
        fits.then_some(family)
    }

    /// Cuts a piece at prepositions and where a title turns into an organisation, and classes its parts.
    fn part(&self, piece: Piece, hints: &Hints, parts: &mut Vec<Piece>) {
        let words = self.words(&piece.tokens);
        if words.is_empty() {
            return;
        }
        if piece.class != Class::Unknown {
            parts.push(piece);
            return;
        }
        let after_name =
            piece.before.is_none() && piece.tokens.start > 0 && self.claimed[piece.tokens.start - 1];
        if let Some((left, right)) = self.at_preposition(&words, hints, after_name) {
            let cut =
                |range: Range<usize>| words[range.start].token..range_end(&words, range.end, &piece.tokens);
            if left > 0 {
                self.part(Piece { tokens: words[0].token..words[left].token, ..piece.clone() }, hints, parts);
            }
            // The preposition itself belongs to the chip of the organisation.
            let end = right + self.org_end(&words[right..]);
            let tokens = words[left].token..range_end(&words, end, &piece.tokens);
            parts.push(Piece { tokens, class: Class::Org, before: None, lower: true, sure: true });
            if end < words.len() {
                parts.push(Piece {
                    tokens: cut(end..words.len()),
                    class: Class::Remark,
                    before: None,
                    lower: true,
                    sure: false,
                });
            }
            return;
        }
        let class = self.class(&words, hints);
        if class == Class::Title
            && let Some(cut) = self.title_end(&words, hints)
        {
            let tokens = words[0].token..words[cut].token;
            parts.push(Piece {
                tokens,
                class: Class::Title,
                before: piece.before,
                lower: piece.lower,
                sure: false,
            });
            let tokens = words[cut].token..piece.tokens.end;
            parts.push(Piece { tokens, class: Class::Org, before: None, lower: true, sure: false });
            return;
        }
        let end = if class == Class::Org || after_name { self.org_end(&words) } else { words.len() };
        if end < words.len() && end > 0 {
            let tokens = words[end].token..piece.tokens.end;
            self.part(Piece { tokens: words[0].token..words[end].token, ..piece }, hints, parts);
            parts.push(Piece { tokens, class: Class::Remark, before: None, lower: true, sure: false });
            return;
        }
        parts.push(Piece { class, ..piece });
    }

    /// The preposition that leads to an organisation, and the word where the organisation begins.
    fn at_preposition(&self, words: &[FreeWord], hints: &Hints, after_name: bool) -> Option<(usize, usize)> {
        let occasion = |from: usize| {
            words[from..].iter().take(5).any(|word| words::OCCASIONS.has(&word.folded))
                || matches!(words[from].folded.as_str(), "the" | "a" | "an")
        };
        let remark = !after_name
            && words
                .first()
                .is_some_and(|word| words::REMARKS.has(&word.folded) || words::LEADS.has(&word.folded));
        for (index, word) in words.iter().enumerate() {
            let mut right = index + 1;
            if right >= words.len() {
                return None;
            }
            if word.leads_to_org() && !(word.folded == "pour" && !after_name) {
                let sure = word.folded != "pour" || words[right].is_capital();
                if remark || !sure || word.folded != "chez" && occasion(right) {
                    return None;
                }
                return Some((index, right));
            }
            let owns = index > 0
                && matches!(
                    words[index - 1].folded.as_str(),
                    "owner"
                        | "co-owner"
                        | "founder"
                        | "cofounder"
                        | "co-founder"
                        | "proprietaire"
                        | "coproprietaire"
                        | "proprio"
                        | "fondateur"
                        | "fondatrice"
                        | "cofondateur"
                        | "cofondatrice"
                        | "ceo"
                        | "pdg"
                );
            let at_the = index > 0 && matches!(word.raw.as_str(), "à" | "au");
            if word.may_lead_to_org() || at_the {
                while right + 1 < words.len()
                    && matches!(words[right].folded.as_str(), "la" | "le" | "les" | "the")
                {
                    right += 1;
                }
                let next = &words[right];
                let town = words::TOWNS.has(&squeezed_words(&words[right..]));
                let org = next.is_org() && !crate::text::names::is_given(&next.raw)
                    || hints.is_org(&words[right..])
                    || next.folded.strip_prefix("l'").is_some_and(|word| words::ORGANISATIONS.has(word));
                let left_is_title = index > 0 && words[..index].iter().any(FreeWord::is_title);
                let fits = if index == 0 {
                    // `Xavier St-Onge de Meubles Tradition`, not `Marie Roy de Sherbrooke`.
                    after_name && !town && (org || next.is_capital())
                } else {
                    left_is_title
                        && !town
                        && (org || owns && next.is_capital())
                        && (next.is_capital()
                            || hints.is_org(&words[right..])
                            || matches!(next.folded.as_str(), "mrc" | "caisse" | "upa"))
                };
                if fits && !remark {
                    return Some((index, right));
                }
            }
        }
        None
    }

    /// Number of words of an organisation, before remarks about it begin.
    fn org_end(&self, words: &[FreeWord]) -> usize {
        (1..words.len())
            .find(|at| {
                let word = &words[*at];
                let place_of_meeting =
                    matches!(word.folded.as_str(), "at" | "au" | "lors" | "during" | "avant" | "after")
                        && words[*at + 1..]
                            .iter()
                            .take(4)
                            .any(|next| words::OCCASIONS.has(&next.folded) || next.folded == "the");
                !word.is_capital()
                    && (place_of_meeting
                        || words::REMARKS.has(&word.folded)
                            && !matches!(word.folded.as_str(), "en" | "et" | "on" | "a" | "as"))
            })
            .unwrap_or(words.len())
    }

    /// Where a title ends and an organisation begins without any sign: `psychologue Clinique Cormier`.
    fn title_end(&self, words: &[FreeWord], hints: &Hints) -> Option<usize> {
        let last_title = words.iter().rposition(FreeWord::is_title)?;
        let linked = |at: usize| {
            let before = words[at - 1].folded.as_str();
            matches!(
                before,
                "de" | "du"
                    | "des"
                    | "d'"
                    | "en"
                    | "et"
                    | "of"
                    | "in"
                    | "and"
                    | "&"
                    | "la"
                    | "le"
                    | "les"
                    | "à"
                    | "a"
                    | "aux"
                    | "au"
                    | "for"
                    | "pour"
                    | "sur"
                    | "the"
            ) || before.ends_with('\'')
        };
        let first_capital = words[0].is_capital();
        (last_title + 1..words.len()).find(|at| {
            let word = &words[*at];
            if linked(*at) {
                return false;
            }
            hints.is_org(&words[*at..])
                || word.is_org() && (word.is_capital() || !first_capital)
                || word.is_capital()
                    && !words[*at - 1].is_capital()
                    && !first_capital
                    && !words::ORGANISATIONS.has(&words[*at - 1].folded)
        })
    }

    /// What a piece is by its words alone.
    fn class(&self, words: &[FreeWord], hints: &Hints) -> Class {
        let Some(first) = words.first() else { return Class::Unknown };
        let text = words.iter().map(|word| word.raw.as_str()).collect::<Vec<_>>().join(" ");
        if crate::text::names::is_credential(&text)
            || words.iter().all(|word| crate::text::names::is_credential(&word.raw))
        {
            return Class::Credential;
        }
        let place = squeezed_words(words);
        if words::TOWNS.has(&place) || words::REGIONS.has(&place) {
            return Class::Place;
        }
        let legal =
            words.last().is_some_and(|word| words.len() > 1 && words::LEGAL.has(&squeezed(&word.raw)))
                || words.len() > 2
                    && words::LEGAL.has(&squeezed(
                        &words[words.len() - 2..].iter().map(|word| word.raw.as_str()).collect::<String>(),
                    ));
        if (legal || hints.is_org(words)) && !first.is_title() {
            return Class::Org;
        }
        // `Souper chambre:` is where they met; `Salon Mai` is a firm.
        if words::OCCASIONS.has(&first.folded) && !first.is_org() {
            return Class::Remark;
        }
        let sentence = text.contains(['?', '$']) || words.len() > 8;
        if words::REMARKS.has(&first.folded) && !first.is_title()
            || words::LEADS.has(&first.folded) && !first.is_capital() && !first.is_org() && !first.is_title()
            || sentence
        {
            return Class::Remark;
        }
        if first.folded.starts_with(|c: char| c.is_ascii_digit()) {
            return Class::Remark;
        }
        // English puts the head last: `mill manager`.
        let head_last = words.len() <= 4
            && words.iter().all(|word| !word.is_capital())
            && words.last().is_some_and(FreeWord::is_title);
        if head_last {
            return Class::Title;
        }
        let title = words.iter().take(6).position(FreeWord::is_title);
        let org = words.iter().position(FreeWord::is_surely_org);
        let org = if title.is_none() { words.iter().position(FreeWord::is_org) } else { org };
        match (title, org) {
            (Some(title), Some(org)) if org < title => Class::Org,
            (Some(_), _) => Class::Title,
            (None, Some(_)) => Class::Org,
            (None, None) if words.iter().any(|word| matches!(word.folded.as_str(), "&" | "+")) => Class::Org,
            _ => Class::Unknown,
        }
    }

    /// Gives the parts to their fields.
    fn share_out(&mut self, parts: &[Piece], lower: bool) {
        let mut org = parts
            .iter()
            .position(|part| part.class == Class::Org && part.sure)
            .or_else(|| parts.iter().position(|part| part.class == Class::Org));
        let mut title = parts.iter().position(|part| part.class == Class::Title);
        for (index, part) in parts.iter().enumerate() {
            if part.class != Class::Unknown {
                continue;
            }
            let words = self.words(&part.tokens);
            let short = words.len() <= 5
                && words.iter().all(|word| !words::REMARKS.has(&word.folded) || word.is_capital());
            let wordy = words.iter().any(|word| word.raw.chars().filter(|c| c.is_alphabetic()).count() > 1);
            // A field of trade alone (`déneigement`) is no name of a firm.
            let trade_alone =
                words.len() == 1 && !words[0].is_capital() && words::TRADES.has(&words[0].folded);
            if !short || !wordy || trade_alone {
                continue;
            }
            let capital = words[0].is_capital();
            let dashed = matches!(part.before, Some(Kind::Dash | Kind::Open));
            let next_unknown = parts.get(index + 1).is_some_and(|next| next.class == Class::Unknown);
            let trade = !capital && !lower && words.len() <= 4;
            if org.is_none() && (capital || lower || dashed && !(trade && next_unknown)) {
                org = Some(index);
            } else if title.is_none() && trade && (org.is_none_or(|org| index < org)) && part.before.is_some()
            {
                title = Some(index);
            }
        }
        let mut hat = None;
        for (index, part) in parts.iter().enumerate() {
            let tokens = part.tokens.clone();
            if Some(index) == org {
                let text = self.without_preposition(&tokens);
                self.claim(tokens, ChipKind::Org, text.clone());
                self.hat(&mut hat).1 = text;
            } else if Some(index) == title {
                // `directrice, développement`: a lower-case piece after a comma goes on with the title.
                let text = self.slice(&tokens);
                self.claim(tokens, ChipKind::Title, text.clone());
                self.hat(&mut hat).0 = text;
            } else {
                self.minor(part, title.is_some_and(|title| title < index));
            }
        }
        if let Some((title, org)) = hat {
            self.draft.roles.insert(0, role(&title, &org, None));
        }
    }

    fn hat<'h>(&self, hat: &'h mut Option<(String, String)>) -> &'h mut (String, String) {
        hat.get_or_insert_default()
    }

    /// A part that is neither the first title nor the first organisation.
    fn minor(&mut self, part: &Piece, after_title: bool) {
        let tokens = part.tokens.clone();
        let text = self.slice(&tokens);
        match part.class {
            Class::Credential => {
                self.claim(tokens, ChipKind::Credential, text.clone());
                self.draft.name.credentials.push(text);
            }
            Class::Place => {
                self.claim(tokens, ChipKind::Place, text.clone());
                if words::REGIONS.has(&crate::text::fold::fold(&text)) && self.draft.region.is_none() {
                    self.draft.region = Some(text);
                } else {
                    self.draft.towns.push(text);
                }
            }
            Class::Title if after_title => {
                self.claim(tokens, ChipKind::Title, text.clone());
                self.draft.roles.push(role(&text, "", None));
            }
            _ => {}
        }
    }

    /// An organisation without the preposition that leads to it, and without the article after that.
    fn without_preposition(&self, tokens: &Range<usize>) -> String {
        let words = self.words(tokens);
        let leads = words
            .iter()
            .take_while(|word| {
                word.leads_to_org() || word.may_lead_to_org() || matches!(word.raw.as_str(), "à" | "au")
            })
            .count();
        let article = |word: &&FreeWord| {
            matches!(word.folded.as_str(), "la" | "le" | "les" | "the") && !word.is_capital()
        };
        let skip = if leads == 0 { 0 } else { leads + words[leads..].iter().take_while(article).count() };
        words.get(skip).map_or_else(|| self.slice(tokens), |word| self.slice(&(word.token..tokens.end)))
    }
}

/// `directrice, développement`: what follows a title's comma in lower case goes on with it.
fn join_titles(parts: &mut Vec<Piece>) {
    let mut at = 1;
    while at < parts.len() {
        let goes_on = parts[at - 1].class == Class::Title
            && parts[at].class == Class::Unknown
            && parts[at].before == Some(Kind::Comma)
            && parts[at].lower
            && parts[at].tokens.start == parts[at - 1].tokens.end + 1;
        if goes_on {
            parts[at - 1].tokens.end = parts[at].tokens.end;
            parts.remove(at);
        } else {
            at += 1;
        }
    }
}

fn range_end(words: &[FreeWord], end: usize, piece: &Range<usize>) -> usize {
    words.get(end).map_or(piece.end, |word| word.token)
}

fn squeezed_words(words: &[FreeWord]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}
