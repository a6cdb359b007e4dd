//! What two cards say for and against being one person, added up.

use serde::{Deserialize, Serialize};

use super::name::{self, Compared, Likeness};
use super::traits::Traits;

/// One reason for, or against, two cards being one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The reason.
    pub clue: Clue,
    /// Bits of evidence: what doubles the odds is one; below zero it speaks against.
    pub bits: f32,
}

/// A reason. Texts are values of the cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clue {
    /// The same profile on a network; its key, such as `linkedin:in/jane-doe`.
    Profile(String),
    /// The same mail address.
    Email(String),
    /// The same mail address, which an office or several people share.
    SharedEmail(String),
    /// The same phone number, and the same extension where there is one.
    Phone {
        /// The number.
        value: String,
        /// The extension; may be empty.
        ext: String,
    },
    /// The same number of an office: another extension, or several people have it.
    SharedPhone(String),
    /// The names are alike.
    Name(Likeness),
    /// The same organisation.
    Org(String),
    /// The same title at different organisations.
    Title(String),
    /// The same town.
    Town(String),
    /// The same birthday.
    Birthday,
    /// Against: two names.
    OtherName,
    /// Against: the same given name, another family name.
    OtherFamily,
    /// Against: an elder and a younger one of the name.
    OtherSuffix,
    /// Against: one is addressed as a woman, the other as a man.
    OtherCivility,
    /// Against: two addresses of their own at one organisation; its host.
    OtherEmail(String),
    /// Against: two profiles brought by the same source.
    OtherProfile,
    /// Against: two birthdays.
    OtherBirthday,
}

/// How often something occurs in the book: what many share says little.
pub(super) trait Crowd {
    /// People with the same whole name.
    fn name(&self, traits: &Traits) -> usize;
    /// People with the number.
    fn phone(&self, digits: &str) -> usize;
    /// People with the address.
    fn email(&self, address: &str) -> usize;
    /// People with the organisation.
    fn org(&self, org: &str) -> usize;
}

/// Bits that speak against any two cards that something has brought together: see the parent module.
const PRIOR: f32 = -5.0;
/// Bits of support beside the name that lift the bound of names alone.
const SUPPORT: f32 = 1.9;
/// The most that a name alone reaches.
pub(super) const NAME_ALONE: f32 = 0.6;
/// People who may share a number or address of their own: a couple.
const COUPLE: usize = 2;

/// Adds up what two cards say; the strongest reason first.
pub(super) fn weigh(a: &Traits, b: &Traits, crowd: &dyn Crowd) -> (f32, Vec<Evidence>) {
    let mut scale = Scale::default();
    scale.profiles(a, b);
    scale.emails(a, b, crowd);
    scale.phones(a, b, crowd);
    scale.names(a, b, crowd);
    scale.hats(a, b, crowd);
    scale.rest(a, b);
    scale.read()
}

#[derive(Default)]
struct Scale {
    evidence: Vec<Evidence>,
}

impl Scale {
    fn add(&mut self, clue: Clue, bits: f32) {
        self.evidence.push(Evidence { clue, bits });
    }

    fn profiles(&mut self, a: &Traits, b: &Traits) {
        if let Some(key) = a.profiles.iter().find(|key| b.profiles.contains(key)) {
            self.add(Clue::Profile(key.clone()), 16.0);
            return;
        }
        let source = |key: &str| key.split(':').next().unwrap_or_default().to_owned();
        let both = a.imported.iter().any(|one| b.imported.iter().any(|two| source(one) == source(two)));
        if both {
            self.add(Clue::OtherProfile, -7.0);
        } else if !a.profiles.is_empty() && !b.profiles.is_empty() {
            // Addresses on cards grow old; those of an export do not.
            self.add(Clue::OtherProfile, -5.0);
        }
    }

    fn emails(&mut self, a: &Traits, b: &Traits, crowd: &dyn Crowd) {
        let mut found = false;
        for mail in &a.mails {
            if !b.mails.contains(mail) {
                continue;
            }
            found = true;
            if mail.office || crowd.email(&mail.address) > COUPLE {
                self.add(Clue::SharedEmail(mail.address.clone()), 2.0);
            } else {
                self.add(Clue::Email(mail.address.clone()), 12.0);
            }
        }
        if found {
            return;
        }
        let own = |traits: &Traits| traits.mails.iter().filter(|mail| !mail.office).count() > 0;
        if own(a) && own(b) {
            let shared = a.mails.iter().filter(|mail| !mail.office).find_map(|one| {
                let host = one.domain()?;
                b.mails.iter().any(|two| !two.office && two.domain() == Some(host)).then(|| host.to_owned())
            });
            if let Some(host) = shared {
                // Namesakes at one employer get two addresses; few people do.
                self.add(Clue::OtherEmail(host), -7.0);
            }
        }
    }

