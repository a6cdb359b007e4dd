//! Cards as programs really write them.

use proptest::prelude::*;

use super::*;
use crate::domain::contact::{Address, Language, Phone};
use crate::domain::time::{Date, PartialDate};

fn context() -> Context {
    Context::new(Date::constant(2026, 11, 16), Language::French)
}

fn all(bytes: impl AsRef<[u8]>) -> Vec<Card> {
    read(bytes.as_ref(), &context())
}

fn one(bytes: impl AsRef<[u8]>) -> Draft {
    let mut cards = all(bytes);
    assert_eq!(cards.len(), 1, "{cards:#?}");
    cards.remove(0).draft
}

/// A card of version 3.0 with these lines.
fn card(lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{}\r\nEND:VCARD\r\n", lines.replace('\n', "\r\n"))
}

fn phone(value: &str, label: &str, ext: &str) -> Phone {
    Phone { value: value.into(), label: label.into(), ext: ext.into() }
}

#[test]
fn a_card_as_codes_carry_it() {
    let draft = one(card(
        "N:Côté-Larue;Philippe;;;ing.\nFN:Philippe Côté-Larue\nORG:Robotique Altaïr;Recherche\n\
         TITLE:Directeur / Director\nTEL;TYPE=WORK,VOICE:+18195550169\nTEL;TYPE=CELL:873-555-0196\n\
         TEL;TYPE=WORK,FAX:819 555 0111\nTEL;TYPE=WORK:1 800 555-0199\nEMAIL;TYPE=INTERNET,HOME:pc@altair.example\n\
         URL:https\\://altair.example\nADR;TYPE=WORK:;bureau 150;2700\\, rue Girard;Sherbrooke;Québec;J1G 4B5;Canada\n\
         NOTE:Parle aussi\\nallemand\nCATEGORIES:salon,bois rond\nBDAY:1985-04-12\nX-SKYPE:pcl",
    ));
    let name = &draft.name;
    assert_eq!((&*name.full, &*name.given, &*name.family), ("Philippe Côté-Larue", "Philippe", "Côté-Larue"));
    assert_eq!(name.credentials, ["ing."]);
    let [role] = draft.roles.as_slice() else { panic!("{:?}", draft.roles) };
    assert_eq!(
        (&*role.title, &role.title_alt[..], &*role.org),
        ("Directeur", &["Director".into()][..], "Robotique Altaïr")
    );
    let phones = [
        phone("+18195550169", "work", ""),
        phone("+18735550196", "mobile", ""),
        phone("+18195550111", "fax", ""),
        phone("+18005550199", "tollfree", ""),
    ];
    assert_eq!(draft.phones, phones);
    assert_eq!((&*draft.emails[0].value, &*draft.emails[0].label), ("pc@altair.example", "home"));
    assert_eq!(draft.urls[0].value, "https://altair.example");
    let address = Address {
        street: "2700, rue Girard".into(),
        unit: "bureau 150".into(),
        city: "Sherbrooke".into(),
        region: "Québec".into(),
        postal: "J1G 4B5".into(),
        country: "Canada".into(),
        label: "work".into(),
    };
    assert_eq!(draft.addresses, [address]);
    assert_eq!(draft.note, "Parle aussi\nallemand\nRecherche");
    assert_eq!(draft.tags, ["salon", "bois-rond"]);
    assert_eq!(draft.birthday, Some(PartialDate::Day(Date::constant(1985, 4, 12))));
    assert_eq!(draft.extra, ["X-SKYPE:pcl"]);
}

#[test]
fn version_2_1_with_quoted_printable_over_several_lines() {
    let draft = one(
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Gagn=E9;Elo=\n=EFse\n\
         ORG;QUOTED-PRINTABLE:Scierie=20Beauch=C3=AAne\nTEL;WORK;VOICE:819 555-0142\nTEL;CELL;PREF:819 555-0143\n\
         PHOTO;JPEG;BASE64:\n /9j/4AAQSkZJRgABAQ\nAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsK\n\nEND:VCARD\n",
    );
    assert_eq!(draft.name.full, "Eloïse Gagné");
    assert_eq!(draft.roles[0].org, "Scierie Beauchêne");
    let numbers: Vec<_> = draft.phones.iter().map(|p| (&*p.value, &*p.label)).collect();
    assert_eq!(numbers, [("+18195550143", "mobile"), ("+18195550142", "work")]);
    assert_eq!(draft.note, "");
}

