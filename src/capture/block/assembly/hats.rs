//! Titles and organisations of a card, and which belongs to which.

use super::super::sheet::{Piece, Taken};
use super::super::{CardField, credentials, directory, languages, names, organisations, titles};
use super::{Card, Words};
use crate::capture::draft;
use crate::capture::line::FreeWord;
use crate::domain::contact::Role;
use crate::text::fold::{fold, same};
use directory::{Says, Stated};

impl Card {
    /// Titles and organisations become hats.
    pub(super) fn hat(&mut self, stated: &[Stated]) {
        for says in stated.iter().filter(|stated| stated.says == Says::Credential) {
            for credential in credentials::credentials(&format!(",{}", says.value)).0 {
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
            let (list, used) = credentials::credentials(&format!(",{}", piece.text));
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
        let pieces = self.sheet.pieces();
        let mut skip = 0;
        for (at, piece) in pieces.iter().enumerate() {
            if at < skip {
                continue;
            }
            let score = titles::score(&piece.text);
            let rival = organisations::score(&piece.text, &self.domains);
            let continued = after == Some(piece.row) && self.continues(&titles, piece);
            after = None;
            if continued {
                if let Some(known) = titles.last_mut() {
                    known.text = joined(&known.text, &piece.text);
                }
                self.sheet.take(piece.row, piece.range.clone(), Taken::Field);
                after = Some(piece.row + 1);
                continue;
            }
            let confidence = self.sheet.rows[piece.row].confidence;
            // `Propriétaire, Ferme Roy` holds both; `Consultants Arpège` is a firm whatever its words say.
            let split = titles::employer(&piece.text, &self.domains);
            let another = !self.draft.name.full.is_empty()
                && titles::is_of_another(
                    self.sheet.visible(piece.row).get(piece.range.start..).unwrap_or_default(),
                );
            if score < 1.0 || another || split.is_none() && rival > score + 0.6 && rival >= 2.0 {
                continue;
            }
            let (piece, count) = self.with_rest(&pieces[at..]);
            skip = at + count;
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
        self.named_trade(&mut titles, &mut employers);
        if titles.is_empty() {
            titles.extend(self.department().or_else(|| self.below_name()));
        }
        (titles, employers)
    }

    /// Of several titles one may be a firm that is called by its trade, where nothing else is one: `Nettoyeur Daoust`.
    fn named_trade(&self, titles: &mut Vec<Words>, employers: &mut Vec<Words>) {
        let none = employers.is_empty()
            && titles.len() > 1
            && !self
                .sheet
                .pieces()
                .iter()
                .any(|piece| organisations::score(&piece.text, &self.domains) >= 2.0);
        if let Some(at) = titles.iter().position(|title| none && titles::is_named_trade(&title.text)) {
            employers.push(titles.remove(at));
        }
    }

    /// A trade that no list knows stands alone in the line below the name, on a card that names a firm as well.
    fn below_name(&mut self) -> Option<Words> {
        let name = self.fields.iter().find(|field| field.field == CardField::Name)?.line?;
        let pieces = self.sheet.pieces();
        let row = self.sheet.rows.iter().position(|row| row.index == name)? + 1;
        let row = (row < self.sheet.rows.len()).then_some(row)?;
        let [piece] = self.sheet.pieces_of(row).try_into().ok()?;
        let firm =
            |other: &Piece| other.row != row && organisations::score(&other.text, &self.domains) >= 2.0;
        let fits = self.sheet.rows[row].is_untouched()
            && titles::may_be_trade(&piece.text)
            && organisations::domain_score(&piece.text, &self.domains) < 1.5
            && pieces.iter().any(firm);
        fits.then(|| {
            self.sheet.take(row, piece.range.clone(), Taken::Field);
            Words { text: piece.text, row, at: piece.range.start, confidence: 0.5 }
        })
    }

    /// Where nothing else tells what somebody does, the department does: `Service à la clientèle`.
    fn department(&mut self) -> Option<Words> {
        let piece = self.sheet.pieces().into_iter().find(|piece| titles::is_department(&piece.text))?;
        self.sheet.take(piece.row, piece.range.clone(), Taken::Field);
        Some(Words { text: piece.text, row: piece.row, at: piece.range.start, confidence: 0.6 })
    }

    /// A title with what a stroke or dash joins to it: `Owner / Operator`, `Associée – Gestion du changement`; and of how
    /// many pieces it is made.
    fn with_rest(&self, pieces: &[Piece]) -> (Piece, usize) {
        let mut whole = pieces[0].clone();
        let mut count = 1;
        let row = pieces[0].row;
        for next in pieces[1..].iter().take_while(|next| next.row == row) {
            let text = &self.sheet.rows[whole.row].text;
            let sign = text[whole.range.end..next.range.start].trim();
            let language = languages::leaning(&whole.text);
            let goes_on = match sign {
                "/" => {
                    titles::score(&next.text) >= 1.0
                        && language.is_some()
                        && languages::leaning(&next.text) == language
                }
                "–" | "—" | "-" => {
                    let elsewhere = |other: &Piece| {
                        other.range != next.range && organisations::score(&other.text, &self.domains) >= 2.0
                    };
                    titles::score(&next.text) < 1.0
                        && organisations::score(&next.text, &self.domains) < 1.5
                        && next.text.split(' ').count() <= 6
                        && (next.text.starts_with(char::is_lowercase)
                            || self.sheet.pieces().iter().any(elsewhere))
                }
                _ => false,
            };
            if !goes_on {
                break;
            }
            let range = whole.range.start..next.range.end;
            whole = Piece { row: whole.row, text: text[range.clone()].to_owned(), range };
            count += 1;
        }
        (whole, count)
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
            if let Some(acronym) = organisations::merged(&self.sheet, piece, pieces.get(at + 1)) {
                self.sheet.rows[piece.row].text[piece.range.start..acronym.range.end].clone_into(&mut text);
                parts.push(acronym.clone());
            }
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
        let capital = words.first().is_some_and(FreeWord::is_capital);
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
        if organisations::domain_score(text, &self.domains) < 2.0 {
            score -= organisations::doubt(&self.sheet, piece);
        }
        if unit && organisations::domain_score(text, &self.domains) < 2.0 {
            score = if plain { (score - 1.6).max(0.95) } else { score - 1.6 };
        }
        score
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
    // `Ostéopathe D.O.`
    if let Some((head, last)) = text.rsplit_once(' ')
        && last.contains('.')
        && !head.ends_with(',')
        && !credentials::credential_list(last).is_empty()
        && titles::score(head) >= 1.0
    {
        return (head, credentials::credential_list(last));
    }
    let Some((head, tail)) = text.rsplit_once(',') else { return (text, Vec::new()) };
    let list = credentials::credential_list(tail);
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
            hat.title_alt.push(title.text.as_str().into());
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
            Some(hat) => hat.org_alt.push(org.text.as_str().into()),
            None => hats.push(draft::role("", &org.text, None)),
        }
    }
    hats
}
