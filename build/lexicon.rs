//! Writes the concepts of `assets/lexicon/*.toml` as one compact table, so that the program reads them in a few
//! milliseconds: a line a concept, fields parted by tabs, the items of a list by unit separators.
//!
//! What is wrong in form stops the build and is named; what is wrong in sense is the lint test's business.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const LISTS: [&str; 4] = ["words_fr", "words_en", "needs_fr", "needs_en"];

/// Reads the folder and writes `lexicon.tsv` into the build's output folder.
pub fn write(folder: &Path) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
    paths.sort();
    let mut table = String::new();
    for path in &paths {
        let wrong = |what: String| io::Error::other(format!("{}: {what}", path.display()));
        let file: toml::Table =
            fs::read_to_string(path)?.parse().map_err(|error| wrong(format!("{error}")))?;
        let concepts =
            file.get("concept").and_then(toml::Value::as_array).ok_or_else(|| wrong("no concept".into()))?;
        for concept in concepts {
            line(&mut table, concept).ok_or_else(|| wrong(format!("a field is missing: {concept}")))?;
        }
    }
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(PathBuf::from(out).join("lexicon.tsv"), table)
}

fn line(table: &mut String, concept: &toml::Value) -> Option<()> {
    let text = |key: &str| concept.get(key)?.as_str();
    let list = |key: &str| -> Option<String> {
        let items = concept.get(key)?.as_array()?.iter().map(toml::Value::as_str);
        Some(items.collect::<Option<Vec<_>>>()?.join("\u{1f}"))
    };
    // Labels are shown to readers: apostrophes are set as in print.
    let label = |key: &str| Some(text(key)?.replace('\'', "’"));
    let _ = write!(table, "{}\t{}\t{}\t{}", text("id")?, text("kind")?, label("fr")?, label("en")?);
    for key in LISTS {
        let _ = write!(table, "\t{}", list(key)?);
    }
    let helpers = concept.get("helped_by")?.as_table()?.iter();
    let helpers: Option<Vec<String>> =
        helpers.map(|(id, weight)| Some(format!("{id}={}", weight.as_float()?))).collect();
    let _ = writeln!(table, "\t{}\t{}", helpers?.join("\u{1f}"), list("part_of")?);
    Some(())
}
