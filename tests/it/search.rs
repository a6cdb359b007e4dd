//! Search as its callers see it: what is found, in which order, and that the index always tells the truth.

use std::sync::Arc;

use openbar::domain::contact::{
    Address, Closeness, Contact, Labelled, MarketHow, MarketTie, Met, Name, Phone, Role, Stage,
};
use openbar::domain::id::{ContactId, InteractionId, MarketId, TieId};
use openbar::domain::interaction::{Interaction, InteractionKind};
use openbar::domain::market::Market;
use openbar::domain::me::Me;
use openbar::domain::query::{Days, Filter, Place, Query, State, Term, Thing};
use openbar::domain::tie::{Tie, TieKind};
use openbar::domain::time::{Date, PartialDate, Timestamp};
use openbar::domain::{Book, Record, RecordId};
use openbar::insight::Snapshot;
use openbar::insight::resolve::{Resolved, who};
use openbar::insight::search::{self, Index, Options, highlight};
use proptest::prelude::*;
use uuid::Uuid;

#[path = "../../benches/world/mod.rs"]
mod world;

const TODAY: Date = jiff::civil::date(2026, 3, 15);

fn id(n: u128) -> ContactId {
    ContactId(Uuid::from_u128(n))
}

fn person(n: u128, name: &str, edit: impl FnOnce(&mut Contact)) -> Record {
    let created = Timestamp::from_second(1_700_000_000 + n as i64).expect("a time");
    let mut contact = Contact::new(id(n), created);
    contact.name = Name::from_full(name);
    edit(&mut contact);
    Record::Contact(Arc::new(contact))
}

fn role(title: &str, org: &str) -> Role {
    Role { title: title.into(), org: org.into(), ..Role::default() }
}

