//! The other way round: whom of the user's network somebody else could use, so that the user gives first.
//!
//! What people look for stands in their notes (*cherche du houblon*, *looking for a welder*) and follows from what they
//! do: whoever helps those with the concepts of their card could help them.

use super::answer::{Answer, Options, World, who};
use super::asked::{Asked, Call};
use super::card::{self, Field};
use super::phrases::Way;
use crate::domain::{Contact, ContactId};
use crate::insight::lexicon::Found;
use crate::text::fold::fold;
use crate::text::tokens;

/// What comes before the words for what somebody looks for, folded.
const SEEKING: &[&str] = &[
    "cherche",
    "recherche",
    "besoin de",
    "besoin d",
    "aimerait trouver",
    "manque de",
    "looking for",
    "needs",
    "wants",
    "searching for",
    "short of",
    "in search of",
];
/// What somebody's own words ask for counts in full, what the trade lets guess this much.
const GUESSED: f32 = 0.8;

/// What a contact's note says that he or she looks for, as it is written.
pub fn sought(contact: &Contact) -> Vec<String> {
    let parts = contact.note.split(['\n', ',', ';', '.', '(', ')']);
    let after = |part: &str| {
        let words: Vec<_> = tokens::words(part).collect();
        let folded: Vec<String> = words.iter().map(|word| fold(word.text)).collect();
        SEEKING.iter().find_map(|phrase| {
            let phrase: Vec<&str> = phrase.split(' ').collect();
            let at = folded.windows(phrase.len()).position(|window| window == phrase.as_slice())?;
            let from = words.get(at + phrase.len())?.range.start;
            Some(part[from..].trim().to_owned())
        })
    };
    parts.filter_map(after).collect()
}

/// Whom of the network a contact could use; `None` when cancelled or unknown.
pub fn could_use(world: World, contact: ContactId, options: &Options) -> Option<Answer> {
    let contact = world.book.contact(contact)?;
    let wanted = sought(contact).join(", ");
    let mut asked = Asked::read(&wanted, world.with);
    let mut guessed: Vec<Call> = Vec::new();
    let mut reader = world.with.lexicon.reader();
    let mut found: Vec<Found> = Vec::new();
    let mut text = wanted;
    for piece in card::pieces(contact) {
        if matches!(piece.field, Field::FormerTitle | Field::FormerOrg | Field::Event) {
            continue;
        }
        found.clear();
        reader.card(&piece.text, &mut found);
        for hit in &found {
            let words = &piece.text[hit.bytes.start as usize..hit.bytes.end as usize];
            text.push('\n');
            let start = text.len() as u32;
            text.push_str(words);
            for (helper, weight) in &world.with.lexicon.concept(hit.concept).helpers {
                guessed.push(Call {
                    concept: *helper,
                    weight: weight * piece.field.weight() * GUESSED,
                    named: hit.concept,
                    way: Way::Said,
                    said: start..text.len() as u32,
                    phrase: None,
                });
            }
        }
    }
    asked.guess(text, guessed);
    let mut without = options.without.to_vec();
    without.push(contact.id);
    who(world, &asked, &Options { without: &without, ..*options })
}
