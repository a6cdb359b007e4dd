//! What each job does to the book: lines to records, links between them, questions and files.

use std::sync::Arc;
use std::sync::mpsc;

use openbar::domain::change::Deed;
use openbar::domain::contact::{Closeness, Contact, Door, Language, Stage};
use openbar::domain::interaction::InteractionKind;
use openbar::domain::mandate::{Mandate, TouchPerson};
use openbar::domain::problem::{Problem, UsageProblem};
use openbar::domain::tie::TieKind;
use openbar::domain::time::PartialDate;
use openbar::domain::{Record, RecordId};
use openbar::engine::Asker;
use openbar::protocol::{Capture, ExportForm, Import, Job, Notice, Reply, StickyEvent};

use crate::engine::{World, changed, problem, spooled};

const FRENCH: Language = Language::French;

/// A world with a book of its own.
fn world() -> (tempfile::TempDir, World) {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    (dir, world)
}

fn captured(reply: Reply) -> Arc<Contact> {
    match reply {
        Reply::Captured { contact, known: false, step: Some(_), .. } => contact,
        other => panic!("not captured: {other:?}"),
    }
}

fn recorded(reply: Reply) -> Record {
    match reply {
        Reply::Recorded { record, known: false, step: Some(_) } => record,
        other => panic!("not recorded: {other:?}"),
    }
}

/// Captures a line a year after the epoch, at noon.
fn capture(world: &World, text: &str) -> Reply {
    world.ask(Job::Capture(line(text)))
}

fn line(text: &str) -> Capture {
    Capture { at: "1971-01-01T12:00:00Z".parse().expect("a moment"), ..spooled(text) }
}

fn edit(world: &World, who: &str, text: &str) -> Reply {
    world.ask(Job::Edit { who: who.into(), text: text.into(), lang: FRENCH })
}

fn find(world: &World, query: &str) -> Vec<String> {
    match world.ask(Job::Find { query: query.into(), limit: None }) {
        Reply::Found(people) => people.iter().map(|contact| contact.name.full.to_string()).collect(),
        other => panic!("nothing found: {other:?}"),
    }
}

#[test]
fn a_captured_card_waits_in_the_pocket_and_is_found() {
    let (_dir, world) = world();
    let contact =
        captured(capture(&world, "Réjean Tremblay, vendeur de planches @Scierie Tremblay 819-555-0123"));
    assert_eq!((contact.stage, contact.name.full.as_str()), (Stage::Pocket, "Réjean Tremblay"));
    assert_eq!(world.contact(contact.id), Some(contact));
    assert_eq!(find(&world, "rejean scierie"), ["Réjean Tremblay"]);
    assert_eq!(find(&world, "is:pocket"), ["Réjean Tremblay"]);
    assert!(find(&world, "is:active").is_empty());
}

#[test]
fn a_sticky_event_goes_onto_the_card_and_becomes_one_record() {
    let (_dir, world) = world();
    let event = StickyEvent { name: "Souper de la chambre".into(), on: "2026-11-20".parse().expect("a day") };
    let with_event = |text: &str| Job::Capture(Capture { event: Some(event.clone()), ..line(text) });
    let first = captured(world.ask(with_event("Réjean Tremblay")));
    captured(world.ask(with_event("Jeanne Larivière")));
    let other = captured(world.ask(with_event("Luc Fortin %\"Salon de l'habitation\"")));
    captured(capture(&world, "Mia Roy %\"souper de la Chambre\""));

    let met = first.met.as_ref().expect("met");
    assert_eq!((met.at.as_str(), met.on.clone()), ("Souper de la chambre", Some(PartialDate::Day(event.on))));
    assert_eq!(other.met.as_ref().expect("met").at, "Salon de l'habitation");
    let book = world.book().book;
    let events: Vec<_> = book.events().map(|event| event.name.as_str()).collect();
    assert_eq!(events, ["Souper de la chambre", "Salon de l'habitation"]);
    assert_eq!(book.events().next().expect("one").on, met.on);

    for _ in 0..4 {
        changed(world.ask(Job::Undo));
    }
    assert_eq!(world.book().book.records().count(), 0, "events go with the cards that brought them");
}

