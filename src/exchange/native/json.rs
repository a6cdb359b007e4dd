//! Objects of the native form: written key by key in a fixed order, without the empty ones; read key by key, with
//! what is wrong noted and the rest kept.

use std::fmt::Display;

use serde_json::{Map, Value};

use super::words::Word;
use crate::domain::problem::InputReason;
use crate::domain::time::{Date, PartialDate, Timestamp};
use crate::text::clean;

/// Writes one object; a field without a value leaves no key.
pub(super) struct Object<'a> {
    out: &'a mut Vec<u8>,
    empty: bool,
}

impl<'a> Object<'a> {
    /// Writes the braces, and between them what `fill` writes.
    pub(super) fn write(out: &'a mut Vec<u8>, fill: impl FnOnce(&mut Object<'_>)) {
        out.push(b'{');
        let mut object = Object { out, empty: true };
        fill(&mut object);
        object.out.push(b'}');
    }

    fn key(&mut self, key: &str) {
        if !self.empty {
            self.out.push(b',');
        }
        self.empty = false;
        quoted(self.out, key);
        self.out.push(b':');
    }

    pub(super) fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.key(key);
            quoted(self.out, text);
        }
    }

    /// Something that is there even when it is empty.
    pub(super) fn always(&mut self, key: &str, text: &str) {
        self.key(key);
        quoted(self.out, text);
    }

    pub(super) fn shown(&mut self, key: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.text(key, &value.to_string());
        }
    }

    pub(super) fn word(&mut self, key: &str, value: Option<impl Word>) {
        if let Some(value) = value {
            self.text(key, value.word());
        }
    }

    /// A number or a truth value.
    pub(super) fn bare(&mut self, key: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.key(key);
            self.out.extend_from_slice(value.to_string().as_bytes());
        }
    }

    pub(super) fn flag(&mut self, key: &str, set: bool) {
        self.bare(key, set.then_some(true));
    }

    pub(super) fn texts(&mut self, key: &str, texts: impl IntoIterator<Item = impl AsRef<str>>) {
        let mut texts = texts.into_iter().peekable();
        if texts.peek().is_none() {
            return;
        }
        self.key(key);
        let mut mark = b'[';
        for text in texts {
            self.out.push(mark);
            quoted(self.out, text.as_ref());
            mark = b',';
        }
        self.out.push(b']');
    }

    pub(super) fn object(&mut self, key: &str, fill: impl FnOnce(&mut Object<'_>)) {
        self.key(key);
        Object::write(self.out, fill);
    }

    pub(super) fn objects<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        mut fill: impl FnMut(&mut Object<'_>, T),
    ) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return;
        }
        self.key(key);
        let mut mark = b'[';
        for item in items {
            self.out.push(mark);
            Object::write(self.out, |object| fill(object, item));
            mark = b',';
        }
        self.out.push(b']');
    }
}

