//! One card of two, through the engine: nothing is lost, everything follows, undo brings both back, and files find the
//! survivor.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use openbar::domain::contact::{Contact, Language};
use openbar::domain::id::ContactId;
use openbar::domain::merge::Choices;
use openbar::domain::problem::{Problem, UsageProblem};
use openbar::domain::tie::TieKind;
use openbar::insight::duplicates::Likelihood;
use openbar::protocol::{Capture, ExportForm, Import, Imported, Job, Lookalikes, Reply};

use crate::engine::{World, changed, problem, spooled};

fn world() -> (tempfile::TempDir, World) {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::open(dir.path());
    (dir, world)
}

fn add(world: &World, text: &str) -> Arc<Contact> {
    let line = Capture { at: "1971-01-01T12:00:00Z".parse().expect("a moment"), ..spooled(text) };
    match world.ask(Job::Capture(line)) {
        Reply::Captured { contact, .. } => contact,
        other => panic!("not captured: {other:?}"),
    }
}

fn merge(world: &World, keep: &Contact, other: &Contact, dry_run: bool) -> Reply {
    let (keep, other) = (keep.uid(), other.uid());
    world.ask(Job::Merge { keep, other, choices: Choices::new(), dry_run })
}

fn merged(reply: Reply) -> Arc<Contact> {
    match reply {
        Reply::Merged { contact, step: Some(_), .. } => contact,
        other => panic!("not merged: {other:?}"),
    }
}

fn pairs(world: &World, of: Option<&Contact>) -> Vec<Lookalikes> {
    match world.ask(Job::Duplicates { of: of.map(Contact::uid), limit: None }) {
        Reply::Duplicates { pairs, total } => {
            assert_eq!(pairs.len(), total);
            pairs
        }
        other => panic!("no pairs: {other:?}"),
    }
}

fn import(world: &World, path: PathBuf) -> Imported {
    match world.ask(Job::Import(Import { paths: vec![path], ..Import::default() })) {
        Reply::Imported(report) => *report,
        other => panic!("not imported: {other:?}"),
    }
}

fn export(world: &World, folder: &tempfile::TempDir, name: &str) -> PathBuf {
    let out = folder.path().join(name);
    let reply =
        world.ask(Job::Export { out: out.clone(), query: None, public: false, form: ExportForm::Native });
    assert!(matches!(reply, Reply::Exported { .. }), "{reply:?}");
    out
}

#[test]
fn lookalikes_are_found_merged_and_brought_back() {
    let (_dir, world) = world();
    let first = add(&world, "Réjean Tremblay @Scierie Tremblay rejean@scierie.example #chambre close:3");
    let second =
        add(&world, "R. Tremblay, vendeur @Scierie Tremblay rejean@scierie.example 819-555-0123 close:2");
    let friend = add(&world, "Luc Roy knows:\"R. Tremblay\" via:\"R. Tremblay\"");
    world.ask(Job::Log { who: second.uid(), text: "café".into(), on: None, lang: Language::French });

    let found = pairs(&world, None);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].a.id, found[0].b.id), (first.id, second.id));
    assert_eq!(found[0].likelihood, Likelihood::NearlySure);
    assert_eq!(pairs(&world, Some(&second))[0].b.id, first.id);

    let before: Vec<_> = world.book().book.records().collect();
    let Reply::Merged { contact: tried, step: None, .. } = merge(&world, &first, &second, true) else {
        panic!("not tried")
    };
    assert_eq!(world.book().book.records().collect::<Vec<_>>(), before, "trying changes nothing");

    let survivor = merged(merge(&world, &first, &second, false));
    assert_eq!((&survivor.note, survivor.phones.len()), (&tried.note, 1));
    assert!(
        survivor.note.contains("closeness: 2") && survivor.note.contains("name: R. Tremblay"),
        "{survivor:?}"
    );
    let book = world.book().book;
    assert_eq!(book.contacts().count(), 2);
    assert_eq!(book.interactions_of(first.id).count(), 1);
    assert_eq!(book.ties_of(first.id).map(|tie| tie.kind).collect::<Vec<_>>(), [TieKind::Knows]);
    let via = book.contact(friend.id).and_then(|luc| luc.met.as_ref()).expect("met").via.clone();
    assert_eq!(via, first.uid());
    // Who still says the other's uid means the survivor.
    let Reply::Person(person) = world.ask(Job::Show { who: second.uid() }) else { panic!("nobody") };
    assert_eq!(person.contact.id, first.id);
    assert_eq!(pairs(&world, None), []);

    changed(world.ask(Job::Undo));
    assert_eq!(world.book().book.records().collect::<Vec<_>>(), before);
    changed(world.ask(Job::Redo));
    assert_eq!(world.book().book.contacts().count(), 2);
}

#[test]
fn who_is_not_the_same_is_not_told_again_until_that_is_undone() {
    let (_dir, world) = world();
    let one = add(&world, "Louise Gagnon @MRC");
    let other = add(&world, "Louise Gagnon @MRC");
    assert_eq!(pairs(&world, None).len(), 1);
    let refuse = || Job::Refuse { a: one.uid(), b: other.uid() };
    assert_eq!(changed(world.ask(refuse())), 1);
    assert_eq!(pairs(&world, None), []);
    assert_eq!(pairs(&world, Some(&other)), []);
    let Reply::Changed { step: None, count: 0, .. } = world.ask(refuse()) else { panic!("said twice") };
    changed(world.ask(Job::Undo));
    assert_eq!(pairs(&world, None).len(), 1);
    changed(world.ask(Job::Redo));
    // Made one all the same: that they are two has been taken back with it.
    merged(merge(&world, &one, &other, false));
    assert_eq!(world.book().book.refusals().count(), 0);
    changed(world.ask(Job::Undo));
    assert_eq!(world.book().book.refusals().count(), 1);
}

