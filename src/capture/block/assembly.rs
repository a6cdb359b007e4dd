//! One card: the readers in their order, and what they found put together.

use super::super::Context;
use super::super::draft::{self, Draft};
use super::directory::{self, Says, Stated};
use super::emails::{self, Found};
use super::letter::Writer;
use super::names::{self, Candidate, Evidence};
use super::sheet::{Piece, Sheet, Taken};
use super::{CardField, CardReading, Understood};
use super::{addresses, languages, noise, organisations, phones, titles};
use crate::domain::contact::{Labelled, Language, Phone, Role};
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
            self.draft.emails.push(Labelled { value: email.value.clone(), label: String::new() });
            self.field(CardField::Email, email.value, Some(email.row), email.confidence);
        }
        for url in urls {
            self.draft.urls.push(Labelled { value: url.value.clone(), label: String::new() });
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
                value: number.e164,
                label: number.label.to_owned(),
                ext: number.ext,
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
            let turned = (!head.trim().contains(' ') && !tail.is_empty() && names::credentials(&tail).1 == 0)
                .then(|| format!("{} {head}", tail.trim_start_matches([',', ' '])));
            let (credentials, used) = names::credentials(&tail);
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
        let best = match (best, self.from_head(&evidence)) {
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
        let certainty = (0.4 + 0.15 * best.score).clamp(0.3, 1.0) * self.sheet.rows[row].confidence;
        self.set_name(&best.full, best.credentials, Some(row), certainty);
        certainty
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
    fn from_head(&self, evidence: &Evidence) -> Option<(String, f32)> {
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
            self.draft.emails.push(Labelled { value: writer.email, label: String::new() });
        }
    }

    fn credential(&mut self, credential: String, row: Option<usize>) {
        if !self.draft.name.credentials.iter().any(|known| same(known, &credential)) {
            self.draft.name.credentials.push(credential.clone());
            self.field(CardField::Credential, credential, row, 0.95);
        }
    }

    /// Titles and organisations become hats.
    fn hat(&mut self, stated: &[Stated]) {
        for says in stated.iter().filter(|stated| stated.says == Says::Credential) {
            for credential in names::credentials(&format!(",{}", says.value)).0 {
                self.credential(credential, Some(says.row));
            }
        }
        self.lone_credentials();
        let words = |says: Says| {
            stated.iter().filter(move |stated| stated.says == says).map(|stated| Words {
                text: stated.value.clone(),
                row: stated.row,
                at: 0,
                confidence: 1.0,
            })
        };
        let mut titles: Vec<Words> = words(Says::Title).flat_map(|title| split_languages(&title)).collect();
        let mut orgs: Vec<Words> = words(Says::Org).collect();
        let mut employers = Vec::new();
        let beside = self.beside_name.take();
        if let Some(title) = beside.filter(|words| titles.is_empty() && titles::score(&words.text) >= 1.0) {
            titles.extend(split_languages(&title));
        }
        if titles.is_empty() {
            (titles, employers) = self.titles();
            self.orders(&mut titles);
        }
        if orgs.is_empty() {
            orgs = self.organisations(&titles, employers);
        } else {
            orgs.extend(employers);
        }
        for title in &titles {
            self.field(CardField::Title, title.text.clone(), Some(title.row), title.confidence);
        }
        for org in &orgs {
            self.field(CardField::Org, org.text.clone(), Some(org.row), org.confidence);
        }
        self.draft.roles = roles(&titles, &orgs, &self.domains);
    }

    /// `Claude Tardif, avocat` above `Avocat associé`: the word beside the name is a credential where a title says more.
    fn orders(&mut self, titles: &mut Vec<Words>) {
        let name =
            self.fields.iter().find(|field| field.field == CardField::Name).and_then(|field| field.line);
        let Some(first) = titles.first().cloned() else { return };
        let beside = Some(self.sheet.rows[first.row].index) == name && !first.text.contains(' ');
        let language = languages::leaning(&first.text);
        let more = titles.iter().skip(1).any(|title| {
            title.row != first.row && (languages::leaning(&title.text) == language || language.is_none())
        });
        if beside && more && first.text.starts_with(char::is_lowercase) {
            titles.remove(0);
            self.credential(first.text, Some(first.row));
        }
    }

    /// Credentials on a line of their own.
    fn lone_credentials(&mut self) {
        if self.draft.name.full.is_empty() {
            return;
        }
        for piece in self.sheet.pieces() {
            let (list, used) = names::credentials(&format!(",{}", piece.text));
            if used == piece.text.len() + 1 && !list.is_empty() {
                self.sheet.take(piece.row, piece.range, Taken::Field);
                for credential in list {
                    self.credential(credential, Some(piece.row));
                }
            }
        }
    }

    /// Takes the titles, in order, and the organisations that stand in them (`Directrice chez …`).
    fn titles(&mut self) -> (Vec<Words>, Vec<Words>) {
        let mut titles: Vec<Words> = Vec::new();
        let mut employers = Vec::new();
        let mut after = None;
        for piece in self.sheet.pieces() {
            let score = titles::score(&piece.text);
            let rival = organisations::score(&piece.text, &self.domains);
            let continued = after == Some(piece.row) && self.continues(&titles, &piece);
            after = None;
            if continued {
                let known = titles.last_mut();
                if let Some(known) = known {
                    known.text = joined(&known.text, &piece.text);
                }
                self.sheet.take(piece.row, piece.range.clone(), Taken::Field);
                after = Some(piece.row + 1);
                continue;
            }
            let confidence = self.sheet.rows[piece.row].confidence;
            // `Propriétaire, Ferme Roy` holds both; `Consultants Arpège` is a firm whatever its words say.
            let split = titles::employer(&piece.text, &self.domains);
            if score < 1.0 || split.is_none() && rival > score + 0.6 && rival >= 2.0 {
                continue;
            }
            let end = split.map_or(piece.text.len(), |(end, _)| end);
            let (text, found) = (
                piece.text[..end].trim_end_matches([',', ' ', '-', '–', '—']),
                split.map(|(_, start)| piece.text[start..].to_owned()),
            );
            let (text, credentials) = without_credentials(text);
            for credential in credentials {
                self.credential(credential, Some(piece.row));
            }
            let words = Words {
                text: text.to_owned(),
                row: piece.row,
                at: piece.range.start,
                confidence: confidence * (0.6 + 0.16 * score).min(1.0),
            };
            for title in split_languages(&words) {
                if !titles.iter().any(|known| known.text.to_lowercase() == title.text.to_lowercase()) {
                    titles.push(title);
                }
            }
            self.sheet.take(piece.row, piece.range.clone(), Taken::Field);
            if let Some(org) = found {
                employers.push(Words { text: org, row: piece.row, at: piece.range.start, confidence: 0.9 });
            } else {
                after = Some(piece.row + 1);
            }
            if titles.len() > 6 {
                break;
            }
        }
        (titles, employers)
    }

    /// Whether a piece goes on with the last title.
    fn continues(&self, titles: &[Words], piece: &Piece) -> bool {
        let Some(last) = titles.last() else { return false };
        let alone = self.sheet.pieces_of(piece.row).len() == 1 && !self.sheet.rows[piece.row].gap;
        alone
            && titles::goes_on(&last.text, &piece.text)
            && piece.text.split(' ').count() <= 7
            && organisations::domain_score(&piece.text, &self.domains) < 2.4
            && !organisations::is_legal(&names::words_of(&piece.text))
            && (titles::score(&piece.text) < 2.0 || piece.text.starts_with(char::is_lowercase))
            && last.text.split(' ').count() + piece.text.split(' ').count() <= 14
    }

    /// Takes the organisation, and its other language.
    fn organisations(&mut self, titles: &[Words], employers: Vec<Words>) -> Vec<Words> {
        let pieces = self.sheet.pieces();
        let first_title = titles.first().map(|title| title.row);
        let mut best: Option<(f32, String, Vec<Piece>)> = None;
        let mut all: Vec<(f32, String, Vec<Piece>)> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let mut parts = vec![piece.clone()];
            let mut text = piece.text.clone();
            while let Some(next) = pieces.get(at + parts.len()).filter(|next| {
                parts.len() < 3
                    && next.row == parts[parts.len() - 1].row + 1
                    && !self.sheet.rows[next.row].gap
            }) {
                let fits = organisations::goes_on(&text, &next.text, &self.domains)
                    && self.same_size(parts[0].row, next.row)
                    && organisations::domain_score(&text, &self.domains) < 3.9;
                if !fits {
                    break;
                }
                text = joined(&text, &next.text);
                parts.push(next.clone());
            }
            let score = self.org_score(&text, piece, first_title);
            all.push((score, text, parts));
        }
        for candidate in &all {
            if best.as_ref().is_none_or(|best| candidate.0 > best.0 + 0.01) {
                best = Some(candidate.clone());
            }
        }
        let mut found: Vec<Words> = employers;
        if found.is_empty()
            && let Some((score, text, parts)) = best.filter(|(score, ..)| *score >= 0.9)
        {
            self.take_org(&mut found, score, text, &parts);
        }
        let Some(first) = found.first().cloned() else { return found };
        for (score, text, parts) in all {
            let free = parts.iter().all(|part| {
                self.sheet.rows[part.row]
                    .free()
                    .iter()
                    .any(|free| free.start <= part.range.start && part.range.end <= free.end)
            });
            let near = parts.iter().any(|part| part.row.abs_diff(first.row) <= 2);
            if free
                && near
                && score >= 1.8
                && found.len() < 2
                && !same(&text, &first.text)
                && organisations::same_in_two_languages(&first.text, &text, &self.domains)
            {
                self.take_org(&mut found, score, text, &parts);
            }
        }
        found.sort_by_key(|org| (org.row, org.at));
        found
    }

    fn take_org(&mut self, found: &mut Vec<Words>, score: f32, text: String, parts: &[Piece]) {
        for part in parts {
            self.sheet.take(part.row, part.range.clone(), Taken::Field);
        }
        let row = parts[0].row;
        let confidence = self.sheet.rows[row].confidence * (0.5 + 0.12 * score).min(1.0);
        found.push(Words { text, row, at: parts[0].range.start, confidence });
    }

    fn same_size(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.sheet.rows[a].height, self.sheet.rows[b].height);
        a == 0.0 || b == 0.0 || (0.55..1.8).contains(&(a / b))
    }

    /// As [`organisations::score`], with what the place on the card adds.
    fn org_score(&self, text: &str, piece: &Piece, first_title: Option<usize>) -> f32 {
        let words = names::words_of(text);
        let mut score = organisations::score(text, &self.domains);
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let capital = words.first().is_some_and(super::super::line::FreeWord::is_capital);
        let plain = capital && (2..=40).contains(&letters) && letters > digits * 2 && words.len() <= 6;
        if score < 0.5 && !plain {
            return 0.0;
        }
        if plain {
            score += 0.6;
        }
        let tallest = self.sheet.rows.iter().map(|row| row.height).fold(0.0, f32::max);
        if tallest > 0.0 {
            score += 0.8 * self.sheet.rows[piece.row].height / tallest;
        }
        if plain && !text.chars().any(char::is_lowercase) && letters > 2 {
            score += 0.3;
        }
        // A firm stands first, or right below the title.
        if piece.row == 0 || first_title.is_some_and(|title| piece.row == title + 1) {
            score += 0.3;
        }
        let folded = fold(text);
        let unit = [
            "direction ",
            "departement ",
            "service ",
            "services ",
            "division ",
            "department ",
            "bureau de ",
            "secteur ",
            "equipe ",
        ]
        .iter()
        .any(|head| folded.starts_with(head));
        if unit && organisations::domain_score(text, &self.domains) < 2.0 {
            score = if plain { (score - 1.6).max(0.95) } else { score - 1.6 };
        }
        score
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
        let confidence = if certainty == 0.0 { mean * 0.5 } else { mean.min((mean + certainty) / 2.0) };
        let noise = self.sheet.noise();
        CardReading { draft: self.draft, fields: self.fields, text, confidence, problems: Vec::new(), noise }
    }
}