fn quoted(out: &mut Vec<u8>, text: &str) {
    // Writing a string into memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}

/// Reads one object. What is taken is gone; [`Fields::finish`] reports what is left.
pub(super) struct Fields<'a> {
    map: Map<String, Value>,
    faults: &'a mut Vec<InputReason>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(map: Map<String, Value>, faults: &'a mut Vec<InputReason>) -> Self {
        Self { map, faults }
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(self) {
        for (field, _) in self.map {
            self.faults.push(InputReason::UnknownField { field: clean::line(&field) });
        }
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        self.map.remove(key).filter(|value| !value.is_null())
    }

    fn bad(&mut self, key: &str, value: impl Display) {
        let text = shortened(&clean::line(&value.to_string()));
        self.faults.push(InputReason::BadValue { field: key.to_owned(), text });
    }

    /// Reports a value that is of the right type and yet none.
    pub(super) fn refuse(&mut self, key: &str, text: &str) {
        self.bad(key, text);
    }

    fn raw(&mut self, key: &str) -> Option<String> {
        match self.take(key)? {
            Value::String(text) => Some(text),
            other => {
                self.bad(key, other);
                None
            }
        }
    }

    /// A text of one line; empty when absent.
    pub(super) fn text(&mut self, key: &str) -> String {
        self.raw(key).map(verbatim_line).unwrap_or_default()
    }

    /// A text with line breaks; empty when absent.
    pub(super) fn block(&mut self, key: &str) -> String {
        self.raw(key).map(verbatim_block).unwrap_or_default()
    }

    /// A text that is not empty.
    pub(super) fn filled(&mut self, key: &str) -> Option<String> {
        Some(self.text(key)).filter(|text| !text.is_empty())
    }

    /// What `read` makes of a text; a text that it refuses is reported.
    pub(super) fn parsed<T>(&mut self, key: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.filled(key)?;
        let value = read(&text);
        if value.is_none() {
            self.bad(key, text);
        }
        value
    }

    pub(super) fn word<T: Word>(&mut self, key: &str) -> Option<T> {
        self.parsed(key, T::from_word)
    }

    pub(super) fn partial_date(&mut self, key: &str) -> Option<PartialDate> {
        self.filled(key).map(|text| PartialDate::parse(&text))
    }

    pub(super) fn date(&mut self, key: &str) -> Option<Date> {
        let text = self.filled(key)?;
        let date = text.parse().ok();
        if date.is_none() {
            self.faults.push(InputReason::BadDate { text: shortened(&text) });
        }
        date
    }

    pub(super) fn moment(&mut self, key: &str) -> Option<Timestamp> {
        let text = self.filled(key)?;
        let moment = text.parse().ok();
        if moment.is_none() {
            self.faults.push(InputReason::BadDate { text: shortened(&text) });
        }
        moment
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        self.truth(key).unwrap_or(false)
    }

    pub(super) fn truth(&mut self, key: &str) -> Option<bool> {
        match self.take(key)? {
            Value::Bool(set) => Some(set),
            other => {
                self.bad(key, other);
                None
            }
        }
    }

    /// A whole number that fits.
    pub(super) fn number<T: TryFrom<i64>>(&mut self, key: &str) -> Option<T> {
        let value = self.take(key)?;
        let number = value.as_i64().and_then(|number| T::try_from(number).ok());
        if number.is_none() {
            self.bad(key, value);
        }
        number
    }

    fn list(&mut self, key: &str) -> Vec<Value> {
        match self.take(key) {
            None => Vec::new(),
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.bad(key, other);
                Vec::new()
            }
        }
    }

    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.list(key) {
            match item {
                Value::String(text) => texts.push(verbatim_line(text)),
                other => self.bad(key, other),
            }
        }
        texts
    }

    /// What `read` makes of an object; its own unknown keys are reported.
    pub(super) fn object<T>(&mut self, key: &str, read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        match self.take(key)? {
            Value::Object(map) => {
                let mut fields = Fields::new(map, self.faults);
                let read = read(&mut fields);
                fields.finish();
                Some(read)
            }
            other => {
                self.bad(key, other);
                None
            }
        }
    }

    /// The same for a list of objects; those that `read` refuses are left out.
    pub(super) fn objects<T>(
        &mut self,
        key: &str,
        mut read: impl FnMut(&mut Fields<'_>) -> Option<T>,
    ) -> Vec<T> {
        let mut objects = Vec::new();
        for item in self.list(key) {
            match item {
                Value::Object(map) => {
                    let mut fields = Fields::new(map, self.faults);
                    objects.extend(read(&mut fields));
                    fields.finish();
                }
                other => self.bad(key, other),
            }
        }
        objects
    }
}

/// At most sixty characters of a text, for a message.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The text itself; only where it holds what acts on a terminal, the text without that.
fn verbatim_line(text: String) -> String {
    if clean::is_clean(&text) && !text.contains('\n') { text } else { clean::line(&text) }
}

fn verbatim_block(text: String) -> String {
    if clean::is_clean(&text) { text } else { clean::block(&text) }
}
