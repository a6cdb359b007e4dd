//! Writes a believable `Connections.csv` of LinkedIn's, for measuring imports: invented Québec people, with the
//! traits of real lists at their measured rates (rows without a name, titles in last names, quotes, signs, long titles).
//!
//! `cargo run --release --example linkedin_export -- 16000 > Connections.csv`; with `later` as a second word, the same
//! account four months on: some changed jobs or names, some left, some are new. The same arguments give the same bytes.

use std::collections::HashSet;
use std::io::{self, Write};

use jiff::civil::Date;
use openbar::text::fold::fold;

const NOTES: &str = "Notes:\n\"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see email addresses for connections who have allowed their connections to see or download their email address using this setting https://www.linkedin.com/psettings/privacy/email. You can learn more here https://www.linkedin.com/help/linkedin/answer/261\"\n\n";

const GIVEN: &str = "Réjean Sylvie Michel Nathalie Étienne Julie Marc Isabelle Benoît Chantal François Martine Stéphane Manon \
Alexandre Mélanie Maxime Geneviève Mathieu Émilie Simon Catherine Guillaume Audrey Vincent Amélie Samuel Noémie Gabriel Camille \
William Florence Olivier Rosalie Thomas Léa Félix Alice Nathan Zoé Louis Béatrice Jérôme Véronique Yves Josée Denis Lucie Normand \
Francine Gilles Ginette Serge Diane Claude Nicole Luc Hélène Pascal Brigitte Éric Caroline Patrick Annie Sébastien Karine Hugo \
Sarah Antoine Laurence Philippe Myriam Charles Valérie Daniel Sophie Steve Linda Kevin Jessica David Stephanie Michael Jennifer \
James Emily Andrew Heather Scott Kimberly Ryan Ashley Mohamed Fatima Karim Nadia Youssef Amina Ahmed Leïla Nguyen Linh Wei Mei \
Jorge María Carlos Lucía João Ana Rajesh Priya Sanjay Anjali Olga Dmitri Ioana Andrei Kwame Aïssatou Ousmane Mariam Ginette Ovide";

const FAMILY: &str = "Tremblay Gagnon Roy Côté Bouchard Gauthier Morin Lavoie Fortin Gagné Ouellet Pelletier Bélanger Lévesque \
Bergeron Leblanc Paquette Girard Simard Boucher Caron Beaulieu Cloutier Dubé Poirier Fournier Lapointe Leclerc Lefebvre Poulin \
Thibault St-Pierre Nadeau Martin Landry Martel Bédard Grenier Lessard Bernier Richard Michaud Hébert Desjardins Couture Turcotte \
Lachance Parent Blais Gosselin Savard Proulx Beaudoin Demers Perreault Boudreau Lemieux Cyr Perron Dufour Dion Mercier Bolduc \
Bérubé Boisvert Langlois Ménard Therrien Plante Bilodeau Blanchette Dubois Champagne Paradis Fortier Arsenault Dupuis Gaudreault \
Hamel Houle Villeneuve Rousseau Gravel Thériault Lemay Robert Allard Deschênes Giroux Guay Leduc Boivin Charbonneau Lambert \
Raymond Vachon Gilbert Audet Jean Larouche Legault Trudel Fontaine Picard Labelle Lacroix Jacques Moreau Carrier Bernard Desrosiers \
Goulet Renaud Dionne Lapierre Vaillancourt Fillion Lalonde Tessier Bertrand Tardif Lepage Gingras Benoit Rioux Giguère Drouin Harvey \
Lauzon Nguyen Smith Brown MacDonald O'Connor Campbell Taylor Wilson Benali Haddad Diallo Traoré Singh Patel Chen Wang Rodríguez \
García Silva Popescu Ivanov Kim Tran Pham Cohen Levy Rossi Bianchi Kowalski";

const TOWNS: &str = "Sherbrooke Magog Granby Coaticook Cowansville Bromont Waterloo Orford Victoriaville Drummondville Trois-Rivières \
Lévis Québec Montréal Laval Longueuil Gatineau Saguenay Rimouski Alma Joliette Saint-Hyacinthe Shawinigan Rouyn-Noranda Val-d'Or \
Baie-Comeau Sept-Îles Matane Gaspé Thetford-Mines Lac-Mégantic Windsor Richmond Stanstead";