    fn phones(&mut self, a: &Traits, b: &Traits, crowd: &dyn Crowd) {
        let mut best: Option<(Clue, f32)> = None;
        for one in &a.lines {
            for two in b.lines.iter().filter(|two| two.digits == one.digits) {
                let shared = one.office || two.office || crowd.phone(&one.digits) > COUPLE;
                let (clue, bits) = if one.ext != two.ext && !one.ext.is_empty() && !two.ext.is_empty() {
                    (Clue::SharedPhone(one.value.clone()), 0.5)
                } else if !one.ext.is_empty() && one.ext == two.ext {
                    (Clue::Phone { value: one.value.clone(), ext: one.ext.clone() }, 8.0)
                } else if shared || one.ext != two.ext {
                    (Clue::SharedPhone(one.value.clone()), 1.5)
                } else if one.own || two.own {
                    (Clue::Phone { value: one.value.clone(), ext: String::new() }, 8.0)
                } else {
                    (Clue::Phone { value: one.value.clone(), ext: String::new() }, 6.0)
                };
                if best.as_ref().is_none_or(|(_, most)| bits > *most) {
                    best = Some((clue, bits));
                }
            }
        }
        if let Some((clue, bits)) = best {
            self.add(clue, bits);
        }
    }

    fn names(&mut self, a: &Traits, b: &Traits, crowd: &dyn Crowd) {
        match name::compare(&a.name, &b.name) {
            Compared::Alike(likeness, bits) => {
                let namesakes = crowd.name(a).max(crowd.name(b)).max(2);
                let bits = (bits - ((namesakes - 1) as f32).log2()).max(0.5);
                self.add(Clue::Name(likeness), bits);
            }
            Compared::Unknown => {}
            Compared::OtherFamily => self.add(Clue::OtherFamily, -4.0),
            Compared::Other => self.add(Clue::OtherName, -9.0),
        }
        let suffix = |form: &name::Form| form.suffix.clone();
        if suffix(&a.name) != suffix(&b.name)
            && (is_elder(&a.name.suffix) || is_elder(&b.name.suffix) || both(&a.name.suffix, &b.name.suffix))
        {
            self.add(Clue::OtherSuffix, -6.0);
        }
        if let (Some(one), Some(two)) = (a.name.feminine, b.name.feminine)
            && one != two
        {
            self.add(Clue::OtherCivility, -5.0);
        }
    }

    fn hats(&mut self, a: &Traits, b: &Traits, crowd: &dyn Crowd) {
        let shared = a.hats.iter().find_map(|one| {
            let org = one
                .orgs
                .iter()
                .find(|org| b.hats.iter().any(|two| two.orgs.iter().any(|name| name == *org)))?;
            Some((one.org.clone(), crowd.org(org)))
        });
        if let Some((org, people)) = shared {
            // Two people of the same name in a firm of five are rarer than in one of five hundred.
            let bits = 6.0 - 0.7 * (people.max(2) as f32).log2();
            self.add(Clue::Org(org), bits.clamp(2.0, 5.0));
            return;
        }
        let title = a
            .hats
            .iter()
            .find(|one| one.titles.iter().any(|title| b.hats.iter().any(|two| two.titles.contains(title))));
        if let Some(hat) = title {
            self.add(Clue::Title(hat.title.clone()), 1.0);
        }
    }

    fn rest(&mut self, a: &Traits, b: &Traits) {
        let town = a.towns.iter().find(|(town, _)| b.towns.iter().any(|(other, _)| other == town));
        if let Some((_, town)) = town {
            self.add(Clue::Town(town.clone()), 0.8);
        }
        if let (Some(one), Some(two)) = (&a.birthday, &b.birthday) {
            let years = (one.earliest(), two.earliest());
            let same_year = match years {
                (Some(one), Some(two)) => one.year() == two.year(),
                _ => true,
            };
            match (one.month_day(), two.month_day()) {
                (Some(x), Some(y)) if x == y && same_year => self.add(Clue::Birthday, 6.0),
                (Some(_), Some(_)) => self.add(Clue::OtherBirthday, -9.0),
                _ if !same_year => self.add(Clue::OtherBirthday, -9.0),
                _ => {}
            }
        }
    }

    /// The score, and the evidence, strongest first.
    fn read(mut self) -> (f32, Vec<Evidence>) {
        let sum: f32 = self.evidence.iter().map(|evidence| evidence.bits).sum();
        let support: f32 =
            self.evidence.iter().filter(|evidence| evidence.clue.supports()).map(|e| e.bits).sum();
        let mut score = 1.0 / (1.0 + (-(sum + PRIOR)).exp2());
        if support < SUPPORT {
            score = score.min(NAME_ALONE);
        }
        self.evidence.sort_by(|a, b| b.bits.total_cmp(&a.bits));
        (score, self.evidence)
    }
}

impl Clue {
    /// Whether it says more than a name does: a name, a title and a town alone make nobody likely.
    fn supports(&self) -> bool {
        matches!(
            self,
            Self::Profile(_)
                | Self::Email(_)
                | Self::SharedEmail(_)
                | Self::Phone { .. }
                | Self::SharedPhone(_)
                | Self::Org(_)
                | Self::Birthday
        )
    }
}

fn is_elder(suffix: &str) -> bool {
    matches!(suffix, "sr" | "pere")
}

fn both(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty()
}