#[test]
fn names_in_a_line_become_links_when_they_mean_one_person_and_stay_words_else() {
    let (_dir, world) = world();
    let jeanne = captured(capture(&world, "Jeanne Larivière"));
    captured(capture(&world, "Luc Fortin"));
    captured(capture(&world, "Luc Gagnon"));
    let mia = captured(capture(&world, "Mia Roy via:\"Jeanne Larivière\" knows:Jeanne knows:Luc"));
    assert_eq!(mia.met.as_ref().expect("met").via, jeanne.uid());
    let book = world.book().book;
    let ties: Vec<_> = book.ties_of(mia.id).map(|tie| (tie.other(mia.id), tie.kind)).collect();
    assert_eq!(ties, [(Some(jeanne.id), TieKind::Knows)]);
    assert!(mia.note.contains("Luc"), "two of that name: it stays in the note, {:?}", mia.note);

    let noe = captured(capture(&world, "Noé Blais via:\"Zacharie Inconnu\""));
    assert_eq!(noe.met.as_ref().expect("met").via, "Zacharie Inconnu");

    assert_eq!(changed(edit(&world, "Noé Blais", "knows:\"Mia Roy\" via:\"Luc Gagnon\"")), 2);
    let noe = world.contact(noe.id).expect("there");
    assert_eq!(world.book().book.ties_of(noe.id).count(), 1);
    assert_eq!(noe.note, "");
    let luc = world.book().book.contacts().find(|luc| luc.name.full == "Luc Gagnon").cloned().expect("there");
    assert_eq!(noe.met.as_ref().expect("met").via, luc.uid());
    assert_eq!(changed(world.ask(Job::Undo)), 2);
    assert_eq!(world.book().book.ties_of(noe.id).count(), 0);
}

#[test]
fn a_person_whom_later_ties_bind_is_not_undone_away() {
    let (_dir, world) = world();
    let jeanne = captured(capture(&world, "Jeanne Larivière"));
    let Reply::History(steps) = world.ask(Job::History { who: None, limit: 1 }) else { panic!("no history") };
    captured(capture(&world, "Mia Roy knows:Jeanne"));
    let refused = problem(world.ask(Job::UndoStep { step: steps[0].step.id }));
    assert_eq!(
        refused,
        Problem::Conflict { subject: "Jeanne Larivière".into(), fields: vec!["ties".into()] }
    );
    assert!(world.contact(jeanne.id).is_some());
}

#[test]
fn a_need_line_makes_a_need_with_all_its_words() {
    let (_dir, world) = world();
    let before = line("besoin: quelqu'un pour refaire ma terrasse +construction à:Sherbrooke");
    let Record::Need(need) = recorded(world.ask(Job::Capture(before.clone()))) else { panic!("a need") };
    assert!(need.words.starts_with("quelqu'un pour refaire ma terrasse"), "{}", need.words);
    assert_eq!((need.market.as_str(), need.region.as_str()), ("construction", "Sherbrooke"));
    assert_eq!(need.id.0, before.id.0);
    let again = world.ask(Job::Capture(before));
    assert_eq!(again, Reply::Recorded { record: Record::Need(need), known: true, step: None });
    assert_eq!(world.book().book.records().count(), 1);
}

