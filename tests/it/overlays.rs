//! The overlays as a person sees and drives them: pictures at two sizes in both languages, and scripts of keys.

#[path = "overlays/duplicates.rs"]
mod duplicates;
#[path = "overlays/stage.rs"]
mod stage;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use openbar::domain::change::{Course, Deed, Record, Step};
use openbar::domain::contact::{Closeness, Contact, Language, RoleKind};
use openbar::domain::id::{ContactId, NeedId, StepId};
use openbar::domain::interaction::InteractionKind;
use openbar::domain::problem::{Brief, InputProblem, InputReason, Problem};
use openbar::domain::tie::TieKind;
use openbar::protocol::needs::Answering;
use openbar::protocol::{Import as Files, Imported, Job, Move, PastStep, Reply};
use openbar::tui::command::{Command, Places, TABLE};
use openbar::tui::effect::{BarMode, Effect, Prompt, Purpose, View};
use openbar::tui::layer::Input;
use openbar::tui::overlays::files::Files as FilePicker;
use openbar::tui::overlays::history::History;
use openbar::tui::overlays::import::Import;
use stage::{JOHN, LOUISE, MARIE, REJEAN, Stage, id, picture, pictures};
use uuid::Uuid;

fn palette() -> View {
    let screens = TABLE.iter().filter(|spec| spec.places.meets(Places::PEOPLE));
    View::Palette(screens.map(|spec| spec.command).collect())
}

#[test]
fn palette_lists_what_works_on_the_screen_below() {
    pictures("palette", |lang| Stage::open(lang, palette()));
}

#[test]
fn palette_finds_by_typing_without_accents() {
    pictures("palette_typed", |lang| {
        let mut stage = Stage::open(lang, palette());
        stage.type_text("even");
        stage
    });
}

#[test]
fn palette_runs_the_best_fit() {
    let mut stage = Stage::open("fr", palette());
    stage.type_text("import");
    assert_eq!(stage.press("enter"), [Effect::Run(Command::Import)]);
    stage.type_text("zzzz");
    assert!(stage.press("enter").is_empty());
    assert_eq!(stage.press("esc"), [Effect::Close]);
    assert!(picture(&stage, 80, 24).contains("zzzz"));
}

#[test]
fn help_explains_keys_and_signs() {
    pictures("help", |lang| Stage::open(lang, View::Help));
}

#[test]
fn help_scrolls_to_its_end_and_back() {
    let mut stage = Stage::open("en", View::Help);
    stage.resize(80, 24);
    let first = picture(&stage, 80, 24);
    stage.press("G");
    let last = picture(&stage, 80, 24);
    assert!(first.contains("Réjean Tremblay") && last.contains("mandate:"), "{last}");
    stage.press("j");
    assert_eq!(picture(&stage, 80, 24), last);
    stage.press("g");
    assert_eq!(picture(&stage, 80, 24), first);
}

#[test]
fn reach_lists_the_ways_to_a_person() {
    pictures("reach_copy", |lang| Stage::open(lang, View::Reach(id(REJEAN), Purpose::Copy)));
    pictures("reach_open", |lang| Stage::open(lang, View::Reach(id(REJEAN), Purpose::Open)));
    pictures("reach_nothing", |lang| Stage::open(lang, View::Reach(id(JOHN), Purpose::Open)));
}

#[test]
fn reach_copies_and_opens() {
    let mut stage = Stage::open("en", View::Reach(id(REJEAN), Purpose::Copy));
    stage.press("j");
    let effects = stage.press("enter");
    assert_eq!(effects[0], Effect::Copy("819 555-0123 ext. 224".into()));
    assert_eq!(effects.last(), Some(&Effect::Close));
    let Effect::Copy(card) = &stage.press("7")[0] else { panic!("a copy") };
    assert!(card.starts_with("Réjean Tremblay\nvendeur de planches, Scierie Tremblay\nrejean@"), "{card}");
    assert!(!card.contains("poliment") && !card.contains("chambre"), "{card}");
    let mut stage = Stage::open("en", View::Reach(id(REJEAN), Purpose::Open));
    let opened = |effects: Vec<Effect>| match effects.into_iter().next() {
        Some(Effect::OpenOutside(target)) => target,
        other => panic!("{other:?}"),
    };
    assert_eq!(opened(stage.press("1")), "mailto:rejean@scierie.example");
    assert_eq!(opened(stage.press("2")), "tel:+18195550123;ext=224");
    assert_eq!(opened(stage.press("5")), "https://scierietremblay.example");
    assert!(opened(stage.press("6")).starts_with("https://www.openstreetmap.org/search?query=12%2C%20rang"));
}

fn step(n: u128, at: &str, deed: Deed, course: Course, subject: &str) -> PastStep {
    let step = Step {
        id: StepId(Uuid::from_u128(n)),
        at: at.parse().expect("a moment"),
        course,
        deed,
        subject: subject.into(),
    };
    PastStep { step, count: 1, undone: false, fields: Vec::new() }
}

