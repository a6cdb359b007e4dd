//! Invented blocks with what is true of them, and properties.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::super::Context;
use super::super::printed::{Place, Printed, PrintedLine};
use super::*;
use crate::domain::contact::Language;

fn ctx() -> Context {
    Context::new(jiff::civil::date(2026, 11, 23), Language::French)
}

fn blocks(text: &str) -> Vec<CardReading> {
    read(&Printed::of_text(text), &ctx())
}

fn one(text: &str) -> CardReading {
    let mut readings = blocks(text);
    assert_eq!(readings.len(), 1, "{text}");
    readings.swap_remove(0)
}

/// A block of `fixtures/blocks.txt`: its lines, and `field value` pairs.
struct Fixture {
    id: &'static str,
    text: String,
    truth: Vec<(&'static str, &'static str)>,
}

fn fixtures() -> Vec<Fixture> {
    let source = include_str!("../../../tests/it/fixtures/blocks.txt");
    let parts = source.split("%% ").filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (id, rest) = part.split_once('\n').unwrap();
            let (text, truth) = rest.split_once("\n%=\n").unwrap();
            let truth = truth.lines().filter_map(|line| line.split_once(' ')).collect();
            Fixture { id, text: text.to_owned(), truth }
        })
        .collect()
}

/// What a reading says, in the form of the fixtures.
fn said(reading: &CardReading) -> Vec<(&'static str, String)> {
    let draft = &reading.draft;
    let mut said = vec![("name", draft.name.full.to_string())];
    said.extend(draft.name.credentials.iter().map(|credential| ("credential", credential.clone())));
    for role in &draft.roles {
        let titles = std::iter::once(&role.title).chain(&role.title_alt);
        said.extend(titles.map(|title| ("title", title.to_string())));
        said.extend(std::iter::once(&role.org).chain(&role.org_alt).map(|org| ("org", org.to_string())));
    }
    let dash = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let phones = draft.phones.iter();
    said.extend(phones.map(|p| ("phone", format!("{} {} {}", p.value, dash(&p.ext), dash(&p.label)))));
    said.extend(draft.emails.iter().map(|email| ("email", email.value.clone())));
    said.extend(draft.urls.iter().map(|url| ("url", url.value.clone())));
    for address in &draft.addresses {
        let parts = [
            ("street", &address.street),
            ("unit", &address.unit),
            ("city", &address.city),
            ("region", &address.region),
            ("postal", &address.postal),
        ];
        said.extend(parts.map(|(field, value)| (field, value.clone())));
    }
    said.retain(|(_, value)| !value.is_empty());
    said
}

