//! One person from two sources: a code over the print beside it, or one side of a card and the other.
//!
//! What the stronger source says stays; the weaker one fills gaps and adds other languages. Two values that differ by
//! a letter or two are one value, misread: the stronger one is kept and the difference told.

use super::{CardReading, Understood};
use crate::capture::draft::Draft;
use crate::capture::draft::{add_note, add_texts};
use crate::capture::printed::{CardField, CardProblem};
use crate::capture::vcard::Card;
use crate::domain::Text;
use crate::domain::contact::{Address, Name, Role};
use crate::text::fold::{fold, same};
use crate::text::phone;

/// Two names or titles at least this alike are the same, misread.
const ALIKE: f64 = 0.82;

/// Whether two drafts seem to be of one person: the same name, or an address in common and no other name.
pub(super) fn is_same(a: &Draft, b: &Draft) -> bool {
    let (name, other) = (bare_name(&a.name), bare_name(&b.name));
    if !name.is_empty() && !other.is_empty() {
        return strsim::normalized_levenshtein(&name, &other) >= ALIKE;
    }
    a.emails.iter().any(|email| b.emails.iter().any(|known| same(&known.value, &email.value)))
        || a.phones.iter().any(|phone| b.phones.iter().any(|known| known.value == phone.value))
}

/// A web address without what does not tell it apart.
fn bare_url(url: &str) -> String {
    let url = fold(url);
    let url = url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    url.trim_end_matches('/').to_owned()
}

fn same_url(a: &str, b: &str) -> bool {
    bare_url(a) == bare_url(b)
}

/// Whether a printed address says what a code's does: the same, or a page of the site that the code names.
pub(super) fn says_url(printed: &str, coded: &str) -> bool {
    let (printed, coded) = (bare_url(printed), bare_url(coded));
    printed == coded || !coded.contains(['/', '?']) && printed.split('/').next() == Some(coded.as_str())
}

fn bare_name(name: &Name) -> String {
    let parts = [&name.given, &name.family];
    let said = if parts.iter().all(|part| part.is_empty()) {
        name.full.to_string()
    } else {
        format!("{} {}", name.given, name.family)
    };
    fold(said.trim()).replace(['-', '.', '\'', '’'], " ")
}

/// A person as a code has them, completed by the print of the same card.
pub(super) fn code_over_print(card: Card, printed: CardReading) -> CardReading {
    let coded = CardReading {
        draft: card.draft,
        confidence: 0.98,
        problems: card.problems,
        ..CardReading::default()
    };
    let mut reading = join(coded, printed, true);
    reading.fields = fields(&reading.draft, &reading.fields);
    reading
}

/// Two sides of one card.
pub(super) fn both_sides(front: CardReading, back: CardReading) -> CardReading {
    join(front, back, false)
}

/// `strong` completed by `weak`; `tells` says that differences are to be told.
fn join(strong: CardReading, weak: CardReading, tells: bool) -> CardReading {
    let mut joined = Joined { reading: strong, tells };
    let CardReading { draft, fields, text, confidence, problems, noise } = weak;
    let misread = joined.draft(draft);
    let mut reading = joined.reading;
    // What was misread is no field of the card.
    reading.fields.extend(fields.into_iter().filter(|field| !misread.contains(&field.value)));
    reading.text =
        [reading.text, text].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    reading.confidence = reading.confidence.max(confidence);
    reading.problems.extend(problems);
    reading.noise.extend(noise);
    reading
}

struct Joined {
    reading: CardReading,
    tells: bool,
}

impl Joined {
    fn differs(&mut self, field: CardField, printed: &str, coded: &str) {
        if self.tells && printed != coded {
            let (printed, coded) = (printed.to_owned(), coded.to_owned());
            self.reading.problems.push(CardProblem::CodeDiffers { field, printed, coded });
        }
    }

