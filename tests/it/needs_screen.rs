//! Needs by keyboard, over a real engine: who could help as the words are typed, needs that stand, what came of whom.

use std::sync::Arc;

use openbar::domain::change::Record;
use openbar::domain::contact::{Closeness, Contact, Role, Stage};
use openbar::domain::id::NeedId;
use openbar::domain::interaction::InteractionKind;
use openbar::domain::need::{Candidate, CandidateState, Need, NeedStatus};
use openbar::domain::time::Date;
use openbar::wording::Lang;
use uuid::Uuid;

use crate::desk::Desk;
use crate::engine::named;

fn hat(name: &str, title: &str, org: &str) -> Contact {
    let mut one = named(name);
    one.roles.push(Role { title: title.into(), org: org.into(), ..Role::default() });
    one.stage = Stage::Active;
    one
}

/// A seller of planks, somebody who digs, a notary.
fn people() -> Vec<Contact> {
    let mut planks = hat("Réjean Tremblay", "vendeur de planches", "Scierie du Rang 6");
    planks.values = vec!["planches en bois".into()];
    planks.closeness = Closeness::new(1);
    let mut editor = hat("Ann Lee", "English editor", "");
    editor.note = "Waits for the thaw.".into();
    vec![planks, editor, hat("Zoé Roy", "notaire", "Étude Roy")]
}

fn need(number: u128, words: &str) -> Need {
    Need {
        id: NeedId(Uuid::from_u128(0xA000 + number)),
        words: words.into(),
        opened: "2026-11-02T15:00:00Z".parse().expect("a moment"),
        status: NeedStatus::Open,
        market: String::new(),
        region: String::new(),
        deadline: None,
        candidates: Vec::new(),
    }
}

/// The people, with needs that may name them.
fn records(needs: impl FnOnce(&[Contact]) -> Vec<Need>) -> Vec<Record> {
    let people = people();
    let needs = needs(&people);
    let people = people.into_iter().map(|one| Record::Contact(Arc::new(one)));
    people.chain(needs.into_iter().map(|need| Record::Need(Arc::new(need)))).collect()
}

fn with(lang: Lang, words: &str) -> Desk {
    Desk::over(lang, (120, 36), records(|_| vec![need(1, words)]))
}

fn only_need(desk: &Desk) -> Need {
    let book = desk.book().book;
    let needs: Vec<_> = book.needs().collect();
    assert_eq!(needs.len(), 1, "one need");
    Need::clone(needs[0])
}

fn state(desk: &Desk) -> Vec<CandidateState> {
    only_need(desk).candidates.iter().map(|one| one.state).collect()
}

#[test]
fn a_need_typed_brings_the_seller_of_planks_first_with_his_chain_and_stands_by_one_key() {
    for (lang, words) in [(Lang::Fr, "agrandir_ma_terrasse"), (Lang::En, "extend_my_deck")] {
        let mut desk = Desk::with(lang, (120, 36), &people());
        desk.keys(&format!("w type:{words}")).shows("Réjean Tremblay").shows("←");
        let picture = desk.picture();
        assert!(!picture.contains("Zoé Roy"), "nobody on noise alone:\n{picture}");
        desk.keys("ctrl-s").shows("Réjean Tremblay");
        assert_eq!(only_need(&desk).words, words.replace('_', " "));
        desk.keys("u");
        assert_eq!(desk.book().book.needs().count(), 0, "undo takes it back");
    }
}

#[test]
fn words_that_nobody_answers_say_so_and_give_a_question_to_ask() {
    let mut desk = Desk::with(Lang::Fr, (120, 36), &people());
    desk.keys("w type:réparer_un_piano enter").shows("Personne de votre réseau").shows("réparer un piano");
    desk.keys("Y").shows("Copié");
    let copied = desk.copied.last().expect("a question");
    assert!(copied.contains("réparer un piano"), "{copied}");
}

