//! The optional encoder of the configuration: what it changes, what is kept, and what is said of a file that is none.

use std::fs;

use crate::encoder_file;
use crate::home::Home;

/// Words that no table knows; the seeds say which mean the same.
const WORDS: &[(&str, u32)] = &[("brimborion", 1), ("zorglub", 1), ("tartempion", 2)];

fn with_encoder(bytes: &[u8]) -> Home {
    let home = Home::new();
    let file = home.write("encoder.bin", bytes);
    home.write(".config/openbar/config.toml", format!("language = 'en'\nencoder = '{file}'\n"));
    home.add("Ada Un =camion tartempion");
    home.add("Bea Deux =camion brimborion");
    home
}

fn best(home: &Home) -> String {
    let found = home.json(&["who", "fourgon zorglub", "--weak", "--format", "json"]);
    found[0]["name"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn cards_are_read_once_and_kept() {
    let home = with_encoder(&encoder_file::encoder(WORDS));
    // Nothing but the encoder tells the two apart.
    assert_eq!(best(&home), "Bea Deux");
    let status = home.json(&["lexicon", "status", "--format", "json"]);
    assert_eq!((status["encoder"]["read"].as_u64(), status["encoder"]["cards"].as_u64()), (Some(2), Some(2)));
    assert_eq!(status["encoder"]["in_use"], true);
    let kept = home.path(".local/share/openbar/meanings.bin");
    assert!(fs::metadata(kept).expect("kept").len() > 2 * 512);
}

#[test]
fn a_file_that_is_none_is_told_and_needs_are_matched_without_it() {
    let whole = encoder_file::encoder(WORDS);
    let mut newer = whole.clone();
    newer[4] = 9;
    for (bytes, reason) in
        [(&b"%PDF"[..], "no encoder"), (&whole[..5000], "not whole"), (&newer[..], "version 9")]
    {
        let home = with_encoder(bytes);
        home.add("Réjean Roy, vendeur de planches =planches en bois");
        let found = home.run(&["who", "agrandir ma terrasse"]);
        assert!(found.out.contains("Réjean Roy"), "{found:?}");
        assert_eq!(found.err.matches("encoder.bin").count(), 1, "{found:?}");
        assert!(found.err.contains(reason), "{found:?}");
        let french = home.run(&["--lang", "fr", "lexicon", "status"]);
        assert!(french.out.contains("on continue avec la table de mots"), "{french:?}");
    }
}

#[test]
fn a_missing_file_is_told() {
    let home = with_encoder(b"");
    home.write(".config/openbar/config.toml", "encoder = '/nowhere/encoder.bin'\n");
    let found = home.run(&["--lang", "en", "lexicon", "status"]);
    assert!(found.code == 0 && found.out.contains("/nowhere/encoder.bin"), "{found:?}");
}
