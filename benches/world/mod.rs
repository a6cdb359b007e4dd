//! A believable book of any size, the same every time: people of Québec as LinkedIn exports and a consultant's cards
//! bring them, in both languages. Shared by benches and tests; every person, firm and number is invented.

use std::sync::Arc;

use jiff::ToSpan as _;
use openbar::domain::contact::{
    Address, Closeness, Door, Labelled, MarketHow, MarketTie, Met, MetHow, Name, Phone, Role, RoleKind, Stage,
};
use openbar::domain::id::{InteractionId, TieId};
use openbar::domain::interaction::{Interaction, InteractionKind};
use openbar::domain::tie::{Tie, TieKind};
use openbar::domain::time::{Date, PartialDate, Timestamp};
use openbar::domain::{Book, Contact, ContactId, Record};
use uuid::Uuid;

#[rustfmt::skip]
const GIVEN: &[&str] = &[
    "Amélie", "André", "Annie", "Benoît", "Carl", "Caroline", "Catherine", "Chantal", "Christine",
    "Claude", "Daniel", "David", "Denis", "Diane", "Élise", "Émilie", "Éric", "Étienne", "Francis",
    "François", "Geneviève", "Gilles", "Guillaume", "Guylaine", "Hélène", "Isabelle", "Jacques", "Jean",
    "Jean-François", "Jean-Pierre", "Jonathan", "Josée", "Julie", "Karine", "Kevin", "Line", "Louis",
    "Louise", "Luc", "Manon", "Marc", "Marc-André", "Marie", "Marie-Ève", "Martin", "Mathieu", "Maxime",
    "Mélanie", "Michel", "Mohamed", "Nadia", "Nathalie", "Nicolas", "Noémie", "Normand", "Olivier",
    "Pascal", "Patrick", "Philippe", "Pierre", "Réjean", "Richard", "Robert", "Sandra", "Sarah",
    "Sébastien", "Simon", "Sophie", "Stéphane", "Stéphanie", "Sylvain", "Sylvie", "Thomas", "Valérie",
    "Véronique", "William", "Yan", "Yves", "Zoé", "Emma", "James", "Jennifer", "Linda", "Michael",
];

#[rustfmt::skip]
const FAMILY: &[&str] = &[
    "Allard", "Beaulieu", "Bédard", "Bélanger", "Benali", "Bergeron", "Bernier", "Bérubé", "Bilodeau",
    "Blais", "Boivin", "Bolduc", "Bouchard", "Boucher", "Brown", "Caron", "Charbonneau", "Cloutier",
    "Cormier", "Côté", "Couture", "D’Amours", "Demers", "Deschênes", "Desjardins", "Dion", "Dubé",
    "Dubois", "Dufour", "Dupont", "Fontaine", "Fortier", "Fortin", "Fournier", "Gagné", "Gagnon",
    "Gauthier", "Gélinas", "Giguère", "Girard", "Giroux", "Gosselin", "Goulet", "Gravel", "Hamel",
    "Hébert", "Houle", "Jean", "Lachance", "Lacroix", "Lalonde", "Landry", "Langlois", "Lapointe",
    "Lavoie", "Leblanc", "Leclerc", "Lefebvre", "Lefèvre", "Lemay", "Lemieux", "Lepage", "Lessard",
    "Lévesque", "MacDonald", "Martel", "Martin", "Martineau", "Ménard", "Mercier", "Michaud", "Moreau",
    "Morin", "Nadeau", "Nguyen", "Ouellet", "Paquette", "Paradis", "Parent", "Pelletier", "Perron",
    "Picard", "Plante", "Poirier", "Poulin", "Proulx", "Raymond", "Richard", "Rousseau", "Roy",
    "Savard", "Simard", "Smith", "St-Onge", "St-Pierre", "Tanguay", "Tardif", "Therrien", "Thibault",
    "Tremblay", "Trudel", "Turcotte", "Vachon", "Vallée", "Villeneuve", "Zhang",
];

#[rustfmt::skip]
const TITLE: &[&str] = &[
    "Directrice générale", "Directeur des ventes", "Conseillère municipale", "Ingénieur civil",
    "Ingénieure en procédés", "Comptable", "Chargé de projet", "Project manager", "Software developer",
    "Analyste d’affaires", "Acheteuse", "Vice-président, finances",
    "Vice-présidente, santé et sécurité", "Conseiller en développement économique", "Representative",
    "Account executive", "Sales director", "Human resources advisor",
    "Conseillère en ressources humaines", "Notaire", "Avocate", "Architecte", "Urbaniste", "Agronome",
    "Propriétaire", "Fondatrice", "Entrepreneur en construction", "Courtier immobilier", "Électricien",
    "Designer graphique", "Professeur", "Étudiante", "Coordonnatrice aux communications",
    "Marketing manager", "Directeur d’usine", "Représentant", "Infirmière", "Consultant",
    "Chef d’équipe", "Adjointe administrative",
];

