//! How well needs are answered, and how fast.
//!
//! Quality first: nDCG@10 and recall@5 by class of need on a small graded set of invented people, with each kind of
//! evidence added in turn. `OPENBAR_NEEDS=DIR` takes another set, of the same two files. Then, by divan, the time to
//! build the index and to answer, at 16,000 and 100,000 contacts; the budgets are 20 and 80 ms.
//!
//! `cargo bench --bench needs`, or `cargo bench --bench needs -- people_16k`.

mod world;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::{env, fs};

use divan::{Bencher, black_box};
use openbar::domain::contact::{Contact, Met, Name, Role};
use openbar::domain::time::Timestamp;
use openbar::domain::{Book, ContactId, Record};
use openbar::insight::lexicon::Lexicon;
use openbar::insight::markets::Atlas;
use openbar::insight::needs::{Asked, Evidence, Index, Knowledge, Learnt, Options, Strength, World, who};
use serde_json::Value;
use uuid::Uuid;

fn main() {
    quality();
    divan::main();
}

/// What an answer is made from.
struct Known {
    book: Book,
    atlas: Atlas,
    index: Index,
    learnt: Learnt,
}

impl Known {
    fn of(book: Book) -> Self {
        let lexicon = Lexicon::bundled();
        Self {
            atlas: Atlas::build(&book),
            index: Index::build(&book, lexicon),
            learnt: Learnt::of(&book, lexicon),
            book,
        }
    }

    fn world(&self) -> World<'_> {
        let with = Knowledge {
            lexicon: self.index.lexicon(),
            taxonomy: self.atlas.taxonomy(),
            learnt: &self.learnt,
            sense: None,
        };
        World { book: &self.book, index: &self.index, atlas: &self.atlas, with, meanings: None }
    }

    /// The best for a need, best first.
    fn ranked(&self, need: &str, left_out: &[Evidence], limit: usize) -> Vec<(ContactId, Strength)> {
        let world = self.world();
        let options = Options {
            today: world::today(),
            limit,
            weak: true,
            without: &[],
            left_out,
            cancelled: &|| false,
        };
        let answer = who(world, &Asked::read(need, world.with), &options).expect("nobody cancels");
        answer.matches.into_iter().map(|found| (found.contact, found.strength)).collect()
    }
}

/// A need with the people who answer it: 2 squarely, 1 as plausible help or a door.
struct Graded {
    need: String,
    class: String,
    relevant: HashMap<ContactId, u8>,
}

