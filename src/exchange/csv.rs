//! Tables as people's programs write them: RFC 4180, and what is found instead.
//!
//! Why not the `csv` crate: it takes everything after an unclosed quote for one cell, in silence; here the place is
//! reported and the rows after it come through. Tests hold this reader against what that crate writes.
//!
//! Rules beyond RFC 4180:
//! - The delimiter is the one of comma, semicolon and tab that stands most often outside quotes in the header line;
//!   a first line `sep=;` decides before that. The header is searched in the first fifteen lines.
//! - Lines end in LF, CR LF or CR. Empty lines are no rows.
//! - A quote inside an unquoted cell is text. A single quote inside a quoted cell closes it only where a delimiter
//!   or the end of the line follows; otherwise it is text too (`"Robert "Bob" Roy"`).
//! - A quoted cell was never closed if the search for its end runs into a quote that opens another cell, or into the
//!   end of the file. It is then read as if the quote were not there. Up to the place where that search ended, a
//!   quoted cell must close on its own line; where one does not, quotes are text up to where *that* search ended. Each
//!   byte is therefore looked at a fixed number of times, whatever the input.

use memchr::{memchr, memchr2};
use unicode_normalization::UnicodeNormalization;

use super::source::decode;

/// The longest cell in bytes; a longer one is dropped and reported.
pub const MAX_CELL: usize = 64_000;

/// Cells of a row beyond so many are counted, not kept.
const MAX_CELLS: usize = 1024;

/// Faults of a row beyond so many are not listed.
const MAX_FAULTS: usize = 8;

/// The header stands in one of so many first lines.
const HEADER_WITHIN: usize = 15;

/// A longer line is no header.
const MAX_HEADER: usize = 64 * 1024;

/// One row. Kept by the caller and filled again and again, so that reading costs no allocations.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The line where it begins, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    cells: Vec<String>,
    len: usize,
    dropped: String,
}

/// What is wrong with a row, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Column in characters, from 1.
    pub column: u64,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A quote was opened here and never closed; the cell was read without it.
    UnclosedQuote,
    /// The cell is longer than [`MAX_CELL`]; it was emptied.
    TooLong,
}

impl Row {
    /// The text of a cell, counted from 0; empty where the row is too short.
    pub fn cell(&self, at: usize) -> &str {
        self.cells().get(at).map_or("", String::as_str)
    }

    /// All cells.
    pub fn cells(&self) -> &[String] {
        &self.cells[..self.len]
    }

    /// Every cell is empty or blank.
    pub fn is_blank(&self) -> bool {
        self.cells().iter().all(|cell| cell.trim().is_empty())
    }

    fn clear(&mut self, line: u64) {
        self.line = line;
        self.len = 0;
        self.faults.clear();
    }

    fn next_cell(&mut self) -> &mut String {
        if self.len == MAX_CELLS {
            self.dropped.clear();
            return &mut self.dropped;
        }
        if self.len == self.cells.len() {
            self.cells.push(String::new());
        }
        let cell = &mut self.cells[self.len];
        self.len += 1;
        cell.clear();
        cell
    }
}

/// Reads the rows of a table in memory.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    at: usize,
    line: u64,
    /// Before this place a quoted cell that does not close on its own line does not close at all.
    single_line_until: usize,
    /// Before this place quotes are text.
    literal_until: usize,
}

/// How the search for the end of a quoted cell came out.
enum Quoted {
    /// The closing quote.
    Closed(usize),
    /// There is none; looked at everything before this place.
    Unclosed(usize),
}

