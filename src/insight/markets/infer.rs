//! What a contact's words say about markets: inferred ties, each with the words that it rests on.
//!
//! Each text (title, organisation, note, latent value, tag, credential) is searched for the words of the rules. Then
//!
//! - a rule is taken back by its own `not` phrases, and a shorter phrase by a longer one of the same market;
//! - what an owner, a director or an elected member works in, he *decides*; a member of what people join is a *member*;
//! - a market that is named beside a trade that serves others is *supplied* (*recruiter, construction trades*);
//! - a former hat *influences*, at half the strength; so does *knows the mayor*; what somebody looks for is no tie;
//! - of several ties to one market the strongest stays, and a market above a finer one, or a broad one, gives way.
//!
//! Inferred ties are derived from the words each time and never stored.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::bundle::{BUNDLE, Rules};
use super::cues::{self, CUES, Cue, Then};
use super::file::Field;
use super::hows::{decide, end};
use super::settle;
use super::taxonomy::{MarketIx, Taxonomy};
use crate::domain::Contact;
use crate::domain::Text;
use crate::domain::contact::{MarketHow, RoleKind};
use crate::text::tokens;
use crate::text::triggers::{Hit, Scanner};

/// The strength of a former hat, beside one still worn.
const FORMER: f32 = 0.5;

/// How much a kind of hat weighs at the end of a path, 0 to 1: the say counts most, trade least.
pub fn hat_weight(how: MarketHow) -> f32 {
    match how {
        MarketHow::Decides => 1.0,
        MarketHow::Works => 0.8,
        MarketHow::Influences => 0.7,
        MarketHow::Member => 0.6,
        MarketHow::Supplies | MarketHow::Buys => 0.5,
    }
}

/// A text of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Source {
    /// The title of the hat with this number.
    Title(u16),
    /// That hat's title in another language: hat, number of the title.
    TitleAlt(u16, u16),
    /// The organisation of the hat with this number.
    Org(u16),
    /// That organisation's name in another language: hat, number of the name.
    OrgAlt(u16, u16),
    /// A credential after the name.
    Credential(u16),
    /// A latent value.
    Value(u16),
    /// A tag.
    Tag(u16),
    /// The note.
    Note,
}

impl Source {
    /// The text, as long as the contact has it.
    pub fn text(self, contact: &Contact) -> Option<&str> {
        let role = |at: u16| contact.roles.get(usize::from(at));
        match self {
            Self::Title(at) => Some(&role(at)?.title),
            Self::TitleAlt(at, alt) => role(at)?.title_alt.get(usize::from(alt)).map(Text::as_str),
            Self::Org(at) => Some(&role(at)?.org),
            Self::OrgAlt(at, alt) => role(at)?.org_alt.get(usize::from(alt)).map(Text::as_str),
            Self::Credential(at) => contact.name.credentials.get(usize::from(at)).map(String::as_str),
            Self::Value(at) => contact.values.get(usize::from(at)).map(String::as_str),
            Self::Tag(at) => contact.tags.get(usize::from(at)).map(String::as_str),
            Self::Note => Some(&contact.note),
        }
    }
}

/// The words that an inferred tie rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// Where they stand.
    pub source: Source,
    /// Their bytes in that text.
    pub bytes: Range<u32>,
}

impl Evidence {
    /// The words, as long as the contact has them.
    pub fn words<'c>(&self, contact: &'c Contact) -> Option<&'c str> {
        self.source.text(contact)?.get(self.bytes.start as usize..self.bytes.end as usize)
    }
}

/// A tie that words suggest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inferred {
    /// The market.
    pub market: MarketIx,
    /// By which kind of hat.
    pub how: MarketHow,
    /// The hat is no longer worn.
    pub former: bool,
    /// The words.
    pub evidence: Evidence,
}

impl Inferred {
    /// What the tie weighs at the end of a path, 0 to 1.
    pub fn weight(&self) -> f32 {
        hat_weight(self.how) * if self.former { FORMER } else { 1.0 }
    }
}

