//! People whose tie to the chosen market was just refused: the engine no longer lists them, but they stay where they were,
//! crossed out, until another market is chosen, so that a slip of the finger is taken back by the same key.

use crate::protocol::markets::{Connector, MarketPage};

/// Refused connectors with the places where they stood.
#[derive(Debug, Default)]
pub(super) struct Gone {
    refused: Vec<(usize, Connector)>,
}

impl Gone {
    /// Remembers a connector about to be refused.
    pub(super) fn refuse(&mut self, at: usize, connector: &Connector) {
        self.forget(connector);
        self.refused.push((at, connector.clone()));
        self.refused.sort_by_key(|(at, _)| *at);
    }

    /// Forgets it again.
    pub(super) fn forget(&mut self, connector: &Connector) {
        self.refused.retain(|(_, other)| other.person.uid != connector.person.uid);
    }

    /// Whether a connector is one of them.
    pub(super) fn holds(&self, connector: &Connector) -> bool {
        self.refused.iter().any(|(_, other)| other.person.uid == connector.person.uid)
    }

    /// Puts them back into a page where the engine left them out; those that it lists again are refused no longer.
    pub(super) fn fill(&mut self, page: &mut MarketPage) {
        let listed = |connector: &Connector| {
            page.connectors.iter().any(|other| other.person.uid == connector.person.uid)
        };
        self.refused.retain(|(_, connector)| !listed(connector));
        for (at, connector) in &self.refused {
            page.connectors.insert((*at).min(page.connectors.len()), connector.clone());
        }
    }
}