#[rustfmt::skip]
const ORG_FIRST: &[&str] = &[
    "Acier", "Atelier", "Béton", "Boulangerie", "Brasserie", "Cabinet", "Centre de santé", "Clinique",
    "Construction", "Coopérative", "Ébénisterie", "Érablière", "Équipements", "Excavation", "Ferme",
    "Fromagerie", "Garage", "Groupe", "Imprimerie", "Laboratoires", "Logiciels", "Marché", "Menuiserie",
    "Municipalité de", "Plomberie", "Productions", "Scierie", "Services-conseils", "Solutions",
    "Technologies", "Transport", "Toitures", "Usinage", "Vélo",
];

#[rustfmt::skip]
const ORG_BIG: &[&str] = &[
    "Hydro-Québec", "Desjardins", "Université de Sherbrooke", "Ville de Sherbrooke",
    "CIUSSS de l’Estrie", "Cascades", "Bell Canada", "Vidéotron", "Bombardier", "CGI",
    "Banque Nationale", "Cégep de Sherbrooke", "MRC de Memphrémagog", "Ville de Montréal",
    "Gouvernement du Québec", "Énergir",
];

#[rustfmt::skip]
const TOWN: &[(&str, &str)] = &[
    ("Sherbrooke", "Estrie"), ("Magog", "Estrie"), ("Coaticook", "Estrie"), ("Lac-Mégantic", "Estrie"),
    ("Granby", "Estrie"), ("Montréal", "Montréal"), ("Laval", "Laval"),
    ("Québec", "Capitale-Nationale"), ("Lévis", "Chaudière-Appalaches"),
    ("Drummondville", "Centre-du-Québec"), ("Trois-Rivières", "Mauricie"), ("Gatineau", "Outaouais"),
    ("Rimouski", "Bas-Saint-Laurent"),
];

const TAG: &[&str] =
    &["chambre", "client", "fournisseur", "golf", "voisin", "conférence", "relève", "municipal", "bénévole"];

#[rustfmt::skip]
const VALUE: &[&str] = &[
    "planches en bois", "connaît le conseil municipal", "loue une salle", "traduction vers l’anglais",
    "prête son camion", "photos de drone", "board experience", "sirop d’érable", "réseau des CPE",
    "subventions agricoles",
];

#[rustfmt::skip]
const EVENT: &[&str] = &[
    "Souper de la chambre", "5 à 7 des jeunes gens d’affaires", "Salon de l’habitation",
    "Cabane à sucre des Roy", "Congrès de l’UMQ", "Startup weekend", "Golf de la Fondation",
];

const MARKET: &[&str] =
    &["municipal", "foresterie", "agriculture", "sante", "developpement-economique", "construction"];

#[rustfmt::skip]
const NOTE: &[&str] = &[
    "Rappeler après les vacances, cherche un fournisseur local.",
    "Met at the buffet, knows the mayor well.",
    "Sa fille étudie en génie. Intéressé par le vélo électrique.",
    "Wants to sell the family business within two years.",
    "A parlé d’un projet de terrasse et de pergola; budget serré.",
];

/// A small generator of numbers (splitmix64), so that the world needs no seed from outside.
pub struct Dice(u64);

impl Dice {
    /// The same seed gives the same numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Whether something of so many percent happens.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// One of several, the first ones far more often.
    fn pick_skewed<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let (a, b) = (self.below(from.len()), self.below(from.len()));
        &from[a * b / from.len()]
    }
}

/// The day on which the world ends.
pub fn today() -> Date {
    jiff::civil::date(2026, 3, 15)
}

/// A book of so many people.
pub fn book(people: usize) -> Book {
    let mut dice = Dice::new(people as u64);
    let mut book = Book::default();
    let ids: Vec<ContactId> = (0..people).map(|n| id(n as u64, &mut dice)).collect();
    for (n, id) in ids.iter().enumerate() {
        book.put(Record::Contact(Arc::new(person(n, *id, &mut dice))));
    }
    for n in 0..people / 25 {
        let who = *dice.pick(&ids);
        book.put(Record::Interaction(Arc::new(interaction(n as u64, who, &mut dice))));
    }
    for n in 0..people / 50 {
        let (a, b) = (*dice.pick(&ids), *dice.pick(&ids));
        book.put(Record::Tie(Arc::new(Tie {
            id: TieId(Uuid::from_u64_pair(3, n as u64)),
            a,
            b,
            kind: TieKind::Knows,
            closeness: None,
            note: String::new(),
            since: None,
        })));
    }
    book
}

/// An identifier as `Uuid::now_v7` makes them, later ones above earlier ones.
fn id(n: u64, dice: &mut Dice) -> ContactId {
    let millis = 1_740_000_000_000 + n * 10;
    ContactId(Uuid::from_u64_pair(millis << 16 | 0x7000 | (dice.next() & 0xFFF), dice.next() >> 2 | 1 << 63))
}

/// Something that happened with a person.
pub fn interaction(n: u64, who: ContactId, dice: &mut Dice) -> Interaction {
    let on = today().saturating_sub((dice.below(900) as i64).days());
    let kinds =
        [InteractionKind::Call, InteractionKind::Coffee, InteractionKind::Met, InteractionKind::FavourGiven];
    Interaction {
        id: InteractionId(Uuid::from_u64_pair(2, n)),
        on,
        kind: *dice.pick(&kinds),
        people: vec![who],
        words: (*dice.pick(NOTE)).to_owned(),
        created: timestamp(on),
    }
}