fn former(title: &str, org: &str) -> Role {
    Role { former: true, ..role(title, org) }
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A dozen people with what filters look at, in both languages.
fn small_book() -> Book {
    let mut book = Book::default();
    let people = [
        person(1, "Réjean Tremblay", |c| {
            c.roles = vec![
                role("vendeur de planches", "Scierie Tremblay"),
                role("conseiller municipal", "Ville de Magog"),
            ];
            c.tags = vec!["chambre".into(), "vin".into()];
            c.values = vec!["planches en bois".into()];
            c.phones = vec![Phone { value: "+18195550123".into(), ext: "224".into(), ..Phone::default() }];
            c.met = Some(Met {
                on: Some(PartialDate::parse("2025-11")),
                at: "Souper de la chambre".into(),
                ..Met::default()
            });
            c.closeness = Closeness::new(3);
            c.markets = vec![MarketTie {
                market: "municipal".into(),
                how: Some(MarketHow::Decides),
                evidence: String::new(),
                refused: false,
            }];
            c.addresses = vec![Address { city: "Magog".into(), region: "QC".into(), ..Address::default() }];
        }),
        person(2, "Élodie Lefèvre", |c| {
            c.roles = vec![role("Ingénieure", "Hydro-Québec"), former("stagiaire", "Cascades")];
            c.emails = vec![Labelled { value: "elodie.lefevre@hydro.example".into(), label: "".into() }];
            c.urls = vec![Labelled {
                value: "https://www.linkedin.com/in/elodie-lefevre-42".into(),
                label: "".into(),
            }];
            c.met = Some(Met { via: "Réjean Tremblay".into(), ..Met::default() });
            c.region = Some("Estrie".into());
            c.next = Some(day("2026-03-10"));
            c.tags = vec!["vinaigre".into()];
        }),
        person(3, "Jean Martin", |c| {
            c.roles = vec![role("Sugar maker", "Maple Farm Ltd.")];
            c.note = "Ami de Tremblay; parle de foresterie.".into();
            c.next = Some(day("2026-06-01"));
            c.met = Some(Met {
                on: Some(PartialDate::parse("2026-03-01")),
                via: id(2).to_string(),
                ..Met::default()
            });
        }),
        person(4, "Jean Martin", |c| {
            c.name.nickname = "Ti-Jean".into();
            c.unread = true;
            c.region = Some("Montréal".into());
        }),
        person(5, "Martine Cœur-d’Amours", |c| c.stage = Stage::Pocket),
        person(6, "Carl Martineau", |c| c.stage = Stage::Archived),
        person(7, "Anne Saint-Martin", |c| {
            c.markets = vec![
                MarketTie {
                    market: "travaux-publics".into(),
                    how: None,
                    evidence: String::new(),
                    refused: false,
                },
                MarketTie { market: "foresterie".into(), how: None, evidence: String::new(), refused: true },
            ];
        }),
        person(8, "Zoé Roy", |c| c.foreign_uid = Some("urn:card:7788".into())),
    ];
    for record in people {
        book.put(record);
    }
    book.put(Record::Tie(Arc::new(Tie {
        id: TieId(Uuid::from_u128(100)),
        a: id(8),
        b: id(4),
        kind: TieKind::Family,
        closeness: None,
        note: String::new(),
        since: None,
    })));
    for (n, slug, en, fr, parent) in [
        (200, "municipal", "Municipal", "Municipal", ""),
        (201, "travaux-publics", "Public works", "Travaux publics", "municipal"),
    ] {
        book.put(Record::Market(Arc::new(Market {
            id: MarketId(Uuid::from_u128(n)),
            slug: slug.into(),
            name_en: en.into(),
            name_fr: fr.into(),
            parent: parent.into(),
            keywords: Vec::new(),
            naics: String::new(),
            hidden: false,
        })));
    }
    book.put(Record::Me(Arc::new(Me {
        towns: vec!["Magog".into()],
        regions: vec!["estrie".into()],
        ..Me::default()
    })));
    book
}

fn snapshot(book: Book) -> Snapshot {
    let index = Index::build(&book);
    Snapshot { book: Arc::new(book), index: Arc::new(index), loaded: true, roll: None }
}

fn query(filters: impl IntoIterator<Item = Filter>) -> Query {
    Query { terms: filters.into_iter().map(|filter| Term { negated: false, filter }).collect() }
}

fn not(filter: Filter) -> Query {
    Query { terms: vec![Term { negated: true, filter }] }
}

fn words(text: &str) -> Query {
    query(text.split_whitespace().map(|word| Filter::Word(vec![word.into()])))
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

fn run(snapshot: &Snapshot, query: &Query) -> Vec<ContactId> {
    let options = Options { today: TODAY, limit: None, cancelled: &|| false };
    search::run(snapshot, query, &options).expect("not cancelled")
}

/// Who is found in the small book, by number, best first.
fn found(query: &Query) -> Vec<u128> {
    run(&snapshot(small_book()), query).into_iter().map(|id| id.0.as_u128()).collect()
}

/// The same, in the order of numbers.
fn anybody(query: &Query) -> Vec<u128> {
    let mut found = found(query);
    found.sort_unstable();
    found
}

#[test]
fn nothing_asked_is_everybody_present_latest_first() {
    assert_eq!(found(&Query::default()), [8, 7, 5, 4, 3, 2, 1]);
}

#[test]
fn accents_and_case_do_not_count() {
    for word in ["lefevre", "LEFÈVRE", "Lefèvre", "élod", "hydro-quebec", "Hydro-Québec"] {
        assert_eq!(found(&words(word)), [2], "{word}");
    }
    assert_eq!(found(&words("coeur")), [5]);
    assert_eq!(found(&words("cœur-d'amours")), [5]);
}

#[test]
fn whole_words_of_the_name_come_first_then_beginnings_then_insides() {
    // Two Jean Martin (the latest first), Saint-Martin is a whole word too, then Martine.
    assert_eq!(found(&words("martin")), [7, 4, 3, 5]);
    // The name before the hat, the hat before the note.
    assert_eq!(found(&words("tremblay")), [1, 3]);
    assert_eq!(found(&words("ma")), [5, 7, 4, 3, 1], "a name before a town");
    assert_eq!(found(&words("eur")), [5, 1, 2], "inside a name before inside a title");
}

#[test]
fn letters_in_their_order_are_enough() {
    assert_eq!(found(&words("mrtn")), [5, 7, 4, 3], "the beginning of the name scores highest");
    assert_eq!(found(&words("lfvr")), [2]);
    assert_eq!(found(&words("jmartin")), [4, 3]);
    assert!(found(&words("nitram")).is_empty());
}

#[test]
fn every_word_counts() {
    assert_eq!(found(&words("jean maple")), [3]);
    assert!(found(&words("jean hydro")).is_empty());
    let either = query([Filter::Word(texts(&["maple", "hydro"]))]);
    assert_eq!(anybody(&either), [2, 3]);
}

#[test]
fn a_phone_is_found_however_it_is_written() {
    for text in
        ["555 0123", "(819) 555-0123", "8195550123", "+1 819 555 0123", "819.555.0123", "5550123", "224"]
    {
        assert_eq!(found(&words(text)), [1], "{text}");
        assert_eq!(found(&query([Filter::Phrase(text.into())])), [1], "{text}, quoted");
    }
}

#[test]
fn emails_and_addresses_are_found_as_pasted() {
    for text in [
        "elodie.lefevre@hydro.example",
        "https://www.linkedin.com/in/elodie-lefevre-42/",
        "linkedin.com/in/elodie-lefevre-42",
        "lefevre-42",
    ] {
        assert_eq!(found(&words(text)), [2], "{text}");
    }
    assert!(found(&words("linkedin")).is_empty(), "what every profile shares is no word");
}

#[test]
fn archived_people_are_hidden_unless_asked_for() {
    assert!(!found(&words("martineau")).contains(&6));
    assert_eq!(found(&query([Filter::Is(vec![State::Archived])])), [6]);
    assert_eq!(anybody(&query([Filter::Is(vec![State::Archived, State::Pocket])])), [5, 6]);
    assert_eq!(found(&words(&id(6).to_string())), [6]);
    assert!(!anybody(&not(Filter::Is(vec![State::Pocket]))).contains(&6));
}

#[test]
fn an_exact_uid_comes_first() {
    assert_eq!(found(&words("urn:card:7788")), [8]);
    assert_eq!(found(&words(&id(3).to_string())), [3]);
}

#[test]
fn organisations_and_titles_present_before_past() {
    assert_eq!(found(&query([Filter::Org(texts(&["hydro"]))])), [2]);
    assert_eq!(found(&query([Filter::Org(texts(&["quebec"]))])), [2]);
    assert!(found(&query([Filter::Org(texts(&["ydro"]))])).is_empty());
    assert_eq!(found(&query([Filter::Org(texts(&["cascades"]))])), [2]);
    assert!(found(&query([Filter::Title(texts(&["hydro"]))])).is_empty());
    assert_eq!(found(&query([Filter::Title(texts(&["conseiller"]))])), [1]);
    let mut book = small_book();
    book.put(person(9, "Past", |c| c.roles = vec![former("dg", "Hydro Sherbrooke")]));
    let hits = run(&snapshot(book), &query([Filter::Org(texts(&["hydro"]))]));
    assert_eq!(hits, [id(2), id(9)]);
}

#[test]
fn values_events_and_notes() {
    assert_eq!(found(&query([Filter::Value(texts(&["planches"]))])), [1]);
    assert_eq!(found(&query([Filter::Value(texts(&["planches en bois"]))])), [1]);
    assert_eq!(found(&query([Filter::MetAt(texts(&["souper"]))])), [1]);
    assert_eq!(found(&query([Filter::Note(texts(&["foresterie"]))])), [3]);
    assert_eq!(found(&query([Filter::Phrase("ami de trem".into())])), [3]);
}

#[test]
fn a_tag_is_the_whole_word_where_there_is_one() {
    assert_eq!(found(&query([Filter::Tag(texts(&["vin"]))])), [1]);
    assert_eq!(found(&query([Filter::Tag(texts(&["vinai"]))])), [2]);
    assert_eq!(anybody(&query([Filter::Tag(texts(&["vi"]))])), [1, 2]);
    assert_eq!(anybody(&not(Filter::Tag(texts(&["vin"])))), [2, 3, 4, 5, 7, 8]);
    assert_eq!(anybody(&not(Filter::Tag(texts(&["vi"])))).len(), 7, "no such tag, so everybody lacks it");
}

#[test]
fn markets_with_what_is_below_them_by_hat_and_never_refused() {
    let market = |name: &str, how| query([Filter::Market(vec![(name.into(), how)])]);
    assert_eq!(anybody(&market("municipal", None)), [1, 7]);
    assert_eq!(found(&market("public works", None)), [7]);
    assert_eq!(found(&market("municipal", Some(MarketHow::Decides))), [1]);
    assert!(found(&market("municipal", Some(MarketHow::Buys))).is_empty());
    assert!(found(&market("foresterie", None)).is_empty());
}

#[test]
fn days_of_meeting_follow_up_and_silence() {
    let days = |from: &str, to: &str| Days { from: from.parse().ok(), to: to.parse().ok() };
    assert_eq!(found(&query([Filter::MetOn(days("2025-11-20", ""))])), [1, 3], "the nearest first");
    assert_eq!(found(&query([Filter::MetOn(days("", "2025-11-01"))])), [1]);
    assert!(found(&query([Filter::MetOn(days("2025-12-01", "2026-02-28"))])).is_empty());
    assert_eq!(found(&query([Filter::Is(vec![State::Due])])), [2]);
    assert_eq!(found(&query([Filter::Next(days("2026-03-11", ""))])), [3]);
    // Jean Martin was met two weeks ago; the others came in (2023) or were met (2025-11) long before.
    assert!(!anybody(&query([Filter::Stale(30)])).contains(&3));
    assert!(anybody(&query([Filter::Stale(30)])).contains(&1));
    assert!(!anybody(&query([Filter::Stale(200)])).contains(&1));
    let mut book = small_book();
    book.put(Record::Interaction(Arc::new(interaction(1, 1, "2026-03-14"))));
    assert!(!run(&snapshot(book), &query([Filter::Stale(30)])).contains(&id(1)));
}

#[test]
fn introducers_and_ties() {
    let via = |name: &str| found(&query([Filter::Via(texts(&[name]))]));
    assert_eq!(via("rejean"), [2], "by name");
    assert_eq!(via("lefevre"), [3], "by uid");
    assert_eq!(via("zoé"), [4], "by a tie");
    assert_eq!(via("jean martin"), [8], "by the same tie from the other end");
    assert_eq!(anybody(&query([Filter::Has(vec![Thing::Tie])])), [4, 8]);
}

#[test]
fn places_things_and_closeness() {
    let place = |place: Place| anybody(&query([Filter::In(vec![place])]));
    assert_eq!(place(Place::Named("magog".into())), [1]);
    assert_eq!(place(Place::Named("montreal".into())), [4]);
    assert_eq!(place(Place::Me), [1, 2]);
    assert_eq!(anybody(&query([Filter::Has(vec![Thing::Phone, Thing::LinkedIn])])), [1, 2]);
    assert_eq!(found(&query([Filter::Close(3, 5)])), [1]);
    assert_eq!(anybody(&query([Filter::Close(0, 2)])), [2, 3, 4, 5, 7, 8]);
    assert_eq!(found(&query([Filter::Is(vec![State::Unread])])), [4]);
}

#[test]
fn a_negated_word_excludes_only_what_holds_it() {
    assert_eq!(anybody(&not(Filter::Word(texts(&["martin"])))), [1, 2, 8]);
    assert_eq!(anybody(&not(Filter::Word(texts(&["mrtn"])))).len(), 7);
}

#[test]
fn signs_without_words_ask_nothing() {
    let all = found(&Query::default());
    for filter in [
        Filter::Word(texts(&["-"])),
        Filter::Org(texts(&[""])),
        Filter::Tag(vec![]),
        Filter::Phrase("!".into()),
    ] {
        assert_eq!(found(&query([filter.clone()])).len(), all.len(), "{filter:?}");
        assert_eq!(found(&not(filter.clone())).len(), all.len(), "not {filter:?}");
    }
}

#[test]
fn a_limit_gives_the_head_of_the_list() {
    let snapshot = snapshot(world::book(9000));
    for text in ["", "l", "martin", "sante"] {
        let query = words(text);
        let all = run(&snapshot, &query);
        for limit in [0, 3, 5000] {
            let options = Options { today: TODAY, limit: Some(limit), cancelled: &|| false };
            let head = search::run(&snapshot, &query, &options).expect("not cancelled");
            assert_eq!(head, all[..limit.min(all.len())], "{text} {limit}");
        }
    }
}

#[test]
fn a_newer_query_stops_an_older_one() {
    let snapshot = snapshot(small_book());
    let options = Options { today: TODAY, limit: None, cancelled: &|| true };
    assert_eq!(search::run(&snapshot, &words("martin"), &options), None);
}

#[test]
fn words_find_people_before_the_book_is_read() {
    let Snapshot { index, .. } = snapshot(small_book());
    let early = Snapshot { book: Arc::default(), index, loaded: false, roll: None };
    assert_eq!(run(&early, &words("lefevre")), [id(2)]);
    assert_eq!(run(&early, &query([Filter::Org(texts(&["hydro"]))])), [id(2)]);
    assert_eq!(run(&early, &words(&id(6).to_string())), [id(6)]);
    assert!(run(&early, &query([Filter::In(vec![Place::Me])])).is_empty());
}

#[test]
fn a_row_shows_what_lists_need() {
    let index = Index::build(&small_book());
    let row = index.row(id(1)).expect("a row");
    assert_eq!(
        (row.name, row.title, row.org),
        ("Réjean Tremblay", "vendeur de planches", "Scierie Tremblay")
    );
    assert_eq!(
        (row.headline, row.place, row.tags),
        ("vendeur de planches, Scierie Tremblay", "Magog", "chambre vin")
    );
    assert_eq!((row.closeness, row.stage, row.unread), (Closeness::new(3), Stage::Active, false));
    assert_eq!(index.row(id(2)).expect("a row").next, Some(day("2026-03-10")));
    assert_eq!(index.row(id(4)).expect("a row").headline, "");
    assert_eq!(index.row(id(99)), None);
    assert_eq!((index.len(), index.rows().count()), (8, 8));
}

#[test]
fn who_is_meant() {
    let book = small_book();
    let index = Index::build(&book);
    let who = |text: &str| who(&book, &index, text, &words(text), TODAY);
    assert_eq!(who(&id(6).to_string()), Resolved::One(id(6)), "an archived person by uid");
    assert_eq!(who("urn:card:7788"), Resolved::One(id(8)));
    assert_eq!(who("urn:card:7"), Resolved::One(id(8)), "the only uid that begins so");
    assert_eq!(who("ELODIE.lefevre@hydro.example"), Resolved::One(id(2)));
    assert_eq!(who("819 555-0123"), Resolved::One(id(1)));
    assert_eq!(who("elodie lefevre"), Resolved::One(id(2)));
    assert_eq!(who("ti-jean"), Resolved::One(id(4)), "a nickname");
    assert_eq!(who("Jean Martin"), Resolved::Many(vec![id(3), id(4)]));
    assert_eq!(who("carl martineau"), Resolved::One(id(6)), "nobody else has that name");
    assert_eq!(who("hydro"), Resolved::One(id(2)), "letters in order elsewhere do not count");
    assert_eq!(who("lfvr"), Resolved::One(id(2)));
    assert_eq!(who("nobody at all"), Resolved::None);
    assert_eq!(who("  "), Resolved::None);
}

fn shown<'a>(query: &Query, text: &'a str) -> Vec<&'a str> {
    highlight(query, text).into_iter().map(|range| &text[range]).collect()
}

