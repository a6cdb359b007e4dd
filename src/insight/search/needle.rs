//! How one word of a query is sought in the text of a row, and how good the hit is.

use memchr::memmem::Finder;

use super::columns::{Letters, Masks, Zone};
use super::letters::{self, BLANK, letters_of};
use super::segment::Segment;

/// How good a hit is, best first. The kind of match counts before the place, and the name before everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Class {
    /// A whole word of the name.
    NameWord,
    /// The beginning of a word of the name.
    NamePrefix,
    /// The beginning of a word of a hat, tag, value, event, place or market.
    HeadPrefix,
    /// The beginning of a word of a note, email, phone or address on the web.
    TailPrefix,
    /// Inside a word of the name.
    NameInside,
    /// Inside a word of a hat and so on.
    HeadInside,
    /// Inside a word of a note and so on.
    TailInside,
    /// Letters of one name in their order, beginning with a word.
    NameSparse,
    /// Letters of one hat and so on in their order, beginning with a word.
    HeadSparse,
}

impl Class {
    fn prefix(zone: Zone) -> Self {
        match zone {
            Zone::Name => Self::NamePrefix,
            Zone::Org | Zone::Title | Zone::Rest => Self::HeadPrefix,
            Zone::Tail => Self::TailPrefix,
        }
    }

    fn inside(zone: Zone) -> Self {
        match zone {
            Zone::Name => Self::NameInside,
            Zone::Org | Zone::Title | Zone::Rest => Self::HeadInside,
            Zone::Tail => Self::TailInside,
        }
    }

    /// Letters are left out.
    fn is_sparse(self) -> bool {
        self >= Self::NameSparse
    }
}

/// Where the best hit of a needle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub class: Class,
    pub zone: Zone,
}

/// A word or phrase to seek, in its search form.
pub(super) struct Needle {
    form: String,
    finder: Finder<'static>,
    letters: u32,
    initial: u32,
    /// The letters in their order, for a match that leaves some out; empty for phrases and negated words.
    sparse: String,
    /// The digits alone, for a word written like a part of a phone number.
    digits: Option<Box<Needle>>,
}

impl Needle {
    /// A bare word, of which letters may be left out where `sparse` says so. `None` when no letter and no digit is
    /// left of it: then it stands for everything.
    pub(super) fn word(text: &str, sparse: bool) -> Option<Self> {
        let mut needle = Self::phrase(text)?;
        if sparse {
            needle.sparse = needle.form.replace(' ', "");
        }
        Some(needle)
    }

    /// A phrase, or the text of a filter.
    pub(super) fn phrase(text: &str) -> Option<Self> {
        let mut needle = Self::of(letters::form(letters::bare_url(text)))?;
        let digits = letters::phone_digits(text).filter(|digits| *digits != needle.form);
        needle.digits = digits.and_then(Self::of).map(Box::new);
        Some(needle)
    }

    fn of(form: String) -> Option<Self> {
        Some(Self {
            initial: letters::letter_bit(form.chars().next()?),
            finder: Finder::new(form.as_bytes()).into_owned(),
            letters: letters_of(&form),
            sparse: String::new(),
            digits: None,
            form,
        })
    }

    /// The search form.
    pub(super) fn form(&self) -> &str {
        &self.form
    }

    /// Whether every row that this needle hits is hit by an older one too, since it is the same with letters added.
    pub(super) fn narrows(&self, older: &Self) -> bool {
        let extends = |form: &str| form.starts_with(&older.form);
        extends(&self.form)
            && (self.sparse.is_empty() || self.sparse.starts_with(&older.sparse) && !older.is_literal())
            && self.digits.as_ref().is_none_or(|digits| {
                extends(&digits.form)
                    || older.digits.as_ref().is_some_and(|known| digits.form.starts_with(&known.form))
            })
    }

    /// No letters may be left out, though there are several.
    fn is_literal(&self) -> bool {
        self.sparse.is_empty() && self.form.chars().nth(1).is_some()
    }

    /// Whether a zone with these letters can hold the needle in any way.
    pub(super) fn may_be_in(&self, letters: Letters) -> bool {
        self.fits(letters) || self.digits.as_ref().is_some_and(|digits| digits.fits(letters))
    }

    /// Whether a row with these letters can hold the needle in any way.
    pub(super) fn may_be_in_any(&self, masks: &Masks) -> bool {
        masks.iter().any(|letters| self.may_be_in(*letters))
    }

    fn fits(&self, letters: Letters) -> bool {
        letters.all & self.letters == self.letters
    }

    /// The best hit in a row.
    pub(super) fn hit_in(&self, segment: &Segment, row: usize) -> Option<Hit> {
        let own = self.literal_hit(segment, row).or_else(|| self.sparse_hit(segment, row));
        match &self.digits {
            Some(digits) => {
                let other = digits.literal_hit(segment, row);
                [own, other].into_iter().flatten().min_by_key(|hit| hit.class)
            }
            None => own,
        }
    }