/// Reads contacts for one taxonomy, and remembers the words it has met. One for each thread.
#[derive(Debug)]
pub struct Reader<'t> {
    pub(super) taxonomy: &'t Taxonomy,
    bundled: Scanner<'t>,
    own: Option<Scanner<'t>>,
    cues: Scanner<'t>,
    hits: Vec<Hit>,
}

impl<'t> Reader<'t> {
    /// A reader.
    pub fn new(taxonomy: &'t Taxonomy) -> Self {
        Self {
            taxonomy,
            bundled: Scanner::new(&BUNDLE.rules.triggers),
            own: (!taxonomy.own.triggers.is_empty()).then(|| Scanner::new(&taxonomy.own.triggers)),
            cues: Scanner::new(&CUES.triggers),
            hits: Vec::new(),
        }
    }

    pub(super) fn taxonomy(&self) -> &'t Taxonomy {
        self.taxonomy
    }

    /// Every tie that a contact's words suggest, refused and stated ones too, in the order of the texts.
    pub fn infer(&mut self, contact: &Contact) -> Vec<Inferred> {
        let mut found = Vec::new();
        for at in 0..contact.roles.len().min(usize::from(u16::MAX)) {
            self.role(contact, at as u16, &mut found);
        }
        for at in 0..contact.name.credentials.len().min(usize::from(u16::MAX)) {
            let source = Source::Credential(at as u16);
            let mut ties = self.ties(contact, source, Field::Title);
            found.append(&mut ties);
        }
        let values = (0..contact.values.len()).map(|at| Source::Value(at as u16));
        let tags = (0..contact.tags.len()).map(|at| Source::Tag(at as u16));
        for source in values.chain(tags).chain([Source::Note]) {
            self.remark(contact, source, &mut found);
        }
        settle::strongest(self.taxonomy, contact, found)
    }

    /// The ties of a text, as its rules say them.
    fn ties(&mut self, contact: &Contact, source: Source, field: Field) -> Vec<Inferred> {
        let Some(text) = source.text(contact).filter(|text| !text.is_empty()) else { return Vec::new() };
        let mut ties = Vec::new();
        let mut take = |rules: &Rules, scanner: &mut Scanner<'t>| {
            self.hits.clear();
            scanner.scan(text, &mut self.hits);
            valid(rules, field, text, &mut self.hits);
            ties.extend(self.hits.iter().map(|hit| {
                let rule = rules.list[hit.owner as usize / 2];
                let evidence = Evidence { source, bytes: hit.bytes.clone() };
                Inferred { market: MarketIx(rule.market), how: rule.how, former: false, evidence }
            }));
        };
        take(&BUNDLE.rules, &mut self.bundled);
        if let Some(own) = &mut self.own {
            take(&self.taxonomy.own, own);
        }
        ties
    }

    fn role(&mut self, contact: &Contact, at: u16, found: &mut Vec<Inferred>) {
        let role = &contact.roles[usize::from(at)];
        let alternatives = |count: usize| 0..count.min(usize::from(u16::MAX)) as u16;
        let mut orgs = self.ties(contact, Source::Org(at), Field::Org);
        for alt in alternatives(role.org_alt.len()) {
            orgs.append(&mut self.ties(contact, Source::OrgAlt(at, alt), Field::Org));
        }
        let title_alts = alternatives(role.title_alt.len()).map(|alt| Source::TitleAlt(at, alt));
        let mut titles = Vec::new();
        for source in std::iter::once(Source::Title(at)).chain(title_alts) {
            let mut ties = self.ties(contact, source, Field::Title);
            if let Some(text) = source.text(contact).filter(|text| !text.is_empty()) {
                let cues = cues::find(&mut self.cues, text, Field::Title);
                self.apply_title(text, &cues, &mut ties, &mut orgs);
                self.supply(text, &mut ties, &orgs);
            }
            titles.append(&mut ties);
        }
        match role.kind {
            RoleKind::Elected | RoleKind::Board | RoleKind::Ownership => orgs.iter_mut().for_each(decide),
            RoleKind::Member | RoleKind::Volunteer => orgs.iter_mut().for_each(|tie| self.join(tie)),
            RoleKind::Employment => {}
        }
        titles.append(&mut orgs);
        if role.former {
            titles.iter_mut().for_each(end);
        }
        found.append(&mut titles);
    }

    /// A note, a value or a tag: cues before a market's words, in the same part of the text, say whose they are.
    fn remark(&mut self, contact: &Contact, source: Source, found: &mut Vec<Inferred>) {
        let ties = self.ties(contact, source, Field::Note);
        let Some(text) = source.text(contact).filter(|_| !ties.is_empty()) else { return };
        let cues = cues::find(&mut self.cues, text, Field::Note);
        'ties: for mut tie in ties {
            let start = tie.evidence.bytes.start;
            let part = cues::part_of(text, start);
            if source == Source::Note && !self.is_said(text, &tie, &cues) {
                continue;
            }
            for cue in cues.iter().filter(|cue| cue.start <= start && cues::part_of(text, cue.start) == part)
            {
                match cue.then {
                    Then::Away => continue 'ties,
                    Then::Knows => {
                        tie.how = MarketHow::Influences;
                        tie.former = true;
                    }
                    Then::Former => end(&mut tie),
                    Then::Member => self.join(&mut tie),
                    Then::Decides | Then::Supplies | Then::Works | Then::Plain => {}
                }
            }
            found.push(tie);
        }
    }

    /// Whether the note says it of the person. A single word that names no people, such as *golf*, may only be talked
    /// about: it counts where it stands alone, or beside a word for doing, having or knowing.
    fn is_said(&self, text: &str, tie: &Inferred, cues: &[Cue]) -> bool {
        let bytes = tie.evidence.bytes.start as usize..tie.evidence.bytes.end as usize;
        let Some(words) = text.get(bytes.clone()) else { return false };
        let part = cues::part_of(text, tie.evidence.bytes.start);
        let beside = |at: usize| cues::part_of(text, at as u32) == part;
        tokens::words(words).nth(1).is_some()
            || cues::names_people(words)
            || cues.iter().any(|cue| beside(cue.start as usize))
            || !tokens::words(text).any(|word| beside(word.range.start) && !bytes.contains(&word.range.start))
    }
}

