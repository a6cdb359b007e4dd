//! What the screen asks the engine: one question of a kind at a time, the next one when the answer is there, so that a
//! cursor that runs through a list leaves no queue behind.

use super::Markets;
use super::layout::Shown;
use crate::protocol::markets::{Crossings, Rows};
use crate::protocol::{Job, Reply};
use crate::tui::effect::{Effect, Tab, Tag};
use crate::tui::inquiry::{Edition, Inquiry};
use crate::tui::layer::Cx;

/// Tags of the questions.
pub(super) const MAP: Tag = 1;
pub(super) const PAGE: Tag = 2;
pub(super) const WAYS: Tag = 3;
pub(super) const TABLE: Tag = 4;
/// The tag of changes.
pub(super) const CHANGE: Tag = 5;
/// So many people of a market are listed.
const CONNECTORS: usize = 300;
/// So many ways to one person.
const WAYS_SHOWN: usize = 5;
/// Rows of a table that come at once.
const ROWS: usize = 200;

/// All questions, and the book that they are about.
#[derive(Default)]
pub(super) struct Questions {
    edition: Edition,
    map: Inquiry<(u64, Option<String>)>,
    page: Inquiry<(u64, Option<String>, String)>,
    ways: Inquiry<(u64, String)>,
    table: Inquiry<(u64, Option<String>, Rows, usize)>,
}

impl Questions {
    /// Whether the map is that of the book as it is now.
    pub(super) fn is_counting(&self) -> bool {
        self.map.is_awaited() || self.map.asked().is_none()
    }
}

impl Markets {
    /// What is not known yet of what is to be seen.
    pub(super) fn wanted(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if cx.tab != Tab::Markets || !cx.snapshot.loaded {
            return Vec::new();
        }
        let edition = self.questions.edition.of(&cx.snapshot.book);
        let region = self.region.as_ref().map(|region| region.slug.clone());
        let mut effects = Vec::new();
        if self.questions.map.want((edition, region.clone())) {
            effects.push(Effect::Ask(Job::Markets { region: region.clone() }, MAP));
        }
        if let Some(rows) = self.table_rows() {
            let own = if rows == Rows::People { region.clone() } else { None };
            let offset = self.table_offset(edition, own.as_ref(), rows);
            if self.questions.table.want((edition, own.clone(), rows, offset)) {
                let asked = Crossings { rows, region: own, offset, limit: ROWS };
                effects.push(Effect::Ask(Job::Crossings(asked), TABLE));
            }
            return effects;
        }
        // A hidden market has no people of its own.
        let chosen = self.chosen(cx).filter(|line| !line.hidden);
        if let Some(slug) = chosen.map(|line| line.market.slug.clone())
            && self.questions.page.want((edition, region.clone(), slug.clone()))
        {
            effects.push(Effect::Ask(Job::Market { name: slug, region, limit: CONNECTORS }, PAGE));
        }
        if let Some(uid) = self.person(cx).map(|person| person.uid.clone())
            && self.questions.ways.want((edition, uid.clone()))
        {
            effects.push(Effect::Ask(Job::Path { to: uid, region: None, limit: WAYS_SHOWN }, WAYS));
        }
        effects
    }

    fn table_rows(&self) -> Option<Rows> {
        match self.shown {
            Shown::Regions => Some(Rows::Regions),
            Shown::People => Some(Rows::People),
            Shown::Map | Shown::Gaps => None,
        }
    }

    /// The first row that is missing: 0 for another table, else the next ones once the cursor nears the end.
    fn table_offset(&self, edition: u64, region: Option<&String>, rows: Rows) -> usize {
        let same = |(at, of, kind, _): &(u64, Option<String>, Rows, usize)| {
            (*at, of.as_ref(), *kind) == (edition, region, rows)
        };
        let asked = self.questions.table.asked().filter(|asked| same(asked));
        match (asked, &self.table) {
            (Some(asked), Some(table)) => {
                let near = self.grid.rows.cursor() + ROWS / 4 >= table.rows.len();
                if near && table.rows.len() < table.total && !self.questions.table.is_awaited() {
                    table.rows.len()
                } else {
                    asked.3
                }
            }
            (Some(asked), None) => asked.3,
            (None, _) => 0,
        }
    }

    /// Takes an answer.
    pub(super) fn answered(&mut self, tag: Tag, reply: &Reply, cx: &Cx<'_>) {
        match tag {
            MAP => self.questions.map.answered(),
            PAGE => self.questions.page.answered(),
            WAYS => self.questions.ways.answered(),
            TABLE => self.questions.table.answered(),
            _ => {}
        }
        match (tag, reply) {
            (MAP, Reply::Markets(map)) => {
                let chosen = self.chosen(cx).map(|line| line.market.slug.clone());
                self.map = Some(map.clone());
                match (self.goal.take(), chosen) {
                    (Some(goal), _) => self.reveal(&goal, cx),
                    (None, Some(slug)) => self.select(&slug, cx),
                    (None, None) => {}
                }
            }
            (MAP, Reply::Failed(_)) => self.region = None,
            (PAGE, Reply::Market(page)) => self.take_page(page.clone(), cx),
            (WAYS, Reply::Paths(paths)) => self.paths = Some(paths.clone()),
            (TABLE, Reply::Crossing(table)) => {
                let asked = self.questions.table.asked();
                // The table may have been left for the other one meanwhile.
                let Some(offset) =
                    asked.filter(|asked| Some(asked.2) == self.table_rows()).map(|asked| asked.3)
                else {
                    return;
                };
                match &mut self.table {
                    Some(known) if offset > 0 => known.rows.extend(table.rows.iter().cloned()),
                    known => *known = Some(table.clone()),
                }
            }
            _ => {}
        }
    }

    /// Whether the people shown are those of the chosen market, now.
    pub(super) fn is_page_ready(&self, cx: &Cx<'_>) -> bool {
        let Some(slug) = self.chosen(cx).map(|line| line.market.slug.clone()) else { return false };
        let region = self.region.as_ref().map(|region| region.slug.clone());
        self.questions.page.is_about(&(self.questions.edition.number(), region, slug))
    }
}
