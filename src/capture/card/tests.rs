//! Cards whose codes and print agree, differ, or belong to several people.

use super::super::printed::{CardField, Place};
use super::*;
use crate::domain::contact::{Language, Phone};
use crate::domain::time::Date;

fn context() -> Context {
    Context::new(Date::constant(2026, 11, 16), Language::French)
}

/// A picture with these lines one below the other; an empty one leaves a gap.
fn picture(lines: &[&str]) -> Printed {
    let mut printed = Printed::default();
    stack(&mut printed, lines, 0.05, 0.05);
    printed
}

fn stack(printed: &mut Printed, lines: &[&str], left: f32, mut top: f32) {
    let mut block = printed.lines.last().map_or(0, |line| line.block + 1);
    for text in lines {
        if text.is_empty() {
            (top, block) = (top + 0.05, block + 1);
            continue;
        }
        let place = Some(Place { left, top, right: left + 0.35, bottom: top + 0.04 });
        printed.lines.push(PrintedLine {
            text: (*text).to_owned(),
            confidence: 0.99,
            place,
            height: 0.04,
            block,
        });
        top += 0.05;
    }
}

fn one(printed: &Printed) -> CardReading {
    let mut readings = read(printed, &context());
    assert_eq!(readings.len(), 1, "{readings:#?}");
    readings.remove(0)
}

fn phone(value: &str, label: &str, ext: &str) -> Phone {
    Phone { value: value.into(), label: label.into(), ext: ext.into() }
}

const PRINT: [&str; 7] = [
    "Hélène Gagné-Roy, ing.",
    "Directrice des opérations",
    "Director of Operations",
    "Scierie Beauchêne inc.",
    "",
    "Tél. : 819 555-0142 poste 207",
    "h.gagne-roy@scieriebeauchene.ca",
];

const CODE: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Gagne-Roy;Helene;;;\r\nFN:Helene Gagne-Roy\r\nORG:Scierie Beauchêne\r\n\
    TITLE:Directrice des opérations\r\nTEL;TYPE=WORK:+18195550142\r\nEMAIL:h.gagne-roy@scieriebeauchene.ca\r\nEND:VCARD";

#[test]
fn print_fills_the_gaps_of_a_code() {
    let card = Printed { codes: vec![CODE.to_owned()], ..picture(&PRINT) };
    let reading = one(&card);
    let draft = &reading.draft;
    assert_eq!((&*draft.name.full, &*draft.name.credentials), ("Hélène Gagné-Roy", &["ing.".to_owned()][..]));
    let [role] = draft.roles.as_slice() else { panic!("{:?}", draft.roles) };
    assert_eq!(
        (&*role.title, &*role.title_alt),
        ("Directrice des opérations", &["Director of Operations".into()][..])
    );
    assert_eq!((&*role.org, role.org_alt.len()), ("Scierie Beauchêne", 0));
    assert_eq!(draft.phones, [phone("+18195550142", "work", "207")]);
    assert_eq!((draft.emails.len(), reading.problems.as_slice()), (1, &[][..]));
    let email = reading.fields.iter().find(|known| known.field == CardField::Email).expect("the email");
    assert_eq!((email.line, card.lines[5].text.as_str()), (Some(5), PRINT[6]));
    assert!((email.confidence - 1.0).abs() < f32::EPSILON);
}

#[test]
fn a_code_wins_over_misread_print_and_says_so() {
    let print = [
        "Hélène Gagné-Roy",
        "Scierie Beauchêne inc.",
        "Tél. : 819 555-0149",
        "h.gagne-roy@scierlebeauchene.ca",
    ];
    let reading = one(&Printed { codes: vec![CODE.to_owned()], ..picture(&print) });
    assert_eq!(reading.draft.phones.len(), 1);
    assert_eq!(reading.draft.emails[0].value, "h.gagne-roy@scieriebeauchene.ca");
    let told: Vec<_> = reading
        .problems
        .iter()
        .filter_map(|problem| match problem {
            CardProblem::CodeDiffers { field, printed, coded } => {
                Some((*field, printed.as_str(), coded.as_str()))
            }
            _ => None,
        })
        .collect();
    let expected = [
        (CardField::Email, "h.gagne-roy@scierlebeauchene.ca", "h.gagne-roy@scieriebeauchene.ca"),
        (CardField::Phone, "819 555-0149", "819 555-0142"),
    ];
    assert_eq!(told, expected);
    let other = one(&Printed {
        codes: vec![CODE.to_owned()],
        ..picture(&["Luc Fortin", "Maire", "luc@fortin.example"])
    });
    assert!(
        other
            .problems
            .iter()
            .any(|problem| matches!(problem, CardProblem::CodeDiffers { field: CardField::Name, .. }))
    );
    assert_eq!(other.draft.name.full, "Helene Gagne-Roy");
}

