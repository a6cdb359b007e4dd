//! Who could help with a need, best first, each with the reasons; and where to ask when nobody can.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::asked::{Asked, Knowledge};
use super::index::Index;
use super::meanings::Meanings;
use super::phrases::Phrases;
use super::score::{Evidence, Parts, Query, Strength};
use super::weights;
use super::why::{Explainer, Label, Reason};
use crate::domain::contact::MarketHow;
use crate::domain::time::Date;
use crate::domain::{Book, ContactId};
use crate::insight::lexicon::ConceptId;
use crate::insight::markets::{Atlas, MarketIx};
use crate::insight::network;
use crate::insight::vectors::Likeness;

/// Access is looked up for so many times the people wanted.
const ROOM: usize = 4;
/// So many markets, people and concepts are proposed where nobody fits.
const HINTS: usize = 3;

/// What a question is asked of.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The records.
    pub book: &'a Book,
    /// Their cards as numbers.
    pub index: &'a Index,
    /// Their markets and regions.
    pub atlas: &'a Atlas,
    /// What needs are read with; of the same lexicon as the index.
    pub with: Knowledge<'a>,
    /// The meanings of the cards, where an encoder is in use.
    pub meanings: Option<&'a Meanings>,
}

/// How a question is asked.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The day, for access.
    pub today: Date,
    /// At most so many people.
    pub limit: usize,
    /// Weak matches too, after the others.
    pub weak: bool,
    /// These never: who was dismissed on this need, and whom it is asked for.
    pub without: &'a [ContactId],
    /// Evidence that does not count; empty but where what each adds is measured.
    pub left_out: &'a [Evidence],
    /// Asked between segments; true stops the work.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// Somebody who could help.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// Who.
    pub contact: ContactId,
    /// How well, access included. Comparable within one need only.
    pub score: f32,
    /// How much it can be relied on.
    pub strength: Strength,
    /// Why, strongest first; never empty.
    pub why: Vec<Reason>,
}

/// The answer to a need.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Who could help, strong and fair ones first, best first among them.
    pub matches: Vec<Match>,
    /// How many there are of each strength, shown or not: weak, fair, strong.
    pub counts: [usize; 3],
    /// Where to ask; only where nobody is strong or fair.
    pub hints: Option<Hints>,
}

/// What to do where nobody fits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hints {
    /// Slugs of the markets nearest to the need, nearest first.
    pub markets: Vec<String>,
    /// People with a say or an ear in one of them, nearest to the user first: who, slug, by which hat.
    pub connectors: Vec<(ContactId, String, Option<MarketHow>)>,
    /// Whom to ask one's network for: *do you know a …?*
    pub ask_for: Vec<Label>,
}

/// Who could help; `None` when cancelled.
pub fn who(world: World, asked: &Asked, options: &Options) -> Option<Answer> {
    let query =
        Query::without(options.left_out, asked, world.index.vocabulary(), world.with.lexicon, world.atlas)
            .meaning(world.meanings);
    let scored = world.index.each(options.cancelled, |card| {
        (!options.without.contains(&card.id)).then(|| (card.id, query.parts(card)))
    })?;
    let mut counts = [0; 3];
    for (_, parts) in &scored {
        counts[parts.strength() as usize] += 1;
    }
    let found = counts[Strength::Fair as usize] + counts[Strength::Strong as usize];
    let best = best(world, scored, options);
    if (options.cancelled)() {
        return None;
    }
    let mut explainer = Explainer::new(asked, world.atlas, world.with);
    let matches = best
        .into_iter()
        .filter_map(|(contact, score, strength)| {
            let why = explainer.reasons(world.book.contact(contact)?);
            (!why.is_empty()).then_some(Match { contact, score, strength, why })
        })
        .collect();
    let hints = (found == 0).then(|| hints(world, asked, options.today));
    Some(Answer { matches, counts, hints })
}

/// The best, weak ones last. Access is added to those near the top only: it is too small to bring up anybody else.
fn best(world: World, scored: Vec<(ContactId, Parts)>, options: &Options) -> Vec<(ContactId, f32, Strength)> {
    let mut rows: Vec<(ContactId, f32, Strength)> =
        scored.into_iter().map(|(id, parts)| (id, parts.score(), parts.strength())).collect();
    if !options.weak {
        rows.retain(|(.., strength)| *strength > Strength::Weak);
    }
    let order = |a: &(ContactId, f32, Strength), b: &(ContactId, f32, Strength)| {
        let weak = |row: &(ContactId, f32, Strength)| row.2 == Strength::Weak;
        weak(a).cmp(&weak(b)).then(b.1.total_cmp(&a.1)).then(a.0.cmp(&b.0))
    };
    let room = options.limit.saturating_mul(ROOM);
    if room < rows.len() && room > 0 {
        rows.select_nth_unstable_by(room - 1, order);
        rows.truncate(room);
    }
    for (id, score, _) in &mut rows {
        if let Some(contact) = world.book.contact(*id) {
            let log = world.book.interactions_of(*id).map(AsRef::as_ref);
            *score += weights::ACCESS * network::access(contact, log, options.today).value;
        }
    }
    rows.sort_by(order);
    rows.truncate(options.limit);
    rows
}

/// The nearest markets, the people who connect to them, and whom to ask for.
pub fn hints(world: World, asked: &Asked, today: Date) -> Hints {
    let lexicon = world.with.lexicon;
    let mut concepts: Vec<ConceptId> = asked.calls.iter().map(|call| call.concept).collect();
    if concepts.is_empty()
        && let Some(vector) = &asked.vector
    {
        concepts = Phrases::bundled().nearest(&mut Likeness::to(vector), HINTS);
    }
    let taxonomy = world.atlas.taxonomy();
    let mut markets: Vec<MarketIx> = asked.markets.iter().map(|(market, _)| *market).collect();
    let parts = concepts.iter().flat_map(|concept| &lexicon.concept(*concept).markets);
    markets.extend(parts.filter_map(|slug| taxonomy.find(slug)).filter_map(|market| taxonomy.shown(market)));
    let mut once = Vec::new();
    markets.retain(|market| {
        !once.contains(market) && once.len() < HINTS && {
            once.push(*market);
            true
        }
    });
    let mut nearest: HashMap<ContactId, (f32, MarketIx, Option<MarketHow>)> = HashMap::new();
    for (id, placed) in world.atlas.people() {
        let hats = placed.links.iter().filter(|link| markets.contains(&link.market));
        let Some(hat) = hats.max_by(|a, b| a.weight().total_cmp(&b.weight())) else { continue };
        let Some(contact) = world.book.contact(id) else { continue };
        let log = world.book.interactions_of(id).map(AsRef::as_ref);
        let value = hat.weight() * network::access(contact, log, today).value;
        nearest.insert(id, (value, hat.market, hat.how));
    }
    let mut connectors: Vec<_> = nearest.into_iter().collect();
    connectors.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
    let slug = |market: MarketIx| taxonomy.get(market).slug.clone();
    Hints {
        markets: markets.iter().map(|market| slug(*market)).collect(),
        connectors: connectors
            .into_iter()
            .take(HINTS)
            .map(|(id, (_, market, how))| (id, slug(market), how))
            .collect(),
        ask_for: concepts.iter().take(HINTS).map(|concept| Label::of(lexicon, *concept)).collect(),
    }
}
