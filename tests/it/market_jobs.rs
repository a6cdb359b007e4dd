//! Markets, paths and introductions over a real engine: the farmer's story, what is accepted and refused, what is asked and
//! answered, and the user's own markets.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use openbar::domain::Record;
use openbar::domain::change::{Deed, Edit};
use openbar::domain::contact::{Closeness, Contact, MarketHow, Role};
use openbar::domain::interaction::InteractionKind;
use openbar::domain::problem::{Problem, UsageProblem};
use openbar::domain::tie::TieKind;
use openbar::insight::agenda::Agenda;
use openbar::insight::markets::Source;
use openbar::insight::network::{Level, TieEvidence};
use openbar::protocol::markets::{
    AskWhy, Cell, Crossing, Crossings, Hat, Head, MarketChange, MarketPage, MarketsMap, Origin, Rows, Settle,
    Stats,
};
use openbar::protocol::paths::{
    AnswerIntroduction, Answered, Around, AskIntroduction, Destination, Paths, Way,
};
use openbar::protocol::{ExportForm, Import, Job, Reply};

use crate::engine::{World, changed, named, put};

/// A world with a book of its own.
fn world() -> (tempfile::TempDir, World) {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    (dir, world)
}

/// The demo's network.
fn demo() -> (tempfile::TempDir, World) {
    let (dir, world) = world();
    let network = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/network.jsonl");
    let import = Import { paths: vec![network], ..Import::default() };
    assert!(matches!(world.ask(Job::Import(import)), Reply::Imported(_)));
    (dir, world)
}

fn person(name: &str, title: &str, org: &str, closeness: u8) -> Contact {
    let mut contact = named(name);
    contact.roles.push(Role { title: title.into(), org: org.into(), ..Role::default() });
    contact.closeness = Closeness::new(closeness);
    contact
}

macro_rules! ask {
    ($world:expr, $job:expr => $variant:ident) => {
        match $world.ask($job) {
            Reply::$variant(answer) => *answer,
            other => panic!("another answer: {other:?}"),
        }
    };
}

fn map(world: &World, region: Option<&str>) -> MarketsMap {
    ask!(world, Job::Markets { region: region.map(Into::into) } => Markets)
}

fn market(world: &World, name: &str) -> MarketPage {
    ask!(world, Job::Market { name: name.into(), region: None, limit: 50 } => Market)
}

fn paths(world: &World, to: &str) -> Paths {
    ask!(world, Job::Path { to: to.into(), region: None, limit: 5 } => Paths)
}

fn around(world: &World, who: &str) -> Around {
    ask!(world, Job::Around { who: who.into() } => Around)
}

fn crossing(world: &World, rows: Rows) -> Crossing {
    ask!(world, Job::Crossings(Crossings { rows, region: None, offset: 0, limit: 500 }) => Crossing)
}

fn stats(world: &World) -> Stats {
    ask!(world, Job::Stats => Stats)
}

fn agenda(world: &World) -> Agenda {
    match world.ask(Job::Today) {
        Reply::Today(agenda) => agenda,
        other => panic!("no agenda: {other:?}"),
    }
}

fn refused(reply: Reply) -> Problem {
    match reply {
        Reply::Failed(problem) => problem,
        other => panic!("it was done: {other:?}"),
    }
}

fn settle(world: &World, who: &str, market: &str, settle: Settle) -> Reply {
    world.ask(Job::SettleMarket { who: who.into(), market: market.into(), how: None, settle })
}

/// Slug and hat of each market that somebody is tied to; a tilde for inferred ones.
fn hats(world: &World, who: &str) -> Vec<String> {
    let how = |hat: &Hat| hat.how.map(|how| format!("{how:?}").to_lowercase()).unwrap_or_default();
    let hats = around(world, who).hats;
    hats.iter()
        .map(|hat| format!("{}{}:{}", if hat.stated { "" } else { "~" }, hat.market.slug, how(hat)))
        .collect()
}

