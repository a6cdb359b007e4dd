//! A picture to what is printed on it: codes first, then letters beside them.

use std::sync::Arc;
use std::thread;

use super::ocr::{Doubt, Reader, Reading, TextLine};
use super::picture::{Picture, Turn};
use super::qr::{self, Code};
use crate::capture::printed::{CardProblem, Place, Printed, PrintedLine};

/// Reads a picture by the models inside openbar, whichever way it lies; returns it upright with what it says.
///
/// Takes half a second to two seconds of all processors: never on a thread that somebody waits for. `models` keeps
/// what was loaded for the next picture, since loading takes time too.
pub fn read(picture: Picture, models: &mut Option<Arc<Reader>>) -> (Picture, Printed) {
    thread::scope(|scope| {
        let known = models.take();
        // The models take as long to unpack as a picture to be searched for codes.
        let loading = known.is_none().then(|| scope.spawn(Reader::global));
        read_by(picture, |picture, codes| {
            *models = known.or_else(|| loading?.join().ok()?.ok());
            match models {
                Some(reader) => (reader.read_beside(picture, codes), Vec::new()),
                None => (Reading::default(), vec![CardProblem::NoRecognition]),
            }
        })
    })
}

/// Reads a picture whose letters `letters` tells, with what should be said about them; codes are read here.
pub fn read_by(
    picture: Picture,
    letters: impl FnOnce(&Picture, &[Code]) -> (Reading, Vec<CardProblem>),
) -> (Picture, Printed) {
    let codes = qr::find(&picture);
    let (reading, mut problems) = letters(&picture, &codes);
    let upright = if reading.turn == Turn::None { picture } else { picture.turned(reading.turn) };
    let size = (upright.width() as f32, upright.height() as f32);
    problems.extend(reading.doubts.iter().filter_map(|doubt| match doubt {
        Doubt::Nothing => None,
        Doubt::Unsure => Some(CardProblem::Handwriting),
        Doubt::Several => Some(CardProblem::SeveralCards),
    }));
    let lines = reading.lines.into_iter().map(|line| printed_line(line, size)).collect();
    let codes = codes.into_iter().map(|code| code.payload).collect();
    let mut printed = Printed { lines, codes, problems };
    if printed.is_empty() && printed.problems.is_empty() {
        printed.problems.push(CardProblem::Unreadable);
    }
    (upright, printed)
}

fn printed_line(line: TextLine, (width, height): (f32, f32)) -> PrintedLine {
    let edge = |of: fn(&(f32, f32)) -> f32, by: fn(f32, f32) -> f32, size: f32| {
        let corners = line.quad.iter().map(of);
        (corners.reduce(by).unwrap_or_default() / size).clamp(0.0, 1.0)
    };
    let place = Place {
        left: edge(|corner| corner.0, f32::min, width),
        top: edge(|corner| corner.1, f32::min, height),
        right: edge(|corner| corner.0, f32::max, width),
        bottom: edge(|corner| corner.1, f32::max, height),
    };
    PrintedLine {
        text: line.text,
        confidence: line.confidence.clamp(0.0, 1.0),
        place: Some(place),
        height: line.height / height,
        block: u16::try_from(line.block).unwrap_or(u16::MAX),
    }
}
