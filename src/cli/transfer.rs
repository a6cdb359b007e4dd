//! `import` and `export`: files in, files out.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::value::RawValue;

use super::args::{ExportArgs, ExportFormat, Format, ImportArgs};
use super::output::{Style, plain};
use super::session::{Session, unexpected};
use super::{Failure, Outcome, table};
use crate::domain::problem::{InputProblem, InputReason, Problem};
use crate::exchange::native;
use crate::protocol::{ExportForm, Import, Imported, Job, Move, Reply};
use crate::wording::Lang;
use crate::wording::errors::{self, Worded};

/// So many moves and problems are listed; the rest is counted.
const LISTED: usize = 20;

/// Reads files.
pub fn import(session: &mut Session, args: ImportArgs) -> Outcome {
    let paths = args.path.iter().map(|path| absolute(path)).collect::<Result<_, _>>()?;
    let job = Import { paths, format: args.from, columns: args.map, dry_run: args.dry_run };
    let mut progress = Progress::new();
    let reply = session.ask_with(Job::Import(job), &mut |done, total| progress.show(done, total));
    progress.clear();
    let Reply::Imported(imported) = reply? else { return Err(unexpected()) };
    let faults = imported.problems.iter().any(|problem| is_fault(&problem.reason));
    if args.format != Format::Table {
        let document = document(&imported, session.lang())?;
        session.out.json(&document)?;
        return if faults { Err(Failure::Said(3)) } else { Ok(()) };
    }
    report(session, &imported)?;
    if imported.problems.is_empty() {
        return Ok(());
    }
    let remarks = remarks(&imported.problems, session.lang());
    if faults {
        return Err(Failure::Worded(remarks, 3));
    }
    session.out.line(&remarks.message)?;
    for remark in &remarks.details {
        session.out.line(&format!("  {}", plain(remark)))?;
    }
    Ok(())
}

/// What is to be said about rows: the first of them, and how many more.
fn remarks(problems: &[InputProblem], lang: Lang) -> Worded {
    let words = lang.catalogue();
    let mut remarks = Worded::new(words.import_problems(problems.len()));
    remarks.details.extend(problems.iter().take(LISTED).map(|problem| errors::input(problem, lang)));
    if problems.len() > LISTED {
        remarks.details.push(words.error_ambiguous_more(problems.len() - LISTED));
    }
    remarks
}

/// Whether a remark on a row means that something could not be read, rather than that it is worth a look.
fn is_fault(reason: &InputReason) -> bool {
    !matches!(reason, InputReason::Namesakes { .. })
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(|error| {
        let reason = InputReason::Unreadable { detail: error.to_string() };
        let file = path.display().to_string();
        Problem::BadInput(InputProblem { file, line: 0, column: 0, reason }).into()
    })
}

/// What came in, on a page.
fn report(session: &mut Session, imported: &Imported) -> Outcome {
    let words = session.words();
    if imported.dry_run {
        session.out.line(&words.import_dry_run())?;
    }
    session.out.line(&words.import_people(imported.new, imported.changed, imported.unchanged))?;
    if imported.organisations > 0 {
        session.out.line(&words.import_organisations(imported.organisations))?;
    }
    if imported.others > 0 {
        session.out.line(&words.import_others(imported.others))?;
    }
    if imported.nameless > 0 {
        session.out.line(&words.import_nameless(imported.nameless))?;
    }
    if imported.lookalikes > 0 {
        session.out.line(&words.import_lookalikes(imported.lookalikes))?;
    }
    let answers = &imported.answers;
    if answers.people > 0 {
        session.out.line(&words.import_answers(answers.people))?;
        for (_, need, people) in answers.needs.iter().take(LISTED) {
            session.out.line(&format!("  {}", words.import_answers_need(plain(need), *people)))?;
        }
        if answers.needs.len() > LISTED {
            let more = words.error_ambiguous_more(answers.needs.len() - LISTED);
            session.out.line(&format!("  {more}"))?;
        }
    }
    if imported.cancelled {
        session.out.line(&words.import_cancelled())?;
    }
    if !imported.moves.is_empty() {
        session.out.line("")?;
        let heading = session.out.paint(Style::Title, &words.import_moves(imported.moves.len()));
        session.out.line(&heading)?;
        let rows: Vec<_> = imported.moves.iter().take(LISTED).map(move_row).collect();
        table::write(&mut session.out, [Style::Plain, Style::Plain, Style::Muted, Style::Plain], &rows)?;
        if imported.moves.len() > LISTED {
            let more = words.error_ambiguous_more(imported.moves.len() - LISTED);
            session.out.line(&format!("  {more}"))?;
        }
        session.out.line("")?;
    }
    Ok(())
}

fn move_row(moved: &Move) -> [String; 4] {
    let hat = |(title, org): &(String, String)| {
        let parts = [title.as_str(), org.as_str()].into_iter().filter(|text| !text.is_empty());
        parts.map(plain).collect::<Vec<_>>().join(" · ")
    };
    let (from, to) = (hat(&moved.from), hat(&moved.to));
    let arrow = if to.is_empty() { String::new() } else { format!("→ {to}") };
    [" ".to_owned(), plain(&moved.person.name), from, arrow]
}

