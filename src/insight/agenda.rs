//! What today asks for: follow-ups, birthdays, the pocket, people who changed jobs, answers awaited, and people
//! not heard of for longer than agreed.
//!
//! One pass over the book; names come along so that a screen or another process can show the list as it is.

use std::cmp::Reverse;

use jiff::ToSpan as _;
use serde::{Deserialize, Serialize};

use super::introductions;
use super::last_contact::last_contact;
use crate::domain::Book;
use crate::domain::contact::{Closeness, Contact, Role, Stage};
use crate::domain::id::{ContactId, NeedId};
use crate::domain::interaction::InteractionKind;
use crate::domain::need::{CandidateState, NeedStatus};
use crate::domain::time::{Date, PartialDate};

/// Birthdays are told so many days ahead.
const BIRTHDAY_DAYS: i64 = 14;
/// At most so many entries of one list; the total is told beside it.
const LONGEST: usize = 200;
/// So many of the newest cards in the pocket are named.
const POCKET_NAMED: usize = 5;

/// What today asks for. Every list is in the order in which it wants attention.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Agenda {
    /// Everybody in the book, archived people left out.
    pub people: usize,
    /// People who came in bulk and whom nobody has looked at.
    pub unread: usize,
    /// Cards waiting in the pocket, newest first; only the first few are named.
    pub pocket: Listed<Person>,
    /// Follow-ups of today and before, the longest overdue first.
    pub due: Listed<FollowUp>,
    /// Birthdays of today and the next 14 days, soonest first.
    pub birthdays: Listed<Birthday>,
    /// Job changes found by the last import that found any, nearest people first.
    pub moves: Listed<Moved>,
    /// Answers awaited, oldest first.
    pub awaited: Listed<Awaited>,
    /// Open needs that somebody answers who came in, or changed, since; the soonest wanted first. Matched elsewhere.
    pub needs: Listed<NeedNews>,
    /// People past their cadence and without a follow-up, longest past first.
    pub silent: Listed<Silent>,
}

/// The head of a list, and how long it is in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed<T> {
    /// The first entries.
    pub items: Vec<T>,
    /// How many there are in all.
    pub total: usize,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { items: Vec::new(), total: 0 }
    }
}

impl<T> Listed<T> {
    fn sorted_by_key<K: Ord>(mut items: Vec<T>, key: impl FnMut(&T) -> K) -> Self {
        items.sort_by_key(key);
        let total = items.len();
        items.truncate(LONGEST);
        Self { items, total }
    }

    /// There is nothing.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }
}

/// A contact in the words of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: ContactId,
    /// The name to show.
    pub name: String,
    /// Main organisation; may be empty.
    pub org: String,
    /// Declared closeness.
    pub closeness: Option<Closeness>,
}

impl From<&Contact> for Person {
    fn from(contact: &Contact) -> Self {
        Self {
            id: contact.id,
            name: contact.display_name().to_owned(),
            org: contact.main_role().map(|role| role.org.clone()).unwrap_or_default().to_string(),
            closeness: contact.closeness,
        }
    }
}

/// A follow-up that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// Who.
    pub person: Person,
    /// The day it was set for.
    pub on: Date,
}

/// A birthday that comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Birthday {
    /// Whose.
    pub person: Person,
    /// The day it is kept this time; 29 February is kept on the 28th of other years.
    pub on: Date,
    /// The age reached, when the year of birth is known.
    pub turns: Option<u16>,
}

/// A change of jobs found by an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Who.
    pub person: Person,
    /// Title and organisation left; both empty when nothing was left.
    pub from: (String, String),
    /// Title and organisation now.
    pub to: (String, String),
    /// The day the import found it.
    pub on: Date,
}

/// An answer that is awaited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// From whom.
    pub person: Person,
    /// Since when.
    pub since: Date,
    /// The need that it is about; `None` for an introduction that was asked for.
    pub need: Option<NeedId>,
    /// To whom the introduction was asked for.
    pub to: Option<Person>,
    /// The words of the need, or of the request.
    pub words: String,
}

/// An open need with fresh matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedNews {
    /// Which.
    pub need: NeedId,
    /// Its words.
    pub words: String,
    /// By when.
    pub deadline: Option<Date>,
    /// How many fresh matches there are.
    pub fresh: usize,
    /// The best of them.
    pub best: Person,
}

