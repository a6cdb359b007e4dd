//! Properties of the grammar: no letter is lost, what is written reads back, an unchanged line changes nothing.

use std::collections::HashSet;

use openbar::capture::{Context, SEPARATORS, line, me};
use openbar::domain::contact::{
    AddressForm, Closeness, Contact, Labelled, Language, MarketHow, MarketTie, Met, Name, Phone, Role,
};
use openbar::domain::id::ContactId;
use openbar::domain::me::Me;
use openbar::domain::time::{Date, PartialDate, Timestamp};
use openbar::text::clean;
use openbar::text::fold::fold;
use proptest::prelude::*;

fn ctx(lang: Language) -> Context {
    Context::new(Date::constant(2026, 11, 23), lang)
}

fn contact() -> Contact {
    Contact::new(ContactId::NIL, Timestamp::UNIX_EPOCH)
}

// --- no letter is lost ---------------------------------------------------------------------------------------------

/// Words, signs and shapes as people mix them.
fn typed() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[A-ZÉa-zàéïœ'’-]{1,9}",
        2 => prop::sample::select(vec![
            "@", "=", "#", "+", "%", "^", "-#", "-@", ",", ";", " - ", "|", "(", ")", "\"", "«", "»", "“", "”", ":", "?\"", "/", "<", ">",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "@Scierie", "=bois", "#x", "+municipal:décide", "%Souper", "vu:", "note:", "next:", "à:", "close:3", "via:", "titre:", "ex:",
            "besoin:", "mandat:", "tel:", "courriel:", "lang:fr,tu", "hier", "2025-11-03", "rappeler", "jeudi", "cell", "chez", "de",
            "819-555-0123", "#224", "a@b.ca", "https://c.ca/d", "+1 819 555 0123", "directeur", "Roy", "Réjean", "dîner", "avec", "18,000",
            "inc.", "Sherbrooke", "ing.", "⏎", "knows:",
        ]).prop_map(str::to_owned),
        1 => "[^\\p{C}]{1,4}",
        1 => "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{200b}-\u{200f}\u{202a}-\u{202e}]{1,2}",
    ];
    prop::collection::vec((part, prop::bool::weighted(0.7)), 0..14).prop_map(|parts| {
        parts.into_iter().map(|(part, blank)| if blank { format!("{part} ") } else { part }).collect()
    })
}

/// Everything that a draft says, in one text.
fn said(reading: &line::Reading) -> String {
    format!("{:?}", reading.draft)
}

proptest! {
    /// Chips and separators cover the line, chips do not overlap out of order, and what a note chip stands on is in
    /// the note word for word.
    #[test]
    fn every_letter_is_under_a_chip(text in prop_oneof![3 => typed(), 1 => any::<String>()]) {
        let reading = line::read(&text, &ctx(Language::French));
        let mut covered = vec![false; text.len()];
        for chip in &reading.chips {
            prop_assert!(text.get(chip.range.clone()).is_some(), "{chip:?}");
            covered[chip.range.clone()].fill(true);
        }
        for (at, c) in text.char_indices() {
            let free = c.is_whitespace() || c.is_control() || SEPARATORS.contains(c) || "<>⏎".contains(c);
            prop_assert!(free || covered[at] || clean::line(&c.to_string()).is_empty(), "{c:?} at {at} of {text:?}: {:?}", reading.chips);
        }
    }

    /// Letters and digits of the line are all in the values, but for the words of the grammar itself, which their
    /// chip explains.
    #[test]
    fn every_word_is_in_a_value(words in prop::collection::vec("[b-z]{9}", 1..12), marks in prop::collection::vec(0usize..12, 12)) {
        const BETWEEN: &[&str] = &[" ", " ", " ", ", ", "; ", " - ", " @", " =", " #", " +", " %", " ("];
        let text: String = words.iter().zip(&marks).flat_map(|(word, mark)| [BETWEEN[*mark], word.as_str()]).collect();
        let reading = line::read(&text, &ctx(Language::French));
        let said = fold(&said(&reading));
        for word in &words {
            prop_assert!(said.contains(word.as_str()), "{word} of {text:?} is not in {said}");
        }
    }

    #[test]
    fn writing_settles_after_one_round(text in typed()) {
        for lang in [Language::French, Language::English] {
            let ctx = ctx(lang);
            let once = line::write(&line::read(&text, &ctx).draft.into_contact(ContactId::NIL, Timestamp::UNIX_EPOCH), &ctx);
            let twice = line::write(&line::read(&once, &ctx).draft.into_contact(ContactId::NIL, Timestamp::UNIX_EPOCH), &ctx);
            prop_assert_eq!(&once, &twice, "{:?}", text);
        }
    }
}

// --- what is written reads back ------------------------------------------------------------------------------------