#[test]
fn the_letters_that_answer_are_shown() {
    assert_eq!(shown(&words("lef"), "Élodie Lefèvre"), ["Lef"]);
    assert_eq!(shown(&words("elodie"), "Élodie Lefèvre"), ["Élodie"]);
    assert_eq!(shown(&words("co"), "Cœur"), ["Cœ"], "half a ligature is the whole");
    assert_eq!(shown(&words("mart"), "Saint-Martin Smart"), ["Mart"], "beginnings before insides");
    assert_eq!(shown(&words("artin"), "Saint-Martin"), ["artin"]);
    assert_eq!(shown(&words("mrtn"), "Martin"), ["M", "rt", "n"]);
    assert_eq!(shown(&words("hydro-québec"), "Hydro Québec inc."), ["Hydro Québec"]);
    assert_eq!(shown(&words("5550123"), "819 555-0123"), ["555", "0123"]);
    assert_eq!(shown(&query([Filter::Org(texts(&["hydro"]))]), "Ingénieure, Hydro-Québec"), ["Hydro"]);
    assert!(shown(&query([Filter::Org(texts(&["hdro"]))]), "Hydro-Québec").is_empty());
    assert!(shown(&not(Filter::Word(texts(&["lef"]))), "Lefèvre").is_empty());
    assert!(shown(&Query::default(), "Lefèvre").is_empty());
}