    /// Completes the draft; the values of `weak` that were taken for misread ones, as fields show them.
    fn draft(&mut self, mut weak: Draft) -> Vec<String> {
        let mut misread = Vec::new();
        self.name(weak.name);
        self.roles(weak.roles);
        for email in std::mem::take(&mut weak.emails) {
            let known = &self.reading.draft.emails;
            if known.iter().any(|known| same(&known.value, &email.value)) {
                continue;
            }
            match known
                .iter()
                .find(|known| strsim::levenshtein(&fold(&known.value), &fold(&email.value)) <= 2)
            {
                Some(known) => {
                    let known = known.value.clone();
                    self.differs(CardField::Email, &email.value, &known);
                    misread.push(email.value);
                }
                None => self.reading.draft.emails.push(email),
            }
        }
        self.phones(weak.phones, &mut misread);
        for url in weak.urls {
            let known = &self.reading.draft.urls;
            if known.iter().any(|known| same_url(&known.value, &url.value)) {
                continue;
            }
            if known.iter().any(|known| strsim::levenshtein(&fold(&known.value), &fold(&url.value)) <= 2) {
                misread.push(url.value);
            } else {
                self.reading.draft.urls.push(url);
            }
        }
        for address in weak.addresses {
            self.address(address);
        }
        let draft = &mut self.reading.draft;
        draft.language = draft.language.or(weak.language);
        draft.birthday = draft.birthday.take().or(weak.birthday);
        add_texts(&mut draft.tags, weak.tags);
        add_texts(&mut draft.towns, weak.towns);
        add_note(&mut draft.note, &weak.note);
        misread
    }

    fn name(&mut self, weak: Name) {
        let strong = &mut self.reading.draft.name;
        if strong.full.is_empty() {
            let nickname = std::mem::take(&mut strong.nickname);
            *strong = weak;
            if strong.nickname.is_empty() {
                strong.nickname = nickname;
            }
            return;
        }
        if weak.full.is_empty() {
            add_texts(&mut strong.credentials, weak.credentials);
            return;
        }
        if bare_name(strong) == bare_name(&weak) {
            // Writers of codes drop accents; printers do not.
            if strong.full.is_ascii() && !weak.full.is_ascii() {
                let before = std::mem::replace(strong, weak.clone());
                strong.credentials = before.credentials;
                strong.nickname = before.nickname;
            }
            if strong.prefix.is_empty() && !weak.prefix.is_empty() {
                strong.full = format!("{} {}", weak.prefix, strong.full).into();
                strong.prefix = weak.prefix;
            }
        } else {
            let (printed, coded) = (weak.full, strong.full.clone());
            self.differs(CardField::Name, &printed, &coded);
        }
        add_texts(&mut self.reading.draft.name.credentials, weak.credentials);
    }

    fn roles(&mut self, weak: Vec<Role>) {
        if self.reading.draft.roles.is_empty() {
            self.reading.draft.roles = weak;
            return;
        }
        for role in weak {
            let strong = &mut self.reading.draft.roles[0];
            let orgs: Vec<Text> =
                std::iter::once(role.org).chain(role.org_alt).filter(|org| !org.is_empty()).collect();
            let titles = std::iter::once(role.title).chain(role.title_alt).filter(|title| !title.is_empty());
            for title in titles {
                if strong.title.is_empty() {
                    strong.title = title;
                    strong.kind = role.kind;
                } else if !alike(&strong.title, &title)
                    && !strong.title_alt.iter().any(|known| alike(known, &title))
                {
                    strong.title_alt.push(title);
                }
            }
            if strong.org.is_empty() {
                let mut orgs = orgs.into_iter();
                strong.org = orgs.next().unwrap_or_default();
                strong.org_alt.extend(orgs);
                continue;
            }
            let known = |strong: &Role, org: &str| {
                std::iter::once(&strong.org).chain(&strong.org_alt).any(|known| alike_org(known, org))
            };
            if orgs.iter().any(|org| known(strong, org)) || !self.tells {
                let more: Vec<Text> = orgs.into_iter().filter(|org| !known(strong, org)).collect();
                strong.org_alt.extend(more);
            } else if let Some(org) = orgs.first() {
                let coded = strong.org.clone();
                self.differs(CardField::Org, org, &coded);
            }
        }
    }

    fn phones(&mut self, weak: Vec<crate::domain::contact::Phone>, misread: &mut Vec<String>) {
        let printed: Vec<Text> = weak.iter().map(|phone| phone.value.clone()).collect();
        for phone in weak {
            let known = &mut self.reading.draft.phones;
            if let Some(known) = known.iter_mut().find(|known| known.value == phone.value) {
                if known.label.is_empty() {
                    known.label = phone.label;
                }
                if known.ext.is_empty() {
                    known.ext = phone.ext;
                }
                continue;
            }
            // One digit misread, unless what the code has is printed elsewhere on the card.
            let near = known.iter_mut().find(|known| {
                !printed.contains(&known.value)
                    && known.value.len() == phone.value.len()
                    && strsim::generic_hamming(known.value.as_bytes(), phone.value.as_bytes())
                        .is_ok_and(|off| off <= 1)
            });
            match near {
                Some(known) => {
                    if known.label.is_empty() {
                        known.label.clone_from(&phone.label);
                    }
                    if known.ext.is_empty() {
                        known.ext.clone_from(&phone.ext);
                    }
                    let shown = (phone::display(&phone.value), phone::display(&known.value));
                    self.differs(CardField::Phone, &shown.0, &shown.1);
                    misread.push(shown.0);
                }
                None => known.push(phone),
            }
        }
    }