fn lines(dir: &Path, name: &str) -> Vec<Value> {
    let path = dir.join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn load(dir: &Path) -> (Known, Vec<Graded>) {
    let mut book = Book::default();
    let mut ids = HashMap::new();
    for (card, number) in lines(dir, "contacts.jsonl").iter().zip(1..) {
        let text = |key: &str| card[key].as_str().unwrap_or_default();
        let mut contact = Contact::new(ContactId(Uuid::from_u128(number)), Timestamp::UNIX_EPOCH);
        ids.insert(text("id").to_owned(), contact.id);
        contact.name = Name::from_full(text("name"));
        contact.roles =
            vec![Role { org: text("org").into(), title: text("title").into(), ..Role::default() }];
        text("note").clone_into(&mut contact.note);
        let tags = card["tags"].as_array().into_iter().flatten();
        contact.tags = tags.filter_map(Value::as_str).map(Into::into).collect();
        contact.met = Some(Met { at: text("met_at").to_owned(), ..Met::default() });
        book.put(Record::Contact(Arc::new(contact)));
    }
    let asked = lines(dir, "needs.jsonl");
    let needs = asked.iter().map(|line| {
        let relevant = line["relevant"].as_object().into_iter().flatten();
        let grade = |grade: &Value| u8::try_from(grade.as_u64().unwrap_or_default()).unwrap_or_default();
        Graded {
            need: line["need"].as_str().unwrap_or_default().to_owned(),
            class: line["difficulty"].as_str().unwrap_or_default().to_owned(),
            relevant: relevant.map(|(id, value)| (ids[id], grade(value))).collect(),
        }
    });
    let needs = needs.collect();
    (Known::of(book), needs)
}

/// Gain 3 for grade 2 and 1 for grade 1, discounted by log2 of the rank, as a share of the best order possible.
fn ndcg(ranked: &[ContactId], relevant: &HashMap<ContactId, u8>) -> f64 {
    const CUT: usize = 10;
    let gain = |grade: u8| f64::from(1_u8 << grade) - 1.0;
    let sum = |grades: &mut dyn Iterator<Item = u8>| -> f64 {
        grades.take(CUT).zip(2_u32..).map(|(grade, rank)| gain(grade) / f64::from(rank).log2()).sum()
    };
    let mut best: Vec<u8> = relevant.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let own = sum(&mut ranked.iter().map(|id| relevant.get(id).copied().unwrap_or(0)));
    own / sum(&mut best.into_iter()).max(f64::EPSILON)
}

/// The share of those squarely right that are among the first five.
fn recall(ranked: &[ContactId], relevant: &HashMap<ContactId, u8>) -> f64 {
    const CUT: usize = 5;
    let right = relevant.values().filter(|grade| **grade == 2).count();
    let found = ranked.iter().take(CUT).filter(|id| relevant.get(id) == Some(&2)).count();
    found as f64 / right.clamp(1, CUT) as f64
}

/// What is left out at each step, and what the step is called.
const STEPS: &[(&str, &[Evidence])] = &[
    ("words as typed", &[Evidence::Kin, Evidence::Concepts, Evidence::Markets, Evidence::Vectors]),
    ("+ stems and typos", &[Evidence::Concepts, Evidence::Markets, Evidence::Vectors]),
    ("+ lexicon", &[Evidence::Markets, Evidence::Vectors]),
    ("+ markets, regions", &[Evidence::Vectors]),
    ("+ vectors: all", &[]),
    ("all but stems", &[Evidence::Kin]),
    ("all but lexicon", &[Evidence::Concepts]),
    ("all but markets", &[Evidence::Markets]),
];

fn quality() {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/needs");
    let (known, needs) = load(&env::var_os("OPENBAR_NEEDS").map_or(own, PathBuf::from));
    let answered: Vec<&Graded> = needs.iter().filter(|need| !need.relevant.is_empty()).collect();
    let mut classes: Vec<&str> = answered.iter().map(|need| need.class.as_str()).collect();
    classes.sort_unstable();
    classes.dedup();
    println!("nDCG@10 / recall@5 of {} needs", answered.len());
    print!("{:20} {:>11}", "", "overall");
    for class in &classes {
        print!(" {class:>14}");
    }
    println!();
    for (step, left_out) in STEPS {
        let mut sums: BTreeMap<&str, (f64, f64, f64)> = BTreeMap::new();
        for need in &answered {
            let ranked: Vec<ContactId> =
                known.ranked(&need.need, left_out, 100).into_iter().map(|(id, _)| id).collect();
            for class in ["", &need.class] {
                let sum = sums.entry(class).or_default();
                sum.0 += 1.0;
                sum.1 += ndcg(&ranked, &need.relevant);
                sum.2 += recall(&ranked, &need.relevant);
            }
        }
        let figure = |class: &str| {
            let (count, ndcg, recall) = sums[class];
            format!("{:.3} / {:.2}", ndcg / count, recall / count)
        };
        print!("{step:20} {:>11}", figure(""));
        for class in &classes {
            print!(" {:>14}", figure(class));
        }
        println!();
    }
    let unanswered: Vec<&Graded> = needs.iter().filter(|need| need.relevant.is_empty()).collect();
    let is_strong = |need: &&&Graded| {
        known.ranked(&need.need, &[], 10).iter().any(|(_, strength)| *strength == Strength::Strong)
    };
    let strong = unanswered.iter().filter(is_strong).count();
    println!("needs that nobody answers: {}, of which with a strong match: {strong}\n", unanswered.len());
}

/// Needs as people type them, of every class.
const NEEDS: &[&str] =
    &["agrandir ma terrasse", "extend my deck", "comptable", "percer la forêt en Mauricie"];

macro_rules! sizes {
    ($($module:ident: $people:expr;)+) => {$(
        mod $module {
            use super::*;

            fn known() -> &'static Known {
                static KNOWN: OnceLock<Known> = OnceLock::new();
                KNOWN.get_or_init(|| Known::of(world::book($people)))
            }

            #[divan::bench(args = NEEDS, sample_count = 25, sample_size = 1)]
            fn answer(bencher: Bencher<'_, '_>, need: &str) {
                let known = known();
                bencher.bench_local(|| known.ranked(black_box(need), &[], 20));
            }

            #[divan::bench(sample_count = 3, sample_size = 1)]
            fn index(bencher: Bencher<'_, '_>) {
                let known = known();
                bencher.bench_local(|| Index::build(black_box(&known.book), Lexicon::bundled()));
            }
        }
    )+};
}

sizes! {
    people_16k: 16_000;
    people_100k: 100_000;
}