impl<'a> Reader<'a> {
    /// Reads from the first byte.
    pub fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        Self { bytes, delimiter, at: 0, line: 1, single_line_until: 0, literal_until: 0 }
    }

    /// How many bytes have been read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Fills `row` with the next row; `false` at the end.
    pub fn read(&mut self, row: &mut Row) -> bool {
        while self.at < self.bytes.len() {
            if self.end_of_line(self.at) > 0 {
                self.at += self.end_of_line(self.at);
                self.line += 1;
                continue;
            }
            self.read_row(row);
            return true;
        }
        false
    }

    fn read_row(&mut self, row: &mut Row) {
        let start = self.at;
        row.clear(self.line);
        let mut line_end = self.line_end(start);
        loop {
            let cell = self.at;
            if cell > line_end {
                // A quoted cell carried the row on to another line.
                line_end = self.line_end(cell);
            }
            let mut from = cell;
            if self.bytes.get(cell) == Some(&b'"') && cell >= self.literal_until {
                match self.closing_quote(cell, line_end) {
                    Quoted::Closed(close) => {
                        self.take_quoted(cell + 1, close, start, row);
                        self.at = close + 1;
                        if self.end_of_row(row, start) {
                            return;
                        }
                        continue;
                    }
                    Quoted::Unclosed(seen) => {
                        if cell < self.single_line_until {
                            self.literal_until = seen;
                        } else {
                            self.single_line_until = seen;
                        }
                        self.fault(FaultKind::UnclosedQuote, cell, start, row);
                        from += 1;
                    }
                }
            }
            let end =
                memchr(self.delimiter, &self.bytes[from..line_end]).map_or(line_end, |found| from + found);
            self.take(&self.bytes[from..end], cell, start, row);
            self.at = end;
            if self.end_of_row(row, start) {
                return;
            }
        }
    }

    /// Steps over the delimiter after a cell, or over the end of the row, and says which it was.
    fn end_of_row(&mut self, row: &mut Row, start: usize) -> bool {
        if self.bytes.get(self.at) == Some(&self.delimiter) {
            self.at += 1;
            if self.at < self.bytes.len() {
                return false;
            }
            row.next_cell();
            return true;
        }
        self.line += lines_in(&self.bytes[start..self.at]) + 1;
        self.at += self.end_of_line(self.at);
        true
    }

    /// Finds the quote that closes the one at `open`.
    fn closing_quote(&self, open: usize, line_end: usize) -> Quoted {
        let limit = if open < self.single_line_until { line_end } else { self.bytes.len() };
        let mut at = open + 1;
        while let Some(found) = memchr(b'"', &self.bytes[at.min(limit)..limit]) {
            let quote = at + found;
            let next = quote + 1;
            if next < limit && self.bytes[next] == b'"' {
                at = next + 1;
            } else if self.ends_cell(next) {
                return Quoted::Closed(quote);
            } else if self.starts_cell(quote) {
                return Quoted::Unclosed(quote);
            } else {
                at = next;
            }
        }
        Quoted::Unclosed(limit)
    }

    fn ends_cell(&self, at: usize) -> bool {
        self.bytes.get(at).is_none_or(|byte| *byte == self.delimiter || matches!(byte, b'\n' | b'\r'))
    }

    fn starts_cell(&self, at: usize) -> bool {
        self.bytes[..at].last().is_none_or(|byte| *byte == self.delimiter || matches!(byte, b'\n' | b'\r'))
    }

    fn take_quoted(&self, from: usize, close: usize, start: usize, row: &mut Row) {
        let inner = &self.bytes[from..close];
        if memchr(b'"', inner).is_none() {
            self.take(inner, from - 1, start, row);
            return;
        }
        let mut plain = Vec::with_capacity(inner.len());
        let mut rest = inner;
        while let Some(quote) = memchr(b'"', rest) {
            plain.extend_from_slice(&rest[..=quote]);
            let doubled = rest.get(quote + 1) == Some(&b'"');
            rest = &rest[quote + 1 + usize::from(doubled)..];
        }
        plain.extend_from_slice(rest);
        self.take(&plain, from - 1, start, row);
    }

    fn take(&self, bytes: &[u8], cell: usize, start: usize, row: &mut Row) {
        if bytes.len() > MAX_CELL {
            self.fault(FaultKind::TooLong, cell, start, row);
            row.next_cell();
            return;
        }
        row.next_cell().push_str(&decode(bytes));
    }

    fn fault(&self, kind: FaultKind, cell: usize, start: usize, row: &mut Row) {
        if row.faults.len() < MAX_FAULTS {
            row.faults.push(Fault { column: self.column(start, cell), kind });
        }
    }

    /// Column, in characters from 1, of a cell within its own line.
    fn column(&self, start: usize, cell: usize) -> u64 {
        let before = &self.bytes[start..cell];
        let from = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1);
        decode(&before[from..]).chars().count() as u64 + 1
    }

    fn line_end(&self, from: usize) -> usize {
        memchr2(b'\n', b'\r', &self.bytes[from..]).map_or(self.bytes.len(), |found| from + found)
    }

    /// Length of the line end at `at`; 0 where there is none.
    fn end_of_line(&self, at: usize) -> usize {
        match self.bytes.get(at..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\n' | b'\r', ..]) => 1,
            _ => 0,
        }
    }
}

