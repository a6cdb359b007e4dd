//! Each bridge from a need to a card, strength, what waits, what was learnt, and independence of the other cards.

mod properties;

use std::sync::{Arc, LazyLock};

use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::domain::contact::{Address, Closeness, Met, Name, Role};
use crate::domain::need::{Candidate, CandidateState, Need, NeedStatus};
use crate::domain::time::Timestamp;
use crate::domain::{Book, Contact, ContactId, NeedId, Record, RecordId};
use crate::insight::lexicon::Lexicon;
use crate::insight::markets::Atlas;

fn id(number: u128) -> ContactId {
    ContactId(Uuid::from_u128(number))
}

/// A card from `name | org | title | note | #tag | =value | @event`.
fn card(number: u128, line: &str) -> Contact {
    let mut contact = Contact::new(id(number), Timestamp::UNIX_EPOCH);
    let mut parts = line.split('|').map(str::trim);
    contact.name = Name::from_full(parts.next().unwrap_or_default());
    let (org, title) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if !org.is_empty() || !title.is_empty() {
        contact.roles.push(Role { org: org.into(), title: title.into(), ..Role::default() });
    }
    contact.note = parts.next().unwrap_or_default().into();
    for part in parts {
        match part.split_at_checked(1) {
            Some(("#", tag)) => contact.tags.push(tag.into()),
            Some(("=", value)) => contact.values.push(value.into()),
            Some(("@", at)) => contact.met = Some(Met { at: at.into(), ..Met::default() }),
            _ => {}
        }
    }
    contact
}

fn book(cards: &[&str]) -> Book {
    let mut book = Book::default();
    for (line, number) in cards.iter().zip(1..) {
        book.put(Record::Contact(Arc::new(card(number, line))));
    }
    book
}

struct Known {
    book: Book,
    index: Index,
    atlas: Atlas,
    learnt: Learnt,
}

impl Known {
    fn of(book: Book) -> Self {
        let lexicon = Lexicon::bundled();
        Self {
            index: Index::build(&book, lexicon),
            atlas: Atlas::build(&book),
            learnt: Learnt::of(&book, lexicon),
            book,
        }
    }

    fn world(&self) -> World<'_> {
        let with = Knowledge {
            lexicon: self.index.lexicon(),
            taxonomy: self.atlas.taxonomy(),
            learnt: &self.learnt,
            sense: None,
        };
        World { book: &self.book, index: &self.index, atlas: &self.atlas, with, meanings: None }
    }

    fn answer(&self, need: &str, weak: bool) -> Answer {
        let options = Options {
            today: date(2026, 11, 16),
            limit: 100,
            weak,
            without: &[],
            left_out: &[],
            cancelled: &|| false,
        };
        who(self.world(), &Asked::read(need, self.world().with), &options).expect("not cancelled")
    }

    fn names(&self, need: &str) -> Vec<String> {
        let matches = self.answer(need, false).matches;
        matches
            .iter()
            .map(|found| self.book.contact(found.contact).expect("known").name.full.to_string())
            .collect()
    }
}

/// Some people of a region's economy; invented.
const PEOPLE: &[&str] = &[
    "Réjean Turcotte | Matériaux Turcotte | vendeur | planches en bois, madriers",
    "Sonia Bédard | | couvreuse | toitures plates et bardeaux",
    "Marc Boulanger | Groupe Conseil Boulanger | CPA auditeur | tenue de livres",
    "Lucie Paradis | Rucher du Rang | apicultrice | miel, cire",
    "Ross Kilbride | Kilbride & Sons | | artesian wells | #drilling",
    "Line Desrochers | MRC des Érables | directrice générale | gère les appels d'offres | | | @Victoriaville",
    "Jim Porter | Porter Rentals | | mini-excavators, skid steers, by the day",
    "Aline Rochon | Buanderie Centrale | | nappes, draps d'hôtel",
    "Guy Lavoie | Ville de Rimouski | conseiller municipal |",
];

static ALL: LazyLock<Known> = LazyLock::new(|| Known::of(book(PEOPLE)));

#[test]
fn a_deck_leads_to_the_seller_of_planks_in_both_languages() {
    for need in ["agrandir ma terrasse", "extend my deck"] {
        assert_eq!(ALL.names(need).first().map(String::as_str), Some("Réjean Turcotte"), "{need}");
        let why = ALL.answer(need, false).matches[0].why.clone();
        let Reason::Concept { named, helper, found, field, .. } = &why[0] else { panic!("{why:?}") };
        assert_eq!((helper.as_ref().unwrap_or(named).id.as_str(), *field), ("lumber", Field::Note));
        assert!(found.contains("planches") || found.contains("madriers"), "{found}");
    }
}

