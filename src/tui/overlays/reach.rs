//! The ways to reach a person: copies one, or opens it with the system's program.
//!
//! Addresses open on OpenStreetMap; nothing is sent anywhere unless the user asks to open it.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::domain::contact::{Address, Contact, Phone};
use crate::domain::id::ContactId;
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Mood, Purpose, Toast};
use crate::tui::key::Code;
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::card::dialled;
use crate::tui::widgets::list::{self, ListState};
use crate::tui::widgets::{frame, scroll, text};
use crate::wording::records;

/// The widest that it gets.
const WIDEST: u16 = 84;

/// The ways to reach one person, to choose one.
pub struct Reach {
    who: ContactId,
    purpose: Purpose,
    list: ListState,
}

/// One way.
struct Way {
    kind: String,
    shown: String,
    label: String,
    style: Style,
    /// What is copied.
    copied: String,
    /// What is opened; `None` when nothing can open it.
    target: Option<String>,
}

impl Reach {
    /// The ways to reach this person, for one purpose.
    pub fn new(who: ContactId, purpose: Purpose, _cx: &Cx<'_>) -> Self {
        Self { who, purpose, list: ListState::default() }
    }

    /// The ways that serve the purpose, in the order of the card.
    fn ways(&self, cx: &Cx<'_>) -> Vec<Way> {
        let Some(contact) = cx.snapshot.book.contact(self.who) else { return Vec::new() };
        let mut ways = ways(contact, cx);
        match self.purpose {
            Purpose::Open => ways.retain(|way| way.target.is_some()),
            Purpose::Copy if ways.len() > 1 => ways.push(card(contact, cx)),
            Purpose::Copy => {}
        }
        ways
    }

    fn layout(area: Rect, ways: usize) -> (Rect, Rect) {
        let popup = frame::centred(area, WIDEST.min(area.width.saturating_sub(4)), (ways.max(2) + 2) as u16);
        (popup, frame::inside(popup))
    }

    fn choose(&self, ways: &[Way], at: usize, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(way) = ways.get(at) else { return Vec::new() };
        match self.purpose {
            Purpose::Copy => {
                let first = way.copied.lines().next().unwrap_or_default();
                let text = cx.t.toast_copied(text::cut(first, 60));
                vec![
                    Effect::Copy(way.copied.clone()),
                    Effect::Toast(Toast { mood: Mood::Good, text }),
                    Effect::Close,
                ]
            }
            Purpose::Open => match &way.target {
                Some(target) => vec![Effect::OpenOutside(target.clone()), Effect::Close],
                None => Vec::new(),
            },
        }
    }
}

fn ways(contact: &Contact, cx: &Cx<'_>) -> Vec<Way> {
    let theme = cx.theme;
    let label = |own: &str| records::label(own, cx.t.lang());
    let mut ways = Vec::new();
    for email in contact.emails.iter().filter(|email| !email.value.is_empty()) {
        ways.push(Way {
            kind: cx.t.card_email(),
            shown: email.value.clone(),
            label: label(&email.label),
            style: theme.reach,
            copied: email.value.clone(),
            target: Some(format!("mailto:{}", escaped(&email.value, "@+"))),
        });
    }
    for phone in contact.phones.iter().filter(|phone| !phone.value.is_empty()) {
        let shown = dialled(phone, cx.t);
        ways.push(Way {
            kind: cx.t.card_phone(),
            copied: shown.clone(),
            shown,
            label: label(&phone.label),
            style: theme.reach,
            target: phone_target(phone),
        });
    }
    for url in contact.urls.iter().filter(|url| !url.value.is_empty()) {
        let linkedin = url.value.contains("linkedin.com/");
        ways.push(Way {
            kind: if linkedin { "LinkedIn".to_owned() } else { cx.t.card_web() },
            shown: bare(&url.value).to_owned(),
            label: label(&url.label),
            style: theme.reach,
            copied: url.value.clone(),
            target: web_target(&url.value),
        });
    }
    for address in &contact.addresses {
        let shown = address_shown(address);
        if !shown.is_empty() {
            ways.push(Way {
                kind: cx.t.card_address(),
                target: Some(format!(
                    "https://www.openstreetmap.org/search?query={}",
                    escaped(&address_searched(address), "")
                )),
                copied: shown.clone(),
                shown,
                label: label(&address.label),
                style: theme.event,
            });
        }
    }
    ways
}

/// Everything that may be handed on, as a block of text: never closeness, notes or tags.
fn card(contact: &Contact, cx: &Cx<'_>) -> Way {
    let mut lines = vec![contact.display_name().to_owned()];
    for role in contact.current_roles() {
        lines.push([role.title.as_str(), role.org.as_str()].iter().filter(|part| !part.is_empty()).fold(
            String::new(),
            |line, part| {
                if line.is_empty() { (*part).to_owned() } else { format!("{line}, {part}") }
            },
        ));
    }
    lines.extend(ways(contact, cx).into_iter().map(|way| way.copied));
    lines.retain(|line| !line.is_empty());
    lines.dedup();
    Way {
        kind: cx.t.reach_card(),
        shown: cx.t.reach_card_all(),
        label: String::new(),
        style: cx.theme.text,
        copied: lines.join("\n"),
        target: None,
    }
}

/// RFC 3966; only a number that was understood can be called.
fn phone_target(phone: &Phone) -> Option<String> {
    let digits = phone.value.strip_prefix('+')?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let ext: String = phone.ext.chars().filter(char::is_ascii_digit).collect();
    Some(if ext.is_empty() { format!("tel:+{digits}") } else { format!("tel:+{digits};ext={ext}") })
}

