//! The grammar of capture by example; the properties stand in `tests/it/grammar.rs`.

use super::*;
use crate::capture::{ChipKind, Context, Draft};
use crate::domain::contact::{AddressForm, Contact, Language, MarketHow, RoleKind};
use crate::domain::id::ContactId;
use crate::domain::time::Timestamp;

fn ctx() -> Context {
    Context::new(jiff::civil::date(2026, 11, 23), Language::French)
}

fn draft(text: &str) -> Draft {
    read(text, &ctx()).draft
}

fn contact(text: &str) -> Contact {
    draft(text).into_contact(ContactId::NIL, Timestamp::UNIX_EPOCH)
}

/// Name, hats as `title@org`, note.
fn gist(text: &str) -> (String, String, String) {
    let draft = draft(text);
    let hats = draft.roles.iter().map(|role| {
        let former = if role.former { "ex " } else { "" };
        format!("{former}{}@{}", role.title, role.org)
    });
    (draft.name.full.to_string(), hats.collect::<Vec<_>>().join("; "), draft.note.clone())
}

fn check(text: &str, name: &str, hats: &str, note: &str) {
    assert_eq!(gist(text), (name.to_owned(), hats.to_owned(), note.to_owned()), "{text}");
}

#[test]
fn the_line_of_the_manual() {
    let draft = draft(
        "Réjean Tremblay, vendeur de planches @Scierie Tremblay =planches en bois #chambre +foresterie %Souper de la chambre 819-555-0123",
    );
    assert_eq!(draft.name.full, "Réjean Tremblay");
    assert_eq!((draft.name.given.as_str(), draft.name.family.as_str()), ("Réjean", "Tremblay"));
    assert_eq!(draft.roles.len(), 1);
    assert_eq!(
        (draft.roles[0].title.as_str(), draft.roles[0].org.as_str()),
        ("vendeur de planches", "Scierie Tremblay")
    );
    assert_eq!(draft.values, ["planches en bois"]);
    assert_eq!(draft.tags, ["chambre"]);
    assert_eq!(draft.markets[0].market, "foresterie");
    assert_eq!(draft.met.map(|met| met.at), Some("Souper de la chambre".into()));
    assert_eq!(draft.phones[0].value, "+18195550123");
    assert_eq!(draft.note, "");
}

#[test]
fn a_farmer_with_four_hats() {
    let text = "Denis Roy, producteur acéricole @Érablière Roy; conseiller municipal @Ville de Coaticook; membre @UPA, bénévole @Club Lions";
    check(
        text,
        "Denis Roy",
        "producteur acéricole@Érablière Roy; conseiller municipal@Ville de Coaticook; membre@UPA; bénévole@Club Lions",
        "",
    );
    let kinds: Vec<RoleKind> = draft(text).roles.iter().map(|role| role.kind).collect();
    assert_eq!(kinds, [RoleKind::Employment, RoleKind::Elected, RoleKind::Member, RoleKind::Volunteer]);
}

#[test]
fn one_title_before_the_first_organisation() {
    check(
        "Julie Roy, ing., directrice, développement durable @Ville de Magog",
        "Julie Roy",
        "directrice, développement durable@Ville de Magog",
        "",
    );
    assert_eq!(draft("Julie Roy, ing., CRHA, directrice @X").name.credentials, ["ing.", "CRHA"]);
    check("Réjean Tremblay #bois, vendeur @Scierie", "Réjean Tremblay", "vendeur@Scierie", "");
    check(
        "Réjean Tremblay vendeur de planches @Scierie",
        "Réjean Tremblay",
        "vendeur de planches@Scierie",
        "",
    );
    check("directrice @Ville de Magog", "", "directrice@Ville de Magog", "");
    check("@Ville de Magog", "", "@Ville de Magog", "");
    check("Réjean", "Réjean", "", "");
}

