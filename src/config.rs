//! What the user set: the data folder, language, theme, phone region and keys.
//!
//! Read from `openbar/config.toml` in the XDG configuration folder; a missing file means the defaults. Command-line
//! options and environment come before the file, the file before the locale. A key that is not known is refused
//! and named with the nearest known one, because a setting that silently does nothing is worse than none.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

use etcetera::BaseStrategy as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::recogniser::Recogniser;
use crate::wording::Lang;
use crate::wording::errors::Worded;

/// Name of the folder in the XDG folders.
const FOLDER: &str = "openbar";
/// Name of the file in it.
const FILE: &str = "config.toml";
/// The keys of the file.
const KEYS: [&str; 9] =
    ["data_dir", "drop_folder", "encoder", "keys", "language", "ocr", "pictures", "region", "theme"];
const OCR: [&str; 2] = ["builtin", "tesseract"];
const LANGUAGES: [&str; 3] = ["auto", "en", "fr"];
const PICTURES: [&str; 6] = ["auto", "halfblocks", "iterm2", "kitty", "off", "sixel"];
const THEMES: [&str; 4] = ["auto", "dark", "high-contrast", "light"];
/// Settings are a page of text at most; a larger file is not a configuration.
const LARGEST: u64 = 1 << 20;

/// Everything that is set, from whatever place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The configuration file; it may not exist. `None` when there is no home folder.
    pub file: Option<PathBuf>,
    /// The folder of the address book, absolute.
    pub data_dir: PathBuf,
    /// The language of the interface.
    pub lang: Lang,
    /// The theme of the screen.
    pub theme: Theme,
    /// ISO 3166 code of the country whose phone numbers need no prefix.
    pub region: String,
    /// A folder, absolute, whose files become cards in the pocket; `None` for none.
    pub drop_folder: Option<PathBuf>,
    /// The file, absolute, of an encoder of sentences; `None` for none.
    pub encoder: Option<PathBuf>,
    /// What reads the letters of card pictures.
    pub ocr: Recogniser,
    /// How pictures of cards are drawn.
    pub pictures: Pictures,
    /// Keys of the user's own, by command.
    pub keys: BTreeMap<String, KeyOverride>,
}

/// Which theme to draw in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the terminal's background asks.
    #[default]
    Auto,
    /// For dark backgrounds.
    Dark,
    /// For light backgrounds.
    Light,
    /// With strong contrasts.
    HighContrast,
}

/// How pictures of cards are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pictures {
    /// The best that the terminal can do.
    #[default]
    Auto,
    /// Not at all.
    Off,
    /// In coloured half blocks, which every terminal has.
    HalfBlocks,
    /// By the kitty protocol.
    Kitty,
    /// By the iTerm2 protocol.
    Iterm2,
    /// As sixels.
    Sixel,
}

/// The keys of one command; none switches its keys off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyOverride {
    /// Keys as written, such as `ctrl-p`. The screen knows which are valid.
    pub keys: Vec<String>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// What comes before the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The data folder.
    pub data_dir: Option<PathBuf>,
    /// The language.
    pub lang: Option<Lang>,
}

/// Something in the configuration that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The file.
    pub file: PathBuf,
    /// Line, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// What is wrong.
    pub fault: ConfigFault,
}

/// What is wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigFault {
    /// The file cannot be read.
    Unreadable(String),
    /// It is not TOML; the parser's words.
    Syntax(String),
    /// A key that openbar does not know.
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest known one, when one is near.
        nearest: Option<String>,
    },
    /// A value that the key cannot have.
    BadValue {
        /// The key.
        key: String,
        /// What it may be.
        allowed: String,
    },
    /// One key for two commands.
    KeyTaken {
        /// The key.
        key: String,
        /// The commands that want it.
        commands: [String; 2],
    },
    /// There is no home folder, so the data folder must be named.
    NoHome,
}

/// What the file says; absent keys are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Settings {
    data_dir: Option<PathBuf>,
    lang: Option<Lang>,
    theme: Option<Theme>,
    region: Option<String>,
    drop_folder: Option<PathBuf>,
    encoder: Option<PathBuf>,
    ocr: Option<Recogniser>,
    pictures: Option<Pictures>,
    keys: BTreeMap<String, KeyOverride>,
}

