//! What titles, organisations and notes say, what was stated and refused, and the user's own markets.

use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::contact::{MarketHow, MarketTie, Role, RoleKind};
use crate::domain::id::MarketId;
use crate::domain::market::Market;
use crate::domain::time::Timestamp;
use crate::domain::{Book, Contact, ContactId, Record, RecordId};

fn person(title: &str, org: &str, note: &str) -> Contact {
    let mut contact = Contact::new(ContactId(Uuid::from_u128(7)), Timestamp::UNIX_EPOCH);
    contact.roles.push(Role { title: title.into(), org: org.into(), ..Role::default() });
    contact.note = note.into();
    contact
}

fn told(taxonomy: &Taxonomy, contact: &Contact) -> Vec<(String, Option<MarketHow>)> {
    let links = Reader::new(taxonomy).links(contact);
    links.iter().map(|link| (taxonomy.get(link.market).slug.clone(), link.how)).collect()
}

fn plain() -> Taxonomy {
    Taxonomy::new(&Book::default())
}

fn says(title: &str, org: &str, note: &str, markets: &[(&str, MarketHow)]) {
    let found = told(&plain(), &person(title, org, note));
    let known: Vec<_> = markets.iter().map(|(slug, how)| ((*slug).to_owned(), Some(*how))).collect();
    assert_eq!(found, known, "{title} | {org} | {note}");
}

#[test]
fn the_farmer_wears_four_hats() {
    let mut farmer = person("Producteur laitier", "Ferme du Ruisseau", "");
    for (title, org, kind) in [
        ("Acériculteur", "", RoleKind::Ownership),
        ("Conseiller municipal", "Municipalité de Saint-Malo", RoleKind::Elected),
        ("Membre", "UPA de l'Estrie", RoleKind::Member),
    ] {
        farmer.roles.push(Role { title: title.into(), org: org.into(), kind, ..Role::default() });
    }
    let found = told(&plain(), &farmer);
    let how = |slug: &str| found.iter().find(|(own, _)| own == slug).and_then(|(_, how)| *how);
    assert_eq!(how("dairy"), Some(MarketHow::Works));
    assert_eq!(how("maple"), Some(MarketHow::Works));
    assert_eq!(how("municipal"), Some(MarketHow::Decides));
    assert_eq!(how("farm-unions"), Some(MarketHow::Member));
}

#[test]
fn evidence_is_the_words_where_they_stand() {
    let taxonomy = plain();
    let contact = person("Conseillère municipale", "Ville de Magog", "");
    let links = Reader::new(&taxonomy).links(&contact);
    assert_eq!(links[0].evidence(&contact), "Conseillère municipale");
    assert!(matches!(&links[0].basis, Basis::Inferred(evidence) if evidence.source == Source::Title(0)));
}

#[test]
fn words_that_mislead_do_not() {
    says("Directeur des ventes", "Groupe Altiva", "", &[]);
    says("Coordonnatrice", "Gestion Boulanger-Pelletier inc.", "", &[]);
    let mut clerk = person("Conseillère", "Banque Nationale", "");
    clerk.name = crate::domain::contact::Name::from_full("Luce Boulanger");
    let found = told(&plain(), &clerk);
    assert_eq!(found, [("banks-credit-unions".to_owned(), Some(MarketHow::Works))]);
    let church = told(&plain(), &person("Worship ministry leader", "Westview Bible Church", ""));
    assert_eq!(church, [("religion".to_owned(), Some(MarketHow::Works))]);
}

#[test]
fn feminine_forms_abbreviations_and_missing_accents_are_read() {
    says("AGRICULTRICE", "", "", &[("agriculture", MarketHow::Works)]);
    says("Conseiller(ère) municipal(e)", "", "", &[("municipal", MarketHow::Decides)]);
    says("Medecin de famille", "", "", &[("medical-clinics", MarketHow::Works)]);
    let mut accountant = person("", "", "");
    accountant.name.credentials.push("CPA".into());
    assert_eq!(told(&plain(), &accountant), [("accounting".to_owned(), Some(MarketHow::Works))]);
}

