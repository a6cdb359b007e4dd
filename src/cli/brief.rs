//! One person on a page: what to read before a meeting.

use jiff::tz::TimeZone;
use unicode_width::UnicodeWidthStr as _;

use super::output::{Style, plain};
use super::people::outwards;
use super::session::{Session, today};
use super::{Outcome, table};
use crate::domain::contact::{Address, Contact, Labelled, MarketTie, Met, Phone, Role, RoleKind, Stage};
use crate::domain::me::Me;
use crate::domain::time::PartialDate;
use crate::protocol::Person;
use crate::text::phone;
use crate::wording::dates;
use crate::wording::records;
use crate::wording::{Catalogue, Lang};

/// So many of the newest entries of a timeline are shown.
const TIMELINE: usize = 12;
/// Columns of text beside the labels: no wider than is good to read, and no narrower than a word.
const READABLE: usize = 88;
const NARROWEST: usize = 20;

/// Title and organisation of a hat: *councillor · Town of Granby*.
pub fn headline(role: &Role) -> String {
    [role.title.as_str(), role.org.as_str()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(plain)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// A phone number with its extension: *819 555-0123 #42*.
pub fn number(phone: &Phone) -> String {
    let number = plain(&phone::display(&phone.value));
    if phone.ext.is_empty() { number } else { format!("{number} #{}", plain(&phone.ext)) }
}

/// A page of labelled lines.
#[derive(Default)]
struct Page {
    sections: Vec<(String, Vec<String>)>,
}

impl Page {
    /// Adds lines under a label; nothing when there are none.
    fn add(&mut self, label: String, lines: impl IntoIterator<Item = String>) {
        let lines: Vec<_> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            self.sections.push((label, lines));
        }
    }

    fn write(&self, session: &mut Session) -> Outcome {
        let margin = self.sections.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
        // Where nobody reads, each entry stays on one line, so that tools find it whole.
        let room = session
            .out
            .width
            .map_or(usize::MAX, |columns| columns.saturating_sub(margin + 4).clamp(NARROWEST, READABLE));
        for (label, lines) in &self.sections {
            let mut label = Some(label);
            for line in lines.iter().flat_map(|line| table::wrapped(line, room)) {
                let head = label.take().map_or("", String::as_str);
                let blanks = " ".repeat(margin - head.width());
                let head = session.out.paint(Style::Muted, head);
                session.out.line(format!("  {head}{blanks}  {line}").trim_end())?;
            }
        }
        Ok(())
    }
}

/// Writes the brief of a person. `via` is the name of who introduced, when the card holds only a uid.
pub fn write(session: &mut Session, person: &Person, inferred: &[MarketTie], via: Option<&str>) -> Outcome {
    let contact = &*person.contact;
    let (lang, words) = (session.lang(), session.words());
    let title = session.out.paint(Style::Title, &full_name(contact));
    session.out.line(&title)?;
    let standing = standing(contact, lang);
    if !standing.is_empty() {
        let standing = session.out.paint(Style::Muted, &standing);
        session.out.line(&standing)?;
    }
    session.out.line("")?;

    let mut page = Page::default();
    page.add(words.brief_hats(), contact.roles.iter().map(|role| hat(role, lang)));
    page.add(words.brief_value(), [list(&contact.values)]);
    page.add(words.brief_markets(), [markets(&contact.markets, lang)]);
    page.add(words.brief_inferred(), inferred.iter().map(|tie| suggested(tie, lang)));
    page.add(words.brief_tags(), [list(&contact.tags)]);
    page.add(words.brief_met(), contact.met.iter().map(|met| met_line(met, via, lang)));
    reach(&mut page, &contact.phones, &contact.emails, &contact.urls, &contact.addresses, lang);
    page.add(words.brief_region(), contact.region.iter().map(|region| plain(region)));
    page.add(words.brief_next(), contact.next.map(|next| with_ago(&PartialDate::Day(next), lang)));
    page.add(words.brief_birthday(), contact.birthday.iter().map(|day| dates::partial(day, lang)));
    page.add(words.brief_nature(), contact.nature.iter().map(|nature| plain(nature)));
    page.add(
        words.brief_ties(),
        person.ties.iter().map(|(tie, other)| {
            let reads = if outwards(tie, contact.id) {
                records::tie(tie.kind, lang)
            } else {
                records::tie_back(tie.kind, lang)
            };
            let org = if other.org.is_empty() { String::new() } else { format!(" ({})", plain(&other.org)) };
            let note = if tie.note.is_empty() { String::new() } else { format!(" – {}", plain(&tie.note)) };
            format!("{reads} {}{org}{note}", plain(&other.name))
        }),
    );
    page.add(
        words.brief_timeline(),
        person.timeline.iter().take(TIMELINE).map(|entry| {
            let when = dates::ago(entry.on, today(), lang);
            let day = format!("{} ({when})", dates::day(entry.on, lang));
            let parts = [day, records::interaction(entry.kind, lang), plain(&entry.words)];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        }),
    );
    page.add(words.brief_note(), contact.note.lines().map(plain));
    page.add(words.brief_card(), [card(contact, words, lang)]);
    page.write(session)
}

/// Writes what a card says of a person: name, hats, means of contact, note.
pub fn write_fields(session: &mut Session, contact: &Contact) -> Outcome {
    let (lang, words) = (session.lang(), session.words());
    let title = session.out.paint(Style::Title, &full_name(contact));
    session.out.line(&title)?;
    let mut page = Page::default();
    page.add(words.brief_hats(), contact.roles.iter().map(|role| hat(role, lang)));
    reach(&mut page, &contact.phones, &contact.emails, &contact.urls, &contact.addresses, lang);
    page.add(words.brief_note(), contact.note.lines().map(plain));
    page.write(session)
}

/// Writes the own card.
pub fn write_me(session: &mut Session, me: &Me) -> Outcome {
    let (lang, words) = (session.lang(), session.words());
    if *me == Me::default() {
        return Ok(session.out.line(&words.cli_me_empty())?);
    }
    let title = session.out.paint(Style::Title, &plain(&me.name.full));
    session.out.line(&title)?;
    session.out.line("")?;
    let mut page = Page::default();
    page.add(words.brief_hats(), me.roles.iter().map(|role| hat(role, lang)));
    reach(&mut page, &me.phones, &me.emails, &me.urls, &me.addresses, lang);
    page.add(words.brief_towns(), [list(&me.towns)]);
    page.add(words.brief_regions(), [list(&me.regions)]);
    page.add(words.brief_associations(), [list(&me.associations)]);
    page.add(words.brief_club_rule(), [plain(&me.club_rule)]);
    page.add(words.brief_note(), me.note.lines().map(plain));
    page.write(session)
}

fn reach(
    page: &mut Page,
    phones: &[Phone],
    emails: &[Labelled],
    urls: &[Labelled],
    addresses: &[Address],
    lang: Lang,
) {
    let words = lang.catalogue();
    page.add(
        words.brief_reach(),
        phones
            .iter()
            .map(|phone| labelled(&number(phone), &phone.label, lang))
            .chain(emails.iter().map(|email| labelled(&plain(&email.value), &email.label, lang)))
            .chain(urls.iter().map(|url| labelled(&plain(&url.value), &url.label, lang))),
    );
    page.add(
        words.brief_address(),
        addresses.iter().map(|address| labelled(&postal(address), &address.label, lang)),
    );
}

/// Name with civility, suffix, credentials and nickname.
fn full_name(contact: &Contact) -> String {
    let name = &contact.name;
    let mut text = plain(contact.display_name());
    if !name.prefix.is_empty() && !text.starts_with(name.prefix.as_str()) {
        text = format!("{} {text}", plain(&name.prefix));
    }
    for credential in name.credentials.iter().filter(|word| !word.is_empty()) {
        text.push_str(", ");
        text.push_str(&plain(credential));
    }
    if !name.nickname.is_empty() && name.nickname != contact.display_name() {
        text = format!("{text} ({})", plain(&name.nickname));
    }
    text
}

/// Closeness, stage, invitation, language: what colours the whole page.
fn standing(contact: &Contact, lang: Lang) -> String {
    let words = lang.catalogue();
    let mut parts = Vec::new();
    if let Some(closeness) = contact.closeness {
        let dots = records::closeness_dots(closeness);
        parts.push(format!("{dots} {}", records::closeness(closeness, lang)));
    }
    if contact.stage != Stage::Active {
        parts.push(records::stage(contact.stage, lang));
    }
    if contact.unread {
        parts.push(words.field_unread());
    }
    parts.extend(contact.door.map(|door| records::door(door, lang)));
    parts.extend(contact.language.map(|language| records::language(language, lang)));
    parts.extend(contact.address_form.map(|form| records::address_form(form, lang)));
    parts.join(" · ")
}

fn hat(role: &Role, lang: Lang) -> String {
    let words = lang.catalogue();
    let mut text = headline(role);
    let other: Vec<_> = role.title_alt.iter().chain(&role.org_alt).map(|text| plain(text)).collect();
    if !other.is_empty() {
        text = format!("{text} / {}", other.join(" / "));
    }
    let mut remarks = Vec::new();
    if role.kind != RoleKind::Employment {
        remarks.push(records::role(role.kind, lang));
    }
    remarks.extend(role.since.as_ref().map(|since| words.brief_since(dates::partial(since, lang))));
    remarks.extend(role.until.as_ref().map(|until| words.brief_until(dates::partial(until, lang))));
    if role.former && role.until.is_none() {
        remarks.push(words.brief_former());
    }
    if remarks.is_empty() { text } else { format!("{text} ({})", remarks.join(", ")) }
}

/// A market that words suggest: *dairy (works) – “Dairy farmer”*.
fn suggested(tie: &MarketTie, lang: Lang) -> String {
    format!(
        "{} – {}",
        markets(std::slice::from_ref(tie), lang),
        lang.catalogue().cli_quoted(plain(&tie.evidence))
    )
}

fn markets(ties: &[MarketTie], lang: Lang) -> String {
    let names: Vec<_> = ties
        .iter()
        .filter(|tie| !tie.refused)
        .map(|tie| match tie.how {
            Some(how) => format!("{} ({})", plain(&tie.market), records::market_how(how, lang)),
            None => plain(&tie.market),
        })
        .collect();
    names.join(", ")
}

fn met_line(met: &Met, via: Option<&str>, lang: Lang) -> String {
    let words = lang.catalogue();
    let mut parts = vec![plain(&met.at)];
    parts.extend(met.on.as_ref().map(|on| with_ago(on, lang)));
    parts.extend(met.how.map(|how| records::met_how(how, lang)));
    if !met.via.is_empty() {
        parts.push(words.brief_via(plain(via.unwrap_or(&met.via))));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn card(contact: &Contact, words: &Catalogue, lang: Lang) -> String {
    let zone = TimeZone::system();
    let created = dates::day(contact.created.to_zoned(zone.clone()).date(), lang);
    let updated = dates::day(contact.updated.to_zoned(zone).date(), lang);
    format!("{} · {} · {}", plain(&contact.uid()), words.brief_created(created), words.brief_updated(updated))
}

fn with_ago(date: &PartialDate, lang: Lang) -> String {
    match date.day() {
        Some(day) => format!("{} ({})", dates::day(day, lang), dates::ago(day, today(), lang)),
        None => plain(&dates::partial(date, lang)),
    }
}

fn labelled(text: &str, label: &str, lang: Lang) -> String {
    if label.is_empty() {
        text.to_owned()
    } else {
        format!("{text} ({})", plain(&records::label(label, lang)))
    }
}

fn postal(address: &Address) -> String {
    let place = [address.city.as_str(), address.region.as_str(), address.postal.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(plain)
        .collect::<Vec<_>>()
        .join(" ");
    [address.street.as_str(), address.unit.as_str(), place.as_str(), address.country.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(plain)
        .collect::<Vec<_>>()
        .join(", ")
}

fn list(words: &[String]) -> String {
    words.iter().map(|word| plain(word)).collect::<Vec<_>>().join(", ")
}
