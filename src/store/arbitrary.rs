//! Strategies for arbitrary records, every field of every kind.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use uuid::Uuid;

use crate::domain::Text;
use crate::domain::change::{Record, RecordId};
use crate::domain::contact::{
    Address, AddressForm, Closeness, Contact, Door, Labelled, Language, MarketHow, MarketTie, Met, MetHow,
    Name, Phone, Role, RoleKind, Stage,
};
use crate::domain::event::Event;
use crate::domain::id::{ContactId, EventId, InteractionId, MandateId, MarketId, NeedId, RefusalId, TieId};
use crate::domain::interaction::{Interaction, InteractionKind};
use crate::domain::mandate::{
    Channel, Decider, DecisionPart, Mandate, MandateStage, Money, Touch, TouchPerson,
};
use crate::domain::market::Market;
use crate::domain::me::Me;
use crate::domain::need::{Candidate, CandidateState, Need, NeedStatus};
use crate::domain::refusal::Refusal;
use crate::domain::tie::{Tie, TieKind};
use crate::domain::time::{Date, PartialDate, Timestamp};

/// Starts from a value and draws each field named.
macro_rules! draw {
    ($start:expr, { $($field:ident: $strategy:expr),+ $(,)? }) => {{
        let drawn = Just($start).boxed();
        $(let drawn = (drawn, $strategy).prop_map(|(mut record, value)| { record.$field = value; record }).boxed();)+
        drawn
    }};
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "\\PC{0,12}", any::<String>()]
}

fn short() -> impl Strategy<Value = Text> {
    text().prop_map(Text::from)
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..3)
}

/// Few identifiers, so that records meet.
fn uuid() -> impl Strategy<Value = Uuid> {
    (1u128..5).prop_map(Uuid::from_u128)
}

fn person() -> impl Strategy<Value = ContactId> {
    uuid().prop_map(ContactId)
}

fn date() -> impl Strategy<Value = Date> {
    (Date::MIN.year()..=Date::MAX.year(), 1i8..=12, 1i8..=28)
        .prop_filter_map("a date", |(year, month, day)| Date::new(year, month, day).ok())
}

fn timestamp() -> impl Strategy<Value = Timestamp> {
    (Timestamp::MIN.as_second() + 1..Timestamp::MAX.as_second(), -999_999_999..=999_999_999)
        .prop_filter_map("a point in time", |(second, nano)| Timestamp::new(second, nano).ok())
}

fn partial_date() -> impl Strategy<Value = PartialDate> {
    prop_oneof![
        any::<i16>().prop_map(PartialDate::Year),
        (any::<i16>(), any::<i8>()).prop_map(|(year, month)| PartialDate::Month(year, month)),
        date().prop_map(PartialDate::Day),
        (any::<i8>(), any::<i8>()).prop_map(|(month, day)| PartialDate::Yearly(month, day)),
        text().prop_map(PartialDate::Text),
    ]
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(Language::French), Just(Language::English), any::<[u8; 2]>().prop_map(Language::Other)]
}

fn closeness() -> impl Strategy<Value = Closeness> {
    (0..=Closeness::MAX).prop_filter_map("a level", Closeness::new)
}

fn name() -> impl Strategy<Value = Name> {
    draw!(Name::default(), {
        full: short(), given: short(), family: short(), prefix: short(), suffix: short(), credentials: texts(),
        nickname: short(),
    })
}

fn role() -> impl Strategy<Value = Role> {
    use RoleKind::{Board, Elected, Employment, Member, Ownership, Volunteer};
    draw!(Role::default(), {
        org: short(), title: short(), title_alt: vec(short(), 0..3), org_alt: vec(short(), 0..3),
        kind: one_of(&[Employment, Ownership, Elected, Board, Member, Volunteer]), former: any::<bool>(),
        since: of(partial_date()), until: of(partial_date()), source: short(),
    })
}

fn labelled() -> impl Strategy<Value = Labelled> {
    draw!(Labelled::default(), { value: text(), label: short() })
}

fn phone() -> impl Strategy<Value = Phone> {
    draw!(Phone::default(), { value: short(), label: short(), ext: short() })
}

fn address() -> impl Strategy<Value = Address> {
    draw!(Address::default(), {
        street: text(), unit: text(), city: text(), region: text(), postal: text(), country: text(), label: text(),
    })
}

