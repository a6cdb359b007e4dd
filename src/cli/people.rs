//! `find`, `show` and `me`: people, for reading, for scripts and for mail programs.

use std::sync::Arc;

use serde::Serialize;

use super::args::{FindArgs, FindFormat, Format, MeArgs, WhoArgs, joined};
use super::output::{Style, plain};
use super::session::{Session, unexpected};
use super::{Failure, Outcome, brief, change, table};
use crate::domain::Book;
use crate::domain::change::Record;
use crate::domain::contact::{Contact, MarketTie, Role};
use crate::domain::id::ContactId;
use crate::domain::problem::Problem;
use crate::domain::tie::Tie;
use crate::exchange::native;
use crate::protocol::{Job, Person, Reply};
use crate::wording::errors::Worded;
use crate::wording::records;

/// A mail program's list of completions is read at a glance, so it ends here.
const MUTT_LINES: usize = 100;

/// People whose words are read in one go, so that no answer grows too large.
const AT_ONCE: usize = 2_000;

/// Everybody who fits a query.
pub fn find(session: &mut Session, args: &FindArgs) -> Outcome {
    let query = joined(&args.query);
    if args.format == FindFormat::Mutt {
        return mutt(session, &query, args);
    }
    let people = found(session, query.clone(), args.limit)?;
    match args.format {
        FindFormat::Table if people.is_empty() => return Err(nobody(session, query)),
        FindFormat::Table => list(session, &people)?,
        FindFormat::Json | FindFormat::Jsonl => {
            let lines = args.format == FindFormat::Jsonl;
            let inferred = inferred(session, &people)?;
            let written = people.iter().zip(&inferred);
            let written = written.map(|(contact, ties)| native::write_inferring(contact, ties));
            session.out.json_list(written, lines)?;
        }
        FindFormat::Tsv | FindFormat::Mutt => {
            for contact in &people {
                session.out.line(&columns(contact).join("\t"))?;
            }
        }
    }
    if people.is_empty() { Err(Failure::Said(1)) } else { Ok(()) }
}

pub(super) fn found(
    session: &mut Session,
    query: String,
    limit: Option<usize>,
) -> Result<Vec<Arc<Contact>>, Failure> {
    match session.ask(Job::Find { query, limit })? {
        Reply::Found(people) => Ok(people),
        _ => Err(unexpected()),
    }
}

/// The ties to markets that people's words suggest, for each of them.
fn inferred(session: &mut Session, people: &[Arc<Contact>]) -> Result<Vec<Vec<MarketTie>>, Failure> {
    let mut inferred = Vec::with_capacity(people.len());
    for some in people.chunks(AT_ONCE) {
        let people = some.iter().map(|contact| contact.id).collect();
        match session.ask(Job::Inferred { people })? {
            Reply::Inferred(ties) => inferred.extend(ties),
            _ => return Err(unexpected()),
        }
    }
    Ok(inferred)
}

/// An empty answer to an empty query means an empty book, and a newcomer.
fn nobody(session: &Session, who: String) -> Failure {
    if !who.trim().is_empty() {
        return Failure::Problem(Problem::NobodyFound { who });
    }
    let words = session.words();
    Failure::Worded(Worded::new(words.cli_empty_book()).hint(words.cli_empty_book_hint()), 1)
}

pub(super) fn list(session: &mut Session, people: &[Arc<Contact>]) -> Outcome {
    let rows: Vec<_> = people
        .iter()
        .map(|contact| {
            [
                plain(contact.display_name()),
                headline(contact),
                plain(place(contact)),
                reach(contact),
                contact.closeness.map(records::closeness_dots).unwrap_or_default().to_owned(),
            ]
        })
        .collect();
    let styles = [Style::Title, Style::Plain, Style::Muted, Style::Plain, Style::Muted];
    Ok(table::write(&mut session.out, styles, &rows)?)
}

/// The main hat; nothing where the card goes by its organisation.
fn headline(contact: &Contact) -> String {
    let headline = contact.main_role().map(brief::headline).unwrap_or_default();
    if headline == plain(contact.display_name()) { String::new() } else { headline }
}

/// Town, else region.
fn place(contact: &Contact) -> &str {
    let town = contact.addresses.iter().map(|address| address.city.as_str()).find(|city| !city.is_empty());
    town.or(contact.region.as_deref()).unwrap_or_default()
}

/// The first way to reach a person.
fn reach(contact: &Contact) -> String {
    if let Some(email) = contact.emails.first() {
        return plain(&email.value);
    }
    contact.phones.first().map(brief::number).unwrap_or_default()
}

/// uid, name, title, organisation, email, phone, town, closeness, tags.
fn columns(contact: &Contact) -> [String; 9] {
    let none = Role::default();
    let role = contact.main_role().unwrap_or(&none);
    [
        plain(&contact.uid()),
        plain(contact.display_name()),
        plain(&role.title),
        plain(&role.org),
        contact.emails.first().map(|email| plain(&email.value)).unwrap_or_default(),
        contact.phones.first().map(|number| plain(&number.value)).unwrap_or_default(),
        plain(place(contact)),
        contact.closeness.map(|closeness| closeness.level().to_string()).unwrap_or_default(),
        plain(&contact.tags.join(",")),
    ]
}

