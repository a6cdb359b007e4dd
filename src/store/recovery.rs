//! The ladder of opening: every failure of the tree leads to a rebuild from the journal, every failure of the journal to
//! a new journal written from the tree, and what neither has is counted as lost, never passed over.
//!
//! 1. The tree opens: what the journal has beyond it is applied.
//! 2. It does not: it is set aside; a copy without sled's `snap.*` files, which are its most frequent damage, is tried.
//! 3. That fails too: an empty tree, and the whole journal is applied.
//! 4. The journal is damaged or cut: it is set aside and written anew from the tree's history, or its end is.
//! 5. Both are gone: the store is refused as damaged. It never opens as an empty book.

use std::fs;
use std::path::{Path, PathBuf};

use super::Options;
use super::fault::{At, Fault};
use super::files;
use super::frame;
use super::journal::{self, Journal};
use super::layout::Layout;
use super::tables::Tables;
use crate::domain::problem::Problem;

/// Bytes of frames that are put together before they are appended, when a journal is written anew.
const STRETCH: usize = 1 << 20;

/// What had to be done to open the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenReport {
    /// Commits that the tree lacked and the journal had. A few after every crash.
    pub replayed: u64,
    /// Bytes of a commit that was never acknowledged, cut off the journal.
    pub torn: u64,
    /// Why the tree had to be mended or built again, if it had to.
    pub tree: Option<String>,
    /// The journal was damaged, and was written anew from the tree.
    pub journal: bool,
    /// Commits that neither the journal nor the tree has any more.
    pub lost: u64,
    /// Where the damaged files are now.
    pub set_aside: Vec<PathBuf>,
}

impl OpenReport {
    /// Nothing was damaged. Cutting off what was never acknowledged is no damage.
    pub fn is_clean(&self) -> bool {
        self.tree.is_none() && !self.journal && self.lost == 0
    }

    /// What the user should be told: `None` unless something is lost.
    pub fn problem(&self) -> Option<Problem> {
        (self.lost > 0).then(|| Problem::StoreDamaged {
            path: self.set_aside.first().cloned().unwrap_or_default(),
            detail: format!("{} commits lost", self.lost),
        })
    }
}

/// Opens journal and tree and makes them agree.
pub(super) fn open(
    layout: &Layout,
    options: &Options,
    report: &mut OpenReport,
) -> Result<(Journal, Tables), Fault> {
    match try_open(layout, options, report) {
        // The tree opened, and then failed while commits were applied to it.
        Err(Fault::Damaged(why)) if layout.records().is_dir() && report.tree.is_none() => {
            rebuild(layout, options, report, why)
        }
        outcome => outcome,
    }
}

/// Sets the tree aside and builds it again from the journal. It must be closed.
pub(super) fn rebuild(
    layout: &Layout,
    options: &Options,
    report: &mut OpenReport,
    why: String,
) -> Result<(Journal, Tables), Fault> {
    if journal::survey(&layout.journal())?.is_none() {
        return Err(Fault::Damaged(why));
    }
    set_aside(layout, &layout.records(), "records", report)?;
    report.tree = Some(why);
    try_open(layout, options, report)
}

fn try_open(layout: &Layout, options: &Options, report: &mut OpenReport) -> Result<(Journal, Tables), Fault> {
    finish_renewal(layout)?;
    let folder = layout.journal();
    let survey = journal::survey(&folder)?;
    if survey.is_none() && !layout.fresh && !layout.records().is_dir() {
        return Err(Fault::Damaged("both the journal and the tree are gone".into()));
    }
    let mut tables = open_tree(layout, options, report)?;
    let Some(survey) = survey else {
        if tables.applied() == 0 {
            if layout.fresh {
                return Ok((Journal::create(&folder, 1, options.segment)?, tables));
            }
            tables.close();
            return Err(Fault::Damaged("the journal is gone and the tree is empty".into()));
        }
        return Ok((renew(layout, options, &tables, report)?, tables));
    };
    let before = tables.applied();
    let mut damaged = survey.damaged || survey.first != 1;
    if damaged || survey.last > before {
        let walk = journal::walk(&folder, before, &mut |seq, change| {
            report.replayed += 1;
            tables.apply(seq, change)
        });
        let walk = match walk {
            Ok(walk) => walk,
            Err(fault) => {
                tables.close();
                return Err(fault);
            }
        };
        damaged |= walk.damaged;
        report.lost += walk.lost;
    }
    if damaged {
        return Ok((renew(layout, options, &tables, report)?, tables));
    }
    report.torn += survey.torn;
    let mut journal = Journal::resume(&folder, &survey, options.segment)?;
    if journal.last() < tables.applied() {
        report.journal = true;
        copy_commits(&tables, &mut journal)?;
    }
    Ok((journal, tables))
}