#[test]
fn a_second_number_that_is_printed_is_no_misreading() {
    let print = ["Hélène Gagné-Roy", "Tél. : 819 555-0142", "Cell. : 819 555-0143"];
    let reading = one(&Printed { codes: vec![CODE.to_owned()], ..picture(&print) });
    assert_eq!(
        reading.draft.phones,
        [phone("+18195550142", "work", ""), phone("+18195550143", "mobile", "")]
    );
}

#[test]
fn addresses_and_other_words_in_codes() {
    let coded = |code: &str| one(&Printed { codes: vec![code.to_owned()], ..picture(&PRINT) });
    assert_eq!(coded("https://scieriebeauchene.ca/").draft.urls[0].value, "https://scieriebeauchene.ca/");
    assert_eq!(coded("mailto:info@beauchene.example?subject=x").draft.emails.len(), 2);
    assert_eq!(coded("tel:+18195550142").draft.phones.len(), 1, "it is printed");
    let network = coded("WIFI:S:Scierie;T:WPA;P:bois;;");
    assert!(network.draft.note.ends_with("WIFI:S:Scierie;T:WPA;P:bois;;"));
    assert!(matches!(&network.problems[..], [CardProblem::OtherCode { .. }]));
    let alone = one(&Printed { codes: vec!["HTTPS://a.example".to_owned()], ..Printed::default() });
    assert_eq!(alone.draft.urls[0].value, "HTTPS://a.example");
    let kinds = [CODE, "MECARD:N:A;;", "http://a.example", "mailto:a@b.example", "tel:+18195550142", "x"];
    let words = kinds.map(|code| CodeKind::of(code).word());
    assert_eq!(words, ["vcard", "mecard", "url", "email", "phone", "text"]);
}

#[test]
fn a_short_form_has_its_address_in_parts() {
    let code = "MECARD:N:Roy,Anne;ADR:2700\\, rue Girard\\, Sherbrooke (Québec) J1G 4B5;;";
    let address =
        one(&Printed { codes: vec![code.to_owned()], ..Printed::default() }).draft.addresses.remove(0);
    assert_eq!(
        (&*address.street, &*address.city, &*address.postal),
        ("2700, rue Girard", "Sherbrooke", "J1G 4B5")
    );
}

#[test]
fn unsure_letters_become_no_fields() {
    let mut card = picture(&PRINT);
    stack(&mut card, &["rappeIer en rnars 819 555-0177"], 0.05, 0.6);
    card.lines[6].confidence = 0.55;
    let reading = one(&card);
    assert_eq!(reading.draft.phones.len(), 1);
    assert!(reading.draft.note.ends_with("rappeIer en rnars 819 555-0177"));
    assert!(matches!(&reading.problems[..], [CardProblem::Unsure { .. }]));
    let mut letter = picture(&["Anne Roy", "819 555-0100"]);
    letter.problems.push(CardProblem::Handwriting);
    letter.lines.iter_mut().for_each(|line| line.confidence = 0.78);
    let reading = one(&letter);
    assert_eq!((&*reading.draft.name.full, reading.draft.phones.len()), ("", 0));
    assert_eq!(reading.problems[0], CardProblem::Handwriting);
    assert_eq!(reading.draft.note, "Anne Roy\n819 555-0100");
}

#[test]
fn lines_keep_their_numbers_where_others_are_left_out() {
    let mut card = picture(&["~~", "Anne Roy", "anne@roy.example"]);
    card.lines[0].confidence = 0.3;
    let reading = one(&card);
    let email = reading.fields.iter().find(|known| known.field == CardField::Email).expect("the email");
    assert_eq!(email.line, Some(2));
}

const OTHER: [&str; 4] =
    ["Théodore Nault", "Conseiller principal", "C 873 555-0108", "tnault@grandeourse.coop"];