#[test]
fn cues_say_how() {
    says("Propriétaire", "Salon de coiffure Roy", "", &[("hair-beauty", MarketHow::Decides)]);
    says(
        "Recruiter, trucking sector",
        "Adecco",
        "",
        &[("recruitment", MarketHow::Works), ("trucking", MarketHow::Supplies)],
    );
    says("", "", "Productrice laitière.", &[("dairy", MarketHow::Works)]);
    says("", "", "Connaît le conseil municipal.", &[("municipal", MarketHow::Influences)]);
    says("", "", "Sa fille est agricultrice, cherche une érablière.", &[]);
    says("", "", "Wants to meet the mayor.", &[]);
}

#[test]
fn a_former_hat_influences_at_half_strength() {
    let taxonomy = plain();
    let mut contact = person("Agriculteur", "", "");
    contact.roles[0].former = true;
    let links = Reader::new(&taxonomy).links(&contact);
    assert_eq!((links[0].how, links[0].former), (Some(MarketHow::Influences), true));
    assert!((links[0].weight() - 0.35).abs() < 1e-6);
}

fn stated(market: &str, how: Option<MarketHow>, refused: bool) -> MarketTie {
    MarketTie { market: market.into(), how, evidence: String::new(), refused }
}

#[test]
fn stated_ties_win_by_any_name() {
    let mut contact = person("Agriculteur", "", "");
    contact.markets.push(stated("agriculture", Some(MarketHow::Buys), false));
    contact.markets.push(stated("foresterie", None, false));
    contact.markets.push(stated("drones", None, false));
    let mut book = Book::default();
    book.put(Record::Contact(Arc::new(contact.clone())));
    let atlas = Atlas::build(&book);
    let links = atlas.links(contact.id);
    let slugs: Vec<&str> = links.iter().map(|link| atlas.taxonomy().get(link.market).slug.as_str()).collect();
    assert_eq!(slugs, ["agriculture", "forestry", "drones"]);
    assert!(links.iter().all(Link::is_stated) && links[0].how == Some(MarketHow::Buys));
    assert!(atlas.taxonomy().get(links[2].market).loose);
}

fn record(slug: &str, parent: &str, keywords: &[&str], hidden: bool) -> Record {
    Record::Market(Arc::new(Market {
        id: MarketId(Uuid::new_v5(&Uuid::NAMESPACE_OID, slug.as_bytes())),
        slug: slug.into(),
        name_en: format!("The {slug}"),
        name_fr: String::new(),
        parent: parent.into(),
        keywords: keywords.iter().map(|word| (*word).to_owned()).collect(),
        naics: String::new(),
        hidden,
    }))
}

#[test]
fn the_users_markets_are_added_renamed_merged_and_hidden() {
    let mut book = Book::default();
    book.put(record(
        "bubbles",
        "technology",
        &["souffleur de bulles", "decides@title:chef de bulles", "-bulles de savon"],
        false,
    ));
    book.put(record("maple", "forestry", &[], false));
    book.put(record("dairy", "livestock", &[], true));
    book.put(record("religion", "", &[], true));
    let taxonomy = Taxonomy::new(&book);
    let own = |title: &str| told(&taxonomy, &person(title, "", ""));
    assert_eq!(own("Souffleur de bulles"), [("bubbles".to_owned(), Some(MarketHow::Works))]);
    assert_eq!(own("Chef de bulles"), [("bubbles".to_owned(), Some(MarketHow::Decides))]);
    assert_eq!(own("Souffleur de bulles, bulles de savon").len(), 0);
    let maple = taxonomy.find("The Maple").expect("by its new name");
    assert_eq!(taxonomy.get(maple).parent, taxonomy.find("forestry"));
    assert_eq!(taxonomy.get(maple).naics, "111994", "what is not said stays");
    assert_eq!(
        own("Producteur laitier"),
        [("livestock".to_owned(), Some(MarketHow::Works))],
        "merged into the one above"
    );
    assert_eq!(own("Pasteure").len(), 0, "hidden");
    assert!(taxonomy.below(None).all(|(_, market)| market.slug != "religion"));
}