fn open_tree(layout: &Layout, options: &Options, report: &mut OpenReport) -> Result<Tables, Fault> {
    let folder = layout.records();
    let why = match Tables::open(&folder, options.cache) {
        Err(Fault::Damaged(why)) => why,
        outcome => return outcome,
    };
    report.tree = Some(why);
    let original = set_aside(layout, &folder, "records", report)?;
    if original.is_dir() {
        let copy = layout.new_records();
        if copy.is_dir() {
            fs::remove_dir_all(&copy).at(&copy)?;
        }
        // A copy has files of its own: threads that a failed opening left behind hold no lock on them.
        files::copy_folder(&original, &copy, &|name| !name.starts_with("snap.")).at(&copy)?;
        fs::rename(&copy, &folder).at(&folder)?;
        match Tables::open(&folder, options.cache) {
            Err(Fault::Damaged(_)) => {}
            outcome => return outcome,
        }
        fs::remove_dir_all(&folder).at(&folder)?;
    }
    Tables::open(&folder, options.cache)
}

fn set_aside(layout: &Layout, path: &Path, name: &str, report: &mut OpenReport) -> Result<PathBuf, Fault> {
    let place = files::set_aside(layout.data(), path, name).at(path)?;
    report.set_aside.push(place.clone());
    Ok(place)
}

/// Writes the whole journal anew from the tree, which must be at least as far.
fn renew(
    layout: &Layout,
    options: &Options,
    tables: &Tables,
    report: &mut OpenReport,
) -> Result<Journal, Fault> {
    report.journal = true;
    let (old, new) = (layout.journal(), layout.new_journal());
    let mut journal = Journal::create(&new, 1, options.segment)?;
    copy_commits(tables, &mut journal)?;
    drop(journal);
    if old.is_dir() {
        set_aside(layout, &old, "journal", report)?;
    }
    finish_renewal(layout)?;
    let folder = layout.journal();
    match journal::survey(&folder)? {
        Some(survey) if !survey.damaged && survey.last == tables.applied() => {
            Journal::resume(&folder, &survey, options.segment)
        }
        _ => Err(Fault::Damaged("the journal written anew cannot be read".into())),
    }
}

/// A crash may have come between setting the old journal aside and naming the new one. While the old one is there, the
/// new one is not finished. Where there was no old one, an unfinished new one is a beginning that the tree completes.
fn finish_renewal(layout: &Layout) -> Result<(), Fault> {
    let (folder, new) = (layout.journal(), layout.new_journal());
    if !new.is_dir() {
        return Ok(());
    }
    if folder.is_dir() {
        return fs::remove_dir_all(&new).at(&new);
    }
    fs::rename(&new, &folder).at(&folder)?;
    files::sync_parent(&folder).at(&folder)
}

/// Appends what the tree has beyond the journal.
fn copy_commits(tables: &Tables, journal: &mut Journal) -> Result<(), Fault> {
    let mut frames = Vec::new();
    let end = tables.applied();
    for seq in journal.last() + 1..=end {
        tables.with_change(seq, |change| match change {
            Some(change) => frame::write(&mut frames, seq, false, change),
            None => frame::write_lost(&mut frames, seq),
        })?;
        if frames.len() >= STRETCH || seq == end {
            journal.append(&frames, seq)?;
            frames.clear();
        }
    }
    Ok(())
}