    fn address(&mut self, weak: Address) {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let code = |address: &Address| fold(&address.postal).replace([' ', '-'], "");
        let near = |known: &&mut Address| {
            let (a, b) = (code(known), code(&weak));
            let same_code = !a.is_empty() && strsim::levenshtein(&a, &b) <= 1;
            let number = digits(&known.street);
            let same_street = !number.is_empty() && digits(&weak.street).starts_with(&number);
            same_code || same_street || a.is_empty() && same(&known.city, &weak.city)
        };
        let Some(known) = self.reading.draft.addresses.iter_mut().find(near) else {
            self.reading.draft.addresses.push(weak);
            return;
        };
        let differs = !known.postal.is_empty() && !weak.postal.is_empty() && code(known) != code(&weak);
        let coded = known.postal.clone();
        for (known, more) in [
            (&mut known.street, weak.street),
            (&mut known.city, weak.city),
            (&mut known.region, weak.region),
            (&mut known.postal, weak.postal.clone()),
            (&mut known.country, weak.country),
        ] {
            if known.is_empty() {
                *known = more;
            }
        }
        if known.unit.is_empty() && !fold(&known.street).contains(&fold(&weak.unit)) {
            known.unit = weak.unit;
        }
        if differs {
            self.differs(CardField::Address, &weak.postal, &coded);
        }
    }
}

fn alike(a: &str, b: &str) -> bool {
    strsim::normalized_levenshtein(&fold(a), &fold(b)) >= ALIKE
}

/// As [`alike`], whatever the legal form.
fn alike_org(a: &str, b: &str) -> bool {
    let bare = |org: &str| {
        let folded = fold(org).replace(['.', ','], "");
        let words = folded.split_whitespace();
        words
            .filter(|word| !matches!(*word, "inc" | "ltee" | "ltd" | "enr" | "senc" | "llc" | "corp"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    strsim::normalized_levenshtein(&bare(a), &bare(b)) >= ALIKE
}

/// The fields of a draft that a code gave, each with the line where it is printed too.
fn fields(draft: &Draft, printed: &[Understood]) -> Vec<Understood> {
    let mut fields = Vec::new();
    let mut add = |field: CardField, value: &str, shown: String| {
        if shown.is_empty() {
            return;
        }
        let beside = printed.iter().filter(|known| known.field == field).find(|known| {
            fold(&known.value) == fold(value)
                || fold(&known.value) == fold(&shown)
                || alike(&known.value, &shown)
        });
        let line = beside.and_then(|known| known.line);
        fields.push(Understood { field, value: shown, line, confidence: 1.0 });
    };
    add(CardField::Name, &draft.name.full, draft.name.full.to_string());
    for credential in &draft.name.credentials {
        add(CardField::Credential, credential, credential.clone());
    }
    for role in &draft.roles {
        for title in std::iter::once(&role.title).chain(&role.title_alt) {
            add(CardField::Title, title, title.to_string());
        }
        for org in std::iter::once(&role.org).chain(&role.org_alt) {
            add(CardField::Org, org, org.to_string());
        }
    }
    for number in &draft.phones {
        let mut shown = phone::display(&number.value);
        if !number.ext.is_empty() {
            shown = format!("{shown} #{}", number.ext);
        }
        add(CardField::Phone, &number.value, shown);
    }
    for email in &draft.emails {
        add(CardField::Email, &email.value, email.value.clone());
    }
    for url in &draft.urls {
        add(CardField::Url, &url.value, url.value.clone());
    }
    for address in &draft.addresses {
        let parts = [&address.street, &address.unit, &address.city, &address.region, &address.postal];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        add(CardField::Address, &address.street, parts.join(", "));
    }
    fields.extend(printed.iter().filter(|known| matches!(known.field, CardField::Language)).cloned());
    if !draft.note.is_empty() {
        fields.push(Understood {
            field: CardField::Note,
            value: draft.note.clone(),
            line: None,
            confidence: 1.0,
        });
    }
    fields
}
