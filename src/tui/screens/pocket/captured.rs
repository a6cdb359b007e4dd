//! What was captured of a card, and what each field rests on: the kept picture or text, read again.

use crate::capture::block::{CardReading, Understood};
use crate::capture::card;
use crate::capture::printed::{CardField, CardProblem, Printed};
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::protocol::KeptCard;
use crate::text::fold::fold;
use crate::tui::fields::field::{Field, HatPart};
use crate::tui::layer::Cx;

/// The kept capture of the card that is shown.
#[derive(Default)]
pub(super) struct Captured {
    card: Option<ContactId>,
    /// Its hash.
    hash: String,
    kept: Option<KeptCard>,
    readings: Vec<CardReading>,
}

/// What a field rests on.
pub(super) struct Source<'a> {
    /// How sure it is, 0 to 1.
    pub(super) confidence: f32,
    /// The line that it was read from; `None` when a code said it.
    pub(super) line: Option<&'a str>,
}

impl Captured {
    /// Begins with another card; gives the hash of its newest capture, to be asked for.
    pub(super) fn turn_to(&mut self, card: &Contact) -> Option<String> {
        let hash = card.cards.last().cloned();
        *self = Self { card: Some(card.id), hash: hash.clone().unwrap_or_default(), ..Self::default() };
        hash
    }

    /// The card that it belongs to.
    pub(super) fn card(&self) -> Option<ContactId> {
        self.card
    }

    /// Takes what is kept.
    pub(super) fn take(&mut self, kept: Option<&KeptCard>, cx: &Cx<'_>) {
        // The pixels are drawn by others, from the file.
        self.kept =
            kept.map(|kept| KeptCard { picture: kept.picture.as_ref().map(|_| Vec::new()), ..kept.clone() });
        self.readings = kept.map(|kept| card::read(&kept.printed, &cx.reading())).unwrap_or_default();
    }

    /// The lines, if any were kept.
    pub(super) fn printed(&self) -> Option<&Printed> {
        self.kept.as_ref().map(|kept| &kept.printed)
    }

    /// The hash of its picture, if there is one.
    pub(super) fn picture(&self) -> Option<&str> {
        self.kept.as_ref().filter(|kept| kept.picture.is_some()).map(|_| self.hash.as_str())
    }

    /// What should be said about it.
    pub(super) fn problems(&self) -> impl Iterator<Item = &CardProblem> {
        let noticed = self.printed().into_iter().flat_map(|printed| &printed.problems);
        let read = self.readings.iter().flat_map(|reading| &reading.problems);
        let noticed: Vec<&CardProblem> = noticed.collect();
        let more: Vec<&CardProblem> = read.filter(|problem| !noticed.contains(problem)).collect();
        noticed.into_iter().chain(more)
    }

    /// What a field with this text rests on.
    pub(super) fn source(&self, field: Field, text: &str) -> Option<Source<'_>> {
        let kind = kind_of(field)?;
        let wanted = key(kind, text);
        if wanted.is_empty() {
            return None;
        }
        let fits = |one: &&Understood| {
            one.field == kind && {
                let own = key(kind, &one.value);
                !own.is_empty() && (own == wanted || wanted.contains(&own) || own.contains(&wanted))
            }
        };
        let understood = self.readings.iter().flat_map(|reading| &reading.fields);
        let best = understood.filter(fits).max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
        let lines = self.printed().map(|printed| printed.lines.as_slice()).unwrap_or_default();
        let line = best.line.and_then(|at| lines.get(at)).map(|line| line.text.as_str());
        Some(Source { confidence: best.confidence, line })
    }
}

fn kind_of(field: Field) -> Option<CardField> {
    Some(match field {
        Field::Full => CardField::Name,
        Field::Credentials => CardField::Credential,
        Field::Hat(_, HatPart::Title | HatPart::TitleAlt) => CardField::Title,
        Field::Hat(_, HatPart::Org | HatPart::OrgAlt) => CardField::Org,
        Field::Phone(_) => CardField::Phone,
        Field::Email(_) => CardField::Email,
        Field::Url(_) => CardField::Url,
        Field::Address(..) => CardField::Address,
        Field::Language => CardField::Language,
        _ => return None,
    })
}

/// What of a value counts when it is compared.
fn key(kind: CardField, text: &str) -> String {
    if kind == CardField::Phone {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        return digits.strip_prefix('1').unwrap_or(&digits).chars().take(10).collect();
    }
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