#[test]
fn the_farmer_opens_markets_by_each_of_his_hats() {
    let (_dir, world) = demo();
    let page = market(&world, "Municipal");
    let own = page.connectors.iter().find(|own| own.person.name == "Ghislain Wallace").expect("the farmer");
    assert_eq!((own.hat.how, own.hat.stated), (Some(MarketHow::Decides), true));
    assert!(own.hat.words.contains("conseiller municipal"), "{}", own.hat.words);
    let way = own.way.as_ref().expect("a way");
    assert_eq!(way.hops[0].person.name, "Ghislain Wallace");
    assert!(matches!(way.hops[0].tie, TieEvidence::Access(_)) && way.via().is_none());
    assert!(page.line.level >= Level::Fair);

    let own = around(&world, "ghislain@deuxruisseaux.example");
    let hat = |slug: &str| own.hats.iter().find(|hat| hat.market.slug == slug).expect(slug);
    assert_eq!((hat("maple").how, hat("maple").stated), (Some(MarketHow::Works), true));
    assert_eq!((hat("dairy").stated, hat("dairy").source), (false, Some(Source::Title(0))));
    assert_eq!(hat("dairy").words, "producteur laitier");
    assert_eq!(hat("dairy").text, "producteur laitier et acéricole");
    assert_eq!(hat("farm-unions").how, Some(MarketHow::Member));
    assert!(own.opens.iter().any(|opened| opened.market.slug == "dairy"));
    assert!(!own.introduces.is_empty() && own.drawn.nodes.len() > 2);
    assert_eq!(own.region.expect("Coaticook lies somewhere").slug, "estrie");
}

#[test]
fn every_market_that_the_demo_names_is_known_and_its_refusals_hold() {
    let (_dir, world) = demo();
    let book = world.book().book;
    let lines = map(&world, None).lines;
    let known = |slug: &str| {
        let line = lines.iter().find(|line| line.market.slug == slug);
        line.is_some_and(|line| line.origin != Origin::Loose)
    };
    for contact in book.contacts() {
        for tie in &contact.markets {
            assert!(known(&tie.market), "{}: {}", contact.name.full, tie.market);
            let own = around(&world, &contact.uid());
            let told = own.hats.iter().any(|hat| hat.market.slug == tie.market);
            assert_eq!(told, !tie.refused, "{}: {}", contact.name.full, tie.market);
        }
    }
    let named = book.needs().map(|need| &need.market).chain(book.mandates().map(|mandate| &mandate.market));
    for slug in named.filter(|slug| !slug.is_empty()) {
        assert!(known(slug), "{slug}");
    }
}

#[test]
fn the_map_counts_people_by_market_and_region() {
    let (_dir, world) = demo();
    let everywhere = map(&world, None);
    assert!(everywhere.ground.people > 100 && everywhere.ground.met > 10);
    let line = |map: &MarketsMap, slug: &str| {
        map.lines.iter().find(|line| line.market.slug == slug).expect("a bundled market").clone()
    };
    let municipal = line(&everywhere, "municipal");
    assert_eq!(municipal.presence, municipal.stated + municipal.inferred);
    assert!(municipal.stated >= 3 && municipal.inferred > 0);
    // Each market stands after the one above it.
    let at = |slug: &str| everywhere.lines.iter().position(|line| line.market.slug == slug).expect("there");
    assert!(at("agriculture") < at("dairy") && at("dairy") < at("forestry"));

    let estrie = map(&world, Some("Magog"));
    assert_eq!(estrie.region.as_ref().map(|region| region.slug.as_str()), Some("estrie"));
    assert!(line(&estrie, "municipal").presence <= municipal.presence);
    assert_eq!(map(&world, Some("me")).region, estrie.region, "the user's own region");
    let there = everywhere.regions.iter().find(|(region, _)| region.slug == "estrie").expect("it is home").1;
    let table = crossing(&world, Rows::Regions);
    let row = table.rows.iter().find(|row| matches!(&row.head, Head::Region(own, _) if own.slug == "estrie"));
    let row = row.expect("a row");
    assert!(matches!(&row.head, Head::Region(_, people) if *people == there));
    let column = table.columns.iter().position(|column| column.market.slug == "municipal").expect("a column");
    let cell = row.cells.iter().find(|(at, _)| *at == column).map(|(_, cell)| cell.clone());
    let known = line(&estrie, "municipal");
    let same = Cell::Covered { presence: known.presence, reach: known.reach, level: known.level };
    assert_eq!(cell, Some(same));
    let page = market(&world, "municipal");
    let own = page.regions.iter().find(|own| own.region.slug == "estrie").expect("a line");
    assert_eq!((own.presence, own.reach, own.level), (known.presence, known.reach, known.level));
}

