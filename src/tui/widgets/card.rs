//! A person as lines: what a preview and a page show, in sections, newest and most useful first.
//!
//! Only builds lines; who draws them cuts and scrolls. In presentation mode closeness, nature, notes and the words of
//! interactions are left out, not merely dimmed.

use std::cmp::Ordering;

use ratatui::text::{Line, Span};

use crate::domain::Book;
use crate::domain::contact::{Contact, Labelled, MarketTie, Phone, Role, RoleKind, Stage};
use crate::domain::time::{Date, PartialDate};
use crate::text::phone;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;
use crate::wording::{Catalogue, dates, records};

/// What is needed to show a person.
#[derive(Clone, Copy)]
pub struct Card<'a> {
    /// The person.
    pub contact: &'a Contact,
    /// Where the other ends of ties are found.
    pub book: &'a Book,
    /// Texts.
    pub t: &'static Catalogue,
    /// Styles.
    pub theme: &'a Theme,
    /// Today.
    pub today: Date,
    /// Presentation mode.
    pub discreet: bool,
    /// Cells that a line may take.
    pub width: usize,
    /// The markets are among what the person brings; off where they are shown apart.
    pub markets: bool,
}

/// Lines under a heading; a section without lines is not shown.
pub struct Section {
    /// The heading.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line<'static>>,
}

/// Cells that labels in front of values take.
const LABEL: usize = 11;