const FIRMS: &[&str] = &[
    "Construction {f}",
    "Érablière {f}",
    "{f} & Fils",
    "MRC de {t}",
    "Ville de {t}",
    "Caisse Desjardins de {t}",
    "Chambre de commerce de {t}",
    "{f}, {g} et associés, s.e.n.c.r.l.",
    "Groupe {f} inc.",
    "Scierie {f}",
    "Ferme {f}",
    "Cégep de {t}",
    "{f} Consulting Ltd.",
    "Clinique {f}",
    "Coopérative funéraire de {t}",
    "Imprimerie {f}",
    "Transport {f} inc.",
    "Les Entreprises {f}",
    "Fondation de l'hôpital de {t}",
    "{f} Marketing | Communications",
    "Boulangerie chez {g}",
    "UPA – {t}",
    "Développement économique {t}",
    "{f} Architecture + Design",
    "Immobilier {f}, agence",
    "Microbrasserie de {t}",
    "Garage {f}",
    "Université de Sherbrooke",
    "Hydro-Québec",
    "Bombardier",
    "Desjardins",
    "CGI",
    "Self-employed",
    "Travailleur autonome",
    "Cascades",
    "CIUSSS de l'Estrie – CHUS",
    "Bishop's University",
    "Revenu Québec",
    "Banque Nationale",
    "Bell",
    "Vidéotron",
];

const TITLES: &[&str] = &[
    "Directrice générale",
    "Directeur des ventes",
    "Conseillère en gestion",
    "Président",
    "Propriétaire",
    "Co-fondatrice",
    "Ingénieur, aéronautique",
    "Adjointe administrative",
    "Vendeur",
    "Agente de développement économique",
    "Notaire",
    "Avocate",
    "Comptable professionnelle agréée",
    "Enseignant",
    "Infirmière clinicienne",
    "Chargé de projet",
    "Coordonnatrice aux événements",
    "Conseiller municipal",
    "Courtier immobilier",
    "Designer graphique",
    "Développeur logiciel",
    "Acériculteur",
    "Agricultrice",
    "Account Executive",
    "Marketing Manager",
    "Project Manager, PMP",
    "Software Engineer",
    "HR Business Partner",
    "Owner",
    "CEO",
    "Founder & CEO",
    "VP Sales",
    "Professor",
    "Student",
    "Consultant",
    "Sales Representative",
    "Director of Operations",
    "Recruiter",
    "Chercheuse postdoctorale",
    "Mécanicien industriel",
    "Responsable des communications",
    "Architecte",
    "Technicien comptable",
    "Gestionnaire de comptes | Transport et logistique",
    "Speaker, author, coach",
    "Retraité",
    "Bénévole",
];

const CREDENTIALS: &[&str] =
    &["MBA", "CPA", "ing.", "PMP", "CRHA", "M.Sc.", "Ph.D.", "MBA, ASC", "notaire", "CFA", "Adm.A."];
const SIGNS: &[&str] = &["🍁", "⭐", "🚀", "✨", "🇨🇦", "♻️"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `SplitMix64` (Steele, Lea and Flood, 2014): few lines, and the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    /// True so many times in ten thousand.
    fn chance(&mut self, in_ten_thousand: usize) -> bool {
        self.roll(10_000) < in_ten_thousand
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len())]
    }
}

struct World {
    given: Vec<&'static str>,
    family: Vec<&'static str>,
    towns: Vec<&'static str>,
    names: HashSet<String>,
}

impl World {
    /// A name that nobody bears yet, with few exceptions: namesakes.
    fn name(&mut self, dice: &mut Dice) -> (String, String) {
        for attempt in 0.. {
            let mut given = dice.pick(&self.given).to_owned();
            let mut family = dice.pick(&self.family).to_owned();
            if dice.chance(1_200) || attempt > 2 {
                family = format!("{family}-{}", dice.pick(&self.family));
            }
            if dice.chance(600) || attempt > 4 {
                given = format!("{given}-{}", dice.pick(&self.given));
            }
            if self.names.insert(format!("{given} {family}")) || dice.chance(300) {
                return (given, family);
            }
        }
        unreachable!("the attempts have no end")
    }

    fn firm(&self, dice: &mut Dice) -> String {
        if dice.chance(20) {
            return format!("Studio \"{}\"", dice.pick(&self.family));
        }
        dice.pick(FIRMS)
            .replace("{f}", dice.pick(&self.family))
            .replace("{g}", dice.pick(&self.given))
            .replace("{t}", dice.pick(&self.towns))
    }
}