#[test]
fn version_4_with_lists_in_quotes_groups_and_uris() {
    let draft = one(
        "BEGIN:VCARD\nVERSION:4.0\nFN;LANGUAGE=fr:Anne Roy\nTEL;VALUE=uri;PREF=1;TYPE=\"voice,home\":tel:+1-514-555-0199;ext=42\n\
         item1.TEL:+1 514 555 0100\nitem1.X-ABLabel:_$!<Mobile>!$_\nitem2.EMAIL:anne@roy.example\nitem2.x-ablabel:Chalet\n\
         UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\nLANG:fr\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-03-15\nEND:VCARD",
    );
    assert_eq!(draft.phones, [phone("+15145550199", "home", "42"), phone("+15145550100", "mobile", "")]);
    assert_eq!(draft.emails[0].label, "chalet");
    assert_eq!(draft.language, Some(Language::French));
    assert_eq!(draft.birthday, Some(PartialDate::Yearly(3, 15)));
    let uid = all("BEGIN:VCARD\nFN:A\nUID:urn:uuid:4f\nEND:VCARD")[0].uid.clone();
    assert_eq!(uid.as_deref(), Some("4f"));
}

#[test]
fn folding_may_split_a_letter() {
    let mut bytes = b"BEGIN:VCARD\r\nFN:Zo".to_vec();
    bytes.extend([0xc3, b'\r', b'\n', b' ', 0xab]);
    bytes.extend(b" Roy\r\nEND:VCARD");
    assert_eq!(one(bytes).name.full, "Zoë Roy");
}

#[test]
fn character_sets_are_guessed_line_by_line() {
    let latin = b"BEGIN:VCARD\nVERSION:3.0\nFN:Andr\xe9 L\xe9vesque\nORG:C\xc3\xa9dri\xc3\xa8re\nEND:VCARD";
    let draft = one(latin);
    assert_eq!((&*draft.name.full, &*draft.roles[0].org), ("André Lévesque", "Cédrière"));
    let wide: Vec<u8> =
        "BEGIN:VCARD\rFN:Ève Roy\rEND:VCARD".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(one(&wide).name.full, "Ève Roy");
    let marked = [&[0xff, 0xfe][..], &wide].concat();
    assert_eq!(one(marked).name.full, "Ève Roy");
    assert_eq!(one("BEGIN:VCARD\nFN;CHARSET=Murks:Zoé\nEND:VCARD").name.full, "Zoé");
}

#[test]
fn one_bad_card_takes_no_neighbour_along() {
    let text = "junk\nBEGIN:VCARD\nFN:First Person\nTEL:819 555-0101\nbegin:vcard \nN:Second;A;;;\n\nAGENT:\n\
                BEGIN:VCARD\nFN:Nobody\nEND:VCARD\nEMAIL:a@second.example\nEND:VCARD\nEND:VCARDBEGIN:VCARD\n\
                BEGIN:VCARD\nFN:Third Person";
    let names: Vec<_> = all(text).into_iter().map(|card| card.draft.name.full).collect();
    assert_eq!(names, ["First Person", "A Second", "Third Person"]);
}

#[test]
fn companies_are_no_people() {
    for lines in [
        "N:;;;;\nFN:Garage Roy\nORG:Garage Roy",
        "FN:Garage Roy\nKIND:org",
        "FN:Garage Roy\nX-ABShowAs:COMPANY",
    ] {
        let draft = one(card(lines));
        assert_eq!((&*draft.name.full, &*draft.roles[0].org), ("", "Garage Roy"), "{lines}");
    }
}

#[test]
fn credentials_leave_the_name_and_capitals_are_tamed() {
    let draft = one(card("FN:LOUISE GRENIER\\, CRHA"));
    assert_eq!((&*draft.name.full, &*draft.name.family), ("Louise Grenier", "Grenier"));
    assert_eq!(draft.name.credentials, ["CRHA"]);
    let draft = one(card("N:ROY;LÉA;;Me;LL. B."));
    assert_eq!((&*draft.name.full, &*draft.name.credentials[0]), ("Me Léa Roy", "LL. B."));
}