/// How many line ends there are in a stretch.
fn lines_in(bytes: &[u8]) -> u64 {
    let mut count = 0;
    let mut rest = bytes;
    while let Some(at) = memchr2(b'\n', b'\r', rest) {
        count += 1;
        let pair = rest[at..].starts_with(b"\r\n");
        rest = &rest[at + 1 + usize::from(pair)..];
    }
    count
}

/// Finds the header: the first line that `known` recognises. Answers with what it made of it, and with a reader that
/// stands behind it.
pub fn find_header<T>(
    bytes: &[u8],
    mut known: impl FnMut(&[String]) -> Option<T>,
) -> Option<(T, Reader<'_>)> {
    let mut reader = Reader::new(bytes, b',');
    let mut forced = None;
    let mut row = Row::default();
    for _ in 0..HEADER_WITHIN {
        let end = reader.line_end(reader.at);
        let line = &bytes[reader.at..end];
        if line.len() <= MAX_HEADER {
            if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', mark] = line {
                forced = Some(*mark);
            } else {
                let delimiter = forced.unwrap_or_else(|| likely_delimiter(line));
                if Reader::new(line, delimiter).read(&mut row)
                    && let Some(found) = known(row.cells())
                {
                    reader.delimiter = delimiter;
                    reader.at = end;
                    return Some((found, reader));
                }
            }
        }
        if end == bytes.len() {
            return None;
        }
        reader.at = end + reader.end_of_line(end);
        reader.line += 1;
    }
    None
}

/// The delimiter that stands most often outside quotes; a comma where none does.
pub fn likely_delimiter(line: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in line {
        if *byte == b'"' {
            quoted = !quoted;
        } else if !quoted && let Some((_, count)) = counts.iter_mut().find(|(mark, _)| mark == byte) {
            *count += 1;
        }
    }
    // The first of equals wins, so that a comma beats the others.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| *mark)
}