#[test]
fn a_mandate_line_makes_a_mandate_with_amount_client_and_origin() {
    let (_dir, world) = world();
    let jeanne = captured(capture(&world, "Jeanne Larivière"));
    let mandate = |text: &str| -> Arc<Mandate> {
        match recorded(capture(&world, text)) {
            Record::Mandate(mandate) => mandate,
            other => panic!("a mandate: {other:?}"),
        }
    };
    let unknown =
        mandate("mandat: Plan marketing @MRC 18 000 $ +municipal via:?\"quelqu'un de la direction\"");
    assert_eq!((unknown.title.as_str(), unknown.client.as_str()), ("Plan marketing", "MRC"));
    assert_eq!(unknown.amount.as_ref().map(|amount| amount.cents), Some(1_800_000));
    assert_eq!(unknown.market, "municipal");
    assert_eq!(unknown.origin[0].person, TouchPerson::Unknown("quelqu'un de la direction".into()));
    let known = mandate("mandate: Website @\"Ville de Magog\" via:\"Jeanne Larivière\"");
    assert_eq!(known.origin[0].person, TouchPerson::Known(jeanne.id));
    assert_eq!(known.opened, Some("1971-01-01".parse().expect("a day")));
}

#[test]
fn a_log_line_goes_to_the_one_person_named_or_waits_as_a_card() {
    let (_dir, world) = world();
    let jeanne = captured(capture(&world, "Jeanne Larivière"));
    captured(capture(&world, "Luc Fortin"));
    captured(capture(&world, "Luc Gagnon"));
    let Record::Interaction(entry) =
        recorded(capture(&world, "log: Jeanne Larivière, café hier, parlé du patio"))
    else {
        panic!("an interaction")
    };
    assert_eq!((entry.people.as_slice(), entry.kind), (&[jeanne.id][..], InteractionKind::Coffee));
    assert_eq!(entry.on, "1970-12-31".parse().expect("the day before it was typed"));
    assert_eq!(entry.words, "café hier, parlé du patio");

    let waits = captured(capture(&world, "log: Luc a appelé pour la toiture"));
    let kept = format!("{} {}", waits.name.full, waits.note);
    assert!(kept.contains("Luc") && kept.contains("toiture"), "nothing is lost: {waits:?}");
    assert_eq!(waits.stage, Stage::Pocket);
}

#[test]
fn editing_finds_the_person_or_says_who_could_be_meant() {
    let (_dir, world) = world();
    let mia = captured(capture(&world, "Mia Roy, notaire @Roy et Roy"));
    captured(capture(&world, "Luc Fortin #chambre"));
    captured(capture(&world, "Luc Gagnon #chambre"));
    assert_eq!(changed(edit(&world, "mia roy", "#client close:4")), 1);
    let after = world.contact(mia.id).expect("there");
    assert_eq!(
        (after.tags.as_slice(), after.closeness.map(Closeness::level)),
        (&["client".to_owned()][..], Some(4))
    );
    assert!(after.updated > mia.updated);
    assert!(matches!(edit(&world, "mia roy", "#client"), Reply::Changed { step: None, count: 0, .. }));

    match problem(edit(&world, "luc", "#client")) {
        Problem::Ambiguous { who, people, total: 2 } => assert_eq!((who.as_str(), people.len()), ("luc", 2)),
        other => panic!("not ambiguous: {other:?}"),
    }
    assert_eq!(problem(edit(&world, "qwertz", "#client")), Problem::NobodyFound { who: "qwertz".into() });
    assert_eq!(problem(edit(&world, "mia roy", "  ")), Problem::Usage(UsageProblem::NothingGiven));
}

