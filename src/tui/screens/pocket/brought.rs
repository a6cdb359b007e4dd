//! What the stack brought, counted while it is gone through: the last card closes with it.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::text::Line;

use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::insight::network::Level;
use crate::insight::vocabulary::{Kind, Vocabulary};
use crate::protocol::needs::NeedBrief;
use crate::protocol::paths::Around;
use crate::text::fold::fold;
use crate::tui::layer::Cx;

/// What came of the cards of one sitting.
#[derive(Default)]
pub(super) struct Brought {
    filed: BTreeSet<ContactId>,
    merged: BTreeSet<ContactId>,
    organisations: BTreeSet<String>,
    /// Short names of the markets that a card alone opened.
    markets: BTreeMap<ContactId, BTreeSet<String>>,
    /// Words of the open needs that cards answer.
    answers: BTreeMap<ContactId, Vec<String>>,
}

impl Brought {
    /// A card was filed.
    pub(super) fn filed(&mut self, contact: &Contact, vocabulary: &Vocabulary) {
        self.filed.insert(contact.id);
        for role in contact.roles.iter().filter(|role| !role.org.is_empty()) {
            let form = fold(&role.org);
            let known = vocabulary.matching(Kind::Org, &role.org).find(|used| fold(used.text) == form);
            // The card itself is counted among those who use the name.
            if known.is_none_or(|used| used.count <= 1) {
                self.organisations.insert(form);
            }
        }
    }

    /// Which markets a filed card alone opened: without it they would not be reached at all.
    pub(super) fn opened(&mut self, contact: &Contact, around: Option<&Around>) {
        let Some(around) = around.filter(|around| around.person.uid == contact.uid()) else { return };
        let refused = |slug: &str| contact.markets.iter().any(|tie| tie.refused && tie.market == slug);
        let own = |slug: &str| around.hats.iter().any(|hat| hat.market.slug == slug) && !refused(slug);
        let new = around.opens.iter().filter(|opened| opened.alone && opened.level == Level::Thin);
        let slugs = new.map(|opened| &opened.market.slug).filter(|slug| own(slug)).cloned().collect();
        self.markets.insert(contact.id, slugs);
    }

    /// Which open needs a filed card answers.
    pub(super) fn answers(&mut self, card: ContactId, rings: &[NeedBrief]) {
        if !rings.is_empty() {
            self.answers.insert(card, rings.iter().map(|ring| ring.words.clone()).collect());
        }
    }

    /// A card turned out to be somebody's who was known.
    pub(super) fn merged(&mut self, id: ContactId) {
        self.filed.insert(id);
        self.merged.insert(id);
    }

    /// Cards came back.
    pub(super) fn took_back(&mut self, cards: &[ContactId]) {
        for id in cards {
            self.filed.remove(id);
            self.merged.remove(id);
            self.markets.remove(id);
            self.answers.remove(id);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.filed.is_empty()
    }

    /// The sum, in words.
    pub(super) fn lines(&self, cx: &Cx<'_>) -> Vec<Line<'static>> {
        let theme = cx.theme;
        let mut lines = vec![
            Line::styled(cx.t.pocket_brought(), theme.strong),
            Line::default(),
            Line::styled(cx.t.pocket_brought_filed(self.filed.len()), theme.good),
        ];
        if !self.merged.is_empty() {
            lines.push(Line::styled(cx.t.pocket_brought_known(self.merged.len()), theme.text));
        }
        if !self.organisations.is_empty() {
            lines.push(Line::styled(cx.t.pocket_brought_orgs(self.organisations.len()), theme.org));
        }
        if !self.answers.is_empty() {
            let needs: BTreeSet<&str> = self.answers.values().flatten().map(String::as_str).collect();
            let needs: Vec<_> = needs.into_iter().collect();
            let words = cx.t.pocket_brought_answers(self.answers.len(), needs.join(", "));
            lines.push(Line::styled(words, theme.notice));
        }
        let markets: BTreeSet<&String> = self.markets.values().flatten().collect();
        if !markets.is_empty() {
            lines.push(Line::styled(cx.t.pocket_brought_markets(markets.len()), theme.market));
        }
        lines
    }
}