#[test]
fn people_stand_against_markets_page_by_page() {
    let (_dir, world) = demo();
    let whole = crossing(&world, Rows::People);
    assert_eq!(whole.rows.len(), whole.total);
    let second = Crossings { rows: Rows::People, region: None, offset: 5, limit: 3 };
    let second = ask!(world, Job::Crossings(second) => Crossing);
    assert_eq!((second.rows.as_slice(), second.total), (&whole.rows[5..8], whole.total));
    let farmer = whole
        .rows
        .iter()
        .find(|row| matches!(&row.head, Head::Person(person, _) if person.name == "Ghislain Wallace"));
    let cells = &farmer.expect("a row").cells;
    assert!(cells.is_sorted_by_key(|(column, _)| *column));
    let cell = |slug: &str| {
        let column = whole.columns.iter().position(|column| column.market.slug == slug).expect("a column");
        cells.iter().find(|(at, _)| *at == column).map(|(_, cell)| cell.clone())
    };
    let decides = Cell::Tied { how: Some(MarketHow::Decides), former: false, stated: true };
    assert_eq!(cell("municipal"), Some(decides));
    assert!(cell("agriculture").is_some(), "through dairy, below it");
}

#[test]
fn names_that_are_no_markets_offer_the_nearest() {
    let (_dir, world) = demo();
    let asked = |name: &str| Job::Market { name: name.into(), region: None, limit: 5 };
    let Problem::NoMarket { near, .. } = refused(world.ask(asked("munisipal"))) else { panic!("no market") };
    assert_eq!(near[0].slug, "municipal");
    let job = Job::Markets { region: Some("Atlantis".into()) };
    assert!(matches!(refused(world.ask(job)), Problem::NoRegion { near, .. } if near.is_empty()));
    for name in ["production laitiere", "DAIRY FARMING", "+dairy"] {
        assert_eq!(market(&world, name).line.market.slug, "dairy", "{name}");
    }
}

#[test]
fn what_is_accepted_is_stated_with_its_words_and_undone_in_one_step() {
    let (_dir, world) = world();
    changed(world.ask(put(&[person("Marie Roy", "Productrice laitière", "Ferme Roy", 3)])));
    assert_eq!(hats(&world, "marie"), ["~dairy:works"]);
    changed(settle(&world, "marie", "dairy", Settle::Accept));
    assert_eq!(hats(&world, "marie"), ["dairy:works"]);
    let tie = world.book().book.contacts().next().expect("Marie").markets[0].clone();
    assert_eq!((tie.evidence.as_str(), tie.how), ("Productrice laitière", Some(MarketHow::Works)));
    assert!(matches!(settle(&world, "marie", "dairy", Settle::Accept), Reply::Changed { step: None, .. }));
    changed(world.ask(Job::Undo));
    assert_eq!(hats(&world, "marie"), ["~dairy:works"]);
    let decides = Job::SettleMarket {
        who: "marie".into(),
        market: "Foresterie".into(),
        how: Some(MarketHow::Buys),
        settle: Settle::Accept,
    };
    changed(world.ask(decides));
    assert_eq!(hats(&world, "marie"), ["forestry:buys", "~dairy:works"]);
}