fn steps() -> Vec<PastStep> {
    let mut steps = vec![
        step(
            7,
            "2026-11-16T14:05:00Z",
            Deed::Edit,
            Course::Undo(StepId(Uuid::from_u128(6))),
            "Louise Gagnon",
        ),
        step(6, "2026-11-16T14:03:00Z", Deed::Edit, Course::Do, "Louise Gagnon"),
        step(5, "2026-11-16T13:40:00Z", Deed::Batch, Course::Do, "Réjean Tremblay"),
        step(4, "2026-11-15T22:10:00Z", Deed::Capture, Course::Do, "Réjean Tremblay"),
        step(3, "2026-11-12T09:00:00Z", Deed::Import, Course::Do, "Connections.csv"),
        step(2, "2026-11-01T08:59:00Z", Deed::Me, Course::Do, ""),
    ];
    steps[1].undone = true;
    steps[2].count = 12;
    steps[4].count = 16_204;
    steps
}

fn history(lang: &str, who: Option<ContactId>, steps: Vec<PastStep>) -> Stage {
    let mut stage = Stage::with(lang, Box::new(History::in_zone(who, TimeZone::UTC)));
    stage.refresh();
    stage.reply(1, &Reply::History(steps));
    stage
}

#[test]
fn history_lists_steps_newest_first() {
    pictures("history", |lang| history(lang, None, steps()));
    pictures("history_one", |lang| {
        let mut steps = vec![steps().remove(2), steps().remove(3)];
        steps[0].fields = vec!["tags".into(), "next".into()];
        history(lang, Some(id(REJEAN)), steps)
    });
}

#[test]
fn history_takes_back_the_step_under_the_cursor() {
    let mut stage = Stage::with("en", Box::new(History::in_zone(Some(id(JOHN)), TimeZone::UTC)));
    let who = Some(id(JOHN).to_string());
    assert_eq!(stage.refresh(), [Effect::Ask(Job::History { who, limit: 1_000 }, 1)]);
    assert!(stage.refresh().is_empty(), "the same book is not asked for twice");
    stage.reply(1, &Reply::History(steps()));
    let step = StepId(Uuid::from_u128(5));
    assert_eq!(stage.press("u"), [Effect::Ask(Job::UndoStep { step }, 2)]);
    stage.press("k");
    assert!(stage.press("u").is_empty(), "it is taken back already");
    stage.press("k");
    assert!(stage.press("u").is_empty(), "an undoing cannot be taken back here");
    assert!(!stage.book(stage::world()).is_empty(), "another book is asked for");
}

fn import(lang: &str) -> Stage {
    let path = PathBuf::from("/home/x/Downloads/Basic_LinkedInDataExport_11-16-2026.zip");
    let mut stage = Stage::open(lang, View::Import(vec![path.clone()]));
    let files = Files { paths: vec![path], ..Files::default() };
    assert_eq!(stage.refresh(), [Effect::Ask(Job::Import(files), 1)]);
    assert!(stage.refresh().is_empty(), "an import is sent once");
    stage
}

fn report() -> Imported {
    let brief = |n, name: &str| Brief { uid: id(n).to_string(), name: name.into(), org: String::new() };
    let pair = |title: &str, org: &str| (title.to_owned(), org.to_owned());
    let problem = |line, reason| InputProblem { file: "Connections.csv".into(), line, column: 0, reason };
    Imported {
        format: "linkedin".into(),
        new: 1_204,
        changed: 12,
        unchanged: 14_803,
        organisations: 87,
        nameless: 3,
        moves: vec![
            Move {
                person: brief(LOUISE, "Louise Gagnon"),
                from: pair("comptable", "Caisse populaire"),
                to: pair("conseillère municipale", "Ville de Magog"),
            },
            Move {
                person: brief(MARIE, "Marie-Ève Côté-Lachapelle de Saint-Étienne-de-Bolton"),
                from: pair("", "Ville de Sherbrooke"),
                to: pair("Directrice générale adjointe", "MRC de Memphrémagog"),
            },
        ],
        problems: vec![
            problem(12, InputReason::BadDate { text: "31 Feb 2025".into() }),
            problem(214, InputReason::TooLong { limit: 1 << 20 }),
        ],
        step: Some(StepId(Uuid::from_u128(9))),
        ..Imported::default()
    }
}

#[test]
fn import_shows_how_far_it_has_come() {
    pictures("import_running", |lang| {
        let mut stage = import(lang);
        stage.input(Input::Progress(1, 6_400, 16_019));
        stage
    });
    pictures("import_leaving", |lang| {
        let mut stage = import(lang);
        stage.press("esc");
        stage
    });
}