impl Card<'_> {
    /// Name, credentials, closeness, main hat: the top of the card.
    pub fn heading(&self) -> Vec<Line<'static>> {
        let contact = self.contact;
        let mut name = vec![Span::styled(contact.display_name().to_owned(), self.theme.strong)];
        if !contact.name.credentials.is_empty() {
            name.push(Span::styled(format!(", {}", contact.name.credentials.join(", ")), self.theme.muted));
        }
        if !contact.name.nickname.is_empty() && contact.name.nickname != contact.display_name() {
            name.push(Span::styled(self.t.card_nickname(contact.name.nickname.as_str()), self.theme.muted));
        }
        let mut lines = vec![Line::from(name)];
        let mut state = Vec::new();
        if !self.discreet
            && let Some(closeness) = contact.closeness
        {
            state.push(Span::styled(records::closeness_dots(closeness), self.theme.dots));
            state.push(Span::styled(
                format!(" {}", records::closeness(closeness, self.t.lang())),
                self.theme.muted,
            ));
        }
        if contact.stage != Stage::Active {
            separate(&mut state, self.theme);
            state.push(Span::styled(records::stage(contact.stage, self.t.lang()), self.theme.notice));
        }
        if contact.unread {
            separate(&mut state, self.theme);
            state.push(Span::styled(self.t.card_unread(), self.theme.notice));
        }
        if let Some(door) = contact.door {
            separate(&mut state, self.theme);
            state.push(Span::styled(records::door(door, self.t.lang()), self.theme.muted));
        }
        if !state.is_empty() {
            lines.push(Line::from(state));
        }
        lines
    }

    /// Everything but the timeline: hats, ways to reach, what they could bring, how they were met, notes, ties.
    pub fn sections(&self) -> Vec<Section> {
        [
            section(self.t.card_hats(), self.hats()),
            section(self.t.card_reach(), self.reach()),
            section(self.t.card_brings(), self.brings()),
            section(self.t.card_keeping(), self.keeping()),
            section(self.t.card_met(), self.met()),
            section(self.t.card_note(), self.note()),
            section(self.t.card_ties(), self.ties()),
        ]
        .into_iter()
        .filter(|section| !section.lines.is_empty())
        .collect()
    }

    /// The timeline, newest first.
    pub fn timeline(&self) -> Section {
        let mut entries: Vec<_> = self.book.interactions_of(self.contact.id).collect();
        entries.sort_by_key(|entry| std::cmp::Reverse((entry.on, entry.id)));
        let mut lines = Vec::new();
        for entry in entries {
            let when = dates::ago(entry.on, self.today, self.t.lang());
            let kind = records::interaction(entry.kind, self.t.lang());
            let mut spans =
                vec![Span::styled(format!("{when} "), self.theme.date), Span::styled(kind, self.theme.muted)];
            let others: Vec<_> = entry
                .people
                .iter()
                .filter(|id| **id != self.contact.id)
                .filter_map(|id| self.book.contact(*id))
                .map(|other| other.display_name())
                .collect();
            if !others.is_empty() {
                spans.push(Span::styled(
                    format!(" {}", self.t.card_with(others.join(", "))),
                    self.theme.muted,
                ));
            }
            lines.push(Line::from(spans));
            if !self.discreet && !entry.words.is_empty() {
                lines.extend(self.wrapped(&entry.words, 2, self.theme.text));
            }
        }
        section(self.t.card_timeline(), lines)
    }

    /// Heading and sections as one run of lines, blank lines between.
    pub fn lines(&self) -> Vec<Line<'static>> {
        let mut lines = self.heading();
        for section in self.sections().into_iter().chain([self.timeline()]) {
            lines.extend(self.titled(section));
        }
        lines
    }

    /// A section with its heading, a blank line before; nothing for an empty one.
    pub fn titled(&self, section: Section) -> Vec<Line<'static>> {
        if section.lines.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![Line::default(), Line::styled(section.title, self.theme.title)];
        lines.extend(section.lines);
        lines
    }

    fn hats(&self) -> Vec<Line<'static>> {
        let (now, past): (Vec<_>, Vec<_>) = self.contact.roles.iter().partition(|role| !role.former);
        now.into_iter().chain(past).flat_map(|role| self.hat(role)).collect()
    }

    fn hat(&self, role: &Role) -> Vec<Line<'static>> {
        let (sign, style) = if role.former { ("○ ", self.theme.muted) } else { ("● ", self.theme.text) };
        let mut spans = vec![Span::styled(sign, self.theme.faint)];
        if !role.title.is_empty() {
            spans.push(Span::styled(role.title.clone(), style));
        }
        if !role.org.is_empty() {
            let org = if role.former { self.theme.muted } else { self.theme.org };
            let gap = if role.title.is_empty() { "" } else { "  " };
            spans.push(Span::styled(format!("{gap}{}", role.org), org));
        }
        if role.kind != RoleKind::Employment {
            spans.push(Span::styled(
                format!("  {}", records::role(role.kind, self.t.lang())),
                self.theme.faint,
            ));
        }
        let mut lines = vec![Line::from(spans)];
        let years = |date: &PartialDate| dates::partial(date, self.t.lang());
        let span = match (&role.since, &role.until) {
            (Some(since), Some(until)) => Some(self.t.card_from_to(years(since), years(until))),
            (Some(since), None) => Some(self.t.card_since(years(since))),
            (None, Some(until)) => Some(self.t.card_until(years(until))),
            (None, None) => None,
        };
        if let Some(span) = span {
            lines.push(Line::from(Span::styled(format!("  {span}"), self.theme.faint)));
        }
        for other in role.title_alt.iter().chain(&role.org_alt) {
            lines.push(Line::from(Span::styled(format!("  {other}"), self.theme.faint)));
        }
        lines
    }

    fn reach(&self) -> Vec<Line<'static>> {
        let contact = self.contact;
        let mut lines = Vec::new();
        for email in &contact.emails {
            lines.push(self.labelled(&self.t.card_email(), &email.value, &email.label));
        }
        for number in &contact.phones {
            lines.push(self.labelled(&self.t.card_phone(), &dialled(number, self.t), &number.label));
        }
        for url in &contact.urls {
            lines.push(self.labelled(&web_kind(url, self.t), short_url(&url.value), ""));
        }
        for address in &contact.addresses {
            let street = [address.street.as_str(), address.unit.as_str()].join(" ");
            let town = [&address.city, &address.region, &address.postal, &address.country]
                .into_iter()
                .filter(|part| !part.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(" ");
            let parts: Vec<_> =
                [street.trim(), town.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
            lines.push(self.labelled(&self.t.card_address(), &parts.join(", "), &address.label));
        }
        if let Some(region) = &contact.region {
            lines.push(self.labelled(&self.t.card_region(), region, ""));
        }
        lines
    }

    fn brings(&self) -> Vec<Line<'static>> {
        let chips = |words: Vec<String>, style| words.into_iter().map(move |word| Span::styled(word, style));
        let contact = self.contact;
        let values = contact.values.iter().map(|value| format!("={value}")).collect();
        let markets = contact
            .markets
            .iter()
            .filter(|market| self.markets && !market.refused)
            .map(|m| self.market(m))
            .collect();
        let tags = contact.tags.iter().map(|tag| format!("#{tag}")).collect();
        let mut lines = Vec::new();
        lines.extend(self.flow(chips(values, self.theme.value).collect()));
        lines.extend(self.flow(chips(markets, self.theme.market).collect()));
        lines.extend(self.flow(chips(tags, self.theme.tag).collect()));
        lines
    }

    fn market(&self, tie: &MarketTie) -> String {
        match tie.how {
            Some(how) => format!("+{} ({})", tie.market, records::market_how(how, self.t.lang())),
            None => format!("+{}", tie.market),
        }
    }

    fn keeping(&self) -> Vec<Line<'static>> {
        let lang = self.t.lang();
        let contact = self.contact;
        let mut lines = Vec::new();
        if let Some(next) = contact.next {
            let style = match next.cmp(&self.today) {
                Ordering::Less => self.theme.alert,
                Ordering::Equal => self.theme.notice,
                Ordering::Greater => self.theme.date,
            };
            lines.push(Line::from(vec![
                self.label(&self.t.card_next()),
                Span::styled(dates::ago(next, self.today, lang), style),
                Span::styled(format!("  {}", dates::day(next, lang)), self.theme.faint),
            ]));
        }
        if let Some(days) = contact.cadence_days {
            lines.push(self.labelled(&self.t.card_cadence(), &self.t.card_every(days), ""));
        }
        if let Some(birthday) = &contact.birthday {
            lines.push(self.labelled(&self.t.card_birthday(), &dates::partial(birthday, lang), ""));
        }
        if let Some(language) = contact.language {
            let form = contact.address_form.map(|form| records::address_form(form, lang)).unwrap_or_default();
            lines.push(self.labelled(&self.t.card_language(), &records::language(language, lang), &form));
        }
        if !self.discreet
            && let Some(nature) = &contact.nature
        {
            lines.push(self.labelled(&self.t.card_nature(), nature, ""));
        }
        lines
    }

    fn met(&self) -> Vec<Line<'static>> {
        let Some(met) = &self.contact.met else { return Vec::new() };
        let lang = self.t.lang();
        let mut spans = Vec::new();
        if !met.at.is_empty() {
            spans.push(Span::styled(met.at.clone(), self.theme.event));
        }
        if let Some(on) = &met.on {
            if !spans.is_empty() {
                spans.push(Span::raw("  "));
            }
            let when = match on.day() {
                Some(day) => dates::ago(day, self.today, lang),
                None => dates::partial(on, lang),
            };
            spans.push(Span::styled(when, self.theme.date));
        }
        if let Some(how) = met.how {
            if !spans.is_empty() {
                spans.push(Span::raw("  "));
            }
            spans.push(Span::styled(records::met_how(how, lang), self.theme.muted));
        }
        let mut lines = Vec::new();
        if !spans.is_empty() {
            lines.push(Line::from(spans));
        }
        if !met.via.is_empty() {
            let via = self.book.by_uid(&met.via).map_or(met.via.as_str(), |person| person.display_name());
            lines.push(self.labelled(&self.t.card_via(), via, ""));
        }
        lines
    }

    fn note(&self) -> Vec<Line<'static>> {
        if self.discreet || self.contact.note.is_empty() {
            return Vec::new();
        }
        self.wrapped(&self.contact.note, 0, self.theme.text)
    }

    fn ties(&self) -> Vec<Line<'static>> {
        let lang = self.t.lang();
        self.book
            .ties_of(self.contact.id)
            .filter_map(|tie| {
                let other = self.book.contact(tie.other(self.contact.id)?)?;
                let kind = if tie.a == self.contact.id {
                    records::tie(tie.kind, lang)
                } else {
                    records::tie_back(tie.kind, lang)
                };
                let mut spans = vec![
                    Span::styled(format!("{kind} "), self.theme.muted),
                    Span::styled(other.display_name().to_owned(), self.theme.text),
                ];
                if !self.discreet
                    && let Some(closeness) = tie.closeness
                {
                    spans.push(Span::styled(
                        format!("  {}", records::closeness_dots(closeness)),
                        self.theme.dots,
                    ));
                }
                if let Some(role) = other.main_role() {
                    let what = if role.org.is_empty() { &role.title } else { &role.org };
                    spans.push(Span::styled(format!("  {what}"), self.theme.faint));
                }
                Some(Line::from(spans))
            })
            .collect()
    }

    fn label(&self, label: &str) -> Span<'static> {
        Span::styled(text::fit(label, LABEL), self.theme.muted)
    }

    fn labelled(&self, label: &str, value: &str, kind: &str) -> Line<'static> {
        let mut spans = vec![self.label(label), Span::styled(value.to_owned(), self.theme.reach)];
        if !kind.is_empty() {
            spans.push(Span::styled(format!("  {}", records::label(kind, self.t.lang())), self.theme.faint));
        }
        Line::from(spans)
    }

    fn wrapped(&self, words: &str, indent: usize, style: ratatui::style::Style) -> Vec<Line<'static>> {
        text::wrap(words, self.width.saturating_sub(indent).max(8))
            .into_iter()
            .map(|line| Line::from(Span::styled(format!("{}{line}", " ".repeat(indent)), style)))
            .collect()
    }

    /// Chips one after the other, on as many lines as they need.
    fn flow(&self, chips: Vec<Span<'static>>) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        let mut line: Vec<Span<'static>> = Vec::new();
        let mut used = 0;
        for chip in chips {
            let needs = chip.width();
            if used > 0 && used + needs > self.width {
                lines.push(Line::from(std::mem::take(&mut line)));
                used = 0;
            }
            used += needs + 2;
            line.push(chip);
            line.push(Span::raw("  "));
        }
        if !line.is_empty() {
            lines.push(Line::from(line));
        }
        lines
    }
}

fn section(title: String, lines: Vec<Line<'static>>) -> Section {
    Section { title, lines }
}

fn separate(spans: &mut Vec<Span<'static>>, theme: &Theme) {
    if !spans.is_empty() {
        spans.push(Span::styled(" · ", theme.faint));
    }
}

/// A number as it is dialled, with its extension.
pub fn dialled(number: &Phone, t: &Catalogue) -> String {
    let shown = phone::display(&number.value);
    if number.ext.is_empty() { shown } else { t.card_extension(shown, number.ext.as_str()) }
}

fn web_kind(url: &Labelled, t: &Catalogue) -> String {
    if url.value.contains("linkedin.com/") { "LinkedIn".to_owned() } else { t.card_web() }
}

fn short_url(url: &str) -> &str {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    bare.trim_start_matches("linkedin.com/").trim_end_matches('/')
}
