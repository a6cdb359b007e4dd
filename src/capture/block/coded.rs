//! vCards among the lines of a paste: what they state is believed as it stands.

use super::super::draft::Draft;
use super::super::{Context, vcard};
use super::sheet::Sheet;
use super::{CardField, CardReading, Understood};
use crate::text::phone;

/// Reads the vCards of a paste; the lines that are none of them.
pub(super) fn take(sheet: Sheet, ctx: &Context) -> (Vec<CardReading>, Sheet) {
    let frame = |text: &str, word: &str| text.to_ascii_uppercase().replace(' ', "") == word;
    let mut readings = Vec::new();
    let mut rest = Sheet::default();
    let mut at = 0;
    while at < sheet.rows.len() {
        let end = frame(&sheet.rows[at].text, "BEGIN:VCARD")
            .then(|| (at + 1..sheet.rows.len()).find(|end| frame(&sheet.rows[*end].text, "END:VCARD")))
            .flatten();
        let Some(end) = end else {
            rest.rows.push(sheet.rows[at].clone());
            at += 1;
            continue;
        };
        let text = sheet.rows[at..=end].iter().map(|row| row.text.as_str()).collect::<Vec<_>>().join("\n");
        for card in vcard::read(text.as_bytes(), ctx) {
            let line = |value: &str| {
                sheet.rows[at..=end].iter().find(|row| row.text.contains(value)).map(|row| row.index)
            };
            let fields = fields(&card.draft, &line);
            readings.push(CardReading {
                draft: card.draft,
                fields,
                text: text.clone(),
                confidence: 1.0,
                problems: card.problems,
                noise: Vec::new(),
            });
        }
        at = end + 1;
    }
    (readings, rest)
}

/// What a draft holds, as fields that nobody doubts; `line` finds where a value stands.
fn fields(draft: &Draft, line: &dyn Fn(&str) -> Option<usize>) -> Vec<Understood> {
    let mut fields = Vec::new();
    let mut push = |field: CardField, value: &str, written: &str| {
        if !value.is_empty() {
            fields.push(Understood { field, value: value.to_owned(), line: line(written), confidence: 1.0 });
        }
    };
    push(CardField::Name, &draft.name.full, &draft.name.full);
    for credential in &draft.name.credentials {
        push(CardField::Credential, credential, credential);
    }
    for role in &draft.roles {
        for title in std::iter::once(&role.title).chain(&role.title_alt) {
            push(CardField::Title, title, title);
        }
        for org in std::iter::once(&role.org).chain(&role.org_alt) {
            push(CardField::Org, org, org);
        }
    }
    for number in &draft.phones {
        push(CardField::Phone, &phone::display(&number.value), &number.value);
    }
    for email in &draft.emails {
        push(CardField::Email, &email.value, &email.value);
    }
    for url in &draft.urls {
        push(CardField::Url, &url.value, &url.value);
    }
    for address in &draft.addresses {
        let parts = [&address.street, &address.unit, &address.city, &address.region, &address.postal];
        let shown = parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        push(CardField::Address, &shown, &address.postal);
    }
    push(CardField::Note, &draft.note, &draft.note);
    fields
}