/// A header's name for comparison: lower-case, without accents, blanks and punctuation.
pub fn bare(text: &str) -> String {
    text.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Takes off what spreadsheets put around text: `="0145"` and the apostrophe that keeps `'+1 819…` from being a
/// formula.
pub fn unharmed(cell: &str) -> &str {
    let cell = cell.trim();
    if let Some(inner) = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return inner;
    }
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &[u8]) -> Vec<(u64, Vec<String>, Vec<Fault>)> {
        let mut reader = Reader::new(text, b',');
        let mut row = Row::default();
        let mut found = Vec::new();
        while reader.read(&mut row) {
            found.push((row.line, row.cells().to_vec(), row.faults.clone()));
        }
        found
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text.as_bytes()).into_iter().map(|(_, cells, _)| cells).collect()
    }

    #[test]
    fn quotes_delimiters_and_line_ends() {
        assert_eq!(
            cells("a,b\r\nc,\"d, e\"\rf,\"g\"\"h\"\"\"\n\n,\n"),
            [vec!["a", "b"], vec!["c", "d, e"], vec!["f", "g\"h\""], vec!["", ""]]
        );
        assert_eq!(cells("a,"), [vec!["a", ""]]);
        assert_eq!(cells("5\" pipe,\"Robert \"Bob\" Roy\",x"), [vec!["5\" pipe", "Robert \"Bob\" Roy", "x"]]);
    }

    #[test]
    fn lines_are_counted_through_quoted_line_ends() {
        let read = rows(b"a,\"one\r\ntwo\rthree\"\nb,c\n");
        assert_eq!(read[0].1, ["a", "one\r\ntwo\rthree"]);
        assert_eq!((read[0].0, read[1].0), (1, 4));
    }

    #[test]
    fn an_unclosed_quote_costs_its_own_row_only() {
        let read = rows(b"a,b,c\nd,\"e,f\ng,\"h, i\",j\nk,\"l\nm,n,o\n");
        let unclosed = |column| vec![Fault { column, kind: FaultKind::UnclosedQuote }];
        assert_eq!(
            read,
            [
                (1, vec!["a".into(), "b".into(), "c".into()], vec![]),
                (2, vec!["d".into(), "e".into(), "f".into()], unclosed(3)),
                (3, vec!["g".into(), "h, i".into(), "j".into()], vec![]),
                (4, vec!["k".into(), "l".into()], unclosed(3)),
                (5, vec!["m".into(), "n".into(), "o".into()], vec![]),
            ]
        );
    }

    #[test]
    fn a_quote_missing_before_another_cell_of_the_line() {
        let read = rows(b"a,\"b,c,\"d, e\",f\n");
        assert_eq!(read[0].1, ["a", "b", "c", "d, e", "f"]);
        assert_eq!(read[0].2.len(), 1);
    }

    #[test]
    fn an_endless_cell_is_dropped_and_said() {
        let text = format!("a,{},b\nc,d,e\n", "x".repeat(MAX_CELL + 1));
        let read = rows(text.as_bytes());
        assert_eq!(read[0].1, ["a", "", "b"]);
        assert_eq!(read[0].2, [Fault { column: 3, kind: FaultKind::TooLong }]);
        assert_eq!(read[1].1, ["c", "d", "e"]);
    }

    #[test]
    fn hostile_quoting_stays_linear() {
        // Each of these made a naive reader search the rest of the input once a cell.
        for part in
            ["\"a,", "\"\"a,", "\"a\n", "\"\"a\n", "\"a \"\",\n", "\"\",", "\"a\n\"\",", ",", "\"a,\"\"b,"]
        {
            let text = part.repeat(400_000 / part.len());
            let mut reader = Reader::new(text.as_bytes(), b',');
            let mut row = Row::default();
            while reader.read(&mut row) {}
            assert_eq!(reader.position(), text.len(), "{part:?}");
        }
    }

    #[test]
    fn headers_are_found_with_their_delimiter() {
        let known = |cells: &[String]| (cells.len() == 3 && cells[0] == "a").then(|| cells.to_vec());
        for text in
            ["a,b,c\n1,2,3", "Notes:\n\"x, y\"\n\na;b;c\n1;2;3", "sep=;\na;b;c\n1;2;3", "a\tb\tc\r1\t2\t3"]
        {
            let (_, mut reader) = find_header(text.as_bytes(), known).expect("a header");
            let mut row = Row::default();
            assert!(reader.read(&mut row));
            assert_eq!(row.cells(), ["1", "2", "3"], "{text:?}");
            assert_eq!(row.line as usize, text.replace('\r', "\n").lines().count());
        }
        assert!(find_header(b"x,y\n1,2\n", known).is_none());
    }

    #[test]
    fn spreadsheet_marks_come_off() {
        assert_eq!(unharmed("=\"0145\""), "0145");
        assert_eq!(unharmed("'=1+1"), "=1+1");
        assert_eq!(unharmed("'tis"), "'tis");
        assert_eq!(unharmed("=1+1"), "=1+1");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_their_end(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for delimiter in [b',', b';', b'\t'] {
                let mut reader = Reader::new(&bytes, delimiter);
                let mut row = Row::default();
                while reader.read(&mut row) {}
                prop_assert_eq!(reader.position(), bytes.len());
            }
        }

        #[test]
        fn quoting_soup_is_read_to_its_end(text in "[\",a\n\r;]{0,60}") {
            let mut reader = Reader::new(text.as_bytes(), b',');
            let mut row = Row::default();
            while reader.read(&mut row) {}
            prop_assert_eq!(reader.position(), text.len());
        }

        #[test]
        fn what_the_csv_crate_writes_is_read(
            table in proptest::collection::vec(proptest::collection::vec("[a-zé,;\"\n =]{0,8}", 2..5), 1..8),
        ) {
            let mut writer = ::csv::WriterBuilder::new().flexible(true).quote_style(::csv::QuoteStyle::Always).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).expect("memory");
            }
            let bytes = writer.into_inner().expect("memory");
            let read: Vec<_> = rows(&bytes).into_iter().map(|(_, cells, _)| cells).collect();
            prop_assert_eq!(read, table);
        }
    }
}