/// One person: four of five as LinkedIn tells them, the others as a consultant notes them.
pub fn person(n: usize, id: ContactId, dice: &mut Dice) -> Contact {
    let (given, family) = (*dice.pick(GIVEN), *dice.pick_skewed(FAMILY));
    let met_on = today().saturating_sub((dice.below(2500) as i64).days());
    let mut contact = Contact::new(id, timestamp(jiff::civil::date(2026, 1, 10)));
    contact.name =
        Name { given: given.into(), family: family.into(), ..Name::from_full(format!("{given} {family}")) };
    let org = organisation(dice);
    contact.roles.push(role(&org, dice));
    let slug = format!("{given}-{family}").to_lowercase().replace([' ', '’'], "-");
    let by_linkedin = dice.percent(80);
    if by_linkedin {
        contact.urls.push(Labelled {
            value: format!("https://www.linkedin.com/in/{slug}-{:06x}", dice.next() & 0xFF_FFFF),
            label: "LinkedIn".into(),
        });
        contact.door = Some(Door::Accepted);
        contact.unread = dice.percent(70);
        contact.sources.push(format!("linkedin:in/{slug}-{n}"));
        contact.met =
            Some(Met { on: Some(PartialDate::Day(met_on)), how: Some(MetHow::LinkedIn), ..Met::default() });
        if dice.percent(6) {
            contact.emails.push(email(&slug, dice));
        }
    } else {
        note_by_hand(&mut contact, &slug, met_on, dice);
    }
    contact
}

fn note_by_hand(contact: &mut Contact, slug: &str, met_on: Date, dice: &mut Dice) {
    contact.updated = timestamp(met_on);
    contact.met = Some(Met {
        on: Some(PartialDate::Day(met_on)),
        at: (*dice.pick(EVENT)).to_owned(),
        how: Some(MetHow::Card),
        via: String::new(),
    });
    contact.closeness = Closeness::new(dice.below(6) as u8);
    if dice.percent(4) {
        contact.stage = Stage::Archived;
    } else if dice.percent(2) {
        contact.stage = Stage::Pocket;
    }
    if dice.percent(30) {
        let mut former = role(&organisation(dice), dice);
        former.former = true;
        contact.roles.push(former);
    }
    if dice.percent(20) {
        let big = *dice.pick(ORG_BIG);
        let mut board = role(big, dice);
        board.kind = RoleKind::Board;
        contact.roles.push(board);
    }
    if dice.percent(70) {
        contact.emails.push(email(slug, dice));
    }
    if dice.percent(70) {
        let number = dice.below(100);
        let area = *dice.pick(&[819, 514, 418, 450, 873]);
        contact.phones.push(Phone {
            value: format!("+1{area}55501{number:02}").into(),
            label: "mobile".into(),
            ext: "".into(),
        });
    }
    let (city, region) = *dice.pick(TOWN);
    contact.addresses.push(Address { city: city.into(), ..Address::default() });
    contact.region = dice.percent(50).then(|| region.to_owned());
    contact.tags = (0..dice.below(3)).map(|_| (*dice.pick(TAG)).to_owned()).collect();
    contact.values = (0..dice.below(3)).map(|_| (*dice.pick(VALUE)).to_owned()).collect();
    if dice.percent(25) {
        contact.markets.push(MarketTie {
            market: (*dice.pick(MARKET)).to_owned(),
            how: dice.percent(50).then_some(MarketHow::Decides),
            evidence: String::new(),
            refused: dice.percent(5),
        });
    }
    contact.note = (0..dice.below(3)).map(|_| *dice.pick(NOTE)).collect::<Vec<_>>().join("\n");
    if dice.percent(20) {
        contact.next = Some(today().saturating_add((dice.below(120) as i64 - 40).days()));
    }
    if dice.percent(20) {
        contact.birthday = Some(PartialDate::Yearly(1 + dice.below(12) as i8, 1 + dice.below(28) as i8));
    }
    if dice.percent(15) {
        contact.cadence_days = Some(90);
    }
}

fn organisation(dice: &mut Dice) -> String {
    if dice.percent(30) {
        (*dice.pick_skewed(ORG_BIG)).to_owned()
    } else {
        let tail = if dice.percent(25) { " inc." } else { "" };
        format!("{} {}{tail}", dice.pick(ORG_FIRST), dice.pick(FAMILY))
    }
}

fn role(org: &str, dice: &mut Dice) -> Role {
    Role {
        org: org.into(),
        title: (*dice.pick(TITLE)).into(),
        since: Some(PartialDate::Year(2000 + dice.below(26) as i16)),
        source: "linkedin".into(),
        ..Role::default()
    }
}

fn email(slug: &str, dice: &mut Dice) -> Labelled {
    let host = *dice.pick(&["example.ca", "courriel.example", "mail.example.org"]);
    Labelled { value: format!("{slug}@{host}"), label: "work".into() }
}

fn timestamp(day: Date) -> Timestamp {
    day.at(14, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp())
}