impl Config {
    /// Reads the file and puts what `overrides` and the environment say before it.
    pub fn load(overrides: &Overrides) -> Result<Self, ConfigProblem> {
        let folders = etcetera::choose_base_strategy().ok();
        let file = folders.as_ref().map(|folders| folders.config_dir().join(FOLDER).join(FILE));
        let settings = match &file {
            Some(file) => read(file)?,
            None => Settings::default(),
        };
        let data_dir = overrides
            .data_dir
            .clone()
            .or(settings.data_dir)
            .or_else(|| folders.map(|folders| folders.data_dir().join(FOLDER)))
            .ok_or(ConfigProblem { file: PathBuf::new(), line: 0, fault: ConfigFault::NoHome })?;
        let data_dir = std::path::absolute(&data_dir).map_err(|error| ConfigProblem {
            file: data_dir,
            line: 0,
            fault: ConfigFault::Unreadable(error.to_string()),
        })?;
        Ok(Self {
            file,
            data_dir,
            lang: overrides.lang.or(settings.lang).unwrap_or_else(locale),
            theme: settings.theme.unwrap_or_default(),
            region: settings.region.unwrap_or_else(|| "CA".to_owned()),
            drop_folder: settings.drop_folder,
            encoder: settings.encoder,
            ocr: settings.ocr.unwrap_or_default(),
            pictures: settings.pictures.unwrap_or_default(),
            keys: settings.keys,
        })
    }
}

impl Config {
    /// A problem with the keys of a command, at its line; at the whole file when the command is not in it.
    pub fn key_problem(&self, command: &str, fault: ConfigFault) -> ConfigProblem {
        let line = self.keys.get(command).map_or(0, |keys| keys.line);
        ConfigProblem { file: self.file.clone().unwrap_or_default(), line, fault }
    }
}

/// The language to speak before anything else is known: the one asked for, else the file's, else the locale's. A
/// file that cannot be read is [`Config::load`]'s to report.
pub fn language(asked: Option<Lang>) -> Lang {
    let file = || {
        let folders = etcetera::choose_base_strategy().ok()?;
        read(&folders.config_dir().join(FOLDER).join(FILE)).ok()?.lang
    };
    asked.or_else(file).unwrap_or_else(locale)
}

/// The language that the locale asks for; English when it asks for none that openbar speaks.
pub fn locale() -> Lang {
    locale_from(|name| std::env::var_os(name))
}

/// POSIX order: the first of these that is set and not empty decides.
fn locale_from(env: impl Fn(&str) -> Option<OsString>) -> Lang {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(env)
        .find(|value| !value.is_empty())
        .and_then(|value| Lang::from_tag(&value.to_string_lossy()))
        .unwrap_or_default()
}

/// The candidate that `word` was most likely meant to be; `None` when none is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word.to_lowercase(), candidate), candidate))
        // Half of the letters wrong is another word; a short one may still have two slips.
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count() / 2).max(2))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn read(file: &Path) -> Result<Settings, ConfigProblem> {
    let unreadable = |detail: String| ConfigProblem {
        file: file.to_owned(),
        line: 0,
        fault: ConfigFault::Unreadable(detail),
    };
    match fs::metadata(file) {
        Ok(found) if found.len() > LARGEST => {
            return Err(unreadable(io::ErrorKind::FileTooLarge.to_string()));
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Settings::default()),
        Err(error) => return Err(unreadable(error.to_string())),
    }
    let text = fs::read_to_string(file).map_err(|error| unreadable(error.to_string()))?;
    Reader { file, text: &text }.settings()
}

/// Turns the text of a file into settings, with the line of whatever is wrong.
struct Reader<'a> {
    file: &'a Path,
    text: &'a str,
}