fn met() -> impl Strategy<Value = Met> {
    use MetHow::{Card, InPerson, Inbound, Introduced, LinkedIn};
    draw!(Met::default(), {
        on: of(partial_date()), at: text(), how: of(one_of(&[Card, InPerson, LinkedIn, Inbound, Introduced])),
        via: text(),
    })
}

fn market_tie() -> impl Strategy<Value = MarketTie> {
    use MarketHow::{Buys, Decides, Influences, Member, Supplies, Works};
    let start = MarketTie { market: String::new(), how: None, evidence: String::new(), refused: false };
    draw!(start, {
        market: text(), how: of(one_of(&[Decides, Works, Member, Supplies, Buys, Influences])), evidence: text(),
        refused: any::<bool>(),
    })
}

/// Any contact.
pub(super) fn contact() -> BoxedStrategy<Contact> {
    draw!(Contact::new(ContactId::NIL, Timestamp::UNIX_EPOCH), {
        id: person(), foreign_uid: of(text()), name: name(), roles: vec(role(), 0..3), emails: vec(labelled(), 0..3),
        phones: vec(phone(), 0..3), urls: vec(labelled(), 0..3), addresses: vec(address(), 0..2), region: of(text()),
        met: of(met()), language: of(language()), address_form: of(one_of(&[AddressForm::Tu, AddressForm::Vous])),
        stage: one_of(&[Stage::Pocket, Stage::Active, Stage::Archived]), unread: any::<bool>(),
        door: of(one_of(&[Door::Seen, Door::Invited, Door::Accepted, Door::Declined])), closeness: of(closeness()),
        nature: of(text()), tags: texts(), values: texts(), markets: vec(market_tie(), 0..3), note: text(),
        birthday: of(partial_date()), cadence_days: of(any::<u16>()), next: of(date()), sources: texts(),
        cards: texts(), extra: texts(), created: timestamp(), updated: timestamp(),
    })
}

fn me() -> BoxedStrategy<Me> {
    draw!(Me::default(), {
        name: name(), roles: vec(role(), 0..2), emails: vec(labelled(), 0..2), phones: vec(phone(), 0..2),
        urls: vec(labelled(), 0..2), addresses: vec(address(), 0..2), towns: texts(), regions: texts(),
        associations: texts(), language: of(language()), club_rule: text(), note: text(),
    })
}

fn event() -> BoxedStrategy<Event> {
    let start = Event {
        id: EventId::NIL,
        name: String::new(),
        on: None,
        town: String::new(),
        series: String::new(),
        note: String::new(),
    };
    draw!(start, {
        id: uuid().prop_map(EventId), name: text(), on: of(partial_date()), town: text(), series: text(), note: text(),
    })
}

fn tie() -> BoxedStrategy<Tie> {
    use TieKind::{Family, Influences, Introduced, Knows, Recommended, ReportsTo, WorksWith};
    let start = Tie {
        id: TieId::NIL,
        a: ContactId::NIL,
        b: ContactId::NIL,
        kind: Knows,
        closeness: None,
        note: String::new(),
        since: None,
    };
    draw!(start, {
        id: uuid().prop_map(TieId), a: person(), b: person(),
        kind: one_of(&[Knows, WorksWith, Family, ReportsTo, Influences, Recommended, Introduced]),
        closeness: of(closeness()), note: text(), since: of(partial_date()),
    })
}

fn interaction() -> BoxedStrategy<Interaction> {
    use InteractionKind::{
        Call, Coffee, FavourGiven, FavourReceived, IntroductionAsked, IntroductionMade, Message, Met, Note,
        Setback,
    };
    let start = Interaction {
        id: InteractionId::NIL,
        on: Date::ZERO,
        kind: Note,
        people: Vec::new(),
        words: String::new(),
        created: Timestamp::UNIX_EPOCH,
    };
    draw!(start, {
        id: uuid().prop_map(InteractionId), on: date(),
        kind: one_of(&[
            Note, Met, Call, Message, Coffee, FavourGiven, FavourReceived, IntroductionAsked, IntroductionMade, Setback,
        ]),
        people: vec(person(), 0..3), words: text(), created: timestamp(),
    })
}

fn market() -> BoxedStrategy<Market> {
    let start = Market {
        id: MarketId::NIL,
        slug: String::new(),
        name_en: String::new(),
        name_fr: String::new(),
        parent: String::new(),
        keywords: Vec::new(),
        naics: String::new(),
        hidden: false,
    };
    draw!(start, {
        id: uuid().prop_map(MarketId), slug: text(), name_en: text(), name_fr: text(), parent: text(),
        keywords: texts(), naics: text(), hidden: any::<bool>(),
    })
}