#[test]
fn two_cards_in_one_picture_are_two_people_and_said_to_be() {
    let mut both = picture(&PRINT);
    stack(&mut both, &OTHER, 0.55, 0.55);
    both.problems.push(CardProblem::SeveralCards);
    let readings = read(&both, &context());
    let names: Vec<_> = readings.iter().map(|reading| reading.draft.name.full.as_str()).collect();
    assert_eq!(names, ["Hélène Gagné-Roy", "Théodore Nault"]);
    assert_eq!(readings[1].draft.phones, [phone("+18735550108", "mobile", "")]);
    assert!(readings.iter().all(|reading| reading.problems.contains(&CardProblem::SeveralCards)));
    let line =
        readings[1].fields.iter().find_map(|known| (known.field == CardField::Email).then_some(known.line));
    assert_eq!(line, Some(Some(9)));
}

#[test]
fn both_sides_of_a_card_are_one_person() {
    let mut both = picture(&[
        "Théodore Nault",
        "Conseiller principal",
        "Coopérative La Grande Ourse",
        "tnault@grandeourse.coop",
    ]);
    stack(
        &mut both,
        &["Théodore Nault", "Senior Advisor", "C 873 555-0108", "tnault@grandeourse.coop"],
        0.55,
        0.55,
    );
    both.problems.push(CardProblem::SeveralCards);
    let reading = one(&both);
    let role = &reading.draft.roles[0];
    assert_eq!((&*role.title, &*role.title_alt), ("Conseiller principal", &["Senior Advisor".into()][..]));
    assert_eq!((reading.draft.emails.len(), reading.draft.phones.len()), (1, 1));
}

#[test]
fn two_people_on_one_card_are_said_to_be_two() {
    let reading = one(&picture(&[
        "Nancy Roy",
        "Courtier immobilier",
        "819 555-0101",
        "nroy@maison.example",
        "Martin Gagnon",
        "819 555-0102",
        "mgagnon@maison.example",
    ]));
    let names = reading.problems.iter().find_map(|problem| match problem {
        CardProblem::TwoPeople { names } => Some(names.clone()),
        _ => None,
    });
    let names = names.expect("two people");
    assert!(
        names.iter().any(|name| name == "Nancy Roy") && names.iter().any(|name| name == "Martin Gagnon"),
        "{names:?}"
    );
    assert_eq!(one(&picture(&PRINT)).problems, []);
}

#[test]
fn text_and_vcards_are_opened_by_their_bytes() {
    let text = |bytes: &[u8]| match open(bytes) {
        Ok(Opened::Text(printed)) => printed,
        other => panic!("{other:?}"),
    };
    let card = text(format!("Voici :\n{CODE}\nMerci").as_bytes());
    assert_eq!((card.codes.len(), card.text().as_str()), (1, "Voici :\nMerci"));
    assert_eq!(read(&card, &context())[0].draft.name.full, "Helene Gagne-Roy");
    assert_eq!(text(b"Anne Roy\n819 555-0100\n").lines.len(), 2);
    assert_eq!(open(b"PK\x03\x04\x14\0\0\0\x08\0").err(), Some(InputReason::NotAnImage));
    assert_eq!(open(b" \n").err(), Some(InputReason::Empty));
    assert_eq!(open(b"\0\0\0\x18ftypheic\0\0\0\0").err(), Some(InputReason::Heic));
    assert_eq!(open(&[0xff, 0xd8, 0xff, 0xe0]).err(), Some(InputReason::CutOff));
}

#[test]
fn a_card_that_says_nothing_is_nobody() {
    assert_eq!(read(&Printed::default(), &context()), []);
}

#[test]
fn what_a_picture_does_to_text_is_undone() {
    let mut card = picture(&[
        "N",
        "Meubles Tradition",
        "Weedon",
        "",
        "RD",
        "Rosalie Dumont",
        "Contrôleuse",
        "rosalie@meublestradition.example",
        "620o, rue Belvédère Nord, bureau",
        "202",
        "Sherbrooke QC J1H 4A8",
    ]);
    card.lines[4].block = 7;
    let reading = one(&card);
    let draft = &reading.draft;
    assert_eq!((&*draft.roles[0].org, &*draft.note), ("Meubles Tradition Weedon", ""));
    assert!(draft.name.credentials.is_empty(), "a monogram");
    let address = &draft.addresses[0];
    assert_eq!((&*address.street, &*address.unit), ("6200, rue Belvédère Nord", "bureau 202"));
    let line = |field| reading.fields.iter().find(|known| known.field == field).and_then(|known| known.line);
    assert_eq!(
        (line(CardField::Org), line(CardField::Name), line(CardField::Email)),
        (Some(1), Some(4), Some(6))
    );
}