/// Leaves the hits of a field's rules that nothing speaks against. A phrase that lies within a longer one gives way, of
/// whatever market, unless it begins it by naming people: *avocat* in *avocat en droit municipal*.
fn valid(rules: &Rules, field: Field, text: &str, hits: &mut Vec<Hit>) {
    let rule_of = |hit: &Hit| rules.list[hit.owner as usize / 2];
    hits.retain(|hit| rule_of(hit).looks_in(field));
    let (nots, words): (Vec<Hit>, Vec<Hit>) =
        std::mem::take(hits).into_iter().partition(|hit| hit.owner % 2 == 1);
    let covers = |not: &Hit, word: &Hit| not.owner / 2 == word.owner / 2 && not.meets(word);
    let spoken_against = |word: &Hit| {
        nots.iter().filter(|not| rule_of(not).market == rule_of(word).market).any(|not| {
            if not.owner / 2 != word.owner / 2 {
                // Another rule of the market knows what its longer phrases mean.
                return word.lies_within(not);
            }
            // A phrase that holds none of the rule's words speaks against all of them.
            covers(not, word) || !words.iter().any(|other| covers(not, other))
        })
    };
    let names_people = |hit: &Hit| {
        let words = text.get(hit.bytes.start as usize..hit.bytes.end as usize).unwrap_or("");
        tokens::words(words).next().is_some_and(|word| cues::names_people(word.text))
    };
    let longer = |word: &Hit| {
        words.iter().any(|other| {
            let heads = rule_of(other).market != rule_of(word).market
                && other.words.start == word.words.start
                && names_people(word);
            word.lies_within(other) && !heads
        })
    };
    hits.extend(words.iter().filter(|word| !spoken_against(word) && !longer(word)).cloned());
}