#[test]
fn a_word_alone_calls_more_weakly_for_what_few_phrases_hold_it() {
    for need in ["terrasse", "terrasses", "deck", "une terrasse à Magog", "belle terrasse"] {
        let answer = ALL.answer(need, false);
        assert_eq!(answer.counts[Strength::Strong as usize], 0, "{need}");
        let found = answer.matches.first().unwrap_or_else(|| panic!("nobody: {need}"));
        assert_eq!((found.contact, found.strength), (id(1), Strength::Fair), "{need}");
        let Reason::Concept { said, way, like, named, helper, .. } = &found.why[0] else {
            panic!("{:?}", found.why)
        };
        assert_eq!((*way, helper.as_ref().unwrap_or(named).id.as_str()), (Way::Alone, "lumber"), "{need}");
        assert!(need.contains(said) && !said.contains(' ') && like.contains(&said[..4]), "{said}: {like}");
    }
    assert_eq!(ALL.names("terrasse"), ["Réjean Turcotte"], "what is merely alike does not come beside him");
    // Somebody who does just that is still no more than fair on such a word.
    let pergolas = Known::of(book(&["Luc Morin | | pergolas et gazebos"]));
    assert_eq!(pergolas.answer("terrasse", false).matches[0].strength, Strength::Fair);
    // Many concepts have phrases with these, or the need says more than the word.
    for need in ["refaire", "maison", "ma terrasse donne sur un jardin zen"] {
        let alone = |found: &Match| {
            found.why.iter().any(|why| matches!(why, Reason::Concept { way: Way::Alone, .. }))
        };
        assert!(!ALL.answer(need, true).matches.iter().any(alone), "{need}");
    }
}

#[test]
fn accents_endings_and_errors_of_typing_are_bridged() {
    for need in ["couvreur", "couvreuses", "refaire une toiture", "cuvreuse"] {
        assert_eq!(ALL.names(need).first().map(String::as_str), Some("Sonia Bédard"), "{need}");
    }
    for need in ["apiculteur", "apicultris", "beekeeper"] {
        assert_eq!(ALL.names(need).first().map(String::as_str), Some("Lucie Paradis"), "{need}");
    }
}

#[test]
fn a_surname_is_no_trade() {
    assert!(!ALL.names("boulanger pour notre café").contains(&"Marc Boulanger".to_owned()));
    assert_eq!(
        ALL.names("tenir les livres de ma compagnie").first().map(String::as_str),
        Some("Marc Boulanger")
    );
}

#[test]
fn strength_comes_from_evidence_and_nobody_is_strong_for_a_need_that_nobody_answers() {
    let strong = ALL.answer("couvreur", false);
    assert_eq!(strong.matches[0].strength, Strength::Strong);
    let digger = Known::of(book(&["Guy | | | pelle mécanique"])).answer("ma fosse déborde", false);
    assert_eq!(digger.matches[0].strength, Strength::Fair, "helps those with a tank");
    let none = ALL.answer("professeur de tango argentin", true);
    assert!(none.matches.iter().all(|found| found.strength == Strength::Weak), "{none:?}");
    assert!(none.matches.iter().all(|found| matches!(found.why[0], Reason::Near { .. })));
}

#[test]
fn where_nobody_fits_markets_connectors_and_a_question_are_proposed() {
    let answer = ALL.answer("il nous faut un dentiste", false);
    let hints = answer.hints.expect("nobody fits");
    assert!(answer.matches.is_empty());
    assert!(hints.ask_for.iter().any(|label| label.id.contains("dent")), "{hints:?}");
    assert!(!hints.markets.is_empty());
}

#[test]
fn entering_a_market_asks_for_those_with_a_say_there_and_the_region_orders_them() {
    let names = ALL.names("vendre aux municipalités du Bas-Saint-Laurent");
    assert_eq!(names.first().map(String::as_str), Some("Guy Lavoie"), "{names:?}");
    let why = ALL.answer("vendre aux municipalités du Bas-Saint-Laurent", false).matches[0].why.clone();
    assert!(
        why.iter()
            .any(|reason| matches!(reason, Reason::Market { market, .. } if market.slug == "municipal")),
        "{why:?}"
    );
    assert!(
        why.iter().any(
            |reason| matches!(reason, Reason::Region { region, .. } if region.slug == "bas-saint-laurent")
        )
    );
}