fn title(dice: &mut Dice) -> String {
    let title = dice.pick(TITLES);
    match dice.roll(100) {
        0 => format!(
            "{title} | J'aide les entreprises d'ici à grandir sans perdre leur âme | Conférencière | {}",
            dice.pick(TITLES)
        ),
        1..=5 => format!("{title}, {}", dice.pick(TITLES)),
        _ => title.to_owned(),
    }
}

fn slug(given: &str, family: &str, number: usize, encoded: bool) -> String {
    let plain = |text: &str| fold(text).replace(['\'', ' ', '.'], "");
    if encoded {
        let raw = format!("{given}-{family}").to_lowercase();
        let escaped: String = raw
            .bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() || b == b'-' {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect();
        return format!("{escaped}-{number:06x}");
    }
    format!("{}-{}-{number:06x}", plain(given), plain(family))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let rows: usize = arguments.next().map_or(Ok(16_000), |word| word.parse())?;
    let later = arguments.next().is_some_and(|word| word == "later");
    let mut dice = Dice(2026);
    // What happens in the four months rolls other dice, so that the rest stays as it was.
    let mut fate = Dice(4);
    let list = |words: &'static str| words.split_whitespace().collect::<Vec<_>>();
    let world =
        || World { given: list(GIVEN), family: list(FAMILY), towns: list(TOWNS), names: HashSet::new() };
    let (mut known, mut new) = (world(), world());
    let mut out = io::BufWriter::new(io::stdout().lock());
    out.write_all(NOTES.as_bytes())?;
    // Without a line end after the last row, as LinkedIn writes it.
    let mut table = Vec::new();
    let mut writer = csv::WriterBuilder::new().from_writer(&mut table);
    writer.write_record([
        "First Name",
        "Last Name",
        "URL",
        "Email Address",
        "Company",
        "Position",
        "Connected On",
    ])?;
    let newest: Date = if later { "2026-06-28" } else { "2026-02-28" }.parse()?;
    let extra = if later { rows / 50 } else { 0 };
    for number in 0..rows + extra {
        // The newest come first; those of the four months since stand before all others.
        let fresh = number < extra;
        let place = if fresh { number * 120 / extra.max(1) } else { (number - extra) * 5_500 / rows };
        let day = if fresh { newest } else { "2026-02-28".parse()? };
        let on = day.checked_sub(jiff::Span::new().days(place as i64))?;
        let on = format!("{:02} {} {}", on.day(), MONTHS[on.month() as usize - 1], on.year());
        let (world, dice) = if fresh { (&mut new, &mut fate) } else { (&mut known, &mut dice) };
        if dice.chance(150) {
            writer.write_record(["", "", "", "", "", "", &on])?;
            continue;
        }
        let (mut given, mut family) = world.name(dice);
        let index = if fresh { rows + number } else { number - extra };
        let url = format!("https://www.linkedin.com/in/{}", slug(&given, &family, index, dice.chance(200)));
        let email = if dice.chance(200) {
            format!("{}{index}@courriel.example", fold(&given))
        } else {
            String::new()
        };
        let mut company = if dice.chance(400) { String::new() } else { world.firm(dice) };
        let mut position = if dice.chance(400) { String::new() } else { title(dice) };
        match dice.roll(1_000) {
            0..40 => family = format!("{family}, {}", dice.pick(CREDENTIALS)),
            40..45 => family = format!("{family} {}", dice.pick(SIGNS)),
            45..60 => given.push(' '),
            60..62 => given = format!("{given} \"{}\"", dice.pick(&world.given)),
            62..70 => company.insert(0, ' '),
            _ => {}
        }
        if index == rows / 2 {
            position = format!("={position}");
        }
        if later && !fresh {
            match fate.roll(1_000) {
                0..40 => (company, position) = (world.firm(&mut fate), title(&mut fate)),
                40..50 => family = format!("{family}-{}", fate.pick(&world.family)),
                50..60 => continue,
                _ => {}
            }
        }
        writer.write_record([&given, &family, &url, &email, &company, &position, &on])?;
    }
    writer.flush()?;
    drop(writer);
    out.write_all(table.strip_suffix(b"\n").unwrap_or(&table))?;
    Ok(out.flush()?)
}
