//! What each card holds in a field, one entry a value, as a person reads it.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::domain::contact::{Address, Contact, Labelled, MarketTie, Met, Role};
use crate::domain::merge::Field;
use crate::tui::layer::Cx;
use crate::tui::widgets::card::dialled;
use crate::wording::{dates, records};

/// A value in one colour, and what stands beside it.
pub(super) struct Value {
    pub text: String,
    pub style: Style,
    pub beside: String,
}

impl Value {
    fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, beside: String::new() }
    }

    fn beside(mut self, beside: impl Into<String>) -> Self {
        self.beside = beside.into();
        self
    }

    /// The value on one line.
    pub(super) fn whole(&self) -> String {
        if self.beside.is_empty() { self.text.clone() } else { format!("{}  {}", self.text, self.beside) }
    }

    /// One line of the value, in its colours: what is beyond the text stands beside it.
    pub(super) fn spans(&self, line: &str, faint: Style) -> Vec<Span<'static>> {
        match line.strip_prefix(self.text.as_str()) {
            Some(rest) => {
                vec![Span::styled(self.text.clone(), self.style), Span::styled(rest.to_owned(), faint)]
            }
            None => vec![Span::styled(line.to_owned(), self.style)],
        }
    }
}

/// What the field is called.
pub(super) fn label(field: Field, cx: &Cx<'_>) -> String {
    match field {
        Field::Nickname => cx.t.form_nickname(),
        Field::Credentials => cx.t.form_credentials(),
        field => records::field(field.key(), cx.t.lang()),
    }
}

/// The values of a field, none when it is empty.
pub(super) fn of(contact: &Contact, field: Field, cx: &Cx<'_>) -> Vec<Value> {
    let (theme, lang) = (cx.theme, cx.t.lang());
    let one = |text: &str, style| {
        if text.is_empty() { Vec::new() } else { vec![Value::new(text, style)] }
    };
    let run = |texts: Vec<String>, style| one(&texts.join(", "), style);
    let labelled = |all: &[Labelled]| {
        all.iter()
            .map(|one| Value::new(bare(&one.value), theme.reach).beside(records::label(&one.label, lang)))
            .collect::<Vec<_>>()
    };
    match field {
        Field::Name => one(&contact.name.full, theme.strong),
        Field::Nickname => one(&contact.name.nickname, theme.text),
        Field::Credentials => run(contact.name.credentials.clone(), theme.text),
        Field::Roles => contact.roles.iter().map(|role| hat(role, cx)).collect(),
        Field::Emails => labelled(&contact.emails),
        Field::Phones => {
            let number = |phone| Value::new(dialled(phone, cx.t), theme.reach);
            contact
                .phones
                .iter()
                .map(|phone| number(phone).beside(records::label(&phone.label, lang)))
                .collect()
        }
        Field::Urls => labelled(&contact.urls),
        Field::Addresses => contact.addresses.iter().map(|address| place(address, cx)).collect(),
        Field::Region => one(contact.region.as_deref().unwrap_or_default(), theme.event),
        Field::Met => contact.met.iter().map(|known| met(known, cx)).collect(),
        Field::Language => {
            let language = contact.language.map(|language| records::language(language, lang));
            one(&language.unwrap_or_default(), theme.text)
        }
        Field::AddressForm => {
            let form = contact.address_form.map(|form| records::address_form(form, lang));
            one(&form.unwrap_or_default(), theme.text)
        }
        Field::Closeness => {
            let dots = contact.closeness.map(records::closeness_dots);
            one(dots.unwrap_or_default(), theme.dots)
        }
        Field::Nature => one(contact.nature.as_deref().unwrap_or_default(), theme.text),
        Field::Tags => run(contact.tags.iter().map(|tag| format!("#{tag}")).collect(), theme.tag),
        Field::Values => run(contact.values.clone(), theme.value),
        Field::Markets => contact.markets.iter().map(|tie| market(tie, cx)).collect(),
        Field::Birthday => {
            let birthday = contact.birthday.as_ref().map(|date| dates::partial(date, lang));
            one(&birthday.unwrap_or_default(), theme.date)
        }
        Field::Cadence => {
            one(&contact.cadence_days.map(|days| cx.t.card_every(days)).unwrap_or_default(), theme.date)
        }
        Field::Next => one(&contact.next.map(|day| dates::day(day, lang)).unwrap_or_default(), theme.date),
    }
}

/// What presentation mode hides.
pub(super) fn is_private(field: Field) -> bool {
    matches!(field, Field::Closeness | Field::Nature)
}

/// A web address without what it begins with; a mail address as it is.
fn bare(address: &str) -> &str {
    let bare = address.trim_start_matches("https://").trim_start_matches("http://");
    bare.trim_start_matches("www.").trim_end_matches('/')
}

fn hat(role: &Role, cx: &Cx<'_>) -> Value {
    let parts = [role.title.as_str(), role.org.as_str()].into_iter().filter(|part| !part.is_empty());
    let text = parts.collect::<Vec<_>>().join(" · ");
    let style = if role.former { cx.theme.muted } else { cx.theme.org };
    let lang = cx.t.lang();
    let years = match (&role.since, &role.until) {
        (Some(since), Some(until)) => {
            cx.t.card_from_to(dates::partial(since, lang), dates::partial(until, lang))
        }
        (Some(since), None) => cx.t.card_since(dates::partial(since, lang)),
        (None, Some(until)) => cx.t.card_until(dates::partial(until, lang)),
        (None, None) if role.former => cx.t.ask_hat_ended(),
        (None, None) => String::new(),
    };
    Value::new(text, style).beside(years)
}

fn place(address: &Address, cx: &Cx<'_>) -> Value {
    let parts =
        [&address.street, &address.unit, &address.city, &address.region, &address.postal, &address.country];
    let parts = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty());
    Value::new(parts.collect::<Vec<_>>().join(", "), cx.theme.event)
        .beside(records::label(&address.label, cx.t.lang()))
}

fn met(met: &Met, cx: &Cx<'_>) -> Value {
    let lang = cx.t.lang();
    let on = met.on.as_ref().map(|date| dates::partial(date, lang)).unwrap_or_default();
    let how = met.how.map(|how| records::met_how(how, lang)).unwrap_or_default();
    let via = match cx.snapshot.book.by_uid(&met.via) {
        Some(person) => person.display_name(),
        None => met.via.as_str(),
    };
    let beside = [on.as_str(), how.as_str(), via].into_iter().filter(|part| !part.is_empty());
    let beside = beside.collect::<Vec<_>>().join(", ");
    if met.at.is_empty() {
        Value::new(beside, cx.theme.event)
    } else {
        Value::new(met.at.as_str(), cx.theme.event).beside(beside)
    }
}

fn market(tie: &MarketTie, cx: &Cx<'_>) -> Value {
    let how = tie.how.map(|how| records::market_how(how, cx.t.lang())).unwrap_or_default();
    let refused = if tie.refused { cx.t.form_refused() } else { String::new() };
    let beside = [how, refused].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    Value::new(format!("+{}", tie.market), cx.theme.market).beside(beside.join(", "))
}