/// A value of one line, plain or nasty.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-ZÉ]?[a-zàéïœ]{1,9}( [A-Za-zé]{1,8}){0,3}",
        2 => "[ -~àéœ«»“”’@=#+%^\":;,()<>|-]{1,20}",
        1 => typed(),
        1 => prop::sample::select(vec![
            "title:x", "Roy, Luc", "a - b", "rappeler jeudi", "819-555-0123", "cell", "de", "note:", "Bois + Fils", "\"", "\"\"", "x;y",
            "Directrice des ventes", "hier", "2025-11-03", "Souper hier", "municipal:décide", "besoin:", "membre", "ex-", "retraité", "?", "⏎x",
            "bureau", "toll free", "ing.", "CPA", "Sherbrooke", "Estrie", "chez Paul", "jean roy", "a@b.ca", "www.x.ca", "-#x", "x.", "«a»",
        ]).prop_map(str::to_owned),
    ]
    .prop_map(|text| clean::line(&text))
}

fn some(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    text.prop_filter("not empty", |text| !text.is_empty())
}

fn distinct(values: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    values.into_iter().filter(|value| seen.insert(fold(value))).collect()
}

fn role() -> impl Strategy<Value = Role> {
    (value(), value(), any::<bool>())
        .prop_filter("something", |(title, org, _)| !title.is_empty() || !org.is_empty())
        .prop_map(|(title, org, former)| Role {
            title: title.into(),
            org: org.into(),
            former,
            ..Role::default()
        })
}

fn partial() -> impl Strategy<Value = PartialDate> {
    (1950i16..2026, 1i8..13, 1i8..29, 0..3).prop_map(|(year, month, day, kind)| match kind {
        0 => PartialDate::Year(year),
        1 => PartialDate::Month(year, month),
        _ => PartialDate::Day(Date::new(year, month, day).expect("a day")),
    })
}

fn note() -> impl Strategy<Value = String> {
    prop::collection::vec(value(), 0..4)
        .prop_map(|lines| clean::block(&lines.join("\n")).replace('⏎', ""))
        .prop_map(|note| clean::block(&note))
}

fn market() -> impl Strategy<Value = MarketTie> {
    (
        "[a-z]{1,8}(-[a-z]{1,6})?",
        prop::option::of(prop::sample::select(vec![MarketHow::Decides, MarketHow::Buys, MarketHow::Member])),
    )
        .prop_map(|(market, how)| MarketTie { market, how, evidence: String::new(), refused: false })
}

fn phone() -> impl Strategy<Value = Phone> {
    let label = prop::sample::select(vec!["", "mobile", "work", "home", "fax", "tollfree"]);
    (100u32..9999, label, prop_oneof![Just(String::new()), "[0-9]{1,5}"]).prop_map(|(line, label, ext)| {
        Phone { value: format!("+1819555{line:04}").into(), label: label.into(), ext: ext.into() }
    })
}

fn person() -> impl Strategy<Value = Contact> {
    let identity =
        (value(), prop::collection::vec(some(value()), 0..3), value(), prop::collection::vec(role(), 0..4));
    let texts = (
        prop::collection::vec(some(value()), 0..4),
        prop::collection::vec(some(value()), 0..3),
        prop::collection::vec(market(), 0..3),
    );
    let met = prop::option::of((value(), prop::option::of(partial()), value()));
    let means = (
        prop::collection::vec(phone(), 0..3),
        prop::collection::vec("[a-z]{1,6}@[a-z]{1,6}\\.ca", 0..3),
        prop::collection::vec(some(value()), 0..2),
    );
    let rest = (
        prop::option::of(0u8..6),
        prop::option::of(partial()),
        prop::option::of(partial()),
        note(),
        any::<(bool, bool)>(),
    );
    (identity, texts, met, means, rest).prop_map(|(identity, texts, met, means, rest)| {
        let mut contact = contact();
        contact.name = Name {
            full: identity.0.into(),
            credentials: distinct(identity.1),
            nickname: identity.2.into(),
            ..Name::default()
        };
        let mut hats: Vec<Role> = Vec::new();
        for role in identity.3 {
            if !hats.iter().any(|hat| fold(&hat.org) == fold(&role.org)) {
                hats.push(role);
            }
        }
        contact.roles = hats;
        contact.tags = distinct(texts.0);
        contact.values = distinct(texts.1);
        let mut seen = HashSet::new();
        contact.markets = texts.2.into_iter().filter(|tie| seen.insert(tie.market.clone())).collect();
        contact.met =
            met.map(|(at, on, via)| Met { at, on, via, how: None }).filter(|met| *met != Met::default());
        let mut seen = HashSet::new();
        contact.phones = means.0.into_iter().filter(|phone| seen.insert(phone.value.clone())).collect();
        contact.emails =
            distinct(means.1).into_iter().map(|value| Labelled { value, label: "".into() }).collect();
        contact.urls =
            distinct(means.2).into_iter().map(|value| Labelled { value, label: "".into() }).collect();
        contact.closeness = rest.0.and_then(Closeness::new);
        contact.next = rest.1.and_then(|date| date.earliest());
        contact.birthday = rest.2;
        contact.note = rest.3;
        contact.language = rest.4.0.then_some(Language::English);
        contact.address_form = rest.4.1.then_some(AddressForm::Vous);
        contact
    })
}

