//! What reads the letters of card pictures: the models inside openbar, or the program tesseract if the user chose it.
//!
//! Invariants: a program that is missing, fails, says too much or takes too long is given up, and the models inside
//! read the picture; nothing is written to disk, and nothing of the picture's metadata reaches the program.

use std::io::{self, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use crate::capture::image::ocr::{Reader, Reading, TextLine};
use crate::capture::image::{self, Picture, Turn, read_by, tesseract};
use crate::capture::printed::{CardProblem, Printed};
use crate::text::clean;

/// The program, looked for on `PATH`.
const PROGRAM: &str = "tesseract";
/// Its names of the languages that it should know.
const LANGUAGES: [&str; 2] = ["fra", "eng"];
/// One run takes half a second; a picture that takes this long has something else wrong with it.
const PATIENCE: Duration = Duration::from_secs(10);
/// A card's table has some ten thousand bytes.
const LONGEST_ANSWER: u64 = 4 << 20;
/// Longer side, in pixels, of the picture that the program gets: more only takes longer.
const SIDE: u32 = 2_400;
/// Letters as sure as this need no other way up to be tried.
const SURE: f32 = 0.75;

/// What reads the letters of card pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recogniser {
    /// The models inside openbar.
    #[default]
    Builtin,
    /// The program tesseract.
    Tesseract,
}

impl Recogniser {
    /// Reads a picture, whichever way it lies; returns it upright with what it says. Takes up to some seconds;
    /// `models` keeps what was loaded for the next picture.
    pub fn read(self, picture: Picture, models: &mut Option<Arc<Reader>>) -> (Picture, Printed) {
        if self == Self::Builtin {
            return image::read(picture, models);
        }
        match upright(&picture) {
            Ok(reading) => read_by(picture, |_, _| (reading, Vec::new())),
            Err(error) => {
                let (picture, mut printed) = image::read(picture, models);
                let detail = clean::line(&error.to_string());
                printed.problems.insert(0, CardProblem::OtherEngine { detail });
                (picture, printed)
            }
        }
    }
}

/// Reads a picture the way it lies, and if that gives no sure letters, the other ways too.
fn upright(picture: &Picture) -> io::Result<Reading> {
    let languages = languages()?;
    let scale = picture.width().max(picture.height()) as f32 / SIDE as f32;
    let small = picture.shrunk(SIDE);
    let mut best = Reading::default();
    for turn in [Turn::None, Turn::Right, Turn::Left, Turn::Half] {
        let table =
            run(&["stdin", "stdout", "-l", &languages, "--psm", "3", "tsv"], &file(&small.turned(turn)))?;
        let reading = Reading { turn, ..tesseract::reading(&table) };
        if weight(&reading) > weight(&best) {
            best = reading;
        }
        if best.confidence >= SURE {
            break;
        }
    }
    if scale > 1.0 {
        for line in &mut best.lines {
            line.height *= scale;
            line.quad.iter_mut().for_each(|corner| *corner = (corner.0 * scale, corner.1 * scale));
        }
    }
    Ok(best)
}

/// Sure letters: many letters that are guesses count less than few that are read.
fn weight(reading: &Reading) -> f32 {
    let letters = |line: &TextLine| line.text.chars().count() as f32 * line.confidence.powi(2);
    reading.lines.iter().map(letters).sum()
}

fn file(picture: &Picture) -> Vec<u8> {
    picture.to_jpeg_or_png().bytes
}

/// Those of [`LANGUAGES`] that are installed, as the program wants them named.
fn languages() -> io::Result<String> {
    let listed = run(&["--list-langs"], &[])?;
    let known: Vec<&str> = LANGUAGES
        .into_iter()
        .filter(|language| listed.lines().any(|line| line.trim() == *language))
        .collect();
    if known.is_empty() {
        return Err(io::Error::other(format!("{PROGRAM}: {}", LANGUAGES.join(", "))));
    }
    Ok(known.join("+"))
}

/// Runs the program with `input` and returns what it says.
fn run(arguments: &[&str], input: &[u8]) -> io::Result<String> {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| io::Error::new(error.kind(), format!("{PROGRAM}: {error}")))?;
    let answer = talk(&mut child, input);
    // After an answer it has ended by itself; otherwise it must not be left behind.
    if answer.is_err() {
        let _ = child.kill();
    }
    let status = child.wait()?;
    let answer = answer?;
    if !status.success() {
        return Err(io::Error::other(format!("{PROGRAM}: {status}")));
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn talk(child: &mut Child, input: &[u8]) -> io::Result<Vec<u8>> {
    let (Some(mut into), Some(mut from)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let input = input.to_vec();
    // A program that does not read its input says why by its status.
    thread::Builder::new().name("openbar-to-tesseract".into()).spawn(move || into.write_all(&input))?;
    let (sender, answers) = mpsc::channel();
    thread::Builder::new().name("openbar-from-tesseract".into()).spawn(move || {
        let mut answer = Vec::new();
        let read = (&mut from).take(LONGEST_ANSWER + 1).read_to_end(&mut answer);
        let _ = sender.send(read.map(|_| answer));
    })?;
    let answer = answers.recv_timeout(PATIENCE).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
    if answer.len() as u64 > LONGEST_ANSWER {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(answer)
}
