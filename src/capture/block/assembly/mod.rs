//! One card: the readers in their order, and what they found put together.

mod hats;

use super::super::Context;
use super::super::draft::{self, Draft};
use super::directory::{self, Says, Stated};
use super::emails::{self, Found};
use super::letter::Writer;
use super::names::{self, Candidate, Evidence};
use super::sheet::{Sheet, Taken};
use super::{CardField, CardProblem, CardReading, Understood};
use super::{addresses, credentials, languages, noise, phones};
use crate::domain::contact::{Labelled, Language, Phone};
use crate::text::fold::{fold, same};
use crate::text::shapes::organisation_label;

/// A value of a few words and its row.
#[derive(Clone, Debug, PartialEq)]
struct Words {
    text: String,
    row: usize,
    /// Where in the row it begins, to tell what stands beside what.
    at: usize,
    confidence: f32,
}

/// Reads the lines of one card. `writer` is what the head of a forwarded letter says.
pub(super) fn card(mut sheet: Sheet, writer: Option<Writer>, ctx: &Context) -> CardReading {
    let emails = emails::emails(&mut sheet);
    let urls = emails::urls(&mut sheet);
    let numbers = phones::take(&mut sheet, ctx);
    let places = addresses::take(&mut sheet);
    let stated = directory::take(&mut sheet);
    directory::lone_labels(&mut sheet);
    noise::remarks(&mut sheet);
    let mut card = Card {
        sheet,
        draft: Draft::default(),
        fields: Vec::new(),
        domains: domains(&emails, &urls),
        writer,
        beside_name: None,
        problems: Vec::new(),
    };
    card.emails(emails, urls);
    card.phones(numbers);
    for mut place in places {
        if let Some(city) =
            stated.iter().find(|stated| stated.says == Says::City && place.address.city.is_empty())
        {
            city.value.clone_into(&mut place.address.city);
        }
        let shown = [
            &place.address.street,
            &place.address.unit,
            &place.address.city,
            &place.address.region,
            &place.address.postal,
        ];
        let shown = shown.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        card.field(CardField::Address, shown, Some(place.row), place.confidence);
        card.draft.addresses.push(place.address);
    }
    if card.draft.addresses.is_empty() {
        let cities = stated.iter().filter(|stated| stated.says == Says::City);
        card.draft.towns.extend(cities.map(|city| city.value.clone()));
    }
    let certainty = card.name(&stated);
    card.hat(&stated);
    card.language(&stated);
    card.finish(certainty)
}

fn domains(emails: &[Found], urls: &[Found]) -> Vec<String> {
    let mut domains: Vec<String> = Vec::new();
    for found in emails.iter().chain(urls) {
        if let Some(label) = organisation_label(&found.value).filter(|label| {
            !matches!(
                label.as_str(),
                "linkedin" | "facebook" | "instagram" | "twitter" | "calendly" | "lnkd" | "youtube"
            )
        }) && !domains.contains(&label)
        {
            domains.push(label);
        }
    }
    domains
}

struct Card {
    sheet: Sheet,
    draft: Draft,
    fields: Vec<Understood>,
    domains: Vec<String>,
    writer: Option<Writer>,
    problems: Vec<CardProblem>,
    /// What followed a name on the line that said it was one.
    beside_name: Option<Words>,
}

impl Card {
    fn field(&mut self, field: CardField, value: String, row: Option<usize>, confidence: f32) {
        let line = row.map(|row| self.sheet.rows[row].index);
        self.fields.push(Understood { field, value, line, confidence: confidence.clamp(0.0, 1.0) });
    }

    fn emails(&mut self, emails: Vec<Found>, urls: Vec<Found>) {
        for email in emails {
            self.draft.emails.push(Labelled { value: email.value.clone(), label: "".into() });
            self.field(CardField::Email, email.value, Some(email.row), email.confidence);
        }
        for url in urls {
            self.draft.urls.push(Labelled { value: url.value.clone(), label: "".into() });
            self.field(CardField::Url, url.value, Some(url.row), url.confidence);
        }
    }

