//! What went wrong, in words: what happened, what stands beside it, and what to do.

use std::path::Path;

use super::i18n::Lang;
use super::records;
use crate::domain::market::Named;
use crate::domain::problem::{Brief, EncoderFault, InputProblem, InputReason, Problem, UsageProblem};

/// A problem in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worded {
    /// What happened, one sentence.
    pub message: String,
    /// What stands beside it, one line each: the people who fit, say.
    pub details: Vec<String>,
    /// What to do, one sentence each.
    pub hints: Vec<String>,
}

impl Worded {
    /// A message alone.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// Words for a problem.
pub fn problem(problem: &Problem, lang: Lang) -> Worded {
    let words = lang.catalogue();
    match problem {
        Problem::NobodyFound { who } => {
            Worded::new(words.error_nobody(who.as_str())).hint(words.error_nobody_hint())
        }
        Problem::Ambiguous { who, people, total } => ambiguous(who, people, *total, lang),
        Problem::NoMarket { name, near } => {
            let worded = Worded::new(words.error_no_market(name.as_str()));
            worded.hint(near_hint(near, lang).unwrap_or_else(|| words.error_no_market_hint()))
        }
        Problem::NoRegion { name, near } => {
            let worded = Worded::new(words.error_no_region(name.as_str()));
            worded.hint(near_hint(near, lang).unwrap_or_else(|| words.error_no_region_hint()))
        }
        Problem::NoNeed { words: name, open } => Worded {
            message: words.error_no_need(name.as_str()),
            details: listed(open),
            hints: vec![words.error_no_need_hint()],
        },
        Problem::ManyNeeds { words: name, needs } => Worded {
            message: words.error_many_needs(name.as_str()),
            details: listed(needs),
            hints: vec![words.error_many_needs_hint()],
        },
        Problem::NoPair { text } => {
            Worded::new(words.error_no_pair(text.as_str())).hint(words.error_no_pair_hint())
        }
        Problem::NothingToUndo => Worded::new(words.error_nothing_to_undo()),
        Problem::NothingToRedo => Worded::new(words.error_nothing_to_redo()),
        Problem::Conflict { subject, fields } => {
            let message = if fields.is_empty() {
                words.error_conflict(subject.as_str())
            } else {
                let fields: Vec<_> = fields.iter().map(|name| records::field(name, lang)).collect();
                words.error_conflict_fields(subject.as_str(), fields.join(", "))
            };
            Worded::new(message).hint(words.error_conflict_hint())
        }
        Problem::Usage(problem) => usage(problem, lang),
        Problem::BadInput(problem) => {
            let worded = Worded::new(input(problem, lang));
            match input_hint(&problem.reason, lang) {
                Some(hint) => worded.hint(hint),
                None => worded,
            }
        }
        Problem::StoreLocked { pid } => Worded::new(match pid {
            Some(pid) => words.error_store_locked_by(pid.to_string()),
            None => words.error_store_locked(),
        })
        .hint(words.error_store_locked_hint()),
        Problem::StoreNewer { found, supported } => {
            Worded::new(words.error_store_newer(*found, *supported)).hint(words.error_store_newer_hint())
        }
        Problem::StoreDamaged { path, detail } => {
            Worded::new(words.error_store_damaged(shown(path), detail.as_str()))
                .hint(words.error_store_damaged_hint())
        }
        Problem::StoreUnavailable { path, detail } => {
            Worded::new(words.error_store_unavailable(shown(path), detail.as_str()))
                .hint(words.error_store_unavailable_hint())
        }
        Problem::WriteFailed { detail } => {
            Worded::new(words.error_write_failed(detail.as_str())).hint(words.error_write_failed_hint())
        }
        Problem::OtherVersion { theirs } => {
            Worded::new(words.error_other_version(theirs.as_str())).hint(words.error_other_version_hint())
        }
        Problem::Cancelled => Worded::new(words.error_cancelled()),
        Problem::DropFolder { path, detail } => {
            Worded::new(words.error_drop_folder(shown(path), detail.as_str()))
                .hint(words.error_drop_folder_hint())
        }
        Problem::Encoder { path, fault } => {
            let reason = match fault {
                EncoderFault::Unreadable { detail } => words.input_unreadable(detail.as_str()),
                EncoderFault::NotOne => words.encoder_not_one(),
                EncoderFault::OtherVersion { found, supported } => {
                    words.encoder_other_version(found.to_string(), supported.to_string())
                }
                EncoderFault::Damaged => words.encoder_damaged(),
                EncoderFault::TooLarge => words.encoder_too_large(),
            };
            Worded::new(words.encoder_unusable(shown(path), reason)).hint(words.encoder_unusable_hint())
        }
        Problem::CannotWrite { path, detail } => {
            Worded::new(words.error_cannot_write(shown(path), detail.as_str()))
                .hint(words.error_cannot_write_hint())
        }
    }
}

/// What may have been meant: *Did you mean Municipal government (municipal)?*
fn near_hint(near: &[Named], lang: Lang) -> Option<String> {
    let names: Vec<String> = near.iter().map(|one| super::markets::name_and_slug(one, lang)).collect();
    (!names.is_empty()).then(|| lang.catalogue().error_near_hint(names.join(", ")))
}

/// Needs as lines, each with its identifier.
fn listed(needs: &[(String, String)]) -> Vec<String> {
    needs.iter().map(|(id, words)| format!("{id}  {words}")).collect()
}

fn ambiguous(who: &str, people: &[Brief], total: usize, lang: Lang) -> Worded {
    let words = lang.catalogue();
    let mut details: Vec<_> = people.iter().map(brief).collect();
    if total > people.len() {
        details.push(words.error_ambiguous_more(total - people.len()));
    }
    Worded { message: words.error_ambiguous(total, who), details, hints: vec![words.error_ambiguous_hint()] }
}

/// A person in one line: uid, name, organisation.
pub fn brief(person: &Brief) -> String {
    let mut line = format!("{}  {}", person.uid, person.name);
    if !person.org.is_empty() && person.org != person.name {
        line.push_str(" · ");
        line.push_str(&person.org);
    }
    line
}

/// Words for a command that cannot mean anything.
pub fn usage(problem: &UsageProblem, lang: Lang) -> Worded {
    let words = lang.catalogue();
    match problem {
        UsageProblem::NothingGiven => {
            Worded::new(words.usage_nothing_given()).hint(words.usage_nothing_given_hint())
        }
        UsageProblem::UnknownWord { word, allowed } => Worded::new(words.usage_unknown_word(word.as_str()))
            .hint(words.usage_unknown_word_hint(allowed.join(", "))),
        UsageProblem::BadDate { text } => {
            Worded::new(words.usage_bad_date(text.as_str())).hint(words.usage_bad_date_hint())
        }
        UsageProblem::NotAPair { text } => {
            Worded::new(words.usage_not_a_pair(text.as_str())).hint(words.usage_not_a_pair_hint())
        }
        UsageProblem::SameMarket => Worded::new(words.usage_same_market()),
        UsageProblem::MarketExists { market } => {
            Worded::new(words.usage_market_exists(super::markets::name(market, lang), market.slug.as_str()))
        }
        UsageProblem::SamePerson => Worded::new(words.usage_same_person()),
        UsageProblem::NeedsYes => Worded::new(words.usage_needs_yes()).hint(words.usage_needs_yes_hint()),
        UsageProblem::UnknownFormat { file } => {
            Worded::new(words.usage_unknown_format(shown(file))).hint(words.usage_unknown_format_hint())
        }
    }
}

/// Where input is wrong and why: *contacts.csv, line 12: “31 Feb” is not a date; the rest was kept*.
pub fn input(problem: &InputProblem, lang: Lang) -> String {
    let words = lang.catalogue();
    let file = if problem.file.is_empty() { words.input_stdin() } else { problem.file.clone() };
    let reason = reason(&problem.reason, lang);
    // Places are for editors and scripts, so they carry no thousands separator.
    match (problem.line, problem.column) {
        (0, _) => words.input_file(file, reason),
        (line, 0) => words.input_line(file, line.to_string(), reason),
        (line, column) => words.input_column(file, line.to_string(), column.to_string(), reason),
    }
}

/// Why input is wrong, without the place.
pub fn reason(reason: &InputReason, lang: Lang) -> String {
    let words = lang.catalogue();
    match reason {
        InputReason::Unreadable { detail } => words.input_unreadable(detail.as_str()),
        InputReason::Empty => words.input_empty(),
        InputReason::Binary => words.input_binary(),
        InputReason::TooLarge { limit } => words.input_too_large(limit / 1_000_000),
        InputReason::TooLong { limit } => words.input_too_long(limit / 1_000),
        InputReason::NoHeader => words.input_no_header(),
        InputReason::UnclosedQuote => words.input_unclosed_quote(),
        InputReason::NoName => words.input_no_name(),
        InputReason::BadDate { text } => words.input_bad_date(text.as_str()),
        InputReason::BadValue { field, text } => {
            words.input_bad_value(text.as_str(), records::field(field, lang))
        }
        InputReason::BrokenRow { found, expected } => words.input_broken_row(*found, *expected),
        InputReason::SurplusCells { text } => words.input_surplus_cells(text.as_str()),
        InputReason::UnknownField { field } => words.input_unknown_field(field.as_str()),
        InputReason::Repeated { key } => words.input_repeated(key.as_str()),
        InputReason::Namesakes { name } => words.input_namesakes(name.as_str()),
        InputReason::BadJson { detail } => words.input_bad_json(detail.as_str()),
        InputReason::BadMarkets { detail } => words.input_bad_markets(detail.as_str()),
        InputReason::BadArchive { detail } => words.input_bad_archive(detail.as_str()),
        InputReason::NothingKnownInside => words.input_nothing_known(),
        InputReason::NotAnImage => words.input_not_an_image(),
        InputReason::Heic => words.input_heic(),
        InputReason::UnsupportedImage { format } => words.input_unsupported_image(format.as_str()),
        InputReason::TooManyPixels { width, height, limit } => {
            words.input_too_many_pixels(*width, *height, limit / 1_000_000)
        }
        InputReason::CutOff => words.input_cut_off(),
        InputReason::DamagedImage => words.input_damaged_image(),
        InputReason::UnknownContact { uid } => words.input_unknown_contact(uid.as_str()),
    }
}

fn input_hint(reason: &InputReason, lang: Lang) -> Option<String> {
    let words = lang.catalogue();
    match reason {
        InputReason::Unreadable { .. } => Some(words.input_unreadable_hint()),
        InputReason::NoHeader => Some(words.input_no_header_hint()),
        InputReason::NothingKnownInside => Some(words.input_nothing_known_hint()),
        InputReason::Heic => Some(words.input_heic_hint()),
        InputReason::UnsupportedImage { .. } => Some(words.input_unsupported_image_hint()),
        InputReason::TooManyPixels { .. } => Some(words.input_too_many_pixels_hint()),
        InputReason::CutOff => Some(words.input_cut_off_hint()),
        _ => None,
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_matches_are_listed_and_the_rest_counted() {
        let person = |uid: &str, org: &str| Brief { uid: uid.into(), name: "Luc".into(), org: org.into() };
        let worded = problem(
            &Problem::Ambiguous {
                who: "luc".into(),
                people: vec![person("a", "MRC"), person("b", "")],
                total: 1_002,
            },
            Lang::Fr,
        );
        assert_eq!(worded.message, "1\u{a0}002 personnes correspondent à «\u{a0}luc\u{a0}»\u{a0}:");
        assert_eq!(worded.details, ["a  Luc · MRC", "b  Luc", "… et 1\u{a0}000 autres"]);
        assert_eq!(worded.hints.len(), 1);
    }

    #[test]
    fn the_place_stands_before_the_reason() {
        let mut place = InputProblem {
            file: "amis.csv".into(),
            line: 1_204,
            column: 7,
            reason: InputReason::BadDate { text: "31 févr.".into() },
        };
        assert_eq!(
            input(&place, Lang::En),
            "amis.csv, line 1204, column 7: “31 févr.” is not a date; the rest was kept"
        );
        place.column = 0;
        assert!(input(&place, Lang::En).starts_with("amis.csv, line 1204: "));
        (place.file, place.line) = (String::new(), 0);
        assert!(input(&place, Lang::Fr).starts_with("entrée standard\u{a0}: "));
    }

    #[test]
    fn fields_in_the_way_are_named_in_the_users_language() {
        let conflict =
            Problem::Conflict { subject: "Luc".into(), fields: vec!["note".into(), "tags".into()] };
        assert!(problem(&conflict, Lang::Fr).message.contains("(note, étiquettes)"));
    }
}