impl Reader<'_> {
    fn settings(&self) -> Result<Settings, ConfigProblem> {
        // A byte-order mark is what some editors save before the first key.
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(self.text);
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.problem(at, ConfigFault::Syntax(error.message().trim().to_owned()))
        })?;
        let mut settings = Settings::default();
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "data_dir" => settings.data_dir = Some(self.folder("data_dir", value)?),
                "drop_folder" => settings.drop_folder = Some(self.folder("drop_folder", value)?),
                "encoder" => settings.encoder = Some(self.folder("encoder", value)?),
                "ocr" => {
                    settings.ocr = Some(match self.one_of("ocr", value, &OCR)? {
                        "tesseract" => Recogniser::Tesseract,
                        _ => Recogniser::Builtin,
                    });
                }
                "pictures" => {
                    settings.pictures = Some(match self.one_of("pictures", value, &PICTURES)? {
                        "off" => Pictures::Off,
                        "halfblocks" => Pictures::HalfBlocks,
                        "kitty" => Pictures::Kitty,
                        "iterm2" => Pictures::Iterm2,
                        "sixel" => Pictures::Sixel,
                        _ => Pictures::Auto,
                    });
                }
                "language" => settings.lang = Lang::from_tag(self.one_of("language", value, &LANGUAGES)?),
                "theme" => {
                    settings.theme = Some(match self.one_of("theme", value, &THEMES)? {
                        "dark" => Theme::Dark,
                        "light" => Theme::Light,
                        "high-contrast" => Theme::HighContrast,
                        _ => Theme::Auto,
                    });
                }
                "region" => settings.region = Some(self.region(value)?),
                "keys" => settings.keys = self.keys(value)?,
                other => {
                    let nearest = nearest(other, KEYS).map(ToOwned::to_owned);
                    let fault = ConfigFault::UnknownKey { key: other.to_owned(), nearest };
                    return Err(self.problem(key.span().start, fault));
                }
            }
        }
        Ok(settings)
    }

    fn one_of<'v>(
        &self,
        key: &str,
        value: &Spanned<DeValue<'v>>,
        allowed: &[&'v str],
    ) -> Result<&'v str, ConfigProblem> {
        let text = value.get_ref().as_str().unwrap_or_default();
        allowed
            .iter()
            .find(|candidate| **candidate == text)
            .copied()
            .ok_or_else(|| self.bad(key, value, allowed.join(", ")))
    }

    fn folder(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<PathBuf, ConfigProblem> {
        let text = value.get_ref().as_str().unwrap_or_default();
        let home = etcetera::home_dir().ok();
        let path = match (text.strip_prefix("~/"), home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(text),
        };
        // A relative path would mean another folder wherever openbar is started from.
        if path.is_absolute() { Ok(path) } else { Err(self.bad(key, value, "/…, ~/…".to_owned())) }
    }

    fn region(&self, value: &Spanned<DeValue<'_>>) -> Result<String, ConfigProblem> {
        let text = value.get_ref().as_str().unwrap_or_default();
        if text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic()) {
            Ok(text.to_ascii_uppercase())
        } else {
            Err(self.bad("region", value, "CA, US, FR, BE, CH, …".to_owned()))
        }
    }

    fn keys(&self, value: &Spanned<DeValue<'_>>) -> Result<BTreeMap<String, KeyOverride>, ConfigProblem> {
        let Some(table) = value.get_ref().as_table() else {
            return Err(self.bad("keys", value, "[keys]".to_owned()));
        };
        let mut found = BTreeMap::new();
        for (command, keys) in table {
            let name = command.get_ref().as_ref();
            let list: Option<Vec<String>> = match keys.get_ref() {
                DeValue::String(key) => Some(vec![key.to_string()]),
                DeValue::Array(keys) => {
                    keys.iter().map(|key| key.get_ref().as_str().map(ToOwned::to_owned)).collect()
                }
                _ => None,
            };
            let Some(list) = list else {
                return Err(self.bad(&format!("keys.{name}"), keys, "\"x\", [\"x\", \"ctrl-x\"]".to_owned()));
            };
            let line = self.line(command.span().start);
            found.insert(name.to_owned(), KeyOverride { keys: list, line });
        }
        Ok(found)
    }

    fn bad(&self, key: &str, value: &Spanned<DeValue<'_>>, allowed: String) -> ConfigProblem {
        self.problem(value.span().start, ConfigFault::BadValue { key: key.to_owned(), allowed })
    }

    fn problem(&self, at: usize, fault: ConfigFault) -> ConfigProblem {
        ConfigProblem { file: self.file.to_owned(), line: self.line(at), fault }
    }

    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }
}

