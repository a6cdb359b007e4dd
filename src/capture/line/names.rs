//! Where a name begins and ends among words without signs.
//!
//! Evidence, strongest first: the email address (`benoit.maheux@…`), lists of given and family names, civilities,
//! capitals. The end is where a title, an organisation, a preposition or a lower-case word begins.

use std::ops::Range;

use crate::domain::contact::Labelled;
use crate::text::fold::fold;
use crate::text::shapes::organisation_label;
use crate::text::{names, words};

/// A free word of the line.
#[derive(Clone, Debug)]
pub(in super::super) struct FreeWord {
    /// Its token.
    pub token: usize,
    /// As typed, without marks that end a sentence.
    pub raw: String,
    /// Folded.
    pub folded: String,
}

impl FreeWord {
    pub(in super::super) fn new(token: usize, raw: &str) -> Self {
        let raw = raw.trim_end_matches(['!', '?', ':', '…']).to_owned();
        let folded = fold(&raw);
        Self { token, raw, folded }
    }

    pub(in super::super) fn is_capital(&self) -> bool {
        self.raw.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
    }

    /// Letters only, with the marks that names carry.
    pub(in super::super) fn is_nameable(&self) -> bool {
        self.raw.chars().any(char::is_alphabetic)
            && self
                .raw
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | '\u{300}'..='\u{36f}'))
            && self.raw.chars().count() <= 30
            && !(self.raw.ends_with('.') && self.raw.chars().filter(|c| c.is_alphabetic()).count() > 3)
    }

    /// A word of organisations' names. Trades in the plural (`Consultants`) name firms; a field of trade needs a
    /// capital.
    pub(in super::super) fn is_org(&self) -> bool {
        self.is_surely_org() || self.is_capital() && words::TRADES.has(&self.folded)
    }

    /// As [`Self::is_org`], fields of trade apart: they stand in titles as well.
    pub(in super::super) fn is_surely_org(&self) -> bool {
        let folded = self.folded.as_str();
        let bare = folded
            .split_once('\'')
            .filter(|(article, _)| article.len() <= 2)
            .map_or(folded, |(_, word)| word);
        let plural = folded.strip_suffix('s').is_some_and(|one| one.len() > 4 && words::TITLES.has(one));
        words::ORGANISATIONS.has(bare) || plural && !words::TITLES.has(folded)
    }

    pub(in super::super) fn is_title(&self) -> bool {
        let known = words::is_title;
        known(&self.folded)
            || self
                .folded
                .split('-')
                .next()
                .is_some_and(|first| first.len() > 4 && first.len() < self.folded.len() && known(first))
    }

    /// *chez*, *at*: what follows is an organisation.
    pub(super) fn leads_to_org(&self) -> bool {
        matches!(self.folded.as_str(), "chez" | "at" | "@" | "from" | "pour")
    }

    /// *de*, *of*: what follows may be an organisation.
    pub(super) fn may_lead_to_org(&self) -> bool {
        matches!(self.folded.as_str(), "de" | "du" | "des" | "of" | "d'" | "w/" | "with" | "avec")
    }

    fn is_credential(&self) -> bool {
        names::is_credential(&self.raw) && self.raw.chars().filter(|c| c.is_uppercase()).count() != 1
    }
}

/// How sure a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// A single unknown word, or words without capitals.
    Weak,
    /// Capitals.
    Fair,
    /// A known given name, a civility, or the email address.
    Strong,
}

/// What email and web addresses of the line tell about names.
#[derive(Clone, Debug, Default)]
pub(super) struct Hints {
    locals: Vec<String>,
    /// Names that domains carry: `boisdunord`.
    pub domains: Vec<String>,
}

impl Hints {
    pub(super) fn new(emails: &[Labelled], urls: &[Labelled]) -> Self {
        let locals = emails.iter().filter_map(|email| email.value.split('@').next()).map(fold).collect();
        let domains =
            emails.iter().chain(urls).filter_map(|address| organisation_label(&address.value)).collect();
        Self { locals, domains }
    }

    /// The end of the name that starts at the first word, if an email's local part says so.
    fn name_end(&self, words: &[FreeWord]) -> Option<usize> {
        (1..=words.len().min(4)).rev().find(|end| {
            let parts: Vec<String> = words[..*end].iter().map(|word| letters(&word.folded)).collect();
            self.locals.iter().any(|local| {
                let local = letters(local);
                let joined = parts.concat();
                let reversed = format!("{}{}", parts[1..].concat(), parts[0]);
                let first = parts[0].chars().next().map(String::from).unwrap_or_default();
                let short = format!("{first}{}", parts[1..].concat());
                local.len() > 3 && parts.len() > 1 && (local == joined || local == short || local == reversed)
            })
        })
    }