#[test]
fn after_an_organisation_words_are_hats_or_remarks() {
    check("Réjean @Scierie, chasseur", "Réjean", "@Scierie; chasseur@", "");
    check("Réjean @Scierie 819 555-0123 veut un patio", "Réjean", "@Scierie", "veut un patio");
    check("Réjean @Scierie, aime la pêche", "Réjean", "@Scierie", "aime la pêche");
    check("Réjean @Scierie; title:maire; ex:préfet @MRC", "Réjean", "@Scierie; maire@; ex préfet@MRC", "");
}

#[test]
fn former_hats() {
    check("Anne Roy, ex-directrice @Ville", "Anne Roy", "ex directrice@Ville", "");
    check(
        "Anne Roy, ancienne mairesse @Ville; former teacher @École X",
        "Anne Roy",
        "ex mairesse@Ville; ex teacher@École X",
        "",
    );
    check("Anne Roy, retraitée @CSDM", "Anne Roy", "ex retraitée@CSDM", "");
}

#[test]
fn keys_of_both_languages() {
    for line in [
        "nom:\"Anne Roy\" titre:maire org:Ville vaut:planches tag:bois marché:municipal:décide vu:\"Gala\" via:Luc à:Magog proche:4 suivi:6sem langue:fr,tu note:le reste #x",
        "name:\"Anne Roy\" title:maire @Ville value:planches tag:bois market:municipal:decides met:\"Gala\" via:Luc in:Magog close:4 next:6w lang:fr,tu note:le reste #x",
    ] {
        let draft = draft(line);
        assert_eq!(draft.name.full, "Anne Roy");
        assert_eq!((draft.roles[0].title.as_str(), draft.roles[0].org.as_str()), ("maire", "Ville"));
        assert_eq!(
            (draft.values.as_slice(), draft.tags.as_slice()),
            (["planches".to_owned()].as_slice(), ["bois".to_owned()].as_slice())
        );
        assert_eq!(
            (draft.markets[0].market.as_str(), draft.markets[0].how),
            ("municipal", Some(MarketHow::Decides))
        );
        let met = draft.met.clone().expect("met");
        assert_eq!((met.at.as_str(), met.via.as_str()), ("Gala", "Luc"));
        assert_eq!(draft.towns, ["Magog"]);
        assert_eq!(draft.closeness.map(crate::domain::contact::Closeness::level), Some(4));
        assert_eq!(draft.next.map(|date| date.to_string()).as_deref(), Some("2027-01-04"));
        assert_eq!((draft.language, draft.address_form), (Some(Language::French), Some(AddressForm::Tu)));
        assert_eq!(draft.note, "le reste #x");
    }
}

#[test]
fn shapes_come_before_signs() {
    let draft = draft(
        "Réjean +1 819 555-0123 #224 cell 514-555-0100 a+b@c.ca https://linkedin.com/in/rejean www.scierie.ca",
    );
    assert_eq!((draft.phones[0].value.as_str(), draft.phones[0].ext.as_str()), ("+18195550123", "224"));
    assert_eq!((draft.phones[1].value.as_str(), draft.phones[1].label.as_str()), ("+15145550100", "mobile"));
    assert_eq!(draft.emails[0].value, "a+b@c.ca");
    assert_eq!(draft.urls.len(), 2);
    assert!(draft.tags.is_empty() && draft.markets.is_empty());
}

#[test]
fn events_carry_their_date() {
    for (text, at, on) in [
        ("R %Souper de la chambre 2025-11-03", "Souper de la chambre", "2025-11-03"),
        ("R %Souper de la chambre, 3 novembre", "Souper de la chambre", "2026-11-03"),
        ("R %Expo Habitat 2025", "Expo Habitat 2025", ""),
        ("R ^Vendredi saint", "Vendredi saint", ""),
        ("R %Avril", "Avril", ""),
        ("R vu:hier", "", "2026-11-22"),
        ("R met:2025-11", "", "2025-11"),
        ("R vu:\"5 à 7 du jeudi\" 2025-11-06", "5 à 7 du jeudi", "2025-11-06"),
        ("R %Gala vu hier", "Gala", "2026-11-22"),
    ] {
        let met = draft(text).met.expect("met");
        let seen = (met.at, met.on.map(|on| on.to_string()).unwrap_or_default());
        assert_eq!(seen, (at.to_owned(), on.to_owned()), "{text}");
    }
}