#[test]
fn a_capture_rings_a_standing_need() {
    let mut desk = with(Lang::Fr, "creuser un drain");
    desk.keys("a type:Kevin_Bolduc,_loue_des_mini-excavatrices enter");
    desk.shows("Répond à votre besoin\u{a0}: creuser un drain");
    desk.keys("esc 1").shows("Besoins qui ont une réponse").shows("Kevin Bolduc");
    desk.keys("2").shows("Répond à votre besoin\u{a0}: creuser un drain");
    desk.keys("enter").shows("1 répond à un besoin\u{a0}: creuser un drain");
}

#[test]
fn somebody_is_asked_helps_and_the_need_is_answered_and_all_of_it_can_be_undone() {
    let mut desk = with(Lang::Fr, "agrandir la terrasse");
    desk.keys("4").shows("agrandir la terrasse");
    desk.keys("enter").shows("Réjean Tremblay");
    desk.keys("r").shows("demandé");
    assert_eq!(state(&desk), [CandidateState::Asked]);
    desk.keys("+").shows("a aidé");
    assert_eq!(state(&desk), [CandidateState::Helped]);
    desk.keys("left c").shows("Qui a aidé");
    desk.keys("enter");
    let answered = only_need(&desk);
    assert_eq!(answered.status, NeedStatus::Answered);
    let book = desk.book().book;
    let helper = answered.candidates[0].contact;
    assert!(book.interactions_of(helper).any(|one| one.kind == InteractionKind::FavourReceived));
    desk.keys("u");
    assert_eq!(only_need(&desk).status, NeedStatus::Open);
    desk.keys("u u");
    assert_eq!(state(&desk), []);
}

#[test]
fn marking_again_forgets_and_a_need_is_dropped_and_opened_again() {
    let mut desk = with(Lang::En, "agrandir la terrasse");
    desk.keys("4 enter s");
    assert_eq!(state(&desk), [CandidateState::Suggested]);
    desk.keys("s");
    assert_eq!(state(&desk), []);
    desk.keys("- left x");
    assert_eq!(
        (only_need(&desk).status, state(&desk)),
        (NeedStatus::Dropped, vec![CandidateState::Dismissed])
    );
    desk.keys("x");
    assert_eq!(only_need(&desk).status, NeedStatus::Open);
}

#[test]
fn marking_somebody_while_asking_keeps_the_words_as_a_need() {
    let mut desk = Desk::with(Lang::Fr, (120, 36), &people());
    desk.keys("w type:agrandir_ma_terrasse enter r");
    assert_eq!(
        (only_need(&desk).words.as_str(), state(&desk)),
        ("agrandir ma terrasse", vec![CandidateState::Asked])
    );
}

#[test]
fn a_need_is_edited_as_a_line_and_a_candidate_has_a_note() {
    let mut desk = with(Lang::Fr, "agrandir la terrasse");
    desk.keys("4 e ctrl-u type:agrandir_la_galerie_+construction_à:Estrie_suivi:2027-05-15 enter");
    let edited = only_need(&desk);
    assert_eq!(
        (edited.words.as_str(), edited.market.as_str(), edited.region.as_str(), edited.deadline),
        ("agrandir la galerie", "construction", "Estrie", Some(Date::constant(2027, 5, 15)))
    );
    desk.keys("enter r N type:rappelle_jeudi enter").shows("rappelle jeudi");
    desk.keys("P");
    assert!(!desk.picture().contains("rappelle jeudi"), "presentation hides notes");
}

#[test]
fn a_search_shows_who_could_help_below_those_it_finds() {
    let mut desk = Desk::with(Lang::Fr, (120, 36), &people());
    desk.keys("/ type:agrandir_terrasse");
    assert!(!desk.picture().contains("Pourraient aider"), "it waits until typing rests");
    desk.keys("tick tick").shows("Pourraient aider").shows("Réjean Tremblay");
    desk.keys("ctrl-s").shows("Besoin gardé");
    assert_eq!(only_need(&desk).words, "agrandir terrasse");
    desk.keys("esc down enter").shows("Scierie du Rang 6");
}

