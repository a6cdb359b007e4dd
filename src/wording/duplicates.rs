//! Why two cards may be one person's, in words.

use super::Lang;
use crate::insight::duplicates::{Clue, Evidence, Likelihood, Likeness};
use crate::text::phone;

/// Stands between reasons, which may hold commas.
pub const AND: &str = " · ";

/// How likely: *nearly sure*.
pub fn likelihood(likelihood: Likelihood, lang: Lang) -> String {
    let words = lang.catalogue();
    match likelihood {
        Likelihood::NearlySure => words.likelihood_nearly_sure(),
        Likelihood::Likely => words.likelihood_likely(),
        Likelihood::Possible => words.likelihood_possible(),
    }
}

/// The same drawn: `●●●` for nearly sure.
pub fn likelihood_dots(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::NearlySure => "●●●",
        Likelihood::Likely => "●●○",
        Likelihood::Possible => "●○○",
    }
}

/// One reason: *same email rejean@example.org*. What speaks against says so by itself.
pub fn clue(clue: &Clue, lang: Lang) -> String {
    let words = lang.catalogue();
    match clue {
        Clue::Profile(key) => {
            let name = key.rsplit_once('/').map_or(key.as_str(), |(_, name)| name);
            words.clue_profile(name)
        }
        Clue::Email(address) => words.clue_email(address.as_str()),
        Clue::SharedEmail(address) => words.clue_shared_email(address.as_str()),
        Clue::Phone { value, ext } if ext.is_empty() => words.clue_phone(phone::display(value)),
        Clue::Phone { value, ext } => words.clue_phone(format!("{} #{ext}", phone::display(value))),
        Clue::SharedPhone(value) => words.clue_shared_phone(phone::display(value)),
        Clue::Name(likeness) => name(*likeness, lang),
        Clue::Org(org) => words.clue_org(org.as_str()),
        Clue::Title(title) => words.clue_title(title.as_str()),
        Clue::Town(town) => words.clue_town(town.as_str()),
        Clue::Birthday => words.clue_birthday(),
        Clue::OtherName => words.clue_other_name(),
        Clue::OtherFamily => words.clue_other_family(),
        Clue::OtherSuffix => words.clue_other_suffix(),
        Clue::OtherCivility => words.clue_other_civility(),
        Clue::OtherEmail(host) => words.clue_other_email(host.as_str()),
        Clue::OtherProfile => words.clue_other_profile(),
        Clue::OtherBirthday => words.clue_other_birthday(),
    }
}

/// What speaks for two cards being one person, then what speaks against it, each strongest first.
pub fn reasons(evidence: &[Evidence], lang: Lang) -> (Vec<String>, Vec<String>) {
    let (pro, con): (Vec<&Evidence>, Vec<&Evidence>) = evidence.iter().partition(|one| one.bits > 0.0);
    let worded = |evidence: &Evidence| clue(&evidence.clue, lang);
    (pro.into_iter().map(worded).collect(), con.into_iter().rev().map(worded).collect())
}

fn name(likeness: Likeness, lang: Lang) -> String {
    let words = lang.catalogue();
    match likeness {
        Likeness::Same => words.clue_name_same(),
        Likeness::Spelling => words.clue_name_spelling(),
        Likeness::Swapped => words.clue_name_swapped(),
        Likeness::Short => words.clue_name_short(),
        Likeness::Double => words.clue_name_double(),
        Likeness::Slip => words.clue_name_slip(),
        Likeness::Part => words.clue_name_part(),
        Likeness::Initials => words.clue_name_initials(),
        Likeness::Half => words.clue_name_half(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_stand_apart_by_what_they_say() {
        let evidence = [
            Evidence { clue: Clue::Name(Likeness::Short), bits: 6.0 },
            Evidence { clue: Clue::Phone { value: "+18195550123".into(), ext: "42".into() }, bits: 5.0 },
            Evidence { clue: Clue::OtherCivility, bits: -5.0 },
            Evidence { clue: Clue::OtherBirthday, bits: -9.0 },
        ];
        let (pro, con) = reasons(&evidence, Lang::En);
        assert_eq!(pro, ["one name is a short form of the other", "same phone 819 555-0123 #42"]);
        assert_eq!(con, ["different birthdays", "a woman and a man"]);
    }
}