fn joined(above: &str, below: &str) -> String {
    if above.ends_with('-') && above.chars().rev().nth(1).is_some_and(char::is_alphabetic) {
        format!("{above}{below}")
    } else {
        format!("{above} {below}")
    }
}

/// A title without credentials at its end: `Directrice générale, CPA`.
fn without_credentials(text: &str) -> (&str, Vec<String>) {
    let Some((head, tail)) = text.rsplit_once(',') else { return (text, Vec::new()) };
    let list = names::credential_list(tail);
    if list.is_empty() { (text, Vec::new()) } else { (head, list) }
}

fn split_languages(words: &Words) -> Vec<Words> {
    titles::languages(&words.text).into_iter().map(|text| Words { text, ..words.clone() }).collect()
}

/// Hats: two titles in two languages are one; a second one in the same language is another, of the same organisation
/// or of the one that stands beside it.
fn roles(titles: &[Words], orgs: &[Words], domains: &[String]) -> Vec<Role> {
    let mut hats: Vec<Role> = Vec::new();
    let one_org =
        orgs.len() < 2 || organisations::same_in_two_languages(&orgs[0].text, &orgs[1].text, domains);
    for title in titles {
        let language = languages::leaning(&title.text);
        let other = hats.iter_mut().find(|hat| {
            hat.title_alt.is_empty() && languages::leaning(&hat.title) != language && !hat.title.is_empty()
        });
        if let Some(hat) = other {
            hat.title_alt.push(title.text.clone());
            continue;
        }
        let org = if one_org {
            orgs.first()
        } else {
            orgs.iter().min_by_key(|org| (org.row + 1).abs_diff(title.row + 1))
        };
        hats.push(draft::role(&title.text, org.map_or("", |org| org.text.as_str()), None));
    }
    for org in orgs {
        let known = hats.iter_mut().find(|hat| same(&hat.org, &org.text) || one_org && !hat.org.is_empty());
        match known {
            Some(hat) if same(&hat.org, &org.text) => {}
            Some(hat) => hat.org_alt.push(org.text.clone()),
            None => hats.push(draft::role("", &org.text, None)),
        }
    }
    hats
}