#[test]
fn dates_need_their_verb() {
    let with = draft("Réjean Roy @Scierie rappeler jeudi");
    assert_eq!(
        (with.next.map(|date| date.to_string()).as_deref(), with.note.as_str()),
        (Some("2026-11-26"), "")
    );
    let without = draft("Réjean Roy @Scierie #x livraison jeudi");
    assert_eq!((without.next, without.note.as_str()), (None, "livraison jeudi"));
    assert_eq!(draft("April Roy @X").name.full, "April Roy");
    assert_eq!(draft("Avril Mai, mardi @X").name.full, "Avril Mai");
    let hour = draft("Réjean @Scierie rappeler jeudi 14h");
    assert_eq!((hour.next.is_some(), hour.note.as_str()), (true, "rappeler jeudi 14h"));
}

#[test]
fn what_is_not_understood_stays_word_for_word() {
    check(
        "Réjean @X close:9 next:bientôt is:drôle -#rien #",
        "Réjean",
        "@X",
        "close:9 next:bientôt is:drôle -#rien #",
    );
    check("Réjean @X \"ouvert", "Réjean", "@X \"ouvert", "");
    check("", "", "", "");
}

#[test]
fn quotes_keep_a_value_literal() {
    let draft = draft("\"Roy, Luc\" @\"a #b; c\" =\"x, y\",z %\"Souper 2025-11-03\"");
    assert_eq!(draft.name.full, "Roy, Luc");
    assert_eq!(draft.roles[0].org, "a #b; c");
    assert_eq!(draft.values, ["x, y", "z"]);
    assert_eq!(draft.met.map(|met| met.at), Some("Souper 2025-11-03".into()));
}

#[test]
fn other_intents_keep_their_words() {
    let reading =
        read("mandat: Plan marketing @MRC 18 000 $ +municipal via:?\"quelqu'un de la direction\"", &ctx());
    assert_eq!(reading.intent, Intent::Mandate);
    assert_eq!(reading.draft.roles[0].org, "MRC 18 000 $");
    assert_eq!(reading.draft.note, "Plan marketing");
    assert_eq!(reading.draft.met.map(|met| met.via), Some("?quelqu'un de la direction".into()));
    let reading = read("Besoin : couvreur à:Magog", &ctx());
    assert_eq!(
        (reading.intent, reading.draft.note.as_str(), reading.words.as_str()),
        (Intent::Need, "couvreur", "couvreur à:Magog")
    );
    assert_eq!(read("besoins: x", &ctx()).intent, Intent::Contact);
}

