//! Needs through the engine: who could help, what waits and rings, what is said of people, the other way round, and
//! the user's own words.

use std::sync::Arc;

use openbar::domain::Record;
use openbar::domain::contact::{Contact, Language};
use openbar::domain::interaction::InteractionKind;
use openbar::domain::need::{CandidateState, Need, NeedStatus};
use openbar::domain::problem::Problem;
use openbar::insight::lexicon::own::Pair;
use openbar::insight::needs::{Reason, Strength};
use openbar::protocol::needs::{
    AskWho, CloseNeed, EditNeed, Helpers, LexiconJob, LexiconPage, MarkCandidate, NeedBrief, NeedLine,
    NeedPage, NewNeed,
};
use openbar::protocol::{Capture, Job, Reply};

use crate::engine::{World, spooled};

fn world() -> (tempfile::TempDir, World) {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    (dir, world)
}

fn capture(world: &World, text: &str) -> (Arc<Contact>, Vec<NeedBrief>) {
    // Captured when the needs of the test have been noted.
    let capture = Capture { at: "2027-06-01T12:00:00Z".parse().expect("a moment"), ..spooled(text) };
    match world.ask(Job::Capture(capture)) {
        Reply::Captured { contact, answers, .. } => (contact, answers),
        other => panic!("not captured: {other:?}"),
    }
}

fn who(world: &World, need: &str) -> Helpers {
    match world.ask(Job::Who(AskWho::new(need))) {
        Reply::Who(helpers) => *helpers,
        other => panic!("no answer: {other:?}"),
    }
}

fn names(helpers: &Helpers) -> Vec<&str> {
    helpers.people.iter().map(|helper| helper.person.name.as_str()).collect()
}

fn need(world: &World, job: Job) -> Arc<Need> {
    match world.ask(job) {
        Reply::Recorded { record: Record::Need(need), .. } => need,
        other => panic!("not noted: {other:?}"),
    }
}

fn add(world: &World, words: &str) -> Arc<Need> {
    need(world, Job::AddNeed(NewNeed { words: words.into(), ..NewNeed::default() }))
}

fn list(world: &World, closed: bool) -> Vec<NeedLine> {
    match world.ask(Job::Needs { closed }) {
        Reply::Needs(lines) => lines,
        other => panic!("no list: {other:?}"),
    }
}

fn page(world: &World, need: &str) -> NeedPage {
    match world.ask(Job::Need { need: need.into(), limit: 10, weak: false }) {
        Reply::Need(page) => *page,
        other => panic!("no page: {other:?}"),
    }
}

fn mark(world: &World, who: &str, state: Option<CandidateState>) -> Arc<Need> {
    let need_id = list(world, true)[0].need.id.to_string();
    need(
        world,
        Job::MarkCandidate(MarkCandidate { need: need_id, who: who.into(), state, note: None, on: None }),
    )
}

#[test]
fn the_plank_seller_comes_up_for_a_deck_in_both_languages_with_the_chain() {
    let (_dir, world) = world();
    capture(&world, "Réjean Tremblay, vendeur @Scierie du Rang =planches en bois");
    capture(&world, "Lise Roy, notaire");
    for words in ["agrandir ma terrasse", "extend my deck"] {
        let helpers = who(&world, words);
        assert_eq!(names(&helpers).first(), Some(&"Réjean Tremblay"), "{words}");
        assert!(
            matches!(&helpers.people[0].why[0], Reason::Concept { found, .. } if found.contains("planches"))
        );
    }
}

#[test]
fn where_nobody_fits_it_says_so_and_where_to_ask() {
    let (_dir, world) = world();
    capture(&world, "Lise Roy, notaire");
    let helpers = who(&world, "professeur de tango argentin");
    assert!(helpers.people.is_empty());
    assert!(helpers.hints.is_some());
    let nothing = world.ask(Job::Who(AskWho::new("  ")));
    assert!(matches!(nothing, Reply::Failed(Problem::Usage(_))));
}

#[test]
fn a_capture_rings_the_need_that_waits() {
    let (_dir, world) = world();
    let drain = add(&world, "creuser un drain");
    let (contact, answers) = capture(&world, "Luc Gagné, loue des mini-excavatrices");
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!((answers[0].need, answers[0].person.name.as_str()), (drain.id, "Luc Gagné"));
    assert!(answers[0].strength > Strength::Weak && !answers[0].why.is_empty());
    let (_, none) = capture(&world, "Lise Roy, notaire");
    assert!(none.is_empty());
    let line = &list(&world, false)[0];
    assert_eq!((line.matches, line.fresh), (1, 1));
    assert_eq!(line.best.as_ref().map(|best| best.name.as_str()), Some("Luc Gagné"));
    assert_eq!(page(&world, "drain").fresh, [contact.id]);
    match world.ask(Job::Today) {
        Reply::Today(agenda) => assert_eq!(agenda.needs.items[0].words, "creuser un drain"),
        other => panic!("no agenda: {other:?}"),
    }
    match world.ask(Job::AnsweredBy { who: "Luc Gagné".into() }) {
        Reply::Answers(answers) => assert_eq!(answers.len(), 1),
        other => panic!("no answer: {other:?}"),
    }
}

#[test]
fn a_need_noted_after_questions_rings_too() {
    let (_dir, world) = world();
    capture(&world, "Lise Roy, notaire");
    add(&world, "refaire ma toiture");
    who(&world, "creuser un drain");
    assert_eq!(list(&world, false).len(), 1);
    let drain = add(&world, "creuser un drain");
    let (_, answers) = capture(&world, "Luc Gagné, loue des mini-excavatrices");
    assert_eq!(answers.iter().map(|answer| answer.need).collect::<Vec<_>>(), [drain.id]);
    let line = list(&world, false).into_iter().find(|line| line.need.id == drain.id).expect("it waits");
    assert_eq!(line.matches, 1);
}