/// What came in, or would come in, for scripts.
#[derive(Serialize)]
struct Document {
    #[serde(skip_serializing_if = "Option::is_none")]
    contacts: Option<Vec<Box<RawValue>>>,
    problems: Vec<ProblemLine>,
    new: usize,
    changed: usize,
    unchanged: usize,
    others: usize,
    organisations: usize,
    nameless: usize,
    lookalikes: usize,
    answering: usize,
    needs: Vec<NeedAnswered>,
    moves: Vec<MoveLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
}

#[derive(Serialize)]
struct ProblemLine {
    file: String,
    line: u64,
    #[serde(skip_serializing_if = "is_zero")]
    column: u64,
    reason: String,
}

/// An open need with how many newcomers answer it.
#[derive(Serialize)]
struct NeedAnswered {
    id: String,
    need: String,
    people: usize,
}

#[derive(Serialize)]
struct MoveLine {
    uid: String,
    name: String,
    from: HatLine,
    to: HatLine,
}

#[derive(Serialize)]
struct HatLine {
    title: String,
    org: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn document(imported: &Imported, lang: Lang) -> Result<Document, Failure> {
    let contacts = imported
        .contacts
        .iter()
        .map(|contact| RawValue::from_string(native::write_contact(contact, false)).map_err(io::Error::from));
    let hat = |(title, org): &(String, String)| HatLine { title: title.clone(), org: org.clone() };
    Ok(Document {
        contacts: if imported.dry_run { Some(contacts.collect::<Result<_, _>>()?) } else { None },
        problems: imported
            .problems
            .iter()
            .map(|problem| ProblemLine {
                file: problem.file.clone(),
                line: problem.line,
                column: problem.column,
                reason: errors::reason(&problem.reason, lang),
            })
            .collect(),
        new: imported.new,
        changed: imported.changed,
        unchanged: imported.unchanged,
        others: imported.others,
        organisations: imported.organisations,
        nameless: imported.nameless,
        lookalikes: imported.lookalikes,
        answering: imported.answers.people,
        needs: imported
            .answers
            .needs
            .iter()
            .map(|(id, need, people)| NeedAnswered {
                id: id.to_string(),
                need: need.clone(),
                people: *people,
            })
            .collect(),
        moves: imported
            .moves
            .iter()
            .map(|moved| MoveLine {
                uid: moved.person.uid.clone(),
                name: moved.person.name.clone(),
                from: hat(&moved.from),
                to: hat(&moved.to),
            })
            .collect(),
        step: imported.step.map(|step| step.to_string()),
    })
}

/// How far something long has come, on one line of the terminal that is drawn over and cleared in the end.
pub(super) struct Progress {
    visible: bool,
    percent: Option<u64>,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { visible: io::stderr().is_terminal(), percent: None }
    }

    pub(super) fn show(&mut self, done: u64, total: u64) {
        const BAR: u64 = 30;
        if !self.visible || total == 0 {
            return;
        }
        let percent = (u128::from(done) * 100 / u128::from(total)).min(100) as u64;
        if self.percent == Some(percent) {
            return;
        }
        self.percent = Some(percent);
        let full = (percent * BAR / 100) as usize;
        let bar = format!("{}{}", "█".repeat(full), "░".repeat(BAR as usize - full));
        let mut stderr = io::stderr().lock();
        let _ = write!(stderr, "\r{bar} {percent:3} %").and_then(|()| stderr.flush());
    }

    pub(super) fn clear(&mut self) {
        if self.percent.take().is_some() {
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "\r\u{1b}[K").and_then(|()| stderr.flush());
        }
    }
}

/// Writes the book out.
pub fn export(session: &mut Session, args: &ExportArgs) -> Outcome {
    match args.out.as_deref().filter(|path| *path != Path::new("-")) {
        Some(path) => {
            let out = std::path::absolute(path).map_err(|error| cannot_write(path, &error))?;
            let (contacts, others) = exported(session, out, args)?;
            let said = session.words().export_done(contacts, others, plain(&path.display().to_string()));
            Ok(session.out.line(&said)?)
        }
        None => stream(session, args),
    }
}

/// To standard output, by way of a file that only the user can read: the engine may be in another process.
fn stream(session: &mut Session, args: &ExportArgs) -> Outcome {
    let folder = tempfile::Builder::new().prefix("openbar-").tempdir();
    let folder = folder.map_err(|error| cannot_write(&std::env::temp_dir(), &error))?;
    let path = folder.path().join("export.jsonl");
    exported(session, path.clone(), args)?;
    let mut file = File::open(&path).map_err(|error| cannot_write(&path, &error))?;
    io::copy(&mut file, &mut session.out)?;
    Ok(())
}

fn exported(session: &mut Session, out: PathBuf, args: &ExportArgs) -> Result<(usize, usize), Failure> {
    match session.ask(Job::Export {
        out,
        query: args.query.clone(),
        public: args.public,
        form: form(args.to),
    })? {
        Reply::Exported { contacts, others } => Ok((contacts, others)),
        _ => Err(unexpected()),
    }
}

fn form(format: ExportFormat) -> ExportForm {
    match format {
        ExportFormat::Jsonl => ExportForm::Native,
        ExportFormat::Dot => ExportForm::Dot,
        ExportFormat::GraphMl => ExportForm::GraphMl,
        ExportFormat::Markets => ExportForm::Markets,
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Problem::CannotWrite { path: path.to_owned(), detail: error.to_string() }.into()
}