#[test]
fn a_refusal_travels_with_the_export() {
    let (dir, world) = world();
    let one = add(&world, "Louise Gagnon @MRC");
    let other = add(&world, "Louise Gagnon @MRC");
    world.ask(Job::Refuse { a: one.uid(), b: other.uid() });
    let out = export(&world, &dir, "all.jsonl");
    let text = fs::read_to_string(&out).expect("written");
    assert!(text.contains("\"record\":\"refusal\""), "{text}");
    let (again_dir, again) = self::world();
    assert_eq!(import(&again, out).others, 1);
    assert_eq!(pairs(&again, None), []);
    let back = export(&again, &again_dir, "again.jsonl");
    assert_eq!(fs::read_to_string(back).expect("written"), text);
}

#[test]
fn an_older_export_finds_the_survivor() {
    let (dir, world) = world();
    let first = add(&world, "Réjean Tremblay @Scierie Tremblay");
    let second = add(&world, "R. Tremblay @Scierie Tremblay");
    add(&world, "Luc Roy knows:\"R. Tremblay\"");
    world.ask(Job::Tie { a: first.uid(), b: second.uid(), kind: TieKind::Family, closeness: None });
    let out = export(&world, &dir, "before.jsonl");
    let survivor = merged(merge(&world, &first, &second, false));
    let lines: Vec<String> = fs::read_to_string(&out).expect("written").lines().map(str::to_owned).collect();
    // The other's card alone, with the ties: all of it is known.
    let others = lines.iter().filter(|line| !line.contains(&format!("{{\"uid\":\"{}\"", first.uid())));
    let old = dir.path().join("old.jsonl");
    fs::write(&old, others.cloned().collect::<Vec<_>>().join("\n")).expect("written");
    let report = import(&world, old);
    assert_eq!((report.new, report.changed, report.problems.len()), (0, 0, 0), "{report:?}");
    let book = world.book().book;
    assert_eq!(book.contacts().count(), 2);
    assert_eq!(book.contact(first.id), Some(&survivor));
    assert!(book.ties().all(|tie| tie.a != tie.b && book.contact(tie.b).is_some()));
}

const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On";

#[test]
fn a_list_finds_the_survivor_by_either_profile() {
    let (dir, world) = world();
    let rows = "Marie,Tremblay,https://www.linkedin.com/in/marie-tremblay,,MRC,Agente,04 Mar 2016\n\
                Marie,Tremblay-Roy,https://www.linkedin.com/in/marie-roy,,MRC,Directrice,05 Mar 2020\n";
    let list = |rows: &str| {
        let path = dir.path().join("Connections.csv");
        fs::write(&path, format!("{HEADER}\n{rows}")).expect("written");
        path
    };
    assert_eq!(import(&world, list(rows)).new, 2);
    let ids: Vec<ContactId> = world.book().book.contacts().map(|contact| contact.id).collect();
    let cards: Vec<_> = ids.iter().map(|id| world.contact(*id).expect("there")).collect();
    merged(merge(&world, &cards[0], &cards[1], false));
    let report = import(&world, list(rows));
    assert_eq!((report.new, report.changed, report.unchanged), (0, 0, 2), "{report:?}");
    // Each profile alone finds her too.
    for row in rows.lines() {
        assert_eq!(import(&world, list(&format!("{row}\n"))).new, 0, "{row}");
    }
    let report = import(&world, list(rows));
    assert_eq!((report.new, report.changed), (0, 0));
    assert_eq!(world.book().book.contacts().count(), 1);
}

#[test]
fn an_import_counts_newcomers_who_look_like_somebody_known() {
    let (dir, world) = world();
    add(&world, "Bob Gagnon @CGI");
    let path = dir.path().join("Connections.csv");
    let rows = "Robert,Gagnon,https://www.linkedin.com/in/robert-gagnon,,CGI,Analyste,04 Mar 2016\n\
                Zoé,Lavoie,https://www.linkedin.com/in/zoe,,CGI,Analyste,04 Mar 2016\n";
    fs::write(&path, format!("{HEADER}\n{rows}")).expect("written");
    let report = import(&world, path);
    assert_eq!((report.new, report.lookalikes), (2, 1));
    assert_eq!(world.book().book.contacts().count(), 3, "nobody was merged");
}

#[test]
fn a_card_that_is_being_typed_finds_whom_it_may_be() {
    let (_dir, world) = world();
    let known = add(&world, "Réjean Tremblay rejean@scierie.example");
    let mut typed = Contact::new(ContactId::NIL, "1971-01-01T12:00:00Z".parse().expect("a moment"));
    typed.name.full = "Rejean Trembley".into();
    typed.emails.clone_from(&known.emails);
    let Reply::Alike(found) = world.ask(Job::Alike { contact: Box::new(typed), limit: 3 }) else {
        panic!("no answer")
    };
    assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [known.id]);
}

#[test]
fn one_person_cannot_be_merged_nor_kept_apart() {
    let (_dir, world) = world();
    let one = add(&world, "Louise Gagnon");
    let same = Problem::Usage(UsageProblem::SamePerson);
    assert_eq!(problem(merge(&world, &one, &one, false)), same);
    assert_eq!(problem(world.ask(Job::Refuse { a: one.uid(), b: one.uid() })), same);
    let nobody = Job::Merge {
        keep: one.uid(),
        other: "personne@nulle.part".into(),
        choices: Choices::new(),
        dry_run: true,
    };
    assert!(matches!(problem(world.ask(nobody)), Problem::NobodyFound { .. }));
}
