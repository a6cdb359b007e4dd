//! The own card, in the same grammar: `me "Camille Roy, consultante @Roy Conseil à:Sherbrooke; membre @Chambre"`.
//!
//! `in:` names towns called home and regions worked in; `member @…` names associations; `club:"…"` is the rule of the
//! select club, a query.

use super::Context;
use super::draft::{add_note, add_role, add_texts};
use super::keys::Field;
use super::line::{Mode, Pen, Reader, Removal, strip_name};
use crate::domain::contact::{Contact, Language, Role, RoleKind};
use crate::domain::id::ContactId;
use crate::domain::me::Me;
use crate::domain::time::Timestamp;
use crate::text::fold::{fold, same};
use crate::text::words;

/// Adds what a line says to the own card; a minus takes away. A leading name is taken as the own name while there is
/// none; later only `name:` renames.
pub fn amend(me: &Me, text: &str, ctx: &Context) -> Me {
    let mode = if me.name.full.is_empty() { Mode::Me } else { Mode::Amend };
    let mut reader = Reader::for_me(strip_name(text, &me.name.full), ctx, mode);
    reader.run();
    let mut me = me.clone();
    for removal in &reader.removals {
        remove(&mut me, removal);
    }
    let mut draft = reader.draft;
    if let Some(rule) = draft.club.take() {
        me.club_rule = rule;
    }
    let (members, roles): (Vec<Role>, Vec<Role>) = draft.roles.into_iter().partition(is_membership);
    add_texts(&mut me.associations, members.into_iter().map(|role| role.org.into()).collect());
    for role in roles {
        add_role(&mut me.roles, role);
    }
    draft.roles = Vec::new();
    let places = std::mem::take(&mut draft.towns).into_iter().chain(draft.region.take());
    let (regions, towns): (Vec<String>, Vec<String>) =
        places.partition(|place| words::REGIONS.has(&fold(place)));
    add_texts(&mut me.towns, towns);
    add_texts(&mut me.regions, regions);
    me.language = draft.language.take().or(me.language);
    let note = std::mem::take(&mut draft.note);
    // What both kinds of card hold is added by the same rules; what only a contact has goes to the note.
    let mut card = Contact::new(ContactId::NIL, Timestamp::UNIX_EPOCH);
    card.name = me.name;
    card.emails = me.emails;
    card.phones = me.phones;
    card.urls = me.urls;
    draft.add_to(&mut card);
    me.name = card.name;
    me.emails = card.emails;
    me.phones = card.phones;
    me.urls = card.urls;
    add_note(&mut me.note, &card.note);
    add_note(&mut me.note, &note);
    me
}

/// A bare membership is an association; an honorary member keeps his title.
fn is_membership(role: &Role) -> bool {
    role.kind == RoleKind::Member
        && !role.former
        && !role.org.is_empty()
        && matches!(fold(&role.title).as_str(), "membre" | "member")
}

fn remove(me: &mut Me, removal: &Removal) {
    let value = removal.value.as_str();
    match removal.field {
        Field::Org => {
            me.roles.retain(|role| !same(&role.org, value));
            me.associations.retain(|org| !same(org, value));
        }
        Field::Title => me.roles.retain(|role| !same(&role.title, value)),
        Field::Email => me.emails.retain(|email| !same(&email.value, value)),
        Field::Phone => me.phones.retain(|phone| phone.value != value),
        Field::Url => me.urls.retain(|url| !same(&url.value, value)),
        Field::In => {
            me.towns.retain(|town| !same(town, value));
            me.regions.retain(|region| !same(region, value));
        }
        Field::Credential => me.name.credentials.retain(|known| !same(known, value)),
        _ => {}
    }
}

/// The own card as its line.
pub fn write(me: &Me, ctx: &Context) -> String {
    let mut pen = Pen::new(ctx);
    let title = if ctx.lang == Language::French { "membre" } else { "member" };
    let members = me.associations.iter().map(|org| Role {
        org: org.as_str().into(),
        title: title.into(),
        kind: RoleKind::Member,
        ..Role::default()
    });
    let roles: Vec<Role> = me.roles.iter().cloned().chain(members).collect();
    pen.head(&me.name, &roles);
    let places: Vec<String> = me.regions.iter().chain(&me.towns).cloned().collect();
    pen.list(Field::In, &places);
    pen.means(&me.emails, &me.phones, &me.urls);
    pen.nickname(&me.name.nickname);
    pen.language(me.language, None);
    if !me.club_rule.is_empty() {
        pen.literal(Field::Club, &me.club_rule);
    }
    pen.note(&me.note);
    pen.line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ctx() -> Context {
        Context::new(jiff::civil::date(2026, 11, 23), Language::French)
    }

    #[test]
    fn the_own_card_reads_and_writes() {
        let line = "Camille Roy, consultante @Roy Conseil; membre @Chambre de commerce à:Estrie, Sherbrooke camille@roy.example langue:fr club:\"titre:directeur +municipal\"";
        let me = amend(&Me::default(), line, &ctx());
        assert_eq!(me.name.given, "Camille");
        assert_eq!(me.roles.len(), 1);
        assert_eq!(me.associations, ["Chambre de commerce"]);
        assert_eq!(
            (me.towns.as_slice(), me.regions.as_slice()),
            (["Sherbrooke".to_owned()].as_slice(), ["Estrie".to_owned()].as_slice())
        );
        assert_eq!(me.club_rule, "titre:directeur +municipal");
        assert_eq!(amend(&Me::default(), &write(&me, &ctx()), &ctx()), me);
        assert_eq!(amend(&me, &write(&me, &ctx()), &ctx()), me);
    }

    #[test]
    fn additions_and_removals() {
        let me = amend(&Me::default(), "Camille Roy à:Magog", &ctx());
        let me = amend(&me, "autrice @Éditions du Lac à:Orford -à:Magog #x", &ctx());
        assert_eq!(me.name.full, "Camille Roy");
        assert_eq!(me.roles[0].title, "autrice");
        assert_eq!(me.towns, ["Orford"]);
    }
}
