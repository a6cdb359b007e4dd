//! Text as it is compared: lower-case, without accents, ligatures opened, typographic marks plain.
//!
//! Folding is per character, so a match in folded text leads back to the letters that a person sees ([`Folded`]).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower-case, accents off, `œ` → `oe`, `æ` → `ae`, `ß` → `ss`, `ø` → `o`, `ł` → `l`, `’` → `'`, `‑` and `–` → `-`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut |c| out.push(c));
    }
    out
}

/// Whether two texts are the same once folded.
pub fn same(a: &str, b: &str) -> bool {
    a == b || fold(a) == fold(b)
}

/// Folded text with the way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, the byte of the original where its character begins; one more entry at the end
    /// holds the original's length. So the folded bytes `a..b` come from the original bytes `origin[a]..origin[b]`.
    pub origin: Vec<u32>,
}

impl Folded {
    /// Folds a text and keeps the way back.
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut origin = Vec::with_capacity(original.len() + 1);
        for (at, c) in original.char_indices() {
            let start = text.len();
            fold_char(c, &mut |c| text.push(c));
            origin.resize(origin.len() + (text.len() - start), at as u32);
        }
        origin.push(original.len() as u32);
        Self { text, origin }
    }

    /// The original's bytes that a run of folded bytes comes from, at whole characters.
    pub fn original_range(&self, folded: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let last = self.origin.len() - 1;
        let start = self.origin[folded.start.min(last)] as usize;
        let mut at = folded.end.min(last);
        // A ligature opens to two letters: half of it stands for the whole.
        if folded.end > folded.start && at > 0 {
            while at < last && self.origin[at] == self.origin[at - 1] {
                at += 1;
            }
        }
        start..(self.origin[at] as usize).max(start)
    }
}

fn fold_char(c: char, push: &mut dyn FnMut(char)) {
    if c.is_ascii() {
        push(c.to_ascii_lowercase());
        return;
    }
    match c {
        'œ' | 'Œ' => "oe".chars().for_each(push),
        'æ' | 'Æ' => "ae".chars().for_each(push),
        'ß' | 'ẞ' => "ss".chars().for_each(push),
        'ø' | 'Ø' => push('o'),
        'ł' | 'Ł' => push('l'),
        'đ' | 'Đ' => push('d'),
        'ı' => push('i'),
        '’' | '‘' | 'ʼ' | '′' => push('\''),
        '‐' | '‑' | '‒' | '–' | '—' | '−' => push('-'),
        '“' | '”' | '«' | '»' => push('"'),
        _ if c.is_whitespace() => push(' '),
        _ => {
            for part in std::iter::once(c).nfd() {
                if !is_combining_mark(part) {
                    part.to_lowercase().filter(|c| !is_combining_mark(*c)).for_each(&mut *push);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_case_and_ligatures_fold() {
        assert_eq!(fold("Élodie CŒUR-d’Été ß Øł"), "elodie coeur-d'ete ss ol");
        assert!(same("Lefèvre", "LEFEVRE"));
    }

    #[test]
    fn a_match_leads_back_to_the_letters() {
        let folded = Folded::new("Le cœur d'Élodie");
        assert_eq!(folded.text, "le coeur d'elodie");
        let at = folded.text.find("elo").expect("it is there");
        assert_eq!(&"Le cœur d'Élodie"[folded.original_range(at..at + 3)], "Élo");
        let at = folded.text.find("co").expect("it is there");
        assert_eq!(&"Le cœur d'Élodie"[folded.original_range(at..at + 2)], "cœ");
    }

    proptest! {
        #[test]
        fn both_folds_agree_and_point_at_characters(text in any::<String>()) {
            let folded = Folded::new(&text);
            prop_assert_eq!(&folded.text, &fold(&text));
            prop_assert_eq!(folded.origin.len(), folded.text.len() + 1);
            for at in &folded.origin {
                prop_assert!(text.is_char_boundary(*at as usize));
            }
        }

        #[test]
        fn folding_twice_is_folding_once(text in "[a-zA-ZÀ-ÿœŒæßøł’ -]{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
