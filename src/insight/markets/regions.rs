//! Regions: Québec's 17 administrative regions, the other provinces and territories, and free regions elsewhere.
//!
//! What the user stated decides; else the town of an address, its postal code (the first three characters, or the first
//! alone outside Québec), its province; else a town that the name of an organisation ends with (*Ville de Magog*). The table
//! is `assets/markets/regions.toml`, whose head says where it comes from. A region is never stored unless it was stated.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::domain::Contact;
use crate::text::fold::fold;
use crate::text::tokens;

/// Words that lead from an organisation to its town.
const OF: &[&str] = &["de", "d", "du", "des", "of", "a", "in"];

/// A region.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Short name, the same in both languages.
    pub slug: String,
    /// Number of a Québec administrative region; empty elsewhere.
    #[serde(default)]
    pub code: String,
    /// Two letters of the province or territory.
    pub province: String,
    /// French name.
    pub fr: String,
    /// English name.
    pub en: String,
    #[serde(default)]
    names_fr: Vec<String>,
    #[serde(default)]
    names_en: Vec<String>,
    fsa: Vec<String>,
    /// Postal codes that serve other regions too.
    #[serde(default)]
    fsa_shared: HashMap<String, Vec<String>>,
    towns: Vec<String>,
    #[serde(default)]
    aliases: HashMap<String, String>,
}

/// Where a region was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RegionBasis {
    /// The user said so.
    Stated,
    /// The town of an address.
    Town,
    /// A postal code.
    Postal,
    /// The province or country of an address.
    Province,
    /// The name of an organisation.
    Organisation,
}

/// The region of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Slug of a known region, else a free region as it was written.
    pub region: Cow<'static, str>,
    /// Where it was read.
    pub basis: RegionBasis,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    region: Vec<Region>,
}

/// The table of regions.
#[derive(Debug, Default)]
pub struct Regions {
    list: Vec<Region>,
    names: HashMap<String, u8>,
    towns: HashMap<String, u8>,
    codes: HashMap<String, u8>,
}

static REGIONS: LazyLock<Regions> = LazyLock::new(|| {
    let document = toml::from_str(include_str!("../../../assets/markets/regions.toml"));
    Regions::of(document.map(|document: Document| document.region).unwrap_or_default())
});

impl Regions {
    /// The bundled table.
    pub fn bundled() -> &'static Self {
        &REGIONS
    }

    fn of(list: Vec<Region>) -> Self {
        let mut regions = Self::default();
        for (at, region) in list.iter().enumerate() {
            let at = at as u8;
            let names = [&region.slug, &region.fr, &region.en]
                .into_iter()
                .chain(&region.names_fr)
                .chain(&region.names_en);
            for name in names {
                regions.names.entry(key(name)).or_insert(at);
            }
            for town in region.towns.iter().chain(region.aliases.keys()) {
                regions.towns.entry(key(town)).or_insert(at);
            }
            for code in &region.fsa {
                regions.codes.entry(code.clone()).or_insert(at);
            }
        }
        regions.list = list;
        regions
    }

    /// All regions, Québec's first.
    pub fn all(&self) -> &[Region] {
        &self.list
    }

    /// The region with this slug.
    pub fn get(&self, slug: &str) -> Option<&Region> {
        self.list.iter().find(|region| region.slug == slug)
    }

    /// The region that goes by a name in either language, or that a town lies in: `Charlevoix`, `Magog`, `PEI`.
    pub fn find(&self, words: &str) -> Option<&Region> {
        let key = key(words);
        self.names.get(&key).or_else(|| self.towns.get(&key)).map(|at| &self.list[usize::from(*at)])
    }

    /// The region of a postal code; `None` for codes that are not Canadian.
    pub fn of_postal(&self, code: &str) -> Option<&Region> {
        let letters: String = code.chars().filter(char::is_ascii_alphanumeric).take(3).collect();
        let letters = letters.to_ascii_uppercase();
        let bytes = letters.as_bytes();
        let is_canadian = bytes.len() == 3
            && bytes[0].is_ascii_uppercase()
            && bytes[1].is_ascii_digit()
            && bytes[2].is_ascii_uppercase();
        if !is_canadian {
            return None;
        }
        let at = self.codes.get(&letters).or_else(|| self.codes.get(&letters[..1]))?;
        Some(&self.list[usize::from(*at)])
    }

    /// Other regions that a postal code serves beside its own.
    pub fn beside(&self, code: &str) -> &[String] {
        let letters: String = code.chars().filter(char::is_ascii_alphanumeric).take(3).collect();
        let letters = letters.to_ascii_uppercase();
        self.of_postal(&letters).and_then(|region| region.fsa_shared.get(&letters)).map_or(&[], Vec::as_slice)
    }

    /// Where somebody is; `None` where nothing says.
    pub fn of_contact(&'static self, contact: &Contact) -> Option<Located> {
        let known = |region: &'static Region, basis| {
            Some(Located { region: Cow::Borrowed(region.slug.as_str()), basis })
        };
        if let Some(stated) = contact.region.as_deref().filter(|region| !region.trim().is_empty()) {
            let region = match self.find(stated) {
                Some(region) => Cow::Borrowed(region.slug.as_str()),
                None => Cow::Owned(stated.trim().to_owned()),
            };
            return Some(Located { region, basis: RegionBasis::Stated });
        }
        for address in &contact.addresses {
            let abroad = !address.country.is_empty() && !is_canada(&address.country);
            if abroad {
                let region = if address.region.is_empty() { &address.country } else { &address.region };
                return Some(Located { region: Cow::Owned(region.clone()), basis: RegionBasis::Province });
            }
            if let Some(at) = self.town(&address.city, &address.region) {
                return known(at, RegionBasis::Town);
            }
            if let Some(at) = self.of_postal(&address.postal) {
                return known(at, RegionBasis::Postal);
            }
            if let Some(at) = self.province(&address.region) {
                return known(at, RegionBasis::Province);
            }
        }
        contact
            .current_roles()
            .flat_map(|role| [role.org.as_str(), role.title.as_str()])
            .find_map(|text| self.named_at_end(text))
            .and_then(|region| known(region, RegionBasis::Organisation))
    }

    /// The region of a town, as long as it lies in the province said with it.
    fn town(&self, city: &str, province: &str) -> Option<&Region> {
        let region = &self.list[usize::from(*self.towns.get(&key(city))?)];
        let said = self.province_code(province);
        said.is_none_or(|code| code == region.province).then_some(region)
    }

    /// The province as one region; none for Québec, which has several.
    fn province(&self, name: &str) -> Option<&Region> {
        let code = self.province_code(name)?;
        let mut of = self.list.iter().filter(|region| region.province == code);
        of.next().filter(|_| of.next().is_none())
    }

    fn province_code(&self, name: &str) -> Option<&str> {
        let key = key(name);
        if matches!(key.as_str(), "quebec" | "qc" | "pq" | "que") {
            return Some("QC");
        }
        let by_code = self.list.iter().find(|region| region.province.eq_ignore_ascii_case(&key));
        by_code
            .or_else(|| self.names.get(&key).map(|at| &self.list[usize::from(*at)]))
            .map(|region| region.province.as_str())
    }

    /// The region of the town or region that a text ends with, or a part of it, after *de* or *of*.
    fn named_at_end(&self, text: &str) -> Option<&Region> {
        text.split([',', '(', ')', ';', '|', '–', '—']).find_map(|part| {
            let words: Vec<&str> = tokens::words(part).map(|word| word.text).collect();
            (1..words.len()).find_map(|at| {
                let led = OF.contains(&fold(words[at - 1]).as_str());
                let name = key(&words[at..].join(" "));
                let found = || self.names.get(&name).or_else(|| self.towns.get(&name));
                led.then(found).flatten().map(|number| &self.list[usize::from(*number)])
            })
        })
    }
}