#[test]
fn import_ends_on_what_came_in() {
    pictures("import_report", |lang| Stage::with(lang, Box::new(Import::done(report()))));
    pictures("import_answers", |lang| {
        let needs = vec![
            (NeedId(Uuid::from_u128(1)), "agrandir la terrasse".to_owned(), 3),
            (
                NeedId(Uuid::from_u128(2)),
                "quelqu’un qui connaît les appels d’offres de la MRC des Pays-d’en-Haut et le comité"
                    .to_owned(),
                1,
            ),
        ];
        let report = Imported { answers: Answering { people: 4, needs }, moves: Vec::new(), ..report() };
        Stage::with(lang, Box::new(Import::done(report)))
    });
    pictures("import_failed", |lang| {
        let mut stage = import(lang);
        let file = "Connections.csv".into();
        let problem = InputProblem { file, line: 0, column: 0, reason: InputReason::NoHeader };
        stage.reply(1, &Reply::Failed(Problem::BadInput(problem)));
        stage
    });
}

#[test]
fn import_can_be_left_or_stopped() {
    let mut stage = import("en");
    assert!(stage.press("esc").is_empty());
    assert!(stage.press("esc").is_empty(), "a second Esc goes back to watching");
    stage.press("esc");
    assert_eq!(stage.press("enter"), [Effect::Close], "the first answer lets it go on");
    let mut stage = import("fr");
    stage.press("esc");
    stage.press("shift-tab");
    assert_eq!(stage.press("enter"), [Effect::Cancel(1)]);
    let stopped = Imported { cancelled: true, ..report() };
    stage.reply(1, &Reply::Imported(Box::new(stopped)));
    assert!(picture(&stage, 80, 24).contains("Arrêtée en chemin"));
}

#[test]
fn import_opens_people_who_moved_and_can_be_taken_back() {
    let mut stage = import("en");
    stage.reply(1, &Reply::Imported(Box::new(report())));
    assert_eq!(stage.press("enter"), [Effect::Show(View::Person(id(LOUISE)))]);
    stage.press("j");
    assert_eq!(stage.press("enter"), [Effect::Show(View::Person(id(MARIE)))]);
    stage.press("j");
    assert!(stage.press("enter").is_empty());
    stage.press("g");
    assert_eq!(stage.press("enter"), [Effect::Show(View::Person(id(LOUISE)))]);
    let step = StepId(Uuid::from_u128(9));
    assert_eq!(stage.press("u"), [Effect::Ask(Job::UndoStep { step }, 2)]);
    let undone = Reply::Changed { step: None, people: Vec::new(), count: 0 };
    stage.reply(2, &undone);
    assert!(stage.press("u").is_empty(), "once is enough");
}

/// A home with downloads, on disk for as long as it is held.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a home");
        let downloads = home.path().join("Downloads");
        fs::create_dir_all(downloads.join("Factures")).expect("a folder");
        for (name, bytes, at) in [
            ("Basic_LinkedInDataExport_11-16-2026.zip", 3_421_004, "2026-11-16T09:00:00Z"),
            ("carte-réjean.jpg", 812_000, "2026-11-16T10:00:00Z"),
            ("contacts.csv", 9_120, "2026-10-02T09:00:00Z"),
            (
                "very-long-name-of-a-file-that-somebody-downloaded-twice-by-mistake (1) (1).pdf",
                64,
                "2025-01-02T09:00:00Z",
            ),
        ] {
            let file = fs::File::create(downloads.join(name)).expect("a file");
            file.set_len(bytes).expect("a size");
            let at: jiff::Timestamp = at.parse().expect("a moment");
            file.set_modified(at.into()).expect("a time");
        }
        Self(home)
    }

    fn picker(&self, lang: &str) -> Stage {
        let home = self.0.path().to_owned();
        let mut stage =
            Stage::with(lang, Box::new(FilePicker::at(home.join("Downloads"), home, TimeZone::UTC)));
        stage.refresh();
        stage
    }
}

#[test]
fn files_begin_where_downloads_land() {
    let home = Home::new();
    pictures("files", |lang| home.picker(lang));
    pictures("files_typed", |lang| {
        let mut stage = home.picker(lang);
        stage.type_text("rejean");
        stage
    });
}

#[test]
fn files_are_chosen_by_cursor_by_name_and_by_path() {
    let home = Home::new();
    let downloads = home.0.path().join("Downloads");
    let chosen = |name: &str| [Effect::Close, Effect::Show(View::Import(vec![downloads.join(name)]))];
    let mut stage = home.picker("en");
    assert_eq!(stage.press("enter"), chosen("Basic_LinkedInDataExport_11-16-2026.zip"));
    stage.type_text("contacts");
    assert_eq!(stage.press("enter"), chosen("contacts.csv"));
    let mut stage = home.picker("en");
    stage.type_text("~/Downloads/conta");
    stage.press("tab");
    assert_eq!(stage.press("enter"), chosen("contacts.csv"));
}

#[test]
fn files_walk_up_and_down_the_folders() {
    let home = Home::new();
    let mut stage = home.picker("en");
    stage.press("backspace");
    assert!(picture(&stage, 80, 24).contains("› Downloads/"), "{}", picture(&stage, 80, 24));
    stage.press("enter");
    stage.press("home");
    stage.type_text("fact");
    stage.press("enter");
    assert!(picture(&stage, 80, 24).contains("~/Downloads/Factures"));
    assert!(picture(&stage, 80, 24).contains("Nothing to see"));
    stage.press("left");
    assert!(picture(&stage, 80, 24).contains("› Factures/"));
    stage.type_text("/nowhere/at/all");
    assert!(stage.press("enter").is_empty());
}