fn candidate() -> impl Strategy<Value = Candidate> {
    use CandidateState::{Asked, Dismissed, Helped, Suggested};
    (person(), one_of(&[Suggested, Asked, Helped, Dismissed]), date(), text())
        .prop_map(|(contact, state, on, note)| Candidate { contact, state, on, note })
}

fn need() -> BoxedStrategy<Need> {
    let start = Need {
        id: NeedId::NIL,
        words: String::new(),
        opened: Timestamp::UNIX_EPOCH,
        status: NeedStatus::Open,
        market: String::new(),
        region: String::new(),
        deadline: None,
        candidates: Vec::new(),
    };
    draw!(start, {
        id: uuid().prop_map(NeedId), words: text(), opened: timestamp(),
        status: one_of(&[NeedStatus::Open, NeedStatus::Answered, NeedStatus::Dropped]), market: text(),
        region: text(), deadline: of(date()), candidates: vec(candidate(), 0..3),
    })
}

fn touch() -> impl Strategy<Value = Touch> {
    use Channel::{Chamber, Cold, ExistingClient, InboundContent, LinkedIn, Referral};
    let who = prop_oneof![person().prop_map(TouchPerson::Known), text().prop_map(TouchPerson::Unknown)];
    let how = of(one_of(&[InboundContent, Referral, Chamber, LinkedIn, ExistingClient, Cold]));
    (who, of(uuid().prop_map(EventId)), how, of(any::<bool>()), of(partial_date()), text())
        .prop_map(|(person, event, channel, pull, on, note)| Touch { person, event, channel, pull, on, note })
}

fn decider() -> impl Strategy<Value = Decider> {
    use DecisionPart::{Blocks, Decides, Influences, Recommends, Uses};
    (person(), one_of(&[Decides, Recommends, Influences, Uses, Blocks]))
        .prop_map(|(contact, part)| Decider { contact, part })
}

fn mandate() -> BoxedStrategy<Mandate> {
    use MandateStage::{Lead, Lost, Offered, Won};
    let start = Mandate {
        id: MandateId::NIL,
        title: String::new(),
        client: String::new(),
        market: String::new(),
        region: String::new(),
        amount: None,
        stage: Lead,
        opened: None,
        closed: None,
        origin: Vec::new(),
        circle: Vec::new(),
        note: String::new(),
    };
    let money = (any::<i64>(), text()).prop_map(|(cents, currency)| Money { cents, currency });
    draw!(start, {
        id: uuid().prop_map(MandateId), title: text(), client: text(), market: text(), region: text(),
        amount: of(money), stage: one_of(&[Lead, Offered, Won, Lost]), opened: of(date()), closed: of(date()),
        origin: vec(touch(), 0..3), circle: vec(decider(), 0..3), note: text(),
    })
}

fn refusal() -> impl Strategy<Value = Refusal> {
    (uuid().prop_map(RefusalId), person(), person(), timestamp()).prop_map(|(id, a, b, created)| Refusal {
        id,
        a,
        b,
        created,
    })
}

/// Any record of any kind.
pub(super) fn record() -> impl Strategy<Value = Record> {
    prop_oneof![
        4 => contact().prop_map(|record| Record::Contact(Arc::new(record))),
        1 => me().prop_map(|record| Record::Me(Arc::new(record))),
        1 => event().prop_map(|record| Record::Event(Arc::new(record))),
        1 => tie().prop_map(|record| Record::Tie(Arc::new(record))),
        1 => interaction().prop_map(|record| Record::Interaction(Arc::new(record))),
        1 => market().prop_map(|record| Record::Market(Arc::new(record))),
        1 => need().prop_map(|record| Record::Need(Arc::new(record))),
        1 => mandate().prop_map(|record| Record::Mandate(Arc::new(record))),
        1 => refusal().prop_map(|record| Record::Refusal(Arc::new(record))),
    ]
}

/// The identifier of any record, from the few that [`record`] uses.
pub(super) fn record_id() -> impl Strategy<Value = RecordId> {
    prop_oneof![
        4 => person().prop_map(RecordId::Contact),
        1 => Just(RecordId::Me),
        1 => uuid().prop_map(|id| RecordId::Tie(TieId(id))),
        1 => uuid().prop_map(|id| RecordId::Need(NeedId(id))),
        1 => uuid().prop_map(|id| RecordId::Refusal(RefusalId(id))),
    ]
}
