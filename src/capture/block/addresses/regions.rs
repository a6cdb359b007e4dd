//! Provinces, states and countries at the end of an address, as people write them.

use crate::text::fold::fold;

pub(super) const STATES: &str = " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC ";

pub(super) const STATE_NAMES: &[(&str, &str)] = &[
    ("vermont", "VT"),
    ("new york", "NY"),
    ("new hampshire", "NH"),
    ("maine", "ME"),
    ("massachusetts", "MA"),
    ("california", "CA"),
    ("connecticut", "CT"),
    ("florida", "FL"),
    ("texas", "TX"),
    ("michigan", "MI"),
    ("ohio", "OH"),
    ("pennsylvania", "PA"),
    ("new jersey", "NJ"),
    ("illinois", "IL"),
    ("washington", "WA"),
    ("rhode island", "RI"),
    ("georgia", "GA"),
    ("virginia", "VA"),
];

/// Provinces and what people write for them.
pub(super) const PROVINCES: &[(&str, &str)] = &[
    ("quebec", "QC"),
    ("que.", "QC"),
    ("qc", "QC"),
    ("p.q.", "QC"),
    ("pq", "QC"),
    ("qué.", "QC"),
    ("que", "QC"),
    ("q.c.", "QC"),
    ("oc", "QC"),
    ("ontario", "ON"),
    ("on", "ON"),
    ("ont.", "ON"),
    ("new brunswick", "NB"),
    ("nouveau-brunswick", "NB"),
    ("nb", "NB"),
    ("n.-b.", "NB"),
    ("n.b.", "NB"),
    ("nova scotia", "NS"),
    ("nouvelle-ecosse", "NS"),
    ("ns", "NS"),
    ("n.-e.", "NS"),
    ("pe", "PE"),
    ("pei", "PE"),
    ("ipe", "PE"),
    ("newfoundland and labrador", "NL"),
    ("nl", "NL"),
    ("manitoba", "MB"),
    ("mb", "MB"),
    ("saskatchewan", "SK"),
    ("sk", "SK"),
    ("alberta", "AB"),
    ("ab", "AB"),
    ("british columbia", "BC"),
    ("colombie-britannique", "BC"),
    ("bc", "BC"),
    ("b.c.", "BC"),
    ("c.-b.", "BC"),
    ("yukon", "YT"),
    ("yt", "YT"),
    ("nt", "NT"),
    ("nu", "NU"),
    ("nunavut", "NU"),
];

pub(super) const COUNTRIES: &[(&str, &str)] = &[
    ("canada", "CA"),
    ("france", "FR"),
    ("usa", "US"),
    ("u.s.a.", "US"),
    ("united states", "US"),
    ("etats-unis", "US"),
    ("belgique", "BE"),
    ("suisse", "CH"),
];

/// Takes a name of a list off the end of a text: what is left, and its code. Brackets around it go too.
pub(super) fn strip_end<'a>(
    text: &'a str,
    names: &[(&str, &'static str)],
) -> Option<(&'a str, &'static str)> {
    let trimmed = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ')' | '|' | ';' | '-' | '–' | '—' | ']')
    });
    let bracketed = trimmed.len() < text.trim_end_matches([' ', ',']).len();
    names.iter().find_map(|(name, code)| {
        let start = (0..trimmed.len())
            .rev()
            .filter(|at| trimmed.is_char_boundary(*at))
            .take(40)
            .find(|at| fold(&trimmed[*at..]) == *name)?;
        let before = trimmed[..start].chars().next_back();
        let word = before.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '\'' && c != '’');
        // `on` ends many a sentence; a province stands in capitals.
        let capital = trimmed[start..].starts_with(char::is_uppercase)
            && (name.len() > 2
                || trimmed[start..].chars().nth(1).is_some_and(char::is_uppercase)
                || trimmed[start..].starts_with("Qc")
                || bracketed);
        (word && capital).then(|| (trimmed[..start].trim_end_matches(['(', '[', ' ', ',']), *code))
    })
}
