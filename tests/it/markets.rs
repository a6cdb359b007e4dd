//! Inferred markets on titles and organisations that the keywords were not written for.
//!
//! `known.jsonl` is the half of the list that the rules were improved with, `unseen.jsonl` the half that nobody looked at.
//! Each row has the ties that a reader would see, and in `also` those that would not be wrong either: they count neither
//! for nor against. `cargo test --test it markets -- --nocapture` prints both figures for both halves.

use std::fs;

use openbar::domain::contact::{Contact, Role};
use openbar::domain::time::Timestamp;
use openbar::domain::{Book, ContactId};
use openbar::insight::markets::{MarketIx, Reader, Taxonomy};
use serde_json::Value;
use uuid::Uuid;

/// Ties told rightly, told wrongly and not told.
#[derive(Clone, Copy, Default)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Score {
    fn precision(self) -> f64 {
        self.right as f64 / (self.right + self.wrong) as f64
    }

    fn recall(self) -> f64 {
        self.right as f64 / (self.right + self.missed) as f64
    }
}

#[test]
fn titles_lead_to_markets_with_few_mistakes() {
    let taxonomy = Taxonomy::new(&Book::default());
    let mut whole = Score::default();
    for half in ["known", "unseen"] {
        let score = score(&taxonomy, half);
        println!("{half}: precision {:.3}, recall {:.3}", score.precision(), score.recall());
        whole.right += score.right;
        whole.wrong += score.wrong;
        whole.missed += score.missed;
    }
    println!("whole: precision {:.3}, recall {:.3}", whole.precision(), whole.recall());
    assert!(whole.precision() >= 0.90, "precision {:.3}", whole.precision());
    assert!(whole.recall() >= 0.80, "recall {:.3}", whole.recall());
}

fn score(taxonomy: &Taxonomy, half: &str) -> Score {
    let path = format!("{}/tests/it/fixtures/markets/{half}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let mut reader = Reader::new(taxonomy);
    let mut score = Score::default();
    for line in fs::read_to_string(path).expect("the list").lines() {
        let row: Value = serde_json::from_str(line).expect("a row");
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let slugs = |list: &Value| -> Vec<MarketIx> {
            let names = list.as_array().into_iter().flatten();
            names
                .map(|name| taxonomy.find(name.as_str().expect("a slug")).expect("a bundled market"))
                .collect()
        };
        let ties: Value =
            row["markets"].as_array().into_iter().flatten().map(|tie| tie["market"].clone()).collect();
        let (known, also) = (slugs(&ties), slugs(&row["also"]));
        let mut contact = Contact::new(ContactId(Uuid::nil()), Timestamp::UNIX_EPOCH);
        contact.roles.push(Role { title: text("title").into(), org: text("org").into(), ..Role::default() });
        contact.note = text("note");
        let told: Vec<MarketIx> = reader.links(&contact).iter().map(|link| link.market).collect();
        score.right += known.iter().filter(|market| told.contains(market)).count();
        score.missed += known.iter().filter(|market| !told.contains(market)).count();
        // A market above one that is right is not wrong either.
        let fair = |market: &&MarketIx| {
            known.iter().any(|own| taxonomy.is_within(*own, **market)) || also.contains(market)
        };
        score.wrong += told.iter().filter(|market| !fair(market)).count();
    }
    score
}