    fn phones(&mut self, numbers: Vec<phones::Number>) {
        for number in numbers {
            let mut shown = crate::text::phone::display(&number.e164);
            if !number.ext.is_empty() {
                shown = format!("{shown} #{}", number.ext);
            }
            self.field(CardField::Phone, shown, Some(number.row), number.confidence);
            self.draft.phones.push(Phone {
                value: number.e164.into(),
                label: number.label.into(),
                ext: number.ext.into(),
            });
        }
    }

    /// Finds the name; how sure, 0 to 1.
    fn name(&mut self, stated: &[Stated]) -> f32 {
        let value = |says: Says| stated.iter().find(|stated| stated.says == says);
        let evidence = self.evidence();
        let whole = match (value(Says::Given), value(Says::Family).or(value(Says::Name))) {
            (Some(given), Some(family)) => Some((format!("{} {}", given.value, family.value), given.row)),
            (None, Some(name)) => Some((name.value.clone(), name.row)),
            (Some(given), None) => Some((given.value.clone(), given.row)),
            (None, None) => None,
        };
        if let Some((text, row)) = whole {
            let (head, tail) = text
                .split_once(',')
                .map_or((text.as_str(), String::new()), |(head, tail)| (head, format!(",{tail}")));
            let turned =
                (!head.trim().contains(' ') && !tail.is_empty() && credentials::credentials(&tail).1 == 0)
                    .then(|| format!("{} {head}", tail.trim_start_matches([',', ' '])));
            let (credentials, used) = credentials::credentials(&tail);
            // `Personne-ressource : Roger Whelan, directeur de production`
            let rest = tail.get(used..).unwrap_or_default().trim_start_matches([',', ' ']);
            if turned.is_none() && !rest.is_empty() {
                self.beside_name = Some(Words { text: rest.to_owned(), row, at: 0, confidence: 0.9 });
            }
            let full = turned.unwrap_or_else(|| head.to_owned());
            let full = names::judge(&full, &evidence).map_or(full.clone(), |(full, _)| full);
            self.set_name(&full, credentials, Some(row), 1.0);
            return 1.0;
        }
        let found = names::candidates(&self.sheet, &evidence);
        let best = found.into_iter().next().filter(|candidate| candidate.score >= 1.2);
        let best = match (best, self.named_in_head(&evidence)) {
            // A signature with a given name alone, under a head that has the whole.
            (Some(best), Some(head)) if best.score < 3.0 && !same(&best.full, &head.0) => {
                self.set_name(&head.0, best.credentials, None, 0.8);
                return 0.8;
            }
            (None, Some(head)) => {
                self.set_name(&head.0, Vec::new(), None, 0.7);
                return 0.7;
            }
            (best, _) => best,
        };
        let Some(best) = best else { return 0.0 };
        self.take_name(best)
    }

    fn take_name(&mut self, best: Candidate) -> f32 {
        let row = best.places[0].0;
        for (row, range) in &best.places {
            self.sheet.take(*row, range.clone(), Taken::Field);
        }
        self.companion(&best);
        let certainty = (0.4 + 0.15 * best.score).clamp(0.3, 1.0) * self.sheet.rows[row].confidence;
        self.set_name(&best.full, best.credentials, Some(row), certainty);
        certainty
    }

    /// A second person beside or below the one who was chosen is told of: `Maude Roy et Paul Tran`.
    fn companion(&mut self, best: &Candidate) {
        let mut names = vec![best.full.clone()];
        for piece in self.sheet.pieces_of(best.places[0].0) {
            let rest = ["et ", "and ", "& "].iter().find_map(|word| piece.text.strip_prefix(word));
            if let Some((full, score)) = rest.and_then(|rest| names::judge(rest, &Evidence::default()))
                && score >= 2.0
            {
                names.push(full);
            }
        }
        // Somebody else's name explains another address.
        for email in &self.draft.emails {
            let locals = vec![fold(email.value.split('@').next().unwrap_or_default())];
            let evidence = Evidence { locals, ..Evidence::default() };
            if names::mailed(&names::words_of(&best.full), &evidence.locals) > 0.0 {
                continue;
            }
            let other = names::candidates(&self.sheet, &evidence).into_iter().find(|other| {
                other.score >= 5.0 && names::mailed(&names::words_of(&other.full), &evidence.locals) >= 3.0
            });
            names.extend(other.map(|other| other.full));
        }
        // On pictures the places of the letters tell it better.
        let pasted = self.sheet.rows.iter().all(|row| row.height == 0.0);
        if names.len() > 1 && pasted {
            self.problems.push(CardProblem::TwoPeople { names });
        }
    }