#[test]
fn invented_blocks_are_read_as_they_are_meant() {
    let mut wrong = Vec::new();
    for fixture in fixtures() {
        let reading = one(&fixture.text);
        let said = said(&reading);
        for (field, value) in &fixture.truth {
            let found = match *field {
                "note" => reading.draft.note.contains(value),
                _ => said.iter().any(|(known, said)| known == field && said == value),
            };
            if !found {
                wrong.push(format!(
                    "{}: no {field} {value:?} in {said:?} {:?}",
                    fixture.id, reading.draft.note
                ));
            }
        }
        for (field, value) in &said {
            if !fixture.truth.iter().any(|(known, truth)| known == field && truth == value) {
                wrong.push(format!("{}: {field} {value:?} is too much", fixture.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_bilingual_card_is_one_hat() {
    let reading = one("Nathalie Roy\nDirectrice / Director\nBois Roy inc.\nRoy Wood Inc.\nnroy@boisroy.ca");
    let [hat] = reading.draft.roles.as_slice() else { panic!("{:?}", reading.draft.roles) };
    assert_eq!((hat.title.as_str(), hat.title_alt.as_slice()), ("Directrice", &["Director".into()][..]));
    assert_eq!((hat.org.as_str(), hat.org_alt.as_slice()), ("Bois Roy inc.", &["Roy Wood Inc.".into()][..]));
}

#[test]
fn several_people_only_where_each_can_be_reached() {
    let two = "Anne Roy\nNotaire\n819 555-0101\n\nMarc Côté\nComptable\nmarc.cote@exemple.ca";
    let names: Vec<_> = blocks(two).into_iter().map(|card| card.draft.name.full).collect();
    assert_eq!(names, ["Anne Roy", "Marc Côté"]);
    let glued = "Scierie Roy\nAnne Roy, directrice, anne.roy@scierieroy.ca\nMarc Côté, acheteur, marc.cote@scierieroy.ca";
    let names: Vec<_> = blocks(glued).into_iter().map(|card| card.draft.name.full).collect();
    assert_eq!(names, ["Anne Roy", "Marc Côté"]);
    // The second has no means of contact: one card.
    assert_eq!(blocks("Anne Roy\n819 555-0101\n\nAdjointe : Lise Poulin").len(), 1);
    assert_eq!(blocks("Anne Roy\nNotaire\n\nScierie Roy inc.\n819 555-0101\nanne@scierieroy.ca").len(), 1);
    assert!(blocks(" \n--\n").is_empty());
}

#[test]
fn vcards_in_a_paste_state_their_fields() {
    let text = "Vue hier\nBEGIN:VCARD\nVERSION:3.0\nFN:Anne Roy\nTEL;TYPE=CELL:819 555-0101\nEND:VCARD";
    let reading = one(text);
    assert_eq!(reading.draft.name.full, "Anne Roy");
    assert_eq!(reading.draft.phones[0].label, "mobile");
    assert!(reading.draft.note.contains("Vue hier"));
}

#[test]
fn large_letters_of_a_picture_speak_for_the_name() {
    let line = |text: &str, top: f32, height: f32| PrintedLine {
        text: text.into(),
        confidence: 0.9,
        place: Some(Place { left: 0.1, top, right: 0.9, bottom: top + height }),
        height,
        block: 0,
    };
    let lines = vec![
        line("Osvaldo Trebbiani", 0.1, 0.12),
        line("Meridio Zanzara", 0.3, 0.04),
        line("819 555-0101", 0.5, 0.04),
    ];
    let readings = read(&Printed { lines, ..Printed::default() }, &ctx());
    assert_eq!(readings[0].draft.name.full, "Osvaldo Trebbiani");
    assert!(readings[0].fields.iter().all(|field| field.confidence <= 0.9));
}

/// Title and organisation of each hat.
fn hats(reading: &CardReading) -> Vec<(&str, &str)> {
    reading.draft.roles.iter().map(|role| (role.title.as_str(), role.org.as_str())).collect()
}

#[test]
fn a_trade_below_the_name_needs_no_list() {
    let reading = one("Anne Roy\nZingueuse\nScierie Malbaie inc.\nanne.roy@scieriemalbaie.ca");
    assert_eq!(hats(&reading), [("Zingueuse", "Scierie Malbaie inc.")]);
    // What is no trade stays a remark.
    let reading = one("Anne Roy\nQualité et confort\nScierie Malbaie inc.\nanne.roy@scieriemalbaie.ca");
    assert_eq!(hats(&reading), [("", "Scierie Malbaie inc.")]);
}

#[test]
fn firms_that_hold_a_word_of_titles_are_firms() {
    for firm in [
        "Excavations Marchand",
        "Hôtel Gouverneur",
        "Art Gallery Bishop",
        "Nettoyeur Daoust",
        "Chalets Owl's Head",
    ] {
        let below = one(&format!("Anne Roy\nDirectrice générale\n{firm}\n819 555-0101\naroy@hotmail.com"));
        assert_eq!(hats(&below), [("Directrice générale", firm)]);
    }
    let article = one("Anne Roy\nDirectrice générale\nThe Stanstead Journal\n819 555-0101");
    assert_eq!(hats(&article), [("Directrice générale", "The Stanstead Journal")]);
}

#[test]
fn lists_of_services_and_labels_are_no_organisation() {
    let services = one("Zurbo\nConseils – Vente – Installation\nAnne Roy\nDirectrice\n819 555-0101");
    assert_eq!(hats(&services), [("Directrice", "Zurbo")]);
    let label = one("Zurbo\nAnne Roy\nDirectrice\n819 555-0101\nBoutique en ligne : www.zarbi.ca");
    assert_eq!(hats(&label), [("Directrice", "Zurbo")]);
    let merged = one("CISSS du Nord – CHDN\nAnne Roy\nInfirmière\nanne.roy@ssss.ca");
    assert_eq!(hats(&merged), [("Infirmière", "CISSS du Nord – CHDN")]);
}

#[test]
fn the_assistant_of_somebody_is_somebody_else() {
    let reading =
        one("Anne Roy\nAvocate\nRoy Côté LLP\n819 555-0101\nAdjointe : Carole Mireault, 819 555-0102");
    assert_eq!(hats(&reading), [("Avocate", "Roy Côté LLP")]);
    assert!(reading.draft.note.contains("Carole Mireault"));
}

#[test]
fn initials_stand_for_a_given_name_and_offices_for_none() {
    for name in ["J.-F. Théberge", "T. J. Zurbo"] {
        assert_eq!(one(&format!("{name}\nSales Coordinator\nsales@bluewater.ca")).draft.name.full, name);
    }
    let garage = one("Garage Robert Labonté\nRobert Labonté\nMécanicien\ngaragelabonte@mail.ca");
    assert_eq!(garage.draft.name.full, "Robert Labonté");
    assert_eq!(hats(&garage), [("Mécanicien", "Garage Robert Labonté")]);
}

#[test]
fn a_bare_host_is_kept_whatever_precedes_it() {
    let urls = |text: &str| one(text).draft.urls.len();
    assert_eq!(urls("Anne Roy\nMédecin\nPrenez rendez-vous : www.gmfroy.ca"), 1);
    assert_eq!(urls("Anne Roy\nMédecin\nPrenez rendez-vous : https://rv.ca/anne"), 0);
}

/// Letters and digits as they are compared; those that pictures take for each other are the same.
fn letters(text: &str) -> String {
    let folded = crate::text::fold::fold(text);
    let alike = |c: char| match c {
        'o' => '0',
        'i' | 'l' => '1',
        c => c,
    };
    folded.chars().filter(|c| c.is_alphanumeric()).map(alike).collect()
}

/// Words that only announce a value and may go.
fn is_label(word: &str) -> bool {
    let folded = crate::text::fold::fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    folded.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|part| !part.is_empty()).all(|part| {
        phones::is_label(part)
            || emails::is_email_label(part)
            || emails::is_url_label(part)
            || directory::is_label(part)
            || matches!(
                part,
                "canada"
                    | "usa"
                    | "france"
                    | "quebec"
                    | "ontario"
                    | "chez"
                    | "at"
                    | "p"
                    | "x"
                    | "ext"
                    | "poste"
                    | "de"
                    | "la"
                    | "du"
                    | "the"
                    | "of"
            )
    })
}

/// Each word of each line is in a field, in the note, the label of a value, or in a line that is noise.
fn keeps_everything(text: &str) -> Result<(), String> {
    let printed = Printed::of_text(text);
    let readings = read(&printed, &ctx());
    let noise: Vec<usize> = readings.iter().flat_map(|reading| reading.noise.clone()).collect();
    let mut kept = String::new();
    for reading in &readings {
        kept.push_str(&letters(&reading.draft.note));
        for (_, value) in said(reading) {
            kept.push_str(&letters(&value));
        }
        kept.push_str(&letters(&reading.draft.towns.join(" ")));
        let shown = reading.draft.phones.iter().map(|number| crate::text::phone::display(&number.value));
        kept.extend(shown.map(|number| letters(&number)));
    }
    for (index, line) in printed.lines.iter().enumerate().filter(|(index, _)| !noise.contains(index)) {
        for word in line
            .text
            .split(|c: char| c.is_whitespace() || matches!(c, '/' | '|' | ':' | ',' | '<' | '>' | '(' | ')'))
        {
            let digits = word.chars().filter(char::is_ascii_digit).count();
            let bare = letters(word);
            // Numbers and codes are written another way in their fields.
            if !bare.is_empty() && digits == 0 && !kept.contains(&bare) && !is_label(word) {
                return Err(format!("{word:?} of line {index} is nowhere: {:?}", line.text));
            }
        }
    }
    Ok(())
}

#[test]
fn no_line_of_the_blocks_is_lost() {
    for fixture in fixtures() {
        keeps_everything(&fixture.text).unwrap_or_else(|lost| panic!("{}: {lost}", fixture.id));
    }
}

proptest! {
    #[test]
    fn any_text_is_survived_and_kept(text in "(?s)([A-Za-zÀ-ÿ0-9@.,:;|/()<>«»\"'’ -]{0,40}\n){0,8}|(?s).{0,200}") {
        let readings = blocks(&text);
        for reading in &readings {
            prop_assert!((0.0..=1.0).contains(&reading.confidence));
            for field in &reading.fields {
                prop_assert!((0.0..=1.0).contains(&field.confidence) && !field.value.is_empty());
            }
        }
    }

    #[test]
    fn shuffled_blocks_lose_no_line(picks in proptest::collection::vec((0usize..85, 0usize..12), 1..14)) {
        let fixtures = fixtures();
        let lines: Vec<String> = picks
            .iter()
            .filter_map(|(block, line)| fixtures.get(*block)?.text.lines().nth(*line).map(str::to_owned))
            .collect();
        prop_assert_eq!(keeps_everything(&lines.join("\n")), Ok(()));
    }
}