#[test]
fn access_orders_equals_and_never_hides_the_better_answer() {
    let mut people = book(&["Ann | | plumber |", "Bob | | plumber |", "Cy | | plumbing supplies salesman |"]);
    let mut near = card(2, "Bob | | plumber |");
    near.closeness = Closeness::new(5);
    people.put(Record::Contact(Arc::new(near)));
    let known = Known::of(people);
    assert_eq!(known.names("I need a plumber")[..2], ["Bob", "Ann"]);
    let mut friend = card(9, "Dee | | hardware store clerk |");
    friend.closeness = Closeness::new(5);
    let mut people = known.book.clone();
    people.put(Record::Contact(Arc::new(friend)));
    assert_ne!(Known::of(people).names("I need a plumber").first().map(String::as_str), Some("Dee"));
}

#[test]
fn stated_values_and_addresses_count() {
    let mut people = book(&["Ann | | retired | | | =soudure d'aluminium", "Bob | | soudeur |"]);
    let mut here = card(2, "Bob | | soudeur |");
    here.addresses.push(Address { city: "Gaspé".into(), ..Address::default() });
    people.put(Record::Contact(Arc::new(here)));
    let known = Known::of(people);
    assert_eq!(known.names("faire souder un bateau à Gaspé").first().map(String::as_str), Some("Bob"));
    assert!(known.names("souder de l'aluminium").contains(&"Ann".to_owned()));
}

fn need(number: u128, words: &str, candidates: &[(ContactId, CandidateState)]) -> Need {
    Need {
        id: NeedId(Uuid::from_u128(number)),
        words: words.into(),
        opened: Timestamp::UNIX_EPOCH,
        status: NeedStatus::Open,
        market: String::new(),
        region: String::new(),
        deadline: None,
        candidates: candidates
            .iter()
            .map(|(contact, state)| Candidate {
                contact: *contact,
                state: *state,
                on: date(2026, 11, 1),
                note: String::new(),
            })
            .collect(),
    }
}

#[test]
fn a_new_card_rings_the_need_that_waits() {
    let mut people = book(PEOPLE);
    people.put(Record::Need(Arc::new(need(1, "creuser un drain", &[]))));
    people.put(Record::Need(Arc::new(need(2, "professeur de tango", &[]))));
    let known = Known::of(people);
    let open = OpenNeeds::of(&known.book, known.world().with);
    assert_eq!(open.ids().count(), 2);
    let new = card(50, "Luc | | | loue des mini-excavatrices");
    let rings = open.rings([&new], known.index.lexicon(), &known.atlas, known.world().with);
    assert_eq!(rings.len(), 1, "{rings:?}");
    assert_eq!((rings[0].need, rings[0].contact), (NeedId(Uuid::from_u128(1)), id(50)));
    assert!(rings[0].strength > Strength::Weak && !rings[0].why.is_empty());
}

#[test]
fn what_stands_follows_the_cards() {
    let mut people = book(PEOPLE);
    people.put(Record::Need(Arc::new(need(1, "creuser un drain", &[(id(7), CandidateState::Asked)]))));
    let known = Known::of(people.clone());
    let open = Arc::new(OpenNeeds::of(&known.book, known.world().with));
    let standing = Standing::build(&open, known.world());
    let of = |standing: &Standing| -> Vec<ContactId> {
        standing.needs().flat_map(|(_, hits)| hits).map(|hit| hit.contact).collect()
    };
    assert!(!of(&standing).contains(&id(7)), "asked already");
    people.put(Record::Contact(Arc::new(card(50, "Luc | | | loue des mini-excavatrices"))));
    let later = Known::of(people.clone());
    let updated = standing.updated(later.world(), &[id(50)]);
    assert!(!of(&standing).contains(&id(50)) && of(&updated).contains(&id(50)));
    assert_eq!(of(&updated), of(&Standing::build(&open, later.world())));
    people.drop_record(RecordId::Contact(id(50)));
    let last = Known::of(people);
    assert_eq!(of(&updated.updated(last.world(), &[id(50)])), of(&standing));
}

#[test]
fn a_dismissed_person_is_not_proposed_again_and_does_not_ring() {
    let asked = need(1, "couvreur pour le chalet", &[(id(2), CandidateState::Dismissed)]);
    let mut people = book(PEOPLE);
    people.put(Record::Need(Arc::new(asked.clone())));
    let known = Known::of(people);
    let without = dismissed(&asked);
    let options = Options {
        today: date(2026, 11, 16),
        limit: 9,
        weak: true,
        without: &without,
        left_out: &[],
        cancelled: &|| false,
    };
    let answer =
        who(known.world(), &Asked::of_need(&asked, known.world().with), &options).expect("not cancelled");
    assert!(answer.matches.iter().all(|found| found.contact != id(2)));
    let roofer = known.book.contact(id(2)).expect("known").clone();
    let rings = OpenNeeds::of(&known.book, known.world().with).rings(
        [&*roofer],
        known.index.lexicon(),
        &known.atlas,
        known.world().with,
    );
    assert!(rings.is_empty());
}