fn ask(lang: &str, prompt: Prompt) -> Stage {
    Stage::open(lang, View::Prompt(prompt))
}

fn both() -> Vec<ContactId> {
    vec![id(REJEAN), id(MARIE)]
}

fn typed(lang: &str, prompt: Prompt, words: &str) -> Stage {
    let mut stage = ask(lang, prompt);
    stage.type_text(words);
    stage
}

/// The contacts that an apply job would leave, with its deed and subject.
fn applied(effects: &[Effect]) -> (Deed, String, Vec<Arc<Contact>>) {
    let [Effect::Ask(Job::Apply { deed, subject, edits }, _)] = effects else { panic!("{effects:?}") };
    let after = edits.iter().map(|edit| match &edit.after {
        Some(Record::Contact(contact)) => contact.clone(),
        other => panic!("{other:?}"),
    });
    (*deed, subject.clone(), after.collect())
}

#[test]
fn questions_look_alike() {
    pictures("log", |lang| ask(lang, Prompt::Log(vec![id(REJEAN)])));
    pictures("log_typed", |lang| typed(lang, Prompt::Log(both()), "café hier, parlé de sa terrasse"));
    pictures("follow_up", |lang| ask(lang, Prompt::FollowUp(vec![id(REJEAN)])));
    pictures("follow_up_typed", |lang| typed(lang, Prompt::FollowUp(both()), "dans 3 mois"));
    pictures("hat", |lang| ask(lang, Prompt::Hat(id(LOUISE))));
    pictures("hat_typed", |lang| typed(lang, Prompt::Hat(id(JOHN)), "mairesse @Ville d"));
    pictures("closeness", |lang| ask(lang, Prompt::Closeness(vec![id(REJEAN)])));
    pictures("tag", |lang| ask(lang, Prompt::Tag(both())));
    pictures("tag_typed", |lang| typed(lang, Prompt::Tag(both()), "-bois ch"));
    pictures("event", |lang| {
        Stage::open_with(lang, View::Prompt(Prompt::Event), stage::world(), Some(stage::sticky()))
    });
    pictures("event_typed", |lang| {
        let mut stage = typed(lang, Prompt::Event, "cabane à sucre");
        stage.press("tab");
        stage.type_text("hier");
        stage
    });
    pictures("tie", |lang| {
        let mut stage = typed(lang, Prompt::Tie(id(REJEAN)), "lo");
        stage.reply(3, &Reply::Hits { ids: [id(LOUISE), id(REJEAN), id(MARIE)].into(), total: 3 });
        stage
    });
    pictures("tie_kind", |lang| {
        let mut stage = typed(lang, Prompt::Tie(id(REJEAN)), "l");
        stage.reply(2, &Reply::Hits { ids: [id(LOUISE)].into(), total: 1 });
        stage.press("enter");
        stage
    });
}