#[test]
fn a_name_that_is_no_markets_is_guessed() {
    let taxonomy = plain();
    assert_eq!(taxonomy.find("boulangerie"), None);
    let guessed: Vec<&str> =
        taxonomy.guess("boulangerie").iter().map(|ix| taxonomy.get(*ix).slug.as_str()).collect();
    assert_eq!(guessed, ["bakeries"]);
}

#[test]
fn parents_in_a_circle_are_cut() {
    let mut book = Book::default();
    book.put(record("a", "bbb", &[], false));
    book.put(record("bbb", "a", &[], false));
    let taxonomy = Taxonomy::new(&book);
    for (ix, _) in taxonomy.all() {
        assert!(taxonomy.line(ix).count() < 10);
    }
}

#[test]
fn an_atlas_follows_changes() {
    let mut book = Book::default();
    let contact = person("Agriculteur", "Ville de Magog", "");
    book.put(Record::Contact(Arc::new(contact.clone())));
    let atlas = Atlas::build(&book);
    assert_eq!(
        atlas.of(contact.id).and_then(|own| own.region.as_ref()).map(|at| &*at.region),
        Some("estrie")
    );
    let mut changed = person("Acériculteur", "", "");
    changed.markets.push(stated("planeurs", None, false));
    book.put(Record::Contact(Arc::new(changed)));
    let next = atlas.updated(&book, &[RecordId::Contact(contact.id)]);
    let slugs = |atlas: &Atlas| -> Vec<String> {
        atlas.links(contact.id).iter().map(|link| atlas.taxonomy().get(link.market).slug.clone()).collect()
    };
    assert_eq!(slugs(&next), ["planeurs", "maple"]);
    assert_eq!(slugs(&next), slugs(&Atlas::build(&book)));
    book.drop_record(RecordId::Contact(contact.id));
    assert!(next.updated(&book, &[RecordId::Contact(contact.id)]).of(contact.id).is_none());
}

const WORDS: &[&str] = &[
    "maire",
    "Ville de",
    "conseiller municipal",
    "agriculteur",
    "producteur laitier",
    "UPA",
    "notaire",
    "comptable",
    "ing.",
    "membre",
    "propriétaire",
    "ancien",
    "trucking",
    "school",
    "teacher",
    "Caisse",
    "Desjardins",
    "érablière",
    ", ",
    "; ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_refused_inference_never_comes_back(
        title in prop::collection::vec(prop::sample::select(WORDS), 0..5),
        org in prop::collection::vec(prop::sample::select(WORDS), 0..4),
        later in prop::collection::vec(prop::sample::select(WORDS), 0..5),
    ) {
        let taxonomy = plain();
        let mut reader = Reader::new(&taxonomy);
        let mut contact = person(&title.join(" "), &org.join(" "), "");
        let refused = reader.links(&contact);
        contact.markets = refused.iter().map(|link| link.to_tie(&taxonomy, &contact, true)).collect();
        contact.note = later.join(" ");
        contact.roles.push(Role { title: later.join(" ").into(), ..Role::default() });
        for link in reader.links(&contact) {
            prop_assert!(refused.iter().all(|known| known.market != link.market));
        }
    }

    #[test]
    fn evidence_is_always_there(title in any::<String>(), note in any::<String>()) {
        let taxonomy = plain();
        let contact = person(&format!("maire {title}"), "Ville de Magog", &format!("{note} agriculteur"));
        for link in Reader::new(&taxonomy).links(&contact) {
            prop_assert!(!link.evidence(&contact).is_empty());
        }
    }
}