/// The fields that a line can express.
fn expressed(contact: &Contact) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        (contact.name.full.clone(), contact.name.credentials.clone(), contact.name.nickname.clone()),
        contact
            .roles
            .iter()
            .map(|role| (role.title.clone(), role.org.clone(), role.former))
            .collect::<Vec<_>>(),
        (contact.tags.clone(), contact.values.clone(), contact.markets.clone()),
        contact.met.as_ref().map(|met| (met.at.clone(), met.on.clone(), met.via.clone())),
        (contact.emails.clone(), contact.phones.clone(), contact.urls.clone()),
        (contact.closeness, contact.next, contact.birthday.clone(), contact.language, contact.address_form),
        contact.note.clone(),
    )
}

fn reread(text: &str, ctx: &Context) -> Contact {
    line::read(text, ctx).draft.into_contact(ContactId::NIL, Timestamp::UNIX_EPOCH)
}

proptest! {
    #[test]
    fn what_is_written_reads_back(mut person in person(), french in any::<bool>()) {
        let ctx = ctx(if french { Language::French } else { Language::English });
        person.roles.retain(|role| !role.title.is_empty() || !role.org.is_empty());
        let text = line::write(&person, &ctx);
        prop_assert_eq!(expressed(&reread(&text, &ctx)), expressed(&person), "{}", text);
    }

    #[test]
    fn an_unchanged_line_changes_nothing(person in person(), blanks in " {0,3}") {
        let ctx = ctx(Language::French);
        let text = line::write(&person, &ctx);
        prop_assert_eq!(line::rewrite(&person, &text, &format!("{text}{blanks}"), &ctx), person);
    }

    /// A tag typed at the front of the line adds the tag and touches nothing else.
    #[test]
    fn an_edit_touches_only_what_it_says(person in person()) {
        let ctx = ctx(Language::French);
        let mut person = person;
        person.tags.retain(|tag| fold(tag) != "neuf");
        person.note.clear();
        person.nature = Some("privé".into());
        let text = line::write(&person, &ctx);
        let changed = line::rewrite(&person, &text, &format!("{text} #neuf"), &ctx);
        let mut expected = person.clone();
        expected.tags.push("neuf".into());
        prop_assert_eq!(changed, expected, "{}", text);
    }

    /// Taking a value away again leaves the contact as it was.
    #[test]
    fn amending_can_be_taken_back(person in person(), tag in "[a-z]{10}") {
        let ctx = ctx(Language::French);
        let more = line::amend(&person, &format!("#{tag} ={tag} +{tag}"), &ctx);
        prop_assert!(more.tags.contains(&tag) && more.values.contains(&tag));
        let back = line::amend(&more, &format!("-#{tag} -={tag} -+{tag}"), &ctx);
        prop_assert_eq!(back, person);
    }

    #[test]
    fn any_line_can_amend_and_rewrite(person in person(), old in typed(), new in typed()) {
        let ctx = ctx(Language::English);
        let changed = line::rewrite(&line::amend(&person, &new, &ctx), &old, &new, &ctx);
        prop_assert_eq!(changed.id, person.id);
        let own = me::amend(&Me::default(), &new, &ctx);
        let again = me::amend(&Me::default(), &me::write(&own, &ctx), &ctx);
        prop_assert_eq!(me::write(&again, &ctx), me::write(&own, &ctx), "{}", new);
    }
}

/// The people of the demonstration network, whom a hand wrote: each reads back from his or her line.
#[test]
fn the_demonstration_network_reads_back() {
    let source = include_str!("../../assets/demo/network.jsonl");
    let ctx = ctx(Language::French);
    let mut count = 0;
    for text in source.lines() {
        let json: serde_json::Value = serde_json::from_str(text).expect("JSON");
        if json.get("record").is_some() {
            continue;
        }
        let string =
            |value: &serde_json::Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let strings = |key: &str| -> Vec<String> {
            json[key]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|item| item.as_str().map(str::to_owned))
                .collect()
        };
        let objects = |key: &str| json[key].as_array().cloned().unwrap_or_default();
        let mut person = contact();
        person.name = Name {
            full: string(&json, "name").into(),
            credentials: strings("credentials"),
            ..Name::default()
        };
        person.roles = objects("roles")
            .iter()
            .map(|role| Role {
                org: string(role, "org").into(),
                title: string(role, "title").into(),
                former: role["former"].as_bool().unwrap_or_default(),
                ..Role::default()
            })
            .collect();
        person.tags = strings("tags");
        person.values = strings("value");
        person.note = string(&json, "note");
        person.emails = objects("emails")
            .iter()
            .map(|email| Labelled { value: string(email, "value"), label: "".into() })
            .collect();
        let line = line::write(&person, &ctx);
        assert_eq!(expressed(&reread(&line, &ctx)), expressed(&person), "{line}");
        count += 1;
    }
    assert!(count > 100, "{count} people");
}