    fn literal_hit(&self, segment: &Segment, row: usize) -> Option<Hit> {
        let masks = &segment.masks[row];
        let is_letter = self.is_letter();
        let mut inside = None;
        for zone in Zone::ALL {
            let letters = masks[zone as usize];
            if !self.fits(letters) {
                continue;
            }
            let class = if !is_letter {
                self.literal_class(segment.zone_of(row, zone), zone, letters)
            } else if letters.initials & self.initial != 0 {
                // The masks know all about single letters.
                Some(Class::prefix(zone))
            } else {
                Some(Class::inside(zone))
            };
            match class {
                // No later zone holds anything better.
                Some(class) if class <= Class::prefix(zone) => return Some(Hit { class, zone }),
                Some(class) => inside = inside.or(Some(Hit { class, zone })),
                None => {}
            }
        }
        inside
    }

    fn literal_class(&self, text: &[u8], zone: Zone, letters: Letters) -> Option<Class> {
        let mut hits = self.finder.find_iter(text);
        let mut best = self.class_at(text, hits.next()?, zone);
        if letters.initials & self.initial != 0 {
            for at in hits {
                if best <= Class::prefix(zone) && zone != Zone::Name {
                    break;
                }
                best = best.min(self.class_at(text, at, zone));
            }
        }
        Some(best)
    }

    /// Notes the best literal hit in each row of a segment where it is better than what `classes` holds. One pass
    /// over the text of all rows, which is faster than row by row when most rows may hold the needle.
    pub(super) fn note_literal(&self, segment: &Segment, classes: &mut [Option<Class>]) {
        let text = segment.text.as_bytes();
        let (mut row, mut start, mut end) = (0, 0, segment.text_end[0] as usize);
        for at in self.finder.find_iter(text) {
            while end <= at {
                row += 1;
                start = end;
                end = segment.text_end[row] as usize;
            }
            let within = (at - start) as u16;
            let zone_end = &segment.facts[row].zone_end;
            let Some(zone) = Zone::ALL.into_iter().find(|zone| within < zone_end[*zone as usize]) else {
                continue;
            };
            let class = self.class_at(text, at, zone);
            let best = &mut classes[row];
            if best.is_none_or(|best| class < best) {
                *best = Some(class);
            }
        }
        if let Some(digits) = &self.digits {
            digits.note_literal(segment, classes);
        }
    }

    fn class_at(&self, text: &[u8], at: usize, zone: Zone) -> Class {
        if !is_start(text, at) {
            Class::inside(zone)
        } else if zone == Zone::Name && text.get(at + self.form.len()).is_none_or(|next| *next <= BLANK) {
            Class::NameWord
        } else {
            Class::prefix(zone)
        }
    }

    /// Whether masks alone tell the class: the needle is a single letter.
    pub(super) fn is_letter(&self) -> bool {
        self.form.len() == 1 && self.form.as_bytes()[0].is_ascii_lowercase()
    }

    /// The best hit that leaves letters out.
    pub(super) fn sparse_hit(&self, segment: &Segment, row: usize) -> Option<Hit> {
        if self.sparse.len() < 2 {
            return None;
        }
        let masks = &segment.masks[row];
        let zone = [Zone::Name, Zone::Org, Zone::Title, Zone::Rest].into_iter().find(|zone| {
            let letters = masks[*zone as usize];
            self.fits(letters)
                && letters.initials & self.initial != 0
                && fields(segment.zone_of(row, *zone)).any(|field| self.is_sparse_in(field))
        })?;
        let class = if zone == Zone::Name { Class::NameSparse } else { Class::HeadSparse };
        Some(Hit { class, zone })
    }

    fn is_sparse_in(&self, field: &[u8]) -> bool {
        if self.sparse.is_ascii() {
            is_sparse(field.iter().copied(), self.sparse.bytes(), BLANK)
        } else {
            str::from_utf8(field)
                .is_ok_and(|field| is_sparse(field.chars(), self.sparse.chars(), char::from(BLANK)))
        }
    }

    /// The text that hits and the field in which it does: what a scorer looks at.
    pub(super) fn place_of<'a>(&self, hit: Hit, segment: &'a Segment, row: usize) -> Option<(&str, &'a str)> {
        let mut fields = fields(segment.zone_of(row, hit.zone));
        let (word, field) = if hit.class.is_sparse() {
            (&self.sparse, fields.find(|field| self.is_sparse_in(field))?)
        } else {
            (&self.form, fields.find(|field| self.finder.find(field).is_some())?)
        };
        Some((word, str::from_utf8(field).ok()?))
    }

    /// Whether the needle lies as `fit` demands in a field whose mark is `wanted`.
    pub(super) fn fits_field(&self, text: &[u8], fit: Fit, wanted: &dyn Fn(u8) -> bool) -> bool {
        let own = self.finder.find_iter(text).any(|at| {
            let fits = match fit {
                Fit::Inside => true,
                Fit::Prefix => is_start(text, at),
                Fit::Whole => {
                    at > 0
                        && text[at - 1] < BLANK
                        && text.get(at + self.form.len()).is_none_or(|next| *next < BLANK)
                }
            };
            fits && text[..at].iter().rfind(|byte| **byte < BLANK).is_some_and(|mark| wanted(*mark))
        });
        own || self.digits.as_ref().is_some_and(|digits| digits.fits_field(text, fit, wanted))
    }
}