#[test]
fn an_interaction_a_tie_and_putting_away_show_on_the_person() {
    let (_dir, world) = world();
    let mia = captured(capture(&world, "Mia Roy"));
    captured(capture(&world, "Luc Fortin"));
    let log = |text: &str, on: Option<&str>| Job::Log {
        who: "mia roy".into(),
        text: text.into(),
        on: on.map(|day| day.parse().expect("a day")),
        lang: FRENCH,
    };
    changed(world.ask(log("appel hier", None)));
    changed(world.ask(log("rencontrée au parc", Some("2026-10-01"))));
    let tie =
        Job::Tie { a: "mia roy".into(), b: "luc fortin".into(), kind: TieKind::WorksWith, closeness: None };
    changed(world.ask(tie.clone()));
    assert!(matches!(world.ask(tie), Reply::Changed { step: None, .. }), "already tied");
    let same = Job::Tie { a: "mia roy".into(), b: "Mia Roy".into(), kind: TieKind::Knows, closeness: None };
    assert_eq!(problem(world.ask(same)), Problem::Usage(UsageProblem::SamePerson));
    changed(world.ask(Job::Archive { who: mia.uid() }));

    let Reply::Person(person) = world.ask(Job::Show { who: mia.uid() }) else { panic!("nobody") };
    assert_eq!(person.contact.stage, Stage::Archived);
    let days: Vec<_> = person.timeline.iter().map(|entry| entry.on.to_string()).collect();
    assert_eq!(days, ["2026-11-22", "2026-10-01"]);
    assert_eq!(person.ties[0].1.name, "Luc Fortin");
    let fields: Vec<_> = person.history.iter().map(|past| past.fields.join(" ")).collect();
    assert_eq!(fields, ["stage", ""]);
    assert_eq!(find(&world, "mia"), Vec::<String>::new());
    assert_eq!(find(&world, "mia is:archived"), ["Mia Roy"]);
}

#[test]
fn the_own_card_is_shown_changed_and_undone() {
    let (_dir, world) = world();
    let show = Job::Me { text: None, lang: FRENCH };
    let name = |reply| match reply {
        Reply::Me(me) => me.name.full.clone(),
        other => panic!("not the own card: {other:?}"),
    };
    assert_eq!(name(world.ask(show.clone())), "");
    assert_eq!(
        name(world.ask(Job::Me { text: Some("Camille Côté @Conseils Côté".into()), lang: FRENCH })),
        "Camille Côté"
    );
    assert_eq!(name(world.ask(show.clone())), "Camille Côté");
    changed(world.ask(Job::Undo));
    assert_eq!(name(world.ask(show)), "");
    assert_eq!(world.book().book.record(RecordId::Me), None);
}

#[test]
fn today_counts_what_waits() {
    let (_dir, world) = world();
    captured(capture(&world, "Mia Roy"));
    let Reply::Today(agenda) = world.ask(Job::Today) else { panic!("no agenda") };
    assert_eq!((agenda.pocket.total, agenda.people), (1, 1));
}

#[test]
fn an_export_imports_into_an_empty_book_and_exports_the_same_bytes() {
    let (dir, world) = world();
    captured(capture(&world, "Réjean Tremblay, vendeur de planches @Scierie Tremblay =planches %\"Souper\""));
    captured(capture(&world, "Mia Roy knows:\"Réjean Tremblay\" #notaire"));
    recorded(capture(&world, "besoin: une terrasse"));
    let export = |world: &World, name: &str, query: Option<&str>| {
        let out = dir.path().join(name);
        let job = Job::Export {
            out: out.clone(),
            query: query.map(Into::into),
            public: false,
            form: ExportForm::Native,
        };
        (world.ask(job), std::fs::read_to_string(out).expect("written"))
    };
    let (counts, first) = export(&world, "first.jsonl", None);
    assert_eq!(counts, Reply::Exported { contacts: 2, others: 3 });
    let other = World::open(&dir.path().join("other"));
    let file = dir.path().join("first.jsonl");
    let import = Job::Import(Import { paths: vec![file], ..Import::default() });
    assert!(matches!(other.ask(import), Reply::Imported(brought) if brought.new == 2));
    assert_eq!(export(&other, "second.jsonl", None).1, first);
    let (counts, some) = export(&world, "some.jsonl", Some("#notaire"));
    assert!(matches!(counts, Reply::Exported { contacts: 1, .. }), "{counts:?}");
    assert!(!some.contains("Scierie"));
    let missing = dir.path().join("missing").join("file.jsonl");
    let refused =
        world.ask(Job::Export { out: missing.clone(), query: None, public: false, form: ExportForm::Native });
    assert!(matches!(problem(refused), Problem::CannotWrite { path, .. } if path == missing));
}