#[test]
fn the_words_in_hand_go_along_to_who_could_help() {
    let mut desk = Desk::with(Lang::Fr, (120, 36), &people());
    desk.keys("/ type:agrandir_terrasse esc w")
        .shows("De quoi avez-vous besoin")
        .shows("terrasse")
        .shows("Réjean Tremblay");
}

#[test]
fn the_bar_proposes_values_that_a_title_suggests() {
    let mut desk = Desk::with(Lang::Fr, (120, 36), &people());
    desk.keys("a type:Paul_Côté,_vendeur_de_planches alt-v enter");
    let values = desk.person("Paul Côté").expect("there").values;
    assert_eq!(values.len(), 1, "{values:?}");
}

#[test]
fn what_somebody_could_use_is_one_key_away() {
    let mut deck = hat("Luc Caron", "paysagiste", "Terrasses Caron");
    deck.note = "cherche des planches de cèdre".into();
    let mut all = people();
    all.push(deck);
    let mut desk = Desk::with(Lang::Fr, (120, 36), &all);
    desk.keys("/ type:caron enter W").shows("Qui pourrait servir à Luc Caron").shows("Réjean Tremblay");
    desk.keys("enter").shows("Scierie du Rang 6");
}

/// Needs in every state.
fn many(who: &[Contact]) -> Vec<Need> {
    let candidate = |at: usize, state, note: &str| Candidate {
        contact: who[at].id,
        state,
        on: Date::constant(2026, 11, 5),
        note: note.into(),
    };
    let mut deck = need(1, "agrandir la terrasse derrière la maison avant la fin du printemps prochain");
    deck.deadline = Some(Date::constant(2027, 5, 15));
    (deck.market, deck.region) = ("construction".into(), "Estrie".into());
    let mut editor = need(2, "a native English editor for annual reports");
    editor.candidates = vec![candidate(1, CandidateState::Asked, "Waiting for an answer.")];
    let mut piano = need(3, "réparer un piano");
    piano.deadline = Some(Date::constant(2026, 11, 1));
    let mut done = need(4, "un notaire patient");
    done.status = NeedStatus::Answered;
    done.candidates = vec![candidate(2, CandidateState::Helped, "")];
    let mut given_up = need(5, "un stagiaire bilingue");
    given_up.status = NeedStatus::Dropped;
    vec![deck, editor, piano, done, given_up]
}

/// Name of the picture, the needs, and the keys that lead to it.
type View = (&'static str, fn(&[Contact]) -> Vec<Need>, &'static str);

#[test]
fn pictures() {
    let sizes = [(80, 24), (120, 36), (180, 50)];
    for (lang, tag) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        for size in sizes {
            let views: [View; 7] = [
                ("none", |_| Vec::new(), "4"),
                ("one", |_| vec![need(1, "agrandir la terrasse")], "4"),
                ("many", many, "4 j z"),
                ("page", many, "4 j j enter"),
                ("typed", many, "w type:agrandir_ma_terrasse"),
                ("nobody", many, "w type:réparer_un_piano enter"),
                ("edit", many, "4 j e"),
            ];
            for (name, needs, keys) in views {
                let mut desk = Desk::over(lang, size, records(needs));
                desk.keys(keys);
                insta::assert_snapshot!(format!("{name}-{tag}-{}x{}", size.0, size.1), desk.picture());
            }
        }
    }
}

#[test]
fn nothing_overflows_a_tiny_terminal() {
    for size in [(1, 1), (5, 3), (20, 6), (40, 10)] {
        for keys in ["4", "4 enter", "4 e", "4 c", "w type:terrasse", "/ type:terrasse tick tick"] {
            let mut desk = Desk::over(Lang::Fr, size, records(many));
            desk.keys(keys);
            desk.picture();
        }
    }
}