#[test]
fn an_edit_makes_somebody_answer_and_undo_takes_it_back() {
    let (_dir, world) = world();
    add(&world, "trouver un plombier");
    capture(&world, "Ann Roy, notaire");
    assert_eq!(list(&world, false)[0].matches, 0);
    world.ask(Job::Edit { who: "Ann Roy".into(), text: "=plomberie".into(), lang: Language::French });
    assert_eq!(list(&world, false)[0].matches, 1);
    world.ask(Job::Undo);
    assert_eq!(list(&world, false)[0].matches, 0);
}

#[test]
fn what_is_said_of_people_is_kept_and_a_dismissed_one_is_not_proposed_again() {
    let (_dir, world) = world();
    capture(&world, "Ann Roy, plombière");
    capture(&world, "Bob Cyr, plombier");
    add(&world, "trouver un plombier");
    mark(&world, "Ann Roy", Some(CandidateState::Dismissed));
    let page = page(&world, "plombier");
    assert_eq!(names(&page.helpers), ["Bob Cyr"]);
    assert_eq!(page.line.candidates, [0, 0, 0, 1]);
    assert_eq!(page.candidates[0].person.name, "Ann Roy");
    let forgotten = mark(&world, "Ann Roy", None);
    assert!(forgotten.candidates.is_empty());
}

#[test]
fn a_need_is_changed_closed_with_thanks_and_opened_again() {
    let (_dir, world) = world();
    capture(&world, "Ann Roy, plombière");
    add(&world, "plombier");
    let edit = EditNeed {
        need: "plombier".into(),
        words: Some("plombier pour le chalet".into()),
        market: Some("construction".into()),
        region: Some("Estrie".into()),
        deadline: None,
    };
    let changed = need(&world, Job::EditNeed(edit));
    assert_eq!((changed.market.as_str(), changed.region.as_str()), ("construction", "Estrie"));
    let close = |status, thanks_to: Option<&str>| {
        Job::CloseNeed(CloseNeed { need: "chalet".into(), status, thanks_to: thanks_to.map(Into::into) })
    };
    let closed = need(&world, close(NeedStatus::Answered, Some("Ann Roy")));
    assert_eq!(closed.candidates[0].state, CandidateState::Helped);
    match world.ask(Job::Show { who: "Ann Roy".into() }) {
        Reply::Person(person) => assert_eq!(person.timeline[0].kind, InteractionKind::FavourReceived),
        other => panic!("nobody: {other:?}"),
    }
    assert!(list(&world, false).is_empty() && list(&world, true).len() == 1);
    need(&world, close(NeedStatus::Open, None));
    assert_eq!(list(&world, false).len(), 1);
}

#[test]
fn needs_go_by_identifier_or_words_and_never_by_a_guess() {
    let (_dir, world) = world();
    let one = add(&world, "réparer le toit");
    add(&world, "réparer le quai");
    let ask = |need: &str| world.ask(Job::Need { need: need.into(), limit: 1, weak: false });
    assert!(matches!(ask("toit"), Reply::Need(_)));
    assert!(matches!(ask(&one.id.to_string()), Reply::Need(_)));
    assert!(matches!(ask("reparer"), Reply::Failed(Problem::ManyNeeds { .. })));
    assert!(matches!(ask("tango"), Reply::Failed(Problem::NoNeed { .. })));
}

#[test]
fn own_words_lead_to_people_until_they_are_taken_out() {
    let (dir, world) = world();
    capture(&world, "Ann Roy, plombière");
    let lexicon = |job| match world.ask(Job::Lexicon(job)) {
        Reply::Lexicon(page) => *page,
        other => panic!("no lexicon: {other:?}"),
    };
    let pair = Pair { a: "zinzolin du rang".into(), b: "plombier".into() };
    assert!(names(&who(&world, "zinzolin du rang")).is_empty());
    let page: LexiconPage = lexicon(LexiconJob::Add(pair.clone()));
    assert_eq!((page.own.as_slice(), page.touched.len()), ([pair.clone()].as_slice(), 1));
    assert_eq!(names(&who(&world, "zinzolin du rang")), ["Ann Roy"]);
    assert!(dir.path().join("words.txt").exists());
    assert!(lexicon(LexiconJob::Add(pair)).touched.is_empty(), "known already");
    assert_eq!(lexicon(LexiconJob::Remove { text: "Zinzolin du rang".into() }).touched.len(), 1);
    assert!(names(&who(&world, "zinzolin du rang")).is_empty());
    let gone = world.ask(Job::Lexicon(LexiconJob::Remove { text: "zinzolin".into() }));
    assert!(matches!(gone, Reply::Failed(Problem::NoPair { .. })));
}

#[test]
fn values_are_proposed_at_the_door_and_the_network_is_of_use_to_others() {
    let (_dir, world) = world();
    let (brewer, _) = capture(&world, "Claude Huot, maître brasseur note: cherche du houblon");
    capture(&world, "Sarah Roy note: pelletized hops");
    match world.ask(Job::CouldUse { who: "Claude Huot".into(), limit: 5 }) {
        Reply::CouldUse(uses) => {
            assert_eq!(uses.sought, ["du houblon"]);
            assert_eq!(names(&uses.helpers).first(), Some(&"Sarah Roy"));
        }
        other => panic!("nothing: {other:?}"),
    }
    match world.ask(Job::ProposeValues { contact: Box::new(Contact::clone(&brewer)) }) {
        Reply::Values(offers) => assert!(!offers.is_empty()),
        other => panic!("nothing: {other:?}"),
    }
}