/// A web address that may be opened: `http` and `https` alone, the latter where nothing is said.
fn web_target(url: &str) -> Option<String> {
    if url.contains(char::is_whitespace) || url.contains(char::is_control) {
        return None;
    }
    let lower = url.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return Some(url.to_owned());
    }
    let host = url.split(['/', '?', '#']).next().unwrap_or_default();
    let named = host.contains('.') && !host.contains([':', '@']);
    named.then(|| format!("https://{url}"))
}

/// A web address as it is read: without the parts that all of them have.
fn bare(url: &str) -> &str {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}

fn address_shown(address: &Address) -> String {
    joined([
        &address.street,
        &address.unit,
        &address.city,
        &address.region,
        &address.postal,
        &address.country,
    ])
}

/// What a map is asked for: the unit and the postal code only confuse it.
fn address_searched(address: &Address) -> String {
    joined([&address.street, &address.city, &address.region, &address.country])
}

fn joined<const N: usize>(parts: [&String; N]) -> String {
    parts.map(String::as_str).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Percent-encoded for a URI (RFC 3986 §2.1), all but unreserved characters and those in `kept`.
pub fn escaped(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || c.is_ascii() && kept.contains(c) {
            out.push(c);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

impl Layer for Reach {
    fn place(&self) -> Places {
        Places::PICKER
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let ways = self.ways(cx);
        let (popup, rows) = Self::layout(area, ways.len());
        match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.choose(&ways, self.list.cursor(), cx),
            Input::Command(Command::Next) => _ = self.list.command(Command::Down, ways.len(), rows.height),
            Input::Command(Command::Previous) => _ = self.list.command(Command::Up, ways.len(), rows.height),
            Input::Command(command) => _ = self.list.command(command, ways.len(), rows.height),
            Input::Key(key) => {
                if let Code::Char(digit @ '1'..='9') = key.code {
                    return self.choose(&ways, digit as usize - '1' as usize, cx);
                }
            }
            Input::Mouse(mouse) => {
                if mouse.act == MouseAct::Press && !popup.contains(mouse.at) {
                    return vec![Effect::Close];
                }
                if let Some(at) = self.list.mouse(mouse, rows, ways.len()) {
                    return self.choose(&ways, at, cx);
                }
            }
            Input::Refreshed => self.list.clamp(ways.len(), rows.height),
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        let ways = self.ways(cx);
        let (popup, rows) = Self::layout(area, ways.len());
        let theme = cx.theme;
        let name = cx.snapshot.book.contact(self.who).map(|one| one.display_name().to_owned());
        let name = text::cut(&name.unwrap_or_default(), usize::from(popup.width).saturating_sub(24));
        let title = match self.purpose {
            Purpose::Copy => cx.t.reach_copy(name),
            Purpose::Open => cx.t.reach_open(name),
        };
        frame::popup(popup, buf, theme, &title);
        if ways.is_empty() {
            let key = cx.keymap.keys(Command::EditLine).first().map(|key| key.label()).unwrap_or_default();
            let lines = text::wrap(&cx.t.reach_nothing(key), usize::from(rows.width));
            for (place, line) in rows.rows().zip(lines) {
                text::put(buf, place, Span::styled(line, theme.muted));
            }
            return;
        }
        let kinds = ways.iter().map(|way| text::width(&way.kind)).max().unwrap_or(0);
        for (place, at) in rows.rows().zip(self.list.visible(ways.len(), rows.height)) {
            let way = &ways[at];
            let number = if at < 9 { format!("{} ", at + 1) } else { "  ".into() };
            let left = vec![
                Span::styled(number, theme.key),
                Span::styled(text::fit(&way.kind, kinds + 2), theme.muted),
                Span::styled(way.shown.clone(), way.style),
            ];
            let right = vec![Span::styled(way.label.clone(), theme.faint)];
            list::put_row(buf, place, at == self.list.cursor(), theme, left, right);
        }
        scroll::thumb(buf, rows, self.list.top(), ways.len(), theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_opened() {
        assert_eq!(web_target("exemple.ca/x").as_deref(), Some("https://exemple.ca/x"));
        assert_eq!(web_target("HTTP://exemple.ca").as_deref(), Some("HTTP://exemple.ca"));
        for hostile in ["javascript:alert(1)", "file:///etc/passwd", "a b.ca", "user:pw@a.ca", "/etc", "x"] {
            assert_eq!(web_target(hostile), None, "{hostile}");
        }
    }

    #[test]
    fn numbers_are_called_with_their_extension() {
        let phone =
            |value: &str, ext: &str| Phone { value: value.into(), ext: ext.into(), ..Phone::default() };
        assert_eq!(phone_target(&phone("+18195550123", "224")).as_deref(), Some("tel:+18195550123;ext=224"));
        assert_eq!(phone_target(&phone("ask for Léo", "")), None);
        assert_eq!(phone_target(&phone("+", "")), None);
    }

    #[test]
    fn what_has_a_meaning_in_an_address_is_escaped() {
        assert_eq!(escaped("a+b@x.ca?cc=c@x.ca", "@+"), "a+b@x.ca%3Fcc%3Dc@x.ca");
        assert_eq!(escaped("rue de l’Été", ""), "rue%20de%20l%E2%80%99%C3%89t%C3%A9");
    }
}