fn interaction(n: u128, who: u128, on: &str) -> Interaction {
    Interaction {
        id: InteractionId(Uuid::from_u128(1000 + n)),
        on: day(on),
        kind: InteractionKind::Call,
        people: vec![id(who)],
        words: String::new(),
        created: Timestamp::from_second(1_800_000_000 + n as i64).expect("a time"),
    }
}

#[test]
fn a_segment_that_grows_is_split_and_tells_the_same() {
    let whole = world::book(8_500);
    let mut part = Book::default();
    let contacts: Vec<_> = whole.contacts().cloned().collect();
    contacts.iter().step_by(3).for_each(|contact| part.put(Record::Contact(contact.clone())));
    let changed: Vec<RecordId> = whole.records().map(|record| record.id()).collect();
    let grown = Index::build(&part).updated(&whole, &changed[..6000]).updated(&whole, &changed);
    let built = Index::build(&whole);
    assert_eq!(grown.len(), built.len());
    assert!(grown.rows().eq(built.rows()));
    let read = Index::from_bytes(&grown.to_bytes()).expect("sound");
    assert!(read.rows().eq(built.rows()));
}

/// An edit of a small world: a contact or an interaction appears, changes or goes.
#[derive(Clone, Debug)]
enum Change {
    Put(u8, u64),
    Drop(u8),
    Log(u8, u8, u8),
    Unlog(u8),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        4 => (0..30_u8, any::<u64>()).prop_map(|(who, seed)| Change::Put(who, seed)),
        1 => (0..30_u8).prop_map(Change::Drop),
        2 => (0..8_u8, 0..30_u8, 1..28_u8).prop_map(|(n, who, day)| Change::Log(n, who, day)),
        1 => (0..8_u8).prop_map(Change::Unlog),
    ];
    prop::collection::vec(change, 1..12)
}

