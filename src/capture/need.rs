//! A need as a line of the one grammar: its words, and the signs that state its market, its region and by when.
//!
//! Only those signs leave the words, each once: *percer la forêt +foresterie in:Mauricie*. Any other sign, and a second
//! one of a kind, is part of what is looked for. Invariant: what is written reads back as it was.

use super::keys::{self, Field};
use super::line::{Mode, Reader, Reading, quoted_if_needed};
use super::{Chip, Context, lex};
use crate::domain::need::Need;
use crate::domain::time::Date;
use crate::text::clean;

/// What a line says of a need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The words, without the signs below.
    pub words: String,
    /// Short name of the market, in the words of the line.
    pub market: String,
    /// Town or region.
    pub region: String,
    /// By when.
    pub deadline: Option<Date>,
}

/// Reads a line that is a need, with or without the leading word; and what was understood where. Never fails.
pub fn read(text: &str, ctx: &Context) -> (Said, Vec<Chip>) {
    let mut reader = Reader::new(text, ctx, Mode::Need);
    reader.run();
    let reading = reader.reading();
    (Said::of(&reading), reading.chips)
}

/// A need as its line, without the leading word.
pub fn write(need: &Said, ctx: &Context) -> String {
    let mut signs = String::new();
    for (field, value) in [(Field::Market, &need.market), (Field::In, &need.region)] {
        if !value.is_empty() {
            signs += &[" ", &keys::written(field, ctx.lang), &quoted_if_needed(value, ctx)].concat();
        }
    }
    if let Some(day) = need.deadline {
        signs += &[" ", &keys::written(Field::Next, ctx.lang), &day.to_string()].concat();
    }
    let plain = format!("{}{signs}", need.words);
    if read(&plain, ctx).0 == *need { plain } else { format!("{}{signs}", lex::quote(&need.words)) }
}

impl Said {
    /// What a line with the leading word says. A line of signs alone is about what the first of them names.
    pub fn of(reading: &Reading) -> Self {
        let draft = &reading.draft;
        let tie = draft.markets.first();
        let mut said = Self {
            words: clean::line(&draft.note),
            market: tie.map(|tie| tie.market.clone()).unwrap_or_default(),
            region: draft.region.as_ref().or(draft.towns.first()).cloned().unwrap_or_default(),
            deadline: draft.next,
        };
        if said.words.is_empty() {
            let market = tie.map(|tie| if tie.evidence.is_empty() { &tie.market } else { &tie.evidence });
            said.words = market.unwrap_or(&said.region).clone();
        }
        said
    }

    /// What a need in the book says.
    pub fn of_need(need: &Need) -> Self {
        Self {
            words: need.words.clone(),
            market: need.market.clone(),
            region: need.region.clone(),
            deadline: need.deadline,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::capture::{ChipKind, line};
    use crate::domain::contact::Language;

    fn ctx() -> Context {
        Context::new(Date::constant(2026, 11, 16), Language::French)
    }

    fn said(words: &str, market: &str, region: &str, deadline: Option<Date>) -> Said {
        Said { words: words.into(), market: market.into(), region: region.into(), deadline }
    }

    #[test]
    fn signs_leave_the_words() {
        let may = Some(Date::constant(2027, 5, 15));
        for (text, wanted) in [
            (
                "percer la forêt +foresterie in:Mauricie",
                said("percer la forêt", "foresterie", "Mauricie", None),
            ),
            ("in:Mauricie +foresterie", said("foresterie", "foresterie", "Mauricie", None)),
            ("à:Magog", said("Magog", "", "Magog", None)),
            ("couvreur à:Magog next:2027-05-15", said("couvreur", "", "Magog", may)),
            ("+\"action communautaire\" aide", said("aide", "action-communautaire", "", None)),
            ("percer +\"foresterie\" en forêt", said("percer en forêt", "foresterie", "", None)),
            ("besoin: couvreur", said("couvreur", "", "", None)),
            ("\"+1 couvreur\"", said("+1 couvreur", "", "", None)),
            // What a need has no place for is part of what is looked for.
            (
                "remplaçant de Luc @Cascades #urgent",
                said("remplaçant de Luc @Cascades #urgent", "", "", None),
            ),
            (
                "joindre info@exemple.ca 819-555-0123",
                said("joindre info@exemple.ca 819-555-0123", "", "", None),
            ),
            ("log: note:x vu hier", said("log: note:x vu hier", "", "", None)),
            ("bois +foresterie +mines", said("bois +mines", "foresterie", "", None)),
            ("", Said::default()),
        ] {
            assert_eq!(read(text, &ctx()).0, wanted, "{text}");
            let typed = line::read(&format!("besoin: {}", text.trim_start_matches("besoin: ")), &ctx());
            assert_eq!((typed.intent, Said::of(&typed)), (line::Intent::Need, wanted), "{text}");
        }
    }

    #[test]
    fn chips_say_what_was_taken() {
        let text = "percer la forêt +foresterie in:Mauricie #bois";
        let kinds: Vec<_> =
            read(text, &ctx()).1.into_iter().map(|chip| (chip.kind, &text[chip.range])).collect();
        assert_eq!(
            kinds,
            [
                (ChipKind::Note, "percer la forêt"),
                (ChipKind::Market, "+foresterie"),
                (ChipKind::Place, "in:Mauricie"),
                (ChipKind::Note, "#bois")
            ]
        );
    }

    #[test]
    fn what_is_written_reads_back() {
        let may = Some(Date::constant(2027, 5, 15));
        for said in [
            said("agrandir la terrasse", "construction", "Chaudière-Appalaches", may),
            said("bois +foresterie", "", "", None),
            said("rappeler Luc vendredi", "", "", may),
            said("dire \"oui\" à:Magog", "action-communautaire", "Trois-Rivières", None),
            said("besoin: x", "", "", None),
            said("a; b, (c", "", "in:x", None),
        ] {
            for lang in [Language::French, Language::English] {
                let ctx = Context::new(Date::constant(2026, 11, 16), lang);
                let line = write(&said, &ctx);
                assert_eq!(read(&line, &ctx).0, said, "{line}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_line_read_and_written_reads_as_the_same(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "percer", "la", "forêt", "+bois", "+\"a b\"", "in:Mauricie", "à:", "next:2027-01-02", "#x", "@Y",
                    "\"", "«", "»", ",", ";", "-", "-#z", "note:", "rappeler vendredi", "819-555-0123", "(", ")", "besoin:",
                    "log:", "¶", "%", "=", "close:3", "…",
                ]),
                0..9,
            )
        ) {
            let (said, chips) = read(&parts.join(" "), &ctx());
            let line = write(&said, &ctx());
            prop_assert_eq!(read(&line, &ctx()).0, said, "{} from {:?} {:?}", line, parts, chips);
        }
    }
}
