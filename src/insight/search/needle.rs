//! How one word of a query is sought in the text of a row, and how good the hit is.

use memchr::memmem::Finder;

use super::columns::Masks;
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

/// A row, as the search of words sees it.
#[derive(Clone, Copy)]
pub(super) struct RowText<'a> {
    pub masks: &'a Masks,
    pub text: &'a [u8],
    pub name_len: usize,
    pub head_len: usize,
}

impl<'a> RowText<'a> {
    /// The words of a row, without what only filters see.
    pub(super) fn of(segment: &'a Segment, row: usize) -> Self {
        let facts = &segment.facts[row];
        Self {
            masks: &segment.masks[row],
            text: &segment.text_of(row).as_bytes()[..usize::from(facts.words_len)],
            name_len: usize::from(facts.name_len),
            head_len: usize::from(facts.head_len),
        }
    }
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
    /// A bare word. `None` when no letter and no digit is left of it: then it stands for everything.
    pub(super) fn word(text: &str, sparse: bool) -> Option<Self> {
        let mut needle = Self::phrase(text)?;
        if sparse {
            needle.sparse = needle.form.replace(' ', "");
        }
        Some(needle)
    }

    /// A phrase, or the text of a filter.
    pub(super) fn phrase(text: &str) -> Option<Self> {
        let form = letters::form(letters::bare_url(text));
        let mut needle = Self::of(form)?;
        needle.digits = letters::phone_digits(text)
            .filter(|digits| *digits != needle.form)
            .and_then(Self::of)
            .map(Box::new);
        Some(needle)
    }

    fn of(form: String) -> Option<Self> {
        let initial = letters::letter_bit(form.chars().next()?);
        Some(Self {
            finder: Finder::new(form.as_bytes()).into_owned(),
            letters: letters_of(&form),
            initial,
            sparse: String::new(),
            digits: None,
            form,
        })
    }

    /// The search form.
    pub(super) fn form(&self) -> &str {
        &self.form
    }

    /// Whether a row with these letters anywhere can hold the needle in any way.
    pub(super) fn may_be_in(&self, masks: &Masks) -> bool {
        masks.all & self.letters == self.letters
            || self.digits.as_ref().is_some_and(|digits| digits.may_be_in(masks))
    }

    /// The best class of hit in a row.
    pub(super) fn class_in(&self, row: &RowText<'_>) -> Option<Class> {
        let own = self.literal_class(row).or_else(|| self.sparse_class(row));
        match &self.digits {
            Some(digits) => [own, digits.literal_class(row)].into_iter().flatten().min(),
            None => own,
        }
    }

    fn literal_class(&self, row: &RowText<'_>) -> Option<Class> {
        if row.masks.all & self.letters != self.letters {
            return None;
        }
        if self.form.len() == 1 && self.form.as_bytes()[0].is_ascii_lowercase() {
            return self.letter_class(row.masks);
        }
        let mut best = None;
        for at in self.finder.find_iter(row.text) {
            let class = self.class_at(row, at);
            best = best.map_or(Some(class), |best: Class| Some(best.min(class)));
            let best_to_come = match at {
                at if at < row.name_len => Class::NameWord,
                at if at < row.head_len => Class::HeadPrefix,
                _ => Class::TailPrefix,
            };
            if best.is_some_and(|best| best <= best_to_come) {
                break;
            }
        }
        best
    }

    /// The masks know all about single letters.
    fn letter_class(&self, masks: &Masks) -> Option<Class> {
        [
            (masks.name_initials, Class::NamePrefix),
            (masks.head_initials, Class::HeadPrefix),
            (masks.initials, Class::TailPrefix),
            (masks.name, Class::NameInside),
            (masks.head, Class::HeadInside),
            (masks.all, Class::TailInside),
        ]
        .into_iter()
        .find(|(mask, _)| mask & self.initial != 0)
        .map(|(_, class)| class)
    }

    fn class_at(&self, row: &RowText<'_>, at: usize) -> Class {
        let begins = is_start(row.text, at);
        if at < row.name_len {
            let whole = row.text.get(at + self.form.len()).is_none_or(|next| *next <= BLANK);
            match (begins, whole) {
                (true, true) => Class::NameWord,
                (true, false) => Class::NamePrefix,
                (false, _) => Class::NameInside,
            }
        } else if at < row.head_len {
            if begins { Class::HeadPrefix } else { Class::HeadInside }
        } else if begins {
            Class::TailPrefix
        } else {
            Class::TailInside
        }
    }

    fn sparse_class(&self, row: &RowText<'_>) -> Option<Class> {
        if self.sparse.len() < 2
            || row.masks.head & self.letters != self.letters
            || row.masks.head_initials & self.initial == 0
        {
            return None;
        }
        let mut fields = fields(&row.text[..row.head_len]);
        let (start, _) = fields.find(|(_, field)| self.is_sparse_in(field))?;
        Some(if start < row.name_len { Class::NameSparse } else { Class::HeadSparse })
    }

    fn is_sparse_in(&self, field: &[u8]) -> bool {
        if self.sparse.is_ascii() {
            is_sparse(field.iter().copied(), self.sparse.bytes(), BLANK)
        } else {
            str::from_utf8(field)
                .is_ok_and(|field| is_sparse(field.chars(), self.sparse.chars(), char::from(BLANK)))
        }
    }

    /// The field of the row in which the best hit is, and the needle that hits there: what the scorer looks at.
    pub(super) fn place_of<'a>(&self, class: Class, row: &RowText<'a>) -> Option<(&str, &'a str)> {
        let zone = match class {
            Class::NameWord | Class::NamePrefix | Class::NameInside | Class::NameSparse => 0..row.name_len,
            Class::HeadPrefix | Class::HeadInside | Class::HeadSparse => row.name_len..row.head_len,
            Class::TailPrefix | Class::TailInside => return None,
        };
        let sparse = matches!(class, Class::NameSparse | Class::HeadSparse);
        let (_, field) = fields(&row.text[zone]).find(|(_, field)| {
            if sparse { self.is_sparse_in(field) } else { self.finder.find(field).is_some() }
        })?;
        Some((if sparse { &self.sparse } else { &self.form }, str::from_utf8(field).ok()?))
    }

    /// The marks of the fields in whose text the needle is found as `fit` demands, as long as `wanted` says so.
    pub(super) fn fits_field(&self, text: &[u8], fit: Fit, mut wanted: impl FnMut(u8) -> bool) -> bool {
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

/// The fields of a row's text, each with the place of its mark.
pub(super) fn fields(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let mark = rest;
        let start = (mark < text.len()).then_some(mark + 1)?;
        let end = text[start..].iter().position(|byte| *byte < BLANK).map_or(text.len(), |len| start + len);
        rest = end;
        Some((mark, &text[start..end]))
    })
}

/// Whether the letters of `needle` are in `field` in their order, the first at the beginning of a word. The
/// earliest such word is the best: what follows it holds all that follows a later one.
pub(super) fn is_sparse<T: Copy + PartialEq>(
    field: impl Iterator<Item = T>,
    needle: impl Iterator<Item = T>,
    blank: T,
) -> bool {
    let mut needle = needle.peekable();
    let Some(first) = needle.next() else { return false };
    let mut field = field;
    let mut before = blank;
    loop {
        let Some(letter) = field.next() else { return false };
        if before == blank && letter == first {
            break;
        }
        before = letter;
    }
    needle.all(|letter| field.any(|other| other == letter))
}