    fn evidence(&self) -> Evidence {
        let heads = self.writer.iter().map(|writer| writer.email.as_str()).filter(|email| !email.is_empty());
        let locals = self
            .draft
            .emails
            .iter()
            .map(|email| email.value.as_str())
            .chain(heads)
            .filter_map(|email| email.split('@').next())
            .map(fold)
            .collect();
        Evidence { locals, domains: self.domains.clone() }
    }

    /// The name in the head of the letter, if it is one of a person.
    fn named_in_head(&self, evidence: &Evidence) -> Option<(String, f32)> {
        let writer = self.writer.as_ref().filter(|writer| !writer.name.is_empty())?;
        let name = match writer.name.split_once(", ") {
            Some((family, given)) if !given.contains(' ') => format!("{given} {family}"),
            _ => writer.name.clone(),
        };
        names::judge(&name, evidence).filter(|(_, score)| *score >= 2.0)
    }

    fn set_name(&mut self, full: &str, credentials: Vec<String>, row: Option<usize>, confidence: f32) {
        self.draft.name = draft::name(full);
        self.field(CardField::Name, full.to_owned(), row, confidence);
        for credential in credentials {
            self.credential(credential, row);
        }
        // The head's address fills a signature without one.
        if self.draft.emails.is_empty()
            && let Some(writer) = self.writer.clone().filter(|writer| !writer.email.is_empty())
        {
            self.field(CardField::Email, writer.email.clone(), None, 0.9);
            self.domains.extend(organisation_label(&writer.email));
            self.draft.emails.push(Labelled { value: writer.email, label: "".into() });
        }
    }

    fn credential(&mut self, credential: String, row: Option<usize>) {
        if !self.draft.name.credentials.iter().any(|known| same(known, &credential)) {
            self.draft.name.credentials.push(credential.clone());
            self.field(CardField::Credential, credential, row, 0.95);
        }
    }

    fn language(&mut self, stated: &[Stated]) {
        if let Some(says) = stated.iter().find(|stated| stated.says == Says::Language) {
            let folded = fold(&says.value);
            self.draft.language = if folded.starts_with("fr") {
                Some(Language::French)
            } else if folded.starts_with("an") || folded.starts_with("en") {
                Some(Language::English)
            } else {
                None
            };
        } else {
            let text: Vec<&str> = self.sheet.rows.iter().map(|row| row.text.as_str()).collect();
            self.draft.language = languages::of(&text.join("\n"));
        }
        match self.draft.language {
            Some(Language::French) => self.field(CardField::Language, "fr".to_owned(), None, 0.8),
            Some(Language::English) => self.field(CardField::Language, "en".to_owned(), None, 0.8),
            _ => {}
        }
    }

    fn finish(mut self, certainty: f32) -> CardReading {
        self.draft.note = self.sheet.note();
        if !self.draft.note.is_empty() {
            let first = self.draft.note.lines().next().unwrap_or_default().to_owned();
            let row = self.sheet.rows.iter().position(|row| row.text.contains(first.as_str()));
            let note = self.draft.note.clone();
            let confidence = row.map_or(1.0, |row| self.sheet.rows[row].confidence);
            self.field(CardField::Note, note, row, confidence);
        }
        let text = self.sheet.rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>().join("\n");
        let essentials: Vec<f32> = self
            .fields
            .iter()
            .filter(|field| matches!(field.field, CardField::Name | CardField::Phone | CardField::Email))
            .map(|field| field.confidence)
            .collect();
        let mean = essentials.iter().sum::<f32>() / essentials.len().max(1) as f32;
        let confidence = if certainty == 0.0 { mean * 0.5 } else { mean.min(f32::midpoint(mean, certainty)) };
        let noise = self.sheet.noise();
        CardReading {
            draft: self.draft,
            fields: self.fields,
            text,
            confidence,
            problems: self.problems,
            noise,
        }
    }
}