/// The alternative that hits best in a row, and where.
pub(super) fn best_hit<'n>(
    needles: &'n [Needle],
    segment: &Segment,
    row: usize,
) -> Option<(&'n Needle, Hit)> {
    let hits = needles.iter().filter_map(|needle| Some((needle, needle.hit_in(segment, row)?)));
    hits.min_by_key(|(_, hit)| hit.class)
}

/// How the text of a filter must lie in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is the whole field.
    Whole,
    /// It begins with a word of the field.
    Prefix,
    /// It is anywhere.
    Inside,
}

/// Whether a word begins at a byte.
fn is_start(text: &[u8], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| text[before] <= BLANK)
}

/// The fields of a text, without their marks.
fn fields(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte < BLANK).skip(1)
}

/// Whether the letters of `needle` are in `field` in their order, the first at the beginning of a word. The
/// earliest such word is the best: what follows it holds all that follows a later one.
pub(super) fn is_sparse<T: Copy + PartialEq>(
    mut field: impl Iterator<Item = T>,
    mut needle: impl Iterator<Item = T>,
    blank: T,
) -> bool {
    let Some(first) = needle.next() else { return false };
    let mut before = blank;
    let begins = field.any(|letter| {
        let begins = before == blank && letter == first;
        before = letter;
        begins
    });
    begins && needle.all(|letter| field.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::domain::contact::{Contact, Name, Phone, Role};
    use crate::domain::time::Timestamp;
    use crate::domain::{Book, ContactId, Record};
    use crate::insight::search::index::Index;

    fn index() -> Index {
        let mut book = Book::default();
        let mut contact = Contact::new(ContactId(Uuid::from_u128(1)), Timestamp::UNIX_EPOCH);
        contact.name = Name::from_full("Anne-Marie Saint-Laurent");
        contact.roles = vec![Role {
            title: "Directrice marketing".into(),
            org: "Laurentides Martin".into(),
            ..Role::default()
        }];
        contact.phones = vec![Phone { value: "+18195550123".into(), ..Phone::default() }];
        contact.note = "Aime le vélo et le marché.".into();
        book.put(Record::Contact(Arc::new(contact)));
        Index::build(&book)
    }

    /// The class of a word, sought row by row and in one pass.
    fn class(word: &str) -> Option<Class> {
        let index = index();
        let segment = &index.segments[0];
        let needle = Needle::word(word, true)?;
        let by_row = needle.hit_in(segment, 0).map(|hit| hit.class);
        if !needle.is_letter() {
            let mut classes = vec![None];
            needle.note_literal(segment, &mut classes);
            let in_one_pass = classes[0].or_else(|| needle.sparse_hit(segment, 0).map(|hit| hit.class));
            assert_eq!(in_one_pass, by_row, "{word}");
        }
        by_row
    }

    #[test]
    fn every_class_by_its_word() {
        for (word, expected) in [
            ("marie", Class::NameWord),
            ("mar", Class::NamePrefix),
            ("lauren", Class::NamePrefix),
            ("marti", Class::HeadPrefix),
            ("direct", Class::HeadPrefix),
            ("vélo", Class::TailPrefix),
            ("aint", Class::NameInside),
            ("artin", Class::HeadInside),
            ("5550123", Class::TailInside),
            ("555-01", Class::TailInside),
            ("ml", Class::NameSparse),
            ("mktg", Class::HeadSparse),
        ] {
            assert_eq!(class(word), Some(expected), "{word}");
        }
        assert_eq!(class("vlmrch"), None, "letters of a note do not add up");
        assert_eq!(class("nmrie"), None, "left-out letters begin with a word");
        assert_eq!(class("zz"), None);
    }

    #[test]
    fn single_letters_are_known_by_the_masks() {
        assert_eq!(class("a"), Some(Class::NamePrefix));
        assert_eq!(class("d"), Some(Class::HeadPrefix));
        assert_eq!(class("v"), Some(Class::TailPrefix));
        assert_eq!(class("u"), Some(Class::NameInside));
        assert_eq!(class("g"), Some(Class::HeadInside));
        assert_eq!(class("h"), Some(Class::TailInside));
        assert_eq!(class("w"), None);
    }

    #[test]
    fn letters_in_order_begin_with_a_word() {
        let sparse = |field: &str, needle: &str| is_sparse(field.chars(), needle.chars(), ' ');
        assert!(sparse("jean martin", "jm"));
        assert!(sparse("jean martin", "mrtn"));
        assert!(!sparse("jean martin", "em"));
        assert!(!sparse("jean martin", "mj"));
        assert!(!sparse("", "m"));
    }
}