#[test]
fn log_notes_one_person_or_several_as_one_step() {
    let mut stage = typed("fr", Prompt::Log(vec![id(REJEAN)]), "café hier");
    let job =
        Job::Log { who: id(REJEAN).to_string(), text: "café hier".into(), on: None, lang: Language::French };
    assert_eq!(stage.press("enter"), [Effect::Ask(job, 1)]);
    assert!(stage.press("enter").is_empty(), "a second Enter does not do it twice");
    stage.reply(1, &Reply::Failed(Problem::Cancelled));
    assert!(!stage.press("enter").is_empty(), "what failed can be tried again");
    assert_eq!(stage.reply(1, &Reply::Done), [Effect::Close]);

    let mut stage = typed("fr", Prompt::Log(both()), "café hier");
    let effects = stage.press("enter");
    let [Effect::Ask(Job::Apply { deed: Deed::Log, subject, edits }, _)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!((subject.as_str(), edits.len()), ("Réjean Tremblay +1", 1));
    let Some(Record::Interaction(entry)) = &edits[0].after else { panic!("an interaction") };
    assert_eq!(entry.people, both());
    assert_eq!((entry.kind, entry.on.to_string()), (InteractionKind::Coffee, "2026-11-15".into()));
    assert_eq!(ask("en", Prompt::Log(both())).press("enter"), [Effect::Close], "nothing typed, nothing done");
}

#[test]
fn follow_up_takes_a_typed_date_or_a_usual_one() {
    let next = |stage: &mut Stage| {
        let (deed, _, people) = applied(&stage.press("enter"));
        (deed, people.iter().map(|one| one.next.map(|day| day.to_string())).collect::<Vec<_>>())
    };
    let mut stage = typed("fr", Prompt::FollowUp(both()), "vendredi");
    // Réjean's is that Friday already; only Marie changes.
    assert_eq!(next(&mut stage), (Deed::Batch, vec![Some("2026-11-20".into())]));
    let mut stage = ask("en", Prompt::FollowUp(vec![id(REJEAN)]));
    stage.press("down");
    assert_eq!(next(&mut stage), (Deed::Edit, vec![Some("2026-11-23".into())]), "next Monday");
    let mut stage = typed("en", Prompt::FollowUp(vec![id(REJEAN)]), "none");
    assert_eq!(next(&mut stage), (Deed::Edit, vec![None]));
    let mut stage = typed("en", Prompt::FollowUp(vec![id(REJEAN)]), "someday");
    assert!(stage.press("enter").is_empty(), "what cannot be read is kept");
    assert!(picture(&stage, 80, 24).contains("someday"));
}

#[test]
fn hats_begin_and_end() {
    let mut stage = ask("fr", Prompt::Hat(id(LOUISE)));
    stage.press("down");
    let (_, _, people) = applied(&stage.press("enter"));
    let ended = &people[0].roles[1];
    assert_eq!((ended.org.as_str(), ended.former), ("Ville de Magog", true));
    assert_eq!(ended.until.as_ref().map(ToString::to_string).as_deref(), Some("2026-11-16"));
    let mut stage = typed("fr", Prompt::Hat(id(LOUISE)), "présidente @Chambre de commerce");
    for _ in 0..3 {
        stage.press("tab");
    }
    let (_, _, people) = applied(&stage.press("enter"));
    let begun = &people[0].roles[3];
    assert_eq!((begun.title.as_str(), begun.org.as_str()), ("présidente", "Chambre de commerce"));
    assert_eq!((begun.kind, begun.former), (RoleKind::Board, false));
    let mut stage = typed("fr", Prompt::Hat(id(JOHN)), "maire @ville");
    stage.press("right");
    let (_, _, people) = applied(&stage.press("enter"));
    assert_eq!(people[0].roles[0].org, "Ville de Magog", "in its own spelling");
}

#[test]
fn closeness_is_one_key() {
    let mut stage = ask("en", Prompt::Closeness(both()));
    let (deed, subject, people) = applied(&stage.press("5"));
    assert_eq!((deed, subject.as_str(), people.len()), (Deed::Batch, "Réjean Tremblay +1", 2));
    assert!(people.iter().all(|one| one.closeness.map(Closeness::level) == Some(5)));
    let mut stage = ask("en", Prompt::Closeness(vec![id(MARIE)]));
    assert_eq!(stage.press("enter"), [Effect::Close], "nothing changes");
    let (_, _, people) = applied(&stage.press("-"));
    assert_eq!(people[0].closeness, None);
}

#[test]
fn presentation_mode_does_not_tell_the_closeness() {
    let mut stage = ask("en", Prompt::Closeness(vec![id(MARIE)]));
    stage.present();
    assert!(!picture(&stage, 80, 24).contains('✓'));
}

#[test]
fn tags_come_and_go_for_everybody_chosen() {
    let mut stage = typed("fr", Prompt::Tag(both()), "-bois cha");
    stage.press("tab");
    let (deed, _, people) = applied(&stage.press("enter"));
    assert_eq!(deed, Deed::Batch);
    assert_eq!(people.len(), 1, "Marie has the one and not the other");
    assert_eq!(people[0].tags, ["chambre"]);
    let mut stage = ask("fr", Prompt::Tag(both()));
    assert!(stage.press("enter").is_empty(), "Enter on a tag only proposes to take it off");
    let (_, _, people) = applied(&stage.press("enter"));
    assert!(people.iter().all(|one| !one.tags.contains(&"chambre".to_owned())));
}

#[test]
fn ties_go_the_way_they_are_read() {
    let mut stage = ask("en", Prompt::Tie(id(REJEAN)));
    let query = "l".to_owned();
    assert_eq!(stage.type_text("l"), [Effect::Search(query, 2)]);
    stage.type_text("o");
    stage.reply(2, &Reply::Hits { ids: [id(JOHN)].into(), total: 1 });
    assert!(!picture(&stage, 80, 24).contains("John"), "an older search does not count");
    stage.reply(3, &Reply::Hits { ids: [id(LOUISE)].into(), total: 1 });
    stage.press("enter");
    assert!(picture(&stage, 80, 24).contains("tied already"));
    let (rejean, louise) = (id(REJEAN).to_string(), id(LOUISE).to_string());
    let tie = |a: &String, b: &String, kind| {
        [Effect::Ask(Job::Tie { a: a.clone(), b: b.clone(), kind, closeness: None }, 1)]
    };
    assert_eq!(stage.press("4"), tie(&rejean, &louise, TieKind::ReportsTo));
    stage.reply(1, &Reply::Failed(Problem::Cancelled));
    assert_eq!(stage.press("5"), tie(&louise, &rejean, TieKind::ReportsTo));
    stage.reply(1, &Reply::Failed(Problem::Cancelled));
    assert!(stage.press("esc").is_empty(), "back to the search");
    assert!(stage.typing());
    assert_eq!(stage.press("esc"), [Effect::Close]);
}

#[test]
fn events_are_typed_taken_or_ended() {
    let set = |effects: Vec<Effect>| match effects.into_iter().next() {
        Some(Effect::Sticky(event)) => event.map(|event| (event.name, event.on.to_string())),
        other => panic!("{other:?}"),
    };
    let own = |name: &str, day: &str| Some((name.to_owned(), day.to_owned()));
    let mut stage = typed("fr", Prompt::Event, "cabane à sucre");
    assert_eq!(set(stage.press("enter")), own("cabane à sucre", "2026-11-16"));
    stage.press("tab");
    stage.type_text("hier");
    assert_eq!(set(stage.press("enter")), own("cabane à sucre", "2026-11-15"));
    stage.type_text("x");
    assert!(stage.press("enter").is_empty(), "a day that cannot be read is kept");
    let mut stage = typed("fr", Prompt::Event, "souper");
    stage.press("down");
    assert_eq!(set(stage.press("enter")), own("Souper de la chambre", "2026-11-12"), "its own day, lately");
    let mut stage = typed("fr", Prompt::Event, "salon");
    stage.press("down");
    assert_eq!(set(stage.press("enter")), own("Salon de l’habitation", "2026-11-16"), "long ago: a series");
    assert_eq!(set(typed("fr", Prompt::Event, "aucun").press("enter")), None);
    let mut stage =
        Stage::open_with("fr", View::Prompt(Prompt::Event), stage::world(), Some(stage::sticky()));
    assert_eq!(set(stage.press("enter")), own("Souper de la chambre", "2026-11-12"), "Enter keeps it");
}

fn form(lang: &str, who: u128) -> Stage {
    Stage::open(lang, View::Form(id(who)))
}

/// Puts the cursor of a form on the row that begins with a label.
fn on_row(stage: &mut Stage, label: &str) {
    stage.resize(120, 200);
    stage.press("g");
    for _ in 0..80 {
        let row = picture(stage, 120, 200);
        if row.lines().any(|line| line.trim_start_matches([' ', '│']).starts_with(&format!("› {label}")))
        {
            return;
        }
        stage.press("j");
    }
    panic!("no row {label}");
}

/// Saves a form and gives the card that it sends.
fn saved(stage: &mut Stage) -> Arc<Contact> {
    let (deed, _, people) = applied(&stage.press("ctrl-s"));
    assert_eq!(deed, Deed::Edit);
    stage.reply(1, &Reply::Failed(Problem::Cancelled));
    people[0].clone()
}

/// Types into the field of a row, in place of what stands there.
fn fill(stage: &mut Stage, label: &str, words: &str) {
    on_row(stage, label);
    stage.press("enter");
    stage.press("ctrl-u");
    stage.type_text(words);
    stage.press("enter");
}

#[test]
fn form_shows_every_field() {
    pictures("form", |lang| form(lang, REJEAN));
    pictures("form_end", |lang| {
        let mut stage = form(lang, REJEAN);
        stage.press("G");
        stage
    });
    pictures("form_empty", |lang| form(lang, JOHN));
    pictures("form_me", |lang| Stage::open(lang, View::MeForm));
}

#[test]
fn form_edits_in_place() {
    pictures("form_typing", |lang| {
        let mut stage = form(lang, REJEAN);
        stage.press("enter");
        stage.type_text(" fils");
        stage
    });
    pictures("form_choice", |lang| {
        let mut stage = form(lang, REJEAN);
        on_row(&mut stage, if lang == "en" { "closeness" } else { "proximité" });
        stage.press("enter");
        stage
    });
    pictures("form_hat", |lang| {
        let mut stage = form(lang, REJEAN);
        on_row(&mut stage, if lang == "en" { "hat" } else { "chapeau" });
        stage.press("enter");
        stage
    });
    pictures("form_unread", |lang| {
        let mut stage = form(lang, REJEAN);
        fill(&mut stage, if lang == "en" { "follow-up" } else { "suivi" }, "a day");
        stage
    });
    pictures("form_leaving", |lang| {
        let mut stage = form(lang, REJEAN);
        fill(&mut stage, if lang == "en" { "nickname" } else { "surnom" }, "Réj");
        stage.press("esc");
        stage
    });
}

#[test]
fn form_reads_what_is_typed() {
    let mut stage = form("en", JOHN);
    fill(&mut stage, "whole name", "Me John Smith, CPA");
    fill(&mut stage, "tags", "#wood chamber wood");
    fill(&mut stage, "latent values", "planks, delivery");
    fill(&mut stage, "follow-up", "vendredi");
    fill(&mut stage, "cadence", "3 mois");
    fill(&mut stage, "birthday", "12 April");
    fill(&mut stage, "language", "fr");
    fill(&mut stage, "when", "2025-11");
    on_row(&mut stage, "through");
    stage.press("enter");
    stage.type_text("louise");
    stage.press("right");
    stage.press("enter");
    let one = saved(&mut stage);
    assert_eq!((one.name.full.as_str(), one.name.family.as_str()), ("Me John Smith", "Smith"));
    assert_eq!((one.name.prefix.as_str(), one.name.credentials.as_slice()), ("Me", &["CPA".to_owned()][..]));
    assert_eq!(one.tags, ["wood", "chamber"]);
    assert_eq!(one.values, ["planks", "delivery"]);
    assert_eq!(one.next.map(|day| day.to_string()).as_deref(), Some("2026-11-20"));
    assert_eq!(one.cadence_days, Some(90));
    assert_eq!(one.birthday.as_ref().map(ToString::to_string).as_deref(), Some("--04-12"));
    assert_eq!(one.language, Some(Language::French));
    let met = one.met.as_ref().expect("a meeting");
    assert_eq!(met.on.as_ref().map(ToString::to_string).as_deref(), Some("2025-11"));
    assert_eq!(met.via, id(LOUISE).to_string());
}

#[test]
fn form_adds_removes_and_moves_items() {
    let mut stage = form("en", JOHN);
    on_row(&mut stage, "email");
    stage.press("+");
    stage.type_text("john@x.example bureau");
    stage.press("enter");
    on_row(&mut stage, "phone");
    stage.press("enter");
    stage.type_text("819-555-0199 #12 cell");
    stage.press("enter");
    on_row(&mut stage, "hat");
    stage.press("+");
    stage.type_text("buyer");
    stage.press("tab");
    stage.type_text("Acme");
    stage.press("enter");
    stage.press("esc");
    on_row(&mut stage, "hat");
    stage.press("+");
    stage.type_text("mayor");
    stage.press("enter");
    stage.press("esc");
    stage.press("K");
    let one = saved(&mut stage);
    assert_eq!((one.emails[0].value.as_str(), one.emails[0].label.as_str()), ("john@x.example", "work"));
    let phone = &one.phones[0];
    assert_eq!(
        (phone.value.as_str(), phone.ext.as_str(), phone.label.as_str()),
        ("+18195550199", "12", "mobile")
    );
    assert_eq!(one.roles.iter().map(|role| role.title.as_str()).collect::<Vec<_>>(), ["mayor", "buyer"]);
    assert_eq!(one.roles[1].org, "Acme");
    on_row(&mut stage, "email");
    stage.press("x");
    on_row(&mut stage, "hat");
    stage.press("+");
    stage.press("esc");
    stage.press("esc");
    let one = saved(&mut stage);
    assert!(one.emails.is_empty() && one.roles.len() == 2, "what was begun and left is not kept");
}

#[test]
fn form_chooses_writes_notes_and_keeps_what_cannot_be_read() {
    let mut stage = form("en", REJEAN);
    on_row(&mut stage, "closeness");
    stage.press("enter");
    stage.press("j");
    stage.press("enter");
    on_row(&mut stage, "note");
    let note = "Carte prise poliment.\nSa terrasse en cèdre est citée partout.";
    assert_eq!(stage.press("enter"), [Effect::Compose(note.into(), 2)]);
    stage.input(Input::Edited(2, Some("Une ligne.\nDeux.")));
    fill(&mut stage, "email", "not an address");
    assert!(stage.typing(), "what cannot be read stays to be corrected");
    assert!(picture(&stage, 120, 60).contains("not an address"));
    assert!(stage.press("ctrl-s").is_empty(), "and is not saved");
    stage.press("esc");
    let one = saved(&mut stage);
    assert_eq!(one.closeness.map(Closeness::level), Some(3));
    assert_eq!(one.note, "Une ligne.\nDeux.");
    assert_eq!(one.emails[0].value, "rejean@scierie.example");
}

#[test]
fn form_asks_before_it_is_left_with_changes() {
    let mut stage = form("en", REJEAN);
    assert_eq!(stage.press("esc"), [Effect::Close]);
    fill(&mut stage, "nickname", "Réj");
    assert!(stage.press("esc").is_empty());
    assert!(stage.press("esc").is_empty(), "a second Esc goes on");
    stage.press("esc");
    assert_eq!(stage.press("d"), [Effect::Close]);
    stage.press("esc");
    let (_, subject, people) = applied(&stage.press("enter"));
    assert_eq!((subject.as_str(), people[0].name.nickname.as_str()), ("Réjean Tremblay", "Réj"));
    assert_eq!(stage.reply(1, &Reply::Done), [Effect::Close]);
}

#[test]
fn form_is_laid_over_what_happened_meanwhile() {
    let mut stage = form("en", REJEAN);
    fill(&mut stage, "nickname", "Réj");
    let mut elsewhere = stage::world();
    let mut other = (**elsewhere.contact(id(REJEAN)).expect("Réjean")).clone();
    other.note = "Changed by a script.".into();
    elsewhere.put(Record::Contact(Arc::new(other.clone())));
    stage.book(elsewhere.clone());
    let one = saved(&mut stage);
    assert_eq!((one.name.nickname.as_str(), one.note.as_str()), ("Réj", "Changed by a script."));
    other.name.nickname = "Tit-Réj".into();
    elsewhere.put(Record::Contact(Arc::new(other)));
    stage.book(elsewhere);
    assert!(stage.press("ctrl-s").is_empty(), "the same field: the user is told first");
    assert!(picture(&stage, 120, 60).contains("Changed elsewhere meanwhile: name"));
    assert_eq!(saved(&mut stage).name.nickname, "Réj");
}

#[test]
fn form_of_the_own_card_is_saved_as_such() {
    let mut stage = Stage::open("fr", View::MeForm);
    fill(&mut stage, "nom complet", "Camille Roy");
    fill(&mut stage, "villes", "Sherbrooke, Magog");
    let effects = stage.press("ctrl-s");
    let [Effect::Ask(Job::Apply { deed: Deed::Me, edits, .. }, _)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(edits[0].before, None);
    let Some(Record::Me(me)) = &edits[0].after else { panic!("the own card") };
    assert_eq!((me.name.given.as_str(), me.towns.len()), ("Camille", 2));
}

#[test]
fn presentation_mode_hides_what_is_private_in_a_form() {
    let mut stage = form("en", REJEAN);
    stage.present();
    let shown = picture(&stage, 120, 80);
    assert!(!shown.contains("poliment") && !shown.contains('●') && !shown.contains("nature"), "{shown}");
}

#[test]
fn no_overlay_minds_a_tiny_screen() {
    let views = [
        palette(),
        View::Help,
        View::Reach(id(REJEAN), Purpose::Copy),
        View::History(None),
        View::Files,
        View::Import(vec!["/x.csv".into()]),
        View::Imported(Box::new(report())),
        View::Prompt(Prompt::Log(both())),
        View::Prompt(Prompt::FollowUp(both())),
        View::Prompt(Prompt::Hat(id(LOUISE))),
        View::Prompt(Prompt::Closeness(both())),
        View::Prompt(Prompt::Tag(both())),
        View::Prompt(Prompt::Tie(id(LOUISE))),
        View::Prompt(Prompt::Event),
        View::Form(id(REJEAN)),
        View::MeForm,
    ];
    for view in views {
        for lang in ["en", "fr"] {
            let mut stage = Stage::open(lang, view.clone());
            for (width, height) in [(0, 0), (1, 1), (3, 2), (10, 4), (20, 5), (30, 9), (300, 100)] {
                stage.resize(width, height);
                for key in ["down", "pageup", "G", "end", "tab"] {
                    stage.press(key);
                    picture(&stage, width, height);
                }
            }
        }
    }
}

const CARD: &str =
    "Geneviève Laflamme, CPA\nDirectrice des finances\nMenuiserie Bellefeuille inc.\n819 555-0142";
const LIST: &str = "Anne Roy\tnotaire\tRoy et Fils\nKarim Benali\tacheteur\tKruger";

fn bar_with(lang: &str, pasted: &str) -> Stage {
    let mut stage = Stage::open(lang, View::Bar(BarMode::New(String::new())));
    stage.input(Input::Paste(pasted));
    stage
}

#[test]
fn a_paste_of_several_lines_asks_in_one_line() {
    pictures("bar_card", |lang| bar_with(lang, CARD));
    pictures("bar_list", |lang| bar_with(lang, LIST));
}

#[test]
fn enter_files_a_pasted_list_and_esc_keeps_a_line() {
    let mut stage = bar_with("en", LIST);
    let effects = stage.press("enter");
    let [Effect::Ask(Job::CaptureAll(captures), tag)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(captures.len(), 2);
    assert!(captures.iter().all(|capture| capture.listed));
    let done = Reply::Changed { step: None, people: Vec::new(), count: 2 };
    // Sent off once, until the answer is there.
    assert!(stage.press("enter").is_empty());
    assert!(picture(&stage, 120, 36).contains("Karim Benali"));
    stage.reply(*tag, &done);
    assert!(!picture(&stage, 120, 36).contains("Karim Benali"));
    let mut stage = bar_with("en", CARD);
    assert!(!stage.press("esc").contains(&Effect::Close));
    assert!(picture(&stage, 120, 36).contains("Geneviève Laflamme, CPA Directrice"));
    // What the editor brings back is taken as a paste is.
    let mut stage = Stage::open("en", View::Bar(BarMode::New("Anne".into())));
    let [Effect::Compose(text, tag)] = &stage.press("ctrl-o")[..] else { panic!("no editor") };
    assert_eq!(text, "Anne");
    stage.input(Input::Edited(*tag, Some(LIST)));
    assert!(matches!(stage.press("enter").as_slice(), [Effect::Ask(Job::CaptureAll(_), _)]));
    // One line is no block.
    let stage = bar_with("en", "Anne Roy @Roy");
    assert!(picture(&stage, 120, 36).contains("Anne Roy @Roy"));
}
