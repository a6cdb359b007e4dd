//! The spool into the pocket, exactly once.
//!
//! A capture's identifier is the contact's, and the store remembers every one that it took in, whatever became
//! of the contact since. So a file that was left behind after its commit, or after its contact was taken back or
//! erased, brings nobody back: it is only cleared away. A file that cannot be read is set aside, never deleted.

use std::path::Path;

use super::writer::Writer;
use crate::domain::contact::Language;
use crate::domain::id::ContactId;
use crate::domain::problem::{InputProblem, InputReason, Problem};
use crate::protocol::{Capture, Notice, Reply, StickyEvent};
use crate::spool::{self, Spooled, Stamp};

/// Takes in all that waits in the spool; costs one look at the folder when nothing was put there.
pub(super) fn drain(writer: &mut Writer) {
    if !writer.takes_captures() {
        return;
    }
    let folder = super::spool_of(&writer.context.options.dir);
    if !spool::changed(&folder, &mut writer.spool) {
        return;
    }
    let waiting = match spool::list(&folder) {
        Ok(waiting) => waiting,
        Err(error) => return trouble(writer, &folder, &error.to_string()),
    };
    let mut count = 0;
    for waiting in waiting {
        let spooled = match waiting.capture {
            Ok(spooled) => spooled,
            Err(reason) => {
                reject(writer, &waiting.path, &reason);
                continue;
            }
        };
        match writer.take_in(&capture(spooled)) {
            Ok(Reply::Captured { known, .. } | Reply::Recorded { known, .. }) => count += usize::from(!known),
            Ok(_) => {}
            // One that the store will never take must not keep the others waiting.
            Err(Problem::BadInput(problem)) => {
                reject(writer, &waiting.path, &format!("{:?}", problem.reason));
                continue;
            }
            // The rest waits where it is safe; the writer has told why.
            Err(_) => {
                writer.spool = Stamp::default();
                break;
            }
        }
        // A file that stays is known next time, and cleared away then.
        let _ = spool::remove(&waiting.path);
    }
    if count > 0 {
        (writer.context.news)(Notice::Ingested { count });
    }
}

fn capture(spooled: Spooled) -> Capture {
    Capture {
        id: ContactId(spooled.id),
        at: spooled.at,
        lang: if spooled.lang == "en" { Language::English } else { Language::French },
        text: spooled.text,
        event: spooled.event.map(|event| StickyEvent { name: event.name, on: event.on }),
        listed: spooled.listed,
    }
}

fn reject(writer: &Writer, path: &Path, reason: &str) {
    match spool::reject(path, reason) {
        Ok(now) => trouble(writer, &now, reason),
        Err(error) => trouble(writer, path, &error.to_string()),
    }
}

fn trouble(writer: &Writer, path: &Path, detail: &str) {
    let reason = InputReason::Unreadable { detail: detail.to_owned() };
    let file = path.display().to_string();
    (writer.context.news)(Notice::Trouble(Problem::BadInput(InputProblem {
        file,
        line: 0,
        column: 0,
        reason,
    })));
}