#[test]
fn jotted_lines() {
    for (text, name, hats, note) in [
        (
            "Gordon Pratt - branch manager - Eastman Lumber - 450 555 0171",
            "Gordon Pratt",
            "branch manager@Eastman Lumber",
            "",
        ),
        (
            "Martin L - plomberie langevin - 450 555 0199 p. 42 - rappeler jeudi #prospect",
            "Martin L",
            "@plomberie langevin",
            "",
        ),
        (
            "Mireille Gaudreault, CRHA, Papiers Windermere, 819 555-0190 p. 1233",
            "Mireille Gaudreault",
            "@Papiers Windermere",
            "",
        ),
        (
            "benoît maheux mrc du granit-bleu benoit.maheux@mrcgranitbleu.qc.ca",
            "Benoît Maheux",
            "@mrc du granit-bleu",
            "",
        ),
        (
            "Priya Raman @ Novaphase cell 514.555.0198 rappeler vendredi #capteurs",
            "Priya Raman",
            "@Novaphase",
            "",
        ),
        (
            "Hélène Cormier psychologue chez Clinique Cormier Auger",
            "Hélène Cormier",
            "psychologue@Clinique Cormier Auger",
            "",
        ),
        (
            "dîner avec Xavier St-Onge de Meubles Tradition, xavier.st-onge@meublestradition.com",
            "Xavier St-Onge",
            "@Meubles Tradition",
            "dîner avec",
        ),
        ("Novaphase: Priya Raman, 514 555-0198", "Priya Raman", "@Novaphase", ""),
        (
            "Kouadio Assémien (Les Ruches du Pinacle) 819 555-0111",
            "Kouadio Assémien",
            "@Les Ruches du Pinacle",
            "",
        ),
        (
            "Marie-Ève Roy | graphiste | Studio Tangente | 514 555-0100",
            "Marie-Ève Roy",
            "graphiste@Studio Tangente",
            "",
        ),
        (
            "met Sarah Whelan from Whelan Maple Products at the chamber dinner",
            "Sarah Whelan",
            "@Whelan Maple Products",
            "met; at the chamber dinner",
        ),
        (
            "Tommy Gélinas mécanicien, Garage Gélinas & Fils, Sherbrooke",
            "Tommy Gélinas",
            "mécanicien@Garage Gélinas & Fils",
            "",
        ),
        ("Tremblay, Réjean - Scierie du Rang", "Réjean Tremblay", "@Scierie du Rang", ""),
        ("jean de grandpré, notaire", "Jean de Grandpré", "notaire@", ""),
        (
            "Louise Grenier Outillage Kingsey inc. 819 555-0132",
            "Louise Grenier",
            "@Outillage Kingsey inc.",
            "",
        ),
        ("Chef de projets, infrastructures", "", "Chef de projets, infrastructures@", ""),
        ("M. Roy - 819 555-0100", "M. Roy", "", ""),
    ] {
        check(text, name, hats, note);
    }
}

#[test]
fn chips_cover_what_they_say() {
    let text = "Réjean Roy, maire @Ville de Magog #x rappeler jeudi zzz";
    let kinds: Vec<(ChipKind, &str)> =
        read(text, &ctx()).chips.into_iter().map(|chip| (chip.kind, &text[chip.range])).collect();
    assert_eq!(
        kinds,
        [
            (ChipKind::Name, "Réjean Roy"),
            (ChipKind::Title, "maire"),
            (ChipKind::Org, "@Ville de Magog"),
            (ChipKind::Tag, "#x"),
            (ChipKind::Next, "rappeler jeudi"),
            (ChipKind::Note, "zzz"),
        ]
    );
}

#[test]
fn amending_adds_sets_and_takes_away() {
    let before = contact("Réjean Tremblay, vendeur @Scierie #bois =planches close:2 note:un mot");
    let after = amend(
        &before,
        "#client -#bois =bardeaux -=planches close:4 président @Chambre 819-555-0123 veut un patio",
        &ctx(),
    );
    assert_eq!(after.name, before.name);
    assert_eq!(
        (after.tags.as_slice(), after.values.as_slice()),
        (["client".to_owned()].as_slice(), ["bardeaux".to_owned()].as_slice())
    );
    assert_eq!(after.closeness.map(crate::domain::contact::Closeness::level), Some(4));
    assert_eq!(after.roles.len(), 2);
    assert_eq!(after.roles[1].title, "président");
    assert_eq!(after.note, "un mot\nveut un patio");
    assert!(amend(&before, "-@Scierie", &ctx()).roles.is_empty());
    assert!(amend(&before, "ex:vendeur @Scierie", &ctx()).roles[0].former);
    assert_eq!(amend(&before, "titre:gérant", &ctx()).roles[0].title, "gérant");
}