impl ConfigProblem {
    /// The problem in words.
    pub fn worded(&self, lang: Lang) -> Worded {
        let words = lang.catalogue();
        let (reason, hint) = match &self.fault {
            ConfigFault::NoHome => {
                return Worded::new(words.config_no_home()).hint(words.config_no_home_hint());
            }
            ConfigFault::Unreadable(detail) => {
                (words.input_unreadable(detail.as_str()), words.input_unreadable_hint())
            }
            ConfigFault::Syntax(detail) => (words.config_syntax(detail.as_str()), words.config_syntax_hint()),
            ConfigFault::UnknownKey { key, nearest } => (
                words.config_unknown_key(key.as_str()),
                match nearest {
                    Some(nearest) => words.did_you_mean(nearest.as_str()),
                    None => words.usage_unknown_word_hint(KEYS.join(", ")),
                },
            ),
            ConfigFault::KeyTaken { key, commands: [one, other] } => (
                words.config_key_taken(key.as_str(), one.as_str(), other.as_str()),
                words.config_key_taken_hint(),
            ),
            ConfigFault::BadValue { key, allowed } => {
                (words.config_bad_value(key.as_str()), words.usage_unknown_word_hint(allowed.as_str()))
            }
        };
        let file = self.file.display().to_string();
        Worded::new(match self.line {
            0 => words.input_file(file, reason),
            line => words.input_line(file, line.to_string(), reason),
        })
        .hint(hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Result<Settings, ConfigProblem> {
        Reader { file: Path::new("config.toml"), text }.settings()
    }

    #[test]
    fn everything_can_be_set() {
        let read = settings(
            "language = 'fr'\ntheme = 'high-contrast'\nregion = 'fr'\ndata_dir = '/srv/book'\n\
             drop_folder = '/srv/drop'\nencoder = '/srv/encoder.bin'\npictures = 'sixel'\n\
             [keys]\nquit = 'q'\npalette = [':', 'ctrl-p']\nhelp = []\n",
        )
        .expect("a good file");
        assert_eq!(read.lang, Some(Lang::Fr));
        assert_eq!(read.theme, Some(Theme::HighContrast));
        assert_eq!(read.region.as_deref(), Some("FR"));
        assert_eq!(read.data_dir, Some(PathBuf::from("/srv/book")));
        assert_eq!(read.encoder, Some(PathBuf::from("/srv/encoder.bin")));
        assert_eq!(read.drop_folder, Some(PathBuf::from("/srv/drop")));
        assert_eq!(read.pictures, Some(Pictures::Sixel));
        assert_eq!(read.keys["palette"], KeyOverride { keys: vec![":".into(), "ctrl-p".into()], line: 10 });
        assert!(read.keys["help"].keys.is_empty());
        assert_eq!(settings("").expect("an empty file"), Settings::default());
        assert_eq!(settings("language = 'auto'").expect("auto").lang, None);
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_the_nearest_known_one() {
        let problem = settings("# mine\n\nlangauge = 'fr'\n").expect_err("a slip");
        assert_eq!(problem.line, 3);
        let words = problem.worded(Lang::En);
        assert!(words.message.contains("config.toml, line 3") && words.message.contains("langauge"));
        assert!(words.hints[0].contains("language"), "{words:?}");
    }

    #[test]
    fn a_key_like_no_other_gets_the_whole_list() {
        let problem = settings("zzzzzzzz = 1").expect_err("unknown");
        assert!(
            problem.worded(Lang::Fr).hints[0]
                .contains("data_dir, drop_folder, encoder, keys, language, ocr, pictures, region, theme")
        );
    }

    #[test]
    fn values_are_checked_where_they_stand() {
        for (text, line) in [
            ("\ntheme = 'blue'", 2),
            ("language = 3", 1),
            ("region = 'Canada'", 1),
            ("data_dir = 'here'", 1),
            ("drop_folder = 'here'", 1),
            ("encoder = 'here'", 1),
            ("pictures = 'gif'", 1),
            ("data_dir = 7", 1),
            ("keys = 'q'", 1),
            ("[keys]\nquit = 3", 2),
            ("[keys]\n\nquit = ['q', 3]", 3),
        ] {
            let problem = settings(text).expect_err(text);
            assert!(matches!(problem.fault, ConfigFault::BadValue { .. }), "{text}: {problem:?}");
            assert_eq!(problem.line, line, "{text}");
        }
        let broken = settings("theme = 'dark'\nlanguage = \n").expect_err("broken");
        assert_eq!(broken.line, 2);
        assert!(matches!(broken.fault, ConfigFault::Syntax(_)));
    }

    #[test]
    fn the_first_locale_that_is_set_decides() {
        let env = |pairs: &'static [(&str, &str)]| {
            move |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into())
        };
        assert_eq!(locale_from(env(&[("LC_ALL", ""), ("LANG", "fr_CA.UTF-8")])), Lang::Fr);
        assert_eq!(locale_from(env(&[("LC_ALL", "C"), ("LANG", "fr_CA.UTF-8")])), Lang::En);
        assert_eq!(locale_from(env(&[])), Lang::En);
    }

    #[test]
    fn a_far_word_is_near_to_none() {
        assert_eq!(nearest("thme", KEYS), Some("theme"));
        assert_eq!(nearest("Language", KEYS), Some("language"));
        assert_eq!(nearest("mailbox", KEYS), None);
    }
}
