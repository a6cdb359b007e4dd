//! Words for what records hold: stages, ties, hats, interactions, fields and steps of history.
//!
//! One function an enumeration, so that a variant added to the domain does not compile until it has its words.

use super::i18n::{Catalogue, Lang};
use crate::domain::change::{Course, Deed, Step};
use crate::domain::contact::{AddressForm, Closeness, Door, Language, MarketHow, MetHow, RoleKind, Stage};
use crate::domain::interaction::InteractionKind;
use crate::domain::tie::TieKind;

/// Every kind of tie, in the order in which a person chooses among them.
pub const TIE_KINDS: [TieKind; 7] = [
    TieKind::Knows,
    TieKind::WorksWith,
    TieKind::Family,
    TieKind::ReportsTo,
    TieKind::Influences,
    TieKind::Recommended,
    TieKind::Introduced,
];

/// Every kind of hat that ties to a market, weightiest first.
pub const MARKET_HOWS: [MarketHow; 6] = [
    MarketHow::Decides,
    MarketHow::Works,
    MarketHow::Influences,
    MarketHow::Member,
    MarketHow::Supplies,
    MarketHow::Buys,
];

/// Where a card stands: *in the pocket*.
pub fn stage(stage: Stage, lang: Lang) -> String {
    let words = lang.catalogue();
    match stage {
        Stage::Pocket => words.stage_pocket(),
        Stage::Active => words.stage_active(),
        Stage::Archived => words.stage_archived(),
    }
}

/// Where an invitation on a network stands: *invitation accepted*.
pub fn door(door: Door, lang: Lang) -> String {
    let words = lang.catalogue();
    match door {
        Door::Seen => words.door_seen(),
        Door::Invited => words.door_invited(),
        Door::Accepted => words.door_accepted(),
        Door::Declined => words.door_declined(),
    }
}

/// How near a person is: *acquaintance*.
pub fn closeness(closeness: Closeness, lang: Lang) -> String {
    let words = lang.catalogue();
    match closeness.level() {
        0 => words.closeness_0(),
        1 => words.closeness_1(),
        2 => words.closeness_2(),
        3 => words.closeness_3(),
        4 => words.closeness_4(),
        _ => words.closeness_5(),
    }
}

/// Closeness drawn: `●●●○○` for 3 of 5.
pub fn closeness_dots(closeness: Closeness) -> &'static str {
    const DOTS: [&str; 6] = ["○○○○○", "●○○○○", "●●○○○", "●●●○○", "●●●●○", "●●●●●"];
    DOTS[usize::from(closeness.level().min(Closeness::MAX))]
}

/// What binds two people, read from `a` to `b`: *reports to*.
pub fn tie(kind: TieKind, lang: Lang) -> String {
    let words = lang.catalogue();
    match kind {
        TieKind::Knows => words.tie_knows(),
        TieKind::WorksWith => words.tie_works_with(),
        TieKind::Family => words.tie_family(),
        TieKind::ReportsTo => words.tie_reports_to(),
        TieKind::Influences => words.tie_influences(),
        TieKind::Recommended => words.tie_recommended(),
        TieKind::Introduced => words.tie_introduced(),
    }
}

/// The same read from `b` to `a`: *manages*.
pub fn tie_back(kind: TieKind, lang: Lang) -> String {
    let words = lang.catalogue();
    match kind {
        TieKind::Knows | TieKind::WorksWith | TieKind::Family => tie(kind, lang),
        TieKind::ReportsTo => words.tie_reports_to_back(),
        TieKind::Influences => words.tie_influences_back(),
        TieKind::Recommended => words.tie_recommended_back(),
        TieKind::Introduced => words.tie_introduced_back(),
    }
}

/// What binds a person to an organisation: *board*.
pub fn role(kind: RoleKind, lang: Lang) -> String {
    let words = lang.catalogue();
    match kind {
        RoleKind::Employment => words.role_employment(),
        RoleKind::Ownership => words.role_ownership(),
        RoleKind::Elected => words.role_elected(),
        RoleKind::Board => words.role_board(),
        RoleKind::Member => words.role_member(),
        RoleKind::Volunteer => words.role_volunteer(),
    }
}

/// What an interaction was: *favour given*.
pub fn interaction(kind: InteractionKind, lang: Lang) -> String {
    let words = lang.catalogue();
    match kind {
        InteractionKind::Note => words.interaction_note(),
        InteractionKind::Met => words.interaction_met(),
        InteractionKind::Call => words.interaction_call(),
        InteractionKind::Message => words.interaction_message(),
        InteractionKind::Coffee => words.interaction_coffee(),
        InteractionKind::FavourGiven => words.interaction_favour_given(),
        InteractionKind::FavourReceived => words.interaction_favour_received(),
        InteractionKind::IntroductionAsked => words.interaction_introduction_asked(),
        InteractionKind::IntroductionMade => words.interaction_introduction_made(),
        InteractionKind::Setback => words.interaction_setback(),
    }
}

/// By which way a contact came in: *wrote first*.
pub fn met_how(how: MetHow, lang: Lang) -> String {
    let words = lang.catalogue();
    match how {
        MetHow::Card => words.met_card(),
        MetHow::InPerson => words.met_in_person(),
        MetHow::LinkedIn => words.met_linkedin(),
        MetHow::Inbound => words.met_inbound(),
        MetHow::Introduced => words.met_introduced(),
    }
}

/// How a hat connects to a market: *decides*.
pub fn market_how(how: MarketHow, lang: Lang) -> String {
    let words = lang.catalogue();
    match how {
        MarketHow::Decides => words.market_decides(),
        MarketHow::Works => words.market_works(),
        MarketHow::Member => words.market_member(),
        MarketHow::Supplies => words.market_supplies(),
        MarketHow::Buys => words.market_buys(),
        MarketHow::Influences => words.market_influences(),
    }
}