fn apply(book: &mut Book, change: &Change) -> RecordId {
    match change {
        Change::Put(who, seed) => {
            let contact = world::person(0, id(u128::from(*who)), &mut world::Dice::new(*seed));
            book.put(Record::Contact(Arc::new(contact)));
            RecordId::Contact(id(u128::from(*who)))
        }
        Change::Drop(who) => {
            book.drop_record(RecordId::Contact(id(u128::from(*who))));
            RecordId::Contact(id(u128::from(*who)))
        }
        Change::Log(n, who, day) => {
            let entry = interaction(u128::from(*n), u128::from(*who), &format!("2026-02-{day:02}"));
            let id = entry.id;
            book.put(Record::Interaction(Arc::new(entry)));
            RecordId::Interaction(id)
        }
        Change::Unlog(n) => {
            let id = interaction(u128::from(*n), 0, "2026-02-01").id;
            book.drop_record(RecordId::Interaction(id));
            RecordId::Interaction(id)
        }
    }
}

/// Folded letters and digits with single blanks, as a reader of the specification would write it.
fn plain(text: &str) -> String {
    let folded = openbar::text::fold::fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a word answers a contact, field by field and without any index.
fn answers(contact: &Contact, word: &str) -> bool {
    let mut head = vec![contact.name.full.to_string(), contact.name.nickname.to_string()];
    for role in &contact.roles {
        head.extend([role.org.to_string(), role.title.to_string()]);
    }
    head.extend(contact.tags.iter().chain(&contact.values).cloned());
    head.extend(contact.met.iter().map(|met| met.at.clone()));
    head.extend(contact.addresses.iter().map(|address| address.city.clone()));
    head.extend(contact.region.clone());
    head.extend(contact.markets.iter().filter(|tie| !tie.refused).map(|tie| tie.market.clone()));
    let mut tail = vec![contact.note.clone()];
    tail.extend(contact.emails.iter().map(|email| email.value.clone()));
    tail.extend(contact.phones.iter().map(|phone| phone.value.to_string()));
    tail.extend(contact.urls.iter().map(|url| url.value.replace("https://www.linkedin.com/in/", "")));
    let word = plain(word);
    let in_order = |field: &str| {
        let Some(first) = word.chars().next() else { return true };
        let starts =
            field.char_indices().filter(|(at, c)| *c == first && (*at == 0 || field[..*at].ends_with(' ')));
        starts.map(|(at, _)| &field[at..]).any(|rest| {
            let mut rest = rest.chars();
            word.chars().filter(|c| *c != ' ').all(|c| rest.any(|other| other == c))
        })
    };
    head.iter().map(|field| plain(field)).any(|field| field.contains(&word) || in_order(&field))
        || tail.iter().any(|field| plain(field).contains(&word))
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zéè]{1,3}",
        "[0-9]{1,4}",
        prop::sample::select(vec![
            "martin",
            "mrtn",
            "Lefèvre",
            "dupont",
            "sante",
            "hydro-quebec",
            "jean-f",
            "dg",
            "drctr",
            "sherbrooke",
            "cabane",
            "5550",
            "maire",
            "planches",
            "inc",
            "constrction",
            "d'amours",
            "oeuvre",
            "conseillère",
        ])
        .prop_flat_map(
            |word| (1..=word.chars().count()).prop_map(move |len| word.chars().take(len).collect::<String>())
        ),
    ]
}