#[test]
fn what_is_no_number_or_address_is_kept_as_it_stood() {
    let draft = one(card(
        "FN:A B\nEMAIL:nowhere\nURL:javascript:alert(1)\nTEL:ask\nTEL:819 555-0100,,224\nsans deux points",
    ));
    assert_eq!(draft.extra, ["EMAIL:nowhere", "URL:javascript:alert(1)", "TEL:ask"]);
    assert_eq!(draft.phones, [phone("+18195550100", "", "224")]);
    assert_eq!(draft.note, "sans deux points");
    assert!(draft.emails.is_empty() && draft.urls.is_empty());
}

#[test]
fn hostile_values_are_harmless() {
    let draft =
        one(card("FN:\u{1b}]0;pwned\u{7}Anne \u{202e}Roy\nNOTE:a\\n\u{1b}[2Jb\u{9b}31mc\nX-EVIL:\u{1b}[31m"));
    assert_eq!(draft.name.full, "Anne Roy");
    assert!(
        [&draft.note, &draft.extra[0]].iter().all(|text| crate::text::clean::is_clean(text)),
        "{draft:?}"
    );
    let huge = all(card(&format!("FN:A B\nNOTE:{}\nTITLE:{}", "x".repeat(1 << 17), "é".repeat(9000))));
    assert_eq!(huge[0].problems, [CardProblem::TooMuch]);
    assert!(huge[0].draft.roles[0].title.chars().count() <= 2000);
    let nested = "BEGIN:VCARD\nAGENT:\n".repeat(20_000);
    assert_eq!(all(nested).len(), 1);
    let glued = "BEGIN:VCARD\nFN:A\n".repeat(30_000);
    let cards = all(glued);
    assert_eq!((cards.len(), cards[MOST_CARDS - 1].problems.len()), (MOST_CARDS, 1));
    let phones = all(card(&"TEL:819 555-0100\n".repeat(5000)));
    assert_eq!((phones[0].draft.phones.len(), phones[0].problems.len()), (1, 1));
}

#[test]
fn the_short_form() {
    let draft = one(
        "MECARD:N:Dumont,Rosalie;TEL:+15145550159;EMAIL:r@dumont.example;URL:https\\://dumont.example;ORG:Atelier\\; bois;NOTE:a\\,b;BDAY:19800101;;",
    );
    assert_eq!((&*draft.name.full, &*draft.name.family), ("Rosalie Dumont", "Dumont"));
    assert_eq!(draft.phones, [phone("+15145550159", "", "")]);
    assert_eq!(
        (&*draft.emails[0].value, &*draft.urls[0].value),
        ("r@dumont.example", "https://dumont.example")
    );
    assert_eq!((&*draft.roles[0].org, &*draft.note), ("Atelier; bois", "a,b"));
    let address = one("mecard:N:Guy Roy;ADR:,,12 rue A,Magog,QC,J1X 3K9,CA;;").addresses.remove(0);
    assert_eq!((&*address.street, &*address.city, &*address.postal), ("12 rue A", "Magog", "J1X 3K9"));
    let business =
        one("BIZCARD:N:Anne;X:Roy;T:Directrice;C:Scierie;A:12 rue A;B:+18195550100;E:a@roy.example;;");
    assert_eq!(
        (&*business.name.full, &*business.roles[0].title, &*business.emails[0].value),
        ("Anne Roy", "Directrice", "a@roy.example")
    );
    assert!(is_card("MECARD:N:A;;") && is_card("x\nbegin:VCARD \nFN:A") && !is_card("https://a.example"));
}

proptest! {
    #[test]
    fn nothing_makes_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..300), lines in "((N|FN|TEL|ADR|ORG|BDAY|EMAIL|item1\\.TEL)(;TYPE=(\"?[a-z,]{0,6}\"?)|;ENCODING=QUOTED-PRINTABLE|;PREF=[0-9]{0,3})?:[^\r\n]{0,30}\n){0,12}") {
        let mut input = b"BEGIN:VCARD\n".to_vec();
        input.extend(lines.as_bytes());
        input.extend(&bytes);
        for card in all(&input) {
            let contact = card.draft.into_contact(crate::domain::id::ContactId::NIL, "2026-11-16T15:00:00Z".parse().expect("a time"));
            let texts: [&str; 3] = [&contact.name.full, &contact.name.family, &contact.note];
            prop_assert!(texts.iter().all(|text| crate::text::clean::is_clean(text)));
            prop_assert!(contact.extra.iter().all(|text| crate::text::clean::is_clean(text) && !text.contains('\n')));
        }
        let short = format!("MECARD:{lines}");
        all(short);
    }
}