#[test]
fn every_search_is_answered_and_the_last_one_with_its_hits() {
    let (_dir, world) = world();
    let mia = captured(capture(&world, "Mia Roy"));
    let search = |query: &str| Job::Search { query: query.into(), list: 0, whole: false };
    let replies: Vec<_> = ["m", "mi", "mia", "mia r", "mia ro"]
        .iter()
        .enumerate()
        .map(|(ticket, query)| world.send(ticket as u64, search(query)))
        .collect();
    let mut replies: Vec<_> = replies.iter().map(|reply| reply.recv().expect("answered")).collect();
    let hits = Reply::Hits { ids: [mia.id].into(), total: 1 };
    assert_eq!(replies.pop(), Some(hits.clone()));
    for reply in replies {
        assert!(reply == hits || reply == Reply::Failed(Problem::Cancelled), "{reply:?}");
    }
    // Another asker's searches are not overtaken by these.
    let (sender, receiver) = mpsc::channel();
    let answer = Box::new(move |reply| sender.send(reply).expect("the test listens"));
    world.engine.handle().send(1, Asker::client(1), search("mia"), answer);
    world.send(9, search("mia"));
    assert_eq!(receiver.recv().expect("answered"), hits);
}

#[test]
fn searches_are_answered_from_the_kept_index_as_soon_as_the_store_opens() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    let mia = captured(capture(&world, "Mia Roy"));
    world.engine.stop();

    let (sender, first) = mpsc::channel();
    let options = crate::engine::options(dir.path());
    let news = Box::new(move |notice| {
        if let Notice::Book(snapshot) = notice {
            // Nobody listens any more once the first has been looked at.
            let _ = sender.send(snapshot);
        }
    });
    let engine = openbar::engine::Engine::start(options, news).expect("it opens");
    let early = first.recv().expect("a snapshot");
    assert!(!early.loaded && early.book.contacts().next().is_none());
    assert!(early.index.row(mia.id).is_some());
    assert!(first.recv().expect("another").loaded);
    engine.stop();
}

#[test]
fn a_paste_of_several_people_is_one_step() {
    let (_dir, world) = world();
    let event = StickyEvent { name: "Souper de la chambre".into(), on: jiff::civil::date(2026, 11, 20) };
    let texts = ["Anne Roy, notaire @Roy et Fils", "Marc Côté\nAcheteur\nKruger inc.\n819 555-0101"];
    let captures = texts.iter().enumerate().map(|(at, text)| Capture {
        event: Some(event.clone()),
        listed: at == 0,
        ..line(text)
    });
    let captures: Vec<Capture> = captures.collect();
    let Reply::Changed { step: Some(step), people, .. } = world.ask(Job::CaptureAll(captures.clone())) else {
        panic!("not taken in")
    };
    assert_eq!((step.deed, people.len()), (Deed::Capture, 2));
    let anne = world.contact(captures[0].id).expect("Anne");
    let marc = world.contact(captures[1].id).expect("Marc");
    assert_eq!((anne.door, marc.door), (Some(Door::Seen), None));
    assert_eq!((marc.roles[0].org.as_str(), marc.phones[0].value.as_str()), ("Kruger inc.", "+18195550101"));
    assert_eq!(anne.met.as_ref().map(|met| met.at.as_str()), Some("Souper de la chambre"));
    // Delivered again, nothing changes; taken back, all are gone.
    assert!(matches!(world.ask(Job::CaptureAll(captures.clone())), Reply::Changed { step: None, .. }));
    world.ask(Job::Undo);
    assert_eq!((world.contact(captures[0].id), world.contact(captures[1].id)), (None, None));
}