fn world_snapshot() -> &'static Snapshot {
    static WORLD: std::sync::OnceLock<Snapshot> = std::sync::OnceLock::new();
    WORLD.get_or_init(|| snapshot(world::book(700)))
}

fn present(snapshot: &Snapshot, words: &[String]) -> Vec<ContactId> {
    let contacts = snapshot.book.contacts().filter(|contact| contact.stage != Stage::Archived);
    contacts
        .filter(|contact| words.iter().all(|word| answers(contact, word)))
        .map(|contact| contact.id)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn an_index_brought_up_to_date_is_the_index_built_anew(rounds in prop::collection::vec(changes(), 1..5)) {
        let mut book = Book::default();
        let mut index = Index::build(&book);
        for round in rounds {
            let changed: Vec<RecordId> = round.iter().map(|change| apply(&mut book, change)).collect();
            index = index.updated(&book, &changed);
            prop_assert_eq!(index.to_bytes(), Index::build(&book).to_bytes());
        }
    }

    #[test]
    fn an_index_survives_its_bytes(changes in changes()) {
        let mut book = Book::default();
        for change in &changes {
            apply(&mut book, change);
        }
        let index = Index::build(&book);
        let read = Index::from_bytes(&index.to_bytes()).expect("sound");
        prop_assert!(read.rows().eq(index.rows()));
        prop_assert_eq!(read.to_bytes(), index.to_bytes());
    }

    #[test]
    fn damaged_bytes_never_panic(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>()) {
        let snapshot = snapshot(small_book());
        let mut bytes = snapshot.index.to_bytes();
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        for bytes in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
            if let Some(index) = Index::from_bytes(bytes) {
                let damaged = Snapshot { index: Arc::new(index), ..snapshot.clone() };
                damaged.index.rows().for_each(|row| { let _ = format!("{row:?}"); });
                for query in [words("martin"), words("x"), query([Filter::Via(texts(&["a"]))])] {
                    run(&damaged, &query);
                }
            }
        }
    }

    #[test]
    fn words_find_what_reading_every_card_finds(words in prop::collection::vec(word(), 1..3)) {
        let snapshot = world_snapshot();
        let query = query(words.iter().map(|word| Filter::Word(vec![word.clone()])));
        let mut hits = run(snapshot, &query);
        hits.sort_unstable();
        prop_assert_eq!(hits, present(snapshot, &words));
    }

    #[test]
    fn one_more_letter_never_adds_anybody(word in word(), letter in "[a-zéç0-9]") {
        let snapshot = world_snapshot();
        let before = run(snapshot, &words(&word));
        for id in run(snapshot, &words(&format!("{word}{letter}"))) {
            prop_assert!(before.contains(&id), "{}", id);
        }
    }

    #[test]
    fn negation_parts_the_book_in_two(org in "[a-z]{1,3}") {
        let snapshot = world_snapshot();
        let filter = Filter::Org(vec![org]);
        let with = run(snapshot, &query([filter.clone()])).len();
        let without = run(snapshot, &not(filter)).len();
        prop_assert_eq!(with + without, run(snapshot, &Query::default()).len());
    }

    #[test]
    fn highlights_lie_between_characters(text in "\\PC{0,40}", word in "\\PC{1,6}") {
        let query = query([Filter::Word(vec![word.clone()]), Filter::Phrase(word)]);
        let mut end = 0;
        for range in highlight(&query, &text) {
            prop_assert!(range.start < range.end && (end == 0 || range.start > end));
            prop_assert!(text.get(range.clone()).is_some());
            end = range.end;
        }
    }

    #[test]
    fn what_is_searched_for_is_highlighted(word in "[a-zéœ]{1,6}", before in "\\PC{0,10}", after in "\\PC{0,10}") {
        let text = format!("{before} {word}{after}");
        prop_assert!(!highlight(&words(&word), &text).is_empty());
    }
}