/// The language to write in: *French*, or the code of another.
pub fn language(language: Language, lang: Lang) -> String {
    let words = lang.catalogue();
    match language {
        Language::French => words.language_french(),
        Language::English => words.language_english(),
        Language::Other(code) => String::from_utf8_lossy(&code).into_owned(),
    }
}

/// *tu* or *vous*.
pub fn address_form(form: AddressForm, lang: Lang) -> String {
    let words = lang.catalogue();
    match form {
        AddressForm::Tu => words.form_tu(),
        AddressForm::Vous => words.form_vous(),
    }
}

/// The label of a phone or an address in the user's language; a word of the user's own stays as it is.
pub fn label(label: &str, lang: Lang) -> String {
    let words = lang.catalogue();
    match label {
        "work" => words.label_work(),
        "home" => words.label_home(),
        "mobile" => words.label_mobile(),
        "fax" => words.label_fax(),
        "tollfree" => words.label_tollfree(),
        own => own.to_owned(),
    }
}

/// What a step of history did, and to whom: *Edit: Réjean Tremblay*.
pub fn step(step: &Step, lang: Lang) -> String {
    let words = lang.catalogue();
    let deed = deed(step.deed, words);
    let what = if step.subject.is_empty() { deed } else { words.deed_about(deed, step.subject.as_str()) };
    match step.course {
        Course::Do => what,
        Course::Undo(_) => words.deed_undo(what),
        Course::Redo(_) => words.deed_redo(what),
    }
}

fn deed(deed: Deed, words: &Catalogue) -> String {
    match deed {
        Deed::Capture => words.deed_capture(),
        Deed::Edit => words.deed_edit(),
        Deed::Batch => words.deed_batch(),
        Deed::Archive => words.deed_archive(),
        Deed::File => words.deed_file(),
        Deed::Tie => words.deed_tie(),
        Deed::Log => words.deed_log(),
        Deed::Me => words.deed_me(),
        Deed::Import => words.deed_import(),
        Deed::Merge => words.deed_merge(),
        Deed::Refuse => words.deed_refuse(),
    }
}

/// The name of a field, as `Edit::changed_fields` cites it; an unknown one stays as it is.
pub fn field(name: &str, lang: Lang) -> String {
    let words = lang.catalogue();
    match name {
        "foreign_uid" | "uid" => words.field_foreign_uid(),
        "name" | "name_en" | "name_fr" => words.field_name(),
        "roles" => words.field_roles(),
        "emails" | "email" => words.field_emails(),
        "phones" | "phone" => words.field_phones(),
        "urls" | "url" => words.field_urls(),
        "addresses" | "address" => words.field_addresses(),
        "region" => words.field_region(),
        "met" => words.field_met(),
        "language" => words.field_language(),
        "address_form" => words.field_address_form(),
        "stage" => words.field_stage(),
        "unread" => words.field_unread(),
        "door" => words.field_door(),
        "closeness" => words.field_closeness(),
        "nature" => words.field_nature(),
        "tags" => words.field_tags(),
        "values" | "value" => words.field_values(),
        "markets" => words.field_markets(),
        "note" => words.field_note(),
        "birthday" => words.field_birthday(),
        "cadence_days" => words.field_cadence_days(),
        "next" => words.field_next(),
        "sources" => words.field_sources(),
        "cards" => words.field_cards(),
        "extra" => words.field_extra(),
        "towns" => words.field_towns(),
        "regions" => words.field_regions(),
        "associations" => words.field_associations(),
        "club_rule" => words.field_club_rule(),
        "on" => words.field_on(),
        "town" => words.field_town(),
        "series" => words.field_series(),
        "a" | "b" | "people" => words.field_ends(),
        "kind" => words.field_kind(),
        "since" => words.field_since(),
        "words" => words.field_words(),
        "slug" => words.field_slug(),
        "parent" => words.field_parent(),
        "keywords" => words.field_keywords(),
        "naics" => words.field_naics(),
        "hidden" => words.field_hidden(),
        "status" => words.field_status(),
        "market" => words.field_market(),
        "deadline" => words.field_deadline(),
        "candidates" => words.field_candidates(),
        "title" => words.field_title(),
        "client" => words.field_client(),
        "amount" => words.field_amount(),
        "opened" => words.field_opened(),
        "closed" => words.field_closed(),
        "origin" => words.field_origin(),
        "circle" => words.field_circle(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::id::StepId;
    use crate::domain::time::Timestamp;

    #[test]
    fn a_directed_tie_reads_from_both_ends() {
        assert_eq!(tie(TieKind::ReportsTo, Lang::Fr), "relève de");
        assert_eq!(tie_back(TieKind::ReportsTo, Lang::Fr), "dirige");
        assert_eq!(tie_back(TieKind::Knows, Lang::En), "knows");
    }

    #[test]
    fn a_step_says_what_it_did_and_to_whom() {
        let id = StepId(Uuid::from_u128(1));
        let mut past = Step {
            id,
            at: Timestamp::UNIX_EPOCH,
            course: Course::Undo(id),
            deed: Deed::Edit,
            subject: "Réjean".into(),
        };
        assert_eq!(step(&past, Lang::En), "Undo: Edit: Réjean");
        past.course = Course::Do;
        past.subject.clear();
        assert_eq!(step(&past, Lang::Fr), "Modification");
    }

    #[test]
    fn a_label_of_the_users_own_stays() {
        assert_eq!(label("mobile", Lang::Fr), "cellulaire");
        assert_eq!(label("chalet", Lang::Fr), "chalet");
    }
}