fn is_canada(country: &str) -> bool {
    matches!(fold(country.trim()).as_str(), "canada" | "ca" | "can")
}

/// A name without what may vary: case, accents, signs, and *Saint* or *St*.
fn key(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let full = words.map(|word| match word {
        "st" => "saint",
        "ste" => "sainte",
        "mt" => "mont",
        word => word,
    });
    full.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::ContactId;
    use crate::domain::contact::{Address, Role};
    use crate::domain::time::Timestamp;

    fn located(city: &str, province: &str, postal: &str, org: &str) -> Option<(String, RegionBasis)> {
        let mut contact = Contact::new(ContactId(Uuid::nil()), Timestamp::UNIX_EPOCH);
        let (city, region, postal) = (city.into(), province.into(), postal.into());
        contact.addresses.push(Address { city, region, postal, ..Address::default() });
        contact.roles.push(Role { org: org.into(), ..Role::default() });
        Regions::bundled().of_contact(&contact).map(|at| (at.region.into_owned(), at.basis))
    }

    #[test]
    fn the_table_is_whole() {
        let regions = Regions::bundled();
        assert_eq!(regions.all().iter().filter(|region| region.province == "QC").count(), 17);
        assert_eq!(regions.all().len(), 29);
        for region in regions.all() {
            for others in region.fsa_shared.values() {
                assert!(others.iter().all(|slug| regions.get(slug).is_some()), "{}: {others:?}", region.slug);
            }
        }
    }

    #[test]
    fn a_town_then_a_postal_code_then_a_province_tells_the_region() {
        let at = |slug: &str, basis| Some((slug.to_owned(), basis));
        assert_eq!(located("St-Hyacinthe", "", "", ""), at("monteregie", RegionBasis::Town));
        assert_eq!(located("", "QC", "j1x 2b4", ""), at("estrie", RegionBasis::Postal));
        assert_eq!(located("Nowhere", "ON", "K1A 0B1", ""), at("ontario", RegionBasis::Postal));
        assert_eq!(located("", "Ontario", "", ""), at("ontario", RegionBasis::Province));
        assert_eq!(located("", "Québec", "", ""), None);
        assert_eq!(located("", "", "", "Ville de Magog"), at("estrie", RegionBasis::Organisation));
        assert_eq!(located("", "", "", "Magog Technopole Laval"), None);
    }

    #[test]
    fn names_in_both_languages_are_found() {
        let slug = |words: &str| Regions::bundled().find(words).map(|region| region.slug.as_str());
        assert_eq!(slug("Charlevoix"), Some("capitale-nationale"));
        assert_eq!(slug("PEI"), Some("prince-edward-island"));
        assert_eq!(slug("Eastern Townships"), Some("estrie"));
        assert_eq!(slug("Vermont"), None);
    }

    #[test]
    fn what_is_stated_decides_and_free_regions_stay() {
        let mut contact = Contact::new(ContactId(Uuid::nil()), Timestamp::UNIX_EPOCH);
        contact.addresses.push(Address { city: "Magog".into(), ..Address::default() });
        contact.region = Some("Vermont".into());
        let at = Regions::bundled().of_contact(&contact);
        assert_eq!(at, Some(Located { region: "Vermont".into(), basis: RegionBasis::Stated }));
    }
}