/// The address query of neomutt, mutt and aerc: a message, then `address TAB name TAB other`, one line an address.
fn mutt(session: &mut Session, query: &str, args: &FindArgs) -> Outcome {
    let most = args.limit.unwrap_or(MUTT_LINES).min(MUTT_LINES);
    // In front, so that a quote left open in the query cannot swallow it.
    let people = found(session, format!("has:email {query}"), Some(most))?;
    let lines: Vec<_> = people.iter().flat_map(|contact| addresses(contact)).take(most).collect();
    if !args.no_message {
        let message = match lines.len() {
            0 => session.words().error_nobody(plain(query)),
            count => session.words().cli_addresses(count),
        };
        session.out.line(&message)?;
    }
    for line in &lines {
        session.out.line(line)?;
    }
    if lines.is_empty() { Err(Failure::Said(1)) } else { Ok(()) }
}

fn addresses(contact: &Contact) -> impl Iterator<Item = String> + '_ {
    let name = plain(contact.display_name());
    let other = headline(contact);
    let usable = |address: &String| address.contains('@') && !address.contains(char::is_whitespace);
    contact
        .emails
        .iter()
        .map(|email| plain(&email.value))
        .filter(usable)
        .map(move |address| format!("{address}\t{name}\t{other}"))
}

/// What to read before meeting a person.
pub fn show(session: &mut Session, args: &WhoArgs) -> Outcome {
    let Reply::Person(person) = session.ask(Job::Show { who: joined(&args.who) })? else {
        return Err(unexpected());
    };
    let contact = std::slice::from_ref(&person.contact);
    let inferred = inferred(session, contact)?.pop().unwrap_or_default();
    if args.format == Format::Table {
        let via = introducer(session, &person.contact);
        return brief::write(session, &person, &inferred, via.as_deref());
    }
    let document = whole(&person, &inferred)?;
    Ok(session.out.line(&document)?)
}

/// The name of who introduced a person, where the card holds that one's uid.
fn introducer(session: &mut Session, contact: &Contact) -> Option<String> {
    let via = contact.met.as_ref().map(|met| met.via.as_str()).filter(|via| !via.is_empty())?;
    via.parse::<ContactId>().ok()?;
    match session.ask(Job::Show { who: via.to_owned() }) {
        Ok(Reply::Person(person)) => Some(person.contact.display_name().to_owned()),
        _ => None,
    }
}

/// A tie as seen from the person shown.
#[derive(Serialize)]
struct TieLine<'a> {
    uid: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    org: &'a str,
    kind: &'static str,
    /// `out` when the tie reads from the person shown to the other, `in` when it reads back.
    direction: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    closeness: Option<u8>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
}

/// An entry of the timeline.
#[derive(Serialize)]
struct TimelineLine<'a> {
    on: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    words: &'a str,
}

/// The native object of a person, with ties and timeline added at its end.
fn whole(person: &Person, inferred: &[MarketTie]) -> Result<String, Failure> {
    let id = person.contact.id;
    let ties: Vec<_> = person
        .ties
        .iter()
        .map(|(tie, other)| TieLine {
            uid: &other.uid,
            name: &other.name,
            org: &other.org,
            kind: native::Word::word(&tie.kind),
            direction: if outwards(tie, id) { "out" } else { "in" },
            closeness: tie.closeness.map(crate::domain::contact::Closeness::level),
            note: &tie.note,
            since: tie.since.as_ref().map(ToString::to_string),
        })
        .collect();
    let timeline: Vec<_> = person
        .timeline
        .iter()
        .map(|entry| TimelineLine {
            on: entry.on.to_string(),
            kind: native::Word::word(&entry.kind),
            words: &entry.words,
        })
        .collect();
    let json =
        |value: serde_json::Result<String>| value.map_err(|error| Failure::from(std::io::Error::from(error)));
    let mut document = native::write_inferring(&person.contact, inferred);
    document.truncate(document.trim_end().trim_end_matches('}').len());
    document.push_str(",\"ties\":");
    document.push_str(&json(serde_json::to_string(&ties))?);
    document.push_str(",\"timeline\":");
    document.push_str(&json(serde_json::to_string(&timeline))?);
    document.push('}');
    Ok(document)
}

/// Whether a tie reads from this person to the other.
pub fn outwards(tie: &Tie, id: ContactId) -> bool {
    tie.a == id
}

/// The own card: shown, or changed and then told.
pub fn me(session: &mut Session, args: &MeArgs) -> Outcome {
    let text = joined(&args.text);
    let text = (!text.trim().is_empty()).then_some(text);
    let lang = session.language();
    match session.ask(Job::Me { text, lang })? {
        Reply::Me(me) if args.format == Format::Table => brief::write_me(session, &me),
        Reply::Me(me) => {
            // The own card refers to nobody, so no book is needed to write it.
            let line = native::write_record(&Record::Me(me), &Book::default());
            Ok(session.out.line(&line.unwrap_or_else(|| "{}".to_owned()))?)
        }
        reply => change::tell(session, reply, args.format),
    }
}