/// Somebody not heard of for longer than the cadence set for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silent {
    /// Who.
    pub person: Person,
    /// The last time something happened.
    pub last: Date,
    /// The cadence, in days.
    pub cadence_days: u16,
    /// Days past the cadence.
    pub late_days: u32,
}

/// What `today` asks for.
pub fn agenda(book: &Book, today: Date) -> Agenda {
    let mut pocket = Vec::new();
    let mut due = Vec::new();
    let mut birthdays = Vec::new();
    let mut silent = Vec::new();
    let mut moves = Moves::default();
    for contact in book.contacts().filter(|contact| contact.stage != Stage::Archived) {
        if contact.stage == Stage::Pocket {
            pocket.push(contact);
        }
        if let Some(on) = contact.next.filter(|next| *next <= today) {
            due.push(FollowUp { person: contact.as_ref().into(), on });
        }
        birthdays.extend(birthday(contact, today));
        silent.extend(silence(book, contact, today));
        moves.note(contact);
    }
    let counts = book.counts();
    let waiting = pocket.len();
    pocket.sort_by_key(|contact| Reverse((contact.created, contact.id)));
    pocket.truncate(POCKET_NAMED);
    Agenda {
        people: counts.pocket + counts.active,
        unread: counts.unread,
        pocket: Listed {
            items: pocket.into_iter().map(|contact| contact.as_ref().into()).collect(),
            total: waiting,
        },
        due: Listed::sorted_by_key(due, |entry| (entry.on, nearest_first(&entry.person))),
        birthdays: Listed::sorted_by_key(birthdays, |entry| (entry.on, nearest_first(&entry.person))),
        moves: Listed::sorted_by_key(moves.found, |entry| nearest_first(&entry.person)),
        needs: Listed::default(),
        awaited: Listed::sorted_by_key(awaited(book), |entry| (entry.since, entry.person.id)),
        silent: Listed::sorted_by_key(silent, |entry| {
            (Reverse(entry.late_days), nearest_first(&entry.person))
        }),
    }
}

/// Sorts the nearest people first; ties by identifier, so that lists keep still.
fn nearest_first(person: &Person) -> (Reverse<Option<Closeness>>, ContactId) {
    (Reverse(person.closeness), person.id)
}

fn birthday(contact: &Contact, today: Date) -> Option<Birthday> {
    let born = contact.birthday.as_ref()?;
    let (month, day) = born.month_day()?;
    let until = today.saturating_add(BIRTHDAY_DAYS.days());
    let on = [today.year(), today.year().saturating_add(1)]
        .into_iter()
        .filter_map(|year| kept_on(year, month, day))
        .find(|on| *on >= today && *on <= until)?;
    let turns =
        born.day().and_then(|born| u16::try_from(on.year() - born.year()).ok()).filter(|age| *age > 0);
    Some(Birthday { person: contact.into(), on, turns })
}

/// The day on which a birthday is kept in `year`.
fn kept_on(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day)
        .or_else(|error| if (month, day) == (2, 29) { Date::new(year, 2, 28) } else { Err(error) })
        .ok()
}

fn silence(book: &Book, contact: &Contact, today: Date) -> Option<Silent> {
    let cadence_days = contact.cadence_days.filter(|days| *days > 0)?;
    if contact.next.is_some() {
        return None;
    }
    let last = last_contact(book, contact);
    let passed = (today - last).get_days();
    let late_days =
        u32::try_from(passed).ok()?.checked_sub(u32::from(cadence_days)).filter(|late| *late > 0)?;
    Some(Silent { person: contact.into(), last, cadence_days, late_days })
}

/// Job changes, of which only the latest day is kept: that is the last import.
#[derive(Default)]
struct Moves {
    on: Option<Date>,
    found: Vec<Moved>,
}

impl Moves {
    /// An import ends the hat that it had brought and adds the new one on the same day, both marked with its
    /// source; that is how its moves are known again.
    fn note(&mut self, contact: &Contact) {
        if contact.roles.len() < 2 {
            return;
        }
        let changes =
            contact.roles.iter().filter(|role| role.former && !role.source.is_empty()).filter_map(|old| {
                let on = old.until.as_ref()?.day()?;
                let new = contact.current_roles().find(|new| {
                    new.source == old.source && new.since.as_ref().and_then(PartialDate::day) == Some(on)
                })?;
                Some((on, old, new))
            });
        let Some((on, old, new)) = changes.max_by_key(|(on, ..)| *on) else { return };
        if self.on.is_none_or(|latest| on > latest) {
            self.on = Some(on);
            self.found.clear();
        }
        if self.on == Some(on) {
            let words = |role: &Role| (role.title.to_string(), role.org.to_string());
            self.found.push(Moved { person: contact.into(), from: words(old), to: words(new), on });
        }
    }
}