    /// Whether words are the organisation that a domain names: each of its weighty words is in it, and they make up
    /// most of it.
    pub(in super::super) fn is_org(&self, words: &[FreeWord]) -> bool {
        let mut weighty: Vec<String> = words
            .iter()
            .map(|word| letters(&word.folded))
            .filter(|word| word.len() > 2 && !is_small(word))
            .collect();
        weighty.sort_unstable();
        weighty.dedup();
        if weighty.is_empty() {
            return false;
        }
        let joined = letters(&words.iter().map(|word| word.folded.as_str()).collect::<String>());
        self.domains.iter().any(|domain| {
            let covered: usize =
                weighty.iter().filter(|word| domain.contains(word.as_str())).map(String::len).sum();
            *domain == joined
                || weighty.iter().all(|word| domain.contains(word.as_str()))
                    && covered * 10 >= domain.len() * 6
                || words.len() <= 3 && weighty.iter().any(|word| word.len() > 3 && domain == word)
        })
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_small(word: &str) -> bool {
    matches!(
        word,
        "les" | "des" | "and" | "the" | "inc" | "ltee" | "ltd" | "enr" | "fils" | "une" | "sur" | "aux"
    )
}

/// A name among words, civility included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Which words.
    pub range: Range<usize>,
    /// How sure.
    pub certainty: Certainty,
}

/// The name in a piece of a jotted line, after words that lead to it (*dîner avec*).
pub(super) fn find(words: &[FreeWord], hints: &Hints) -> Option<Found> {
    let lead = lead(words);
    let found = at(&words[lead..], hints).map(|found| shift(found, lead));
    if lead > 0 {
        // `Client Roy`, `Café Olé`: what looks like a lead may be all there is.
        return found
            .filter(|found| found.certainty > Certainty::Weak || words[found.range.start].is_capital());
    }
    found
}

fn shift(found: Found, by: usize) -> Found {
    Found { range: found.range.start + by..found.range.end + by, certainty: found.certainty }
}

/// Number of words that lead to a name.
fn lead(words: &[FreeWord]) -> usize {
    let starts = words.first().is_some_and(|word| {
        words::LEADS.has(&word.folded) && !names::is_given(&word.raw) || is_apostrophe_lead(word)
    });
    if !starts {
        return 0;
    }
    let count = words
        .iter()
        .take(6)
        .take_while(|word| {
            words::LEADS.has(&word.folded) && !(word.is_capital() && names::is_given(&word.raw))
                || is_apostrophe_lead(word)
        })
        .count();
    // A lead ends before a capital that it swallowed: `voir La Rochelle`.
    if count == words.len() { 0 } else { count }
}

fn is_apostrophe_lead(word: &FreeWord) -> bool {
    word.folded.strip_prefix("l'").is_some_and(|verb| words::LEADS.has(verb))
}

/// The name that starts at the first word.
fn at(words: &[FreeWord], hints: &Hints) -> Option<Found> {
    let civility = words.iter().take_while(|word| names::is_civility(&word.raw)).count().min(2);
    let rest = &words[civility..];
    let first = rest.first()?;
    if civility == 0
        && (rest.len() > 1 || !first.is_capital())
        && !names::is_given(&first.raw)
        && (first.is_org() || first.is_title())
    {
        return None;
    }
    if !first.is_nameable() || names::is_particle(&first.raw) && !first.is_capital() || first.leads_to_org() {
        return None;
    }
    if let Some(end) = hints.name_end(rest) {
        return Some(Found { range: 0..civility + end, certainty: Certainty::Strong });
    }
    let known = names::is_given(&first.raw);
    let end = extent(rest, known, hints);
    let capitals = rest[..end].iter().filter(|word| word.is_capital()).count();
    let leads_on = rest.get(end).is_some_and(|next| next.leads_to_org() || next.may_lead_to_org());
    let certainty = if civility > 0 || known && (end > 1 || rest.len() == 1 || leads_on) {
        Certainty::Strong
    } else if capitals >= 2 || known {
        Certainty::Fair
    } else {
        Certainty::Weak
    };
    Some(Found { range: 0..civility + end, certainty })
}

/// `'Joe'`: a nickname between the names.
fn unquoted(word: &str) -> &str {
    word.trim_matches(['\'', '’', '‘'])
}

/// Number of words of the name.
fn extent(words: &[FreeWord], known: bool, hints: &Hints) -> usize {
    let capital = words[0].is_capital();
    let mut end = 1;
    // Words that are neither particle nor initial.
    let mut weight = 1;
    while end < words.len() && weight < 4 {
        let word = &words[end];
        if !word.is_nameable()
            || word.leads_to_org()
            || word.is_credential()
            || words::REMARKS.has(&word.folded) && !word.is_capital()
        {
            break;
        }
        if (end..words.len().min(end + 6)).any(|last| end > 1 && hints.is_org(&words[end..=last])) {
            break;
        }
        if names::is_particle(&word.raw) {
            let joins = weight == 1
                || weight == 2
                    && names::is_given(&words[end - 1].raw)
                    && !names::is_family(&words[end - 1].raw);
            let after = words[end + 1..]
                .iter()
                .position(|next| !names::is_particle(&next.raw))
                .map(|skip| end + 1 + skip);
            match after.filter(|after| {
                joins
                    && words[*after].is_nameable()
                    && !words[*after].is_org()
                    && words[*after].is_capital() == capital
            }) {
                Some(after) => {
                    end = after + 1;
                    weight += 1;
                    continue;
                }
                None => break,
            }
        }
        let initial = names::is_initial(&word.raw) && (word.is_capital() || !capital);
        if initial {
            end += 1;
            continue;
        }
        if capital && !word.is_capital() {
            break;
        }
        // `Roger Whelan Whelan Maple Products`: a name does not repeat itself, a firm repeats its founder's.
        if weight >= 2 && words[..end].iter().any(|earlier| earlier.folded == word.folded) {
            break;
        }
        let family = names::is_family(&word.raw);
        if (word.is_org() || word.is_title())
            && !(weight == 1 && family && (known || capital)
                || weight == 1
                    && capital
                    && known
                    && end + 1 == words.len()
                    && word.is_capital()
                    && !word.is_org())
        {
            break;
        }
        let previous = &words[end - 1];
        let given_before =
            names::is_given(unquoted(&previous.raw)) && (!names::is_family(&previous.raw) || weight == 1);
        let fits = match weight {
            1 => true,
            2 => {
                given_before
                    || names::is_initial(&previous.raw)
                    || family
                    || capital && !known && end + 1 == words.len() && !names::is_family(&previous.raw)
            }
            _ => family || given_before && names::is_given(&words[1].raw),
        };
        if !fits {
            break;
        }
        end += 1;
        weight += 1;
    }
    end
}