#[test]
fn what_is_refused_never_comes_back() {
    let (dir, world) = world();
    changed(world.ask(put(&[person("Marie Roy", "Productrice laitière", "", 3)])));
    changed(settle(&world, "marie", "dairy", Settle::Refuse));
    assert!(hats(&world, "marie").is_empty());
    assert_eq!(around(&world, "marie").refused[0].slug, "dairy");
    // Not after an edit,
    let line = "titre:\"productrice laitière\" @\"Laiterie du Lac\" note:68 vaches laitières";
    let edit = Job::Edit {
        who: "marie".into(),
        text: line.into(),
        lang: openbar::domain::contact::Language::French,
    };
    changed(world.ask(edit));
    assert!(hats(&world, "marie").iter().all(|hat| !hat.contains("dairy:")), "{:?}", hats(&world, "marie"));
    // not after the book came out and in again, where inferred ties are no part of it,
    let out = dir.path().join("book.jsonl");
    export(&world, &out, ExportForm::Native);
    let text = fs::read_to_string(&out).expect("written");
    assert!(text.contains(r#""stated":true,"refused":true"#) && !text.contains(r#""stated":false"#));
    let other = tempfile::tempdir().expect("a folder");
    let second = World::open(other.path());
    second.ask(Job::Import(Import { paths: vec![out], ..Import::default() }));
    assert!(hats(&second, "marie").iter().all(|hat| !hat.contains("dairy:")));
    // and not after a restart.
    drop(world);
    let world = World::open(dir.path());
    assert!(hats(&world, "marie").iter().all(|hat| !hat.contains("dairy:")));
    // Only the user brings it back.
    changed(settle(&world, "marie", "dairy", Settle::Forget));
    assert!(hats(&world, "marie").contains(&"~dairy:works".to_owned()));
}

fn export(world: &World, out: &Path, form: ExportForm) -> (usize, usize) {
    match world.ask(Job::Export { out: out.to_path_buf(), query: None, public: false, form }) {
        Reply::Exported { contacts, others } => (contacts, others),
        other => panic!("not written: {other:?}"),
    }
}

/// Ghislain and Ann, who both know the mayor; and the mayor.
fn with_a_mayor() -> (tempfile::TempDir, World) {
    let (dir, world) = world();
    let people = [
        person("Ghislain Wallace", "", "", 4),
        person("Ann Lee", "", "", 3),
        person("Marie Roy", "Mairesse", "Ville de Magog", 0),
    ];
    changed(world.ask(put(&people)));
    for who in ["ghislain", "ann"] {
        changed(world.ask(Job::Tie {
            a: who.into(),
            b: "marie".into(),
            kind: TieKind::WorksWith,
            closeness: None,
        }));
    }
    (dir, world)
}

fn asked(via: &str) -> Job {
    Job::AskIntroduction(AskIntroduction {
        via: via.into(),
        to: Some("marie".into()),
        words: "demande".into(),
        next: None,
    })
}

fn answer(world: &World, via: &str, yes: bool) -> Answered {
    let answer = AnswerIntroduction {
        via: via.into(),
        to: Some("marie".into()),
        yes,
        words: String::new(),
        closeness: Closeness::new(3),
    };
    ask!(world, Job::AnswerIntroduction(answer) => Answered)
}

#[test]
fn ways_are_ranked_disjoint_and_say_on_what_they_rest() {
    let (_dir, world) = with_a_mayor();
    let found = paths(&world, "Marie Roy");
    assert!(matches!(&found.to, Destination::Person(person) if person.name == "Marie Roy"));
    let first = |way: &Way| way.hops[0].person.name.clone();
    let names: Vec<String> = found.ways.iter().map(first).collect();
    assert_eq!(names, ["Ghislain Wallace", "Ann Lee", "Marie Roy"]);
    // 0.65 · 0.40, 0.40 · 0.40, and the stranger's own 0.02.
    let scores: Vec<f32> = found.ways.iter().map(|way| way.score).collect();
    for (score, known) in scores.iter().zip([0.26, 0.16, 0.02]) {
        assert!((score - known).abs() < 1e-4, "{scores:?}");
    }
    assert!(matches!(found.ways[0].hops[1].tie, TieEvidence::Declared { kind: TieKind::WorksWith, .. }));

    let found = paths(&world, "+municipal");
    assert!(matches!(&found.to, Destination::Market(market, None) if market.slug == "municipal"));
    let hat = found.ways[0].hat.as_ref().expect("the mayor's");
    assert_eq!((hat.how, hat.words.as_str()), (Some(MarketHow::Decides), "Mairesse"));
    assert!((found.ways[0].score - 0.26).abs() < 1e-4);
    assert!(matches!(
        refused(world.ask(Job::Path { to: "xyzzy".into(), region: None, limit: 3 })),
        Problem::NobodyFound { .. }
    ));
}

#[test]
fn an_introduction_is_asked_awaited_and_made() {
    let (_dir, world) = with_a_mayor();
    changed(world.ask(asked("ghislain")));
    let awaited = agenda(&world).awaited;
    assert_eq!(awaited.total, 1);
    assert_eq!(awaited.items[0].person.name, "Ghislain Wallace");
    assert_eq!(awaited.items[0].to.as_ref().map(|to| to.name.as_str()), Some("Marie Roy"));
    let ghislain = || world.book().book.contacts().next().expect("Ghislain").clone();
    let on = awaited.items[0].since;
    assert_eq!((ghislain().next.expect("a follow-up") - on).get_days(), 14);
    assert_eq!(paths(&world, "marie").ways[0].asked.as_ref().map(|asked| asked.answer), Some(None));
    changed(world.ask(Job::Undo));
    assert_eq!((agenda(&world).awaited.total, ghislain().next), (0, None), "one step");
    changed(world.ask(Job::Redo));

    // No: the next way is through somebody else.
    let no = answer(&world, "ghislain", false);
    assert_eq!(no.next.expect("Ann knows her too").hops[0].person.name, "Ann Lee");
    assert_eq!((agenda(&world).awaited.total, ghislain().next), (0, None));
    assert_eq!(paths(&world, "marie").ways[0].asked.as_ref().map(|asked| asked.answer), Some(Some(false)));

    changed(world.ask(asked("ann")));
    let yes = answer(&world, "ann", true);
    assert!(yes.step.is_some() && yes.next.is_none());
    let book = world.book().book;
    let find = |name: &str| book.contacts().find(|contact| contact.name.full == name).expect("there");
    let (ann, marie) = (find("Ann Lee"), find("Marie Roy"));
    let tie = book.ties().find(|tie| tie.kind == TieKind::Introduced).expect("the two are tied");
    assert_eq!((tie.a, tie.b, tie.closeness), (ann.id, marie.id, Closeness::new(3)));
    assert_eq!(marie.met.as_ref().expect("met").via, ann.uid());
    assert!(book.interactions_of(marie.id).any(|entry| entry.kind == InteractionKind::IntroductionMade));
    changed(world.ask(Job::Undo));
    let book = world.book().book;
    assert!(book.ties().all(|tie| tie.kind != TieKind::Introduced));
    assert!(book.contacts().all(|contact| contact.met.is_none()));
    let same = Job::AskIntroduction(AskIntroduction {
        via: "ann".into(),
        to: Some("ann".into()),
        words: String::new(),
        next: None,
    });
    assert_eq!(refused(world.ask(same)), Problem::Usage(UsageProblem::SamePerson));
}

#[test]
fn somebody_who_could_open_a_closed_market_is_found_with_the_reason() {
    let (_dir, world) = world();
    let people = [person("Luc Fortin", "", "", 2), person("Marie Roy", "Mairesse", "Ville de Magog", 0)];
    changed(world.ask(put(&people)));
    changed(world.ask(Job::Tie {
        a: "luc".into(),
        b: "marie".into(),
        kind: TieKind::Knows,
        closeness: None,
    }));
    let page = market(&world, "municipal");
    assert!(page.line.level < Level::Fair);
    let luc = page.asks.iter().find(|ask| ask.person.name == "Luc Fortin").expect("he knows her");
    assert!(matches!(&luc.why, AskWhy::Knows { member, .. } if member.name == "Marie Roy"));
}

fn edit(world: &World, change: MarketChange) -> Reply {
    world.ask(Job::EditMarket(change))
}

#[test]
fn the_users_markets_are_added_renamed_merged_hidden_and_shared() {
    let (dir, world) = world();
    changed(world.ask(put(&[
        person("Luc Fortin", "Souffleur de bulles", "", 3),
        person("Marie Roy", "Productrice laitière", "", 3),
    ])));
    changed(edit(
        &world,
        MarketChange::Add {
            fr: "Drones".into(),
            en: String::new(),
            parent: Some("technology".into()),
            naics: String::new(),
            keywords: vec!["souffleur de bulles".into()],
        },
    ));
    assert_eq!(hats(&world, "luc"), ["~drones:works"]);
    let again = MarketChange::Add {
        fr: "drones".into(),
        en: String::new(),
        parent: None,
        naics: String::new(),
        keywords: Vec::new(),
    };
    assert!(matches!(refused(edit(&world, again)), Problem::Usage(UsageProblem::MarketExists { .. })));
    changed(edit(
        &world,
        MarketChange::Rename { market: "drones".into(), fr: "Engins volants".into(), en: String::new() },
    ));
    assert_eq!(market(&world, "engins volants").line.market.slug, "drones");
    assert_eq!(market(&world, "drones").line.origin, Origin::Own);

    // Merged, it answers to its old name, and its people count with the other.
    changed(edit(&world, MarketChange::Merge { market: "dairy".into(), into: "livestock".into() }));
    assert_eq!(market(&world, "dairy").line.market.slug, "livestock");
    assert_eq!(hats(&world, "marie"), ["~livestock:works"]);
    let same = MarketChange::Merge { market: "livestock".into(), into: "livestock".into() };
    assert_eq!(refused(edit(&world, same)), Problem::Usage(UsageProblem::SameMarket));
    changed(edit(&world, MarketChange::Show { market: "dairy".into() }));
    assert_eq!(hats(&world, "marie"), ["~dairy:works"]);
    assert_eq!(market(&world, "dairy").above.expect("above").slug, "agriculture");
    changed(edit(&world, MarketChange::Hide { market: "technology".into() }));
    assert!(map(&world, None).lines.iter().any(|line| line.market.slug == "technology" && line.hidden));

    // The file carries all that to another book.
    let file = dir.path().join("markets.toml");
    assert_eq!(export(&world, &file, ExportForm::Markets), (0, 3));
    let other = tempfile::tempdir().expect("a folder");
    let second = World::open(other.path());
    let import = |paths: Vec<PathBuf>| match second.ask(Job::Import(Import { paths, ..Import::default() })) {
        Reply::Imported(imported) => imported.others,
        other => panic!("not read: {other:?}"),
    };
    assert_eq!(import(vec![file.clone()]), 3);
    assert_eq!(import(vec![file]), 0, "twice changes nothing");
    changed(second.ask(put(&[person("Luc Fortin", "Souffleur de bulles", "", 3)])));
    assert_eq!(hats(&second, "luc"), ["~drones:works"]);
    changed(edit(&second, MarketChange::Reset { market: "drones".into() }));
    assert!(hats(&second, "luc").iter().all(|hat| !hat.contains("drones")));
}

#[test]
fn a_bad_file_of_markets_says_where() {
    let (dir, world) = world();
    let file = dir.path().join("markets.toml");
    fs::write(&file, "[[market]]\nslug = 3\n").expect("written");
    let reply = world.ask(Job::Import(Import { paths: vec![file], ..Import::default() }));
    let Problem::BadInput(problem) = refused(reply) else { panic!("bad input") };
    assert_eq!((problem.line, problem.column), (2, 8));
}

#[test]
fn a_star_network_is_given_no_false_precision() {
    let (_dir, world) = world();
    let people: Vec<Contact> = (0..30).map(|n| named(&format!("Personne {n}"))).collect();
    changed(world.ask(put(&people)));
    let star = stats(&world);
    assert!(star.ground.is_star() && star.brokers.is_empty() && star.clusters.is_empty());
    assert!(!star.missing.is_empty());
    let (_dir, world) = demo();
    let whole = stats(&world);
    assert!(!whole.brokers.is_empty() && !whole.clusters.is_empty());
    assert_eq!(
        whole.levels.iter().sum::<usize>(),
        map(&world, None).lines.iter().filter(|l| !l.hidden).count()
    );
    assert!(whole.openers.iter().any(|own| own.person.name == "Ghislain Wallace"));
}

#[test]
fn the_network_is_written_for_other_programs() {
    let (dir, world) = demo();
    let out = dir.path().join("network.graphml");
    let (people, edges) = export(&world, &out, ExportForm::GraphMl);
    let text = fs::read_to_string(&out).expect("written");
    assert!(people > 100 && edges > people && text.ends_with("</graphml>\n"));
    assert!(text.contains("Ghislain Wallace") && text.contains("constraint"));
    let job = Job::Export { out: out.clone(), query: None, public: true, form: ExportForm::Dot };
    assert!(matches!(world.ask(job), Reply::Exported { .. }));
    let text = fs::read_to_string(&out).expect("written");
    assert!(text.starts_with("graph openbar {") && !text.contains("access=") && !text.contains("\"me\""));
}

#[test]
fn what_is_derived_follows_every_change() {
    let (_dir, world) = world();
    changed(world.ask(put(&[person("Marie Roy", "Mairesse", "Ville de Magog", 5)])));
    assert_eq!(market(&world, "municipal").line.level, Level::Strong);
    let marie = world.book().book.contacts().next().expect("Marie").clone();
    let mut cold = Contact::clone(&marie);
    cold.closeness = Closeness::new(1);
    let edit = Edit::replace(Record::Contact(marie), Record::Contact(Arc::new(cold)));
    changed(world.ask(Job::Apply { deed: Deed::Edit, subject: String::new(), edits: vec![edit] }));
    assert_eq!(market(&world, "municipal").line.level, Level::Thin);
    changed(world.ask(Job::Archive { who: "marie".into() }));
    assert_eq!(market(&world, "municipal").line.presence, 0);
    changed(world.ask(Job::Undo));
    assert_eq!(market(&world, "municipal").line.presence, 1);
}

/// The names of those whom a list shows that is being typed.
fn typed(world: &World, query: &str) -> Vec<String> {
    match world.ask(Job::Search { query: query.into(), list: 0, whole: true }) {
        Reply::Hits { ids, .. } => ids
            .iter()
            .filter_map(|id| world.contact(*id))
            .map(|contact| contact.name.full.to_string())
            .collect(),
        other => panic!("no hits: {other:?}"),
    }
}

#[test]
fn a_query_of_a_market_finds_inferred_ties_after_stated_ones() {
    let (_dir, world) = world();
    let people = [
        person("Marie Roy", "Mairesse", "Ville de Magog", 5),
        person("Luc Fortin", "Notaire", "", 5),
        person("Ann Lee", "", "", 1),
        person("Zoé Huot", "Agricultrice", "", 1),
    ];
    changed(world.ask(put(&people)));
    changed(settle(&world, "ann", "municipal", Settle::Accept));
    assert_eq!(typed(&world, "+municipal"), ["Ann Lee"], "while nobody has asked, what is stated");
    let found = |query: &str| match world.ask(Job::Find { query: query.into(), limit: None }) {
        Reply::Found(people) => people.iter().map(|contact| contact.name.full.clone()).collect::<Vec<_>>(),
        other => panic!("nothing found: {other:?}"),
    };
    assert_eq!(found("+municipal"), ["Ann Lee", "Marie Roy"]);
    assert_eq!(found("+municipal:décide"), ["Marie Roy"]);
    assert_eq!(found("+municipal close:5"), ["Marie Roy"]);
    assert_eq!(found("-+municipal"), ["Luc Fortin", "Zoé Huot"]);
    assert_eq!(found("+agriculture,notaries").len(), 2);
    assert_eq!(typed(&world, "+munic"), ["Ann Lee", "Marie Roy"]);
    // A refusal holds at once, in a list that is being typed too.
    changed(settle(&world, "marie", "municipal", Settle::Refuse));
    assert_eq!(typed(&world, "+munic"), ["Ann Lee"]);
    assert_eq!(found("+municipal"), ["Ann Lee"]);
}