#[test]
fn help_and_refusals_teach_and_unteach() {
    let plain = &*ALL;
    let score = |known: &Known| {
        let answer = known.answer("agrandir ma terrasse", false);
        answer.matches.iter().find(|found| found.contact == id(1)).expect("found").score
    };
    let taught = |state| {
        let mut people = book(PEOPLE);
        people.put(Record::Need(Arc::new(need(1, "refaire ma terrasse", &[(id(1), state)]))));
        Known::of(people)
    };
    let (helped, refused) = (taught(CandidateState::Helped), taught(CandidateState::Dismissed));
    assert!(score(&helped) > score(plain) && score(plain) > score(&refused));
    let (named, held, lesson) = helped.learnt.lessons().next().expect("a lesson");
    assert_eq!(lesson.helped, [NeedId(Uuid::from_u128(1))]);
    assert!(helped.learnt.factor(named, held) > 1.0 && refused.learnt.factor(named, held) < 1.0);
    let why = helped.answer("agrandir ma terrasse", false).matches[0].why.clone();
    assert!(why.iter().any(|reason| matches!(reason, Reason::Concept { learnt, .. } if !learnt.is_empty())));
    assert_eq!(taught(CandidateState::Asked).learnt, Learnt::default());
}

#[test]
fn whom_somebody_could_use_follows_from_words_and_trade() {
    let known = Known::of(book(&[
        "Claude | La Drave | maître brasseur | cherche du houblon d'ici",
        "Sarah | Haut-Richelieu Hops | | pelletized hops",
        "Bob | | plumber |",
    ]));
    assert_eq!(sought(known.book.contact(id(1)).expect("known")), ["du houblon d'ici"]);
    let options = Options {
        today: date(2026, 11, 16),
        limit: 9,
        weak: false,
        without: &[],
        left_out: &[],
        cancelled: &|| false,
    };
    let answer = could_use(known.world(), id(1), &options).expect("not cancelled");
    assert_eq!(answer.matches.first().map(|found| found.contact), Some(id(2)), "{answer:?}");
    assert!(answer.matches.iter().all(|found| found.contact != id(1)));
}

#[test]
fn values_are_offered_once_and_not_what_is_stated() {
    let offered = |line: &str| -> Vec<String> {
        offers(&card(1, line), Lexicon::bundled()).into_iter().map(|offer| offer.value.id).collect()
    };
    assert!(
        offered("Réjean | Matériaux Turcotte | vendeur | planches de bois").contains(&"lumber".to_owned())
    );
    assert!(!offered("Réjean | | | planches de bois | | =bois d'œuvre").contains(&"lumber".to_owned()));
    assert!(offered("Ann | | |").is_empty());
}

#[test]
fn cancelled_work_answers_nothing() {
    let options = Options {
        today: date(2026, 11, 16),
        limit: 9,
        weak: true,
        without: &[],
        left_out: &[],
        cancelled: &|| true,
    };
    assert!(who(ALL.world(), &Asked::read("plumber", ALL.world().with), &options).is_none());
}

#[test]
fn an_index_brought_up_to_date_is_the_index_built_anew() {
    let mut people = book(PEOPLE);
    let index = Index::build(&people, Lexicon::bundled());
    people.put(Record::Contact(Arc::new(card(3, "Marc | | soudeur |"))));
    people.put(Record::Contact(Arc::new(card(70, "Zoé | | plumber |"))));
    people.drop_record(RecordId::Contact(id(5)));
    let changed = [RecordId::Contact(id(3)), RecordId::Contact(id(70)), RecordId::Contact(id(5))];
    let (old, new) = (index.updated(&people, &changed), Index::build(&people, Lexicon::bundled()));
    let known = |index| Known {
        index,
        atlas: Atlas::build(&people),
        learnt: Learnt::default(),
        book: people.clone(),
    };
    let (old, new) = (known(old), known(new));
    assert_eq!(old.index.len(), PEOPLE.len());
    for need in ["soudeur", "plombier", "forer un puits", "planches"] {
        assert_eq!(old.answer(need, true), new.answer(need, true), "{need}");
    }
}