#[test]
fn amending_renames_by_key_only() {
    let before = contact("Réjean Tremblay @Scierie");
    assert_eq!(amend(&before, "Réjean Tremblay, #x", &ctx()).note, "");
    let other = amend(&before, "Luc Roy, directeur @Ville", &ctx());
    assert_eq!((other.name.full.as_str(), other.note.as_str()), ("Réjean Tremblay", "Luc Roy"));
    assert_eq!(other.roles[1].title, "directeur");
    let renamed = amend(&before, "nom:Réjean T. Roy", &ctx());
    assert_eq!((renamed.name.full.as_str(), renamed.name.family.as_str()), ("Réjean T. Roy", "Roy"));
}

#[test]
fn an_edited_line_changes_what_was_edited() {
    let mut before =
        contact("Réjean Tremblay, vendeur @Scierie #bois #chambre 819-555-0123 %Gala note:un mot");
    before.roles[0].source = "linkedin".into();
    before.phones[0].label = "ma sœur".into();
    before.nature = Some("privé".into());
    let line = write(&before, &ctx());
    assert_eq!(rewrite(&before, &line, &line, &ctx()), before);
    let edited = line.replace("#bois ", "").replace("vendeur", "gérant").replace("un mot", "deux mots") + " ";
    let after = rewrite(&before, &line, &edited, &ctx());
    assert_eq!(after.tags, ["chambre"]);
    assert_eq!((after.roles[0].title.as_str(), after.roles[0].source.as_str()), ("gérant", ""));
    assert_eq!(after.note, "deux mots");
    assert_eq!((&after.phones, &after.nature), (&before.phones, &before.nature));
    let cleared = rewrite(&before, &line, "Réjean Tremblay", &ctx());
    assert!(
        cleared.roles.is_empty()
            && cleared.tags.is_empty()
            && cleared.phones.is_empty()
            && cleared.note.is_empty()
    );
    assert_eq!(cleared.met, None);
}

#[test]
fn chips_can_be_given_another_meaning() {
    let text = "Gordon Pratt - Novaphase - 450 555 0171";
    let chip = read(text, &ctx())
        .chips
        .into_iter()
        .find(|chip| chip.kind == ChipKind::Org)
        .expect("an organisation");
    let line = retype(text, &chip, ChipKind::Title, &ctx());
    assert_eq!(gist(&line).1, "Novaphase@", "{line}");
    assert_eq!(draft(&retype(text, &chip, ChipKind::Tag, &ctx())).tags, ["Novaphase"]);
}

/// The lines of `fixtures/jotted.txt`, with what is true of them.
#[test]
fn invented_lines_without_signs_are_read_as_they_are_meant() {
    let source = include_str!("../../../tests/it/fixtures/jotted.txt");
    let lines: Vec<&str> = source.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut wrong = Vec::new();
    for pair in lines.chunks(2) {
        let draft = draft(pair[0]);
        let role = draft.roles.first().cloned().unwrap_or_default();
        let dash = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
        let said = draft.phones.iter().map(|p| format!("{} {} {}", p.value, dash(&p.ext), dash(&p.label)));
        let emails: Vec<&str> = draft.emails.iter().map(|email| email.value.as_str()).collect();
        let truth: Vec<&str> = pair[1].trim_start_matches('=').split('|').map(str::trim).collect();
        let phones = truth[3].split(", ").filter(|phone| !phone.is_empty()).map(|phone| {
            let mut words = phone.split(' ').map(str::to_owned).collect::<Vec<_>>();
            words.resize(3, "-".to_owned());
            words.join(" ")
        });
        let name = draft.name.full.as_str();
        if (name, role.title.as_str(), role.org.as_str()) != (truth[0], truth[1], truth[2])
            || said.collect::<Vec<_>>() != phones.collect::<Vec<_>>()
            || emails.join(" ") != truth.get(4).copied().unwrap_or_default()
        {
            wrong.push(format!("{}: {name:?} {role:?} {:?} {emails:?}", pair[0], draft.phones));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
