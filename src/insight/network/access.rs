//! Access: how likely somebody is to answer the user, 0 to 1.
//!
//! Declared closeness 0 to 5 gives 0.02, 0.08, 0.20, 0.40, 0.65, 0.90. Undeclared, the best that is known counts: a
//! profile 0.02, a connection on a network 0.06, a meeting 0.08; interactions give
//! `0.08 + 0.82·(1 − e^(−Σ 2^(−days/180)/4))`, each halved in weight every 180 days. Declared beats computed. Each setback
//! halves the result. The steps follow the product's design; that contacts fade unless they are renewed is Granovetter's
//! "amount of time" (1973) and the half-life models of contact strength since.

use serde::{Deserialize, Serialize};

use crate::domain::contact::{Closeness, Contact, Door, MetHow};
use crate::domain::interaction::{Interaction, InteractionKind};
use crate::domain::time::Date;

/// Access by declared closeness.
const DECLARED: [f32; 6] = [0.02, 0.08, 0.20, 0.40, 0.65, 0.90];
/// Nothing but a profile seen.
const PROFILE: f32 = 0.02;
/// Connected on a network.
const CONNECTED: f32 = 0.06;
/// Met.
const MET: f32 = 0.08;
/// Days after which an interaction counts half.
const HALF_LIFE: f64 = 180.0;

/// How likely somebody is to answer, and why.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Access {
    /// 0 to 1.
    pub value: f32,
    /// What it rests on.
    pub basis: AccessBasis,
    /// How many setbacks halved it.
    pub setbacks: u8,
}

/// What access rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AccessBasis {
    /// Nothing but a profile.
    Profile,
    /// A connection on a network.
    Connected,
    /// A meeting.
    Met,
    /// So many interactions.
    Interactions(u16),
    /// Closeness as declared.
    Declared(Closeness),
}

impl Access {
    /// Whether the user met the person or said how near he or she is: not a stranger on a network.
    pub fn is_met(self) -> bool {
        match self.basis {
            AccessBasis::Profile | AccessBasis::Connected => false,
            AccessBasis::Met | AccessBasis::Interactions(_) => true,
            AccessBasis::Declared(closeness) => closeness.level() > 0,
        }
    }
}

/// Access by closeness alone: to a contact, or between two.
pub fn of_closeness(closeness: Closeness) -> f32 {
    DECLARED[usize::from(closeness.level())]
}

/// Access to a contact on a day, from the card and the interactions with that person.
pub fn access<'a>(contact: &Contact, log: impl Iterator<Item = &'a Interaction>, today: Date) -> Access {
    let (mut count, mut sum, mut setbacks) = (0_u16, 0.0_f64, 0_u8);
    for entry in log {
        match entry.kind {
            InteractionKind::Setback => setbacks = setbacks.saturating_add(1),
            InteractionKind::Note => {}
            _ => {
                let days = entry.on.until(today).map_or(0, |span| span.get_days()).max(0);
                count = count.saturating_add(1);
                sum += (-f64::from(days) / HALF_LIFE).exp2();
            }
        }
    }
    let computed = f64::from(MET) + 0.82 * (1.0 - (-sum / 4.0).exp());
    let (value, basis) = match contact.closeness {
        Some(closeness) => (of_closeness(closeness), AccessBasis::Declared(closeness)),
        None if count > 0 => (computed as f32, AccessBasis::Interactions(count)),
        None if was_met(contact) => (MET, AccessBasis::Met),
        None if is_connected(contact) => (CONNECTED, AccessBasis::Connected),
        None => (PROFILE, AccessBasis::Profile),
    };
    Access { value: value * 0.5_f32.powi(i32::from(setbacks)), basis, setbacks }
}

fn was_met(contact: &Contact) -> bool {
    contact.met.as_ref().is_some_and(|met| match met.how {
        Some(how) => how != MetHow::LinkedIn,
        None => !met.at.is_empty() || !met.via.is_empty() || met.on.is_some(),
    })
}

fn is_connected(contact: &Contact) -> bool {
    match contact.door {
        Some(door) => door == Door::Accepted,
        None => contact.met.as_ref().is_some_and(|met| met.how == Some(MetHow::LinkedIn)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::domain::contact::Met;
    use crate::domain::id::{ContactId, InteractionId};
    use crate::domain::time::Timestamp;

    const TODAY: Date = date(2026, 11, 16);

    fn entry(kind: InteractionKind, days: i64) -> Interaction {
        Interaction {
            id: InteractionId(Uuid::nil()),
            on: TODAY.saturating_sub(days.days()),
            kind,
            people: Vec::new(),
            words: String::new(),
            created: Timestamp::UNIX_EPOCH,
        }
    }

    fn to(contact: &Contact, log: &[Interaction]) -> f32 {
        access(contact, log.iter(), TODAY).value
    }

    fn close(a: f32, b: f32) -> bool {
        (a - b).abs() < 1e-4
    }

    #[test]
    fn the_best_that_is_known_counts() {
        let mut contact = Contact::new(ContactId(Uuid::nil()), Timestamp::UNIX_EPOCH);
        assert!(close(to(&contact, &[]), 0.02));
        contact.met = Some(Met { how: Some(MetHow::LinkedIn), ..Met::default() });
        assert!(close(to(&contact, &[]), 0.06));
        contact.door = Some(Door::Declined);
        assert!(close(to(&contact, &[]), 0.02));
        contact.met = Some(Met { how: Some(MetHow::Card), ..Met::default() });
        assert!(close(to(&contact, &[]), 0.08));
        // One coffee today: 0.08 + 0.82·(1 − e^(−1/4)) = 0.26138; after 180 days 0.08 + 0.82·(1 − e^(−1/8)) = 0.17635.
        assert!(close(to(&contact, &[entry(InteractionKind::Coffee, 0)]), 0.26138));
        assert!(close(to(&contact, &[entry(InteractionKind::Coffee, 180)]), 0.17635));
        assert!(close(to(&contact, &[entry(InteractionKind::Note, 0)]), 0.08));
        contact.closeness = Closeness::new(4);
        assert!(close(to(&contact, &[entry(InteractionKind::Coffee, 0)]), 0.65));
    }

    #[test]
    fn a_setback_halves_it() {
        let mut contact = Contact::new(ContactId(Uuid::nil()), Timestamp::UNIX_EPOCH);
        contact.closeness = Closeness::new(5);
        let setbacks = [entry(InteractionKind::Setback, 3), entry(InteractionKind::Setback, 9)];
        assert!(close(to(&contact, &setbacks[..1]), 0.45));
        assert!(close(to(&contact, &setbacks), 0.225));
    }
}
