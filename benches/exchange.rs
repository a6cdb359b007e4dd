//! How long reading and planning take: LinkedIn's list, new and again, and the native form.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use openbar::domain::Book;
use openbar::exchange::{self, Batch, Format, ReadOptions, intake, native};
use uuid::Uuid;

const SIZES: [usize; 2] = [16_000, 100_000];

fn main() {
    divan::main();
}

/// A plain list; `examples/linkedin_export.rs` writes a believable one.
fn list(rows: usize, title: &str) -> PathBuf {
    let mut text = String::from("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
    for number in 0..rows {
        let _ = writeln!(
            text,
            "Réjeanne,\"Roy {number}, CPA\",https://www.linkedin.com/in/rejeanne-{number},,\"Scierie {}, inc.\",{title},{:02} Mar {}",
            number % 4_000,
            number % 28 + 1,
            2009 + number % 17,
        );
    }
    saved(&format!("{rows}-{title}.csv"), text.as_bytes())
}

fn saved(name: &str, bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("openbar-bench-{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).expect("a temporary file");
    path
}

fn read(path: &Path) -> Batch {
    let options = ReadOptions::new("2026-03-05".parse().expect("a date"));
    exchange::read(path, &options, &mut |_, _| ControlFlow::Continue(())).expect("a batch")
}

fn plan(book: &Book, batch: Batch) -> intake::Plan {
    let now = "2026-03-05T12:00:00Z".parse().expect("a moment");
    intake::plan(book, batch, now, "2026-03-05".parse().expect("a date"), &mut Uuid::now_v7)
}

fn filled(path: &Path) -> Book {
    let mut book = Book::default();
    for edit in plan(&book, read(path)).edits {
        book.put(edit.after.expect("a new record"));
    }
    book
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn linkedin_read(bencher: Bencher, rows: usize) {
    let path = list(rows, "Directrice");
    bencher.counter(ItemsCount::new(rows)).bench(|| read(black_box(&path)));
    let _ = std::fs::remove_file(path);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn linkedin_plan_new(bencher: Bencher, rows: usize) {
    let path = list(rows, "Directrice");
    let book = Book::default();
    bencher
        .counter(ItemsCount::new(rows))
        .with_inputs(|| read(&path))
        .bench_values(|batch| plan(&book, batch));
    let _ = std::fs::remove_file(path);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn linkedin_plan_again(bencher: Bencher, rows: usize) {
    let path = list(rows, "Directrice");
    let book = filled(&path);
    bencher
        .counter(ItemsCount::new(rows))
        .with_inputs(|| read(&path))
        .bench_values(|batch| plan(&book, batch));
    let _ = std::fs::remove_file(path);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn linkedin_plan_everybody_moved(bencher: Bencher, rows: usize) {
    let (before, after) = (list(rows, "Directrice"), list(rows, "Présidente"));
    let book = filled(&before);
    bencher
        .counter(ItemsCount::new(rows))
        .with_inputs(|| read(&after))
        .bench_values(|batch| plan(&book, batch));
    let _ = (std::fs::remove_file(before), std::fs::remove_file(after));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn native_write(bencher: Bencher, rows: usize) {
    let path = list(rows, "Directrice");
    let book = filled(&path);
    bencher
        .counter(ItemsCount::new(rows))
        .bench(|| native::export(&book, &|_| true, false, &mut std::io::sink()));
    let _ = std::fs::remove_file(path);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn native_read(bencher: Bencher, rows: usize) {
    let path = list(rows, "Directrice");
    let mut out = Vec::new();
    native::export(&filled(&path), &|_| true, false, &mut out).expect("memory");
    let lines = saved(&format!("{rows}.jsonl"), &out);
    bencher.counter(ItemsCount::new(rows)).bench(|| {
        let batch = read(black_box(&lines));
        assert_eq!(batch.format, Format::Native);
        batch
    });
    let _ = (std::fs::remove_file(path), std::fs::remove_file(lines));
}