/// People asked for help with an open need, and introductions asked for since which nothing happened.
fn awaited(book: &Book) -> Vec<Awaited> {
    let mut found = Vec::new();
    for need in book.needs().filter(|need| need.status == NeedStatus::Open) {
        for asked in need.candidates.iter().filter(|who| who.state == CandidateState::Asked) {
            if let Some(contact) = book.contact(asked.contact).filter(|who| who.stage != Stage::Archived) {
                found.push(Awaited {
                    person: contact.as_ref().into(),
                    since: asked.on,
                    need: Some(need.id),
                    to: None,
                    words: need.words.clone(),
                });
            }
        }
    }
    for request in book.interactions().filter(|entry| entry.kind == InteractionKind::IntroductionAsked) {
        // The one who was asked owes the answer, not the one to be met.
        let asked = request.people.first().and_then(|id| book.contact(*id));
        let Some(contact) = asked.filter(|who| who.stage != Stage::Archived) else { continue };
        if introductions::answer(book, request).is_none() {
            found.push(Awaited {
                person: contact.as_ref().into(),
                since: request.on,
                need: None,
                to: request.people.get(1).and_then(|id| book.contact(*id)).map(|who| who.as_ref().into()),
                words: request.words.clone(),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::domain::Record;
    use crate::domain::contact::Name;
    use crate::domain::id::InteractionId;
    use crate::domain::interaction::Interaction;
    use crate::domain::need::{Candidate, Need};
    use crate::domain::time::Timestamp;

    const TODAY: Date = date(2026, 3, 15);

    fn id(n: u128) -> ContactId {
        ContactId(Uuid::from_u128(n))
    }

    fn put(book: &mut Book, n: u128, edit: impl FnOnce(&mut Contact)) {
        let created = Timestamp::from_second(1_700_000_000 + n as i64).expect("a time");
        let mut contact = Contact::new(id(n), created);
        contact.name = Name::from_full(format!("Person {n}"));
        edit(&mut contact);
        book.put(Record::Contact(Arc::new(contact)));
    }

    fn numbers<T>(list: &Listed<T>, person: impl Fn(&T) -> &Person) -> Vec<u128> {
        list.items.iter().map(|item| person(item).id.0.as_u128()).collect()
    }

    #[test]
    fn follow_ups_are_due_the_longest_overdue_first_and_archived_people_rest() {
        let mut book = Book::default();
        put(&mut book, 1, |c| c.next = Some(TODAY));
        put(&mut book, 2, |c| c.next = Some(date(2026, 3, 16)));
        put(&mut book, 3, |c| c.next = Some(date(2025, 12, 1)));
        put(&mut book, 4, |c| {
            c.next = Some(TODAY);
            c.closeness = Closeness::new(4);
        });
        put(&mut book, 5, |c| {
            c.next = Some(TODAY);
            c.stage = Stage::Archived;
        });
        let agenda = agenda(&book, TODAY);
        assert_eq!(numbers(&agenda.due, |entry| &entry.person), [3, 4, 1]);
        assert_eq!((agenda.due.total, agenda.people), (3, 4));
    }

    #[test]
    fn birthdays_of_two_weeks_across_the_year_and_on_leap_days() {
        let kept = |born: &str, today: Date| {
            let mut book = Book::default();
            put(&mut book, 1, |c| c.birthday = Some(PartialDate::parse(born)));
            agenda(&book, today).birthdays.items.first().map(|birthday| (birthday.on, birthday.turns))
        };
        assert_eq!(kept("1980-03-15", TODAY), Some((TODAY, Some(46))));
        assert_eq!(kept("--03-29", TODAY), Some((date(2026, 3, 29), None)));
        assert_eq!(kept("--03-30", TODAY), None);
        assert_eq!(kept("--03-14", TODAY), None);
        assert_eq!(kept("1990-01-02", date(2026, 12, 30)), Some((date(2027, 1, 2), Some(37))));
        assert_eq!(kept("--02-29", date(2026, 2, 20)), Some((date(2026, 2, 28), None)));
        assert_eq!(kept("--02-29", date(2028, 2, 20)), Some((date(2028, 2, 29), None)));
        assert_eq!(kept("1985", TODAY), None);
    }

    #[test]
    fn the_pocket_names_its_newest_cards_and_counts_all() {
        let mut book = Book::default();
        for n in 1..=7 {
            put(&mut book, n, |c| c.stage = Stage::Pocket);
        }
        let agenda = agenda(&book, TODAY);
        assert_eq!(numbers(&agenda.pocket, |person| person), [7, 6, 5, 4, 3]);
        assert_eq!(agenda.pocket.total, 7);
    }

    fn hat(title: &str, since: Option<&str>, until: Option<&str>, source: &str) -> Role {
        Role {
            title: title.into(),
            org: format!("{title} inc.").into(),
            former: until.is_some(),
            since: since.map(PartialDate::parse),
            until: until.map(PartialDate::parse),
            source: source.into(),
            ..Role::default()
        }
    }

    #[test]
    fn moves_are_those_of_the_last_import_nearest_first() {
        let mut book = Book::default();
        let moved =
            |on: &str| vec![hat("new", Some(on), None, "linkedin"), hat("old", None, Some(on), "linkedin")];
        put(&mut book, 1, |c| c.roles = moved("2026-01-10"));
        put(&mut book, 2, |c| c.roles = moved("2026-03-01"));
        put(&mut book, 3, |c| {
            c.roles = moved("2026-03-01");
            c.closeness = Closeness::new(2);
        });
        // By hand, or on another day: no move.
        put(&mut book, 4, |c| {
            c.roles = vec![hat("n", Some("2026-03-02"), None, ""), hat("o", None, Some("2026-03-02"), "")];
        });
        put(&mut book, 5, |c| {
            c.roles = vec![
                hat("n", Some("2026-03-05"), None, "linkedin"),
                hat("o", None, Some("2026-03-04"), "linkedin"),
            ];
        });
        let list = agenda(&book, TODAY).moves;
        assert_eq!(numbers(&list, |entry| &entry.person), [3, 2]);
        assert_eq!(list.items[0].from, ("old".to_owned(), "old inc.".to_owned()));
        assert_eq!((list.items[0].to.0.as_str(), list.items[0].on), ("new", date(2026, 3, 1)));
    }

    fn log(book: &mut Book, n: u128, who: u128, kind: InteractionKind, on: Date) {
        book.put(Record::Interaction(Arc::new(Interaction {
            id: InteractionId(Uuid::from_u128(n)),
            on,
            kind,
            people: vec![id(who)],
            words: "words".into(),
            created: Timestamp::from_second(1_700_000_000 + n as i64).expect("a time"),
        })));
    }

    #[test]
    fn silence_is_measured_from_the_last_contact_unless_a_follow_up_is_set() {
        let mut book = Book::default();
        for n in 1..=4 {
            put(&mut book, n, |c| {
                c.cadence_days = Some(30);
                c.next = (n == 4).then_some(date(2026, 9, 1));
            });
        }
        log(&mut book, 10, 1, InteractionKind::Call, date(2026, 3, 1));
        log(&mut book, 11, 2, InteractionKind::Call, date(2026, 2, 1));
        let silent = agenda(&book, TODAY).silent;
        assert_eq!(numbers(&silent, |entry| &entry.person), [3, 2]);
        assert_eq!((silent.items[1].last, silent.items[1].late_days), (date(2026, 2, 1), 12));
    }

    #[test]
    fn answers_are_awaited_until_something_happens() {
        let mut book = Book::default();
        for n in 1..=3 {
            put(&mut book, n, |_| {});
        }
        log(&mut book, 10, 1, InteractionKind::IntroductionAsked, date(2026, 2, 1));
        log(&mut book, 11, 2, InteractionKind::IntroductionAsked, date(2026, 2, 1));
        log(&mut book, 12, 2, InteractionKind::IntroductionMade, date(2026, 2, 8));
        let asked =
            |n: u128, state| Candidate { contact: id(n), state, on: date(2026, 1, 5), note: String::new() };
        let need = Need {
            id: NeedId(Uuid::from_u128(50)),
            words: "terrasse".into(),
            opened: Timestamp::UNIX_EPOCH,
            status: NeedStatus::Open,
            market: String::new(),
            region: String::new(),
            deadline: None,
            candidates: vec![asked(3, CandidateState::Asked), asked(2, CandidateState::Suggested)],
        };
        book.put(Record::Need(Arc::new(need)));
        let awaited = agenda(&book, TODAY).awaited;
        assert_eq!(numbers(&awaited, |entry| &entry.person), [3, 1]);
        assert_eq!(awaited.items[0].words, "terrasse");
    }
}
